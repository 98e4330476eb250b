//! What is typed into the find box, watched for parts of personal numbers: one try is one count, however many keys it
//! took to type it, to take it back or to make a whole number of it.

use crate::domain::time::Ts;

/// Digits that may be taken back from a whole number and typed anew: whole numbers are free, and a hundred of them try
/// as much.
const SLIP: usize = 2;

/// How long what is left of a whole number stands before somebody has looked at what it finds: faster goes a finger
/// that stays on the key.
const LOOK: i64 = 1000;

/// How the digits that stand in the find box came to stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::app) struct Watch {
    /// The text and its digits, as of the last answer, and since when the digits stand there.
    text: String,
    digits: String,
    since: Ts,
    /// The part of a number that stands there, while it was not counted.
    part: Option<String>,
    /// Digits are being taken back.
    back: Option<Back>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Back {
    /// From so many.
    from: usize,
    /// What stood there was no part of a number, and free.
    free: bool,
}

impl Watch {
    /// Takes in what stands there now: the text, all its digits, and the part of a number that they are, if they are
    /// one. Returns a part that is to be counted: it was looked for, and then something else was.
    pub(in crate::app) fn take(
        &mut self,
        text: &str,
        digits: String,
        part: Option<String>,
        now: Ts,
    ) -> Option<String> {
        let again = self.text == text;
        text.clone_into(&mut self.text);
        if digits == self.digits {
            // Beside other words the same digits may be a part that they were not before. That they are none any more,
            // a room's now, takes back nothing of what was seen; asked anew they may be a whole number.
            let part = part.filter(|_| self.tells());
            let taken = part.is_none() && !again && now.0 - self.since.0 >= LOOK;
            let before = std::mem::replace(&mut self.part, part);
            return before.filter(|_| taken);
        }
        let left = self.left(now);
        let before = std::mem::replace(&mut self.digits, digits);
        self.since = now;
        let back = self.back.take();
        if self.digits.starts_with(&before) {
            self.part = part;
            // Typed on it counts as what it becomes, unless it is what was left of another.
            return left.filter(|_| back.is_some());
        }
        if !before.starts_with(&self.digits) {
            self.part = part;
            return left;
        }
        self.back = Some(back.unwrap_or(Back { from: before.len(), free: left.is_none() }));
        self.part = part.filter(|_| self.tells());
        left
    }

    /// The box was left: what stood there is counted.
    pub(in crate::app) fn leave(&mut self, now: Ts) -> Option<String> {
        let left = self.left(now);
        *self = Self::default();
        left
    }

    /// Whether the digits tell something: what is left of a part that was counted tells less than that did.
    fn tells(&self) -> bool {
        self.back.as_ref().is_none_or(|back| back.free && back.from > self.digits.len() + SLIP)
    }

    /// The part that stood there until now, if anybody looked at what it found.
    fn left(&mut self, now: Ts) -> Option<String> {
        let looked = self.back.is_none() || now.0 - self.since.0 >= LOOK;
        self.part.take().filter(|_| looked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types texts one after the other, so many milliseconds apart; those with a star or a room's sign are no parts.
    fn counted(texts: &[&str], apart: i64) -> Vec<String> {
        let mut watch = Watch::default();
        let mut out = Vec::new();
        let mut now = Ts(1_581_905_100_000);
        for text in texts {
            now = now.plus(apart);
            let digits = text.trim_matches(|c: char| !c.is_ascii_digit());
            let part = (digits.len() >= 3 && digits == text.trim_end()).then(|| digits.to_owned());
            let digits = if digits.len() >= 3 { digits } else { "" };
            out.extend(watch.take(text, digits.to_owned(), part, now));
        }
        out.extend(watch.leave(now.plus(apart)));
        out
    }

    #[test]
    fn one_try_is_one_count_however_it_is_typed_and_taken_back() {
        for apart in [1, 5000] {
            assert_eq!(counted(&["139", "1391", "13911"], apart), ["13911"]);
            assert_eq!(counted(&["139", "1391", "139", "13", "1"], apart), ["1391"]);
            // Digit by digit: each is a try.
            assert_eq!(counted(&["1391", "139", "1392", "139", "1393"], apart), ["1391", "1392", "1393"]);
            assert_eq!(counted(&["1391", "5678"], apart), ["1391", "5678"]);
            // A whole number is none, nor is one that was mistyped.
            assert!(counted(&["139", "1391234567", "*13912345678"], apart).is_empty());
            assert!(counted(&["*13912345678", "1391234567", "139123456", "*13912345699"], apart).is_empty());
        }
    }

    #[test]
    fn the_same_digits_count_whatever_stood_beside_them_before_or_after() {
        for apart in [1, 5000] {
            assert_eq!(counted(&["3426楼", "3426"], apart), ["3426"], "first a room's");
            assert_eq!(counted(&["3426楼", "3426", "3427楼", "3427"], apart), ["3426", "3427"]);
            assert_eq!(counted(&["3426", "3426 "], apart), ["3426"], "once");
            // What is left of a counted part stays less, also beside something.
            assert_eq!(counted(&["34265", "3426", "3426楼", "3426"], apart), ["34265"]);
            assert!(counted(&["*3426", "*3426"], apart).is_empty());
        }
        assert_eq!(counted(&["3426", "3426楼", ""], 2000), ["3426"], "it was looked at");
        assert!(counted(&["3426", "3426楼", ""], 300).is_empty(), "typed on, it is a room's");
    }

    #[test]
    fn what_is_left_of_a_whole_number_counts_when_somebody_looks_at_it() {
        let back = ["*13912345678", "1391234567", "139123456", "13912345", "1391234", "139123"];
        assert!(counted(&[&back[..], &[""]].concat(), 30).is_empty(), "the key was held");
        assert_eq!(counted(&back, 2000), ["13912345", "1391234", "139123"]);
        assert_eq!(counted(&[&back[..], &["1391239"]].concat(), 30), ["1391239"]);
        // To part of it, a look, and on to another whole one.
        assert_eq!(counted(&["*13912345678", "13912", "*13912000000"], 2000), ["13912"]);
    }
}
