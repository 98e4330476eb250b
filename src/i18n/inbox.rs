//! Words of the inbox (收件): how its files stand and why, what is asked of them, and what goes back to their senders.

use crate::domain::inbox::{Source, Stand};
pub use crate::i18n::common::ROUND as C_ROUND;
pub use crate::i18n::common::STATUS as C_STAND;
pub use crate::i18n::common::UNIT as C_UNIT;
pub use crate::i18n::forms::CAME_WHEN as C_CAME;
pub use crate::i18n::forms::FILE as C_FILE;
pub use crate::i18n::runtime::ACCEPTED as C_TAKEN;
use crate::i18n::terms::Term;
use crate::say::{Say, Word};

impl Term for Stand {
    fn word(self) -> Word {
        let (zh, en) = match self {
            Self::Ready => ("可收", "ready"),
            Self::Refused => ("可收，有退行", "ready, rows refused"),
            Self::Correction => ("更正，需写原因", "correction: why?"),
            Self::Question => ("待确认", "a question"),
            Self::Look => ("待过目", "look first"),
            Self::Old => ("像是旧表", "an old sheet?"),
            Self::Elsewhere => ("像是他校的", "another school's?"),
            Self::Same => ("重复", "the same again"),
            Self::Nothing => ("无可收", "nothing to take"),
            Self::Locked => ("有密码", "locked"),
            Self::Unreadable => ("读不了", "cannot be read"),
            Self::Writing => ("正在写入", "being written"),
            Self::Later => ("排队，还没读", "waits, not read yet"),
        };
        Word { zh, en }
    }
}

impl Term for Source {
    fn word(self) -> Word {
        let (zh, en) = match self {
            Self::Said => ("已指定", "said"),
            Self::Rows => ("表内各行", "the rows"),
            Self::Title => ("表头上方", "above the header"),
            Self::Sheet => ("工作表名", "the sheet's name"),
            Self::Name => ("文件名", "the file's name"),
            Self::Habit => ("按以往同名文件推测", "guessed: files of such a name"),
            Self::Collected => ("按当前收报推测", "guessed: what is collected now"),
        };
        Word { zh, en }
    }
}

crate::words! {
    /// The folder is not there.
    no_folder(path): "没有收件目录 {path}", "There is no inbox folder {path}";
    /// It is a file.
    not_a_folder(path): "{path} 不是目录", "{path} is not a folder";
    /// What to do about it.
    NO_FOLDER_HINT: "请在设置里改“收件目录”（inbox），或先建好这个目录", "Change the setting “Inbox”, or make that folder first";
    /// It cannot be read.
    folder_unreadable(path, why): "无法查看收件目录 {path}：{why}", "The inbox folder {path} cannot be read: {why}";
    /// About the setting.
    WATCHED: "值班台一直看着它：放进去的表列出来待收，收下、退回的移到其中的 done、returned", "it is watched: files put there are listed, and moved to done or returned in it once taken in or sent back";
    /// No folder is set.
    NOT_SET: "还没有设收件目录", "No inbox folder is set";
    /// What to do about it.
    NOT_SET_HINT: "请用 zhiban settings inbox 目录 设置；值班台会一直看着它", "Set it with zhiban settings inbox FOLDER; the desk then watches it";
    /// A file cannot be put away.
    not_moved(file, why): "「{file}」没能移走：{why}", "\"{file}\" could not be moved away: {why}";
    /// Another one lies there under its name.
    newer_file(file): "「{file}」看过以后又换了内容，新的这一份留在收件目录里，请重新看", "\"{file}\" was written anew after it was looked at; the new one stays in the inbox: look at it again";
    /// It is a database.
    is_database(file): "「{file}」是数据库，不是谁发来的表，不移动", "\"{file}\" is a database and nobody's sheet; it is not moved";
    /// The database's own folder cannot be watched.
    own_folder(path): "{path} 是数据库所在的目录，不能当收件目录", "{path} is where the database lies; it cannot be the inbox";
    /// What to do about it.
    OWN_FOLDER_HINT: "请另建一个只放各单位来件的目录，例如数据库旁的“收件”", "Make a folder for what units send and nothing else, such as “inbox” beside the database";
    /// Every name is taken.
    too_many_alike(file): "「{file}」同名的太多，没能移走", "Too many files are called \"{file}\"; it was not moved away";
    /// It is not there any longer.
    FILE_GONE: "这份文件已不在收件目录里", "That file is not in the inbox any longer";
    /// There is no such file.
    no_file(name): "收件目录里没有「{name}」", "There is no \"{name}\" in the inbox";
    /// What to do about it.
    NO_FILE_HINT: "zhiban inbox 列出各文件", "zhiban inbox lists the files";
    /// It is not in the log.
    not_taken(name): "「{name}」还没有收进来", "\"{name}\" has not been taken in";

    /// Nothing is in it.
    IS_EMPTY: "文件是空的，一分钟没有动静；请发送人重发", "The file is empty, and nothing came for a minute: have it sent again";
    /// Its name is that of a download.
    IS_DOWNLOAD: "文件名像还没下载完的，一分钟没有动静；请重新下载", "Its name is that of a download that goes on, and nothing came for a minute: fetch it again";
    /// A workbook without its end.
    HAS_NO_END: "工作簿不完整，缺末尾，一分钟没有动静；请发送人重发", "The workbook is cut off, and nothing came for a minute: have it sent again";
    /// It waits for its turn.
    IS_LATER: "前面的件多，处理掉一些后自动读取", "Many came before it; it is read once some of these are done with";
    /// It could not be read for the moment.
    tried_again(why): "{why}；稍后自动再读", "{why}; it is tried again by itself";
    /// It is otherwise than it was seen.
    CHANGED_SINCE: "看过以后变了，请重新看", "it changed since it was looked at: look at it again";
    /// It is in, and not put away.
    to_put_away(at, seq): "已在 {at} 收下（第 {seq} 号），还没有移走", "It was taken in at {at} (entry {seq}) and is still to be put away";
    /// It is not whole yet.
    IS_WRITTEN: "还没有收全；写完后自动读取", "Not all of it is there yet; it is read once it is";
    /// Its day in the name and in the title are two.
    days_differ(name, title): "文件名写的是 {name}，表内标题写的是 {title}：是哪一天的？", "Its name says {name}, its title {title}: of which day is it?";
    /// A file says another day than the one it is read for.
    says_other_day(place_zh, place_en, other, day): "{place_zh}写的是 {other}，这里按 {day} 导入：请核对是哪一天的", "{place_en} says {other}, and it is read for {day}: check of which day it is";
    /// Several days stand there.
    days_several(zh, en): "写了不止一天（{zh}）：是哪一天的？", "It names several days ({en}): of which is it?";
    /// The day has not come.
    day_to_come(day): "{day} 还没有到：是哪一天的？", "{day} has not come yet: of which day is it?";
    /// The day is long over.
    day_long_ago(day): "写的是 {day}，已过去一周以上：是这一天的吗？", "It says {day}, more than a week ago: is it of that day?";
    /// Whose rows are is not known.
    unit_unknown(rows; has = rows "row names" "rows name"): "有 {rows} 行没写单位，也看不出是哪个单位的：是谁的？", "{rows} {has} no unit, and nothing else says whose it is: whose?";
    /// It may be several units'.
    unit_several(zh, en): "可能是 {zh}：是哪个单位的？", "It may be of {en}: whose is it?";
    /// Name and rows say different things.
    units_differ(zh_said, zh_of, en_said, en_of): "文件名写的是{zh_said}，表内的人是{zh_of}的：是谁的？", "Its name says {en_said}, its people are of {en_of}: whose is it?";
    /// Hardly anybody in it is known.
    hardly_known(strange, rows): "{rows} 行里有 {strange} 行的人不在名册上，像是别的学校的，或名册还没导入", "{strange} of {rows} are of nobody on the roster: another school's, or the roster is not in yet";
    /// A template that came back empty.
    NOBODY_ANSWERED: "里面没有人填了内容", "Nobody in it gave an answer";
    /// Nothing in it is new.
    NOTHING_NEW: "与现有资料相比没有新内容", "It says nothing new";
    /// Every row is refused.
    ALL_REFUSED: "各行都有问题，一行也收不了", "Every row of it is refused";
    /// It changes people or units.
    changes_people(new, changed, units): "新增 {new} 人、改动 {changed} 处、新增单位 {units} 个，请先看过", "new people {new}, changes {changed}, new units {units}: look at it first";
    /// It corrects reports.
    would_correct(zh, en): "{zh} 已经报过，再收即为更正", "{en} has reported already: this would be a correction";
    /// A shorter sheet may be the whole report, or some rows of it.
    part_or_whole(count, zh, en; people = count "person" "people"): "原报中有 {count} 人不在这份表里（{zh}）：是整份重报，还是只改表上的人？", "{count} {people} in the report and not in this sheet ({en}): is it the whole report, or only the rows that change?";
    /// The same, about nobody: it goes back to the sender.
    leaves_out(count; people = count "person" "people"): "原报中有 {count} 人不在这份表里：请说明是整份重报，还是只改表上的人", "{count} {people} in the report and not in this sheet: say whether it is the whole report, or only the rows that change";
    /// It says otherwise than was answered, or than another unit: about nobody.
    SAYS_OTHERWISE: "有的值与电话里答复过的或别的单位同日报的不一样，请核对后重发", "Some values are otherwise than was answered by phone, or than another unit reported for the day: check them and send it again";
    /// Which of the two.
    PART: "更正时", "To correct";
    /// About it.
    PART_HINT: "只改表上的人时，不在表里的人保留原报", "with only its rows, whoever is not in the sheet stays as reported";
    /// Neither was said.
    NOT_SAID: "（没有说明）", "(not said)";
    /// The whole.
    WHOLE: "以这份表为整份", "it is the whole report";
    /// Some rows.
    ROWS_ALONE: "只改表上的人", "only its rows";
    /// The same file lies there twice.
    same_as(first): "与「{first}」是同一份", "It is the same as \"{first}\"";
    /// It was taken in before.
    taken_before(file, at, seq): "同一份文件已在 {at} 收过（「{file}」，第 {seq} 号）", "This very file was taken in at {at} (as \"{file}\", entry {seq})";
    /// Two files bring one report.
    same_report(unit, first): "{unit} 的这一份在「{first}」里也有，后收的算更正", "\"{first}\" brings the same report of {unit}: the later of the two corrects it";
    /// A reason is needed.
    reason_for(file): "「{file}」是更正，需写明原因", "\"{file}\" is a correction and needs a reason";
    /// How to give it.
    REASON_HINT: "请加 --reason 原因", "Give it with --reason TEXT";
    /// A file went back without a reason given.
    SENT_BACK: "未收，请核对后重发", "It was not taken in; check it and send it again";
    /// What the log says of rows that were mended.
    mended_rows(rows; are = rows "row" "rows"): "补收退回后改正的 {rows} 行", "{rows} {are} that had been sent back, mended";

    /// The header over the reasons in a sheet of refused rows; with it the sheet is known when it comes back.
    WHY_COLUMN: "退回原因", "Why it came back";
    /// Behind the name of the message's file.
    RECEIPT_FILE: "回执", "receipt";
    /// Behind the name of the sheet of refused rows.
    RETURNED_FILE: "退回", "returned";
    /// It could not be made.
    NO_SHEET: "退回的表没能做出来", "The sheet of refused rows could not be made";
    /// The message's first line.
    r_head(file): "【收件回执】{file}", "[Receipt] {file}";
    /// The same, of a day.
    r_head_of(file, day): "【收件回执】{file}（{day}）", "[Receipt] {file} ({day})";
    /// It goes back whole.
    r_returned(zh, en): "整份退回，没有收：{zh}", "It goes back whole; nothing was taken: {en}";
    /// A unit's rows.
    r_unit(unit, rows; are = rows "row" "rows"): "{unit} {rows} 行", "{unit} {rows} {are}";
    /// What was taken, by unit.
    r_taken_of(zh, en): "已收：{zh}。", "Taken: {en}.";
    /// What was taken.
    r_taken(rows; are = rows "row" "rows"): "已收 {rows} 行。", "Taken: {rows} {are}.";
    /// Nothing was taken yet.
    R_NOTHING: "还没有收。", "Not taken in yet.";
    /// What was left out.
    r_left(zh, en): "本次没有收：{zh}；请这些单位另发。", "Left out this time: {en}; these units please send theirs again.";
    /// What was refused.
    r_refused(rows; are = rows "row was" "rows were"): "{rows} 行未收：", "{rows} {are} not taken:";
    /// More of them.
    r_more(rows): "…另有 {rows} 行，见附表。", "… and {rows} more: see the sheet.";
    /// What to do.
    R_MEND: "请在附表里改好后直接发回（最右一列写着原因，可以留着）；已收的不必再发。", "Please mend these in the sheet that comes with this and send it back as it is (the last column says why, and may stay); what was taken need not come again.";
    /// By whom and when.
    r_signed(office, at, seq): "— {office}，{at}，第 {seq} 号", "— {office}, {at}, entry {seq}";
}

crate::words! {
    /// A column: of what kind.
    C_KIND: "表", "Sheet of";
    /// A column: of which day.
    C_DAY: "哪天", "Day of";
    /// A column: rows refused.
    C_REFUSED: "退行", "Refused";
    /// A column: what would change.
    C_CHANGED: "改动", "Changed";
    /// A column: why it stands so.
    C_NOTE: "缘由", "Why so";
    /// The page's title.
    title(files, ready): "收件 {files} · 可收 {ready}", "Inbox {files} · {ready} ready";
    /// The same where some are not read yet.
    title_later(files, ready, later): "收件 {files} · 可收 {ready} · 排队 {later}", "Inbox {files} · {ready} ready · {later} not read yet";
    /// Some are not read yet.
    later(n; files = n "file is" "files are"): "另有 {n} 份排队，还没读", "{n} {files} not read yet";
    /// A file was not sent back.
    not_sent_back(file, why): "「{file}」没有退回：{why}", "\"{file}\" was not sent back: {why}";
    /// The desk can only be read.
    NOTHING_MOVES: "这里只能看，不移动收件目录里的文件", "This desk can only be read: it moves nothing in the inbox";
    /// What went back is not in the log.
    not_noted(why): "已移走，但没能记入日志：{why}", "It was moved, and not noted in the log: {why}";
    /// The folder cannot be looked at.
    title_wrong(why): "收件 · {why}", "Inbox · {why}";
    /// Nothing lies there.
    EMPTY: "收件目录里没有待收的文件", "no files wait in the inbox";
    /// The header's counter.
    c_inbox(n): "收件 {n}", "Inbox {n}";
    /// Files came.
    came(n, zh, en, more; files = n "file" "files"): "收件目录新到 {n} 份：{zh}{more}（R 查看）", "{n} {files} came to the inbox: {en}{more} (R to look)";
    /// Nothing can be taken in.
    NONE_READY: "没有可以直接收的文件；Enter 看这一份", "No file is ready to take in; Enter looks at this one";
    /// What will be taken in.
    will_take(files, rows, refused; are = files "file is" "files are"): "可收 {files} 份，共 {rows} 行，退 {refused} 行", "{files} {are} ready; rows taken {rows}, sent back {refused}";
    /// Those that correct.
    correct(files, zh, en; are = files "corrects a report" "correct reports"): "更正 {files} 份：{zh}；写明原因才一并收", "{files} {are}: {en}; taken too once there is a reason";
    /// Those that stay.
    stay(files; are = files "file stays" "files stay"): "其余 {files} 份留着，逐份看", "{files} {are}, to be looked at one by one";
    /// About the reason.
    WHY_HINT: "空着则这几份更正先不收", "left empty, the corrections stay";
    /// The question.
    TAKE_SURE: "收下？", "Take them in?";
    /// The form's title.
    TAKE_TITLE: "收件", "Take in";
    /// Files are being taken in.
    TAKING: "正在收件", "Taking in";
    /// Files are being sent back.
    RETURNING: "正在退回", "Sending back";
    /// It is not whole yet.
    NOT_WHOLE: "文件还未写完", "The file is not whole yet";
    /// The form's title.
    return_title(first, n): "退回：{first}（{n} 份）", "Send back: {first} ({n})";
    /// Why it goes back.
    RETURN_WHY: "退回的原因", "Why";
    /// About it.
    RETURN_HINT: "空着则写上查出的问题", "left empty, what is wrong with it";
    /// There is no such unit.
    no_unit(unit): "没有单位“{unit}”；请写编号或全称", "No unit is called “{unit}”; its code or full name";
    /// It cannot be read at all.
    NOT_READ: "这份读不了，无从指定；可按 x 退回", "It cannot be read, whatever it is; x sends it back";
    /// About the unit.
    UNIT_HINT: "没写单位的行算谁的：编号或全称", "whose rows are that name none: code or full name";
    /// The form's title.
    say_title(file): "指定：{file}", "What it is: {file}";
    /// The message is on the clipboard.
    MESSAGE_COPIED: "回执已复制，可以贴到群里", "The message is copied: paste it into the chat";
    /// Files went back.
    sent_back(n; files = n "file" "files"): "已退回 {n} 份，说明在 returned 目录", "{n} {files} sent back; the messages are in the folder returned";
    /// Files were taken in.
    taken_in(n, rows, refused; files = n "file" "files"): "已收 {n} 份、{rows} 行，退 {refused} 行", "{n} {files} in; rows taken {rows}, sent back {refused}";
    /// What they brought to act on.
    and_findings(n, zh, en; people = n "person" "people"): "待处置 {n} 人：{zh}", "{n} {people} to act on: {en}";
    /// Some were not.
    but_failed(n, file, why; are = n "is not" "are not"): "{n} 份没有收成：{file}：{why}", "{n} {are}: {file}: {why}";
    /// Some did not go back.
    but_stayed(n, file, why; are = n "was not sent back" "were not sent back"): "{n} 份没有退成：{file}：{why}", "{n} {are}: {file}: {why}";
    /// No unit would be taken.
    NO_UNIT_LEFT: "各单位都不收；要整份不收请按 n", "Every unit is left out; n takes nothing of it";
    /// A unit in the preview.
    unit_of_plan(unit, rows; are = rows "row" "rows"): "{unit} {rows} 行", "{unit}: {rows} {are}";
    /// The units in the preview.
    PLAN_UNITS: "单位（←→ 选，空格 不收/收）", "Units (←→ choose, Space leaves out)";
    /// A file went back: for the log.
    note_returned(file, why): "退回收件「{file}」：{why}", "Sent back \"{file}\" from the inbox: {why}";
    /// Only reports have units to choose from.
    ONLY_REPORTS: "--only、--except 和 --part 只用于日报", "--only, --except and --part are for reports";
    /// The unit is not in the file.
    unit_not_in_file(unit, zh, en): "文件里没有“{unit}”，只有：{zh}", "“{unit}” is not in the file; it has: {en}";
    /// What was left out.
    units_left_out(zh, en): "按要求未收：{zh}", "Left out as asked: {en}";
    /// A file was put away.
    put_in(path): "已移到 {path}", "moved to {path}";
    /// Files that were taken in before, and put away only now.
    put_away_late(n; files = n "file" "files"): "有 {n} 份收下后还没移走的，现已移走", "{n} {files} taken in before, moved away now";
}

/// Why a file cannot be taken in.
pub fn cannot_be_taken(file: &str, why: &Say) -> Say {
    let with = |said: &str, sign: &str| if said.is_empty() { String::new() } else { format!("{sign}{said}") };
    Say {
        zh: format!("「{file}」现在不能收{}", with(&why.zh, "：")),
        en: format!("\"{file}\" cannot be taken in now{}", with(&why.en, ": ")),
    }
}
