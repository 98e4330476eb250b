//! Situation reports as they were sent, and figures as they were told. Neither ever changes: a correction is a report
//! of its own.

use crate::domain::ids::{SitrepId, ToldId};
use crate::domain::sitrep::Column;
use crate::domain::sitrep::told::headlines;
use crate::domain::time::day_number;
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::Event;
use crate::store::sql::Put;
use crate::store::{json, load};
use rusqlite::{Connection, params};

pub(super) fn fold(conn: &Connection, id: SitrepId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_sitrep WHERE id = ?1")?.execute([id])?;
    let all = load::events_about(conn, Entity::Sitrep(id))?;
    let said = all.iter().find_map(|told| match &told.event {
        Event::SitrepReason(e) if e.sitrep == id => Some(e.text.clone()),
        _ => None,
    });
    for told in all {
        let (to, channel, report, corrects, reason) = match told.event {
            Event::SitrepSent(e) if e.sitrep == id => (e.to, e.channel, e.report, None, String::new()),
            Event::SitrepCorrected(e) if e.sitrep == id => (e.to, e.channel, e.report, Some(e.of), e.reason),
            _ => continue,
        };
        conn.prepare_cached(
            "INSERT INTO cur_sitrep (id, at, officer, sent_to, channel, day, boundary, corrects, reason, report, \
             headlines, current, ends, desk, seq) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .put(params![
            id,
            told.happened_at,
            told.officer,
            to,
            channel.code(),
            day_number(report.day),
            report.boundary,
            corrects,
            said.clone().unwrap_or(reason),
            serde_json::to_string(&report).map_err(json)?,
            serde_json::to_string(&headlines(&report)).map_err(json)?,
            report.all(Column::Current),
            report.to,
            told.desk,
            told.seq
        ])?;
    }
    Ok(())
}

pub(super) fn fold_told(conn: &Connection, id: ToldId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_told WHERE id = ?1")?.execute([id])?;
    let all = load::events_about(conn, Entity::Told(id))?;
    let said = all.iter().find_map(|told| match &told.event {
        Event::ToldWords(e) => Some(e.text.clone()),
        _ => None,
    });
    for told in all {
        let Event::FigureTold(e) = told.event else { continue };
        conn.prepare_cached(
            "INSERT INTO cur_told (id, at, officer, told_to, channel, day, boundary, figures, words, desk, seq) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .put(params![
            id,
            told.happened_at,
            told.officer,
            e.to,
            e.channel.code(),
            day_number(e.day),
            e.boundary,
            serde_json::to_string(&e.figures).map_err(json)?,
            said.clone().unwrap_or(e.words),
            told.desk,
            told.seq
        ])?;
    }
    Ok(())
}
