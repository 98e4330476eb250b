//! What the rows of a paper are made with: measures, glyphs, and a line of text in its place.

use super::block::Align;
use super::draw::{BLACK, Op};
use super::flow::{Part, Row};
use super::measure::{Measures, Type};
use super::shape::{Line, Shaped, Shaper};
use crate::say::Lang;
use std::rc::Rc;

/// How text stands in its lines.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    /// To which side.
    pub align: Align,
    /// How far the first line is set in.
    pub first: f32,
    /// How far the others are.
    pub rest: f32,
    /// Whether full lines are spread to the right edge.
    pub even: bool,
}

impl Set {
    pub(super) const fn plain(align: Align) -> Self {
        Self { align, first: 0.0, rest: 0.0, even: false }
    }
}

/// What rows are made with.
pub struct Desk<'a> {
    /// The measures.
    pub m: Measures,
    /// Text → glyphs.
    pub shaper: Shaper<'a>,
    pub(super) lang: Lang,
    /// Which block names those who are written to.
    pub(super) addressee: Option<usize>,
}

/// A row that is all of its block.
pub fn row(block: usize, height: f32, ops: Vec<Op>) -> Row {
    Row {
        block,
        part: Part::Whole,
        gap: 0.0,
        height,
        ops,
        keep: false,
        fresh: false,
        head: None,
        cells: Vec::new(),
        opening: None,
        closing: None,
    }
}

/// A line of text at a place, black, as wide as it is.
pub fn plain_op(text: &Rc<Shaped>, line: Line, set: Type, (x, y): (f32, f32)) -> Op {
    let text = Rc::clone(text);
    Op::Text {
        x,
        y,
        text,
        line,
        size: set.size,
        em: set.em,
        spread: (0.0, Vec::new()),
        ink: BLACK,
        heavy: set.heavy,
    }
}

/// A line of text in the room from `x` on, `width` wide, at the top of its row.
pub fn text_line(text: &Rc<Shaped>, line: Line, of: Type, (x, width): (f32, f32), set: Set) -> Op {
    let free = (width - line.width * of.em).max(0.0);
    let before = match set.align {
        Align::Left => 0.0,
        Align::Center => free / 2.0,
        Align::Right => free,
    };
    let mut spread = (0.0, Vec::new());
    if set.even && line.soft && set.align == Align::Left {
        // Programs that read the page take a gap of a tenth of an em between two characters for a space, and would
        // no longer find a name; and a line torn wide is uglier than a ragged one.
        for (spaces, most) in [(false, 0.085), (true, 0.5)] {
            let gaps = text.gaps(&line, spaces);
            let each = free / gaps.len().max(1) as f32;
            if !gaps.is_empty() && each <= of.size * most {
                spread = (each, gaps);
                break;
            }
        }
    }
    let text = Rc::clone(text);
    let (size, em) = (of.size, of.em);
    Op::Text { x: x + before, y: of.base(), text, line, size, em, spread, ink: BLACK, heavy: of.heavy }
}
