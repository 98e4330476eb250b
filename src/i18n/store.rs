//! What the database says when it will not.

pub use crate::i18n::common::ALREADY_RECEIVED_HINT as SITREP_SENT_HINT;
pub use crate::i18n::common::ALREADY_RECEIVED_HINT;
pub use crate::i18n::common::OTHER_FILE as EXISTS_HINT;
pub use crate::i18n::common::SAY_TO_WHOM as TO_NEEDED;
pub use crate::i18n::common::THERE_IS_NO_SUCH_UNIT as NO_UNIT;
crate::words! {
    /// A step of an entry that another followed.
    LATER_STEP: "后面还有一步：先撤销后一步", "a later step follows it: undo that one first";
    /// Two entries, or lines of one, point at what only one may point at.
    POINTED_AT_TWICE: "所指的人或对象已经登记过了", "whom or what it points at is entered already";
    /// A value of a ledger that stands once.
    not_unique(value): "“{value}”已经有了", "\"{value}\" is there already";
    /// Disk full.
    DISK_FULL: "磁盘已满", "The disk is full";
    /// What to do about it.
    DISK_FULL_HINT: "请腾出磁盘空间后再试", "Free some space on the disk and try again";
    /// Locked.
    LOCKED: "数据库正被另一程序占用", "Another program holds the database";
    /// What to do about it.
    LOCKED_HINT: "请稍候再试", "Wait a moment and try again";
    /// It is waited for.
    LOCKED_WAITING: "另一程序正在保存，请稍候…", "Another program is saving: waiting for it…";
    /// Read-only.
    READ_ONLY: "数据库文件不可写", "The database file cannot be written";
    /// What to do about it.
    READ_ONLY_HINT: "请检查文件及其所在文件夹的权限", "Check the permissions of the file and its folder";
    /// It cannot even be read.
    cannot_read(path): "无法读取数据库 {path}", "The database {path} cannot be read";
    /// An insert was swallowed.
    SWALLOWED: "写入没有落到库里，已全部撤回", "What was to be written did not arrive in the database; all of it was taken back";
    /// What to do about it.
    SWALLOWED_HINT: "请运行 zhiban check，看数据库被改动了什么", "Run zhiban check to see what was changed in the database";
    /// The schema was changed.
    LAID_OUT_OTHERWISE: "数据库的结构被改动过，为保全记录，暂不写入", "The database is not laid out as this program does it: so that nothing is lost, nothing is written to it";
    /// What to do about it.
    LAID_OUT_OTHERWISE_HINT: "查阅照常；zhiban check 说明改动了什么，zhiban check --rebuild 修复；不能修复的，请恢复备份", "It can be read as usual; zhiban check says what was changed, zhiban check --rebuild mends it; what cannot be mended is restored from a backup";
    /// Damaged.
    DAMAGED: "数据库文件已损坏或不是数据库", "The database file is damaged or is not a database";
    /// Damaged, and which file.
    damaged(path): "{path} 已损坏或不是数据库", "{path} is damaged or is not a database";
    /// What to do about it.
    DAMAGED_HINT: "请另存此文件备查，再用一份完好的备份恢复到新的位置：zhiban restore 备份文件 --db 新文件", "Keep this file aside and restore a sound copy to another place: zhiban restore FILE --db NEWFILE";
    /// A backup that is damaged.
    backup_damaged(path): "备份文件 {path} 已损坏，或不是备份", "The backup {path} is damaged, or is none";
    /// What to do about it.
    OTHER_BACKUP: "没有恢复任何内容，原有数据未动；请换一份更早的备份再试", "Nothing was restored, and what you have was left as it is; try an earlier backup";
    /// A read or write of the disk failed.
    DISK_ERROR: "读写磁盘出错", "The disk could not be read or written";
    /// What to do about it.
    DISK_ERROR_HINT: "请检查磁盘后再试", "Check the disk and try again";
    /// Not ours.
    not_ours(path): "{path} 不是值班台的数据库", "{path} is not a zhiban database";
    /// What to do about it.
    NOT_OURS_HINT: "请检查 --db 的路径；新建用 zhiban init --office 名称 --db 新文件", "Check the path given with --db; make a new one with zhiban init --office NAME --db NEWFILE";
    /// Newer than the program.
    newer(path, has, knows): "{path} 由更新版本的程序写成（格式 {has}，本程序只认到 {knows}）", "{path} was written by a newer program (format {has}; this one knows up to {knows})";
    /// What to do about it.
    NEWER_HINT: "请升级程序；文件未作任何改动", "Upgrade the program; the file was left as it is";
    /// Already there.
    exists(path): "{path} 已存在", "{path} already exists";
    /// Not there.
    missing(path): "没有数据库 {path}", "There is no database {path}";
    /// What to do about it.
    MISSING_HINT: "zhiban demo 看演示；zhiban init --office 名称 新建", "Try zhiban demo, or make one: zhiban init --office NAME";
    /// A setting could not be made to hold.
    SETTING_REFUSED: "数据库不能按安全要求打开，没有使用", "The database cannot be opened as safely as it must be, and was not used";
    /// What to do about it.
    SETTING_HINT: "请把数据库放到本机磁盘上（不要放网络盘），再试一次", "Put the database on a disk of this machine, not of the network, and try again";
    /// No such person.
    NO_PERSON: "没有这个人", "There is no such person";
    /// A unit is to be named.
    UNIT_NEEDED: "请写明单位（命令行用 --unit；单位见 zhiban list units）", "Say which unit (on the command line with --unit; zhiban list units names them)";
    /// No such outside contact, or removed.
    NO_CONTACT: "没有这个外部联系人", "There is no such outside contact";
    /// An outside contact is there already.
    contact_taken(name): "外部联系人“{name}”已登记同样的号码", "The outside contact “{name}” is there already with that number";
    /// The same contact a second time.
    contact_there(who): "通讯录里已有“{who}”：请更正原有的一条", "“{who}” is in the directory already: correct that line";
    /// An organisation is needed.
    ORG_NEEDED: "请写明机构名称", "Give the organisation";
    /// No such officer.
    NO_OFFICER: "没有这位值班员", "There is no such officer";
    /// No such call.
    NO_CALL: "没有这条跟踪记录", "There is no such follow-up";
    /// Already about somebody.
    CALL_ATTACHED: "这条来电已核实，有了对象", "That call has its person or unit already";
    /// Its number was not written down.
    CALL_WITHOUT_NUMBER: "这条跟踪没有记下号码", "That follow-up holds no number";
    /// No such promise, or ended.
    NO_PROMISE: "没有这条未了结的承诺", "There is no such open promise";
    /// The promise is another's.
    PROMISE_OF_ANOTHER: "这条承诺不是本次联系对象的", "That promise is not of whom this call is about";
    /// Nobody was spoken to, and something was promised.
    NOBODY_PROMISED: "没有联系上，不会有承诺", "Nobody was reached: nobody can have promised";
    /// What to do about it.
    NOBODY_PROMISED_HINT: "请改结果，或把时间填在“再联系”", "Change the outcome, or put the time under Call again";
    /// Promised, without a time.
    PROMISE_WITHOUT_TIME: "结果是“已答应”，请写明答应何时", "The outcome is promised: say for when";
    /// What to do about it.
    PROMISE_WITHOUT_TIME_HINT: "没有说定时间的，请选“已告知”", "Without a time, choose informed";
    /// Nobody was spoken to, and a promise was kept.
    NOBODY_KEPT: "没有联系上，不能记承诺已兑现", "Nobody was reached: the promise cannot be recorded as kept";
    /// What to do about it.
    NOBODY_KEPT_HINT: "请改结果，或让承诺仍未了结", "Change the outcome, or leave the promise open";
    /// A temperature nobody has.
    temp_unbelievable(t): "体温 {t}℃ 不可信，应在 34.0–43.0 之间", "{t} °C is no believable temperature: 34.0 to 43.0 is";
    /// A temperature of a unit.
    TEMP_OF_A_PERSON: "体温只能记在个人名下", "A temperature is a person's";
    /// What to do about it.
    TEMP_OF_A_PERSON_HINT: "请到这个人的页面按 f", "Press f on that person's page";
    /// A temperature from nobody.
    TEMP_NOT_REACHED: "没有联系上，不会有体温", "Nobody was reached: nobody can have told a temperature";
    /// A fever is not well.
    fever_is_not_well(t): "{t}℃ 是发热，不能记为“正常”", "{t} °C is a fever and cannot be recorded as well";
    /// What to do about it.
    FEVER_IS_NOT_WELL_HINT: "请核对体温，或把结果改为“异常”", "Check the temperature, or choose not well";
    /// Nobody to act on.
    NOTHING_TO_DO: "没有选中任何对象", "Nothing is selected";
    /// No such case, or released.
    NO_CASE: "没有这条未解除的重点关注", "There is no such open case";
    /// One open case a person.
    CASE_OPEN: "此人已有未解除的重点关注", "This person already has an open case";
    /// What to do about it.
    CASE_OPEN_HINT: "请修改原有的一条：zhiban case change 编号", "Change that one instead: zhiban case change NO";
    /// A case needs a reason.
    CASE_NEEDS_CATEGORY: "请至少选一项原因（命令行用 --category）", "Give at least one reason (on the command line with --category)";
    /// A reason is needed.
    REASON_NEEDED: "请写明原因", "Give the reason";
    /// Words are needed.
    TEXT_NEEDED: "内容为空，请写上内容", "There are no words in it: write what is meant";
    /// Already received.
    ALREADY_RECEIVED: "该单位本次日报已收", "This report was already received";
    /// The unit is not expected to report.
    NOT_EXPECTED: "该单位不需报送", "This unit does not report";
    /// No such round.
    no_round(round): "没有轮次“{round}”", "There is no round “{round}”";
    /// A number is taken.
    number_taken(no): "编号 {no} 已登记在他人名下", "The number {no} belongs to somebody else";
    /// A unit's code or name is taken.
    unit_taken(name): "单位“{name}”的代码或名称已有单位使用，见单位（2，zhiban list units）", "“{name}”: another unit has this code or name already, see the units (2, zhiban list units)";
    /// An officer's name is taken.
    officer_taken(name): "值班员“{name}”已存在", "There is already an officer “{name}”";
    /// A name is needed.
    NAME_NEEDED: "请写明姓名或名称", "Give a name";
    /// A number is needed.
    NUMBER_NEEDED: "请写明编号", "Give a number";
    /// Nothing would change.
    NOTHING_CHANGES: "没有任何改动，请至少改一项", "Nothing would change: change something first";
    /// Who said so.
    TOLD_BY_NEEDED: "请写明由谁告知", "Say who told you";
    /// A unit cannot stand below itself.
    UNIT_CYCLE: "单位不能隶属于自身或自己的下级", "A unit cannot stand below itself";
    /// Somebody is on duty.
    shift_open(name): "{name}正在值班，尚未交班", "{name} is on duty and has not handed over";
    /// What to do about it.
    SHIFT_OPEN_HINT: "请由本班值班员交班：zhiban handover --close --to 姓名；其已离岗的，可自行接班：zhiban shift take-over --reason 原因", "Let it be handed over: zhiban handover --close --to NAME; if its officer has left, take over alone: zhiban shift take-over --reason WHY";
    /// Nobody is on duty.
    NO_SHIFT: "没有进行中的班次", "No shift is running";
    /// What to do about it.
    NO_SHIFT_HINT: "请先 zhiban shift start", "Start one: zhiban shift start";
    /// Closed meanwhile.
    SHIFT_GONE: "该班次已被交接，请重新查看", "That shift was handed over meanwhile: look again";
    /// Handing over to oneself.
    TO_ONESELF: "不能交班给自己", "A shift cannot be handed over to oneself";
    /// Nothing to undo.
    NOTHING_TO_UNDO: "没有可以撤销的操作", "There is nothing to undo";
    /// No such entry.
    NO_OP: "没有这条日志，编号见日志（9，zhiban list log）", "There is no such log entry; the numbers stand in the log (9, zhiban list log)";
    /// Already undone.
    ALREADY_UNDONE: "这条已经撤销", "That was already undone";
    /// Not undoable.
    NOT_UNDOABLE: "这类操作不能撤销，只能更正", "This cannot be undone, only corrected";
    /// Before a signed handover.
    BEFORE_HANDOVER: "已交班的内容不能撤销，只能更正", "What stands before a signed handover cannot be undone, only corrected";
    /// Later entries depend on it.
    undo_blocked(list): "后面的操作依赖于它：{list}", "Later entries depend on it: {list}";
    /// What to do about it.
    UNDO_BLOCKED_HINT: "请先撤销那些操作", "Undo those first";
    /// The same file.
    same_file(when): "这个文件已于 {when} 导入过", "This very file was imported at {when}";
    /// A real office under `--now`.
    REAL_OFFICE_NOW: "--now 只能用于演练，本单位是正式数据", "--now is for rehearsals; this office is real";
    /// There is no such backup.
    no_backup(path): "没有备份文件 {path}", "There is no backup {path}";
    /// What to do about it.
    NO_BACKUP_HINT: "请检查路径：交班和 :backup 的备份放在数据库旁，名为 …-backup-….db", "Check the path: backups of handovers and of :backup lie beside the database, named …-backup-….db";
    /// A backup that does not verify.
    backup_bad(found; faults = found "fault" "faults"): "备份校验不通过，有 {found} 处不符", "The backup does not verify: {found} {faults}";
    /// A time that has not come.
    HAPPENED_LATER: "发生时间晚于现在，请填已过去的时间", "It cannot have happened later than now: give a time that has passed";
    /// A settings value out of range.
    bad_setting(what): "设置有误：{what}", "A setting is wrong: {what}";
    /// A report's day.
    day_to_come(day): "{day} 还没有到", "{day} has not come yet";
    /// A round that is not one of that day.
    no_round_on(round, day): "{day} 没有轮次“{round}”", "There was no round “{round}” on {day}";
    /// Nothing to excuse.
    NOTHING_OWED: "没有欠报，不必免报或核销", "No report is owed: there is nothing to excuse or write off";
    /// A report that is there needs no excuse.
    received_nothing_owed(day): "{day} 的日报已收，不必免报或核销", "The report of {day} was received: there is nothing to excuse or write off";
    /// Ended already.
    excused_already(day): "{day} 的日报已免报", "The report of {day} is excused already";
    /// Ended already.
    written_off_already(day): "{day} 的日报已核销", "The report of {day} is written off already";
    /// A report's day.
    day_before(day): "{day} 该单位尚未要求报送", "The unit was not yet expected to report on {day}";
    /// A redo whose subject is gone.
    REDO_BROKEN: "它所涉及的人员、单位或记录已被撤销，请先恢复那些", "What it speaks of was itself taken back: bring that back first";
    /// The plan of an import no longer fits.
    PLAN_STALE: "预览之后资料已有变动，未导入任何内容", "What is known has changed since the preview: nothing was imported";
    /// What to do about it.
    PLAN_STALE_HINT: "请重新预览一次", "Preview it once more";
    /// Two kinds of rounds.
    ROUNDS: "至少一个轮次，代码为不重复的字母数字，截止在 00:00–24:00", "at least one round, codes of distinct letters and digits, deadlines from 00:00 to 24:00";
    /// Slots.
    SLOTS: "时段须在一天之内并按先后排列", "slots must lie within a day, in order";
    /// Calendar.
    CALENDAR: "时差须在 ±14 小时内，日界须在一天之内", "the UTC offset must be within 14 hours, the day boundary within a day";
    /// Which figures.
    FIGURES_NEEDED: "请至少选一个数字", "Choose at least one figure";
    /// No such report.
    NO_SITREP: "没有这份已报送的日报", "No such report was sent";
    /// A day that has not begun.
    SITREP_NOT_BEGUN: "这一日还没有开始，不能报送日报", "The day has not begun; no report of it can be sent";
    /// The same, with the days.
    sitrep_future(day, today): "{day} 还没有到，今天是 {today}", "{day} has not begun: today is {today}";
    /// A day before anything was recorded.
    sitrep_too_early(day, first): "{day} 早于值班室的第一条记录（{first}）", "{day} lies before the office's first record ({first})";
    /// The same report a second time.
    SITREP_SENT: "这一日的日报已向该对象报送", "This day's report was sent to them already";
    /// A correction is of the same day.
    SITREP_OTHER_DAY: "更正须与原日报同一日、同一日界", "A correction is of the same day, with the same day boundary";
}
