//! The power is cut at every call: whatever the disk kept of what was not synced, what was acknowledged is there, and
//! what is there is sound.

use super::disk::{Disk, Entry, Luck, journal};
use super::ground::{Ground, look};
use super::kills;
use super::shim::journalled;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the office does while the power fails, each with one entry in the log, and the words that acknowledge it.
const ACTS: &[(&[&str], &str)] = &[
    (&["log", "note", "before the storm"], "Logged"),
    (&["log", "followup", "--on", "unit:U01", "--outcome", "promised", "--promise", "16:00"], "Logged"),
    (
        &["import", "report", "later.csv", "--date", "2020-02-17", "--reason", "mended", "--yes"],
        "written, entry",
    ),
    (&["backup", "new.db"], "Backed up"),
    (&["log", "note", "after the backup"], "Logged"),
];

/// What was written on a ground, as it was before and is now.
struct Tape {
    ground: Ground,
    before: Ground,
    entries: Vec<Entry>,
}

impl Tape {
    fn of(ground: Ground) -> Self {
        let before = Ground::copy_of(&ground.root);
        Self { ground, before, entries: Vec::new() }
    }

    /// Runs one more command, on a disk that lies about files whose names end so; it must say this.
    fn run(&mut self, command: Command, ack: &str, lies: Option<&str>) {
        let file = self.ground.root.with_file_name("journal");
        let output = journalled(&self.ground, command, &file, lies);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains(ack), "{ack}: {said}{}", String::from_utf8_lossy(&output.stderr));
        self.entries = journal(&fs::read(&file).unwrap());
    }

    /// Goes through every `step`-th cut and what may be left by it. `lucks` chooses from how many changes pend; `acks`
    /// tells whether something said acknowledges; `holds` what is wrong with what is left after so many of these.
    fn replay(
        &self,
        step: usize,
        lucks: impl Fn(usize, usize) -> Vec<Luck>,
        acks: impl Fn(&str) -> bool,
        holds: impl Fn(&Ground, usize) -> Result<(), String>,
    ) -> Found {
        // Before anything of it, with paths as the journal has them.
        let mut disk = Disk::of(&self.before.root, &self.ground.root);
        let mut found = Found::default();
        let mut seen = HashSet::new();
        for (at, entry) in self.entries.iter().enumerate() {
            disk.apply(entry);
            if let Entry::Said(text) = entry {
                found.acks += usize::from(acks(text));
            }
            if at % step != 0 && !matches!(entry, Entry::Said(_)) {
                continue;
            }
            found.cuts += 1;
            for luck in lucks(at, disk.pending()) {
                let files = disk.after_cut(luck);
                if !seen.insert((found.acks, digest(&files))) {
                    continue;
                }
                found.states += 1;
                if let Err(why) = holds(&put(&files), found.acks) {
                    found.lost.push(format!("cut after call {at}, {luck:?}: {why}"));
                }
            }
        }
        found
    }
}

/// What a cut left, as files.
fn put(files: &BTreeMap<PathBuf, Vec<u8>>) -> Ground {
    let left = Ground::empty();
    for (path, bytes) in files {
        let path = left.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    left
}

/// An office at work, and the log that resulted.
struct Storm {
    tape: Tape,
    /// The hash of every op, in order.
    log: Vec<Vec<u8>>,
    /// How many ops there were before.
    first: usize,
}

fn hashes(db: &Path) -> Vec<Vec<u8>> {
    let conn = Connection::open(db).unwrap();
    let mut query = conn.prepare("SELECT hash FROM log_op ORDER BY desk, seq").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Does everything with a journal; on a disk that lies about files whose names end so.
fn storm(acts: &[(&[&str], &str)], lies: Option<&str>) -> Storm {
    let mut tape = Tape::of(Ground::office());
    let first = hashes(&tape.before.db()).len();
    for (args, ack) in acts {
        tape.run(tape.ground.zhiban(args), ack, lies);
    }
    let log = hashes(&tape.ground.db());
    assert_eq!(log.len(), first + acts.len());
    Storm { tape, log, first }
}

#[derive(Default)]
struct Found {
    acks: usize,
    cuts: u32,
    states: u32,
    lost: Vec<String>,
}

impl Storm {
    fn replay(&self, step: usize, lucks: impl Fn(usize, usize) -> Vec<Luck>) -> Found {
        let acks = |text: &str| ACTS.iter().any(|(_, ack)| text.contains(ack));
        let found = self.tape.replay(step, lucks, acks, |left, acks| self.holds(left, acks));
        assert_eq!(found.acks, self.log.len() - self.first, "not everything was acknowledged");
        found
    }

    /// Opens what is left: sound, a beginning of the real log, and not shorter than what was acknowledged.
    fn holds(&self, left: &Ground, acks: usize) -> Result<(), String> {
        look(&left.db())?;
        let log = hashes(&left.db());
        if log.len() < self.first + acks {
            return Err(format!("{acks} acknowledged, {} there", log.len().saturating_sub(self.first)));
        }
        if self.log[..log.len()] != log {
            return Err("the log is another".to_owned());
        }
        let backup = left.path("new.db");
        // A backup has its name only when it is whole; it was acknowledged before the last note.
        if backup.exists() {
            look(&backup).map_err(|why| format!("the backup: {why}"))?;
        } else if acks >= 4 && self.log.len() == self.first + ACTS.len() {
            return Err("the backup is gone".to_owned());
        }
        Ok(())
    }
}

/// A command that makes an office file: it has its name when it is whole, and from when it is called made.
struct Making {
    name: &'static str,
    ground: fn() -> Ground,
    command: fn(&Ground) -> Command,
    ack: &'static str,
    file: &'static str,
}

const MAKINGS: [Making; 2] = [
    Making {
        name: "restore",
        ground: kills::with_backup,
        command: kills::restoring,
        ack: "Restored",
        file: "new.db",
    },
    Making { name: "init", ground: Ground::empty, command: kills::beginning, ack: "Made", file: "office.db" },
];

impl Making {
    fn replay(&self, step: usize, lies: Option<&str>, lucks: impl Fn(usize, usize) -> Vec<Luck>) -> Found {
        let mut tape = Tape::of((self.ground)());
        tape.run((self.command)(&tape.ground), self.ack, lies);
        let holds = |left: &Ground, acks| self.holds(&tape.before, left, acks);
        let found = tape.replay(step, lucks, |text| text.contains(self.ack), holds);
        assert_eq!(found.acks, 1, "{} was not acknowledged", self.name);
        found
    }

    fn holds(&self, before: &Ground, left: &Ground, acks: usize) -> Result<(), String> {
        // What was there before is as it was, byte by byte.
        for kept in ["kept.db", "office.db"].map(|name| (before.path(name), left.path(name))) {
            if kept.0.exists() && fs::read(&kept.0).unwrap() != fs::read(&kept.1).unwrap_or_default() {
                return Err(format!("{} was changed", kept.1.display()));
            }
        }
        match kills::whole(left, self.file)? {
            1 => return Ok(()),
            _ if acks > 0 => return Err("called made and gone".to_owned()),
            _ => {}
        }
        // Whoever tries again is not held up by what lies there.
        let again = (self.command)(left).output().unwrap();
        if kills::whole(left, self.file)? != 1 {
            let said = String::from_utf8_lossy(&again.stderr);
            return Err(format!("another try ends with {:?}: {said}", again.status.code()));
        }
        Ok(())
    }
}

/// What tells one state from another. What lies under an unfinished name counts as there, whatever is in it: it is
/// swept away unread.
fn digest(files: &BTreeMap<PathBuf, Vec<u8>>) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        hasher.update(path.as_os_str().as_encoded_bytes()).update(&[0]);
        if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".zhiban-")) {
            continue;
        }
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    }
    hasher.finalize()
}

fn held(found: &Found, what: &str) {
    println!("{what}: {} cuts, {} states, {} lost", found.cuts, found.states, found.lost.len());
    assert!(found.lost.is_empty(), "{what}: {}", found.lost.join("\n"));
}

#[test]
fn some_cuts_of_the_power_lose_nothing() {
    let storm = storm(ACTS, None);
    held(&storm.replay(13, |at, _| vec![Luck::Lost, Luck::Kept, Luck::Thrown(at as u64)]), "cuts");
}

#[test]
fn some_cuts_while_an_office_is_made_leave_it_whole_or_not_there() {
    for making in MAKINGS {
        let found = making.replay(19, None, |at, _| vec![Luck::Lost, Luck::Kept, Luck::Thrown(at as u64)]);
        held(&found, making.name);
    }
}

/// Everything lost, everything kept, each change alone or alone missing, some that are thrown.
fn all(at: usize, pending: usize) -> Vec<Luck> {
    let mut lucks = vec![Luck::Lost, Luck::Kept];
    // A file being copied holds many changes of which none matters yet: a third of them is enough.
    let every = if pending > 60 { 3 } else { 1 };
    for one in (0..pending).step_by(every) {
        lucks.extend([Luck::Only(one), Luck::AllBut(one)]);
    }
    lucks.extend((0..6).map(|n| Luck::Thrown((at * 6 + n) as u64)));
    lucks
}

/// Every call of everything.
mod whole_cuts {
    use super::{ACTS, MAKINGS, all, held, storm};

    #[test]
    #[ignore = "whole run: minutes"]
    fn office() {
        held(&storm(ACTS, None).replay(1, all), "cuts");
    }

    #[test]
    #[ignore = "whole run: minutes"]
    fn made() {
        for making in MAKINGS {
            held(&making.replay(1, None, all), &format!("cuts: {}", making.name));
        }
    }
}

/// `synchronous=NORMAL` leaves out the sync of the write-ahead log at a commit; `OFF` leaves out every sync.
#[test]
fn a_database_that_does_not_ask_for_syncs_is_caught() {
    for lies in ["-wal", ""] {
        let found = storm(&ACTS[..2], Some(lies)).replay(1, |_, _| vec![Luck::Lost]);
        assert!(!found.lost.is_empty(), "the disk that lies about “{lies}” was not caught");
    }
}

/// An office called made that was never synced is gone after the cut.
#[test]
fn an_office_made_on_a_disk_that_lies_is_caught() {
    for making in MAKINGS {
        let found = making.replay(1, Some(""), |_, _| vec![Luck::Lost]);
        assert!(found.lost.iter().any(|why| why.contains("called made and gone")), "{}", making.name);
    }
}
