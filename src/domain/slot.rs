//! Slots (时段): follow-ups that are due at a time of day. A missed slot stays missed.

use super::time::{Calendar, Ts, add_days};
use chrono::NaiveDate;

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

/// The slots of the reporting day `day`, in time order. `slots` are minutes after midnight; `contacts` are the
/// moments at which the person was heard, well or not ([`super::followup::Outcome::fills_slot`]), in any order.
pub fn due(slots: &[i32], day: NaiveDate, cal: Calendar, now: Ts, contacts: &[Ts]) -> Vec<Slot> {
    let mut starts: Vec<(Ts, i32)> = slots.iter().map(|minute| (opens(*minute, day, cal), *minute)).collect();
    starts.sort_unstable();
    starts.dedup();
    let end = cal.at_minute(add_days(day, 1), cal.day_start_min);
    let mut out = Vec::with_capacity(starts.len());
    for (place, &(opens, minute)) in starts.iter().enumerate() {
        let closes = starts.get(place + 1).map_or(end, |next| next.0);
        let heard = contacts.iter().any(|at| (opens..closes).contains(at));
        let state = match () {
            () if heard => SlotState::Done,
            () if now < opens => SlotState::Coming,
            () if now < closes => SlotState::Open,
            () => SlotState::Missed,
        };
        out.push(Slot { minute, opens, closes, state });
    }
    out
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
        let at = |text: &str| Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap();
        let contacts: Vec<Ts> = contacts.iter().map(|text| at(text)).collect();
        due(slots, day, cal, at(now), &contacts).iter().map(|slot| slot.state).collect()
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
        let cal = Calendar { utc_offset_min: 480, day_start_min: 480 };
        assert_eq!(states(&[420, 960], cal, "18T06:59", &["17T20:00"]), [Done, Coming]);
        assert_eq!(states(&[420, 960], cal, "18T07:30", &[]), [Missed, Open]);
        assert_eq!(states(&[420, 960], cal, "18T08:00", &[]), [Missed, Missed]);
    }
}
