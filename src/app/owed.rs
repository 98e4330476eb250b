//! What units owe: in few words, and as choices of the forms about it. The report that is being collected stands first,
//! what a unit owes besides is offered by name and day, and nothing older is ever meant by itself.

use super::wrong::{Wrong, wrong};
use crate::app::shown::field::Choice;
use crate::app::shown::pages::UnitPage;
use crate::app::shown::state::State;
use crate::domain::ids::UnitId;
use crate::domain::report::{ReportKey, Round};
use crate::domain::time::brief_day;
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::query::rows::UnitOwes;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The code of a report among the choices.
pub(super) fn code(day: NaiveDate, round: &Round) -> String {
    format!("{day}/{round}")
}

/// The report that a choice names.
pub(super) fn chosen(code: &str) -> Option<(NaiveDate, Round)> {
    let (day, round) = code.split_once('/')?;
    Some((day.parse().ok()?, Round::parse(round)?))
}

impl State {
    /// The report of a unit that is being collected now.
    pub(super) fn current(&self, unit: UnitId) -> ReportKey {
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
    pub(super) fn report_name(&self, day: NaiveDate, round: &Round) -> String {
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
    pub(super) fn older_choices(&self, units: &[(UnitId, String)]) -> Vec<Choice> {
        let one = units.len() == 1;
        let choice = |((day, round), n): (&(NaiveDate, Round), &usize)| {
            let name = self.report_name(*day, round);
            let said = if one { say::owed_report(name) } else { say::owed_report_by(name, n) };
            Choice::new(&code(*day, round), said)
        };
        self.older(units).iter().map(choice).collect()
    }

    pub(super) fn has_report(&self, unit: UnitId) -> bool {
        let status = match self.page_of::<UnitPage>().filter(|page| page.id == unit) {
            Some(page) => page.sheet.as_ref().map(|sheet| sheet.current),
            None => self.tables.units.rows().iter().find(|row| row.id == unit).map(|row| row.current),
        };
        status.is_some_and(crate::domain::report::ReportStatus::is_received)
    }

    /// Refuses an older report that not every one of these units owes.
    pub(super) fn each_owes(
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back_from_its_code() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        assert_eq!(chosen(&code(day, &Round::default())), Some((day, Round::default())));
        assert_eq!(chosen(""), None);
    }
}
