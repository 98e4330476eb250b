//! Contradictions in what is known of somebody, and the next thing to ask while they are on the line.

use super::doubt::{Check, Doubt as Reported};
use super::finding::{Finding, What};
use super::ids::PromiseId;
use super::time::{HOUR, Ts};
use chrono::NaiveDate;

/// What must be phoned about: a contradiction in what was reported (存疑), or what was reported and not acted on. Computed
/// from what is known; it goes when that is mended or answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A temperature that counts as a fever, in tenths of a degree, and no open case.
    FeverWithoutCase {
        /// The reading's day.
        day: NaiveDate,
        /// Tenths of a degree Celsius.
        tenths: i16,
    },
    /// The sheet speaks of contact, isolation or observation; there is no open case.
    SheetWithoutCase {
        /// The reading's day.
        day: NaiveDate,
        /// What it says: a state or field of the form (`observing`, `met_case` …).
        said: String,
    },
    /// A contradiction in what was reported.
    Reported(Reported),
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

/// What is known of a person when they call.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Today.
    pub today: NaiveDate,
    /// There is an open case.
    pub has_case: bool,
    /// What their sheets brought and nobody has acted on yet, however long ago; in the order of the days.
    pub findings: &'a [Finding],
    /// Contradictions that are open, the most pressing first.
    pub reported: &'a [Reported],
    /// The unit has sent rows today, and this person is not in them.
    pub not_in_sheet: bool,
}

/// What must be asked about a person, the most pressing first. The same fact is not told twice: a fever beside "well" is a
/// contradiction, and only that; who is missing in the sheet of a day is so once.
pub fn doubts(known: &Known<'_>) -> Vec<Doubt> {
    let is = |check: Check, day: NaiveDate| {
        known.reported.iter().any(|doubt| doubt.check == check && doubt.day == day)
    };
    let mut out: Vec<Doubt> = known.reported.iter().cloned().map(Doubt::Reported).collect();
    let fever = fever(known).filter(|(day, _)| !is(Check::FeverSaidWell, *day));
    let first = out.iter().take_while(|doubt| is_fever(doubt)).count();
    out.splice(first..first, fever.map(|(day, tenths)| Doubt::FeverWithoutCase { day, tenths }));
    let next = out.iter().take_while(|doubt| is_fever(doubt)).count();
    out.splice(next..next, sheet_without_case(known));
    if known.not_in_sheet && !is(Check::MissingFromSheet, known.today) {
        out.push(Doubt::NotInSheet { day: known.today });
    }
    out
}

fn is_fever(doubt: &Doubt) -> bool {
    match doubt {
        Doubt::FeverWithoutCase { .. } => true,
        Doubt::Reported(doubt) => doubt.check == Check::FeverSaidWell,
        _ => false,
    }
}

/// The newest fever, however long ago, of somebody for whom nothing was done about it: it is one call.
fn fever(known: &Known<'_>) -> Option<(NaiveDate, i16)> {
    let fever = known.findings.iter().rev().find(|one| one.found.what == What::Fever)?;
    Some((fever.day, fever.found.tenths?))
}

/// The states and answers that speak of contact, isolation or observation, of somebody for whom nothing was done about
/// them, however long ago.
fn sheet_without_case(known: &Known<'_>) -> Option<Doubt> {
    if known.has_case {
        return None;
    }
    // Where Hubei is denied, that is what is asked about.
    let denied = known.reported.iter().any(|doubt| doubt.check == Check::HubeiDenied);
    // Beside a fever it is one call.
    let fever = known.findings.iter().any(|one| one.found.what == What::Fever);
    let newest = known
        .findings
        .iter()
        .rev()
        .filter(|one| !(fever && one.found.what == What::Unwell))
        .find_map(|one| Some((one.day, spoken_of(one.found.what, denied)?)));
    newest.map(|(day, what)| Doubt::SheetWithoutCase { day, said: what.to_owned() })
}

/// How a doubt names what a sheet says.
fn spoken_of(what: What, hubei_denied: bool) -> Option<&'static str> {
    Some(match what {
        What::Fever => return None,
        What::InHubei | What::ViaHubei if hubei_denied => return None,
        What::InHubei => "in_hubei",
        What::ViaHubei => "via_hubei",
        What::MetCase => "met_case",
        What::MetFromHubei => "met_from_hubei",
        What::CommunityCase => "community_case",
        What::Observing => "observing",
        What::Isolated => "isolated",
        What::Hospital => "hospital",
        What::Unwell => "unwell",
    })
}

/// What decides the next question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owed<'a> {
    /// Now.
    pub now: Ts,
    /// Nobody is known to have this number.
    pub nobody: bool,
    /// The open promise that falls due first, with its words.
    pub promise: Option<(PromiseId, Ts, &'a str)>,
    /// Contradictions, the most pressing first.
    pub doubts: &'a [Doubt],
    /// A temperature is owed in the slot that is open; the day of the observation and of how many, when counted.
    pub slot: Option<(Option<i32>, Option<i32>)>,
    /// The days of the open case are over.
    pub release: bool,
    /// The unit's report that is missing, and whole minutes past its deadline.
    pub report: Option<(NaiveDate, i64)>,
    /// A person, who can be asked how they are.
    pub person: bool,
}

/// A promise that falls due within this time is what the call is most likely about.
const SOON: i64 = HOUR;

/// The next thing to ask. First who it is; then what they owe the office, in the order in which it cannot wait: a
/// promise due or past, a contradiction, the temperature of the open slot (two a day while under observation), the
/// release, the unit's missing report, a promise of later; and a person is always asked how they are.
pub fn next_question(owed: &Owed<'_>) -> Option<Question> {
    if owed.nobody {
        return Some(Question::WhoIsCalling);
    }
    let promised = |(promise, due, words): (PromiseId, Ts, &str)| Question::Promised {
        promise,
        due,
        words: words.to_owned(),
    };
    if let Some(promise) = owed.promise.filter(|(_, due, _)| *due <= owed.now.plus(SOON)) {
        return Some(promised(promise));
    }
    if let Some(doubt) = owed.doubts.first() {
        return Some(Question::Doubt(doubt.clone()));
    }
    if let Some((day, of)) = owed.slot {
        return Some(Question::Temperature { day, of });
    }
    if owed.release {
        return Some(Question::Release);
    }
    if let Some((day, minutes_late)) = owed.report {
        return Some(Question::Report { day, minutes_late });
    }
    owed.promise.map(promised).or(owed.person.then_some(Question::HowAreYou))
}

#[cfg(test)]
mod tests;
