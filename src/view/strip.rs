//! The strip above the fields of a form: on as many lines as it takes, where there is room for them.

use super::paint::write;
use super::text::{clean, cut, width, wrap_words};
use super::theme::Theme;
use crate::app::shown::lines::TextLine;
use crate::app::strip::Strip;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this height on everything in the strip has a line of its own.
const TALL: u16 = 30;
/// Columns between two parts.
const GAP: usize = 2;

/// A piece of a line: from which column, what, in which style.
type Piece = (usize, String, Style);
/// What stands beside each other.
type Line = Vec<Piece>;

/// The lines that a strip takes where there is room: as many before what is known has come.
fn rows_of(strip: &Strip, high: u16) -> u16 {
    match (strip.brief, high >= TALL) {
        (true, _) => 1,
        (false, true) => 3,
        (false, false) => 2,
    }
}

fn style_of(part: &TextLine, theme: Theme) -> Style {
    if part.head { theme.strong() } else { theme.mood(part.mood) }
}

/// The parts on as many lines as they need: what has no room beside another begins the next one.
fn flowed(parts: &[TextLine], wide: usize, theme: Theme) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut x = wide;
    for part in parts {
        let (text, style) = (clean(&part.text, theme.widths), style_of(part, theme));
        if x + width(&text) > wide {
            out.push(Vec::new());
            x = 0;
        }
        for (at, piece) in wrap_words(&text, wide).into_iter().enumerate() {
            if at > 0 {
                out.push(Vec::new());
                x = 0;
            }
            let taken = width(&piece);
            if let Some(line) = out.last_mut() {
                line.push((x, piece, style));
            }
            x += taken;
        }
        x += GAP;
    }
    out
}

/// The parts on one line, between two of its columns; what has no room is cut between words.
fn one_line(parts: &[TextLine], from: usize, to: usize, theme: Theme) -> Line {
    let mut out = Vec::new();
    let mut x = from;
    for part in parts {
        let text = cut_at_word(&clean(&part.text, theme.widths), to.saturating_sub(x), theme.ascii);
        if text.is_empty() {
            break;
        }
        let taken = width(&text);
        out.push((x, text, style_of(part, theme)));
        x += taken + GAP;
    }
    out
}

/// The text cut as [`cut`] does it, but no number and no time in its middle: half of one says something else.
fn cut_at_word(text: &str, columns: usize, ascii: bool) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let short = cut(text, columns, ascii);
    let kept = short.chars().count().saturating_sub(1);
    let at = text.char_indices().nth(kept).map_or(text.len(), |(at, _)| at);
    let (before, after) = text.split_at(at);
    let begins = before.rfind(' ').map_or(0, |at| at + 1);
    let ends = at + after.find(' ').unwrap_or(after.len());
    let word = &text[begins..ends];
    if after.starts_with(' ') || !word.contains(|c: char| c.is_ascii_digit()) {
        return short.into_owned();
    }
    // A word with a figure stands whole, or not at all.
    match text[..begins].trim_end() {
        "" => String::new(),
        before => format!("{before} {}", if ascii { "~" } else { "…" }),
    }
}

/// The lines of a strip in a form of so many columns on a terminal of so many lines, of which it may take `room`; `spare`
/// of them without taking any from what stands below it.
pub(super) fn lines(strip: &Strip, wide: usize, high: u16, room: u16, spare: u16, theme: Theme) -> Vec<Line> {
    let least = rows_of(strip, high).min(room);
    let most = usize::from(least.max(spare));
    let groups = [&strip.who, &strip.owes, &strip.last];
    let all: Vec<Line> = groups.iter().flat_map(|parts| flowed(parts, wide, theme)).collect();
    let mut out = if all.len() <= most {
        all
    } else {
        let owes = flowed(&strip.owes, wide, theme);
        let line = |parts: &[TextLine]| one_line(parts, 0, wide, theme);
        match most {
            0 => Vec::new(),
            1 => vec![line(&strip.who)],
            // The last call stands beside what is owed, which leaves it room.
            2 => {
                let all: usize = strip.owes.iter().map(|part| width(&part.text) + GAP).sum();
                let calls: usize = strip.last.iter().map(|part| width(&part.text) + GAP).sum();
                let owes = all.min(wide.saturating_sub(calls).max(wide * 3 / 5));
                let mut second = one_line(&strip.owes, 0, owes.saturating_sub(GAP), theme);
                second.extend(one_line(&strip.last, owes, wide, theme));
                vec![line(&strip.who), second]
            }
            most if owes.len() + 2 <= most => {
                let who = std::iter::once(line(&strip.who));
                who.chain(owes).chain(std::iter::once(line(&strip.last))).collect()
            }
            _ => groups.map(|parts| line(parts)).to_vec(),
        }
    };
    out.resize_with(out.len().max(usize::from(least)), Vec::new);
    out
}

/// Draws them.
pub(super) fn draw(frame: &mut Frame, area: Rect, lines: &[Line], theme: Theme) {
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        for (x, text, style) in line {
            write(frame, area, area.x + *x as u16, y, text, *style, theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::Desk;
    use crate::app::shown::column::Mood;
    use crate::say::Lang;

    fn said(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|line| line.iter().map(|(_, text, _)| text.as_str()).collect::<Vec<_>>().join("|"))
            .collect()
    }

    fn strip() -> Strip {
        let part = |text: &str| TextLine::new(text, Mood::Plain);
        Strip {
            who: vec![TextLine::head("后勤处"), part("联络人 赵铁柱 0532-8890-1105")],
            owes: vec![part("!漏访 2 个时段（02-16 起）"), part("承诺 10:30 还剩1时25分 回电")],
            last: vec![part("最近通话 09:45 已答应"), part("十点半前报")],
            ..Strip::default()
        }
    }

    #[test]
    fn no_number_and_no_time_is_cut_in_its_middle() {
        assert_eq!(cut_at_word("承诺 10:30 还剩1时25分 回电", 16, false), "承诺 10:30 …");
        assert_eq!(cut_at_word("承诺 10:30 还剩1时25分 回电", 9, false), "承诺 …");
        assert_eq!(cut_at_word("联络人 赵铁柱 0532-8890-1105", 20, false), "联络人 赵铁柱 …");
        assert_eq!(cut_at_word("0532-8890-1105", 9, false), "");
        assert_eq!(cut_at_word("十点半前一定补报", 9, false), "十点半前…");
        assert_eq!(cut_at_word("promise 10:30", 13, false), "promise 10:30");
        assert_eq!(cut_at_word("promise 10:30 call", 14, true), "promise 10:30~");
    }

    #[test]
    fn it_takes_the_lines_there_are_and_what_is_owed_is_whole_before_the_rest() {
        let theme = Theme::of(&Desk::new(Lang::Zh, 80, 24).state);
        let of = |room, spare| said(&lines(&strip(), 40, 24, room, spare, theme));
        assert_eq!(of(9, 9).len(), 4, "{:?}", of(9, 9));
        assert!(of(9, 9)[1..3].iter().all(|line| !line.contains('…')), "{:?}", of(9, 9));
        for (room, spare) in [(2, 0), (1, 0), (9, 0)] {
            let lines = of(room, spare);
            assert_eq!(lines.len(), usize::from(room.min(2)));
            assert!(!lines.concat().contains("还剩1…"), "{lines:?}");
        }
        assert!(of(0, 0).is_empty());
    }
}
