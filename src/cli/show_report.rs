//! `zhiban show report UNIT`: a received report, opened.

use super::office::Office;
use super::out::{self, Table};
use super::show::{celsius, correction_json, doubt_json, known, section};
use super::value;
use crate::app::shown::rows::remarks;
use crate::domain::ids::UnitId;
use crate::domain::report::{ReportForm, ReportKey, Round, Site, degrees};
use crate::error::{Error, Result};
use crate::i18n::cli as heads;
use crate::i18n::received as say;
use crate::i18n::screen as head;
use crate::i18n::terms::word;
use crate::i18n::{doubts, fields};
use crate::say::Say;
use crate::store::query;
use crate::store::query::rows::{
    Mask, Received, ReceivedAsk, ReceivedRow, ReceivedSheet, ReportOf, ReportVersion, VersionRow,
};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

#[derive(clap::Args)]
pub(super) struct ShowReport {
    #[arg(value_name = "UNIT")]
    pub unit: String,
    #[arg(long, alias = "day", value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = value::round)]
    pub round: Option<Round>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub version: Option<u32>,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(office: &Office, args: &ShowReport) -> Result<()> {
    let unit = office.unit(&args.unit)?;
    if let Some(round) = &args.round {
        office.has_round(round)?;
    }
    let ask = |version| ReceivedAsk { of: which(office, unit, args), version };
    let version = args.version.map_or(ReportVersion::InForce, ReportVersion::Nth);
    let found = query::received(&office.reader, &ask(version), office.now())?;
    let Received::One(mut sheet) = found else {
        return Err(no_such(office, args, &ask(ReportVersion::InForce))?);
    };
    sheet.rows.iter_mut().for_each(Mask::mask);
    if args.json { out::json(&sheet_json(office, &sheet)) } else { sheet_text(office, &sheet) }
}

/// Of a day the round that is named, else the one round that came, else the office's first; without a day the newest.
fn which(office: &Office, unit: UnitId, args: &ShowReport) -> ReportOf {
    if args.date.is_none() && args.round.is_none() {
        return ReportOf::Newest(unit);
    }
    let day = args.date.unwrap_or_else(|| office.settings.calendar.day(office.now()));
    let key = |round: Round| ReportKey { unit, day, round };
    let came = |round: &Round| query::is_received(&office.reader, &key(round.clone())).unwrap_or(false);
    let rounds = || office.settings.rounds.iter().map(|known| known.round.clone());
    let named = args.round.clone().or_else(|| rounds().rev().find(came)).or_else(|| rounds().next());
    ReportOf::Key(key(named.unwrap_or_default()))
}

/// Nothing came, or not so many versions.
fn no_such(office: &Office, args: &ShowReport, ask: &ReceivedAsk) -> Result<Error> {
    if let (Some(n), Received::One(sheet)) =
        (args.version, query::received(&office.reader, ask, office.now())?)
    {
        return Ok(Error::not_found(say::no_version(n, sheet.versions.len())));
    }
    Ok(Error::not_found(say::NOTHING_CAME).hint(say::NOTHING_CAME_HINT))
}

fn sheet_json(office: &Office, s: &ReceivedSheet) -> Value {
    let version = |v: &VersionRow| {
        json!({
            "version": v.n, "op": v.op.seq, "desk": v.op.desk, "received_at": office.time(v.happened_at),
            "recorded_at": office.time(v.recorded_at), "officer": v.officer, "form": v.form,
            "read_with": v.read_with.as_ref().map(|form| format!("{}-{}", form.name, form.version)),
            "file": v.file, "reason": v.reason, "rows": v.rows, "late": v.late,
            "in_force": v.n as usize == s.versions.len(),
        })
    };
    json!({
        "unit": s.code, "name": s.unit, "day": s.key.day, "round": s.key.round, "status": s.status,
        "deadline": s.deadline.map(|at| office.time(at)),
        "excused": s.excused.as_ref().map(|(how, reason)| json!({ "how": how, "reason": reason })),
        "version": s.version().map(|v| v.n), "in_force": s.is_in_force(), "erased": s.erased(),
        "versions": s.versions.iter().map(version).collect::<Vec<_>>(),
        "doubts": s.doubts.iter().map(|doubt| doubt_json(office, doubt)).collect::<Vec<_>>(),
        "rows": s.rows.iter().map(|row| row_json(office, row)).collect::<Vec<_>>(),
    })
}

fn row_json(office: &Office, row: &ReceivedRow) -> Value {
    let reading = row.reading.as_ref().map(|r| {
        let rest: Map<String, Value> =
            r.rest.iter().map(|(field, value)| (field.clone(), Value::from(value.as_str()))).collect();
        json!({
            "temp_am": r.temp_am.map(celsius), "temp_pm": r.temp_pm.map(celsius), "site": r.site.map(Site::code),
            "place": r.place, "in_hubei": r.in_hubei, "left_city": r.left_city, "status": r.status,
            "form": format!("{}-{}", r.form.name, r.form.version), "rest": rest,
        })
    });
    let changed = row.changed.iter().map(|c| json!({ "field": c.field, "old": c.old, "new": c.new }));
    json!({
        "row": (row.place > 0).then_some(row.place), "standing": row.standing, "no": row.no, "name": row.name,
        "other_unit": row.unit, "reading": reading, "changed": changed.collect::<Vec<_>>(),
        "corrected": row.corrected.iter().map(|one| correction_json(office, one)).collect::<Vec<_>>(),
        "doubts": row.doubts.iter().map(|doubt| doubt_json(office, doubt)).collect::<Vec<_>>(),
    })
}

fn sheet_text(office: &Office, s: &ReceivedSheet) -> Result<()> {
    let lang = office.lang;
    let Some(shown) = s.version() else { return Ok(()) };
    let which = format!("{} {}", s.key.day, super::show::round(office, &s.key.round));
    out::line(&format!("{} {}", s.code, say::title(&s.unit, which).get(lang)))?;
    let force = if s.is_in_force() { say::IN_FORCE } else { say::REPLACED };
    let version = say::version(shown.n, s.versions.len());
    let erased = match s.erased() {
        0 => String::new(),
        n => say::erased(n).get(lang).to_owned(),
    };
    known(
        lang,
        &[
            (head::STATUS, word(s.status).get(lang).to_owned()),
            (say::DEADLINE, s.deadline.map(|at| office.brief(at)).unwrap_or_default()),
            (head::OWES, excused(s).get(lang).to_owned()),
            (say::VERSION, format!("{} {}", version.get(lang), force.get(lang))),
            (say::ROWS, format!("{} {erased}", shown.rows).trim_end().to_owned()),
        ],
    )?;
    section(say::PART_VERSIONS, lang)?;
    let mut table = Table::new(
        lang,
        &[say::VERSION, say::CAME, head::OFFICER, say::WHICH, say::ROWS, say::FILE, say::REASON],
    );
    for v in &s.versions {
        let mark = if v.n == shown.n { "> " } else { "" };
        let late = if v.late { say::AFTER_DEADLINE.get(lang) } else { "" };
        table.row([
            format!("{mark}{}", v.n),
            format!("{} {late}", office.brief(v.happened_at)).trim_end().to_owned(),
            v.officer.clone(),
            word(v.form).get(lang).to_owned(),
            v.rows.to_string(),
            v.file.clone(),
            v.reason.clone(),
        ]);
    }
    table.print()?;
    if !s.doubts.is_empty() {
        section(doubts::DOUBTS, lang)?;
        for doubt in &s.doubts {
            out::line(&format!("  {}", doubts::named(doubt).get(lang)))?;
        }
    }
    let (within, without): (Vec<&ReceivedRow>, Vec<_>) = s.rows.iter().partition(|row| row.is_in_sheet());
    section(say::PART_ALL, lang)?;
    match shown.form {
        ReportForm::Rows => rows(office, &within)?,
        ReportForm::Zero => out::line(&format!("  {}", say::ZERO.get(lang)))?,
        ReportForm::Marked => out::line(&format!("  {}", say::MARKED.get(lang)))?,
    }
    if !without.is_empty() {
        section(say::NOT_IN_IT, lang)?;
        rows(office, &without)?;
    }
    Ok(())
}

fn excused(s: &ReceivedSheet) -> Say {
    s.excused.as_ref().map_or_else(Say::default, |(how, reason)| {
        let how = word(*how);
        say::excused(how.zh, how.en, reason)
    })
}

fn rows(office: &Office, rows: &[&ReceivedRow]) -> Result<()> {
    let lang = office.lang;
    let temp = |tenths: Option<i16>| tenths.map(degrees).unwrap_or_default();
    let mut table = Table::new(
        lang,
        &[
            say::PLACE_IN_SHEET,
            head::NO,
            head::NAME,
            heads::MORNING,
            heads::AFTERNOON,
            heads::STATE,
            heads::PLACE,
            say::REMARKS,
        ],
    );
    for row in rows {
        let reading = row.reading.as_ref();
        let status = reading.map(|r| fields::value(&r.fields, "status", &r.status)).unwrap_or_default();
        table.row([
            if row.place > 0 { row.place.to_string() } else { String::new() },
            row.no.clone(),
            row.name.clone(),
            temp(reading.and_then(|r| r.temp_am)),
            temp(reading.and_then(|r| r.temp_pm)),
            status.get(lang).to_owned(),
            reading.map(|r| r.place.clone()).unwrap_or_default(),
            say::joined(&remarks(row)).get(lang).to_owned(),
        ]);
    }
    table.print()
}
