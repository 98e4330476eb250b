//! Every word the user sees, in 简体中文 and English.
//!
//! A fixed word is a [`Word`](crate::say::Word); a sentence with values in it is a function returning a
//! [`Say`](crate::say::Say). Both carry the two languages, so that a room that does not know the reader's language
//! (store, intake) can still speak. One file per area; the [`words!`](crate::words) macro keeps the two languages side
//! by side.

pub mod ask;
pub mod beside;
pub mod cases;
pub mod chase;
pub mod cli;
pub mod columns;
pub mod common;
pub mod doubts;
pub mod erase;
pub mod events;
pub mod feedback;
pub mod fields;
pub mod file;
pub mod find;
pub mod findings;
pub mod form_file;
pub mod form_sheet;
pub mod forms;
pub mod handover;
pub mod inbox;
pub mod intake;
pub mod items;
pub mod keys;
pub mod ledger;
pub mod ledger_desk;
pub mod ledger_sheet;
pub mod ledger_syntax;
pub mod locked;
pub mod paper;
pub mod passing;
pub mod people;
pub mod received;
pub mod reference;
pub mod rights;
pub mod rules;
pub mod runtime;
pub mod screen;
pub mod search;
pub mod settings;
pub mod sitrep;
pub mod slots;
pub mod spoken;
pub mod store;
pub mod strip;
pub mod terms;
pub mod when;
