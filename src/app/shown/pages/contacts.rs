//! The directory of outside contacts.

use crate::app::keymap::Context;
use crate::app::shown::column::{Column, Columns, Listed, SortKey, Stands};
use crate::app::shown::page::Page;
use crate::app::shown::query::{Data, Query};
use crate::app::shown::rows::{time, when};
use crate::app::shown::table::{List, RowId, Table, TableRow, Target};
use crate::domain::ids::Subject;
use crate::i18n::find as words;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::say::{Lang, Word};
use crate::store::query::rows::ContactRow;
use serde_json::json;

/// The directory of outside contacts.
#[derive(Debug, Clone, Default)]
pub struct ContactsPage {
    /// All of them, once loaded.
    pub rows: Table<ContactRow>,
}

impl Page for ContactsPage {
    fn context(&self) -> Context {
        Context::Contacts
    }

    fn title(&self, lang: Lang) -> &str {
        words::CONTACTS.get(lang)
    }

    fn empty(&self) -> Word {
        words::NO_CONTACTS
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Contacts]
    }

    fn take(&mut self, data: &Data) {
        if let Data::Contacts(rows) = data {
            self.rows.set_rows(rows.clone());
        }
    }

    fn is_list(&self) -> bool {
        true
    }

    fn list(&self) -> Option<&dyn List> {
        Some(&self.rows)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        Some(&mut self.rows)
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
            .of(Stands::Name)
            .by(|r| SortKey::text(&r.contact.name))
            .json(|r, _| json!(r.contact.name)),
        Column::<Self>::new("phone", words::PHONE, (15, 1, 0), |r, _| r.contact.phone.as_str().into())
            .of(Stands::Phone)
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
