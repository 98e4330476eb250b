//! The form of a follow-up: whom to call and by which number, what was said, how warm, and what became of what was
//! promised before. A fever, or 异常, of somebody without a case asks at once for one, or for the reason why not.

use super::find::Heard;
use super::keymap::Context;
use super::when::coming;
use super::wrong::{Wrong, channel, wrong};
use crate::app::shown::column::{Ctx, Mood, Shown};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::field::{choices, titled};
use crate::app::shown::form::ENDS;
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::lines::TextLine;
use crate::app::shown::msg::Tone;
use crate::app::shown::rows::{left, when};
use crate::app::shown::state::{Layer, State};
use crate::app::shown::table::Target;
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome, PromiseEnd};
use crate::domain::form::value::temperature;
use crate::domain::ids::{FollowUpId, PromiseId, Subject};
use crate::domain::phone::Whose;
use crate::domain::report::Site;
use crate::domain::rules::Rules;
use crate::i18n::paper::role;
use crate::i18n::screen as say;
use crate::i18n::store as store_say;
use crate::i18n::terms::word;
use crate::say::Say;
use crate::store::act::Act;
use crate::store::query::rows::Dial;
use chrono::NaiveDate;

/// The promise stays open beside a new one.
const LEFT: &str = "left";

/// The form of a follow-up. The cursor stands on the outcome, which is the commonest one: `f` and Enter log a
/// call that was not answered.
///
/// What was heard before stands in it already: a number that calls makes it a call that came in.
pub(super) fn follow_up(targets: &[Target], heard: &Heard) -> Form {
    let outcomes: Vec<Outcome> =
        Outcome::ALL.iter().copied().filter(|o| *o != Outcome::NotAttempted).collect();
    let unknown = targets.iter().all(|t| t.subject.is_none());
    let incoming = heard.caller.is_none() && (unknown || !heard.number.is_empty());
    let (outcome, channel) =
        if incoming { (Outcome::Informed, Channel::Incoming) } else { (Outcome::NotReached, Channel::Phone) };
    let at = |o: Outcome| outcomes.iter().position(|x| *x == o).unwrap_or(0);
    let via = Channel::ALL.iter().position(|c| *c == channel).unwrap_or(0);
    let mut fields = vec![
        Field::choice("outcome", say::OUTCOME, choices(&outcomes, Outcome::code), at(outcome)),
        Field::choice("channel", say::CHANNEL, choices(Channel::ALL, Channel::code), via),
        Field::line("answered_by", say::ANSWERED_BY, ""),
        Field::words("words", say::SAID),
        Field::line("promise", say::PROMISE, "").hint(say::TIME_HINT),
        Field::line("next", say::NEXT_CONTACT, "").hint(say::TIME_HINT),
        Field::line("at", say::HAPPENED_WHEN, "").hint(say::AT_HINT),
    ];
    if let Some(caller) = &heard.caller {
        let number = Field::line("number", say::NUMBER, "").present(caller.number.masked());
        fields.insert(2, number.hint(say::SAME_NUMBER));
    } else if incoming {
        fields.insert(2, Field::line("number", say::NUMBER, &heard.number));
    }
    if takes_temperature(targets) {
        let mut sites = vec![Choice::new("", say::SITE_UNSAID)];
        sites.extend(choices(Site::ALL, Site::code));
        let temp = Field::line("temp", say::TEMPERATURE, "").hint(say::TEMP_HINT);
        fields.splice(1..1, [temp, Field::choice("site", say::SITE, sites, 0)]);
    }
    for field in fields.iter_mut().filter(|field| field.is_words()) {
        field.set(&heard.words);
    }
    let title = titled(say::FOLLOW_UP, &State::named(targets));
    let mut form = Form::new(FormKind::FollowUp(targets.iter().map(|t| t.subject).collect()), title, fields);
    if let Some(caller) = &heard.caller {
        form.draft = Some(format!("followup/call/{}", caller.call));
        form.title = titled(say::CALL_BACK, &Say::same(&caller.number));
        form.caller = Some(caller.clone());
    } else if *heard != Heard::default() {
        // A draft of another caller's words must not come back under this number.
        let digest = blake3::hash(format!("{}\n{}", heard.number, heard.words).as_bytes()).to_hex();
        form.draft = form.draft.map(|key| format!("{key}/{}", &digest[..16]));
    }
    form
}

/// One person has one temperature; so has a caller nobody knows yet.
fn takes_temperature(targets: &[Target]) -> bool {
    matches!(targets, [Target { subject: None | Some(Subject::Person(_)), .. }])
}

/// What stands above the fields: what to dial and whose it is, the unit, what is open.
pub fn dial_lines(form: &Form, ctx: &Ctx) -> Vec<TextLine> {
    let (Some(dial), FormKind::FollowUp(subjects)) = (&form.dial, &form.kind) else { return Vec::new() };
    let lang = ctx.lang;
    let subject = subjects.first().copied().flatten();
    let mut out = Vec::new();
    if !dial.unit.is_empty() {
        out.push(TextLine::new(format!("{} {}", say::UNIT.get(lang), dial.unit), Mood::Dim));
    }
    let numbers: Vec<String> = dial
        .numbers
        .iter()
        .map(|number| {
            let is_shown = match (subject, number.call) {
                (_, Some(call)) => ctx.revealed == Some(Shown::Call(call)),
                (Some(Subject::Person(person)), None) => ctx.shows(person),
                _ => false,
            };
            let shown = number.shown(is_shown);
            let parts = [role(number.role).get(lang), &number.who, &shown];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let text = if numbers.is_empty() { say::NO_NUMBER.get(lang).to_owned() } else { numbers.join("  ") };
    out.push(TextLine::new(format!("{} {text}", say::PHONE.get(lang)), Mood::Plain));
    for (promise, said) in &dial.promises {
        let text = format!(
            "{} {} {} {}",
            say::PROMISE.get(lang),
            when(promise.due, ctx),
            left(promise.due, ctx.now, lang),
            said.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        let mood = if promise.due <= ctx.now { Mood::Bad } else { Mood::Warn };
        out.push(TextLine::new(text.trim_end(), mood));
    }
    if dial.has_case {
        out.push(TextLine::new(say::HAS_CASE.get(lang), Mood::Warn));
    }
    out
}

impl State {
    /// Opens the form of a follow-up with whatever is selected.
    pub(super) fn form_follow_up(&mut self, fx: &mut Vec<Effect>) {
        let mut targets = self.targets();
        let is_entry = matches!(self.page_context(), Context::Ledger | Context::Entry);
        if is_entry && self.find_box().is_none() && targets.iter().all(|target| target.subject.is_none()) {
            self.tell(Tone::Info, crate::i18n::ledger_desk::NOBODY);
            return;
        }
        let mut heard = self.heard();
        if targets.is_empty() {
            self.tell(Tone::Warn, say::NOTHING_SELECTED);
            return;
        }
        // Two slots of one person are one call.
        let mut seen: Vec<Option<Subject>> = Vec::new();
        targets.retain(|target| {
            let new = target.subject.is_none() || !seen.contains(&target.subject);
            seen.push(target.subject);
            new
        });
        if targets.iter().all(|target| target.subject.is_none()) {
            if self.find_box().is_none() || heard.number.is_empty() {
                heard.caller = self.caller();
            }
            targets.truncate(1);
        } else if targets.iter().any(|target| target.subject.is_none()) {
            self.tell(Tone::Warn, say::CALLERS_ONE_BY_ONE);
            return;
        }
        self.keep_search(fx);
        // The results stay below: Esc comes back to them.
        self.show_follow_up(fx, &targets, &heard);
    }

    /// Shows the form, and asks what there is to know of whom it is about.
    pub(super) fn show_follow_up(&mut self, fx: &mut Vec<Effect>, targets: &[Target], heard: &Heard) {
        let mut form = follow_up(targets, heard);
        form.title = self.with_hidden(form.title, targets.len());
        self.show(form);
        if let ([target], Some(Layer::Form(_))) = (targets, self.layers.last()) {
            let call = heard.caller.as_ref().map(|caller| caller.call);
            if target.subject.is_some() || call.is_some() {
                self.load(fx, Query::Dial { subject: target.subject, call });
            }
        }
    }

    /// What is known of whom the form is about came.
    pub(super) fn take_dial(&mut self, subject: Option<Subject>, dial: Box<Dial>) {
        let calendar = self.calendar;
        let now = self.now;
        let form = self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Form(form) => match &form.kind {
                FormKind::FollowUp(subjects) => (*subjects == [subject]).then_some(&mut **form),
                FormKind::Attach(_, to) => (Some(*to) == subject).then_some(&mut **form),
                _ => None,
            },
            _ => None,
        });
        let Some(form) = form.filter(|form| form.dial.is_none()) else { return };
        if matches!(form.kind, FormKind::Attach(..)) {
            form.dial = Some(dial);
            return;
        }
        let liaison =
            dial.numbers.iter().find(|number| number.role == Whose::Liaison && !number.who.is_empty());
        if let (Some(liaison), Some(field)) =
            (liaison, form.fields.iter_mut().find(|field| field.id == "answered_by"))
        {
            // It is who answers there, unless another is named; of a call nobody answered nobody is.
            field.present.clone_from(&liaison.who);
            field.hint = say::LIAISON_IF_BLANK.into();
        }
        let several = dial.promises.len() > 1 && !matches!(subject, Some(Subject::Unit(_)));
        let hint = if several { say::PROMISED_SEVERAL_HINT } else { say::PROMISED_BEFORE_HINT };
        let asked = dial.promises.iter().zip(ENDS).map(|((promise, _), id)| {
            let late = promise.due < now;
            let kept = if late { PromiseEnd::Late } else { PromiseEnd::Kept };
            let mut options = vec![Choice::new("", say::still_open(calendar.brief(promise.due, now)))];
            let ends = [(PromiseEnd::Kept, kept), (PromiseEnd::Broken, PromiseEnd::Broken)];
            options.extend(ends.map(|(code, shown)| Choice::new(code.code(), word(shown))));
            options.push(Choice::new(PromiseEnd::Dropped.code(), word(PromiseEnd::Dropped)));
            options.push(Choice::new(LEFT, say::STILL_OPEN_TOO));
            Field::choice(id, say::PROMISED_BEFORE, options, 0).hint(hint)
        });
        let mut asked: Vec<Field> = asked.collect();
        if let Some(kept) = &form.kept {
            for (field, (promise, _)) in asked.iter_mut().zip(&dial.promises) {
                field.set(kept.draft.end_of(promise.id).unwrap_or_default());
            }
        }
        form.insert_after("words", asked);
        form.dial = Some(dial);
    }

    /// The act of the form; one for each of several.
    pub(super) fn follow_ups(&self, form: &Form, subjects: &[Option<Subject>]) -> Result<Vec<Act>, Wrong> {
        let outcome = Outcome::from_code(&form.value("outcome")).unwrap_or(Outcome::NotReached);
        // "In half an hour" was said when the call was made.
        let (said, cal) = (self.happened(form)?.unwrap_or(self.now), self.calendar);
        let promise_due = coming(&form.value("promise"), said, cal).map_err(|e| ("promise", e))?;
        let next_contact = coming(&form.value("next"), said, cal).map_err(|e| ("next", e))?;
        if promise_due.is_some() && !outcome.reached() {
            return wrong("promise", store_say::NOBODY_PROMISED);
        }
        if promise_due.is_none() && outcome == Outcome::Promised {
            return wrong("promise", store_say::PROMISE_WITHOUT_TIME);
        }
        let (temp, site) = temp_of(form, outcome)?;
        let fever = temp.is_some_and(|tenths| Rules::builtin().is_fever(tenths, site, cal.day(said)));
        if let Some(tenths) = temp.filter(|_| fever && outcome == Outcome::Well) {
            let degrees = crate::domain::report::degrees(tenths);
            return wrong("temp", store_say::fever_is_not_well(degrees));
        }
        let caller = form.caller.as_ref().map(|caller| caller.number.for_matching().to_owned());
        let typed = form.value("number");
        let draft = FollowUpDraft {
            subject: None,
            channel: channel(form),
            answered_by: answered_by(form, outcome),
            outcome,
            words: form.value("words"),
            number: if typed.is_empty() { caller.unwrap_or_default() } else { typed },
            promise_due,
            next_contact,
            temp,
            site,
            ends: ends_of(form, outcome)?,
            left: left_open(form),
        };
        let unknown = subjects.iter().all(Option::is_none);
        if unknown && draft.number.is_empty() && draft.words.is_empty() {
            return wrong("number", say::NUMBER_OR_WORDS);
        }
        let mut acts: Vec<Act> =
            subjects.iter().map(|s| Act::FollowUp(FollowUpDraft { subject: *s, ..draft.clone() })).collect();
        if fever || outcome == Outcome::NotWell {
            acts.extend(self.case_or_reason(form, subjects, cal.day(said))?);
        }
        Ok(acts)
    }

    /// A call from nobody known gets its subject. A fever that was told then is asked about like any other.
    pub(super) fn attach(&self, form: &Form, call: FollowUpId, subject: Subject) -> Result<Vec<Act>, Wrong> {
        if form.value("sure") != "yes" {
            return wrong("sure", say::SAY_YES);
        }
        let mut acts = vec![Act::Attach { followup: call, subject }];
        let Subject::Person(_) = subject else { return Ok(acts) };
        let Some(dial) = &form.dial else { return wrong("sure", say::NOT_KNOWN_YET) };
        if let Some(at) = dial.unwell {
            acts.extend(self.case_or_reason(form, &[Some(subject)], self.calendar.day(at))?);
        }
        Ok(acts)
    }

    /// Somebody is not well and has no case: one is opened in the same act, or it is written down why not.
    fn case_or_reason(
        &self,
        form: &Form,
        subjects: &[Option<Subject>],
        day: NaiveDate,
    ) -> Result<Option<Act>, Wrong> {
        let [Some(Subject::Person(person))] = subjects else {
            let any = subjects.iter().any(|subject| matches!(subject, Some(Subject::Person(_))));
            return if any { wrong("outcome", say::NOT_WELL_ONE_BY_ONE) } else { Ok(None) };
        };
        match &form.dial {
            None => return wrong("outcome", say::NOT_KNOWN_YET),
            Some(dial) if dial.has_case => return Ok(None),
            Some(_) => {}
        }
        match form.value("case").as_str() {
            "open" => {
                let measure = Measure::from_code(&form.value("measure"));
                let facts = CaseFacts { measure, ..fever_case() }.completed(day, Rules::builtin());
                Ok(Some(Act::OpenCase { person: *person, facts }))
            }
            "no" => {
                let why = form.value("why_not");
                if why.is_empty() {
                    return wrong("why_not", say::REASON_NEEDED);
                }
                let text = say::not_a_case(&why).get(self.lang).to_owned();
                Ok(Some(Act::Note { subject: Some(Subject::Person(*person)), text }))
            }
            _ => wrong("case", say::CASE_OR_REASON_ASKED),
        }
    }

    /// Asks for a case or a reason, when a follow-up was refused for want of them.
    pub(super) fn ask_for_case(&self, form: &mut Form) {
        if form.field("case").is_some() {
            return;
        }
        let options = vec![
            Choice::new("", say::TO_CHOOSE),
            Choice::new("open", say::OPEN_CASE_NEXT),
            Choice::new("no", say::NO_CASE),
        ];
        let usual = fever_case().completed(self.status.day, Rules::builtin()).measure;
        let measure = Measure::ALL.iter().position(|m| Some(*m) == usual).unwrap_or(0);
        let after = if form.field("site").is_some() { "site" } else { "outcome" };
        form.insert_after(
            after,
            vec![
                Field::choice("case", say::CASE_OR_REASON, options, 0).hint(say::CASE_OR_REASON_HINT),
                Field::choice("measure", say::MEASURE, choices(Measure::ALL, Measure::code), measure)
                    .hint(say::MEASURE_IF_CASE),
                Field::line("why_not", say::WHY_NO_CASE, "").hint(say::WHY_IF_NO_CASE),
            ],
        );
    }
}

/// What a case is opened with that a fever, or feeling unwell, on the telephone leads to.
fn fever_case() -> CaseFacts {
    CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() }
}

/// Who answered: as typed, else the liaison of a unit that was reached.
fn answered_by(form: &Form, outcome: Outcome) -> String {
    let Some(field) = form.field("answered_by") else { return String::new() };
    let typed = field.value();
    if typed.is_empty() && outcome.reached() { field.present.clone() } else { typed }
}

fn temp_of(form: &Form, outcome: Outcome) -> Result<(Option<i16>, Option<Site>), Wrong> {
    let typed = form.value("temp");
    if typed.is_empty() {
        return Ok((None, None));
    }
    if !outcome.reached() {
        return wrong("temp", store_say::TEMP_NOT_REACHED);
    }
    let tenths = match temperature(&typed) {
        Ok(tenths) => i16::try_from(tenths).ok(),
        Err(_) => None,
    };
    match tenths {
        Some(tenths) => Ok((Some(tenths), Site::from_code(&form.value("site")))),
        None => wrong("temp", say::BAD_TEMP),
    }
}

/// What became of the promises that were asked about.
fn ends_of(form: &Form, outcome: Outcome) -> Result<Vec<(PromiseId, PromiseEnd)>, Wrong> {
    let Some(dial) = &form.dial else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    for ((promise, _), id) in dial.promises.iter().zip(ENDS) {
        match PromiseEnd::from_code(&form.value(id)) {
            Some(PromiseEnd::Kept) if !outcome.reached() => return wrong(id, store_say::NOBODY_KEPT),
            Some(how) => out.push((promise.id, how)),
            None => {}
        }
    }
    Ok(out)
}

/// The promises that were said to stay open, whatever else is promised.
fn left_open(form: &Form) -> Vec<PromiseId> {
    let Some(dial) = &form.dial else { return Vec::new() };
    let asked = dial.promises.iter().zip(ENDS);
    asked.filter(|(_, id)| form.value(id) == LEFT).map(|((promise, _), _)| promise.id).collect()
}

#[cfg(test)]
mod tests;
