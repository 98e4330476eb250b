//! Whether those who are told from the rest are found, and found first.

use super::judge::{EQUALS, Judge};
use super::query::{Query, RULES, Rule};
use super::{Crowd, Human};
use zhiban::search::found::Target;

/// How queries of one kind came out.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    pub asked: usize,
    /// Fit five people at most.
    pub identified: usize,
    /// Of these, with the person among the first five.
    pub in_five: usize,
    /// … with the person first.
    pub first: usize,
    /// … with nobody before the person who fits less well.
    pub first_but_equals: usize,
    /// How many could be first if equals were put in order by throwing dice.
    pub expected_first: f64,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.identified += other.identified;
        self.in_five += other.in_five;
        self.first += other.first;
        self.first_but_equals += other.first_but_equals;
        self.expected_first += other.expected_first;
    }

    /// A part of those identified, in percent.
    pub fn percent(&self, part: f64) -> f64 {
        if self.identified == 0 { 100.0 } else { part / self.identified as f64 * 100.0 }
    }
}

/// Somebody who was told from the rest and was not among the first five, or not first.
pub struct Miss<'a> {
    pub query: &'a Query,
    pub human: &'a Human,
    /// How many the query fits.
    pub equals: usize,
    /// The place in the answer, from 0; nothing if not among the answers looked at.
    pub place: Option<usize>,
}

/// The whole of it.
pub struct Recall<'a> {
    /// By rule, with and without a slip.
    pub by_rule: Vec<(Rule, bool, Tally)>,
    pub total: Tally,
    pub misses: Vec<Miss<'a>>,
}

/// How many answers are looked at.
const LOOKED_AT: usize = 50;

/// Asks every query.
pub fn recall<'a>(
    crowd: &'a Crowd,
    queries: &'a [Query],
    judge: &Judge<'_>,
    find: impl Fn(&str, usize) -> Vec<Target>,
) -> Recall<'a> {
    let mut by_rule: Vec<(Rule, bool, Tally)> = RULES
        .iter()
        .flat_map(|(rule, _)| [false, true].map(|slip| (*rule, slip, Tally::default())))
        .collect();
    let mut misses = Vec::new();
    for (query, equals) in queries.iter().zip(judge.all(queries)) {
        assert!(
            equals.len() > EQUALS || equals.contains(&(query.person as u32)),
            "{query:?} does not fit its person"
        );
        let mut tally = Tally { asked: 1, ..Tally::default() };
        if equals.len() <= EQUALS {
            let human = &crowd.people[query.person];
            let found = find(&query.text, LOOKED_AT);
            let place = found.iter().position(|target| *target == Target::Person(human.id));
            let is_equal = |target: &Target| {
                equals.iter().any(|p| *target == Target::Person(crowd.people[*p as usize].id))
            };
            tally.identified = 1;
            tally.in_five = usize::from(place.is_some_and(|place| place < 5));
            tally.first = usize::from(place == Some(0));
            let fair = place.is_some_and(|place| found[..place].iter().all(is_equal));
            tally.first_but_equals = usize::from(fair);
            tally.expected_first = 1.0 / equals.len() as f64;
            if tally.in_five == 0 || !fair {
                misses.push(Miss { query, human, equals: equals.len(), place });
            }
        }
        for (rule, slip, all) in &mut by_rule {
            if (*rule, *slip) == (query.rule, query.slip) {
                all.add(&tally);
            }
        }
    }
    let mut total = Tally::default();
    for (_, _, tally) in &by_rule {
        total.add(tally);
    }
    by_rule.retain(|(_, _, tally)| tally.asked > 0);
    Recall { by_rule, total, misses }
}
