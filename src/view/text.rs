//! Text on its way to the terminal: made safe, made to fit, measured as the terminal measures it.

use crate::app::shown::widths::Widths;
use crate::domain::text::safe_line;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Text from outside as one line that can be laid out. What this terminal draws wider or narrower than it is laid out,
/// or drops, is replaced by what it does not, for otherwise everything to its right would stand wrong.
pub fn clean(text: &str, widths: Widths) -> Cow<'_, str> {
    let safe = safe_line(text);
    if widths == Widths::default() || safe.is_ascii() || !safe.chars().any(|c| widths.instead(c).is_some()) {
        return safe;
    }
    let mut out = String::with_capacity(safe.len());
    for c in safe.chars() {
        match widths.instead(c) {
            Some(instead) => out.push_str(&instead),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The text cut to at most `columns`, with a mark where it was cut.
pub fn cut(text: &str, columns: usize, ascii: bool) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mark = if ascii { "~" } else { "…" };
    let room = columns.saturating_sub(1);
    let mut out = String::new();
    let mut used = 0;
    for part in text.graphemes(true) {
        let wide = width(part);
        if used + wide > room {
            break;
        }
        used += wide;
        out.push_str(part);
    }
    if columns > 0 {
        out.push_str(mark);
    }
    Cow::Owned(out)
}

/// The text cut and filled up to exactly `columns`.
pub fn fit(text: &str, columns: usize, right: bool, ascii: bool) -> String {
    let text = cut(text, columns, ascii);
    let blank = " ".repeat(columns.saturating_sub(width(&text)));
    if right { blank + &text } else { text.into_owned() + &blank }
}

/// The text in lines of at most `columns`, broken between characters as people see them.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for part in text.graphemes(true) {
        let wide = width(part);
        if used + wide > columns.max(2) {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(part);
        }
        used += wide;
    }
    lines
}

/// The text in lines of at most `columns`, as [`wrap`], but a word of letters or digits is not torn apart where
/// it can stand on the next line whole; blanks at the beginning of such a line are left out, and no line begins with a
/// closing mark.
pub fn wrap_words(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for part in text.graphemes(true) {
        let wide = width(part);
        if used + wide > columns.max(2) {
            let before_word = line.trim_end_matches(|c: char| joins(c.encode_utf8(&mut [0; 4])));
            let word = match line.grapheme_indices(true).next_back() {
                _ if joins(part) => before_word,
                // A closing mark begins no line: what stands before it goes with it.
                Some((last, _)) if closes(part) => before_word.get(..last).unwrap_or(before_word),
                _ => &line,
            };
            // A word as long as half a line is torn: a line that short would look like an end.
            let keep = if width(word) * 2 > columns { word.len() } else { line.len() };
            let rest = line.split_off(keep);
            lines.push(std::mem::replace(&mut line, rest));
            used = width(&line);
            if line.is_empty() && part == " " {
                continue;
            }
        }
        line.push_str(part);
        used += wide;
    }
    lines.push(line);
    lines
}

fn closes(part: &str) -> bool {
    part.chars().all(|c| "，。；：？！、）》」』”’…?!,;)]".contains(c))
}

fn joins(part: &str) -> bool {
    part.chars().all(|c| c.is_ascii_alphanumeric() || ":-/.*".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(wrap_words("Where are you?", 13), ["Where are ", "you?"]);
        assert_eq!(wrap_words("这次体温多少？有", 12), ["这次体温多", "少？有"]);
        assert_eq!(wrap_words("咳嗽两天，没有发热。", 18), ["咳嗽两天，没有发", "热。"]);
        // A word as long as half a line is torn all the same.
        assert_eq!(wrap_words("abcdefgh?", 8), ["abcdefgh", "?"]);
        assert_eq!(wrap_words("？", 2), ["？"]);
    }

    #[test]
    fn a_cut_never_splits_a_wide_character() {
        assert_eq!(cut("计算机学院", 6, false), "计算…");
        assert_eq!(cut("计算机学院", 7, false), "计算机…");
        assert_eq!(fit("计算", 5, false, false), "计算 ");
        assert_eq!(fit("12", 5, true, false), "   12");
        assert_eq!(cut("计算", 0, false), "");
    }

    #[test]
    fn nothing_strange_gets_through() {
        let shown = clean("a\u{1b}[31m\u{202e}b\u{200b}", Widths::default());
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}') && !shown.contains('\u{200b}'));
    }

    #[test]
    fn an_ambiguous_wide_terminal_gets_characters_of_one_width() {
        let signs = Widths { ambiguous: true, ..Widths::default() };
        let shown = clean("“麦麦提·艾力”…36.5℃→", signs);
        assert_eq!(shown, "\"麦麦提.艾力\"...36.5C->");
        assert_eq!(shown.width(), shown.width_cjk());
        assert_eq!(clean("José Müller", signs), "José Müller");
        // Where letters are wide too, and a character is dropped.
        assert_eq!(clean("José Müller ǎ 王\u{2ebf0}", Widths::PLAIN), "Jose Muller a 王〔U+2EBF0〕");
        assert_eq!(clean("王\u{2ebf0}", Widths::default()), "王\u{2ebf0}");
    }

    #[test]
    fn words_and_times_are_not_torn_apart() {
        assert_eq!(wrap_words("call back at 12:00 today", 16), ["call back at ", "12:00 today"]);
        assert_eq!(wrap_words("早晨 37.8℃，自 2020-02-14 起算", 20), ["早晨 37.8℃，自 ", "2020-02-14 起算"]);
        assert_eq!(wrap_words("0123456789abcdef", 8), ["01234567", "89abcdef"]);
        assert_eq!(wrap_words("", 8), [""]);
    }

    #[test]
    fn wrapping_keeps_every_character() {
        let lines = wrap("十点半前补报，联系人在外地", 8);
        assert!(lines.iter().all(|line| width(line) <= 8));
        assert_eq!(lines.concat(), "十点半前补报，联系人在外地");
    }
}
