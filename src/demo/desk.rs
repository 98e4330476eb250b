//! What else stands in the log of a desk: notes, corrections by hand, a call taken back, handovers.

use super::SEED;
use super::cases::Case;
use super::days::{Days, SHIFT_MINUTE};
use super::plan::{Plan, Step};
use super::rng::Rng;
use super::world::{World, stream};
use crate::domain::followup::{Channel, FollowUpDraft};
use crate::domain::ids::Subject;
use crate::domain::person::PersonFacts;
use crate::domain::sitrep::{Column, Figures, Group, Key};
use crate::domain::time::{MINUTE, add_days};
use crate::domain::unit::UnitFacts;
use crate::store::act::Act;

/// Nine o'clock: when the first figure of the day is asked for.
const TOLD_MINUTE: i64 = 9 * 60;

/// Plans the first hour: the second officer and the roster.
pub(super) fn beginning(plan: &mut Plan, world: &World, days: Days) {
    let opened = days.opened();
    plan.step(opened.plus(MINUTE), Step::Officer(world.lists.office.officers[1].clone()));
    let rows = super::sheets::ROSTER_ROWS;
    // However many parts there are, everybody is there before the first call.
    let parts = world.people.len().div_ceil(rows).max(1) as i64;
    let gap = MINUTE.min(5 * MINUTE / parts);
    for (part, from) in (0..world.people.len()).step_by(rows).enumerate() {
        let to = (from + rows).min(world.people.len());
        plan.step(opened.plus(5 * MINUTE + part as i64 * gap), Step::Roster(from..to));
    }
}

/// Plans the handover of every morning but the first: shifts are of 24 hours.
pub(super) fn handovers(plan: &mut Plan, days: Days) {
    for day in days.all().skip(1) {
        plan.step(days.at(day, SHIFT_MINUTE), Step::Handover(day));
    }
}

/// Plans one or two notes a day, one of them now and then about a unit or a person.
pub(super) fn notes(plan: &mut Plan, world: &World, days: Days) {
    let texts = &world.lists.words.notes;
    for day in days.all() {
        let index = days.index(day) as usize;
        let mut rng = Rng::of(&[SEED, stream::UNIT, index as u64]);
        let today = day == days.today();
        let first = if today { 8 * 60 + 40 } else { rng.range(10 * 60 + 40, 15 * 60) };
        let subject = (index % 4 == 2).then(|| Subject::Unit(world.units[index % world.units.len()].id));
        plan.act(days.at(day, first), Act::Note { subject, text: texts[index % texts.len()].clone() });
        if !today && rng.chance(600) {
            let text = texts[(index * 5 + 7) % texts.len()].clone();
            plan.act(days.at(day, rng.range(17 * 60, 23 * 60)), Act::Note { subject: None, text });
        }
    }
}

/// Plans what was told on the telephone this morning: how many are followed. It is written down last, so that the next
/// report has a difference to name.
pub(super) fn told(plan: &mut Plan, world: &World, days: Days, cases: &[Case]) {
    let at = days.at(days.today(), TOLD_MINUTE);
    let mut figures = Figures::default();
    for case in cases.iter().filter(|case| case.opened < at) {
        let person = &world.people[case.person];
        if case.released.as_ref().is_none_or(|(end, _)| *end >= at) {
            figures.add_person(&Key::all(Column::Current), Group::of(Some(person.kind)), person.id.0);
        }
    }
    figures.settle();
    let act = Act::Tell {
        to: "王副校长".to_owned(),
        channel: Channel::Phone,
        day: days.today(),
        boundary: 0,
        figures: figures.only(&[Key::all(Column::Current)]),
        words: String::new(),
    };
    plan.late(days.now(), at, Step::Do(Box::new(act)));
}

/// Plans what is mended by hand: a new liaison's number, a person's new number, a call on the wrong unit that is
/// taken back, and numbers that were shown to call somebody.
pub(super) fn corrections(plan: &mut Plan, world: &World, days: Days) {
    let yesterday = add_days(days.today(), -1);
    let unit = &world.units[world.units.len() / 2];
    plan.act(
        days.at(yesterday, 14 * 60 + 52),
        Act::EditUnit {
            unit: unit.id,
            code: None,
            name: None,
            facts: UnitFacts { liaison_phone: Some(super::names::landline(9_001)), ..UnitFacts::default() },
            told_by: format!("{}来电", unit.short),
        },
    );
    let index = world.people.len() / 3;
    let person = world.people[index].id;
    plan.act(days.at(yesterday, 16 * 60 + 3), Act::Reveal { person, reason: "call".to_owned() });
    plan.act(
        days.at(yesterday, 16 * 60 + 9),
        Act::EditPerson {
            person,
            no: None,
            facts: PersonFacts { phone: Some(super::names::mobile(119_000)), ..PersonFacts::default() },
            told_by: "本人".to_owned(),
        },
    );
    let wrong = FollowUpDraft::not_reached(Some(Subject::Unit(world.units[0].id)));
    let at = days.at(yesterday, 15 * 60 + 26);
    let number = plan.call(at, Act::FollowUp(wrong));
    plan.step(at.plus(MINUTE), Step::TakeBack(number));
}
