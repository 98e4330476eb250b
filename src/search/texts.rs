//! Longer texts (rooms, the words of calls) looked through for what is typed.

use super::grams::Grams;
use super::pack::{Reader, Writer};

/// Buckets of pairs of characters.
const BUCKETS: usize = 1 << 16;

/// Many texts, each with a number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    /// Where each begins; one more at the end.
    starts: Vec<u32>,
    pairs: Grams,
}

impl Texts {
    pub(super) fn new() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }

    /// Adds a text; its number is how many there were.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.starts.push(self.text.len() as u32);
    }

    /// Prepares for being asked, once every text is there.
    pub(super) fn finish(&mut self) {
        self.pairs = Grams::build(BUCKETS, self.len(), |entry, tell| pairs(self.get(entry)).for_each(tell));
    }

    pub(super) fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    pub(super) fn get(&self, entry: u32) -> &str {
        &self.text[self.starts[entry as usize] as usize..self.starts[entry as usize + 1] as usize]
    }

    /// Calls `found` for every text in which `word`, of two characters at least, stands.
    pub(super) fn find(&self, word: &str, mut found: impl FnMut(u32)) {
        let Some(rarest) = pairs(word).min_by_key(|bucket| self.pairs.weight(*bucket)) else { return };
        for entry in self.pairs.entries(rarest) {
            if self.get(entry).contains(word) {
                found(entry);
            }
        }
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.text(&self.text);
        to.u32s(&self.starts);
        self.pairs.write(to);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self { text: from.text()?.to_owned(), starts: from.u32s()?, pairs: Grams::read(from)? })
    }
}

fn pairs(text: &str) -> impl Iterator<Item = usize> {
    let next = text.chars().skip(1);
    text.chars().zip(next).map(|(a, b)| {
        let mixed = (a as u32).wrapping_mul(0x9e37_79b1) ^ (b as u32).wrapping_mul(0x85eb_ca6b);
        (mixed >> 16) as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_characters_are_enough() {
        let mut texts = Texts::new();
        for text in ["答应下午三点补报", "发热已就医", "", "热", "下午补报"] {
            texts.push(text);
        }
        texts.finish();
        let find = |word: &str| {
            let mut all = Vec::new();
            texts.find(word, |entry| all.push(entry));
            all
        };
        assert_eq!(find("补报"), [0, 4]);
        assert_eq!(find("发热"), [1]);
        assert_eq!(find("下午三"), [0]);
        assert_eq!(find("就报"), Vec::<u32>::new());
        assert_eq!(find("热"), Vec::<u32>::new());
    }
}
