//! The words of erasing a person.

use super::terms::paper;
use crate::domain::erase::{EntryAt, ErasePreview, Rewritten, StillOpen};
use crate::domain::time::Ts;
use crate::domain::trust::Left;
pub use crate::i18n::common::ERASED as GONE;
pub use crate::i18n::common::NAME as H_NAME;
pub use crate::i18n::common::UNIT as H_UNIT;
use crate::say::{Lang, Say, Word};

crate::words! {
    /// `person.erased`, in the log.
    line(entries, rows, reason): "删除一人的全部记录（日志 {entries} 条，表格 {rows} 行）：{reason}", "a person erased (log entries: {entries}, sheet rows: {rows}): {reason}";
    /// What an erasure touched is not taken back.
    NOT_UNDOABLE: "这条记录涉及已删除的人，不能撤销", "It speaks of somebody who was erased and cannot be undone";
    /// Something is open.
    still(zh, en): "此人还有未了结的事：{zh}", "Something about this person is still open: {en}";
    /// What to do.
    STILL_OPEN_HINT: "请先逐项办结，再删除", "End each of them first, then erase";
    /// The reason names them.
    REASON_NAMES: "删除原因里不能写此人的姓名、号码或住址", "The reason must not hold the person's name, numbers or address";
    /// What to do.
    REASON_NAMES_HINT: "删除原因会一直留在日志里，写依据即可，例如：本人申请", "It stays in the log: write on whose word, e.g. asked by the person";
    /// A title.
    whom(name, no, unit): "将删除：{name}（{no}）{unit}", "To be erased: {name} ({no}) {unit}";
    /// What goes.
    goes(entries, roster, readings; of = entries "log entry" "log entries", rows = roster "roster row" "roster rows", reports = readings "report row" "report rows"): "删去：日志 {entries} 条，名册 {roster} 行，日报 {readings} 行；另有加密行摘要的密钥、草稿、搜索记录和查找索引", "Goes: {entries} {of}, {roster} {rows}, {readings} {reports}; also the key of the rows' digests, drafts, the last searches and the finder's index";
    /// Words in other entries.
    words_go(n, list; of = n "entry" "entries"): "删去其中文字的其他记录 {n} 条：{list}", "Words go from {n} other {of}: {list}";
    /// Words in the rows of others.
    rows_go(n, list; of = n "report row" "report rows"): "删去其他人的日报 {n} 行中提到此人的文字，该行其余内容保留：{list}", "The words about this person go from {n} {of} of others; the rest of each row stays: {list}";
    /// Words in the rows of others that stay.
    shared_rows_stay(n, list; of = n "sheet" "sheets"): "保留：{n} 张表格里其他人的行中有此姓名，但另有同名的人，请自行核对：{list}", "Stays: {n} {of} in which rows of others hold this name, which others bear too; check yourself: {list}";
    /// Earlier records of others, and columns and figures that stay.
    kept_stays(n, list; of = n "entry holds" "entries hold"): "保留：{n} 条记录里有此人的姓名、号码或住址，在别人以前的资料、固定栏目或可当日期的数字里，不能删去，请自行核对：{list}", "Stays: {n} {of} a name, number or address of theirs, in an earlier record of somebody else, in a column that holds no free words, or in figures that may be a day; check yourself: {list}";
    /// Words that stay.
    shared_stays(n, list; of = n "entry names" "entries name"): "保留：{n} 条记录里有此姓名，但另有同名的人，请自行核对：{list}", "Stays: {n} {of} only a name that others bear too; check yourself: {list}";
    /// Entries of units and outside contacts that stay.
    directory_stays(n, list; of = n "entry" "entries"): "保留：单位、外部联系人的公务资料 {n} 条里有此人的姓名或号码，如需删去请另行更正：{list}", "Stays: {n} {of} of units and outside contacts with a name or number of theirs; correct these where needed: {list}";
    /// Other people with the same number.
    others_stay(n; of = n "other person's" "other people's"): "保留：另有 {n} 人自己的资料里登记了此人的号码、住址或姓名", "Stays: a number, an address or a name of theirs in {n} {of} own record";
    /// What stays always.
    STAYS: "保留：数字、签过的单据上的数字、日志的摘要；重印时此人处写“已删除”", "Stays: figures, also those on signed papers, and the log's digests; a reprint says (erased) in place of the person";
    /// The question.
    confirm(no): "删除后无法恢复。输入此人工号 {no} 或“删除”确认，直接回车取消：", "This cannot be taken back. Type the number {no} or “erase” to confirm; Enter alone cancels: ";
    /// Done.
    erased(op): "已删除，记为第 {op} 号日志", "Erased; entry {op} of the log";
    /// Something is left in the WAL.
    WAL_LEFT: "另有程序正在读数据库，写前日志未能清空；其他值班台关闭后即清空", "Another program is reading the database, so its write-ahead log was not emptied; that happens when the other desks are closed";
    /// The file could not be written anew.
    ROOM_LEFT: "数据库文件没能重新写过，空闲处可能还有残留；请腾出磁盘空间、关闭其他值班台，再运行 zhiban erase backups 清理", "The database file could not be written anew, so remnants may be left in its free room: make room on the disk, close the other desks and run zhiban erase backups, which clears it";
    /// A heading.
    OUTSIDE: "以下在数据库之外，本程序删不到，请逐一处理：", "These lie outside the database and are for you to deal with:";
    /// A backup.
    out_backup(at, file): "备份 {at} {file}（可用 zhiban erase backups 改写）", "backup {at} {file} (zhiban erase backups rewrites it)";
    /// Another paper.
    out_paper(at, what, to): "单据 {at} {what}：{to}", "paper {at} {what}: {to}";
    /// More papers.
    out_more(n; of = n "paper" "papers"): "另有 {n} 份单据", "and {n} more {of}";
    /// Papers and the rest of the machine.
    OUT_REST: "已打印的纸张、导出的文件、打印队列里的任务；移动盘和聊天里的原始表格，收件目录和其中 done、returned 里的（连同退回的表和回执）", "printed sheets, exported files, jobs in the print queue; the sheets as they came on sticks and in chats, in the inbox and its folders done and returned (with the sheets and messages that went back)";
    /// None is proposed.
    NO_RETENTION: "没有设置保留期限；zhiban settings retention-days 90 表示解除满 90 天后提示", "No time is set after which erasing is proposed; zhiban settings retention-days 90 sets one";
    /// A column.
    H_NO: "工号", "Number";
    /// A column.
    H_RELEASED: "解除时间", "Released";
    /// A column.
    H_DAYS: "已过天数", "Days";
    /// No backup was found.
    NO_BACKUPS: "没有找到本单位的备份", "No backup of this office was found";
    /// A backup.
    done(file, n; of = n "person" "people"): "已改写 {file}：删去 {n} 人", "Rewritten {file}: {n} {of} erased";
    /// A backup.
    clean(file): "无需改写 {file}", "Nothing to erase in {file}";
    /// A backup.
    sealed(file): "未改写 {file}：已加密封存，没有口令或密钥不能改写；到期请销毁", "Not rewritten {file}: it is sealed and cannot be changed without its passphrase or key; destroy it when its time is over";
    /// A backup.
    other_office(file): "未改写 {file}：是别的单位的备份", "Not rewritten {file}: it is another office's backup";
    /// A backup.
    no_backup(file): "未改写 {file}：不是备份文件", "Not rewritten {file}: it is no backup";
    /// A backup of a former program, or an office.
    in_use(file): "未改写 {file}：其中还有已删除的人。可能是旧版备份，也可能是在用的数据库；旧版备份请销毁，另做新备份", "Not rewritten {file}: it still holds somebody who was erased. It may be a backup of a former version, or an office in use; destroy such a backup and take a new one";
    /// A backup.
    damaged(file): "未改写 {file}：核对不符，保持原样", "Not rewritten {file}: it does not verify and was left as it is";
    /// A folder cannot be read.
    cannot_look(folder, why): "无法查看文件夹 {folder}：{why}", "Cannot look into {folder}: {why}";
    /// A title.
    ERASE: "删除全部记录", "Erase";
    /// One person has to be selected.
    ONE_PERSON: "请先选定一个人", "Select one person first";
    /// A field.
    WHY: "依据", "On whose word";
    /// A hint.
    WHY_HINT: "一直留在日志里，不写姓名和号码", "stays in the log; no name, no number";
    /// A field.
    SURE: "确认", "Confirm";
    /// A hint.
    SURE_HINT: "看过上面各项后，输入此人工号或“删除”；删除后无法恢复", "once you have read the above, type the person's number or “erase”; it cannot be taken back";
    /// It is being looked up.
    LOOKING: "正在查找将删去的记录…", "Looking up what goes…";
    /// Beside a roster with new people in it.
    may_be_back(n; of = n "person was" "people were"): "上次导入名册后删除过 {n} 人：新增的人里可能有已删除的，请核对后再导入", "{n} {of} erased since the last roster: somebody who is new here may be one of them, so look before you take it in";
    /// Whom the office might erase.
    due_now(n, list; of = n "person" "people"): "关注解除已满保留期限的 {n} 人：{list}；删除用 :erase", "{n} {of} whose case was released long enough ago: {list}; :erase on each";
    /// Nobody is proposed.
    NOBODY_DUE: "没有解除已满保留期限的人", "Nobody's case was released so long ago";
    /// Open.
    O_CASE: "重点关注", "a case";
    /// Open.
    O_PROMISE: "承诺", "a promise";
    /// Open.
    O_QUESTION: "接班提问", "a question of a handover";
    /// Open.
    O_FINDING: "待处置", "a finding";
}

/// What an erasure could not clear.
pub fn left(what: Left) -> Word {
    match what {
        Left::Room => ROOM_LEFT,
        Left::Wal => WAL_LEFT,
    }
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

/// The headings of those who might be erased.
pub const DUE_HEADS: [Word; 5] = [H_NO, H_NAME, H_UNIT, H_RELEASED, H_DAYS];

/// How many entries of the log are named in a line.
const NAMED: usize = 12;

/// What erasing somebody would take, line by line.
pub fn preview(of: &ErasePreview, when: &dyn Fn(Ts) -> String) -> Vec<Say> {
    let mut out = vec![whom(&of.name, &of.no, &of.unit), goes(of.entries, of.roster, of.readings)];
    let list = |entries: &[EntryAt]| {
        let mut all: Vec<String> =
            entries.iter().take(NAMED).map(|entry| format!("#{} {}", entry.op.seq, when(entry.at))).collect();
        all.extend((entries.len() > NAMED).then(|| "…".to_owned()));
        all.join(", ")
    };
    if !of.words.is_empty() {
        out.push(words_go(of.words.len(), list(&of.words)));
    }
    if of.row_words > 0 {
        out.push(rows_go(of.row_words, list(&of.row_words_in)));
    }
    if !of.shared_rows.is_empty() {
        out.push(shared_rows_stay(of.shared_rows.len(), list(&of.shared_rows)));
    }
    if !of.kept.is_empty() {
        out.push(kept_stays(of.kept.len(), list(&of.kept)));
    }
    if !of.shared.is_empty() {
        out.push(shared_stays(of.shared.len(), list(&of.shared)));
    }
    if !of.directory.is_empty() {
        out.push(directory_stays(of.directory.len(), list(&of.directory)));
    }
    if of.others > 0 {
        out.push(others_stay(of.others));
    }
    out.push(STAYS.into());
    out
}

/// What lies outside the database, line by line; of the papers those of the person alone, and the newest of the others.
pub fn outside(of: &ErasePreview, most: usize, when: &dyn Fn(Ts) -> String) -> Vec<Say> {
    let mut out = vec![OUTSIDE.into()];
    out.extend(of.backups.iter().map(|backup| out_backup(when(backup.at), &backup.file)));
    let (own, others): (Vec<_>, Vec<_>) = of.papers.iter().partition(|paper| paper.own);
    let line = |printed: &crate::domain::erase::PaperOutside| {
        let (at, what) = (when(printed.at), paper(&printed.paper));
        Say { zh: out_paper(&at, what.zh, &printed.to).zh, en: out_paper(&at, what.en, &printed.to).en }
    };
    out.extend(own.into_iter().map(line));
    out.extend(others.iter().take(most).map(|printed| line(printed)));
    if others.len() > most {
        out.push(out_more(others.len() - most));
    }
    out.push(OUT_REST.into());
    out
}

/// Whether what was typed confirms it: the person's number, or the word.
pub fn confirms(typed: &str, no: &str) -> bool {
    let typed = typed.trim();
    typed == no || typed == "删除" || typed.eq_ignore_ascii_case("erase")
}

/// What became of a backup.
pub fn rewritten(file: &str, what: &Rewritten) -> Say {
    match what {
        Rewritten::Done(people) => done(file, people),
        Rewritten::Clean => clean(file),
        Rewritten::Sealed => sealed(file),
        Rewritten::OtherOffice => other_office(file),
        Rewritten::NoBackup => no_backup(file),
        Rewritten::InUse => in_use(file),
        Rewritten::Damaged => damaged(file),
    }
}

/// The same as a code, for JSON.
pub fn rewritten_code(what: &Rewritten) -> &'static str {
    match what {
        Rewritten::Done(_) => "rewritten",
        Rewritten::Clean => "clean",
        Rewritten::Sealed => "sealed",
        Rewritten::OtherOffice => "other-office",
        Rewritten::NoBackup => "no-backup",
        Rewritten::InUse => "in-use",
        Rewritten::Damaged => "damaged",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_the_inbox_is_named_among_what_lies_outside() {
        for lang in [Lang::Zh, Lang::En] {
            let text = OUT_REST.get(lang);
            assert!(["done", "returned"].iter().all(|folder| text.contains(folder)), "{text}");
        }
    }
}
