//! The index: built once from plain rows, kept up to date one row at a time, asked at every key.

use super::bodies::{Bodies, Body, Scores};
use super::calls::Calls;
use super::found::{CallLine, ContactLine, Lifts, Match, Part, PersonLine, Target, UnitLine, Way};
use super::fresh::Fresh;
use super::people::{Judged, NONE, People, PeopleBuilder, Record, judge, lift};
use super::pick::{Best, Lists, Pick, Source, pick};
use super::query::{Prepared, Typing};
use super::rank;
use super::sounds::Sounds;
use crate::domain::ids::{ContactId, OfficerId, PersonId, UnitId};
use std::collections::HashMap;

/// Everything that can be found, prepared for being asked at every key.
#[derive(Debug)]
pub struct Index {
    pub(super) sounds: Sounds,
    pub(super) people: People,
    pub(super) units: Bodies,
    pub(super) unit_ids: Vec<UnitId>,
    pub(super) officers: Vec<Option<OfficerId>>,
    pub(super) contacts: Bodies,
    pub(super) contact_ids: Vec<ContactId>,
    pub(super) calls: Calls,
    /// People who changed since it was built.
    pub(super) fresh: Fresh,
    confusions: bool,
}

/// Takes the rows, units before people, and builds the index.
#[derive(Debug)]
pub struct Builder {
    sounds: Sounds,
    people: PeopleBuilder,
    units: Bodies,
    unit_ids: Vec<UnitId>,
    unit_places: HashMap<UnitId, u32>,
    officers: Vec<Option<OfficerId>>,
    contacts: Bodies,
    contact_ids: Vec<ContactId>,
    calls: Calls,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            sounds: Sounds::new(),
            people: PeopleBuilder::new(),
            units: Bodies::new(),
            unit_ids: Vec::new(),
            unit_places: HashMap::new(),
            officers: Vec::new(),
            contacts: Bodies::new(),
            contact_ids: Vec::new(),
            calls: Calls::new(),
        }
    }

    /// Adds a unit: before its people.
    pub fn unit(&mut self, line: UnitLine<'_>) {
        let short = super::short::names(line.name);
        let mut names: Vec<&str> = vec![line.name];
        for name in std::iter::once(line.short).chain(short.iter().map(String::as_str)) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        self.units.add(&mut self.sounds, &Body { names: &names, code: line.code, people: &line.contacts });
        self.unit_places.insert(line.id, self.unit_ids.len() as u32);
        self.unit_ids.push(line.id);
        self.officers.push(line.officer);
    }

    /// Adds an outside contact.
    pub fn contact(&mut self, line: ContactLine<'_>) {
        let body = Body { names: &[line.org], code: "", people: &[(line.name, line.phone)] };
        self.contacts.add(&mut self.sounds, &body);
        self.contact_ids.push(line.id);
    }

    /// Adds a past call: the older ones first.
    pub fn call(&mut self, line: CallLine<'_>) {
        self.calls.add(&line);
    }

    /// Adds a person.
    pub fn person(&mut self, line: PersonLine<'_>) {
        let unit = line.unit.and_then(|unit| self.unit_places.get(&unit)).copied().unwrap_or(NONE);
        self.people.add(&mut self.sounds, &line, unit);
    }

    /// Lays everything out. Takes most of the time of a building, on two threads.
    pub fn finish(mut self) -> Index {
        self.units.finish();
        self.contacts.finish();
        self.calls.finish();
        let people = self.people.finish(self.unit_ids.len());
        Index {
            fresh: Fresh::new(people.len()),
            sounds: self.sounds,
            people,
            units: self.units,
            unit_ids: self.unit_ids,
            officers: self.officers,
            contacts: self.contacts,
            contact_ids: self.contact_ids,
            calls: self.calls,
            confusions: false,
        }
    }
}

/// Results wanted before syllables in part are looked through for a slip too.
const FEW: usize = 5;
/// Names that are scored when nothing but their letters' order fits.
const NEAR: usize = 2000;

/// What was found of one kind.
struct Answer {
    people: Vec<Pick>,
    units: Vec<u16>,
    contacts: Vec<u16>,
    calls: Vec<u32>,
    /// Whether what comes near was asked for: then scores are the matcher's own.
    near: bool,
}

impl Index {
    /// How many people and units there are.
    pub fn len(&self) -> usize {
        self.people.len() + self.fresh.added() + self.unit_ids.len()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows were put beside the index since it was built: many slow it down.
    pub fn fresh(&self) -> usize {
        self.fresh.len() + self.calls.fresh()
    }

    /// Whether southern confusions are looked for (z/zh, n/l, an/ang …), below what was really typed.
    pub fn set_confusions(&mut self, on: bool) {
        self.confusions = on;
    }

    /// Who called or was called today: before their equals.
    pub fn set_called(&mut self, called: &[PersonId]) {
        let mut places: Vec<u32> = called.iter().filter_map(|id| self.people.place(*id)).collect();
        places.sort_unstable();
        self.people.lift(lift::CALLED, |place| places.binary_search(&place).is_ok());
        self.fresh.lift(lift::CALLED, |id, _| called.contains(&id));
    }

    /// Who asks: the units this officer answers for come before their equals.
    pub fn set_officer(&mut self, officer: Option<OfficerId>) {
        let mine: Vec<bool> =
            self.officers.iter().map(|known| known.is_some() && *known == officer).collect();
        let is_mine = |unit: u32| mine.get(unit as usize).copied().unwrap_or(false);
        let by_unit: Vec<bool> =
            (0..self.people.len() as u32).map(|place| is_mine(self.people.unit(place))).collect();
        self.people.lift(lift::MINE, |place| by_unit[place as usize]);
        self.fresh.lift(lift::MINE, |_, unit| is_mine(unit));
        for (rank, mine) in self.units.ranks.iter_mut().zip(&mine) {
            *rank = *rank & !lift::MINE | if *mine { lift::MINE } else { 0 };
        }
    }

    /// Puts a person as now known in the place of what was known.
    pub fn put_person(&mut self, line: PersonLine<'_>) {
        let unit = line.unit.and_then(|unit| self.unit_ids.iter().position(|known| *known == unit));
        let before = self.people.place(line.id);
        let lifts = self.fresh.rank_of(line.id).or(before.map(|place| self.people.ranks[place as usize]));
        let unit = unit.map_or(NONE, |unit| unit as u32);
        let mine = self.units.ranks.get(unit as usize).copied().unwrap_or(0) & lift::MINE;
        let kept = lifts.unwrap_or(0) & lift::CALLED | mine;
        if let Some(place) = before {
            self.fresh.hide(place);
        }
        self.fresh.put(&mut self.sounds, &line, unit, kept);
    }

    /// Takes a person out.
    pub fn drop_person(&mut self, id: PersonId) {
        if let Some(place) = self.people.place(id) {
            self.fresh.hide(place);
        }
        self.fresh.drop(id);
    }

    /// Puts a call logged since beside the others.
    pub fn put_call(&mut self, line: CallLine<'_>) {
        self.calls.put(&line);
    }

    /// Puts the outside contacts as now known in the place of those known.
    pub fn set_contacts(&mut self, lines: &[ContactLine<'_>]) {
        self.contacts = Bodies::new();
        self.contact_ids.clear();
        for line in lines {
            let body = Body { names: &[line.org], code: "", people: &[(line.name, line.phone)] };
            self.contacts.add(&mut self.sounds, &body);
            self.contact_ids.push(line.id);
        }
        self.contacts.finish();
    }

    /// The best matches for what was typed, best first.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Match> {
        let typing = Typing::new(query);
        let Some(whole) = typing.whole.as_ref().filter(|_| limit > 0) else { return Vec::new() };
        let whole = Prepared::new(whole, &self.sounds, self.confusions);
        let words: Vec<Prepared<'_>> =
            typing.words.iter().map(|word| Prepared::new(word, &self.sounds, self.confusions)).collect();
        let answer =
            if words.is_empty() { self.one(&whole, limit) } else { self.several(&whole, &words, limit) };
        self.matches(answer, &whole, &words, limit)
    }

    /// What puts a person before equals; nothing for one that is gone.
    fn rank(&self, place: u32) -> Option<u8> {
        match self.people.ranks.get(place as usize) {
            Some(rank) => (!self.fresh.hides(place)).then_some(*rank),
            None => self.fresh.rank(place - self.people.len() as u32),
        }
    }

    fn record(&self, place: u32) -> Record<'_> {
        match place.checked_sub(self.people.len() as u32) {
            Some(fresh) => self.fresh.record(fresh),
            None => self.people.record(place),
        }
    }

    /// How a word fits a person.
    fn judge(&self, place: u32, word: &Prepared<'_>, units: &Scores) -> Option<Judged> {
        let record = self.record(place);
        judge(&record, word, self.lettered(), member_score(word, units, record.unit))
    }

    fn lettered(&self) -> bool {
        self.people.lettered() || self.fresh.lettered()
    }

    /// Looks for one word, stage by stage, until there is enough that nothing later can come before it.
    fn one(&self, word: &Prepared<'_>, limit: usize) -> Answer {
        let mut units = self.units.scores(word);
        let mut contacts = self.contacts.scores(word);
        let calls = self.calls.find(std::slice::from_ref(&word.typed));
        let mut lists: Lists<'_> = Vec::new();
        for fresh in 0..self.fresh.len() as u32 {
            let place = self.people.len() as u32 + fresh;
            if let Some(judged) = self.judge(place, word, &units) {
                lists.push((judged.score, Source::One(place)));
            }
        }
        let enough = |lists: &mut Lists<'_>, floor: u16| -> (bool, Vec<Pick>) {
            if lists.iter().map(|(_, source)| source.len()).sum::<usize>() == 0 {
                return (false, Vec::new());
            }
            let mut picks = pick(lists, limit, |place| self.rank(place));
            // What may still be beaten by a later stage, or come from one that is not asked, does not count.
            picks.retain(|pick| pick.score > floor);
            (picks.len() >= limit, picks)
        };
        let latin = !word.typed.word.numeric && !word.typed.word.written;
        // Each stage with what no later one scores above.
        let floors = [
            rank::REST_AT_MOST,
            rank::INSIDE_AT_MOST,
            rank::ROOM_AT_MOST,
            rank::MEMBER_AT_MOST,
            rank::CONFUSED_AT_MOST,
            rank::SLIP_AT_MOST,
        ];
        let mut picks = Vec::new();
        for (stage, floor) in floors.into_iter().enumerate() {
            match stage {
                0 => self.people.exact(word, &mut lists),
                1 => self.people.mixed(word, &mut lists),
                2 => self.people.inside(word, &mut lists),
                3 => self.people.rooms(word, &mut lists),
                4 => self.members(word, &units, &mut lists),
                _ => self.people.confused(word, &mut lists),
            }
            let (full, found) = enough(&mut lists, floor);
            picks = found;
            if full {
                return Answer {
                    people: picks,
                    units: units.best,
                    contacts: contacts.best,
                    calls,
                    near: false,
                };
            }
        }
        let mut near = false;
        if latin {
            self.units.fuzzy(word, &mut units);
            self.contacts.fuzzy(word, &mut contacts);
            self.people.slipped(word, false, &mut lists);
            picks = enough(&mut lists, MIXED_SLIP_AT_MOST).1;
            let others = |scores: &Scores| scores.best.iter().filter(|score| **score > 0).count();
            let found = picks.len() + others(&units) + others(&contacts) + calls.len();
            if found < FEW {
                self.people.slipped(word, true, &mut lists);
                picks = enough(&mut lists, NEAR_AT_MOST).1;
                if picks.is_empty() && found == 0 && word.typed.word.latin {
                    picks = self.near(word, limit);
                    near = true;
                }
            }
        }
        Answer { people: picks, units: units.best, contacts: contacts.best, calls, near }
    }

    /// The people of every unit that was found by its own name or code.
    fn members<'a>(&'a self, word: &Prepared<'_>, units: &Scores, lists: &mut Lists<'a>) {
        for unit in 0..self.units.len() as u32 {
            let score = member_score(word, units, unit);
            if score > 0 {
                self.people.members(unit, score, lists);
            }
        }
    }

    /// The last resort: letters in the right order with others between, scored by the matcher.
    fn near(&self, word: &Prepared<'_>, limit: usize) -> Vec<Pick> {
        let letters = &word.typed.word.letters;
        if letters.len() < 3 {
            return Vec::new();
        }
        let fuzzy = super::fuzzy::Fuzzy::new();
        let mut best = Best::new(limit);
        let mut left = NEAR;
        self.people.near(&self.sounds, letters, &mut |places| {
            for place in places.iter().take(left) {
                if let (Some(score), Some(rank)) =
                    (self.near_score(*place, &word.typed.word.text, &fuzzy), self.rank(*place))
                {
                    best.offer(Pick { score, rank, place: *place });
                }
            }
            left = left.saturating_sub(places.len());
            left > 0
        });
        for fresh in 0..self.fresh.len() as u32 {
            let place = self.people.len() as u32 + fresh;
            if let (Some(score), Some(rank)) =
                (self.near_score(place, &word.typed.word.text, &fuzzy), self.rank(place))
            {
                best.offer(Pick { score, rank, place });
            }
        }
        best.picks()
    }

    fn near_score(&self, place: u32, word: &str, fuzzy: &super::fuzzy::Fuzzy) -> Option<u16> {
        let mut spelling = String::new();
        for sound in self.record(place).name {
            match self.sounds.spelt(*sound).0.first() {
                Some(first) => spelling.push_str(&self.sounds.spellings()[usize::from(*first)]),
                None => spelling.push(self.sounds.written(*sound)),
            }
        }
        if spelling.chars().next() != word.chars().next() {
            return None;
        }
        fuzzy.score(&spelling, word).map(rank::near)
    }

    /// Looks for what fits every one of several words, or all of them as one.
    fn several(&self, whole: &Prepared<'_>, words: &[Prepared<'_>], limit: usize) -> Answer {
        let typed: Vec<&super::query::Typed> = words.iter().map(|word| word.typed).collect();
        let calls = self.calls.find(&typed);
        for slips in [false, true] {
            let one = self.dense(whole, slips);
            let each: Vec<Dense> = words.iter().map(|word| self.dense(word, slips)).collect();
            let mut best = Best::new(limit);
            for place in 0..one.people.len() {
                let score = together(one.people[place], each.iter().map(|one| one.people[place]));
                if score > 0
                    && let Some(rank) = self.rank(place as u32)
                {
                    best.offer(Pick { score, rank, place: place as u32 });
                }
            }
            let bodies = |of: &dyn Fn(&Dense) -> &Vec<u16>| -> Vec<u16> {
                let each: Vec<&Vec<u16>> = each.iter().map(of).collect();
                let whole = of(&one).iter().enumerate();
                whole.map(|(at, score)| together(*score, each.iter().map(|one| one[at]))).collect()
            };
            let answer = Answer {
                people: best.picks(),
                units: bodies(&|dense| &dense.units),
                contacts: bodies(&|dense| &dense.contacts),
                calls: calls.clone(),
                near: false,
            };
            if slips
                || !answer.people.is_empty()
                || answer.units.iter().chain(&answer.contacts).any(|s| *s > 0)
            {
                return answer;
            }
        }
        Answer { people: vec![], units: vec![], contacts: vec![], calls, near: false }
    }

    /// Every score of one word.
    fn dense(&self, word: &Prepared<'_>, slips: bool) -> Dense {
        let mut units = self.units.scores(word);
        let mut contacts = self.contacts.scores(word);
        let mut people = vec![0u16; self.people.len() + self.fresh.len()];
        let mut lists: Lists<'_> = Vec::new();
        self.people.exact(word, &mut lists);
        self.people.mixed(word, &mut lists);
        self.people.inside(word, &mut lists);
        self.people.rooms(word, &mut lists);
        self.members(word, &units, &mut lists);
        self.people.confused(word, &mut lists);
        if slips {
            self.people.slipped(word, false, &mut lists);
        }
        for (score, source) in &lists {
            source.each(|place| {
                let known = &mut people[place as usize];
                *known = (*known).max(*score);
            });
        }
        for fresh in 0..self.fresh.len() as u32 {
            let place = self.people.len() as u32 + fresh;
            let judged = self.judge(place, word, &units).map_or(0, |judged| judged.score);
            let floor = if slips { MIXED_SLIP_AT_MOST } else { rank::SLIP_AT_MOST };
            people[place as usize] = if judged > floor { judged } else { 0 };
        }
        if slips {
            self.units.fuzzy(word, &mut units);
            self.contacts.fuzzy(word, &mut contacts);
        }
        Dense { people, units: units.best, contacts: contacts.best }
    }

    /// Puts everything found in one order, and tells by what each was found.
    fn matches(
        &self,
        answer: Answer,
        whole: &Prepared<'_>,
        words: &[Prepared<'_>],
        limit: usize,
    ) -> Vec<Match> {
        // (score, lifts, kind, short, place): greater is better.
        type Key = (u16, u8, u8, u8, u32);
        let key = |kind: u8, score: u16, rank: u8, place: u32| -> Key {
            (score, rank >> 5, kind, rank & 31, u32::MAX - place)
        };
        let mut all: Vec<Key> =
            answer.people.iter().map(|pick| key(PERSON, pick.score, pick.rank, pick.place)).collect();
        for (kind, scores, ranks) in
            [(UNIT, &answer.units, &self.units.ranks), (CONTACT, &answer.contacts, &self.contacts.ranks)]
        {
            let found = scores.iter().zip(ranks).enumerate().filter(|(_, (score, _))| **score > 0);
            all.extend(found.map(|(place, (score, rank))| key(kind, *score, *rank, place as u32)));
        }
        // The newest first.
        all.extend(answer.calls.iter().map(|call| key(CALL, rank::words(Part::Inside), 0, u32::MAX - call)));
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.truncate(limit);
        let units: Vec<Scores> =
            std::iter::once(whole).chain(words).map(|word| self.units.scores(word)).collect();
        all.into_iter()
            .filter_map(|(score, _, kind, _, place)| {
                let place = u32::MAX - place;
                self.told(kind, score, place, &answer, whole, words, &units)
            })
            .collect()
    }

    #[allow(clippy::too_many_arguments, reason = "one step of `matches`, apart to be read")]
    fn told(
        &self,
        kind: u8,
        score: u16,
        place: u32,
        answer: &Answer,
        whole: &Prepared<'_>,
        words: &[Prepared<'_>],
        units: &[Scores],
    ) -> Option<Match> {
        let (target, rank) = match kind {
            PERSON => {
                let id = match place.checked_sub(self.people.len() as u32) {
                    Some(fresh) => self.fresh.id(fresh),
                    None => self.people.id(place),
                };
                (Target::Person(id), self.rank(place)?)
            }
            UNIT => (Target::Unit(self.unit_ids[place as usize]), self.units.ranks[place as usize]),
            CONTACT => (Target::Contact(self.contact_ids[place as usize]), 0),
            _ => {
                let target = Target::Call(self.calls.id(u32::MAX - place));
                return Some(Match {
                    target,
                    way: Way::Words,
                    part: Part::Inside,
                    usual: true,
                    score,
                    lifts: Lifts::default(),
                    marks: Vec::new(),
                });
            }
        };
        let judged = |word: &Prepared<'_>, units: &Scores| match kind {
            PERSON => self.judge(place, word, units),
            UNIT => self.units.judge(place, word),
            _ => self.contacts.judge(place, word),
        };
        let mut best = judged(whole, &units[0]).filter(|judged| judged.score == score);
        if best.is_none() && !words.is_empty() {
            // By its words: the best one says by what, all of them what was meant.
            let each: Vec<Judged> =
                words.iter().zip(&units[1..]).filter_map(|(word, units)| judged(word, units)).collect();
            let marks = each.iter().flat_map(|judged| judged.marks.clone()).collect();
            best = each.into_iter().rev().max_by_key(|judged| judged.score);
            best = best.map(|judged| Judged { marks, ..judged });
        }
        let judged = match best {
            Some(judged) => judged,
            None if answer.near => {
                Judged { score, way: Way::Near, part: Part::Inside, usual: false, marks: Vec::new() }
            }
            None => judged(whole, &units[0])?,
        };
        Some(Match {
            target,
            way: judged.way,
            part: judged.part,
            usual: judged.usual,
            score,
            lifts: lift::of(rank),
            marks: judged.marks,
        })
    }
}

const UNIT: u8 = 3;
const PERSON: u8 = 2;
const CONTACT: u8 = 1;
const CALL: u8 = 0;

/// What a slip in a word typed in part scores at most, and what only comes near.
const MIXED_SLIP_AT_MOST: u16 = 110;
const NEAR_AT_MOST: u16 = 99;

/// Every score of one word, by place.
struct Dense {
    people: Vec<u16>,
    units: Vec<u16>,
    contacts: Vec<u16>,
}

/// How much a unit's being found counts for its people: by its own name or code, by more than one letter.
fn member_score(word: &Prepared<'_>, units: &Scores, unit: u32) -> u16 {
    if word.typed.word.letters.len() < 2 {
        return 0;
    }
    units.own.get(unit as usize).copied().unwrap_or(0)
}

/// The score of the whole, or of every one of the words together.
fn together(whole: u16, each: impl Iterator<Item = u16> + Clone) -> u16 {
    let weakest = each.clone().min().unwrap_or(0);
    if weakest == 0 {
        return whole;
    }
    whole.max(rank::together(each.max().unwrap_or(0), weakest))
}
