//! Where the parts of the screen stand. Drawing, paging and the mouse all read this.

use crate::app::shown::home::SCREENS;
use crate::app::shown::page::Page;
use crate::app::shown::state::{Home, State};
use crate::app::shown::table::List;
use ratatui::layout::{Constraint, Layout, Rect};
use unicode_width::UnicodeWidthStr;

/// The narrowest terminal the desk works on.
pub const MIN_WIDTH: u16 = 60;
/// The lowest.
pub const MIN_HEIGHT: u16 = 18;
/// From this width on the parts of the board stand side by side.
pub const WIDE: u16 = 120;

/// The parts that are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Office, officer, shift, clock.
    pub header: Rect,
    /// What is wrong.
    pub counters: Rect,
    /// The screens.
    pub tabs: Rect,
    /// The screen itself.
    pub body: Rect,
    /// One line of feedback.
    pub feedback: Rect,
    /// The keys that work here.
    pub footer: Rect,
}

/// The parts that are always there, on a terminal of this size.
pub fn frame(size: (u16, u16)) -> Frame {
    let area = Rect::new(0, 0, size.0, size.1);
    let [header, counters, tabs, body, feedback, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    Frame { header, counters, tabs, body, feedback, footer }
}

/// Whether the terminal is too small to work on.
pub fn too_small(size: (u16, u16)) -> bool {
    size.0 < MIN_WIDTH || size.1 < MIN_HEIGHT
}

/// Where the parts of the board stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardAreas {
    /// Its lists: outstanding, due, cases.
    pub lists: [Rect; 3],
    /// How the whole school fares, where there is room for it.
    pub trends: Option<Rect>,
    /// What is known of the selected row, where there is room for it.
    pub selected: Option<Rect>,
    /// A line with the title stands above each list; else a box around it.
    pub rules: bool,
}

/// Lines of what is known of the selected row.
const SELECTED: u16 = 2;
/// Lines of how the whole school fares.
const TRENDS: u16 = 6;
/// Lines a list on the board keeps, if it has as many rows.
const KEPT: u16 = 3;

/// The board with so many rows in its lists, the cursor in one of them, and cases that need so many columns. Each is as high as what is in it, as far as there
/// is room: side by side on a wide terminal, else one above the other.
pub fn board(body: Rect, focus: usize, rows: [usize; 3], cases: u16) -> BoardAreas {
    let rows = rows.map(|n| u16::try_from(n).unwrap_or(u16::MAX).max(1));
    if body.width < WIDE {
        return stacked(body, focus, rows);
    }
    let selected = if body.height >= 26 { SELECTED + 2 } else { 0 };
    // A border above and below, the titles, and one line for what has come.
    let wanted = rows[0].saturating_add(4).max(TRENDS + 2);
    let most = ((body.height - selected) * if focus == 0 { 11 } else { 9 } / 20).max(6);
    let [top, low, strip] = Layout::vertical([
        Constraint::Length(wanted.min(most)),
        Constraint::Min(1),
        Constraint::Length(selected),
    ])
    .areas(body);
    let split =
        |area, right| Layout::horizontal([Constraint::Min(1), Constraint::Length(right)]).areas::<2>(area);
    let share = |hundredths| body.width * hundredths / 100;
    // What is told of a case is read: it takes from what is due, which has more room than words, but never its columns.
    let right = cases.saturating_add(2).clamp(share(32), share(43));
    let ([owed, trends], [due, cases]) = (split(top, share(32)), split(low, right));
    BoardAreas {
        lists: [owed, due, cases],
        trends: Some(trends),
        selected: (selected > 0).then_some(strip),
        rules: false,
    }
}

fn stacked(body: Rect, focus: usize, rows: [u16; 3]) -> BoardAreas {
    let mut high = rows.map(|n| n.min(KEPT));
    // A line with the title above each.
    let mut left = body.height.saturating_sub(3).saturating_sub(high.iter().sum());
    // What is owed comes first, up to half; of the rest the list with the cursor gets two thirds; what one does not need
    // the others have.
    let others = if focus == 2 { [2, 1] } else { [1, 2] };
    for (at, sixths) in [(0, 3), (others[0], 4), (others[1], 6), (0, 6), (others[0], 6)] {
        let more = rows[at].saturating_sub(high[at]).min(left * sixths / 6);
        high[at] += more;
        left -= more;
    }
    let mut y = body.y;
    let lists = high.map(|n| {
        let area = Rect { y, height: (n + 1).min(body.bottom().saturating_sub(y)), ..body };
        y = area.bottom();
        area
    });
    BoardAreas { lists, trends: None, selected: None, rules: true }
}

impl BoardAreas {
    /// The lines of rows of one of its lists.
    pub fn rows_in(&self, at: usize) -> Rect {
        let area = self.lists[at.min(2)];
        if self.rules {
            return Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        }
        let rows = rows_in(area);
        // The last line of what is owed says what has come.
        let foot = u16::from(at == 0 && rows.height > 2);
        Rect { height: rows.height - foot, ..rows }
    }

    /// Where it says what has come.
    pub fn foot(&self) -> Option<Rect> {
        let rows = self.rows_in(0);
        let line = Rect { y: rows.bottom(), height: 1, ..rows };
        (!self.rules && line.y < self.lists[0].bottom().saturating_sub(1)).then_some(line)
    }
}

/// The lines of rows in a box: a border around, one line of titles unless the box is too low for it.
pub fn rows_in(area: Rect) -> Rect {
    let titles = u16::from(has_titles(area));
    Rect {
        x: area.x + 1,
        y: area.y + 1 + titles,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2 + titles),
    }
}

/// From this width on a list has what is known of its selected row beside it.
const DETAILED: u16 = 160;
/// Columns of that at least and at most, and those the list keeps before it has more than the least.
const DETAIL: (u16, u16) = (56, 90);
const LIST: u16 = 112;
/// From this height on it stands below a list that is short, and how many lines it needs.
const TALL: u16 = 30;
const BELOW: u16 = 9;

/// A list of so many rows, and beside it or below it, where there is room, what is known of the selected row.
pub fn listed(body: Rect, rows: usize) -> (Rect, Option<Rect>) {
    if body.width >= DETAILED {
        let wide = body.width.saturating_sub(LIST).clamp(DETAIL.0, DETAIL.1);
        let [list, detail] =
            Layout::horizontal([Constraint::Min(1), Constraint::Length(wide)]).areas::<2>(body);
        return (list, Some(detail));
    }
    // A border above and below, and the titles.
    let high = u16::try_from(rows).unwrap_or(u16::MAX).max(3).saturating_add(3);
    if body.height < TALL || body.height < high.saturating_add(BELOW) {
        return (body, None);
    }
    let [list, detail] = Layout::vertical([Constraint::Length(high), Constraint::Min(1)]).areas::<2>(body);
    (list, Some(detail))
}

/// Lines of what is told of the selected doubt, with its border.
const ASKED: u16 = 7;

/// The list of the doubts, and below it what is asked about the selected one.
pub fn asked(body: Rect) -> (Rect, Rect) {
    let [list, detail] =
        Layout::vertical([Constraint::Min(1), Constraint::Length(ASKED.min(body.height / 2))])
            .areas::<2>(body);
    (list, detail)
}

/// The list of a page that tells below it of its selected row, and where it does.
pub fn row_told(area: Rect) -> (Rect, Rect) {
    let high = (area.height / 3).clamp(3, 10);
    let [list, told] = Layout::vertical([Constraint::Min(1), Constraint::Length(high)]).areas::<2>(area);
    (list, told)
}

/// Whether a table in this box has a line of titles.
pub fn has_titles(area: Rect) -> bool {
    area.height > 4
}

/// Lines of facts that a person's page has room for, whether they are there or not: its parts do not move.
fn usual_facts(body: Rect) -> u16 {
    if body.height >= 24 { 9 } else { 7 }
}

/// A page of one person or unit: the facts above, of which there may be so many lines, the tabs' line and the part
/// below.
fn split(body: Rect, lines: u16) -> (Rect, Rect) {
    /// What the part keeps, however much is to be told above it.
    const PART: u16 = 7;
    let most = (usual_facts(body) + 2).max(body.height.saturating_sub(PART));
    let facts = lines.saturating_add(2).min(most);
    let [facts, part] = Layout::vertical([Constraint::Length(facts), Constraint::Min(3)]).areas(body);
    (facts, part)
}

/// A dialog in the middle, as large as asked if there is room.
pub fn dialog(size: (u16, u16), width: u16, height: u16) -> Rect {
    let width = width.min(size.0.saturating_sub(2));
    let height = height.min(size.1.saturating_sub(2));
    Rect { x: (size.0 - width) / 2, y: (size.1 - height) / 2, width, height }
}

/// The dialog in which something is read in full: as high as its lines, within the window.
pub fn detail(size: (u16, u16), lines: usize) -> Rect {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    dialog(size, 76, lines.clamp(8, size.1.saturating_sub(4).max(8)))
}

impl State {
    /// The page that is seen: the facts above, the tabs' line and the part below; above nothing where all of it is a
    /// list.
    pub fn page_areas(&self, body: Rect) -> (Rect, Rect) {
        let usual = usual_facts(body);
        let lines = match self.page() {
            Some(page) => page.head_lines(usual, body.width.saturating_sub(2), &self.ctx()),
            None => Some(usual),
        };
        match lines {
            Some(lines) => split(body, lines),
            None => (Rect { height: 0, ..body }, body),
        }
    }

    /// Where the parts of the board stand.
    pub fn board_areas(&self) -> BoardAreas {
        board(frame(self.size).body, self.board.focus, self.board.lists().map(List::len), self.cases_need())
    }

    /// Columns that the cases on the board take, where none of what is to be read of them is cut.
    fn cases_need(&self) -> u16 {
        /// How many rows are measured at most.
        const MEASURED: usize = 64;
        /// Columns that are left out as soon as this are not counted: they have room where there is some.
        const LEFT_OUT: u8 = 3;
        let (cases, ctx) = (&self.board.cases, self.ctx());
        let heads = cases.heads(self.lang).into_iter().filter(|head| head.drop < LEFT_OUT);
        let needs = heads.map(|head| {
            let cells = (0..cases.len().min(MEASURED)).filter_map(|row| cases.cell(row, head.place, &ctx));
            let cells = cells.map(|cell| cell.text.width() as u16).max().unwrap_or(0);
            cells.max(head.width) + 1
        });
        needs.sum::<u16>().saturating_sub(1)
    }

    /// Where the list with the cursor has its rows.
    pub fn list_area(&self) -> Rect {
        let body = frame(self.size).body;
        if self.page().is_none() && self.home == Home::Board {
            return self.board_areas().rows_in(self.board.focus);
        }
        rows_in(self.listed(body).0)
    }

    /// The list of the page or screen that is seen, and what is known of its selected row, where that has room.
    pub fn listed(&self, body: Rect) -> (Rect, Option<Rect>) {
        if self.page().is_none() && self.home == Home::Doubts {
            // What is to be asked stands below.
            return (asked(body).0, None);
        }
        let below = if self.page().is_some() { self.page_areas(body).1 } else { body };
        if let Some(page) = self.page()
            && page.told(&self.ctx()).is_some()
        {
            return (row_told(below).0, None);
        }
        match self.list() {
            // A page of somebody tells what is known itself.
            Some(list) if self.page().is_none_or(Page::is_list) => listed(below, list.len()),
            _ => (below, None),
        }
    }

    /// Whether what is known of the selected row is shown.
    pub(super) fn has_beside(&self) -> bool {
        if self.page().is_none() && self.home == Home::Board {
            return self.board_areas().selected.is_some();
        }
        self.listed(frame(self.size).body).1.is_some()
    }

    /// Tells every list that is seen how many lines it has.
    pub(super) fn fit(&mut self) {
        let body = frame(self.size).body;
        let height = |area: Rect| usize::from(rows_in(area).height);
        let boxes = self.board_areas();
        for (at, list) in self.board.lists_mut().into_iter().enumerate() {
            list.fit(usize::from(boxes.rows_in(at).height));
        }
        for screen in &SCREENS {
            if let Some(list) = screen.list_mut(&mut self.tables) {
                let (area, _) = listed(body, list.len());
                list.fit(height(area));
            }
        }
        self.fit_papers();
        self.fit_report(
            usize::from(body.width.saturating_sub(2)),
            usize::from(body.height.saturating_sub(2)),
        );
        let part = height(self.listed(body).0);
        if let Some(list) = self.page_mut().and_then(Page::list_mut) {
            list.fit(part);
        }
    }
}

/// The box of a paper's preview: it leaves only what is always there in sight.
pub fn paper_box(size: (u16, u16)) -> Rect {
    /// A page of text with its border.
    const PAGE: u16 = 100;
    let width = size.0.min(PAGE);
    Rect { x: (size.0 - width) / 2, y: 2, width, height: size.1.saturating_sub(4) }
}

/// Where the lines of a preview stand.
pub fn paper(size: (u16, u16)) -> Rect {
    let area = paper_box(size);
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// The parts of the find box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindBox {
    /// All of it, its border too.
    pub area: Rect,
    /// Where the results stand.
    pub list: Rect,
    /// Where the card stands.
    pub card: Rect,
    /// The card stands beside the results; else below them, a line between.
    pub beside: bool,
}

/// The find box leaves only what is always there in sight. The card stands beside the results where there is room,
/// else below them: it gets the lines that the results do not need, and never fewer than five.
pub fn find(size: (u16, u16), lines: usize) -> FindBox {
    /// Columns that a landline with its area code takes in large digits.
    const CARD: u16 = 51;
    let area = Rect { x: 0, y: 2, width: size.0, height: size.1.saturating_sub(4) };
    // The border, a blank column at each side, and the line that is typed.
    let inner = Rect {
        x: area.x + 2,
        y: area.y + 2,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(3),
    };
    if size.0 >= WIDE {
        let card = (inner.width * 2 / 5).max(CARD);
        let list = Rect { width: inner.width.saturating_sub(card + 3), ..inner };
        let card = Rect { x: list.right() + 3, width: card, ..inner };
        return FindBox { area, list, card, beside: true };
    }
    let most = (inner.height / 2).min(inner.height.saturating_sub(6)).max(1);
    let high = u16::try_from(lines).unwrap_or(u16::MAX).clamp(3.min(most), most);
    let list = Rect { height: high, ..inner };
    let card = Rect { y: list.bottom() + 1, height: inner.height.saturating_sub(high + 1), ..inner };
    FindBox { area, list, card, beside: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_the_board_never_overlap_and_each_keeps_a_row() {
        for (width, height) in
            [(60, 18), (80, 24), (100, 30), (119, 60), (120, 40), (160, 24), (200, 50), (400, 100)]
        {
            let body = frame((width, height)).body;
            for rows in [[0, 0, 0], [6, 43, 60], [41, 0, 0], [0, 500, 1], [400, 400, 400]] {
                for focus in 0..3 {
                    let areas = board(body, focus, rows, [0, 40, u16::MAX][focus]);
                    let rest = areas.trends.into_iter().chain(areas.selected);
                    let all: Vec<Rect> = areas.lists.into_iter().chain(rest).collect();
                    let what = format!("{width}x{height} {rows:?} {focus}: {areas:?}");
                    for (at, area) in all.iter().enumerate() {
                        assert_eq!(area.intersection(body), *area, "{what}");
                        assert!(all[at + 1..].iter().all(|other| !area.intersects(*other)), "{what}");
                    }
                    for at in 0..3 {
                        assert!(areas.rows_in(at).height >= 1, "{what}");
                        assert_eq!(
                            areas.rows_in(at).intersection(areas.lists[at]),
                            areas.rows_in(at),
                            "{what}"
                        );
                    }
                }
            }
        }
    }
}
