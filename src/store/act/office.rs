//! Settings, officers, shifts, and what is recorded about papers, reveals and backups.

use super::{Ctx, Made, Resolved, single};
use crate::domain::ids::{OfficerId, PersonId, ShiftId, Subject};
use crate::domain::office::Settings;
use crate::domain::officer::Role;
use crate::domain::report::Round;
use crate::domain::setting;
use crate::domain::text::has_words;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::{
    BackupMade, DrillDone, Event, FindProbed, OfficerAdded, PaperPrinted, PersonalRevealed, SettingsChanged,
    ShiftStarted,
};
use crate::store::append::open_shift;
use rusqlite::OptionalExtension;
use std::collections::HashSet;
use std::path::Path;

/// A name that is not empty, without spaces round it.
pub(in crate::store) fn named(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() { Err(Error::input(say::NAME_NEEDED)) } else { Ok(name.to_owned()) }
}

pub(super) fn officer_exists(ctx: &Ctx<'_>) -> Result<()> {
    exists(ctx, ctx.author.officer)
}

pub(super) fn exists(ctx: &Ctx<'_>, officer: OfficerId) -> Result<()> {
    if ctx.conn.prepare_cached("SELECT 1 FROM cur_officer WHERE id = ?1")?.exists([officer])? {
        Ok(())
    } else {
        Err(Error::not_found(say::NO_OFFICER))
    }
}

/// Settings that the rest of the program can rely on.
pub(in crate::store) fn check_settings(settings: &Settings) -> Result<()> {
    named(&settings.office)?;
    let mut seen = HashSet::new();
    let rounds_fit = settings.rounds.iter().all(|r| {
        Round::parse(&r.round.0).as_ref() == Some(&r.round)
            && seen.insert(r.round.clone())
            && (0..=24 * 60).contains(&r.deadline)
    });
    if settings.rounds.is_empty() || !rounds_fit || !settings.rounds.is_sorted_by_key(|r| r.deadline) {
        return Err(bad(say::ROUNDS));
    }
    let slots_fit = settings.slots.iter().all(|minute| (0..24 * 60).contains(minute));
    if !slots_fit || !settings.slots.is_sorted_by(|a, b| a < b) {
        return Err(bad(say::SLOTS));
    }
    let calendar = settings.calendar;
    if calendar.utc_offset_min.abs() > 14 * 60
        || !(0..24 * 60).contains(&calendar.day_start_min)
        || !(0..24 * 60).contains(&calendar.closes_min)
    {
        return Err(bad(say::CALENDAR));
    }
    if settings.lock_minutes > 24 * 60 {
        return Err(bad(crate::i18n::rights::BAD_MINUTES));
    }
    Ok(())
}

fn bad(what: crate::say::Word) -> Error {
    let (zh, en) = (say::bad_setting(what.zh).zh, say::bad_setting(what.en).en);
    Error::input(crate::say::Say { zh, en })
}

pub(super) fn change_settings(ctx: &mut Ctx<'_>, settings: &Settings) -> Resolved {
    check_settings(settings)?;
    let before = crate::store::query::settings_in(ctx.conn)?;
    // Whether an office rehearses is settled when it is made.
    let settings = Settings { rehearsal: before.rehearsal, ..settings.clone() };
    if settings.inbox != before.inbox {
        check_inbox(ctx, &settings)?;
    }
    let guarded = setting::guards_differ(&settings, &before);
    let approved_by = if guarded { ctx.may(super::rights::Right::Settings)? } else { None };
    if settings == before {
        return Err(Error::refused(say::NOTHING_CHANGES));
    }
    let changes = setting::changes(&before, &settings);
    Ok(single(Event::SettingsChanged(SettingsChanged { settings, changes, approved_by }), None))
}

/// Files of the inbox are moved away: the database must not be one of them.
fn check_inbox(ctx: &Ctx<'_>, settings: &Settings) -> Result<()> {
    let Some(database) = ctx.conn.path().filter(|path| !path.is_empty()).map(Path::new) else {
        return Ok(());
    };
    match settings.inbox_folder(database) {
        Some(folder) if crate::platform::holds(&folder, database) => {
            let said = crate::i18n::inbox::own_folder(folder.display());
            Err(Error::input(said).hint(crate::i18n::inbox::OWN_FOLDER_HINT).in_field("inbox"))
        }
        _ => Ok(()),
    }
}

pub(super) fn add_officer(ctx: &mut Ctx<'_>, name: &str) -> Resolved {
    let name = named(name)?;
    if ctx.conn.prepare_cached("SELECT 1 FROM cur_officer WHERE name = ?1")?.exists([&name])? {
        return Err(Error::refused(say::officer_taken(name)));
    }
    let officer = OfficerId(ctx.id());
    Ok(single(Event::OfficerAdded(OfficerAdded { officer, name }), Some(Made::Officer(officer))))
}

/// A new officer with a role, in one.
pub(super) fn add_officer_as(ctx: &mut Ctx<'_>, name: &str, role: Role) -> Resolved {
    let (mut op, made) = add_officer(ctx, name)?;
    if let Some(Made::Officer(officer)) = made {
        op.events.extend(super::rights::giving(ctx, officer, role)?);
    }
    Ok((op, made))
}

/// An officer's name; empty for none.
pub(super) fn officer_name(ctx: &Ctx<'_>, officer: OfficerId) -> Result<String> {
    let name = ctx
        .conn
        .prepare_cached("SELECT name FROM cur_officer WHERE id = ?1")?
        .query_row([officer], |row| row.get(0))
        .optional()?;
    Ok(name.unwrap_or_default())
}

pub(super) fn start_shift(ctx: &mut Ctx<'_>) -> Resolved {
    if let Some((_, officer)) = open_shift(ctx.conn)? {
        let taken = say::shift_open(officer_name(ctx, officer)?);
        return Err(Error::refused(taken).hint(say::SHIFT_OPEN_HINT));
    }
    let shift = ShiftId(ctx.id());
    let event = ShiftStarted { shift, officer: ctx.author.officer, after: None, reason: String::new() };
    Ok(single(Event::ShiftStarted(event), Some(Made::Shift(shift))))
}

pub(super) fn reveal(ctx: &mut Ctx<'_>, person: PersonId, reason: &str) -> Resolved {
    super::contact::subject_exists(ctx, Subject::Person(person))?;
    let reason = reason.trim();
    if !has_words(reason) {
        return Err(Error::input(say::REASON_NEEDED));
    }
    Ok(single(
        Event::PersonalRevealed(PersonalRevealed {
            person,
            reason: reason.to_owned(),
            approved_by: ctx.approved_by,
        }),
        None,
    ))
}

pub(super) fn probed(ctx: &Ctx<'_>, count: u32, since: Ts) -> (Op, Option<Made>) {
    let event = FindProbed { officer: ctx.author.officer, count, since };
    single(Event::FindProbed(event), None)
}

pub(super) fn printed(
    ctx: &mut Ctx<'_>,
    paper: &str,
    to: &str,
    head: &str,
    subject: Option<Subject>,
) -> Resolved {
    if let Some(subject) = subject {
        super::contact::subject_exists(ctx, subject)?;
    }
    let (paper, to, head) = (paper.to_owned(), to.to_owned(), head.to_owned());
    Ok(single(Event::PaperPrinted(PaperPrinted { paper, to, head, subject }), None))
}

pub(super) fn backed_up(file: &str, head: &str, verified: bool, print: Option<&str>) -> (Op, Option<Made>) {
    let (file, head, print) = (file.to_owned(), head.to_owned(), print.map(str::to_owned));
    single(Event::BackupMade(BackupMade { file, head, verified, print }), None)
}

pub(super) fn drilled(file: &str, head: &str, faults: u32) -> (Op, Option<Made>) {
    single(Event::DrillDone(DrillDone { file: file.to_owned(), head: head.to_owned(), faults }), None)
}
