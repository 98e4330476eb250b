//! The pure core of the screen: [`State`], [`Msg`], and `update(&mut State, Msg) -> Vec<Effect>`.
//!
//! A screen lies at the bottom; pages (a dossier, a unit) and dialogs lie above it as [`state::Layer`]s; the
//! topmost has the keys. A key resolves to an action in [`keymap`] and is executed on the page that is seen.
//! Rows are asked for with `Effect::Load` and a generation; only the newest answer for a place is taken. Nothing
//! is called saved before `Msg::Committed`. No SQL, no threads, no drawing here.

mod act;
mod approve;
mod callers;
pub mod card;
mod case_form;
pub mod column;
pub mod contacts;
pub mod dialog;
pub mod effect;
mod erase;
pub mod facts;
pub mod find;
#[cfg(test)]
pub(crate) mod fixture;
pub mod followup;
pub mod form;
pub mod found;
pub mod grid;
pub mod handover;
pub mod keymap;
pub mod layers;
pub mod layout;
pub mod left;
mod load;
pub mod lock;
pub mod msg;
mod open;
mod owed;
pub mod pages;
pub mod paper;
mod probe;
mod reading;
mod release;
pub mod report;
pub mod rows;
mod saving;
pub mod state;
mod submit;
pub mod table;
#[cfg(test)]
mod tests;
pub mod told;
pub mod trust;
mod update;
pub mod when;
pub mod widths;

pub use effect::{Effect, ImportRequest, Query, SheetKind};
pub use found::{FindHit, Found, Tried};
pub use msg::{Data, Msg, PlanChange, PlanProblem, PlanView, Tone};
pub use state::State;
pub use update::update;
