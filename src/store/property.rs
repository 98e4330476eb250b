//! Random acts and undos: after each, the chain verifies and every projection equals a rebuild.

use super::act::{Act, Asked, Author, Close, LedgerAct, Made, Taken};
use super::query;
use super::query::rows::LedgerAsk;
use super::tests::Office;
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::contact::ContactFacts;
use crate::domain::doubt::Resolve;
use crate::domain::followup::{Channel, FollowUpDraft, Outcome, PromiseEnd};
use crate::domain::handover::{How, QuestionEnd};
use crate::domain::ids::{CaseId, ContactId, EntryId, FollowUpId, OpRef, PersonId, PromiseId, Subject};
use crate::domain::item::ItemKind;
use crate::domain::ledger::value::Values;
use crate::domain::officer::Role;
use crate::domain::person::PersonFacts;
use crate::domain::report::Excuse;
use crate::domain::time::MINUTE;
use crate::domain::unit::UnitFacts;
use crate::log::event::HandoverItem;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Step {
    Call { kind: u8, who: usize, outcome: usize, promise: bool },
    Unknown,
    CallBack,
    RevealCall(usize),
    Several(bool),
    Attach(usize),
    Promise(usize),
    Receive { unit: usize, zero: bool, reason: bool },
    Report { unit: usize, temp: i16 },
    Excuse { unit: usize, all: bool, write_off: bool },
    Open(usize),
    Change(usize),
    Release(usize),
    Dismiss(usize),
    Doubt { at: usize, how: u8 },
    Role { who: usize, role: usize, approved: bool },
    Note,
    EditPerson(usize),
    EditUnit(usize),
    Contact,
    Entry { what: u8, who: usize },
    Withdraw(usize),
    EditContact(usize),
    RemoveContact(usize),
    Erase(usize),
    Undo(Option<usize>),
    Handover { how: u8, ticked: bool, ask: bool },
    Acknowledge,
    Answer(usize),
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3u8, 0..3usize, 0..9usize, any::<bool>())
            .prop_map(|(kind, who, outcome, promise)| Step::Call { kind, who, outcome, promise }),
        1 => Just(Step::Unknown),
        1 => Just(Step::CallBack),
        1 => (0..4usize).prop_map(Step::RevealCall),
        2 => any::<bool>().prop_map(Step::Several),
        1 => (0..4usize).prop_map(Step::Attach),
        1 => (0..4usize).prop_map(Step::Promise),
        2 => (0..2usize, any::<bool>(), any::<bool>())
            .prop_map(|(unit, zero, reason)| Step::Receive { unit, zero, reason }),
        2 => (0..2usize, 360..390i16).prop_map(|(unit, temp)| Step::Report { unit, temp }),
        2 => (0..2usize, any::<bool>(), any::<bool>())
            .prop_map(|(unit, all, write_off)| Step::Excuse { unit, all, write_off }),
        2 => (0..3usize).prop_map(Step::Open),
        1 => (0..3usize).prop_map(Step::Change),
        1 => (0..3usize).prop_map(Step::Release),
        2 => (0..3usize).prop_map(Step::Dismiss),
        2 => (0..4usize, 0..3u8).prop_map(|(at, how)| Step::Doubt { at, how }),
        1 => Just(Step::Note),
        1 => (0..3usize).prop_map(Step::EditPerson),
        1 => (0..2usize).prop_map(Step::EditUnit),
        1 => Just(Step::Contact),
        3 => (0..7u8, 0..3usize).prop_map(|(what, who)| Step::Entry { what, who }),
        1 => (0..4usize).prop_map(Step::Withdraw),
        1 => (0..3usize).prop_map(Step::EditContact),
        1 => (0..3usize).prop_map(Step::RemoveContact),
        1 => (0..3usize).prop_map(Step::Erase),
        4 => proptest::option::of(0..30usize).prop_map(Step::Undo),
        1 => (0..2usize, 0..3usize, any::<bool>()).prop_map(|(who, role, approved)| Step::Role { who, role, approved }),
        2 => (0..3u8, any::<bool>(), any::<bool>())
            .prop_map(|(how, ticked, ask)| Step::Handover { how, ticked, ask }),
        1 => Just(Step::Acknowledge),
        1 => (0..3usize).prop_map(Step::Answer),
        1 => (1..300i64).prop_map(Step::Wait),
    ]
}

/// What earlier steps made, for later steps to name.
#[derive(Default)]
struct Made0 {
    calls: Vec<FollowUpId>,
    promises: Vec<PromiseId>,
    cases: Vec<CaseId>,
    contacts: Vec<ContactId>,
    entries: Vec<EntryId>,
    ops: Vec<OpRef>,
    sheets: u32,
}

fn pick<T: Copy>(all: &[T], at: usize) -> Option<T> {
    (!all.is_empty()).then(|| all[at % all.len()])
}

fn act(office: &Office, made: &mut Made0, step: &Step) -> Option<Act> {
    Some(match step {
        Step::Call { kind, who, outcome, promise } => {
            let subject = match kind {
                0 => Subject::Person(office.people[who % office.people.len()]),
                1 => Subject::Unit(office.units[who % office.units.len()]),
                _ => Subject::Contact(pick(&made.contacts, *who)?),
            };
            let outcome = Outcome::ALL[outcome % Outcome::ALL.len()];
            let temp = (*kind == 0 && outcome.reached() && *promise).then_some(365);
            Act::FollowUp(FollowUpDraft {
                outcome,
                promise_due: promise.then(|| office.now.plus(30 * MINUTE)),
                temp,
                ends: made
                    .promises
                    .last()
                    .filter(|_| !promise)
                    .map(|last| (*last, PromiseEnd::Kept))
                    .into_iter()
                    .collect(),
                ..FollowUpDraft::not_reached(Some(subject))
            })
        }
        Step::Unknown => Act::FollowUp(FollowUpDraft {
            number: "053200000000".to_owned(),
            promise_due: Some(office.now.plus(MINUTE)),
            outcome: Outcome::Informed,
            channel: Channel::Incoming,
            ..FollowUpDraft::not_reached(None)
        }),
        Step::CallBack => Act::FollowUp(FollowUpDraft {
            number: "0532-0000-0000".to_owned(),
            ..FollowUpDraft::not_reached(None)
        }),
        Step::RevealCall(at) => {
            Act::RevealNumber { followup: pick(&made.calls, *at)?, reason: "x".to_owned() }
        }
        Step::Several(both) => {
            let call = |unit: usize| {
                Act::FollowUp(FollowUpDraft::not_reached(Some(Subject::Unit(office.units[unit]))))
            };
            let receive =
                |unit: usize| Act::Receive { key: office.key(unit), zero: true, reason: "更正".to_owned() };
            Act::Several(if *both { vec![call(0), call(1)] } else { vec![receive(0), receive(1)] })
        }
        Step::Attach(at) => {
            Act::Attach { followup: pick(&made.calls, *at)?, subject: Subject::Person(office.people[0]) }
        }
        Step::Promise(at) => {
            Act::ClosePromise { promise: pick(&made.promises, *at)?, how: PromiseEnd::Broken }
        }
        Step::Receive { unit, zero, reason } => Act::Receive {
            key: office.key(*unit),
            zero: *zero,
            reason: if *reason { "更正".to_owned() } else { String::new() },
        },
        Step::Report { unit, temp } => {
            made.sheets += 1;
            let people = if *unit == 0 { vec![(0, *temp), (2, *temp)] } else { vec![(1, *temp)] };
            Act::Import(Box::new(office.report(*unit, &people, &format!("s{}", made.sheets), "更正")))
        }
        Step::Excuse { unit, all, write_off } => Act::Excuse {
            keys: if *all { Vec::new() } else { vec![office.key(*unit)] },
            all_of: office.units.iter().filter(|_| *all).map(|unit| (*unit, office.now)).collect(),
            how: if *write_off { Excuse::WrittenOff } else { Excuse::Excused },
            reason: "x".to_owned(),
        },
        Step::Open(person) => Act::OpenCase {
            person: office.people[*person],
            facts: CaseFacts { categories: Some(vec![Category::Fever]), ..CaseFacts::default() },
        },
        Step::Change(at) => Act::ChangeCase {
            case: pick(&made.cases, *at)?,
            facts: CaseFacts { measure: Some(Measure::Central), ..CaseFacts::default() },
            reason: "x".to_owned(),
        },
        Step::Release(at) => {
            Act::ReleaseCase { case: pick(&made.cases, *at)?, reason: "x".to_owned(), early: true }
        }
        Step::Dismiss(at) => {
            let open = query::findings(&office.reader()).unwrap();
            let row = open.get(at % open.len().max(1))?;
            Act::Dismiss { person: row.person, seen: Some(row.found.clone()), reason: "x".to_owned() }
        }
        Step::Doubt { at, how } => {
            let open = query::doubts(&office.reader()).unwrap();
            let row = open.get(at % open.len().max(1))?;
            let (told_by, words) = ("x".to_owned(), String::new());
            let how = match how {
                0 => Resolve::Confirm { told_by, words },
                1 => {
                    let field = row.doubt.fields().first()?.to_string();
                    Resolve::Correct { field, value: "36.0".to_owned(), told_by, words }
                }
                _ => {
                    let due = office.now.plus(30 * MINUTE);
                    Resolve::Defer { channel: Channel::Phone, told_by, due, words }
                }
            };
            Act::AnswerDoubt { doubt: row.doubt.id, how }
        }
        Step::Role { who, role, approved } => {
            let officers = query::officers(&office.reader()).unwrap();
            let officer = officers[who % officers.len()].0;
            let act = Act::SetRole { officer, role: Role::ALL[role % Role::ALL.len()] };
            let by = officers[(who + 1) % officers.len()].0;
            if *approved { Act::Approved { act: Box::new(act), by, pin: None } } else { act }
        }
        Step::Note => Act::Note { subject: None, text: "x".to_owned() },
        Step::EditPerson(at) => Act::EditPerson {
            person: office.people[*at],
            no: None,
            facts: PersonFacts {
                phone: Some(format!("1990000{:04}", made.ops.len())),
                ..PersonFacts::default()
            },
            told_by: "x".to_owned(),
        },
        Step::EditUnit(at) => Act::EditUnit {
            unit: office.units[*at],
            code: None,
            name: Some(format!("学院{}", made.ops.len())),
            facts: UnitFacts { deadline: Some(510), ..UnitFacts::default() },
            told_by: "x".to_owned(),
        },
        Step::Entry { what, who } => entry(office, made, *what, *who)?,
        Step::Withdraw(at) => Act::Ledger(Box::new(LedgerAct::Withdraw {
            entry: pick(&made.entries, *at)?,
            reason: "x".to_owned(),
            anyway: "x".to_owned(),
        })),
        Step::Contact => Act::AddContact { facts: outside(made.ops.len()) },
        Step::EditContact(at) => Act::EditContact {
            contact: pick(&made.contacts, *at)?,
            facts: outside(made.ops.len()),
            told_by: "x".to_owned(),
        },
        Step::RemoveContact(at) => {
            Act::RemoveContact { contact: pick(&made.contacts, *at)?, reason: "x".to_owned() }
        }
        Step::Erase(at) => Act::Erase { person: office.people[*at], reason: "x".to_owned() },
        Step::Undo(at) => Act::Undo { op: at.and_then(|at| pick(&made.ops, at)) },
        Step::Handover { how, ticked, ask } => handover(office, *how, *ticked, *ask)?,
        Step::Acknowledge => {
            let unread = query::unread(&office.reader(), office.now).unwrap();
            Act::Acknowledge { shift: unread.first()?.shift, items: vec![unread.last()?.item] }
        }
        Step::Answer(at) => {
            let questions = query::questions(&office.reader()).unwrap();
            let question = questions.get(at % questions.len().max(1))?.id;
            Act::AnswerQuestion { question, how: QuestionEnd::Answered, words: "x".to_owned() }
        }
        Step::Wait(_) => return None,
    })
}

/// The list of a ledger.
fn asked(ledger: &str) -> LedgerAsk {
    LedgerAsk { ledger: ledger.to_owned(), ..LedgerAsk::default() }
}

/// An act on a ledger: something bought or used, something proposed, taken up or declined, an inspection with a finding, or a finding mended.
fn entry(office: &Office, made: &Made0, what: u8, who: usize) -> Option<Act> {
    let values = |pairs: &[(&str, &str)]| -> Values {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let unit = office.units[who % office.units.len()].to_string();
    let write = |ledger: &str, said: &[(&str, &str)], lines: Vec<Values>| LedgerAct::Write {
        ledger: ledger.to_owned(),
        entries: vec![(values(said), lines)],
        reason: "x".to_owned(),
    };
    Some(Act::Ledger(Box::new(match what {
        0 => write(
            "supplies",
            &[("item", "mask"), ("move", "out"), ("quantity", "5"), ("unit", &unit)],
            vec![],
        ),
        1 => write(
            "places",
            &[("name", ["东门", "西门", "南门"][who]), ("class", "key"), ("unit", &unit)],
            vec![],
        ),
        2 => {
            let line = values(&[("finding", "x"), ("mend_by", "2020-02-18")]);
            write("inspections", &[("unit", &unit), ("inspectors", "x")], vec![line])
        }
        // An area is cleaned with what leaves the store, if somebody says so.
        3 => {
            let rows = query::ledger(&office.reader(), &asked("places"), office.now).unwrap().rows;
            let place = rows.get(who)?.row.id.to_string();
            write(
                "disinfection",
                &[("place", &place), ("agent", "chlorine"), ("by", "x"), ("litres", "2")],
                vec![],
            )
        }
        4 | 5 => {
            let rows = query::ledger(&office.reader(), &asked("disinfection"), office.now).unwrap().rows;
            let (entry, raise) = (rows.get(who)?.row.id, "supplies".to_owned());
            if what == 5 {
                LedgerAct::Decline { entry, raise, reason: "x".to_owned() }
            } else {
                let said = values(&[("item", "disinfectant"), ("move", "out"), ("quantity", "2")]);
                LedgerAct::TakeUp { entry, raise, made: Taken::Entry(said, vec![], String::new()) }
            }
        }
        _ => LedgerAct::Move {
            entries: vec![crate::log::event::line_id(pick(&made.entries, who)?, 0)],
            transition: "mended".to_owned(),
            values: values(&[("evidence", "x.jpg")]),
            reason: String::new(),
            pin: None,
        },
    })))
}

/// The shift passed on in one of the three ways, with two items: a unit and a person.
fn handover(office: &Office, how: u8, ticked: bool, ask: bool) -> Option<Act> {
    let shift = query::shift_range(&office.reader()).unwrap()?;
    let officers = query::officers(&office.reader()).unwrap();
    let how = [How::Handed, How::Continued, How::TakenOver][usize::from(how)];
    let to = officers.into_iter().find(|(id, _)| (*id == shift.officer) == (how == How::Continued))?.0;
    let mut items = vec![
        HandoverItem::new(ItemKind::Outstanding, office.units[0]),
        HandoverItem::new(ItemKind::Case, office.people[0]),
    ];
    items[0].ticked = ticked;
    let asked = Asked { item: items[1].item(), text: "x".to_owned() };
    let questions = ask.then_some(asked).into_iter().collect();
    let reason = "x".to_owned();
    Some(Act::CloseShift(Box::new(Close { how, reason, items, questions, ..Close::new(shift.id, to) })))
}

/// Every line of the finder's index, to see which an act really changed.
#[derive(PartialEq)]
struct Lines {
    people: BTreeMap<PersonId, String>,
    units: BTreeSet<String>,
    contacts: BTreeSet<String>,
    calls: Vec<String>,
}

impl Lines {
    fn of(office: &Office) -> Self {
        let reader = office.reader();
        let mut out = Self {
            people: BTreeMap::new(),
            units: BTreeSet::new(),
            contacts: BTreeSet::new(),
            calls: Vec::new(),
        };
        query::find_people(&reader, &mut |line| {
            out.people.insert(line.id, format!("{line:?}"));
        })
        .unwrap();
        query::find_units(&reader, &mut |line| {
            out.units.insert(format!("{line:?}"));
        })
        .unwrap();
        query::find_contacts(&reader, &mut |line| {
            out.contacts.insert(format!("{line:?}"));
        })
        .unwrap();
        query::find_calls(&reader, &mut |line| out.calls.push(format!("{line:?}"))).unwrap();
        out
    }

    /// Whatever differs from before was told.
    fn told_by(&self, before: &Self, changed: &query::Changed) -> Result<(), TestCaseError> {
        prop_assert!(!changed.everything);
        let people: BTreeSet<&PersonId> = self.people.keys().chain(before.people.keys()).collect();
        for person in people {
            let same = self.people.get(person) == before.people.get(person);
            prop_assert!(same || changed.people.contains(person), "a person's line changed untold");
        }
        prop_assert!(self.units == before.units || changed.units);
        prop_assert!(self.contacts == before.contacts || changed.contacts);
        prop_assert!(self.calls == before.calls || !changed.calls.is_empty());
        Ok(())
    }
}

fn outside(nth: usize) -> ContactFacts {
    ContactFacts {
        org: Some(format!("医院{}", nth % 4)),
        name: Some(format!("第{nth}位")),
        ..ContactFacts::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn incremental_and_rebuilt_never_differ(steps in proptest::collection::vec(step(), 1..40)) {
        let mut office = Office::new();
        let mut made = Made0::default();
        let mut written = 0;
        let mut from = query::stamp(&office.reader()).unwrap();
        let mut lines = Lines::of(&office);
        for step in &steps {
            if let Step::Wait(minutes) = step {
                office.now = office.now.plus(minutes * MINUTE);
            }
            let Some(act) = act(&office, &mut made, step) else { continue };
            // A refusal is a fine answer; it must leave nothing behind, which the check below would see.
            let done = match (&act, query::shift_range(&office.reader()).unwrap()) {
                // What is unread waits for whoever is on duty.
                (Act::Acknowledge { .. }, Some(shift)) => {
                    let author = Author { officer: shift.officer, ..office.author() };
                    office.store.commit(&author, &mut office.ids, &act)
                }
                _ => office.try_act(&act),
            };
            let Ok(done) = done else { continue };
            written += 1;
            made.ops.push(done.op);
            let changed = query::changed_since(&office.reader(), &from).unwrap();
            let now = Lines::of(&office);
            if !matches!(act, Act::Erase { .. }) {
                now.told_by(&lines, &changed)?;
            }
            (from, lines) = (changed.to, now);
            match done.made {
                Some(Made::FollowUp(call, promise)) => {
                    made.calls.push(call);
                    made.promises.extend(promise);
                }
                Some(Made::Entry(entry)) if !made.entries.contains(&entry) => made.entries.push(entry),
                Some(Made::Case(case)) => made.cases.push(case),
                Some(Made::Contact(contact)) if !made.contacts.contains(&contact) => made.contacts.push(contact),
                _ => {}
            }
        }
        let (reader, now) = (office.reader(), office.now);
        let to_do = query::to_do(&reader, now).unwrap();
        prop_assert_eq!(&to_do.unread, &query::unread(&reader, now).unwrap());
        prop_assert_eq!(&to_do.due, &query::due(&reader, now).unwrap());
        let [looked_for, whole] = query::open_both_ways(&reader, now).unwrap();
        prop_assert_eq!(looked_for, whole);
        let report = super::check::check(&reader, None).unwrap();
        prop_assert!(report.is_sound(), "{report:?}");
        prop_assert_eq!(report.ops, 2 + written);
    }
}
