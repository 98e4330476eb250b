//! Killed at every call to the disk: what was called done is there, what is there is whole, a second try ends well.

use super::ground::{Ground, look};
use super::shim::{Fault, run};
use super::writer;
use std::process::Command;

/// What a second try leads to.
#[derive(Clone, Copy, PartialEq)]
pub enum Again {
    /// One more of it: the same words twice are two notes.
    More,
    /// One in all: whoever tries again says the same thing.
    One,
}

/// A command, and how what it leaves is counted.
pub struct Case {
    pub name: &'static str,
    pub ground: fn() -> Ground,
    pub command: fn(&Ground) -> Command,
    /// What it prints once it is done.
    pub done: &'static str,
    /// How many of it are there, whole; what is wrong if anything is.
    pub left: fn(&Ground) -> Result<usize, String>,
    pub again: Again,
}

fn in_log(ground: &Ground, count: impl Fn(&super::ground::Look) -> usize) -> Result<usize, String> {
    look(&ground.db()).map(|found| count(&found))
}

/// One if a database with this name opens and is sound; none if nothing of the name opens as an office.
pub fn whole(ground: &Ground, name: &str) -> Result<usize, String> {
    match look(&ground.path(name)) {
        Ok(found) if !found.rows.is_empty() => Ok(1),
        Ok(_) => Err("an office without a beginning".to_owned()),
        Err(why) if why.starts_with("does not open") => Ok(0),
        Err(why) => Err(format!("half an office opens: {why}")),
    }
}

/// What is known of the person who is erased, as it stands in files.
const VALUES: [&str; 3] = ["10003", "欧阳娜", "19900009999"];

/// Whether a database, or what lies beside it under its name, holds any of it.
fn holds(ground: &Ground, name: &str) -> bool {
    let files = std::fs::read_dir(&ground.root).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.file_name().is_some_and(|is| is.to_string_lossy().starts_with(name))).any(
        |path| {
            let bytes = std::fs::read(path).unwrap();
            VALUES.iter().any(|value| bytes.windows(value.len()).any(|part| part == value.as_bytes()))
        },
    )
}

/// An erasure is wholly done or not at all: nothing of the person is left in the file's bytes, or everything is.
fn traces(ground: &Ground, name: &str, erased: usize) -> Result<usize, String> {
    match (erased, holds(ground, name)) {
        (0, true) => Ok(0),
        (1, false) => Ok(1),
        (_, held) => {
            Err(format!("erased {erased} times, and the file holds something of the person: {held}"))
        }
    }
}

pub fn with_backup() -> Ground {
    let ground = Ground::office();
    ground.done(&["backup", "kept.db"]);
    ground
}

/// What a drill restored and was cut short over lies in a folder under an unfinished name: whole, or nothing that opens.
fn tried(ground: &Ground) -> Result<(), String> {
    for entry in std::fs::read_dir(&ground.root).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() && name.starts_with(".zhiban-") {
            whole(ground, &format!("{name}/office.db"))?;
        }
    }
    Ok(())
}

/// Restores into another file; the office and its backup are there already.
pub fn restoring(ground: &Ground) -> Command {
    let mut command = ground.zhiban(&["restore", "kept.db"]);
    command.arg("--db").arg(ground.path("new.db"));
    command
}

/// Begins an office.
pub fn beginning(ground: &Ground) -> Command {
    ground.zhiban(&["init", "--office", "海岬理工大学", "--officer", "林岚"])
}

const CASES: &[Case] = &[
    Case {
        name: "note",
        ground: Ground::office,
        command: |ground| ground.zhiban(&["log", "note", "the boiler is out"]),
        done: "Logged",
        left: |ground| in_log(ground, |found| found.telling("the boiler is out")),
        again: Again::More,
    },
    Case {
        name: "followup",
        ground: Ground::office,
        command: |ground| {
            let args = ["log", "followup", "--on", "unit:U01", "--outcome", "promised", "--promise", "16:00"];
            ground.zhiban(&[&args[..], &["--note", "will send it"]].concat())
        },
        done: "Logged",
        left: |ground| in_log(ground, |found| found.telling("will send it")),
        again: Again::More,
    },
    Case {
        name: "import",
        ground: Ground::office,
        command: |ground| {
            let args = ["import", "report", "later.csv", "--date", "2020-02-17", "--reason", "mended"];
            ground.zhiban(&[&args[..], &["--yes"]].concat())
        },
        done: "written, entry",
        left: |ground| in_log(ground, |found| found.telling("later.csv")),
        again: Again::One,
    },
    Case {
        name: "handover",
        ground: Ground::office,
        command: |ground| {
            ground.zhiban(&["handover", "--close", "--to", "周航", "--tick", "all", "--out", "paper.txt"])
        },
        done: "handed over to",
        left: |ground| in_log(ground, |found| found.of_kind("shift.closed")),
        again: Again::One,
    },
    Case {
        name: "backup",
        ground: Ground::office,
        command: |ground| ground.zhiban(&["backup", "new.db"]),
        done: "Backed up",
        left: |ground| in_log(ground, |_| 0).and_then(|_| whole(ground, "new.db")),
        again: Again::One,
    },
    Case {
        name: "restore",
        ground: with_backup,
        command: restoring,
        done: "Restored",
        left: |ground| whole(ground, "new.db"),
        again: Again::One,
    },
    Case {
        name: "init",
        ground: Ground::empty,
        command: beginning,
        done: "Made",
        left: |ground| whole(ground, "office.db"),
        again: Again::One,
    },
    Case {
        name: "drill",
        ground: with_backup,
        command: |ground| ground.zhiban(&["drill", "kept.db"]),
        done: "The drill went well",
        left: |ground| {
            tried(ground)?;
            look(&ground.path("kept.db"))?;
            in_log(ground, |found| found.of_kind("drill.done"))
        },
        again: Again::More,
    },
    Case {
        name: "erase",
        ground: Ground::office,
        command: |ground| ground.zhiban(&["erase", "person", "10003", "--reason", "asked for it", "-y"]),
        done: "Erased; entry",
        left: |ground| {
            let erased = in_log(ground, |found| found.of_kind("person.erased"))?;
            traces(ground, "office.db", erased)
        },
        again: Again::One,
    },
    Case {
        name: "erase_backups",
        ground: || {
            let ground = with_backup();
            ground.done(&["erase", "person", "10003", "--reason", "asked for it", "-y"]);
            ground
        },
        command: |ground| ground.zhiban(&["erase", "backups", "kept.db"]),
        done: "Rewritten",
        left: |ground| {
            look(&ground.path("kept.db"))?;
            let held = holds(ground, "kept.db");
            traces(ground, "kept.db", usize::from(!held))
        },
        again: Again::One,
    },
    Case {
        name: "writer",
        ground: Ground::office,
        command: |ground| writer::command(ground, "note"),
        done: "saved 0",
        left: |ground| in_log(ground, |found| found.telling("written 0 ")),
        again: Again::One,
    },
    Case {
        name: "demo",
        ground: Ground::empty,
        command: |ground| writer::command(ground, "demo"),
        done: "made",
        left: |ground| whole(ground, "office.db"),
        again: Again::One,
    },
];

pub fn case(name: &str) -> &'static Case {
    CASES.iter().find(|case| case.name == name).unwrap()
}

/// What was counted, and what went wrong.
#[derive(Default)]
pub struct Tally {
    pub runs: u32,
    pub done: u32,
    /// Not called done, and there all the same: the process was gone before it could say so.
    pub unsaid: u32,
    pub wrong: Vec<String>,
}

impl Tally {
    /// Prints what was counted, and fails if anything went wrong.
    pub fn held(&self, what: &str) {
        let Self { runs, done, unsaid, wrong } = self;
        println!("{what}: {runs} runs, {done} called done, {unsaid} done unsaid, {} wrong", wrong.len());
        assert!(*runs > 0, "{what}: nothing was run");
        assert!(wrong.is_empty(), "{what}: {}", wrong.join("\n"));
    }
}

/// One run under a fault and what follows; none when the fault did not come to pass any more.
pub fn under(case: &Case, ground: &Ground, fault: Fault, tally: &mut Tally) -> Option<()> {
    let run = run(ground, (case.command)(ground), fault);
    // Some of what is said about what was done stands where refusals stand, so that a paper can go through a pipe.
    let said = format!("{}{}", run.said(), run.complained());
    if !run.met {
        assert!(said.contains(case.done), "{}: {said}", case.name);
        return None;
    }
    let said = said.contains(case.done);
    tally.runs += 1;
    let at = format!("{} {fault:?}", case.name);
    tally.done += u32::from(said);
    let left = match (case.left)(ground) {
        Ok(left) if left > 1 => return wrong(tally, format!("{at}: {left} of it")),
        Ok(0) if said => return wrong(tally, format!("{at}: called done and gone")),
        Ok(left) => left,
        Err(why) => return wrong(tally, format!("{at}: {why}")),
    };
    if left == 1 && !said {
        tally.unsaid += 1;
        println!("done unsaid: {at}: {:?} {}", run.output.status.code(), run.complained());
    }
    if let Fault::Fail { .. } = fault {
        let words = run.complained();
        let code = run.output.status.code();
        if left == 1 && !said && words.contains("nothing was saved") {
            return wrong(tally, format!("{at}: it is there, and “{words}” says it is not"));
        }
        if code.is_none() || words.contains("panicked") || (code != Some(0) && words.trim().is_empty()) {
            return wrong(tally, format!("{at}: ended with {code:?} and said “{words}”"));
        }
    }
    let next = (case.command)(ground).output().unwrap();
    let want = if case.again == Again::More { left + 1 } else { 1 };
    match (case.left)(ground) {
        Ok(now) if now == want => {}
        found => {
            let said = String::from_utf8_lossy(&next.stderr);
            return wrong(
                tally,
                format!("{at}: {left} before, {found:?} after another try, which said: {said}"),
            );
        }
    }
    Some(())
}

fn wrong(tally: &mut Tally, what: String) -> Option<()> {
    tally.wrong.push(what);
    Some(())
}

/// Kills at every `step`-th call, before it and in the middle of it by turns; in both ways when the step is 1.
fn kills(case: &Case, step: u32) -> Tally {
    let mut tally = Tally::default();
    let base = (case.ground)();
    let mut at = 1 + step / 2;
    loop {
        let ways = [Fault::Tear(at), Fault::Kill(at)];
        let ways = if step == 1 { &ways[..] } else { &ways[(at as usize / step as usize) % 2..][..1] };
        for &fault in ways {
            let ground = Ground::copy_of(&base.root);
            if under(case, &ground, fault, &mut tally).is_none() {
                return tally;
            }
        }
        at += step;
    }
}

#[test]
fn a_kill_at_some_calls_loses_nothing() {
    for name in ["note", "followup", "import", "writer"] {
        kills(case(name), 17).held(name);
    }
    kills(case("handover"), 61).held("handover");
}

#[test]
fn a_kill_at_some_calls_leaves_no_half_file() {
    for (name, step) in [("backup", 73), ("restore", 211), ("init", 71), ("demo", 101), ("drill", 307)] {
        kills(case(name), step).held(name);
    }
}

#[test]
fn a_kill_at_some_calls_leaves_nobody_half_erased() {
    for (name, step) in [("erase", 67), ("erase_backups", 149)] {
        kills(case(name), step).held(name);
    }
}

/// The copy of the office that a killed drill leaves goes with the next one: nobody looks for it there.
#[test]
fn what_a_killed_drill_left_goes_with_the_next() {
    let drill = case("drill");
    let ground = (drill.ground)();
    let left = || {
        let names = std::fs::read_dir(&ground.root).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with(".zhiban-")).count()
    };
    assert!(run(&ground, (drill.command)(&ground), Fault::Kill(90)).met);
    assert_eq!(left(), 1, "killed while it restores");
    assert!((drill.command)(&ground).output().unwrap().status.success());
    assert_eq!(left(), 0);
}

/// Every call of every command.
mod whole_kills {
    macro_rules! each {
        ($($name:ident)+) => {$(
            #[test]
            #[ignore = "whole run: minutes"]
            fn $name() {
                super::kills(super::case(stringify!($name)), 1).held(concat!("kills: ", stringify!($name)));
            }
        )+};
    }
    each!(note followup import handover backup restore init drill erase erase_backups writer demo);
}

#[test]
fn a_kill_of_a_boasting_writer_is_caught() {
    let boast = Case { command: |ground| writer::command(ground, "boast"), ..case("writer").copy() };
    let tally = kills(&boast, 13);
    assert!(tally.wrong.iter().any(|why| why.contains("called done and gone")), "the boast was not caught");
}

/// Stubs in the place of what makes a file: one that says it is done before it is, one whose file opens before it is
/// whole.
#[test]
fn a_file_that_is_called_made_too_soon_or_made_in_place_is_caught() {
    let hasty = Case { command: |ground| writer::command(ground, "hasty"), ..case("restore").copy() };
    let tally = kills(&hasty, 1);
    assert!(tally.wrong.iter().any(|why| why.contains("called done and gone")), "{:?}", tally.wrong);
    let in_place = Case { command: |ground| writer::command(ground, "in place"), ..case("restore").copy() };
    let tally = kills(&in_place, 1);
    assert!(tally.wrong.iter().any(|why| why.contains("half an office opens")), "{:?}", tally.wrong);
}

/// An erasure that is logged while something of the person stays in the file, or beside it.
#[test]
fn an_erasure_that_leaves_something_is_caught() {
    let erase = case("erase");
    let ground = (erase.ground)();
    assert_eq!((erase.left)(&ground), Ok(0));
    assert!((erase.command)(&ground).output().unwrap().status.success());
    assert_eq!((erase.left)(&ground), Ok(1));
    std::fs::write(ground.path("office.db-left"), VALUES[0]).unwrap();
    assert!((erase.left)(&ground).is_err());
}

impl Case {
    pub fn copy(&self) -> Self {
        Self { ..*self }
    }
}
