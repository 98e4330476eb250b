//! Who may unlock the screen.

use super::pin_log::has_pin_in;
use super::{Reader, Store, Tries, append};
use crate::domain::ids::OfficerId;
use crate::domain::pin::Pin;
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::rights as say;
use rusqlite::{Connection, OptionalExtension};

impl Store {
    /// Whether `officer` may unlock the screen at which `of` sat (the officer on duty where nobody is named): with the
    /// own PIN where there is one, whoever it is; without one only where `of` has none either.
    ///
    /// # Errors
    /// The PIN is missing or wrong, or it is too early to try again; the database cannot be written.
    pub fn unlock(
        &mut self,
        of: Option<OfficerId>,
        officer: OfficerId,
        pin: Option<&Pin>,
        now: Ts,
    ) -> Result<()> {
        if !asks_pin(&self.conn, of, officer)? {
            return Ok(());
        }
        let pin = pin.ok_or_else(|| pin_first(&self.conn, officer))?;
        match self.check_pin(officer, pin, now) {
            // The disk takes nothing: whoever has the PIN is not kept out for that.
            Err(error) if error.kind() == Some(Kind::NotSaved) => {
                let up = self.up(now);
                self.tries.check(&self.conn, officer, pin, up)
            }
            checked => checked,
        }
    }
}

impl Reader {
    /// The same where the office can only be read: wrong tries wait as long as the program runs.
    ///
    /// # Errors
    /// As [`Store::unlock`].
    pub fn unlock(
        &self,
        of: Option<OfficerId>,
        officer: OfficerId,
        pin: Option<&Pin>,
        now: Ts,
        tries: &mut Tries,
    ) -> Result<()> {
        if !asks_pin(&self.conn, of, officer)? {
            return Ok(());
        }
        let pin = pin.ok_or_else(|| pin_first(&self.conn, officer))?;
        tries.check(&self.conn, officer, pin, crate::platform::uptime(now))
    }
}

/// Whether this officer unlocks with a PIN; refused where one without would open another's lock.
fn asks_pin(conn: &Connection, of: Option<OfficerId>, officer: OfficerId) -> Result<bool> {
    if has_pin_in(conn, officer)? {
        return Ok(true);
    }
    let locker = match of {
        Some(of) => Some(of),
        None => append::open_shift(conn)?.map(|(_, on_duty)| on_duty),
    };
    match locker {
        Some(locker) if locker != officer && has_pin_in(conn, locker)? => {
            let refused = say::no_pin_here(name_of(conn, officer)?, name_of(conn, locker)?);
            Err(Error::refused(refused).hint(say::NO_PIN_HERE_HINT))
        }
        _ => Ok(false),
    }
}

fn pin_first(conn: &Connection, officer: OfficerId) -> Error {
    name_of(conn, officer).map_or_else(|error| error, |name| Error::refused(say::pin_first(name)))
}

fn name_of(conn: &Connection, officer: OfficerId) -> Result<String> {
    let mut query = conn.prepare_cached("SELECT name FROM cur_officer WHERE id = ?1")?;
    Ok(query.query_row([officer], |row| row.get(0)).optional()?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::Tries;
    use crate::domain::ids::{Mint, OfficerId};
    use crate::domain::pin::Pin;
    use crate::store::act::Author;
    use crate::store::query;
    use crate::store::tests::Office;

    fn named(office: &Office, name: &str) -> OfficerId {
        query::officers(&office.reader()).unwrap().into_iter().find(|(_, known)| known == name).unwrap().0
    }

    #[test]
    fn whoever_has_a_pin_unlocks_with_it_and_one_without_opens_no_others_lock() {
        let mut office = Office::new();
        let (first, second) = (named(&office, "甲"), named(&office, "乙"));
        let now = office.now;
        // Nobody has a PIN: Enter is enough, for whoever it is.
        office.store.unlock(Some(first), first, None, now).unwrap();
        office.store.unlock(Some(first), second, None, now).unwrap();
        let pin = Pin::new("4711").unwrap();
        let op_id = office.ids.id(now);
        let author = Author { officer: first, now, happened_at: None, op_id };
        office.store.set_pin(&author, &mut office.ids, first, None, Some(pin.clone())).unwrap();
        assert!(office.store.unlock(Some(first), first, None, now).is_err(), "the PIN is needed");
        office.store.unlock(Some(first), first, Some(&pin), now).unwrap();
        // One without a PIN does not get round it, whether it is said who sat here or not.
        assert!(office.store.unlock(Some(first), second, None, now).is_err());
        assert!(office.store.unlock(None, second, None, now).is_err());
        // One who has a PIN unlocks what anybody locked, and wrong tries have to wait.
        office.store.unlock(Some(second), first, Some(&pin), now).unwrap();
        let wrong = Pin::new("0000").unwrap();
        for _ in 0..3 {
            assert!(office.store.unlock(Some(first), first, Some(&wrong), now).is_err());
        }
        let early = office.store.unlock(Some(first), first, Some(&pin), now).unwrap_err();
        assert!(early.say().en.contains("wait"), "{}", early.say().en);
    }

    #[test]
    fn where_nothing_can_be_written_the_pin_still_unlocks_and_wrong_ones_still_wait() {
        let mut office = Office::new();
        let first = named(&office, "甲");
        let (right, wrong, now) = (Pin::new("4711").unwrap(), Pin::new("0000").unwrap(), office.now);
        let op_id = office.ids.id(now);
        let author = Author { officer: first, now, happened_at: None, op_id };
        office.store.set_pin(&author, &mut office.ids, first, None, Some(right.clone())).unwrap();
        office.store.conn.pragma_update(None, "query_only", true).unwrap();
        office.store.unlock(Some(first), first, Some(&right), now).unwrap();
        let (reader, mut tries) = (office.reader(), Tries::default());
        reader.unlock(Some(first), first, Some(&right), now, &mut tries).unwrap();
        for _ in 0..3 {
            let told = office.store.unlock(Some(first), first, Some(&wrong), now).unwrap_err();
            assert!(told.say().en.contains("wrong"), "{}", told.say().en);
            assert!(reader.unlock(Some(first), first, Some(&wrong), now, &mut tries).is_err());
        }
        let early = [
            office.store.unlock(Some(first), first, Some(&right), now).unwrap_err(),
            reader.unlock(Some(first), first, Some(&right), now, &mut tries).unwrap_err(),
        ];
        for early in early {
            assert!(early.say().en.contains("wait"), "{}", early.say().en);
        }
    }
}
