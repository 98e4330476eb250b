//! The page of one person (档案): what is open about them, what is known, calls, readings, cases, legs, notes.

use crate::app::keymap::Context;
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::curve::curve;
use crate::app::shown::facts;
use crate::app::shown::lines::{Fact, TextLine, call_lines, entries_tab, note_line, round_shown};
use crate::app::shown::page::{Page, Part};
use crate::app::shown::query::{Data, Query};
use crate::app::shown::rows::{case_mood, day_of, left, number, when};
use crate::app::shown::table::{List, Table};
use crate::domain::ids::{PersonId, Subject};
use crate::domain::mask::Private;
use crate::domain::report::degrees;
use crate::domain::rules::Rules;
use crate::domain::slot::MissedDays;
use crate::domain::time::brief_day;
use crate::i18n::doubts::{self, DoubtEnded};
use crate::i18n::events::case_facts;
use crate::i18n::rights;
use crate::i18n::screen as say;
use crate::i18n::slots;
use crate::i18n::terms::word;
use crate::paper::block::{Span, plain};
use crate::paper::lines::wrap;
use crate::say::{Lang, Word};
use crate::store::query::rows::{CaseDetail, Dossier, DoubtEnd, EntryOf, LegRow, Mask, ReadingRow};

/// The page of one person.
#[derive(Debug, Clone)]
pub struct DossierPage {
    /// Whose.
    pub id: PersonId,
    /// What is known; absent until it is loaded. To be shown it is asked for by [`Self::seen`].
    pub data: Option<Box<Dossier>>,
    /// The same with the numbers in its texts hidden.
    pub(in crate::app) masked: Option<Box<Dossier>>,
    /// There is no such person.
    pub missing: bool,
    /// Which part is shown below the facts.
    pub part: Part,
    /// What ledgers hold of them.
    pub entries: Table<EntryOf>,
}

/// Which part is the readings.
const READINGS: usize = 1;
/// Which part is what ledgers hold, where they hold anything.
const ENTRIES: usize = 5;

impl DossierPage {
    /// The page before anything is known.
    pub(in crate::app) fn new(id: PersonId) -> Self {
        let (part, entries) = (Part::default(), Table::new());
        Self { id, data: None, masked: None, missing: false, part, entries }
    }

    /// What is shown of it: the numbers in its texts too only while the person's numbers are shown.
    pub fn seen(&self, ctx: &Ctx) -> Option<&Dossier> {
        if ctx.shows(self.id) { self.data.as_deref() } else { self.masked.as_deref() }
    }

    /// The reading that Enter lists in full: the marked line of the readings, when they are what is shown.
    pub fn reading(&self, ctx: &Ctx) -> Option<&ReadingRow> {
        self.seen(ctx).filter(|_| self.part.tab == READINGS)?.readings.get(self.part.scroll)
    }

    /// What ledgers hold is shown.
    fn is_on_entries(&self) -> bool {
        self.part.tab == ENTRIES && self.data.as_deref().is_some_and(|data| !data.entries.is_empty())
    }
}

impl Page for DossierPage {
    fn context(&self) -> Context {
        Context::Dossier
    }

    fn title(&self, _: Lang) -> &str {
        self.data.as_deref().map_or("", |data| &data.name)
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Dossier(self.id)]
    }

    fn take(&mut self, data: &Data) {
        if let Data::Dossier(found) = data {
            self.missing = found.is_none();
            self.masked = found.as_ref().map(|data| Box::new(data.masked()));
            self.entries.set_rows(found.as_ref().map_or_else(Vec::new, |data| data.entries.clone()));
            self.data.clone_from(found);
        }
    }

    fn list(&self) -> Option<&dyn List> {
        self.is_on_entries().then_some(&self.entries as &dyn List)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        self.is_on_entries().then_some(&mut self.entries as &mut dyn List)
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Person(self.id))
    }

    fn tabs(&self) -> Vec<(Word, usize)> {
        let count = |of: fn(&Dossier) -> usize| self.data.as_deref().map_or(0, of);
        let mut tabs = vec![
            (say::TAB_CALLS, count(|d| d.calls.len())),
            (say::TAB_READINGS, count(|d| d.readings.len())),
            (say::TAB_CASES, count(|d| d.cases.len())),
            (say::TAB_LEGS, count(|d| d.legs.len())),
            (say::TAB_NOTES, count(|d| d.notes.len() + d.doubts_ended.len())),
        ];
        tabs.extend(entries_tab(count(|d| d.entries.len())));
        tabs.push((say::TAB_CURVE, count(|d| d.readings.iter().filter(|r| !r.superseded).count())));
        tabs
    }

    fn part(&self) -> Option<&Part> {
        Some(&self.part)
    }

    fn part_mut(&mut self) -> Option<&mut Part> {
        Some(&mut self.part)
    }

    fn lines(&self, ctx: &Ctx, high: usize) -> Vec<TextLine> {
        let Some(d) = self.seen(ctx) else { return Vec::new() };
        match self.part.tab {
            at if at + 1 == self.tabs().len() => curve(d, ctx, high),
            0 => d.calls.iter().flat_map(|call| call_lines(call, ctx)).collect(),
            READINGS => {
                let lines = d.readings.iter().enumerate();
                lines.map(|(at, reading)| reading_line(d, reading, at == self.part.scroll, ctx)).collect()
            }
            2 => d.cases.iter().flat_map(|case| case_lines(case, ctx)).collect(),
            3 => d.legs.iter().map(|leg| leg_line(leg, ctx.lang)).collect(),
            ENTRIES => Vec::new(),
            _ => {
                let notes = d.notes.iter().map(|note| note_line(note, ctx.shows(d.id), ctx));
                notes.chain(d.doubts_ended.iter().map(|ended| ended_line(ended, ctx))).collect()
            }
        }
    }

    fn facts(&self, ctx: &Ctx) -> Option<Vec<Fact>> {
        self.seen(ctx).map(|data| dossier_facts(data, ctx))
    }

    fn missing(&self) -> Option<Word> {
        self.missing.then_some(say::NO_SUCH_PERSON)
    }

    fn alerts(&self, ctx: &Ctx, width: u16) -> Vec<TextLine> {
        self.seen(ctx).map_or_else(Vec::new, |data| alert_lines(data, ctx, width))
    }

    /// As many lines as usual, whether they are needed or not: its parts do not move.
    fn head_lines(&self, usual: u16, width: u16, ctx: &Ctx) -> Option<u16> {
        let facts = self.facts(ctx).map_or(0, |all| facts::lines(&all, width, ctx.lang));
        Some((self.alerts(ctx, width).len() as u16 + facts).max(usual))
    }

    fn private_phone(&self, person: PersonId) -> Option<Private> {
        self.data.as_ref().filter(|_| self.id == person).map(|data| data.phone.clone())
    }
}

/// A reading in one line; the one that Enter lists in full is marked.
fn reading_line(d: &Dossier, r: &ReadingRow, marked: bool, ctx: &Ctx) -> TextLine {
    let lang = ctx.lang;
    let temp = |t: Option<i16>| t.map_or_else(|| "--".to_owned(), degrees);
    let fever =
        [r.temp_am, r.temp_pm].into_iter().flatten().any(|t| Rules::builtin().is_fever(t, r.site, r.day));
    let mut parts = vec![
        format!("{} {}", if marked { ">" } else { " " }, brief_day(r.day, ctx.cal.date(ctx.now))),
        round_shown(&r.round),
        format!("{} / {}", temp(r.temp_am), temp(r.temp_pm)),
    ];
    if let Some(site) = r.site {
        parts.push(word(site).get(lang).to_owned());
    }
    if !r.place.is_empty() {
        parts.push(r.place.clone());
    }
    if r.in_hubei == Some(true) {
        parts.push(say::IN_HUBEI.get(lang).to_owned());
    }
    if r.left_city == Some(true) {
        parts.push(say::LEFT_CITY.get(lang).to_owned());
    }
    if fever {
        parts.push(say::FEVER.get(lang).to_owned());
    }
    if r.superseded {
        parts.push(say::SUPERSEDED.get(lang).to_owned());
    }
    for correction in d.corrections_of(r) {
        let say = doubts::correction(&correction.field, &correction.old, &correction.new);
        parts.push(format!("{} {}", doubts::CORRECT.get(lang), say.get(lang)));
    }
    let mood = match (fever, r.superseded) {
        (_, true) => Mood::Dim,
        (true, _) => Mood::Bad,
        _ => Mood::Plain,
    };
    parts.retain(|part| !part.is_empty());
    TextLine::new(parts.join("  "), mood)
}

/// What became of a doubt.
fn ended_line(ended: &DoubtEnd, ctx: &Ctx) -> TextLine {
    let (how, told_by, words) = match &ended.how {
        Some(answer) => (Some(answer.how), answer.told_by.as_str(), answer.words.as_str()),
        None => (None, "", ""),
    };
    let said = doubts::end(&DoubtEnded { doubt: &ended.doubt, how, by: ended.by, told_by, words });
    TextLine::new(format!("{}  {}", when(ended.at, ctx), said.get(ctx.lang)), Mood::Plain)
}

fn case_lines(case: &CaseDetail, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let state = word(case.state).get(lang);
    let head = format!("{}  {}  {}", ctx.cal.ymd_hm(case.opened_at), state, day_of(case.observation, lang));
    let mut lines = vec![
        TextLine::new(head, case_mood(case.state)),
        TextLine::new(format!("    {}", case_facts(&case.facts).get(lang)), Mood::Plain),
    ];
    if let Some(o) = case.observation {
        let zero = case.facts.day_zero().map_or_else(String::new, |day| day.to_string());
        let rule = say::count_rule(zero, o.total, o.last_day);
        lines.push(TextLine::new(format!("    {}", rule.get(lang)), Mood::Dim));
    }
    if let Some((at, officer, reason)) = &case.released {
        let reason = crate::i18n::cases::reason(&case.despite, reason);
        let text = say::released_by(ctx.cal.brief(*at, ctx.now), officer, reason.get(lang));
        lines.push(TextLine::new(format!("    {}", text.get(lang)), Mood::Dim));
    }
    if !case.missed.is_empty() {
        let all: usize = case.missed.iter().map(MissedDays::count).sum();
        lines.push(TextLine::new(format!("    {}", slots::in_all(all).get(lang)), Mood::Warn));
        let runs = case.missed.iter().map(|run| slots::run(run, &case.facts));
        lines.extend(runs.map(|run| TextLine::new(format!("      {}", run.get(lang)), Mood::Plain)));
    }
    lines
}

fn leg_line(leg: &LegRow, lang: Lang) -> TextLine {
    let text = format!(
        "{} {} {}  {} {} {}  {} {}  {}",
        leg.left,
        if lang == Lang::Zh { "去" } else { "to" },
        leg.destination,
        leg.transport,
        leg.number,
        leg.seat,
        say::RETURNED.get(lang),
        if leg.returned.is_empty() { "--" } else { &leg.returned },
        if leg.via_hubei == "1" { say::VIA_HUBEI.get(lang) } else { "" },
    );
    TextLine::new(text.trim_end(), Mood::Plain)
}

/// The facts of a person, in the order shown.
fn dossier_facts(d: &Dossier, ctx: &Ctx) -> Vec<Fact> {
    let private = |n: &Private| number(n, d.id, ctx);
    let plain = |label: Word, text: &str| (label, text.to_owned(), Mood::Plain);
    let looks = if d.looks > 0 { rights::times(d.looks).get(ctx.lang).to_owned() } else { String::new() };
    let mut facts = vec![
        plain(say::NO, &d.no),
        plain(say::UNIT, d.unit.as_ref().map_or("", |(_, name)| name)),
        plain(say::OWN_PHONE, &private(&d.phone)),
        plain(say::FAMILY_PHONE, &private(&d.family_phone)),
        plain(say::PERSON_KIND, d.kind.map_or("", |kind| word(kind).get(ctx.lang))),
        plain(say::SEX, &d.sex),
        plain(say::ID_NUMBER, &private(&d.id_number)),
        plain(say::CAMPUS, &d.campus),
        plain(say::ORIGIN, &d.origin),
        plain(say::CONTACT_PERSON, &d.contact),
        plain(say::ADDRESS, &d.address),
        plain(rights::LOOKS, &looks),
    ];
    facts.retain(|(_, text, _)| !text.is_empty());
    facts
}

/// What is open about a person, to be seen before anything else: the case, promises.
pub fn dossier_alerts(d: &Dossier, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let mut out: Vec<TextLine> = d
        .cases
        .iter()
        .filter(|case| case.state != crate::domain::case::CaseState::Released)
        .map(|case| {
            let text = format!(
                "{} {} {}  {}",
                say::HAS_CASE.get(lang),
                day_of(case.observation, lang),
                word(case.state).get(lang),
                case_facts(&case.facts).get(lang)
            );
            TextLine::new(text, Mood::Warn)
        })
        .collect();
    if !d.findings.is_empty() {
        let what = crate::i18n::findings::all(&d.findings);
        let head = crate::i18n::findings::FINDING.get(lang);
        out.push(TextLine::new(format!("{head}  {}", what.get(lang)), Mood::Bad));
    }
    for (at, doubt) in d.doubts.iter().enumerate() {
        let line = format!("{}  {}", doubts::DOUBTS.get(lang), doubts::line(doubt).get(lang));
        out.push(TextLine::new(line, Mood::Bad));
        // What is asked first; the others are asked when that is answered.
        if at == 0 {
            let question = doubts::question(doubt, ctx.cal.date(ctx.now));
            out.push(TextLine::new(format!("{}  {}", doubts::ASK.get(lang), question.get(lang)), Mood::Warn));
        }
    }
    for promise in &d.promises {
        let text = format!(
            "{} {} {}",
            say::PROMISE.get(lang),
            when(promise.due, ctx),
            left(promise.due, ctx.now, lang)
        );
        out.push(TextLine::new(text, if promise.due <= ctx.now { Mood::Bad } else { Mood::Warn }));
    }
    out
}

/// The same as lines of at most so many columns, each alert read whole: marked where it begins, the rest of it set in.
fn alert_lines(d: &Dossier, ctx: &Ctx, width: u16) -> Vec<TextLine> {
    let mark = format!("{} ", say::ALERT.get(ctx.lang));
    // A closing mark may stand out by its own width.
    let room = usize::from(width).saturating_sub(mark.len() + 2);
    let mut out = Vec::new();
    for alert in dossier_alerts(d, ctx) {
        for (row, line) in wrap(&[Span::plain(alert.text.as_str())], room).iter().enumerate() {
            let before = if row == 0 { mark.clone() } else { " ".repeat(mark.len()) };
            out.push(TextLine::new(format!("{before}{}", plain(line).trim_end()), alert.mood));
        }
    }
    out
}
