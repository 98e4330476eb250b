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
//! title = { zh = "测量部位", en = "taken at" }   # optional: its label; without it that of data/fields.toml, or the header
//! [column.codes]          # type = "code": canonical value = accepted spellings
//! axillary = ["腋温", "腋下", "1"]     # the canonical value itself is always accepted
//! [column.words]          # optional: what codes are called on screen and paper
//! axillary = { zh = "腋下", en = "armpit" }
//! ```
//!
//! `type = "bool"` accepts 是/否, 有/无, 1/0, √/× and the like; a sheet that means it otherwise (0 = 是) gives
//! its own `[column.codes]` with the keys `1` and `0`, which then replace the usual spellings.
//!
//! Headers are compared without spaces, in half width and lower case, without a leading question number, a
//! `*`, a trailing unit (℃) or a trailing note in brackets; a spelling with its brackets is tried first.
//! Canonical values: bool `1`/`0`, date `YYYY-MM-DD`, temperature in tenths of a degree, time `HH:MM`, code as
//! declared; see [`value`] for what is read.

pub mod date;
pub mod file;
pub mod value;

use super::field::{self, Fault, Field, Said, Sheet, Title, Type, known};
use super::report::FormRef;
use super::text::{fold, line_at};
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

/// One column of a form: a field, and how its sheets are headed.
#[derive(Debug, Clone)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// Accepted header spellings; the first is shown.
    pub headers: Vec<String>,
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
    title: Title,
    #[serde(default)]
    codes: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    words: BTreeMap<String, Title>,
}

impl Form {
    /// Reads a form file.
    pub fn parse(text: &str) -> Result<Self, FormError> {
        let file: FormFile = toml::from_str(text).map_err(|error| {
            let line = line_at(text, error.span());
            FormError::Syntax(line, text.lines().nth(line - 1).unwrap_or_default().trim().to_owned())
        })?;
        if !is_name(&file.name) || file.version == 0 {
            return Err(FormError::Name(format!("{}-{}", file.name, file.version)));
        }
        let mut columns = Vec::with_capacity(file.column.len());
        let mut headers = HashMap::new();
        let mut fields = HashSet::new();
        for column in file.column {
            let column = Column::new(column)?;
            if !fields.insert(column.field.name.clone()) {
                return Err(FormError::FieldTwice(column.field.name));
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
        let (sheet, needed): (_, &[&'static str]) = match self.what {
            What::Report => (None, &["name"]),
            What::Roster => (Some(Sheet::Roster), &["no", "name"]),
            What::Units => (Some(Sheet::Units), &["name"]),
        };
        for field in needed {
            if self.index_of(field).is_none() {
                return Err(FormError::FieldMissing(field));
            }
        }
        for Field { name, kind, .. } in self.columns.iter().map(|column| &column.field) {
            let known = known(name);
            if sheet.is_some_and(|sheet| !known.is_some_and(|known| known.stands_in(sheet))) {
                return Err(FormError::UnknownField(name.clone()));
            }
            if known.is_some_and(|known| known.fixed && known.kind != *kind) {
                return Err(FormError::Codes(name.clone()));
            }
        }
        Ok(())
    }

    /// The place of a canonical field among the columns.
    pub fn index_of(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.field.name == field)
    }

    /// The column whose header this is.
    pub fn column_for(&self, header: &str) -> Option<usize> {
        find_header(header, |folded| self.headers.get(folded).copied())
    }

    /// The fields kept in `Reading::rest`, in column order: everything but identity, the three parts of the place, and
    /// the fields with a typed place of their own.
    pub fn rest(&self) -> impl Iterator<Item = &Field> {
        let fields = self.columns.iter().map(|column| &column.field);
        fields.filter(|field| !known(&field.name).is_some_and(|known| known.apart))
    }

    /// The canonical names of [`Form::rest`].
    pub fn rest_fields(&self) -> Vec<&str> {
        self.rest().map(|field| field.name.as_str()).collect()
    }

    /// Which of [`Form::rest`] hold private numbers (telephone, ID): they are shown masked.
    pub fn rest_private(&self) -> Vec<bool> {
        self.rest().map(|field| field.kind.is_private()).collect()
    }
}

/// What a header stands for: as it is headed, else without the note behind it.
fn find_header<T>(header: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    let folded = fold_header(header);
    if folded.is_empty() {
        return None;
    }
    known(&folded).or_else(|| Some(without_note(&folded)).filter(|bare| !bare.is_empty()).and_then(known))
}

/// Which of several lists of headers a sheet's header belongs to.
pub fn header_among<'a>(
    header: &str,
    lists: &(impl Iterator<Item = (usize, &'a str)> + Clone),
) -> Option<usize> {
    find_header(header, |folded| {
        lists.clone().find(|(_, known)| fold_header(known) == folded).map(|(at, _)| at)
    })
}

impl Column {
    fn new(file: ColumnFile) -> Result<Self, FormError> {
        if file.headers.iter().all(|header| fold_header(header).is_empty()) {
            return Err(FormError::NoHeaders(file.field));
        }
        let ColumnFile { field: name, headers, kind, required, title, codes, words } = file;
        let field = Field::new(Said { name, title, kind, required, codes, words, own: false });
        let field = field.map_err(|fault| match fault {
            Fault::Name(name) => FormError::Name(name),
            Fault::Codes(what) => FormError::Codes(what),
        })?;
        let mut column = Self { field, headers };
        if column.field.title.is_empty() && known(&column.field.name).is_none() {
            // An office's own field goes by its header.
            let (zh, en) = (column.header().to_owned(), column.english().to_owned());
            column.field.title = Title { zh, en };
        }
        Ok(column)
    }

    /// The header as shown.
    pub fn header(&self) -> &str {
        self.headers.first().map_or("", String::as_str)
    }

    /// The header of an English sheet; the shown one where the form has none.
    pub fn english(&self) -> &str {
        if self.field.name == "no" {
            return NUMBER;
        }
        self.headers
            .iter()
            .find(|header| field::is_latin(header))
            .map_or_else(|| self.header(), String::as_str)
    }
}

/// What a person's number is called in an English sheet. In a Chinese one it is the running number of the rows.
const NUMBER: &str = "No";

/// Whether a header is the English word for a number, and so may name the rows or the people.
pub fn is_number_header(header: &str) -> bool {
    matches!(fold_header(header).as_str(), "no" | "no.")
}

fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
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
