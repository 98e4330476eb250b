//! Dormitories and rooms, one spelling for all: `梅园3号楼412室`, `梅园 3栋412`, `梅园3-412`.

use super::fold::fold_places;
use super::found::Part;
use std::borrow::Cow;

/// What stands after a number of a building, a stair, a floor or a room, the longer ones first.
const AFTER_NUMBER: [&str; 23] = [
    "号宿舍楼",
    "号公寓",
    "号宿舍",
    "号床",
    "号楼",
    "栋楼",
    "宿舍",
    "房间",
    "单元",
    "公寓",
    "床位",
    "床",
    "铺",
    "栋",
    "幢",
    "座",
    "楼",
    "层",
    "室",
    "舍",
    "房",
    "区",
    "号",
];

/// The word behind the number of a floor, which the number of a room says again.
const FLOOR: char = '层';

/// The spelling under which an address is looked for: numbers apart by one hyphen each, the words after them left
/// out, `三号楼` and `Ⅲ号楼` as `3`. A floor that the room's number says again is left out, and so is the bed behind it.
pub(super) fn room(address: &str) -> String {
    let folded = fold_places(&without_roman(address));
    let mut out = String::with_capacity(address.len());
    let mut at = 0;
    while at < folded.len() {
        let (c, place) = folded[at];
        if let Some((number, used)) =
            written_number(&folded[at..]).or_else(|| roman_letters(&out, &folded[at..]))
        {
            join(&mut out);
            out.push_str(&number);
            at += used;
            at = behind_word(&mut out, &folded, at, skip_word(&folded[at..]));
            continue;
        }
        // 3号楼, A座.
        if out.ends_with(|last: char| last.is_ascii_alphanumeric()) {
            let used = skip_word(&folded[at..]);
            if used > 0 {
                at = behind_word(&mut out, &folded, at, used);
                continue;
            }
        }
        // Something stood between two numbers that folding leaves out.
        let apart = at > 0 && folded[at - 1].1 + 1 != place;
        if apart && c.is_ascii_alphanumeric() && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push('-');
        }
        out.push(c);
        at += 1;
    }
    without_bed(&mut out);
    out
}

/// Steps over the word after a number; the number of a floor goes when the room's begins with it: 4层412, 十二层1205.
fn behind_word(out: &mut String, folded: &[(char, usize)], at: usize, used: usize) -> usize {
    let rest = &folded[at + used..];
    let floor = out.len() - digits_at_end(out);
    // The digits that stand together: 412-3 is the third bed in 412.
    let first = rest.first().map_or(0, |(_, place)| *place);
    let together = rest.iter().zip(first..).take_while(|((c, at), place)| c.is_ascii_digit() && at == place);
    let room: String = together.map(|((c, _), _)| *c).collect();
    if folded.get(at).is_some_and(|(word, _)| *word == FLOOR)
        && floor < out.len()
        && room.len() == out.len() - floor + 2
        && room.starts_with(&out[floor..])
    {
        out.truncate(floor);
    } else {
        apart_from_next(out, rest);
    }
    at + used
}

/// How many digits a text ends with.
fn digits_at_end(text: &str) -> usize {
    text.bytes().rev().take_while(u8::is_ascii_digit).count()
}

/// `1-412-3` is the third bed in 412: one or two digits behind a room of three or more.
fn without_bed(out: &mut String) {
    let bed = digits_at_end(out);
    let before = &out[..out.len() - bed];
    if matches!(bed, 1 | 2)
        && let Some(room) = before.strip_suffix('-')
        && digits_at_end(room) >= 3
    {
        out.truncate(room.len());
    }
}

/// Roman numerals of one character each as digits.
fn without_roman(address: &str) -> Cow<'_, str> {
    let value = |c: char| match c {
        'Ⅰ'..='Ⅻ' => Some(c as u32 - 'Ⅰ' as u32 + 1),
        'ⅰ'..='ⅻ' => Some(c as u32 - 'ⅰ' as u32 + 1),
        _ => None,
    };
    if address.is_ascii() || !address.chars().any(|c| value(c).is_some()) {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match value(c) {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The same in letters before the word for an area or a stair: II区.
fn roman_letters(out: &str, rest: &[(char, usize)]) -> Option<(String, usize)> {
    const NUMERALS: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    if !matches!(rest.first()?.0, 'i' | 'v' | 'x') || out.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let letters: String = rest.iter().map(|(c, _)| *c).take_while(char::is_ascii_alphabetic).collect();
    let value = NUMERALS.iter().position(|numeral| *numeral == letters)? + 1;
    let word = rest.get(letters.len()).map(|(c, _)| *c);
    matches!(word, Some('区' | '单')).then(|| (value.to_string(), letters.len()))
}

fn apart_from_next(out: &mut String, rest: &[(char, usize)]) {
    // A座1203 is A1203: only between two numbers a sign is needed.
    let digits = out.ends_with(|last: char| last.is_ascii_digit());
    if digits && rest.first().is_some_and(|(next, _)| next.is_ascii_alphanumeric()) {
        out.push('-');
    }
}

fn join(out: &mut String) {
    if out.ends_with(|last: char| last.is_ascii_digit()) {
        out.push('-');
    }
}

/// How many characters the word after a number takes.
fn skip_word(rest: &[(char, usize)]) -> usize {
    // Most characters begin none of them.
    if !rest.first().is_some_and(|(c, _)| {
        matches!(
            c,
            '区' | '床'
                | '铺'
                | '号'
                | '栋'
                | '宿'
                | '房'
                | '单'
                | '公'
                | '幢'
                | '座'
                | '楼'
                | '层'
                | '室'
                | '舍'
        )
    }) {
        return 0;
    }
    AFTER_NUMBER
        .iter()
        .find(|word| word.chars().enumerate().all(|(at, c)| rest.get(at).is_some_and(|(have, _)| *have == c)))
        .map_or(0, |word| word.chars().count())
}

/// A number in characters (一 … 九十九) before the word for a building or a room.
fn written_number(rest: &[(char, usize)]) -> Option<(String, usize)> {
    if !matches!(rest.first()?.0, '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    {
        return None;
    }
    let digit =
        |at: usize| rest.get(at).and_then(|(c, _)| "零一二三四五六七八九".chars().position(|d| d == *c));
    let ten = |at: usize| rest.get(at).is_some_and(|(c, _)| *c == '十');
    let (number, used) = match (digit(0), ten(0), ten(1)) {
        (Some(tens), _, true) => (tens * 10 + digit(2).unwrap_or(0), 2 + usize::from(digit(2).is_some())),
        (Some(one), ..) => (one, 1),
        (None, true, _) => (10 + digit(1).unwrap_or(0), 1 + usize::from(digit(1).is_some())),
        _ => return None,
    };
    // 三楼 is a building or a floor; 三好 is no number.
    (skip_word(&rest[used..]) > 0).then(|| (number.to_string(), used))
}

/// Where a typed room stands in a kept one; a number is not looked for in the middle of another.
pub(super) fn stands(text: &str, word: &str) -> Option<Part> {
    let digit_first = word.starts_with(|c: char| c.is_ascii_digit());
    let places = text
        .match_indices(word)
        .filter(|(at, _)| !(digit_first && text[..*at].ends_with(|before: char| before.is_ascii_digit())));
    places
        .map(|(at, _)| match (at == 0, at + word.len() == text.len()) {
            (true, true) => Part::Whole,
            (true, false) => Part::Head,
            (false, true) => Part::Tail,
            (false, false) => Part::Inside,
        })
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_of_a_room() {
        for typed in [
            "梅园3号楼412室",
            "梅园 3栋412",
            "梅园3-412",
            "梅园三号楼412",
            "梅园3#412",
            "梅园３号楼４１２房间",
        ] {
            assert_eq!(room(typed), "梅园3-412", "{typed}");
        }
        assert_eq!(room("十二栋305"), "12-305");
        assert_eq!(room("二十栋"), "20");
        assert_eq!(room("三好街5号2单元1601"), "三好街5-2-1601");
        assert_eq!(room("3号"), "3");
        for typed in ["A座1203", "A1203", "A-1203", "a座 1203室"] {
            assert_eq!(room(typed), "a1203", "{typed}");
        }
        assert_eq!(room("梅园3舍412"), "梅园3-412");
        assert_eq!(room(""), "");
    }

    #[test]
    fn floors_units_beds_and_numerals_make_no_other_room() {
        for (one, other, wanted) in [
            ("1号公寓412", "1号公寓4层412-3床", "1-412"),
            ("1号公寓412", "1号公寓412室3号床", "1-412"),
            ("24号楼1205", "二十四号楼十二层1205", "24-1205"),
            ("38-1-1102", "38号楼一单元1102", "38-1-1102"),
            ("三舍2区203", "三舍Ⅱ区203", "3-2-203"),
            ("三舍2区203", "3舍II区203", "3-2-203"),
            ("三舍二区203", "三舍ⅱ区 203室", "3-2-203"),
            ("梅园412", "梅园4层412", "梅园412"),
        ] {
            assert_eq!((room(one).as_str(), room(other).as_str()), (wanted, wanted), "{one} {other}");
        }
        // A floor alone is kept, and one that the room does not say again.
        assert_eq!(room("24号楼12层"), "24-12");
        assert_eq!(room("1号公寓3层412"), "1-3-412");
        assert_eq!(room("5号楼2单元3"), "5-2-3");
        assert_eq!(room("市北区"), "市北区");
    }

    #[test]
    fn a_number_is_not_found_in_the_middle_of_another() {
        assert_eq!(stands("梅园3-412", "412"), Some(Part::Tail));
        assert_eq!(stands("梅园3-1412", "412"), None);
        assert_eq!(stands("梅园3-412", "3-41"), Some(Part::Inside));
        assert_eq!(stands("梅园3-412", "梅园3-412"), Some(Part::Whole));
        assert_eq!(stands("梅园3-412", "梅园"), Some(Part::Head));
    }
}
