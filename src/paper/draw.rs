//! What stands on a page, in points from its upper left corner, and how it is put into the PDF.

use super::shape::{Line, Shaped};
use krilla::color::luma;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, Paint, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use std::rc::Rc;

/// What something is drawn in. Red is for the head of an official paper alone: everything else survives a printer
/// without colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ink {
    /// Black, or grey: 0 is black, 1 is paper.
    Grey(f32),
    /// The red of a red head.
    Red,
}

/// Black.
pub const BLACK: Ink = Ink::Grey(0.0);

/// What steps back and can still be read: 4.7 to 1 against paper.
pub const FAINT: Ink = Ink::Grey(0.45);

/// One thing on a page.
#[derive(Debug, Clone)]
pub enum Op {
    /// A line of text; its left end and its base line.
    Text {
        /// Left end.
        x: f32,
        /// Base line.
        y: f32,
        /// The text.
        text: Rc<Shaped>,
        /// Which of it.
        line: Line,
        /// Points to the em.
        size: f32,
        /// How far an em moves the pen.
        em: f32,
        /// Points added after some of its glyphs, which makes the line wider.
        spread: (f32, Vec<usize>),
        /// In what.
        ink: Ink,
        /// How much the strokes are fattened, in points: titles, for which there is no heavier font.
        heavy: f32,
    },
    /// A line through points, or around them.
    Path {
        /// The points.
        points: Vec<(f32, f32)>,
        /// Whether the last is joined to the first.
        closed: bool,
        /// What it is filled with.
        fill: Option<Ink>,
        /// What it is drawn with, and how thick.
        stroke: Option<(Ink, f32)>,
        /// Lengths of dashes and gaps.
        dash: &'static [f32],
    },
}

impl Op {
    /// A straight line.
    pub fn line(from: (f32, f32), to: (f32, f32), thick: f32, ink: Ink) -> Self {
        Self::Path {
            points: vec![from, to],
            closed: false,
            fill: None,
            stroke: Some((ink, thick)),
            dash: &[],
        }
    }

    /// A rectangle from its upper left corner.
    pub fn rect(corner: (f32, f32), size: (f32, f32), fill: Option<Ink>, stroke: Option<(Ink, f32)>) -> Self {
        let ((x, y), (w, h)) = (corner, size);
        let points = vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)];
        Self::Path { points, closed: true, fill, stroke, dash: &[] }
    }

    /// A round dot.
    pub fn dot((x, y): (f32, f32), radius: f32) -> Self {
        // Sixteen corners are round at any size a paper has.
        let corner = |n: u8| {
            let (sin, cos) = (f32::from(n) * std::f32::consts::TAU / 16.0).sin_cos();
            (x + radius * cos, y + radius * sin)
        };
        Self::Path {
            points: (0..16).map(corner).collect(),
            closed: true,
            fill: Some(BLACK),
            stroke: None,
            dash: &[],
        }
    }

    /// The same, elsewhere.
    #[must_use]
    pub fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self {
            Self::Text { x, y, .. } => {
                *x += dx;
                *y += dy;
            }
            Self::Path { points, .. } => {
                for (x, y) in points {
                    *x += dx;
                    *y += dy;
                }
            }
        }
        self
    }

    /// Puts it on the page.
    pub fn draw(&self, surface: &mut Surface<'_>) {
        match self {
            Self::Text { x, y, text, line, size, em, spread, ink, heavy } => {
                surface.set_fill(Some(fill(*ink)));
                surface.set_stroke((*heavy > 0.0).then(|| stroke(*ink, *heavy, &[])));
                glyphs(surface, (*x, *y), text, line, (*size, *em), spread);
            }
            Self::Path { points, closed, fill: filled, stroke: drawn, dash } => {
                let mut path = PathBuilder::new();
                for (place, (x, y)) in points.iter().enumerate() {
                    if place == 0 {
                        path.move_to(*x, *y);
                    } else {
                        path.line_to(*x, *y);
                    }
                }
                if *closed {
                    path.close();
                }
                // Points that all fall together are no path; there is nothing to see.
                let Some(path) = path.finish() else { return };
                surface.set_fill(filled.map(fill));
                surface.set_stroke(drawn.map(|(ink, thick)| stroke(ink, thick, dash)));
                surface.draw_path(&path);
            }
        }
    }
}

fn paint(ink: Ink) -> Paint {
    match ink {
        Ink::Grey(light) => luma::Color::new((light.clamp(0.0, 1.0) * 255.0).round() as u8).into(),
        Ink::Red => rgb::Color::new(0xd0, 0x10, 0x10).into(),
    }
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: paint(ink), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn stroke(ink: Ink, width: f32, dash: &[f32]) -> Stroke {
    let dash = (!dash.is_empty()).then(|| StrokeDash { array: dash.to_vec(), offset: 0.0 });
    Stroke { paint: paint(ink), width, dash, ..Stroke::default() }
}

/// Draws a line's glyphs, font by font.
fn glyphs(
    surface: &mut Surface<'_>,
    at: (f32, f32),
    text: &Shaped,
    line: &Line,
    (size, em): (f32, f32),
    (spread, gaps): &(f32, Vec<usize>),
) {
    let mut gaps = gaps.iter().peekable();
    let (mut x, y) = at;
    let mut from = line.glyphs.start;
    while from < line.glyphs.end {
        let face = text.glyphs[from].face;
        let rest = &text.glyphs[from..line.glyphs.end];
        let to = from + rest.iter().take_while(|glyph| glyph.face == face).count();
        let mut run = Vec::with_capacity(to - from);
        let begin = x;
        for (place, glyph) in (from..).zip(&text.glyphs[from..to]) {
            let more = if gaps.next_if_eq(&&place).is_some() { *spread } else { 0.0 };
            let moved = (glyph.advance + glyph.gap) * em + more;
            x += moved;
            run.push(KrillaGlyph::new(
                GlyphId::new(glyph.id),
                moved / size,
                glyph.offset.0 * em / size,
                glyph.offset.1,
                0.0,
                glyph.range.clone(),
                None,
            ));
        }
        let font = text.faces[face].font.clone();
        surface.draw_glyphs(Point::from_xy(begin, y), &run, font, &text.text, size, false);
        from = to;
    }
}
