//! Tables → rows: column widths, cells, thin rules.

use super::block::{Align, Look, Span, Table, plain, tick};
use super::desk::{Desk, Set, row, text_line};
use super::draw::{BLACK, FAINT, Ink, Op};
use super::flow::{Part, Row};
use super::fonts::Role;
use super::layout::tick_box;
use super::measure::Type;
use super::shape::{Line, Shaped};
use crate::error::Result;
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// How thick a table is ruled: above it and below it, under its head, and inside.
const HEAVY: f32 = 1.2;
const UNDER_HEAD: f32 = 0.6;
const HAIR: f32 = 0.3;

/// Fewer rows than these do not stand alone at the foot or at the head of a page.
const STUB: usize = 3;

/// Unless they are this high.
const HIGH: f32 = 120.0;

/// How far text is set in that stands behind a box to tick, in ems.
const BOX: f32 = 1.45;

/// A cell, broken into lines.
#[derive(Clone)]
struct Cell {
    text: Rc<Shaped>,
    lines: Vec<Line>,
    /// Whether a box stands in front, and whether it is ticked.
    tick: Option<bool>,
}

/// The rows of a table: its head, then one for each of its rows.
///
/// # Errors
/// No font has a character of a cell.
pub fn rows(desk: &mut Desk<'_>, block: usize, table: &Table) -> Result<Vec<Row>> {
    let widths = widths(desk, table)?;
    let all: f32 = widths.iter().sum();
    let edge = |y: f32| Op::line((0.0, y), (all, y), HEAVY, BLACK);
    let head = head(desk, block, table, &widths)?;
    let mut out = Vec::with_capacity(table.rows.len() + 1);
    let mut longest = desk.m.area.1;
    if let Some(head) = &head {
        longest -= head.height;
        out.push(Row { keep: !table.rows.is_empty(), ..Row::clone(head) });
    }
    let first = out.len();
    for (n, row_cells) in table.rows.iter().enumerate() {
        let cells = broken(desk, desk.m.table.role, row_cells, &widths)?;
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
        if n > 0
            && goes_on(table, row_cells)
            && let Some(before) = out.last_mut()
        {
            before.keep = true;
        }
        // A row is never divided: only one that no page could hold is, between its lines.
        let most = (((longest - 2.0 * desk.m.cell.1) / desk.m.table.line) as usize).max(1);
        for from in (0..lines.max(1)).step_by(most) {
            let some: Vec<Cell> = cells
                .iter()
                .map(|cell| {
                    let to = cell.lines.len().min(from + most);
                    let lines = cell.lines.get(from..to).unwrap_or_default().to_vec();
                    Cell { lines, tick: cell.tick.filter(|_| from == 0), ..cell.clone() }
                })
                .collect();
            let least = if from == 0 { usize::from(table.lines).min(most) } else { 1 };
            let (height, mut ops, parts) = drawn(desk, &some, &table.align, &widths, least, None);
            if n > 0 || from > 0 {
                ops.append(&mut hair(table, row_cells, &widths));
            }
            let (opening, closing) = (Some(edge(0.0)), Some(edge(0.0)));
            let head = head.clone();
            let made = row(block, height, ops);
            out.push(Row { part: Part::Rows(n..n + 1), head, opening, closing, cells: parts, ..made });
        }
    }
    keep_together(&mut out[first..]);
    Ok(out)
}

/// Whether a row goes on with what the row above it began.
fn goes_on(table: &Table, cells: &[Vec<Span>]) -> bool {
    let column = usize::from(table.join).checked_sub(1);
    column.is_some_and(|column| cells.get(column).is_none_or(|cell| plain(cell).trim().is_empty()))
}

/// The first rows of a table stand together, and so do its last ones.
fn keep_together(rows: &mut [Row]) {
    fn keep<'a>(rows: impl Iterator<Item = &'a mut Row>) {
        let mut high = 0.0;
        for row in rows.take(STUB - 1) {
            high += row.height;
            if high > HIGH {
                break;
            }
            row.keep = true;
        }
    }
    let last = rows.len().saturating_sub(1);
    let rows = &mut rows[..last];
    keep(rows.iter_mut());
    keep(rows.iter_mut().rev());
}

/// A thin line over a row; over what goes on from the row above there is none.
fn hair(table: &Table, cells: &[Vec<Span>], widths: &[f32]) -> Vec<Op> {
    let joined = goes_on(table, cells);
    let mut x = 0.0;
    let mut out: Vec<(f32, f32)> = Vec::new();
    for (place, width) in widths.iter().enumerate() {
        let is_empty = cells.get(place).is_none_or(|cell| plain(cell).trim().is_empty());
        if !(joined && is_empty) {
            match out.last_mut().filter(|(_, to)| (*to - x).abs() < 0.01) {
                Some((_, to)) => *to = x + width,
                None => out.push((x, x + width)),
            }
        }
        x += width;
    }
    out.into_iter().map(|(from, to)| Op::line((from, 0.0), (to, 0.0), HAIR, BLACK)).collect()
}

/// The head, unless all of it is empty.
fn head(desk: &mut Desk<'_>, block: usize, table: &Table, widths: &[f32]) -> Result<Option<Rc<Row>>> {
    if table.head.iter().all(|cell| plain(cell).trim().is_empty()) {
        return Ok(None);
    }
    let cells = broken(desk, Role::Strong, &table.head, widths)?;
    let shade = (desk.m.look == Look::Working).then_some(Ink::Grey(0.92));
    let (height, mut ops, parts) = drawn(desk, &cells, &table.align, widths, 1, shade);
    let all: f32 = widths.iter().sum();
    ops.push(Op::line((0.0, height), (all, height), UNDER_HEAD, BLACK));
    ops.push(Op::line((0.0, 0.0), (all, 0.0), HEAVY, BLACK));
    Ok(Some(Rc::new(Row { part: Part::Head, cells: parts, ..row(block, height, ops) })))
}

fn broken(desk: &mut Desk<'_>, role: Role, cells: &[Vec<Span>], widths: &[f32]) -> Result<Vec<Cell>> {
    let (size, pad) = (desk.m.table.size, desk.m.cell.0);
    let mut out = Vec::with_capacity(widths.len());
    for (place, width) in widths.iter().enumerate() {
        let (tick, spans) = ticked(cells.get(place).map_or(&[][..], Vec::as_slice));
        let shaped = desk.shaper.spans(role, &spans)?;
        let room = (width - 2.0 * pad) / size - if tick.is_some() { BOX } else { 0.0 };
        let lines = if shaped.glyphs.is_empty() { Vec::new() } else { shaped.lines(room, room) };
        out.push(Cell { text: shaped, lines, tick });
    }
    Ok(out)
}

/// The box in front of a cell, and the text behind it.
fn ticked(spans: &[Span]) -> (Option<bool>, Cow<'_, [Span]>) {
    let first = spans.first().and_then(|first| tick(&first.text));
    let Some((is_ticked, rest)) = first else { return (None, Cow::Borrowed(spans)) };
    let mut out = spans.to_vec();
    rest.clone_into(&mut out[0].text);
    (Some(is_ticked), Cow::Owned(out))
}

/// How high a row of cells is, what is drawn of it, and what of that is each cell's.
fn drawn(
    desk: &Desk<'_>,
    cells: &[Cell],
    align: &[Align],
    widths: &[f32],
    least: usize,
    shade: Option<Ink>,
) -> (f32, Vec<Op>, Vec<Range<usize>>) {
    let (text, (side, above)): (Type, _) = (desk.m.table, desk.m.cell);
    let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(least).max(1);
    let height = lines as f32 * text.line + 2.0 * above;
    let all: f32 = widths.iter().sum();
    let mut ops = Vec::new();
    if shade.is_some() {
        ops.push(Op::rect((0.0, 0.0), (all, height), shade, None));
    }
    let mut x = 0.0;
    let mut parts = Vec::with_capacity(cells.len());
    // The lines come first, at one stroke: what is decoration is told as such once.
    for width in widths.iter().take(widths.len().saturating_sub(1)) {
        x += width;
        ops.push(Op::line((x, 0.0), (x, height), HAIR, BLACK));
    }
    x = 0.0;
    for (place, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let from = ops.len();
        let mut inner = (x + side, width - 2.0 * side);
        if let Some(is_ticked) = cell.tick {
            let corner = (inner.0, above + text.base() - text.size * 0.76);
            ops.append(&mut tick_box(corner, text.size * 0.8, is_ticked));
            inner = (inner.0 + BOX * text.size, inner.1 - BOX * text.size);
        }
        let align = align.get(place).copied().unwrap_or_default();
        let set = Set { align, first: 0.0, rest: 0.0, even: false };
        for (n, line) in cell.lines.iter().enumerate() {
            let mut op = text_line(&cell.text, line.clone(), text, inner, set);
            // Nothing is no number that is looked for.
            if let (Op::Text { ink, .. }, Align::Right, "0") = (&mut op, align, cell.text.text.as_str())
                && !cell.text.is_strong
            {
                *ink = FAINT;
            }
            ops.push(op.moved(0.0, above + n as f32 * text.line));
        }
        parts.push(from..ops.len());
        x += width;
    }
    (height, ops, parts)
}

/// How wide each column is; together as wide as the page.
fn widths(desk: &mut Desk<'_>, table: &Table) -> Result<Vec<f32>> {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.head.len()).max(1);
    let all = desk.m.area.0;
    if !table.shares.is_empty() {
        let shares = (0..columns).map(|column| table.shares.get(column).copied().unwrap_or(1).max(1));
        let shares: Vec<f32> = shares.map(f32::from).collect();
        let sum: f32 = shares.iter().sum();
        return Ok(shares.iter().map(|share| all * share / sum).collect());
    }
    let (size, pad) = (desk.m.table.size, 2.0 * desk.m.cell.0 + 0.5);
    let (mut least, mut most) = (vec![pad; columns], vec![pad; columns]);
    let role = desk.m.table.role;
    let head = std::iter::once((Role::Strong, &table.head));
    for (role, cells) in head.chain(table.rows.iter().map(|row| (role, row))) {
        for (column, spans) in cells.iter().enumerate() {
            let (tick, spans) = ticked(spans);
            let shaped = desk.shaper.spans(role, &spans)?;
            let pad = if tick.is_some() { pad + BOX * size } else { pad };
            most[column] = most[column].max(shaped.width() * size + pad);
            // A column of Chinese could be one character wide; it should not be.
            let word = shaped.widest_word().max(shaped.width().min(4.0));
            least[column] = least[column].max(word * size + pad);
        }
    }
    Ok(fit(&least, &most, all))
}

/// Shares `all` out to columns that need at least `least` and at most `most`: what is short is never broken while
/// something long can be.
fn fit(least: &[f32], most: &[f32], all: f32) -> Vec<f32> {
    let wanted: f32 = most.iter().sum();
    if wanted <= all {
        // Everything fits on one line: what is left over goes to each by its width.
        return most.iter().map(|most| most * all / wanted).collect();
    }
    let needed: f32 = least.iter().sum();
    if needed >= all {
        return least.iter().map(|least| least * all / needed).collect();
    }
    // What is left over rises in all columns at once, in the broader ones somewhat faster, until each is full.
    let mut widths = least.to_vec();
    let mut extra = all - needed;
    loop {
        let open: Vec<usize> =
            (0..most.len()).filter(|column| most[*column] - widths[*column] > 0.01).collect();
        let weight: f32 = open.iter().map(|column| most[*column].sqrt()).sum();
        let full = |column: &usize| (most[*column] - widths[*column]) / most[*column].sqrt();
        let step = open.iter().map(full).fold(extra / weight.max(0.01), f32::min);
        if open.is_empty() || extra < 0.01 {
            return widths;
        }
        for column in open {
            widths[column] += step * most[column].sqrt();
        }
        extra -= step * weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(widths: &[f32]) -> f32 {
        widths.iter().sum()
    }

    #[test]
    fn columns_fill_the_page_and_short_ones_stay_whole() {
        let widths = fit(&[30.0, 30.0, 60.0], &[40.0, 50.0, 900.0], 500.0);
        assert!((sum(&widths) - 500.0).abs() < 0.01, "{widths:?}");
        assert!(widths[0] >= 40.0 && widths[1] >= 50.0, "{widths:?}");
        let widths = fit(&[30.0, 30.0], &[40.0, 60.0], 500.0);
        assert!((sum(&widths) - 500.0).abs() < 0.01 && widths[1] > widths[0], "{widths:?}");
    }

    #[test]
    fn no_column_falls_below_what_it_needs_while_there_is_room() {
        let least = [100.0, 20.0, 20.0, 20.0];
        let widths = fit(&least, &[120.0, 600.0, 700.0, 30.0], 400.0);
        assert!((sum(&widths) - 400.0).abs() < 0.01, "{widths:?}");
        assert!(widths.iter().zip(least).all(|(width, least)| *width >= least - 0.01), "{widths:?}");
        let widths = fit(&[300.0, 300.0], &[400.0, 400.0], 400.0);
        assert!((sum(&widths) - 400.0).abs() < 0.01, "{widths:?}");
    }
}
