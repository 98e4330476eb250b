//! The situation report of real offices: made through acts, read back as figures, sent, corrected and told.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

mod office;

mod book;
mod random;
mod spoken;
