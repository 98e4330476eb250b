//! Tables of figures one walks through cell by cell: the report screen. A figure is a cell; what is behind it opens.

use super::column::Mood;
use crate::domain::ids::UnitId;
use chrono::NaiveDate;
use unicode_width::UnicodeWidthStr;
use uuid::Uuid;

/// What is behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Behind {
    /// No figure: the cursor passes over it.
    #[default]
    Nothing,
    /// These people.
    People(Vec<Uuid>),
    /// These units.
    Units(Vec<Uuid>),
    /// One unit: its page opens at once.
    Unit(UnitId),
    /// The report of this day.
    Day(NaiveDate),
    /// One sent report, by its place in the list.
    Sent(usize),
}

/// One figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it is called, the same in every report: the cursor stays on it when the figures change.
    pub key: String,
    /// As shown.
    pub text: String,
    /// How it is meant.
    pub mood: Mood,
    /// What is behind it.
    pub behind: Behind,
}

/// One row of figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What stands before the figures.
    pub label: String,
    /// The figures, one under each word of the head.
    pub cells: Vec<Cell>,
    /// A total.
    pub strong: bool,
}

/// One table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Lines below the title.
    pub notes: Vec<String>,
    /// The words over the columns.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// Where the cursor stands: section, row, column.
pub type At = (usize, usize, usize);

/// All tables, one below the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The tables.
    pub sections: Vec<Section>,
    /// Where the cursor stands.
    pub at: At,
    /// The first line seen.
    pub scroll: usize,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// From which column.
    pub x: usize,
    /// The text.
    pub text: String,
    /// How many columns it may take.
    pub room: usize,
    /// How it is meant.
    pub mood: Mood,
    /// It stands out.
    pub strong: bool,
    /// Which figure it is.
    pub at: Option<At>,
}

/// The widest a row's label may be, as a share of the width.
const LABEL_SHARE: usize = 3;

impl Grid {
    /// Takes new figures in; the cursor stays on the figure it was on.
    pub fn set(&mut self, sections: Vec<Section>) {
        let key = self.current().map(|cell| cell.key.clone());
        self.sections = sections;
        let found = key.and_then(|key| self.cells().find(|(_, cell)| cell.key == key).map(|(at, _)| at));
        let near = found.or_else(|| self.cell(self.at).map(|_| self.at)).or_else(|| self.first());
        self.at = near.unwrap_or_default();
    }

    /// The figure with the cursor.
    pub fn current(&self) -> Option<&Cell> {
        self.cell(self.at)
    }

    /// The figure there, if it is one.
    fn cell(&self, (section, row, column): At) -> Option<&Cell> {
        let cell = self.sections.get(section)?.rows.get(row)?.cells.get(column)?;
        (cell.behind != Behind::Nothing).then_some(cell)
    }

    /// What the figure with the cursor says, in words: table, row and column.
    pub fn named(&self) -> String {
        let (section, row, column) = self.at;
        let Some(section) = self.sections.get(section) else { return String::new() };
        let label = section.rows.get(row).map_or("", |row| row.label.as_str());
        let head = section.head.get(column).map_or("", String::as_str);
        [section.title.as_str(), label, head]
            .into_iter()
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" / ")
    }

    fn cells(&self) -> impl Iterator<Item = (At, &Cell)> {
        self.sections.iter().enumerate().flat_map(|(s, section)| {
            section.rows.iter().enumerate().flat_map(move |(r, row)| {
                let cells = row.cells.iter().enumerate();
                cells
                    .filter(|(_, cell)| cell.behind != Behind::Nothing)
                    .map(move |(c, cell)| ((s, r, c), cell))
            })
        })
    }

    fn first(&self) -> Option<At> {
        self.cells().next().map(|(at, _)| at)
    }

    /// Rows that have a figure, in order.
    fn stops(&self) -> Vec<(usize, usize)> {
        let mut stops: Vec<(usize, usize)> = self.cells().map(|((s, r, _), _)| (s, r)).collect();
        stops.dedup();
        stops
    }

    /// Rows up or down; the column is kept as near as can be.
    pub fn step(&mut self, by: i64) {
        let stops = self.stops();
        let Some(place) = stops.iter().position(|stop| *stop == (self.at.0, self.at.1)) else {
            self.at = self.first().unwrap_or(self.at);
            return;
        };
        let to = (place as i64).saturating_add(by).clamp(0, stops.len() as i64 - 1) as usize;
        self.land(stops[to]);
    }

    fn land(&mut self, (section, row): (usize, usize)) {
        let column = self.at.2;
        let Some(found) = self.sections.get(section).and_then(|section| section.rows.get(row)) else {
            return;
        };
        let near = found
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.behind != Behind::Nothing)
            .min_by_key(|(at, _)| at.abs_diff(column));
        if let Some((column, _)) = near {
            self.at = (section, row, column);
        }
    }

    /// Figures to the left or right within the row.
    pub fn aside(&mut self, by: i64) {
        let (section, row, column) = self.at;
        let Some(cells) = self.sections.get(section).and_then(|s| s.rows.get(row)).map(|row| &row.cells)
        else {
            return;
        };
        let mut to = column as i64 + by;
        while let Some(cell) = usize::try_from(to).ok().and_then(|to| cells.get(to)) {
            if cell.behind != Behind::Nothing {
                self.at.2 = to as usize;
                return;
            }
            to += by;
        }
    }

    /// The next table, or the one before.
    pub fn turn(&mut self, by: i64) {
        let stops = self.stops();
        let mut sections: Vec<usize> = stops.iter().map(|(section, _)| *section).collect();
        sections.dedup();
        let Some(place) = sections.iter().position(|section| *section == self.at.0) else { return };
        let to = sections[(place as i64 + by).rem_euclid(sections.len() as i64) as usize];
        if let Some(stop) = stops.iter().find(|(section, _)| *section == to) {
            self.land(*stop);
            // It begins at the top, as far as there are lines below.
            self.scroll = usize::MAX;
        }
    }

    /// Scrolls so that the cursor is seen, with the head of its table where there is room.
    pub fn fit(&mut self, width: usize, height: usize) {
        let lines = self.lines(width);
        let here = |line: &Vec<Piece>| {
            line.iter().any(|piece| piece.at.is_some_and(|at| (at.0, at.1) == (self.at.0, self.at.1)))
        };
        let Some(line) = lines.iter().position(here) else { return };
        // On the first figures of a table its head is seen too, and what is drawn above them.
        let is_first = self.stops().iter().find(|(section, _)| *section == self.at.0).map(|stop| stop.1);
        let above = if is_first == Some(self.at.1) { self.head_lines(self.at.0) + self.at.1 } else { 0 };
        let first = line.saturating_sub(above.min(height.saturating_sub(1)));
        if first < self.scroll {
            self.scroll = first;
        } else if line >= self.scroll + height {
            self.scroll = line + 1 - height;
        }
        self.scroll = self.scroll.min(lines.len().saturating_sub(height));
        // The first line is the head's once the table's own is out of sight.
        if line == self.scroll && self.head(width).is_some() {
            self.scroll -= 1;
        }
    }

    /// The head of the table with the cursor, when it is scrolled out of sight.
    pub fn head(&self, width: usize) -> Option<Vec<Piece>> {
        let here = self.sections.get(self.at.0).filter(|section| !section.head.is_empty())?;
        let mut before = Vec::new();
        for (place, section) in self.sections.iter().take(self.at.0 + 1).enumerate() {
            if place > 0 {
                before.push(Vec::new());
            }
            if place < self.at.0 {
                section_lines(&mut before, place, section, width);
            }
        }
        let place = before.len() + 1 + here.notes.len();
        if place >= self.scroll {
            return None;
        }
        let mut lines = Vec::new();
        section_lines(&mut lines, self.at.0, here, width);
        lines.into_iter().nth(1 + here.notes.len())
    }

    fn head_lines(&self, section: usize) -> usize {
        self.sections.get(section).map_or(0, |section| 2 + section.notes.len())
    }

    /// Everything as lines of at most so many columns.
    pub fn lines(&self, width: usize) -> Vec<Vec<Piece>> {
        let mut out = Vec::new();
        for (s, section) in self.sections.iter().enumerate() {
            if s > 0 {
                out.push(Vec::new());
            }
            section_lines(&mut out, s, section, width);
        }
        out
    }
}

fn plain(x: usize, text: &str) -> Piece {
    Piece { x, text: text.to_owned(), room: usize::MAX, mood: Mood::Plain, strong: false, at: None }
}

fn section_lines(out: &mut Vec<Vec<Piece>>, s: usize, section: &Section, width: usize) {
    out.push(vec![Piece { strong: true, ..plain(0, &section.title) }]);
    out.extend(section.notes.iter().map(|note| vec![Piece { mood: Mood::Dim, ..plain(2, note) }]));
    let columns = section.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let wide = |column: usize| {
        let head = section.head.get(column).map_or(0, |head| head.width());
        let cells = section.rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| cell.text.width());
        cells.max().unwrap_or(0).max(head)
    };
    let widths: Vec<usize> = (0..columns).map(wide).collect();
    let label = section.rows.iter().map(|row| row.label.width()).max().unwrap_or(0);
    let figures: usize = widths.iter().map(|width| width + 2).sum();
    // Figures are never cut; a long name gives way.
    let label = label.min(width.saturating_sub(figures + 2).max(width / LABEL_SHARE));
    let place = |column: usize, text: &str| {
        let end: usize = 2 + label + widths.iter().take(column + 1).map(|width| width + 2).sum::<usize>();
        end.saturating_sub(text.width())
    };
    let heads = section.head.iter().enumerate();
    let heads: Vec<Piece> =
        heads.map(|(c, head)| Piece { mood: Mood::Dim, ..plain(place(c, head), head) }).collect();
    if !heads.is_empty() {
        out.push(heads);
    }
    for (r, row) in section.rows.iter().enumerate() {
        let mut line = Vec::new();
        line.push(Piece { strong: row.strong, room: label, ..plain(2, &row.label) });
        for (c, cell) in row.cells.iter().enumerate() {
            line.push(Piece {
                mood: cell.mood,
                strong: row.strong,
                at: (cell.behind != Behind::Nothing).then_some((s, r, c)),
                ..plain(place(c, &cell.text), &cell.text)
            });
        }
        out.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(key: &str, text: &str) -> Cell {
        Cell {
            key: key.to_owned(),
            text: text.to_owned(),
            mood: Mood::Plain,
            behind: Behind::People(Vec::new()),
        }
    }

    fn grid() -> Grid {
        let row = |label: &str, cells: Vec<Cell>| Row { label: label.to_owned(), cells, strong: false };
        let mut grid = Grid::default();
        grid.set(vec![
            Section {
                title: "措施".to_owned(),
                head: vec!["原有".to_owned(), "现有".to_owned()],
                rows: vec![
                    row("集中观察", vec![figure("a", "3"), figure("b", "12")]),
                    row("居家", vec![Cell::default(), figure("c", "4")]),
                ],
                ..Section::default()
            },
            Section {
                title: "单位".to_owned(),
                rows: vec![row("图书馆", vec![figure("d", "1")])],
                ..Section::default()
            },
        ]);
        grid
    }

    #[test]
    fn the_cursor_walks_over_figures_only_and_keeps_its_column() {
        let mut grid = grid();
        let at = |grid: &Grid| grid.current().map(|cell| cell.key.clone()).unwrap_or_default();
        assert_eq!(at(&grid), "a");
        grid.step(1);
        assert_eq!(at(&grid), "c", "where nothing stands the nearest figure is taken");
        grid.aside(-1);
        assert_eq!(at(&grid), "c");
        grid.step(1);
        assert_eq!(at(&grid), "d");
        grid.turn(1);
        assert_eq!(at(&grid), "a");
        grid.aside(1);
        assert_eq!((at(&grid), grid.named()), ("b".to_owned(), "措施 / 集中观察 / 现有".to_owned()));
        grid.step(99);
        assert_eq!(at(&grid), "d");
    }

    #[test]
    fn new_figures_leave_the_cursor_on_the_same_figure() {
        let mut grid = grid();
        grid.step(1);
        let mut sections = grid.sections.clone();
        let row = sections[0].rows.remove(1);
        sections[0].rows.insert(0, row);
        grid.set(sections);
        assert_eq!(grid.at, (0, 0, 1));
        assert_eq!(grid.current().map(|cell| cell.text.as_str()), Some("4"));
    }

    #[test]
    fn figures_stand_under_their_heads_and_names_give_way() {
        let lines = grid().lines(20);
        let ends = |line: &Vec<Piece>| -> Vec<usize> {
            line.iter()
                .filter(|p| p.at.is_some() || p.mood == Mood::Dim)
                .map(|p| p.x + p.text.width())
                .collect()
        };
        assert_eq!(ends(&lines[1]), ends(&lines[2]));
        assert_eq!(*ends(&lines[3]).last().unwrap_or(&0), *ends(&lines[1]).last().unwrap_or(&1));
    }
}
