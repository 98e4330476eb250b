//! What a declaration says, as `ledger check` tells it.

use crate::domain::field::Type;
use crate::domain::ledger::Link;
use crate::i18n::ledger::ledger_title;
use crate::say::{Say, Word};

pub use crate::i18n::screen::CODE;

crate::words! {
    /// A ledger and its version.
    is_ledger(name, version, title): "台账 {name}（{title}）第 {version} 版", "ledger {name} ({title}) version {version}";
    /// Another declaration with the name of one that comes with the program, where no office is given.
    as_shipped(name, version): "程序自带台账 {name} 第 {version} 版：用过它的办公室只收更高的版本（加 --db 按办公室核对）", "version {version} of ledger {name} comes with the program: an office that has used it takes a higher version alone (--db checks it with an office)";
    /// A table's head.
    IN_CHINESE: "中文", "Chinese";
    /// A table's head.
    IN_ENGLISH: "英文", "English";
    /// A table's head: other spellings that are read.
    ALSO: "也可写作", "Also written";
    /// A mark of a field.
    REQUIRED: "必填", "required";
    /// A mark of a field.
    UNIQUE: "不得重复", "unique";
    /// A mark of a field.
    READONLY: "不由人填", "not typed";
    /// A mark of a field.
    EXTENDABLE: "可另写", "others may be written";
    /// A mark of a field.
    DEFAULT: "不填有默认值", "has a default";
    /// A mark of a field.
    RELEVANT: "有时才填", "asked in some cases alone";
    /// A mark of a field.
    CONSTRAINT: "须合规定", "has a rule";
    /// The steps of a ledger.
    STEPS: "办理：", "Steps:";
    /// What a step asks for.
    asks(names): "要填{names}", "asks for {names}";
    /// A step that needs a reason.
    WITH_REASON: "要写原因", "needs a reason";
    /// A step that is signed.
    SIGNED: "要签字", "is signed";
    /// The letter of a step.
    by_key(key): "键 {key}", "key {key}";
    /// What is due so long after something.
    after(anchor, lengths): "{anchor}起 {lengths}", "{lengths} after {anchor}";
    /// When an entry came into a state.
    entered(state): "转为“{state}”", "it is \"{state}\"";
    /// What is due again and again.
    every(of, length): "{of}，每 {length}", "{of}, every {length}";
    /// What is due at times of the day.
    at(of, times): "{of}，每天 {times}", "{of}, every day at {times}";
    /// For what something is due.
    EACH_ENTRY: "每条", "each entry";
    /// For what something is due.
    EACH_KEY: "每个条目", "each line of the list";
    /// For what something is due.
    EACH_UNIT: "每个单位", "each unit";
    /// For what something is due.
    each_of(title): "“{title}”的每一条", "each entry of {title}";
    /// A length of time.
    days(n): "{n} 天", "{n}d";
    /// A length of time.
    hours(n): "{n} 小时", "{n}h";
    /// A length of time.
    minutes(n): "{n} 分钟", "{n}m";
    /// What a field points at.
    of_ledger(title): "台账“{title}”", "ledger {title}";
}

/// What a column holds.
pub fn kind(kind: Type, link: Option<&Link>) -> Say {
    let word = match link {
        Some(Link::Person) => Word { zh: "人员", en: "person" },
        Some(Link::Unit) => Word { zh: "单位", en: "unit" },
        Some(Link::Officer) => Word { zh: "值班员", en: "officer" },
        Some(Link::Contact) => Word { zh: "校外联系人", en: "contact" },
        Some(Link::Ledger(name)) => return ledger_title(name, u16::MAX).within(|title| of_ledger(title)),
        None => match kind {
            Type::Text => Word { zh: "文字", en: "text" },
            Type::Name => Word { zh: "姓名", en: "name" },
            Type::No => Word { zh: "编号", en: "no" },
            Type::Phone => Word { zh: "电话", en: "phone" },
            Type::Id => Word { zh: "身份证号", en: "id" },
            Type::Date => Word { zh: "日期", en: "date" },
            Type::Bool => Word { zh: "是或否", en: "bool" },
            Type::Code => Word { zh: "选一项", en: "code" },
            Type::Codes => Word { zh: "选几项", en: "codes" },
            Type::Temp => Word { zh: "体温", en: "temperature" },
            Type::Time => Word { zh: "时刻", en: "time" },
            Type::DateTime => Word { zh: "日期和时刻", en: "datetime" },
            Type::Integer => Word { zh: "整数", en: "integer" },
            Type::File => Word { zh: "文件名", en: "file" },
        },
    };
    word.into()
}

/// A length of time in milliseconds.
pub fn length(ms: i64) -> Say {
    match (ms % 86_400_000, ms % 3_600_000) {
        (0, _) => days(ms / 86_400_000),
        (_, 0) => hours(ms / 3_600_000),
        _ => minutes(ms / 60_000),
    }
}

/// Something with the name by which commands and declarations know it.
pub fn named(title: &Say, name: &str) -> Say {
    Say { zh: format!("{}（{name}）", title.zh), en: format!("{} ({name})", title.en) }
}

/// Several in a row.
pub fn row(all: &[Say]) -> Say {
    Say {
        zh: Say::listed(all.iter().map(|one| &one.zh)).zh,
        en: Say::listed(all.iter().map(|one| &one.en)).en,
    }
}
