//! Which ledger is meant by what is typed: its name goes before any title, and no two in force have a title in common.

use super::Ledger;
use super::file::{Fault, Wrong, fault_at};
use crate::domain::text::fold;
use std::sync::Arc;

/// Which ledger a text means.
#[derive(Debug, Clone)]
pub enum Meant {
    /// This one.
    One(Arc<Ledger>),
    /// None is called so.
    None,
    /// The title of several: their names.
    Several(Vec<String>),
}

/// The ledger of this name; where none has it, that of this title in either language.
pub fn meant(all: impl IntoIterator<Item = Arc<Ledger>>, text: &str) -> Meant {
    let wanted = fold(text);
    let mut titled: Vec<Arc<Ledger>> = Vec::new();
    for ledger in all {
        if fold(&ledger.name) == wanted {
            return Meant::One(ledger);
        }
        if ledger.titles().any(|title| fold(title) == wanted) {
            titled.push(ledger);
        }
    }
    if titled.len() > 1 {
        return Meant::Several(titled.iter().map(|ledger| ledger.name.clone()).collect());
    }
    titled.pop().map_or(Meant::None, Meant::One)
}

impl Ledger {
    fn titles(&self) -> impl Iterator<Item = &String> {
        [&self.title.zh, &self.title.en].into_iter().filter(|title| !title.is_empty())
    }

    /// Whether its title is its own among those in force. One that it has there already stays: who has it may go on.
    ///
    /// # Errors
    /// Another ledger has it; the fault stands where the title does.
    pub fn title_fits<'a>(&self, known: impl IntoIterator<Item = &'a Self>) -> Result<(), Fault> {
        let known: Vec<&Self> = known.into_iter().collect();
        let kept = known.iter().find(|ledger| ledger.name == self.name);
        for title in self.titles() {
            let is = |ledger: &Self| ledger.titles().any(|other| fold(other) == fold(title));
            if kept.is_some_and(|kept| is(kept)) {
                continue;
            }
            if let Some(other) = known.iter().find(|other| other.name != self.name && is(other)) {
                return Err(self.fault_at_title(Wrong::Title(title.clone(), other.name.clone())));
            }
        }
        Ok(())
    }

    fn fault_at_title(&self, wrong: Wrong) -> Fault {
        fault_at(&self.text, self.at.title, wrong)
    }

    /// In which line and column of its text the version stands, counted from one.
    pub fn version_at(&self) -> (usize, usize) {
        let fault = fault_at(&self.text, self.at.version, Wrong::Name(self.name.clone()));
        (fault.line, fault.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(name: &str, zh: &str, en: &str) -> Arc<Ledger> {
        let text = format!(
            "name = \"{name}\"\nversion = 1\nwhat = \"ledger\"\ntitle = {{ zh = \"{zh}\", en = \"{en}\" }}\n\
             [[column]]\nfield = \"room\"\ntitle = {{ zh = \"房间\", en = \"Room\" }}\n"
        );
        Arc::new(Ledger::parse(&text).unwrap())
    }

    #[test]
    fn a_name_goes_before_any_title_and_a_title_of_two_is_asked_about() {
        let all = [ledger("vis3", "来访登记", "Visitors"), ledger("visitors", "来访登记", "Guests")];
        let name = |text: &str| match meant(all.iter().cloned(), text) {
            Meant::One(ledger) => ledger.name.clone(),
            Meant::None => "none".to_owned(),
            Meant::Several(names) => names.join(" "),
        };
        assert_eq!(name("visitors"), "visitors");
        assert_eq!(name("VISITORS"), "visitors");
        assert_eq!(name("guests"), "visitors");
        assert_eq!(name("来访登记"), "vis3 visitors");
        assert_eq!(name("keys"), "none");
    }

    #[test]
    fn a_title_of_another_is_refused_in_its_line_and_ones_own_stays() {
        let (one, other) = (ledger("visitors", "来访登记", "Visitors"), ledger("vis3", "来访", "visitors"));
        let fault = other.title_fits([&*one]).unwrap_err();
        assert_eq!((fault.line, fault.column), (4, 9));
        assert_eq!(fault.wrong, Wrong::Title("visitors".to_owned(), "visitors".to_owned()));
        assert!(other.title_fits([&*one, &*other]).is_ok());
        assert!(one.title_fits([&*one]).is_ok());
        assert_eq!(one.version_at(), (2, 11));
    }
}
