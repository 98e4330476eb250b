//! What each key does, in a word or two: the footer, the help and the palette show these.

pub use crate::i18n::columns::{COLUMNS, KEEP_COLUMNS};
pub use crate::i18n::common::BACK;
pub use crate::i18n::common::CASES;
pub use crate::i18n::common::DOUBTS;
pub use crate::i18n::common::DUE;
pub use crate::i18n::common::LEDGERS;
pub use crate::i18n::common::NO;
pub use crate::i18n::common::NOTE;
pub use crate::i18n::common::OUTSIDE_CONTACTS as CONTACTS;
pub use crate::i18n::common::OUTSTANDING;
pub use crate::i18n::common::PEOPLE;
pub use crate::i18n::common::YES;

crate::words! {
    /// A key.
    OPEN_REPORT: "打开日报", "Open the report";
    /// A key.
    OLDER: "前一版", "Version before";
    /// A key.
    NEWER: "后一版", "Version after";
    /// A heading of the help.
    G_MOVE: "移动与选择", "Move and choose";
    /// A heading of the help.
    G_ACT: "办理", "Act";
    /// A heading of the help.
    G_GO: "前往", "Go to";
    /// A heading of the help.
    G_EVERYWHERE: "随处可用", "Everywhere";
    /// What typing does in the help.
    HELP_TYPE: "打字筛选：按键、文字或拼音", "type to narrow these down: a key, its words";
    /// Nothing in the help fits.
    HELP_NONE: "没有这样的按键，按 Esc 清除", "No key is like that; Esc clears";
    /// The key.
    SPACE: "空格", "Space";
    /// A reading in full.
    ALL_VALUES: "看全部填报项", "all values";
    /// Screen 1.
    BOARD: "值班台", "Board";
    /// Screen 2.
    UNITS: "单位", "Units";
    /// Screen 9.
    LOG: "日志", "Log";
    /// Screen 0.
    HANDOVER: "交接", "Handover";
    /// Screen -.
    SITREP: "疫情日报", "Report";
    /// The report spoken in thirty seconds.
    SPOKEN: "口头汇报", "spoken report";
    /// What was told to whom.
    TOLD: "口径簿", "figures told";
    /// To the figure on the left.
    FIGURE_LEFT: "左边一格", "figure to the left";
    /// To the figure on the right.
    FIGURE_RIGHT: "右边一格", "figure to the right";
    /// Opens a figure.
    WHO_IS_IT: "是谁", "who it is";
    /// The next table of the report.
    NEXT_TABLE: "下一张表", "next table";
    /// The table before.
    PREV_TABLE: "上一张表", "table before";
    /// Send the report.
    SEND: "报送", "send";
    /// Another boundary of days.
    BOUNDARY: "换日界", "day boundary";
    /// Correct a report that was sent.
    CORRECT: "更正已报送的", "correct";
    /// A told figure by hand.
    ADD_TOLD: "登记口径", "add by hand";
    /// The spoken report was spoken.
    SAID_IT: "已汇报", "told it";
    /// The message to the group of those that are missing.
    CHASE_GROUP: "群发催报", "message the group";
    /// The message to one unit.
    CHASE_UNIT: "单位消息", "message the unit";
    /// Copy the text.
    COPY_TEXT: "复制全文", "copy text";
    /// A doubt: what was sent is so.
    CONFIRM_DOUBT: "按原报核实", "as sent";
    /// A doubt: it is otherwise.
    CORRECT_DOUBT: "更正所报", "correct";
    /// A doubt: the answer is promised.
    DEFER_DOUBT: "答应再复", "promised";
    /// A new entry of a ledger.
    ADD_ENTRY: "登记", "add entry";
    /// From state to state.
    MOVE_ENTRY: "办理", "next step";
    /// An entry was a mistake.
    WITHDRAW_ENTRY: "作废", "withdraw";
    /// To make what an entry proposes.
    TAKE_UP: "办理提议", "take up";
    /// To make nothing of it.
    DECLINE: "提议不办", "decline";
    /// Find anyone.
    FIND: "查找", "find";
    /// Run by name.
    COMMAND: "命令", "command";
    /// All keys.
    HELP: "全部按键", "all keys";
    /// Go in.
    OPEN: "进入", "open";
    /// Log a contact.
    FOLLOW_UP: "跟踪", "follow-up";
    /// A call from somebody not known yet.
    INCOMING: "登记待核实来电", "log unknown caller";
    /// Mark a report received.
    RECEIVED: "收到日报", "received";
    /// A command.
    EXCUSE: "免报、核销", "excuse, write off";
    /// Open a case, or change the open one.
    CASE: "列入/修改关注", "case";
    /// Release a case.
    RELEASE: "解除关注", "release";
    /// Take back.
    UNDO: "撤销", "undo";
    /// Correct by hand.
    EDIT: "更正资料", "edit";
    /// Show masked numbers.
    REVEAL: "显示号码", "show number";
    /// Copy the number.
    COPY: "复制号码", "copy number";
    /// Sort by the next column.
    SORT: "换列排序", "sort";
    /// Turn the order round.
    REVERSE: "倒序", "reverse";
    /// Filter as you type.
    FILTER: "筛选", "filter";
    /// Mark the row.
    MARK: "标记", "mark";
    /// Mark all rows.
    MARK_ALL: "全部标记", "mark all";
    /// Give a call its person.
    ATTACH: "核实来电人", "identify caller";
    /// End a promise by hand.
    CLOSE_PROMISE: "了结/已阅", "settle, read";
    /// The next part of the screen.
    NEXT_PANE: "下一栏", "next part";
    /// The part before.
    PREV_PANE: "上一栏", "previous part";
    /// One up.
    UP: "上", "up";
    /// One down.
    DOWN: "下", "down";
    /// One screen up.
    PAGE_UP: "上一页", "page up";
    /// One screen down.
    PAGE_DOWN: "下一页", "page down";
    /// To the first.
    TOP: "最前", "first";
    /// To the last.
    BOTTOM: "最后", "last";
    /// Another officer sits here.
    OFFICER: "换操作人", "officer";
    /// Hide everything.
    LOCK: "锁屏", "lock";
    /// End the desk.
    QUIT: "退出", "quit";
    /// Give the terminal back.
    SUSPEND: "挂起", "suspend";
    /// Draw anew.
    REDRAW: "重画屏幕", "redraw";
    /// Preview and print.
    PRINT: "打印", "print";
    /// Sheets to be filled in.
    UNIT_FORMS: "写填报表", "write their sheets to fill in";
    /// Sheets to be filled in.
    ALL_FORMS: "写全部单位的填报表", "write the sheets of all units";
    /// A file.
    WRITE_PDF: "存 PDF", "PDF file";
    /// A file.
    WRITE_TEXT: "存文本", "text file";
    /// A file.
    WRITE_SHEET: "存 xlsx", "xlsx file";
    /// Numbers on the paper.
    FULL_NUMBERS: "显示号码", "full numbers";
    /// The next page of paper.
    SHEET_NEXT: "下一张", "next sheet";
    /// The page of paper before.
    SHEET_BEFORE: "上一张", "sheet before";
    /// Hand over.
    CLOSE_SHIFT: "交班", "close shift";
    /// Go on duty, or take over from an officer who left.
    START_SHIFT: "开始值班/自行接班", "start shift, take over";
    /// Earlier shifts.
    SHIFTS: "历次班次", "earlier shifts";
    /// The paper of an earlier shift.
    SEE_PAPER: "看交接单", "see the paper";
    /// Everything that was taken over unread.
    READ_ALL: "未读全部已阅", "all unread are read";
    /// A question on an item.
    ASK: "留问题", "ask";
    /// The own PIN.
    PIN: "我的口令", "my PIN";
    /// A new person by hand.
    ADD_PERSON: "新增人员", "add person";
    /// A new unit by hand.
    ADD_UNIT: "新增单位", "add unit";
    /// A new officer.
    ADD_OFFICER: "新增值班员", "add officer";
    /// Take in a sheet.
    IMPORT: "导入表格", "import a sheet";
    /// The files of the watched folder.
    INBOX: "收件", "inbox";
    /// Take in all that are ready.
    TAKE_FILES: "全部收下", "take in";
    /// Say what a file is.
    SAY_FILE: "指定", "say what it is";
    /// Send a file back.
    RETURN_FILE: "退回", "send back";
    /// Copy the message to its sender.
    COPY_MESSAGE: "复制回执", "copy message";
    /// The office's settings.
    SETTINGS: "设置", "settings";
    /// Take a backup.
    BACKUP: "备份", "back up";
    /// The other language.
    LANG: "中文/English", "English/中文";
    /// Save the form.
    SAVE: "保存", "save";
    /// The next field.
    NEXT_FIELD: "下一项", "next field";
    /// The field before.
    PREV_FIELD: "上一项", "previous field";
    /// A new line in the words.
    NEW_LINE: "换行", "new line";
    /// Another choice.
    CHOOSE: "选择", "choose";
    /// Acknowledge an item.
    TICK: "确认此项", "tick";
    /// Acknowledge all items.
    TICK_ALL: "全部确认", "tick all";
    /// Stop the work.
    CANCEL: "取消", "cancel";
    /// Go on.
    GO_ON: "继续", "go on";
    /// Why each hit stands where it does.
    EXPLAIN: "说明排序", "explain";
    /// What was looked for before.
    RECALL: "最近查过的", "last searches";
    /// The next group of hits.
    NEXT_GROUP: "下一组", "next group";
    /// The group of hits before.
    PREV_GROUP: "上一组", "previous group";
    /// The list of calls from nobody known.
    CALLERS: "待核实来电", "unknown callers";
    /// A draft is thrown away.
    FRESH: "清空重填", "start afresh";
    /// A new outside contact.
    ADD_CONTACT: "新增外部联系人", "add contact";
    /// An outside contact leaves the directory.
    REMOVE_CONTACT: "移除外部联系人", "remove contact";
    /// Whom to erase.
    ERASE_DUE: "列出该删除的人", "whom to erase";
    /// Erase a person for good.
    ERASE: "删除此人全部记录", "erase this person";
    /// Southern confusions on or off.
    CONFUSIONS: "南方口音混读 开/关", "southern readings on/off";
    /// Run the chosen command.
    RUN: "执行", "run";
    /// Unlock.
    UNLOCK: "解锁", "unlock";
    /// Go into the list of results.
    LOG_UNKNOWN: "记为待核实来电", "log unknown caller";
    /// Footer.
    TO_LIST: "到结果", "to results";
}
