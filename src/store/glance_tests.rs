//! What is seen at one glance: strips, trends, and who among those under observation comes first.

use super::act::Act;
use super::query::rows;
use super::tests::Office;
use super::*;
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::followup::{FollowUpDraft, Outcome};
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::domain::report::ReportStatus;
use crate::domain::time::HOUR;

const DAY: i64 = 24 * HOUR;

fn opened(office: &mut Office, person: PersonId) {
    let facts = CaseFacts {
        categories: Some(vec![Category::HomeObservation]),
        measure: Some(Measure::Home),
        ..CaseFacts::default()
    };
    office.act(&Act::OpenCase { person, facts });
}

fn told(office: &mut Office, person: PersonId, outcome: Outcome, temp: Option<i16>) {
    office.now = office.now.plus(HOUR);
    let draft = FollowUpDraft { outcome, temp, ..FollowUpDraft::not_reached(Some(Subject::Person(person))) };
    office.act(&Act::FollowUp(draft));
}

fn first(office: &Office) -> Vec<PersonId> {
    query::cases(&office.reader(), office.now).unwrap().iter().map(|case| case.person).collect()
}

#[test]
fn who_has_a_fever_comes_first_then_who_is_unwell_and_both_are_over_when_they_are_told_to_be() {
    let mut office = Office::new();
    let people = office.people.clone();
    let (calm, sick, hot) = (people[0], people[1], people[2]);
    for person in [calm, sick, hot] {
        opened(&mut office, person);
    }
    told(&mut office, sick, Outcome::NotWell, None);
    told(&mut office, hot, Outcome::NotWell, Some(382));
    assert_eq!(first(&office), [hot, sick, calm]);
    let cases = query::cases(&office.reader(), office.now).unwrap();
    assert!(cases[0].lately.fever && cases[1].lately.unwell && !cases[1].lately.fever);
    for tenths in [371, 372, 368, 366] {
        told(&mut office, hot, Outcome::Well, Some(tenths));
    }
    told(&mut office, sick, Outcome::Well, None);
    let cases = query::cases(&office.reader(), office.now).unwrap();
    assert!(cases.iter().all(|case| case.lately.rank() == 2), "{cases:?}");
    let of = |person| cases.iter().find(|case| case.person == person).unwrap();
    assert_eq!(of(hot).lately.temps, [371, 372, 368, 366], "the last four, the oldest first");
    // A week later nothing of that is shown as if it were of now.
    office.now = office.now.plus(9 * DAY);
    assert!(query::cases(&office.reader(), office.now).unwrap().iter().all(|c| c.lately.temps.is_empty()));
}

#[test]
fn trends_count_what_was_open_on_each_day_and_what_was_undone_is_not_there() {
    let mut office = Office::new();
    let people = office.people.clone();
    opened(&mut office, people[0]);
    office.now = office.now.plus(2 * DAY);
    opened(&mut office, people[1]);
    let second = office.now;
    let trends = query::trends(&office.reader(), office.now).unwrap();
    let last = query::STRIP - 1;
    assert_eq!(trends.open[last - 3..], [0, 1, 1, 2]);
    assert_eq!(trends.opened[last - 3..], [0, 1, 0, 1]);
    assert_eq!(
        trends.first,
        crate::domain::time::add_days(query::settings(&office.reader()).unwrap().calendar.day(second), -13)
    );
    office.act(&Act::Undo { op: None });
    let trends = query::trends(&office.reader(), office.now).unwrap();
    assert_eq!((trends.open[last], trends.opened[last]), (1, 0));
}

#[test]
fn a_strip_says_of_each_day_what_the_day_in_force_said_of_it() {
    let mut office = Office::new();
    let unit = office.units[0];
    let strip = |office: &Office, unit: UnitId| {
        let rows = query::outstanding(&office.reader(), office.now).unwrap();
        rows.into_iter().find(|row| row.id == unit).map(|row| row.strip)
    };
    // Over three days nothing comes: each day's own column says so, today's the last.
    office.now = office.now.plus(3 * DAY);
    let days = strip(&office, unit).unwrap();
    assert_eq!(days.len(), query::STRIP);
    let missing = days.iter().filter(|day| **day == Some(ReportStatus::Outstanding)).count();
    let row = query::outstanding(&office.reader(), office.now).unwrap();
    let owes = row.iter().find(|row| row.id == unit).unwrap().missing as usize;
    assert_eq!(missing, owes, "{days:?}");
    assert_eq!(days[0], None, "a fortnight ago the office was not there");
}

#[test]
fn what_came_since_is_seen_by_whoever_looked_before_at_the_same_moment() {
    let mut office = Office::new();
    let reader = office.reader();
    let look = |office: &Office| {
        let status = query::status(&reader, office.now).unwrap();
        let rows = query::outstanding(&reader, office.now).unwrap();
        let of = |row: &rows::OutstandingRow| (row.id, row.missing);
        let owed: Vec<_> = status.owed.iter().map(|unit| (unit.unit, unit.all)).collect();
        (owed, rows.iter().filter(|row| row.missing > 0).map(of).collect::<Vec<_>>())
    };
    office.now = office.now.plus(2 * DAY);
    let (owed, rows) = look(&office);
    assert!(!owed.is_empty() && rows.len() == owed.len());
    let key = query::outstanding(&office.reader(), office.now).unwrap().remove(0).key;
    office.act(&Act::Receive { key, zero: true, reason: String::new() });
    let (after, _) = look(&office);
    assert_ne!(after, owed, "the file is another");
    let fresh = query::status(&office.reader(), office.now).unwrap();
    assert_eq!(after, fresh.owed.iter().map(|unit| (unit.unit, unit.all)).collect::<Vec<_>>());
}

#[test]
fn a_units_line_says_what_was_said_last_how_often_it_was_called_today_and_what_it_promised() {
    let mut office = Office::new();
    let unit = office.units[0];
    let row = |office: &Office| {
        let rows = query::outstanding(&office.reader(), office.now).unwrap();
        rows.into_iter().find(|row| row.id == unit).unwrap()
    };
    assert_eq!(row(&office).heard, rows::UnitHeard::default());
    let call = |office: &mut Office, outcome, words: &str| {
        office.now = office.now.plus(60_000);
        let draft = FollowUpDraft {
            outcome,
            words: words.to_owned(),
            promise_due: (outcome == Outcome::Promised).then(|| office.now.plus(HOUR)),
            ..FollowUpDraft::not_reached(Some(Subject::Unit(unit)))
        };
        office.act(&Act::FollowUp(draft));
    };
    call(&mut office, Outcome::NotReached, "");
    call(&mut office, Outcome::Promised, "十点半前报");
    call(&mut office, Outcome::Promised, "再宽限，打 19900001234");
    let heard = row(&office).heard;
    // A new time for the same matter replaces the old one.
    assert_eq!((heard.promises, heard.calls), (1, 3));
    assert_eq!(heard.last, Some((office.now, Outcome::Promised, "再宽限，打 199****1234".to_owned())));
    // The next day none of the calls is of today; what was said stays.
    office.now = office.now.plus(DAY);
    let heard = row(&office).heard;
    assert_eq!((heard.promises, heard.calls, heard.last.is_some()), (1, 0, true));
}

#[test]
fn units_are_told_for_a_month_and_those_that_owe_for_a_fortnight() {
    let mut office = Office::new();
    office.now = office.now.plus(20 * DAY);
    let units = query::units(&office.reader(), office.now).unwrap();
    let owing = query::outstanding(&office.reader(), office.now).unwrap();
    let month = &units.iter().find(|unit| unit.id == office.units[0]).unwrap().strip;
    let fortnight = &owing.iter().find(|row| row.id == office.units[0]).unwrap().strip;
    assert_eq!((month.len(), fortnight.len()), (30, query::STRIP));
    assert_eq!(&month[30 - query::STRIP..], &fortnight[..]);
    assert_eq!(month.iter().flatten().count(), 21, "from the day the office began: {month:?}");
}

#[test]
fn of_two_calls_at_one_moment_the_later_said_counts() {
    for (first_said, then_said) in [(382, 368), (368, 382)] {
        let mut office = Office::new();
        let person = office.people[0];
        opened(&mut office, person);
        let at = office.now;
        for tenths in [first_said, then_said] {
            office.now = at;
            let draft = FollowUpDraft {
                outcome: Outcome::NotWell,
                temp: Some(tenths),
                ..FollowUpDraft::not_reached(Some(Subject::Person(person)))
            };
            office.act(&Act::FollowUp(draft));
        }
        let case = query::cases(&office.reader(), office.now).unwrap().remove(0);
        assert_eq!(case.lately.temps, [first_said, then_said]);
        assert_eq!(case.lately.fever, then_said > 373);
    }
}

#[test]
fn a_temperature_counts_from_when_it_was_told_and_once_where_it_was_called_in_and_reported() {
    let mut office = Office::new();
    let person = office.people[0];
    opened(&mut office, person);
    let calendar = query::settings(&office.reader()).unwrap().calendar;
    let at = |minute: i32| calendar.at_minute(tests::day(), minute);
    // A sheet of a quarter to nine that has the afternoon already.
    office.now = at(8 * 60 + 47).max(office.now);
    assert!(office.now < at(11 * 60), "it is still morning");
    let mut sheet = office.report(0, &[(0, 380)], "d1", "");
    sheet.readings[0].temp_pm = Some(361);
    office.act(&Act::Import(Box::new(sheet)));
    let temps = |office: &Office| query::cases(&office.reader(), office.now).unwrap().remove(0).lately.temps;
    assert_eq!(temps(&office), [380, 361]);
    // Whoever calls after it was measured later.
    let call = |office: &mut Office, tenths| {
        office.now = office.now.plus(HOUR / 12);
        let draft = FollowUpDraft {
            outcome: Outcome::NotWell,
            temp: Some(tenths),
            ..FollowUpDraft::not_reached(Some(Subject::Person(person)))
        };
        office.act(&Act::FollowUp(draft));
    };
    call(&mut office, 367);
    assert_eq!(temps(&office), [380, 361, 367]);
    // What the sheet has of the morning was called in as well.
    call(&mut office, 380);
    assert_eq!(temps(&office), [361, 367, 380]);
}
