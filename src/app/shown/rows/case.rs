//! Cases, and people about whom something is to be acted on.

use crate::app::shown::column::{Cell, Column, Columns, Listed, Mood, SortKey};
use crate::app::shown::rows::{case_mood, day_of, time, when};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::domain::case::Observation;
use crate::domain::ids::Subject;
use crate::i18n::findings;
use crate::i18n::screen as say;
use crate::i18n::terms::{categories, word};
use crate::store::query::rows::{CaseRow, FindingRow};
use serde_json::json;

impl Columns for CaseRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", say::PERSON_NAME, (8, 1, 0), |r, _| r.name.as_str().into())
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
            .by(|r| SortKey::text(&r.unit))
            .json(|r, _| json!(r.unit)),
        Column::<Self>::new("measure", say::MEASURE, (14, 0, 3), |r, x| word(r.measure).get(x.lang).into())
            .by(|r| SortKey::Num(r.measure as i64))
            .json(|r, _| json!(r.measure.code())),
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

impl TableRow for CaseRow {
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
