//! A received report is opened: every version, who stands in it with what, what is otherwise, who is not in it.

use super::act::{Act, Import};
use super::finding_tests::sheet;
use super::query;
use super::query::rows::{Mask, Received, ReceivedAsk, ReceivedRow, ReceivedSheet, ReportOf, ReportVersion};
use super::tests::Office;
use crate::domain::doubt::Resolve;
use crate::domain::ids::OpRef;
use crate::domain::report::{Excuse, ReportForm, ReportStatus, Standing};
use crate::domain::time::{HOUR, MINUTE, Ts};

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

impl Office {
    fn asked(&self, of: ReportOf, version: ReportVersion) -> Received {
        query::received(&self.reader(), &ReceivedAsk { of, version }, self.now).unwrap()
    }

    fn opened(&self, unit: usize, version: ReportVersion) -> ReceivedSheet {
        match self.asked(ReportOf::Key(self.key(unit)), version) {
            Received::One(sheet) => *sheet,
            other => panic!("{other:?}"),
        }
    }

    fn takes(&mut self, unit: usize, temps: &[(usize, i16)], reason: &str) -> OpRef {
        let import = self.report(unit, temps, &format!("{temps:?} {reason}"), reason);
        self.act(&Act::Import(Box::new(import))).op
    }
}

/// Who stands how, with the morning's temperature.
fn who(sheet: &ReceivedSheet) -> Vec<(&str, Standing, Option<i16>)> {
    let of = |row: &ReceivedRow| row.reading.as_ref().and_then(|reading| reading.temp_am);
    sheet.rows.iter().map(|row| (row.name.as_str(), row.standing, of(row))).collect()
}

/// What is otherwise, row by row.
fn changes(sheet: &ReceivedSheet) -> Vec<(&str, &str, &str, &str)> {
    let rows = sheet.rows.iter();
    rows.flat_map(|row| {
        row.changed.iter().map(|c| (row.name.as_str(), c.field.as_str(), c.old.as_str(), c.new.as_str()))
    })
    .collect()
}

#[test]
fn a_correction_after_the_deadline_is_the_version_in_force_and_the_first_stays_readable() {
    use Standing::{Added, Dropped, Listed};
    let mut office = Office::new();
    office.now = at("17T09:50");
    let first = office.takes(0, &[(0, 365), (2, 366)], "");
    office.now = at("17T10:20");
    // One value is otherwise, somebody of another unit came, somebody is gone.
    let second = office.takes(0, &[(0, 378), (1, 367)], "体温看错，电话 13800001234");
    let sheet = office.opened(0, ReportVersion::InForce);
    assert_eq!((sheet.unit.as_str(), sheet.status), ("土木工程学院", ReportStatus::Received));
    let versions: Vec<_> = sheet
        .versions
        .iter()
        .map(|v| (v.n, v.op, v.rows, v.late, v.officer.as_str(), v.file.as_str(), v.reason.as_str()))
        .collect();
    assert_eq!(
        versions,
        [
            (1, first, 2, false, "甲", "a.csv", ""),
            (2, second, 2, true, "甲", "a.csv", "体温看错，电话 138****1234")
        ]
    );
    assert_eq!((sheet.versions[0].happened_at, sheet.shown), (at("17T09:50"), 1));
    assert!(sheet.is_in_force());
    assert_eq!(
        who(&sheet),
        [("张伟", Listed, Some(378)), ("单晓", Added, Some(367)), ("欧阳娜", Dropped, Some(366))],
        "who is of the unit and went is told once"
    );
    assert_eq!(changes(&sheet), [("张伟", "temp_am", "36.5", "37.8")]);
    assert_eq!(sheet.rows[1].unit, "机械学院");
    assert_eq!(sheet.rows.iter().map(|row| row.place).collect::<Vec<_>>(), [1, 2, 0]);
    assert!(sheet.rows.iter().all(ReceivedRow::is_changed));
    // The first version, as it was sent.
    let before = office.opened(0, ReportVersion::Nth(1));
    assert_eq!(who(&before), [("张伟", Listed, Some(365)), ("欧阳娜", Listed, Some(366))]);
    assert!(!before.is_in_force() && changes(&before).is_empty());
    assert!(before.rows[0].reading.as_ref().unwrap().superseded);
    assert_eq!(office.opened(0, ReportVersion::Op(first)), before);
    let none = office.asked(ReportOf::Key(office.key(0)), ReportVersion::Nth(3));
    assert_eq!(none, Received::Nothing);
    // The newest of a unit, and what an op brought.
    let newest = office.asked(ReportOf::Newest(office.units[0]), ReportVersion::InForce);
    assert_eq!(newest, Received::One(Box::new(sheet)));
    let by_op = office.asked(ReportOf::Op(first), ReportVersion::InForce);
    assert_eq!(by_op, Received::One(Box::new(before)));
    assert_eq!(office.asked(ReportOf::Newest(office.units[1]), ReportVersion::InForce), Received::Nothing);
}

#[test]
fn what_was_taken_back_is_no_version() {
    let mut office = Office::new();
    let first = office.takes(0, &[(0, 365)], "");
    let second = office.takes(0, &[(0, 378)], "体温写错");
    let undo = office.act(&Act::Undo { op: None }).op;
    let sheet = office.opened(0, ReportVersion::InForce);
    assert_eq!((sheet.versions.len(), sheet.versions[0].op), (1, first));
    assert_eq!(who(&sheet)[0], ("张伟", Standing::Listed, Some(365)));
    assert_eq!(office.asked(ReportOf::Op(second), ReportVersion::InForce), Received::Nothing);
    // A page that showed it shows what stands of the report.
    assert_eq!(office.opened(0, ReportVersion::Op(second)), sheet);
    office.act(&Act::Undo { op: Some(undo) });
    assert_eq!(office.opened(0, ReportVersion::InForce).versions.len(), 2, "done again");
}

#[test]
fn who_is_of_the_unit_and_not_in_the_sheet_is_told_and_of_a_zero_report_nobody() {
    let mut office = Office::new();
    let key = office.key(0);
    let reason = "寒假".to_owned();
    office.act(&Act::Excuse { keys: vec![key.clone()], all_of: vec![], how: Excuse::Excused, reason });
    office.act(&Act::Receive { key, zero: true, reason: String::new() });
    let zero = office.opened(0, ReportVersion::InForce);
    assert_eq!((zero.rows.len(), zero.versions[0].form, zero.erased()), (0, ReportForm::Zero, 0));
    assert_eq!((zero.versions[0].file.as_str(), &zero.versions[0].read_with), ("", &None));
    assert_eq!(zero.excused, Some((Excuse::Excused, "寒假".to_owned())));
    office.takes(0, &[(2, 366)], "原报零报告，实有一人");
    let sheet = office.opened(0, ReportVersion::InForce);
    assert_eq!(
        who(&sheet),
        [("欧阳娜", Standing::Listed, Some(366)), ("张伟", Standing::Missing, None)],
        "against a zero nobody is new"
    );
    // Who is below the unit, where that does not report, belongs into its report.
    let parent = office.units[0];
    let facts = crate::domain::unit::UnitFacts {
        parent: Some(parent),
        reports: Some(false),
        ..crate::domain::unit::UnitFacts::default()
    };
    office.act(&Act::EditUnit {
        unit: office.units[1],
        code: None,
        name: None,
        facts,
        told_by: "校办".to_owned(),
    });
    let sheet = office.opened(0, ReportVersion::InForce);
    let missing: Vec<_> = sheet.rows.iter().filter(|row| row.standing == Standing::Missing).collect();
    assert_eq!(missing.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["张伟", "单晓"]);
    assert_eq!(missing[1].unit, "机械学院");
}

#[test]
fn a_doubt_stands_at_its_row_until_it_is_corrected_and_then_the_correction_does() {
    const WELL: &[(&str, &str)] = &[("status", "normal"), ("symptoms", "无")];
    let mut office = Office::new();
    let import = sheet(&office, 0, "2020-02-17", &[(0, 365, WELL), (2, 365, WELL)], "");
    office.act(&Act::Import(Box::new(import)));
    office.now = office.now.plus(MINUTE);
    let import = sheet(&office, 0, "2020-02-17", &[(0, 382, WELL), (2, 365, WELL)], "重量");
    office.act(&Act::Import(Box::new(import)));
    let sheet = office.opened(0, ReportVersion::InForce);
    assert_eq!(sheet.rows.iter().map(|row| row.doubts.len()).collect::<Vec<_>>(), [1, 0]);
    assert!(office.opened(0, ReportVersion::Nth(1)).rows.iter().all(|row| row.doubts.is_empty()));
    let (field, value) = ("temp_am".to_owned(), "36.2".to_owned());
    let how = Resolve::Correct { field, value, told_by: "本人".to_owned(), words: String::new() };
    office.act(&Act::AnswerDoubt { doubt: sheet.rows[0].doubts[0].id, how });
    let sheet = office.opened(0, ReportVersion::InForce);
    let [one] = sheet.rows[0].corrected.as_slice() else { panic!("{sheet:?}") };
    assert_eq!((one.old.as_str(), one.new.as_str(), one.told_by.as_str()), ("38.2", "36.2", "本人"));
    assert!(sheet.rows[0].doubts.is_empty());
    assert_eq!(who(&sheet)[0].2, Some(382), "the sheet says what it says");
    // The first version never said what was corrected.
    assert!(office.opened(0, ReportVersion::Nth(1)).rows[0].corrected.is_empty());
    office.act(&Act::Undo { op: None });
    assert_eq!(office.opened(0, ReportVersion::InForce).rows[0].doubts.len(), 1);
}

#[test]
fn rows_of_who_was_erased_are_counted_and_say_nothing() {
    let mut office = Office::new();
    office.now = office.now.plus(-HOUR);
    office.takes(0, &[(0, 365), (1, 366), (2, 367)], "");
    office.now = office.now.plus(HOUR);
    office.takes(0, &[(0, 365), (2, 368)], "名单有误");
    let reason = "本人申请，主任同意".to_owned();
    office.act(&Act::Erase { person: office.people[1], reason });
    let before = office.opened(0, ReportVersion::Nth(1));
    assert_eq!((before.version().unwrap().rows, before.erased()), (3, 1));
    assert_eq!(who(&before).iter().map(|(name, ..)| *name).collect::<Vec<_>>(), ["张伟", "欧阳娜"]);
    let sheet = office.opened(0, ReportVersion::InForce);
    assert_eq!(sheet.erased(), 0);
    assert!(sheet.rows.iter().all(|row| row.standing == Standing::Listed), "nobody is told to have gone");
    assert_eq!(changes(&sheet), [("欧阳娜", "temp_am", "36.7", "36.8")]);
}

#[test]
fn an_op_of_several_units_is_opened_as_the_list_of_them() {
    let mut office = Office::new();
    let other = office.report(1, &[(1, 366)], "x", "");
    let mut both: Import = office.report(0, &[(0, 365), (2, 367)], "both", "");
    both.reports.extend(other.reports);
    both.readings.extend(other.readings);
    let op = office.act(&Act::Import(Box::new(both))).op;
    let Received::Several(all) = office.asked(ReportOf::Op(op), ReportVersion::InForce) else { panic!() };
    let named: Vec<_> = all.iter().map(|row| (row.code.as_str(), row.rows)).collect();
    assert_eq!(named, [("U01", 2), ("U02", 1)]);
    assert_eq!(who(&office.opened(1, ReportVersion::Op(op))), [("单晓", Standing::Listed, Some(366))]);
}

#[test]
fn numbers_typed_into_words_are_hidden() {
    let mut office = Office::new();
    let mut import = office.report(0, &[(0, 365)], "a", "");
    import.readings[0].place = Some("青岛 13800001234".to_owned());
    office.act(&Act::Import(Box::new(import)));
    let mut import = office.report(0, &[(0, 365)], "b", "换人");
    import.readings[0].place = Some("济南 13900001234".to_owned());
    office.act(&Act::Import(Box::new(import)));
    let row = office.opened(0, ReportVersion::InForce).rows[0].masked();
    assert_eq!(row.reading.unwrap().place, "济南 139****1234");
    let one = &row.changed[0];
    assert_eq!((one.old.as_str(), one.new.as_str()), ("青岛 138****1234", "济南 139****1234"));
}
