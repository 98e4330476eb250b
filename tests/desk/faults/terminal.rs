//! Storms on the terminal: sizes, bytes, pastes, signals, a line that goes dead. Whatever comes, the terminal is given
//! back, what was called saved is in the log, and nothing panics.

use super::ground::{Dice, Ground, look};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long anything is waited for before the test gives up.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long the screen is watched between two keys that are sent until something shows.
const GLANCE: Duration = Duration::from_millis(150);
const SIZE: (u16, u16) = (100, 30);

struct Desk {
    ground: Ground,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    master: Option<Box<dyn MasterPty + Send>>,
    parser: vt100::Parser,
    raw: Vec<u8>,
    notes: Vec<String>,
}

fn sized((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Desk {
    /// The real desk in a pseudo-terminal, on the small office.
    fn open() -> Self {
        let ground = Ground::office();
        let pair = native_pty_system().openpty(sized(SIZE)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhiban"));
        command.env_clear();
        command.args(["--lang", "en", "--db"]);
        command.arg(ground.db());
        command.cwd(&ground.root);
        for (name, value) in [("TERM", "xterm-256color"), ("PATH", "/nowhere")] {
            command.env(name, value);
        }
        command.env("HOME", &ground.root);
        command.env("XDG_STATE_HOME", ground.path("state"));
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
        let (rows, columns) = (NonZeroU16::new(SIZE.1).unwrap(), NonZeroU16::new(SIZE.0).unwrap());
        let parser = vt100::Parser::new(rows, columns, 0);
        let master = Some(pair.master);
        let mut desk =
            Self { ground, child, keys, bytes, master, parser, raw: Vec::new(), notes: Vec::new() };
        desk.until("", "the board", |screen| screen.contains("Outstanding"));
        desk
    }

    /// Sends bytes; a desk that has ended takes none.
    fn press(&mut self, keys: impl AsRef<[u8]>) {
        let _ = self.keys.write_all(keys.as_ref()).and_then(|()| self.keys.flush());
    }

    /// What the desk draws within a glance; false when it has ended.
    fn glance(&mut self) -> bool {
        match self.bytes.recv_timeout(GLANCE) {
            Ok(bytes) => {
                self.raw.extend_from_slice(&bytes);
                self.parser.process(&bytes);
                true
            }
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => false,
        }
    }

    /// Waits until it draws nothing more.
    fn rest(&mut self) {
        while let Ok(bytes) = self.bytes.recv_timeout(GLANCE) {
            self.raw.extend_from_slice(&bytes);
            self.parser.process(&bytes);
        }
    }

    /// Sends these keys again and again until the screen shows something.
    fn until(&mut self, keys: &str, what: &str, seen: impl Fn(&str) -> bool) {
        let begun = Instant::now();
        while !seen(&self.parser.screen().contents()) {
            let waits = begun.elapsed() < PATIENCE && self.glance();
            assert!(waits, "never seen: {what}\n{}", self.parser.screen().contents());
            if !keys.is_empty() && !seen(&self.parser.screen().contents()) {
                self.press(keys);
                self.glance();
            }
        }
    }

    fn resize(&mut self, size: (u16, u16)) {
        self.master.as_ref().unwrap().resize(sized(size)).unwrap();
    }

    /// Goes back to the board from wherever it is, writes a note, and waits until it is called saved.
    fn note(&mut self, text: &str) {
        self.resize(SIZE);
        // A busy machine may still be at an earlier size, where keys say nothing, or take two keys for one: each is tried
        // until it was seen to do something.
        let begun = Instant::now();
        while !self.parser.screen().contents().contains("─ Note") {
            assert!(begun.elapsed() < PATIENCE, "no note:\n{}", self.parser.screen().contents());
            for key in ["\x1b", "\x1b", "\x1b", "n"] {
                self.press(key);
                self.rest();
            }
        }
        // What a storm left half typed is kept as a draft, and is not this note.
        let draft = |screen: &str| screen.contains("unfinished draft");
        if draft(&self.parser.screen().contents()) {
            self.until("\x0e", "the form afresh", |screen| !draft(screen));
        }
        self.press(format!("{text}\r"));
        self.until("", "the note saved", |screen| {
            screen.contains("Saved (entry") && !screen.contains("─ Note")
        });
        self.notes.push(text.to_owned());
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// Waits for the end and says what was wrong with it.
    fn ended(mut self, terminal_there: bool) -> Result<(), String> {
        let begun = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            self.glance();
            if begun.elapsed() > PATIENCE {
                self.child.kill().unwrap();
                return Err("it did not end".to_owned());
            }
        }
        while let Ok(bytes) = self.bytes.recv_timeout(GLANCE) {
            self.raw.extend_from_slice(&bytes);
        }
        let at = |what: &[u8]| self.raw.windows(what.len()).rposition(|bytes| bytes == what);
        let (entered, left) = (at(b"\x1b[?1049h"), at(b"\x1b[?1049l"));
        if terminal_there && left < entered {
            return Err("the terminal was not given back".to_owned());
        }
        let diary = std::fs::read_to_string(self.ground.path("state/zhiban/zhiban.log")).unwrap_or_default();
        if diary.contains("panic") {
            return Err(format!("it panicked: {diary}"));
        }
        let found = look(&self.ground.db())?;
        match self.notes.iter().find(|note| found.telling(note) != 1) {
            Some(note) => Err(format!("“{note}” was called saved and is not there")),
            None => Ok(()),
        }
    }
}

/// Keys that lead somewhere and write nothing.
const WALK: &[&str] = &[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-", "\t", "j", "k", "\r", "\x1b", "?", "/", "z", " ",
];

fn sizes(seed: u64, rounds: usize) {
    let mut desk = Desk::open();
    let mut dice = Dice::new(seed);
    for _ in 0..rounds {
        let size = if dice.below(4) == 0 {
            (1 + dice.below(4) as u16, 1 + dice.below(4) as u16)
        } else {
            (1 + dice.below(300) as u16, 1 + dice.below(120) as u16)
        };
        desk.resize(size);
        desk.press(WALK[dice.below(WALK.len())]);
        if dice.below(4) == 0 {
            desk.glance();
        }
    }
    desk.note("after the storm of sizes");
    desk.signal("-TERM");
    desk.ended(true).unwrap();
}

fn bytes(seed: u64, rounds: usize) {
    let mut desk = Desk::open();
    desk.note("before the storm of bytes");
    let mut dice = Dice::new(seed);
    for _ in 0..rounds {
        let len = 1 + dice.below(40);
        let storm: Vec<u8> = (0..len).map(|_| dice.below(256) as u8).collect();
        desk.press(&storm);
        // It may have been told to stop: Ctrl-Z is among the bytes.
        desk.signal("-CONT");
        if !desk.glance() {
            break;
        }
    }
    if desk.child.try_wait().unwrap().is_none() {
        desk.signal("-TERM");
        desk.signal("-CONT");
    }
    desk.ended(true).unwrap();
}

fn pastes(seed: u64, rounds: usize) {
    let mut desk = Desk::open();
    let mut dice = Dice::new(seed);
    let parts = [
        "发热",
        "\u{1b}[2J",
        "\r\n",
        "a",
        "\u{202e}",
        "\t",
        "\u{0}",
        "12345678901",
        "\u{200b}",
        "😷",
        "e\u{301}",
    ];
    for _ in 0..rounds {
        let text: String = (0..dice.below(3_000)).map(|_| parts[dice.below(parts.len())]).collect();
        desk.until("n", "the form of a note", |screen| screen.contains("─ Note"));
        // A paste's end inside a paste is the terminal's to take out; here it would only end it early.
        desk.press(format!("\x1b[200~{text}\x1b[201~"));
        desk.glance();
        desk.until("\x1b", "the board", |screen| !screen.contains("─ Note"));
    }
    desk.note("after the storm of pastes");
    desk.signal("-TERM");
    desk.ended(true).unwrap();
}

#[cfg(target_os = "linux")]
fn stops(rounds: usize) {
    let mut desk = Desk::open();
    let pid = desk.child.process_id().unwrap();
    for round in 0..rounds {
        // Several at once are one wish to stop.
        (0..=round % 3).for_each(|_| desk.signal("-TSTP"));
        let begun = Instant::now();
        let stopped =
            |text: String| text.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T'));
        while !std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(stopped) {
            assert!(begun.elapsed() < PATIENCE, "it never stopped");
            desk.rest();
            // On a busy machine it may have come together with the word to go on before it, which takes it back.
            desk.signal("-TSTP");
        }
        desk.signal("-CONT");
        let begun = Instant::now();
        let seen = desk.raw.len();
        while !desk.raw[seen..].windows(8).any(|bytes| bytes == b"\x1b[?1049h") {
            assert!(begun.elapsed() < PATIENCE, "it never came back");
            desk.signal("-CONT");
            desk.glance();
        }
    }
    desk.note("after being stopped");
    desk.signal("-HUP");
    desk.ended(true).unwrap();
}

#[test]
fn a_storm_of_sizes() {
    sizes(7, 60);
}

#[test]
fn a_storm_of_bytes() {
    bytes(11, 40);
}

#[test]
fn a_storm_of_pastes() {
    pastes(13, 4);
}

#[test]
#[cfg(target_os = "linux")]
fn a_storm_of_stops() {
    stops(4);
}

#[test]
fn a_line_that_goes_dead() {
    let mut desk = Desk::open();
    desk.note("before the line went dead");
    desk.press("nhalf a note");
    desk.master = None;
    desk.keys = Box::new(std::io::sink());
    // The reader's copy is the last hold on the terminal.
    desk.signal("-HUP");
    desk.ended(false).unwrap();
}

#[test]
fn a_desk_that_dies_in_the_storm_is_caught() {
    let mut desk = Desk::open();
    desk.note("before the kill");
    desk.signal("-KILL");
    assert_eq!(desk.ended(true).unwrap_err(), "the terminal was not given back");
    let mut desk = Desk::open();
    desk.notes.push("called saved, never written".to_owned());
    desk.signal("-TERM");
    assert!(desk.ended(true).unwrap_err().contains("called saved"));
}

#[test]
#[ignore = "whole run: minutes"]
fn whole_storms() {
    for seed in 0..12 {
        sizes(seed, 200);
        bytes(1_000 + seed, 200);
        pastes(2_000 + seed, 10);
    }
    #[cfg(target_os = "linux")]
    stops(30);
    println!("storms: 12 of sizes, 12 of bytes, 12 of pastes, 30 stops; nothing lost");
}
