//! Where the facts of a page stand: side by side as far as they fit there; a longer one below, over the whole width and
//! on as many lines as it takes.

use super::column::Mood;
use super::lines::Fact;
use crate::paper::block::{Span, plain};
use crate::paper::lines::wrap;
use crate::say::{Lang, Word};
use unicode_width::UnicodeWidthStr;

/// One line of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// From which column of the box.
    pub x: u16,
    /// On which line of it.
    pub y: u16,
    /// Columns it may take.
    pub room: u16,
    /// What it is; not on the further lines of a long one.
    pub label: Option<Word>,
    /// What is said.
    pub text: String,
    /// How it is meant.
    pub mood: Mood,
}

/// How many facts stand side by side in a box of this width, its border left out.
fn fact_columns(width: u16) -> u16 {
    if width >= 100 { 3 } else { 2 }
}

/// Where each fact stands in a box of this width.
pub fn place(facts: &[Fact], width: u16, lang: Lang) -> Vec<Placed> {
    let columns = fact_columns(width);
    let each = width / columns;
    let room = each.saturating_sub(1);
    let wide = |text: &str| u16::try_from(text.width()).unwrap_or(u16::MAX);
    let label_wide = |label: Word| wide(label.get(lang)) + 1;
    let fits = |fact: &&Fact| label_wide(fact.0).saturating_add(wide(&fact.1)) <= room;
    let mut out = Vec::with_capacity(facts.len());
    let mut at = 0;
    for (label, text, mood) in facts.iter().filter(fits) {
        let (x, y) = (at % columns * each, at / columns);
        out.push(Placed { x, y, room, label: Some(*label), text: text.clone(), mood: *mood });
        at += 1;
    }
    let mut y = at.div_ceil(columns);
    for (label, text, mood) in facts.iter().filter(|fact| !fits(fact)) {
        let before = label_wide(*label);
        // A closing mark may stand out by its own width.
        let lines = wrap(&[Span::plain(text.as_str())], usize::from(width.saturating_sub(before + 2)));
        for (row, line) in lines.iter().enumerate() {
            let first = row == 0;
            out.push(Placed {
                x: if first { 0 } else { before },
                y,
                room: if first { width } else { width.saturating_sub(before) },
                label: first.then_some(*label),
                text: plain(line).trim_end().to_owned(),
                mood: *mood,
            });
            y += 1;
        }
    }
    out
}

/// How many lines the facts take in a box of this width.
pub fn lines(facts: &[Fact], width: u16, lang: Lang) -> u16 {
    place(facts, width, lang).last().map_or(0, |last| last.y + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::screen as say;

    #[test]
    fn a_long_fact_is_read_whole_below_the_short_ones() {
        let long = "海岬市滨海区学府路一百八十号海岬理工大学东校区教工公寓三号楼二单元五零一室（与父母同住，门禁须提前联系）";
        let facts = [(say::NO, "20080001"), (say::ADDRESS, long), (say::UNIT, "图书馆"), (say::CAMPUS, "东")];
        let facts: Vec<Fact> =
            facts.iter().map(|(label, text)| (*label, (*text).to_owned(), Mood::Plain)).collect();
        let placed = place(&facts, 78, Lang::Zh);
        let short: Vec<_> = placed.iter().take(3).map(|p| (p.text.as_str(), p.x, p.y)).collect();
        assert_eq!(short, [("20080001", 0, 0), ("图书馆", 39, 0), ("东", 0, 1)]);
        let told: String = placed.iter().skip(3).map(|p| p.text.as_str()).collect();
        assert_eq!(told, long);
        assert_eq!(placed.iter().skip(3).map(|p| p.y).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(lines(&facts, 78, Lang::Zh), 4);
        for p in &placed {
            let label = p.label.map_or(0, |label| label.get(Lang::Zh).width() + 1);
            assert!(label + p.text.width() <= usize::from(p.room), "{p:?}");
        }
        assert_eq!(lines(&[], 78, Lang::Zh), 0);
    }
}
