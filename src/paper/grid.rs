//! Tables → rows: column widths, cells, thin rules.

use super::block::{Align, Look, Span, Table, plain};
use super::desk::{Desk, Set, row, text_line};
use super::draw::{BLACK, Ink, Op};
use super::flow::{Part, Row};
use super::fonts::Role;
use super::measure::Type;
use super::shape::{Line, Shaped};
use crate::error::Result;
use std::rc::Rc;

/// How thick the rules are.
const RULE: f32 = 0.45;

/// A cell, broken into lines.
type Cell = (Rc<Shaped>, Vec<Line>);

/// The rows of a table: its head, then one for each of its rows.
///
/// # Errors
/// No font has a character of a cell.
pub fn rows(desk: &mut Desk<'_>, block: usize, table: &Table) -> Result<Vec<Row>> {
    let widths = widths(desk, table)?;
    let head = head(desk, block, table, &widths)?;
    let mut out = Vec::with_capacity(table.rows.len() + 1);
    let mut longest = desk.m.area.1;
    if let Some(head) = &head {
        longest -= head.height;
        out.push(Row { keep: !table.rows.is_empty(), ..Row::clone(head) });
    }
    for (n, cells) in table.rows.iter().enumerate() {
        let cells = broken(desk, desk.m.table.role, cells, &widths)?;
        let lines = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
        // A row is never divided: only one that no page could hold is, between its lines.
        let most = (((longest - 2.0 * desk.m.cell.1) / desk.m.table.line) as usize).max(1);
        for from in (0..lines.max(1)).step_by(most) {
            let some: Vec<Cell> = cells
                .iter()
                .map(|(text, lines)| {
                    let to = lines.len().min(from + most);
                    (Rc::clone(text), lines.get(from..to).unwrap_or_default().to_vec())
                })
                .collect();
            let least = if from == 0 { usize::from(table.lines).min(most) } else { 1 };
            let (height, ops) = drawn(desk, &some, &table.align, &widths, least, None);
            out.push(Row { part: Part::Rows(n..n + 1), head: head.clone(), ..row(block, height, ops) });
        }
    }
    Ok(out)
}

/// The head, unless all of it is empty.
fn head(desk: &mut Desk<'_>, block: usize, table: &Table, widths: &[f32]) -> Result<Option<Rc<Row>>> {
    if table.head.iter().all(|cell| plain(cell).trim().is_empty()) {
        return Ok(None);
    }
    let cells = broken(desk, Role::Strong, &table.head, widths)?;
    let shade = (desk.m.look == Look::Working).then_some(Ink::Grey(0.92));
    let (height, ops) = drawn(desk, &cells, &table.align, widths, 1, shade);
    Ok(Some(Rc::new(Row { part: Part::Head, ..row(block, height, ops) })))
}

fn broken(desk: &mut Desk<'_>, role: Role, cells: &[Vec<Span>], widths: &[f32]) -> Result<Vec<Cell>> {
    let (size, pad) = (desk.m.table.size, desk.m.cell.0);
    let mut out = Vec::with_capacity(widths.len());
    for (place, width) in widths.iter().enumerate() {
        let spans = cells.get(place).map_or(&[][..], Vec::as_slice);
        let shaped = desk.shaper.spans(role, spans)?;
        let room = (width - 2.0 * pad) / size;
        let lines = if shaped.glyphs.is_empty() { Vec::new() } else { shaped.lines(room, room) };
        out.push((shaped, lines));
    }
    Ok(out)
}

/// How high a row of cells is, and what is drawn of it.
fn drawn(
    desk: &Desk<'_>,
    cells: &[Cell],
    align: &[Align],
    widths: &[f32],
    least: usize,
    shade: Option<Ink>,
) -> (f32, Vec<Op>) {
    let (text, (side, above)): (Type, _) = (desk.m.table, desk.m.cell);
    let lines = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0).max(least).max(1);
    let height = lines as f32 * text.line + 2.0 * above;
    let all: f32 = widths.iter().sum();
    let mut ops = vec![Op::rect((0.0, 0.0), (all, height), shade, Some((BLACK, RULE)))];
    let mut x = 0.0;
    for (place, ((shaped, lines), width)) in cells.iter().zip(widths).enumerate() {
        if place > 0 {
            ops.push(Op::line((x, 0.0), (x, height), RULE, BLACK));
        }
        let align = align.get(place).copied().unwrap_or_default();
        let set = Set { align, first: 0.0, rest: 0.0, even: false };
        for (n, line) in lines.iter().enumerate() {
            let op = text_line(shaped, line.clone(), text, (x + side, width - 2.0 * side), set);
            ops.push(op.moved(0.0, above + n as f32 * text.line));
        }
        x += width;
    }
    (height, ops)
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
            let shaped = desk.shaper.spans(role, spans)?;
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
