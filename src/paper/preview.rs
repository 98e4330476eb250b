//! The pages of a paper for the screen: the same content on the same pages as in the PDF.

use super::Paper;
use super::block::{Align, Block, Span, Table};
use super::flow::{Part, Slice};
use super::fonts::Fonts;
use super::layout::layout;
use crate::domain::text::safe_block;
use crate::error::Result;
use std::ops::Range;

/// One page: which parts of the paper stand on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOf {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// What stands on it, in order.
    pub slices: Vec<Slice>,
}

/// The pages of a paper as [`super::glyphs::printable`] gives it. A slice names a block by its place in
/// [`Paper::blocks`].
///
/// # Errors
/// It cannot be laid out.
pub fn pages(paper: &Paper, fonts: &Fonts) -> Result<Vec<PageOf>> {
    let laid = layout(paper, fonts)?;
    let count = laid.pages.len();
    let numbered = laid.pages.into_iter().zip(1..);
    Ok(numbered.map(|(page, number)| PageOf { number, count, slices: page.slices }).collect())
}

impl PageOf {
    /// The page's own blocks: tables with the rows on this page and their head, paragraphs with their part.
    pub fn blocks(&self, paper: &Paper) -> Vec<Block> {
        self.slices.iter().filter_map(|slice| part(paper.blocks.get(slice.block)?, &slice.part)).collect()
    }
}

fn part(block: &Block, part: &Part) -> Option<Block> {
    Some(match (block, part) {
        (Block::Table(table), Part::Rows(rows)) => {
            let rows = table.rows.get(rows.clone())?.to_vec();
            Block::Table(Table { rows, ..table.clone() })
        }
        (Block::Title(spans), Part::Text(bytes)) => Block::Title(cut(spans, bytes)),
        (Block::Heading(level, spans), Part::Text(bytes)) => Block::Heading(*level, cut(spans, bytes)),
        (Block::Para(align, spans), Part::Text(bytes)) => Block::Para(*align, cut(spans, bytes)),
        (Block::Small(spans), Part::Text(bytes)) => Block::Small(cut(spans, bytes)),
        (Block::Item(mark, spans), Part::Text(bytes)) if bytes.start == 0 => {
            Block::Item(*mark, cut(spans, bytes))
        }
        // The mark stands where the item begins.
        (Block::Item(_, spans), Part::Text(bytes)) => Block::Para(Align::Left, cut(spans, bytes)),
        // The red head belongs to no block of its own.
        (_, Part::Head) if !matches!(block, Block::Table(_)) => return None,
        (whole, _) => whole.clone(),
    })
}

/// These bytes of the text that is laid out: spans made safe, one after another.
fn cut(spans: &[Span], bytes: &Range<usize>) -> Vec<Span> {
    let mut at = 0;
    let mut out = Vec::new();
    for span in spans {
        let text = safe_block(&span.text);
        let (from, to) = (bytes.start.max(at), bytes.end.min(at + text.len()));
        if let Some(text) = (from < to).then(|| text.get(from - at..to - at)).flatten() {
            out.push(Span { text: text.to_owned(), bold: span.bold });
        }
        at += text.len();
    }
    out
}
