//! Words of the access log.

crate::words! {
    /// Column.
    OFFICER: "查看人", "Officer";
    /// Column.
    WHAT: "查看内容", "What";
    /// Column.
    WHY: "原因", "Why";
    /// Column.
    OP: "日志号", "Log no.";
    /// A sheet's name.
    TAB: "查看记录", "Access log";
    /// The masked numbers of a person.
    NUMBERS: "个人号码", "personal numbers";
    /// The number of a call.
    CALLER: "来电号码", "a caller's number";
    /// A paper.
    printed(paper, to): "{paper}（{to}）", "{paper} ({to})";
    /// Parts of numbers were searched for.
    probed(n; parts = n "part" "parts"): "用号码片段查找（{n} 个片段）", "searched for {n} {parts} of numbers";
    /// A preset reason.
    TO_CALL: "联系本人", "to call";
    /// A preset reason.
    FOR_CALL_SHEET: "应联系人员名单", "call sheet";
    /// With who approved it.
    approved(why, by): "{why}；{by}批准", "{why}; approved by {by}";
    /// A fact of a dossier: how often its numbers were looked at.
    LOOKS: "谁看过", "Looked at";
    /// So often.
    times(n; times = n "time" "times"): "{n} 次（:access 看是谁）", "{n} {times} (:access says by whom)";
    /// A command.
    COMMAND: "查看记录", "access log";
    /// The kind of paper.
    KIND: "查看记录", "Access log";
}
