//! Who fits a query no worse than the one it was made from, and how the answers come out.

use super::people::{Human, Roster};
use super::rules::{KINDS, Kind, Query};
use std::collections::HashMap;
use zhiban::search::found::Target;

/// A query that fits more people than this tells nobody from the rest.
const EQUALS: usize = 5;
/// How many answers are looked at.
pub const LOOKED_AT: usize = 5;

/// How queries of one kind came out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub asked: usize,
    /// Among the first five, or behind five who fit no worse.
    pub in_five: usize,
    /// Fit five people at most.
    pub told: usize,
    /// Of these, among the first five.
    pub told_in_five: usize,
    /// With nobody before the person who fits less well.
    pub fair: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.asked += other.asked;
        self.in_five += other.in_five;
        self.told += other.told;
        self.told_in_five += other.told_in_five;
        self.fair += other.fair;
    }

    /// A part in percent.
    pub fn percent(part: usize, of: usize) -> f64 {
        if of == 0 { 100.0 } else { part as f64 / of as f64 * 100.0 }
    }
}

/// Everybody's name, ready to be compared.
pub struct Judge<'a> {
    roster: &'a Roster,
    by_id: HashMap<Target, usize>,
    pinyin: Vec<String>,
}

impl<'a> Judge<'a> {
    pub fn new(roster: &'a Roster) -> Self {
        let by_id =
            roster.people.iter().enumerate().map(|(at, human)| (Target::Person(human.id), at)).collect();
        Self { roster, by_id, pinyin: roster.people.iter().map(Human::pinyin).collect() }
    }

    /// How many people a query fits as well as the one it was made from, counted up to one more than five.
    fn equals(&self, query: &Query) -> usize {
        let all = 0..self.roster.people.len();
        all.filter(|at| *at == query.person || self.no_worse(query, *at)).take(EQUALS + 1).count()
    }

    /// Whether a query fits somebody no worse than the one it was made from.
    fn no_worse(&self, query: &Query, at: usize) -> bool {
        let meant = &self.roster.people[query.person];
        let other = &self.roster.people[at];
        let (kind, text) = (query.kind, query.text.as_str());
        let (own, others) = (&self.pinyin[query.person], &self.pinyin[at]);
        let typed = || !kind.is_whole() && really_typed(other, text);
        let same_surname = meant.tokens[0].0 == other.tokens[0].0;
        match kind {
            Kind::Written | Kind::OtherForm => other.written() == meant.written(),
            Kind::Pinyin | Kind::Spaced | Kind::Umlaut => others == own,
            // Where the syllables part is told: others are no equals.
            Kind::Apostrophe => others == own && other.tokens.len() == meant.tokens.len(),
            Kind::No => other.no == text,
            Kind::PhoneSpelt | Kind::PhonePasted => other.phone == meant.phone,
            Kind::NoTail | Kind::PhoneTail => other.no.ends_with(text) || other.phone.ends_with(text),
            Kind::IdTail => {
                let tail = text.to_lowercase();
                let ends = |number: &str| number.to_lowercase().ends_with(&tail);
                ends(&other.id_number) || ends(&other.no) || ends(&other.phone)
            }
            Kind::Room | Kind::RoomInitials => {
                // 兰园 and 柳园 are both ly.
                let number =
                    |human: &Human| human.address.trim_start_matches(|c: char| !c.is_ascii()).to_owned();
                if kind == Kind::Room {
                    other.address == meant.address
                } else {
                    number(other) == number(meant)
                }
            }
            Kind::UnitAndName => other.unit == meant.unit && other.name.starts_with(&meant.name),
            Kind::UnitAndPinyin => other.unit == meant.unit && others.starts_with(own.as_str()),
            Kind::UnitAndTitle => other.unit == meant.unit && same_surname,
            Kind::Title => other.name.starts_with(&meant.name),
            Kind::Familiar => same_surname || typed(),
            Kind::WrongDigit | Kind::SwappedDigits => digits_differ(&other.phone, text),
            Kind::SameSound | Kind::LeftOut => {
                let without = meant.tokens[..meant.surname].iter().chain(meant.tokens.last());
                let without: String = without.map(|token| token.1.as_str()).collect();
                let alike =
                    kind == Kind::LeftOut && (*others == without || left_out(&other.written(), text, 1));
                typed() || others == own || alike
            }
            Kind::LeftOutSpelt
            | Kind::Swapped
            | Kind::Missing
            | Kind::Neighbour
            | Kind::KeyTooMany
            | Kind::KeyFarOff => {
                typed()
                    || others == own
                    || one_edit(others, text)
                    || (text.len() < others.len() && head_edit(others, text))
                    || southern(others).starts_with(&southern(text))
            }
            Kind::Southern | Kind::HuangWang | Kind::LuForLv | Kind::LueForLve | Kind::VForU => {
                typed() || southern(others).starts_with(&southern(text))
            }
            _ => typed(),
        }
    }
}

/// One spelling for what southern speakers, and typists without a ü, make one.
fn southern(text: &str) -> String {
    let mut text = text.to_owned();
    for (from, to) in [
        ("zh", "z"),
        ("ch", "c"),
        ("sh", "s"),
        ("ang", "an"),
        ("eng", "en"),
        ("ing", "in"),
        ("huan", "wan"),
        ("v", "u"),
    ] {
        text = text.replace(from, to);
    }
    text
}

/// Whether the text is what is written, or some letters of characters that follow one another.
fn really_typed(human: &Human, text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != '\'' && *c != ' ').collect();
    human.written().to_lowercase().contains(&plain)
        || (0..human.tokens.len()).any(|at| started(&human.tokens[at..], &plain))
}

fn started(tokens: &[(String, String)], text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let Some(((written, reading), rest)) = tokens.split_first() else { return false };
    if let Some(left) = text.strip_prefix(written.as_str())
        && started(rest, left)
    {
        return true;
    }
    let same = reading.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    (1..=same).any(|used| started(rest, &text[used..]))
}

/// Whether `text` is `name` without so many of its characters, but not the first.
fn left_out(name: &str, text: &str, many: usize) -> bool {
    let (name, text): (Vec<char>, Vec<char>) = (name.chars().collect(), text.chars().collect());
    let mut rest = name.iter();
    name.len() == text.len() + many
        && name.first() == text.first()
        && text.iter().all(|c| rest.any(|d| d == c))
}

fn digits_differ(a: &str, b: &str) -> bool {
    let differ: Vec<usize> =
        (0..a.len().min(b.len())).filter(|at| a.as_bytes()[*at] != b.as_bytes()[*at]).collect();
    a.len() == b.len() && (differ.len() <= 1 || (differ.len() == 2 && differ[1] == differ[0] + 1))
}

/// Whether two texts are one but for a letter too many, too few, another, or two swapped.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b) = if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = |skip_a: usize, skip_b: usize| a.get(head + skip_a..) == b.get(head + skip_b..);
    match b.len() - a.len() {
        0 => {
            head == a.len()
                || tail(1, 1)
                || (head + 1 < a.len() && a[head] == b[head + 1] && a[head + 1] == b[head] && tail(2, 2))
        }
        1 => tail(0, 1),
        _ => false,
    }
}

/// The same for the beginning of a name.
fn head_edit(name: &str, text: &str) -> bool {
    let from = text.len().saturating_sub(1);
    (from..=text.len() + 1).any(|to| name.get(..to).is_some_and(|head| one_edit(head, text)))
}

/// A query whose person was not where it was expected.
pub struct Miss {
    pub query: Query,
    pub place: Option<usize>,
}

/// Asks every query: by kind, in all, and what was missed.
pub fn ask(
    roster: &Roster,
    queries: &[Query],
    find: impl Fn(&str, usize) -> Vec<Target> + Sync,
) -> (Vec<(Kind, Tally)>, Tally, Vec<Miss>) {
    let judge = Judge::new(roster);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = queries.len().div_ceil(threads).max(1);
    let all: Vec<(Kind, Tally, Option<Miss>)> = std::thread::scope(|scope| {
        let parts: Vec<_> = queries
            .chunks(share)
            .map(|part| {
                scope.spawn(|| part.iter().map(|query| one(&judge, query, &find)).collect::<Vec<_>>())
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    });
    let mut by_kind: Vec<(Kind, Tally)> = KINDS.map(|kind| (kind, Tally::default())).into();
    let (mut total, mut misses) = (Tally::default(), Vec::new());
    for (kind, tally, miss) in all {
        by_kind.iter_mut().filter(|(known, _)| *known == kind).for_each(|(_, all)| all.add(tally));
        total.add(tally);
        misses.extend(miss);
    }
    (by_kind, total, misses)
}

fn one(
    judge: &Judge<'_>,
    query: &Query,
    find: &(impl Fn(&str, usize) -> Vec<Target> + Sync),
) -> (Kind, Tally, Option<Miss>) {
    let found = find(&query.text, LOOKED_AT);
    let meant = Target::Person(judge.roster.people[query.person].id);
    let place = found.iter().position(|target| *target == meant);
    let as_good = |target: &Target| judge.by_id.get(target).is_some_and(|at| judge.no_worse(query, *at));
    let before = &found[..place.unwrap_or(found.len())];
    let fair = (place.is_some() || found.len() == LOOKED_AT) && before.iter().all(as_good);
    let told = judge.equals(query) <= EQUALS;
    let tally = Tally {
        asked: 1,
        in_five: usize::from(place.is_some() || fair),
        told: usize::from(told),
        told_in_five: usize::from(told && place.is_some()),
        fair: usize::from(fair),
    };
    let missed = tally.in_five == 0 || !fair || (told && place.is_none());
    (query.kind, tally, missed.then(|| Miss { query: query.clone(), place }))
}
