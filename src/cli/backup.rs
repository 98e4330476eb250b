//! `zhiban backup FILE` and `zhiban restore FILE`.

use super::args::{Backup, Restore};
use super::office::{Ctx, Office};
use super::{Done, out};
use crate::clock::{Clock, Ids};
use crate::error::{Error, Kind, Result};
use crate::i18n::cli as say;
use crate::store::act::Act;
use crate::store::{backup, query};
use std::path::Path;

pub(super) fn backup(ctx: &Ctx, args: &Backup) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let head = take(&mut office, &args.file)?;
    out::line(say::backed_up(args.file.display(), head).get(office.lang))?;
    Ok(Done::Yes)
}

/// Takes a backup and logs it; gives the head code of the copy.
pub(super) fn take(office: &mut Office, file: &Path) -> Result<String> {
    office.may_write()?;
    // Nothing is copied that could not be logged.
    office.officer()?;
    let head = backup::backup(&office.reader, file)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    office.commit(&Act::BackedUp { file: name, head: head.clone() }, None)?;
    Ok(head)
}

pub(super) fn restore(ctx: &Ctx, args: &Restore) -> Result<Done> {
    let to = ctx.db()?;
    if ctx.global.db.is_none()
        && let Some(folder) = to.parent()
    {
        std::fs::create_dir_all(folder).map_err(|error| {
            Error::machine(Kind::File, &error, |why| say::no_folder(folder.display(), why))
        })?;
    }
    // A restored rehearsal goes on from where the backup stopped; it has no other present moment.
    let reader = backup::open(&args.file)?;
    let settings = query::settings(&reader)?;
    let clock = match ctx.global.now {
        Some(_) if !settings.rehearsal => {
            return Err(Error::refused(crate::i18n::store::REAL_OFFICE_NOW));
        }
        Some(at) => Clock::running_from(at),
        None if settings.rehearsal => Clock::running_from(query::last_recorded(&reader)?),
        None => Clock::System,
    };
    drop(reader);
    let (mut store, found) = backup::restore(&args.file, &to, &mut Ids::Random, clock.now())?;
    // Whoever restores knows that a backup is older.
    if let Some(folder) = crate::platform::state_folder() {
        store.settle_head(&folder)?;
    }
    out::line(say::restored(to.display(), found.ops).get(ctx.lang))?;
    Ok(Done::Yes)
}
