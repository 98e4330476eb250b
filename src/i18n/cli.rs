//! Words of the command line: what commands say and ask. The help texts are in [`help`].

pub mod help;
pub mod ledger;
pub mod ledger_check;
mod told;

pub use crate::i18n::common::ADDRESS;
pub use crate::i18n::common::ASSIGNED_CONTACT as CONTACT;
pub use crate::i18n::common::CAMPUS;
pub use crate::i18n::common::CHANNEL;
pub use crate::i18n::common::COMMANDS;
pub use crate::i18n::common::CONTACT_KIND;
pub use crate::i18n::common::DAY;
pub use crate::i18n::common::FOLLOW_UPS as CALLS;
pub use crate::i18n::common::FROM as SINCE;
pub use crate::i18n::common::ID_NUMBER;
pub use crate::i18n::common::JOURNEYS as LEGS;
pub use crate::i18n::common::KIND;
pub use crate::i18n::common::LAST_CALL;
pub use crate::i18n::common::NONE as NOTHING;
pub use crate::i18n::common::NOTES;
pub use crate::i18n::common::OFFICER as FIRST_OFFICER;
pub use crate::i18n::common::ORGANISATION as ORG;
pub use crate::i18n::common::ORIGIN;
pub use crate::i18n::common::OTHER_FILE;
pub use crate::i18n::common::PLACE;
pub use crate::i18n::common::READINGS;
pub use crate::i18n::common::REMOVED;
pub use crate::i18n::common::REPORTS;
pub use crate::i18n::common::ROUND;
pub use crate::i18n::common::SEX;
pub use crate::i18n::common::STATUS as STATE;
pub use crate::i18n::common::UNTIL;
pub use crate::i18n::sitrep::number_is_nought;
pub use crate::i18n::sitrep::number_without_code;
pub use told::*;

crate::words! {
    /// Before a message on standard error.
    ERROR: "错误：", "Error: ";
    /// A file of the office that others can read.
    open_to_others(file): "他人可以读取 {file}：请执行 chmod 600", "Others can read {file}: run chmod 600 on it";
    /// The same, and there are more of them.
    many_open_to_others(file, n; files = n "other file" "other files"): "他人可以读取 {file} 等文件（另有 {n} 个）：请执行 chmod 600", "Others can read {file} and {n} {files} of the office: run chmod 600 on them";
    /// Before the usage line.
    USAGE: "用法：", "Usage: ";
    /// What to do after a usage error.
    MORE_HELP: "加 --help 看说明。", "Try --help.";
    /// Heading of arguments.
    ARGUMENTS: "参数", "Arguments";
    /// Heading of options.
    OPTIONS: "选项", "Options";
    /// Heading of options that every command has.
    GLOBAL: "通用选项", "Options of every command";
    /// Stands for the options in the usage line.
    SOME_OPTIONS: "[选项]", "[OPTIONS]";
    /// Stands for a subcommand in the usage line.
    COMMAND: "命令", "COMMAND";
    /// The values an argument may have.
    one_of(values): "（可选：{values}）", " [one of: {values}]";
    /// What an argument is when not given.
    by_default(value): "（默认：{value}）", " [default: {value}]";

    /// No such option or argument.
    unknown_argument(arg): "不认识 {arg}", "{arg} is not known";
    /// Did you mean.
    meant(what): "是不是 {what}？", "Did you mean {what}?";
    /// No such command.
    unknown_command(name): "没有命令 {name}", "There is no command {name}";
    /// Something is missing.
    missing(args): "还缺 {args}", "Missing: {args}";
    /// Two that do not go together.
    conflict(arg, other): "{arg} 不能与 {other} 同用", "{arg} does not go with {other}";
    /// A value is missing.
    value_needed(arg): "{arg} 后面要有值", "{arg} needs a value";
    /// A value that is not in the list.
    not_one_of(value, arg, values): "{arg} 的值“{value}”不对，可选：{values}", "“{value}” is not a value of {arg}; one of: {values}";
    /// A text that is too long.
    value_too_long(arg, n, most): "{arg} 有 {n} 字，最多 {most} 字：未执行", "{arg} has {n} characters, {most} at most: nothing was done";
    /// A value of the wrong form.
    malformed(value, arg, like): "{arg} 的值“{value}”不对，应如 {like}", "“{value}” is not a value of {arg}; write it like {like}";
    /// A number out of bounds.
    not_within(value, arg, from, to): "{arg} 的值“{value}”不对，应为 {from} 到 {to} 的整数", "“{value}” is not a value of {arg}; write a whole number from {from} to {to}";
    /// A unit sheet of which unit.
    UNIT_OR_ALL: "还缺 <UNIT>：请写单位代码或名称（zhiban list units 可查），或加 --all 每个有欠项的单位各出一份", "Missing: <UNIT>. Give a unit's code or name (see zhiban list units), or --all for every unit that owes anything";
    /// A value too many.
    too_many(value, arg): "{arg} 多了“{value}”", "“{value}” is one too many for {arg}";
    /// An argument in an encoding that is none.
    NOT_TEXT: "参数不是有效的文字", "An argument is not valid text";
    /// Anything else.
    BAD_ARGUMENTS: "参数有误", "The arguments are wrong";

    /// A file of the office's own words cannot be read.
    no_words(path, why): "无法读取 {path}：{why}", "{path} cannot be read: {why}";
    /// No home directory.
    NO_DATA_DIR: "找不到存放数据的文件夹", "There is no folder for the data";
    /// What to do about it.
    NO_DATA_DIR_HINT: "请用 --db 文件 指明", "Name a file with --db FILE";
    /// A folder cannot be made.
    no_folder(path, why): "无法建立文件夹 {path}：{why}", "The folder {path} cannot be made: {why}";
    /// Standard output cannot be written.
    no_output(why): "无法输出：{why}", "The output cannot be written: {why}";
    /// Nobody of that name.
    no_officer(name): "没有值班员“{name}”", "There is no officer “{name}”";
    /// What to do about it.
    NO_OFFICER_HINT: "zhiban officer list 看名单，zhiban officer add 新增", "See zhiban officer list, or add one with zhiban officer add";
    /// Nobody is on duty, so who acts is not known.
    WHO: "现在没有人值班，不知道是谁在操作", "Nobody is on duty, so it is not known who acts";
    /// What to do about it.
    WHO_HINT: "请用 --officer 姓名（或环境变量 ZHIBAN_OFFICER）指明", "Name the officer with --officer NAME (or ZHIBAN_OFFICER)";
    /// Nobody has that number.
    no_person(no): "没有编号为“{no}”的人", "Nobody has the number “{no}”";
    /// What to do about it.
    find_person(text): "不知道编号时可按姓名、拼音或电话查：zhiban find {text}", "To look somebody up by name, pinyin or telephone: zhiban find {text}";
    /// No such unit.
    no_unit(code): "没有单位“{code}”", "There is no unit “{code}”";
    /// What to do about it.
    UNITS_HINT: "zhiban list units 看各单位的代码和名称", "See zhiban list units for their codes and names";
    /// Units that come near.
    near_units(zh, en): "相近的有：{zh}；全部见 zhiban list units", "These come near: {en}; for all of them see zhiban list units";
    /// Neither person nor unit.
    bad_subject(text): "“{text}”不是对象：请写 person:编号、unit:代码 或 contact:机构", "“{text}” is not understood: write person:NO, unit:CODE or contact:ORG";
    /// No such outside contact.
    no_contact(text): "没有外部联系人“{text}”", "There is no outside contact “{text}”";
    /// What to do about it.
    CONTACTS_HINT: "zhiban contact list 看名录，zhiban contact add 新增", "See zhiban contact list, or add one with zhiban contact add";
    /// More than one.
    several_contacts(text, all): "“{text}”有几个：{all}", "There are several “{text}”: {all}";
    /// What to do about it.
    SEVERAL_CONTACTS_HINT: "请写机构加姓名，或用 contact list --json 里的 id", "Write the organisation and the name, or the id from contact list --json";
    /// Heading: a note about it.
    NOTE: "备注", "Note";
    /// No op of that number.
    no_op(seq): "日志里没有第 {seq} 号", "There is no entry {seq} in the log";
    /// What to do about it.
    LOG_HINT: "zhiban list log 看各条的号", "See zhiban list log for the numbers";
    /// That op is no call.
    no_call(seq): "第 {seq} 号不是跟踪记录", "Entry {seq} is not a follow-up";
    /// Nobody's case.
    no_case(no): "编号 {no} 没有未解除的重点关注", "Number {no} has no open case";
    /// What to do about it.
    CASES_HINT: "zhiban list cases 看在列人员，zhiban case open 列入", "See zhiban list cases, or open one with zhiban case open";
    /// No open promise.
    no_promise(subject): "{subject}没有未了结的承诺", "{subject} has no open promise";
    /// What to do about it.
    DUE_HINT: "zhiban list due 看待办；时段用 log followup 登记", "See zhiban list due; a slot is done with log followup";
    /// More than one open promise.
    many_promises(subject, list): "{subject}有几条未了结的承诺，请用 --id 指明：{list}", "{subject} has several open promises; choose one with --id: {list}";
}

// What commands answer; one list would be too long for the macro.
crate::words! {
    /// An act was written.
    done(seq): "已记入日志，第 {seq} 号", "Logged as entry {seq}";
    /// What to do about it.
    NUMBER_WITHOUT_CODE_HINT: "先 zhiban settings doc-code 代字，或用 --number 写全，如 某防控〔2020〕17号", "Set one (zhiban settings doc-code CODE), or write the whole number with --number";
    /// A promise that the call did not end.
    promise_still_open(at, id): "仍有未了结的承诺：{at}（--settle kept、broken 或 dropped，或 zhiban promise close --id {id}）", "a promise is still open: {at} (--settle kept, broken or dropped, or zhiban promise close --id {id})";
    /// Somebody is not well and has no case.
    CASE_OR_REASON: "发热或异常，且不在重点关注中：尚未记录", "A fever or not well, and no open case: nothing was recorded";
    /// What to do.
    case_or_reason_hint(no): "先列入（zhiban case open {no} --category fever）再记，或加 --no-case 写明为何不列入", "Open a case first (zhiban case open {no} --category fever), or say why not with --no-case";
    /// A reason for no case was given where none was asked for.
    NO_CASE_UNUSED: "没有发热或异常，或已在重点关注中：--no-case 的原因没有写入", "Not unwell, or with an open case: the reason of --no-case was not written";
    /// When a promise falls due.
    PROMISED_FOR: "承诺到点：", "promised for ";
    /// When to call again.
    CALL_AGAIN_AT: "再联系：", "call again at ";
    /// A report was marked received.
    marked(unit, day, round, seq): "已登记{unit} {day} {round} 的日报，第 {seq} 号", "{unit}: report of {day} {round} marked received, entry {seq}";
    /// Older reports of the unit.
    still_owes(unit, list): "{unit}还欠 {list} 的日报；收到后请用 --date 指明日期登记", "{unit} still owes the report of {list}; when it comes, say which with --date";
    /// The report that is being collected is there, older ones are not.
    received_but_owes(unit, day, list): "{unit} {day} 的日报已收；还欠 {list}", "The report of {unit} for {day} was already received; it still owes {list}";
    /// What to say.
    RECEIVED_WHICH: "收到的是欠报，请用 --date 指明日期；更正请用 --reason 写明原因", "If an owed one came, say which with --date; for a correction, give the reason with --reason";
    /// A unit that owes no report.
    owes_nothing(unit): "{unit}没有欠报", "{unit} owes no report";
    /// What to say.
    OWES_NOTHING_HINT: "要免报当天尚未到时限的日报，请用 --date 指明当天", "To excuse today's before it is due, name the day with --date";
    /// A unit that owes several.
    owes_several(unit, n, list; reports = n "report" "reports"): "{unit}欠 {n} 份日报：{list}", "{unit} owes {n} {reports}: {list}";
    /// What to say.
    OWES_SEVERAL_HINT: "请用 --date（及 --round）指明哪一份，或用 --all 表示全部", "Say which with --date (and --round), or --all";
    /// Excused.
    excused(units, list, seq): "已免报{units}：{list}，第 {seq} 号", "{units}: excused {list}, entry {seq}";
    /// Written off.
    written_off(units, list, seq): "已核销{units}：{list}，第 {seq} 号", "{units}: written off {list}, entry {seq}";
    /// Which rounds there are.
    rounds_are(list): "已有轮次：{list}", "There are: {list}";
    /// Reports that are there already.
    sent_again(units): "{units}已报过，再收即为更正", "{units} has reported already: this would be a correction";
    /// What a correction needs.
    REASON_HINT: "请加 --reason 写明原因", "Give the reason with --reason";
    /// Only people's numbers are private.
    REVEAL_PEOPLE: "--reveal 只用于人员", "--reveal is for people only";
    /// Not confirmed.
    NOT_DONE: "未确认，没有写入任何内容", "Not confirmed; nothing was written";
    /// What to do about it in a script.
    YES_HINT: "脚本中请加 --yes", "In a script, add --yes";
    /// The question's ending.
    YES_NO: " [y/N] ", " [y/N] ";
    /// The rest of a long table.
    shown_of(shown, total): "显示 {shown} 条，共 {total} 条", "{shown} of {total} shown";

    /// The office was made.
    office_made(office, path): "已新建“{office}”，数据在 {path}", "Made “{office}”; its data is in {path}";
    /// It rehearses.
    REHEARSAL_MADE: "这是演练用的单位：可随时用 --now 改时间", "This office is for rehearsal: --now sets its time";
    /// The name was not given.
    officer_default(name): "第一位值班员暂名“{name}”；用 --officer 可指定姓名", "The first officer is called “{name}”; --officer gives another name";
    /// How to go on.
    NEXT_STEPS: "接下来：zhiban import roster 名册文件，然后 zhiban", "Next: zhiban import roster FILE, then zhiban";
    /// There is no office yet.
    no_office(path): "这台机器上还没有值班台（{path}）", "There is no office on this machine yet ({path})";
    /// How to begin.
    BEGIN: "开始的办法：\n  zhiban demo                     看演示单位\n  zhiban init --office 单位名称   新建自己的单位\n  zhiban import roster 文件       新建之后导入名册\n  zhiban restore 备份文件         从备份恢复", "How to begin:\n  zhiban demo                 look at a made-up office\n  zhiban init --office NAME   make your own\n  zhiban import roster FILE   then import the roster\n  zhiban restore FILE         or restore a backup";
    /// What is offered on a terminal.
    OFFER: "1 看演示  2 新建单位  3 新建单位并导入名册  其他键退出：", "1 demo  2 new office  3 new office and roster  anything else quits: ";
    /// Asks for the office's name.
    ASK_OFFICE: "单位名称：", "Name of the office: ";
    /// Asks for the officer's name.
    ASK_OFFICER: "值班员姓名：", "Your name: ";
    /// Asks for the roster.
    ASK_ROSTER: "名册文件：", "Roster file: ";
    /// The desk needs a terminal.
    NO_TERMINAL: "值班台要在终端里打开", "The desk needs a terminal";
    /// What to do about it.
    NO_TERMINAL_HINT: "脚本请用子命令，如 zhiban list outstanding --json", "In a script use a command, such as zhiban list outstanding --json";
    /// The demo file was kept.
    demo_kept(path): "演示数据留在 {path}", "The demonstration's data stays in {path}";

    /// Asks whether to import.
    IMPORT_ASK: "写入吗？", "Write this?";
    /// An import was written.
    imported(file, accepted, seq; rows = accepted "row" "rows"): "{file}：已收 {accepted} 行，第 {seq} 号", "{file}: {accepted} {rows} written, entry {seq}";
    /// Nothing in the file to write.
    nothing_new(file): "{file}：没有可写入的内容", "{file}: nothing to write";
    /// A file was refused.
    file_refused(file, why): "{file}：{why}", "{file}: {why}";
    /// The same content again.
    imported_before(file, when): "{file}：这个文件已于 {when} 导入过", "{file}: this very file was imported at {when}";

    /// What an undo takes back.
    undo_this(seq, when, what): "将撤销第 {seq} 号（{when}）：{what}", "This undoes entry {seq} ({when}): {what}";
    /// Later entries are in the way.
    UNDO_BLOCKED: "以下记录依赖于它，请先撤销：", "Undo these first, they depend on it:";
    /// Asks whether to undo.
    UNDO_ASK: "撤销吗？", "Undo it?";
    /// Was undone.
    undone(seq, by): "已撤销第 {seq} 号（第 {by} 号）", "Entry {seq} undone (entry {by})";

    /// A new officer.
    officer_made(name): "已新增值班员{name}", "Officer {name} added";
    /// The shift runs.
    shift_started(name): "{name}开始值班", "{name} is on duty";
    /// On duty.
    ON_DUTY: "值班中", "on duty";

    /// A file is not overwritten.
    file_exists(path): "{path} 已存在，没有覆盖", "{path} exists already and was not overwritten";
    /// The folder of a file is not there.
    folder_missing(path): "没有文件夹 {path}", "There is no folder {path}";
    /// It cannot be made.
    folder_not_made(path, why): "文件夹 {path} 没能建立：{why}", "The folder {path} could not be made: {why}";
    /// What to do about it.
    FOLDER_HINT: "请先建立该文件夹，或换一个位置", "Make the folder first, or choose another place";
    /// A paper was written.
    paper_written(path): "已写入 {path}", "Written to {path}";
    /// The shift was handed over.
    handed_over(from, to): "{from}已交班给{to}", "{from} has handed over to {to}";
    /// The officer taking over.
    ACK_TITLE: "未了事项，请逐项复述确认：", "Open items; acknowledge each:";
    /// How many were.
    acknowledged(ticked, all; items = all "item" "items"): "已逐项确认 {ticked}/{all}", "{ticked} of {all} {items} acknowledged";
    /// Nobody can be asked item by item.
    NO_WALK: "这里不能逐项询问，没有交班", "Nobody can be asked item by item here; the shift was not handed over";
    /// What to do about it.
    NO_WALK_HINT: "脚本中请加 --tick all（全部确认）或 --tick none（全不确认）", "In a script add --tick all (all acknowledged) or --tick none (none)";
    /// Asks whether to close the shift.
    CLOSE_ASK: "交班吗？", "Hand over?";
    /// A backup was taken.
    backed_up(path, head): "已备份到 {path}，校验码 {head}", "Backed up to {path}, head code {head}";
    /// The shift is closed, but the backup failed.
    backup_failed(why): "班已交接，但备份没有成功：{why}", "The shift was handed over, but the backup failed: {why}";
    /// A backup was put back.
    restored(path, ops; entries = ops "entry" "entries"): "已恢复到 {path}，共 {ops} 条记录；由新的一台接续", "Restored to {path}, {ops} {entries}; it goes on as a new desk";


    /// A settings value that is not understood.
    bad_value(key, value, like): "{key} 的值“{value}”不对，应如 {like}", "“{value}” is not a value of {key}; write it like {like}";
    /// A setting was changed.
    setting_changed(key, value, seq): "{key} 已改为 {value}，第 {seq} 号", "{key} is now {value}, entry {seq}";

    /// A call sheet on paper.
    REVEAL_ON_SHEET: "名单上的个人电话要显示全号吗？（供停电时拨打，逐人记入日志）", "Show personal numbers on the sheet whole (to call from in a power cut; logged for each person)?";
    /// Files for all units need a folder.
    FOLDER_NEEDED: "这种格式要写入文件夹", "This format needs a folder to be written to";
    /// What to do about it.
    FOLDER_NEEDED_HINT: "请加 --out 文件夹", "Add --out FOLDER";
    /// Several papers were written.
    papers_written(n, folder; papers = n "paper" "papers"): "已写入 {n} 份，在 {folder}", "{n} {papers} written to {folder}";
    /// Printing stopped half-way.
    papers_left(n; papers = n "paper was" "papers were"): "还有 {n} 份没有打印", "{n} {papers} not printed";
    /// Why a reveal was asked.
    NOTHING_REVEALED: "没有可显示的号码，未记入日志", "There is no number to show; nothing was logged";
    /// A reveal.
    revealed(reason): "号码已显示（{reason}），并记入日志", "Numbers shown ({reason}); this was logged";
    /// A deadline that has not passed.
    minutes_left(n): "还剩{n}分钟", "{n} min left";
    /// A deadline that has.
    minutes_over(n): "超时{n}分钟", "{n} min late";
    /// The same from two hours on.
    hours_left(h, m): "还剩{h}小时{m}分", "{h} h {m} min left";
    /// The same from two hours on.
    hours_over(h, m): "超时{h}小时{m}分", "{h} h {m} min late";
    /// Heading.
    OPEN_PROMISES: "未了结的承诺", "Open promises";
    /// Heading.
    MORNING: "上午", "Morning";
    /// Heading.
    AFTERNOON: "下午", "Afternoon";
    /// Heading.
    ROWS: "行数", "Rows";
    /// Field of a person.
    FAMILY_PHONE: "家属电话", "Family's phone";
    /// A copy of a template.
    template_copied(file): "已放一份内置模板：{file}，改好即用", "A copy of the built-in template: {file}; it is used as you change it";
    /// Heading.
    HEAD_TEMPLATE: "模板", "Template";
    /// Heading.
    HEAD_WHERE: "所用", "Used";
    /// The template in use is the program's own.
    BUILT_IN: "内置", "built in";
    /// A workbook asked for beside a print.
    OUT_NEEDED: "打印用的是 PDF；另要这种格式，请用 --out 写明文件", "What is printed is the PDF: say with --out where the other form is to go";
    /// A file's name says another form.
    name_and_format(file, format): "{file} 的扩展名与 --format {format} 不符", "The name {file} says another form than --format {format}";
}
