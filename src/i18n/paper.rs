//! Words of the papers, of their preview and of printing. Their fixed words stand in their templates.

use super::slots;
use super::terms::joined;
use crate::domain::item::{DueRow, DueState, ItemKind};
use crate::domain::phone::Whose;
use crate::domain::time::Calendar;
pub use crate::i18n::common::ATTENTION_CASES as TAB_CASES;
pub use crate::i18n::common::CALL_SHEET as P_CALLSHEET;
pub use crate::i18n::common::CALL_SHEET as KIND_CALL_SHEET;
pub use crate::i18n::common::CHANNEL as COL_CHANNEL;
pub use crate::i18n::common::COL_OFFICER;
pub use crate::i18n::common::DAY as COL_DAY;
pub use crate::i18n::common::DOSSIER as P_DOSSIER;
pub use crate::i18n::common::DOSSIER as KIND_DOSSIER;
pub use crate::i18n::common::DUE as TAB_DUE;
pub use crate::i18n::common::FOLLOW_UPS as TAB_FOLLOWUPS;
pub use crate::i18n::common::FOR_CALL_SHEET;
pub use crate::i18n::common::LAST_CONTACT as COL_LAST;
pub use crate::i18n::common::LIAISON;
pub use crate::i18n::common::MEASURE as COL_MEASURE;
pub use crate::i18n::common::NAME as COL_NAME;
pub use crate::i18n::common::NO;
pub use crate::i18n::common::NO_READING;
pub use crate::i18n::common::NONE;
pub use crate::i18n::common::OUTCOME as COL_RESULT;
pub use crate::i18n::common::OUTSIDE;
pub use crate::i18n::common::PHONE as COL_PHONE;
pub use crate::i18n::common::PRINTER;
pub use crate::i18n::common::READINGS as TAB_READINGS;
pub use crate::i18n::common::RELEASE_NOTICE as P_RELEASE;
pub use crate::i18n::common::RELEASE_NOTICE as KIND_RELEASE;
pub use crate::i18n::common::ROUND as COL_ROUND;
pub use crate::i18n::common::SHIFT_HANDOVER as P_HANDOVER;
pub use crate::i18n::common::SHIFT_HANDOVER as KIND_HANDOVER;
pub use crate::i18n::common::SHIFT_HANDOVER as HANDOVER;
pub use crate::i18n::common::SITUATION_REPORT as KIND_SITREP;
pub use crate::i18n::common::STATUS as COL_STATE;
pub use crate::i18n::common::TAKEN_AT as COL_SITE;
pub use crate::i18n::common::TEMPERATURE as COL_TEMPERATURE;
pub use crate::i18n::common::TIME as COL_TIME;
pub use crate::i18n::common::UNIT as COL_UNIT;
pub use crate::i18n::common::UNIT_SHEET as P_UNIT;
pub use crate::i18n::common::UNIT_SHEET as KIND_UNIT_SHEET;
pub use crate::i18n::common::UNKNOWN_CALLER;
pub use crate::i18n::common::WHAT as COL_WHAT;
pub use crate::i18n::common::WHY as REVEAL_WHY;
pub use crate::i18n::common::WORDS as COL_WORDS;
pub use crate::i18n::common::YES;
use crate::say::{Say, Word};

crate::words! {
    /// Overdue.
    OVERDUE: "已逾期", "overdue";
    /// Open now.
    OPEN_NOW: "应办", "due now";
    /// Coming.
    COMING: "未到时", "coming";
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

// What stands over and in an official paper, and in a picture.

crate::words! {
    /// Who signs a paper that goes upward.
    signer(name): "签发人：{name}", "Signed by: {name}";
    /// The line over which a temperature is a fever.
    fever_line(t): "发热 {t}", "fever {t}";
}

// How long something lasts or is late: by minutes, by hours up to two days, then by days.

crate::words! {
    /// Less than an hour.
    lasting_minutes(m): "{m}分", "{m} min";
    /// Whole hours.
    lasting_hours(h): "{h}时", "{h} h";
    /// Hours and minutes.
    lasting_both(h, m): "{h}时{m}分", "{h} h {m} min";
    /// Days.
    lasting_days(n; days = n "day" "days"): "{n}天", "{n} {days}";
}

/// How long so many minutes are.
pub fn lasting(minutes: i64) -> Say {
    match (minutes / 60, minutes % 60) {
        (0, m) => lasting_minutes(m),
        (h, _) if h >= 48 => lasting_days(h / 24),
        (h, 0) => lasting_hours(h),
        (h, m) => lasting_both(h, m),
    }
}

// What the contexts of the call sheet, the dossier, the release notice and the unit sheet put into words: codes, and sentences whose shape depends on what they say. The papers' fixed words stand in their templates.

crate::words! {
    /// Whose number.
    HEAD: "第一责任人", "head";
    /// Whose number.
    FAMILY: "家属", "family";
    /// Whose number.
    OWN: "本人", "own";
    /// Whose number.
    CONTACT: "包保联系人", "assigned contact";
    /// Whose number.
    CALLER: "来电号码", "called from";
    /// A slot's temperature.
    temperature(at): "{at} 体温", "temperature {at}";
    /// A slot's temperature on a counted day.
    temperature_day(at, day): "{at} 体温，第 {day} 天", "temperature {at}, day {day}";
    /// A promise.
    promised(at): "{at} 承诺", "promised for {at}";
    /// A promise and what was said.
    promised_words(at, words): "{at} 承诺：{words}", "promised for {at}: {words}";
    /// The office meant to call again.
    again(at): "{at} 再联系", "call again {at}";
    /// The office meant to call again, and what was said the last time.
    again_words(at, words): "{at} 再联系：{words}", "call again {at}: {words}";
    /// A report that did not come.
    report_missing(day, at): "{day} 日报未报（截止 {at}）", "report of {day} missing (due {at})";
    /// A report that is still awaited.
    report_awaited(day, at): "{day} 日报待报（截止 {at}）", "report of {day} awaited (due {at})";
    /// The last call.
    last_call(at, outcome): "{at} {outcome}", "{at} {outcome}";
    /// The count of days.
    day_of(day, total): "第 {day}/{total} 天", "day {day}/{total}";
    /// A promise that is still open.
    PROMISE_OPEN: "未了结", "open";
    /// The morning's temperature.
    MORNING: "上午", "morning";
    /// The afternoon's temperature.
    AFTERNOON: "下午", "afternoon";
    /// A chart's title.
    TEMPERATURES: "近 14 天体温（℃）", "Temperature, last 14 days (°C)";
    /// A person who never had a case.
    never_had_a_case(name): "{name}没有重点关注记录，无从解除", "{name} never had an attention case: there is nothing to release";
    /// A case that nobody has released.
    not_released(name, state): "{name}尚未解除（{state}），不能出具解除通知", "{name} is not released ({state}): no release notice can be made";
    /// What to do about it.
    not_released_hint(no): "请先签字解除：zhiban case release {no} --reason 原因；只要草稿请加 --draft", "Sign the release first: zhiban case release {no} --reason WHY; for a draft add --draft";
    /// How days are counted.
    day_count(zero, total, last; days = total "day" "days"): "{zero} ＋ {total} 天 = {last}", "{zero} + {total} {days} = {last}";
    /// The unit owes nothing.
    owes_nothing(unit): "{unit}没有欠报、漏填或待办事项", "{unit} owes nothing";
    /// No unit owes anything.
    NOBODY_OWES: "各单位均没有欠报、漏填或待办事项", "No unit owes anything";
    /// Column of a workbook.
    COL_NO: "工号或代码", "Number or code";
    /// Column of a workbook.
    COL_WHY: "事由", "Why";
    /// Column of a workbook.
    COL_AM: "上午体温（℃）", "Morning (°C)";
    /// Column of a workbook.
    COL_PM: "下午体温（℃）", "Afternoon (°C)";
    /// Column of a workbook.
    COL_PLACE: "所在地", "Place";
    /// Column of a workbook.
    COL_DEADLINE: "截止", "Due";
    /// Column of a workbook.
    COL_CHASES: "催报次数", "Calls";
    /// Column of a workbook.
    COL_COUNT: "观察第几天", "Day";
    /// Column of a workbook.
    COL_OF: "共几天", "Of";
    /// A sheet's name.
    TAB_CALLS: "应联系", "Calls to make";
    /// A sheet's name.
    TAB_MISSING: "未报", "Missing reports";
    /// A sheet's name.
    TAB_UNREAD: "表内缺人", "Not in the sheet";
    /// A sheet's name.
    TAB_DOUBTS: "存疑", "To correct";
}

/// Whose number it is.
pub const fn role(role: Whose) -> Word {
    match role {
        Whose::Own => OWN,
        Whose::Liaison => LIAISON,
        Whose::Head => HEAD,
        Whose::Family => FAMILY,
        Whose::Contact => CONTACT,
        Whose::Caller => CALLER,
        Whose::Outside => OUTSIDE,
    }
}

/// What is due, in one line; the name stands beside it.
pub fn due(row: &DueRow, calendar: Calendar) -> Say {
    let at = calendar.md_hm(row.at);
    let words = row.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = match (row.item.kind, words.is_empty()) {
        (ItemKind::Slot, _) if row.state == DueState::Missed => {
            return slots::missed(row.missed, &at, &words);
        }
        (ItemKind::Slot, true) => temperature(at),
        (ItemKind::Slot, false) => temperature_day(at, words),
        (ItemKind::Promise, true) => promised(at),
        (ItemKind::Promise, false) => promised_words(at, words),
        (_, true) => again(at),
        (_, false) => again_words(at, words),
    };
    if row.state == DueState::Missed { joined(&[what, OVERDUE.into()]) } else { what }
}

// The words of previews and of the way to the printer.

crate::words! {
    /// Nothing that is printed.
    NOTHING_TO_PRINT: "这里没有可打印的", "Nothing here to print";
    /// A paper.
    P_SITREP: "疫情日报（表格）", "Situation report (tables)";
    /// A paper.
    P_NUMBERS: "通报：全校数字", "Bulletin: the school's numbers";
    /// A paper.
    P_CAMPUS: "通报：分校区", "Bulletin: campus by campus";
    /// A paper.
    dossier_of(name): "{name}一人一档", "Dossier: {name}";
    /// A paper.
    unit_of(name): "{name}催报单", "Unit sheet: {name}";
    /// A title.
    WHICH_TITLE: "打印哪一种", "Which paper";
    /// A paper is being made.
    MAKING: "正在排版…", "Making the paper…";
    /// A key came before the paper.
    NOT_MADE_YET: "还在排版，请稍等；Esc 取消", "The paper is still being made; Esc cancels";
    /// The printers are looked for.
    ASKING_PRINTERS: "正在查看打印机…", "Asking the printers…";
    /// A file is being written.
    WRITING: "正在写文件…", "Writing the file…";
    /// No workbook of this paper.
    NO_TABLES: "这份文书不是表格，不能存为 xlsx：按 w 存 PDF，按 t 存文本", "This paper is no table and has no xlsx: w writes a PDF, t text";
    /// Numbers stand there in full.
    SHOWN_ALREADY: "号码已经完整显示", "The numbers are shown in full already";
    /// No private numbers on it.
    NO_NUMBERS: "这份文书上没有隐去的号码", "No number is hidden on this paper";
    /// A hint.
    REVEAL_HINT: "例如：停电，要照单打电话；每个人都记入日志", "e.g. a power cut, calls by hand; logged for each person";
    /// A title.
    REVEAL_TITLE: "在文书上显示完整号码", "Full numbers on the paper";
    /// No reason given.
    REVEAL_NEEDED: "请填写原因", "A reason is needed";
    /// It was logged.
    REVEALED_ON_PAPER: "已记入日志，正在换成完整号码", "Logged; making the paper with full numbers";
    /// A title.
    print_title(paper): "打印 {paper}", "Print: {paper}";
    /// A field.
    COPIES: "份数", "Copies";
    /// A field.
    SIDES: "单双面", "Sides";
    /// A choice.
    AS_SET: "按打印机设置", "as the printer is set";
    /// A choice.
    ONE_SIDED: "单面", "one-sided";
    /// A choice.
    TWO_SIDED: "双面", "two-sided";
    /// A wrong number of copies.
    BAD_COPIES: "份数为 1 到 99", "1 to 99 copies";
    /// On its way.
    sending_to(printer): "正在送到 {printer}…", "Sending to {printer}…";
    /// Which page is seen.
    page_of(page, all): "第 {page}/{all} 页", "page {page}/{all}";
    /// The paper of a handover that was just signed lies on the disk.
    written_already(file): "已存为 {file}", "written: {file}";
    /// More of this page below.
    MORE_BELOW: "下面还有", "more below";
    /// Numbers are shown in full.
    IN_FULL: "号码完整", "full numbers";
    /// Numbers are masked.
    MASKED: "号码已隐去，m 显示", "numbers hidden, m shows them";
}

// What became of a paper at the printer.

crate::words! {
    /// It came out.
    printed(printer, job): "已打印（打印机 {printer}，任务 {job}）", "Printed (printer {printer}, job {job})";
    /// It left the queue, and nothing says that it was started.
    left(printer, job, file): "任务 {job} 已不在打印机 {printer} 的队列里，没有打印记录：请到打印机处查看。文件在 {file}", "Job {job} has left the queue of {printer}, and nothing says it was printed: look at the printer. The file is {file}";
    /// It was taken back in the queue or at the printer.
    cancelled(printer, job, file): "任务 {job} 被取消，没有打印，或没有打印完：请到打印机 {printer} 处查看。文件在 {file}", "Job {job} was cancelled: not printed, or not completely: look at printer {printer}. The file is {file}";
    /// The print service ended while the job was on its way.
    service_gone(printer, job, file): "打印服务（cupsd）中途停止，任务 {job} 是否打印不明：请到打印机 {printer} 处查看。文件在 {file}", "The print service (cupsd) stopped on the way; whether job {job} was printed is not known: look at printer {printer}. The file is {file}";
    /// The printer could not; the queue tries again by itself.
    tries_again(printer, reason, file): "打印机 {printer} 没有打印成功：{reason}。任务留在队列里，过几分钟自动再试；文件在 {file}", "Printer {printer} could not print it: {reason}. The job stays in the queue, which tries again in some minutes; the file is {file}";
    /// The printer asks for a password.
    held_for_password(printer, job, file): "任务 {job} 等待输入打印机 {printer} 的用户名和口令（在系统的打印队列里输入），尚未打印；文件在 {file}", "Job {job} waits for a user name and password of printer {printer} (given in the system's print queue), not printed yet; the file is {file}";
    /// A queue took it; it cannot be asked.
    sent(printer, job): "已送打印机 {printer}（任务 {job}），无法查询打印结果", "Sent to printer {printer} (job {job}); its queue cannot be asked";
    /// Others are before it.
    waiting(printer, ahead, file; jobs = ahead "job" "jobs"): "已送打印机 {printer}，前面还有 {ahead} 个任务，尚未打印；文件在 {file}", "Sent to printer {printer}, waiting behind {ahead} {jobs}, not printed yet; the file is {file}";
    /// It is next, but not begun.
    waiting_next(printer, file): "已送打印机 {printer}，排在第一位，尚未开始打印；文件在 {file}", "Sent to printer {printer}, next in the queue, not begun yet; the file is {file}";
    /// It is being printed, for longer than anybody waited.
    printing(printer, job, file): "打印机 {printer} 正在打印（任务 {job}），还没有打印完；文件在 {file}", "Printer {printer} is printing it (job {job}), not finished yet; the file is {file}";
    /// It is being printed, and the printer complains.
    trouble(printer, reason, file): "打印机 {printer} 没有打印完：{reason}。任务仍在队列里；文件在 {file}", "Printer {printer} has not finished: {reason}. The job stays in the queue; the file is {file}";
    /// The queue is stopped.
    stopped(printer, reason, file): "打印机 {printer} 已停用：{reason}。任务在排队，启用后才会打印；文件在 {file}", "Printer {printer} stopped: {reason}. The job waits there until it is started again; the file is {file}";
    /// The job is held.
    held(printer, job, file): "任务 {job} 被打印机 {printer} 暂缓，放行后才会打印；文件在 {file}", "Job {job} is held at printer {printer} and prints when it is released; the file is {file}";
    /// The printer gave up on the job.
    failed(printer, reason, file): "打印机 {printer} 没有打印成功：{reason}；文件在 {file}", "Printer {printer} could not print it: {reason}; the file is {file}";
    /// The queue takes no jobs.
    not_accepting(printer, reason, file): "打印机 {printer} 不接收任务：{reason}；文件在 {file}", "Printer {printer} takes no jobs: {reason}; the file is {file}";
    /// No queue of that name; there are others.
    no_such(printer, others, file): "没有名为 {printer} 的打印机；现有：{others}。文件在 {file}", "There is no printer {printer}; there are: {others}. The file is {file}";
    /// No printer is the default; there are some.
    choose(others, file): "没有默认打印机，请选一台：{others}。文件在 {file}", "No printer is the default; choose one: {others}. The file is {file}";
    /// No printer is set up.
    none(file): "没有打印机，文件在 {file}", "There is no printer; the file is {file}";
    /// CUPS is not installed.
    no_cups(file): "没有打印机（本机未安装 CUPS），文件在 {file}", "There is no printer (CUPS is not installed here); the file is {file}";
    /// The scheduler does not run.
    not_running(file): "打印服务（cupsd）没有运行，文件在 {file}", "The print service (cupsd) is not running; the file is {file}";
    /// The queue refused.
    refused(printer, file): "打印机 {printer} 没有接收这份文件，请到打印机或打印队列处查看；文件在 {file}", "Printer {printer} did not take it: look at the printer and its queue. The file is {file}";
    /// A path that cannot be given to the print service.
    bad_path(file): "文件路径含有打印服务不认的字符，没有打印；文件在 {file}", "The path holds characters that the print service does not take: not printed. The file is {file}";
    /// The name cannot be a printer's.
    bad_name(name, file): "“{name}”不能作打印机名，文件在 {file}", "\"{name}\" cannot be a printer's name; the file is {file}";
    /// Nobody waited for the queue's answer.
    not_sent(file): "已停止等待，没有送出打印；文件在 {file}", "Stopped before it was sent to a printer; the file is {file}";
    /// The print service does not answer.
    silent(file): "打印服务没有回应，文件在 {file}", "The print service does not answer; the file is {file}";
    /// No reason is known.
    UNKNOWN: "原因不明", "no reason given";
    /// A printer is ready.
    IDLE: "空闲", "ready";
    /// A printer prints.
    BUSY: "正在打印", "printing";
    /// A printer is stopped.
    STOPPED: "已停用", "stopped";
    /// A printer that nothing is known of.
    UNCLEAR: "状态不明", "state unknown";
    /// A reason.
    PAPER_OUT: "缺纸", "out of paper";
    /// A reason.
    PAPER_LOW: "纸将用完", "paper low";
    /// A reason.
    PAPER_JAM: "卡纸", "paper jam";
    /// A reason.
    TONER_OUT: "缺墨或缺粉", "out of toner or ink";
    /// A reason.
    TONER_LOW: "墨粉将用完", "toner or ink low";
    /// A reason.
    DOOR_OPEN: "机盖未关", "door or cover open";
    /// A reason.
    OFFLINE: "脱机", "offline";
    /// A reason.
    TRAY: "纸盒未装好", "paper tray missing";
    /// A reason.
    PAUSED: "已暂停", "paused";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_is_said_in_the_unit_that_fits() {
        let zh = |minutes: i64| lasting(minutes).zh;
        let en = |minutes: i64| lasting(minutes).en;
        assert_eq!(
            [0, 54, 60, 1434, 2879, 2880].map(zh),
            ["0分", "54分", "1时", "23时54分", "47时59分", "2天"]
        );
        assert_eq!([1, 60, 1434, 4321].map(en), ["1 min", "1 h", "23 h 54 min", "3 days"]);
    }
}
