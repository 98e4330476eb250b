//! The letters that declarations give to their transitions: they work where entries are seen, beside the keys of the desk.

use crate::app::keymap::{Context, narrow};
use crate::app::shown::effect::Effect;
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::{EntryPage, LedgerPage};
use crate::app::shown::state::State;
use crate::domain::ids::EntryId;
use crate::domain::ledger::{Ledger, Part, Transition};
use crate::i18n::ledger::{not_from, titled};
use crate::say::Say;
use crate::store::query::rows::EntryRow;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

impl State {
    /// The ledger of the page that is seen.
    fn ledger_here(&self) -> Option<&Ledger> {
        let page = self.page_of::<LedgerPage>().and_then(|page| page.ledger.as_deref());
        page.or_else(|| self.page_of::<EntryPage>()?.sheet.as_deref().map(|sheet| &*sheet.ledger))
    }

    /// The entries that a transition would concern here, with what they are entries of.
    fn moving(&self) -> Option<(&Part, Vec<&EntryRow>)> {
        let meant: Vec<EntryId> = crate::app::forms::entry::meant(self, true);
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
        let fits = |step: &&Transition| rows.iter().all(|row| step.from.contains(&row.row.state));
        let steps = part.transitions.iter().filter(fits);
        steps.filter_map(|step| Some((step.key?, titled(&step.title)))).collect()
    }

    /// Whether the entry that is seen proposes something.
    pub fn proposes(&self) -> bool {
        let page = self.page_of::<EntryPage>();
        page.and_then(|page| page.sheet.as_deref()).is_some_and(|sheet| !sheet.proposed.is_empty())
    }

    /// Every letter that the ledger here has declared, and what each does.
    pub fn declared_help(&self, context: Context) -> Vec<(char, Say)> {
        let is_here = matches!(context, Context::Ledger | Context::Entry);
        let Some(ledger) = self.ledger_here().filter(|_| is_here) else { return Vec::new() };
        let parts = [ledger.part(false), ledger.part(true)].into_iter().flatten();
        let steps = parts.flat_map(|part| &part.transitions);
        steps.filter_map(|step| Some((step.key?, titled(&step.title)))).collect()
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
        if let Some(row) = rows.iter().find(|row| !step.from.contains(&row.row.state)) {
            let said = not_from(&step.title, part, &row.row.state);
            self.tell(Tone::Warn, said);
            return true;
        }
        let (entries, step) = (rows.iter().map(|row| row.row.id).collect(), step.name.clone());
        crate::app::forms::entry::open_step(self, fx, entries, step);
        true
    }
}
