//! Real papers through a real CUPS queue, headless. Ignored in the plain test command: it needs the packages that
//! `.ci/run` installs, a running scheduler and the queue `ZhibanPDF`; `.ci/run` sets up all three and then runs
//! `cargo test --test desk -- --ignored --test-threads=1 cups::`. What becomes of papers that are not printed is tried in a
//! scheduler of the tests' own, with a printer that is a script.

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;
use zhiban::demo::{self, Size};
use zhiban::paper::callsheet;
use zhiban::paper::file::{Format, bytes};
use zhiban::paper::print::{self, Job, PrinterState, Sides, State};
use zhiban::paper::template::{Templates, make};
use zhiban::say::Lang;
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

/// A print service of its own, whose printers are a script: its folder, its process.
struct Service {
    folder: tempfile::TempDir,
    scheduler: std::process::Child,
}

/// What becomes of a job is the last part of the device's address.
const PRINTER: &str = "#!/bin/sh
[ $# = 0 ] && { echo 'direct scripted \"Unknown\" \"A script\"'; exit 0; }
[ -n \"$6\" ] || cat > /dev/null
case \"$DEVICE_URI\" in
*:/fails) echo 'ERROR: the lamp is out' >&2; exit 1 ;;
*:/login) exit 2 ;;
*:/holds) exit 3 ;;
*:/cancels) exit 5 ;;
*:/slow) echo 'INFO: warming up' >&2; exec sleep 60 ;;
esac
exit 0
";

impl Service {
    fn start() -> Self {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        std::fs::set_permissions(at, std::fs::Permissions::from_mode(0o755)).unwrap();
        for part in ["bin/backend", "root", "spool", "cache", "state/certs", "log"] {
            std::fs::create_dir_all(at.join(part)).unwrap();
        }
        for part in ["daemon", "filter", "monitor", "notifier"] {
            symlink(Path::new("/usr/lib/cups").join(part), at.join("bin").join(part)).unwrap();
        }
        let printer = at.join("bin/backend/scripted");
        std::fs::write(&printer, PRINTER).unwrap();
        std::fs::set_permissions(&printer, std::fs::Permissions::from_mode(0o755)).unwrap();
        let at = at.display();
        let files = format!(
            "ServerRoot {at}/root\nServerBin {at}/bin\nRequestRoot {at}/spool\nCacheDir {at}/cache\nStateDir {at}/state\n\
             TempDir {at}/spool\nAccessLog {at}/log/access\nErrorLog {at}/log/error\nPageLog {at}/log/page\n"
        );
        let settings = format!(
            "Listen {at}/cups.sock\nDefaultAuthType None\nWebInterface No\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n\
             <Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
        );
        std::fs::write(folder.path().join("cups-files.conf"), files).unwrap();
        std::fs::write(folder.path().join("cupsd.conf"), settings).unwrap();
        let scheduler = Command::new("cupsd")
            .arg("-f")
            .arg("-c")
            .arg(folder.path().join("cupsd.conf"))
            .arg("-s")
            .arg(folder.path().join("cups-files.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let service = Self { folder, scheduler };
        service.until("it runs", || service.says("lpstat", &["-r"]).contains("is running"));
        demo::create(&service.office(), Size { people: 60, units: 4, days: 2 }).unwrap();
        service
    }

    fn office(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env("CUPS_SERVER", self.folder.path().join("cups.sock")).env("LC_ALL", "C");
        command.stdin(Stdio::null());
        command
    }

    fn says(&self, program: &str, args: &[&str]) -> String {
        let output = self.command(program).args(args).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// A queue of the script; what it does when a job fails.
    fn queue(&self, name: &str, device: &str, policy: &str) {
        let device = format!("scripted:/{device}");
        let policy = format!("printer-error-policy={policy}");
        self.says("lpadmin", &["-p", name, "-E", "-v", &device, "-o", &policy]);
    }

    /// The program printing a call sheet, still under way.
    fn printing(&self, queue: &str) -> std::process::Child {
        self.command(env!("CARGO_BIN_EXE_zhiban"))
            .args(["--lang", "en", "--db"])
            .arg(self.office())
            .args(["callsheet", "--print", "--printer", queue])
            .env("ZHIBAN_STATE_DIR", self.folder.path().join("state-of-zhiban"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// What it says in the end, and whether it calls that well.
    fn told(&self, queue: &str) -> (bool, String) {
        ended(self.printing(queue))
    }

    /// Waits until the print service shows something.
    fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        for _ in 0..200 {
            if is_so() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("never: {what}: {}", self.says("lpstat", &["-t"]));
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.scheduler.kill();
        let _ = self.scheduler.wait();
    }
}

fn ended(child: std::process::Child) -> (bool, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
#[ignore = "needs CUPS: run by .ci/run"]
fn what_the_printer_did_not_print_is_told_as_that() {
    let service = Service::start();
    service.queue("Well", "prints", "retry-job");
    service.queue("Cancels", "cancels", "retry-job");
    service.queue("Aborts", "fails", "abort-job");
    service.queue("Retries", "fails", "retry-job");
    service.queue("Stops", "fails", "stop-printer");
    service.queue("Login", "login", "retry-job");
    service.queue("Holds", "holds", "retry-job");
    for (queue, is_well, words) in [
        ("Well", true, "Printed (printer Well, job Well-1)"),
        ("Cancels", false, "was cancelled: not printed, or not completely"),
        ("Aborts", false, "Printer Aborts could not print it: the lamp is out; the file is"),
        ("Retries", false, "Printer Retries could not print it: the lamp is out. The job stays"),
        ("Stops", false, "Printer Stops stopped: the lamp is out"),
        ("Login", false, "waits for a user name and password"),
        ("Holds", false, "is held at printer Holds"),
    ] {
        let (well, told) = service.told(queue);
        assert!(well == is_well && told.contains(words), "{queue}: {told}");
        assert!(is_well || told.contains("callsheet-"), "the file is not named: {told}");
    }
}

#[test]
#[ignore = "needs CUPS: run by .ci/run"]
fn a_job_that_is_cancelled_while_it_prints_was_not_printed() {
    let service = Service::start();
    service.queue("Slow", "slow", "retry-job");
    let printing = service.printing("Slow");
    service.until("it prints", || service.says("lpstat", &["-l", "-o", "Slow"]).contains("job-printing"));
    service.says("cancel", &["Slow-1"]);
    let (well, told) = ended(printing);
    assert!(!well && told.contains("Job Slow-1 was cancelled"), "{told}");
}

#[test]
#[ignore = "needs CUPS: run by .ci/run"]
fn a_scheduler_that_ends_on_the_way_leaves_it_open() {
    let mut service = Service::start();
    service.queue("Slow", "slow", "retry-job");
    let printing = service.printing("Slow");
    service.until("it prints", || service.says("lpstat", &["-l", "-o", "Slow"]).contains("job-printing"));
    service.scheduler.kill().unwrap();
    service.scheduler.wait().unwrap();
    let (well, told) = ended(printing);
    assert!(
        !well && told.contains("stopped on the way; whether job Slow-1 was printed is not known"),
        "{told}"
    );
}
