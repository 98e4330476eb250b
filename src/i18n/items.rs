//! What stands open, in words: one line a kind, as a table's cell and within a sentence.

use super::findings::FINDING;
use crate::domain::item::ItemKind;
use crate::say::Word;

/// A word of one kind of item as it stands alone, and as it stands in a sentence.
const fn both(zh: &'static str, title: &'static str, word: &'static str) -> (Word, Word) {
    (Word { zh, en: title }, Word { zh, en: word })
}

/// The words of the kinds this program knows.
const WORDS: [(ItemKind, (Word, Word)); 7] = [
    (ItemKind::Outstanding, both("未报", "outstanding", "outstanding")),
    (ItemKind::Promise, both("承诺", "Promise", "promise")),
    (ItemKind::Slot, both("时段", "Slot", "slot")),
    // A column has no room for the second word.
    (ItemKind::Again, both("再联系", "Call", "call again")),
    (
        ItemKind::Case,
        (Word { zh: "待解除", en: "due for release" }, Word { zh: "期满待解除", en: "due for release" }),
    ),
    (ItemKind::Question, both("接班提问", "Question", "question")),
    (ItemKind::Finding, (FINDING, FINDING)),
];

fn words(kind: ItemKind) -> (Word, Word) {
    let known = WORDS.iter().find(|(known, _)| *known == kind);
    // A kind this program does not know is called by its name.
    known.map_or_else(|| both(kind.code(), kind.code(), kind.code()), |(_, words)| *words)
}

/// What kind of item it is, as it stands alone.
pub fn title(kind: ItemKind) -> Word {
    words(kind).0
}

/// What kind of item it is, within a sentence and on paper.
pub fn word(kind: ItemKind) -> Word {
    words(kind).1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say::Lang;

    #[test]
    fn every_kind_has_its_words() {
        for (kind, code, _) in ItemKind::KNOWN {
            assert!(WORDS.iter().any(|(known, _)| known == kind), "{code}");
        }
        assert_eq!(title(ItemKind::from_code("supplies")).get(Lang::Zh), "supplies");
    }
}
