//! The words of passing a shift on as the desk shows it: questions, signatures, what was left unread.

pub use crate::i18n::common::FROM as C_FROM;
pub use crate::i18n::common::UNTIL as C_UNTIL;
crate::words! {
    /// Taken over unread.
    UNREAD: "未读接班", "unread";
    /// A section of the walk: what was promised, slots, calls meant to be made.
    W_DUE: "承诺与时段", "Promises and slots";
    /// Which of the items of the walk the cursor stands on.
    w_place(n, all): "第 {n}/{all} 项", "item {n} of {all}";
    /// What else is open about the same person or unit.
    w_others(n; items = n "item" "items"): "同一人或单位另有 {n} 项", "{n} more {items} about the same";
    /// How often somebody was called about it.
    w_calls(n; calls = n "call" "calls"): "催报 {n} 次", "{n} {calls}";
    /// The same, of which the last ones were not answered.
    w_calls_missed(n, unanswered; calls = n "call" "calls"): "催报 {n} 次，最近连续 {unanswered} 次未接", "{n} {calls}, the last {unanswered} not answered";
    /// A question left at a handover.
    QUESTION: "接班提问", "Question";
    /// It is to be read now.
    TO_READ: "请阅", "to read";
    /// It was read.
    READ_NOW: "已阅", "Read";
    /// A question.
    SURE_READ: "全部已阅？", "All read?";
    /// How many they are.
    read_all_of(n; items = n "item was" "items were"): "{n} 项接班时未读", "{n} {items} taken over unread";
    /// Nothing is unread.
    NOTHING_UNREAD: "没有未读的接班事项", "Nothing was taken over unread";
    /// Who asked what.
    asked(by, text): "{by}问：{text}", "{by} asks: {text}";
    /// A field.
    ANSWER: "答复", "Answer";
    /// Before a question in the walk.
    ASK_MARK: "？", "? ";
    /// What to ask.
    QUESTION_HINT: "接班人要问的；不填即不问", "what the incoming officer asks; blank takes it away";
    /// A field.
    PIN_FROM: "交班人口令", "PIN, outgoing";
    /// A field.
    PIN_TO: "接班人口令", "PIN, incoming";
    /// A hint.
    PIN_HINT: "本人输入，显示为星号", "typed by the officer; shown as stars";
    /// A choice.
    goes_on_signed(name): "{name}签字，继续值班", "{name} signs and goes on";
    /// What stays open.
    left_open(open, asked, all; items = all "item" "items"): "共 {all} 项，未确认 {open} 项（加粗打印，留在值班台），提问 {asked} 项", "{all} {items}: {open} not ticked (bold on paper, kept on the board), {asked} asked about";
    /// The same officer goes on.
    GOES_ON: "（连班）", "(goes on)";
    /// A field.
    WHY_ON: "连班原因", "Why you go on";
    /// A hint.
    WHY_ON_HINT: "例如：接班人病了，由本人连班", "e.g. the relief is ill";
    /// A title.
    going_on(name): "连班：{name} 继续值班", "{name} goes on for another shift";
    /// A choice.
    takes_over_signed(name): "{name}签字接班", "{name} signs";
    /// A question.
    SURE_TAKE: "自行接班？", "Take over alone?";
    /// What is taken over unread.
    all_unread(n; items = n "one item is" "items are", all = n "" "all "): "没有人逐项交接：{n} 项全部记为未读接班", "nobody reads them out: {all}{n} {items} taken over unread";
    /// A field.
    WHY_ALONE: "自行接班原因", "Why";
    /// A hint.
    WHY_ALONE_HINT: "例如：交班人已离岗，电话未接", "e.g. the officer has left and does not answer";
    /// A title.
    taking_over(to, from): "{to} 自行接 {from} 的班", "{to} takes over from {from} alone";
    /// A column.
    C_OPS: "日志序号", "Log";
    /// The open shift.
    RUNNING: "值班中", "running";
    /// A title.
    pin_of(name): "{name} 的口令", "PIN of {name}";
    /// A field.
    PIN_NOW: "原口令", "PIN in force";
    /// A hint.
    PIN_NOW_HINT: "没有设过则不填", "blank if none is set";
    /// A field.
    PIN_NEW: "新口令", "New PIN";
    /// A hint.
    PIN_NEW_HINT: "4 到 64 个字符；不填即取消口令", "4 to 64 characters; blank takes the PIN away";
    /// A field.
    PIN_AGAIN: "再输一次", "Once more";
    /// They differ.
    PIN_DIFFERS: "两次输入不一致", "The two differ";
}
