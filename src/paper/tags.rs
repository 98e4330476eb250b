//! What the parts of a paper are, told inside its PDF: headings, paragraphs, lists, tables with their heads, pictures with
//! what they show. A screen reader reads a paper in this order, and an archive can take it apart.

use super::Paper;
use super::block::{Block, Mark, plain};
use super::chart::Chart;
use super::draw::Op;
use super::flow::{Page, Part, Run};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagTree,
};
use std::num::NonZeroU16;

/// What was drawn of a row, by its cells or as a whole.
struct Drawn {
    block: usize,
    part: Part,
    ids: Vec<Identifier>,
}

/// The parts of a paper as they are drawn, page after page.
pub struct Tags<'a> {
    paper: &'a Paper,
    drawn: Vec<Drawn>,
}

impl<'a> Tags<'a> {
    /// Of a paper of which nothing is drawn yet.
    pub fn new(paper: &'a Paper) -> Self {
        Self { paper, drawn: Vec::new() }
    }

    /// Draws a page, each thing on it told as what it is; what lies between is decoration.
    pub fn draw(&mut self, page: &Page, surface: &mut Surface<'_>) {
        let mut at = 0;
        for run in &page.runs {
            between(&page.ops[at..run.ops.start], surface, ArtifactType::Other);
            self.run(page, run, surface);
            at = run.ops.end;
        }
        between(&page.ops[at..], surface, ArtifactType::Footer);
    }

    fn run(&mut self, page: &Page, run: &Run, surface: &mut Surface<'_>) {
        let is_plain =
            matches!(self.paper.blocks.get(run.block), Some(Block::Rule | Block::Room(_) | Block::Break))
                && run.part != Part::Head;
        if run.again || is_plain {
            return between(&page.ops[run.ops.clone()], surface, ArtifactType::Other);
        }
        let mut ids = Vec::with_capacity(run.cells.len().max(1));
        let mut at = run.ops.start;
        for cell in &run.cells {
            between(&page.ops[at..cell.start], surface, ArtifactType::Other);
            ids.push(tagged(&page.ops[cell.clone()], surface));
            at = cell.end;
        }
        let rest = &page.ops[at..run.ops.end];
        if run.cells.is_empty() {
            ids.push(tagged(rest, surface));
        } else {
            between(rest, surface, ArtifactType::Other);
        }
        self.drawn.push(Drawn { block: run.block, part: run.part.clone(), ids });
    }

    /// The whole paper's structure.
    pub fn tree(self) -> TagTree {
        let mut tree = TagTree::new();
        let mut list: Option<TagGroup> = None;
        let mut rows = self.drawn.into_iter().peekable();
        while let Some(first) = rows.next() {
            let block = self.paper.blocks.get(first.block);
            let is_over = first.part == Part::Head && !matches!(block, Some(Block::Table(_)));
            let place = first.block;
            let mut of_block = vec![first];
            // The letterhead has the number of the first block, but is none of it.
            while !is_over && let Some(row) = rows.next_if(|row| row.block == place) {
                of_block.push(row);
            }
            let Some(block) = block.filter(|_| !is_over) else {
                tree.push(group(TagGroup::new(Tag::P), of_block));
                continue;
            };
            if let Block::Item(mark, _) = block {
                let body = group(TagGroup::new(Tag::LBody), of_block);
                let item = TagGroup::with_children(Tag::LI, vec![Node::from(body)]);
                let numbering = match mark {
                    Mark::Number(_) => ListNumbering::Decimal,
                    Mark::Dot | Mark::Box(_) => ListNumbering::None,
                };
                list.get_or_insert_with(|| TagGroup::new(Tag::L(numbering))).push(item);
                continue;
            }
            if let Some(list) = list.take() {
                tree.push(list);
            }
            tree.push(made(block, of_block));
        }
        if let Some(list) = list {
            tree.push(list);
        }
        tree
    }
}

/// A block's group with what was drawn of it.
fn made(block: &Block, rows: Vec<Drawn>) -> TagGroup {
    let heading = |level: u16, title: String| {
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        TagGroup::new(Tag::Hn(level, Some(title)))
    };
    match block {
        Block::Title(spans) => group(heading(1, plain(spans)), rows),
        Block::Heading(level, spans) => group(heading(u16::from(*level) + 1, plain(spans)), rows),
        Block::Table(_) => table(rows),
        Block::Chart(chart) => group(TagGroup::new(Tag::Figure(Some(told(chart)))), rows),
        Block::Code(text) => group(TagGroup::new(Tag::Figure(Some(text.clone()))), rows),
        _ => group(TagGroup::new(Tag::P), rows),
    }
}

fn group(mut group: TagGroup, rows: Vec<Drawn>) -> TagGroup {
    for id in rows.into_iter().flat_map(|row| row.ids) {
        group.push(id);
    }
    group
}

/// A table: a row of heads, then rows of cells. A row that goes on over a page stays one row.
fn table(rows: Vec<Drawn>) -> TagGroup {
    let mut all: Vec<(Part, Vec<Vec<Identifier>>)> = Vec::new();
    for row in rows {
        match all.last_mut().filter(|(part, cells)| *part == row.part && cells.len() == row.ids.len()) {
            Some((_, cells)) => cells.iter_mut().zip(row.ids).for_each(|(cell, id)| cell.push(id)),
            None => all.push((row.part, row.ids.into_iter().map(|id| vec![id]).collect())),
        }
    }
    let mut table = TagGroup::new(Tag::Table);
    for (part, cells) in all {
        let mut out = TagGroup::new(Tag::TR);
        for ids in cells {
            let mut cell = match part {
                Part::Head => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
                _ => TagGroup::new(Tag::TD),
            };
            for id in ids {
                cell.push(id);
            }
            out.push(cell);
        }
        table.push(out);
    }
    table
}

/// A picture in words: what it shows, and its figures.
fn told(chart: &Chart) -> String {
    let mut out = chart.title.clone();
    for series in &chart.series {
        out.push_str("; ");
        out.push_str(&series.name);
        for (label, value) in chart.labels.iter().zip(&series.values) {
            if let Some(value) = value {
                for part in [" ", label, " ", &value.to_string()] {
                    out.push_str(part);
                }
            }
        }
    }
    out
}

fn tagged(ops: &[Op], surface: &mut Surface<'_>) -> Identifier {
    let is_text = matches!(ops, [Op::Text { .. }]);
    let tag = if is_text { ContentTag::Span(SpanTag::empty()) } else { ContentTag::Other };
    let id = surface.start_tagged(tag);
    for op in ops {
        op.draw(surface);
    }
    surface.end_tagged();
    id
}

/// Decoration: lines, shades, what stands at the foot of a page.
fn between(ops: &[Op], surface: &mut Surface<'_>, what: ArtifactType) {
    if ops.is_empty() {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(what)));
    for op in ops {
        op.draw(surface);
    }
    surface.end_tagged();
}
