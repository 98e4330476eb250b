//! What sheets bring that somebody must act on: until a case or a reason, over any number of days; and what stands
//! against ending a case.

use super::act::{Act, Author, Import, Made};
use super::query;
use super::query::rows::FindingRow;
use super::tests::Office;
use crate::domain::case::{Against, CaseFacts, Category, Measure};
use crate::domain::finding::What;
use crate::domain::followup::{FollowUpDraft, Outcome};
use crate::domain::form::builtin;
use crate::domain::ids::{CaseId, OpRef, Subject};
use crate::domain::report::{FormRef, Round, Site};
use crate::domain::time::{HOUR, Ts};
use crate::error::Kind;
use crate::log::event::Adopted;
use crate::say::Lang;
use chrono::NaiveDate;

fn on(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

/// The people of a sheet: who, the temperature, and the other answers.
pub(super) type Rows<'a> = &'a [(usize, i16, &'a [(&'a str, &'a str)])];

/// A sheet of a unit for a day, on the third staff form, each row with some answers.
pub(super) fn sheet(office: &Office, unit: usize, day: &str, rows: Rows, why: &str) -> Import {
    let form = builtin("staff", 3).unwrap();
    let temps: Vec<(usize, i16)> = rows.iter().map(|(person, temp, _)| (*person, *temp)).collect();
    let mut import = office.report(unit, &temps, &format!("{day} {rows:?}"), why);
    import.form = Adopted { form: form.id.clone(), content: form.text.clone() };
    import.sheet.form = form.id.clone();
    import.sheet.day = Some(on(day));
    import.reports[0].0.day = on(day);
    for (reading, (_, _, answers)) in import.readings.iter_mut().zip(rows) {
        let get = |field: &str| {
            let found = answers.iter().find(|(known, _)| *known == field);
            found.map_or("", |(_, value)| *value).to_owned()
        };
        reading.day = on(day);
        reading.form = FormRef { name: "staff".to_owned(), version: 3 };
        reading.site = Some(Site::Axillary);
        reading.status = Some(get("status")).filter(|status| !status.is_empty());
        reading.rest = form.rest_fields().iter().map(|field| get(field)).collect();
    }
    import
}

impl Office {
    fn bring(&mut self, unit: usize, day: &str, rows: Rows, why: &str) -> OpRef {
        let import = sheet(self, unit, day, rows, why);
        let foretold = query::would_bring(&self.reader(), &import, self.now).unwrap();
        let before = self.findings();
        let op = self.act(&Act::Import(Box::new(import))).op;
        // The preview says of the new sheet what the tables say of it afterwards.
        for row in &foretold {
            let now = self.findings().into_iter().find(|now| now.person == row.person).unwrap();
            assert!(row.found.iter().all(|found| now.found.contains(found)), "{row:?} {now:?}");
        }
        for now in self.findings() {
            let said = foretold.iter().find(|row| row.person == now.person);
            let known = before.iter().find(|row| row.person == now.person);
            let all = said.iter().chain(&known).flat_map(|row| &row.found).collect::<Vec<_>>();
            assert!(now.found.iter().all(|found| all.contains(&found)), "{now:?} was not foretold");
        }
        op
    }

    fn findings(&self) -> Vec<FindingRow> {
        query::findings(&self.reader()).unwrap()
    }

    fn found(&self) -> Vec<(String, Vec<What>)> {
        let what = |row: FindingRow| (row.name, row.found.iter().map(|one| one.found.what).collect());
        self.findings().into_iter().map(what).collect()
    }

    fn case(&mut self, person: usize, facts: CaseFacts) -> CaseId {
        let made = self.act(&Act::OpenCase { person: self.people[person], facts }).made;
        let Some(Made::Case(case)) = made else { panic!("no case was made") };
        case
    }
}

fn because(category: Category) -> CaseFacts {
    CaseFacts { categories: Some(vec![category]), ..CaseFacts::default() }
}

#[test]
fn a_fever_without_a_case_stays_until_somebody_acts() {
    let mut office = Office::new();
    office.bring(0, "2020-02-17", &[(0, 382, &[]), (2, 365, &[])], "");
    assert_eq!(office.found(), [("张伟".to_owned(), vec![What::Fever])]);
    // However many days go by, and whatever is measured later.
    for (day, now) in [("2020-02-18", "18T00:01"), ("2020-02-20", "20T07:50"), ("2020-02-24", "24T10:01")] {
        office.now = at(now);
        office.bring(0, day, &[(0, 365, &[]), (2, 365, &[])], "");
        let status = query::status(&office.reader(), office.now).unwrap();
        assert_eq!(status.findings, 1, "{now}");
        let person = crate::search::found::Target::Person(office.people[0]);
        let owner = [(person, crate::domain::phone::Whose::Own)];
        let card = query::call_card(&office.reader(), "", &owner, office.now).unwrap();
        let doubt = crate::domain::ask::Doubt::FeverWithoutCase { day: on("2020-02-17"), tenths: 382 };
        assert_eq!(card.doubts, [doubt], "{now}");
    }
    let opened = office.act(&Act::OpenCase { person: office.people[0], facts: because(Category::Fever) });
    assert_eq!(office.found(), []);
    office.act(&Act::Undo { op: Some(opened.op) });
    assert_eq!(office.found().len(), 1, "the case was taken back");
    office.act(&Act::Undo { op: None });
    assert_eq!(office.found().len(), 1);
}

#[test]
fn a_reason_ends_it_and_is_taken_back() {
    let mut office = Office::new();
    office.bring(0, "2020-02-17", &[(0, 382, &[("symptoms", "乏力")]), (2, 365, &[("met_case", "1")])], "");
    let rows = office.findings();
    assert_eq!(rows.len(), 2);
    let (person, seen) = (rows[0].person, Some(rows[0].found.clone()));
    let refused = office.try_act(&Act::Dismiss { person, seen: seen.clone(), reason: " ".to_owned() });
    assert_eq!(refused.unwrap_err().kind(), Some(Kind::Input));
    // Nobody dismisses what they have not read.
    let less = Some(rows[0].found[..1].to_vec());
    let refused = office.try_act(&Act::Dismiss { person, seen: less, reason: "x".to_owned() });
    assert_eq!(refused.unwrap_err().kind(), Some(Kind::Refused));
    office.act(&Act::Dismiss { person, seen, reason: "复测三次正常".to_owned() });
    assert_eq!(office.found(), [("欧阳娜".to_owned(), vec![What::MetCase])]);
    let again = office.try_act(&Act::Dismiss { person, seen: None, reason: "x".to_owned() });
    assert_eq!(again.unwrap_err().kind(), Some(Kind::NotFound));
    office.act(&Act::Undo { op: None });
    assert_eq!(office.found().len(), 2);
    office.act(&Act::Dismiss { person, seen: None, reason: "复测三次正常".to_owned() });
    // The next day says more of the same, and a fever that is new.
    office.now = at("18T09:30");
    office.bring(0, "2020-02-18", &[(0, 375, &[("symptoms", "乏力")]), (2, 365, &[])], "");
    let found = office.found();
    let of = |name: &str| found.iter().find(|(known, _)| known == name).map(|(_, what)| what.clone());
    assert_eq!(of("张伟"), Some(vec![What::Fever]), "what went on was dismissed already");
    assert_eq!(of("欧阳娜"), Some(vec![What::MetCase]), "that of yesterday");
}

#[test]
fn a_correction_and_an_undo_take_it_away() {
    let mut office = Office::new();
    let first = office.bring(0, "2020-02-17", &[(0, 382, &[]), (2, 365, &[])], "");
    office.bring(0, "2020-02-17", &[(0, 362, &[]), (2, 365, &[])], "体温写错");
    assert_eq!(office.found(), []);
    office.act(&Act::Undo { op: None });
    assert_eq!(office.found().len(), 1, "the first sheet is in force again");
    // Somebody who drops out of the sheet takes nothing along.
    office.bring(0, "2020-02-17", &[(2, 365, &[])], "少一人");
    assert_eq!(office.found(), []);
    office.act(&Act::Undo { op: None });
    office.act(&Act::Undo { op: Some(first) });
    assert_eq!(office.found(), []);
    assert_eq!(query::status(&office.reader(), office.now).unwrap().findings, 0);
}

#[test]
fn whoever_has_a_case_is_acted_on_and_after_it_only_news_count() {
    let mut office = Office::new();
    let case = office.case(0, because(Category::BackFromHubei));
    office.bring(
        0,
        "2020-02-17",
        &[(0, 382, &[("status", "observing"), ("via_hubei", "1")]), (2, 365, &[])],
        "",
    );
    assert_eq!(office.found(), []);
    office.now = at("17T16:00");
    office.act(&Act::ReleaseCase { case, reason: "误列".to_owned(), early: true });
    assert_eq!(office.found(), []);
    office.now = at("18T09:00");
    office.bring(0, "2020-02-18", &[(0, 381, &[("via_hubei", "1")]), (2, 365, &[])], "");
    assert_eq!(
        office.found(),
        [("张伟".to_owned(), vec![What::Fever])],
        "the journey is the one that was dealt with"
    );
}

#[test]
fn another_round_and_another_form_are_read_as_they_came() {
    let mut office = Office::new();
    let mut settings = query::settings(&office.reader()).unwrap();
    settings.rounds.push(crate::domain::office::RoundSetting {
        round: Round("pm".to_owned()),
        name: String::new(),
        deadline: 17 * 60,
    });
    office.act(&Act::ChangeSettings(Box::new(settings)));
    office.bring(0, "2020-02-17", &[(0, 365, &[("symptoms", "无")])], "");
    let mut evening = sheet(&office, 0, "2020-02-17", &[(0, 365, &[("symptoms", "咳嗽")])], "");
    evening.reports[0].0.round = Round("pm".to_owned());
    evening.sheet.round = Some(Round("pm".to_owned()));
    evening.readings[0].round = Round("pm".to_owned());
    office.act(&Act::Import(Box::new(evening)));
    assert_eq!(office.found(), [("张伟".to_owned(), vec![What::Unwell])]);
    // The same form with another meaning later does not change what was read.
    let mut other = sheet(&office, 1, "2020-02-17", &[(1, 365, &[])], "");
    other.form.content = other.form.content.replace("field = \"symptoms\"", "field = \"complaints\"");
    office.act(&Act::Import(Box::new(other)));
    assert_eq!(office.found(), [("张伟".to_owned(), vec![What::Unwell])]);
}

#[test]
fn days_to_come_are_refused_by_the_last_guard() {
    let mut office = Office::new();
    let person = office.people[0];
    let with = |start: Option<&str>, exposed: Option<&str>| CaseFacts {
        start: start.map(on),
        last_exposure: exposed.map(on),
        ..because(Category::Contact)
    };
    for facts in [with(Some("2020-02-18"), None), with(None, Some("2020-02-18"))] {
        let refused = office.try_act(&Act::OpenCase { person, facts }).unwrap_err();
        assert_eq!(refused.kind(), Some(Kind::Input));
        assert!(refused.text(Lang::Zh).contains("2020-02-18"), "{}", refused.text(Lang::Zh));
    }
    let case = office.case(0, with(Some("2020-02-17"), None));
    let facts = CaseFacts { last_exposure: Some(on("2020-03-17")), ..CaseFacts::default() };
    let refused = office.try_act(&Act::ChangeCase { case, facts, reason: "x".to_owned() }).unwrap_err();
    assert!(refused.text(Lang::En).contains("2020-03-17"), "{}", refused.text(Lang::En));
    office.sound();
}

#[test]
fn a_release_that_something_stands_against_takes_its_own_yes() {
    let mut office = Office::new();
    let counted = CaseFacts {
        measure: Some(Measure::Home),
        start: Some(on("2020-02-08")),
        days: Some(14),
        ..because(Category::Suspected)
    };
    let case = office.case(0, counted);
    office.bring(0, "2020-02-16", &[(0, 382, &[]), (2, 365, &[])], "");
    let rows = query::releases(&office.reader(), &[case], office.now).unwrap();
    let all = [Against::NotOver, Against::Suspected, Against::Fever];
    let fever =
        crate::domain::case::RecentFever { day: on("2020-02-16"), tenths: 382, site: Some(Site::Axillary) };
    assert_eq!((&rows[0].against[..], rows[0].fever), (&all[..], Some(fever)));
    let plain = Act::ReleaseCase { case, reason: "x".to_owned(), early: false };
    let refused = office.try_act(&plain).unwrap_err();
    let (zh, en) = (refused.text(Lang::Zh), refused.text(Lang::En));
    assert!(zh.contains("第 9/14 天") && zh.contains("疑似"), "{zh}");
    assert!(zh.contains("近三日有发热（02-16 腋温 38.2℃）"), "{zh}");
    assert!(en.contains("a fever in the last three days (02-16: axillary 38.2 °C)"), "{en}");
    assert!(en.contains("day 9 of 14") && en.contains("suspected"), "{en}");
    let without_reason = Act::ReleaseCase { case, reason: String::new(), early: true };
    assert_eq!(office.try_act(&without_reason).unwrap_err().kind(), Some(Kind::Input));
    office.act(&Act::ReleaseCase { case, reason: "排除".to_owned(), early: true });
    let sheet = query::release_sheet(&office.reader(), office.people[0], office.now).unwrap().unwrap();
    assert_eq!(sheet.fever, Some(fever));
    assert_eq!(sheet.case.unwrap().despite, all);
    let log =
        query::log(&office.reader(), &query::rows::LogQuery { limit: 1, ..Default::default() }).unwrap();
    let line = crate::i18n::events::event_line(&log.rows[0].event);
    assert_eq!(line.zh, "解除重点关注（提前：未期满、疑似、近三日有发热），排除");
    office.act(&Act::Undo { op: None });
    assert_eq!(query::cases(&office.reader(), office.now).unwrap().len(), 1);
}

#[test]
fn after_the_days_a_plain_yes_is_enough_again() {
    let mut office = Office::new();
    let counted = CaseFacts {
        measure: Some(Measure::Home),
        start: Some(on("2020-02-03")),
        days: Some(14),
        ..because(Category::BackFromHubei)
    };
    let case = office.case(0, counted);
    let act = Act::ReleaseCase { case, reason: "期满".to_owned(), early: false };
    assert!(office.try_act(&act).is_err(), "the fourteenth day is the last one, and it is not over");
    office.now = at("18T00:01");
    // Entered late, of yesterday: then it was too early still.
    let yesterday = Author { happened_at: Some(office.now.plus(-3 * HOUR)), ..office.author() };
    assert!(office.store.commit(&yesterday, &mut office.ids, &act).is_err());
    let done = office.act(&act);
    assert_eq!(done.made, None);
    let sheet = query::release_sheet(&office.reader(), office.people[0], office.now).unwrap().unwrap();
    assert_eq!(sheet.case.unwrap().despite, []);
    // A fever of four days ago stands against nothing; one of three days does.
    let case = office.case(1, because(Category::Psychological));
    office.bring(1, "2020-02-14", &[(1, 390, &[])], "");
    let fever = |office: &Office| {
        query::releases(&office.reader(), &[case], office.now).unwrap()[0].against.contains(&Against::Fever)
    };
    assert!(!fever(&office));
    office.bring(1, "2020-02-16", &[(1, 390, &[])], "");
    assert!(fever(&office));
    office.act(&Act::Undo { op: None });
    assert!(!fever(&office));
    // One that was told on the telephone is one as well.
    office.act(&Act::FollowUp(FollowUpDraft {
        outcome: Outcome::NotWell,
        temp: Some(385),
        ..FollowUpDraft::not_reached(Some(Subject::Person(office.people[1])))
    }));
    assert!(fever(&office));
    office.now = at("20T23:59");
    assert!(fever(&office));
    office.now = at("21T00:01");
    assert!(!fever(&office));
}

#[test]
fn confirmed_and_suspected_come_first() {
    let mut office = Office::new();
    let due = CaseFacts {
        measure: Some(Measure::Home),
        start: Some(on("2020-01-20")),
        days: Some(14),
        ..because(Category::BackFromHubei)
    };
    office.case(0, due);
    office.case(1, because(Category::Suspected));
    office.case(2, because(Category::Confirmed));
    let names: Vec<String> =
        query::cases(&office.reader(), office.now).unwrap().into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["欧阳娜", "单晓", "张伟"]);
}

#[test]
fn what_is_dismissed_together_is_taken_back_together() {
    let mut office = Office::new();
    office.bring(0, "2020-02-17", &[(0, 382, &[]), (2, 381, &[])], "");
    let acts: Vec<Act> = office
        .findings()
        .into_iter()
        .map(|row| Act::Dismiss {
            person: row.person, seen: Some(row.found), reason: "体温枪坏".to_owned()
        })
        .collect();
    office.act(&Act::Several(acts.clone()));
    assert_eq!(office.found(), []);
    office.act(&Act::Undo { op: None });
    assert_eq!(office.found().len(), 2);
    // All of it, or nothing.
    office.act(&Act::Dismiss { person: office.people[0], seen: None, reason: "x".to_owned() });
    assert!(office.try_act(&Act::Several(acts)).is_err());
    assert_eq!(office.found().len(), 1);
}
