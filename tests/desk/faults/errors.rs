//! The disk answers with errors: the program says so in words, nothing is half done, and the next command works.

use super::ground::Ground;
use super::kills::{Case, Tally, case, under};
use super::shim::{Fault, Run, run};

const ERRORS: [&str; 3] = ["eio", "enospc", "erofs"];

/// Lets every `step`-th call fail, alone and with all after it by turns; in both ways when the step is 1.
fn errors(case: &Case, error: &'static str, step: u32) -> Tally {
    let mut tally = Tally::default();
    let base = (case.ground)();
    let mut at = 1;
    loop {
        for onwards in [false, true] {
            if step > 1 && onwards != (at / step % 2 == 1) {
                continue;
            }
            let ground = Ground::copy_of(&base.root);
            if under(case, &ground, Fault::Fail { at, error, onwards }, &mut tally).is_none() {
                return tally;
            }
        }
        at += step;
    }
}

#[test]
fn an_error_at_some_calls_is_said_and_harms_nothing() {
    for (error, step) in ERRORS.into_iter().zip([29, 37, 43]) {
        for name in ["note", "import"] {
            errors(case(name), error, step).held(&format!("{name} {error}"));
        }
        for name in ["handover", "erase", "backup", "restore", "init", "drill"] {
            errors(case(name), error, step * 9).held(&format!("{name} {error}"));
        }
    }
}

/// Every call of every command, with each error, alone and with all that follow.
mod whole_errors {
    macro_rules! each {
        ($($name:ident)+) => {$(
            #[test]
            #[ignore = "whole run: minutes"]
            fn $name() {
                for error in super::ERRORS {
                    let what = concat!("errors: ", stringify!($name));
                    super::errors(super::case(stringify!($name)), error, 1).held(&format!("{what} {error}"));
                }
            }
        )+};
    }
    each!(note followup import handover backup restore init drill erase erase_backups);
}

/// A stub that says it is done when the disk said no.
#[test]
fn a_command_that_takes_no_notice_of_errors_is_caught() {
    let deaf = Case { command: |ground| super::writer::command(ground, "boast"), ..case("writer").copy() };
    let tally = errors(&deaf, "eio", 7);
    assert!(!tally.wrong.is_empty(), "the boast was not caught");
}

#[test]
fn a_disk_that_refuses_every_write_still_shows_and_finds() {
    let ground = Ground::office();
    let mut shown = 0;
    for args in [&["list", "people", "--json"][..], &["list", "log", "--json"], &["find", "张伟", "--json"]]
    {
        let before = ground.done(args);
        for error in ["erofs", "enospc"] {
            let run = run(&ground, ground.zhiban(args), Fault::Fail { at: 1, error, onwards: true });
            assert!(run.met && run.said() == before, "{args:?} {error}: {}", run.complained());
            shown += 1;
        }
    }
    assert_eq!(shown, 6);
}

/// A run of a command in which the folder's sync failed, after the file had its name.
fn unconfirmed(name: &str) -> (Ground, Run) {
    let case = case(name);
    let base = (case.ground)();
    let try_at = |at: u32| {
        let ground = Ground::copy_of(&base.root);
        let run = run(&ground, (case.command)(&ground), Fault::Fail { at, error: "eio", onwards: false });
        (ground, run)
    };
    // How many calls it makes.
    let (mut below, mut above) = (1, 1 << 16);
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if try_at(middle).1.met { below = middle } else { above = middle }
    }
    let told = (1..=below).rev().take(400).map(try_at).find(|(_, run)| {
        run.output.status.code() == Some(1) && run.complained().contains("did not confirm it")
    });
    let (ground, run) = told.expect("one of the last calls syncs the folder");
    assert!(run.complained().contains("a power cut now may lose it"), "{}", run.complained());
    assert!(!run.complained().contains("cannot be written"), "{}", run.complained());
    assert_eq!((case.left)(&ground), Ok(1));
    (ground, run)
}

/// What was restored is there, and is called neither refused nor safe.
#[test]
fn a_restored_office_whose_name_the_disk_did_not_confirm_is_told_as_that() {
    let (_, run) = unconfirmed("restore");
    assert!(run.said().contains("Restored"), "{}", run.said());
    assert!(run.complained().contains("keep the backup it came from"), "{}", run.complained());
}

/// Nor is one that was just made, which came from no backup.
#[test]
fn a_new_office_whose_name_the_disk_did_not_confirm_is_told_as_that() {
    let (_, run) = unconfirmed("init");
    assert!(run.complained().contains("before anything is recorded in it"), "{}", run.complained());
    assert!(!run.complained().contains("backup"), "{}", run.complained());
}

/// A backup that is there is known in the log: else the rotation never would know it, and a sealed one nobody.
#[test]
fn a_backup_whose_name_the_disk_did_not_confirm_is_logged_and_told_as_that() {
    let (ground, run) = unconfirmed("backup");
    assert!(run.complained().contains("It is logged"), "{}", run.complained());
    assert!(!run.complained().contains("keep the backup it came from"), "{}", run.complained());
    let log = ground.done(&["list", "log", "--limit", "1", "--json"]);
    assert!(log.contains("backup.made") && log.contains("new.db"), "{log}");
}
