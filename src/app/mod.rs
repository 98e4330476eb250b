//! The pure core of the screen: [`State`], [`Msg`], and `update(&mut State, Msg) -> Vec<Effect>`.
//!
//! A screen lies at the bottom; pages (a dossier, a unit) and dialogs lie above it as [`shown::state::Layer`]s; the
//! topmost has the keys. A key resolves to an action in [`keymap`] and is executed on the page that is seen.
//! Rows are asked for with `Effect::Load` and a generation; only the newest answer for a place is taken. Nothing
//! is called saved before `Msg::Committed`. No SQL, no threads, no drawing here.
//!
//! # A page with a table of its own
//!
//! | file | what goes there |
//! |---|---|
//! | `shown/pages/NAME.rs` | the page: what it holds, its [`shown::page::Page`], the columns of its rows |
//! | `shown/pages/mod.rs` | its `mod` line, and which action opens it |
//! | `shown/query.rs` | what it asks for and what answers it, where that is new |
//! | `runtime/reader.rs` | how that is read |
//! | `keymap.rs` | its context, the action that opens it, its keys |
//! | `i18n/` | its words |
//! | `fixture.rs` | what the made-up office answers, for the tests |
//! | `shown/table.rs` | a `RowId`, where its rows are of a new kind |
//!
//! Loading, taking answers in, laying out, scrolling, turning its parts, filtering, sorting, marking and drawing are the
//! same for all pages: none of them names one. A screen with a key of its own is one entry of [`shown::home::SCREENS`],
//! and its table beside it.

mod act;
mod approve;
pub mod beside;
pub mod card;
pub mod contacts;
mod declared;
pub mod dialog;
pub mod find;
#[cfg(test)]
pub(crate) mod fixture;
pub mod forms;
pub mod handover;
pub mod help;
mod inbox;
pub mod keymap;
pub mod layout;
pub mod left;
mod load;
pub mod lock;
mod offers;
mod open;
mod owed;
pub mod paper;
mod reading;
mod received;
pub mod report;
mod saving;
pub mod shown;
pub mod strip;
#[cfg(test)]
mod tests;
pub mod told;
pub mod trust;
mod update;
pub mod walk;
pub mod when;
pub mod wrong;

pub use shown::effect::{Effect, ImportRequest, Query, SheetKind};
pub use shown::found::{FindHit, Found, Tried};
pub use shown::msg::{Data, Msg, PlanChange, PlanProblem, PlanView, Tone, Unread};
pub use shown::pages::columns::SheetColumns;
pub use shown::state::State;
pub use update::update;
