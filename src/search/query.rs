//! What was typed, taken apart.

use super::fold::fold;
use super::found::Part;
use super::numbers::{is_almost, stands_as_telephone, telephone};
use super::room;
use super::slip::{Kind, Slips};
use super::sounds::{SoundNo, Sounds};
use super::syllables::is_syllable;
use super::word::{Steps, Word};
use crate::domain::identity::with_plain_x;
use crate::domain::phone;
use std::cell::OnceCell;

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
        let unlabelled = without_labels(query);
        let query = &*with_plain_x(unlabelled.as_deref().unwrap_or(query));
        // `shi hui`, `ShiHui`, `138 0013 5678`: the whole is one word too.
        let raw: Vec<&str> = query.split_whitespace().filter(|word| !fold(word).is_empty()).collect();
        let several = (2..=WORDS).contains(&raw.len());
        let words = if several { raw.iter().filter_map(|word| Typed::new(word)).collect() } else { vec![] };
        // `138 0013 5678` is one number, not three.
        let all_fit = words.len() == raw.len() && !is_grouped(&raw);
        // A line of a call log is the number at its beginning.
        let number = logged_number(query);
        Self {
            whole: Typed::new(number.as_deref().unwrap_or(&raw.join(" "))),
            words: if all_fit { words } else { vec![] },
        }
    }
}

/// Whether words are the groups of one mobile number as it is written: three digits, four, and up to four; perhaps with
/// the country before them.
fn is_grouped(raw: &[&str]) -> bool {
    let groups = match raw {
        [country, rest @ ..] if matches!(*country, "+86" | "0086" | "86") => rest,
        all => all,
    };
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let sizes = [3, 4, 4];
    let first = groups.first().is_some_and(|first| first.starts_with('1') && first.len() == 3);
    let mut each = groups.iter().zip(sizes).enumerate();
    let fits = |(at, (word, size)): (usize, (&&str, usize))| {
        digits(word) && (word.len() == size || word.len() < size && at > 0 && at + 1 == groups.len())
    };
    first && groups.len() <= sizes.len() && each.all(fits)
}

impl Typed {
    /// A word that is only looked for among names.
    pub(super) fn name(word: Word) -> Self {
        Self { word, room: String::new(), phones: Vec::new(), local: Vec::new() }
    }

    /// Where it stands in a telephone number, if it does, the best place; and how much more it counts that the
    /// extension fits too.
    pub(super) fn in_telephone(&self, number: &[u8]) -> Option<(Part, u16)> {
        let local = self.local.iter().any(|local| local.as_bytes() == number).then_some((Part::Whole, 0));
        let fits =
            self.phones().filter_map(|(phone, more)| Some((stands_as_telephone(number, phone)?, more)));
        fits.chain(local).min_by_key(|(part, more)| (*part, std::cmp::Reverse(*more)))
    }

    /// Its spellings as a telephone number, with how much more each counts: a little when an extension was typed.
    pub(super) fn phones(&self) -> impl Iterator<Item = (&[u8], u16)> {
        self.phones.iter().zip([0, 2]).map(|(phone, more)| (phone.as_bytes(), more))
    }

    /// Whether it is a number and nothing else, also one with an extension in words.
    pub(super) fn is_number(&self) -> bool {
        self.word.numeric || !self.phones.is_empty()
    }

    /// What may be a whole telephone number with one digit wrong or two swapped.
    pub(super) fn almost(&self) -> impl Iterator<Item = &[u8]> {
        let whole = |number: &&String| (7..=12).contains(&number.len());
        self.phones.first().into_iter().filter(whole).map(String::as_bytes)
    }

    /// Whether it is this number but for one digit, or for two that were swapped.
    pub(super) fn is_almost(&self, number: &[u8]) -> bool {
        self.almost().any(|typed| is_almost(typed, number))
    }

    /// A word as it was typed.
    pub(super) fn new(raw: &str) -> Option<Self> {
        let folded = fold(raw);
        let word = Word::new(&without_tones(&folded).unwrap_or(folded), raw)?;
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

/// The number out of a line of a call log: `13905321111 山东青岛`, `139 0532 1111(2)`; nothing for anything else.
fn logged_number(query: &str) -> Option<String> {
    if looks_dialled(query) && !query.contains(['(', '（']) {
        return None;
    }
    let one = phone::logged(query)?;
    Some(if one.extension.is_empty() { one.number } else { format!("{}转{}", one.number, one.extension) })
}

/// What stands beside a telephone number in a message.
const LABELS: [&str; 15] = [
    "未接来电",
    "已接来电",
    "呼入",
    "联系电话",
    "手机号码",
    "电话号码",
    "手机号",
    "手机",
    "电话",
    "号码",
    "来电",
    "mobile",
    "phone",
    "tel",
    "ext",
];

/// A number out of a message without what it is called there: `手机：138 0013 8000`; nothing for anything else.
fn without_labels(query: &str) -> Option<String> {
    if query.chars().filter(char::is_ascii_digit).count() < 7 || looks_dialled(query) {
        return None;
    }
    let mut text = query.to_lowercase();
    for label in LABELS {
        text = text.replace(label, if label == "ext" { "转" } else { " " });
    }
    let text: String =
        text.chars().map(|c| if matches!(c, ':' | '：' | ',' | '，') { ' ' } else { c }).collect();
    looks_dialled(&text).then(|| text.trim().to_owned())
}

/// Pinyin with its tones as digits, without them: `shi1hui4`; nothing for anything else, as `w140008` or `cs1`.
fn without_tones(folded: &str) -> Option<String> {
    let mut out = String::new();
    for syllable in folded.split_inclusive(|c: char| c.is_ascii_digit()) {
        let letters = syllable.strip_suffix(['1', '2', '3', '4', '5'])?;
        if !is_syllable(letters) {
            return None;
        }
        out.push_str(letters);
    }
    (!out.is_empty()).then_some(out)
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
                    | '('
                    | ')'
                    | '（'
                    | '）'
                    | '.'
                    | '·'
                    | '转'
                    | '轉'
                    | '分'
                    | '机'
                    | '機'
                    | '内'
                    | '线'
                    | '#'
                    | '*'
                    | '＃'
                    | '＊'
                    | '\u{2010}'..='\u{2015}' | '\u{2212}'
            )
    })
}

/// How far from what was typed something may be that still fits: each depth holds those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// What was really typed.
    Typed,
    /// Another spelling of a sound, an old reading, a southern one; a number with one digit wrong or two swapped.
    Far,
    /// A name typed in full but for one slip of the finger.
    Slipped,
    /// The same with any key too many, or far off.
    Wide,
    /// A slip in syllables typed in part.
    Mixed,
}

/// A word prepared for one set of sounds. What is looked for only when little fits is prepared when it is.
pub(super) struct Prepared<'a> {
    pub(super) typed: &'a Typed,
    pub(super) steps: Steps<'a>,
    sounds: &'a Sounds,
    confusions: bool,
    far: OnceCell<Steps<'a>>,
    confused: OnceCell<Steps<'a>>,
    slips: [OnceCell<Option<Slips<'a>>>; 3],
}

impl<'a> Prepared<'a> {
    pub(super) fn new(typed: &'a Typed, sounds: &'a Sounds, confusions: bool) -> Self {
        Self {
            typed,
            steps: Steps::new(&typed.word, sounds),
            sounds,
            confusions,
            far: OnceCell::new(),
            confused: OnceCell::new(),
            slips: [const { OnceCell::new() }; 3],
        }
    }

    /// Whether it holds letters, which may be meant otherwise.
    fn has_letters(&self) -> bool {
        !self.typed.word.numeric && !self.typed.word.written
    }

    /// With other spellings and old readings.
    pub(super) fn far(&self) -> Option<&Steps<'a>> {
        let far = || Steps::new(&self.typed.word, self.sounds).far();
        self.has_letters().then(|| self.far.get_or_init(far))
    }

    /// As southern speakers confuse it, if that is wanted.
    pub(super) fn confused(&self) -> Option<&Steps<'a>> {
        let confused = || Steps::new(&self.typed.word, self.sounds).confuse();
        (self.confusions && self.has_letters()).then(|| self.confused.get_or_init(confused))
    }

    /// Which letters of a name some sounds of it stand for, or of what else the name is found by.
    pub(super) fn letters_of(
        &self,
        name: &[SoundNo],
        part: &[SoundNo],
        start: usize,
        len: usize,
    ) -> std::ops::Range<usize> {
        if std::ptr::eq(name, part) {
            return start..start + len;
        }
        if part.first().is_some_and(|sound| self.sounds.is_word(*sound)) {
            let letters = |sounds: &[SoundNo]| sounds.iter().map(|sound| self.sounds.length(*sound)).sum();
            let from: usize = letters(&part[..start]);
            let count: usize = letters(&part[start..start + len]);
            return from..from + count;
        }
        let from = name.len().saturating_sub(part.len()) + start;
        from..from + len
    }

    /// But for one slip.
    pub(super) fn slips(&self, kind: Kind) -> Option<&Slips<'a>> {
        let slips = || Slips::new(&self.typed.word, self.sounds, kind);
        self.slips[kind as usize].get_or_init(slips).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_out_of_a_message_is_a_number_and_tones_are_left_out() {
        let phones = |query: &str| Typing::new(query).whole.unwrap().phones;
        for query in ["手机：138 0013 8000", "电话13800138000", "tel:+8613800138000", "Phone: 138-0013-8000"]
        {
            assert_eq!(phones(query), ["13800138000"], "{query}");
        }
        assert_eq!(phones("0532 85901236 ext 803"), ["053285901236", "053285901236803"]);
        assert!(phones("王伟13800138000").is_empty());
        for query in [
            "013800138000",
            "008613800138000",
            "17951 13800138000",
            "1795113800138000",
            "12593013800138000",
            "13800138000 山东青岛",
            "13800138000山东青岛",
            "138 0013 8000(2)",
            "138 0013 8000（2） 北京",
            "未接来电 138 0013 8000(2)",
        ] {
            assert_eq!(phones(query), ["13800138000"], "{query}");
        }
        for query in [
            "0532-85071234分机608",
            "0532-85071234*608",
            "0532-85071234#608",
            "0532-85071234x608",
            "0532-85071234轉608",
        ] {
            assert_eq!(phones(query), ["053285071234", "053285071234608"], "{query}");
        }
        assert_eq!(phones("12345"), ["12345"]);
        let word = |query: &str| Typing::new(query).whole.unwrap().word.text;
        assert_eq!(word("shi1hui4"), "shihui");
        assert_eq!(word("lü3 meng2"), "lvmeng");
        for query in ["w140008", "cs1", "shi12", "5678", "1shi"] {
            assert_eq!(word(query), query);
        }
    }

    #[test]
    fn the_groups_of_a_mobile_number_are_one_number() {
        for query in ["138 0013", "138 0013 56", "138 0013 5678", "+86 138", "+86 138 0013 5678"] {
            assert!(Typing::new(query).words.is_empty(), "{query}");
        }
        for query in ["412 5678", "138 00135", "13 8001", "1380 0135", "138 伟", "0012 5678"] {
            assert_eq!(Typing::new(query).words.len(), 2, "{query}");
        }
    }

    #[test]
    fn the_whole_and_its_words() {
        let typing = Typing::new("土木  lw");
        assert_eq!(typing.whole.unwrap().word.text, "土木lw");
        assert_eq!(typing.words.iter().map(|w| w.word.text.as_str()).collect::<Vec<_>>(), ["土木", "lw"]);
        assert!(Typing::new("zhang").words.is_empty());
        assert!(Typing::new(" — ").whole.is_none());
    }
}
