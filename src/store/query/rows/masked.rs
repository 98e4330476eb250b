//! Rows as they are shown while nobody asked for the numbers: those typed into their texts are hidden as the numbers
//! on record are. The one list of which texts those are, for the desk, the lists and the papers.

use super::call::{CallCard, CallRow};
use super::case::{CaseDetail, ReleaseRow};
use super::contact::ContactSheet;
use super::ledger::EntryOf;
use super::person::{Dossier, NoteRow};
use super::unit::UnitSheet;
use crate::domain::case::CaseFacts;
use crate::domain::mask::{masked_in, masked_words};
use std::borrow::Cow;

/// Something with texts into which somebody may have typed a number.
pub trait Mask: Clone {
    /// Hides the middle of every personal number in its texts.
    fn mask(&mut self);

    /// The same with the numbers in its texts hidden.
    #[must_use]
    fn masked(&self) -> Self {
        let mut out = self.clone();
        out.mask();
        out
    }

    /// What may be shown of it: all of it only when that was logged.
    fn seen(&self, revealed: bool) -> Cow<'_, Self> {
        if revealed { Cow::Borrowed(self) } else { Cow::Owned(self.masked()) }
    }
}

/// Hides the middle of the numbers in one text.
pub fn hide(text: &mut String) {
    if let Cow::Owned(hidden) = masked_words(text) {
        *text = hidden;
    }
}

impl Mask for Dossier {
    fn mask(&mut self) {
        self.contact = masked_in(&self.contact);
        hide(&mut self.origin);
        hide(&mut self.address);
        self.calls.iter_mut().for_each(Mask::mask);
        self.notes.iter_mut().for_each(Mask::mask);
        self.cases.iter_mut().for_each(Mask::mask);
        self.entries.iter_mut().for_each(Mask::mask);
        for reading in &mut self.readings {
            hide(&mut reading.place);
            reading.rest.iter_mut().for_each(|(_, value)| hide(value));
        }
        for leg in &mut self.legs {
            [
                &mut leg.left,
                &mut leg.destination,
                &mut leg.returned,
                &mut leg.transport,
                &mut leg.number,
                &mut leg.seat,
            ]
            .into_iter()
            .for_each(hide);
        }
    }
}

impl Mask for CaseFacts {
    fn mask(&mut self) {
        [&mut self.place, &mut self.contact, &mut self.note].into_iter().flatten().for_each(hide);
    }
}

impl Mask for CaseDetail {
    fn mask(&mut self) {
        self.facts.mask();
        if let Some((.., reason)) = &mut self.released {
            hide(reason);
        }
    }
}

impl Mask for ReleaseRow {
    fn mask(&mut self) {
        self.facts.mask();
    }
}

impl Mask for CallRow {
    fn mask(&mut self) {
        hide(&mut self.words);
        hide(&mut self.answered_by);
    }
}

impl Mask for NoteRow {
    fn mask(&mut self) {
        hide(&mut self.text);
    }
}

/// What is declared as a number is hidden wherever it is shown; here, what was typed into words.
impl Mask for EntryOf {
    fn mask(&mut self) {
        self.entry.row.values.values_mut().for_each(hide);
        self.above.iter_mut().flat_map(|above| above.row.values.values_mut()).for_each(hide);
    }
}

impl Mask for UnitSheet {
    fn mask(&mut self) {
        self.calls.iter_mut().for_each(Mask::mask);
        self.notes.iter_mut().for_each(Mask::mask);
        self.entries.iter_mut().for_each(Mask::mask);
    }
}

impl Mask for ContactSheet {
    fn mask(&mut self) {
        self.calls.iter_mut().for_each(Mask::mask);
        self.notes.iter_mut().for_each(Mask::mask);
    }
}

impl Mask for CallCard {
    fn mask(&mut self) {
        self.calls.iter_mut().for_each(Mask::mask);
        self.case.iter_mut().for_each(Mask::mask);
        self.promises.iter_mut().for_each(|(_, said)| hide(said));
        self.duties.iter_mut().flat_map(|duty| &mut duty.promises).for_each(|(_, said)| hide(said));
    }
}
