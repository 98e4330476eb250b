//! What is this machine's: searches, the kept index; and a file of the first format, brought up to date.

use super::act::Act;
use super::tests::Office;
use super::*;
use crate::domain::time::MINUTE;
use local::{part, parts_stamp, searches};

fn parts(all: &[(&str, Vec<u8>)]) -> std::vec::IntoIter<Result<(String, Vec<u8>)>> {
    let all: Vec<_> = all.iter().map(|(name, bytes)| Ok(((*name).to_owned(), bytes.clone()))).collect();
    all.into_iter()
}

/// Bytes that tell where they stood.
fn pattern(len: usize, seed: u8) -> Vec<u8> {
    (0..len).map(|at| (at / 1000) as u8 ^ seed).collect()
}

#[test]
fn the_last_searches_come_back_newest_first_each_once() {
    let office = Office::new();
    let kept = |limit| searches(&office.reader(), limit).unwrap();
    for text in ["zhangw", "5678", " zhangw ", "  "] {
        office.store.keep_search(text, office.now).unwrap();
    }
    assert_eq!(kept(10), ["zhangw", "5678"]);
    // A clock that was set back loses no order.
    office.store.keep_search("土木", office.now.plus(-MINUTE)).unwrap();
    assert_eq!(kept(2), ["土木", "zhangw"]);
    for n in 0..60 {
        office.store.keep_search(&format!("n{n}"), office.now).unwrap();
    }
    assert_eq!((kept(100).len(), kept(1)), (50, vec!["n59".to_owned()]));
}

#[test]
fn an_index_is_kept_whole_and_replaced_whole() {
    let mut office = Office::new();
    let reader = office.reader();
    assert_eq!((parts_stamp(&reader).unwrap(), part(&reader, "people").unwrap()), (None, None));
    let people = pattern((5 << 20) / 2, 1);
    assert!(
        office.store.keep_parts("a", &mut parts(&[("people", people.clone()), ("units", vec![])])).unwrap()
    );
    assert_eq!(parts_stamp(&reader).unwrap().as_deref(), Some("a"));
    assert!(part(&reader, "people").unwrap() == Some(people));
    assert_eq!(part(&reader, "units").unwrap(), Some(vec![]));
    assert_eq!(part(&reader, "peop").unwrap(), None);
    let fewer = pattern(10, 2);
    assert!(office.store.keep_parts("b", &mut parts(&[("people", fewer.clone())])).unwrap());
    assert_eq!(part(&reader, "people").unwrap(), Some(fewer));
    assert_eq!(
        (part(&reader, "units").unwrap(), parts_stamp(&reader).unwrap().as_deref()),
        (None, Some("b"))
    );
}

#[test]
fn a_torn_index_is_not_read_and_two_writers_do_not_mix() {
    let mut office = Office::new();
    let mut other = Store::open(office.store.path()).unwrap();
    let reader = office.reader();
    office.store.keep_parts("old", &mut parts(&[("people", pattern(10, 1))])).unwrap();
    // While the parts are made, nothing can be read; another process writes its own in between.
    let mut made = 0;
    let mut source = std::iter::from_fn(|| {
        made += 1;
        if made > 2 {
            return None;
        }
        assert_eq!((parts_stamp(&reader).unwrap(), part(&reader, "people").unwrap()), (None, None));
        if made == 2 {
            assert!(other.keep_parts("other", &mut parts(&[("people", pattern(20, 3))])).unwrap());
            assert_eq!(parts_stamp(&reader).unwrap().as_deref(), Some("other"));
        }
        (made <= 2).then(|| Ok((format!("p{made}"), pattern(10, 2))))
    });
    // The closure asserts that nothing is read on its second call too, before the other one has written.
    assert!(!office.store.keep_parts("new", &mut source).unwrap(), "the other one took over");
    assert_eq!(parts_stamp(&reader).unwrap().as_deref(), Some("other"));
    assert_eq!(part(&reader, "people").unwrap(), Some(pattern(20, 3)));
    assert_eq!(part(&reader, "p1").unwrap(), None);
}

#[test]
fn an_act_is_not_kept_waiting_while_an_index_is_written() {
    let mut office = Office::new();
    let path = office.store.path().to_owned();
    let mut writer = Store::open(&path).unwrap();
    let mut acts = 0;
    let mut source = std::iter::from_fn(|| {
        // Between two parts the lock is free: an act goes through.
        acts += 1;
        office.act(&Act::Note { subject: None, text: format!("{acts}") });
        (acts <= 3).then(|| Ok((format!("p{acts}"), pattern((2 << 20) + 10, 1))))
    });
    assert!(writer.keep_parts("a", &mut source).unwrap());
    assert_eq!(acts, 4);
    let rows: i64 =
        writer.conn.query_row("SELECT max(length(bytes)) FROM local_find", [], |row| row.get(0)).unwrap();
    assert!(rows <= 1 << 20);
}

#[test]
fn neither_goes_into_a_backup() {
    let mut office = Office::new();
    office.store.keep_search("zhangw", office.now).unwrap();
    office.store.keep_parts("a", &mut parts(&[("people", pattern(3 << 20, 1))])).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("backup.db");
    backup::backup(&office.reader(), &to).unwrap();
    let copy = Connection::open(&to).unwrap();
    for table in ["local_search", "local_find", "local_draft"] {
        let rows: i64 =
            copy.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    drop(copy);
    assert!(std::fs::metadata(&to).unwrap().len() < 1 << 20, "the room it took is given back");
    let restored = folder.path().join("restored.db");
    let (store, found) = backup::restore(&to, &restored, &mut office.ids, office.now).unwrap();
    assert_eq!(found.faults_total, 0);
    assert_eq!(searches(&store.reader().unwrap(), 10).unwrap(), Vec::<String>::new());
}

/// Writes a file as the first program would have: its tables, the same log and secrets, projections of its version.
fn first_format(from: &Path, to: &Path) {
    let conn = Connection::open(to).unwrap();
    conn.pragma_update(None, "journal_mode", "wal").unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn.execute_batch(schema::LOG).unwrap();
    conn.execute("ATTACH ?1 AS other", [from.to_str().unwrap()]).unwrap();
    for table in tables(&conn).into_iter().filter(|(_, sql)| sql.starts_with("CREATE TABLE")) {
        conn.execute_batch(&format!("INSERT INTO {0} SELECT * FROM other.{0}", table.0)).unwrap();
    }
    conn.execute_batch(&format!(
        "UPDATE local_value SET value = 1 WHERE key = 'projection'; CREATE TABLE cur_followup (id BLOB PRIMARY KEY); \
         PRAGMA application_id = {}; PRAGMA user_version = 1;",
        schema::APPLICATION_ID
    ))
    .unwrap();
}

/// The log and local tables with their indexes and triggers, as they were laid out.
fn tables(conn: &Connection) -> Vec<(String, String)> {
    let mut query = conn
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name GLOB 'lo*' ORDER BY name",
        )
        .unwrap();
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(|row| row.unwrap()).collect()
}

/// What an older program let go by is open at once when its file is opened: nobody ever said what became of it.
#[test]
fn in_an_old_file_old_gaps_and_old_answers_are_open_at_once_and_are_settled_together() {
    let mut office = Office::new();
    office.act(&Act::Import(Box::new(office.report(0, &[(0, 382), (2, 381)], "x", ""))));
    office.now = office.now.plus(72 * crate::domain::time::HOUR);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    first_format(office.store.path(), &path);

    let mut store = Store::open(&path).unwrap();
    let reader = store.reader().unwrap();
    let owed = query::outstanding(&reader, office.now).unwrap();
    assert_eq!(owed, query::outstanding(&office.reader(), office.now).unwrap());
    assert!(owed.iter().any(|unit| unit.missing > 1), "the days since its first report: {owed:?}");
    let found = query::findings(&reader).unwrap();
    assert_eq!(found.len(), 2);
    let dismiss = |row: query::rows::FindingRow| Act::Dismiss {
        person: row.person,
        seen: Some(row.found),
        reason: "旧账".to_owned(),
    };
    let all = Act::Several(found.into_iter().map(dismiss).collect());
    let author = office.author();
    store.commit(&author, &mut office.ids, &all).unwrap();
    assert_eq!(query::findings(&reader).unwrap(), []);
    assert!(check::check(&reader, None).unwrap().is_sound());
}

#[test]
fn a_file_of_the_first_format_is_brought_up_to_date() {
    // What the first program wrote stays what it was: a change to it is a migration.
    assert_eq!(&blake3::hash(schema::LOG.as_bytes()).to_hex()[..16], "e705c73ad931a0a0");
    let mut office = Office::new();
    office.act(&Act::Note { subject: None, text: "x".to_owned() });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    first_format(office.store.path(), &path);

    let store = Store::open(&path).unwrap();
    assert_eq!(tables(&store.conn), tables(&office.store.conn), "as a new file is laid out");
    let version: i32 = store.conn.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, schema::LOG_VERSION);
    let reader = store.reader().unwrap();
    let report = check::check(&reader, None).unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(query::head(&reader).unwrap(), query::head(&office.reader()).unwrap());
    store.keep_search("x", office.now).unwrap();
    assert_eq!(searches(&reader, 1).unwrap(), ["x"]);
    drop((store, reader));
    let again = Store::open(&path).unwrap();
    assert_eq!(searches(&again.reader().unwrap(), 1).unwrap(), ["x"], "once is enough");
}
