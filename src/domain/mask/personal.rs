//! Where mobile and ID numbers stand in words, in one piece or in groups as people write them. What only looks so is
//! left as it is: a room or a figure before a date.

use super::plain_digit;
use crate::domain::form::half_width;
use crate::domain::phone::{is_dash, is_mobile};
use std::ops::Range;

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Mobile,
    Identity,
}

/// How the eleven digits of a mobile number are grouped where they are.
const GROUPINGS: [&[usize]; 7] = [&[3, 4, 4], &[3, 8], &[7, 4], &[4, 7], &[4, 4, 3], &[4, 3, 4], &[3, 3, 5]];

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

/// Where the check digit X behind seventeen digits ends, if one stands there.
fn x_behind(text: &str, end: usize) -> Option<usize> {
    let x = text[end..].chars().next().filter(|c| matches!(half_width(*c), 'x' | 'X'))?;
    Some(end + x.len_utf8())
}

/// Whether what stands between two groups joins them: one blank, dash or dot.
fn joins(between: &str) -> bool {
    let mut signs = between.chars();
    let sign = signs.next().map(half_width);
    sign.is_some_and(|c| is_dash(c) || matches!(c, ' ' | '\u{a0}' | '.' | '·' | '。'))
        && signs.next().is_none()
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

/// Every run of digits.
fn digit_groups(text: &str) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(digit) = plain_digit(c) else { continue };
        match out.last_mut() {
            Some((place, digits)) if place.end == at => {
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
}
