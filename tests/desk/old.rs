//! Offices that earlier programs made: `tests/data/office-N.sql` is the whole database of log format N as the last
//! program of that format wrote it, `office-N.json` what that program then said of it. Neither is ever changed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// An office of each format, with what was said of it.
const OFFICES: [(i32, &str, &str); 2] = [
    (1, include_str!("../data/office-1.sql"), include_str!("../data/office-1.json")),
    (3, include_str!("../data/office-3.sql"), include_str!("../data/office-3.json")),
];

/// One of them, in a file.
struct Old {
    format: i32,
    folder: TempDir,
    said: Value,
}

impl Old {
    fn each() -> impl Iterator<Item = Self> {
        OFFICES.into_iter().map(|(format, sql, said)| {
            let old = Self {
                format,
                folder: tempfile::tempdir().unwrap(),
                said: serde_json::from_str(said).unwrap(),
            };
            let conn = rusqlite::Connection::open(old.path()).unwrap();
            conn.pragma_update(None, "journal_mode", "wal").unwrap();
            // The tables stand in the order of their names, not of what they refer to.
            conn.pragma_update(None, "foreign_keys", false).unwrap();
            conn.execute_batch(sql).unwrap();
            let version: i32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
            assert_eq!(version, format);
            old
        })
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    fn word(&self, what: &str) -> &str {
        self.said[what].as_str().unwrap()
    }

    /// What today's program answers of a file; standard error where it refuses.
    fn asked(&self, file: &Path, args: &[&str]) -> Result<String, String> {
        let output = Command::new(env!("CARGO_BIN_EXE_zhiban"))
            .args(["--lang", "zh", "--db"])
            .arg(file)
            .args(args)
            .env("HOME", self.folder.path())
            .env("ZHIBAN_STATE_DIR", self.folder.path().join("state"))
            .env_remove("ZHIBAN_OFFICER")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }

    fn done(&self, args: &[&str]) -> String {
        self.asked(&self.path(), args)
            .unwrap_or_else(|error| panic!("format {}, {args:?}: {error}", self.format))
    }

    /// The same at the time when the old program was asked.
    fn then(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.done(&[&["--now", self.word("now")], args].concat())).unwrap()
    }

    /// It verifies, the head that the old program printed is found in it, and no table differs from the log.
    fn sound(&self) {
        let found: Value =
            serde_json::from_str(&self.done(&["check", "--head", self.word("head"), "--json"])).unwrap();
        assert_eq!((&found["sound"], &found["older"]), (&Value::Bool(true), &Value::Bool(false)), "{found}");
    }
}

/// Everything that was said is said today; more may be.
fn same(before: &Value, today: &Value, at: &str) {
    match (before, today) {
        (Value::Object(before), Value::Object(today)) => {
            for (name, value) in before {
                same(value, today.get(name).unwrap_or(&Value::Null), &format!("{at}.{name}"));
            }
        }
        (Value::Array(before), Value::Array(today)) => {
            assert_eq!(before.len(), today.len(), "{at}: {today:?}");
            for (i, (before, today)) in before.iter().zip(today).enumerate() {
                same(before, today, &format!("{at}[{i}]"));
            }
        }
        _ => assert_eq!(before, today, "{at}"),
    }
}

/// How often a text stands in the file or beside it.
fn stands(folder: &Path, text: &str) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file());
    files
        .map(|path| std::fs::read(path).unwrap())
        .map(|bytes| bytes.windows(text.len()).filter(|part| *part == text.as_bytes()).count())
        .sum()
}

#[test]
fn an_old_office_opens_whole_and_says_what_it_said() {
    for old in Old::each() {
        for list in ["units", "cases", "people", "due", "outstanding", "log"] {
            let today = old.then(&["list", list, "--json"]);
            same(&old.said[list], &today, &format!("format {}: {list}", old.format));
        }
        let person = old.then(&["show", "person", "3004", "--json"]);
        same(&old.said["person"], &person, &format!("format {}: person", old.format));
        old.sound();
    }
}

#[test]
fn an_old_office_is_checked_before_it_is_brought_up_to_date() {
    for old in Old::each() {
        let said = old.done(&["check", "--head", old.word("head")]);
        assert!(said.contains("完好") && said.contains("旧版程序"), "{said}");
        let conn = rusqlite::Connection::open(old.path()).unwrap();
        let version: i32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, old.format, "a check changes nothing");
    }
}

#[test]
fn an_old_office_goes_on_and_an_old_person_can_be_erased() {
    for old in Old::each() {
        old.done(&["log", "followup", "--on", "person:3004", "--outcome", "well", "--note", "已退烧两天"]);
        old.done(&["case", "change", "3004", "--place", "西区观察楼", "--reason", "换房"]);
        old.done(&["undo", "--yes"]);
        old.sound();
        for text in ["柳含章", "19900003001"] {
            assert!(stands(old.folder.path(), text) > 0, "{text}");
        }
        old.done(&["erase", "person", "3001", "--reason", "本人申请", "--yes"]);
        for text in ["柳含章", "19900003001"] {
            assert_eq!(stands(old.folder.path(), text), 0, "format {}: {text}", old.format);
        }
        assert!(old.done(&["show", "person", "3004"]).contains("已退烧两天"));
        old.sound();
        let backup = old.folder.path().join("copy.db");
        old.done(&["backup", backup.to_str().unwrap()]);
        let restored = old.folder.path().join("restored.db");
        old.asked(&restored, &["restore", backup.to_str().unwrap()]).unwrap();
        assert!(old.asked(&restored, &["list", "log"]).unwrap().contains("新的值班台"));
    }
}
