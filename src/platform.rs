//! Every Unix-only call.
