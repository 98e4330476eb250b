//! Words of imports: why a file or a row is refused, and the plan. Each reason says what, where, and what to do.

use crate::domain::field::{Field, LONGEST};
use crate::domain::form::file::{MAX_CELLS, MAX_COLUMNS, MAX_FILE, MAX_ROWS, MAX_SHEETS, Refusal};
use crate::domain::form::value::Flaw;
use crate::domain::form::{Column, FormError, FormFault, What};
pub use crate::i18n::common::PLEASE_NOTE as PLAN_WARNINGS;
pub use crate::i18n::common::REPORT as BLANK_REPORT;
pub use crate::i18n::common::ROSTER as BLANK_ROSTER;
pub use crate::i18n::common::UNITS as BLANK_UNITS;
use crate::say::{Say, Word};

crate::words! {
    /// The reader died.
    unsafe_file(name): "「{name}」无法安全读取，未导入任何内容", "\"{name}\" could not be read safely; nothing was imported";
    /// What to do when the reader died.
    UNSAFE_HINT: "请用表格软件打开后另存为新的 .xlsx 或 .csv 再试", "Open it in a spreadsheet program, save it as a new .xlsx or .csv, and try again";
    /// The wall clock ran out.
    too_slow(name): "「{name}」读取超时，未导入任何内容", "Reading \"{name}\" took too long; nothing was imported";
    /// The officer stopped it.
    STOPPED: "已停止，未导入任何内容", "Stopped; nothing was imported";
    /// Not a plain file.
    not_a_file(name): "「{name}」不是文件", "\"{name}\" is not a file";
    /// No such file.
    not_found(name): "找不到文件「{name}」", "There is no file \"{name}\"";
    /// No permission.
    not_permitted(name): "没有读取「{name}」的权限", "No permission to read \"{name}\"";
    /// Another failure of the machine.
    not_readable(name, why): "无法读取「{name}」：{why}", "\"{name}\" cannot be read: {why}";

    /// What is put behind it in the file's name.
    BLANK_FILE: "空表", "blank";
    /// Only one sheet at a time.
    ONE_BLANK: "一次只写一份空表，请只写一个文件名", "One empty sheet is written at a time: name one file";
    /// What is written is a workbook.
    BLANK_ENDING: "空表是 .xlsx 工作簿，文件名请以 .xlsx 结尾", "The empty sheet is a workbook: its name must end in .xlsx";
    /// It was written.
    blank_written(path): "已写入 {path}：在表头下逐行填写，填好后导入", "Written to {path}: fill in a row for each below the headers, then import it";

    /// `import report` without a day.
    DAY_MISSING: "请用 --date 说明是哪一天的日报", "Say which day the report is for with --date";
    /// A report for a day to come.
    day_ahead(day): "{day} 还没有到，不能有日报", "{day} has not come yet; there can be no report for it";
    /// What to do about it.
    DAY_AHEAD_HINT: "请检查 --date", "Check --date";
    /// No form of that name.
    no_such_form(wanted, known): "没有采集表「{wanted}」，现有：{known}", "There is no form \"{wanted}\"; known: {known}";
    /// How to name the kind of file.
    looks_like_hint(what): "若确是如此，请改用 import {what}", "If so, use import {what}";
    /// What a header row needs.
    header_hint(zh, en): "前 10 行内应有一行表头，至少包含：{zh}；也可用 --form 指定采集表，或用 import --blank 生成空表", "One of the first 10 rows must be the header, with at least: {en}; or name the form with --form, or begin with an empty sheet from import --blank";
    /// A value that is none of a list.
    not_listed(zh, en): "不在可选项中；可填：{zh}", "not in the list; one of: {en}";
    /// A file without rows.
    no_rows(name): "「{name}」有表头但没有数据行", "\"{name}\" has a header but no rows";
    /// What to do about a file without rows.
    NO_ROWS_HINT: "若为零报告，请登记为零报告（zhiban received 单位 --zero）", "If it means nothing to report, record a zero report (zhiban received UNIT --zero)";
    /// The file of the running program is not there any longer.
    PROGRAM_GONE: "值班台的程序文件已被替换或移走，读不了表格", "The program's own file was replaced or moved away: sheets cannot be read";
    /// What to do about it.
    PROGRAM_GONE_HINT: "退出后重新打开值班台，再导入；已登记的都在", "Quit, open the desk again, and import then; nothing that was entered is lost";
    /// A sheet that could be read too.
    other_sheet_read(name, other): "工作表「{name}」未读取：读的是「{other}」", "The sheet \"{name}\" was left out: \"{other}\" was read";
    /// `--unit` names no unit.
    unit_unknown(text): "没有单位「{text}」", "There is no unit \"{text}\"";
    /// What to do about it.
    UNIT_UNKNOWN_HINT: "zhiban list units 看单位名册；没有的请先导入", "See zhiban list units; import the units or the roster first if it is missing there";

    /// A file whose name says something else.
    really(name, is): "「{name}」的内容其实是 .{is}，已按内容读取；请核对是不是要的那份", "\"{name}\" is really a .{is} file and was read as one; check that it is the right file";
    /// A hidden sheet was read.
    hidden_sheet_read(name): "隐藏的工作表「{name}」也读取了，请核对是否该报", "The hidden sheet \"{name}\" was read too; check whether it was meant to be sent";
    /// Hidden rows were read.
    hidden_rows(zh, en): "{zh}被发表人隐藏了，也已读取；请核对是否该报", "Hidden by the sender and read all the same, check whether they were meant to be sent: {en}";
    /// Rows that a filter hides were read.
    filtered_rows(zh, en): "{zh}被发表人的筛选条件挡住了，也已读取；请核对是否该报", "Behind the sender's filter and read all the same, check whether they were meant to be sent: {en}";
    /// Hidden columns were read.
    hidden_columns(zh, en): "隐藏的列也已读取：{zh}", "Hidden columns were read too: {en}";
    /// Columns with something in them and no header.
    headless(zh, en): "没有表头的列未读取：{zh}", "Columns without a header were left out: {en}";
    /// Merged cells that were filled down.
    filled_down(column, zh, en): "「{column}」有合并单元格，已填入{zh}", "\"{column}\" has merged cells; what they hold was taken for {en}";
    /// Merged cells that were too many to be filled down.
    not_filled_down(column, zh, en): "「{column}」合并的单元格太多，{zh}没有填入，按空格处理", "\"{column}\" has too many merged cells; {en} were not filled and count as empty";
    /// A file has more merged cells than are read.
    more_merged(sheet): "工作表「{sheet}」合并的单元格太多，后面的没有处理；请取消合并后再导入", "Sheet \"{sheet}\" has too many merged cells, and the later ones were not looked at: take the merging out and import it again";
    /// Rows below headers that are not the form's, or beside every list.
    unclaimed(zh, en): "{zh}不在任何一张表的表头之下（上面的表头认不出），未读取", "Below no headers that are known, and left out: {en}";
    /// A cell merged over several columns.
    merged_across(column, zh, en): "「{column}」有横向合并的单元格，只算这一列：{zh}", "\"{column}\" has cells merged over several columns, taken for this one alone: {en}";
    /// Columns that are of another day.
    other_days(day, zh, en): "不是 {day} 的列未读取：{zh}", "Columns that are not for {day} were left out: {en}";
    /// Totals and signatures.
    nobody(zh, en): "合计、签名之类不计人：{zh}", "Totals, signatures and the like are nobody: {en}";
    /// Rows in which nothing was answered.
    unanswered(count, zh, en, more; rows = count "row" "rows"): "{count} 行一项也没有填，不算已报：{zh}{more}", "{count} {rows} without any answer, not counted as reported: {en}{more}";
    /// A sheet that says another day in its name, beside one that says the report's.
    sheet_of_other_day(name, day): "工作表「{name}」是另一天的，未读取；这里只读 {day} 的，要收它请按那一天再导入一次", "Sheet \"{name}\" is another day's and was not read; what is read is that of {day}: import the file again for that day";
    /// Rows of a correction that were not taken: what stood there stays.
    rows_kept(count, zh, en; people = count "person" "people"): "{count} 人的行没有收下，原报保留：{zh}", "{count} {people} whose row was not taken stand as they were reported before: {en}";
    /// A correction without somebody who stood in the report.
    people_dropped(count, zh, en; people = count "person is" "people are"): "原报中有 {count} 人不在这份表里，收下后他们就不在报中：{zh}；只改几行的表，请选“只改表上的人”（--part）", "{count} {people} in the report and not in this sheet, and would be in the report no longer: {en}. If the sheet only changes some rows, say so (--part)";
    /// Some rows, and there is no report that they complete.
    NOTHING_TO_COMPLETE: "这一天还没有日报可以补改，这份表按整份收", "There is no report of the day that these rows complete: the sheet is taken as the whole of it";
    /// What was asked about and answered, and this sheet says again otherwise.
    overruled(who, what_zh, what_en, at, told_by, new_zh, new_en): "{who}：{what_zh}是 {at} 由{told_by}答复的，这份表写「{new_zh}」：收下后以表为准，请再核实", "{who}: {what_en} was the answer of {told_by} at {at}; this sheet says \"{new_en}\" and would stand instead: ask again";
    /// What was found to be otherwise, and this sheet says again as it was sent.
    said_again(who, what_zh, what_en, at, told_by, new_zh, new_en): "{who}：{what_zh}是 {at} 由{told_by}更正的，这份表又写「{new_zh}」：收下后仍按更正的算，请再核实", "{who}: {what_en} was the correction of {told_by} at {at}; this sheet says \"{new_en}\" again, and the correction would still stand: ask again";
    /// A field and what it says.
    field_said(field_zh, said_zh, field_en, said_en): "{field_zh}「{said_zh}」", "{field_en} \"{said_en}\"";
    /// And more of them.
    elsewhere_more(count; people = count "person stands" "people stand"): "另有 {count} 人在别的单位的同日报表里也有体温不同的一行", "{count} more {people} in another unit's report too, with another temperature";
    /// Who is in another unit's report of the same day, with another temperature.
    elsewhere_too(who, unit, said, own): "{who} 在「{unit}」的同日报表里也有一行，体温 {said}，这份表写 {own}：请核对是哪一个", "{who} stands in the report of \"{unit}\" for the same day too, with {said}, and here with {own}: ask which it is";
    /// What stood beside days and is not kept.
    beside_days(column, count, zh, en, said; cells = count "cell says" "cells say"): "「{column}」有 {count} 格除日期外还写了时刻或时段（如{zh}的「{said}」），只收了日期", "In \"{column}\", {count} {cells} more than the day (as \"{said}\" in {en}); the day alone was taken";
    /// A row of another day.
    other_day(said, day): "写的是 {said}，不是 {day}；请核对日期，或按那一天导入", "is for {said}, not {day}: check the day, or import it for that one";
    /// What is probably meant.
    probably(day): "；看来是 {day}，核实后请改写", "; it is probably {day}: ask, and write it so";
    /// A hidden sheet was left out.
    hidden_sheet(name): "隐藏的工作表「{name}」未读取", "The hidden sheet \"{name}\" was left out";
    /// A sheet in no known form was left out.
    sheet_left_out(name): "工作表「{name}」没有可识别的表头，未读取", "The sheet \"{name}\" has no header that is known and was left out";
    /// A second column for the same field.
    column_twice(header): "「{header}」与前面的列重复，只取前一列", "\"{header}\" repeats an earlier column, which was taken";
    /// The same, and it says something else.
    column_twice_differs(header, rows; row = rows "row" "rows"): "有两列「{header}」，{rows} 行两列写的不一样，只取了前一列；请核对", "There are two columns \"{header}\", and in {rows} {row} they differ; the first was taken: please check";
    /// Columns nobody asked for.
    columns_unknown(zh, en): "采集表中没有的列未读取：{zh}", "Columns that are not in the form were left out: {en}";
    /// Zeros put back from the roster.
    zeros_mended(zh, en, said, no): "{zh}：编号 {said} 丢了前面的 0，按名册中唯一的 {no} 处理", "In {en}: number {said} has lost its leading zeros and was taken as {no}, the only one on the roster";
    /// Temperatures whose point was forgotten.
    points_mended(count, zh, en, said; temperatures = count "temperature has" "temperatures have", were = count "was" "were"): "{count} 处体温没有小数点（如{zh}的 {said}），按 {said} 的十分之一处理；请核对", "{count} {temperatures} no point (as {said} in {en}) and {were} read as tenths; please check";
    /// Temperatures of more digits than are kept.
    rounded(count, zh, en, said, kept; temperatures = count "temperature has" "temperatures have", were = count "was" "were"): "{count} 处体温写了不止一位小数（如{zh}的 {said}），按四舍五入收（{kept}）", "{count} {temperatures} more than one digit behind the point (as {said} in {en}) and {were} rounded ({kept})";
    /// A cell that was left out of a row that is taken.
    left_out_of(zh, en, column, value, why, because): "{zh}「{column}」（{value}）{why}；此格未收，其余照收", "In {en}, \"{column}\" ({value}): {because}. This cell was left out and the rest of the row taken";
    /// A unit cell that means no known unit.
    sheet_unit_unknown(said): "表中单位「{said}」不在单位名册中，按名册上的单位计", "The sheet's unit \"{said}\" is not known; the roster's unit is used";
    /// People on the roster but not in the file.
    people_missing(unit, count, names, en_names, more): "{unit}：名册中有 {count} 人不在表中：{names}{more}", "{unit}: on the roster but not in the sheet, {count}: {en_names}{more}";
    /// Rows in another unit's sheet.
    rows_of_other_unit(said, rows, own; of = rows "row stands" "rows stand"): "{rows} 行报在「{said}」，而名册上属「{own}」，按表中单位计", "{rows} {of} under \"{said}\" while the roster has \"{own}\"; the sheet's unit is used";

    /// The same number twice in a file.
    number_twice(no, zh, en): "编号 {no} 与{zh}重复，只取前一行；请核对后改正", "Number {no} is already in {en}, which was taken; check and correct it";
    /// A number that belongs to somebody else.
    name_differs(no, other): "编号 {no} 已登记为「{other}」，不自动合并；确是同一人请先手工修改其姓名，否则请改正编号", "Number {no} belongs to \"{other}\"; never merged silently. If it is the same person correct the name by hand first, else correct the number";
    /// A roster row without a unit.
    ROSTER_NO_UNIT: "没有单位；请补填，或用 --unit 指明", "No unit; fill it in, or give --unit";
    /// A report row without a unit.
    REPORT_NO_UNIT: "表中和名册上都没有单位；请补填，或用 --unit 指明", "No unit in the sheet or on the roster; fill it in, or give --unit";
    /// Nobody has that number.
    person_unknown(no): "名册中没有编号 {no}；请先导入名册或手工建档", "Nobody on the roster has number {no}; import the roster or add the person first";
    /// Neither number nor unit.
    NO_NUMBER_NO_UNIT: "没有编号，也不知单位，无法确定是谁；请补填编号，或用 --unit 指明单位", "No number and no unit: it cannot be said who this is; fill in the number, or give --unit";
    /// Nobody of that name in the unit.
    name_unknown(name, unit): "「{unit}」名册中没有「{name}」；请补填编号或先导入名册", "\"{unit}\" has nobody called \"{name}\"; fill in the number or import the roster first";
    /// Several people of that name.
    name_not_unique(name): "「{name}」不止一人；请补填编号", "Several people are called \"{name}\"; fill in the number";
    /// The same person twice in a report.
    person_twice(zh, en): "与{zh}是同一人，只取前一行；请核对后改正", "The same person as in {en}, which was taken; check and correct it";
    /// A unit's code that belongs to another.
    unit_name_differs(code, other): "代码 {code} 已是「{other}」，不自动改名；确要改名请手工修改", "Code {code} is \"{other}\" already; a unit is renamed by hand only";
    /// A unit's name under another code.
    unit_code_differs(name, other): "「{name}」已有代码 {other}，不自动改代码；确要更改请手工修改", "\"{name}\" has code {other} already; a code is changed by hand only";
    /// A unit's officer whom the office does not have.
    no_such_officer(name): "没有叫「{name}」的值班员，请写值班员的姓名，或先新增值班员", "No officer is called \"{name}\": write an officer's name, or add the officer first";
    /// The same unit twice in a file.
    unit_twice(name, other): "「{name}」与上面的「{other}」同名（不分大小写），只取前一行", "\"{name}\" has the name of \"{other}\" above, for which capital and small letters are the same; the earlier row was taken";
    /// The same code twice in a file.
    unit_code_twice(code, other, theirs): "代码 {code} 与上面「{other}」的代码 {theirs} 相同（不分大小写），只取前一行；两个单位请用不同的代码", "Code {code} is that of \"{other}\" above, {theirs}, for which capital and small letters are the same; the earlier row was taken. Give two units two codes";
    /// A code that is another unit's but for capital and small letters.
    unit_code_alike(code, other, theirs): "代码 {code} 与已有单位「{other}」的代码 {theirs} 只有大小写不同，算同一个代码；两个单位请用不同的代码", "Code {code} differs from {theirs} of \"{other}\" in capital and small letters only, and is the same code; give two units two codes";
    /// No such unit above.
    parent_unknown(parent): "上级「{parent}」既不在单位名册中也不在本表中；请补上该单位或改正", "The unit above, \"{parent}\", is neither known nor in this sheet; add it or correct it";
    /// A unit above itself.
    parent_circle(name, parent): "「{name}」的上级「{parent}」又在它之下；请改正", "\"{parent}\" cannot stand above \"{name}\": it stands below it";

    /// A further flaw of the same row.
    also_says(column, zh, en): "；另：{column} {zh}", "; also {column}: {en}";

    /// The first line of a plan.
    plan_file(file, form): "文件 {file}（采集表 {form}）", "File {file} (form {form})";
    /// The day and round of a report.
    plan_day(day): "日期 {day}", "Day {day}";
    /// The same, and the round, where a day has several.
    plan_day_round(day, round): "日期 {day}，轮次 {round}", "Day {day}, round {round}";
    /// The counts.
    plan_counts(accepted, unchanged, rejected): "收入 {accepted} 行，无变化 {unchanged} 行，拒收 {rejected} 行", "{accepted} accepted, {unchanged} unchanged, {rejected} rejected";
    /// New units.
    PLAN_NEW_UNITS: "新单位", "New units";
    /// New people.
    PLAN_NEW: "新人员", "New people";
    /// Changes.
    PLAN_CHANGED: "有变化", "Changed";
    /// Rows by unit.
    PLAN_UNITS: "各单位", "By unit";
    /// Refused rows.
    PLAN_REJECTED: "拒收", "Rejected";
    /// A unit's rows.
    unit_rows(unit, rows, missing; of = rows "row" "rows"): "{unit}：{rows} 行，缺 {missing} 人", "{unit}: {rows} {of}, {missing} missing";
    /// The rest of a long list.
    and_more(count): "…另有 {count} 条", "… and {count} more";
}

/// The kinds of file.
pub fn what(what: What) -> Word {
    match what {
        What::Report => Word { zh: "日报", en: "a daily report" },
        What::Roster => Word { zh: "人员名册", en: "a roster" },
        What::Units => Word { zh: "单位名册", en: "a sheet of units" },
    }
}

/// No header row of that kind of file.
pub fn no_header(wanted: What) -> Say {
    let word = what(wanted);
    Say {
        zh: format!("没有找到{}的表头", word.zh), en: format!("No header row of {} was found", word.en)
    }
}

/// The file is of another kind than was said.
pub fn looks_like(is: What, not: What) -> Say {
    let (is, not) = (what(is), what(not));
    Say {
        zh: format!("文件看起来是{}，不是{}", is.zh, not.zh),
        en: format!("The file looks like {}, not {}", is.en, not.en),
    }
}

/// A further flaw of the same row.
pub fn also(column: impl std::fmt::Display, flaw: &Say) -> Say {
    also_says(column, &flaw.zh, &flaw.en)
}

/// A cell that was left out of a row that is taken, and why.
pub fn left_out(at: &Say, column: &str, value: &str, why: &Say) -> Say {
    left_out_of(&at.zh, &at.en, column, value, &why.zh, &why.en)
}

/// A row another message points to; the sheet is named where the file has several.
pub fn row(sheet: Option<&str>, row: u32) -> Say {
    match sheet {
        Some(sheet) => Say {
            zh: format!("工作表「{sheet}」第 {row} 行"),
            en: format!("row {row} of sheet \"{sheet}\""),
        },
        None => Say { zh: format!("第 {row} 行"), en: format!("row {row}") },
    }
}

/// Where a refused row stands.
pub fn place(sheet: &str, row: u32, column: &str, value: &str) -> Say {
    let sheet = if sheet.is_empty() { String::new() } else { format!("{sheet} ") };
    let (mut zh, mut en) = (format!("{sheet}第 {row} 行"), format!("{sheet}row {row}"));
    if !column.is_empty() {
        zh = format!("{zh}「{column}」");
        en = format!("{en} \"{column}\"");
    }
    if !value.is_empty() {
        zh = format!("{zh}（{value}）");
        en = format!("{en} ({value})");
    }
    Say { zh: format!("{zh}："), en: format!("{en}:") }
}

/// What is wrong with a cell, and what to write instead.
pub fn flaw(flaw: Flaw, column: &Column) -> Say {
    misread(flaw, &column.field)
}

/// The same of a field, whatever it is a column of.
pub fn misread(flaw: Flaw, field: &Field) -> Say {
    let word = match flaw {
        Flaw::Missing => Word { zh: "必填而未填", en: "must be filled in" },
        Flaw::Formula => Word {
            zh: "是公式错误；请改为数值后重报",
            en: "a formula's error; replace it by the value and send again",
        },
        Flaw::Digits => Word {
            zh: "长号码被存成数字，末几位已丢失；请将该列设为文本并重新填写",
            en: "a long number kept as a number has lost its last digits; make the column text and fill it in again",
        },
        Flaw::Garbled => Word {
            zh: "含有乱码；请重新另存后再发",
            en: "holds characters lost on the way; save and send it again",
        },
        Flaw::Long => {
            return Say {
                zh: format!("超过 {LONGEST} 字；请缩短"),
                en: format!("more than {LONGEST} characters; shorten it"),
            };
        }
        Flaw::Temp => {
            Word { zh: "不是体温；请填如 36.5", en: "not a temperature; write it like 36.5" }
        }
        Flaw::TempRange => Word {
            zh: "体温应在 34–43 ℃ 之间；请向本人核实",
            en: "a temperature must lie within 34–43 °C; ask the person",
        },
        Flaw::Date => {
            Word { zh: "不是日期；请填如 2020-02-10", en: "not a date; write it like 2020-02-10" }
        }
        Flaw::Year => Word {
            zh: "没有年份，无法确定是哪一年；请填如 2020-02-10",
            en: "the year is missing and cannot be guessed; write it like 2020-02-10",
        },
        Flaw::Bool => Word { zh: "应填 是 或 否", en: "must be yes or no (是/否)" },
        Flaw::Code => {
            let known: Vec<&str> = field
                .codes
                .iter()
                .map(|(code, says)| says.first().map_or(code.as_str(), String::as_str))
                .collect();
            return not_listed(known.join("、"), known.join(", "));
        }
        Flaw::Phone => Word { zh: "不是电话号码", en: "not a telephone number" },
        Flaw::Id => Word {
            zh: "不是身份证号：应为 18 位（末位可为 X）或 15 位，或护照、通行证、居留证号码",
            en: "not an ID number: 18 digits (the last may be X), 15 digits, or the number of a passport or permit",
        },
        Flaw::No => Word {
            zh: "不是编号：只能用字母、数字和 - _ . /，至多 32 位",
            en: "not a number: letters, digits and - _ . / only, 32 at most",
        },
        Flaw::Time => {
            Word { zh: "不是时刻；请填如 10:00", en: "not a time of day; write it like 10:00" }
        }
        Flaw::Moment => Word {
            zh: "不是日期加时刻；请填如 2020-02-17 10:00",
            en: "not a day and a time; write it like 2020-02-17 10:00",
        },
        Flaw::Differs => Word {
            zh: "与旁边的代码列不一致；请核对后改正",
            en: "says something else than the column of codes beside it; check and correct it",
        },
        Flaw::Uncalculated => Word {
            zh: "是没有算出结果的公式；请用表格软件打开、存一次再发，或改填数值",
            en: "a formula that was never calculated; open and save it in a spreadsheet program, or write the value",
        },
        Flaw::Shown => Word {
            zh: "显示的与存的不一样，无法确定看到的是什么；请改为文本重填",
            en: "is shown as something else than it is, and cannot be told from the file; make it text and fill it in again",
        },
        Flaw::Dated => Word {
            zh: "这里不该是日期或时刻，多半是表格软件自动改的（如 3-2 变成 3月2日）；请将该列设为文本并重新填写",
            en: "a day or a time of day stands here, probably made by the spreadsheet program (of 3-2); make the column text and fill it in again",
        },
        Flaw::Span => Word {
            zh: "是一段日期或几个日期，不知该取哪天；请只填一天",
            en: "a span or several days: which is meant cannot be told; write one day",
        },
        Flaw::YearShort => Word {
            zh: "年份只有两位，分不清年月日；请填如 2020-02-10",
            en: "the year has two digits, so that year, month and day cannot be told apart; write it like 2020-02-10",
        },
        Flaw::YearFar => Word {
            zh: "年份与这份日报相差太远；请向本人核实",
            en: "its year is far from the report's; ask the person",
        },
        Flaw::DayBefore => Word {
            zh: "带有 16:00 之类的时刻，多半是导出程序按时区减了几小时，成了前一天；请核实",
            en: "has a time like 16:00, as programs leave that put days hours back, so that it became the day before; ask",
        },
        Flaw::Check => Word {
            zh: "校验码或出生日期不对；请向本人核对",
            en: "the check digit or the day of birth does not fit; ask the person",
        },
        Flaw::Name => Word { zh: "不是姓名；请改正", en: "not a name; correct it" },
        Flaw::Merged => Word {
            zh: "这个数在合并单元格里，只写了一次，不能算到每一行；请取消合并，逐行填写",
            en: "one number merged over several rows, which would be counted in each; take the merging out and fill in every row",
        },
        Flaw::Whole => {
            Word { zh: "不是整数；请填如 120", en: "not a whole number; write it like 120" }
        }
    };
    word.into()
}

/// Why a file is refused whole, and what to do.
pub fn refusal(why: Refusal, name: &str, place: &str) -> (Say, Word) {
    let place = place.trim();
    let resave = Word {
        zh: "请用表格软件打开后另存为 .xlsx 或 .csv 再试",
        en: "Open it in a spreadsheet program, save it as .xlsx or .csv, and try again",
    };
    let split = Word { zh: "请拆成几个文件", en: "Split it into several files" };
    let (zh, en, hint) = match why {
        Refusal::TooLarge => {
            let most = MAX_FILE >> 20;
            (format!("超过 {most} MB"), format!("is larger than {most} MB"), split)
        }
        Refusal::Bomb => {
            ("展开后过大，可能有害".into(), "would unpack to far too much and may be harmful".into(), resave)
        }
        Refusal::OldWorkbook => (
            "是 1995 年以前的旧版工作簿，不能读取".into(),
            "is a workbook from before 1995, which cannot be read".into(),
            resave,
        ),
        Refusal::Binary => (
            "是二进制工作簿（.xlsb），不能读取".into(),
            "is a binary workbook (.xlsb), which cannot be read".into(),
            resave,
        ),
        Refusal::Picture => (
            "是图片，不是表格文件".into(),
            "is a picture, not a sheet".into(),
            Word {
                zh: "请对方发表格文件；只有图片的，请照着录入",
                en: "Ask for the sheet itself; where there is only a picture, type it in",
            },
        ),
        Refusal::Document => (
            "是文档（Word、PDF 之类），不是表格文件".into(),
            "is a document (Word, PDF and the like), not a sheet".into(),
            Word {
                zh: "请对方发 .xlsx 或 .csv；文档里的表格可复制到表格软件中另存",
                en: "Ask for .xlsx or .csv; a table in a document can be copied into a spreadsheet program and saved there",
            },
        ),
        Refusal::Password => (
            "有密码".into(),
            "is locked with a password".into(),
            Word {
                zh: "请向对方问密码，输入后即可读取；密码不保存",
                en: "Ask its sender for the password and type it here; it is not kept",
            },
        ),
        Refusal::WrongPassword => (
            "有密码，输入的密码不对".into(),
            "is locked with another password than the one given".into(),
            Word {
                zh: "请核对大小写和全角半角后再输入；仍不行时请对方重发密码",
                en: "Look at capitals and wide characters and type it again; else ask its sender once more",
            },
        ),
        Refusal::OtherLock => (
            "有密码，加密的方式读不了".into(),
            "is locked with a password in a way that cannot be opened here".into(),
            Word {
                zh: "请用表格软件打开、取消密码、另存为 .xlsx 后再试",
                en: "Open it in a spreadsheet program, remove the password, save it as .xlsx, and try again",
            },
        ),
        Refusal::NotWorkbook => {
            ("是压缩包，但里面没有工作簿".into(), "is a zip but holds no workbook".into(), resave)
        }
        Refusal::NotSheet => ("不是表格文件".into(), "is not a sheet".into(), resave),
        Refusal::WebPage => {
            ("其实是网页，不是表格".into(), "is really a web page, not a sheet".into(), resave)
        }
        Refusal::Damaged => ("已损坏，无法读取".into(), "is damaged and cannot be read".into(), resave),
        Refusal::Encoding => (
            "的文字编码无法识别".into(),
            "is in an encoding that is not known".into(),
            Word {
                zh: "请另存为 UTF-8 编码的 .csv 或 .xlsx", en: "Save it as .csv in UTF-8, or as .xlsx"
            },
        ),
        Refusal::Quote => (
            format!("第 {place} 行有一个引号没有正确闭合，其后各行会被吞掉"),
            format!(
                "has a quotation mark in line {place} that is not closed properly; it would swallow the rows after it"
            ),
            Word { zh: "请改正该行后再试", en: "Correct that line and try again" },
        ),
        Refusal::Rows => (format!("超过 {MAX_ROWS} 行"), format!("has more than {MAX_ROWS} rows"), split),
        Refusal::Columns => (
            format!("在 {place} 处有内容，超过 {MAX_COLUMNS} 列"),
            format!("has something in {place}, beyond column {MAX_COLUMNS}"),
            Word { zh: "请删除多余的列", en: "Delete the columns that are not needed" },
        ),
        Refusal::LongCell => (
            format!("{place} 的内容过长"),
            format!("has too long a text in {place}"),
            Word { zh: "请缩短后再试", en: "Shorten it and try again" },
        ),
        Refusal::Text => ("内容过多".into(), "holds too much text".into(), split),
        Refusal::Cells => {
            (format!("超过 {MAX_CELLS} 个单元格"), format!("has more than {MAX_CELLS} cells"), split)
        }
        Refusal::Sheets => {
            (format!("超过 {MAX_SHEETS} 个工作表"), format!("has more than {MAX_SHEETS} sheets"), split)
        }
        Refusal::Empty => (
            "是空的".into(),
            "is empty".into(),
            Word { zh: "请检查是否发错了文件", en: "Check whether it is the right file" },
        ),
    };
    (Say { zh: format!("「{name}」{zh}"), en: format!("\"{name}\" {en}") }, hint)
}

/// What is wrong with a form file, and where.
pub fn form_error(name: &str, fault: &FormFault) -> Say {
    let Say { zh, en } = form_fault(fault);
    Say {
        zh: format!("采集表文件「{name}」第 {} 行：{zh}", fault.line),
        en: format!("The form file \"{name}\", line {}: {en}", fault.line),
    }
}

crate::words! {
    /// Something wrong in a form.
    form_name(what): "名称、版本或字段“{what}”不合规：名称只用小写字母、数字、- 和 _，字段只用小写字母、数字和 _，版本从 1 起",
        "the name, version or field \"{what}\" is not well formed: names have small letters, digits, - and _; fields small letters, digits and _; versions begin with 1";
    /// Something wrong in a form.
    form_field_twice(what): "字段 {what} 前面已经有一列，请删去一列或改名", "the field {what} has a column already: take one out or name it otherwise";
    /// Something wrong in a form.
    form_header_twice(what): "表头“{what}”属于两列，分不清是哪一列；请从其中一列删去", "the header \"{what}\" belongs to two columns: take it out of one";
    /// Something wrong in a form.
    form_no_headers(what): "字段 {what} 没有表头，请在 headers 里写上表上的写法", "the field {what} has no header: write in headers how the sheet has it";
    /// Something wrong in a form.
    form_codes(what): "类型或选项不对：{what}（type = \"code\" 和 \"codes\" 要有选项，bool 的选项只能是 1 和 0，其他类型不能有选项）",
        "wrong type or code: {what} (type = \"code\" and \"codes\" need codes, those of bool are 1 and 0, other types have none)";
    /// Something wrong in a form.
    form_spelling_twice(what): "“{what}”这种写法属于两个选项，请从其中一个删去", "the spelling \"{what}\" stands for two codes: take it out of one";
    /// Something wrong in a form.
    form_list(what): "没有叫 {what} 的选项表，或同时又写了 codes；请在文件开头写 [list.{what}]，两者只留一个", "there is no list {what}, or codes stand beside it: write [list.{what}] at the top of the file, and one of the two";
    /// Something wrong in a form.
    form_same_as(what): "same_as 要写前面一列的字段，且类型相同、那一列自己没有 same_as：{what}", "same_as names the field of a column before it, of the same type and without a same_as of its own: {what}";
    /// Something wrong in a form.
    form_span(what): "days 是 1 到 366 的天数，since 是如 2020-01-01 的日期，两者只写一个：{what}", "days is a number from 1 to 366, since a day like 2020-01-01, and one of them stands: {what}";
    /// Something wrong in a form.
    form_unknown_field(what): "名册里没有字段 {what}；程序认得的字段见手册“导入”", "a roster has no field {what}; the manual's page on importing has those the program knows";
    /// Something wrong in a form.
    form_type(kind): "程序按类型 {kind} 读这个字段，请写 type = \"{kind}\"", "the program reads this field as {kind}: write type = \"{kind}\"";
    /// Something wrong in a form.
    form_missing(what): "缺少字段 {what}，没有它认不出是谁", "the field {what} is missing: without it nobody is known by the sheet";
}

/// What is wrong with a form, without where.
pub fn form_fault(fault: &FormFault) -> Say {
    match &fault.wrong {
        FormError::Syntax(line, said) => super::ledger_syntax::wrong(line, said),
        FormError::Name(what) => form_name(what),
        FormError::FieldTwice(what) => form_field_twice(what),
        FormError::HeaderTwice(what) => form_header_twice(what),
        FormError::NoHeaders(what) => form_no_headers(what),
        FormError::Codes(what) => form_codes(what),
        FormError::SpellingTwice(what) => form_spelling_twice(what),
        FormError::List(what) => form_list(what),
        FormError::SameAs(what) => form_same_as(what),
        FormError::Span(what) => form_span(what),
        FormError::UnknownField(what) => form_unknown_field(what),
        FormError::Type(kind) => form_type(kind.code()),
        FormError::FieldMissing(what) => form_missing(what),
    }
}

crate::words! {
    /// A row of another day than the report's.
    row_of_other_day(said, day): "这一行是 {said} 的，不是 {day} 的日报；请改正日期，或按那一天另行导入", "this row is for {said}, not for {day}: correct the day, or import it for that one";
    /// Rows of another round than the report's.
    rows_of_other_round(rows, said; are = rows "row is" "rows are"): "{rows} 行属于轮次 {said}，未收；请用 --round {said} 再导入一次", "{rows} {are} of round {said} and left out: import the file once more with --round {said}";
    /// Two forms fit a sheet as well, and read it otherwise.
    forms_alike(one, other, column, value): "采集表 {one} 和 {other} 与表头同样相符，但对「{column}」的“{value}”读法不同；请用 --form 指明是哪一种", "The forms {one} and {other} fit the headers as well, and read \"{value}\" of \"{column}\" each in its way: say which with --form";
}

crate::words! {
    /// People who were in the report and are not any more.
    PLAN_DROPPED: "原报表有、本表没有的人", "In the report before, not in this sheet";
    /// People who were not in the report and are now.
    PLAN_ADDED: "原报表没有、本表新加的人", "New in this sheet";
    /// The very file was imported for another day.
    same_file_elsewhere(day, file, seq): "这份文件与 {day} 的“{file}”（第 {seq} 号）是同一份，请核对是否发错了日期", "This very file was imported for {day} as “{file}” (entry {seq}): check whether it is the wrong day's";
    /// The rows are those of another day.
    same_rows(day, rows, zh, en; are = rows "row of" "rows of", same = rows "is" "are"): "{zh}的 {rows} 行与 {day} 的报表逐项相同，请核对是否误发了旧表", "The {rows} {are} {en} {same} the same as in the report of {day}: check whether an old sheet was sent";
}

/// What is said of a sheet, the sheet named.
pub fn rows_of(said: &Say, sheet: &str) -> Say {
    Say {
        zh: format!("{}（工作表「{sheet}」）", said.zh), en: format!("{} of sheet \"{sheet}\"", said.en)
    }
}

/// Several rows by their numbers, neighbours together: the sheet is named where the file has several.
pub fn rows(sheet: Option<&str>, rows: &[u32]) -> Say {
    /// How many stretches are listed.
    const LISTED: usize = 8;
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match spans.last_mut() {
            Some((_, last)) if *last == *row || last.checked_add(1) == Some(*row) => *last = *row,
            _ => spans.push((*row, *row)),
        }
    }
    let more = spans.len() > LISTED;
    let one = |(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from}–{to}") };
    let all: Vec<String> = spans.iter().take(LISTED).map(one).collect();
    let (sheet_zh, sheet_en) = match sheet {
        Some(sheet) => (format!("工作表「{sheet}」"), format!(" of sheet \"{sheet}\"")),
        None => (String::new(), String::new()),
    };
    let word = if rows.len() == 1 { "row" } else { "rows" };
    let (dots_zh, dots_en) = if more { ("等", " …") } else { ("", "") };
    Say {
        zh: format!("{sheet_zh}第 {} 行{dots_zh}", all.join("、")),
        en: format!("{word} {}{dots_en}{sheet_en}", all.join(", ")),
    }
}
