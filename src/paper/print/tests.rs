//! Made-up commands that answer as CUPS 2.4 was seen to answer; the real queue is asked in `tests/cups.rs`.

#![allow(clippy::unwrap_used, reason = "a test's helpers")]

use super::*;
use ipp::attribute::IppAttribute;
use ipp::model::{DelimiterTag, IppVersion, StatusCode};
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;
use std::os::unix::fs::PermissionsExt;

/// A desk with made-up `lp` and `lpstat`.
struct Desk {
    folder: tempfile::TempDir,
}

const RUNNING: &str = "scheduler is running\\nno system default destination\\n";
const IDLE: &str = "printer Desk-One is idle.  enabled since Sun Nov 22 07:07:33 2026\\n\\tForm mounted:\\n\\tAlerts: none\\nDesk-One accepting requests since Sun\\n";
const DISABLED: &str = "printer Desk-One disabled since Sun Nov 22 07:07:33 2026 -\\n\\tasked to stop\\n\\tForm mounted:\\n\\tAlerts: media-empty-error paused\\n";

impl Desk {
    /// `lp` answers with `lp`; `lpstat` with the first of `answers` whose key is among its arguments.
    fn new(lp: &str, answers: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut lpstat = String::from("case \" $* \" in\n");
        for (key, text) in answers {
            lpstat.extend(["*\" ", key, " \"*) printf '", text, "';;\n"]);
        }
        lpstat.push_str("esac");
        for (name, body) in [("lp", lp), ("lpstat", &lpstat)] {
            let path = folder.path().join(name);
            let body = format!("#!/bin/sh\necho \"$@\" >> {}.args\n{body}\n", path.display());
            std::fs::write(&path, body).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        write("交班".as_bytes(), &folder.path().join("a.pdf")).unwrap();
        Self { folder }
    }

    fn cups(&self) -> Cups {
        let path = |name: &str| self.folder.path().join(name).to_str().unwrap().to_owned();
        let server = "/nonexistent/cups.sock".to_owned();
        Cups { lp: path("lp"), lpstat: path("lpstat"), server, pause: Duration::ZERO, looks: 3 }
    }

    /// Prints while a print service says this of every job it is asked for.
    fn print_while(&self, state: JobState, reasons: &[&str], message: &str) -> Outcome {
        let cups = Cups { server: service(state, reasons, message), ..self.cups() };
        cups.print(&self.folder.path().join("a.pdf"), &Job::on("Desk-One"), &|| false)
    }

    fn print(&self, job: &Job) -> Outcome {
        self.cups().print(&self.folder.path().join("a.pdf"), job, &|| false)
    }

    fn args(&self, name: &str) -> Vec<String> {
        let args = std::fs::read_to_string(self.folder.path().join(format!("{name}.args"))).unwrap();
        args.lines().map(str::to_owned).collect()
    }
}

const TAKEN: &str = "echo 'request id is Desk-One-12 (1 file(s))'";
const MINE: &str = "Desk-One-12  root  1024  Sun Nov 22 07:08:01 2026\\n";

#[test]
fn no_file_is_overwritten_and_no_folder_made() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    write("交班".as_bytes(), &file).unwrap();
    assert!(write("别的".as_bytes(), &file).is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "交班");
    assert!(write("交班".as_bytes(), &folder.path().join("none/a.txt")).is_err());
    assert!(!folder.path().join("none").exists());
}

/// A print service that says this of every job; where it is asked.
fn service(state: JobState, reasons: &[&str], message: &str) -> String {
    let mut answer =
        IppRequestResponse::new_response(IppVersion::v1_1(), StatusCode::SuccessfulOk, 1).unwrap();
    let keyword = |word: &&str| IppValue::Keyword((*word).try_into().unwrap());
    for (name, value) in [
        ("job-state", IppValue::Enum(state as i32)),
        ("job-state-reasons", IppValue::Array(reasons.iter().map(keyword).collect())),
        ("job-printer-state-message", IppValue::new_text_without_language(message).unwrap()),
    ] {
        let attribute = IppAttribute::with_name(name, value).unwrap();
        answer.attributes_mut().add(DelimiterTag::JobAttributes, attribute);
    }
    serve(answer.to_bytes().to_vec())
}

/// Answers every question with this.
fn serve(body: Vec<u8>) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut asked = [0; 4096];
            let mut read = 0;
            while !asked[..read].ends_with(&[3]) {
                read += std::io::Read::read(&mut stream, &mut asked[read..]).unwrap();
            }
            stream.write_all(b"HTTP/1.0 200 OK\r\nContent-Type: application/ipp\r\n\r\n").unwrap();
            stream.write_all(&body).unwrap();
        }
    });
    address
}

#[test]
fn a_job_that_the_print_service_completed_was_printed() {
    let desk = Desk::new(TAKEN, &[("-o", "")]);
    let server = service(JobState::Completed, &["job-completed-successfully"], "");
    let cups = Cups { server, ..desk.cups() };
    let job = Job { printer: "Desk-One".to_owned(), copies: 2, sides: Sides::Two };
    let told = cups.print(&desk.folder.path().join("a.pdf"), &job, &|| false);
    assert_eq!((told.state, told.queue.as_deref()), (State::Printed, Some("Desk-One")), "{told:?}");
    assert!(told.message.en.contains("job Desk-One-12"), "{told:?}");
    let args = &desk.args("lp")[0];
    assert!(args.starts_with("-t zhiban -n 2 "), "{args}");
    assert!(args.contains("sides=two-sided-long-edge") && args.contains("-d Desk-One -- /"), "{args}");
}

/// To `lpstat` all of these look like a job that was printed: it left the queue with this one reason.
#[test]
fn what_was_not_printed_is_never_called_printed() {
    let left = "processing-to-stop-point";
    let desk = Desk::new(TAKEN, &[("-o", "")]);
    let told = desk.print_while(JobState::Canceled, &[left], "");
    assert!(told.state == State::Cancelled && told.message.zh.contains("被取消"), "{told:?}");
    let told = desk.print_while(JobState::Aborted, &[left], "the lamp is out");
    assert!(told.state == State::Failed && told.message.en.contains("the lamp is out"), "{told:?}");
    let told = desk.print_while(JobState::Completed, &["job-completed-with-errors"], "page 2 was lost");
    assert!(told.state == State::Failed && told.message.en.contains("page 2 was lost"), "{told:?}");
    let told = desk.print_while(JobState::PendingHeld, &["cups-held-for-authentication"], "");
    assert!(told.state == State::Held && told.message.en.contains("password"), "{told:?}");
    let told = desk.print_while(JobState::PendingHeld, &["job-hold-until-specified"], "");
    assert!(told.state == State::Held && !told.message.en.contains("password"), "{told:?}");
    let told = desk.print_while(JobState::PendingHeld, &["resources-are-not-ready"], "no answer");
    assert!(told.state == State::Trouble && told.message.en.contains("no answer. The job stays"), "{told:?}");
    assert!(!told.is_well() && told.message.zh.contains("a.pdf"));
}

#[test]
fn where_the_print_service_cannot_be_asked_nobody_says_printed() {
    let status = format!("{MINE}\\tStatus: \\n\\tAlerts: processing-to-stop-point\\n");
    let queue = &[("completed", status.as_str()), ("-r", RUNNING), ("-o", "")];
    let told = Desk::new(TAKEN, queue).print(&Job::on(""));
    assert_eq!(told.state, State::Left, "{told:?}");
    assert!(!told.is_well() && told.message.zh.contains("a.pdf"), "{told:?}");
    // It ended on the way.
    let queue = &[("-r", "scheduler is not running\\n"), ("-o", "")];
    let told = Desk::new(TAKEN, queue).print(&Job::on(""));
    assert!(told.state == State::Left && told.message.en.contains("stopped on the way"), "{told:?}");
    // What answers is no print service, and what it says is no answer.
    for nonsense in ["", "hello", "\u{1}\u{1}\0\0\0\0\0\u{1}\u{2}\u{21}\0"] {
        let desk = Desk::new(TAKEN, &[("-r", RUNNING), ("-o", "")]);
        let cups = Cups { server: serve(nonsense.into()), ..desk.cups() };
        let told = cups.print(&desk.folder.path().join("a.pdf"), &Job::on(""), &|| false);
        assert_eq!(told.state, State::Left, "{nonsense:?}: {told:?}");
    }
    // A service that forgets its jobs at once.
    let gone = IppRequestResponse::new_response(IppVersion::v1_1(), StatusCode::ClientErrorNotFound, 1);
    let desk = Desk::new(TAKEN, &[("-o", "")]);
    let cups = Cups { server: serve(gone.unwrap().to_bytes().to_vec()), ..desk.cups() };
    let told = cups.print(&desk.folder.path().join("a.pdf"), &Job::on(""), &|| false);
    assert_eq!(told.state, State::Left, "{told:?}");
}

#[test]
fn a_print_service_that_does_not_answer_is_asked_once() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let server = listener.local_addr().unwrap().to_string();
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            drop(stream);
        }
    });
    let desk = Desk::new(TAKEN, &[("-o", MINE), ("-p", IDLE)]);
    let cups = Cups { server, ..desk.cups() };
    let told = cups.print(&desk.folder.path().join("a.pdf"), &Job::on(""), &|| false);
    assert_eq!(told.state, State::Waiting(0), "{told:?}");
    assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 1, "of three looks");
    // Nor is a job asked for whose name has no number.
    let nameless = Sent { queue: "a", job: "a", file: "f", server: RefCell::new("/nonexistent".to_owned()) };
    assert_eq!(nameless.ask(), ask::Answer::Silent);
}

#[test]
fn a_job_on_its_way_is_followed() {
    let jobs = format!("Desk-One-11 a 1 x\\n{MINE}\\tAlerts: job-printing\\n");
    let desk = Desk::new(TAKEN, &[("-o", &jobs), ("-p", IDLE)]);
    assert_eq!(desk.print_while(JobState::Processing, &["job-printing"], "").state, State::Printing);
    let desk = Desk::new(TAKEN, &[("-o", &jobs.replace("\\tAlerts: job-printing\\n", "")), ("-p", IDLE)]);
    assert_eq!(desk.print_while(JobState::Pending, &["none"], "").state, State::Waiting(1));
    let desk = Desk::new(TAKEN, &[("-o", MINE), ("-p", DISABLED)]);
    assert_eq!(desk.print_while(JobState::Pending, &["printer-stopped"], "").state, State::Stopped);
}

#[test]
fn a_stopped_queue_says_why() {
    let desk = Desk::new(TAKEN, &[("-o", MINE), ("-p", DISABLED)]);
    let told = desk.print(&Job::on(""));
    assert_eq!(told.state, State::Stopped, "{told:?}");
    assert!(
        told.message.zh.contains("缺纸，asked to stop") && told.message.en.contains("out of paper"),
        "{told:?}"
    );
    assert!(told.message.en.contains("a.pdf") && told.job.as_deref() == Some("Desk-One-12"));
}

#[test]
fn held_failed_waiting_and_complaining_jobs_are_told_apart() {
    let state = |jobs: &str, printer: &str| {
        let told = Desk::new(TAKEN, &[("-o", jobs), ("-p", printer)]).print(&Job::on("Desk-One"));
        (told.state, told.message.en)
    };
    let held = format!("{MINE}\\tAlerts: job-hold-until-specified\\n");
    assert_eq!(state(&held, IDLE).0, State::Held);
    let failed = format!("{MINE}\\tStatus: damaged file\\n\\tAlerts: job-completed-with-errors\\n");
    let (told, words) = state(&failed, IDLE);
    assert_eq!(told, State::Failed);
    assert!(words.contains("damaged file"), "{words}");
    let (told, words) = state(&format!("Desk-One-10 a 1 x\\nDesk-One-11 a 1 x\\n{MINE}"), IDLE);
    assert_eq!(told, State::Waiting(2));
    assert!(words.contains("behind 2 jobs"), "{words}");
    let busy = IDLE
        .replace("is idle.", "now printing Desk-One-12.")
        .replace("\\tForm", "\\tnot reachable\\n\\tForm");
    let (told, words) = state(&format!("{MINE}\\tAlerts: job-printing\\n"), &busy);
    assert_eq!(told, State::Trouble);
    assert!(words.contains("not reachable"), "{words}");
}

#[test]
fn a_refusal_says_what_is_missing() {
    let refusing = |answers: &[(&str, &str)], printer: &str| {
        let desk = Desk::new("echo 'lp: Error - The printer or class does not exist.' >&2; exit 1", answers);
        let told = desk.print(&Job::on(printer));
        assert_eq!((told.state, &told.queue), (State::Refused, &None));
        assert!(told.message.zh.contains("a.pdf") && told.message.en.contains("a.pdf"), "{told:?}");
        told.message.en
    };
    // With the scheduler down the same words come: it is asked.
    assert!(refusing(&[("-r", "scheduler is not running\\n")], "Desk-One").contains("not running"));
    assert!(refusing(&[("-r", RUNNING)], "").contains("There is no printer"));
    let one = format!("{RUNNING}{IDLE}");
    assert!(refusing(&[("-r", &one)], "Other").contains("there are: Desk-One"));
    assert!(refusing(&[("-r", &one)], "").contains("choose one: Desk-One"));
    let closed = format!("{one}Desk-One not accepting requests since x -\\n\\tbeing mended\\n");
    let words =
        refusing(&[("-r", &closed.replace("Desk-One accepting requests since Sun\\n", ""))], "Desk-One");
    assert!(words.contains("takes no jobs: being mended"), "{words}");
}

#[test]
fn a_name_that_would_be_an_option_reaches_no_command() {
    let desk = Desk::new(TAKEN, &[]);
    for name in ["-o", "-ojob-sheets", "a b", "a\u{1b}[2J", "x#y"] {
        let told = desk.print(&Job::on(name));
        assert_eq!(told.state, State::Refused, "{name:?}");
        assert!(!told.message.zh.contains('\u{1b}'));
    }
    assert!(!desk.folder.path().join("lp.args").exists());
    assert!(!withdraw("--help-1") && !withdraw("Desk-One"));
}

#[test]
fn without_cups_the_file_is_named() {
    let desk = Desk::new(TAKEN, &[]);
    let none =
        Cups { lp: "/nonexistent/lp".to_owned(), lpstat: "/nonexistent/lpstat".to_owned(), ..desk.cups() };
    let told = none.print(Path::new("/tmp/纸.pdf"), &Job::on(""), &|| false);
    assert!(told.message.zh.contains("CUPS") && told.message.zh.contains("纸.pdf"), "{told:?}");
    assert_eq!(none.printers(&|| false), Printers::default());
    // With lp alone there is nobody to ask.
    let blind = Cups { lpstat: "/nonexistent/lpstat".to_owned(), ..desk.cups() };
    let told = blind.print(Path::new("/tmp/纸.pdf"), &Job::on(""), &|| false);
    assert!(told.state == State::Sent && told.is_well(), "{told:?}");
}

#[test]
fn nobody_waits_for_a_command_that_hangs() {
    let desk = Desk::new("exec sleep 600", &[]);
    let told = desk.cups().print(&desk.folder.path().join("a.pdf"), &Job::on(""), &|| true);
    assert_eq!(told.state, State::Refused);
    assert!(told.message.en.contains("Stopped before"), "{told:?}");
    // A job that waits is left to wait: the first look is the last.
    let desk = Desk::new(TAKEN, &[("-o", MINE), ("-p", IDLE)]);
    let asked = std::cell::Cell::new(0);
    let told = desk.cups().print(&desk.folder.path().join("a.pdf"), &Job::on(""), &|| {
        asked.set(asked.get() + 1);
        desk.folder.path().join("lpstat.args").exists()
    });
    assert_eq!(told.state, State::Waiting(0), "{told:?}");
    assert_eq!(desk.args("lpstat").len(), 2, "one look: the jobs, the printer");
}

#[test]
fn printers_come_with_their_state_and_what_is_wrong() {
    let answer = format!(
        "scheduler is running\\nsystem default destination: Desk-One\\n{DISABLED}printer Back is idle.  enabled since x\\n\\tForm mounted:\\n\\tAlerts: toner-low-report\\n\
         Back accepting requests since x\\nDesk-One not accepting requests since x -\\n\\treason unknown\\n"
    );
    let desk = Desk::new(TAKEN, &[("-r", &answer), ("-e", "Back\\nDesk-One\\nHall\\n")]);
    let found = desk.cups().printers(&|| false);
    assert!(found.is_running);
    assert_eq!(found.default.as_deref(), Some("Desk-One"));
    let states: Vec<_> = found.all.iter().map(|p| (p.name.as_str(), p.state)).collect();
    let (idle, stopped, unclear) = (PrinterState::Idle, PrinterState::Stopped, PrinterState::Unclear);
    assert_eq!(states, [("Back", idle), ("Desk-One", stopped), ("Hall", unclear)]);
    assert_eq!(found.all[0].reason().unwrap().en, "toner or ink low");
    assert_eq!(found.all[1].refuses.as_deref(), Some(""));
    assert_eq!(found.all[2].reason(), None);
}
