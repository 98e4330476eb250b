//! Contradictions in what is known of somebody, and the next thing to ask while they are on the line.

use super::ids::PromiseId;
use super::time::Ts;
use chrono::NaiveDate;

/// A contradiction (存疑): what must be phoned about. Computed from what is known; it goes when that is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A temperature that counts as a fever, in tenths of a degree, and no open case.
    FeverWithoutCase {
        /// The reading's day.
        day: NaiveDate,
        /// Tenths of a degree Celsius.
        tenths: i16,
    },
    /// A temperature that counts as a fever beside the answer "well".
    FeverSaidWell {
        /// The reading's day.
        day: NaiveDate,
        /// Tenths of a degree Celsius.
        tenths: i16,
    },
    /// Another place than the day before, without a journey.
    PlaceWithoutJourney {
        /// The day of the later reading.
        day: NaiveDate,
        /// The place before.
        from: String,
        /// The place now.
        to: String,
    },
    /// "Not in Hubei", and a place, a leg or a transit there.
    HubeiContradicted {
        /// The reading's day.
        day: NaiveDate,
        /// What contradicts it.
        by: String,
    },
    /// The sheet speaks of contact, isolation or observation; there is no open case.
    SheetWithoutCase {
        /// The reading's day.
        day: NaiveDate,
        /// What it says.
        said: String,
    },
    /// Came back before leaving.
    ReturnBeforeLeaving {
        /// As answered.
        left: String,
        /// As answered.
        returned: String,
    },
    /// The unit has reported today; this person is not in the sheet.
    NotInSheet {
        /// Today.
        day: NaiveDate,
    },
}

/// The next thing to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Nobody has this number: who is calling, from which unit, about whom?
    WhoIsCalling,
    /// They promised something: is it there?
    Promised {
        /// Which.
        promise: PromiseId,
        /// When it fell or falls due.
        due: Ts,
        /// What was said.
        words: String,
    },
    /// A contradiction.
    Doubt(Doubt),
    /// An observed person's temperature and how they are, for the slot that is open.
    Temperature {
        /// The day of the observation, counted from the last contact.
        day: Option<i32>,
        /// Of how many.
        of: Option<i32>,
    },
    /// The days are over: how are they, and may the case be released?
    Release,
    /// A unit's report is missing.
    Report {
        /// The day.
        day: NaiveDate,
        /// Whole minutes past the deadline; negative before it.
        minutes_late: i64,
    },
    /// Nothing is owed: how are they?
    HowAreYou,
}
