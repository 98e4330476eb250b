//! The real program in a real pseudo-terminal: it starts, shows what another process writes, and gives the
//! terminal back. Waits on what the screen shows, never on time.

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use zhiban::clock::monotonic;
use zhiban::demo::{self, Size};
use zhiban::store::query;
use zhiban::store::query::rows::OutstandingRow;

/// How long a screen is waited for before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

struct Terminal {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    raw: Vec<u8>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn open(db: &Path, lang: &str) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhiban"));
        command.args(["--lang", lang, "--db"]);
        command.arg(db);
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let (rows, columns) = (NonZeroU16::new(40).unwrap(), NonZeroU16::new(120).unwrap());
        let parser = vt100::Parser::new(rows, columns, 0);
        Self { child, keys, bytes, parser, raw: Vec::new(), master: pair.master }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until `seen` holds of the screen's text.
    fn until(&mut self, what: &str, seen: impl Fn(&str) -> bool) {
        let begin = monotonic();
        loop {
            if seen(&self.parser.screen().contents()) {
                return;
            }
            // The clock of the desk ticks whatever else is to come.
            assert!(
                begin.elapsed() < 4 * PATIENCE,
                "never seen: {what}\n{}",
                self.parser.screen().contents()
            );
            match self.bytes.recv_timeout(PATIENCE) {
                Ok(bytes) => {
                    self.raw.extend_from_slice(&bytes);
                    self.parser.process(&bytes);
                }
                Err(error) => panic!("never seen ({error}): {what}\n{}", self.parser.screen().contents()),
            }
        }
    }

    fn shows(&mut self, text: &str) {
        self.until(text, |screen| screen.contains(text));
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// Waits for the end, and returns what was written up to then.
    fn ended(self) -> (bool, Vec<u8>) {
        let (status, raw) = self.ended_how();
        (status.success(), raw)
    }

    /// The same with the whole exit status.
    fn ended_how(mut self) -> (portable_pty::ExitStatus, Vec<u8>) {
        let status = self.child.wait().unwrap();
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(500)) {
            self.raw.extend_from_slice(&bytes);
        }
        (status, self.raw)
    }

    /// A line of what the system knows of the process.
    #[cfg(target_os = "linux")]
    fn status(&self, what: &str) -> String {
        let pid = self.child.process_id().unwrap();
        let all = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        all.lines().find(|line| line.starts_with(what)).unwrap().to_owned()
    }
}

fn office() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    demo::create(&path, Size { people: 200, units: 8, days: 3 }).unwrap();
    (folder, path)
}

/// The unit that stands first among those that have not reported.
fn late_unit(db: &Path) -> OutstandingRow {
    let store = zhiban::store::Store::open(db).unwrap();
    query::outstanding(&store.reader().unwrap(), demo::now()).unwrap().remove(0)
}

fn zhiban(db: &Path, args: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_zhiban"));
    command.arg("--db").arg(db).args(["--lang", "en"]).args(args).output().unwrap()
}

/// The bytes that leave the alternate screen.
fn leaves(raw: &[u8]) -> bool {
    raw.windows(8).any(|bytes| bytes == b"\x1b[?1049l")
}

#[test]
fn the_desk_opens_shows_another_process_commit_and_leaves_the_terminal_as_it_was() {
    let (_folder, db) = office();
    let late = late_unit(&db);
    let mut desk = Terminal::open(&db, "zh");
    desk.shows(&late.name);
    desk.press("3");
    desk.shows(&late.phone);
    let done = zhiban(&db, &["received", &late.code, "--zero"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let phone = late.phone.clone();
    desk.until("the unit gone from the list", |screen| !screen.contains(&phone));
    // Ctrl-C asks; the question's default is No.
    desk.press("\x03");
    desk.shows("Enter");
    desk.press("y\r");
    let (success, raw) = desk.ended();
    assert!(success && leaves(&raw), "the terminal was not given back");
}

#[test]
fn a_desk_that_is_told_to_end_keeps_the_draft_and_gives_the_terminal_back() {
    let (_folder, db) = office();
    let late = late_unit(&db);
    let mut desk = Terminal::open(&db, "en");
    // A call is about whoever is selected: they have to be there.
    desk.shows(&late.name);
    desk.press("3");
    desk.shows(&late.phone);
    desk.press("f\t\tDirector Wu");
    desk.shows("Director Wu");
    desk.signal("-TERM");
    let (_, raw) = desk.ended();
    assert!(leaves(&raw), "the terminal was not given back");
    let mut desk = Terminal::open(&db, "en");
    desk.shows(&late.name);
    desk.press("3");
    desk.shows(&late.phone);
    desk.press("f");
    desk.shows("Director Wu");
    desk.signal("-TERM");
    desk.ended();
}

#[test]
fn strange_text_never_reaches_the_terminal_raw() {
    let (_folder, db) = office();
    let text = "a\u{1b}[2Jb\u{202e}c\u{200b}d\u{9b}e";
    let done = zhiban(&db, &["log", "note", text]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for args in
        [&["list", "log"][..], &["list", "log", "--json"], &["handover"], &["handover", "--format", "json"]]
    {
        let out = zhiban(&db, args).stdout;
        let out = String::from_utf8(out).unwrap();
        for raw in ['\u{1b}', '\u{202e}', '\u{200b}', '\u{9b}'] {
            assert!(!out.contains(raw), "{args:?} wrote {raw:?}");
        }
    }
    let mut desk = Terminal::open(&db, "en");
    desk.press("9");
    desk.shows("note");
    desk.signal("-TERM");
    let (_, raw) = desk.ended();
    let raw = String::from_utf8_lossy(&raw);
    assert!(!raw.contains("\u{1b}[2Jb") && !raw.contains(['\u{202e}', '\u{200b}', '\u{9b}']));
}

#[test]
fn every_deadly_signal_gives_the_terminal_back_and_is_what_the_desk_ended_by() {
    let (_folder, db) = office();
    for (name, words) in [
        ("-QUIT", "Quit"),
        ("-ABRT", "Aborted"),
        ("-TERM", "Terminated"),
        ("-USR1", "User defined signal 1"),
        ("-ALRM", "Alarm clock"),
        ("-XCPU", "CPU time limit exceeded"),
    ] {
        let mut desk = Terminal::open(&db, "en");
        desk.shows("Outstanding");
        desk.signal(name);
        let (status, raw) = desk.ended_how();
        assert!(leaves(&raw), "{name}: the terminal was not given back");
        assert!(
            !status.success() && status.signal().is_some_and(|signal| signal.contains(words)),
            "{name}: {status:?}"
        );
    }
}

/// Waits until the process is in this state (`T` stopped, `S` asleep).
#[cfg(target_os = "linux")]
fn in_state(desk: &Terminal, state: &str) {
    let until = monotonic() + PATIENCE;
    while !desk.status("State:").contains(state) {
        assert!(monotonic() < until, "never {state}: {}", desk.status("State:"));
        std::thread::yield_now();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn several_stops_in_a_row_are_one_and_the_desk_goes_on_with_one_word() {
    let (_folder, db) = office();
    let mut desk = Terminal::open(&db, "en");
    desk.shows("Outstanding");
    for _ in 0..5 {
        desk.signal("-TSTP");
    }
    in_state(&desk, "T (stopped)");
    for _ in 0..5 {
        desk.signal("-TSTP");
    }
    desk.signal("-CONT");
    desk.press("?");
    desk.shows("Keys that work here");
    desk.signal("-TERM");
    desk.ended();
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_of_absurd_size_is_drawn_clamped() {
    let (_folder, db) = office();
    let mut desk = Terminal::open(&db, "en");
    desk.shows("Outstanding");
    let size = |rows, cols| PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
    // The canary of a desk that allocates as much as it is told: this would be some hundred megabytes.
    for (rows, cols) in [(0, 0), (1, 1), (2000, 2000), (40, 120)] {
        desk.master.resize(size(rows, cols)).unwrap();
        desk.press("9");
        desk.press("1");
    }
    desk.press("?");
    desk.shows("Keys that work here");
    let most = desk.status("VmHWM:");
    let kib: u64 = most.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(kib < 400 * 1024, "{most}");
    desk.signal("-TERM");
    desk.ended();
}
