//! The form of a follow-up: whom to call and by which number, what was said, how warm, and what became of what was
//! promised before.

use super::attach::Attach;
use super::{Acts, unwell};
use crate::app::find::Heard;
use crate::app::keymap::Context;
use crate::app::shown::draft::{Draft, ENDS, about, subject_key};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field, choices, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::app::shown::table::Target;
use crate::app::when::coming;
use crate::app::wrong::{Wrong, channel, wrong};
use crate::domain::followup::{Caller, Channel, FollowUpDraft, Outcome, PromiseEnd};
use crate::domain::form::value::temperature;
use crate::domain::ids::{PromiseId, Subject};
use crate::domain::phone::Whose;
use crate::domain::report::Site;
use crate::domain::rules::Rules;
use crate::i18n::forms as labels;
use crate::i18n::screen as say;
use crate::i18n::store as store_say;
use crate::i18n::terms::word;
use crate::say::{Say, Word};
use crate::store::act::Act;
use crate::store::query::rows::Dial;

/// The promise stays open beside a new one.
const LEFT: &str = "left";

/// Logs a contact with each of these; with nobody known when there is one target without a subject.
#[derive(Debug, Clone)]
pub(super) struct FollowUp {
    subjects: Vec<Option<Subject>>,
    /// The call from nobody known that is called back.
    caller: Option<Caller>,
    /// What is known of whom it is about, once loaded.
    dial: Option<Box<Dial>>,
}

impl FollowUp {
    /// Whom it is about first.
    fn subject(&self) -> Option<Subject> {
        self.subjects.first().copied().flatten()
    }
}

impl Part for FollowUp {
    fn draft(&self) -> Option<String> {
        Some(match &self.caller {
            Some(caller) => format!("followup/call/{}", caller.call),
            None => about("followup", self.targets()),
        })
    }

    fn targets(&self) -> Vec<String> {
        self.subjects.iter().map(|subject| subject_key(*subject)).collect()
    }

    /// Who was at the other end is called by the way of the contact.
    fn label(&self, form: &Form, field: &Field) -> Option<Word> {
        match (field.id, Channel::from_code(&form.value("channel"))) {
            ("answered_by", Some(Channel::Wechat | Channel::Qq | Channel::Sms)) => Some(labels::REPLIED_BY),
            ("answered_by", Some(Channel::InPerson)) => Some(labels::MET),
            ("answered_by", Some(Channel::Incoming)) => Some(labels::CALLER),
            _ => None,
        }
    }

    fn keep(&self, draft: &mut Draft, before: Option<&Draft>) {
        match (&self.dial, before) {
            (Some(dial), _) => draft.ask_of(dial),
            // What became of promises is asked once they are known; until then it stays as it was left.
            (None, Some(before)) => draft.keep_ends(before),
            (None, None) => {}
        }
    }
}

impl Acts for FollowUp {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let outcome = Outcome::from_code(&form.value("outcome")).unwrap_or(Outcome::NotReached);
        // "In half an hour" was said when the call was made.
        let (said, cal) = (desk.happened(form)?.unwrap_or(desk.now), desk.calendar);
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
        let caller = self.caller.as_ref().map(|caller| caller.number.for_matching().to_owned());
        let (typed, dial) = (form.value("number"), self.dial.as_deref());
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
            ends: ends_of(form, dial, outcome)?,
            left: left_open(form, dial),
        };
        let unknown = self.subjects.iter().all(Option::is_none);
        if unknown && draft.number.is_empty() && draft.words.is_empty() {
            return wrong("number", say::NUMBER_OR_WORDS);
        }
        let mut acts: Vec<Act> = self
            .subjects
            .iter()
            .map(|s| Act::FollowUp(FollowUpDraft { subject: *s, ..draft.clone() }))
            .collect();
        if fever || outcome == Outcome::NotWell {
            acts.extend(unwell::case_or_reason(desk, form, (&self.subjects, dial), cal.day(said))?);
        }
        Ok(acts)
    }

    fn kept(&self, desk: &State, form: &mut Form, draft: &Draft) {
        if draft.wants_case() {
            unwell::ask(desk, form);
        }
    }

    fn afresh(&self, desk: &mut State) {
        if let Some(dial) = &self.dial {
            desk.take_dial(self.subject(), dial.clone());
        }
    }

    fn refused(&self, desk: &State, form: &mut Form, field: &str) {
        if field == "case" {
            unwell::ask(desk, form);
        }
    }
}

/// Opens the form of a follow-up with whatever is selected.
pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    let mut targets = desk.targets();
    let is_entry = matches!(desk.page_context(), Context::Ledger | Context::Entry);
    if is_entry && desk.find_box().is_none() && targets.iter().all(|target| target.subject.is_none()) {
        desk.tell(Tone::Info, crate::i18n::ledger_desk::NOBODY);
        return;
    }
    let mut heard = desk.heard();
    if targets.is_empty() {
        desk.tell(Tone::Warn, say::NOTHING_SELECTED);
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
        if desk.find_box().is_none() || heard.number.is_empty() {
            heard.caller = desk.caller();
        }
        targets.truncate(1);
    } else if targets.iter().any(|target| target.subject.is_none()) {
        desk.tell(Tone::Warn, say::CALLERS_ONE_BY_ONE);
        return;
    }
    desk.keep_search(fx);
    // The results stay below: Esc comes back to them.
    show(desk, fx, &targets, &heard);
}

/// Shows the form, and asks what there is to know of whom it is about.
fn show(desk: &mut State, fx: &mut Vec<Effect>, targets: &[Target], heard: &Heard) {
    let mut form = follow_up(targets, heard);
    form.title = desk.with_hidden(form.title, targets.len());
    form.whom = targets.to_vec();
    desk.show(form);
    if let ([target], Some(Layer::Form(_))) = (targets, desk.layers.last()) {
        let call = heard.caller.as_ref().map(|caller| caller.call);
        if target.subject.is_some() || call.is_some() {
            desk.load(fx, Query::Dial { subject: target.subject, call });
        }
    }
}

/// Opens the form of a call that came in from nobody known.
pub(super) fn open_incoming(desk: &mut State, fx: &mut Vec<Effect>) {
    show(desk, fx, &[Target::new(None, "")], &Heard::default());
}

/// The form of a follow-up. The cursor stands on the outcome, which is the commonest one: `f` and Enter log a
/// call that was not answered.
///
/// What was heard before stands in it already: a number that calls makes it a call that came in.
fn follow_up(targets: &[Target], heard: &Heard) -> Form {
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
    let subjects = targets.iter().map(|target| target.subject).collect();
    let call = FollowUp { subjects, caller: heard.caller.clone(), dial: None };
    let mut form = Form::of(call, title, fields);
    if let Some(caller) = &heard.caller {
        form.title = titled(say::CALL_BACK, &Say::same(&caller.number));
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

impl State {
    /// What is known of whom a form is about came: it is told above the fields.
    pub(in crate::app) fn take_dial(&mut self, subject: Option<Subject>, dial: Box<Dial>) {
        let calendar = self.calendar;
        let now = self.now;
        let form = self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Form(form) if is_about(form, subject) => Some(form),
            _ => None,
        });
        let Some(form) = form else { return };
        form.known = Some(dial.clone());
        if let Some(attach) = form.part::<Attach>().filter(|attach| attach.dial.is_none()) {
            form.is_now(Attach { dial: Some(dial), ..attach.clone() });
            return;
        }
        let call = form.part::<FollowUp>().filter(|call| call.dial.is_none());
        let Some(call) = call.cloned() else { return };
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
        form.is_now(FollowUp { dial: Some(dial), ..call });
    }
}

impl State {
    /// What is known of whom a form is about could not be read: nothing is told of them that may be wrong.
    pub(in crate::app) fn unknown_whom(&mut self, subject: Option<Subject>) {
        let forms = self.layers.iter_mut().filter_map(|layer| match layer {
            Layer::Form(form) if is_about(form, subject) => Some(form),
            _ => None,
        });
        forms.for_each(|form| form.known = None);
    }
}

/// Whether it is a form about this one alone.
fn is_about(form: &Form, subject: Option<Subject>) -> bool {
    matches!(form.whom.as_slice(), [one] if one.subject == subject)
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
fn ends_of(
    form: &Form,
    dial: Option<&Dial>,
    outcome: Outcome,
) -> Result<Vec<(PromiseId, PromiseEnd)>, Wrong> {
    let Some(dial) = dial else { return Ok(Vec::new()) };
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
fn left_open(form: &Form, dial: Option<&Dial>) -> Vec<PromiseId> {
    let Some(dial) = dial else { return Vec::new() };
    let asked = dial.promises.iter().zip(ENDS);
    asked.filter(|(_, id)| form.value(id) == LEFT).map(|((promise, _), _)| promise.id).collect()
}

#[cfg(test)]
mod tests;
