//! The acts themselves, before any store: an office kept in memory takes them one by one and refuses what a
//! real one would refuse.

use super::*;
use crate::clock::Ids;
use crate::domain::case::CaseFacts;
use crate::domain::ids::{DeskId, PersonId, UnitId};
use crate::domain::item::ItemKind;
use crate::domain::ledger::shipped;
use crate::domain::time::{HOUR, MINUTE};
use crate::log::event::report_id;
use crate::store::act::LedgerAct;
use chrono::NaiveDate;
use std::collections::HashSet;
use std::collections::hash_map::Entry;
use uuid::Uuid;

/// What an office in memory knows.
struct Office {
    ids: Ids,
    seq: i64,
    desk: DeskId,
    digest: blake3::Hasher,
    units: HashSet<UnitId>,
    people: HashMap<PersonId, UnitId>,
    reports: HashMap<Uuid, Ts>,
    cases: HashMap<CaseId, (PersonId, CaseFacts)>,
    promises: HashMap<PromiseId, (Option<Subject>, Ts)>,
    calls: HashMap<FollowUpId, Option<Subject>>,
    readings: usize,
    /// Readings between 35.9 and 36.9 degrees.
    usual: usize,
    /// Fevers of people with a case, and of people without one.
    fevers: (usize, usize),
    /// Rows with a place in Hubei that say no.
    denied: usize,
    corrections: usize,
    entries: usize,
    zero_reports: usize,
    handovers: usize,
    released: usize,
    officers: HashMap<OfficerId, usize>,
    reached: HashSet<(Option<Subject>, bool, NaiveDate)>,
    last: Ts,
}

impl Office {
    fn run(size: Size) -> Self {
        let mut ids = Ids::seeded(SEED_TEXT);
        let opened = opened_at(size);
        let desk = ids.id(opened).into();
        let (officer, shift) = (ids.id(opened).into(), ids.id(opened).into());
        let mut demo = Demo::new(size, officer, shift, &mut ids).unwrap();
        let mut office = Self {
            ids: Ids::seeded("the store's"),
            seq: 0,
            desk,
            digest: blake3::Hasher::new(),
            units: HashSet::new(),
            people: HashMap::new(),
            reports: HashMap::new(),
            cases: HashMap::new(),
            promises: HashMap::new(),
            calls: HashMap::new(),
            readings: 0,
            usual: 0,
            fevers: (0, 0),
            denied: 0,
            corrections: 0,
            entries: 0,
            zero_reports: 0,
            handovers: 0,
            released: 0,
            officers: HashMap::new(),
            reached: HashSet::new(),
            last: opened,
        };
        let mut last = None;
        while let Some((author, act)) = demo.next(last.as_ref(), &mut ids).unwrap() {
            last = Some(office.commit(&author, act));
        }
        assert_eq!(demo.remaining(), 0);
        office
    }

    fn commit(&mut self, author: &Author, act: Act) -> Committed {
        assert!(author.now >= self.last, "acts come in time order");
        assert!(author.now <= now() && author.happened_at.is_none_or(|at| at <= author.now));
        self.last = author.now;
        self.seq += 1;
        *self.officers.entry(author.officer).or_default() += 1;
        self.digest.update(format!("{author:?}{act:?}").as_bytes());
        let id = self.ids.id(author.now);
        let mut made = None;
        match act {
            Act::AddOfficer { .. } => made = Some(Made::Officer(id.into())),
            Act::Import(import) => self.import(author, &import),
            Act::Receive { key, reason, .. } => {
                self.zero_reports += 1;
                let at = author.happened_at.unwrap_or(author.now);
                self.came(key.unit);
                assert!(self.reports.insert(report_id(&key), at).is_none() || !reason.is_empty());
            }
            Act::OpenCase { person, facts } => {
                assert!(self.people.contains_key(&person));
                assert!(self.cases.values().all(|(whose, _)| *whose != person), "one open case a person");
                self.cases.insert(id.into(), (person, facts));
                made = Some(Made::Case(id.into()));
            }
            Act::ChangeCase { case, facts, reason } => {
                assert!(!reason.is_empty());
                self.cases.get_mut(&case).unwrap().1.merge(&facts);
            }
            Act::ReleaseCase { case, .. } => {
                self.released += 1;
                self.cases.remove(&case).unwrap();
            }
            Act::FollowUp(draft) => {
                let day = settings().unwrap().calendar.date(author.now);
                self.reached.insert((draft.subject, draft.outcome.fills_slot(), day));
                for (promise, _) in &draft.ends {
                    let (whose, _) = self.promises.remove(promise).unwrap();
                    assert_eq!(whose, draft.subject, "a promise is its subject's");
                }
                if draft.promise_due.is_some() && draft.subject.is_some() {
                    self.promises.retain(|_, (subject, _)| *subject != draft.subject);
                }
                let promise = draft.promise_due.map(|due| {
                    assert!(due > author.now, "a promise is for later");
                    let promise = self.ids.id(author.now).into();
                    self.promises.insert(promise, (draft.subject, due));
                    promise
                });
                self.calls.insert(id.into(), draft.subject);
                made = Some(Made::FollowUp(id.into(), promise));
            }
            Act::Attach { followup, subject } => {
                let call = self.calls.get_mut(&followup).unwrap();
                assert!(call.is_none());
                *call = Some(subject);
            }
            Act::ClosePromise { promise, .. } => {
                self.promises.remove(&promise).unwrap();
            }
            Act::CloseShift(close) => {
                for item in close.items.iter().filter(|item| item.kind == ItemKind::Promise) {
                    assert!(self.promises.contains_key(&item.id.into()), "an open promise is handed over");
                }
                self.handovers += 1;
                made = Some(Made::Shift(id.into()));
            }
            Act::Ledger(act) => match *act {
                LedgerAct::Write { ledger, entries, .. } => {
                    assert!(shipped().iter().any(|known| known.name == ledger), "{ledger}");
                    self.entries += entries.len();
                    made = Some(Made::Entry(id.into()));
                }
                LedgerAct::Move { transition, .. } => assert!(!transition.is_empty()),
                LedgerAct::TakeUp { .. } => made = Some(Made::Entry(id.into())),
                LedgerAct::Decline { reason, .. } => assert!(!reason.is_empty()),
                other => panic!("not expected: {other:?}"),
            },
            Act::AddContact { .. } => made = Some(Made::Contact(id.into())),
            Act::Excuse { keys, reason, .. } => {
                assert!(!reason.is_empty());
                let came =
                    |key: &crate::domain::report::ReportKey| self.reports.contains_key(&report_id(key));
                assert!(!keys.iter().any(came), "only what never came is written off");
            }
            Act::Undo { op } => assert_eq!(op.unwrap().desk, self.desk),
            Act::Tell { figures, .. } => {
                for id in figures.0.values().flat_map(|figure| &figure.ids) {
                    let whose = |(person, _): &(PersonId, CaseFacts)| person.0 == *id;
                    assert!(self.cases.values().any(whose), "a figure of those who are followed");
                }
            }
            Act::Dismiss { person, reason, .. } => {
                assert!(self.people.contains_key(&person) && !reason.is_empty());
                assert!(self.cases.values().all(|(whose, _)| *whose != person), "who has a case is acted on");
            }
            Act::AnswerDoubt { how, .. } => {
                let crate::domain::doubt::Resolve::Confirm { told_by, words } = how else {
                    panic!("{how:?}")
                };
                assert!(!told_by.is_empty() && !words.is_empty());
            }
            Act::Note { .. } | Act::EditUnit { .. } | Act::EditPerson { .. } | Act::Reveal { .. } => {}
            other => panic!("not expected: {other:?}"),
        }
        Committed { op: crate::domain::ids::OpRef { desk: self.desk, seq: self.seq }, made }
    }

    /// A report ends what its unit had promised.
    fn came(&mut self, unit: UnitId) {
        self.promises.retain(|_, (subject, _)| *subject != Some(Subject::Unit(unit)));
    }

    fn import(&mut self, author: &Author, import: &crate::store::act::Import) {
        for (key, _) in &import.reports {
            self.came(key.unit);
        }
        let form = crate::domain::form::Form::parse(&import.form.content).unwrap();
        self.units.extend(import.new_units.iter().map(|(id, ..)| *id));
        for row in &import.roster {
            assert!(self.units.contains(&row.facts.unit.unwrap()));
            self.people.insert(row.person, row.facts.unit.unwrap());
        }
        let rows: u32 = import.reports.iter().map(|(_, rows)| rows).sum();
        assert_eq!(rows as usize, import.readings.len());
        for (key, _) in &import.reports {
            let at = author.happened_at.unwrap_or(author.now);
            match self.reports.entry(report_id(key)) {
                Entry::Occupied(_) => {
                    assert!(!import.reason.is_empty(), "a correction has a reason");
                    self.corrections += 1;
                }
                Entry::Vacant(place) => {
                    place.insert(at);
                }
            }
        }
        for reading in &import.readings {
            assert_eq!(self.people.get(&reading.person), Some(&reading.unit));
            assert_eq!(reading.rest.len(), form.rest_fields().len());
            assert_eq!(reading.temp_pm.is_some(), form.index_of("temp_pm").is_some());
            let warm = reading.temp_am.unwrap();
            self.usual += usize::from((359..=369).contains(&warm));
            let ill = self.cases.values().any(|(person, _)| *person == reading.person);
            match (warm >= 373, ill) {
                (true, true) => self.fevers.0 += 1,
                (true, false) => self.fevers.1 += 1,
                _ => {}
            }
            let hubei = reading.place.as_ref().is_some_and(|place| place.starts_with("湖北"));
            self.denied += usize::from(hubei && reading.in_hubei == Some(false));
        }
        self.readings += import.readings.len();
    }

    /// Units that have reported today, in time and late.
    fn today(&self) -> (usize, usize) {
        let (day, deadline) = (Days::of(Size::default()).today(), now().plus(-5 * MINUTE));
        let key = |unit: &UnitId| crate::domain::report::ReportKey {
            unit: *unit,
            day,
            round: crate::domain::report::Round::default(),
        };
        let came: Vec<Ts> =
            self.units.iter().filter_map(|unit| self.reports.get(&report_id(&key(unit))).copied()).collect();
        (came.len(), came.iter().filter(|at| **at > deadline).count())
    }
}

#[test]
fn the_full_office_is_as_the_issue_tells_it() {
    let office = Office::run(Size::default());
    assert_eq!((office.units.len(), office.people.len()), (41, 4028));
    assert_eq!(office.today(), (35, 1), "35 units have reported, one of them late");
    assert_eq!(office.cases.len(), 60);
    assert_eq!(office.entries, 41, "every seed of the ledgers found its unit and its area");
    let kinds: HashSet<_> =
        office.cases.values().flat_map(|(_, facts)| facts.categories.clone().unwrap()).collect();
    assert_eq!(kinds.len(), crate::domain::case::Category::ALL.len());
    assert!(office.released >= 10);
    let overdue = office.promises.values().filter(|(_, due)| *due < now()).count();
    let coming = office.promises.values().filter(|(_, due)| *due > now()).count();
    // Beside the six to come, somebody under observation promised the temperature for the afternoon.
    assert!(overdue == 6 && (6..=8).contains(&coming), "{overdue} {coming}");
    let soon = office.promises.values().filter(|(_, due)| *due > now() && *due < now().plus(HOUR)).count();
    assert_eq!(soon, 2, "the two units that were chased");
    assert_eq!(office.calls.values().filter(|subject| subject.is_none()).count(), 2);
    assert_eq!(office.officers.len(), 2);
    assert_eq!(office.handovers, 14);
    assert!((50_000..62_000).contains(&office.readings), "{}", office.readings);
    assert!(office.corrections >= 3);
    assert!(office.zero_reports >= 10);
}

#[test]
fn rows_are_plausible_and_a_few_contradict_themselves() {
    let office = Office::run(Size::default());
    assert!(office.usual * 1000 > office.readings * 998, "{} of {}", office.usual, office.readings);
    // Fevers come in a sheet before their case is opened, or after; two are told by the thermometer alone.
    assert!(office.fevers.0 >= 5, "{:?}", office.fevers);
    assert!((2..=12).contains(&office.fevers.1), "{:?}", office.fevers);
    assert!((2..=20).contains(&office.denied), "{}", office.denied);
}

#[test]
fn some_slots_of_this_morning_are_done_and_some_still_open() {
    let office = Office::run(Size::default());
    let today = Days::of(Size::default()).today();
    let observed: Vec<_> = office
        .cases
        .values()
        .filter(|(_, facts)| facts.days.unwrap_or(0) > 0)
        .map(|(person, _)| Some(Subject::Person(*person)))
        .collect();
    let done = observed.iter().filter(|whose| office.reached.contains(&(**whose, true, today))).count();
    assert!(done >= 10 && observed.len() - done >= 10, "{done} of {}", observed.len());
}

#[test]
fn the_same_office_comes_out_twice() {
    let size = Size { people: 200, units: 8, days: 4 };
    let (one, two) = (Office::run(size), Office::run(size));
    assert_eq!(one.digest.finalize(), two.digest.finalize());
    let other = Office::run(Size { people: 201, ..size });
    assert_ne!(one.digest.finalize(), other.digest.finalize());
}

#[test]
fn small_offices_have_a_bit_of_everything() {
    for size in [
        Size { people: 200, units: 8, days: 4 },
        Size { people: 60, units: 3, days: 2 },
        Size { people: 777, units: 43, days: 20 },
    ] {
        let office = Office::run(size);
        let expected = expected(size);
        assert_eq!(office.units.len(), expected.units);
        assert_eq!(office.people.len(), expected.people);
        assert_eq!(office.units.len() - office.today().0, expected.outstanding);
        assert_eq!(office.cases.len(), expected.cases);
        assert!(office.promises.len() >= 6);
    }
}
