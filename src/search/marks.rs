//! Which characters of a text were meant by what was typed.

use super::fold::{fold, fold_places};
use super::found::Field;
use super::numbers::telephone;

/// The places, counted from 0, of the characters of `text` that the query means, where they stand in it as they are:
/// numbers, rooms, words. Names that were typed in letters are pointed out by the index itself.
pub fn point_out(query: &str, field: Field, text: &str) -> Vec<usize> {
    let typed = std::iter::once(query).chain(query.split_whitespace());
    let mut all = Vec::new();
    match field {
        Field::Phone | Field::FamilyPhone => {
            let digits: Vec<(char, usize)> =
                fold_places(text).into_iter().filter(|(c, _)| c.is_ascii_digit()).collect();
            typed.flat_map(|typed| telephone(typed).into_iter().rev()).find(|number| {
                // An area code that was typed may not stand there.
                let areas: &[usize] = if number.starts_with('0') { &[0, 3, 4] } else { &[0] };
                areas.iter().any(|area| {
                    let rest = number.get(*area..).filter(|rest| *area == 0 || rest.len() >= 7);
                    rest.is_some_and(|rest| run(&digits, rest, true, &mut all))
                })
            });
        }
        Field::No | Field::IdNumber => {
            let signs = fold_places(text);
            typed.map(fold).find(|word| run(&signs, word, field == Field::IdNumber, &mut all));
        }
        Field::Name | Field::Address | Field::Unit | Field::Words => {
            let chars = fold_places(text);
            for word in query.split_whitespace().map(fold) {
                run(&chars, &word, false, &mut all);
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Adds the places where a word stands, if it does: at the end if it stands there and `tail`, else where it first does.
fn run(chars: &[(char, usize)], word: &str, tail: bool, all: &mut Vec<usize>) -> bool {
    let word: Vec<char> = word.chars().collect();
    if word.is_empty() || word.len() > chars.len() {
        return false;
    }
    let here =
        |at: &usize| chars[*at..*at + word.len()].iter().zip(&word).all(|((have, _), want)| have == want);
    let last = chars.len() - word.len();
    let found = Some(last).filter(|at| tail && here(at)).or_else(|| (0..=last).find(here));
    if let Some(at) = found {
        all.extend(chars[at..at + word.len()].iter().map(|(_, place)| *place));
    }
    found.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_pointed_out() {
        assert_eq!(point_out("5678", Field::Phone, "+86 138-0013-5678"), [13, 14, 15, 16]);
        assert_eq!(point_out("外院 0001", Field::Phone, "0532-8666 0001"), [10, 11, 12, 13]);
        assert_eq!(point_out("0532 86660001", Field::Phone, "8666-0001"), [0, 1, 2, 3, 5, 6, 7, 8]);
        assert_eq!(point_out("0042", Field::No, "2001-0042"), [5, 6, 7, 8]);
        assert_eq!(point_out("补报 下午", Field::Words, "说下午三点补报"), [1, 2, 5, 6]);
        assert_eq!(point_out("補報", Field::Words, "明早补报"), [2, 3]);
        assert_eq!(point_out("412", Field::Address, "梅园3号楼412室"), [5, 6, 7]);
        assert!(point_out("999", Field::Phone, "13800135678").is_empty());
        assert!(point_out("1234", Field::Phone, "13800135674").is_empty());
        assert!(point_out("", Field::Words, "x").is_empty());
    }
}
