//! The handover as plain text, 78 columns wide, for a line printer or a file.

use super::summary::Summary;
use crate::domain::text::safe_line;
use crate::domain::time::Calendar;
use crate::i18n::paper as say;
use crate::i18n::terms::{categories, event_line, word};
use crate::i18n::{Lang, Say, Word};
use crate::store::query::rows::{CaseRow, DueKind, DueRow, DueState};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of a page: what a printer's ten characters an inch leave within its margins.
const WIDTH: usize = 78;

/// The handover in `lang`.
pub fn text(summary: &Summary, lang: Lang) -> String {
    let mut page = Page { out: String::new(), lang };
    head(&mut page, summary);
    figures(&mut page, summary);
    let ticks = Ticks::of(summary);
    open(&mut page, summary, &ticks);
    cases(&mut page, summary, &ticks);
    words(&mut page, summary);
    called(&mut page, summary);
    happened(&mut page, summary);
    signatures(&mut page, summary);
    page.out
}

/// The box before each open item: empty before the handover, then as acknowledged; what was not stands out.
struct Ticks(Vec<Option<bool>>);

impl Ticks {
    fn of(s: &Summary) -> Self {
        Self(s.open_items().iter().enumerate().map(|(place, (item, _))| s.is_ticked(item, place)).collect())
    }

    fn mark(&self, place: usize) -> &'static str {
        match self.0.get(place).copied().flatten() {
            None => "[ ]",
            Some(true) => "[x]",
            Some(false) => "[ ] **",
        }
    }
}

struct Page {
    out: String,
    lang: Lang,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// A paragraph, wrapped; lines after the first stand `hang` columns in.
    fn wrapped(&mut self, indent: usize, hang: usize, text: &str) {
        for (i, line) in wrap(text, WIDTH - indent - hang).iter().enumerate() {
            let by = if i == 0 { indent } else { indent + hang };
            let line = format!("{:by$}{line}", "");
            self.line(&line);
        }
    }

    fn say(&mut self, indent: usize, say: &Say) {
        let text = say.get(self.lang).to_owned();
        self.wrapped(indent, 2, &text);
    }

    fn section(&mut self, title: Word) {
        self.line("");
        self.line(title.get(self.lang));
    }

    fn none(&mut self) {
        self.line(&format!("  {}", say::NONE.get(self.lang)));
    }
}

/// Breaks a text into lines of at most `width` columns: at spaces where there are any, else between any two
/// characters; a line never begins with a closing mark.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let safe = safe_line(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for token in safe.split_word_bounds() {
        for piece in pieces(token, width) {
            let columns = piece.width();
            if used + columns > width && !closing(piece) {
                lines.push(std::mem::take(&mut line));
                used = 0;
                if piece.trim().is_empty() {
                    continue;
                }
            }
            line.push_str(piece);
            used += columns;
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word as it is, unless it is wider than a line.
fn pieces(token: &str, width: usize) -> Vec<&str> {
    if token.width() <= width { vec![token] } else { token.graphemes(true).collect() }
}

fn closing(piece: &str) -> bool {
    piece.chars().all(|c| "，。、；：！？）》」』”’…,.;:!?)]}%℃".contains(c))
}

fn head(page: &mut Page, s: &Summary) {
    let title = say::HANDOVER.get(page.lang);
    let flag = if s.rehearsal { say::REHEARSAL.get(page.lang) } else { "" };
    let name = safe_line(&s.office).into_owned();
    let line = format!("{name}  {title}{flag}");
    let indent = WIDTH.saturating_sub(line.width()) / 2;
    page.line(&format!("{:indent$}{line}", ""));
    page.line(&"=".repeat(WIDTH));
    let cal = s.calendar;
    page.say(0, &say::on_duty(safe_line(&s.officer_name), cal.ymd_hm(s.started_at), cal.ymd_hm(s.cut_at)));
    page.say(0, &say::range(s.seq.0, s.seq.1));
}

fn figures(page: &mut Page, s: &Summary) {
    page.section(say::COUNTS);
    let c = s.counts;
    page.say(2, &say::received(s.day, c.received, c.expected));
    if c.expected > 0 {
        let percent = format!("{:.1}", f64::from(c.received) * 100.0 / f64::from(c.expected));
        page.say(2, &say::completeness(percent, c.received, c.expected));
    }
    page.say(2, &say::reports_in(c.reports));
    page.say(2, &say::contacts(c.followups, c.not_reached));
    page.say(2, &say::cases_now(c.cases, c.cases_opened, c.cases_released, s.due_release.len()));
    page.say(2, &say::promises_now(c.promises, c.notes));
}

fn open(page: &mut Page, s: &Summary, ticks: &Ticks) {
    page.section(say::OPEN);
    if s.outstanding.is_empty() && s.due.is_empty() {
        page.none();
        return;
    }
    if !s.outstanding.is_empty() {
        page.say(2, &say::outstanding(s.outstanding.len()));
    }
    for (place, row) in s.outstanding.iter().enumerate() {
        let late = if row.minutes_late > 0 {
            say::late_by(row.minutes_late)
        } else {
            say::due_at(s.calendar.hm(row.deadline))
        };
        let mut parts = vec![format!("{} {}", row.liaison, row.phone), late.get(page.lang).to_owned()];
        if row.chases > 0 {
            let chased = match row.unanswered {
                0 => say::chased_answered(row.chases),
                unanswered => say::chased(row.chases, unanswered),
            };
            parts.push(chased.get(page.lang).to_owned());
        }
        if let Some(due) = row.promise {
            parts.push(say::promised(s.calendar.md_hm(due)).get(page.lang).to_owned());
        }
        let comma = comma(page.lang);
        page.wrapped(4, 4, &format!("{} {}  {}", ticks.mark(place), row.name, parts.join(comma)));
    }
    if !s.due.is_empty() {
        page.say(2, &say::due_items(s.due.len()));
    }
    for (place, row) in s.due.iter().enumerate() {
        let line = due_line(row, s.calendar, page.lang);
        page.wrapped(4, 4, &format!("{} {line}", ticks.mark(s.outstanding.len() + place)));
    }
}

fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    }
}

fn due_line(row: &DueRow, cal: Calendar, lang: Lang) -> String {
    let (kind, past) = match row.kind {
        DueKind::Promise(_) => (say::PROMISE, say::OVERDUE),
        DueKind::Slot(..) => (say::SLOT, say::MISSED),
        DueKind::NextContact(_) => (say::NEXT, say::OVERDUE),
    };
    let state = match row.state {
        DueState::Coming => say::COMING,
        DueState::Open => say::OPEN_NOW,
        DueState::Missed => past,
    };
    let (kind, state) = (kind.get(lang), state.get(lang));
    let mut out = format!("{} {kind}（{state}） {}", cal.md_hm(row.at), row.name);
    if lang == Lang::En {
        out = format!("{} {kind} ({state}) {}", cal.md_hm(row.at), row.name);
    }
    for part in [&row.unit, &row.words] {
        if !part.is_empty() {
            out.push_str("  ");
            out.push_str(&part.replace('\n', " "));
        }
    }
    out
}

fn cases(page: &mut Page, s: &Summary, ticks: &Ticks) {
    page.section(say::CASES);
    page.say(2, &say::changed_cases(s.changed_cases.len()));
    for case in &s.changed_cases {
        let line = case_line(case, page.lang);
        page.wrapped(4, 4, &line);
    }
    page.say(2, &say::due_release(s.due_release.len()));
    let before = s.outstanding.len() + s.due.len();
    for (place, case) in s.due_release.iter().enumerate() {
        let line = case_line(case, page.lang);
        page.wrapped(4, 4, &format!("{} {line}", ticks.mark(before + place)));
    }
}

fn case_line(case: &CaseRow, lang: Lang) -> String {
    let mut out = format!(
        "{} {}  {}  {}  {}",
        case.no,
        case.name,
        case.unit,
        categories(&case.categories).get(lang),
        word(case.measure).get(lang)
    );
    if let Some(o) = case.observation {
        out.push_str("  ");
        out.push_str(say::day_of(o.shown_day(), o.total).get(lang));
    }
    out.push_str("  ");
    out.push_str(word(case.state).get(lang));
    out
}

/// What the outgoing officer leaves for the next shift, and how many items were not acknowledged.
fn words(page: &mut Page, s: &Summary) {
    let Some(handed) = &s.handed else { return };
    let open = handed.items.iter().filter(|item| !item.ticked).count();
    page.say(2, &say::acknowledged(handed.items.len() - open, handed.items.len()));
    if open > 0 {
        page.say(2, &Say::from(say::NOT_ACKNOWLEDGED));
    }
    if !handed.words.is_empty() {
        page.say(2, &say::for_next(safe_line(&handed.words.replace('\n', " "))));
    }
}

fn called(page: &mut Page, s: &Summary) {
    page.section(say::CALLED);
    if s.units_called.is_empty() {
        page.none();
    }
    for unit in &s.units_called {
        let calls = say::calls(unit.calls);
        let parts = [
            unit.name.as_str(),
            calls.get(page.lang),
            word(unit.outcome).get(page.lang),
            &unit.words.replace('\n', " "),
        ]
        .join("  ");
        page.wrapped(4, 4, &parts);
    }
}

fn happened(page: &mut Page, s: &Summary) {
    page.section(say::HAPPENED);
    if s.happened.is_empty() {
        page.none();
    }
    for line in &s.happened {
        let undone = if line.undone { say::UNDONE.get(page.lang) } else { "" };
        let what = event_line(&line.event).get(page.lang).replace('\n', " ");
        let text = format!("{:>5}  {}  {}  {what}{undone}", line.seq, s.calendar.hm(line.at), line.name);
        page.wrapped(0, 14, &text);
    }
}

fn signatures(page: &mut Page, s: &Summary) {
    page.section(say::SIGNATURES);
    let to = s.handed.as_ref().map_or("", |handed| handed.to.as_str());
    for (who, name) in [(say::SIGN_FROM, s.officer_name.as_str()), (say::SIGN_TO, to)] {
        page.line("");
        let time = say::SIGN_TIME.get(page.lang);
        let who = format!("{}{} ", who.get(page.lang), safe_line(name));
        let gap = 34usize.saturating_sub(who.width());
        page.line(&format!("  {who}{}    {time}{}", "_".repeat(gap), "_".repeat(20)));
    }
    page.line("");
    page.say(0, &say::head(&s.head));
    page.say(0, &say::how_to_check(&s.head));
    page.say(0, &Say::from(say::MASKED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_width_and_never_begin_with_a_closing_mark() {
        let text = "今天上午已与学院联系，答应十一点前补报；体温正常，无异常情况。".repeat(3);
        let lines = wrap(&text, 20);
        assert!(lines.len() > 5);
        for line in &lines {
            // A closing mark may hang over by its own two columns.
            assert!(line.width() <= 22, "{line}");
            assert!(!line.starts_with(['，', '。', '；']), "{line}");
        }
        assert_eq!(lines.concat(), text);
    }

    #[test]
    fn words_are_not_cut_and_escapes_do_not_reach_the_paper() {
        let lines = wrap("alpha beta gamma delta", 11);
        assert_eq!(lines.iter().map(|l| l.trim()).collect::<Vec<_>>(), ["alpha beta", "gamma delta"]);
        assert!(!wrap("a\u{1b}[31mb\u{202e}c", 40).concat().contains(['\u{1b}', '\u{202e}']));
    }
}
