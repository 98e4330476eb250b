//! Papers as the screen shows them.

use super::table::moved;
use crate::app::keymap::Action;
use crate::domain::ids::{EntryId, FollowUpId, PersonId, ShiftId, SitrepId, UnitId};
use crate::paper::block::Block;
use crate::paper::lines::{Line, lines};
use crate::paper::sitrep::Wording;
use crate::say::{Lang, Say};
use crate::store::query::rows::{LedgerAsk, SitrepAsk};

/// Which paper, about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperAsk {
    /// The handover: of the open shift, or as one was signed.
    Handover(Option<ShiftId>),
    /// The situation report as the report screen shows it, worded so.
    Sitrep(SitrepAsk, Wording),
    /// A situation report as it was sent.
    Sent(SitrepId),
    /// Who must be called today.
    CallSheet,
    /// All that is known of one person.
    Dossier(PersonId),
    /// Who looked at what: at this person's numbers and papers, or at anybody's.
    Access(Option<PersonId>),
    /// That this person's newest case is released.
    Release(PersonId),
    /// What these units owe, a page for each.
    UnitSheets(Vec<UnitId>),
    /// How the reports of these units fared lately, a page for each.
    Feedback(Vec<UnitId>),
    /// A ledger's list, filtered and sorted as it is seen.
    Ledger(LedgerAsk),
}

/// Whose private numbers stand on a paper, or are in the log as asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Logged {
    /// People: each with all of theirs.
    pub people: Vec<PersonId>,
    /// Calls: the number each came from.
    pub calls: Vec<FollowUpId>,
    /// Entries of ledgers that are about nobody: each with all that stand there.
    pub entries: Vec<EntryId>,
}

impl Logged {
    /// One person's.
    pub fn person(person: PersonId) -> Self {
        Self { people: vec![person], ..Self::default() }
    }

    /// Whether there is nobody's.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.calls.is_empty() && self.entries.is_empty()
    }

    /// Whether everybody of another is among them.
    pub fn covers(&self, other: &Self) -> bool {
        other.people.iter().all(|person| self.people.contains(person))
            && other.calls.iter().all(|call| self.calls.contains(call))
            && other.entries.iter().all(|entry| self.entries.contains(entry))
    }
}

/// A paper as the screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheaf {
    /// Its title.
    pub title: String,
    /// What stands on each page, as laid out for the printer.
    pub pages: Vec<Vec<Block>>,
    /// It has tables, and can be written as a workbook.
    pub tables: bool,
    /// Whose private numbers stand on it, masked unless they were asked for.
    pub numbers: Logged,
    /// Their numbers stand there in full.
    pub revealed: bool,
    /// Why the office's own template was not used.
    pub warning: Option<Say>,
}

/// The preview of a paper.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Names it to the runtime.
    pub token: u64,
    /// Which paper.
    pub ask: PaperAsk,
    /// In which language it is made.
    pub lang: Lang,
    /// The paper; absent while it is being made.
    pub sheaf: Option<Box<Sheaf>>,
    /// What is being done meanwhile.
    pub words: Say,
    /// Why it could not be made.
    pub error: Option<Say>,
    /// The page that is seen.
    pub page: usize,
    /// The first line of it that is seen.
    pub scroll: usize,
    /// The printers were asked for.
    pub asking: bool,
    /// The file it was written to already, at a handover.
    pub written: Option<String>,
    /// The lines of every page, for the width below.
    pub(in crate::app) lines: Vec<Vec<Line>>,
    pub(in crate::app) width: usize,
}

impl Preview {
    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.lines.len()
    }

    /// The lines of the page that is seen.
    pub fn seen(&self) -> &[Line] {
        self.lines.get(self.page).map_or(&[], Vec::as_slice)
    }

    /// Whether a key does anything to it: a footer must not lie.
    pub fn does(&self, action: Action) -> bool {
        let Some(sheaf) = &self.sheaf else { return matches!(action, Action::Back | Action::Help) };
        match action {
            Action::WriteSheet => sheaf.tables,
            Action::Reveal => !sheaf.revealed && !sheaf.numbers.is_empty(),
            Action::Next => self.pages() > 1,
            _ => true,
        }
    }

    /// A closing mark may hang over the end of a line: two columns are left for it.
    pub(in crate::app) fn lay(&mut self, width: usize) {
        self.width = width;
        self.lines = match &self.sheaf {
            Some(sheaf) => {
                sheaf.pages.iter().map(|blocks| lines(blocks, width.saturating_sub(2), false)).collect()
            }
            None => Vec::new(),
        };
        self.page = self.page.min(self.lines.len().saturating_sub(1));
    }

    /// Lines up or down, over the ends of pages.
    pub(in crate::app) fn step(&mut self, by: i64, height: usize) {
        let last = |preview: &Self| preview.seen().len().saturating_sub(height);
        let to = self.scroll as i64 + by;
        if to < 0 && self.page > 0 && self.scroll == 0 {
            self.page -= 1;
            self.scroll = last(self);
        } else if by > 0 && self.scroll >= last(self) && self.page + 1 < self.pages() {
            self.page += 1;
            self.scroll = 0;
        } else {
            self.scroll = to.clamp(0, last(self) as i64) as usize;
        }
    }

    pub(in crate::app) fn turn(&mut self, by: i64) {
        self.page = moved(self.page, by, self.pages());
        self.scroll = 0;
    }
}

/// Some papers to choose one from.
#[derive(Debug, Clone)]
pub struct Which {
    /// What each is called, and what it is.
    pub papers: Vec<(Say, PaperAsk)>,
    /// The selected one.
    pub at: usize,
}
