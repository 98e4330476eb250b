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
///
/// # Errors
/// Its sheets were handed out for different reports: each is one of its own.
pub fn mark(cells: &Cells) -> Result<Option<Mark>> {
    let mut found: Option<(&str, Mark)> = None;
    for sheet in cells.sheets.iter().filter(|sheet| !sheet.hidden) {
        let rows = 0..sheet.len().min(WITHIN);
        for mark in rows.flat_map(|at| sheet.row(at)).filter_map(|cell| Mark::read(sheet.text(cell))) {
            match &found {
                None => found = Some((&sheet.name, mark)),
                Some((_, first)) if *first == mark => {}
                Some((name, _)) => {
                    return Err(Error::file(words::marks_differ(name, &sheet.name)).hint(words::MARKS_HINT));
                }
            }
        }
    }
    Ok(found.map(|(_, mark)| mark))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::{FormRef, Round};
    use crate::intake::cells::{Mark as Kind, Sheet};

    #[test]
    fn sheets_of_two_reports_are_not_one() {
        let line = |unit: &str| {
            let form = FormRef { name: "staff".to_owned(), version: 3 };
            let day = chrono::NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
            Mark { form, unit: unit.to_owned(), day, round: Round::default() }.line()
        };
        let sheet = |name: &str, unit: &str| {
            let mut sheet = Sheet::new(name, false);
            sheet.push(4, 0, Kind::Text, &line(unit));
            sheet.finish(0);
            sheet
        };
        let of = |sheets: Vec<Sheet>| mark(&Cells { sheets, ..Cells::default() });
        let same = of(vec![sheet("一", "U01"), Sheet::new("二", false), sheet("三", "U01")]).unwrap();
        assert_eq!(same.map(|mark| mark.unit), Some("U01".to_owned()));
        let error = of(vec![sheet("一", "U01"), sheet("二", "U02")]).unwrap_err();
        let text = error.text(crate::say::Lang::Zh);
        assert!(text.contains("「一」和「二」"), "{text}");
        assert!(of(Vec::new()).unwrap().is_none());
    }
}
