//! `zhiban init`: a new office.

use super::office::Ctx;
use super::{Done, out, value};
use crate::clock::Ids;
use crate::domain::office::{RoundSetting, Settings};
use crate::domain::report::{FormRef, Round};
use crate::domain::rules::{self, Rules};
use crate::domain::text::safe_line;
use crate::error::{Error, Kind, Result};
use crate::i18n::cli as say;
use crate::log::event::Adopted;
use crate::store::{NewOffice, Store};

#[derive(clap::Args)]
pub(super) struct Init {
    #[arg(long, value_name = "NAME")]
    pub office: String,
    #[arg(long = "with", value_name = "NAME")]
    pub with: Vec<String>,
    #[arg(long, value_name = "±HH:MM", value_parser = value::offset, allow_hyphen_values = true)]
    pub offset: Option<i32>,
    #[arg(long, value_name = "HH:MM", value_parser = value::minute)]
    pub day_start: Option<i32>,
    #[arg(long = "round", value_name = "CODE=HH:MM", value_parser = value::round_due)]
    pub rounds: Vec<(Round, i32)>,
    #[arg(long = "slot", value_name = "HH:MM", value_parser = value::minute)]
    pub slots: Vec<i32>,
}

impl Init {
    /// An office with nothing but a name.
    pub(super) fn plain(office: String) -> Self {
        Self { office, with: vec![], offset: None, day_start: None, rounds: vec![], slots: vec![] }
    }
}

pub(super) fn run(ctx: &Ctx, args: Init) -> Result<Done> {
    let path = ctx.db()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if ctx.global.db.is_none()
        && let Some(folder) = folder
    {
        std::fs::create_dir_all(folder).map_err(|error| {
            Error::machine(Kind::File, &error, |why| say::no_folder(folder.display(), why))
        })?;
    }
    let clock = ctx.clock();
    let officer = ctx.global.officer.clone();
    let named = officer.is_some();
    let new = NewOffice {
        officer: officer.unwrap_or_else(|| say::FIRST_OFFICER.get(ctx.lang).to_owned()),
        others: args.with.clone(),
        rules: Adopted {
            form: FormRef { name: "rules".to_owned(), version: 1 },
            content: rules::BUILTIN.to_owned(),
        },
        settings: settings(ctx, args),
    };
    Store::create(&path, &new, &mut Ids::Random, clock.now())?;
    out::line(say::office_made(safe_line(&new.settings.office), path.display()).get(ctx.lang))?;
    if !named {
        out::line(say::officer_default(&new.officer).get(ctx.lang))?;
    }
    if new.settings.rehearsal {
        out::line(say::REHEARSAL_MADE.get(ctx.lang))?;
    }
    out::line(say::NEXT_STEPS.get(ctx.lang))?;
    Ok(Done::Yes)
}

fn settings(ctx: &Ctx, args: Init) -> Settings {
    let mut settings = Settings::new(args.office.trim());
    settings.rehearsal = ctx.global.now.is_some();
    settings.lang = ctx.global.lang.map_or_else(String::new, |lang| lang.code().to_owned());
    if let Some(offset) = args.offset {
        settings.calendar.utc_offset_min = offset;
    }
    if let Some(minute) = args.day_start {
        settings.calendar.day_start_min = minute;
    }
    let today = settings.calendar.day(ctx.clock().now());
    let (rounds, slots) = (Rules::builtin().rounds(today), Rules::builtin().slots(today));
    if !args.rounds.is_empty() {
        settings.rounds = args
            .rounds
            .into_iter()
            .map(|(round, deadline)| RoundSetting { round, name: String::new(), deadline })
            .collect();
        settings.rounds.sort_by_key(|round| round.deadline);
    } else if !rounds.is_empty() {
        settings.rounds = rounds;
    }
    if !args.slots.is_empty() {
        settings.slots = args.slots;
        settings.slots.sort_unstable();
    } else if !slots.is_empty() {
        settings.slots = slots;
    }
    settings
}
