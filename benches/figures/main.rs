//! The figures zhiban promises, measured: `cargo bench --bench figures [NAME…]`.
//!
//! Prints one line a figure: what, median (or p99) over the runs, the bound, and whether it is kept. Where a peer
//! is named it runs in the same run on the same input. Nothing here is a test: a slow machine is not a fault.

mod desk;
mod find;
mod ledgers;
mod paper;
mod sheets;
mod store;

use std::time::Duration;
use zhiban::clock::monotonic;

/// How often each whole figure is measured; the median counts.
pub const RUNS: usize = 5;

fn main() {
    // `cargo bench` passes `--bench`; what is left are names of figures.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|w| name.contains(w.as_str()));
    machine();
    println!("{:<58} {:>12} {:>12}", "figure", "measured", "bound");
    for (name, measure) in [
        ("start", desk::start as fn()),
        ("memory", desk::memory_and_idle),
        ("screens", desk::screens),
        ("demo", store::demo),
        ("followup", store::followup),
        ("rebuild", store::rebuild),
        ("check", store::check),
        ("ledgers", ledgers::ledgers),
        ("import", sheets::import),
        ("collect", sheets::collect),
        ("history", sheets::history),
        ("papers", paper::papers),
        ("find-small", find::small),
        ("find-callers", find::recall_of_callers),
        ("find-large", find::large),
        ("find-database", find::database),
    ] {
        if is_wanted(name) {
            measure();
        }
    }
    // Take long to make.
    if wanted.iter().any(|name| name == "large-import") {
        sheets::large();
    }
    if wanted.iter().any(|name| name == "check-large") {
        store::check_large();
    }
}

fn machine() {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = read("/proc/meminfo");
    let memory = memory.lines().next().unwrap_or_default().trim_start_matches("MemTotal:").trim().to_owned();
    println!("machine: {} × {cores}, {memory}", cpu.trim_start_matches([' ', '\t', ':']));
}

/// Measures `RUNS` times; the median.
pub fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut all: Vec<Duration> = (0..RUNS).map(|_| run()).collect();
    all.sort_unstable();
    all[RUNS / 2]
}

/// The 99th of a hundred.
pub fn p99(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all[(all.len() * 99 / 100).min(all.len() - 1)]
}

/// How long something takes.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begin = monotonic();
    let made = run();
    (made, begin.elapsed())
}

/// One line of the table.
pub fn line(what: &str, measured: Duration, bound: Duration) {
    let mark = if measured <= bound { "" } else { "  MISSED" };
    println!("{what:<58} {:>9.2} ms {:>9.0} ms{mark}", ms(measured), ms(bound));
}

/// One line of the table whose figure is not a time.
pub fn number(what: &str, measured: f64, bound: f64, unit: &str) {
    let mark = if measured <= bound { "" } else { "  MISSED" };
    println!("{what:<58} {measured:>9.2} {unit:<2} {bound:>9.2} {unit}{mark}");
}

/// One line of the table whose figure must not be smaller than its bound.
pub fn at_least(what: &str, measured: f64, bound: f64, unit: &str) {
    let mark = if measured >= bound { "" } else { "  MISSED" };
    println!("{what:<58} {measured:>9.2} {unit:<2} {bound:>9.2} {unit}{mark}");
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
