//! `zhiban find QUERY`: name, pinyin, initials, numbers, units, rooms, outside contacts, the words of calls.

use super::approval::Approval;
use super::ledger::short;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use super::words::install_beside;
use super::{Done, rows, value};
use crate::app::shown::found::{FindHit, Found, Group};
use crate::app::shown::paper::Logged;
use crate::app::shown::sheet::called;
use crate::domain::ids::{EntryId, Subject};
use crate::domain::text::safe_line;
use crate::error::Result;
use crate::i18n::cli as say;
use crate::i18n::cli::ledger as entries;
use crate::i18n::find as words;
use crate::i18n::screen as head;
use crate::i18n::terms::word;
use crate::paper::ledger::json;
use crate::runtime::{self, Book};
use crate::say::Word;
use crate::search::found::{Field, Target};
use crate::store::{Reader, query};
use serde::Serialize;

/// How many entries that were found by their key are shown however many others are found.
const KEYED: usize = 5;

#[derive(clap::Args)]
pub(super) struct Find {
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = value::Whole::from(1..=crate::search::AT_MOST as u32))]
    pub limit: u32,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub explain: bool,
}

/// What was found: a person, a unit with its liaison's number, somebody outside, or a call.
#[derive(Serialize)]
struct Line {
    no: String,
    name: String,
    unit: String,
    phone: String,
    kind: Option<&'static str>,
    case: bool,
    what: &'static str,
    /// Its number is not the one that was asked for: a digit differs.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    near: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    address: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    words: String,
    /// An entry's own: its id, its ledger, when it was, its state.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<EntryId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<String>,
    /// What the ledger is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger_title: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<Explained>,
}

/// Why a hit stands where it does.
#[derive(Serialize)]
struct Explained {
    score: u16,
    way: String,
    part: String,
    usual: bool,
    open_case: bool,
    called_today: bool,
    mine: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<Reasoned>,
}

/// By what one of several words fits.
#[derive(Serialize)]
struct Reasoned {
    word: String,
    way: &'static str,
    part: &'static str,
    usual: bool,
}

fn line(office: &Office, hit: &FindHit, reveal: bool, explain: bool) -> Line {
    let (found, row) = (&hit.found, &hit.row);
    let entry = row.entry.as_deref().map(|entry| (&entry.ledger, &entry.entry));
    let person = matches!(found.target, Target::Person(_));
    let phone = match found.target {
        Target::Person(_) | Target::Call(_) if !reveal => hit.masked(&row.phone, Field::Phone),
        Target::Person(_) | Target::Call(_) => rows::number(&row.phone, reveal),
        Target::Unit(_) | Target::Contact(_) | Target::Entry(_) => row.phone.for_matching().to_owned(),
    };
    let lang = office.lang;
    Line {
        no: row.no.clone(),
        name: entry
            .map_or_else(|| row.name.clone(), |(ledger, entry)| called(ledger, entry).get(lang).to_owned()),
        unit: match (found.target, row.subject) {
            // A unit's own line says the unit again, as it always did.
            (Target::Unit(_), _) | (Target::Entry(_), Some(Subject::Unit(_))) => row.name.clone(),
            _ => row.unit.clone(),
        },
        phone,
        kind: row.kind.map(crate::domain::person::PersonKind::code),
        case: row.case.is_some(),
        what: match found.target {
            Target::Person(_) => "person",
            Target::Unit(_) => "unit",
            Target::Contact(_) => "contact",
            Target::Call(_) => "call",
            Target::Entry(_) => "entry",
        },
        near: hit.is_near(),
        address: if person { row.address.clone() } else { String::new() },
        words: if hit.is_entry() { hit.entry_said().get(lang).to_owned() } else { row.words.clone() },
        entry: entry.map(|(_, entry)| entry.row.id),
        ledger: entry.map(|(ledger, _)| ledger.name.clone()),
        ledger_title: entry.map(|(ledger, _)| json::title(&ledger.title)),
        at: entry.map(|(_, entry)| office.time(entry.row.at)),
        state: entry.map(|(_, entry)| entry.row.state.clone()).filter(|state| !state.is_empty()),
        explain: explain.then(|| Explained {
            score: found.score,
            way: found.way.code().to_owned(),
            part: found.part.code().to_owned(),
            usual: found.usual,
            open_case: found.lifts.case,
            called_today: found.lifts.called,
            mine: found.lifts.mine,
            words: found
                .words
                .iter()
                .map(|one| Reasoned {
                    word: one.word.clone(),
                    way: one.way.code(),
                    part: one.part.code(),
                    usual: one.usual,
                })
                .collect(),
        }),
    }
}

/// Keeps the index for the next question, where it can be.
fn keep(book: &Book, office: &mut Office) -> Result<()> {
    if office.barred().is_some() {
        return Ok(());
    }
    let reader = Reader::open(office.path())?;
    book.keep(office.store()?, &reader)
}

pub(super) fn run(ctx: &Ctx, args: &Find) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    // Without the office's own words everybody is still found by the built-in ones.
    if let Err(error) = install_beside(office.path()) {
        out::tell(&error.text(office.lang));
    }
    let text = args.query.join(" ");
    let now = office.now();
    let book = runtime::book_for(&office.reader, &text, now, office.asking())?;
    let found = Found::new(book.find(&office.reader, &text, args.limit as usize, now)?, Vec::new());
    let mut found = found.by(&text);
    if let Some(typed) = found.probe(&text) {
        office.probed(&typed);
    }
    let most = args.limit as usize;
    let wanted = most.clamp(KEYED, query::ENTRIES);
    let entries = query::found_entries(&office.reader, &text, wanted, &|| true)?;
    let mut entries = entries.unwrap_or_default();
    // Whose key was typed stands there beyond all others, and in nobody's place: a word may begin a key too.
    let room = most.saturating_sub(found.hits.len()).max((entries.keyed as usize).min(KEYED));
    let shown = room.min(entries.rows.len());
    entries.left += entries.rows.drain(shown..).count() as u32;
    found.take_entries(entries, &text);
    let left = found.left_out();
    let only_near = found.is_only_near();
    let hits = found.hits;
    if let Some(reason) = &args.reveal {
        let shown = hits.iter().filter(|hit| !hit.row.phone.is_empty());
        let mut numbers = Logged::default();
        for hit in shown {
            match hit.found.target {
                Target::Person(id) => numbers.people.push(id),
                Target::Call(id) => numbers.calls.push(id),
                Target::Unit(_) | Target::Contact(_) | Target::Entry(_) => {}
            }
        }
        office.reveal(&numbers, reason, &args.approval)?;
    }
    if (hits.is_empty() || only_near) && !args.json {
        out::line(words::nothing(&text).get(office.lang))?;
        let between = if office.lang == crate::say::Lang::Zh { "、" } else { ", " };
        let tried = runtime::tried(&text, office.settings.confusions);
        let tried: Vec<&str> = tried.iter().map(|what| what.word().get(office.lang)).collect();
        out::line(words::tried(tried.join(between)).get(office.lang))?;
        if hits.is_empty() {
            return Ok(Done::Yes);
        }
        out::line(words::NEAR.get(office.lang))?;
    }
    let lines: Vec<Line> =
        hits.iter().map(|hit| line(&office, hit, args.reveal.is_some(), args.explain)).collect();
    if args.json {
        out::json(&lines)?;
    } else {
        blocks(&office, args, &hits, &lines)?;
    }
    if let Some(left) = left {
        out::tell(left.get(office.lang));
    }
    if book.is_to_keep() {
        // The answer is out; that the next one comes at once is not worth an error.
        if let Err(error) = keep(&book, &mut office) {
            tracing::warn!(kind = ?error.kind(), "the index was not kept");
        }
    }
    Ok(Done::Yes)
}

/// What was found, one kind below the other: each has columns of its own.
fn blocks(office: &Office, args: &Find, hits: &[FindHit], lines: &[Line]) -> Result<()> {
    let all: Vec<(&FindHit, &Line)> = hits.iter().zip(lines).collect();
    for (n, block) in all.chunk_by(|(a, _), (b, _)| a.group() == b.group()).enumerate() {
        let group = block[0].0.group();
        if n > 0 {
            out::line("")?;
        }
        // Above those whose number comes near it is said what they are.
        if group != Group::Near {
            out::line(group.label(block.len()).get(office.lang))?;
        }
        let mut heads = heads(group).to_vec();
        heads.extend(args.explain.then_some(words::WHY));
        let mut table = Table::new(office.lang, &heads);
        for (hit, line) in block {
            let mut cells = cells(office, group, hit, line);
            cells.extend(args.explain.then(|| hit.why().get(office.lang).to_owned()));
            table.row(cells);
        }
        table.print()?;
    }
    Ok(())
}

const fn heads(group: Group) -> &'static [Word] {
    match group {
        Group::People => &[head::NO, head::NAME, head::UNIT, head::PHONE, say::KIND, head::ATTENTION],
        Group::Units => &[head::CODE, head::UNIT, head::PHONE],
        Group::Outside => &[words::ORG, head::NAME, head::PHONE],
        Group::Calls => &[head::AT_TIME, head::ABOUT, head::PHONE, head::WORDS],
        Group::Near => &[head::NO, head::NAME, head::UNIT, head::PHONE, say::KIND],
        Group::Entries => &[entries::ID, entries::LEDGER, entries::AT, entries::OF, head::WORDS],
    }
}

fn cells(office: &Office, group: Group, hit: &FindHit, line: &Line) -> Vec<String> {
    let lang = office.lang;
    let (no, name, unit, phone) = (line.no.clone(), line.name.clone(), line.unit.clone(), line.phone.clone());
    let at = || hit.row.at.map(|at| office.brief(at)).unwrap_or_default();
    let said = || safe_line(&line.words).into_owned();
    match group {
        Group::People => {
            let kind = hit.row.kind.map(|kind| word(kind).get(lang)).unwrap_or_default().to_owned();
            let case = if line.case { head::HAS_CASE.get(lang) } else { "" };
            vec![no, name, unit, phone, kind, case.to_owned()]
        }
        Group::Units => vec![no, name, phone],
        Group::Outside => vec![name, unit, phone],
        Group::Calls => {
            // Somebody outside is called by the organisation and by who answers there.
            let who = if name.ends_with(&unit) { name } else { format!("{name} {unit}") };
            vec![at(), who.trim().to_owned(), phone, said()]
        }
        Group::Near => {
            let kind = match hit.found.target {
                Target::Person(_) => hit.row.kind.map(|kind| word(kind).get(lang)).unwrap_or_default(),
                Target::Unit(_) => head::UNIT.get(lang),
                Target::Contact(_) => words::S_OUTSIDE.get(lang),
                Target::Call(_) => words::S_CALLS.get(lang),
                Target::Entry(_) => words::S_ENTRIES.get(lang),
            };
            vec![no, name, unit, phone, kind.to_owned()]
        }
        Group::Entries => {
            let id = line.entry.map(short).unwrap_or_default();
            vec![id, hit.ledger_title().get(lang).to_owned(), at(), name, said()]
        }
    }
}
