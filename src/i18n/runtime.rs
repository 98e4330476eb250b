//! What the machinery beside the screen says: imports, papers, backups, faults.

pub use crate::i18n::common::BY_PHONE;
pub use crate::i18n::common::INITIALS as BY_INITIALS;
pub use crate::i18n::common::NEAR;
pub use crate::i18n::common::NEW;
pub use crate::i18n::common::NO_SHIFT;
pub use crate::i18n::common::NUMBER as BY_NO;
pub use crate::i18n::common::PINYIN as BY_PINYIN;
pub use crate::i18n::common::S_UNITS as BY_UNIT;
pub use crate::i18n::common::lost;
crate::words! {
    /// A sheet is being read.
    READING_SHEET: "正在读取表格", "Reading the sheet";
    /// A sheet is being compared with what is known.
    NO_PLAN: "这份导入预览已失效，请重新选择文件", "That import preview is gone; choose the file again";
    /// What would be taken in: a roster.
    plan_roster(file): "人员名册：{file}", "Roster: {file}";
    /// What would be taken in: units.
    plan_units(file): "单位名册：{file}", "Units: {file}";
    /// What would be taken in: a report.
    plan_report_day(file, day): "日报：{file}（{day}）", "Report: {file} ({day})";
    /// The same, and the round, where a day has several.
    plan_report(file, day, round): "日报：{file}（{day}，{round}）", "Report: {file} ({day}, {round})";
    /// Rows that would be taken.
    ACCEPTED: "收入", "Taken";
    /// What would be taken in: entries of a ledger.
    plan_entries(file, title): "{title}：{file}", "{title}: {file}";
    /// Rows that say what entries say are left out.
    SAME_LEFT: "不再导入（Esc 返回可改）", "left out (Esc goes back to change that)";
    /// Rows that say what entries say are taken.
    SAME_TAKEN: "照样导入", "taken all the same";
    /// Rows that say nothing new.
    UNCHANGED: "无变化", "Unchanged";
    /// Reports in the file.
    REPORTS: "单位日报", "Unit reports";
    /// The same file was imported before.
    same_file(at): "同一份文件已在 {at} 导入过", "this very file was imported at {at}";
    /// A unit's report is there already.
    sent_again(unit): "{unit} 已经报过，再收即为更正，需写明原因", "{unit} has reported already: this would be a correction and needs a reason";
    /// People of the roster who are not in the sheet.
    missing(unit, people; are = people "person of the roster is" "people of the roster are"): "{unit}：名册中有 {people} 人不在表中", "{unit}: {people} {are} not in the sheet";
    /// Many more warnings.
    more(count): "另有 {count} 条", "{count} more";
    /// A backup was written.
    backed_up(file): "已备份到 {file}，核对无误", "Backed up to {file}, and verified";
    /// A backup was written, and older ones removed.
    backed_up_but(file, why): "已备份到 {file}，核对无误；{why}", "Backed up to {file}, and verified; {why}";
    /// A backup beside the database.
    backed_up_rotated(file, n; backups = n "older backup" "older backups"): "已备份到 {file}，核对无误；按保留设置清理 {n} 份旧备份", "Backed up to {file}, and verified; {n} {backups} removed, as the settings say";
    /// A paper was written to a file.
    paper_written(file): "已存到 {file}", "Written to {file}";
    /// The copy was not made; the log is as it was.
    no_backup(why): "备份未成功（已记录的内容不受影响）：{why}", "The backup was not made (what is recorded stands): {why}";
    /// A paper that cannot be laid out: a character is missing.
    only_text(zh, en): "{zh} 不能生成 PDF、不能打印：按 t 存为文本", "{en} No PDF and no print: t writes it as text";
    /// Several papers were written to files.
    papers_written(n, file; files = n "file" "files"): "已存 {n} 份，第一份是 {file}", "{n} {files} written; the first is {file}";
    /// A paper is being laid out.
    LAYING_OUT: "正在排版…", "Laying out the pages…";
    /// The paper of a preview is not kept any more.
    NO_PAPER: "这份文书已经关闭，请重新打开预览", "This paper was closed; open its preview again";
    /// A draft could not be kept.
    draft_lost(why): "草稿未能保存：{why}", "The draft could not be kept: {why}";
    /// A choice of this machine could not be kept.
    choice_lost(why): "设置未能保存：{why}", "The choice could not be kept: {why}";
    /// A search could not be kept.
    search_lost(why): "这次查找未能记住：{why}", "The search could not be kept: {why}";
    /// The program failed at one task and goes on.
    FAULT: "程序出错，此项未完成；值班台继续运行", "A fault of the program: this was not done; the desk goes on";
    /// A thread has ended: nothing more can be done by it.
    THREAD_GONE: "后台线程已停止，请退出后重新打开", "A worker has stopped; leave the desk and open it again";
    /// There is no terminal.
    NO_TERMINAL: "值班台需要在终端里运行", "The desk needs a terminal";
    /// What to use instead.
    NO_TERMINAL_HINT: "脚本请用 zhiban list、find、show 等子命令", "In scripts use the subcommands: list, find, show …";
    /// Found by the liaison or head.
    BY_CONTACT: "联络人", "contact";
    /// Acts without an answer when the desk was left.
    unanswered(n; entries = n "entry" "entries"): "离开时有 {n} 条尚未确认存好，请重新打开后到日志（9）里核对", "{n} {entries} had no answer when the desk was left: open it again and look at the log (9)";
}

/// An act that was not written while the desk was being left.
pub fn act_lost(why: &crate::say::Say) -> crate::say::Say {
    crate::say::Say { zh: lost(&why.zh).zh, en: lost(&why.en).en }
}
