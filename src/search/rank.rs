//! How much each way of being found counts: exact before prefix before initials before inside before near.

use super::Why;
use super::arena::Stands;
use super::names::{Fit, Typed};

/// A score and its reason; nothing found is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rank {
    pub(super) score: u16,
    pub(super) why: Why,
}

impl Rank {
    pub(super) const NONE: Self = Self { score: 0, why: Why::Near };

    /// Keeps the better of the two.
    pub(super) fn raise(&mut self, other: Self) {
        if other.score > self.score {
            *self = other;
        }
    }
}

/// A name, by a word with Chinese in it (`written`) or by letters.
pub(super) fn name(fit: Fit, written: bool) -> Rank {
    let (score, why) = match (fit.typed, fit.whole, fit.head, written) {
        (Typed::Full, true, _, true) => (1000, Why::Name),
        (Typed::Full, _, true, true) => (900, Why::Name),
        (Typed::Full, _, _, true) => (600, Why::Name),
        (Typed::Full, true, _, false) => (950, Why::Pinyin),
        (Typed::Initials, true, _, _) => (850, Why::Initials),
        (Typed::Full, _, true, false) => (800, Why::Pinyin),
        (Typed::Mixed, true, _, _) => (720, Why::Pinyin),
        (Typed::Initials, _, true, _) => (700, Why::Initials),
        (Typed::Mixed, _, true, _) => (650, Why::Pinyin),
        (Typed::Full, _, false, false) => (500, Why::Pinyin),
        (Typed::Initials, _, false, _) => (450, Why::Initials),
        (Typed::Mixed, _, false, _) => (400, Why::Pinyin),
    };
    Rank { score: if fit.likely { score } else { score - 30 }, why }
}

/// A staff number or a unit's code.
pub(super) fn number(stands: Stands) -> Rank {
    let score = match stands {
        Stands::Whole => 1000,
        Stands::Head => 780,
        Stands::Tail => 570,
        Stands::Inside => 560,
    };
    Rank { score, why: Why::No }
}

/// A telephone number: callers say its end, and a display shows the whole.
pub(super) fn phone(stands: Stands) -> Rank {
    let score = match stands {
        Stands::Whole => 990,
        Stands::Tail => 760,
        Stands::Head => 550,
        Stands::Inside => 540,
    };
    Rank { score, why: Why::Phone }
}

/// A person because of the unit, which was found with `unit`.
pub(super) fn member(unit: Rank) -> Rank {
    Rank { score: 200 + unit.score / 10, why: Why::Unit }
}

/// A unit because of its liaison or head, who was found with `contact`.
pub(super) fn contact(contact: Rank) -> Rank {
    Rank { score: contact.score.saturating_sub(60), why: Why::Contact }
}

/// Comes near only.
pub(super) fn near(score: i64) -> Rank {
    Rank { score: score.clamp(1, 190) as u16, why: Why::Near }
}
