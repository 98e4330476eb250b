//! `zhiban` alone: opens this machine's office on the desk; where there is none, says how to begin and offers it.

use super::import::Import;
use super::init::Init;
use super::office::{Ctx, Office};
use super::words::install_beside;
use super::{Done, demo, import, init, out, place, terminal};
use crate::clock::Ids;
use crate::domain::form::What;
use crate::domain::ids::OfficerId;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::runtime::{self, Hooks, Setup};
use crate::store::query;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

pub(super) fn run(ctx: &Ctx) -> Result<Done> {
    let path = ctx.db()?;
    // A named file that is not there is a mistake, not a beginning.
    if !path.exists() && ctx.global.db.is_none() {
        return begin(ctx, &path);
    }
    open_office(ctx)
}

pub(super) fn open_office(ctx: &Ctx) -> Result<Done> {
    runtime::read_ahead();
    let mut office = Office::open(ctx)?;
    if office.barred().is_some_and(place::is_moved) && out::is_interactive() {
        drop(office);
        place::ask(ctx)?;
        office = Office::open(ctx)?;
    }
    if office.barred().is_none() {
        office.may_write()?;
    }
    let officer = match &ctx.global.officer {
        Some(name) => Some((office.officer_named(name)?, name.trim().to_owned())),
        None => query::on_duty(&office.reader)?.map(|shift| (shift.officer, shift.name)),
    };
    open(office, officer)
}

/// Opens the desk on an office.
pub(super) fn open(office: Office, officer: Option<(OfficerId, String)>) -> Result<Done> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Error::refused(say::NO_TERMINAL).hint(say::NO_TERMINAL_HINT));
    }
    let hooks = Hooks {
        start: crate::app::State::start,
        update: crate::app::update,
        draw: crate::view::draw_to_rest,
        roster: query::roster,
    };
    let lang = office.lang;
    let behind = office.behind.clone();
    let plain = terminal::is_plain(&office.reader);
    let shades = terminal::shades(&office.reader, plain);
    let (path, reader, office, clock) = office.into_desk();
    let notice = match &office {
        // The desk opens all the same: everybody is still found by the built-in words.
        Ok(_) => install_beside(&path).err().map(|error| error.say()),
        Err(why) => {
            if let Err(error) = install_beside(&path) {
                tracing::warn!(kind = ?error.kind(), "the office's own words are not used");
            }
            Some(why.clone())
        }
    };
    let notice =
        notice.or_else(|| super::private::open_files(&path)).or_else(|| terminal::other_encoding(lang));
    runtime::run(Setup {
        path,
        reader,
        office,
        clock,
        ids: Ids::Random,
        lang,
        shades,
        plain,
        officer,
        hooks,
        notice,
        behind,
    })?;
    Ok(Done::Yes)
}

fn begin(ctx: &Ctx, path: &Path) -> Result<Done> {
    let lang = ctx.lang;
    out::tell(say::no_office(path.display()).get(lang));
    out::tell_block(say::BEGIN.get(lang));
    if !out::is_interactive() {
        return Ok(Done::No);
    }
    out::tell("");
    match out::ask(say::OFFER.get(lang)).as_deref() {
        Some("1") => demo::run(ctx),
        Some("2") => {
            make(ctx)?;
            open_office(ctx)
        }
        Some("3") => {
            make(ctx)?;
            let file = out::ask(say::ASK_ROSTER.get(lang)).filter(|file| !file.is_empty());
            if let Some(file) = file {
                import::run(ctx, &Import::plain(What::Roster, PathBuf::from(file)))?;
            }
            open_office(ctx)
        }
        _ => Ok(Done::No),
    }
}

fn make(ctx: &Ctx) -> Result<()> {
    let office = out::ask(say::ASK_OFFICE.get(ctx.lang)).unwrap_or_default();
    let mut ctx = ctx.clone();
    if ctx.global.officer.is_none() {
        ctx.global.officer = out::ask(say::ASK_OFFICER.get(ctx.lang)).filter(|name| !name.is_empty());
    }
    init::run(&ctx, Init::plain(office))?;
    Ok(())
}
