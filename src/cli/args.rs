//! The arguments as clap reads them. Their words are in `i18n::cli`, put in at run time by [`super::help`]: a doc
//! comment here would become English help.

use crate::domain::case::{Category, Measure};
use crate::domain::contact::ContactKind;
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::officer::Role;
use crate::domain::person::PersonKind;
use crate::domain::report::{Round, Site};
use crate::domain::time::{Ts, parse_hhmm};
use crate::paper::PaperKind;
use crate::paper::file::Format;
use crate::paper::print::MOST_COPIES;
use crate::paper::sitrep::Wording;
use crate::say::Lang;
use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use std::ops::RangeInclusive;
use std::path::PathBuf;

mod approval;
mod erase;
mod file;
mod length;
mod papers;
pub(super) use approval::Approval;
pub(super) use erase::{Erase, EraseBackups, EraseDue, ErasePerson};
pub(super) use file::{Backup, Desk, Drill, Key, Restore};
pub(super) use length::{NoLonger, TooLong};
pub(super) use papers::{Access, CallSheet, Dossier, Release, UnitSheet};

// A closed list of codes: clap knows them for completions and errors.
macro_rules! coded {
    ($all:ty) => {
        PossibleValuesParser::new(<$all>::ALL.iter().map(|value| value.code()))
            .try_map(|text| <$all>::from_code(&text).ok_or("?"))
    };
}

#[derive(Parser)]
#[command(name = "zhiban", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(clap::Args, Clone)]
pub(super) struct Global {
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[arg(long, global = true, value_name = "TIME", value_parser = instant)]
    pub now: Option<Ts>,
    #[arg(long, global = true, value_name = "zh|en", value_parser = lang())]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_name = "NAME", env = "ZHIBAN_OFFICER")]
    pub officer: Option<String>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    Demo,
    Init(Init),
    Import(Import),
    #[command(name = crate::intake::READ_CELLS, hide = true)]
    ReadCells,
    List(List),
    Find(Find),
    #[command(subcommand)]
    Show(Show),
    #[command(subcommand)]
    Log(Log),
    Attach(Attach),
    #[command(subcommand)]
    Case(Case),
    Dismiss(Dismiss),
    #[command(subcommand)]
    Promise(Promise),
    Received(Received),
    Excuse(Excuse),
    #[command(subcommand)]
    Add(Add),
    #[command(subcommand)]
    Edit(Edit),
    #[command(subcommand)]
    Contact(Contact),
    #[command(subcommand)]
    Erase(Erase),
    Undo(Undo),
    #[command(subcommand)]
    Officer(Officer),
    #[command(subcommand)]
    Shift(Shift),
    Handover(Handover),
    Access(Access),
    #[command(name = "callsheet")]
    CallSheet(CallSheet),
    Dossier(Dossier),
    Release(Release),
    #[command(name = "unit-sheet")]
    UnitSheet(UnitSheet),
    Sitrep(Sitrep),
    Told(Told),
    Spoken(Spoken),
    Template(Template),
    Check(Check),
    Backup(Backup),
    Restore(Restore),
    Drill(Drill),
    #[command(subcommand)]
    Desk(Desk),
    Settings(Settings),
    Completions(Completions),
}

#[derive(clap::Args)]
pub(super) struct Init {
    #[arg(long, value_name = "NAME")]
    pub office: String,
    #[arg(long = "with", value_name = "NAME")]
    pub with: Vec<String>,
    #[arg(long, value_name = "±HH:MM", value_parser = offset, allow_hyphen_values = true)]
    pub offset: Option<i32>,
    #[arg(long, value_name = "HH:MM", value_parser = minute)]
    pub day_start: Option<i32>,
    #[arg(long = "round", value_name = "CODE=HH:MM", value_parser = round_due)]
    pub rounds: Vec<(Round, i32)>,
    #[arg(long = "slot", value_name = "HH:MM", value_parser = minute)]
    pub slots: Vec<i32>,
}

#[derive(clap::Args)]
pub(super) struct Import {
    #[arg(value_name = "WHAT", display_order = 0, value_parser = sheet_kind())]
    pub what: crate::domain::form::What,
    #[arg(value_name = "FILE", display_order = 1, required_unless_present = "blank")]
    pub files: Vec<PathBuf>,
    #[arg(long, conflicts_with_all = ["date", "round", "at", "unit", "reason", "yes", "json"])]
    pub blank: bool,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = round)]
    pub round: Option<Round>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub form: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    #[arg(long, short = 'y')]
    pub yes: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct List {
    #[arg(value_name = "WHAT", value_parser = list_kind())]
    pub what: ListOf,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub filter: String,
    #[arg(long, value_name = "N", value_parser = Whole::from(1..=MOST_ROWS))]
    pub limit: Option<u32>,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListOf {
    Units,
    Outstanding,
    Cases,
    Findings,
    Due,
    People,
    Log,
}

impl ListOf {
    pub const ALL: &'static [Self] =
        &[Self::Units, Self::Outstanding, Self::Cases, Self::Findings, Self::Due, Self::People, Self::Log];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Outstanding => "outstanding",
            Self::Cases => "cases",
            Self::Findings => "findings",
            Self::Due => "due",
            Self::People => "people",
            Self::Log => "log",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|what| what.code() == code)
    }
}

#[derive(clap::Args)]
pub(super) struct Find {
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = Whole::from(1..=crate::search::AT_MOST as u32))]
    pub limit: u32,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub explain: bool,
}

#[derive(Subcommand)]
pub(super) enum Show {
    Person(ShowPerson),
    Unit(ShowUnit),
    Contact(ShowContact),
}

#[derive(clap::Args)]
pub(super) struct ShowPerson {
    #[arg(value_name = "NO")]
    pub no: String,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

#[derive(clap::Args)]
pub(super) struct ShowUnit {
    #[arg(value_name = "UNIT")]
    pub unit: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ShowContact {
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub(super) enum Log {
    Followup(FollowUp),
    Note(Note),
}

#[derive(clap::Args)]
pub(super) struct FollowUp {
    #[arg(long, value_name = "person:NO|unit:CODE|contact:ORG")]
    pub on: Option<String>,
    #[arg(long, value_name = "CONTACT", conflicts_with = "on")]
    pub contact: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "phone", value_parser = channel())]
    pub channel: Channel,
    #[arg(long, value_name = "OUTCOME", value_parser = outcome())]
    pub outcome: Outcome,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,
    #[arg(long, value_name = "WHO", default_value = "")]
    pub answered_by: String,
    #[arg(long, value_name = "NUMBER", default_value = "")]
    pub number: String,
    #[arg(long, value_name = "TEMP", value_parser = temperature)]
    pub temp: Option<i16>,
    #[arg(long, value_name = "SITE", value_parser = site(), requires = "temp")]
    pub site: Option<Site>,
    #[arg(long, value_name = "WHEN")]
    pub promise: Option<String>,
    #[arg(long, value_name = "HOW", value_parser = promise_end())]
    pub settle: Option<PromiseEnd>,
    #[arg(long, value_name = "REASON", requires = "on")]
    pub no_case: Option<String>,
    #[arg(long, value_name = "WHEN")]
    pub next: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Note {
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
    #[arg(long, value_name = "person:NO|unit:CODE|contact:ORG")]
    pub on: Option<String>,
    #[arg(long, value_name = "CONTACT", conflicts_with = "on")]
    pub contact: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Attach {
    #[arg(value_name = "ENTRY", value_parser = op_number)]
    pub op: i64,
    #[arg(long, value_name = "person:NO|unit:CODE|contact:ORG")]
    pub to: String,
    #[arg(long, value_name = "REASON")]
    pub no_case: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub(super) enum Case {
    Open(CaseOpen),
    Change(CaseChange),
    Release(CaseRelease),
}

#[derive(clap::Args)]
pub(super) struct CaseFields {
    #[arg(long = "category", value_name = "CATEGORY", value_parser = category())]
    pub categories: Vec<Category>,
    #[arg(long, value_name = "MEASURE", value_parser = measure())]
    pub measure: Option<Measure>,
    #[arg(long, value_name = "TEXT")]
    pub place: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub start: Option<NaiveDate>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub last_exposure: Option<NaiveDate>,
    #[arg(long, value_name = "N", value_parser = days())]
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

#[derive(Subcommand)]
pub(super) enum Promise {
    Close(PromiseClose),
}

#[derive(clap::Args)]
pub(super) struct PromiseClose {
    #[arg(long, value_name = "person:NO|unit:CODE|contact:ORG", required_unless_present = "id")]
    pub on: Option<String>,
    #[arg(long, value_name = "ID", value_parser = id)]
    pub id: Option<uuid::Uuid>,
    #[arg(long, value_name = "HOW", default_value = "kept", value_parser = promise_end())]
    pub how: PromiseEnd,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Received {
    #[arg(value_name = "UNIT")]
    pub unit: String,
    #[arg(long)]
    pub zero: bool,
    #[arg(long, alias = "day", value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = round)]
    pub round: Option<Round>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Excuse {
    #[arg(value_name = "UNIT", required = true)]
    pub units: Vec<String>,
    #[arg(long, alias = "day", value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = round)]
    pub round: Option<Round>,
    #[arg(long)]
    pub all: bool,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub write_off: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub(super) enum Add {
    Person(PersonEdit),
    Unit(UnitEdit),
}

#[derive(Subcommand)]
pub(super) enum Edit {
    Person(PersonEdit),
    Unit(UnitEdit),
}

#[derive(clap::Args)]
pub(super) struct PersonEdit {
    #[arg(value_name = "NO")]
    pub key: String,
    #[arg(long, value_name = "WHO")]
    pub told_by: String,
    #[arg(long, value_name = "NO")]
    pub no: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub sex: Option<String>,
    #[arg(long, value_name = "KIND", value_parser = person_kind())]
    pub kind: Option<PersonKind>,
    #[arg(long, value_name = "TEXT")]
    pub campus: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub id_number: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub origin: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub address: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub contact: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub family_phone: Option<String>,
    #[arg(long)]
    pub sure: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct UnitEdit {
    #[arg(value_name = "UNIT")]
    pub key: String,
    #[arg(long, value_name = "WHO")]
    pub told_by: String,
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub short: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub parent: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub campus: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub head: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub head_phone: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub liaison: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub liaison_phone: Option<String>,
    #[arg(long, value_name = "yes|no", value_parser = yes_no())]
    pub reports: Option<bool>,
    #[arg(long, value_name = "HH:MM", value_parser = minute)]
    pub deadline: Option<i32>,
    #[arg(long, value_name = "OFFICER")]
    pub duty_officer: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub valid_from: Option<NaiveDate>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub(super) enum Contact {
    Add(ContactAdd),
    Edit(ContactEdit),
    Remove(ContactRemove),
    List(ContactList),
}

#[derive(clap::Args)]
pub(super) struct ContactFields {
    #[arg(long, value_name = "KIND", value_parser = contact_kind())]
    pub kind: Option<ContactKind>,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct ContactAdd {
    #[arg(value_name = "ORG")]
    pub org: String,
    #[command(flatten)]
    pub fields: ContactFields,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ContactEdit {
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    #[arg(long, value_name = "WHO")]
    pub told_by: String,
    #[arg(long, value_name = "ORG")]
    pub org: Option<String>,
    #[command(flatten)]
    pub fields: ContactFields,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ContactRemove {
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ContactList {
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub filter: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Undo {
    #[arg(value_name = "ENTRY", value_parser = op_number)]
    pub op: Option<i64>,
    #[arg(long, short = 'y')]
    pub yes: bool,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub(super) enum Officer {
    Add(OfficerAdd),
    Role(OfficerRole),
    List(OfficerList),
    Pin(OfficerPin),
}

#[derive(clap::Args)]
pub(super) struct OfficerPin {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long)]
    pub remove: bool,
    #[arg(long, value_name = "NAME", requires = "remove")]
    pub with: Option<String>,
    #[arg(long)]
    pub stdin: bool,
}

#[derive(clap::Args)]
pub(super) struct OfficerRole {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(value_name = "ROLE", value_parser = coded!(Role))]
    pub role: Role,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct OfficerAdd {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "ROLE", value_parser = coded!(Role))]
    pub role: Option<Role>,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct OfficerList {
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub(super) enum Shift {
    Start(ShiftStart),
    List(ShiftList),
    TakeOver(ShiftTakeOver),
    Unread(ShiftUnread),
    Questions(ShiftQuestions),
    Answer(ShiftAnswer),
}

#[derive(clap::Args)]
pub(super) struct ShiftTakeOver {
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub stdin: bool,
    #[command(flatten)]
    pub paper: Paper,
}

#[derive(clap::Args)]
pub(super) struct ShiftUnread {
    #[arg(long, value_name = "all|1,2,5")]
    pub tick: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ShiftQuestions {
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ShiftAnswer {
    #[arg(value_name = "N", value_parser = Whole::from(1..=MOST_ROWS))]
    pub no: u32,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub words: String,
    #[arg(long)]
    pub close: bool,
}

#[derive(clap::Args)]
pub(super) struct ShiftStart {
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ShiftList {
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = Whole::from(1..=MOST_ROWS))]
    pub limit: u32,
}

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("whom").args(["to", "go_on"]))]
pub(super) struct Handover {
    #[command(flatten)]
    pub paper: Paper,
    #[arg(long, value_name = "ID|N|last", conflicts_with = "close")]
    pub shift: Option<String>,
    #[arg(long, requires = "whom")]
    pub close: bool,
    #[arg(long, value_name = "OFFICER", requires = "close", conflicts_with = "go_on")]
    pub to: Option<String>,
    #[arg(long = "continue", requires = "close", requires = "reason")]
    pub go_on: bool,
    #[arg(long, value_name = "TEXT", default_value = "", requires = "go_on")]
    pub reason: String,
    #[arg(long, value_name = "TEXT", default_value = "", requires = "close")]
    pub words: String,
    #[arg(long, value_name = "all|none|1,2,5", requires = "close")]
    pub tick: Option<String>,
    #[arg(long, value_name = "N=TEXT", requires = "tick")]
    pub ask: Vec<String>,
    #[arg(long, requires = "close")]
    pub stdin: bool,
}

#[derive(clap::Args)]
pub(super) struct Sitrep {
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub day: Option<NaiveDate>,
    #[arg(long, value_name = "HH:MM", value_parser = minute)]
    pub boundary: Option<i32>,
    #[arg(long, value_name = "WORDING", default_value = "tables", value_parser = coded!(Wording))]
    pub wording: Wording,
    #[arg(long, conflicts_with = "wording")]
    pub campus: bool,
    #[arg(long, value_name = "TEXT")]
    pub red_head: Option<String>,
    #[arg(long, value_name = "WHO")]
    pub send: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "wechat", value_parser = channel())]
    pub by: Channel,
    #[arg(long, value_name = "ID", requires = "reason", conflicts_with = "day")]
    pub correct: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "correct")]
    pub reason: Option<String>,
    #[arg(long, value_name = "ID", conflicts_with_all = ["day", "boundary", "send", "correct"])]
    pub sent: Option<String>,
    #[arg(long, conflicts_with_all = ["day", "boundary", "send", "correct", "sent"])]
    pub list: bool,
    #[command(flatten)]
    pub paper: Paper,
}

#[derive(clap::Args)]
pub(super) struct Told {
    #[arg(long = "add", value_name = "FIGURE", requires = "to", num_args = 1..)]
    pub add: Vec<String>,
    #[arg(long, value_name = "WHO", requires = "add")]
    pub to: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "phone", value_parser = channel())]
    pub by: Channel,
    #[arg(long, value_name = "TEXT", default_value = "", requires = "add")]
    pub words: String,
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = Whole::from(1..=MOST_ROWS))]
    pub limit: u32,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Spoken {
    #[arg(long, value_name = "WHO")]
    pub to: Option<String>,
    #[arg(long, value_name = "WHO")]
    pub told: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "in-person", value_parser = channel())]
    pub by: Channel,
    #[arg(long)]
    pub json: bool,
}

/// What every paper's command shares.
#[derive(clap::Args)]
pub(super) struct Paper {
    #[arg(long, value_name = "FORMAT", value_parser = coded!(Format))]
    pub format: Option<Format>,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long)]
    pub print: bool,
    #[arg(long, value_name = "QUEUE", requires = "print")]
    pub printer: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 1, requires = "print", value_parser = copies())]
    pub copies: u16,
    #[arg(long, requires = "print")]
    pub two_sided: bool,
}

#[derive(clap::Args)]
pub(super) struct Template {
    #[arg(value_name = "PAPER", value_parser = coded!(PaperKind))]
    pub paper: Option<PaperKind>,
    #[arg(long, requires = "paper")]
    pub copy: bool,
}

#[derive(clap::Args)]
pub(super) struct Check {
    #[arg(long, value_name = "CODE")]
    pub head: Option<String>,
    #[arg(long)]
    pub rebuild: bool,
    #[arg(long)]
    pub accept_older: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Settings {
    #[arg(value_name = "KEY", value_parser = setting())]
    pub key: Option<String>,
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Completions {
    #[arg(value_name = "SHELL", value_parser = shell())]
    pub shell: clap_complete::Shell,
}

fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(["zh", "en"]).try_map(|text| Lang::from_code(&text).ok_or("?"))
}

fn setting() -> PossibleValuesParser {
    use crate::domain::setting::{ALL, TERMINAL};
    PossibleValuesParser::new(ALL.iter().map(|setting| setting.key).chain([TERMINAL]))
}

fn sheet_kind() -> impl TypedValueParser<Value = crate::domain::form::What> {
    use crate::domain::form::What;
    PossibleValuesParser::new(["roster", "units", "report"]).try_map(|text| {
        [What::Roster, What::Units, What::Report].into_iter().find(|what| what.code() == text).ok_or("?")
    })
}

fn list_kind() -> impl TypedValueParser<Value = ListOf> {
    coded!(ListOf)
}

fn channel() -> impl TypedValueParser<Value = Channel> {
    coded!(Channel)
}

fn outcome() -> impl TypedValueParser<Value = Outcome> {
    coded!(Outcome)
}

fn category() -> impl TypedValueParser<Value = Category> {
    coded!(Category)
}

fn measure() -> impl TypedValueParser<Value = Measure> {
    coded!(Measure)
}

fn site() -> impl TypedValueParser<Value = Site> {
    coded!(Site)
}

fn temperature(text: &str) -> Result<i16, &'static str> {
    let tenths = crate::domain::form::value::temperature(text).map_err(|_| "37.3")?;
    i16::try_from(tenths).map_err(|_| "37.3")
}

fn promise_end() -> impl TypedValueParser<Value = PromiseEnd> {
    coded!(PromiseEnd)
}

fn person_kind() -> impl TypedValueParser<Value = PersonKind> {
    coded!(PersonKind)
}

fn contact_kind() -> impl TypedValueParser<Value = ContactKind> {
    coded!(ContactKind)
}

fn yes_no() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["yes", "no"]).map(|text| text == "yes")
}

fn shell() -> impl TypedValueParser<Value = clap_complete::Shell> {
    clap::builder::EnumValueParser::<clap_complete::Shell>::new()
}

fn days() -> impl TypedValueParser<Value = i32> {
    Whole::from(0..=365).map(|days| days as i32)
}

fn copies() -> impl TypedValueParser<Value = u16> {
    Whole::from(1..=u32::from(MOST_COPIES)).map(|copies| copies as u16)
}

/// The most rows that one list shows: more than any office has.
const MOST_ROWS: u32 = 10_000_000;

/// A whole number within bounds. clap's own parsers say what is wrong in words of their own.
#[derive(Clone, Debug)]
struct Whole(RangeInclusive<u32>);

impl From<RangeInclusive<u32>> for Whole {
    fn from(range: RangeInclusive<u32>) -> Self {
        Self(range)
    }
}

/// A number that is none, or lies outside what may be given.
#[derive(Clone, Debug)]
pub(super) struct NotWithin(pub RangeInclusive<u32>);

impl std::fmt::Display for NotWithin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}–{}", self.0.start(), self.0.end())
    }
}

impl std::error::Error for NotWithin {}

impl TypedValueParser for Whole {
    type Value = u32;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<u32, clap::Error> {
        let range = self.0.clone();
        let read = move |text: &str| {
            let read = text.trim().parse().ok().filter(|n| range.contains(n));
            read.ok_or_else(|| NotWithin(range.clone()))
        };
        TypedValueParser::parse_ref(&read, cmd, arg, value)
    }
}

// The texts of these errors are how the value is written: `super::help` says the rest.

fn id(text: &str) -> Result<uuid::Uuid, &'static str> {
    text.trim().parse().map_err(|_| "01900000-0000-7000-8000-000000000001")
}

fn instant(text: &str) -> Result<Ts, &'static str> {
    Ts::from_rfc3339(text.trim()).ok_or("2020-02-17T10:05:00+08:00")
}

fn date(text: &str) -> Result<NaiveDate, &'static str> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| "2020-02-17")
}

fn round(text: &str) -> Result<Round, &'static str> {
    Round::parse(text).ok_or("am")
}

pub(super) fn minute(text: &str) -> Result<i32, &'static str> {
    parse_hhmm(text).ok_or("10:00")
}

// `+08:00`, `8`, `-3:30` as minutes east of UTC.
pub(super) fn offset(text: &str) -> Result<i32, &'static str> {
    crate::domain::setting::offset(text).ok_or("+08:00")
}

pub(super) fn round_due(text: &str) -> Result<(Round, i32), &'static str> {
    const HOW: &str = "am=09:00";
    let (code, due) = text.split_once('=').ok_or(HOW)?;
    Ok((Round::parse(code).ok_or(HOW)?, parse_hhmm(due).ok_or(HOW)?))
}

// `12` or `#12`.
fn op_number(text: &str) -> Result<i64, &'static str> {
    text.trim().trim_start_matches('#').parse().ok().filter(|seq| *seq > 0).ok_or("12")
}
