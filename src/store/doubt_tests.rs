//! Contradictions in reports: what raises them, how each is answered, and that nothing but that and a later sheet ends one.

use super::act::{Act, Import, Made};
use super::finding_tests::{Rows, sheet};
use super::query;
use super::query::rows::DoubtRow;
use super::tests::Office;
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::doubt::{Answer, Check, Resolve, Urgency};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::{DoubtId, OpRef, Subject};
use crate::domain::time::{HOUR, MINUTE, Ts};
use crate::error::Kind;
use crate::say::Lang;
use chrono::NaiveDate;

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

fn on(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

impl Office {
    /// Takes in a sheet of a day; `place` is where everybody in it is.
    fn send(&mut self, day: &str, place: &str, rows: Rows, why: &str) -> OpRef {
        let import = self.sheet_of(day, place, rows, why);
        self.act(&Act::Import(Box::new(import))).op
    }

    fn sheet_of(&self, day: &str, place: &str, rows: Rows, why: &str) -> Import {
        let mut import = sheet(self, 0, day, rows, why);
        import.sheet.digest = format!("{place} {}", import.sheet.digest);
        for reading in &mut import.readings {
            reading.place = Some(place.to_owned());
            reading.left_city = Some(reading.rest.iter().any(|said| said == "G286"));
        }
        import
    }

    fn doubts(&self) -> Vec<DoubtRow> {
        query::doubts(&self.reader()).unwrap()
    }

    fn checks(&self) -> Vec<(String, Check)> {
        self.doubts().into_iter().map(|row| (row.name, row.doubt.check)).collect()
    }

    fn only(&self) -> DoubtId {
        let all = self.doubts();
        assert_eq!(all.len(), 1, "{all:?}");
        all[0].doubt.id
    }

    fn answer(&mut self, doubt: DoubtId, how: Resolve) {
        self.act(&Act::AnswerDoubt { doubt, how });
    }
}

fn confirm() -> Resolve {
    Resolve::Confirm { told_by: "本人".to_owned(), words: "复测三次均正常".to_owned() }
}

fn correct(field: &str, value: &str) -> Resolve {
    let (field, value) = (field.to_owned(), value.to_owned());
    Resolve::Correct { field, value, told_by: "本人".to_owned(), words: String::new() }
}

fn defer(due: Ts) -> Resolve {
    Resolve::Defer { channel: Channel::Phone, told_by: "本人".to_owned(), due, words: String::new() }
}

const HOME: &str = "山东省青岛市";
const WELL: &[(&str, &str)] = &[("status", "normal"), ("symptoms", "无")];

#[test]
fn a_fever_beside_well_is_told_once_and_stays_until_it_is_answered() {
    let mut office = Office::new();
    let before = query::open_doubts(&office.reader()).unwrap();
    office.send("2020-02-17", HOME, &[(0, 382, WELL), (2, 365, WELL)], "");
    assert_eq!(office.checks(), [("张伟".to_owned(), Check::FeverSaidWell)]);
    let row = office.doubts().remove(0);
    assert_eq!((row.urgency, row.doubt.one.said.as_str()), (Urgency::Now, "38.2"));
    assert_eq!(query::open_doubts(&office.reader()).unwrap().difference(&before).count(), 1);
    // The same sheet again, corrected elsewhere, brings no new question.
    let before = query::open_doubts(&office.reader()).unwrap();
    office.send("2020-02-17", HOME, &[(0, 382, WELL), (2, 366, WELL)], "体温写错");
    assert_eq!(query::open_doubts(&office.reader()).unwrap(), before);
    // Over any number of midnights, and whatever is measured later.
    for (day, now) in [("2020-02-18", "18T00:01"), ("2020-02-24", "24T10:01")] {
        office.now = at(now);
        office.send(day, HOME, &[(0, 365, WELL), (2, 365, WELL)], "");
        assert_eq!(query::status(&office.reader(), office.now).unwrap().doubts, 1, "{now}");
    }
    let refused = office.try_act(&Act::AnswerDoubt {
        doubt: row.doubt.id,
        how: Resolve::Confirm { told_by: " ".to_owned(), words: String::new() },
    });
    assert_eq!(refused.unwrap_err().kind(), Some(Kind::Input));
    office.answer(row.doubt.id, confirm());
    assert_eq!(office.checks(), []);
    let again = office.try_act(&Act::AnswerDoubt { doubt: row.doubt.id, how: confirm() });
    assert_eq!(again.unwrap_err().kind(), Some(Kind::NotFound));
    let dossier = query::dossier(&office.reader(), office.people[0], office.now).unwrap().unwrap();
    assert_eq!(dossier.doubts_ended.len(), 1);
    assert_eq!(dossier.doubts_ended[0].how.as_ref().unwrap().how, Answer::Confirmed);
    office.act(&Act::Undo { op: None });
    assert_eq!(office.only(), row.doubt.id, "taken back");
    office.act(&Act::Undo { op: None });
}

#[test]
fn a_fever_that_was_looked_into_is_not_asked_about_again() {
    let mut office = Office::new();
    office.send("2020-02-17", HOME, &[(0, 382, WELL)], "");
    let (person, reason) = (office.people[0], "复测三次正常".to_owned());
    office.act(&Act::Dismiss { person, seen: None, reason });
    assert_eq!(office.checks(), []);
    office.act(&Act::Undo { op: None });
    assert_eq!(office.checks().len(), 1);
}

#[test]
fn the_next_sheet_ends_it_and_says_so() {
    let mut office = Office::new();
    office.now = at("19T10:00");
    office.send("2020-02-17", HOME, &[(0, 365, WELL), (2, 365, WELL)], "");
    office.send("2020-02-18", "山东省烟台市", &[(0, 365, WELL), (2, 366, WELL)], "");
    assert_eq!(office.checks().len(), 2);
    let train: &[(&str, &str)] = &[("status", "normal"), ("symptoms", "无"), ("trip_no", "G286")];
    let op = office.send("2020-02-19", "山东省烟台市", &[(0, 365, train), (2, 364, WELL)], "");
    assert_eq!(office.checks(), [("欧阳娜".to_owned(), Check::Moved)]);
    let ended = query::dossier(&office.reader(), office.people[0], office.now).unwrap().unwrap().doubts_ended;
    assert_eq!((ended[0].by, &ended[0].how), (Some(on("2020-02-19")), &None));
    // Without that sheet it is open again; a sheet of before, sent late, is held against as well.
    office.act(&Act::Undo { op: Some(op) });
    assert_eq!(office.checks().len(), 2);
    office.send("2020-02-17", "山东省烟台市", &[(0, 365, WELL), (2, 365, WELL)], "地址写错");
    assert_eq!(office.checks(), [], "they were there the day before");
    office.act(&Act::Undo { op: None });
    assert_eq!(office.checks().len(), 2);
}

#[test]
fn a_correction_goes_with_the_reading_and_the_sheet_stays() {
    let mut office = Office::new();
    office.send("2020-02-17", HOME, &[(0, 382, WELL), (2, 365, WELL)], "");
    let doubt = office.only();
    for (field, value, says) in [
        ("household", "无", "household"),
        ("temp_am", "50", "体温"),
        ("temp_am", "38.2", "相同"),
        ("status", "活泼", "当前状态"),
    ] {
        let refused = office.try_act(&Act::AnswerDoubt { doubt, how: correct(field, value) }).unwrap_err();
        assert_eq!(refused.kind(), Some(Kind::Input), "{field} {value}");
        assert!(refused.text(Lang::Zh).contains(says), "{}", refused.text(Lang::Zh));
    }
    office.answer(doubt, correct("temp_am", "362"));
    assert_eq!(office.checks(), []);
    let dossier = query::dossier(&office.reader(), office.people[0], office.now).unwrap().unwrap();
    let correction = &dossier.corrections[0];
    assert_eq!((correction.old.as_str(), correction.new.as_str()), ("38.2", "36.2"));
    assert_eq!(dossier.readings[0].temp_am, Some(382), "as it was sent");
    assert_eq!(dossier.corrections_of(&dossier.readings[0]).count(), 1);
    let log =
        query::log(&office.reader(), &query::rows::LogQuery { limit: 1, ..Default::default() }).unwrap();
    let line = crate::i18n::events::event_line(&log.rows[0].event);
    assert!(line.zh.contains("上午体温 38.2℃ → 36.2℃"), "{}", line.zh);
    office.act(&Act::Undo { op: None });
    assert_eq!(office.only(), doubt);
    let dossier = query::dossier(&office.reader(), office.people[0], office.now).unwrap().unwrap();
    assert_eq!(dossier.corrections, []);
}

#[test]
fn what_was_found_to_be_otherwise_counts_wherever_the_reading_does() {
    let mut office = Office::new();
    office.send("2020-02-17", HOME, &[(0, 382, WELL), (2, 365, WELL)], "");
    let (doubt, person) = (office.only(), office.people[0]);
    let told = |office: &Office| {
        let reader = office.reader();
        let people =
            query::people(&reader, &query::rows::PeopleQuery { limit: 9, ..Default::default() }, office.now);
        let temp = people.unwrap().rows.iter().find(|row| row.id == person).unwrap().temp;
        let view = query::sitrep(&reader, office.now, &query::rows::SitrepAsk::default()).unwrap();
        let fevers = view.report.trend.last().unwrap().feverish;
        (query::findings(&reader).unwrap().len(), temp, fevers)
    };
    assert_eq!(told(&office), (1, Some(382), 1));
    office.answer(doubt, correct("temp_am", "36.2"));
    assert_eq!(told(&office), (0, Some(362), 0));
    assert!(
        crate::store::check::check(&office.reader(), None).unwrap().is_sound(),
        "as it would be built anew"
    );
    office.act(&Act::Undo { op: None });
    assert_eq!(told(&office), (1, Some(382), 1));
    // The same sheet again brings nothing that was found out already.
    office.answer(doubt, correct("temp_am", "36.2"));
    let again = office.sheet_of("2020-02-17", HOME, &[(0, 382, WELL), (2, 366, WELL)], "再报");
    assert_eq!(query::would_bring(&office.reader(), &again, office.now).unwrap(), []);
    office.act(&Act::Undo { op: None });
    // A sheet that says something else again is not corrected by what was said of another value.
    office.answer(doubt, correct("temp_am", "36.2"));
    office.send("2020-02-17", HOME, &[(0, 379, WELL), (2, 365, WELL)], "体温写错");
    assert_eq!(told(&office).1, Some(379));
    let dossier = query::dossier(&office.reader(), person, office.now).unwrap().unwrap();
    let current = dossier.readings.iter().find(|row| !row.superseded).unwrap();
    assert_eq!(dossier.corrections_of(current).count(), 0);
}

/// What is remembered goes on as if everything had been looked through from the beginning.
fn sound(office: &Office) {
    let found = crate::store::check::check(&office.reader(), None).unwrap();
    assert!(found.is_sound(), "{found:?}");
}

#[test]
fn a_report_goes_on_from_what_is_remembered_of_the_one_before() {
    let mut office = Office::new();
    office.now = Ts::from_rfc3339("2020-03-31T10:00:00+08:00").unwrap();
    let both: Rows = &[(0, 365, WELL), (2, 365, WELL)];
    office.send("2020-02-17", HOME, both, "");
    let second = office.send("2020-02-18", "山东省烟台市", both, "");
    sound(&office);
    assert_eq!(office.checks().len(), 2);
    // The same person three weeks later: of then nothing counts any more.
    office.send("2020-03-12", HOME, &[(0, 365, WELL)], "");
    sound(&office);
    assert_eq!(office.checks().len(), 1, "back where they were; the other is in no sheet");
    let last = office.send("2020-03-13", "山东省烟台市", both, "");
    sound(&office);
    assert_eq!(office.checks().len(), 2);
    // Without the last ones the end is weeks before: all of then is remembered again.
    office.act(&Act::Undo { op: Some(last) });
    sound(&office);
    office.send("2020-03-12", HOME, &[(0, 366, WELL)], "体温写错");
    sound(&office);
    office.act(&Act::Undo { op: Some(second) });
    sound(&office);
    office.act(&Act::Erase { person: office.people[2], reason: "本人申请".to_owned() });
    sound(&office);
    office.send("2020-03-13", HOME, &[(0, 364, WELL)], "");
    sound(&office);
    assert_eq!(office.checks(), []);
}

#[test]
fn the_same_row_for_days_is_counted_across_reports_and_ends_with_another() {
    let mut office = Office::new();
    office.now = Ts::from_rfc3339("2020-03-31T10:00:00+08:00").unwrap();
    let send = |office: &mut Office, day: u32, tenths: i16| {
        let mut import = office.sheet_of(&format!("2020-03-{day:02}"), HOME, &[(0, tenths, WELL)], "");
        import.readings[0].temp_pm = Some(366);
        import.sheet.digest.push_str(&day.to_string());
        office.act(&Act::Import(Box::new(import)));
        sound(office);
        office.checks().into_iter().map(|(_, check)| check).collect::<Vec<_>>()
    };
    for day in 1..=4 {
        assert_eq!(send(&mut office, day, 365), []);
    }
    assert_eq!(send(&mut office, 5, 365), [Check::Unchanged]);
    assert_eq!(send(&mut office, 6, 365), [Check::Unchanged]);
    assert_eq!(send(&mut office, 7, 364), []);
    for day in 8..=10 {
        assert_eq!(send(&mut office, day, 364), []);
    }
    assert_eq!(send(&mut office, 11, 364), [Check::Unchanged]);
    assert_eq!(send(&mut office, 28, 364), [], "in no sheet for two weeks");
}

#[test]
fn the_next_sheet_is_held_against_what_was_found_to_be_so() {
    let mut office = Office::new();
    office.now = at("20T10:00");
    let one: Rows = &[(0, 365, WELL)];
    office.send("2020-02-17", HOME, one, "");
    office.send("2020-02-18", "山东省烟台市", one, "");
    let moved = office.only();
    office.answer(moved, correct("place", HOME));
    sound(&office);
    // The same again is another question.
    office.send("2020-02-19", "山东省烟台市", one, "");
    sound(&office);
    assert_eq!(office.checks(), [("张伟".to_owned(), Check::Moved)]);
    office.act(&Act::Undo { op: None });
    // They were never away.
    office.send("2020-02-19", HOME, one, "");
    sound(&office);
    assert_eq!(office.checks(), []);
    // That was not so: then they came back without a journey.
    office.act(&Act::Undo { op: None });
    office.act(&Act::Undo { op: None });
    sound(&office);
    office.send("2020-02-19", HOME, one, "");
    sound(&office);
    assert_eq!(office.checks(), [], "back where they were before is an answer");
}

#[test]
fn who_is_missing_of_a_class_whose_college_reports_is_missed() {
    let mut office = Office::new();
    let (college, class) = (office.units[0], office.units[1]);
    let facts =
        crate::domain::unit::UnitFacts { parent: Some(college), ..crate::domain::unit::UnitFacts::default() };
    office
        .act(&Act::EditUnit { unit: class, code: None, name: None, facts, told_by: "办公室".to_owned() });
    let facts = crate::domain::person::PersonFacts {
        unit: Some(class),
        ..crate::domain::person::PersonFacts::default()
    };
    let told_by = "人事处".to_owned();
    office.act(&Act::EditPerson { person: office.people[2], no: None, facts, told_by });
    office.now = at("18T10:00");
    office.send("2020-02-17", HOME, &[(0, 365, WELL), (2, 365, WELL)], "");
    office.send("2020-02-18", HOME, &[(0, 366, WELL)], "");
    assert_eq!(office.checks(), [("欧阳娜".to_owned(), Check::MissingFromSheet)]);
}

#[test]
fn a_promised_answer_is_a_promise_as_any_other() {
    let mut office = Office::new();
    office.send("2020-02-17", HOME, &[(0, 382, WELL), (2, 365, WELL)], "");
    let (doubt, subject) = (office.only(), Subject::Person(office.people[0]));
    let earlier = FollowUpDraft {
        outcome: Outcome::Informed,
        promise_due: Some(office.now.plus(60 * MINUTE)),
        ..FollowUpDraft::not_reached(Some(subject))
    };
    office.act(&Act::FollowUp(earlier));
    let due = office.now.plus(30 * MINUTE);
    let done = office.act(&Act::AnswerDoubt { doubt, how: defer(due) });
    assert!(matches!(done.made, Some(Made::FollowUp(_, Some(_)))));
    assert_eq!(office.doubts()[0].deferred.map(|(_, due)| due), Some(due), "it stays in sight");
    let promises = |office: &Office| query::status(&office.reader(), office.now).unwrap().promises;
    assert_eq!(promises(&office), 2, "what was promised of something else stays");
    // Another time stands for the first.
    let later = office.now.plus(90 * MINUTE);
    office.answer(doubt, defer(later));
    assert_eq!(promises(&office), 2);
    assert_eq!(office.doubts()[0].deferred.map(|(_, due)| due), Some(later));
    office.now = office.now.plus(95 * MINUTE);
    office.answer(doubt, confirm());
    assert_eq!(promises(&office), 1, "the answer kept the promise");
    office.act(&Act::Undo { op: None });
    assert_eq!(promises(&office), 2);
    assert_eq!(office.doubts()[0].deferred.map(|(_, due)| due), Some(later));
}

#[test]
fn a_case_of_which_the_sheets_say_nothing_and_a_zero_that_is_none() {
    let mut office = Office::new();
    let facts = CaseFacts {
        categories: Some(vec![Category::Contact]),
        measure: Some(Measure::Home),
        ..CaseFacts::default()
    };
    let person = office.people[0];
    let opened = office.act(&Act::OpenCase { person, facts });
    // The sheet of the same day may have been written before.
    office.send("2020-02-17", HOME, &[(0, 365, WELL), (2, 365, WELL)], "");
    assert_eq!(office.checks(), []);
    office.now = at("18T10:00");
    office.send("2020-02-18", HOME, &[(0, 365, WELL), (2, 364, WELL)], "");
    let doubt = office.only();
    office.now = at("19T10:00");
    office.send("2020-02-19", HOME, &[(0, 364, WELL), (2, 365, WELL)], "");
    assert_eq!(office.only(), doubt, "one question, however many days");
    let observed: &[(&str, &str)] = &[("status", "observing")];
    office.now = at("20T10:00");
    office.send("2020-02-20", HOME, &[(0, 364, observed), (2, 366, WELL)], "");
    assert_eq!(office.checks(), []);
    office.act(&Act::Undo { op: None });
    office.answer(doubt, confirm());
    assert_eq!(office.checks(), []);
    office.act(&Act::Undo { op: None });
    // What the first of them should have said was found out; the next says nothing of it all the same.
    office.answer(doubt, correct("status", "observing"));
    let next = office.only();
    assert_ne!(next, doubt);
    assert_eq!(office.doubts()[0].doubt.day, on("2020-02-19"));
    office.act(&Act::Undo { op: None });
    assert_eq!(office.only(), doubt);
    // Nothing to report, of a unit with somebody under observation.
    let mut key = office.key(0);
    key.day = on("2020-02-20");
    let zero = office.act(&Act::Receive { key, zero: true, reason: String::new() });
    assert!(office.checks().contains(&("土木工程学院".to_owned(), Check::ZeroContradicted)));
    let found = office.doubts().into_iter().find(|row| row.doubt.check == Check::ZeroContradicted).unwrap();
    let nothing =
        office.try_act(&Act::AnswerDoubt { doubt: found.doubt.id, how: correct("status", "normal") });
    assert_eq!(nothing.unwrap_err().kind(), Some(Kind::Refused));
    office.answer(found.doubt.id, confirm());
    assert_eq!(office.checks().len(), 1);
    office.act(&Act::Undo { op: None });
    office.act(&Act::Undo { op: Some(zero.op) });
    office.act(&Act::Undo { op: Some(opened.op) });
    assert_eq!(office.checks(), []);
}

#[test]
fn somebody_who_is_erased_takes_their_doubts_along() {
    let mut office = Office::new();
    let family: &[(&str, &str)] = &[("status", "normal"), ("household", "与张伟同住")];
    office.send("2020-02-17", HOME, &[(0, 382, WELL), (2, 365, family)], "");
    assert_eq!(office.checks().len(), 2);
    let doubt = office.doubts().into_iter().find(|row| row.doubt.check == Check::FeverSaidWell).unwrap();
    office.answer(doubt.doubt.id, correct("temp_am", "36.2"));
    let household = office.only();
    office.answer(household, confirm());
    assert!(query::findings(&office.reader()).unwrap().is_empty(), "what was corrected is nothing to act on");
    office.act(&Act::Erase { person: office.people[0], reason: "本人申请".to_owned() });
    // The words in the other's row went, in what was answered as well: it stays answered.
    assert_eq!(office.checks(), []);
    let other = query::dossier(&office.reader(), office.people[2], office.now).unwrap().unwrap();
    assert!(!format!("{other:?}").contains("张伟"), "{other:?}");
    assert_eq!(other.doubts_ended.len(), 1);
}

#[test]
fn who_left_the_unit_is_not_missed_in_its_sheet() {
    let mut office = Office::new();
    office.now = at("18T10:00");
    office.send("2020-02-17", HOME, &[(0, 365, WELL), (2, 365, WELL)], "");
    office.send("2020-02-18", HOME, &[(2, 366, WELL)], "");
    assert_eq!(office.checks(), [("张伟".to_owned(), Check::MissingFromSheet)]);
    let facts = crate::domain::person::PersonFacts {
        unit: Some(office.units[1]),
        ..crate::domain::person::PersonFacts::default()
    };
    let (person, told_by) = (office.people[0], "人事处".to_owned());
    office.act(&Act::EditPerson { person, no: None, facts, told_by });
    assert_eq!(office.checks(), []);
}

#[test]
fn accuracy_is_of_what_was_received_and_answers_are_timed() {
    let mut office = Office::new();
    let none = query::accuracy(&office.reader(), None, office.now).unwrap();
    assert_eq!((none.readings, none.permille(), none.median), (0, None, None));
    office.send("2020-02-17", HOME, &[(0, 382, WELL), (2, 365, WELL)], "");
    let now = query::accuracy(&office.reader(), None, office.now).unwrap();
    assert_eq!((now.readings, now.doubted, now.permille()), (2, 1, Some(500)));
    let other = query::accuracy(&office.reader(), Some(office.units[1]), office.now).unwrap();
    assert_eq!(other.readings, 0);
    office.now = office.now.plus(25 * MINUTE);
    office.answer(office.only(), confirm());
    let now = query::accuracy(&office.reader(), Some(office.units[0]), office.now).unwrap();
    assert_eq!((now.permille(), now.answered, now.median), (Some(1000), 1, Some(25)));
    assert_eq!(now.earlier, None);
    // Over midnight the figures stay those of the day until a sheet of the next comes.
    let midnight = query::accuracy(&office.reader(), None, office.now.plus(24 * HOUR)).unwrap();
    assert_eq!(
        (midnight.readings, midnight.earlier.map(|day| day.to_string())),
        (2, Some("2020-02-17".into()))
    );
}
