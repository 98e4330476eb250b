//! Identity numbers of every kind that a university's sheets hold, and whether one can be right: the check digit of
//! GB 11643 and the day of birth in it. Any place code is taken: districts are dissolved, and people are older than
//! theirs.

use super::phone::is_dash;
use crate::domain::text::{half_width, is_invisible};
use chrono::NaiveDate;
use std::borrow::Cow;

/// Whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 居民身份证, 18 signs.
    Citizen,
    /// The same before 1999: 15 digits, no check digit.
    Old,
    /// 港澳台居民居住证: 81, 82, 83, of the same 18 signs.
    Resident,
    /// 外国人永久居留身份证 since 2023: begins with 9, of the same 18 signs.
    Foreigner,
    /// The same card before: three letters and twelve digits.
    OldForeigner,
    /// A travel permit or a passport: letters and digits of its own country.
    Travel,
}

/// How much each of the first seventeen digits weighs in the check (GB 11643).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check digit by what the weighed digits leave when divided by eleven.
const CHECKS: &[u8; 11] = b"10X98765432";

/// A number as it is kept: half width, capital, without what groups it; nothing for what can be none.
pub fn read(text: &str) -> Option<String> {
    let out: String = text.chars().map(half_width).filter_map(sign).collect();
    // What a number cell leaves behind.
    let out = match out.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole.to_owned(),
        _ => out,
    };
    kind(&out).map(|_| out)
}

/// One character of a number as it is kept, if it is kept.
fn sign(c: char) -> Option<char> {
    match c {
        c if is_x(c) => Some('X'),
        '\'' | '(' | ')' | '·' => None,
        c if is_dash(c) || is_invisible(c) => None,
        c => Some(c.to_ascii_uppercase()),
    }
}

/// Whether a character in half width is the check digit X: a letter, ten in Roman numerals, a times sign, or a letter of
/// another alphabet that looks like it.
pub(super) const fn is_x(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'Ⅹ' | 'ⅹ' | '×' | '✕' | '╳' | 'х' | 'Х' | 'χ' | 'Χ')
}

/// What was typed to find somebody by the end of a number, with a plain X where another sign stands for it.
pub fn with_plain_x(typed: &str) -> Cow<'_, str> {
    let (last, head) = match typed.trim_end().char_indices().next_back() {
        Some((at, last)) => (last, &typed[..at]),
        None => return Cow::Borrowed(typed),
    };
    let digits = head.chars().rev().take_while(|c| half_width(*c).is_ascii_digit()).count();
    if !last.is_ascii() && is_x(half_width(last)) && digits >= 3 {
        Cow::Owned(format!("{head}X"))
    } else {
        Cow::Borrowed(typed)
    }
}

/// Whether digits in groups, put together as [`read`] gives them, are taken for somebody's number and not for figures
/// that only stand beside each other: a place, a day of birth, and a check digit that fits; a slip is let pass where the
/// day is of years ago, for what stands beside figures is mostly a day of now.
pub(super) fn is_likely(number: &str) -> bool {
    /// From this year on the check digit must fit.
    const NOW: &str = "2015";
    let place = matches!(
        number.as_bytes(),
        [b'1'..=b'6', b'1'..=b'7', ..]
            | [b'5', b'0', ..]
            | [b'7', b'1', ..]
            | [b'8', b'1'..=b'3', ..]
            | [b'9', _, ..]
    );
    place
        && match kind(number) {
            Some(Kind::Citizen | Kind::Resident | Kind::Foreigner) => {
                is_day(&number[6..14]) && (!has_slip(number) || &number[6..10] < NOW)
            }
            Some(Kind::Old) => !has_slip(number),
            _ => false,
        }
}

/// What kind of number this is, as [`read`] gives it.
pub fn kind(number: &str) -> Option<Kind> {
    let bytes = number.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let letters = bytes.iter().take_while(|b| b.is_ascii_uppercase()).count();
    if !bytes.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) {
        return None;
    }
    match bytes.len() {
        18 if digits == 18 || (digits == 17 && bytes[17] == b'X') => Some(match &bytes[..2] {
            b"81" | b"82" | b"83" => Kind::Resident,
            [b'9', _] => Kind::Foreigner,
            _ => Kind::Citizen,
        }),
        15 if digits == 15 => Some(Kind::Old),
        15 if letters == 3 && bytes[3..].iter().all(u8::is_ascii_digit) => Some(Kind::OldForeigner),
        // Of Taiwan eight digits, and two more for how often it was made out; of Hong Kong and Macao H or M and eight;
        // some countries' passports have no letter.
        8..=10 if digits == bytes.len() => Some(Kind::Travel),
        7..=12 if letters > 0 => Some(Kind::Travel),
        _ => None,
    }
}

/// Whether a number, as [`read`] gives it, cannot be right: its check digit does not fit, or nobody was born that day.
pub fn has_slip(number: &str) -> bool {
    match kind(number) {
        Some(Kind::Citizen | Kind::Resident | Kind::Foreigner) => {
            number.as_bytes()[17] != check_digit(number) || !is_day(&number[6..14])
        }
        Some(Kind::Old) => !is_day(&format!("19{}", &number[6..12])),
        Some(Kind::OldForeigner) => {
            !is_day(&format!("19{}", &number[7..13])) && !is_day(&format!("20{}", &number[7..13]))
        }
        Some(Kind::Travel) | None => false,
    }
}

/// Whether a number of eighteen signs, as [`read`] gives it, has lost its last ones: spreadsheet programs keep fifteen
/// digits and put zeros for the rest. Nobody has the number 000 of a day.
pub fn has_lost_digits(number: &str) -> bool {
    matches!(kind(number), Some(Kind::Citizen | Kind::Resident | Kind::Foreigner))
        && (&number[14..17] == "000" || number.ends_with("000") && has_slip(number))
}

/// The check digit of the first seventeen.
fn check_digit(number: &str) -> u8 {
    let weighed = number.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight);
    CHECKS[(weighed.sum::<u32>() % 11) as usize]
}

fn is_day(digits: &str) -> bool {
    NaiveDate::parse_from_str(digits, "%Y%m%d")
        .is_ok_and(|day| (1850..=2100).contains(&chrono::Datelike::year(&day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up number with the check digit it must have.
    fn checked(seventeen: &str) -> String {
        format!("{seventeen}{}", char::from(check_digit(seventeen)))
    }

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The standard's own example.
        assert_eq!(check_digit("11010519491231002"), b'X');
        assert_eq!(check_digit("44052418800101001"), b'4');
        assert!(!has_slip("11010519491231002X") && !has_slip("440524188001010014"));
        assert!(has_slip("110105194912310021") && has_slip("110105194912310020"));
    }

    #[test]
    fn every_kind_is_known_by_its_form() {
        for (number, is) in [
            (checked("37020219700101123"), Kind::Citizen),
            // A district that was dissolved, and one that never was: any place code is taken.
            (checked("37120219850607001"), Kind::Citizen),
            (checked("99999919850607001"), Kind::Foreigner),
            ("370202700101123".into(), Kind::Old),
            (checked("81000019850607001"), Kind::Resident),
            (checked("82000019850607001"), Kind::Resident),
            (checked("83000019850607001"), Kind::Resident),
            (checked("91116019850607001"), Kind::Foreigner),
            ("USA370285060712".into(), Kind::OldForeigner),
            ("12345678".into(), Kind::Travel),
            ("1234567801".into(), Kind::Travel),
            ("H12345678".into(), Kind::Travel),
            ("M1234567801".into(), Kind::Travel),
            ("E12345678".into(), Kind::Travel),
            ("EA1234567".into(), Kind::Travel),
            ("C01X00T47".into(), Kind::Travel),
            ("123456789".into(), Kind::Travel),
        ] {
            assert_eq!(kind(&number), Some(is), "{number}");
            assert!(!has_slip(&number), "{number}");
            assert_eq!(read(&number).as_deref(), Some(number.as_str()));
        }
        for no in [
            "",
            "3702021970010112",
            "3702021970010112345",
            "X70202197001011234",
            "13905321111",
            "王伟",
            "USA37028506071",
        ] {
            assert_eq!(read(no), None, "{no}");
        }
    }

    #[test]
    fn x_and_grouping_are_one_however_they_are_written() {
        let wanted = "11010519491231002X";
        for text in [
            "11010519491231002X",
            "11010519491231002x",
            "11010519491231002Ⅹ",
            "11010519491231002ⅹ",
            "11010519491231002Ｘ",
            "11010519491231002ｘ",
            "11010519491231002×",
            "11010519491231002х",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105-19491231-002X",
            "110105 1949 1231 002X",
            "110105‐19491231−002x",
            "'11010519491231002X",
            "\u{202d}11010519491231002X\u{202c}",
        ] {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(read("370202700101123.0").as_deref(), Some("370202700101123"));
        assert_eq!(read("H12345678(01)").as_deref(), Some("H1234567801"));
        assert_eq!(read("12345678.0").as_deref(), Some("12345678"));
    }

    #[test]
    fn whatever_stands_for_x_at_the_end_of_a_number_is_looked_for_as_x() {
        for typed in ["002Ⅹ", "002ⅹ", "002×", "００２Ｘ", "002х "] {
            assert!(with_plain_x(typed).ends_with("2X") || with_plain_x(typed).ends_with("２X"), "{typed}");
        }
        for same in ["", "Ⅹ", "张Ⅹ", "三舍Ⅹ区203", "5×", "002", "11010519491231002x"] {
            assert_eq!(with_plain_x(same), same);
        }
    }

    #[test]
    fn a_day_nobody_was_born_on_is_a_slip() {
        assert!(has_slip(&checked("37020219701301123")), "the thirteenth month");
        assert!(has_slip(&checked("37020219700230123")), "the thirtieth of February");
        assert!(!has_slip(&checked("37020219720229123")), "a leap year");
        assert!(has_slip("370202701301123"));
        assert!(has_slip("USA370285130712"));
    }
}
