//! Entries out of a sheet, and into one.

use super::list;
use super::typed::Typed;
use super::{Export, Import, Print};
use crate::cli::Done;
use crate::cli::office::Office;
use crate::cli::out;
use crate::cli::paper::{self, is_free};
use crate::domain::ledger::Ledger;
use crate::domain::ledger::value::Values;
use crate::domain::text::fold;
use crate::error::{Error, Result};
use crate::i18n::cli as common;
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::intake::cells::Limits;
use crate::intake::cells::parent::{self, PATIENCE, file_name};
use crate::intake::entries::{self, Raw};
use crate::paper::sheet::{Cell, Sheet};
use crate::paper::{ledger as printed, print, workbook};
use crate::say::Say;
use crate::store::act::{Act, LedgerAct};
use crate::store::query;
use crate::store::query::rows::LedgerAsk;
use serde_json::json;
use std::collections::HashSet;
use std::sync::Arc;

/// A row that cannot be taken: where, in which column, and why.
struct Wrong {
    sheet: String,
    row: u32,
    column: String,
    why: Say,
}

pub(super) fn import(office: &mut Office, args: &Import) -> Result<Done> {
    if !args.dry_run {
        office.may_write()?;
        super::adopt_own(office)?;
    }
    let ledger = super::in_force(office, &args.ledger)?;
    if !ledger.import {
        return Err(Error::refused(say::no_import(&ledger.name)).hint(say::NO_IMPORT_HINT));
    }
    let file = file_name(&args.file);
    let cells = parent::read(&args.file, None, None, PATIENCE, Limits::default())?;
    let sheet = entries::rows(&ledger, &cells, &file, args.sheet.as_deref())?;
    let (good, wrong) = judged(office, &ledger, &sheet.rows);
    let lang = office.lang;
    for warning in &sheet.warnings {
        out::tell(warning.get(lang));
    }
    for one in wrong.iter().filter(|_| !args.json) {
        let place = if one.sheet.is_empty() { String::new() } else { format!("{} ", one.sheet) };
        let why = say::row_is_wrong(place, one.row, &one.column, one.why.get(lang));
        out::tell(why.get(lang));
    }
    let accepted = good.len();
    let refused = !wrong.is_empty() && !args.skip_wrong;
    let mut op = None;
    if !args.dry_run && !refused && !good.is_empty() {
        let entries = good.into_iter().map(|values| (values, Vec::new())).collect();
        let act = LedgerAct::Write { ledger: ledger.name.clone(), entries, reason: String::new() };
        let at = office.at(args.at.as_deref())?;
        op = Some(office.commit(&Act::Ledger(Box::new(act)), at)?.op.seq);
    }
    if args.json {
        let rejected = wrong.iter().map(|one| {
            json!({ "sheet": one.sheet, "row": one.row, "column": one.column, "error": one.why.get(lang) })
        });
        out::json(&json!({
            "ledger": ledger.name, "file": file, "accepted": accepted, "rejected": rejected.collect::<Vec<_>>(),
            "warnings": sheet.warnings.iter().map(|warning| warning.get(lang)).collect::<Vec<_>>(),
            "written": op.is_some(), "op": op,
        }))?;
    } else {
        match op {
            Some(seq) => out::line(common::imported(&file, accepted, seq).get(lang))?,
            None if refused => out::tell(say::all_or_nothing(wrong.len(), accepted).get(lang)),
            None => out::line(say::would_import(accepted, wrong.len()).get(lang))?,
        }
    }
    Ok(if refused || accepted == 0 { Done::No } else { Done::Yes })
}

/// The rows as they would be kept, and those that cannot be.
fn judged(office: &Office, ledger: &Arc<Ledger>, rows: &[Raw]) -> (Vec<Values>, Vec<Wrong>) {
    let typed = Typed::new(office);
    let (mut good, mut wrong) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for row in rows {
        let mut why = |column: &str, error: &Error| {
            wrong.push(Wrong {
                sheet: row.sheet.clone(),
                row: row.row,
                column: column.to_owned(),
                why: error.say(),
            });
        };
        let mut values = Values::new();
        let mut sound = true;
        for (at, header, text) in &row.cells {
            let column = &ledger.part.columns[*at];
            let read = match text {
                Ok(text) => typed.value(column, text),
                Err(flaw) => Err(super::typed::about(super::typed::flawed(column, *flaw), column)),
            };
            match read {
                Ok(value) if value.is_empty() => {}
                Ok(value) => drop(values.insert(column.field.name.clone(), value)),
                Err(error) => {
                    sound = false;
                    why(header, &error);
                }
            }
        }
        if !sound {
            continue;
        }
        match query::check_entry(&office.reader, ledger, &values, office.now()) {
            Ok(kept) => match twice(ledger, &kept, &mut seen) {
                Some((name, value)) => why(&name, &words::taken(&ledger.part, &name, &value)),
                None => good.push(values),
            },
            Err(error) => why("", &error),
        }
    }
    (good, wrong)
}

/// A column whose value must stand once, and which another row of the file has as well.
fn twice(ledger: &Ledger, kept: &Values, seen: &mut HashSet<(String, String)>) -> Option<(String, String)> {
    for column in ledger.part.columns.iter().filter(|column| column.unique) {
        let name = &column.field.name;
        let Some(value) = kept.get(name) else { continue };
        if !seen.insert((name.clone(), fold(value))) {
            return Some((name.clone(), value.clone()));
        }
    }
    None
}

pub(super) fn export(office: &Office, args: &Export) -> Result<Done> {
    super::own(office)?;
    let ledger = super::in_force(office, &args.ledger)?;
    let ask = LedgerAsk { ledger: ledger.name.clone(), ..LedgerAsk::default() };
    let list = query::ledger(&office.reader, &ask, office.now())?.rows;
    let voice = super::voice(office);
    let Some(file) = &args.xlsx else {
        return csv(&printed::list(&voice, &ledger, &list)).map(|()| Done::Yes);
    };
    is_free(file)?;
    let sheets = printed::book(&office.reader, &voice, &ledger, &list, false)?;
    print::write(&workbook::tables(&sheets)?, file)?;
    out::tell(common::paper_written(file.display()).get(office.lang));
    Ok(Done::Yes)
}

/// The list on paper: shown, written or printed as every paper is.
pub(super) fn print_list(office: &mut Office, args: &Print) -> Result<Done> {
    args.paper.check(office)?;
    let (page, _) = list::page(office, &args.ledger, &args.narrow)?;
    let narrowed = page.rows.len() < page.total as usize || !args.narrow.filter.trim().is_empty();
    let voice = super::voice(office);
    let source = printed::Paper::of(&office.reader, &voice, &page, &args.narrow.filter, narrowed)?;
    let head = source.head().to_owned();
    let made = paper::make(office, &source, &head)?;
    paper::put(office, &made, &args.paper, None)
}

/// Standard output gets the list as comma-separated values.
fn csv(sheet: &Sheet) -> Result<()> {
    let failed = |error: csv::Error| Error::internal("writing CSV", error);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&sheet.head).map_err(failed)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(plain)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::internal("writing CSV", error.to_string()))?;
    out::own_file(&String::from_utf8_lossy(&bytes))
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        // What a spreadsheet program would take for a formula is kept text by the mark it knows.
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Int(n) => n.to_string(),
        Cell::Tenths(n) => format!("{n:.1}"),
        Cell::Day(day) => day.to_string(),
        Cell::At(at) => at.format("%Y-%m-%d %H:%M").to_string(),
    }
}
