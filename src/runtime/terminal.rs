//! The terminal's output: taken over, given back whatever happens.

use super::desk::Face;
use crate::domain::text::safe_block;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Alternate screen, bracketed paste, mouse buttons and wheel (not its movement), SGR coordinates.
const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?1000h\x1b[?1006h";
/// The same undone, in the other order; the cursor shown; colours reset; an unfinished frame let go.
const LEAVE: &str = "\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h";
/// Writes an ambiguous-width character at the top left, asks where the cursor went, and wipes it away. The frame
/// is drawn at once after it; the answer is read with the keys, so neither waits for the other.
const MEASURE: &str = "\x1b[H\u{2460}\x1b[6n\x1b[2J\x1b[H";
/// A frame appears whole in terminals that know this, and others pass over it.
const FRAME_BEGINS: &str = "\x1b[?2026h";
const FRAME_ENDS: &str = "\x1b[?2026l";
/// Everything that stands on the screen wiped away, also what lies outside the part that is drawn on.
const WIPE: &str = "\x1b[0m\x1b[2J";
/// The most columns and rows that are drawn on: more than any screen has. What is larger says what is not so, and would
/// only cost memory.
const MOST: (u16, u16) = (1000, 400);
/// What a terminal has that does not know its size.
const UNKNOWN: (u16, u16) = (80, 24);
/// How long a desk that was told to end may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The terminal as the desk draws on it.
pub(super) struct Screen {
    /// Never dropped: its own way of giving the cursor back reports a terminal that is gone on a standard error that
    /// is gone too, and panics. [`restore`] does it instead.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
    /// The size that is drawn on.
    size: (u16, u16),
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn open() -> io::Result<Self> {
        take(true)?;
        // A whole frame fits, so that it is written at once.
        let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 18, stdout()));
        // A fixed viewport: its size is looked at here, where one that no terminal can have is made one that can.
        let size = size_of(backend.size()?);
        let viewport = Viewport::Fixed(Rect::new(0, 0, size.0, size.1));
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport });
        if terminal.is_err() {
            restore();
        }
        Ok(Self { terminal: ManuallyDrop::new(terminal?), size })
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(text.as_bytes())?;
        Write::flush(out)
    }
}

impl Face for Screen {
    fn size(&self) -> io::Result<(u16, u16)> {
        Ok(size_of(self.terminal.size()?))
    }

    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()> {
        if self.size()? != self.size {
            self.redraw()?;
        }
        self.terminal.backend_mut().write_all(FRAME_BEGINS.as_bytes())?;
        self.terminal.draw(|frame| paint(frame))?;
        self.write(FRAME_ENDS)
    }

    fn redraw(&mut self) -> io::Result<()> {
        self.size = self.size()?;
        self.write(WIPE)?;
        self.terminal.resize(Rect::new(0, 0, self.size.0, self.size.1))
    }

    fn ring(&mut self) -> io::Result<()> {
        self.write("\x07")
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        // It may be pasted into another terminal.
        self.write(&format!("\x1b]52;c;{}\x07", base64(safe_block(text).as_bytes())))
    }

    fn suspend(&mut self) -> io::Result<()> {
        restore();
        crate::platform::stop_self();
        self.resume()
    }

    fn resume(&mut self) -> io::Result<()> {
        // The shell has set its own modes meanwhile: they are given up and taken anew.
        restore();
        take(false)?;
        self.redraw()
    }
}

/// The size that is drawn on, of what a terminal says of itself.
fn size_of(said: Size) -> (u16, u16) {
    match (said.width, said.height) {
        (0, _) | (_, 0) => UNKNOWN,
        (width, height) => (width.min(MOST.0), height.min(MOST.1)),
    }
}

fn take(measure: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = stdout().lock();
    out.write_all(ENTER.as_bytes())?;
    if measure {
        out.write_all(MEASURE.as_bytes())?;
    }
    out.flush()
}

/// Gives the terminal back, if it was taken. May be called from anywhere, at any time, more than once.
pub fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // The terminal may be gone; then there is nothing to give back.
        let mut out = stdout();
        let _ = out.write_all(LEAVE.as_bytes()).and_then(|()| out.flush());
        let _ = disable_raw_mode();
    }
}

/// Ends the process even if the desk does not come round to it: a terminal that takes no more output, or a disk
/// that hangs, must not keep it alive.
pub(super) fn end_soon() {
    let last = || {
        std::thread::sleep(PATIENCE);
        // Not even the terminal is given back here: writing to it may be what hangs. Its modes are no output.
        let _ = disable_raw_mode();
        std::process::exit(crate::platform::ended_by().unwrap_or(1));
    };
    // Without a thread to wait in, the desk's own way out has to do.
    let _ = std::thread::Builder::new().name("end".to_owned()).spawn(last);
}

/// A panic of the main thread gives the terminal back before it is reported. One in a worker is caught by the
/// worker; only where it happened goes into the diary, since its words may hold what people said.
pub(super) fn install_panic_hook() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%place, "panic");
        if std::thread::current().name() == Some("main") {
            restore();
            before(info);
        }
    }));
}

/// Base64 with padding, for OSC 52.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * n) & 63) as usize];
            out.push(if n > three.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_no_terminal_has_is_not_drawn_on() {
        let of = |width, height| size_of(Size { width, height });
        assert_eq!(of(120, 40), (120, 40));
        assert_eq!((of(0, 0), of(0, 40), of(120, 0)), (UNKNOWN, UNKNOWN, UNKNOWN));
        assert_eq!((of(1, 1), of(10_000, 10_000), of(u16::MAX, 2)), ((1, 1), MOST, (MOST.0, 2)));
    }

    #[test]
    fn base64_as_the_standard_has_it() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64("值班".as_bytes()), "5YC854+t");
    }
}
