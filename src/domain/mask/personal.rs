//! Where mobile and ID numbers stand in words, in one piece or in groups as people write them. What only looks so is
//! left as it is: a room or a figure before a date.

use super::plain_digit;
use crate::domain::identity;
use crate::domain::phone::{is_dash, is_mobile};
use crate::domain::text::{half_width, is_invisible};
use std::ops::Range;

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Mobile,
    Identity,
}

/// How the eleven digits of a mobile number are grouped where they are.
const GROUPINGS: [&[usize]; 7] = [&[3, 4, 4], &[3, 8], &[7, 4], &[4, 7], &[4, 4, 3], &[4, 3, 4], &[3, 3, 5]];

/// The most groups an ID number is written in.
const GROUPS: usize = 5;

/// A run of digits: its place, and its digits as plain ones.
type Group = (Range<usize>, String);

/// Where mobile and ID numbers stand in a text.
pub(super) fn runs(text: &str) -> Vec<(Range<usize>, Kind)> {
    let groups = digit_groups(text);
    let dates = dates(text, &groups);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((place, digits)) = groups.get(at) {
        let rest = &groups[at..];
        if let Some((more, end)) = identity_in_groups(text, rest) {
            out.push((place.start..end, Kind::Identity));
            at += more + 1;
            continue;
        }
        if let Some((more, start)) = mobile_in_groups(text, rest, &dates[at..]) {
            out.push((start..rest[more].0.end, Kind::Mobile));
            at += more + 1;
            continue;
        }
        match (digits.len(), x_behind(text, place.end)) {
            (17, Some(end)) => out.push((place.start..end, Kind::Identity)),
            (15 | 18, _) => out.push((place.clone(), Kind::Identity)),
            _ => {
                let code = codes(digits).find(|code| is_mobile(&digits[*code..]));
                out.extend(code.map(|code| (behind(text, place, code)..place.end, Kind::Mobile)));
            }
        }
        at += 1;
    }
    out
}

/// Digits of what may stand before a mobile number: nothing, the 0 of long distance, a country code.
fn codes(digits: &str) -> impl Iterator<Item = usize> {
    ["", "0", "86", "0086"].into_iter().filter(|code| digits.starts_with(code)).map(str::len)
}

/// The place behind so many digits of a run.
fn behind(text: &str, place: &Range<usize>, digits: usize) -> usize {
    let mut left = digits;
    let first = text[place.clone()].char_indices().find(|(_, c)| {
        let is_digit = plain_digit(*c).is_some();
        let here = is_digit && left == 0;
        left -= usize::from(is_digit && left > 0);
        here
    });
    place.start + first.map_or(0, |(at, _)| at)
}

/// A mobile number in groups that begins here: how many groups it has more, and where it starts.
fn mobile_in_groups(text: &str, groups: &[Group], dates: &[bool]) -> Option<(usize, usize)> {
    let (place, first) = groups.first()?;
    codes(first).find_map(|code| {
        let mut digits = first[code..].to_owned();
        let mut lens = vec![digits.len()];
        for (more, pair) in groups.windows(2).enumerate().take(2) {
            if dates[more] || dates[more + 1] || !joins(&text[pair[0].0.end..pair[1].0.start]) {
                return None;
            }
            digits.push_str(&pair[1].1);
            lens.push(pair[1].1.len());
            let blank = text[pair[0].0.end..pair[1].0.start].trim().is_empty();
            if blank && is_compact_date(&pair[1].1) {
                return None;
            }
            if is_mobile(&digits) && GROUPINGS.contains(&&lens[..]) {
                return Some((more + 1, behind(text, place, code)));
            }
        }
        None
    })
}

/// An ID number in groups that begins here: how many groups it has more, and where it ends.
fn identity_in_groups(text: &str, groups: &[Group]) -> Option<(usize, usize)> {
    let mut digits = groups.first()?.1.clone();
    // Figures of one or two digits are none of it.
    if digits.len() < 3 {
        return None;
    }
    for (more, pair) in groups.windows(2).enumerate().take(GROUPS - 1) {
        if !joins(&text[pair[0].0.end..pair[1].0.start]) {
            return None;
        }
        digits.push_str(&pair[1].1);
        let end = pair[1].0.end;
        match digits.len() {
            18 => return identity::is_likely(&digits).then_some((more + 1, end)),
            17 => {
                if let Some(x) = x_behind(text, end)
                    && identity::is_likely(&format!("{digits}X"))
                {
                    return Some((more + 1, x));
                }
            }
            15 if more == 1 && pair[0].1.len() == 6 && pair[1].1.len() == 3 => {
                let goes_on = groups.get(more + 2).is_some_and(|next| joins(&text[end..next.0.start]));
                if !goes_on && identity::is_likely(&digits) {
                    return Some((more + 1, end));
                }
            }
            19.. => return None,
            _ => {}
        }
    }
    None
}

/// Where the check digit X behind seventeen digits ends, if one stands there.
fn x_behind(text: &str, end: usize) -> Option<usize> {
    let rest = &text[end..];
    let gap = rest.chars().next().filter(|c| is_joint(*c)).map_or(0, char::len_utf8);
    let mut signs = rest[gap..].chars();
    let x = signs.next().filter(|c| identity::is_x(half_width(*c)))?;
    // Behind a gap it may begin a word.
    let word = gap > 0 && signs.next().is_some_and(|c| c.is_ascii_alphanumeric());
    (!word).then_some(end + gap + x.len_utf8())
}

/// What may stand between two groups of one number.
fn is_joint(c: char) -> bool {
    let c = half_width(c);
    is_dash(c)
        || c.is_whitespace() && c != '\n'
        || matches!(c, '.' | '·' | '。' | '/' | '\\' | '_' | '(' | ')' | '[' | ']')
}

/// Whether what stands between two groups joins them: one sign, with blanks around it or a bracket beside it.
fn joins(between: &str) -> bool {
    let signs = between.chars().filter(|c| !c.is_whitespace()).count();
    let blanks = between.chars().count() - signs;
    between.chars().all(is_joint) && matches!((signs, blanks), (0, 1) | (1 | 2, 0..=2))
}

/// For every group whether it is a part of a date: 2020-02-17, 2020.2.17, 2020年2月17日.
fn dates(text: &str, groups: &[Group]) -> Vec<bool> {
    let mut out = vec![false; groups.len()];
    for (at, three) in groups.windows(3).enumerate() {
        let [(_, year), (_, month), (_, day)] = three else { continue };
        let parted = three.windows(2).all(|pair| {
            let mut between = text[pair[0].0.end..pair[1].0.start].chars().map(half_width);
            let sign = between.next().is_some_and(|c| is_dash(c) || matches!(c, '.' | '/' | '年' | '月'));
            sign && between.next().is_none()
        });
        let is_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
        if parted && is_year && is_within(month, 12) && is_within(day, 31) {
            out[at..at + 3].fill(true);
        }
    }
    out
}

fn is_within(digits: &str, most: u8) -> bool {
    digits.len() <= 2 && digits.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n))
}

/// Whether eight digits are a day of these years, as in 20200217.
fn is_compact_date(digits: &str) -> bool {
    digits.len() == 8
        && (digits.starts_with("201") || digits.starts_with("202"))
        && is_within(&digits[4..6], 12)
        && is_within(&digits[6..], 31)
}

/// Every run of digits; what shows nothing between two digits parts none.
fn digit_groups(text: &str) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let hides = |c: char| is_invisible(c) && !c.is_whitespace() && !c.is_control();
    for (at, c) in text.char_indices() {
        let Some(digit) = plain_digit(c) else { continue };
        match out.last_mut() {
            Some((place, digits)) if text[place.end..at].chars().all(hides) => {
                place.end = at + c.len_utf8();
                digits.push(digit);
            }
            _ => out.push((at..at + c.len_utf8(), digit.to_string())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::masked_words;
    use std::borrow::Cow;

    #[test]
    fn a_room_or_a_figure_before_a_date_is_no_number() {
        for plain in [
            "住151 2020-02-17起",
            "共 134 2020-02-16 报",
            "3号楼 152 2020-02-17 入住",
            "151 2020-2-7",
            "151 2020.02.17",
            "152 2020/02/17 10:05",
            "1520012 2020-02-17",
            "住151 1201 2020-02-17",
            "住151 20200217起",
            "1520 2020-2-17",
            "体温37.5 36.8 2020-02-17 10:05",
            "编号 13 8888 99999",
            "2020-02-17 2020-02-18 12",
            "139/8765",
            "共139（2020）",
            "邮编370202 2020-02-17 1005",
        ] {
            assert!(matches!(masked_words(plain), Cow::Borrowed(_)), "{plain}: {}", masked_words(plain));
        }
        // A number before a date is one.
        for (typed, shown) in [
            ("13987654321 2020-02-17", "139****4321 2020-02-17"),
            ("139 8765 4321 2020-02-17", "139******4321 2020-02-17"),
            ("2020-02-17 139-8765-4321", "2020-02-17 139******4321"),
        ] {
            assert_eq!(masked_words(typed), shown);
        }
    }

    #[test]
    fn a_mobile_number_is_hidden_however_it_is_grouped() {
        for (typed, shown) in [
            ("139/8765/4321", "139******4321"),
            ("(139)87654321", "(139*****4321"),
            ("（139）8765-4321", "（139******4321"),
            ("139_8765_4321", "139******4321"),
            ("139 - 8765 - 4321", "139**********4321"),
            ("139－8765－4321", "139******4321"),
            ("1398765 4321", "139*****4321"),
            ("139-87654321", "139*****4321"),
            ("139 876 54321", "139******4321"),
            ("1398 7654 321", "139****** 321"),
            ("86139 8765 4321", "86139******4321"),
            ("0139-8765-4321", "0139******4321"),
            ("+86 139 8765 4321", "+86 139******4321"),
            ("139\u{200b}8765\u{200b}4321", "139******4321"),
            ("139/8765/4321/138/1234/5678", "139******4321/138******5678"),
        ] {
            assert_eq!(masked_words(typed), shown, "{typed}");
            assert_eq!(masked_words(typed).chars().count(), typed.chars().count(), "{typed}");
        }
    }

    #[test]
    fn an_id_number_is_hidden_however_it_is_grouped() {
        for (typed, shown) in [
            ("370202-19700101-1234", "370***************34"),
            ("370202 19700101 123X", "370***************3X"),
            ("370202 19700101 123 x", "370**************** x"),
            ("370202 1970 0101 1234", "370****************34"),
            ("370202 1970-01-01 1234", "370*****************34"),
            ("370202 197001011234", "370**************34"),
            ("37020219700101 1234", "370**************34"),
            ("37020219700101123 X", "370************** X"),
            ("37020219700101123Ⅹ", "370*************3Ⅹ"),
            ("身份证370202/19700101/123×，女", "身份证370***************3×，女"),
            ("３７０２０２　１９７００１０１　１２３Ｘ", "３７０***************３Ｘ"),
            ("370202 700101 123", "370************23"),
            // A child's, whose check digit fits.
            ("110105 20200217 0037", "110***************37"),
        ] {
            let typed_len = typed.chars().count();
            assert_eq!(masked_words(typed).chars().count(), typed_len, "{typed}");
            assert_eq!(masked_words(typed), shown, "{typed}");
        }
    }
}
