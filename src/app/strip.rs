//! The strip above a form: whom it is about and by which number, what they are and owe, and the last call. A form covers
//! the row it was opened from; what is looked at while dialling stands in it.

use crate::app::forms::entry::basis;
use crate::app::shown::column::{Ctx, Mood, Shown};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::form::Form;
use crate::app::shown::lines::{TextLine, round_shown};
use crate::app::shown::rows::{day_of, left, when};
use crate::app::shown::state::{Layer, State};
use crate::app::shown::table::{Target, outcome_mood};
use crate::domain::case::Measure;
use crate::domain::ids::Subject;
use crate::domain::item::ItemKind;
use crate::domain::time::brief_day;
use crate::i18n::paper::role;
use crate::i18n::terms::word;
use crate::i18n::{find as words, items, screen as say, strip as strip_say};
use crate::say::Lang;
use crate::store::query::rows::{CallNumber, Debt, Dial, Mask, PromiseRow};

/// How many reports that are owed are named.
const DEBTS: usize = 2;
/// How many names are told of several.
const NAMES: usize = 12;

/// What stands above the fields of a form that is about somebody, in parts that stand beside each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strip {
    /// Name, number, what they are.
    pub who: Vec<TextLine>,
    /// What they owe, the most pressing first.
    pub owes: Vec<TextLine>,
    /// The last call: when, what came of it, what was said.
    pub last: Vec<TextLine>,
    /// The number to call, where there is room for nothing else.
    pub number: String,
    /// It is told in one line: it is about several, or there is nothing but what it is called.
    pub brief: bool,
}

/// The strip of a form; none for what is about nobody. Before it is known what there is to tell, whom it is about.
pub fn strip(form: &Form, ctx: &Ctx) -> Option<Strip> {
    if let Some(basis) = basis(form) {
        return entry::strip(basis, form, ctx);
    }
    let known = form.known.as_deref();
    let of = match form.whom.as_slice() {
        [] => return None,
        [one] if one.subject.is_none() && known.is_none() => return None,
        [one] => one,
        several => return Some(of_several(several, ctx.lang)),
    };
    let name = if of.name.is_empty() { say::UNKNOWN_CALLER.get(ctx.lang) } else { &of.name };
    let mut out = Strip { who: vec![TextLine::head(name)], ..Strip::default() };
    let Some(dial) = known else { return Some(out) };
    who(of, dial, ctx, &mut out);
    owes(dial, ctx, &mut out.owes);
    last(dial, ctx, &mut out.last);
    Some(out)
}

fn of_several(targets: &[Target], lang: Lang) -> Strip {
    let names = targets.iter().map(|target| target.name.as_str()).filter(|name| !name.is_empty());
    let names: Vec<&str> = names.take(NAMES).collect();
    let names = names.join(if lang == Lang::Zh { "、" } else { ", " });
    let head = strip_say::several(targets.len()).get(lang).to_owned();
    Strip { who: vec![TextLine::new(format!("{head}{names}"), Mood::Plain)], brief: true, ..Strip::default() }
}

/// The number to call stands behind the name; the others last, where they are cut off first.
fn who(of: &Target, dial: &Dial, ctx: &Ctx, out: &mut Strip) {
    let lang = ctx.lang;
    let mut numbers = dial.numbers.iter().map(|number| shown(number, of.subject, ctx));
    let first = numbers.next();
    match &first {
        Some(number) => out.number.clone_from(number),
        None => out.who.push(TextLine::new(say::NO_NUMBER.get(lang), Mood::Dim)),
    }
    out.who.extend(first.map(TextLine::head));
    for (unit, as_what) in &dial.answers_for {
        let as_what = role(*as_what);
        let text = strip_say::answers_for(unit, as_what.zh, as_what.en);
        out.who.push(TextLine::new(text.get(lang), Mood::Plain));
    }
    if !dial.unit.is_empty() {
        out.who.push(TextLine::new(dial.unit.as_str(), Mood::Plain));
    }
    out.who.extend(numbers.map(|number| TextLine::new(number, Mood::Plain)));
}

/// Whose a number is, who answers it, and the number: a private one masked unless it was asked for.
pub(super) fn shown(number: &CallNumber, subject: Option<Subject>, ctx: &Ctx) -> String {
    let is_shown = match (subject, number.call) {
        (_, Some(call)) => ctx.revealed == Some(Shown::Call(call)),
        (Some(Subject::Person(person)), None) => ctx.shows(person),
        _ => false,
    };
    let digits = number.shown(is_shown);
    let parts = [role(number.role).get(ctx.lang), &number.who, &digits];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn owes(dial: &Dial, ctx: &Ctx, out: &mut Vec<TextLine>) {
    let lang = ctx.lang;
    if !dial.owed.is_empty() {
        let report = |debt: &Debt| {
            let day = brief_day(debt.day, ctx.cal.date(ctx.now));
            let late = left(debt.due, ctx.now, lang);
            let parts = [day, round_shown(&debt.round), late];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let mut days: Vec<String> = dial.owed.iter().take(DEBTS).map(report).collect();
        if dial.owed.len() > DEBTS {
            days.push(strip_say::more(dial.owed.len() - DEBTS).get(lang).to_owned());
        }
        let days = days.join(if lang == Lang::Zh { "、" } else { ", " });
        out.push(TextLine::new(alert(words::unit_owes(days).get(lang), lang), Mood::Bad));
    }
    if let Some((at, n)) = dial.missed {
        let text = strip_say::missed(n, when(at, ctx));
        out.push(TextLine::new(alert(text.get(lang), lang), Mood::Bad));
    }
    if let Some(at) = dial.open {
        let parts =
            [items::title(ItemKind::Slot).get(lang), &when(at, ctx), &left(at, ctx.now, lang)].join(" ");
        out.push(TextLine::new(parts, Mood::Warn));
    }
    if let Some((promise, said)) = dial.promises.first() {
        let mut line = promised(promise, said, ctx);
        if dial.promises.len() > 1 {
            let more = strip_say::more(dial.promises.len() - 1);
            line.text = format!("{} ({})", line.text, more.get(lang));
        }
        out.push(line);
    }
    if dial.has_case {
        let (measure, days) = dial.case.unwrap_or((Measure::None, None));
        let measure = if dial.case.is_some() { word(measure).get(lang) } else { "" };
        let parts = [say::HAS_CASE.get(lang), &day_of(days, lang), measure];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        out.push(TextLine::new(parts.join(" "), Mood::Warn));
    }
    if out.is_empty() {
        out.push(TextLine::new(strip_say::NOTHING_OPEN.get(lang), Mood::Dim));
    }
}

fn alert(text: &str, lang: Lang) -> String {
    format!("{}{text}", say::ALERT.get(lang))
}

fn promised(promise: &PromiseRow, said: &str, ctx: &Ctx) -> TextLine {
    let lang = ctx.lang;
    let text = format!(
        "{} {} {} {}",
        say::PROMISE.get(lang),
        when(promise.due, ctx),
        left(promise.due, ctx.now, lang),
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    if promise.due <= ctx.now {
        TextLine::new(alert(text.trim_end(), lang), Mood::Bad)
    } else {
        TextLine::new(text.trim_end(), Mood::Warn)
    }
}

/// The promises that the strip has no room for, a line each.
pub fn further_promises(form: &Form, ctx: &Ctx) -> Vec<TextLine> {
    let known = form.known.iter().flat_map(|dial| dial.promises.iter().skip(1));
    known.map(|(promise, said)| promised(promise, said, ctx)).collect()
}

fn last(dial: &Dial, ctx: &Ctx, out: &mut Vec<TextLine>) {
    let lang = ctx.lang;
    let Some(call) = &dial.last else {
        out.push(TextLine::new(words::NO_CALLS.get(lang), Mood::Dim));
        return;
    };
    let call = call.seen(ctx.shows_call(call.id, call.subject));
    let head = [words::LAST_CALL.get(lang), &when(call.at, ctx), word(call.outcome).get(lang)].join(" ");
    out.push(TextLine::new(head, outcome_mood(call.outcome)));
    let said = call.words.split_whitespace().collect::<Vec<_>>().join(" ");
    if !said.is_empty() {
        out.push(TextLine::new(said, Mood::Plain));
    }
}

impl State {
    /// Puts a form on the screen that is about these, and asks what there is to know where it is one.
    pub(super) fn show_about(&mut self, fx: &mut Vec<Effect>, mut form: Form, whom: Vec<Target>) {
        form.whom = whom;
        let layers = self.layers.len();
        self.show(form);
        let Some(Layer::Form(form)) = self.layers.last().filter(|_| self.layers.len() > layers) else {
            return;
        };
        if let [Target { subject: Some(subject), .. }] = form.whom.as_slice() {
            let subject = Some(*subject);
            self.load(fx, Query::Dial { subject, call: None });
        }
    }
}

mod entry;
#[cfg(test)]
mod tests;
