//! What the desk shows, as it stands: [`state::State`] and all it holds. Plain data with what can be read from it; those
//! who act on it stand above, in `app`. Nothing here runs back up to them but [`super::keymap`], a table.

pub mod aside;
pub mod beside;
pub mod column;
pub(in crate::app) mod curve;
pub mod draft;
pub mod effect;
pub mod facts;
pub mod field;
pub mod find;
pub mod form;
pub mod found;
pub mod grid;
pub mod home;
pub mod layers;
pub mod lines;
pub mod lock;
pub mod msg;
pub mod page;
pub mod pages;
pub mod paper;
pub mod probe;
pub mod query;
pub mod report;
pub mod rows;
pub mod shades;
pub mod sheet;
pub mod state;
pub mod table;
pub mod trust;
pub mod wants;
pub mod widths;
