//! What somebody who calls is to a unit, and what that unit owes: it is most likely what the call is about.

use super::dial::promises_with_words;
use super::rows::Duty;
use super::units;
use crate::domain::ids::{Subject, UnitId};
use crate::domain::phone::{Whose, digits, same};
use crate::domain::text::half_width;
use crate::domain::time::Ts;
use crate::error::Result;
use rusqlite::Connection;

/// How many units one number stands for at most: a switchboard may stand for all of them.
const MOST: usize = 3;

/// The units of which one of these numbers is the liaison's or the head's, with what each owes.
pub(super) fn duties(conn: &Connection, numbers: &[String], now: Ts) -> Result<Vec<Duty>> {
    let mut out = answered_for(conn, numbers)?;
    for duty in &mut out {
        let owing = units::owing_of(conn, duty.unit, now)?;
        duty.owed = owing
            .map_or_else(Vec::new, |owing| owing.owed.into_iter().map(|one| (one.day, one.round)).collect());
        duty.promises = promises_with_words(conn, Subject::Unit(duty.unit))?;
    }
    Ok(out)
}

/// Whether what is written can be one of these numbers: reading a number takes far longer than looking at its digits, and
/// every unit has two.
fn may_be(written: &str, numbers: &[String]) -> bool {
    let plain: String =
        written.chars().map(half_width).filter(|c| c.is_ascii_digit() || !c.is_ascii()).collect();
    !plain.is_ascii()
        || numbers.iter().any(|number| plain.contains(&number[number.len().saturating_sub(4)..]))
}

/// The units of which one of these numbers is the liaison's or the head's; what each owes is not read.
pub(super) fn answered_for(conn: &Connection, numbers: &[String]) -> Result<Vec<Duty>> {
    let mut out: Vec<Duty> = Vec::new();
    let mut query = conn.prepare_cached(
        "SELECT id, name, coalesce(liaison, ''), coalesce(liaison_phone, ''), coalesce(head, ''), coalesce(head_phone, '') \
         FROM cur_unit ORDER BY code",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (unit, name): (UnitId, String) = (row.get(0)?, row.get(1)?);
        for (role, at) in [(Whose::Liaison, 2), (Whose::Head, 4)] {
            let written = row.get_ref(at + 1)?.as_str().map_err(rusqlite::Error::from)?;
            if !may_be(written, numbers) {
                continue;
            }
            let phone = digits(written);
            if numbers.iter().any(|number| same(&phone, number)) && out.iter().all(|duty| duty.unit != unit) {
                out.push(Duty {
                    unit,
                    name: name.clone(),
                    role,
                    who: row.get(at)?,
                    owed: Vec::new(),
                    promises: Vec::new(),
                });
            }
        }
    }
    out.truncate(MOST);
    Ok(out)
}
