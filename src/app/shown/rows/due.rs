//! What is due, and what a handover leaves behind beside it: items taken over unread (未读接班), questions without an
//! answer, what sheets brought.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Listed, Mood, SortKey, Stands};
use crate::app::shown::rows::{caller_number, left, number_hay, time, when};
use crate::app::shown::table::{Fold, FoldedBy, Folds, RowId, TableRow, Target};
use crate::domain::ids::{EntryId, Subject};
use crate::domain::item::{DueRow, DueState, IsOf, ItemKind};
use crate::domain::ledger::raise::of_due;
use crate::domain::time::Ts;
use crate::i18n::findings;
use crate::i18n::items;
use crate::i18n::ledger;
use crate::i18n::paper::{OPEN_NOW, due_state};
use crate::i18n::passing;
use crate::i18n::screen as say;
use crate::i18n::slots;
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::{BesideAsk, FindingRow, QuestionRow, UnreadRow};
use serde_json::json;

fn due_now(row: &DueRow, now: Ts) -> DueState {
    if row.state == DueState::Coming && row.at <= now { DueState::Open } else { row.state }
}

/// How something due stands, in a few words.
pub(in crate::app) fn how_long(row: &DueRow, ctx: &Ctx) -> Cell {
    stands(row.item.kind, row.at, due_now(row, ctx.now), row.missed, ctx)
}

/// How something due stands, in a few words: how long until then or since, how often it was missed. What is due in a ledger
/// is late when it was missed and not before: a day is due until its end, and what an entry proposes is never late.
pub(in crate::app) fn stands(kind: ItemKind, at: Ts, state: DueState, missed: u32, ctx: &Ctx) -> Cell {
    let mood = match state {
        DueState::Coming => Mood::Plain,
        DueState::Open => Mood::Warn,
        DueState::Missed => Mood::Bad,
    };
    let of_ledger = kind.ledger();
    if of_ledger.is_some_and(|(_, due)| of_due(due).is_some()) {
        return Cell::new(ledger::PROPOSED.get(ctx.lang), Mood::Warn);
    }
    match (kind, state) {
        (ItemKind::Other(_), DueState::Missed) if missed > 1 => {
            Cell::new(ledger::missed(missed).get(ctx.lang), Mood::Bad)
        }
        // What is due on a day is late by days.
        (_, DueState::Missed | DueState::Coming) if kind.is_of_day(at, ctx.cal) => {
            let days = (ctx.cal.date(at) - ctx.cal.date(ctx.now)).num_days();
            Cell::new(ledger::in_days(days).get(ctx.lang), mood)
        }
        (ItemKind::Slot, DueState::Missed) => Cell::new(slots::state_short(missed).get(ctx.lang), Mood::Bad),
        (_, DueState::Open) if of_ledger.is_some() && at <= ctx.now => {
            let is_today = kind.is_of_day(at, ctx.cal) && ctx.cal.date(at) == ctx.cal.date(ctx.now);
            let said = if is_today { ledger::TODAY } else { OPEN_NOW };
            Cell::new(said.get(ctx.lang), mood)
        }
        _ => Cell::new(left(at, ctx.now, ctx.lang), mood),
    }
}

fn words(row: &DueRow, ctx: &Ctx) -> Cell {
    if row.item.kind == ItemKind::Slot && !row.words.is_empty() {
        return say::day_text(&row.words).get(ctx.lang).into();
    }
    if row.item.kind.ledger().is_some() {
        return said(row).get(ctx.lang).into();
    }
    match &row.caller {
        // It is all there is to tell one caller from another.
        Some(caller) => {
            let shown = caller_number(caller, row.subject, ctx);
            format!("{shown} {}", row.words).trim_end().to_owned().into()
        }
        None => row.words.as_str().into(),
    }
}

/// The words beside what is due, where they are not as they were typed: what is due in a ledger, and who is to be told.
pub(in crate::app) fn said(row: &DueRow) -> Say {
    let Some(due) = items::due(row.item.kind) else { return Say::same(&row.words) };
    if row.words.is_empty() {
        return due.into();
    }
    let told = ledger::told(&row.words);
    Say { zh: format!("{}；{}", due.zh, told.zh), en: format!("{}; {}", due.en, told.en) }
}

/// What it is called, in the reader's language.
fn called(row: &DueRow, lang: Lang) -> &str {
    match (&row.called, lang) {
        (None, _) => &row.name,
        (Some(called), Lang::Zh) => &called.zh,
        (Some(called), Lang::En) => &called.en,
    }
}

fn about(row: &DueRow, ctx: &Ctx) -> Cell {
    if row.name.is_empty() {
        Cell::new(say::UNKNOWN_CALLER.get(ctx.lang), Mood::Dim)
    } else {
        called(row, ctx.lang).into()
    }
}

impl Columns for DueRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::printed("at", say::AT_TIME, |r, x| r.item.kind.moment(r.at, x.cal, x.now))
            .json(|r, x| json!(time(r.at, x))),
        Column::<Self>::printed("kind", say::MATTER, |r, x| items::title(r.item.kind).get(x.lang).to_owned())
            .json(|r, _| json!(r.item.kind)),
        Column::<Self>::printed("state", say::STATUS, |r, x| due_state(r).get(x.lang).to_owned())
            .json(|r, _| json!(r.state.code())),
        Column::<Self>::printed("name", say::ABOUT, |r, x| {
            if r.name.is_empty() {
                say::UNKNOWN_CALLER.get(x.lang).to_owned()
            } else {
                called(r, x.lang).to_owned()
            }
        })
        .json(|r, x| json!(called(r, x.lang))),
        Column::<Self>::printed("unit", say::UNIT, |r, _| r.unit.clone()).json(|r, _| json!(r.unit)),
        Column::<Self>::printed("words", say::WORDS, |r, x| said(r).get(x.lang).to_owned())
            .json(|r, _| json!(r.words)),
        Column::<Self>::field("missed", |r, _| json!(r.missed)),
        Column::<Self>::field("id", |r, _| json!(r.item.id)),
    ];
}

impl Listed for DueRow {
    const LIST: &'static [&'static str] = &["at", "kind", "state", "name", "unit", "words"];
    const JSON: &'static [&'static str] =
        &["kind", "subject", "name", "unit", "at", "state", "missed", "words", "id"];
}

/// What something due is about, in both languages.
pub(in crate::app) fn named(row: &DueRow) -> Say {
    match (&row.called, row.name.as_str()) {
        (_, "") => say::UNKNOWN_CALLER.into(),
        (Some(called), _) => Say { zh: called.zh.clone(), en: called.en.clone() },
        (None, name) => Say::same(name),
    }
}

/// One line of 待办.
#[derive(Debug, Clone, PartialEq)]
pub enum DueLine {
    /// A promise, a slot, a call to be made.
    Due(DueRow),
    /// Taken over unread.
    Unread(UnreadRow),
    /// A question without an answer.
    Question(QuestionRow),
    /// What sheets brought of somebody without a case.
    Finding(FindingRow),
}

/// When something is due; what a ledger wants of a whole day has no hour.
pub(in crate::app) fn moment(kind: ItemKind, at: Ts, ctx: &Ctx) -> String {
    if kind.is_of_day(at, ctx.cal) { kind.moment(at, ctx.cal, ctx.now) } else { when(at, ctx) }
}

fn at_time(line: &DueLine, ctx: &Ctx) -> String {
    line.due().map_or_else(|| when(line.at(), ctx), |row| moment(row.item.kind, row.at, ctx))
}

impl DueLine {
    /// What was taken over unread, if it is that.
    pub(in crate::app) fn unread(&self) -> Option<&UnreadRow> {
        match self {
            Self::Unread(row) => Some(row),
            _ => None,
        }
    }

    /// A question without an answer, if it is that.
    pub(in crate::app) fn question(&self) -> Option<&QuestionRow> {
        match self {
            Self::Question(row) => Some(row),
            _ => None,
        }
    }

    /// Somebody about whom something is to be acted on, if it is that.
    pub(in crate::app) fn finding(&self) -> Option<&FindingRow> {
        match self {
            Self::Finding(row) => Some(row),
            _ => None,
        }
    }

    /// When it is, or was, due.
    pub fn at(&self) -> Ts {
        match self {
            Self::Due(row) => row.at,
            Self::Unread(row) => row.since,
            Self::Question(row) => row.asked_at,
            Self::Finding(row) => row.since,
        }
    }

    /// What is due, if it is that.
    pub fn due(&self) -> Option<&DueRow> {
        match self {
            Self::Due(row) => Some(row),
            _ => None,
        }
    }

    /// What kind of line it is.
    fn kind(&self) -> Word {
        match self {
            Self::Due(row) => items::title(row.item.kind),
            Self::Unread(_) => passing::UNREAD,
            Self::Question(_) => passing::QUESTION,
            Self::Finding(_) => findings::FINDING,
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Due(row) => &row.name,
            Self::Unread(row) => &row.name,
            Self::Question(row) => &row.name,
            Self::Finding(row) => &row.name,
        }
    }

    fn unit(&self) -> &str {
        match self {
            Self::Due(row) => &row.unit,
            Self::Finding(row) => &row.unit,
            Self::Unread(_) | Self::Question(_) => "",
        }
    }

    fn left(&self, ctx: &Ctx) -> Cell {
        match self {
            Self::Due(row) => how_long(row, ctx),
            Self::Finding(_) => Cell::new(left(self.at(), ctx.now, ctx.lang), Mood::Bad),
            // It has no hour of its own: it is to be looked at now.
            Self::Unread(_) | Self::Question(_) => Cell::new(passing::TO_READ.get(ctx.lang), Mood::Bad),
        }
    }

    fn words(&self, ctx: &Ctx) -> Cell {
        match self {
            Self::Due(row) => words(row, ctx),
            Self::Unread(row) => {
                let kind = match row.item.kind.ledger() {
                    Some(_) => items::word(row.item.kind),
                    None => items::title(row.item.kind),
                };
                let kind = kind.get(ctx.lang);
                row.item.at.map_or_else(|| kind.into(), |at| format!("{kind} {}", when(at, ctx)).into())
            }
            Self::Question(row) => row.text.as_str().into(),
            Self::Finding(row) => findings::all(&row.found).get(ctx.lang).into(),
        }
    }
}

impl Columns for DueLine {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("at", say::AT_TIME, (11, 0, 0), |l, x| at_time(l, x).into())
            .by(|l| SortKey::Num(l.at().0)),
        Column::<Self>::new("left", say::LEFT, (11, 0, 0), Self::left).by(|l| SortKey::Num(l.at().0)),
        Column::<Self>::new("kind", say::MATTER, (8, 1, 0), |l, x| {
            let mood = if l.due().is_some() { Mood::Plain } else { Mood::Bad };
            Cell::new(l.kind().get(x.lang), mood)
        })
        .by(|l| SortKey::Text(l.due().map_or_else(String::new, |row| row.item.kind.place().to_string()))),
        Column::<Self>::new("name", say::ABOUT, (12, 2, 0), |l, x| match l {
            Self::Due(row) => about(row, x),
            Self::Unread(row) if !row.called.zh.is_empty() => row.called.get(x.lang).into(),
            _ => l.name().into(),
        })
        .of(Stands::Name)
        .by(|l| SortKey::text(l.name())),
        Column::<Self>::new("words", say::WORDS, (10, 3, 1), Self::words)
            .by(|l| SortKey::text(l.due().map_or("", |row| &row.words))),
        Column::<Self>::new("unit", say::UNIT, (12, 2, 2), |l, _| l.unit().into())
            .of(Stands::Unit)
            .by(|l| SortKey::text(l.unit())),
    ];
}

impl TableRow for DueLine {
    const BOARD: &'static [(&'static str, (u16, u16, u8))] = &[
        ("left", (11, 0, 0)),
        ("at", (11, 0, 0)),
        ("kind", (8, 0, 3)),
        ("name", (12, 2, 0)),
        ("words", (10, 3, 1)),
        ("unit", (8, 1, 2)),
    ];

    fn id(&self) -> RowId {
        match self {
            Self::Due(row) => RowId::Due(row.item),
            Self::Unread(row) => RowId::Unread(row.item),
            Self::Question(row) => RowId::Question(row.id),
            Self::Finding(row) => RowId::Finding(row.person),
        }
    }

    fn beside(&self) -> Option<BesideAsk> {
        let entry = self.due().and_then(|row| {
            let of_entry = row.item.kind.ledger().is_some() && row.item.kind.is_of() == IsOf::Entry;
            of_entry.then_some(BesideAsk::Entry(EntryId(row.item.id)))
        });
        // Of a person or a unit more is known than what one entry says.
        self.about().subject.map(BesideAsk::Of).or(entry)
    }

    fn folds(&self) -> Folds {
        let about = self.about().subject.map(|subject| subject.id().to_string());
        let together = self.due().and_then(|row| {
            // A promise has words of its own; what a ledger or a slot wants is the same of all.
            let what = match row.item.kind.ledger() {
                Some((ledger, due)) => format!("{ledger} {due}"),
                None if row.item.kind == ItemKind::Slot => String::new(),
                None => return None,
            };
            Some(format!("{what} {} {} {}", row.at.0, row.state.code(), row.missed > 1))
        });
        Folds { together, about }
    }

    const SET_IN: &'static str = "name";

    fn folded(&self, column: &str, Fold { by, rows, open }: Fold, ctx: &Ctx) -> Option<Cell> {
        let sign = if open { say::OPENED } else { say::FOLDED };
        let signed = |name: &str| Some(format!("{name} {}", sign.get(ctx.lang)).into());
        let is_person = |row: &DueRow| matches!(row.subject, Some(Subject::Person(_)));
        match (column, by) {
            ("name", FoldedBy::Time) => {
                let first = self.due().map_or("", |row| called(row, ctx.lang));
                let said = if self.due().is_some_and(is_person) {
                    say::people_folded(first, rows, rows - 1)
                } else {
                    say::things_folded(first, rows, rows - 1)
                };
                signed(said.get(ctx.lang))
            }
            ("name", FoldedBy::Subject) => {
                let name = Columns::cell(self, "name", ctx).text;
                signed(say::several_folded(name, rows).get(ctx.lang))
            }
            ("words", FoldedBy::Time) => {
                let what = self
                    .due()
                    .and_then(|row| items::due(row.item.kind))
                    .map_or("", |word| word.get(ctx.lang));
                Some(what.into())
            }
            ("words", FoldedBy::Subject) => {
                // Of what it stands for the first comes first; opened, it stands below.
                if open { Some(Cell::default()) } else { None }
            }
            ("unit", FoldedBy::Time) => Some(Cell::default()),
            _ => None,
        }
    }

    fn about(&self) -> Target {
        match self {
            Self::Due(row) => Target::new(row.subject, &row.name),
            Self::Unread(row) => Target::new(row.subject, &row.name),
            Self::Question(row) => Target::new(row.subject, &row.name),
            Self::Finding(row) => Target::new(Some(Subject::Person(row.person)), &row.name),
        }
    }

    fn haystack(&self) -> String {
        let kind = self.kind();
        match self {
            Self::Due(row) => {
                let number =
                    row.caller.as_ref().map_or_else(String::new, |caller| number_hay(&caller.number));
                let missed = if row.missed > 0 { slots::state(row.missed) } else { Say::default() };
                let words = said(row);
                let name = [called(row, Lang::Zh), called(row, Lang::En)].join("\n");
                let proposed = row.item.kind.ledger().is_some_and(|(_, due)| of_due(due).is_some());
                let proposed = if proposed { ledger::PROPOSED.into() } else { Say::default() };
                let texts = [
                    &name,
                    &row.unit,
                    &words.zh,
                    &words.en,
                    &missed.zh,
                    &missed.en,
                    &number,
                    &proposed.zh,
                    &proposed.en,
                ];
                texts.map(String::as_str).join("\n") + "\n" + kind.zh + "\n" + kind.en
            }
            Self::Unread(row) => {
                [row.name.as_str(), &row.called.zh, &row.called.en, kind.zh, kind.en].join("\n")
            }
            Self::Question(row) => [row.name.as_str(), &row.text, kind.zh, kind.en].join("\n"),
            Self::Finding(row) => {
                let what = findings::all(&row.found);
                let texts = [&row.no, &row.name, &row.unit, &row.keys, &what.zh, &what.en];
                texts.map(String::as_str).join("\n") + "\n" + kind.zh + "\n" + kind.en
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::shown::rows::due::*;
    use crate::domain::time::MINUTE;
    use crate::say::Lang;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn how_long_fits_its_column_whatever_it_is() {
        let column = usize::from(DueLine::column("left").unwrap().width);
        let now = Ts(1_581_905_100_000);
        for lang in [Lang::Zh, Lang::En] {
            for minutes in (-1500..=1500).chain([-99 * 1440, 99 * 1440]) {
                let said = left(now.plus(minutes * MINUTE), now, lang);
                assert!(said.width() <= column, "{minutes}: {said}");
            }
        }
        assert_eq!(left(now.plus(-1234 * MINUTE), now, Lang::Zh), "超时20时");
        assert_eq!(left(now.plus(-1234 * MINUTE), now, Lang::En), "20h over");
        assert_eq!(left(now.plus(-599 * MINUTE), now, Lang::Zh), "超时9时59分");
    }

    #[test]
    fn what_is_due_in_a_ledger_is_late_when_it_was_missed_and_not_before() {
        let desk = crate::app::fixture::Desk::new(Lang::Zh, 80, 24);
        let ctx = desk.state.ctx();
        let today = ctx.cal.at_minute(ctx.cal.date(ctx.now), 0);
        let call = ItemKind::of_ledger("absence", "call");
        let said = |kind, at, state| stands(kind, at, state, 0, &ctx).text;
        assert_eq!(said(call, today, DueState::Open), "今天");
        assert_eq!(
            said(call, today.plus(-24 * 60 * MINUTE), DueState::Open),
            "应办",
            "its day has an end a day later"
        );
        assert_eq!(said(call, ctx.now.plus(-20 * MINUTE), DueState::Open), "应办");
        assert_eq!(said(call, ctx.now.plus(-20 * MINUTE), DueState::Missed), "超时20分钟");
        assert_eq!(said(call, ctx.now.plus(20 * MINUTE), DueState::Open), "还剩20分钟");
        // A day is late by days, however few hours it is since its end.
        assert_eq!(said(call, today.plus(-24 * 60 * MINUTE), DueState::Missed), "超时1天");
        assert_eq!(said(call, today.plus(24 * 60 * MINUTE), DueState::Coming), "明天");
        assert_eq!(said(call, today.plus(48 * 60 * MINUTE), DueState::Coming), "还剩2天");
        let proposed = ItemKind::of_ledger("absence", "raise/case");
        assert_eq!(said(proposed, today, DueState::Open), "待定");
        assert_eq!(said(ItemKind::Promise, ctx.now.plus(-20 * MINUTE), DueState::Open), "超时20分钟");
    }
}
