//! The process is killed while it writes: whatever it had called saved is there, nothing is half done.
//!
//! This file's own test program is started again as the writer; it prints the number of every note it was told
//! is saved. What a kill cannot show, a lost page cache, is SQLite's `synchronous=FULL`, which is asserted
//! whenever a database opens.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use zhiban::clock::Ids;
use zhiban::domain::ids::Mint;
use zhiban::domain::office::Settings;
use zhiban::domain::report::FormRef;
use zhiban::domain::time::Ts;
use zhiban::log::event::{Adopted, Event};
use zhiban::store::act::{Act, Author};
use zhiban::store::query::rows::LogQuery;
use zhiban::store::{NewOffice, Store, check, query};

const NOW: Ts = Ts(1_581_904_800_000);

fn office(path: &Path) {
    let new = NewOffice {
        settings: Settings::new("海岬理工大学"),
        officer: "甲".to_owned(),
        others: vec![],
        rules: Adopted { form: FormRef { name: "rules".to_owned(), version: 1 }, content: String::new() },
    };
    Store::create(path, &new, &mut Ids::seeded("power"), NOW).unwrap();
}

/// The writer: only does anything when the test below starts it.
#[test]
fn writer() {
    let Ok(path) = std::env::var("ZHIBAN_TEST_WRITER") else { return };
    let boasts = std::env::var("ZHIBAN_TEST_BOASTS").is_ok();
    let mut store = Store::open(Path::new(&path)).unwrap();
    let officer = query::officers(&store.reader().unwrap()).unwrap()[0].0;
    let mut ids = Ids::Random;
    for n in 0..100_000 {
        if boasts && n == 20 {
            // The broken writer: says "saved" before it is, and dies in between.
            println!("saved {n}");
            std::process::abort();
        }
        let author = Author { officer, now: NOW.plus(n), happened_at: None, op_id: ids.id(NOW) };
        let text = format!("{n} {}", "停电，已报后勤。".repeat(50));
        store.commit(&author, &mut ids, &Act::Note { subject: None, text }).unwrap();
        println!("saved {n}");
    }
}

/// Starts the writer, kills it after `count` notes were called saved, and returns the last number it printed
/// and the numbers that are in the log.
fn killed_after(path: &Path, count: usize, boasts: bool) -> (i64, Vec<i64>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "writer", "--nocapture", "--test-threads=1"])
        .env("ZHIBAN_TEST_WRITER", path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if boasts {
        command.env("ZHIBAN_TEST_BOASTS", "1");
    }
    let mut child = command.spawn().unwrap();
    let mut saved = -1;
    let mut seen = 0;
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    for line in lines.by_ref() {
        // The test runner prints its own words on the same line.
        if let Some((_, n)) = line.split_once("saved ") {
            saved = n.trim().parse().unwrap();
            seen += 1;
        }
        if seen == count {
            child.kill().unwrap();
            break;
        }
    }
    // What it still managed to say before the kill reached it counts as well.
    for line in lines {
        if let Some(n) = line.split_once("saved ").and_then(|(_, n)| n.trim().parse().ok()) {
            saved = n;
        }
    }
    child.wait().unwrap();
    let store = Store::open(path).unwrap();
    let reader = store.reader().unwrap();
    let report = check::check(&reader, None).unwrap();
    assert!(report.is_sound(), "{report:?}");
    let rows = query::log(&reader, &LogQuery { limit: 200_000, ..LogQuery::default() }).unwrap().rows;
    let found = rows
        .into_iter()
        .filter_map(|row| match row.event {
            Event::NoteWritten(e) => e.text.split(' ').next().and_then(|n| n.parse().ok()),
            _ => None,
        })
        .collect();
    (saved, found)
}

#[test]
fn a_killed_desk_lost_nothing_it_had_called_saved() {
    for count in [1, 7, 40] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("office.db");
        office(&path);
        let (saved, found) = killed_after(&path, count, false);
        assert!(saved + 1 >= count as i64, "the writer was not seen writing");
        for n in 0..=saved {
            assert!(found.contains(&n), "note {n} was called saved and is gone");
        }
    }
}

#[test]
fn the_harness_catches_a_writer_that_boasts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    office(&path);
    let (saved, found) = killed_after(&path, usize::MAX, true);
    assert_eq!(saved, 20);
    assert!(!found.contains(&saved), "the broken writer was not caught");
}
