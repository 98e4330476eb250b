//! What the contexts of the call sheet, the dossier, the release notice and the unit sheet put into words: codes, and
//! sentences whose shape depends on what they say. The papers' fixed words stand in their templates.

use super::slots;
use super::terms::joined;
use crate::domain::item::{DueRow, DueState, ItemKind};
use crate::domain::phone::Whose;
use crate::domain::time::Calendar;
use crate::say::{Say, Word};

crate::words! {
    /// Whose number.
    LIAISON: "联络人", "liaison";
    /// Whose number.
    HEAD: "第一责任人", "head";
    /// Whose number.
    FAMILY: "家属", "family";
    /// Whose number.
    OWN: "本人", "own";
    /// Whose number.
    CONTACT: "包保联系人", "assigned contact";
    /// Whose number.
    CALLER: "来电号码", "called from";
    /// Whose number.
    OUTSIDE: "外部", "outside";
    /// A slot's temperature.
    temperature(at): "{at} 体温", "temperature {at}";
    /// A slot's temperature on a counted day.
    temperature_day(at, day): "{at} 体温，第 {day} 天", "temperature {at}, day {day}";
    /// A promise.
    promised(at): "{at} 承诺", "promised for {at}";
    /// A promise and what was said.
    promised_words(at, words): "{at} 承诺：{words}", "promised for {at}: {words}";
    /// The office meant to call again.
    again(at): "{at} 再联系", "call again {at}";
    /// The office meant to call again, and what was said the last time.
    again_words(at, words): "{at} 再联系：{words}", "call again {at}: {words}";
    /// A report that did not come.
    report_missing(day, at): "{day} 日报未报（截止 {at}）", "report of {day} missing (due {at})";
    /// A report that is still awaited.
    report_awaited(day, at): "{day} 日报待报（截止 {at}）", "report of {day} awaited (due {at})";
    /// A promise past its time.
    OVERDUE: "已逾期", "overdue";
    /// The last call.
    last_call(at, outcome): "{at} {outcome}", "{at} {outcome}";
    /// The count of days.
    day_of(day, total): "第 {day}/{total} 天", "day {day}/{total}";
    /// A promise that is still open.
    PROMISE_OPEN: "未了结", "open";
    /// In nobody's name.
    UNKNOWN_CALLER: "待核实来电", "unknown caller";
    /// Why numbers are shown on a call sheet.
    FOR_CALL_SHEET: "应联系人员名单", "call sheet";
    /// Yes.
    YES: "是", "yes";
    /// No.
    NO: "否", "no";
    /// No report of that day.
    NO_READING: "无", "none";
    /// The morning's temperature.
    MORNING: "上午", "morning";
    /// The afternoon's temperature.
    AFTERNOON: "下午", "afternoon";
    /// A chart's title.
    TEMPERATURES: "近 14 天体温（℃）", "Temperature, last 14 days (°C)";
    /// A person who never had a case.
    never_had_a_case(name): "{name}没有重点关注记录，无从解除", "{name} never had an attention case: there is nothing to release";
    /// A case that nobody has released.
    not_released(name, state): "{name}尚未解除（{state}），不能出具解除通知", "{name} is not released ({state}): no release notice can be made";
    /// What to do about it.
    not_released_hint(no): "请先签字解除：zhiban case release {no} --reason 原因；只要草稿请加 --draft", "Sign the release first: zhiban case release {no} --reason WHY; for a draft add --draft";
    /// How days are counted.
    day_count(zero, total, last; days = total "day" "days"): "{zero} ＋ {total} 天 = {last}", "{zero} + {total} {days} = {last}";
    /// The unit owes nothing.
    owes_nothing(unit): "{unit}没有欠报、漏填或待办事项", "{unit} owes nothing";
    /// No unit owes anything.
    NOBODY_OWES: "各单位均没有欠报、漏填或待办事项", "No unit owes anything";
    /// Column of a workbook.
    COL_TIME: "时间", "Time";
    /// Column of a workbook.
    COL_NAME: "姓名", "Name";
    /// Column of a workbook.
    COL_NO: "工号或代码", "Number or code";
    /// Column of a workbook.
    COL_UNIT: "单位", "Unit";
    /// Column of a workbook.
    COL_PHONE: "电话", "Phone";
    /// Column of a workbook.
    COL_WHY: "事由", "Why";
    /// Column of a workbook.
    COL_LAST: "上次联系", "Last contact";
    /// Column of a workbook.
    COL_TEMPERATURE: "体温", "Temperature";
    /// Column of a workbook.
    COL_RESULT: "结果", "Outcome";
    /// Column of a workbook.
    COL_DAY: "日期", "Day";
    /// Column of a workbook.
    COL_ROUND: "轮次", "Round";
    /// Column of a workbook.
    COL_AM: "上午体温（℃）", "Morning (°C)";
    /// Column of a workbook.
    COL_PM: "下午体温（℃）", "Afternoon (°C)";
    /// Column of a workbook.
    COL_SITE: "测量部位", "Taken at";
    /// Column of a workbook.
    COL_PLACE: "所在地", "Place";
    /// Column of a workbook.
    COL_STATE: "状态", "Status";
    /// Column of a workbook.
    COL_OFFICER: "操作人", "Officer";
    /// Column of a workbook.
    COL_CHANNEL: "方式", "Channel";
    /// Column of a workbook.
    COL_WORDS: "内容", "Words";
    /// Column of a workbook.
    COL_DEADLINE: "截止", "Due";
    /// Column of a workbook.
    COL_CHASES: "催报次数", "Calls";
    /// Column of a workbook.
    COL_MEASURE: "措施", "Measure";
    /// Column of a workbook.
    COL_COUNT: "观察第几天", "Day";
    /// Column of a workbook.
    COL_OF: "共几天", "Of";
    /// Column of a workbook.
    COL_WHAT: "事项", "What";
    /// A sheet's name.
    TAB_CALLS: "应联系", "Calls to make";
    /// A sheet's name.
    TAB_READINGS: "逐日填报", "Readings";
    /// A sheet's name.
    TAB_FOLLOWUPS: "跟踪", "Follow-ups";
    /// A sheet's name.
    TAB_MISSING: "未报", "Missing reports";
    /// A sheet's name.
    TAB_UNREAD: "表内缺人", "Not in the sheet";
    /// A sheet's name.
    TAB_CASES: "重点关注", "Attention cases";
    /// A sheet's name.
    TAB_DOUBTS: "存疑", "To correct";
    /// A sheet's name.
    TAB_DUE: "待办", "Due";
}

/// Whose number it is.
pub const fn role(role: Whose) -> Word {
    match role {
        Whose::Own => OWN,
        Whose::Liaison => LIAISON,
        Whose::Head => HEAD,
        Whose::Family => FAMILY,
        Whose::Contact => CONTACT,
        Whose::Caller => CALLER,
        Whose::Outside => OUTSIDE,
    }
}

/// What is due, in one line; the name stands beside it.
pub fn due(row: &DueRow, calendar: Calendar) -> Say {
    let at = calendar.md_hm(row.at);
    let words = row.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = match (row.item.kind, words.is_empty()) {
        (ItemKind::Slot, _) if row.state == DueState::Missed => {
            return slots::missed(row.missed, &at, &words);
        }
        (ItemKind::Slot, true) => temperature(at),
        (ItemKind::Slot, false) => temperature_day(at, words),
        (ItemKind::Promise, true) => promised(at),
        (ItemKind::Promise, false) => promised_words(at, words),
        (_, true) => again(at),
        (_, false) => again_words(at, words),
    };
    if row.state == DueState::Missed { joined(&[what, OVERDUE.into()]) } else { what }
}
