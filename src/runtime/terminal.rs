//! The terminal's output: taken over, given back whatever happens.

use super::desk::Face;
use super::painter::{FRAME_BEGINS, FRAME_ENDS, Paint, Painter};
use crate::app::shown::shades::QUESTION;
use crate::app::shown::widths;
use crate::domain::text::safe_block;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::layout::Size;
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Alternate screen, bracketed paste, mouse buttons and wheel (not its movement), SGR coordinates.
const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?1000h\x1b[?1006h";
/// The same undone, in the other order; the cursor shown; colours reset; an unfinished frame let go.
const LEAVE: &str = "\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h";
/// The most columns and rows that are drawn on: more than any screen has. What is larger says what is not so, and would
/// only cost memory.
const MOST: (u16, u16) = (1000, 400);
/// What a terminal has that does not know its size.
const UNKNOWN: (u16, u16) = (80, 24);
/// How long a desk that was told to end may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the terminal is asked when it is taken over.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asks {
    /// How wide it draws what is not plain.
    pub widths: bool,
    /// What colour its ground has.
    pub ground: bool,
}

/// The terminal as the desk draws on it.
pub(super) struct Screen {
    painter: Painter<BufWriter<Stdout>>,
}

impl Screen {
    /// Takes the terminal over, and asks.
    pub(super) fn open(asks: Asks) -> io::Result<Self> {
        take(asks)?;
        // A whole frame fits, so that it is written at once.
        let out = BufWriter::with_capacity(1 << 18, stdout());
        // Set by xterm for what runs in it.
        let xterm = std::env::var_os("XTERM_VERSION").is_some();
        let painter = size().and_then(|size| Painter::new(out, size, xterm));
        if painter.is_err() {
            restore();
        }
        Ok(Self { painter: painter? })
    }
}

impl Face for Screen {
    fn size(&self) -> io::Result<(u16, u16)> {
        size()
    }

    fn draw(&mut self, paint: &mut Paint<'_>) -> io::Result<()> {
        self.painter.draw(size()?, paint)
    }

    fn redraw(&mut self) -> io::Result<()> {
        self.painter.forget();
        Ok(())
    }

    fn ring(&mut self) -> io::Result<()> {
        self.painter.write("\x07")
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        // It may be pasted into another terminal.
        self.painter.write(&format!("\x1b]52;c;{}\x07", base64(safe_block(text).as_bytes())))
    }

    fn suspend(&mut self) -> io::Result<()> {
        restore();
        crate::platform::stop_self();
        self.resume()
    }

    fn resume(&mut self) -> io::Result<()> {
        // The shell has set its own modes meanwhile: they are given up and taken anew.
        restore();
        take(Asks::default())?;
        self.redraw()
    }
}

/// The size that is drawn on.
fn size() -> io::Result<(u16, u16)> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(size_of(Size { width, height }))
}

/// The size that is drawn on, of what a terminal says of itself.
fn size_of(said: Size) -> (u16, u16) {
    match (said.width, said.height) {
        (0, _) | (_, 0) => UNKNOWN,
        (width, height) => (width.min(MOST.0), height.min(MOST.1)),
    }
}

/// Asks how wide the terminal draws what is not plain, and wipes that away. The frame is drawn at once after it; the
/// answers are read with the keys, so neither waits for the other.
fn measuring() -> String {
    format!("{FRAME_BEGINS}{}\x1b[2J\x1b[H{FRAME_ENDS}", widths::questions())
}

fn take(asks: Asks) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = stdout().lock();
    out.write_all(ENTER.as_bytes())?;
    // In this order: a terminal that answers the second and did not answer the first does not know its ground.
    if asks.ground {
        out.write_all(QUESTION.as_bytes())?;
    }
    if asks.widths {
        out.write_all(measuring().as_bytes())?;
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
