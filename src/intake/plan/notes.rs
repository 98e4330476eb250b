//! What the officer should know of a sheet besides its rows: what nobody sees in it, what was filled in, what was left
//! out. Said once for many cells, not cell by cell.

use super::Input;
use super::rows::Row;
use crate::i18n::intake as words;
use crate::intake::cells::{Sheet, place};
use crate::intake::mapping::Mapping;
use crate::intake::seen;
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
    /// Rows below the first header that no list of the sheet has, by sheet, from 1.
    unclaimed: BTreeMap<usize, Vec<u32>>,
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

    /// A sheet that is about to be read: which of its rows no list has.
    pub fn unclaimed(&mut self, number: usize, sheet: &Sheet, blocks: &[Mapping]) {
        let Some(mut at) = blocks.iter().map(|block| block.header).min() else { return };
        let mut stretches: Vec<(usize, usize)> =
            blocks.iter().map(|block| (block.header, block.to)).collect();
        stretches.sort_unstable();
        stretches.push((sheet.len(), sheet.len()));
        for (from, to) in stretches {
            let rows = (at..from.min(sheet.len())).filter_map(|at| sheet.row(at).first());
            let rows: Vec<u32> = rows.map(|cell| cell.row + 1).collect();
            if !rows.is_empty() {
                self.unclaimed.entry(number).or_default().extend(rows);
            }
            at = at.max(to);
        }
    }

    /// All of it in words.
    pub fn told(self, input: &Input<'_>) -> Vec<Say> {
        let several = input.chosen.sheets.iter().filter(|blocks| !blocks.is_empty()).count() > 1;
        let sheet = |number: usize| &input.cells.sheets[number];
        let named = |number: usize| several.then(|| sheet(number).name.as_str());
        let mut out = Vec::new();
        for (number, rows) in &self.rows {
            let mut columns: BTreeMap<u16, &str> = BTreeMap::new();
            for block in &input.chosen.sheets[*number] {
                columns.extend(block.columns.iter().flatten().map(|col| (*col, block.title(*col).trim())));
            }
            out.extend(seen::told(sheet(*number), named(*number), rows, &columns));
        }
        for (number, rows) in &self.unclaimed {
            let rows = words::rows(named(*number), rows);
            out.push(words::unclaimed(rows.zh, rows.en));
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
