//! What a line of 待办 wants that is due in a ledger, and which steps are open to entries.

use crate::domain::ids::EntryId;
use crate::domain::item::{DueRow, ItemKind};
use crate::domain::ledger::raise::of_due;
use crate::domain::ledger::{Applies, Due, Ledger, Part, Transition, known};
use crate::i18n::ledger as words;
use crate::i18n::ledger_desk as say;
use crate::say::Word;
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
        _ => Wants::Entry,
    })
}

/// The transitions that are open to all of these; or why there is none.
pub(in crate::app) fn open_steps<'a>(
    part: &'a Part,
    rows: &[&EntryRow],
) -> Result<Vec<&'a Transition>, Word> {
    if rows.iter().any(|row| row.row.withdrawn.is_some()) {
        return Err(words::WITHDRAWN);
    }
    if part.states.is_none() {
        return Err(say::NO_STATES);
    }
    let several = rows.len() > 1;
    let fits = |step: &&Transition| rows.iter().all(|row| step.from.contains(&row.row.state));
    let open: Vec<&Transition> = part.transitions.iter().filter(fits).collect();
    if open.is_empty() {
        return Err(if several { say::NONE_FOR_ALL } else { say::CLOSED });
    }
    let open: Vec<&Transition> = open.into_iter().filter(|step| step.batch || !several).collect();
    if open.is_empty() { Err(say::ONE_BY_ONE) } else { Ok(open) }
}
