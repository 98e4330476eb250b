//! The handover's tables as a workbook: the figures, what is open, what happened.

use super::Page;
use crate::domain::item::ItemKind;
use crate::i18n::handover as words;
use crate::i18n::items;
use crate::i18n::slots;
use crate::paper::sheet::{Cell, Sheet};
use crate::paper::summary::{Happened, OpenRow, Summary};
use crate::say::Lang;
use crate::store::query::{ERASED, NEVER};

pub(super) fn sheets(s: &Summary, lang: Lang) -> Vec<Sheet> {
    let page = Page { s, lang };
    let mut out = vec![figures(s, lang), open(page), happened(page, words::SHEET_HAPPENED.get(lang))];
    if !s.additions.is_empty() {
        out.push(additions(page));
    }
    out
}

fn head(lang: Lang, columns: &[crate::say::Word]) -> Vec<String> {
    columns.iter().map(|word| word.get(lang).to_owned()).collect()
}

fn figures(s: &Summary, lang: Lang) -> Sheet {
    let before = s.before.map(|(_, counts)| counts);
    let rows = [
        (words::EXPECTED, s.counts.expected, before.map(|c| c.expected)),
        (words::RECEIVED, s.counts.received, before.map(|c| c.received)),
        (words::REPORTS, s.counts.reports, before.map(|c| c.reports)),
        (words::FOLLOWUPS, s.counts.followups, before.map(|c| c.followups)),
        (words::NOT_REACHED, s.counts.not_reached, before.map(|c| c.not_reached)),
        (words::CASES, s.counts.cases, before.map(|c| c.cases)),
        (words::OPENED, s.counts.cases_opened, before.map(|c| c.cases_opened)),
        (words::RELEASED, s.counts.cases_released, before.map(|c| c.cases_released)),
        (words::DUE_RELEASE, s.counts.due_release, before.map(|c| c.due_release)),
        (words::PROMISES, s.counts.promises, before.map(|c| c.promises)),
        (words::NOTES, s.counts.notes, before.map(|c| c.notes)),
    ];
    let rows = rows.map(|(name, now, before)| {
        let before = before.map_or(Cell::Empty, |n| Cell::Int(i64::from(n)));
        vec![Cell::text(name.get(lang)), Cell::Int(i64::from(now)), before]
    });
    Sheet {
        name: words::SHEET_FIGURES.get(lang).to_owned(),
        head: head(lang, &[words::FIGURE, words::THIS_SHIFT, words::SHIFT_BEFORE]),
        rows: rows.into(),
    }
}

fn open(page: Page<'_>) -> Sheet {
    let s = page.s;
    let rows = s.open_items().into_iter().enumerate().map(|(place, (item, row))| {
        let (kind, at, name, unit, said) = match row {
            OpenRow::Outstanding(row) => (
                items::word(ItemKind::Outstanding).get(page.lang).to_owned(),
                Some(row.deadline),
                page.text(&row.name),
                String::new(),
                format!("{} {}", row.liaison, row.phone),
            ),
            OpenRow::Finding(row) => {
                let what = page.finding(row);
                (
                    crate::i18n::findings::FINDING.get(page.lang).to_owned(),
                    (row.since != NEVER).then_some(row.since),
                    page.text(&row.name),
                    row.unit.clone(),
                    what["what"].as_str().unwrap_or_default().to_owned(),
                )
            }
            OpenRow::Due(row) => {
                let shown = page.due(row);
                let text = |field: &str| shown[field].as_str().unwrap_or_default().to_owned();
                let missed = slots::state(row.missed);
                let said = if row.missed > 1 {
                    format!("{} {}", row.words, missed.get(page.lang))
                } else {
                    text("words")
                };
                (text("kind"), (row.at != NEVER).then_some(row.at), text("name"), text("unit"), said)
            }
            OpenRow::Release(row) => {
                let shown = page.case(row);
                let text = |field: &str| shown[field].as_str().unwrap_or_default();
                (
                    text("state").to_owned(),
                    None,
                    page.text(&row.name),
                    row.unit.clone(),
                    text("categories").to_owned(),
                )
            }
            OpenRow::Question(row) => (
                items::word(ItemKind::Question).get(page.lang).to_owned(),
                (row.text != ERASED).then_some(row.asked_at),
                page.text(&row.name),
                String::new(),
                page.text(&row.text),
            ),
        };
        let state = match (s.is_ticked(&item, place), s.question_on(&item, place)) {
            (None, _) => String::new(),
            (Some(true), _) => words::TICKED.get(page.lang).to_owned(),
            (Some(false), Some(asked)) => words::asked(page.text(asked)).get(page.lang).to_owned(),
            (Some(false), None) => words::UNREAD.get(page.lang).to_owned(),
        };
        vec![
            Cell::Int(place as i64 + 1),
            Cell::text(kind),
            at.map_or(Cell::Empty, |at| Cell::At(s.calendar.local(at))),
            Cell::text(name),
            Cell::text(unit),
            Cell::text(said.trim()),
            Cell::text(state),
        ]
    });
    Sheet {
        name: words::SHEET_OPEN.get(page.lang).to_owned(),
        head: head(
            page.lang,
            &[words::NO, words::KIND, words::DUE, words::NAME, words::UNIT, words::WORDS, words::TAKEN_OVER],
        ),
        rows: rows.collect(),
    }
}

fn line(page: Page<'_>, line: &Happened) -> Vec<Cell> {
    let undone = if line.undone { words::YES.get(page.lang) } else { "" };
    vec![
        Cell::Int(line.seq),
        Cell::At(page.s.calendar.local(line.at)),
        Cell::text(&line.name),
        Cell::text(page.happened(line)),
        Cell::text(undone),
    ]
}

fn happened(page: Page<'_>, name: &str) -> Sheet {
    Sheet {
        name: name.to_owned(),
        head: head(page.lang, &[words::NO, words::AT, words::NAME, words::WORDS, words::TAKEN_BACK]),
        rows: page.s.happened.iter().map(|row| line(page, row)).collect(),
    }
}

fn additions(page: Page<'_>) -> Sheet {
    let rows = page.s.additions.iter().map(|addition| {
        let mut row = line(page, &addition.line);
        row.push(Cell::At(page.s.calendar.local(addition.recorded_at)));
        row.push(Cell::text(&addition.officer));
        row
    });
    Sheet {
        name: words::SHEET_LATER.get(page.lang).to_owned(),
        head: head(
            page.lang,
            &[
                words::NO,
                words::AT,
                words::NAME,
                words::WORDS,
                words::TAKEN_BACK,
                words::RECORDED,
                words::OFFICER,
            ],
        ),
        rows: rows.collect(),
    }
}
