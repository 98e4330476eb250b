//! The columns and cells of each table.

use super::table::{Cell, Col, Column, Ctx, Mood, RowId, SortKey, TableRow, Target};
use crate::domain::case::{CaseState, Observation};
use crate::domain::followup::Caller;
use crate::domain::ids::{PersonId, Subject};
use crate::domain::item::{DueRow, DueState, ItemKind};
use crate::domain::mask::Private;
use crate::domain::phone::digits;
use crate::domain::report::{ReportStatus, degrees};
use crate::domain::rules::Rules;
use crate::domain::time::{Ts, brief_day};
use crate::i18n::events::event_line_at;
use crate::i18n::file;
use crate::i18n::items;
use crate::i18n::screen as say;
use crate::i18n::slots;
use crate::i18n::terms::{categories, word};
use crate::log::event::Event;
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::{CaseRow, LogRow, OutstandingRow, PersonRow, UnitRow};

const fn col(col: Col, title: Word, width: u16, grow: u16, drop: u8) -> Column {
    Column { col, title, width, grow, drop, right: false }
}

const fn num(col: Col, title: Word, width: u16, drop: u8) -> Column {
    Column { col, title, width, grow: 0, drop, right: true }
}

fn text(text: &str) -> SortKey {
    SortKey::Text(text.to_owned())
}

fn by_keys(keys: &str, name: &str) -> SortKey {
    text(if keys.is_empty() { name } else { keys })
}

/// How long until `at`, or how long ago it was: ticks with the clock.
pub fn left(at: Ts, now: Ts, lang: Lang) -> String {
    let minutes = at.minutes_since(now);
    let ahead = minutes >= 0;
    let m = if ahead { minutes } else { now.minutes_since(at) };
    let say = match (ahead, m) {
        (true, 0) => say::SOON.into(),
        (true, 1..60) => say::in_minutes(m),
        (true, 60..600) => say::in_hours(m / 60, m % 60),
        // From ten hours on the minutes say nothing, and there is no room for them in a list.
        (true, 600..1440) => say::in_whole_hours(m / 60),
        (true, _) => say::in_days(m / 1440),
        (false, 600..1440) => say::over_whole_hours(m / 60),
        (false, _) => crate::i18n::screen::lateness(m),
    };
    say.get(lang).to_owned()
}

/// The time of day, with the date when it is another day.
pub fn when(at: Ts, ctx: &Ctx) -> String {
    if ctx.cal.date(at) == ctx.cal.date(ctx.now) { ctx.cal.hm(at) } else { ctx.cal.brief(at, ctx.now) }
}

/// A private number, masked unless its person's numbers are shown for the moment.
pub fn number(number: &Private, person: PersonId, ctx: &Ctx) -> String {
    if ctx.shows(person) { number.reveal().to_owned() } else { number.masked() }
}

/// 第 n/14 天; past the last of them, by how many.
pub fn day_of(observation: Option<Observation>, lang: Lang) -> String {
    observation.map_or_else(String::new, |o| {
        let say = if o.is_over() {
            // 期满 shows in the count itself, not only in the state beside it.
            say::day_over(o.total, o.day - o.total)
        } else {
            say::day_of(o.shown_day(), o.total)
        };
        say.get(lang).to_owned()
    })
}

/// How a report's status is meant.
pub fn status_mood(status: ReportStatus) -> Mood {
    match status {
        ReportStatus::Received | ReportStatus::Zero => Mood::Good,
        ReportStatus::Late | ReportStatus::Awaited => Mood::Warn,
        ReportStatus::Outstanding => Mood::Bad,
        ReportStatus::NotExpected | ReportStatus::Excused | ReportStatus::WrittenOff => Mood::Dim,
    }
}

/// How a case's state is meant.
pub fn case_mood(state: CaseState) -> Mood {
    match state {
        CaseState::DueForRelease => Mood::Warn,
        CaseState::Released => Mood::Dim,
        CaseState::Observing | CaseState::Following => Mood::Plain,
    }
}

fn due_now(row: &DueRow, now: Ts) -> DueState {
    if row.state == DueState::Coming && row.at <= now { DueState::Open } else { row.state }
}

fn zero_as_blank(n: u32) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}

impl TableRow for UnitRow {
    fn id(&self) -> RowId {
        RowId::Unit(self.id)
    }

    fn columns() -> &'static [Column] {
        const C: &[Column] = &[
            col(Col::Code, say::CODE, 5, 0, 3),
            col(Col::Name, say::NAME, 16, 3, 0),
            col(Col::Status, say::STATUS, 11, 0, 0),
            col(Col::Time, say::CAME_AT, 6, 0, 4),
            col(Col::Next, say::NEXT_REPORT, 11, 0, 5),
            num(Col::People, say::PEOPLE, 6, 2),
            num(Col::Cases, say::CASES, 5, 2),
            col(Col::Liaison, say::LIAISON, 9, 1, 1),
            col(Col::Phone, say::PHONE, 14, 0, 1),
            col(Col::Unit, say::ABOVE, 12, 1, 6),
        ];
        C
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> Cell {
        match col {
            Col::Code => self.code.as_str().into(),
            Col::Name => format!("{}{}", "  ".repeat(usize::from(self.depth.min(4))), self.name).into(),
            Col::Status => Cell::new(word(self.status).get(ctx.lang), status_mood(self.status)),
            Col::Time => self.received_at.map_or_else(String::new, |at| ctx.cal.hm(at)).into(),
            Col::Next => self.running.map_or_else(Cell::default, |status| {
                Cell::new(word(status).get(ctx.lang), status_mood(status))
            }),
            Col::People => self.people.to_string().into(),
            Col::Cases => zero_as_blank(self.cases).into(),
            Col::Liaison => self.liaison.as_str().into(),
            Col::Phone => self.phone.as_str().into(),
            Col::Unit => self.parent.as_str().into(),
            _ => Cell::default(),
        }
    }

    fn key(&self, col: Col) -> SortKey {
        match col {
            Col::Code => text(&self.code),
            Col::Status => SortKey::Num(self.status as i64),
            Col::Next => SortKey::Num(self.running.map_or(-1, |status| status as i64)),
            Col::Time => SortKey::Num(self.received_at.map_or(i64::MAX, |at| at.0)),
            Col::People => SortKey::Num(i64::from(self.people)),
            Col::Cases => SortKey::Num(-i64::from(self.cases)),
            Col::Liaison => text(&self.liaison),
            Col::Phone => text(&self.phone),
            Col::Unit => text(&self.parent),
            _ => by_keys(&self.keys, &self.name),
        }
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Unit(self.id)), &self.name)
    }

    fn office_phone(&self) -> Option<&str> {
        (!self.phone.is_empty()).then_some(self.phone.as_str())
    }

    fn haystack(&self) -> String {
        [&self.code, &self.name, &self.short, &self.liaison, &self.phone, &self.keys]
            .map(String::as_str)
            .join("\n")
    }
}

impl TableRow for OutstandingRow {
    fn id(&self) -> RowId {
        RowId::Unit(self.id)
    }

    fn columns() -> &'static [Column] {
        const C: &[Column] = &[
            col(Col::Name, say::NAME, 12, 3, 0),
            col(Col::Left, say::LATE_BY, 12, 0, 0),
            col(Col::Liaison, say::LIAISON, 7, 1, 1),
            col(Col::Phone, say::PHONE, 14, 0, 0),
            col(Col::Promise, say::PROMISE, 12, 0, 2),
            num(Col::Chases, say::CHASES, 9, 3),
            num(Col::Streak, say::STREAK, 6, 4),
            col(Col::Head, say::HEAD, 22, 1, 5),
            col(Col::Code, say::CODE, 5, 0, 6),
        ];
        C
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> Cell {
        match col {
            Col::Code => self.code.as_str().into(),
            Col::Name => self.name.as_str().into(),
            Col::Left => {
                let mood = if self.deadline <= ctx.now { Mood::Bad } else { Mood::Warn };
                // Of an earlier day it is the day that says how old the debt is.
                let mut late = if self.missing > 0 && self.key.day < ctx.cal.day(ctx.now) {
                    brief_day(self.key.day, ctx.cal.date(ctx.now))
                } else {
                    left(self.deadline, ctx.now, ctx.lang)
                };
                if self.missing > 1 {
                    // More than one report is owed; this is the oldest.
                    late = format!("{late} *{}", self.missing);
                }
                Cell::new(late, mood)
            }
            Col::Liaison => self.liaison.as_str().into(),
            Col::Phone => self.phone.as_str().into(),
            Col::Promise => self.promise.map_or_else(Cell::default, |at| {
                let mood = if at <= ctx.now { Mood::Bad } else { Mood::Good };
                Cell::new(left(at, ctx.now, ctx.lang), mood)
            }),
            Col::Chases if self.unanswered >= 2 => {
                Cell::new(say::unanswered(self.chases).get(ctx.lang), Mood::Bad)
            }
            Col::Chases => zero_as_blank(self.chases).into(),
            Col::Streak => zero_as_blank(self.streak).into(),
            Col::Head => format!("{} {}", self.head, self.head_phone).into(),
            _ => Cell::default(),
        }
    }

    fn key(&self, col: Col) -> SortKey {
        match col {
            Col::Code => text(&self.code),
            Col::Left => SortKey::Num(self.deadline.0),
            Col::Liaison => text(&self.liaison),
            Col::Phone => text(&self.phone),
            Col::Promise => SortKey::Num(self.promise.map_or(i64::MAX, |at| at.0)),
            Col::Chases => SortKey::Num(-i64::from(self.chases)),
            Col::Streak => SortKey::Num(-i64::from(self.streak)),
            Col::Head => text(&self.head),
            _ => by_keys(&self.keys, &self.name),
        }
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Unit(self.id)), &self.name)
    }

    fn office_phone(&self) -> Option<&str> {
        (!self.phone.is_empty()).then_some(self.phone.as_str())
    }

    fn haystack(&self) -> String {
        [&self.code, &self.name, &self.liaison, &self.phone, &self.head, &self.keys]
            .map(String::as_str)
            .join("\n")
    }
}

impl TableRow for CaseRow {
    fn id(&self) -> RowId {
        RowId::Case(self.id)
    }

    fn columns() -> &'static [Column] {
        const C: &[Column] = &[
            col(Col::Name, say::PERSON_NAME, 8, 1, 0),
            col(Col::Day, say::DAY, 12, 0, 0),
            col(Col::Status, say::STATUS, 15, 0, 0),
            col(Col::Categories, say::CATEGORIES, 12, 2, 1),
            col(Col::Unit, say::UNIT, 12, 2, 2),
            col(Col::Measure, say::MEASURE, 14, 0, 3),
            col(Col::Contact, say::LAST_CONTACT, 12, 0, 4),
            col(Col::No, say::NO, 9, 0, 5),
        ];
        C
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> Cell {
        match col {
            Col::Name => self.name.as_str().into(),
            Col::Day => day_of(self.observation, ctx.lang).into(),
            Col::Status => Cell::new(word(self.state).get(ctx.lang), case_mood(self.state)),
            Col::Categories => categories(&self.categories).get(ctx.lang).into(),
            Col::Unit => self.unit.as_str().into(),
            Col::Measure => word(self.measure).get(ctx.lang).into(),
            Col::Contact => match self.last_contact {
                Some(at) => when(at, ctx).into(),
                None => Cell::new(say::NEVER.get(ctx.lang), Mood::Warn),
            },
            Col::No => self.no.as_str().into(),
            _ => Cell::default(),
        }
    }

    fn key(&self, col: Col) -> SortKey {
        match col {
            Col::Day => SortKey::Num(self.observation.map_or(i64::MAX, |o| -i64::from(o.day))),
            Col::Status => SortKey::Num(self.state as i64),
            Col::Categories => SortKey::Num(self.categories.first().map_or(i64::MAX, |c| *c as i64)),
            Col::Unit => text(&self.unit),
            Col::Measure => SortKey::Num(self.measure as i64),
            Col::Contact => SortKey::Num(self.last_contact.map_or(0, |at| at.0)),
            Col::No => text(&self.no),
            _ => by_keys(&self.keys, &self.name),
        }
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

impl TableRow for DueRow {
    fn id(&self) -> RowId {
        RowId::Due(self.item)
    }

    fn columns() -> &'static [Column] {
        const C: &[Column] = &[
            col(Col::Time, say::AT_TIME, 11, 0, 0),
            col(Col::Left, say::LEFT, 11, 0, 0),
            col(Col::Kind, say::KIND, 8, 0, 0),
            col(Col::Name, say::ABOUT, 12, 2, 0),
            col(Col::Words, say::WORDS, 10, 3, 1),
            col(Col::Unit, say::UNIT, 12, 2, 2),
        ];
        C
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> Cell {
        let state = due_now(self, ctx.now);
        let mood = match state {
            DueState::Coming => Mood::Plain,
            DueState::Open => Mood::Warn,
            DueState::Missed => Mood::Bad,
        };
        match col {
            Col::Time => when(self.at, ctx).into(),
            Col::Left => match (self.item.kind, state) {
                (ItemKind::Slot, DueState::Missed) => {
                    Cell::new(slots::state_short(self.missed).get(ctx.lang), Mood::Bad)
                }
                _ => Cell::new(left(self.at, ctx.now, ctx.lang), mood),
            },
            Col::Kind => items::title(self.item.kind).get(ctx.lang).into(),
            Col::Name if self.name.is_empty() => Cell::new(say::UNKNOWN_CALLER.get(ctx.lang), Mood::Dim),
            Col::Name => self.name.as_str().into(),
            Col::Words if self.item.kind == ItemKind::Slot && !self.words.is_empty() => {
                say::day_text(&self.words).get(ctx.lang).into()
            }
            Col::Words => match &self.caller {
                // It is all there is to tell one caller from another.
                Some(caller) => {
                    let shown = caller_number(caller, self.subject, ctx);
                    format!("{shown} {}", self.words).trim_end().to_owned().into()
                }
                None => self.words.as_str().into(),
            },
            Col::Unit => self.unit.as_str().into(),
            _ => Cell::default(),
        }
    }

    fn key(&self, col: Col) -> SortKey {
        match col {
            Col::Kind => SortKey::Text(format!("{:02} {}", self.item.kind.place(), self.item.kind)),
            Col::Name => text(&self.name),
            Col::Words => text(&self.words),
            Col::Unit => text(&self.unit),
            _ => SortKey::Num(self.at.0),
        }
    }

    fn about(&self) -> Target {
        Target::new(self.subject, &self.name)
    }

    fn haystack(&self) -> String {
        let kind = items::title(self.item.kind);
        let number = self.caller.as_ref().map_or_else(String::new, |caller| number_hay(&caller.number));
        let missed = if self.missed > 0 { slots::state(self.missed) } else { Say::default() };
        [self.name.as_str(), &self.unit, &self.words, kind.zh, kind.en, &missed.zh, &missed.en, &number]
            .join("\n")
    }
}

/// The number of a call, its middle hidden unless it is shown for the moment.
pub fn caller_number(caller: &Caller, subject: Option<Subject>, ctx: &Ctx) -> String {
    let number = &caller.number;
    if ctx.shows_call(caller.call, subject) { number.reveal().to_owned() } else { number.masked() }
}

/// What a filter finds a number by: as it is shown, as it was written, and its digits alone.
pub fn number_hay(number: &Private) -> String {
    let written = number.for_matching();
    [number.masked().as_str(), written, &digits(written)].join("\n")
}

impl LogRow {
    /// The call of this line and its number, where one was written down.
    pub fn caller(&self) -> Option<Caller> {
        match &self.event {
            Event::FollowUpLogged(call) if !call.number.is_empty() => {
                Some(Caller { call: call.followup, number: Private::new(call.number.as_str()) })
            }
            _ => None,
        }
    }
}

impl TableRow for PersonRow {
    fn id(&self) -> RowId {
        RowId::Person(self.id)
    }

    fn columns() -> &'static [Column] {
        const C: &[Column] = &[
            col(Col::No, say::NO, 10, 0, 0),
            col(Col::Name, say::PERSON_NAME, 10, 1, 0),
            col(Col::Unit, say::UNIT, 14, 2, 0),
            col(Col::Phone, say::PHONE, 12, 0, 1),
            col(Col::Kind, say::KIND, 8, 0, 3),
            num(Col::Temp, say::TEMP, 6, 2),
            col(Col::Cases, say::ATTENTION, 8, 0, 0),
        ];
        C
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> Cell {
        match col {
            Col::No => self.no.as_str().into(),
            Col::Name => self.name.as_str().into(),
            Col::Unit => self.unit.as_str().into(),
            Col::Phone => number(&self.phone, self.id, ctx).into(),
            Col::Kind => self.kind.map_or("", |kind| word(kind).get(ctx.lang)).into(),
            Col::Temp => {
                let fever = |t| Rules::builtin().is_fever(t, None, ctx.cal.day(ctx.now));
                let mood = if self.temp.is_some_and(fever) { Mood::Bad } else { Mood::Plain };
                Cell::new(self.temp.map_or_else(String::new, degrees), mood)
            }
            Col::Cases if self.has_case => Cell::new(say::HAS_CASE.get(ctx.lang), Mood::Warn),
            _ => Cell::default(),
        }
    }

    fn key(&self, col: Col) -> SortKey {
        match col {
            Col::Name => text(&self.name),
            Col::Unit => text(&self.unit),
            _ => text(&self.no),
        }
    }

    fn sortable(col: Col) -> bool {
        matches!(col, Col::No | Col::Name | Col::Unit)
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Person(self.id)), &self.name)
    }

    fn haystack(&self) -> String {
        format!("{}\n{}", self.no, self.name)
    }
}

impl TableRow for LogRow {
    fn id(&self) -> RowId {
        RowId::Op(self.op)
    }

    fn columns() -> &'static [Column] {
        const C: &[Column] = &[
            num(Col::Seq, say::SEQ, 6, 0),
            col(Col::Time, say::AT_TIME, 11, 0, 0),
            col(Col::Name, say::ABOUT, 12, 1, 0),
            col(Col::Words, say::WHAT, 20, 4, 0),
            col(Col::Officer, say::OFFICER, 8, 0, 1),
        ];
        C
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> Cell {
        match col {
            Col::Seq => self.op.seq.to_string().into(),
            Col::Time => when(self.happened_at, ctx).into(),
            Col::Name => self.name.as_str().into(),
            Col::Words => {
                let mut line =
                    event_line_at(&self.event, self.due, self.happened_at, ctx.cal).get(ctx.lang).to_owned();
                if let Some(caller) = self.caller().filter(|caller| ctx.shows_call(caller.call, self.subject))
                {
                    line = line.replacen(&caller.number.masked(), caller.number.reveal(), 1);
                }
                if self.events > 1 {
                    line.push_str(say::more_events(self.events - 1).get(ctx.lang));
                }
                line = file::line(self.jump, &line, ctx.lang);
                if self.undone {
                    return Cell::new(format!("{}{line}", say::UNDONE_MARK.get(ctx.lang)), Mood::Dim);
                }
                line.into()
            }
            Col::Officer => self.officer.as_str().into(),
            _ => Cell::default(),
        }
    }

    fn key(&self, _: Col) -> SortKey {
        SortKey::Num(-self.op.seq)
    }

    fn sortable(_: Col) -> bool {
        false
    }

    fn about(&self) -> Target {
        Target::new(self.subject, &self.name)
    }

    fn haystack(&self) -> String {
        self.name.clone()
    }

    fn mood(&self, _: &Ctx) -> Mood {
        match self.jump {
            _ if self.undone => Mood::Dim,
            Some(_) => Mood::Warn,
            None => Mood::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::MINUTE;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn how_long_fits_its_column_whatever_it_is() {
        let column =
            usize::from(DueRow::columns().iter().find(|column| column.col == Col::Left).unwrap().width);
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
}
