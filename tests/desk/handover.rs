//! A handover as it was signed: made again from the log at any time, the same whatever happened since; what came
//! later stands below it.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use rusqlite::Connection;
use std::path::PathBuf;
use zhiban::clock::Ids;
use zhiban::domain::case::{CaseFacts, Category, Measure};
use zhiban::domain::followup::{FollowUpDraft, Outcome, PromiseEnd};
use zhiban::domain::handover::{How, QuestionEnd, Signed};
use zhiban::domain::ids::{CaseId, Mint, OfficerId, PersonId, PromiseId, ShiftId, Subject, UnitId};
use zhiban::domain::item::ItemKind;
use zhiban::domain::office::Settings;
use zhiban::domain::person::PersonFacts;
use zhiban::domain::pin::Pin;
use zhiban::domain::report::{FormRef, Reading, ReportKey, Round};
use zhiban::domain::time::{HOUR, MINUTE, Ts};
use zhiban::domain::unit::UnitFacts;
use zhiban::log::event::{Adopted, Event, HandoverItem, SheetImported};
use zhiban::paper::frozen::{hand_over, prepare, signed};
use zhiban::paper::lines;
use zhiban::paper::summary::summary;
use zhiban::paper::template::{self, Templates};
use zhiban::say::Lang;
use zhiban::store::act::{Act, Asked, Author, Close, Committed, Import, LedgerAct, Made};
use zhiban::store::{NewOffice, Reader, Store, query};

struct Office {
    store: Store,
    ids: Ids,
    now: Ts,
    me: OfficerId,
    relief: OfficerId,
    units: Vec<UnitId>,
    people: Vec<PersonId>,
    folder: tempfile::TempDir,
}

impl Office {
    /// An office of three units and three people, at 10:30 after a deadline at 10:00; one case, one promise.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut ids = Ids::seeded("handover tests");
        let now = Ts::from_rfc3339("2020-02-17T08:00:00+08:00").unwrap();
        let rules =
            Adopted { form: FormRef { name: "rules".to_owned(), version: 1 }, content: String::new() };
        let new = NewOffice {
            settings: Settings::new("海岬理工大学防控办"),
            officer: "林静".to_owned(),
            others: vec!["周航".to_owned()],
            rules,
        };
        let store = Store::create(&folder.path().join("office.db"), &new, &mut ids, now).unwrap();
        let officers = query::officers(&store.reader().unwrap()).unwrap();
        let named = |name: &str| officers.iter().find(|(_, known)| known == name).unwrap().0;
        let (me, relief) = (named("林静"), named("周航"));
        let mut office = Self { store, ids, now, me, relief, units: vec![], people: vec![], folder };
        for (code, name) in [("U01", "土木工程学院"), ("U02", "机械学院"), ("U03", "外国语学院")]
        {
            let facts = UnitFacts {
                liaison: Some("吴老师".to_owned()),
                liaison_phone: Some("0532-66780011".to_owned()),
                ..UnitFacts::default()
            };
            let made = office.act(&Act::AddUnit { code: code.to_owned(), name: name.to_owned(), facts });
            let Some(Made::Unit(unit)) = made.made else { panic!("{made:?}") };
            office.units.push(unit);
        }
        for (no, name) in [("1001", "张伟"), ("1002", "单晓"), ("1003", "欧阳娜")] {
            let facts = PersonFacts {
                name: Some(name.to_owned()),
                unit: Some(office.units[0]),
                ..PersonFacts::default()
            };
            let told_by = "吴老师".to_owned();
            let made = office.act(&Act::AddPerson { no: no.to_owned(), facts, told_by });
            let Some(Made::Person(person)) = made.made else { panic!("{made:?}") };
            office.people.push(person);
        }
        office.now = now.plus(150 * MINUTE);
        office
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    fn reader(&self) -> Reader {
        self.store.reader().unwrap()
    }

    fn try_act_as(
        &mut self,
        officer: OfficerId,
        at: Option<Ts>,
        act: &Act,
    ) -> zhiban::error::Result<Committed> {
        self.now = self.now.plus(MINUTE);
        let author = Author { officer, now: self.now, happened_at: at, op_id: self.ids.id(self.now) };
        self.store.commit(&author, &mut self.ids, act)
    }

    fn act(&mut self, act: &Act) -> Committed {
        self.try_act_as(self.me, None, act).unwrap()
    }

    fn call(&mut self, subject: Subject, words: &str, promise: Option<Ts>) -> Option<PromiseId> {
        let draft = FollowUpDraft {
            outcome: if promise.is_some() { Outcome::Promised } else { Outcome::NotReached },
            words: words.to_owned(),
            promise_due: promise,
            ..FollowUpDraft::not_reached(Some(subject))
        };
        match self.act(&Act::FollowUp(draft)).made {
            Some(Made::FollowUp(_, promise)) => promise,
            other => panic!("{other:?}"),
        }
    }

    fn open_case(&mut self, person: usize, start: &str, measure: Measure) -> CaseId {
        let facts = CaseFacts {
            categories: Some(vec![Category::Fever]),
            measure: Some(measure),
            start: Some(start.parse().unwrap()),
            last_exposure: Some(start.parse().unwrap()),
            days: Some(14),
            ..CaseFacts::default()
        };
        match self.act(&Act::OpenCase { person: self.people[person], facts }).made {
            Some(Made::Case(case)) => case,
            other => panic!("{other:?}"),
        }
    }

    fn shift(&self) -> ShiftId {
        query::shift_range(&self.reader()).unwrap().unwrap().id
    }

    /// Passes the shift on, after `close` was given the walk's answers.
    fn pass(&mut self, officer: OfficerId, close: &Close) -> zhiban::error::Result<Committed> {
        self.now = self.now.plus(MINUTE);
        let author = Author { officer, now: self.now, happened_at: None, op_id: self.ids.id(self.now) };
        let templates = Templates::of(&self.path());
        hand_over(&mut self.store, &author, &mut self.ids, close, &templates)
    }

    /// A walk that ticks everything but the items in `unread`, and asks about the one in `asked`.
    fn walked(&self, unread: &[&str], asked: Option<(&str, &str)>) -> Close {
        let mut close = Close::new(self.shift(), self.relief);
        prepare(&self.reader(), self.now, &mut close, &Templates::builtin()).unwrap();
        for item in &mut close.items {
            item.ticked = !unread.contains(&item.kind.code());
        }
        if let Some((kind, text)) = asked {
            let item = close.items.iter().find(|item| item.kind.code() == kind).unwrap().item();
            close.questions.push(Asked { item, text: text.to_owned() });
        }
        close
    }

    fn text(&self, shift: ShiftId, lang: Lang) -> String {
        let kept = signed(&self.reader(), shift).unwrap().unwrap();
        lines::text(&kept.paper(lang, &Templates::of(&self.path())).unwrap())
    }
}

/// A text without its line breaks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What stands before the additions.
fn above(text: &str) -> &str {
    text.split("补记").next().unwrap().split("Additions (").next().unwrap()
}

fn without_foot(text: &str) -> &str {
    text.trim_end().rsplit_once('\n').unwrap().0.trim_end()
}

/// A busy shift: a unit called and promised, two cases, a missed temperature, a report, a note.
fn busy() -> (Office, PromiseId, CaseId) {
    let mut office = Office::new();
    let at = office.now.plus(3 * HOUR);
    let promise = office.call(Subject::Unit(office.units[0]), "书记说三点前报", Some(at)).unwrap();
    office.call(Subject::Unit(office.units[1]), "", None);
    office.call(Subject::Person(office.people[1]), "电话无人接", None);
    office.open_case(0, "2020-02-16", Measure::Home);
    let over = office.open_case(1, "2020-02-01", Measure::Campus);
    let key =
        ReportKey { unit: office.units[2], day: "2020-02-17".parse().unwrap(), round: Round::default() };
    office.act(&Act::Receive { key, zero: true, reason: String::new() });
    office
        .act(&Act::Note {
            subject: Some(Subject::Person(office.people[2])), text: "体温计已发".to_owned()
        });
    (office, promise, over)
}

#[test]
fn a_signed_handover_is_made_again_as_it_was_whatever_happens_later() {
    let (mut office, promise, case) = busy();
    let shift = office.shift();
    let close = office.walked(&["outstanding"], Some(("case", "解除证明谁来送")));
    office.pass(office.me, &close).unwrap();
    let before = [office.text(shift, Lang::Zh), office.text(shift, Lang::En)];
    let zh = &before[0];
    for part in [
        "土木工程学院",
        "机械学院",
        "书记说三点前报",
        "解除证明谁来送",
        "体温计已发",
        "单晓",
        "未读接班",
        "接班人",
    ] {
        assert!(zh.contains(part), "{part}: {zh}");
    }
    assert!(!zh.contains("草稿") && !zh.contains("补记"), "{zh}");

    // Everything that can change, changes; also the office's template.
    let relief = office.relief;
    let old = office.now.plus(-90 * MINUTE);
    let late =
        Act::Note { subject: Some(Subject::Person(office.people[0])), text: "迟到的记录".to_owned() };
    office.try_act_as(relief, Some(old), &late).unwrap();
    let rename = Act::EditPerson {
        person: office.people[1],
        no: Some("9002".to_owned()),
        facts: PersonFacts { name: Some("单小晓".to_owned()), ..PersonFacts::default() },
        told_by: "本人".to_owned(),
    };
    office.try_act_as(relief, None, &rename).unwrap();
    let unit = Act::EditUnit {
        unit: office.units[0],
        code: None,
        name: Some("土木与建筑学院".to_owned()),
        facts: UnitFacts { liaison: Some("郑老师".to_owned()), ..UnitFacts::default() },
        told_by: "学院".to_owned(),
    };
    office.try_act_as(relief, None, &unit).unwrap();
    office.try_act_as(relief, None, &Act::ClosePromise { promise, how: PromiseEnd::Kept }).unwrap();
    office
        .try_act_as(relief, None, &Act::ReleaseCase { case, reason: "医院证明".to_owned(), early: true })
        .unwrap();
    let key =
        ReportKey { unit: office.units[2], day: "2020-02-17".parse().unwrap(), round: Round::default() };
    let corrected = Act::Receive { key, zero: false, reason: "补一人".to_owned() };
    office.try_act_as(relief, None, &corrected).unwrap();
    let settings = Settings { office: "海岬大学".to_owned(), ..Settings::new("x") };
    office.try_act_as(relief, None, &Act::ChangeSettings(Box::new(settings))).unwrap();
    let own = office.folder.path().join("templates");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("handover.zh.md"), "# 别的样子\n").unwrap();
    office.store.rebuild().unwrap();

    for (lang, before) in [(Lang::Zh, &before[0]), (Lang::En, &before[1])] {
        let after = office.text(shift, lang);
        assert_eq!(
            without_foot(before),
            above(&after).trim_end().trim_end_matches(['#', '─', '═', '\n']).trim_end()
        );
    }
    let kept = signed(&office.reader(), shift).unwrap().unwrap();
    let added: Vec<&str> = kept
        .summary
        .additions
        .iter()
        .map(|addition| zhiban::log::wire::name(&addition.line.event).0)
        .collect();
    assert_eq!(added, ["note.written", "report.received"]);
    let zh = office.text(shift, Lang::Zh);
    let (_, additions) = zh.split_once("补记").unwrap();
    assert!(additions.contains("迟到的记录") && additions.contains("补一人"), "{additions}");
    // The running shift's paper is in the office's own words, and a draft's.
    let cut = summary(&office.reader(), office.now).unwrap().unwrap();
    let running = template::make(&cut, Lang::Zh, &Templates::of(&office.path())).unwrap();
    assert_eq!(running.title, "别的样子");
}

#[test]
fn what_was_erased_says_so_and_nothing_else_changes() {
    let (mut office, ..) = busy();
    let shift = office.shift();
    office.pass(office.me, &office.walked(&[], Some(("promise", "三点是下午吗")))).unwrap();
    let before = flat(&office.text(shift, Lang::Zh));
    // As an erasure will do: bodies go, events and digests stay. Everything about one person, and the question.
    let person = office.people[1];
    let conn = Connection::open(office.path()).unwrap();
    conn.execute_batch("DROP TRIGGER log_body_no_delete").unwrap();
    let gone = conn
        .execute(
            "DELETE FROM log_body WHERE body LIKE '%' || ?1 || '%' AND (desk, seq, idx) NOT IN \
             (SELECT desk, seq, idx FROM log_event WHERE kind = 'shift.closed') OR body LIKE '%三点是下午吗%'",
            [person.to_string()],
        )
        .unwrap();
    assert!(gone >= 4, "{gone}");
    drop(conn);
    office.store.rebuild().unwrap();
    let after = flat(&office.text(shift, Lang::Zh));
    assert!(before.contains("单晓") && before.contains("电话无人接") && before.contains("三点是下午吗"));
    assert!(
        !after.contains("单晓") && !after.contains("电话无人接") && !after.contains("三点是下午吗"),
        "{after}"
    );
    assert!(after.contains("接班提问：已删除"), "{after}");
    let erased = after.matches("已删除").count();
    assert!(erased >= 4, "{erased}: {after}");
    for stays in ["土木工程学院", "书记说三点前报", "张伟", "体温计已发"] {
        assert!(after.contains(stays), "{stays}: {after}");
    }
    assert!(office.text(shift, Lang::En).contains("(erased)"));
}

#[test]
fn a_handover_of_before_papers_were_kept_is_cut_again_as_it_stood() {
    let (mut office, promise, _) = busy();
    let shift = office.shift();
    let cut = summary(&office.reader(), office.now.plus(MINUTE)).unwrap().unwrap();
    let items = cut.open_items().into_iter().map(|(item, _)| item).collect();
    let old = Act::CloseShift(Box::new(Close { items, ..Close::new(shift, office.relief) }));
    office.act(&old);
    office.try_act_as(office.relief, None, &Act::ClosePromise { promise, how: PromiseEnd::Broken }).unwrap();
    let rename = Act::EditPerson {
        person: office.people[0],
        no: None,
        facts: PersonFacts { name: Some("张威".to_owned()), ..PersonFacts::default() },
        told_by: "本人".to_owned(),
    };
    office.try_act_as(office.relief, None, &rename).unwrap();
    let again = signed(&office.reader(), shift).unwrap().unwrap().summary;
    assert_eq!((again.counts, &again.head, again.seq), (cut.counts, &cut.head, cut.seq));
    assert_eq!(
        (&again.outstanding, &again.due, &again.happened),
        (&cut.outstanding, &cut.due, &cut.happened)
    );
    assert!(office.text(shift, Lang::Zh).contains("张伟"));
}

#[test]
fn the_same_officer_goes_on_only_when_it_is_said_with_a_reason() {
    let (mut office, ..) = busy();
    let shift = office.shift();
    let mut close = Close { to: office.me, ..office.walked(&["slot"], None) };
    assert!(office.pass(office.me, &close).is_err(), "not by a slip");
    close.how = How::Continued;
    assert!(office.pass(office.me, &close).is_err(), "not without a reason");
    close.reason = "周航家中有事".to_owned();
    office.pass(office.me, &close).unwrap();
    let open = query::shift_range(&office.reader()).unwrap().unwrap();
    assert!(open.officer == office.me && open.id != shift);
    let text = office.text(shift, Lang::Zh);
    assert!(text.contains("连班") && text.contains("周航家中有事"), "{text}");
    let kept = signed(&office.reader(), shift).unwrap().unwrap().summary.handed.unwrap();
    assert_eq!(kept.signed, Some((Signed::Name, Signed::Name)));
}

#[test]
fn who_takes_over_alone_has_read_nothing() {
    let (mut office, ..) = busy();
    let shift = office.shift();
    let mut close =
        Close { how: How::TakenOver, reason: "突发疾病".to_owned(), ..office.walked(&[], None) };
    close.questions = vec![Asked { item: close.items[0].item(), text: "x".to_owned() }];
    assert!(office.pass(office.me, &close).is_err(), "nobody is put on duty by somebody else");
    office.pass(office.relief, &close).unwrap();
    let handed = signed(&office.reader(), shift).unwrap().unwrap().summary.handed.unwrap();
    assert!(handed.items.iter().all(HandoverItem::is_unread) && !handed.items.is_empty());
    assert_eq!(handed.signed, Some((Signed::Absent, Signed::Name)));
    let text = office.text(shift, Lang::Zh);
    assert!(text.contains("自行接班") && text.contains("突发疾病") && text.contains("未在场"), "{text}");
    assert_eq!(query::unread(&office.reader(), office.now).unwrap().len(), handed.items.len());
}

#[test]
fn of_two_at_once_one_wins_and_the_other_is_told_who_took_over() {
    let (mut office, ..) = busy();
    let close = office.walked(&[], None);
    let alone = Close { how: How::TakenOver, reason: "x".to_owned(), ..close.clone() };
    let mut other = Store::open(&office.path()).unwrap();
    let mut ids = Ids::seeded("other");
    let author =
        Author { officer: office.relief, now: office.now, happened_at: None, op_id: ids.id(office.now) };
    office.pass(office.me, &close).unwrap();
    let error = hand_over(&mut other, &author, &mut ids, &alone, &Templates::builtin()).unwrap_err();
    let told = error.text(Lang::Zh);
    assert!(told.contains("周航") && told.contains("接班"), "{told}");
    assert_eq!(query::shifts(&office.reader(), 9).unwrap().len(), 2);
}

#[test]
fn what_is_recorded_during_the_walk_stands_on_the_paper_unread() {
    let (mut office, ..) = busy();
    let close = office.walked(&[], None);
    let shift = office.shift();
    // Another terminal logs a promise while the two walk the items.
    let due = office.now.plus(HOUR);
    office.call(Subject::Unit(office.units[1]), "半小时后回电", Some(due)).unwrap();
    let stale = Act::CloseShift(Box::new(close.clone()));
    assert!(office.try_act_as(office.me, None, &stale).is_err(), "a paper that is not whole is not signed");
    office.pass(office.me, &close).unwrap();
    let handed = signed(&office.reader(), shift).unwrap().unwrap().summary.handed.unwrap();
    let unread: Vec<&str> =
        handed.items.iter().filter(|item| item.is_unread()).map(|item| item.kind.code()).collect();
    assert_eq!(unread, ["promise"]);
    assert!(office.text(shift, Lang::Zh).contains("半小时后回电"));
}

#[test]
fn unread_items_stay_until_read_called_or_settled_and_questions_until_answered() {
    let (mut office, ..) = busy();
    office.pass(office.me, &office.walked(&["outstanding", "promise"], Some(("case", "谁来送")))).unwrap();
    let kinds = |office: &Office| -> Vec<&'static str> {
        query::unread(&office.reader(), office.now)
            .unwrap()
            .into_iter()
            .map(|row| row.item.kind.code())
            .collect()
    };
    assert_eq!(kinds(&office), ["outstanding", "outstanding", "promise"]);
    let relief = office.relief;
    // Called: the unit that promised is dealt with, and so is its promise.
    let call = FollowUpDraft {
        outcome: Outcome::NotReached,
        ..FollowUpDraft::not_reached(Some(Subject::Unit(office.units[0])))
    };
    office.try_act_as(relief, None, &Act::FollowUp(call)).unwrap();
    assert_eq!(kinds(&office), ["outstanding"]);
    let rows = query::unread(&office.reader(), office.now).unwrap();
    let read = Act::Acknowledge { shift: rows[0].shift, items: vec![rows[0].item] };
    // The one who handed over does not read it for the one on duty.
    let why = office.try_act_as(office.me, None, &read).unwrap_err();
    assert!(why.text(Lang::Zh).contains("本人阅"), "{why:?}");
    let done = office.try_act_as(relief, None, &read).unwrap();
    assert!(kinds(&office).is_empty());
    assert!(office.try_act_as(relief, None, &read).is_err(), "once is enough");
    office.try_act_as(relief, None, &Act::Undo { op: Some(done.op) }).unwrap();
    assert_eq!(kinds(&office), ["outstanding"]);

    // The question is an item of the next handover, and gone when it is answered.
    let cut = summary(&office.reader(), office.now).unwrap().unwrap();
    assert_eq!(cut.questions.len(), 1);
    assert!(cut.open_items().iter().any(|(item, _)| item.kind == ItemKind::Question));
    let question = cut.questions[0].id;
    assert_eq!((cut.questions[0].name.as_str(), cut.questions[0].text.as_str()), ("单晓", "谁来送"));
    let answer =
        |words: &str| Act::AnswerQuestion { question, how: QuestionEnd::Answered, words: words.to_owned() };
    assert!(office.try_act_as(relief, None, &answer(" ")).is_err());
    office.try_act_as(relief, None, &answer("校医院")).unwrap();
    assert!(query::questions(&office.reader()).unwrap().is_empty());
    assert!(office.try_act_as(relief, None, &answer("校医院")).is_err());
}

#[test]
fn slots_of_one_person_are_told_apart() {
    let (mut office, ..) = busy();
    office.now = office.now.plus(24 * HOUR);
    let shift = office.shift();
    let mut close = office.walked(&["outstanding", "promise", "case"], None);
    let slots: Vec<usize> =
        (0..close.items.len()).filter(|n| close.items[*n].kind == ItemKind::Slot).collect();
    let mine: Vec<usize> = slots.into_iter().filter(|n| close.items[*n].id == office.people[0].0).collect();
    let [asked, unread] = mine[..] else { panic!("{:?}", close.items) };
    close.items[unread].ticked = false;
    close.questions.push(Asked { item: close.items[asked].item(), text: "体温计坏了吗".to_owned() });
    let open = close.items.iter().filter(|item| !item.ticked).count();
    office.pass(office.me, &close).unwrap();
    let kept = signed(&office.reader(), shift).unwrap().unwrap().summary;
    let handed = kept.handed.as_ref().unwrap();
    assert_eq!(handed.items.len(), kept.open_items().len());
    assert!(handed.items[asked].question.is_some() && handed.items[unread].is_unread());
    assert_eq!(flat(&office.text(shift, Lang::Zh)).matches("体温计坏了吗").count(), 1);
    // Everything that was neither ticked nor asked about is on the list, each slot by itself.
    let rows = query::unread(&office.reader(), office.now).unwrap();
    assert_eq!(rows.len(), open, "{rows:?}");
    let one = rows.iter().find(|row| row.item == close.items[unread].item()).unwrap();
    let read = Act::Acknowledge { shift, items: vec![one.item] };
    office.try_act_as(office.relief, None, &read).unwrap();
    office.store.rebuild().unwrap();
    assert_eq!(query::unread(&office.reader(), office.now).unwrap().len(), open - 1);
}

#[test]
fn words_for_the_next_shift_are_erased_by_themselves() {
    let (mut office, ..) = busy();
    let shift = office.shift();
    let close = Close { words: "单晓的家长晚上会来".to_owned(), ..office.walked(&[], None) };
    office.pass(office.me, &close).unwrap();
    let before = flat(&office.text(shift, Lang::Zh));
    assert!(before.contains("留给下一班：单晓的家长晚上会来"));
    let conn = Connection::open(office.path()).unwrap();
    conn.execute_batch("DROP TRIGGER log_body_no_delete").unwrap();
    let gone = conn.execute("DELETE FROM log_body WHERE body LIKE '%单晓的家长%'", []).unwrap();
    assert_eq!(gone, 1);
    drop(conn);
    office.store.rebuild().unwrap();
    let after = flat(&office.text(shift, Lang::Zh));
    assert_eq!(after, before.replace("单晓的家长晚上会来", "已删除"));
}

#[test]
fn an_empty_template_is_not_signed_with() {
    let (mut office, ..) = busy();
    let own = office.folder.path().join("templates");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("handover.zh.md"), "").unwrap();
    let shift = office.shift();
    let cut = summary(&office.reader(), office.now).unwrap().unwrap();
    let draft = template::make(&cut, Lang::Zh, &Templates::of(&office.path())).unwrap();
    assert!(draft.warning.unwrap().zh.contains("没有标题"));
    office.pass(office.me, &office.walked(&[], None)).unwrap();
    assert!(office.text(shift, Lang::Zh).contains("交班人"));
}

#[test]
fn both_sign_with_their_pins_when_they_have_them() {
    let (mut office, ..) = busy();
    let shift = office.shift();
    let (me, relief) = (office.me, office.relief);
    let pin = |text: &str| Pin::new(text);
    office.act(&Act::ChangePin { officer: me, new: pin("1357"), old: None, second: None });
    office
        .try_act_as(
            relief,
            None,
            &Act::ChangePin { officer: relief, new: pin("2468"), old: None, second: None },
        )
        .unwrap();
    let close = office.walked(&[], None);
    assert!(office.pass(me, &close).is_err(), "a PIN that is set has to be given");
    let wrong = Close { from_pin: pin("1357"), to_pin: pin("1111"), ..close.clone() };
    assert!(office.pass(me, &wrong).is_err());
    let right = Close { from_pin: pin("1357"), to_pin: pin("２４６８"), ..close };
    office.pass(me, &right).unwrap();
    let handed = signed(&office.reader(), shift).unwrap().unwrap().summary.handed.unwrap();
    assert_eq!(handed.signed, Some((Signed::Pin, Signed::Pin)));
    // Neither a PIN nor its hash is in the log.
    let conn = Connection::open(office.path()).unwrap();
    let told: i64 = conn
        .query_row(
            "SELECT count(*) FROM log_body WHERE body LIKE '%1357%' OR body LIKE '%2468%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(told, 0);
}

#[test]
fn figures_stand_beside_those_of_the_shift_before() {
    let (mut office, ..) = busy();
    office.pass(office.me, &office.walked(&[], None)).unwrap();
    let before =
        signed(&office.reader(), query::shifts(&office.reader(), 9).unwrap()[1].id).unwrap().unwrap();
    let cut = summary(&office.reader(), office.now).unwrap().unwrap();
    assert_eq!(cut.before.unwrap().1, before.summary.counts);
    // Without a kept paper the tables tell the same figures.
    let (mut old, ..) = busy();
    let figures = summary(&old.reader(), old.now.plus(MINUTE)).unwrap().unwrap().counts;
    let close = Act::CloseShift(Box::new(Close::new(old.shift(), old.relief)));
    old.act(&close);
    assert_eq!(summary(&old.reader(), old.now).unwrap().unwrap().before.unwrap().1, figures);
    let paper = template::make(&cut, Lang::En, &Templates::builtin()).unwrap();
    let text = flat(&lines::text(&paper));
    assert!(text.contains("DRAFT") && text.contains("Shiftbefore"), "{text}");
}

/// Somebody under a measure since the 17th, counted from the 16th, whose afternoon nobody asked about.
fn unheard() -> Office {
    let mut office = Office::new();
    office.open_case(0, "2020-02-16", Measure::Home);
    office
}

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

fn heard(office: &mut Office, now: &str) {
    office.now = at(now);
    let subject = Some(Subject::Person(office.people[0]));
    office
        .act(&Act::FollowUp(FollowUpDraft { outcome: Outcome::Well, ..FollowUpDraft::not_reached(subject) }));
}

#[test]
fn a_missed_slot_is_signed_with_the_day_that_it_was() {
    let mut office = unheard();
    office.now = at("19T07:49");
    let shift = office.shift();
    let close = office.walked(&[], None);
    assert_eq!(close.items.iter().filter(|item| item.kind == ItemKind::Slot).count(), 1, "{:?}", close.items);
    office.pass(office.me, &close).unwrap();
    let papers = [office.text(shift, Lang::Zh), office.text(shift, Lang::En)].map(|text| flat(&text));
    // The afternoon of the 17th was the first day, whatever day it is now; and three were missed.
    assert!(papers[0].contains("张伟土木工程学院02-1716:00时段（漏访3次，此为最早）1/14"), "{}", papers[0]);
    // In English its columns are broken into lines.
    for said in ["张伟", "02-17", "16:00", "slot", "(missed3"] {
        assert!(papers[1].contains(said), "{said}: {}", papers[1]);
    }
    // Heard since, and days later: the paper is the same.
    heard(&mut office, "21T10:00");
    let again = [office.text(shift, Lang::Zh), office.text(shift, Lang::En)].map(|text| flat(&text));
    assert_eq!(again.map(|text| above(&text).to_owned()), papers.map(|text| above(&text).to_owned()));
}

#[test]
fn slots_taken_over_unread_stay_until_the_person_is_heard() {
    let mut office = unheard();
    // At ten in the evening the slot is open; by the next handover but one it is one of three that were missed.
    office.now = at("17T22:00");
    let close = office.walked(&["slot"], None);
    let item = close.items.iter().find(|item| item.kind == ItemKind::Slot).unwrap().item();
    assert_eq!(item.at, Some(at("17T16:00")));
    office.pass(office.me, &close).unwrap();
    let unread = |office: &Office, now: &str| {
        let rows = query::unread(&office.reader(), at(now)).unwrap();
        rows.into_iter().filter(|row| row.item.kind == ItemKind::Slot).map(|row| row.item).collect::<Vec<_>>()
    };
    for now in ["17T23:59", "18T00:01", "18T10:01", "20T10:01"] {
        assert_eq!(unread(&office, now), std::slice::from_ref(&item), "{now}");
    }
    heard(&mut office, "20T11:00");
    assert_eq!(unread(&office, "20T11:05"), []);
    assert_eq!(unread(&office, "21T00:01"), []);
}

#[test]
fn the_paper_signed_before_the_deadline_counts_the_day_that_its_shift_answered_for() {
    let (mut office, ..) = busy();
    office.now = Ts::from_rfc3339("2020-02-18T07:49:00+08:00").unwrap();
    let shift = office.shift();
    office.pass(office.me, &office.walked(&[], None)).unwrap();
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let kept = signed(&office.reader(), shift).unwrap().unwrap().summary;
    assert_eq!((kept.day, kept.counts.expected, kept.counts.received), (day("2020-02-17"), 3, 1));
    let owed: Vec<_> = kept.outstanding.iter().map(|row| (row.name.as_str(), row.key.day)).collect();
    assert_eq!(owed, [("土木工程学院", day("2020-02-17")), ("机械学院", day("2020-02-17"))]);
    let zh = office.text(shift, Lang::Zh);
    let en = office.text(shift, Lang::En);
    for part in ["2020-02-17日报：应报3个单位，已报1个，未报2个", "2020-02-18日报：尚未到时限3个"]
    {
        assert!(flat(&zh).contains(part), "{part}: {zh}");
    }
    for part in ["Reportsof2020-02-17:3unitsexpected,1received,2missing", "Reportsof2020-02-18:3notyetdue"] {
        assert!(flat(&en).contains(part), "{part}: {en}");
    }
    // The next shift has it beside its own, with its day; and whatever comes later, the paper stays.
    let key = ReportKey { unit: office.units[0], day: day("2020-02-17"), round: Round::default() };
    office.act(&Act::Receive { key, zero: true, reason: String::new() });
    office.now = Ts::from_rfc3339("2020-02-18T10:05:00+08:00").unwrap();
    let next = summary(&office.reader(), office.now).unwrap().unwrap();
    assert_eq!(
        (next.before_day, next.before.map(|(_, c)| (c.expected, c.received))),
        (Some(day("2020-02-17")), Some((3, 1)))
    );
    assert_eq!((next.day, next.counts.received), (day("2020-02-18"), 0));
    let column = template::make(&next, Lang::Zh, &Templates::builtin()).unwrap();
    assert!(flat(&lines::text(&column)).contains("上一班（02-1807:50，02-17日报）"));
    let again = office.text(shift, Lang::Zh);
    assert_eq!(flat(&again), flat(&zh));
    // A handover of before papers were kept tells the same of the shift before.
    let (mut old, ..) = busy();
    old.now = Ts::from_rfc3339("2020-02-18T07:49:00+08:00").unwrap();
    let close = Act::CloseShift(Box::new(Close::new(old.shift(), old.relief)));
    old.act(&close);
    let next = summary(&old.reader(), old.now).unwrap().unwrap();
    assert_eq!(
        (next.before_day, next.before.map(|(_, c)| (c.expected, c.received))),
        (Some(day("2020-02-17")), Some((3, 1)))
    );
}

#[test]
fn what_is_to_be_acted_on_is_passed_on_and_stays_on_the_paper() {
    let mut office = Office::new();
    let (unit, day) = (office.units[0], "2020-02-17".parse().unwrap());
    let form = zhiban::domain::form::builtin("staff", 3).unwrap();
    let key = ReportKey { unit, day, round: Round::default() };
    let reading = |person: PersonId, temp: i16| Reading {
        person,
        unit,
        day,
        round: Round::default(),
        form: form.id.clone(),
        temp_am: Some(temp),
        temp_pm: None,
        site: None,
        place: None,
        in_hubei: None,
        left_city: None,
        status: Some("normal".to_owned()),
        rest: Vec::new(),
    };
    let import = Import {
        sheet: SheetImported {
            what: "report".to_owned(),
            file: "土木.xlsx".to_owned(),
            digest: "d".to_owned(),
            form: form.id.clone(),
            day: Some(day),
            round: Some(Round::default()),
            accepted: 2,
            unchanged: 0,
            rejected: 0,
            left_out: 0,
            inbox: false,
        },
        form: Adopted { form: form.id.clone(), content: form.text.clone() },
        new_units: Vec::new(),
        changed_units: Vec::new(),
        roster: Vec::new(),
        reports: vec![(key, 2)],
        readings: vec![reading(office.people[0], 382), reading(office.people[1], 365)],
        carried: std::collections::BTreeSet::new(),
        reason: String::new(),
    };
    office.act(&Act::Import(Box::new(import)));
    let shift = office.shift();
    let close = office.walked(&["finding"], None);
    let item = close.items.iter().find(|item| item.kind == ItemKind::Finding).unwrap();
    assert_eq!(item.id, office.people[0].0);
    office.pass(office.me, &close).unwrap();
    let before = [office.text(shift, Lang::Zh), office.text(shift, Lang::En)];
    assert!(before[0].contains("待处置 1 人（张伟）") && before[0].contains("体温 38.2℃"), "{}", before[0]);
    assert!(flat(&before[1]).contains("1toacton(张伟)"), "{}", before[1]);
    // It was taken over unread, and stands in the due list of the relief until somebody acts.
    let unread = query::unread(&office.reader(), office.now).unwrap();
    assert!(unread.iter().any(|row| row.item.kind == ItemKind::Finding && row.name == "张伟"), "{unread:?}");
    let dismiss = Act::Dismiss { person: office.people[0], seen: None, reason: "复测正常".to_owned() };
    office.try_act_as(office.relief, None, &dismiss).unwrap();
    let unread = query::unread(&office.reader(), office.now).unwrap();
    assert!(!unread.iter().any(|row| row.item.kind == ItemKind::Finding), "{unread:?}");
    office.store.rebuild().unwrap();
    assert_eq!(above(&office.text(shift, Lang::Zh)), above(&before[0]), "the paper says what was signed");
    assert_eq!(above(&office.text(shift, Lang::En)), above(&before[1]));
}

#[test]
fn what_was_done_to_several_at_once_is_told_of_each() {
    let mut office = Office::new();
    let receive = |office: &Office, unit: usize| Act::Receive {
        key: ReportKey {
            unit: office.units[unit],
            day: "2020-02-17".parse().unwrap(),
            round: Round::default(),
        },
        zero: true,
        reason: String::new(),
    };
    let both = Act::Several(vec![receive(&office, 0), receive(&office, 1)]);
    office.act(&both);
    let cut = summary(&office.reader(), office.now).unwrap().unwrap();
    assert_eq!(cut.counts.reports, 2);
    let lines = cut.happened.iter().filter(|line| matches!(line.event, Event::ReportReceived(_)));
    let names: Vec<&str> = lines.map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["土木工程学院", "机械学院"]);
}

/// An office in which a second officer approved that numbers were shown.
fn approved() -> Office {
    let mut office = Office::new();
    let reveal = Act::Reveal { person: office.people[0], reason: "核对".to_owned() };
    office.act(&Act::Approved { act: Box::new(reveal), by: office.relief, pin: None });
    office
}

#[test]
fn who_approved_something_is_named_on_the_draft_and_on_the_signed_paper() {
    let mut office = approved();
    let draft = summary(&office.reader(), office.now).unwrap().unwrap();
    let said = draft.happened.last().unwrap().said(draft.calendar);
    assert!(said.zh.contains("经周航批准") && said.en.contains("approved by 周航"), "{said:?}");
    let shift = office.shift();
    office.pass(office.me, &office.walked(&[], None)).unwrap();
    assert!(flat(&office.text(shift, Lang::Zh)).contains("（经周航批准）"));
    assert!(flat(&office.text(shift, Lang::En)).contains("(approvedby周航)"));
}

#[test]
fn a_paper_that_was_signed_before_it_named_who_approved_is_made_again_as_it_was() {
    let mut office = approved();
    let shift = office.shift();
    let mut close = office.walked(&[], None);
    close.frozen.as_mut().unwrap().approvers = false;
    office.act(&Act::CloseShift(Box::new(close)));
    let text = flat(&office.text(shift, Lang::Zh));
    assert!(text.contains("（经批准）") && !text.contains("经周航批准"), "{text}");
}

/// Somebody who was absent since a day, whose entry was corrected and moved on; with the key that it has by now.
fn absent() -> (Office, LedgerAct) {
    let mut office = Office::new();
    let values = |said: &[(&str, &str)]| {
        said.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let person = office.people[0].to_string();
    let first = values(&[("person", &person), ("since", "2020-02-16"), ("symptoms", "cough")]);
    let (ledger, entries, reason) = ("absence".to_owned(), vec![(first, Vec::new())], String::new());
    let made = office.act(&Act::Ledger(Box::new(LedgerAct::Write { ledger, entries, reason }))).made;
    let Some(Made::Entry(entry)) = made else { panic!("{made:?}") };
    let change = |said: &[(&str, &str)]| {
        let (reason, anyway) = ("问错了".to_owned(), String::new());
        LedgerAct::Change { entry, values: values(said), reason, anyway }
    };
    office.act(&Act::Ledger(Box::new(change(&[("symptoms", "rash")]))));
    let (transition, reason) = ("well".to_owned(), String::new());
    let well = LedgerAct::Move { entries: vec![entry], transition, values: values(&[]), reason, pin: None };
    office.act(&Act::Ledger(Box::new(well)));
    (office, change(&[("since", "2020-02-15")]))
}

#[test]
fn what_was_done_with_an_entry_says_which_and_goes_on_saying_it_as_it_was_signed() {
    let (mut office, later) = absent();
    let draft = summary(&office.reader(), office.now).unwrap().unwrap();
    let told = draft.happened.iter().rev().take(2).collect::<Vec<_>>();
    for line in &told {
        let of = line.of.as_ref().unwrap();
        assert_eq!((of.ledger.as_str(), of.key.zh.as_str()), ("absence", "2020-02-16"), "{line:?}");
        let said = line.said(draft.calendar);
        assert!(said.zh.contains("因病缺勤 2020-02-16"), "{said:?}");
        assert!(said.en.contains("Absence for illness 2020-02-16"), "{said:?}");
    }
    let json = zhiban::paper::json::json(&draft, Lang::En);
    let happened = json["happened"].as_array().unwrap();
    assert_eq!(happened.iter().filter(|line| line["key"] == "2020-02-16").count(), 3, "{happened:?}");
    let before = flat(&lines::text(&template::make(&draft, Lang::Zh, &Templates::builtin()).unwrap()));
    assert!(before.contains("因病缺勤2020-02-16病愈"), "{before}");
    let shift = office.shift();
    office.pass(office.me, &office.walked(&[], None)).unwrap();
    let signed = flat(&office.text(shift, Lang::Zh));
    assert!(signed.contains("因病缺勤2020-02-16病愈"), "{signed}");
    office.try_act_as(office.relief, None, &Act::Ledger(Box::new(later))).unwrap();
    assert_eq!(flat(&office.text(shift, Lang::Zh)), signed, "its key is another since");
}

#[test]
fn a_paper_that_was_signed_before_it_said_keys_is_made_again_as_it_was() {
    let (mut office, _) = absent();
    let shift = office.shift();
    let mut close = office.walked(&[], None);
    close.frozen.as_mut().unwrap().keys = false;
    office.act(&Act::CloseShift(Box::new(close)));
    let text = flat(&office.text(shift, Lang::Zh));
    assert!(text.contains("因病缺勤病愈") && !text.contains("因病缺勤2020-02-16病愈"), "{text}");
}

#[test]
fn a_step_with_several_entries_is_one_line_that_says_with_how_many() {
    let mut office = Office::new();
    let values = |said: &[(&str, &str)]| {
        said.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let (ledger, reason) = ("notices".to_owned(), String::new());
    let entries = vec![(values(&[("number", "A1"), ("subject", "返校")]), Vec::new())];
    let made = office.act(&Act::Ledger(Box::new(LedgerAct::Write { ledger, entries, reason }))).made;
    let Some(Made::Entry(notice)) = made else { panic!("{made:?}") };
    let sheet = query::entry(&office.reader(), notice, office.now).unwrap().unwrap();
    let entries: Vec<_> = sheet.lines.iter().map(|line| line.row.id).collect();
    assert!(entries.len() > 1);
    let more = entries.len() - 1;
    let (transition, reason) = ("acknowledge".to_owned(), String::new());
    let taken =
        LedgerAct::Move { entries, transition, values: values(&[("who", "王老师")]), reason, pin: None };
    office.act(&Act::Ledger(Box::new(taken)));
    let draft = summary(&office.reader(), office.now).unwrap().unwrap();
    for (lang, said) in [(Lang::Zh, format!("等 {} 条", more + 1)), (Lang::En, format!("and {more} more"))]
    {
        let json = zhiban::paper::json::json(&draft, lang);
        let last = json["happened"].as_array().unwrap().last().unwrap();
        assert!(last["text"].as_str().unwrap().contains(&said), "{last}");
        let text = flat(&lines::text(&template::make(&draft, lang, &Templates::builtin()).unwrap()));
        assert!(text.contains(&flat(&said)), "{text}");
    }
}
