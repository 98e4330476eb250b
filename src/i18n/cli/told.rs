//! What the commands of the situation report and of the told book say.

pub use crate::i18n::common::BY as HEAD_BY;
pub use crate::i18n::common::DAY as HEAD_DAY;
pub use crate::i18n::common::REPORT as SITREP_OF;
pub use crate::i18n::common::STATUS as HEAD_STATE;
crate::words! {
    /// No such report.
    no_sitrep(id): "没有编号为 {id} 的已报送日报", "No report was sent under {id}";
    /// What to do about it.
    NO_SITREP_HINT: "用 zhiban sitrep --list 看编号", "zhiban sitrep --list shows the ids";
    /// A figure that is none.
    no_figure(text): "没有“{text}”这个数字", "There is no figure “{text}”";
    /// What to do about it.
    NO_FIGURE_HINT: "数字的写法见 zhiban sitrep --format json 的 figures，如 all.current", "The figures are those of zhiban sitrep --format json, e.g. all.current";
    /// A report was sent.
    sitrep_sent(to, id, seq): "已报送{to}，编号 {id}，已记入日志第 {seq} 号", "Sent to {to} as {id}, logged as entry {seq}";
    /// A table's head.
    HEAD_AT: "时间", "At";
    /// A table's head.
    HEAD_TO: "报送对象", "To";
    /// A table's head.
    HEAD_CURRENT: "现有", "Now";
    /// A table's head.
    HEAD_ID: "编号", "Id";
    /// A table's head.
    HEAD_FIGURES: "所报数据", "Told";
    /// A correction.
    CORRECTION: "更正", "correction";
    /// Corrected since.
    CORRECTED: "已更正", "corrected";
    /// Something differs from what was told.
    DIFFERENT: "与所报不同：", "Different from what was told:";
}
