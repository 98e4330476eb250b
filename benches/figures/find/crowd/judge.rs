//! Which people a query fits as well as, or better than, the one it was made from: everybody is looked at.

use super::people::{Crowd, Human};
use super::query::{Place, Query, Typed};
use super::sound::Sounds;
use super::walk::{Keys, Shape};
use std::collections::HashMap;

/// A query that fits more people than this tells nobody from the rest.
pub const EQUALS: usize = 5;

/// Everybody, prepared for being asked a thousand times.
pub struct Judge<'a> {
    crowd: &'a Crowd,
    /// One for every different name.
    names: Vec<(Keys, Vec<u32>)>,
    /// Each person's place among `names`.
    of: Vec<u32>,
    units: Vec<UnitKeys>,
    addresses: Vec<Box<str>>,
}

struct UnitKeys {
    name: String,
    name_initials: String,
    short: String,
    short_flat: String,
    short_initials: String,
}

impl<'a> Judge<'a> {
    pub fn new(crowd: &'a Crowd, sounds: &Sounds) -> Self {
        let mut names: Vec<(Keys, Vec<u32>)> = Vec::new();
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut of = Vec::with_capacity(crowd.people.len());
        for (human, place) in crowd.people.iter().zip(0..) {
            let name = *known.entry(&human.name).or_insert_with(|| {
                names.push((Keys::new(sounds, &human.name), Vec::new()));
                names.len() as u32 - 1
            });
            names[name as usize].1.push(place);
            of.push(name);
        }
        let units = crowd.units.iter().map(|unit| {
            let (short_flat, short_initials) = sounds.unit_letters(&unit.short);
            let (_, name_initials) = sounds.unit_letters(&unit.name);
            let (name, short) = (sounds.fold(&unit.name), sounds.fold(&unit.short));
            UnitKeys { name, name_initials, short, short_flat, short_initials }
        });
        let addresses = crowd.people.iter().map(|human| sounds.fold(&human.address).into()).collect();
        Self { crowd, names, of, units: units.collect(), addresses }
    }

    /// For each query whom it fits, the one it was made from among them; one more than [`EQUALS`] at most.
    pub fn all(&self, queries: &[Query]) -> Vec<Vec<u32>> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = queries.len().div_ceil(threads).max(1);
        std::thread::scope(|scope| {
            let parts: Vec<_> = queries
                .chunks(share)
                .map(|part| scope.spawn(|| part.iter().map(|query| self.equals(query)).collect::<Vec<_>>()))
                .collect();
            parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
        })
    }

    fn equals(&self, query: &Query) -> Vec<u32> {
        let everybody = 0..self.crowd.people.len() as u32;
        let person = |place: &u32| &self.crowd.people[*place as usize];
        match &query.typed {
            Typed::Digits(typed, place) => {
                everybody.filter(|p| number(person(p), typed, *place)).take(EQUALS + 1).collect()
            }
            Typed::Room(parts) => everybody
                .filter(|p| parts.iter().all(|part| self.addresses[*p as usize].contains(part.as_str())))
                .take(EQUALS + 1)
                .collect(),
            Typed::UnitAnd(word, name) => {
                let units: Vec<bool> = self.units.iter().map(|unit| unit.fits(word)).collect();
                everybody
                    .filter(|p| units[person(p).unit])
                    .filter(|p| fits(&self.names[self.of[*p as usize] as usize].0, name, false))
                    .take(EQUALS + 1)
                    .collect()
            }
            name => self
                .names
                .iter()
                .filter(|(keys, _)| fits(keys, name, query.slip))
                .flat_map(|(_, bearers)| bearers.iter().copied())
                .take(EQUALS + 1)
                .collect(),
        }
    }
}

fn fits(keys: &Keys, typed: &Typed, slip: bool) -> bool {
    match typed {
        Typed::Written(typed) => *keys.name == **typed,
        Typed::Part(typed) => keys.name.contains(typed.as_str()),
        Typed::Mixed(typed) => keys.mixed(typed),
        Typed::AnyReading(typed) => keys.any_reading(typed),
        Typed::Surname(typed) => keys.is_surname(typed),
        Typed::Letters(typed, shape) => {
            // The beginning of a name in full counts for more than initials and beginnings; what fits without a
            // slip counts for more than what fits with one.
            keys.whole(*shape, typed, slip)
                || (*shape != Shape::Full && keys.head(typed))
                || (slip && keys.anywhere(typed))
        }
        Typed::Digits(..) | Typed::Room(_) | Typed::UnitAnd(..) => false,
    }
}

/// Nobody can tell which of a person's numbers the digits are from.
fn number(human: &Human, typed: &str, place: Place) -> bool {
    let id_number = human.id_number.to_lowercase();
    let all = [human.no.as_str(), &human.phone, &human.family_phone, &id_number];
    all.iter().any(|number| match place {
        Place::Whole => *number == typed,
        Place::Tail => number.ends_with(typed),
        Place::Inside => number.contains(typed),
    })
}

impl UnitKeys {
    fn fits(&self, word: &str) -> bool {
        self.short == word
            || self.short_flat == word
            || self.short_initials == word
            || self.name.contains(word)
            || self.name_initials.starts_with(word)
    }
}
