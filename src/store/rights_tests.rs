//! Roles: what each may do, who approves what, and that there is always somebody who can.

use super::act::{Act, Author, Made};
use super::tests::Office;
use super::*;
use crate::domain::case::{CaseFacts, Category};
use crate::domain::ids::{CaseId, OfficerId};
use crate::domain::officer::Role;
use crate::domain::pin::Pin;
use crate::log::event::Event;
use query::roles;

fn named(office: &Office, name: &str) -> OfficerId {
    query::officers(&office.reader()).unwrap().into_iter().find(|(_, known)| known == name).unwrap().0
}

fn as_officer(office: &mut Office, officer: OfficerId, act: &Act) -> Result<Committed> {
    let now = office.now;
    let author = Author { officer, now, happened_at: None, op_id: office.ids.id(now) };
    office.store.commit(&author, &mut office.ids, act)
}

fn said(done: Result<Committed>) -> String {
    let say = done.unwrap_err().say();
    format!("{} {}", say.zh, say.en)
}

fn role(office: &Office, officer: OfficerId) -> Role {
    roles(&office.reader()).unwrap().into_iter().find(|(id, _)| *id == officer).unwrap().1
}

/// A case that something stands against.
fn case(office: &mut Office, person: usize) -> CaseId {
    let facts = CaseFacts { categories: Some(vec![Category::Suspected]), ..CaseFacts::default() };
    let made = office.act(&Act::OpenCase { person: office.people[person], facts }).made;
    let Some(Made::Case(case)) = made else { panic!("{made:?}") };
    case
}

fn early(case: CaseId) -> Act {
    Act::ReleaseCase { case, reason: "误列".to_owned(), early: true }
}

fn approved(act: Act, by: OfficerId, pin: Option<&str>) -> Act {
    Act::Approved { act: Box::new(act), by, pin: pin.map(|pin| Pin::new(pin).unwrap()) }
}

fn last_event(office: &Office) -> Event {
    let op = query::log(&office.reader(), &query::rows::LogQuery { limit: 1, ..Default::default() })
        .unwrap()
        .rows[0]
        .op;
    query::op_events(&office.reader(), op).unwrap().pop().unwrap()
}

#[test]
fn the_first_officer_leads_and_a_duty_officer_releases_early_with_a_leads_approval_only() {
    let mut office = Office::new();
    let (lead, duty) = (named(&office, "甲"), named(&office, "乙"));
    assert_eq!((role(&office, lead), role(&office, duty)), (Role::Lead, Role::Duty));
    let first = case(&mut office, 0);
    let refused = said(as_officer(&mut office, duty, &early(first)));
    assert!(refused.contains("解除须由带班领导批准：甲"), "{refused}");
    // Approved by oneself is not approved.
    assert!(as_officer(&mut office, duty, &approved(early(first), duty, None)).is_err());
    as_officer(&mut office, duty, &approved(early(first), lead, None)).unwrap();
    let Event::CaseReleased(released) = last_event(&office) else { panic!("no release") };
    assert_eq!(released.approved_by, Some(lead), "who approved it stands in the log");
    // Where the lead has a PIN the name alone is not enough.
    let author =
        Author { officer: lead, now: office.now, happened_at: None, op_id: office.ids.id(office.now) };
    office.store.set_pin(&author, &mut office.ids, lead, None, Pin::new("4711")).unwrap();
    let second = case(&mut office, 1);
    assert!(as_officer(&mut office, duty, &approved(early(second), lead, None)).is_err());
    assert!(as_officer(&mut office, duty, &approved(early(second), lead, Some("0000"))).is_err());
    as_officer(&mut office, duty, &approved(early(second), lead, Some("4711"))).unwrap();
    // A lead on duty does it alone.
    let third = case(&mut office, 2);
    as_officer(&mut office, lead, &early(third)).unwrap();
    let Event::CaseReleased(released) = last_event(&office) else { panic!("no release") };
    assert_eq!(released.approved_by, None);
}

#[test]
fn whom_only_the_command_names_as_a_lead_confirms_with_the_pin() {
    let mut office = Office::new();
    let (lead, other) = (named(&office, "甲"), named(&office, "乙"));
    as_officer(&mut office, lead, &Act::SetRole { officer: other, role: Role::Lead }).unwrap();
    let author =
        Author { officer: other, now: office.now, happened_at: None, op_id: office.ids.id(office.now) };
    office.store.set_pin(&author, &mut office.ids, other, None, Pin::new("4711")).unwrap();
    let case = case(&mut office, 0);
    let refused = said(as_officer(&mut office, other, &early(case)));
    assert!(refused.contains("乙不在班"), "{refused}");
    as_officer(&mut office, other, &approved(early(case), other, Some("4711"))).unwrap();
}

#[test]
fn a_read_only_officer_prints_and_does_nothing_else_and_takes_no_shift() {
    let mut office = Office::new();
    let (lead, other) = (named(&office, "甲"), named(&office, "乙"));
    as_officer(&mut office, lead, &Act::SetRole { officer: other, role: Role::ReadOnly }).unwrap();
    let note = Act::Note { subject: None, text: "x".to_owned() };
    let refused = said(as_officer(&mut office, other, &note));
    assert!(refused.contains("乙为只读"), "{refused}");
    let reveal = Act::Reveal { person: office.people[0], reason: "call".to_owned() };
    assert!(as_officer(&mut office, other, &reveal).is_err());
    assert!(as_officer(&mut office, other, &approved(note.clone(), lead, None)).is_err());
    let printed = Act::Printed {
        paper: "handover".to_owned(),
        to: "x.pdf".to_owned(),
        head: String::new(),
        subject: None,
    };
    as_officer(&mut office, other, &printed).unwrap();
    let shift = query::shift_range(&office.reader()).unwrap().unwrap().id;
    let close = Act::CloseShift(Box::new(act::Close::new(shift, other)));
    assert!(said(as_officer(&mut office, lead, &close)).contains("不能接班"));
    as_officer(&mut office, lead, &Act::SetRole { officer: other, role: Role::Duty }).unwrap();
    as_officer(&mut office, other, &note).unwrap();
}

#[test]
fn the_last_lead_stays_one_and_only_leads_give_roles() {
    let mut office = Office::new();
    let (lead, duty) = (named(&office, "甲"), named(&office, "乙"));
    let mine = Act::SetRole { officer: duty, role: Role::Lead };
    assert!(said(as_officer(&mut office, duty, &mine)).contains("甲"));
    let step_down = Act::SetRole { officer: lead, role: Role::Duty };
    assert!(said(as_officer(&mut office, lead, &step_down)).contains("唯一的带班领导"));
    as_officer(&mut office, lead, &mine).unwrap();
    as_officer(&mut office, lead, &step_down).unwrap();
    assert_eq!((role(&office, lead), role(&office, duty)), (Role::Duty, Role::Lead));
    // What gives a role is corrected by another, never taken back.
    assert!(as_officer(&mut office, duty, &Act::Undo { op: None }).is_err());
    let added = Act::AddOfficerAs { name: "丙".to_owned(), role: Role::ReadOnly };
    assert!(as_officer(&mut office, lead, &added).is_err());
    as_officer(&mut office, duty, &added).unwrap();
    let third = named(&office, "丙");
    assert_eq!(role(&office, third), Role::ReadOnly);
    assert!(check::check(&office.reader(), None).unwrap().is_sound());
}

#[test]
fn the_numbers_of_everybody_need_a_second_officer_even_of_a_lead() {
    let mut office = Office::new();
    let (lead, duty) = (named(&office, "甲"), named(&office, "乙"));
    let reveal = |person| Act::Reveal { person, reason: "停电".to_owned() };
    let all = Act::Several(office.people.iter().map(|person| reveal(*person)).collect());
    assert!(said(as_officer(&mut office, lead, &all)).contains("第二人"));
    assert!(said(as_officer(&mut office, duty, &all)).contains("带班领导批准：甲"));
    as_officer(&mut office, duty, &approved(all.clone(), lead, None)).unwrap();
    as_officer(&mut office, lead, &approved(all, duty, None)).unwrap();
    let Event::PersonalRevealed(revealed) = last_event(&office) else { panic!("no reveal") };
    assert_eq!(revealed.approved_by, Some(duty));
    // A few of them are one officer's to show.
    let few = Act::Several(office.people[..2].iter().map(|person| reveal(*person)).collect());
    as_officer(&mut office, duty, &few).unwrap();
}

#[test]
fn in_an_office_of_before_there_were_roles_nobody_is_locked_out() {
    let mut office = Office::new();
    let (first, second) = (named(&office, "甲"), named(&office, "乙"));
    office.store.conn.execute("UPDATE cur_officer SET role = 'duty'", []).unwrap();
    assert_eq!((role(&office, first), role(&office, second)), (Role::Lead, Role::Lead));
    let facts = CaseFacts { categories: Some(vec![Category::Suspected]), ..CaseFacts::default() };
    let open = Act::OpenCase { person: office.people[0], facts };
    let Some(Made::Case(case)) = as_officer(&mut office, first, &open).unwrap().made else {
        panic!("no case")
    };
    as_officer(&mut office, second, &early(case)).unwrap();
    // The first role that is given makes whoever gives it a lead.
    as_officer(&mut office, second, &Act::SetRole { officer: first, role: Role::Duty }).unwrap();
    assert_eq!(role(&office, second), Role::Lead);
}
