//! One pass over what a unit's sheets say, in the order of the days.

use super::signs::{self, Sign, Signs, Tally};
use super::{BLOCK, Check, Doubt, REMEMBERED, Value, temp};
use crate::domain::finding::is_nothing;
use crate::domain::ids::{DoubtId, PersonId, Subject, UnitId};
use crate::domain::phone;
use crate::domain::place::{self, in_hubei};
use crate::domain::report::{Round, Site};
use crate::domain::rules::Rules;
use crate::domain::time::{day_from_number, day_number};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::collections::HashMap;

/// One row of a sheet, as far as it can contradict anything.
pub struct Row<'a> {
    /// Whose.
    pub person: PersonId,
    /// Tenths of a degree in the morning.
    pub temp_am: Option<i16>,
    /// In the afternoon.
    pub temp_pm: Option<i16>,
    /// Where on the body.
    pub site: Option<Site>,
    /// Place, as 省市区县 joined; empty when not said.
    pub place: &'a str,
    /// In Hubei now, as answered.
    pub in_hubei: Option<bool>,
    /// A journey, as answered.
    pub left_city: Option<bool>,
    /// State as the form's code; empty when not said.
    pub status: &'a str,
    /// A digest of everything the row says, but its day.
    pub all: u64,
    /// A digest of what it answers, without who they are and where they live; only held against the rows beside it.
    pub answers: u64,
    /// The answer of another column, by its canonical field; empty when not said.
    pub get: &'a dyn Fn(&str) -> &'a str,
}

impl Row<'_> {
    fn date(&self, field: &str) -> Option<NaiveDate> {
        (self.get)(field).parse().ok()
    }

    fn has_journey(&self) -> bool {
        self.left_city == Some(true)
            || ["left_on", "destination", "returned_on", "trip_no"]
                .iter()
                .any(|field| !(self.get)(field).is_empty())
    }

    /// "Well", as answered: by the state, or where the form has none by the symptoms; a fever among the symptoms
    /// is an answer of its own.
    fn says_well(&self) -> bool {
        let symptoms = (self.get)("symptoms");
        let well = self.status == "normal"
            || (self.status.is_empty() && is_nothing(symptoms) && !symptoms.is_empty());
        well && !symptoms.contains(['热', '烧'])
    }

    /// "Unwell", as answered.
    fn says_unwell(&self) -> bool {
        !matches!(self.status, "" | "normal") || !is_nothing((self.get)("symptoms"))
    }
}

/// What a sheet did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It contradicts itself, or what was known.
    Raised(Doubt),
    /// It says otherwise than what an earlier one was doubted for.
    Closed {
        /// Which doubt.
        id: DoubtId,
        /// The day of its report.
        day: NaiveDate,
    },
}

impl Step {
    fn closed(doubt: &Doubt) -> Self {
        Self::Closed { id: doubt.id, day: doubt.day }
    }
}

/// What is remembered of one person.
#[derive(Clone, Default)]
struct Track {
    /// The last place that was said, and whether a journey was.
    place: Option<(NaiveDate, String, bool)>,
    /// The digest of the last row, and the days on which it was the same, the last of them at the end.
    same: (u64, Vec<NaiveDate>),
}

impl Track {
    /// What of it still counts on a day.
    fn kept(&self, day: NaiveDate) -> Option<Self> {
        let place = self.place.clone().filter(|(said, ..)| is_near(*said, day));
        let days: Vec<NaiveDate> = self.same.1.iter().copied().filter(|known| is_near(*known, day)).collect();
        let same = if days.is_empty() { (0, days) } else { (self.same.0, days) };
        (place.is_some() || !same.1.is_empty()).then_some(Self { place, same })
    }
}

/// All that the next sheet of a unit is compared with: what goes on from here comes to the same as what began earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    day: i32,
    round: Round,
    people: Vec<Kept>,
    before: Vec<(Round, i32, Vec<PersonId>)>,
    signs: Vec<signs::Kept>,
}

/// A [`Track`] as it is written: days as numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    person: PersonId,
    place: Option<(i32, String, bool)>,
    same: (u64, Vec<i32>),
}

impl Remembered {
    /// The day and round of the last sheet.
    pub fn last(&self) -> (NaiveDate, &Round) {
        (day_from_number(self.day), &self.round)
    }
}

/// What was raised and no sheet has closed yet; answered or not. Of one check somebody has one.
#[derive(Default)]
struct Open(HashMap<Subject, Vec<Doubt>>);

impl Open {
    fn of(&self, about: Subject) -> &[Doubt] {
        self.0.get(&about).map_or(&[], Vec::as_slice)
    }

    fn put(&mut self, doubt: Doubt) {
        self.take(doubt.about, doubt.check);
        self.0.entry(doubt.about).or_default().push(doubt);
    }

    fn take(&mut self, about: Subject, check: Check) -> Option<Doubt> {
        let known = self.0.get_mut(&about)?;
        let at = known.iter().position(|doubt| doubt.check == check)?;
        Some(known.remove(at))
    }
}

/// The sheets of one unit, in the order of the days.
pub struct Watch<'r> {
    unit: UnitId,
    rules: &'r Rules,
    people: HashMap<PersonId, Track>,
    open: Open,
    /// Who was in the sheet before, of each round: an evening's may be of fewer people.
    before: HashMap<Round, (NaiveDate, BTreeSet<PersonId>)>,
    /// How the sheets of each round were filled in and sent.
    signs: HashMap<Round, Signs>,
    /// The sheet that is being read.
    now: Option<Now>,
    /// The last that was read.
    last: Option<(NaiveDate, Round)>,
}

/// The sheet that is being read.
struct Now {
    day: NaiveDate,
    round: Round,
    /// Only remembered: it was looked through before.
    known: bool,
    /// At which minute of the day, UTC, the unit sent it; none where nobody noted it.
    minute: Option<i32>,
    tally: Tally,
    people: BTreeSet<PersonId>,
    /// Whose row is the one of days before, since when.
    unchanged: Vec<(PersonId, NaiveDate)>,
    rows: usize,
}

impl<'r> Watch<'r> {
    /// Of a unit, with what is open from sheets before those that follow.
    pub fn new(unit: UnitId, rules: &'r Rules, open: impl IntoIterator<Item = Doubt>) -> Self {
        let mut known = Open::default();
        open.into_iter().for_each(|doubt| known.put(doubt));
        let (people, before, signs) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { unit, rules, people, open: known, before, signs, now: None, last: None }
    }

    /// The same, which goes on from what is remembered.
    #[must_use]
    pub fn resumed(mut self, known: Remembered) -> Self {
        self.last = Some((day_from_number(known.day), known.round));
        let track = |Kept { person, place, same: (digest, days) }| {
            let place = place.map(|(day, said, journey)| (day_from_number(day), said, journey));
            (person, Track { place, same: (digest, days.into_iter().map(day_from_number).collect()) })
        };
        self.people = known.people.into_iter().map(track).collect();
        let before = known.before.into_iter();
        let sheet = |(round, day, people): (Round, i32, Vec<PersonId>)| {
            (round, (day_from_number(day), people.into_iter().collect()))
        };
        self.before = before.map(sheet).collect();
        self.signs = known.signs.into_iter().map(Signs::known).collect();
        self
    }

    /// What must be remembered after the last sheet; nothing where there was none.
    pub fn remembered(&self) -> Option<Remembered> {
        let (day, round) = self.last.clone()?;
        let people = self.people.iter().filter_map(|(person, track)| Some((person, track.kept(day)?)));
        let kept = |(person, Track { place, same: (digest, days) }): (&PersonId, Track)| Kept {
            person: *person,
            place: place.map(|(day, said, journey)| (day_number(day), said, journey)),
            same: (digest, days.into_iter().map(day_number).collect()),
        };
        let mut people: Vec<Kept> = people.map(kept).collect();
        people.sort_unstable_by_key(|kept| kept.person);
        let before = self.before.iter().filter(|(_, (on, _))| is_near(*on, day));
        let sheet = |(round, (day, people)): (&Round, &(NaiveDate, BTreeSet<PersonId>))| {
            (round.clone(), day_number(*day), people.iter().copied().collect())
        };
        let mut before: Vec<(Round, i32, Vec<PersonId>)> = before.map(sheet).collect();
        before.sort_unstable();
        let signs = self.signs.iter().filter_map(|(round, signs)| signs.kept(round, day));
        let mut signs: Vec<signs::Kept> = signs.collect();
        signs.sort_unstable();
        Some(Remembered { day: day_number(day), round, people, before, signs })
    }

    /// The rows of this report follow. One that is `known` is only remembered. `minute` is that of the day, UTC, at which
    /// the unit sent it, where that was noted.
    pub fn begin(&mut self, day: NaiveDate, round: &Round, known: bool, minute: Option<i32>) {
        self.now = Some(Now {
            day,
            round: round.clone(),
            known,
            minute,
            tally: Tally::default(),
            people: BTreeSet::new(),
            unchanged: Vec::new(),
            rows: 0,
        });
    }

    /// A row of it as it was sent, and as it stands where something of it was found to be otherwise: what was sent is
    /// doubted, and the next sheet is compared with what stands.
    pub fn row(&mut self, row: &Row<'_>, stands: &Row<'_>, out: &mut Vec<Step>) {
        let Some(mut now) = self.now.take() else { return };
        now.rows += 1;
        now.tally.row(row);
        let again = !now.people.insert(row.person);
        if !now.known {
            let closed = self.close(row, again, &now, out);
            for (check, values) in self.held(row, again, &now) {
                // Back where they were before what was doubted: that is its answer, and no new question.
                if check == Check::Moved && closed.contains(&check) {
                    continue;
                }
                self.raise(Subject::Person(row.person), check, values, &now, out);
            }
            self.found_out(row, stands, &now, out);
        }
        let track = self.people.entry(row.person).or_default();
        if !again {
            remember_row(track, row, now.day);
            if let Some(since) = unchanged_since(track, row, now.day, self.rules) {
                now.unchanged.push((row.person, since));
            }
        }
        if !stands.place.is_empty() {
            track.place = Some((now.day, stands.place.to_owned(), stands.has_journey()));
        }
        self.now = Some(now);
    }

    /// Where somebody is was found to be otherwise: that question is answered, and the same in the next sheet is another.
    fn found_out(&mut self, row: &Row<'_>, stands: &Row<'_>, now: &Now, out: &mut Vec<Step>) {
        let about = Subject::Person(row.person);
        if row.place == stands.place && row.has_journey() == stands.has_journey() {
            return;
        }
        let of_today = |doubt: &Doubt| doubt.check == Check::Moved && doubt.day == now.day;
        if self.open.of(about).iter().any(of_today) {
            out.extend(self.open.take(about, Check::Moved).as_ref().map(Step::closed));
        }
    }

    /// It is over.
    pub fn end(&mut self, out: &mut Vec<Step>) {
        let Some(mut now) = self.now.take() else { return };
        if now.rows == 0 {
            return;
        }
        if !now.known {
            self.repeated(&mut now, out);
            self.missing(&now, out);
        }
        self.credible(&now, out);
        self.last = Some((now.day, now.round.clone()));
        self.before.insert(now.round, (now.day, now.people));
    }

    /// Rows that are the same day after day: of many people of a unit it is asked once.
    fn repeated(&mut self, now: &mut Now, out: &mut Vec<Step>) {
        let unit = Subject::Unit(self.unit);
        let many = now.unchanged.len() >= BLOCK && now.unchanged.len() * 2 >= now.rows;
        if many {
            let since = now.unchanged.iter().map(|(_, since)| *since).max().unwrap_or(now.day);
            let (n, all) = (now.unchanged.len().to_string(), now.rows.to_string());
            let values = (Value::new("rows", since, n), Value::new("rows", now.day, all));
            self.raise(unit, Check::Unchanged, values, now, out);
            for (person, _) in &now.unchanged {
                let one = self.open.take(Subject::Person(*person), Check::Unchanged);
                out.extend(one.as_ref().map(Step::closed));
            }
            return;
        }
        if let Some(doubt) = self.open.take(unit, Check::Unchanged) {
            out.push(Step::closed(&doubt));
        }
        for (person, since) in std::mem::take(&mut now.unchanged) {
            let values = (Value::new("row", since, ""), Value::new("row", now.day, ""));
            self.raise(Subject::Person(person), Check::Unchanged, values, now, out);
        }
    }

    /// Whether it was asked and measured, as far as that shows.
    fn credible(&mut self, now: &Now, out: &mut Vec<Step>) {
        let signs = self.signs.entry(now.round.clone()).or_default();
        let flat = signs.flat(&now.tally, now.day, self.rules);
        let minute = signs.minute(now.minute, now.day, self.rules);
        let block = now.tally.block(now.day, self.rules);
        if now.known {
            return;
        }
        self.sign(Check::FlatTemperatures, flat, now, out);
        self.sign(Check::SameMinute, minute, now, out);
        // Where all temperatures are alike rows are as well: that is one question.
        let unit = Subject::Unit(self.unit);
        let is_flat = self.open.of(unit).iter().any(|doubt| doubt.check == Check::FlatTemperatures);
        self.sign(Check::SameRows, if is_flat { Sign::Gone } else { block }, now, out);
    }

    /// A report of another round neither asks again nor answers.
    fn sign(&mut self, check: Check, sign: Sign, now: &Now, out: &mut Vec<Step>) {
        let unit = Subject::Unit(self.unit);
        match sign {
            Sign::There(one, other) => self.raise(unit, check, (one, other), now, out),
            Sign::Gone => {
                let of_it = |doubt: &Doubt| doubt.check == check && doubt.round == now.round;
                if self.open.of(unit).iter().any(of_it) {
                    out.extend(self.open.take(unit, check).as_ref().map(Step::closed));
                }
            }
            Sign::Untold => {}
        }
    }

    /// Those of the sheet before who are not in this one.
    fn missing(&mut self, now: &Now, out: &mut Vec<Step>) {
        let before = self.before.remove(&now.round);
        let Some((day, people)) = before.filter(|(day, _)| is_near(*day, now.day)) else {
            return;
        };
        for person in people.difference(&now.people) {
            let values = (Value::new("sheet", day, "1"), Value::new("sheet", now.day, "0"));
            self.raise(Subject::Person(*person), Check::MissingFromSheet, values, now, out);
        }
    }

    fn raise(
        &mut self,
        about: Subject,
        check: Check,
        values: (Value, Value),
        now: &Now,
        out: &mut Vec<Step>,
    ) {
        if self.rules.doubting(check, now.day).is_none() {
            return;
        }
        let doubt = Doubt::new(about, self.unit, check, (now.day, &now.round), values);
        match self.open.of(about).iter().find(|known| known.check == check) {
            Some(before) if doubt.goes_on(before) => return,
            // Other values: it is another question.
            Some(before) => out.push(Step::closed(before)),
            None => {}
        }
        self.open.put(doubt.clone());
        out.push(Step::Raised(doubt));
    }

    /// What the row says otherwise than what an earlier one was doubted for.
    fn close(&mut self, row: &Row<'_>, again: bool, now: &Now, out: &mut Vec<Step>) -> Vec<Check> {
        let about = Subject::Person(row.person);
        if again || self.open.of(about).is_empty() {
            return Vec::new();
        }
        let mut closed: Vec<Check> = self
            .open
            .of(about)
            .iter()
            .filter(|doubt| self.answers(doubt, row, now))
            .map(|doubt| doubt.check)
            .collect();
        closed.sort_unstable();
        let ended = closed.iter().filter_map(|check| self.open.take(about, *check));
        out.extend(ended.map(|doubt| Step::closed(&doubt)));
        closed
    }

    fn answers(&self, doubt: &Doubt, row: &Row<'_>, now: &Now) -> bool {
        match doubt.check {
            Check::FeverSaidWell => row.says_unwell(),
            Check::HubeiDenied => match doubt.other.field.as_str() {
                "via_hubei" => match (row.get)("via_hubei") {
                    "" => false,
                    said => said == "1" || self.hubei(row, now).is_none(),
                },
                _ => row.in_hubei == Some(true) || (row.in_hubei.is_some() && self.hubei(row, now).is_none()),
            },
            Check::Moved => {
                row.has_journey() || (!row.place.is_empty() && place::same(row.place, &doubt.one.said))
            }
            Check::Household => !(row.get)("household").is_empty() && is_nothing((row.get)("household")),
            Check::ReturnBeforeLeaving => {
                let days = row.date("left_on").zip(row.date("returned_on"));
                days.is_some_and(|(left, returned)| left <= returned)
            }
            // Whoever was in no sheet for so long that it is forgotten is there anew.
            Check::Unchanged => self
                .people
                .get(&row.person)
                .and_then(|track| track.kept(now.day))
                .is_none_or(|track| track.same.0 != row.all),
            Check::ListedTwice => now.day > doubt.day,
            Check::MissingFromSheet => true,
            // These are about many rows, or about none.
            Check::CaseUnsaid
            | Check::ZeroContradicted
            | Check::FlatTemperatures
            | Check::SameMinute
            | Check::SameRows => false,
        }
    }

    /// The contradictions of a row, in itself and with the one before.
    fn held(&self, row: &Row<'_>, again: bool, now: &Now) -> Vec<(Check, (Value, Value))> {
        let mut out = Vec::new();
        let (day, get) = (now.day, row.get);
        if again {
            let values = (Value::new("sheet", day, "1"), Value::new("sheet", day, "2"));
            out.push((Check::ListedTwice, values));
            return out;
        }
        let fever = [("temp_am", row.temp_am), ("temp_pm", row.temp_pm)]
            .into_iter()
            .filter_map(|(field, tenths)| Some((field, tenths?)))
            .max_by_key(|(_, tenths)| *tenths)
            .filter(|(_, tenths)| self.rules.is_fever(*tenths, row.site, day));
        if let Some((field, tenths)) = fever.filter(|_| row.says_well()) {
            let symptoms = (row.status.is_empty()).then(|| Value::new("symptoms", day, get("symptoms")));
            let well = symptoms.unwrap_or_else(|| Value::new("status", day, row.status));
            out.push((Check::FeverSaidWell, (Value::new(field, day, temp(tenths)), well)));
        }
        // Where Hubei is denied, that is what is asked: when they came there is part of it.
        match self.hubei(row, now) {
            Some(values) => out.push((Check::HubeiDenied, values)),
            None => out.extend(self.moved(row, now).map(|values| (Check::Moved, values))),
        }
        let household = get("household");
        if !is_nothing(household) {
            let values = (Value::new("known", day, ""), Value::new("household", day, household));
            out.push((Check::Household, values));
        }
        if let Some((left, returned)) = row.date("left_on").zip(row.date("returned_on"))
            && returned < left
        {
            let values = (
                Value::new("left_on", day, left.to_string()),
                Value::new("returned_on", day, returned.to_string()),
            );
            out.push((Check::ReturnBeforeLeaving, values));
        }
        out
    }

    /// "Not in Hubei", and a place, a telephone or a leg there; "not through Hubei", and a leg there.
    fn hubei(&self, row: &Row<'_>, now: &Now) -> Option<(Value, Value)> {
        let (rule, _) = self.rules.doubting(Check::HubeiDenied, now.day)?;
        let (day, get) = (now.day, row.get);
        let destination = get("destination");
        let leg = || in_hubei(destination).then(|| Value::new("destination", day, destination));
        if row.in_hubei == Some(false) {
            let denied = || Value::new("in_hubei", day, "0");
            if in_hubei(row.place) {
                return Some((Value::new("place", day, row.place), denied()));
            }
            let gone = row.date("returned_on").is_none_or(|back| back > day);
            if let Some(leg) = leg().filter(|_| gone) {
                return Some((leg, denied()));
            }
            let number = get("phone");
            // A mobile number, plainly written, as nearly all are.
            let mobile =
                number.len() == 11 && number.starts_with('1') && number.bytes().all(|b| b.is_ascii_digit());
            let digits = if mobile { String::new() } else { phone::digits(number) };
            let landline = digits.starts_with('0')
                && rule.area_codes.iter().any(|code| digits.starts_with(code.as_str()));
            if landline {
                // The number itself is private: where it is from is what contradicts.
                let code = rule.area_codes.iter().find(|code| digits.starts_with(code.as_str()));
                return Some((Value::new("phone", day, code.cloned().unwrap_or_default()), denied()));
            }
        }
        if get("via_hubei") == "0" {
            return Some((leg()?, Value::new("via_hubei", day, "0")));
        }
        None
    }

    /// Another place than in the sheet before, and no journey in either. Two forms may ask to different depths: places
    /// are compared part by part.
    fn moved(&self, row: &Row<'_>, now: &Now) -> Option<(Value, Value)> {
        let (day, before, journey) = self.people.get(&row.person)?.place.as_ref()?;
        if row.place.is_empty() || *journey || *day >= now.day || !is_near(*day, now.day) {
            return None;
        }
        if place::same(row.place, before) || row.has_journey() {
            return None;
        }
        Some((Value::new("place", *day, before), Value::new("place", now.day, row.place)))
    }
}

/// Whether a day is remembered on another.
pub(super) fn is_near(day: NaiveDate, now: NaiveDate) -> bool {
    (now - day).num_days() <= REMEMBERED
}

fn remember_row(track: &mut Track, row: &Row<'_>, day: NaiveDate) {
    let (digest, days) = &mut track.same;
    if *digest != row.all {
        *digest = row.all;
        days.clear();
    }
    days.retain(|known| is_near(*known, day) && *known != day);
    days.push(day);
}

/// Since when the row is the same, when that is too long: with one temperature in it it is the same by chance sooner.
fn unchanged_since(track: &Track, row: &Row<'_>, day: NaiveDate, rules: &Rules) -> Option<NaiveDate> {
    let (rule, _) = rules.doubting(Check::Unchanged, day)?;
    let times = match (row.temp_am, row.temp_pm) {
        (Some(_), Some(_)) => 1,
        (Some(_), None) | (None, Some(_)) => 2,
        // Nothing in it would change.
        (None, None) => return None,
    };
    let days = &track.same.1;
    (days.len() >= rule.days as usize * times).then(|| days[0])
}
