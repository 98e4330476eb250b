//! Blocks → rows → pages: where everything of a paper stands on A4.

use super::Paper;
use super::block::{Align, Block, Issued, Look, Mark, Sheet, Span, plain};
use super::desk::{Desk, Set, plain_op, row, text_line};
use super::draw::{BLACK, Ink, Op};
use super::flow::{Page, Part, Row, flow};
use super::fonts::{Fonts, Role};
use super::measure::{MM, Measures, Type};
use super::shape::Shaper;
use super::{code, grid, picture};
use crate::error::Result;
use crate::i18n::paper as words;
use crate::say::Lang;
use std::rc::Rc;

/// A laid-out paper.
#[derive(Debug)]
pub struct Laid {
    /// How it was measured.
    pub measures: Measures,
    /// Its pages; what stands on them is measured from the corner of the page.
    pub pages: Vec<Page>,
}

/// Lays a paper out.
///
/// # Errors
/// No font has a character.
pub fn layout(paper: &Paper, fonts: &Fonts) -> Result<Laid> {
    let measures = Measures::of(&paper.look);
    let mut desk = Desk {
        m: measures,
        shaper: Shaper::spaced(fonts, gap(paper)),
        lang: paper.lang,
        addressee: addressee(&paper.blocks),
    };
    let mut pages = flow(desk.rows(paper)?, measures.area.1);
    let count = pages.len();
    let (dx, dy) = measures.corner;
    for (place, page) in pages.iter_mut().enumerate() {
        let ops = std::mem::take(&mut page.ops);
        page.ops = ops.into_iter().map(|op| op.moved(dx, dy)).collect();
        desk.foot(&paper.look.foot, place + 1, count, &mut page.ops)?;
    }
    Ok(Laid { measures, pages })
}

/// So many lines of text stand with those who issue a paper, where its last paragraph has as many.
const WITH_ISSUER: usize = 4;

/// Between Chinese and figures stands the same thin gap everywhere in a Chinese paper, whether its words have a blank there
/// or not; in an official one none. English keeps its blanks.
fn gap(paper: &Paper) -> Option<f32> {
    match (paper.lang, paper.look.look) {
        (Lang::En, _) => None,
        (Lang::Zh, Look::Working) => Some(THIN),
        (Lang::Zh, Look::Official) => Some(0.0),
    }
}

/// The thin gap, in ems: programs that read the page do not take it for a blank.
const THIN: f32 = 0.09;

/// The paragraph under the title that names those who are written to: it ends with a colon, or begins with To.
fn addressee(blocks: &[Block]) -> Option<usize> {
    let title = blocks.iter().position(|block| matches!(block, Block::Title(_)))?;
    let names = |spans: &[Span]| {
        let ends = spans.last().is_some_and(|span| span.text.trim_end().ends_with(['：', ':']));
        ends || spans.first().is_some_and(|span| span.text.starts_with("To: "))
    };
    match blocks.get(title + 1) {
        Some(Block::Para(Align::Left, spans)) if names(spans) => Some(title + 1),
        _ => None,
    }
}

/// Whether a paragraph leads in what stands below it.
fn leads_in(block: &Block) -> bool {
    let text = if let Block::Para(_, spans) = block { plain(spans) } else { return false };
    text.trim_end().ends_with(['：', ':'])
}

impl Desk<'_> {
    fn rows(&mut self, paper: &Paper) -> Result<Vec<Row>> {
        let mut rows: Vec<Row> = Vec::new();
        let mut below = 0.0_f32;
        let mut fresh = false;
        if let Some(head) = self.letterhead(&paper.look)? {
            rows.push(head);
            below = self.m.body.line * 2.0;
        }
        for (place, block) in paper.blocks.iter().enumerate() {
            if *block == Block::Break {
                fresh = true;
                continue;
            }
            let (mut made, (above, after)) = self.block(place, block)?;
            if let Some(first) = made.first_mut() {
                first.gap = above.max(below);
                first.fresh = std::mem::take(&mut fresh);
                below = after;
            }
            keep_before(&mut rows, place, paper);
            if let (true, Some(last)) = (leads_in(block), made.last_mut()) {
                last.keep = true;
            }
            rows.append(&mut made);
        }
        Ok(rows)
    }

    /// The rows of one block, and the room above and below it.
    fn block(&mut self, place: usize, block: &Block) -> Result<(Vec<Row>, (f32, f32))> {
        let official = self.m.look == Look::Official;
        let indent = self.m.indent;
        let running = |align| Set { align, first: indent, rest: 0.0, even: true };
        let (text, set, spans) = match block {
            Block::Title(spans) => {
                let fits = !official || self.shaper.is_title(&plain(spans));
                let text = if fits { self.m.title } else { self.m.title.fattened() };
                (text, Set::plain(Align::Center), spans)
            }
            Block::Heading(level, spans) => {
                let text = self.m.heading[usize::from(*level > 1)];
                (text, Set { first: indent, ..Set::plain(Align::Left) }, spans)
            }
            // By GB/T 9704 the office that is written to stands at the left edge.
            Block::Para(Align::Left, spans) if official && self.addressee == Some(place) => {
                (self.m.body, Set { even: true, ..Set::plain(Align::Left) }, spans)
            }
            Block::Para(Align::Left, spans) => (self.m.body, running(Align::Left), spans),
            Block::Para(align, spans) => (self.m.body, Set::plain(*align), spans),
            Block::Small(spans) => (self.m.small, Set { even: true, ..Set::plain(Align::Left) }, spans),
            Block::Item(mark, spans) => return self.item(place, *mark, spans),
            Block::Table(table) => return Ok((grid::rows(self, place, table)?, spaced(self.m.table))),
            Block::Sign(signers) => return self.sign(place, signers),
            Block::Issued(issued) => return self.issued(place, issued),
            Block::Chart(chart) => {
                let parts = picture::picture(self, chart)?.into_iter();
                let rows = parts.map(|(ops, height)| row(place, height, ops)).collect();
                return Ok((rows, spaced(self.m.label)));
            }
            Block::Code(text) => {
                let (ops, height) = code::code(text)?;
                return Ok((vec![row(place, height, ops)], spaced(self.m.label)));
            }
            Block::Rule => {
                let ops = vec![Op::line((0.0, 0.0), (self.m.area.0, 0.0), 0.6, BLACK)];
                return Ok((vec![row(place, 1.0, ops)], (6.0, 6.0)));
            }
            Block::Room(lines) => return Ok((self.room(place, *lines), (4.0, 6.0))),
            Block::Break => return Ok((Vec::new(), (0.0, 0.0))),
        };
        let mut rows = self.paragraph(place, text, set, spans)?;
        if matches!(block, Block::Title(_) | Block::Heading(..)) {
            for row in &mut rows {
                row.keep = true;
            }
        }
        if official && matches!(block, Block::Title(_)) {
            return Ok((rows, (0.0, text.below)));
        }
        Ok((rows, spaced(text)))
    }

    /// Text as rows of one line each; never one line of it alone on a page.
    fn paragraph(&mut self, place: usize, text: Type, set: Set, spans: &[Span]) -> Result<Vec<Row>> {
        let shaped = self.shaper.spans(text.role, spans)?;
        let width = self.m.area.0;
        let (mut first, mut rest) = ((width - set.first) / text.em, (width - set.rest) / text.em);
        if set.align == Align::Center {
            // Centred lines are of much the same length: no title ends in one character.
            let count = shaped.lines(first, rest).len();
            let mut narrower = (50_u8..100).map(|percent| rest * f32::from(percent) / 100.0);
            first = narrower.find(|width| shaped.lines(*width, *width).len() == count).unwrap_or(first);
            rest = first.min(rest);
        }
        let lines = shaped.lines(first, rest);
        let count = lines.len();
        let mut rows = Vec::with_capacity(count);
        for (n, line) in lines.into_iter().enumerate() {
            let part = Part::Text(shaped.bytes(&line));
            let inset = if n == 0 { set.first } else { set.rest };
            let ops = vec![text_line(&shaped, line, text, (inset, width - inset), set)];
            let keep = count > 1 && (n == 0 || n + 2 == count);
            rows.push(Row { part, keep, ..row(place, text.line, ops) });
        }
        Ok(rows)
    }

    fn item(&mut self, place: usize, mark: Mark, spans: &[Span]) -> Result<(Vec<Row>, (f32, f32))> {
        let text = self.m.item;
        let size = text.size;
        let mut ops = Vec::new();
        let mut hang = size * 1.6;
        let left = self.m.indent;
        match mark {
            Mark::Box(ticked) => {
                ops = tick_box((left + size * 0.08, text.base() - size * 0.76), size * 0.8, ticked);
            }
            Mark::Dot => ops.push(Op::dot((left + size * 0.7, text.base() - size * 0.37), size * 0.13)),
            Mark::Number(number) => {
                let shaped = self.shaper.text(text.role, &format!("{number}."))?;
                let line = shaped.line();
                // Two figures set in as far as one: a list of both stands straight.
                hang = (size * 1.9).max((line.width + 0.4) * text.em);
                ops.push(plain_op(&shaped, line, text, (left, text.base())));
            }
        }
        let set = Set { align: Align::Left, first: left + hang, rest: left + hang, even: true };
        let mut rows = self.paragraph(place, text, set, spans)?;
        if let Some(first) = rows.first_mut() {
            // The mark comes first in the order of reading.
            first.ops.splice(0..0, ops);
        }
        Ok((rows, spaced(text)))
    }

    fn sign(&mut self, place: usize, signers: &[(String, String)]) -> Result<(Vec<Row>, (f32, f32))> {
        let text = self.m.body;
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        let mut lines = Vec::new();
        let mut widest = 0.0_f32;
        for (who, name) in signers {
            let who = who.trim_end_matches([':', '：', ' ']);
            let shaped = self.shaper.text(text.role, &format!("{who}{colon}{name}"))?;
            let line = shaped.line();
            widest = widest.max(line.width * text.em);
            lines.push((shaped, line));
        }
        // The lines to sign on stand under one another, at least 55 mm long and at most 80.
        let width = self.m.area.0;
        let from = (widest + 10.0).min(width - 55.0 * MM);
        let to = (from + 80.0 * MM).min(width);
        let base = self.m.sign - text.size * 0.35;
        let rows = lines.into_iter().map(|(shaped, line)| {
            let label = plain_op(&shaped, line, text, (0.0, base));
            let rule = Op::line((from, base + 2.5), (to, base + 2.5), 0.6, BLACK);
            Row { keep: true, ..row(place, self.m.sign, vec![label, rule]) }
        });
        let mut rows: Vec<Row> = rows.collect();
        if let Some(last) = rows.last_mut() {
            last.keep = false;
        }
        Ok((rows, (self.m.body.line * 0.4, 8.0)))
    }

    fn room(&self, place: usize, lines: u8) -> Vec<Row> {
        let height = self.m.room;
        let rule = || Op::line((0.0, height - 1.0), (self.m.area.0, height - 1.0), 0.4, Ink::Grey(0.35));
        (1..=lines).map(|n| Row { keep: n == 1 && lines > 1, ..row(place, height, vec![rule()]) }).collect()
    }

    /// Who issues the paper, and the day under it, one blank line below what they sign. By the standard both end two
    /// characters from the right, the day set in two characters under the office; with a seal the day ends four
    /// characters from the right, and the office stands in the middle over it.
    fn issued(&mut self, place: usize, issued: &Issued) -> Result<(Vec<Row>, (f32, f32))> {
        let text = self.m.body;
        let by = self.shaper.text(text.role, &issued.by)?;
        let day = self.shaper.text(text.role, &issued.day)?;
        let (by_line, day_line) = (by.line(), day.line());
        let (by_wide, day_wide) = (by_line.width * text.em, day_line.width * text.em);
        let right = self.m.area.0;
        let (by_x, day_x) = if issued.sealed {
            let day_x = right - 4.0 * text.em - day_wide;
            let by_x = day_x + (day_wide - by_wide) / 2.0;
            (by_x.min(right - by_wide), day_x)
        } else {
            let by_x = right - 2.0 * text.em - by_wide;
            // A day longer than the office moves the office in.
            let day_x = (by_x + 2.0 * text.em).min(right - 2.0 * text.em - day_wide);
            (by_x.min(day_x - 2.0 * text.em), day_x)
        };
        let at = |x: f32| (x.max(0.0), text.base());
        let first = row(place, text.line, vec![plain_op(&by, by_line, text, at(by_x))]);
        let second = row(place, text.line, vec![plain_op(&day, day_line, text, at(day_x))]);
        Ok((vec![Row { keep: true, ..first }, second], (text.line, text.line)))
    }

    /// What stands over the title: the name of the issuing office in red, 35 mm below the edge of what is written on; two
    /// lines below it the number, beside which stands who signs where the paper goes upward; 4 mm below that the red line.
    fn letterhead(&mut self, sheet: &Sheet) -> Result<Option<Row>> {
        let (width, text) = (self.m.area.0, self.m.body);
        let mut ops = Vec::new();
        let mut under = 0.0;
        let is_red = !sheet.red_head.is_empty();
        if is_red {
            let fits = self.shaper.is_title(&sheet.red_head);
            let (role, heavy) = if fits { (Role::Title, 0.0) } else { (Role::Body, 1.2) };
            let shaped = self.shaper.text(role, &sheet.red_head)?;
            let line = shaped.line();
            let size = 46.0_f32.min(width / line.width.max(1.0));
            let top = 35.0 * MM;
            ops.push(Op::Text {
                x: (width - line.width * size) / 2.0,
                y: top + size * 0.88,
                text: Rc::clone(&shaped),
                line,
                size,
                em: size,
                spread: (0.0, Vec::new()),
                ink: Ink::Red,
                heavy,
            });
            under = top + size;
        }
        if !sheet.number.is_empty() || !sheet.signer.is_empty() {
            let base = under + if is_red { 2.0 * text.line } else { 0.0 } + text.base();
            let number = self.shaper.text(text.role, &sheet.number)?;
            let line = number.line();
            let upward = !sheet.signer.is_empty();
            let x = if upward { text.em } else { (width - line.width * text.em) / 2.0 };
            ops.push(plain_op(&number, line, text, (x, base)));
            if upward {
                let said = words::signer(&sheet.signer);
                let signer = self.shaper.text(text.role, said.get(self.lang))?;
                let line = signer.line();
                let x = width - text.em - line.width * text.em;
                ops.push(plain_op(&signer, line, text, (x, base)));
            }
            under = base + text.size * 0.12;
        }
        if ops.is_empty() {
            return Ok(None);
        }
        if is_red {
            under += 4.0 * MM;
            ops.push(Op::line((0.0, under), (width, under), 1.4, Ink::Red));
        }
        Ok(Some(Row { keep: true, part: Part::Head, ..row(0, under, ops) }))
    }

    /// What stands at the foot of a page.
    fn foot(&mut self, words: &str, number: usize, count: usize, ops: &mut Vec<Op>) -> Result<()> {
        let (m, small) = (self.m, self.m.small);
        let (left, right) = (m.corner.0, m.corner.0 + m.area.0);
        let official = m.look == Look::Official;
        let page = if official { format!("— {number} —") } else { format!("{number} / {count}") };
        let shaped = self.shaper.text(m.number.role, &page)?;
        let line = shaped.line();
        let (width, size) = (line.width * m.number.size, m.number.size);
        let edge = m.corner.1 + m.area.1;
        // By the standard its dashes stand 7 mm below, one character in from the right, on even pages from the left.
        let top = edge + 5.0 * MM;
        let base = if official { edge + 7.0 * MM + size * DASH } else { top + m.number.base() };
        let outer = if official && number.is_multiple_of(2) { left + size } else { right - width };
        let x = if official && !number.is_multiple_of(2) { outer - size } else { outer };
        if !official {
            ops.push(Op::line((left, top - 1.0), (right, top - 1.0), 0.4, Ink::Grey(0.3)));
        }
        if !words.is_empty() {
            let foot = self.shaper.text(small.role, words)?;
            let line = foot.line();
            // One line of it, smaller if it must be: the head code at its end is what a paper is checked by.
            let room = m.area.0 - width - 3.0 * m.number.size;
            let size = (room / line.width.max(1.0)).clamp(5.0, 8.5);
            let x = if official && number.is_multiple_of(2) { right - line.width * size } else { left };
            ops.push(plain_op(&foot, line, m.number.sized(size), (x, base)));
        }
        ops.push(plain_op(&shaped, line, m.number, (x, base)));
        Ok(())
    }
}

/// How high the upper edge of a dash of the page number is, in ems.
const DASH: f32 = 0.293;

/// What stands before a block and goes with it.
fn keep_before(rows: &mut [Row], place: usize, paper: &Paper) {
    let of = |place: usize| paper.blocks.get(place);
    let most = match of(place) {
        Some(Block::Issued(_)) if paper.look.look == Look::Official => WITH_ISSUER,
        Some(Block::Issued(_) | Block::Sign(_)) => 1,
        // A note stands under what it is about.
        Some(Block::Small(_)) if !matches!(place.checked_sub(1).and_then(of), Some(Block::Small(_))) => 1,
        _ => return,
    };
    // Nobody signs an empty page: the last of what is signed comes along, under the heading of the signature, and with
    // lines to write on all of them.
    let is_blank =
        |row: &Row| matches!(of(row.block), Some(Block::Rule | Block::Room(_) | Block::Heading(..)));
    let (mut kept, mut last) = (0, None);
    for row in rows.iter_mut().rev() {
        if kept == most || last.is_some_and(|block| block != row.block) {
            break;
        }
        row.keep = true;
        if !is_blank(row) {
            last = Some(row.block);
            kept += if matches!(row.part, Part::Text(_)) { 1 } else { most - kept };
        }
    }
}

const fn spaced(text: Type) -> (f32, f32) {
    (text.above, text.below)
}

/// A box to tick.
pub fn tick_box((x, y): (f32, f32), side: f32, ticked: bool) -> Vec<Op> {
    let mut ops = vec![Op::rect((x, y), (side, side), None, Some((BLACK, 0.8)))];
    if ticked {
        ops.push(Op::Path {
            points: vec![
                (x + side * 0.18, y + side * 0.52),
                (x + side * 0.42, y + side * 0.78),
                (x + side * 0.86, y + side * 0.2),
            ],
            closed: false,
            fill: None,
            stroke: Some((BLACK, 1.3)),
            dash: &[],
        });
    }
    ops
}
