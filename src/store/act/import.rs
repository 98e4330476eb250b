//! Sheets as planned by `intake`. What the plan was made from may have changed since: ids and keys are checked
//! again here, inside the transaction.

use super::{Ctx, Import, Resolved};
use crate::domain::ids::UnitId;
use crate::domain::report::ReportForm;
use crate::domain::text::has_words;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::{Adopted, Event, FormAdopted, ReportReceived, UnitAdded, UnitChanged};
use crate::store::query::{adopted_form, imported_in};
use std::collections::{BTreeSet, HashSet};

impl Import {
    /// Leaves units of a report out: their rows are not taken, and may come again in the very file.
    pub fn leave_out(&mut self, units: &BTreeSet<UnitId>) {
        let of_the_sheet = |import: &Self| import.readings.len() - import.carried.len();
        let before = of_the_sheet(self);
        self.readings.retain(|reading| !units.contains(&reading.unit));
        self.carried.retain(|(unit, _)| !units.contains(unit));
        self.reports.retain(|(key, _)| !units.contains(&key.unit));
        let left = (before - of_the_sheet(self)) as u32;
        self.sheet.left_out += left;
        self.sheet.accepted = self.sheet.accepted.saturating_sub(left);
    }
}

pub(super) fn import(ctx: &mut Ctx<'_>, import: &Import) -> Resolved {
    if let Some((_, at)) = imported_in(ctx.conn, &import.sheet)? {
        let calendar = crate::store::query::settings_in(ctx.conn)?.calendar;
        return Err(Error::refused(say::same_file(calendar.ymd_hm(at))));
    }
    let mut events = Vec::new();
    if needs_adopting(ctx, &import.form)? {
        events.push(Event::FormAdopted(FormAdopted(import.form.clone())));
    }
    events.push(Event::SheetImported(import.sheet.clone()));
    for (unit, code, name, facts) in &import.new_units {
        events.push(Event::UnitAdded(UnitAdded {
            unit: *unit,
            code: code.clone(),
            name: name.clone(),
            facts: facts.clone(),
        }));
    }
    for (unit, facts) in &import.changed_units {
        if let Some(parent) = facts.parent
            && !import.new_units.iter().any(|new| new.0 == parent)
        {
            super::people::check_parent(ctx, *unit, parent)?;
        }
        events.push(Event::UnitChanged(UnitChanged {
            unit: *unit,
            code: None,
            name: None,
            facts: facts.clone(),
            told_by: String::new(),
        }));
    }
    for (key, rows) in &import.reports {
        if !import.new_units.iter().any(|new| new.0 == key.unit) {
            super::report::check_key(ctx, key)?;
        }
        super::report::check_round(ctx, key)?;
        let again = super::report::is_received(ctx, key)?;
        if again && !has_words(&import.reason) {
            return Err(Error::refused(say::ALREADY_RECEIVED).hint(say::ALREADY_RECEIVED_HINT));
        }
        let form = if *rows == 0 { ReportForm::Zero } else { ReportForm::Rows };
        let reason = if again { import.reason.trim().to_owned() } else { String::new() };
        events.push(Event::ReportReceived(ReportReceived { key: key.clone(), form, rows: *rows, reason }));
    }
    for (key, _) in &import.reports {
        events.extend(super::contact::end_chases(ctx, key)?);
    }
    check_known(ctx, import)?;
    let op = Op { events, roster: import.roster.clone(), readings: import.readings.clone(), undoes: None };
    Ok((op, None))
}

fn needs_adopting(ctx: &Ctx<'_>, form: &Adopted) -> Result<bool> {
    Ok(adopted_form(ctx.conn, &form.form)?.is_none_or(|content| content != form.content))
}

/// Every person and unit that the plan takes as known is known still.
fn check_known(ctx: &Ctx<'_>, import: &Import) -> Result<()> {
    let mut person = ctx.conn.prepare_cached("SELECT 1 FROM cur_person WHERE id = ?1")?;
    let mut unit = ctx.conn.prepare_cached("SELECT 1 FROM cur_unit WHERE id = ?1")?;
    let stale = || Error::refused(say::PLAN_STALE).hint(say::PLAN_STALE_HINT);
    let people: HashSet<_> = import.readings.iter().map(|reading| reading.person).collect();
    for id in people {
        if !person.exists([id])? {
            return Err(stale());
        }
    }
    let new: HashSet<_> = import.new_units.iter().map(|new| new.0).collect();
    let mut units: HashSet<_> = import.roster.iter().filter_map(|row| row.facts.unit).collect();
    units.extend(import.changed_units.iter().map(|changed| changed.0));
    units.extend(import.readings.iter().map(|reading| reading.unit));
    for id in units.difference(&new) {
        if !unit.exists([id])? {
            return Err(stale());
        }
    }
    Ok(())
}
