//! Words of the papers.

use super::slots;
use crate::domain::item::{DueRow, DueState, ItemKind};
use crate::say::Say;

crate::words! {
    /// Title.
    HANDOVER: "值班交接单", "Shift handover";
    /// Overdue.
    OVERDUE: "已逾期", "overdue";
    /// Open now.
    OPEN_NOW: "应办", "due now";
    /// Coming.
    COMING: "未到时", "coming";
    /// Nothing.
    NONE: "（无）", "(none)";
    /// A file could not be written.
    cannot_write(file, what): "无法写入 {file}：{what}", "{file} cannot be written: {what}";
    /// An office's own template cannot be read.
    template_unread(file, what): "模板 {file} 无法读取（{what}），已用内置模板", "The template {file} cannot be read ({what}); the built-in one was used";
    /// An office's own template has a slip.
    template_unused(file, what): "模板 {file} 有误（{what}），已用内置模板", "The template {file} cannot be used ({what}); the built-in one was used";
    /// A paper that is not a table has no workbook.
    no_workbook(paper): "“{paper}”不是表格，没有 xlsx", "“{paper}” is not a table and has no xlsx";
    /// A workbook could not be made.
    workbook_failed(why): "无法生成工作簿：{why}", "The workbook cannot be made: {why}";
    /// Why not.
    TOO_MANY_ROWS: "行数或列数超过表格文件的上限", "it has more rows or columns than a workbook can hold";
    /// Why not.
    TOO_LONG_A_CELL: "有一格的文字过长", "a cell holds too long a text";
    /// Why not.
    NOT_FOR_A_WORKBOOK: "有内容不能写进表格文件", "something in it cannot stand in a workbook";
    /// What to do about it.
    WORKBOOK_HINT: "请改用 PDF 或文本（--format pdf、--format text）", "Take the PDF or the text instead (--format pdf, --format text)";
    /// The note under a paper on which characters stand as their codes.
    no_glyph(codes): "注：{codes} 处是本机字体里没有的字，以编码代替；请按名册手写补上。", "Note: {codes} stands for a character that no font on this machine has; write it in by hand as the roster has it.";
    /// A character that no font has, in whose text.
    missing_glyph(text, c, code): "“{text}”中的“{c}”（{code}）没有字体可以印出", "No font can print “{c}” ({code}) in “{text}”";
    /// What to do about it.
    MISSING_GLYPH_HINT: "请在本机安装含有此字的字体，或在资料中改用能显示的写法后重印", "Install a font that has it on this machine, or write it another way in the record, and print again";
    /// A paper's kind, as a file's title.
    KIND_HANDOVER: "值班交接单", "Shift handover";
    /// Which paper, in the file itself.
    KIND_SITREP: "疫情日报", "Situation report";
    /// Which paper, in the file itself.
    KIND_CALL_SHEET: "应联系人员名单", "Call sheet";
    /// Which paper, in the file itself.
    KIND_DOSSIER: "一人一档", "Dossier";
    /// Which paper, in the file itself.
    KIND_RELEASE: "解除通知", "Release notice";
    /// Which paper, in the file itself.
    KIND_UNIT_SHEET: "单位催报单", "Unit sheet";
    /// A template that gives no title.
    NO_TITLE: "没有标题：须有一行以“# ”开头", "there is no title: a line that begins with “# ” is needed";
    /// A slip in a template.
    SLIP_SYNTAX: "写法有误，如缺少结束标记", "it is not written as a template is: a closing mark may be missing";
    /// A slip in a template.
    SLIP_NAME: "用了没有的名字", "it uses a name that there is not";
    /// A slip in a template.
    SLIP_FILTER: "用了没有的过滤器", "it uses a filter that there is not";
    /// A slip in a template.
    SLIP_FUNCTION: "用了没有的函数", "it uses a function that there is not";
    /// A slip in a template.
    SLIP_ARGUMENTS: "括号里的值多了或少了", "there are too many or too few values in the brackets";
    /// A slip in a template.
    SLIP_INCLUDE: "不能引用别的文件", "no other file can be taken in";
    /// A slip in a template.
    SLIP_VALUE: "这个值不能这样用", "a value cannot be used like this";
    /// A slip, with the text of its line.
    slip_in(what, text): "{what}：{text}", "{what}: {text}";
    /// A slip in a template, with its line.
    at_line(line, what): "第 {line} 行：{what}", "line {line}: {what}";
    /// A line between the `---` lines that means nothing.
    bad_front(line): "开头的设置看不懂：{line}", "this setting at the top means nothing: {line}";
    /// HTML in a template.
    no_html(what): "模板里不能用 HTML：{what}", "HTML cannot be used: {what}";
    /// An indented block.
    FOUR_SPACES: "有一行以四个空格开头", "a line begins with four spaces";
    /// A fenced block that there is not.
    no_block(name): "没有叫“{name}”的块", "there is no block called {name}";
    /// Something other than text.
    only_text(text): "这里只能写文字：{text}", "only text may stand here: {text}";
    /// A table block that is none.
    bad_table(options): "表格写得不对：table {options}", "this is not a table: table {options}";
    /// How many lines of room.
    bad_room(lines): "留空几行看不懂：room {lines}", "how many empty lines: room {lines}";
    /// A picture that there is not.
    no_picture(name): "没有叫“{name}”的图", "there is no picture called {name}";
}

/// How it stands with something due: a slot is missed, a promise overdue.
pub fn due_state(row: &DueRow) -> Say {
    match (row.state, row.item.kind) {
        (DueState::Coming, _) => COMING.into(),
        (DueState::Open, _) => OPEN_NOW.into(),
        (DueState::Missed, ItemKind::Slot) => slots::state_first(row.missed),
        (DueState::Missed, _) => OVERDUE.into(),
    }
}
