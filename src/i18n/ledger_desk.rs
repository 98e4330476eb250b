//! What the desk says of registers (台账): columns, parts, fields and questions that no declaration names.

use crate::domain::field::Title;
use crate::domain::item::Name;

pub use crate::i18n::common::DUE;
pub use crate::i18n::common::STATUS as STATE;
pub use crate::i18n::common::TIME as AT;
pub use crate::i18n::common::WHY;
use crate::say::{Say, Word};

pub use crate::i18n::common::BALANCE;
pub use crate::i18n::common::DAYS_LEFT;
pub use crate::i18n::common::LEDGER;
pub use crate::i18n::common::NOT_CLOSED as OPEN;
pub use crate::i18n::common::OVERDUE_HEAD as OVERDUE;
pub use crate::i18n::common::WITHDRAWN_WORD as WITHDRAWN;
pub use crate::i18n::handover::WORDS as SAYS;

/// What is wrong with the first of some files of declarations, and how many others are: in little room. What to do about it
/// is told at length where a terminal scrolls.
pub fn wrong_files(first: &Say, others: usize) -> Say {
    // What can stand there instead comes behind.
    let head = |text: &str, by: char| -> String {
        let text = text.split(by).next().unwrap_or_default();
        let short: String = text.chars().take(MOST_SAID).collect();
        if short.len() < text.len() { format!("{short}…") } else { short }
    };
    let (zh, en) = (head(&first.zh, '；'), head(&first.en, ';'));
    match others {
        0 => Say { zh: wrong_file(zh, "").zh, en: wrong_file("", en).en },
        n => Say { zh: and_wrong_files(zh, "", n).zh, en: and_wrong_files("", en, n).en },
    }
}

/// How much of what is wrong with a file is said on the desk.
const MOST_SAID: usize = 80;

crate::words! {
    /// A file of a declaration is wrong.
    wrong_file(zh, en): "{zh}；改法见 zhiban ledger list", "{en}; zhiban ledger list says what to do";
    /// Several are.
    and_wrong_files(zh, en, n; files = n "other file" "other files"): "{zh}；另有 {n} 份也有错，改法见 zhiban ledger list", "{en}; {n} {files} too, zhiban ledger list says what to do";
    /// Who wrote an entry.
    BY: "登记人", "Entered by";
    /// Column: how many lines its list has.
    LINES: "条数", "Entries";
    /// Column: how much is due.
    DUE_NOW: "到期", "Due now";
    /// Column: what the ledger counts.
    COUNTED: "提醒", "To note";
    /// Column: when something was entered last.
    LAST: "最近登记", "Last entry";
    /// Column: the least there should be.
    MINIMUM: "最低库存", "Minimum";
    /// In place of the lines of a ledger.
    NO_ENTRIES: "还没有记录，按 a 登记", "No entries yet: a adds one";
    /// In place of the lines of an entry.
    NO_LINES: "还没有明细，按 a 添加", "No lines yet: a adds one";
    /// A missing page.
    NO_SUCH: "没有这条记录", "There is no such entry";
    /// A fact of a ledger: a check of its own that does not hold.
    BROKEN: "核对不上", "Does not add up";
    /// Both sides of a check.
    both_sides(check, sum, equals): "{check}：{sum}，应为 {equals}", "{check}: {sum}, not {equals}";
    /// Part of an entry's page: its transitions.
    TAB_MOVES: "办理", "Steps";
    /// Part of an entry's page: the other entries of its key.
    TAB_OTHERS: "历史", "History";
    /// Fact: of which entry it is a line.
    PART_OF: "所属记录", "Part of";
    /// An entry about nobody.
    NOBODY: "这一条没有指明人或单位", "This is about no person or unit";
    /// A line about no person.
    NO_PERSON: "这一条没有指明人", "This is about no person";
    /// A line that is no ledger's.
    NOT_OF_LEDGER: "选中的不是台账事项", "This is not of a ledger";
    /// What is expected, before it is entered.
    NOT_ENTERED: "还没有登记，按 c 登记", "Nothing is entered yet: c enters it";
    /// A proposal is neither settled nor moved.
    DECIDE: "这是一项提议：按 t 办理，按 d 不办", "This is a proposal: t takes it up, d declines it";
    /// Marked lines of several kinds.
    SETTLE_ONE_KIND: "标记的不是同一类事项，请分开了结", "The marked lines are of several kinds: settle each kind by itself";
    /// A part without a list.
    NO_ROWS: "这一栏没有可选的行", "There are no rows to choose in this part";
    /// Entries of several ledgers.
    NO_MARKS: "这里不标记；按 Enter 打开，再在那一页办理", "Nothing is marked here: Enter opens the entry, its steps are there";
    /// A page of one part.
    ONE_PART: "这里只有一栏", "There is only one part here";
    /// Another step is half filled in.
    other_draft(step): "另有“{step}”未写完，已留作草稿，按 m 接着写", "\"{step}\" is half filled in and kept as a draft: m goes on with it";
    /// Form: a new entry.
    ADD: "登记", "New entry";
    /// Form: from state to state.
    MOVE: "办理", "Next step";
    /// Form: an entry that was a mistake.
    WITHDRAW: "作废", "Withdraw";
    /// Field: by which transition.
    STEP: "步骤", "Step";
    /// No transition is chosen.
    CHOOSE_STEP: "请选步骤", "Choose a step";
    /// How it stands now.
    stands_at(state): "现在：{state}", "now: {state}";
    /// A ledger without transitions.
    NO_STATES: "这里没有要办理的步骤", "There are no steps here";
    /// An entry in a last state.
    CLOSED: "这条已办结", "This one is closed";
    /// Several in different states, and how many stand where.
    none_open_to_all(zh, en): "没有共同的步骤：{zh}", "No step is open to all: {en}";
    /// So many of them in one state, some by name.
    some_at(n, state, names): "{n} 条“{state}”（{names}）", "{n} at \"{state}\" ({names})";
    /// Some by name, of more.
    among(names): "{names} 等", "{names} …";
    /// Some were withdrawn.
    withdrawn_among(names): "其中已作废：{names}", "Withdrawn among them: {names}";
    /// A step that is not open to some of those that are marked.
    unfit_at(unfit, all, step, names, state): "标记的 {all} 条里有 {unfit} 条不能“{step}”：{names} 现在是“{state}”", "\"{step}\" is not open to {unfit} of the {all} marked: {names} at \"{state}\"";
    /// Midnight passed over a form: which of its days are yesterday's.
    still_of(titles, day): "已过零点，{titles}仍是 {day}，请看一眼再保存", "Midnight has passed: {titles} is still {day}; look at it before you save";
    /// Lines of 待办 that belong to different ledgers.
    SEVERAL_LEDGERS: "标记的事项分属几本台账，请分开办理", "The marked lines are of several ledgers: do each ledger by itself";
    /// Several at once.
    ONE_BY_ONE: "这一步要逐条办理", "This step is done one by one";
    /// A second yes.
    SURE_WITHDRAW: "确认作废？", "Withdraw?";
    /// What it means.
    WITHDRAW_HINT: "记错了才作废；原记录仍留在日志里", "for mistakes: the entry stays in the log";
    /// A field that points at a person.
    PERSON_HINT: "工号、学号或姓名", "number or name";
    /// It is being looked for.
    LOOKING: "正在查找此人，请再按一次保存", "looking for the person: save again";
    /// Nothing is called so.
    no_such_name(text): "找不到“{text}”", "there is no \"{text}\"";
    /// More than one is called so.
    several(n, names): "有 {n} 个，请写明是哪一个：{names}", "{n} fit, say which: {names}";
    /// The codes of a column that may have others.
    or_another(known): "{known}，也可另写", "{known}, or another";
    /// How a day is written.
    DATE_HINT: "如 2020-02-17、明天", "like 2020-02-17, tomorrow";
    /// How a day and a time are written.
    MOMENT_HINT: "如 2020-02-17 10:00、明天9点", "like 2020-02-17 10:00, tomorrow 9:00";
    /// How a time is written.
    TIME_HINT: "如 08:30", "like 08:30";
    /// How a temperature is written.
    TEMP_HINT: "如 36.5", "like 36.5";
    /// How a number is written.
    WHOLE_HINT: "整数", "a whole number";
    /// A file's name.
    FILE_HINT: "文件名或编号", "the file's name or number";
    /// Fact: what the books said when it was entered, and why it was entered all the same.
    BOOKED: "与账面不符", "Not as booked";
    /// Kind of sheet.
    SHEET_LEDGER: "台账", "entries of a ledger";
    /// Where a ledger takes in no sheets.
    takes_no_sheets(title): "{title}的声明写着 import = false，不收表格", "{title} takes in no sheets: its declaration says import = false";
    /// Field: rows that say what entries say that stand there.
    SAME_ROWS: "重复的行", "Rows again";
    /// What it means.
    SAME_ROWS_HINT: "与已有记录完全相同的行，选是则照样导入", "yes takes rows that say what entries say that stand there";
    /// Field: with what whoever sits here signs.
    PIN: "签字口令", "Own PIN";
    /// Field: why a stock may fall below nothing.
    ANYWAY: "账面不足仍照改，原因", "Why all the same";
    /// What it means.
    ANYWAY_HINT: "会记入日志，附在原因之后", "goes into the log behind the reason";
    /// A signature of somebody without a PIN.
    NO_PIN: "这一步要签字：你还没有设口令，只记你的姓名。要凭口令签，先按 Esc，再用 :pin 设置", "This step is signed: you have no PIN, so your name alone stands for it. To sign with one: Esc, then :pin";
    /// Fact: what an entry proposes.
    PROPOSES: "提议", "Proposes";
    /// Fact: the entry of whose proposal this one was made.
    RAISED_BY: "来自", "Made of";
    /// Form: to make what an entry proposes.
    TAKE_UP: "办理提议", "Take up";
    /// Form: to make nothing of it.
    DECLINE: "提议不办", "Decline";
    /// Field: which of several proposals.
    PROPOSAL: "提议", "Proposal";
    /// None of several is chosen.
    CHOOSE_PROPOSAL: "请选哪一项提议", "Choose a proposal";
    /// An entry without proposals.
    NOTHING_PROPOSED: "这条记录没有待办的提议", "This entry proposes nothing";
    /// It was taken up.
    TAKEN: "已办", "taken up:";
    /// It was declined.
    DECLINED: "不办", "declined:";
    /// Fields that were not filled in.
    unfit(names): "声明所设的这些栏填不进去，请自己填：{names}", "the declaration sets what these fields do not take, fill them in: {names}";
    /// Who signed.
    signed_by(name): "{name} 签字", "signed by {name}";
    /// What is due, when, how long until then or since.
    due_at(title, at, left): "{title} {at}，{left}", "{title} {at}, {left}";
    /// Who is told by now.
    told(who): "，应告知 {who}", ", to be told: {who}";
}

/// How an entry stands now.
pub fn stands_at_said(state: &Say) -> Say {
    Say { zh: stands_at(&state.zh).zh, en: stands_at(&state.en).en }
}

/// A declaration's title as a word of the screen.
pub fn word(title: &Title) -> Word {
    Word { zh: Name::new(&title.zh).get(), en: Name::new(&title.en).get() }
}

/// What entries are called, the first of them by name.
pub fn listed(names: &[Say], all: usize) -> Say {
    let zh = names.iter().map(|name| name.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = names.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join(", ");
    if all > names.len() { Say { zh: among(zh).zh, en: among(en).en } } else { Say { zh, en } }
}

/// So many of them stand in one state, some of them by name.
pub fn stand_at(n: usize, state: &Say, names: &Say) -> Say {
    Say { zh: some_at(n, &state.zh, &names.zh).zh, en: some_at(n, &state.en, &names.en).en }
}

/// No step is open to all: how many stand where.
pub fn none_for_all(stand: &[Say]) -> Say {
    let join = |of: fn(&Say) -> &str, by: &str| stand.iter().map(of).collect::<Vec<_>>().join(by);
    none_open_to_all(join(|say| &say.zh, "；"), join(|say| &say.en, "; "))
}

/// Which of them were withdrawn.
pub fn which_withdrawn(names: &Say) -> Say {
    Say { zh: withdrawn_among(&names.zh).zh, en: withdrawn_among(&names.en).en }
}

/// A step is not open to so many of all that are marked; some of those by name, and where they stand.
pub fn not_open_to(step: &Say, names: &Say, state: &Say, (unfit, all): (usize, usize)) -> Say {
    Say {
        zh: unfit_at(unfit, all, &step.zh, &names.zh, &state.zh).zh,
        en: unfit_at(unfit, all, &step.en, &names.en, &state.en).en,
    }
}

/// Midnight passed over a form: these of its days are still of the day before.
pub fn of_yesterday(titles: &[Say], day: &str) -> Say {
    let named = listed(titles, titles.len());
    Say { zh: still_of(&named.zh, day).zh, en: still_of(&named.en, day).en }
}
