//! Counting attention cases over a window. A case is a history in the order of the log; each of its events belongs
//! to the moment at which it happened, so that what was recorded late is counted on its day.

use super::{Axis, Column, Figures, Group, Key, Window};
use crate::domain::case::{Category, Measure};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::time::Ts;
use std::collections::{BTreeMap, HashMap};

/// What one event said of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// When it happened.
    pub at: Ts,
    /// The reasons, if it named them.
    pub categories: Option<Vec<Category>>,
    /// The measure, if it named one.
    pub measure: Option<Measure>,
}

/// What one row or correction said of where a person belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Home {
    /// When it was said.
    pub at: Ts,
    /// The unit, if it named one.
    pub unit: Option<UnitId>,
    /// The campus, if it named one.
    pub campus: Option<String>,
}

/// The campuses of the units, for people of whom none is known.
pub type Campuses = HashMap<UnitId, String>;

/// One case, as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Whose.
    pub person: PersonId,
    /// Staff or student.
    pub group: Group,
    /// When it was opened.
    pub opened: Ts,
    /// When it was released; never before it was opened.
    pub released: Option<Ts>,
    /// What was said of it, in the order of the log.
    pub said: Vec<Said>,
    /// What was said of where the person belongs, in the order of the log.
    pub homes: Vec<Home>,
}

/// The rows on which a case stands at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    unit: String,
    category: Category,
    measure: Measure,
    campus: String,
}

impl Place {
    fn row(&self, axis: Axis) -> String {
        match axis {
            Axis::All => String::new(),
            Axis::Unit => self.unit.clone(),
            Axis::Category => self.category.code().to_owned(),
            Axis::Measure => self.measure.code().to_owned(),
            Axis::Campus => self.campus.clone(),
            Axis::Site => site(self.measure, &self.campus),
        }
    }
}

/// The row of a measure on a campus.
pub fn site(measure: Measure, campus: &str) -> String {
    format!("{}@{campus}", measure.code())
}

impl Track {
    /// Whether it was open just before `at`.
    pub fn is_open(&self, at: Ts) -> bool {
        self.opened < at && self.released.is_none_or(|released| released >= at)
    }

    /// The reasons just before `at`.
    pub fn categories(&self, at: Ts) -> &[Category] {
        let mut said =
            self.said.iter().filter(|said| said.at < at).filter_map(|said| said.categories.as_deref());
        said.next_back().unwrap_or_default()
    }

    /// The measure just before `at`.
    pub fn measure(&self, at: Ts) -> Measure {
        let mut said = self.said.iter().filter(|said| said.at < at).filter_map(|said| said.measure);
        said.next_back().unwrap_or(Measure::None)
    }

    /// The person's campus just before `at`: their own, else their unit's; empty when neither is known.
    pub fn campus(&self, at: Ts, campuses: &Campuses) -> String {
        let own = self.home(at, |home| home.campus.clone()).filter(|campus| !campus.is_empty());
        let units = || campuses.get(&self.home(at, |home| home.unit)?).cloned();
        own.or_else(units).unwrap_or_default()
    }

    fn place(&self, at: Ts, campuses: &Campuses) -> Place {
        Place {
            unit: self.home(at, |home| home.unit).map(|unit| unit.to_string()).unwrap_or_default(),
            campus: self.campus(at, campuses),
            category: self.categories(at).first().copied().unwrap_or(Category::Other),
            measure: self.measure(at),
        }
    }

    /// The last of what was said of a person's home before `at`. Somebody of whom nothing was known so early is
    /// taken to have belonged where they were first known to.
    fn home<T>(&self, at: Ts, field: impl Fn(&Home) -> Option<T>) -> Option<T> {
        let before = self.homes.iter().rev().filter(|home| home.at < at).find_map(&field);
        before.or_else(|| self.homes.iter().find_map(field))
    }

    /// When fever or symptoms first stood among its reasons.
    fn fever(&self) -> Option<Ts> {
        let said = self.said.iter().filter(|said| {
            said.categories.as_ref().is_some_and(|categories| categories.contains(&Category::Fever))
        });
        said.map(|said| said.at.max(self.opened)).min()
    }
}

/// The tables of cases.
pub const TABLES: [Axis; 6] =
    [Axis::All, Axis::Unit, Axis::Category, Axis::Measure, Axis::Campus, Axis::Site];

/// Counts cases into the figures of a window.
///
/// On each table: opening + new − released − moved out + moved in = current. A case that came to a row and left it
/// for a third within the day has moved once, from the first to the last. What was ever opened or released is
/// counted on the row on which the case stands, or stood last.
pub fn cases(tracks: &[Track], campuses: &Campuses, window: &Window, out: &mut Figures) {
    for track in tracks.iter().filter(|track| track.opened < window.to) {
        let is_new = track.opened >= window.from;
        let released = track.released.filter(|released| *released < window.to);
        let begin = if is_new { track.opened.plus(1) } else { window.from };
        let end = released.map_or(window.to, |at| at.plus(1));
        // One released before the window is only remembered; its flow lies behind it.
        let is_past = released.is_some_and(|at| at < window.from);
        let (first, last) = (track.place(begin, campuses), track.place(end, campuses));
        for axis in TABLES {
            let mut count = |row: &str, column| {
                out.add_person(&Key::row(axis, row, column), track.group, track.person.0);
            };
            let (first, last) = (first.row(axis), last.row(axis));
            count(&last, Column::Cumulative);
            if released.is_some() {
                count(&last, Column::Discharged);
            }
            if is_past {
                continue;
            }
            count(&first, if is_new { Column::New } else { Column::Opening });
            if first != last {
                count(&first, Column::Out);
                count(&last, Column::In);
            }
            count(&last, if released.is_some() { Column::Released } else { Column::Current });
        }
        for (measure, campus) in stood(track, campuses, end) {
            for key in [
                Key::row(Axis::Measure, measure.code(), Column::Ever),
                Key::row(Axis::Site, &site(measure, &campus), Column::Ever),
            ] {
                out.add_person(&key, track.group, track.person.0);
            }
        }
        fever(track, window, &last.campus, out);
        if released.is_none() {
            for also in track.categories(end).iter().skip(1) {
                out.add_person(
                    &Key::row(Axis::Category, also.code(), Column::Also),
                    track.group,
                    track.person.0,
                );
            }
        }
    }
}

/// The measures under which a case ever stood before `end`, with the campus where it did so last.
fn stood(track: &Track, campuses: &Campuses, end: Ts) -> BTreeMap<Measure, String> {
    let begin = track.opened.plus(1);
    let said = track.said.iter().map(|said| said.at);
    let homes = track.homes.iter().map(|home| home.at);
    let mut moments: Vec<Ts> =
        said.chain(homes).map(|at| at.plus(1).max(begin)).filter(|at| *at <= end).collect();
    moments.push(begin);
    moments.sort_unstable();
    moments.dedup();
    moments.into_iter().map(|at| (track.measure(at), track.campus(at, campuses))).collect()
}

fn fever(track: &Track, window: &Window, campus: &str, out: &mut Figures) {
    let Some(at) = track.fever().filter(|at| *at < window.to) else { return };
    let mut columns = vec![Column::FeverAll];
    if at >= window.from {
        columns.push(Column::FeverNew);
    }
    for column in columns {
        out.add_person(&Key::all(column), track.group, track.person.0);
        out.add_person(&Key::row(Axis::Campus, campus, column), track.group, track.person.0);
    }
}

/// Open, new and released cases of a window: one day of the trend.
pub fn trend(tracks: &[Track], window: &Window) -> (i64, i64, i64) {
    let inside = |at: Ts| (window.from..window.to).contains(&at);
    let count = |fits: &dyn Fn(&Track) -> bool| tracks.iter().filter(|track| fits(track)).count() as i64;
    (
        count(&|track| track.is_open(window.to)),
        count(&|track| inside(track.opened)),
        count(&|track| track.released.is_some_and(inside)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn track(opened: i64, released: Option<i64>, said: &[(i64, Category, Measure)]) -> Track {
        Track {
            person: PersonId(Uuid::from_u128(7)),
            group: Group::Students,
            opened: Ts(opened),
            released: released.map(Ts),
            said: said
                .iter()
                .map(|(at, category, measure)| Said {
                    at: Ts(*at),
                    categories: Some(vec![*category]),
                    measure: Some(*measure),
                })
                .collect(),
            homes: vec![Home { at: Ts(0), unit: None, campus: Some("东校区".to_owned()) }],
        }
    }

    fn counted(tracks: &[Track]) -> Figures {
        let mut out = Figures::default();
        let day = chrono::NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        cases(tracks, &Campuses::new(), &Window { day, from: Ts(100), to: Ts(200) }, &mut out);
        out
    }

    fn measure(figures: &Figures, measure: Measure, column: Column) -> i64 {
        figures.value(&Key::row(Axis::Measure, measure.code(), column))
    }

    #[test]
    fn a_move_between_measures_leaves_one_row_and_comes_to_the_other() {
        let figures = counted(&[track(
            50,
            None,
            &[
                (50, Category::Contact, Measure::Home),
                (120, Category::Contact, Measure::Campus),
                (150, Category::Contact, Measure::Central),
            ],
        )]);
        assert_eq!(measure(&figures, Measure::Home, Column::Opening), 1);
        assert_eq!(measure(&figures, Measure::Home, Column::Out), 1);
        assert_eq!(measure(&figures, Measure::Campus, Column::In), 0);
        assert_eq!(measure(&figures, Measure::Central, Column::In), 1);
        assert_eq!(measure(&figures, Measure::Central, Column::Current), 1);
        assert_eq!(figures.value(&Key::all(Column::Out)), 0);
    }

    #[test]
    fn who_ever_stood_under_a_measure_does_not_become_fewer() {
        let mut moved = track(
            50,
            Some(180),
            &[
                (50, Category::Fever, Measure::Medical),
                (120, Category::Fever, Measure::Home),
                (130, Category::Fever, Measure::Medical),
                (140, Category::Fever, Measure::Home),
                // After its release: nobody stood there.
                (190, Category::Fever, Measure::Central),
            ],
        );
        moved.homes.push(Home { at: Ts(135), unit: None, campus: Some("西校区".to_owned()) });
        moved.homes.push(Home { at: Ts(145), unit: None, campus: Some("北校区".to_owned()) });
        let figures = counted(&[moved]);
        for (asked, ever) in [(Measure::Medical, 1), (Measure::Home, 1), (Measure::Central, 0)] {
            assert_eq!(measure(&figures, asked, Column::Ever), ever, "{asked}");
        }
        assert_eq!(measure(&figures, Measure::Medical, Column::Cumulative), 0);
        let site = |row| figures.value(&Key::row(Axis::Site, row, Column::Ever));
        assert_eq!((site("medical@东校区"), site("medical@西校区")), (0, 1));
        assert_eq!((site("home@西校区"), site("home@北校区")), (0, 1));
    }

    #[test]
    fn opened_and_released_in_one_day_is_both_new_and_released() {
        let figures = counted(&[track(110, Some(190), &[(110, Category::Fever, Measure::Medical)])]);
        assert_eq!(figures.value(&Key::all(Column::New)), 1);
        assert_eq!(figures.value(&Key::all(Column::Released).of(Group::Students)), 1);
        assert_eq!(figures.value(&Key::all(Column::Current)), 0);
        assert_eq!(figures.value(&Key::row(Axis::Campus, "东校区", Column::FeverNew)), 1);
        assert_eq!(figures.value(&Key::row(Axis::Site, "medical@东校区", Column::Discharged)), 1);
    }

    #[test]
    fn what_lies_outside_the_window_is_only_remembered() {
        let figures = counted(&[
            track(10, Some(90), &[(10, Category::Fever, Measure::Home)]),
            track(200, None, &[(200, Category::Fever, Measure::Home)]),
        ]);
        assert_eq!(figures.value(&Key::all(Column::Cumulative)), 1);
        assert_eq!(figures.value(&Key::all(Column::Discharged)), 1);
        for column in [Column::Opening, Column::New, Column::Released, Column::Current, Column::FeverNew] {
            assert_eq!(figures.value(&Key::all(column)), 0, "{column}");
        }
    }
}
