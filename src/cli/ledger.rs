//! `zhiban ledger …`: registers that an office declares, their entries, what is due in them.

mod about;
mod check;
mod list;
pub(super) mod raise;
mod sheet;
mod show;
mod typed;

use super::approval::{self, Approval, approve};
use super::log::told;
use super::office::{Ctx, Office};
use super::{Done, out, pin, value};
use crate::domain::ledger;
use crate::domain::ledger::named::Meant;
use crate::domain::ledger::raise::Target;
use crate::domain::text::{fold, safe_line};
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::intake::ledgers::{self, News};
use crate::paper::ledger::cells::Voice;
use crate::store::act::{Act, LedgerAct, Taken};
use crate::store::query;
use crate::store::query::rows::Proposed;
pub(super) use about::{json_of, text_of};
pub(super) use list::short;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(clap::Subcommand)]
pub(super) enum Ledger {
    List(List),
    Show(Show),
    Due(Due),
    Add(Add),
    #[command(name = "add-line")]
    AddLine(AddLine),
    Change(Change),
    Move(Move),
    Withdraw(Withdraw),
    Decline(Decline),
    Check(Check),
    Adopt(Adopt),
    Import(Import),
    Export(Export),
    Print(Print),
}

#[derive(clap::Args)]
pub(super) struct List {
    #[arg(value_name = "LEDGER")]
    pub ledger: Option<String>,
    #[command(flatten)]
    pub narrow: Narrow,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Narrow {
    #[arg(long, value_name = "TEXT", default_value = "", requires = "ledger")]
    pub filter: String,
    #[arg(long, value_name = "FIELD[:desc]", requires = "ledger")]
    pub sort: Option<String>,
    #[arg(long, value_name = "N", requires = "ledger", value_parser = value::Whole::from(1..=value::MOST_ROWS))]
    pub limit: Option<u32>,
}

#[derive(clap::Args)]
pub(super) struct Print {
    #[arg(value_name = "LEDGER")]
    pub ledger: String,
    #[command(flatten)]
    pub narrow: Narrow,
    #[command(flatten)]
    pub paper: super::paper::Options,
}

#[derive(clap::Args)]
pub(super) struct Show {
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Due {
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Add {
    #[arg(value_name = "LEDGER")]
    pub ledger: String,
    #[arg(value_name = "FIELD=VALUE")]
    pub said: Vec<String>,
    #[arg(long = "line", value_name = "FIELD=VALUE,…")]
    pub lines: Vec<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    #[arg(long, value_name = "ENTRY")]
    pub from: Option<String>,
    #[arg(long, value_name = "NAME", requires = "from")]
    pub proposal: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct AddLine {
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    #[arg(value_name = "FIELD=VALUE", required = true)]
    pub said: Vec<String>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Change {
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    #[arg(value_name = "FIELD=VALUE", required = true)]
    pub said: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub anyway: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Move {
    // Entries, the transition, then what it asks for: told apart by the sign between field and value.
    #[arg(value_name = "ENTRY… TRANSITION [FIELD=VALUE…]", required = true)]
    pub said: Vec<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Withdraw {
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub anyway: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Decline {
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    #[arg(long, value_name = "NAME")]
    pub proposal: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Check {
    #[arg(value_name = "FILE|LEDGER")]
    pub file: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Adopt {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Import {
    #[arg(value_name = "LEDGER")]
    pub ledger: String,
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub skip_wrong: bool,
    #[arg(long)]
    pub skip_same: bool,
    #[arg(long, conflicts_with = "skip_same")]
    pub take_same: bool,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub stdin: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Export {
    #[arg(value_name = "LEDGER")]
    pub ledger: String,
    #[arg(long, value_name = "FILE", conflicts_with = "csv")]
    pub xlsx: Option<PathBuf>,
    #[arg(long)]
    pub csv: bool,
}

pub(super) fn run(ctx: &Ctx, args: Ledger) -> Result<Done> {
    if let Ledger::Check(args) = &args {
        return check::run(ctx, args);
    }
    let mut office = Office::open(ctx)?;
    match args {
        Ledger::List(args) => list::run(&office, &args),
        Ledger::Show(args) => show::run(&mut office, &args),
        Ledger::Due(args) => list::due(&office, &args),
        Ledger::Add(args) => add(&mut office, &args),
        Ledger::AddLine(args) => add_line(&mut office, &args),
        Ledger::Change(args) => change(&mut office, args),
        Ledger::Move(args) => moved(&mut office, args),
        Ledger::Withdraw(args) => {
            adopt_own(&mut office)?;
            let entry = typed::entry(&office, &args.entry)?;
            let act = LedgerAct::Withdraw { entry, reason: args.reason, anyway: args.anyway };
            done(&mut office, act, None, args.json)
        }
        Ledger::Decline(args) => raise::decline(&mut office, args),
        Ledger::Adopt(args) => {
            let text = ledgers::text(&args.file)?;
            let read = ledger::Ledger::parse(&text);
            if let Ok(ledger) = &read {
                tell_left_out(&office, ledger);
            }
            done(&mut office, LedgerAct::Adopt { text }, None, args.json)
        }
        Ledger::Import(args) => sheet::import(&mut office, &args),
        Ledger::Export(args) => sheet::export(&office, &args),
        Ledger::Print(args) => sheet::print_list(&mut office, &args),
        Ledger::Check(_) => Ok(Done::No),
    }
}

fn done(office: &mut Office, act: LedgerAct, at: Option<&str>, json: bool) -> Result<Done> {
    let at = office.at(at)?;
    let committed = office.commit(&Act::Ledger(Box::new(act)), at)?;
    told(office, &committed, json)?;
    let made = committed.made.and_then(crate::store::act::Made::entity).filter(|_| !json);
    if let Some(made) = made {
        out::line(&format!("  {}", say::entry_is(made.id()).get(office.lang)))?;
    }
    Ok(Done::Yes)
}

fn add(office: &mut Office, args: &Add) -> Result<Done> {
    adopt_own(office)?;
    let ledger = in_force(office, &args.ledger)?;
    let typed = typed::Typed::new(office);
    let values = typed.values(&ledger.part, &args.said)?;
    let lines = args.lines.iter().map(|line| typed.line(&ledger, line)).collect::<Result<Vec<_>>>()?;
    let reason = args.reason.clone();
    let act = match &args.from {
        None => LedgerAct::Write { ledger: ledger.name.clone(), entries: vec![(values, lines)], reason },
        Some(from) => {
            let target = Target::Ledger(ledger.name.clone());
            let (entry, proposal) = raise::proposal(office, from, &target, args.proposal.as_deref())?;
            let mut known = match proposal.to {
                Proposed::Entry { values, .. } => values,
                Proposed::Case { .. } => ledger::value::Values::new(),
            };
            // What is said stands for what the declaration sets.
            known.extend(values);
            LedgerAct::TakeUp { entry, raise: proposal.raise.id, made: Taken::Entry(known, lines, reason) }
        }
    };
    done(office, act, args.at.as_deref(), args.json)
}

fn add_line(office: &mut Office, args: &AddLine) -> Result<Done> {
    adopt_own(office)?;
    let entry = typed::entry(office, &args.entry)?;
    let sheet = typed::sheet(office, entry)?;
    let Some(lines) = &sheet.ledger.lines else { return Err(Error::input(words::NO_LINES)) };
    let values = typed::Typed::new(office).values(&lines.part, &args.said)?;
    done(office, LedgerAct::AddLine { entry, values }, args.at.as_deref(), args.json)
}

fn change(office: &mut Office, args: Change) -> Result<Done> {
    adopt_own(office)?;
    let entry = typed::entry(office, &args.entry)?;
    let sheet = typed::sheet(office, entry)?;
    let values = typed::Typed::new(office).values(typed::part(&sheet)?, &args.said)?;
    done(
        office,
        LedgerAct::Change { entry, values, reason: args.reason, anyway: args.anyway },
        None,
        args.json,
    )
}

fn moved(office: &mut Office, args: Move) -> Result<Done> {
    adopt_own(office)?;
    let (said, plain): (Vec<String>, Vec<String>) =
        args.said.into_iter().partition(|text| typed::is_said(text));
    let Some((transition, entries)) = plain.split_last().filter(|(_, entries)| !entries.is_empty()) else {
        return Err(Error::input(say::MOVE_NEEDS).hint(say::MOVE_HINT));
    };
    let entries = entries.iter().map(|text| typed::entry(office, text)).collect::<Result<Vec<_>>>()?;
    let sheet = typed::sheet(office, entries[0])?;
    let part = typed::part(&sheet)?;
    let values = typed::Typed::new(office).values(part, &said)?;
    let wanted = fold(transition);
    let known = part.transitions.iter().find(|known| {
        known.name == *transition
            || [&known.title.zh, &known.title.en].into_iter().any(|title| fold(title) == wanted)
    });
    // What another is to check is done in the own name: whoever is not on duty says so too.
    let on_duty = query::on_duty(&office.reader)?.map(|shift| shift.officer);
    let is_checked = known.is_some_and(|known| part.is_checked(&known.name));
    let says_so = is_checked && on_duty != Some(office.officer()?);
    let signs = args.approval.approved_by.is_none() && (says_so || known.is_some_and(|known| known.sign));
    let transition = known.map_or_else(|| transition.clone(), |known| known.name.clone());
    let (mut pin, mut agreed) = (None, None);
    if signs {
        office.may_write()?;
        let stdin = args.approval.stdin;
        pin = pin::sign(office, office.officer()?, &office.officer_name()?, stdin)?;
        if pin.is_none() {
            agreed = approval::signs(office, stdin)?;
        }
    }
    let act = LedgerAct::Move { entries, transition, values, reason: args.reason, pin };
    let act = approve(office, Act::Ledger(Box::new(act)), &args.approval)?;
    let act = match agreed {
        Some(by) => Act::Approved { act: Box::new(act), by, pin: None },
        None => act,
    };
    let at = office.at(args.at.as_deref())?;
    let committed = office.commit(&act, at)?;
    told(office, &committed, args.json)
}

/// How lists are told here.
fn voice(office: &Office) -> Voice {
    Voice { lang: office.lang, calendar: office.settings.calendar, now: office.now(), revealed: false }
}

/// The ledger in force of this name, or with this title.
fn in_force(office: &Office, text: &str) -> Result<Arc<ledger::Ledger>> {
    match meant(query::in_force(&office.reader)?.into_iter().map(|(ledger, _)| ledger), text)? {
        Some(ledger) => Ok(ledger),
        None => query::declared(&office.reader, text.trim()),
    }
}

/// The ledger of this name or title, and whether it is in force or stands in the folder of the office alone.
fn known(office: &Office, text: &str) -> Result<(Arc<ledger::Ledger>, bool)> {
    let own = own(office)?;
    let new = || own.iter().filter_map(|news| news.ledger.as_ref().ok()).cloned();
    match in_force(office, text) {
        Ok(ledger) => {
            if let Some(newer) = new().find(|newer| newer.name == ledger.name) {
                out::tell(say::newer(&newer.name, newer.version).get(office.lang));
            }
            Ok((ledger, true))
        }
        Err(error) => match meant(new(), text)? {
            Some(ledger) => Ok((ledger, false)),
            None => Err(error),
        },
    }
}

/// The one that is meant, if there is one; which of several has to be said.
fn meant(
    all: impl IntoIterator<Item = Arc<ledger::Ledger>>,
    text: &str,
) -> Result<Option<Arc<ledger::Ledger>>> {
    match ledger::named::meant(all, text) {
        Meant::One(ledger) => Ok(Some(ledger)),
        Meant::None => Ok(None),
        Meant::Several(names) => {
            Err(Error::input(say::several_ledgers(safe_line(text.trim()), names.join(" "))))
        }
    }
}

/// What the folder of the office holds besides what is in force; what is wrong there is told.
fn own(office: &Office) -> Result<Vec<News>> {
    let news = ledgers::news(&office.reader, office.path())?;
    for one in &news {
        if let Err(error) = &one.ledger {
            out::tell_block(&error.text(office.lang));
        }
    }
    Ok(news)
}

/// Tells of fields that hold values and that a new version does not have: it is taken into use all the same.
fn tell_left_out(office: &Office, ledger: &ledger::Ledger) {
    for said in query::adoptable(&office.reader, ledger).unwrap_or_default() {
        out::tell(said.get(office.lang));
    }
}

/// Takes what is new in the folder of the office into the log, before anything is written by it.
fn adopt_own(office: &mut Office) -> Result<()> {
    for one in own(office)? {
        let Ok(ledger) = one.ledger else { continue };
        one.left_out.iter().for_each(|said| out::tell(said.get(office.lang)));
        let act = LedgerAct::Adopt { text: ledger.text.clone() };
        if let Err(error) = office.commit(&Act::Ledger(Box::new(act)), None) {
            // The open desk may have been faster.
            if query::declared(&office.reader, &ledger.name).is_ok_and(|known| known.text == ledger.text) {
                continue;
            }
            return Err(error);
        }
        let title = words::titled(&ledger.title);
        out::tell(say::adopted(&ledger.name, ledger.version, title.get(office.lang)).get(office.lang));
    }
    Ok(())
}
