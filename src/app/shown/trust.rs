//! What is known of the office's file.

use super::column::Mood;
use crate::domain::handover::Checked;
use crate::domain::time::Calendar;
use crate::domain::trust::Behind;
use crate::i18n::file as say;
use crate::say::Say;

/// What is known of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// The last check.
    pub checked: Option<Checked>,
    /// It is older than what this machine saw last.
    pub behind: Option<Behind>,
    /// It is laid out otherwise than this program does it: nothing is written to it.
    pub otherwise: bool,
}

impl Trust {
    /// The signs of it among the counters, each with what it says where there is little room; what is wrong is never
    /// left out there.
    pub fn signs(&self, calendar: Calendar) -> Vec<(Say, Option<Say>, Mood)> {
        let mut signs = Vec::new();
        if self.otherwise {
            signs.push((say::C_OTHERWISE.into(), None, Mood::Bad));
        }
        if let Some(behind) = &self.behind {
            let sign = if behind.missing > 0 { say::c_behind(behind.missing) } else { say::C_OTHER.into() };
            signs.push((sign, None, Mood::Bad));
        }
        if let Some(checked) = &self.checked {
            let mood = if checked.found == 0 { Mood::Dim } else { Mood::Bad };
            signs.push((say::checked(checked, calendar), say::checked_short(checked), mood));
        }
        signs
    }
}

/// What a file that is older than what was seen is told as, with what to do.
pub fn behind_said(behind: &Behind, calendar: Calendar) -> Say {
    let at = calendar.ymd_hm(behind.at);
    let told = match behind.missing {
        0 => say::other(&behind.head, at),
        n => say::behind(n, &behind.head, at),
    };
    Say {
        zh: format!("{}。{}", told.zh, say::BEHIND_HINT.zh),
        en: format!("{}. {}", told.en, say::BEHIND_HINT.en),
    }
}
