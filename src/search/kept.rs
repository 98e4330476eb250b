//! An index as bytes, to be kept and read again: a cache, so that a question asked once need not wait for a building.
//!
//! In parts, because a question in letters needs no numbers. Every part says what it is true for and ends with a sum
//! over its bytes: parts that do not belong together, or are not as they were written, are as good as missing.

use super::bodies::Bodies;
use super::calls::Calls;
use super::fresh::Fresh;
use super::index::Index;
use super::pack::{Reader, Writer};
use super::people::People;
use super::sounds::Sounds;
use crate::domain::ids::{ContactId, OfficerId, UnitId};
use std::sync::OnceLock;
use uuid::Uuid;

/// How parts are laid out: any change of what is written raises it.
pub const FORMAT: u32 = 3;

/// Everything but the people.
const AROUND: &str = "around";
/// Who the people are, their names and units.
const PEOPLE: &str = "people";
/// Their numbers.
const NUMBERS: &str = "numbers";
/// Their rooms.
const ROOMS: &str = "rooms";

/// The parts there are.
pub const PARTS: [&str; 4] = [AROUND, PEOPLE, NUMBERS, ROOMS];

/// What a question is answered from, besides names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// Digits were typed.
    numbers: bool,
    /// Letters were typed: a staff number may hold some.
    letters: bool,
    /// Something was typed that may stand in an address.
    rooms: bool,
}

impl Needs {
    /// Everything.
    pub const ALL: Self = Self { numbers: true, letters: true, rooms: true };

    /// What this question needs: any of its words, and all of them as one.
    pub fn of(query: &str) -> Self {
        let mut needs = Self { numbers: false, letters: false, rooms: false };
        for word in query.split_whitespace().chain([query]).map(super::fold::fold) {
            let latin = word.bytes().all(|b| b.is_ascii_lowercase());
            needs.numbers |= word.bytes().any(|b| b.is_ascii_digit());
            needs.letters |= latin;
            needs.rooms |= !latin;
        }
        needs
    }
}

impl Index {
    /// One part as bytes, true for `stamp`; nothing for a part there is not. What was put beside the index since it
    /// was built is not in it.
    pub fn part(&self, name: &str, stamp: &str) -> Option<Vec<u8>> {
        let mut to = Writer::default();
        to.text(stamp);
        match name {
            AROUND => {
                self.sounds.write(&mut to);
                self.units.write(&mut to);
                to.bytes(&ids(self.unit_ids.iter().map(|id| id.0)));
                let none = Uuid::nil();
                to.bytes(&ids(self.officers.iter().map(|officer| officer.map_or(none, |id| id.0))));
                self.contacts.write(&mut to);
                to.bytes(&ids(self.contact_ids.iter().map(|id| id.0)));
                self.calls.write(&mut to);
            }
            PEOPLE => self.people.write_names(&mut to),
            NUMBERS => self.people.write_numbers(&mut to),
            ROOMS => self.people.write_rooms(&mut to),
            _ => return None,
        }
        Some(to.sealed())
    }

    /// An index from those of its parts that are needed, as `read` gives them; nothing when one of them is missing, is
    /// true for something else than `stamp`, or is not as it was written.
    pub fn from_parts(
        needs: Needs,
        stamp: &str,
        read: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
    ) -> Option<Self> {
        let mut part = |name: &str, take: &mut dyn FnMut(&mut Reader<'_>) -> Option<()>| -> Option<()> {
            let bytes = read(name)?;
            let mut from = Reader::sealed(&bytes)?;
            (from.text()? == stamp).then_some(())?;
            take(&mut from)
        };
        let mut around = None;
        part(AROUND, &mut |from| {
            let sounds = Sounds::read(from)?;
            let units = Bodies::read(from)?;
            let (unit_ids, officers) = (uuids(from)?, uuids(from)?);
            let contacts = Bodies::read(from)?;
            let contact_ids = uuids(from)?;
            around = Some((sounds, units, unit_ids, officers, contacts, contact_ids, Calls::read(from)?));
            Some(())
        })?;
        let (sounds, units, unit_ids, officers, contacts, contact_ids, calls) = around?;
        let mut people: Option<People> = None;
        part(PEOPLE, &mut |from| {
            people = Some(People::read_names(from)?);
            Some(())
        })?;
        let mut people = people?;
        if needs.numbers || needs.letters && people.lettered() {
            part(NUMBERS, &mut |from| people.read_numbers(from))?;
        }
        if needs.rooms {
            part(ROOMS, &mut |from| people.read_rooms(from))?;
        } else {
            people.no_rooms();
        }
        let officer = |id: Uuid| (!id.is_nil()).then_some(OfficerId(id));
        Some(Self {
            fresh: Fresh::new(people.len()),
            sounds,
            people,
            units,
            unit_ids: unit_ids.into_iter().map(UnitId).collect(),
            officers: officers.into_iter().map(officer).collect(),
            contacts,
            contact_ids: contact_ids.into_iter().map(ContactId).collect(),
            calls,
            called: Vec::new(),
            confusions: false,
            houses: OnceLock::new(),
        })
    }
}

fn ids(all: impl Iterator<Item = Uuid>) -> Vec<u8> {
    all.flat_map(Uuid::into_bytes).collect()
}

fn uuids(from: &mut Reader<'_>) -> Option<Vec<Uuid>> {
    Some(from.bytes()?.as_chunks::<16>().0.iter().map(|id| Uuid::from_bytes(*id)).collect())
}
