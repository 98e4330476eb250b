//! What the screens and the command line read: one read struct and one function per screen. Never writes.
//!
//! Every function takes a [`super::Reader`] (one consistent snapshot) and, where anything depends on the
//! present moment, `now`.

pub mod roster;
pub mod rows;
