//! The plan of the log: every act of every officer, in time order, before anything is written.

use super::sheets::Batch;
use crate::domain::case::CaseFacts;
use crate::domain::followup::FollowUpDraft;
use crate::domain::ids::Subject;
use crate::domain::time::Ts;
use crate::store::act::Act;
use chrono::NaiveDate;
use std::ops::Range;

/// A name under which what an act made is kept, for acts that come later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tag {
    /// The case at this place.
    Case(usize),
    /// The call numbered so.
    Call(usize),
    /// The outside contact at this place.
    Contact(usize),
    /// The entry of a ledger at this place.
    Entry(usize),
}

/// One thing to do.
#[derive(Debug)]
pub(super) enum Step {
    /// An act that needs nothing from those before it.
    Do(Box<Act>),
    /// The second officer joins.
    Officer(String),
    /// A roster file.
    Roster(Range<usize>),
    /// A file of reports.
    Report(Batch),
    /// A case changes.
    Change(usize, Box<CaseFacts>, String),
    /// A case is released.
    Release(usize, String),
    /// A call gets its subject.
    Attach(usize, Subject),
    /// A call with an outside contact.
    Outside(usize, Box<FollowUpDraft>),
    /// A call logged by mistake is taken back.
    TakeBack(usize),
    /// An entry of a ledger.
    Entry(usize),
    /// A transition of one, or of a line of one.
    Moved(usize),
    /// What one proposed is taken up or declined.
    Raised(usize),
    /// The officer on duty hands over on this day.
    Handover(NaiveDate),
}

/// A thing to do and when.
#[derive(Debug)]
pub(super) struct Planned {
    /// When it is recorded.
    pub(super) at: Ts,
    /// When it happened, if earlier.
    pub(super) happened: Option<Ts>,
    /// What is kept of it.
    pub(super) keep: Option<Tag>,
    pub(super) step: Step,
}

/// The plan while it is made.
#[derive(Debug, Default)]
pub(super) struct Plan {
    steps: Vec<Planned>,
    calls: usize,
}

impl Plan {
    /// Plans a step.
    pub(super) fn step(&mut self, at: Ts, step: Step) {
        self.steps.push(Planned { at, happened: None, keep: None, step });
    }

    /// Plans a step that is recorded after it happened.
    pub(super) fn late(&mut self, at: Ts, happened: Ts, step: Step) {
        self.steps.push(Planned { at, happened: Some(happened), keep: None, step });
    }

    /// Plans a step as it is.
    pub(super) fn planned(&mut self, planned: Planned) {
        self.steps.push(planned);
    }

    /// Plans an act that needs nothing from those before it.
    pub(super) fn act(&mut self, at: Ts, act: Act) {
        self.step(at, Step::Do(Box::new(act)));
    }

    /// Plans an act whose result is needed later.
    pub(super) fn keep(&mut self, at: Ts, tag: Tag, act: Act) {
        self.steps.push(Planned { at, happened: None, keep: Some(tag), step: Step::Do(Box::new(act)) });
    }

    /// Plans a call whose result is needed later, and tells its number.
    pub(super) fn call(&mut self, at: Ts, act: Act) -> usize {
        self.calls += 1;
        self.keep(at, Tag::Call(self.calls), act);
        self.calls
    }

    /// Everything up to `now`, in time order; what was planned first comes first at the same time.
    pub(super) fn until(mut self, now: Ts) -> Vec<Planned> {
        self.steps.retain(|step| step.at <= now);
        self.steps.sort_by_key(|step| step.at);
        self.steps
    }
}
