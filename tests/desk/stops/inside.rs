//! A desk inside a real terminal. `script` stands between the two and keeps a copy of every byte that the desk writes:
//! from these is known what ought to be seen.

use super::frames::{Frames, body, differs, pass, terminal};
use super::xterm::Xterm;
use super::{GLANCE, NOW, PATIENCE, is_stopped, language, signal, size};
use portable_pty::{CommandBuilder, native_pty_system};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::Receiver;
use zhiban::clock::monotonic;

/// Which terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Tmux,
    Screen,
    Xterm,
}

impl Kind {
    /// What of all that a session needs is not installed.
    pub fn missing(self) -> Option<&'static str> {
        let needs: &[(&str, &str)] = match self {
            Self::Tmux => &[("script", "--version"), ("tmux", "-V")],
            Self::Screen => &[("script", "--version"), ("screen", "--version")],
            Self::Xterm => {
                &[("script", "--version"), ("Xvfb", "-help"), ("xterm", "-version"), ("xdotool", "version")]
            }
        };
        needs.iter().find(|(name, asks)| Command::new(name).arg(asks).output().is_err()).map(|need| need.0)
    }
}

/// Reads what is written to a pipe that has a name.
fn named_pipe(path: &Path) -> PathBuf {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    path.to_owned()
}

/// The locale a terminal is started in.
pub const LOCALE: &str = "C.UTF-8";

/// What a real terminal is asked for.
pub trait Terminal {
    /// Presses a key.
    fn press(&mut self, key: &str);
    /// What is seen of the frames, as it is told here.
    fn said(&self, frames: &vt100::Parser) -> String {
        body(frames)
    }
    /// What it shows; waits for a glance when nothing new comes.
    fn look(&mut self) -> String;
    /// Ends it, if it has not ended by itself.
    fn end(&mut self);
}

/// A desk in a terminal.
pub struct Desk {
    terminal: Box<dyn Terminal>,
    pub frames: Frames,
    pid: u32,
    /// `script`, which stops with the desk.
    above: u32,
    ended: bool,
}

impl Desk {
    pub fn open(kind: Kind, room: &Path, db: &Path, seed: u64) -> Self {
        let (log, run) = (named_pipe(&room.join("bytes")), room.join("run.sh"));
        let desk = format!(
            "echo $$ $PPID >{room}/pids; exec {zhiban} --lang {lang} --now {NOW} --db {db}",
            room = room.display(),
            zhiban = env!("CARGO_BIN_EXE_zhiban"),
            lang = language(seed),
            db = db.display()
        );
        let line = format!(
            // The terminal's own colours, by whose numbers what it shows is told.
            "unset NO_COLOR; export ZHIBAN_THEME=terminal ZHIBAN_STATE_DIR='{}'; exec script -qefc '{desk}' '{}'",
            room.display(),
            log.display()
        );
        std::fs::write(&run, line).unwrap();
        let (sender, opened) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(File::open(&log).unwrap()));
        let terminal: Box<dyn Terminal> = match kind {
            Kind::Tmux | Kind::Screen => Box::new(Inner::open(kind, room, &run)),
            Kind::Xterm => Box::new(Xterm::open(room, &run, seed)),
        };
        let log = opened.recv_timeout(PATIENCE).expect("the desk never began");
        let mut frames = Frames::of(pass(log, ()));
        frames.next();
        let pids = std::fs::read_to_string(room.join("pids")).unwrap();
        let mut pids = pids.split_whitespace().map(|pid| pid.parse().unwrap());
        let (pid, above) = (pids.next().unwrap(), pids.next().unwrap());
        Self { terminal, frames, pid, above, ended: false }
    }

    /// Presses a key; a frame that ends afterwards shows that the desk is there.
    pub fn press(&mut self, key: &str) {
        self.terminal.press(key);
        self.frames.next();
    }

    /// Waits until the desk is still, and until the terminal shows what its frames say.
    pub fn settle(&mut self, when: &str) -> String {
        self.frames.settle();
        let until = monotonic() + PATIENCE;
        loop {
            let said = self.terminal.said(self.frames.screen());
            let shown = self.terminal.look();
            if shown == said {
                return body(self.frames.screen());
            }
            if monotonic() > until {
                self.end();
                panic!("{when}:\n{}", differs(&said, &shown));
            }
            self.frames.within(GLANCE);
        }
    }

    /// Stops the desk and lets it go on; some terminals do that by themselves.
    pub fn stop_and_go(&mut self) {
        assert!(signal(self.pid, "-TSTP"));
        let until = monotonic() + PATIENCE;
        while self.frames.within(GLANCE) != Some(true) {
            assert!(monotonic() < until, "never drawn anew");
            for pid in [self.above, self.pid] {
                if is_stopped(pid) {
                    signal(pid, "-CONT");
                }
            }
        }
    }

    pub fn end(&mut self) {
        if !std::mem::replace(&mut self.ended, true) {
            signal(self.pid, "-KILL");
            self.terminal.end();
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.end();
    }
}

/// A terminal within a terminal, as its user sees it.
struct Inner {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    quit: Command,
}

impl Inner {
    fn open(kind: Kind, room: &Path, run: &Path) -> Self {
        let pair = native_pty_system().openpty(size()).unwrap();
        let own = room.join("own");
        std::fs::create_dir(&own).unwrap();
        // screen wants its sockets to be nobody else's.
        assert!(Command::new("chmod").arg("700").arg(&own).status().unwrap().success());
        let settings = room.join("settings");
        let (program, place) = match kind {
            Kind::Screen => ("screen", "SCREENDIR"),
            _ => ("tmux", "TMUX_TMPDIR"),
        };
        let run = format!("sh {}", run.display());
        let (says, args, quits): (_, Vec<&str>, &[&str]) = match kind {
            Kind::Screen => {
                ("startup_message off\n", vec!["-U", "-S", "desk", "-c"], &["-S", "desk", "-X", "quit"])
            }
            _ => ("set -g status off\nset -s escape-time 0\n", vec!["-u", "-f"], &["kill-server"]),
        };
        std::fs::write(&settings, says).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.arg(&settings);
        match kind {
            Kind::Screen => command.args(run.split(' ')),
            _ => command.args(["new-session", &run]),
        }
        for name in ["TMUX", "STY", "XTERM_VERSION", "COLORTERM"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", LOCALE);
        command.env(place, &own);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
        let bytes = pass(pair.master.try_clone_reader().unwrap(), pair.master);
        let mut quit = Command::new(program);
        quit.args(quits).env(place, &own);
        Self { child, keys, bytes, screen: terminal(), quit }
    }
}

impl Terminal for Inner {
    fn press(&mut self, key: &str) {
        self.keys.write_all(key.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn look(&mut self) -> String {
        while let Ok(bytes) = self.bytes.recv_timeout(GLANCE) {
            self.screen.process(&bytes);
        }
        body(&self.screen)
    }

    fn end(&mut self) {
        let _ = self.quit.output();
        let _ = self.child.wait();
    }
}
