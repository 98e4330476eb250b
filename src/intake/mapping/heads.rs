//! The headers of a sheet: one to three rows, merged or not, of one block of columns or several side by side.

use super::{Mapping, fits};
use crate::domain::form::date;
use crate::domain::form::{Form, What, initial, is_number_header};
use crate::domain::text::{fold, half_width};
use crate::intake::cells::{Cell, Mark, Region, Sheet};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// The header row is looked for in the first rows that have anything in them.
const HEADER_WITHIN: usize = 10;

/// Most rows of headers.
const DEEPEST: usize = 3;

/// How a column is headed that says which day its row is for.
const DAYS: [&str; 6] = ["日期", "日报日期", "报告日期", "测温日期", "体温日期", "统计日期"];

/// The rows of a sheet that may be headers of any of the forms, whichever it is: most of a sheet is none, and need not be
/// looked at once more for each form. Every row that is one ([`Words::is_head`]) is among them.
pub fn may_be_heads(forms: &[Form], sheet: &Sheet) -> Vec<usize> {
    /// What a text that begins so may be.
    #[derive(Clone, Copy)]
    struct Begin {
        head: bool,
        who: bool,
    }
    // What stands in the first headers may stand in later ones, whether or not a form knows it.
    let whose_row = |at: &usize| {
        sheet.row(*at).iter().any(|cell| forms.iter().any(|form| is_who(form, sheet.text(cell).trim())))
    };
    let first = (0..sheet.len().min(HEADER_WITHIN)).filter(whose_row);
    let headers = first.flat_map(|at| at..(at + depth(sheet, at)).min(sheet.len()));
    let known: HashSet<&str> =
        headers.flat_map(|at| sheet.row(at)).map(|cell| sheet.text(cell).trim()).collect();
    let whose: HashSet<char> = forms.iter().flat_map(whose_initials).collect();
    // Nearly all is told by what a text begins with, which is asked of the forms once.
    let mut begins: HashMap<char, Begin> = HashMap::new();
    let mut begin = |text: &str| {
        let Some(first) = initial(text) else { return Begin { head: false, who: false } };
        *begins.entry(first).or_insert_with(|| Begin {
            head: forms.iter().any(|form| form.may_head(text)),
            who: whose.contains(&first),
        })
    };
    let mut whose_texts: HashMap<&str, bool> = HashMap::new();
    let rows = (0..sheet.len()).filter(|at| {
        let cells = sheet.row(*at);
        let (mut misses, mut who, mut is_text) = (0, false, true);
        for cell in cells {
            let text = sheet.text(cell).trim();
            let begin = begin(text);
            is_text &= cell.mark == Mark::Text;
            misses += usize::from(!begin.head && !known.contains(text));
            // The same words stand in every row.
            who = who
                || begin.who
                    && *whose_texts
                        .entry(text)
                        .or_insert_with(|| forms.iter().any(|form| is_who(form, text)));
        }
        cells.len() >= 2 && (who || is_text && misses * 2 <= cells.len())
    });
    rows.collect()
}

/// What the headers begin with that say whose a row is.
fn whose_initials(form: &Form) -> impl Iterator<Item = char> {
    form.headers().filter(|header| is_who(form, header)).filter_map(initial)
}

/// Whether a header says whose a row is.
fn is_who(form: &Form, header: &str) -> bool {
    let field = |column: usize| form.columns[column].field.name.as_str();
    form.column_for(header).is_some_and(|column| matches!(field(column), "no" | "name"))
}

/// Where the columns of a sheet are, block by block; none where no header row has every required column. `may` are the
/// rows that may be headers.
pub fn blocks(form: &Form, sheet: &Sheet, day: Option<NaiveDate>, may: &[usize]) -> Vec<Mapping> {
    let within = sheet.len().min(HEADER_WITHIN);
    let Some((at, first)) = (0..within).find_map(|at| Some((at, best(form, sheet, at, day)?))) else {
        return Vec::new();
    };
    // A title above the header may hang together with it: of equals the one of fewer rows, and the first.
    let score = |found: &[Mapping]| -> usize {
        found.iter().map(|block| block.matched() + block.other_days.len()).sum()
    };
    let deep = |found: &[Mapping]| found.first().map_or(1, |block| block.depth);
    let own = at + 1..(at + deep(&first)).min(sheet.len());
    let first = own.filter_map(|at| best(form, sheet, at, day)).fold(first, |first, next| {
        let better =
            score(&next) > score(&first) || score(&next) == score(&first) && deep(&next) < deep(&first);
        if better { next } else { first }
    });
    let mut all = below(form, sheet, day, first, may);
    english_number(form, sheet, &mut all);
    all.retain(|block| fits(form, block));
    all
}

/// The blocks whose header begins in a row: where cells hang below, what stands above them alone would be a guess.
fn best(form: &Form, sheet: &Sheet, at: usize, day: Option<NaiveDate>) -> Option<Vec<Mapping>> {
    let depth = depth(sheet, at);
    let deep = heads(form, sheet, at, depth, day);
    let found = if deep.is_empty() && depth > 1 { heads(form, sheet, at, 1, day) } else { deep };
    Some(found).filter(|found| !found.is_empty())
}

/// Headers again further down, which may stand in another order and in other words: what follows is read by them. Below
/// headers that are none of the form's nothing is read: by the ones above, a fever would be another value.
fn below(
    form: &Form,
    sheet: &Sheet,
    day: Option<NaiveDate>,
    first: Vec<Mapping>,
    may: &[usize],
) -> Vec<Mapping> {
    let Some((header, depth)) = first.first().map(|block| (block.header, block.depth)) else { return first };
    let known: HashSet<String> = first
        .iter()
        .flat_map(|block| block.titles.iter().map(|(_, title)| title.trim().to_owned()))
        .filter(|title| !title.is_empty())
        .collect();
    let words = Words { form, known, day: day.filter(|_| form.what == What::Report) };
    let mut out = first;
    let mut current = out.len();
    let mut at = header + depth;
    // The words of two rows may stand in the second alone: the row above is looked at as well.
    for next in may.iter().flat_map(|next| [next.saturating_sub(1), *next]) {
        if next < at {
            continue;
        }
        at = next;
        let head = words.is_head(sheet, at);
        let over =
            !head && at + 1 < sheet.len() && words.is_head(sheet, at + 1) && self::depth(sheet, at) > 1;
        if !head && !over {
            at += 1;
            continue;
        }
        let found = best(form, sheet, at, day);
        if over && found.is_none() {
            at += 1;
            continue;
        }
        let from = out.len() - current;
        out[from..].iter_mut().for_each(|block| block.to = at);
        let found = found.unwrap_or_default();
        at += found.first().map_or(1, |block| block.depth);
        current = found.len();
        out.extend(found);
    }
    out
}

/// The words that head columns: the form's, those of the first header, and what is labelled with a day.
struct Words<'f> {
    form: &'f Form,
    known: HashSet<String>,
    day: Option<NaiveDate>,
}

impl Words<'_> {
    /// Whether a row is one of headers: whose the rows below are and at least one thing more, whatever else stands beside
    /// it; or words alone, at least half of them known as heads.
    fn is_head(&self, sheet: &Sheet, at: usize) -> bool {
        let cells = sheet.row(at);
        let known = cells.iter().filter(|cell| self.has(sheet.text(cell).trim())).count();
        if known < 2 {
            return false;
        }
        let who = cells.iter().any(|cell| is_who(self.form, sheet.text(cell).trim()));
        who || cells.iter().all(|cell| cell.mark == Mark::Text) && known * 2 >= cells.len()
    }

    fn has(&self, text: &str) -> bool {
        let of_a_day =
            || self.day.is_some_and(|day| !matches!(labelled(self.form, text, day), Labelled::Not));
        self.known.contains(text) || self.form.column_for(text).is_some() || of_a_day()
    }
}

/// How many rows from here on are one header: cells below hang from cells above that are merged over several columns,
/// or that have nothing beside them.
fn depth(sheet: &Sheet, at: usize) -> usize {
    let mut deep = 1;
    while deep < DEEPEST && hangs(sheet, at, deep) {
        deep += 1;
    }
    deep
}

fn hangs(sheet: &Sheet, at: usize, deep: usize) -> bool {
    let next = at + deep;
    if next >= sheet.len() {
        return false;
    }
    let row_of = |at: usize| sheet.row(at).first().map_or(0, |cell| cell.row);
    let top = row_of(at);
    if row_of(next) != top + deep as u32 {
        return false;
    }
    let above = |col: u16| (at..next).rev().find_map(|row| cell_at(sheet, row, col));
    let own: HashSet<u16> = (at..next).flat_map(|row| sheet.row(row).iter().map(|cell| cell.col)).collect();
    if own.len() < 2 {
        return false;
    }
    let wide = |col: u16| {
        let rows = top..top + deep as u32;
        sheet
            .merged_above(rows.end)
            .iter()
            .rev()
            .take_while(|region| region.top >= rows.start)
            .any(|region| region.right > region.left && region.holds(region.top, col))
    };
    let is_below = |col: u16| sheet.row(next).iter().any(|cell| cell.col == col);
    let mut some = false;
    let all = sheet.row(next).iter().all(|cell| {
        let same = above(cell.col).is_some_and(|above| sheet.text(above).trim() == sheet.text(cell).trim());
        let under = wide(cell.col) || !own.contains(&cell.col);
        // The first of several under one that is not merged.
        let first = cell.col.checked_add(1).is_some_and(|right| !own.contains(&right) && is_below(right));
        some |= under && !same;
        cell.mark == Mark::Text && (same || under || first)
    });
    all && some
}

/// The cell of a column in a row.
pub fn cell_at(sheet: &Sheet, row: usize, col: u16) -> Option<&Cell> {
    let row = sheet.row(row);
    row.binary_search_by_key(&col, |cell| cell.col).ok().map(|at| &row[at])
}

/// The merged cells that begin in a row of headers or in the few above it.
fn merged_near(sheet: &Sheet, row: u32) -> impl Iterator<Item = &Region> {
    sheet.merged_above(row + 1).iter().rev().take_while(move |region| region.top + DEEPEST as u32 > row)
}

/// What stands above a column, from the top, each once.
fn levels(sheet: &Sheet, at: usize, depth: usize, col: u16) -> Vec<&str> {
    let top = sheet.row(at).first().map_or(0, |cell| cell.row);
    let mut out: Vec<&str> = Vec::new();
    for level in 0..depth {
        let own = cell_at(sheet, at + level, col).map(|cell| sheet.text(cell));
        let said = own.or_else(|| {
            if level + 1 == depth {
                return None;
            }
            let row = top + level as u32;
            let merged = merged_near(sheet, row).find(|region| region.holds(row, col));
            let left = if let Some(region) = merged {
                region.left
            } else {
                // Saved as text the merged cells are empty, but what stands below them goes on.
                let left = beside(sheet, at, level, depth, col)?;
                let ends = |region: &Region| region.holds(row, left) && region.right > region.left;
                if merged_near(sheet, row).any(ends) {
                    return None;
                }
                left
            };
            cell_at(sheet, at + level, left).map(|cell| sheet.text(cell))
        });
        let said = said.map(str::trim).filter(|said| !said.is_empty());
        out.extend(said.filter(|said| out.last() != Some(said)));
    }
    out
}

/// The nearest column to the left that has something on a level, if everything between has something below it.
fn beside(sheet: &Sheet, at: usize, level: usize, depth: usize, col: u16) -> Option<u16> {
    let below = |col: u16| (level + 1..depth).any(|level| cell_at(sheet, at + level, col).is_some());
    let mut left = col;
    while below(left) {
        if cell_at(sheet, at + level, left).is_some() {
            return Some(left);
        }
        left = left.checked_sub(1)?;
    }
    None
}

/// What a header stands for.
enum Head {
    Column(usize),
    /// The day of each row.
    Day,
    /// Of another day than the report's.
    OtherDay,
    Unknown,
}

fn head(form: &Form, levels: &[&str], day: Option<NaiveDate>) -> (Head, String) {
    let title = levels.last().copied().unwrap_or_default().to_owned();
    let whole = levels.join(" ");
    let day = day.filter(|_| form.what == What::Report);
    let mut bare: Vec<String> = Vec::with_capacity(levels.len());
    for level in levels {
        match day.map_or(Labelled::Not, |day| labelled(form, level, day)) {
            Labelled::Not => bare.push((*level).to_owned()),
            Labelled::Same(rest) if rest.is_empty() => {}
            Labelled::Same(rest) => bare.push(rest),
            Labelled::Other => return (Head::OtherDay, whole),
        }
    }
    let Some(last) = bare.last() else { return (Head::Unknown, whole) };
    let above = bare[..bare.len() - 1].iter().rev();
    for above in above {
        let known = |together: String| form.column_for(&together);
        let found =
            known(format!("{above}{last}")).or_else(|| known(format!("{last}{above}"))).or_else(|| {
                // A note in brackets that the form does not know says nothing: what is above alone would be a guess.
                known(format!("{above}({last})")).filter(|column| form.column_for(above) != Some(*column))
            });
        if let Some(column) = found {
            return (Head::Column(column), whole);
        }
    }
    if let Some(column) = form.column_for(last) {
        return (Head::Column(column), title);
    }
    if day.is_some() && bare.len() == 1 && DAYS.contains(&fold(last).as_str()) {
        return (Head::Day, title);
    }
    (Head::Unknown, whole)
}

/// Whether a header is labelled with a day.
enum Labelled {
    Not,
    /// With the report's; what else it says.
    Same(String),
    Other,
}

fn labelled(form: &Form, header: &str, day: NaiveDate) -> Labelled {
    let plain: String = header.chars().map(half_width).collect();
    let plain = plain.trim();
    let part = |text: &str| {
        let text = text.trim().trim_matches(['(', ')']);
        text.is_empty()
            || text.chars().count() <= 4 && text.chars().all(|c| "上午下中早晚晨间次第一二三".contains(c))
            || form.column_for(text).is_some()
    };
    let told = |said: &str, rest: &str| {
        let found = date::date(said.trim(), Some(day)).ok()?;
        part(rest)
            .then(|| if found == day { Labelled::Same(rest.trim().to_owned()) } else { Labelled::Other })
    };
    // 2月16日体温
    let width = plain.find(|c: char| !c.is_ascii_digit() && !"-/.年月".contains(c)).unwrap_or(plain.len());
    let (said, rest) = plain.split_at(width);
    let (said, rest) = match rest.strip_prefix(['日', '号']) {
        Some(behind) => (format!("{said}日"), behind),
        None => (said.to_owned(), rest),
    };
    let looks = |said: &str| {
        let groups = said.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
        groups >= 2 || said.len() == 8
    };
    if looks(&said)
        && let Some(found) = told(&said, rest)
    {
        return found;
    }
    // 体温(2月16日)
    if let Some((before, note)) = plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && looks(note)
        && let Some(found) = told(note, before)
    {
        return found;
    }
    Labelled::Not
}

/// The blocks that begin with a header of so many rows.
fn heads(form: &Form, sheet: &Sheet, at: usize, depth: usize, day: Option<NaiveDate>) -> Vec<Mapping> {
    let mut cols: Vec<u16> = (at..(at + depth).min(sheet.len()))
        .flat_map(|row| sheet.row(row).iter().map(|cell| cell.col))
        .collect();
    cols.sort_unstable();
    cols.dedup();
    let begin = |from: u16| Mapping {
        header: at,
        depth,
        to: sheet.len(),
        span: (from, u16::MAX),
        columns: vec![None; form.columns.len()],
        titles: Vec::new(),
        unknown: Vec::new(),
        twice: Vec::new(),
        other_days: Vec::new(),
        day: None,
    };
    let of = |name: &str| form.index_of(name);
    let who = Who { no: of("no"), name: of("name"), seq: of("seq") };
    let all: Vec<(u16, Head, String)> = cols
        .into_iter()
        .map(|col| {
            let (head, title) = head(form, &levels(sheet, at, depth, col), day);
            (col, head, title)
        })
        .collect();
    let mut out = vec![begin(0)];
    for (place, (col, head, title)) in all.iter().enumerate() {
        let (col, title) = (*col, title.clone());
        let Some(mut block) = out.pop() else { break };
        match *head {
            Head::Column(column) if block.columns[column].is_none() => block.columns[column] = Some(col),
            Head::Column(column)
                if who.is_one(column)
                    && who.name.is_none_or(|name| block.columns[name].is_some())
                    && who.begins(form, column, &all[place + 1..]) =>
            {
                // Somebody else's columns begin beside these.
                block.span.1 = col.saturating_sub(1);
                out.push(block);
                block = begin(col);
                block.columns[column] = Some(col);
            }
            Head::Column(_) => block.twice.push(title.clone()),
            Head::Day if block.day.is_none() => block.day = Some(col),
            Head::OtherDay => block.other_days.push(title.clone()),
            Head::Day | Head::Unknown if fold(&title).is_empty() => {}
            Head::Day | Head::Unknown if form.ignores(&title) => {}
            Head::Day | Head::Unknown => block.unknown.push(title.clone()),
        }
        block.titles.push((col, title));
        out.push(block);
    }
    keep(form, out)
}

/// The columns of a form that say who somebody is.
struct Who {
    no: Option<usize>,
    name: Option<usize>,
    seq: Option<usize>,
}

impl Who {
    fn is_one(&self, column: usize) -> bool {
        [self.no, self.name, self.seq].contains(&Some(column))
    }

    /// Whether somebody else's columns begin with one that stands already: a number begins them where a name comes with
    /// it (学号 姓名 工号 has but two numbers of the same person).
    fn begins(&self, form: &Form, column: usize, behind: &[(u16, Head, String)]) -> bool {
        if self.name.is_none() || Some(column) == self.name {
            return true;
        }
        let (mut seen, mut answered) = (vec![column], false);
        for (_, head, _) in behind {
            match *head {
                Head::Column(next) if Some(next) == self.name => return true,
                Head::Column(next) if self.is_one(next) => {
                    if answered || seen.contains(&next) {
                        return false;
                    }
                    seen.push(next);
                }
                Head::Column(next) => answered |= form.columns[next].is_answer(),
                Head::Day | Head::OtherDay | Head::Unknown => {}
            }
        }
        false
    }
}

/// The blocks that are in the form. The columns of one that is not repeat those of the block before.
fn keep(form: &Form, all: Vec<Mapping>) -> Vec<Mapping> {
    let mut out: Vec<Mapping> = Vec::new();
    for block in all {
        match out.last_mut() {
            _ if fits(form, &block) || numbered(form, &block).is_some_and(|block| fits(form, &block)) => {
                out.push(block);
            }
            None => return Vec::new(),
            Some(before) => {
                before.span.1 = block.span.1;
                let mapped = |col: &u16| block.columns.contains(&Some(*col));
                before.twice.extend(
                    block.titles.iter().filter(|(col, _)| mapped(col)).map(|(_, title)| title.clone()),
                );
                before.unknown.extend(block.unknown);
                before.twice.extend(block.twice);
                before.other_days.extend(block.other_days);
                before.titles.extend(block.titles);
            }
        }
    }
    out
}

/// A block whose `No` beside `Name` is taken for the person's number.
fn numbered(form: &Form, found: &Mapping) -> Option<Mapping> {
    let (seq, no, name) = (form.index_of("seq")?, form.index_of("no")?, form.index_of("name")?);
    let (column, None, named) = (found.columns[seq]?, found.columns[no], found.columns[name]?) else {
        return None;
    };
    if !is_number_header(found.title(column)) || !found.title(named).is_ascii() {
        return None;
    }
    let mut out = found.clone();
    out.columns[no] = out.columns[seq].take();
    Some(out)
}

/// `No` beside `Name` is a person's number, beside 姓名 the running number of the rows; and a running number it is
/// wherever it runs: nobody is to become number 3 because the row was the third. One or the other it is in the whole sheet.
fn english_number(form: &Form, sheet: &Sheet, all: &mut [Mapping]) {
    let Some((seq, name)) = form.index_of("seq").zip(form.index_of("name")) else { return };
    let (mut some, mut runs, mut last) = (false, true, 0_u32);
    for block in all.iter().filter(|block| numbered(form, block).is_some()) {
        let Some((column, named)) = block.columns[seq].zip(block.columns[name]) else { continue };
        let mut before = None;
        for row in block.header + block.depth..block.to.min(sheet.len()) {
            let text = |col: u16| {
                let cell = cell_at(sheet, row, col)?;
                Some(sheet.text(cell).trim()).filter(|text| !text.is_empty())
            };
            // A row without a name is nobody: a total, a signature.
            let (Some(_), Some(said)) = (text(named), text(column)) else { continue };
            some = true;
            // 01, 02 … runs as well, and so does 1.0 of a spreadsheet; below headers repeated it goes on or begins again.
            let fits = said.trim_end_matches(".0").parse::<u32>().ok().filter(|number| match before {
                Some(before) => Some(*number) == u32::checked_add(before, 1),
                None => *number == 1 || Some(*number) == last.checked_add(1),
            });
            runs &= fits.is_some();
            before = fits.or(before);
        }
        last = before.unwrap_or(last);
    }
    if !(some && runs) {
        for block in all {
            if let Some(numbered) = numbered(form, block) {
                *block = numbered;
            }
        }
    }
}
