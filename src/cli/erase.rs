//! `zhiban erase person NO`: what would go is shown first; somebody at a terminal writes the number to confirm. `erase due`
//! proposes, and erases nobody. `erase backups` takes the erased out of the backups.

use super::approval::Approval;
use super::office::{Ctx, Office};
use super::{Done, out};
use crate::clock::Clock;
use crate::domain::erase::{EntryAt, EraseDueRow, ErasePreview, Rewritten};
use crate::domain::text::safe_line;
use crate::domain::trust::Left;
use crate::error::{Error, Kind, Result};
use crate::i18n::cli as say;
use crate::i18n::erase as words;
use crate::store::act::Act;
use crate::store::erase_backup::rewrite;
use crate::store::query;
use crate::store::whole;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(clap::Subcommand)]
pub(super) enum Erase {
    Person(ErasePerson),
    Due(EraseDue),
    Backups(EraseBackups),
}

#[derive(clap::Args)]
pub(super) struct ErasePerson {
    #[arg(value_name = "NO")]
    pub no: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long, short = 'y')]
    pub yes: bool,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct EraseDue {
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct EraseBackups {
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

/// How many papers are listed on a terminal; JSON has all.
const PAPERS: usize = 20;

pub(super) fn run(ctx: &Ctx, args: Erase) -> Result<Done> {
    match args {
        Erase::Person(args) => person(ctx, &args),
        Erase::Due(args) => due(ctx, &args),
        Erase::Backups(args) => backups(ctx, args),
    }
}

fn person(ctx: &Ctx, args: &ErasePerson) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    office.may_write()?;
    let lang = office.lang;
    let person = office.person(&args.no)?;
    // Before anything is looked through, shown or typed.
    query::erase_reason(&office.reader, person, &args.reason)?;
    let preview = query::erase_preview(&office.reader, person)?;
    for line in words::preview(&preview, &|at| office.settings.calendar.brief(at, office.now())) {
        // Standard output holds the JSON alone.
        if args.json { out::tell(line.get(lang)) } else { out::line(line.get(lang))? }
    }
    if !preview.open.is_empty() {
        return Err(Error::refused(words::still_open(&preview.open)).hint(words::STILL_OPEN_HINT));
    }
    if !args.yes {
        if !out::is_interactive() {
            return Err(Error::refused(say::NOT_DONE).hint(say::YES_HINT));
        }
        let typed = out::ask(words::confirm(&preview.no).get(lang)).unwrap_or_default();
        if !words::confirms(&typed, &preview.no) {
            return Err(Error::refused(say::NOT_DONE));
        }
    }
    let act = Act::Erase { person, reason: args.reason.clone() };
    let act = super::approval::confirm(&mut office, act, &args.approval)?;
    let committed = office.commit(&act, None)?;
    let left = office.store()?.left();
    if args.json {
        out::json(&told(&office, &preview, committed.op.seq, left))?;
        return Ok(Done::Yes);
    }
    out::line(words::erased(committed.op.seq).get(lang))?;
    if let Some(left) = left {
        out::line(words::left(left).get(lang))?;
    }
    for line in words::outside(&preview, PAPERS, &|at| office.settings.calendar.brief(at, office.now())) {
        out::line(line.get(lang))?;
    }
    Ok(Done::Yes)
}

fn told(office: &Office, preview: &ErasePreview, op: i64, left: Option<Left>) -> Value {
    let entries = |all: &[EntryAt]| -> Vec<Value> {
        let one = |entry: &EntryAt| json!({ "entry": entry.op.seq, "at": office.time(entry.at), "kind": entry.kind });
        all.iter().map(one).collect()
    };
    let papers = preview.papers.iter().map(|paper| {
        json!({
            "entry": paper.op.seq, "at": office.time(paper.at), "paper": paper.paper, "to": paper.to, "own": paper.own
        })
    });
    let backups =
        preview.backups.iter().map(|backup| json!({ "at": office.time(backup.at), "file": backup.file }));
    json!({
        "op": op,
        "erased": { "entries": preview.entries + preview.words.len(), "words": entries(&preview.words), "roster_rows": preview.roster,
            "report_rows": preview.readings, "words_in_report_rows": preview.row_words, "words_in_sheets": entries(&preview.row_words_in) },
        "kept": { "same_name": entries(&preview.shared), "same_name_in_sheets": entries(&preview.shared_rows), "directory": entries(&preview.directory),
            "elsewhere": entries(&preview.kept), "other_people": preview.others },
        "outside": { "papers": papers.collect::<Vec<_>>(), "backups": backups.collect::<Vec<_>>() },
        "wal_left": left == Some(Left::Wal), "room_left": left == Some(Left::Room),
    })
}

fn due(ctx: &Ctx, args: &EraseDue) -> Result<Done> {
    let office = Office::open(ctx)?;
    let rows = query::erase_due(&office.reader, office.now())?;
    if args.json {
        let row = |row: &EraseDueRow| {
            json!({ "no": row.no, "name": row.name, "unit": row.unit, "released_at": office.time(row.released_at),
                "days": row.days })
        };
        out::json(&rows.iter().map(row).collect::<Vec<_>>())?;
        return Ok(Done::Yes);
    }
    if office.settings.retention_days == 0 {
        out::tell(words::NO_RETENTION.get(office.lang));
    }
    let mut table = out::Table::new(office.lang, &words::DUE_HEADS);
    for row in rows {
        table.row([
            row.no,
            row.name,
            row.unit,
            office.settings.calendar.brief(row.released_at, office.now()),
            row.days.to_string(),
        ]);
    }
    table.print()?;
    Ok(Done::Yes)
}

fn backups(ctx: &Ctx, args: EraseBackups) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    office.may_write()?;
    // What an erasure could not clear in the office itself is cleared now.
    if query::has_erased(&office.reader)? {
        office.store()?.clear();
        if let Some(left) = office.store()?.left() {
            out::tell(words::left(left).get(office.lang));
        }
    }
    let named = !args.files.is_empty();
    let files = if named { args.files } else { vec![folder_of(office.path())] };
    let mut done = Vec::new();
    let mut failed = false;
    let files = listed(files)?;
    // What a killed rewriting left lies in clear.
    let folders: BTreeSet<PathBuf> = files.iter().map(|(path, _)| folder_of(path)).collect();
    for folder in folders {
        whole::sweep(&folder, Clock::System.now());
    }
    for file in files {
        let (path, asked) = file;
        match rewrite(&office.reader, &path) {
            // Of a folder only what is a backup of this office is told.
            Ok(Rewritten::NoBackup | Rewritten::OtherOffice) if !asked => {}
            Ok(found) => {
                failed |= matches!(found, Rewritten::Damaged | Rewritten::InUse)
                    || (asked && matches!(found, Rewritten::NoBackup | Rewritten::OtherOffice));
                done.push((path, found));
            }
            Err(error) if asked => return Err(error),
            Err(error) => {
                failed = true;
                super::help::fail(&error, office.lang);
            }
        }
    }
    if args.json {
        let one = |(path, found): &(PathBuf, Rewritten)| {
            let people = if let Rewritten::Done(people) = found { *people } else { 0 };
            json!({ "file": path.display().to_string(), "result": words::rewritten_code(found), "people": people })
        };
        out::json(&done.iter().map(one).collect::<Vec<_>>())?;
    } else if done.is_empty() {
        out::line(words::NO_BACKUPS.get(office.lang))?;
    } else {
        for (path, found) in &done {
            let shown = path.display().to_string();
            out::line(words::rewritten(&safe_line(&shown), found).get(office.lang))?;
        }
    }
    Ok(if failed { Done::No } else { Done::Yes })
}

fn folder_of(db: &Path) -> PathBuf {
    match db.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The files: those named, and what lies in the folders named, by name; and whether each was named itself.
fn listed(files: Vec<PathBuf>) -> Result<Vec<(PathBuf, bool)>> {
    let mut out = Vec::new();
    for file in files {
        if !file.is_dir() {
            out.push((file, true));
            continue;
        }
        let read = std::fs::read_dir(&file)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>());
        let mut within = read.map_err(|error| {
            Error::machine(Kind::File, &error, |why| words::cannot_look(file.display(), why))
        })?;
        within.retain(|path| path.is_file());
        within.sort();
        out.extend(within.into_iter().map(|path| (path, false)));
    }
    Ok(out)
}
