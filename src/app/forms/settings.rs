//! The settings of the office: the fields follow from `domain::setting`.

use super::Acts;
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, wrong};
use crate::domain::office::Settings;
use crate::domain::setting::{self, Kind, Setting};
use crate::i18n::{screen as say, settings as words};
use crate::say::Say;
use crate::store::act::Act;

/// Changes the settings from what they were when the form was opened.
#[derive(Debug)]
pub(super) struct ChangeSettings(Settings);

impl Part for ChangeSettings {}

impl Acts for ChangeSettings {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        // Saving writes all of them: what somebody else changed meanwhile must not be changed back.
        if desk.settings.as_ref() != Some(&self.0) {
            return wrong("office", say::SETTINGS_MOVED);
        }
        let mut settings = self.0.clone();
        for (field, setting) in setting::on_form() {
            let typed = form.value(field);
            if setting.required && typed.is_empty() || !setting.set(&mut settings, &typed) {
                return wrong(field, words::wrong(setting.key));
            }
        }
        if settings == self.0 {
            return wrong("office", say::NOTHING_CHANGED);
        }
        Ok(vec![Act::ChangeSettings(Box::new(settings))])
    }
}

/// Reads the settings anew first: the form writes all of them back.
pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    desk.settings_form = true;
    desk.load(fx, Query::Settings);
}

/// The form, once they are read.
pub(in crate::app) fn form(settings: Settings) -> Form {
    let fields = setting::on_form().into_iter().map(|(id, setting)| field(id, setting, &settings)).collect();
    Form::of(ChangeSettings(settings), say::SETTINGS.into(), fields)
}

fn field(id: &'static str, setting: &Setting, settings: &Settings) -> Field {
    let label = words::name(setting.key).unwrap_or(say::SETTINGS);
    let hint = words::hint(setting.key).map_or_else(Say::default, Say::from);
    let now = setting.typed(settings);
    let field = match setting.kind {
        Kind::Switch => {
            let off_on = vec![Choice::new("off", say::NO_WORD), Choice::new("on", say::YES_WORD)];
            Field::choice(id, label, off_on, usize::from(now == "on"))
        }
        Kind::OneOf(all) => {
            let at = all.iter().position(|one| *one == now).unwrap_or(0);
            Field::choice(id, label, all.iter().map(|one| Choice::new(one, words::choice(one))).collect(), at)
        }
        Kind::Line | Kind::Several(_) => Field::line(id, label, &now),
    };
    field.hint(hint)
}
