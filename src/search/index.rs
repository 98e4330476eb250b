//! The index: built once from plain rows, kept up to date one row at a time, asked at every key.

use super::bodies::{Bodies, Body, Scores};
use super::calls::Calls;
use super::found::{CallLine, ContactLine, Lifts, Match, Part, PersonLine, Reason, Target, UnitLine, Way};
use super::fresh::Fresh;
use super::people::{Judged, NONE, People, PeopleBuilder, Record, judge, lift, stand_in_room};
use super::pick::{Best, Lists, Pick, Source, pick};
use super::query::{Depth, Prepared, Typing};
use super::rank;
use super::slip::Kind;
use super::sounds::Sounds;
use super::widen::Houses;
use crate::domain::ids::{ContactId, OfficerId, PersonId, UnitId};
use std::collections::HashMap;
use std::sync::OnceLock;

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
    /// Who of those in the lists is lifted for having called today.
    pub(super) called: Vec<u32>,
    pub(super) confusions: bool,
    /// What the beginnings of rooms are in letters, worked out when first asked for.
    pub(super) houses: OnceLock<Houses>,
}

/// Takes the rows, units before people, and builds the index.
#[derive(Debug)]
pub struct Builder {
    sounds: Sounds,
    people: PeopleBuilder,
    units: Bodies,
    unit_ids: Vec<UnitId>,
    unit_places: HashMap<UnitId, u32>,
    parents: Vec<Option<UnitId>>,
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
            parents: Vec::new(),
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
        // 经管院: the unit's own short name with the word for a college.
        let college = line.name.ends_with("学院") && !line.short.is_empty() && !line.short.ends_with('院');
        let spoken = if college { format!("{}院", line.short) } else { String::new() };
        for name in [line.short, &spoken].into_iter().chain(short.iter().map(String::as_str)) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        self.units.add(&mut self.sounds, &Body { names: &names, code: line.code, people: &line.contacts });
        self.unit_places.insert(line.id, self.unit_ids.len() as u32);
        self.unit_ids.push(line.id);
        self.officers.push(line.officer);
        self.parents.push(line.parent);
    }

    /// Adds an outside contact.
    pub fn contact(&mut self, line: ContactLine<'_>) {
        add_contact(&mut self.contacts, &mut self.sounds, &line);
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
        let place = |unit: &Option<UnitId>| {
            unit.and_then(|unit| self.unit_places.get(&unit)).copied().unwrap_or(NONE)
        };
        self.units.set_above(self.parents.iter().map(place).collect());
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
            called: Vec::new(),
            confusions: false,
            houses: OnceLock::new(),
        }
    }
}

fn add_contact(contacts: &mut Bodies, sounds: &mut Sounds, line: &ContactLine<'_>) {
    let short = super::short::names(line.org);
    let names: Vec<&str> = std::iter::once(line.org).chain(short.iter().map(String::as_str)).collect();
    contacts.add(sounds, &Body { names: &names, code: "", people: &[(line.name, line.phone)] });
}

/// The most matches that one question is given.
pub const AT_MOST: usize = 1000;
/// Results wanted before what was not really typed is looked for too.
pub(super) const FEW: usize = 5;
/// So many people are asked one by one whether the other words fit them.
const ONE_BY_ONE: usize = 1000;
/// Names that are scored when nothing but their letters' order fits.
const NEAR: usize = 2000;

/// What was found, and what the units came to by each word, to tell by what their people were found.
pub(super) struct Answer {
    pub(super) people: Vec<Pick>,
    pub(super) units: Vec<u16>,
    pub(super) contacts: Vec<u16>,
    pub(super) calls: Vec<u32>,
    pub(super) by_unit: Vec<Scores>,
    /// How far from what was typed it was looked for.
    pub(super) depth: Depth,
    /// Which of several words found nothing by themselves.
    pub(super) lost: Vec<usize>,
    /// Whether what comes near was asked for: then scores are the matcher's own.
    pub(super) near: bool,
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
        let places: Vec<u32> = called.iter().filter_map(|id| self.people.place(*id)).collect();
        for place in std::mem::replace(&mut self.called, places) {
            self.people.ranks[place as usize] &= !lift::CALLED;
        }
        for place in &self.called {
            self.people.ranks[*place as usize] |= lift::CALLED;
        }
        self.fresh.lift(lift::CALLED, |id, _| called.contains(&id));
    }

    /// Who asks: the units this officer answers for come before their equals.
    pub fn set_officer(&mut self, officer: Option<OfficerId>) {
        // A unit without an officer of its own is that of the one above it.
        let whose = |unit: u32| self.units.upwards(unit).find_map(|unit| self.officers[unit as usize]);
        let mine: Vec<bool> =
            (0..self.officers.len() as u32).map(|unit| officer.is_some() && whose(unit) == officer).collect();
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
        let order = self.people.before(line.id);
        self.fresh.put(&mut self.sounds, &line, unit, kept, order);
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

    /// Forgets the outside contacts, to be given them anew.
    pub fn clear_contacts(&mut self) {
        self.contacts = Bodies::new();
        self.contact_ids.clear();
    }

    /// Adds an outside contact after [`Self::clear_contacts`].
    pub fn add_contact(&mut self, line: ContactLine<'_>) {
        add_contact(&mut self.contacts, &mut self.sounds, &line);
        self.contact_ids.push(line.id);
    }

    /// Lays out the outside contacts that were added: only then are they found.
    pub fn finish_contacts(&mut self) {
        self.contacts.finish();
    }

    /// The best matches for what was typed, best first.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Match> {
        let limit = limit.min(AT_MOST);
        let typing = Typing::new(query);
        let Some(whole) = typing.whole.as_ref().filter(|_| limit > 0) else { return Vec::new() };
        let whole = Prepared::new(whole, &self.sounds, self.confusions);
        let words: Vec<Prepared<'_>> =
            typing.words.iter().map(|word| Prepared::new(word, &self.sounds, self.confusions)).collect();
        let answer = if words.is_empty() {
            self.one(&whole, limit)
        } else {
            self.several(&whole, &words, Depth::Slipped, limit)
        };
        let mut matches = self.matches(&answer, &whole, &words, limit);
        let weak = matches.first().is_none_or(|first| first.score <= rank::CONFUSED_AT_MOST);
        if weak
            && words.is_empty()
            && let Some(parted) = self.run_together(&whole, limit)
        {
            return parted;
        }
        self.widen(&typing, &answer.lost, limit, &mut matches);
        matches
    }

    /// A unit and a name without a space between them: `土木张伟`, `外语zw`. The longest unit at the beginning counts.
    fn run_together(&self, whole: &Prepared<'_>, limit: usize) -> Option<Vec<Match>> {
        let letters = &whole.typed.word.letters;
        if whole.typed.word.numeric || letters.len() < 3 {
            return None;
        }
        let text = |letters: &[char]| letters.iter().collect::<String>();
        // Only a unit that is written: letters can be parted anywhere.
        let written = letters.iter().take_while(|c| !c.is_ascii()).count();
        (2..letters.len().min(written + 1)).rev().find_map(|at| {
            let typing = Typing::new(&format!("{} {}", text(&letters[..at]), text(&letters[at..])));
            let words: Vec<Prepared<'_>> =
                typing.words.iter().map(|word| Prepared::new(word, &self.sounds, false)).collect();
            let [unit, _] = words.as_slice() else { return None };
            // The whole of what it is called: half a name would part every word somewhere.
            if self.units.scores(unit).own.iter().all(|score| *score < rank::WHOLE_AT_LEAST) {
                return None;
            }
            let whole = Prepared::new(whole.typed, &self.sounds, false);
            let matches =
                self.matches(&self.several(&whole, &words, Depth::Slipped, limit), &whole, &words, limit);
            let both = matches.first().is_some_and(|first| first.score > rank::CONFUSED_AT_MOST);
            both.then_some(matches)
        })
    }

    /// What puts a person before equals, and where they stand among all; nothing for one that is gone.
    pub(super) fn rank(&self, place: u32) -> Option<(u8, u64)> {
        match self.people.ranks.get(place as usize) {
            Some(rank) => (!self.fresh.hides(place)).then_some((*rank, u64::from(place) << 32 | 0xffff_ffff)),
            None => self.fresh.rank(place - self.people.len() as u32),
        }
    }

    fn unit(&self, place: u32) -> u32 {
        match place.checked_sub(self.people.len() as u32) {
            Some(fresh) => self.fresh.record(fresh).unit,
            None => self.people.unit(place),
        }
    }

    fn record(&self, place: u32) -> Record<'_> {
        match place.checked_sub(self.people.len() as u32) {
            Some(fresh) => self.fresh.record(fresh),
            None => self.people.record(place),
        }
    }

    /// How a word fits a person, down to a depth.
    pub(super) fn judge(
        &self,
        place: u32,
        word: &Prepared<'_>,
        units: &Scores,
        depth: Depth,
    ) -> Option<Judged> {
        let record = self.record(place);
        judge(&record, word, self.lettered(), member_score(word, units, record.unit), depth)
    }

    /// Those beside the index, each judged by itself.
    fn beside(&self, word: &Prepared<'_>, units: &Scores, depth: Depth, lists: &mut Lists<'_>) {
        for fresh in 0..self.fresh.len() as u32 {
            let place = self.people.len() as u32 + fresh;
            if let Some(judged) = self.judge(place, word, units, depth) {
                lists.push((judged.score, Source::One(place)));
            }
        }
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
        self.beside(word, &units, Depth::Typed, &mut lists);
        let enough = |lists: &mut Lists<'_>, floor: u16| -> (bool, Vec<Pick>) {
            if lists.iter().map(|(_, source)| source.len()).sum::<usize>() == 0 {
                return (false, Vec::new());
            }
            let mut picks = pick(lists, limit, |place| self.rank(place));
            // What may still be beaten by a later stage does not count.
            picks.retain(|pick| pick.score > floor);
            (picks.len() >= limit, picks)
        };
        // Each stage with what no later one scores above.
        let floors = [rank::REST_AT_MOST, rank::INSIDE_AT_MOST, rank::MEMBER_AT_MOST, 0];
        let mut picks = Vec::new();
        for (stage, floor) in floors.into_iter().enumerate() {
            match stage {
                0 => self.people.exact(word, &mut lists),
                1 => self.people.mixed(word, &mut lists),
                2 => {
                    self.people.inside(word, &mut lists);
                    self.people.rooms(word, &mut lists);
                }
                _ => self.members(word, &units, &mut lists),
            }
            let (full, found) = enough(&mut lists, floor);
            picks = found;
            if full {
                break;
            }
        }
        let others = |scores: &Scores| scores.best.iter().filter(|score| **score > 0).take(FEW).count();
        // What comes after this is looked for only when little fits as it was typed.
        let (mut depth, mut near) = (Depth::Typed, false);
        for deeper in [Depth::Far, Depth::Slipped, Depth::Wide, Depth::Mixed] {
            let found = picks.len() + others(&units) + others(&contacts) + calls.len();
            // Any key wrong, or syllables in part and a slip as well: only when nothing fits as it was typed but inside something.
            let fits = picks.first().is_some_and(|best| best.score > rank::INSIDE_AT_MOST);
            // A number that somebody has is nobody else's with a digit wrong.
            let known = word.typed.is_number() && found > 0;
            if found >= FEW || known || deeper >= Depth::Wide && fits {
                break;
            }
            depth = deeper;
            self.units.fuzzy(word, depth, &mut units);
            self.contacts.fuzzy(word, depth, &mut contacts);
            self.beside(word, &units, depth, &mut lists);
            match depth {
                Depth::Far => self.people.far(word, &mut lists),
                Depth::Slipped => self.people.slipped(word, Kind::Full, &mut lists),
                Depth::Wide => self.people.slipped(word, Kind::Wide, &mut lists),
                _ => self.people.slipped(word, Kind::Mixed, &mut lists),
            }
            picks = enough(&mut lists, 0).1;
            if depth == Depth::Mixed && picks.is_empty() && found == 0 && word.typed.word.latin {
                picks = self.near(word, limit);
                near = true;
            }
        }
        let (best, by_unit) = (units.best.clone(), vec![units]);
        Answer {
            people: picks,
            units: best,
            contacts: contacts.best,
            calls,
            by_unit,
            lost: Vec::new(),
            depth,
            near,
        }
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
                self.offer_near(&mut best, *place, &word.typed.word.text, &fuzzy);
            }
            left = left.saturating_sub(places.len());
            left > 0
        });
        for fresh in 0..self.fresh.len() as u32 {
            let place = self.people.len() as u32 + fresh;
            self.offer_near(&mut best, place, &word.typed.word.text, &fuzzy);
        }
        best.picks()
    }

    fn offer_near(&self, best: &mut Best, place: u32, word: &str, fuzzy: &super::fuzzy::Fuzzy) {
        if let (Some(score), Some((rank, order))) = (self.near_score(place, word, fuzzy), self.rank(place)) {
            best.offer(Pick { score, rank, place, order });
        }
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
    pub(super) fn several<'a>(
        &self,
        whole: &Prepared<'a>,
        words: &[Prepared<'a>],
        deepest: Depth,
        limit: usize,
    ) -> Answer {
        let typed: Vec<&super::query::Typed> = words.iter().map(|word| word.typed).collect();
        // `165 0000 7072` is one number; `补报 明早` are two words.
        let mut calls = self.calls.find(&[whole.typed]);
        calls.extend(self.calls.find(&typed));
        calls.sort_unstable_by(|a, b| b.cmp(a));
        calls.dedup();
        let all: Vec<&Prepared<'_>> = std::iter::once(whole).chain(words).collect();
        let mut each: Vec<Found<'_>> = all.iter().map(|word| self.found(word)).collect();
        self.people.joint_rooms(words, &mut each[0].lists);
        for fresh in 0..self.fresh.len() as u32 {
            if stand_in_room(words, self.fresh.record(fresh).room) {
                let place = self.people.len() as u32 + fresh;
                each[0].lists.push((rank::JOINT_ROOM, Source::One(place)));
            }
        }
        let lost = (0..words.len()).filter(|at| each[at + 1].is_empty()).collect();
        let mut depth = Depth::Typed;
        loop {
            let people = self.fit_all(&all, &each, depth, limit);
            let bodies = |of: &dyn Fn(&Found<'_>) -> Vec<u16>| -> Vec<u16> {
                let each: Vec<Vec<u16>> = each.iter().map(of).collect();
                let score = |at: usize| together(each[0][at], each[1..].iter().map(|one| one[at]));
                (0..each[0].len()).map(score).collect()
            };
            let units = bodies(&|found| found.units.best.clone());
            let contacts = bodies(&|found| found.contacts.best.clone());
            let nothing = people.is_empty() && units.iter().chain(&contacts).all(|score| *score == 0);
            if depth >= deepest || !nothing {
                let by_unit = each.into_iter().map(|found| found.units).collect();
                return Answer { people, units, contacts, calls, by_unit, lost, depth, near: false };
            }
            depth = if depth == Depth::Typed { Depth::Far } else { Depth::Slipped };
            for (word, found) in all.iter().zip(&mut each) {
                self.deepen(word, depth, found);
            }
        }
    }

    /// The best of those whom the first fits, or every one of the others.
    fn fit_all(&self, all: &[&Prepared<'_>], each: &[Found<'_>], depth: Depth, limit: usize) -> Vec<Pick> {
        let everybody = self.people.len() + self.fresh.len();
        let Some((whole, words)) = each.split_first() else { return Vec::new() };
        // The word that the fewest fit says whom to look at; the others only whether they are among theirs.
        let Some(fewest) = (0..words.len()).min_by_key(|at| words[*at].size()) else { return Vec::new() };
        let mut best = Best::new(limit);
        for (score, source) in whole.lists.iter().chain(&whole.members) {
            source.each(|place| {
                if let Some((rank, order)) = self.rank(place) {
                    best.offer(Pick { score: *score, rank, place, order });
                }
            });
        }
        let others: Vec<usize> = (0..words.len()).filter(|at| *at != fewest).collect();
        // A few are asked one by one; of many it is quicker to write down whom each of the others fits.
        let one_by_one = words[fewest].size() <= ONE_BY_ONE;
        let scores: Vec<Vec<u16>> = if one_by_one {
            Vec::new()
        } else {
            others.iter().map(|at| words[*at].scores(everybody)).collect()
        };
        // Who is a unit's is found by it too, where a word found one.
        let has_members: Vec<bool> = others.iter().map(|at| !words[*at].members.is_empty()).collect();
        let score_of = |nth: usize, place: u32| -> u16 {
            let (word, found) = (all[others[nth] + 1], &words[others[nth]]);
            if one_by_one {
                return self.judge(place, word, &found.units, depth).map_or(0, |judged| judged.score);
            }
            let own = scores[nth][place as usize];
            if !has_members[nth] {
                return own;
            }
            own.max(found.member.get(self.unit(place) as usize).copied().unwrap_or(0))
        };
        let mut lists: Vec<&(u16, Source<'_>)> =
            words[fewest].lists.iter().chain(&words[fewest].members).collect();
        lists.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let at_most: Vec<u16> = others.iter().map(|at| words[*at].at_most()).collect();
        for (score, source) in lists {
            // No better than this, whatever the others say: most need not be looked up there.
            let bound = together(0, at_most.iter().copied().chain([*score]));
            if best.is_beyond(bound) {
                break;
            }
            source.each(|place| {
                let (mut weakest, mut strongest) = (*score, *score);
                for nth in 0..others.len() {
                    let other = score_of(nth, place);
                    if other == 0 {
                        return;
                    }
                    (weakest, strongest) = (weakest.min(other), strongest.max(other));
                }
                if let Some((rank, order)) = self.rank(place) {
                    best.offer(Pick { score: rank::together(strongest, weakest), rank, place, order });
                }
            });
        }
        best.picks()
    }

    /// Everything one word finds as it was typed.
    fn found(&self, word: &Prepared<'_>) -> Found<'_> {
        let units = self.units.scores(word);
        let contacts = self.contacts.scores(word);
        let mut lists: Lists<'_> = Vec::new();
        self.people.exact(word, &mut lists);
        self.people.mixed(word, &mut lists);
        self.people.inside(word, &mut lists);
        self.people.rooms(word, &mut lists);
        let mut members: Lists<'_> = Vec::new();
        self.members(word, &units, &mut members);
        let of_unit = |unit| match member_score(word, &units, unit) {
            0 => 0,
            score => rank::member(score),
        };
        let member = (0..self.units.len() as u32).map(of_unit).collect();
        self.beside(word, &units, Depth::Typed, &mut lists);
        Found { lists, members, member, units, contacts }
    }

    /// Adds what it finds down to a depth.
    fn deepen<'a>(&'a self, word: &Prepared<'_>, depth: Depth, found: &mut Found<'a>) {
        if depth == Depth::Far {
            self.people.far(word, &mut found.lists);
        } else {
            self.people.slipped(word, Kind::Full, &mut found.lists);
        }
        self.beside(word, &found.units, depth, &mut found.lists);
        self.units.fuzzy(word, depth, &mut found.units);
        self.contacts.fuzzy(word, depth, &mut found.contacts);
    }

    /// Puts everything found in one order, and tells by what each was found.
    pub(super) fn matches(
        &self,
        answer: &Answer,
        whole: &Prepared<'_>,
        words: &[Prepared<'_>],
        limit: usize,
    ) -> Vec<Match> {
        // (score, lifts, kind, short, order) and the place: greater is better.
        type Key = (u16, u8, u8, u8, u64, u32);
        let key = |kind: u8, score: u16, rank: u8, order: u64, place: u32| -> Key {
            (score, rank >> 5, kind, rank & 31, u64::MAX - order, place)
        };
        let mut all: Vec<Key> = answer
            .people
            .iter()
            .map(|pick| key(PERSON, pick.score, pick.rank, pick.order, pick.place))
            .collect();
        for (kind, scores, ranks) in
            [(UNIT, &answer.units, &self.units.ranks), (CONTACT, &answer.contacts, &self.contacts.ranks)]
        {
            let found = scores.iter().zip(ranks).enumerate().filter(|(_, (score, _))| **score > 0);
            all.extend(
                found.map(|(place, (score, rank))| key(kind, *score, *rank, place as u64, place as u32)),
            );
        }
        // The newest first.
        all.extend(
            answer
                .calls
                .iter()
                .map(|call| key(CALL, rank::words(Part::Inside), 0, u64::from(u32::MAX - call), *call)),
        );
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.truncate(limit);
        all.into_iter()
            .filter_map(|(score, _, kind, _, _, place)| self.told(kind, score, place, answer, whole, words))
            .collect()
    }

    fn told(
        &self,
        kind: u8,
        score: u16,
        place: u32,
        answer: &Answer,
        whole: &Prepared<'_>,
        words: &[Prepared<'_>],
    ) -> Option<Match> {
        let units = &answer.by_unit;
        let (target, rank) = match kind {
            PERSON => {
                let id = match place.checked_sub(self.people.len() as u32) {
                    Some(fresh) => self.fresh.id(fresh),
                    None => self.people.id(place),
                };
                (Target::Person(id), self.rank(place)?.0)
            }
            UNIT => (Target::Unit(self.unit_ids[place as usize]), self.units.ranks[place as usize]),
            CONTACT => (Target::Contact(self.contact_ids[place as usize]), 0),
            _ => {
                let target = Target::Call(self.calls.id(place));
                return Some(Match {
                    target,
                    way: Way::Words,
                    part: Part::Inside,
                    usual: true,
                    score,
                    lifts: Lifts::default(),
                    marks: Vec::new(),
                    words: Vec::new(),
                });
            }
        };
        let judged = |word: &Prepared<'_>, units: &Scores| match kind {
            PERSON => self.judge(place, word, units, answer.depth),
            UNIT => self.units.judge(place, word, answer.depth),
            _ => self.contacts.judge(place, word, answer.depth),
        };
        let mut reasons = Vec::new();
        let mut best = judged(whole, &units[0]).filter(|judged| judged.score == score);
        if best.is_none() && !words.is_empty() {
            // By its words: the best one says by what, all of them what was meant.
            let mut each: Vec<Judged> = Vec::new();
            for (word, units) in words.iter().zip(&units[1..]) {
                let Some(judged) = judged(word, units) else { continue };
                let Judged { way, part, usual, .. } = judged;
                reasons.push(Reason { word: word.typed.word.text.clone(), way, part, usual });
                each.push(judged);
            }
            let marks = each.iter().flat_map(|judged: &Judged| judged.marks.clone()).collect();
            best = each.into_iter().rev().max_by_key(|judged| judged.score);
            best = best.map(|judged| Judged { marks, ..judged });
        }
        let judged = match best {
            Some(judged) => judged,
            None if answer.near => {
                Judged { score, way: Way::Near, part: Part::Inside, usual: true, marks: Vec::new() }
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
            words: reasons,
        })
    }
}

/// Of equals a person comes first.
const PERSON: u8 = 3;
const UNIT: u8 = 2;
const CONTACT: u8 = 1;
const CALL: u8 = 0;

/// Everything that one word found.
struct Found<'a> {
    lists: Lists<'a>,
    /// The people of the units that it found.
    members: Lists<'a>,
    /// What that counts for each unit's people.
    member: Vec<u16>,
    units: Scores,
    contacts: Scores,
}

impl Found<'_> {
    fn is_empty(&self) -> bool {
        let bodies = self.units.best.iter().chain(&self.contacts.best);
        self.lists.is_empty() && self.members.is_empty() && bodies.copied().all(|score| score == 0)
    }

    fn size(&self) -> usize {
        self.lists.iter().chain(&self.members).map(|(_, source)| source.len()).sum()
    }

    /// The best score there is.
    fn at_most(&self) -> u16 {
        self.lists.iter().chain(&self.members).map(|(score, _)| *score).max().unwrap_or(0)
    }

    /// The best score of each place, but for what it has by its unit.
    fn scores(&self, everybody: usize) -> Vec<u16> {
        let mut scores = vec![0; everybody];
        for (score, source) in &self.lists {
            source.each(|place| {
                let known: &mut u16 = &mut scores[place as usize];
                *known = (*known).max(*score);
            });
        }
        scores
    }
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
