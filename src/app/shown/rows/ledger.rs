//! Ledgers, as lines of the list of them.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Mood, SortKey};
use crate::app::shown::rows::{when, zero_as_blank};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::domain::item::Name;
use crate::i18n::ledger::titled;
use crate::i18n::ledger_desk as say;
use crate::say::Lang;
use crate::search::keys;
use crate::store::query::rows::LedgerRow;

/// Puts ledgers in the order of their titles as they are read: in Chinese by their sound.
pub(in crate::app) fn put_in_order(rows: &mut [LedgerRow], lang: Lang) {
    rows.sort_by_cached_key(|row| match lang {
        Lang::Zh => keys(&row.ledger.title.zh),
        Lang::En => row.ledger.title.en.to_lowercase(),
    });
}

fn counted(row: &LedgerRow, ctx: &Ctx) -> Cell {
    let (Some((title, _)), Some(n)) = (&row.ledger.view.counter, row.counted) else {
        return Cell::default();
    };
    let text = format!("{} {n}", titled(title).get(ctx.lang));
    Cell::new(text, if n > 0 { Mood::Warn } else { Mood::Dim })
}

impl Columns for LedgerRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("ledger", say::LEDGER, (16, 3, 0), |r, x| {
            titled(&r.ledger.title).get(x.lang).into()
        })
        .by(|r| SortKey::text(&r.ledger.title.zh)),
        Column::<Self>::figure("lines", say::LINES, (7, 2), |r, _| r.lines.to_string().into())
            .by(|r| SortKey::Num(i64::from(r.lines))),
        Column::<Self>::figure("open", say::OPEN, (6, 3), |r, _| zero_as_blank(r.open.unwrap_or(0)).into())
            .by(|r| SortKey::Num(-i64::from(r.open.unwrap_or(0)))),
        Column::<Self>::figure("due", say::DUE_NOW, (7, 1), |r, _| zero_as_blank(r.due).into())
            .by(|r| SortKey::Num(-i64::from(r.due))),
        Column::<Self>::figure("overdue", say::OVERDUE, (7, 0), |r, _| {
            Cell::new(zero_as_blank(r.overdue), Mood::Bad)
        })
        .by(|r| SortKey::Num(-i64::from(r.overdue))),
        Column::<Self>::new("counted", say::COUNTED, (12, 1, 0), counted),
        Column::<Self>::new("last", say::LAST, (11, 0, 4), |r, x| {
            r.last.map_or_else(String::new, |at| when(at, x)).into()
        })
        .by(|r| SortKey::Num(r.last.map_or(0, |at| -at.0))),
    ];
}

impl TableRow for LedgerRow {
    fn id(&self) -> RowId {
        RowId::Ledger(Name::new(&self.ledger.name))
    }

    fn haystack(&self) -> String {
        let ledger = &self.ledger;
        [ledger.name.as_str(), &ledger.title.zh, &ledger.title.en].join("\n")
    }

    fn about(&self) -> Target {
        Target::new(None, &self.ledger.title.zh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ledgers_stand_in_the_order_of_the_language_they_are_read_in() {
        let titles = |lang: Lang| -> Vec<String> {
            let mut rows = crate::app::fixture::ledgers();
            put_in_order(&mut rows, lang);
            rows.iter().map(|row| titled(&row.ledger.title).get(lang).to_owned()).collect()
        };
        // 督查 dū, 防疫 fáng, 分批 fēn, 会议 huì
        let zh = titles(Lang::Zh);
        let place = |title: &str| zh.iter().position(|known| known == title).unwrap();
        assert!(place("督查整改") < place("防疫物资") && place("防疫物资") < place("分批返校"), "{zh:?}");
        let en = titles(Lang::En);
        assert!(en.is_sorted_by_key(|title| title.to_lowercase()), "{en:?}");
    }
}
