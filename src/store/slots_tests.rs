//! Slots across midnight: each keeps the day of its own day; what was missed is asked for until the person is heard, and
//! stays in the dossier for good. And what else never falls out of sight because time passed.

use super::act::{Act, Author, Made};
use super::tests::Office;
use super::*;
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::followup::{FollowUpDraft, Outcome};
use crate::domain::ids::{CaseId, Subject};
use crate::domain::item::{DueRow, DueState, ItemKind};
use crate::domain::time::{HOUR, MINUTE};
use chrono::NaiveDate;

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

/// Opens a case of somebody under a measure at 08:35, counted from the 15th.
fn observed(office: &mut Office, person: usize) -> CaseId {
    let facts = CaseFacts {
        categories: Some(vec![Category::Contact]),
        measure: Some(Measure::Home),
        last_exposure: NaiveDate::from_ymd_opt(2020, 2, 15),
        days: Some(14),
        ..CaseFacts::default()
    };
    let author = Author { happened_at: Some(at("17T08:35")), ..office.author() };
    let open = Act::OpenCase { person: office.people[person], facts };
    let made = office.store.commit(&author, &mut office.ids, &open).unwrap().made;
    let Some(Made::Case(case)) = made else { panic!("{made:?}") };
    case
}

fn hear(office: &mut Office, person: usize, now: &str, outcome: Outcome) {
    office.now = at(now);
    let subject = Some(Subject::Person(office.people[person]));
    office.act(&Act::FollowUp(FollowUpDraft { outcome, ..FollowUpDraft::not_reached(subject) }));
}

fn slots(office: &Office, now: &str) -> Vec<DueRow> {
    let due = query::due(&office.reader(), at(now)).unwrap();
    due.into_iter().filter(|row| row.item.kind == ItemKind::Slot).collect()
}

/// Those that are missed or open: since when, how many, on which day.
fn owed(office: &Office, now: &str) -> Vec<(Ts, u32, String)> {
    let rows = slots(office, now).into_iter().filter(|row| row.state != DueState::Coming);
    rows.map(|row| (row.at, row.missed, row.words)).collect()
}

fn line(time: &str, missed: u32, day: &str) -> (Ts, u32, String) {
    (at(time), missed, day.to_owned())
}

fn record(office: &Office, now: &str) -> Vec<(NaiveDate, NaiveDate, Vec<i32>)> {
    let dossier = query::dossier(&office.reader(), office.people[0], at(now)).unwrap().unwrap();
    let runs = dossier.cases[0].missed.iter().map(|run| (run.first, run.last, run.minutes.clone()));
    runs.collect()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, day).unwrap()
}

#[test]
fn a_missed_slot_stands_until_the_person_is_heard_however_long_that_takes() {
    let mut office = Office::new();
    observed(&mut office, 0);
    assert_eq!(owed(&office, "17T10:05"), [line("17T09:00", 0, "2/14")]);
    assert_eq!(owed(&office, "17T16:05"), [line("17T09:00", 1, "2/14"), line("17T16:00", 0, "2/14")]);
    assert_eq!(owed(&office, "17T23:59"), [line("17T09:00", 1, "2/14"), line("17T16:00", 0, "2/14")]);
    // Over midnight, the next window and three days: one line, of the oldest, on its own day.
    assert_eq!(owed(&office, "18T00:01"), [line("17T09:00", 2, "2/14")]);
    assert_eq!(owed(&office, "18T07:50"), [line("17T09:00", 2, "2/14")]);
    assert_eq!(owed(&office, "18T10:01"), [line("17T09:00", 2, "2/14"), line("18T09:00", 0, "3/14")]);
    assert_eq!(owed(&office, "20T10:01"), [line("17T09:00", 6, "2/14"), line("20T09:00", 0, "5/14")]);
    // Who was not reached was not heard.
    hear(&mut office, 0, "20T10:05", Outcome::NotReached);
    assert_eq!(owed(&office, "20T10:06").len(), 2);
    hear(&mut office, 0, "20T10:10", Outcome::Well);
    assert_eq!(owed(&office, "20T10:11"), []);
    assert_eq!(owed(&office, "21T00:01"), [line("20T16:00", 1, "5/14")]);
    // The list forgets, the record does not.
    assert_eq!(
        record(&office, "21T00:01"),
        [(day(17), day(19), vec![540, 960]), (day(20), day(20), vec![960])]
    );
}

#[test]
fn the_header_counts_people() {
    let mut office = Office::new();
    observed(&mut office, 0);
    observed(&mut office, 1);
    let counts = |now: &str| {
        let status = query::status(&office.reader(), at(now)).unwrap();
        (status.slots_open, status.slots_missed)
    };
    assert_eq!(counts("17T10:05"), (2, 0));
    assert_eq!(counts("17T16:05"), (2, 2));
    assert_eq!(counts("18T00:01"), (0, 2));
    assert_eq!(counts("20T10:01"), (2, 2));
}

#[test]
fn what_is_not_ordered_any_more_is_not_owed_any_more() {
    let mut office = Office::new();
    let case = observed(&mut office, 0);
    office.now = at("18T12:00");
    let facts = CaseFacts { measure: Some(Measure::None), ..CaseFacts::default() };
    office.act(&Act::ChangeCase { case, facts, reason: "改为仅跟踪".to_owned() });
    assert_eq!(slots(&office, "18T12:01"), []);
    // Ordered again: from there on.
    office.now = at("19T12:00");
    let facts = CaseFacts { measure: Some(Measure::Central), ..CaseFacts::default() };
    office.act(&Act::ChangeCase { case, facts, reason: "转集中".to_owned() });
    assert_eq!(owed(&office, "20T00:01"), [line("19T16:00", 1, "4/14")]);
    office.now = at("20T08:00");
    office.act(&Act::ReleaseCase { case, reason: "转出".to_owned(), early: true });
    assert_eq!(slots(&office, "20T10:01"), []);
    // The slot of the 18th at 09:00 was not over when the measure ended: it was not missed.
    assert_eq!(
        record(&office, "29T00:00"),
        [(day(17), day(17), vec![540, 960]), (day(19), day(19), vec![960])]
    );
    // A release that is taken back brings the line back.
    office.now = at("20T08:05");
    office.act(&Act::Undo { op: None });
    assert_eq!(owed(&office, "20T08:10"), [line("19T16:00", 1, "4/14")]);
}

#[test]
fn other_slot_times_leave_what_was_missed_as_it_was() {
    let mut office = Office::new();
    observed(&mut office, 0);
    office.now = at("18T12:00");
    let mut settings = query::settings(&office.reader()).unwrap();
    settings.slots = vec![600, 1200];
    office.act(&Act::ChangeSettings(Box::new(settings)));
    assert_eq!(owed(&office, "19T09:00"), [line("17T09:00", 4, "2/14")]);
    assert_eq!(
        record(&office, "19T09:00"),
        [(day(17), day(17), vec![540, 960]), (day(18), day(18), vec![540, 1200])]
    );
}

#[test]
fn a_call_the_office_means_to_make_stays_until_it_is_made() {
    let mut office = Office::new();
    let subject = Subject::Unit(office.units[0]);
    let again = FollowUpDraft {
        next_contact: Some(office.now.plus(HOUR)),
        ..FollowUpDraft::not_reached(Some(subject))
    };
    office.act(&Act::FollowUp(again));
    let late = office.now.plus(90 * 24 * HOUR);
    let again = |office: &Office| {
        let due = query::due(&office.reader(), late).unwrap();
        due.iter().filter(|row| row.item.kind == ItemKind::Again).count()
    };
    assert_eq!(again(&office), 1);
    office.now = office.now.plus(2 * MINUTE);
    office.act(&Act::FollowUp(FollowUpDraft::not_reached(Some(subject))));
    assert_eq!(again(&office), 0);
}

#[test]
fn a_promise_is_overdue_until_it_is_ended() {
    let mut office = Office::new();
    let promised = FollowUpDraft {
        outcome: Outcome::Promised,
        promise_due: Some(office.now.plus(HOUR)),
        ..FollowUpDraft::not_reached(Some(Subject::Person(office.people[2])))
    };
    office.act(&Act::FollowUp(promised));
    let late = office.now.plus(90 * 24 * HOUR);
    let due = query::due(&office.reader(), late).unwrap();
    assert_eq!(due.iter().map(|row| row.state).collect::<Vec<_>>(), [DueState::Missed]);
    assert_eq!(query::status(&office.reader(), late).unwrap().promises_overdue, 1);
}

#[test]
fn who_tells_a_temperature_was_heard_whatever_else_came_of_the_call() {
    let mut office = Office::new();
    observed(&mut office, 0);
    office.now = at("17T16:05");
    assert!(!owed(&office, "17T16:05").is_empty());
    let subject = Some(Subject::Person(office.people[0]));
    let told = |temp| FollowUpDraft {
        outcome: Outcome::Informed,
        temp: Some(temp),
        ..FollowUpDraft::not_reached(subject)
    };
    let unwell =
        |office: &Office| query::spoken(&office.reader(), office.now.plus(MINUTE), None).unwrap().unwell;
    office.act(&Act::FollowUp(told(365)));
    assert_eq!(owed(&office, "17T16:06"), []);
    assert_eq!(unwell(&office), 0);
    office.now = at("17T16:30");
    office.act(&Act::FollowUp(told(385)));
    assert_eq!(unwell(&office), 1, "a fever is not well, however it was told");
}

#[test]
fn above_a_form_stand_the_open_slot_the_measure_and_the_day_of_this_moment() {
    let mut office = Office::new();
    observed(&mut office, 0);
    let told = |office: &Office, person: usize, now: &str| {
        let subject = Some(Subject::Person(office.people[person]));
        let dial = query::whom(&office.reader(), subject, None, at(now)).unwrap();
        let case = dial.case.map(|(measure, days)| (measure, days.map(|days| (days.day, days.total))));
        (dial.open, dial.missed, case)
    };
    let under = |day| Some((Measure::Home, Some((day, 14))));
    assert_eq!(told(&office, 0, "17T10:05"), (Some(at("17T09:00")), None, under(2)));
    assert_eq!(told(&office, 0, "18T00:01"), (None, Some((at("17T09:00"), 2)), under(3)));
    hear(&mut office, 0, "18T09:30", Outcome::Well);
    assert_eq!(told(&office, 0, "18T09:31"), (None, None, under(3)));
    assert_eq!(told(&office, 1, "18T09:31"), (None, None, None));
}
