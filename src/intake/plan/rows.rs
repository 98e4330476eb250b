//! The rows of a file as the form reads them.

use super::notes::Notes;
use super::{Input, Rejected};
use crate::domain::field::Type;
use crate::domain::form::date;
use crate::domain::form::value::{Flaw, is_rounded, lacks_point};
use crate::domain::form::{Form, What};
use crate::domain::identity;
use crate::domain::mask::masked;
use crate::domain::text::{fold, half_width};
use crate::domain::time::Calendar;
use crate::i18n::intake as words;
use crate::intake::cells::{Cell, Claim, Mark, Sheet, bare};
use crate::intake::days;
use crate::intake::mapping::Mapping;
use crate::say::Say;
use chrono::{Days, NaiveDate};
use std::borrow::Cow;

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

/// What is written where a name, a number or a unit stands, and is never one: whatever else the row holds, it is nobody.
const LABELS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "总人数",
    "合计人数",
    "平均",
    "平均值",
    "平均数",
    "均值",
    "平均体温",
    "最高",
    "最低",
    "最高值",
    "最低值",
    "最大值",
    "最小值",
    "人数",
    "应到",
    "实到",
    "应报",
    "实报",
    "填表人",
    "填表",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "复核人",
    "复核",
    "填报人",
    "填报",
    "填表日期",
    "填报日期",
    "填表时间",
    "负责人签字",
    "负责人签名",
    "领导签字",
    "签字",
    "签名",
    "total",
    "subtotal",
    "average",
    "sum",
    "signature",
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
    /// Columns whose temperature has more digits than are kept (`37.25`).
    pub rounded: Vec<usize>,
    /// Columns whose cell is left out, and why: a strange number beside what the row is about loses nobody.
    pub left_out: Vec<(usize, Flaw)>,
    /// What is probably meant where a day is asked about.
    pub supposed: Vec<(usize, NaiveDate)>,
    /// What stands beside the day in a cell of days.
    pub beside: Vec<(usize, String)>,
    /// The day the row says it is for, where that is another than the report's.
    pub other_day: Option<String>,
    /// Whether it says no more than who it is about.
    pub unanswered: bool,
    /// The report's day.
    pub day: Option<NaiveDate>,
}

/// A row of a file: sheets of one file number their rows alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Which sheet.
    pub sheet: usize,
    /// The row as the sender's program numbers it, from 1.
    pub row: u32,
    /// The first column of its block: lists may stand side by side.
    pub col: u16,
}

/// Where a row stands, and what it says there, for refusing it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    form: &'a Form,
    pub(super) sheet: &'a Sheet,
    pub(super) mapping: &'a Mapping,
    pub(super) number: usize,
    pub(super) at: usize,
}

impl<'a> Place<'a> {
    /// The row as the sender's program numbers it, from 1.
    pub fn row(&self) -> u32 {
        self.sheet.row(self.at).first().map_or(0, |cell| cell.row + 1)
    }

    /// Where it is.
    pub fn spot(&self) -> Spot {
        Spot { sheet: self.number, row: self.row(), col: self.mapping.span.0 }
    }

    /// The cells of the row that belong to its block.
    pub(super) fn cells(&self) -> &'a [Cell] {
        let row = self.sheet.row(self.at);
        let (first, last) = self.mapping.span;
        let from = row.partition_point(|cell| cell.col < first);
        let to = row.partition_point(|cell| cell.col <= last);
        &row[from..to]
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
    pub(super) fn header(&self, column: usize) -> String {
        let title = self.mapping.columns[column].map_or("", |col| self.mapping.title(col)).trim();
        if title.is_empty() { self.form.columns[column].header().to_owned() } else { title.to_owned() }
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
        left_out.collect()
    }

    /// The row refused for its flaws: the first is named by column, the others in the reason.
    pub fn reject_flaws(&self) -> Option<Rejected> {
        if let (Some(said), Some(day)) = (&self.other_day, self.day) {
            return Some(self.place.reject(None, "other-day", words::other_day(said, day)));
        }
        let ((column, flaw), more) = self.flaws.split_first()?;
        let columns = &self.place.form.columns;
        let told = |column: usize, flaw: Flaw| {
            let mut reason = words::flaw(flaw, &columns[column]);
            if let Some((_, day)) = self.supposed.iter().find(|(known, _)| *known == column) {
                let probably = words::probably(day);
                reason.zh.push_str(&probably.zh);
                reason.en.push_str(&probably.en);
            }
            reason
        };
        let mut reason = told(*column, *flaw);
        for (other, flaw) in more {
            let also = words::also(self.place.header(*other), &told(*other, *flaw));
            reason.zh.push_str(&also.zh);
            reason.en.push_str(&also.en);
        }
        Some(self.place.reject(Some(*column), flaw.code(), reason))
    }
}

/// Calls `each` with every row of every sheet in the form, those that the sender sees first, and tells what was found
/// beside them. `day` gives the year to dates without one.
pub fn for_each<'a>(input: &Input<'a>, day: Option<NaiveDate>, mut each: impl FnMut(Row<'a>)) -> Vec<Say> {
    let mut notes = Notes::default();
    let sheets = || input.cells.sheets.iter().zip(&input.chosen.sheets).enumerate();
    let seen = sheets().filter(|(_, (sheet, _))| !sheet.hidden);
    let hidden = sheets().filter(|(_, (sheet, _))| sheet.hidden && !sheet.very_hidden);
    for (number, (sheet, blocks)) in seen.chain(hidden) {
        let readers: Vec<_> =
            blocks.iter().map(|mapping| Reader::new(input, sheet, mapping, number, day)).collect();
        notes.unclaimed(number, sheet, blocks);
        // In the order of their headers: blocks of one header go together, and end where the next begin.
        let mut first = 0;
        for at in 0..sheet.len() {
            first += readers[first..].iter().take_while(|reader| reader.mapping.to <= at).count();
            let begun = |reader: &&Reader<'_>| {
                reader.mapping.header + reader.mapping.depth <= at && at < reader.mapping.to
            };
            for reader in readers[first..].iter().take_while(begun) {
                match reader.read(at) {
                    Found::Row(row) => {
                        notes.read(&row);
                        each(*row);
                    }
                    Found::Label => notes.label(number, sheet, at),
                    Found::Nothing => {}
                }
            }
        }
    }
    notes.told(input)
}

/// What a row turns out to be.
enum Found<'a> {
    Row(Box<Row<'a>>),
    /// A total, a signature.
    Label,
    Nothing,
}

struct Reader<'a> {
    form: &'a Form,
    sheet: &'a Sheet,
    /// It is in a text file.
    is_text: bool,
    mapping: &'a Mapping,
    number: usize,
    day: Option<NaiveDate>,
    calendar: Calendar,
    /// The form's column by the sheet's column.
    by_col: Vec<Option<usize>>,
    /// The form's columns whose days were put back by hours.
    put_back: Vec<usize>,
    /// The form's columns that say more than who it is about, of which the sheet has some.
    answers: Vec<usize>,
    name: Option<usize>,
    no: Option<usize>,
    seq: Option<usize>,
    unit: Option<usize>,
}

impl<'a> Reader<'a> {
    fn new(
        input: &Input<'a>,
        sheet: &'a Sheet,
        mapping: &'a Mapping,
        number: usize,
        day: Option<NaiveDate>,
    ) -> Self {
        let form = input.chosen.form;
        let widest = mapping.columns.iter().flatten().max().map_or(0, |col| usize::from(*col) + 1);
        let mut by_col = vec![None; widest];
        for (column, col) in mapping.columns.iter().enumerate() {
            if let Some(col) = col {
                by_col[usize::from(*col)] = Some(column);
            }
        }
        let of = |field| form.index_of(field);
        let columns = || form.columns.iter().enumerate();
        let answers = columns().filter(|(at, column)| mapping.columns[*at].is_some() && column.is_answer());
        let mut out = Self {
            form,
            sheet,
            is_text: input.cells.is == Claim::Text,
            mapping,
            number,
            day,
            calendar: input.options.calendar,
            by_col,
            put_back: Vec::new(),
            answers: answers.map(|(at, _)| at).collect(),
            name: of("name"),
            no: of("no").or(of("code")),
            seq: of("seq"),
            unit: of("unit"),
        };
        let dates = columns().filter(|(_, column)| column.field.kind == Type::Date).map(|(at, _)| at);
        out.put_back = dates.filter(|column| out.is_put_back(*column)).collect();
        out
    }

    /// Whether the days of a column were put back by the hours of the zone.
    fn is_put_back(&self, column: usize) -> bool {
        let rows = self.mapping.header + self.mapping.depth..self.mapping.to;
        self.mapping.columns[column]
            .is_some_and(|col| days::is_put_back(self.sheet, col, rows, self.calendar))
    }

    fn dated(&self, cell: &Cell) -> Cow<'a, str> {
        days::dated(self.sheet, cell, self.calendar)
    }

    fn read(&self, at: usize) -> Found<'a> {
        let place =
            Place { form: self.form, sheet: self.sheet, mapping: self.mapping, number: self.number, at };
        match self.nobody(&place) {
            Some(true) => return Found::Label,
            Some(false) => return Found::Nothing,
            None => {}
        }
        let mut row = Row {
            place,
            values: vec![String::new(); self.form.columns.len()],
            flaws: Vec::new(),
            numbers: Vec::new(),
            pointless: Vec::new(),
            rounded: Vec::new(),
            left_out: Vec::new(),
            supposed: Vec::new(),
            beside: Vec::new(),
            other_day: None,
            unanswered: false,
            day: self.day,
        };
        for cell in place.cells() {
            if Some(cell.col) == self.mapping.day {
                row.other_day = self.other_day(cell);
            }
            let Some(column) = self.by_col.get(usize::from(cell.col)).copied().flatten() else { continue };
            if Some(column) != self.seq {
                self.cell(cell, column, &mut row);
            }
        }
        let differ = self.form.agree(&mut row.values);
        row.flaws.extend(differ.into_iter().map(|column| (column, Flaw::Differs)));
        self.require(&mut row);
        // What is missing is no answer.
        let wrong =
            |(flawed, flaw): &(usize, Flaw), column: usize| *flawed == column && *flaw != Flaw::Missing;
        let said = |column: &usize| {
            !row.values[*column].is_empty()
                || row.flaws.iter().chain(&row.left_out).any(|flaw| wrong(flaw, *column))
        };
        row.unanswered = self.form.what == What::Report && !self.answers.iter().any(said);
        if row.unanswered {
            // Nobody is refused for what they have not been asked yet.
            row.flaws.retain(|(_, flaw)| *flaw != Flaw::Missing);
        }
        Found::Row(Box::new(row))
    }

    fn cell(&self, cell: &Cell, column: usize, row: &mut Row<'a>) {
        let field = &self.form.columns[column].field;
        let said = self.sheet.text(cell);
        let read = match cell.mark {
            Mark::Lossy => Err(Flaw::Digits),
            Mark::Error => Err(Flaw::Formula),
            Mark::Uncalculated => Err(Flaw::Uncalculated),
            Mark::Shown => Err(Flaw::Shown),
            Mark::Bool if matches!(field.kind, Type::Name) => Err(Flaw::Name),
            Mark::Bool if field.kind.is_digits() => Err(Flaw::No),
            Mark::Moment if !days::takes_moments(field.kind, self.mapping.title(cell.col)) => {
                Err(Flaw::Dated)
            }
            _ if matches!(field.kind, Type::Date) => self.date(cell, column, row),
            Mark::Number if matches!(field.kind, Type::Temp | Type::Integer) => {
                // Words that the format puts around it.
                field.read(said.trim_matches(|c: char| !c.is_ascii_digit() && c != '-'), self.day)
            }
            Mark::Text => field.read(bare(said), self.day),
            Mark::Number | Mark::Bool | Mark::Moment => field.read(said, self.day),
        };
        match read {
            Ok(value) if field.kind == Type::Id && identity::has_lost_digits(&value) => {
                row.flaws.push((column, Flaw::Digits));
            }
            Ok(value) if field.kind == Type::Id && identity::has_slip(&value) => {
                row.flaws.push((column, Flaw::Check));
            }
            Ok(value) => {
                if field.kind == Type::Temp && lacks_point(bare(said)) {
                    row.pointless.push(column);
                }
                if field.kind == Type::Temp && said.len() > "36.5".len() && is_rounded(bare(said)) {
                    row.rounded.push(column);
                }
                row.values[column] = value;
            }
            Err(flaw @ (Flaw::Phone | Flaw::Id)) if !field.required => row.left_out.push((column, flaw)),
            Err(flaw) => row.flaws.push((column, flaw)),
        }
        // A text file does not tell a number from a text; what it was saved from may have.
        if (cell.mark == Mark::Number || self.is_text) && Some(column) == self.no {
            row.numbers.push(column);
        }
    }

    fn date(&self, cell: &Cell, column: usize, row: &mut Row<'a>) -> Result<String, Flaw> {
        let field = &self.form.columns[column].field;
        let text = self.dated(cell);
        let value = field.read(&text, self.day)?;
        let Ok(found) = value.parse::<NaiveDate>() else { return Ok(value) };
        if self.put_back.contains(&column) && date::clock(&text).is_some_and(days::is_left_by_zone) {
            row.supposed.extend(found.checked_add_days(Days::new(1)).map(|day| (column, day)));
            return Err(Flaw::DayBefore);
        }
        if let Some(day) = self.day.filter(|day| date::is_far(found, *day, field.span)) {
            row.supposed.extend(date::likely(&text, day).map(|day| (column, day)));
            return Err(Flaw::YearFar);
        }
        row.beside.extend(date::beside(&text).map(|words| (column, words)));
        Ok(value)
    }

    /// What the row says it is for, where that is a day and another than the report's.
    fn other_day(&self, cell: &Cell) -> Option<String> {
        let day = self.day?;
        let found = date::date(&self.dated(cell), Some(day)).ok()?;
        (found != day).then(|| found.to_string())
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

    /// Blank rows, numbered rows nobody filled in, headers repeated on a new page (`false`); totals and signatures
    /// (`true`).
    fn nobody(&self, place: &Place<'_>) -> Option<bool> {
        let cells = place.cells();
        let filled = |cell: &&Cell| {
            let column = self.by_col.get(usize::from(cell.col)).copied().flatten();
            column.is_some() && column != self.seq && column != self.unit
        };
        if !cells.iter().any(|cell| filled(&cell)) {
            return Some(false);
        }
        let name = self.name.map_or("", |column| place.raw(column));
        if self.name.is_some() && self.form.column_for(name) == self.name {
            return Some(false);
        }
        let no = self.no.map_or("", |column| place.raw(column));
        let first = cells.first().map_or("", |cell| self.sheet.text(cell));
        if [name, no, first].into_iter().any(is_label) {
            return Some(true);
        }
        if !no.trim().is_empty() && !name.trim().is_empty() {
            return None;
        }
        let first = fold(first);
        NOT_ROWS.iter().any(|word| first.starts_with(word)).then_some(true)
    }
}

/// Whether a text is the word of a total or a signature and nothing else, whatever number stands behind it.
fn is_label(text: &str) -> bool {
    // Names, numbers and units are longer or shorter in almost every row: looked at closely are few.
    if text.is_empty() || text.len() > 60 || text.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let folded: String = fold(text).chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let (head, said) = folded.split_once(':').unwrap_or((&folded, ""));
    let bare = head
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '人' | '名' | '(' | ')' | '.' | ','));
    let bare = if LABELS.contains(&head) { head } else { bare };
    LABELS.contains(&bare)
        || !said.is_empty() && matches!(bare, "备注" | "注" | "说明" | "联系人" | "负责人")
        || ["合计", "小计", "总计"].iter().any(|end| bare.ends_with(end) && bare.chars().count() > 2)
}
