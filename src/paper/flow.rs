//! Rows → pages. A row is the smallest thing that is never divided: a line of text, a row of a table, a picture.

use super::draw::Op;
use std::ops::Range;
use std::rc::Rc;

/// Which part of its block a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These bytes of its text.
    Text(Range<usize>),
    /// The head of a table.
    Head,
    /// These rows of a table.
    Rows(Range<usize>),
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which block of the paper it belongs to.
    pub block: usize,
    /// Which part of it.
    pub part: Part,
    /// Empty room above it, unless it is the first on its page.
    pub gap: f32,
    /// How high it is.
    pub height: f32,
    /// What stands in it, from its upper left corner.
    pub ops: Vec<Op>,
    /// Whether it must stand on the same page as the row after it.
    pub keep: bool,
    /// Whether it begins a new page.
    pub fresh: bool,
    /// What is drawn over it when it is the first on its page: the head of its table.
    pub head: Option<Rc<Row>>,
    /// Which of `ops` make each of its cells; none where it has no cells.
    pub cells: Vec<Range<usize>>,
    /// What is drawn at its upper edge when it is the first of its block on its page and has no head.
    pub opening: Option<Op>,
    /// What is drawn at its lower edge when it is the last of its block on its page.
    pub closing: Option<Op>,
}

/// Part of a block on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// Which block of the paper.
    pub block: usize,
    /// Which part of it.
    pub part: Part,
}

/// What was drawn of one row.
#[derive(Debug, Clone)]
pub struct Run {
    /// Which block of the paper it belongs to.
    pub block: usize,
    /// Which part of it.
    pub part: Part,
    /// Which of the page's ops it is.
    pub ops: Range<usize>,
    /// Which of them make each of its cells.
    pub cells: Vec<Range<usize>>,
    /// Whether it stands there again: the head of a table on a further page.
    pub again: bool,
}

/// One page, from the upper left corner of what is written on.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What stands on it.
    pub ops: Vec<Op>,
    /// Of which blocks.
    pub slices: Vec<Slice>,
    /// What was drawn of each row, in order; what lies between them means nothing.
    pub runs: Vec<Run>,
    used: f32,
    closing: Option<Op>,
}

/// Sums of many lines are not exact: so much, in points, pushes nothing off a page.
const ROUNDED: f32 = 0.05;

/// Puts rows on pages of this height.
pub fn flow(rows: Vec<Row>, height: f32) -> Vec<Page> {
    let mut pages = vec![Page::default()];
    let mut rest = rows.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while group.last().is_some_and(|row| row.keep) {
            match rest.next_if(|next| !next.fresh) {
                Some(next) => group.push(next),
                None => break,
            }
        }
        let here = pages.last().map_or(0.0, |page| page.used);
        let fresh = group.first().is_some_and(|row| row.fresh);
        if here > 0.0 && (fresh || here + needed(&group, false) > height + ROUNDED) {
            pages.push(Page::default());
        }
        // What belongs together but is longer than a page goes on wherever the page ends.
        let divided = needed(&group, true) > height + ROUNDED;
        for row in group {
            let here = pages.last().map_or(0.0, |page| page.used);
            if divided && here > 0.0 && here + row.gap + row.height > height + ROUNDED {
                pages.push(Page::default());
            }
            if let Some(page) = pages.last_mut() {
                page.put(row);
            }
        }
    }
    pages.iter_mut().for_each(Page::close);
    pages
}

/// How high rows are together, on a page of their own or after others.
fn needed(group: &[Row], alone: bool) -> f32 {
    let all: f32 = group.iter().map(|row| row.gap + row.height).sum();
    match group.first() {
        Some(first) if alone => all - first.gap + first.head.as_ref().map_or(0.0, |head| head.height),
        _ => all,
    }
}

impl Page {
    fn put(&mut self, row: Row) {
        let goes_on = self.slices.last().is_some_and(|last| last.block == row.block);
        if goes_on {
            self.closing = None;
        } else {
            self.close();
        }
        let mut is_open = goes_on;
        if self.used == 0.0 {
            if let Some(head) = &row.head {
                self.run(head.block, &head.part, head.ops.len(), &head.cells, row.part != Part::Head);
                self.draw(head.ops.iter().cloned(), 0.0);
                self.used = head.height;
                is_open = true;
            }
        } else {
            self.used += row.gap;
        }
        let at = self.used;
        if !is_open {
            self.draw(row.opening.into_iter(), at);
        }
        self.run(row.block, &row.part, row.ops.len(), &row.cells, false);
        self.draw(row.ops.into_iter(), at);
        self.used += row.height;
        self.closing = row.closing.map(|op| op.moved(0.0, self.used));
        match self.slices.last_mut().filter(|last| last.block == row.block) {
            Some(last) => last.part = joined(&last.part, row.part),
            None => self.slices.push(Slice { block: row.block, part: row.part }),
        }
    }

    /// Notes what is drawn next.
    fn run(&mut self, block: usize, part: &Part, count: usize, cells: &[Range<usize>], again: bool) {
        let from = self.ops.len();
        let cells = cells.iter().map(|cell| from + cell.start..from + cell.end).collect();
        self.runs.push(Run { block, part: part.clone(), ops: from..from + count, cells, again });
    }

    /// Draws what closes the last block.
    fn close(&mut self) {
        self.ops.extend(self.closing.take());
    }

    fn draw(&mut self, ops: impl Iterator<Item = Op>, at: f32) {
        self.ops.extend(ops.map(|op| op.moved(0.0, at)));
    }
}

fn joined(before: &Part, after: Part) -> Part {
    match (before, after) {
        (Part::Text(a), Part::Text(b)) => Part::Text(a.start..b.end),
        (Part::Rows(a), Part::Rows(b)) => Part::Rows(a.start..b.end),
        (Part::Head, after) => after,
        (before, _) => before.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(block: usize, height: f32) -> Row {
        Row {
            block,
            part: Part::Whole,
            gap: 0.0,
            height,
            ops: Vec::new(),
            keep: false,
            fresh: false,
            head: None,
            cells: Vec::new(),
            opening: None,
            closing: None,
        }
    }

    fn blocks(pages: &[Page]) -> Vec<Vec<usize>> {
        pages.iter().map(|page| page.slices.iter().map(|slice| slice.block).collect()).collect()
    }

    #[test]
    fn what_belongs_together_moves_on_together() {
        let mut rows: Vec<Row> = (0..5).map(|block| row(block, 30.0)).collect();
        rows[2].keep = true;
        assert_eq!(blocks(&flow(rows, 100.0)), [vec![0, 1], vec![2, 3, 4]]);
    }

    #[test]
    fn a_gap_at_the_head_of_a_page_is_left_out() {
        let mut rows: Vec<Row> = (0..4).map(|block| row(block, 50.0)).collect();
        rows[2].gap = 10.0;
        assert_eq!(blocks(&flow(rows, 100.0)), [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn together_but_longer_than_a_page_goes_on_and_ends() {
        let mut rows: Vec<Row> = (0..7).map(|block| row(block, 40.0)).collect();
        for row in &mut rows {
            row.keep = true;
        }
        assert_eq!(blocks(&flow(rows, 100.0)), [vec![0, 1], vec![2, 3], vec![4, 5], vec![6]]);
        assert_eq!(blocks(&flow(vec![row(0, 10.0), row(1, 300.0), row(2, 10.0)], 100.0)).len(), 3);
    }

    #[test]
    fn a_head_is_drawn_again_and_counted() {
        let head = Rc::new(Row {
            ops: vec![Op::line((0.0, 0.0), (1.0, 0.0), 1.0, super::super::draw::BLACK)],
            ..row(0, 40.0)
        });
        let rows =
            (0..4).map(|n| Row { part: Part::Rows(n..n + 1), head: Some(Rc::clone(&head)), ..row(0, 30.0) });
        let pages = flow(rows.collect(), 100.0);
        assert_eq!(pages.iter().map(|page| page.ops.len()).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(pages[1].slices, [Slice { block: 0, part: Part::Rows(2..4) }]);
    }
}
