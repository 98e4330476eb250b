//! Arguments, exit codes; one file per subcommand, with its arguments as clap reads them. Their words are in `i18n::cli`,
//! put in at run time by `help`: a doc comment on one would become English help.
//!
//! Exit codes: 0 done, 1 refused with a message on standard error, 2 usage. What is for scripts (`--json`) is a
//! stable interface, documented in the manual.

#![deny(clippy::print_stderr, clippy::print_stdout, reason = "`out` makes text from outside safe")]

mod access;
mod approval;
mod attach;
mod backup;
mod blank;
mod callsheet;
mod case;
mod chase;
mod check;
mod completions;
mod contact;
mod demo;
mod desk;
mod diary;
mod dossier;
mod doubt;
mod drill;
mod edit;
mod erase;
mod excuse;
mod feedback;
mod find;
mod form;
mod handover;
mod help;
mod import;
mod inbox;
mod init;
mod ledger;
mod list;
mod locked;
mod log;
mod office;
mod officer;
mod out;
mod paper;
mod pin;
mod place;
mod private;
mod promise;
mod received;
mod reference;
mod release;
mod rows;
mod settings;
mod shift;
mod show;
mod show_report;
mod sitrep;
mod template;
mod terminal;
mod told;
mod undo;
mod unit_sheet;
mod value;
mod words;

use crate::error::Result;
use crate::say::Lang;
use clap::{FromArgMatches, Parser};
use office::{Ctx, Global};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "zhiban", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
struct Args {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand)]
enum Command {
    Demo,
    Init(init::Init),
    Import(import::Import),
    Inbox(inbox::Inbox),
    #[command(name = crate::intake::READ_CELLS, hide = true)]
    ReadCells,
    List(list::List),
    Find(find::Find),
    #[command(subcommand)]
    Form(form::Args),
    #[command(subcommand)]
    Show(show::Show),
    #[command(subcommand)]
    Log(log::Log),
    Attach(attach::Attach),
    #[command(subcommand)]
    Case(case::Case),
    Dismiss(case::Dismiss),
    #[command(subcommand)]
    Doubt(doubt::DoubtCommand),
    #[command(subcommand)]
    Promise(promise::Promise),
    Received(received::Received),
    Chase(chase::Args),
    Excuse(excuse::Args),
    #[command(subcommand)]
    Add(edit::Add),
    #[command(subcommand)]
    Edit(edit::Edit),
    #[command(subcommand)]
    Contact(contact::Contact),
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    #[command(subcommand)]
    Erase(erase::Erase),
    Undo(undo::Undo),
    #[command(subcommand)]
    Officer(officer::Officer),
    #[command(subcommand)]
    Shift(shift::Shift),
    Handover(handover::Handover),
    Access(access::Args),
    #[command(name = "callsheet")]
    CallSheet(callsheet::Args),
    Dossier(dossier::Args),
    Release(release::Args),
    #[command(name = "unit-sheet")]
    UnitSheet(unit_sheet::Args),
    Feedback(feedback::Args),
    Sitrep(sitrep::Args),
    Told(told::Args),
    Spoken(told::SpokenArgs),
    Template(template::Args),
    Check(check::Check),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Drill(drill::Drill),
    #[command(subcommand)]
    Desk(place::Desk),
    Settings(settings::Args),
    Completions(completions::Completions),
    Reference(reference::Args),
}

/// How a command ended that did not fail as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// Done.
    Yes,
    /// Refused, or not confirmed: the message is on standard error already.
    No,
}

/// The whole command line.
pub fn main() -> ExitCode {
    crate::platform::restrict_new_files();
    crate::platform::guard_memory();
    let given: Vec<OsString> = std::env::args_os().collect();
    if given.get(1).is_some_and(|arg| arg == crate::intake::READ_CELLS) {
        return crate::intake::child_main();
    }
    diary::begin();
    let lang = peek_language(&given);
    let parsed = help::command_for(lang, &given)
        .try_get_matches_from(&given)
        .and_then(|matches| Args::from_arg_matches(&matches));
    let args = match parsed {
        Ok(args) => args,
        Err(error) => return help::tell(&error, lang),
    };
    match run(&Ctx { global: args.global, lang }, args.command) {
        Ok(Done::Yes) => ExitCode::SUCCESS,
        Ok(Done::No) => ExitCode::FAILURE,
        Err(error) => {
            help::fail(&error, lang);
            ExitCode::FAILURE
        }
    }
}

/// The language has to be known before the arguments are read, since their errors are told in it.
fn peek_language(given: &[OsString]) -> Lang {
    let value = |name: &str| {
        let with = format!("{name}=");
        let texts = given.iter().map(|arg| arg.to_string_lossy());
        let texts: Vec<_> = texts.collect();
        texts.iter().enumerate().find_map(|(place, text)| match text.strip_prefix(&with) {
            Some(value) => Some(value.to_owned()),
            None if text == name => texts.get(place + 1).map(|value| value.clone().into_owned()),
            None => None,
        })
    };
    let told = value("--lang").and_then(|code| Lang::from_code(&code));
    office::language(told, value("--db").map(PathBuf::from).as_deref())
}

fn run(ctx: &Ctx, command: Option<Command>) -> Result<Done> {
    let Some(command) = command else { return desk::run(ctx) };
    match command {
        Command::Demo => demo::run(ctx),
        Command::Init(args) => init::run(ctx, args),
        Command::Import(args) => import::run(ctx, &args),
        Command::Inbox(args) => inbox::run(ctx, &args),
        // Reached only when options stand before it; the child is always started without any.
        Command::ReadCells => Ok(Done::No),
        Command::List(args) => list::run(ctx, &args),
        Command::Find(args) => find::run(ctx, &args),
        Command::Form(args) => form::run(ctx, &args),
        Command::Show(args) => show::run(ctx, &args),
        Command::Log(args) => log::run(ctx, args),
        Command::Attach(args) => attach::run(ctx, &args),
        Command::Case(args) => case::run(ctx, args),
        Command::Dismiss(args) => case::dismiss(ctx, args),
        Command::Doubt(args) => doubt::run(ctx, &args),
        Command::Promise(args) => promise::run(ctx, &args),
        Command::Received(args) => received::run(ctx, args),
        Command::Chase(args) => chase::run(ctx, &args),
        Command::Excuse(args) => excuse::run(ctx, &args),
        Command::Add(args) => edit::add(ctx, args),
        Command::Edit(args) => edit::edit(ctx, args),
        Command::Contact(args) => contact::run(ctx, args),
        Command::Ledger(args) => ledger::run(ctx, args),
        Command::Erase(args) => erase::run(ctx, args),
        Command::Undo(args) => undo::run(ctx, &args),
        Command::Officer(args) => officer::run(ctx, args),
        Command::Shift(args) => shift::run(ctx, &args),
        Command::Handover(args) => handover::run(ctx, &args),
        Command::Access(args) => access::run(ctx, &args),
        Command::CallSheet(args) => callsheet::run(ctx, &args),
        Command::Dossier(args) => dossier::run(ctx, &args),
        Command::Release(args) => release::run(ctx, &args),
        Command::UnitSheet(args) => unit_sheet::run(ctx, &args),
        Command::Feedback(args) => feedback::run(ctx, &args),
        Command::Template(args) => template::run(ctx, &args),
        Command::Sitrep(args) => sitrep::run(ctx, &args),
        Command::Told(args) => told::run(ctx, &args),
        Command::Spoken(args) => told::spoken(ctx, &args),
        Command::Check(args) => check::run(ctx, &args),
        Command::Backup(args) => backup::backup(ctx, &args),
        Command::Restore(args) => backup::restore(ctx, &args),
        Command::Drill(args) => drill::run(ctx, &args),
        Command::Desk(args) => place::run(ctx, &args),
        Command::Settings(args) => settings::run(ctx, args),
        Command::Completions(args) => Ok(completions::run(ctx, &args)),
        Command::Reference(args) => reference::run(ctx, &args),
    }
}
