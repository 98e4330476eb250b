//! Lines of the log, calls from nobody known, shifts.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Listed, Mood, SortKey};
use crate::app::shown::rows::{caller_number, number_hay, time, when};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::domain::followup::Caller;
use crate::domain::ids::FollowUpId;
use crate::domain::jump::Jump;
use crate::domain::mask::{Private, masked_words};
use crate::i18n::file;
use crate::i18n::passing as shifts;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::log::event::Event;
use crate::store::query::rows::{CallerRow, LogRow, ShiftRange};
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
    if row.events > 1 {
        line.push_str(say::more_events(row.events - 1).get(ctx.lang));
    }
    line = file::line(row.jump, &line, ctx.lang);
    if row.undone {
        return Cell::new(format!("{}{line}", say::UNDONE_MARK.get(ctx.lang)), Mood::Dim);
    }
    line.into()
}

fn what_listed(row: &LogRow, ctx: &Ctx) -> String {
    let mut what = line(row, ctx);
    if row.events > 1 {
        what.push_str(say::more_events(row.events - 1).get(ctx.lang));
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
        Column::<Self>::new("name", say::ABOUT, (12, 1, 0), |r, _| r.name.as_str().into())
            .json(|r, _| json!(r.name)),
        Column::<Self>::new("text", say::WHAT, (20, 4, 0), what)
            .list(what_listed)
            .json(|r, x| json!(line(r, x))),
        Column::<Self>::new("officer", say::OFFICER, (8, 0, 1), |r, _| r.officer.as_str().into())
            .json(|r, _| json!(r.officer)),
        Column::<Self>::field("desk", |r, _| json!(r.op.desk.to_string())),
        Column::<Self>::field("recorded_at", |r, x| json!(time(r.recorded_at, x))),
        Column::<Self>::field("kind", |r, _| json!(r.kind)),
        Column::<Self>::field("events", |r, _| json!(r.events)),
        Column::<Self>::field("rows", |r, _| json!(r.rows)),
        Column::<Self>::field("undone", |r, _| json!(r.undone)),
        Column::<Self>::field("this_shift", |r, _| json!(r.this_shift)),
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
        self.name.clone()
    }

    fn mood(&self, _: &Ctx) -> Mood {
        match self.jump {
            _ if self.undone => Mood::Dim,
            Some(_) => Mood::Warn,
            None => Mood::Plain,
        }
    }
}

impl CallerRow {
    /// The call and its number, where one was written down.
    pub(in crate::app) fn caller(&self) -> Option<Caller> {
        let number = &self.call.number;
        (!number.is_empty()).then(|| Caller { call: self.call.id, number: number.clone() })
    }

    /// The call.
    pub(in crate::app) fn call(&self) -> FollowUpId {
        self.call.id
    }
}

impl Columns for CallerRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("at", say::AT_TIME, (11, 0, 0), |r, x| when(r.call.at, x).into())
            .by(|r| SortKey::Num(-r.call.at.0)),
        Column::<Self>::new("phone", say::PHONE, (14, 0, 0), |r, x| match r.caller() {
            Some(caller) => caller_number(&caller, None, x).into(),
            None => Cell::new("--", Mood::Dim),
        })
        .by(|r| SortKey::Text(r.call.number.masked())),
        Column::<Self>::new("words", say::WORDS, (20, 4, 0), |r, _| {
            let words = r.call.words.split_whitespace().collect::<Vec<_>>().join(" ");
            masked_words(&words).into_owned().into()
        })
        .by(|r| SortKey::text(&r.call.words)),
        Column::<Self>::new("called_back", say::CALLED_BACK, (20, 1, 2), |r, x| match r.last_back {
            Some((at, outcome)) => {
                let last = word(outcome).get(x.lang);
                say::called_back(r.called_back, when(at, x), last).get(x.lang).into()
            }
            None => Cell::new(say::NOT_CALLED_BACK.get(x.lang), Mood::Warn),
        })
        .by(|r| SortKey::Num(r.last_back.map_or(0, |(at, _)| at.0))),
        Column::<Self>::new("officer", say::OFFICER, (8, 0, 3), |r, _| r.call.officer.as_str().into())
            .by(|r| SortKey::text(&r.call.officer)),
    ];
}

impl TableRow for CallerRow {
    fn id(&self) -> RowId {
        RowId::Call(self.call.id)
    }

    fn haystack(&self) -> String {
        let call = &self.call;
        [call.words.as_str(), &call.answered_by, &call.officer, &number_hay(&call.number)].join("\n")
    }

    fn about(&self) -> Target {
        Target::new(None, "")
    }
}

impl Columns for ShiftRange {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("from", shifts::C_FROM, (16, 0, 0), |r, x| x.cal.ymd_hm(r.started_at).into())
            .by(|r| SortKey::Num(r.started_at.0)),
        Column::<Self>::new("until", shifts::C_UNTIL, (16, 0, 0), |r, x| match r.closed_at {
            Some(at) => x.cal.ymd_hm(at).into(),
            None => Cell::new(shifts::RUNNING.get(x.lang), Mood::Good),
        })
        .by(|r| SortKey::Num(r.closed_at.map_or(i64::MAX, |at| at.0))),
        Column::<Self>::new("officer", say::OFFICER, (10, 1, 0), |r, _| r.name.as_str().into())
            .by(|r| SortKey::text(&r.name)),
        Column::<Self>::figure("ops", shifts::C_OPS, (13, 1), |r, _| {
            format!("{}-{}", r.first, r.last).into()
        })
        .by(|r| SortKey::Num(r.started_at.0)),
    ];
}

impl TableRow for ShiftRange {
    fn id(&self) -> RowId {
        RowId::Shift(self.id)
    }

    fn haystack(&self) -> String {
        self.name.clone()
    }

    fn about(&self) -> Target {
        Target::new(None, &self.name)
    }
}
