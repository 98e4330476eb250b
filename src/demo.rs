//! The made-up office, as acts.
