//! A file that somebody changed: every doctored table, index and trigger is found, at open or by the check.
//!
//! What only this machine keeps and nobody's word rests on, drafts and the history of searches, is not in the office
//! that is tampered with: it is bound to nothing.

use super::ground::Ground;
use rusqlite::{Connection, params};
use std::fs;
use zhiban::store::{Store, check};

/// Changes the office's file behind the program's back. What stands in `sqlite_schema` can be changed too.
fn doctored(change: impl FnOnce(&Connection)) -> Ground {
    let ground = Ground::office();
    doctor(&ground, change);
    ground
}

fn doctor(ground: &Ground, change: impl FnOnce(&Connection)) {
    let conn = Connection::open(ground.db()).unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn.pragma_update(None, "writable_schema", true).unwrap();
    change(&conn);
}

/// Takes the triggers away, does something, and puts them back as they were: nothing shows in the schema.
fn unguarded(conn: &Connection, change: &str) {
    let mut query = conn.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers: Vec<(String, String)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert!(!triggers.is_empty());
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    conn.execute_batch(change).unwrap();
    for (_, sql) in &triggers {
        conn.execute_batch(sql).unwrap();
    }
}

/// The program finds it: the command line's own check says so and ends with 1.
fn found(ground: &Ground) {
    let output = ground.run(&["check"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{}{said}", String::from_utf8_lossy(&output.stdout));
    assert!(!said.contains("internal"), "{said}");
}

#[test]
fn an_office_nobody_touched_is_sound() {
    // Triggers taken away and put back leave no trace: what is found below is the change.
    let ground = doctored(|conn| unguarded(conn, "SELECT 1"));
    assert_eq!(ground.run(&["check"]).status.code(), Some(0));
}

#[test]
fn an_index_that_leaves_a_person_out_is_found() {
    let ground = doctored(|conn| {
        let sql: String = conn
            .query_row("SELECT sql FROM sqlite_schema WHERE name = 'cur_person_no'", [], |row| row.get(0))
            .unwrap();
        conn.execute_batch(&format!("DROP INDEX cur_person_no; {sql} WHERE no <> '10002'")).unwrap();
        // The definition says nothing of it.
        conn.execute("UPDATE sqlite_schema SET sql = ?1 WHERE name = 'cur_person_no'", [sql]).unwrap();
    });
    found(&ground);
}

#[test]
fn an_index_that_says_something_else_is_found() {
    let ground = doctored(|conn| {
        let sql: String = conn
            .query_row("SELECT sql FROM sqlite_schema WHERE name = 'cur_person_no'", [], |row| row.get(0))
            .unwrap();
        // As many entries as there are people, and one of them under another number.
        let other = sql.replace("(no)", "(CASE no WHEN '10002' THEN '9' ELSE no END)");
        assert_ne!(sql, other);
        conn.execute_batch(&format!("DROP INDEX cur_person_no; {other}")).unwrap();
        conn.execute("UPDATE sqlite_schema SET sql = ?1 WHERE name = 'cur_person_no'", [sql]).unwrap();
    });
    found(&ground);
}

#[test]
fn an_index_with_a_condition_of_its_own_is_found() {
    let ground = doctored(|conn| {
        conn.execute_batch(
            "DROP INDEX cur_case_open;
             CREATE INDEX cur_case_open ON cur_case (opened_at) WHERE released_at IS NULL AND opened_at < 0",
        )
        .unwrap();
    });
    found(&ground);
}

#[test]
fn a_missing_index_is_found() {
    found(&doctored(|conn| conn.execute_batch("DROP INDEX cur_followup_person").unwrap()));
}

#[test]
fn a_removed_trigger_is_found() {
    found(&doctored(|conn| conn.execute_batch("DROP TRIGGER log_body_no_update").unwrap()));
}

#[test]
fn a_trigger_that_swallows_is_found_and_nothing_is_called_logged() {
    for on in ["log_op", "log_event", "log_body", "cur_note"] {
        let ground = doctored(|conn| {
            let sql = format!("CREATE TRIGGER quiet BEFORE INSERT ON {on} BEGIN SELECT RAISE(IGNORE); END");
            conn.execute_batch(&sql).unwrap();
        });
        let note = ground.run(&["log", "note", "swallowed"]);
        assert_ne!(note.status.code(), Some(0), "{on}: {}", String::from_utf8_lossy(&note.stdout));
        found(&ground);
    }
}

#[test]
fn a_view_in_the_place_of_a_table_is_found() {
    let ground = doctored(|conn| {
        conn.execute_batch(
            "ALTER TABLE cur_told RENAME TO other; CREATE VIEW cur_told AS SELECT * FROM other WHERE id IS NULL",
        )
        .unwrap();
    });
    found(&ground);
}

#[test]
fn a_half_filled_undoing_is_found() {
    for set in ["undoes_seq = 2", "undoes_desk = (SELECT id FROM log_desk)"] {
        let change = format!("UPDATE log_op SET {set} WHERE seq = 4");
        found(&doctored(|conn| unguarded(conn, &change)));
    }
}

#[test]
fn swapped_times_of_the_log_are_found() {
    let change = "UPDATE log_op SET lamport = -1 WHERE seq = 4; UPDATE log_op SET lamport = 4 WHERE seq = 5;
                  UPDATE log_op SET lamport = 5 WHERE seq = 4";
    found(&doctored(|conn| unguarded(conn, change)));
}

#[test]
fn a_doctored_table_is_found() {
    for change in [
        "UPDATE cur_person SET name = '张玮' WHERE no = '10001'",
        "DELETE FROM cur_case",
        "UPDATE cur_setting SET body = replace(body, '海岬', '海角')",
        "UPDATE cur_officer SET name = '周行' WHERE name = '周航'",
        "UPDATE cur_promise SET due = due + 3600000",
    ] {
        found(&doctored(|conn| assert!(conn.execute(change, []).unwrap() > 0, "{change}")));
    }
}

#[test]
fn a_table_that_is_strict_no_more_is_found() {
    let ground = doctored(|conn| {
        let changed = conn.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'cur_sitrep'",
            [],
        );
        assert_eq!(changed.unwrap(), 1);
    });
    found(&ground);
}

#[test]
fn a_cut_tail_is_found_by_the_head_code() {
    let ground = Ground::office();
    let sound = ground.done(&["check", "--json"]);
    let code = sound.split("\"head_now\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    doctor(&ground, |conn| unguarded(conn, &without_op("(SELECT no FROM log_desk)", "first note")));
    Store::open(&ground.db()).unwrap().rebuild().unwrap();
    let output = ground.run(&["check", "--head", &code]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Statements that take a desk's last op away, whole; its event tells this text.
fn without_op(desk: &str, text: &str) -> String {
    let seq = format!(
        "(SELECT seq FROM log_body WHERE body LIKE '%{text}%' AND desk = {desk} ORDER BY seq DESC LIMIT 1)"
    );
    format!(
        "CREATE TEMP TABLE gone AS SELECT {desk} AS desk, {seq} AS seq;
         DELETE FROM log_body WHERE (desk, seq) IN (SELECT desk, seq FROM gone);
         DELETE FROM log_event WHERE (desk, seq) IN (SELECT desk, seq FROM gone);
         DELETE FROM log_op WHERE (desk, seq) IN (SELECT desk, seq FROM gone);"
    )
}

/// An office put back from a backup goes on as a second desk.
fn restored() -> Ground {
    let ground = Ground::office();
    ground.done(&["backup", "kept.db"]);
    fs::remove_file(ground.db()).unwrap();
    ground.done(&["restore", "kept.db"]);
    ground.done(&["log", "note", "on the new desk"]);
    assert_eq!(ground.run(&["check"]).status.code(), Some(0));
    ground
}

#[test]
fn the_end_of_an_old_desk_cannot_be_cut_off() {
    let ground = restored();
    doctor(&ground, |conn| unguarded(conn, &without_op("1", "first note")));
    Store::open(&ground.db()).unwrap().rebuild().unwrap();
    found(&ground);
}

#[test]
fn an_edited_beginning_of_a_desk_is_found() {
    let ground = restored();
    let change = "UPDATE log_body SET body = replace(body, '\"from_seq\":', '\"from_seq\":1') \
                  WHERE body LIKE '%from_seq%'";
    doctor(&ground, |conn| unguarded(conn, change));
    found(&ground);
}

#[test]
fn a_swapped_pin_is_found() {
    let ground = Ground::office();
    for (name, pin) in [("林岚", "483926\n483926\n"), ("周航", "590317\n590317\n")] {
        let mut command = assert_cmd::Command::from_std(ground.zhiban(&["officer", "pin", name, "--stdin"]));
        command.env("ZHIBAN_OFFICER", name).write_stdin(pin).assert().success();
    }
    assert_eq!(ground.run(&["check"]).status.code(), Some(0));
    doctor(&ground, |conn| {
        let mut query = conn.prepare("SELECT officer, salt, hash FROM local_pin").unwrap();
        let pins: Vec<[Vec<u8>; 3]> = query
            .query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let [one, other] = pins.as_slice() else { panic!("two officers with a PIN") };
        conn.execute(
            "UPDATE local_pin SET salt = ?1, hash = ?2 WHERE officer = ?3",
            params![one[1], one[2], other[0]],
        )
        .unwrap();
    });
    found(&ground);
}

/// The check of the store and that of the command line are one.
#[test]
fn the_store_finds_what_the_command_line_finds() {
    let ground = doctored(|conn| conn.execute_batch("DROP TRIGGER log_op_no_delete").unwrap());
    let report = Store::open(&ground.db())
        .and_then(|store| store.reader())
        .and_then(|reader| check::check(&reader, None));
    assert!(report.is_err() || !report.unwrap().is_sound());
}
