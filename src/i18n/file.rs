//! What is said of the office's own file: copies, places, what cannot be written.

use crate::say::Say;

crate::words! {
    /// A part of an earlier file lies where a new one is to be made.
    side_file(path): "旁边还有旧数据库留下的 {path}", "A part of an earlier database lies beside it: {path}";
    /// What to do about it.
    SIDE_FILE_HINT: "请把它和它的数据库移到别处，或换一个文件名", "Move it away together with its database, or choose another name";
    /// An unfinished file was named.
    unfinished(path): "{path} 是没有写完的临时文件，不是数据库", "{path} is a temporary file that was never finished, and no database";
    /// What to do about it.
    UNFINISHED_HINT: "请用正式的数据库或备份；这类文件会自动清除", "Use the database or a backup; such files are swept away by themselves";
    /// A backup was opened.
    IS_BACKUP: "这是一份备份，只读", "This is a backup, and only read";
    /// What to do about it.
    is_backup_hint(path): "要接着用，请先恢复成新的数据库：zhiban restore {path} --db 新文件", "To go on with it, restore it first: zhiban restore {path} --db NEWFILE";
    /// The office lies on another machine.
    OTHER_MACHINE: "这个数据库原来在另一台机器上", "This database was last used on another machine";
    /// The office lies at another place.
    other_place(path): "这个数据库原来在 {path}", "This database was last used as {path}";
    /// The old place still has its file.
    old_is_there(path): "这个数据库原来在 {path}，那里的仍在", "This database was last used as {path}, and that one is still there";
    /// An earlier program's backup, which bears no mark.
    NAMED_AS_BACKUP: "从文件名看这是一份备份（要恢复成新的数据库，用 zhiban restore）", "By its name this is a backup (zhiban restore makes a new database of it)";
    /// A copy beside what goes on.
    newer_beside(path): "旁边的 {path} 是同一个值班台的，记得更全", "The same desk goes on in {path}, which lies beside it";
    /// A copy of what goes on elsewhere.
    newer_seen(head): "本机见过这个值班台更新的记录（校验码 {head}）", "This machine has seen newer entries of this desk (head code {head})";
    /// What to do about it.
    PLACE_HINT: "移过来的（原来的已不再用）：zhiban desk moved；是另一份、要分开记：zhiban desk new。在此之前只能看", "If it was moved here (the old one is used no more): zhiban desk moved; if it is a copy that goes its own way: zhiban desk new. Until then it can only be read";
    /// Asked before the desk opens.
    PLACE_ASK: "1 移过来的，接着记（原来的不再用）  2 是副本，作为新的值班台分开记  3 只看看", "1 it was moved here: go on (the old one is used no more)  2 it is a copy: go on as a new desk  3 only look";
    /// The prompt.
    PLACE_PROMPT: "请选 1、2 或 3：", "Choose 1, 2 or 3: ";
    /// Done.
    MOVED: "已记下：这个数据库现在在这里", "Noted: this is where the database now lies";
    /// Nothing to do.
    NOT_MOVED: "这个数据库一直在这里，不必处理", "The database has always been here: there is nothing to do";
    /// Done.
    new_desk(seq): "已成为新的值班台，接续第 {seq} 号记录", "It goes on as a new desk, after entry {seq}";
    /// The office can only be read.
    READ_ONLY: "只读", "read only";
    /// Why nothing is written.
    only_read(why): "只能查看，没有写入：{why}", "It can only be read; nothing was written: {why}";
    /// An old file that only reading is not enough for.
    old_format(path): "{path} 是旧版本程序的数据库，要先更新才能打开，而这里不能写", "{path} was written by an earlier version and must be brought up to date before it is read, but it cannot be written here";
    /// What to do about it.
    OLD_FORMAT_HINT: "请把它复制到可以写的文件夹，再用本程序打开一次", "Copy it into a folder that can be written and open it there once";
    /// The last writes lie beside the file.
    unsettled(path): "{path} 旁边还有未并入的 -wal 文件，而这个文件夹不能写，读不到最后的记录", "{path} has an unfinished -wal file beside it, and the folder cannot be written: its last entries cannot be read";
    /// What to do about it.
    UNSETTLED_HINT: "请把数据库连同它旁边的 -wal 文件一起复制到可以写的文件夹，在那里打开", "Copy the database together with its -wal file into a folder that can be written, and open it there";
    /// The desk was left, and something still holds the file.
    not_closed(path): "数据库没有完全收好，最后的记录还在旁边的 {path}-wal 里：现在复制须连同这个文件一起；或先腾出磁盘空间、关闭别的值班台，再打开、退出一次，之后只复制数据库即可", "The database was not closed whole; its last entries still lie in {path}-wal beside it. Copied now, copy that file with it; or make room on the disk, close the other desks, open this one and leave it once more: then the database alone is all of it";
    /// A sealed file cannot be written.
    cannot_seal(path, why): "无法写入加密备份 {path}：{why}", "The sealed backup {path} cannot be written: {why}";
    /// A sealed file cannot be read.
    cannot_unseal(path, why): "无法读取加密备份 {path}：{why}", "The sealed backup {path} cannot be read: {why}";
    /// No passphrase.
    PASSPHRASE_EMPTY: "口令不能为空", "The passphrase must not be empty";
    /// Too short.
    passphrase_short(n): "口令太短，至少 {n} 个字符", "The passphrase is too short: it has at least {n} characters";
    /// What to do about it.
    PASSPHRASE_SHORT_HINT: "可用几个不相干的词连起来；没有备份", "Several words that do not belong together make a good one; no backup was made";
    /// Typed differently.
    PASSPHRASES_DIFFER: "两次口令不一致，没有备份", "The two passphrases differ: no backup was made";
    /// Not a recipient.
    bad_recipient(text): "“{text}” 不是公钥", "“{text}” is no public key";
    /// What to do about it.
    BAD_RECIPIENT_HINT: "公钥以 age1 开头，由 age-keygen 生成", "A public key begins with age1 and is made by age-keygen";
    /// A file of keys cannot be read.
    cannot_read_identity(path, why): "无法读取私钥文件 {path}：{why}", "The file of keys {path} cannot be read: {why}";
    /// A file without a key.
    bad_identity_file(path): "{path} 里没有可用的私钥", "There is no usable key in {path}";
    /// Not a file of keys.
    BAD_IDENTITY: "这个文件里没有可用的私钥", "There is no usable key in that file";
    /// What to do about it.
    BAD_IDENTITY_HINT: "私钥每行一个，以 AGE-SECRET-KEY-1 开头", "Keys stand one on a line and begin with AGE-SECRET-KEY-1";
    /// The passphrase does not open it.
    wrong_passphrase(path): "口令打不开 {path}", "The passphrase does not open {path}";
    /// What to do about it.
    WRONG_PASSPHRASE_HINT: "请核对口令（大小写、输入法、空格）；用公钥加密的，请用 --identity 私钥文件。没有恢复任何内容", "Check it (capitals, input method, spaces); one sealed for a public key is opened with --identity KEYFILE. Nothing was restored";
    /// The keys do not open it.
    wrong_identity(path): "这些私钥打不开 {path}", "None of the keys opens {path}";
    /// What to do about it.
    WRONG_IDENTITY_HINT: "请换一个私钥文件；用口令加密的，不要加 --identity。没有恢复任何内容", "Try another file of keys; one sealed under a passphrase is opened without --identity. Nothing was restored";
    /// A key is needed.
    sealed(path): "{path} 是加密备份", "{path} is a sealed backup";
    /// What to do about it.
    SEALED_HINT: "请输入口令（脚本用 --stdin），或用 --identity 私钥文件", "Give its passphrase (in scripts with --stdin), or --identity KEYFILE";
    /// Asked for.
    PASSPHRASE: "备份的口令：", "Passphrase of the backup: ";
    /// Asked for.
    PASSPHRASE_NEW: "给备份设口令：", "A passphrase for the backup: ";
    /// Asked for.
    PASSPHRASE_AGAIN: "再输一遍：", "Once more: ";
    /// Nobody can be asked.
    PASSPHRASE_NEEDED: "加密备份需要口令", "A sealed backup needs a passphrase";
    /// What to do about it.
    PASSPHRASE_NEEDED_HINT: "脚本请加 --stdin 从标准输入给口令，或用 --recipient 公钥", "In scripts give it with --stdin, or seal it with --recipient KEY";
    /// A sealed backup was taken.
    sealed_up(path, head): "已加密备份到 {path}，核对无误，日志校验码 {head}；口令或私钥丢失则无法打开", "Sealed up in {path} and verified, head {head}; without its passphrase or key nobody can open it";
    /// The copy's log has faults.
    backup_unsound(n; faults = n "fault" "faults"): "备份已存，但自检发现 {n} 处不符，没有清理旧备份；请运行 zhiban check", "The backup was made, but it has {n} {faults}, and no older backup was removed: run zhiban check";
    /// A backup takes long.
    VERIFYING: "正在备份并核对…", "Backing up and verifying…";
    /// A check takes long.
    CHECKING: "签字前自检，请稍候…", "Checking the file before it is signed; one moment…";
    /// Old backups were removed.
    not_rotated(why): "旧备份没有按设置清理：{why}", "the older backups were not removed as the settings say: {why}";
    /// Older backups went.
    rotated(n; backups = n "older backup" "older backups"): "已按保留设置清理 {n} 份旧备份", "Removed {n} {backups}, as the settings say";
    /// There is none to try.
    NO_BACKUP_YET: "数据库旁没有备份", "There is no backup beside the database";
    /// What to do about it.
    NO_BACKUP_YET_HINT: "请先备份一次，或写明备份文件：zhiban drill 文件", "Take one first, or name it: zhiban drill FILE";
    /// A drill went well.
    drill_sound(path, ops, head; entries = ops "entry" "entries"): "演练通过：{path} 可以恢复，共 {ops} 条记录，与现在的日志相接，日志校验码 {head}", "The drill went well: {path} can be restored, {ops} {entries}, and the log goes on from it, head {head}";
    /// A drill found faults.
    drill_faults(path, n; tables = n "table" "tables"): "演练发现问题：{path} 能恢复，但有 {n} 张表与日志不符", "The drill found faults: {path} can be restored, but {n} {tables} did not agree with its log";
    /// The backup is another office's.
    drill_other(path): "演练未通过：{path} 不是这个数据库的备份，或日志被改过", "The drill failed: {path} is no backup of this database, or a log was changed";
    /// An act waits for longer than a moment.
    SAVING: "正在保存…（按的键都留着）", "Saving… (what you type is kept)";
    /// The same, when more was typed than is kept.
    typed_full(n): "正在保存…（已留着 {n} 个键，再按的留不下了，请稍候）", "Saving… ({n} keys are kept, and no more: please wait)";
    /// Keys beyond those that are kept.
    typed_lost(n, more; were = more "key was" "keys were"): "保存期间最多留 {n} 个键，其后 {more} 次按键未记下，请重新输入", "While saving, {n} keys are kept: {more} more {were} not; please type again";
    /// Keys after an act that failed.
    typed_dropped(n; keys = n "key" "keys"): "其间按的 {n} 个键没有用上", "{n} {keys} typed meanwhile went unused";
    /// No drill for many days, on the board.
    c_drill(n): "{n} 天未做备份演练", "no backup drill for {n} d";
    /// The same on the handover.
    drill_due(n; days = n "day" "days"): "{n} 天没有做备份演练（zhiban drill）", "no backup drill for {n} {days} (zhiban drill)";
}

/// Why older backups stay.
pub fn not_rotated_because(error: &crate::error::Error) -> Say {
    error.say().within(|why| not_rotated(why))
}

/// What became of the older backups, where there is something to say: the one that was made stands in any case.
pub fn rotation(gone: crate::error::Result<usize>) -> Option<Say> {
    match gone {
        Ok(0) => None,
        Ok(gone) => Some(rotated(gone)),
        Err(error) => Some(not_rotated_because(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::say::Lang;

    #[test]
    fn a_rotation_that_fails_is_told_and_is_no_failure_of_the_backup() {
        let failed = || Err(Error::user(crate::error::Kind::Database, Say::same("the file is damaged")));
        let said = rotation(failed()).unwrap();
        assert_eq!(
            said.get(Lang::En),
            "the older backups were not removed as the settings say: the file is damaged"
        );
        assert!(said.get(Lang::Zh).starts_with("旧备份没有按设置清理："));
        assert_eq!(rotation(Ok(0)), None);
    }
}
