//! The page of one ledger: its lines, and above them what does not add up.

use crate::app::keymap::Context;
use crate::app::shown::column::{Ctx, Mood, Shown};
use crate::app::shown::facts;
use crate::app::shown::lines::Fact;
use crate::app::shown::page::Page;
use crate::app::shown::pages::entry::private_number;
use crate::app::shown::query::{Data, Query};
use crate::app::shown::sheet::Sheet;
use crate::app::shown::table::List;
use crate::domain::ids::PersonId;
use crate::domain::item::Name;
use crate::domain::ledger::Ledger;
use crate::domain::mask::Private;
use crate::i18n::ledger_desk as say;
use crate::say::{Lang, Word};
use crate::store::query::rows::Broken;
use std::sync::Arc;

/// The page of one ledger.
#[derive(Debug, Clone)]
pub struct LedgerPage {
    /// Which.
    pub name: Name,
    /// As declared; absent until it is loaded.
    pub ledger: Option<Arc<Ledger>>,
    /// Its lines.
    pub sheet: Sheet,
    /// What does not add up.
    pub broken: Vec<Broken>,
}

impl LedgerPage {
    /// The page before anything is known.
    pub(in crate::app) fn new(name: Name) -> Self {
        Self { name, ledger: None, sheet: Sheet::windowed(), broken: Vec::new() }
    }
}

impl Page for LedgerPage {
    fn context(&self) -> Context {
        Context::Ledger
    }

    fn title(&self, lang: Lang) -> &str {
        self.ledger.as_deref().map_or("", |ledger| match lang {
            Lang::Zh => &ledger.title.zh,
            Lang::En => &ledger.title.en,
        })
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Ledger(self.sheet.ask(self.name.get()))]
    }

    fn take(&mut self, data: &Data) {
        if let Data::Ledger(found) = data {
            self.sheet.set_page(&found.ledger, (found.total, found.offset), found.rows.clone());
            self.ledger = Some(found.ledger.clone());
            self.broken.clone_from(&found.broken);
        }
    }

    fn is_list(&self) -> bool {
        true
    }

    fn list(&self) -> Option<&dyn List> {
        Some(&self.sheet)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        Some(&mut self.sheet)
    }

    fn empty(&self) -> Word {
        say::NO_ENTRIES
    }

    fn facts(&self, ctx: &Ctx) -> Option<Vec<Fact>> {
        let fact = |broken: &Broken| {
            let said = say::both_sides(broken.called(ctx.lang), broken.sum, broken.equals);
            (say::BROKEN, said.get(ctx.lang).to_owned(), Mood::Bad)
        };
        Some(self.broken.iter().map(fact).collect())
    }

    fn head_lines(&self, _: u16, width: u16, ctx: &Ctx) -> Option<u16> {
        let facts = self.facts(ctx).filter(|facts| !facts.is_empty())?;
        Some(facts::lines(&facts, width, ctx.lang))
    }

    fn entry_numbers(&self) -> Option<(Shown, Private)> {
        self.sheet.numbers()
    }

    fn private_phone(&self, person: PersonId) -> Option<Private> {
        let ledger = self.ledger.as_deref()?;
        self.sheet.rows().iter().find_map(|row| private_number(ledger, row, person))
    }
}
