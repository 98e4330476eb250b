//! Stop and go: keys at random, then the desk is stopped and goes on. What the terminal showed before, drawn bit by bit,
//! is what it shows afterwards, drawn whole; and a real terminal shows what the frames say, before and after. In a
//! pseudo-terminal, and in tmux, GNU screen and xterm where they are installed.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

mod frames;
mod inside;
mod xterm;

use frames::{Frames, body, differs, pass};
use inside::{Desk, Kind};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use zhiban::clock::monotonic;
use zhiban::demo::{self, Size};

/// How long a screen is waited for before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a glance at the terminal takes when nothing comes.
const GLANCE: Duration = Duration::from_millis(50);
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

fn language(seed: u64) -> &'static str {
    if seed.is_multiple_of(2) { "zh" } else { "en" }
}

fn signal(pid: u32, name: &str) -> bool {
    Command::new("kill").args([name, &pid.to_string()]).output().is_ok_and(|done| done.status.success())
}

fn is_stopped(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/status")).is_ok_and(|status| status.contains("T (stopped)"))
}

fn size() -> PtySize {
    PtySize { rows: frames::ROWS, cols: frames::COLUMNS, pixel_width: 0, pixel_height: 0 }
}

struct Pty {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    frames: Frames,
}

impl Pty {
    fn open(db: &Path, lang: &str) -> Self {
        let pair = native_pty_system().openpty(size()).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhiban"));
        command.args(["--lang", lang, "--now", NOW, "--db"]);
        command.arg(db);
        command.env("TERM", "xterm-256color");
        command.env("ZHIBAN_STATE_DIR", db.parent().unwrap());
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
        let frames = Frames::of(pass(pair.master.try_clone_reader().unwrap(), Some(pair.master)));
        Self { child, keys, frames }
    }

    fn stop_and_go(&mut self) {
        let pid = self.child.process_id().unwrap();
        assert!(signal(pid, "-TSTP"));
        let until = monotonic() + PATIENCE;
        while !is_stopped(pid) {
            assert!(monotonic() < until, "never stopped");
            std::thread::yield_now();
        }
        assert!(signal(pid, "-CONT"));
        while !self.frames.next() {}
    }
}

/// One session: so many stops with some keys before each.
fn session(seed: u64, stops: usize) {
    let (_folder, db) = office();
    let mut rng = Rng(seed);
    let mut desk = Pty::open(&db, language(seed));
    desk.frames.next();
    let mut pressed = Vec::new();
    for _ in 0..stops {
        for key in rng.keys(12) {
            pressed.push(key);
            desk.keys.write_all(key.as_bytes()).unwrap();
            desk.keys.flush().unwrap();
            desk.frames.next();
        }
        // A countdown turns with the minute.
        let mut minute = String::new();
        while minute != desk.frames.minute() {
            let before = desk.frames.settle();
            minute = desk.frames.minute();
            desk.stop_and_go();
            let whole = body(desk.frames.screen());
            assert!(
                before == whole || minute != desk.frames.minute(),
                "seed {seed}, after {pressed:?}:\n{}",
                differs(&before, &whole)
            );
        }
    }
    assert!(signal(desk.child.process_id().unwrap(), "-TERM"));
    desk.child.wait().unwrap();
}

/// One session inside another terminal: what that shows is what the frames say.
fn session_inside(kind: Kind, seed: u64, stops: usize) {
    if let Some(missing) = kind.missing() {
        eprintln!("skipped: {missing} is not installed");
        return;
    }
    let (folder, db) = office();
    let mut rng = Rng(seed);
    let mut desk = Desk::open(kind, folder.path(), &db, seed);
    let mut pressed = Vec::new();
    for _ in 0..stops {
        for key in rng.keys(12) {
            pressed.push(key);
            desk.press(key);
        }
        let mut minute = String::new();
        while minute != desk.frames.minute() {
            let before = desk.settle(&format!("seed {seed}, after {pressed:?}"));
            minute = desk.frames.minute();
            desk.stop_and_go();
            let whole = desk.settle(&format!("seed {seed}, stopped after {pressed:?}"));
            assert!(
                before == whole || minute != desk.frames.minute(),
                "seed {seed}, after {pressed:?}:\n{}",
                differs(&before, &whole)
            );
        }
    }
    desk.end();
}

#[test]
fn a_stop_shows_no_character_that_was_wrong_before_it() {
    session(20, 3);
}

#[test]
fn in_tmux_the_screen_is_what_the_frames_say() {
    session_inside(Kind::Tmux, 20, 1);
}

#[test]
fn in_gnu_screen_the_screen_is_what_the_frames_say() {
    session_inside(Kind::Screen, 21, 1);
}

#[test]
#[ignore = "needs a screen that nobody sees, and is slow on a busy machine"]
fn in_an_xterm_the_screen_is_what_the_frames_say() {
    session_inside(Kind::Xterm, 20, 1);
}

#[test]
#[ignore = "needs a screen that nobody sees, and is slow on a busy machine"]
fn in_an_xterm_with_wide_signs_the_screen_is_what_the_frames_say() {
    session_inside(Kind::Xterm, 23, 1);
}

#[test]
#[ignore = "the whole of it: a hundred sessions"]
fn a_hundred_sessions_show_no_wrong_character() {
    for seed in 0..100 {
        session(seed, 2);
    }
}

/// Counted as they end, so that a hundred are seen to have been.
fn many_inside(kind: Kind, seeds: std::ops::Range<u64>) {
    for seed in seeds {
        session_inside(kind, seed, 2);
        eprintln!("{kind:?} {seed} ended well");
    }
}

#[test]
#[ignore = "the whole of it: a hundred sessions in three terminals"]
fn thirty_four_sessions_in_tmux() {
    many_inside(Kind::Tmux, 100..134);
}

#[test]
#[ignore = "the whole of it: a hundred sessions in three terminals"]
fn thirty_three_sessions_in_gnu_screen() {
    many_inside(Kind::Screen, 200..233);
}

#[test]
#[ignore = "the whole of it: a hundred sessions in three terminals"]
fn thirty_three_sessions_in_an_xterm() {
    many_inside(Kind::Xterm, 300..333);
}
