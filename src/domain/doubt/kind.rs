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
        /// Temperatures of many people without spread, report after report.
        FlatTemperatures = "flat-temperatures",
        /// Sent at the same minute, day after day.
        SameMinute = "same-minute",
        /// Many people one after the other with the same answers and the same temperatures.
        SameRows = "same-rows",
    }
}

impl Check {
    /// Whether what is sent may not have been asked and measured: it is asked on the telephone, and stands on no paper and
    /// in no message. In writing it would be an accusation, and a unit may have a good reason.
    pub fn is_only_spoken_of(self) -> bool {
        matches!(
            self,
            Self::ZeroContradicted
                | Self::Unchanged
                | Self::FlatTemperatures
                | Self::SameMinute
                | Self::SameRows
        )
    }

    /// Whether it is about a unit, however many of its people it is of: how many they are may change without another
    /// question.
    pub(super) fn is_of_a_unit(self) -> bool {
        matches!(self, Self::ZeroContradicted | Self::FlatTemperatures | Self::SameMinute | Self::SameRows)
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
