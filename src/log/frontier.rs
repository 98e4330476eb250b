//! Where each desk's chain ends.
//!
//! A restored copy goes on as a new desk: its file holds the chains of several. One code over the end of each covers
//! them all; with one desk it is the code of that desk's last op, as it always was.

use super::chain::{Digest, frontier_digest, head_code};
use crate::domain::ids::DeskId;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// The last op of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Its number on the desk.
    pub seq: i64,
    /// Its hash.
    pub hash: Digest,
}

/// The last op of each desk, in the order of the desks' ids.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Frontier(BTreeMap<DeskId, End>);

impl Frontier {
    /// Notes where a desk ends.
    pub fn put(&mut self, desk: DeskId, seq: i64, hash: Digest) {
        self.0.insert(desk, End { seq, hash });
    }

    /// Where a desk ends.
    pub fn end(&self, desk: DeskId) -> Option<&End> {
        self.0.get(&desk)
    }

    /// Each desk with its end.
    pub fn ends(&self) -> impl ExactSizeIterator<Item = (&DeskId, &End)> {
        self.0.iter()
    }

    /// Whether no desk has written anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The head code of `desk`: its last op's number, and 80 bits over the ends of all.
    pub fn code(&self, desk: DeskId) -> String {
        let seq = self.end(desk).map_or(0, |end| end.seq);
        match self.0.values().next() {
            Some(end) if self.0.len() == 1 => head_code(seq, &end.hash),
            _ => head_code(seq, &frontier_digest(self.0.iter())),
        }
    }
}

/// As written: the number, and the hash in hexadecimal.
#[derive(Serialize, Deserialize)]
struct Written {
    seq: i64,
    hash: String,
}

impl Serialize for End {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let hash = blake3::Hash::from_bytes(self.hash).to_hex().to_string();
        Written { seq: self.seq, hash }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for End {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Written { seq, hash } = Written::deserialize(from)?;
        let hash = blake3::Hash::from_hex(hash).map_err(D::Error::custom)?.into();
        Ok(Self { seq, hash })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk(n: u128) -> DeskId {
        DeskId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn with_one_desk_the_code_is_that_of_its_last_op() {
        let mut frontier = Frontier::default();
        frontier.put(desk(1), 12, [7; 32]);
        assert_eq!(frontier.code(desk(1)), head_code(12, &[7; 32]));
    }

    #[test]
    fn with_several_the_code_covers_the_end_of_each() {
        let mut frontier = Frontier::default();
        frontier.put(desk(1), 12, [7; 32]);
        frontier.put(desk(2), 3, [8; 32]);
        let code = frontier.code(desk(2));
        assert!(code.starts_with("3-"));
        let mut other = frontier.clone();
        other.put(desk(1), 12, [9; 32]);
        assert_ne!(other.code(desk(2)), code);
        let json = serde_json::to_string(&frontier).unwrap();
        assert_eq!(serde_json::from_str::<Frontier>(&json).unwrap(), frontier);
    }
}
