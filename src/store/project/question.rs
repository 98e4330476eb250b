//! Questions that an incoming officer left at a handover, until they are answered.

use crate::domain::handover::QuestionEnd;
use crate::domain::ids::{QuestionId, Subject};
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::Event;
use crate::store::load;
use crate::store::sql::Put;
use rusqlite::{Connection, params};

pub(super) fn fold(conn: &Connection, id: QuestionId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_question WHERE id = ?1")?.execute([id])?;
    let mut asked = None;
    let mut ended = None;
    for told in load::events_about(conn, Entity::Question(id))? {
        match told.event {
            Event::HandoverAsked(e) if e.question == id => asked = Some((e, told.happened_at)),
            Event::HandoverAnswered(e) if e.question == id => {
                ended = Some((e.how, told.happened_at, told.officer, e.words));
            }
            _ => {}
        }
    }
    let Some((asked, at)) = asked else { return Ok(()) };
    conn.prepare_cached(
        "INSERT INTO cur_question (id, shift, kind, item, at, person, unit, contact, text, asked_at, asked_by, ended, ended_at, \
         ended_by, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .put(params![
        id,
        asked.shift,
        asked.item.kind,
        asked.item.id,
        asked.item.at,
        asked.subject.and_then(Subject::person),
        asked.subject.and_then(Subject::unit),
        asked.subject.and_then(Subject::contact),
        asked.text,
        at,
        asked.by,
        ended.as_ref().map(|(how, ..): &(QuestionEnd, _, _, _)| how.code()),
        ended.as_ref().map(|(_, at, ..)| at),
        ended.as_ref().and_then(|(_, _, by, _)| *by),
        ended.as_ref().map_or("", |(.., words)| words.as_str())
    ])?;
    Ok(())
}
