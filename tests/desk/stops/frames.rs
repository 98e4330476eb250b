//! What the frames say: the desk's own bytes, drawn by a terminal that makes no mistakes.

use super::PATIENCE;
use std::fmt::Write as _;
use std::io::Read;
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use zhiban::clock::monotonic;
use zhiban::i18n::screen::LOADING;
use zhiban::say::Lang;

/// The terminal's size.
pub const ROWS: u16 = 24;
/// The terminal's size.
pub const COLUMNS: u16 = 80;
/// The end of every frame.
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";
/// What a frame that is drawn whole begins with.
const WIPE: &[u8] = b"\x1b[0m\x1b[2J";

/// A terminal without anything on it.
pub fn terminal() -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(ROWS).unwrap(), NonZeroU16::new(COLUMNS).unwrap(), 0)
}

/// What is read, as it comes; `held` lives as long as it is read.
pub fn pass(mut reader: impl Read + Send + 'static, held: impl Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, bytes) = channel();
    std::thread::spawn(move || {
        let _held = held;
        let mut buffer = vec![0; 65536];
        while let Ok(n) = reader.read(&mut buffer) {
            if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                break;
            }
        }
    });
    bytes
}

/// What follows the first `seen` in these bytes.
fn after(bytes: &[u8], seen: &[u8]) -> Option<usize> {
    bytes.windows(seen.len()).position(|window| window == seen).map(|at| at + seen.len())
}

/// What is seen below the clock and the counters, which turn by themselves; with its looks.
pub fn body(terminal: &vt100::Parser) -> String {
    let mut out = String::new();
    for row in 2..ROWS {
        for column in 0..COLUMNS {
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

/// The cells that are not what they ought to be.
pub fn differs(said: &str, shown: &str) -> String {
    let lines = |of: &str, other: &str, sign: &str| {
        let wrong = of.lines().filter(|line| !other.lines().any(|known| known == *line));
        wrong.map(|line| [sign, " ", line, "\n"].concat()).collect::<Vec<_>>().concat()
    };
    format!("{}{}", lines(said, shown, "said "), lines(shown, said, "shown"))
}

/// The frames of a desk, one after the other.
pub struct Frames {
    bytes: Receiver<Vec<u8>>,
    pending: Vec<u8>,
    screen: vt100::Parser,
}

impl Frames {
    pub fn of(bytes: Receiver<Vec<u8>>) -> Self {
        Self { bytes, pending: Vec::new(), screen: terminal() }
    }

    /// What they have drawn so far.
    pub fn screen(&self) -> &vt100::Parser {
        &self.screen
    }

    /// Takes in one frame, whole; says whether it was drawn anew.
    pub fn next(&mut self) -> bool {
        self.within(PATIENCE).unwrap_or_else(|| panic!("no frame: {}", self.screen.screen().contents()))
    }

    /// The same, if one ends soon enough.
    pub fn within(&mut self, patience: Duration) -> Option<bool> {
        let end = loop {
            if let Some(end) = after(&self.pending, FRAME_ENDS) {
                break end;
            }
            match self.bytes.recv_timeout(patience) {
                Ok(more) => self.pending.extend(more),
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("the desk has ended: {}", String::from_utf8_lossy(&self.pending))
                }
            }
        };
        let frame: Vec<u8> = self.pending.drain(..end).collect();
        self.screen.process(&frame);
        Some(after(&frame, WIPE).is_some())
    }

    /// The minute that the clock in the first line shows.
    pub fn minute(&self) -> String {
        let top = self.screen.screen().contents();
        let clock = top.lines().next().and_then(|line| line.split_whitespace().last()).unwrap_or_default();
        clock.rsplit_once(':').expect("the clock").0.to_owned()
    }

    /// Whether something is still being read.
    fn is_loading(&self) -> bool {
        let seen = self.screen.screen().contents();
        [Lang::Zh, Lang::En].iter().any(|lang| seen.contains(LOADING.get(*lang)))
    }

    /// Waits until three frames in a row, a second apart when nothing happens, show the same, and nothing is read.
    pub fn settle(&mut self) -> String {
        let (mut before, mut same) = (body(&self.screen), 0);
        let until = monotonic() + PATIENCE;
        while same < 3 || self.is_loading() {
            assert!(monotonic() < until, "never still: {}", self.screen.screen().contents());
            self.next();
            let now = body(&self.screen);
            same = if now == before { same + 1 } else { 0 };
            before = now;
        }
        before
    }
}
