//! Ledgers: a list of 100,000 entries, an entry logged beside a follow-up, a rebuild beside one of as many follow-ups, a
//! hostile declaration refused.

use crate::store::{everybody, memory_folder, office};
use crate::{line, p99, timed};
use std::time::Duration;
use zhiban::clock::Ids;
use zhiban::demo::{self, Size};
use zhiban::domain::followup::FollowUpDraft;
use zhiban::domain::ids::{Mint, Subject};
use zhiban::domain::ledger::Ledger;
use zhiban::domain::ledger::value::Values;
use zhiban::store::act::{Act, Author, LedgerAct};
use zhiban::store::query::rows::LedgerAsk;
use zhiban::store::{Store, query};

/// How many entries.
const ENTRIES: usize = 100_000;
/// How many an op brings, as from a sheet.
const AT_ONCE: usize = 1_000;

/// A gate's book: what comes in the greatest numbers.
const GATE: &str = r#"
name = "doors"
version = 1
what = "ledger"
title = { zh = "大门登记", en = "Doors" }
[[column]]
field = "at_time"
title = { zh = "时间", en = "At" }
type = "datetime"
required = true
[[column]]
field = "way"
title = { zh = "进出", en = "Way" }
type = "code"
codes = { in = ["进", "入校"], out = ["出", "离校"] }
required = true
[[column]]
field = "visitor"
title = { zh = "访客", en = "Visitor" }
[[column]]
field = "temperature"
title = { zh = "体温", en = "Temperature" }
type = "temperature"
[view]
alert = "temperature >= 37.3"
counter = { zh = "发热", en = "hot", when = "way == 'in' and temperature >= 37.3" }
"#;

fn entry(nth: usize) -> Values {
    let names = ["王伟", "张敏", "李娜", "欧阳娜", "单晓", "陈静", "刘洋", "杨强"];
    let minute = nth % (24 * 60);
    Values::from([
        (
            "at_time".to_owned(),
            format!("2020-02-{:02} {:02}:{:02}", 3 + nth / 7_200 % 14, minute / 60, minute % 60),
        ),
        ("way".to_owned(), if nth.is_multiple_of(2) { "in" } else { "out" }.to_owned()),
        ("visitor".to_owned(), format!("{}{}", names[nth % names.len()], nth)),
        ("temperature".to_owned(), (360 + nth % 15).to_string()),
    ])
}

/// Writes an act a second after the one before.
struct Hand {
    store: Store,
    author: Author,
    ids: Ids,
}

impl Hand {
    fn new(store: Store) -> Self {
        let officer = query::officers(&store.reader().expect("a reader")).expect("officers")[0].0;
        let mut ids = Ids::Random;
        let author = Author { officer, now: demo::now(), happened_at: None, op_id: ids.id(demo::now()) };
        Self { store, author, ids }
    }

    fn act(&mut self, act: &Act) -> Duration {
        self.author.now = self.author.now.plus(1000);
        self.author.op_id = self.ids.id(self.author.now);
        timed(|| self.store.commit(&self.author, &mut self.ids, act).expect("a commit")).1
    }

    fn write(&mut self, entries: Vec<Values>) -> Duration {
        let entries = entries.into_iter().map(|values| (values, Vec::new())).collect();
        let (ledger, reason) = ("doors".to_owned(), String::new());
        self.act(&Act::Ledger(Box::new(LedgerAct::Write { ledger, entries, reason })))
    }
}

pub fn ledgers() {
    let folder = memory_folder();
    let (store, _) = office(folder.path(), Size::default());
    let mut hand = Hand::new(store);
    hand.act(&Act::Ledger(Box::new(LedgerAct::Adopt { text: GATE.to_owned() })));
    for from in (0..ENTRIES).step_by(AT_ONCE) {
        hand.write((from..from + AT_ONCE).map(entry).collect());
    }
    lists(&hand);
    logged(&mut hand);
    let ((), entries) = timed(|| hand.store.rebuild().expect("a rebuild"));
    let folder = memory_folder();
    let (store, _) = office(folder.path(), Size::default());
    let mut other = Hand::new(store);
    let people = everybody(&other.store.reader().expect("a reader"));
    let ((), before) = timed(|| other.store.rebuild().expect("a rebuild"));
    for from in (0..ENTRIES).step_by(AT_ONCE) {
        let calls = (from..from + AT_ONCE).map(|i| {
            Act::FollowUp(FollowUpDraft {
                words: i.to_string(),
                ..FollowUpDraft::not_reached(Some(Subject::Person(people[i % people.len()].id)))
            })
        });
        other.act(&Act::Several(calls.collect()));
    }
    let ((), calls) = timed(|| other.store.rebuild().expect("a rebuild"));
    let bound = calls.saturating_sub(before) / 3;
    line(
        "rebuild of 100,000 entries; bound: 1/3 of as many follow-ups",
        entries.saturating_sub(before),
        bound,
    );
    let column = |n: usize| format!("[[column]]\nfield = \"c{n}\"\ntitle = {{ zh = \"x\", en = \"x\" }}\n");
    let hostile = GATE.to_owned() + &(0..10_000).map(column).collect::<String>();
    let deep = GATE.replace("temperature >= 37.3", &"(".repeat(30_000));
    let all = [hostile, deep].iter().map(|text| timed(|| assert!(Ledger::parse(text).is_err())).1).max();
    line("a hostile declaration refused, slowest", all.unwrap_or_default(), Duration::from_millis(50));
}

/// The list opened, filtered, sorted.
fn lists(hand: &Hand) {
    let reader = hand.store.reader().expect("a reader");
    let ask = LedgerAsk { ledger: "doors".to_owned(), limit: 240, ..LedgerAsk::default() };
    let measure = |what: &str, ask: &LedgerAsk| {
        let once = || timed(|| query::ledger(&reader, ask, hand.author.now).expect("a list")).1;
        let all: Vec<Duration> = (0..20).map(|_| once()).collect();
        line(&format!("100,000 entries: {what}, p99 of 20"), p99(all), Duration::from_millis(30));
    };
    measure("open", &ask);
    measure("open, in the middle", &LedgerAsk { offset: 50_000, ..ask.clone() });
    measure("filter", &LedgerAsk { filter: "单晓9".to_owned(), ..ask.clone() });
    measure("sort", &LedgerAsk { sort: Some(("visitor".to_owned(), false)), ..ask.clone() });
    // Beside the keys: nobody who is found by name waits for it.
    for (what, text) in [("few", "单晓99"), ("many", "单晓"), ("none", "无人来过")] {
        let find = || query::found_entries(&reader, text, query::ENTRIES, &|| true).expect("entries");
        let all: Vec<Duration> = (0..20).map(|_| timed(find).1).collect();
        line(
            &format!("100,000 entries: found by a word, {what}, p99 of 20"),
            p99(all),
            Duration::from_millis(150),
        );
    }
    let listed = || timed(|| query::ledgers(&reader, hand.author.now).expect("the ledgers")).1;
    line(
        "the list of ledgers, p99 of 20",
        p99((0..20).map(|_| listed()).collect()),
        Duration::from_millis(30),
    );
    let due = || timed(|| query::due(&reader, hand.author.now).expect("what is due")).1;
    line(
        "what is due, of everything, p99 of 20",
        p99((0..20).map(|_| due()).collect()),
        Duration::from_millis(30),
    );
}

/// An entry logged, beside a follow-up in the same run: one after the other.
fn logged(hand: &mut Hand) {
    let people = everybody(&hand.store.reader().expect("a reader"));
    let (mut entries, mut calls) = (Vec::new(), Vec::new());
    for i in 0..1_000 {
        entries.push(hand.write(vec![entry(ENTRIES + i)]));
        let subject = Some(Subject::Person(people[i * 7 % people.len()].id));
        calls.push(hand.act(&Act::FollowUp(FollowUpDraft::not_reached(subject))));
    }
    let bound = p99(calls) * 12 / 10;
    line("one entry logged, p99 of 1,000; bound: 1.2 of a follow-up's", p99(entries), bound);
}
