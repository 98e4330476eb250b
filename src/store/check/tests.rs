//! What a check finds that stands beside the chain: the schema, indexes, the order of desks.

use super::{Differs, FaultKind, HeadFound, Report, check};
use crate::error::Kind;
use crate::log::chain;
use crate::say::Lang;
use crate::store::act::Act;
use crate::store::tests::Office;
use crate::store::{Reader, Store, backup, query};
use rusqlite::Connection;

/// Changes the file behind the program's back.
fn tamper(office: &Office, sql: &str) {
    let conn = Connection::open(office.store.path()).unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn.execute_batch(sql).unwrap();
}

fn note(text: &str) -> Act {
    Act::Note { subject: None, text: text.to_owned() }
}

fn differs(report: &Report, name: &str) -> Option<Differs> {
    report.layout.iter().find(|part| part.name == name).map(|part| part.differs)
}

#[test]
fn a_schema_in_other_words_is_found_and_nothing_is_written_under_it() {
    let changes = [
        ("DROP TRIGGER log_body_no_update", "log_body_no_update", Differs::Missing),
        (
            "DROP INDEX cur_case_open; CREATE INDEX cur_case_open ON cur_case (opened_at) WHERE released_at IS NULL AND opened_at > 9",
            "cur_case_open",
            Differs::Changed,
        ),
        (
            "CREATE TRIGGER quiet BEFORE INSERT ON log_body BEGIN SELECT RAISE(IGNORE); END",
            "quiet",
            Differs::Added,
        ),
        ("CREATE VIEW other AS SELECT 1", "other", Differs::Added),
        (
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'local_find'; \
             PRAGMA writable_schema = RESET",
            "local_find",
            Differs::Changed,
        ),
    ];
    for (sql, name, expected) in changes {
        let mut office = Office::new();
        tamper(&office, sql);
        let report = check(&office.reader(), None).unwrap();
        assert_eq!(differs(&report, name), Some(expected), "{sql}: {report:?}");
        assert!(!report.is_sound());
        if sql.contains("writable_schema") {
            // Nobody who had it open sees that: it works by the words it read.
            office.store = Store::open(office.store.path()).unwrap();
        }
        // A desk that had it open refuses as one that opens it now.
        let refused = office.try_act(&note("停电")).unwrap_err();
        assert_eq!(refused.kind(), Some(Kind::Database), "{sql}");
        assert!(refused.text(Lang::En).contains("zhiban check"), "{refused:?}");
        let opened = Store::open(office.store.path()).unwrap();
        assert!(!opened.is_laid_out().unwrap());
        assert!(query::settings(&office.reader()).is_ok(), "reading goes on");
    }
}

/// One bit of a row's head makes bytes of letters: SQLite reads the schema all the same.
#[test]
fn a_schema_whose_letters_are_kept_as_bytes_is_found_refused_and_mended() {
    let changes = [
        ("type = CAST(type AS BLOB) WHERE name = 'log_body_no_update'", "log_body_no_update"),
        ("name = CAST(name AS BLOB) WHERE name = 'cur_case_open'", "cur_case_open"),
        ("tbl_name = CAST(tbl_name AS BLOB) WHERE name = 'log_body'", "log_body"),
        ("sql = CAST(sql AS BLOB) WHERE name = 'log_reading_person'", "log_reading_person"),
        ("rootpage = 1 WHERE name = 'log_op_no_update'", "log_op_no_update"),
    ];
    for (change, name) in changes {
        let mut office = Office::new();
        tamper(
            &office,
            &format!(
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET {change}; PRAGMA writable_schema = RESET"
            ),
        );
        assert_eq!(
            differs(&check(&office.reader(), None).unwrap(), name),
            Some(Differs::Changed),
            "{change}"
        );
        let mut opened = Store::open(office.store.path()).unwrap();
        assert!(!opened.is_laid_out().unwrap(), "{change}");
        opened.mend().unwrap();
        assert!(opened.is_laid_out().unwrap(), "{change}");
        office.store = opened;
        office.act(&note("停电"));
        office.sound();
    }
}

#[test]
fn what_the_file_knows_of_itself_under_a_damaged_name_is_found() {
    let office = Office::new();
    office.store.moved().unwrap();
    office.sound();
    tamper(&office, "UPDATE local_value SET key = 'copx' WHERE key = 'place'");
    let report = check(&office.reader(), None).unwrap();
    assert!(report.faults.iter().any(|fault| fault.what == FaultKind::File), "{report:?}");
}

#[test]
fn a_schema_is_mended_where_nothing_of_the_log_is_lost() {
    let mut office = Office::new();
    tamper(
        &office,
        "DROP TRIGGER log_body_no_update; DROP INDEX cur_case_open; DROP INDEX log_reading_person; \
         CREATE INDEX log_reading_person ON log_reading (person, day) WHERE day > 9; \
         CREATE VIEW other AS SELECT 1; CREATE TRIGGER quiet BEFORE INSERT ON log_op BEGIN SELECT RAISE(IGNORE); END",
    );
    office.store.mend().unwrap();
    office.sound();
    office.act(&note("停电"));
    office.sound();
}

#[test]
fn an_index_that_lost_somebody_is_found() {
    let office = Office::new();
    // The index is filled while its words are narrower, then these are put back.
    tamper(
        &office,
        "DROP INDEX log_roster_row_person; CREATE INDEX log_roster_row_person ON log_roster_row (person) WHERE no <> '1001'; \
         PRAGMA writable_schema = ON; \
         UPDATE sqlite_schema SET sql = 'CREATE INDEX log_roster_row_person ON log_roster_row (person)' \
         WHERE name = 'log_roster_row_person'; PRAGMA writable_schema = RESET",
    );
    let report = check(&office.reader(), None).unwrap();
    assert_eq!(differs(&report, "log_roster_row_person"), Some(Differs::Content), "{report:?}");
    let mut store = Store::open(office.store.path()).unwrap();
    store.mend().unwrap();
    office.sound();
}

#[test]
fn what_a_trigger_swallows_is_never_called_logged() {
    for table in ["log_op", "log_event", "log_body", "log_roster_row", "local_secret", "cur_person"] {
        let mut office = Office::new();
        // As if the schema had been compared before the trigger came.
        let conn = &office.store.conn;
        conn.execute_batch(&format!(
            "CREATE TEMP TRIGGER quiet BEFORE INSERT ON main.{table} BEGIN SELECT RAISE(IGNORE); END"
        ))
        .unwrap();
        let before = query::last_op(&office.reader()).unwrap();
        let act = office.newcomer();
        let refused = office.try_act(&act).unwrap_err();
        assert!(refused.text(Lang::Zh).contains("写入没有落到库里"), "{table}: {refused:?}");
        assert_eq!(query::last_op(&office.reader()).unwrap(), before, "{table}");
        office.store.conn.execute_batch("DROP TRIGGER quiet").unwrap();
        office.act(&act);
        office.sound();
    }
}

#[test]
fn half_of_what_is_taken_back_is_found() {
    for column in ["undoes_desk = NULL", "undoes_seq = NULL"] {
        let mut office = Office::new();
        office.act(&note("停电"));
        office.act(&Act::Undo { op: None });
        tamper(
            &office,
            &format!(
                "DROP TRIGGER log_op_no_update; UPDATE log_op SET {column} WHERE undoes_seq IS NOT NULL"
            ),
        );
        let report = check(&office.reader(), None).unwrap();
        assert!(report.faults.iter().any(|fault| fault.what == FaultKind::Undo), "{column}: {report:?}");
    }
}

/// A restored office, which goes on as a new desk.
fn restored(office: &mut Office) -> (Store, String) {
    office.act(&note("停电"));
    let copy = office.folder.path().join("copy.db");
    let head = backup::backup(&office.reader(), &copy).unwrap();
    let path = office.folder.path().join("restored.db");
    let (store, _) = backup::restore(&copy, &path, &mut office.ids, office.now).unwrap();
    (store, head)
}

#[test]
fn a_restored_desk_holds_to_the_end_of_the_one_before() {
    let mut office = Office::new();
    let (store, head) = restored(&mut office);
    let reader = store.reader().unwrap();
    assert!(check(&reader, Some(&head)).unwrap().is_sound());
    let whole = query::head(&reader).unwrap();
    assert!(check(&reader, Some(&whole)).unwrap().is_sound());
    // The old desk's last op is taken out: its own chain still holds to the end that is left.
    let conn = Connection::open(store.path()).unwrap();
    let old = "desk = 1 AND seq = (SELECT max(seq) FROM log_op WHERE desk = 1)";
    conn.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF; DROP TRIGGER log_op_no_delete; DROP TRIGGER log_event_no_delete; DROP TRIGGER log_body_no_delete; \
         DELETE FROM log_body WHERE {old}; DELETE FROM log_event WHERE {old}; DELETE FROM log_op WHERE {old};"
    ))
    .unwrap();
    let report = check(&reader, None).unwrap();
    assert!(report.faults.iter().any(|fault| fault.what == FaultKind::Desk), "{report:?}");
}

#[test]
fn a_code_over_several_desks_covers_the_end_of_each() {
    let mut office = Office::new();
    let (mut store, old) = restored(&mut office);
    let reader = store.reader().unwrap();
    let code = query::head(&reader).unwrap();
    // With one desk a code is that of its last op, as papers of earlier programs hold it.
    let one = query::head_in(&office.store.conn, 1).unwrap();
    assert_eq!(old, chain::head_code(one.0, &one.1));
    let author = office.author();
    store.commit(&author, &mut office.ids, &note("恢复")).unwrap();
    for known in [&code, &old, &query::head(&reader).unwrap()] {
        assert!(check(&reader, Some(known)).unwrap().is_sound(), "{known}");
    }
}

#[test]
fn a_code_from_after_the_backup_is_missing_in_what_was_restored_and_not_called_changed() {
    let mut office = Office::new();
    let (mut store, _) = restored(&mut office);
    for text in ["一", "二", "三"] {
        office.act(&note(text));
    }
    let later = query::head(&office.reader()).unwrap();
    let most = chain::parse_head_code(&later).unwrap().0;
    // The new desk comes to have an entry of that number, too.
    for _ in 0..most {
        let author = office.author();
        store.commit(&author, &mut office.ids, &note("恢复后")).unwrap();
    }
    let found = |code: &str| check(&store.reader().unwrap(), Some(code)).unwrap().head;
    assert_eq!(found(&later), Some(HeadFound::Missing));
    // A number that every desk has is another matter.
    let forged = format!("1{}", &later[later.find('-').unwrap()..]);
    assert_eq!(found(&forged), Some(HeadFound::Differs));
}

#[test]
fn a_check_that_is_stopped_has_no_answer() {
    let office = Office::new();
    let stop = super::Stop::gently();
    stop.stop();
    assert!(super::check_until(&office.reader(), &stop).unwrap().is_none());
    assert!(super::check_until(&office.reader(), &super::Stop::gently()).unwrap().unwrap().is_sound());
}

#[test]
fn a_check_leaves_no_file_behind() {
    let office = Office::new();
    let copy = office.folder.path().join("copy.db");
    backup::backup(&office.reader(), &copy).unwrap();
    let before = std::fs::read(&copy).unwrap();
    assert!(check(&Reader::open(&copy).unwrap(), None).unwrap().is_sound());
    assert_eq!(std::fs::read(&copy).unwrap(), before);
    drop(Reader::open(&copy).unwrap());
}
