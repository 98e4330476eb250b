//! Whether everything that was taken over unread is read.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::field::{Field, no_yes};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, wrong};
use crate::domain::ids::ShiftId;
use crate::domain::item::Item;
use crate::i18n::{items, passing as say, screen};
use crate::say::Say;
use crate::store::act::Act;
use crate::store::query::rows::UnreadRow;

/// These items of a shift. It keeps no draft: a yes is said anew each time.
#[derive(Debug)]
pub(super) struct ReadAll(ShiftId, Vec<Item>);

impl Part for ReadAll {}

impl Acts for ReadAll {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        if form.value("sure") != "yes" {
            return wrong("sure", screen::SAY_YES);
        }
        Ok(vec![Act::Acknowledge { shift: self.0, items: self.1.clone() }])
    }
}

/// The form for what a shift has not read.
pub(in crate::app) fn form(shift: ShiftId, unread: &[UnreadRow]) -> Form {
    let sure = Field::choice("sure", say::SURE_READ, no_yes(), 0).hint(say::read_all_of(unread.len()));
    let each = unread.iter().map(|row| {
        let kind = items::title(row.item.kind);
        let line = |kind: &str, called: &str| {
            let name = if called.is_empty() { &row.name } else { called };
            format!("{kind} {name}").trim_end().to_owned()
        };
        let said = Say { zh: line(kind.zh, &row.called.zh), en: line(kind.en, &row.called.en) };
        (said, Mood::Plain)
    });
    let each = each.collect();
    let asked = ReadAll(shift, unread.iter().map(|row| row.item).collect());
    let mut form = Form::of(asked, say::UNREAD.into(), vec![sure]);
    form.about = each;
    form.after = Some(say::READ_NOW.into());
    form
}
