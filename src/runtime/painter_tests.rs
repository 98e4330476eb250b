//! What reaches the terminal, byte by byte and as a terminal shows it.

use super::*;
use crate::app::Msg;
use crate::app::fixture::Desk;
use crate::say::Lang;
use crate::view;
use ratatui::style::{Color, Modifier};
use std::cell::RefCell;
use std::num::NonZeroU16;
use std::rc::Rc;

/// A line to a terminal.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A terminal at the end of it.
struct Bench {
    wire: Wire,
    painter: Painter<Wire>,
    terminal: vt100::Parser,
    size: (u16, u16),
}

fn vt(size: (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    (NonZeroU16::new(size.1).unwrap(), NonZeroU16::new(size.0).unwrap())
}

impl Bench {
    fn new(size: (u16, u16), xterm: bool) -> Self {
        let wire = Wire::default();
        let painter = Painter::new(wire.clone(), size, xterm).unwrap();
        let (rows, columns) = vt(size);
        Self { wire, painter, terminal: vt100::Parser::new(rows, columns, 0), size }
    }

    /// Draws one frame; returns what was written, and what the frame was.
    fn draw(&mut self, mut paint: impl FnMut(&mut Frame<'_>) -> Position) -> (String, Buffer) {
        let mut drawn = Buffer::default();
        self.painter
            .draw(self.size, &mut |frame| {
                let rest = paint(frame);
                drawn = frame.buffer_mut().clone();
                rest
            })
            .unwrap();
        let bytes = std::mem::take(&mut *self.wire.0.borrow_mut());
        self.terminal.process(&bytes);
        (String::from_utf8(bytes).unwrap(), drawn)
    }

    fn lines(&mut self, lines: &[(&str, Style)]) -> (String, Buffer) {
        self.draw(|frame| {
            for (y, (text, style)) in lines.iter().enumerate() {
                frame.buffer_mut().set_string(0, y as u16, text, *style);
            }
            Position::new(3, 1)
        })
    }

    /// Where the terminal shows something else than the frame.
    fn differs(&self, frame: &Buffer) -> Vec<String> {
        let mut out = Vec::new();
        for y in 0..frame.area.height {
            let mut x = 0;
            while x < frame.area.width {
                let (wanted, seen) = (&frame[(x, y)], self.terminal.screen().cell(y, x).unwrap());
                let wide = wanted.symbol().width().max(1) as u16;
                let (text, shown) = (wanted.symbol(), seen.contents());
                let shown = if shown.is_empty() { " " } else { shown };
                let styles = [
                    seen.fgcolor() == color(wanted.fg),
                    seen.bgcolor() == color(wanted.bg),
                    seen.inverse() == wanted.modifier.contains(Modifier::REVERSED),
                    seen.bold() == wanted.modifier.contains(Modifier::BOLD),
                    seen.dim() == wanted.modifier.contains(Modifier::DIM),
                    seen.underline() == wanted.modifier.contains(Modifier::UNDERLINED),
                ];
                if text != shown || styles.contains(&false) {
                    out.push(format!("{x},{y}: {wanted:?} is seen as {seen:?}"));
                }
                x += wide;
            }
        }
        out
    }
}

fn color(color: Color) -> vt100::Color {
    match color {
        Color::Red => vt100::Color::Idx(1),
        Color::Green => vt100::Color::Idx(2),
        Color::Yellow => vt100::Color::Idx(3),
        Color::Blue => vt100::Color::Idx(4),
        Color::Cyan => vt100::Color::Idx(6),
        _ => vt100::Color::Default,
    }
}

#[test]
fn everything_of_a_frame_stands_inside_a_synchronized_update() {
    let mut bench = Bench::new((20, 4), true);
    let plain = Style::new();
    let mut all = vec![bench.lines(&[("值班台", plain)]).0];
    bench.painter.forget();
    all.push(bench.lines(&[("值班台", plain)]).0);
    bench.size = (30, 5);
    all.push(bench.lines(&[("甲乙", plain)]).0);
    all.push(
        bench
            .draw(|frame| {
                frame.set_cursor_position(Position::new(7, 2));
                Position::ORIGIN
            })
            .0,
    );
    all.push(bench.lines(&[("丙", plain)]).0);
    all.push(bench.lines(&[("丁", plain)]).0);
    for frame in &all {
        let inner = frame.strip_prefix(FRAME_BEGINS).and_then(|rest| rest.strip_suffix(FRAME_ENDS));
        assert!(inner.is_some_and(|inner| !inner.contains("?2026")), "{frame:?}");
    }
    // One that begins anew wipes first, inside.
    assert!(all[1].contains("\x1b[2J") && all[2].contains("\x1b[2J"), "{all:?}");
    // A cursor is shown only once it stands where it belongs; a hidden one rests where it is told to.
    assert!(all[3].ends_with(&format!("\x1b[3;8H\x1b[?25h{FRAME_ENDS}")), "{:?}", all[3]);
    assert!(all[4].ends_with(&format!("\x1b[?25l\x1b[2;4H{FRAME_ENDS}")), "{:?}", all[4]);
}

#[test]
fn a_wide_name_that_moves_by_one_column_leaves_no_colour_behind() {
    let marked = Style::new().bg(Color::Red).add_modifier(Modifier::REVERSED);
    for (before, after) in [
        ("王小明", " 王小明"),
        (" 王小明", "王小明"),
        ("a王b", "ab王"),
        ("王", ""),
        ("王王", " 王 "),
        ("王王", "aa a"),
    ] {
        let mut bench = Bench::new((12, 2), false);
        let (_, frame) = bench.lines(&[(before, marked), (before, Style::new().fg(Color::Red))]);
        assert_eq!(bench.differs(&frame), [""; 0], "{before}");
        let (_, frame) = bench.lines(&[(after, Style::new()), (after, Style::new())]);
        assert_eq!(bench.differs(&frame), [""; 0], "{before} → {after}");
    }
    // The half that is left of the second name lies in the fourth column: xterm keeps its colour there until it is
    // written over, which the library alone does not do.
    for drawn_over in [true, false] {
        let mut bench = Bench::new((12, 2), false);
        bench.lines(&[("王王", marked)]);
        if !drawn_over {
            bench.painter.wide.clear();
        }
        let (bytes, _) = bench.lines(&[(" 王 ", Style::new())]);
        assert_eq!(bytes.contains("\x1b[1;4H "), drawn_over, "{bytes:?}");
    }
}

#[test]
fn the_cells_of_a_character_that_may_be_dropped_are_blanked_first() {
    let mut bench = Bench::new((12, 2), false);
    bench.lines(&[("王小明", Style::new())]);
    let (bytes, _) = bench.lines(&[("\u{2ebf0}小明", Style::new())]);
    assert!(bytes.contains("\x1b[1;1H  \x1b") && bytes.contains('\u{2ebf0}'), "{bytes:?}");
    let blank = bytes.find("\x1b[1;1H  \x1b").unwrap();
    assert!(blank < bytes.find('\u{2ebf0}').unwrap());
    // A character that every terminal knows costs nothing.
    let (bytes, _) = bench.lines(&[("李小明", Style::new())]);
    assert!(!bytes.contains("  "), "{bytes:?}");
}

#[test]
fn an_xterm_is_made_to_tell_its_input_method_where_the_cursor_is_again() {
    for xterm in [true, false] {
        let mut bench = Bench::new((12, 4), xterm);
        let text = [("一二三", Style::new()), ("四五六", Style::new()), ("七八", Style::new())];
        let show = |bench: &mut Bench, seen: bool| {
            bench.draw(|frame| {
                for (y, (text, style)) in text.iter().enumerate() {
                    frame.buffer_mut().set_string(0, y as u16, text, *style);
                }
                if seen {
                    frame.set_cursor_position(Position::new(5, 2));
                }
                Position::new(0, 1)
            })
        };
        assert!(!show(&mut bench, true).0.contains(NUDGE));
        assert!(!show(&mut bench, false).0.contains(NUDGE));
        // Shown again at the very place where it was seen last.
        let (bytes, frame) = show(&mut bench, true);
        assert_eq!(bytes.contains(NUDGE), xterm, "{bytes:?}");
        assert_eq!(bench.differs(&frame), [""; 0]);
        assert!(!show(&mut bench, true).0.contains(NUDGE));
    }
}

/// Numbers that repeat: an odd multiplier and the upper half, which is good enough to wander about.
struct Rng(u64);

impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// What a walk presses.
const KEYS: [&str; 42] = [
    "1", "2", "3", "4", "6", "7", "9", "0", "-", "j", "j", "j", "k", "G", "g", "\n", "\u{1b}", "\u{1b}",
    "\t", "f", "o", "n", "/", "王", "w", "l", ":", "b", "?", "v", " ", "*", "s", "S", "=", "t", "!", "p",
    "e", "１", "ｊ", "u",
];

/// Keys at random, now and then another size or everything drawn anew; after each frame the terminal shows the state.
fn walk(seed: u64, steps: u32) {
    let mut rng = Rng(seed);
    let lang = if rng.below(2) == 0 { Lang::Zh } else { Lang::En };
    let mut desk = Desk::new(lang, 80, 24);
    let mut bench = Bench::new((80, 24), rng.below(2) == 0);
    let mut typed = String::new();
    for _ in 0..steps {
        match rng.below(60) {
            0 => {
                bench.size = if bench.size.0 == 80 { (120, 40) } else { (80, 24) };
                let (rows, columns) = vt(bench.size);
                bench.terminal.screen_mut().set_size(rows, columns);
                desk.send(Msg::Resize(bench.size.0, bench.size.1));
            }
            1 => bench.painter.forget(),
            2 => {
                desk.send(Msg::Measured { probe: rng.below(9), columns: rng.below(3) as u16 });
                bench.painter.forget();
            }
            3 => {
                desk.later(61_000);
            }
            _ => {
                let key = KEYS[rng.below(KEYS.len())];
                typed.push_str(key);
                desk.keys(key);
            }
        }
        desk.taken();
        let state = &desk.state;
        let (_, frame) = bench.draw(|frame| view::draw_to_rest(state, frame));
        let differs = bench.differs(&frame);
        assert!(differs.is_empty(), "seed {seed}, after {typed:?}:\n{}", differs.join("\n"));
        let (row, column) = bench.terminal.screen().cursor_position();
        assert!(row < bench.size.1 && column < bench.size.0);
    }
}

#[test]
fn the_terminal_shows_what_the_state_is_after_every_key() {
    walk(20, 200);
}

#[test]
#[ignore = "the whole of it: a hundred walks"]
fn the_terminal_shows_what_the_state_is_in_a_hundred_walks() {
    for seed in 0..100 {
        walk(seed, 400);
    }
}
