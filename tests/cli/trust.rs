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
