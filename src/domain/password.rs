//! Passwords of sheets, as typed: kept in memory alone, shown nowhere, and wiped when they are let go.

use std::fmt;
use zeroize::Zeroizing;

/// Most characters of a password: no spreadsheet program takes longer ones.
pub const LONGEST: usize = 255;
/// So many that were typed are kept at most.
const MOST: usize = 8;

/// The password of a sheet.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// What was typed, without the end of its line; blanks and full-width characters belong to it. None when nothing was
    /// typed, or more than a password may have.
    pub fn new(typed: &str) -> Option<Self> {
        let text = typed.trim_end_matches(['\r', '\n']);
        (1..=LONGEST).contains(&text.chars().count()).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// Its characters.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Those that were typed since the program was started or unlocked, the last one first: units of one school tend to use
/// one password for all of their sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passwords(Vec<Password>);

impl Passwords {
    /// One more, which is tried before all others.
    pub fn add(&mut self, password: Password) {
        self.0.retain(|own| *own != password);
        self.0.insert(0, password);
        self.0.truncate(MOST);
    }

    /// All of these, which are tried before all others.
    pub fn take_over(&mut self, others: &Self) {
        let others: Vec<Password> = others.0.clone();
        others.into_iter().rev().for_each(|one| self.add(one));
    }

    /// Lets one go that opened nothing.
    pub fn drop(&mut self, password: &Password) {
        self.0.retain(|own| own != password);
    }

    /// Lets all of them go.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last one first.
    pub fn iter(&self) -> impl Iterator<Item = &Password> {
        self.0.iter()
    }
}

impl From<Password> for Passwords {
    fn from(password: Password) -> Self {
        Self(vec![password])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_what_was_typed_and_is_told_nowhere() {
        let typed = Password::new(" 潮汐 ２０\r\n").unwrap();
        assert_eq!(typed.text(), " 潮汐 ２０");
        assert!(Password::new("\n").is_none() && Password::new(&"潮".repeat(256)).is_none());
        assert!(Password::new(&"潮".repeat(255)).is_some());
        let said = format!("{typed:?} {:?}", Passwords::from(typed.clone()));
        assert!(!said.contains('潮'), "{said}");
    }

    #[test]
    fn the_last_one_typed_comes_first_and_few_are_kept() {
        let mut all = Passwords::default();
        for at in 0..10 {
            all.add(Password::new(&at.to_string()).unwrap());
        }
        all.add(Password::new("5").unwrap());
        let texts: Vec<&str> = all.iter().map(Password::text).collect();
        assert_eq!(texts, ["5", "9", "8", "7", "6", "4", "3", "2"]);
        all.drop(&Password::new("9").unwrap());
        assert_eq!(all.iter().count(), 7);
        all.forget();
        assert!(all.is_empty());
    }
}
