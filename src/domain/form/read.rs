//! A form's file: TOML → [`Form`], or what is wrong with it, each with its line and field.

use super::{Column, Form, What, fold_header, initial};
use crate::domain::field::{Fault, Field, Said, Sheet, Span, Title, Type, known};
use crate::domain::report::FormRef;
use crate::domain::text::line_at;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use toml::Spanned;

/// How far back a question may ask, in days.
const FURTHEST: u16 = 366;

/// What is wrong with a form file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFault {
    /// In which line, counted from one.
    pub line: usize,
    /// Of which field; empty where none is concerned.
    pub field: String,
    /// What.
    pub wrong: FormError,
}

/// Why a form file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// It is not TOML, or a key is missing or unknown: what the line holds, and what the reader of TOML says.
    Syntax(String, String),
    /// A name, version or field is not well formed.
    Name(String),
    /// A field stands twice.
    FieldTwice(String),
    /// Two columns accept the same header, or one that is to be ignored.
    HeaderTwice(String),
    /// A column without headers.
    NoHeaders(String),
    /// A code column without codes, codes on another type, or a code that the program does not know.
    Codes(String),
    /// A spelling stands for two codes.
    SpellingTwice(String),
    /// There is no list of that name, or codes stand beside it.
    List(String),
    /// A column is to say the same as one that is none, that itself repeats another, or whose type is another.
    SameAs(String),
    /// Not a number of days back, or not a day.
    Span(String),
    /// A roster's or unit sheet's field that the program does not know.
    UnknownField(String),
    /// The program reads this field otherwise: the type it has.
    Type(Type),
    /// A field that every form of this kind needs is not there.
    FieldMissing(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    name: Spanned<String>,
    version: u16,
    what: What,
    #[serde(default)]
    title: String,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    list: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    column: Vec<ColumnFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    field: Spanned<String>,
    headers: Spanned<Vec<Spanned<String>>>,
    #[serde(rename = "type", default)]
    kind: Option<Type>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    title: Title,
    #[serde(default)]
    blank: Vec<String>,
    #[serde(default)]
    days: Option<Spanned<u16>>,
    #[serde(default)]
    since: Option<Spanned<String>>,
    #[serde(default)]
    any_day: Option<Spanned<bool>>,
    #[serde(default)]
    same_as: Option<Spanned<String>>,
    #[serde(default)]
    list: Option<Spanned<String>>,
    #[serde(default)]
    codes: Option<Spanned<BTreeMap<String, Vec<String>>>>,
    #[serde(default)]
    words: BTreeMap<String, Title>,
}

/// Where something stands, as a byte of the text.
type At = usize;

/// What is wrong, collected while a file is read.
struct Faults<'t> {
    text: &'t str,
    all: Vec<FormFault>,
}

impl Faults<'_> {
    fn push(&mut self, at: At, field: &str, wrong: FormError) {
        let line = line_at(self.text, Some(at..at));
        self.all.push(FormFault { line, field: field.to_owned(), wrong });
    }
}

impl Form {
    /// Reads a form file.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, FormFault> {
        Self::check(text).map_err(|faults| {
            let none = FormFault { line: 1, field: String::new(), wrong: FormError::Name(String::new()) };
            faults.into_iter().next().unwrap_or(none)
        })
    }

    /// Reads a form file.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the file's order.
    pub fn check(text: &str) -> Result<Self, Vec<FormFault>> {
        let file: FormFile = toml::from_str(text).map_err(|error| {
            let line = line_at(text, error.span());
            let held = text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
            let wrong = FormError::Syntax(held, error.message().to_owned());
            vec![FormFault { line, field: String::new(), wrong }]
        })?;
        let mut faults = Faults { text, all: Vec::new() };
        if !is_name(file.name.get_ref()) || file.version == 0 {
            let named = format!("{}-{}", file.name.get_ref(), file.version);
            faults.push(file.name.span().start, "", FormError::Name(named));
        }
        let spots: Vec<At> = file.column.iter().map(|column| column.field.span().start).collect();
        let (columns, headers) = columns(file.column, &file.list, &mut faults);
        let mut ignored = HashSet::new();
        for header in &file.ignore {
            let folded = fold_header(header.get_ref());
            if headers.contains_key(&folded) {
                faults.push(header.span().start, "", FormError::HeaderTwice(header.get_ref().clone()));
            }
            ignored.insert(folded);
        }
        let form = Self {
            id: FormRef { name: file.name.get_ref().clone(), version: file.version },
            what: file.what,
            title: file.title,
            columns,
            text: text.to_owned(),
            initials: headers.keys().filter_map(|header| initial(header)).collect(),
            headers,
            ignored,
            passed_over: file.ignore.into_iter().map(Spanned::into_inner).collect(),
        };
        // A column that could not be read is missing for that reason alone.
        if faults.all.is_empty() {
            form.check_fields(&spots, file.name.span().start, &mut faults);
        }
        faults.all.sort_by_key(|fault| fault.line);
        if faults.all.is_empty() { Ok(form) } else { Err(faults.all) }
    }

    fn check_fields(&self, spots: &[At], head: At, faults: &mut Faults<'_>) {
        let (sheet, needed): (_, &[&[&'static str]]) = match self.what {
            What::Report => (None, &[&["name", "no"]]),
            What::Roster => (Some(Sheet::Roster), &[&["no"], &["name"]]),
            What::Units => (Some(Sheet::Units), &[&["name"]]),
        };
        for fields in needed {
            if !fields.iter().any(|field| self.index_of(field).is_some()) {
                faults.push(head, fields[0], FormError::FieldMissing(fields[0]));
            }
        }
        for (column, at) in self.columns.iter().zip(spots) {
            let Field { name, kind, .. } = &column.field;
            let known = known(name);
            if sheet.is_some_and(|sheet| !known.is_some_and(|known| known.stands_in(sheet))) {
                faults.push(*at, name, FormError::UnknownField(name.clone()));
            } else if let Some(known) = known.filter(|known| known.fixed && known.kind != *kind) {
                faults.push(*at, name, FormError::Type(known.kind));
            }
            let Some(other) = &column.same_as else { continue };
            let other = self.index_of(other).map(|at| &self.columns[at]);
            if !other.is_some_and(|other| other.same_as.is_none() && other.field.kind == *kind) {
                faults.push(*at, name, FormError::SameAs(column.same_as.clone().unwrap_or_default()));
            }
        }
    }
}

/// The columns, and which header is whose.
fn columns(
    files: Vec<ColumnFile>,
    lists: &BTreeMap<String, BTreeMap<String, Vec<String>>>,
    faults: &mut Faults<'_>,
) -> (Vec<Column>, HashMap<String, usize>) {
    let mut columns: Vec<Column> = Vec::with_capacity(files.len());
    let mut headers = HashMap::new();
    let mut fields = HashSet::new();
    for file in files {
        let (at, name) = (file.field.span().start, file.field.get_ref().clone());
        if !fields.insert(name.clone()) {
            faults.push(at, &name, FormError::FieldTwice(name.clone()));
        }
        for header in file.headers.get_ref() {
            let taken = headers.insert(fold_header(header.get_ref()), columns.len());
            if taken.is_some_and(|at| at != columns.len()) {
                faults.push(header.span().start, &name, FormError::HeaderTwice(header.get_ref().clone()));
            }
        }
        match column(file, lists, &columns) {
            Ok(column) => columns.push(column),
            Err((at, wrong)) => faults.push(at, &name, wrong),
        }
    }
    (columns, headers)
}

fn column(
    file: ColumnFile,
    lists: &BTreeMap<String, BTreeMap<String, Vec<String>>>,
    before: &[Column],
) -> Result<Column, (At, FormError)> {
    let (at, name) = (file.field.span().start, file.field.into_inner());
    let span = span(file.days.as_ref(), file.since.as_ref(), file.any_day.as_ref())?;
    let headers_at = file.headers.span().start;
    let headers: Vec<String> = file.headers.into_inner().into_iter().map(Spanned::into_inner).collect();
    if headers.iter().all(|header| fold_header(header).is_empty()) {
        return Err((headers_at, FormError::NoHeaders(name)));
    }
    let codes_at = file.codes.as_ref().map(|codes| codes.span().start);
    let mut codes = file.codes.map(Spanned::into_inner).unwrap_or_default();
    if let Some(list) = &file.list {
        let shared = lists.get(list.get_ref()).filter(|_| codes.is_empty());
        let wrong = || (list.span().start, FormError::List(list.get_ref().clone()));
        codes.clone_from(shared.ok_or_else(wrong)?);
    }
    let mut kind = file.kind.unwrap_or_default();
    // It reads as the column does that it repeats, which stands before it.
    let other = file.same_as.as_ref().and_then(|of| before.iter().find(|c| c.field.name == *of.get_ref()));
    if let Some(of) = &file.same_as
        && other.is_none()
    {
        return Err((of.span().start, FormError::SameAs(of.get_ref().clone())));
    }
    if let Some(other) = other {
        kind = file.kind.unwrap_or(other.field.kind);
        if codes.is_empty() && kind == other.field.kind {
            codes.clone_from(&other.field.codes);
        }
    }
    let said = Said {
        name,
        title: file.title,
        kind,
        required: file.required,
        codes,
        words: file.words,
        blank: file.blank,
        span,
        own: false,
    };
    let field = Field::new(said).map_err(|fault| match fault {
        Fault::Name(name) => (at, FormError::Name(name)),
        Fault::Codes(what) => (codes_at.unwrap_or(at), FormError::Codes(what)),
        Fault::Spelling(what) => (codes_at.unwrap_or(at), FormError::SpellingTwice(what)),
    })?;
    let same_as = file.same_as.map(Spanned::into_inner);
    let mut column = Column { field, headers, same_as };
    if column.field.title.is_empty() && known(&column.field.name).is_none() {
        // An office's own field goes by its header.
        let (zh, en) = (column.header().to_owned(), column.english().to_owned());
        column.field.title = Title { zh, en };
    }
    Ok(column)
}

fn span(
    days: Option<&Spanned<u16>>,
    since: Option<&Spanned<String>>,
    any_day: Option<&Spanned<bool>>,
) -> Result<Option<Span>, (At, FormError)> {
    let wrong = |at: At, said: String| Err((at, FormError::Span(said)));
    if let Some(any_day) = any_day.filter(|any_day| *any_day.get_ref()) {
        let alone = days.is_none() && since.is_none();
        return if alone { Ok(Some(Span::Any)) } else { wrong(any_day.span().start, "any_day".to_owned()) };
    }
    match (days, since) {
        (None, None) => Ok(None),
        (Some(days), None) if (1..=FURTHEST).contains(days.get_ref()) => {
            Ok(Some(Span::Days(*days.get_ref())))
        }
        (Some(days), _) => wrong(days.span().start, days.get_ref().to_string()),
        (None, Some(since)) => match NaiveDate::parse_from_str(since.get_ref(), "%Y-%m-%d") {
            Ok(day) => Ok(Some(Span::Since(day))),
            Err(_) => wrong(since.span().start, since.get_ref().clone()),
        },
    }
}

fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    !name.is_empty() && name.len() <= 32 && name.chars().all(fits)
}
