//! Which contradictions are looked for, and how soon each must be asked.

use crate::domain::codes;

codes! {
    /// Which contradiction.
    Check {
        /// A temperature that is a fever, beside "well".
        FeverSaidWell = "fever-said-well",
        /// "Not in Hubei", and the place, a telephone or a leg is there.
        HubeiDenied = "hubei-denied",
        /// A case under a measure here, of which the sheet says nothing.
        CaseUnsaid = "case-unsaid",
        /// "Nothing to report", and the unit's own people or calls say otherwise.
        ZeroContradicted = "zero-contradicted",
        /// Another place than the day before, without a journey.
        Moved = "moved",
        /// Something is the matter with those they live with.
        Household = "household",
        /// Came back before leaving.
        ReturnBeforeLeaving = "return-before-leaving",
        /// The same row day after day.
        Unchanged = "unchanged",
        /// Two rows of one sheet.
        ListedTwice = "listed-twice",
        /// In the sheet before, and not in this one.
        MissingFromSheet = "missing-from-sheet",
    }
}

codes! {
    /// How soon it must be asked.
    Urgency {
        /// 急: before anything else.
        Now = "now",
        /// 今日: on the same day.
        Today = "today",
        /// 一般: when there is time.
        Routine = "routine",
    }
}
