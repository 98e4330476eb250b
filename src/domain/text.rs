//! Text from outside, made safe to lay out.
