//! The situation report of real offices: made through acts, read back as figures, sent, corrected and told.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

#[path = "sitrep/office.rs"]
mod office;

#[path = "sitrep/book.rs"]
mod book;
#[path = "sitrep/random.rs"]
mod random;
#[path = "sitrep/spoken.rs"]
mod spoken;
