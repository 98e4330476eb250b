//! A paper in the form of a file.

use super::fonts::Fonts;
use super::{Paper, lines, pdf, workbook};
use crate::domain::codes;
use crate::domain::text::safe_json;
use crate::error::{Error, Result};
use std::collections::HashSet;

codes! {
    /// The form of a file.
    Format {
        /// Plain text, 78 columns.
        Text = "text",
        /// A4, as it is printed.
        Pdf = "pdf",
        /// Its tables, with real numbers and dates.
        Xlsx = "xlsx",
        /// For other programs.
        Json = "json",
    }
}

impl Format {
    /// The end of such a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// The form that a file's name asks for.
    pub fn of_name(file: &std::path::Path) -> Option<Self> {
        let end = file.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|format| format.extension() == end)
    }

    /// Whether a terminal can show it.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Json)
    }
}

/// A name or code as part of a file's name: letters, digits and hyphens, and no longer than a name may be.
pub fn plain(name: &str) -> String {
    /// A character may take four bytes, and a name 255 of them.
    const LONGEST: usize = 48;
    let kept = name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' });
    kept.take(LONGEST).collect()
}

/// The names, each different from all others also where capitals are not told apart: what comes second gets a number.
pub fn distinct(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let names: Vec<String> = names.into_iter().collect();
    let folded = |name: &str| name.to_lowercase();
    let wanted: HashSet<String> = names.iter().map(|name| folded(name)).collect();
    let mut taken = HashSet::new();
    let mut out = Vec::with_capacity(names.len());
    for name in names {
        let mut free = name.clone();
        let mut n = 1;
        // A number is no name that another asks for.
        while !taken.insert(folded(&free)) {
            n += 1;
            free = format!("{name}-{n}");
            while wanted.contains(&folded(&free)) {
                n += 1;
                free = format!("{name}-{n}");
            }
        }
        out.push(free);
    }
    out
}

/// The file's content.
///
/// # Errors
/// The PDF could not be written; a workbook of what is not a table.
pub fn bytes(paper: &Paper, format: Format) -> Result<Vec<u8>> {
    match format {
        Format::Text => Ok(lines::text(paper).into_bytes()),
        Format::Pdf => pdf::pdf(paper, Fonts::get()?),
        Format::Xlsx => workbook::xlsx(paper),
        Format::Json => {
            let mut text = serde_json::to_string_pretty(&paper.json)
                .map_err(|error| Error::internal("writing a paper as JSON", error))?;
            text.push('\n');
            Ok(safe_json(&text).into_string().into_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_one_file() {
        let names = ["a", "A", "a-2", "a", "b"].map(str::to_owned);
        assert_eq!(distinct(names), ["a", "A-3", "a-2", "a-4", "b"]);
        assert_eq!(plain("12/3 土木"), "12_3_土木");
        assert!(plain(&"长".repeat(400)).len() < 200);
    }
}
