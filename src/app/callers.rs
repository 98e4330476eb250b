//! Calls from nobody known (待核实来电): the list behind the header's counter. Each is read, called back, and given
//! to whom it was about.

use super::effect::{Effect, Query};
use super::rows::{caller_number, number_hay, when};
use super::state::{CallersPage, Layer, State};
use super::table::{Cell, Col, Column, Ctx, Mood, RowId, SortKey, Table, TableRow, Target};
use crate::domain::followup::Caller;
use crate::domain::ids::FollowUpId;
use crate::domain::mask::masked_words;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::store::query::rows::CallerRow;

impl CallerRow {
    /// The call and its number, where one was written down.
    pub(super) fn caller(&self) -> Option<Caller> {
        let number = &self.call.number;
        (!number.is_empty()).then(|| Caller { call: self.call.id, number: number.clone() })
    }

    /// The call.
    pub(super) fn call(&self) -> FollowUpId {
        self.call.id
    }
}

impl TableRow for CallerRow {
    fn id(&self) -> RowId {
        RowId::Call(self.call.id)
    }

    fn columns() -> &'static [Column] {
        const C: &[Column] = &[
            Column { col: Col::Time, title: say::AT_TIME, width: 11, grow: 0, drop: 0, right: false },
            Column { col: Col::Phone, title: say::PHONE, width: 14, grow: 0, drop: 0, right: false },
            Column { col: Col::Words, title: say::WORDS, width: 20, grow: 4, drop: 0, right: false },
            Column { col: Col::Contact, title: say::CALLED_BACK, width: 20, grow: 1, drop: 2, right: false },
            Column { col: Col::Officer, title: say::OFFICER, width: 8, grow: 0, drop: 3, right: false },
        ];
        C
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> Cell {
        match col {
            Col::Time => when(self.call.at, ctx).into(),
            Col::Phone => match self.caller() {
                Some(caller) => caller_number(&caller, None, ctx).into(),
                None => Cell::new("--", Mood::Dim),
            },
            Col::Words => {
                let words = self.call.words.split_whitespace().collect::<Vec<_>>().join(" ");
                masked_words(&words).into_owned().into()
            }
            Col::Contact => match self.last_back {
                Some((at, outcome)) => {
                    let last = word(outcome).get(ctx.lang);
                    say::called_back(self.called_back, when(at, ctx), last).get(ctx.lang).into()
                }
                None => Cell::new(say::NOT_CALLED_BACK.get(ctx.lang), Mood::Warn),
            },
            Col::Officer => self.call.officer.as_str().into(),
            _ => Cell::default(),
        }
    }

    fn key(&self, col: Col) -> SortKey {
        match col {
            Col::Phone => SortKey::Text(self.call.number.masked()),
            Col::Words => SortKey::Text(self.call.words.clone()),
            Col::Contact => SortKey::Num(self.last_back.map_or(0, |(at, _)| at.0)),
            Col::Officer => SortKey::Text(self.call.officer.clone()),
            _ => SortKey::Num(-self.call.at.0),
        }
    }

    fn haystack(&self) -> String {
        let call = &self.call;
        [call.words.as_str(), &call.answered_by, &call.officer, &number_hay(&call.number)].join("\n")
    }

    fn about(&self) -> Target {
        Target::new(None, "")
    }
}

impl State {
    /// Goes to the list of calls from nobody known.
    pub(super) fn open_callers(&mut self, fx: &mut Vec<Effect>) {
        if !matches!(self.page(), Some(Layer::Callers(_))) {
            self.layers.push(Layer::Callers(Box::new(CallersPage { rows: Table::new() })));
        }
        self.load(fx, Query::Callers);
    }

    pub(super) fn take_callers(&mut self, rows: &[CallerRow]) {
        let pages = self.layers.iter_mut().filter_map(|layer| match layer {
            Layer::Callers(page) => Some(page),
            _ => None,
        });
        for page in pages {
            page.rows.set_rows(rows.to_vec());
        }
    }
}
