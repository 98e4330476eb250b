//! Lines of the log.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Listed, Mood, Stands};
use crate::app::shown::rows::{time, when};
use crate::app::shown::table::{RowId, Table, TableRow, Target, WINDOW};
use crate::domain::followup::Caller;
use crate::domain::jump::Jump;
use crate::domain::mask::{Private, masked_words};
use crate::i18n::file;
use crate::i18n::screen as say;
use crate::log::event::Event;
use crate::store::query::rows::{BesideAsk, LogQuery, LogRow};
use serde_json::json;

impl LogRow {
    /// The call of this line and its number, where one was written down.
    pub fn caller(&self) -> Option<Caller> {
        match &self.event {
            Event::FollowUpLogged(call) if !call.number.is_empty() => {
                Some(Caller { call: call.followup, number: Private::new(call.number.as_str()) })
            }
            _ => None,
        }
    }
}

fn line(row: &LogRow, ctx: &Ctx) -> String {
    row.said(ctx.cal).get(ctx.lang).to_owned()
}

fn what(row: &LogRow, ctx: &Ctx) -> Cell {
    let mut line = line(row, ctx);
    if let Some(caller) = row.caller().filter(|caller| ctx.shows_call(caller.call, row.subject)) {
        line = line.replacen(&caller.number.masked(), caller.number.reveal(), 1);
    }
    if row.untold() > 0 {
        line.push_str(say::more_events(row.untold()).get(ctx.lang));
    }
    line = file::line(row.jump, &line, ctx.lang);
    if row.undone {
        return Cell::new(format!("{}{line}", say::UNDONE_MARK.get(ctx.lang)), Mood::Dim);
    }
    line.into()
}

fn what_listed(row: &LogRow, ctx: &Ctx) -> String {
    let mut what = line(row, ctx);
    if row.untold() > 0 {
        what.push_str(say::more_events(row.untold()).get(ctx.lang));
    }
    what = file::line(row.jump, &what, ctx.lang);
    if row.undone {
        what.insert_str(0, say::UNDONE_MARK.get(ctx.lang));
    }
    what
}

impl Columns for LogRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::figure("op", say::SEQ, (6, 0), |r, _| r.op.seq.to_string().into())
            .json(|r, _| json!(r.op.seq)),
        Column::<Self>::new("happened_at", say::AT_TIME, (11, 0, 0), |r, x| when(r.happened_at, x).into())
            .list(|r, x| x.cal.brief(r.happened_at, x.now))
            .json(|r, x| json!(time(r.happened_at, x))),
        Column::<Self>::new("name", say::ABOUT, (12, 1, 0), |r, x| LogRow::about(r, x.lang).into())
            .of(Stands::Name)
            .json(|r, x| json!(LogRow::about(r, x.lang))),
        Column::<Self>::new("text", say::WHAT, (20, 4, 0), what)
            .list(what_listed)
            .json(|r, x| json!(line(r, x))),
        Column::<Self>::new("officer", say::OFFICER, (8, 0, 1), |r, _| r.officer.as_str().into())
            .of(Stands::Name)
            .json(|r, _| json!(r.officer)),
        Column::<Self>::field("desk", |r, _| json!(r.op.desk.to_string())),
        Column::<Self>::field("recorded_at", |r, x| json!(time(r.recorded_at, x))),
        Column::<Self>::field("kind", |r, _| json!(r.kind)),
        Column::<Self>::field("events", |r, _| json!(r.events)),
        Column::<Self>::field("rows", |r, _| json!(r.rows)),
        Column::<Self>::field("undone", |r, _| json!(r.undone)),
        Column::<Self>::field("this_shift", |r, _| json!(r.this_shift)),
        Column::<Self>::field("entry", |r, _| json!(r.of.as_ref().map(|of| of.id))),
        Column::<Self>::field("ledger", |r, _| json!(r.of.as_ref().map(|of| &of.ledger))),
        Column::<Self>::field("key", |r, x| {
            json!(r.of.as_ref().map(|of| masked_words(of.key.get(x.lang)).into_owned()))
        }),
        Column::<Self>::field("clock", |r, _| json!(r.jump.map(Jump::code))),
        Column::<Self>::field("clock_minutes", |r, _| json!(r.jump.map(Jump::minutes))),
    ];
}

impl Listed for LogRow {
    const LIST: &'static [&'static str] = &["op", "happened_at", "officer", "name", "text"];
    const JSON: &'static [&'static str] = &[
        "op",
        "desk",
        "recorded_at",
        "happened_at",
        "officer",
        "kind",
        "subject",
        "name",
        "text",
        "events",
        "rows",
        "undone",
        "this_shift",
        "entry",
        "ledger",
        "key",
        "clock",
        "clock_minutes",
    ];
}

impl TableRow for LogRow {
    fn id(&self) -> RowId {
        RowId::Op(self.op)
    }

    fn about(&self) -> Target {
        Target::new(self.subject, &self.name)
    }

    fn haystack(&self) -> String {
        [self.name.as_str(), &self.entry.zh, &self.entry.en].join("\n")
    }

    fn beside(&self) -> Option<BesideAsk> {
        Some(BesideAsk::Op(self.op))
    }

    fn mood(&self, _: &Ctx) -> Mood {
        match self.jump {
            _ if self.undone => Mood::Dim,
            Some(_) => Mood::Warn,
            None => Mood::Plain,
        }
    }
}

/// What the log's table asks for.
pub(in crate::app) fn log_query(table: &Table<LogRow>) -> LogQuery {
    LogQuery { filter: table.filter.clone(), subject: None, offset: table.window_start(), limit: WINDOW }
}
