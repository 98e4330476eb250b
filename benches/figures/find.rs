//! The find box: every key of a thousand queries, peers on the same lines, recall, building, memory, one person
//! changed; and one question asked of a database of a million.
//!
//! `find` measures all; `find-small`, `find-large`, `find-callers` and `find-database` a part. `--verbose` lists who was missed.

mod callers;
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
    slow_keys(n, &haystack, keys);
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

/// The newest peer's slow keys beside our own: the same lines, some of the same keys.
fn slow_keys(n: usize, haystack: &peers::Haystack, keys: &Keystrokes) {
    let sample = keys.sample(|_| true);
    let times = sample.iter().map(|text| timed(|| peers::frizbee(haystack, text, ANSWERS)).1);
    let theirs = p99(times.collect());
    let ours = p99(keys.0.iter().map(|(_, took)| *took).collect());
    let what = "  peer: frizbee, whole lines, one thread: p99";
    println!("{what:<58} {:>9.2} ms  ({SAMPLE} of {} keys asked)", millis(theirs), keys.0.len());
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let what = format!("  {n} people: our p99 as a share of its");
    println!(
        "{what:<58} {ratio:>9.4} ×  {:>9.4} ×{}",
        0.1,
        if n < LARGE || ratio <= 0.1 { "" } else { "  MISSED" }
    );
}

/// Whoever calls, however it is typed: recall by kind.
pub fn recall_of_callers() {
    let roster = callers::Roster::make(callers::PEOPLE);
    let index = roster.index();
    let queries = callers::queries(&roster, callers::EACH);
    let find = |text: &str, limit: usize| index.find(text, limit).iter().map(|m| m.target).collect();
    let (by_kind, total, misses) = callers::ask(&roster, &queries, find);
    println!("recall of callers: {} queries on {} people", queries.len(), roster.people.len());
    println!(
        "  {:<28} {:>6} {:>8} {:>6} {:>8} {:>8}",
        "kind", "asked", "in five", "told", "in five", "or equal"
    );
    let percent = callers::Tally::percent;
    for (kind, tally) in &by_kind {
        println!(
            "  {:<28} {:>6} {:>7.1}% {:>6} {:>7.1}% {:>7.1}%",
            format!("{kind:?}"),
            tally.asked,
            percent(tally.in_five, tally.asked),
            tally.told,
            percent(tally.told_in_five, tally.told),
            percent(tally.fair, tally.asked),
        );
    }
    at_least("recall of callers: in the first five", percent(total.in_five, total.asked), 97.0, "%");
    let told = percent(total.told_in_five, total.told);
    at_least("recall of callers: those told from the rest, in five", told, 99.5, "%");
    at_least("recall of callers: first, or behind none better", percent(total.fair, total.asked), 97.0, "%");
    if std::env::args().any(|arg| arg == "--verbose") {
        for miss in &misses {
            let name = &roster.people[miss.query.person].name;
            println!("  {:?} `{}` for {name}: place {:?}", miss.query.kind, miss.query.text, miss.place);
        }
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
