//! What the office's file is known to be: checked, older than what was seen, changed.

use crate::domain::handover::Checked;
use crate::domain::time::Calendar;
use crate::say::Say;

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
