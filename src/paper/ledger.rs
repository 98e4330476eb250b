//! The list of a ledger (台账) on paper: its lines as its view has them.

use super::face::with;
use super::sheet::{Cell, Sheet};
use super::{PaperKind, Source};
use crate::say::Lang;
use crate::store::query::Face;
use serde_json::{Value, json};

/// A ledger's list, in the language it was asked for in: what its columns are called stands in its declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// What stands on every paper.
    pub face: Face,
    /// What the ledger is called.
    pub title: String,
    /// Only lines that contain this stand on it; empty for all.
    pub filter: String,
    /// Its lines.
    pub sheet: Sheet,
    /// The same for other programs.
    pub json: Value,
}

impl Source for Paper {
    fn kind(&self) -> PaperKind {
        PaperKind::Ledger
    }

    fn office(&self) -> &str {
        &self.face.office
    }

    fn context(&self, lang: Lang) -> Value {
        let rows: Vec<Vec<String>> =
            self.sheet.rows.iter().map(|row| row.iter().map(text).collect()).collect();
        let more = json!({
            "title": self.title, "filter": self.filter, "count": rows.len(), "heads": self.sheet.head, "rows": rows,
        });
        with(&self.face, false, lang, more)
    }

    fn sheets(&self, _lang: Lang) -> Vec<Sheet> {
        vec![self.sheet.clone()]
    }

    fn json(&self, _lang: Lang) -> Value {
        let mut out = self.json.clone();
        if let Value::Object(out) = &mut out {
            out.insert("office".to_owned(), json!(self.face.office));
            out.insert("made_at".to_owned(), json!(self.face.calendar.rfc3339(self.face.at)));
            out.insert("head".to_owned(), json!(self.face.head));
        }
        out
    }
}

/// A cell as it is read.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Int(n) => n.to_string(),
        Cell::Tenths(n) => format!("{n:.1}"),
        Cell::Day(day) => day.to_string(),
        Cell::At(at) => at.format("%Y-%m-%d %H:%M").to_string(),
    }
}
