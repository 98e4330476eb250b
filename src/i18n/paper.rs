//! Words of the papers.

crate::words! {
    /// Title.
    HANDOVER: "值班交接单", "Shift handover";
    /// On every paper of a rehearsal.
    REHEARSAL: "【演练】", "[REHEARSAL]";
    /// Who hands over, since when.
    on_duty(name, from, to): "值班员：{name}    {from} 至 {to}", "Officer: {name}    {from} to {to}";
    /// Section.
    COUNTS: "一、数字", "1. Figures";
    /// Section.
    OPEN: "二、未了事项（请逐项复述）", "2. Open items (read each one back)";
    /// Section.
    CASES: "三、重点关注", "3. Attention cases";
    /// Section.
    CALLED: "四、已联系单位", "4. Units called";
    /// Section.
    HAPPENED: "五、本班记录", "5. What happened";
    /// Section.
    SIGNATURES: "六、签字", "6. Signatures";
    /// Counts.
    received(day, received, expected): "日报（{day}）：应报 {expected} 个单位，已报 {received} 个", "Reports ({day}): {received} of {expected} units received";
    /// Completeness, with its formula.
    completeness(percent, received, expected): "完整率 {percent}%（已报 {received} ÷ 应报 {expected}）", "Completeness {percent}% (received {received} ÷ expected {expected})";
    /// Counts.
    contacts(followups, not_reached): "本班跟踪 {followups} 次，其中未联系上 {not_reached} 次", "Follow-ups in this shift: {followups}, of which {not_reached} not reached";
    /// Counts.
    reports_in(reports): "本班收到日报 {reports} 份", "Reports received in this shift: {reports}";
    /// Counts.
    cases_now(cases, opened, released, due): "重点关注 {cases} 人；本班新增 {opened} 人，解除 {released} 人，期满待解除 {due} 人", "Attention cases: {cases}; opened {opened}, released {released} in this shift; {due} due for release";
    /// Counts.
    promises_now(promises, notes): "未了结承诺 {promises} 项；本班记事 {notes} 条", "Open promises: {promises}; notes in this shift: {notes}";
    /// Outstanding head.
    outstanding(n): "未报单位 {n} 个", "Units outstanding: {n}";
    /// Before the deadline.
    due_at(time): "截止 {time}", "due {time}";
    /// After the deadline.
    late_by(minutes): "已超时 {minutes} 分钟", "{minutes} min late";
    /// Chases.
    chased(n, unanswered): "催报 {n} 次，最近连续 {unanswered} 次未接通", "{n} calls, the last {unanswered} unanswered";
    /// Chases, the last of them answered.
    chased_answered(n): "催报 {n} 次", "calls: {n}";
    /// Promised for.
    promised(time): "承诺 {time}", "promised {time}";
    /// Promises, slots, contacts.
    due_items(n): "承诺、时段、再联系 {n} 项", "Promises, slots, contacts due: {n}";
    /// A promise.
    PROMISE: "承诺", "promise";
    /// A slot.
    SLOT: "时段", "slot";
    /// The office means to call again.
    NEXT: "再联系", "call again";
    /// Overdue.
    OVERDUE: "已过时", "overdue";
    /// Missed.
    MISSED: "已错过", "missed";
    /// Open now.
    OPEN_NOW: "应办", "due now";
    /// Coming.
    COMING: "未到时", "coming";
    /// Cases opened or changed.
    changed_cases(n): "本班新增或变动 {n} 人", "Opened or changed in this shift: {n}";
    /// Due for release.
    due_release(n): "期满待解除 {n} 人（须有人签字解除）", "Due for release: {n} (a person must sign the release)";
    /// Day of observation.
    day_of(day, total): "第 {day}/{total} 天", "day {day}/{total}";
    /// Calls.
    calls(n): "{n} 次", "{n} calls";
    /// Nothing.
    NONE: "（无）", "(none)";
    /// Taken back.
    UNDONE: "（已撤销）", "(taken back)";
    /// How many items were acknowledged.
    acknowledged(ticked, all): "逐项确认：{ticked}/{all}", "Acknowledged: {ticked} of {all}";
    /// What was not is marked.
    NOT_ACKNOWLEDGED: "带 ** 的各项接班人未确认，仍在值班台上", "Items marked ** were not acknowledged and stay on the board";
    /// Words for the next shift.
    for_next(words): "留给下一班：{words}", "For the next shift: {words}";
    /// Signature line.
    SIGN_FROM: "交班人：", "Handed over by:";
    /// Signature line.
    SIGN_TO: "接班人：", "Taken over by:";
    /// Time line.
    SIGN_TIME: "时间：", "Time:";
    /// The head.
    head(code): "日志校验码：{code}", "Head of the log: {code}";
    /// How to check it.
    how_to_check(code): "核对：zhiban check --head {code}", "To check it: zhiban check --head {code}";
    /// The range of ops.
    range(first, last): "日志第 {first} 至 {last} 号", "log entries {first} to {last}";
    /// Private numbers.
    MASKED: "本单不含个人电话与证件号码。", "No personal phone or ID numbers on this paper.";
    /// A file could not be written.
    cannot_write(file, what): "无法写入 {file}：{what}", "{file} cannot be written: {what}";
    /// An office's own template cannot be read.
    template_unread(file, what): "模板 {file} 无法读取（{what}），已用内置模板", "The template {file} cannot be read ({what}); the built-in one was used";
    /// An office's own template has a slip.
    template_unused(file, what): "模板 {file} 有误（{what}），已用内置模板", "The template {file} cannot be used ({what}); the built-in one was used";
    /// A paper that is not a table has no workbook.
    no_workbook(paper): "“{paper}”不是表格，没有 xlsx", "“{paper}” is not a table and has no xlsx";
    /// A workbook could not be made.
    workbook_failed(what): "无法生成工作簿：{what}", "The workbook cannot be made: {what}";
    /// A character that no font has, in whose text.
    missing_glyph(text, c, code): "“{text}”中的“{c}”（{code}）没有字体可以印出", "No font can print “{c}” ({code}) in “{text}”";
    /// What to do about it.
    MISSING_GLYPH_HINT: "请在本机安装含有此字的字体，或在资料中改用能显示的写法后重印", "Install a font that has it on this machine, or write it another way in the record, and print again";
    /// Which paper, in the file itself.
    KIND_SITREP: "疫情日报", "Situation report";
    /// Which paper, in the file itself.
    KIND_CALL_SHEET: "应联系人员名单", "Call sheet";
    /// Which paper, in the file itself.
    KIND_DOSSIER: "一人一档", "Dossier";
    /// Which paper, in the file itself.
    KIND_RELEASE: "解除通知", "Release notice";
    /// Which paper, in the file itself.
    KIND_UNIT_SHEET: "单位催报单", "Unit sheet";
}
