//! Stop and go: keys at random, then the desk is stopped and goes on. What the terminal showed before, drawn bit by bit,
//! is what it shows afterwards, drawn whole. In a pseudo-terminal, and in tmux where it is installed.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use zhiban::clock::monotonic;
use zhiban::demo::{self, Size};

/// How long a screen is waited for before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a screen that can only be looked at must stay as it is.
const STILL: Duration = Duration::from_millis(1_500);
/// The end of every frame.
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";
/// What a frame that is drawn whole begins with.
const WIPE: &[u8] = b"\x1b[0m\x1b[2J";
/// A moment at which no countdown turns for most of a minute.
const NOW: &str = "2020-02-17T09:31:02+08:00";
/// What is pressed: nothing that prints, ends the desk or waits for something outside.
const KEYS: [&str; 32] = [
    "1", "2", "3", "4", "6", "7", "9", "0", "-", "j", "j", "k", "G", "g", "\x1b[B", "\x1b[6~", "\r", "\x1b",
    "\x1b", "\t", "f", "/", "王", "wang", ":", "bf", "?", " ", "s", "=", "１", "u",
];

/// Numbers that repeat.
struct Rng(u64);

impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn keys(&mut self, many: usize) -> Vec<&'static str> {
        (0..many).map(|_| KEYS[self.below(KEYS.len())]).collect()
    }
}

fn office() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    demo::create(&path, Size { people: 200, units: 8, days: 3 }).unwrap();
    (folder, path)
}

/// What follows the first `seen` in these bytes.
fn after(bytes: &[u8], seen: &[u8]) -> Option<usize> {
    bytes.windows(seen.len()).position(|window| window == seen).map(|at| at + seen.len())
}

fn terminal() -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(24).unwrap(), NonZeroU16::new(80).unwrap(), 0)
}

/// What is seen below the clock and the counters, which turn by themselves; with its looks.
fn body(terminal: &vt100::Parser) -> String {
    let mut out = String::new();
    for row in 2..24 {
        for column in 0..80 {
            let Some(cell) = terminal.screen().cell(row, column) else { continue };
            let text = if cell.has_contents() { cell.contents() } else { " " };
            let seen = (cell.bgcolor(), cell.inverse(), cell.underline());
            if text != " " || seen != (vt100::Color::Default, false, false) {
                let looks = (cell.fgcolor(), cell.bold(), cell.dim());
                writeln!(out, "{row},{column} {text} {seen:?} {looks:?}").unwrap();
            }
        }
    }
    out
}

struct Pty {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    pending: Vec<u8>,
    screen: vt100::Parser,
}

impl Pty {
    fn open(db: &Path, lang: &str) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhiban"));
        command.args(["--lang", lang, "--now", NOW, "--db"]);
        command.arg(db);
        command.env("TERM", "xterm-256color");
        command.env("ZHIBAN_STATE_DIR", db.parent().unwrap());
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            // The terminal lives as long as it is read.
            let _master = pair.master;
            let mut buffer = vec![0; 65536];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { child, keys, bytes, pending: Vec::new(), screen: terminal() }
    }

    /// Takes in one frame, whole; says whether it was drawn anew.
    fn frame(&mut self) -> bool {
        let end = loop {
            if let Some(end) = after(&self.pending, FRAME_ENDS) {
                break end;
            }
            let more = self.bytes.recv_timeout(PATIENCE);
            self.pending
                .extend(more.unwrap_or_else(|_| panic!("no frame: {}", self.screen.screen().contents())));
        };
        let frame: Vec<u8> = self.pending.drain(..end).collect();
        self.screen.process(&frame);
        after(&frame, WIPE).is_some()
    }

    /// Waits until three frames in a row, a second apart when nothing happens, show the same.
    fn settle(&mut self) -> String {
        let (mut before, mut same) = (body(&self.screen), 0);
        while same < 3 {
            self.frame();
            let now = body(&self.screen);
            same = if now == before { same + 1 } else { 0 };
            before = now;
        }
        before
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    fn is_stopped(&self) -> bool {
        let pid = self.child.process_id().unwrap();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        status.contains("T (stopped)")
    }

    fn stop_and_go(&mut self) {
        self.signal("-TSTP");
        let until = monotonic() + PATIENCE;
        while !self.is_stopped() {
            assert!(monotonic() < until, "never stopped");
            std::thread::yield_now();
        }
        self.signal("-CONT");
        while !self.frame() {}
    }
}

/// One session: so many stops with some keys before each.
fn session(seed: u64, stops: usize) {
    let (_folder, db) = office();
    let mut rng = Rng(seed);
    let mut desk = Pty::open(&db, if seed.is_multiple_of(2) { "zh" } else { "en" });
    desk.frame();
    let mut pressed = Vec::new();
    for _ in 0..stops {
        for key in rng.keys(12) {
            pressed.push(key);
            desk.keys.write_all(key.as_bytes()).unwrap();
            desk.keys.flush().unwrap();
            desk.frame();
        }
        let before = desk.settle();
        desk.stop_and_go();
        let whole = body(&desk.screen);
        assert_eq!(before, whole, "seed {seed}, after {pressed:?}");
    }
    desk.signal("-TERM");
    desk.child.wait().unwrap();
}

#[test]
fn a_stop_shows_no_character_that_was_wrong_before_it() {
    session(20, 3);
}

#[test]
#[ignore = "the whole of it: a hundred sessions"]
fn a_hundred_sessions_show_no_wrong_character() {
    for seed in 0..100 {
        session(seed, 2);
    }
}

/// A server of tmux of one's own, with one desk in it.
struct Tmux {
    name: String,
}

impl Tmux {
    fn open(db: &Path, lang: &str, seed: u64) -> Self {
        let name = format!("zhiban-stops-{}-{seed}", std::process::id());
        let desk = Self { name };
        let state = db.parent().unwrap().display().to_string();
        let run = format!(
            "ZHIBAN_STATE_DIR='{state}' exec '{}' --lang {lang} --now {NOW} --db '{}'",
            env!("CARGO_BIN_EXE_zhiban"),
            db.display()
        );
        desk.tmux(&["-u", "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", &run]);
        desk
    }

    fn tmux(&self, args: &[&str]) -> String {
        let done = Command::new("tmux").args(["-L", &self.name]).args(args).output().unwrap();
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    /// What is seen below the clock and the counters, once it stays as it is.
    fn settle(&self) -> String {
        let look = || {
            let mut shown = terminal();
            let lines = self.tmux(&["-u", "capture-pane", "-e", "-p"]);
            shown.process(lines.trim_end_matches('\n').replace('\n', "\r\n").as_bytes());
            body(&shown)
        };
        let (mut seen, mut since) = (look(), monotonic());
        let until = monotonic() + PATIENCE;
        while seen.trim().is_empty() || monotonic() - since < STILL {
            assert!(monotonic() < until, "never still:\n{seen}");
            let now = look();
            if now != seen {
                (seen, since) = (now, monotonic());
            }
        }
        seen
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = Command::new("tmux").args(["-L", &self.name, "kill-server"]).output();
    }
}

/// One session in tmux; says aloud when there is none.
fn session_in_tmux(seed: u64, stops: usize) {
    if Command::new("tmux").arg("-V").output().is_err() {
        eprintln!("skipped: tmux is not installed");
        return;
    }
    let (_folder, db) = office();
    let mut rng = Rng(seed);
    let desk = Tmux::open(&db, if seed.is_multiple_of(2) { "zh" } else { "en" }, seed);
    desk.settle();
    let mut pressed = Vec::new();
    for _ in 0..stops {
        for key in rng.keys(12) {
            pressed.push(key);
            desk.tmux(&["-u", "send-keys", "-l", "--", key]);
        }
        let before = desk.settle();
        // tmux lets a program that was stopped go on by itself.
        let pid = desk.tmux(&["display-message", "-p", "#{pane_pid}"]);
        assert!(Command::new("kill").args(["-TSTP", pid.trim()]).status().unwrap().success());
        let whole = desk.settle();
        assert_eq!(before, whole, "seed {seed}, after {pressed:?}");
    }
}

#[test]
fn in_tmux_a_stop_shows_no_wrong_character_either() {
    session_in_tmux(20, 2);
}

#[test]
#[ignore = "the whole of it: a hundred sessions"]
fn a_hundred_sessions_in_tmux_show_no_wrong_character() {
    for seed in 0..100 {
        session_in_tmux(seed, 2);
    }
}
