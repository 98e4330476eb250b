//! What nobody sees in the rows of a sheet that are read, and what was filled in for them: rows hidden or behind a filter,
//! merged cells filled down, hidden columns. Said once for many cells, of reports and registers alike.

use super::cells::{Region, Sheet, joined};
use crate::i18n::intake as words;
use crate::say::Say;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be said of the rows read, from 0, and the columns read, each with its header. The sheet is named where the
/// file has several.
pub fn told(
    sheet: &Sheet,
    named: Option<&str>,
    rows: &BTreeSet<u32>,
    columns: &BTreeMap<u16, &str>,
) -> Vec<Say> {
    let mut out = Vec::new();
    let hidden: Vec<u32> = rows.iter().filter(|row| sheet.is_hidden_row(**row)).map(|row| row + 1).collect();
    if !hidden.is_empty() {
        let rows = words::rows(named, &hidden);
        let word = if sheet.filtered { words::filtered_rows } else { words::hidden_rows };
        out.push(word(rows.zh, rows.en));
    }
    let below = |regions: &[Region]| {
        let read = regions.iter().filter(|region| columns.contains_key(&region.left));
        by_column(rows, read.map(|region| (region.left, region.top.saturating_add(1), region.bottom)))
    };
    let wide = sheet.merged.iter().filter(|region| {
        let others = |from: u16| columns.range(from..=region.right).next().is_some();
        columns.contains_key(&region.left) && region.left < region.right && others(region.left + 1)
    });
    let across = by_column(rows, wide.map(|region| (region.left, region.top, region.bottom)));
    let kinds: [(BySpot, Word); 3] = [
        (below(&sheet.filled), |column, zh, en| words::filled_down(column, zh, en)),
        (below(&sheet.unfilled), |column, zh, en| words::not_filled_down(column, zh, en)),
        (across, |column, zh, en| words::merged_across(column, zh, en)),
    ];
    for (found, word) in kinds {
        for (col, rows) in found.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let rows: Vec<u32> = rows.iter().map(|row| row + 1).collect();
            let mut said = words::rows(None, &rows);
            if let Some(sheet) = named {
                said = words::rows_of(&said, sheet);
            }
            out.push(word(columns.get(&col).copied().unwrap_or_default(), said.zh, said.en));
        }
    }
    if sheet.more_merged && !rows.is_empty() {
        out.push(words::more_merged(&sheet.name));
    }
    let is_hidden = |col: u16| sheet.hidden_cols.iter().any(|(from, to)| (*from..=*to).contains(&col));
    let titles: Vec<&str> =
        columns.iter().filter(|(col, _)| is_hidden(**col)).map(|(_, title)| *title).collect();
    if !titles.is_empty() {
        let mut said = Say::listed(titles);
        if let Some(sheet) = named {
            said = words::rows_of(&said, sheet);
        }
        out.push(words::hidden_columns(said.zh, said.en));
    }
    out
}

/// What is said of rows of a column.
type Word = fn(&str, String, String) -> Say;

/// Rows by the column they are said of.
type BySpot = BTreeMap<u16, BTreeSet<u32>>;

/// Which of the rows read lie in stretches of a column: each looked at once, however many merged cells lie one over another.
fn by_column(rows: &BTreeSet<u32>, stretches: impl Iterator<Item = (u16, u32, u32)>) -> BySpot {
    let mut all: BTreeMap<u16, Vec<(u32, u32)>> = BTreeMap::new();
    for (col, from, to) in stretches.filter(|(_, from, to)| from <= to) {
        all.entry(col).or_default().push((from, to));
    }
    let read = |stretches: Vec<(u32, u32)>| {
        joined(stretches).into_iter().flat_map(|(from, to)| rows.range(from..=to)).copied().collect()
    };
    all.into_iter().map(|(col, stretches)| (col, read(stretches))).collect()
}
