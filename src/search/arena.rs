//! Many short texts in one long one, searched in a single pass.

/// Texts that belong to owners (a person, a unit).
#[derive(Debug, Default)]
pub(super) struct Arena {
    /// Every text, each ended by a newline, which nothing folded contains.
    text: String,
    /// Where each text begins.
    starts: Vec<u32>,
    owners: Vec<u32>,
}

/// Where in a text the wanted part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Whole,
    Head,
    Tail,
    Inside,
}

impl Arena {
    pub(super) fn push(&mut self, owner: u32, text: &str) {
        if text.is_empty() {
            return;
        }
        self.starts.push(self.text.len() as u32);
        self.owners.push(owner);
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Calls `found` for every place where `part` stands, with its owner.
    pub(super) fn find(&self, part: &str, mut found: impl FnMut(u32, Stands)) {
        if part.is_empty() {
            return;
        }
        let mut entry = 0;
        for (at, _) in self.text.match_indices(part) {
            // Places come in order, so the entry only ever moves on.
            while self.starts.get(entry + 1).is_some_and(|start| *start as usize <= at) {
                entry += 1;
            }
            let head = self.starts[entry] as usize == at;
            let tail = self.text.as_bytes().get(at + part.len()) == Some(&b'\n');
            let stands = match (head, tail) {
                (true, true) => Stands::Whole,
                (true, false) => Stands::Head,
                (false, true) => Stands::Tail,
                (false, false) => Stands::Inside,
            };
            found(self.owners[entry], stands);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_told_with_its_owner() {
        let mut arena = Arena::default();
        for (owner, text) in [(7, "13800135678"), (8, ""), (9, "5678"), (9, "567899"), (10, "1567890")] {
            arena.push(owner, text);
        }
        let mut all = Vec::new();
        arena.find("5678", |owner, stands| all.push((owner, stands)));
        assert_eq!(all, [(7, Stands::Tail), (9, Stands::Whole), (9, Stands::Head), (10, Stands::Inside)]);
        arena.find("", |_, _| panic!("nothing was asked for"));
    }
}
