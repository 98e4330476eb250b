//! The words of what is known of the selected row, beside its list or below it.

pub use crate::i18n::paper::{AFTERNOON, MORNING};

crate::words! {
    /// The last temperature: when it was taken.
    last_temp(temp, at): "体温 {temp}　{at}", "temperature {temp}, {at}";
    /// What is due of the same.
    open_items(n; items = n "item" "items"): "名下待办 {n} 项", "{n} open {items}";
    /// More of the same, of which there is no room to tell.
    more(n): "另 {n} 项，Enter 看全部", "{n} more: Enter shows all";
    /// For whom a folded line stands.
    stands_for(n): "这一行是 {n} 项：", "This line is {n}: ";
    /// What stood in what an act changed, before it did.
    BEFORE: "此前", "Before";
    /// When it was recorded, where it happened at another time.
    RECORDED: "补记于", "Recorded";
    /// How much a sheet brought.
    ROWS: "表中行数", "Sheet rows";
    /// Open cases among the people of a unit.
    cases(n; cases = n "open case" "open cases"): "重点关注 {n} 人", "{n} {cases}";
    /// Calls with the unit today.
    calls_today(n; calls = n "call" "calls"): "今日通话 {n} 次", "{n} {calls} today";
    /// The last calls.
    LAST_CALLS: "最近通话", "Last calls";
    /// What was done with an entry of a ledger.
    DONE: "办理经过", "What was done";
}
