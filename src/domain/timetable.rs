//! When reports are due: the one in force, the one that runs, and everything that ever fell due.

use super::report::Round;
use super::time::{Calendar, Ts, add_days};
use chrono::NaiveDate;

/// A deadline from a moment on: minutes after midnight, or none any more.
pub type Set = (Ts, Option<i32>);

/// A report that every unit is to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Of which day.
    pub day: NaiveDate,
    /// Of which of its rounds.
    pub round: Round,
    /// When it is due by the round's own deadline.
    pub at: Ts,
}

/// The rounds of an office with every deadline they ever had.
#[derive(Debug, Clone)]
pub struct Timetable {
    calendar: Calendar,
    rounds: Vec<(Round, Vec<Set>)>,
    first: NaiveDate,
}

impl Timetable {
    /// The rounds with their deadlines, each in time order. Reports are expected from the day on which the office was
    /// opened, or from `first`, the day of the first one that ever came, where that is older.
    pub fn new(calendar: Calendar, rounds: Vec<(Round, Vec<Set>)>, first: Option<NaiveDate>) -> Self {
        let opened = opened(&rounds).map_or(NaiveDate::MAX, |at| calendar.day(at));
        Self { calendar, rounds, first: first.map_or(opened, |first| first.min(opened)) }
    }

    /// The first day of which reports are expected.
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// The deadline of a round that is in force at a moment, in minutes after midnight. Before the first that was ever
    /// set for it, the first counts.
    pub fn minute(&self, round: &Round, at: Ts) -> Option<i32> {
        let (_, sets) = self.rounds.iter().find(|(known, _)| known == round)?;
        if at < sets.first()?.0 { sets.first()?.1 } else { in_force(sets, at) }
    }

    /// Whether a round is the first of the day, by the rounds in force at a moment.
    pub fn is_first(&self, round: &Round, at: Ts) -> bool {
        let Some(mine) = self.minute(round, at) else { return false };
        self.rounds.iter().filter_map(|(_, sets)| in_force(sets, at)).all(|other| mine <= other)
    }

    /// Whether the office ever had such a round.
    pub fn knows(&self, round: &Round) -> bool {
        self.rounds.iter().any(|(known, _)| known == round)
    }

    /// The reports of a day in the order in which they are due, by the deadlines in force at its end, or now. A round
    /// that came after its hour, or was gone before it, is not expected that day.
    pub fn of_day(&self, day: NaiveDate, now: Ts) -> Vec<Due> {
        let end = self.calendar.at_minute(add_days(day, 1), self.calendar.day_start_min).plus(-1).min(now);
        let opened = opened(&self.rounds);
        let mut out: Vec<Due> = Vec::new();
        for (round, sets) in &self.rounds {
            let first = sets.first();
            // What was set when the office was opened counts for the days before as well.
            let from_the_start = first.is_some_and(|(from, _)| Some(*from) == opened);
            let minute = sets.iter().rev().filter(|(from, _)| *from <= end).find_map(|(_, minute)| *minute);
            let minute = minute.or_else(|| first.filter(|_| from_the_start)?.1);
            let Some(minute) = minute else { continue };
            let at = self.calendar.at_minute(day, minute);
            let before_all = from_the_start && first.is_some_and(|(from, _)| at < *from);
            if before_all || in_force(sets, at).is_some() {
                out.push(Due { day, round: round.clone(), at });
            }
        }
        out.sort_by(|a, b| (a.at, &a.round).cmp(&(b.at, &b.round)));
        out
    }

    /// The report in force: the last whose deadline has passed, of a day that has begun. None before the first.
    pub fn in_force(&self, now: Ts) -> Option<Due> {
        let mut day = self.calendar.day(now);
        while day >= self.first {
            if let Some(due) = self.of_day(day, now).into_iter().rfind(|due| due.at < now) {
                return Some(due);
            }
            day = add_days(day, -1);
        }
        None
    }

    /// The report that runs: today's next, whose deadline has not passed. After the day's last deadline none runs until
    /// the next day begins.
    pub fn running(&self, now: Ts) -> Option<Due> {
        self.of_day(self.calendar.day(now), now).into_iter().find(|due| due.at >= now)
    }

    /// Everything that was expected since the first day, the oldest first, and what runs now.
    pub fn all(&self, now: Ts) -> Vec<Due> {
        let today = self.calendar.day(now);
        let mut out = Vec::new();
        let mut day = self.first;
        while day < today {
            out.extend(self.of_day(day, now));
            day = add_days(day, 1);
        }
        let mut runs = false;
        out.extend(
            self.of_day(today, now)
                .into_iter()
                .take_while(|due| !std::mem::replace(&mut runs, due.at >= now)),
        );
        out
    }
}

/// What was set last before `at`; none when nothing was, or when it was taken away.
pub fn in_force(sets: &[Set], at: Ts) -> Option<i32> {
    sets.iter().rev().find(|(from, _)| *from <= at).and_then(|(_, minute)| *minute)
}

/// When the first deadline of all was set.
fn opened(rounds: &[(Round, Vec<Set>)]) -> Option<Ts> {
    rounds.iter().filter_map(|(_, sets)| sets.first()).map(|(from, _)| *from).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Ts {
        Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 2, day).unwrap()
    }

    fn table(day_start_min: i32, rounds: &[(&str, &[Set])], first: Option<u32>) -> Timetable {
        let calendar = Calendar { day_start_min, ..Calendar::default() };
        let rounds = rounds.iter().map(|(code, sets)| (Round((*code).to_owned()), sets.to_vec())).collect();
        Timetable::new(calendar, rounds, first.map(day))
    }

    /// Day and round in force, and those that run.
    fn says(table: &Timetable, now: &str) -> (Option<String>, Option<String>) {
        let say = |due: Due| format!("{} {}", due.day.format("%d"), due.round);
        (table.in_force(at(now)).map(say), table.running(at(now)).map(say))
    }

    fn pair(force: &str, running: &str) -> (Option<String>, Option<String>) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (some(force), some(running))
    }

    #[test]
    fn the_day_in_force_is_the_last_whose_deadline_has_passed() {
        let table = table(0, &[("day", &[(at("16T08:05"), Some(600))])], Some(16));
        for (now, force, running) in [
            ("16T09:00", "", "16 day"),
            ("16T10:00", "", "16 day"),
            ("17T10:05", "17 day", ""),
            ("17T23:59", "17 day", ""),
            ("18T00:01", "17 day", "18 day"),
            ("18T07:50", "17 day", "18 day"),
            ("18T09:59", "17 day", "18 day"),
            ("18T10:00", "17 day", "18 day"),
            ("18T10:01", "18 day", ""),
            ("21T10:01", "21 day", ""),
        ] {
            assert_eq!(says(&table, now), pair(force, running), "{now}");
        }
    }

    #[test]
    fn a_day_from_eight_runs_from_eight() {
        let table = table(480, &[("day", &[(at("16T08:05"), Some(600))])], Some(16));
        for (now, force, running) in [
            ("18T00:01", "17 day", ""),
            ("18T07:50", "17 day", ""),
            ("18T08:00", "17 day", "18 day"),
            ("18T10:01", "18 day", ""),
        ] {
            assert_eq!(says(&table, now), pair(force, running), "{now}");
        }
    }

    #[test]
    fn of_two_rounds_one_may_be_in_force_while_the_other_runs() {
        let sets = |minute| [(at("16T08:05"), Some(minute))];
        let (am, pm) = (sets(600), sets(960));
        let table = table(0, &[("am", &am), ("pm", &pm)], Some(16));
        for (now, force, running) in [
            ("17T00:01", "16 pm", "17 am"),
            ("17T10:05", "17 am", "17 pm"),
            ("17T16:05", "17 pm", ""),
            ("18T09:59", "17 pm", "18 am"),
        ] {
            assert_eq!(says(&table, now), pair(force, running), "{now}");
        }
        let all: Vec<String> = table
            .all(at("17T10:05"))
            .iter()
            .map(|due| format!("{} {}", due.day.format("%d"), due.round))
            .collect();
        assert_eq!(all, ["16 am", "16 pm", "17 am", "17 pm"]);
    }

    #[test]
    fn a_round_is_expected_on_the_days_on_which_it_was_in_force_at_its_hour() {
        let day_round = [(at("16T08:05"), Some(600)), (at("18T14:00"), None)];
        let (am, pm) = ([(at("18T14:00"), Some(600))], [(at("18T14:00"), Some(960))]);
        let table = table(0, &[("am", &am), ("day", &day_round), ("pm", &pm)], Some(17));
        let rounds = |n| -> Vec<String> {
            table.of_day(day(n), at("21T10:05")).iter().map(|due| due.round.to_string()).collect()
        };
        assert_eq!(rounds(17), ["day"]);
        assert_eq!(rounds(18), ["day", "pm"]);
        assert_eq!(rounds(19), ["am", "pm"]);
        // Days before the office was opened are asked of its first rounds.
        assert_eq!(rounds(10), ["day"]);
    }

    #[test]
    fn a_deadline_moved_within_the_day_stays_one_report() {
        let sets = [(at("16T08:05"), Some(720)), (at("17T11:00"), Some(600)), (at("18T09:00"), Some(840))];
        let table = table(0, &[("day", &sets)], Some(16));
        let due = |n: u32| table.of_day(day(n), at("21T10:05")).iter().map(|due| due.at).collect::<Vec<_>>();
        assert_eq!(due(16), [at("16T12:00")]);
        assert_eq!(due(17), [at("17T10:00")]);
        assert_eq!(due(18), [at("18T14:00")]);
    }

    #[test]
    fn before_any_report_the_office_s_own_first_day_counts() {
        let table = table(0, &[("day", &[(at("17T08:05"), Some(600))])], None);
        assert_eq!(says(&table, "17T09:00"), pair("", "17 day"));
        assert_eq!(says(&table, "17T10:05"), pair("17 day", ""));
        assert_eq!(table.all(at("18T03:00")).len(), 2);
        assert!(Timetable::new(Calendar::default(), Vec::new(), None).in_force(at("17T10:05")).is_none());
    }
}
