//! Slots (时段): follow-ups that are due at a time of day. A missed slot stays missed.
//!
//! A slot is owed while its case stands under a measure. Missed ones stay on the record for good; they are asked for
//! until the person is heard again, whenever that is.

use super::time::{Calendar, Ts, add_days};
use chrono::NaiveDate;

/// The times of day at which observed people are due a call, as they stood at each moment: a slot that was set when
/// it opened stays what it was when the office chooses others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Times(Vec<(Ts, Vec<i32>)>);

impl Times {
    /// From what was set when, in time order: minutes after midnight.
    pub fn new(sets: Vec<(Ts, Vec<i32>)>) -> Self {
        Self(sets)
    }

    /// Those in force at `at`; before the first that were ever set, these.
    fn at(&self, at: Ts) -> &[i32] {
        let set = self.0.iter().rev().find(|(from, _)| *from <= at).or(self.0.first());
        set.map_or(&[], |(_, minutes)| minutes)
    }

    /// When the slots of the reporting day `day` open, in time order.
    fn opening(&self, day: NaiveDate, cal: Calendar) -> Vec<(Ts, i32)> {
        let all = self.0.iter().flat_map(|(_, minutes)| minutes);
        let mut out: Vec<(Ts, i32)> = all.map(|minute| (opens(*minute, day, cal), *minute)).collect();
        out.retain(|(opens, minute)| self.at(*opens).contains(minute));
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Where a slot stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlotState {
    /// Somebody was heard within its window, well or not.
    Done,
    /// Its window is open and nobody was heard yet.
    Open,
    /// Its window closed without a contact.
    Missed,
    /// Its time has not come.
    Coming,
}

/// One slot of one reporting day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its time of day, minutes after midnight.
    pub minute: i32,
    /// When its window opens.
    pub opens: Ts,
    /// When its window closes: at the next slot of the day, or at the end of the reporting day.
    pub closes: Ts,
    /// Where it stands.
    pub state: SlotState,
}

/// The slots of the reporting day `day`, in time order, each with when it opens and when it closes.
fn windows(times: &Times, day: NaiveDate, cal: Calendar) -> Vec<(i32, Ts, Ts)> {
    let starts = times.opening(day, cal);
    let end = cal.at_minute(add_days(day, 1), cal.day_start_min);
    let closes = |place: usize| starts.get(place + 1).map_or(end, |next| next.0);
    starts.iter().enumerate().map(|(place, &(opens, minute))| (minute, opens, closes(place))).collect()
}

/// The slots of the reporting day `day`, in time order. `contacts` are the moments at which the person was heard, well
/// or not ([`super::followup::Outcome::fills_slot`]), in any order.
pub fn due(times: &Times, day: NaiveDate, cal: Calendar, now: Ts, contacts: &[Ts]) -> Vec<Slot> {
    let slot = |(minute, opens, closes)| {
        let heard = contacts.iter().any(|at| (opens..closes).contains(at));
        let state = match () {
            () if heard => SlotState::Done,
            () if now < opens => SlotState::Coming,
            () if now < closes => SlotState::Open,
            () => SlotState::Missed,
        };
        Slot { minute, opens, closes, state }
    };
    windows(times, day, cal).into_iter().map(slot).collect()
}

/// The slots that were missed between `from` and `until`: that opened, and closed, within. In time order, each with its
/// reporting day.
pub fn missed(times: &Times, cal: Calendar, from: Ts, until: Ts, contacts: &[Ts]) -> Vec<(NaiveDate, Slot)> {
    let mut out = Vec::new();
    let mut day = cal.day(from);
    while day <= cal.day(until) {
        let owed = |slot: &Slot| slot.state == SlotState::Missed && slot.opens >= from;
        out.extend(due(times, day, cal, until, contacts).into_iter().filter(owed).map(|slot| (day, slot)));
        day = add_days(day, 1);
    }
    out
}

/// Slots that were missed on a day, or on several days in a row at the same times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedDays {
    /// The first reporting day.
    pub first: NaiveDate,
    /// The last one.
    pub last: NaiveDate,
    /// At which times of each, minutes after midnight.
    pub minutes: Vec<i32>,
}

impl MissedDays {
    /// How many slots.
    pub fn count(&self) -> usize {
        self.days().count() * self.minutes.len()
    }

    /// Each of the days.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }
}

/// Missed slots, which come in time order, put together by days.
pub fn by_days(missed: impl IntoIterator<Item = (NaiveDate, Slot)>) -> Vec<MissedDays> {
    let mut days: Vec<MissedDays> = Vec::new();
    for (day, slot) in missed {
        match days.last_mut() {
            Some(last) if last.first == day => last.minutes.push(slot.minute),
            _ => days.push(MissedDays { first: day, last: day, minutes: vec![slot.minute] }),
        }
    }
    let mut out: Vec<MissedDays> = Vec::new();
    for day in days {
        match out.last_mut() {
            Some(run) if run.minutes == day.minutes && add_days(run.last, 1) == day.first => {
                run.last = day.last;
            }
            _ => out.push(day),
        }
    }
    out
}

/// Every slot from a moment to the end of the reporting day of `now`: what is owed of however many people is looked
/// up in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// When each opens and closes, in time order.
    slots: Vec<(Ts, Ts)>,
    now: Ts,
}

/// What is owed of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Owed {
    /// The oldest slot that was missed, and how many were.
    pub missed: Option<(Ts, u32)>,
    /// The slot that is open.
    pub open: Option<Ts>,
    /// Those that are still to come today.
    pub coming: Vec<Ts>,
}

impl Grid {
    /// The slots from `from` on.
    pub fn new(times: &Times, cal: Calendar, from: Ts, now: Ts) -> Self {
        let mut slots = Vec::new();
        let mut day = cal.day(from.min(now));
        while day <= cal.day(now) {
            slots.extend(windows(times, day, cal).into_iter().map(|(_, opens, closes)| (opens, closes)));
            day = add_days(day, 1);
        }
        Self { slots, now }
    }

    /// What is owed of somebody under a measure since `since`, who was heard last at `heard`: whoever was heard after
    /// a slot need not be asked about it any more.
    pub fn owed(&self, since: Ts, heard: Option<Ts>) -> Owed {
        let place = |fits: &dyn Fn(&(Ts, Ts)) -> bool| self.slots.partition_point(fits);
        let from = place(&|(opens, _)| *opens < since || heard.is_some_and(|heard| *opens <= heard));
        let closed = place(&|(_, closes)| *closes <= self.now);
        let opened = place(&|(opens, _)| *opens <= self.now);
        let missed = closed.saturating_sub(from);
        Owed {
            missed: (missed > 0).then(|| (self.slots[from].0, missed as u32)),
            open: (closed.max(from)..opened).next().map(|place| self.slots[place].0),
            coming: self.slots[opened.max(from)..].iter().map(|slot| slot.0).collect(),
        }
    }
}

/// When the slot at `minute` opens on the reporting day `day`: where the day runs 08–08, a slot at 07:00 stands
/// on the next date.
pub fn opens(minute: i32, day: NaiveDate, cal: Calendar) -> Ts {
    let date = if minute < cal.day_start_min { add_days(day, 1) } else { day };
    cal.at_minute(date, minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(slots: &[i32], cal: Calendar, now: &str, contacts: &[&str]) -> Vec<SlotState> {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        let contacts: Vec<Ts> = contacts.iter().map(|text| at(text)).collect();
        due(&times(slots), day, cal, at(now), &contacts).iter().map(|slot| slot.state).collect()
    }

    fn times(slots: &[i32]) -> Times {
        Times::new(vec![(Ts(0), slots.to_vec())])
    }

    fn at(text: &str) -> Ts {
        Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
    }

    use SlotState::{Coming, Done, Missed, Open};

    #[test]
    fn a_slot_opens_is_done_or_stays_missed() {
        let cal = Calendar::default();
        let two = [540, 960];
        assert_eq!(states(&two, cal, "17T08:59", &[]), [Coming, Coming]);
        assert_eq!(states(&two, cal, "17T09:00", &[]), [Open, Coming]);
        assert_eq!(states(&two, cal, "17T10:05", &["17T09:30"]), [Done, Coming]);
        assert_eq!(states(&two, cal, "17T16:00", &[]), [Missed, Open]);
        // A call in the afternoon does not fill the morning.
        assert_eq!(states(&two, cal, "17T17:00", &["17T16:10"]), [Missed, Done]);
        // A call before the window opens fills nothing.
        assert_eq!(states(&two, cal, "17T09:10", &["17T08:50"]), [Open, Coming]);
        assert_eq!(states(&two, cal, "18T00:00", &["17T09:30"]), [Done, Missed]);
    }

    #[test]
    fn order_and_repetition_in_the_settings_do_not_matter() {
        assert_eq!(states(&[960, 540, 540], Calendar::default(), "17T12:00", &["17T11:59"]), [Done, Coming]);
        assert!(states(&[], Calendar::default(), "17T12:00", &[]).is_empty());
    }

    #[test]
    fn a_day_from_eight_to_eight_has_its_early_slot_last() {
        let cal = Calendar { day_start_min: 480, ..Calendar::default() };
        assert_eq!(states(&[420, 960], cal, "18T06:59", &["17T20:00"]), [Done, Coming]);
        assert_eq!(states(&[420, 960], cal, "18T07:30", &[]), [Missed, Open]);
        assert_eq!(states(&[420, 960], cal, "18T08:00", &[]), [Missed, Missed]);
    }

    #[test]
    fn what_is_missed_is_asked_for_until_the_person_is_heard() {
        let cal = Calendar::default();
        let owed = |now: &str, heard: Option<&str>| {
            let now = at(now);
            let grid = Grid::new(&times(&[540, 960]), cal, at("17T08:35"), now);
            grid.owed(at("17T08:35"), heard.map(at))
        };
        let coming = owed("17T08:40", None);
        assert_eq!((coming.missed, coming.open), (None, None));
        assert_eq!(coming.coming, [at("17T09:00"), at("17T16:00")]);
        assert_eq!(owed("17T10:00", None).open, Some(at("17T09:00")));
        assert_eq!(owed("17T10:00", Some("17T09:30")).open, None);
        let second = owed("17T16:00", None);
        assert_eq!((second.missed, second.open), (Some((at("17T09:00"), 1)), Some(at("17T16:00"))));
        assert_eq!(owed("18T00:01", None).missed, Some((at("17T09:00"), 2)));
        // However long it is ago.
        assert_eq!(owed("27T09:30", None).missed, Some((at("17T09:00"), 20)));
        assert_eq!(owed("27T09:30", Some("20T10:00")).missed, Some((at("20T16:00"), 13)));
        // A call that fills no slot of its own settles those before it.
        let heard = owed("18T08:00", Some("18T07:30"));
        assert_eq!((heard.missed, heard.open, heard.coming.len()), (None, None, 2));
        // A slot that opened before the measure was ordered was never owed.
        let grid = Grid::new(&times(&[540, 960]), cal, at("17T10:00"), at("18T00:01"));
        assert_eq!(grid.owed(at("17T10:00"), None).missed, Some((at("17T16:00"), 1)));
    }

    #[test]
    fn what_was_missed_stays_on_the_record_after_the_person_is_heard() {
        let cal = Calendar::default();
        let missed = |until: &str, heard: &[&str]| {
            let heard: Vec<Ts> = heard.iter().map(|text| at(text)).collect();
            let all = missed(&times(&[540, 960]), cal, at("17T10:00"), at(until), &heard);
            all.into_iter().map(|(_, slot)| slot.opens).collect::<Vec<_>>()
        };
        assert_eq!(missed("19T10:00", &["19T09:30"]), [at("17T16:00"), at("18T09:00"), at("18T16:00")]);
        assert_eq!(missed("19T10:00", &["18T10:00"]), [at("17T16:00"), at("18T16:00")]);
        // What was not over when the case ended was not missed.
        assert_eq!(missed("17T20:00", &[]), []);
    }

    #[test]
    fn days_on_which_the_same_was_missed_are_put_together() {
        let cal = Calendar::default();
        let heard = [at("20T09:30")];
        let runs = by_days(missed(&times(&[540, 960]), cal, at("17T10:00"), at("22T00:00"), &heard));
        let day = |day| NaiveDate::from_ymd_opt(2020, 2, day).unwrap();
        let runs: Vec<_> =
            runs.into_iter().map(|run| (run.count(), run.first, run.last, run.minutes)).collect();
        assert_eq!(
            runs,
            [
                (1, day(17), day(17), vec![960]),
                (4, day(18), day(19), vec![540, 960]),
                (1, day(20), day(20), vec![960]),
                (2, day(21), day(21), vec![540, 960]),
            ]
        );
    }

    #[test]
    fn other_times_do_not_change_what_was_missed_before_them() {
        let cal = Calendar::default();
        let times = Times::new(vec![(at("10T08:00"), vec![540, 960]), (at("18T12:00"), vec![600, 1200])]);
        let missed = missed(&times, cal, at("17T08:00"), at("20T00:00"), &[]);
        let expected = ["17T09:00", "17T16:00", "18T09:00", "18T20:00", "19T10:00", "19T20:00"];
        assert_eq!(missed.iter().map(|(_, slot)| slot.opens).collect::<Vec<_>>(), expected.map(at));
        let grid = Grid::new(&times, cal, at("17T08:00"), at("20T00:00"));
        assert_eq!(grid.owed(at("17T08:00"), None).missed, Some((at("17T09:00"), 6)));
    }
}
