//! What units are told of their reports, in messages and on feedback sheets: only what is theirs.

use super::act::{Act, Import};
use super::finding_tests::sheet;
use super::query;
use super::query::rows::Refused;
use super::query::{Feedback, Span};
use super::tests::{Office, day};
use crate::domain::feedback::Share;
use crate::domain::followup::{FollowUpDraft, Outcome};
use crate::domain::ids::Subject;
use crate::domain::report::{ReportKey, Round};
use crate::domain::time::{Ts, add_days};

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

impl Office {
    /// The rows of a unit's sheets that were not taken in, as its own message has them and as the feedback sheet does.
    fn rows_back(&self, unit: usize) -> Vec<Refused> {
        let matters = query::unit_matters(&self.reader(), self.units[unit], self.now).unwrap().unwrap();
        let feedback = self.fared(Span::Last(7));
        let of_unit = feedback.units.iter().find(|row| row.unit.id == self.units[unit]).unwrap();
        assert_eq!(of_unit.refused, matters.refused);
        matters.refused
    }

    fn fared(&self, span: Span) -> Feedback {
        query::feedback(&self.reader(), span, self.now).unwrap()
    }

    /// A call about a unit, on which somebody promises something for this hour.
    fn promises(&mut self, unit: usize, due: &str) {
        let draft = FollowUpDraft::not_reached(Some(Subject::Unit(self.units[unit])));
        let promise_due = Some(at(due));
        self.act(&Act::FollowUp(FollowUpDraft { outcome: Outcome::Promised, promise_due, ..draft }));
    }

    fn named_with(&self, unit: usize) -> Option<Ts> {
        let chasing = query::chasing(&self.reader(), self.now).unwrap();
        chasing.units.iter().find(|row| row.id == self.units[unit]).unwrap().promise
    }
}

#[test]
fn rows_that_were_refused_in_a_sheet_of_several_units_are_no_unit_s() {
    let mut office = Office::new();
    let two = office.report(1, &[(1, 366)], "x", "");
    let mut both: Import = office.report(0, &[(0, 365), (2, 367)], "both", "");
    both.reports.extend(two.reports);
    both.readings.extend(two.readings);
    both.sheet.rejected = 2;
    let op = office.act(&Act::Import(Box::new(both.clone()))).op;
    assert_eq!((office.rows_back(0), office.rows_back(1)), (vec![], vec![]));
    // Nor are they once the other one has sent its own again.
    let again = office.report(1, &[(1, 367)], "again", "体温写错");
    let again = office.act(&Act::Import(Box::new(again))).op;
    assert_eq!((office.rows_back(0), office.rows_back(1)), (vec![], vec![]));
    // Nor where the officer left the other one out.
    office.act(&Act::Undo { op: Some(again) });
    office.act(&Act::Undo { op: Some(op) });
    both.leave_out(&std::iter::once(office.units[1]).collect());
    let op = office.act(&Act::Import(Box::new(both))).op;
    assert_eq!(office.rows_back(0), []);
    office.act(&Act::Undo { op: Some(op) });
    // Of a sheet of its own they are its own.
    let mut own = office.report(0, &[(0, 365)], "own", "");
    own.sheet.rejected = 1;
    office.act(&Act::Import(Box::new(own)));
    assert_eq!(office.rows_back(0), [Refused { day: day(), round: Round::default(), rows: 1 }]);
}

#[test]
fn in_the_group_a_unit_is_named_with_what_it_promised_of_its_report_and_with_no_hour_that_is_over() {
    let mut office = Office::new();
    // It owes one, and promises it; then, another hour.
    office.promises(0, "17T10:30");
    assert_eq!(office.named_with(0), Some(at("17T10:30")));
    office.promises(0, "17T11:00");
    office.now = at("17T10:30");
    assert_eq!(office.named_with(0), Some(at("17T11:00")), "the first hour is over");
    office.now = at("17T11:00");
    assert_eq!(office.named_with(0), None);
    // The other one owes nothing when it promises to call about something else.
    let key = office.key(1);
    office.act(&Act::Receive { key, zero: true, reason: String::new() });
    office.promises(1, "18T15:00");
    office.now = at("18T10:05");
    assert_eq!(office.named_with(1), None);
    let row = query::outstanding(&office.reader(), office.now).unwrap().into_iter();
    let promises: Vec<_> = row.map(|row| (row.code, row.promise)).collect();
    assert!(promises.contains(&("U02".to_owned(), Some(at("18T15:00")))), "the desk sees it: {promises:?}");
}

#[test]
fn what_one_unit_sent_of_somebody_is_not_doubted_of_another() {
    const WELL: &[(&str, &str)] = &[("status", "normal"), ("symptoms", "无")];
    let mut office = Office::new();
    let one = sheet(&office, 0, "2020-02-17", &[(0, 382, WELL), (2, 365, WELL)], "");
    office.act(&Act::Import(Box::new(one)));
    let accurate = |office: &Office| {
        let feedback = office.fared(Span::Days(day(), day()));
        feedback.units.iter().map(|unit| unit.accurate.0).collect::<Vec<_>>()
    };
    let share = |part, whole| Share { part, whole };
    assert_eq!(accurate(&office), [share(1, 2), share(0, 0)]);
    // The other unit has them on its sheet too, and says nothing that contradicts.
    let two = sheet(&office, 1, "2020-02-17", &[(0, 365, WELL), (1, 366, WELL)], "");
    office.act(&Act::Import(Box::new(two)));
    let doubts = query::doubts(&office.reader()).unwrap();
    assert_eq!(doubts.iter().map(|row| row.doubt.unit).collect::<Vec<_>>(), [office.units[0]]);
    assert_eq!(accurate(&office), [share(1, 2), share(2, 2)]);
}

#[test]
fn a_report_that_is_not_due_yet_has_not_fared_though_it_came() {
    let mut office = Office::new();
    let key = office.key(0);
    office.act(&Act::Receive { key: key.clone(), zero: true, reason: String::new() });
    office.now = at("18T08:30");
    let next = add_days(day(), 1);
    let early = ReportKey { day: next, ..key };
    office.act(&Act::Receive { key: early, zero: true, reason: String::new() });
    let fared = |office: &Office| {
        let of = |unit: &query::UnitFeedback| {
            let days: Vec<_> = unit.reports.iter().map(|report| report.day).collect();
            (days, unit.complete.0, unit.timely.0)
        };
        office.fared(Span::Days(day(), next)).units.iter().map(of).collect::<Vec<_>>()
    };
    let share = |part, whole| Share { part, whole };
    let first = vec![day()];
    assert_eq!(
        fared(&office),
        [(first.clone(), share(1, 1), share(0, 1)), (first, share(0, 1), share(0, 1))]
    );
    office.now = at("18T10:01");
    let both = vec![day(), next];
    assert_eq!(fared(&office), [(both.clone(), share(2, 2), share(1, 2)), (both, share(0, 2), share(0, 2))]);
}
