//! What was found.

use super::ledger::EntryOf;
use crate::domain::case::{Measure, Observation};
use crate::domain::ids::Subject;
use crate::domain::mask::Private;
use crate::domain::person::PersonKind;
use crate::domain::time::Ts;
use crate::search::found::Target;

/// One thing found, ready to show: what tells equal names apart.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundRow {
    /// Who or what.
    pub target: Target,
    /// Name of the person or unit; the organisation outside; of a call or an entry, whose it was (empty for nobody known).
    pub name: String,
    /// Staff or student number, or code; empty for the others.
    pub no: String,
    /// A person's unit; a unit's liaison; who answers at an outside contact; who answered a call.
    pub unit: String,
    /// What a person is to the school.
    pub kind: Option<PersonKind>,
    /// A person's own number (masked when shown); a unit's liaison's, an outside contact's, a call's.
    pub phone: Private,
    /// The family's number.
    pub family_phone: Private,
    /// ID number.
    pub id_number: Private,
    /// Address or room.
    pub address: String,
    /// The open case: what is ordered, and the count of days when days are counted.
    pub case: Option<(Measure, Option<Observation>)>,
    /// The words of a call.
    pub words: String,
    /// When a call was, or an entry.
    pub at: Option<Ts>,
    /// Whom a call or an entry was about, if known; absent for the others.
    pub subject: Option<Subject>,
    /// An entry of a ledger.
    pub entry: Option<Box<EntryOf>>,
}
