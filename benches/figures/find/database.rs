//! A real database of a million people: made through the store, asked once from the command line, opened by the desk.
//!
//! It is made in some minutes, in a temporary folder; `ZHIBAN_BENCH_DB` names one where it is kept from run to run.

use super::crowd::query;
use super::crowd::sound::Sounds;
use super::crowd::{Crowd, Human};
use super::{LARGE, QUERIES, memory_mb, peers};
use crate::{RUNS, desk, line, median, number, timed};
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use zhiban::clock::Ids;
use zhiban::demo;
use zhiban::domain::form;
use zhiban::domain::ids::{Mint, PersonId, UnitId};
use zhiban::domain::office::Settings;
use zhiban::domain::person::{PersonFacts, PersonKind};
use zhiban::domain::report::FormRef;
use zhiban::domain::time::Ts;
use zhiban::domain::unit::UnitFacts;
use zhiban::error::Result;
use zhiban::log::RosterRow;
use zhiban::log::event::{Adopted, SheetImported};
use zhiban::runtime::Book;
use zhiban::store::act::{Act, Author, Committed, Import, Made};
use zhiban::store::{NewOffice, Reader, Store, query as ask};

/// Rows of one roster file.
const ROWS: usize = 20_000;
/// Time between two roster files.
const BETWEEN: i64 = 60_000;
/// How many queries are asked from the command line.
const ASKED: usize = 20;

pub fn measure() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder =
        std::env::var_os("ZHIBAN_BENCH_DB").map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let small = office(&folder, &Crowd::make(4028));
    first_full_frame(4028, &small);
    let crowd = Crowd::make(LARGE);
    let path = office(&folder, &crowd);
    let reader = Reader::open(&path).expect("a reader");
    let before = memory_mb("VmRSS");
    let (book, took) = timed(|| Book::read(&reader).expect("an index"));
    line(&format!("index of {LARGE} people: read from the database and built"), took, Duration::from_secs(5));
    println!("{:<58} {:>9.2} MB", "  memory held, with what is shown of each", memory_mb("VmRSS") - before);
    drop(book);
    first_question(&reader, &path);
    drop(reader);
    one_shot(&crowd, &path, &folder);
    first_full_frame(LARGE, &path);
}

/// The desk is there when its board shows some of the units that owe a report: the board may cut a long name, and
/// which of thousands come first is its own affair.
fn first_full_frame(people: usize, path: &Path) {
    let reader = Reader::open(path).expect("a reader");
    let now = ask::last_recorded(&reader).expect("the last moment");
    let units = ask::outstanding(&reader, now).expect("rows");
    let begun: HashSet<String> = units.iter().map(|unit| unit.name.chars().take(4).collect()).collect();
    let begun: Vec<String> = begun.into_iter().collect();
    assert!(!begun.is_empty(), "an office whose units owe nothing");
    let took =
        median(|| desk::first_frame_with(path, &|shown| begun.iter().any(|name| shown.contains(name))));
    line(&format!("process start to first full frame, {people} people"), took, Duration::from_millis(60));
}

/// The database of a crowd, made unless it is there.
fn office(folder: &Path, crowd: &Crowd) -> PathBuf {
    std::fs::create_dir_all(folder).expect("a folder");
    let path = folder.join(format!("find-{}.db", crowd.people.len()));
    if path.exists() {
        println!("{:<58} (kept from an earlier run)", format!("database of {} people", crowd.people.len()));
        return path;
    }
    let ((), took) = timed(|| make(&path, crowd).expect("an office"));
    let size = std::fs::metadata(&path).map_or(0, |file| file.len());
    let what = format!("database of {} people: made through the store", crowd.people.len());
    println!("{what:<58} {:>9.0} ms  ({} MB)", took.as_secs_f64() * 1000.0, size >> 20);
    path
}

fn make(path: &Path, crowd: &Crowd) -> Result<()> {
    let rules = FormRef { name: "rules".to_owned(), version: 1 };
    let new = NewOffice {
        settings: Settings { rehearsal: true, ..Settings::new("海岬市教育局值班室") },
        officer: "钱值守".to_owned(),
        others: Vec::new(),
        rules: Adopted { form: rules, content: zhiban::domain::rules::BUILTIN.to_owned() },
    };
    let opened = demo::opened_at(demo::Size::default());
    let form = form::builtin("roster", 1).expect("the roster form");
    let form = Adopted { form: form.id.clone(), content: form.text };
    let mut officer = None;
    let mut file = 0;
    let mut acts = |mint: &mut dyn Mint, last: &Committed| {
        if let Some(Made::Office(id, _)) = last.made {
            officer = Some(id);
        }
        let Some(officer) = officer.filter(|_| file * ROWS < crowd.people.len()) else { return Ok(None) };
        file += 1;
        let now = Ts(opened.0 + file as i64 * BETWEEN);
        let import = Act::Import(Box::new(roster(crowd, file - 1, &form, &mut || mint.id(now).into())));
        Ok(Some((Author { officer, now, happened_at: None, op_id: mint.id(now) }, import)))
    };
    Store::create_with(path, &new, &mut Ids::seeded("find"), opened, &mut acts, None).map(drop)
}

/// One roster file, as it comes; the first brings the units. Ids sort by time, as they do where files came one after
/// the other.
fn roster(crowd: &Crowd, file: usize, form: &Adopted, id: &mut dyn FnMut() -> PersonId) -> Import {
    let begin = file * ROWS;
    let people = &crowd.people[begin..(begin + ROWS).min(crowd.people.len())];
    let units = if file == 0 { crowd.units.as_slice() } else { &[] };
    let new_units = units.iter().map(|unit| {
        let [liaison, head] = unit.contacts.clone();
        let facts = UnitFacts {
            short: Some(unit.short.clone()),
            parent: unit.parent.map(|parent| crowd.units[parent].id),
            liaison: Some(liaison.0),
            liaison_phone: Some(liaison.1),
            head: Some(head.0),
            head_phone: Some(head.1),
            ..UnitFacts::default()
        };
        (unit.id, unit.code.clone(), unit.name.clone(), facts)
    });
    Import {
        sheet: SheetImported {
            what: "roster".to_owned(),
            file: format!("花名册-{file}.xlsx"),
            digest: format!("{file:064x}"),
            form: form.form.clone(),
            day: None,
            round: None,
            accepted: people.len() as u32,
            unchanged: 0,
            rejected: 0,
            left_out: 0,
            inbox: false,
        },
        form: form.clone(),
        new_units: new_units.collect(),
        changed_units: Vec::new(),
        roster: people.iter().map(|human| row(human, id(), crowd.units[human.unit].id)).collect(),
        reports: Vec::new(),
        readings: Vec::new(),
        carried: std::collections::BTreeSet::new(),
        reason: String::new(),
    }
}

fn row(human: &Human, person: PersonId, unit: UnitId) -> RosterRow {
    let kind = if human.student { PersonKind::Undergraduate } else { PersonKind::Staff };
    let facts = PersonFacts {
        name: Some(human.name.clone()),
        unit: Some(unit),
        kind: Some(kind),
        phone: Some(human.phone.clone()),
        id_number: Some(human.id_number.clone()),
        address: Some(human.address.clone()),
        family_phone: Some(human.family_phone.clone()).filter(|phone| !phone.is_empty()),
        ..PersonFacts::default()
    };
    RosterRow { person, no: human.no.clone(), facts }
}

/// The first question ever asked of a database, when no index is kept in it; it keeps one.
fn first_question(reader: &Reader, db: &Path) {
    let what = "one-shot find, the first, before an index is kept";
    if Book::kept(reader, None).expect("a kept index").is_some() {
        println!("{what:<58} (the index was kept by an earlier run)");
        return;
    }
    let mut find = Command::new(env!("CARGO_BIN_EXE_zhiban"));
    let (out, took) =
        timed(|| find.arg("--db").arg(db).args(["find", "zhangwei"]).output().expect("the program"));
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    println!("{what:<58} {:>9.2} ms", took.as_secs_f64() * 1000.0);
}

/// One question from the command line, beside `fzf --filter` fed the same people as lines.
fn one_shot(crowd: &Crowd, db: &Path, folder: &Path) {
    let sounds = Sounds::default();
    let queries = query::make(crowd, &sounds, QUERIES);
    let texts: Vec<&str> = queries.iter().step_by(QUERIES / ASKED).map(|query| query.text.as_str()).collect();
    let list = folder.join("find-list.txt");
    let mut out = BufWriter::new(File::create(&list).expect("a list"));
    for line in peers::Haystack::new(crowd, &sounds).lines {
        writeln!(out, "{line}").expect("a line");
    }
    out.flush().expect("the list");

    // Finding nothing is an answer too: only a program that is not there gives no time.
    let run = |command: &mut Command| {
        let (status, took) = timed(|| command.stdout(Stdio::null()).stderr(Stdio::null()).status());
        status.is_ok().then_some(took)
    };
    let ours = |text: &str| {
        run(Command::new(env!("CARGO_BIN_EXE_zhiban")).arg("--db").arg(db).args(["find", text]))
            .expect("the program")
    };
    let fzf = |text: &str| {
        run(Command::new("fzf").args(["--filter", text]).stdin(File::open(&list).expect("the list")))
    };
    let ours: Vec<Duration> = texts.iter().map(|text| median(|| ours(text))).collect();
    let took = middle(ours.clone());
    let what = format!("one-shot find, {LARGE} people, median of {ASKED} × {RUNS}");
    if fzf("zhang").is_none() {
        println!("{what:<58} {:>9.2} ms  (fzf is not installed: no peer)", took.as_secs_f64() * 1000.0);
        return;
    }
    println!("{what:<58} {:>9.2} ms", took.as_secs_f64() * 1000.0);
    let theirs: Vec<Duration> = texts.iter().map(|text| median(|| fzf(text).unwrap_or_default())).collect();
    println!("{:<58} {:>9.2} ms", "  peer: fzf --filter", middle(theirs.clone()).as_secs_f64() * 1000.0);
    let ratio = took.as_secs_f64() / middle(theirs.clone()).as_secs_f64();
    number("  our share of its time, medians", ratio, 0.125, "×");
    let worst = ours.iter().zip(&theirs).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).fold(0.0, f64::max);
    println!("{:<58} {worst:>9.2} ×", "  our share of its time, the worst query");
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
