//! Cases, and people about whom something is to be acted on.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Listed, Mood, SortKey, Stands};
use crate::app::shown::rows::{case_mood, day_of, time, when};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::domain::case::{CaseState, Observation};
use crate::domain::ids::Subject;
use crate::domain::report::degrees;
use crate::i18n::findings;
use crate::i18n::screen as say;
use crate::i18n::terms::{categories, word};
use crate::store::query::rows::{CaseRow, FindingRow, Lately};
use serde_json::json;

impl Columns for CaseRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", say::PERSON_NAME, (8, 1, 0), |r, _| r.name.as_str().into())
            .of(Stands::Name)
            .by(|r| SortKey::sounds(&r.keys, &r.name))
            .json(|r, _| json!(r.name)),
        Column::<Self>::new("day", say::DAY, (12, 0, 0), |r, x| day_of(r.observation, x.lang).into())
            .by(|r| SortKey::Num(r.observation.map_or(i64::MAX, |o| -i64::from(o.day))))
            .list(|r, _| r.observation.map(|o| format!("{}/{}", o.shown_day(), o.total)).unwrap_or_default())
            .json(|r, _| json!(r.observation.map(Observation::shown_day))),
        Column::<Self>::new("state", say::STATUS, (15, 0, 0), |r, x| {
            Cell::new(word(r.state).get(x.lang), case_mood(r.state))
        })
        .by(|r| SortKey::Num(r.state as i64))
        .json(|r, _| json!(r.state.code())),
        Column::<Self>::new("categories", say::CATEGORIES, (12, 2, 1), |r, x| {
            categories(&r.categories).get(x.lang).into()
        })
        .by(|r| SortKey::Num(r.categories.first().map_or(i64::MAX, |c| *c as i64)))
        .json(|r, _| r.categories.iter().map(|category| category.code()).collect()),
        Column::<Self>::new("unit", say::UNIT, (12, 2, 2), |r, _| r.unit.as_str().into())
            .of(Stands::Unit)
            .by(|r| SortKey::text(&r.unit))
            .json(|r, _| json!(r.unit)),
        Column::<Self>::new("measure", say::MEASURE, (14, 0, 3), |r, x| word(r.measure).get(x.lang).into())
            .by(|r| SortKey::Num(r.measure as i64))
            .json(|r, _| json!(r.measure.code())),
        Column::<Self>::new("temps", say::TEMPS, (9, 0, 6), |r, _| {
            let mood = if r.lately.fever { Mood::Bad } else { Mood::Plain };
            Cell::new(temps(&r.lately.temps), mood)
        })
        .by(|r| SortKey::Num(r.lately.temps.last().map_or(0, |t| -i64::from(*t)))),
        Column::<Self>::printed("day_short", say::DAY_SHORT, |_, _| String::new()).cell(|r, _| {
            let said = |o: Observation| {
                let over = o.day - o.total;
                let more = if over > 0 { format!("+{over}") } else { String::new() };
                format!("{}/{}{more}", o.shown_day(), o.total)
            };
            r.observation.map(said).unwrap_or_default().into()
        }),
        Column::<Self>::printed("how", say::HOW, |_, _| String::new()).cell(how),
        Column::<Self>::new("last_contact", say::LAST_CONTACT, (12, 0, 4), |r, x| match r.last_contact {
            Some(at) => when(at, x).into(),
            None => Cell::new(say::NEVER.get(x.lang), Mood::Warn),
        })
        .by(|r| SortKey::Num(r.last_contact.map_or(0, |at| at.0)))
        .list(|r, x| r.last_contact.map(|at| x.cal.brief(at, x.now)).unwrap_or_default())
        .json(|r, x| json!(r.last_contact.map(|at| time(at, x)))),
        Column::<Self>::new("no", say::NO, (9, 0, 5), |r, _| r.no.as_str().into())
            .by(|r| SortKey::text(&r.no))
            .json(|r, _| json!(r.no)),
        Column::<Self>::field("days", |r, _| json!(r.observation.map(|o| o.total))),
        Column::<Self>::field("due_release", |r, _| json!(r.observation.is_some_and(Observation::is_over))),
        Column::<Self>::field("last_day", |r, _| json!(r.observation.map(|o| o.last_day.to_string()))),
        Column::<Self>::field("opened_at", |r, x| json!(time(r.opened_at, x))),
    ];
}

impl Listed for CaseRow {
    const LIST: &'static [&'static str] =
        &["no", "name", "unit", "categories", "measure", "day", "state", "last_contact"];
    const JSON: &'static [&'static str] = &[
        "no",
        "name",
        "unit",
        "categories",
        "measure",
        "day",
        "days",
        "due_release",
        "state",
        "last_day",
        "opened_at",
        "last_contact",
    ];
}

/// Temperatures one after the other as columns, and the last in figures.
fn temps(all: &[i16]) -> String {
    /// What is drawn lowest, and how much one step is, in tenths of a degree.
    const LOW: i16 = 360;
    const STEP: i16 = 3;
    let bar = |tenths: &i16| {
        let at = (tenths - LOW).div_euclid(STEP).clamp(0, 7);
        char::from_u32('▁' as u32 + u32::from(at.unsigned_abs())).unwrap_or('█')
    };
    let bars: String = all.iter().map(bar).collect();
    all.last().map(|last| format!("{bars:>4} {}", degrees(*last))).unwrap_or_default()
}

/// What is to be seen first of a case: a fever, unwell, due for release; and what was ordered.
fn how(row: &CaseRow, ctx: &Ctx) -> Cell {
    let measure = word(row.measure).get(ctx.lang);
    let (said, mood) = match &row.lately {
        Lately { fever: true, .. } => (say::FEVER_NOW.get(ctx.lang), Mood::Bad),
        Lately { unwell: true, .. } => (say::UNWELL_NOW.get(ctx.lang), Mood::Bad),
        _ if row.state == CaseState::DueForRelease => (word(row.state).get(ctx.lang), Mood::Warn),
        _ => ("", Mood::Plain),
    };
    Cell::new(format!("{said} {measure}").trim_start(), mood)
}

impl TableRow for CaseRow {
    const BOARD: &'static [(&'static str, (u16, u16, u8))] = &[
        ("name", (8, 1, 0)),
        ("day_short", (7, 0, 0)),
        ("temps", (9, 0, 2)),
        ("how", (14, 2, 0)),
        ("unit", (12, 2, 3)),
    ];

    fn id(&self) -> RowId {
        RowId::Case(self.id)
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Person(self.person)), &self.name)
    }

    fn haystack(&self) -> String {
        let why = categories(&self.categories);
        let (measure, state) = (word(self.measure), word(self.state));
        [&self.no, &self.name, &self.unit, &self.keys, &why.zh, &why.en].map(String::as_str).join("\n")
            + &[measure.zh, measure.en, state.zh, state.en].join("\n")
    }
}

impl Columns for FindingRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::printed("no", say::NO, |r, _| r.no.clone()).json(|r, _| json!(r.no)),
        Column::<Self>::printed("name", say::PERSON_NAME, |r, _| r.name.clone()).json(|r, _| json!(r.name)),
        Column::<Self>::printed("unit", say::UNIT, |r, _| r.unit.clone()).json(|r, _| json!(r.unit)),
        Column::<Self>::printed("text", findings::FINDINGS, |r, x| {
            findings::all(&r.found).get(x.lang).to_owned()
        })
        .json(|r, x| json!(findings::all(&r.found).get(x.lang))),
        Column::<Self>::printed("since", say::CAME_AT, |r, x| x.cal.brief(r.since, x.now))
            .json(|r, x| json!(time(r.since, x))),
        Column::<Self>::findings("found", |r| &r.found),
    ];
}

impl Listed for FindingRow {
    const LIST: &'static [&'static str] = &["no", "name", "unit", "text", "since"];
    const JSON: &'static [&'static str] = &["no", "name", "unit", "since", "found", "text"];
}
