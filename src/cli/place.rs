//! `zhiban desk moved` and `zhiban desk new`: what an office is that was last written elsewhere; and the question
//! before the desk opens on one.

use super::office::{Ctx, Office};
use super::{Done, out};
use crate::clock::{Clock, Ids};
use crate::domain::ids::OfficerId;
use crate::error::{Error, Result, User};
use crate::i18n::file as words;
use crate::store::{Reader, Store, query};

#[derive(clap::Subcommand)]
pub(super) enum Desk {
    Moved,
    New,
}

/// Whether this is why an office can only be read.
pub(super) fn is_moved(why: &User) -> bool {
    why.hint == Some(words::PLACE_HINT.into())
}

pub(super) fn run(ctx: &Ctx, what: &Desk) -> Result<Done> {
    let office = match Office::open(ctx) {
        // An earlier program's cannot be looked at as it is, and who may say what it is stands in it: the command is the
        // answer that it waited for, and it is brought up to date.
        Err(Error::User(why)) if is_moved(&why) => {
            drop(Store::open(&ctx.db()?)?);
            Office::open(ctx)?
        }
        opened => opened?,
    };
    office.not_read_only()?;
    let officer = acting(ctx, &office)?;
    drop(office);
    let store = Store::open(&ctx.db()?)?;
    match what {
        Desk::Moved => moved(ctx, &store)?,
        Desk::New => new(ctx, store, officer)?,
    }
    Ok(Done::Yes)
}

fn moved(ctx: &Ctx, store: &Store) -> Result<()> {
    let said = if store.moved()?.is_some() { words::MOVED } else { words::NOT_MOVED };
    store.stay_here()?;
    out::line(said.get(ctx.lang))
}

/// Who says what it is: the officer named, else the one on duty, if any is.
fn acting(ctx: &Ctx, office: &Office) -> Result<Option<OfficerId>> {
    match &ctx.global.officer {
        Some(_) => office.officer().map(Some),
        None => Ok(office.asking()),
    }
}

fn new(ctx: &Ctx, mut store: Store, officer: Option<OfficerId>) -> Result<()> {
    let reader = store.reader()?;
    let settings = query::settings(&reader)?;
    let now = match ctx.global.now {
        Some(_) if !settings.rehearsal => return Err(Error::refused(crate::i18n::store::REAL_OFFICE_NOW)),
        Some(now) => now,
        None if settings.rehearsal => query::last_recorded(&reader)?,
        None => Clock::System.now(),
    };
    drop(reader);
    let seq = store.become_new_desk(officer, &mut Ids::Random, now)?;
    out::line(words::new_desk(seq).get(ctx.lang))
}

/// Asks what it is, before the desk opens. Whoever gives no answer looks only.
pub(super) fn ask(ctx: &Ctx) -> Result<()> {
    let office = Office::open(ctx)?;
    if office.not_read_only().is_err() {
        return Ok(());
    }
    let officer = acting(ctx, &office)?;
    drop(office);
    let path = ctx.db()?;
    // Nothing is brought up to date before there is an answer.
    let Some(why) = Reader::open(&path)?.moved(&path)? else { return Ok(()) };
    out::tell(why.get(ctx.lang));
    out::tell(words::PLACE_ASK.get(ctx.lang));
    match out::ask(words::PLACE_PROMPT.get(ctx.lang)).as_deref() {
        Some("1") => moved(ctx, &Store::open(&path)?),
        Some("2") => new(ctx, Store::open(&path)?, officer),
        _ => Ok(()),
    }
}
