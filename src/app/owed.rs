//! The forms about a unit's reports: one came, or one is no longer owed. The report that is being collected stands first,
//! what the unit owes besides is offered by name and day, and nothing older is ever meant by itself.

use super::open::titled;
use super::when::day;
use super::wrong::{Wrong, needed, wrong};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::UnitPage;
use crate::app::shown::state::State;
use crate::app::shown::table::Target;
use crate::domain::ids::{Subject, UnitId};
use crate::domain::report::{Excuse, ReportKey, Round};
use crate::domain::time::{Ts, brief_day};
use crate::i18n::screen as say;
use crate::say::{Say, Word};
use crate::store::act::Act;
use crate::store::query::rows::UnitOwes;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The code of the choice that means everything that was owed when the form was opened.
fn all_code(seen: Ts) -> String {
    format!("all/{}", seen.0)
}

/// When everything was owed that such a choice means.
fn all_seen(code: &str) -> Option<Ts> {
    code.strip_prefix("all/")?.parse().ok().map(Ts)
}

/// The code of a report among the choices.
fn code(day: NaiveDate, round: &Round) -> String {
    format!("{day}/{round}")
}

/// The report that a choice names.
fn chosen(code: &str) -> Option<(NaiveDate, Round)> {
    let (day, round) = code.split_once('/')?;
    Some((day.parse().ok()?, Round::parse(round)?))
}

fn targets_of(units: &[(UnitId, String)]) -> Vec<Target> {
    units.iter().map(|(id, name)| Target::new(Some(Subject::Unit(*id)), name)).collect()
}

fn beside(title: &mut Say, which: &str) {
    title.zh = format!("{}（{which}）", title.zh);
    title.en = format!("{} ({which})", title.en);
}

impl State {
    /// The report of a unit that is being collected now.
    fn current(&self, unit: UnitId) -> ReportKey {
        ReportKey { unit, day: self.status.day, round: self.status.round.clone() }
    }

    /// What is owed, in few words: of the day in force, which is named unless it is today, and beside it how many units
    /// owe older reports, so that neither hides the other. Nothing before the first deadline of all, unless something
    /// is owed all the same.
    pub fn outstanding_said(&self) -> Option<Say> {
        let s = &self.status;
        let Some(force) = &s.force else {
            let (first, _) = s.owed_days()?;
            return Some(say::c_outstanding_since(s.outstanding, brief_day(first, s.day)));
        };
        // Of a unit that owes more than are named the newest are not.
        let of_the_day = |owes: &&UnitOwes| {
            let is_cut = owes.all as usize > owes.reports.len();
            is_cut || owes.reports.iter().any(|(day, _)| *day == force.day)
        };
        let n = s.owed.iter().filter(of_the_day).count();
        let mut said = if force.day == s.day {
            say::c_outstanding(n, force.expected)
        } else {
            say::c_outstanding_of(n, force.expected, brief_day(force.day, s.day))
        };
        let older = |owes: &&UnitOwes| owes.reports.iter().any(|(day, _)| *day < force.day);
        let earlier = s.owed.iter().filter(older).count();
        if let (1.., Some((first, _))) = (earlier, s.owed_days()) {
            let earlier = say::c_earlier(earlier, brief_day(first, s.day));
            said =
                Say { zh: format!("{} {}", said.zh, earlier.zh), en: format!("{} {}", said.en, earlier.en) };
        }
        Some(said)
    }

    /// The reports that run, in few words: their day, or their round where the day is in force already.
    pub fn running_said(&self) -> Option<Say> {
        let s = &self.status;
        let running = s.running.as_ref().filter(|running| running.awaited > 0)?;
        let same_day = s.force.as_ref().is_some_and(|force| force.day == running.day);
        let which = if same_day { self.round_name(&running.round) } else { brief_day(running.day, s.day) };
        Some(if running.awaited == running.expected {
            say::c_running(which, running.awaited)
        } else {
            say::c_running_of(which, running.awaited, running.expected)
        })
    }

    /// What the title of the units says of their day, unless it is today.
    pub fn units_day(&self) -> Option<String> {
        self.status
            .force
            .as_ref()
            .map(|force| force.day)
            .filter(|day| *day != self.status.day)
            .map(|day| brief_day(day, self.status.day))
    }

    /// A report by its day, and its round where there is more than one.
    fn report_name(&self, day: NaiveDate, round: &Round) -> String {
        format!("{} {}", brief_day(day, self.status.day), self.round_name(round)).trim_end().to_owned()
    }

    /// What these units owe besides what is being collected: each report with how many of them owe it, the oldest
    /// first.
    fn older(&self, units: &[(UnitId, String)]) -> BTreeMap<(NaiveDate, Round), usize> {
        let current = (self.status.day, self.status.round.clone());
        let mut out = BTreeMap::new();
        for owes in units.iter().filter_map(|(unit, _)| self.status.owed_by(*unit)) {
            for report in owes.reports.iter().filter(|report| **report != current) {
                *out.entry(report.clone()).or_default() += 1;
            }
        }
        out
    }

    /// Older reports as choices.
    fn older_choices(&self, units: &[(UnitId, String)]) -> Vec<Choice> {
        let one = units.len() == 1;
        let choice = |((day, round), n): (&(NaiveDate, Round), &usize)| {
            let name = self.report_name(*day, round);
            let said = if one { say::owed_report(name) } else { say::owed_report_by(name, n) };
            Choice::new(&code(*day, round), said)
        };
        self.older(units).iter().map(choice).collect()
    }

    fn has_report(&self, unit: UnitId) -> bool {
        let status = match self.page_of::<UnitPage>().filter(|page| page.id == unit) {
            Some(page) => page.sheet.as_ref().map(|sheet| sheet.current),
            None => self.tables.units.rows().iter().find(|row| row.id == unit).map(|row| row.current),
        };
        status.is_some_and(crate::domain::report::ReportStatus::is_received)
    }

    pub(super) fn form_received(&mut self) {
        let units = self.units();
        if units.is_empty() {
            self.tell(Tone::Warn, say::NOTHING_SELECTED);
            return;
        }
        let keys: Vec<(ReportKey, bool)> =
            units.iter().map(|(unit, _)| (self.current(*unit), self.has_report(*unit))).collect();
        let again = keys.iter().any(|(_, there)| *there);
        // Silence is never a zero: what came is chosen, not taken for granted.
        let how = vec![
            Choice::new("zero", say::ZERO_REPORT),
            Choice::new("rows", say::WITH_ROWS),
            Choice::new("", say::TO_CHOOSE),
        ];
        let mut fields = vec![Field::choice("how", say::HOW_CAME, how, 2).hint(say::HOW_HINT)];
        fields.push(Field::line("at", say::CAME_WHEN, "").hint(say::AT_HINT));
        let (today, round) = (self.status.day, self.status.round.clone());
        let name = self.report_name(today, &round);
        let older = self.older_choices(&units);
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
            fields.push(Field::choice("round", say::ROUND, self.rounds(), self.round_place(&round)));
        }
        if again || keys.len() == 1 {
            let hint = if again { say::THERE_ALREADY } else { say::ONLY_AGAIN };
            fields.push(Field::line("reason", say::WHY_AGAIN, "").hint(hint));
        }
        let mut title = titled(say::RECEIVED, &Self::named(&targets_of(&units)));
        beside(&mut title, &name);
        let title = self.with_hidden(title, units.len());
        self.show(Form::new(FormKind::Receive(keys), title, fields));
    }

    /// Which reports came: those that are being collected, or the older one that was chosen or typed instead.
    pub(super) fn keys_received(
        &self,
        form: &Form,
        keys: &[(ReportKey, bool)],
    ) -> Result<Vec<(ReportKey, bool)>, Wrong> {
        let older = chosen(&form.value("which"));
        let typed = form.value("day");
        if let ([(key, there)], Some(day)) = (keys, day(&typed, self.status.day).map_err(|e| ("day", e))?) {
            if day > self.status.day {
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
        self.each_owes("which", keys.iter().map(|(key, _)| key.unit), day, &round)?;
        let older =
            |(key, _): &(ReportKey, bool)| (ReportKey { unit: key.unit, day, round: round.clone() }, false);
        Ok(keys.iter().map(older).collect())
    }

    /// Refuses an older report that not every one of these units owes.
    fn each_owes(
        &self,
        field: &'static str,
        mut units: impl Iterator<Item = UnitId>,
        day: NaiveDate,
        round: &Round,
    ) -> Result<(), Wrong> {
        let owes = |unit: UnitId| {
            self.status
                .owed_by(unit)
                .is_some_and(|owes| owes.reports.iter().any(|(d, r)| (*d, r) == (day, round)))
        };
        match units.find(|unit| !owes(*unit)) {
            Some(unit) => {
                let rows = self.tables.units.rows();
                let name = rows.iter().find(|row| row.id == unit).map_or("", |row| row.name.as_str());
                wrong(field, say::owes_not(name, self.report_name(day, round)))
            }
            None => Ok(()),
        }
    }

    pub(super) fn form_excuse(&mut self) {
        let units = self.units();
        if units.is_empty() {
            self.tell(Tone::Warn, say::NOTHING_SELECTED);
            return;
        }
        let owed: u32 =
            units.iter().filter_map(|(unit, _)| self.status.owed_by(*unit)).map(|owes| owes.all).sum();
        let mut how: Vec<Choice> =
            Excuse::ALL.iter().map(|how| Choice::new(how.code(), how_word(*how))).collect();
        how.push(Choice::new("", say::TO_CHOOSE));
        // The oldest debt stands first: nothing but it is meant by itself.
        let mut which = self.older_choices(&units);
        let (day, round) = (self.status.day, self.status.round.clone());
        if units.iter().any(|(unit, _)| !self.has_report(*unit)) {
            which.push(Choice::new(&code(day, &round), say::current_report(self.report_name(day, &round))));
        }
        if owed > 1 {
            which.push(Choice::new(&all_code(self.status.now), say::all_owed(owed)));
        }
        if which.is_empty() {
            self.tell(Tone::Info, say::OWES_NOTHING);
            return;
        }
        let fields = vec![
            Field::choice("how", say::EXCUSE_HOW, how, Excuse::ALL.len()).hint(say::EXCUSE_HINT),
            Field::choice("which", say::WHICH_REPORT, which, 0),
            Field::line("reason", say::WHY, "").hint(say::REASON_NEEDED),
        ];
        let title = titled(say::EXCUSE_TITLE, &Self::named(&targets_of(&units)));
        let title = self.with_hidden(title, units.len());
        let units = units.into_iter().map(|(unit, _)| unit).collect();
        self.show(Form::new(FormKind::Excuse(units), title, fields));
    }

    /// Everything that is excused at once is one act.
    pub(super) fn excuse_act(&self, form: &Form, units: &[UnitId]) -> Result<Act, Wrong> {
        let Some(how) = Excuse::from_code(&form.value("how")) else {
            return wrong("how", say::EXCUSE_HINT);
        };
        let reason = needed(form, "reason", say::REASON_NEEDED)?;
        let which = form.value("which");
        if let Some(seen) = all_seen(&which) {
            let all_of = units.iter().map(|unit| (*unit, seen)).collect();
            return Ok(Act::Excuse { keys: Vec::new(), all_of, how, reason });
        }
        let Some((day, round)) = chosen(&which) else { return wrong("which", say::WHICH_REPORT) };
        if (day, &round) != (self.status.day, &self.status.round) {
            self.each_owes("which", units.iter().copied(), day, &round)?;
        }
        let keys = units.iter().map(|unit| ReportKey { unit: *unit, day, round: round.clone() }).collect();
        Ok(Act::Excuse { keys, all_of: Vec::new(), how, reason })
    }
}

/// What a way of ending a debt does, in the words of the choice.
fn how_word(how: Excuse) -> Word {
    match how {
        Excuse::Excused => say::EXCUSE_EXCUSED,
        Excuse::WrittenOff => say::EXCUSE_WRITTEN_OFF,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::terms::word;

    #[test]
    fn a_choice_comes_back_from_its_code() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        assert_eq!(chosen(&code(day, &Round::default())), Some((day, Round::default())));
        assert_eq!((chosen(&all_code(Ts(5))), chosen("")), (None, None));
        assert_eq!(
            (all_seen(&all_code(Ts(5))), all_seen(&code(day, &Round::default()))),
            (Some(Ts(5)), None)
        );
        assert_eq!(word(Excuse::Excused).zh, "免报");
    }
}
