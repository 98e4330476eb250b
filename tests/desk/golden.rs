//! The wire format as shipped. `tests/data/events-1.jsonl` holds one event of every kind as the first version wrote
//! it, each later file the kinds and fields that came with its own; a file, once shipped, is never changed: what it holds must decode for good.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use serde_json::Value;
use std::collections::BTreeSet;
use zhiban::log::chain::{GENESIS, event_digest, head_code, op_hash, rows_digest};
use zhiban::log::event::Event;
use zhiban::log::{OpHead, wire};

/// What was shipped, in the order of the files.
const FILES: [&str; 8] = [
    include_str!("../data/events-1.jsonl"),
    include_str!("../data/events-2.jsonl"),
    include_str!("../data/events-3.jsonl"),
    include_str!("../data/events-4.jsonl"),
    include_str!("../data/events-5.jsonl"),
    include_str!("../data/events-6.jsonl"),
    include_str!("../data/events-7.jsonl"),
    include_str!("../data/events-8.jsonl"),
];

fn shipped() -> Vec<(String, u16, String)> {
    FILES
        .iter()
        .flat_map(|file| file.lines())
        .map(|line| {
            let value: Value = serde_json::from_str(line).unwrap();
            // The body as it stands in the line: the order of its fields is part of what was shipped.
            let body = line.split_once("\"body\":").unwrap().1;
            let body = body.strip_suffix('}').unwrap().to_owned();
            (value["kind"].as_str().unwrap().to_owned(), value["version"].as_u64().unwrap() as u16, body)
        })
        .collect()
}

#[test]
fn every_shipped_event_decodes_and_is_written_the_same_today() {
    for (kind, version, body) in shipped() {
        let event = wire::decode(&kind, version, &body).unwrap();
        assert!(!matches!(event, Event::Unknown(_)), "{kind} is no longer known");
        assert_eq!(wire::name(&event), (kind.as_str(), version));
        assert_eq!(wire::body(&event).unwrap(), body, "{kind}");
    }
}

#[test]
fn every_kind_that_is_written_today_has_been_shipped() {
    let shipped: BTreeSet<(String, u16)> =
        shipped().into_iter().map(|(kind, version, _)| (kind, version)).collect();
    let today: BTreeSet<(String, u16)> = wire::KINDS.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
    assert_eq!(shipped, today);
}

#[test]
fn an_older_body_without_added_fields_decodes_and_an_unknown_kind_is_kept() {
    let old = r#"{"followup":"01704f5a-0000-7000-8000-000000000008","channel":"phone","outcome":"well"}"#;
    assert!(matches!(wire::decode("followup.logged", 1, old).unwrap(), Event::FollowUpLogged(_)));
    let newer = wire::decode("followup.logged", 9, "{}").unwrap();
    assert!(matches!(newer, Event::Unknown(_)));
    assert_eq!(wire::name(&newer), ("followup.logged", 9));
    assert_eq!(wire::body(&newer).unwrap(), "{}");
    assert!(wire::decode("followup.logged", 1, "{}").is_err());
}

#[test]
fn the_chain_is_computed_as_it_was_shipped() {
    let uuid = |n: u128| uuid::Uuid::from_u128(0x0170_4f5a_0000_7000_8000_0000_0000_0000 + n);
    let head = OpHead {
        op: zhiban::domain::ids::OpRef { desk: uuid(1).into(), seq: 1 },
        id: uuid(2),
        lamport: 1,
        recorded_at: zhiban::domain::time::Ts(1_581_904_800_000),
        happened_at: zhiban::domain::time::Ts(1_581_904_200_000),
        officer: Some(uuid(3).into()),
        shift: None,
        undoes: None,
    };
    let event = event_digest("note.written", 1, &[7; 16], "{}");
    let hash = op_hash(&GENESIS, &head, &[event], &rows_digest([]));
    assert_eq!(head_code(1, &hash), "1-7857-JT46-XXDG-N0CP");
}
