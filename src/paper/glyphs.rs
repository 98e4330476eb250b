//! What no font can draw stands on the page as its code, `〔U+2EBF0〕`, and a note under the paper says so: one rare
//! character in a name stops no paper and no handover. So does a character of a private place, which every machine may
//! draw as something else.

use super::Paper;
use super::block::{Block, Look, Span};
use super::fonts::{Fonts, Role};
use super::shape::is_drawn_with;
use crate::domain::text::safe_block;
use crate::i18n::paper as say;
use crate::say::Lang;
use std::collections::BTreeSet;

/// The paper as it is laid out, with codes for what cannot be drawn. Its other forms (tables for a workbook, JSON) are
/// left out: they are made from the paper itself.
pub fn printable(paper: &Paper, fonts: &Fonts) -> Paper {
    let mut out = Paper {
        kind: paper.kind,
        lang: paper.lang,
        subject: paper.subject,
        title: paper.title.clone(),
        look: paper.look.clone(),
        blocks: paper.blocks.clone(),
        sheets: Vec::new(),
        json: serde_json::Value::Null,
        cut: paper.cut,
        warning: None,
    };
    let mut pen = Pen { fonts, codes: BTreeSet::new() };
    let running = if out.look.look == Look::Official { Role::Official } else { Role::Body };
    pen.text(&mut out.look.red_head, running);
    pen.text(&mut out.look.number, running);
    pen.text(&mut out.look.signer, running);
    pen.text(&mut out.look.foot, running);
    for block in &mut out.blocks {
        pen.block(block, running);
    }
    if !pen.codes.is_empty() {
        let separator = if paper.lang == Lang::Zh { "、" } else { ", " };
        let codes: Vec<&str> = pen.codes.iter().map(String::as_str).collect();
        let note = say::no_glyph(codes.join(separator));
        out.blocks.push(Block::Small(vec![Span::plain(note.get(paper.lang))]));
    }
    out
}

/// Replaces what cannot be drawn.
struct Pen<'a> {
    fonts: &'a Fonts,
    codes: BTreeSet<String>,
}

impl Pen<'_> {
    fn block(&mut self, block: &mut Block, running: Role) {
        match block {
            Block::Title(spans) | Block::Heading(_, spans) => self.spans(spans, Role::Strong),
            Block::Para(_, spans) | Block::Item(_, spans) | Block::Small(spans) => self.spans(spans, running),
            Block::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|spans| self.spans(spans, running));
            }
            Block::Sign(signers) => {
                for (who, name) in signers {
                    self.text(who, running);
                    self.text(name, running);
                }
            }
            Block::Issued(issued) => {
                self.text(&mut issued.by, running);
                self.text(&mut issued.day, running);
            }
            Block::Chart(chart) => {
                let names = chart.series.iter_mut().map(|series| &mut series.name);
                let all = std::iter::once(&mut chart.title).chain(&mut chart.labels).chain(names);
                all.for_each(|text| self.text(text, running));
            }
            Block::Rule | Block::Break | Block::Room(_) | Block::Code(_) => {}
        }
    }

    fn spans(&mut self, spans: &mut [Span], running: Role) {
        for span in spans {
            let role = if span.bold { Role::Strong } else { running };
            self.text(&mut span.text, role);
        }
    }

    fn text(&mut self, text: &mut String, role: Role) {
        // What is laid out is the safe text: what that writes out can be drawn.
        let safe = safe_block(text);
        if safe.chars().all(|c| is_drawn_with(self.fonts, role, c)) {
            return;
        }
        let mut out = String::with_capacity(safe.len() + 16);
        for c in safe.chars() {
            if is_drawn_with(self.fonts, role, c) {
                out.push(c);
                continue;
            }
            let code = code(c);
            out.push_str(&code);
            self.codes.insert(code);
        }
        *text = out;
    }
}

/// How a character is written that cannot be drawn.
fn code(c: char) -> String {
    format!("〔U+{:04X}〕", u32::from(c))
}
