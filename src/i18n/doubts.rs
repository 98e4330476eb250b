//! Words about contradictions in what was reported (存疑), each on one line.

pub use super::common::ZERO_REPORT as ZERO;
pub use super::common::{ASK, DOUBT as CHECK, DOUBTS, LIAISON_HEAD as LIAISON, PHONE};

use super::ask::{PLACE, clip, day_of, lines, short_day};
use super::fields::{label, value as said_value};
use super::findings::of_day;
use super::terms::{Term, word};
use crate::domain::case::Measure;
use crate::domain::doubt::{Accuracy, Answer, Check, Doubt, Urgency, Value};
use crate::domain::mask::masked_words;
use crate::domain::place::apart;
use crate::domain::rules::Rules;
use crate::domain::time::brief_day;
use crate::say::{Say, Word};
use chrono::NaiveDate;

crate::words! {
    /// How a doubt stands.
    OPEN: "待核实", "open";
    /// It was asked, and the answer is promised.
    until(at): "待复 {at}", "promised {at}";
    /// Counter in the header.
    count(n): "存疑 {n}", "doubts {n}";
    /// Nothing is doubted.
    NOTHING: "没有待核实的存疑", "Nothing is doubted";
    /// A table's head.
    URGENCY: "缓急", "Urgency";
    /// A table's head: what was sent, held against what.
    VALUES: "两处所填", "Both values";
    /// A table's head.
    STATE: "核实", "State";
    /// A table's head: since when.
    CAME: "提出", "Since";
    /// No record of it here.
    NOT_KNOWN: "本处无记录", "nothing known here";
    /// A case here.
    case_here(zh, en, day): "本处 {day} 起{zh}", "here: {en} since {day}";
    /// The sheet has them.
    IN_SHEET: "在表中", "in the sheet";
    /// It has them not.
    NOT_IN_SHEET: "不在表中", "not in the sheet";
    /// It has them twice.
    TWICE: "两行", "two rows";
    /// Where a telephone is.
    area(code): "电话区号 {code}", "area code {code}";
    /// So many rows.
    rows(n; people = n "person" "people"): "{n} 人", "{n} {people}";
    /// The row of that day.
    ROW: "整行", "the whole row";
    /// People under a measure.
    cases_here(n): "本处关注 {n} 人", "cases here: {n}";
    /// Calls that told of somebody unwell.
    calls_here(n): "当日来电异常 {n} 次", "calls of the day, not well: {n}";
    /// People about whom something is to be acted on.
    findings_here(n): "待处置 {n} 人", "to act on: {n}";
    /// Both values.
    against(one_zh, one_en, other_zh, other_en): "{one_zh}；{other_zh}", "{one_en}; {other_en}";
    /// A case of which the sheet says nothing.
    case_unsaid(zh, en): "本处{zh}，表上填“正常”", "{en} here, yet the sheet says well";
    /// The same, asked.
    ask_case_unsaid(zh, en): "本处登记{zh}，表上未填：现在住哪里？观察到哪天？", "{en} here, not in the sheet: where are you now, until when?";
    /// Zero, and something known here.
    zero(zh, en): "报零报告，{zh}", "zero report; {en}";
    /// The same, asked of the liaison.
    ask_zero(zh, en): "报了“零报告”，{zh}：请逐人核对后再报一次？", "Zero reported, {en}: look again, one by one?";
    /// The same row.
    unchanged(day): "{day} 起每天所填完全相同", "the same row every day since {day}";
    /// The same, asked.
    ask_unchanged(day): "{day} 起每天填的一样：今天实测体温多少？谁代填的？", "The same since {day}: measured today? How much? Who fills it in?";
    /// Of most people of a unit.
    unchanged_unit(n, all, day): "{all} 人中 {n} 人自 {day} 起每天所填相同", "the same rows since {day}: {n} of {all}";
    /// The same, asked of the liaison.
    ask_unchanged_unit(n, day): "有 {n} 人 {day} 起每天填的一样：今天逐人问过、量过吗？", "The same since {day}, {n} of them: was each asked and measured?";
    /// So many of so many.
    some_of(n, all): "{all} 个中 {n} 个", "{n} of {all}";
    /// Temperatures without spread.
    flat(day, t, n, all): "{day} 起体温几乎全是 {t}℃（{n}/{all}）", "hardly any spread since {day}: {n} of {all} at {t} °C";
    /// The same, asked of the liaison.
    ask_flat(day, t, n, all): "{day} 起 {all} 个体温中 {n} 个 {t}℃：逐人量了吗？用什么量的？", "Since {day} {n} of {all} at {t} °C: each one measured? With what?";
    /// A minute of the day.
    minute(t): "{t} 报来", "sent at {t}";
    /// So many reports.
    reports(n; reports = n "report" "reports"): "共 {n} 份", "{n} {reports}";
    /// Sent at the same minute.
    same_minute(day, n, t; times = n "time" "times"): "{day} 起知道时间的 {n} 份都在 {t} 报来", "sent at {t} {n} {times} since {day}";
    /// The same, asked of the liaison.
    ask_same_minute(day, t): "{day} 起每份都在 {t} 报来：定时发送的吗？今天的是谁、几点问到的？", "At {t} each day since {day}: by a timer? Who asked today, and when?";
    /// Where people stand in a sheet.
    places(from, to): "第 {from} 至 {to} 人", "people {from} to {to}";
    /// Temperatures that several have.
    temps(t): "体温 {t}℃", "{t} °C";
    /// People one after the other with the same answers.
    same_rows(from, to, n, t): "第 {from} 至 {to} 人连续 {n} 人所填相同，体温都是 {t}℃", "{n} in a row alike, people {from} to {to}, all {t} °C";
    /// The same, asked of the liaison.
    ask_same_rows(from, to, t): "第 {from} 至 {to} 人填得一样，都是 {t}℃：逐人问过、量过吗？", "People {from} to {to} alike, all {t} °C: was each asked and measured?";
    /// A fact of a unit's page: what is asked on the telephone, and never in writing.
    BY_PHONE: "电话问", "Ask by phone";
    /// In what others read, instead of a question that is only spoken.
    TO_CHECK: "核对所报内容", "what was reported";
    /// Twice in a sheet.
    LISTED_TWICE: "同一份表中有两行", "two rows in one sheet";
    /// The same, asked of the liaison.
    ASK_TWICE: "表里有两行：哪一行是对的？", "Two rows in the sheet: which one is right?";
    /// Not in the sheet.
    missing(day): "{day} 的表中有，这份表中没有", "in the sheet of {day}, not in this one";
    /// The same, asked of the liaison.
    ask_missing(day): "{day} 表里有、这份没有：漏报了，还是调走、离校了？", "In the sheet of {day}, not in this one: left out, or moved away?";
    /// Something about those living together.
    household(words): "同住人：{words}", "household: {words}";
    /// A form's title.
    CONFIRM: "按原报", "As sent";
    /// A form's title.
    CORRECT: "更正", "Correct";
    /// A form's title.
    DEFER: "待复", "Promised";
    /// A field of the forms.
    TOLD_BY: "谁答复的", "Told by";
    /// A field of the forms.
    WORDS: "答复内容", "What was said";
    /// A choice: as it was sent.
    UNCHANGED: "不改", "as sent";
    /// Nothing is otherwise.
    NOTHING_CHANGED: "请填写要更正的一项", "Fill in what is to be corrected";
    /// Two are.
    ONE_FIELD: "一次更正一项", "One field at a time";
    /// A table's head.
    ID: "编号", "ID";
    /// A field of the forms.
    DUE: "几点答复", "Promised for";
    /// Nothing is doubted of that name.
    NO_DOUBT: "没有这一条存疑，或已核实", "No such doubt is open";
    /// What to do about that.
    NO_DOUBT_HINT: "用 zhiban list doubts 查看存疑", "See zhiban list doubts";
    /// An id that fits several.
    several(n): "编号开头相同的存疑有 {n} 条，请多写几位", "{n} doubts begin so; give more of the id";
    /// Who said so is to be written down.
    TOLD_BY_NEEDED: "请写明谁答复的", "Say who told it";
    /// The field has nothing to do with it.
    not_a_field(field, zh, en): "这条存疑不能更正 {field}；可更正：{zh}", "{field} is not what is doubted; may be corrected: {en}";
    /// Nothing of it can be corrected.
    NOTHING_TO_CORRECT: "这条存疑没有可更正的项；请单位重报，或按原报核实", "Nothing in it can be corrected; let the unit send again, or confirm it as sent";
    /// The sheet's form does not ask for it.
    not_on_form(zh, en, form, version): "采集表 {form} 第 {version} 版没有“{zh}”这一项", "form {form}, version {version}, has no field {en}";
    /// The value is what it was.
    SAME_VALUE: "与原报相同，没有更正", "This is what was sent; nothing is corrected";
    /// One that was corrected in the meantime.
    NOT_IN_FORCE: "这份表已被更正的表替换，请重新查看", "That sheet was replaced; look again";
    /// What a sheet did.
    brought(raised, closed): "存疑：新增 {raised} 条，由这份表消除 {closed} 条", "Doubts: {raised} new, {closed} ended by this sheet";
    /// `doubt.confirmed`
    CONFIRMED: "存疑核实，按原报", "doubt answered, as sent";
    /// `doubt.corrected`
    CORRECTED: "存疑核实，更正", "doubt answered, corrected";
    /// `doubt.deferred`
    DEFERRED: "存疑待复", "doubt asked, answer promised";
    /// A field that was corrected.
    changed(label_zh, label_en, old_zh, old_en, new_zh, new_en): "{label_zh} {old_zh} → {new_zh}", "{label_en} {old_en} → {new_en}";
    /// Nothing was filled in.
    BLANK: "（未填）", "(blank)";
    /// Ended by a later sheet.
    closed_by(day): "{day} 的日报已消除", "ended by the sheet of {day}";
    /// More than are named.
    and_more(zh, en, n): "{zh}，另有 {n} 条", "{en} and {n} more";
    /// What became of one.
    ended_as(how_zh, how_en, what_zh, what_en, said): "存疑 {how_zh}：{what_zh} {said}", "doubt {how_en}: {what_en} {said}";
    /// How accurate what was received is.
    accuracy(p, sound, all): "准确率 {p}%＝{sound} 无存疑 ÷ {all} 采集值", "accuracy {p}% = {sound} undoubted / {all} readings";
    /// Nothing was received.
    NO_READINGS: "准确率 -（今日尚无采集值）", "accuracy - (no readings today)";
    /// How long a doubt takes.
    median(zh, en): "核实中位 {zh}", "median {en}";
    /// Whole minutes.
    minutes(n): "{n} 分钟", "{n} min";
    /// Hours and minutes.
    hours(h, m): "{h} 小时 {m} 分", "{h} h {m} min";
    /// None was answered.
    NONE_ANSWERED: "尚无核实", "none answered yet";
    /// What is done, on the command line.
    done(zh, en, seq): "{zh}，第 {seq} 号", "{en}, entry {seq}";
    /// One of several cannot be corrected.
    ONE_BY_ONE: "更正须逐条进行，请取消标记", "Correct one at a time; take the marks away";
}

impl Term for Check {
    fn word(self) -> Word {
        let w = |zh, en| Word { zh, en };
        match self {
            Self::FeverSaidWell => w("发热填正常", "fever, said well"),
            Self::HubeiDenied => w("是否在鄂不符", "Hubei denied"),
            Self::CaseUnsaid => w("有关注未填", "case not in sheet"),
            Self::ZeroContradicted => w("零报告不符", "zero contradicted"),
            Self::Moved => w("换地无行程", "moved, no journey"),
            Self::Household => w("同住人情况", "household"),
            Self::ReturnBeforeLeaving => w("返回早于离开", "back before leaving"),
            Self::Unchanged => w("多日未变", "unchanged"),
            Self::ListedTwice => w("一人两行", "listed twice"),
            Self::MissingFromSheet => w("表中缺人", "missing from sheet"),
            Self::FlatTemperatures => w("体温无起伏", "flat temperatures"),
            Self::SameMinute => w("每天同一分钟", "same minute"),
            Self::SameRows => w("连片相同", "rows alike"),
        }
    }
}

impl Term for Urgency {
    fn word(self) -> Word {
        let w = |zh, en| Word { zh, en };
        match self {
            Self::Now => w("急", "now"),
            Self::Today => w("今日", "today"),
            Self::Routine => w("一般", "routine"),
        }
    }
}

impl Term for Answer {
    fn word(self) -> Word {
        match self {
            Self::Confirmed => CONFIRM,
            Self::Corrected => CORRECT,
            Self::Deferred => DEFER,
        }
    }
}

/// One value, with the day it is of and the field it stands in.
pub fn value(value: &Value) -> Say {
    let say = match (value.field.as_str(), value.said.as_str()) {
        ("known", _) => return NOT_KNOWN.into(),
        ("case", code) => {
            let measure = Measure::from_code(code).map_or(Word { zh: "", en: "" }, word);
            return case_here(measure.zh, measure.en, value.day.format("%m-%d"));
        }
        ("cases", n) => return cases_here(n),
        ("calls", n) => return calls_here(n),
        ("findings", n) => return findings_here(n),
        ("rows", n) => rows(n),
        ("row", _) => ROW.into(),
        ("zero", _) => ZERO.into(),
        ("sheet", "0") => NOT_IN_SHEET.into(),
        ("sheet", "2") => TWICE.into(),
        ("sheet", _) => IN_SHEET.into(),
        ("phone", said) => plain("phone", said),
        ("flat" | "temps", said) => temps(spaced(said)),
        ("readings", said) => of_all(said),
        ("minute", said) => minute(said),
        ("reports", n) => reports(n),
        ("places", said) => {
            let (from, to, _) = places_in(said);
            places(from, to)
        }
        (field, said) => field_value(field, said),
    };
    of_day(value.day.format("%m-%d"), say.zh, say.en)
}

/// Temperatures, as they are read: a range, or one beside the other.
fn spaced(said: &str) -> String {
    said.replace('-', "–").replace(' ', "/")
}

/// The first and the last of people in a sheet, and how many they are.
fn places_in(said: &str) -> (u32, u32, u32) {
    let place = |text: &str| text.parse().unwrap_or_default();
    let (from, to) = said.split_once('-').map_or((0, 0), |(from, to)| (place(from), place(to)));
    (from, to, (to + 1).saturating_sub(from))
}

/// So many of so many.
fn of_all(said: &str) -> Say {
    let (n, all) = said.split_once('/').unwrap_or((said, said));
    some_of(n, all)
}

/// A field with what stands in it, numbers hidden.
fn field_value(field: &str, said: &str) -> Say {
    let (label, value) = (label(&[], field), plain(field, said));
    Say { zh: format!("{} {}", label.zh, value.zh), en: format!("{} {}", running(&label.en), value.en) }
}

/// A label within a sentence: names of places keep their capitals.
fn running(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What stands in a field, numbers hidden.
fn plain(field: &str, said: &str) -> Say {
    match field {
        _ if said.is_empty() => BLANK.into(),
        // Where the number is from, not the number.
        "phone" if said.len() <= 4 => area(said),
        "temp_am" | "temp_pm" => Say { zh: format!("{said}℃"), en: format!("{said} °C") },
        _ => {
            let say = said_value(&[], field, said);
            Say { zh: masked_words(&say.zh).into_owned(), en: masked_words(&say.en).into_owned() }
        }
    }
}

/// Both values.
pub fn values(doubt: &Doubt) -> Say {
    let (one, other) = (value(&doubt.one), value(&doubt.other));
    against(one.zh, one.en, other.zh, other.en)
}

/// A contradiction, as what is to be cleared up.
pub fn line(doubt: &Doubt) -> Say {
    let (one, other) = (&doubt.one, &doubt.other);
    match doubt.check {
        Check::FeverSaidWell => lines::fever_said_well(doubt.day.format("%m-%d"), &one.said),
        Check::HubeiDenied if other.field == "via_hubei" => lines::VIA_HUBEI.into(),
        // Hidden before it is cut: of half a number nobody would know that it is one.
        Check::HubeiDenied => {
            let by = plain(&one.field, &one.said);
            let (zh, en) = (clip(&by.zh, 2 * PLACE), clip(&by.en, 2 * PLACE));
            Say { zh: lines::hubei(zh).zh, en: lines::hubei(en).en }
        }
        Check::CaseUnsaid => {
            let measure = Measure::from_code(&one.said).map_or(Word { zh: "", en: "" }, word);
            case_unsaid(measure.zh, measure.en)
        }
        Check::ZeroContradicted => {
            let known = value(one);
            zero(known.zh, known.en)
        }
        Check::Moved => {
            let (from, to) = (masked_words(&one.said), masked_words(&other.said));
            let (from, to) = apart(&from, &to);
            lines::moved(clip(from, PLACE), clip(to, PLACE))
        }
        Check::Household => household(clip(&masked_words(&other.said), 60)),
        Check::ReturnBeforeLeaving => {
            lines::return_before_leaving(short_day(&one.said), short_day(&other.said))
        }
        Check::Unchanged if doubt.person().is_none() => {
            unchanged_unit(&one.said, &other.said, one.day.format("%m-%d"))
        }
        Check::Unchanged => unchanged(one.day.format("%m-%d")),
        Check::ListedTwice => LISTED_TWICE.into(),
        Check::MissingFromSheet => missing(one.day.format("%m-%d")),
        Check::FlatTemperatures => {
            let (n, all) = other.said.split_once('/').unwrap_or_default();
            flat(one.day.format("%m-%d"), spaced(&one.said), n, all)
        }
        Check::SameMinute => same_minute(one.day.format("%m-%d"), &other.said, &one.said),
        Check::SameRows => {
            let (from, to, n) = places_in(&one.said);
            same_rows(from, to, n, spaced(&other.said))
        }
    }
}

/// How it is asked about, as it is said on the telephone.
pub fn question(doubt: &Doubt, today: NaiveDate) -> Say {
    let (one, other) = (&doubt.one, &doubt.other);
    let since = brief_day(one.day, today);
    match doubt.check {
        Check::FeverSaidWell => lines::ask_well(brief_day(doubt.day, today), &one.said),
        Check::HubeiDenied if other.field == "via_hubei" => lines::ASK_VIA_HUBEI.into(),
        Check::HubeiDenied => {
            let by = plain(&one.field, &one.said);
            let (zh, en) = (clip(&by.zh, 20), clip(&by.en, 20));
            Say { zh: lines::ask_hubei(zh).zh, en: lines::ask_hubei(en).en }
        }
        Check::CaseUnsaid => {
            let measure = Measure::from_code(&one.said).map_or(Word { zh: "", en: "" }, word);
            ask_case_unsaid(measure.zh, measure.en)
        }
        Check::ZeroContradicted => {
            let known = value(one);
            ask_zero(known.zh, known.en)
        }
        // Hidden before it is cut, as in the line.
        Check::Moved => {
            let (from, to) = (masked_words(&one.said), masked_words(&other.said));
            let (from, to) = apart(&from, &to);
            lines::ask_moved(clip(from, PLACE), clip(to, PLACE))
        }
        Check::Household => lines::ask_household(clip(&masked_words(&other.said), 30)),
        Check::ReturnBeforeLeaving => lines::ask_return(day_of(&one.said, today), day_of(&other.said, today)),
        Check::Unchanged if doubt.person().is_none() => ask_unchanged_unit(&one.said, since),
        Check::Unchanged => ask_unchanged(since),
        Check::ListedTwice => ASK_TWICE.into(),
        Check::MissingFromSheet => ask_missing(since),
        Check::FlatTemperatures => {
            let (n, all) = other.said.split_once('/').unwrap_or_default();
            ask_flat(since, spaced(&one.said), n, all)
        }
        Check::SameMinute => ask_same_minute(since, &one.said),
        Check::SameRows => {
            let (from, to, _) = places_in(&one.said);
            ask_same_rows(from, to, spaced(&other.said))
        }
    }
}

/// A doubt with its kind: what the log says of one.
pub fn named(doubt: &Doubt) -> Say {
    let (kind, both) = (word(doubt.check), values(doubt));
    Say { zh: format!("{}（{}）", kind.zh, both.zh), en: format!("{} ({})", kind.en, both.en) }
}

/// A field that was corrected.
pub fn correction(field: &str, old: &str, new: &str) -> Say {
    let (label, old, new) = (label(&[], field), plain(field, old), plain(field, new));
    changed(label.zh, label.en, old.zh, old.en, new.zh, new.en)
}

/// How accurate what was received is, with its formula.
pub fn share(accuracy: &Accuracy) -> Say {
    let said = match accuracy.permille() {
        Some(permille) => self::accuracy(
            format!("{}.{}", permille / 10, permille % 10),
            accuracy.readings.saturating_sub(accuracy.doubted),
            accuracy.readings,
        ),
        None => NO_READINGS.into(),
    };
    match accuracy.earlier {
        Some(day) => of_day(day.format("%m-%d"), said.zh, said.en),
        None => said,
    }
}

/// How long it takes from a doubt to its answer.
pub fn took(accuracy: &Accuracy) -> Say {
    let took = match accuracy.median {
        None => NONE_ANSWERED.into(),
        Some(n) if n < 60 => minutes(n),
        Some(n) => hours(n / 60, n % 60),
    };
    median(took.zh, took.en)
}

/// Both.
pub fn figures(accuracy: &Accuracy) -> Say {
    let (share, took) = (share(accuracy), took(accuracy));
    Say { zh: format!("{}  {}", share.zh, took.zh), en: format!("{}  {}", share.en, took.en) }
}

/// What became of a doubt: when it was asked, how it was answered, or by which sheet it ended.
pub fn end(ended: &DoubtEnded<'_>) -> Say {
    let what = named(ended.doubt);
    let how: Say = match (ended.how, ended.by) {
        (Some(how), _) => word(how).into(),
        (None, Some(day)) => closed_by(day.format("%m-%d")),
        (None, None) => Say::default(),
    };
    let said = [ended.told_by, ended.words].map(|text| masked_words(text).into_owned());
    let said = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let said = ended_as(how.zh, how.en, what.zh, what.en, said);
    Say { zh: said.zh.trim_end().to_owned(), en: said.en.trim_end().to_owned() }
}

/// What [`end`] tells of.
#[derive(Debug, Clone, Copy)]
pub struct DoubtEnded<'a> {
    /// What was doubted.
    pub doubt: &'a Doubt,
    /// How it was answered.
    pub how: Option<Answer>,
    /// The day of the sheet that ended it.
    pub by: Option<NaiveDate>,
    /// Who said so.
    pub told_by: &'a str,
    /// What was said.
    pub words: &'a str,
}

/// How soon it must be asked, by the rules as shipped.
pub fn urgency(doubt: &Doubt) -> Word {
    word(doubt.urgency(Rules::builtin()))
}
