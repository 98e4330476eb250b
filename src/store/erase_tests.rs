//! A person is erased: nothing of them is left, nothing else is gone, and the log verifies.

use super::act::{Act, Made};
use super::check::check;
use super::erase_backup::rewrite;
use super::query::rows::LogQuery;
use super::tests::Office;
use super::{backup, local, query};
use crate::domain::case::{CaseFacts, Category};
use crate::domain::erase::{Rewritten, StillOpen};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome, PromiseEnd};
use crate::domain::ids::{PersonId, Subject};
use crate::domain::person::PersonFacts;
use crate::domain::time::{HOUR, MINUTE};
use crate::log::erasure::MARK;
use crate::log::event::Event;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Everything that is known of the person who is erased, as it stands in a file.
const VALUES: [&str; 11] = [
    "单晓",
    "20171001",
    "19900000001",
    "33010619990101001X",
    "北区公寓三号楼五一二",
    "母亲 单梅",
    "19900000077",
    "夜里咳嗽，自己量过",
    "舍友已搬走",
    "shanxiao",
    "她明早来领药",
];

/// Names of the values that stand in a file's bytes.
fn found_in(path: &Path) -> Vec<&'static str> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let has = |value: &str| bytes.windows(value.len()).any(|part| part == value.as_bytes());
    VALUES.into_iter().filter(|value| has(value)).collect()
}

fn wal(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", path.display()))
}

/// An office that knows much of its second person, all of it ended.
fn busy() -> Office {
    let mut office = Office::new();
    let person = office.people[1];
    let whom = Some(Subject::Person(person));
    office.act(&Act::EditPerson {
        person,
        no: Some("20171001".to_owned()),
        facts: PersonFacts {
            id_number: Some("33010619990101001X".to_owned()),
            address: Some("北区公寓三号楼五一二".to_owned()),
            contact: Some("母亲 单梅".to_owned()),
            family_phone: Some("19900000077".to_owned()),
            ..PersonFacts::default()
        },
        told_by: "本人".to_owned(),
    });
    office.act(&Act::Import(Box::new(office.report(1, &[(1, 366)], "r1", ""))));
    let facts = CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() };
    let Some(Made::Case(case)) = office.act(&Act::OpenCase { person, facts }).made else { panic!() };
    let call = FollowUpDraft {
        outcome: Outcome::Informed,
        words: "夜里咳嗽，自己量过".to_owned(),
        promise_due: Some(office.now.plus(HOUR)),
        ..FollowUpDraft::not_reached(whom)
    };
    let Some(Made::FollowUp(_, Some(promise))) = office.act(&Act::FollowUp(call)).made else { panic!() };
    office.act(&Act::ClosePromise { promise, how: PromiseEnd::Kept });
    office.act(&Act::Note { subject: whom, text: "舍友已搬走".to_owned() });
    let unknown = FollowUpDraft {
        outcome: Outcome::Informed,
        channel: Channel::Incoming,
        number: "199-0000-0001".to_owned(),
        words: "她明早来领药".to_owned(),
        ..FollowUpDraft::not_reached(None)
    };
    office.act(&Act::FollowUp(unknown));
    for text in
        ["请 ２０１７１００１ 明早来领药", "199 0000 0001 打不通，再试", "单晓的家长晚上会来", "停电一小时"]
    {
        office.act(&Act::Note { subject: None, text: text.to_owned() });
    }
    office.act(&Act::ReleaseCase { case, reason: "满十四天".to_owned(), early: true });
    office.store.save_draft("followup", "{\"words\":\"单晓说\"}", office.now).unwrap();
    office.store.save_draft("note", "{\"text\":\"停电\"}", office.now).unwrap();
    office.store.keep_search("shanxiao", office.now).unwrap();
    let mut parts = [("people".to_owned(), "单晓 20171001".as_bytes().to_vec())].into_iter().map(Ok);
    office.store.keep_parts("x", &mut parts).unwrap();
    office
}

fn erase(office: &Office, at: usize) -> Act {
    Act::Erase { person: office.people[at], reason: "本人申请，主任同意".to_owned() }
}

#[test]
fn nothing_of_an_erased_person_is_left_and_nothing_else_is_gone() {
    let mut office = busy();
    let path = office.store.path().to_owned();
    let file = || found_in(&path).into_iter().chain(found_in(&wal(&path))).collect::<Vec<_>>();
    assert!(VALUES.iter().all(|value| file().contains(value)), "{:?}", file());
    let preview = query::erase_preview(&office.reader(), office.people[1]).unwrap();
    assert!(preview.open.is_empty());
    assert_eq!((preview.roster, preview.readings, preview.words.len()), (1, 1, 4), "{preview:?}");
    let ops = query::log(&office.reader(), &LogQuery { limit: 99, ..LogQuery::default() }).unwrap().total;
    let head = query::head(&office.reader()).unwrap();
    // A reader that has the log in words has them from before.
    let before = office.reader();
    let named = |name: &str| {
        let query = LogQuery { filter: name.to_owned(), limit: 99, ..LogQuery::default() };
        query::log(&before, &query).unwrap().total
    };
    assert!(VALUES.iter().any(|value| named(value) > 0));

    office.act(&erase(&office, 1));

    assert!(VALUES.iter().all(|value| named(value) == 0));
    drop(before);

    assert_eq!(file(), Vec::<&str>::new());
    assert_eq!(std::fs::metadata(wal(&path)).map_or(0, |wal| wal.len()), 0);
    let reader = office.reader();
    assert_eq!(query::person_by_no(&reader, "20171001").unwrap(), None);
    let report = check(&reader, Some(&head)).unwrap();
    assert!(report.is_sound(), "{report:?}");
    let log = query::log(&reader, &LogQuery { limit: 99, ..LogQuery::default() }).unwrap();
    assert_eq!(log.total, ops + 1, "every op stands");
    let notes: Vec<&str> = log
        .rows
        .iter()
        .filter_map(|row| match &row.event {
            Event::NoteWritten(note) => Some(note.text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(notes, ["停电一小时", MARK, MARK, MARK]);
    let drafts: Vec<String> = local::drafts(&reader).unwrap().into_iter().map(|draft| draft.key).collect();
    assert_eq!(drafts, ["note"], "only what speaks of them goes");
    assert!(query::is_received(&reader, &office.key(1)).unwrap(), "the unit's report stands");
    let written: i64 = reader
        .conn
        .query_row("SELECT rows FROM cur_report WHERE unit = ?1", [office.units[1]], |r| r.get(0))
        .unwrap();
    assert_eq!(written, 1, "and its figure");
    drop(reader);
    // The log's filter finds the entry by its word; a further person goes the same way.
    let gone = LogQuery { filter: "已删除".to_owned(), limit: 99, ..LogQuery::default() };
    assert!(query::log(&office.reader(), &gone).unwrap().total > 5);
    office.act(&erase(&office, 0));
    assert_eq!(query::person_by_no(&office.reader(), "1000").unwrap(), None);
    office.store.rebuild().unwrap();
    office.sound();
}

#[test]
fn a_debt_a_missing_reason_or_one_that_names_them_refuses_it() {
    let mut office = Office::new();
    let person = office.people[1];
    let facts = CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() };
    office.act(&Act::OpenCase { person, facts });
    let call = FollowUpDraft {
        outcome: Outcome::Informed,
        promise_due: Some(office.now.plus(HOUR)),
        ..FollowUpDraft::not_reached(Some(Subject::Person(person)))
    };
    office.act(&Act::FollowUp(call));
    let preview = query::erase_preview(&office.reader(), person).unwrap();
    assert_eq!(preview.open, [StillOpen::Case, StillOpen::Promise]);
    let said = |result: super::Result<super::Committed>| result.unwrap_err().to_string();
    assert!(said(office.try_act(&erase(&office, 1))).contains("a case, a promise"));
    let because = |reason: &str| Act::Erase { person: office.people[2], reason: reason.to_owned() };
    let (none, naming) = (because(" "), because("欧阳娜本人申请"));
    assert!(said(office.try_act(&none)).contains("reason"));
    assert!(said(office.try_act(&naming)).contains("must not hold"));
    // What was erased cannot be taken back, nor what it touched.
    let gone = erase(&office, 2);
    office.act(&gone);
    assert!(office.try_act(&gone).is_err(), "nobody of this id is left");
    let roster = query::op_by_seq(&office.reader(), 2).unwrap().unwrap();
    assert!(said(office.try_act(&Act::Undo { op: Some(roster) })).contains("was erased"));
    office.sound();
}

#[test]
fn only_what_an_erasure_names_may_go() {
    let mut office = busy();
    let attack = |office: &Office, sql: &str| office.store.conn.execute(sql, []);
    let bodies = "DELETE FROM log_body WHERE idx = 0 AND seq = 4";
    let by = "SELECT d.id, o.seq FROM log_op o JOIN log_desk d ON d.no = o.desk ORDER BY o.seq DESC LIMIT 1";
    let leave = format!(
        "INSERT INTO log_erased (desk, seq, idx, by_desk, by_seq) SELECT 1, 4, 0, b.id, b.seq FROM ({by}) b"
    );
    for sql in
        [bodies, &leave, "DELETE FROM log_reading", "DELETE FROM log_roster_row", "DELETE FROM log_event"]
    {
        let error = attack(&office, sql).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
    office.act(&erase(&office, 1));
    for sql in [
        "DELETE FROM log_roster_row",
        "DELETE FROM log_body WHERE seq = 1",
        "DELETE FROM log_erased",
        "UPDATE log_erased SET remains = NULL",
        "DELETE FROM log_erased_row",
    ] {
        let error = attack(&office, sql).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
    office.act(&Act::Note { subject: None, text: "后来".to_owned() });
    // With the next op its leave has ended, also for what remained of a body.
    let rest = "DELETE FROM log_body WHERE nonce = zeroblob(16)";
    assert!(attack(&office, rest).unwrap_err().to_string().contains("append-only"));
    assert!(attack(&office, &leave).is_err());
    office.sound();
    // A body that is gone without an erasure that names it is found, whatever is written beside it.
    for trigger in ["log_body_no_delete", "log_erased_only_newest"] {
        office.store.conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    let seq: i64 = office
        .store
        .conn
        .query_row("SELECT seq FROM log_event WHERE kind = 'person.erased'", [], |row| row.get(0))
        .unwrap();
    let false_leave = format!(
        "INSERT INTO log_erased (desk, seq, idx, by_desk, by_seq) SELECT 1, 1, 0, id, {seq} FROM log_desk"
    );
    assert_eq!(attack(&office, &false_leave).unwrap(), 1);
    assert_eq!(attack(&office, "DELETE FROM log_body WHERE seq = 1 AND idx = 0").unwrap(), 1);
    assert!(check(&office.reader(), None).unwrap().faults_total > 0);
}

#[test]
fn what_is_kept_of_others_stays_as_it_was() {
    let mut office = Office::new();
    let person = |office: &mut Office, no: &str, name: &str, told_by: &str| {
        let facts = PersonFacts {
            name: Some(name.to_owned()),
            unit: Some(office.units[0]),
            family_phone: Some("13700000001".to_owned()),
            contact: Some("李明 13700000001".to_owned()),
            ..PersonFacts::default()
        };
        let act = Act::AddPerson { no: no.to_owned(), facts, told_by: told_by.to_owned() };
        let Some(Made::Person(id)) = office.act(&act).made else { panic!() };
        id
    };
    let gone = person(&mut office, "20179001", "李明", "本人");
    let longer = person(&mut office, "20179002", "李明华", "李明华");
    let sister = person(&mut office, "20179003", "李静", "李明");
    let call = FollowUpDraft {
        outcome: Outcome::Informed,
        number: "13700000001".to_owned(),
        words: "李静已到家".to_owned(),
        ..FollowUpDraft::not_reached(Some(Subject::Person(sister)))
    };
    office.act(&Act::FollowUp(call));
    for text in ["李明华来领体温计", "李明来领体温计"] {
        office.act(&Act::Note { subject: None, text: text.to_owned() });
    }
    let bodies = |office: &Office| -> Vec<String> {
        let mut query = office
            .store
            .conn
            .prepare("SELECT b.body FROM log_body b WHERE b.body LIKE '%2017900%' OR b.body LIKE '%到家%' OR b.body LIKE '%体温计%'")
            .unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let before = bodies(&office);
    assert_eq!(before.len(), 6, "{before:?}");

    office.act(&Act::Erase { person: gone, reason: "本人申请".to_owned() });

    let after = bodies(&office);
    let left: Vec<&String> = before.iter().filter(|body| after.contains(body)).collect();
    // The person's own, the words of who told of the sister, and the note that names them.
    assert_eq!(left, [&before[1], &before[3], &before[4]], "{after:?}");
    let kept = |id: PersonId| -> (String, String, String) {
        let sql = "SELECT name, family_phone, contact FROM cur_person WHERE id = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        office.store.conn.query_row(sql, [id], read).unwrap()
    };
    for (id, name) in [(longer, "李明华"), (sister, "李静")] {
        let stands = (name.to_owned(), "13700000001".to_owned(), "李明 13700000001".to_owned());
        assert_eq!(kept(id), stands);
    }
    office.sound();
}

/// Reports of the second unit in which other people's rows speak of the person.
fn met_by_others(office: &mut Office) {
    let mut import = office.report(0, &[(0, 371), (2, 366)], "r0", "");
    import.form.content = crate::domain::form::builtin("staff", 1).unwrap().text;
    import.readings[0].place = Some("单晓家，199 0000 0001".to_owned());
    import.readings[0].rest = ["一", "与20171001同寝", "甲"].map(str::to_owned).to_vec();
    import.readings[1].rest = vec![String::new(), "北区公寓三号楼五一二".to_owned()];
    office.act(&Act::Import(Box::new(import)));
}

#[test]
fn the_rows_of_others_lose_the_words_and_keep_the_rest() {
    let mut office = busy();
    met_by_others(&mut office);
    let path = office.store.path().to_owned();
    let old = office.folder.path().join("old.db");
    backup::backup(&office.reader(), &old).unwrap();
    let preview = query::erase_preview(&office.reader(), office.people[1]).unwrap();
    assert_eq!((preview.row_words, preview.row_words_in.len()), (1, 1), "{preview:?}");
    office.act(&erase(&office, 1));
    office.sound();
    // Where somebody else lives stays theirs, though the person lived there too.
    let but_home = |mut all: Vec<&'static str>| {
        all.retain(|value| *value != "北区公寓三号楼五一二");
        all
    };
    assert_eq!(but_home(found_in(&path)), Vec::<&str>::new());
    let rows = |path: &Path| -> Vec<(String, i64, String)> {
        let conn = Connection::open(path).unwrap();
        let mut query = conn
            .prepare("SELECT place, temp_am, rest FROM log_reading WHERE unit = ?1 ORDER BY row")
            .unwrap();
        let rows = query.query_map([office.units[0]], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    };
    let left = [
        (MARK.to_owned(), 371, format!("一\u{1f}{MARK}\u{1f}甲")),
        ("山东省青岛市".to_owned(), 366, "\u{1f}北区公寓三号楼五一二".to_owned()),
    ];
    assert_eq!(rows(&path), left);
    // A backup comes to the same, and goes on as an office that verifies.
    assert_eq!(rewrite(&office.reader(), &old).unwrap(), Rewritten::Done(1));
    assert_eq!(but_home(found_in(&old)), Vec::<&str>::new());
    assert_eq!(rows(&old), left);
    assert_eq!(check(&super::Reader::open(&old).unwrap(), None).unwrap().faults_total, 0);
    let again = office.folder.path().join("again.db");
    let (_, found) = backup::restore(&old, &again, &mut office.ids, office.now.plus(MINUTE)).unwrap();
    assert!(found.faults_total == 0 && found.differing.is_empty(), "{found:?}");
    // Whose row it is goes as well, later: also of what an erasure left of it.
    office.act(&erase(&office, 0));
    office.store.rebuild().unwrap();
    office.sound();
}

#[test]
fn what_the_rows_of_others_bring_loses_the_words_as_well() {
    let mut office = busy();
    let mut import = office.report(0, &[(0, 366)], "r9", "");
    let form = crate::domain::form::builtin("staff", 1).unwrap();
    import.form.content = form.text;
    let fields = crate::domain::form::Form::parse(&import.form.content).unwrap();
    let symptoms = fields.rest_fields().iter().position(|field| *field == "symptoms").unwrap();
    let mut rest = vec![String::new(); fields.rest_fields().len()];
    rest[symptoms] = "单晓发烧，我没事".to_owned();
    import.readings[0].rest = rest;
    office.act(&Act::Import(Box::new(import)));
    let said = |office: &Office| -> Vec<String> {
        let conn = Connection::open(office.store.path()).unwrap();
        let mut query =
            conn.prepare("SELECT said FROM cur_notable UNION ALL SELECT said FROM cur_finding").unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).filter(|said: &String| said.contains("发烧") || said == MARK).collect()
    };
    assert_eq!(said(&office), ["单晓发烧，我没事"; 2]);
    office.act(&erase(&office, 1));
    // It is still to be acted on; whom else it spoke of is gone.
    assert_eq!(said(&office), [MARK; 2]);
    office.sound();
}

#[test]
fn what_was_once_written_down_of_others_is_told() {
    let mut office = busy();
    let (first, third) = (office.people[0], office.people[2]);
    let facts = |contact: &str, phone: &str| PersonFacts {
        contact: Some(contact.to_owned()),
        family_phone: Some(phone.to_owned()),
        ..PersonFacts::default()
    };
    let mut roster = office.report(0, &[], "d2", "");
    (roster.sheet.what, roster.sheet.day, roster.sheet.round) = ("roster".to_owned(), None, None);
    roster.form = super::tests::adopted("roster");
    roster.reports.clear();
    let written = facts("舍友单晓", "19900000077");
    roster.roster = vec![crate::log::RosterRow { person: third, no: "1002".to_owned(), facts: written }];
    office.act(&Act::Import(Box::new(roster)));
    let edit = |person, contact: &str| Act::EditPerson {
        person,
        no: None,
        facts: facts(contact, "19900000999"),
        told_by: "本人".to_owned(),
    };
    office.act(&edit(first, "单晓"));
    let told = |office: &Office| {
        let preview = query::erase_preview(&office.reader(), office.people[1]).unwrap();
        let kinds: Vec<String> = preview.kept.into_iter().map(|entry| entry.kind).collect();
        (kinds, preview.others)
    };
    assert_eq!(told(&office), (Vec::new(), 2), "what is in force is told as such");
    office.act(&edit(first, "辅导员"));
    office.act(&edit(third, "辅导员"));
    let kinds = ["sheet.imported", "person.changed"].map(str::to_owned).to_vec();
    assert_eq!(told(&office), (kinds, 0));
    office.act(&erase(&office, 1));
    office.sound();
}

#[test]
fn figures_alone_that_may_be_a_day_stay_and_are_told() {
    let mut office = busy();
    let mut import = office.report(0, &[(0, 371), (2, 366)], "r0", "");
    import.form.content = crate::domain::form::builtin("staff", 1).unwrap().text;
    // A telephone, an address, whether they met somebody, symptoms.
    import.readings[0].rest = ["19900000001", "", "1", "20171001"].map(str::to_owned).to_vec();
    import.readings[1].rest = ["", "", "0", "2017-10-01"].map(str::to_owned).to_vec();
    let rows = import.readings.clone();
    office.act(&Act::Import(Box::new(import)));
    let preview = query::erase_preview(&office.reader(), office.people[1]).unwrap();
    assert_eq!((preview.row_words, preview.kept.len()), (0, 1), "{preview:?}");
    office.act(&erase(&office, 1));
    let kept: Vec<String> = office
        .store
        .conn
        .prepare("SELECT rest FROM log_reading WHERE unit = ?1 ORDER BY row")
        .unwrap()
        .query_map([office.units[0]], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(kept, rows.iter().map(|row| row.rest.join("\u{1f}")).collect::<Vec<_>>());
    office.sound();
}

#[test]
fn what_an_erasure_left_of_a_row_is_as_safe_as_the_row_was() {
    for sql in [
        "UPDATE log_reading SET temp_am = 366 WHERE temp_am = 371",
        "UPDATE log_reading SET rest = replace(rest, '甲', '乙') WHERE temp_am = 371",
        "DELETE FROM log_reading WHERE temp_am = 371",
    ] {
        let mut office = busy();
        met_by_others(&mut office);
        office.act(&erase(&office, 1));
        assert!(check(&office.reader(), None).unwrap().is_sound());
        let conn = &office.store.conn;
        for trigger in ["log_reading_no_update", "log_reading_no_delete"] {
            conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
        }
        assert_eq!(conn.execute(sql, []).unwrap(), 1, "{sql}");
        assert!(check(&office.reader(), None).unwrap().faults_total > 0, "{sql}");
    }
}

#[test]
fn what_was_looked_for_beforehand_is_looked_for_again_when_something_came_between() {
    let mut office = busy();
    let gone = erase(&office, 1);
    let author = office.author();
    let proof = office.store.prove(&author, &mut office.ids, &gone).unwrap();
    let (_, plan) = proof.plan.as_ref().unwrap();
    let planned: usize = plan.ops().map(|op| op.words.len()).sum();
    assert_eq!(planned, 4);
    assert!(!proof.is_behind(&office.store.conn).unwrap());
    office.act(&Act::Note { subject: None, text: "20171001 又来了".to_owned() });
    assert!(proof.is_behind(&office.store.conn).unwrap());
    let author = office.author();
    let tx = office.store.hold().unwrap();
    super::append::commit_in(&tx, office.store.desk, &author, &mut office.ids, &gone, &proof).unwrap();
    tx.commit().unwrap();
    office.store.clear();
    let file = found_in(office.store.path());
    assert_eq!(file, Vec::<&str>::new(), "also what came between");
    office.sound();
}

#[test]
fn what_is_refused_anyway_is_refused_before_anything_is_looked_for() {
    let mut office = Office::new();
    let person = office.people[1];
    let because = |person, reason: &str| Act::Erase { person, reason: reason.to_owned() };
    let nobody = PersonId(uuid::Uuid::nil());
    let facts = CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() };
    office.act(&Act::OpenCase { person: office.people[0], facts });
    let open = office.people[0];
    for act in [because(person, " "), because(nobody, "本人申请"), because(open, "本人申请")] {
        let author = office.author();
        assert!(office.store.prove(&author, &mut office.ids, &act).is_err(), "{act:?}");
    }
    let author = office.author();
    let proof = office.store.prove(&author, &mut office.ids, &because(person, "本人申请")).unwrap();
    assert!(proof.plan.is_some());
}

#[test]
fn a_copy_that_a_killed_rewriting_left_is_swept_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let beside = super::whole::temporary_folder(folder.path(), "erasing").unwrap();
    std::fs::write(beside.path().join("work"), "somebody").unwrap();
    let name = beside.keep();
    // As if it was of a process of this machine that is no more.
    let mine = format!("-{}-", std::process::id());
    let gone = folder.path().join(name.file_name().unwrap().to_str().unwrap().replace(&mine, "-2000000000-"));
    std::fs::rename(&name, &gone).unwrap();
    assert_eq!(super::whole::sweep(folder.path(), crate::domain::time::Ts(0)), 1);
    assert!(!gone.exists());
}

#[test]
fn what_could_not_be_cleared_is_told_and_cleared_later() {
    let mut office = busy();
    office.store.conn.busy_timeout(std::time::Duration::ZERO).unwrap();
    let reader = office.reader();
    let reads = reader.snapshot().unwrap();
    reads.query_row("SELECT count(*) FROM log_op", [], |row| row.get::<_, i64>(0)).unwrap();
    let gone = erase(&office, 1);
    office.try_act(&gone).unwrap();
    assert_eq!((office.store.left(), office.store.left()), (Some(super::Left::Wal), None), "told once");
    drop(reads);
    office.store.clear();
    assert_eq!(office.store.left(), None);
    assert!(found_in(&wal(office.store.path())).is_empty());
}

#[test]
fn an_erasure_that_the_log_does_not_know_of_excuses_nothing() {
    let office = busy();
    let attack = |sql: &str| office.store.conn.execute(sql, []).unwrap();
    assert!(check(&office.reader(), None).unwrap().is_sound());
    attack("INSERT INTO log_erased (desk, seq, idx, by_desk, by_seq) SELECT 1, 4, 0, id, 999 FROM log_desk");
    attack("DELETE FROM log_body WHERE desk = 1 AND seq = 4 AND idx = 0");
    assert!(check(&office.reader(), None).unwrap().faults_total > 0);
    // Neither a backup of it, nor one that is written anew, makes it right.
    let copy = office.folder.path().join("copy.db");
    assert!(backup::take(&office.reader(), &copy).unwrap().faults > 0);
    let mut office = office;
    let gone = erase(&office, 2);
    office.try_act(&gone).unwrap();
    assert_eq!(rewrite(&office.reader(), &copy).unwrap(), Rewritten::Damaged);
}

#[test]
fn a_backup_is_brought_to_the_same_state() {
    let mut office = busy();
    let old = office.folder.path().join("old.db");
    backup::backup(&office.reader(), &old).unwrap();
    assert!(found_in(&old).contains(&"单晓"));
    // Former backups knew of no mark, and may hold what is this machine's own.
    let former = Connection::open(&old).unwrap();
    former
        .execute_batch(
            "DELETE FROM local_value WHERE key = 'copy'; \
             INSERT INTO local_draft (key, body, saved_at) VALUES ('note', '{}', 1); \
             INSERT INTO local_value (key, value) VALUES ('place', 'here');",
        )
        .unwrap();
    drop(former);
    let with_wal = office.folder.path().join("with-wal.db");
    std::fs::copy(&old, &with_wal).unwrap();
    let former = Connection::open(&with_wal).unwrap();
    former.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    drop(former);
    assert_eq!(rewrite(&office.reader(), &with_wal).unwrap(), Rewritten::NoBackup);
    let new = super::NewOffice {
        settings: crate::domain::office::Settings::new("另一所学校"),
        officer: "甲".to_owned(),
        others: Vec::new(),
        rules: super::tests::adopted("rules"),
    };
    let foreign = office.folder.path().join("foreign.db");
    let other = office.folder.path().join("other.db");
    let other = super::Store::create(&other, &new, &mut office.ids, office.now).unwrap();
    backup::backup(&other.reader().unwrap(), &foreign).unwrap();
    assert_eq!(rewrite(&office.reader(), &old).unwrap(), Rewritten::Clean);
    office.act(&erase(&office, 1));
    let new = office.folder.path().join("new.db");
    backup::backup(&office.reader(), &new).unwrap();
    assert_eq!(found_in(&new), Vec::<&str>::new());
    assert_eq!(rewrite(&office.reader(), &new).unwrap(), Rewritten::Clean);
    assert_eq!(rewrite(&office.reader(), &foreign).unwrap(), Rewritten::OtherOffice);
    let live = office.store.path().to_owned();
    assert_eq!(rewrite(&office.reader(), &live).unwrap(), Rewritten::NoBackup);
    let sealed = office.folder.path().join("sealed.age");
    std::fs::write(&sealed, b"age-encryption.org/v1\n").unwrap();
    assert_eq!(rewrite(&office.reader(), &sealed).unwrap(), Rewritten::Sealed);

    let bytes = std::fs::read(&with_wal).unwrap();
    assert_eq!(rewrite(&office.reader(), &with_wal).unwrap(), Rewritten::InUse, "named, and left as it is");
    assert!(std::fs::read(&with_wal).unwrap() == bytes && !wal(&with_wal).exists());
    std::fs::remove_file(&with_wal).unwrap();
    assert_eq!(rewrite(&office.reader(), &old).unwrap(), Rewritten::Done(1));
    assert!(super::Store::open(&old).is_err(), "it is a backup, and no desk");
    let own: i64 = Connection::open(&old)
        .unwrap()
        .query_row(
            "SELECT (SELECT count(*) FROM local_pin) + (SELECT count(*) FROM local_draft) \
             + (SELECT count(*) FROM local_value WHERE key = 'place')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(own, 0);
    assert_eq!(check(&super::Reader::open(&old).unwrap(), None).unwrap().faults_total, 0);
    assert_eq!(found_in(&old), Vec::<&str>::new());
    assert_eq!(rewrite(&office.reader(), &old).unwrap(), Rewritten::Clean, "once is enough");
    let left: Vec<_> = std::fs::read_dir(office.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert_eq!(left, Vec::<String>::new());
    // It verifies, goes on as a desk, and a copy of before the erasure is none: the head still fits.
    let path = office.folder.path().join("restored.db");
    let (store, found) = backup::restore(&old, &path, &mut office.ids, office.now.plus(MINUTE)).unwrap();
    assert!(found.faults_total == 0 && found.differing.is_empty(), "{found:?}");
    assert_eq!(query::person_by_no(&store.reader().unwrap(), "20171001").unwrap(), None);
    assert!(query::person_by_no(&store.reader().unwrap(), "1000").unwrap().is_some());
    // The desk that goes on says what is missing; anything else that goes is a fault.
    assert!(check(&store.reader().unwrap(), None).unwrap().is_sound());
    let again = office.folder.path().join("again.db");
    assert_eq!(backup::take(&store.reader().unwrap(), &again).unwrap().faults, 0);
    drop(store);
    assert_eq!(found_in(&path), Vec::<&str>::new());
    // One of another kind is left as it is.
    let broken = office.folder.path().join("broken.db");
    std::fs::write(&broken, b"SQLite format 3\0").unwrap();
    assert!(rewrite(&office.reader(), &broken).is_ok_and(|found| found == Rewritten::NoBackup));
    let conn = Connection::open(&old).unwrap();
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
}

/// How many faults are found in a copy of a file to which this was done by hand.
fn attacked(file: &Path, attack: &str) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    std::fs::copy(file, &copy).unwrap();
    let conn = Connection::open(&copy).unwrap();
    let triggers: Vec<String> = {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'log_reading'";
        let mut query = conn.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    if !attack.is_empty() {
        assert_eq!(conn.execute(attack, []).unwrap(), 1, "{attack}");
    }
    drop(conn);
    check(&super::Reader::open(&copy).unwrap(), None).unwrap().faults_total
}

#[test]
fn where_an_erasure_beyond_the_end_took_a_row_nothing_else_may_stand() {
    let mut office = busy();
    let mut import = office.report(0, &[(0, 371)], "r0", "");
    import.readings[0].rest = ["与20171001同寝", "与欧阳娜同寝"].map(str::to_owned).to_vec();
    office.act(&Act::Import(Box::new(import)));
    let old = office.folder.path().join("old.db");
    backup::backup(&office.reader(), &old).unwrap();
    office.act(&erase(&office, 1));
    assert_eq!(rewrite(&office.reader(), &old).unwrap(), Rewritten::Done(1));
    let path = office.folder.path().join("restored.db");
    let later = office.now.plus(MINUTE);
    let (store, _) = backup::restore(&old, &path, &mut office.ids, later).unwrap();
    drop(store);
    let put = "INSERT INTO log_reading (desk, seq, row, person, unit, day, round, form, form_version, temp_am, temp_pm, \
               site, place, in_hubei, left_city, status, rest) \
               SELECT x.desk, x.seq, x.row, r.person, r.unit, r.day, r.round, r.form, r.form_version, 361, r.temp_pm, \
               r.site, r.place, r.in_hubei, r.left_city, r.status, r.rest FROM log_erased_row x, \
               (SELECT * FROM log_reading LIMIT 1) r WHERE x.sheet = 'reading' AND NOT EXISTS \
               (SELECT 1 FROM log_reading n WHERE n.desk = x.desk AND n.seq = x.seq AND n.row = x.row) LIMIT 1";
    for file in [&old, &path] {
        assert_eq!(attacked(file, ""), 0);
        for attack in [
            put,
            "UPDATE log_reading SET temp_am = 361 WHERE temp_am = 371",
            "DELETE FROM log_reading WHERE temp_am = 371",
        ] {
            assert!(attacked(file, attack) > 0, "{} {attack}", file.display());
        }
    }
    // What the office that goes on erases of such a row itself is right, and so is a backup of that.
    let mut store = super::Store::open(&path).unwrap();
    for (person, minute) in [(2, 2), (0, 3)] {
        let gone = erase(&office, person);
        let author = super::act::Author { now: office.now.plus(minute * MINUTE), ..office.author() };
        store.commit(&author, &mut office.ids, &gone).unwrap();
        let found = check(&store.reader().unwrap(), None).unwrap();
        assert!(found.is_sound(), "{found:?}");
    }
    let again = office.folder.path().join("again.db");
    assert_eq!(backup::take(&store.reader().unwrap(), &again).unwrap().faults, 0);
}

#[test]
fn whose_case_was_released_long_ago_is_proposed_and_nobody_else() {
    let mut office = busy();
    let days = |n: i64| n * 24 * HOUR;
    assert!(query::erase_due(&office.reader(), office.now.plus(days(500))).unwrap().is_empty());
    let mut settings = query::settings(&office.reader()).unwrap();
    settings.retention_days = 90;
    office.act(&Act::ChangeSettings(Box::new(settings)));
    assert!(query::erase_due(&office.reader(), office.now.plus(days(89))).unwrap().is_empty());
    let due = query::erase_due(&office.reader(), office.now.plus(days(90))).unwrap();
    let due: Vec<(&str, i64)> = due.iter().map(|row| (row.no.as_str(), row.days)).collect();
    assert_eq!(due, [("20171001", 90)]);
    let facts = CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() };
    office.act(&Act::OpenCase { person: office.people[1], facts });
    assert!(query::erase_due(&office.reader(), office.now.plus(days(90))).unwrap().is_empty());
}
