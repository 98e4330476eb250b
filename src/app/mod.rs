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
pub mod contacts;
pub mod dialog;
mod erase;
pub mod facts;
pub mod find;
#[cfg(test)]
pub(crate) mod fixture;
pub mod followup;
mod forms;
pub mod handover;
pub mod keymap;
pub mod layout;
pub mod left;
pub mod lines;
mod load;
pub mod lock;
mod open;
mod owed;
pub mod pages;
pub mod paper;
mod reading;
mod release;
pub mod report;
mod saving;
pub mod shown;
mod submit;
#[cfg(test)]
mod tests;
pub mod told;
pub mod trust;
mod update;
pub mod when;
pub mod wrong;

pub use shown::effect::{Effect, ImportRequest, Query, SheetKind};
pub use shown::found::{FindHit, Found, Tried};
pub use shown::msg::{Data, Msg, PlanChange, PlanProblem, PlanView, Tone};
pub use shown::state::State;
pub use update::update;
