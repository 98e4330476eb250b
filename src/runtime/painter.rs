//! Frames on their way to the terminal: each inside one synchronized update, its cursor last, what wide characters
//! leave behind drawn over.

use crate::app::shown::widths::is_young;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use unicode_width::UnicodeWidthStr;

/// A frame appears whole in terminals that know this, and others pass over it.
pub(super) const FRAME_BEGINS: &str = "\x1b[?2026h";
/// The end of such a frame.
pub(super) const FRAME_ENDS: &str = "\x1b[?2026l";
/// Everything that stands on the screen wiped away, also what lies outside the part that is drawn on.
const WIPE: &str = "\x1b[0m\x1b[2J";
/// The first two rows scrolled by one; both are drawn anew in the same frame.
const NUDGE: &str = "\x1b[1;2r\x1b[S\x1b[r";
/// How many rows that is.
const NUDGED: u16 = 2;

/// What is painted: returns where the cursor rests when none is shown.
pub(super) type Paint<'a> = dyn FnMut(&mut Frame<'_>) -> Position + 'a;

/// Draws frames on a terminal.
pub(super) struct Painter<W: Write> {
    /// Never dropped: its own way of giving the cursor back reports a terminal that is gone on a standard error that
    /// is gone too, and panics.
    terminal: ManuallyDrop<Terminal<Out<W>>>,
    /// The size that is drawn on.
    size: (u16, u16),
    /// What stands on the screen is not what was drawn.
    stale: bool,
    /// Where a wide character began in the last frame.
    wide: Vec<bool>,
    /// The cursor was seen in the last frame.
    shown: bool,
    /// The terminal is an xterm: it tells its input method where the cursor is only when that is not where it was last
    /// *seen*, however often the unseen one has moved since. Scrolling makes it tell.
    xterm: bool,
    /// It is to be made to tell with the next frame.
    nudge: bool,
}

impl<W: Write> Painter<W> {
    pub(super) fn new(out: W, size: (u16, u16), xterm: bool) -> io::Result<Self> {
        let backend = Out { inner: CrosstermBackend::new(out), size, showing: false, shown: false };
        // A fixed viewport: its size is looked at elsewhere, where one that no terminal can have is made one that can.
        let viewport = Viewport::Fixed(Rect::new(0, 0, size.0, size.1));
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport })?;
        let terminal = ManuallyDrop::new(terminal);
        Ok(Self { terminal, size, stale: false, wide: Vec::new(), shown: false, xterm, nudge: false })
    }

    /// Forgets what was drawn: the next frame begins by wiping it away.
    pub(super) fn forget(&mut self) {
        self.stale = true;
    }

    /// Draws one frame on a terminal of this size.
    pub(super) fn draw(&mut self, size: (u16, u16), paint: &mut Paint<'_>) -> io::Result<()> {
        self.put(FRAME_BEGINS)?;
        if self.stale || size != self.size {
            (self.stale, self.size) = (false, size);
            self.wide.clear();
            self.put(WIPE)?;
            self.terminal.backend_mut().size = size;
            self.terminal.resize(Rect::new(0, 0, size.0, size.1))?;
        }
        let again = if std::mem::take(&mut self.nudge) { NUDGED } else { 0 };
        if again > 0 {
            self.put(NUDGE)?;
        }
        let mut rest = Position::ORIGIN;
        let wide = &mut self.wide;
        self.terminal.draw(|frame| {
            rest = paint(frame);
            draw_over(frame.buffer_mut(), wide, again);
        })?;
        let out = self.terminal.backend_mut();
        let shown = out.shown;
        if !shown {
            out.set_cursor_position(rest)?;
        }
        self.nudge = self.xterm && self.shown && !shown && size.1 > NUDGED;
        self.shown = shown;
        self.write(FRAME_ENDS)
    }

    /// Writes something that is no part of a frame.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        self.put(text)?;
        Write::flush(&mut self.terminal.backend_mut().inner)
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        self.terminal.backend_mut().inner.write_all(text.as_bytes())
    }
}

/// Has cells drawn although they look the same as in the last frame: both of each wide character that is gone from its
/// place. When one half of it is written over, the terminal blanks the other in colours of its own; a name that moved by
/// one column would leave them there. And the first rows, if they are to be drawn `again`.
fn draw_over(buffer: &mut Buffer, wide: &mut Vec<bool>, again: u16) {
    let columns = usize::from(buffer.area.width);
    let cells = &mut buffer.content;
    let mut now = vec![false; cells.len()];
    for (row, line) in cells.chunks(columns.max(1)).enumerate() {
        let mut x = 0;
        while let Some(cell) = line.get(x) {
            let is_wide = !cell.symbol().is_ascii() && cell.symbol().width() > 1;
            now[row * columns + x] = is_wide;
            x += if is_wide { 2 } else { 1 };
        }
    }
    let mut force = |at: usize| {
        if let Some(cell) = cells.get_mut(at) {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    };
    for (at, (was, is)) in wide.iter().zip(&now).enumerate() {
        if *was && !is {
            force(at);
            if (at + 1) % columns != 0 {
                force(at + 1);
            }
        }
    }
    (0..usize::from(again) * columns).for_each(force);
    *wide = now;
}

/// The library's way of writing, but for what must not be on the way before the frame is whole.
struct Out<W: Write> {
    inner: CrosstermBackend<W>,
    size: (u16, u16),
    /// The cursor is to be shown as soon as it stands where it belongs.
    showing: bool,
    /// It is shown.
    shown: bool,
}

impl<W: Write> Out<W> {
    /// A terminal that does not know a character drops it, and what stood there before shows through, as a part of
    /// another person's name: its cells are blanked first.
    fn blank(&mut self, cells: &[(u16, u16, &Cell)]) -> io::Result<()> {
        for (x, y, cell) in cells.iter().filter(|(.., cell)| is_young(cell.symbol())) {
            let mut blank = Cell::EMPTY;
            blank.set_style(Style::new().fg(cell.fg).bg(cell.bg).add_modifier(cell.modifier));
            self.inner.draw([(*x, *y, &blank), (x + 1, *y, &blank)].into_iter())?;
        }
        Ok(())
    }
}

impl<W: Write> Backend for Out<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<_> = content.collect();
        self.blank(&cells)?;
        self.inner.draw(cells.into_iter())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        (self.showing, self.shown) = (false, false);
        self.inner.write_all(b"\x1b[?25l")
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.showing = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Nobody asks: the answer would be read with the keys.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let at = position.into();
        write!(self.inner, "\x1b[{};{}H", u32::from(at.y) + 1, u32::from(at.x) + 1)?;
        if std::mem::take(&mut self.showing) {
            self.shown = true;
            self.inner.write_all(b"\x1b[?25h")?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, what: ClearType) -> io::Result<()> {
        let code = match what {
            ClearType::All => "\x1b[2J",
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        };
        self.inner.write_all(code.as_bytes())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(Size { width: self.size.0, height: self.size.1 })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        // The whole frame is written at once, at its end.
        Ok(())
    }
}

#[cfg(test)]
#[path = "painter_tests.rs"]
mod tests;
