//! The words of the strip above a form: who it is about, what is owed, the last call.

crate::words! {
    /// How many a form is about; their names follow.
    several(n): "共 {n} 个：", "{n} in all: ";
    /// For which unit somebody answers, and as what.
    answers_for(unit, role_zh, role_en): "{unit}{role_zh}", "{role_en} of {unit}";
    /// More of the same.
    more(n): "另 {n} 项", "{n} more";
    /// The slots of a temperature that were missed, the oldest of them.
    missed(n, at; slots = n "slot" "slots"): "漏访 {n} 个时段（{at} 起）", "{n} {slots} missed since {at}";
    /// What was done with an entry of a ledger last; it follows.
    LAST_STEP: "上次办理", "Last step";
    /// Nothing is owed and nothing was promised.
    NOTHING_OPEN: "没有未了事项", "nothing open";
}
