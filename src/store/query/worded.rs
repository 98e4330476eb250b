//! The log in words, put together once and kept beside a reader: a letter of the filter is a look through strings.
//!
//! It stands in memory and in no table: a corrected word makes no old office differ. What an op says never changes,
//! except when somebody is erased; so what came since is added, and after an erasure everything is worded anew.

use super::about::entry_about;
use super::access::approver_of;
use super::filter::At;
use crate::domain::ids::OfficerId;
use crate::error::Result;
use crate::i18n::events::event_line_named;
use crate::log::event::{Body, Event, PersonErased};
use crate::log::wire;
use crate::say::Say;
use rusqlite::Connection;
use std::ops::Range;

/// How many of an op's events are looked through: an import holds one for each unit.
const EVENTS_IN_WORDS: i64 = 8;

/// How much of it is kept, in bytes: some two hundred thousand ops. What comes after is put into words when asked for.
const KEPT: usize = 64 << 20;

/// The ops of a log in their order, and their words.
#[derive(Default)]
pub(in crate::store) struct Worded {
    ops: Vec<Op>,
    text: String,
    /// The logical time of the last.
    last: i64,
}

/// An op, and where its words stand if they are kept.
pub(super) struct Op {
    pub at: At,
    pub officer: Option<OfficerId>,
    place: Option<Range<usize>>,
}

impl Worded {
    /// Takes in what was logged since it was asked last.
    pub(super) fn bring_up(&mut self, conn: &Connection) -> Result<()> {
        let known = !self.ops.is_empty();
        let erased = self.add(conn, KEPT)?;
        let all: usize = conn
            .prepare_cached("SELECT count(*) FROM log_op")?
            .query_row([], |row| row.get::<_, u32>(0))? as usize;
        if known && (erased || all != self.ops.len()) {
            *self = Self::default();
            self.add(conn, KEPT)?;
        }
        Ok(())
    }

    /// Adds the ops after the last, as long as there is room with their words; whether one of them erased somebody.
    fn add(&mut self, conn: &Connection, room: usize) -> Result<bool> {
        let mut erased = false;
        let mut ops = conn.prepare_cached(
            "SELECT lamport, desk, seq, officer FROM log_op WHERE lamport > ?1 ORDER BY lamport, desk, seq",
        )?;
        let mut ops = ops.query([self.last])?;
        while let Some(row) = ops.next()? {
            let (lamport, at) = (row.get(0)?, (row.get(1)?, row.get(2)?));
            let officer = row.get(3)?;
            let begin = self.text.len();
            erased |= words(conn, at, &mut self.text)?;
            let place = (self.text.len() <= room).then_some(begin..self.text.len());
            if place.is_none() {
                self.text.truncate(begin);
            }
            self.ops.push(Op { at, officer, place });
            self.last = lamport;
        }
        Ok(erased)
    }

    /// The ops, the newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Op> {
        self.ops.iter().rev()
    }

    /// The words of one of them, in small letters as far as they are ASCII; `beside` holds what is not kept.
    pub(super) fn words<'t>(&'t self, conn: &Connection, op: &Op, beside: &'t mut String) -> Result<&'t str> {
        if let Some(place) = &op.place {
            return Ok(&self.text[place.clone()]);
        }
        beside.clear();
        words(conn, op.at, beside)?;
        Ok(beside)
    }
}

/// Puts an op into words behind what is there: the kind of each of its events, and its line in both languages. Whether
/// it erased somebody.
fn words(conn: &Connection, (desk, seq): At, text: &mut String) -> Result<bool> {
    let begin = text.len();
    let mut erased = false;
    let mut events = conn.prepare_cached(
        "SELECT e.kind, e.version, b.body FROM log_event e \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE e.desk = ?1 AND e.seq = ?2 ORDER BY e.idx LIMIT ?3",
    )?;
    let mut events = events.query([desk, seq, EVENTS_IN_WORDS])?;
    while let Some(row) = events.next()? {
        let kind = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let body = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        erased |= kind == PersonErased::KIND;
        let event = wire::read(kind, row.get(1)?, body);
        let line = event_line_named(&event, &approver_of(conn, &event)?);
        // What is done with an entry is found by what that is called; one that is written says it itself.
        let entry = match event {
            Event::EntryWritten(_) => Say::default(),
            _ => entry_about(conn, &event)?,
        };
        for part in [kind, &line.zh, &line.en, &entry.zh, &entry.en] {
            text.push_str(part);
            text.push('\n');
        }
    }
    if let Some(new) = text.get_mut(begin..) {
        new.make_ascii_lowercase();
    }
    Ok(erased)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::act::Act;
    use crate::store::tests::Office;

    #[test]
    fn what_there_is_no_room_for_is_put_into_words_when_it_is_asked_for() {
        let mut office = Office::new();
        for text in ["停电", "来电"] {
            office.act(&Act::Note { subject: None, text: text.to_owned() });
        }
        let reader = office.reader();
        let all = |room| {
            let mut worded = Worded::default();
            worded.add(&reader.conn, room).unwrap();
            assert!(worded.text.len() <= room);
            let mut beside = String::new();
            let words = |op| worded.words(&reader.conn, op, &mut beside).map(ToOwned::to_owned).unwrap();
            worded.newest_first().map(words).collect::<Vec<_>>()
        };
        let kept = all(KEPT);
        assert!(kept[0].contains("来电") && kept[1].contains("停电"), "{kept:?}");
        assert_eq!(all(0), kept);
        assert_eq!(all(kept[kept.len() - 1].len()), kept);
    }
}
