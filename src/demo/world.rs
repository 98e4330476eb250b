//! The units and the people of the made-up office.

use super::data::{Lists, Place};
use super::names::{self, Named};
use super::rng::Rng;
use super::{SEED, Size};
use crate::domain::ids::{Mint, PersonId, UnitId};
use crate::domain::person::{PersonFacts, PersonKind};
use crate::domain::time::Ts;
use crate::domain::unit::UnitFacts;
use crate::error::Result;
use std::ops::Range;

/// A stream's purpose, so that the streams of one person are unrelated.
pub(super) mod stream {
    pub(in crate::demo) const PERSON: u64 = 1;
    pub(in crate::demo) const FACTS: u64 = 2;
    pub(in crate::demo) const STORY: u64 = 3;
    pub(in crate::demo) const TEMPERATURE: u64 = 4;
    pub(in crate::demo) const UNIT: u64 = 5;
    pub(in crate::demo) const ARRIVAL: u64 = 6;
    pub(in crate::demo) const CASE: u64 = 7;
    pub(in crate::demo) const SLOT: u64 = 8;
    pub(in crate::demo) const CALL: u64 = 9;
    pub(in crate::demo) const ROW: u64 = 10;
}

/// One unit.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) id: UnitId,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) parent: Option<usize>,
    pub(super) campus: usize,
    /// Its people, as places in [`World::people`]. The first is its head, the second its liaison.
    pub(super) people: Range<usize>,
}

/// One person; what is not needed to tell the days is drawn when it is asked for.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: PersonId,
    pub(super) no: String,
    pub(super) name: String,
    pub(super) unit: usize,
    pub(super) male: bool,
    pub(super) kind: PersonKind,
}

/// Everybody and every unit.
#[derive(Debug)]
pub(super) struct World {
    pub(super) lists: Lists,
    pub(super) units: Vec<Unit>,
    pub(super) people: Vec<Person>,
    /// People one after the other whose rows of today are alike.
    pub(super) alike: Range<usize>,
}

impl World {
    /// Makes the units and the people of an office of this size.
    pub(super) fn make(size: Size, at: Ts, mint: &mut dyn Mint) -> Result<Self> {
        let lists = Lists::read()?;
        let units = make_units(&lists, size, at, mint);
        let mut serials = std::collections::HashMap::new();
        let mut people = Vec::with_capacity(size.people);
        for (unit, seed) in units.iter().enumerate() {
            for index in seed.people.clone() {
                let mut rng = Rng::of(&[SEED, stream::PERSON, index as u64]);
                let Named { name, male, foreign } = names::name(&lists.names, &mut rng, index);
                let kind = match rng.below(100) {
                    _ if foreign => PersonKind::Foreign,
                    0..=90 => PersonKind::Staff,
                    91..=98 => PersonKind::External,
                    _ => PersonKind::Other,
                };
                let no = number(&mut serials, &mut rng, kind);
                people.push(Person { id: mint.id(at).into(), no, name, unit, male, kind });
            }
        }
        Ok(Self { lists, units, people, alike: 0..0 })
    }

    /// Where the person at `index` comes from, and whether that is Hubei.
    pub(super) fn origin(&self, index: usize) -> (&Place, bool) {
        let mut rng = Rng::of(&[SEED, stream::FACTS, index as u64, 1]);
        let places = &self.lists.places;
        if rng.chance(places.hubei_permille) {
            (places.hubei.pick(&mut rng), true)
        } else if rng.chance(330) {
            (places.home.pick(&mut rng), false)
        } else {
            (places.origins.pick(&mut rng), false)
        }
    }

    /// Where the person at `index` lives: the district and the rest of the address.
    pub(super) fn home(&self, index: usize) -> (&Place, String, &str) {
        let mut rng = Rng::of(&[SEED, stream::FACTS, index as u64, 2]);
        let places = &self.lists.places;
        let district = places.home.pick(&mut rng);
        let community = rng.pick(&places.communities);
        let (building, unit) = (rng.range(1, 26), rng.range(1, 4));
        let room = rng.range(1, 17) * 100 + rng.range(1, 4);
        let address = format!(
            "{}{}号{community}{building}号楼{unit}单元{room}",
            rng.pick(&places.streets),
            rng.range(1, 260)
        );
        (district, address, community)
    }

    /// The person's own number.
    pub(super) fn phone(index: usize) -> String {
        names::mobile(index)
    }

    /// Who answers for the person (包保联系人): the liaison of the unit.
    pub(super) fn contact(&self, index: usize) -> &str {
        let unit = &self.units[self.people[index].unit];
        self.liaison(unit)
    }

    /// The unit's head, by name.
    pub(super) fn head(&self, unit: &Unit) -> &str {
        self.people.get(unit.people.start).map_or("", |person| &person.name)
    }

    /// The unit's liaison, by name.
    pub(super) fn liaison(&self, unit: &Unit) -> &str {
        let second = (unit.people.start + 1).min(unit.people.end.saturating_sub(1));
        self.people.get(second).map_or("", |person| &person.name)
    }

    /// What the list of units says of the unit at `index`.
    pub(super) fn unit_facts(&self, index: usize) -> UnitFacts {
        let unit = &self.units[index];
        UnitFacts {
            short: Some(unit.short.clone()),
            parent: unit.parent.map(|parent| self.units[parent].id),
            campus: Some(self.lists.office.campuses[unit.campus].clone()),
            head: Some(self.head(unit).to_owned()),
            head_phone: Some(names::landline(index * 2)),
            liaison: Some(self.liaison(unit).to_owned()),
            liaison_phone: Some(names::landline(index * 2 + 1)),
            reports: Some(true),
            ..UnitFacts::default()
        }
    }

    /// What the roster says of the person at `index`.
    pub(super) fn person_facts(&self, index: usize) -> PersonFacts {
        let person = &self.people[index];
        let mut rng = Rng::of(&[SEED, stream::FACTS, index as u64, 3]);
        let birth = (rng.range(1957, 1995), rng.range(1, 12), rng.range(1, 28));
        let (origin, _) = self.origin(index);
        let (district, address, _) = self.home(index);
        let dormitory = rng.chance(60);
        let address = if dormitory {
            format!(
                "{}{}",
                rng.pick(&self.lists.places.dormitories),
                rng.range(1, 6) * 100 + rng.range(1, 30)
            )
        } else {
            format!("{}{address}", district.district)
        };
        // A guest teacher has a passport, which the roster does not ask for.
        let native = person.kind != PersonKind::Foreign;
        PersonFacts {
            name: Some(person.name.clone()),
            unit: Some(self.units[person.unit].id),
            sex: Some(if person.male { "男" } else { "女" }.to_owned()),
            kind: Some(person.kind),
            campus: Some(self.lists.office.campuses[self.units[person.unit].campus].clone()),
            phone: Some(Self::phone(index)),
            id_number: native.then(|| names::id_number(index, birth, person.male)),
            origin: native.then(|| format!("{}{}", origin.province, origin.city)),
            address: Some(address),
            contact: Some(self.contact(index).to_owned()),
            family_phone: rng.chance(700).then(|| names::mobile(index + 60_000)),
        }
    }
}

/// A staff number: the year somebody came and a count within it; external people have a letter before it, the
/// oldest numbers begin with a nought.
fn number(serials: &mut std::collections::HashMap<String, u32>, rng: &mut Rng, kind: PersonKind) -> String {
    let year = 2019 - rng.below(7) * rng.below(7) - rng.below(4);
    let head = match kind {
        PersonKind::External | PersonKind::Other => format!("W{:02}", year % 100),
        PersonKind::Foreign => "F20".to_owned(),
        _ if year < 1990 => format!("00{:02}", year % 100),
        _ => year.to_string(),
    };
    let serial = serials.entry(head.clone()).or_insert(0);
    *serial += 1;
    format!("{head}{serial:04}")
}

/// The units of the list, and more made from them where the office is larger than the list.
fn make_units(lists: &Lists, size: Size, at: Ts, mint: &mut dyn Mint) -> Vec<Unit> {
    let seeds = &lists.office.units;
    let mut units: Vec<Unit> = Vec::with_capacity(size.units);
    let mut shares = Vec::with_capacity(size.units);
    for index in 0..size.units {
        let seed = &seeds[index % seeds.len()];
        let copy = index / seeds.len();
        let above = |code: &str| seeds.iter().position(|s| s.code == code).filter(|at| *at < index);
        let (code, name, short, parent) = if copy == 0 {
            // A parent that a small office lacks is replaced by the school.
            let parent = if seed.parent.is_empty() { None } else { above(&seed.parent).or(Some(0)) };
            (seed.code.clone(), seed.name.clone(), seed.short.clone(), parent)
        } else {
            let part = format!("第{copy}教学部");
            let (name, short) = (format!("{}{part}", seed.name), format!("{}{copy}部", seed.short));
            (format!("{}-{copy:02}", seed.code), name, short, Some(index % seeds.len()))
        };
        shares.push(seed.share);
        let id = mint.id(at).into();
        units.push(Unit { id, code, name, short, parent, campus: seed.campus, people: 0..0 });
    }
    let mut from = 0;
    for (unit, count) in units.iter_mut().zip(apportion(size.people, &shares)) {
        unit.people = from..from + count;
        from += count;
    }
    units
}

/// Divides `total` by `shares`, exactly; everyone gets two at least while there are enough.
fn apportion(total: usize, shares: &[usize]) -> Vec<usize> {
    let least = if total >= shares.len() * 2 { 2 } else { 0 };
    let rest = total - least * shares.len();
    let sum: usize = shares.iter().sum::<usize>().max(1);
    let mut upto = 0;
    let mut given = 0;
    shares
        .iter()
        .map(|share| {
            upto += share;
            let mine = rest * upto / sum - given;
            given += mine;
            least + mine
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Ids;
    use std::collections::HashSet;

    #[test]
    fn the_parts_make_the_whole() {
        for (total, shares) in [(4028, vec![3, 62, 16]), (7, vec![1, 1, 1]), (2, vec![5, 5, 5])] {
            assert_eq!(apportion(total, &shares).iter().sum::<usize>(), total);
        }
    }

    #[test]
    fn the_office_has_its_size_and_unusual_names() {
        let world = World::make(Size::default(), Ts(0), &mut Ids::seeded("t")).unwrap();
        assert_eq!((world.units.len(), world.people.len()), (41, 4028));
        assert_eq!(world.units.iter().filter(|unit| unit.parent.is_none()).count(), 1);
        assert!(world.units.iter().filter(|unit| unit.parent.is_some_and(|parent| parent != 0)).count() >= 3);
        assert!(world.units.iter().all(|unit| unit.people.len() >= 2));
        let numbers: HashSet<_> = world.people.iter().map(|person| &person.no).collect();
        assert_eq!(numbers.len(), 4028, "numbers are unique");
        assert!(world.people.iter().any(|person| person.no.starts_with('0')));
        for part in ["𬱖", "㛃", "堃", "喆", "·", "欧阳", "尉迟"] {
            assert!(world.people.iter().any(|person| person.name.contains(part)), "{part}");
        }
        assert!(world.people.iter().filter(|person| person.kind == PersonKind::Foreign).count() >= 5);
        assert!(world.people.iter().filter(|person| person.name == "王磊").count() >= 3);
        let hubei = (0..4028).filter(|index| world.origin(*index).1).count();
        assert!((60..150).contains(&hubei), "{hubei}");
    }

    #[test]
    fn a_large_office_keeps_its_numbers_and_codes_apart() {
        let size = Size { people: 100_000, units: 300, days: 2 };
        let world = World::make(size, Ts(0), &mut Ids::seeded("t")).unwrap();
        let numbers: HashSet<_> = world.people.iter().map(|person| &person.no).collect();
        let codes: HashSet<_> = world.units.iter().map(|unit| &unit.code).collect();
        let names: HashSet<_> = world.units.iter().map(|unit| &unit.name).collect();
        assert_eq!((numbers.len(), codes.len(), names.len()), (100_000, 300, 300));
    }
}
