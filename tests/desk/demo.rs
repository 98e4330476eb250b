//! The made-up office in a real store: what its screens show at 10:05, and that its log holds.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::collections::HashSet;
use zhiban::demo::{self, Size};
use zhiban::domain::ask::Doubt;
use zhiban::domain::case::{CaseState, Category};
use zhiban::domain::contact::ContactKind;
use zhiban::domain::doubt::Check;
use zhiban::domain::item::{DueState, ItemKind};
use zhiban::domain::phone::Whose;
use zhiban::domain::report::ReportStatus;
use zhiban::search::found::Target;
use zhiban::store::check::check;
use zhiban::store::query;
use zhiban::store::query::rows::{LogQuery, PeopleQuery};
use zhiban::store::{Reader, Store};

fn made(size: Size) -> (tempfile::TempDir, Store, Reader) {
    let folder = tempfile::tempdir().unwrap();
    let store = demo::create(&folder.path().join("office.db"), size).unwrap();
    let reader = store.reader().unwrap();
    (folder, store, reader)
}

#[test]
fn the_screens_show_what_the_issue_asks_for() {
    let (_folder, _store, reader) = made(Size::default());
    let now = demo::now();

    let status = query::status(&reader, now).unwrap();
    assert!(status.rehearsal);
    assert_eq!((status.units, status.people), (41, 4028));
    assert_eq!((status.expected, status.received, status.outstanding), (41, 35, 6));
    assert_eq!(status.cases, 60);
    assert!((5..=12).contains(&status.due_release), "{}", status.due_release);
    assert_eq!(status.promises_overdue, 6);
    assert!((12..=14).contains(&status.promises));
    assert_eq!(status.unattached, 2);
    assert_eq!(status.officers.len(), 2);
    let shift = status.shift.unwrap();
    assert_eq!(shift.started_at, now.plus(-125 * 60_000), "on duty since 08:00");

    let outstanding = query::outstanding(&reader, now).unwrap();
    assert_eq!(outstanding.len(), 6);
    assert_eq!(outstanding.iter().filter(|row| row.promise.is_some_and(|due| due > now)).count(), 2);
    assert!(outstanding.iter().any(|row| row.unanswered == 2), "the head is next");
    assert!(outstanding.iter().any(|row| row.streak > 0), "one is late again");

    let units = query::units(&reader, now).unwrap();
    assert_eq!(units.len(), 41);
    assert_eq!(units.iter().map(|unit| unit.people).sum::<u32>(), 4028);
    assert!(units.iter().any(|unit| unit.depth == 2), "institutes stand under colleges");
    for status in [ReportStatus::Received, ReportStatus::Zero, ReportStatus::Late] {
        assert!(units.iter().any(|unit| unit.status == status), "{status}");
    }

    let cases = query::cases(&reader, now).unwrap();
    let kinds: HashSet<Category> = cases.iter().flat_map(|case| case.categories.clone()).collect();
    assert_eq!(kinds.len(), Category::ALL.len());
    let open = cases.iter().filter(|case| case.state != CaseState::Released).count();
    assert_eq!(open, 60);

    let due = query::due(&reader, now).unwrap();
    let slots =
        |state| due.iter().filter(|row| row.item.kind == ItemKind::Slot && row.state == state).count();
    assert!(slots(DueState::Open) >= 10, "this morning's temperatures are not all there");
    assert!(slots(DueState::Coming) >= 30, "this afternoon's come");
    assert!(due.iter().any(|row| row.item.kind == ItemKind::Again));
}

#[test]
fn a_dossier_tells_a_story() {
    let (_folder, _store, reader) = made(Size { people: 1200, units: 41, days: 14 });
    let now = demo::now();
    let cases = query::cases(&reader, now).unwrap();
    let back = cases
        .iter()
        .find(|case| case.categories[0] == Category::BackFromHubei && case.state == CaseState::Observing)
        .unwrap();
    let dossier = query::dossier(&reader, back.person, now).unwrap().unwrap();
    assert!(dossier.readings.len() >= 12, "a reading a day");
    let versions: HashSet<u16> = dossier.readings.iter().map(|reading| reading.form.version).collect();
    assert_eq!(versions.len(), 3, "in three forms");
    assert!(dossier.legs.iter().any(|leg| leg.via_hubei == "1" && !leg.destination.is_empty()));
    assert!(!dossier.calls.is_empty());
    assert_eq!(dossier.cases.len(), 1);
    let page = query::people(&reader, &PeopleQuery { limit: 5, ..PeopleQuery::default() }, now).unwrap();
    assert_eq!(page.total, 1200);
}

#[test]
fn the_log_holds_and_a_rebuild_changes_nothing() {
    let (_folder, _store, reader) = made(Size { people: 300, units: 12, days: 4 });
    let report = check(&reader, None).unwrap();
    assert!(report.is_sound(), "{:?} {:?}", report.faults, report.differing);
    let log = query::log(&reader, &LogQuery { limit: 5, ..LogQuery::default() }).unwrap();
    assert!(log.total > 100);
}

#[test]
fn the_same_office_has_the_same_head() {
    let size = Size { people: 120, units: 6, days: 3 };
    let head = |reader: &Reader| query::head(reader).unwrap();
    let (one, two) = (made(size), made(size));
    assert_eq!(head(&one.2), head(&two.2));
    let other = made(Size { people: 121, ..size });
    assert_ne!(head(&one.2), head(&other.2));
}

#[test]
fn outside_contacts_are_there_and_were_called() {
    let (_folder, _store, reader) = made(Size { people: 300, units: 12, days: 14 });
    let contacts = query::contacts(&reader).unwrap();
    assert_eq!(contacts.len(), 12);
    for kind in ContactKind::ALL {
        assert!(contacts.iter().any(|row| row.contact.kind == *kind), "{kind}");
    }
    assert!(contacts.iter().all(|row| row.contact.phone.starts_with("0532-0000")));
    assert!(contacts.iter().filter(|row| row.last_call.is_some()).count() >= 6);
    let mut from = Vec::new();
    query::find_calls(&reader, &mut |call| {
        if !call.number.is_empty() {
            from.push((call.subject.is_some(), call.number.to_owned()));
        }
    })
    .unwrap();
    assert!(from.iter().filter(|(known, _)| !known).count() == 2, "{from:?}");
    let mut families = HashSet::new();
    query::find_people(&reader, &mut |line| {
        families.insert(line.family_phone.to_owned());
    })
    .unwrap();
    assert_eq!(from.iter().filter(|(_, number)| families.contains(number)).count(), 2, "{from:?}");
}

#[test]
fn the_contradictions_of_the_sheets_are_seen_and_few() {
    let (_folder, _store, reader) = made(Size { people: 1500, ..Size::default() });
    let mut people = Vec::new();
    query::find_people(&reader, &mut |line| people.push(line.id)).unwrap();
    let mut seen = [0_usize; 10];
    let mut doubted = 0;
    for person in &people {
        let card =
            query::call_card(&reader, "", &[(Target::Person(*person), Whose::Own)], demo::now()).unwrap();
        doubted += usize::from(!card.doubts.is_empty());
        for doubt in card.doubts {
            seen[match doubt {
                Doubt::FeverWithoutCase { .. } => 0,
                Doubt::SheetWithoutCase { .. } => 1,
                Doubt::NotInSheet { .. } => 2,
                Doubt::Reported(doubt) => match doubt.check {
                    Check::FeverSaidWell => 3,
                    Check::Moved => 4,
                    Check::HubeiDenied => 5,
                    Check::ReturnBeforeLeaving => 6,
                    Check::MissingFromSheet => 7,
                    Check::Household => 8,
                    _ => 9,
                },
            }] += 1;
        }
    }
    // Twelve people contradict themselves on purpose, two of each kind; others are missing from a sheet, or somebody is
    // said to live with them of whom nobody has asked yet.
    assert!([1, 3, 4, 5, 6, 7, 8].iter().all(|kind| seen[*kind] >= 2), "{seen:?}");
    assert!(doubted * 20 < people.len(), "{doubted} of {}", people.len());
}

#[test]
fn the_sheets_of_all_units_ask_what_each_one_alone_asks() {
    let (_folder, _store, reader) = made(Size::default());
    let mut asked = 0;
    // In the middle of the day, and days on when most answers are too old to be asked about.
    for minutes in [0, 3 * 24 * 60] {
        let now = demo::now().plus(minutes * 60_000);
        let all = query::debts(&reader, None, now).unwrap();
        for of in &all.units {
            let alone = query::debts(&reader, Some(of.unit.id), now).unwrap().units.remove(0);
            assert_eq!(of.doubts, alone.doubts, "{}", of.unit.name);
            asked += of.doubts.len();
        }
    }
    assert!(asked > 20, "{asked}");
}
