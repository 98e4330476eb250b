//! Where the parts of the screen stand. Drawing, paging and the mouse all read this.

use crate::app::shown::state::{Home, State};
use ratatui::layout::{Constraint, Layout, Rect};

/// The narrowest terminal the desk works on.
pub const MIN_WIDTH: u16 = 60;
/// The lowest.
pub const MIN_HEIGHT: u16 = 18;
/// From this width on the board's tables stand side by side, two and two.
pub const WIDE: u16 = 120;
/// From this width on three of them do: what is owed has a column for the liaison and the promise there too.
pub const WIDEST: u16 = 180;

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

/// The board's boxes: outstanding, cases, units, due. Side by side when there is room, else stacked; on a low
/// terminal the one with the cursor takes the larger part.
pub fn board(body: Rect, focus: usize) -> [Rect; 4] {
    if body.width >= WIDE {
        let due = (body.height / 3).clamp(5, 12);
        let [top, due] = Layout::vertical([Constraint::Min(1), Constraint::Length(due)]).areas(body);
        if body.width < WIDEST {
            let split = |area, left| {
                Layout::horizontal([Constraint::Ratio(left, 100), Constraint::Min(1)]).areas::<2>(area)
            };
            let ([owed, cases], [due, units]) = (split(top, 55), split(due, 68));
            return [owed, cases, units, due];
        }
        let [a, b, c] =
            Layout::horizontal([Constraint::Ratio(35, 100), Constraint::Ratio(34, 100), Constraint::Min(1)])
                .areas(top);
        return [a, b, c, due];
    }
    let low = body.height < 26;
    let share = |at: usize| match (at == focus, low) {
        (true, _) => Constraint::Fill(3),
        (false, true) => Constraint::Length(4.min(body.height / 4)),
        (false, false) => Constraint::Fill(2),
    };
    Layout::vertical([share(0), share(1), share(2), share(3)]).areas(body)
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

/// Whether a table in this box has a line of titles.
pub fn has_titles(area: Rect) -> bool {
    area.height > 4
}

/// How many facts stand side by side in a box of this width, its border left out.
pub fn fact_columns(width: u16) -> u16 {
    if width >= 100 { 3 } else { 2 }
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
    /// The page of a person or unit: the facts above, the tabs' line and the part below. A unit has few facts: the
    /// lines they do not need are its people's.
    pub fn page_areas(&self, body: Rect) -> (Rect, Rect) {
        use crate::app::shown::state::Layer;
        let width = body.width.saturating_sub(2);
        let ctx = self.ctx();
        let need = |facts: &[super::lines::Fact], width| super::facts::lines(facts, width, ctx.lang);
        let lines = match self.page() {
            Some(Layer::Dossier(page)) => {
                let need = page.seen(&ctx).map_or(0, |data| {
                    super::pages::alert_lines(data, &ctx, width).len() as u16
                        + need(&super::pages::dossier_facts(data, &ctx), width)
                });
                need.max(usual_facts(body))
            }
            Some(Layer::Unit(page)) => page
                .sheet
                .as_deref()
                .map_or(4, |sheet| need(&super::pages::unit_facts(sheet, 0, &ctx), width)),
            // The number is large.
            Some(Layer::Contact(page)) => {
                let facts =
                    |sheet| need(&super::contacts::contact_facts(sheet, &ctx), width.saturating_sub(1));
                page.sheet.as_deref().map_or(2, facts) + 3
            }
            Some(
                Layer::Contacts(_) | Layer::Behind(_) | Layer::Told(_) | Layer::Shifts(_) | Layer::Callers(_),
            ) => {
                return (Rect { height: 0, ..body }, body);
            }
            _ => usual_facts(body),
        };
        split(body, lines)
    }

    /// Where the list with the cursor has its rows.
    pub fn list_area(&self) -> Rect {
        let body = frame(self.size).body;
        if self.page().is_some() {
            return rows_in(self.page_areas(body).1);
        }
        if self.home == Home::Board {
            return rows_in(board(body, self.board.focus)[self.board.focus.min(3)]);
        }
        rows_in(body)
    }

    /// Tells every list that is seen how many lines it has.
    pub(super) fn fit(&mut self) {
        use crate::app::shown::table::List;
        let body = frame(self.size).body;
        let height = |area: Rect| usize::from(rows_in(area).height);
        let boxes = board(body, self.board.focus);
        self.board.outstanding.fit(height(boxes[0]));
        self.board.cases.fit(height(boxes[1]));
        self.board.units.fit(height(boxes[2]));
        self.board.due.fit(height(boxes[3]));
        let whole = height(body);
        self.tables.units.fit(whole);
        self.tables.outstanding.fit(whole);
        self.tables.cases.fit(whole);
        self.tables.due.fit(whole);
        self.tables.people.fit(whole);
        self.tables.log.fit(whole);
        self.fit_papers();
        self.fit_report(
            usize::from(body.width.saturating_sub(2)),
            usize::from(body.height.saturating_sub(2)),
        );
        let part = height(self.page_areas(body).1);
        match self.page_mut() {
            Some(crate::app::shown::state::Layer::Unit(unit)) => unit.people.fit(part),
            Some(crate::app::shown::state::Layer::Contacts(page)) => page.contacts.fit(part),
            Some(crate::app::shown::state::Layer::Behind(page)) => page.rows.fit(part),
            Some(crate::app::shown::state::Layer::Told(page)) => page.rows.fit(part),
            Some(crate::app::shown::state::Layer::Shifts(page)) => page.rows.fit(part),
            Some(crate::app::shown::state::Layer::Callers(page)) => page.rows.fit(part),
            _ => {}
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
