//! A sheet that was handed out and comes back says itself which report it is: form, unit, day and round.

use super::cells::Cells;
use super::{Known, Options, mapping};
use crate::domain::form::Form;
use crate::domain::mark::Mark;
use crate::error::{Error, Result};
use crate::i18n::form_sheet as words;
use std::borrow::Cow;

/// The line stands above the headers.
const WITHIN: usize = 10;

/// The mark of a file that has one.
pub fn mark(cells: &Cells) -> Option<Mark> {
    cells.sheets.iter().filter(|sheet| !sheet.hidden).find_map(|sheet| {
        let rows = 0..sheet.len().min(WITHIN);
        rows.flat_map(|at| sheet.row(at)).find_map(|cell| Mark::read(sheet.text(cell)))
    })
}

/// What was said of a file, with what its mark says where nothing was.
///
/// # Errors
/// The two contradict.
pub fn said<'o>(
    options: &'o Options,
    mark: Option<&Mark>,
    forms: &[Form],
    known: &Known,
) -> Result<Cow<'o, Options>> {
    let Some(mark) = mark else { return Ok(Cow::Borrowed(options)) };
    if let Some(day) = options.day.filter(|day| *day != mark.day) {
        return Err(Error::input(words::other_day(mark.day, day)));
    }
    if options.round_said && options.round != mark.round {
        return Err(Error::input(words::other_round(&mark.round, &options.round)));
    }
    let unit = known.unit_by_code(&mark.unit);
    if let (Some(unit), Some(text)) = (unit, options.unit.as_deref())
        && known.find_unit(text).is_some_and(|said| said.id != unit.id)
    {
        return Err(Error::input(words::other_unit(&unit.name, text)));
    }
    let mut options = options.clone();
    options.day = Some(mark.day);
    options.round = mark.round.clone();
    options.unit = options.unit.or_else(|| unit.map(|unit| unit.code.clone()));
    let has_form = forms.iter().find(|form| form.id == mark.form);
    options.form = options.form.or_else(|| has_form.map(mapping::label));
    Ok(Cow::Owned(options))
}
