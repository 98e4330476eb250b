//! `zhiban backup FILE` and `zhiban restore FILE`.

use super::office::{Ctx, Office};
use super::{Done, help, out, pin};
use crate::clock::{Clock, Ids};
use crate::error::{Error, Kind, Result};
use crate::i18n::{cli as say, file as words, handover};
use crate::say::{Lang, Word};
use crate::store::act::Act;
use crate::store::backup::Taken;
use crate::store::seal::{self, Key, Seal};
use crate::store::{Reader, backup, local, query, rotate, whole};
use std::io::BufRead;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Backup {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub seal: bool,
    #[arg(long = "recipient", value_name = "age1…", requires = "seal")]
    pub recipients: Vec<String>,
    #[arg(long, requires = "seal", conflicts_with = "recipients")]
    pub stdin: bool,
}

#[derive(clap::Args)]
pub(super) struct Restore {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub key: KeyArgs,
}

// What opens a sealed backup.
#[derive(clap::Args)]
pub(super) struct KeyArgs {
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    #[arg(long, conflicts_with = "identity")]
    pub stdin: bool,
}

pub(super) fn backup(ctx: &Ctx, args: &Backup) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    may_log(&office)?;
    let seal = match (args.seal, args.recipients.is_empty()) {
        (false, _) => None,
        (true, false) => Some(Seal::Recipients(args.recipients.clone())),
        (true, true) => Some(Seal::Passphrase(new_passphrase(office.lang, args.stdin)?)),
    };
    let (head, not_kept) = take_as(&mut office, &args.file, seal.as_ref(), false)?;
    if let Some(error) = not_kept {
        return Err(error);
    }
    let said = if seal.is_some() { words::sealed_up } else { say::backed_up };
    out::line(said(&args.file.display(), &head).get(office.lang))?;
    Ok(Done::Yes)
}

/// Nothing is copied that could not be logged.
fn may_log(office: &Office) -> Result<()> {
    office.may_change()
}

/// Takes a backup and logs it; gives the head code of the copy, and what is to be said where the disk would not say that
/// it keeps it. `sound` says that the office was checked a moment ago.
pub(super) fn take(office: &mut Office, file: &Path, sound: bool) -> Result<(String, Option<Error>)> {
    may_log(office)?;
    take_as(office, file, None, sound)
}

fn take_as(
    office: &mut Office,
    file: &Path,
    seal: Option<&Seal>,
    sound: bool,
) -> Result<(String, Option<Error>)> {
    let folder = folder_of(office.path());
    for folder in [folder, folder_of(file)] {
        whole::sweep(folder, Clock::System.now());
    }
    let Taken { head, faults, print, not_kept } = match seal {
        Some(seal) => backup::take_sealed(&office.reader, folder, file, seal)?,
        None if sound => {
            out::when_long(words::VERIFYING.get(office.lang), || backup::take_of_sound(&office.reader, file))?
        }
        None => out::when_long(words::VERIFYING.get(office.lang), || backup::take(&office.reader, file))?,
    };
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let verified = faults == 0;
    office.commit(&Act::BackedUp { file: name, head: head.clone(), verified, print }, None)?;
    if !verified {
        out::tell(words::backup_unsound(faults).get(office.lang));
    } else if not_kept.is_none() {
        // A backup that does not verify, or that a power cut may take, must not push out those that did.
        let now = office.settings.calendar.local(office.now());
        let rotated = rotate::rotate(&office.reader, office.path(), office.settings.backups, now);
        if let Some(say) = words::rotation(rotated.map(|gone| gone.len())) {
            out::tell(say.get(office.lang));
        }
    }
    Ok((head, not_kept))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
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
    whole::sweep(folder_of(&to), Clock::System.now());
    let key = if seal::is_sealed(&args.file) {
        Some(key(ctx.lang, &args.key, &args.file)?)
    } else {
        // What cannot be used says so before anything is made.
        drop(backup::open(&args.file)?);
        None
    };
    // A restored rehearsal goes on from where the backup stopped; it has no other present moment.
    let mut now = |reader: &Reader| {
        let rehearsal = query::settings(reader)?.rehearsal;
        match ctx.global.now {
            Some(_) if !rehearsal => Err(Error::refused(crate::i18n::store::REAL_OFFICE_NOW)),
            Some(at) => Ok(at),
            None if rehearsal => query::last_recorded(reader),
            None => Ok(Clock::System.now()),
        }
    };
    let backup::Restored { mut store, found, not_kept } =
        backup::restore_with(&args.file, key.as_ref(), &to, &mut Ids::Random, &mut now)?;
    // Whoever restores knows that a backup is older.
    if let Some(folder) = crate::platform::state_folder() {
        store.settle_head(&folder)?;
    }
    out::line(say::restored(to.display(), found.ops).get(ctx.lang))?;
    if local::pins_to_set(&Reader::open(&to)?)? {
        out::line(handover::PINS_LEFT_OUT.get(ctx.lang))?;
    }
    let Some(error) = not_kept else { return Ok(Done::Yes) };
    help::fail(&error, ctx.lang);
    Ok(Done::No)
}

/// What opens a sealed backup: a file of keys, or the passphrase, typed unseen or read from standard input.
pub(super) fn key(lang: Lang, args: &KeyArgs, file: &Path) -> Result<Key> {
    if let Some(path) = &args.identity {
        let text = std::fs::read(path).map_err(|error| {
            Error::machine(Kind::File, &error, |why| words::cannot_read_identity(path.display(), why))
        })?;
        let key = Key::Identities(String::from_utf8_lossy(&text).into_owned());
        // The fault is that file's, not the backup's.
        key.check().map_err(|_| {
            Error::input(words::bad_identity_file(path.display())).hint(words::BAD_IDENTITY_HINT)
        })?;
        return Ok(key);
    }
    if !args.stdin && !out::is_interactive() {
        return Err(Error::refused(words::sealed(file.display())).hint(words::SEALED_HINT));
    }
    passphrase(lang, words::PASSPHRASE, args.stdin).map(Key::Passphrase)
}

/// A new passphrase; what nobody saw is typed twice.
fn new_passphrase(lang: Lang, stdin: bool) -> Result<String> {
    if !stdin && !out::is_interactive() {
        return Err(Error::refused(words::PASSPHRASE_NEEDED).hint(words::PASSPHRASE_NEEDED_HINT));
    }
    let new = passphrase(lang, words::PASSPHRASE_NEW, stdin)?;
    // What will not do is said before it is typed once more.
    Seal::Passphrase(new.clone()).check()?;
    if !stdin && passphrase(lang, words::PASSPHRASE_AGAIN, false)? != new {
        return Err(Error::input(words::PASSPHRASES_DIFFER));
    }
    Ok(new)
}

fn passphrase(lang: Lang, prompt: Word, stdin: bool) -> Result<String> {
    if stdin {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        read.map_err(|error| Error::machine(Kind::File, &error, handover::no_input))?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    out::prompt(prompt.get(lang));
    let typed = pin::unseen();
    out::tell("");
    typed
}
