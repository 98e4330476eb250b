//! Follow-ups as the store takes them: promises that end as it was asked, temperatures, callers, several at once.

use super::act::{Act, Author, Made};
use super::query;
use super::query::rows::{LogQuery, LogRow};
use super::tests::Office;
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome, PromiseEnd};
use crate::domain::ids::{FollowUpId, PromiseId, Subject};
use crate::domain::phone::Whose;
use crate::domain::report::Site;
use crate::domain::time::{HOUR, MINUTE, Ts};
use crate::domain::unit::UnitFacts;
use crate::log::event::Event;
use crate::say::Lang;
use crate::search::found::Target;

impl Office {
    fn promised(&mut self, subject: Subject, minutes: i64) -> PromiseId {
        let due = Some(self.now.plus(minutes * MINUTE));
        let draft = FollowUpDraft {
            outcome: Outcome::Promised,
            promise_due: due,
            words: "还没弄完".to_owned(),
            ..FollowUpDraft::not_reached(Some(subject))
        };
        match self.act(&Act::FollowUp(draft)).made {
            Some(Made::FollowUp(_, Some(promise))) => promise,
            other => panic!("no promise was made: {other:?}"),
        }
    }

    fn later(&mut self, minutes: i64) {
        self.now = self.now.plus(minutes * MINUTE);
    }

    /// How the latest promises of a unit or a person ended, the newest call first.
    fn ends(&self, subject: Subject) -> Vec<Option<PromiseEnd>> {
        let calls = match subject {
            Subject::Unit(unit) => query::unit_sheet(&self.reader(), unit, self.now).unwrap().unwrap().calls,
            Subject::Person(person) => {
                query::dossier(&self.reader(), person, self.now).unwrap().unwrap().calls
            }
            Subject::Contact(_) => panic!("not asked"),
        };
        calls.into_iter().filter_map(|call| call.promise.map(|promise| promise.end)).collect()
    }

    fn unit(&self, at: usize) -> Subject {
        Subject::Unit(self.units[at])
    }

    fn refused(&mut self, act: &Act) -> String {
        let error = self.try_act(act).unwrap_err().text(Lang::Zh);
        self.sound();
        error
    }

    fn unknown_caller(&mut self, number: &str) -> FollowUpId {
        let draft = FollowUpDraft {
            channel: Channel::Incoming,
            outcome: Outcome::Informed,
            number: number.to_owned(),
            words: "家长来电".to_owned(),
            ..FollowUpDraft::not_reached(None)
        };
        match self.act(&Act::FollowUp(draft)).made {
            Some(Made::FollowUp(call, _)) => call,
            other => panic!("no call: {other:?}"),
        }
    }

    fn unattached(&self) -> u32 {
        query::status(&self.reader(), self.now).unwrap().unattached
    }
}

fn reached(subject: Subject, outcome: Outcome) -> FollowUpDraft {
    FollowUpDraft { outcome, ..FollowUpDraft::not_reached(Some(subject)) }
}

#[test]
fn a_chase_promise_ends_with_its_report_kept_or_late() {
    for (minutes, end) in [(10, PromiseEnd::Kept), (30, PromiseEnd::Kept), (31, PromiseEnd::Late)] {
        let mut office = Office::new();
        let unit = office.unit(0);
        office.promised(unit, 30);
        office.later(minutes);
        office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
        assert_eq!(office.ends(unit), [Some(end)], "after {minutes} minutes");
        // One act: one undo brings the promise back.
        office.act(&Act::Undo { op: None });
        assert_eq!(office.ends(unit), [None]);
    }
}

#[test]
fn a_sheet_ends_the_promise_too_by_when_it_came() {
    let mut office = Office::new();
    let (unit, other) = (office.unit(0), office.unit(1));
    office.promised(unit, 30);
    office.promised(other, 30);
    office.later(50);
    let import = Act::Import(Box::new(office.report(0, &[(0, 365)], "r1", "")));
    // It came at 10:25 and is taken in at 10:55.
    let came = Author { happened_at: Some(office.now.plus(-30 * MINUTE)), ..office.author() };
    office.store.commit(&came, &mut office.ids, &import).unwrap();
    office.sound();
    assert_eq!((office.ends(unit), office.ends(other)), (vec![Some(PromiseEnd::Kept)], vec![None]));
}

#[test]
fn a_reached_call_presumes_nothing_about_a_promise() {
    let mut office = Office::new();
    let person = Subject::Person(office.people[0]);
    let promise = office.promised(person, 30);
    office.later(40);
    let said = FollowUpDraft { words: "还没弄完".to_owned(), ..reached(person, Outcome::Informed) };
    office.act(&Act::FollowUp(said));
    assert_eq!(office.ends(person), [None]);
    // Asked, and kept: but after its time.
    let kept = FollowUpDraft { ends: vec![(promise, PromiseEnd::Kept)], ..reached(person, Outcome::Well) };
    office.act(&Act::FollowUp(kept.clone()));
    assert_eq!(office.ends(person), [Some(PromiseEnd::Late)], "called after its time it is late");
    assert!(office.refused(&Act::FollowUp(kept)).contains("没有这条未了结的承诺"));
}

#[test]
fn a_new_time_stands_for_the_old_one() {
    let mut office = Office::new();
    let person = Subject::Person(office.people[0]);
    office.promised(person, 30);
    office.later(10);
    office.promised(person, 60);
    assert_eq!(office.ends(person), [None, Some(PromiseEnd::Dropped)], "put off before its time");
    office.later(90);
    office.promised(person, 60);
    let dropped = Some(PromiseEnd::Dropped);
    assert_eq!(office.ends(person), [None, Some(PromiseEnd::Broken), dropped], "put off after its time");
}

#[test]
fn a_promise_ended_by_hand_after_its_time_is_late() {
    let mut office = Office::new();
    let person = Subject::Person(office.people[0]);
    let promise = office.promised(person, 30);
    office.later(31);
    office.act(&Act::ClosePromise { promise, how: PromiseEnd::Kept });
    assert_eq!(office.ends(person), [Some(PromiseEnd::Late)]);
    let log = query::log(&office.reader(), &LogQuery { limit: 1, ..LogQuery::default() }).unwrap();
    let calendar = query::settings(&office.reader()).unwrap().calendar;
    let line = log.rows[0].said(calendar);
    assert_eq!(line.zh, "承诺：迟兑现，应于 02-17 10:35", "the log says when it was due");
    let row = &log.rows[0];
    let later = row.happened_at.plus(366 * 24 * HOUR);
    let line = crate::i18n::events::event_line_by(
        &row.event,
        row.due,
        later,
        calendar,
        ("", &crate::say::Say::default()),
    );
    assert_eq!(line.zh, "承诺：迟兑现，应于 2020-02-17 10:35", "with the year, where it is another");
}

#[test]
fn nobody_who_was_not_reached_promises_and_a_promise_has_a_time() {
    let mut office = Office::new();
    let unit = office.unit(0);
    for outcome in [Outcome::NotReached, Outcome::MessageSent, Outcome::WrongNumber] {
        let promised = FollowUpDraft { promise_due: Some(office.now.plus(MINUTE)), ..reached(unit, outcome) };
        assert!(office.refused(&Act::FollowUp(promised)).contains("不会有承诺"), "{outcome:?}");
    }
    assert!(office.refused(&Act::FollowUp(reached(unit, Outcome::Promised))).contains("答应何时"));
    let promise = office.promised(unit, 30);
    let kept =
        FollowUpDraft { ends: vec![(promise, PromiseEnd::Kept)], ..reached(unit, Outcome::NotReached) };
    assert!(office.refused(&Act::FollowUp(kept)).contains("没有联系上"));
    let ends = vec![(promise, PromiseEnd::Kept)];
    let others = FollowUpDraft { ends, ..reached(office.unit(1), Outcome::Informed) };
    assert!(office.refused(&Act::FollowUp(others)).contains("不是本次联系对象"));
}

#[test]
fn a_temperature_is_a_persons_and_no_fever_is_well() {
    let mut office = Office::new();
    let person = Subject::Person(office.people[0]);
    let told = |temp: i16, site: Option<Site>, outcome| FollowUpDraft {
        temp: Some(temp),
        site,
        ..reached(person, outcome)
    };
    assert!(office.refused(&Act::FollowUp(told(389, None, Outcome::Well))).contains("38.9℃ 是发热"));
    let forehead = Some(Site::Forehead);
    assert!(office.refused(&Act::FollowUp(told(368, forehead, Outcome::Well))).contains("36.8℃ 是发热"));
    assert!(office.refused(&Act::FollowUp(told(999, None, Outcome::Well))).contains("不可信"));
    assert!(office.refused(&Act::FollowUp(told(365, None, Outcome::NotReached))).contains("不会有体温"));
    let of_unit = FollowUpDraft { temp: Some(365), ..reached(office.unit(0), Outcome::Informed) };
    assert!(office.refused(&Act::FollowUp(of_unit)).contains("个人名下"));
    office.act(&Act::FollowUp(told(372, Some(Site::Axillary), Outcome::Well)));
    office.act(&Act::FollowUp(told(389, None, Outcome::NotWell)));
    let dossier = query::dossier(&office.reader(), office.people[0], office.now).unwrap().unwrap();
    let temps: Vec<_> = dossier.calls.iter().map(|call| (call.temp, call.site)).collect();
    assert!(
        temps.contains(&(Some(389), None)) && temps.contains(&(Some(372), Some(Site::Axillary))),
        "{temps:?}"
    );
}

#[test]
fn an_unknown_callers_number_is_kept_called_back_and_goes_where_the_call_goes() {
    let mut office = Office::new();
    let call = office.unknown_caller("165 0000 7072");
    assert!(office.refused(&Act::RevealNumber { followup: call, reason: " ".to_owned() }).contains("原因"));
    let shown = office.act(&Act::RevealNumber { followup: call, reason: "call".to_owned() });
    assert!(office.try_act(&Act::Undo { op: Some(shown.op) }).is_err(), "a reveal is never taken back");
    office.later(5);
    let back = FollowUpDraft { number: "16500007072".to_owned(), ..FollowUpDraft::not_reached(None) };
    let op = office.act(&Act::FollowUp(back));
    assert_eq!(office.unattached(), 1, "a call back is not another caller");
    let rows = query::callers(&office.reader()).unwrap();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((row.call.id, row.called_back, row.last_back.unwrap().1), (call, 1, Outcome::NotReached));
    // Found in the log by the number as it is said, however it was written.
    let by_number = LogQuery { filter: "165-0000-7072".to_owned(), limit: 9, ..LogQuery::default() };
    assert!(query::log(&office.reader(), &by_number).unwrap().rows.iter().any(|row| row.op == op.op));
    let unit = office.unit(0);
    office.act(&Act::Attach { followup: call, subject: unit });
    assert_eq!(office.unattached(), 0);
    let Subject::Unit(id) = unit else { panic!() };
    let calls = query::unit_sheet(&office.reader(), id, office.now).unwrap().unwrap().calls;
    assert_eq!(calls.iter().filter(|call| call.number.for_matching().contains("7072")).count(), 2);
    // Looking at it again is logged, also now that it is a unit's.
    office.act(&Act::RevealNumber { followup: call, reason: "call".to_owned() });
}

#[test]
fn a_call_sheet_has_the_callers_number_and_says_whose_each_is() {
    let mut office = Office::new();
    let draft = FollowUpDraft {
        channel: Channel::Incoming,
        outcome: Outcome::Promised,
        number: "16500007072".to_owned(),
        promise_due: Some(office.now.plus(30 * MINUTE)),
        ..FollowUpDraft::not_reached(None)
    };
    let Some(Made::FollowUp(call, _)) = office.act(&Act::FollowUp(draft)).made else { panic!() };
    let sheet = query::call_sheet(&office.reader(), office.now).unwrap();
    assert_eq!(sheet.callers(), [call]);
    let line = sheet.lines.iter().find(|line| line.whom.is_none()).unwrap();
    assert_eq!(line.numbers[0].role, Whose::Caller);
    assert_eq!(
        (line.numbers[0].shown(false).as_str(), line.numbers[0].shown(true).as_str()),
        ("165****7072", "16500007072")
    );
    // Given to a unit it stands there beside the liaison's.
    office.act(&Act::Attach { followup: call, subject: office.unit(0) });
    let sheet = query::call_sheet(&office.reader(), office.now).unwrap();
    assert_eq!(sheet.callers(), [call]);
}

#[test]
fn who_answers_for_a_person_is_not_their_family() {
    let mut office = Office::new();
    let facts = crate::domain::person::PersonFacts {
        contact: Some("赵铁柱 19900005555".to_owned()),
        family_phone: Some("19900009999".to_owned()),
        ..Default::default()
    };
    let person = office.people[0];
    office.act(&Act::EditPerson { person, no: None, facts, told_by: "本人".to_owned() });
    let dial = query::dial(&office.reader(), Some(Subject::Person(person)), None).unwrap();
    let numbers: Vec<_> = dial
        .numbers
        .iter()
        .map(|number| (number.role, number.who.as_str(), number.number.for_matching()))
        .collect();
    assert_eq!(
        numbers,
        [
            (Whose::Own, "", "19900000000"),
            (Whose::Family, "", "19900009999"),
            (Whose::Contact, "赵铁柱", "19900005555")
        ]
    );
    assert_eq!(dial.numbers[2].shown(false), "199****5555", "it is a person's own number");
}

#[test]
fn several_are_one_act_all_of_it_or_nothing() {
    let mut office = Office::new();
    let receive =
        |office: &Office, unit| Act::Receive { key: office.key(unit), zero: true, reason: String::new() };
    let both = Act::Several(vec![receive(&office, 0), receive(&office, 1)]);
    office.act(&both);
    assert!(query::outstanding(&office.reader(), office.now).unwrap().is_empty());
    office.act(&Act::Undo { op: None });
    assert_eq!(query::outstanding(&office.reader(), office.now).unwrap().len(), 2, "one undo for both");
    office.act(&receive(&office, 1));
    let error = office.refused(&both);
    assert!(error.starts_with("机械学院："), "it is told whose fault it is: {error}");
    assert_eq!(query::outstanding(&office.reader(), office.now).unwrap().len(), 1, "and nothing was done");
    let facts = CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() };
    let open = |person| Act::OpenCase { person, facts: facts.clone() };
    let two = Act::Several(vec![open(office.people[0]), open(office.people[1])]);
    let op = office.act(&two).op;
    let preview = query::undo_preview(&office.reader(), Some(op), office.author().officer).unwrap();
    let names: Vec<&str> = preview.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["张伟", "单晓"], "an undo lists all of it");
    office.act(&Act::Undo { op: None });
    assert_eq!(query::status(&office.reader(), office.now).unwrap().cases, 0);
}

#[test]
fn a_report_of_yesterday_ends_the_promise_of_yesterday_alone() {
    let mut office = Office::new();
    office.act(&Act::Receive { key: office.key(1), zero: true, reason: String::new() });
    let unit = office.unit(0);
    office.promised(unit, 30);
    office.now = Ts::from_rfc3339("2020-02-18T00:01:00+08:00").unwrap();
    office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
    assert_eq!(office.ends(unit), [Some(PromiseEnd::Late)], "across midnight");
}

#[test]
fn above_a_form_stand_what_is_owed_with_its_time_for_what_somebody_answers_and_the_last_call() {
    let mut office = Office::new();
    let facts = UnitFacts {
        liaison: Some("欧阳娜".to_owned()),
        liaison_phone: Some("199 0000 0002".to_owned()),
        ..UnitFacts::default()
    };
    let (unit, person) = (office.units[1], office.people[2]);
    let whom =
        |office: &Office, subject| query::whom(&office.reader(), Some(subject), None, office.now).unwrap();
    let before = whom(&office, Subject::Person(person));
    assert_eq!((before.answers_for.len(), before.owed.len(), before.last), (0, 0, None));
    office.act(&Act::EditUnit { unit, code: None, name: None, facts, told_by: "x".to_owned() });
    office.promised(Subject::Unit(unit), 120);
    let of_unit = whom(&office, Subject::Unit(unit));
    let owed = query::owed(&office.reader(), unit, office.now).unwrap().reports;
    assert!(!owed.is_empty());
    assert_eq!(of_unit.owed.iter().map(|debt| (debt.day, debt.round.clone())).collect::<Vec<_>>(), owed);
    assert!(of_unit.owed.iter().all(|debt| debt.due < office.now), "{:?}", of_unit.owed);
    assert_eq!(of_unit.last.map(|call| (call.words, call.at)), Some(("还没弄完".to_owned(), office.now)));
    assert_eq!(of_unit.answers_for, []);
    // Whose own number is the liaison's owes what the unit owes; the call was the unit's.
    let of_person = whom(&office, Subject::Person(person));
    assert_eq!(of_person.answers_for, [("机械学院".to_owned(), Whose::Liaison)]);
    assert_eq!((of_person.owed, of_person.last), (of_unit.owed, None));
    assert_eq!(whom(&office, Subject::Person(office.people[0])).owed, []);
}

#[test]
fn whoever_answers_for_a_unit_is_told_with_what_it_owes_before_anything_else() {
    let mut office = Office::new();
    // 欧阳娜 (19900000002) is also the liaison of 机械学院, and the head of nothing.
    let facts = UnitFacts {
        liaison: Some("欧阳娜".to_owned()),
        liaison_phone: Some("199 0000 0002".to_owned()),
        head: Some("周院长".to_owned()),
        head_phone: Some("19900000001".to_owned()),
        ..UnitFacts::default()
    };
    let unit = office.units[1];
    office.act(&Act::EditUnit { unit, code: None, name: None, facts, told_by: "x".to_owned() });
    office.promised(Subject::Unit(unit), 120);
    let card = |office: &Office, number: &str, at: usize, role| {
        let owner = [(Target::Person(office.people[at]), role)];
        query::call_card(&office.reader(), number, &owner, office.now).unwrap()
    };
    let shown = card(&office, "19900000002", 2, Whose::Own);
    let [duty] = &shown.duties[..] else { panic!("{:?}", shown.duties) };
    assert_eq!((duty.name.as_str(), duty.role, duty.who.as_str()), ("机械学院", Whose::Liaison, "欧阳娜"));
    assert_eq!(duty.owed, [(office.key(1).day, office.key(1).round)]);
    assert_eq!(duty.promises.iter().map(|(_, said)| said.as_str()).collect::<Vec<_>>(), ["还没弄完"]);
    // Found by name, the own number still says it; whose number is only the family's answers for nothing.
    assert_eq!(card(&office, "", 2, Whose::Own).duties.len(), 1);
    assert_eq!(card(&office, "", 1, Whose::Own).duties[0].role, Whose::Head);
    assert_eq!(card(&office, "", 0, Whose::Family).duties, []);
    // What came is owed no more, and the promise ended with it.
    office.act(&Act::Import(Box::new(office.report(1, &[], "r1", ""))));
    let after = card(&office, "19900000002", 2, Whose::Own);
    assert_eq!((after.duties[0].owed.len(), after.duties[0].promises.len()), (0, 0));
}

#[test]
fn one_op_of_several_people_is_told_of_each_and_nobodys_paper_prints_anothers() {
    let mut office = Office::new();
    let facts = |category, start: &str| CaseFacts {
        categories: Some(vec![category]),
        measure: Some(Measure::Home),
        last_exposure: Some(start.parse().unwrap()),
        days: Some(14),
        ..CaseFacts::default()
    };
    let (ill, well) = (office.people[0], office.people[1]);
    let opened = [
        Act::OpenCase { person: ill, facts: facts(Category::Suspected, "2020-02-10") },
        Act::OpenCase { person: well, facts: facts(Category::Contact, "2020-01-20") },
    ];
    office.act(&Act::Several(opened.to_vec()));
    let case = |person| query::case_of(&office.reader(), person).unwrap().unwrap();
    let release = |case, early| Act::ReleaseCase { case, reason: "学院来电".to_owned(), early };
    let both = Act::Several(vec![release(case(ill), true), release(case(well), false)]);
    office.act(&both);
    let receive = |unit| Act::Receive { key: office.key(unit), zero: true, reason: String::new() };
    let received = Act::Several(vec![receive(0), receive(1)]);
    office.act(&received);
    let slice = query::shift_slice(&office.reader(), office.now).unwrap().unwrap();
    let counts = query::counted(&slice.ops, &slice.calls);
    assert_eq!((counts.cases_opened, counts.cases_released, counts.reports), (2, 2, 2));
    let names = |of: fn(&Event) -> bool| -> Vec<String> {
        let lines = slice.ops.iter().cloned().flat_map(LogRow::one_by_one).filter(|row| of(&row.event));
        lines.map(|row| row.name).collect()
    };
    assert_eq!(names(|event| matches!(event, Event::CaseReleased(_))), ["张伟", "单晓"]);
    assert_eq!(names(|event| matches!(event, Event::ReportReceived(_))), ["土木工程学院", "机械学院"]);
    for (person, early) in [(ill, true), (well, false)] {
        let sheet = query::dossier_sheet(&office.reader(), person, office.now).unwrap().unwrap();
        assert_eq!(sheet.history.len(), 2, "opened and released");
        for row in &sheet.history {
            assert!(row.event.names_person(person), "{:?}", row.event);
            assert_eq!(row.subject, Some(Subject::Person(person)));
            if let Event::CaseReleased(e) = &row.event {
                assert_eq!(!e.despite.is_empty(), early, "what stood against the other is not theirs");
            }
        }
    }
}

#[test]
fn a_call_and_the_case_it_led_to_are_both_told() {
    let mut office = Office::new();
    let person = office.people[0];
    let facts = CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() };
    let call = Act::FollowUp(reached(Subject::Person(person), Outcome::NotWell));
    let done = office.act(&Act::Several(vec![call, Act::OpenCase { person, facts }]));
    assert!(matches!(done.made, Some(Made::FollowUp(..))), "what the first made is known: {:?}", done.made);
    let slice = query::shift_slice(&office.reader(), office.now).unwrap().unwrap();
    assert_eq!(query::counted(&slice.ops, &slice.calls).cases_opened, 1);
    let sheet = query::dossier_sheet(&office.reader(), person, office.now).unwrap().unwrap();
    assert!(matches!(sheet.history[..], [ref row] if matches!(row.event, Event::CaseOpened(_))));
}

#[test]
fn no_number_stands_among_the_names_of_who_answers_for_somebody() {
    let mut office = Office::new();
    let person = office.people[0];
    let told = |office: &mut Office, text: &str| -> Vec<(String, String)> {
        let facts =
            crate::domain::person::PersonFacts { contact: Some(text.to_owned()), ..Default::default() };
        office.act(&Act::EditPerson { person, no: None, facts, told_by: "本人".to_owned() });
        let dial = query::dial(&office.reader(), Some(Subject::Person(person)), None).unwrap();
        let contacts = dial.numbers.into_iter().filter(|number| number.role == Whose::Contact);
        contacts.map(|number| (number.who.clone(), number.number.for_matching().to_owned())).collect()
    };
    let pair = |who: &str, number: &str| (who.to_owned(), number.to_owned());
    assert_eq!(told(&mut office, "张三 13812345678（父）"), [pair("张三（父）", "13812345678")]);
    assert_eq!(
        told(&mut office, "张三13812345678、李四13912345678"),
        [pair("张三", "13812345678"), pair("李四", "13912345678")]
    );
    assert_eq!(told(&mut office, "13812345678 张三"), [pair("张三", "13812345678")]);
    assert_eq!(told(&mut office, "张三（138 1234 5678）"), [pair("张三", "13812345678")]);
    assert_eq!(told(&mut office, "赵铁柱"), [pair("赵铁柱", "")]);
}

#[test]
fn a_new_promise_ends_nothing_that_was_left_open() {
    let mut office = Office::new();
    let person = Subject::Person(office.people[0]);
    let first = office.promised(person, 30);
    let again = |office: &Office, left| FollowUpDraft {
        promise_due: Some(office.now.plus(60 * MINUTE)),
        left,
        ..reached(person, Outcome::Promised)
    };
    office.later(5);
    office.act(&Act::FollowUp(again(&office, vec![first])));
    assert_eq!(office.ends(person), [None, None], "it was said to stay open");
    office.later(5);
    office.act(&Act::FollowUp(again(&office, vec![])));
    assert_eq!(office.ends(person), [None, None, None], "of two nobody knows which is meant");
}

#[test]
fn a_call_back_is_of_the_caller_before_it() {
    let mut office = Office::new();
    let back = || FollowUpDraft { number: "66780000".to_owned(), ..FollowUpDraft::not_reached(None) };
    let first = office.unknown_caller("66780000");
    office.later(5);
    office.act(&Act::FollowUp(back()));
    office.later(60);
    office.unknown_caller("66780000");
    office.later(5);
    office.act(&Act::FollowUp(back()));
    let rows = query::callers(&office.reader()).unwrap();
    assert_eq!(rows.iter().map(|row| row.called_back).collect::<Vec<_>>(), [1, 1]);
    let spoken = query::spoken(&office.reader(), office.now, None).unwrap();
    assert_eq!((office.unattached(), spoken.unknown), (2, 2), "one rule for both");
    office.act(&Act::Attach { followup: first, subject: office.unit(0) });
    let rows = query::callers(&office.reader()).unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((row.called_back, office.unattached()), (1, 1), "the other caller keeps its call back");
}

#[test]
fn a_fever_told_by_nobody_known_is_known_when_it_gets_its_person() {
    let mut office = Office::new();
    let fever = FollowUpDraft {
        channel: Channel::Incoming,
        outcome: Outcome::Informed,
        number: "16500007072".to_owned(),
        temp: Some(389),
        ..FollowUpDraft::not_reached(None)
    };
    let Some(Made::FollowUp(call, _)) = office.act(&Act::FollowUp(fever)).made else { panic!() };
    let well = office.unknown_caller("16500007073");
    assert_eq!(query::unwell_caller(&office.reader(), call).unwrap(), Some(office.now));
    assert_eq!(query::unwell_caller(&office.reader(), well).unwrap(), None);
    let (person, facts) = (office.people[0], CaseFacts::default());
    let dial = query::dial(&office.reader(), Some(Subject::Person(person)), Some(call)).unwrap();
    assert_eq!((dial.unwell, dial.has_case), (Some(office.now), false));
    let facts = CaseFacts { categories: Some(vec![Category::Fever]), ..facts };
    let attach = Act::Attach { followup: call, subject: Subject::Person(person) };
    office.act(&Act::Several(vec![attach, Act::OpenCase { person, facts }]));
    let slice = query::shift_slice(&office.reader(), office.now).unwrap().unwrap();
    assert_eq!(query::counted(&slice.ops, &slice.calls).cases_opened, 1);
}
