//! Text from outside, made safe to lay out.
//!
//! A cell of a spreadsheet may hold escape sequences, characters that turn the direction of the line, characters
//! nobody can see, and towers of combining marks. The original is stored; before anything is laid out on a screen,
//! a paper or an error message it passes here, and whatever could not be seen, or could move what stands beside
//! it, is written out: `^[` for ESC, `⟨U+202E⟩` for the rest. Plain text is borrowed, not copied.

use std::borrow::Cow;
use std::fmt::{self, Write};
use unicode_width::UnicodeWidthChar;

/// How many combining marks one base may carry: more than any living script needs.
const MARKS: usize = 4;

/// The line, counted from one, in which something stands that begins at so many bytes.
pub fn line_at(text: &str, at: Option<std::ops::Range<usize>>) -> usize {
    let at = at.map_or(0, |at| at.start);
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Text that has been made safe. The only ways to make one are [`Safe::line`], [`Safe::block`] and [`safe_json`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Safe(String);

impl Safe {
    /// One line: newlines are shown as `↵`.
    pub fn line(text: &str) -> Self {
        Self(safe_line(text).into_owned())
    }

    /// Several lines: newlines stay.
    pub fn block(text: &str) -> Self {
        Self(safe_block(text).into_owned())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, given up.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl AsRef<str> for Safe {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// JSON in which what a terminal would not show as it stands is written as `\uXXXX`: the same value to a script.
pub fn safe_json(json: &str) -> Safe {
    let mut out = String::with_capacity(json.len());
    let (mut bytes, mut units) = ([0; 4], [0; 2]);
    for c in json.chars() {
        // Lines are broken between values only: a newline within a text is an escape already.
        if c == '\n' || matches!(safe_line(c.encode_utf8(&mut bytes)), Cow::Borrowed(_)) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut units) {
            // Writing into a string cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    Safe(out)
}

/// The same as [`safe_line`]: what almost every caller means.
pub fn safe(text: &str) -> Cow<'_, str> {
    safe_line(text)
}

/// Safe text of one line: newlines are shown as `↵`.
pub fn safe_line(text: &str) -> Cow<'_, str> {
    make_safe(text, false)
}

/// Safe text that may have several lines: `\n` stays, `\r\n` and a lone `\r` become `\n`.
pub fn safe_block(text: &str) -> Cow<'_, str> {
    make_safe(text, true)
}

/// What a character does to the layout.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Takes its place and nothing else.
    Plain,
    /// Sits on the character before it.
    Mark,
    /// `\n` or `\r`.
    Break,
    /// A C0 control or DEL: has a caret form.
    Control,
    /// Cannot be seen, or moves what stands beside it.
    Hidden,
    /// Chooses a variant of the character before it.
    Variation,
}

fn make_safe(text: &str, block: bool) -> Cow<'_, str> {
    let is_plain = |c: char| (' '..='~').contains(&c) || class(c) == Class::Plain;
    let Some(first) = text.char_indices().find(|(_, c)| !is_plain(*c)).map(|(at, _)| at) else {
        return Cow::Borrowed(text);
    };
    // The character before the first odd one may be the base of a mark, so the writer starts with it.
    let start = text[..first].char_indices().next_back().map_or(0, |(at, _)| at);
    let mut writer =
        Writer { out: String::with_capacity(text.len() + 16), block, base: None, marks: 0, over: 0 };
    writer.out.push_str(&text[..start]);
    let mut chars = text[start..].chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        writer.push(c);
    }
    writer.close_marks();
    if writer.out == text { Cow::Borrowed(text) } else { Cow::Owned(writer.out) }
}

struct Writer {
    out: String,
    block: bool,
    /// The character that a mark would sit on.
    base: Option<char>,
    marks: usize,
    over: usize,
}

impl Writer {
    fn push(&mut self, c: char) {
        let class = class(c);
        if class == Class::Mark {
            return self.mark(c);
        }
        self.close_marks();
        match class {
            Class::Variation if self.base.is_some_and(|base| takes_variation(base, c)) => {
                // One is enough: a second one finds no base.
                self.out.push(c);
                self.base = None;
            }
            Class::Break if self.block => {
                self.out.push('\n');
                self.base = None;
            }
            Class::Break => self.shown('↵'),
            Class::Control => {
                self.out.push('^');
                self.shown(char::from((c as u8) ^ 0x40));
            }
            Class::Hidden | Class::Variation => self.code(c),
            Class::Plain | Class::Mark => self.shown(c),
        }
    }

    fn shown(&mut self, c: char) {
        self.out.push(c);
        self.base = Some(c);
        self.marks = 0;
    }

    fn code(&mut self, c: char) {
        // Writing into a string cannot fail.
        let _ = write!(self.out, "⟨U+{:04X}", u32::from(c));
        self.shown('⟩');
    }

    fn mark(&mut self, c: char) {
        if self.base.is_none() {
            // A mark at the start of a line would sit on whatever stands before the text.
            self.shown('◌');
        }
        if self.marks == MARKS {
            self.over += 1;
        } else {
            self.out.push(c);
            self.marks += 1;
        }
    }

    /// Says how many marks were left out.
    fn close_marks(&mut self) {
        if self.over > 0 {
            let _ = write!(self.out, "⟨+{}", self.over);
            self.over = 0;
            self.shown('⟩');
        }
    }
}

fn class(c: char) -> Class {
    match c {
        '\n' | '\r' => Class::Break,
        '\0'..='\x1f' | '\x7f' => Class::Control,
        ' '..='~' => Class::Plain,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Class::Variation,
        _ if is_hidden(c) => Class::Hidden,
        _ if c.width() == Some(0) => Class::Mark,
        _ => Class::Plain,
    }
}

/// Whether `c` cannot be seen or changes how its neighbours are laid out. Public so that search can ignore the
/// same characters that the screen shows.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        // C1 controls and the soft hyphen.
        '\u{80}'..='\u{9f}' | '\u{ad}'
        // Grapheme joiner, Arabic letter mark, Syriac abbreviation mark.
        | '\u{34f}' | '\u{61c}' | '\u{70f}'
        // Fillers: Hangul, Khmer, Mongolian.
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        // Zero width, direction, separators, invisible operators, isolates, deprecated format characters.
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // Byte order mark, interlinear annotation, and characters that are none.
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}'
        // Format characters of Egyptian, shorthand and music.
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        // Tags, and the unused rest of their plane up to the ideographic variations.
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Whether a text says something: a letter, a character or a digit that can be seen. Blanks, fillers, characters of no
/// width and marks alone are no reason for anything.
pub fn has_words(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && class(c) == Class::Plain)
}

/// Whether a variation selector has a use after `base`: emoji and text forms of symbols, variants of ideographs.
fn takes_variation(base: char, selector: char) -> bool {
    if selector >= '\u{e0100}' {
        return matches!(base, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    }
    matches!(base, '#' | '*' | '0'..='9' | '©' | '®' | '\u{203c}'..='\u{2bff}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Half width for full-width ASCII and the ideographic space.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Characters that show nothing: they hide in pasted headers and names.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// What follows a name with which a text begins: of "王涛 2020-02-17" the day. None where it begins otherwise, or the name
/// goes on: 图书馆大厅 is not 图书馆.
pub fn after_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(name).filter(|_| !name.is_empty())?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
}

/// Text for comparing: half width, lower case, nothing invisible.
pub fn fold(text: &str) -> String {
    text.chars().map(half_width).filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_ends_where_a_word_does() {
        assert_eq!(after_name("王涛 2020-02-17", "王涛"), Some("2020-02-17"));
        assert_eq!(after_name("王涛", "王涛"), Some(""));
        assert_eq!(after_name("图书馆大厅", "图书馆"), None);
        assert_eq!((after_name("王涛", "李涛"), after_name("王涛", "")), (None, None));
    }

    #[test]
    fn plain_text_is_borrowed() {
        for text in ["", "王伟", "Zhang Wei 13800135678", "土木工程学院（东校区）", "“已报”…①℃", "é ü"]
        {
            assert!(matches!(safe(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(safe("a\x1b[31mb"), "a^[[31mb");
        assert_eq!(safe("伟\u{202e}王"), "伟⟨U+202E⟩王");
        assert_eq!(safe("王\u{200b}伟\u{feff}"), "王⟨U+200B⟩伟⟨U+FEFF⟩");
        assert_eq!(safe("x\u{e0041}\u{7f}\u{9b}"), "x⟨U+E0041⟩^?⟨U+009B⟩");
        assert_eq!(safe("\u{3164}李\u{ad}"), "⟨U+3164⟩李⟨U+00AD⟩");
        assert_eq!(safe("a\tb"), "a^Ib");
    }

    #[test]
    fn lines_stay_in_a_block_and_show_in_a_line() {
        assert_eq!(safe_line("一\r\n二\n三"), "一↵二↵三");
        assert_eq!(safe_block("一\r\n二\r三\n"), "一\n二\n三\n");
        assert_eq!(safe_block("一\u{2028}二"), "一⟨U+2028⟩二");
    }

    #[test]
    fn words_can_be_seen() {
        for said in ["call", "家长来电", " 1 ", "x\u{200b}"] {
            assert!(has_words(said), "{said:?}");
        }
        for silent in
            ["", "  \u{3000}", "\u{200b}\u{feff}", "\u{3164}", "\u{115f}\u{2060}", "...", "。", "\u{301}"]
        {
            assert!(!has_words(silent), "{silent:?}");
        }
    }

    #[test]
    fn json_stays_json_and_holds_nothing_that_moves_a_terminal() {
        let value = serde_json::json!({ "name": "伟\u{1b}]0;x\u{7}\u{9b}\u{202e}", "emoji": "\u{1f600}" });
        let json = safe_json(&format!("{value}\n"));
        assert!(json.as_str().chars().all(|c| c == '\n' || !(c.is_control() || is_hidden(c))), "{json}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(json.as_str()).unwrap(), value);
    }

    #[test]
    fn marks_are_capped_and_need_a_base() {
        let tower = format!("e{}x", "\u{301}".repeat(50));
        assert_eq!(safe(&tower), format!("e{}⟨+46⟩x", "\u{301}".repeat(4)));
        assert_eq!(safe("\u{301}a"), "◌\u{301}a");
        assert_eq!(safe("e\u{301}"), "e\u{301}");
    }

    #[test]
    fn a_variation_is_kept_once_where_it_has_a_use() {
        assert_eq!(safe("☎\u{fe0f}"), "☎\u{fe0f}");
        assert_eq!(safe("☎\u{fe0f}\u{fe0f}"), "☎\u{fe0f}⟨U+FE0F⟩");
        assert_eq!(safe("a\u{fe0f}"), "a⟨U+FE0F⟩");
        assert_eq!(safe("葛\u{e0100}"), "葛\u{e0100}");
    }

    fn odd() -> impl Strategy<Value = String> {
        let ranges = prop_oneof![
            any::<char>(),
            proptest::char::range('\0', '\u{a0}'),
            proptest::char::range('\u{300}', '\u{36f}'),
            proptest::char::range('\u{2000}', '\u{2070}'),
            proptest::char::range('\u{fe00}', '\u{fe0f}'),
            proptest::char::range('\u{e0000}', '\u{e01ff}'),
            proptest::char::range('\u{4e00}', '\u{4eff}'),
        ];
        proptest::collection::vec(ranges, 0..40).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn the_result_can_be_laid_out_and_is_stable(text in odd()) {
            let line = safe_line(&text).into_owned();
            let hurts = |c: char| matches!(class(c), Class::Hidden | Class::Control | Class::Break);
            prop_assert!(!line.chars().any(hurts), "{line:?}");
            prop_assert_eq!(&safe_line(&line).into_owned(), &line);
            let block = safe_block(&text).into_owned();
            prop_assert!(!block.chars().any(|c| c != '\n' && hurts(c)));
            prop_assert_eq!(&safe_block(&block).into_owned(), &block);
            let mut run = 0;
            for c in line.chars() {
                run = if class(c) == Class::Mark { run + 1 } else { 0 };
                prop_assert!(run <= MARKS);
            }
        }
    }
}
