//! Numbers of private people: masked until asked for.

use personal::Kind;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

mod personal;

/// A private number (own phone, family's phone, ID number). Shown, printed and serialised masked; the number
/// itself comes out only through [`Private::reveal`], whose callers log that they asked, or through
/// [`Private::for_matching`], whose callers never show it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Private(String);

impl Private {
    /// Wraps a number.
    pub fn new(number: impl Into<String>) -> Self {
        Self(number.into())
    }

    /// The number itself, to show: the caller has logged a reveal.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The number itself, to compare with what was typed; never to show.
    pub fn for_matching(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number with everything hidden but the characters at these places.
    pub fn only(&self, places: &[usize]) -> String {
        let shown = |(at, c): (usize, char)| {
            if places.contains(&at) || !(c.is_alphanumeric() || c == '*') { c } else { '*' }
        };
        self.0.chars().enumerate().map(shown).collect()
    }

    /// The number with everything hidden but what of it was typed.
    pub fn but(&self, typed: &[String]) -> String {
        self.only(&typed_places(&self.0, typed))
    }

    /// The number with its middle hidden.
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.masked())
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Private({})", self.masked())
    }
}

impl Serialize for Private {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.masked())
    }
}

/// A number with its middle hidden: `138****5678`; an 18-digit ID number keeps three digits at the front and two at the end;
/// whatever is too short to keep both ends keeps only its last two. Several numbers in one text are hidden each by
/// itself, and so is an extension; a country code stays, and every character keeps its place.
pub fn masked(number: &str) -> String {
    let mut out = String::with_capacity(number.len());
    let mut one = String::new();
    for c in number.chars() {
        let parts = !c.is_ascii_graphic() && !matches!(c, ' ' | '０'..='９' | '－' | '—' | '–' | '＋')
            || matches!(c, ',' | '/' | ';' | '|' | '#' | '*');
        // A blank parts two whole numbers, and else is one of the gaps in a number.
        let between = c == ' ' && one.chars().filter(char::is_ascii_digit).count() >= WHOLE;
        if parts || between {
            out.push_str(&one_masked(&one));
            out.push(c);
            one.clear();
        } else {
            one.push(c);
        }
    }
    out.push_str(&one_masked(&one));
    out
}

/// A text with the middle of every telephone number in it hidden; names stay.
pub fn masked_in(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for run in super::phone::runs(text) {
        out.push_str(&text[from..run.start]);
        out.push_str(&masked(&text[run.clone()]));
        from = run.end;
    }
    out.push_str(&text[from..]);
    out
}

/// Words in which the middle of every mobile and ID number is hidden, as somebody may have typed one into a note or a
/// reason; every character keeps its place. Landlines are offices', dates and other figures are what they are.
pub fn masked_words(text: &str) -> Cow<'_, str> {
    let personal = personal::runs(text);
    if personal.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (run, kind) in personal {
        out.push_str(&text[from..run.start]);
        let tail = if kind == Kind::Identity { 2 } else { 4 };
        out.push_str(&with_ends(&text[run.clone()], 3, tail));
        from = run.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Words found by parts of numbers: of every mobile and ID number in them only those digits are left open that were
/// typed. Without any they are [`masked_words`].
pub fn masked_but<'t>(text: &'t str, typed: &[String]) -> Cow<'t, str> {
    if typed.is_empty() {
        return masked_words(text);
    }
    let personal = personal::runs(text);
    if personal.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (run, _) in personal {
        out.push_str(&text[from..run.start]);
        out.push_str(&Private::new(&text[run.clone()]).but(typed));
        from = run.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Whether digits are all of a number: a mobile number, a landline with its area code, an ID number.
pub fn is_whole(digits: &str) -> bool {
    match digits.len() {
        11 => digits.starts_with(['0', '1']),
        10 | 12 => digits.starts_with('0'),
        13 => digits.starts_with(['0', '8']),
        15 | 18 => true,
        _ => false,
    }
}

/// A text in which the ends of numbers that are half hidden already are hidden too.
pub fn closed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let close = |run: &mut String, out: &mut String| {
        if run.contains("**") {
            out.extend(std::iter::repeat_n('*', run.chars().count()));
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        if c == '*' || plain_digit(c).is_some() {
            run.push(c);
        } else {
            close(&mut run, &mut out);
            out.push(c);
        }
    }
    close(&mut run, &mut out);
    out
}

/// The places, among all characters of a number, of the digits that were typed: wherever they stand together.
fn typed_places(number: &str, typed: &[String]) -> Vec<usize> {
    let digits: Vec<(usize, char)> =
        number.chars().enumerate().filter_map(|(at, c)| Some((at, plain_digit(c)?))).collect();
    let mut out = Vec::new();
    for part in typed.iter().filter(|part| !part.is_empty()) {
        let part: Vec<char> = part.chars().collect();
        for stands in digits.windows(part.len()) {
            if stands.iter().map(|(_, c)| c).eq(&part) {
                out.extend(stands.iter().map(|(at, _)| *at));
            }
        }
    }
    out
}

fn plain_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        _ => None,
    }
}

/// Digits of a mobile number: as many are a number of their own.
const WHOLE: usize = 11;

fn one_masked(number: &str) -> String {
    let written = number.trim_start_matches(' ');
    for code in ["+86", "0086"] {
        if let Some(rest) = written.strip_prefix(code) {
            let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
            let open = number.len() - rest.len() + gap;
            return format!("{}{}", &number[..open], hidden(&number[open..]));
        }
    }
    hidden(number)
}

fn hidden(number: &str) -> String {
    let chars: Vec<char> = number.chars().collect();
    // An ID number is written in one piece; what has gaps is a telephone number.
    let gaps = chars
        .iter()
        .any(|c| matches!(c, ' ' | '-' | '－' | '—' | '–' | '.' | '．' | '·' | '。' | '\u{a0}' | '\u{3000}'));
    let (head, tail) = match chars.len() {
        0 => return String::new(),
        1..=4 => (0, 0),
        5..=6 => (0, 2),
        7..=9 => (2, 2),
        10..=14 => (3, 4),
        _ if gaps => (3, 4),
        _ => (3, 2),
    };
    with_ends(number, head, tail)
}

/// A number of which only so many characters at the front and at the end are open.
fn with_ends(number: &str, head: usize, tail: usize) -> String {
    let chars = number.chars().count();
    let open = |at: usize| at < head || at + tail >= chars;
    number.chars().enumerate().map(|(at, c)| if open(at) { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_among_names_are_hidden_and_names_are_not() {
        assert_eq!(masked_in("张三 13812345678（父）"), "张三 138****5678（父）");
        assert_eq!(masked_in("张三13812345678、李四13912345678"), "张三138****5678、李四139****5678");
        assert_eq!(masked_in("Wang 138 1234 5678 13912345678"), "Wang 138******5678 139****5678");
        assert_eq!(masked_in("王（0532）85901234，3号楼201"), "王（****）85****34，3号楼201");
        assert_eq!(masked_in("赵铁柱"), "赵铁柱");
    }

    #[test]
    fn numbers_typed_into_words_are_hidden_and_other_figures_are_not() {
        for (typed, shown) in [
            ("家长手机13812345678，晚上打", "家长手机138****5678，晚上打"),
            ("新号 138 1234 5678", "新号 138******5678"),
            ("138-1234-5678 是母亲", "138******5678 是母亲"),
            ("138.1234.5678", "138******5678"),
            ("１３８　１２３４　５６７８", "１３８******５６７８"),
            ("138·1234·5678。", "138******5678。"),
            ("+86 13812345678", "+86 138****5678"),
            ("8613812345678", "86138****5678"),
            ("013812345678", "0138****5678"),
            ("１３８１２３４５６７８", "１３８****５６７８"),
            ("身份证37020219700101123X", "身份证370*************3X"),
            ("370202197001011234", "370*************34"),
            ("13812345678/13912345678", "138****5678/139****5678"),
        ] {
            assert_eq!(masked_words(typed), shown);
            assert_eq!(masked_words(typed).chars().count(), typed.chars().count());
        }
        for plain in [
            "2020-02-17 10:05 37.8℃",
            "0532-66780011",
            "学号20190210123",
            "3号楼 201",
            "体温36.5，12月14日",
            "",
        ] {
            assert!(matches!(masked_words(plain), Cow::Borrowed(_)), "{plain}");
        }
    }

    #[test]
    fn of_a_number_found_by_a_part_only_that_part_is_open() {
        let typed = ["987654".to_owned()];
        assert_eq!(
            masked_but("找妈妈１３９８７６５４３２１或13812345678", &typed),
            "找妈妈**９８７６５４***或***********"
        );
        assert_eq!(masked_but("139 8765 4321", &typed), "**9 8765 4***");
        assert_eq!(masked_but("身份证37020219700101123X", &typed), "身份证******************");
        assert_eq!(masked_but("139 8765 4321", &[]), masked_words("139 8765 4321"));
        assert_eq!(closed("答应 10:10 改打 139****4321，1*2"), "答应 10:10 改打 ***********，1*2");
        assert_eq!(Private::new("13911112222").but(&["1391".to_owned()]), "1391*******");
        assert_eq!(Private::new("13911111111").but(&["111".to_owned()]), "***11111111");
    }

    #[test]
    fn the_middle_is_hidden() {
        assert_eq!(masked("13800135678"), "138****5678");
        assert_eq!(masked("370202197001011234"), "370*************34");
        assert_eq!(masked("1234"), "****");
        assert_eq!(masked("123456"), "****56");
        assert_eq!(masked(""), "");
        assert_eq!(masked("13700001111、13800000003"), "137****1111、138****0003");
        assert_eq!(masked("13700001111 13800000003"), "137****1111 138****0003");
        assert_eq!(masked("+86 165-0000-7072"), "+86 165******7072");
        assert_eq!(masked("0532-85901234转8021"), "053******1234转****");
        assert_eq!(masked("138 0013 8000"), "138******8000");
        assert_eq!(serde_json::to_string(&Private::new("13800135678")).unwrap(), "\"138****5678\"");
        assert!(!format!("{:?}", Private::new("13800135678")).contains("0013"));
    }
}
