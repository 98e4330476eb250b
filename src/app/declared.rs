//! The letters that declarations give to their transitions: they work where entries are seen, beside the keys of the desk.

use crate::app::keymap::{Context, narrow};
use crate::app::shown::effect::Effect;
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::{EntryPage, LedgerPage};
use crate::app::shown::state::State;
use crate::app::shown::wants::{not_open, open_steps};
use crate::domain::ids::EntryId;
use crate::domain::ledger::{Ledger, Part};
use crate::i18n::ledger::titled;
use crate::i18n::ledger_desk::ONE_BY_ONE;
use crate::say::Say;
use crate::store::query::rows::EntryRow;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::collections::BTreeSet;

impl State {
    /// The ledger of the page that is seen.
    fn ledger_here(&self) -> Option<&Ledger> {
        let page = self.page_of::<LedgerPage>().and_then(|page| page.ledger.as_deref());
        page.or_else(|| self.page_of::<EntryPage>()?.sheet.as_deref().map(|sheet| &*sheet.ledger))
    }

    /// The entries that a transition would concern here, with what they are entries of; of those that are marked the ones
    /// that are held.
    pub(super) fn moving(&self) -> Option<(&Part, Vec<&EntryRow>)> {
        let meant: BTreeSet<EntryId> = crate::app::forms::entry::meant(self, true).into_iter().collect();
        let (own, lines) = match (self.page_of::<LedgerPage>(), self.page_of::<EntryPage>()) {
            (Some(page), _) => (None, page.sheet.rows()),
            (None, Some(page)) => (page.sheet.as_deref().map(|sheet| &sheet.entry), page.lines.rows()),
            (None, None) => return None,
        };
        let all = own.into_iter().chain(lines);
        let rows: Vec<&EntryRow> = all.filter(|row| meant.contains(&row.row.id)).collect();
        let is_line = rows.first()?.row.parent.is_some();
        Some((self.ledger_here()?.part(is_line)?, rows))
    }

    /// The letters that work on what is meant here, and what each does.
    pub fn declared_keys(&self) -> Vec<(char, Say)> {
        let Some((part, rows)) = self.moving() else { return Vec::new() };
        let open = open_steps(part, &rows).unwrap_or_default();
        open.into_iter().filter_map(|step| Some((step.key?, titled(&step.title)))).collect()
    }

    /// Whether the entry that is seen proposes something.
    pub fn proposes(&self) -> bool {
        let page = self.page_of::<EntryPage>();
        page.and_then(|page| page.sheet.as_deref()).is_some_and(|sheet| !sheet.proposed.is_empty())
    }

    /// The same for `?`, of the page that is seen.
    pub fn declared_help(&self, context: Context) -> Vec<(char, Say)> {
        if context == self.page_context() { self.declared_keys() } else { Vec::new() }
    }

    /// A key that the desk has no use for: the transition that a declaration gave it to. Says whether it has one.
    pub(in crate::app) fn declared_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent) -> bool {
        let KeyCode::Char(letter) = key.code else { return false };
        if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
            return false;
        }
        let letter = narrow(letter);
        let Some((part, rows)) = self.moving() else { return false };
        let Some(step) = part.transitions.iter().find(|step| step.key == Some(letter)) else { return false };
        let refused = not_open(part, step, &rows).or_else(|| match open_steps(part, &rows) {
            Ok(open) if open.iter().all(|one| one.name != step.name) => Some(ONE_BY_ONE.into()),
            Ok(_) => None,
            Err(why) => Some(why),
        });
        let step = step.name.clone();
        if let Some(why) = refused {
            self.tell(Tone::Warn, why);
            return true;
        }
        // What is marked and not held goes with the others.
        let entries = crate::app::forms::entry::meant(self, true);
        crate::app::forms::entry::open_step(self, fx, entries, step);
        true
    }
}
