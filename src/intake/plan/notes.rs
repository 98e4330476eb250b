//! What the officer should know of a sheet besides its rows: what nobody sees in it, what was filled in, what was left
//! out. Said once for many cells, not cell by cell.

use super::Input;
use super::rows::Row;
use crate::i18n::intake as words;
use crate::intake::cells::{Sheet, place};
use crate::intake::mapping::Mapping;
use crate::say::Say;
use std::collections::{BTreeMap, BTreeSet};

/// Of a column: how many cells say more than their day, and the first.
struct Beside {
    count: usize,
    sheet: usize,
    row: u32,
    said: String,
}

/// What was met while rows were read.
#[derive(Default)]
pub struct Notes {
    /// Rows read, by sheet, from 0.
    rows: BTreeMap<usize, BTreeSet<u32>>,
    /// Totals and signatures, by sheet, from 1.
    labels: BTreeMap<usize, Vec<u32>>,
    /// Columns with something in them and no header, by sheet: how many cells.
    headless: BTreeMap<(usize, u16), usize>,
    beside: BTreeMap<String, Beside>,
    said: Vec<(usize, Kind, Say, String)>,
}

/// What is said of a sheet.
enum Kind {
    Filled,
    Across,
    HiddenColumns,
}

impl Notes {
    /// A row that is somebody's.
    pub fn read(&mut self, row: &Row<'_>) {
        let place = &row.place;
        self.rows.entry(place.number).or_default().insert(place.row().saturating_sub(1));
        for cell in place.cells() {
            if !place.mapping.titles.iter().any(|(col, _)| *col == cell.col) {
                *self.headless.entry((place.number, cell.col)).or_default() += 1;
            }
        }
        for (column, said) in &row.beside {
            let new = || Beside { count: 0, sheet: place.number, row: place.row(), said: said.clone() };
            self.beside.entry(place.header(*column)).or_insert_with(new).count += 1;
        }
    }

    /// A total, a signature.
    pub fn label(&mut self, number: usize, sheet: &Sheet, at: usize) {
        let row = sheet.row(at).first().map_or(0, |cell| cell.row + 1);
        self.labels.entry(number).or_default().push(row);
    }

    /// A sheet whose rows were all read.
    pub fn sheet(&mut self, number: usize, sheet: &Sheet, blocks: &[Mapping]) {
        let none = BTreeSet::new();
        let rows = self.rows.get(&number).unwrap_or(&none);
        let mapped = |col: u16| blocks.iter().find(|block| block.columns.contains(&Some(col)));
        let mut filled: BTreeMap<u16, BTreeSet<u32>> = BTreeMap::new();
        let mut across: BTreeMap<u16, BTreeSet<u32>> = BTreeMap::new();
        for region in sheet.filled.iter().filter(|region| mapped(region.left).is_some()) {
            let of = rows.range(region.top.saturating_add(1)..=region.bottom).copied();
            filled.entry(region.left).or_default().extend(of);
        }
        for region in sheet.merged.iter().filter(|region| region.right > region.left) {
            if mapped(region.left).is_some()
                && (region.left + 1..=region.right).any(|col| mapped(col).is_some())
            {
                let of = rows.range(region.top..=region.bottom).copied();
                across.entry(region.left).or_default().extend(of);
            }
        }
        for (kind, all) in [(true, filled), (false, across)] {
            for (col, rows) in all.into_iter().filter(|(_, rows)| !rows.is_empty()) {
                let rows: Vec<u32> = rows.iter().map(|row| row + 1).collect();
                let title = mapped(col).map_or("", |block| block.title(col)).trim().to_owned();
                let kind = if kind { Kind::Filled } else { Kind::Across };
                self.said.push((number, kind, words::rows(None, &rows), title));
            }
        }
        let hidden = |col: u16| sheet.hidden_cols.iter().any(|(from, to)| (*from..=*to).contains(&col));
        let titles = blocks.iter().flat_map(|block| {
            let seen =
                block.titles.iter().filter(|(col, _)| hidden(*col) && block.columns.contains(&Some(*col)));
            seen.map(|(_, title)| title.trim())
        });
        let titles: Vec<&str> = titles.collect();
        if !titles.is_empty() {
            self.said.push((number, Kind::HiddenColumns, Say::listed(titles), String::new()));
        }
    }

    /// All of it in words.
    pub fn told(self, input: &Input<'_>) -> Vec<Say> {
        let several = input.chosen.sheets.iter().filter(|blocks| !blocks.is_empty()).count() > 1;
        let sheet = |number: usize| &input.cells.sheets[number];
        let named = |number: usize| several.then(|| sheet(number).name.as_str());
        let mut out = Vec::new();
        for (number, rows) in &self.rows {
            let sheet = sheet(*number);
            if sheet.hidden_rows.is_empty() {
                continue;
            }
            let hidden = rows.iter().filter(|row| sheet.is_hidden_row(**row)).map(|row| row + 1);
            let hidden: Vec<u32> = hidden.collect();
            if !hidden.is_empty() {
                let rows = words::rows(named(*number), &hidden);
                let word = if sheet.filtered { words::filtered_rows } else { words::hidden_rows };
                out.push(word(rows.zh, rows.en));
            }
        }
        for (number, kind, say, title) in self.said {
            let mut say = say;
            if let Some(sheet) = named(number) {
                say = Say {
                    zh: format!("{}（工作表「{sheet}」）", say.zh),
                    en: format!("{} of sheet \"{sheet}\"", say.en),
                };
            }
            out.push(match kind {
                Kind::Filled => words::filled_down(title, say.zh, say.en),
                Kind::Across => words::merged_across(title, say.zh, say.en),
                Kind::HiddenColumns => words::hidden_columns(say.zh, say.en),
            });
        }
        if !self.headless.is_empty() {
            let column = |(number, col): (usize, u16)| {
                let letters = place(0, u32::from(col)).trim_end_matches('1').to_owned();
                match named(number) {
                    Some(sheet) => format!("{sheet} {letters}"),
                    None => letters,
                }
            };
            let all = Say::listed(self.headless.keys().map(|key| column(*key)));
            out.push(words::headless(all.zh, all.en));
        }
        for (number, rows) in &self.labels {
            let rows = words::rows(named(*number), rows);
            out.push(words::nobody(rows.zh, rows.en));
        }
        for (title, beside) in &self.beside {
            let at = words::row(named(beside.sheet), beside.row);
            out.push(words::beside_days(title, beside.count, at.zh, at.en, &beside.said));
        }
        out
    }
}
