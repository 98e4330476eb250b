//! Walking over a sound from a state that was met before is remembered: on the second level of a tree thousands of
//! nodes share a few dozen states and a few hundred sounds.

use super::sounds::SoundNo;
use std::collections::HashMap;
use std::hash::Hash;

/// What walking over a sound from a state comes to; nothing when it leads nowhere.
pub(super) struct Memo<S, O> {
    sounds: usize,
    rows: HashMap<S, usize>,
    /// For each state and sound: 0 when not known yet, else one more than the place in `steps`.
    table: Vec<u32>,
    steps: Vec<Option<O>>,
}

impl<S: Copy + Eq + Hash, O: Copy> Memo<S, O> {
    pub(super) fn new(sounds: usize) -> Self {
        Self { sounds: sounds + 1, rows: HashMap::new(), table: Vec::new(), steps: Vec::new() }
    }

    /// The row of a state, to be asked for many sounds.
    pub(super) fn row(&mut self, state: S) -> usize {
        let next = self.table.len();
        let row = *self.rows.entry(state).or_insert(next);
        if row == next {
            self.table.resize(next + self.sounds, 0);
        }
        row
    }

    /// What a sound comes to from the state of a row.
    pub(super) fn over(&mut self, row: usize, sound: SoundNo, step: impl FnOnce() -> Option<O>) -> Option<O> {
        // A sound beyond all others fits nothing and shares the last place.
        let at = row + usize::from(sound).min(self.sounds - 1);
        match self.table[at] {
            0 => {
                let found = step();
                self.steps.push(found);
                self.table[at] = self.steps.len() as u32;
                found
            }
            known => self.steps[known as usize - 1],
        }
    }
}
