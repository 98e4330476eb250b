//! The line by which a sheet that was handed out is known when it comes back: which form, which unit, which day and round.
//! It stands in a cell above the headers, where every program that saves the sheet again keeps it.

use super::report::{FormRef, Round};
use chrono::NaiveDate;

/// The hidden sheet of a workbook that was handed out, with the lists its cells offer.
pub const LISTS: &str = "_zhiban";

/// What begins the line.
const BEGIN: &str = "zhiban";

/// Which report a sheet was handed out for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In which form.
    pub form: FormRef,
    /// The unit's code.
    pub unit: String,
    /// For which day.
    pub day: NaiveDate,
    /// For which round.
    pub round: Round,
}

impl Mark {
    fn plain(&self) -> String {
        let Self { form, unit, day, round } = self;
        format!("{BEGIN}|{}-{}|{unit}|{day}|{round}", form.name, form.version)
    }

    /// The line. Its last part tells whether the others were changed.
    pub fn line(&self) -> String {
        let plain = self.plain();
        format!("{plain}|{}", check(&plain))
    }

    /// The mark in a cell, whatever stands before it; nothing where there is none or somebody has changed it.
    pub fn read(text: &str) -> Option<Self> {
        let from = text.find(&format!("{BEGIN}|"))?;
        let (plain, said) = text[from..].trim().rsplit_once('|')?;
        let (rest, round) = plain.rsplit_once('|')?;
        let (rest, day) = rest.rsplit_once('|')?;
        // A unit's code may have the sign in it.
        let (form, unit) = rest.strip_prefix(BEGIN)?.strip_prefix('|')?.split_once('|')?;
        let (name, version) = form.rsplit_once('-')?;
        let mark = Self {
            form: FormRef { name: name.to_owned(), version: version.parse().ok()? },
            unit: unit.to_owned(),
            day: day.parse().ok()?,
            round: Round::parse(round)?,
        };
        (mark.plain() == plain && check(plain) == said).then_some(mark)
    }
}

fn check(plain: &str) -> String {
    blake3::hash(plain.as_bytes()).to_hex()[..4].to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_comes_back_and_one_that_was_changed_is_none() {
        let mark = Mark {
            form: FormRef { name: "unit-a".to_owned(), version: 12 },
            unit: "U|01".to_owned(),
            day: NaiveDate::from_ymd_opt(2020, 2, 17).unwrap(),
            round: Round("am".to_owned()),
        };
        let line = mark.line();
        assert!(line.starts_with("zhiban|unit-a-12|U|01|2020-02-17|am|"), "{line}");
        assert_eq!(Mark::read(&format!("回收码 {line} ")), Some(mark));
        assert_eq!(Mark::read(&line.replace("02-17", "02-18")), None);
        for odd in ["", "zhiban|", "zhiban|a|b|c", "zhiban|staff-3|U01|2020-02-17|am|0000"] {
            assert_eq!(Mark::read(odd), None, "{odd}");
        }
    }
}
