//! The situation report, and the figures told from it.

use super::terms::word;
use crate::domain::case::{Category, Measure};
use crate::domain::sitrep::check::{BadSum, Sum};
use crate::domain::sitrep::{Axis, Came, Column, Group, Key};
pub use crate::i18n::common::BY as BY_WAY;
pub use crate::i18n::common::ERASED;
pub use crate::i18n::common::NEW as H_NEW;
pub use crate::i18n::common::REMARK;
pub use crate::i18n::common::SAY_TO_WHOM as TO_NEEDED;
pub use crate::i18n::common::SITUATION_REPORT as TITLE;
pub use crate::i18n::common::TO_WHOM as TOLD_TO;
pub use crate::i18n::common::TO_WHOM as C_TO;
pub use crate::i18n::common::TO_WHOM;
use crate::say::{Say, Word};

crate::words! {
    /// Nobody's campus.
    NO_CAMPUS: "校区不详", "campus unknown";
    /// Nobody's unit.
    NO_UNIT: "单位不详", "unit unknown";
    /// The total's row.
    TOTAL: "合计", "total";
    /// A picture's title.
    CHART_TREND: "十四日趋势", "Fourteen days";
    /// A picture's title.
    CHART_RECEIVED: "日报收到数", "Reports received";
    /// A picture's title.
    CHART_UNITS: "各单位现有人数", "Open cases by unit";
    /// The same where some have no bar.
    chart_units(n, all): "各单位现有人数（最多的 {n} 个，共 {all} 个单位）", "Open cases by unit (the {n} with most of {all})";
    /// A picture's title where some have no row.
    chart_heat(n, all): "各单位报送情况（迟报、未报最多的 {n} 个，共 {all} 个单位）", "How the units reported (the {n} most often late or silent of {all})";
    /// A picture's title.
    CHART_HEAT: "各单位报送情况", "How the units reported";
    /// The column of days.
    DAY: "日期", "day";
    /// The whole school.
    SCHOOL: "全校", "whole school";
    /// A figure that is no longer what was told.
    difference(figure, at, to, told, now): "{figure}：{at} 向{to}报 {told}，现为 {now}", "{figure}: {at} said {told} to {to}, now {now}";
    /// Who came to it.
    added(names): "；增加：{names}", "; added: {names}";
    /// Who left it.
    removed(names): "；减少：{names}", "; left: {names}";
    /// One sum.
    sum(cell, says, what, parts): "{cell}：填 {says}，{what}应为 {parts}", "{cell}: it says {says}, {what} gives {parts}";
    /// Several.
    refused(n, cells; sums = n "sum of the report does" "sums of the report do"): "日报有 {n} 处合计不符，不能报送：{cells}", "{n} {sums} not hold, it is not sent: {cells}";
}

const fn w(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

/// The word for a column.
pub fn column(column: Column) -> Word {
    match column {
        Column::Opening => w("原有", "at the start"),
        Column::New => w("新增", "new"),
        Column::Released => w("解除", "released"),
        Column::Out => w("转出", "moved out"),
        Column::In => w("转入", "moved in"),
        Column::Current => w("现有", "now"),
        Column::Cumulative => w("累计", "ever"),
        Column::Ever => w("累计到过", "ever there"),
        Column::Discharged => w("累计解除", "ever released"),
        Column::Also => w("兼有", "also"),
        Column::Hubei => w("在鄂", "in Hubei"),
        Column::Unwell => w("观察中有异常", "unwell under observation"),
        Column::FeverNew => w("新增发热", "new fever"),
        Column::FeverAll => w("累计发热", "fever ever"),
        Column::Feverish => w("体温异常", "fever measured"),
        Column::Staying => w("在校", "on campus"),
        Column::Red => w("红码", "red code"),
        Column::Yellow => w("黄码", "yellow code"),
        Column::Green => w("绿码", "green code"),
        Column::Uncoded => w("未填码", "no code given"),
        Column::Expected => w("应报", "reports expected"),
        Column::Received => w("已报", "reports received"),
        Column::InTime => w("按时报", "reports in time"),
        Column::Late => w("迟报", "reports late"),
        Column::Missing => w("未报", "reports missing"),
        Column::Awaited => w("尚未到时限", "reports not yet due"),
    }
}

/// The word for a group.
pub fn group(group: Group) -> Word {
    match group {
        Group::Staff => w("教职工", "staff"),
        Group::Students => w("学生", "students"),
    }
}

/// How a unit's reports of a day came.
pub fn came(came: Came) -> Word {
    match came {
        Came::InTime => w("按时", "in time"),
        Came::Late => w("迟报", "late"),
        Came::Missing => w("未报", "missing"),
        Came::None => w("", ""),
    }
}

/// What a table's rows are.
pub fn axis(axis: Axis) -> Word {
    match axis {
        Axis::All => SCHOOL,
        Axis::Unit => w("单位", "unit"),
        Axis::Category => w("原因", "reason"),
        Axis::Measure => w("措施", "measure"),
        Axis::Campus => w("校区", "campus"),
        Axis::Site => w("校区措施", "measure on a campus"),
    }
}

/// A row's name. A unit's is known to the caller only: here it is its id.
pub fn row(axis: Axis, row: &str) -> Say {
    match axis {
        Axis::All => SCHOOL.into(),
        Axis::Unit if row.is_empty() => NO_UNIT.into(),
        Axis::Campus if row.is_empty() => NO_CAMPUS.into(),
        Axis::Unit | Axis::Campus => Say::same(row),
        Axis::Category => Category::from_code(row).map_or_else(|| Say::same(row), |code| word(code).into()),
        Axis::Measure => Measure::from_code(row).map_or_else(|| Say::same(row), |code| word(code).into()),
        Axis::Site => {
            let (measure, campus) = row.split_once('@').unwrap_or((row, ""));
            let (measure, campus) = (self::row(Axis::Measure, measure), self::row(Axis::Campus, campus));
            Say { zh: format!("{}{}", campus.zh, measure.zh), en: format!("{}, {}", campus.en, measure.en) }
        }
    }
}

/// A figure in words; `row` names its row.
pub fn figure(key: &Key, row: &Say) -> Say {
    let what = column(key.column);
    let mut say = match (key.axis, key.column) {
        (Axis::All, Column::Current | Column::New | Column::Released | Column::Cumulative) => {
            Say { zh: format!("重点关注{}", what.zh), en: format!("cases, {}", what.en) }
        }
        (Axis::All, _) => what.into(),
        _ => Say { zh: format!("{}{}", row.zh, what.zh), en: format!("{}, {}", row.en, what.en) },
    };
    if let Some(of) = key.group {
        let of = group(of);
        say = Say { zh: format!("{}（{}）", say.zh, of.zh), en: format!("{} ({})", say.en, of.en) };
    }
    say
}

/// A cell: its table and row, its column, its group.
pub fn cell(key: &Key) -> Say {
    let named = match (key.axis, key.row.as_str(), key.column) {
        (Axis::All, ..) | (_, "", Column::In) => TOTAL.into(),
        _ => row(key.axis, &key.row),
    };
    let (table, what) = (axis(key.axis), column(key.column));
    let of = key.group.map(group);
    let (zh, en) = (of.map_or("", |of| of.zh), of.map_or("", |of| of.en));
    let stop = |text: &str, by: &str| if text.is_empty() { String::new() } else { format!("{by}{text}") };
    Say {
        zh: format!("[{} {}，{}{}]", table.zh, named.zh, what.zh, stop(zh, "，")),
        en: format!("[{} {}, {}{}]", table.en, named.en, what.en, stop(en, ", ")),
    }
}

fn equation(sum: Sum) -> Word {
    match sum {
        Sum::Flow => w("原有＋新增－解除－转出＋转入", "start + new − released − out + in"),
        Sum::Ever => w("累计－累计解除", "ever − ever released"),
        Sum::Rows => w("各行相加", "the rows together"),
        Sum::Moves => w("各行转出相加", "what moved out of the rows"),
        Sum::Groups => w("教职工＋学生", "staff + students"),
        Sum::Sites => w("各校区、各措施相加", "the measures on the campuses together"),
        Sum::Codes => w("各码相加", "the colours together"),
        Sum::Expected => w("已报＋未报＋尚未到时限", "received + missing + not yet due"),
        Sum::Received => w("按时＋迟报", "in time + late"),
        Sum::Trend => w("趋势最后一日", "the last day of the trend"),
        Sum::Behind => w("名单", "those behind it"),
    }
}

/// A sum that does not hold: its cell, and both sides.
pub fn bad_sum(bad: &BadSum) -> Say {
    let (cell, what) = (cell(&bad.key), equation(bad.sum));
    Say {
        zh: sum(&cell.zh, bad.says, what.zh, bad.parts).zh,
        en: sum(&cell.en, bad.says, what.en, bad.parts).en,
    }
}

/// A report is refused: how many sums do not hold, and the first of them.
pub fn bad_sums(all: usize, named: &[Say]) -> Say {
    let joined = |of: fn(&Say) -> &str, by: &str| named.iter().map(of).collect::<Vec<_>>().join(by);
    Say {
        zh: refused(all, joined(|say| &say.zh, "；")).zh, en: refused(all, joined(|say| &say.en, "; ")).en
    }
}

// The words of the report screen, of what was told, and of the spoken report as the desk shows it.

crate::words! {
    /// The day, its window and its boundary.
    title(day, from, to, boundary): "疫情日报 {day}（{from} 至 {to}，日界 {boundary}）", "Report {day} ({from} to {to}, days from {boundary})";
    /// A table.
    T_SCHOOL: "全校", "Whole school";
    /// A table.
    T_MEASURE: "按措施", "By measure";
    /// A table.
    T_CATEGORY: "按原因", "By reason";
    /// A table.
    T_UNIT: "按单位", "By unit";
    /// A table.
    T_CAMPUS: "按校区", "By campus";
    /// A table.
    T_REPORTS: "日报报送", "Reports received";
    /// A table.
    T_TREND: "近 14 天", "Last 14 days";
    /// A table.
    T_HEAT: "各单位近 14 天报送", "Units, last 14 days";
    /// A table.
    T_SENT: "已报送", "Sent";
    /// A table.
    T_TOLD: "与此前所报不同", "Not as told before";
    /// A column.
    H_OPENING: "原有", "start";
    /// A column.
    H_RELEASED: "解除", "off";
    /// A column.
    H_OUT: "转出", "out";
    /// A column.
    H_IN: "转入", "in";
    /// A column.
    H_CURRENT: "现有", "open";
    /// A column.
    H_EVER: "累计", "ever";
    /// A column.
    H_OFF: "累计解除", "ever off";
    /// A column.
    H_FEVER_NEW: "新增发热", "fever new";
    /// A column.
    H_FEVER_ALL: "累计发热", "fever ever";
    /// A column.
    H_FEVER: "体温异常", "fever";
    /// A column.
    H_EXPECTED: "应报", "expected";
    /// A column.
    H_RECEIVED: "已报", "received";
    /// A column.
    H_IN_TIME: "按时", "in time";
    /// A column.
    H_LATE: "迟报", "late";
    /// A column.
    H_MISSING: "未报", "missing";
    /// A column.
    H_AWAITED: "尚未到时限", "not yet due";
    /// A column.
    H_NOW: "现在", "now";
    /// Rows left out.
    empty_rows(n; rows = n "row" "rows", are = n "is" "are"): "另有 {n} 行全为 0，未列出", "{n} more {rows} with nothing but 0 {are} left out";
    /// A formula.
    completeness(received, expected, share): "完整率 = 已报 {received} / 应报 {expected} = {share}", "completeness = received {received} / expected {expected} = {share}";
    /// A formula.
    timeliness(in_time, expected, share): "及时率 = 按时 {in_time} / 应报 {expected} = {share}", "timeliness = in time {in_time} / expected {expected} = {share}";
    /// What the marks mean.
    HEAT_LEGEND: "· 按时  ▌ 迟报  ▉ 未报  空白 不需报", "· in time  ▌ late  ▉ missing  blank: not expected";
    /// A sent report.
    sent_row(at, day, to, channel): "{at} 向{to}报送 {day} 日报（{channel}）", "{at} report of {day} to {to} ({channel})";
    /// Why it was corrected.
    corrected_for(reason): "  更正：{reason}", "  correction: {reason}";
    /// What was said, and what is so now.
    told_otherwise(at, to, was, now): "{at} 向{to}报 {was}，现为 {now}", "{at} said {was} to {to}, now {now}";
    /// Who came to a figure.
    ADDED: "新增", "added";
    /// Who left a figure.
    REMOVED: "减少", "gone";
    /// More than are named.
    and_more(n): "，另有 {n} 个", " and {n} more";
    /// A figure of nought.
    NOBODY: "没有人（0）", "Nobody is behind it (0)";
    /// Another boundary.
    boundary_is(at): "日界改为 {at}（只改这一屏）", "Days from {at} (this screen only)";
    /// Sums that do not hold.
    bad_title(n; sums = n "sum does" "sums do"): "有 {n} 处合计不符，不能报送", "{n} {sums} not hold: it cannot be sent";
    /// A field.
    WHY: "更正原因", "Why";
    /// What a report says in short.
    what_it_says(now, new, off): "现有 {now}，新增 {new}，解除 {off}；报出即定稿", "open {now}, new {new}, off {off}; final once sent";
    /// Figures alone are a number of the year, which begins with one.
    number_is_nought(n): "发文字号“{n}”不是号：从 1 起", "{n} is no number of a paper: they begin with 1";
    /// Figures alone stand behind the code of the office, and there is none.
    number_without_code(n): "“{n}”只有数字，还没有设置发文机关代字", "{n} is figures alone, and the office has no code for the numbers of papers";
    /// What to do about it on the desk, and what may be typed without a code.
    NUMBER_NO_CODE_HINT: "先用 :settings 填发文机关代字，或写全，如 某防控〔2020〕17号", "Set one with :settings, or write all of it, like 某防控〔2020〕17号";
    /// A field: the number of the paper.
    DOC_NUMBER: "发文字号", "Number";
    /// Its hint: what figures alone come to.
    number_hint(example): "只写数字即本年第几号，12 即 {example}；也可写全或不填", "figures count within the year, 12 is {example}; or all of it, or none";
    /// A field: who signs the paper.
    SIGNER: "签发人", "Signed by";
    /// Its hint.
    SIGNER_HINT: "上行文才印签发人；不填即不印", "printed where the paper goes upward; blank for nobody";
    /// A title.
    send_title(day): "报送 {day} 疫情日报", "Send the report of {day}";
    /// A title.
    correct_title(day, at): "更正 {day} 疫情日报（{at} 报送）", "Correct the report of {day} (sent {at})";
    /// A hint.
    correct_hint(before, now): "报送时现有 {before}，现在 {now}", "it said {before} open, now {now}";
    /// Nothing to correct.
    NOTHING_SENT: "这一天的日报尚未报送，按 s 报送", "Nothing was sent for this day: s sends";
    /// A field left empty.
    REASON_NEEDED: "请填写更正原因", "Say why it is corrected";
}

crate::words! {
    /// A title.
    TOLD_TITLE: "口径簿", "Figures told";
    /// A column.
    C_AT: "时间", "When";
    /// A column.
    C_FIGURES: "所报数据", "Figures";
    /// A column.
    C_NOW: "与现在相比", "Against now";
    /// A title.
    told_title(at, to): "{at} 向{to}所报数据", "{at}, told to {to}";
    /// Nothing has changed since.
    AS_NOW: "一致", "as now";
    /// A title.
    ADD_TOLD: "记一条口径", "Record what was told";
    /// A field.
    WHICH: "所报数据", "Which figures";
    /// A field.
    VALUE: "所报数值", "Number told";
    /// A hint.
    VALUE_HINT: "不填即现在的数；与现在不同时只能选一项", "blank: as now; one figure only when it differs";
    /// A field left empty.
    WHICH_NEEDED: "请按空格至少选一项", "Space chooses at least one";
    /// Not a number.
    BAD_VALUE: "请填一个整数，并且只选一项", "A whole number, and one figure only";
    /// The figures are not there yet.
    NOT_YET: "数字还在读取，请稍等", "The figures are still being read";
    /// A title.
    SPOKEN_TITLE: "三十秒口头汇报", "Thirty-second report";
    /// Figures are being counted.
    COUNTING: "正在统计…", "Counting…";
    /// Copied.
    TEXT_COPIED: "全文已复制", "Text copied";
    /// A title.
    SPOKEN_TO: "汇报对象", "Who was told";
}
