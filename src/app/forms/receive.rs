//! A report came: the one that is being collected, or an older one that is owed.

use super::Acts;
use crate::app::owed::chosen;
use crate::app::shown::draft::about;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::State;
use crate::app::shown::table::units_named;
use crate::app::when::day;
use crate::app::wrong::{Wrong, wrong};
use crate::domain::report::{ReportKey, Round};
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::act::Act;

/// Marks reports received; a reason is needed where one is there already.
#[derive(Debug)]
pub(super) struct Receive(Vec<(ReportKey, bool)>);

impl Part for Receive {
    fn draft(&self) -> Option<String> {
        Some(about("receive", self.targets()))
    }

    fn targets(&self) -> Vec<String> {
        self.0.iter().map(|(key, _)| format!("unit/{}/{}/{}", key.unit, key.day, key.round)).collect()
    }
}

impl Acts for Receive {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let zero = match form.value("how").as_str() {
            "" => return wrong("how", say::HOW_HINT),
            how => how == "zero",
        };
        let keys = keys_received(desk, form, &self.0)?;
        let reason = form.value("reason");
        if reason.is_empty() && keys.iter().any(|(_, there)| *there) {
            return wrong("reason", say::REASON_NEEDED);
        }
        let one = keys.len() == 1;
        let reason = |there: bool| if there || one { reason.clone() } else { String::new() };
        Ok(keys.into_iter().map(|(key, there)| Act::Receive { key, zero, reason: reason(there) }).collect())
    }
}

pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    let units = desk.units();
    if units.is_empty() {
        desk.tell(Tone::Warn, say::NOTHING_SELECTED);
        return;
    }
    let keys: Vec<(ReportKey, bool)> =
        units.iter().map(|(unit, _)| (desk.current(*unit), desk.has_report(*unit))).collect();
    let again = keys.iter().any(|(_, there)| *there);
    // Silence is never a zero: what came is chosen, not taken for granted.
    let how = vec![
        Choice::new("zero", say::ZERO_REPORT),
        Choice::new("rows", say::WITH_ROWS),
        Choice::new("", say::TO_CHOOSE),
    ];
    let mut fields = vec![Field::choice("how", say::HOW_CAME, how, 2).hint(say::HOW_HINT)];
    fields.push(Field::line("at", say::CAME_WHEN, "").hint(say::AT_HINT));
    let (today, round) = (desk.status.day, desk.status.round.clone());
    let name = desk.report_name(today, &round);
    let older = desk.older_choices(&units);
    if !older.is_empty() {
        let mut which = vec![Choice::new("", say::current_report(&name))];
        which.extend(older);
        fields.push(Field::choice("which", say::WHICH_REPORT, which, 0).hint(say::OWES_OLDER));
    }
    if keys.len() == 1 {
        let day = if fields.iter().any(|field| field.id == "which") {
            Field::line("day", say::REPORT_DAY, "").hint(say::OTHER_DAY)
        } else {
            Field::line("day", say::REPORT_DAY, &today.to_string())
        };
        fields.push(day);
        fields.push(Field::choice("round", say::ROUND, desk.rounds(), desk.round_place(&round)));
    }
    if again || keys.len() == 1 {
        let hint = if again { say::THERE_ALREADY } else { say::ONLY_AGAIN };
        fields.push(Field::line("reason", say::WHY_AGAIN, "").hint(hint));
    }
    let whom = units_named(&units);
    let mut title = titled(say::RECEIVED, &State::named(&whom));
    beside(&mut title, &name);
    let title = desk.with_hidden(title, units.len());
    desk.show_about(fx, Form::of(Receive(keys), title, fields), whom);
}

/// Which reports came: those that are being collected, or the older one that was chosen or typed instead.
fn keys_received(
    desk: &State,
    form: &Form,
    keys: &[(ReportKey, bool)],
) -> Result<Vec<(ReportKey, bool)>, Wrong> {
    let older = chosen(&form.value("which"));
    let typed = form.value("day");
    if let ([(key, there)], Some(day)) = (keys, day(&typed, desk.status.day).map_err(|e| ("day", e))?) {
        if day > desk.status.day {
            return wrong("day", say::FUTURE_DAY);
        }
        if older.is_some() {
            return wrong("day", say::DAY_OR_WHICH);
        }
        let round = Round::parse(&form.value("round")).unwrap_or_else(|| key.round.clone());
        let typed = ReportKey { unit: key.unit, day, round };
        // Whether another one is there already the store knows.
        let there = *there && typed == *key;
        return Ok(vec![(typed, there)]);
    }
    let Some((day, round)) = older else { return Ok(keys.to_vec()) };
    desk.each_owes("which", keys.iter().map(|(key, _)| key.unit), day, &round)?;
    let older =
        |(key, _): &(ReportKey, bool)| (ReportKey { unit: key.unit, day, round: round.clone() }, false);
    Ok(keys.iter().map(older).collect())
}

fn beside(title: &mut Say, which: &str) {
    title.zh = format!("{}（{which}）", title.zh);
    title.en = format!("{} ({which})", title.en);
}
