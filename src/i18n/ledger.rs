//! Registers (台账): what the screens, commands and refusals say of them. What a ledger itself is called stands in its
//! declaration.

use crate::domain::field::{Title, Type};
use crate::domain::ledger::entry::Flaw;
use crate::domain::ledger::raise::{CASE_FIELDS, Raise, Target, of_due};
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Column, Fault, Ledger, Part, Wrong, field_id, known};
use crate::domain::mask::{Private, masked_words};
use crate::error::Error;
use crate::log::event::{EntryChanged, EntryMoved, EntryRaised, EntryWithdrawn, EntryWritten};
use crate::say::{Say, Word};
use std::collections::BTreeMap;

pub use super::common::TODAY;

pub use crate::i18n::common::LEDGERS;

crate::words! {
    /// A declaration that stands in the log already.
    ADOPTED_ALREADY: "这份声明已在用，没有改动", "this declaration is in use already: nothing changes";
    /// Lines of a ledger that has none.
    NO_LINES: "这本台账没有明细行", "this ledger has no lines";
    /// A notice to nobody.
    NO_UNITS: "没有符合条件的单位", "no unit fits the condition";
    /// An entry about somebody else.
    ANOTHER_SUBJECT: "记错了人或单位时请作废后重记：一条记录只属于一个人或单位", "an entry stays with its person or unit: withdraw it and write another";
    /// Something that is not there.
    NO_ENTRY: "没有这条台账记录", "there is no such ledger entry";
    /// An entry in which nothing is hidden.
    NO_NUMBERS: "这条记录没有隐去的号码", "no number is hidden in this entry";
    /// Something that was withdrawn.
    WITHDRAWN: "这条记录已作废", "this entry was withdrawn";
    /// What to do about something that was withdrawn.
    show_withdrawn(id): "zhiban ledger show {id} 看全部", "zhiban ledger show {id} shows all of it";
    /// Something other entries need.
    POINTED_AT: "别的台账记录还指着它，不能作废", "other entries point at it: it cannot be withdrawn";
    /// What to do about it.
    NOT_BY_HINT: "请另一人签，或由另一人批准（--approved-by）", "another officer signs it, or approves it (--approved-by)";
    /// What else might be meant.
    NO_LEDGER_HINT: "zhiban ledger list 列出在用的台账", "zhiban ledger list shows the ledgers in use";
    /// What to do with a wrong declaration.
    FAULT_HINT: "改好后再存；已经在用的台账不受影响", "mend and save it; what is in use already is not affected";
    /// There is none of that name.
    no_ledger(name): "没有叫“{name}”的台账", "there is no ledger called \"{name}\"";
    /// A version with another text.
    version_taken(name, version): "台账 {name} 的第 {version} 版已在用，内容不同：改了声明请把 version 加一", "version {version} of ledger {name} is in use with another text: raise version when you change a declaration";
    /// An older version than that in force.
    version_old(name, version, newest): "台账 {name} 已用到第 {newest} 版，不能退回第 {version} 版", "ledger {name} is at version {newest}: version {version} is older";
    /// A version under which the entries that stand would be other lines, or other balances.
    counts_otherwise(name): "台账 {name} 已有记录：key 和 stock 不能再改；请另起一个名字", "ledger {name} has entries: its key and stock stay as they are; declare another ledger";
    /// A field of entries that stand, which a new version does not have.
    field_left_out(name, n; entries = n "entry" "entries"): "字段 {name} 还有 {n} 条的值，新版没有它", "field {name} has a value in {n} {entries}, and the new version does not have it";
    /// An entry under a declaration that is not known.
    undeclared(name, version): "台账 {name} 第 {version} 版的声明本程序读不懂，只能看，不能改", "this program cannot read version {version} of ledger {name}: its entries can be read, not changed";
    /// `entry.withdrawn`
    WITHDRAWN_LINE: "作废台账记录", "ledger entry withdrawn";
    /// `entry.changed`
    CHANGED_LINE: "更正台账记录", "ledger entry corrected";
    /// A step of an entry's history.
    CORRECTED: "更正", "Corrected";
    /// `ledger.adopted`
    adopted_line(name, version): "启用台账 {name} 第 {version} 版", "ledger {name} version {version} adopted";
    /// Counter: how much is overdue in ledgers.
    c_overdue(n): "台账 {n}", "ledgers {n}";
    /// A declaration was taken into use.
    in_use(zh, en, version): "启用台账“{zh}”第 {version} 版", "ledger {en} version {version} is in use";
    /// A column that must be filled is empty.
    MISSING: "要填", "must be filled in";
    /// Another value says that it is not asked.
    NOT_ASKED: "按其他栏所填，这一栏不用填", "is not asked, as the other fields stand";
    /// Less than the least.
    too_little(least): "小于最小值 {least}", "must be {least} at least";
    /// More than the greatest.
    too_much(most): "大于最大值 {most}", "must be {most} at most";
    /// Not as it must look.
    NOT_THE_FORM: "格式不对", "is not written in the form it must have";
    /// What must hold of it does not.
    NOT_AS_ASKED: "不符合台账的规定", "does not hold what the ledger asks of it";
    /// What must hold of it cannot be told.
    UNTOLD: "所填的内容判断不了是否符合规定", "cannot be judged from what is filled in";
    /// A name that is none.
    NO_COLUMN: "台账里没有这一栏", "is no field of this ledger";
    /// It is never typed.
    COMPUTED: "由程序算出，不用填", "is computed, not typed";
    /// Something that is no file.
    no_file(name): "「{name}」不是文件", "\"{name}\" is no file";
    /// A declaration in another encoding.
    no_text(name): "「{name}」不是 UTF-8 文本：请用记事本另存为 UTF-8", "\"{name}\" is no UTF-8 text: save it as UTF-8";
    /// A sheet without the headers of the ledger.
    no_header(name): "「{name}」里没有这本台账的表头", "\"{name}\" has no row with this ledger's headers";
    /// Two files of one folder declare the same.
    twice(name): "文件夹里有两份声明都叫 {name}，只取第一份", "two files of the folder declare {name}: only the first counts";
    /// More is taken out of a stock than there is.
    short_of(name, there, asked): "{name}：账面只有 {there}，要出 {asked}", "{name}: {there} on the books, {asked} taken out";
    /// What to do about it.
    SHORT_HINT: "请先盘点；确要照记，请写明原因（命令行用 --reason）", "Count it first; to enter it all the same, say why (on the command line with --reason)";
    /// A correction or a withdrawal after which a stock was less than nothing at some moment.
    falls_below(name, at, there): "{name}：这样一来，{at} 的账面是 {there}", "{name}: the books would say {there} at {at}";
    /// Between why it is done and why it is done although a stock falls below nothing.
    AND_WHY: "；", "; ";
    /// What to do about it.
    FALLS_BELOW_HINT: "请先核对其他出入；确要照改，请写明原因（命令行用 --anyway）", "Check what else came and went; to do it all the same, say why (on the command line with --anyway)";
    /// A count that is not what the books say.
    not_as_booked(name, there, counted, by): "{name}：账面 {there}，盘点 {counted}，差 {by}", "{name}: {there} on the books, {counted} counted, a difference of {by}";
    /// What to do about it.
    NOT_AS_BOOKED_HINT: "请写明差额的原因（命令行用 --reason）", "Say why it differs (on the command line with --reason)";
    /// What the books said when it was entered.
    booked(there, reason): "账面 {there}：{reason}", "on the books {there}: {reason}";
    /// What is said of a row.
    in_row(row, what): "第 {row} 行：{what}", "row {row}: {what}";
    /// Rows of a sheet that say what entries say that stand there.
    same_rows(rows): "与已有记录完全相同的行：{rows}", "rows that say what entries say that stand there: {rows}";
    /// How often what is expected again and again was not done.
    missed(n): "漏 {n} 次", "missed {n}×";
    /// When what is due on a day is due.
    TOMORROW: "明天", "tomorrow";
    /// So many days ahead.
    days_ahead(n): "还剩{n}天", "in {n}d";
    /// So many days past.
    days_over(n): "超时{n}天", "{n}d over";
    /// A proposal that an entry does not have.
    no_proposal(name): "这条记录没有叫“{name}”的提议", "this entry proposes nothing called \"{name}\"";
    /// A proposal that is settled, or whose condition does not hold any longer.
    NOT_PROPOSED: "这项提议已办理、已不办，或条件不再成立", "this is not proposed any longer: it was taken up or declined, or what it follows from holds no more";
    /// How what is proposed stands among what is due.
    PROPOSED: "待定", "proposed";
    /// A case of nobody.
    PROPOSED_OF_NOBODY: "这条记录没有指明人员，不能列入重点关注", "this entry is about no person: no case can be opened of it";
    /// What is made of a proposal about somebody else.
    PROPOSED_OF_ANOTHER: "提议办成的记录要属于同一个人", "what is made of a proposal is about the same person";
    /// A proposal of an entry.
    enter_in(zh, en): "登记到“{zh}”", "enter it in {en}";
    /// `entry.raised`, taken up.
    TAKEN_LINE: "办理台账提议", "taken up from a ledger";
    /// `entry.raised`, declined.
    DECLINED_LINE: "台账提议不办", "proposal of a ledger declined";
    /// Who is told of something overdue.
    to_tell(who): "逾期：告知{who}", "overdue: tell {who}";
}

/// A declaration that was taken into use, with the fields that hold values and that it does not have.
pub fn with_left_out(said: Say, left_out: &[Say]) -> Say {
    left_out.iter().fold(said, |said, one| Say {
        zh: format!("{}；{}", said.zh, one.zh),
        en: format!("{}; {}", said.en, one.en),
    })
}

/// An entry that was withdrawn: what it is called, when, by whom, why; numbers in the reason stay hidden.
pub fn was_withdrawn(name: &Say, at: &str, by: &str, why: &str) -> Say {
    let why = masked_words(why);
    let (zh, en) = (&name.zh, &name.en);
    Say {
        zh: if zh.is_empty() {
            format!("这条记录已作废（{at} {by}：{why}）")
        } else {
            format!("“{zh}”已作废（{at} {by}：{why}）")
        },
        en: if en.is_empty() {
            format!("this entry was withdrawn ({at}, {by}: {why})")
        } else {
            format!("\"{en}\" was withdrawn ({at}, {by}: {why})")
        },
    }
}

/// Who is told: the words of a declaration that the program knows, else as they are.
pub fn whom(to: &str) -> Say {
    let word = match to {
        "liaison" => Word { zh: "联络员", en: "the liaison" },
        "head" => Word { zh: "第一责任人", en: "the head" },
        "lead" => Word { zh: "带班领导", en: "the lead" },
        other => return Say::same(other),
    };
    word.into()
}

/// How many days there are until something that is due on a day, or since.
pub fn in_days(days: i64) -> Say {
    match days {
        0 => TODAY.into(),
        1 => TOMORROW.into(),
        2.. => days_ahead(days),
        _ => days_over(-days),
    }
}

/// Who is told of something overdue.
pub fn told(to: &str) -> Say {
    whom(to).within(|who| to_tell(who))
}

/// A title in the language it is read in.
pub fn titled(title: &Title) -> Say {
    Say { zh: title.zh.clone(), en: title.en.clone() }
}

pub(super) fn label(part: &Part, name: &str) -> Say {
    part.column(name).map_or_else(|| Say::same(name), |column| titled(&column.field.title))
}

/// What a value is called: the word of a code; what is typed as it is; a temperature in degrees. Numbers of people are
/// hidden, where they have a column of their own and where they were typed into words.
pub fn shown(column: &Column, value: &str) -> Say {
    match column.field.kind {
        // Numbers that are somebody's own are hidden as those on record are.
        Type::Phone | Type::Id => Say::same(Private::new(value).masked()),
        // A number that was typed into words is hidden like one on record.
        Type::Text => Say::same(masked_words(value)),
        _ => in_full(column, value),
    }
}

/// The same with the numbers whole: that they are shown is in the log.
pub fn in_full(column: &Column, value: &str) -> Say {
    let one = |code: &str| match (column.field.word(code), column.field.spelled(code)) {
        (Some(word), _) => titled(word),
        (None, Some((zh, en))) => Say { zh: zh.to_owned(), en: en.to_owned() },
        (None, None) => Say::same(code),
    };
    match column.field.kind {
        Type::Code => one(value),
        Type::Codes => {
            let all: Vec<Say> = value.split(',').filter(|code| !code.is_empty()).map(one).collect();
            let join = |of: fn(&Say) -> &str, by: &str| all.iter().map(of).collect::<Vec<_>>().join(by);
            Say { zh: join(|say| &say.zh, "、"), en: join(|say| &say.en, ", ") }
        }
        Type::Bool => match value {
            "1" => super::forms::YES_WORD.into(),
            "0" => super::forms::NO_WORD.into(),
            _ => Say::same(value),
        },
        Type::Temp => match value.parse::<i32>() {
            Ok(tenths) => Say::same(format_args!("{}.{}", tenths / 10, tenths % 10)),
            Err(_) => Say::same(value),
        },
        _ => Say::same(value),
    }
}

/// What stood in a field, and what stands there since.
pub fn edited(label: &Say, was: &Say, is: &Say) -> Say {
    let or_none = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    let join = |label: &str, was: &str, is: &str, colon: &str| {
        format!("{label}{colon}{} → {}", or_none(was), or_none(is))
    };
    Say { zh: join(&label.zh, &was.zh, &is.zh, "："), en: join(&label.en, &was.en, &is.en, ": ") }
}

/// What a step of an entry's history is called: the transition, that it was corrected or withdrawn.
pub fn step_titled(part: Option<&Part>, transition: Option<&str>, withdrawn: bool) -> Say {
    match transition {
        Some(name) => part
            .and_then(|part| part.transition(name))
            .map_or_else(|| Say::same(name), |step| titled(&step.title)),
        None if withdrawn => super::ledger_desk::WITHDRAWN.into(),
        None => CORRECTED.into(),
    }
}

/// Rows by their numbers; of many the first ones.
pub fn rows(rows: impl IntoIterator<Item = u32>) -> Say {
    const NAMED: usize = 12;
    let rows: Vec<String> = rows.into_iter().map(|row| row.to_string()).collect();
    let more = (rows.len() > NAMED).then(|| "…".to_owned());
    Say::listed(rows.into_iter().take(NAMED).chain(more))
}

/// Rows of a sheet that say what entries say that stand there.
pub fn stand_there(rows: &Say) -> Say {
    Say { zh: same_rows(&rows.zh).zh, en: same_rows(&rows.en).en }
}

/// Values with their labels, without what is pointed at: it has no name of its own here.
fn values(part: Option<&Part>, values: &Values) -> Say {
    let mut out = Say::default();
    for (name, value) in values {
        let column = part.and_then(|part| part.column(name));
        if column.is_some_and(|column| column.link.is_some()) {
            continue;
        }
        let (label, text) = match column {
            Some(column) => (titled(&column.field.title), shown(column, value)),
            None => (Say::same(name), Say::same(value)),
        };
        for (out, label, text, colon, comma) in
            [(&mut out.zh, label.zh, text.zh, "：", "，"), (&mut out.en, label.en, text.en, ": ", ", ")]
        {
            if !out.is_empty() {
                out.push_str(comma);
            }
            out.push_str(&label);
            out.push_str(colon);
            out.push_str(if text.is_empty() { "—" } else { &text });
        }
    }
    out
}

/// What an entry says, in one line: its values in the order of its columns, `names` for what they point at, and its state.
pub fn summary(part: &Part, values: &Values, names: &BTreeMap<String, Say>, state: &str) -> Say {
    let mut parts: Vec<Say> = Vec::new();
    for column in &part.columns {
        let name = &column.field.name;
        match (names.get(name), values.get(name)) {
            (Some(called), _) => parts.push(called.clone()),
            (None, Some(value)) => parts.push(shown(column, value)),
            (None, None) => {}
        }
    }
    if !state.is_empty() {
        let title = titled(&part.state_title(state));
        parts.push(Say { zh: format!("[{}]", title.zh), en: format!("[{}]", title.en) });
    }
    parts.retain(|part| !part.zh.is_empty());
    let join = |of: fn(&Say) -> &str| parts.iter().map(of).collect::<Vec<_>>().join("  ");
    Say { zh: join(|say| &say.zh), en: join(|say| &say.en) }
}

/// The same with the label of each field before it.
pub fn labelled(part: &Part, values: &Values, names: &BTreeMap<String, Say>, state: &str) -> Say {
    let mut parts: Vec<(Say, Say)> = Vec::new();
    for column in &part.columns {
        let name = &column.field.name;
        let said = match (names.get(name), values.get(name)) {
            (Some(called), _) => called.clone(),
            (None, Some(value)) => shown(column, value),
            (None, None) => continue,
        };
        parts.push((titled(&column.field.title), said));
    }
    if !state.is_empty() {
        parts.push((super::common::STATUS.into(), titled(&part.state_title(state))));
    }
    parts.retain(|(_, said)| !said.zh.is_empty());
    let zh = parts.iter().map(|(label, said)| format!("{}：{}", label.zh, said.zh));
    let en = parts.iter().map(|(label, said)| format!("{}: {}", label.en, said.en));
    Say { zh: zh.collect::<Vec<_>>().join("  "), en: en.collect::<Vec<_>>().join("  ") }
}

/// A head and what belongs to it.
fn headed(head: &Say, rest: &Say) -> Say {
    let join = |head: &str, rest: &str, gap: &str| {
        if rest.is_empty() { head.to_owned() } else { format!("{head}{gap}{rest}") }
    };
    Say { zh: join(&head.zh, &rest.zh, "　"), en: join(&head.en, &rest.en, "  ") }
}

/// What a ledger is called in the log.
pub fn ledger_title(name: &str, version: u16) -> Say {
    known(name, version).map_or_else(|| Say::same(name), |ledger| titled(&ledger.title))
}

/// `ledger.adopted`
pub fn adopted(name: &str, version: u16) -> Say {
    let title = ledger_title(name, version);
    Say { zh: adopted_line(&title.zh, version).zh, en: adopted_line(&title.en, version).en }
}

/// `entry.written`
pub fn written(e: &EntryWritten) -> Say {
    let ledger = known(&e.ledger, e.version);
    let part = ledger.as_deref().and_then(|ledger| ledger.part(e.parent.is_some()));
    let said = headed(&ledger_title(&e.ledger, e.version), &values(part, &e.values));
    match e.booked {
        None => said,
        Some(there) => headed(&said, &booked(there, &e.reason)),
    }
}

/// By how much a count is other than the books say.
pub fn differs_by(there: i64, counted: i64) -> String {
    match counted - there {
        0.. => format!("+{}", counted - there),
        less => format!("−{}", less.unsigned_abs()),
    }
}

/// `entry.changed`
pub fn changed(e: &EntryChanged, key: &Say) -> Say {
    let ledger = known(&e.ledger, e.version);
    let part = ledger.as_deref().and_then(|ledger| ledger.part(e.line));
    headed(&about(&CHANGED_LINE, &e.ledger, e.version, key), &values(part, &e.values))
}

/// `entry.moved`
pub fn moved(e: &EntryMoved, key: &Say) -> Say {
    let ledger = known(&e.ledger, e.version);
    let part = ledger.as_deref().and_then(|ledger| ledger.part(e.line));
    let transition = part.and_then(|part| part.transition(&e.transition));
    let title = transition.map_or_else(|| Say::same(&e.transition), |known| titled(&known.title));
    headed(&headed(&with_key(&e.ledger, e.version, key), &title), &values(part, &e.values))
}

/// `entry.withdrawn`
pub fn withdrawn(e: &EntryWithdrawn, key: &Say) -> Say {
    about(&WITHDRAWN_LINE, &e.ledger, e.version, key)
}

/// `entry.raised`
pub fn raised(e: &EntryRaised, key: &Say) -> Say {
    let ledger = known(&e.ledger, e.version);
    let raise =
        ledger.as_deref().and_then(|ledger| ledger.part(e.line)).and_then(|part| part.raise(&e.raise));
    let what = raise.map_or_else(|| Say::same(&e.raise), raise_titled);
    let line = if e.made.is_some() { &TAKEN_LINE } else { &DECLINED_LINE };
    headed(&about(line, &e.ledger, e.version, key), &what)
}

/// What a proposal is called: by its own title, else by what it would make.
pub fn raise_titled(raise: &Raise) -> Say {
    if !raise.title.is_empty() {
        return titled(&raise.title);
    }
    match &raise.target {
        Target::Case => super::forms::OPEN_CASE_NEXT.into(),
        Target::Ledger(name) => {
            let title = known(name, u16::MAX).map_or_else(|| Say::same(name), |known| titled(&known.title));
            Say { zh: enter_in(&title.zh, &title.en).zh, en: enter_in(&title.zh, &title.en).en }
        }
    }
}

/// What is said of a case that is proposed.
pub fn proposed_case(facts: &crate::domain::case::CaseFacts) -> Say {
    super::events::case_facts(facts)
}

/// What something that is due in a ledger is called: by its own title, or as what is proposed there.
pub fn due_titled(ledger: &Ledger, due: &str) -> Say {
    let said = if let Some(raise) = of_due(due) {
        ledger.raises().find(|known| known.id == raise).map(raise_titled)
    } else {
        let lines = ledger.lines.iter().flat_map(|lines| &lines.part.dues);
        ledger.part.dues.iter().chain(lines).find(|known| known.id == due).map(|due| titled(&due.title))
    };
    said.unwrap_or_else(|| Say::same(due))
}

/// A ledger, with the key of the entry in it that is meant; the ledger alone where the key is not said.
fn with_key(ledger: &str, version: u16, key: &Say) -> Say {
    let title = ledger_title(ledger, version);
    let join = |title: String, key: &str| if key.is_empty() { title } else { format!("{title} {key}") };
    Say { zh: join(title.zh, &key.zh), en: join(title.en, &key.en) }
}

/// The key of an entry, and with how many others of its ledger the same was done.
pub fn and_others(key: &Say, more: u32) -> Say {
    let (zh, en) = (format!("等 {} 条", more + 1), format!("and {more} more"));
    let join = |key: &str, rest: String| if key.is_empty() { rest } else { format!("{key} {rest}") };
    Say { zh: join(&key.zh, zh), en: join(&key.en, en) }
}

/// What was done, with which entry of which ledger.
fn about(what: &Word, ledger: &str, version: u16, key: &Say) -> Say {
    let title = with_key(ledger, version, key);
    Say { zh: format!("{}：{}", what.zh, title.zh), en: format!("{}: {}", what.en, title.en) }
}

/// What is wrong with a value, in the column's own words where it has some.
pub fn flaw(part: &Part, name: &str, flaw: &Flaw) -> Error {
    let of = label(part, name);
    let own = part.column(name).map(|column| &column.message).filter(|message| !message.is_empty());
    if let (Flaw::Constraint, Some(message)) = (flaw, own) {
        return Error::input(Say {
            zh: format!("{}：{}", of.zh, message.zh),
            en: format!("{}: {}", of.en, message.en),
        })
        .in_field(field_id(name));
    }
    let bound = |value: &str| part.column(name).map(|column| shown(column, value)).unwrap_or_default();
    let word: Say = match flaw {
        Flaw::Less(least) => bound(least).within(|least| too_little(least)),
        Flaw::More(most) => bound(most).within(|most| too_much(most)),
        Flaw::Missing => MISSING.into(),
        Flaw::NotAsked => NOT_ASKED.into(),
        Flaw::Pattern => NOT_THE_FORM.into(),
        Flaw::Constraint => NOT_AS_ASKED.into(),
        Flaw::Untold => UNTOLD.into(),
        Flaw::Column => NO_COLUMN.into(),
        Flaw::Computed => COMPUTED.into(),
    };
    Error::input(Say { zh: format!("{}：{}", of.zh, word.zh), en: format!("{}: {}", of.en, word.en) })
        .in_field(field_id(name))
}

/// What was typed cannot be read as the column's type.
pub fn misread(column: &Column, flaw: crate::domain::form::value::Flaw) -> Say {
    if flaw != crate::domain::form::value::Flaw::Code {
        return super::intake::misread(flaw, &column.field);
    }
    // As they are called: what is typed here may be either language's word.
    let all: Vec<Say> = column.field.codes.keys().map(|code| in_full(column, code)).collect();
    let zh = Say::listed(all.iter().map(|word| &word.zh)).zh;
    super::intake::not_listed(zh, Say::listed(all.iter().map(|word| &word.en)).en)
}

/// The value of a column that must stand once is there already.
pub fn taken(part: &Part, name: &str, value: &str) -> Error {
    let of = label(part, name);
    let said = super::store::not_unique(value);
    Error::refused(Say { zh: format!("{}：{}", of.zh, said.zh), en: format!("{}: {}", of.en, said.en) })
        .in_field(field_id(name))
}

/// Another line of the entry points at the same.
pub fn line_taken(part: &Part, name: &str) -> Error {
    let of = label(part, name);
    Error::refused(Say {
        zh: format!("{}：这条记录里已有一行是", of.zh),
        en: format!("{}: another line of this entry is of the same", of.en),
    })
    .in_field(field_id(name))
}

/// What a column points at is not there.
pub fn no_such(part: &Part, name: &str) -> Error {
    let of = label(part, name);
    Error::not_found(Say {
        zh: format!("{}：所指的不存在", of.zh),
        en: format!("{}: what it points at is not there", of.en),
    })
    .in_field(field_id(name))
}

/// The error with the row it is about, where there are several.
pub fn of_row(error: Error, row: Option<usize>) -> Error {
    match (error, row) {
        (Error::User(mut user), Some(row)) => {
            let Say { zh, en } = user.what;
            user.what = Say { zh: format!("第 {row} 条：{zh}"), en: format!("entry {row}: {en}") };
            Error::User(user)
        }
        (error, _) => error,
    }
}

/// The error with the file it is about.
pub fn of_file(error: Error, name: &str) -> Error {
    match error {
        Error::User(mut user) => {
            let Say { zh, en } = user.what;
            user.what = Say { zh: format!("{name}：{zh}"), en: format!("{name}: {en}") };
            Error::User(user)
        }
        error @ Error::Internal(_) => error,
    }
}

/// Which transitions there are from a state.
fn open_from(part: &Part, state: &str) -> Say {
    let names: Vec<(String, String)> = part
        .from_state(state)
        .map(|t| (format!("{}（{}）", t.title.zh, t.name), format!("{} ({})", t.title.en, t.name)))
        .collect();
    if names.is_empty() {
        return Word { zh: "没有", en: "none" }.into();
    }
    let join =
        |of: fn(&(String, String)) -> &str, by: &str| names.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: join(|pair| &pair.0, "、"), en: join(|pair| &pair.1, ", ") }
}

/// A transition that is none.
pub fn no_transition(name: &str, part: &Part, state: &str) -> Say {
    let open = open_from(part, state);
    Say {
        zh: format!("没有叫“{name}”的办理；现在可以：{}", open.zh),
        en: format!("there is no transition called \"{name}\"; now there are: {}", open.en),
    }
}

/// A transition from another state.
pub fn not_from(title: &Title, part: &Part, state: &str) -> Say {
    let (at, open) = (part.state_title(state), open_from(part, state));
    Say {
        zh: format!("现在是“{}”，不能“{}”；现在可以：{}", at.zh, title.zh, open.zh),
        en: format!(
            "it stands at \"{}\": \"{}\" is not open to it; now there are: {}",
            at.en, title.en, open.en
        ),
    }
}

/// What a transition requires does not hold.
pub fn requires(title: &Title) -> Say {
    Say {
        zh: format!("“{}”的条件还不满足", title.zh),
        en: format!("what \"{}\" requires does not hold yet", title.en),
    }
}

/// A transition of one at a time.
pub fn one_by_one(title: &Title) -> Say {
    Say {
        zh: format!("“{}”要逐条办理", title.zh), en: format!("\"{}\" is done one by one", title.en)
    }
}

/// A field that a transition does not ask for.
pub fn not_asked(part: &Part, name: &str, title: &Title) -> Say {
    let of = label(part, name);
    Say {
        zh: format!("“{}”时不填“{}”", title.zh, of.zh),
        en: format!("\"{}\" does not ask for \"{}\"", title.en, of.en),
    }
}

/// A signature of whoever did what it checks.
pub fn not_by(title: &Title) -> Say {
    Say {
        zh: format!("“{}”不能由办理上一步的人自己签", title.zh),
        en: format!("\"{}\" is not signed by whoever did the step it checks", title.en),
    }
}

/// What is wrong with a declaration: line, column and word.
pub fn fault(fault: &Fault) -> Error {
    let (line, column) = (fault.line, fault.column);
    let Say { zh, en } = wrong(&fault.wrong);
    Error::file(Say {
        zh: format!("台账声明第 {line} 行第 {column} 列：{zh}"),
        en: format!("ledger declaration, line {line}, column {column}: {en}"),
    })
    .hint(FAULT_HINT)
}

/// What the desk does with a letter where entries are seen.
pub fn key_taken(key: &str) -> Option<Word> {
    use super::keys as say;
    Some(match key {
        "a" => say::ADD_ENTRY,
        "d" => say::DECLINE,
        "e" => say::EDIT,
        "f" => say::FOLLOW_UP,
        "g" => say::TOP,
        "h" => say::PREV_PANE,
        "i" => say::INCOMING,
        "j" => say::DOWN,
        "k" => say::UP,
        "l" => say::NEXT_PANE,
        "m" => say::MOVE_ENTRY,
        "n" => say::NOTE,
        "p" => say::PRINT,
        "q" => say::BACK,
        "s" => say::SORT,
        "t" => say::TAKE_UP,
        "u" => say::UNDO,
        "v" => say::REVEAL,
        "w" => say::OFFICER,
        "x" => say::WITHDRAW_ENTRY,
        "y" => say::COPY,
        "G" => say::BOTTOM,
        "I" => say::CALLERS,
        "L" => say::LOCK,
        "Q" => say::QUIT,
        "S" => say::REVERSE,
        _ => return None,
    })
}

fn wrong(wrong: &Wrong) -> Say {
    let (zh, en) = match wrong {
        Wrong::TooLarge => (
            "太大了：一份声明至多 64 KB、64 栏".to_owned(),
            "too large: a declaration has at most 64 KB and 64 fields".to_owned(),
        ),
        Wrong::Syntax(line, said) => return super::ledger_syntax::wrong(line, said),
        Wrong::Name(name) => (
            format!("“{name}”不能作名称：用小写字母、数字和 - _，至多 32 位；title 要有 zh 和 en"),
            format!(
                "\"{name}\" is no name: lower-case letters, digits, - and _, 32 at most; title has zh and en"
            ),
        ),
        Wrong::Twice(name) => (
            format!("“{name}”已经有别的意思，请换个名字"),
            format!("\"{name}\" has another meaning already: choose another name"),
        ),
        Wrong::Codes(what) => {
            (format!("取值 codes 不对：{what}"), format!("its codes cannot be used: {what}"))
        }
        Wrong::Link(what) => (
            format!("“{what}”不能指向：可以是 person unit officer contact ledger:名称"),
            format!("\"{what}\" cannot be pointed at: person, unit, officer, contact or ledger:NAME"),
        ),
        Wrong::Column(name) => {
            (format!("没有叫“{name}”的栏"), format!("there is no field called \"{name}\""))
        }
        Wrong::State(name) => (
            format!("没有一步能到“{name}”这个状态"),
            format!("no transition leads to a state called \"{name}\""),
        ),
        Wrong::Transition(name) => {
            (format!("没有叫“{name}”的办理"), format!("there is no transition called \"{name}\""))
        }
        Wrong::Unknown(text, name) => (
            format!("“{text}”里的“{name}”既不是栏，也不是可用的词"),
            format!("\"{name}\" in \"{text}\" is neither a field nor a word that can be used"),
        ),
        Wrong::Expression(text) => {
            (format!("读不懂条件“{text}”"), format!("cannot read the condition \"{text}\""))
        }
        Wrong::Deep => ("条件太长或太深".to_owned(), "a condition is too long or too deep".to_owned()),
        Wrong::Pattern(text) => {
            (format!("读不懂格式“{text}”"), format!("cannot read the pattern \"{text}\""))
        }
        Wrong::Duration(text) => (
            format!("“{text}”不是时长：写如 30m 4h 14d"),
            format!("\"{text}\" is no length of time: write it like 30m, 4h, 14d"),
        ),
        Wrong::Time(text) => (
            format!("“{text}”不是时刻：写如 08:00"),
            format!("\"{text}\" is no time of day: write it like 08:00"),
        ),
        Wrong::When(id) => (
            format!("“{id}”何时到期说不清：对 entry 写 anchor，对其余写 every 或 at，只写一个"),
            format!(
                "when \"{id}\" is due is not clear: anchor for an entry, every or at for anything else, and one alone"
            ),
        ),
        Wrong::TwoPeople(name) => (
            format!("“{name}”是第二个指向人员的栏：一条记录只属于一个人"),
            format!("\"{name}\" is a second field that points at a person: an entry is about one"),
        ),
        Wrong::Stuck(name) => (
            format!("从“{name}”出不去，它又不在 final 里"),
            format!("nothing leads on from \"{name}\", and it is not in final"),
        ),
        Wrong::NotHere(word) => {
            (format!("{word} 在这里还不能用，请去掉"), format!("{word} has no effect here yet: leave it out"))
        }
        Wrong::Moment(text) => (
            format!("“{text}”在登记时就定下来，不能看 now today count，也不能看所指对象的内容"),
            format!(
                "\"{text}\" is judged when the entry is written: it cannot look at now, today, count, nor at what something is pointed at says"
            ),
        ),
        Wrong::Raise(to) => (
            format!("还不能提议“{to}”：to 可以是 case 或 ledger:名称"),
            format!("\"{to}\" cannot be proposed yet: to is case or ledger:NAME"),
        ),
        Wrong::Nobody => (
            "不指向人员的记录不能提议 case".to_owned(),
            "an entry that points at no person cannot propose a case".to_owned(),
        ),
        Wrong::CaseField(name) => (
            format!("重点关注没有“{name}”这一项：set 可以写 {}", CASE_FIELDS.join(" ")),
            format!("a case has no \"{name}\": set may name {}", CASE_FIELDS.join(", ")),
        ),
        Wrong::NoLedger(name) => {
            (format!("没有叫“{name}”的台账"), format!("there is no ledger called \"{name}\""))
        }
        Wrong::ColumnOf(ledger, name) => (
            format!("台账 {ledger} 没有可填的“{name}”栏"),
            format!("ledger {ledger} has no field \"{name}\" that can be filled in"),
        ),
        Wrong::Value(name, text) => {
            (format!("“{name}”不能填“{text}”"), format!("\"{name}\" does not take \"{text}\""))
        }
        Wrong::Key(key) => match key_taken(key) {
            Some(does) => (
                format!("键“{key}”在台账里已用于“{}”，请换一个", does.zh),
                format!("the key \"{key}\" is in use on these pages ({}): choose another", does.en),
            ),
            None => {
                (format!("“{key}”不能作键：写一个字母"), format!("\"{key}\" is no key: write one letter"))
            }
        },
        Wrong::Title(title, other) => (
            format!("标题“{title}”已是台账 {other} 的标题，请换一个"),
            format!("the title \"{title}\" is that of ledger {other} already: choose another"),
        ),
        Wrong::NoState(word, states) => (
            format!("没有叫“{word}”的状态；有：{}", states.join("、")),
            format!("there is no state \"{word}\"; there are: {}", states.join(", ")),
        ),
        Wrong::Early(name) => (
            format!("这里用到的“{name}”在它之后才算出；把“{name}”写到前面，不能互相引用"),
            format!(
                "\"{name}\", which is used here, is computed after it: put it before, and let none use the other in turn"
            ),
        ),
        Wrong::Type(name) => (
            format!("“{name}”的 type 不合用：指向别处的没有 type，stock 的数量要用 integer"),
            format!(
                "the type of \"{name}\" does not fit: what points elsewhere has none, a stock's quantity is an integer"
            ),
        ),
    };
    Say { zh, en }
}
