//! What a declaration says that can be read and would do nothing: it is refused before it is taken into use. What the log
//! holds already is read as it is.

use super::expr::Expr;
use super::file::{Fault, Wrong, fault_at};
use super::{Ledger, Part};
use regex_lite::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What an expression compares the state with: one word, or several in brackets.
static COMPARED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"\bstate\s*(?:[!=]=\s*(?:'([^']*)'|"([^"]*)")|(?:not\s+)?in\s*\[([^\]]*)\])"#).ok()
});

impl Part {
    fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let columns = self.columns.iter().flat_map(|column| {
            let own = [&column.default, &column.relevant, &column.constraint, &column.calculation];
            own.into_iter().flatten()
        });
        let steps = self.transitions.iter().filter_map(|step| step.requires.as_ref());
        let dues = self.dues.iter().flat_map(|due| {
            let own = [&due.applies_if, &due.until, &due.priority];
            own.into_iter().flatten().chain([&due.resolved_if])
        });
        columns.chain(steps).chain(dues)
    }

    /// A column that is computed from itself, or from what is computed after it.
    fn computed_too_early(&self) -> Option<(&str, &Expr)> {
        let mut later: BTreeSet<&str> = self
            .columns
            .iter()
            .filter(|column| column.calculation.is_some())
            .map(|column| column.field.name.as_str())
            .collect();
        for column in &self.columns {
            let name = column.field.name.as_str();
            let Some(expr) = &column.calculation else { continue };
            if let Some(early) = later.iter().find(|other| expr.uses(other)) {
                return Some((early, expr));
            }
            later.remove(name);
        }
        None
    }
}

impl Ledger {
    /// Whether every state that an expression names is one, and what is computed is computed from what stands before it.
    ///
    /// # Errors
    /// The first that is not; the fault stands where its expression does.
    pub fn words_fit(&self) -> Result<(), Fault> {
        let parts = [Some(&self.part), self.lines.as_ref().map(|lines| &lines.part)];
        let parts = || parts.iter().copied().flatten();
        let states: Vec<&str> = parts().flat_map(Part::states).collect();
        let seen = [self.view.alert.as_ref(), self.view.counter.as_ref().map(|(_, when)| when)];
        let all = parts().flat_map(Part::expressions).chain(seen.into_iter().flatten());
        for expr in all.filter(|expr| expr.uses("state") && !states.is_empty()) {
            if let Some(unknown) = compared(expr.text()).find(|word| !states.contains(word)) {
                let known = states.iter().map(|state| (*state).to_owned()).collect();
                return Err(self.at_expression(expr, Wrong::NoState(unknown.to_owned(), known)));
            }
        }
        for part in parts() {
            if let Some((early, expr)) = part.computed_too_early() {
                return Err(self.at_expression(expr, Wrong::Early(early.to_owned())));
            }
        }
        Ok(())
    }

    fn at_expression(&self, expr: &Expr, wrong: Wrong) -> Fault {
        let at = self.text.find(expr.text()).unwrap_or(self.at.title);
        fault_at(&self.text, at, wrong)
    }
}

/// The words that an expression compares the state with.
fn compared(text: &str) -> impl Iterator<Item = &str> {
    let all = COMPARED.iter().flat_map(move |compared| compared.captures_iter(text));
    all.flat_map(|found| {
        let one = found.get(1).or_else(|| found.get(2)).map(|word| word.as_str());
        let several = found.get(3).map_or("", |words| words.as_str());
        let several = several.split(',').map(str::trim).filter(|word| !word.is_empty());
        one.into_iter().chain(several.map(|word| word.trim_matches(['\'', '"'])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::shipped;

    const STATES: &str = "name = \"book\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"本\", en = \"Book\" }\n\
        [[column]]\nfield = \"what\"\ntitle = { zh = \"事项\", en = \"What\" }\n\
        [states]\ninitial = \"out\"\nfinal = [\"back\"]\n\
        [[transition]]\nname = \"bring\"\ntitle = { zh = \"归还\", en = \"bring\" }\nfrom = [\"out\"]\nto = \"back\"\n";

    fn fits(more: &str) -> Result<(), Fault> {
        Ledger::parse(&format!("{STATES}{more}")).unwrap().words_fit()
    }

    #[test]
    fn a_state_that_is_none_is_told_where_it_stands() {
        let due = |when: &str| {
            let head = "[[column]]\nfield = \"x\"\ntitle = { zh = \"又\", en = \"x\" }\n";
            format!("{head}relevant = \"{when}\"\n")
        };
        for good in ["state == 'back'", "state in ['out', 'back']", "what == 'yy' and state != 'out'"] {
            assert_eq!(fits(&due(good)), Ok(()), "{good}");
        }
        for bad in ["state == 'yy'", "state != 'yy'", "state in ['out', 'yy']", "state not in ['yy']"] {
            let fault = fits(&due(bad)).unwrap_err();
            assert!(matches!(&fault.wrong, Wrong::NoState(word, _) if word == "yy"), "{bad} {fault:?}");
            assert_eq!(fault.line, 19, "{bad}");
        }
    }

    #[test]
    fn what_is_computed_from_what_comes_later_is_told() {
        let column = |name: &str, of: &str| {
            format!(
                "[[column]]\nfield = \"{name}\"\ntitle = {{ zh = \"{name}\", en = \"{name}\" }}\ntype = \"integer\"\ncalculation = \"{of}\"\n"
            )
        };
        let head = STATES.split("[states]").next().unwrap();
        let fits = |more: &str| Ledger::parse(&format!("{head}{more}")).unwrap().words_fit();
        assert_eq!(fits(&(column("a", "1") + &column("b", "a + 1"))), Ok(()));
        for bad in [
            column("a", "b + 1") + &column("b", "a + 1"),
            column("a", "b") + &column("b", "1"),
            column("a", "a"),
        ] {
            assert!(matches!(fits(&bad).unwrap_err().wrong, Wrong::Early(_)), "{bad}");
        }
    }

    #[test]
    fn what_comes_with_the_program_is_sound() {
        for ledger in shipped() {
            assert_eq!(ledger.words_fit(), Ok(()), "{}", ledger.name);
        }
    }
}
