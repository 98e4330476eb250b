//! Dormitories and rooms, one spelling for all: `梅园3号楼412室`, `梅园 3栋412`, `梅园3-412`.

use super::fold::fold_places;
use super::found::Part;

/// What stands after a number of a building, a stair, a floor or a room, the longer ones first.
const AFTER_NUMBER: [&str; 17] = [
    "号宿舍楼",
    "号公寓",
    "号楼",
    "栋楼",
    "宿舍",
    "房间",
    "单元",
    "公寓",
    "栋",
    "幢",
    "座",
    "楼",
    "层",
    "室",
    "舍",
    "房",
    "号",
];

/// The spelling under which an address is looked for: numbers apart by one hyphen each, the words after them left
/// out, `三号楼` as `3`.
pub(super) fn room(address: &str) -> String {
    let folded = fold_places(address);
    let mut out = String::with_capacity(address.len());
    let mut at = 0;
    while at < folded.len() {
        let (c, place) = folded[at];
        if let Some((number, used)) = written_number(&folded[at..]) {
            join(&mut out);
            out.push_str(&number);
            at += used;
            at += skip_word(&folded[at..]);
            apart_from_next(&mut out, &folded[at..]);
            continue;
        }
        // 3号楼, A座.
        if out.ends_with(|last: char| last.is_ascii_alphanumeric()) {
            let used = skip_word(&folded[at..]);
            if used > 0 {
                at += used;
                apart_from_next(&mut out, &folded[at..]);
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
    out
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
        matches!(c, '号' | '栋' | '宿' | '房' | '单' | '公' | '幢' | '座' | '楼' | '层' | '室' | '舍')
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
    fn a_number_is_not_found_in_the_middle_of_another() {
        assert_eq!(stands("梅园3-412", "412"), Some(Part::Tail));
        assert_eq!(stands("梅园3-1412", "412"), None);
        assert_eq!(stands("梅园3-412", "3-41"), Some(Part::Inside));
        assert_eq!(stands("梅园3-412", "梅园3-412"), Some(Part::Whole));
        assert_eq!(stands("梅园3-412", "梅园"), Some(Part::Head));
    }
}
