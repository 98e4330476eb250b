//! The card beside the results: who it is, what to ask next, what is open, the last calls. Plain lines to draw.

use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::found::{FindHit, parts};
use crate::app::shown::lines::TextLine;
use crate::app::shown::lines::call_lines;
use crate::app::shown::rows::{day_of, left, number, when};
use crate::app::shown::sheet::{called, state_mood, value_shown};
use crate::app::shown::state::Find;
use crate::domain::ids::{PersonId, Subject};
use crate::domain::mask::{Private, closed, masked_but};
use crate::domain::phone::Whose;
use crate::domain::time::brief_day;
use crate::i18n::events::case_facts;
use crate::i18n::ledger::titled;
use crate::i18n::paper::role as role_word;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::i18n::{ask, find as words};
use crate::say::Lang;
use crate::search::found::{Field, Target};
use crate::store::query::rows::{CallCard, CaseDetail, FoundRow, Mask, Owner, PromiseRow};

/// Owners of one number that are named.
const OWNERS: usize = 4;

/// The card of what is selected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The number to show large, when it may be shown.
    pub number: String,
    /// What stands below it, the most urgent first.
    pub lines: Vec<TextLine>,
}

/// The card in the find box; what is not loaded yet is left out.
pub fn card(find: &Find, ctx: &Ctx) -> Card {
    let loaded = find.card();
    let mut out = Card { number: find.calling().unwrap_or_default(), lines: Vec::new() };
    if let Some(hit) = find.hit().filter(|hit| matches!(hit.found.target, Target::Call(_))) {
        call_words(hit, ctx, &mut out);
        if loaded.is_none() {
            return out;
        }
    }
    let empty = CallCard::default();
    let shown = &seen(find, loaded.unwrap_or(&empty), ctx);
    if find.is_empty() && !find.is_call_of_nobody() {
        return out;
    }
    duties(shown, &mut out.lines, ctx);
    if out.number.is_empty() && !find.is_hidden_call() {
        if let Some(hit) = find.hit() {
            whose(hit, find.in_list, ctx, &mut out);
        }
    } else {
        owners(find, shown, &mut out.lines, ctx);
    }
    let from = out.lines.len();
    if let Some(next) = &shown.ask {
        let text =
            format!("{} {}", words::ASK.get(ctx.lang), ask::question(next, ctx.cal, ctx.now).get(ctx.lang));
        out.lines.push(TextLine::head(text));
    }
    open(shown, find.hit(), ctx, &mut out.lines);
    if !parts(find.typed()).is_empty() {
        // With what was typed the ends of a number that is half hidden may be all that is missing.
        out.lines[from..].iter_mut().for_each(|line| line.text = closed(&line.text));
    }
    if loaded.is_some() {
        calls(shown, ctx, &mut out.lines);
    }
    out
}

/// What is shown of a card: numbers in its texts only while they are asked for; found by a part of a number, no more of
/// any number than was typed.
fn seen(find: &Find, card: &CallCard, ctx: &Ctx) -> CallCard {
    let whose = find.hit().and_then(FindHit::subject).and_then(Subject::person);
    if whose.is_some_and(|person| ctx.shows(person)) {
        return card.clone();
    }
    let mut out = card.masked();
    let typed = parts(find.typed());
    for (call, whole) in out.calls.iter_mut().zip(&card.calls) {
        if ctx.shows_call(whole.id, whole.subject) {
            call.clone_from(whole);
        } else if !typed.is_empty() {
            call.number = Private::new(whole.number.but(&typed));
            call.words = masked_but(&whole.words, &typed).into_owned();
            call.answered_by = masked_but(&whole.answered_by, &typed).into_owned();
        }
    }
    out
}

/// The units for which the caller answers, and what they owe: it is most likely what the call is about.
fn duties(card: &CallCard, lines: &mut Vec<TextLine>, ctx: &Ctx) {
    let lang = ctx.lang;
    let first = card.owners.first().map(|owner| owner.row.target);
    for duty in &card.duties {
        let head = [role_word(duty.role).get(lang), &duty.name, &duty.who];
        let head = head.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
        lines.push(TextLine::head(head));
        if !duty.owed.is_empty() {
            let days: Vec<String> =
                duty.owed.iter().map(|(day, _)| brief_day(*day, ctx.cal.date(ctx.now))).collect();
            let days = days.join(if lang == Lang::Zh { "、" } else { ", " });
            let text = words::unit_owes(days).get(lang).to_owned();
            lines.push(TextLine::new(format!("{} {text}", say::ALERT.get(lang)), Mood::Bad));
        }
        // Those of the unit that calls stand below among what is open.
        if first != Some(Target::Unit(duty.unit)) {
            lines.extend(duty.promises.iter().map(|(promise, said)| promise_line(promise, said, ctx)));
        }
    }
}

/// A past call: its words in full.
fn call_words(hit: &FindHit, ctx: &Ctx, out: &mut Card) {
    let row = &hit.row;
    let name = if row.name.is_empty() { say::UNKNOWN_CALLER.get(ctx.lang) } else { &row.name };
    let at = row.at.map_or_else(String::new, |at| when(at, ctx));
    out.lines.push(TextLine::head(words::call_of(name, at).get(ctx.lang)));
    let mut parts = Vec::new();
    if !row.unit.is_empty() {
        parts.push(say::answered(&row.unit).get(ctx.lang).to_owned());
    }
    let call = match hit.found.target {
        Target::Call(call) if ctx.shows_call(call, row.subject) => Some(call),
        _ => None,
    };
    match call {
        Some(_) => row.phone.reveal().clone_into(&mut out.number),
        None => parts.push(hit.masked(&row.phone, Field::Phone)),
    }
    parts.retain(|part| !part.is_empty());
    if !parts.is_empty() {
        out.lines.push(TextLine::new(parts.join("  "), Mood::Dim));
    }
    out.lines.extend(row.words.lines().map(|text| TextLine::new(text, Mood::Plain)));
}

/// Who is selected, found by anything but a number that calls.
fn whose(hit: &FindHit, in_list: bool, ctx: &Ctx, out: &mut Card) {
    let row = &hit.row;
    let lang = ctx.lang;
    match hit.found.target {
        Target::Person(id) => {
            out.lines.push(TextLine::head(named(row, lang)));
            let place: Vec<&str> =
                [row.unit.as_str(), &row.address].into_iter().filter(|text| !text.is_empty()).collect();
            out.lines.push(TextLine::new(place.join("  "), Mood::Plain));
            out.lines.push(TextLine::new(numbers(hit, id, in_list, ctx), Mood::Plain));
            if ctx.shows(id) {
                row.phone.reveal().clone_into(&mut out.number);
            }
        }
        Target::Unit(_) => {
            out.lines.push(TextLine::head(format!("{} {}", row.name, row.no)));
            let who = if row.unit.is_empty() { "--" } else { &row.unit };
            out.lines.push(TextLine::new(format!("{} {who}", words::LIAISON.get(lang)), Mood::Plain));
            out.number = hit.office_phone().unwrap_or_default();
        }
        Target::Contact(_) => {
            out.lines.push(TextLine::head(row.name.clone()));
            if !row.unit.is_empty() {
                out.lines.push(TextLine::new(row.unit.clone(), Mood::Plain));
            }
            out.number = hit.office_phone().unwrap_or_default();
        }
        Target::Entry(_) => entry(hit, ctx, &mut out.lines),
        Target::Call(_) => {}
    }
}

/// An entry of a ledger: where and when it stands, and all that stands in it.
fn entry(hit: &FindHit, ctx: &Ctx, lines: &mut Vec<TextLine>) {
    let Some(found) = hit.row.entry.as_deref() else { return };
    let (row, lang) = (&found.entry, ctx.lang);
    let at = when(row.row.at, ctx);
    lines.push(TextLine::head(format!("{}  {at}", hit.ledger_title().get(lang))));
    if let Some(above) = &found.above {
        lines.push(TextLine::new(called(&found.ledger, above).get(lang), Mood::Plain));
    }
    let Some(part) = found.ledger.part(row.row.parent.is_some()) else { return };
    for column in &part.columns {
        let value = value_shown(column, row, ctx);
        if !value.is_empty() {
            let title = titled(&column.field.title);
            lines.push(TextLine::new(format!("{} {value}", title.get(lang)), Mood::Plain));
        }
    }
    if !row.row.state.is_empty() {
        let state = titled(&part.state_title(&row.row.state));
        lines.push(TextLine::new(state.get(lang), state_mood(part, &row.row.state)));
    }
}

/// A person's numbers: own and family's, hidden unless asked for.
fn numbers(hit: &FindHit, id: PersonId, in_list: bool, ctx: &Ctx) -> String {
    let mut parts = Vec::new();
    let row = &hit.row;
    for (label, private, field) in [
        (say::OWN_PHONE, &row.phone, Field::Phone),
        (say::FAMILY_PHONE, &row.family_phone, Field::FamilyPhone),
    ] {
        if !private.is_empty() {
            let shown = if ctx.shows(id) { number(private, id, ctx) } else { hit.masked(private, field) };
            parts.push(format!("{} {shown}", label.get(ctx.lang)));
        }
    }
    if !ctx.shows(id) && !parts.is_empty() {
        // While something is typed `v` is a letter.
        let how = if in_list { words::V_SHOWS } else { words::TAB_V_SHOWS };
        parts.push(how.get(ctx.lang).to_owned());
    }
    parts.join("  ")
}

fn named(row: &FoundRow, lang: Lang) -> String {
    let kind = row.kind.map_or("", |kind| word(kind).get(lang));
    [row.name.as_str(), &row.no, kind]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

/// Whose the number is.
fn owners(find: &Find, card: &CallCard, lines: &mut Vec<TextLine>, ctx: &Ctx) {
    let lang = ctx.lang;
    if find.settled && find.found.hits.iter().all(|hit| !hit.has_number()) {
        lines.push(TextLine::new(words::UNKNOWN_NUMBER.get(lang), Mood::Warn));
        return;
    }
    // What is in the results already need not wait for the rows.
    let typed = find.calling().unwrap_or_default();
    let seen: Vec<Owner>;
    let all: &[Owner] = if card.owners.is_empty() {
        let selected = find.hit().filter(|hit| hit.has_number()).into_iter();
        seen = selected.map(|hit| Owner { role: hit.role(&typed), row: hit.row.clone() }).collect();
        &seen
    } else {
        &card.owners
    };
    if all.len() > 1 {
        lines.push(TextLine::new(words::shared(all.len()).get(lang), Mood::Warn));
    }
    // A unit for which the caller answers stands above already.
    let above = |owner: &&Owner| card.duties.iter().all(|duty| owner.row.target != Target::Unit(duty.unit));
    let named = all.iter().take(OWNERS).filter(above);
    lines.extend(named.map(|owner| TextLine::head(owner_line(owner, lang))));
    if all.len() > OWNERS {
        lines.push(TextLine::new(words::more_owners(all.len() - OWNERS).get(lang), Mood::Dim));
    }
}

fn owner_line(owner: &Owner, lang: Lang) -> String {
    let row = &owner.row;
    let role = role_word(owner.role).get(lang);
    let parts = match owner.role {
        Whose::Own | Whose::Family | Whose::Contact | Whose::Caller => {
            vec![role, &row.name, &row.no, &row.unit]
        }
        Whose::Head | Whose::Liaison => vec![role, &row.unit, &row.name],
        Whose::Outside => vec![role, &row.name, &row.unit],
    };
    parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("  ")
}

/// What is open: the case, promises, contradictions.
fn open(card: &CallCard, hit: Option<&FindHit>, ctx: &Ctx, lines: &mut Vec<TextLine>) {
    let lang = ctx.lang;
    let alert = |text: String| format!("{} {text}", say::ALERT.get(lang));
    match &card.case {
        Some(case) => lines.push(TextLine::new(alert(case_line(case, lang)), Mood::Warn)),
        None => {
            // The row of the hit knows of the case before the card is there.
            if let Some((measure, observation)) = hit.and_then(|hit| hit.row.case) {
                let text = format!(
                    "{} {} {}",
                    say::HAS_CASE.get(lang),
                    word(measure).get(lang),
                    day_of(observation, lang)
                );
                lines.push(TextLine::new(alert(text.trim_end().to_owned()), Mood::Warn));
            }
        }
    }
    for (promise, said) in &card.promises {
        lines.push(promise_line(promise, said, ctx));
    }
    for doubt in &card.doubts {
        let text = format!("{}  {}", words::DOUBT.get(lang), ask::doubt(doubt).get(lang));
        lines.push(TextLine::new(alert(text), Mood::Bad));
    }
}

fn case_line(case: &CaseDetail, lang: Lang) -> String {
    let parts = [
        say::HAS_CASE.get(lang).to_owned(),
        day_of(case.observation, lang),
        word(case.state).get(lang).to_owned(),
        case_facts(&case.facts).get(lang).to_owned(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn promise_line(promise: &PromiseRow, said: &str, ctx: &Ctx) -> TextLine {
    let text = format!(
        "{} {} {} {} {said}",
        say::ALERT.get(ctx.lang),
        say::PROMISE.get(ctx.lang),
        when(promise.due, ctx),
        left(promise.due, ctx.now, ctx.lang)
    );
    TextLine::new(text.trim_end(), if promise.due <= ctx.now { Mood::Bad } else { Mood::Warn })
}

/// The last calls, with this number or with whom is selected.
fn calls(card: &CallCard, ctx: &Ctx, lines: &mut Vec<TextLine>) {
    if card.calls.is_empty() {
        lines.push(TextLine::new(words::NO_CALLS.get(ctx.lang), Mood::Dim));
    }
    for call in &card.calls {
        let mut told = call_lines(call, ctx);
        if let Some(first) = told.first_mut() {
            // Who wrote it down is of no use while somebody is on the line.
            let officer = format!("  [{}]", call.officer);
            let text = first.text.strip_suffix(&officer).unwrap_or(&first.text);
            first.text = format!("{} {text}", words::LAST_CALL.get(ctx.lang));
        }
        lines.extend(told);
    }
}
