//! The office's file: backups, drills, checks, the clock, and whether it can be trusted.

use crate::domain::handover::Checked;
use crate::domain::jump::Jump;
use crate::domain::time::Calendar;
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
    /// A file that has its name, which the disk would not say that it keeps.
    not_kept_yet(path, why): "{path} 已完整写好，可以使用，但磁盘没有确认（{why}）：此时断电，文件可能丢失", "{path} is there whole and can be used, but the disk did not confirm it ({why}): a power cut now may lose it";
    /// What to do about it: of an office that was restored.
    RESTORED_NOT_KEPT_HINT: "请先不要断电：运行 sync，检查磁盘，再确认文件还在；不要删去原来的备份", "Keep the power on: run sync, check the disk, and see that the file is still there; keep the backup it came from";
    /// What to do about it: of a new office.
    NEW_NOT_KEPT_HINT: "请先不要断电：运行 sync，检查磁盘，再确认文件还在，然后再开始登记", "Keep the power on: run sync, check the disk, and see that the file is still there before anything is recorded in it";
    /// What to do about it: of a backup.
    BACKUP_NOT_KEPT_HINT: "已记入日志。请先不要断电：运行 sync，检查磁盘，再确认文件还在；较早的备份都没有清理", "It is logged. Keep the power on: run sync, check the disk, and see that the file is still there; no older backup was cleared away";
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

// What a check of the office's file found.

crate::words! {
    /// All is well.
    check_sound(ops, events, rows, head; entries = ops "entry" "entries", parts = events "event" "events", lines = rows "sheet row" "sheet rows"): "完好：{ops} 条记录、{events} 个事项、{rows} 行表格，校验码 {head}", "Sound: {ops} {entries}, {events} {parts}, {rows} {lines}; head code {head}";
    /// The log is damaged.
    check_faults(n, first; faults = n "fault" "faults"): "日志有 {n} 处不符：{first}", "The log has {n} {faults}: {first}";
    /// Tables differ.
    check_differs(list): "推算表与日志不符：{list}；可用 zhiban check --rebuild 重建", "Tables differ from the log: {list}; zhiban check --rebuild mends them";
    /// A file of an older program.
    CHECK_OLDER: "这是旧版程序的文件，只核对了日志；打开后升级，再查一次", "An older program's file: only its log was compared; it is brought up to date when it is opened, then check again";
    /// Mended.
    REBUILT: "已按日志重建推算表", "The tables were built anew from the log";
    /// A fault of an entry itself.
    FAULT_HEAD: "记录本身被改动", "the entry itself was changed";
    /// An entry does not follow the one before.
    FAULT_ORDER: "前后不接：有缺失、插入或次序变动", "it does not follow the one before";
    /// A fault of an event.
    FAULT_EVENT: "事项被改动、增加或删除", "an event was changed, added or removed";
    /// A fault of a sheet row.
    FAULT_ROW: "表格行被改动、增加或删除", "a sheet row was changed, added or removed";
    /// Something without an entry.
    FAULT_STRAY: "有不属于任何记录的内容", "something belongs to no entry";
    /// Half of what it takes back is written.
    FAULT_UNDO: "撤销的对象只写了一半", "what it takes back is half written";
    /// A PIN that was put in or taken out by hand.
    FAULT_PIN: "保存的签字口令与日志不符", "what is kept of a PIN is not what the log says";
    /// A desk that does not follow the one before.
    FAULT_DESK: "恢复后的新台与原台末尾接不上", "the restored desk does not begin where the one before it ends";
    /// A part of the schema that is not there.
    part_missing(kind, name): "缺少{kind} {name}", "the {kind} {name} is missing";
    /// A part of the schema that should not be there.
    part_added(kind, name): "多出{kind} {name}", "the {kind} {name} should not be there";
    /// A part of the schema in other words.
    part_changed(kind, name): "{kind} {name} 被改动", "the {kind} {name} was changed";
    /// An index that does not agree with its table.
    part_content(kind, name): "{kind} {name} 与表内容不一致", "the {kind} {name} does not agree with its table";
    /// The schema differs.
    check_layout(n, list; places = n "place" "places"): "库结构有 {n} 处不符：{list}；可用 zhiban check --rebuild 修复", "The database is laid out otherwise in {n} {places}: {list}; zhiban check --rebuild mends what it can";
    /// A table of the database.
    PART_TABLE: "表", "table";
    /// An index.
    PART_INDEX: "索引", "index";
    /// A trigger.
    PART_TRIGGER: "触发器", "trigger";
    /// A view.
    PART_VIEW: "视图", "view";
    /// A damaged file.
    FAULT_FILE: "文件本身已损坏", "the file itself is damaged";
    /// One fault.
    fault_at(seq, what): "第 {seq} 号：{what}", "entry {seq}: {what}";
    /// The head matches.
    HEAD_MATCHES: "与纸上的校验码相符", "It agrees with the printed head code";
    /// The head differs.
    HEAD_DIFFERS: "与纸上的校验码不符：历史被改动", "It differs from the printed head code: history was changed";
    /// The head is missing.
    HEAD_MISSING: "日志里没有纸上的校验码：末尾被截去，或这是旧的副本，或是从更早的备份恢复的", "The log does not hold the printed head code: its end was cut off, this is an older copy, or it was restored from a backup taken before";
    /// No head code.
    HEAD_NOT_A_CODE: "这不是校验码（应如 12-ABCD-EFGH-JKMN-PQRS）", "This is not a head code (like 12-ABCD-EFGH-JKMN-PQRS)";
}

// Words of a clock that moved.

crate::words! {
    /// The clock shows an earlier time than at the entry before.
    back_minutes(n; minutes = n "minute" "minutes"): "时钟倒退 {n} 分钟", "the clock went back {n} {minutes}";
    /// The same, by hours.
    back_hours(n; hours = n "hour" "hours"): "时钟倒退 {n} 小时", "the clock went back {n} {hours}";
    /// The same, by days.
    back_days(n; days = n "day" "days"): "时钟倒退 {n} 天", "the clock went back {n} {days}";
    /// More than a day later than the entry before.
    ahead_hours(n; hours = n "hour" "hours"): "比上一条晚 {n} 小时", "{n} {hours} after the entry before";
    /// The same, by days.
    ahead_days(n; days = n "day" "days"): "比上一条晚 {n} 天", "{n} {days} after the entry before";
    /// A counter.
    count(n): "时钟异常 {n}", "clock {n}";
    /// In front of a line.
    MARK: "! ", "! ";
}

/// What moved, in words.
pub fn said(jump: Jump) -> Say {
    const DAY: i64 = 24 * 60;
    let minutes = jump.minutes();
    match jump {
        Jump::Back(_) if minutes < 120 => back_minutes(minutes),
        Jump::Back(_) if minutes < 2 * DAY => back_hours(minutes / 60),
        Jump::Back(_) => back_days(minutes / DAY),
        Jump::Ahead(_) if minutes < 2 * DAY => ahead_hours(minutes / 60),
        Jump::Ahead(_) => ahead_days(minutes / DAY),
    }
}

/// A line of the log with what the clock did.
pub fn line(jump: Option<Jump>, line: &str, lang: crate::say::Lang) -> String {
    match jump {
        Some(jump) => {
            let said = said(jump);
            match lang {
                crate::say::Lang::Zh => format!("{}{line}（{}）", MARK.zh, said.zh),
                crate::say::Lang::En => format!("{}{line} ({})", MARK.en, said.en),
            }
        }
        None => line.to_owned(),
    }
}

// What the office's file is known to be: checked, older than what was seen, changed.

/// What a check found, with its time.
pub fn checked(checked: &Checked, calendar: Calendar) -> Say {
    let at = calendar.md_hm(checked.at);
    match (checked.found, wrong(checked)) {
        (0, None) => sound(at),
        (0, Some(older)) => checked_but(at, older.zh, older.en),
        (n, _) => {
            let told = unsound(at, n);
            match checked.behind {
                Some(missing) => {
                    let older = lacking(missing);
                    Say {
                        zh: format!("{}；{}", told.zh, older.zh), en: format!("{}; {}", told.en, older.en)
                    }
                }
                None => told,
            }
        }
    }
}

/// The same where there is little room: without its time.
pub fn checked_short(checked: &Checked) -> Option<Say> {
    match (checked.found, checked.behind) {
        (0, None) => Some(SOUND_SHORT.into()),
        // That it is older has a sign of its own.
        (0, Some(_)) => None,
        (n, _) => Some(unsound_short(n)),
    }
}

/// What is wrong with the file, for whoever takes it over; nothing when all is well.
pub fn wrong(checked: &Checked) -> Option<Say> {
    match (checked.found, checked.behind) {
        (0, None) => None,
        (0, Some(missing)) => Some(lacking(missing)),
        (n, None) => Some(wrong_file(n)),
        (n, Some(missing)) => {
            let (file, older) = (wrong_file(n), lacking(missing));
            Some(Say { zh: format!("{}，{}", file.zh, older.zh), en: format!("{}, {}", file.en, older.en) })
        }
    }
}

fn lacking(missing: i64) -> Say {
    match missing {
        0 => LACKS_OTHERS.into(),
        n => lacks(n),
    }
}

crate::words! {
    /// The last check found nothing.
    sound(at): "自检 {at} 完好", "Checked {at}: sound";
    /// The same where there is little room.
    SOUND_SHORT: "自检✓", "Checked ✓";
    /// The last check found something, where there is little room.
    unsound_short(n; problems = n "problem" "problems"): "自检 {n} 处问题", "Check: {n} {problems}";
    /// The last check found something.
    unsound(at, n; problems = n "problem" "problems"): "自检 {at} 发现 {n} 处问题", "Check {at}: {n} {problems} found";
    /// Sound in itself, and older than what was seen.
    checked_but(at, zh, en): "自检 {at}：{zh}", "Checked {at}: {en}";
    /// In the first sentence of a handover.
    wrong_file(n; problems = n "problem" "problems"): "自检发现数据库有 {n} 处问题（zhiban check）", "{n} {problems} found in the database (zhiban check)";
    /// The file is older than what was seen.
    lacks(n; entries = n "entry" "entries"): "数据库比本机上次所见的旧，缺 {n} 条记录", "the database is older than what this machine saw last: {n} {entries} missing";
    /// The file holds others.
    LACKS_OTHERS: "数据库不是本机上次所见的那一份", "the database is not the one that this machine saw last";
    /// What to do about it.
    unsound_told(n; problems = n "problem" "problems"): "自检发现 {n} 处问题：请运行 zhiban check 查看，并留好现有文件和备份", "The check found {n} {problems}: run zhiban check to see what, and keep this file and its backups";
    /// The file lacks what this machine has seen.
    behind(n, head, at; entries = n "entry is" "entries are"): "这份文件比本机上次所见的旧，缺 {n} 条记录；上次的校验码 {head}，记于 {at}", "This file is older than what this machine saw last: {n} {entries} missing; the last head code was {head}, of {at}";
    /// The file holds other entries than this machine has seen.
    other(head, at): "这份文件不是本机上次所见的那一份：校验码 {head}（记于 {at}）处的记录不同", "This is not the file that this machine saw last: at head code {head}, of {at}, it holds another entry";
    /// What to do about it.
    BEHIND_HINT: "如是有意换上的旧文件，运行 zhiban check --accept-older；否则请找回最新的一份", "If it was put here on purpose, run zhiban check --accept-older; else look for the newest one";
    /// A sign of it.
    c_behind(n): "文件较旧，缺 {n} 条", "older file, {n} missing";
    /// A sign that it is another file.
    C_OTHER: "不是上次那份文件", "not the file last seen";
    /// A sign that the schema was changed.
    C_OTHERWISE: "库结构被改动，只能查阅", "laid out otherwise: read only";
    /// It is settled which file counts.
    ACCEPTED: "已记下：以后以这份文件为准", "Noted: from now on this file counts";
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
