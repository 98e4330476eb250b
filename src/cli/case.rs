//! `zhiban case open|change|release`, and `zhiban dismiss`.

use super::approval::Approval;
use super::ledger::raise;
use super::log::told;
use super::office::{Ctx, Office};
use super::{Done, out, value};
use crate::domain::case::{CaseFacts, Category, DateSlip, Measure};
use crate::domain::ledger::raise::Target;
use crate::domain::rules::Rules;
use crate::error::{Error, Result};
use crate::i18n::cases as say;
use crate::i18n::ledger::PROPOSED_OF_ANOTHER;
use crate::store::act::{Act, LedgerAct, Made, Taken};
use crate::store::query;
use crate::store::query::rows::Proposed;
use chrono::NaiveDate;
use serde_json::json;

#[derive(clap::Subcommand)]
pub(super) enum Case {
    Open(CaseOpen),
    Change(CaseChange),
    Release(CaseRelease),
}

#[derive(clap::Args)]
pub(super) struct CaseFields {
    #[arg(long = "category", value_name = "CATEGORY", value_parser = value::category())]
    pub categories: Vec<Category>,
    #[arg(long, value_name = "MEASURE", value_parser = value::measure())]
    pub measure: Option<Measure>,
    #[arg(long, value_name = "TEXT")]
    pub place: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub start: Option<NaiveDate>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub last_exposure: Option<NaiveDate>,
    #[arg(long, value_name = "N", value_parser = value::days())]
    pub days: Option<i32>,
    #[arg(long, value_name = "NAME")]
    pub contact: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct CaseOpen {
    #[arg(value_name = "NO")]
    pub no: String,
    #[command(flatten)]
    pub fields: CaseFields,
    #[arg(long, value_name = "ENTRY")]
    pub from: Option<String>,
    #[arg(long, value_name = "NAME", requires = "from")]
    pub proposal: Option<String>,
    #[arg(long)]
    pub sure: bool,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct CaseChange {
    #[arg(value_name = "NO")]
    pub no: String,
    #[command(flatten)]
    pub fields: CaseFields,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub sure: bool,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct CaseRelease {
    #[arg(value_name = "NO")]
    pub no: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub early: bool,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Dismiss {
    #[arg(value_name = "NO")]
    pub no: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

impl CaseFields {
    fn facts(self) -> CaseFacts {
        CaseFacts {
            categories: Some(self.categories).filter(|all| !all.is_empty()),
            measure: self.measure,
            place: self.place,
            start: self.start,
            last_exposure: self.last_exposure,
            days: self.days,
            contact: self.contact,
            note: self.note,
        }
    }
}

pub(super) fn run(ctx: &Ctx, args: Case) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    match args {
        Case::Open(args) => open(&mut office, args),
        Case::Change(args) => change(&mut office, args),
        Case::Release(args) => {
            let case = office.case(&args.no)?;
            let at = office.at(args.at.as_deref())?;
            let act = Act::ReleaseCase { case, reason: args.reason, early: args.early };
            let act =
                if args.early { super::approval::confirm(&mut office, act, &args.approval)? } else { act };
            let committed = office.commit(&act, at)?;
            told(&office, &committed, args.json)
        }
    }
}

/// Opens a case as the form on the desk would: what is not said is completed, and it is said with what.
fn open(office: &mut Office, args: CaseOpen) -> Result<Done> {
    let (at, person) = (office.at(args.at.as_deref())?, office.person(&args.no)?);
    let today = office.settings.calendar.day(office.now());
    let mut facts = CaseFacts::default();
    let mut from = None;
    if let Some(text) = &args.from {
        let (entry, proposal) = raise::proposal(office, text, &Target::Case, args.proposal.as_deref())?;
        if let Proposed::Case { person: whose, facts: known, .. } = proposal.to {
            if whose != person {
                return Err(Error::input(PROPOSED_OF_ANOTHER));
            }
            facts = *known;
        }
        from = Some((entry, proposal.raise.id));
    }
    // What is said stands for what a declaration sets.
    facts.merge(&args.fields.facts());
    let facts = facts.completed(today, Rules::builtin());
    are_meant(&CaseFacts::default().slips(&facts, today), args.sure)?;
    let act = match from {
        None => Act::OpenCase { person, facts: facts.clone() },
        Some((entry, raise)) => {
            let made = Taken::Case(facts.clone());
            Act::Ledger(Box::new(LedgerAct::TakeUp { entry, raise, made }))
        }
    };
    let committed = office.commit(&act, at)?;
    if !args.json {
        told(office, &committed, false)?;
        out::line(&format!("  {}", say::completed(&facts, today).get(office.lang)))?;
        return Ok(Done::Yes);
    }
    let id = match committed.made {
        Some(Made::Case(id)) => Some(id),
        _ => None,
    };
    out::json(&json!({
        "op": committed.op.seq, "id": id, "measure": facts.measure, "start": facts.start, "days": facts.days,
        "day_zero": facts.day_zero(), "last_day": facts.observation(today).map(|on| on.last_day),
    }))?;
    Ok(Done::Yes)
}

fn change(office: &mut Office, args: CaseChange) -> Result<Done> {
    let case = office.case(&args.no)?;
    let at = office.at(args.at.as_deref())?;
    let facts = args.fields.facts();
    let today = office.settings.calendar.day(office.now());
    let known = query::case_facts(&office.reader, case)?.unwrap_or_default();
    are_meant(&known.slips(&facts, today), args.sure)?;
    let committed = office.commit(&Act::ChangeCase { case, facts, reason: args.reason }, at)?;
    told(office, &committed, args.json)
}

/// `zhiban dismiss NO --reason TEXT`: what sheets brought of somebody needs no case.
pub(super) fn dismiss(ctx: &Ctx, args: Dismiss) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let (person, at) = (office.person(&args.no)?, office.at(args.at.as_deref())?);
    let found = query::findings_of(&office.reader, person)?;
    let seen = (!found.is_empty()).then(|| found.clone());
    let committed = office.commit(&Act::Dismiss { person, seen, reason: args.reason }, at)?;
    if args.json {
        out::json(&json!({ "op": committed.op.seq, "found": found }))?;
        return Ok(Done::Yes);
    }
    told(&office, &committed, false)?;
    out::line(&format!("  {}", crate::i18n::findings::all(&found).get(office.lang)))?;
    Ok(Done::Yes)
}

/// Refuses days that may be a slip unless they are said to be meant. One that has not come is refused by the store
/// whatever is said.
fn are_meant(slips: &[DateSlip], sure: bool) -> Result<()> {
    let odd: Vec<DateSlip> = slips.iter().copied().filter(|slip| slip.may_be_meant()).collect();
    if sure || odd.is_empty() || odd.len() < slips.len() {
        return Ok(());
    }
    Err(Error::refused(say::slips(&odd)).hint(say::SURE_HINT))
}
