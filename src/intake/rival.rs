//! Forms that fit a sheet equally well and read it otherwise: 0 is yes in one and no in the next. Which is meant only the
//! officer knows.

use super::cells::{Cells, Mark, Sheet};
use super::mapping::{Chosen, Mapping, label};
use crate::domain::form::{Column, Form};
use crate::error::{Error, Result};
use crate::i18n::intake as words;

/// Refuses a sheet that one of the others, which fit it as well, would read otherwise.
///
/// # Errors
/// One does: the first cell they differ about is named.
pub fn refuse<'c>(
    chosen: &Chosen<'_>,
    others: impl Iterator<Item = &'c Chosen<'c>>,
    cells: &Cells,
) -> Result<()> {
    for other in others {
        let sheets = cells.sheets.iter().zip(chosen.sheets.iter().zip(&other.sheets));
        for (sheet, (mine, theirs)) in sheets.filter(|(sheet, _)| !sheet.very_hidden) {
            let same = |(one, two): &(&Mapping, &Mapping)| (one.header, one.depth) == (two.header, two.depth);
            for (one, two) in mine.iter().zip(theirs).filter(same) {
                if let Some((column, value)) = differ((chosen.form, one), (other.form, two), sheet) {
                    let said = words::forms_alike(label(chosen.form), label(other.form), column, value);
                    return Err(Error::file(said));
                }
            }
        }
    }
    Ok(())
}

/// A cell that both forms read, each as something else: its header and what stands there.
fn differ(
    (one, first): (&Form, &Mapping),
    (two, second): (&Form, &Mapping),
    sheet: &Sheet,
) -> Option<(String, String)> {
    let pairs: Vec<(u16, &Column, &Column)> = (one.columns.iter().zip(&first.columns))
        .filter_map(|(column, at)| {
            let at = (*at)?;
            let other = second.columns.iter().position(|col| *col == Some(at))?;
            let other = &two.columns[other];
            let told = !column.field.codes.is_empty() || !other.field.codes.is_empty();
            // Codes and answers alone can be turned round; a plain text is no other reading.
            let turned = told && column.field.codes != other.field.codes;
            turned.then_some((at, column, other))
        })
        .collect();
    if pairs.is_empty() {
        return None;
    }
    for at in first.header + first.depth..first.to.min(sheet.len()) {
        for cell in sheet.row(at).iter().filter(|cell| !matches!(cell.mark, Mark::Error | Mark::Lossy)) {
            let Some((_, column, other)) = pairs.iter().find(|(col, ..)| *col == cell.col) else { continue };
            let text = sheet.text(cell);
            let said = (column.field.read(text, None), other.field.read(text, None));
            let Some((a, b)) = said.0.ok().zip(said.1.ok()).filter(|(a, b)| !a.is_empty() && !b.is_empty())
            else {
                continue;
            };
            if a != b || column.field.name != other.field.name {
                return Some((first.title(cell.col).trim().to_owned(), text.trim().to_owned()));
            }
        }
    }
    None
}
