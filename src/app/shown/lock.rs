//! The locked screen, and what is typed while an act waits for its answer.

use crate::domain::ids::OfficerId;
use crate::say::Say;
use crossterm::event::KeyEvent;
use tui_input::Input;

/// The screen is locked.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// Who is about to unlock; nobody in an office that has no officer yet.
    pub who: Option<(OfficerId, String)>,
    /// The PIN as far as it is typed.
    pub pin: Input,
    /// Why it was not unlocked.
    pub error: Option<Say>,
    /// It is being looked whether the PIN is right.
    pub checking: Option<u64>,
    /// It was locked for another officer to sit down.
    pub switching: bool,
    /// Something fell due meanwhile; what and of whom is not said here.
    pub due: bool,
}

/// What was typed while the desk waited.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// A key.
    Key(KeyEvent),
    /// A paste.
    Paste(String),
}
