//! PINs: with what an officer signs. What is kept of them: `pin_kept`.
//!
//! A try is counted before it is looked at, in a transaction of its own, so that stopping the program saves nobody a
//! wait; hashing happens outside the act's transaction, which stays short. Waits are counted by how long the machine
//! has been running, which setting its clock does not change.

use super::act::{self, Act, Author, Close, Committed, LedgerAct};
use super::pin_kept::{Hash, kept, of_officers};
use super::pin_log::has_pin_in;
use super::proof::Proof;
use super::{Reader, Store, append, erase, pin_log, query};
use crate::domain::handover::How;
use crate::domain::ids::{Mint, OfficerId, PersonId};
use crate::domain::pin::Pin;
use crate::domain::time::{MINUTE, Ts};
use crate::error::{Error, Result};
use crate::i18n::handover as say;
use crate::log::chain::Frontier;
use crate::platform::Uptime;
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::HashMap;

/// The PIN with which whoever acts signs a step of a register.
fn signed_with(act: &Act) -> Option<&Pin> {
    match act {
        Act::Ledger(act) => match &**act {
            LedgerAct::Move { pin, .. } => pin.as_ref(),
            _ => None,
        },
        _ => None,
    }
}

const SECOND: i64 = 1000;
/// Wrong tries in a row that cost nothing.
const FREE: u32 = 3;
/// The longest wait after a wrong try.
const LONGEST: i64 = 15 * MINUTE;

impl Store {
    /// Checks a PIN. After three wrong ones in a row each further try has to wait: half a minute, then twice as long
    /// each time, a quarter of an hour at most, by the time the machine has been running. An officer without a PIN has
    /// none to check.
    ///
    /// # Errors
    /// It is wrong, or it is too early to try again; what is kept of it is not what the log says; the database cannot be
    /// written.
    pub fn check_pin(&mut self, officer: OfficerId, pin: &Pin, now: Ts) -> Result<()> {
        let up = self.up(now);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(Tried { hash, fails, failed }) = tried(&tx, officer)? else { return Ok(()) };
        refuse_early(fails, &failed, &up)?;
        tx.execute(
            "UPDATE local_pin SET fails = fails + 1, failed_at = ?2, boot = ?3, up = ?4 WHERE officer = ?1",
            params![officer, now, up.boot, up.ms],
        )?;
        tx.commit()?;
        if !hash.fits(pin)? {
            return Err(wrong());
        }
        self.conn.execute("UPDATE local_pin SET fails = 0 WHERE officer = ?1", [officer])?;
        Ok(())
    }

    /// How long the machine has been running.
    pub(super) fn up(&self, now: Ts) -> Uptime {
        self.uptime.as_ref().map_or_else(|| crate::platform::uptime(now), |told| told(now))
    }

    /// Has the waits after wrong PINs counted by `told` instead of by the machine: time stands still in a test.
    pub fn count_waits_by(&mut self, told: impl Fn(Ts) -> Uptime + Send + 'static) {
        self.uptime = Some(Box::new(told));
    }

    /// Sets or changes (`new`), or takes away, an officer's PIN; `old` is the one in force, if there is one.
    ///
    /// # Errors
    /// The old one is wrong or missing; the database cannot be written.
    pub fn set_pin(
        &mut self,
        author: &Author,
        mint: &mut dyn Mint,
        officer: OfficerId,
        old: Option<Pin>,
        new: Option<Pin>,
    ) -> Result<Committed> {
        self.commit(author, mint, &Act::ChangePin { officer, new, old, second: None })
    }

    /// Checks the PINs an act comes with, before its transaction. An op that was written already is not checked again.
    pub(super) fn prove(&mut self, author: &Author, mint: &mut dyn Mint, act: &Act) -> Result<Proof> {
        let mut proof = Proof::default();
        let erasing = matches!(act.itself(), Act::Erase { .. });
        let signed = signed_with(act).is_some();
        if !(erasing
            || signed
            || matches!(act, Act::CloseShift(_) | Act::ChangePin { .. } | Act::Approved { .. }))
            || append::find_op(&self.conn, author.op_id)?.is_some()
        {
            return Ok(proof);
        }
        match act {
            Act::CloseShift(close) => {
                for (officer, pin, field) in self.signers(close)? {
                    self.check_pin(officer, pin, author.now).map_err(|error| error.in_field(field))?;
                    proof.officers.push(officer);
                }
            }
            Act::ChangePin { officer, new, old, second } => {
                // Who takes a colleague's away does not know it, and gives their own.
                let whose = if new.is_none() { author.officer } else { *officer };
                let given = old.iter().map(|pin| (whose, pin));
                for (whose, pin) in given.chain(second.iter().map(|(whose, pin)| (*whose, pin))) {
                    self.check_pin(whose, pin, author.now).map_err(|error| error.in_field("pin"))?;
                    // Whoever has none has proven nothing.
                    if has_pin_in(&self.conn, whose)? {
                        proof.officers.push(whose);
                    }
                }
                proof.hash = new.as_ref().map(|pin| Hash::of(pin, mint.nonce())).transpose()?;
            }
            Act::Approved { by, pin: Some(pin), .. } => {
                self.check_pin(*by, pin, author.now).map_err(|error| error.in_field("approver_pin"))?;
                proof.officers.push(*by);
            }
            _ => {}
        }
        if let Some(pin) = signed_with(act) {
            self.check_pin(author.officer, pin, author.now).map_err(|error| error.in_field("pin"))?;
            proof.officers.push(author.officer);
        }
        if let Act::Erase { person, .. } = act.itself() {
            let (conn, desk) = (&self.conn, self.desk);
            act::ready(&mut act::Ctx { conn, desk, author, mint, proof: &proof, approved_by: None }, act)?;
            proof.plan = Some(self.look_for(*person)?);
        }
        Ok(proof)
    }

    /// Looks through the whole log for what speaks of a person, while others go on writing.
    pub(super) fn look_for(&self, person: PersonId) -> Result<(Frontier, erase::Plan)> {
        let reader = self.reader()?;
        let tx = reader.snapshot()?;
        Ok((query::frontier_in(&tx)?, erase::plan(&tx, person)?))
    }

    /// Who signs with a PIN that was given, and in which field of the form it stands.
    fn signers<'a>(&self, close: &'a Close) -> Result<Vec<(OfficerId, &'a Pin, &'static str)>> {
        let from = append::open_shift(&self.conn)?.filter(|(shift, _)| *shift == close.shift);
        // The shift is gone: the act itself says so.
        let Some((_, from)) = from else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        if close.how != How::TakenOver {
            out.extend(close.from_pin.as_ref().map(|pin| (from, pin, "from_pin")));
        }
        // Who goes on after oneself signs once.
        if close.how == How::Continued {
            if out.is_empty() {
                out.extend(close.to_pin.as_ref().map(|pin| (from, pin, "to_pin")));
            }
        } else {
            out.extend(close.to_pin.as_ref().map(|pin| (close.to, pin, "to_pin")));
        }
        out.retain(|(officer, ..)| has_pin_in(&self.conn, *officer).unwrap_or(true));
        Ok(out)
    }
}

/// A PIN, and the wrong tries that were counted.
struct Tried {
    hash: Hash,
    fails: u32,
    failed: Uptime,
}

/// What is kept of an officer's PIN, if it is what the log says.
fn tried(conn: &Connection, officer: OfficerId) -> Result<Option<Tried>> {
    let hash = kept(conn, officer)?;
    let digest = hash.as_ref().map(|hash| hash.digest(officer));
    if !pin_log::agrees(conn, officer, digest.as_deref())? {
        return Err(Error::refused(say::PIN_SWAPPED).hint(say::PIN_SWAPPED_HINT));
    }
    let Some(hash) = hash else { return Ok(None) };
    let (fails, failed) = conn
        .prepare_cached("SELECT fails, boot, up FROM local_pin WHERE officer = ?1")?
        .query_row([officer], |row| Ok((row.get(0)?, Uptime { boot: row.get(1)?, ms: row.get(2)? })))?;
    Ok(Some(Tried { hash, fails, failed }))
}

fn refuse_early(fails: u32, failed: &Uptime, up: &Uptime) -> Result<()> {
    let left = wait(fails) - up.since(failed);
    if left > 0 { Err(Error::refused(say::pin_wait(left.div_euclid(SECOND) + 1))) } else { Ok(()) }
}

fn wrong() -> Error {
    Error::refused(say::PIN_WRONG).hint(say::PIN_WRONG_HINT)
}

/// Wrong tries where nothing can be written: they are counted as long as the program runs, on top of those in the file.
#[derive(Debug, Default)]
pub struct Tries(HashMap<OfficerId, (u32, Uptime)>);

impl Tries {
    /// Checks a PIN with the same waits as [`Store::check_pin`], and writes nothing.
    pub(super) fn check(
        &mut self,
        conn: &Connection,
        officer: OfficerId,
        pin: &Pin,
        up: Uptime,
    ) -> Result<()> {
        let Some(Tried { hash, fails, failed }) = tried(conn, officer)? else { return Ok(()) };
        let (fails, failed) = self.0.get(&officer).cloned().unwrap_or((fails, failed));
        refuse_early(fails, &failed, &up)?;
        self.0.insert(officer, (fails + 1, up));
        if !hash.fits(pin)? {
            return Err(wrong());
        }
        self.0.remove(&officer);
        Ok(())
    }
}

/// How long after the last of so many wrong tries the next may come.
fn wait(fails: u32) -> i64 {
    if fails < FREE { 0 } else { (30 * SECOND).saturating_mul(1 << (fails - FREE).min(10)).min(LONGEST) }
}

/// The officers that sign with a PIN, by name.
///
/// # Errors
/// The database cannot be read.
pub fn with_pin(reader: &Reader) -> Result<Vec<OfficerId>> {
    let kept = of_officers(&reader.conn)?;
    let officers = query::officers(reader)?.into_iter().map(|(officer, _)| officer);
    Ok(officers.filter(|officer| kept.contains(officer)).collect())
}
