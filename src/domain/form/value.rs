//! One cell's text → the canonical value of its column, or what is wrong with it.

use crate::domain::codes;
use crate::domain::field::{Field, LONGEST, LONGEST_PHONE, TEMP_HIGH, TEMP_LOW, Type};
pub use crate::domain::form::date::date;
use crate::domain::text::{half_width, is_invisible};
use crate::domain::time::{hhmm, parse_hhmm};
use crate::domain::{identity, phone};
use chrono::NaiveDate;
use std::collections::BTreeSet;

codes! {
    /// What is wrong with a cell.
    Flaw {
        /// A required cell is empty.
        Missing = "missing",
        /// A formula's error (`#N/A`).
        Formula = "formula-error",
        /// A long number kept as a number: its last digits are lost.
        Digits = "digits-lost",
        /// Characters were lost on the way (U+FFFD).
        Garbled = "garbled",
        /// Longer than [`LONGEST`].
        Long = "too-long",
        /// Not a temperature.
        Temp = "not-a-temperature",
        /// A temperature nobody has: outside 34–43 ℃.
        TempRange = "temperature-range",
        /// Not a day.
        Date = "not-a-date",
        /// A day without its year, too far off to say which year is meant.
        Year = "year-missing",
        /// Neither yes nor no.
        Bool = "not-yes-or-no",
        /// Not in the column's list.
        Code = "not-in-list",
        /// Not a telephone number.
        Phone = "not-a-phone",
        /// Not an ID number: wrong length or characters.
        Id = "not-an-id-number",
        /// Not a number that can name something.
        No = "not-a-number",
        /// Not a time of day.
        Time = "not-a-time",
        /// Not a day and a time.
        Moment = "not-a-date-and-time",
        /// Not a whole number.
        Whole = "not-a-whole-number",
        /// A column in words says something else than the one in codes beside it.
        Differs = "code-and-word-differ",
        /// A formula that nobody has calculated.
        Uncalculated = "formula-not-calculated",
        /// A number that is shown as something else.
        Shown = "shown-differently",
        /// A day or a time of day where something else belongs: a room 3-2, which the program made a day of.
        Dated = "date-in-another-column",
        /// A span, or several days.
        Span = "several-days",
        /// A year of two digits.
        YearShort = "year-of-two-digits",
        /// A year that cannot well be meant.
        YearFar = "year-far-off",
        /// A day that a program has put hours back, so that it became the day before.
        DayBefore = "day-before",
        /// An ID number whose check digit or day of birth does not fit.
        Check = "check-digit",
        /// Not a name: a truth, a number.
        Name = "not-a-name",
        /// A number that stands once for several rows, merged, and would be counted in each.
        Merged = "merged-number",
    }
}

impl Field {
    /// The canonical value of a cell; empty for an empty one. `day` gives the year to dates without one.
    pub fn read(&self, raw: &str, day: Option<NaiveDate>) -> Result<String, Flaw> {
        let text = raw.trim_matches(is_invisible);
        if text.is_empty() || self.is_blank(text) {
            return Ok(String::new());
        }
        if text.contains('\u{fffd}') {
            return Err(Flaw::Garbled);
        }
        let kept = kept(raw);
        if kept.len() > LONGEST && kept.chars().count() > LONGEST {
            return Err(Flaw::Long);
        }
        if is_formula_error(text) {
            return Err(Flaw::Formula);
        }
        match self.kind {
            Type::Text | Type::File => Ok(if is_dash(text) { String::new() } else { kept.to_owned() }),
            Type::Name | Type::Bool if is_dash(text) => Ok(String::new()),
            Type::Name => named(kept),
            Type::Bool => self.code(text).map(str::to_owned).ok_or(Flaw::Bool),
            Type::Code => match self.code(text) {
                Some(code) => Ok(code.to_owned()),
                None if is_nothing(text) => Ok(String::new()),
                None => Err(Flaw::Code),
            },
            // A list may have a word for nothing of it.
            Type::Codes => match self.several(text) {
                Err(_) if is_nothing(text) => Ok(String::new()),
                read => read,
            },
            _ if is_nothing(text) => Ok(String::new()),
            Type::DateTime => moment(text, day).ok_or(Flaw::Moment),
            Type::Integer => whole(text).map(|number| number.to_string()).ok_or(Flaw::Whole),
            Type::No => number(text),
            Type::Phone => phone(text),
            Type::Id => id_number(text),
            Type::Date => date(text, day).map(|date| date.to_string()),
            Type::Temp => temperature(text).map(|tenths| tenths.to_string()),
            Type::Time => time(text).ok_or(Flaw::Time),
        }
    }

    /// The code a cell means, by its number, its word or both.
    fn code(&self, text: &str) -> Option<&str> {
        self.code_for(text).or_else(|| self.code_twice(text))
    }

    /// Several codes as a cell lists them, each once, in the order declared.
    fn several(&self, text: &str) -> Result<String, Flaw> {
        let mut found = BTreeSet::new();
        let parts = text.split([',', '，', '、', ';', '；', '/', '+', '\n']);
        for part in parts.map(|part| part.trim_matches(is_invisible)).filter(|part| !part.is_empty()) {
            found.insert(self.code(part).ok_or(Flaw::Code)?);
        }
        let codes: Vec<&str> =
            self.codes.keys().map(String::as_str).filter(|code| found.contains(code)).collect();
        Ok(codes.join(","))
    }
}

/// A day and a time of day, as `YYYY-MM-DD HH:MM` by the office's wall clock; `day` gives the year, or the day itself
/// where the time stands alone.
pub fn moment(text: &str, day: Option<NaiveDate>) -> Option<String> {
    let plain: String = text.chars().map(half_width).collect();
    let plain = plain.trim();
    if let Some(clock) = time(plain)
        && !plain.contains(['-', '/', '.', '月'])
    {
        return Some(format!("{} {clock}", day?));
    }
    let at = plain.rfind([' ', 'T', '日', '号'])?;
    let (head, tail) = plain.split_at(at);
    let cut = tail.chars().next()?;
    let head = if matches!(cut, '日' | '号') { format!("{head}{cut}") } else { head.to_owned() };
    let clock = time(tail[cut.len_utf8()..].trim())?;
    Some(format!("{} {clock}", date(head.trim(), day).ok()?))
}

/// A whole number as sheets write it: with blanks, thousands apart, or the point of a number cell.
pub fn whole(text: &str) -> Option<i64> {
    let plain: String = text.chars().map(half_width).filter(|c| !is_invisible(*c) && *c != ',').collect();
    let plain = plain.replace('−', "-");
    let (sign, digits) = plain.strip_prefix('-').map_or((1, plain.as_str()), |rest| (-1, rest));
    let digits = without_point(digits);
    let fits = !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.parse::<i64>().ok().map(|number| sign * number)).flatten()
}

/// Words as they are kept: without blanks at either end. Control and other invisible characters stay, so that
/// what is stored is what was sent; whoever shows it makes them visible.
fn kept(raw: &str) -> &str {
    raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// How sheets write "nothing" in any column.
fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "—" | "——" | "--" | "/" | "\\" | "－" | "／")
}

/// How sheets write "nothing" where a value of a type is asked for.
fn is_nothing(text: &str) -> bool {
    is_dash(text) || matches!(text, "无" | "没有" | "暂无" | "不详" | "未知" | "N/A" | "n/a" | "NA" | "空")
}

/// Whether a cell's text is a formula's error, as saved to CSV: each program has words of its own.
pub fn is_formula_error(text: &str) -> bool {
    if let Some(number) = text.strip_prefix("Err:") {
        return !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    }
    let Some(word) = text.strip_prefix('#') else { return false };
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase() || b"/0_".contains(&b));
    matches!(word, "N/A" | "GETTING_DATA")
        || word.strip_suffix(['!', '?']).is_some_and(is_word)
        // What a column that is too narrow shows.
        || word.len() >= 2 && word.bytes().all(|b| b == b'#')
}

/// A name, unless it is what a sheet holds instead of one: a character that was lost on the way is written as a
/// question mark or a box.
fn named(text: &str) -> Result<String, Flaw> {
    if text.contains(['?', '？', '□', '■', '〓', '\u{25af}', '\u{25a1}']) {
        return Err(Flaw::Garbled);
    }
    let plain: String = text.chars().map(half_width).filter(|c| !is_invisible(*c)).collect();
    let truth = matches!(plain.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "none" | "nan");
    if truth || !plain.chars().any(char::is_alphabetic) {
        return Err(Flaw::Name);
    }
    Ok(name(text))
}

/// `4.40202E+17`: a long number that a spreadsheet has shortened.
fn is_shortened(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    mantissa.contains('.')
        && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !exponent.is_empty()
        && exponent.bytes().all(|b| b.is_ascii_digit())
}

/// A name for storing: trimmed, full-width space gone; spaces inside a Chinese name dropped, others single.
fn name(text: &str) -> String {
    let chinese = text.chars().any(|c| !c.is_ascii() && c.is_alphabetic() && c >= '\u{2e80}');
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()) {
        if !out.is_empty() && !chinese {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn number(text: &str) -> Result<String, Flaw> {
    // The commonest case by far: plain ASCII digits.
    let mut out: String = if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        text.to_owned()
    } else {
        text.chars().map(half_width).filter(|c| !is_invisible(*c)).collect()
    };
    if out.starts_with('\'') {
        out.remove(0);
    }
    if is_shortened(&out) {
        return Err(Flaw::Digits);
    }
    let whole = without_point(&out).len();
    out.truncate(whole);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if out.is_empty() || out.len() > 32 || !out.chars().all(fits) { Err(Flaw::No) } else { Ok(out) }
}

/// A whole number as a spreadsheet writes it that has made a number of it: `20180012.0`.
fn without_point(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros))
            if !zeros.is_empty()
                && zeros.bytes().all(|b| b == b'0')
                && !whole.is_empty()
                && whole.bytes().all(|b| b.is_ascii_digit()) =>
        {
            whole
        }
        _ => text,
    }
}

/// Telephone numbers, several with `/` between them. A mobile number is its digits; a landline keeps the dashes
/// it was written with, because they tell the area code from the number. What says more than numbers (whose it is)
/// stays as it was written.
///
/// # Errors
/// It can be no number, or has lost its last digits.
pub fn phone(text: &str) -> Result<String, Flaw> {
    let folded: String = text.chars().map(half_width).collect();
    let folded = without_point(folded.trim_matches(|c| is_invisible(c) || c == '\''));
    if is_shortened(folded) {
        return Err(Flaw::Digits);
    }
    // What this program or another hid the middle of is no number any longer.
    if is_masked(folded) {
        return Err(Flaw::Phone);
    }
    let told = phone::all(folded);
    // A digit too few or too many: it would reach nobody, or somebody else.
    if told.iter().any(|one| is_cut_mobile(&one.number)) {
        return Err(Flaw::Phone);
    }
    if let Some(plain) = plain_phones(folded).filter(|plain| !plain.is_empty()) {
        return Ok(plain);
    }
    let can_be = |one: &phone::Written| {
        (phone::SHORTEST..=20).contains(&one.number.len()) || phone::is_short(&one.number)
    };
    let fits = folded.chars().count() <= LONGEST_PHONE;
    if fits && !told.is_empty() && told.iter().all(can_be) {
        Ok(kept(text).to_owned())
    } else {
        Err(Flaw::Phone)
    }
}

/// Whether digits begin as a mobile number does and are not as many.
fn is_cut_mobile(number: &str) -> bool {
    matches!(number.len(), 9 | 10 | 12 | 13) && matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// Several stars stand between digits; one alone comes before an extension.
fn is_masked(folded: &str) -> bool {
    folded.split_once("**").is_some_and(|(before, after)| {
        before.ends_with(|c: char| c.is_ascii_digit())
            && after.trim_start_matches('*').starts_with(|c: char| c.is_ascii_digit())
    })
}

/// A cell that holds numbers and nothing else.
fn plain_phones(folded: &str) -> Option<String> {
    let mut out = String::new();
    let mut last = String::new();
    for part in folded.split(['/', '、', ',', ';', '\n']) {
        let number = second_line(&last, part.trim()).map_or_else(|| one_phone(part), Some)?;
        if number.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(&number);
        last = number;
    }
    Some(out)
}

/// `85071234/5`: one or two digits are the last ones of a second line.
fn second_line(before: &str, part: &str) -> Option<String> {
    let is_landline = before.len() >= phone::SHORTEST && !phone::is_mobile(before);
    let head = before.get(..before.len().checked_sub(part.len())?)?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fits = matches!(part.len(), 1 | 2) && digits(part) && digits(&before[head.len()..]);
    // Not of an extension.
    let extension = phone::written(before).extension;
    (is_landline && fits && extension.is_empty()).then(|| format!("{head}{part}"))
}

/// One number, already in half width; empty when there is none, nothing for what is more than a number.
fn one_phone(part: &str) -> Option<String> {
    let mut plain = part.to_lowercase();
    for word in
        ["分机号", "分机", "分機", "转接", "内线", "內線", "轉", "extension", "extn", "ext", "x", "#", "*"]
    {
        plain = plain.replace(word, "转");
    }
    let mut written = String::new();
    for c in plain.chars() {
        match c {
            '0'..='9' => written.push(c),
            // How often it called; whose it is.
            '(' if written.len() >= phone::SHORTEST => return None,
            '+' if written.is_empty() => written.push(c),
            ')' | '转' if !written.is_empty() && !written.ends_with('-') => written.push('-'),
            c if phone::is_dash(c) && !written.is_empty() && !written.ends_with('-') => written.push('-'),
            '(' | ')' | '.' | '\'' | ':' | '转' => {}
            c if phone::is_dash(c) || is_invisible(c) => {}
            _ => return None,
        }
    }
    let own = written.strip_prefix("+86").or_else(|| written.strip_prefix("0086")).unwrap_or(&written);
    let own = own.trim_matches('-');
    let digits: String = own.chars().filter(|c| *c != '-').collect();
    match digits.len() {
        0 => Some(String::new()),
        11 if digits.starts_with('1') => Some(digits),
        3..=20 => Some(own.to_owned()),
        _ => None,
    }
}

/// Whether two telephone numbers differ at most in how they are punctuated.
pub fn same_phone(one: &str, other: &str) -> bool {
    let digits = |text: &str| -> Vec<String> {
        let parts = text.split('/').map(|part| part.chars().filter(char::is_ascii_digit).collect());
        parts.filter(|part: &String| !part.is_empty()).collect()
    };
    digits(one) == digits(other)
}

/// Whether two texts differ at most in blanks and invisible characters.
pub fn same_words(one: &str, other: &str) -> bool {
    let seen = |c: &char| !is_invisible(*c);
    one.chars().filter(seen).eq(other.chars().filter(seen))
}

fn id_number(text: &str) -> Result<String, Flaw> {
    let plain: String = text.chars().map(half_width).filter(|c| !is_invisible(*c)).collect();
    if is_shortened(&plain) {
        return Err(Flaw::Digits);
    }
    identity::read(text).ok_or(Flaw::Id)
}

/// A temperature in tenths of a degree: `36.5`, `36.5℃`, `３６．５`, `36。5`, `36，5`, `365`.
pub fn temperature(text: &str) -> Result<i32, Flaw> {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().map(half_width) {
        match c {
            '0'..='9' | '.' => plain.push(c),
            // What the key beside the point gives, and the Chinese keyboard.
            ',' | '。' | '·' => plain.push('.'),
            '℃' | '°' | '度' | 'C' | 'c' | '摄' | '氏' => {}
            c if is_invisible(c) => {}
            _ => return Err(Flaw::Temp),
        }
    }
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.is_empty() || whole.len() > 3 || part.len() > 17 || part.contains('.') {
        return Err(Flaw::Temp);
    }
    let mut tenths: i32 = whole.parse().map_err(|_| Flaw::Temp)?;
    if whole.len() == 3 {
        // "365" is 36.5 with the point forgotten; "365.0" is a number cell of the same.
        if part.bytes().any(|b| b != b'0') {
            return Err(Flaw::Temp);
        }
    } else {
        let mut digits = part.bytes().map(|b| i32::from(b - b'0'));
        tenths = tenths * 10 + digits.next().unwrap_or(0);
        // Rounded half up, towards fever: 37.25 is 37.3.
        tenths += i32::from(digits.next().is_some_and(|hundredth| hundredth >= 5));
    }
    if (TEMP_LOW..=TEMP_HIGH).contains(&tenths) { Ok(tenths) } else { Err(Flaw::TempRange) }
}

/// Whether a temperature is written without its point: `365`.
pub fn lacks_point(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars().map(half_width) {
        match c {
            '0'..='9' => digits += 1,
            c if digits == 0 && is_invisible(c) => {}
            _ => break,
        }
    }
    digits == 3
}

/// Whether a temperature has more digits than are kept: `37.25`. What a computer makes of 36.6 (`36.599999999999994`) has
/// no more than that.
pub fn is_rounded(text: &str) -> bool {
    let plain: String = text.chars().map(half_width).collect();
    let Some((_, part)) = plain.split_once(['.', ',', '。', '·']) else { return false };
    let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
    let Ok(part) = format!("0.{digits}").parse::<f64>() else { return false };
    let tenths = part * 10.0;
    !lacks_point(text) && (tenths - tenths.round()).abs() > 0.001
}

/// A time of day as `HH:MM`: `10:00`, `10：00`, `10:00:00`, `1000`, `10点`, `10点30分`, `10时`.
fn time(text: &str) -> Option<String> {
    let plain: String = text.chars().map(half_width).filter(|c| !is_invisible(*c)).collect();
    let plain = plain.replace(['点', '时'], ":").replace("半", "30").replace('分', "");
    let plain = if plain.ends_with(':') { format!("{plain}00") } else { plain };
    let plain = match plain.as_bytes() {
        digits if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) => {
            format!("{}:{}", &plain[..2], &plain[2..])
        }
        _ => plain,
    };
    let short = match plain.match_indices(':').nth(1) {
        Some((at, _)) => &plain[..at],
        None => &plain,
    };
    parse_hhmm(short).map(hhmm)
}
