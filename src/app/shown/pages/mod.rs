//! The pages above the screen, one file each: what it holds, what it is as a [`Page`], and the columns of its rows where
//! they are its own. Here, which page is whose and which action opens which.

pub mod behind;
pub mod callers;
pub mod columns;
pub mod contact;
pub mod contacts;
pub mod dossier;
pub mod entry;
pub mod inbox;
pub mod ledger;
pub mod received;
pub mod shifts;
pub mod told;
pub mod unit;

pub use behind::BehindPage;
pub use callers::CallersPage;
pub use columns::ColumnsPage;
pub use contact::ContactPage;
pub use contacts::ContactsPage;
pub use dossier::DossierPage;
pub use entry::EntryPage;
pub use inbox::InboxPage;
pub use ledger::LedgerPage;
pub use received::ReceivedPage;
pub use shifts::ShiftsPage;
pub use told::ToldPage;
pub use unit::UnitPage;

use crate::app::keymap::Action;
use crate::app::shown::page::Page;
use crate::domain::ids::Subject;

/// The page of one person, unit or outside contact, before anything is known.
pub(in crate::app) fn of(subject: Subject) -> Box<dyn Page> {
    match subject {
        Subject::Person(id) => Box::new(DossierPage::new(id)),
        Subject::Unit(id) => Box::new(UnitPage::new(id)),
        Subject::Contact(id) => Box::new(ContactPage::new(id)),
    }
}

/// The page that an action opens, before its rows are there.
pub(in crate::app) fn opened_by(action: Action) -> Option<Box<dyn Page>> {
    Some(match action {
        Action::Contacts => Box::<ContactsPage>::default(),
        Action::Callers => Box::<CallersPage>::default(),
        Action::Told => Box::<ToldPage>::default(),
        Action::Shifts => Box::<ShiftsPage>::default(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
