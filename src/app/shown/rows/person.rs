//! People.

use crate::app::shown::column::{Cell, Column, Columns, Listed, Mood, SortKey, Stands};
use crate::app::shown::rows::number;
use crate::app::shown::table::{RowId, Table, TableRow, Target, WINDOW};
use crate::domain::ids::{Subject, UnitId};
use crate::domain::person::PersonKind;
use crate::domain::report::degrees;
use crate::domain::rules::Rules;
use crate::i18n::forms;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::store::query::rows::{PeopleQuery, PeopleSort, PersonRow};
use serde_json::json;

impl Columns for PersonRow {
    // What sorts is the database's: a window holds only a part of the people.
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("no", say::NO, (10, 0, 0), |r, _| r.no.as_str().into())
            .by(|r| SortKey::text(&r.no))
            .json(|r, _| json!(r.no)),
        Column::<Self>::new("name", say::PERSON_NAME, (10, 1, 0), |r, _| r.name.as_str().into())
            .of(Stands::Name)
            .by(|r| SortKey::text(&r.name))
            .json(|r, _| json!(r.name)),
        Column::<Self>::new("unit", say::UNIT, (14, 2, 0), |r, _| r.unit.as_str().into())
            .of(Stands::Unit)
            .by(|r| SortKey::text(&r.unit))
            .json(|r, _| json!(r.unit)),
        Column::<Self>::new("phone", say::PHONE, (12, 0, 1), |r, x| number(&r.phone, r.id, x).into())
            .of(Stands::Phone)
            .json(|r, x| json!(number(&r.phone, r.id, x))),
        Column::<Self>::new("kind", forms::PERSON_KIND, (8, 0, 3), |r, x| {
            r.kind.map_or("", |kind| word(kind).get(x.lang)).into()
        })
        .json(|r, _| json!(r.kind.map(PersonKind::code))),
        Column::<Self>::figure("temp", say::TEMP, (6, 2), |r, x| {
            let fever = |t| Rules::builtin().is_fever(t, None, x.cal.day(x.now));
            let mood = if r.temp.is_some_and(fever) { Mood::Bad } else { Mood::Plain };
            Cell::new(r.temp.map_or_else(String::new, degrees), mood)
        }),
        Column::<Self>::new("case", say::ATTENTION, (8, 0, 0), |r, x| {
            if r.has_case { Cell::new(say::HAS_CASE.get(x.lang), Mood::Warn) } else { Cell::default() }
        })
        .json(|r, _| json!(r.has_case)),
    ];
}

impl Listed for PersonRow {
    const LIST: &'static [&'static str] = &["no", "name", "unit", "phone", "kind", "case"];
    const JSON: &'static [&'static str] = &["no", "name", "unit", "phone", "kind", "case"];
}

impl TableRow for PersonRow {
    fn id(&self) -> RowId {
        RowId::Person(self.id)
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Person(self.id)), &self.name)
    }

    fn haystack(&self) -> String {
        format!("{}\n{}", self.no, self.name)
    }
}

/// What the people table asks for.
pub(in crate::app) fn people_query(table: &Table<PersonRow>, unit: Option<UnitId>) -> PeopleQuery {
    let (sort, descending) = match table.sorted_by() {
        Some(("name", descending)) => (PeopleSort::Name, descending),
        Some(("unit", descending)) => (PeopleSort::Unit, descending),
        Some((_, descending)) => (PeopleSort::No, descending),
        None => (PeopleSort::No, false),
    };
    PeopleQuery {
        filter: table.filter.clone(),
        unit,
        sort,
        descending,
        offset: table.window_start(),
        limit: WINDOW,
    }
}
