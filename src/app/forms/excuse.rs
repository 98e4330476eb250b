//! Reports that are no longer owed: excused, or written off.

use super::Acts;
use crate::app::owed::{chosen, code};
use crate::app::shown::draft::about;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::State;
use crate::app::shown::table::units_named;
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::ids::UnitId;
use crate::domain::report::{Excuse as How, ReportKey};
use crate::domain::time::Ts;
use crate::i18n::screen as say;
use crate::say::Word;
use crate::store::act::Act;

/// Ends what these units owe.
#[derive(Debug)]
pub(super) struct Excuse(Vec<UnitId>);

impl Part for Excuse {
    fn draft(&self) -> Option<String> {
        Some(about("excuse", self.0.iter().map(|unit| format!("unit/{unit}")).collect()))
    }
}

impl Acts for Excuse {
    /// Everything that is excused at once is one act.
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let Some(how) = How::from_code(&form.value("how")) else {
            return wrong("how", say::EXCUSE_HINT);
        };
        let reason = needed(form, "reason", say::REASON_NEEDED)?;
        let which = form.value("which");
        if let Some(seen) = all_seen(&which) {
            let all_of = self.0.iter().map(|unit| (*unit, seen)).collect();
            return Ok(vec![Act::Excuse { keys: Vec::new(), all_of, how, reason }]);
        }
        let Some((day, round)) = chosen(&which) else { return wrong("which", say::WHICH_REPORT) };
        if (day, &round) != (desk.status.day, &desk.status.round) {
            desk.each_owes("which", self.0.iter().copied(), day, &round)?;
        }
        let keys = self.0.iter().map(|unit| ReportKey { unit: *unit, day, round: round.clone() }).collect();
        Ok(vec![Act::Excuse { keys, all_of: Vec::new(), how, reason }])
    }
}

pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    let units = desk.units();
    if units.is_empty() {
        desk.tell(Tone::Warn, say::NOTHING_SELECTED);
        return;
    }
    let owed: u32 =
        units.iter().filter_map(|(unit, _)| desk.status.owed_by(*unit)).map(|owes| owes.all).sum();
    let mut how: Vec<Choice> = How::ALL.iter().map(|how| Choice::new(how.code(), how_word(*how))).collect();
    how.push(Choice::new("", say::TO_CHOOSE));
    // The oldest debt stands first: nothing but it is meant by itself.
    let mut which = desk.older_choices(&units);
    let (day, round) = (desk.status.day, desk.status.round.clone());
    if units.iter().any(|(unit, _)| !desk.has_report(*unit)) {
        which.push(Choice::new(&code(day, &round), say::current_report(desk.report_name(day, &round))));
    }
    if owed > 1 {
        which.push(Choice::new(&all_code(desk.status.now), say::all_owed(owed)));
    }
    if which.is_empty() {
        desk.tell(Tone::Info, say::OWES_NOTHING);
        return;
    }
    let fields = vec![
        Field::choice("how", say::EXCUSE_HOW, how, How::ALL.len()).hint(say::EXCUSE_HINT),
        Field::choice("which", say::WHICH_REPORT, which, 0),
        Field::line("reason", say::WHY, "").hint(say::REASON_NEEDED),
    ];
    let whom = units_named(&units);
    let title = titled(say::EXCUSE_TITLE, &State::named(&whom));
    let title = desk.with_hidden(title, units.len());
    let units = units.into_iter().map(|(unit, _)| unit).collect();
    desk.show_about(fx, Form::of(Excuse(units), title, fields), whom);
}

/// The code of the choice that means everything that was owed when the form was opened.
fn all_code(seen: Ts) -> String {
    format!("all/{}", seen.0)
}

/// When everything was owed that such a choice means.
fn all_seen(code: &str) -> Option<Ts> {
    code.strip_prefix("all/")?.parse().ok().map(Ts)
}

/// What a way of ending a debt does, in the words of the choice.
fn how_word(how: How) -> Word {
    match how {
        How::Excused => say::EXCUSE_EXCUSED,
        How::WrittenOff => say::EXCUSE_WRITTEN_OFF,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_owed_is_no_report_among_the_choices() {
        assert_eq!((all_seen(&all_code(Ts(5))), chosen(&all_code(Ts(5)))), (Some(Ts(5)), None));
        let day = chrono::NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        assert_eq!(all_seen(&code(day, &crate::domain::report::Round::default())), None);
    }
}
