//! Entries out of a sheet, and into one.

use super::list;
use super::{Export, Import, Print};
use crate::cli::Done;
use crate::cli::locked::Keys;
use crate::cli::office::Office;
use crate::cli::out;
use crate::cli::paper::{self, is_free};
use crate::error::{Error, Result};
use crate::i18n::cli as common;
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::i18n::ledger_sheet as sheets;
use crate::intake::cells::parent::file_name;
use crate::intake::entries::plan::{EntryPlan, plan};
use crate::intake::entries::read::Reads;
use crate::paper::sheet::{Cell, Sheet};
use crate::paper::{ledger as printed, print, workbook};
use crate::say::Say;
use crate::store::act::{Act, LedgerAct};
use crate::store::query;
use crate::store::query::rows::LedgerAsk;
use serde_json::json;

pub(super) fn import(office: &mut Office, args: &Import) -> Result<Done> {
    if !args.dry_run {
        office.may_write()?;
        super::adopt_own(office)?;
    }
    let ledger = if args.dry_run {
        super::known(office, &args.ledger)?.0
    } else {
        super::in_force(office, &args.ledger)?
    };
    let (lang, at) = (office.lang, office.at(args.at.as_deref())?);
    let (plan, unfit) = {
        let reads = Reads::new(&office.reader, office.now(), office.settings.calendar, office);
        let sheet = args.sheet.as_deref();
        let plan = Keys::new(lang, args.stdin)
            .open(&file_name(&args.file), |known| plan(&reads, &ledger, &args.file, sheet, (known, None)))?;
        let unfit = plan.not_as_booked(&reads, args.take_same, at.unwrap_or(office.now()))?;
        (plan, unfit)
    };
    let standing: Vec<u32> = plan.standing().collect();
    let act = plan.act(args.take_same, &args.reason);
    let LedgerAct::Import { sheet, entries, .. } = &act else { return Ok(Done::No) };
    let (file, accepted) = (sheet.file.clone(), entries.len());
    told(office, args, &plan, &standing, &unfit);
    let unsaid = !standing.is_empty() && !args.take_same && !args.skip_same;
    let unfit = !unfit.is_empty() && args.reason.trim().is_empty();
    let wrong = !plan.wrong.is_empty() && !args.skip_wrong;
    let refused = wrong || unsaid || unfit || plan.before.is_some();
    let mut op = None;
    if !args.dry_run && !refused && accepted > 0 {
        op = Some(office.commit(&Act::Ledger(Box::new(act)), at)?.op.seq);
    }
    if args.json {
        let rejected = plan.wrong.iter().map(|one| {
            json!({
                "sheet": one.sheet, "row": one.row, "key": one.key.get(lang), "column": one.column, "value": one.value,
                "error": one.why.get(lang),
            })
        });
        let rows = plan
            .taken(args.take_same)
            .map(|good| json!({ "row": good.row, "key": good.key.get(lang), "text": good.text.get(lang) }));
        let rows = args.dry_run.then(|| rows.collect::<Vec<_>>());
        out::json(&json!({
            "ledger": ledger.name, "file": file, "accepted": accepted, "rejected": rejected.collect::<Vec<_>>(),
            "same": standing, "imported_before": plan.before.map(|(op, _)| op),
            "warnings": plan.warnings.iter().map(|warning| warning.get(lang)).collect::<Vec<_>>(),
            "written": op.is_some(), "op": op, "rows": rows,
        }))?;
    } else {
        for good in plan.taken(args.take_same).filter(|_| args.dry_run) {
            let row = sheets::row_of(good.row, &good.key);
            out::line(&format!("{}  {}", row.get(lang), good.text.get(lang)))?;
        }
        match op {
            Some(seq) => out::line(common::imported(&file, accepted, seq).get(lang))?,
            None if plan.before.is_some() || unsaid || unfit => {}
            None if wrong => out::tell(say::all_or_nothing(plan.wrong.len(), accepted).get(lang)),
            None => out::line(say::would_import(accepted, plan.wrong.len()).get(lang))?,
        }
    }
    Ok(if refused || accepted == 0 { Done::No } else { Done::Yes })
}

/// Says what the officer should know before anything is written.
fn told(office: &Office, args: &Import, plan: &EntryPlan, standing: &[u32], unfit: &[(u32, Say)]) {
    let lang = office.lang;
    for warning in &plan.warnings {
        out::tell(warning.get(lang));
    }
    if let Some((_, at)) = plan.before {
        let when = office.settings.calendar.ymd_hm(at);
        out::tell(common::imported_before(file_name(&args.file), when).get(lang));
    }
    if args.json {
        return;
    }
    for one in &plan.wrong {
        let place = if one.sheet.is_empty() { String::new() } else { format!("{} ", one.sheet) };
        let why = sheets::why_not(&one.why, &one.value, &one.key);
        let why = say::row_is_wrong(place, one.row, &one.column, why.get(lang));
        out::tell(why.get(lang));
    }
    if !standing.is_empty() {
        let rows = words::rows(standing.iter().copied());
        out::tell(words::stand_there(&rows).get(lang));
        if !args.take_same && !args.skip_same {
            out::tell(say::SAME_HINT.get(lang));
        }
    }
    for (row, what) in unfit {
        out::tell(words::in_row(row, what.get(lang)).get(lang));
    }
    if !unfit.is_empty() && args.reason.trim().is_empty() {
        out::tell(say::UNFIT_HINT.get(lang));
    }
}

pub(super) fn export(office: &Office, args: &Export) -> Result<Done> {
    let (ledger, in_force) = super::known(office, &args.ledger)?;
    let ask = LedgerAsk { ledger: ledger.name.clone(), ..LedgerAsk::default() };
    let list = if in_force { query::ledger(&office.reader, &ask, office.now())?.rows } else { Vec::new() };
    let voice = super::voice(office);
    let Some(file) = &args.xlsx else {
        return csv(&printed::list(&office.reader, &voice, &ledger, &list)?).map(|()| Done::Yes);
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
