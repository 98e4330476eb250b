//! What stands beside a list, or below it, of the row with the cursor: what its page would be opened for, and nothing that
//! the row says already.

use crate::app::shown::column::{Cell, Columns, Ctx, Mood};
use crate::app::shown::curve::{curve_in, last_point};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::lines::{TextLine, call_lines, note_line, round_shown};
use crate::app::shown::pages::entry::{did_lines, entry_facts};
use crate::app::shown::pages::unit::month_of;
use crate::app::shown::rows::{DueLine, day_of, left, when};
use crate::app::shown::state::State;
use crate::app::shown::table::{List, RowId, TableRow};
use crate::app::strip::shown as number_shown;
use crate::domain::case::CaseState;
use crate::domain::ids::Subject;
use crate::domain::phone::Whose;
use crate::domain::time::brief_day;
use crate::i18n::ask;
use crate::i18n::beside as say;
use crate::i18n::events::case_facts;
use crate::i18n::find::{DOUBT, NO_CALLS};
use crate::i18n::findings;
use crate::i18n::forms;
use crate::i18n::paper::role;
use crate::i18n::screen as words;
use crate::i18n::strip as strip_say;
use crate::i18n::terms::word;
use crate::say::{Lang, Word};
use crate::store::query::rows::{
    Beside, BesideAsk, CallRow, ContactSheet, Dial, EntrySheet, OpBeside, PersonBeside, UnitBeside,
};

/// One line: what it is called, where it is called something, and what is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// What it is called.
    pub label: String,
    /// What is said.
    pub text: String,
    /// How it is meant.
    pub mood: Mood,
    /// It stands above others.
    pub head: bool,
}

/// Lines that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// The lines.
    pub lines: Vec<Told>,
    /// They are a picture: of no use where lines flow.
    pub picture: bool,
    /// Where there is room for few, the least comes first.
    pub rank: u8,
}

impl Told {
    /// A value with what it is called.
    pub fn named(label: impl Into<String>, cell: Cell) -> Self {
        Self { label: label.into(), text: cell.text, mood: cell.mood, head: false }
    }

    fn plain(text: impl Into<String>, mood: Mood) -> Self {
        Self { text: text.into(), mood, ..Self::default() }
    }

    fn head(text: impl Into<String>) -> Self {
        Self { text: text.into(), head: true, ..Self::default() }
    }
}

impl From<TextLine> for Told {
    fn from(line: TextLine) -> Self {
        Self { label: String::new(), text: line.text, mood: line.mood, head: line.head }
    }
}

/// The columns of a row that are told of here as its page tells of them, and so not by themselves.
pub fn covers(ask: Option<BesideAsk>) -> &'static [Word] {
    match ask {
        Some(BesideAsk::Of(Subject::Person(_))) => &[
            words::PHONE,
            words::UNIT,
            words::DAY,
            words::DAY_SHORT,
            words::HOW,
            words::STATUS,
            words::CATEGORIES,
            words::MEASURE,
            words::TEMPS,
            words::TEMP,
            words::LAST_CONTACT,
            words::ATTENTION,
            forms::PERSON_KIND,
        ],
        Some(BesideAsk::Of(Subject::Unit(_))) => {
            &[words::PHONE, words::LIAISON, words::HEAD, words::PROMISE, words::STRIP]
        }
        _ => &[],
    }
}

/// What is told, in so many columns and lines; `seen` says whether a column of the row is read whole in the list.
pub fn blocks(
    state: &State,
    list: &dyn List,
    seen: &dyn Fn(Word) -> bool,
    (wide, high): (usize, usize),
) -> Vec<Block> {
    let ctx = &state.ctx();
    let mut out = Vec::new();
    let names = list.stands_for();
    if !names.is_empty() {
        let head = Told::head(say::stands_for(names.len()).get(ctx.lang));
        let by = if ctx.lang == Lang::Zh { "、" } else { ", " };
        let names: Vec<&str> = names.iter().map(|target| target.name.as_str()).collect();
        out.push(Block { lines: vec![head, Told::plain(names.join(by), Mood::Plain)], ..Block::default() });
        return out;
    }
    match state.beside.seen(ctx) {
        Some(Beside::Person(of)) => person(state, of, seen, (wide, high), &mut out),
        Some(Beside::Unit(of)) => unit(state, of, seen, &mut out),
        Some(Beside::Contact(of)) => contact(state, of, &mut out),
        Some(Beside::Entry(of)) => entry(of, seen, ctx, &mut out),
        Some(Beside::Op(of)) => op(state, of, &mut out),
        Some(Beside::Nothing) | None => {}
    }
    out.retain(|block| !block.lines.is_empty());
    out
}

/// Numbers with whose they are, those left out that the row shows; and for which units somebody answers.
fn numbers(dial: &Dial, of: Subject, seen: &dyn Fn(Word) -> bool, ctx: &Ctx) -> Vec<Told> {
    let in_row = |whose: Whose| match whose {
        Whose::Own => seen(words::PHONE),
        Whose::Liaison => seen(words::LIAISON) && seen(words::PHONE),
        Whose::Head => seen(words::HEAD),
        _ => false,
    };
    let mut out: Vec<Told> = dial
        .numbers
        .iter()
        .filter(|number| !in_row(number.role))
        .map(|number| Told::plain(number_shown(number, Some(of), ctx), Mood::Plain))
        .collect();
    if dial.numbers.is_empty() {
        out.push(Told::plain(words::NO_NUMBER.get(ctx.lang), Mood::Warn));
    }
    for (unit, as_what) in &dial.answers_for {
        let as_what = role(*as_what);
        let text = strip_say::answers_for(unit, as_what.zh, as_what.en);
        out.push(Told::plain(text.get(ctx.lang), Mood::Plain));
    }
    out
}

/// What is due of somebody, in the order of time; not the row that is selected itself.
fn debts(state: &State, of: Subject, but: Option<RowId>) -> Vec<Told> {
    /// How many are told of.
    const MOST: usize = 8;
    let ctx = &state.ctx();
    let mut rows: Vec<&DueLine> = state.tables.due.rows().iter().collect();
    rows.retain(|row| row.about().subject == Some(of) && Some(row.id()) != but);
    rows.sort_by_key(|row| row.at());
    if rows.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Told::head(say::open_items(rows.len()).get(ctx.lang))];
    for row in rows.iter().take(MOST) {
        let cells = ["at", "kind", "left", "words"].map(|name| row.cell(name, ctx));
        let mood = cells[2].mood;
        let parts = cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
        out.push(Told::plain(parts.collect::<Vec<_>>().join("  "), mood));
    }
    if rows.len() > MOST {
        out.push(Told::plain(say::more(rows.len() - MOST).get(ctx.lang), Mood::Dim));
    }
    out
}

fn calls(calls: &[CallRow], most: usize, head: &str, ctx: &Ctx) -> Vec<Told> {
    if calls.is_empty() {
        return vec![Told::plain(NO_CALLS.get(ctx.lang), Mood::Dim)];
    }
    let lines = calls.iter().take(most).flat_map(|call| call_lines(call, ctx)).map(Told::from);
    std::iter::once(Told::head(head)).chain(lines).collect()
}

fn person(
    state: &State,
    of: &PersonBeside,
    seen: &dyn Fn(Word) -> bool,
    (wide, high): (usize, usize),
    out: &mut Vec<Block>,
) {
    /// Lines of the picture where there are few, and how many there have to be for it.
    const CURVE: usize = 10;
    const CURVE_FROM: usize = 16;
    /// How many calls and notes are told of.
    const CALLS: usize = 3;
    const NOTES: usize = 2;
    let (ctx, d) = (&state.ctx(), &of.dossier);
    let lang = ctx.lang;
    let whose = Subject::Person(d.id);
    let mut who = Vec::new();
    if let Some((_, unit)) = d.unit.as_ref().filter(|_| !seen(words::UNIT)) {
        who.push(Told::named(words::UNIT.get(lang), unit.as_str().into()));
    }
    who.extend(numbers(&of.dial, whose, seen, ctx));
    if !d.address.is_empty() {
        who.push(Told::named(words::ADDRESS.get(lang), d.address.as_str().into()));
    }
    out.push(Block { lines: who, rank: 0, ..Block::default() });

    let mut case = Vec::new();
    for open in d.cases.iter().filter(|case| case.state != CaseState::Released) {
        let has_day = seen(words::DAY) || seen(words::DAY_SHORT);
        let day = if has_day { String::new() } else { day_of(open.observation, lang) };
        let state = if seen(words::STATUS) { "" } else { word(open.state).get(lang) };
        // What the row says of it is not said again.
        let mut facts = open.facts.clone();
        facts.categories.take_if(|_| seen(words::CATEGORIES));
        facts.measure.take_if(|_| seen(words::MEASURE));
        let facts = case_facts(&facts);
        let parts = [words::HAS_CASE.get(lang), &day, state, facts.get(lang)];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        case.push(Told::plain(parts.join(" "), Mood::Warn));
    }
    if !d.findings.is_empty() {
        let what = findings::all(&d.findings);
        case.push(Told::named(findings::FINDING.get(lang), Cell::new(what.get(lang), Mood::Bad)));
    }
    out.push(Block { lines: case, rank: 3, ..Block::default() });

    if let Some((temp, at, mood)) = last_point(d, ctx) {
        let mut lines = vec![Told { mood, ..Told::head(say::last_temp(temp, at).get(lang)) }];
        if high >= CURVE_FROM {
            lines.extend(curve_in(d, ctx, CURVE, wide).into_iter().map(Told::from));
        }
        out.push(Block { lines, picture: true, rank: 9 });
    }

    let most = if high >= CURVE_FROM { CALLS } else { 1 };
    let head = say::LAST_CALLS.get(lang);
    out.push(Block { lines: calls(&d.calls, most, head, ctx), rank: 1, ..Block::default() });
    out.push(Block { lines: debts(state, whose, state.selected()), rank: 2, ..Block::default() });
    let doubts = of
        .doubts
        .iter()
        .map(|doubt| Told::named(DOUBT.get(lang), Cell::new(ask::doubt(doubt).get(lang), Mood::Bad)));
    out.push(Block { lines: doubts.collect(), rank: 4, ..Block::default() });
    let notes = d.notes.iter().take(NOTES).map(|note| {
        Told::named(words::TAB_NOTES.get(lang), note_line(note, ctx.shows(d.id), ctx).text.as_str().into())
    });
    out.push(Block { lines: notes.collect(), rank: 5, ..Block::default() });
    let entries = d.entries.iter().take(NOTES).map(|entry| {
        let said = ["ledger", "at", "says", "state"].map(|name| entry.cell(name, ctx).text);
        let said: Vec<&str> = said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        Told::plain(said.join("  "), Mood::Plain)
    });
    out.push(Block { lines: entries.collect(), rank: 6, ..Block::default() });
}

fn unit(state: &State, of: &UnitBeside, seen: &dyn Fn(Word) -> bool, out: &mut Vec<Block>) {
    let (ctx, s) = (&state.ctx(), &of.sheet);
    let lang = ctx.lang;
    let whose = Subject::Unit(s.unit.id);
    let mut who = numbers(&of.dial, whose, seen, ctx);
    if !s.officer.is_empty() {
        who.push(Told::named(forms::UNIT_OFFICER.get(lang), s.officer.as_str().into()));
    }
    out.push(Block { lines: who, rank: 0, ..Block::default() });

    let mut reports = Vec::new();
    // One report that is owed stands in the row with how late it is.
    if of.dial.owed.len() > 1 || !seen(words::LATE_BY) {
        for debt in &of.dial.owed {
            let day = brief_day(debt.day, ctx.cal.date(ctx.now));
            let (round, late) = (round_shown(&debt.round), left(debt.due, ctx.now, lang));
            let parts = [day, round, late];
            let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            reports.push(Told::named(words::OWES.get(lang), Cell::new(said.join(" "), Mood::Bad)));
        }
    }
    let month = month_of(s, ctx);
    if !month.is_empty() {
        reports.push(Told::named(words::STRIP_30.get(lang), month.into()));
    }
    out.push(Block { lines: reports, rank: 4, ..Block::default() });

    let today = ctx.cal.date(ctx.now);
    let n = s.calls.iter().take_while(|call| ctx.cal.date(call.at) == today).count();
    let (head, most) = match n {
        0 => (say::LAST_CALLS.get(lang).to_owned(), 1),
        n => (say::calls_today(n).get(lang).to_owned(), n),
    };
    out.push(Block { lines: calls(&s.calls, most, &head, ctx), rank: 1, ..Block::default() });
    out.push(Block { lines: debts(state, whose, state.selected()), rank: 2, ..Block::default() });

    if !of.cases.is_empty() {
        let mut lines = vec![Told::head(say::cases(of.cases.len()).get(lang))];
        lines.extend(of.cases.iter().map(|case| {
            let state = case.cell("state", ctx);
            let said = [case.name.clone(), day_of(case.observation, lang), state.text];
            let said: Vec<&str> = said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            Told::plain(said.join("  "), state.mood)
        }));
        out.push(Block { lines, rank: 3, ..Block::default() });
    }
    let notes = s.notes.iter().take(2).map(|note| {
        Told::named(words::TAB_NOTES.get(lang), note_line(note, false, ctx).text.as_str().into())
    });
    out.push(Block { lines: notes.collect(), rank: 5, ..Block::default() });
}

fn contact(state: &State, of: &ContactSheet, out: &mut Vec<Block>) {
    let ctx = &state.ctx();
    let c = &of.contact;
    let whose = Subject::Contact(c.id);
    let who = [c.name.as_str(), &c.phone].into_iter().filter(|text| !text.is_empty());
    let who = who.map(|text| Told::plain(text, Mood::Plain)).collect();
    out.push(Block { lines: who, rank: 0, ..Block::default() });
    let head = say::LAST_CALLS.get(ctx.lang);
    out.push(Block { lines: calls(&of.calls, 3, head, ctx), rank: 1, ..Block::default() });
    out.push(Block { lines: debts(state, whose, state.selected()), rank: 2, ..Block::default() });
}

fn entry(of: &EntrySheet, seen: &dyn Fn(Word) -> bool, ctx: &Ctx, out: &mut Vec<Block>) {
    let facts = entry_facts(of, ctx).into_iter().filter(|(label, ..)| !seen(*label));
    let facts = facts.map(|(label, text, mood)| Told::named(label.get(ctx.lang), Cell::new(text, mood)));
    out.push(Block { lines: facts.collect(), rank: 0, ..Block::default() });
    let part = of.ledger.part(of.entry.row.parent.is_some());
    let mut done: Vec<Told> =
        of.history.iter().rev().flat_map(|did| did_lines(part, did, ctx)).map(Told::from).collect();
    if !done.is_empty() {
        done.insert(0, Told::head(say::DONE.get(ctx.lang)));
    }
    out.push(Block { lines: done, rank: 1, ..Block::default() });
}

fn op(state: &State, of: &OpBeside, out: &mut Vec<Block>) {
    let ctx = &state.ctx();
    let Some(row) = state.tables.log.current() else { return };
    let mut lines = Vec::new();
    lines.extend(
        of.before.iter().map(|was| Told::named(say::BEFORE.get(ctx.lang), Cell::from(was.get(ctx.lang)))),
    );
    lines.extend(of.edits.iter().map(|edit| Told::plain(edit.said.get(ctx.lang), Mood::Plain)));
    lines.extend(row.parts.iter().map(|part| {
        let said = part.said(row.happened_at, ctx.cal);
        Told::named(part.about(ctx.lang), Cell::from(said.get(ctx.lang)))
    }));
    if row.recorded_at.minutes_since(row.happened_at) > 0 {
        lines.push(Told::named(say::RECORDED.get(ctx.lang), when(row.recorded_at, ctx).into()));
    }
    if row.rows > 0 {
        lines.push(Told::named(say::ROWS.get(ctx.lang), row.rows.to_string().into()));
    }
    out.push(Block { lines, ..Block::default() });
}

impl State {
    /// Of what something is shown beside the list with the cursor; none where nothing is.
    fn beside_wanted(&self) -> Option<BesideAsk> {
        if self.lock.is_some() || !self.has_beside() {
            return None;
        }
        self.list()?.beside()
    }

    /// Asks for what is known of the selected row where it is shown, once for each row; of rows that are passed over
    /// nobody waits for the answer.
    pub(super) fn load_beside(&mut self, fx: &mut Vec<Effect>) {
        let wanted = self.beside_wanted();
        if wanted != self.beside.ask {
            self.beside.turn_to(wanted);
            self.forget(|query| matches!(query, Query::Beside(_)));
        }
        if std::mem::take(&mut self.beside.stale)
            && let Some(ask) = wanted
        {
            self.load(fx, Query::Beside(ask));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::{Desk, answer};
    use crate::app::{Msg, update};
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    /// What is asked of the selected row when the cursor moves on.
    fn down(desk: &mut Desk) -> Vec<(Query, u64)> {
        desk.state.seen();
        let key = KeyEvent::new(KeyCode::Down, KeyModifiers::NONE);
        let fx = update(&mut desk.state, Msg::Key(key));
        let asked = fx.into_iter().filter_map(|effect| match effect {
            Effect::Load { query: query @ Query::Beside(_), generation } => Some((query, generation)),
            _ => None,
        });
        asked.collect()
    }

    #[test]
    fn a_row_that_is_passed_over_is_not_waited_for() {
        let mut desk = Desk::new(Lang::Zh, 160, 40);
        desk.keys("3");
        assert!(desk.state.beside.seen(&desk.state.ctx()).is_some());
        let (first, last) = (down(&mut desk), down(&mut desk));
        let ([(passed, old)], [(wanted, new)]) = (first.as_slice(), last.as_slice()) else {
            panic!("{first:?} {last:?}")
        };
        assert!(passed != wanted && passed.is_same_place(wanted));
        // Nothing of another row stands beside this one, also when its answer comes late.
        for (query, generation, known) in [(passed, old, false), (wanted, new, true)] {
            assert!(desk.state.beside.seen(&desk.state.ctx()).is_none());
            desk.send(Msg::Loaded { generation: *generation, data: answer(query) });
            assert_eq!(desk.state.beside.seen(&desk.state.ctx()).is_some(), known);
        }
        // Nothing is asked where nothing is shown.
        let mut narrow = Desk::new(Lang::Zh, 120, 30);
        narrow.keys("2");
        assert!(down(&mut narrow).is_empty());
    }
}
