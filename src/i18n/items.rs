//! What stands open, in words: one line a kind, as a table's cell and within a sentence.

use super::findings::FINDING;
use super::ledger::due_titled;
use crate::domain::field::Title;
use crate::domain::item::{ItemKind, Name};
use crate::domain::ledger::known;
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

/// What is due in a ledger is called by both their titles.
fn of_ledger(ledger: &str, due: &str) -> (Word, Word) {
    let title = |title: &Title| (title.zh.clone(), title.en.clone());
    let declared = known(ledger, u16::MAX);
    let of =
        declared.as_ref().map_or_else(|| (ledger.to_owned(), ledger.to_owned()), |known| title(&known.title));
    let what = declared.as_deref().map_or_else(
        || (due.to_owned(), due.to_owned()),
        |known| {
            let said = due_titled(known, due);
            (said.zh, said.en)
        },
    );
    let kept = |text: String| Name::new(&text).get();
    let word = Word { zh: kept(format!("{}·{}", of.0, what.0)), en: kept(format!("{}: {}", of.1, what.1)) };
    // A column has no room for what is due in it: that stands beside it.
    (Word { zh: kept(of.0), en: kept(of.1) }, word)
}

/// What is due in a ledger, without the ledger; nothing for any other item.
pub fn due(kind: ItemKind) -> Option<Word> {
    kind.ledger()?;
    let (title, word) = words(kind);
    let rest = |whole: &'static str, head: &str| whole.get(head.len()..).unwrap_or_default();
    let zh = rest(word.zh, title.zh).trim_start_matches('·');
    Some(Word { zh, en: rest(word.en, title.en).trim_start_matches(": ") })
}

fn words(kind: ItemKind) -> (Word, Word) {
    if let Some((ledger, due)) = kind.ledger() {
        return of_ledger(ledger, due);
    }
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
