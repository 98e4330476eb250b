//! The demonstration office made, a follow-up logged, the whole history rebuilt.

use crate::{line, median, p99, timed};
use std::path::{Path, PathBuf};
use std::time::Duration;
use zhiban::clock::Ids;
use zhiban::demo::{self, Size};
use zhiban::domain::followup::FollowUpDraft;
use zhiban::domain::ids::{Mint, Subject};
use zhiban::store::act::{Act, Author};
use zhiban::store::{Store, query};

/// An office of 100,000 people with a few days of history: what a screen shows does not depend on more.
pub const LARGE: Size = Size { people: 100_000, units: 410, days: 3 };

/// A folder on a memory file system where there is one.
pub fn memory_folder() -> tempfile::TempDir {
    let shm = Path::new("/dev/shm");
    if shm.is_dir() {
        tempfile::tempdir_in(shm).expect("a folder in memory")
    } else {
        tempfile::tempdir().expect("a temporary folder")
    }
}

/// The demonstration office of a size, made once in `folder`.
pub fn office(folder: &Path, size: Size) -> (Store, PathBuf) {
    let path = folder.join(format!("{}.db", size.people));
    if path.exists() {
        return (Store::open(&path).expect("an office"), path);
    }
    (demo::create(&path, size).expect("a demonstration office"), path)
}

pub fn demo() {
    let took = median(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        timed(|| demo::create(&folder.path().join("demo.db"), Size::default()).expect("a demo")).1
    });
    line("demonstration office made, on disk", took, Duration::from_secs(5));
}

pub fn followup() {
    let folder = memory_folder();
    let (mut store, _) = office(folder.path(), Size::default());
    let reader = store.reader().expect("a reader");
    let officer = query::officers(&reader).expect("officers")[0].0;
    let units = query::units(&reader, demo::now()).expect("units");
    let people = everybody(&reader);
    let mut ids = Ids::Random;
    let mut all = Vec::new();
    for i in 0..1000 {
        let subject = if i % 2 == 0 {
            Subject::Unit(units[i % units.len()].id)
        } else {
            Subject::Person(people[i * 7 % people.len()].id)
        };
        let now = demo::now().plus(i as i64 * 1000);
        let act = Act::FollowUp(FollowUpDraft::not_reached(Some(subject)));
        let author = Author { officer, now, happened_at: None, op_id: ids.id(now) };
        all.push(timed(|| store.commit(&author, &mut ids, &act).expect("a commit")).1);
    }
    line("one follow-up logged, p99 of 1,000, memory file system", p99(all), Duration::from_millis(10));
}

pub fn rebuild() {
    let folder = memory_folder();
    let (mut store, _) = office(folder.path(), Size::default());
    let took = median(|| timed(|| store.rebuild().expect("a rebuild")).1);
    line("rebuild of the demo's whole history", took, Duration::from_secs(5));
}

/// The whole check of the demonstration office.
pub fn check() {
    let folder = memory_folder();
    let (store, _) = office(folder.path(), Size::default());
    let took = median(|| checked(&store));
    line("check of the demo: file, chain, rebuild beside, compare", took, Duration::from_secs(1));
}

/// The whole check of an office of 100,000 people.
pub fn check_large() {
    let folder = memory_folder();
    let (store, _) = office(folder.path(), LARGE);
    line("check of an office of 100,000 people", checked(&store), Duration::from_secs(5));
}

fn checked(store: &Store) -> Duration {
    let reader = store.reader().expect("a reader");
    let (found, took) = timed(|| zhiban::store::check::check(&reader, None).expect("a check"));
    assert!(found.is_sound(), "{found:?}");
    took
}

/// Every line of the people table.
pub fn everybody(reader: &zhiban::store::Reader) -> Vec<query::rows::PersonRow> {
    let all = query::rows::PeopleQuery { limit: u32::MAX, ..Default::default() };
    query::people(reader, &all, demo::now()).expect("people").rows
}
