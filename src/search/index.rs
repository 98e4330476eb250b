//! The index: built once from plain rows, asked at every key.

use super::arena::Arena;
use super::fold::{fold, fold_places};
use super::fuzzy::Fuzzy;
use super::names::Names;
use super::rank::{self, Rank};
use super::{Hit, Why};
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::store::query::rows::{SearchPerson, SearchUnit};
use std::collections::HashMap;

/// Words of one query that are looked at.
const WORDS: usize = 4;
/// Digits from which a part of a telephone number is looked for.
const PHONE_DIGITS: usize = 3;

/// Everything that can be found, prepared for being asked at every key.
#[derive(Debug, Default)]
pub struct Index {
    people: Vec<Person>,
    units: Vec<Unit>,
    person_names: Names,
    numbers: Arena,
    phones: Arena,
    unit_names: Names,
    codes: Arena,
    contact_names: Names,
    contact_phones: Arena,
}

#[derive(Debug)]
struct Person {
    id: PersonId,
    has_case: bool,
    /// The unit by its place among `units`.
    unit: u32,
    /// The name's place among `person_names`.
    name: u32,
    /// Where each folded character stands in the name, when not simply in order.
    places: Option<Box<[u16]>>,
}

#[derive(Debug)]
struct Unit {
    /// Nothing for a unit that only people's rows name.
    id: Option<UnitId>,
    /// The full name's place among `unit_names`.
    name: u32,
    places: Option<Box<[u16]>>,
}

/// What one word found: a rank for every person and unit.
struct Found {
    people: Vec<Rank>,
    units: Vec<Rank>,
}

const NOWHERE: u32 = u32::MAX;

impl Index {
    /// Prepares people and units. Hits point into both by place.
    pub fn build(people: &[SearchPerson], units: &[SearchUnit]) -> Self {
        let mut index = Self::default();
        let mut by_name: HashMap<&str, u32> = HashMap::with_capacity(units.len());
        for unit in units {
            by_name.entry(&unit.name).or_insert(index.units.len() as u32);
            index.add_unit(Some(unit.id), &unit.name);
            let owner = index.units.len() as u32 - 1;
            let short: Vec<char> = fold(&unit.short).chars().collect();
            if unit.short != unit.name {
                index.unit_names.push(owner, &short, false);
            }
            index.codes.push(owner, &fold(&unit.code));
            for (name, phone) in &unit.contacts {
                let name: Vec<char> = fold(name).chars().collect();
                index.contact_names.push(owner, &name, true);
                index.contact_phones.push(owner, &digits(phone));
            }
        }
        for person in people {
            let unit = *by_name.entry(&person.unit).or_insert_with(|| {
                index.add_unit(None, &person.unit);
                index.units.len() as u32 - 1
            });
            index.add_person(person, unit);
        }
        index
    }

    fn add_unit(&mut self, id: Option<UnitId>, name: &str) {
        let owner = self.units.len() as u32;
        let (chars, places) = folded(name);
        let place = if chars.is_empty() { NOWHERE } else { self.unit_names.len() as u32 };
        self.unit_names.push(owner, &chars, false);
        self.units.push(Unit { id, name: place, places });
    }

    fn add_person(&mut self, person: &SearchPerson, unit: u32) {
        let owner = self.people.len() as u32;
        let (chars, places) = folded(&person.name);
        let name = if chars.is_empty() { NOWHERE } else { self.person_names.len() as u32 };
        self.person_names.push(owner, &chars, true);
        self.numbers.push(owner, &fold(&person.no));
        self.phones.push(owner, &digits(person.phone.for_matching()));
        self.phones.push(owner, &digits(person.family_phone.for_matching()));
        self.people.push(Person { id: person.id, has_case: person.has_case, unit, name, places });
    }

    /// How many people and units there are.
    pub fn len(&self) -> usize {
        self.people.len() + self.units.iter().filter(|unit| unit.id.is_some()).count()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best hits for what was typed, best first; among equals people with an open case come first.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        let words: Vec<String> =
            query.split_whitespace().map(fold).filter(|word| !word.is_empty()).take(WORDS).collect();
        // The whole is looked for as one word too: `zhang wei`, `138 0013 5678`.
        let whole = words.concat();
        if whole.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut found = self.word(&whole);
        if words.len() > 1 {
            self.every(&words, &mut found);
        }
        if found.is_empty() {
            self.near(&whole, &mut found);
        }
        let marks: Vec<&str> =
            std::iter::once(whole.as_str()).chain(words.iter().map(String::as_str)).collect();
        self.best(&found, limit, &marks)
    }

    /// What one word finds.
    fn word(&self, word: &str) -> Found {
        let mut found =
            Found { people: vec![Rank::NONE; self.people.len()], units: vec![Rank::NONE; self.units.len()] };
        let letters = word.chars().count();
        let numeric = word.bytes().all(|b| b.is_ascii_digit());
        named(&self.unit_names, word, |owner, rank| found.units[owner].raise(rank));
        if word.is_ascii() {
            self.codes.find(word, |owner, stands| found.units[owner as usize].raise(rank::number(stands)));
        }
        if letters > 1 {
            self.members(&mut found);
        }
        named(&self.person_names, word, |owner, rank| found.people[owner].raise(rank));
        named(&self.contact_names, word, |owner, rank| found.units[owner].raise(rank::contact(rank)));
        if word.is_ascii() {
            self.numbers.find(word, |owner, stands| found.people[owner as usize].raise(rank::number(stands)));
        }
        if numeric && letters >= PHONE_DIGITS {
            let number = without_country(word);
            self.phones.find(number, |owner, stands| found.people[owner as usize].raise(rank::phone(stands)));
            self.contact_phones
                .find(number, |owner, stands| found.units[owner as usize].raise(rank::phone(stands)));
        }
        found
    }

    /// The people of every unit that was found by its own name or code.
    fn members(&self, found: &mut Found) {
        for (place, person) in self.people.iter().enumerate() {
            let unit = found.units[person.unit as usize];
            if unit.score > 0 {
                found.people[place].raise(rank::member(unit));
            }
        }
    }

    /// Adds what fits every one of several words: `土木 lw`.
    fn every(&self, words: &[String], found: &mut Found) {
        let each: Vec<Found> = words.iter().map(|word| self.word(word)).collect();
        let together = |ranks: Vec<Rank>| {
            let weakest = ranks.iter().map(|rank| rank.score).min().unwrap_or(0);
            let best = ranks.iter().copied().max_by_key(|rank| rank.score).unwrap_or(Rank::NONE);
            // As good as its best word, a little less than one word that says it all.
            if weakest == 0 {
                Rank::NONE
            } else {
                Rank { score: best.score - best.score / 10 + weakest / 20, ..best }
            }
        };
        for place in 0..self.people.len() {
            found.people[place].raise(together(each.iter().map(|one| one.people[place]).collect()));
        }
        for place in 0..self.units.len() {
            found.units[place].raise(together(each.iter().map(|one| one.units[place]).collect()));
        }
    }

    /// Adds names whose spelling only comes near, when letters were typed and nothing fits: beside a hit it would be noise.
    fn near(&self, word: &str, found: &mut Found) {
        if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        let fuzzy = Fuzzy::new();
        let mut spelling = String::new();
        for name in 0..self.person_names.len() {
            self.person_names.spell(name, &mut spelling);
            if let Some(score) = fuzzy.score(&spelling, word) {
                found.people[self.person_names.owner(name) as usize].raise(rank::near(score));
            }
        }
        for name in 0..self.unit_names.len() {
            self.unit_names.spell(name, &mut spelling);
            if let Some(score) = fuzzy.score(&spelling, word) {
                found.units[self.unit_names.owner(name) as usize].raise(rank::near(score));
            }
        }
    }

    fn best(&self, found: &Found, limit: usize, marks: &[&str]) -> Vec<Hit> {
        // (score, has a case, short name, unit before person, place): greater is better.
        let person = |place: usize| {
            let person = &self.people[place];
            let chars =
                if person.name == NOWHERE { 0 } else { self.person_names.chars(person.name as usize) };
            (found.people[place].score, person.has_case, usize::MAX - chars, false, usize::MAX - place)
        };
        let unit = |place: usize| {
            let name = self.units[place].name;
            let chars = if name == NOWHERE { 0 } else { self.unit_names.chars(name as usize) };
            (found.units[place].score, false, usize::MAX - chars, true, usize::MAX - place)
        };
        let mut all: Vec<_> =
            (0..self.people.len()).filter(|at| found.people[*at].score > 0).map(person).collect();
        let units =
            (0..self.units.len()).filter(|at| found.units[*at].score > 0 && self.units[*at].id.is_some());
        all.extend(units.map(unit));
        if all.len() > limit {
            all.select_nth_unstable_by(limit - 1, |a, b| b.cmp(a));
            all.truncate(limit);
        }
        all.sort_unstable_by(|a, b| b.cmp(a));
        let marked = Marks::new(self, marks);
        all.into_iter()
            .filter_map(|(_, _, _, is_unit, place)| self.hit(found, is_unit, usize::MAX - place, &marked))
            .collect()
    }

    fn hit(&self, found: &Found, is_unit: bool, place: usize, marks: &Marks) -> Option<Hit> {
        let (target, rank, matched) = if is_unit {
            let unit = &self.units[place];
            let matched = marks.of(&self.unit_names, unit.name, unit.places.as_deref(), &marks.units);
            (Subject::Unit(unit.id?), found.units[place], matched)
        } else {
            let person = &self.people[place];
            let matched = marks.of(&self.person_names, person.name, person.places.as_deref(), &marks.people);
            (Subject::Person(person.id), found.people[place], matched)
        };
        let named = matches!(rank.why, Why::Name | Why::Pinyin | Why::Initials | Why::Unit);
        Some(Hit {
            target,
            place,
            score: rank.score,
            why: rank.why,
            matched: if named { matched } else { Vec::new() },
        })
    }
}

impl Found {
    fn is_empty(&self) -> bool {
        self.people.iter().chain(&self.units).all(|rank| rank.score == 0)
    }
}

/// The typed words once more, to point out which characters of a name they meant.
struct Marks {
    people: Vec<super::names::Word>,
    units: Vec<super::names::Word>,
}

impl Marks {
    fn new(index: &Index, words: &[&str]) -> Self {
        let of = |names: &Names| words.iter().filter_map(|word| names.word(word)).collect();
        Self { people: of(&index.person_names), units: of(&index.unit_names) }
    }

    #[allow(clippy::unused_self, reason = "reads as what it answers: the marks of a name")]
    fn of(
        &self,
        names: &Names,
        name: u32,
        places: Option<&[u16]>,
        words: &[super::names::Word],
    ) -> Vec<usize> {
        if name == NOWHERE {
            return Vec::new();
        }
        let Some(fit) = words.iter().find_map(|word| names.fit(name as usize, word)) else {
            return Vec::new();
        };
        let covered = usize::from(fit.start)..usize::from(fit.start + fit.len);
        covered
            .map(|at| places.map_or(at, |places| places.get(at).map_or(at, |to| usize::from(*to))))
            .collect()
    }
}

/// Ranks every name that a word fits, by its owner.
fn named(names: &Names, word: &str, mut found: impl FnMut(usize, Rank)) {
    let Some(prepared) = names.word(word) else { return };
    let written = !word.is_ascii();
    for name in 0..names.len() {
        if let Some(fit) = names.fit(name, &prepared) {
            found(names.owner(name) as usize, rank::name(fit, written));
        }
    }
}

/// The folded characters of a name and, when they are not simply in order, where each stands in it.
fn folded(name: &str) -> (Vec<char>, Option<Box<[u16]>>) {
    let both = fold_places(name);
    let in_order = both.iter().enumerate().all(|(at, (_, place))| at == *place);
    let places = (!in_order).then(|| both.iter().map(|(_, place)| *place as u16).collect());
    (both.into_iter().map(|(c, _)| c).collect(), places)
}

/// The digits of a telephone number, without the country.
fn digits(phone: &str) -> String {
    let all: String = fold(phone).chars().filter(char::is_ascii_digit).collect();
    without_country(&all).to_owned()
}

/// A number typed or kept with the country before it: `+86 138…`.
fn without_country(digits: &str) -> &str {
    let rest = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86"));
    rest.filter(|rest| rest.len() == 11 && rest.starts_with('1')).unwrap_or(digits)
}
