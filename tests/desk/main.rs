//! The desk from outside: the real program, real files, real terminals and printers, and the house it is built in. One
//! binary, because each costs a linking of everything.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on is a test that fails")]

mod backup;
mod board;
mod cli;
mod common;
mod confined;
mod cups;
mod demo;
mod erased;
mod faults;
mod golden;
mod handover;
mod house;
mod inbox;
mod intake;
mod journey;
mod manual;
mod masks;
mod measured;
mod old;
mod papers;
mod pins;
mod probes;
mod recall;
mod safe;
mod schemas;
mod sitrep;
mod stops;
mod terminal;
mod words;
