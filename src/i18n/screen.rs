//! The words of the screens: titles, columns, questions, feedback. Those of forms are in [`super::forms`].

pub use super::forms::*;
pub use crate::i18n::common::BACK as RETURNED;
pub use crate::i18n::common::CASE as ATTENTION;
pub use crate::i18n::common::CASES as TAB_CASES;
pub use crate::i18n::common::CASES;
pub use crate::i18n::common::COL_OFFICER as OFFICER;
pub use crate::i18n::common::COMMANDS as PALETTE_TITLE;
pub use crate::i18n::common::JOURNEYS as TAB_LEGS;
pub use crate::i18n::common::LAST_CALL as LAST_SAID;
pub use crate::i18n::common::LAST_CONTACT;
pub use crate::i18n::common::LIAISON_HEAD as LIAISON;
pub use crate::i18n::common::MEASURE;
pub use crate::i18n::common::NO_READING as NONE;
pub use crate::i18n::common::NO_SHIFT;
pub use crate::i18n::common::NOTES as TAB_NOTES;
pub use crate::i18n::common::PEOPLE as TAB_PEOPLE;
pub use crate::i18n::common::PHONE;
pub use crate::i18n::common::PLEASE_NOTE as PLAN_WARNINGS;
pub use crate::i18n::common::REASON as CATEGORIES;
pub use crate::i18n::common::REPORTS as TAB_REPORTS;
pub use crate::i18n::common::STATUS;
pub use crate::i18n::common::THERE_IS_NO_SUCH_UNIT as NO_SUCH_UNIT_HERE;
pub use crate::i18n::common::TIME as AT_TIME;
pub use crate::i18n::common::UNIT;
pub use crate::i18n::common::UNKNOWN_CALLER;
pub use crate::i18n::common::WHAT;
pub use crate::i18n::common::WORDS;
pub use crate::i18n::common::lost as not_saved;
pub use crate::i18n::common::place as of;
use crate::say::Say;

crate::words! {
    /// The program's name.
    ZHIBAN: "值班台", "zhiban";
    /// A rehearsal office.
    REHEARSAL: "演练", "REHEARSAL";
    // Columns.
    /// A unit's code.
    CODE: "代码", "Code";
    /// Name.
    NAME: "名称", "Name";
    /// When it came.
    CAME_AT: "收到", "Came";
    /// How many people.
    PEOPLE: "人数", "People";
    /// The unit above.
    ABOVE: "上级", "Above";
    /// How late.
    LATE_BY: "时限", "Deadline";
    /// The open promise.
    PROMISE: "承诺", "Promise";
    /// How many calls.
    CHASES: "催报", "Calls";
    /// Days in a row.
    STREAK: "连迟", "Streak";
    /// Head.
    HEAD: "第一责任人", "Head";
    /// Day n/14.
    DAY: "天数", "Day";
    /// Staff or student number.
    NO: "工号", "No.";
    /// How long until.
    LEFT: "时限", "Due";
    /// What kind.
    KIND: "类型", "Kind";
    /// Column of what is due: what kind of matter it is.
    MATTER: "事项", "Kind";
    /// Temperature.
    TEMP: "体温", "Temp";
    /// Marks a person with an open case.
    HAS_CASE: "重点关注", "case";
    /// Number of the entry.
    SEQ: "序号", "#";
    /// About whom.
    ABOUT: "对象", "About";
}

crate::words! {
    // Cells.
    /// Within a minute.
    SOON: "马上", "now";
    /// Within the last minute.
    JUST_NOW: "刚到点", "just now";
    /// Minutes ahead.
    in_minutes(m): "还剩{m}分钟", "in {m}m";
    /// Hours ahead.
    in_hours(h, m): "还剩{h}时{m}分", "in {h}h{m:02}";
    /// Days ahead.
    in_days(d): "还剩{d}天", "in {d}d";
    /// Minutes past.
    over_minutes(m): "超时{m}分钟", "{m}m over";
    /// Hours past.
    over_hours(h, m): "超时{h}时{m}分", "{h}h{m:02} over";
    /// Ten hours and more to come.
    in_whole_hours(h): "还剩{h}时", "in {h}h";
    /// Ten hours and more past.
    over_whole_hours(h): "超时{h}时", "{h}h over";
    /// Days past.
    over_days(d): "超时{d}天", "{d}d over";
    /// The counted day.
    day_of(n, total): "第{n}/{total}天", "{n}/{total}";
    /// The counted days are over, since so many.
    day_over(total, n): "第{total}/{total}天+{n}", "{total}/{total} (+{n})";
    /// The counted day, already written as n/14.
    day_text(n): "第{n}天", "day {n}";
    /// Calls that nobody answered: the head is next.
    unanswered(n): "{n}!未接通", "{n} missed";
    /// Nobody has called yet.
    NEVER: "未联系", "never";
    /// Lines there is no room for.
    /// How long ago something was due, in few columns.
    short_over(m): "超{m}分", "{m}m over";
    /// The same in hours and minutes.
    short_over_hours(h, m): "超{h}时{m}", "{h}h{m} over";
    /// The same in hours.
    short_over_whole(h): "超{h}时", "{h}h over";
    /// The same in days.
    short_over_days(d): "超{d}天", "{d}d over";
    /// How long until something is due, in few columns.
    short_left(m): "剩{m}分", "{m}m left";
    /// The same in hours and minutes.
    short_left_hours(h, m): "剩{h}时{m}", "{h}h{m} left";
    /// The same in hours.
    short_left_whole(h): "剩{h}时", "{h}h left";
    /// The same in days.
    short_left_days(d): "剩{d}天", "{d}d left";
    /// How much a unit promised that is still open.
    PROMISES_OPEN: "未了承诺", "Open promises";
    /// How often a unit was called today.
    CALLS_TODAY: "今日通话", "Calls today";
    /// How a unit's reports of the last fortnight stood.
    STRIP: "十四日", "14 days";
    /// The same of a month.
    STRIP_30: "三十日", "30 days";
    /// How many units were late or missing on each of the last thirty days, as columns, and how many today.
    school_month(columns, today): "全校三十日迟报未报 {columns} 今日 {today}", "30 days, late or missing {columns} today {today}";
    /// The part of a person's page with the temperatures as a picture.
    TAB_CURVE: "体温曲线", "Curve";
    /// What the picture shows.
    curve_key(from, to): "{from} 至 {to}，每天上午、下午；o 测得，* 发热；空白是没有测", "{from} to {to}, morning and afternoon; o measured, * fever; blank: not measured";
    /// The last temperatures.
    TEMPS: "体温", "Temp.";
    /// The day of observation, in few columns.
    DAY_SHORT: "天", "Day";
    /// Of a case: what is to be seen first.
    HOW: "情况", "How";
    /// A fever, unwell: marks of a case.
    FEVER_NOW: "!发热", "!fever";
    /// Unwell.
    UNWELL_NOW: "!不适", "!unwell";
    /// What has come of the reports in force.
    came(n, zero, late): "✓ 已报 {n}：零报告 {zero}，迟报 {late}", "✓ {n} reported: {zero} nothing to report, {late} late";
    /// The title of how the school fares.
    TRENDS: "全校十四日", "The school in 14 days";
    /// Cases opened that day.
    T_NEW: "新增", "New";
    /// From which day on.
    since(day): "{day} 起 ", "from {day} ";
    /// People with a fever.
    T_FEVER: "发热", "Fever";
    /// What has to be done in the school, in one line each.
    t_release(n): "待解除 {n}", "{n} to release";
    /// Slots.
    t_slots(missed, open): "时段：漏 {missed}，未办 {open}", "slots: {missed} missed, {open} open";
    /// Promises.
    t_promises(n, over): "承诺 {n}，超时 {over}", "promises: {n}, {over} overdue";
    /// The row with the cursor.
    SELECTED: "选中", "Selected";
    /// More rows below what is seen.
    rows_below(n): "下有 {n} 行", "{n} below";
    /// A line that stands for several people, by the name of the first: so many, so many besides.
    people_folded(name, n, more): "{name} 等 {n} 人", "{name} +{more}";
    /// The same of units or other things.
    things_folded(name, n, more): "{name} 等 {n} 项", "{name} +{more}";
    /// The same of several that are due of one.
    several_folded(name, n): "{name} {n} 项", "{name} x{n}";
    /// The sign of a line below which others stand when it is opened.
    FOLDED: "▸", "▸";
    /// The same of one that is opened.
    OPENED: "▾", "▾";
    /// How many lines a list has whose items are counted beside.
    in_lines(n; lines = n "line" "lines"): "（{n} 行）", " ({n} {lines})";
    /// A line was opened.
    UNFOLDED: "已展开，请选下面一行；再按 Enter 或 Esc 收起", "Opened: choose a line below. Enter or Esc folds it again";
    /// So many more lines.
    more_lines(n): "…另有 {n} 行", "… and {n} more lines";
    /// More events in the same entry.
    more_events(n): "（另{n}项）", " (+{n})";
    /// In front of what was taken back.
    UNDONE_MARK: "[已撤销] ", "[undone] ";
}

crate::words! {
    /// A backup begins.
    BACKING_UP: "正在备份…", "Backing up…";
    /// Work was stopped.
    CANCELLED: "已取消，没有写入任何内容", "Cancelled, nothing was written";
    /// On the clipboard.
    COPIED: "号码已复制", "Number copied";
    /// On the clipboard, and shown: both were logged as one.
    COPIED_SHOWN: "号码已复制，并显示 30 秒（已记入日志）；v 隐去", "Number copied and shown for 30 s (in the log); v hides it";
    /// Shown again within the time of the reveal.
    SHOWN_AGAIN: "号码再次显示，仍按上一次记录", "Shown again, under the same entry in the log";
    /// A draft was restored.
    DRAFT_BACK: "已恢复上次未写完的内容", "Your unfinished draft is back";
    /// A reading with a fever.
    FEVER: "发热", "fever";
    /// A shift was closed.
    HANDED_OVER: "已交班，正在生成交接单并备份…", "Handed over; writing the paper and a backup…";
    /// In Hubei now.
    IN_HUBEI: "在鄂", "in Hubei";
    /// How many people, and how many with those of the units below.
    with_below(own, all): "{own}（含下级 {all}）", "{own} ({all} with those below)";
    /// How a reading is opened.
    TO_READINGS: "按 Tab 到“逐日”，再按 Enter 看全部填报项", "Tab to Readings, then Enter lists all values";
    /// Through Hubei.
    VIA_HUBEI: "途经湖北", "via Hubei";
    /// A reading in full: when, and the form it came on.
    reading_of(when, form, version): "{when} 填报（{form} 第 {version} 版）", "Reading of {when} ({form} version {version})";
    /// Left the city.
    LEFT_CITY: "离开本市", "left the city";
    /// Nothing to act on.
    NOTHING_SELECTED: "没有选中任何一行", "Nothing is selected";
    /// Only promises are closed.
    NOT_A_PROMISE: "选中的不是承诺：时段和再联系请按 f 登记跟踪", "This is no promise: a slot or a call to make is done by logging it, f";
    /// Only such calls are attached.
    NOT_UNKNOWN: "选中的不是待核实来电", "This is not a call from an unknown caller";
    /// A key that means nothing here.
    UNKNOWN_KEY: "这个键在这里没有用处；按 ? 看可用的按键", "That key does nothing here; ? shows those that do";
    /// A Chinese character where keys are commands.
    INPUT_METHOD_ON: "输入法开着，打出来的是汉字：先切到英文再按键；要找人先按 /",
        "The input method is on: switch it to English for keys, or press / first to find somebody";
    /// Nothing fits.
    NO_COMMAND: "没有这个命令", "There is no such command";
    /// Nothing to copy.
    NO_NUMBER: "没有登记号码", "No number is known";
    /// Nobody sits here.
    NO_OFFICER: "还不知道操作人：按 w 选人，或用 :start-shift 开始值班", "It is not known who is at the desk: w chooses, :start-shift begins a shift";
    /// Nothing to release.
    NO_OPEN_CASE: "没有未解除的重点关注", "There is no open case here";
    /// Nobody to pick.
    NO_OTHER_OFFICER: "没有别的值班员：请先用 :add-officer 新增", "There is no other officer: add one first, :add-officer";
    /// Nowhere to go.
    NO_SUBJECT: "这一条没有对象，不能打开", "This is about nobody known: there is nothing to open";
    /// Needs one person.
    ONE_PERSON: "请先选中一个人", "Select one person first";
    /// Needs one row.
    ONE_ROW: "请先选中一行", "Select one row first";
    /// A reveal.
    REVEALED: "号码显示 30 秒，已记入日志", "Numbers are shown for 30 s; this is in the log";
    /// A reading replaced later.
    SUPERSEDED: "已被更正", "superseded";
    /// A part.
    TAB_CALLS: "跟踪", "Calls";
    /// A part.
    TAB_READINGS: "逐日", "Readings";
    /// An undo was done.
    UNDONE: "已撤销", "Undone";
    /// Who was at the other end.
    answered(who): "对方 {who}", "with {who}";
    /// Who recorded.
    by_officer(who): "记录人：{who}", "recorded by {who}";
    /// A unit that was called.
    called(name, n, outcome, words; calls = n "call" "calls"): "{name} {n} 次，最近：{outcome} {words}", "{name}, {n} {calls}, the last: {outcome} {words}";
    /// How often.
    corrections(n; times = n "time" "times"): "，更正 {n} 次", ", corrected {n} {times}";
    /// The formula.
    count_rule(zero, total, last): "第0天 {zero}，满 {total} 天为 {last}，次日起可解除", "day 0 is {zero}, day {total} is {last}; due for release the day after";
    /// Drafts at the start.
    drafts_kept(n, title; drafts = n "draft" "drafts"): "有 {n} 份未写完的内容（{title}等），打开同一表单即可接着写", "{n} unfinished {drafts} ({title} …): open the same form to go on";
    /// Something fell due.
    fell_due(kind, name): "到点：{kind} {name}", "Due: {kind} {name}";
    /// Whose shift.
    handover_of(name, since): "值班：{name}，自 {since}", "On duty: {name} since {since}";
    /// The head code.
    head_code(head, from, to): "日志校验码 {head}（第 {from}–{to} 号）", "log head {head} (entries {from}–{to})";
    /// An import is in.
    imported(seq): "已导入，记为第 {seq} 号", "Imported as entry {seq}";
}

crate::words! {
    /// The report that is being collected.
    current_report(name): "{name}（当前）", "{name} (now)";
    /// An older report that is owed.
    owed_report(name): "{name}（欠报）", "{name} (owed)";
    /// The same, of several units.
    owed_report_by(name, n): "{name}（{n} 个单位欠报）", "{name} (owed by {n})";
    /// Everything that is owed.
    all_owed(n): "全部欠报 {n} 份", "all {n} that are owed";
    /// A unit that does not owe that one.
    owes_not(unit, name): "{unit}不欠 {name} 的日报，请取消其标记", "{unit} does not owe the report of {name}: unmark it";
    /// An outstanding unit.
    item_outstanding(name, liaison, phone, n; calls = n "call" "calls"): "{name} 联络人 {liaison} {phone} 已催 {n} 次", "{name}, liaison {liaison} {phone}, {n} {calls}";
    /// More than one report is owed.
    item_owes(n; reports = n "report" "reports"): "，欠 {n} 份", ", {n} {reports} owed";
    /// Another officer.
    now_sits(name): "操作人已换为{name}", "{name} is at the desk now";
    /// One entry.
    op_title(seq, at): "第 {seq} 号　{at}", "Entry {seq}, {at}";
    /// Work beside the screen.
    reading_file(path): "正在读取 {path}", "Reading {path}";
    /// Who released.
    released_by(at, who, why): "{at} 由 {who} 解除：{why}", "released {at} by {who}: {why}";
    /// Rows of a report.
    rows_in(n; rows = n "row" "rows"): " {n} 人", " {n} {rows}";
    /// A commit is in.
    saved(seq): "已记录（第 {seq} 号）", "Saved (entry {seq})";
    /// A follow-up is in, and with it a case.
    saved_with_case(seq): "已记录并列入重点关注（第 {seq} 号）；o 可补充地点、日期", "Saved, and a case opened (entry {seq}); o fills in place and days";
    /// Several commits are in.
    saved_many(n, seq): "已记录 {n} 条（第 {seq} 号，u 一并撤销）", "{n} saved as entry {seq}; one u takes all of it back";
    /// A section.
    sec_called(n): "已联系单位（{n}）", "Units called ({n})";
    /// A section.
    sec_changed(n): "本班新增或变动的关注（{n}）", "Cases opened or changed ({n})";
    /// A section.
    sec_due(n): "未了事项：承诺与时段（{n}）", "Open promises and slots ({n})";
    /// A section.
    sec_happened(n): "本班记事（{n}）", "What happened ({n})";
    /// A section.
    sec_outstanding(n): "未报单位（{n}）", "Units outstanding ({n})";
    /// A section.
    sec_release(n): "期满待解除（{n}）", "Due for release ({n})";
    /// Counts.
    sum_calls(n, missed, promises; calls = n "follow-up" "follow-ups", open = promises "promise" "promises"): "跟踪 {n} 次，其中未接通 {missed} 次；未了结承诺 {promises} 项", "{n} {calls}, {missed} not reached; {promises} open {open}";
    /// Counts.
    sum_cases(all, new, gone, over; cases = all "case" "cases"): "重点关注 {all} 人，本班新增 {new} 人、解除 {gone} 人，期满待解除 {over} 人", "{all} open {cases}, {new} opened, {gone} released, {over} due for release";
    /// Counts.
    sum_reports(day, came, all, missing): "{day} 日报：应报 {all}，已报 {came}，未报 {missing}", "Reports of {day}: {all} expected, {came} received, {missing} outstanding";
    /// Counts of a day that runs.
    sum_running(day, n, all): "{day} 日报：应报 {all}，尚未到时限 {n}", "Reports of {day}: {all} expected, {n} not yet due";
    /// The header.
    on_duty(name, since): "值班 {name} {since}起", "duty {name} {since}";
    /// The header.
    NO_DUTY: "无人值班", "nobody on duty";
    /// Another than the officer on duty.
    sits(name): "操作人 {name}", "at the desk: {name}";
    /// A counter.
    c_outstanding(n, all): "未报 {n}/{all}", "missing {n}/{all}";
    /// A counter of another day.
    c_outstanding_of(n, all, day): "未报 {n}/{all} ({day})", "missing {n}/{all} ({day})";
    /// Units that owe reports of earlier days, since when.
    c_earlier(n, day): "前欠 {n} ({day} 起)", "earlier {n} (since {day})";
    /// A counter of several days.
    c_outstanding_since(n, day): "未报 {n} ({day} 起)", "missing {n} (since {day})";
    /// A counter of the day that runs.
    c_running(which, n): "{which} 尚未到时限 {n}", "{which} not yet due {n}";
    /// The same when some came early.
    c_running_of(which, n, all): "{which} 尚未到时限 {n}/{all}", "{which} not yet due {n}/{all}";
    /// A column.
    REPORT_OF: "日报", "Report";
    /// A column.
    NEXT_REPORT: "下一次", "Next";
    /// A label.
    OWES: "欠报", "Owes";
    /// Which reports are owed.
    owes_reports(list, n): "{list}（共 {n} 份）", "{list} ({n} in all)";
    /// A counter.
    c_cases(n): "关注 {n}", "cases {n}";
    /// A counter.
    c_release(n): "待解除 {n}", "release {n}";
    /// A counter.
    c_promises(n): "承诺 {n}", "promises {n}";
    /// A counter.
    c_overdue(n): "逾期 {n}", "overdue {n}";
    /// A counter.
    c_slots(n): "时段 {n}", "slots {n}";
    /// A counter.
    c_missed(n): "漏访 {n}", "missed {n}";
    /// A counter.
    c_unknown(n): "待核实 {n}", "unknown {n}";
    /// A counter.
    c_unread(n): "未读 {n}", "unread {n}";
    /// A counter.
    c_questions(n): "提问 {n}", "questions {n}";
    /// A counter.
    c_events(n): "未识别记录 {n}", "unknown entries {n}";
    /// A counter.
    c_deadline(at): "截止 {at}", "by {at}";
    /// Rows are on their way.
    LOADING: "正在读取…", "loading…";
    /// An empty table.
    EMPTY: "（无）", "nothing here";
    /// No unit is outstanding.
    ALL_REPORTED: "全部已报", "all have reported";
    /// A filter without rows.
    NO_MATCH: "没有符合筛选的", "nothing fits the filter";
    /// A filter is on.
    filter_is(text): "筛选：{text}", "filter: {text}";
    /// Marks.
    marked(n): "已标记 {n}", "{n} marked";
    /// A key for another list of the board.
    OTHER_PANE: "这一键用于另一栏，按 Tab 过去", "This key is for another pane: Tab goes there";
    /// Marks that were taken away.
    unmarked(n): "已取消 {n} 条标记", "{n} unmarked";
    /// Marks, some of them out of sight.
    marked_hidden(n, hidden): "已标记 {n}，其中 {hidden} 条被筛选隐藏", "{n} marked, {hidden} hidden";
    /// The list of calls from nobody known.
    CALLERS_TITLE: "待核实来电", "Unknown callers";
    /// Nobody is to be found out.
    NO_CALLERS: "没有待核实来电", "no unknown callers";
    /// Column: calls back.
    CALLED_BACK: "回拨", "Called back";
    /// No call back yet.
    NOT_CALLED_BACK: "未回拨", "not yet";
    /// Calls back.
    called_back(n, at, outcome): "{n} 次，最近 {at} {outcome}", "{n}, last {at} {outcome}";
    /// A tiny terminal.
    TOO_SMALL: "窗口太小，至少 60×18；Q 退出", "The window is too small: 60×18 at least; Q quits";
    /// A title.
    SHIFTS_TITLE: "历次班次", "Earlier shifts";
    /// A tiny terminal, and the desk is to be left.
    QUIT_SMALL: "退出值班台？y 是，n 否", "Leave the desk? y yes, n no";
    /// A paste that is too long for where it would go.
    paste_refused(n, most): "粘贴 {n} 字，此栏最多 {most} 字：未粘贴", "{n} characters pasted, {most} at most here: nothing was pasted";
    /// A field takes no more.
    field_full(most): "此栏最多 {most} 字", "{most} characters at most here";
    /// The lock.
    LOCKED: "已锁定", "Locked";
    /// A question.
    QUIT_SURE: "退出值班台？", "Leave the desk?";
    /// At leaving.
    QUIT_NOTE: "数据都已存盘，未写完的内容留作草稿", "Everything is saved; drafts are kept";
    /// A title.
    UNDO_TITLE: "撤销", "Undo";
    /// What an undo does.
    UNDO_WHAT: "将撤销：", "This would be taken back:";
}

crate::words! {
    /// A refused undo.
    UNDO_BLOCKED: "不能撤销，请先撤销依赖于它的：", "Not yet: undo first what depends on it:";
    /// A commit is on its way.
    SENDING: "正在保存…", "Saving…";
    /// A title.
    FIND_TITLE: "查找", "Find";
    /// A title.
    FIND_ATTACH: "这个来电是谁打来的？", "Whose call was it?";
    /// A title.
    HELP_TITLE: "此处可用的按键", "Keys that work here";
    /// Which part of a long list is seen.
    part_of(first, last, all): "{first}-{last}/{all}，上下键翻看", "{first}-{last} of {all}, arrows scroll";
    /// A title.
    PICK_SWITCH: "换操作人", "Who is at the desk";
    /// A title.
    PICK_TAKEOVER: "谁来接班", "Who takes over";
    /// A title.
    walk_title(name): "向{name}逐项交接（空格确认，Enter 继续）", "Item by item, to {name} (Space ticks, Enter goes on)";
    /// A walk without items.
    NOTHING_OPEN: "没有未了事项，按 Enter 继续", "Nothing is open: press Enter";
    /// A section.
    PLAN_PROBLEMS: "错误", "Errors";
    /// A section.
    PLAN_CHANGES: "变动", "Changes";
    /// A question.
    PLAN_SURE: "写入？", "Take it in?";
    /// A missing page.
    NO_SUCH_PERSON: "没有这个人，或已删除", "There is no such person, or they were erased";
    /// Screen 0 without a shift.
    HANDOVER_NONE: "没有可交接的班次", "There is no shift to hand over";
    /// Marks what wants attention.
    ALERT: "!", "!";
    /// A dossier with its numbers.
    REVEAL_LEFT: "号码显示中", "numbers shown";
    /// Monday.
    weekday_mon(d): "{d} 周一", "Mon {d}";
    /// Tuesday.
    weekday_tue(d): "{d} 周二", "Tue {d}";
    /// Wednesday.
    weekday_wed(d): "{d} 周三", "Wed {d}";
    /// Thursday.
    weekday_thu(d): "{d} 周四", "Thu {d}";
    /// Friday.
    weekday_fri(d): "{d} 周五", "Fri {d}";
    /// Saturday.
    weekday_sat(d): "{d} 周六", "Sat {d}";
    /// Sunday.
    weekday_sun(d): "{d} 周日", "Sun {d}";
}

/// How long something is past its time: by days, hours or minutes.
pub fn lateness(minutes: i64) -> Say {
    match minutes {
        ..=0 => JUST_NOW.into(),
        1..60 => over_minutes(minutes),
        60..1440 => over_hours(minutes / 60, minutes % 60),
        _ => over_days(minutes / 1440),
    }
}
