//! Words that more than one subject says: each pair of languages is declared once.

crate::words! {
    /// The next thing to ask.
    ASK: "请问", "Ask";
    /// A contradiction.
    DOUBT: "存疑", "Doubt";
    /// Nothing to report.
    ZERO_REPORT: "零报告", "zero report";
    /// Liaison.
    LIAISON_HEAD: "联络人", "Liaison";
    /// The screen, the list, a part of a page.
    DOUBTS: "存疑", "Doubts";
    /// A heading: the call before.
    LAST_CALL: "最近通话", "Last call";
    /// Before what is to be looked at.
    PLEASE_NOTE: "请注意", "Please note";
    /// A sheet's name.
    ACCESS_LOG: "查看记录", "Access log";
    /// Field of a person.
    ADDRESS: "住址", "Address";
    /// What to do about it.
    ALREADY_RECEIVED_HINT: "再次报送算更正，请写明原因", "Sent again it is a correction: give the reason";
    /// Field of a person.
    ASSIGNED_CONTACT: "包保联系人", "Assigned contact";
    /// Row of figures.
    ATTENTION_CASES: "重点关注", "Attention cases";
    /// Come back.
    BACK: "返回", "back";
    /// A table's head.
    BY: "方式", "By";
    /// By its own telephone number.
    BY_PHONE: "电话", "phone";
    /// Which paper, in the file itself.
    CALL_SHEET: "应联系人员名单", "Call sheet";
    /// Field of a person or a unit.
    CAMPUS: "校区", "Campus";
    /// An attention case.
    CASE: "关注", "Case";
    /// Screen 4.
    CASES: "关注", "Cases";
    /// Heading.
    CHANNEL: "方式", "Channel";
    /// Column of a workbook.
    COL_OFFICER: "操作人", "Officer";
    /// Heading of commands.
    COMMANDS: "命令", "Commands";
    /// Heading: what an outside contact is.
    CONTACT_KIND: "类别", "Kind";
    /// Heading.
    DAY: "日期", "Day";
    /// Which paper, in the file itself.
    DOSSIER: "一人一档", "Dossier";
    /// Screen 6.
    DUE: "待办", "Due";
    /// In place of what was erased.
    ERASED: "已删除", "erased";
    /// Heading.
    FOLLOW_UPS: "跟踪", "Follow-ups";
    /// Why numbers are shown on a call sheet.
    FOR_CALL_SHEET: "应联系人员名单", "call sheet";
    /// Heading.
    FROM: "开始", "From";
    /// Field of a person.
    ID_NUMBER: "身份证号", "ID number";
    /// By initials.
    INITIALS: "首字母", "initials";
    /// Heading.
    JOURNEYS: "行程", "Journeys";
    /// Field of a person.
    KIND: "人员类别", "Kind";
    /// Column of a workbook.
    LAST_CONTACT: "上次联系", "Last contact";
    /// Whose number: a unit's liaison.
    LIAISON: "联络人", "liaison";
    /// An act that was not written.
    lost(why): "没有保存：{why}", "Not saved: {why}";
    /// Column of a workbook.
    MEASURE: "措施", "Measure";
    /// A column.
    NAME: "姓名", "Name";
    /// Comes near.
    NEAR: "相近", "near";
    /// Something is new.
    NEW: "新增", "new";
    /// Say no.
    NO: "否", "no";
    /// Nothing in the table.
    NONE: "（无）", "(none)";
    /// `note.written`
    NOTE: "记事", "note";
    /// Heading.
    NOTES: "记事", "Notes";
    /// No report of that day.
    NO_READING: "无", "none";
    /// There is no open shift to cut a handover from.
    NO_SHIFT: "目前无人值班：用 :start-shift 开始值班", "No shift is open: :start-shift begins one";
    /// By its number or code.
    NUMBER: "编号", "number";
    /// The first officer's name when none is given.
    OFFICER: "值班员", "Officer";
    /// Heading: the organisation.
    ORGANISATION: "机构", "Organisation";
    /// Field of a person.
    ORIGIN: "籍贯", "Origin";
    /// What to do about it.
    OTHER_FILE: "请换一个文件名，或先把它移走", "Choose another name, or move it away first";
    /// What came of it.
    OUTCOME: "结果", "Outcome";
    /// A group of hits where there is little room.
    OUTSIDE: "外部", "outside";
    /// Outside contacts.
    OUTSIDE_CONTACTS: "外部联系人", "outside contacts";
    /// A unit without a report.
    OUTSTANDING: "未报", "Outstanding";
    /// Screen 7.
    PEOPLE: "人员", "People";
    /// The number.
    PHONE: "电话", "Phone";
    /// By pinyin.
    PINYIN: "拼音", "pinyin";
    /// Heading.
    PLACE: "地点", "Place";
    /// A hit's place among all.
    place(n, all): "{n}/{all}", "{n}/{all}";
    /// The print queue.
    PRINTER: "打印机", "Printer";
    /// Heading.
    READINGS: "逐日填报", "Readings";
    /// Why.
    REASON: "原因", "Reason";
    /// Which paper, in the file itself.
    RELEASE_NOTICE: "解除通知", "Release notice";
    /// Free words.
    REMARK: "备注", "Remark";
    /// Of one that is no longer in the directory.
    REMOVED: "已移除", "removed";
    /// A report in the told book.
    REPORT: "日报", "report";
    /// Heading.
    REPORTS: "日报", "Reports";
    /// A roster.
    ROSTER: "人员名册", "roster";
    /// Heading.
    ROUND: "轮次", "Round";
    /// A field left empty.
    SAY_TO_WHOM: "请填写报送对象", "Say to whom";
    /// Field of a person.
    SEX: "性别", "Sex";
    /// Title.
    SHIFT_HANDOVER: "值班交接单", "Shift handover";
    /// Which paper, in the file itself.
    SITUATION_REPORT: "疫情日报", "Situation report";
    /// Heading.
    STATUS: "状态", "Status";
    /// A group of hits where there is little room.
    S_UNITS: "单位", "unit";
    /// A field: where it was taken.
    TAKEN_AT: "测量部位", "Taken at";
    /// A field.
    TEMPERATURE: "体温", "Temperature";
    /// A missing page.
    THERE_IS_NO_SUCH_UNIT: "没有这个单位", "There is no such unit";
    /// Column.
    TIME: "时间", "Time";
    /// A field.
    TO_WHOM: "报送对象", "To whom";
    /// A column.
    UNIT: "单位", "Unit";
    /// A list of units.
    UNITS: "单位名册", "units";
    /// Which paper, in the file itself.
    UNIT_SHEET: "单位催报单", "Unit sheet";
    /// A caller nobody knows.
    UNKNOWN_CALLER: "待核实来电", "unknown caller";
    /// Heading.
    UNTIL: "结束", "Until";
    /// Column of a workbook.
    WHAT: "事项", "What";
    /// A field.
    WHY: "原因", "Why";
    /// What was said.
    WORDS: "内容", "Words";
    /// Yes.
    YES: "是", "yes";
    /// This day.
    TODAY: "今天", "today";
    /// Screen 8.
    LEDGERS: "台账", "Ledgers";
    /// A table's head.
    LEDGER: "台账", "Ledger";
    /// A table's head: what is in no last state.
    NOT_CLOSED: "未办结", "Open";
    /// A table's head.
    OVERDUE_HEAD: "逾期", "Overdue";
    /// An entry that was a mistake.
    WITHDRAWN_WORD: "已作废", "Withdrawn";
    /// A table's head.
    BALANCE: "结存", "Balance";
    /// A table's head: for how long it lasts.
    DAYS_LEFT: "可用天数", "Days left";
}
