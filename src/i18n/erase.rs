//! The words of erasing a person.

use super::{Lang, Say, Word};
use crate::store::query::rows::StillOpen;

crate::words! {
    /// In place of what was erased.
    GONE: "已删除", "erased";
    /// `person.erased`, in the log.
    line(entries, rows, reason): "删除一人的全部记录（日志 {entries} 条，表格 {rows} 行）：{reason}", "a person erased (log entries: {entries}, sheet rows: {rows}): {reason}";
    /// What an erasure touched is not taken back.
    NOT_UNDOABLE: "这条记录涉及已删除的人，不能撤销", "It speaks of somebody who was erased and cannot be undone";
    /// Something is open.
    still(zh, en): "此人还有未了结的事：{zh}", "Something about this person is still open: {en}";
    /// What to do.
    STILL_OPEN_HINT: "先逐项办结，再删除", "end each of them first, then erase";
    /// The reason names them.
    REASON_NAMES: "删除原因里不能写此人的姓名、号码或住址", "The reason must not hold the person's name, numbers or address";
    /// What to do.
    REASON_NAMES_HINT: "删除原因会一直留在日志里，写依据即可，例如：本人申请", "it stays in the log: write on whose word, e.g. asked by the person";
    /// Open.
    O_CASE: "重点关注", "a case";
    /// Open.
    O_PROMISE: "承诺", "a promise";
    /// Open.
    O_QUESTION: "接班提问", "a question of a handover";
    /// Open.
    O_FINDING: "待处置", "a finding";
}

/// What is open.
pub fn open(what: StillOpen) -> Word {
    match what {
        StillOpen::Case => O_CASE,
        StillOpen::Promise => O_PROMISE,
        StillOpen::Question => O_QUESTION,
        StillOpen::Finding => O_FINDING,
    }
}

/// What stands against erasing somebody.
pub fn still_open(all: &[StillOpen]) -> Say {
    let list = |lang| Say::listed(all.iter().map(|what| open(*what).get(lang)));
    still(list(Lang::Zh).zh, list(Lang::En).en)
}
