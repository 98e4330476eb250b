//! What is known of the selected row, as it stands beside its list: asked for as the cursor moves, only the newest is taken.

use super::column::{Ctx, Shown};
use crate::domain::ids::Subject;
use crate::store::query::rows::{Beside, BesideAsk, Mask};

/// What is known of the selected row.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Of what it was asked; none where nothing is shown of it.
    pub(in crate::app) ask: Option<BesideAsk>,
    /// It is to be asked anew: something changed.
    pub(in crate::app) stale: bool,
    /// What came, once it has. To be shown it is asked for by [`Self::seen`].
    found: Option<Box<Beside>>,
    /// The same with the numbers in its texts hidden.
    masked: Option<Box<Beside>>,
}

impl Known {
    /// Another row is selected: nothing is known of it.
    pub(in crate::app) fn turn_to(&mut self, ask: Option<BesideAsk>) {
        *self = Self { ask, stale: ask.is_some(), ..Self::default() };
    }

    /// Takes in what is known.
    pub(in crate::app) fn take(&mut self, found: Box<Beside>) {
        self.masked = Some(Box::new(match found.as_ref() {
            Beside::Person(of) => Beside::Person(Box::new(of.masked())),
            Beside::Unit(of) => Beside::Unit(Box::new(of.masked())),
            Beside::Contact(of) => Beside::Contact(Box::new(of.masked())),
            // What is hidden of these is hidden where it is put into words.
            other => other.clone(),
        }));
        self.found = Some(found);
    }

    /// What is shown of it: the numbers in its texts too only while the person's numbers are shown.
    pub fn seen(&self, ctx: &Ctx) -> Option<&Beside> {
        let shown = match (self.ask, ctx.revealed) {
            (Some(BesideAsk::Of(Subject::Person(person))), Some(Shown::Person(shown))) => person == shown,
            _ => false,
        };
        if shown { self.found.as_deref() } else { self.masked.as_deref() }
    }
}
