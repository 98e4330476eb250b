//! Words of the handover: passing on, questions, PINs.

pub use crate::i18n::common::ATTENTION_CASES as CASES;
pub use crate::i18n::common::CONTACT_KIND as KIND;
pub use crate::i18n::common::OFFICER;
pub use crate::i18n::common::TIME as AT;
pub use crate::i18n::common::UNIT;
pub use crate::i18n::common::UNKNOWN_CALLER;
pub use crate::i18n::common::YES;
crate::words! {
    /// Looks at numbers that are told in one line.
    looks(text, n, until): "{text}共 {n} 次，至 {until}", "{text}, {n} times, the last at {until}";
    /// One of several people.
    and_others(name, n): "{name}等 {n} 人", "{name} and others ({n})";

    /// A colleague who has a PIN takes another's away.
    OWN_PIN_NEEDED: "取消同事的签字口令，须输入自己的口令", "To take a colleague's PIN away your own is needed";
    /// How.
    OWN_PIN_HINT: "请在提示时输入，或用 --stdin 读入", "Type it when asked, or give it with --stdin";
    /// Something was recorded after the paper was cut.
    MOVED: "逐项确认期间又有新的记录，尚未交班", "Something was recorded meanwhile: not handed over";
    /// What to do about it.
    MOVED_HINT: "请重新查看后再交班一次", "Look again, then hand over once more";
    /// Closed meanwhile.
    taken_by(name, when): "该班次已由{name}于 {when} 接班", "That shift was taken over by {name} at {when}";
    /// What to do about it.
    TO_ONESELF_HINT: "如需连班（同一人继续值班），请明确选择连班并写明原因", "To go on yourself (a double shift), say so explicitly and give the reason";
    /// Going on is for the officer on duty.
    NOT_THE_SAME: "连班只能由本班值班员本人继续", "Only the officer on duty can go on";
    /// Taking over from oneself.
    ALREADY_ON_DUTY: "您正在值班，无需接班", "You are on duty already";
    /// Nobody is put on duty behind their back.
    ONLY_FOR_ONESELF: "自行接班只能由接班人本人操作", "Only the one who takes over can do this";
    /// A PIN is set and was not given.
    pin_needed(name): "{name}设有口令，签字时须输入", "{name} signs with a PIN: it has to be given";
    /// What to do about it.
    PIN_NEEDED_HINT: "忘记口令时，可由带班领导或另外两位值班员取消：zhiban officer pin 姓名 --remove --with 姓名", "A lost PIN can be taken away by whoever leads, or by two other officers: zhiban officer pin NAME --remove --with NAME";
    /// Wrong PIN.
    PIN_WRONG: "口令不对", "The PIN is wrong";
    /// What to do about it.
    PIN_WRONG_HINT: "连续输错三次后须等候", "After three wrong tries there is a wait";
    /// Too early to try again.
    pin_wait(seconds): "口令多次输错，请等 {seconds} 秒再试", "Too many wrong tries: wait {seconds} s and try again";
    /// There is none.
    NO_PIN: "该值班员没有设口令", "This officer has no PIN";
    /// The one in force is needed.
    OLD_PIN_NEEDED: "须先输入原口令", "The PIN in force is needed";
    /// What to do about it.
    OLD_PIN_HINT: "忘记时，可由带班领导或另外两位值班员取消，再重新设置", "If it is lost, whoever leads or two other officers can take it away; then set a new one";
    /// One officer alone does not take a colleague's away.
    SECOND_NEEDED: "取消同事的签字口令，须由带班领导办理，或由两位设有口令的值班员一起签字", "To take a colleague's PIN away, whoever leads has to do it, or two officers sign with their PINs";
    /// How.
    SECOND_NEEDED_HINT: "请加 --with 姓名（另一位值班员，或口令的主人），并各输各的口令", "Add --with NAME (another officer, or whose PIN it is), and each types their own PIN";
    /// The hash that is kept is not the one the log commits to.
    PIN_SWAPPED: "保存的口令与日志不符：不是本人最后设置的那一个", "What is kept of this PIN is not what the log says: it is not the one its officer set";
    /// What to do about it.
    PIN_SWAPPED_HINT: "数据库可能被改动过，请运行 zhiban check；再由带班领导或另外两位值班员取消口令，由本人重设", "The database may have been tampered with: run zhiban check; then let whoever leads or two other officers take the PIN away, and set a new one";
    /// What an officer whose PIN was taken away by others is told.
    pin_was_taken(name, at, by): "{name}注意：您的签字口令已于 {at} 由{by}取消，请重新设置：zhiban officer pin {name}", "{name}, note: your PIN was taken away on {at} by {by}; set a new one: zhiban officer pin {name}";
    /// The same at the desk.
    pin_was_taken_here(name, at, by): "{name}注意：您的签字口令已于 {at} 由{by}取消，请用 :pin 重新设置", "{name}, note: your PIN was taken away on {at} by {by}; set a new one with :pin";
    /// After a restore.
    PINS_LEFT_OUT: "备份里没有签字口令，各位值班员须重新设置", "PINs are not in backups: every officer has to set a new one";
    /// What is wrong: PINs that were taken away by others.
    wrong_pins(n; are = n "PIN was" "PINs were"): "{n} 位值班员的签字口令被他人取消", "{n} {are} taken away by others";
    /// What is wrong: many finds by parts of numbers.
    wrong_probed(n; finds = n "find" "finds"): "一小时内按号码片段查找个人达 {n} 次", "{n} {finds} of people by parts of their numbers within an hour";
    /// Another's PIN.
    ONLY_OWN_PIN: "口令只能由本人设置", "Everyone sets their own PIN";
    /// What to do about it.
    ONLY_OWN_PIN_HINT: "请本人操作：--officer 姓名", "Act as that officer: --officer NAME";
    /// Not a PIN.
    PIN_LENGTH: "口令须为 4 到 64 个字符", "A PIN has 4 to 64 characters";
    /// No such item.
    NO_ITEM: "交班事项中没有这一项，或已确认；未读的见待办（6）", "There is no such item of the handover, or it was acknowledged; what is unread stands in the due list (6)";
    /// No such question, or ended.
    NO_QUESTION: "没有这个未答复的提问；未答复的见待办（6）", "There is no such open question; those without an answer stand in the due list (6)";
    /// Stands where the log no longer holds what was there.
    ERASED: "已删除", "(erased)";
    /// Nothing is wrong.
    NOTHING_WRONG: "目前没有逾期或遗漏的事项。", "Nothing is overdue or missed.";
    /// What is wrong.
    wrong(what): "需要先处理的：{what}。", "Needs attention first: {what}.";
    /// Units outstanding, with the first names.
    wrong_outstanding(n, names; units = n "unit" "units"): "未报单位 {n} 个（{names}）", "{n} {units} outstanding ({names})";
    /// People of whom slots were missed.
    wrong_missed(n; people = n "person" "people"): "漏访 {n} 人", "{n} {people} with missed follow-ups";
    /// Promises past their time.
    wrong_overdue(n; promises = n "promise" "promises"): "逾期承诺 {n} 项", "{n} {promises} overdue";
    /// Cases due for release.
    wrong_release(n): "期满待解除 {n} 人", "{n} due for release";
    /// Questions without an answer.
    wrong_questions(n; questions = n "question" "questions"): "未答复的接班提问 {n} 个", "{n} {questions} without an answer";
    /// What comes next.
    next_due(at, who, what): "下一件：{at} {who}（{what}）。", "Next: {at} {who} ({what}).";
    /// More of them.
    and_more(n): "，其后还有 {n} 件。", ", then {n} more.";
    /// What is past its time is what comes next.
    next_late(at, who, what): "下一件：补办 {at} 已逾期的{what}，{who}。", "Next: make up for the {what} of {at}, {who}.";
    /// A unit is to be called.
    next_chase(who): "下一件：催报{who}。", "Next: call {who} about its report.";
    /// Nothing is agreed.
    NOTHING_NEXT: "没有约定的事项，按日程进行。", "Nothing is agreed; the day goes on as planned.";
    /// What changed.
    changed(what): "本班变化：{what}。", "In this shift: {what}.";
    /// Cases opened.
    changed_opened(n; cases = n "attention case" "attention cases"): "新增重点关注 {n} 人", "{n} {cases} opened";
    /// Cases released.
    changed_released(n): "解除 {n} 人", "{n} released";
    /// Reports received.
    changed_reports(n; reports = n "report" "reports"): "收到日报 {n} 份", "{n} {reports} received";
    /// Follow-ups.
    changed_calls(n, not_reached; calls = n "follow-up" "follow-ups"): "跟踪 {n} 次（其中未接通 {not_reached} 次）", "{n} {calls} ({not_reached} not reached)";
    /// Nothing changed.
    NOTHING_CHANGED: "本班没有变化。", "Nothing changed in this shift.";
    /// Sheet of figures.
    SHEET_FIGURES: "数字", "Figures";
    /// Sheet of open items.
    SHEET_OPEN: "未了事项", "Open items";
    /// Sheet of what happened.
    SHEET_HAPPENED: "本班记录", "What happened";
    /// Sheet of what was recorded later.
    SHEET_LATER: "补记", "Additions";
    /// Column.
    FIGURE: "项目", "Figure";
    /// Column.
    THIS_SHIFT: "本班", "This shift";
    /// Column.
    SHIFT_BEFORE: "上一班", "Shift before";
    /// Column.
    NO: "序号", "No.";
    /// Column.
    DUE: "时间", "Due";
    /// Column.
    NAME: "对象", "Who";
    /// Column.
    WORDS: "内容", "What";
    /// Column.
    TAKEN_OVER: "接班情况", "Taken over";
    /// Column.
    TAKEN_BACK: "已撤销", "Taken back";
    /// Column.
    RECORDED: "记录时间", "Recorded";
    /// An item that was acknowledged.
    TICKED: "已确认", "acknowledged";
    /// An item that was not.
    UNREAD: "未读接班", "taken over unread";
    /// An item that was asked about.
    asked(text): "提问：{text}", "asked: {text}";
    /// Row of figures.
    EXPECTED: "应报单位", "Units expected";
    /// Row of figures.
    RECEIVED: "已报单位", "Units received";
    /// Row of figures.
    REPORTS: "本班收到日报", "Reports received in the shift";
    /// Row of figures.
    FOLLOWUPS: "本班跟踪", "Follow-ups in the shift";
    /// Row of figures.
    NOT_REACHED: "其中未接通", "Of these not reached";
    /// Row of figures.
    OPENED: "本班新增", "Opened in the shift";
    /// Row of figures.
    RELEASED: "本班解除", "Released in the shift";
    /// Row of figures.
    DUE_RELEASE: "期满待解除", "Due for release";
    /// Row of figures.
    PROMISES: "未了结承诺", "Open promises";
    /// Row of figures.
    NOTES: "本班记事", "Notes in the shift";
    /// A reprint's own template.
    template_gone(error): "签字时所用的模板现在不能用（{error}），本次重印改用现行模板，措辞可能不同", "The template it was signed with cannot be used any more ({error}); this reprint uses the present one, and its wording may differ";
    /// No such shift, or not closed.
    NO_SIGNED_SHIFT: "没有这个已交接的班次", "There is no such shift that was handed over";
    /// What to do about it.
    NO_SIGNED_SHIFT_HINT: "zhiban shift list 看班次与序号；last 为最近一次", "See zhiban shift list for their numbers; last is the latest";
    /// The incoming officer took over alone.
    taken_alone(to, from): "{to}已自行接班（{from}离岗未交）", "{to} has taken over alone ({from} had left without handing over)";
    /// A shift goes on.
    continued(name): "{name}连班，新的班次已开始", "{name} goes on: a new shift has begun";
    /// What to do instead.
    ALREADY_HINT: "连班请用 zhiban handover --close --continue --reason 原因", "To go on: zhiban handover --close --continue --reason WHY";
    /// A number of an item.
    bad_item(text): "没有第“{text}”项", "There is no item “{text}”";
    /// How the walk goes.
    ACK_HOW: "y 已复述确认；? 提问；直接回车为未读", "y read back; ? ask; Enter leaves it unread";
    /// At each item.
    ACK_PROMPT: "  确认？[y/?/N] ", "  acknowledged? [y/?/N] ";
    /// The question itself.
    ASK_TEXT: "  问题：", "  question: ";
    /// Only the officer on duty reads what was taken over unread.
    unread_waits(name): "未读接班事项由当班的{name}本人阅", "What was taken over unread waits for {name}, who is on duty";
    /// Why.
    UNREAD_WAITS_HINT: "当班人本人看过才算已阅，他人不能代阅", "It is read once the officer on duty has read it; nobody else can tick it off";
    /// Items were read.
    read_now(n; items = n "item is" "items are"): "已补阅 {n} 项", "{n} {items} read now";
    /// Whose PIN is asked for.
    pin_prompt(who): "{who}的签字口令：", "PIN of {who}: ";
    /// Who signs, and as what.
    handing_over(name): "交班人{name}", "{name} (handing over)";
    /// Who signs, and as what.
    taking_over(name): "接班人{name}", "{name} (taking over)";
    /// Who signs, and as what.
    approving(name): "批准人{name}", "{name} (approving)";
    /// What is wrong with a PIN, and whose it is.
    pin_fault(who, why): "{who}：{why}", "{who}: {why}";
    /// Standard input ended before this PIN.
    pin_missing(who): "标准输入里没有{who}的签字口令", "standard input holds no PIN of {who}";
    /// What to do about it.
    PIN_MISSING_HINT: "每行一个口令，按询问的先后；交班时先交班人，后接班人；须批准的，先操作人，后批准人", "One PIN a line, in the order they are asked for; at a handover first who hands over, then who takes over; for an approval first who acts, then who approves";
    /// Prompt.
    PIN_PROMPT: "口令：", "PIN: ";
    /// Prompt.
    PIN_OLD: "原口令：", "PIN in force: ";
    /// Prompt.
    PIN_NEW: "新口令：", "New PIN: ";
    /// Prompt.
    PIN_AGAIN: "再输一次：", "Once more: ";
    /// The two differ.
    PIN_DIFFERS: "两次输入不一致，口令没有改", "The two are not the same: the PIN is as it was";
    /// There is no terminal to type at.
    PIN_TERMINAL: "没有终端可输入口令", "There is no terminal to type a PIN at";
    /// What to do about it.
    PIN_STDIN_HINT: "可加 --stdin，从标准输入每行读一个口令", "With --stdin one PIN a line is read from standard input";
    /// The input cannot be read.
    no_input(why): "无法读取输入：{why}", "The input cannot be read: {why}";
    /// Set.
    pin_set(name): "{name}的签字口令已设置", "The PIN of {name} is set";
    /// Changed.
    pin_changed(name): "{name}的签字口令已更换", "The PIN of {name} is changed";
    /// Taken away.
    pin_removed(name): "{name}的签字口令已取消", "The PIN of {name} is taken away";
}
