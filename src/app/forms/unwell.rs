//! A fever, or 异常, of somebody without a case: the form of the call asks at once for one, or for the reason why not.

use crate::app::shown::field::{Choice, Field, choices};
use crate::app::shown::form::Form;
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, wrong};
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::ids::Subject;
use crate::domain::rules::Rules;
use crate::i18n::screen as say;
use crate::store::act::Act;
use crate::store::query::rows::Dial;
use chrono::NaiveDate;

/// Somebody is not well and has no case: one is opened in the same act, or it is written down why not.
pub(super) fn case_or_reason(
    desk: &State,
    form: &Form,
    (subjects, dial): (&[Option<Subject>], Option<&Dial>),
    day: NaiveDate,
) -> Result<Option<Act>, Wrong> {
    let [Some(Subject::Person(person))] = subjects else {
        let any = subjects.iter().any(|subject| matches!(subject, Some(Subject::Person(_))));
        return if any { wrong("outcome", say::NOT_WELL_ONE_BY_ONE) } else { Ok(None) };
    };
    match dial {
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
            let text = say::not_a_case(&why).get(desk.lang).to_owned();
            Ok(Some(Act::Note { subject: Some(Subject::Person(*person)), text }))
        }
        _ => wrong("case", say::CASE_OR_REASON_ASKED),
    }
}

/// Asks for a case or a reason, when a follow-up was refused for want of them.
pub(super) fn ask(desk: &State, form: &mut Form) {
    if form.field("case").is_some() {
        return;
    }
    let options = vec![
        Choice::new("", say::TO_CHOOSE),
        Choice::new("open", say::OPEN_CASE_NEXT),
        Choice::new("no", say::NO_CASE),
    ];
    let usual = fever_case().completed(desk.status.day, Rules::builtin()).measure;
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

/// What a case is opened with that a fever, or feeling unwell, on the telephone leads to.
fn fever_case() -> CaseFacts {
    CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() }
}
