//! What became of promises.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::State;
use crate::app::wrong::Wrong;
use crate::domain::followup::PromiseEnd;
use crate::domain::ids::PromiseId;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::store::act::Act;

/// Ends promises.
#[derive(Debug)]
pub(super) struct ClosePromise(Vec<PromiseId>);

impl Part for ClosePromise {}

impl Acts for ClosePromise {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let how = PromiseEnd::from_code(&form.value("how")).unwrap_or(PromiseEnd::Kept);
        Ok(self.0.iter().map(|promise| Act::ClosePromise { promise: *promise, how }).collect())
    }
}

/// The form that ends the promise of the selected line, or those of the marked ones.
pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    let promises = desk.promises();
    if promises.is_empty() {
        desk.tell(Tone::Warn, say::NOT_A_PROMISE);
        return;
    }
    let whom = desk.targets();
    let who = State::named(&whom);
    // What is done after its time is late: the clock says which of the two it is.
    let late = promises.iter().all(|(_, due)| *due < desk.now);
    let ends = [PromiseEnd::Kept, PromiseEnd::Broken, PromiseEnd::Dropped];
    let how = ends.map(|end| match end {
        PromiseEnd::Kept if late => Choice::new(end.code(), word(PromiseEnd::Late)),
        end => Choice::new(end.code(), word(end)),
    });
    let fields = vec![
        Field::choice("how", say::HOW_ENDED, how.to_vec(), 0),
        Field::line("at", say::HAPPENED_WHEN, "").hint(say::KEPT_WHEN),
    ];
    let title = desk.with_hidden(titled(say::PROMISE, &who), promises.len());
    let promises = promises.into_iter().map(|(promise, _)| promise).collect();
    desk.show_about(fx, Form::of(ClosePromise(promises), title, fields), whom);
}
