//! Outside contacts.

use super::call::{CallRow, PromiseRow};
use super::person::NoteRow;
use crate::domain::contact::Contact;
use crate::domain::time::Ts;

/// One line of the directory of outside contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactRow {
    /// Who, with the numbers; never masked.
    pub contact: Contact,
    /// When they last called or were called.
    pub last_call: Option<Ts>,
    /// Pinyin keys of organisation and name.
    pub keys: String,
}

/// Everything known of one outside contact.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactSheet {
    /// Who, with the numbers; never masked.
    pub contact: Contact,
    /// No longer in the directory.
    pub removed: bool,
    /// Calls with them, the newest first.
    pub calls: Vec<CallRow>,
    /// Open promises, the soonest first.
    pub promises: Vec<PromiseRow>,
    /// Notes about them.
    pub notes: Vec<NoteRow>,
}
