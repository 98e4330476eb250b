//! How our types are kept in columns: ids as 16-byte blobs, instants and days as integers, codes as text.

use crate::domain::ids::{ContactId, PersonId, Subject, UnitId};
use crate::domain::item::ItemKind;
use crate::domain::time::{Ts, day_from_number};
use crate::error::{Error, Kind, Result};
use crate::i18n::store as say;
use chrono::NaiveDate;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use uuid::Uuid;

macro_rules! id_columns {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        impl ToSql for crate::domain::ids::$name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
            }
        }
        impl FromSql for crate::domain::ids::$name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Uuid::column_result(value).map(Self)
            }
        }
    )+};
}
crate::domain::ids::each_id!(id_columns);

impl ToSql for Ts {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}
impl FromSql for Ts {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl ToSql for ItemKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.code().into())
    }
}
impl FromSql for ItemKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(Self::from_code)
    }
}

/// A code list's value in a text column.
pub(super) struct Code<T>(pub T);

macro_rules! code_columns {
    ($($path:path),+ $(,)?) => {$(
        impl FromSql for Code<$path> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let text = value.as_str()?;
                <$path>::from_code(text).map(Self).ok_or(FromSqlError::InvalidType)
            }
        }
    )+};
}
/// A code list's value in a text column of the log: nothing where the code is unknown, so that a damaged row
/// can still be read (its digest will not fit).
pub(super) struct Known<T>(pub Option<T>);

impl<T> FromSql for Known<T>
where
    Code<T>: FromSql,
{
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(Code::column_result(value).ok().map(|code| code.0)))
    }
}

code_columns!(
    crate::domain::case::Measure,
    crate::domain::contact::ContactKind,
    crate::domain::doubt::Answer,
    crate::domain::doubt::Check,
    crate::domain::finding::What,
    crate::domain::followup::Channel,
    crate::domain::followup::Outcome,
    crate::domain::followup::PromiseEnd,
    crate::domain::handover::QuestionEnd,
    crate::domain::person::PersonKind,
    crate::domain::report::Excuse,
    crate::domain::report::ReportForm,
    crate::domain::report::Site,
);

/// Inserts that put in one row each.
pub(super) trait Put {
    /// Puts in one row; an error when it is not there afterwards: what was swallowed must not be called logged.
    fn put(&mut self, params: impl rusqlite::Params) -> Result<()>;
}

impl Put for rusqlite::Statement<'_> {
    fn put(&mut self, params: impl rusqlite::Params) -> Result<()> {
        match self.execute(params)? {
            1 => Ok(()),
            changed => Err(swallowed(changed as i64)),
        }
    }
}

/// A write that did not put in what it was told to.
pub(super) fn swallowed(changed: i64) -> Error {
    tracing::error!(changed, "an insert did not put in its rows");
    Error::user(Kind::Database, say::SWALLOWED).hint(say::SWALLOWED_HINT)
}

/// A day in an integer column.
pub(super) fn day(number: i32) -> NaiveDate {
    day_from_number(number)
}

/// A subject out of its three columns, which begin at `at`: `person, unit, contact`.
pub(super) fn subject(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Option<Subject>> {
    let person: Option<PersonId> = row.get(at)?;
    let unit: Option<UnitId> = row.get(at + 1)?;
    let contact: Option<ContactId> = row.get(at + 2)?;
    Ok(person.map(Subject::Person).or(unit.map(Subject::Unit)).or(contact.map(Subject::Contact)))
}

/// The column that holds subjects of this kind.
pub(super) fn subject_column(subject: Subject) -> &'static str {
    match subject {
        Subject::Person(_) => "person",
        Subject::Unit(_) => "unit",
        Subject::Contact(_) => "contact",
    }
}

/// Packs a form's other columns into one text: unit separators between, trailing empty ones left out.
pub(super) fn pack(values: &[String]) -> String {
    let used = values.iter().rposition(|v| !v.is_empty()).map_or(0, |last| last + 1);
    let mut out = String::with_capacity(values[..used].iter().map(|v| v.len() + 1).sum());
    for (i, value) in values[..used].iter().enumerate() {
        if i > 0 {
            out.push('\u{1f}');
        }
        if value.contains('\u{1f}') {
            out.extend(value.chars().map(|c| if c == '\u{1f}' { '\u{fffd}' } else { c }));
        } else {
            out.push_str(value);
        }
    }
    out
}

/// The values back.
pub(super) fn unpack(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { text.split('\u{1f}').map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_values_come_back() {
        let values = ["a", "", "丙", "", ""].map(str::to_owned);
        assert_eq!(unpack(&pack(&values)), values[..3]);
        assert_eq!(pack(&[]), "");
    }
}
