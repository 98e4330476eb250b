//! Words of the feedback sheet (报送反馈单): how a unit's reports fared, told as one tells a colleague.

use crate::domain::feedback::{Fared, Place, Share};
use crate::domain::report::ReportStatus;
use crate::say::{Say, Word};

crate::words! {
    /// What the paper is.
    KIND: "报送反馈单", "Feedback sheet";
    /// The paper of one unit, by name.
    of_unit(name): "报送反馈单：{name}", "Feedback sheet: {name}";
    /// A share.
    COMPLETE: "完整率", "Completeness";
    /// A share.
    TIMELY: "及时率", "Timeliness";
    /// A share.
    ACCURATE: "准确率", "Accuracy";
    /// How it is counted.
    complete(part, whole): "收到 {part} ÷ 应报 {whole}", "received {part} / expected {whole}";
    /// How it is counted.
    timely(part, whole): "按时收到 {part} ÷ 应报 {whole}", "received in time {part} / expected {whole}";
    /// How it is counted.
    accurate(part, whole): "无存疑 {part} ÷ 采集值 {whole}", "undoubted {part} / readings {whole}";
    /// What the figures of a unit's page are.
    LATELY: "报送", "Reports";
    /// A figure with how it is counted.
    figure(name, percent, formula): "{name} {percent}%＝{formula}", "{name} {percent}% = {formula}";
    /// In time for days in a row.
    in_a_row(n; days = n "day" "days"): "连续按时 {n} 天", "in time {n} {days} in a row";
    /// The same, as far as is counted.
    in_a_row_at_least(n; days = n "day" "days"): "连续按时 {n} 天以上", "in time {n} {days} in a row or more";
    /// Over these days.
    over(from, to, zh, en): "{from} 至 {to} {zh}", "{from} to {to}: {en}";
    /// A place.
    place(n, of): "第 {n} 位（共 {of} 个单位）", "{n} of {of} units";
    /// A place that several have.
    place_shared(n, shared, of): "并列第 {n} 位（{shared} 个单位，共 {of} 个）", "{n}, shared by {shared}, of {of} units";
    /// No place.
    NO_PLACE: "-", "-";
    /// In percent.
    percent(n): "{n}%", "{n} %";
    /// A report came in time.
    IN_TIME: "按时收到", "received in time";
    /// It was zero.
    ZERO: "零报告，按时收到", "zero report, in time";
    /// It came after the deadline.
    AFTER: "截止后收到", "after the deadline";
    /// It has not come.
    NOT_YET: "尚未收到", "not received yet";
    /// It did not come and is no longer asked for.
    CLOSED: "未收到，已了结", "not received, closed";
    /// A sheet of the workbook.
    TAB_SHARES: "指标", "Figures";
    /// A sheet of the workbook.
    TAB_DAYS: "逐日", "Days";
    /// A sheet of the workbook.
    TAB_ROWS: "退回的行", "Rows sent back";
    /// A sheet of the workbook.
    TAB_QUESTIONS: "请核实", "Questions";
    /// A column.
    COL_FIGURE: "指标", "Figure";
    /// A column.
    COL_SHARE: "结果", "Share";
    /// A column.
    COL_FORMULA: "怎么算", "How it is counted";
    /// A column.
    COL_PLACE: "位次", "Place";
    /// A column.
    COL_CAME: "收到", "Received";
    /// A column.
    COL_STATUS: "报送情况", "How it came";
    /// A column.
    COL_ROWS: "没有收进的行", "Rows not taken in";
    /// A column.
    COL_QUESTION: "请核实", "Question";
    /// On the command line: the days the wrong way round.
    BACKWARDS: "--from 晚于 --to", "--from is after --to";
    /// On the command line: days that have not begun.
    FUTURE: "这些天还没有开始", "Those days have not begun";
    /// On the command line: no unit reports.
    NOBODY: "没有要报日报的单位", "No unit sends reports";
    /// The unit does not report.
    reports_not(name): "{name}不报日报，没有反馈单", "{name} sends no reports: there is no feedback sheet";
}

/// How a report fared, in words nobody is blamed by.
pub fn status(status: ReportStatus) -> Word {
    match status {
        ReportStatus::Received => IN_TIME,
        ReportStatus::Zero => ZERO,
        ReportStatus::Late => AFTER,
        ReportStatus::WrittenOff => CLOSED,
        _ => NOT_YET,
    }
}

/// A place in words.
pub fn place_of(found: Option<Place>) -> Say {
    match found {
        None => NO_PLACE.into(),
        Some(Place { place: n, shared: 1, of }) => place(n, of),
        Some(Place { place: n, shared, of }) => place_shared(n, shared, of),
    }
}

/// How a unit's reports fared lately, each figure with how it is counted; nothing where none was due.
pub fn lately(fared: &Fared) -> Say {
    if fared.complete.whole == 0 {
        return Say::default();
    }
    let one = |name: Word, of: Share, formula: fn(u32, u32) -> Say| {
        let formula = formula(of.part, of.whole);
        let (zh, en) = (figure(name.zh, of.percent(), formula.zh), figure(name.en, of.percent(), formula.en));
        Say { zh: zh.zh, en: en.en }
    };
    let streak =
        if fared.streak >= fared.counted { in_a_row_at_least(fared.streak) } else { in_a_row(fared.streak) };
    let all = [one(COMPLETE, fared.complete, complete), one(TIMELY, fared.timely, timely), streak];
    let joined = |of: fn(&Say) -> &str| all.iter().map(of).collect::<Vec<_>>().join("  ");
    let (from, to) = (fared.from.format("%m-%d"), fared.to.format("%m-%d"));
    over(from, to, joined(|say| &say.zh), joined(|say| &say.en))
}

/// A share in words.
pub fn share(of: Share) -> Say {
    match of.permille() {
        Some(_) => percent(of.percent()),
        None => NO_PLACE.into(),
    }
}
