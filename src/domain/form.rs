//! Collection forms (采集表): how the columns of a sheet map to canonical fields.
//!
//! A form is a TOML file, `data/forms/<name>[-<version>].toml` or an office's own:
//!
//! ```toml
//! name = "staff"          # lower-case letters, digits, '-', '_'
//! version = 3             # from 1; a changed form is a new version, old rows keep theirs
//! what = "report"         # report | roster | units
//! title = "教职工健康日报"  # optional, shown to the officer
//!
//! [[column]]              # in the form's column order
//! field = "site"          # canonical field: lower-case letters, digits, '_'
//! headers = ["测量部位", "测温部位"]   # every accepted spelling; the first is the one shown
//! type = "code"           # text (default) name no phone id date bool code temp time
//! required = true         # default false: the column must be there and its cells filled
//! [column.codes]          # type = "code": canonical value = accepted spellings
//! axillary = ["腋温", "腋下", "1"]     # the canonical value itself is always accepted
//! ```
//!
//! `type = "bool"` accepts 是/否, 有/无, 1/0, √/× and the like; a sheet that means it otherwise (0 = 是) gives
//! its own `[column.codes]` with the keys `1` and `0`, which then replace the usual spellings.
//!
//! Headers are compared without spaces, in half width and lower case, without a leading question number, a
//! `*`, a trailing unit (℃) or a trailing note in brackets; a spelling with its brackets is tried first.
//! Canonical values: bool `1`/`0`, date `YYYY-MM-DD`, temperature in tenths of a degree, time `HH:MM`, code as
//! declared; see [`value`] for what is read.

pub mod file;
pub mod value;

use super::case::Measure;
use super::person::PersonKind;
use super::report::{FormRef, Site};
use super::text::fold;
use super::text::line_at;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a sheet of this form brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A daily report.
    Report,
    /// People.
    Roster,
    /// Units.
    Units,
}

impl What {
    /// The code used on the command line and in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Roster => "roster",
            Self::Units => "units",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Report, Self::Roster, Self::Units].into_iter().find(|what| what.code() == code)
    }
}

/// How a column's cells are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// Words, as written.
    #[default]
    Text,
    /// A person's name: spaces inside a Chinese name are dropped.
    Name,
    /// A number that names something (工号, 代码): letters, digits, `-`, `_`, `.`, `/`.
    No,
    /// One or more telephone numbers.
    Phone,
    /// An ID number (身份证号): 18 digits or 17 and X, or 15.
    Id,
    /// A day.
    Date,
    /// Yes or no.
    Bool,
    /// One of a list.
    Code,
    /// A temperature in degrees Celsius.
    Temp,
    /// A time of day.
    Time,
}

/// One column of a form.
#[derive(Debug, Clone)]
pub struct Column {
    /// Canonical field.
    pub field: String,
    /// Accepted header spellings; the first is shown.
    pub headers: Vec<String>,
    /// How cells are read.
    pub kind: Type,
    /// Whether the column must be there and filled.
    pub required: bool,
    /// Canonical values with their spellings, as declared.
    pub codes: BTreeMap<String, Vec<String>>,
    /// Folded spelling → canonical value.
    spellings: HashMap<String, String>,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Name and version.
    pub id: FormRef,
    /// What it brings.
    pub what: What,
    /// Title as shown; may be empty.
    pub title: String,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// The file's text, for the log.
    pub text: String,
    headers: HashMap<String, usize>,
}

/// Why a form file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// It is not TOML, or a key is missing or unknown: in which line, and what stands there.
    Syntax(usize, String),
    /// A name, version or field is not well formed.
    Name(String),
    /// A field stands twice.
    FieldTwice(String),
    /// Two columns accept the same header.
    HeaderTwice(String),
    /// A column without headers.
    NoHeaders(String),
    /// A code column without codes, codes on another type, or a code that the program does not know.
    Codes(String),
    /// A roster's or unit sheet's field that the program does not know.
    UnknownField(String),
    /// A field that every form of this kind needs is not there.
    FieldMissing(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    name: String,
    version: u16,
    what: What,
    #[serde(default)]
    title: String,
    column: Vec<ColumnFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    field: String,
    headers: Vec<String>,
    #[serde(rename = "type", default)]
    kind: Type,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    codes: BTreeMap<String, Vec<String>>,
}

/// Fields that are not kept in `Reading::rest`: identity, and those with a typed place of their own.
const NOT_REST: &[&str] = &[
    "seq",
    "unit",
    "no",
    "name",
    "province",
    "city",
    "district",
    "temp_am",
    "temp_pm",
    "site",
    "in_hubei",
    "left_city",
    "status",
];

/// Fields a roster may have.
const ROSTER_FIELDS: &[&str] = &[
    "seq",
    "no",
    "name",
    "sex",
    "kind",
    "unit",
    "campus",
    "phone",
    "id_number",
    "origin",
    "address",
    "contact",
    "family_phone",
];

/// Fields a sheet of units may have.
const UNIT_FIELDS: &[&str] = &[
    "seq",
    "code",
    "name",
    "short",
    "parent",
    "campus",
    "head",
    "head_phone",
    "liaison",
    "liaison_phone",
    "reports",
    "deadline",
    "officer",
    "valid_from",
];

/// Fields whose type the program relies on: private numbers, too, are known by their type.
const TYPED: &[(&str, Type)] = &[
    ("no", Type::No),
    ("code", Type::No),
    ("phone", Type::Phone),
    ("family_phone", Type::Phone),
    ("head_phone", Type::Phone),
    ("liaison_phone", Type::Phone),
    ("id_number", Type::Id),
    ("temp_am", Type::Temp),
    ("temp_pm", Type::Temp),
    ("site", Type::Code),
    ("in_hubei", Type::Bool),
    ("left_city", Type::Bool),
    ("reports", Type::Bool),
    ("deadline", Type::Time),
    ("valid_from", Type::Date),
];

impl Form {
    /// Reads a form file.
    pub fn parse(text: &str) -> Result<Self, FormError> {
        let file: FormFile = toml::from_str(text).map_err(|error| {
            let line = line_at(text, error.span());
            FormError::Syntax(line, text.lines().nth(line - 1).unwrap_or_default().trim().to_owned())
        })?;
        if !well_formed(&file.name, "-_") || file.version == 0 {
            return Err(FormError::Name(format!("{}-{}", file.name, file.version)));
        }
        let mut columns = Vec::with_capacity(file.column.len());
        let mut headers = HashMap::new();
        let mut fields = HashSet::new();
        for column in file.column {
            let column = Column::new(column)?;
            if !fields.insert(column.field.clone()) {
                return Err(FormError::FieldTwice(column.field));
            }
            for header in &column.headers {
                if headers.insert(fold_header(header), columns.len()).is_some_and(|at| at != columns.len()) {
                    return Err(FormError::HeaderTwice(header.clone()));
                }
            }
            columns.push(column);
        }
        let form = Self {
            id: FormRef { name: file.name, version: file.version },
            what: file.what,
            title: file.title,
            columns,
            text: text.to_owned(),
            headers,
        };
        form.check_fields()?;
        Ok(form)
    }

    fn check_fields(&self) -> Result<(), FormError> {
        let (known, needed): (Option<&[&str]>, &[&'static str]) = match self.what {
            What::Report => (None, &["name"]),
            What::Roster => (Some(ROSTER_FIELDS), &["no", "name"]),
            What::Units => (Some(UNIT_FIELDS), &["name"]),
        };
        for field in needed {
            if self.index_of(field).is_none() {
                return Err(FormError::FieldMissing(field));
            }
        }
        for column in &self.columns {
            if known.is_some_and(|known| !known.contains(&column.field.as_str())) {
                return Err(FormError::UnknownField(column.field.clone()));
            }
            if TYPED.iter().any(|(field, kind)| *field == column.field && *kind != column.kind) {
                return Err(FormError::Codes(column.field.clone()));
            }
        }
        Ok(())
    }

    /// The place of a canonical field among the columns.
    pub fn index_of(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.field == field)
    }

    /// The column whose header this is.
    pub fn column_for(&self, header: &str) -> Option<usize> {
        let folded = fold_header(header);
        if folded.is_empty() {
            return None;
        }
        if let Some(at) = self.headers.get(&folded) {
            return Some(*at);
        }
        let bare = without_note(&folded);
        if bare.is_empty() { None } else { self.headers.get(bare).copied() }
    }

    /// The canonical fields kept in `Reading::rest`, in column order: everything but identity, the three parts
    /// of the place, and the fields with a typed place of their own.
    pub fn rest_fields(&self) -> Vec<&str> {
        self.columns.iter().map(|c| c.field.as_str()).filter(|f| !NOT_REST.contains(f)).collect()
    }

    /// Which of [`Form::rest_fields`], in the same order, hold private numbers (telephone, ID): they are shown
    /// masked.
    pub fn rest_private(&self) -> Vec<bool> {
        let rest = self.columns.iter().filter(|c| !NOT_REST.contains(&c.field.as_str()));
        rest.map(|c| matches!(c.kind, Type::Phone | Type::Id)).collect()
    }
}

impl Column {
    fn new(file: ColumnFile) -> Result<Self, FormError> {
        if !well_formed(&file.field, "_") {
            return Err(FormError::Name(file.field));
        }
        if file.headers.iter().all(|header| fold_header(header).is_empty()) {
            return Err(FormError::NoHeaders(file.field));
        }
        let own = match file.kind {
            Type::Code if file.codes.is_empty() => return Err(FormError::Codes(file.field)),
            Type::Code => true,
            Type::Bool => !file.codes.is_empty(),
            _ if !file.codes.is_empty() => return Err(FormError::Codes(file.field)),
            _ => false,
        };
        let mut spellings = HashMap::new();
        if own {
            for (code, accepted) in &file.codes {
                let known = match (file.kind, file.field.as_str()) {
                    (Type::Bool, _) => code == "1" || code == "0",
                    (_, "kind") => PersonKind::from_code(code).is_some(),
                    (_, "site") => Site::from_code(code).is_some(),
                    (_, "observed_how") => Measure::from_code(code).is_some(),
                    _ => !code.is_empty(),
                };
                if !known {
                    return Err(FormError::Codes(format!("{}: {code}", file.field)));
                }
                for spelling in accepted {
                    let taken = spellings.insert(fold(spelling), code.clone());
                    if taken.is_some_and(|other| other != *code) {
                        return Err(FormError::Codes(format!("{}: {spelling}", file.field)));
                    }
                }
            }
            // The code itself is accepted unless the form gives that spelling another meaning.
            for code in file.codes.keys() {
                spellings.entry(fold(code)).or_insert_with(|| code.clone());
            }
        } else if file.kind == Type::Bool {
            for (spelling, code) in
                value::YES.iter().map(|s| (s, "1")).chain(value::NO.iter().map(|s| (s, "0")))
            {
                spellings.insert(fold(spelling), code.to_owned());
            }
        }
        Ok(Self {
            field: file.field,
            headers: file.headers,
            kind: file.kind,
            required: file.required,
            codes: file.codes,
            spellings,
        })
    }

    /// The header as shown.
    pub fn header(&self) -> &str {
        self.headers.first().map_or("", String::as_str)
    }

    /// The header of an English sheet; the shown one where the form has none.
    pub fn english(&self) -> &str {
        if self.field == "no" {
            return NUMBER;
        }
        let english = |header: &&String| header.is_ascii() && header.len() > 1;
        self.headers.iter().find(english).map_or_else(|| self.header(), String::as_str)
    }

    /// The canonical value a spelling stands for.
    pub fn code_for(&self, spelling: &str) -> Option<&str> {
        match self.spellings.get(spelling) {
            Some(code) => Some(code),
            None => self.spellings.get(&fold(spelling)).map(String::as_str),
        }
    }
}

/// What a person's number is called in an English sheet. In a Chinese one it is the running number of the rows.
const NUMBER: &str = "No";

/// Whether a header is the English word for a number, and so may name the rows or the people.
pub fn is_number_header(header: &str) -> bool {
    matches!(fold_header(header).as_str(), "no" | "no.")
}

fn well_formed(name: &str, more: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(c);
    !name.is_empty() && name.len() <= 32 && name.chars().all(fits)
}

fn fold_header(header: &str) -> String {
    let mut folded = fold(header);
    while folded.ends_with(['*', ':']) || folded.ends_with('℃') {
        folded.pop();
    }
    let bare = folded.trim_start_matches('*');
    // "3.姓名", "12、姓名": questionnaires number their columns.
    let named = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = named.len() < bare.len();
    match named.strip_prefix(['.', '、']) {
        Some(rest) if numbered && !rest.is_empty() => rest.trim_start_matches('*').to_owned(),
        _ => bare.to_owned(),
    }
}

/// A folded header without its trailing note in brackets: `体温(℃)` → `体温`.
fn without_note(folded: &str) -> &str {
    let open = match folded.chars().last() {
        Some(')') => '(',
        Some(']') => '[',
        Some('】') => '【',
        _ => return folded,
    };
    folded.find(open).map_or(folded, |at| folded[..at].trim_end_matches('*'))
}

const BUILTIN: &[&str] = &[
    include_str!("../../data/forms/staff-1.toml"),
    include_str!("../../data/forms/staff-2.toml"),
    include_str!("../../data/forms/staff-3.toml"),
    include_str!("../../data/forms/roster.toml"),
    include_str!("../../data/forms/units.toml"),
    include_str!("../../data/forms/units-2.toml"),
];

/// The forms that come with the program.
pub fn builtins() -> Vec<Form> {
    // A test reads every one of them; a file that did not parse would be left out here.
    BUILTIN.iter().filter_map(|text| Form::parse(text).ok()).collect()
}

/// The form of that name and version that comes with the program.
pub fn builtin(name: &str, version: u16) -> Option<Form> {
    builtins().into_iter().find(|form| form.id.name == name && form.id.version == version)
}

#[cfg(test)]
mod tests;
