//! Follow-ups, the promises made in them, and notes.

use crate::domain::followup::PromiseEnd;
use crate::domain::ids::{FollowUpId, NoteId, PromiseId, Subject};
use crate::domain::phone::digits;
use crate::domain::report::Site;
use crate::domain::time::day_number;
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::{Event, FollowUpLogged};
use crate::store::load;
use crate::store::sql::Put;
use rusqlite::{Connection, params};

pub(super) fn fold_followup(conn: &Connection, id: FollowUpId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_followup WHERE id = ?1")?.execute([id])?;
    let mut call: Option<(load::Told, FollowUpLogged)> = None;
    for told in load::events_about(conn, Entity::FollowUp(id))? {
        match &told.event {
            Event::FollowUpLogged(e) => {
                let e = e.clone();
                call = Some((told, e));
            }
            Event::FollowUpAttached(e) => {
                if let Some((_, call)) = &mut call {
                    call.subject = Some(e.subject);
                }
            }
            _ => {}
        }
    }
    let Some((told, e)) = call else { return Ok(()) };
    let chased = e.chased.as_ref();
    conn.prepare_cached(
        "INSERT INTO cur_followup (id, at, officer, person, unit, contact, channel, answered_by, outcome, words, number, \
         digits, promise, next_contact, chase_unit, chase_day, chase_round, desk, seq, temp, site) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
    )?
    .put(params![
        id,
        told.happened_at,
        told.officer,
        e.subject.and_then(Subject::person),
        e.subject.and_then(Subject::unit),
        e.subject.and_then(Subject::contact),
        e.channel.code(),
        e.answered_by,
        e.outcome.code(),
        e.words,
        e.number,
        digits(&e.number),
        e.promise.as_ref().map(|p| p.promise),
        e.next_contact,
        chased.map(|key| key.unit),
        chased.map(|key| day_number(key.day)),
        chased.map(|key| key.round.0.as_str()),
        told.desk,
        told.seq,
        e.temp,
        e.site.map(Site::code)
    ])?;
    Ok(())
}

pub(super) fn fold_promise(conn: &Connection, id: PromiseId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_promise WHERE id = ?1")?.execute([id])?;
    let mut call: Option<FollowUpLogged> = None;
    let mut ended = None;
    for told in load::events_about(conn, Entity::Promise(id))? {
        match told.event {
            Event::FollowUpLogged(e) => call = Some(e),
            Event::FollowUpAttached(e) => {
                if let Some(call) = &mut call {
                    call.subject = Some(e.subject);
                }
            }
            Event::PromiseClosed(e) => ended = Some((e.how, told.happened_at)),
            _ => {}
        }
    }
    let Some(call) = call else { return Ok(()) };
    let Some(promise) = call.promise.filter(|p| p.promise == id) else { return Ok(()) };
    conn.prepare_cached(
        "INSERT INTO cur_promise (id, followup, person, unit, contact, due, words, ended, ended_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .put(params![
        id,
        call.followup,
        call.subject.and_then(Subject::person),
        call.subject.and_then(Subject::unit),
        call.subject.and_then(Subject::contact),
        promise.due,
        call.words,
        ended.map(|(how, _): (PromiseEnd, _)| how.code()),
        ended.map(|(_, at)| at)
    ])?;
    Ok(())
}

pub(super) fn fold_note(conn: &Connection, id: NoteId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_note WHERE id = ?1")?.execute([id])?;
    for told in load::events_about(conn, Entity::Note(id))? {
        if let Event::NoteWritten(e) = told.event {
            conn.prepare_cached(
                "INSERT INTO cur_note (id, at, officer, person, unit, contact, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .put(params![
                id,
                told.happened_at,
                told.officer,
                e.subject.and_then(Subject::person),
                e.subject.and_then(Subject::unit),
                e.subject.and_then(Subject::contact),
                e.text
            ])?;
        }
    }
    Ok(())
}
