//! The situation report (疫情日报) as figures. Every figure has a stable key, a value, and the ids of those behind
//! it, so that it can be opened into names, and compared with what was told before.
//!
//! [`count`] makes the figures of attention cases out of their histories; [`check`] holds every sum of a report;
//! [`told`] compares figures with those told before. [`figures`] keeps them compactly in the log.

pub mod check;
pub mod count;
pub mod figures;
pub mod told;

use super::codes;
use super::letterhead::Letterhead;
use super::person::PersonKind;
use super::time::{Calendar, Ts, add_days};
use chrono::NaiveDate;
pub use figures::{Figure, Figures};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

codes! {
    /// What the rows of a table are.
    Axis {
        /// The whole school: one row without a code.
        All = "all",
        /// Units, by id.
        Unit = "unit",
        /// The first reason of a case, by code. Other reasons of the same case stand in [`Column::Also`].
        Category = "category",
        /// The measure ordered, by code.
        Measure = "measure",
        /// Campuses, by name; empty for a person of whom none is known.
        Campus = "campus",
        /// A measure on a campus: `central@东校区`.
        Site = "site",
    }
}

codes! {
    /// What a figure counts. Cases, unless it says otherwise.
    Column {
        /// 原有: open when the day began.
        Opening = "opening",
        /// 新增: opened within the day.
        New = "new",
        /// 解除: released within the day.
        Released = "released",
        /// 转出: moved to another row of the table within the day.
        Out = "out",
        /// 转入: came from another row of the table within the day.
        In = "in",
        /// 现有: open when the day ended.
        Current = "current",
        /// 累计: ever opened, since the office began.
        Cumulative = "cumulative",
        /// 累计到过: cases that ever stood on this row, of measures and of measures on a campus; each once, on the
        /// campus where it stood under that measure last. In no sum of cases: one may have stood on several rows.
        Ever = "ever",
        /// 累计解除: ever released.
        Discharged = "discharged",
        /// 兼有: open, with this reason beside the first one. In no sum.
        Also = "also",
        /// 在鄂: people who are in Hubei by the day's reports.
        Hubei = "hubei",
        /// 观察中有异常: people under a measure with a fever or not well, by the day's reports and calls.
        Unwell = "unwell",
        /// 新增发热: cases that came to have fever or symptoms among their reasons within the day.
        FeverNew = "fever-new",
        /// 累计发热: cases that ever had fever or symptoms among their reasons.
        FeverAll = "fever-cumulative",
        /// 体温异常: people whose temperature in the day's reports is a fever.
        Feverish = "feverish",
        /// 在校: people on a campus by the day's reports.
        Staying = "staying",
        /// 红码: cases whose health code in the day's reports is red.
        Red = "code-red",
        /// 黄码
        Yellow = "code-yellow",
        /// 绿码
        Green = "code-green",
        /// 未填码: cases without a colour in the day's reports.
        Uncoded = "code-none",
        /// 应报: units of which reports were expected. Units behind it; each once, however many rounds a day has.
        Expected = "expected",
        /// 已报: of these, received.
        Received = "received",
        /// 按时: of these, received in time.
        InTime = "in-time",
        /// 迟报: received after the deadline.
        Late = "late",
        /// 未报
        Missing = "missing",
        /// 尚未到时限: expected, not yet due, and not yet in.
        Awaited = "awaited",
    }
}

codes! {
    /// The two halves of a school into which figures are split.
    Group {
        /// 教职工: everybody who is not a student.
        Staff = "staff",
        /// 学生
        Students = "students",
    }
}

impl Group {
    /// Where somebody of this kind is counted.
    pub fn of(kind: Option<PersonKind>) -> Self {
        match kind {
            Some(PersonKind::Undergraduate | PersonKind::Master | PersonKind::Doctoral) => Self::Students,
            _ => Self::Staff,
        }
    }
}

impl Column {
    /// Whether it counts what happened within the day: such a figure is compared only within its own day.
    pub fn is_of_the_day(self) -> bool {
        !matches!(
            self,
            Self::Current
                | Self::Cumulative
                | Self::Discharged
                | Self::Ever
                | Self::Also
                | Self::Hubei
                | Self::FeverAll
                | Self::Staying
                | Self::Red
                | Self::Yellow
                | Self::Green
                | Self::Uncoded
        )
    }

    /// Whether units stand behind it; else people.
    pub fn is_of_units(self) -> bool {
        matches!(
            self,
            Self::Expected | Self::Received | Self::InTime | Self::Late | Self::Missing | Self::Awaited
        )
    }

    /// The columns of the flow of cases, in which every table has the same total.
    pub const FLOW: [Self; 6] =
        [Self::Opening, Self::New, Self::Released, Self::Current, Self::Cumulative, Self::Discharged];
}

/// Which figure. Its text (`measure.central.current`, `all.new.staff`) is stable: it stands in the log and in JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The table.
    pub axis: Axis,
    /// The row's code; empty for the whole school.
    pub row: String,
    /// What is counted.
    pub column: Column,
    /// Of staff or students only.
    pub group: Option<Group>,
}

impl Key {
    /// A figure of the whole school.
    pub fn all(column: Column) -> Self {
        Self { axis: Axis::All, row: String::new(), column, group: None }
    }

    /// A figure of a row.
    pub fn row(axis: Axis, row: &str, column: Column) -> Self {
        Self { axis, row: row.to_owned(), column, group: None }
    }

    /// The same of one group.
    #[must_use]
    pub fn of(mut self, group: Group) -> Self {
        self.group = Some(group);
        self
    }

    /// Whether the figure is one that is said aloud: the school's own, and who is under which measure.
    pub fn is_headline(&self) -> bool {
        self.group.is_none()
            && match self.axis {
                Axis::All => matches!(
                    self.column,
                    Column::New
                        | Column::Released
                        | Column::Current
                        | Column::Cumulative
                        | Column::Discharged
                        | Column::Hubei
                        | Column::Unwell
                        | Column::FeverNew
                        | Column::FeverAll
                        | Column::Feverish
                        | Column::Received
                        | Column::Missing
                ),
                Axis::Measure => self.column == Column::Current,
                _ => false,
            }
    }

    /// The key whose text this is.
    pub fn parse(text: &str) -> Option<Self> {
        let (axis, mut rest) = text.split_once('.')?;
        let axis = Axis::from_code(axis)?;
        let mut group = None;
        for known in Group::ALL {
            if let Some(before) = rest.strip_suffix(known.code()).and_then(|rest| rest.strip_suffix('.')) {
                group = Some(*known);
                rest = before;
            }
        }
        let (row, column) = match axis {
            Axis::All => ("", rest),
            _ => rest.rsplit_once('.')?,
        };
        Some(Self { axis, row: row.to_owned(), column: Column::from_code(column)?, group })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.axis.code())?;
        if self.axis != Axis::All {
            write!(f, ".{}", self.row)?;
        }
        write!(f, ".{}", self.column.code())?;
        self.group.map_or(Ok(()), |group| write!(f, ".{}", group.code()))
    }
}

/// One day of the trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendDay {
    /// The day.
    pub day: NaiveDate,
    /// Open cases at its end.
    pub open: i64,
    /// Opened in it.
    pub new: i64,
    /// Released in it.
    pub released: i64,
    /// People with a fever by its reports.
    pub feverish: i64,
    /// Units whose reports were received.
    pub received: i64,
    /// Units of which reports were expected.
    pub expected: i64,
    /// Of these, not yet due and not yet in, while the day runs.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub awaited: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &i64) -> bool {
    *n == 0
}

codes! {
    /// How a unit's reports of one day came.
    Came {
        /// All in time.
        InTime = "r",
        /// One late.
        Late = "l",
        /// One missing.
        Missing = "m",
        /// None expected, or not due yet.
        None = "-",
    }
}

/// How one unit reported, day by day, in the order of the trend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeatRow {
    /// The unit's id, as in the keys.
    pub unit: String,
    /// One for each day of the trend.
    pub days: Vec<Came>,
}

/// The window of a report: one day by its boundary, or the part of it that has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The day.
    pub day: NaiveDate,
    /// Its beginning.
    pub from: Ts,
    /// Its end, no longer part of it; just after the present moment while the day runs.
    pub to: Ts,
}

impl Window {
    /// The window of `day`, which begins `boundary` minutes after midnight, as seen at `now`.
    pub fn of(day: NaiveDate, boundary: i32, calendar: Calendar, now: Ts) -> Self {
        let begin = |day| calendar.at_minute(day, boundary);
        let from = begin(day);
        // A day that has not begun has no part that has passed; it does not end before it begins.
        Self { day, from, to: begin(add_days(day, 1)).min(now.plus(1)).max(from) }
    }
}

/// How many days the trend shows.
pub const TREND_DAYS: i64 = 14;

/// A situation report: figures of one day, as the log knew them when it was cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitrep {
    /// The day.
    pub day: NaiveDate,
    /// Minutes after midnight at which the day begins: 0, or 480 for 08–08.
    pub boundary: i32,
    /// When the day began.
    pub from: Ts,
    /// When it ended: the first moment that is no longer part of it.
    pub to: Ts,
    /// When the figures were cut.
    pub cut_at: Ts,
    /// The head code of the log as it stood.
    pub head: String,
    /// The rows of each table in the order shown, also those with nothing in them.
    pub rows: BTreeMap<Axis, Vec<String>>,
    /// Every figure that is not zero.
    pub figures: Figures,
    /// The last days, the day itself last.
    pub trend: Vec<TrendDay>,
    /// How each unit reported on these days.
    pub heat: Vec<HeatRow>,
    /// How its paper is headed, from when it is sent; none in what earlier programs sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<Letterhead>,
}

impl Sitrep {
    /// A figure's value: 0 when nothing stands behind it.
    pub fn value(&self, key: &Key) -> i64 {
        self.figures.value(key)
    }

    /// A figure of the whole school.
    pub fn all(&self, column: Column) -> i64 {
        self.value(&Key::all(column))
    }

    /// The rows of a table, in order.
    pub fn rows(&self, axis: Axis) -> &[String] {
        self.rows.get(&axis).map_or(&[], Vec::as_slice)
    }

    /// Whether the day was over when the report was cut.
    pub fn is_whole(&self) -> bool {
        self.to <= self.cut_at
    }

    /// The moment up to which it counts, as people write it: the day's end, or when it was cut.
    pub fn until(&self) -> Ts {
        self.to.min(self.cut_at)
    }

    /// A share in percent, of the whole school's reports: completeness (received ÷ expected) or
    /// timeliness (in time ÷ expected). None while nothing is expected, and before the day's deadline.
    pub fn share(&self, of: Column) -> Option<f64> {
        let expected = self.all(Column::Expected);
        let is_early =
            self.all(Column::Awaited) > 0 && self.all(Column::Missing) + self.all(Column::Late) == 0;
        (expected > 0 && !is_early).then(|| self.all(of) as f64 * 100.0 / expected as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_text() {
        let campus = Key::row(Axis::Campus, "东.校区", Column::Current).of(Group::Students);
        assert_eq!(campus.to_string(), "campus.东.校区.current.students");
        let keys = [
            Key::all(Column::New),
            Key::all(Column::Current).of(Group::Staff),
            Key::row(Axis::Measure, "central", Column::Discharged),
            Key::row(Axis::Campus, "", Column::FeverAll),
            campus,
        ];
        for key in keys {
            assert_eq!(Key::parse(&key.to_string()), Some(key));
        }
        for text in ["", "all", "all.", "measure.current", "who.x.new", "all.new.all"] {
            assert_eq!(Key::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_from_eight_to_eight_ends_on_the_next_date() {
        let day = NaiveDate::from_ymd_opt(2022, 5, 27).unwrap();
        let calendar = Calendar::default();
        let at = |text: &str| Ts::from_rfc3339(text).unwrap();
        let over = Window::of(day, 480, calendar, at("2022-05-28T09:00:00+08:00"));
        assert_eq!((over.from, over.to), (at("2022-05-27T08:00:00+08:00"), at("2022-05-28T08:00:00+08:00")));
        let now = at("2022-05-27T17:00:00+08:00");
        assert_eq!(Window::of(day, 480, calendar, now).to, now.plus(1));
    }
}
