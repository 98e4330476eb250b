//! Entries out of a sheet, and into one.

use super::list::{self, head, shown_columns};
use super::typed::Typed;
use super::{Export, Import, Print};
use crate::cli::Done;
use crate::cli::office::Office;
use crate::cli::out;
use crate::cli::paper::{self, is_free};
use crate::domain::field::Type;
use crate::domain::ids::EntryId;
use crate::domain::ledger::value::{self, Values};
use crate::domain::ledger::{Column, Ledger, Part};
use crate::domain::mask::masked;
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
use crate::say::{Lang, Say};
use crate::store::act::{Act, LedgerAct};
use crate::store::query;
use crate::store::query::rows::{EntryRow, LedgerAsk};
use serde_json::json;
use std::collections::{HashMap, HashSet};
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
        let act = LedgerAct::Write { ledger: ledger.name.clone(), entries };
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
    let mut names: Vec<String> = ledger.part.columns.iter().map(|column| column.field.name.clone()).collect();
    let more = shown_columns(&ledger).into_iter().filter(|name| ledger.part.column(name).is_none());
    names.extend(more);
    for name in ["at", "by"].map(str::to_owned) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let title = words::titled(&ledger.title);
    let title = title.get(office.lang);
    let first = table(office, &ledger.part, title, &names, &list);
    let Some(file) = &args.xlsx else {
        return csv(&first).map(|()| Done::Yes);
    };
    is_free(file)?;
    let mut sheets = vec![first];
    let entries = query::entries_of(&office.reader, &ledger, false, office.now())?;
    if !ledger.key.is_empty() {
        // A line of the list stands for all entries of its key: here they are, each.
        let own: Vec<String> = names.iter().filter(|name| !is_balance(name)).cloned().collect();
        sheets.push(table(office, &ledger.part, say::ENTRIES.get(office.lang), &own, &entries));
    }
    if let Some(lines) = &ledger.lines {
        let all = query::entries_of(&office.reader, &ledger, true, office.now())?;
        sheets.push(of_lines(office, &ledger, &lines.part, &entries, &all));
    }
    print::write(&workbook::tables(&sheets)?, file)?;
    out::tell(common::paper_written(file.display()).get(office.lang));
    Ok(Done::Yes)
}

/// The list on paper: shown, written or printed as every paper is.
pub(super) fn print_list(office: &mut Office, args: &Print) -> Result<Done> {
    args.paper.check(office)?;
    let (page, _) = list::page(office, &args.ledger, &args.narrow)?;
    let title = words::titled(&page.ledger.title).get(office.lang).to_owned();
    let face = query::face(&office.reader, office.now())?;
    let head = face.head.clone();
    let part = &page.ledger.part;
    let source = printed::Paper {
        sheet: table(office, part, &title, &shown_columns(&page.ledger), &page.rows),
        filter: args.narrow.filter.clone(),
        json: list::page_json(office, &page)?,
        title,
        face,
    };
    let made = paper::make(office, &source, &head)?;
    paper::put(office, &made, &args.paper, None)
}

fn is_balance(name: &str) -> bool {
    matches!(name, "balance" | "minimum" | "days_left")
}

fn table(office: &Office, part: &Part, title: &str, names: &[String], rows: &[EntryRow]) -> Sheet {
    Sheet {
        name: title.to_owned(),
        head: names.iter().map(|name| headed(office, part, name)).collect(),
        rows: rows
            .iter()
            .map(|row| names.iter().map(|name| cell(office, part, row, name)).collect())
            .collect(),
    }
}

/// The lines of entries, each with what its entry is called.
fn of_lines(office: &Office, ledger: &Ledger, part: &Part, above: &[EntryRow], rows: &[EntryRow]) -> Sheet {
    let mut names: Vec<String> = part.columns.iter().map(|column| column.field.name.clone()).collect();
    if part.states.is_some() {
        names.push("state".to_owned());
    }
    let title = ledger.lines.as_ref().map(|lines| words::titled(&lines.title)).unwrap_or_default();
    let mut sheet = table(office, part, title.get(office.lang), &names, rows);
    let first = ledger.part.columns.first().map(|column| column.field.name.clone()).unwrap_or_default();
    sheet.head.insert(0, headed(office, &ledger.part, &first));
    let known: HashMap<EntryId, &EntryRow> = above.iter().map(|above| (above.row.id, above)).collect();
    for (row, cells) in rows.iter().zip(&mut sheet.rows) {
        let of = row.row.parent.and_then(|parent| known.get(&parent));
        cells.insert(0, of.map_or(Cell::Empty, |of| cell(office, &ledger.part, of, &first)));
    }
    sheet
}

/// What stands above a column: in Chinese as its sheets are headed, so that they can be read again.
fn headed(office: &Office, part: &Part, name: &str) -> String {
    match part.column(name).and_then(|column| column.headers.first()) {
        Some(header) if office.lang == Lang::Zh => header.clone(),
        _ => head(office, part, name),
    }
}

/// Numbers are numbers, days are days.
fn cell(office: &Office, part: &Part, row: &EntryRow, name: &str) -> Cell {
    let whole = |number: Option<i64>| number.map_or(Cell::Empty, Cell::Int);
    let Some(column) = part.column(name) else {
        return match name {
            "balance" => whole(row.balance.map(|balance| balance.balance)),
            "minimum" => whole(row.balance.and_then(|balance| balance.minimum)),
            "days_left" => whole(row.balance.and_then(|balance| balance.days_left)),
            "at" => Cell::At(office.settings.calendar.local(row.row.at)),
            _ => Cell::text(list::cell(office, part, row, name)),
        };
    };
    let text = row.row.values.get(name).map_or("", String::as_str);
    if text.is_empty() {
        return Cell::Empty;
    }
    own_cell(office, column, row, text)
}

fn own_cell(office: &Office, column: &Column, row: &EntryRow, text: &str) -> Cell {
    if let Some(name) = row.named(column) {
        return Cell::text(name.get(office.lang));
    }
    let plain = || Cell::text(words::shown(column, text).get(office.lang));
    match column.field.kind {
        Type::Integer => text.parse().map_or_else(|_| plain(), Cell::Int),
        Type::Temp => text.parse::<f64>().map_or_else(|_| plain(), |tenths| Cell::Tenths(tenths / 10.0)),
        Type::Date => value::day(text).map_or_else(plain, Cell::Day),
        Type::DateTime => value::instant(text, office.settings.calendar)
            .map_or_else(plain, |at| Cell::At(office.settings.calendar.local(at))),
        kind if kind.is_private() => Cell::text(masked(text)),
        _ => plain(),
    }
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
