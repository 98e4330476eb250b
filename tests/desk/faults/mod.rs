//! What can go wrong below the program, done to it on purpose: kills, power cuts, errors of the disk, doctored
//! files, several writers at once, wild terminals, an erasure that is cut short.
//!
//! `unsafe_code` is forbidden here too, so faults come from outside: `shim.c` stands between the real program and
//! the C library (Linux only; elsewhere those parts are left out). Each harness is shown something deliberately
//! broken that it must find: one that could not fail would prove nothing.
//!
//! Small parts run with every `cargo test`. Whole runs have names:
//! `cargo test --test desk -- --ignored --nocapture faults::whole` runs all of them; docs/manual/house.md says which there are.
//! They print what they counted.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]
#![allow(
    clippy::format_push_string,
    clippy::unnecessary_wraps,
    reason = "plain words, and one shape of answers"
)]
#![allow(clippy::match_wild_err_arm, reason = "a panic of any kind is a fault")]
#![allow(clippy::disallowed_methods, reason = "deadlines of waiting go by the machine's clock")]

#[cfg(target_os = "linux")]
mod cuts;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod errors;
mod flips;
mod ground;
#[cfg(target_os = "linux")]
mod kills;
mod pages;
mod races;
#[cfg(target_os = "linux")]
mod shim;
mod tampering;
#[cfg(unix)]
mod terminal;
mod writer;
