//! `zhiban inbox …`: the sheets in the watched folder, taken in or sent back without the desk.

use super::locked::{self, Keys};
use super::office::{Ctx, Office};
use super::{Done, import, out, rows, value};
use crate::clock::{Ids, monotonic};
use crate::domain::inbox::{Seen, Stand};
use crate::domain::report::Round;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::inbox as words;
use crate::intake::inbox::folder::QUIET_MS;
use crate::intake::inbox::{self as tray_of, Said, Settled};
use crate::runtime::tray;
use crate::say::Lang;
use crate::store::act::{Act, Committed};
use crate::store::query;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::time::Duration;

#[derive(clap::Args)]
pub(super) struct Inbox {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand)]
enum What {
    List(ListArgs),
    Take(TakeArgs),
    Return(ReturnArgs),
    Message(MessageArgs),
}

#[derive(clap::Args, Default)]
struct ListArgs {
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct TakeArgs {
    #[arg(value_name = "FILE", required_unless_present = "all", conflicts_with = "all")]
    files: Vec<String>,
    #[arg(long, conflicts_with_all = ["unit", "date", "round", "only", "except", "part", "whole"])]
    all: bool,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date)]
    date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = value::round)]
    round: Option<Round>,
    #[arg(long, value_name = "UNIT", num_args = 1.., conflicts_with = "except")]
    only: Vec<String>,
    #[arg(long, value_name = "UNIT", num_args = 1..)]
    except: Vec<String>,
    #[arg(long, conflicts_with = "whole")]
    part: bool,
    #[arg(long)]
    whole: bool,
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    #[arg(long)]
    stdin: bool,
    #[arg(long, short = 'y')]
    yes: bool,
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct ReturnArgs {
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct MessageArgs {
    #[arg(value_name = "FILE")]
    file: String,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Inbox) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let folder = office.settings.inbox_folder(office.path());
    let folder = folder.ok_or_else(|| Error::input(words::NOT_SET).hint(words::NOT_SET_HINT))?;
    let mut inbox = tray_of::Inbox::new(folder, None);
    match &args.what {
        None => list(&mut office, &mut inbox, false),
        Some(What::List(args)) => list(&mut office, &mut inbox, args.json),
        Some(What::Take(args)) => take(&mut office, &mut inbox, args),
        Some(What::Return(args)) => give_back(&mut office, &mut inbox, args),
        Some(What::Message(args)) => message(&mut office, &mut inbox, args),
    }
}

/// Does something with the inbox and the office; whether files may be moved is said.
fn with<T>(
    office: &Office,
    moves: bool,
    act: impl FnOnce(&mut tray_of::Office<'_>) -> Result<T>,
) -> Result<T> {
    let mut ids = Ids::Random;
    act(&mut tray_of::Office {
        reader: &office.reader,
        database: office.path(),
        now: office.now(),
        lang: office.lang,
        mint: &mut ids,
        stop: None,
        moves,
    })
}

/// Looks; what was written a moment ago is looked at again once it may be whole.
fn look(office: &Office, inbox: &mut tray_of::Inbox, moves: bool) -> Result<()> {
    let began = monotonic();
    let looked = with(office, moves, |office| inbox.look(office, &|_, _| {}))?;
    let moved = looked.put_away.iter().filter(|settled| settled.away.is_some()).count();
    for remark in looked.put_away.iter().filter_map(Settled::remark) {
        out::tell(remark.get(office.lang));
    }
    let settling = |item: &&tray_of::Item| {
        item.stand == Stand::Writing
            && item.lying.size > 0
            && !crate::domain::inbox::is_passing_name(&item.lying.name)
    };
    if inbox.items().iter().any(settling) {
        let quiet = Duration::from_millis(QUIET_MS as u64 + 50);
        std::thread::sleep(quiet.saturating_sub(began.elapsed()));
        with(office, moves, |office| inbox.look(office, &|_, _| {}))?;
    }
    if moved > 0 {
        out::tell(words::put_away_late(moved).get(office.lang));
    }
    let later = inbox.items().iter().filter(|item| item.stand == Stand::Later).count();
    if later > 0 {
        out::tell(words::later(later).get(office.lang));
    }
    Ok(())
}

fn list(office: &mut Office, inbox: &mut tray_of::Inbox, json: bool) -> Result<Done> {
    look(office, inbox, false)?;
    let all = tray::rows(inbox, &office.settings, office.now());
    rows::show(office, &all, json, |_, _| Ok(None))?;
    Ok(Done::Yes)
}

/// The name of a file as it lies in the folder: the folder may stand before it.
fn name_of(said: &str) -> String {
    Path::new(said).file_name().map_or_else(|| said.to_owned(), |name| name.to_string_lossy().into_owned())
}

fn ids(inbox: &tray_of::Inbox, files: &[String]) -> Result<Vec<u64>> {
    let id = |file: &String| {
        let name = name_of(file);
        let found = inbox.named(&name).map(|item| item.id);
        found.ok_or_else(|| Error::not_found(words::no_file(name)).hint(words::NO_FILE_HINT))
    };
    files.iter().map(id).collect()
}

/// What is taken in with all.
fn ready(inbox: &tray_of::Inbox, args: &TakeArgs) -> Vec<u64> {
    let with_reason = !args.reason.trim().is_empty();
    let fits = |stand: Stand| stand.is_ready() || (with_reason && stand == Stand::Correction);
    inbox.items().iter().filter(|item| fits(item.stand)).map(|item| item.id).collect()
}

/// Opens the locked ones of these, or of all where a password comes with the command; which stay locked, and why.
fn unlock(
    office: &Office,
    inbox: &mut tray_of::Inbox,
    args: &TakeArgs,
    chosen: &[u64],
) -> Result<HashMap<u64, Error>> {
    let mut keys = Keys::new(office.lang, args.stdin);
    let locked: Vec<(u64, String)> = inbox
        .items()
        .iter()
        .filter(|item| item.stand == Stand::Locked)
        .filter(|item| chosen.contains(&item.id) || args.all && keys.is_given())
        .map(|item| (item.id, item.lying.name.clone()))
        .collect();
    let mut fails = HashMap::new();
    for (id, name) in &locked {
        if let Err(error) = keys.open(name, |known| inbox.unlock(*id, known, None)) {
            fails.insert(*id, error);
        }
    }
    if fails.len() < locked.len() {
        look(office, inbox, args.yes && office.may_change().is_ok())?;
    }
    Ok(fails)
}

fn take(office: &mut Office, inbox: &mut tray_of::Inbox, args: &TakeArgs) -> Result<Done> {
    // Who only wants to see what it would do moves nothing, nor does who may not write.
    let moves = args.yes && office.may_change().is_ok();
    look(office, inbox, moves)?;
    let chosen: Vec<u64> = if args.all { ready(inbox, args) } else { ids(inbox, &args.files)? };
    let mut fails = unlock(office, inbox, args, &chosen)?;
    let chosen = if args.all { ready(inbox, args) } else { chosen };
    let part = args.part.then_some(true).or(args.whole.then_some(false));
    if args.unit.is_some() || args.date.is_some() || args.round.is_some() || part.is_some() {
        let unit = args.unit.as_deref().map(|unit| office.unit(unit)).transpose()?;
        if let Some(round) = &args.round {
            office.has_round(round)?;
        }
        for id in &chosen {
            let what = inbox.item(*id).and_then(|item| item.guess.as_ref()).map(|guess| guess.what);
            inbox.say(*id, Said { what, unit, day: args.date, round: args.round.clone(), part });
        }
        look(office, inbox, moves)?;
    }
    if !args.yes {
        let all = tray::rows(inbox, &office.settings, office.now());
        let all: Vec<_> = all.into_iter().filter(|row| chosen.contains(&row.id)).collect();
        if !args.json {
            rows::show(office, &all, false, |_, _| Ok(None))?;
        }
        if args.json || !out::confirm(words::TAKE_SURE, office.lang) {
            let none: Vec<Value> = all.iter().map(|row| refused(&row.file, None)).collect();
            if args.json {
                out::json(&none)?;
                return Ok(Done::Yes);
            }
            super::help::fail(&Error::refused(say::NOT_DONE).hint(say::YES_HINT), office.lang);
            return Ok(Done::No);
        }
    }
    let mut results = Vec::new();
    let mut done = if chosen.is_empty() { Done::No } else { Done::Yes };
    if chosen.is_empty() {
        out::tell(words::NONE_READY.get(office.lang));
    }
    for id in chosen {
        let name = inbox.item(id).map_or_else(String::new, |item| item.lying.name.clone());
        let except = except(office, inbox, id, args);
        let taken = match fails.remove(&id) {
            Some(error) => Err(error),
            None => except.and_then(|except| take_one(office, inbox, id, &args.reason, &except)),
        };
        match taken {
            Ok((committed, settled)) => {
                if !args.json {
                    tell(office, &settled)?;
                }
                results.push(result(office, &settled, Some(committed.op.seq)));
            }
            Err(error) => {
                done = Done::No;
                let text = say::file_refused(&name, error.text(office.lang));
                out::tell(&format!("{}{}", say::ERROR.get(office.lang), text.get(office.lang)));
                let mut result = refused(&name, Some(&error.text(office.lang)));
                result["code"] = json!(locked::code(&error));
                results.push(result);
            }
        }
    }
    if args.json {
        out::json(&results)?;
    }
    Ok(done)
}

/// Which units of a file are left out.
fn except(
    office: &Office,
    inbox: &tray_of::Inbox,
    id: u64,
    args: &TakeArgs,
) -> Result<BTreeSet<crate::domain::ids::UnitId>> {
    let Some(plan) = inbox.item(id).and_then(|item| item.plan.as_ref()) else { return Ok(BTreeSet::new()) };
    if args.only.is_empty() && args.except.is_empty() {
        return Ok(BTreeSet::new());
    }
    let known = query::roster(&office.reader)?;
    let mut left = (**plan).clone();
    import::leave_out(&mut left, &known, &args.only, &args.except)?;
    let stays: BTreeSet<_> = left.import.reports.iter().map(|(key, _)| key.unit).collect();
    let units = plan.import.reports.iter().map(|(key, _)| key.unit);
    Ok(units.filter(|unit| !stays.contains(unit)).collect())
}

fn take_one(
    office: &mut Office,
    inbox: &mut tray_of::Inbox,
    id: u64,
    reason: &str,
    except: &BTreeSet<crate::domain::ids::UnitId>,
) -> Result<(Committed, Settled)> {
    let item = inbox.item(id).ok_or_else(|| Error::not_found(words::FILE_GONE))?;
    let (name, now) = (item.lying.name.clone(), office.now());
    let came: Ts = item.came(now);
    let act = Act::Import(Box::new(tray_of::to_take(item, reason, except)?));
    let committed = office.commit(&act, (came < now).then_some(came))?;
    let settled = with(office, true, |office| inbox.settle(office, &name))?;
    Ok((committed, settled))
}

fn give_back(office: &mut Office, inbox: &mut tray_of::Inbox, args: &ReturnArgs) -> Result<Done> {
    // Nothing is moved for somebody who may not note it.
    office.may_change()?;
    look(office, inbox, true)?;
    let (mut results, mut done) = (Vec::new(), Done::Yes);
    for id in ids(inbox, &args.files)? {
        let Some(seen) = inbox.item(id).map(tray_of::Item::seen) else { continue };
        let name = inbox.item(id).map_or_else(String::new, |item| item.lying.name.clone());
        let sent = send_back(office, inbox, &seen, &args.reason);
        match sent {
            Ok((settled, committed)) => {
                if settled.away.is_none() || settled.error.is_some() {
                    done = Done::No;
                }
                if !args.json {
                    tell(office, &settled)?;
                }
                results.push(result(office, &settled, committed.map(|committed| committed.op.seq)));
            }
            Err(error) => {
                done = Done::No;
                let text = words::not_sent_back(&name, error.text(office.lang));
                out::tell(&format!("{}{}", say::ERROR.get(office.lang), text.get(office.lang)));
                results.push(refused(&name, Some(&error.text(office.lang))));
            }
        }
    }
    if args.json {
        out::json(&results)?;
    }
    Ok(done)
}

fn send_back(
    office: &mut Office,
    inbox: &mut tray_of::Inbox,
    seen: &Seen,
    reason: &str,
) -> Result<(Settled, Option<Committed>)> {
    let note = tray::returned_note(inbox.as_seen(seen)?, reason, office.lang);
    let mut settled = with(office, true, |office| inbox.give_back(office, seen, Some(reason)))?;
    let committed = tray::noted(&mut settled, note, &mut |act| office.commit(&act, None));
    Ok((settled, committed))
}

fn message(office: &mut Office, inbox: &mut tray_of::Inbox, args: &MessageArgs) -> Result<Done> {
    let name = name_of(&args.file);
    let receipt = with(office, false, |office| {
        // What it is taken for is what the queue says of it.
        let _ = inbox.look(office, &|_, _| {})?;
        inbox.message(office, &name)
    })?;
    let text = receipt.text(office.lang, office.settings.calendar);
    if args.json {
        out::json(&json!({ "file": name, "text": text }))?;
    } else {
        out::text(&text)?;
    }
    Ok(Done::Yes)
}

/// What became of a file, for the reader.
fn tell(office: &Office, settled: &Settled) -> Result<()> {
    let lang = office.lang;
    out::text(&settled.receipt.text(lang, office.settings.calendar))?;
    for said in settled.error.iter().chain(&settled.remark()) {
        out::tell(said.get(lang));
    }
    match &settled.away {
        Some(away) => out::line(words::put_in(away.file.display()).get(lang)),
        None => Ok(()),
    }
}

fn result(office: &Office, settled: &Settled, op: Option<i64>) -> Value {
    let lang: Lang = office.lang;
    let receipt = &settled.receipt;
    json!({
        "file": receipt.file,
        "taken": receipt.op.is_some(),
        "op": op,
        "accepted": receipt.accepted,
        "rejected": receipt.refused.len(),
        "left_out": receipt.left,
        "moved": settled.away.as_ref().map(|away| away.file.display().to_string()),
        "sheet": settled.away.as_ref().and_then(|away| {
            let sheet = away.beside.iter().find(|path| path.extension().is_some_and(|end| end == "xlsx"));
            sheet.map(|path| path.display().to_string())
        }),
        "message": receipt.text(lang, office.settings.calendar),
        "error": settled.error.as_ref().map(|error| error.get(lang)),
        "code": null,
        "remark": settled.remark().map(|remark| remark.get(lang).to_owned()),
    })
}

fn refused(file: &str, error: Option<&str>) -> Value {
    json!({
        "file": file, "taken": false, "op": null, "accepted": 0, "rejected": 0, "left_out": [],
        "moved": null, "sheet": null, "message": "", "error": error, "code": null, "remark": null,
    })
}
