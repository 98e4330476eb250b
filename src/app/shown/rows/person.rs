//! People, and outside contacts.

use crate::app::shown::column::{Cell, Column, Columns, Listed, Mood, SortKey};
use crate::app::shown::rows::{number, time, when};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::domain::ids::Subject;
use crate::domain::person::PersonKind;
use crate::domain::report::degrees;
use crate::domain::rules::Rules;
use crate::i18n::find as words;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::store::query::rows::{ContactRow, PersonRow};
use serde_json::json;

impl Columns for PersonRow {
    // What sorts is the database's: a window holds only a part of the people.
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("no", say::NO, (10, 0, 0), |r, _| r.no.as_str().into())
            .by(|r| SortKey::text(&r.no))
            .json(|r, _| json!(r.no)),
        Column::<Self>::new("name", say::PERSON_NAME, (10, 1, 0), |r, _| r.name.as_str().into())
            .by(|r| SortKey::text(&r.name))
            .json(|r, _| json!(r.name)),
        Column::<Self>::new("unit", say::UNIT, (14, 2, 0), |r, _| r.unit.as_str().into())
            .by(|r| SortKey::text(&r.unit))
            .json(|r, _| json!(r.unit)),
        Column::<Self>::new("phone", say::PHONE, (12, 0, 1), |r, x| number(&r.phone, r.id, x).into())
            .json(|r, x| json!(number(&r.phone, r.id, x))),
        Column::<Self>::new("kind", say::KIND, (8, 0, 3), |r, x| {
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

impl Columns for ContactRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("org", words::ORG, (16, 3, 0), |r, _| r.contact.org.as_str().into())
            .by(|r| SortKey::sounds(&r.keys, &r.contact.org))
            .json(|r, _| json!(r.contact.org)),
        Column::<Self>::new("kind", words::ORG_KIND, (12, 0, 2), |r, x| {
            word(r.contact.kind).get(x.lang).into()
        })
        .by(|r| SortKey::Num(r.contact.kind as i64))
        .json(|r, _| json!(r.contact.kind.code())),
        Column::<Self>::new("name", words::ANSWERS, (10, 2, 1), |r, _| r.contact.name.as_str().into())
            .by(|r| SortKey::text(&r.contact.name))
            .json(|r, _| json!(r.contact.name)),
        Column::<Self>::new("phone", words::PHONE, (15, 1, 0), |r, _| r.contact.phone.as_str().into())
            .by(|r| SortKey::text(&r.contact.phone))
            .json(|r, _| json!(r.contact.phone)),
        Column::<Self>::new("last_call", say::LAST_CONTACT, (12, 0, 3), |r, x| {
            r.last_call.map_or_else(String::new, |at| when(at, x)).into()
        })
        .list(|r, x| r.last_call.map(|at| x.cal.brief(at, x.now)).unwrap_or_default())
        .by(|r| SortKey::Num(r.last_call.map_or(0, |at| -at.0)))
        .json(|r, x| json!(r.last_call.map(|at| time(at, x)))),
        Column::<Self>::new("note", words::REMARK, (12, 2, 4), |r, _| r.contact.note.as_str().into())
            .by(|r| SortKey::text(&r.contact.note))
            .json(|r, _| json!(r.contact.note)),
        Column::<Self>::field("id", |r, _| json!(r.contact.id.to_string())),
    ];
}

impl Listed for ContactRow {
    const LIST: &'static [&'static str] = &["kind", "org", "name", "phone", "last_call", "note"];
    const JSON: &'static [&'static str] = &["id", "kind", "org", "name", "phone", "note", "last_call"];
}

impl TableRow for ContactRow {
    fn id(&self) -> RowId {
        RowId::Contact(self.contact.id)
    }

    fn haystack(&self) -> String {
        let c = &self.contact;
        let kind = word(c.kind);
        [c.org.as_str(), &c.name, &c.phone, &c.note, &self.keys, kind.zh, kind.en].join("\n")
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Contact(self.contact.id)), &self.contact.org)
    }

    fn office_phone(&self) -> Option<&str> {
        (!self.contact.phone.is_empty()).then_some(self.contact.phone.as_str())
    }
}
