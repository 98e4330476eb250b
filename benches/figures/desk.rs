//! The desk itself: start, frames, memory, idling.

pub fn start() {}
pub fn memory_and_idle() {}
pub fn screens() {}
