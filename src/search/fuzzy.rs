//! The last resort: letters in the right order with others between them.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Scores how near a spelling comes to what was typed. The one place that knows which matcher does it.
pub(super) struct Fuzzy(SkimMatcherV2);

impl Fuzzy {
    pub(super) fn new() -> Self {
        Self(SkimMatcherV2::default().ignore_case())
    }

    /// The score, if every letter of `word` stands in `spelling`, in order.
    pub(super) fn score(&self, spelling: &str, word: &str) -> Option<i64> {
        // The matcher is far dearer than this look, and almost nothing passes it.
        in_order(spelling, word).then(|| self.0.fuzzy_match(spelling, word)).flatten()
    }
}

fn in_order(spelling: &str, word: &str) -> bool {
    let mut rest = spelling.bytes();
    word.bytes().all(|wanted| rest.any(|b| b == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_come_near() {
        let fuzzy = Fuzzy::new();
        assert!(fuzzy.score("zhangwei", "zhngwei") > fuzzy.score("zhangwei", "zwi"));
        assert_eq!(fuzzy.score("zhangwei", "weizhang"), None);
    }
}
