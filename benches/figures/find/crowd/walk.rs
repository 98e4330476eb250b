//! How typed letters walk along the sounds of one name.

use super::slip::near;
use super::sound::{Sounds, Token};

/// How much of each character is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All of it.
    Full,
    /// The surname in full, of the others the first letter.
    SurnameThenInitials,
    /// The first letter.
    Initials,
    /// One letter at least.
    Started,
}

/// One name as it may be typed.
#[derive(Debug)]
pub struct Keys {
    /// Folded, as written.
    pub name: Box<str>,
    /// The likely readings, one after the other.
    pub flat: Box<[u8]>,
    /// Where each character's reading begins in `flat`, and its end.
    starts: Box<[u8]>,
    written: Box<[char]>,
    surname: usize,
    /// Other readings, by character.
    others: Box<[(u8, Box<str>)]>,
}

impl Keys {
    pub fn new(sounds: &Sounds, name: &str) -> Self {
        let (surname, tokens) = sounds.tokens(name);
        let mut starts = vec![0];
        let mut flat = String::new();
        for token in &tokens {
            flat.push_str(&token.reading);
            starts.push(flat.len() as u8);
        }
        // A name that holds a character nobody can read is not typed by its sounds.
        if tokens.iter().any(|token| token.reading.is_empty()) {
            flat.clear();
        }
        let others = |(token, place): (&Token, u8)| {
            token.others.iter().map(move |other| (place, other.as_str().into())).collect::<Vec<_>>()
        };
        Self {
            name: sounds.fold(name).into(),
            flat: flat.into_bytes().into(),
            starts: starts.into(),
            written: tokens.iter().map(|token| token.written.unwrap_or('\0')).collect(),
            surname,
            others: tokens.iter().zip(0..).flat_map(others).collect(),
        }
    }

    /// Whether the letters are the whole name in this shape; with `slip`, but for one slip of the finger.
    pub fn whole(&self, shape: Shape, typed: &str, slip: bool) -> bool {
        let walk = Walk { keys: self, shape, typed: typed.as_bytes(), open: false };
        !self.flat.is_empty() && walk.from(0, 0, slip)
    }

    /// Whether the letters are the beginning of the name in full.
    pub fn head(&self, typed: &str) -> bool {
        self.flat.starts_with(typed.as_bytes())
    }

    /// Whether some letters of characters that follow one another, from any of them on, are what was typed.
    pub fn anywhere(&self, typed: &str) -> bool {
        let walk = Walk { keys: self, shape: Shape::Started, typed: typed.as_bytes(), open: true };
        let starts = &self.starts[..self.starts.len() - 1];
        !self.flat.is_empty() && starts.iter().any(|start| walk.from(usize::from(*start), 0, false))
    }

    /// Whether the surname in full is what was typed.
    pub fn is_surname(&self, typed: &str) -> bool {
        let end = usize::from(self.starts[self.surname]);
        self.surname > 0 && self.flat.get(..end) == Some(typed.as_bytes())
    }

    /// Whether the text is the whole name, each character as written or by some letters.
    pub fn mixed(&self, typed: &str) -> bool {
        let typed: Vec<char> = typed.chars().collect();
        !self.flat.is_empty() && self.mixed_from(0, &typed)
    }

    fn mixed_from(&self, at: usize, typed: &[char]) -> bool {
        let Some(written) = self.written.get(at) else { return typed.is_empty() };
        if typed.first() == Some(written) && self.mixed_from(at + 1, &typed[1..]) {
            return true;
        }
        let reading = &self.flat[usize::from(self.starts[at])..usize::from(self.starts[at + 1])];
        let same = reading.iter().zip(typed).take_while(|(b, c)| char::from(**b) == **c).count();
        (1..=same).any(|used| self.mixed_from(at + 1, &typed[used..]))
    }

    /// Whether the letters are the whole name, each character in any of its readings.
    pub fn any_reading(&self, typed: &str) -> bool {
        !self.flat.is_empty() && self.readings_from(0, typed.as_bytes())
    }

    fn readings_from(&self, at: usize, typed: &[u8]) -> bool {
        if at == self.written.len() {
            return typed.is_empty();
        }
        let usual = &self.flat[usize::from(self.starts[at])..usize::from(self.starts[at + 1])];
        let others = self.others.iter().filter(|(place, _)| usize::from(*place) == at);
        let mut all = others.map(|(_, other)| other.as_bytes()).chain([usual]);
        all.any(|reading| typed.strip_prefix(reading).is_some_and(|rest| self.readings_from(at + 1, rest)))
    }
}

/// A search for one way along the letters.
struct Walk<'a> {
    keys: &'a Keys,
    shape: Shape,
    typed: &'a [u8],
    /// The name need not be used up.
    open: bool,
}

impl Walk<'_> {
    /// Where the next letter may stand after the one at `place`.
    fn after(&self, place: usize) -> [usize; 2] {
        let starts = &self.keys.starts;
        let token = starts.partition_point(|start| usize::from(*start) <= place) - 1;
        let end = usize::from(starts[token + 1]);
        match self.shape {
            Shape::SurnameThenInitials if token < self.keys.surname => [place + 1; 2],
            Shape::Full => [place + 1; 2],
            Shape::SurnameThenInitials | Shape::Initials => [end; 2],
            Shape::Started => [place + 1, end],
        }
    }

    /// Whether what is typed from `k` on fits what is left of the name from `place` on.
    fn from(&self, place: usize, k: usize, slip: bool) -> bool {
        let (flat, typed) = (&self.keys.flat, self.typed);
        if k == typed.len() && (self.open || place == flat.len()) {
            return true;
        }
        let doubled = slip && k > 0 && k < typed.len() && typed[k] == typed[k - 1];
        if doubled && self.from(place, k + 1, false) {
            return true;
        }
        let Some(letter) = flat.get(place) else { return false };
        let [one, two] = self.after(place);
        let on = |next: usize, k: usize, slip: bool| self.from(next, k, slip);
        let both = |k: usize, slip: bool| on(one, k, slip) || (two != one && on(two, k, slip));
        if typed.get(k) == Some(letter) && both(k + 1, slip) {
            return true;
        }
        if !slip {
            return false;
        }
        let swapped = |next: usize| {
            typed.get(k + 1) == Some(letter)
                && flat.get(next).is_some_and(|other| typed.get(k) == Some(other))
                && self.after(next).iter().any(|after| on(*after, k + 2, false))
        };
        both(k, false)
            || typed.get(k).is_some_and(|key| near(*key, *letter) && both(k + 1, false))
            || swapped(one)
            || swapped(two)
    }
}
