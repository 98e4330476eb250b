//! zhiban 值班台: the duty desk of a school's epidemic coordination office.
//!
//! One officer sits a 24-hour shift with a telephone, a keyboard and a printer. zhiban shows what is
//! outstanding, finds anyone while the phone is ringing, keeps what was said, and prints the handover.
//!
//! # The house
//!
//! | room | owns | must not touch |
//! |---|---|---|
//! | `main.rs`, [`cli`] | arguments (clap), exit codes, one file per subcommand | logic |
//! | [`domain`] | units, people, reports, cases, slots, rules: plain types and pure functions | SQL, terminal, clock |
//! | [`clock`] | the only source of time, ids and nonces | everything else |
//! | [`say`] | a language, a word and a sentence in both: the ground floor | every other room |
//! | [`error`] | `User` (what to do about it) and `Internal` errors | screens |
//! | [`log`] | events, wire names, upcasting, the hash chain: pure | SQL, screens |
//! | [`store`] | schema and settings; `act` + `append`, the only write transaction of acts; `project` folds a subject into rows; `query`, one read struct and one function per screen; `local`; `check` rebuilds and compares | the clock, screens; `query` never writes |
//! | [`intake`] | a spreadsheet → cells → form mapping → `ImportPlan` | database writes |
//! | [`search`] | search keys (pinyin, digits) and ranking | SQL, terminal |
//! | [`paper`] | log slice → `Source` (plain data) → template → blocks → pages, PDF, text, xlsx, JSON; printing | live tables |
//! | [`demo`] | the made-up office, as acts | SQL, terminal |
//! | [`app`] | the pure core of the screen: `State`, `Msg`, `update(&mut State, Msg) -> Vec<Effect>`; `keymap` (footer, help and palette come from the same table) | SQL, threads, drawing |
//! | [`view`] | draws state; one file per screen part | database; changing state |
//! | [`runtime`], [`platform`] | terminal, threads, channels; runs effects; every Unix-only call in one file | rules |
//! | [`i18n`] | every word the user sees, 简体中文 and English | logic |
//! | `data/` | forms and fields, rules, words, pinyin exceptions, templates and fonts of the papers: what an office may change without a compiler | code |
//!
//! Imports point one way: `say ← error`, `domain ← {log, search, clock, platform}`, all of these `← i18n ← store ←
//! {intake, paper, demo} ← app ← view`; `runtime` and `cli` see everything. A room that must say what is wrong before
//! there are words for it (`domain`, `search`) returns a plain type, and `i18n` makes the error of it.
//! `tests/house.rs` holds this.
//!
//! # The log is the truth
//!
//! `log_*` tables are append-only: one act of an officer is one *op* holding *events* and, for a
//! spreadsheet, typed rows. Ops of a desk form a hash chain. `cur_*` tables are folds of the log, disposable;
//! a write inserts the op and then deletes and refolds the projected rows of every touched subject, so that
//! an incremental and a rebuilt projection cannot differ. `local_*` tables belong to this machine: drafts,
//! secrets. What depends on the present moment (late, missed, 期满) is computed in queries given `now`.

pub mod app;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod domain;
pub mod error;
pub mod i18n;
pub mod intake;
pub mod log;
pub mod paper;
pub mod platform;
pub mod runtime;
pub mod say;
pub mod search;
pub mod store;
pub mod view;
