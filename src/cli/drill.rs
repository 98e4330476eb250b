//! `zhiban drill`: whether the newest backup can be restored.

use super::backup::KeyArgs;
use super::office::{Ctx, Office};
use super::{Done, backup, out};
use crate::clock::Ids;
use crate::error::{Error, Result};
use crate::i18n::file as words;
use crate::store::act::Act;
use crate::store::{drill, rotate, seal};
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Drill {
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub key: KeyArgs,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Drill) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    // Nothing is tried that could not be logged.
    office.may_write()?;
    office.officer()?;
    let file = match &args.file {
        Some(file) => file.clone(),
        None => rotate::newest(office.path())
            .ok_or_else(|| Error::not_found(words::NO_BACKUP_YET).hint(words::NO_BACKUP_YET_HINT))?,
    };
    let key = if seal::is_sealed(&file) { Some(backup::key(office.lang, &args.key, &file)?) } else { None };
    let found =
        drill::drill(&office.reader, &file, key.as_ref(), office.path(), &mut Ids::Random, office.now())?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (head, faults) = (found.head.clone(), found.faults());
    office.commit(&Act::Drilled { file: name, head, faults }, None)?;
    let told = if found.is_sound() {
        words::drill_sound(file.display(), found.ops, &found.head)
    } else if found.same_log {
        words::drill_faults(file.display(), found.faults())
    } else {
        words::drill_other(file.display())
    };
    if args.json {
        out::json(&json!({
            "file": file.display().to_string(),
            "sound": found.is_sound(),
            "head": found.head,
            "in_log": found.same_log,
            "ops": found.ops,
            "faults": found.faults(),
            "differing": found.differing,
        }))?;
    } else if found.is_sound() {
        out::line(told.get(office.lang))?;
    } else {
        out::tell(told.get(office.lang));
    }
    Ok(if found.is_sound() { Done::Yes } else { Done::No })
}
