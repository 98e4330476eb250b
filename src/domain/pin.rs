//! The PIN with which an officer signs. Never shown, never in the log: its `Debug` says nothing of it.

use std::fmt;

/// Fewest characters of a PIN.
pub const SHORTEST: usize = 4;
/// Most characters of a PIN.
pub const LONGEST: usize = 64;

/// A PIN as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// What was typed, without the end of its line. Full-width digits, as an input method gives them, are the plain
    /// ones. None when it is shorter or longer than a PIN may be.
    pub fn new(typed: &str) -> Option<Self> {
        let text: String = typed.trim_end_matches(['\r', '\n']).chars().map(narrow).collect();
        (SHORTEST..=LONGEST).contains(&text.chars().count()).then_some(Self(text))
    }

    /// What is hashed.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        c => c,
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_digits_are_the_plain_ones_and_nothing_is_told() {
        assert_eq!(Pin::new("１２３４\n"), Pin::new("1234"));
        assert_ne!(Pin::new("1234"), Pin::new("12345"));
        assert!(Pin::new("123").is_none() && Pin::new(&"1".repeat(65)).is_none());
        assert!(!format!("{:?}", Pin::new("4711")).contains("4711"));
    }
}
