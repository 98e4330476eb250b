//! This test program, started again as a writer of its own: it uses the store as the desk does and says what it was
//! told is saved. It can be told to boast, which is the broken writer that the harnesses must catch.

use super::ground::{Ground, look};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use zhiban::clock::Ids;
use zhiban::demo::{self, Size};
use zhiban::domain::ids::Mint;
use zhiban::domain::time::Ts;
use zhiban::store::act::{Act, Author};
use zhiban::store::{Store, query};

const NOW: Ts = Ts(1_581_910_000_000);

/// The writer's command on an office: `note` writes one note under an id that is the same each time, `boast` calls it
/// saved before it is, `many` and `boasts` write on and on, `demo` makes a small demonstration office; `hasty` and
/// `in place` copy a backup as no restore may.
pub fn command(ground: &Ground, what: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "faults::writer::writer", "--nocapture", "--test-threads=1"]);
    ground.at_home(&mut command);
    command.env("ZHIBAN_TEST_WRITER", what).env("ZHIBAN_TEST_OFFICE", ground.db());
    command
}

/// The writer: only does anything when it is started as above.
#[test]
fn writer() {
    let Ok(what) = std::env::var("ZHIBAN_TEST_WRITER") else { return };
    let path = std::env::var("ZHIBAN_TEST_OFFICE").unwrap();
    match what.as_str() {
        "note" => note(Path::new(&path), 0, false),
        "boast" => note(Path::new(&path), 0, true),
        "many" => (0..100_000).for_each(|n| note(Path::new(&path), n, false)),
        "boasts" => (0..100_000).for_each(|n| {
            if n == 20 {
                say("saved 20");
                std::process::abort();
            }
            note(Path::new(&path), n, false);
        }),
        "demo" => {
            demo::create(Path::new(&path), Size { people: 60, units: 3, days: 2 }).unwrap();
            say("made");
        }
        "hasty" => {
            say("Restored");
            copy(Path::new(&path), false);
        }
        "in place" => {
            copy(Path::new(&path), true);
            say("Restored");
        }
        other => panic!("no such writer: {other}"),
    }
}

fn note(path: &Path, n: i64, boast: bool) {
    if boast {
        say(&format!("saved {n}"));
    }
    let mut store = Store::open(path).unwrap();
    let officer = query::officers(&store.reader().unwrap()).unwrap()[0].0;
    let mut ids = Ids::seeded(&format!("writer {n}"));
    let author = Author { officer, now: NOW.plus(n), happened_at: None, op_id: ids.id(NOW) };
    let text = format!("written {n} {}", "停电，已报后勤。".repeat(50));
    store.commit(&author, &mut Ids::Random, &Act::Note { subject: None, text }).unwrap();
    say(&format!("saved {n}"));
}

/// Copies the backup beside the office under the name that it is restored to; as a file that opens at once when it is
/// done in place, with its last page to come.
fn copy(office: &Path, in_place: bool) {
    let whole = std::fs::read(office.with_file_name("kept.db")).unwrap();
    let to = office.with_file_name("new.db");
    if in_place {
        let mut half = whole.clone();
        let last = half.len() - 4096;
        half[last..].fill(0);
        std::fs::write(&to, half).unwrap();
    }
    std::fs::write(&to, whole).unwrap();
}

fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{what}").and_then(|()| out.flush()).unwrap();
}

/// Starts the writer, kills it from outside after `count` notes were called saved, and returns the last number it
/// printed; whatever the moment the kill falls into.
fn killed_after(ground: &Ground, count: usize, what: &str) -> i64 {
    let mut child = command(ground, what).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let number = |line: &str| line.split_once("saved ").and_then(|(_, n)| n.trim().parse::<i64>().ok());
    let mut saved = -1;
    let mut seen = 0;
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    for n in lines.by_ref().filter_map(|line| number(&line)) {
        saved = n;
        seen += 1;
        if seen == count {
            child.kill().unwrap();
            break;
        }
    }
    // What it still managed to say before the kill reached it counts as well.
    saved = lines.filter_map(|line| number(&line)).last().unwrap_or(saved);
    child.wait().unwrap();
    saved
}

#[test]
fn a_killed_desk_lost_nothing_it_had_called_saved() {
    for count in [1, 7, 20] {
        let ground = Ground::office();
        let saved = killed_after(&ground, count, "many");
        assert!(saved + 1 >= count as i64, "the writer was not seen writing");
        let found = look(&ground.db()).unwrap();
        for n in 0..=saved {
            assert_eq!(found.telling(&format!("written {n} ")), 1, "note {n} was called saved");
        }
    }
}

#[test]
fn a_writer_that_boasts_is_caught() {
    let ground = Ground::office();
    assert_eq!(killed_after(&ground, usize::MAX, "boasts"), 20);
    assert_eq!(look(&ground.db()).unwrap().telling("written 20 "), 0, "the broken writer was not caught");
}
