//! Deadlines with the moments from which each is in force, and what follows from them: the round in play,
//! whether a report is late.

use super::settings_in;
use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::{ReportForm, ReportStatus, Round};
use crate::domain::time::{Calendar, MINUTE, Ts};
use crate::error::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::collections::HashMap;
use uuid::Uuid;

/// The day and round whose reports are being collected at `at`; none when the office has no rounds.
pub(in crate::store) fn round_in_play(conn: &Connection, at: Ts) -> Result<Option<(NaiveDate, Round)>> {
    let settings = settings_in(conn)?;
    Ok(in_play(&settings, at).map(|(day, round, _)| (day, round)))
}

/// The day, round and that round's own deadline at `at`.
pub(super) fn in_play(settings: &Settings, at: Ts) -> Option<(NaiveDate, Round, Ts)> {
    let calendar = settings.calendar;
    let day = calendar.day(at);
    let minute = ((at.0 - calendar.at_minute(day, 0).0) / MINUTE) as i32;
    let round = settings.round_at(minute)?;
    Some((day, round.round.clone(), calendar.at_minute(day, round.deadline)))
}

/// Every deadline that ever was in force.
pub(in crate::store) struct Deadlines {
    calendar: Calendar,
    /// The round that a unit's own deadline stands for: the first of the day.
    first: Option<Round>,
    /// By unit (nil: every unit) and round (empty: the unit's own), in time order.
    all: HashMap<(Uuid, String), Vec<(Ts, Option<i32>)>>,
}

impl Deadlines {
    pub(in crate::store) fn load(conn: &Connection, settings: &Settings) -> Result<Self> {
        let mut query = conn.prepare_cached(
            "SELECT unit, round, from_at, minute FROM cur_deadline ORDER BY unit, round, from_at",
        )?;
        let mut all: HashMap<(Uuid, String), Vec<(Ts, Option<i32>)>> = HashMap::new();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            all.entry((row.get(0)?, row.get(1)?)).or_default().push((row.get(2)?, row.get(3)?));
        }
        let first = settings.rounds.first().map(|r| r.round.clone());
        Ok(Self { calendar: settings.calendar, first, all })
    }

    /// When `unit`'s report for `day` and `round` is due, by the deadlines in force at `at`. Before the first that
    /// was ever set, the first counts.
    pub(in crate::store) fn due(&self, unit: UnitId, day: NaiveDate, round: &Round, at: Ts) -> Option<Ts> {
        let own = (self.first.as_ref() == Some(round))
            .then(|| self.in_force(unit.0, "", at, false))
            .flatten()
            .flatten();
        let minute = match own {
            Some(minute) => Some(minute),
            None => self.in_force(Uuid::nil(), &round.0, at, true).flatten(),
        };
        minute.map(|minute| self.calendar.at_minute(day, minute))
    }

    fn in_force(&self, unit: Uuid, round: &str, at: Ts, or_first: bool) -> Option<Option<i32>> {
        let set = self.all.get(&(unit, round.to_owned()))?;
        let latest = set.iter().rev().find(|(from, _)| *from <= at);
        latest.or_else(|| set.first().filter(|_| or_first)).map(|(_, minute)| *minute)
    }

    /// Where a report stands, given when its first one came and how.
    pub(in crate::store) fn status(
        &self,
        unit: UnitId,
        day: NaiveDate,
        round: &Round,
        received: Option<(Ts, ReportForm)>,
        now: Ts,
    ) -> ReportStatus {
        let judged_at = received.map_or(now, |(at, _)| at);
        let due = self.due(unit, day, round, judged_at);
        let past = due.is_some_and(|due| judged_at > due);
        match received {
            Some(_) if past => ReportStatus::Late,
            Some((_, ReportForm::Zero)) => ReportStatus::Zero,
            Some(_) => ReportStatus::Received,
            None if past => ReportStatus::Outstanding,
            None => ReportStatus::Awaited,
        }
    }
}
