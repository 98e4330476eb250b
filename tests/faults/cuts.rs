//! The power is cut at every call: whatever the disk kept of what was not synced, what was acknowledged is there, and
//! what is there is sound.

use super::disk::{Disk, Entry, Luck, journal};
use super::ground::{Ground, look};
use super::shim::journalled;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

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

/// What was written, and the log that resulted.
struct Storm {
    ground: Ground,
    before: Ground,
    entries: Vec<Entry>,
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
    let ground = Ground::office();
    let before = Ground::copy_of(&ground.root);
    let first = hashes(&before.db()).len();
    let file = ground.root.with_file_name("journal");
    for (args, ack) in acts {
        let output = journalled(&ground, ground.zhiban(args), &file, lies);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains(ack), "{args:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    }
    let entries = journal(&fs::read(&file).unwrap());
    let log = hashes(&ground.db());
    assert_eq!(log.len(), first + acts.len());
    Storm { ground, before, entries, log, first }
}

#[derive(Default)]
struct Found {
    cuts: u32,
    states: u32,
    lost: Vec<String>,
}

impl Storm {
    /// The disk before anything of it, with paths as the journal has them.
    fn disk(&self) -> Disk {
        Disk::of(&self.before.root, &self.ground.root)
    }

    /// Goes through every `step`-th cut and what may be left by it; `lucks` chooses from how many changes pend.
    fn replay(&self, step: usize, lucks: impl Fn(usize, usize) -> Vec<Luck>) -> Found {
        let mut disk = self.disk();
        let mut found = Found::default();
        let mut seen = HashSet::new();
        let mut acks = 0;
        for (at, entry) in self.entries.iter().enumerate() {
            disk.apply(entry);
            if let Entry::Said(text) = entry {
                acks += ACTS.iter().filter(|(_, ack)| text.contains(ack)).count().min(1);
            }
            if at % step != 0 && !matches!(entry, Entry::Said(_)) {
                continue;
            }
            found.cuts += 1;
            for luck in lucks(at, disk.pending()) {
                let files = disk.after_cut(luck);
                if !seen.insert((acks, digest(&files))) {
                    continue;
                }
                found.states += 1;
                if let Err(why) = self.holds(&files, acks) {
                    found.lost.push(format!("cut after call {at}, {luck:?}: {why}"));
                }
            }
        }
        assert_eq!(acks, self.log.len() - self.first, "not everything was acknowledged");
        found
    }

    /// Opens what is left: sound, a beginning of the real log, and not shorter than what was acknowledged.
    fn holds(&self, files: &BTreeMap<PathBuf, Vec<u8>>, acks: usize) -> Result<(), String> {
        let left = Ground::empty();
        for (path, bytes) in files {
            let path = left.root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
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

fn digest(files: &BTreeMap<PathBuf, Vec<u8>>) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        hasher.update(path.as_os_str().as_encoded_bytes()).update(&[0]);
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
#[ignore = "whole run: minutes"]
fn whole_cuts() {
    let storm = storm(ACTS, None);
    let all = |at: usize, pending: usize| {
        let mut lucks = vec![Luck::Lost, Luck::Kept];
        // A backup being copied holds many changes of which none matters yet: a third of them is enough.
        let every = if pending > 60 { 3 } else { 1 };
        for one in (0..pending).step_by(every) {
            lucks.extend([Luck::Only(one), Luck::AllBut(one)]);
        }
        lucks.extend((0..6).map(|n| Luck::Thrown((at * 6 + n) as u64)));
        lucks
    };
    held(&storm.replay(1, all), "cuts");
}

/// `synchronous=NORMAL` leaves out the sync of the write-ahead log at a commit; `OFF` leaves out every sync.
#[test]
fn a_database_that_does_not_ask_for_syncs_is_caught() {
    for lies in ["-wal", ""] {
        let found = storm(&ACTS[..2], Some(lies)).replay(1, |_, _| vec![Luck::Lost]);
        assert!(!found.lost.is_empty(), "the disk that lies about “{lies}” was not caught");
    }
}
