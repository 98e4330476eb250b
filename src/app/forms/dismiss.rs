//! Why no case is opened for what sheets brought.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::draft::about;
use crate::app::shown::field::{Field, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::app::shown::table::Target;
use crate::app::wrong::{Wrong, needed};
use crate::domain::finding::Finding;
use crate::domain::ids::PersonId;
use crate::i18n::{findings, screen};
use crate::say::Say;
use crate::store::act::Act;
use crate::store::query::rows::FindingRow;

/// Of each of these, what was seen.
#[derive(Debug)]
pub(super) struct Dismiss(Vec<(PersonId, Vec<Finding>)>);

impl Part for Dismiss {
    fn draft(&self) -> Option<String> {
        Some(about("dismiss", self.targets()))
    }

    fn targets(&self) -> Vec<String> {
        self.0.iter().map(|(person, _)| format!("person/{person}")).collect()
    }
}

impl Acts for Dismiss {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let reason = needed(form, "reason", screen::REASON_NEEDED)?;
        let act = |(person, seen): &(PersonId, Vec<Finding>)| Act::Dismiss {
            person: *person,
            seen: Some(seen.clone()),
            reason: reason.clone(),
        };
        Ok(self.0.iter().map(act).collect())
    }
}

/// The form for all of these.
pub(in crate::app) fn form(rows: Vec<FindingRow>) -> Form {
    let targets: Vec<Target> = rows.iter().map(|row| Target::new(None, &row.name)).collect();
    let who = match targets.as_slice() {
        [one] => Say::same(&one.name),
        _ => State::named(&targets),
    };
    let title = titled(findings::DISMISS, &who);
    let fields = vec![Field::words("reason", findings::DISMISS_REASON).hint(findings::DISMISS_HINT)];
    let seen = rows.iter().map(|row| {
        let what = findings::all(&row.found);
        let head = format!("{} {}", row.name, row.unit);
        (Say { zh: format!("{head}  {}", what.zh), en: format!("{head}  {}", what.en) }, Mood::Bad)
    });
    let seen = seen.collect();
    let dismissed = rows.into_iter().map(|row| (row.person, row.found)).collect();
    let mut form = Form::of(Dismiss(dismissed), title, fields);
    form.about = seen;
    form
}
