//! Words on the sheets that are handed out to be filled in, and of handing them out.

use crate::say::{Say, Word};

crate::words! {
    /// The first line of a sheet.
    title(office, form): "{office}　{form}", "{office}: {form}";
    /// A form without a title.
    REPORT: "日报", "daily report";
    /// Whose sheet, for when.
    whose(unit, code, day, round, due): "单位：{unit}（{code}）　日期：{day}{round}　截止：{due}", "Unit: {unit} ({code})   Day: {day}{round}   Due: {due}";
    /// No deadline is set.
    NO_DEADLINE: "未定", "not set";
    /// How to fill it in.
    HOW: "填法：只填白色的格，灰色的已填好、不能改；有下拉的请从下拉中选，体温写数字如 36.5，日期写如 2020-02-17；名册上没有的人写在最后的空行。不要增删、移动列。",
        "How: fill in the white cells alone; the grey ones are filled in and locked. Choose from the list where there is one, write temperatures like 36.5 and days like 2020-02-17; whoever is not listed goes into the empty rows at the end. Add, delete or move no column.";
    /// Where to send it, and what a zero report is.
    send(to): "填好后保存，原样发回{to}，截止前发到。逐人填好的表就是日报；全单位无异常又不便逐人填的，请明确回复“零报告”，不发、不回不算零报告。",
        "Save it and send it back as it is to {to} before the deadline. A sheet with a row for each is the report. With nothing to report and no way to fill in each, answer \"zero report\" in words: silence is none.";
    /// What stands before the code by which it is known again.
    CODE: "回收码（请勿删改）：", "Code (leave it as it is): ";
    /// The list of options in a help of a cell.
    ONE_OF: "可填：", "One of: ";
    /// More than one may be filled in.
    SEVERAL: "可填几项，用“、”隔开：", "One or more, with commas between: ";
    /// The help of a cell.
    TEMP: "体温，摄氏度，如 36.5", "A temperature in °C, like 36.5";
    /// What is wrong with a cell.
    WRONG_TEMP: "体温应在 34 到 43 之间，如 36.5", "A temperature lies between 34 and 43, like 36.5";
    /// What is wrong with a cell.
    WRONG_DAY: "请填日期，如 2020-02-17", "Write a day, like 2020-02-17";
    /// What is wrong with a cell.
    WRONG_CODE: "请从下拉中选", "Choose from the list";
    /// The title of such a message.
    PLEASE: "请核对", "Please check";
    /// The folder they are written to.
    SHEETS: "填报表", "sheets";
    /// The tab.
    TAB: "填报", "To fill in";

    /// It was written.
    written(path, unit, people; of = people "person" "people"): "已写入 {path}：{unit}，{people} 人", "Written to {path}: {unit}, {people} {of}";
    /// They were written.
    all_written(folder, n; of = n "sheet" "sheets"): "已写入 {folder}：{n} 份填报表", "{n} {of} written to {folder}";
    /// A unit without people.
    nobody(unit): "{unit}：名册中没有人，表中只有空行", "{unit}: nobody on the roster; the sheet has empty rows alone";
    /// Nobody is to send anything.
    NO_UNITS: "没有要报送的单位", "No unit sends reports";
    /// The file's ending.
    ENDING: "填报表是 .xlsx 工作簿，文件名请以 .xlsx 结尾", "The sheet is a workbook: its name must end in .xlsx";
    /// `--all` and a file.
    FOLDER: "--all 写入一个文件夹：请用 --out 指明，例如 --out 填报表", "--all writes into a folder: name it with --out";
    /// The form is no report's.
    no_report(form): "{form} 不是日报的采集表", "{form} is no form of a daily report";
    /// A sheet that came back says another day.
    other_day(mark, day): "这份表是为 {mark} 发出的，而这里写的是 {day}；确是 {day} 的，请让单位用当天的表，或去掉回收码后再导入", "The sheet was handed out for {mark}, and {day} was said: take that day's sheet, or take the code out of it and import it then";
    /// A sheet that came back says another unit.
    other_unit(mark, unit): "这份表是发给「{mark}」的，而这里写的是「{unit}」；请核对", "The sheet was handed out to \"{mark}\", and \"{unit}\" was said: check which it is";
    /// A sheet that came back says another round.
    other_round(mark, round): "这份表是为轮次 {mark} 发出的，而这里写的是 {round}；请核对", "The sheet was handed out for round {mark}, and {round} was said: check which it is";
    /// A workbook holds sheets that were handed out for different reports.
    marks_differ(one, other): "工作表「{one}」和「{other}」是发给不同单位、日期或轮次的填报表，不能作为一份日报导入", "The sheets \"{one}\" and \"{other}\" were handed out for different units, days or rounds, and cannot be taken in as one report";
    /// What to do about them.
    MARKS_HINT: "请把各张表分别存成一份文件再导入", "Save each sheet as a file of its own and import that";
    /// A form that has no word for a round, and asks for it.
    no_such_round(form, round): "采集表 {form} 没有轮次“{round}”的写法，而这一栏必填，单位无法填报", "The form {form} has no word for round \"{round}\", which it asks for: nobody could fill it in";
    /// What to do about it.
    NO_SUCH_ROUND_HINT: "请用 --form 换一份采集表，或用 --round 换一个轮次", "Take another form with --form, or another round with --round";
    /// No unit is selected.
    NO_UNIT_HERE: "这里没有选中单位", "No unit is selected here";
}

/// The line that says whose a sheet is.
pub fn heading(unit: &str, code: &str, day: impl std::fmt::Display, round: &str, due: &Say) -> Say {
    let (zh, en) = if round.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("　轮次：{round}"), format!("   Round: {round}"))
    };
    Say { zh: whose(unit, code, &day, &zh, &due.zh).zh, en: whose(unit, code, &day, &en, &due.en).en }
}

/// Yes and no as a list offers them.
pub const ANSWERS: [Word; 2] = [Word { zh: "是", en: "yes" }, Word { zh: "否", en: "no" }];
