//! What is known of the office's file: whether its last check was sound, and whether it is the one seen last.

use crate::app::shown::msg::Tone;
use crate::app::shown::state::State;
use crate::domain::handover::Checked;
use crate::i18n::file as say;

impl State {
    /// A check came to its end.
    pub(super) fn checked(&mut self, checked: Checked) {
        // What was seen of it at the start goes onto the paper with what the check found.
        let behind = self.trust.behind.as_ref().map(|behind| behind.missing);
        let checked = Checked { behind, ..checked };
        if checked.found > 0 {
            self.notice(Tone::Bad, say::unsound_told(checked.found));
        }
        self.trust.checked = Some(checked);
    }
}
