//! People who changed since the index was built: few, each judged by itself.

use super::found::PersonLine;
use super::numbers::telephones;
use super::people::{Record, lift, odd_places, signs};
use super::room;
use super::sounds::{SoundNo, Sounds, folded};
use crate::domain::ids::PersonId;

/// What stands beside the index, and whom of the index it hides.
#[derive(Debug, Default)]
pub(super) struct Fresh {
    rows: Vec<Row>,
    /// A bit for each place of the index.
    hidden: Vec<u64>,
    hides: usize,
    lettered: bool,
}

#[derive(Debug)]
struct Row {
    id: PersonId,
    /// Taken out again.
    gone: bool,
    rank: u8,
    /// Where it stands among all.
    order: u64,
    unit: u32,
    name: Vec<SoundNo>,
    also: Vec<Vec<SoundNo>>,
    odd: Option<Box<[u16]>>,
    no: String,
    phones: Vec<String>,
    family: Vec<String>,
    id_number: String,
    room: String,
}

impl Fresh {
    pub(super) fn new(people: usize) -> Self {
        Self { hidden: vec![0; people.div_ceil(64)], ..Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many more people there are than in the index; never less than none.
    pub(super) fn added(&self) -> usize {
        self.rows.iter().filter(|row| !row.gone).count().saturating_sub(self.hides)
    }

    pub(super) fn lettered(&self) -> bool {
        self.lettered
    }

    /// Hides a place of the index.
    pub(super) fn hide(&mut self, place: u32) {
        let (word, bit) = (place as usize / 64, 1 << (place % 64));
        self.hides += usize::from(self.hidden[word] & bit == 0);
        self.hidden[word] |= bit;
    }

    pub(super) fn hides(&self, place: u32) -> bool {
        self.hides > 0 && self.hidden[place as usize / 64] & 1 << (place % 64) != 0
    }

    /// Puts a row in the place of the one of the same id.
    pub(super) fn put(
        &mut self,
        sounds: &mut Sounds,
        line: &PersonLine<'_>,
        unit: u32,
        lifts: u8,
        order: u64,
    ) {
        let (chars, places) = folded(line.name);
        let mut name = Vec::new();
        sounds.of_name(&chars, true, &mut name);
        let odd = odd_places(&places);
        let also = if odd.is_some() { sounds.also(line.name, &chars, &places, &name) } else { Vec::new() };
        let no = signs(line.no);
        self.lettered |= no.bytes().any(|b| b.is_ascii_alphabetic());
        let row = Row {
            id: line.id,
            gone: false,
            rank: lift::short(chars.len()) | lifts | if line.has_case { lift::CASE } else { 0 },
            order,
            unit,
            name,
            also,
            odd,
            no,
            phones: telephones(line.phone),
            family: telephones(line.family_phone),
            id_number: signs(line.id_number),
            room: room::room(line.address),
        };
        match self.rows.iter_mut().find(|known| known.id == line.id) {
            Some(known) => *known = row,
            None => self.rows.push(row),
        }
    }

    /// Takes a row out.
    pub(super) fn drop(&mut self, id: PersonId) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.id == id) {
            row.gone = true;
        }
    }

    pub(super) fn id(&self, at: u32) -> PersonId {
        self.rows[at as usize].id
    }

    /// What ranks a row before its equals, and where it stands among all; nothing for one taken out.
    pub(super) fn rank(&self, at: u32) -> Option<(u8, u64)> {
        self.rows.get(at as usize).filter(|row| !row.gone).map(|row| (row.rank, row.order))
    }

    pub(super) fn rank_of(&self, id: PersonId) -> Option<u8> {
        self.rows.iter().find(|row| row.id == id).map(|row| row.rank)
    }

    /// Lifts or not, by id and unit.
    pub(super) fn lift(&mut self, bit: u8, lifted: impl Fn(PersonId, u32) -> bool) {
        for row in &mut self.rows {
            row.rank = row.rank & !bit | if lifted(row.id, row.unit) { bit } else { 0 };
        }
    }

    pub(super) fn record(&self, at: u32) -> Record<'_> {
        let row = &self.rows[at as usize];
        let some = |text: &'_ String| !text.is_empty();
        Record {
            name: &row.name,
            also: row.also.iter().map(Vec::as_slice).collect(),
            odd: row.odd.as_deref(),
            no: std::iter::once(&row.no).filter(|no| some(no)).map(String::as_bytes).collect(),
            phones: row.phones.iter().map(String::as_bytes).collect(),
            family: row.family.iter().map(String::as_bytes).collect(),
            id_number: std::iter::once(&row.id_number).filter(|id| some(id)).map(String::as_bytes).collect(),
            room: &row.room,
            unit: row.unit,
        }
    }
}
