//! `zhiban told`: which figures were told to whom, and what is no longer so. `zhiban spoken`: what to say in thirty
//! seconds.

use super::log::told as written;
use super::office::{Ctx, Office};
use super::{Done, out, value};
use crate::domain::followup::Channel;
use crate::domain::sitrep::Key;
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::terms::word;
use crate::i18n::{cli as say, sitrep as words};
use crate::paper::spoken::{said, sentences, text};
use crate::say::Lang;
use crate::store::act::Act;
use crate::store::query;
use crate::store::query::rows::{BehindRow, SitrepAsk, ToldDifference, ToldKind, ToldRow};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long = "add", value_name = "FIGURE", requires = "to", num_args = 1..)]
    pub add: Vec<String>,
    #[arg(long, value_name = "WHO", requires = "add")]
    pub to: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "phone", value_parser = value::channel())]
    pub by: Channel,
    #[arg(long, value_name = "TEXT", default_value = "", requires = "add")]
    pub words: String,
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = value::Whole::from(1..=value::MOST_ROWS))]
    pub limit: u32,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct SpokenArgs {
    #[arg(long, value_name = "WHO")]
    pub to: Option<String>,
    #[arg(long, value_name = "WHO")]
    pub told: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "in-person", value_parser = value::channel())]
    pub by: Channel,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    if let Some(to) = &args.to {
        return add(&mut office, args, to);
    }
    let book = query::told(&office.reader, args.limit)?;
    let differences = query::told_differences(&office.reader, office.now())?;
    if args.json {
        let told = book.iter().map(|row| row_json(&office, row)).collect::<Vec<_>>();
        let differences = differences.iter().map(|one| difference_json(&office, one)).collect::<Vec<_>>();
        out::json(&json!({ "told": told, "differences": differences }))?;
        return Ok(Done::Yes);
    }
    show(&office, &book, &differences)
}

/// Records that figures were told, as they now stand.
fn add(office: &mut Office, args: &Args, to: &str) -> Result<Done> {
    let keys: Vec<Key> = args.add.iter().map(|text| key(text)).collect::<Result<_>>()?;
    // What is told by mouth is how it stands now.
    let today = SitrepAsk { day: Some(office.settings.calendar.day(office.now())), boundary: None };
    let report = query::sitrep(&office.reader, office.now(), &today)?.report;
    let act = Act::Tell {
        to: to.to_owned(),
        channel: args.by,
        day: report.day,
        boundary: report.boundary,
        figures: report.figures.only(&keys),
        words: args.words.clone(),
    };
    let done = office.commit(&act, None)?;
    written(office, &done, args.json)
}

/// A figure by its key; `current` is short for `all.current`.
fn key(text: &str) -> Result<Key> {
    let found = Key::parse(text).or_else(|| Key::parse(&format!("all.{text}")));
    found.ok_or_else(|| Error::input(say::no_figure(safe_line(text))).hint(say::NO_FIGURE_HINT))
}

fn show(office: &Office, book: &[ToldRow], differences: &[ToldDifference]) -> Result<Done> {
    let (lang, calendar) = (office.lang, office.settings.calendar);
    let mut table =
        out::Table::new(lang, &[say::HEAD_AT, say::HEAD_TO, say::HEAD_BY, say::HEAD_DAY, say::HEAD_FIGURES]);
    for row in book {
        table.row([
            calendar.ymd_hm(row.at),
            row.to().into_owned(),
            word(row.channel).get(lang).to_owned(),
            row.day.to_string(),
            what(row, lang),
        ]);
    }
    table.print()?;
    if differences.is_empty() {
        return Ok(Done::Yes);
    }
    out::line("")?;
    out::line(say::DIFFERENT.get(lang))?;
    for one in differences {
        let difference = &one.difference;
        let say = words::difference(
            words::figure(&difference.key, &one.row).get(lang),
            office.brief(difference.at),
            one.to(),
            difference.told,
            difference.now,
        );
        let mut line = format!("  {}", say.get(lang));
        for (rows, added) in [(&one.added, true), (&one.removed, false)] {
            if !rows.is_empty() {
                let names = names(rows, lang);
                let say = if added { words::added(names) } else { words::removed(names) };
                line.push_str(say.get(lang));
            }
        }
        out::line(&line)?;
    }
    Ok(Done::Yes)
}

/// What a line of the book tells.
fn what(row: &ToldRow, lang: Lang) -> String {
    let head = match row.kind {
        ToldKind::Figures(_) => String::new(),
        ToldKind::Sitrep(_) => format!("{} ", say::SITREP_OF.get(lang)),
        ToldKind::Correction(_) => format!("{} ", say::CORRECTION.get(lang)),
    };
    let told = row.figures.0.iter().map(|(key, figure)| {
        let name = words::figure(key, &words::row(key.axis, &key.row));
        format!("{} {}", name.get(lang), figure.value)
    });
    // Of a report the figure that is asked for first is enough; the report itself holds the rest.
    let shown = if head.is_empty() { usize::MAX } else { 3 };
    let told = told.take(shown).collect::<Vec<_>>().join(comma(lang));
    let words = if row.words.is_empty() { String::new() } else { format!("  {}", row.words) };
    format!("{head}{told}{words}")
}

fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

fn names(rows: &[BehindRow], lang: Lang) -> String {
    let name = |row: &BehindRow| {
        if row.is_gone() { words::ERASED.get(lang).to_owned() } else { row.name.clone() }
    };
    rows.iter().map(name).collect::<Vec<_>>().join(comma(lang))
}

fn row_json(office: &Office, row: &ToldRow) -> Value {
    let figures = row.figures.0.iter().map(|(key, figure)| (key.to_string(), json!(figure.value)));
    let (kind, id) = match row.kind {
        ToldKind::Figures(id) => ("figures", id.0),
        ToldKind::Sitrep(id) => ("sitrep", id.0),
        ToldKind::Correction(id) => ("correction", id.0),
    };
    json!({
        "kind": kind,
        "id": id,
        "at": office.time(row.at),
        "officer": row.officer,
        "to": row.to(),
        "channel": row.channel,
        "day": row.day,
        "figures": figures.collect::<serde_json::Map<_, _>>(),
        "words": row.words,
    })
}

fn difference_json(office: &Office, one: &ToldDifference) -> Value {
    let people = |rows: &[BehindRow]| {
        rows.iter().map(|row| json!({ "no": row.no, "name": row.name })).collect::<Vec<_>>()
    };
    json!({
        // In the situation report `figure` is the name: `key` and `name` are the same in both.
        "figure": one.difference.key.to_string(),
        "key": one.difference.key.to_string(),
        "name": words::figure(&one.difference.key, &one.row).get(office.lang),
        "at": office.time(one.difference.at),
        "told_at": office.time(one.difference.at),
        "to": one.to(),
        "told": one.difference.told,
        "now": one.difference.now,
        "added": people(&one.added),
        "removed": people(&one.removed),
    })
}

pub(super) fn spoken(ctx: &Ctx, args: &SpokenArgs) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    // What cannot be recorded is refused before a word of it is read out.
    if args.told.is_some() {
        office.may_change()?;
    }
    let spoken = query::spoken(&office.reader, office.now(), args.to.as_deref().or(args.told.as_deref()))?;
    if args.json {
        let told = said(&spoken);
        let figures = told.0.iter().map(|(key, figure)| (key.to_string(), json!(figure.value)));
        out::json(&json!({
            "at": office.time(spoken.now),
            "since": office.time(spoken.since),
            "sentences": sentences(&spoken, office.lang),
            "text": text(&spoken, office.lang),
            "figures": figures.collect::<serde_json::Map<_, _>>(),
        }))?;
    } else {
        for sentence in sentences(&spoken, office.lang) {
            out::line(&sentence)?;
        }
    }
    let Some(to) = &args.told else { return Ok(Done::Yes) };
    let act = Act::Tell {
        to: to.clone(),
        channel: args.by,
        day: spoken.day,
        boundary: spoken.boundary,
        figures: said(&spoken),
        words: String::new(),
    };
    let done = office.commit(&act, None)?;
    // Standard output holds what is said.
    out::tell(say::done(done.op.seq).get(office.lang));
    Ok(Done::Yes)
}
