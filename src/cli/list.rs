//! `zhiban list …`: the tables of the screens.

use super::approval::Approval;
use super::office::{Ctx, Office};
use super::{Done, rows};
use super::{out, value};
use crate::app::shown::column::Shown;
use crate::app::shown::paper::Logged;
use crate::domain::ids::{Subject, UnitId};
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::terms::word;
use crate::i18n::{doubts, findings};
use crate::store::query;
use crate::store::query::rows::{LogQuery, OutstandingRow, PeopleQuery, PersonRow, UnitRow};
use clap::builder::TypedValueParser;
use std::collections::HashSet;

#[derive(clap::Args)]
pub(super) struct List {
    #[arg(value_name = "WHAT", value_parser = list_kind())]
    pub what: ListOf,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub filter: String,
    #[arg(long, value_name = "N", value_parser = value::Whole::from(1..=value::MOST_ROWS))]
    pub limit: Option<u32>,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListOf {
    Units,
    Outstanding,
    Cases,
    Findings,
    Doubts,
    Due,
    People,
    Log,
}

impl ListOf {
    pub const ALL: &'static [Self] = &[
        Self::Units,
        Self::Outstanding,
        Self::Cases,
        Self::Findings,
        Self::Doubts,
        Self::Due,
        Self::People,
        Self::Log,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Outstanding => "outstanding",
            Self::Cases => "cases",
            Self::Findings => "findings",
            Self::Doubts => "doubts",
            Self::Due => "due",
            Self::People => "people",
            Self::Log => "log",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|what| what.code() == code)
    }
}

fn list_kind() -> impl TypedValueParser<Value = ListOf> {
    value::coded!(ListOf)
}

/// How many rows a table shows where everything would be too much.
const SCREENFUL: u32 = 50;

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
            rows::show(&office, &rows, args.json, |_, _| Ok(None))?;
        }
        ListOf::Outstanding => {
            let all = query::outstanding(reader, now)?;
            let rows = narrow
                .rows(all, |row| (Some(row.id), texts(&[&row.code, &row.name, &row.liaison, &row.keys])));
            let status = query::status(reader, now)?;
            let owed = |row: &OutstandingRow, field: &str| {
                Ok((field == "owed").then(|| rows::owed(status.owed_by(row.id))))
            };
            rows::show(&office, &rows, args.json, owed)?;
        }
        ListOf::Cases => {
            let all = query::cases(reader, now)?;
            let rows = narrow
                .named(all, |row| (row.unit.as_str(), texts(&[&row.no, &row.name, &row.unit, &row.keys])));
            rows::show(&office, &rows, args.json, |_, _| Ok(None))?;
        }
        ListOf::Findings => {
            let all = query::findings(reader)?;
            let rows = narrow.named(all, |row| {
                let what = findings::all(&row.found);
                let texts = texts(&[&row.no, &row.name, &row.unit, &row.keys, &what.zh, &what.en]);
                (row.unit.as_str(), texts)
            });
            rows::show(&office, &rows, args.json, |_, _| Ok(None))?;
        }
        ListOf::Doubts => {
            let all = query::doubts(reader)?;
            let rows = narrow.named(all, |row| {
                let line = doubts::line(&row.doubt);
                let check = word(row.doubt.check);
                let texts = texts(&[
                    &row.no,
                    &row.name,
                    &row.unit,
                    &row.keys,
                    &line.zh,
                    &line.en,
                    check.zh,
                    check.en,
                    row.urgency.code(),
                ]);
                (row.unit.as_str(), texts)
            });
            rows::show(&office, &rows, args.json, |_, _| Ok(None))?;
        }
        ListOf::Due => {
            let all = query::due(reader, now)?;
            let rows = narrow.named(all, |row| {
                // A unit's own line carries its name where a person's carries the unit.
                let unit = if matches!(row.subject, Some(Subject::Unit(_))) { &row.name } else { &row.unit };
                (unit.as_str(), texts(&[&row.name, &row.unit, &row.words]))
            });
            rows::show(&office, &rows, args.json, |row, field| rows::subject(&office, row.subject, field))?;
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

fn people(office: &mut Office, args: &List, unit: Option<UnitId>, now: Ts) -> Result<()> {
    let limit = limit(args);
    let query = PeopleQuery { filter: args.filter.clone(), unit, limit, ..PeopleQuery::default() };
    let page = query::people(&office.reader, &query, now)?;
    if let Some(reason) = &args.reveal {
        let people = page.rows.iter().map(|row| row.id).collect();
        office.reveal(&Logged { people, ..Logged::default() }, reason, &args.approval)?;
    }
    let shown = |row: &PersonRow| args.reveal.is_some().then_some(Shown::Person(row.id));
    rows::show_with(office, &page.rows, args.json, shown, |_, _| Ok(None))?;
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

fn log(office: &Office, args: &List, unit: Option<UnitId>) -> Result<()> {
    let query = LogQuery {
        filter: args.filter.clone(),
        subject: unit.map(Subject::Unit),
        offset: 0,
        limit: limit(args),
    };
    let page = query::log(&office.reader, &query)?;
    rows::show(office, &page.rows, args.json, |row, field| rows::subject(office, row.subject, field))?;
    more(office, args, page.rows.len(), page.total)
}
