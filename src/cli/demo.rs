//! `zhiban demo`: the desk on a made-up office, in the file named with `--db` or in a temporary place.

use super::office::{Ctx, Office};
use super::{Done, desk, out};
use crate::clock::Clock;
use crate::demo::{self, Size};
use crate::error::{Error, Kind, Result};
use crate::i18n::cli as say;
use crate::store::{Store, query};
use std::path::Path;

pub(super) fn run(ctx: &Ctx) -> Result<Done> {
    if let Some(path) = &ctx.global.db {
        let store = made(path)?;
        let done = on_desk(ctx, store, path);
        out::tell(say::demo_kept(path.display()).get(ctx.lang));
        return done;
    }
    let folder = tempfile::Builder::new().prefix("zhiban-demo-").tempdir().map_err(|error| {
        Error::machine(Kind::File, &error, |why| say::no_folder(std::env::temp_dir().display(), why))
    })?;
    let path = folder.path().join("demo.db");
    let store = made(&path)?;
    on_desk(ctx, store, &path)
}

/// The office in this file: a demonstration that is there already is gone on with.
fn made(path: &Path) -> Result<Store> {
    if path.exists() { Store::open(path) } else { demo::create(path, Size::default()) }
}

fn on_desk(ctx: &Ctx, store: Store, path: &Path) -> Result<Done> {
    // A fresh office stands at its own present moment; one that was worked on goes on from there.
    let reader = store.reader()?;
    let start =
        ctx.global.now.map_or_else(|| query::last_recorded(&reader).map(|at| at.max(demo::now())), Ok)?;
    let mut ctx = ctx.clone();
    ctx.global.db = Some(path.to_owned());
    ctx.global.now = Some(start);
    let office = Office::open(&ctx)?;
    office.may_write()?;
    let officer = query::status(&reader, start)?.shift.map(|shift| (shift.officer, shift.name));
    drop((office, reader));
    desk::open(store, Clock::running_from(start), ctx.lang, officer, None)
}
