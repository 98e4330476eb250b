//! Number formats: what the sender of a workbook sees of a number. A staff number may be 12 in the cell and 000012, or
//! 20180012, on the screen.

use super::Mark;
use std::borrow::Cow;

/// From here on neighbouring whole numbers are no longer told apart with certainty.
const EXACT: f64 = 1e15;

/// The days between the two days from which workbooks count.
const FROM_1904: f64 = 1462.0;

/// One past the last day number there is: 9999-12-31.
const DAYS: f64 = 2_958_466.0;

/// How numbers are shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Format {
    /// As they are.
    Plain,
    /// As a day, a time of day, or both.
    Moment,
    /// As hours and minutes that may be more than a day's.
    Duration,
    /// With digits, letters or words of the format's own.
    Shaped(Vec<Section>),
    /// In a way that is not worked out here.
    Strange,
}

/// What holds for some numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    when: Option<(Compare, f64)>,
    pieces: Vec<Piece>,
    /// For text.
    text: bool,
    /// Whether it shows more than the number.
    carries: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Compare {
    Equal,
    Not,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Compare {
    #[allow(clippy::float_cmp, reason = "what is written and what is read are the same number, or not")]
    fn holds(self, one: f64, other: f64) -> bool {
        match self {
            Self::Equal => one == other,
            Self::Not => one != other,
            Self::Less => one < other,
            Self::AtMost => one <= other,
            Self::More => one > other,
            Self::AtLeast => one >= other,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// Characters of the format's own.
    Own(String),
    /// A place for a digit: `0`, `#` or `?`.
    Place(char),
    /// The decimal point.
    Point,
    /// The number as it is.
    General,
    /// A text as it is.
    Text,
}

/// What one section is made of.
enum Kind {
    Moment,
    Duration,
    Strange,
    Pieces(Section),
}

impl Format {
    /// The format with one of the numbers every program knows.
    pub const fn builtin(id: u32) -> Self {
        match id {
            // 27–36 and 50–58 are days and times of Chinese, Japanese and Korean programs.
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Moment,
            46 => Self::Duration,
            9 | 10 | 12 | 13 => Self::Strange,
            _ => Self::Plain,
        }
    }

    /// A format as it is written: up to four sections with semicolons between them.
    pub fn parse(code: &str) -> Self {
        let code = code.replace("G/通用格式", "General");
        let mut sections = Vec::new();
        let mut carrying = false;
        for (at, part) in split(&code).iter().enumerate().take(8) {
            match kind(part) {
                // The first section says what it is all about.
                Kind::Moment if at == 0 => return Self::Moment,
                Kind::Duration if at == 0 => return Self::Duration,
                Kind::Strange | Kind::Moment | Kind::Duration => return Self::Strange,
                Kind::Pieces(section) => {
                    // A section of several that shows nothing hides its numbers.
                    carrying |= section.carries || section.pieces.is_empty() && code.contains(';');
                    sections.push(section);
                }
            }
        }
        let conditional = sections.iter().any(|section| section.when.is_some());
        if carrying || conditional { Self::Shaped(sections) } else { Self::Plain }
    }

    /// A number as its sender sees it: no float noise, and what the format adds.
    pub fn number(&self, amount: f64, from_1904: bool) -> (Mark, Cow<'static, str>) {
        match self {
            Self::Moment | Self::Duration => self.moment(amount, from_1904),
            _ if !amount.is_finite() || amount.abs() >= EXACT => (Mark::Lossy, format!("{amount:E}").into()),
            Self::Plain => (Mark::Number, plain(amount).into()),
            Self::Strange => (Mark::Shown, plain(amount).into()),
            Self::Shaped(sections) => match shaped(sections, amount) {
                Some(text) if text.trim().is_empty() => (Mark::Shown, plain(amount).into()),
                Some(text) => (Mark::Number, text.into()),
                None => (Mark::Shown, plain(amount).into()),
            },
        }
    }

    /// A text as its sender sees it, where the format adds something.
    pub fn text(&self, text: &str) -> Option<String> {
        let Self::Shaped(sections) = self else { return None };
        let section = sections.iter().find(|section| section.text)?;
        let own = |piece: &Piece| matches!(piece, Piece::Own(own) if !own.trim().is_empty());
        section.pieces.iter().any(own).then(|| {
            let mut out = String::new();
            for piece in &section.pieces {
                match piece {
                    Piece::Own(own) => out.push_str(own),
                    _ => out.push_str(text),
                }
            }
            out
        })
    }

    fn moment(&self, amount: f64, from_1904: bool) -> (Mark, Cow<'static, str>) {
        // What is no day is shown as a row of hashes.
        if !(0.0..DAYS).contains(&amount) {
            return (Mark::Shown, plain(amount).into());
        }
        if *self == Self::Duration || amount < 1.0 && !from_1904 {
            let minutes = (amount * 1440.0).round() as i64;
            return (Mark::Moment, format!("{:02}:{:02}", minutes / 60, minutes % 60).into());
        }
        match moment(amount, from_1904) {
            Some(text) => (Mark::Moment, text.into()),
            None => (Mark::Shown, plain(amount).into()),
        }
    }
}

/// A day number as a day, and its part as a time of day, in ISO form.
fn moment(amount: f64, from_1904: bool) -> Option<String> {
    let amount = if from_1904 { amount + FROM_1904 } else { amount };
    let seconds = (amount * 86_400.0).round() as i64;
    let (mut days, clock) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // The twenty-ninth of February 1900, which spreadsheet programs believe in, is no day.
    if !from_1904 && days <= 60 {
        if days == 60 {
            return None;
        }
        days += 1;
    }
    let day =
        chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(chrono::Duration::days(days))?;
    Some(if clock == 0 {
        day.to_string()
    } else {
        format!("{day} {:02}:{:02}:{:02}", clock / 3600, clock / 60 % 60, clock % 60)
    })
}

/// A number without float noise.
pub fn plain(amount: f64) -> String {
    if amount.fract() == 0.0 && amount.abs() < EXACT {
        return (amount as i64).to_string();
    }
    if !amount.is_finite() || amount.abs() >= EXACT {
        return format!("{amount:E}");
    }
    let text = format!("{amount:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The sections, without looking into what is quoted.
fn split(code: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let (mut quoted, mut boxed, mut escaped) = (false, false, false);
    for c in code.chars() {
        let ends = c == ';' && !quoted && !boxed && !escaped;
        if escaped {
            escaped = false;
        } else {
            match c {
                '"' if !boxed => quoted = !quoted,
                '[' if !quoted => boxed = true,
                ']' if !quoted => boxed = false,
                '\\' | '_' | '*' if !quoted && !boxed => escaped = true,
                _ => {}
            }
        }
        match out.last_mut() {
            Some(last) if !ends => last.push(c),
            _ => out.push(String::new()),
        }
    }
    out
}

fn kind(part: &str) -> Kind {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut when = None;
    let (mut moment, mut strange) = (false, false);
    let own = |pieces: &mut Vec<Piece>, text: &str| match pieces.last_mut() {
        Some(Piece::Own(last)) => last.push_str(text),
        _ => pieces.push(Piece::Own(text.to_owned())),
    };
    let mut rest = part;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let skip = |text: &'_ str| text.chars().next().map_or(0, char::len_utf8);
        match c {
            '"' => {
                let (inside, behind) = after.split_once('"').unwrap_or((after, ""));
                own(&mut pieces, inside);
                rest = behind;
                continue;
            }
            '\\' | '!' => {
                let width = skip(after);
                own(&mut pieces, &after[..width]);
                rest = &after[width..];
                continue;
            }
            // As wide as a character, or filled up with it.
            '_' | '*' => {
                if c == '_' {
                    own(&mut pieces, " ");
                }
                rest = &after[skip(after)..];
                continue;
            }
            '[' => {
                let (inside, behind) = after.split_once(']').unwrap_or((after, ""));
                rest = behind;
                let lower = inside.to_ascii_lowercase();
                if !lower.is_empty() && lower.bytes().all(|b| b == b'h')
                    || matches!(lower.as_str(), "m" | "mm" | "s" | "ss")
                {
                    return Kind::Duration;
                }
                if lower.starts_with("dbnum") {
                    strange = true;
                } else if let Some(currency) = inside.strip_prefix('$') {
                    own(&mut pieces, currency.split('-').next().unwrap_or_default());
                } else if let Some(condition) = condition(inside) {
                    when = Some(condition);
                }
                continue;
            }
            'G' | 'g' if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("general")) => {
                pieces.push(Piece::General);
                rest = &rest[7..];
                continue;
            }
            'E' | 'e' if after.starts_with(['+', '-']) => {
                rest = &after[1..];
                // Shortened on the screen; the number is whole in the cell.
                pieces.push(Piece::Place('#'));
                continue;
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'b' | 'B' | 'a' | 'A' => {
                moment = true;
            }
            '0' | '#' | '?' => pieces.push(Piece::Place(c)),
            '.' => pieces.push(Piece::Point),
            ',' => {
                // Behind the last place it leaves out three digits.
                let placed = matches!(pieces.last(), Some(Piece::Place(_)));
                let more = after.trim_start_matches(',').starts_with(['0', '#', '?']);
                strange |= placed && !more;
            }
            '%' => strange = true,
            '/' if matches!(pieces.last(), Some(Piece::Place(_))) => strange |= is_below(after),
            '@' => pieces.push(Piece::Text),
            c => own(&mut pieces, c.encode_utf8(&mut [0; 4])),
        }
        rest = after;
    }
    if moment {
        return Kind::Moment;
    }
    if strange {
        return Kind::Strange;
    }
    let carries = carries(&pieces);
    let text = pieces.contains(&Piece::Text);
    Kind::Pieces(Section { when, pieces, text, carries })
}

/// Whether what stands behind a stroke is the lower half of a fraction.
fn is_below(after: &str) -> bool {
    after.trim_start().starts_with(|c: char| matches!(c, '?' | '#') || c.is_ascii_digit())
}

/// `>=100`, as it stands in brackets.
fn condition(inside: &str) -> Option<(Compare, f64)> {
    for (sign, compare) in [
        ("<=", Compare::AtMost),
        (">=", Compare::AtLeast),
        ("<>", Compare::Not),
        ("<", Compare::Less),
        (">", Compare::More),
        ("=", Compare::Equal),
    ] {
        if let Some(bound) = inside.strip_prefix(sign) {
            return Some((compare, bound.trim().parse().ok()?));
        }
    }
    None
}

/// Whether a section shows digits, letters or words that are not in the number.
fn carries(pieces: &[Piece]) -> bool {
    let whole = pieces.iter().take_while(|piece| **piece != Piece::Point);
    let zeros = whole.filter(|piece| **piece == Piece::Place('0')).count();
    let words = |piece: &Piece| matches!(piece, Piece::Own(own) if own.chars().any(char::is_alphanumeric));
    let place = |piece: &Piece| matches!(piece, Piece::Place(_));
    let places: Vec<usize> =
        pieces.iter().enumerate().filter(|(_, piece)| place(piece)).map(|(at, _)| at).collect();
    let between = match (places.first(), places.last()) {
        (Some(first), Some(last)) => pieces[*first..*last].iter().any(|piece| matches!(piece, Piece::Own(_))),
        _ => false,
    };
    zeros >= 2 || between || pieces.iter().any(words)
}

/// A number in the section that is for it; nothing where there is none, or where it would be rounded.
fn shaped(sections: &[Section], amount: f64) -> Option<String> {
    let numbers: Vec<&Section> = match sections {
        // The fourth is for text, and so is one that has a place for it.
        all if all.len() >= 4 => all[..3].iter().collect(),
        all => all.iter().filter(|section| !section.text).collect(),
    };
    let conditional = numbers.iter().any(|section| section.when.is_some());
    let fits = |section: &&&Section| section.when.is_none_or(|(compare, bound)| compare.holds(amount, bound));
    let section = if conditional {
        numbers.iter().find(fits).copied()?
    } else {
        match (numbers.as_slice(), amount) {
            ([_, negative, ..], amount) if amount < 0.0 => negative,
            ([_, _, zero, ..], 0.0) => zero,
            ([first, ..], _) => first,
            // For text alone: a number is shown as it is.
            ([], _) => return Some(plain(amount)),
        }
    };
    if !section.carries && section.pieces.iter().any(|piece| !matches!(piece, Piece::Own(_))) {
        return Some(plain(amount));
    }
    let signed = amount < 0.0 && (conditional || numbers.len() < 2);
    let shown = placed(&section.pieces, &plain(amount.abs()))?;
    let shown = shown.trim();
    Some(if signed { format!("-{shown}") } else { shown.to_owned() })
}

/// The digits of a number in their places.
fn placed(pieces: &[Piece], digits: &str) -> Option<String> {
    if digits.contains('E') {
        return None;
    }
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let point = pieces.iter().position(|piece| *piece == Piece::Point);
    let place = |piece: &&Piece| matches!(piece, Piece::Place(_));
    let places = pieces[..point.unwrap_or(pieces.len())].iter().filter(place).count();
    if !part.is_empty() && point.is_none() && places > 0 {
        return None;
    }
    let whole = if whole == "0" && places > 0 { "" } else { whole };
    let mut left = places;
    let mut parts = part.chars();
    let decimals = point.map_or(0, |at| pieces[at..].iter().filter(place).count());
    let mut decimal = 0;
    let mut behind = false;
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Own(own) => out.push_str(own),
            Piece::General => out.push_str(digits),
            Piece::Text => {}
            Piece::Point => {
                behind = true;
                out.push('.');
            }
            Piece::Place(c) if behind => {
                decimal += 1;
                // More digits than places are not lost; they stand at the end.
                let more: String = if decimal == decimals {
                    parts.by_ref().collect()
                } else {
                    parts.by_ref().take(1).collect()
                };
                match (more.is_empty(), c) {
                    (true, '0') => out.push('0'),
                    _ => out.push_str(&more),
                }
            }
            Piece::Place(c) => {
                // The first place takes all digits that have none of their own.
                let have = whole.len();
                if left == places && have > places {
                    out.push_str(&whole[..=have - places]);
                } else if have >= left {
                    out.push_str(&whole[have - left..=have - left]);
                } else if *c == '0' {
                    out.push('0');
                }
                left -= 1;
            }
        }
    }
    Some(out.trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, amount: f64) -> (Mark, String) {
        let (mark, text) = Format::parse(code).number(amount, false);
        (mark, text.into_owned())
    }

    #[test]
    fn digits_that_the_format_carries_are_read() {
        for (code, amount, text) in [
            ("General", 20_180_001.0, "20180001"),
            ("G/通用格式", 12.0, "12"),
            ("0", 36.5, "36.5"),
            ("0.0_ ", 36.5, "36.5"),
            ("0.0_ ;[红色]\\-0.0\\ ", 36.5, "36.5"),
            ("0.0\"℃\"", 36.5, "36.5"),
            ("#,##0.00", 1234.5, "1234.5"),
            ("¥#,##0.00", 1234.5, "1234.5"),
            ("0.00E+00", 20_180_001.0, "20180001"),
            ("000000", 12.0, "000012"),
            ("000000_ ", 12.0, "000012"),
            ("\"2018\"0000", 1.0, "20180001"),
            ("[$-804]000000", 12.0, "000012"),
            ("\"T\"0000", 14.0, "T0014"),
            ("0000\\-0000", 20_180_001.0, "2018-0001"),
            ("00000000;@", 12.0, "00000012"),
            ("000 000", 1203.0, "001 203"),
            ("#000000", 12.0, "000012"),
            ("0\"号\"", 7.0, "7号"),
            ("[=1]\"是\";[=0]\"否\"", 1.0, "是"),
            ("[=1]\"是\";[=0]\"否\"", 0.0, "否"),
            ("G/通用格式\"人\"", 12.0, "12人"),
            ("0.0\"度\"", 36.55, "36.55度"),
            ("000000", 1_234_567.0, "1234567"),
            ("000", -5.0, "-005"),
            ("0;-0;;@", 36.5, "36.5"),
            ("0.0;;;", 36.5, "36.5"),
        ] {
            assert_eq!(shown(code, amount), (Mark::Number, text.to_owned()), "{code}");
        }
        assert_eq!(Format::parse("\"T\"@").text("0014").as_deref(), Some("T0014"));
        assert_eq!(Format::parse("@").text("0014"), None);
    }

    #[test]
    fn what_is_shown_as_something_else_is_marked() {
        for (code, amount) in [
            ("0.0%", 0.365),
            ("# ?/?", 0.5),
            ("0,", 36_500.0),
            ("[DBNum1][$-804]General", 12.0),
            (";;;", 36.5),
            ("0;-0;;@", 0.0),
            ("[=1]\"是\";[=0]\"否\"", 2.0),
            ("000000", 12.5),
            ("yyyy-mm-dd", 20_180_001.0),
            ("yyyy-mm-dd", 60.0),
            ("yyyy-mm-dd", -1.0),
        ] {
            assert_eq!(shown(code, amount).0, Mark::Shown, "{code} {amount}");
        }
        assert_eq!(shown("General", 440_106_199_001_011_000.0).0, Mark::Lossy);
    }

    #[test]
    fn days_and_times_are_told_from_numbers() {
        for (code, amount, text) in [
            ("yyyy/m/d", 43_871.0, "2020-02-10"),
            ("yyyy\"年\"m\"月\"d\"日\"", 43_871.0, "2020-02-10"),
            ("[$-804]aaaa", 43_871.0, "2020-02-10"),
            ("e\"年\"m\"月\"", 43_871.0, "2020-02-10"),
            ("m/d/yy h:mm;@", 43_870.666_666_666_67, "2020-02-09 16:00:00"),
            ("yyyy-mm-dd", 41.0, "1900-02-10"),
            ("yyyy-mm-dd", 61.0, "1900-03-01"),
            ("h:mm", 0.104_166_666_67, "02:30"),
            ("[h]:mm", 1.5, "36:00"),
        ] {
            assert_eq!(shown(code, amount), (Mark::Moment, text.to_owned()), "{code}");
        }
        assert_eq!(Format::builtin(14).number(42_409.0, true).1, "2020-02-10");
        assert_eq!(Format::builtin(0).number(36.5, false), (Mark::Number, "36.5".into()));
    }

    #[test]
    fn no_format_stops_the_reader() {
        let pieces = [
            "0", "#", "?", ".", ",", ";", "\"", "\\", "[", "]", "@", "_", "*", "E+", "年", "h", "General",
            "%", "/",
        ];
        let mut state = 7_u64;
        for _ in 0..3000 {
            let mut code = String::new();
            for _ in 0..8 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                code.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            let format = Format::parse(&code);
            for amount in [0.0, -1.0, 12.0, 36.55, 20_180_001.0, 1e300, f64::NAN] {
                let _ = format.number(amount, false);
            }
            let _ = format.text("王芳");
        }
    }
}
