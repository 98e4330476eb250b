//! Words of chasing (催报): what is pasted into the group of the liaisons, what is sent to one of them, and the form that
//! shows it first.

use crate::domain::time::{Calendar, Ts};
use crate::say::Say;
use chrono::{Datelike, NaiveDate};

crate::words! {
    /// The first line of what is pasted.
    chased(office): "【催报】{office}", "[Reports outstanding] {office}";
    /// The first line before the deadline.
    reminded(office): "【提醒】{office}", "[Reminder] {office}";
    /// The first line when everything is in.
    thanked(office): "【日报】{office}", "[Daily reports] {office}";
    /// Nothing that is sent in a rehearsal is meant.
    REHEARSAL: "【演练】", "[REHEARSAL] ";
    /// What follows is missing.
    missing(at): "各位联络人好！截至 {at}，下面的日报还没有收到：", "Good day to all liaisons. At {at} these reports have not reached us yet:";
    /// One report and who owes it.
    of_report(report, n, names): "{report}，{n} 个单位：{names}", "{report} ({n}): {names}";
    /// A day's report.
    report(day): "{day}日报", "{day} report";
    /// One of its rounds.
    report_round(day, round): "{day}日报（{round}）", "{day} report ({round})";
    /// With its deadline.
    report_due(report, due): "{report}（{due} 截止）", "{report} (due {due})";
    /// Those of days before.
    older(names): "更早的日报：{names}", "earlier reports: {names}";
    /// So many of one unit.
    owes(name, n): "{name} {n} 份", "{name} {n}";
    /// It has promised.
    promised(name, at): "{name}（约定 {at}）", "{name} (promised for {at})";
    /// By when, and that nothing is a report too.
    please(by): "请在{by}前报来；没有异常也请回复“零报告”。", "Please send them by {by}; if there is nothing to report, please say “zero report”.";
    /// What was sent may be lost.
    SENT_ALREADY: "已经发出的，请再发一次或告诉我们一声。", "If yours has been sent already, please send it again or tell us.";
    /// How it is sent.
    send_by(how): "报送方式：{how}。", "How to send: {how}.";
    /// Beside what is missing, what is due next.
    also_due(report, due, names): "另外，{report}{due}截止，请{names}留意时间。", "And the {report} is due {due}: {names}, please mind the time.";
    /// What is due next, and how much of it is in.
    due_next(report, due, n, all): "各位联络人好！{report}{due}截止，目前收到 {n}/{all}。", "Good day to all liaisons. The {report} is due {due}; {n} of {all} are in.";
    /// To those who are usually late. It says nothing of that.
    mind(names): "请这几个单位留意一下时间：{names}", "A kind word about the time to: {names}";
    /// The same, with an hour of their own.
    mind_at(due, names): "{due}前：{names}", "by {due}: {names}";
    /// The same, with a report that is not the one spoken of.
    mind_of(report, due, names): "{report}{due}前：{names}", "{report} by {due}: {names}";
    /// Before that, where no report is spoken of.
    GOOD_DAY: "各位联络人好！", "Good day to all liaisons.";
    /// To everybody.
    EVERYBODY: "还没有报的单位请按时报来；没有异常也请回复“零报告”。", "Those who have not sent it yet, please do so in time; if there is nothing to report, please say “zero report”.";
    /// Nothing is a report too.
    ZERO_TOO: "没有异常也请回复“零报告”。", "If there is nothing to report, please say “zero report”.";
    /// Everything is in.
    all_in(report, n; units = n "unit" "units"): "各位联络人好！{report} {n} 个单位已全部收到，大家辛苦了！", "Good day to all liaisons. The {report} of all {n} {units} is here; well done!";
    /// Nothing is owed.
    NONE_OWED: "各位联络人好！目前没有欠报的单位，大家辛苦了！", "Good day to all liaisons. No report is owed at present; well done!";
    /// Nothing was expected.
    NOTHING_DUE: "各位联络人好！目前没有要报的日报。", "Good day to all liaisons. No report is due at present.";
    /// Who asks, with a number.
    ask_with(officer, phone): "值班员 {officer}，电话 {phone}。谢谢！", "Officer on duty: {officer}, phone {phone}. Thank you!";
    /// Who asks.
    ask_by(officer): "值班员 {officer}。谢谢！", "Officer on duty: {officer}. Thank you!";
    /// Where to ask.
    ask_at(phone): "值班电话 {phone}。谢谢！", "Phone of the desk: {phone}. Thank you!";
    /// The end without either.
    THANKS: "谢谢！", "Thank you!";
    /// To a liaison by name.
    dear(name): "{name}老师，您好！", "Dear {name},";
    /// To whoever it is.
    dear_unit(unit): "{unit}联络人，您好！", "Dear liaison of {unit},";
    /// Who writes.
    i_am(office, officer): "我是{office}值班员{officer}。", "this is {officer}, on duty at {office}.";
    /// The office writes.
    we_are(office): "这里是{office}。", "this is {office}.";
    /// What follows concerns the unit.
    matters(unit): "{unit}还有下面几件事，麻烦您看一下：", "{unit} still has the following; would you please look at it:";
    /// Reports that did not come.
    not_here(reports, by): "{reports}还没有收到，请在{by}前报来；没有异常也请回复“零报告”。", "{reports}: not here yet; please send by {by}, or say “zero report” if there is nothing to report.";
    /// One whose deadline comes.
    will_be_due(report, due): "{report}{due}截止，请留意时间。", "{report}: due {due}, please mind the time.";
    /// Rows that were not taken in.
    rows_back(report, n; rows = n "row" "rows"): "{report}的表里有 {n} 行没有收进去，请改好再发一次。", "{report}: {n} {rows} could not be taken in; please mend and send again.";
    /// Questions follow.
    questions(n): "请帮忙核实下面 {n} 项，问到后直接回复就行：", "Open questions ({n}); please ask and simply reply:";
    /// A question about somebody.
    about(name, question): "{name}：{question}", "{name}: {question}";
    /// One of two people with this name.
    with_end(name, end): "{name}（尾号 {end}）", "{name} (no. …{end})";
    /// More than are told.
    and_more(n): "另有 {n} 项，随反馈单发给您。", "and {n} more, which come with the feedback sheet.";
    /// Nothing is wanted of it.
    nothing(unit): "{unit}目前没有欠报，也没有要核实的。", "Nothing is wanted of {unit} at present.";
    /// An hour of today.
    today(at): "今天 {at} ", "{at} today";
    /// An hour of tomorrow.
    tomorrow(at): "明天 {at} ", "{at} tomorrow";
    /// An hour of another day.
    on_day(day, at): "{day} {at} ", "{at} on {day}";
    /// In the log: a group was told of what is missing.
    log_owed(n, day; reports = n "report" "reports"): "群发催报：欠 {n} 份，最早 {day}", "chased in the group: {n} {reports} owed, the oldest of {day}";
    /// With the hour.
    log_by(said, by): "{said}；请{by}前报", "{said}; asked for by {by}";
    /// In the log: a group was reminded.
    log_reminded(report, due): "群发提醒：{report}{due}截止", "reminded in the group: {report} due {due}";
    /// In the log: a unit was written to.
    log_unit(owed, rows, doubts; lines = rows "row" "rows"): "发单位消息：欠报 {owed} 份，退回 {rows} 行，存疑 {doubts} 条", "wrote to the unit: reports owed {owed}, {rows} {lines} refused, doubts {doubts}";
    /// A form's title.
    TITLE_GROUP: "群发催报", "Message to the group";
    /// A form's title.
    TITLE_UNIT: "单位消息", "Message to the unit";
    /// It is being made.
    MAKING: "正在整理消息…", "Making the message …";
    /// A field of the form.
    BY: "请几点前报", "Asked for by";
    /// About it.
    BY_HINT: "如 10:45、半小时、明早8点", "as 10:45, 30 min, tomorrow 8:00";
    /// That hour is over.
    BY_PAST: "这个时间已经过了", "That time is over";
    /// A field of the form.
    WHICH: "内容", "About";
    /// A choice of it.
    WHICH_ALL: "欠报和下一份", "what is owed and what is due next";
    /// A choice of it.
    WHICH_OWED: "只催欠报", "only what is owed";
    /// A choice of it.
    WHICH_BEFORE: "只提醒下一份", "only what is due next";
    /// A field of the form.
    CHANNEL: "发往", "Sent by";
    /// A question of the form.
    SURE: "复制并记入日志", "Copy it and log it";
    /// About it: so many units.
    sure_hint(n; units = n "unit" "units"): "复制到剪贴板；{n} 个单位各记一次已发消息，u 一次撤销", "goes to the clipboard; “message sent” is logged for {n} {units}, one u takes it back";
    /// About it where no unit is named.
    SURE_NOBODY: "复制到剪贴板；没有点到单位，不记日志", "goes to the clipboard; it names no unit, nothing is logged";
    /// It was copied and logged.
    copied_logged(n; units = n "unit" "units"): "已复制；{n} 个单位记为已发消息，u 撤销", "Copied; “message sent” is logged for {n} {units}, u takes it back";
    /// It was copied.
    COPIED: "已复制；没有点到单位，未记日志", "Copied; it names no unit, nothing was logged";
    /// Only rows of units can be chased.
    NO_UNIT: "请先选中一个单位", "Select a unit first";
    /// On the command line: it was logged.
    logged(n, seq; units = n "unit" "units"): "已记：{n} 个单位已发消息，第 {seq} 号", "Logged: message sent to {n} {units}, entry {seq}";
    /// On the command line: nothing is due next.
    NOTHING_NEXT: "现在没有未到截止时间的日报", "No report is due next";
    /// What to do about it.
    NOTHING_NEXT_HINT: "不加 --before 就是催欠报的消息", "Without --before it is the message about what is owed";
    /// On the command line: these units owe nothing.
    NOTHING_OF_THESE: "这些单位没有欠报", "These units owe no report";
    /// What to do about it.
    NOTHING_OF_THESE_HINT: "用 zhiban list outstanding 查看欠报的单位", "See zhiban list outstanding for those that do";
    /// On the command line: nobody is named.
    NOT_LOGGED: "没有点到单位，未记日志", "It names no unit: nothing was logged";
}

/// A day as it is said: `2月17日`, `Feb 17`; with the year where it is not that of today.
pub fn day(day: NaiveDate, today: NaiveDate) -> Say {
    let (zh, en) = if day.year() == today.year() {
        (format!("{}月{}日", day.month(), day.day()), day.format("%b %-d").to_string())
    } else {
        (format!("{}年{}月{}日", day.year(), day.month(), day.day()), day.format("%b %-d, %Y").to_string())
    };
    Say { zh, en }
}

/// An hour as it is said: with its day, today's and tomorrow's by that word. In Chinese a blank follows it.
pub fn hour(at: Ts, now: Ts, calendar: Calendar) -> Say {
    let (date, this) = (calendar.date(at), calendar.date(now));
    let hm = calendar.hm(at);
    match (date - this).num_days() {
        0 => today(hm),
        1 => tomorrow(hm),
        _ => {
            let day = day(date, this);
            Say { zh: on_day(&day.zh, &hm).zh, en: on_day(&day.en, &hm).en }
        }
    }
}
