//! Those who can be told from the rest are found first: queries made from invented people by the rules of how
//! officers type, against a judge that looks at everybody. The large figures: `cargo bench --bench figures find`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

#[path = "../benches/figures/find/crowd/mod.rs"]
#[allow(dead_code, reason = "shared with the figures, which use more of it")]
mod crowd;

use crowd::engine;
use crowd::recall::recall;
use crowd::sound::Sounds;
use crowd::{Crowd, Judge, query};

#[test]
fn who_is_told_from_the_rest_is_found_first() {
    let crowd = Crowd::make(4028);
    let sounds = Sounds::default();
    let queries = query::make(&crowd, &sounds, 300);
    assert_eq!(queries.len(), 300);
    let judge = Judge::new(&crowd, &sounds);
    let index = engine::build(&crowd);
    let recall = recall(&crowd, &queries, &judge, |text, limit| {
        index.find(text, limit).iter().map(|found| found.target).collect()
    });
    for (rule, slip, t) in &recall.by_rule {
        println!(
            "{rule:?} {slip} asked {} ident {} in5 {} first {} fair {} exp {:.1}",
            t.asked, t.identified, t.in_five, t.first, t.first_but_equals, t.expected_first
        );
    }
    println!("{:?}", recall.total);
    for miss in &recall.misses {
        println!(
            "{:?} {} from {} equals {} place {:?}",
            miss.query.rule, miss.query.text, miss.human.name, miss.equals, miss.place
        );
    }
}
