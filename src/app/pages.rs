//! The pages of a person and a unit as lines to read.

use super::lines::TextLine;
use crate::app::lines::Fact;
use crate::app::lines::call_lines;
use crate::app::lines::note_line;
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::rows::{day_of, number, when};
use crate::app::shown::state::{DossierPage, Layer, READINGS_TAB, State, UnitPage};
use crate::domain::mask::Private;
use crate::domain::report::{Round, degrees};
use crate::domain::rules::Rules;
use crate::domain::slot::MissedDays;
use crate::domain::time::brief_day;
use crate::i18n::events::case_facts;
use crate::i18n::rights;
use crate::i18n::screen as say;
use crate::i18n::slots;
use crate::i18n::terms::word;
use crate::paper::block::{Span, plain};
use crate::paper::lines::wrap;
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::{CaseDetail, Dossier, LegRow, ReadingRow, ReportRow, UnitSheet};
use chrono::NaiveDate;

/// The names of a dossier's parts, with how much is in each.
pub fn dossier_tabs(page: &DossierPage) -> Vec<(Word, usize)> {
    let count = |of: fn(&Dossier) -> usize| page.data.as_deref().map_or(0, of);
    vec![
        (say::TAB_CALLS, count(|d| d.calls.len())),
        (say::TAB_READINGS, count(|d| d.readings.len())),
        (say::TAB_CASES, count(|d| d.cases.len())),
        (say::TAB_LEGS, count(|d| d.legs.len())),
        (say::TAB_NOTES, count(|d| d.notes.len())),
    ]
}

/// The names of a unit page's parts, with how much is in each.
pub fn unit_tabs(page: &UnitPage) -> Vec<(Word, usize)> {
    let count = |of: fn(&UnitSheet) -> usize| page.sheet.as_deref().map_or(0, of);
    vec![
        (say::TAB_PEOPLE, crate::app::shown::table::List::len(&page.people)),
        (say::TAB_CALLS, count(|s| s.calls.len())),
        (say::TAB_REPORTS, count(|s| s.reports.len())),
        (say::TAB_NOTES, count(|s| s.notes.len())),
    ]
}

/// The lines of the part of a page that is shown; none where a table is shown instead.
pub fn part_lines(layer: &Layer, state: &State) -> Vec<TextLine> {
    let ctx = state.ctx();
    match layer {
        Layer::Dossier(page) => page.seen(&ctx).map_or_else(Vec::new, |d| dossier_part(d, page, &ctx)),
        Layer::Contact(page) => super::contacts::contact_part(page, &ctx),
        Layer::Unit(page) => page.sheet.as_deref().map_or_else(Vec::new, |s| unit_part(s, page.tab, &ctx)),
        _ => Vec::new(),
    }
}

fn dossier_part(d: &Dossier, page: &DossierPage, ctx: &Ctx) -> Vec<TextLine> {
    match page.tab {
        0 => d.calls.iter().flat_map(|call| call_lines(call, ctx)).collect(),
        READINGS_TAB => {
            let lines = d.readings.iter().enumerate();
            lines.map(|(at, reading)| reading_line(reading, at == page.scroll, ctx)).collect()
        }
        2 => d.cases.iter().flat_map(|case| case_lines(case, ctx)).collect(),
        3 => d.legs.iter().map(|leg| leg_line(leg, ctx.lang)).collect(),
        _ => d.notes.iter().map(|note| note_line(note, ctx.shows(d.id), ctx)).collect(),
    }
}

fn unit_part(s: &UnitSheet, tab: usize, ctx: &Ctx) -> Vec<TextLine> {
    match tab {
        1 => s.calls.iter().flat_map(|call| call_lines(call, ctx)).collect(),
        2 => s.reports.iter().map(|report| report_line(report, ctx)).collect(),
        3 => s.notes.iter().map(|note| note_line(note, false, ctx)).collect(),
        _ => Vec::new(),
    }
}

/// A round's code, unless it is that of the one round of a day, which says nothing.
fn round_shown(round: &Round) -> String {
    if *round == Round::default() { String::new() } else { round.to_string() }
}

/// A reading in one line; the one that Enter lists in full is marked.
fn reading_line(r: &ReadingRow, marked: bool, ctx: &Ctx) -> TextLine {
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
    let mood = match (fever, r.superseded) {
        (_, true) => Mood::Dim,
        (true, _) => Mood::Bad,
        _ => Mood::Plain,
    };
    parts.retain(|part| !part.is_empty());
    TextLine::new(parts.join("  "), mood)
}

fn case_lines(case: &CaseDetail, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let state = word(case.state).get(lang);
    let head = format!("{}  {}  {}", ctx.cal.ymd_hm(case.opened_at), state, day_of(case.observation, lang));
    let mut lines = vec![
        TextLine::new(head, crate::app::shown::rows::case_mood(case.state)),
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

fn report_line(report: &ReportRow, ctx: &Ctx) -> TextLine {
    let lang = ctx.lang;
    let came = report.received_at.map_or_else(String::new, |at| when(at, ctx));
    let form = report.form.map_or("", |form| word(form).get(lang));
    let which = format!("{} {}", brief_day(report.day, ctx.cal.date(ctx.now)), round_shown(&report.round));
    let mut text = format!("{}  {}  {came}  {form}", which.trim_end(), word(report.status).get(lang));
    if report.rows > 0 {
        text.push_str(say::rows_in(report.rows).get(lang));
    }
    if report.corrections > 0 {
        text.push_str(say::corrections(report.corrections).get(lang));
    }
    TextLine::new(text, crate::app::shown::rows::status_mood(report.status))
}

/// The facts of a person, in the order shown.
pub fn dossier_facts(d: &Dossier, ctx: &Ctx) -> Vec<Fact> {
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
    for promise in &d.promises {
        let text = format!(
            "{} {} {}",
            say::PROMISE.get(lang),
            when(promise.due, ctx),
            crate::app::shown::rows::left(promise.due, ctx.now, lang)
        );
        out.push(TextLine::new(text, if promise.due <= ctx.now { Mood::Bad } else { Mood::Warn }));
    }
    out
}

/// The same as lines of at most so many columns, each alert read whole: marked where it begins, the rest of it set in.
pub fn alert_lines(d: &Dossier, ctx: &Ctx, width: u16) -> Vec<TextLine> {
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

/// The facts of a unit, in the order shown.
///
/// `below` is how many people there are with those of the units below it, as the table of people counts.
pub fn unit_facts(s: &UnitSheet, below: usize, ctx: &Ctx) -> Vec<Fact> {
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
        (say::STATUS, status, crate::app::shown::rows::status_mood(s.status)),
        (say::OWES, owes(s).get(ctx.lang).to_owned(), Mood::Bad),
        (say::CODE, s.unit.code.clone(), Mood::Plain),
        (say::LIAISON, both(f.liaison.as_ref(), f.liaison_phone.as_ref()), Mood::Plain),
        (say::HEAD, both(f.head.as_ref(), f.head_phone.as_ref()), Mood::Plain),
        (say::PEOPLE, people, Mood::Plain),
        (say::CASES, s.cases.to_string(), Mood::Plain),
        (say::ABOVE, s.parent.clone(), Mood::Plain),
        (say::CAMPUS, text(f.campus.as_ref()), Mood::Plain),
        (crate::i18n::forms::UNIT_OFFICER, s.officer.clone(), Mood::Plain),
    ];
    for promise in &s.promises {
        let text = format!(
            "{} {}",
            when(promise.due, ctx),
            crate::app::shown::rows::left(promise.due, ctx.now, ctx.lang)
        );
        facts.push((say::PROMISE, text, if promise.due <= ctx.now { Mood::Bad } else { Mood::Warn }));
    }
    facts.retain(|(_, text, _)| !text.is_empty());
    facts
}

/// How many owed reports a page names.
const OWED_NAMED: usize = 3;

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
