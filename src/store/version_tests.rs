//! The version of the projections is a digest of what they are made from, so that nobody can forget to raise it: their
//! tables, the rows that logs which never change fold to, and how names are read.

use super::{Store, layout, project, schema};
use crate::search::keys;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use serde_json::Value;
use std::collections::BTreeSet;

/// Events of every kind, as they were shipped.
const EVENTS: [&str; 8] = [
    include_str!("../../tests/data/events-1.jsonl"),
    include_str!("../../tests/data/events-2.jsonl"),
    include_str!("../../tests/data/events-3.jsonl"),
    include_str!("../../tests/data/events-4.jsonl"),
    include_str!("../../tests/data/events-5.jsonl"),
    include_str!("../../tests/data/events-6.jsonl"),
    include_str!("../../tests/data/events-7.jsonl"),
    include_str!("../../tests/data/events-8.jsonl"),
];

/// What none of these files has in one piece: a unit that did not report for a while, an item taken over unread, a report
/// with its people, and one of the next day without them.
const BESIDE: &str = r#"{"kind":"unit.added","version":1,"body":{"unit":"01704f5a-0000-7000-8000-000000000006","code":"U01","name":"土木工程学院","facts":{}}}
{"kind":"unit.changed","version":1,"body":{"unit":"01704f5a-0000-7000-8000-000000000006","facts":{"reports":false}}}
{"kind":"unit.changed","version":1,"body":{"unit":"01704f5a-0000-7000-8000-000000000006","facts":{"reports":true}}}
{"kind":"shift.started","version":1,"body":{"shift":"01704f5a-0000-7000-8000-000000000010","officer":"01704f5a-0000-7000-8000-000000000002"}}
{"kind":"shift.closed","version":1,"body":{"shift":"01704f5a-0000-7000-8000-000000000010","from":"01704f5a-0000-7000-8000-000000000002","to":"01704f5a-0000-7000-8000-000000000002","head":"","how":"taken-over","items":[{"kind":"outstanding","id":"01704f5a-0000-7000-8000-000000000006","ticked":false}]}}
{"kind":"person.added","version":1,"body":{"person":"01704f5a-0000-7000-8000-000000000007","no":"1001","facts":{"name":"单晓","unit":"01704f5a-0000-7000-8000-000000000006"}}}
{"kind":"report.received","version":1,"body":{"unit":"01704f5a-0000-7000-8000-000000000006","day":"2020-02-17","round":"day","form":"rows","rows":1}}
{"kind":"report.received","version":1,"body":{"unit":"01704f5a-0000-7000-8000-000000000006","day":"2020-02-18","round":"day","form":"rows","rows":1}}"#;

/// Offices that earlier programs made.
const OFFICES: [&str; 2] =
    [include_str!("../../tests/data/office-1.sql"), include_str!("../../tests/data/office-3.sql")];

/// Events as a log, one an op and a minute apart; with each report a row of a roster and one of a report.
fn logged(events: &str) -> Connection {
    let mut conn = Connection::open_in_memory().unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    layout::lay_out(&conn).unwrap();
    conn.execute("INSERT INTO log_desk (no, id) VALUES (1, ?1)", [[1u8; 16]]).unwrap();
    for (i, line) in events.lines().enumerate() {
        let (seq, at) = (i as i64 + 1, 1_581_868_800_000 + i as i64 * 60_000);
        let event: Value = serde_json::from_str(line).unwrap();
        let kind = event["kind"].as_str().unwrap();
        let undoes = (kind == "op.undone").then_some(seq - 1);
        conn.execute(
            "INSERT INTO log_op (desk, seq, lamport, op_id, recorded_at, happened_at, undoes_desk, undoes_seq, events, rows, \
             rows_digest, prev, hash) VALUES (1, ?1, ?1, ?2, ?3, ?3, ?4, ?5, 1, 0, zeroblob(32), zeroblob(32), zeroblob(32))",
            params![seq, u128::from(seq.unsigned_abs()).to_be_bytes(), at, undoes.map(|_| [1u8; 16]), undoes],
        )
        .unwrap();
        conn.execute(
            "INSERT INTO log_event (desk, seq, idx, kind, version, digest) VALUES (1, ?1, 0, ?2, ?3, zeroblob(32))",
            params![seq, kind, event["version"].as_i64()],
        )
        .unwrap();
        conn.execute(
            "INSERT INTO log_body (desk, seq, idx, nonce, body) VALUES (1, ?1, 0, zeroblob(16), ?2)",
            params![seq, event["body"].to_string()],
        )
        .unwrap();
        if kind == "report.received" {
            let id = |field: &Value| uuid::Uuid::parse_str(field.as_str().unwrap()).unwrap();
            let (unit, person) =
                (id(&event["body"]["unit"]), uuid::Uuid::from_u128(u128::from(seq.unsigned_abs())));
            let day = event["body"]["day"].as_str().unwrap().parse().unwrap();
            conn.execute(
                "INSERT INTO log_roster_row (desk, seq, row, person, no, name, unit, kind, phone) \
                 VALUES (1, ?1, 0, ?2, ?1, '欧阳娜', ?3, 'staff', '19900000001')",
                params![seq, person, unit],
            )
            .unwrap();
            conn.execute(
                "INSERT INTO log_reading (desk, seq, row, person, unit, day, round, form, form_version, temp_am, site, place, \
                 in_hubei, left_city, status, rest) \
                 VALUES (1, ?1, 0, ?2, ?3, ?4, 'day', 'staff', 1, 382, 'axillary', '武汉', 1, 0, '咳嗽', '')",
                params![seq, person, unit, crate::domain::time::day_number(day)],
            )
            .unwrap();
        }
    }
    project::rebuild(&mut conn).unwrap();
    conn
}

/// An office of an earlier program, brought up to date.
fn opened(sql: &str, folder: &tempfile::TempDir) -> Store {
    let path = folder.path().join("office.db");
    let conn = Connection::open(&path).unwrap();
    conn.pragma_update(None, "journal_mode", "wal").unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn.execute_batch(sql).unwrap();
    drop(conn);
    let mut store = Store::open(&path).unwrap();
    store.rebuild().unwrap();
    store
}

/// Takes in every row of every projection; notes which tables have any.
fn rows(conn: &Connection, hasher: &mut blake3::Hasher, filled: &mut BTreeSet<&'static str>) {
    for table in schema::PROJECTION_TABLES {
        hasher.update(table.as_bytes());
        let mut query = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = query.column_count();
        let mut rows = query.query([]).unwrap();
        let mut all = BTreeSet::new();
        while let Some(row) = rows.next().unwrap() {
            let mut bytes = Vec::new();
            for at in 0..columns {
                let value = row.get_ref(at).unwrap();
                bytes.extend(value.data_type().to_string().bytes());
                let mut put = |value: &[u8]| {
                    bytes.extend((value.len() as u64).to_le_bytes());
                    bytes.extend(value);
                };
                match value {
                    ValueRef::Null => put(&[]),
                    ValueRef::Integer(n) => put(&n.to_le_bytes()),
                    ValueRef::Real(n) => put(&n.to_le_bytes()),
                    ValueRef::Text(value) | ValueRef::Blob(value) => put(value),
                }
            }
            all.insert(bytes);
        }
        if !all.is_empty() {
            filled.insert(table);
        }
        for row in all {
            hasher.update(&row);
        }
    }
}

/// Names in which every character stands as a surname and behind one, and every surname of several characters.
fn names() -> impl Iterator<Item = String> {
    let single = ('\u{3400}'..='\u{9fff}').map(|c| format!("{c}{c}"));
    let surnames = include_str!("../../data/surnames.toml").lines().filter_map(|line| line.split_once('='));
    let several = surnames.map(|(name, _)| format!("{}一", name.trim().trim_matches('"')));
    single.chain(several)
}

#[test]
fn the_names_of_the_digest_are_read_as_surnames_too() {
    let keys: Vec<String> = names()
        .filter(|name| ["单单", "万俟一", "龘龘"].contains(&&**name))
        .map(|name| keys(&name))
        .collect();
    let starts = ["shandan ", "dada ", "moqiyi "];
    assert!(
        keys.len() == 3 && keys.iter().zip(starts).all(|(keys, start)| keys.starts_with(start)),
        "{keys:?}"
    );
}

#[test]
fn the_version_is_a_digest_of_what_the_projections_are_made_from() {
    let mut hasher = blake3::Hasher::new();
    let mut filled = BTreeSet::new();
    let judged_by = crate::domain::finding::judged_by();
    let doubted_by = crate::domain::doubt::judged_by();
    for part in [schema::PROJECTIONS, schema::PROJECTION_INDEXES, &judged_by, &doubted_by] {
        hasher.update(part.as_bytes());
    }
    for name in names() {
        hasher.update(keys(&name).as_bytes());
        hasher.update(b"\n");
    }
    let opened_first = EVENTS[0].lines().next().unwrap();
    for events in EVENTS.into_iter().chain([BESIDE]) {
        rows(&logged(&format!("{opened_first}\n{events}")), &mut hasher, &mut filled);
    }
    for sql in OFFICES {
        let folder = tempfile::tempdir().unwrap();
        rows(&opened(sql, &folder).conn, &mut hasher, &mut filled);
    }
    let empty: Vec<&str> =
        schema::PROJECTION_TABLES.iter().filter(|table| !filled.contains(*table)).copied().collect();
    let digest = hasher.finalize();
    let version = i64::from_le_bytes(digest.as_bytes()[..8].try_into().unwrap()) & i64::MAX;
    // Tables that were folded before have to be built anew: write the right one as PROJECTION_VERSION in store/schema.rs.
    // A table into which no log here puts a row: add an event to BESIDE.
    assert_eq!(
        (format!("{:#018x}", schema::PROJECTION_VERSION), empty),
        (format!("{version:#018x}"), vec![])
    );
}
