//! Settings of the office, and of the terminal.

use super::forms::{AS_THE_MACHINE, BAD_TIME};
use super::{find, forms, inbox, rights};
use crate::domain::setting::{Kind, SettingChange, by_key};
use crate::say::{Lang, Say, Word};

crate::words! {
    /// A setting: the desk's own number.
    DESK_PHONE: "值班电话", "Desk's phone";
    /// About it.
    DESK_PHONE_HINT: "写在催报消息和反馈单上，请单位打这个电话（60 字以内）", "Stands in messages and feedback sheets: what units call (60 characters at most)";
    /// A setting: how units send their reports.
    SEND_BY: "报送方式", "How to send";
    /// About it.
    SEND_BY_HINT: "写在催报消息里，如：发到本群、发到 yqb@… 邮箱（60 字以内）", "Stands in messages: to this group, to a mailbox … (60 characters at most)";
    /// A setting: the words of the red head.
    RED_HEAD: "红头", "Red head";
    /// A setting: the office's code in the numbers of its papers.
    DOC_CODE: "发文机关代字", "Code in the numbers of papers";
    /// A setting: whether the office's seal is set on its papers.
    SEALED: "公文加盖印章", "Papers are sealed";
    /// A setting: how many backups stay.
    BACKUPS: "备份保留", "Backups kept";
    /// A setting: after how many days erasing is proposed.
    RETENTION: "保留期限（天）", "Days before erasing is proposed";
    /// A setting that is on.
    ON: "开", "on";
    /// A setting that is off.
    OFF: "关", "off";
    /// A setting that is empty.
    EMPTY: "空", "empty";
    /// One setting that was changed.
    one(name, old, new): "{name} {old} → {new}", "{name} {old} → {new}";
    /// `settings.changed`, as far as it is known what was.
    changed(what): "修改设置：{what}", "settings changed: {what}";
}

/// The words of a setting: its name, what may be typed on the form, what is said of a value that cannot be.
struct Words {
    key: &'static str,
    name: Word,
    hint: Option<Word>,
    wrong: Word,
}

const fn words(key: &'static str, name: Word, hint: Option<Word>, wrong: Word) -> Words {
    Words { key, name, hint, wrong }
}

static ALL: [Words; 19] = [
    words("office", forms::OFFICE_NAME, None, forms::NAME_NEEDED),
    words("offset", forms::UTC_OFFSET, None, BAD_TIME),
    words("day-start", forms::DAY_START, None, BAD_TIME),
    words("closes", forms::CLOSES, Some(forms::CLOSES_HINT), BAD_TIME),
    words("rounds", forms::ROUNDS, Some(forms::ROUNDS_HINT), forms::ROUNDS_HINT),
    words("slots", forms::SLOTS, Some(forms::SLOTS_HINT), BAD_TIME),
    words("lang", forms::LANGUAGE, None, forms::LANGUAGE),
    words("bell", forms::BELL, None, forms::BELL),
    words("printer", forms::PRINTER, Some(forms::PRINTER_HINT), forms::PRINTER),
    words("inbox", forms::INBOX, Some(inbox::WATCHED), forms::INBOX),
    words("phone", DESK_PHONE, Some(DESK_PHONE_HINT), DESK_PHONE_HINT),
    words("send-by", SEND_BY, Some(SEND_BY_HINT), SEND_BY_HINT),
    words("confusions", find::CONFUSIONS, Some(find::CONFUSIONS_HINT), find::CONFUSIONS),
    words("red-head", RED_HEAD, None, RED_HEAD),
    words("doc-code", DOC_CODE, None, DOC_CODE),
    words("sealed", SEALED, None, SEALED),
    words("backups", BACKUPS, None, BACKUPS),
    words("lock-minutes", rights::LOCK_MINUTES, Some(rights::LOCK_MINUTES_HINT), rights::BAD_MINUTES),
    words("retention-days", RETENTION, None, RETENTION),
];

fn of(key: &str) -> Option<&'static Words> {
    ALL.iter().find(|words| words.key == key)
}

/// A setting by the name under which it is set.
pub fn name(key: &str) -> Option<Word> {
    of(key).map(|words| words.name)
}

/// What may be typed on the form.
pub fn hint(key: &str) -> Option<Word> {
    of(key)?.hint
}

/// What is said of a value that cannot be.
pub fn wrong(key: &str) -> Word {
    of(key).map_or(BAD_TIME, |words| words.wrong)
}

/// What one of the values that a setting can be chosen from is called.
pub fn choice(value: &str) -> Say {
    match value {
        "" => AS_THE_MACHINE.into(),
        "zh" => Say::same("简体中文"),
        "en" => Say::same("English"),
        value => Say::same(value),
    }
}

fn value(key: &str, value: &str) -> Say {
    let is_switch = by_key(key).is_some_and(|setting| setting.kind == Kind::Switch);
    match (key, value) {
        (_, "") => EMPTY.into(),
        (_, "on") if is_switch => ON.into(),
        (_, "off") if is_switch || key == "retention-days" => OFF.into(),
        _ => Say::same(value),
    }
}

/// What was changed, one by one.
pub fn line(changes: &[SettingChange]) -> Say {
    let said = |change: &SettingChange, lang: Lang| {
        // A setting of a later program has only its key.
        let name = name(&change.key).map_or(change.key.as_str(), |name| name.get(lang));
        let value = |text| value(&change.key, text).get(lang).to_owned();
        one(name, value(&change.old), value(&change.new)).get(lang).to_owned()
    };
    let list = |lang, by| changes.iter().map(|change| said(change, lang)).collect::<Vec<_>>().join(by);
    Say { zh: changed(list(Lang::Zh, "；")).zh, en: changed(list(Lang::En, "; ")).en }
}

// The words of what the terminal is.

crate::words! {
    /// A choice of this machine was kept.
    chosen(key, word): "{key} 已改为 {word}（只在这台机器上，不入日志）", "{key} is now {word} (on this machine alone, not in the log)";
    /// The locale names another encoding than UTF-8. What to do stands in ASCII: the rest may be unreadable.
    other_encoding(encoding, locale): "系统区域设的编码是 {encoding}，本程序只用 UTF-8，汉字可能成乱码：退出后执行 export LANG={locale}，并把终端的编码改为 UTF-8", "The locale says {encoding}, but zhiban writes UTF-8: leave, run  export LANG={locale}  and set the terminal to UTF-8";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_by_its_name_with_what_it_was() {
        let change = |key: &str, old: &str, new: &str| SettingChange {
            key: key.to_owned(),
            old: old.to_owned(),
            new: new.to_owned(),
        };
        let said =
            line(&[change("lock-minutes", "5", "0"), change("bell", "off", "on"), change("x", "", "1")]);
        assert_eq!(said.zh, "修改设置：自动锁屏 5 → 0；声音提醒 关 → 开；x 空 → 1");
        assert_eq!(said.en, "settings changed: Lock when idle 5 → 0; Audible bell off → on; x empty → 1");
        let keys = crate::domain::setting::ALL.iter().map(|setting| setting.key);
        assert!(keys.eq(ALL.iter().map(|words| words.key)), "every setting has its words, in the same order");
    }
}
