//! What one person has to tell on one day: where they are, how they came there, how warm they are.

use super::SEED;
use super::cases::Case;
use super::data::Place;
use super::days::Days;
use super::rng::Rng;
use super::world::{Person, World, stream};
use crate::domain::case::{Category, Measure};
use crate::domain::report::Site;
use crate::domain::time::add_days;
use chrono::NaiveDate;
use std::ops::Range;

/// A contradiction in somebody's rows: what the doubts are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quirk {
    /// Under observation by the sheet, without a case.
    NoCase,
    /// In Hubei by the place, not by the answer.
    HubeiDenied,
    /// Elsewhere than yesterday, without a journey.
    Moved,
    /// A fever by the thermometer, nothing by the answers.
    Unfelt,
    /// Back before leaving.
    BackTooSoon,
    /// Met a confirmed case, without a case.
    MetCase,
}

impl Quirk {
    pub(super) const ALL: [Self; 6] =
        [Self::NoCase, Self::HubeiDenied, Self::Moved, Self::Unfelt, Self::BackTooSoon, Self::MetCase];

    /// Since how many days before today it shows.
    pub(super) fn since(self) -> i64 {
        match self {
            Self::Moved | Self::Unfelt => 0,
            Self::MetCase => 1,
            Self::NoCase | Self::HubeiDenied | Self::BackTooSoon => 4,
        }
    }
}

/// What somebody now and then complains of.
pub(super) const COUGH: &str = "轻微咳嗽";

/// What is said of those living together when there is nothing to say.
pub(super) const NOBODY: &str = "无异常";

/// Since so many days before today one unit writes one temperature for all.
const FLAT: (usize, i64) = (20, 3);

/// In one unit so many people, one after the other, are written down alike today.
const ALIKE: (usize, usize) = (27, 14);

/// Those of [`ALIKE`]: people of whom nothing is told on any day, so that their rows can be alike. Nobody, in an office
/// without that unit.
pub(super) fn alike(world: &World, days: Days, told: &dyn Fn(usize) -> bool) -> Range<usize> {
    let (unit, many) = ALIKE;
    let Some(unit) = world.units.get(unit) else { return 0..0 };
    let plain = |index: usize| {
        let on = |day| {
            let row = Row::of(world, days, index, day, None, None, 0);
            row.met_from_hubei().is_none() && row.symptoms() != COUGH && row.household() == NOBODY
        };
        !told(index) && days.all().all(on)
    };
    let mut windows = unit.people.clone().map(|from| from..from + many);
    let found = windows.find(|window| window.end <= unit.people.end && window.clone().all(plain));
    found.unwrap_or(0..0)
}

/// A journey away from the city and, perhaps, back.
#[derive(Debug, Clone)]
pub(super) struct Trip<'a> {
    pub(super) place: &'a Place,
    pub(super) left: NaiveDate,
    pub(super) returned: Option<NaiveDate>,
    pub(super) transport: &'static str,
    pub(super) number: String,
    pub(super) seat: String,
    pub(super) via_hubei: bool,
}

/// One person on one day.
pub(super) struct Row<'a> {
    pub(super) world: &'a World,
    pub(super) days: Days,
    pub(super) index: usize,
    pub(super) person: &'a Person,
    pub(super) day: NaiveDate,
    pub(super) case: Option<&'a Case>,
    pub(super) quirk: Option<Quirk>,
    /// How often the unit's sheet was sent before: a corrected one has other temperatures.
    pub(super) revision: u64,
    trip: Option<Trip<'a>>,
    home: &'a Place,
    pub(super) address: String,
    pub(super) community: &'a str,
}

impl<'a> Row<'a> {
    /// What the person at `index` has to tell on `day`.
    pub(super) fn of(
        world: &'a World,
        days: Days,
        index: usize,
        day: NaiveDate,
        case: Option<&'a Case>,
        quirk: Option<Quirk>,
        revision: u64,
    ) -> Self {
        let quirk = quirk.filter(|quirk| (days.today() - day).num_days() <= quirk.since());
        let (home, address, community) = world.home(index);
        // Those who are alike live in one district and went nowhere.
        let is_alike = world.alike.contains(&index);
        let home = if is_alike { world.home(world.alike.start).0 } else { home };
        let person = &world.people[index];
        let trip = if is_alike { None } else { trip(world, index, case, quirk, days) };
        Self { world, days, index, person, day, case, quirk, revision, trip, home, address, community }
    }

    /// The journey, as long as it is asked for: until fourteen days after it ended.
    pub(super) fn journey(&self) -> Option<&Trip<'a>> {
        let asked = |trip: &&Trip<'_>| {
            trip.left <= self.day && trip.returned.is_none_or(|back| add_days(back, 14) >= self.day)
        };
        self.trip.as_ref().filter(asked)
    }

    /// Back on this day, if already.
    pub(super) fn returned(&self) -> Option<NaiveDate> {
        self.journey()?.returned.filter(|back| *back <= self.day)
    }

    fn away(&self) -> Option<&Trip<'a>> {
        self.journey().filter(|trip| {
            self.quirk != Some(Quirk::BackTooSoon) && trip.returned.is_none_or(|back| back > self.day)
        })
    }

    /// Where the person is.
    pub(super) fn place(&self) -> &'a Place {
        match self.quirk {
            Some(Quirk::HubeiDenied) => self.world.lists.places.hubei.pick(&mut self.rng(21)),
            Some(Quirk::Moved) => self.world.lists.places.origins.pick(&mut self.rng(22)),
            _ => self.away().map_or(self.home, |trip| trip.place),
        }
    }

    /// In Hubei, as answered.
    pub(super) fn in_hubei(&self) -> bool {
        self.quirk != Some(Quirk::HubeiDenied) && self.place().province == "湖北省"
    }

    /// On the campus.
    pub(super) fn on_campus(&self) -> bool {
        let is_alike = self.world.alike.contains(&self.index);
        !is_alike && self.away().is_none() && (self.measure() == Measure::Campus || self.rng(23).chance(45))
    }

    fn rng(&self, purpose: u64) -> Rng {
        Rng::of(&[SEED, stream::ROW, self.index as u64, purpose])
    }

    /// The case as far as the sheet knows it on this day.
    fn told(&self) -> Option<&'a Case> {
        let case = self.case.filter(|case| !case.unsaid)?;
        let begun = case.facts.day_zero().is_some_and(|zero| zero <= self.day);
        let ended = case.released.as_ref().is_some_and(|(at, _)| self.days.date(*at) < self.day);
        (begun && !ended).then_some(case)
    }

    /// The measure by the sheet.
    pub(super) fn measure(&self) -> Measure {
        if self.quirk == Some(Quirk::NoCase) {
            return Measure::Home;
        }
        self.told().map_or(Measure::None, |case| case.measure(self.days, self.day))
    }

    /// Under observation since, by the sheet.
    pub(super) fn observed_from(&self) -> Option<NaiveDate> {
        if self.quirk == Some(Quirk::NoCase) {
            return Some(add_days(self.days.today(), -6));
        }
        let case = self.told().filter(|_| self.measure() != Measure::None)?;
        case.facts.start
    }

    /// The state, as the form's code.
    pub(super) fn status(&self) -> &'static str {
        match self.measure() {
            Measure::Home => "observing",
            Measure::Campus | Measure::Central | Measure::Medical => "isolated",
            Measure::Hospital => "hospital",
            Measure::None if self.told().is_some_and(|case| case.category() == Category::Other) => "other",
            Measure::None => "normal",
        }
    }

    /// Met a case on that day.
    pub(super) fn met_case(&self) -> Option<NaiveDate> {
        if self.quirk == Some(Quirk::MetCase) {
            return Some(add_days(self.days.today(), -5));
        }
        let case = self.told().filter(|case| {
            matches!(case.category(), Category::Contact | Category::SharedTrip | Category::CentralIsolation)
        })?;
        case.facts.day_zero()
    }

    /// Met somebody from Hubei on that day.
    pub(super) fn met_from_hubei(&self) -> Option<NaiveDate> {
        if let Some(day) = self.met_case() {
            return Some(day);
        }
        let mut rng = self.rng(24);
        (self.case.is_none() && rng.chance(6)).then(|| add_days(self.days.first(), -rng.range(2, 9)))
    }

    /// Degrees above what is usual, in tenths: a fever falls within five days.
    fn fever(&self) -> i64 {
        if self.quirk == Some(Quirk::Unfelt) {
            return 13;
        }
        let Some(case) = self.case else { return 0 };
        let Some(zero) = case.facts.start else { return 0 };
        let age = (self.day - zero).num_days();
        match case.category() {
            Category::Fever if (0..5).contains(&age) => 18 - 4 * age,
            Category::Suspected if age >= 0 => 12,
            Category::Confirmed if age >= 0 => (20 - 2 * age).max(2),
            _ => 0,
        }
    }

    /// A fever that the answers tell of.
    pub(super) fn feverish(&self) -> bool {
        self.quirk != Some(Quirk::Unfelt) && self.fever() > 7
    }

    /// Where this unit measures.
    pub(super) fn site(&self) -> Site {
        match self.person.unit % 5 {
            3 => Site::Forehead,
            _ => Site::Axillary,
        }
    }

    /// A temperature in tenths of a degree; `time` is 0 in the morning, 1 in the afternoon.
    pub(super) fn temperature(&self, time: u64) -> i16 {
        // One unit sends the same figures every day.
        let day = if self.person.unit == 12 { 0 } else { self.days.index(self.day) as u64 };
        let ago = (self.days.today() - self.day).num_days();
        if self.person.unit == FLAT.0 && ago <= FLAT.1 {
            return (365 + time as i64 + self.fever()) as i16;
        }
        let is_alike = ago == 0 && self.world.alike.contains(&self.index);
        let index = if is_alike { self.world.alike.start } else { self.index } as u64;
        let parts = [SEED, stream::TEMPERATURE, index, day, time, self.revision];
        let (usual, highest) = match self.site() {
            Site::Forehead => (362, 367),
            _ => (364, 369),
        };
        let usual = usual + Rng::of(&parts).bell(2) + time as i64;
        (usual.clamp(359, highest) + self.fever()) as i16
    }

    /// What is complained of; 无 when nothing.
    pub(super) fn symptoms(&self) -> &'static str {
        if self.feverish() {
            return ["发热", "发热、咳嗽", "发热、乏力"][self.rng(25).below(3)];
        }
        let mut rng = Rng::of(&[SEED, stream::ROW, self.index as u64, 26, self.days.index(self.day) as u64]);
        if rng.below(2000) == 0 { COUGH } else { "无" }
    }

    /// What is said of those living together.
    pub(super) fn household(&self) -> &'static str {
        let mut rng = self.rng(27);
        match rng.below(400) {
            0 => "配偶为定点医院医护",
            1 => "岳父母1月下旬自荆州来青",
            2 => "同住人居家观察中",
            _ => NOBODY,
        }
    }
}

/// The journey of the person at `index`: their case tells it, else chance.
fn trip<'a>(
    world: &'a World,
    index: usize,
    case: Option<&Case>,
    quirk: Option<Quirk>,
    days: Days,
) -> Option<Trip<'a>> {
    let mut rng = Rng::of(&[SEED, stream::STORY, index as u64]);
    let places = &world.lists.places;
    let spring = add_days(days.today(), -rng.range(24, 31));
    let (origin, from_hubei) = world.origin(index);
    let zero = case.and_then(|case| case.facts.day_zero());
    let (place, returned) = match case.map(Case::category) {
        Some(Category::BackFromHubei) => (places.hubei.pick(&mut rng), zero),
        Some(Category::InHubei) => (places.hubei.pick(&mut rng), None),
        Some(Category::SharedTrip | Category::HomeObservation | Category::CampusObservation) => {
            (places.origins.pick(&mut rng), zero)
        }
        Some(_) => return None,
        None if quirk == Some(Quirk::BackTooSoon) => {
            // Of last week: an older journey would not be asked for any more.
            (places.origins.pick(&mut rng), Some(add_days(days.today(), -9)))
        }
        // Who comes from Hubei and has no case stayed here.
        None if from_hubei || origin.city == "青岛市" || !rng.chance(380) => return None,
        None => (origin, Some(add_days(spring, rng.range(7, 36)))),
    };
    // A case tells of a return that may be long ago: the leaving is before it.
    let left = match returned {
        Some(back) if quirk == Some(Quirk::BackTooSoon) => add_days(back, 3),
        Some(back) => spring.min(add_days(back, -4)),
        None => spring,
    };
    let shared = case.is_some_and(|case| case.category() == Category::SharedTrip);
    let (transport, number, seat) = ride(world, &mut rng, shared);
    let via_hubei = place.province == "湖北省" || (place.province == "湖南省" && number.starts_with('Z'));
    Some(Trip { place, left, returned, transport, number, seat, via_hubei })
}

/// By what, with its number and the seat where it is known.
fn ride(world: &World, rng: &mut Rng, shared: bool) -> (&'static str, String, String) {
    let places = &world.lists.places;
    let letter = |rng: &mut Rng| *rng.pick(&['A', 'B', 'C', 'D', 'F']);
    if shared {
        // Those who shared a trip sat in one carriage of one train.
        let seat = format!("4车厢{}{}", rng.range(3, 15), letter(rng));
        return ("火车", "G1836".to_owned(), seat);
    }
    match rng.below(10) {
        0..=4 => {
            let seat = if rng.chance(120) {
                String::new()
            } else {
                format!("{}车厢{}{}", rng.range(1, 16), rng.range(1, 18), letter(rng))
            };
            ("火车", rng.pick(&places.trains).clone(), seat)
        }
        5 => ("飞机", rng.pick(&places.flights).clone(), format!("{}{}", rng.range(4, 31), letter(rng))),
        6 => ("长途汽车", rng.pick(&places.coaches).clone(), String::new()),
        _ => ("自驾", String::new(), String::new()),
    }
}
