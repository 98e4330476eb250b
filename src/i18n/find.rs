//! The words of the find box: groups, why something was found, what was tried, the card of a caller.

pub use crate::i18n::common::ASK;
pub use crate::i18n::common::BY_PHONE;
pub use crate::i18n::common::CONTACT_KIND as ORG_KIND;
pub use crate::i18n::common::DOUBT;
pub use crate::i18n::common::ID_NUMBER as BY_ID;
pub use crate::i18n::common::INITIALS as BY_INITIALS;
pub use crate::i18n::common::LIAISON;
pub use crate::i18n::common::NEAR as BY_NEAR;
pub use crate::i18n::common::NUMBER as BY_NO;
pub use crate::i18n::common::ORGANISATION as ORG;
pub use crate::i18n::common::OUTSIDE as S_OUTSIDE;
pub use crate::i18n::common::OUTSIDE_CONTACTS as TRIED_OUTSIDE;
pub use crate::i18n::common::PHONE;
pub use crate::i18n::common::PINYIN as BY_PINYIN;
pub use crate::i18n::common::REMARK;
pub use crate::i18n::common::REMOVED;
pub use crate::i18n::common::S_UNITS;
pub use crate::i18n::common::place;
crate::words! {
    /// A group of hits, with how many.
    g_people(n): "人员 {n}", "People {n}";
    /// A group of hits, with how many.
    g_units(n): "单位 {n}", "Units {n}";
    /// A group of hits, with how many.
    g_outside(n): "外部联系人 {n}", "Outside {n}";
    /// A group of hits, with how many.
    g_calls(n): "通话内容 {n}", "Words of calls {n}";
    /// A group of hits, with how many.
    g_entries(n): "台账内容 {n}", "Ledger entries {n}";
    /// What was left out of them.
    entries_left(n; entries = n "entry fits" "entries fit"): "另有 {n} 条台账记录未列出，请多打几个字，或到台账里筛选", "{n} more {entries}: type more, or filter in the ledger";
    /// What was left out of them.
    OLDER_UNREAD: "台账记录太多，较早的没有查，请到台账里筛选", "There are too many entries: the older ones were not looked through; filter in the ledger";
    /// Whose number is nearly the one that was typed, with how many.
    g_near(n): "号码只差一位 {n}", "One digit off {n}";
    /// The same where there is little room.
    S_NEAR: "差一位", "near";
    /// The same, above a table.
    NEAR: "号码只差一位：", "One digit off:";
    /// A group of hits where there is little room.
    S_PEOPLE: "人员", "people";
    /// A group of hits where there is little room.
    S_CALLS: "通话", "call";
    /// A group of hits where there is little room.
    S_ENTRIES: "台账", "ledger";
    /// The year a student came, and what they are.
    student_of(year, kind): "{year}级{kind}", "{kind} {year}";
    /// The year in a number, and what they are.
    staff_of(year, kind): "{year}年{kind}", "{kind} {year}";
    /// A person without an open case.
    NO_CASE: "无关注", "no case";
    /// What may be typed.
    HINT: "姓名、拼音、首字母、工号、电话号码或尾号、单位、宿舍、说过的话、台账内容", "name, pinyin, initials, number, phone or its end, unit, room, words of a call or a ledger";
    /// What was typed before.
    HINT_BACK: "按上键取回上次查的：", "Up brings back what was looked for:";
    /// Whose number it is.
    UNKNOWN_NUMBER: "没有人登记这个号码", "Nobody is known by this number";
}

crate::words! {
    /// Nothing fits.
    nothing(text): "没有找到“{text}”", "Nothing fits “{text}”";
    /// What was looked through.
    tried(what): "试过：{what}", "Tried: {what}";
    /// What can be done instead.
    UNKNOWN_OFFER: "按 Enter 或 ^F 记为待核实来电，核实后再归到人", "Enter or ^F logs an unknown caller, to be attached later";
    /// What will stand in the form already.
    OFFER_NUMBER: "（号码已填好）", " (the number is filled in)";
    /// What will stand in the form already.
    OFFER_WORDS: "（查的字已写进内容）", " (what you typed goes into the words)";
    /// Names as written.
    TRIED_NAME: "姓名", "names";
    /// Pinyin and initials.
    TRIED_PINYIN: "拼音和首字母", "pinyin and initials";
    /// All numbers.
    TRIED_NUMBER: "工号学号、电话、身份证尾号", "numbers, phones, ends of ID numbers";
    /// Units.
    TRIED_UNIT: "单位", "units";
    /// Rooms and addresses.
    TRIED_ROOM: "宿舍和住址", "rooms and addresses";
    /// The words of calls.
    TRIED_WORDS: "通话内容", "words of calls";
    /// The entries of ledgers.
    TRIED_ENTRIES: "台账内容", "ledger entries";
    /// One slip of the finger.
    TRIED_SLIP: "打错一个字母", "one slip of the finger";
    /// Southern confusions.
    TRIED_CONFUSED: "南方口音混读", "southern readings";
}

crate::words! {
    /// The column that says why a hit stands where it does.
    WHY: "排位原因", "Why here";
    /// By its name.
    BY_NAME: "姓名", "name";
    /// Characters and letters mixed.
    BY_MIXED: "汉字加字母", "letters mixed";
    /// By the family's number.
    BY_FAMILY: "家属电话", "family's phone";
    /// By room or address.
    BY_ROOM: "住址", "address";
    /// By the unit.
    BY_UNIT: "所在单位", "unit";
    /// By liaison or head.
    BY_CONTACT: "联系人", "contact";
    /// By the words of a call.
    BY_WORDS: "通话内容", "words";
    /// By what stands in an entry.
    BY_ENTRY: "台账内容", "ledger entry";
    /// By a southern reading.
    BY_CONFUSED: "混读", "southern reading";
    /// But for one slip.
    BY_SLIP: "打错一个字母", "one slip";
    /// By another spelling of the pinyin, or an old reading.
    BY_FAR: "另一种拼法", "another spelling";
    /// But for one digit.
    BY_ALMOST: "电话差一位", "phone but for a digit";
    /// Without one of its characters.
    BY_LEFT_OUT: "漏一个字", "a character left out";
    /// By other characters of the same sound.
    BY_SAME_SOUND: "同音字", "same sound";
    /// By a form of address.
    BY_ADDRESSED: "称呼", "form of address";
    /// What one of several words fits by.
    reason(word, why): "{word}：{why}", "{word}: {why}";
    /// Another form of a character.
    OTHER_FORM: "另一种字形", "another form";
    /// All of it was typed.
    PART_WHOLE: "全部", "whole";
    /// Its beginning was typed.
    PART_HEAD: "开头", "beginning";
    /// Its end was typed.
    PART_TAIL: "结尾", "end";
    /// A run inside it was typed.
    PART_INSIDE: "中间", "inside";
    /// A reading that is not the usual one.
    UNUSUAL: "少用读音", "rare reading";
    /// Puts it before its equals.
    LIFT_CASE: "重点关注", "open case";
    /// Puts it before its equals.
    LIFT_CALLED: "今天通过话", "called today";
    /// Puts it before its equals.
    LIFT_MINE: "本人负责的单位", "my unit";
}

crate::words! {
    /// What the unit of a liaison or head owes.
    unit_owes(days): "欠报 {days}", "owes the report of {days}";
    /// Why the number is hidden.
    V_SHOWS: "（v 显示）", "(v shows it)";
    /// Why the number is hidden, while something is typed.
    TAB_V_SHOWS: "（Tab 再按 v 显示）", "(Tab, then v shows it)";
    /// A call before.
    LAST_CALL: "上次", "Last";
    /// No call is in the log.
    NO_CALLS: "没有通话记录", "no calls before";
    /// More owners of one number.
    more_owners(n; have = n "has" "have"): "另有 {n} 处登记此号码", "{n} more {have} this number";
    /// Several have the number.
    shared(n): "这个号码登记在 {n} 处，先问清是谁", "{n} have this number: ask who it is";
    /// The card of a call.
    call_of(name, at): "{name}  {at}", "{name}  {at}";
}

crate::words! {
    /// Southern confusions were turned on.
    CONFUSIONS_ON: "南方口音混读：开", "Southern readings: on";
    /// Southern confusions were turned off.
    CONFUSIONS_OFF: "南方口音混读：关", "Southern readings: off";
    /// The settings have not come yet.
    NOT_YET: "设置尚未读出，请稍候再试", "The settings are not read yet; try again in a moment";
    /// The setting's label.
    CONFUSIONS: "南方口音混读", "Southern readings";
    /// What the setting does.
    CONFUSIONS_HINT: "z/zh、c/ch、s/sh、n/l、f/h、an/ang、en/eng、in/ing 不分", "z/zh, c/ch, s/sh, n/l, f/h, an/ang, en/eng, in/ing alike";
    /// The page of all outside contacts.
    CONTACTS: "外部联系人", "Outside contacts";
    /// There are none.
    NO_CONTACTS: "还没有外部联系人：用 :contact 新增", "No outside contacts yet: :contact adds one";
    /// Who answers there.
    ANSWERS: "联系人", "Who answers";
    /// No organisation.
    ORG_NEEDED: "请填机构名称", "The organisation's name is needed";
    /// No number.
    PHONE_NEEDED: "请填电话", "A phone number is needed";
    /// A form's title.
    NEW_CONTACT: "新增外部联系人", "New outside contact";
    /// A form's title.
    REMOVE_CONTACT: "移除外部联系人", "Remove outside contact";
    /// A question.
    SURE_REMOVE: "确认移除？", "Remove?";
    /// What a removal leaves.
    REMOVE_HINT: "以前的通话记录保留原名", "calls before keep the name";
    /// A contact is to be selected first.
    ONE_CONTACT: "请先选中一个外部联系人", "Select one outside contact first";
    /// A missing page.
    NO_SUCH_CONTACT: "没有这个联系人", "There is no such contact";
}
