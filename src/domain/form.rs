//! Collection forms (采集表): how the columns of a sheet map to canonical fields.
//!
//! A form is a TOML file, `data/forms/<name>[-<version>].toml` or an office's own:
//!
//! ```toml
//! name = "staff"          # lower-case letters, digits, '-', '_'
//! version = 3             # from 1; a changed form is a new version, old rows keep theirs
//! what = "report"         # report | roster | units
//! title = "教职工健康日报"  # optional, shown to the officer
//! ignore = ["经度", "uid"] # optional: headers of columns that are passed over without a word
//!
//! [list.answers]          # optional: a code list that several columns share
//! 1 = ["0", "是"]
//! 0 = ["1", "否"]
//!
//! [[column]]              # in the form's column order
//! field = "site"          # canonical field: lower-case letters, digits, '_'
//! headers = ["测量部位", "测温部位"]   # every accepted spelling; the first is the one shown
//! type = "code"           # text (default) name no phone id date bool code codes temp time datetime integer
//! required = true         # default false: the column must be there and its cells filled
//! title = { zh = "测量部位", en = "taken at" }   # optional: its label; without it that of data/fields.toml, or the header
//! blank = ["x", "不适用"]   # optional: what stands for no answer
//! days = 30               # optional: over how many days back it asks; or
//! since = "2020-01-01"    # since which day; either is said with its label
//! any_day = true          # a day of birth, a plan: else a day whose year is far from the report's is asked about
//! [column.codes]          # type = "code", "codes": canonical value = accepted spellings
//! axillary = ["腋温", "腋下", "1"]     # the canonical value itself is always accepted
//! [column.words]          # optional: what codes are called on screen and paper
//! axillary = { zh = "腋下", en = "armpit" }
//!
//! [[column]]              # the second of a pair of columns, a code and its words
//! field = "site_name"
//! headers = ["测量部位名称"]
//! same_as = "site"        # it says the same: it fills an empty one, and where the two differ the row is refused
//!
//! [[column]]
//! field = "in_hubei"
//! headers = ["是否在鄂"]
//! type = "bool"
//! list = "answers"        # the codes are those of this list
//! ```
//!
//! `type = "bool"` accepts 是/否, 有/无, 1/0, √/× and the like; a sheet that means it otherwise (0 = 是), or has an option's
//! number for an answer, gives its own codes with the keys `1` and `0`, whose spellings then are the only ones. Of a code
//! whose number and word stand in one cell (`1.正常`) both must mean the same.
//!
//! The field `day` is the day a row is for, `round` its round: a row of another day is refused, of another round left out and
//! said so. Headers are compared without spaces, in half width and lower case, without a leading question number, a
//! `*`, a trailing unit (℃) or a trailing note in brackets; a spelling with its brackets is tried first.
//! Canonical values: bool `1`/`0`, date `YYYY-MM-DD`, temperature in tenths of a degree, time `HH:MM`, code as
//! declared; see [`value`] for what is read.

pub mod date;
pub mod file;
mod read;
pub mod value;

use super::field::{self, Field, known};
use super::report::FormRef;
use super::text::{fold, half_width, is_invisible};
pub use read::{FormError, FormFault};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

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
    /// The field it says in words, or in numbers, once more.
    pub same_as: Option<String>,
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
    /// What the headers begin with.
    initials: HashSet<char>,
    ignored: HashSet<String>,
    passed_over: Vec<String>,
}

impl Form {
    /// The place of a canonical field among the columns.
    pub fn index_of(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.field.name == field)
    }

    /// The column whose header this is.
    pub fn column_for(&self, header: &str) -> Option<usize> {
        find_header(header, |folded| self.headers.get(folded).copied())
    }

    /// The headers of its columns, as they are compared.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.headers.keys().map(String::as_str)
    }

    /// Whether a text may be a header at all: cheap, for sheets of a hundred thousand rows.
    pub fn may_head(&self, text: &str) -> bool {
        initial(text).is_some_and(|first| self.initials.contains(&first))
    }

    /// The headers of columns that are passed over, as declared.
    pub fn ignored(&self) -> &[String] {
        &self.passed_over
    }

    /// Whether a column headed so is passed over without a word.
    pub fn ignores(&self, header: &str) -> bool {
        self.ignored.contains(&fold_header(header))
    }

    /// Sets the columns of a row that say the same against each other: an empty one has the value of the other. Which
    /// columns say something else than the one they repeat.
    pub fn agree(&self, values: &mut [String]) -> Vec<usize> {
        let mut differ = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let Some(other) = column.same_as.as_deref().and_then(|field| self.index_of(field)) else {
                continue;
            };
            let said = std::mem::take(&mut values[at]);
            if values[other].is_empty() {
                values[other] = said;
            } else if !said.is_empty() && said != values[other] {
                differ.push(at);
            }
        }
        differ
    }

    /// The fields kept in `Reading::rest`, in column order: everything but identity, the three parts of the place, the
    /// fields with a typed place of their own, and what another column says already.
    pub fn rest(&self) -> impl Iterator<Item = &Field> {
        let own = self.columns.iter().filter(|column| column.same_as.is_none());
        own.map(|column| &column.field).filter(|field| !known(&field.name).is_some_and(|known| known.apart))
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

/// The fields that say who a row is about, or when: alone they are no answer. A sheet that is handed out has them filled in.
pub const WHO: &[&str] = &[
    "seq",
    "unit",
    "no",
    "name",
    "sex",
    "kind",
    "phone",
    "contact",
    "address",
    "campus",
    "id_number",
    "family_phone",
    "day",
    "round",
];

impl Column {
    /// Whether it says more than who a row is about, or when.
    pub fn is_answer(&self) -> bool {
        !WHO.contains(&self.same_as.as_deref().unwrap_or(&self.field.name))
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

/// What a header begins with, its number and star left out.
pub fn initial(header: &str) -> Option<char> {
    let first = header.chars().map(half_width).find(|c| {
        !c.is_whitespace() && !is_invisible(*c) && !c.is_ascii_digit() && !matches!(c, '*' | '.' | '、')
    })?;
    fold(first.encode_utf8(&mut [0; 4])).chars().next()
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
    include_str!("../../data/forms/return-1.toml"),
    include_str!("../../data/forms/checkin-1.toml"),
    include_str!("../../data/forms/checkin-2.toml"),
    include_str!("../../data/forms/rounds-1.toml"),
    include_str!("../../data/forms/morning-1.toml"),
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
    BUILTIN.iter().filter_map(|text| Some(Parsed::of(text)?.form.clone())).collect()
}

/// A form that was read before. What was reported is shown by its form again and again, and a form is thousands of words:
/// the last few are kept.
#[derive(Debug)]
pub struct Parsed {
    /// The form.
    pub form: Form,
    /// Its other columns: [`Form::rest`].
    pub rest: Arc<[Field]>,
}

impl Parsed {
    /// How many are kept: more than an office has.
    const MOST: usize = 64;

    /// The form of a text; nothing where it is none.
    pub fn of(text: &str) -> Option<Arc<Self>> {
        static KNOWN: Mutex<Vec<Arc<Parsed>>> = Mutex::new(Vec::new());
        // What is kept is whole at every moment, whoever was stopped in the middle.
        let lock = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().iter().find(|known| known.form.text == text) {
            return Some(Arc::clone(known));
        }
        let form = Form::parse(text).ok()?;
        let rest = form.rest().cloned().collect();
        let read = Arc::new(Self { form, rest });
        let mut all = lock();
        if all.len() == Self::MOST {
            all.remove(0);
        }
        all.push(Arc::clone(&read));
        Some(read)
    }
}

/// The form of that name and version that comes with the program.
pub fn builtin(name: &str, version: u16) -> Option<Form> {
    builtins().into_iter().find(|form| form.id.name == name && form.id.version == version)
}

#[cfg(test)]
mod tests;
