//! A sheet of an unknown form → what its columns seem to be: a form file to be corrected by hand.
//!
//! The header row is the one most of whose cells are headers that some form knows; a second one below it (上午, 下午 under
//! 体温) is joined to it. A column is known by its header, unless its cells say otherwise (a temperature of 3 is the number of
//! an option); else by its cells alone. What is shown of the cells is masked: the file goes into the log once it is used.

use super::cells::{Cell, Cells, Mark, Sheet, place};
use crate::domain::field::{Field, Type, known};
use crate::domain::form::{Column, Form, What};
use crate::domain::mask::masked;
use crate::domain::text::fold;
use crate::error::{Error, Result};
use crate::i18n::form_file as words;
use crate::i18n::intake::no_header;
use crate::store::query::roster::{Roster, name_key};
use std::collections::{BTreeMap, HashMap, HashSet};

pub mod said;
mod write;

pub use crate::domain::columns::{Choices, Guess, Guessed, Is, Said, ToCheck};

/// The header row is looked for in the first rows that have anything in them.
const HEADER_WITHIN: usize = 10;
/// More different words than this are no list of codes.
const MOST_CODES: usize = 16;
/// How many samples are shown.
const SAMPLES: usize = 3;
/// Of a hundred cells, so many are read in the type of their column.
const SURE: usize = 85;

/// What the form is called, and who may stand in it.
#[derive(Clone)]
pub struct Asked<'a> {
    /// Its name.
    pub name: String,
    /// What its sheets bring.
    pub what: What,
    /// Its title.
    pub title: String,
    /// How a header is spelt in letters: its pinyin, in full and by initials, with blanks between.
    pub spell: fn(&str) -> String,
    /// People, whose numbers and names are known whatever the header.
    pub people: Option<&'a Roster>,
    /// What was said of its columns.
    pub said: &'a Choices,
    /// It is looked at column by column before it is used: where no header is known at all the first row that can be one
    /// is it, and a column that no form knows is kept as it is written, unless it looks like temperatures.
    pub any_header: bool,
}

/// Guesses the form of a file.
///
/// # Errors
/// There is no header row.
pub fn guess(cells: &Cells, forms: &[Form], asked: &Asked<'_>) -> Result<Guess> {
    let known = Headers::new(forms, asked.what);
    let visible = || cells.sheets.iter().filter(|sheet| !sheet.hidden);
    let best = visible().filter_map(|sheet| known.row_of(sheet).map(|(at, score)| (score, at, sheet)));
    let best = best.max_by_key(|(score, at, _)| (*score, std::cmp::Reverse(*at)));
    let any = || {
        let heads =
            visible().filter_map(|sheet| any_row_of(sheet, asked.people).map(|(at, wide)| (wide, at, sheet)));
        heads.max_by_key(|(wide, at, _)| (*wide, std::cmp::Reverse(*at))).filter(|_| asked.any_header)
    };
    let Some((_, at, sheet)) = best.or_else(any) else {
        return Err(Error::file(no_header(asked.what)).hint(words::NO_HEADER_HINT));
    };
    let table = Table::new(sheet, at, &known);
    let version = forms.iter().filter(|form| form.id.name == asked.name).map(|form| form.id.version).max();
    let mut out = Guess {
        name: asked.name.clone(),
        version: version.map_or(1, |last| last.saturating_add(1)),
        what: asked.what,
        title: asked.title.clone(),
        sheet: sheet.name.clone(),
        header_rows: table.header_rows.clone(),
        rows: table.rows,
        columns: Vec::new(),
        ignored: Vec::new(),
        left: Vec::new(),
    };
    let mut taken: HashSet<String> = said::taken(asked.said);
    let mut headed: HashMap<String, String> = HashMap::new();
    for column in &table.columns {
        let (header, place) = (fold(&column.headers[0]), letters(column.col));
        if asked.any_header
            && let Some(first) = headed.get(&header)
        {
            // A form knows columns by their headers: the first of two is read, as it is where a form knows them.
            let left = said::own(column, asked, &taken);
            out.left.push(Guessed { repeats: Some(first.clone()), ..left });
            continue;
        }
        headed.insert(header, place);
        let said = asked.said.get(&letters(column.col));
        if let Some(said) = said.filter(|said| said.is != Is::Nothing)
            && let Some(found) = known.said(column, asked, said, &taken)
        {
            taken.insert(found.field.clone());
            out.columns.push(found);
            continue;
        }
        let mut found = known.guess(column, asked, &taken);
        if asked.any_header {
            found = said::as_it_is(column, asked, &taken, found);
        }
        if said.is_some() {
            out.ignored.push(column.headers[0].clone());
            out.left.push(found);
            continue;
        }
        let fits = match out.what {
            What::Report => true,
            What::Roster | What::Units => found.known && found.by_header,
        };
        if column.cells.is_empty() && !found.by_header || !fits {
            out.ignored.push(column.headers[0].clone());
            out.left.push(found);
            continue;
        }
        taken.insert(found.field.clone());
        let pair = out.columns.last().and_then(|before| table.pairs(before, &found));
        match pair {
            Some(pair) => pair.join(&mut out.columns, found),
            None => out.columns.push(found),
        }
    }
    Ok(out)
}

/// The headers that forms know.
struct Headers<'f> {
    forms: Vec<&'f Form>,
}

impl<'f> Headers<'f> {
    /// Those of the kind first, the staff form before the others and the newest version first; a report may have what a
    /// roster has.
    fn new(forms: &'f [Form], what: What) -> Self {
        let mut forms: Vec<&Form> = forms
            .iter()
            .filter(|form| form.what == what || what == What::Report && form.what == What::Roster)
            .collect();
        forms.sort_by_key(|form| {
            (form.what != what, form.id.name != "staff", std::cmp::Reverse(form.id.version))
        });
        Self { forms }
    }

    fn column(&self, header: &str) -> Option<&'f Column> {
        self.forms.iter().find_map(|form| form.column_for(header).map(|at| &form.columns[at]))
    }

    /// Which row is the header, and how well it is known.
    fn row_of(&self, sheet: &Sheet) -> Option<(usize, usize)> {
        let rows = (0..sheet.len().min(HEADER_WITHIN)).filter_map(|at| {
            let cells = sheet.row(at);
            let known = cells.iter().filter(|cell| self.column(sheet.text(cell)).is_some()).count();
            let plain = cells.iter().filter(|cell| is_heading(sheet.text(cell))).count();
            // A title over the table is one cell; a row of data has numbers in it.
            (known >= 1 && plain >= 2).then_some((at, known * 4 + plain))
        });
        rows.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

/// The first row of several cells, if all of them can be headings and none is somebody: a header of words that no form
/// knows. Of a list without a header nobody's row is taken for one.
fn any_row_of(sheet: &Sheet, people: Option<&Roster>) -> Option<(usize, usize)> {
    let is_somebody = |text: &str| {
        let known = |people: &Roster| {
            people.person(text).is_some() || people.people_named(&name_key(text)).next().is_some()
        };
        people.is_some_and(known)
    };
    let is_head = |cell: &Cell| {
        let text = sheet.text(cell).trim();
        cell.mark == Mark::Text && is_heading(text) && !is_somebody(text)
    };
    let within = sheet.len().saturating_sub(1).min(HEADER_WITHIN);
    let at = (0..within).find(|at| sheet.row(*at).len() >= 2)?;
    let wide = sheet.row(at).len();
    (sheet.row(at).iter().all(is_head) && sheet.row(at + 1).len() * 2 >= wide).then_some((at, wide))
}

/// Whether a cell can be the head of a column.
fn is_heading(text: &str) -> bool {
    let text = text.trim();
    let long = text.chars().count() > 40;
    !text.is_empty() && !long && !text.chars().all(|c| c.is_ascii_digit() || ".-/:% ".contains(c))
}

/// A column of the sheet as it stands there.
struct Standing<'a> {
    col: u16,
    headers: Vec<String>,
    /// Row and text.
    cells: Vec<(usize, &'a str)>,
}

/// The part of a sheet below its header.
struct Table<'a> {
    columns: Vec<Standing<'a>>,
    header_rows: Vec<u32>,
    rows: usize,
}

impl<'a> Table<'a> {
    fn new(sheet: &'a Sheet, at: usize, known: &Headers<'_>) -> Self {
        let number = |at: usize| sheet.row(at).first().map_or(0, |cell| cell.row + 1);
        let heads: Vec<(u16, &str)> =
            sheet.row(at).iter().map(|cell| (cell.col, sheet.text(cell).trim())).collect();
        let second = Self::second(sheet, at, &heads, known);
        let mut columns: Vec<Standing<'a>> = Vec::new();
        let mut upper = "";
        let last =
            sheet.row(at).iter().chain(second.iter().flat_map(|at| sheet.row(*at))).map(|c| c.col).max();
        for col in 0..=last.unwrap_or(0) {
            let of =
                |at: usize| sheet.row(at).iter().find(|cell| cell.col == col).map(|c| sheet.text(c).trim());
            let first = of(at);
            let below = second.and_then(of);
            let headers = match (first, below) {
                (Some(head), None) => vec![head.to_owned()],
                (head, Some(below)) => {
                    let above = head.unwrap_or(upper);
                    joined(above, below)
                }
                (None, None) => continue,
            };
            upper = first.unwrap_or(upper);
            columns.push(Standing { col, headers, cells: Vec::new() });
        }
        let from = second.unwrap_or(at) + 1;
        let places: HashMap<u16, usize> =
            columns.iter().enumerate().map(|(place, column)| (column.col, place)).collect();
        let mut rows = 0;
        for row in from..sheet.len() {
            let cells = sheet.row(row);
            let first = cells.first().map_or_else(String::new, |cell| fold(sheet.text(cell)));
            if super::plan::rows::NOT_ROWS.iter().any(|word| first.starts_with(word)) {
                continue;
            }
            rows += 1;
            for cell in cells.iter().filter(|cell| !matches!(cell.mark, Mark::Error | Mark::Lossy)) {
                if let Some(place) = places.get(&cell.col) {
                    columns[*place].cells.push((row, sheet.text(cell).trim()));
                }
            }
        }
        let header_rows = [Some(at), second].into_iter().flatten().map(number).collect();
        Self { columns, header_rows, rows }
    }

    /// A second row of headers: every cell of it is a heading, and some stand where the first row has none, or repeats
    /// what was merged over them.
    fn second(sheet: &Sheet, at: usize, heads: &[(u16, &str)], known: &Headers<'_>) -> Option<usize> {
        let below = at + 1;
        let cells = (below + 1 < sheet.len()).then(|| sheet.row(below))?;
        let next = sheet.row(at).first()?.row + 1 == cells.first()?.row;
        let all = cells.iter().all(|cell| is_heading(sheet.text(cell)));
        let head = |col: u16| heads.iter().find(|(at, _)| *at == col).map(|(_, text)| *text);
        let under = cells.iter().filter(|cell| {
            let text = sheet.text(cell).trim();
            let over = head(cell.col);
            let joins = |over: &str| joined(over, text).iter().any(|both| known.column(both).is_some());
            let repeated = over.is_some_and(|own| heads.iter().filter(|(_, text)| *text == own).count() > 1);
            over.is_none() || repeated || over.is_some_and(|over| over != text && joins(over))
        });
        // The people's own row has a name and a number in it, under heads of their own.
        let under = under.count();
        // Those that are merged over both rows say nothing of it.
        let merged = |cell: &&Cell| sheet.is_filled(cell.row, cell.col);
        let own = cells.len() - cells.iter().filter(merged).count();
        (next && all && under >= 2 && under * 2 >= own).then_some(below)
    }

    /// Whether a column repeats the codes of the one before it in words.
    fn pairs(&self, before: &Guessed, found: &Guessed) -> Option<Pair> {
        let coded =
            matches!(before.kind, Type::Code | Type::Bool) && !before.by_header && before.same_as.is_none();
        if !coded || found.kind != Type::Code {
            return None;
        }
        let column = |place: &str| self.columns.iter().find(|column| letters(column.col) == place);
        let (codes, said) = (column(&before.place)?, column(&found.place)?);
        let rows: HashMap<usize, &str> = said.cells.iter().copied().collect();
        let mut together: BTreeMap<&str, HashMap<&str, usize>> = BTreeMap::new();
        for (row, code) in &codes.cells {
            if let Some(word) = rows.get(row) {
                *together.entry(code).or_default().entry(word).or_default() += 1;
            }
        }
        let digits = |(_, text): &(usize, &str)| text.chars().all(|c| c.is_ascii_digit());
        if together.len() < 2 || !codes.cells.iter().all(digits) || said.cells.iter().any(digits) {
            return None;
        }
        // A list the program knows keeps its codes.
        let means = |word: &str| {
            let known =
                found.codes.iter().find(|(code, says)| *code == word || says.iter().any(|one| one == word));
            known.map_or_else(|| word.to_owned(), |(code, _)| code.clone())
        };
        let mut words = found.codes.clone();
        let mut sheet_says: HashMap<&str, String> = HashMap::new();
        let mut contradicts = 0;
        for (code, said) in together {
            let (word, most) =
                said.iter().max_by_key(|(word, count)| (**count, std::cmp::Reverse(**word)))?;
            contradicts += said.values().sum::<usize>() - most;
            sheet_says.insert(code, means(word));
            words.entry(means(word)).or_insert_with(|| vec![(*word).to_owned()]).push(code.to_owned());
        }
        // What the sheet says of a number goes before what the list had it for.
        for (code, says) in &mut words {
            says.retain(|one| sheet_says.get(one.as_str()).is_none_or(|own| own == code));
            let mut once = HashSet::new();
            says.retain(|one| once.insert(fold(one)));
        }
        // Words that go with any number are no repetition of it.
        (words.len() > 1 && contradicts * 10 <= codes.cells.len()).then_some(Pair { words, contradicts })
    }
}

/// A column of codes and one of words.
struct Pair {
    words: BTreeMap<String, Vec<String>>,
    contradicts: usize,
}

impl Pair {
    fn join(self, columns: &mut Vec<Guessed>, mut second: Guessed) {
        if let Some(first) = columns.last_mut() {
            first.kind = Type::Code;
            if second.by_header {
                // The words say which field it is.
                first.field = std::mem::take(&mut second.field);
                first.known = true;
                second.field = format!("{}_words", first.field);
                second.known = false;
            }
            first.codes = self.words;
            first.doubt = (self.contradicts > 0).then_some(ToCheck::Contradicts);
            second.codes.clear();
            second.same_as = Some(first.field.clone());
        }
        columns.push(second);
    }
}

/// How two headers, one over the other, are said in one.
fn joined(above: &str, below: &str) -> Vec<String> {
    if above.is_empty() || above == below {
        return vec![below.to_owned()];
    }
    vec![format!("{below}{above}"), format!("{above}{below}"), format!("{above}（{below}）")]
}

/// A column as a spreadsheet names it.
fn letters(col: u16) -> String {
    place(0, u32::from(col)).trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
}

impl Headers<'_> {
    fn guess(&self, standing: &Standing<'_>, asked: &Asked<'_>, taken: &HashSet<String>) -> Guessed {
        let texts: Vec<&str> = standing.cells.iter().map(|(_, text)| *text).collect();
        let headed = standing.headers.iter().find_map(|header| self.column(header));
        let headed = headed.filter(|column| !taken.contains(&column.field.name));
        let mut doubt = None;
        let mut headers = standing.headers.clone();
        let out = headed.and_then(|column| {
            let read = texts.iter().filter(|text| column.field.read(text, None).is_ok()).count();
            let coded = matches!(column.field.kind, Type::Code | Type::Codes);
            // A list that lacks some words is the list still.
            let least = if coded { 1 } else { texts.len() * SURE / 100 };
            if !texts.is_empty() && read < least {
                doubt = Some(ToCheck::NotAsHeaded);
                return None;
            }
            Some((
                column.field.name.clone(),
                column.field.kind,
                column.field.codes.clone(),
                texts.len() - read,
            ))
        });
        let by_header = out.is_some();
        let words = headed.filter(|_| by_header);
        let words = words.map(|column| said::words_of(standing, asked.people, &column.field));
        let (field, kind, mut codes, unread) = out.unwrap_or_else(|| {
            let (kind, unread) = match by_cells(&texts) {
                // A few names are no list of codes: they would stand in the form's file, and that in the log.
                (Type::Code, _) if is_of_people(standing, &texts, asked.people) => (Type::Name, 0),
                found => found,
            };
            let who = asked
                .people
                .and_then(|people| who(&texts, people))
                .or_else(|| who_by_words(standing, &texts));
            match who.filter(|(field, _)| !taken.contains(*field)) {
                Some((field, kind)) => (field.to_owned(), kind, BTreeMap::new(), 0),
                None => (
                    own_name(&standing.headers[0], standing.col, asked.spell, taken),
                    kind,
                    BTreeMap::new(),
                    unread,
                ),
            }
        });
        let mut distinct: BTreeMap<&str, usize> = BTreeMap::new();
        for text in &texts {
            *distinct.entry(text).or_default() += 1;
        }
        if kind == Type::Code {
            let all: HashSet<String> =
                codes.values().flatten().chain(codes.keys()).map(|word| fold(word)).collect();
            for word in distinct.keys().filter(|word| !all.contains(&fold(word))).take(MOST_CODES) {
                if !by_header {
                    codes.insert((*word).to_owned(), vec![(*word).to_owned()]);
                }
            }
        }
        let digits =
            |all: &BTreeMap<&str, usize>| all.keys().all(|word| word.chars().all(|c| c.is_ascii_digit()));
        if kind == Type::Bool && codes.is_empty() && !distinct.is_empty() && digits(&distinct) {
            doubt = doubt.or(Some(ToCheck::ZeroOne));
        }
        if kind == Type::Code && !by_header && digits(&distinct) {
            doubt = doubt.or(Some(ToCheck::Numbers));
        }
        if kind == Type::Date && digits(&distinct) && !distinct.is_empty() {
            doubt = doubt.or(Some(ToCheck::Day));
        }
        headers.dedup();
        let known = known(&field).is_some();
        let of_birth = kind == Type::Date && is_of_birth(&standing.headers);
        let samples = if of_birth { Vec::new() } else { samples(&field, kind, &distinct) };
        let place = letters(standing.col);
        Guessed {
            place,
            headers,
            field,
            kind,
            known,
            by_header,
            codes,
            same_as: None,
            filled: texts.len(),
            unread,
            words: words.unwrap_or_default(),
            repeats: None,
            samples,
            doubt,
        }
    }
}

/// Whether days below a header are those of births: they are somebody's own, and of any year.
fn is_of_birth(headers: &[String]) -> bool {
    let is = |header: &String| ["出生", "生日", "birth"].iter().any(|word| fold(header).contains(word));
    headers.iter().any(is)
}

/// Whether the cells are the numbers or the names of people on the roster.
fn who(texts: &[&str], people: &Roster) -> Option<(&'static str, Type)> {
    let most = |count: usize| !texts.is_empty() && count * 100 >= texts.len() * SURE;
    let numbers = texts.iter().filter(|text| people.person(text).is_some()).count();
    let named = |text: &&&str| people.people_named(&name_key(text)).next().is_some();
    if most(numbers) {
        Some(("no", Type::No))
    } else if most(texts.iter().filter(named).count()) {
        Some(("name", Type::Name))
    } else {
        None
    }
}

/// Whether the header speaks of people and the cells are names or numbers, each of somebody else.
fn who_by_words(standing: &Standing<'_>, texts: &[&str]) -> Option<(&'static str, Type)> {
    let header = fold(&standing.headers[0]);
    let distinct = texts.iter().collect::<HashSet<_>>().len();
    let most = |fits: &dyn Fn(&str) -> bool| {
        texts.len() > 1 && texts.iter().filter(|text| fits(text)).count() * 100 >= texts.len() * SURE
    };
    let each = distinct * 3 >= texts.len() * 2;
    let has = |words: &[&str]| words.iter().any(|word| header.contains(word));
    let is_no = |text: &str| {
        text.len() >= 4
            && text.bytes().all(|b| b.is_ascii_alphanumeric())
            && text.bytes().any(|b| b.is_ascii_digit())
    };
    if each && has(&["人", "名", "员", "name"]) && most(&is_name_shaped) {
        Some(("name", Type::Name))
    } else if each && has(&["号", "编码", "代码", "no", "id"]) && most(&is_no) {
        Some(("no", Type::No))
    } else {
        None
    }
}

/// Words of headers below which people are named, and those of their kinds and numbers.
const PEOPLE: &[&str] = &[
    "人", "员", "师", "导", "长", "名", "主任", "书记", "负责", "联系", "教练", "医生", "name", "teacher",
    "tutor", "head", "by",
];
const NOT_PEOPLE: &[&str] =
    &["类别", "类型", "性质", "身份", "状态", "情况", "是否", "数", "地", "关系", "kind", "type", "status"];

/// The commonest surnames.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

/// Whether the cells are the names of people: by the roster, by the header and their shape, or by their surnames.
fn is_of_people(standing: &Standing<'_>, texts: &[&str], people: Option<&Roster>) -> bool {
    let distinct: HashSet<&str> = texts.iter().copied().collect();
    let most = |fits: &dyn Fn(&str) -> bool| {
        !distinct.is_empty()
            && distinct.iter().filter(|text| fits(text)).count() * 100 >= distinct.len() * SURE
    };
    let on_roster =
        |text: &str| people.is_some_and(|people| people.people_named(&name_key(text)).next().is_some());
    let header = fold(&standing.headers.concat());
    let has = |words: &[&str]| words.iter().any(|word| header.contains(word));
    let surnamed = |text: &str| is_name_shaped(text) && text.starts_with(|c| SURNAMES.contains(c));
    most(&on_roster)
        || has(PEOPLE) && !has(NOT_PEOPLE) && most(&is_name_shaped)
        || distinct.len() > 1 && most(&surnamed)
}

/// Two to four characters, or two or three words each beginning with a capital.
fn is_name_shaped(text: &str) -> bool {
    let chinese = text.chars().all(|c| c >= '\u{3400}' || c == '·');
    let words: Vec<&str> = text.split_whitespace().collect();
    let latin = (2..=3).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic));
    chinese && (2..=4).contains(&text.chars().count()) || latin
}

/// How the cells of a column read best, and how many of them do not.
fn by_cells(texts: &[&str]) -> (Type, usize) {
    let distinct: HashSet<&str> = texts.iter().copied().collect();
    let fits = |kind: Type, looks: &dyn Fn(&str) -> bool| {
        let field = Field::plain("x", kind)?;
        let good = |text: &&&str| looks(text) && field.read(text, None).is_ok();
        let read = texts.iter().filter(good).count();
        (!texts.is_empty() && read * 100 >= texts.len() * SURE).then_some((kind, texts.len() - read))
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let year = |text: &str| text.starts_with("19") || text.starts_with("20");
    let dated = |text: &str| {
        text.contains(['-', '/', '年', '月', '.']) && digits(text) >= 3 || digits(text) == 8 && year(text)
    };
    let is_long = |text: &str| digits(text) >= 7 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    let few = distinct.len() <= MOST_CODES && texts.len() >= distinct.len() * 2;
    let short = distinct.iter().all(|text| text.chars().count() <= 12);
    fits(Type::Id, &|text| digits(text) >= 15)
        .or_else(|| fits(Type::Phone, &|text| digits(text) == 11 && text.starts_with('1')))
        .or_else(|| fits(Type::Bool, &|_| distinct.len() <= 6))
        .or_else(|| fits(Type::Temp, &|text| text.contains('.') || text.contains('℃')))
        .or_else(|| fits(Type::DateTime, &|text| text.contains(':') && dated(text)))
        .or_else(|| fits(Type::Date, &dated))
        .or_else(|| fits(Type::Time, &|text| text.contains([':', '：'])))
        // Digits as many as those of telephones and students are somebody's.
        .or_else(|| fits(Type::No, &|text| few && is_long(text)))
        .or_else(|| (few && short && !texts.is_empty()).then_some((Type::Code, 0)))
        .or_else(|| fits(Type::Integer, &|_| true))
        .unwrap_or((Type::Text, 0))
}

/// A name for a field of the office's own: the initials of its header, else its place.
fn own_name(header: &str, col: u16, spell: fn(&str) -> String, taken: &HashSet<String>) -> String {
    let kept: String = header.chars().filter(|c| c.is_alphanumeric()).take(8).collect();
    let plain = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let fits = lower.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        (!lower.is_empty() && fits).then_some(lower)
    };
    let length = kept.chars().count();
    let spelt = || {
        let keys = spell(&kept);
        keys.split(' ').find(|key| key.chars().count() == length).and_then(plain)
    };
    let base = plain(&kept)
        .or_else(spelt)
        .unwrap_or_else(|| format!("column_{}", letters(col).to_ascii_lowercase()));
    // A name the program knows has a meaning, which this column has not.
    let free = |name: &String| !taken.contains(name) && known(name).is_none();
    let numbered = (2..1000).map(|n| format!("{base}_{n}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}

/// Fields whose words are about nobody in particular.
const OPEN: &[&str] = &["province", "city", "transport", "site", "kind", "sex", "status", "observed_how"];

/// Some of the cells, the commonest first; what may be somebody's own is masked.
fn samples(field: &str, kind: Type, distinct: &BTreeMap<&str, usize>) -> Vec<String> {
    let mut all: Vec<(&str, usize)> = distinct.iter().map(|(text, count)| (*text, *count)).collect();
    all.sort_by_key(|(text, count)| (std::cmp::Reverse(*count), *text));
    let open = OPEN.contains(&field)
        || matches!(
            kind,
            Type::Bool | Type::Code | Type::Codes | Type::Date | Type::DateTime | Type::Time | Type::Temp
        );
    let show = |text: &str| match kind {
        _ if open => text.chars().take(24).collect(),
        Type::Phone | Type::Id | Type::No | Type::Integer => masked(text),
        // The first character of a text tells what kind it is.
        _ => text.chars().take(12).enumerate().map(|(at, c)| if at == 0 { c } else { '○' }).collect(),
    };
    let mut out: Vec<String> = Vec::new();
    for sample in all.into_iter().map(|(text, _)| show(text)) {
        if !out.contains(&sample) && out.len() < SAMPLES {
            out.push(sample);
        }
    }
    out
}
