//! Random offices: whatever is opened, changed, moved, released, undone or told late, all sums hold; and each of
//! them is really looked at.

use super::office::{Office, at};
use proptest::prelude::*;
use zhiban::domain::case::{CaseFacts, Category, Measure};
use zhiban::domain::ids::{CaseId, OpRef};
use zhiban::domain::person::{PersonFacts, PersonKind};
use zhiban::domain::sitrep::check::check;
use zhiban::domain::sitrep::{Column, Key};
use zhiban::domain::time::{HOUR, MINUTE, add_days};
use zhiban::store::act::{Act, Made};
use zhiban::store::query;
use zhiban::store::query::rows::SitrepAsk;

#[derive(Debug, Clone)]
enum Step {
    Open { person: usize, category: usize, second: usize, measure: usize },
    Change { case: usize, category: Option<usize>, measure: Option<usize> },
    Move { person: usize, unit: usize },
    Campus { unit: usize, campus: usize },
    Kind { person: usize, student: bool },
    Release(usize),
    Undo(usize),
    Report { unit: usize, hot: bool, hubei: bool },
    Wait(i64),
}

fn step() -> impl Strategy<Value = (Step, Option<i64>)> {
    let step = prop_oneof![
        4 => (0..8usize, 0..12usize, 0..12usize, 0..6usize)
            .prop_map(|(person, category, second, measure)| Step::Open { person, category, second, measure }),
        4 => (0..9usize, proptest::option::of(0..12usize), proptest::option::of(0..6usize))
            .prop_map(|(case, category, measure)| Step::Change { case, category, measure }),
        2 => (0..8usize, 0..3usize).prop_map(|(person, unit)| Step::Move { person, unit }),
        1 => (0..3usize, 0..3usize).prop_map(|(unit, campus)| Step::Campus { unit, campus }),
        1 => (0..8usize, any::<bool>()).prop_map(|(person, student)| Step::Kind { person, student }),
        3 => (0..9usize).prop_map(Step::Release),
        3 => (0..30usize).prop_map(Step::Undo),
        1 => (0..3usize, any::<bool>(), any::<bool>())
            .prop_map(|(unit, hot, hubei)| Step::Report { unit, hot, hubei }),
        3 => (1..30i64).prop_map(Step::Wait),
    ];
    // What happened may be recorded hours later.
    (step, proptest::option::of(0..40i64))
}

const CAMPUSES: [&str; 3] = ["东校区", "西校区", "北校区"];

#[derive(Default)]
struct Known {
    cases: Vec<CaseId>,
    ops: Vec<OpRef>,
}

impl Known {
    fn case(&self, at: usize) -> Option<CaseId> {
        (!self.cases.is_empty()).then(|| self.cases[at % self.cases.len()])
    }
}

fn act(office: &Office, known: &Known, step: &Step) -> Option<Act> {
    let category = |at: usize| Category::ALL[at % Category::ALL.len()];
    let measure = |at: usize| Measure::ALL[at % Measure::ALL.len()];
    Some(match step {
        Step::Open { person, category: first, second, measure: which } => Act::OpenCase {
            person: office.people[*person],
            facts: CaseFacts {
                categories: Some(vec![category(*first), category(*second)]),
                measure: Some(measure(*which)),
                ..CaseFacts::default()
            },
        },
        Step::Change { case, category: to, measure: which } => Act::ChangeCase {
            case: known.case(*case)?,
            facts: CaseFacts {
                categories: to.map(|to| vec![category(to)]),
                measure: which.map(measure),
                ..CaseFacts::default()
            },
            reason: "复核".to_owned(),
        },
        Step::Move { person, unit } => Act::EditPerson {
            person: office.people[*person],
            no: None,
            facts: PersonFacts { unit: Some(office.units[*unit]), ..PersonFacts::default() },
            told_by: "学院".to_owned(),
        },
        Step::Campus { unit, campus } => Act::EditUnit {
            unit: office.units[*unit],
            code: None,
            name: None,
            facts: zhiban::domain::unit::UnitFacts {
                campus: Some(CAMPUSES[*campus].to_owned()),
                ..zhiban::domain::unit::UnitFacts::default()
            },
            told_by: "学院".to_owned(),
        },
        Step::Kind { person, student } => Act::EditPerson {
            person: office.people[*person],
            no: None,
            facts: PersonFacts {
                kind: Some(if *student { PersonKind::Master } else { PersonKind::Staff }),
                ..PersonFacts::default()
            },
            told_by: "学院".to_owned(),
        },
        Step::Release(case) => {
            Act::ReleaseCase { case: known.case(*case)?, reason: "期满".to_owned(), early: true }
        }
        Step::Undo(op) => {
            let op = (!known.ops.is_empty()).then(|| known.ops[op % known.ops.len()])?;
            Act::Undo { op: Some(op) }
        }
        Step::Report { .. } | Step::Wait(_) => return None,
    })
}

/// Plays the steps; tells how many acts were taken.
fn play(office: &mut Office, steps: &[(Step, Option<i64>)]) -> usize {
    let mut known = Known::default();
    for (step, late) in steps {
        let happened = late.map(|hours| office.now.plus(-hours * HOUR));
        match step {
            Step::Wait(hours) => office.now = office.now.plus(hours * HOUR),
            Step::Report { unit, hot, hubei } => {
                let temp = if *hot { 381 } else { 365 };
                let rows: Vec<_> = (0..8)
                    .filter(|person| person % 3 == *unit)
                    .map(|person| super::office::Row {
                        person,
                        temp,
                        hubei: *hubei,
                        on_campus: !hubei,
                        ..super::office::Row::default()
                    })
                    .collect();
                let day = zhiban::domain::time::Calendar::default().day(office.now);
                office.report(office.now, *unit, day, &rows);
            }
            _ => {
                let Some(act) = act(office, &known, step) else { continue };
                // A refusal is a fine answer.
                let Ok(done) = office.try_at(happened, &act) else { continue };
                known.ops.push(done.op);
                if let Some(Made::Case(case)) = done.made {
                    known.cases.push(case);
                }
            }
        }
        office.now = office.now.plus(MINUTE);
    }
    known.ops.len()
}

fn office() -> Office {
    let mut office = Office::new(at("2020-02-14T08:00"), &CAMPUSES[..2]);
    let unit = office.act(&Act::AddUnit {
        code: "U9".to_owned(),
        name: "后勤处".to_owned(),
        facts: zhiban::domain::unit::UnitFacts::default(),
    });
    let Some(Made::Unit(unit)) = unit.made else { panic!("no unit was made") };
    office.units.push(unit);
    for person in 0..8 {
        let kind = if person % 2 == 0 { PersonKind::Staff } else { PersonKind::Undergraduate };
        office.add(1, person % 3, kind);
    }
    office.now = at("2020-02-16T10:00");
    office
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_sums_of_every_report_hold(steps in proptest::collection::vec(step(), 1..40)) {
        let mut office = office();
        play(&mut office, &steps);
        let calendar = zhiban::domain::time::Calendar::default();
        let today = calendar.day(office.now);
        for boundary in [0, 480] {
            let today = zhiban::domain::time::Calendar { day_start_min: boundary, ..calendar }.day(office.now);
            // The office began two days before.
            for back in 0..3 {
                let ask = SitrepAsk { day: Some(add_days(today, -back)), boundary: Some(boundary) };
                let view = office.view(&ask);
                prop_assert!(view.bad.is_empty(), "{:?}", view.bad);
            }
        }
        // What the report says of now is what the board says of now.
        let report = office.sitrep();
        let open = query::cases(&office.reader(), office.now).unwrap();
        prop_assert_eq!(report.all(Column::Current), open.len() as i64);
        for measure in Measure::ALL {
            let key = Key::row(zhiban::domain::sitrep::Axis::Measure, measure.code(), Column::Current);
            let on_board = open.iter().filter(|case| case.measure == *measure).count() as i64;
            prop_assert_eq!(report.value(&key), on_board);
        }
        // One day ends where the next begins.
        let yesterday = office.view(&SitrepAsk { day: Some(add_days(today, -1)), boundary: None }).report;
        prop_assert_eq!(yesterday.all(Column::Current), report.all(Column::Opening));
        // Frozen and thawed, it is the same.
        let frozen = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(serde_json::from_str::<zhiban::domain::sitrep::Sitrep>(&frozen).unwrap(), report);
    }

    #[test]
    fn any_figure_that_is_changed_alone_is_caught(
        steps in proptest::collection::vec(step(), 20..40),
        which in any::<proptest::sample::Index>(),
        by in prop_oneof![Just(-1i64), Just(1i64), Just(7i64)],
    ) {
        let mut office = office();
        play(&mut office, &steps);
        let mut report = office.sitrep();
        let keys: Vec<Key> = report.figures.0.keys().cloned().collect();
        let key = keys[which.index(keys.len())].clone();
        // With its list as long as it says: only the sums can tell.
        let figure = report.figures.0.get_mut(&key).unwrap();
        figure.value += by;
        figure.ids.resize(figure.value.max(0) as usize, uuid::Uuid::nil());
        let bad = check(&report);
        // Reports by unit, and what stands in no sum, are not summed; but staff and students always are.
        let apart = matches!(key.column, Column::Also | Column::Unwell)
            || (key.column.is_of_units() && key.axis == zhiban::domain::sitrep::Axis::Unit);
        let summed = !apart || key.group.is_some();
        prop_assert!(!summed || !bad.is_empty(), "{key} was changed by {by} and nobody saw it");
    }
}
