//! Units and outside contacts: few beside the people, with names, codes, and people who answer for them.

use super::found::{Field, Part, Way};
use super::names::Names;
use super::numbers::{self, Numbers, Parts, stands, stands_as_telephone};
use super::pack::{Reader, Writer};
use super::people::{Judged, NONE, lift, odd_places, signs};
use super::query::{Depth, Prepared};
use super::rank;
use super::slip::Kind;
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
    /// The body above each, by place; none where there is none. Empty when bodies stand side by side.
    above: Vec<u32>,
}

/// The most levels of units there can be; more is a ring.
const LEVELS: usize = 16;

/// What a word found among the bodies.
pub(super) struct Scores {
    /// By the body's own names and code, or by those of a body above it: its members are found by it too.
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
        self.codes.finish(Parts::All, &mut Vec::new());
        self.phones.finish(Parts::All, &mut Vec::new());
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
            Self::parts(&self.codes, text, (Way::No, 0), &mut own);
        }
        let mut best = own.clone();
        let below: Vec<u16> = (0..own.len() as u32).map(|place| self.own_or_above(&own, place)).collect();
        each_run(&self.people, &word.steps, typed.word.written, |owner, score| {
            raise(&mut best, owner, rank::contact(score));
        });
        if !typed.phones.is_empty() {
            for (phone, more) in typed.phones() {
                Self::parts(&self.phones, phone, (Way::Phone, more), &mut best);
            }
            for local in &typed.local {
                for entry in self.phones.tails(local.as_bytes()) {
                    if self.phones.text(*entry).len() == local.len() {
                        raise(&mut best, self.phones.owner(*entry), rank::contact_number(Part::Whole));
                    }
                }
            }
        }
        Scores { own: below, best }
    }

    /// That nothing was found.
    pub(super) fn none(&self) -> Scores {
        Scores { own: vec![0; self.len()], best: vec![0; self.len()] }
    }

    /// Tells which body stands above each.
    pub(super) fn set_above(&mut self, above: Vec<u32>) {
        self.above = above;
    }

    /// A body and those above it.
    pub(super) fn upwards(&self, place: u32) -> impl Iterator<Item = u32> {
        let above = |place: &u32| self.above.get(*place as usize).copied().filter(|above| *above != NONE);
        std::iter::successors(Some(place), above).take(LEVELS)
    }

    fn own_or_above(&self, own: &[u16], place: u32) -> u16 {
        self.upwards(place).filter_map(|place| own.get(place as usize)).copied().max().unwrap_or(0)
    }

    /// Adds what a word finds only down to a depth.
    pub(super) fn fuzzy(&self, word: &Prepared<'_>, depth: Depth, scores: &mut Scores) {
        let best = &mut scores.best;
        if depth >= Depth::Far {
            if let Some(steps) = word.far() {
                each_run(&self.names, steps, false, |owner, score| raise(best, owner, rank::far(score)));
            }
            if let Some(steps) = word.confused() {
                each_run(&self.names, steps, false, |owner, score| raise(best, owner, rank::confused(score)));
            }
            for number in word.typed.almost() {
                for entry in self.phones.almost(number) {
                    raise(best, self.phones.owner(entry), rank::ALMOST_NUMBER);
                }
            }
        }
        if depth >= Depth::Slipped
            && let Some(slips) = word.slips(Kind::Full)
        {
            self.names.find_slipped(slips, false, &mut |run| {
                self.names.run(run).iter().for_each(|owner| raise(best, *owner, run.score));
            });
        }
    }

    fn parts(numbers: &Numbers, word: &[u8], (way, more): (Way, u16), to: &mut [u16]) {
        let mut tell = |entry: u32| {
            let text = numbers.text(entry);
            let part = if way == Way::Phone { stands_as_telephone(text, word) } else { stands(text, word) };
            if let Some(part) = part {
                let score = match (way, part) {
                    (Way::Phone, part) => rank::contact_number(part),
                    (way, Part::Head) => rank::number_head(way, word.iter().all(u8::is_ascii_lowercase)),
                    (way, part) => rank::number(way, part),
                };
                raise(to, numbers.owner(entry), score + more);
            }
        };
        numbers.heads(word).iter().for_each(|entry| tell(*entry));
        numbers.tails(word).iter().for_each(|entry| tell(*entry));
        numbers.inside(word, |entry, _| tell(entry));
    }

    /// How one word fits one body, down to a depth.
    pub(super) fn judge(&self, place: u32, word: &Prepared<'_>, depth: Depth) -> Option<Judged> {
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
            if depth >= Depth::Far {
                let far = word.far().and_then(|steps| steps.fit(name));
                let far = far.map(|fit| (Way::Far, rank::far(fit.score), fit));
                let confused = word.confused().and_then(|steps| steps.fit(name));
                let confused = confused.map(|fit| (Way::Confused, rank::confused(fit.score), fit));
                for (way, score, fit) in far.into_iter().chain(confused) {
                    let marks = mark(nth == 0, fit.start, fit.len);
                    offer(score, way, fit.part, true, Field::Name, marks);
                }
            }
            if depth >= Depth::Slipped
                && let Some(fit) = word.slips(Kind::Full).and_then(|slips| slips.fit(name))
            {
                let marks = mark(nth == 0, fit.start, fit.len);
                offer(fit.score, Way::Slip, fit.part, true, Field::Name, marks);
            }
        }
        let text = typed.word.text.as_bytes();
        if typed.word.ascii {
            for code in self.codes.texts_of(place) {
                if let Some(part) = stands(code, text).filter(|part| *part != Part::Inside || text.len() >= 3)
                {
                    let score = match part {
                        Part::Head => rank::number_head(Way::No, typed.word.latin),
                        part => rank::number(Way::No, part),
                    };
                    offer(score, Way::No, part, true, Field::No, Vec::new());
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
        for (part, more) in self.phones.texts_of(place).filter_map(|number| typed.in_telephone(number)) {
            offer(rank::contact_number(part) + more, Way::Phone, part, true, Field::Phone, Vec::new());
        }
        if depth >= Depth::Far && self.phones.texts_of(place).any(|number| typed.is_almost(number)) {
            offer(rank::ALMOST_NUMBER, Way::Almost, Part::Whole, true, Field::Phone, Vec::new());
        }
        best
    }

    pub(super) fn write(&self, to: &mut Writer) {
        let ranks: Vec<u8> = self.ranks.iter().map(|rank| rank & !lift::MINE).collect();
        to.bytes(&ranks);
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
        to.u32s(&self.above);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let ranks = from.bytes()?;
        let names = Names::read(from)?;
        let mut odd = HashMap::new();
        for _ in 0..*from.u32s()?.first()? {
            odd.insert(*from.u32s()?.first()?, from.u16s()?.into_boxed_slice());
        }
        let (codes, people) = (Numbers::read(from)?, Names::read(from)?);
        let (phones, above) = (Numbers::read(from)?, from.u32s()?);
        Some(Self { ranks, names, odd, codes, people, phones, above })
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
