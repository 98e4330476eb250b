//! What is wrong with the file is said where somebody signs for it, or relies on it.

use super::*;

#[test]
fn a_table_that_lost_somebody_stands_in_the_first_sentence_of_the_handover_and_is_told_by_a_backup() {
    let office = Office::new();
    office.at("10:00", &["case", "open", "10001", "--category", "suspected"]).done();
    let sound = office.at("10:01", &["handover", "--format", "text"]).done();
    assert!(!sound.contains("自检发现"), "{sound}");
    let conn = rusqlite::Connection::open(office.path("office.db")).unwrap();
    conn.execute("DELETE FROM cur_case", []).unwrap();
    drop(conn);
    let backup = office.at("10:02", &["backup", "copy.db"]);
    assert!(backup.err.contains("备份已存，但自检发现 1 处不符"), "{}{}", backup.out, backup.err);
    let closed = office.at("10:05", &["handover", "--close", "--to", "周航", "--tick", "all"]);
    assert!(closed.err.contains("自检发现 1 处问题"), "{}", closed.err);
    for (lang, said) in
        [("zh", "自检发现数据库有1处问题（zhibancheck）"), ("en", "1problemfoundinthedatabase(zhibancheck)")]
    {
        let paper =
            office.at("10:06", &["--lang", lang, "handover", "--shift", "1", "--format", "text"]).done();
        assert!(joined(&paper).contains(said), "{paper}");
    }
}

#[test]
fn a_desk_that_goes_on_as_a_new_one_is_logged_as_what_it_is_with_who_said_so() {
    let office = Office::new();
    office.at("10:00", &["--officer", "周航", "desk", "new"]).done();
    let log = office.at("10:01", &["list", "log", "--json"]).json();
    let first = &log[0];
    assert_eq!(first["officer"], "周航");
    let said = first["text"].as_str().unwrap();
    assert!(said.contains("新的值班台") && !said.contains("备份"), "{said}");
    office.at("10:02", &["check"]).done();
}

/// Whoever holds the file for a moment is waited for: afterwards everything is written as ever.
#[test]
fn a_file_that_another_program_holds_is_waited_for_and_that_is_told() {
    let office = Office::new();
    let path = office.path("office.db");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_zhiban"))
        .args(["--now", "2020-02-17T10:00:00+08:00", "--lang", "en", "--db"])
        .arg(&path)
        .args(["log", "note", "停电"])
        .env("XDG_STATE_HOME", office.path("state"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut told, &mut line).unwrap();
    assert_eq!(line.trim_end(), "Another program is saving: waiting for it…");
    drop(other);
    assert!(child.wait().unwrap().success());
    let log = office.at("10:01", &["list", "log"]).done();
    assert!(log.contains("停电"), "{log}");
}
