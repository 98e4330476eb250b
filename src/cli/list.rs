//! `zhiban list …`: the tables of the screens.

use super::args::{List, ListOf};
use super::office::{Ctx, Office};
use super::out::{self, Table};
use super::{Done, rows};
use crate::app::paper::Logged;
use crate::domain::ids::{Subject, UnitId};
use crate::domain::item::DueRow;
use crate::domain::time::{Ts, brief_day};
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::events::event_line_at;
use crate::i18n::findings;
use crate::i18n::items;
use crate::i18n::paper::due_state;
use crate::i18n::screen as head;
use crate::i18n::terms::{categories, word};
use crate::store::query;
use crate::store::query::rows::{
    CaseRow, FindingRow, LogQuery, LogRow, OutstandingRow, PeopleQuery, PersonRow, UnitRow,
};
use std::collections::HashSet;

/// How many rows a table shows where everything would be too much.
const SCREENFUL: u32 = 50;

/// From so many minutes on a length of time is told in hours.
const HOURS: i64 = 120;

pub(super) fn run(ctx: &Ctx, args: &List) -> Result<Done> {
    if args.reveal.is_some() && args.what != ListOf::People {
        return Err(Error::input(say::REVEAL_PEOPLE));
    }
    let mut office = Office::open(ctx)?;
    let now = office.now();
    let unit = args.unit.as_deref().map(|code| office.unit(code)).transpose()?;
    let narrow = Narrow::new(&office, args, unit, now)?;
    let reader = &office.reader;
    match args.what {
        ListOf::People => people(&mut office, args, unit, now)?,
        ListOf::Units => {
            let all = query::units(reader, now)?;
            let rows = narrow
                .rows(all, |row| (Some(row.id), texts(&[&row.code, &row.name, &row.liaison, &row.keys])));
            show(args, &rows, |row| Ok(rows::unit(&office, row)), || units(&office, &rows))?;
        }
        ListOf::Outstanding => {
            let all = query::outstanding(reader, now)?;
            let rows = narrow
                .rows(all, |row| (Some(row.id), texts(&[&row.code, &row.name, &row.liaison, &row.keys])));
            let status = query::status(reader, now)?;
            let json = |row| Ok(rows::outstanding(&office, row, status.owed_by(row.id)));
            show(args, &rows, json, || outstanding(&office, &rows))?;
        }
        ListOf::Cases => {
            let all = query::cases(reader, now)?;
            let rows = narrow
                .named(all, |row| (row.unit.as_str(), texts(&[&row.no, &row.name, &row.unit, &row.keys])));
            show(args, &rows, |row| Ok(rows::case(&office, row)), || cases(&office, &rows))?;
        }
        ListOf::Findings => {
            let all = query::findings(reader)?;
            let rows = narrow.named(all, |row| {
                let what = findings::all(&row.found);
                let texts = texts(&[&row.no, &row.name, &row.unit, &row.keys, &what.zh, &what.en]);
                (row.unit.as_str(), texts)
            });
            show(args, &rows, |row| Ok(rows::finding(&office, row)), || findings_table(&office, &rows))?;
        }
        ListOf::Due => {
            let all = query::due(reader, now)?;
            let rows = narrow.named(all, |row| {
                // A unit's own line carries its name where a person's carries the unit.
                let unit = if matches!(row.subject, Some(Subject::Unit(_))) { &row.name } else { &row.unit };
                (unit.as_str(), texts(&[&row.name, &row.unit, &row.words]))
            });
            show(args, &rows, |row| rows::due(&office, row), || due(&office, &rows))?;
        }
        ListOf::Log => log(&office, args, unit)?,
    }
    Ok(Done::Yes)
}

/// What the lists that come whole are narrowed to.
struct Narrow {
    words: Vec<String>,
    units: Option<(HashSet<UnitId>, HashSet<String>)>,
    limit: usize,
}

fn texts(parts: &[&str]) -> String {
    parts.join(" ").to_lowercase()
}

impl Narrow {
    fn new(office: &Office, args: &List, unit: Option<UnitId>, now: Ts) -> Result<Self> {
        let units = match unit {
            Some(unit) => Some(below(&query::units(&office.reader, now)?, unit)),
            None => None,
        };
        Ok(Self {
            words: args.filter.to_lowercase().split_whitespace().map(str::to_owned).collect(),
            units,
            limit: args.limit.map_or(usize::MAX, |limit| limit as usize),
        })
    }

    fn fits(&self, text: &str) -> bool {
        self.words.iter().all(|word| text.contains(word.as_str()))
    }

    /// Rows that are units.
    fn rows<R>(&self, all: Vec<R>, of: impl Fn(&R) -> (Option<UnitId>, String)) -> Vec<R> {
        let keep = |row: &R| {
            let (unit, text) = of(row);
            let within =
                self.units.as_ref().is_none_or(|(ids, _)| unit.is_some_and(|unit| ids.contains(&unit)));
            within && self.fits(&text)
        };
        all.into_iter().filter(keep).take(self.limit).collect()
    }

    /// Rows that carry their unit's name, which is unique.
    fn named<R>(&self, all: Vec<R>, of: impl for<'a> Fn(&'a R) -> (&'a str, String)) -> Vec<R> {
        let keep = |row: &R| {
            let (unit, text) = of(row);
            self.units.as_ref().is_none_or(|(_, names)| names.contains(unit)) && self.fits(&text)
        };
        all.into_iter().filter(keep).take(self.limit).collect()
    }
}

/// A unit and those below it, by id and by name. The rows come in the order of the tree with their depths.
fn below(rows: &[UnitRow], unit: UnitId) -> (HashSet<UnitId>, HashSet<String>) {
    let Some(place) = rows.iter().position(|row| row.id == unit) else { return Default::default() };
    let depth = rows[place].depth;
    let rest = rows[place + 1..].iter().take_while(|row| row.depth > depth);
    let found = std::iter::once(&rows[place]).chain(rest);
    found.map(|row| (row.id, row.name.clone())).unzip()
}

/// Prints rows as JSON or as a table.
fn show<'r, R, J: serde::Serialize>(
    args: &List,
    rows: &'r [R],
    json: impl Fn(&'r R) -> Result<J>,
    table: impl Fn() -> Table,
) -> Result<()> {
    if args.json { out::json(&rows.iter().map(json).collect::<Result<Vec<_>>>()?) } else { table().print() }
}

fn units(office: &Office, rows: &[UnitRow]) -> Table {
    let heads = [
        head::CODE,
        head::NAME,
        head::STATUS,
        head::CAME_AT,
        head::PEOPLE,
        head::CASES,
        head::LIAISON,
        head::PHONE,
    ];
    let mut table = Table::new(office.lang, &heads);
    for row in rows {
        table.row([
            row.code.clone(),
            format!("{}{}", "  ".repeat(usize::from(row.depth)), row.name),
            word(row.status).get(office.lang).to_owned(),
            row.received_at.map(|at| office.settings.calendar.hm(at)).unwrap_or_default(),
            row.people.to_string(),
            row.cases.to_string(),
            row.liaison.clone(),
            row.phone.clone(),
        ]);
    }
    table
}

fn outstanding(office: &Office, rows: &[OutstandingRow]) -> Table {
    let heads = [
        head::CODE,
        head::NAME,
        head::REPORT_OF,
        head::LATE_BY,
        head::OWES,
        head::CHASES,
        head::PROMISE,
        head::LIAISON,
        head::PHONE,
    ];
    let mut table = Table::new(office.lang, &heads);
    for row in rows {
        let late = match row.minutes_late {
            n if n >= HOURS => say::hours_over(n / 60, n % 60),
            n if n > 0 => say::minutes_over(n),
            n if n <= -HOURS => say::hours_left(-n / 60, -n % 60),
            n => say::minutes_left(-n),
        };
        table.row([
            row.code.clone(),
            row.name.clone(),
            brief_day(row.key.day, office.settings.calendar.date(office.now())),
            late.get(office.lang).to_owned(),
            if row.missing > 0 { row.missing.to_string() } else { String::new() },
            row.chases.to_string(),
            row.promise.map(|at| office.settings.calendar.hm(at)).unwrap_or_default(),
            row.liaison.clone(),
            row.phone.clone(),
        ]);
    }
    table
}

fn cases(office: &Office, rows: &[CaseRow]) -> Table {
    let heads = [
        head::NO,
        head::NAME,
        head::UNIT,
        head::CATEGORIES,
        head::MEASURE,
        head::DAY,
        head::STATUS,
        head::LAST_CONTACT,
    ];
    let mut table = Table::new(office.lang, &heads);
    for row in rows {
        table.row([
            row.no.clone(),
            row.name.clone(),
            row.unit.clone(),
            categories(&row.categories).get(office.lang).to_owned(),
            word(row.measure).get(office.lang).to_owned(),
            row.observation.map(|o| format!("{}/{}", o.shown_day(), o.total)).unwrap_or_default(),
            word(row.state).get(office.lang).to_owned(),
            row.last_contact.map(|at| office.brief(at)).unwrap_or_default(),
        ]);
    }
    table
}

fn findings_table(office: &Office, rows: &[FindingRow]) -> Table {
    let heads = [head::NO, head::NAME, head::UNIT, findings::FINDINGS, head::CAME_AT];
    let mut table = Table::new(office.lang, &heads);
    for row in rows {
        table.row([
            row.no.clone(),
            row.name.clone(),
            row.unit.clone(),
            findings::all(&row.found).get(office.lang).to_owned(),
            office.brief(row.since),
        ]);
    }
    table
}

fn due(office: &Office, rows: &[DueRow]) -> Table {
    let heads = [head::AT_TIME, head::KIND, head::STATUS, head::NAME, head::UNIT, head::WORDS];
    let mut table = Table::new(office.lang, &heads);
    for row in rows {
        let name = if row.subject.is_none() { head::UNKNOWN_CALLER.get(office.lang) } else { &row.name };
        table.row([
            office.brief(row.at),
            items::title(row.item.kind).get(office.lang).to_owned(),
            due_state(row).get(office.lang).to_owned(),
            name.to_owned(),
            row.unit.clone(),
            row.words.clone(),
        ]);
    }
    table
}

fn people(office: &mut Office, args: &List, unit: Option<UnitId>, now: Ts) -> Result<()> {
    let limit = limit(args);
    let query = PeopleQuery { filter: args.filter.clone(), unit, limit, ..PeopleQuery::default() };
    let page = query::people(&office.reader, &query, now)?;
    if let Some(reason) = &args.reveal {
        let people = page.rows.iter().map(|row| row.id).collect();
        office.reveal(&Logged { people, ..Logged::default() }, reason, &args.approval)?;
    }
    let (office, reveal) = (&*office, args.reveal.is_some());
    show(args, &page.rows, |row| Ok(rows::person(row, reveal)), || people_table(office, &page.rows, reveal))?;
    more(office, args, page.rows.len(), page.total)
}

/// A script gets everything unless it says how many; a reader gets a screenful.
fn limit(args: &List) -> u32 {
    args.limit.unwrap_or(if args.json { u32::MAX } else { SCREENFUL })
}

/// Says that there is more than was shown.
fn more(office: &Office, args: &List, shown: usize, total: u32) -> Result<()> {
    if args.json || shown >= total as usize {
        return Ok(());
    }
    out::line(say::shown_of(shown, total).get(office.lang))
}

fn people_table(office: &Office, rows: &[PersonRow], reveal: bool) -> Table {
    let heads = [head::NO, head::NAME, head::UNIT, head::PHONE, say::KIND, head::ATTENTION];
    let mut table = Table::new(office.lang, &heads);
    for row in rows {
        table.row([
            row.no.clone(),
            row.name.clone(),
            row.unit.clone(),
            rows::number(&row.phone, reveal),
            row.kind.map(|kind| word(kind).get(office.lang).to_owned()).unwrap_or_default(),
            if row.has_case { head::HAS_CASE.get(office.lang).to_owned() } else { String::new() },
        ]);
    }
    table
}

fn log(office: &Office, args: &List, unit: Option<UnitId>) -> Result<()> {
    let query = LogQuery {
        filter: args.filter.clone(),
        subject: unit.map(Subject::Unit),
        offset: 0,
        limit: limit(args),
    };
    let page = query::log(&office.reader, &query)?;
    show(args, &page.rows, |row| rows::log(office, row), || log_table(office, &page.rows))?;
    more(office, args, page.rows.len(), page.total)
}

fn log_table(office: &Office, rows: &[LogRow]) -> Table {
    let heads = [head::SEQ, head::AT_TIME, head::OFFICER, head::ABOUT, head::WHAT];
    let mut table = Table::new(office.lang, &heads);
    for row in rows {
        let mut what = event_line_at(&row.event, row.due, row.happened_at, office.settings.calendar)
            .get(office.lang)
            .to_owned();
        what = crate::i18n::file::line(row.jump, &what, office.lang);
        if row.undone {
            what.insert_str(0, head::UNDONE_MARK.get(office.lang));
        }
        table.row([
            row.op.seq.to_string(),
            office.brief(row.happened_at),
            row.officer.clone(),
            row.name.clone(),
            what,
        ]);
    }
    table
}
