//! Units and outside contacts: few beside the people, with names, codes, and people who answer for them.

use super::found::{Field, Part, Way};
use super::names::Names;
use super::numbers::{self, Numbers, Parts, stands, stands_as_telephone};
use super::pack::{Reader, Writer};
use super::people::{Judged, lift, odd_places, signs};
use super::query::Prepared;
use super::rank;
use super::sounds::{SoundNo, Sounds, folded};
use super::word::{Steps, Ways};
use std::collections::HashMap;

/// Many bodies, by place.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// Lifts, and how short the name is.
    pub(super) ranks: Vec<u8>,
    /// The full name first, then shorter ones.
    names: Names,
    odd: HashMap<u32, Box<[u16]>>,
    codes: Numbers,
    people: Names,
    phones: Numbers,
}

/// What a word found among the bodies.
pub(super) struct Scores {
    /// By the body's own names and code: its members are found by it too.
    pub(super) own: Vec<u16>,
    /// By anything.
    pub(super) best: Vec<u16>,
}

/// A body to be added.
pub(super) struct Body<'a> {
    /// The full name first, then what it is also called.
    pub(super) names: &'a [&'a str],
    pub(super) code: &'a str,
    /// Who answers for it, with a number each.
    pub(super) people: &'a [(&'a str, &'a str)],
}

impl Bodies {
    pub(super) fn new() -> Self {
        Self {
            names: Names::new(),
            codes: Numbers::new(),
            people: Names::new(),
            phones: Numbers::new(),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, sounds: &mut Sounds, body: &Body<'_>) {
        let place = self.ranks.len() as u32;
        let mut name: Vec<SoundNo> = Vec::new();
        let mut chars = 0;
        for (at, text) in body.names.iter().enumerate() {
            let (letters, places) = folded(text);
            sounds.of_name(&letters, false, &mut name);
            self.names.push(place, &name);
            if at == 0 {
                chars = letters.len();
                if let Some(odd) = odd_places(&places) {
                    self.odd.insert(place, odd);
                }
            }
        }
        self.ranks.push(lift::short(chars));
        self.codes.push(place, &signs(body.code));
        for (text, phone) in body.people {
            let (letters, _) = folded(text);
            sounds.of_name(&letters, true, &mut name);
            self.people.push(place, &name);
            for number in numbers::telephones(phone) {
                self.phones.push(place, &number);
            }
        }
    }

    pub(super) fn finish(&mut self) {
        self.names.finish();
        self.people.finish();
        self.codes.finish(Parts::All);
        self.phones.finish(Parts::All);
    }

    pub(super) fn len(&self) -> usize {
        self.ranks.len()
    }

    /// What a word finds by what was really typed.
    pub(super) fn scores(&self, word: &Prepared<'_>) -> Scores {
        let mut own = vec![0; self.len()];
        let typed = &word.typed;
        each_run(&self.names, &word.steps, typed.word.written, |owner, score| raise(&mut own, owner, score));
        let text = typed.word.text.as_bytes();
        if typed.word.ascii {
            self.parts(&self.codes, text, Way::No, &mut own);
        }
        let mut best = own.clone();
        each_run(&self.people, &word.steps, typed.word.written, |owner, score| {
            raise(&mut best, owner, rank::contact(score));
        });
        if typed.phone.len() >= 3 {
            self.parts(&self.phones, typed.phone.as_bytes(), Way::Phone, &mut best);
            for local in &typed.local {
                for entry in self.phones.tails(local.as_bytes()) {
                    if self.phones.text(*entry).len() == local.len() {
                        raise(&mut best, self.phones.owner(*entry), rank::contact_number(Part::Whole));
                    }
                }
            }
        }
        Scores { own, best }
    }

    /// Adds what a word finds only as it is confused, or but for one slip.
    pub(super) fn fuzzy(&self, word: &Prepared<'_>, scores: &mut Scores) {
        if let Some(steps) = &word.confused {
            each_run(&self.names, steps, false, |owner, score| {
                raise(&mut scores.best, owner, rank::confused(score));
            });
        }
        if let Some(slips) = &word.slips {
            self.names.find_slipped(slips, &mut |run| {
                self.names.run(run).iter().for_each(|owner| raise(&mut scores.best, *owner, run.score));
            });
        }
    }

    fn parts(&self, numbers: &Numbers, word: &[u8], way: Way, to: &mut [u16]) {
        let mut tell = |entry: u32| {
            let text = numbers.text(entry);
            let part = if way == Way::Phone { stands_as_telephone(text, word) } else { stands(text, word) };
            if let Some(part) = part {
                let score =
                    if way == Way::Phone { rank::contact_number(part) } else { rank::number(way, part) };
                raise(to, numbers.owner(entry), score);
            }
        };
        numbers.heads(word).iter().for_each(|entry| tell(*entry));
        numbers.tails(word).iter().for_each(|entry| tell(*entry));
        numbers.inside(word, |entry, _| tell(entry));
    }

    /// How one word fits one body.
    pub(super) fn judge(&self, place: u32, word: &Prepared<'_>) -> Option<Judged> {
        let typed = &word.typed;
        let mut best: Option<Judged> = None;
        let mut offer = |score, way, part, usual, field: Field, at: Vec<usize>| {
            if best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(Judged { score, way, part, usual, marks: vec![(field, at)] });
            }
        };
        let odd = self.odd.get(&place);
        let mark = |first: bool, start: usize, len: usize| -> Vec<usize> {
            if !first {
                return Vec::new();
            }
            let place = |at: usize| odd.map_or(at, |odd| odd.get(at).map_or(at, |to| usize::from(*to)));
            (start..start + len).map(place).collect()
        };
        for (nth, name) in self.names.names_of(place).enumerate() {
            let name = self.names.sounds(name);
            if let Some(fit) = word.steps.fit(name) {
                let way = rank::name_way(fit.ended, typed.word.written);
                let marks = mark(nth == 0, fit.start, fit.len);
                offer(fit.score, way, fit.part, fit.ended.usual, Field::Name, marks);
            }
            if let Some(fit) = word.confused.as_ref().and_then(|steps| steps.fit(name)) {
                let marks = mark(nth == 0, fit.start, fit.len);
                offer(rank::confused(fit.score), Way::Confused, fit.part, false, Field::Name, marks);
            }
            if let Some((score, part, len)) = word.slips.as_ref().and_then(|slips| slips.fit(name)) {
                offer(score, Way::Slip, part, false, Field::Name, mark(nth == 0, 0, len));
            }
        }
        let text = typed.word.text.as_bytes();
        if typed.word.ascii {
            for code in self.codes.texts_of(place) {
                if let Some(part) = stands(code, text).filter(|part| *part != Part::Inside || text.len() >= 3)
                {
                    offer(rank::number(Way::No, part), Way::No, part, true, Field::No, Vec::new());
                }
            }
        }
        for name in self.people.names_of(place) {
            if let Some(fit) = word.steps.fit(self.people.sounds(name)) {
                offer(
                    rank::contact(fit.score),
                    Way::Contact,
                    fit.part,
                    fit.ended.usual,
                    Field::Unit,
                    Vec::new(),
                );
            }
        }
        if typed.phone.len() >= 3 {
            for number in self.phones.texts_of(place) {
                let local = typed.local.iter().any(|local| local.as_bytes() == number);
                let part = if local {
                    Some(Part::Whole)
                } else {
                    stands_as_telephone(number, typed.phone.as_bytes())
                };
                if let Some(part) = part {
                    offer(rank::contact_number(part), Way::Phone, part, true, Field::Phone, Vec::new());
                }
            }
        }
        best
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.bytes(&self.ranks);
        self.names.write(to);
        let mut odd: Vec<(&u32, &Box<[u16]>)> = self.odd.iter().collect();
        odd.sort_unstable();
        to.u32s(&[odd.len() as u32]);
        for (place, places) in odd {
            to.u32s(&[*place]);
            to.u16s(places);
        }
        self.codes.write(to);
        self.people.write(to);
        self.phones.write(to);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let ranks = from.bytes()?;
        let names = Names::read(from)?;
        let mut odd = HashMap::new();
        for _ in 0..*from.u32s()?.first()? {
            odd.insert(*from.u32s()?.first()?, from.u16s()?.into_boxed_slice());
        }
        let (codes, people) = (Numbers::read(from)?, Names::read(from)?);
        Some(Self { ranks, names, odd, codes, people, phones: Numbers::read(from)? })
    }
}

fn raise(scores: &mut [u16], owner: u32, score: u16) {
    let known = &mut scores[owner as usize];
    *known = (*known).max(score);
}

/// Tells every owner of a name that the word fits in any way.
fn each_run(names: &Names, steps: &Steps<'_>, written: bool, mut tell: impl FnMut(u32, u16)) {
    for (ways, inside) in [(Ways::Full, false), (Ways::Rest, false), (Ways::Full, true), (Ways::Rest, true)] {
        names.find(steps, written, ways, inside, &mut |run| {
            names.run(run).iter().for_each(|owner| tell(*owner, run.score));
        });
    }
}
