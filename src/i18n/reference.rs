//! Words of the generated reference: its headings, where keys work, what each kind of event and each code is.

use crate::say::Word;

pub use crate::i18n::columns::COLUMNS_PAGE;
pub use crate::i18n::common::COMMANDS;
pub use crate::i18n::common::OUTSIDE_CONTACTS as CONTACTS;
pub use crate::i18n::erase::O_PROMISE as FOR_PROMISE;
pub use crate::i18n::find::S_PEOPLE as PEOPLE;
pub use crate::i18n::find::TRIED_UNIT as UNITS;
pub use crate::i18n::forms::SETTINGS;
pub use crate::i18n::keys::CALLERS;
pub use crate::i18n::keys::INBOX;
pub use crate::i18n::keys::SHIFTS;
pub use crate::i18n::keys::SPOKEN;
pub use crate::i18n::paper::OPEN_NOW as OPEN;
pub use crate::i18n::screen::NAME;

crate::words! {
    /// Its title.
    TITLE: "参考", "Reference";
    /// Where it comes from.
    ORIGIN: "由 zhiban reference 生成，取自程序所用的同一批表；说明见手册。", "Made by zhiban reference from the tables that the program itself uses; the manual explains.";
    /// The part with the usage lines.
    SYNOPSIS: "用法", "Synopsis";
    /// A heading.
    GLOBAL: "所有命令都可用的选项", "Options of every command";
    /// A heading.
    EXIT: "退出码", "Exit status";
    /// Exit code 0.
    EXIT_DONE: "完成", "done";
    /// Exit code 1.
    EXIT_REFUSED: "被拒绝或没有确认，原因在标准错误输出", "refused or not confirmed, with a message on standard error";
    /// Exit code 2.
    EXIT_USAGE: "用法有误", "usage";
    /// A heading.
    ENVIRONMENT: "环境变量", "Environment";
    /// An environment variable.
    ENV_OFFICER: "操作人，同 --officer", "the officer who acts, as --officer";
    /// An environment variable.
    ENV_STATE: "放最新校验码的文件夹", "the folder of the newest head codes";
    /// An environment variable.
    ENV_TERMINAL: "plain 或 auto，只管这一次", "plain or auto, for this call alone";
    /// An environment variable.
    ENV_THEME: "auto、light、dark 或 terminal，只管这一次", "auto, light, dark or terminal, for this call alone";
    /// An environment variable.
    ENV_NO_COLOR: "不用颜色", "no colours";
    /// A heading.
    KEYS: "按键", "Keys";
    /// A column.
    KEY: "键", "key";
    /// A column.
    DOES: "作用", "does";
    /// A column.
    BY_NAME: "名称", "by name";
    /// A column.
    WHERE: "何处", "where";
    /// A heading.
    PALETTE: "只能按名称执行的", "Only by name";
    /// A column.
    MEANING: "含义", "is";
    /// A column.
    LIKE: "写法", "written like";
    /// A column.
    DEFAULT: "默认", "default";
    /// A column.
    WHO: "由谁改", "set by";
    /// Whoever leads.
    LEAD: "带班领导", "a lead";
    /// Whoever may write.
    ANY: "值班员", "an officer";
    /// The setting of this machine.
    TERMINAL: "终端问不出字符宽度时用 plain；只在这台机器上，不入日志", "plain for a terminal that cannot be asked how wide it draws; of this machine, not in the log";
    /// Another setting of this machine.
    THEME: "配色：深底或浅底；auto 问终端，terminal 用终端自己的 16 色；只在这台机器上，不入日志", "the colours: for a light or a dark ground; auto asks the terminal, terminal takes its own 16; of this machine, not in the log";
    /// A heading.
    EVENTS: "事件", "Events";
    /// A column.
    KIND: "名称", "kind";
    /// A column.
    VERSION: "版本", "version";
    /// A heading.
    VALUES: "取值", "Values";
    /// A column.
    CODE: "代码", "code";
    /// A column: of JSON.
    FIELD: "字段", "field";
    /// A column: of JSON.
    TYPE: "类型", "type";
    /// Before what is said of a field that stays for old scripts.
    DEPRECATED: "旧：", "deprecated: ";
    /// Behind what is said of a field that is not always printed.
    AT_TIMES: "（有才写）", " (only where there is one)";
    /// A column: commands and arguments.
    ARGUMENT: "参数", "argument";

    /// Every page.
    EVERYWHERE: "各屏", "every screen and page";
    /// Every page, and.
    AND: "，以及", ", and ";
    /// Every page but.
    BUT: "各屏，除", "every screen and page but ";
    /// Where a key works.
    BOARD: "值班台", "board";
    /// Where a key works.
    OUTSTANDING: "未报", "outstanding";
    /// Where a key works.
    CASES: "关注", "cases";
    /// Where a key works.
    DOUBTS: "存疑", "doubts";
    /// Where a key works.
    DUE: "待办", "due";
    /// Where a key works.
    LOG: "日志", "log";
    /// A place: the list of ledgers.
    LEDGERS: "台账", "ledgers";
    /// A place: a ledger's page.
    LEDGER: "一本台账", "one ledger";
    /// A place: an entry's page.
    ENTRY: "一条台账记录", "one ledger entry";
    /// Where a key works.
    HANDOVER: "交接", "handover";
    /// Where a key works.
    SITREP: "疫情日报", "situation report";
    /// Where a key works.
    TOLD: "口径簿", "told book";
    /// Where a key works.
    BEHIND: "数字背后的名单", "what is behind a figure";
    /// Where a key works.
    DOSSIER: "一人一档", "dossier";
    /// Where a key works.
    UNIT: "单位页", "one unit";
    /// Where a key works.
    CONTACT: "一个外部联系人", "one outside contact";
    /// Where a key works.
    FILTER: "筛选", "the filter";
    /// Where a key works.
    FORM: "表单", "a form";
    /// Where a key works.
    FIND: "查找框", "the find box";
    /// Where a key works.
    RESULTS: "查找结果", "results of a find";
    /// Where a key works.
    PALETTE_OPEN: "命令", "the palette";
    /// Where a key works.
    QUESTION: "提问", "a question";
    /// Where a key works.
    PICK: "选一个的列表", "a list to pick from";
    /// Where a key works.
    WALK: "交班逐项复述", "the handover's walk";
    /// Where a key works.
    WORKING: "正在处理", "work in progress";
    /// Where a key works.
    READING: "文字", "a text";
    /// Where a key works.
    HELP_OPEN: "全部按键", "the help";
    /// Where a key works.
    PAPER: "纸的预览", "a paper";
    /// Where a key works.
    LOCKED: "锁屏", "the locked screen";

    /// A list of codes.
    REPORT_STATUS: "日报状态", "report status";
    /// A list of codes.
    REPORT_FORM: "日报形式", "report form";
    /// A place of keys.
    RECEIVED_REPORT: "收到的日报", "a received report";
    /// A list of codes.
    STANDING: "与所看一版的关系", "standing";
    /// A list of codes.
    CATEGORY: "关注原因", "category";
    /// A list of codes.
    MEASURE: "措施", "measure";
    /// A list of codes.
    CASE_STATE: "关注状态", "case state";
    /// A list of codes.
    AGAINST: "不宜解除", "against";
    /// A list of codes.
    FINDING: "待处置", "finding";
    /// A list of codes.
    DOUBT: "存疑", "doubt";
    /// A list of codes.
    URGENCY: "缓急", "urgency";
    /// A list of codes.
    DOUBT_ANSWER: "存疑的答复", "answer to a doubt";
    /// A list of codes.
    CHANNEL: "方式", "channel";
    /// A list of codes.
    OUTCOME: "结果", "outcome";
    /// A list of codes.
    PROMISE_END: "承诺结果", "promise end";
    /// A list of codes.
    DUE_STATE: "待办状态", "due state";
    /// A list of codes.
    ITEM: "事项", "item";
    /// A list of codes.
    HOW: "交接方式", "how";
    /// A list of codes.
    SIGNED: "签字", "signed";
    /// A list of codes.
    WHOSE: "谁的号码", "whose";
    /// A list of codes.
    CALL_FOR: "打电话的原因", "call reason";
    /// A list of codes.
    AXIS: "日报的表", "figure, axis";
    /// A list of codes.
    COLUMN: "日报的列", "figure, column";
    /// A list of codes.
    GROUP: "日报的分组", "figure, group";
    /// A list of codes.
    PERSON_KIND: "人员类别", "person kind";
    /// A list of codes.
    CONTACT_KIND: "外部联系人类别", "contact kind";
    /// A list of codes.
    SITE: "测温部位", "site";
    /// A list of codes.
    ROLE: "角色", "role";
    /// A list of codes.
    WAY: "相符之处", "way";
    /// A list of codes.
    PART: "相符部分", "part";
    /// A list of codes.
    FLAW: "拒收：单元格", "rejection, cell";
    /// A list of codes.
    FAULT: "问题", "fault";
    /// A list of codes.
    HEAD: "校验码比对", "head";
    /// A list of codes.
    DIFFERS: "库结构的差异", "layout";
    /// A list of codes.
    PAPERS: "各种纸", "papers";
    /// How a file of the inbox stands.
    STAND: "收件的状态", "file of the inbox";
    /// By what a thing about a file is known.
    SOURCE: "从何得知", "what a thing is known by";

    /// A due item's state.
    COMING: "未到时", "not yet due";
    /// A due item's state.
    MISSED: "漏访（时段已关）、已逾期（承诺、再联系）", "a slot whose window closed; a promise or a call past its time";
    /// What a call is about.
    FOR_TEMPERATURE: "时段测温", "the temperature of a slot";
    /// What a call is about.
    FOR_AGAIN: "再联系", "the office meant to call again";
    /// What a call is about.
    FOR_REPORT: "单位日报", "a unit's report";
    /// A part of the file's layout.
    IS_MISSING: "缺", "not there";
    /// A part of the file's layout.
    IS_ADDED: "多", "there, and should not be";
    /// A part of the file's layout.
    IS_CHANGED: "被改", "there in other words";
    /// A part of the file's layout.
    HAS_OTHER_CONTENT: "与表不一致", "an index that does not agree with its table";
    /// Figures of the whole school.
    ALL: "全校", "the whole school";
    /// Figures by unit.
    BY_UNIT: "单位，用 id", "units, by id";
}

const fn w(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

/// What a kind of event is.
pub fn event(kind: &str) -> Option<Word> {
    EVENT_WORDS.iter().find(|(known, _)| *known == kind).map(|(_, word)| *word)
}

const EVENT_WORDS: &[(&str, Word)] = &[
    ("office.opened", w("新建本单位", "the office begins")),
    (
        "desk.started",
        w("恢复或复制后，作为新的值班台接着记", "a restored or copied file goes on as a new desk"),
    ),
    ("settings.changed", w("修改设置", "settings were changed")),
    ("rules.adopted", w("启用规则", "rules are in force")),
    ("form.adopted", w("启用采集表", "a form of sheets is in force")),
    ("template.adopted", w("启用模板", "a template of a paper is in force")),
    ("officer.added", w("新增值班员", "an officer was added")),
    ("officer.role", w("设定角色", "an officer was given a role")),
    ("shift.started", w("开始值班", "a shift began")),
    ("shift.closed", w("交班", "a shift was handed over")),
    ("handover.words", w("交班时的留话和原因", "the words left at a handover")),
    ("handover.asked", w("接班提问", "a question was left on an item")),
    ("handover.answered", w("答复提问", "a question was answered or closed")),
    ("handover.acknowledged", w("未读的补阅", "an item taken over unread was read")),
    ("pin.changed", w("设置、更换、取消口令", "a PIN was set, changed or taken away")),
    ("find.probed", w("一小时内多次按号码片段查找", "many parts of numbers were looked for within an hour")),
    ("unit.added", w("新增单位", "a unit was added")),
    ("unit.changed", w("更正单位资料", "a unit was corrected")),
    ("person.added", w("新增人员", "a person was added")),
    ("person.changed", w("更正人员资料", "a person was corrected")),
    ("person.erased", w("删除一个人的全部记录", "a person was erased")),
    ("sheet.imported", w("导入表格", "a sheet was taken in")),
    ("report.received", w("收到日报", "a report was received")),
    ("report.excused", w("免报、核销", "a report was excused or written off")),
    ("followup.logged", w("跟踪", "a follow-up was logged")),
    ("followup.attached", w("来电归到某人", "a call was given its person")),
    ("promise.closed", w("了结承诺", "a promise ended")),
    ("case.opened", w("列入关注", "a case was opened")),
    ("case.changed", w("修改关注", "a case was changed")),
    ("case.released", w("解除关注", "a case was released")),
    ("doubt.confirmed", w("存疑核实，按原报", "a doubt was answered: what was sent is so")),
    ("doubt.corrected", w("存疑核实，更正", "a doubt was answered: a value is otherwise")),
    ("doubt.deferred", w("存疑已问，答应再复", "a doubt was asked, and its answer promised")),
    ("finding.dismissed", w("待处置的说明原因、不列入", "what was to be acted on was dismissed")),
    ("ledger.adopted", w("启用台账声明", "a ledger's declaration was taken into use")),
    ("entry.written", w("登记一条台账记录", "an entry of a ledger was written")),
    ("entry.changed", w("更正台账记录", "an entry was corrected")),
    ("entry.moved", w("办理台账记录", "an entry took a step")),
    ("entry.withdrawn", w("作废台账记录", "an entry was withdrawn")),
    ("entry.raised", w("台账提议已办理或不办", "what an entry proposed was taken up or declined")),
    ("entry.revealed", w("显示台账记录里的号码", "the numbers in an entry of a ledger were shown")),
    ("note.written", w("记事", "a note")),
    ("contact.added", w("新增外部联系人", "an outside contact was added")),
    ("contact.changed", w("更正外部联系人", "an outside contact was corrected")),
    ("contact.removed", w("移除外部联系人", "an outside contact was removed")),
    ("op.undone", w("撤销一条记录", "an entry was taken back")),
    ("personal.revealed", w("显示个人号码", "a person's numbers were shown")),
    ("number.revealed", w("显示待核实来电的号码", "an unknown caller's number was shown")),
    ("paper.printed", w("打印或存成文件", "a paper was printed or written")),
    ("backup.made", w("备份", "a backup was made")),
    ("drill.done", w("备份演练", "a drill of a backup")),
    ("sitrep.sent", w("报送疫情日报", "a situation report was sent")),
    ("sitrep.corrected", w("更正已报送的疫情日报", "a report that was sent was corrected")),
    ("figure.told", w("报数", "figures were told")),
    ("sitrep.reason", w("日报更正的原因", "why a report was corrected")),
    ("told.words", w("报数的附言", "the words beside figures told")),
];

/// What is wrong with a cell, in short.
pub fn flaw(code: &str) -> Option<Word> {
    FLAW_WORDS.iter().find(|(known, _)| *known == code).map(|(_, word)| *word)
}

const FLAW_WORDS: &[(&str, Word)] = &[
    ("missing", w("未填", "must be filled in")),
    ("formula-error", w("公式错误", "a formula's error")),
    ("digits-lost", w("长号码丢了末几位", "a long number that lost its last digits")),
    ("garbled", w("乱码", "characters were lost on the way")),
    ("too-long", w("过长", "too long")),
    ("not-a-temperature", w("不是体温", "no temperature")),
    ("temperature-range", w("体温超范围", "a temperature nobody has")),
    ("not-a-date", w("不是日期", "no day")),
    ("year-missing", w("日期缺年份，无法判断是哪一年", "a day without its year, too far off to say which")),
    ("not-yes-or-no", w("不是“是”或“否”", "neither yes nor no")),
    ("not-in-list", w("不在可选项中", "not in the column's list")),
    ("not-a-phone", w("不是电话", "no telephone number")),
    ("not-an-id-number", w("不是身份证号", "no ID number")),
    ("not-a-number", w("不是编号", "no number of a person")),
    ("not-a-time", w("不是时刻", "no time of day")),
    ("not-a-date-and-time", w("不是日期和时刻", "no day and time")),
    ("not-a-whole-number", w("不是整数", "no whole number")),
    (
        "code-and-word-differ",
        w("代码列与文字列不一致", "a column of words says something else than the one of codes beside it"),
    ),
    ("formula-not-calculated", w("公式没有算出结果", "a formula that was never calculated")),
    ("shown-differently", w("显示的与存的不一样", "a number shown as something else")),
    ("date-in-another-column", w("不该是日期的地方是日期", "a day where none belongs")),
    ("several-days", w("一段或几个日期", "a span or several days")),
    ("year-of-two-digits", w("年份只有两位", "a year of two digits")),
    ("year-far-off", w("年份相差太远", "a year far from the report's")),
    ("day-before", w("导出时可能成了前一天", "a day that was perhaps put back to the one before")),
    ("check-digit", w("校验码或出生日期不对", "a check digit or day of birth that does not fit")),
    ("not-a-name", w("不是姓名", "no name")),
    ("merged-number", w("一个数合并在几行里", "one number merged over several rows")),
];
