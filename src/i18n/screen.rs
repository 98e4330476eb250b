//! The words of the screens: titles, labels, questions, feedback.

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
    /// Where it stands.
    STATUS: "状态", "Status";
    /// When it came.
    CAME_AT: "收到", "Came";
    /// How many people.
    PEOPLE: "人数", "People";
    /// Open cases.
    CASES: "关注", "Cases";
    /// Liaison.
    LIAISON: "联络人", "Liaison";
    /// Number.
    PHONE: "电话", "Phone";
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
    /// Why.
    CATEGORIES: "类别", "Why";
    /// A person's unit.
    UNIT: "单位", "Unit";
    /// What was ordered.
    MEASURE: "措施", "Measure";
    /// The last contact.
    LAST_CONTACT: "上次联系", "Last contact";
    /// Staff or student number.
    NO: "工号", "No.";
    /// When.
    AT_TIME: "时间", "Time";
    /// How long until.
    LEFT: "倒计时", "Due";
    /// What kind.
    KIND: "类型", "Kind";
    /// What was said.
    WORDS: "内容", "Words";
    /// Temperature.
    TEMP: "体温", "Temp";
    /// Has an open case.
    ATTENTION: "关注", "Case";
    /// Marks a person with an open case.
    HAS_CASE: "重点关注", "case";
    /// Number of the op.
    SEQ: "序号", "#";
    /// About whom.
    ABOUT: "对象", "About";
    /// What happened.
    WHAT: "事项", "What";
    /// Which officer.
    OFFICER: "值班员", "Officer";
    // Cells.
    /// Within a minute.
    SOON: "马上", "now";
    /// Within the last minute.
    JUST_NOW: "刚到点", "just now";
    /// Minutes ahead.
    in_minutes(m): "还剩{m}分", "in {m}m";
    /// Hours ahead.
    in_hours(h, m): "还剩{h}时{m}分", "in {h}h{m:02}";
    /// Days ahead.
    in_days(d): "还剩{d}天", "in {d}d";
    /// Minutes past.
    over_minutes(m): "超{m}分", "{m}m over";
    /// Hours past.
    over_hours(h, m): "超{h}时{m}分", "{h}h{m:02} over";
    /// Days past.
    over_days(d): "超{d}天", "{d}d over";
    /// The counted day.
    day_of(n, total): "第{n}/{total}天", "{n}/{total}";
    /// The counted day, already written as n/14.
    day_text(n): "第{n}天", "day {n}";
    /// Calls that nobody answered: the head is next.
    unanswered(n): "{n}!未接", "{n}! n/a";
    /// Nobody has called yet.
    NEVER: "未联系", "never";
    /// A slot that passed.
    SLOT_MISSED: "漏", "missed";
    /// A follow-up due at a time of day.
    SLOT: "时段", "Slot";
    /// The office meant to call again.
    CALL_AGAIN: "再联系", "Call";
    /// A caller nobody knew.
    UNKNOWN_CALLER: "无主来电", "unknown";
    /// More events in the same op.
    more_events(n): "（另{n}项）", " (+{n})";
    /// In front of what was taken back.
    UNDONE_MARK: "[已撤销] ", "[undone] ";
}
