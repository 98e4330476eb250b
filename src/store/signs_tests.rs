//! Whether what a unit sends was asked and measured, as the log holds it: when it was sent, who stood in the sheet, and what
//! becomes of the question when a sheet is corrected, taken back, or somebody is erased.

use super::act::{Act, Author, Import};
use super::finding_tests::sheet;
use super::query;
use super::query::rows::DoubtRow;
use super::tests::Office;
use crate::domain::doubt::{Check, Resolve};
use crate::domain::ids::{OpRef, PersonId};
use crate::domain::report::Reading;
use crate::domain::time::{MINUTE, Ts};
use crate::i18n::doubts as words;
use crate::log::RosterRow;

/// A day of February at a time.
fn at(number: u32, hm: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{number:02}T{hm}:00+08:00")).unwrap()
}

impl Office {
    /// A sheet of the first unit for a day, with these rows as they stand.
    fn rows_of(&self, number: u32, readings: &dyn Fn(&Reading) -> Vec<Reading>, why: &str) -> Import {
        let mut import = sheet(self, 0, &format!("2020-02-{number:02}"), &[(0, 365, &[])], why);
        import.readings = readings(&import.readings[0]);
        import.reports[0].1 = import.readings.len() as u32;
        import.sheet.digest = format!("{number} {why} {:?}", import.readings.len());
        import
    }

    /// One person's row, sent at a time and taken in at 09:30.
    fn sent(&mut self, number: u32, hm: Option<&str>, why: &str) -> OpRef {
        let mut import = self.rows_of(number, &|row| vec![row.clone()], why);
        import.readings[0].temp_am = Some(360 + number as i16 % 7);
        self.take(number, hm, import)
    }

    fn take(&mut self, number: u32, hm: Option<&str>, import: Import) -> OpRef {
        self.now = self.now.max(at(number, "09:30"));
        let happened_at = hm.map(|hm| at(number, hm));
        let author = Author { happened_at, ..self.author() };
        let done = self.store.commit(&author, &mut self.ids, &Act::Import(Box::new(import))).unwrap();
        self.sound();
        done.op
    }

    fn signs(&self) -> Vec<DoubtRow> {
        let all = query::doubts(&self.reader()).unwrap();
        all.into_iter().filter(|row| row.doubt.check.is_only_spoken_of()).collect()
    }

    fn said(&self) -> Vec<String> {
        self.signs().iter().map(|row| words::line(&row.doubt).zh).collect()
    }
}

#[test]
fn what_counts_is_when_the_unit_sent_it_and_not_when_it_was_taken_in() {
    let mut office = Office::new();
    for number in 17..22 {
        // Taken in at the same minute each day, and nobody noted when it came.
        office.sent(number, None, "");
    }
    assert_eq!(office.said(), [""; 0]);
    let mut office = Office::new();
    for number in 17..21 {
        office.sent(number, Some("08:47"), "");
        assert_eq!(office.said(), [""; 0], "{number}");
    }
    let last = office.sent(21, Some("08:47"), "");
    assert_eq!(office.said(), ["02-17 起知道时间的 5 份都在 08:47 报来"]);
    let row = office.signs().remove(0);
    assert_eq!(
        words::question(&row.doubt, row.doubt.day).zh,
        "02-17 起每份都在 08:47 报来：定时发送的吗？今天的是谁、几点问到的？"
    );
    // Taken back, brought back, sent again at another time and by hand.
    let back = office.act(&Act::Undo { op: Some(last) }).op;
    assert_eq!(office.said(), [""; 0]);
    office.act(&Act::Undo { op: Some(back) });
    assert_eq!(office.said().len(), 1);
    let again = office.sent(21, Some("09:12"), "体温写错");
    assert_eq!(office.said(), [""; 0], "what stands was sent at another time");
    office.act(&Act::Undo { op: Some(again) });
    assert_eq!(office.signs().remove(0).doubt.id, row.doubt.id);
    // The office's clock may be set otherwise: it is the same minute, told by that clock.
    let mut settings = query::settings(&office.reader()).unwrap();
    settings.calendar.utc_offset_min = 540;
    office.act(&Act::ChangeSettings(Box::new(settings)));
    assert_eq!(office.said(), ["02-17 起知道时间的 5 份都在 09:47 报来"]);
    assert_eq!(office.signs().remove(0).doubt.id, row.doubt.id);
}

#[test]
fn asked_and_answered_it_is_closed_until_the_fact_changes() {
    let mut office = Office::new();
    for number in 17..22 {
        office.sent(number, Some("08:47"), "");
    }
    let doubt = office.signs().remove(0).doubt;
    let (told_by, said) = ("联络员".to_owned(), "邮件定时发送，内容当天早上逐人问".to_owned());
    office.act(&Act::AnswerDoubt { doubt: doubt.id, how: Resolve::Confirm { told_by, words: said } });
    assert_eq!(office.said(), [""; 0]);
    office.sent(22, Some("08:47"), "");
    assert_eq!(office.said(), [""; 0], "it is the same still");
    // Another minute, and that for days.
    for number in 23..27 {
        office.sent(number, Some("08:50"), "");
        assert_eq!(office.said(), [""; 0], "{number}");
    }
    office.sent(27, Some("08:50"), "");
    assert_eq!(office.said(), ["02-23 起知道时间的 5 份都在 08:50 报来"]);
    let page = query::unit_sheet(&office.reader(), office.units[0], office.now).unwrap().unwrap();
    assert_eq!(page.doubts.len(), 1);
    let told = query::unit_matters(&office.reader(), office.units[0], office.now).unwrap().unwrap();
    assert_eq!(told.doubts, [], "in no message");
}

#[test]
fn a_sheet_put_together_of_several_units_has_no_minute_of_theirs() {
    let mut office = Office::new();
    for number in 17..23 {
        let mut import = office.rows_of(number, &|row| vec![row.clone()], "");
        import.readings[0].temp_am = Some(360 + number as i16 % 7);
        let other = Reading {
            person: office.people[1],
            unit: office.units[1],
            temp_am: Some(361 + number as i16 % 5),
            ..import.readings[0].clone()
        };
        let key = crate::domain::report::ReportKey { unit: office.units[1], ..import.reports[0].0.clone() };
        import.reports.push((key, 1));
        import.readings.push(other);
        office.take(number, Some("08:47"), import);
    }
    assert_eq!(office.said(), [""; 0]);
}

/// Twelve more people of the first unit.
fn many(office: &mut Office) -> Vec<PersonId> {
    let Act::Import(mut roster) = office.newcomer() else { panic!("a roster") };
    let row = roster.roster.remove(0);
    let unit = office.units[0];
    roster.roster = (0..12)
        .map(|n| RosterRow {
            person: PersonId(crate::domain::ids::Mint::id(&mut office.ids, office.now)),
            no: format!("20{n:02}"),
            facts: crate::domain::person::PersonFacts {
                name: Some(format!("钱进{n}")),
                unit: Some(unit),
                ..row.facts.clone()
            },
        })
        .collect();
    let people = roster.roster.iter().map(|row| row.person).collect();
    office.act(&Act::Import(roster));
    people
}

#[test]
fn one_temperature_for_all_is_asked_about_and_whoever_is_erased_counts_no_more() {
    let mut office = Office::new();
    let people = many(&mut office);
    let rows = |from: usize, to: usize| {
        let people = people.clone();
        move |row: &Reading| -> Vec<Reading> {
            let one = |person: &PersonId| Reading { person: *person, ..row.clone() };
            let mut rows: Vec<Reading> = people[from..to].iter().map(one).collect();
            for (place, row) in rows.iter_mut().enumerate() {
                row.place = Some(format!("山东省青岛市{place}区"));
            }
            rows
        }
    };
    for number in 17..19 {
        let import = office.rows_of(number, &rows(0, 11), "");
        office.take(number, None, import);
    }
    assert_eq!(office.said(), [""; 0]);
    let import = office.rows_of(19, &rows(0, 11), "");
    office.take(19, None, import);
    assert_eq!(office.said(), ["02-17 起体温几乎全是 36.5℃（11/11）"]);
    let doubt = office.signs().remove(0).doubt;
    assert_eq!((doubt.check, doubt.fields()), (Check::FlatTemperatures, &[][..]));
    // Of ten it is asked still, of nine nothing is said.
    for (person, left) in [(people[0], 1), (people[1], 0)] {
        office.act(&Act::Erase { person, reason: "本人申请".to_owned() });
        assert_eq!(office.said().len(), left, "{:?}", office.said());
    }
}

#[test]
fn a_block_of_rows_is_asked_about_by_what_they_answer_and_not_by_who_they_are() {
    let mut office = Office::new();
    let people = many(&mut office);
    office.now = office.now.plus(MINUTE);
    // As a form has them: who they are differs, what they answer does not.
    let form = crate::domain::form::builtin("staff", 3).unwrap();
    let place = |field: &str| form.rest_fields().iter().position(|known| *known == field).unwrap();
    let (phone, address, household) = (place("phone"), place("address"), place("household"));
    let rows = |other: Option<usize>| {
        let people = people.clone();
        move |row: &Reading| -> Vec<Reading> {
            let one = |(n, person): (usize, &PersonId)| {
                let mut row =
                    Reading { person: *person, temp_am: Some(364), temp_pm: Some(367), ..row.clone() };
                row.rest[phone] = format!("1990000{n:04}");
                row.rest[address] = format!("香港东路{n}号");
                row.rest[household] = if other == Some(n) { "一切正常" } else { "无" }.to_owned();
                row
            };
            people.iter().enumerate().map(one).collect()
        }
    };
    let import = office.rows_of(17, &rows(Some(5)), "");
    office.take(17, Some("08:40"), import);
    assert_eq!(office.said(), [""; 0], "one in the middle answers in other words");
    let import = office.rows_of(18, &rows(None), "");
    let op = office.take(18, Some("08:41"), import);
    assert_eq!(office.said(), ["第 1 至 12 人连续 12 人所填相同，体温都是 36.4/36.7℃"]);
    office.act(&Act::Undo { op: Some(op) });
    assert_eq!(office.said(), [""; 0]);
}
