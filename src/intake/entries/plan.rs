//! The rows of a sheet → entries as they would be kept, what is wrong with the others, and what the officer should know.

use super::read::{Reads, about, flawed};
use super::{Raw, Rows, rows};
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Ledger, Part};
use crate::domain::mask::{Private, masked_words};
use crate::domain::password::Passwords;
use crate::domain::report::FormRef;
use crate::domain::text::fold;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::i18n::ledger_sheet as sheets;
use crate::intake::cells::Limits;
use crate::intake::cells::parent::{self, PATIENCE, file_name};
use crate::log::event::SheetImported;
use crate::say::Say;
use crate::store::act::LedgerAct;
use crate::store::query;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A row that cannot be taken: where, in which column, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The sheet's name; empty of a text file.
    pub sheet: String,
    /// The row as the sender's program numbers it.
    pub row: u32,
    /// The key of its entry, as far as the row says it.
    pub key: Say,
    /// How the column is headed; empty where it is the row.
    pub column: String,
    /// What stands there, personal numbers hidden; empty where it is the row, or nothing does.
    pub value: String,
    /// Why.
    pub why: Say,
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Good {
    /// The row as the sender's program numbers it.
    pub row: u32,
    /// The key of its entry; empty where it has none.
    pub key: Say,
    /// The rest of it as it will stand, each value with its label; personal numbers hidden.
    pub text: Say,
    /// What it says.
    pub values: Values,
    /// What its lines say.
    pub lines: Vec<Values>,
    /// The same as it would be kept.
    kept: Values,
    /// An entry that says the same stands there.
    pub stands: bool,
}

/// What a sheet would bring.
#[derive(Debug, Clone)]
pub struct EntryPlan {
    /// Into which ledger.
    pub ledger: Arc<Ledger>,
    /// The rows that can be taken.
    pub good: Vec<Good>,
    /// Those that cannot.
    pub wrong: Vec<Wrong>,
    /// What the officer should know of the file.
    pub warnings: Vec<Say>,
    /// When this very file was taken into this ledger, and by which op.
    pub before: Option<(i64, Ts)>,
    sheet: SheetImported,
}

/// Reads a file, with these passwords where it is locked, and plans what it would bring into a ledger. Nothing is written.
///
/// # Errors
/// The ledger takes in no sheets; the file cannot be read, or has no rows of it.
pub fn plan(
    reads: &Reads<'_>,
    ledger: &Arc<Ledger>,
    path: &Path,
    sheet: Option<&str>,
    (passwords, stop): (&Passwords, Option<&AtomicBool>),
) -> Result<EntryPlan> {
    if !ledger.import {
        return Err(Error::refused(say::no_import(&ledger.name)).hint(say::NO_IMPORT_HINT));
    }
    let file = file_name(path);
    let cells = parent::read(path, passwords, None, stop, PATIENCE, Limits::default())?;
    let found = rows(ledger, &cells, &file, sheet, reads.calendar)?;
    let sheet = SheetImported {
        what: format!("ledger:{}", ledger.name),
        file,
        digest: cells.digest.clone(),
        form: FormRef { name: ledger.name.clone(), version: ledger.version },
        day: None,
        round: None,
        accepted: 0,
        unchanged: 0,
        rejected: 0,
        left_out: 0,
        inbox: false,
    };
    let before = query::already_imported(reads.reader, &sheet)?.map(|(op, at)| (op.seq, at));
    let (good, wrong, left) = judged(reads, ledger, &found)?;
    let warnings = found.warnings.into_iter().chain(left).collect();
    Ok(EntryPlan { ledger: ledger.clone(), good, wrong, warnings, before, sheet })
}

impl EntryPlan {
    /// The file's name.
    pub fn file(&self) -> &str {
        &self.sheet.file
    }

    /// The rows that say what an entry that stands there says.
    pub fn standing(&self) -> impl Iterator<Item = u32> + '_ {
        self.good.iter().filter(|good| good.stands).map(|good| good.row)
    }

    /// The rows that are taken.
    pub fn taken(&self, with_standing: bool) -> impl Iterator<Item = &Good> {
        self.good.iter().filter(move |good| with_standing || !good.stands)
    }

    /// How many rows cannot be taken: one may be wrong in several columns.
    pub fn rejected(&self) -> u32 {
        let rows = self.wrong.iter().map(|wrong| (wrong.sheet.as_str(), wrong.row));
        rows.collect::<HashSet<_>>().len() as u32
    }

    /// What of these does not fit the books of a stock: of each its row.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn not_as_booked(&self, reads: &Reads<'_>, with_standing: bool, at: Ts) -> Result<Vec<(u32, Say)>> {
        let taken: Vec<&Good> = self.taken(with_standing).collect();
        let kept: Vec<&Values> = taken.iter().map(|good| &good.kept).collect();
        let found = query::not_as_booked(reads.reader, &self.ledger, &kept, at)?;
        Ok(found.into_iter().map(|(at, said)| (taken[at].row, said)).collect())
    }

    /// The act that takes them in.
    pub fn act(&self, with_standing: bool, reason: &str) -> LedgerAct {
        let taken = self.taken(with_standing);
        let entries: Vec<_> = taken.map(|good| (good.values.clone(), good.lines.clone())).collect();
        let sheet = SheetImported {
            accepted: entries.len() as u32,
            unchanged: (self.good.len() - entries.len()) as u32,
            rejected: self.rejected(),
            ..self.sheet.clone()
        };
        LedgerAct::Import { ledger: self.ledger.name.clone(), sheet, entries, reason: reason.to_owned() }
    }
}

/// What is wrong with a row: in which column of the ledger, under which header, and why.
type Flaws<'a> = Vec<(String, &'a str, Error)>;

/// What is wrong with a file, and what of it was left out.
#[derive(Default)]
struct Found {
    wrong: Vec<Wrong>,
    /// The rows that had another state.
    states: Vec<u32>,
    /// The rows that say something of a column that is asked later, by the column.
    later: BTreeMap<String, Vec<u32>>,
}

impl Found {
    /// Everything that is wrong with a row, below the headers of its sheet.
    fn tell(&mut self, part: &Part, (row, key): (&Raw, &Say), headers: &Headers<'_>, flaws: Flaws<'_>) {
        for (name, header, error) in flaws {
            // Empty where the sheet does not have the field.
            let above = headers.get(&(row.sheet.as_str(), name.as_str())).copied().unwrap_or_default();
            let column = if header.is_empty() { above } else { header };
            // What was not found is named there: it may be somebody's number.
            let said = masked(&error.say());
            let why = if column.is_empty() { said } else { sheets::without_label(part, &name, said) };
            let (value, column) = (cell(part, row, &name, column), column.to_owned());
            self.wrong.push(Wrong {
                sheet: row.sheet.clone(),
                row: row.row,
                key: key.clone(),
                column,
                value,
                why,
            });
        }
    }

    /// The same of a row as a whole.
    fn refuse(&mut self, row: &Raw, key: Say, why: impl Into<Say>) {
        let (sheet, column, value) = (row.sheet.clone(), String::new(), String::new());
        self.wrong.push(Wrong { sheet, row: row.row, key, column, value, why: why.into() });
    }

    /// What was left out of rows that are taken.
    fn left(&self, ledger: &Ledger) -> Vec<Say> {
        let mut out = Vec::new();
        let parts = std::iter::once(&ledger.part).chain(ledger.lines.as_ref().map(|lines| &lines.part));
        let initial =
            parts.clone().find_map(|part| part.states.as_ref().map(|states| (part, &states.initial)));
        if let Some((part, initial)) = initial.filter(|_| !self.states.is_empty()) {
            let (title, rows) = (part.state_title(initial), words::rows(self.states.iter().copied()));
            out.push(Say {
                zh: sheets::states_left(&rows.zh, &title.zh).zh,
                en: sheets::states_left(&rows.en, &title.en).en,
            });
        }
        for (name, rows) in &self.later {
            let Some(column) = parts.clone().find_map(|part| part.column(name)) else { continue };
            let (title, rows) = (&column.field.title, words::rows(rows.iter().copied()));
            out.push(Say {
                zh: sheets::asked_later(&title.zh, &rows.zh).zh,
                en: sheets::asked_later(&title.en, &rows.en).en,
            });
        }
        out
    }

    /// What a row says, and what of it cannot be read. Of a sheet that says in which state an entry was, what is asked in
    /// another state than the first is left out.
    fn read<'a>(&mut self, reads: &Reads<'_>, part: &Part, row: &'a Raw) -> (Values, Flaws<'a>) {
        let (mut values, flaws) = values(reads, part, row);
        let Some(states) = part.states.as_ref().filter(|_| !row.state.is_empty()) else {
            return (values, flaws);
        };
        let title = part.state_title(&states.initial);
        let begins =
            [&title.zh, &title.en, &states.initial].into_iter().any(|word| fold(word) == fold(&row.state));
        if !begins {
            self.states.push(row.row);
            let later = |column: &&crate::domain::ledger::Column| {
                column.relevant.as_ref().is_some_and(|relevant| relevant.uses("state"))
            };
            for column in part.columns.iter().filter(later) {
                if values.remove(&column.field.name).is_some() {
                    self.later.entry(column.field.name.clone()).or_default().push(row.row);
                }
            }
        }
        (values, flaws)
    }
}

/// How each field is headed in each sheet.
type Headers<'a> = HashMap<(&'a str, &'a str), &'a str>;

/// The rows as they would be kept, those that cannot be, and what was left out.
fn judged(reads: &Reads<'_>, ledger: &Arc<Ledger>, file: &Rows) -> Result<(Vec<Good>, Vec<Wrong>, Vec<Say>)> {
    let standing = query::values_standing(reads.reader, &ledger.name)?;
    let mut found = Found::default();
    let part = &ledger.part;
    let all: Vec<_> = file.rows.iter().map(|row| found.read(reads, part, row)).collect();
    // Rows are judged by one another in whatever order they stand.
    let sound = all.iter().filter(|(_, flaws)| flaws.is_empty()).map(|(values, _)| values.clone());
    let beside = Arc::new(sound.collect());
    let headers = headers(part, &file.rows);
    let below = below(file, &mut found);
    let (mut good, mut seen) = (Vec::new(), HashSet::new());
    for (at, (row, (values, mut flaws))) in file.rows.iter().zip(all).enumerate() {
        let (kept, mut more) = query::check_entry(reads.reader, ledger, &values, &beside, reads.now)?;
        let stands = standing.contains(&kept);
        if stands {
            // It is the same entry, not another with what only one may have.
            more.retain(|(name, _)| part.column(name).is_none_or(|column| !column.unique));
        }
        add(&mut flaws, more);
        for (name, value) in twice(part, &kept, &mut seen) {
            add(&mut flaws, vec![(name.clone(), words::taken(part, &name, &value))]);
        }
        let whole = flaws.is_empty();
        let (key, names) = query::would_be_called(reads.reader, ledger, &kept)?;
        found.tell(part, (row, &key), &headers, flaws);
        let (lines, sound) = lines(reads, ledger, (&kept, &key), &below[at], &mut found)?;
        if !sound {
            found.refuse(row, key.clone(), sheets::LINES_WRONG);
        }
        if whole && sound {
            let text = text(ledger, &kept, &names, lines.len());
            good.push(Good { row: row.row, key, text, stands, values, lines, kept });
        }
    }
    let left = found.left(ledger);
    Ok((good, found.wrong, left))
}

/// What is wrong besides, with columns that are not wrong already.
fn add(flaws: &mut Flaws<'_>, more: Vec<(String, Error)>) {
    for (name, error) in more {
        if flaws.iter().all(|(known, ..)| *known != name) {
            flaws.push((name, "", error));
        }
    }
}

/// The lines of each entry. One that does not say to which it belongs goes on with the one before it.
fn below<'a>(file: &'a Rows, found: &mut Found) -> Vec<Vec<&'a Raw>> {
    let mut out = vec![Vec::new(); file.rows.len()];
    let by_id: HashMap<&str, usize> = file
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.id.is_empty())
        .map(|(at, row)| (row.id.as_str(), at))
        .collect();
    let key = |texts: &mut dyn Iterator<Item = String>| texts.collect::<Vec<_>>().join("\u{1f}");
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in file.rows.iter().enumerate() {
        let text = |column: &usize| {
            let cell = row.cells.iter().find(|(own, ..)| own == column);
            cell.and_then(|(.., text)| text.as_ref().ok()).map_or_else(String::new, |text| fold(text))
        };
        by_name.entry(key(&mut file.above.iter().map(text))).or_default().push(at);
    }
    let mut last = None;
    for line in &file.lines {
        let of = |column: &usize| {
            let cell = line.above.iter().find(|(own, _)| own == column);
            cell.map_or_else(String::new, |(_, text)| text.clone())
        };
        let named = by_name.get(&key(&mut file.above.iter().map(of))).map_or(&[][..], Vec::as_slice);
        let at = match (by_id.get(line.id.as_str()), named) {
            (Some(at), _) => Ok(*at),
            (None, _) if line.id.is_empty() && line.above.is_empty() => last.ok_or(sheets::NO_ENTRY_OF_LINE),
            (None, [one]) if !file.above.is_empty() => Ok(*one),
            (None, [_, _, ..]) if !file.above.is_empty() => Err(sheets::SEVERAL_OF_LINE),
            (None, _) => Err(sheets::NO_ENTRY_OF_LINE),
        };
        last = at.ok();
        match at {
            Ok(at) => out[at].push(line),
            Err(why) => found.refuse(line, Say::default(), why),
        }
    }
    out
}

/// The lines of an entry with the values `above`, and whether all of them can be taken.
fn lines(
    reads: &Reads<'_>,
    ledger: &Ledger,
    (above, key): (&Values, &Say),
    rows: &[&Raw],
    found: &mut Found,
) -> Result<(Vec<Values>, bool)> {
    let (mut out, mut sound) = (Vec::new(), true);
    let Some(declared) = &ledger.lines else { return Ok((out, sound)) };
    let part = &declared.part;
    let headers = headers(part, rows.iter().copied());
    let mut seen = HashSet::new();
    for row in rows {
        let (values, mut flaws) = found.read(reads, part, row);
        let (kept, more) = query::check_line(reads.reader, ledger, part, above, &values, reads.now)?;
        add(&mut flaws, more);
        for (name, _) in twice(part, &kept, &mut seen) {
            add(&mut flaws, vec![(name.clone(), words::line_taken(part, &name))]);
        }
        sound &= flaws.is_empty();
        found.tell(part, (row, key), &headers, flaws);
        out.push(values);
    }
    Ok((out, sound))
}

/// What a row says, and what of it cannot be read.
fn values<'a>(reads: &Reads<'_>, part: &Part, row: &'a Raw) -> (Values, Flaws<'a>) {
    let (mut values, mut flaws) = (Values::new(), Vec::new());
    let number = |at: usize| row.numbers.iter().find(|(own, _, no)| *own == at && *no != Ok(String::new()));
    let mut take = |at: usize, header: &'a str, read: Result<String>| match read {
        Ok(value) if value.is_empty() => {}
        Ok(value) => drop(values.insert(part.columns[at].field.name.clone(), value)),
        Err(error) => flaws.push((part.columns[at].field.name.clone(), header, error)),
    };
    for (at, header, text) in &row.cells {
        let column = &part.columns[*at];
        // Somebody's number says who is meant, whatever others are called.
        if number(*at).is_none() {
            let read = text.as_ref().map_err(|flaw| about(flawed(column, *flaw), column));
            take(*at, header, read.and_then(|text| reads.value(column, text)));
        }
    }
    for (at, header, no) in &row.numbers {
        let column = &part.columns[*at];
        let name = row.cells.iter().find(|(own, ..)| own == at).and_then(|(.., name)| name.as_ref().ok());
        let no = no.as_ref().map_err(|flaw| about(flawed(column, *flaw), column));
        take(*at, header, no.and_then(|no| reads.numbered(column, no, name.map_or("", String::as_str))));
    }
    (values, flaws)
}

fn headers<'a>(part: &'a Part, rows: impl IntoIterator<Item = &'a Raw>) -> Headers<'a> {
    let of = |row: &'a Raw| {
        let cells = row.cells.iter();
        cells.map(|(at, header, _)| {
            ((row.sheet.as_str(), part.columns[*at].field.name.as_str()), header.as_str())
        })
    };
    rows.into_iter().flat_map(of).collect()
}

/// The same words, personal numbers hidden.
fn masked(said: &Say) -> Say {
    Say { zh: masked_words(&said.zh).into_owned(), en: masked_words(&said.en).into_owned() }
}

/// What stands in the cell of a column, personal numbers hidden.
fn cell(part: &Part, row: &Raw, name: &str, header: &str) -> String {
    let Some(at) = part.columns.iter().position(|column| column.field.name == name) else {
        return String::new();
    };
    let column = &part.columns[at];
    let own = row.cells.iter().chain(&row.numbers).filter(|(own, ..)| *own == at);
    let under = own.clone().find(|(_, known, _)| known == header).or(own.clone().next());
    let Some(text) = under.and_then(|(.., text)| text.as_ref().ok()) else { return String::new() };
    match column.field.kind {
        kind if kind.is_private() => Private::new(text.as_str()).masked(),
        // A person is named by a number that is no secret; that of a telephone may have got there.
        _ => masked_words(text).into_owned(),
    }
}

/// A row as it will stand, without its key.
fn text(ledger: &Ledger, kept: &Values, names: &BTreeMap<String, Say>, lines: usize) -> Say {
    let is_other = |name: &str| !ledger.key.iter().any(|key| key == name);
    let mut rest = kept.clone();
    rest.retain(|name, _| is_other(name));
    let mut names = names.clone();
    names.retain(|name, _| is_other(name));
    let said = words::labelled(&ledger.part, &rest, &names, "");
    match &ledger.lines {
        Some(declared) if lines > 0 => {
            let title = words::titled(&declared.title);
            let join = |said: &str, title: &str, colon: &str| format!("{said}  {title}{colon}{lines}");
            Say {
                zh: join(&said.zh, &title.zh, "：").trim_start().to_owned(),
                en: join(&said.en, &title.en, ": ").trim_start().to_owned(),
            }
        }
        _ => said,
    }
}

/// The columns whose values must stand once, and which another row has as well.
fn twice(part: &Part, kept: &Values, seen: &mut HashSet<(String, String)>) -> Vec<(String, String)> {
    let once = part.columns.iter().filter(|column| column.unique);
    let values = once.filter_map(|column| {
        let name = &column.field.name;
        Some((name.clone(), kept.get(name)?.clone()))
    });
    values.filter(|(name, value)| !seen.insert((name.clone(), fold(value)))).collect()
}
