//! A person is erased: which bodies, words and sheet rows go. What is left out of a body is told by its place, never by
//! what stood there, so that the same can be done again to an older copy.

use crate::domain::ids::{DeskId, OfficerId, OpRef, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What stands where words were: in both languages, since it is kept as it is.
pub const MARK: &str = "〔已删除 erased〕";

/// What the log holds of somebody goes. Holds no name and no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonErased {
    /// Whose; nothing else is left that says who that was.
    pub person: PersonId,
    /// Why, on whose word.
    pub reason: String,
    /// What goes, op by op.
    pub removed: Vec<Removed>,
    /// The lead who approved it, when it was not whoever erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

/// What goes of one op.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Its desk.
    pub desk: DeskId,
    /// Its number there.
    pub seq: i64,
    /// Events whose bodies go whole, by their place in the op.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<i64>,
    /// Events of which words are taken out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Words>,
    /// Rows of a roster, by their place in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roster: Vec<i64>,
    /// Rows of a report, by their place in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<i64>,
    /// Rows of a report that are somebody else's, of which words are taken out. Absent before such rows were looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reading_words: Vec<RowWords>,
}

/// Words that are taken out of one row of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowWords {
    /// The row's place in the sheet.
    pub row: i64,
    /// In which columns they stand: `place`, `status`, or `rest/` with the number of a packed one.
    pub at: Vec<String>,
    /// The digest of the row that remains, in hexadecimal; keyed, as every row's, with the secret of whose it is.
    pub remains: String,
}

/// A row that an erasure left words of in a copy that is older than it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowLeft {
    /// The desk of its op.
    pub desk: DeskId,
    /// Its op's number there.
    pub seq: i64,
    /// Its sheet: `roster` or `reading`.
    pub sheet: String,
    /// Its place in the sheet.
    pub row: i64,
    /// The digest of what stands there, in hexadecimal.
    pub remains: String,
}

/// Words that are taken out of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The event's place in its op.
    pub idx: i64,
    /// Where they stand in its body, as JSON pointers.
    pub at: Vec<String>,
}

impl Removed {
    /// Nothing yet of this op.
    pub fn of(op: OpRef) -> Self {
        Self {
            desk: op.desk,
            seq: op.seq,
            bodies: Vec::new(),
            words: Vec::new(),
            roster: Vec::new(),
            readings: Vec::new(),
            reading_words: Vec::new(),
        }
    }
}

impl PersonErased {
    /// How many bodies go whole.
    pub fn bodies(&self) -> usize {
        self.removed.iter().map(|op| op.bodies.len()).sum()
    }

    /// Of how many events words are taken out.
    pub fn words(&self) -> usize {
        self.removed.iter().map(|op| op.words.len()).sum()
    }

    /// How many sheet rows go, or have words taken out.
    pub fn rows(&self) -> usize {
        let rows = |op: &Removed| op.roster.len() + op.readings.len() + op.reading_words.len();
        self.removed.iter().map(rows).sum()
    }
}

/// A body with [`MARK`] in place of the words at these pointers; nothing when it is no JSON. What is not there is left
/// out: the body of an older copy is the same, and so is what remains of it.
pub fn without(body: &str, at: &[String]) -> Option<String> {
    let mut value: Value = serde_json::from_str(body).ok()?;
    for place in at {
        if let Some(found) = value.pointer_mut(place) {
            *found = Value::String(MARK.to_owned());
        }
    }
    serde_json::to_string(&value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_where_they_stand() {
        let body = r#"{"subject":null,"words":"张三 20170001 发热","promise":{"due":1}}"#;
        let left = without(body, &["/words".to_owned(), "/gone".to_owned()]).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&left).unwrap(),
            serde_json::json!({"subject": null, "words": MARK, "promise": {"due": 1}})
        );
        assert_eq!(without("no JSON", &[]), None);
    }
}
