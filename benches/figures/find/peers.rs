//! The peers: matchers that look at every line for every key.

use super::crowd::sound::Sounds;
use super::crowd::{Crowd, Human};
use frizbee::{Config as FrizbeeConfig, Matcher as Frizbee};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};

/// What the peers look through: a line for each person.
pub struct Haystack {
    /// Name, pinyin, number, phone, unit.
    pub lines: Vec<String>,
    /// Pinyin, number, phone, the unit's pinyin: nothing but ASCII, and prepared beforehand.
    keys: Vec<Utf32String>,
}

/// How many a peer found for what was typed, the best of which it put in order.
pub type Answer = fn(&Haystack, &str, usize) -> usize;

impl Haystack {
    pub fn new(crowd: &Crowd, sounds: &Sounds) -> Self {
        let units: Vec<(&str, String)> =
            crowd.units.iter().map(|unit| (unit.name.as_str(), sounds.unit_letters(&unit.name).0)).collect();
        let both = |human: &Human| {
            let (_, tokens) = sounds.tokens(&human.name);
            let pinyin: String = tokens.iter().map(|token| token.reading.as_str()).collect();
            let (unit, unit_pinyin) = &units[human.unit];
            let (name, no, phone) = (&human.name, &human.no, &human.phone);
            let key = format!("{pinyin} {no} {phone} {unit_pinyin}");
            (format!("{name} {pinyin} {no} {phone} {unit}"), Utf32String::from(key))
        };
        let (lines, keys) = crowd.people.iter().map(both).unzip();
        Self { lines, keys }
    }
}

pub fn nucleo(haystack: &Haystack, text: &str, answers: usize) -> usize {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy);
    let keys = haystack.keys.iter().zip(0u32..);
    best(keys.filter_map(|(key, at)| Some((pattern.score(key.slice(..), &mut matcher)?, at))), answers)
}

/// One thread, no typos, as it comes.
pub fn frizbee(haystack: &Haystack, text: &str, answers: usize) -> usize {
    let mut all = Frizbee::new(text, &FrizbeeConfig::default()).match_list(&haystack.lines);
    let count = all.len();
    all.truncate(answers);
    std::hint::black_box(all);
    count
}

pub fn fuzzy_matcher(haystack: &Haystack, text: &str, answers: usize) -> usize {
    let matcher = SkimMatcherV2::default().ignore_case();
    let lines = haystack.lines.iter().zip(0u32..);
    best(lines.filter_map(|(line, at)| Some((matcher.fuzzy_match(line, text)?, at))), answers)
}

/// The best answers in order; how many there were in all.
fn best<S: Ord>(found: impl Iterator<Item = (S, u32)>, answers: usize) -> usize {
    let mut all: Vec<(S, u32)> = found.collect();
    let count = all.len();
    if count > answers {
        all.select_nth_unstable_by(answers, |a, b| b.cmp(a));
        all.truncate(answers);
    }
    all.sort_unstable_by(|a, b| b.cmp(a));
    std::hint::black_box(all);
    count
}
