//! Calls from nobody known (待核实来电): the list behind the header's counter. Each is read, called back, and given
//! to whom it was about.

use crate::app::keymap::Context;
use crate::app::shown::column::{Cell, Column, Columns, Mood, SortKey, Stands};
use crate::app::shown::page::Page;
use crate::app::shown::query::{Data, Query};
use crate::app::shown::rows::{caller_number, number_hay, when};
use crate::app::shown::table::{List, RowId, Table, TableRow, Target};
use crate::domain::followup::Caller;
use crate::domain::ids::FollowUpId;
use crate::domain::mask::masked_words;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::say::{Lang, Word};
use crate::store::query::rows::CallerRow;

/// Calls from nobody known.
#[derive(Debug, Clone, Default)]
pub struct CallersPage {
    /// The calls, once loaded.
    pub rows: Table<CallerRow>,
}

impl Page for CallersPage {
    fn context(&self) -> Context {
        Context::Callers
    }

    fn title(&self, lang: Lang) -> &str {
        say::CALLERS_TITLE.get(lang)
    }

    fn empty(&self) -> Word {
        say::NO_CALLERS
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Callers]
    }

    fn take(&mut self, data: &Data) {
        if let Data::Callers(rows) = data {
            self.rows.set_rows(rows.clone());
        }
    }

    fn list(&self) -> Option<&dyn List> {
        Some(&self.rows)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        Some(&mut self.rows)
    }

    fn caller(&self) -> Option<Caller> {
        self.rows.current().and_then(CallerRow::caller)
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
        .of(Stands::Phone)
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
