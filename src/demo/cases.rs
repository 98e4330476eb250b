//! The attention cases of the made-up office: who, why, since when, and what became of them.

use super::rng::Rng;
use super::world::{World, stream};
use super::{Days, SEED};
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::time::{Ts, add_days};
use chrono::NaiveDate;

/// Observation lasts 14 days from the last unprotected contact: the rule in force in February 2020, as
/// `data/rules.toml` has it. The log of this office keeps what was said then.
const OBSERVATION_DAYS: i32 = 14;

/// One case.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// Place of the person in the world.
    pub(super) person: usize,
    pub(super) facts: CaseFacts,
    pub(super) opened: Ts,
    /// A change: when, what and why.
    pub(super) change: Option<(Ts, CaseFacts, String)>,
    /// When and why it was released.
    pub(super) released: Option<(Ts, String)>,
    /// Its unit's sheet says nothing of it: one of the contradictions to be phoned.
    pub(super) unsaid: bool,
}

impl Case {
    /// The main reason.
    pub(super) fn category(&self) -> Category {
        self.facts.categories.as_ref().and_then(|all| all.first().copied()).unwrap_or(Category::Other)
    }

    /// Whether the person is called at every slot: as the store has it, whenever something was ordered.
    pub(super) fn called(&self) -> bool {
        self.facts.measure.is_some_and(|measure| measure != Measure::None)
    }

    /// Whether days are counted.
    pub(super) fn observed(&self) -> bool {
        self.facts.days.is_some_and(|days| days > 0)
    }

    /// The day on which days begin to count, after all changes.
    pub(super) fn day_zero(&self) -> Option<NaiveDate> {
        let changed = self.change.as_ref().and_then(|(_, facts, _)| facts.day_zero());
        changed.or_else(|| self.facts.day_zero())
    }

    /// The measure on `day`, by the change that was made.
    pub(super) fn measure(&self, days: Days, day: NaiveDate) -> Measure {
        let changed = self.change.as_ref().filter(|(at, ..)| days.date(*at) <= day);
        changed.and_then(|(_, facts, _)| facts.measure).or(self.facts.measure).unwrap_or(Measure::None)
    }
}

/// Each reason with how many days ago its cases began, by turns. Ages over 14 are due for release.
const OPEN: &[(Category, &[i64])] = &[
    (Category::BackFromHubei, &[15, 6, 17, 1, 13, 16, 8, 12, 15, 4, 10, 14]),
    (Category::InHubei, &[28, 27, 26, 25, 28, 24, 26]),
    (Category::Contact, &[7, 15, 3, 11, 2]),
    (Category::SharedTrip, &[9, 14, 2, 16, 5, 12]),
    (Category::Fever, &[0, 3, 1, 6, 9]),
    (Category::HomeObservation, &[5, 11, 15, 1, 13, 7, 9, 3, 12]),
    (Category::CentralIsolation, &[8, 13, 4]),
    (Category::CampusObservation, &[10, 2, 15, 5, 7]),
    (Category::Suspected, &[3]),
    (Category::Confirmed, &[9]),
    (Category::Psychological, &[6, 2, 11]),
    (Category::Other, &[8, 4, 12]),
];

/// How many cases are open in an office of this many people: 60 in 4,028, and one of every category at least.
/// Above that the number stops growing: one officer does not call five hundred.
pub(super) fn how_many(people: usize) -> usize {
    (people * 60).div_ceil(4028).clamp(12, 240).min(people / 3)
}

/// Every case, the open ones first.
pub(super) fn make(world: &World, days: Days) -> Vec<Case> {
    let people = world.people.len();
    let open = how_many(people);
    let closed = (open / 5).max(2);
    let all = open + closed;
    // Evenly over the roster, past heads and liaisons, so that nobody has two.
    let stride = (37..10_000).find(|step| coprime(*step, all)).unwrap_or(1);
    let place = |index: usize| (index * stride % all) * people / all + (people / all) / 2;
    let mut cases = Vec::with_capacity(all);
    for (index, (category, age)) in turns().take(open).enumerate() {
        cases.push(open_case(world, days, index, place(index), category, age));
    }
    for index in open..all {
        cases.push(closed_case(world, days, index, place(index), index - open));
    }
    cases
}

fn coprime(a: usize, b: usize) -> bool {
    if b == 0 { a == 1 } else { coprime(b, a % b) }
}

/// Reasons and ages by turns, for ever: the first twelve hold every reason, the first sixty are the table.
fn turns() -> impl Iterator<Item = (Category, i64)> {
    let longest = OPEN.iter().map(|(_, ages)| ages.len()).max().unwrap_or(0);
    let once = (0..longest).flat_map(|turn| {
        OPEN.iter().filter_map(move |(category, ages)| ages.get(turn).map(|age| (*category, *age)))
    });
    once.collect::<Vec<_>>().into_iter().cycle()
}

/// The measure a reason brings, and whether days are counted.
fn measure_of(category: Category, rng: &mut Rng) -> (Measure, i32) {
    match category {
        Category::BackFromHubei | Category::Contact => {
            (*rng.pick(&[Measure::Home, Measure::Home, Measure::Central]), OBSERVATION_DAYS)
        }
        Category::SharedTrip | Category::HomeObservation => (Measure::Home, OBSERVATION_DAYS),
        Category::Fever => (*rng.pick(&[Measure::Home, Measure::Medical]), OBSERVATION_DAYS),
        Category::CentralIsolation => (Measure::Central, OBSERVATION_DAYS),
        Category::CampusObservation => (Measure::Campus, OBSERVATION_DAYS),
        Category::Suspected | Category::Confirmed => (Measure::Hospital, 0),
        Category::InHubei | Category::Psychological | Category::Other => (Measure::None, 0),
    }
}

fn facts(
    world: &World,
    person: usize,
    category: Category,
    zero: NaiveDate,
    index: usize,
    rng: &mut Rng,
) -> CaseFacts {
    let (measure, counted) = measure_of(category, rng);
    let mut categories = vec![category];
    match category {
        Category::BackFromHubei if index % 2 == 1 => categories.push(Category::HomeObservation),
        Category::Fever if index % 3 == 1 => categories.push(Category::SharedTrip),
        Category::CentralIsolation => categories.push(Category::Contact),
        Category::CampusObservation if index.is_multiple_of(2) => categories.push(Category::BackFromHubei),
        _ => {}
    }
    let (district, address, _) = world.home(person);
    let place = match measure {
        Measure::Home => format!("{}{address}", district.district),
        Measure::Campus => rng.pick(&world.lists.places.dormitories).clone(),
        Measure::Central => "区定集中观察点".to_owned(),
        Measure::Medical => "校医院隔离室".to_owned(),
        Measure::Hospital => "市定点医院".to_owned(),
        Measure::None => String::new(),
    };
    CaseFacts {
        categories: Some(categories),
        measure: Some(measure),
        place: Some(place),
        start: Some(zero),
        last_exposure: matches!(category, Category::Contact | Category::SharedTrip).then_some(zero),
        days: Some(counted),
        contact: Some(world.contact(person).to_owned()),
        note: Some(rng.pick(&world.lists.words.case_notes).clone()),
    }
}

/// When a case that began on `zero` is opened: the day after, past the morning's sheets, and never before the
/// office was there. A fever of today was opened this morning.
fn opening(days: Days, zero: NaiveDate, index: usize, rng: &mut Rng) -> Ts {
    if zero >= days.today() {
        return days.at(days.today(), 9 * 60 + 32 + index as i64 % 20);
    }
    let day = add_days(zero, 1);
    if day <= days.first() {
        return days.at(days.first(), 8 * 60 + 15 + index as i64 * 2 % 100);
    }
    let minute = if day == days.today() { rng.range(8 * 60 + 20, 9 * 60 + 50) } else { rng.range(620, 1050) };
    days.at(day, minute)
}

fn open_case(world: &World, days: Days, index: usize, person: usize, category: Category, age: i64) -> Case {
    let mut rng = Rng::of(&[SEED, stream::CASE, index as u64]);
    let zero = add_days(days.today(), -age);
    let mut facts = facts(world, person, category, zero, index, &mut rng);
    let mut change = None;
    // A renewed contact: the count began earlier, and again.
    if category == Category::Contact && age < 10 {
        let earlier = add_days(zero, -5);
        let at = days.at(add_days(zero, 1), rng.range(14 * 60, 15 * 60));
        let opened = opening(days, earlier, index, &mut rng);
        if at > opened && at < days.now() {
            facts.start = Some(earlier);
            facts.last_exposure = Some(earlier);
            let again = CaseFacts { last_exposure: Some(zero), ..CaseFacts::default() };
            let reason = format!("{}又与同一病例家属接触，自当日重新计天", zero.format("%m-%d"));
            change = Some((at, again, reason));
            return Case { person, facts, opened, change, released: None, unsaid: false };
        }
    }
    let opened = opening(days, zero, index, &mut rng);
    if category == Category::HomeObservation && index.is_multiple_of(2) {
        let at = days.at(add_days(days.date(opened), 2), rng.range(10 * 60 + 30, 17 * 60));
        if at < days.now() {
            let facts = CaseFacts {
                measure: Some(Measure::Campus),
                place: Some(rng.pick(&world.lists.places.dormitories).clone()),
                ..CaseFacts::default()
            };
            change = Some((at, facts, "家中无单独房间，转校内隔离".to_owned()));
        }
    }
    // A few of those whose days are counted are missing from their unit's sheet.
    let unsaid = category == Category::SharedTrip && age < 10;
    Case { person, facts, opened, change, released: None, unsaid }
}

/// A case that was released in the days of the log, some on the day after the last, some later.
fn closed_case(world: &World, days: Days, index: usize, person: usize, turn: usize) -> Case {
    const REASONS: [Category; 6] = [
        Category::BackFromHubei,
        Category::SharedTrip,
        Category::HomeObservation,
        Category::CampusObservation,
        Category::BackFromHubei,
        Category::Fever,
    ];
    let mut rng = Rng::of(&[SEED, stream::CASE, index as u64]);
    // Not on the first day, on which it is opened, and not today.
    let span = (days.count() - 2).max(1);
    let released = add_days(days.first(), 1 + turn as i64 % span);
    let late = [0, 0, 2, 0, 1, 3][turn % 6];
    let zero = add_days(released, -(i64::from(OBSERVATION_DAYS) + 1 + late));
    let facts = facts(world, person, REASONS[turn % 6], zero, index, &mut rng);
    let opened = opening(days, zero, index, &mut rng);
    let at = days.at(released, rng.range(14 * 60, 15 * 60 + 40));
    let last = add_days(zero, i64::from(OBSERVATION_DAYS));
    let why = format!("观察至{}期满，无症状，单位和社区均同意", last.format("%m-%d"));
    Case { person, facts, opened, change: None, released: Some((at, why)), unsaid: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Ids;
    use crate::demo::Size;
    use std::collections::HashSet;

    #[test]
    fn cases_are_of_every_kind_and_nobody_has_two() {
        for size in [Size::default(), Size { people: 200, units: 8, days: 4 }] {
            let days = Days::of(size);
            let world = World::make(size, days.opened(), &mut Ids::seeded("t")).unwrap();
            let cases = make(&world, days);
            let whose: HashSet<_> = cases.iter().map(|case| case.person).collect();
            assert_eq!(whose.len(), cases.len());
            let open: Vec<_> = cases.iter().filter(|case| case.released.is_none()).collect();
            let kinds: HashSet<_> = open.iter().map(|case| case.category()).collect();
            assert_eq!(kinds.len(), Category::ALL.len());
            for case in &cases {
                assert!(case.opened > days.opened() && case.opened < days.now());
                if let Some((at, _)) = &case.released {
                    assert!(*at > case.opened && *at < days.now());
                    let (zero, day) = (case.day_zero().unwrap(), days.date(*at));
                    assert!((day - zero).num_days() > 14, "released after the last day");
                }
                if let Some((at, ..)) = &case.change {
                    assert!(*at > case.opened && *at < days.now());
                }
            }
        }
    }

    #[test]
    fn the_full_office_has_sixty_and_several_are_due_for_release() {
        let size = Size::default();
        let days = Days::of(size);
        let world = World::make(size, days.opened(), &mut Ids::seeded("t")).unwrap();
        let cases = make(&world, days);
        let open: Vec<_> = cases.iter().filter(|case| case.released.is_none()).collect();
        assert_eq!(open.len(), 60);
        let shown: Vec<_> = open
            .iter()
            .filter(|case| case.observed())
            .filter_map(|case| Some((days.today() - case.day_zero()?).num_days()))
            .collect();
        let over = shown.iter().filter(|day| **day > 14).count();
        assert!((5..=12).contains(&over), "{over}");
        assert!(shown.iter().collect::<HashSet<_>>().len() >= 12, "the day varies: {shown:?}");
    }
}
