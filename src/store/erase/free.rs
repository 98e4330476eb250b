//! Where free words stand: in which places of an event, in which columns of a sheet. Only these are ever taken out of what
//! is kept of others; a day, a figure, a code, an id stays what it is, whoever's number it looks like.

use crate::domain::form::Form;
use crate::domain::report::FormRef;
use crate::error::Result;
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// The places of free words in the body of an event, as JSON pointers; `*` is any place of a list. Nothing for a kind that
/// this program does not know.
pub(super) fn places(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "shift.started" | "personal.revealed" | "number.revealed" | "entry.revealed" | "report.received"
        | "report.excused" | "entry.withdrawn" | "entry.raised" => &["/reason"],
        "shift.closed" | "handover.words" | "handover.answered" => &["/words"],
        "handover.asked" | "note.written" | "sitrep.reason" | "told.words" => &["/text"],
        // Of somebody else's record what was written down is theirs; who told it is not.
        "person.added" | "person.changed" => &["/told_by"],
        "sheet.imported" => &["/file"],
        "followup.logged" => &["/answered_by", "/words", "/number"],
        "case.opened" | "case.changed" | "case.released" => {
            &["/facts/place", "/facts/contact", "/facts/note", "/reason"]
        }
        "finding.dismissed" => &["/found/*/said", "/reason"],
        "doubt.confirmed" | "doubt.deferred" => {
            &["/doubt/one/said", "/doubt/other/said", "/told_by", "/words"]
        }
        "doubt.corrected" => &["/doubt/one/said", "/doubt/other/said", "/old", "/new", "/told_by", "/words"],
        "paper.printed" | "sitrep.sent" => &["/to"],
        "sitrep.corrected" => &["/to", "/reason"],
        "figure.told" => &["/to", "/words"],
        "unit.added" | "unit.changed" => &[
            "/name",
            "/facts/short",
            "/facts/head",
            "/facts/head_phone",
            "/facts/liaison",
            "/facts/liaison_phone",
            "/told_by",
        ],
        "contact.added" | "contact.changed" | "contact.removed" => {
            &["/facts/org", "/facts/name", "/facts/phone", "/facts/note", "/told_by", "/reason"]
        }
        "entry.changed" => &["/values/*", "/old/*", "/reason"],
        "entry.written" | "entry.moved" => &["/values/*", "/reason"],
        // The names of backups are the program's own: a day stands in them.
        "office.opened"
        | "desk.started"
        | "settings.changed"
        | "rules.adopted"
        | "form.adopted"
        | "template.adopted"
        | "ledger.adopted"
        | "officer.added"
        | "officer.role"
        | "handover.acknowledged"
        | "pin.changed"
        | "find.probed"
        | "person.erased"
        | "followup.attached"
        | "promise.closed"
        | "op.undone"
        | "backup.made"
        | "drill.done" => &[],
        _ => return None,
    })
}

/// Whether free words stand in this place.
pub(super) fn is_free(kind: &str, place: &str) -> bool {
    let fits = |pattern: &str| {
        let (mut of, mut is) = (pattern.split('/'), place.split('/'));
        loop {
            match (of.next(), is.next()) {
                (None, None) => return true,
                (Some(of), Some(is)) if of == "*" || of == is => {}
                _ => return false,
            }
        }
    };
    places(kind).is_some_and(|all| all.iter().any(|pattern| fits(pattern)))
}

/// Whether what stands there is the name of a file.
pub(super) fn is_file_name(kind: &str, place: &str) -> bool {
    matches!((kind, place), ("sheet.imported", "/file") | ("paper.printed", "/to"))
}

/// Whether what stands there was said in a row of a sheet.
pub(super) fn is_of_row(kind: &str, place: &str) -> bool {
    (kind == "finding.dismissed" || kind.starts_with("doubt.")) && place.ends_with("/said")
}

/// Which columns of a form hold free words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FreeColumns {
    /// The state: a code in most forms.
    pub status: bool,
    /// The packed ones, in their order.
    pub rest: Vec<bool>,
}

impl FreeColumns {
    fn of(form: &Form) -> Self {
        let free = |field: &str| {
            form.index_of(field)
                .and_then(|at| form.columns.get(at))
                .is_some_and(|column| column.field.kind.is_free())
        };
        Self { status: free("status"), rest: form.rest_fields().into_iter().map(free).collect() }
    }

    /// Of two contents of one form: a column is free where it is so in both.
    fn both(self, other: &Self) -> Self {
        let rest = self.rest.iter().zip(&other.rest).map(|(one, other)| *one && *other).collect();
        Self { status: self.status && other.status, rest }
    }
}

/// The forms of an office, as far as they were asked for.
#[derive(Default)]
pub(super) struct Forms(HashMap<FormRef, FreeColumns>);

impl Forms {
    /// The free columns of a form, by every content under which it was adopted; none of one that cannot be read.
    pub fn free(&mut self, conn: &Connection, form: &FormRef) -> Result<&FreeColumns> {
        if !self.0.contains_key(form) {
            self.0.insert(form.clone(), read(conn, form)?);
        }
        Ok(&self.0[form])
    }
}

fn read(conn: &Connection, form: &FormRef) -> Result<FreeColumns> {
    let mut query = conn.prepare_cached(
        "SELECT b.body ->> '$.content' FROM log_event e \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         JOIN cur_link l ON l.desk = e.desk AND l.seq = e.seq AND l.idx = e.idx \
         WHERE l.kind = 0 AND l.id = zeroblob(16) AND e.kind = 'form.adopted' \
           AND b.body ->> '$.form.name' = ?1 AND b.body ->> '$.form.version' = ?2",
    )?;
    let contents = query.query_map(params![form.name, form.version], |row| row.get::<_, String>(0))?;
    let mut out: Option<FreeColumns> = None;
    for content in contents {
        if let Ok(form) = Form::parse(&content?) {
            let free = FreeColumns::of(&form);
            out = Some(match out {
                Some(known) => known.both(&free),
                None => free,
            });
        }
    }
    Ok(out.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::erasure::without;
    use crate::log::event::Event;
    use crate::log::wire;

    #[test]
    fn every_kind_says_where_its_free_words_stand() {
        for (kind, _) in wire::KINDS {
            assert!(places(kind).is_some(), "{kind}");
        }
        assert!(places("of.tomorrow").is_none() && !is_free("of.tomorrow", "/words"));
        assert!(
            is_free("finding.dismissed", "/found/3/said") && !is_free("finding.dismissed", "/found/3/day")
        );
        assert!(!is_free("case.opened", "/facts/start") && !is_free("note.written", "/text/0"));
    }

    #[test]
    fn an_event_is_of_its_kind_after_all_of_its_free_words_went() {
        let files = [
            include_str!("../../../tests/data/events-1.jsonl"),
            include_str!("../../../tests/data/events-2.jsonl"),
            include_str!("../../../tests/data/events-3.jsonl"),
            include_str!("../../../tests/data/events-4.jsonl"),
            include_str!("../../../tests/data/events-5.jsonl"),
            include_str!("../../../tests/data/events-6.jsonl"),
            include_str!("../../../tests/data/events-7.jsonl"),
            include_str!("../../../tests/data/events-8.jsonl"),
        ];
        let mut taken = 0;
        for line in files.iter().flat_map(|file| file.lines()).filter(|line| !line.is_empty()) {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let kind = line["kind"].as_str().unwrap();
            let version = u16::try_from(line["version"].as_u64().unwrap()).unwrap();
            let all = places(kind).unwrap_or_default();
            let all: Vec<String> = all.iter().map(|place| place.replace('*', "0")).collect();
            let body = line["body"].to_string();
            let left = without(&body, &all).unwrap();
            taken += usize::from(left != body);
            let read = wire::decode(kind, version, &left).unwrap();
            assert!(!matches!(read, Event::Unknown(_)), "{left}");
        }
        assert!(taken > 20, "{taken}");
    }

    #[test]
    fn a_form_says_which_of_its_columns_are_free() {
        let form = crate::domain::form::builtin("staff", 3).unwrap();
        let free = FreeColumns::of(&form);
        let fields = form.rest_fields();
        let is = |name: &str| free.rest[fields.iter().position(|field| *field == name).unwrap()];
        assert!(is("symptoms") && is("contact") && is("household"));
        for name in ["left_on", "phone", "met_case", "observed_how", "kind"] {
            assert!(!is(name), "{name}");
        }
        assert!(!free.status, "a code");
    }
}
