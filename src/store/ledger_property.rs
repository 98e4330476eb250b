//! Whatever an office declares: what is typed is what is kept, shown and read again; transitions end in declared states
//! only; a balance is the fold of its movements.

use super::act::{Act, Author, LedgerAct, Made};
use super::query;
use super::query::rows::LedgerAsk;
use super::tests::Office;
use crate::domain::ids::{EntryId, OpRef};
use crate::domain::ledger::Ledger;
use crate::domain::ledger::value::Values;
use crate::domain::time::{Calendar, MINUTE};
use crate::i18n::ledger::shown;
use proptest::prelude::*;

/// A type of column, and canonical values of it.
fn column() -> impl Strategy<Value = (&'static str, String)> {
    prop_oneof![
        "[一-龥a-z]{1,12}".prop_map(|text| ("text", text)),
        prop_oneof![Just("a"), Just("b"), Just("c")].prop_map(|code| ("code", code.to_owned())),
        prop_oneof![Just("a"), Just("a,b"), Just("b,c"), Just("a,b,c")]
            .prop_map(|codes| ("codes", codes.to_owned())),
        (2019..2022i32, 1..13u32, 1..29u32).prop_map(|(y, m, d)| ("date", format!("{y}-{m:02}-{d:02}"))),
        (1..29u32, 0..24u32, 0..60u32)
            .prop_map(|(d, h, m)| ("datetime", format!("2020-02-{d:02} {h:02}:{m:02}"))),
        (0..24u32, 0..60u32).prop_map(|(h, m)| ("time", format!("{h:02}:{m:02}"))),
        (-9_999_999..9_999_999i64).prop_map(|n| ("integer", n.to_string())),
        (340..430i32).prop_map(|tenths| ("temperature", tenths.to_string())),
        any::<bool>().prop_map(|yes| ("bool", i32::from(yes).to_string())),
    ]
}

/// A declaration with these columns, and states in a ring of which the last is the end.
fn declared(columns: &[(&'static str, String)], states: usize) -> String {
    let mut out = "name = \"any\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"任意\", en = \"Any\" }\n"
        .to_owned();
    for (at, (kind, _)) in columns.iter().enumerate() {
        out = format!(
            "{out}[[column]]\nfield = \"c{at}\"\ntitle = {{ zh = \"栏{at}\", en = \"Column {at}\" }}\ntype = \"{kind}\"\n"
        );
        if kind.starts_with("code") {
            out += "codes = { a = [\"甲\", \"first\"], b = [\"乙\", \"second\"], c = [\"丙\", \"third\"] }\n";
        }
    }
    out = format!("{out}[states]\ninitial = \"s0\"\nfinal = [\"s{}\"]\n", states - 1);
    for at in 1..states {
        let title = format!("{{ zh = \"第{at}步\", en = \"step {at}\" }}");
        out = format!(
            "{out}[[transition]]\nname = \"t{at}\"\ntitle = {title}\nfrom = [\"s{}\"]\nto = \"s{at}\"\n",
            at - 1
        );
    }
    out
}

fn act(act: LedgerAct) -> Act {
    Act::Ledger(Box::new(act))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_typed_is_kept_shown_and_read_again_and_states_are_declared_ones(
        columns in proptest::collection::vec(column(), 1..9),
        states in 2..5usize,
        steps in proptest::collection::vec(0..6usize, 0..8),
    ) {
        let text = declared(&columns, states);
        let ledger = Ledger::parse(&text).unwrap();
        let mut office = Office::new();
        office.act(&act(LedgerAct::Adopt { text }));
        let values: Values =
            columns.iter().enumerate().map(|(at, (_, value))| (format!("c{at}"), value.clone())).collect();
        let entries = vec![(values.clone(), vec![])];
        let done = office.try_act(&act(LedgerAct::Write { ledger: "any".to_owned(), entries, reason: String::new() })).unwrap();
        let Some(Made::Entry(entry)) = done.made else { panic!("nothing was made") };
        let sheet = |office: &Office| query::entry(&office.reader(), entry, office.now).unwrap().unwrap();
        prop_assert_eq!(&sheet(&office).entry.row.values, &values);
        for column in &ledger.part.columns {
            let value = &values[&column.field.name];
            let say = shown(column, value);
            for said in [&say.zh, &say.en] {
                let read = column.read(said, office.now, Calendar::default());
                prop_assert_eq!(read.as_ref(), Ok(value), "{} of {}", said, column.field.name);
            }
            prop_assert!(!column.json(value, Calendar::default()).is_null());
        }
        let mut state = 0;
        for step in steps {
            let transition = format!("t{step}");
            let move_ = LedgerAct::Move { entries: vec![entry], transition, values: Values::new(), reason: String::new(), pin: None };
            let went = office.try_act(&act(move_)).is_ok();
            prop_assert_eq!(went, step == state + 1 && step < states, "from {} by {}", state, step);
            state += usize::from(went);
            prop_assert_eq!(&sheet(&office).entry.row.state, &format!("s{state}"));
        }
        office.sound();
    }

    #[test]
    fn a_balance_is_the_fold_of_what_came_and_went(
        steps in proptest::collection::vec((0..6usize, 0..500i64, 0..600i64), 1..25),
    ) {
        let mut office = Office::new();
        let mut there: Vec<(EntryId, OpRef, i64, usize, i64)> = Vec::new();
        for (kind, quantity, back) in steps {
            office.now = office.now.plus(MINUTE);
            if kind == 4 {
                let Some((entry, ..)) = there.pop() else { continue };
                office.try_act(&act(LedgerAct::Withdraw { entry, reason: "记错".to_owned(), anyway: "x".to_owned() })).unwrap();
                continue;
            }
            if kind == 5 {
                let Some((_, op, ..)) = there.pop() else { continue };
                // A withdrawal of another entry does not stand against it.
                office.try_act(&Act::Undo { op: Some(op) }).unwrap();
                continue;
            }
            let how = ["in", "out", "scrap", "count"][kind];
            let values = Values::from([
                ("item".to_owned(), "mask".to_owned()),
                ("move".to_owned(), how.to_owned()),
                ("quantity".to_owned(), quantity.to_string()),
            ]);
            let at = office.now.plus(-back * MINUTE);
            let author = Author { happened_at: Some(at), ..office.author() };
            let write = act(LedgerAct::Write {
                ledger: "supplies".to_owned(),
                entries: vec![(values, vec![])],
                reason: "清点".to_owned(),
            });
            let done = office.store.commit(&author, &mut office.ids, &write).unwrap();
            let Some(Made::Entry(entry)) = done.made else { panic!("nothing was made") };
            there.push((entry, done.op, at.0, kind, quantity));
        }
        let mut told = there.clone();
        told.sort_by_key(|(_, op, at, ..)| (*at, op.seq));
        let balance = told.iter().fold(0, |balance, (.., kind, quantity)| match kind {
            0 => balance + quantity,
            3 => *quantity,
            _ => balance - quantity,
        });
        let ask = LedgerAsk { ledger: "supplies".to_owned(), ..LedgerAsk::default() };
        let rows = query::ledger(&office.reader(), &ask, office.now).unwrap().rows;
        let found = rows.first().map(|row| row.balance.unwrap().balance);
        prop_assert_eq!(found, (!there.is_empty()).then_some(balance));
        office.sound();
    }
}
