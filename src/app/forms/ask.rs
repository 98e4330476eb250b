//! A question left on an item of the walk: part of the handover, and no act of its own.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::Field;
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::{Layer, State};
use crate::app::wrong::Wrong;
use crate::i18n::{keys, passing as say};
use crate::say::Word;
use crate::store::act::{Act, Asked};

/// Leaves a question on the item of the walk with this place.
#[derive(Debug)]
pub(super) struct Ask(usize);

impl Part for Ask {
    fn is_recorded(&self) -> bool {
        false
    }

    fn enter(&self) -> Option<Word> {
        Some(keys::ASK)
    }
}

impl Acts for Ask {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    /// The question is left on its item; an empty one takes it away.
    fn instead(&self, desk: &mut State, _: &mut Vec<Effect>) -> bool {
        let Some(Layer::Form(form)) = desk.layers.pop() else { return true };
        let text = form.value("text");
        let Some(Layer::Walk(walk)) = desk.layers.last_mut() else { return true };
        let Some((item, _)) = walk.items.get_mut(self.0) else { return true };
        let which = item.item();
        walk.questions.retain(|asked| asked.item != which);
        if !text.is_empty() {
            item.ticked = false;
            walk.questions.push(Asked { item: which, text });
            walk.at = (self.0 + 1).min(walk.items.len() - 1);
        }
        walk.dirty = true;
        true
    }
}

/// A question on the selected item of the walk.
pub(in crate::app) fn open(desk: &mut State) {
    let Some(Layer::Walk(walk)) = desk.layers.last() else { return };
    let Some((item, words)) = walk.items.get(walk.at) else { return };
    let mut field = Field::line("text", say::QUESTION, "").hint(say::QUESTION_HINT);
    if let Some(asked) = walk.question(item) {
        field.set(asked);
    }
    let form = Form::of(Ask(walk.at), words.clone(), vec![field]);
    desk.show(form);
}
