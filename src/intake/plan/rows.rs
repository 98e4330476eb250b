//! The rows of a file as the form reads them.

use super::{Input, Rejected};
use crate::domain::field::Type;
use crate::domain::form::Form;
use crate::domain::form::value::{Flaw, lacks_point};
use crate::domain::identity;
use crate::domain::mask::masked;
use crate::domain::text::fold;
use crate::i18n::intake as words;
use crate::intake::cells::{Mark, Sheet};
use crate::intake::mapping::Mapping;
use crate::say::Say;
use chrono::NaiveDate;

/// First words of rows that are not anybody's: totals and signatures.
pub(in crate::intake) const NOT_ROWS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "填表",
    "制表",
    "审核",
    "备注:",
    "注:",
    "说明:",
    "填报",
    "负责人签",
];

/// One row, read.
pub struct Row<'a> {
    /// Where it stands.
    pub place: Place<'a>,
    /// Canonical values by the form's columns.
    pub values: Vec<String>,
    /// What is wrong, by the form's columns.
    pub flaws: Vec<(usize, Flaw)>,
    /// Columns whose cell is a number, which may have lost zeros before it.
    pub numbers: Vec<usize>,
    /// Columns whose temperature has no point (`365`).
    pub pointless: Vec<usize>,
    /// Columns whose cell is left out, and why: a strange number beside what the row is about loses nobody.
    pub left_out: Vec<(usize, Flaw)>,
    /// Columns whose identity number cannot be right.
    pub slips: Vec<usize>,
}

/// A row of a file: sheets of one file number their rows alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Which sheet.
    pub sheet: usize,
    /// The row as the sender's program numbers it, from 1.
    pub row: u32,
}

/// Where a row stands, and what it says there, for refusing it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    form: &'a Form,
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    number: usize,
    at: usize,
}

impl<'a> Place<'a> {
    /// The row as the sender's program numbers it, from 1.
    pub fn row(&self) -> u32 {
        self.sheet.row(self.at).first().map_or(0, |cell| cell.row + 1)
    }

    /// Where it is.
    pub fn spot(&self) -> Spot {
        Spot { sheet: self.number, row: self.row() }
    }

    /// The text of a column's cell as it stands there.
    pub fn raw(&self, column: usize) -> &'a str {
        let Some(col) = self.mapping.columns[column] else { return "" };
        let found = self.sheet.row(self.at).iter().find(|cell| cell.col == col);
        found.map_or("", |cell| self.sheet.text(cell))
    }

    /// The row refused for a column's sake; `None` means the row as a whole.
    pub fn reject(&self, column: Option<usize>, code: &'static str, reason: Say) -> Rejected {
        let (header, value) = match column {
            Some(column) => (self.header(column), self.shown(column)),
            None => (String::new(), String::new()),
        };
        Rejected { sheet: self.sheet.name.clone(), row: self.row(), column: header, value, code, reason }
    }

    /// The header as the sender wrote it.
    fn header(&self, column: usize) -> String {
        let row = self.sheet.row(self.mapping.header);
        let cell = row.iter().find(|cell| Some(cell.col) == self.mapping.columns[column]);
        cell.map_or(self.form.columns[column].header(), |cell| self.sheet.text(cell)).trim().to_owned()
    }

    fn shown(&self, column: usize) -> String {
        let raw = self.raw(column).trim();
        match self.form.columns[column].field.kind {
            Type::Phone | Type::Id => masked(raw),
            _ if raw.chars().count() > 60 => raw.chars().take(60).chain(['…']).collect(),
            _ => raw.to_owned(),
        }
    }
}

impl Row<'_> {
    /// The canonical value of a field; empty where the sheet has none.
    pub fn get(&self, column: Option<usize>) -> &str {
        column.map_or("", |at| self.values[at].as_str())
    }

    /// The value as a fact: `None` where the sheet says nothing.
    pub fn fact(&mut self, column: Option<usize>) -> Option<String> {
        let value = std::mem::take(&mut self.values[column?]);
        (!value.is_empty()).then_some(value)
    }

    /// What the officer should look at in a row that is taken: cells that were left out, numbers that cannot be right.
    /// `at` is where the row stands.
    pub fn warnings(&self, at: &Say) -> Vec<Say> {
        let columns = &self.place.form.columns;
        let left_out = self.left_out.iter().map(|(column, flaw)| {
            let reason = words::flaw(*flaw, &columns[*column]);
            words::left_out(at, &self.place.header(*column), &self.place.shown(*column), &reason)
        });
        let slips = self.slips.iter().map(|column| {
            words::id_slip(&at.zh, &at.en, self.place.header(*column), self.place.shown(*column))
        });
        left_out.chain(slips).collect()
    }

    /// The row refused for its flaws: the first is named by column, the others in the reason.
    pub fn reject_flaws(&self) -> Option<Rejected> {
        let ((column, flaw), more) = self.flaws.split_first()?;
        let columns = &self.place.form.columns;
        let mut reason = words::flaw(*flaw, &columns[*column]);
        for (other, flaw) in more {
            let also = words::also(self.place.header(*other), &words::flaw(*flaw, &columns[*other]));
            reason.zh.push_str(&also.zh);
            reason.en.push_str(&also.en);
        }
        Some(self.place.reject(Some(*column), flaw.code(), reason))
    }
}

/// Calls `each` with every row of every sheet in the form. `day` gives the year to dates without one.
pub fn for_each<'a>(input: &Input<'a>, day: Option<NaiveDate>, mut each: impl FnMut(Row<'a>)) {
    let form = input.chosen.form;
    for (number, (sheet, mapping)) in input.cells.sheets.iter().zip(&input.chosen.sheets).enumerate() {
        let Some(mapping) = mapping.as_ref().filter(|_| !sheet.hidden) else { continue };
        let reader = Reader::new(form, sheet, mapping, number);
        for at in mapping.header + 1..sheet.len() {
            if let Some(row) = reader.read(at, day) {
                each(row);
            }
        }
    }
}

struct Reader<'a> {
    form: &'a Form,
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    number: usize,
    /// The form's column by the sheet's column.
    by_col: Vec<Option<usize>>,
    name: Option<usize>,
    no: Option<usize>,
    seq: Option<usize>,
    unit: Option<usize>,
}

impl<'a> Reader<'a> {
    fn new(form: &'a Form, sheet: &'a Sheet, mapping: &'a Mapping, number: usize) -> Self {
        let widest = mapping.columns.iter().flatten().max().map_or(0, |col| usize::from(*col) + 1);
        let mut by_col = vec![None; widest];
        for (column, col) in mapping.columns.iter().enumerate() {
            if let Some(col) = col {
                by_col[usize::from(*col)] = Some(column);
            }
        }
        let of = |field| form.index_of(field);
        Self {
            form,
            sheet,
            mapping,
            number,
            by_col,
            name: of("name"),
            no: of("no").or(of("code")),
            seq: of("seq"),
            unit: of("unit"),
        }
    }

    fn read(&self, at: usize, day: Option<NaiveDate>) -> Option<Row<'a>> {
        let place =
            Place { form: self.form, sheet: self.sheet, mapping: self.mapping, number: self.number, at };
        if self.is_nobody(&place) {
            return None;
        }
        let mut row = Row {
            place,
            values: vec![String::new(); self.form.columns.len()],
            flaws: Vec::new(),
            numbers: Vec::new(),
            pointless: Vec::new(),
            left_out: Vec::new(),
            slips: Vec::new(),
        };
        for cell in self.sheet.row(at) {
            let Some(column) = self.by_col.get(usize::from(cell.col)).copied().flatten() else { continue };
            if Some(column) == self.seq {
                continue;
            }
            let read = match cell.mark {
                Mark::Lossy => Err(Flaw::Digits),
                Mark::Error => Err(Flaw::Formula),
                Mark::Text | Mark::Number => self.form.columns[column].field.read(self.sheet.text(cell), day),
            };
            match read {
                Ok(value) => {
                    if self.form.columns[column].field.kind == Type::Temp
                        && lacks_point(self.sheet.text(cell))
                    {
                        row.pointless.push(column);
                    }
                    if self.form.columns[column].field.kind == Type::Id && identity::has_slip(&value) {
                        row.slips.push(column);
                    }
                    row.values[column] = value;
                }
                Err(flaw @ (Flaw::Phone | Flaw::Id)) if !self.form.columns[column].field.required => {
                    row.left_out.push((column, flaw));
                }
                Err(flaw) => row.flaws.push((column, flaw)),
            }
            if cell.mark == Mark::Number && Some(column) == self.no {
                row.numbers.push(column);
            }
        }
        let differ = self.form.agree(&mut row.values);
        row.flaws.extend(differ.into_iter().map(|column| (column, Flaw::Differs)));
        self.require(&mut row);
        Some(row)
    }

    fn require(&self, row: &mut Row<'a>) {
        for (at, column) in self.form.columns.iter().enumerate() {
            let empty = column.field.required && row.values[at].is_empty();
            if empty && !row.flaws.iter().any(|(flawed, _)| *flawed == at) {
                row.flaws.push((at, Flaw::Missing));
            }
        }
        row.flaws.sort_unstable_by_key(|(at, _)| *at);
    }

    /// Blank rows, numbered rows nobody filled in, totals, signatures, and headers repeated on a new page.
    fn is_nobody(&self, place: &Place<'_>) -> bool {
        let cells = self.sheet.row(place.at);
        let filled = |cell: &&crate::intake::cells::Cell| {
            let column = self.by_col.get(usize::from(cell.col)).copied().flatten();
            column.is_some() && column != self.seq && column != self.unit
        };
        if !cells.iter().any(|cell| filled(&cell)) {
            return true;
        }
        let name = self.name.map_or("", |column| place.raw(column));
        if self.name.is_some() && self.form.column_for(name) == self.name {
            return true;
        }
        let no = self.no.map_or("", |column| place.raw(column));
        if !no.trim().is_empty() && !name.trim().is_empty() {
            return false;
        }
        let first = cells.first().map_or_else(String::new, |cell| fold(self.sheet.text(cell)));
        NOT_ROWS.iter().any(|word| first.starts_with(word))
    }
}
