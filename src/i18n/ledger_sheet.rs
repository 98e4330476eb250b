//! Sheets of registers: what stands above their columns, and what is said of their rows.

use super::ledger::label;
use crate::domain::ledger::Part;
use crate::say::Say;

/// A row of a sheet, with the key of its entry where it has one.
pub fn row_of(row: u32, key: &Say) -> Say {
    let with = |row: String, key: &str| if key.is_empty() { row } else { format!("{row}  {key}") };
    let Say { zh, en } = row_alone(row);
    Say { zh: with(zh, &key.zh), en: with(en, &key.en) }
}

/// Why a cell cannot be taken, with what stands there and of which entry it is, where that is known.
pub fn why_not(why: &Say, value: &str, key: &Say) -> Say {
    let said = |why: &str, cell: String, key: String, by: &str, (open, close): (&str, &str)| {
        let parts = [cell, key].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by);
        if parts.is_empty() { why.to_owned() } else { format!("{why}{open}{parts}{close}") }
    };
    let cell = if value.is_empty() { Say::default() } else { cell_holds(value) };
    let of = |key: &str, word: fn(&str) -> Say| if key.is_empty() { Say::default() } else { word(key) };
    let (zh, en) = (of(&key.zh, |key| of_entry(key)).zh, of(&key.en, |key| of_entry(key)).en);
    Say {
        zh: said(&why.zh, cell.zh, zh, "，", ("（", "）")),
        en: said(&why.en, cell.en, en, ", ", (" (", ")")),
    }
}

crate::words! {
    /// A row of a sheet.
    row_alone(row): "第 {row} 行", "row {row}";
    /// What stands in a cell.
    cell_holds(value): "这一格是“{value}”", "the cell holds \"{value}\"";
    /// Of which entry a row is.
    of_entry(key): "记录 {key}", "entry {key}";
    /// What to do about a sheet without the headers of the ledger.
    header_hint(zh, en, name): "前 10 行内应有一行表头，至少包含：{zh}；zhiban ledger check {name} 列出各栏，zhiban ledger export {name} --xlsx 文件 写出带表头的表", "One of the first 10 rows must be the header, with at least: {en}; zhiban ledger check {name} lists the fields, and zhiban ledger export {name} --xlsx FILE writes a sheet that has the header";
    /// The same of a ledger in which nothing must be filled.
    any_header_hint(zh, en, name): "前 10 行内应有一行表头，至少有这些中的一栏：{zh}；zhiban ledger check {name} 列出各栏，zhiban ledger export {name} --xlsx 文件 写出带表头的表", "One of the first 10 rows must be the header, with at least one of: {en}; zhiban ledger check {name} lists the fields, and zhiban ledger export {name} --xlsx FILE writes a sheet that has the header";
    /// What to do about a sheet without rows.
    NO_ROWS_HINT: "表头下面一行是一条记录；没有要登记的就不用导入", "Each row below the header is an entry; where there is nothing to enter, there is nothing to import";
    /// Above the column of a sheet with the number of a person.
    number_of(head): "{head}编号", "{head}, number";
    /// Above the column of a sheet that says what of a stock is used first.
    first_out_of(head): "{head}（先出）", "{head}, first out";
    /// Above the column of a sheet with the id of an entry.
    ENTRY_ID: "记录编号", "Entry id";
    /// Above the column of a sheet that says when an entry was written.
    WRITTEN_AT: "登记时间", "Written at";
    /// A number and a name that are not of the same person.
    not_called(no, name): "编号 {no} 的人不叫“{name}”", "the person with number {no} is not called \"{name}\"";
    /// Columns of a sheet that the ledger does not have.
    columns_unknown(zh, en): "台账里没有的列未读取：{zh}", "Columns that are not in the ledger were left out: {en}";
    /// Columns of a sheet that the program fills in.
    own_columns(zh, en): "由程序记录的栏不导入：{zh}（导入的记录由您现在登记）", "Columns that the program fills in were left out: {en} (what is imported is written now, by you)";
    /// Rows of a sheet in another state than entries begin in.
    states_left(rows, state): "状态不随表导入：这些行原来是别的状态，导入后从“{state}”开始：{rows}", "States are not taken in: these rows had another one and begin as \"{state}\": {rows}";
    /// Values of a sheet that are asked in another state alone.
    asked_later(column, rows): "“{column}”在开头的状态不填，未导入：{rows}", "\"{column}\" is not asked in the state in which entries begin, and was left out: {rows}";
    /// A line that belongs to no entry of the file.
    NO_ENTRY_OF_LINE: "在这份文件里找不到它所属的记录", "the entry it belongs to is not in this file";
    /// A line that may belong to several.
    SEVERAL_OF_LINE: "它所属的记录不止一条：请加上“记录编号”一栏", "it may belong to several entries: add the column \"Entry id\"";
    /// An entry of which a line cannot be taken.
    LINES_WRONG: "它的明细行有错", "a line of it is wrong";
}

/// What is said of a field without the field's own label before it: it stands below its header.
pub fn without_label(part: &Part, name: &str, said: Say) -> Say {
    let of = label(part, name);
    let bare = |said: String, of: &str, colon: &str| {
        let rest = said.strip_prefix(of).and_then(|rest| rest.strip_prefix(colon)).map(str::to_owned);
        rest.unwrap_or(said)
    };
    Say { zh: bare(said.zh, &of.zh, "："), en: bare(said.en, &of.en, ": ") }
}
