//! The list of ledgers, the list of one, and what is due in all of them.

use super::{Due, List, Narrow, typed, voice};
use crate::cli::Done;
use crate::cli::office::Office;
use crate::cli::out::{self, Table};
use crate::domain::ids::EntryId;
use crate::domain::item::{DueState, ItemKind};
use crate::domain::ledger::file::COMPUTED;
use crate::domain::ledger::{Ledger, Part, value};
use crate::domain::text::{fold, safe_line};
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::cli::ledger_check as more;
use crate::i18n::ledger as words;
use crate::paper::ledger::cells::Voice;
use crate::paper::ledger::{cells, json};
use crate::say::Say;
use crate::store::query;
use crate::store::query::rows::{EntryRow, LedgerAsk, LedgerDue, LedgerPage, LedgerRow};
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::sync::Arc;

pub(super) fn run(office: &Office, args: &List) -> Result<Done> {
    match &args.ledger {
        None => ledgers(office, args.json)?,
        Some(name) => lines(office, args, name)?,
    }
    Ok(Done::Yes)
}

fn ledgers(office: &Office, as_json: bool) -> Result<()> {
    let own = super::own(office)?;
    let rows = query::ledgers(&office.reader, office.now())?;
    let new: Vec<(&Arc<Ledger>, String)> = own
        .iter()
        .filter_map(|news| Some((news.ledger.as_ref().ok()?, news.path.display().to_string())))
        .collect();
    let lang = office.lang;
    if as_json {
        let known = rows.iter().map(|row| row_json(office, row));
        let new = new.iter().map(|(ledger, path)| {
            json!({
                "name": ledger.name, "version": ledger.version, "title": json::title(&ledger.title), "adopted": false,
                "lines": 0, "open": null, "due": 0, "overdue": 0, "counted": null, "last": null, "file": path,
            })
        });
        return out::json(&known.chain(new).collect::<Vec<_>>());
    }
    let heads =
        [say::NAME, say::TITLE, say::LINES, say::OPEN, say::DUE, say::OVERDUE, say::LAST, say::REMARK];
    let mut table = Table::new(lang, &heads);
    for row in &rows {
        let (title, number) = (words::titled(&row.ledger.title), |n: u32| n.to_string());
        let counted = row.counted.zip(row.ledger.view.counter.as_ref());
        let remark = match counted {
            Some((n, (title, _))) if n > 0 => format!("{} {n}", words::titled(title).get(lang)),
            _ => String::new(),
        };
        table.row([
            row.ledger.name.clone(),
            title.get(lang).to_owned(),
            number(row.lines),
            row.open.map(number).unwrap_or_default(),
            number(row.due),
            number(row.overdue),
            row.last.map(|at| office.brief(at)).unwrap_or_default(),
            remark,
        ]);
    }
    for (ledger, _) in &new {
        let (title, version) = (words::titled(&ledger.title), say::declared_only(ledger.version));
        table.row([
            ledger.name.clone(),
            title.get(lang).to_owned(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            version.get(lang).to_owned(),
        ]);
    }
    table.print()
}

fn row_json(office: &Office, row: &LedgerRow) -> Value {
    json!({
        "name": row.ledger.name, "version": row.ledger.version, "title": json::title(&row.ledger.title),
        "adopted": row.adopted, "lines": row.lines, "open": row.open, "due": row.due, "overdue": row.overdue,
        "counted": row.counted, "last": row.last.map(|at| office.time(at)), "file": null,
    })
}

/// A ledger's lines as asked, and whether it is in force or stands in the folder of the office alone.
pub(super) fn page(office: &Office, name: &str, narrow: &Narrow) -> Result<(LedgerPage, bool)> {
    let (ledger, in_force) = super::known(office, name)?;
    if !in_force {
        return Ok((LedgerPage { ledger, total: 0, offset: 0, rows: Vec::new(), broken: Vec::new() }, false));
    }
    let sort = narrow.sort.as_deref().map(|text| sorted_by(&ledger, text)).transpose()?;
    let by_store = sort.as_ref().is_none_or(|(name, _)| query::sorts(&ledger, name));
    let limit = narrow.limit.unwrap_or_default();
    let ask = LedgerAsk {
        ledger: ledger.name.clone(),
        filter: narrow.filter.clone(),
        sort: sort.clone().filter(|_| by_store),
        offset: 0,
        limit: if by_store { limit } else { 0 },
    };
    let mut page = query::ledger(&office.reader, &ask, office.now())?;
    if let Some((name, turned)) = sort.filter(|_| !by_store) {
        page.rows.sort_by(|a, b| {
            let order = compare(&ledger, &name, a, b);
            if turned { order.reverse() } else { order }
        });
        if limit > 0 {
            page.rows.truncate(limit as usize);
        }
    }
    Ok((page, true))
}

/// `FIELD` or `FIELD:desc`.
fn sorted_by(ledger: &Ledger, text: &str) -> Result<(String, bool)> {
    let (name, turned) = match text.rsplit_once([':', '：']) {
        Some((name, "desc")) => (name, true),
        Some((name, "asc")) => (name, false),
        _ => (text, false),
    };
    match typed::column(&ledger.part, name) {
        Some(column) => Ok((column.field.name.clone(), turned)),
        None => match computed(ledger).find(|known| *known == name || is_headed(known, name)) {
            Some(name) => Ok((name.to_owned(), turned)),
            None => Err(Error::input(say::no_field(safe_line(name))).hint(sorts(ledger))),
        },
    }
}

/// What a list can be sorted by that no column of the declaration is.
fn computed(ledger: &Ledger) -> impl Iterator<Item = &'static str> {
    let has = move |name: &str| match name {
        "balance" | "minimum" | "days_left" => ledger.stock.is_some(),
        "state" => ledger.part.states.is_some(),
        _ => true,
    };
    COMPUTED.iter().copied().filter(move |name| has(name) && ledger.part.column(name).is_none())
}

fn is_headed(name: &str, text: &str) -> bool {
    let Say { zh, en } = say::computed(name).into();
    [zh, en].into_iter().any(|title| fold(&title) == fold(text))
}

/// All that a list can be sorted by.
fn sorts(ledger: &Ledger) -> Say {
    let own = ledger
        .part
        .columns
        .iter()
        .map(|column| more::named(&words::titled(&column.field.title), &column.field.name));
    let all = own.chain(computed(ledger).map(|name| more::named(&say::computed(name).into(), name)));
    let all: Vec<Say> = all.collect();
    let list = more::row(&all);
    say::sorts_are(list.zh, list.en)
}

/// Columns that are computed, or that point elsewhere: by their numbers, else by what they are called.
fn compare(ledger: &Ledger, name: &str, a: &EntryRow, b: &EntryRow) -> Ordering {
    let number = |row: &EntryRow| {
        let balance = row.balance?;
        match name {
            "balance" => Some(balance.balance),
            "minimum" => balance.minimum,
            "days_left" => balance.days_left,
            _ => None,
        }
    };
    match ledger.part.column(name) {
        None if name == "by" => a.by.cmp(&b.by),
        None => number(a).cmp(&number(b)),
        Some(column) => {
            let key = |row: &EntryRow| match row.names.get(name) {
                Some(name) => value::SortKey::Text(name.zh.clone()),
                None => column.sort_key(cells::kept(row, name)),
            };
            key(a).cmp(&key(b))
        }
    }
}

/// How an id is written where it stands in a table: its end, which differs from entry to entry; of a line written with its
/// entry, whose end is its place there, the beginning.
pub(in crate::cli) fn short(id: EntryId) -> String {
    let id = id.to_string();
    let (begins, ends) = (&id[..8.min(id.len())], &id[id.len().saturating_sub(8)..]);
    if ends.starts_with("0000") { begins.to_owned() } else { ends.to_owned() }
}

/// A table of entries or lines.
pub(super) fn table(voice: &Voice, part: &Part, names: &[String], rows: &[EntryRow]) -> Table {
    let lang = voice.lang;
    let mut heads = vec![say::ID.get(lang).to_owned()];
    heads.extend(names.iter().map(|name| cells::column_head(lang, part, name)));
    heads.push(say::REMARK.get(lang).to_owned());
    let mut table = Table::headed(lang, heads);
    for row in rows {
        let marks = [
            (row.row.withdrawn.is_some(), say::WITHDRAWN),
            (row.alert, say::ALERT),
            (row.overdue, say::OVERDUE),
        ];
        let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, word)| word.get(lang)).collect();
        let own = names.iter().map(|name| cells::text(voice, part, row, name));
        table.row([short(row.row.id)].into_iter().chain(own).chain([marks.join(" ")]));
    }
    table
}

fn lines(office: &Office, args: &List, name: &str) -> Result<()> {
    let (page, in_force) = page(office, name, &args.narrow)?;
    let ledger = &page.ledger;
    if args.json {
        let mut whole = json::page(&office.reader, &voice(office), &page)?;
        whole["in_force"] = json!(in_force);
        return out::json(&whole);
    }
    if !in_force {
        out::tell(say::not_in_force(&ledger.name, ledger.version).get(office.lang));
    }
    table(&voice(office), &ledger.part, &cells::columns(ledger), &page.rows).print()?;
    let shown = page.rows.len();
    if shown < page.total as usize {
        out::tell(say::some_of(shown, page.total).get(office.lang));
    }
    for broken in &page.broken {
        let said = say::broken(broken.called(office.lang), broken.sum, broken.equals);
        out::tell(said.get(office.lang));
    }
    Ok(())
}

pub(super) fn due(office: &Office, args: &Due) -> Result<Done> {
    super::own(office)?;
    let rows = query::ledger_dues(&office.reader, office.now())?;
    if args.json {
        let rows = rows.iter().map(|row| due_json(office, row)).collect::<Result<Vec<_>>>()?;
        out::json(&rows)?;
        return Ok(Done::Yes);
    }
    due_table(office, &rows)?.print()?;
    Ok(Done::Yes)
}

pub(super) fn due_json(office: &Office, row: &LedgerDue) -> Result<Value> {
    Ok(json!({
        "ledger": row.ledger,
        "due": row.due,
        "entry": row.entry,
        "name": row.name.get(office.lang),
        "subject": office.named(row.subject)?,
        "at": office.time(row.at),
        "state": row.state.code(),
        "missed": row.missed,
        "told": row.told,
        "first": row.first,
    }))
}

pub(super) fn due_table(office: &Office, rows: &[LedgerDue]) -> Result<Table> {
    let lang = office.lang;
    let known = query::in_force(&office.reader)?;
    let heads = [say::LEDGER, say::WHAT, say::OF, say::AT, say::STATE, say::TOLD, say::ID];
    let mut table = Table::new(lang, &heads);
    for row in rows {
        let ledger = known.iter().map(|(ledger, _)| ledger).find(|ledger| ledger.name == row.ledger);
        let title = ledger.map_or_else(|| Say::same(&row.due), |ledger| words::due_titled(ledger, &row.due));
        let state = match (row.state, row.missed) {
            (DueState::Coming, _) => say::COMING.into(),
            // It opened before it is due.
            (DueState::Open, _) if row.at > office.now() => say::COMING.into(),
            (DueState::Open, 0) => say::DUE_NOW.into(),
            (DueState::Open, n) => say::due_after(n),
            (DueState::Missed, 0 | 1) => say::OVERDUE.into(),
            (DueState::Missed, n) => words::missed(n),
        };
        table.row([
            ledger.map_or_else(|| row.ledger.clone(), |l| words::titled(&l.title).get(lang).to_owned()),
            title.get(lang).to_owned(),
            row.name.get(lang).to_owned(),
            ItemKind::of_ledger(&row.ledger, &row.due).moment(row.at, office.settings.calendar, office.now()),
            state.get(lang).to_owned(),
            row.told.as_deref().map(|to| words::told(to).get(lang).to_owned()).unwrap_or_default(),
            row.entry.map(short).unwrap_or_default(),
        ]);
    }
    Ok(table)
}
