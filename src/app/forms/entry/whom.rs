//! Whom a form of a ledger is about, as far as that is known when it opens.

use crate::app::shown::table::Target;
use crate::domain::ids::{Subject, UnitId};
use crate::domain::ledger::{Ledger, Link};
use crate::store::query::rows::{EntryAsk, EntryBasis, EntryRow};

/// Whom entries of a form are about, where that is one person or unit; of a new one, what it is known to be about before
/// it is filled in.
pub(super) fn whom(basis: &EntryBasis, ask: Option<&EntryAsk>) -> Vec<Target> {
    let of = match basis.rows.as_slice() {
        [] => basis.above.as_ref(),
        [one] => Some(one).filter(|one| one.row.subject().is_some()).or(basis.above.as_ref()),
        _ => None,
    };
    if let Some(row) = of {
        return about(&basis.ledger, row).into_iter().collect();
    }
    let Some(EntryAsk::Due(_, of)) = ask else { return Vec::new() };
    // What is due of a unit stands among the units that its columns can point at.
    let units = basis.ledger.part.links().filter(|(_, link)| **link == Link::Unit);
    let mut offered = units.filter_map(|(name, _)| basis.offered.get(name)).flatten();
    let unit = offered.find(|one| one.id == *of);
    unit.map(|one| Target::new(Some(Subject::Unit(UnitId(one.id))), &one.name)).into_iter().collect()
}

/// Whom an entry is about.
fn about(ledger: &Ledger, row: &EntryRow) -> Option<Target> {
    let subject = row.row.subject()?;
    let wanted = match subject {
        Subject::Person(_) => Link::Person,
        _ => Link::Unit,
    };
    let part = ledger.part(row.row.parent.is_some())?;
    let names = part.links().filter(|(_, link)| **link == wanted).filter_map(|(name, _)| row.names.get(name));
    Some(Target::new(Some(subject), names.map(|name| name.zh.as_str()).next().unwrap_or_default()))
}
