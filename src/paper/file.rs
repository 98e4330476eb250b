//! A paper in the form of a file.

use super::fonts::Fonts;
use super::{Paper, lines, pdf, workbook};
use crate::domain::codes;
use crate::domain::text::safe_json;
use crate::error::{Error, Result};

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

/// The file's content.
///
/// # Errors
/// A character that no font has; a workbook of what is not a table.
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
