//! zhiban 值班台: the duty desk of a school's epidemic coordination office.
//!
//! One officer sits a 24-hour shift with a telephone, a keyboard and a printer. zhiban shows what is
//! outstanding, finds anyone while the phone is ringing, keeps what was said, and prints the handover.
//!
//! # The house
//!
//! | room | owns | must not touch |
//! |---|---|---|
//! | `main.rs`, [`cli`] | exit codes, one file per subcommand with its arguments (clap) | logic |
//! | [`domain`] | units, people, reports, cases, slots, rules: plain types and pure functions | SQL, terminal, clock |
//! | [`clock`] | the only source of time, ids and nonces | everything else |
//! | [`say`] | a language, a word and a sentence in both: the ground floor | every other room |
//! | [`error`] | `User` (what to do about it) and `Internal` errors | screens |
//! | [`log`] | events, wire names, upcasting, the hash chain: pure | SQL, screens |
//! | [`store`] | schema and settings; `act` + `append`, the only write transaction of acts; `project` folds a subject into rows; `query`, one read struct and one function per screen; `local`; `check` rebuilds and compares | the clock, screens; `query` never writes |
//! | [`intake`] | a spreadsheet → cells → form mapping → `ImportPlan`; the queue of the watched inbox | database writes |
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
//! `tests/desk/house.rs` holds this.
//!
//! # To add a …
//!
//! Paths are under `src` unless they begin with `data`, `docs` or `tests`. What is written here stands; `tests/desk/house.rs` looks.
//!
//! | a … | goes to | and then |
//! |---|---|---|
//! | column | one line of the row's `COLUMNS` in `app/shown/rows/`, its title in `i18n/screen.rs` | the screen has it; `list` and JSON too, where the row's `LIST` and `JSON` name it |
//! | kind of event | its struct and `Body` in a file of `log/event/`, its name in `log/event/mod.rs`, its sentence in `i18n/events/lines.rs`, what it is in `i18n/reference.rs` | a line of it in the newest file of `tests/data/` that is not shipped yet, and in both manuals' values: `docs/manual/json.md` |
//! | field of an event | its struct in `log/event/`, with a serde default and skipped when empty | the same |
//! | entity | its id in `domain/ids.rs`, a line in `log/entity.rs`, its table in `store/schema.rs`, its fold in a file of `store/project/` and a line in `store/project/mod.rs` | the digest in `store/layout.rs` |
//! | act | a variant in `store/act/mod.rs`, what it does in a file of `store/act/` | `store/property.rs` does it too |
//! | form | a file in `app/forms/`: what it is about, the key of its draft, how it opens, its acts | a line in each list of `app/forms/mod.rs` |
//! | field of a form | the form's file in `app/forms/`, its label in `i18n/forms.rs` | |
//! | page | a file in `app/shown/pages/`, a line in `app/shown/pages/mod.rs`, its question in `app/shown/query.rs`, answered in `runtime/reader.rs`, its keys' context in `app/keymap.rs` | a screen with a key of its own: a line in `app/shown/home.rs` |
//! | key | a line and an `Action` in `app/keymap.rs`, what it does in `app/act.rs`, its words in `i18n/keys.rs` | footer, help and palette have it |
//! | setting | its value in `domain/office.rs`, one line of `ALL` in `domain/setting.rs`, its words in `i18n/settings.rs` | form, command, JSON and the log's line have it |
//! | paper | its kind in `paper/mod.rs`, a file in `paper/` with its data and `Source`, a template in each language in `data/templates/`, named in `paper/template.rs` | its command, and what it reads in `store/query/paper.rs` |
//! | command | a file in `cli/` with its arguments, a line in `cli/mod.rs`, its help in `i18n/cli/help.rs` | `docs/manual/command-line.md` and the Chinese page; `docs/reference.md` is made anew: `tests/desk/manual/generated.rs` says how |
//! | value of an argument | `cli/value.rs` | |
//! | rule | `data/rules.toml`; a new kind of rule in `domain/rules.rs`, its words in `i18n/rules.rs` | |
//! | form of a sheet | a file in `data/forms/` | |
//! | field of a sheet that the program knows | `data/fields.toml`; a new way to read one in `domain/field.rs` | |
//! | question of a screen | its rows in a file of `store/query/rows/`, a function in a file of `store/query/` | |
//! | word of a list | its code in a file of `domain/`, its two words in `i18n/terms.rs`; a new list also in `cli/reference/lists.rs` | a new term also in the glossary of `say.rs` |
//! | file of words | a file in `i18n/`, named in `i18n/mod.rs` | |
//! | reading of a name | `data/readings.toml`, `data/surnames.toml` | |
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
