//! Outside contacts: in the directory, called, removed; and what is taken back of it.

use super::act::{Act, Made};
use super::query::rows::LogQuery;
use super::tests::Office;
use super::*;
use crate::domain::contact::{ContactFacts, ContactKind};
use crate::domain::followup::{FollowUpDraft, Outcome};
use crate::domain::ids::{ContactId, Subject};
use crate::domain::time::MINUTE;
use crate::say::Lang;

fn facts(org: &str, name: &str, phone: &str) -> ContactFacts {
    ContactFacts {
        kind: Some(ContactKind::Cdc),
        org: Some(org.to_owned()),
        name: Some(name.to_owned()),
        phone: Some(phone.to_owned()),
        note: None,
    }
}

fn add(office: &mut Office, facts: ContactFacts) -> ContactId {
    match office.act(&Act::AddContact { facts }).made {
        Some(Made::Contact(contact)) => contact,
        other => panic!("no contact was made: {other:?}"),
    }
}

#[test]
fn a_contact_is_called_keeps_promises_and_keeps_its_name_on_old_calls() {
    let mut office = Office::new();
    let cdc = add(&mut office, facts("海岬区疾控中心", "应急办", "0532-66780000"));
    let subject = Some(Subject::Contact(cdc));
    office.act(&Act::FollowUp(FollowUpDraft {
        outcome: Outcome::Promised,
        words: "下午给名单".to_owned(),
        promise_due: Some(office.now.plus(30 * MINUTE)),
        ..FollowUpDraft::not_reached(subject)
    }));
    office.act(&Act::Note { subject, text: "夜间改打手机".to_owned() });
    let due = query::due(&office.reader(), office.now).unwrap();
    assert_eq!((due[0].subject, due[0].name.as_str()), (subject, "海岬区疾控中心 应急办"));
    assert_eq!(query::status(&office.reader(), office.now).unwrap().unattached, 0);

    office.now = office.now.plus(MINUTE);
    let Some(promise) = due[0].item.promise() else { panic!("{due:?}") };
    office.act(&Act::FollowUp(FollowUpDraft {
        outcome: Outcome::Informed,
        ends: vec![(promise, crate::domain::followup::PromiseEnd::Kept)],
        ..FollowUpDraft::not_reached(subject)
    }));
    assert!(
        query::due(&office.reader(), office.now).unwrap().is_empty(),
        "the second call settles the promise, as it was asked"
    );
    let row = &query::contacts(&office.reader()).unwrap()[0];
    assert_eq!((row.last_call, row.keys.contains("jikong")), (Some(office.now), true));

    let edit = ContactFacts { name: Some("值班室".to_owned()), ..ContactFacts::default() };
    office.act(&Act::EditContact { contact: cdc, facts: edit, told_by: "指挥部".to_owned() });
    office.act(&Act::RemoveContact { contact: cdc, reason: "机构合并".to_owned() });
    assert!(query::contacts(&office.reader()).unwrap().is_empty());
    let sheet = query::contact(&office.reader(), cdc).unwrap().unwrap();
    assert_eq!((sheet.removed, sheet.calls.len(), sheet.notes.len()), (true, 2, 1));
    assert_eq!(sheet.calls[0].name, "海岬区疾控中心 值班室");
    assert_eq!(sheet.contact.phone, "0532-66780000");
    let refused = office.try_act(&Act::FollowUp(FollowUpDraft::not_reached(subject))).unwrap_err();
    assert!(refused.text(Lang::En).contains("no such outside contact"), "{refused:?}");

    office.act(&Act::Undo { op: None });
    assert_eq!(query::contacts(&office.reader()).unwrap().len(), 1);
    let log = LogQuery { subject, limit: 100, ..LogQuery::default() };
    let kinds: Vec<String> =
        query::log(&office.reader(), &log).unwrap().rows.into_iter().map(|row| row.kind).collect();
    assert_eq!(kinds.last().map(String::as_str), Some("contact.added"));
    assert!(kinds.contains(&"contact.removed".to_owned()) && kinds.contains(&"followup.logged".to_owned()));
    let by_name = LogQuery { filter: "值班室 合并".to_owned(), limit: 100, ..LogQuery::default() };
    assert_eq!(query::log(&office.reader(), &by_name).unwrap().rows[0].name, "海岬区疾控中心 值班室");
}

#[test]
fn the_adding_is_taken_back_only_before_it_was_called() {
    let mut office = Office::new();
    let added = office.act(&Act::AddContact { facts: facts("区医院", "", "0532-66781111") });
    let Some(Made::Contact(hospital)) = added.made else { panic!("no contact was made") };
    let call = office.act(&Act::FollowUp(FollowUpDraft::not_reached(Some(Subject::Contact(hospital)))));
    let refused = office.try_act(&Act::Undo { op: Some(added.op) }).unwrap_err();
    assert!(refused.text(Lang::En).contains(&format!("#{}", call.op.seq)), "{refused:?}");
    office.act(&Act::Undo { op: None });
    office.act(&Act::Undo { op: None });
    assert!(query::contact(&office.reader(), hospital).unwrap().is_none());
}

#[test]
fn what_cannot_stand_is_refused() {
    let mut office = Office::new();
    let nameless = ContactFacts { org: Some(" ".to_owned()), ..ContactFacts::default() };
    let removing = |contact, reason: &str| Act::RemoveContact { contact, reason: reason.to_owned() };
    assert!(office.try_act(&Act::AddContact { facts: nameless }).is_err());
    let one = add(&mut office, facts("区医院", "门诊", "120"));
    let again = office.try_act(&Act::AddContact { facts: facts("区医院", "门诊", "120") }).unwrap_err();
    assert!(again.text(Lang::Zh).contains("区医院 门诊"), "{again:?}");
    let beside = office.try_act(&Act::AddContact { facts: facts("区医院", "门诊", "121") });
    assert!(beside.is_err(), "another number of theirs belongs to the same line");
    let nothing = Act::EditContact { contact: one, facts: ContactFacts::default(), told_by: "x".to_owned() };
    assert!(office.try_act(&nothing).is_err());
    assert!(office.try_act(&removing(one, " ")).is_err());
    office.act(&removing(one, "x"));
    // Somebody else has the number now: the removal cannot be taken back beside them.
    let removed = office.act(&Act::AddContact { facts: facts("区医院", "门诊", "120") });
    let Some(Made::Contact(_)) = removed.made else { panic!("no contact was made") };
    let op = crate::domain::ids::OpRef { seq: removed.op.seq - 1, ..removed.op };
    assert!(office.try_act(&Act::Undo { op: Some(op) }).is_err());
    office.sound();
}

#[test]
fn a_typed_name_finds_the_contact_that_is_meant() {
    let mut office = Office::new();
    let desk = add(&mut office, facts("区医院", "", "120"));
    let ward = add(&mut office, facts("区医院", "门诊", "121"));
    let named = |text: &str| -> Vec<ContactId> {
        query::contact_by_name(&office.reader(), text).unwrap().iter().map(|contact| contact.id).collect()
    };
    assert_eq!(named("区医院 门诊"), [ward]);
    assert_eq!(named("门诊"), [ward]);
    assert_eq!(named(&ward.to_string()), [ward]);
    assert_eq!(named("区医院"), [desk]);
    assert!(named("市医院").is_empty());
}

#[test]
fn one_organisation_and_name_is_there_once_and_its_number_can_be_called() {
    let mut office = Office::new();
    office.act(&Act::AddContact { facts: facts("市疾控中心", "", "0532-66781111") });
    let twin = office.try_act(&Act::AddContact { facts: facts(" 市疾控中心", "", "0532-66782222") });
    assert!(twin.is_err());
    office.act(&Act::AddContact { facts: facts("市疾控中心", "应急办", "120") });
    assert!(office.try_act(&Act::AddContact { facts: facts("急救", "", "12") }).is_err());
}
