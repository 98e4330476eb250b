//! What entries of registers propose: shown and due until something is made of it or it is declined; both taken back.

use super::act::{Act, Committed, LedgerAct, Made, Taken};
use super::ledger_tests::{adopted, ledger, made, moved, page, sheet, values, written};
use super::query::rows::{EntryAsk, Proposal, Proposed};
use super::tests::Office;
use super::*;
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::ids::EntryId;
use crate::domain::item::DueState;
use crate::domain::ledger::value::Values;
use crate::log::event::Raised;
use crate::say::Lang;

fn take(entry: EntryId, raise: &str, made: Taken) -> Act {
    ledger(LedgerAct::TakeUp { entry, raise: raise.to_owned(), made })
}

fn decline(entry: EntryId, raise: &str, reason: &str) -> Act {
    ledger(LedgerAct::Decline { entry, raise: raise.to_owned(), reason: reason.to_owned() })
}

/// What stands in 待办 of the proposals of entries, by kind and entry.
fn due(office: &Office) -> Vec<(String, uuid::Uuid, DueState)> {
    let all = query::due(&office.reader(), office.now).unwrap();
    let raised = all.into_iter().filter(|row| row.item.kind.code().contains(":raise/"));
    raised.map(|row| (row.item.kind.code().to_owned(), row.item.id, row.state)).collect()
}

fn masks_left(office: &Office, item: &str) -> Option<i64> {
    let rows = page(office, "supplies").rows;
    let row = rows.iter().find(|row| row.row.values.get("item").is_some_and(|known| known == item))?;
    row.balance.map(|balance| balance.balance)
}

fn disinfected(office: &mut Office, agent: &str, litres: &str) -> (EntryId, Committed) {
    let known = query::entry_of_line(&office.reader(), "places", "南门").unwrap();
    let place = known.unwrap_or_else(|| {
        let done = office.act(&written("places", &[("name", "南门"), ("class", "key")], &[]));
        made(&done)
    });
    let id = place.to_string();
    let mut said = vec![("place", id.as_str()), ("agent", agent), ("by", "王师傅")];
    said.extend((!litres.is_empty()).then_some(("litres", litres)));
    let done = office.act(&written("disinfection", &said, &[]));
    (made(&done), done)
}

fn set_of(proposal: &Proposal) -> Values {
    match &proposal.to {
        Proposed::Entry { values, .. } => values.clone(),
        Proposed::Case { .. } => panic!("a case is proposed"),
    }
}

#[test]
fn what_is_used_up_is_proposed_to_leave_the_store_and_does_when_somebody_says_so() {
    let mut office = Office::new();
    office.act(&written("supplies", &[("item", "disinfectant"), ("move", "in"), ("quantity", "130")], &[]));
    for (agent, litres) in [("alcohol", "5"), ("chlorine", "")] {
        let (entry, _) = disinfected(&mut office, agent, litres);
        assert!(sheet(&office, entry).proposed.is_empty() && due(&office).is_empty());
    }
    let (entry, wrote) = disinfected(&mut office, "chlorine", "5");
    assert_eq!(due(&office), [("ledger:disinfection:raise/supplies".to_owned(), entry.0, DueState::Open)]);
    let proposed = sheet(&office, entry).proposed;
    let set = values(&[("item", "disinfectant"), ("move", "out"), ("quantity", "5")]);
    assert_eq!((proposed.len(), set_of(&proposed[0]), proposed[0].unfit.len()), (1, set.clone(), 0));
    assert_eq!(masks_left(&office, "disinfectant"), Some(130), "it proposes, it does not decide");

    let taken = office.act(&take(entry, "supplies", Taken::Entry(set.clone(), Vec::new(), String::new())));
    let other = made(&taken);
    assert_eq!(masks_left(&office, "disinfectant"), Some(125));
    let of = sheet(&office, entry);
    assert!(of.proposed.is_empty() && due(&office).is_empty());
    assert_eq!(of.raised.len(), 1);
    assert_eq!(of.raised[0].made, Some((Raised::Entry(other), "消毒液 总库".to_owned())));
    assert_eq!(sheet(&office, other).origin.unwrap().entry, entry);
    let twice = office
        .try_act(&take(entry, "supplies", Taken::Entry(set.clone(), Vec::new(), String::new())))
        .unwrap_err();
    assert!(twice.text(Lang::En).contains("is not proposed any longer"), "{twice:?}");
    assert!(office.try_act(&Act::Undo { op: Some(wrote.op) }).is_err(), "something was made of it");

    let undone = office.act(&Act::Undo { op: Some(taken.op) });
    assert_eq!((masks_left(&office, "disinfectant"), due(&office).len()), (Some(130), 1));
    assert!(sheet(&office, entry).raised.is_empty());
    office.act(&take(entry, "supplies", Taken::Entry(set, Vec::new(), String::new())));
    assert!(office.try_act(&Act::Undo { op: Some(undone.op) }).is_err(), "it is not taken up twice");
    office.sound();
}

#[test]
fn what_is_proposed_is_declined_with_a_reason_and_gone_where_it_no_longer_follows() {
    let mut office = Office::new();
    let (entry, _) = disinfected(&mut office, "chlorine", "5");
    assert!(office.try_act(&decline(entry, "supplies", " ")).is_err(), "a reason is needed");
    assert!(office.try_act(&decline(entry, "case", "x")).is_err(), "it does not propose a case");
    let declined = office.act(&decline(entry, "supplies", "自带药剂"));
    let of = sheet(&office, entry);
    assert!(of.proposed.is_empty() && due(&office).is_empty());
    assert_eq!((of.raised[0].reason.as_str(), of.raised[0].made.is_none()), ("自带药剂", true));
    let log =
        query::log(&office.reader(), &query::rows::LogQuery { limit: 1, ..Default::default() }).unwrap();
    let line = crate::i18n::events::event_line(&log.rows[0].event);
    assert!(line.zh.contains("不办") && line.zh.contains("自带药剂"), "{line:?}");
    office.act(&Act::Undo { op: Some(declined.op) });
    assert_eq!(due(&office).len(), 1);
    let values = values(&[("litres", "")]);
    office.act(&ledger(LedgerAct::Change {
        entry,
        values,
        reason: "写错了".to_owned(),
        anyway: String::new(),
    }));
    assert!(sheet(&office, entry).proposed.is_empty() && due(&office).is_empty());
    office.act(&Act::Undo { op: None });
    office.act(&ledger(LedgerAct::Withdraw { entry, reason: "重复".to_owned(), anyway: String::new() }));
    assert!(due(&office).is_empty(), "it was a mistake");
    office.sound();
}

#[test]
fn a_fever_proposes_a_case_of_that_person_alone() {
    let mut office = Office::new();
    let person = office.people[0];
    let id = person.to_string();
    let cough = made(&office.act(&written("absence", &[("person", &id), ("symptoms", "cough")], &[])));
    assert!(sheet(&office, cough).proposed.is_empty());
    office.now = office.now.plus(24 * crate::domain::time::HOUR);
    let entry = made(&office.act(&written("absence", &[("person", &id), ("symptoms", "fever,cough")], &[])));
    let proposed = sheet(&office, entry).proposed;
    let Proposed::Case { person: whose, facts, .. } = &proposed[0].to else { panic!("no case is proposed") };
    let said = CaseFacts {
        categories: Some(vec![Category::Fever]),
        measure: Some(Measure::Home),
        ..CaseFacts::default()
    };
    assert_eq!((*whose, &**facts), (person, &said));
    let wrong = office.try_act(&take(entry, "case", Taken::Entry(Values::new(), Vec::new(), String::new())));
    assert!(wrong.is_err(), "what is proposed is a case");
    let done = office.act(&take(entry, "case", Taken::Case(said.clone())));
    let Some(Made::Case(case)) = done.made else { panic!("no case was opened") };
    assert_eq!(query::case_facts(&office.reader(), case).unwrap().unwrap().categories, said.categories);
    assert_eq!(
        sheet(&office, entry).raised[0].made.as_ref().map(|(made, _)| *made),
        Some(Raised::Case(case))
    );
    // What was made of it goes with the person it is about.
    office.act(&Act::ReleaseCase { case, reason: "排除".to_owned(), early: true });
    let steps = [("well", ""), ("back", "certificate")];
    for entry in [cough, entry] {
        for (step, ask) in steps {
            let said =
                if ask.is_empty() || entry == cough { Values::new() } else { values(&[(ask, "证明.pdf")]) };
            if !said.is_empty() {
                let change =
                    LedgerAct::Change {
                        entry, values: said, reason: "补".to_owned(), anyway: String::new()
                    };
                office.act(&ledger(change));
            }
            office.act(&moved(&[entry], step, &[], ""));
        }
    }
    office.act(&Act::Erase { person, reason: "学生本人要求".to_owned() });
    let left: i64 = office
        .store
        .conn
        .query_row("SELECT count(*) FROM log_body WHERE body LIKE ?1", [format!("%{entry}%")], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(left, 0);
    office.sound();
}

#[test]
fn what_is_made_of_a_proposal_is_about_the_same_person() {
    let mut office = Office::new();
    let head = "version = 1\nwhat = \"ledger\"\ntitle = { zh = \"本\", en = \"Book\" }\nsubject = \"person\"\n\
        [[column]]\nfield = \"hot\"\ntitle = { zh = \"发热\", en = \"Hot\" }\ntype = \"bool\"\n";
    let to = "[[raise]]\nto = \"book\"\nwhen = \"hot\"\nset = { person = \"person\" }\n";
    let adopt = |office: &mut Office, text: String| office.try_act(&ledger(LedgerAct::Adopt { text }));
    let early = adopt(
        &mut office,
        format!("name = \"watch\"\n{}{to}", head.replace("\"本\"", "\"看护\"").replace("Book", "Watch")),
    )
    .unwrap_err();
    assert!(early.text(Lang::En).contains("there is no ledger called \"book\""), "{early:?}");
    assert!(early.text(Lang::En).contains("line 11"), "{early:?}");
    adopt(&mut office, format!("name = \"book\"\n{head}")).unwrap();
    adopt(
        &mut office,
        format!("name = \"watch\"\n{}{to}", head.replace("\"本\"", "\"看护\"").replace("Book", "Watch")),
    )
    .unwrap();
    let (one, two) = (office.people[0].to_string(), office.people[1].to_string());
    let entry = made(&office.act(&written("watch", &[("person", &one), ("hot", "1")], &[])));
    let set = set_of(&sheet(&office, entry).proposed[0]);
    assert_eq!(set["person"], one);
    let of = |person: &str| {
        take(entry, "book", Taken::Entry(values(&[("person", person)]), Vec::new(), String::new()))
    };
    assert!(office.try_act(&of(&two)).is_err());
    office.act(&of(&one));
    office.sound();
}

#[test]
fn what_is_expected_again_and_again_stands_on_the_page_of_what_it_concerns() {
    let mut office = Office::new();
    let done = office.act(&written("places", &[("name", "南门"), ("class", "key")], &[]));
    let gate = made(&done);
    office.act(&written("places", &[("name", "北门"), ("class", "key")], &[]));
    let masks =
        made(&office.act(&written("supplies", &[("item", "mask"), ("move", "in"), ("quantity", "5")], &[])));
    office.now = office.now.plus(9 * 24 * crate::domain::time::HOUR);
    let of = |office: &Office, entry| {
        let due = sheet(office, entry).due.into_iter();
        due.map(|due| (due.ledger, due.due, due.name.zh)).collect::<Vec<_>>()
    };
    let named = |of: &[(&str, &str, &str)]| -> Vec<(String, String, String)> {
        of.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
    };
    let expected = [("disinfection", "key-area", "南门")];
    assert_eq!(of(&office, gate), named(&expected));
    assert_eq!(of(&office, masks), named(&[("supplies", "stocktake", "口罩 总库")]));
    let kind = crate::domain::item::ItemKind::of_ledger("supplies", "stocktake");
    let ask = EntryAsk::Due(kind, masks.0);
    let form = query::entry_form(&office.reader(), &ask, office.now).unwrap();
    let given = form.given.unwrap().values;
    assert_eq!(
        given,
        values(&[("item", "mask"), ("place", "总库"), ("move", "count")]),
        "only a count settles it"
    );
    let place = gate.to_string();
    let entry = made(&office.act(&written("disinfection", &[("place", &place), ("by", "王师傅")], &[])));
    assert!(of(&office, gate).is_empty() && of(&office, entry).is_empty());
    office.now = office.now.plus(2 * 24 * crate::domain::time::HOUR);
    assert_eq!(of(&office, entry), named(&expected), "what is expected of its area concerns it");
}

#[test]
fn what_was_made_of_an_entry_of_nobody_stays_made_when_whom_it_is_about_is_erased() {
    let mut office = Office::new();
    let column = |name: &str, kind: &str| {
        format!(
            "[[column]]\nfield = \"{name}\"\ntitle = {{ zh = \"栏\", en = \"Column\" }}\ntype = \"{kind}\"\n"
        )
    };
    let (words, loud) = (column("words", "text"), column("loud", "bool"));
    let raise = "[[raise]]\nto = \"book\"\nwhen = \"loud\"\nset = { words = \"'吵闹'\" }\n";
    adopted(&mut office, &format!("name = \"book\"\nHEAD\nsubject = \"person\"\n{words}"));
    let head = "version = 1\nwhat = \"ledger\"\ntitle = { zh = \"噪声\", en = \"Noise\" }\n";
    adopted(&mut office, &format!("name = \"noise\"\n{head}{loud}{raise}"));
    let entry = made(&office.act(&written("noise", &[("loud", "1")], &[])));
    let person = office.people[0];
    let said = values(&[("words", "吵闹"), ("person", &person.to_string())]);
    office.act(&take(entry, "book", Taken::Entry(said, Vec::new(), String::new())));
    office.act(&Act::Erase { person, reason: "学生本人要求".to_owned() });
    let shown = sheet(&office, entry);
    assert!(shown.proposed.is_empty() && due(&office).is_empty(), "it is not proposed again");
    assert_eq!(shown.raised.iter().filter(|raised| raised.made.is_some()).count(), 1);
    office.sound();
}

#[test]
fn what_was_begun_with_somebodys_entry_goes_with_them() {
    let mut office = Office::new();
    let person = office.people[0];
    let id = person.to_string();
    let entry = made(&office.act(&written("absence", &[("person", &id), ("symptoms", "fever")], &[])));
    let other = made(&office.act(&written("places", &[("name", "南门"), ("class", "key")], &[])));
    let keys = [format!("case/raised/{entry}/case"), format!("entry/change/{other}")];
    for key in &keys {
        let sql = "INSERT INTO local_draft (key, body, saved_at) VALUES (?1, '母亲陪护', 0)";
        office.store.conn.execute(sql, [key]).unwrap();
    }
    office.act(&Act::Erase { person, reason: "学生本人要求".to_owned() });
    let left: Vec<String> = (office.store.conn.prepare("SELECT key FROM local_draft").unwrap())
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    assert_eq!(left, keys[1..]);
}
