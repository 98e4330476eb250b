//! What units owe, hour by hour: nothing falls out of sight because time passed, and every figure says its day.

use super::act::{Act, Author, Close};
use super::query;
use super::tests::Office;
use super::*;
use crate::domain::handover::How;
use crate::domain::ids::UnitId;
use crate::domain::office::{RoundSetting, Settings};
use crate::domain::report::{Excuse, ReportKey, ReportStatus, Round};
use crate::domain::sitrep::check::check;
use crate::domain::sitrep::{Came, Column};
use crate::domain::time::{HOUR, MINUTE};
use crate::domain::unit::UnitFacts;
use crate::error::Kind;
use crate::store::query::ShiftSlice;
use crate::store::query::rows::{DayFigures, SitrepAsk};
use chrono::NaiveDate;

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, day).unwrap()
}

fn key(unit: UnitId, n: u32, round: &str) -> ReportKey {
    ReportKey { unit, day: day(n), round: Round(round.to_owned()) }
}

fn received(key: ReportKey) -> Act {
    Act::Receive { key, zero: true, reason: String::new() }
}

fn excuse(keys: Vec<ReportKey>, how: Excuse) -> Act {
    Act::Excuse { keys, all_of: Vec::new(), how, reason: "全员放假，主任同意".to_owned() }
}

/// What the list of debts says: code, day of the oldest, how many are owed.
fn owed(office: &Office) -> Vec<(String, String, u32)> {
    let rows = query::outstanding(&office.reader(), office.now).unwrap();
    rows.into_iter().map(|row| (row.code, row.key.day.format("%d").to_string(), row.missing)).collect()
}

fn line(code: &str, day: &str, n: u32) -> (String, String, u32) {
    (code.to_owned(), day.to_owned(), n)
}

/// Day, expected, received, missing, awaited.
fn says(figures: Option<&DayFigures>) -> Option<(String, u32, u32, u32, u32)> {
    figures.map(|f| (f.day.format("%d").to_string(), f.expected, f.received, f.missing, f.awaited))
}

#[allow(clippy::unnecessary_wraps, reason = "it stands beside the none of a day without one")]
fn figures(
    day: &str,
    expected: u32,
    received: u32,
    missing: u32,
    awaited: u32,
) -> Option<(String, u32, u32, u32, u32)> {
    Some((day.to_owned(), expected, received, missing, awaited))
}

/// What the handover would be cut from.
fn cut(office: &Office) -> ShiftSlice {
    query::shift_slice(&office.reader(), office.now).unwrap().unwrap()
}

#[test]
fn nothing_is_forgotten_from_the_evening_over_midnight_and_for_days() {
    let mut office = Office::new();
    let (one, two) = (office.units[0], office.units[1]);
    office.act(&received(key(one, 17, "day")));
    // The hour, what the list says, the day in force and the one that runs, how many owe.
    let midnight = [line("U02", "17", 1), line("U01", "18", 0)];
    for (hour, list, force, running, owing) in [
        ("17T23:59", vec![line("U02", "17", 1)], figures("17", 2, 1, 1, 0), None, 1),
        ("18T00:01", midnight.to_vec(), figures("17", 2, 1, 1, 0), figures("18", 2, 0, 0, 2), 1),
        ("18T07:50", midnight.to_vec(), figures("17", 2, 1, 1, 0), figures("18", 2, 0, 0, 2), 1),
        ("18T09:59", midnight.to_vec(), figures("17", 2, 1, 1, 0), figures("18", 2, 0, 0, 2), 1),
        ("18T10:01", vec![line("U02", "17", 2), line("U01", "18", 1)], figures("18", 2, 0, 2, 0), None, 2),
        ("20T10:01", vec![line("U02", "17", 4), line("U01", "18", 3)], figures("20", 2, 0, 2, 0), None, 2),
    ] {
        office.now = at(hour);
        let status = query::status(&office.reader(), office.now).unwrap();
        assert_eq!(owed(&office), list, "{hour}");
        assert_eq!(says(status.force.as_ref()), force, "{hour}");
        assert_eq!(says(status.running.as_ref()), running, "{hour}");
        assert_eq!(status.outstanding, owing, "{hour}");
        assert!(status.owed_by(two).is_some_and(|owes| owes.reports[0].0 == day(17)), "{hour}");
    }
    // One that comes takes nothing else with it.
    office.act(&received(key(two, 20, "day")));
    assert_eq!(owed(&office), [line("U02", "17", 3), line("U01", "18", 3)]);
    office.act(&received(key(two, 17, "day")));
    assert_eq!(owed(&office), [line("U01", "18", 3), line("U02", "18", 2)]);
}

#[test]
fn a_report_that_came_before_its_deadline_stands_beside_yesterday_s() {
    let mut office = Office::new();
    let (one, two) = (office.units[0], office.units[1]);
    office.act(&received(key(one, 17, "day")));
    office.now = at("18T08:30");
    office.act(&received(key(two, 18, "day")));
    let status = query::status(&office.reader(), office.now).unwrap();
    assert_eq!(says(status.force.as_ref()), figures("17", 2, 1, 1, 0));
    assert_eq!(says(status.running.as_ref()), figures("18", 2, 1, 0, 1));
    let units = query::units(&office.reader(), office.now).unwrap();
    assert_eq!((units[1].status, units[1].running), (ReportStatus::Outstanding, Some(ReportStatus::Zero)));
    assert_eq!((units[0].status, units[0].running), (ReportStatus::Late, Some(ReportStatus::Awaited)));
}

#[test]
fn a_shift_answers_for_the_days_whose_deadline_fell_within_it() {
    let mut office = Office::new();
    office.act(&received(key(office.units[0], 17, "day")));
    let days = |office: &Office| {
        let days = cut(office).days.into_iter();
        days.map(|d| (d.day, d.expected, d.received, d.missing)).collect::<Vec<_>>()
    };
    office.now = at("18T07:50");
    assert_eq!(days(&office), [(day(17), 2, 1, 1)]);
    // A double shift answers for both days.
    office.now = at("18T10:05");
    assert_eq!(days(&office), [(day(17), 2, 1, 1), (day(18), 2, 0, 2)]);
    // One in which no deadline fell answers for the day in force.
    let next = Close {
        how: How::Continued,
        reason: "连班".to_owned(),
        ..Close::new(cut(&office).shift.id, office.officer())
    };
    office.act(&Act::CloseShift(Box::new(next)));
    office.now = at("18T20:00");
    assert_eq!(days(&office), [(day(18), 2, 0, 2)]);
}

#[test]
fn units_stand_in_the_order_of_their_numbers() {
    let mut office = Office::new();
    office.now = at("16T09:00");
    for code in ["B10", "B2", "B1"] {
        let (code, name) = (code.to_owned(), format!("{code}号楼"));
        office.act(&Act::AddUnit { code, name, facts: UnitFacts::default() });
    }
    let now = at("17T11:00");
    let ours = |codes: Vec<String>| -> Vec<String> {
        codes.into_iter().filter(|code| code.starts_with('B')).collect()
    };
    let all = query::units(&office.reader(), now).unwrap();
    assert_eq!(ours(all.into_iter().map(|row| row.code).collect()), ["B1", "B2", "B10"]);
    let owing = query::outstanding(&office.reader(), now).unwrap();
    assert_eq!(ours(owing.into_iter().map(|row| row.code).collect()), ["B1", "B2", "B10"]);
}

#[test]
fn three_units_of_two_rounds_are_three_units() {
    let mut office = Office::new();
    let mut settings = query::settings(&office.reader()).unwrap();
    let round =
        |code: &str, deadline| RoundSetting { round: Round(code.to_owned()), name: String::new(), deadline };
    settings.rounds = vec![round("am", 600), round("pm", 960)];
    office.now = at("17T10:06");
    office.act(&Act::ChangeSettings(Box::new(settings)));
    office.now = at("17T10:07");
    let facts = UnitFacts { valid_from: Some(day(18)), ..UnitFacts::default() };
    office.act(&Act::AddUnit { code: "U03".to_owned(), name: "外语学院".to_owned(), facts });
    let units: Vec<UnitId> =
        query::units(&office.reader(), office.now).unwrap().into_iter().map(|row| row.id).collect();
    office.now = at("17T10:10");
    for unit in &units[..2] {
        office.act(&received(key(*unit, 17, "day")));
        office.act(&received(key(*unit, 17, "pm")));
    }
    let of_day = |office: &Office, now: &str| {
        let ask = SitrepAsk { day: Some(day(18)), boundary: None };
        let view = query::sitrep(&office.reader(), at(now), &ask).unwrap();
        assert_eq!(check(&view.report), [], "{now}");
        [Column::Expected, Column::Received, Column::Missing, Column::Awaited]
            .map(|column| view.report.all(column))
    };
    office.now = at("18T09:00");
    office.act(&received(key(units[0], 18, "am")));
    assert_eq!(of_day(&office, "18T09:59"), [3, 1, 0, 2]);
    office.now = at("18T09:59");
    office.act(&received(key(units[1], 18, "am")));
    assert_eq!(of_day(&office, "18T10:01"), [3, 2, 1, 0]);
    office.now = at("18T15:00");
    office.act(&received(key(units[0], 18, "pm")));
    assert_eq!(of_day(&office, "18T16:01"), [3, 1, 2, 0]);
    office.now = at("18T16:01");
    let status = query::status(&office.reader(), office.now).unwrap();
    assert_eq!(says(status.force.as_ref()), figures("18", 3, 1, 2, 0));
    assert_eq!(status.outstanding, 2);
    assert_eq!(owed(&office), [line("U03", "18", 2), line("U02", "18", 1)]);
    let paper = cut(&office).days.pop().unwrap();
    assert_eq!((paper.day, paper.expected, paper.received), (day(18), 3, 1));
    // Between the two, the first is in force and the second runs.
    let status = query::status(&office.reader(), at("18T12:00")).unwrap();
    assert_eq!(status.running.map(|running| running.round.0), Some("pm".to_owned()));
}

#[test]
fn before_its_deadline_a_day_has_nobody_missing_on_the_situation_report() {
    let mut office = Office::new();
    office.act(&received(key(office.units[0], 17, "day")));
    // Unless it is asked for, the report is that of the day in force.
    let unasked = query::sitrep(&office.reader(), at("18T00:01"), &SitrepAsk::default()).unwrap();
    assert_eq!(unasked.report.day, day(17));
    let ask = SitrepAsk { day: Some(day(18)), boundary: None };
    let view = query::sitrep(&office.reader(), at("18T00:01"), &ask).unwrap();
    let all = |column| view.report.all(column);
    assert_eq!([all(Column::Expected), all(Column::Missing), all(Column::Awaited)], [2, 0, 2]);
    assert_eq!((check(&view.report), view.report.share(Column::Received)), (vec![], None));
    let heat = |n: usize| view.report.heat.iter().map(|row| row.days[n]).collect::<Vec<_>>();
    assert_eq!((heat(13), heat(12)), (vec![Came::None; 2], vec![Came::Late, Came::Missing]));
    assert_eq!(view.report.trend[13].awaited, 2);
}

#[test]
fn a_debt_ends_by_an_act_with_a_reason_and_comes_back_with_its_undo() {
    let mut office = Office::new();
    let (one, two) = (office.units[0], office.units[1]);
    office.act(&received(key(one, 17, "day")));
    office.now = at("17T23:00");
    for (bad, kind) in [
        (excuse(vec![key(two, 19, "day")], Excuse::Excused), Kind::Input),
        (excuse(vec![key(two, 16, "day")], Excuse::Excused), Kind::Input),
        (excuse(vec![key(two, 17, "pm")], Excuse::Excused), Kind::Input),
        (excuse(vec![key(one, 17, "day")], Excuse::WrittenOff), Kind::Refused),
        (
            Act::Excuse { keys: vec![], all_of: vec![], how: Excuse::Excused, reason: "x".to_owned() },
            Kind::Refused,
        ),
        (
            Act::Excuse {
                keys: vec![key(two, 17, "day")],
                all_of: vec![],
                how: Excuse::Excused,
                reason: " ".to_owned(),
            },
            Kind::Input,
        ),
    ] {
        assert_eq!(office.try_act(&bad).unwrap_err().kind(), Some(kind), "{bad:?}");
    }
    let count = |office: &Office, n: u32| {
        let ask = SitrepAsk { day: Some(day(n)), boundary: None };
        let report = query::sitrep(&office.reader(), office.now, &ask).unwrap().report;
        (report.all(Column::Expected), report.all(Column::Received), report.all(Column::Missing))
    };
    // Excused: the day expected one less. Written off: it stays missing there, and nobody is asked for it.
    office.act(&excuse(vec![key(two, 17, "day")], Excuse::Excused));
    assert_eq!((count(&office, 17), owed(&office)), ((1, 1, 0), vec![]));
    assert_eq!(
        office.try_act(&excuse(vec![key(two, 17, "day")], Excuse::Excused)).unwrap_err().kind(),
        Some(Kind::Refused)
    );
    office.act(&excuse(vec![key(two, 17, "day")], Excuse::WrittenOff));
    assert_eq!((count(&office, 17), owed(&office).len()), ((2, 1, 1), 0));
    let undone = office.act(&Act::Undo { op: None });
    assert_eq!(count(&office, 17), (1, 1, 0));
    office.act(&Act::Undo { op: None });
    assert_eq!((count(&office, 17), owed(&office)[0].clone()), ((2, 1, 1), line("U02", "17", 1)));
    // An act taken back comes back by taking back its undo.
    office.act(&Act::Undo { op: Some(undone.op) });
    office.now = at("18T10:05");
    assert_eq!(owed(&office), [line("U01", "18", 1), line("U02", "18", 1)]);
    // What comes after all is received; the report of that day tells what had come by its end.
    office.act(&received(key(two, 17, "day")));
    assert_eq!(count(&office, 17), (2, 1, 1));
    let sheet = query::unit_sheet(&office.reader(), two, office.now).unwrap().unwrap();
    let reports: Vec<_> = sheet.reports.iter().map(|row| (row.day, row.status)).collect();
    assert_eq!(reports, [(day(18), ReportStatus::Outstanding), (day(17), ReportStatus::Late)]);
    // And what had been ended by then: the report of a day that is over stays as it was sent.
    office.now = at("19T10:05");
    assert_eq!(count(&office, 18), (2, 0, 2));
    office.act(&excuse(vec![key(one, 18, "day")], Excuse::Excused));
    assert_eq!(
        (count(&office, 18), owed(&office)),
        ((2, 0, 2), vec![line("U02", "18", 2), line("U01", "19", 1)])
    );
}

#[test]
fn many_debts_are_settled_by_one_act_and_one_undo() {
    let mut office = Office::new();
    office.act(&received(key(office.units[0], 17, "day")));
    office.now = at("20T10:05");
    assert_eq!(owed(&office), [line("U02", "17", 4), line("U01", "18", 3)]);
    let all_seen = |office: &Office, seen| Act::Excuse {
        keys: vec![],
        all_of: office.units.iter().map(|unit| (*unit, seen)).collect(),
        how: Excuse::WrittenOff,
        reason: "年初补录".to_owned(),
    };
    let all = all_seen(&office, office.now);
    office.act(&all);
    assert_eq!(owed(&office), []);
    assert_eq!(query::status(&office.reader(), office.now).unwrap().outstanding, 0);
    assert_eq!(office.try_act(&all).unwrap_err().kind(), Some(Kind::Refused));
    office.act(&Act::Undo { op: None });
    assert_eq!(owed(&office).len(), 2);
    // The next day asks anew.
    office.act(&all);
    office.now = at("21T10:05");
    assert_eq!(owed(&office), [line("U01", "21", 1), line("U02", "21", 1)]);
    // What fell due while the form stood open was not seen, and is not ended.
    office.now = at("22T10:01");
    office.act(&all_seen(&office, at("22T09:58")));
    assert_eq!(owed(&office), [line("U01", "22", 1), line("U02", "22", 1)]);
}

fn reports_of(unit: UnitId, reports: bool) -> Act {
    Act::EditUnit {
        unit,
        code: None,
        name: None,
        facts: UnitFacts { reports: Some(reports), ..UnitFacts::default() },
        told_by: "x".to_owned(),
    }
}

#[test]
fn a_unit_owes_nothing_of_the_days_before_it_was_there() {
    let mut office = Office::new();
    office.act(&received(key(office.units[0], 17, "day")));
    office.act(&received(key(office.units[1], 17, "day")));
    office.now = at("19T09:00");
    let facts = UnitFacts::default();
    office.act(&Act::AddUnit { code: "U03".to_owned(), name: "外语学院".to_owned(), facts });
    office.now = at("19T10:05");
    assert_eq!(owed(&office).last(), Some(&line("U03", "19", 1)));
    // One that stopped reporting and began again owes nothing of the time between; what it owed it owes still.
    let unit = query::unit_by_code(&office.reader(), "U03").unwrap().unwrap();
    office.act(&reports_of(unit, false));
    assert_eq!(owed(&office).len(), 2);
    office.now = at("22T09:00");
    office.act(&reports_of(unit, true));
    office.now = at("22T10:05");
    let reports = query::owed(&office.reader(), unit, office.now).unwrap().reports;
    assert_eq!(reports.iter().map(|(day, _)| *day).collect::<Vec<_>>(), [day(19), day(22)]);
    // Nor can a day of the time between be excused.
    let error = office.try_act(&excuse(vec![key(unit, 20, "day")], Excuse::Excused)).unwrap_err();
    assert_eq!(error.kind(), Some(Kind::Input));
    // A slip that is put right at once ends nothing.
    office.act(&reports_of(unit, false));
    office.act(&reports_of(unit, true));
    assert_eq!(query::owed(&office.reader(), unit, office.now).unwrap().all, 2);
}

#[test]
fn the_first_report_of_all_ends_no_debt_of_the_days_before_it() {
    let mut office = Office::new();
    office.now = at("19T10:05");
    assert_eq!(owed(&office), [line("U01", "17", 3), line("U02", "17", 3)]);
    office.act(&received(key(office.units[0], 19, "day")));
    assert_eq!(owed(&office), [line("U01", "17", 2), line("U02", "17", 3)]);
}

#[test]
fn what_was_promised_about_all_debts_outlives_one_of_them() {
    use crate::domain::followup::{FollowUpDraft, Outcome};
    let mut office = Office::new();
    let unit = office.units[1];
    for unit in office.units.clone() {
        office.act(&received(key(unit, 17, "day")));
    }
    office.now = at("19T10:05");
    let call = FollowUpDraft::not_reached(Some(crate::domain::ids::Subject::Unit(unit)));
    let due = Some(office.now.plus(HOUR));
    office.act(&Act::FollowUp(FollowUpDraft { promise_due: due, outcome: Outcome::Promised, ..call }));
    let promise = |office: &Office| {
        let rows = query::outstanding(&office.reader(), office.now).unwrap();
        rows.into_iter().find(|row| row.id == unit).and_then(|row| row.promise)
    };
    let open = |office: &Office| query::status(&office.reader(), office.now).unwrap().promises;
    // The call was booked on the 18th; the 19th is still owed.
    office.act(&excuse(vec![key(unit, 18, "day")], Excuse::WrittenOff));
    assert_eq!((promise(&office), open(&office)), (due, 1));
    // The last one ends it, whether it comes or is written off too.
    office.act(&received(key(unit, 19, "day")));
    assert_eq!(open(&office), 0);
    office.act(&Act::Undo { op: None });
    assert_eq!((promise(&office), open(&office)), (due, 1));
    office.act(&excuse(vec![key(unit, 19, "day")], Excuse::WrittenOff));
    assert_eq!(open(&office), 0);
}

#[test]
fn calls_about_any_debt_and_the_promise_stay_on_the_one_line() {
    let mut office = Office::new();
    office.act(&received(key(office.units[0], 17, "day")));
    let two = crate::domain::ids::Subject::Unit(office.units[1]);
    let call = crate::domain::followup::FollowUpDraft::not_reached(Some(two));
    office.act(&Act::FollowUp(call.clone()));
    office.now = at("18T10:05");
    let promised = crate::domain::followup::FollowUpDraft {
        promise_due: Some(office.now.plus(HOUR)),
        outcome: crate::domain::followup::Outcome::Promised,
        ..call.clone()
    };
    office.act(&Act::FollowUp(promised));
    office.now = office.now.plus(MINUTE);
    office.act(&Act::FollowUp(call));
    office.now = at("19T10:05");
    let row = &query::outstanding(&office.reader(), office.now).unwrap()[0];
    assert_eq!((row.key.day, row.missing, row.chases, row.unanswered), (day(17), 3, 3, 1));
    assert!(row.promise.is_some());
    assert_eq!(row.streak, 2);
    // The report that the calls were about comes: the others are still owed.
    office.act(&received(row.key.clone()));
    let row = &query::outstanding(&office.reader(), office.now).unwrap()[0];
    assert_eq!((row.key.day, row.missing, row.chases), (day(18), 2, 0));
}

#[test]
fn a_moved_deadline_and_a_unit_s_own_are_asked_by_the_hour() {
    let mut office = Office::new();
    office.act(&received(key(office.units[0], 17, "day")));
    let own = |unit, minute| Act::EditUnit {
        unit,
        code: None,
        name: None,
        facts: UnitFacts { deadline: Some(minute), ..UnitFacts::default() },
        told_by: "x".to_owned(),
    };
    office.now = at("18T08:00");
    office.act(&own(office.units[0], 510));
    office.act(&own(office.units[1], 720));
    // At nine the one whose own hour has passed owes today's; at eleven the other's has not come.
    office.now = at("18T09:00");
    assert_eq!(owed(&office), [line("U02", "17", 1), line("U01", "18", 1)]);
    // Said aloud, either is late, and each once.
    let spoken = query::spoken(&office.reader(), office.now, None).unwrap().reports;
    let missing: Vec<_> = spoken.in_force.iter().flat_map(|day| &day.missing).map(|unit| unit.unit).collect();
    let others: Vec<_> = spoken.earlier.iter().map(|unit| (unit.unit, unit.day)).collect();
    assert_eq!((missing, others), (vec![office.units[1]], vec![(office.units[0], day(18))]));
    assert_eq!(spoken.late(), 2);
    let status = query::status(&office.reader(), office.now).unwrap();
    assert_eq!(says(status.running.as_ref()), figures("18", 2, 0, 1, 1));
    office.now = at("18T11:00");
    let status = query::status(&office.reader(), office.now).unwrap();
    assert_eq!(says(status.force.as_ref()), figures("18", 2, 0, 1, 1));
    assert_eq!(owed(&office), [line("U02", "17", 1), line("U01", "18", 1)]);
}

#[test]
fn before_any_report_came_the_first_day_is_asked_and_none_before_it() {
    let mut office = Office::new();
    office.now = at("17T09:00");
    let status = query::status(&office.reader(), office.now).unwrap();
    assert_eq!(
        (says(status.force.as_ref()), says(status.running.as_ref())),
        (None, figures("17", 2, 0, 0, 2))
    );
    assert_eq!((status.expected, status.received, status.outstanding), (0, 0, 0));
    assert_eq!(cut(&office).days, []);
    office.now = at("18T00:01");
    assert_eq!(owed(&office), [line("U01", "17", 1), line("U02", "17", 1)]);
}

#[test]
fn a_report_entered_for_a_year_ago_makes_its_own_unit_owe_and_nobody_else() {
    let mut office = Office::new();
    office.act(&received(key(office.units[0], 17, "day")));
    let early = Author { happened_at: Some(office.now.plus(-MINUTE)), ..office.author() };
    let slip =
        ReportKey { day: NaiveDate::from_ymd_opt(2019, 12, 17).unwrap(), ..key(office.units[0], 17, "day") };
    office.store.commit(&early, &mut office.ids, &received(slip)).unwrap();
    let rows = query::outstanding(&office.reader(), office.now).unwrap();
    let owes: Vec<_> = rows.iter().map(|row| (row.code.as_str(), row.missing)).collect();
    assert_eq!(owes, [("U01", 61), ("U02", 1)]);
}

#[test]
fn rounds_that_changed_are_each_owed_of_their_own_days() {
    let mut office = Office::new();
    let (one, two) = (office.units[0], office.units[1]);
    for unit in [one, two] {
        office.act(&received(key(unit, 17, "day")));
    }
    let mut settings = query::settings(&office.reader()).unwrap();
    let round =
        |code: &str, deadline| RoundSetting { round: Round(code.to_owned()), name: String::new(), deadline };
    settings.rounds = vec![round("am", 600), round("pm", 960)];
    office.now = at("19T09:00");
    office.act(&Act::ChangeSettings(Box::new(settings)));
    office.now = at("20T10:05");
    // The 18th is owed of the one round it had; of the 19th both, of the 20th the first.
    let owes = query::owed(&office.reader(), one, office.now).unwrap().reports;
    let owes: Vec<_> = owes.iter().map(|(day, round)| format!("{} {round}", day.format("%d"))).collect();
    assert_eq!(owes, ["18 day", "19 am", "19 pm", "20 am"]);
    // One of a round that is no more can still come, or be written off.
    office.act(&received(key(one, 18, "day")));
    office.act(&excuse(vec![key(two, 18, "day")], Excuse::WrittenOff));
    assert_eq!(owed(&office), [line("U01", "19", 3), line("U02", "19", 3)]);
}

#[test]
fn a_round_that_was_dropped_in_the_day_is_missing_on_every_list() {
    let mut office = Office::new();
    let (one, two) = (office.units[0], office.units[1]);
    for unit in [one, two] {
        office.act(&received(key(unit, 17, "day")));
    }
    office.now = at("18T09:00");
    office.act(&received(key(one, 18, "day")));
    let mut settings = query::settings(&office.reader()).unwrap();
    let round =
        |code: &str, deadline| RoundSetting { round: Round(code.to_owned()), name: String::new(), deadline };
    settings.rounds = vec![round("am", 600), round("pm", 960)];
    office.now = at("18T14:00");
    office.act(&Act::ChangeSettings(Box::new(settings)));
    office.now = at("18T14:05");
    assert_eq!(owed(&office), [line("U02", "18", 1), line("U01", "18", 0)]);
    let status = query::status(&office.reader(), office.now).unwrap();
    assert_eq!(says(status.force.as_ref()), figures("18", 2, 1, 1, 0));
    let days = cut(&office).days;
    assert_eq!(days.iter().map(|day| (day.received, day.missing)).collect::<Vec<_>>(), [(2, 0), (1, 1)]);
    let spoken = query::spoken(&office.reader(), office.now, None).unwrap();
    assert_eq!(spoken.reports.late(), 1);
    let report = query::sitrep(&office.reader(), office.now, &SitrepAsk::default()).unwrap().report;
    assert_eq!([Column::Missing, Column::Awaited].map(|column| report.all(column)), [1, 0]);
    // The next day that day stands in the streak beside the late one before it, and what comes of a round that is gone comes late.
    office.now = at("19T10:05");
    let row = query::outstanding(&office.reader(), office.now).unwrap().into_iter().find(|row| row.id == two);
    assert_eq!(row.map(|row| (row.missing, row.streak)), Some((3, 2)));
    office.act(&received(key(two, 18, "day")));
    let sheet = query::unit_sheet(&office.reader(), two, office.now).unwrap().unwrap();
    let came = sheet.reports.iter().find(|row| row.round == Round("day".to_owned()) && row.day == day(18));
    assert_eq!(came.map(|row| row.status), Some(ReportStatus::Late));
}

#[test]
fn what_is_counted_of_two_rounds_is_what_was_wanted() {
    let mut office = Office::new();
    let (one, two) = (office.units[0], office.units[1]);
    let mut settings = query::settings(&office.reader()).unwrap();
    let round =
        |code: &str, deadline| RoundSetting { round: Round(code.to_owned()), name: String::new(), deadline };
    let day_round = settings.rounds.clone();
    settings.rounds = vec![round("am", 600), round("pm", 960)];
    office.act(&received(key(one, 17, "day")));
    office.now = at("18T07:00");
    office.act(&Act::ChangeSettings(Box::new(settings.clone())));
    // On the 20th there is one round again, and on the 21st two.
    office.now = at("20T07:00");
    office.act(&Act::ChangeSettings(Box::new(Settings { rounds: day_round, ..settings.clone() })));
    office.now = at("21T07:00");
    office.act(&Act::ChangeSettings(Box::new(settings)));
    office.now = at("22T07:00");
    let owes = |office: &Office, unit| {
        let reports = query::owed(&office.reader(), unit, office.now).unwrap().reports;
        reports.iter().map(|(day, round)| format!("{} {round}", day.format("%d"))).collect::<Vec<_>>()
    };
    let all = ["18 am", "18 pm", "19 am", "19 pm", "20 day", "21 am", "21 pm"];
    assert_eq!(owes(&office, one), all);
    assert_eq!(owes(&office, two)[1..], all);
    // One of a day on which it was not wanted settles none that was.
    office.act(&received(key(one, 20, "am")));
    for n in [18, 21] {
        office.act(&received(key(one, n, "am")));
    }
    office.act(&excuse(vec![key(one, 19, "pm"), key(one, 18, "pm")], Excuse::Excused));
    assert_eq!(owes(&office, one), ["19 am", "20 day", "21 pm"]);
    // Excused or written off, and come all the same, it is one.
    office.act(&received(key(one, 18, "pm")));
    assert_eq!(owes(&office, one), ["19 am", "20 day", "21 pm"]);
    office.act(&received(key(one, 19, "am")));
    office.act(&excuse(vec![key(one, 20, "day"), key(one, 21, "pm")], Excuse::WrittenOff));
    assert_eq!(owes(&office, one), [""; 0]);
}

#[test]
fn who_is_written_to_and_that_a_message_is_no_unanswered_call() {
    use crate::domain::followup::{FollowUpDraft, Outcome};
    let mut office = Office::new();
    let (one, two) = (office.units[0], office.units[1]);
    for n in 17..=20 {
        office.now = at(&format!("{n}T09:30"));
        if n == 17 {
            office.now = at("17T10:00");
        }
        office.act(&received(key(one, n, "day")));
    }
    office.now = at("21T07:50");
    let chasing = query::chasing(&office.reader(), office.now).unwrap();
    let of = |unit| chasing.units.iter().find(|row| row.id == unit).unwrap();
    let days = |unit| of(unit).owed.iter().map(|wanted| wanted.day).collect::<Vec<_>>();
    assert_eq!((days(one), days(two)), (vec![], vec![day(17), day(18), day(19), day(20)]));
    assert_eq!((of(one).usually_late, of(one).behind), (false, 0));
    assert_eq!((of(two).usually_late, of(two).behind), (true, 4));
    assert!(chasing.units.iter().all(|row| row.awaited.as_ref().is_some_and(|next| next.day == day(21))));
    assert_eq!(
        chasing.running.as_ref().map(|next| (next.day, next.received, next.expected)),
        Some((day(21), 0, 2))
    );
    // Each is written to, as one entry; nobody has failed to answer a call by it.
    let sent = |unit| {
        let draft = FollowUpDraft::not_reached(Some(crate::domain::ids::Subject::Unit(unit)));
        Act::FollowUp(FollowUpDraft { outcome: Outcome::MessageSent, ..draft })
    };
    let op = office.act(&Act::Several(vec![sent(one), sent(two)])).op;
    let chased = |office: &Office| {
        let rows = query::outstanding(&office.reader(), office.now).unwrap();
        rows.iter().map(|row| (row.chases, row.unanswered)).collect::<Vec<_>>()
    };
    assert_eq!(chased(&office), [(1, 0), (1, 0)]);
    let sheet = query::debts(&office.reader(), Some(two), office.now).unwrap().units.pop().unwrap();
    assert_eq!((sheet.missing[0].chases, sheet.missing[0].unanswered), (1, 0));
    office.act(&Act::Undo { op: Some(op) });
    assert_eq!(chased(&office), [(0, 0), (0, 0)]);
    let matters = query::unit_matters(&office.reader(), two, office.now).unwrap().unwrap();
    assert_eq!((matters.id, matters.chasing.units.len(), matters.refused.len()), (two, 1, 0));
    office.sound();
}
