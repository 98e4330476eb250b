//! What the commands of registers say.

use crate::say::Word;

pub use crate::i18n::cli::HEAD_ID as ID;
pub use crate::i18n::common::STATUS as STATE;
pub use crate::i18n::common::TIME as AT;
pub use crate::i18n::common::WHAT;
pub use crate::i18n::ledger_desk::{BALANCE, DAYS_LEFT, LEDGER, LINES, MINIMUM, OPEN, OVERDUE, WITHDRAWN};
pub use crate::i18n::screen::NAME;

crate::words! {
    /// A table's head.
    TITLE: "标题", "Title";
    /// A table's head, and what is expected.
    DUE: "到期", "Due";
    /// A table's head.
    LAST: "最近登记", "Latest";
    /// A table's head.
    REMARK: "说明", "Remark";
    /// A table's head.
    OF: "对象", "Of";
    /// A table's head.
    TOLD: "已报", "Told";
    /// A table's head.
    FIELD: "栏", "Field";
    /// A table's head.
    TYPE: "类型", "Type";
    /// The states of a ledger.
    STATES: "状态：", "States:";
    /// A mark.
    ALERT: "注意", "Alert";
    /// How something due stands.
    COMING: "未到", "Coming";
    /// How something due stands.
    DUE_NOW: "待办理", "Due now";
    /// How something due stands that was missed before.
    due_after(n): "待办理（此前漏 {n} 次）", "Due now (missed before: {n})";
    /// Of a line, its entry.
    LINE_OF: "属于", "Line of";
    /// The other entries of a line of the list.
    OTHERS: "同一条目的其他记录", "Other entries of this line";
    /// The second sheet of a workbook.
    ENTRIES: "全部记录", "All entries";
    /// The transitions that are open.
    OPEN_TO: "可以办理", "Next steps";
    /// What an entry proposes.
    PROPOSES: "提议：", "Proposes:";
    /// Where it does.
    WHERE: "条件", "where";
    /// Several proposals.
    several_proposals(names): "这条记录有几项提议，请用 --proposal 写明是哪一项：{names}", "this entry proposes several things, say which with --proposal: {names}";
    /// What an entry proposes.
    show_hint(entry): "zhiban ledger show {entry} 列出它提议什么", "zhiban ledger show {entry} says what it proposes";
    /// Who signed.
    signed(who): "{who} 签", "signed by {who}";
    /// Why it was withdrawn.
    withdrawn_for(why): "已作废：{why}", "Withdrawn: {why}";
    /// A declaration in the folder that is not in force yet.
    declared_only(version): "第 {version} 版已声明，登记第一条时启用", "version {version} declared; in use from the first entry on";
    /// The same, above its empty list.
    not_in_force(name, version): "台账 {name} 第 {version} 版已声明，还没有启用：登记第一条时启用", "ledger {name} version {version} is declared and not in use yet: it is from the first entry on";
    /// A newer declaration in the folder.
    newer(name, version): "台账 {name} 有新的第 {version} 版，下次登记时启用", "ledger {name} has a new version {version}: it is in use from the next entry on";
    /// A declaration was taken into the log.
    adopted(name, version, title): "已启用台账 {name}（{title}）第 {version} 版", "ledger {name} ({title}) version {version} is in use now";
    /// The title of several ledgers.
    several_ledgers(text, names): "“{text}”是几本台账的标题，请写名称：{names}", "\"{text}\" is the title of several ledgers, give the name: {names}";
    /// A declaration is well formed.
    is_sound(name, version, title): "台账 {name}（{title}）第 {version} 版：声明没有问题", "ledger {name} ({title}) version {version}: the declaration is sound";
    /// The id of what was made.
    entry_is(id): "编号 {id}", "id {id}";
    /// Fewer lines are shown than there are.
    some_of(shown, total): "只列出 {total} 条中的 {shown} 条", "{shown} of {total} shown";
    /// Something does not add up.
    broken(check, sum, equals): "核对 {check} 不平：{sum} ≠ {equals}", "{check} does not add up: {sum} ≠ {equals}";
    /// Something typed that is no `field=value`.
    not_said(text): "“{text}”要写成 栏=值", "\"{text}\" is to be written FIELD=VALUE";
    /// A field that is none.
    no_field(name): "没有叫“{name}”的栏", "there is no field \"{name}\"";
    /// A field that stands twice.
    field_twice(name): "“{name}”写了两次", "\"{name}\" is given twice";
    /// Which fields there are.
    fields_are(zh, en): "可以填：{zh}", "the fields are: {en}";
    /// What a list can be sorted by.
    sorts_are(zh, en): "可以按这些排序：{zh}", "it can be sorted by: {en}";
    /// Several people of one name.
    several_people(name, numbers): "叫“{name}”的不止一人，请写编号：{numbers}", "several people are called \"{name}\", give the number: {numbers}";
    /// No such entry.
    no_entry(text): "没有编号为“{text}”的台账记录", "there is no ledger entry \"{text}\"";
    /// How entries are named.
    ENTRY_HINT: "写编号（或编号开头、末尾至少 6 位），或 台账/条目，如 places/南门", "give its id (or at least 6 characters of its beginning or end), or LEDGER/KEY, such as places/Gate";
    /// Several entries.
    several_entries(text, ids): "“{text}”指的不止一条：{ids}", "\"{text}\" may be any of: {ids}";
    /// No such line.
    no_line(text, zh, en): "台账“{zh}”里没有“{text}”", "\"{text}\" is not in the ledger {en}";
    /// What lines there are.
    list_hint(name): "zhiban ledger list {name} 列出各条", "zhiban ledger list {name} shows its lines";
    /// A move without entries or a transition.
    MOVE_NEEDS: "要写明哪一条、怎样办理", "say which entry, and which transition";
    /// How a move is written.
    MOVE_HINT: "写如 zhiban ledger move 编号 办理 栏=值；zhiban ledger show 编号 列出可以怎样办理", "write it like zhiban ledger move ENTRY TRANSITION FIELD=VALUE; zhiban ledger show ENTRY shows the transitions";
    /// A ledger that takes in no sheets.
    no_import(name): "台账 {name} 的声明写着 import = false，不收表格", "ledger {name} takes in no sheets: its declaration says import = false";
    /// What to do about it.
    NO_IMPORT_HINT: "逐条登记用 zhiban ledger add；要收表格，在声明里去掉 import = false，并把 version 加一", "enter them one by one with zhiban ledger add; to let sheets in, take import = false out of its declaration and raise version";
    /// A row that cannot be taken.
    row_is_wrong(sheet, row, column, why): "{sheet}第 {row} 行 {column}：{why}", "{sheet}row {row} {column}: {why}";
    /// What to do about rows that say what entries say that stand there.
    SAME_HINT: "没有写入：加 --skip-same 不再导入这几行，或加 --take-same 照样导入", "nothing was written: leave these rows out with --skip-same, or take them all the same with --take-same";
    /// What to do about rows that do not fit the books.
    UNFIT_HINT: "没有写入：请先盘点核对；确要照记，加 --reason 写明原因", "nothing was written: count it first; to enter it all the same, say why with --reason";
    /// Nothing was written because of some rows.
    all_or_nothing(wrong, good): "没有写入：错误 {wrong} 处，可用 {good} 行。改好后再导入，或加 --skip-wrong 只导入可用的行", "nothing was written: errors: {wrong}, good rows: {good}. Mend the file, or take the good rows alone with --skip-wrong";
    /// What an import would write.
    would_import(good, wrong): "可导入 {good} 行，错误 {wrong} 处；没有写入", "good rows: {good}, errors: {wrong}; nothing was written";
    /// A column that is computed.
    BY: "登记人", "Written by";
}

/// What a column is called that is computed.
pub const fn computed(name: &str) -> Word {
    match name.as_bytes() {
        b"balance" => BALANCE,
        b"minimum" => MINIMUM,
        b"days_left" => DAYS_LEFT,
        b"state" => STATE,
        b"at" => AT,
        _ => BY,
    }
}
