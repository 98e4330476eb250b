//! The words of forms: titles, labels, hints, what is wrong with a field.

pub use crate::i18n::common::ADDRESS;
pub use crate::i18n::common::ASSIGNED_CONTACT as CONTACT_PERSON;
pub use crate::i18n::common::CAMPUS;
pub use crate::i18n::common::CASE;
pub use crate::i18n::common::CHANNEL;
pub use crate::i18n::common::ID_NUMBER;
pub use crate::i18n::common::KIND as PERSON_KIND;
pub use crate::i18n::common::NAME as PERSON_NAME;
pub use crate::i18n::common::ORIGIN;
pub use crate::i18n::common::OUTCOME;
pub use crate::i18n::common::OUTSTANDING;
pub use crate::i18n::common::PLACE;
pub use crate::i18n::common::PRINTER;
pub use crate::i18n::common::REASON as WHY;
pub use crate::i18n::common::REMARK;
pub use crate::i18n::common::REPORT as SHEET_REPORT;
pub use crate::i18n::common::ROSTER as SHEET_ROSTER;
pub use crate::i18n::common::ROUND;
pub use crate::i18n::common::SEX;
pub use crate::i18n::common::TAKEN_AT as SITE;
pub use crate::i18n::common::TEMPERATURE;
pub use crate::i18n::common::UNITS as SHEET_UNITS;
pub use crate::i18n::common::WORDS as SAID;
pub use crate::i18n::common::ZERO_REPORT;

crate::words! {
    /// Who answered.
    ANSWERED_BY: "接听人", "Answered by";
    /// Who called.
    CALLER: "来电人", "Caller";
    /// Who replied to a message.
    REPLIED_BY: "回复人", "Replied by";
    /// Whom one met.
    MET: "面谈人", "Spoken to";
    /// The language of the locale.
    AS_THE_MACHINE: "随系统", "as the machine";
    /// Not a number of days.
    BAD_NUMBER: "请填 0 到 99 的整数", "A whole number from 0 to 99 is needed";
    /// Not a time of day.
    BAD_TIME: "时间请按 10:00 的格式填写", "Write the time like 10:00";
    /// Whether the bell is heard.
    BELL: "声音提醒", "Audible bell";
    /// Text was typed where something is chosen.
    CHOOSE_HERE: "这里用左右键选择，Tab 到下一项", "Left and Right choose here; Tab goes to the next field";
    /// A private field.
    BLANK_UNCHANGED: "不填则不改", "blank leaves it as it is";
    /// No category.
    CATEGORY_NEEDED: "请至少选一项原因", "Choose at least one reason";
    /// A form's title.
    CHANGE_CASE: "修改重点关注", "Change case";
    /// No code.
    CODE_NEEDED: "请填代码", "A code is needed";
    /// How many days are counted.
    DAYS_COUNTED: "观察天数", "Days";
    /// Where the office's day begins.
    DAY_START: "每日起点", "Day begins";
    /// When office hours end.
    CLOSES: "下班时间", "Office closes";
    /// What that is for.
    CLOSES_HINT: "“下班前”就是这个时间", "what \"closing\" means in a promise";
    /// How days are counted.
    DAY_ZERO: "末次接触日为第0天，不填则从开始日算起", "the last contact is day 0; blank counts from the start";
    /// A form's title.
    EDIT: "更正资料", "Edit";
    /// The family's number.
    FAMILY_PHONE: "家属电话", "Family";
    /// A path.
    FILE: "文件", "File";
    /// What can be read.
    FILE_KINDS: ".xlsx 或 .csv", ".xlsx or .csv";
    /// No path.
    FILE_NEEDED: "请填文件路径", "A file is needed";
    /// A form's title.
    FOLLOW_UP: "跟踪", "Follow-up";
    /// Words at a handover.
    FOR_NEXT_SHIFT: "留给下一班", "For the next shift";
    /// The head's number.
    HEAD_PHONE: "责任人电话", "Head's phone";
    /// Ending a debt.
    EXCUSE_TITLE: "免报、核销", "Excuse, write off";
    /// How a debt is ended.
    EXCUSE_HOW: "方式", "How";
    /// To choose how.
    EXCUSE_HINT: "按 1 免报，按 2 核销", "press 1 to excuse it, 2 to write it off";
    /// One way.
    EXCUSE_EXCUSED: "免报（不计入应报）", "excused (not expected)";
    /// The other.
    EXCUSE_WRITTEN_OFF: "核销（仍计未报，不再催）", "written off (stays missing, no longer chased)";
    /// Which report.
    WHICH_REPORT: "哪一份", "Which report";
    /// Older debts.
    OWES_OLDER: "另有欠报，可左右选择", "older ones are owed: choose with left and right";
    /// A day that is not among the choices.
    OTHER_DAY: "其他日期才填", "only for another day";
    /// Two answers to one question.
    DAY_OR_WHICH: "已选了欠报的一份，日期请不填", "An owed report is chosen: leave the day empty";
    /// Nothing owed.
    OWES_NOTHING: "没有欠报", "No report is owed";
    /// How a report came.
    HOW_CAME: "报送方式", "How it came";
    /// How a promise ended.
    HOW_ENDED: "结果", "How it ended";
    /// A form's title.
    IMPORT: "导入表格", "Import a sheet";
    /// Where sheets lie.
    INBOX: "收件目录", "Inbox";
    /// Language.
    LANGUAGE: "语言", "Language";
    /// Day 0.
    LAST_EXPOSURE: "末次接触日", "Last contact day";
    /// The liaison's number.
    LIAISON_PHONE: "联络人电话", "Liaison's phone";
    /// No name.
    NAME_NEEDED: "请填名称", "A name is needed";
    /// A form's title.
    NEW_OFFICER: "新增值班员", "New officer";
    /// A form's title.
    NEW_PERSON: "新增人员", "New person";
    /// A form's title.
    NEW_UNIT: "新增单位", "New unit";
    /// When to call again.
    NEXT_CONTACT: "下次联系", "Next contact";
    /// A form's title.
    NOTE: "记事", "Note";
    /// The words of a note.
    NOTE_TEXT: "内容", "Text";
    /// A form as it was.
    NOTHING_CHANGED: "没有改动", "Nothing has changed";
    /// An empty note.
    NOTHING_WRITTEN: "请填写内容", "Nothing is written yet";
    /// No.
    NO_WORD: "否", "No";
    /// Yes.
    YES_WORD: "是", "Yes";
}

crate::words! {
    /// When it happened.
    HAPPENED_WHEN: "发生时间", "Happened at";
    /// When a report or a sheet came.
    CAME_WHEN: "收到时间", "Came at";
    /// How a time gone by is typed.
    AT_HINT: "不填为现在；如 09:50、20m（20 分钟前）", "blank is now; like 09:50, or 20m (that long ago)";
    /// Understood as a time gone by.
    means(at): "= {at}", "= {at}";
    /// A day that is still to come.
    FUTURE_DAY: "这一天还没有到", "That day is still to come";
    /// Nothing is chosen yet.
    TO_CHOOSE: "（请选）", "(choose)";
    /// How to choose what came.
    HOW_HINT: "按 1 零报告，按 2 有明细", "press 1 for a zero report, 2 for one with rows";
    /// The one round of a day.
    ONCE_A_DAY: "每日一次", "once a day";
    /// A time that is still to come.
    FUTURE_TIME: "这个时间还没有到", "That time is still to come";
    /// The plan waits for another Enter.
    ENTER_AGAIN: "再按 Enter 写入，Esc 返回", "press Enter again to take it in, Esc to go back";
    /// A reason is for corrections.
    ONLY_AGAIN: "仅在更正时填写", "only for a correction";
    /// The settings are others than those in the form.
    SETTINGS_MOVED: "设置刚被改过：请按 Esc，重新打开再改", "The settings have just been changed: press Esc and open them again";
    /// Part of a form is in the log.
    done_already(done, left; are = done "is" "are"): "其中 {done} 个已记录，只补记其余 {left} 个", "{done} {are} recorded already; only the other {left} will be";
    /// Where a form goes on from a draft.
    kept_from(at): "这是 {at} 未写完的草稿；^N 清空重填", "This is the unfinished draft of {at}; ^N starts afresh";
    /// The same, of an earlier program that did not note when.
    KEPT: "这是未写完的草稿；^N 清空重填", "This is an unfinished draft; ^N starts afresh";
    /// A draft is not recorded unread.
    KEPT_SURE: "这是上次未写完的草稿：核对后再按 Enter 记录，^N 清空重填", "This is an earlier draft: look it over and press Enter again to record it, or ^N to start afresh";
    /// A draft was thrown away.
    DRAFT_GONE: "草稿已清空", "The draft is gone";
    /// What may be typed.
    TEMP_HINT: "37.3、373 均可", "37.3 or 373";
    /// It was not said where.
    SITE_UNSAID: "未说明", "not said";
    /// Not a temperature, or none that can be.
    BAD_TEMP: "体温应在 34.0–43.0 ℃ 之间，如 37.3", "A temperature is 34.0 to 43.0 °C, such as 37.3";
    /// The number of a call that is called back.
    SAME_NUMBER: "不填即原来电号码", "blank: the number that called";
    /// A form's title.
    CALL_BACK: "回拨待核实来电", "Call back";
    /// Who answers at a unit.
    LIAISON_IF_BLANK: "接通时不填即记联络人", "blank: the liaison, when reached";
    /// A field: what became of an earlier promise.
    PROMISED_BEFORE: "原承诺", "Promised";
    /// What the answers mean.
    PROMISED_BEFORE_HINT: "问清再选；另约了时间的，原承诺自动了结", "ask, then choose; a new time replaces it";
    /// Where there are several of them.
    PROMISED_SEVERAL_HINT: "问清再选；不选则仍未了结", "ask, then choose; without a choice it stays open";
    /// An earlier promise is still open, whatever is promised now.
    STILL_OPEN_TOO: "仍未了结，新承诺另计", "still open beside a new one";
    /// An earlier promise is still open.
    still_open(at): "仍未了结（{at}）", "still open ({at})";
    /// A field: what comes of a fever.
    CASE_OR_REASON: "重点关注", "Case";
    /// What it is for.
    CASE_OR_REASON_HINT: "发热、异常须列入重点关注或写明原因", "a fever, or not well, needs a case or a reason";
    /// Why the form was not saved.
    CASE_OR_REASON_ASKED: "发热或异常，且不在重点关注中：请选择列入，或写明为何不列入", "A fever or not well, and no open case: open one, or say why not";
    /// A choice.
    OPEN_CASE_NEXT: "列入重点关注", "open a case";
    /// A choice.
    NO_CASE: "暂不列入", "no case";
    /// A field.
    WHY_NO_CASE: "不列入原因", "Why no case";
    /// Of what use the measure is.
    MEASURE_IF_CASE: "列入时填写；其他各项列入后按 o 补充", "for the case; o fills in the rest later";
    /// When a reason is needed.
    WHY_IF_NO_CASE: "不列入时填写，记入日志", "when no case is opened; it goes into the log";
    /// What is written down then.
    not_a_case(why): "发热或异常，暂不列入重点关注：{why}", "fever or not well, no case opened: {why}";
    /// Several at once.
    NOT_WELL_ONE_BY_ONE: "发热、异常须逐人记录", "A fever or not well is recorded person by person";
    /// Several callers at once.
    CALLERS_ONE_BY_ONE: "待核实来电须逐条跟踪", "Unknown callers are followed up one by one";
    /// It is not loaded yet whether there is a case.
    NOT_KNOWN_YET: "正在读取此人情况，请再按一次 Enter", "Still reading about this person: press Enter again";
    /// When a promise was kept.
    KEPT_WHEN: "几时兑现，不填为现在", "when it was kept; blank for now";
    /// A form was left.
    DRAFT_KEPT: "未保存；所填内容已留作草稿", "Not recorded; what you typed is kept as a draft";
    /// The desk waits before it is left.
    leaving(n; entries = n "entry is" "entries are"): "还有 {n} 条正在保存，存好即退出；再按 y 则不等", "{n} {entries} being saved; y again leaves without waiting";
}

crate::words! {
    /// The caller's number.
    NUMBER: "来电号码", "Number";
    /// No number.
    NUMBER_NEEDED: "请填工号或学号", "A staff or student number is needed";
    /// Nothing is known of a call.
    NUMBER_OR_WORDS: "来电号码和内容至少填一项", "Give the number or the words";
    /// The office's name.
    OFFICE_NAME: "办公室名称", "Office";
    /// A form's title.
    OPEN_CASE: "列入重点关注", "Open a case";
    /// In place of the round's.
    OWN_DEADLINE: "单独截止时间", "Own deadline";
    /// The officer of the office who answers for a unit.
    UNIT_OFFICER: "负责的值班员", "Duty officer";
    /// No officer answers for a unit.
    NO_UNIT_OFFICER: "未指定", "nobody";
    /// Own number.
    OWN_PHONE: "手机", "Phone";
    /// Which printer.
    PRINTER_HINT: "不填用系统默认", "blank is the system's default";
    /// No reason.
    REASON_NEEDED: "请填原因", "A reason is needed";
    /// A form's title.
    RECEIVED: "收到日报", "Report received";
    /// A form's title.
    RELEASE: "解除重点关注", "Release case";
    /// Why a case is released.
    RELEASE_REASON: "解除依据", "Grounds";
    /// The day of a report.
    REPORT_DAY: "日报日期", "Report day";
    /// Rounds and deadlines.
    ROUNDS: "轮次与截止", "Rounds";
    /// How rounds are written.
    ROUNDS_HINT: "如：day 10:00, pm 17:00", "like: day 10:00, pm 17:00";
    /// The answer still stands on no.
    SAY_YES: "确认请选“是”", "Choose yes to go on";
    /// Whether a unit reports.
    SENDS_REPORTS: "是否报送日报", "Sends reports";
    /// A form's title.
    SETTINGS: "设置", "Settings";
    /// What a sheet is taken in as.
    SHEET_KIND: "表格种类", "Sheet";
    /// Short name.
    SHORT: "简称", "Short name";
    /// Times of follow-ups.
    SLOTS: "随访时段", "Slots";
    /// How slots are written.
    SLOTS_HINT: "如：09:00 16:00", "like: 09:00 16:00";
    /// How to tick.
    SPACE_TICKS: "左右移动，空格勾选", "arrows move, Space ticks";
    /// The day it began.
    START: "开始日", "Start";
    /// A question.
    SURE_ATTACH: "确认归到此处？", "Attach the call?";
    /// A question.
    SURE_CLOSE: "确认交班？", "Close the shift?";
    /// A question.
    SURE_RELEASE: "确认解除？", "Release?";
    /// A second report.
    THERE_ALREADY: "已收过日报，此次算更正", "a report is there: this is a correction";
    /// How times are typed.
    TIME_HINT: "15:00、30m、明天9点", "15:00, 30m, tomorrow 9";
    /// Who said so.
    TOLD_BY: "告知人", "Told by";
    /// Who said so is needed.
    TOLD_BY_NEEDED: "由谁告知，必填", "who said so; needed";
    /// How a unit is named.
    UNIT_BY_NAME: "填名称、简称或代码", "name, short name or code";
}

crate::words! {
    /// A sheet of one unit.
    UNIT_IF_MISSING: "表内没有单位一栏时填写", "if the sheet has no unit column";
    /// No unit.
    UNIT_NEEDED: "请填单位", "A unit is needed";
    /// The office's offset.
    UTC_OFFSET: "时区", "UTC offset";
    /// Why a case is changed.
    WHY_CHANGED: "修改原因", "Why changed";
    /// Why a report is sent again.
    WHY_AGAIN: "更正原因", "Why corrected";
    /// A report with rows.
    WITH_ROWS: "有明细（另行导入）", "with rows, imported later";
    /// No counted days.
    ZERO_COUNTS_NONE: "0 表示不计天数", "0 counts none";
    /// Not a day.
    bad_day(text): "看不懂日期“{text}”，请写成 2020-02-17", "Not a day: “{text}”; write it like 2020-02-17";
    /// How a time is understood.
    means_tomorrow(at): "= 明天 {at}", "= tomorrow, {at}";
    /// No such unit.
    no_such_unit(text): "没有单位“{text}”", "There is no unit “{text}”";
    /// A form's title.
    attach_to(name): "来电归到：{name}", "Attach the call to {name}";
    /// A form's title.
    closing(from, to): "交班：{from} → {to}", "Handover: {from} → {to}";
    /// Both names.
    signed_by(from, to): "是，{from}交、{to}接", "Yes: {from} hands over, {to} takes over";
    /// Some of the targets are out of sight.
    of_them_hidden(n): "（其中 {n} 条被筛选隐藏）", " ({n} hidden by the filter)";
    /// What an op holds besides what is listed.
    and_more(n): "  另 {n} 项", "  and {n} more";
    /// Several targets.
    and_others(name, n): "{name}等 {n} 个", "{name} and others, {n} in all";
}
