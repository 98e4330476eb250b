//! Every sum of a report. One that does not hold names its cell and both sides; such a report is neither sent nor
//! printed.

use super::count::site;
use super::{Axis, Column, Group, Key, Sitrep};
use crate::domain::case::Measure;
use crate::domain::codes;

codes! {
    /// Which equation.
    Sum {
        /// Opening + new − released − moved out + moved in = current.
        Flow = "flow",
        /// Ever opened − ever released = current.
        Ever = "ever",
        /// The rows of a table make its total.
        Rows = "rows",
        /// As many moved out of rows as moved in.
        Moves = "moves",
        /// Staff + students = all.
        Groups = "groups",
        /// A measure's (or a campus's) parts make it.
        Sites = "sites",
        /// The colours of the health codes make the current ones.
        Codes = "codes",
        /// Received + missing + awaited = expected.
        Expected = "expected",
        /// In time + late = received.
        Received = "received",
        /// The trend ends with the day's own figures.
        Trend = "trend",
        /// As many stand behind a figure as it says.
        Behind = "behind",
    }
}

/// A sum that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSum {
    /// Which equation.
    pub sum: Sum,
    /// The cell that should be the sum: its row, column and group.
    pub key: Key,
    /// What its parts make.
    pub parts: i64,
    /// What it says.
    pub says: i64,
}

struct Sums<'a> {
    report: &'a Sitrep,
    bad: Vec<BadSum>,
}

/// Every sum of the report that does not hold; none for a sound one.
pub fn check(report: &Sitrep) -> Vec<BadSum> {
    let mut sums = Sums { report, bad: Vec::new() };
    sums.behind();
    sums.flows();
    sums.rows();
    sums.groups();
    sums.sites();
    sums.codes();
    sums.reports();
    sums.trend();
    sums.bad
}

/// The whole, staff, students.
const GROUPS: [Option<Group>; 3] = [None, Some(Group::Staff), Some(Group::Students)];

/// Columns that are counted by campus besides the flow of cases.
const BY_CAMPUS: [Column; 5] =
    [Column::Hubei, Column::Staying, Column::FeverNew, Column::FeverAll, Column::Feverish];

const COLOURS: [Column; 4] = [Column::Red, Column::Yellow, Column::Green, Column::Uncoded];

impl Sums<'_> {
    fn value(&self, axis: Axis, row: &str, column: Column, group: Option<Group>) -> i64 {
        self.report.value(&Key { axis, row: row.to_owned(), column, group })
    }

    fn equal(&mut self, sum: Sum, key: Key, parts: i64) {
        let says = self.report.value(&key);
        if parts != says {
            self.bad.push(BadSum { sum, key, parts, says });
        }
    }

    /// Every row of every table of cases, the total's among them.
    fn lines(&self) -> Vec<(Axis, String)> {
        let mut out = vec![(Axis::All, String::new())];
        for (axis, rows) in &self.report.rows {
            out.extend(rows.iter().map(|row| (*axis, row.clone())));
        }
        out
    }

    fn behind(&mut self) {
        for (key, figure) in &self.report.figures.0 {
            if figure.value != figure.ids.len() as i64 {
                let (key, parts, says) = (key.clone(), figure.ids.len() as i64, figure.value);
                self.bad.push(BadSum { sum: Sum::Behind, key, parts, says });
            }
        }
    }

    fn flows(&mut self) {
        for (axis, row) in self.lines() {
            for group in GROUPS {
                let value = |column| self.value(axis, &row, column, group);
                let flow = value(Column::Opening) + value(Column::New)
                    - value(Column::Released)
                    - value(Column::Out)
                    + value(Column::In);
                let ever = value(Column::Cumulative) - value(Column::Discharged);
                let key = Key { axis, row: row.clone(), column: Column::Current, group };
                self.equal(Sum::Flow, key.clone(), flow);
                self.equal(Sum::Ever, key, ever);
            }
        }
    }

    fn rows(&mut self) {
        for axis in [Axis::Unit, Axis::Category, Axis::Measure, Axis::Campus] {
            let rows = self.report.rows(axis).to_vec();
            for group in GROUPS {
                let sum = |column| rows.iter().map(|row| self.value(axis, row, column, group)).sum::<i64>();
                let by_campus = BY_CAMPUS.iter().filter(|_| axis == Axis::Campus);
                let columns = Column::FLOW.iter().chain(by_campus);
                let sums: Vec<_> = columns.map(|column| (*column, sum(*column))).collect();
                let (moved_in, moved_out) = (sum(Column::In), sum(Column::Out));
                for (column, parts) in sums {
                    self.equal(Sum::Rows, Key { group, ..Key::all(column) }, parts);
                }
                if moved_in != moved_out {
                    let key = Key { axis, row: String::new(), column: Column::In, group };
                    self.bad.push(BadSum { sum: Sum::Moves, key, parts: moved_out, says: moved_in });
                }
            }
        }
    }

    fn groups(&mut self) {
        let columns: Vec<Column> = Column::ALL.iter().copied().filter(|c| !c.is_of_units()).collect();
        for (axis, row) in self.lines() {
            for &column in &columns {
                let of = |group| self.value(axis, &row, column, Some(group));
                let parts = of(Group::Staff) + of(Group::Students);
                self.equal(Sum::Groups, Key::row(axis, &row, column), parts);
            }
        }
    }

    fn sites(&mut self) {
        let campuses = self.report.rows(Axis::Campus).to_vec();
        let at = |sums: &Self, measure: Measure, campus: &str, column| {
            sums.value(Axis::Site, &site(measure, campus), column, None)
        };
        for column in Column::FLOW {
            for measure in Measure::ALL {
                let parts = campuses.iter().map(|campus| at(self, *measure, campus, column)).sum();
                self.equal(Sum::Sites, Key::row(Axis::Measure, measure.code(), column), parts);
            }
            for campus in &campuses {
                let parts = Measure::ALL.iter().map(|measure| at(self, *measure, campus, column)).sum();
                self.equal(Sum::Sites, Key::row(Axis::Campus, campus, column), parts);
            }
        }
    }

    /// Where the day's reports tell colours, they are told of everybody at an observation point.
    fn codes(&mut self) {
        let sum = |sums: &Self, axis, row: &str| {
            COLOURS.iter().map(|colour| sums.value(axis, row, *colour, None)).sum::<i64>()
        };
        let measure = Measure::Campus;
        let whole = sum(self, Axis::Measure, measure.code());
        if whole == 0 {
            return;
        }
        self.equal(Sum::Codes, Key::row(Axis::Measure, measure.code(), Column::Current), whole);
        for campus in self.report.rows(Axis::Campus).to_vec() {
            let row = site(measure, &campus);
            let parts = sum(self, Axis::Site, &row);
            self.equal(Sum::Codes, Key::row(Axis::Site, &row, Column::Current), parts);
        }
    }

    fn reports(&mut self) {
        let all = |column| self.report.all(column);
        let came = all(Column::Received) + all(Column::Missing) + all(Column::Awaited);
        let received = all(Column::InTime) + all(Column::Late);
        self.equal(Sum::Expected, Key::all(Column::Expected), came);
        self.equal(Sum::Received, Key::all(Column::Received), received);
    }

    fn trend(&mut self) {
        let Some(last) = self.report.trend.last().copied() else { return };
        for (column, parts) in [
            (Column::Current, last.open),
            (Column::New, last.new),
            (Column::Released, last.released),
            (Column::Feverish, last.feverish),
            (Column::Received, last.received),
            (Column::Expected, last.expected),
            (Column::Awaited, last.awaited),
        ] {
            self.equal(Sum::Trend, Key::all(column), parts);
        }
    }
}
