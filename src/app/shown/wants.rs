//! What a line of 待办 wants that is due in a ledger, and which steps are open to entries.

use super::sheet::called;
use crate::domain::ids::EntryId;
use crate::domain::item::{DueRow, ItemKind};
use crate::domain::ledger::raise::of_due;
use crate::domain::ledger::{Applies, Due, Ledger, Part, Transition, known};
use crate::i18n::ledger as words;
use crate::i18n::ledger_desk as say;
use crate::say::Say;
use crate::store::query::rows::EntryRow;
use std::sync::Arc;

/// What a line of 待办 asks for that is due in a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Wants {
    /// An entry proposes something: it is taken up or declined.
    Decision(EntryId),
    /// An entry is to go on to its next state.
    Step(EntryId),
    /// Somebody is to be called; the entry may go on as well.
    Call(EntryId),
    /// Something is to be entered.
    Entry,
    /// Something is to be filled in where it stands: nothing that is entered later settles it.
    Fill(EntryId),
}

/// The declaration of something due in a ledger, and whether it is due of lines.
pub(in crate::app) fn declared(kind: ItemKind) -> Option<(Arc<Ledger>, Due, bool)> {
    let (ledger, id) = kind.ledger()?;
    let ledger = known(ledger, u16::MAX)?;
    [false, true].into_iter().find_map(|of_lines| {
        let due = ledger.part(of_lines)?.dues.iter().find(|due| due.id == id)?.clone();
        Some((ledger.clone(), due, of_lines))
    })
}

/// What a line asks for that is due in a ledger; nothing where its declaration is not known.
pub(in crate::app) fn wants(row: &DueRow) -> Option<Wants> {
    let (_, id) = row.item.kind.ledger()?;
    let entry = EntryId(row.item.id);
    if of_due(id).is_some() {
        return Some(Wants::Decision(entry));
    }
    let (ledger, due, of_lines) = declared(row.item.kind)?;
    let has_states = ledger.part(of_lines).is_some_and(|part| part.states.is_some());
    Some(match due.applies {
        Applies::Entry if due.resolved_if.uses("called") && row.subject.is_some() => Wants::Call(entry),
        Applies::Entry if has_states || of_lines => Wants::Step(entry),
        Applies::Entry if ledger.key.is_empty() => Wants::Fill(entry),
        _ => Wants::Entry,
    })
}

/// The transitions that are open to all of these; or why there is none, and because of which of them.
pub(in crate::app) fn open_steps<'a>(part: &'a Part, rows: &[&EntryRow]) -> Result<Vec<&'a Transition>, Say> {
    let several = rows.len() > 1;
    let withdrawn: Vec<&EntryRow> = rows.iter().copied().filter(|row| row.row.withdrawn.is_some()).collect();
    if !withdrawn.is_empty() {
        let which = || say::which_withdrawn(&names(&withdrawn));
        return Err(if several { which() } else { words::WITHDRAWN.into() });
    }
    if part.states.is_none() {
        return Err(say::NO_STATES.into());
    }
    let fits = |step: &&Transition| rows.iter().all(|row| step.from.contains(&row.row.state));
    let open: Vec<&Transition> = part.transitions.iter().filter(fits).collect();
    if open.is_empty() {
        return Err(if several { none_for_all(part, rows) } else { say::CLOSED.into() });
    }
    let open: Vec<&Transition> = open.into_iter().filter(|step| step.batch || !several).collect();
    if open.is_empty() { Err(say::ONE_BY_ONE.into()) } else { Ok(open) }
}

/// Why one transition is not open to all of these, naming those it is not open to; none where it is.
pub(in crate::app) fn not_open(part: &Part, step: &Transition, rows: &[&EntryRow]) -> Option<Say> {
    let unfit: Vec<&EntryRow> =
        rows.iter().copied().filter(|row| !step.from.contains(&row.row.state)).collect();
    let state = &unfit.first()?.row.state;
    if rows.len() == 1 {
        return Some(words::not_from(&step.title, part, state));
    }
    let (title, stands) = (words::titled(&step.title), words::titled(&part.state_title(state)));
    let alike: Vec<&EntryRow> = unfit.iter().copied().filter(|row| row.row.state == *state).collect();
    Some(say::not_open_to(&title, &names(&alike), &stands, (unfit.len(), rows.len())))
}

/// How entries in different states stand: those in the state that fewest are in first.
fn none_for_all(part: &Part, rows: &[&EntryRow]) -> Say {
    let mut by_state: Vec<(&str, Vec<&EntryRow>)> = Vec::new();
    for row in rows.iter().copied() {
        match by_state.iter_mut().find(|(state, _)| *state == row.row.state) {
            Some((_, all)) => all.push(row),
            None => by_state.push((&row.row.state, vec![row])),
        }
    }
    by_state.sort_by_key(|(_, all)| all.len());
    let stand = by_state.iter().map(|(state, all)| {
        let title = words::titled(&part.state_title(state));
        say::stand_at(all.len(), &title, &names(all))
    });
    say::none_for_all(&stand.collect::<Vec<_>>())
}

/// What entries are called, the first two by name.
fn names(rows: &[&EntryRow]) -> Say {
    const NAMED: usize = 2;
    let name = |row: &&EntryRow| {
        known(&row.row.ledger, row.row.version).map_or_else(Say::default, |ledger| called(&ledger, row))
    };
    let named: Vec<Say> = rows.iter().take(NAMED).map(name).collect();
    say::listed(&named, rows.len())
}
