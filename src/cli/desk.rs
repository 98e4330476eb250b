//! `zhiban` alone: opens this machine's office on the desk; where there is none, says how to begin and offers it.

use super::args::{Import, Init};
use super::office::{Ctx, Office};
use super::words::install_beside;
use super::{Done, demo, import, init, out};
use crate::clock::{Clock, Ids};
use crate::domain::form::What;
use crate::domain::ids::OfficerId;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::i18n::cli as say;
use crate::runtime::{self, Hooks, Setup};
use crate::store::heads::Behind;
use crate::store::{Store, query};
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

fn open_office(ctx: &Ctx) -> Result<Done> {
    let office = Office::open(ctx)?;
    office.may_write()?;
    let officer = match &ctx.global.officer {
        Some(name) => Some((office.officer_named(name)?, name.trim().to_owned())),
        None => query::status(&office.reader, office.now())?.shift.map(|shift| (shift.officer, shift.name)),
    };
    let clock = office.clock();
    open(office.store, clock, ctx.lang, officer, office.behind)
}

/// Opens the desk on an office.
pub(super) fn open(
    store: Store,
    clock: Clock,
    lang: Lang,
    officer: Option<(OfficerId, String)>,
    behind: Option<Behind>,
) -> Result<Done> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Error::refused(say::NO_TERMINAL).hint(say::NO_TERMINAL_HINT));
    }
    let hooks = Hooks {
        start: crate::app::State::start,
        update: crate::app::update,
        draw: crate::view::draw,
        roster: query::roster,
    };
    // https://no-color.org: any value but an empty one.
    let color = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    // The desk opens all the same: everybody is still found by the built-in words.
    let notice = install_beside(store.path()).err().map(|error| error.say());
    runtime::run(Setup { store, clock, ids: Ids::Random, lang, color, officer, hooks, notice, behind })?;
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
