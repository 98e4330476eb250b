//! Numbers: found whole, by their beginning, by their end, and by any run inside.

use super::found::Part;
use super::grams::Grams;
use super::pack::{Reader, Writer};
use crate::domain::phone;

/// Digits and small letters, and everything else.
const SIGNS: usize = 37;
/// The shortest run that is looked for inside a number.
const RUN: usize = 3;
/// Signs that are compared as one when numbers are put in order: so many of 36, or none, fit into 64 bits.
const TOGETHER: usize = 12;

/// Many numbers, each with its owner, given in the owners' order. An owner may have several.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    text: Vec<u8>,
    /// Where each begins; one more at the end.
    starts: Vec<u32>,
    /// Whose each is; nothing when they are plain.
    owners: Vec<u32>,
    /// The entries in the order of their text.
    by_head: Vec<u32>,
    /// The entries in the order of their text read backwards.
    by_tail: Vec<u32>,
    runs: Grams,
    /// Every owner has just one, in order: then an entry is its owner.
    plain: bool,
    longest: usize,
}

/// Which parts of numbers are ever asked for: what is not is not prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    All,
    Tails,
}

impl Numbers {
    pub(super) fn new() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }

    pub(super) fn push(&mut self, owner: u32, number: &str) {
        if number.is_empty() {
            return;
        }
        self.text.extend_from_slice(number.as_bytes());
        self.starts.push(self.text.len() as u32);
        self.owners.push(owner);
    }

    /// Lays out the orders, once every number is there; `keys` is room to work in.
    pub(super) fn finish(&mut self, parts: Parts, keys: &mut Vec<(u64, u32)>) {
        self.look();
        self.by_tail = self.order(true, keys);
        if parts == Parts::Tails {
            return;
        }
        self.by_head = self.order(false, keys);
        self.runs = Grams::build(SIGNS * SIGNS * SIGNS, self.len() as u32, |entry, tell| {
            self.text(entry).windows(RUN).for_each(|run| tell(bucket(run)));
        });
    }

    fn look(&mut self) {
        self.plain = self.owners.iter().enumerate().all(|(entry, owner)| entry as u32 == *owner);
        if self.plain {
            self.owners = Vec::new();
        }
        self.longest = self.starts.windows(2).map(|both| (both[1] - both[0]) as usize).max().unwrap_or(0);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn order(&self, backwards: bool, keys: &mut Vec<(u64, u32)>) -> Vec<u32> {
        // Signs that are none of ours have no place among them: then the texts themselves are compared.
        let usual = self.text.iter().all(|sign| code(*sign).is_some());
        let key = |entry: u32| {
            let text = if usual { self.text(entry) } else { &[] };
            (0..TOGETHER).fold(0u64, |key, at| {
                let sign = if backwards { text.iter().rev().nth(at) } else { text.get(at) };
                key * SIGNS as u64 + sign.and_then(|sign| code(*sign)).map_or(0, |code| u64::from(code) + 1)
            })
        };
        keys.clear();
        keys.extend((0..self.len() as u32).map(|entry| (key(entry), entry)));
        keys.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| {
                    // So many signs alike: an ID number, or two numbers run together.
                    let (a, b) = (self.text(a.1), self.text(b.1));
                    if backwards { a.iter().rev().cmp(b.iter().rev()) } else { a.cmp(b) }
                })
                .then(a.1.cmp(&b.1))
        });
        keys.iter().map(|(_, entry)| *entry).collect()
    }

    /// The text of one entry.
    pub(super) fn text(&self, entry: u32) -> &[u8] {
        &self.text[self.starts[entry as usize] as usize..self.starts[entry as usize + 1] as usize]
    }

    /// Whose it is.
    pub(super) fn owner(&self, entry: u32) -> u32 {
        if self.plain { entry } else { self.owners[entry as usize] }
    }

    /// Whether every entry is its own owner.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// The numbers of an owner.
    pub(super) fn texts_of(&self, owner: u32) -> impl Iterator<Item = &[u8]> {
        let entries = if self.plain {
            let entry = (owner as usize).min(self.len());
            entry..(entry + 1).min(self.len())
        } else {
            entries_of(&self.owners, owner)
        };
        entries.map(|entry| self.text(entry as u32))
    }

    /// The entries that begin with `word`.
    pub(super) fn heads(&self, word: &[u8]) -> &[u32] {
        let cut = |entry: &u32| {
            let text = self.text(*entry);
            text[..text.len().min(word.len())].cmp(word)
        };
        span(&self.by_head, cut)
    }

    /// The entries that end with `word`.
    pub(super) fn tails(&self, word: &[u8]) -> &[u32] {
        let cut = |entry: &u32| {
            let text = self.text(*entry);
            text[text.len() - text.len().min(word.len())..].iter().rev().cmp(word.iter().rev())
        };
        span(&self.by_tail, cut)
    }

    /// Calls `found` for every entry in which `word` stands, with the best place it stands at.
    pub(super) fn inside(&self, word: &[u8], mut found: impl FnMut(u32, Part)) {
        if word.len() > self.longest {
            return;
        }
        for entry in self.runs.likely(word.windows(RUN).map(bucket)) {
            if let Some(part) = stands(self.text(entry), word) {
                found(entry, part);
            }
        }
    }

    /// The entries that are `word` but for one digit, or for two beside each other that were swapped.
    pub(super) fn almost(&self, word: &[u8]) -> Vec<u32> {
        let mut found = Vec::new();
        let mut look = |other: &[u8]| {
            let heads = self.heads(other);
            let whole = heads.iter().take_while(|entry| self.text(**entry).len() == word.len());
            found.extend(whole.copied());
        };
        let mut other = word.to_vec();
        for at in 0..word.len() {
            for digit in (b'0'..=b'9').filter(|digit| *digit != word[at]) {
                other[at] = digit;
                look(&other);
            }
            other[at] = word[at];
            if at + 1 < word.len() && word[at] != word[at + 1] {
                other.swap(at, at + 1);
                look(&other);
                other.swap(at, at + 1);
            }
        }
        found
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.bytes(&self.text);
        to.u32s(&self.starts);
        to.u32s(&self.owners);
        to.u32s(&self.by_head);
        to.u32s(&self.by_tail);
        self.runs.write(to);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let mut numbers = Self {
            text: from.bytes()?,
            starts: from.u32s()?,
            owners: from.u32s()?,
            by_head: from.u32s()?,
            by_tail: from.u32s()?,
            runs: Grams::read(from)?,
            ..Self::default()
        };
        numbers.look();
        Some(numbers)
    }
}

/// The entries of an owner, in a list in the owners' order. Most lists have one entry an owner: looking begins there.
pub(super) fn entries_of(owners: &[u32], owner: u32) -> std::ops::Range<usize> {
    let guess = (owner as usize).min(owners.len());
    let mut reach = 1;
    let (mut low, mut high) = (guess, guess);
    // From the guess outwards in doubling steps, until it is between the two.
    while low > 0 && owners[low - 1] >= owner {
        low = low.saturating_sub(reach);
        reach *= 2;
    }
    reach = 1;
    while high < owners.len() && owners[high] < owner {
        high = (high + reach).min(owners.len());
        reach *= 2;
    }
    let from = low + owners[low..high].partition_point(|known| *known < owner);
    let count = owners[from..].iter().take_while(|known| **known == owner).count();
    from..from + count
}

/// The run of entries that `cut` finds equal.
fn span(sorted: &[u32], cut: impl Fn(&u32) -> std::cmp::Ordering) -> &[u32] {
    let from = sorted.partition_point(|entry| cut(entry).is_lt());
    let count = sorted[from..].partition_point(|entry| cut(entry).is_eq());
    &sorted[from..from + count]
}

/// The best place at which `word` stands in a number, if it does.
pub(super) fn stands(text: &[u8], word: &[u8]) -> Option<Part> {
    if word.is_empty() || word.len() > text.len() {
        return None;
    }
    if text == word {
        Some(Part::Whole)
    } else if text.starts_with(word) {
        Some(Part::Head)
    } else if text.ends_with(word) {
        Some(Part::Tail)
    } else {
        holds(text, word).then_some(Part::Inside)
    }
}

/// Whether a short run stands in a short text: the first sign is looked for before the rest is compared.
fn holds(text: &[u8], word: &[u8]) -> bool {
    let last = text.len() - word.len();
    (0..=last).any(|at| text[at] == word[0] && text[at..at + word.len()] == *word)
}

/// Whether two numbers are the same but for one digit, or for two beside each other that were swapped.
pub(super) fn is_almost(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut differ = (0..a.len()).filter(|at| a[*at] != b[*at]);
    match (differ.next(), differ.next(), differ.next()) {
        (Some(_), None, None) => true,
        (Some(one), Some(two), None) => two == one + 1 && a[one] == b[two] && a[two] == b[one],
        _ => false,
    }
}

/// The same for a telephone number, of which a landline without its area code is all.
pub(super) fn stands_as_telephone(text: &[u8], word: &[u8]) -> Option<Part> {
    if is_local(text, word) { Some(Part::Whole) } else { stands(text, word) }
}

/// Whether `word` is all of a landline's number after the area code: then it is the number.
pub(super) fn is_local(text: &[u8], word: &[u8]) -> bool {
    word.len() >= 7
        && text.first() == Some(&b'0')
        && text.ends_with(word)
        && matches!(text.len() - word.len(), 3 | 4)
}

/// The number of a digit or a small letter, in their order.
fn code(sign: u8) -> Option<u8> {
    match sign {
        b'0'..=b'9' => Some(sign - b'0'),
        b'a'..=b'z' => Some(sign - b'a' + 10),
        _ => None,
    }
}

fn bucket(run: &[u8]) -> usize {
    run.iter().fold(0, |bucket, sign| bucket * SIGNS + usize::from(code(*sign).unwrap_or(SIGNS as u8 - 1)))
}

/// Tells the telephone numbers in a cell: digits only, without the country; several when several stand there, and
/// one with an extension both without and with it.
pub(super) fn each_telephone(cell: &str, tell: &mut dyn FnMut(&str)) {
    if cell.bytes().all(|b| b.is_ascii_digit()) && cell.len() <= 11 {
        // As most cells are.
        if !cell.is_empty() {
            tell(cell);
        }
        return;
    }
    for one in phone::all(cell).iter().filter(|one| !one.number.is_empty()) {
        for number in each_spelling(one) {
            tell(&number);
        }
    }
}

/// The telephone numbers in a cell.
pub(super) fn telephones(cell: &str) -> Vec<String> {
    let mut all = Vec::new();
    each_telephone(cell, &mut |number| all.push(number.to_owned()));
    all
}

/// The digits of one number without country and extension, and with the extension if there is one.
pub(super) fn telephone(text: &str) -> Vec<String> {
    each_spelling(&phone::written(text))
}

fn each_spelling(one: &phone::Written) -> Vec<String> {
    let number = one.number.clone();
    if one.extension.is_empty() {
        vec![number]
    } else {
        vec![number.clone(), format!("{number}{}", one.extension)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_from_anywhere() {
        for typed in [
            "13800135678",
            "+86 138-0013-5678",
            "0086 138 0013 5678",
            "013800135678",
            "８６１３８００１３５６７８",
        ] {
            assert_eq!(telephone(typed), ["13800135678"], "{typed}");
        }
        assert_eq!(telephone("0532-8666 0001 转 802"), ["053286660001", "053286660001802"]);
        assert_eq!(telephone("8666 0001-8012"), ["86660001", "866600018012"]);
        assert_eq!(telephone("+86 532 8666 0001"), ["053286660001"]);
        assert_eq!(telephone("(0532)86660001"), ["053286660001"]);
        assert_eq!(telephone("5678"), ["5678"]);
        assert_eq!(telephones("13800135678/13900001111"), ["13800135678", "13900001111"]);
        assert_eq!(telephones("13800135678 13900001111"), ["13800135678", "13900001111"]);
        assert_eq!(telephones("138 0013 5678"), ["13800135678"]);
        assert_eq!(
            telephones("13800135678（父亲）/0532-85071234分机608"),
            ["13800135678", "053285071234", "053285071234608"]
        );
        assert_eq!(telephones("85071234/5"), ["85071234", "85071235"]);
        assert!(telephones("").is_empty() && telephones("无").is_empty());
    }

    #[test]
    fn where_a_run_stands() {
        let stands = |text: &str, word: &str| stands_as_telephone(text.as_bytes(), word.as_bytes());
        assert_eq!(stands("13800135678", "13800135678"), Some(Part::Whole));
        assert_eq!(stands("13800135678", "138"), Some(Part::Head));
        assert_eq!(stands("13800135678", "678"), Some(Part::Tail));
        assert_eq!(stands("13800135678", "0013"), Some(Part::Inside));
        assert_eq!(stands("13800135678", "999"), None);
        assert_eq!(stands("053286660001", "86660001"), Some(Part::Whole));
        assert_eq!(stands("053286660001", "6660001"), Some(Part::Tail));
    }

    #[test]
    fn the_orders_agree_with_looking() {
        let mut numbers = Numbers::new();
        let all: Vec<String> =
            (0..400u32).map(|n| format!("1{:05}", n.wrapping_mul(7919) % 100_000)).collect();
        for (owner, number) in all.iter().enumerate() {
            numbers.push(owner as u32, number);
        }
        numbers.finish(Parts::All, &mut Vec::new());
        assert!(numbers.is_plain() && numbers.texts_of(400).next().is_none());
        for word in ["1", "10", "123", "919", "00", "5", "100000", "7919", "999999", "1000000"] {
            let set = |entries: &[u32]| {
                let mut owners: Vec<u32> = entries.iter().map(|entry| numbers.owner(*entry)).collect();
                owners.sort_unstable();
                owners
            };
            let wanted = |fits: &dyn Fn(&str) -> bool| -> Vec<u32> {
                (0..400).filter(|owner| fits(&all[*owner as usize])).collect()
            };
            assert_eq!(set(numbers.heads(word.as_bytes())), wanted(&|n| n.starts_with(word)));
            assert_eq!(set(numbers.tails(word.as_bytes())), wanted(&|n| n.ends_with(word)));
            if word.len() >= RUN {
                let mut inside = Vec::new();
                numbers.inside(word.as_bytes(), |entry, _| inside.push(entry));
                assert_eq!(set(&inside), wanted(&|n| n.contains(word)));
            }
        }
    }

    #[test]
    fn numbers_are_in_the_order_of_their_signs_from_either_end() {
        let usual = [
            "20200217001",
            "1",
            "990202199501017x5",
            "990202199501017x4",
            "ab12",
            "",
            "12",
            "053285071234608",
        ];
        for extra in ["0123456789abcd", "a#1"] {
            let mut numbers = Numbers::new();
            for (owner, number) in usual.iter().chain([&extra, &"1"]).enumerate() {
                numbers.push(owner as u32, number);
            }
            numbers.finish(Parts::All, &mut Vec::new());
            assert!(!numbers.is_plain(), "one has no number");
            let texts: Vec<&[u8]> = numbers.by_head.iter().map(|entry| numbers.text(*entry)).collect();
            assert!(texts.is_sorted(), "{texts:?}");
            let backwards = |entry: &u32| numbers.text(*entry).iter().rev().copied().collect::<Vec<u8>>();
            assert!(numbers.by_tail.iter().map(backwards).is_sorted());
            for (owner, number) in usual.iter().enumerate() {
                let of: Vec<&[u8]> = numbers.texts_of(owner as u32).collect();
                assert_eq!(of.concat(), number.as_bytes());
            }
        }
    }
}
