//! A shift is passed on: after the walk through what is open, or alone, where its officer has left.

use super::Acts;
use super::pin::typed;
use crate::app::shown::draft::{Draft, handover_key};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::{State, Walk};
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::handover::How;
use crate::domain::ids::{OfficerId, ShiftId};
use crate::i18n::{passing as say, screen};
use crate::log::event::HandoverItem;
use crate::store::act::{Act, Asked, Close};

/// A shift as it is to be passed on.
#[derive(Debug)]
struct Closing {
    /// Which.
    shift: ShiftId,
    /// To whom.
    to: OfficerId,
    /// How.
    how: How,
    /// The items as ticked.
    items: Vec<HandoverItem>,
    /// The questions left on some of them.
    questions: Vec<Asked>,
}

impl Closing {
    fn act(&self, desk: &State, form: &Form) -> Result<Act, Wrong> {
        if form.value("sure") != "yes" {
            return wrong("sure", screen::SAY_YES);
        }
        let reason = match self.how {
            How::Handed => String::new(),
            How::Continued | How::TakenOver => needed(form, "reason", screen::REASON_NEEDED)?,
        };
        Ok(Act::CloseShift(Box::new(Close {
            how: self.how,
            reason,
            items: self.items.clone(),
            questions: self.questions.clone(),
            words: form.value("words"),
            from_pin: typed(form, "from_pin")?,
            to_pin: typed(form, "to_pin")?,
            checked: desk.trust.checked,
            ..Close::new(self.shift, self.to)
        })))
    }
}

/// Hands over, as it was walked.
#[derive(Debug)]
pub(in crate::app) struct CloseShift(Closing);

impl Part for CloseShift {
    fn draft(&self) -> Option<String> {
        Some(handover_key(self.0.shift))
    }

    fn keep(&self, draft: &mut Draft, _: Option<&Draft>) {
        draft.tick(self.0.to, self.0.items.iter());
        draft.ask(&self.0.questions);
    }
}

impl Acts for CloseShift {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(vec![self.0.act(desk, form)?])
    }

    fn passes_on(&self) -> Option<ShiftId> {
        Some(self.0.shift)
    }
}

/// After the walk: the question, signatures, words for the next shift.
pub(in crate::app) fn close(desk: &mut State, walk: &Walk) {
    // They are handed over in the order of the paper.
    let mut placed: Vec<(&usize, &HandoverItem)> =
        walk.places.iter().zip(walk.items.iter().map(|(item, _)| item)).collect();
    placed.sort_by_key(|(place, _)| **place);
    let items: Vec<HandoverItem> = placed.into_iter().map(|(_, item)| item.clone()).collect();
    let asked = walk.questions.len();
    let is_asked = |item: &HandoverItem| walk.questions.iter().any(|asked| asked.item == item.item());
    let open = items.iter().filter(|item| !item.ticked && !is_asked(item)).count();
    let (from, to) = (&walk.paper.officer_name, &walk.to.1);
    let goes_on = walk.how == How::Continued;
    let yes = if goes_on { say::goes_on_signed(from) } else { screen::signed_by(from, to) };
    let sure = vec![Choice::new("no", screen::NO_WORD), Choice::new("yes", yes)];
    let hint = say::left_open(open, asked, items.len());
    let mut fields = vec![Field::choice("sure", screen::SURE_CLOSE, sure, 0).hint(hint)];
    if goes_on {
        fields.push(Field::line("reason", say::WHY_ON, "").hint(say::WHY_ON_HINT));
    }
    fields.extend(sign_fields(desk, Some(walk.paper.officer), walk.to.0));
    fields.push(Field::words("words", screen::FOR_NEXT_SHIFT));
    let (shift, how, questions) = (walk.paper.shift, walk.how, walk.questions.clone());
    let closing = Closing { shift, to: walk.to.0, how, items, questions };
    let title = if goes_on { say::going_on(from) } else { screen::closing(from, to) };
    desk.show(Form::of(CloseShift(closing), title, fields));
}

/// Takes a shift over alone: its officer has left.
#[derive(Debug)]
pub(super) struct TakeOver(Closing);

impl Part for TakeOver {}

impl Acts for TakeOver {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(vec![self.0.act(desk, form)?])
    }

    fn passes_on(&self) -> Option<ShiftId> {
        Some(self.0.shift)
    }
}

/// The officer on duty has left: whoever sits here takes over, and everything open is unread.
pub(in crate::app) fn take_over(desk: &mut State, items: Vec<HandoverItem>) {
    let (Some(summary), Some((me, name))) = (&desk.summary, &desk.officer) else { return };
    let sure = vec![Choice::new("no", screen::NO_WORD), Choice::new("yes", say::takes_over_signed(name))];
    let mut fields = vec![
        Field::choice("sure", say::SURE_TAKE, sure, 0).hint(say::all_unread(items.len())),
        Field::line("reason", say::WHY_ALONE, "").hint(say::WHY_ALONE_HINT),
    ];
    fields.extend(sign_fields(desk, None, *me));
    let title = say::taking_over(name, &summary.officer_name);
    let closing =
        Closing { shift: summary.shift, to: *me, how: How::TakenOver, items, questions: Vec::new() };
    desk.show(Form::of(TakeOver(closing), title, fields));
}

/// The fields with which officers sign who have a PIN.
fn sign_fields(desk: &State, from: Option<OfficerId>, to: OfficerId) -> Vec<Field> {
    let mut fields = Vec::new();
    if from.is_some_and(|from| desk.status.pins.contains(&from)) {
        fields.push(Field::secret("from_pin", say::PIN_FROM).hint(say::PIN_HINT));
    }
    // Who goes on signs once.
    if from != Some(to) && desk.status.pins.contains(&to) {
        fields.push(Field::secret("to_pin", say::PIN_TO).hint(say::PIN_HINT));
    }
    fields
}
