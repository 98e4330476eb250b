//! Words of the forms' command: the list, what a form declares, and the comments in a guessed one.

use crate::say::{Say, Word};

crate::words! {
    /// What to do about a sheet without a header row.
    NO_HEADER_HINT: "前 10 行内应有一行表头，其中至少一栏（如 姓名、工号）是程序认得的；请在表里补上再试", "One of the first 10 rows must be the header, with one column at least that is known (姓名, Name, 工号, No): add it to the sheet and try again";
    /// The first line of a guessed form.
    HEAD: "由表格猜出的采集表，请逐列核对后再用：字段对不对，类型对不对，选项齐不齐。", "A form guessed from a sheet: check each column before it is used: its field, its type, its codes.";
    /// The second line of a guessed form.
    HEAD_CHECK: "改好后用 zhiban form check 核对，再放进数据库旁边的 forms 文件夹。样例中的个人信息已遮盖。", "Then check it with zhiban form check and put it into the folder forms beside the database. What is personal in the samples is masked.";
    /// A column of a guessed form.
    column(place, header, filled, rows): "{place} 列“{header}”：{rows} 行中 {filled} 行有内容", "column {place} \"{header}\": filled {filled}, of {rows} below";
    /// Some cells.
    samples(all): "样例：{all}", "e.g. {all}";
    /// Cells that are not read.
    unread(count; are = count "cell is" "cells are"): "有 {count} 格按这个类型或选项读不了，请补上写法或改类型", "{count} {are} not read so: add their spelling, or change the type";
    /// A column known by what is in it.
    BY_CELLS: "由内容认出（表头没有写进任何采集表）", "known by its cells: no form has this header";
    /// A column of the office's own.
    OWN_FIELD: "本单位自己的字段：名字可改（小写字母、数字、_）；若程序有同义的字段，请改用它", "a field of your own: rename it as you like (small letters, digits, _), or use the program's where there is one";
    /// A doubt.
    NOT_AS_HEADED: "注意：表头像程序认得的一栏，内容却不是（例如体温栏里是选项序号）；请核对", "Note: the header is known, and the cells are something else (a temperature that is the number of an option): check it";
    /// A doubt.
    ZERO_ONE: "注意：只有 0 和 1，这里按 1 = 是；若相反，请写 [column.codes]，1 = [\"0\"]，0 = [\"1\"]", "Note: 0 and 1 alone, read as 1 = yes; if it is the other way round write [column.codes] with 1 = [\"0\"] and 0 = [\"1\"]";
    /// A doubt.
    NUMBERS: "注意：只有选项序号，不知各代表什么；请把文字写法补进方括号", "Note: numbers of options alone: add what each means to its brackets";
    /// A doubt.
    CONTRADICTS: "注意：代码和旁边的文字有几行对不上，导入时这些行会被拒收", "Note: in some rows the code and the words beside it do not go together; these are refused at the import";
    /// A doubt.
    BARE_DAY: "不带横线的日期（20200217），照样读得出", "days without dashes (20200217) are read as they are";
    /// The title of a guessed form.
    title_of(unit): "{unit}上报表", "{unit} report";

    /// A table's head.
    FORM: "采集表", "Form";
    /// A table's head.
    WHAT: "用途", "For";
    /// A table's head.
    TITLE: "名称", "Title";
    /// A table's head.
    COLUMNS: "列数", "Columns";
    /// A table's head.
    FROM: "来源", "From";
    /// A table's head.
    FIELD: "字段", "Field";
    /// A table's head.
    HEADER: "表头", "Header";
    /// A table's head.
    LABEL: "含义", "Meaning";
    /// A table's head.
    CODES: "选项", "Codes";
    /// Where a form is from.
    SHIPPED: "程序自带", "the program";
    /// Where a form is from.
    OWN: "本单位", "the office";
    /// Columns passed over.
    ignored(headers, headers_en): "不读的列：{headers}", "Columns passed over: {headers_en}";
    /// Behind a column that repeats another.
    same_as(field): "与 {field} 相同", "same as {field}";
    /// A form that is sound.
    sound(label, columns, what, what_en; of = columns "column" "columns"): "采集表 {label} 可用：{what}，{columns} 列", "Form {label} can be used: {what_en}, {columns} {of}";
    /// How many faults.
    faults(name, count; of = count "fault" "faults"): "采集表文件「{name}」有 {count} 处要改", "The form file \"{name}\" has {count} {of}";
    /// One fault.
    fault_line(line, field, zh, en): "  第 {line} 行{field}：{zh}", "  line {line}{field}: {en}";
    /// A form of this name and version is there already.
    takes_place(label): "程序自带采集表 {label}：本单位这一份将代替它；只是要改动的话，请把 version 加 1，已收的行仍按旧版读", "The program has a form {label}, whose place this one takes; for a change raise version by one, and rows already taken keep theirs";
    /// Another form is read in another way.
    read_otherwise(label, header): "表头“{header}”在采集表 {label} 里选项不同：两种表都相符时，导入会请您用 --form 指明", "The header \"{header}\" has other codes in the form {label}: where both fit a sheet, the import asks for --form";
    /// What keeps a guessed form from being used.
    still_wrong(zh, en): "还不能用，要补：{zh}", "It cannot be used yet: {en}";
    /// No column answers anything.
    NO_ANSWER: "没有一列是填报内容：至少要有一列体温、状态之类", "No column answers anything: one at least must, such as a temperature";
    /// It could not be written.
    not_kept(label, why): "采集表 {label} 没能存下：{why}", "The form {label} could not be kept: {why}";
    /// What was written.
    written(path): "已写入 {path}：请逐列核对，再用 zhiban form check 核对一遍", "Written to {path}: go through its columns, then check it with zhiban form check";
    /// A form of no such name.
    no_form(text): "没有采集表「{text}」", "There is no form \"{text}\"";
    /// What to do about it.
    NO_FORM_HINT: "zhiban form list 列出全部采集表", "zhiban form list names them all";
}

/// Where the header of a guessed form was found.
pub fn found_at(sheet: &str, header_rows: &[u32], rows: usize) -> Say {
    let all: Vec<String> = header_rows.iter().map(ToString::to_string).collect();
    let (of, of_en) = match sheet {
        "" => (String::new(), String::new()),
        sheet => (format!("工作表“{sheet}”"), format!("sheet \"{sheet}\", ")),
    };
    let row = if all.len() > 1 { "rows" } else { "row" };
    Say {
        zh: format!("{of}表头在第 {} 行，以下 {rows} 行", all.join("、")),
        en: format!("{of_en}header in {row} {}, below it {rows}", all.join(" and ")),
    }
}

/// What a form is for.
pub const fn what(code: crate::domain::form::What) -> Word {
    use crate::domain::form::What;
    match code {
        What::Report => Word { zh: "日报", en: "daily report" },
        What::Roster => Word { zh: "人员名册", en: "roster" },
        What::Units => Word { zh: "单位名册", en: "units" },
    }
}
