//! `zhiban demo`: the desk on a made-up office, in the file named with `--db` or in a temporary place.

use super::office::Ctx;
use super::{Done, desk, out};
use crate::demo::{self, Size};
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::cli as say;
use crate::paper::frozen;
use crate::paper::template::Templates;
use crate::store::act::Close;
use crate::store::{Reader, query};
use std::path::Path;

pub(super) fn run(ctx: &Ctx) -> Result<Done> {
    if let Some(path) = &ctx.global.db {
        let done = on_desk(ctx, path);
        out::tell(say::demo_kept(path.display()).get(ctx.lang));
        return done;
    }
    let folder = tempfile::Builder::new().prefix("zhiban-demo-").tempdir().map_err(|error| {
        Error::machine(Kind::File, &error, |why| say::no_folder(std::env::temp_dir().display(), why))
    })?;
    on_desk(ctx, &folder.path().join("demo.db"))
}

/// The desk on the office in this file: a demonstration that is there already is gone on with.
fn on_desk(ctx: &Ctx, path: &Path) -> Result<Done> {
    if !path.exists() {
        make(path)?;
    }
    // A fresh office stands at its own present moment; one that was worked on goes on from there.
    let last = query::last_recorded(&Reader::open(path)?)?.max(demo::now());
    let mut ctx = ctx.clone();
    ctx.global.db = Some(path.to_owned());
    ctx.global.now = Some(ctx.global.now.unwrap_or(last));
    desk::open_office(&ctx)
}

/// Makes the demonstration, with the papers its shifts signed.
fn make(path: &Path) -> Result<()> {
    let templates = Templates::of(path);
    let mut cut = |reader: &Reader, now: Ts, close: &mut Close| {
        frozen::prepare(reader, now, close, &templates).map(drop)
    };
    demo::create_signed(path, Size::default(), &mut cut).map(drop)
}
