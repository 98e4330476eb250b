//! Real papers through a real CUPS queue, headless. Ignored in the plain test command: it needs the packages that
//! `.ci/run` installs, a running scheduler and the queue `ZhibanPDF`; `.ci/run` sets up all three and then runs
//! `cargo test --test cups -- --ignored --test-threads=1`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;
use zhiban::demo::{self, Size};
use zhiban::i18n::Lang;
use zhiban::paper::callsheet;
use zhiban::paper::file::{Format, bytes};
use zhiban::paper::print::{self, Job, PrinterState, Sides, State};
use zhiban::paper::template::{Templates, make};
use zhiban::store::query;

const QUEUE: &str = "ZhibanPDF";

/// Stops and starts the queue whatever becomes of the test.
struct Stopped;

impl Stopped {
    fn new(reason: &str) -> Self {
        run("cupsdisable", &["-r", reason, QUEUE]);
        Self
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        run("cancel", &["-a", QUEUE]);
        run("cupsenable", &[QUEUE]);
    }
}

fn run(program: &str, args: &[&str]) {
    let done = Command::new(program).args(args).stdin(Stdio::null()).status();
    assert!(done.is_ok_and(|status| status.success()), "{program} {args:?}");
}

/// A real paper of several pages as a PDF.
fn paper(folder: &Path) -> PathBuf {
    let store = demo::create(&folder.join("office.db"), Size { people: 200, units: 8, days: 4 }).unwrap();
    let sheet = query::call_sheet(&store.reader().unwrap(), demo::now()).unwrap();
    let source = callsheet::Paper { sheet, revealed: false };
    let made = make(&source, Lang::Zh, &Templates::builtin()).unwrap();
    let file = folder.join("名单.pdf");
    print::write(&bytes(&made, Format::Pdf).unwrap(), &file).unwrap();
    file
}

/// Where the virtual printer lays what it prints, and since when.
fn printed_since(since: SystemTime) -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let folders =
        [home.join("PDF"), PathBuf::from("/root/PDF"), PathBuf::from("/var/spool/cups-pdf/ANONYMOUS")];
    let mut out: Vec<PathBuf> = Vec::new();
    for entry in folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten() {
        let path = entry.unwrap().path();
        let is_new = path.metadata().unwrap().modified().unwrap() >= since;
        if is_new && path.extension().is_some_and(|end| end == "pdf") && !out.contains(&path) {
            out.push(path);
        }
    }
    out
}

fn pages(file: &Path) -> u32 {
    let answer = Command::new("pdfinfo").env("LC_ALL", "C").arg(file).output().unwrap();
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("Pages:"));
    line.unwrap_or_else(|| panic!("{}: {text}", file.display())).trim().parse().unwrap()
}

/// What the queue keeps of a job: copies, sides, state.
fn asked(folder: &Path, job: &str) -> String {
    let question = folder.join("job.test");
    let text = "{ OPERATION Get-Job-Attributes GROUP operation-attributes-tag ATTR charset attributes-charset utf-8 \
        ATTR language attributes-natural-language en ATTR uri job-uri $uri ATTR name requesting-user-name $user \
        DISPLAY copies DISPLAY sides DISPLAY job-state }";
    std::fs::write(&question, text).unwrap();
    let uri = format!("ipp://localhost/jobs/{}", job.rsplit('-').next().unwrap());
    let answer = Command::new("ipptool").arg("-c").arg(uri).arg(&question).output().unwrap();
    String::from_utf8(answer.stdout).unwrap().lines().last().unwrap_or_default().to_owned()
}

fn send(file: &Path, job: &Job) -> print::Outcome {
    print::print(file, job, &|| false)
}

/// A moment before anything that is printed from now on. Files carry whole seconds at worst.
#[allow(clippy::disallowed_methods, reason = "compared with what the system's clock put on files")]
fn now() -> SystemTime {
    SystemTime::now() - std::time::Duration::from_secs(1)
}

#[test]
#[ignore = "needs a CUPS queue: run by .ci/run"]
fn a_paper_comes_out_with_all_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let file = paper(folder.path());
    let (wanted, since) = (pages(&file), now());
    assert!(wanted >= 2, "a paper of one page shows nothing");
    let told = send(&file, &Job { printer: QUEUE.to_owned(), copies: 1, sides: Sides::Two });
    assert_eq!(told.state, State::Printed, "{told:?}");
    assert!(told.message.zh.starts_with("已打印") && told.message.en.starts_with("Printed"), "{told:?}");
    assert_eq!(told.queue.as_deref(), Some(QUEUE));
    let job = told.job.unwrap();
    let number = job.rsplit('-').next().unwrap().to_owned();
    let out = printed_since(since);
    let mine = out.iter().find(|path| path.to_string_lossy().contains(&format!("job_{number}")));
    let mine = mine.unwrap_or_else(|| panic!("{job} is not among {out:?}"));
    assert_eq!(pages(mine), wanted);
    // The title that everybody sees in the queue says nothing of what is printed.
    assert!(mine.file_name().unwrap().to_string_lossy().starts_with("zhiban"), "{mine:?}");
}

#[test]
#[ignore = "needs a CUPS queue: run by .ci/run"]
fn two_copies_are_two_copies() {
    let folder = tempfile::tempdir().unwrap();
    let file = paper(folder.path());
    let since = now();
    let told = send(&file, &Job { copies: 2, sides: Sides::TwoShort, ..Job::on(QUEUE) });
    assert_eq!(told.state, State::Printed, "{told:?}");
    // The virtual printer lays one copy down; what was asked for, the queue itself says.
    assert!(!printed_since(since).is_empty());
    assert_eq!(asked(folder.path(), &told.job.unwrap()), "2,two-sided-short-edge,completed");
}

#[test]
#[ignore = "needs a CUPS queue: run by .ci/run"]
fn a_stopped_queue_is_told_with_its_reason_and_the_job_can_be_withdrawn() {
    let folder = tempfile::tempdir().unwrap();
    let file = paper(folder.path());
    let _stopped = Stopped::new("纸盒在修");
    let told = send(&file, &Job::on(QUEUE));
    assert_eq!(told.state, State::Stopped, "{told:?}");
    assert!(!told.is_well());
    assert!(told.message.zh.contains("已停用：纸盒在修") && told.message.zh.contains("名单.pdf"), "{told:?}");
    let known = print::printers(&|| false);
    let printer = known.all.iter().find(|printer| printer.name == QUEUE).unwrap();
    assert_eq!(printer.state, PrinterState::Stopped);
    assert_eq!(printer.reason().unwrap().en, "纸盒在修");
    let job = told.job.unwrap();
    assert!(print::withdraw(&job));
    assert!(!print::withdraw(&job), "it is gone");
}

#[test]
#[ignore = "needs a CUPS queue: run by .ci/run"]
fn a_queue_that_takes_no_jobs_and_one_that_does_not_exist_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = paper(folder.path());
    let none = send(&file, &Job::on("Nowhere"));
    assert_eq!((none.state, none.queue.as_deref()), (State::Refused, None));
    assert!(none.message.en.contains("no printer Nowhere") && none.message.en.contains(QUEUE), "{none:?}");
    run("cupsreject", &["-r", "moved to room 2", QUEUE]);
    let closed = send(&file, &Job::on(QUEUE));
    run("cupsaccept", &[QUEUE]);
    assert_eq!(closed.state, State::Refused, "{closed:?}");
    assert!(closed.message.en.contains("moved to room 2"), "{closed:?}");
    // A job that was taken back before it began was not printed.
    let _stopped = Stopped::new("later");
    let waits = send(&file, &Job::on(QUEUE));
    assert_eq!(waits.state, State::Stopped);
}

#[test]
#[ignore = "needs a CUPS queue: run by .ci/run"]
fn a_job_that_the_queue_holds_is_told_as_held() {
    let folder = tempfile::tempdir().unwrap();
    let file = paper(folder.path());
    // Held by the queue itself, so that it can be taken back at leisure.
    run("lpadmin", &["-p", QUEUE, "-o", "job-hold-until-default=indefinite"]);
    let held = send(&file, &Job::on(QUEUE));
    run("lpadmin", &["-p", QUEUE, "-o", "job-hold-until-default=no-hold"]);
    run("cancel", &["-a", QUEUE]);
    assert_eq!(held.state, State::Held, "{held:?}");
}
