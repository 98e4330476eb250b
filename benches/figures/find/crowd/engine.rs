//! The search room, given the crowd.

use super::Crowd;
use zhiban::search::{Builder, Index};

/// An index of everybody and everything.
pub fn build(crowd: &Crowd) -> Index {
    let mut builder = Builder::new();
    crowd.unit_lines().for_each(|line| builder.unit(line));
    crowd.contact_lines().for_each(|line| builder.contact(line));
    crowd.call_lines().for_each(|line| builder.call(line));
    (0..crowd.people.len()).for_each(|place| builder.person(crowd.person(place)));
    builder.finish()
}
