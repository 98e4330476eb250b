//! Earlier shifts.

use crate::app::keymap::Context;
use crate::app::shown::column::{Cell, Column, Columns, Mood, SortKey};
use crate::app::shown::page::Page;
use crate::app::shown::query::{Data, Query};
use crate::app::shown::table::{List, RowId, Table, TableRow, Target};
use crate::i18n::passing as shifts;
use crate::i18n::screen as say;
use crate::say::Lang;
use crate::store::query::rows::ShiftRange;

/// Earlier shifts.
#[derive(Debug, Clone, Default)]
pub struct ShiftsPage {
    /// The shifts, once loaded.
    pub rows: Table<ShiftRange>,
}

impl Page for ShiftsPage {
    fn context(&self) -> Context {
        Context::Shifts
    }

    fn title(&self, lang: Lang) -> &str {
        say::SHIFTS_TITLE.get(lang)
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Shifts]
    }

    fn take(&mut self, data: &Data) {
        if let Data::Shifts(rows) = data {
            self.rows.set_rows(rows.clone());
        }
    }

    fn list(&self) -> Option<&dyn List> {
        Some(&self.rows)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        Some(&mut self.rows)
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
