//! The find box: every key of a thousand queries, peers on the same lines, recall, building, memory, one person
//! changed; and one question asked of a database of a million.
//!
//! `find` measures all; `find-small`, `find-large` and `find-database` a part. `--verbose` lists who was missed.

mod crowd;
mod database;
mod peers;

pub use database::measure as database;

use crate::{at_least, line, number, p99, timed};
use crowd::query::{self, Query};
use crowd::recall::{Recall, recall};
use crowd::rng::Rng;
use crowd::sound::Sounds;
use crowd::{Crowd, Judge, SEED, engine};
use std::time::Duration;
use zhiban::search::Index;

/// How many people a large bureau has.
const LARGE: usize = 1_000_000;
const QUERIES: usize = 1000;
/// How many answers the find box is given.
const ANSWERS: usize = 50;
/// How many keystrokes the peers are asked: they take a good part of a second for each.
const SAMPLE: usize = 60;

pub fn small() {
    figures(4028, Duration::from_millis(1), None);
}

pub fn large() {
    figures(LARGE, Duration::from_millis(16), Some(Duration::from_millis(4)));
}

fn figures(n: usize, bound: Duration, median_bound: Option<Duration>) {
    let crowd = Crowd::make(n);
    let mut index = build(&crowd, n);
    let sounds = Sounds::default();
    let queries = query::make(&crowd, &sounds, QUERIES);
    let keys = Keystrokes::measure(&queries, &index);
    keys.print(n, bound, median_bound);
    peers(n, &crowd, &sounds, &keys);
    let judge = Judge::new(&crowd, &sounds);
    let answers = |text: &str, limit: usize| index.find(text, limit).iter().map(|m| m.target).collect();
    print_recall(n, &recall(&crowd, &queries, &judge, answers));
    drop(judge);
    changes(n, &crowd, &mut index);
}

/// Builds the index: how long, and how much memory.
fn build(crowd: &Crowd, n: usize) -> Index {
    // The kernel forgets the highest mark, where it lets us.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = memory_mb("VmRSS");
    let (index, took) = timed(|| engine::build(crowd));
    let (held, peak) = (memory_mb("VmRSS") - before, memory_mb("VmHWM") - before);
    line(&format!("index of {n} people: built"), took, Duration::from_secs(5));
    number(&format!("index of {n} people: memory held"), held, 350.0, "MB");
    println!("{:<58} {peak:>9.2} MB", "  at most while it is built");
    index
}

/// One figure of this process's memory.
pub fn memory_mb(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

/// What is in the box after each key, and how long its answer took.
struct Keystrokes(Vec<(String, Duration)>);

impl Keystrokes {
    fn measure(queries: &[Query], index: &Index) -> Self {
        let typed = queries.iter().flat_map(|query| {
            let ends = query.text.char_indices().map(|(at, c)| at + c.len_utf8());
            ends.map(|end| query.text[..end].to_owned())
        });
        let answered = typed.map(|text| {
            let (found, took) = timed(|| index.find(&text, ANSWERS));
            assert!(found.len() <= ANSWERS);
            (text, took)
        });
        Self(answered.collect())
    }

    fn print(&self, n: usize, bound: Duration, median_bound: Option<Duration>) {
        let mut times: Vec<Duration> = self.0.iter().map(|(_, took)| *took).collect();
        times.sort_unstable();
        let what = format!("find, {n} people: a key");
        let median = times[times.len() / 2];
        match median_bound {
            Some(bound) => line(&format!("{what}, median of {}", times.len()), median, bound),
            None => {
                println!("{:<58} {:>9.2} ms", format!("{what}, median of {}", times.len()), millis(median));
            }
        }
        line(&format!("{what}, p99"), p99(times.clone()), bound);
        let slowest = self.0.iter().max_by_key(|(_, took)| *took);
        let (text, most) = slowest.map_or(("", Duration::ZERO), |(text, took)| (text, *took));
        println!("{:<58} {:>9.2} ms  ({text})", format!("{what}, the slowest"), millis(most));
        for length in 1..=12 {
            let of = |text: &str| text.chars().count().min(12) == length;
            let mut some: Vec<Duration> =
                self.0.iter().filter(|(text, _)| of(text)).map(|(_, took)| *took).collect();
            some.sort_unstable();
            if let Some(middle) = some.get(some.len() / 2) {
                let what =
                    format!("  {length}{} typed: median, p99", if length == 12 { " or more" } else { "" });
                println!("{what:<58} {:>9.2} ms {:>9.2} ms", millis(*middle), millis(p99(some.clone())));
            }
        }
        let total: Duration = times.iter().sum();
        println!("{:<58} {:>9.0} ms", format!("find, {n} people: all keys together"), millis(total));
    }

    /// Some of them, thrown, the same at each run; `only` those that a peer can answer.
    fn sample(&self, only: fn(&str) -> bool) -> Vec<&str> {
        let able: Vec<&str> =
            self.0.iter().map(|(text, _)| text.as_str()).filter(|text| only(text)).collect();
        let mut rng = Rng::of(SEED + 2);
        (0..SAMPLE).map(|_| *rng.pick(&able)).collect()
    }

    /// How many there are, and how long they took together.
    fn total(&self, only: fn(&str) -> bool) -> (usize, Duration) {
        let some = self.0.iter().filter(|(text, _)| only(text));
        some.fold((0, Duration::ZERO), |(count, sum), (_, took)| (count + 1, sum + *took))
    }
}

/// The peers answer a sample; their time over all keys is what the sample's mean makes it.
fn peers(n: usize, crowd: &Crowd, sounds: &Sounds, keys: &Keystrokes) {
    let haystack = peers::Haystack::new(crowd, sounds);
    // Its keys are ASCII: what holds Chinese it turns away at once, so only what it can answer is compared.
    for (name, only, share, answer) in [
        (
            "nucleo-matcher, ASCII keys",
            str::is_ascii as fn(&str) -> bool,
            1.0 / 5.0,
            peers::nucleo as peers::Answer,
        ),
        ("fuzzy-matcher, whole lines", |_: &str| true, 1.0 / 10.0, peers::fuzzy_matcher),
    ] {
        let sample = keys.sample(only);
        let (_, took) = timed(|| sample.iter().map(|text| answer(&haystack, text, ANSWERS)).sum::<usize>());
        let (count, ours) = keys.total(only);
        let theirs = took.as_secs_f64() / SAMPLE as f64 * count as f64;
        println!(
            "{:<58} {:>9.0} ms  ({SAMPLE} of {count} keys asked)",
            format!("  peer: {name}"),
            theirs * 1000.0
        );
        let ratio = ours.as_secs_f64() / theirs;
        println!(
            "{:<58} {ratio:>9.4} ×  {share:>9.4} ×{}",
            format!("  {n} people: our share of its time on the same keys"),
            if n < LARGE || ratio <= share { "" } else { "  MISSED" }
        );
    }
}

fn print_recall(n: usize, recall: &Recall<'_>) {
    let total = &recall.total;
    println!(
        "recall, {n} people: {} of {} queries tell at most 5 people from the rest",
        total.identified, total.asked
    );
    println!(
        "  {:<28} {:>6} {:>6} {:>8} {:>8} {:>8}",
        "rule", "asked", "told", "in five", "first", "or equal"
    );
    for (rule, slip, tally) in &recall.by_rule {
        let name = format!("{rule:?}{}", if *slip { ", slip" } else { "" });
        println!(
            "  {name:<28} {:>6} {:>6} {:>7.1}% {:>7.1}% {:>7.1}%",
            tally.asked,
            tally.identified,
            tally.percent(tally.in_five as f64),
            tally.percent(tally.first as f64),
            tally.percent(tally.first_but_equals as f64),
        );
    }
    at_least(
        &format!("recall, {n} people: in the first five"),
        total.percent(total.in_five as f64),
        99.0,
        "%",
    );
    at_least(&format!("recall, {n} people: first"), total.percent(total.first as f64), 90.0, "%");
    println!(
        "{:<58} {:>9.2} %",
        "  first, or behind none but equals",
        total.percent(total.first_but_equals as f64)
    );
    println!("{:<58} {:>9.2} %", "  first, were equals in thrown order", total.percent(total.expected_first));
    if std::env::args().any(|arg| arg == "--verbose") {
        for miss in &recall.misses {
            let place =
                miss.place.map_or_else(|| "not found".to_owned(), |place| format!("place {}", place + 1));
            println!(
                "  {:?} `{}` for {}: {place}, fits {}",
                miss.query.rule, miss.query.text, miss.human.name, miss.equals
            );
        }
    }
}

/// One person changes, again and again.
fn changes(n: usize, crowd: &Crowd, index: &mut Index) {
    let mut rng = Rng::of(SEED + 3);
    let times = (0..200).map(|i| {
        let phone = format!("13{i:03}{:06}", rng.below(1_000_000));
        let mut line = crowd.person(rng.below(n));
        line.phone = &phone;
        let ((), took) = timed(|| index.put_person(line));
        assert!(!index.find(&phone, 5).is_empty(), "a changed number is not found");
        took
    });
    line(
        &format!("find, {n} people: one changed person, p99 of 200"),
        p99(times.collect()),
        Duration::from_millis(1),
    );
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
