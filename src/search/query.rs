//! What was typed, taken apart.

use super::fold::fold;
use super::found::Part;
use super::numbers::{stands_as_telephone, telephone};
use super::room;
use super::slip::Slips;
use super::sounds::Sounds;
use super::word::{Steps, Word};

/// Words of one query that are looked at.
const WORDS: usize = 5;

/// Digits from which a part of a telephone number is looked for.
const DIGITS: usize = 3;

/// One word, with the other spellings under which it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) word: Word,
    /// As a room.
    pub(super) room: String,
    /// As a telephone number, when it is one or a part of one: without an extension, and with it if one was typed.
    pub(super) phones: Vec<String>,
    /// The same without its area code: found only where it is all of a number.
    pub(super) local: Vec<String>,
}

/// A query: the whole of it as one word, and its words when there are several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typing {
    pub(super) whole: Option<Typed>,
    pub(super) words: Vec<Typed>,
}

impl Typing {
    pub(super) fn new(query: &str) -> Self {
        // `shi hui`, `ShiHui`, `138 0013 5678`: the whole is one word too.
        let raw: Vec<&str> = query.split_whitespace().filter(|word| !fold(word).is_empty()).collect();
        let several = (2..=WORDS).contains(&raw.len());
        let words = if several { raw.iter().filter_map(|word| Typed::new(word)).collect() } else { vec![] };
        let all_fit = words.len() == raw.len();
        Self { whole: Typed::new(&raw.join(" ")), words: if all_fit { words } else { vec![] } }
    }
}

impl Typed {
    /// Where it stands in a telephone number, if it does: the best place.
    pub(super) fn in_telephone(&self, number: &[u8]) -> Option<Part> {
        if self.local.iter().any(|local| local.as_bytes() == number) {
            return Some(Part::Whole);
        }
        self.phones.iter().filter_map(|phone| stands_as_telephone(number, phone.as_bytes())).min()
    }

    fn new(raw: &str) -> Option<Self> {
        let word = Word::new(&fold(raw))?;
        // An extension is dialled after the number: 转 802.
        let digits =
            word.numeric || raw.chars().any(|c| c.is_ascii_digit()) && !word.latin && looks_dialled(raw);
        let mut phones = if digits { telephone(raw) } else { Vec::new() };
        phones.retain(|number| number.len() >= DIGITS);
        let whole = phones.iter().filter(|number| number.len() >= 10 && number.starts_with('0'));
        let local = whole.flat_map(|number| [3, 4].map(|area| number[area..].to_owned()));
        let local = local.filter(|rest| rest.len() >= 7).collect();
        Some(Self { room: room::room(raw), phones, local, word })
    }
}

/// Whether a text is a number with what people put into numbers.
fn looks_dialled(raw: &str) -> bool {
    raw.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || ('０'..='９').contains(&c)
            || matches!(
                c,
                '+' | '＋'
                    | '-'
                    | '－'
                    | '—'
                    | '–'
                    | '('
                    | ')'
                    | '（'
                    | '）'
                    | '.'
                    | '·'
                    | '转'
                    | '分'
                    | '机'
            )
    })
}

/// A word prepared for one set of sounds.
pub(super) struct Prepared<'a> {
    pub(super) typed: &'a Typed,
    pub(super) steps: Steps<'a>,
    pub(super) confused: Option<Steps<'a>>,
    pub(super) slips: Option<Slips<'a>>,
    pub(super) mixed_slips: Option<Slips<'a>>,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(typed: &'a Typed, sounds: &'a Sounds, confusions: bool) -> Self {
        let word = &typed.word;
        Self {
            typed,
            steps: Steps::new(word, sounds),
            confused: (confusions && !word.numeric && !word.written)
                .then(|| Steps::new(word, sounds).confuse()),
            slips: Slips::new(word, sounds, false),
            mixed_slips: Slips::new(word, sounds, true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_and_its_words() {
        let typing = Typing::new("土木  lw");
        assert_eq!(typing.whole.unwrap().word.text, "土木lw");
        assert_eq!(typing.words.iter().map(|w| w.word.text.as_str()).collect::<Vec<_>>(), ["土木", "lw"]);
        assert!(Typing::new("zhang").words.is_empty());
        assert!(Typing::new(" — ").whole.is_none());
    }
}
