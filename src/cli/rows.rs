//! The rows of lists, printed from the columns of the screen. As JSON they are a stable interface: fields keep their
//! order, new ones come at the end.

use super::office::Office;
use super::out::{self, Table};
use crate::app::shown::column::{self, Json, Listed, Shown};
use crate::domain::ids::Subject;
use crate::domain::mask::Private;
use crate::error::Result;
use crate::store::query::rows::{CallRow, PromiseRow, UnitOwes};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

/// The fields of one row, in their order.
struct Fields<'a>(Vec<(&'static str, Json<'a>)>);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Prints rows as JSON or as a table. `more` gives the fields that are asked of the office.
pub(super) fn show<R: Listed>(
    office: &Office,
    rows: &[R],
    as_json: bool,
    more: impl Fn(&R, &str) -> Result<Option<Value>>,
) -> Result<()> {
    show_with(office, rows, as_json, |_| None, more)
}

/// The same, with whose numbers are shown.
pub(super) fn show_with<R: Listed>(
    office: &Office,
    rows: &[R],
    as_json: bool,
    shown: impl Fn(&R) -> Option<Shown>,
    more: impl Fn(&R, &str) -> Result<Option<Value>>,
) -> Result<()> {
    let now = office.now();
    let ctx =
        |row: &R| column::Ctx { lang: office.lang, now, cal: office.settings.calendar, revealed: shown(row) };
    if as_json {
        let all = rows.iter().map(|row| fields(row, &ctx(row), &more)).collect::<Result<Vec<_>>>()?;
        return out::json(&all);
    }
    let columns = || R::LIST.iter().filter_map(|name| R::column(name));
    let mut table = Table::new(office.lang, &columns().map(|column| column.title).collect::<Vec<_>>());
    for row in rows {
        let ctx = ctx(row);
        table.row(columns().map(|column| column.text(row, &ctx)));
    }
    table.print()
}

fn fields<'a, R: Listed>(
    row: &'a R,
    ctx: &column::Ctx,
    more: impl Fn(&R, &str) -> Result<Option<Value>>,
) -> Result<Fields<'a>> {
    let mut out = Vec::new();
    for name in R::JSON {
        let own = R::column(name).and_then(|column| column.value(row, ctx));
        let value = match own {
            Some(value) => Some(value),
            None => more(row, name)?.map(Json::Value),
        };
        out.extend(value.map(|value| (*name, value)));
    }
    Ok(Fields(out))
}

/// Whom a row is about, as it is named on the command line.
pub(super) fn subject(office: &Office, subject: Option<Subject>, field: &str) -> Result<Option<Value>> {
    if field == "subject" { Ok(Some(json!(office.named(subject)?))) } else { Ok(None) }
}

/// The reports a unit owes.
pub(super) fn owed(owes: Option<&UnitOwes>) -> Value {
    let reports = owes.map_or(&[][..], |owes| &owes.reports);
    reports.iter().map(|(day, round)| json!({ "day": day, "round": round })).collect()
}

/// A private number, masked unless it was revealed.
pub(super) fn number(private: &Private, reveal: bool) -> String {
    if reveal { private.reveal().to_owned() } else { private.masked() }
}

/// A follow-up of a person or a unit.
#[derive(serde::Serialize)]
pub(super) struct CallJson<'a> {
    op: i64,
    at: String,
    officer: &'a str,
    channel: &'static str,
    answered_by: &'a str,
    outcome: &'static str,
    words: &'a str,
    promise: Option<PromiseJson>,
    next_contact: Option<String>,
    chase: bool,
    temp: Option<f64>,
    site: Option<&'static str>,
}

pub(super) fn call<'a>(office: &Office, row: &'a CallRow) -> CallJson<'a> {
    CallJson {
        op: row.op.seq,
        at: office.time(row.at),
        officer: &row.officer,
        channel: row.channel.code(),
        answered_by: &row.answered_by,
        outcome: row.outcome.code(),
        words: &row.words,
        promise: row.promise.as_ref().map(|promise| self::promise(office, promise)),
        next_contact: row.next_contact.map(|at| office.time(at)),
        chase: row.chase,
        temp: row.temp.map(|tenths| f64::from(tenths) / 10.0),
        site: row.site.map(crate::domain::report::Site::code),
    }
}

/// A promise.
#[derive(serde::Serialize)]
pub(super) struct PromiseJson {
    id: String,
    due: String,
    end: Option<&'static str>,
}

pub(super) fn promise(office: &Office, row: &PromiseRow) -> PromiseJson {
    PromiseJson {
        id: row.id.to_string(),
        due: office.time(row.due),
        end: row.end.map(crate::domain::followup::PromiseEnd::code),
    }
}
