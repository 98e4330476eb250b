//! The words of erasing a person.

crate::words! {
    /// In place of what was erased.
    GONE: "已删除", "erased";
    /// `person.erased`, in the log.
    line(bodies, rows, reason): "删除一人的全部记录（记录 {bodies} 条，表格 {rows} 行）：{reason}", "a person erased (log entries: {bodies}, sheet rows: {rows}): {reason}";
}
