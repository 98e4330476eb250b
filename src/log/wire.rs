//! How events are written and read back. Names and versions are explicit strings, never Rust names: they stand with
//! the bodies in [`event`](super::event).

use super::event::{Event, Unknown};

pub use super::event::KINDS;

/// Reads an event back whatever stands there: a body that is not what its kind says (a damaged log, which
/// `check` tells) is kept as unknown, so that one bad event never hides the others.
pub fn read(kind: &str, version: u16, body: &str) -> Event {
    decode(kind, version, body)
        .unwrap_or_else(|_| Event::Unknown(Unknown { kind: kind.to_owned(), version, body: body.to_owned() }))
}

/// Reads an event back. An unknown kind or version is kept, not refused.
///
/// # Errors
/// A known kind whose body is not what it should be.
pub fn decode(kind: &str, version: u16, body: &str) -> serde_json::Result<Event> {
    Event::from_json(kind, version, body)
}

/// The wire name and version under which an event is written today.
pub fn name(event: &Event) -> (&str, u16) {
    event.wire()
}

/// The event's body as JSON.
///
/// # Errors
/// Only when a value cannot be JSON, which none of ours can.
pub fn body(event: &Event) -> serde_json::Result<String> {
    event.json()
}
