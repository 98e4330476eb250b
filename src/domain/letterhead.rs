//! How an official paper is headed and signed (GB/T 9704): kept with what was sent, so that a reprint is what went out.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// What stands over an official paper, and how it is sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Letterhead {
    /// The words of the red head (发文机关标志); empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub red_head: String,
    /// The paper's number (发文字号); empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Who signs it, where it goes upward (签发人); empty for nobody.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signer: String,
    /// Whether the office's seal is set on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
}

/// The number of a paper out of the office's code (机关代字), the year, and what was typed: figures alone are counted within
/// the year, anything else is the number itself.
pub fn number(code: &str, day: NaiveDate, typed: &str) -> String {
    let (code, typed) = (code.trim(), typed.trim());
    if code.is_empty() || typed.is_empty() || !typed.chars().all(|c| c.is_ascii_digit()) {
        return typed.to_owned();
    }
    let count = typed.trim_start_matches('0');
    format!("{code}〔{}〕{count}号", day.year())
}

/// Why figures alone are no number of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    /// It is nought.
    Nought,
    /// The office has no code that it could stand behind.
    NoCode,
}

/// The number of a paper that is to go out, as [`number`] has it; none where nothing was typed.
///
/// # Errors
/// Figures alone are nought, or have no code to stand behind.
pub fn numbered(code: &str, day: NaiveDate, typed: &str) -> Result<String, NoNumber> {
    let figures = typed.trim();
    if !figures.is_empty() && figures.chars().all(|c| c.is_ascii_digit()) {
        if figures.chars().all(|c| c == '0') {
            return Err(NoNumber::Nought);
        }
        if code.trim().is_empty() {
            return Err(NoNumber::NoCode);
        }
    }
    Ok(number(code, day, typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_counted_within_the_year_and_whatever_else_stands_as_it_is() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        assert_eq!(number("海理工防控", day, " 012 "), "海理工防控〔2020〕12号");
        assert_eq!(number("", day, "12"), "12");
        assert_eq!(number("海理工防控", day, "海办函〔2020〕3号"), "海办函〔2020〕3号");
        assert_eq!(number("海理工防控", day, ""), "");
    }

    #[test]
    fn figures_alone_need_a_code_and_begin_with_one() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        assert_eq!(numbered("海理工防控", day, "012").as_deref(), Ok("海理工防控〔2020〕12号"));
        assert_eq!(numbered(" ", day, "12"), Err(NoNumber::NoCode));
        assert_eq!(numbered("海理工防控", day, " 00 "), Err(NoNumber::Nought));
        assert_eq!(numbered("", day, "海办函〔2020〕3号").as_deref(), Ok("海办函〔2020〕3号"));
        assert_eq!(numbered("", day, " ").as_deref(), Ok(""));
    }
}
