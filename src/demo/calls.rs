//! Calls to people: two temperatures a day of everybody under observation, promises, callers nobody knows.

use super::SEED;
use super::cases::Case;
use super::days::Days;
use super::plan::{Plan, Step, Tag};
use super::rng::Rng;
use super::story::Row;
use super::world::{World, stream};
use crate::domain::case::Category;
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::Subject;
use crate::domain::rules::Rules;
use crate::domain::time::{MINUTE, Ts, add_days};
use crate::store::act::Act;
use chrono::NaiveDate;

/// Temperatures are asked for from these minutes on, as the office's settings have it.
const SLOTS: [i64; 2] = [9 * 60, 16 * 60];

fn person(world: &World, index: usize) -> Subject {
    Subject::Person(world.people[index].id)
}

fn call(subject: Subject, outcome: Outcome, words: impl Into<String>) -> FollowUpDraft {
    FollowUpDraft { outcome, words: words.into(), ..FollowUpDraft::not_reached(Some(subject)) }
}

/// Plans the opening, the changes and the release of every case.
pub(super) fn cases(plan: &mut Plan, world: &World, cases: &[Case]) {
    for (index, case) in cases.iter().enumerate() {
        let open = Act::OpenCase { person: world.people[case.person].id, facts: case.facts.clone() };
        plan.keep(case.opened, Tag::Case(index), open);
        if let Some((at, facts, reason)) = &case.change {
            plan.step(*at, Step::Change(index, Box::new(facts.clone()), reason.clone()));
        }
        if let Some((at, reason)) = &case.released {
            plan.step(*at, Step::Release(index, reason.clone()));
        }
    }
}

/// Plans the slots of everybody under observation, past days nearly all done.
pub(super) fn slots(plan: &mut Plan, world: &World, days: Days, cases: &[Case]) {
    for (number, case) in cases.iter().enumerate().filter(|(_, case)| case.called()) {
        let ends = case.released.as_ref().map_or(days.now(), |(at, _)| *at);
        let mut day = days.date(case.opened);
        while day <= days.date(ends) {
            for (slot, from) in SLOTS.into_iter().enumerate() {
                one_slot(plan, world, days, case, (number, day, slot as u64, from), ends);
            }
            day = add_days(day, 1);
        }
    }
}

fn one_slot(
    plan: &mut Plan,
    world: &World,
    days: Days,
    case: &Case,
    (number, day, slot, from): (usize, NaiveDate, u64, i64),
    ends: Ts,
) {
    let mut rng = Rng::of(&[SEED, stream::SLOT, number as u64, days.index(day) as u64, slot]);
    // One after another, not all at once: the list takes two hours.
    let at = days.at(day, from + rng.range(1, 118)).plus(rng.range(0, 59) * 1000);
    if at <= case.opened || at >= ends {
        return;
    }
    let (subject, words) = (person(world, case.person), &world.lists.words);
    match rng.below(1000) {
        // Forgotten: a missed slot stays missed.
        0..=17 => {}
        18..=34 => {
            plan.act(at, Act::FollowUp(call(subject, Outcome::NotReached, rng.pick(&words.slot_missed))));
        }
        35..=69 => {
            let missed = call(subject, Outcome::NotReached, rng.pick(&words.slot_missed));
            plan.act(at, Act::FollowUp(missed));
            let again = at.plus(14 * MINUTE);
            if again < ends {
                plan.act(again, Act::FollowUp(seen(world, days, case, day, slot, &mut rng)));
            }
        }
        70..=84 if slot == 0 => {
            let mut later = call(subject, Outcome::Promised, "在社区测温，下午一并报");
            "本人".clone_into(&mut later.answered_by);
            later.promise_due = Some(days.at(day, 15 * 60));
            plan.act(at, Act::FollowUp(later));
            let again = days.at(day, 11 * 60 + rng.range(10, 50));
            if again < ends {
                plan.act(again, Act::FollowUp(seen(world, days, case, day, slot, &mut rng)));
            }
        }
        _ => plan.act(at, Act::FollowUp(seen(world, days, case, day, slot, &mut rng))),
    }
}

/// A person seen or heard, with the temperature that the sheet will say too.
fn seen(world: &World, days: Days, case: &Case, day: NaiveDate, slot: u64, rng: &mut Rng) -> FollowUpDraft {
    let row = Row::of(world, days, case.person, day, Some(case), None, 0);
    let degrees = row.temperature(slot);
    let fever = Rules::builtin().is_fever(degrees, Some(row.site()), day);
    let unwell = row.feverish() || fever || rng.chance(12);
    let words = &world.lists.words;
    let answered = *rng.pick(&["本人", "本人", "本人", "配偶", "父亲", "母亲"]);
    let said = match answered {
        _ if unwell => rng.pick(&words.slot_not_well),
        "本人" => rng.pick(&words.slot_well),
        _ => rng.pick(&words.slot_family),
    };
    let said = said.replace("{t}", &crate::domain::report::degrees(degrees));
    let outcome = if unwell { Outcome::NotWell } else { Outcome::Well };
    let mut seen = call(person(world, case.person), outcome, said);
    answered.clone_into(&mut seen.answered_by);
    seen.channel = *rng.pick(&[Channel::Phone, Channel::Phone, Channel::Phone, Channel::Wechat]);
    seen.temp = Some(degrees);
    seen.site = Some(row.site());
    seen
}

/// What is heard of somebody who is only followed.
fn told(category: Category) -> &'static str {
    match category {
        Category::InHubei => "当地社区每日联系，情绪平稳，暂不返青",
        Category::Psychological => "已转心理中心，睡眠好转，约下次通话",
        _ => "情况同前，无需帮助",
    }
}

/// Plans calls to those who are only followed, every third day; the next one of a few is set for today.
pub(super) fn following(plan: &mut Plan, world: &World, days: Days, cases: &[Case]) {
    for (number, case) in cases.iter().enumerate().filter(|(_, case)| !case.called()) {
        let mut rng = Rng::of(&[SEED, stream::CALL, number as u64]);
        let mut day = add_days(days.date(case.opened), 1);
        // Not on the last two days: open promises of today were not answered by such a call.
        while day < add_days(days.today(), -1) {
            let mut said = call(person(world, case.person), Outcome::Well, told(case.category()));
            "本人".clone_into(&mut said.answered_by);
            let minute = 14 * 60 + rng.range(0, 100);
            day = add_days(day, 3);
            if day >= add_days(days.today(), -1) && number % 3 == 0 {
                let next = if number % 2 == 0 { 9 * 60 + 30 } else { 15 * 60 + 30 };
                said.next_contact = Some(days.at(days.today(), next));
            }
            plan.act(days.at(add_days(day, -3), minute), Act::FollowUp(said));
        }
    }
}

/// Plans the promises that are open at the present moment: some overdue, some still to come.
pub(super) fn promises(plan: &mut Plan, world: &World, days: Days, cases: &[Case]) {
    // Nobody who is called at slots: a reached call would close the promise.
    let following = cases.iter().filter(|case| case.released.is_none() && !case.called());
    let mut subjects: Vec<usize> = following.map(|case| case.person).step_by(2).take(4).collect();
    let people = world.people.len();
    let plain = (0..people).map(|turn| (turn * 97 + 31) % people);
    subjects.extend(plain.filter(|index| !cases.iter().any(|case| case.person == *index)).take(16));
    for (number, (seed, index)) in world.lists.words.promises.iter().zip(subjects).enumerate() {
        let due = days.now().plus(seed.due * MINUTE);
        let made = made_at(days, due, number as i64);
        let mut promised = call(person(world, index), Outcome::Promised, seed.words.clone());
        let who = if number % 3 == 2 { "配偶" } else { "本人" };
        who.clone_into(&mut promised.answered_by);
        promised.channel = if number % 4 == 3 { Channel::Incoming } else { Channel::Phone };
        promised.promise_due = Some(due);
        plan.act(made, Act::FollowUp(promised));
    }
}

/// When a promise for `due` was made: in the hours before, not in the night.
fn made_at(days: Days, due: Ts, number: i64) -> Ts {
    if due > days.now() {
        return days.at(days.today(), 8 * 60 + 22 + number * 7);
    }
    let yesterday = add_days(days.today(), -1);
    if days.date(due) == yesterday {
        return due.plus(-(80 + number * 9) * MINUTE);
    }
    days.at(yesterday, 19 * 60 + 5 + number * 11)
}

/// Plans callers nobody knows: one is found out later, two are still without a person.
pub(super) fn unknown(plan: &mut Plan, world: &World, days: Days, cases: &[Case]) {
    let words = &world.lists.words;
    let incoming = |words: &str, number: usize| FollowUpDraft {
        channel: Channel::Incoming,
        outcome: Outcome::Informed,
        words: words.to_owned(),
        number: super::names::mobile(110_000 + number),
        ..FollowUpDraft::not_reached(None)
    };
    let yesterday = add_days(days.today(), -1);
    let at = days.at(yesterday, 20 * 60 + 41);
    plan.act(at, Act::FollowUp(incoming(&words.unknown[0], 1)));
    let at = days.at(days.today(), 9 * 60 + 12);
    plan.act(at, Act::FollowUp(incoming(&words.unknown[1 % words.unknown.len()], 2)));
    let free = (0..world.people.len()).rev().find(|index| !cases.iter().any(|case| case.person == *index));
    if let Some(index) = free {
        let at = days.at(yesterday, 11 * 60 + 17);
        let number = plan.call(at, Act::FollowUp(incoming(&words.unknown_named, 3)));
        plan.step(at.plus(33 * MINUTE), Step::Attach(number, person(world, index)));
    }
}
