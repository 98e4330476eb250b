//! Outside contacts: keys in, effects out.

use super::super::Effect;
use super::super::fixture::{Desk, contact_id, contacts, me, op};
use super::super::keymap::Context;
use super::*;
use crate::app::shown::msg::Msg;
use crate::app::shown::state::Layer;
use crate::app::shown::table::{List, RowId};
use crate::domain::contact::{ContactFacts, ContactKind};
use crate::domain::followup::FollowUpDraft;
use crate::domain::ids::Subject;
use crate::say::Lang;
use crate::store::act::{Act, Committed};

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys(":contacts\n").taken();
    desk
}

fn sent(desk: &mut Desk) -> Vec<(u64, Act)> {
    desk.taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Commit { token, act, officer, .. } => {
                assert_eq!(officer, me());
                Some((token, *act))
            }
            _ => None,
        })
        .collect()
}

fn error(desk: &Desk) -> String {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => form.error.as_ref().map(|say| say.zh.clone()).unwrap_or_default(),
        other => panic!("no form: {other:?}"),
    }
}

#[test]
fn the_directory_filters_goes_in_and_comes_back_to_the_same_row() {
    let mut desk = desk();
    assert_eq!(desk.state.context(), Context::Contacts);
    desk.keys("\\社区\n");
    assert_eq!(desk.state.list().map(List::len), Some(1));
    desk.keys("\n");
    assert!(desk.state.page_of::<ContactPage>().is_some_and(|page| page.id == contact_id(3)));
    assert_eq!(desk.state.context(), Context::Contact);
    desk.keys("\u{1b}");
    assert_eq!(desk.state.selected(), Some(RowId::Contact(contact_id(3))));
    // Another screen leaves both.
    desk.keys("\n4");
    assert!(desk.state.layers.is_empty());
}

#[test]
fn a_call_a_note_and_the_number_work_as_on_units() {
    let about = Some(Subject::Contact(contact_id(1)));
    for page in ["j", "j\n"] {
        let mut desk = desk();
        desk.keys(page).keys("y");
        // Of two numbers the first is called.
        assert_eq!(
            desk.taken().pop(),
            Some(Effect::Copy(if page == "j" {
                "0532-8690-5001、8690-5002".to_owned()
            } else {
                "053286905001".to_owned()
            }))
        );
        desk.keys("f\n");
        assert_eq!(sent(&mut desk)[0].1, Act::FollowUp(FollowUpDraft::not_reached(about)));
    }
    let mut desk = desk();
    desk.keys("j\nn转运已联系\n");
    assert_eq!(sent(&mut desk)[0].1, Act::Note { subject: about, text: "转运已联系".to_owned() });
}

#[test]
fn a_contact_is_added_with_its_organisation_and_number() {
    let mut desk = desk();
    desk.keys(":contact\n\n");
    assert!(error(&desk).contains("机构"));
    desk.keys("区教体局\t5\t\t\n");
    assert!(error(&desk).contains("电话"), "{}", error(&desk));
    desk.keys("0532-8690-6000\n");
    let facts = ContactFacts {
        kind: Some(ContactKind::Education),
        org: Some("区教体局".to_owned()),
        name: Some(String::new()),
        phone: Some("0532-8690-6000".to_owned()),
        note: Some(String::new()),
    };
    assert_eq!(sent(&mut desk)[0].1, Act::AddContact { facts });
}

#[test]
fn a_correction_says_only_what_changed_and_who_said_so() {
    let mut desk = desk();
    desk.keys("je");
    assert!(
        matches!(desk.state.layers.last(), Some(Layer::Form(_))),
        "the page is read first, then corrected"
    );
    desk.keys("\n");
    assert_eq!(error(&desk), "没有改动");
    desk.keys("\t\t王医生\n");
    assert!(error(&desk).contains("谁告知"));
    desk.keys("疾控来电\n");
    let acts = sent(&mut desk);
    let Act::EditContact { contact, facts, told_by } = &acts[0].1 else { panic!("{acts:?}") };
    assert_eq!((*contact, told_by.as_str()), (contact_id(1), "疾控来电"));
    let name = format!("{}王医生", contacts()[1].contact.name);
    assert_eq!(*facts, ContactFacts { name: Some(name), ..ContactFacts::default() });
}

#[test]
fn a_removal_asks_why_and_defaults_to_no() {
    let mut desk = desk();
    desk.keys("j:remove-contact\n").keys("机构撤并\n");
    assert_eq!(error(&desk), "确认请选“是”");
    desk.keys("y\n");
    let expected = Act::RemoveContact { contact: contact_id(1), reason: "机构撤并".to_owned() };
    assert_eq!(sent(&mut desk)[0].1, expected);
}

#[test]
fn southern_readings_are_turned_on_for_the_whole_office() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.taken();
    desk.keys(":confusions\n");
    let acts = sent(&mut desk);
    let Act::ChangeSettings(settings) = &acts[0].1 else { panic!("{acts:?}") };
    assert!(settings.confusions);
    desk.send(Msg::Committed { token: acts[0].0, committed: Committed { op: op(414), made: None } });
    let said = desk.state.feedback.as_ref().map(|line| line.say.zh.clone());
    assert_eq!(said.as_deref(), Some("南方口音混读：开"));
}
