//! Outside contacts: the directory, written down in the first hour, and what was said with them; and families who
//! called from their own numbers.

use super::data::CallSeed;
use super::days::Days;
use super::names::{landline, mobile};
use super::plan::{Plan, Step, Tag};
use super::world::World;
use crate::domain::contact::ContactFacts;
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::Subject;
use crate::domain::time::{MINUTE, add_days};
use crate::store::act::Act;

/// The numbers of outside contacts stand behind those of units.
const NUMBERS: usize = 9_500;

/// Plans the directory: one contact a minute, behind the roster.
pub(super) fn directory(plan: &mut Plan, world: &World, days: Days) {
    let first = days.opened().plus(70 * MINUTE);
    for (place, seed) in world.lists.outside.contacts.iter().enumerate() {
        let facts = ContactFacts {
            kind: Some(seed.kind),
            org: Some(seed.org.clone()),
            name: (!seed.name.is_empty()).then(|| seed.name.clone()),
            phone: Some(landline(NUMBERS + place)),
            note: (!seed.note.is_empty()).then(|| seed.note.clone()),
        };
        plan.keep(first.plus(place as i64 * MINUTE), Tag::Contact(place), Act::AddContact { facts });
    }
}

/// Plans the calls, as far back as the office was there. `busy` people have a case: they are called at slots.
pub(super) fn calls(plan: &mut Plan, world: &World, days: Days, busy: &dyn Fn(usize) -> bool) {
    let outside = &world.lists.outside;
    for (number, seed) in outside.calls.iter().enumerate() {
        let Some(draft) = draft(seed, number, days) else { continue };
        plan.step(at(seed, days), Step::Outside(seed.contact, Box::new(draft)));
    }
    // The last people of the list: promises and unknown callers are of others.
    let with_family = |index: &usize| {
        let number = world.person_facts(*index).family_phone;
        (!busy(*index)).then_some(()).and(number).map(|number| (*index, number))
    };
    let families = (0..world.people.len()).rev().skip(7).filter_map(|index| with_family(&index));
    for (seed, (index, number)) in outside.families.iter().zip(families) {
        let Some(draft) = draft(seed, 0, days) else { continue };
        let subject = Some(Subject::Person(world.people[index].id));
        let call = FollowUpDraft { subject, channel: Channel::Incoming, number, ..draft };
        plan.act(at(seed, days), Act::FollowUp(call));
    }
}

fn at(seed: &CallSeed, days: Days) -> crate::domain::time::Ts {
    days.at(add_days(days.today(), -seed.before), seed.minute)
}

/// What was said; nothing when the directory was not there yet.
fn draft(seed: &CallSeed, number: usize, days: Days) -> Option<FollowUpDraft> {
    let there = at(seed, days) > days.opened().plus(100 * MINUTE);
    there.then(|| FollowUpDraft {
        channel: if seed.incoming { Channel::Incoming } else { Channel::Phone },
        outcome: Outcome::Informed,
        answered_by: seed.answered_by.clone(),
        words: seed.words.clone(),
        number: if seed.mobile { mobile(111_000 + number) } else { String::new() },
        ..FollowUpDraft::not_reached(None)
    })
}
