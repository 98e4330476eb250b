//! The words of a received report that is opened: its versions, its rows, what is otherwise in them.

pub use crate::i18n::cli::ROWS;
pub use crate::i18n::forms::FILE;
pub use crate::i18n::screen::CAME_AT as CAME;
pub use crate::i18n::screen::LATE_BY as DEADLINE;
pub use crate::i18n::screen::REPORT_OF as WHICH;

use crate::say::{Say, Word};

crate::words! {
    /// Nothing came.
    NOTHING_CAME: "没有收到过这份日报，或收到后已撤销", "No such report came, or it was taken back";
    /// What to do about that.
    NOTHING_CAME_HINT: "用 zhiban show unit 单位 查看各日各轮收到没有", "See zhiban show unit UNIT for what came of each day and round";
    /// There are not so many versions.
    no_version(n, all): "没有第 {n} 版：共 {all} 版", "There is no version {n}: there are {all}";
    /// Nothing came of a unit, as its page says it.
    NOT_COME: "这份日报没有收到", "This report did not come";
    /// What the selected row is not about.
    NO_REPORT: "这一行没有可打开的日报", "This row is about no report that could be opened";
    /// To the list of reports.
    TO_REPORTS: "按 Tab 到“日报”，再按 Enter 打开", "Tab to Reports, then Enter opens one";
    /// The page's title: whose, of which day and round.
    title(unit, which): "{unit} {which} 日报", "{unit}: report of {which}";
    /// The page of what came at once.
    several(n; reports = n "report" "reports"): "一次收到 {n} 份日报", "{n} {reports} that came at once";
    /// A label: which version.
    VERSION: "版本", "Version";
    /// Which of how many.
    version(n, all): "第 {n}/{all} 版", "{n} of {all}";
    /// It is the one in force.
    IN_FORCE: "现行", "in force";
    /// It is not.
    REPLACED: "已被更正取代", "replaced by a correction";
    /// The first of several.
    FIRST: "首版", "first";
    /// After the deadline.
    AFTER_DEADLINE: "时限之后", "after the deadline";
    /// When it was written down, where that was later.
    recorded(at): "{at} 登记", "written down {at}";
    /// A label: why it was sent again.
    REASON: "更正原因", "Reason";
    /// Rows that were erased.
    erased(n; rows = n "row" "rows"): "其中 {n} 行已依规删除", "{n} {rows} of them erased";
    /// A part: everybody in it.
    PART_ALL: "表内", "In it";
    /// A part: what is otherwise.
    PART_CHANGED: "有改动", "Changed";
    /// A part: what is doubted.
    PART_DOUBTS: "存疑", "Doubted";
    /// A part: who is missing.
    PART_MISSING: "不在表内", "Not in it";
    /// A part: the versions.
    PART_VERSIONS: "各版", "Versions";
    /// So many rows.
    rows(n; rows = n "row" "rows"): "{n} 行", "{n} {rows}";
    /// Nobody in this part.
    NOBODY: "没有", "Nobody";
    /// A zero report has no rows.
    ZERO: "零报告：没有一行", "A zero report: it has no rows";
    /// Marked as received.
    MARKED: "登记为已收到，没有明细", "Marked as received, without its rows";
    /// A table's head: what is to be said of a row.
    REMARKS: "说明", "Remarks";
    /// A table's head: the row's number.
    PLACE_IN_SHEET: "行", "Row";
    /// A table's head: in the morning.
    AM: "上午", "a.m.";
    /// A table's head: in the afternoon.
    PM: "下午", "p.m.";
    /// Nothing was filled in.
    BLANK: "空", "blank";
    /// A value that was corrected since.
    corrected(zh, en): "更正：{zh}", "corrected: {en}";
    /// The same, with who said so.
    told_by(by): "（{by}）", " ({by})";
    /// A doubt.
    doubted(zh, en): "存疑：{zh}", "doubted: {en}";
    /// Of another unit.
    of_other(unit): "属{unit}", "of {unit}";
    /// What stood in the version before.
    stood(zh, en): "前一版：{zh}", "the version before: {en}";
    /// There is no earlier version.
    NO_OLDER: "已是首版", "This is the first version";
    /// There is no later one.
    NO_NEWER: "已是最后一版", "This is the last version";
    /// Somebody who is not known any more.
    UNKNOWN: "（已删除）", "(erased)";
    /// That it was excused before it came.
    excused(zh, en, reason): "曾{zh}：{reason}", "was {en}: {reason}";
    /// A section of the list on the command line.
    NOT_IN_IT: "不在表内的人员", "People who are not in it";
}

/// Words to copy and to list: with the mark of their language between.
pub fn joined(all: &[Say]) -> Say {
    let join = |of: fn(&Say) -> &str, mark: &str| all.iter().map(of).collect::<Vec<_>>().join(mark);
    Say { zh: join(|say| &say.zh, "；"), en: join(|say| &say.en, "; ") }
}

/// A label before what it is of.
pub fn labelled(label: Word, text: &Say) -> Say {
    Say { zh: format!("{}：{}", label.zh, text.zh), en: format!("{}: {}", label.en, text.en) }
}
