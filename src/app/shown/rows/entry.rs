//! Entries of ledgers where they stand among those of other ledgers: on the page of whom they are about.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Mood, SortKey};
use crate::app::shown::rows::when;
use crate::app::shown::sheet::{called, state_mood, whose};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::i18n::ledger::{summary, titled};
use crate::i18n::ledger_desk as say;
use crate::say::Say;
use crate::store::query::rows::{EntryOf, Mask};

/// What it says, numbers in it hidden unless they are shown for the moment.
fn says(of: &EntryOf, ctx: &Ctx) -> String {
    let seen = of.seen(ctx.revealed == Some(whose(&of.entry)));
    let EntryOf { ledger, entry, above } = &*seen;
    let part = ledger.part(entry.row.parent.is_some());
    let own = part.map_or_else(Say::default, |part| summary(part, &entry.row.values, &entry.names, ""));
    let above = above.as_ref().map(|above| called(ledger, above)).unwrap_or_default();
    format!("{}  {}", above.get(ctx.lang), own.get(ctx.lang)).trim().to_owned()
}

fn state(EntryOf { ledger, entry, .. }: &EntryOf, ctx: &Ctx) -> Cell {
    let state = &entry.row.state;
    let part = ledger.part(entry.row.parent.is_some()).filter(|_| !state.is_empty());
    part.map_or_else(Cell::default, |part| {
        Cell::new(titled(&part.state_title(state)).get(ctx.lang), state_mood(part, state))
    })
}

impl Columns for EntryOf {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("at", say::AT, (11, 0, 0), |r, x| when(r.entry.row.at, x).into())
            .by(|r| SortKey::Num(-r.entry.row.at.0)),
        Column::<Self>::new("ledger", say::LEDGER, (12, 1, 0), |r, x| {
            titled(&r.ledger.title).get(x.lang).into()
        })
        .by(|r| SortKey::text(&r.ledger.title.zh)),
        Column::<Self>::new("says", say::SAYS, (20, 4, 0), |r, x| says(r, x).into()),
        Column::<Self>::new("state", say::STATE, (10, 0, 1), state).by(|r| SortKey::text(&r.entry.row.state)),
    ];
}

impl TableRow for EntryOf {
    fn id(&self) -> RowId {
        self.entry.id()
    }

    fn haystack(&self) -> String {
        let title = &self.ledger.title;
        let above = self.above.as_ref().map_or_else(String::new, TableRow::haystack);
        [self.entry.haystack().as_str(), &above, &title.zh, &title.en].join("\n")
    }

    fn about(&self) -> Target {
        self.entry.about()
    }

    fn mood(&self, ctx: &Ctx) -> Mood {
        match self.entry.mood(ctx) {
            // What is done with is of less weight beside what is open.
            Mood::Plain if self.is_done() => Mood::Dim,
            mood => mood,
        }
    }
}

impl EntryOf {
    fn is_done(&self) -> bool {
        let row = &self.entry.row;
        self.ledger.part(row.parent.is_some()).is_some_and(|part| part.is_last(&row.state))
    }
}
