//! Contradictions in what is known of somebody, and the next thing to ask while they are on the line.

use super::finding::{Finding, What, is_nothing};
use super::ids::PromiseId;
use super::place::{self, in_hubei};
use super::report::Site;
use super::rules::Rules;
use super::time::{HOUR, Ts};
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
        /// What contradicts it: the place or destination as written, or `via_hubei` for a transit.
        by: String,
    },
    /// The sheet speaks of contact, isolation or observation; there is no open case.
    SheetWithoutCase {
        /// The reading's day.
        day: NaiveDate,
        /// What it says: a state or field of the form (`observing`, `met_case` …), or the sheet's own words.
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

/// What one report says of a person, as far as it can be contradicted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The report's day.
    pub day: NaiveDate,
    /// The highest temperature of the day, tenths of a degree Celsius.
    pub temp: Option<i16>,
    /// Where it was taken.
    pub site: Option<Site>,
    /// Place, as 省市区县 joined; empty when not said.
    pub place: String,
    /// In Hubei now, as answered.
    pub in_hubei: Option<bool>,
    /// A journey, as answered.
    pub left_city: Option<bool>,
    /// State as the form's code; empty when not said.
    pub status: String,
    /// The form's other columns: canonical field and value, unanswered ones left out.
    pub rest: Vec<(String, String)>,
}

/// What is known of a person when they call.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Today.
    pub today: NaiveDate,
    /// The readings in force, the newest first; a fortnight's is enough.
    pub readings: &'a [Said],
    /// What counts as a fever.
    pub rules: &'a Rules,
    /// There is an open case.
    pub has_case: bool,
    /// The day on which the last case was released, if one was.
    pub released: Option<NaiveDate>,
    /// What their sheets brought and nobody has acted on yet, however long ago; in the order of the days.
    pub findings: &'a [Finding],
    /// The unit has sent rows today.
    pub unit_reported: bool,
}

/// How many days back a temperature or a change of place is still asked about: a weekend and the day after it.
pub const ASKED_ABOUT: i64 = 3;

/// The other columns of a form that are looked at, by their canonical fields.
pub const FIELDS: [&str; 7] =
    ["left_on", "destination", "returned_on", "trip_no", "symptoms", "household", "via_hubei"];

/// Whether what was said before this day can no longer be asked about: only the newest answers, those of the last days
/// and the place before them are.
pub fn is_enough(today: NaiveDate, day: NaiveDate, place: &str) -> bool {
    (today - day).num_days() >= ASKED_ABOUT && !place.is_empty()
}

impl Said {
    fn get(&self, field: &str) -> &str {
        self.rest.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
    }

    /// Answered with yes, as forms keep it.
    fn yes(&self, field: &str) -> bool {
        self.get(field) == "1"
    }

    fn date(&self, field: &str) -> Option<NaiveDate> {
        self.get(field).parse().ok()
    }

    fn has_journey(&self) -> bool {
        self.left_city == Some(true)
            || ["left_on", "destination", "returned_on", "trip_no"]
                .iter()
                .any(|field| !self.get(field).is_empty())
    }

    /// "Well", as answered: by the state, or where the form has none by the symptoms; a fever among the symptoms
    /// is an answer of its own.
    fn says_well(&self) -> bool {
        let symptoms = self.get("symptoms");
        let well = self.status == "normal"
            || (self.status.is_empty() && is_nothing(symptoms) && !symptoms.is_empty());
        well && !symptoms.contains(['热', '烧'])
    }
}

/// The contradictions in what is known of a person, the most pressing first. Which there are is from the duty
/// desk's own lists of 2020 (存疑: what must be phoned): temperature against the fever answer; place against
/// yesterday's place without a journey; Hubei "no" with a Hubei place or leg; any case, contact or isolation "yes";
/// a household member's special situation; a return before leaving; a person missing from the sheet.
pub fn doubts(known: &Known<'_>) -> Vec<Doubt> {
    let mut out = Vec::new();
    out.extend(fever(known));
    if let Some(newest) = known.readings.first() {
        out.extend(sheet_without_case(known, newest));
        out.extend(hubei(known, newest));
        out.extend(return_before_leaving(newest));
    }
    out.extend(moved(known));
    if known.unit_reported && known.readings.iter().all(|said| said.day != known.today) {
        out.push(Doubt::NotInSheet { day: known.today });
    }
    out
}

fn recent<'a>(known: &Known<'a>) -> impl Iterator<Item = &'a Said> {
    let today = known.today;
    known.readings.iter().filter(move |said| (today - said.day).num_days() < ASKED_ABOUT)
}

/// A temperature that is a fever by the rules of its day and site (axillary ≥ 37.3 ℃, forehead ≥ 36.8 ℃ as shipped),
/// beside the answer "well", as long as it may be remembered and nobody has looked into it; or, however long ago, of
/// somebody for whom nothing was done about it. The newest one only: it is one call.
fn fever(known: &Known<'_>) -> Option<Doubt> {
    let newest = recent(known).find_map(|said| {
        let tenths = said.temp.filter(|tenths| known.rules.is_fever(*tenths, said.site, said.day))?;
        let is_new = known.has_case
            || known.released.is_some_and(|released| released >= said.day)
            || known.findings.iter().any(|one| one.found.what == What::Fever && one.day == said.day);
        is_new.then_some((said, tenths))
    });
    if let Some((said, tenths)) = newest.filter(|(said, _)| said.says_well()) {
        return Some(Doubt::FeverSaidWell { day: said.day, tenths });
    }
    let fever = known.findings.iter().rev().find(|one| one.found.what == What::Fever)?;
    Some(Doubt::FeverWithoutCase { day: fever.day, tenths: fever.found.tenths? })
}

/// The states and answers that speak of contact, isolation or observation, of somebody for whom nothing was done about
/// them, however long ago; and what the newest sheet says of those who live with them.
fn sheet_without_case(known: &Known<'_>, said: &Said) -> Option<Doubt> {
    if known.has_case {
        return None;
    }
    // Where Hubei is denied, that is what is asked about.
    let denied = said.in_hubei == Some(false);
    // Beside a fever it is one call.
    let fever = known.findings.iter().any(|one| one.found.what == What::Fever);
    let newest = known
        .findings
        .iter()
        .rev()
        .filter(|one| !(fever && one.found.what == What::Unwell))
        .find_map(|one| Some((one.day, spoken_of(one.found.what, denied)?)));
    if let Some((day, what)) = newest {
        return Some(Doubt::SheetWithoutCase { day, said: what.to_owned() });
    }
    let household = said.get("household");
    let doubt = || Doubt::SheetWithoutCase { day: said.day, said: household.to_owned() };
    (!is_nothing(household)).then(doubt)
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

/// "Not in Hubei", and the place is there; or a leg or a transit is, and nobody has done anything about it.
fn hubei(known: &Known<'_>, said: &Said) -> Option<Doubt> {
    if said.in_hubei != Some(false) {
        return None;
    }
    let by = |text: &str| Some(Doubt::HubeiContradicted { day: said.day, by: text.to_owned() });
    let is_found = |what: What| known.findings.iter().any(|one| one.found.what == what);
    let handled = known.has_case || known.released.is_some_and(|released| released >= said.day);
    if in_hubei(&said.place) && (handled || is_found(What::InHubei)) {
        return by(&said.place);
    }
    if known.has_case || !is_found(What::ViaHubei) {
        return None;
    }
    if in_hubei(said.get("destination")) {
        return by(said.get("destination"));
    }
    if said.yes("via_hubei") { by("via_hubei") } else { None }
}

fn return_before_leaving(said: &Said) -> Option<Doubt> {
    let (left, returned) = (said.date("left_on")?, said.date("returned_on")?);
    (returned < left)
        .then(|| Doubt::ReturnBeforeLeaving { left: left.to_string(), returned: returned.to_string() })
}

/// Another place than in the reading before, and no journey in either. Two forms may ask to different depths:
/// places are compared part by part.
fn moved(known: &Known<'_>) -> Option<Doubt> {
    let placed: Vec<&Said> = known.readings.iter().filter(|said| !said.place.is_empty()).collect();
    let pair = placed.windows(2).find(|pair| {
        let (now, before) = (pair[0], pair[1]);
        (known.today - now.day).num_days() < ASKED_ABOUT
            && now.day != before.day
            && !place::same(&now.place, &before.place)
    })?;
    let (now, before) = (pair[0], pair[1]);
    (!now.has_journey() && !before.has_journey()).then(|| Doubt::PlaceWithoutJourney {
        day: now.day,
        from: before.place.clone(),
        to: now.place.clone(),
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
