//! The people: everything they are found by, laid out once.

use super::found::{Field, Part, PersonLine, Way};
use super::names::Names;
use super::numbers::{self, Numbers, Parts, stands};
use super::pack::{Reader, Writer};
use super::pick::{Lists, Source};
use super::query::{Depth, Prepared};
use super::rank;
use super::room;
use super::slip::Kind;
use super::sounds::{SoundNo, Sounds, folded};
use super::texts::Texts;
use super::word::{Steps, Ways};
use crate::domain::ids::PersonId;
use std::collections::HashMap;
use std::hash::BuildHasher;
use uuid::Uuid;

/// No unit, no room.
pub(super) const NONE: u32 = u32::MAX;
/// Signs from which the tail of an ID number is looked for.
const ID_SIGNS: usize = 4;

/// What ranks a person before equals, one byte: lifts first, then a short name.
pub(super) mod lift {
    use crate::search::found::Lifts;

    pub(crate) const CASE: u8 = 1 << 7;
    pub(crate) const CALLED: u8 = 1 << 6;
    pub(crate) const MINE: u8 = 1 << 5;

    /// The part that tells how short a name of so many characters is.
    pub(crate) fn short(chars: usize) -> u8 {
        31 - chars.min(31) as u8
    }

    /// The lifts of a byte.
    pub(crate) fn of(byte: u8) -> Lifts {
        Lifts { case: byte & CASE != 0, called: byte & CALLED != 0, mine: byte & MINE != 0 }
    }
}

/// Everybody, by place.
#[derive(Debug, Default)]
pub(super) struct People {
    ids: Vec<PersonId>,
    /// The places in the order of the ids.
    by_id: Vec<u32>,
    /// Lifts and length of the name.
    pub(super) ranks: Vec<u8>,
    /// The unit by its place, or `NONE`.
    units: Vec<u32>,
    names: Names,
    /// Where each folded character stands in the name, where not simply in order.
    odd: HashMap<u32, Box<[u16]>>,
    no: Numbers,
    phones: Numbers,
    family: Numbers,
    id_tails: Numbers,
    /// Every room or address once.
    rooms: Texts,
    /// Each person's, or `NONE`.
    room_of: Vec<u32>,
    in_room: Groups,
    in_unit: Groups,
    /// Some staff number has a letter in it.
    lettered: bool,
}

/// One person's record, from the lists or from beside them.
pub(super) struct Record<'a> {
    pub(super) name: &'a [SoundNo],
    /// What the name is found by as well: see [`Sounds::also`].
    pub(super) also: Vec<&'a [SoundNo]>,
    pub(super) odd: Option<&'a [u16]>,
    pub(super) no: Vec<&'a [u8]>,
    pub(super) phones: Vec<&'a [u8]>,
    pub(super) family: Vec<&'a [u8]>,
    pub(super) id_number: Vec<&'a [u8]>,
    pub(super) room: &'a str,
    pub(super) unit: u32,
}

/// How one word fits one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) score: u16,
    pub(super) way: Way,
    pub(super) part: Part,
    pub(super) usual: bool,
    pub(super) marks: Vec<(Field, Vec<usize>)>,
}

/// Members of groups: a unit's people, a room's.
#[derive(Debug, Default)]
struct Groups {
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Groups {
    fn build(group_of: &[u32], groups: usize) -> Self {
        let mut starts = vec![0u32; groups + 1];
        let known = |group: u32| (group as usize) < groups;
        for group in group_of.iter().filter(|group| known(**group)) {
            starts[*group as usize + 1] += 1;
        }
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let mut members = vec![0; starts[groups] as usize];
        let mut next = starts.clone();
        for (member, group) in group_of.iter().enumerate().filter(|(_, group)| known(**group)) {
            members[next[*group as usize] as usize] = member as u32;
            next[*group as usize] += 1;
        }
        Self { starts, members }
    }

    fn of(&self, group: u32) -> &[u32] {
        match (self.starts.get(group as usize), self.starts.get(group as usize + 1)) {
            (Some(from), Some(to)) => &self.members[*from as usize..*to as usize],
            _ => &[],
        }
    }
}

/// Where the folded characters of a name stand, if not simply in order.
pub(super) fn odd_places(places: &[usize]) -> Option<Box<[u16]>> {
    let in_order = places.iter().enumerate().all(|(at, place)| at == *place);
    (!in_order).then(|| places.iter().map(|place| *place as u16).collect())
}

/// Letters and digits of a staff or ID number, small.
pub(super) fn signs(number: &str) -> String {
    if number.is_ascii() {
        return number
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|b| char::from(b.to_ascii_lowercase()))
            .collect();
    }
    super::fold::fold(number).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// People while they are being added.
#[derive(Debug, Default)]
pub(super) struct PeopleBuilder {
    people: People,
    /// Rooms by the hash of their text; the text itself is compared.
    rooms: HashMap<u64, u32>,
    hasher: std::hash::RandomState,
    name: Vec<SoundNo>,
}

impl PeopleBuilder {
    pub(super) fn new() -> Self {
        let people = People {
            names: Names::new(),
            no: Numbers::new(),
            phones: Numbers::new(),
            family: Numbers::new(),
            id_tails: Numbers::new(),
            rooms: Texts::new(),
            ..People::default()
        };
        Self { people, ..Self::default() }
    }

    /// Adds a person of the unit at a place among the units.
    pub(super) fn add(&mut self, sounds: &mut Sounds, line: &PersonLine<'_>, unit: u32) {
        let people = &mut self.people;
        let place = people.ids.len() as u32;
        let (chars, places) = folded(line.name);
        sounds.of_name(&chars, true, &mut self.name);
        people.names.push(place, &self.name);
        if let Some(odd) = odd_places(&places) {
            for also in sounds.also(line.name, &chars, &places, &self.name) {
                people.names.push(place, &also);
            }
            people.odd.insert(place, odd);
        }
        let no = signs(line.no);
        people.lettered |= no.bytes().any(|b| b.is_ascii_alphabetic());
        people.no.push(place, &no);
        numbers::each_telephone(line.phone, &mut |number| people.phones.push(place, number));
        numbers::each_telephone(line.family_phone, &mut |number| people.family.push(place, number));
        people.id_tails.push(place, &signs(line.id_number));
        let room = room::room(line.address);
        people.room_of.push(if room.is_empty() {
            NONE
        } else {
            let next = people.rooms.len();
            let known = *self.rooms.entry(self.hasher.hash_one(&room)).or_insert(next);
            if known < next && people.rooms.get(known) == room {
                known
            } else {
                people.rooms.push(&room);
                next
            }
        });
        people.units.push(unit);
        people.ranks.push(lift::short(chars.len()) | if line.has_case { lift::CASE } else { 0 });
        people.ids.push(line.id);
    }

    /// Lays everything out, on two threads.
    pub(super) fn finish(self, units: usize) -> People {
        drop(self.rooms);
        let mut people = self.people;
        let (names, phones, family, no) =
            (&mut people.names, &mut people.phones, &mut people.family, &mut people.no);
        let (ids, id_tails, rooms) = (&people.ids, &mut people.id_tails, &mut people.rooms);
        let by_id = std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut keys = super::room_to_work(ids.len());
                phones.finish(Parts::All, &mut keys);
                family.finish(Parts::All, &mut keys);
                no.finish(Parts::All, &mut keys);
                id_tails.finish(Parts::Tails, &mut keys);
            });
            rooms.finish();
            names.finish();
            let mut by_id: Vec<u32> = (0..ids.len() as u32).collect();
            by_id.sort_unstable_by_key(|place| ids[*place as usize]);
            by_id
        });
        people.by_id = by_id;
        people.in_room = Groups::build(&people.room_of, people.rooms.len() as usize);
        people.in_unit = Groups::build(&people.units, units);
        people
    }
}

impl People {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn id(&self, place: u32) -> PersonId {
        self.ids[place as usize]
    }

    pub(super) fn lettered(&self) -> bool {
        self.lettered
    }

    /// Where a person stands.
    pub(super) fn place(&self, id: PersonId) -> Option<u32> {
        let found = self.by_id.binary_search_by_key(&id, |place| self.ids[*place as usize]);
        found.ok().map(|at| self.by_id[at])
    }

    /// Where one that is not there, or is as it no longer is, stands among all; see `Index::rank`.
    pub(super) fn before(&self, id: PersonId) -> u64 {
        let before = self.by_id.partition_point(|place| self.ids[*place as usize] < id) as u64;
        // Ids grow with time: of those that came between two the earlier stands first.
        before << 32 | u64::from((id.0.as_u128() >> 80) as u32 & 0x7fff_ffff)
    }

    pub(super) fn unit(&self, place: u32) -> u32 {
        self.units[place as usize]
    }

    /// A person's record, to be judged by itself.
    pub(super) fn record(&self, place: u32) -> Record<'_> {
        let mut names = self.names.names_of(place).map(|name| self.names.sounds(name));
        let room = self.room_of[place as usize];
        Record {
            name: names.next().unwrap_or_default(),
            also: names.collect(),
            odd: self.odd.get(&place).map(|odd| &odd[..]),
            no: self.no.texts_of(place).collect(),
            phones: self.phones.texts_of(place).collect(),
            family: self.family.texts_of(place).collect(),
            id_number: self.id_tails.texts_of(place).collect(),
            room: if room == NONE { "" } else { self.rooms.get(room) },
            unit: self.units[place as usize],
        }
    }

    /// Names typed in whole syllables from their beginning, numbers whole, by their beginning and by their end.
    pub(super) fn exact<'a>(&'a self, word: &Prepared<'_>, lists: &mut Lists<'a>) {
        self.named(word, Ways::Full, false, lists);
        let typed = &word.typed;
        let text = typed.word.text.as_bytes();
        if typed.word.ascii && (self.lettered || !typed.word.latin) {
            Self::parts(&self.no, text, (Way::No, 0), lists);
        }
        if !typed.phones.is_empty() {
            for (numbers, way) in [(&self.phones, Way::Phone), (&self.family, Way::FamilyPhone)] {
                for (phone, more) in typed.phones() {
                    Self::parts(numbers, phone, (way, more), lists);
                }
                for local in &typed.local {
                    let whole = numbers.tails(local.as_bytes());
                    // Entries of that length stand first: all of a number that is kept without its area code.
                    let count =
                        whole.iter().take_while(|entry| numbers.text(**entry).len() == local.len()).count();
                    push(lists, rank::number(way, Part::Whole), Source::Entries(numbers, &whole[..count]));
                }
            }
        }
        if typed.word.ascii && !typed.word.latin && text.len() >= ID_SIGNS {
            let tails = self.id_tails.tails(text);
            push(lists, rank::number(Way::IdTail, Part::Tail), Source::Entries(&self.id_tails, tails));
        }
    }

    fn parts<'a>(numbers: &'a Numbers, word: &[u8], (way, more): (Way, u16), lists: &mut Lists<'a>) {
        let letters = word.iter().all(u8::is_ascii_lowercase);
        let heads = numbers.heads(word);
        // Those of that length stand first: they are the number itself.
        let whole = heads.iter().take_while(|entry| numbers.text(**entry).len() == word.len()).count();
        push(lists, rank::number(way, Part::Whole) + more, Source::Entries(numbers, &heads[..whole]));
        push(lists, rank::number_head(way, letters) + more, Source::Entries(numbers, &heads[whole..]));
        let tails = numbers.tails(word);
        push(lists, rank::number(way, Part::Tail) + more, Source::Entries(numbers, tails));
        if way != Way::No {
            // All of a landline's number but the area code.
            let local = tails.iter().filter(|entry| numbers::is_local(numbers.text(**entry), word));
            lists
                .extend(local.map(|entry| {
                    (rank::number(way, Part::Whole) + more, Source::One(numbers.owner(*entry)))
                }));
        }
    }

    /// Names typed by initials or in a mixture, from their beginning.
    pub(super) fn mixed<'a>(&'a self, word: &Prepared<'_>, lists: &mut Lists<'a>) {
        self.named(word, Ways::Rest, false, lists);
    }

    /// Names and numbers in which the word stands.
    pub(super) fn inside<'a>(&'a self, word: &Prepared<'_>, lists: &mut Lists<'a>) {
        self.named(word, Ways::Full, true, lists);
        self.named(word, Ways::Rest, true, lists);
        let typed = &word.typed;
        if typed.word.ascii && (self.lettered || !typed.word.latin) {
            within(&self.no, typed.word.text.as_bytes(), (Way::No, 0), lists);
        }
        for (phone, more) in typed.phones() {
            within(&self.phones, phone, (Way::Phone, more), lists);
            within(&self.family, phone, (Way::FamilyPhone, more), lists);
        }
    }

    /// Rooms and addresses in which the word stands.
    pub(super) fn rooms<'a>(&'a self, word: &Prepared<'_>, lists: &mut Lists<'a>) {
        if !is_room(word) {
            return;
        }
        self.rooms.find(&word.typed.room, |entry| {
            if let Some(part) = room::stands(self.rooms.get(entry), &word.typed.room) {
                push(lists, rank::room(part), Source::Places(self.in_room.of(entry)));
            }
        });
    }

    /// Rooms in which every one of several words stands: `松园 106`.
    pub(super) fn joint_rooms<'a>(&'a self, words: &[Prepared<'_>], lists: &mut Lists<'a>) {
        let Some(first) = words.first() else { return };
        self.rooms.find(&first.typed.room, |entry| {
            if stand_in_room(words, self.rooms.get(entry)) {
                push(lists, rank::JOINT_ROOM, Source::Places(self.in_room.of(entry)));
            }
        });
    }

    /// The people of a unit that was found.
    pub(super) fn members<'a>(&'a self, unit: u32, score: u16, lists: &mut Lists<'a>) {
        push(lists, rank::member(score), Source::Places(self.in_unit.of(unit)));
    }

    /// Names typed in full from their beginning, and nothing else.
    pub(super) fn heads<'a>(&'a self, word: &Prepared<'_>, lists: &mut Lists<'a>) {
        self.named(word, Ways::Full, false, lists);
    }

    /// Names by other spellings, old readings, and as southern speakers confuse them; telephone numbers but for a
    /// digit.
    pub(super) fn far<'a>(&'a self, word: &Prepared<'_>, lists: &mut Lists<'a>) {
        let mut named = |steps: &Steps<'_>, score: fn(u16) -> u16| {
            for inside in [false, true] {
                for ways in [Ways::Full, Ways::Rest] {
                    self.names.find(steps, false, ways, inside, &mut |run| {
                        push(lists, score(run.score), Source::run(&self.names, run));
                    });
                }
            }
        };
        if let Some(steps) = word.far() {
            named(steps, rank::far);
        }
        if let Some(steps) = word.confused() {
            named(steps, rank::confused);
        }
        for number in word.typed.almost() {
            for numbers in [&self.phones, &self.family] {
                let owners = numbers.almost(number).into_iter().map(|entry| numbers.owner(entry));
                lists.extend(owners.map(|owner| (rank::ALMOST_NUMBER, Source::One(owner))));
            }
        }
    }

    /// Names but for one slip.
    pub(super) fn slipped<'a>(&'a self, word: &Prepared<'_>, kind: Kind, lists: &mut Lists<'a>) {
        let Some(slips) = word.slips(kind) else { return };
        for inside in [false, true] {
            if kind == Kind::Mixed || !inside {
                self.names.find_slipped(slips, inside, &mut |run| {
                    push(lists, run.score, Source::run(&self.names, run));
                });
            }
        }
    }

    /// Every room or address, each once.
    pub(super) fn each_room(&self) -> impl Iterator<Item = &str> {
        (0..self.rooms.len()).map(|room| self.rooms.get(room))
    }

    /// Names whose letters hold the word's in order.
    pub(super) fn near<'a>(&'a self, sounds: &Sounds, word: &[char], found: &mut dyn FnMut(&[u32]) -> bool) {
        self.names.near(sounds, word, found);
    }

    fn named<'a>(&'a self, word: &Prepared<'_>, ways: Ways, inside: bool, lists: &mut Lists<'a>) {
        self.names.find(&word.steps, word.typed.word.written, ways, inside, &mut |run| {
            push(lists, run.score, Source::run(&self.names, run));
        });
    }

    /// Who is lifted: everybody's byte anew.
    pub(super) fn lift(&mut self, bit: u8, lifted: impl Fn(u32) -> bool) {
        for (place, rank) in self.ranks.iter_mut().enumerate() {
            *rank = *rank & !bit | if lifted(place as u32) { bit } else { 0 };
        }
    }

    pub(super) fn write_names(&self, to: &mut Writer) {
        let ids: Vec<u8> = self.ids.iter().flat_map(|id| *id.bytes()).collect();
        to.bytes(&ids);
        to.u32s(&self.by_id);
        // Who called today and whose units are whose is told anew to whoever reads it.
        let ranks: Vec<u8> = self.ranks.iter().map(|rank| rank & !(lift::CALLED | lift::MINE)).collect();
        to.bytes(&ranks);
        to.u32s(&self.units);
        to.bytes(&[u8::from(self.lettered)]);
        self.names.write(to);
        let mut odd: Vec<(&u32, &Box<[u16]>)> = self.odd.iter().collect();
        odd.sort_unstable();
        to.u32s(&[odd.len() as u32]);
        for (place, places) in odd {
            to.u32s(&[*place]);
            to.u16s(places);
        }
        to.u32s(&self.in_unit.starts);
        to.u32s(&self.in_unit.members);
    }

    pub(super) fn write_numbers(&self, to: &mut Writer) {
        for numbers in [&self.no, &self.phones, &self.family, &self.id_tails] {
            numbers.write(to);
        }
    }

    pub(super) fn write_rooms(&self, to: &mut Writer) {
        self.rooms.write(to);
        to.u32s(&self.room_of);
        to.u32s(&self.in_room.starts);
        to.u32s(&self.in_room.members);
    }

    pub(super) fn read_names(from: &mut Reader<'_>) -> Option<Self> {
        let ids = from.bytes()?;
        let ids = ids.as_chunks::<16>().0.iter().map(|id| PersonId(Uuid::from_bytes(*id))).collect();
        let (by_id, ranks, units) = (from.u32s()?, from.bytes()?, from.u32s()?);
        let lettered = from.bytes()? == [1];
        let names = Names::read(from)?;
        let mut odd = HashMap::new();
        for _ in 0..*from.u32s()?.first()? {
            odd.insert(*from.u32s()?.first()?, from.u16s()?.into_boxed_slice());
        }
        let in_unit = Groups { starts: from.u32s()?, members: from.u32s()? };
        Some(Self { ids, by_id, ranks, units, names, odd, in_unit, lettered, ..Self::without_numbers() })
    }

    fn without_numbers() -> Self {
        Self {
            no: Numbers::new(),
            phones: Numbers::new(),
            family: Numbers::new(),
            id_tails: Numbers::new(),
            rooms: Texts::new(),
            ..Self::default()
        }
    }

    pub(super) fn read_numbers(&mut self, from: &mut Reader<'_>) -> Option<()> {
        for numbers in [&mut self.no, &mut self.phones, &mut self.family, &mut self.id_tails] {
            *numbers = Numbers::read(from)?;
        }
        Some(())
    }

    pub(super) fn read_rooms(&mut self, from: &mut Reader<'_>) -> Option<()> {
        self.rooms = Texts::read(from)?;
        self.room_of = from.u32s()?;
        self.in_room = Groups { starts: from.u32s()?, members: from.u32s()? };
        Some(())
    }

    /// When only the names were read: nobody has a room.
    pub(super) fn no_rooms(&mut self) {
        self.room_of = vec![NONE; self.ids.len()];
    }
}

fn push<'a>(lists: &mut Lists<'a>, score: u16, source: Source<'a>) {
    if source.len() > 0 {
        lists.push((score, source));
    }
}

fn within<'a>(numbers: &'a Numbers, word: &[u8], (way, more): (Way, u16), lists: &mut Lists<'a>) {
    numbers.inside(word, |entry, part| {
        lists.push((rank::number(way, part) + more, Source::One(numbers.owner(entry))));
    });
}

/// Whether a word is looked for among the rooms: two characters, or three digits.
fn is_room(word: &Prepared<'_>) -> bool {
    let room = &word.typed.room;
    let signs = room.chars().count();
    if word.typed.word.latin || signs < 2 {
        return false;
    }
    // The number of a room has up to five digits; a longer one is a telephone's.
    let digits = word.typed.word.numeric && !room.contains('-');
    if digits { (3..=5).contains(&signs) } else { signs >= 3 || !word.typed.word.ascii }
}

/// Whether every one of several words stands in a room.
pub(super) fn stand_in_room(words: &[Prepared<'_>], room: &str) -> bool {
    !words.is_empty()
        && words.iter().all(|word| is_room(word) && room::stands(room, &word.typed.room).is_some())
}

/// How a word fits one record, by every way there is down to a depth: the definition that the lists only bring about
/// faster.
pub(super) fn judge(
    record: &Record<'_>,
    word: &Prepared<'_>,
    lettered: bool,
    unit_score: u16,
    depth: Depth,
) -> Option<Judged> {
    let typed = &word.typed;
    let mut best: Option<Judged> = None;
    let mut offer = |judged: Judged| {
        if best.as_ref().is_none_or(|best| judged.score > best.score) {
            best = Some(judged);
        }
    };
    let place = |at: usize| record.odd.map_or(at, |odd| odd.get(at).map_or(at, |to| usize::from(*to)));
    let marks = |name: &[SoundNo], start: usize, len: usize| {
        let letters = word.letters_of(record.name, name, start, len);
        vec![(Field::Name, letters.map(place).collect::<Vec<_>>())]
    };
    for name in std::iter::once(&record.name).chain(&record.also) {
        if let Some(fit) = word.steps.fit(name) {
            offer(Judged {
                score: fit.score,
                way: rank::name_way(fit.ended, typed.word.written),
                part: fit.part,
                usual: fit.ended.usual,
                marks: marks(name, fit.start, fit.len),
            });
        }
        each_far(name, word, depth, &mut |score, way, part, start, len| {
            offer(Judged { score, way, part, usual: true, marks: marks(name, start, len) });
        });
    }
    let plain = |score, way, part, field: Option<Field>| Judged {
        score,
        way,
        part,
        usual: true,
        marks: field.map(|field| vec![(field, Vec::new())]).unwrap_or_default(),
    };
    let text = typed.word.text.as_bytes();
    if typed.word.ascii && (lettered || !typed.word.latin) {
        for no in &record.no {
            let part = stands(no, text).filter(|part| *part != Part::Inside || text.len() >= 3);
            if let Some(part) = part {
                let score = match part {
                    Part::Head => rank::number_head(Way::No, typed.word.latin),
                    part => rank::number(Way::No, part),
                };
                offer(plain(score, Way::No, part, Some(Field::No)));
            }
        }
    }
    if !typed.phones.is_empty() {
        let both = [
            (&record.phones, Way::Phone, Field::Phone),
            (&record.family, Way::FamilyPhone, Field::FamilyPhone),
        ];
        for (numbers, way, field) in both {
            for (part, more) in numbers.iter().filter_map(|number| typed.in_telephone(number)) {
                offer(plain(rank::number(way, part) + more, way, part, Some(field)));
            }
        }
    }
    if typed.word.ascii && !typed.word.latin && text.len() >= ID_SIGNS {
        for _ in record.id_number.iter().filter(|id| id.ends_with(text)) {
            offer(plain(
                rank::number(Way::IdTail, Part::Tail),
                Way::IdTail,
                Part::Tail,
                Some(Field::IdNumber),
            ));
        }
    }
    if is_room(word)
        && let Some(part) = room::stands(record.room, &typed.room)
    {
        offer(plain(rank::room(part), Way::Room, part, Some(Field::Address)));
    }
    if unit_score > 0 {
        offer(plain(rank::member(unit_score), Way::Unit, Part::Inside, Some(Field::Unit)));
    }
    let mut almost =
        [(&record.phones, Way::Almost, Field::Phone), (&record.family, Way::Almost, Field::FamilyPhone)]
            .into_iter()
            .filter(|(numbers, ..)| {
                depth >= Depth::Far && numbers.iter().any(|number| typed.is_almost(number))
            });
    if let Some((_, way, field)) = almost.next() {
        offer(plain(rank::ALMOST_NUMBER, way, Part::Whole, Some(field)));
    }
    best
}

/// Tells how a word fits a name by what was not really typed: score, way, part, and the characters covered.
fn each_far(
    name: &[SoundNo],
    word: &Prepared<'_>,
    depth: Depth,
    tell: &mut dyn FnMut(u16, Way, Part, usize, usize),
) {
    if depth >= Depth::Far {
        if let Some(fit) = word.far().and_then(|steps| steps.fit(name)) {
            tell(rank::far(fit.score), Way::Far, fit.part, fit.start, fit.len);
        }
        if let Some(fit) = word.confused().and_then(|steps| steps.fit(name)) {
            tell(rank::confused(fit.score), Way::Confused, fit.part, fit.start, fit.len);
        }
    }
    for (kind, from) in [(Kind::Full, Depth::Slipped), (Kind::Wide, Depth::Wide), (Kind::Mixed, Depth::Mixed)]
    {
        if depth >= from
            && let Some(fit) = word.slips(kind).and_then(|slips| slips.fit(name))
        {
            tell(fit.score, Way::Slip, fit.part, fit.start, fit.len);
        }
    }
}
