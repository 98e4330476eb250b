//! Invented people: names and numbers that are nobody's.

use super::data::Names;
use super::rng::Rng;

/// A name with the sex it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) male: bool,
    pub(super) foreign: bool,
}

/// The name of the person at `index` of `people`. The first places of each thousand hold the unusual ones, so
/// that a small office has some of them too.
pub(super) fn name(names: &Names, rng: &mut Rng, index: usize) -> Named {
    let male = rng.chance(540);
    let plain = |name: String| Named { name, male, foreign: false };
    // A prime stride spreads the unusual names over the units.
    let (turn, place) = (index / 131, index % 131);
    match place {
        17 if turn < names.rare.len() => plain(names.rare[turn].clone()),
        43 | 44 => plain(names.equal[turn % names.equal.len()].clone()),
        71 if turn % 3 == 1 => {
            let given = rng.pick(&names.point_given);
            plain(format!("{given}·{}", rng.pick(&names.point_family)))
        }
        97 if turn / 4 < names.latin.len() && turn.is_multiple_of(4) => {
            Named { name: names.latin[turn / 4].clone(), male, foreign: true }
        }
        _ => plain(common(names, rng, male)),
    }
}

/// A name as most are: a surname and one or two characters.
pub(super) fn common(names: &Names, rng: &mut Rng, male: bool) -> String {
    let given = if male { &names.male } else { &names.female };
    let mut name = names.surnames.pick(rng).clone();
    let first = given.pick(rng);
    name.push_str(first);
    if rng.chance(800) {
        name.push_str(given.pick(rng));
    }
    name
}

/// A mobile number that is nobody's: `0000` stands where no number given out has it. Different for every
/// `index` below 120,000.
pub(super) fn mobile(index: usize) -> String {
    const PREFIXES: [&str; 12] =
        ["199", "198", "191", "166", "175", "176", "195", "193", "192", "190", "197", "165"];
    // 7919 has no factor in common with 10,000: the tails differ, and do not count up.
    let prefix = PREFIXES[(index / 10_000) % PREFIXES.len()];
    format!("{prefix}0000{:04}", (index * 7919 + 1234) % 10_000)
}

/// An office's number in the city that is nobody's.
pub(super) fn landline(index: usize) -> String {
    format!("0532-0000{:04}", (index * 7919 + 4321) % 10_000)
}

/// An ID number that cannot be anyone's: no division has the code 990202, and the check digit is wrong.
pub(super) fn id_number(index: usize, birth: (i64, i64, i64), male: bool) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let (year, month, day) = birth;
    let order = (index % 499) * 2 + usize::from(male);
    let digits = format!("990202{year:04}{month:02}{day:02}{order:03}");
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let wrong = CHECKS[((sum + 1) % 11) as usize] as char;
    format!("{digits}{wrong}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn phones_differ_and_are_nobodys() {
        let phones: HashSet<String> = (0..100_000).map(mobile).collect();
        assert_eq!(phones.len(), 100_000);
        assert!(phones.iter().all(|phone| phone.len() == 11 && &phone[3..7] == "0000"));
    }

    #[test]
    fn an_id_number_has_the_length_and_the_wrong_check_digit() {
        let number = id_number(7, (1970, 1, 2), true);
        assert_eq!(number.chars().count(), 18);
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
        let sum: u32 = number
            .chars()
            .zip(weights)
            .map(|(digit, weight)| if digit == 'X' { 10 } else { digit.to_digit(10).unwrap() } * weight)
            .sum();
        assert_ne!(sum % 11, 1, "a number with a right check digit could be somebody's");
    }
}
