//! The log, and what an undo would take back.

use crate::domain::ids::{EntryId, OpRef, Subject};
use crate::domain::time::{Calendar, Ts};
use crate::i18n::events::{correcting, event_line_by};
use crate::say::{Lang, Say};

/// One line of the log: one op.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRow {
    /// Which op.
    pub op: OpRef,
    /// When it was recorded.
    pub recorded_at: Ts,
    /// When it happened.
    pub happened_at: Ts,
    /// Which officer; empty only for the first op.
    pub officer: String,
    /// Wire name of its first event.
    pub kind: String,
    /// How many events it holds.
    pub events: u32,
    /// How many sheet rows it holds.
    pub rows: u32,
    /// How many units' reports it brings.
    pub reports: u32,
    /// Of an import, why reports that were there already were sent again; empty where none was.
    pub corrects: String,
    /// About whom: the first event's subject.
    pub subject: Option<Subject>,
    /// That subject's name; empty if none.
    pub name: String,
    /// Without a subject, the entry of a ledger that it is about.
    pub entry: Say,
    /// The entry of a ledger that it is about, whoever that concerns.
    pub of: Option<LoggedEntry>,
    /// The first event, to be put into words.
    pub event: crate::log::event::Event,
    /// When the promise that it ends fell due.
    pub due: Option<Ts>,
    /// Who approved it, by name; empty where nobody did.
    pub approver: String,
    /// All that it tells, where one op did several things (of several people, or a call and a case): the first too.
    pub parts: Vec<UndoPart>,
    /// It was taken back.
    pub undone: bool,
    /// It was recorded in the shift that is open now.
    pub this_shift: bool,
    /// The clock moved since the entry before.
    pub jump: Option<crate::domain::jump::Jump>,
}

/// The entry of a ledger that a line of the log is about: one can go to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEntry {
    /// Which.
    pub id: EntryId,
    /// In which ledger, by its name.
    pub ledger: String,
    /// Its key as it stands now, without whom it is about; of a line that of its entry, and what tells it apart. Empty
    /// where it is gone.
    pub key: Say,
    /// How many others the same step was taken with in the same op.
    pub more: u32,
}

impl LoggedEntry {
    /// Its key, and how many others are meant with it; without the key where the entry stands beside it by name.
    pub fn said(&self, with_key: bool) -> Say {
        let key = if with_key { self.key.clone() } else { Say::default() };
        if self.more == 0 { key } else { crate::i18n::ledger::and_others(&key, self.more) }
    }
}

impl LogRow {
    /// What it is about, in the reader's language.
    pub fn about(&self, lang: Lang) -> &str {
        if self.name.is_empty() { self.entry.get(lang) } else { &self.name }
    }

    /// It in words, without the name of its subject.
    pub fn said(&self, calendar: Calendar) -> Say {
        // Where it is about nobody the entry stands beside it by name.
        let key = self.of.as_ref().map(|of| of.said(!self.name.is_empty()));
        let beside = (self.approver.as_str(), &key.unwrap_or_default());
        let line = event_line_by(&self.event, self.due, self.happened_at, calendar, beside);
        if self.corrects.is_empty() { line } else { correcting(&self.corrects, line) }
    }

    /// How many of its events its words do not tell of.
    pub fn untold(&self) -> u32 {
        let more = self.of.as_ref().map_or(0, |of| of.more);
        self.events.saturating_sub(1 + more)
    }

    /// The events that tell what it did: its first, or each of several.
    pub fn told(&self) -> impl Iterator<Item = &crate::log::event::Event> {
        let first = self.parts.is_empty().then_some(&self.event);
        first.into_iter().chain(self.parts.iter().map(|part| &part.event))
    }

    /// It as if it had done one thing each: every one of them with its own subject.
    pub fn one_by_one(self) -> Vec<Self> {
        if self.parts.is_empty() {
            return vec![self];
        }
        let one = |part: &UndoPart| Self {
            kind: crate::log::wire::name(&part.event).0.to_owned(),
            subject: part.subject,
            name: part.name.clone(),
            of: None,
            event: part.event.clone(),
            due: part.due,
            approver: part.approver.clone(),
            parts: Vec::new(),
            ..self.clone()
        };
        self.parts.iter().map(one).collect()
    }
}

/// Which part of the log, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogQuery {
    /// Only ops whose kind, name, officer or words contain this.
    pub filter: String,
    /// Only ops about this subject.
    pub subject: Option<Subject>,
    /// The first row wanted.
    pub offset: u32,
    /// How many rows at most.
    pub limit: u32,
}

/// A part of the log.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LogPage {
    /// How many match in all.
    pub total: u32,
    /// The first row's place.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<LogRow>,
}

/// One event of an op, to be put into words.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoPart {
    /// About whom.
    pub subject: Option<Subject>,
    /// Name of the person or unit; empty if none.
    pub name: String,
    /// Without a subject, the entry of a ledger that it is about.
    pub entry: Say,
    /// The event.
    pub event: crate::log::event::Event,
    /// When the promise that it ends fell due.
    pub due: Option<Ts>,
    /// Who approved it, by name; empty where nobody did.
    pub approver: String,
}

impl UndoPart {
    /// What it is about, in the reader's language.
    pub fn about(&self, lang: Lang) -> &str {
        if self.name.is_empty() { self.entry.get(lang) } else { &self.name }
    }

    /// It in words, without the name of its subject; `at` is when its op happened.
    pub fn said(&self, at: Ts, calendar: Calendar) -> Say {
        event_line_by(&self.event, self.due, at, calendar, (&self.approver, &Say::default()))
    }
}

/// What an undo would take back, or why it cannot.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoPreview {
    /// The op.
    pub row: LogRow,
    /// All it holds that somebody said or did, each with the name of whom it is about; of an import only the head.
    pub parts: Vec<UndoPart>,
    /// Later ops that depend on it: the undo is refused while there are any.
    pub blocked_by: Vec<LogRow>,
}
