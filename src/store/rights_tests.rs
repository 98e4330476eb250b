//! Roles: what each may do, who approves what, and that there is always somebody who can.

use super::act::{Act, Author, Made};
use super::tests::Office;
use super::*;
use crate::domain::case::{CaseFacts, Category};
use crate::domain::ids::{CaseId, OfficerId, PersonId};
use crate::domain::office::Settings;
use crate::domain::officer::Role;
use crate::domain::person::PersonFacts;
use crate::domain::pin::Pin;
use crate::domain::time::Calendar;
use crate::log::event::Event;
use crate::say::Say;
use crate::store::query::rows::LogQuery;
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
    let op = query::log(&office.reader(), &LogQuery { limit: 1, ..Default::default() }).unwrap().rows[0].op;
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
    // Whom they name beside them who is no lead approves nothing, and is not passed over.
    let refused = said(as_officer(&mut office, lead, &approved(early(third), duty, None)));
    assert!(refused.contains("乙不是带班领导；可批准的：甲"), "{refused}");
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
    // A lead who is only named confirms it, with or without a PIN.
    assert!(said(as_officer(&mut office, duty, &added)).contains("乙不在班"));
    as_officer(&mut office, duty, &approved(added, duty, None)).unwrap();
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
    let log = query::log(&office.reader(), &LogQuery { limit: 2, ..Default::default() });
    let rows = log.unwrap().rows;
    let said = rows.iter().flat_map(|row| row.clone().one_by_one()).map(|row| row.said(Calendar::default()));
    let said: Vec<Say> = said.collect();
    let (by_duty, by_lead) = (&said[0], said.last().unwrap());
    assert!(by_duty.zh.ends_with("（经乙批准）") && by_duty.en.ends_with("(approved by 乙)"), "{by_duty:?}");
    assert!(by_lead.zh.ends_with("（经甲批准）") && by_lead.en.ends_with("(approved by 甲)"), "{by_lead:?}");
    // A few of them are one officer's to show.
    let few = Act::Several(office.people[..2].iter().map(|person| reveal(*person)).collect());
    as_officer(&mut office, duty, &few).unwrap();
}

#[test]
fn the_numbers_of_many_shown_a_few_at_a_time_need_a_second_officer_too() {
    let mut office = Office::new();
    let (lead, duty) = (named(&office, "甲"), named(&office, "乙"));
    let unit = office.units[0];
    let mut people = office.people.clone();
    for n in 0..60 {
        let facts = PersonFacts { name: Some(format!("丁{n}")), unit: Some(unit), ..PersonFacts::default() };
        let add = Act::AddPerson { no: format!("9{n:04}"), facts, told_by: "学院".to_owned() };
        let Some(Made::Person(person)) = office.act(&add).made else { panic!("no person") };
        people.push(person);
    }
    let of = |range: std::ops::Range<usize>| {
        let one = |person: &PersonId| Act::Reveal { person: *person, reason: "核对".to_owned() };
        Act::Several(people[range].iter().map(one).collect())
    };
    as_officer(&mut office, duty, &of(0..30)).unwrap();
    // The same people again are no more.
    as_officer(&mut office, duty, &of(0..30)).unwrap();
    assert!(said(as_officer(&mut office, duty, &of(30..55))).contains("带班领导批准：甲"));
    as_officer(&mut office, duty, &of(30..50)).unwrap();
    let one = Act::Reveal { person: people[55], reason: "核对".to_owned() };
    assert!(as_officer(&mut office, duty, &one).is_err());
    // What a second one saw does not count; another officer's own looks are theirs.
    as_officer(&mut office, duty, &approved(of(30..55), lead, None)).unwrap();
    as_officer(&mut office, lead, &of(0..30)).unwrap();
    // An hour later it is free again.
    office.now = office.now.plus(crate::domain::time::HOUR);
    as_officer(&mut office, duty, &one).unwrap();
}

#[test]
fn settings_come_back_only_by_whoever_may_set_them_so() {
    let mut office = Office::new();
    let (lead, duty) = (named(&office, "甲"), named(&office, "乙"));
    let before = query::settings(&office.reader()).unwrap();
    let change = |settings| Act::ChangeSettings(Box::new(settings));
    let locked = Settings { lock_minutes: before.lock_minutes + 7, ..before.clone() };
    let op = as_officer(&mut office, lead, &change(locked.clone())).unwrap().op;
    let undo = |op| Act::Undo { op: Some(op) };
    assert!(said(as_officer(&mut office, duty, &undo(op))).contains("带班领导批准：甲"));
    let undone = as_officer(&mut office, lead, &undo(op)).unwrap().op;
    assert!(said(as_officer(&mut office, duty, &undo(undone))).contains("带班领导批准：甲"));
    as_officer(&mut office, duty, &approved(undo(undone), lead, None)).unwrap();
    assert_eq!(query::settings(&office.reader()).unwrap().lock_minutes, locked.lock_minutes);
    // Who approved it stands in the log, of what was taken back as of what was set.
    let latest = |office: &Office| {
        let one = LogQuery { limit: 1, ..LogQuery::default() };
        query::log(&office.reader(), &one).unwrap().rows.remove(0).approver
    };
    assert_eq!(latest(&office), "甲");
    let longer = Settings { lock_minutes: locked.lock_minutes + 1, ..locked.clone() };
    as_officer(&mut office, duty, &approved(change(longer), lead, None)).unwrap();
    assert_eq!(latest(&office), "甲");
    as_officer(&mut office, lead, &change(locked.clone())).unwrap();
    assert_eq!(latest(&office), "");
    // What guards nothing is anybody's, there and back.
    let bell = Settings { bell: !locked.bell, ..locked };
    let op = as_officer(&mut office, duty, &change(bell)).unwrap().op;
    as_officer(&mut office, duty, &undo(op)).unwrap();
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
