//! The page of one unit: what is known and owed, its people, calls, reports and notes.

use crate::app::keymap::Context;
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::facts;
use crate::app::shown::lines::{
    Fact, TextLine, call_lines, entries_tab, newest_caller, note_line, round_shown,
};
use crate::app::shown::page::{Page, Part};
use crate::app::shown::query::{Data, Query};
use crate::app::shown::rows::people_query;
use crate::app::shown::rows::{left, status_mood, strip, when};
use crate::app::shown::table::{List, Table, Target};
use crate::domain::followup::Caller;
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::domain::mask::Private;
use crate::domain::report::{ReportKey, ReportStatus, Round};
use crate::domain::time::{add_days, brief_day};
use crate::i18n::doubts;
use crate::i18n::feedback;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::{DoubtRow, EntryOf, PersonRow, ReportOf, ReportRow, UnitSheet};
use chrono::NaiveDate;

/// The page of one unit.
#[derive(Debug, Clone)]
pub struct UnitPage {
    /// Which.
    pub id: UnitId,
    /// What is known; absent until it is loaded.
    pub sheet: Option<Box<UnitSheet>>,
    /// There is no such unit.
    pub missing: bool,
    /// Which part is shown; the first is its people.
    pub part: Part,
    /// Its people.
    pub people: Table<PersonRow>,
    /// What ledgers hold of it.
    pub entries: Table<EntryOf>,
}

/// Which part is its reports.
const REPORTS: usize = 2;
/// Which part is what ledgers hold, where they hold anything.
const ENTRIES: usize = 4;

impl UnitPage {
    /// The page before anything is known.
    pub(in crate::app) fn new(id: UnitId) -> Self {
        let (part, people, entries) = (Part::default(), Table::windowed(), Table::new());
        Self { id, sheet: None, missing: false, part, people, entries }
    }

    /// The selected one of its people, while they are shown.
    pub(in crate::app) fn person(&self) -> Option<PersonId> {
        self.people.current().map(|row| row.id).filter(|_| self.is_on_people())
    }

    /// The report that is to be opened: the marked one of its reports where these are shown, else its newest; nothing
    /// where what is marked did not come.
    pub(in crate::app) fn report(&self) -> Option<ReportOf> {
        if self.part.tab != REPORTS {
            return Some(ReportOf::Newest(self.id));
        }
        let row = self.sheet.as_deref()?.reports.get(self.part.scroll)?;
        row.received_at?;
        Some(ReportOf::Key(ReportKey { unit: self.id, day: row.day, round: row.round.clone() }))
    }

    /// Its people are shown.
    fn is_on_people(&self) -> bool {
        self.part.tab == 0
    }
}

impl Page for UnitPage {
    fn context(&self) -> Context {
        Context::Unit
    }

    fn title(&self, _: Lang) -> &str {
        self.sheet.as_deref().map_or("", |sheet| &sheet.unit.name)
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::UnitSheet(self.id), Query::People(people_query(&self.people, Some(self.id)))]
    }

    fn take(&mut self, data: &Data) {
        match data {
            Data::UnitSheet(found) => {
                self.missing = found.is_none();
                self.entries.set_rows(found.as_ref().map_or_else(Vec::new, |sheet| sheet.entries.clone()));
                self.sheet.clone_from(found);
            }
            Data::People(part) => {
                self.people.set_page(part.total as usize, part.offset as usize, part.rows.clone());
            }
            _ => {}
        }
    }

    fn list(&self) -> Option<&dyn List> {
        match self.part.tab {
            0 => Some(&self.people),
            ENTRIES => Some(&self.entries),
            _ => None,
        }
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        match self.part.tab {
            0 => Some(&mut self.people),
            ENTRIES => Some(&mut self.entries),
            _ => None,
        }
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Unit(self.id))
    }

    fn concerns(&self) -> Option<Target> {
        let marked = self.is_on_people() && !self.people.marks.is_empty();
        (!marked).then(|| Target::new(self.subject(), self.title(Lang::Zh)))
    }

    fn tabs(&self) -> Vec<(Word, usize)> {
        let count = |of: fn(&UnitSheet) -> usize| self.sheet.as_deref().map_or(0, of);
        let mut tabs = vec![
            (say::TAB_PEOPLE, self.people.len()),
            (say::TAB_CALLS, count(|s| s.calls.len())),
            (say::TAB_REPORTS, count(|s| s.reports.len())),
            (say::TAB_NOTES, count(|s| s.notes.len())),
        ];
        tabs.extend(entries_tab(count(|s| s.entries.len())));
        tabs
    }

    fn part(&self) -> Option<&Part> {
        Some(&self.part)
    }

    fn part_mut(&mut self) -> Option<&mut Part> {
        Some(&mut self.part)
    }

    fn lines(&self, ctx: &Ctx, _: usize) -> Vec<TextLine> {
        let Some(s) = self.sheet.as_deref() else { return Vec::new() };
        match self.part.tab {
            1 => s.calls.iter().flat_map(|call| call_lines(call, ctx)).collect(),
            REPORTS => {
                let lines = s.reports.iter().enumerate();
                lines.map(|(at, report)| report_line(report, at == self.part.scroll, ctx)).collect()
            }
            3 => s.notes.iter().map(|note| note_line(note, false, ctx)).collect(),
            _ => Vec::new(),
        }
    }

    fn facts(&self, ctx: &Ctx) -> Option<Vec<Fact>> {
        let below = if self.people.filter.is_empty() { self.people.len() } else { 0 };
        self.sheet.as_deref().map(|sheet| unit_facts(sheet, below, ctx))
    }

    fn missing(&self) -> Option<Word> {
        self.missing.then_some(say::NO_SUCH_UNIT_HERE)
    }

    /// A unit has few facts: the lines they do not need are its people's.
    fn head_lines(&self, _: u16, width: u16, ctx: &Ctx) -> Option<u16> {
        let sheet = self.sheet.as_deref();
        Some(sheet.map_or(4, |sheet| facts::lines(&unit_facts(sheet, 0, ctx), width, ctx.lang)))
    }

    fn private_phone(&self, person: PersonId) -> Option<Private> {
        self.people.rows().iter().find(|row| row.id == person).map(|row| row.phone.clone())
    }

    fn office_phone(&self) -> Option<String> {
        if self.is_on_people() && !self.people.is_empty() {
            return List::office_phone(&self.people);
        }
        self.sheet.as_ref().and_then(|sheet| sheet.unit.facts.liaison_phone.clone())
    }

    fn caller(&self) -> Option<Caller> {
        let sheet = self.sheet.as_deref().filter(|_| self.part.tab == 1)?;
        newest_caller(&sheet.calls)
    }
}

/// How many doubts a page names.
const DOUBTS_NAMED: usize = 4;

/// How many owed reports a page names.
const OWED_NAMED: usize = 3;

/// A report in one line; the one that Enter opens is marked.
fn report_line(report: &ReportRow, marked: bool, ctx: &Ctx) -> TextLine {
    let lang = ctx.lang;
    let came = report.received_at.map_or_else(String::new, |at| when(at, ctx));
    let form = report.form.map_or("", |form| word(form).get(lang));
    let which = format!("{} {}", brief_day(report.day, ctx.cal.date(ctx.now)), round_shown(&report.round));
    let mark = if marked { ">" } else { " " };
    let mut text = format!("{mark} {}  {}  {came}  {form}", which.trim_end(), word(report.status).get(lang));
    if report.rows > 0 {
        text.push_str(say::rows_in(report.rows).get(lang));
    }
    if report.corrections > 0 {
        text.push_str(say::corrections(report.corrections).get(lang));
    }
    TextLine::new(text, status_mood(report.status))
}

/// The facts of a unit, in the order shown.
///
/// `below` is how many people there are with those of the units below it, as the table of people counts.
fn unit_facts(s: &UnitSheet, below: usize, ctx: &Ctx) -> Vec<Fact> {
    let f = &s.unit.facts;
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let both = |a: Option<&String>, b: Option<&String>| format!("{} {}", text(a), text(b)).trim().to_owned();
    let status = word(s.status).get(ctx.lang).to_owned();
    let people = if below > s.people as usize {
        say::with_below(s.people, below).get(ctx.lang).to_owned()
    } else {
        s.people.to_string()
    };
    let mut facts = vec![
        (say::STATUS, status, status_mood(s.status)),
        (say::OWES, owes(s).get(ctx.lang).to_owned(), Mood::Bad),
        (say::STRIP_30, month_of(s, ctx), Mood::Plain),
        (say::CODE, s.unit.code.clone(), Mood::Plain),
        (say::LIAISON, both(f.liaison.as_ref(), f.liaison_phone.as_ref()), Mood::Plain),
        (say::HEAD, both(f.head.as_ref(), f.head_phone.as_ref()), Mood::Plain),
        (say::PEOPLE, people, Mood::Plain),
        (say::CASES, s.cases.to_string(), Mood::Plain),
        (say::ABOVE, s.parent.clone(), Mood::Plain),
        (say::CAMPUS, text(f.campus.as_ref()), Mood::Plain),
        (crate::i18n::forms::UNIT_OFFICER, s.officer.clone(), Mood::Plain),
    ];
    let (spoken, doubted): (Vec<&DoubtRow>, Vec<&DoubtRow>) = s.doubts.iter().partition(|row| {
        // Of the unit itself, and never in writing.
        row.doubt.person().is_none() && row.doubt.check.is_only_spoken_of()
    });
    if !doubted.is_empty() {
        let named = doubted.iter().take(DOUBTS_NAMED);
        let said = named.map(|row| format!("{} {}", row.name, word(row.doubt.check).get(ctx.lang)));
        let said: Vec<String> = said.collect();
        let said = said.join(if ctx.lang == Lang::Zh { "、" } else { ", " });
        let more = doubted.len().saturating_sub(DOUBTS_NAMED);
        let all = if more > 0 { doubts::and_more(&said, &said, more) } else { Say::same(&said) };
        facts.push((doubts::DOUBTS, all.get(ctx.lang).to_owned(), Mood::Warn));
    }
    for row in spoken {
        // The question says why: since when, which value, how many.
        let question = doubts::question(&row.doubt, ctx.cal.date(ctx.now));
        let (kind, whom) = (word(row.doubt.check), format!("{} {}", row.liaison, row.liaison_phone));
        let text = format!("{}  {}  {}", kind.get(ctx.lang), question.get(ctx.lang), whom.trim());
        facts.push((doubts::BY_PHONE, text, Mood::Warn));
    }
    if s.accuracy.readings > 0 {
        let figures = doubts::figures(&s.accuracy);
        facts.push((doubts::DOUBTS, figures.get(ctx.lang).to_owned(), Mood::Plain));
    }
    let lately = feedback::lately(&s.fared);
    facts.push((feedback::LATELY, lately.get(ctx.lang).to_owned(), Mood::Plain));
    for promise in &s.promises {
        let text = format!("{} {}", when(promise.due, ctx), left(promise.due, ctx.now, ctx.lang));
        facts.push((say::PROMISE, text, if promise.due <= ctx.now { Mood::Bad } else { Mood::Warn }));
    }
    facts.retain(|(_, text, _)| !text.is_empty());
    facts
}

/// How the unit's reports of the last month stood; nothing where there are none.
pub(in crate::app) fn month_of(s: &UnitSheet, ctx: &Ctx) -> String {
    const DAYS: i64 = 30;
    let today = ctx.cal.day(ctx.now);
    let of_day = |ago: i64| {
        let day = add_days(today, -ago);
        let all = s.reports.iter().filter(|report| report.day == day);
        ReportStatus::of_all(all.map(|report| report.status))
    };
    let days: Vec<Option<ReportStatus>> = (0..DAYS).rev().map(of_day).collect();
    if days.iter().all(Option::is_none) { String::new() } else { strip(&days).trim_start().to_owned() }
}

/// The reports that a unit owes, the oldest first.
fn owes(s: &UnitSheet) -> Say {
    let name = |(day, round): &(NaiveDate, Round)| format!("{} {}", day.format("%m-%d"), round_shown(round));
    let mut names: Vec<String> =
        s.owed.iter().take(OWED_NAMED).map(|owed| name(owed).trim_end().to_owned()).collect();
    if s.owed.len() <= OWED_NAMED {
        return Say { zh: names.join("、"), en: names.join(", ") };
    }
    names.push("…".to_owned());
    let (zh, en) = (names.join("、"), names.join(", "));
    Say { zh: say::owes_reports(zh, s.owed.len()).zh, en: say::owes_reports(en, s.owed.len()).en }
}
