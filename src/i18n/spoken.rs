//! Numbers, dates and hours as they are said aloud, and the sentences of the spoken report. No word that only the
//! office knows.

use crate::say::{Lang, Say};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

pub use super::common::TODAY;

crate::words! {
    /// A time of day with its part of the day.
    zh_time(part, hour, minute): "{part}{hour}点{minute}", "{part}{hour}{minute}";
    /// Nothing is unresolved.
    calm(time): "现在是{time}，情况平稳，没有新的异常。", "It is {time}, and all is quiet: nothing is wrong.";
    /// Nothing is wrong, but not all is done.
    busy(time): "现在是{time}，没有紧急情况，还有事项未办完。", "It is {time}; nothing is urgent, but not everything is done.";
    /// Something is wrong.
    wrong(time, what): "现在是{time}，有情况要报告：{what}。", "It is {time}, and there is something to report: {what}.";
    /// Confirmed cases in hand.
    confirmed(n, cases): "确诊{n}人", "{n} confirmed {cases}";
    /// Suspected cases in hand.
    suspected(n, cases): "疑似{n}人", "{n} suspected {cases}";
    /// A fever by the sheet of somebody nobody watches.
    feverish(n): "日报里有{n}人发热，还没列入关注", "{n} with a fever in the reports whom nobody follows yet";
    /// Something else by the sheet that somebody must act on.
    found(n): "日报里有{n}人的情况待处置", "{n} to act on by the reports";
    /// Under observation and not well.
    unwell(n): "观察中的人有{n}人身体不适", "{n} of those under observation not well";
    /// New fevers.
    fever_new(n): "新增发热{n}人", "{n} new with a fever";
    /// Reports that are late.
    overdue(n, units): "{n}个单位超过时限未报", "{n} {units}";
    /// People whom nobody reached when their temperature was due.
    missed(n, people): "{n}人漏访，还没联系上", "{n} {people} not heard from since a missed check";
    /// Cases, unchanged.
    same(now, people, since): "目前重点关注{now}人，{since}没有变化。", "We are following {now} {people}, no change {since}.";
    /// Nobody is followed, as before.
    same_nobody(since): "目前没有重点关注人员，{since}没有变化。", "We are following nobody, no change {since}.";
    /// Cases, as many but others.
    exchanged(now, people, since, moved): "目前重点关注{now}人，{since}总数没变{moved}。", "We are following {now} {people}, still the same number {since}{moved}.";
    /// Nobody is followed, and yet there was somebody in between.
    exchanged_nobody(since, moved): "目前没有重点关注人员，{since}总数没变{moved}。", "We are following nobody, still the same {since}{moved}.";
    /// Cases, more.
    more(now, people, since, by, moved): "目前重点关注{now}人，{since}多了{by}人{moved}。", "We are following {now} {people}, {by} more than {since}{moved}.";
    /// Cases, fewer.
    fewer(now, people, since, by, moved): "目前重点关注{now}人，{since}少了{by}人{moved}。", "We are following {now} {people}, {by} fewer than {since}{moved}.";
    /// Nobody is left to follow.
    fewer_nobody(since, by, moved): "目前没有重点关注人员，{since}少了{by}人{moved}。", "We are following nobody any more, {by} fewer than {since}{moved}.";
    /// Who came and who left.
    moved_both(new, released): "，新增{new}人、解除{released}人", ": {new} new and {released} released";
    /// Who came.
    moved_in(new): "，新增{new}人", ": {new} new";
    /// Who left.
    moved_out(released): "，解除{released}人", ": {released} released";
    /// Since they were told.
    since_told(when): "比{when}汇报时", "when I reported {when}";
    /// Since the shift began.
    since_shift(when): "比{when}接班时", "when the shift began {when}";
    /// Since yesterday.
    SINCE_DAY: "比昨天这时候", "this time yesterday";
    /// Since they were told, no change.
    still_told(when): "从{when}汇报到现在", "since I reported {when}";
    /// Since the shift began, no change.
    still_shift(when): "从{when}接班到现在", "since the shift began {when}";
    /// Since yesterday, no change.
    STILL_DAY: "从昨天这时候到现在", "since this time yesterday";
    /// A time of today.
    today_at(time): "{time}", "at {time}";
    /// A time of another day.
    day_at(day, time): "{day}{time}", "{day} at {time}";
    /// The day before.
    YESTERDAY: "昨天", "yesterday";
    /// The day before that.
    DAY_BEFORE: "前天", "the day before yesterday";
    /// Another day.
    on_day(day): "{day}", "on {day}";
    /// All reports are in.
    all_in(day, n): "{day}{n}个单位全都报了。", "All {n} units sent their report {day}.";
    /// The only report is in.
    one_in(day): "{day}该报的一个单位报了。", "The one unit that has to report sent its report {day}.";
    /// Some are missing.
    some_in(day, received, expected, missing, are, names, calls): "{day}该报的{expected}个单位报了{received}个，还差{missing}个{names}，{calls}。", "{received} of {expected} units sent a report {day}; {missing} {are} still missing{names}, {calls}.";
    /// None has come.
    none_in(day, expected, names, calls): "{day}该报的{expected}个单位均未报送{names}，{calls}。", "None of the {expected} units sent a report {day}{names}, {calls}.";
    /// The only one has not come.
    one_missing(day, names, calls): "{day}该报的一个单位尚未报送{names}，{calls}。", "The one unit that has to report sent none {day}{names}, {calls}.";
    /// Some came, and the others have still time.
    some_so_far(day, received, expected): "{day}该报的{expected}个单位已经报了{received}个，其他的还没到时限。", "{received} of {expected} units sent a report {day}; the others still have time.";
    /// What did not come is asked for no more.
    written_off(day, received, expected, left, others): "{day}该报的{expected}个单位报了{received}个，其余{left}个已核销。", "{received} of {expected} units sent a report {day}; the {left} {others} written off.";
    /// Nothing came, and is asked for no more.
    none_and_written_off(day, expected, units): "{day}该报的{expected}个单位都没有报，均已核销。", "None of the {expected} {units} sent a report {day}; all were written off.";
    /// Besides those that are late.
    also_written_off(n, units): "另有{n}个单位已核销，不再催。", "Another {n} {units} written off and asked no more.";
    /// All that are late were called.
    CALLING: "正在催", "and we are calling";
    /// The one that is late was not called.
    NOT_CALLED_ONE: "还没催", "and it has not been called yet";
    /// None of those that are late was called.
    NOT_CALLED: "还没催", "and none of them has been called yet";
    /// Some of those that are late were called.
    some_called(called, have, left, others): "其中{called}个正在催，{left}个还没催", "of which {called} {have} been called and {left} {others} not";
    /// Units that owe reports of earlier days.
    earlier(n, units, names, day): "此外，有{n}个单位还欠着以前的日报{names}，最早是{day}的。", "Besides, {n} {units} earlier reports{names}, the oldest of {day}.";
    /// Units whose own hour has passed before the hour of the others.
    own_hour(n, units, names): "此外，有{n}个单位自己的时限已过，今天的日报还没报{names}。", "Besides, {n} {units} past the unit's own deadline today{names}.";
    /// The day that runs has time left.
    running(time, so_far): "今天的日报还没到时限（{time}）{so_far}。", "Today's reports are not due before {time}{so_far}.";
    /// How many came before their time.
    so_far(n, have): "，已经报了{n}个", "; {n} {have} come already";
    /// All came before their time.
    SO_FAR_ALL: "，已经全报了", "; all have come already";
    /// None is expected.
    NONE_DUE: "今天没有要报的单位。", "No unit has to report today.";
    /// Names of those missing.
    names(list): "（{list}）", " ({list})";
    /// Names of some of those missing.
    names_more(list): "（{list}等）", " ({list} and others)";
    /// Nothing left.
    NO_NEXT: "目前没有其他待办事项，有变化马上报告。", "Nothing else is waiting; I will report any change at once.";
    /// What is left.
    next(what): "接下来{what}，有变化马上报告。", "Next, {what}; I will report any change at once.";
    /// Cases due for release.
    due_release(n, have): "有{n}人观察期满，等待办理解除", "{n} {have} to be released";
    /// Promises past their time.
    promises(n, answers): "有{n}件逾期的承诺要追问", "{n} {answers} overdue and will be asked for";
    /// Calls that were to be made by now.
    calls(n, calls): "有{n}个约好再打的电话要打", "{n} {calls} to be made again";
    /// Questions left at handovers.
    questions(n, questions): "有{n}个接班时的提问要答复", "{n} {questions} waiting for an answer";
    /// Callers whom nobody knows.
    unknown(n, callers): "有{n}个来电要核实是谁", "{n} {callers} to be identified";
}

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number as it is said in Chinese: 十五, 一百零六, 四千零二十八. Standing alone, two is 二.
fn chinese(n: u64) -> String {
    if n < 10 {
        return DIGITS[n as usize].to_owned();
    }
    if n >= 100_000_000 {
        return n.to_string();
    }
    if n >= 10_000 {
        let (high, low) = (n / 10_000, n % 10_000);
        let high = if high == 2 { "两".to_owned() } else { chinese(high) };
        let gap = if low > 0 && low < 1000 { "零" } else { "" };
        let low = if low == 0 { String::new() } else { below_myriad(low) };
        return format!("{high}万{gap}{low}");
    }
    let said = below_myriad(n);
    // Ten to nineteen drop their one when they stand first.
    said.strip_prefix("一十").map_or(said.clone(), |rest| format!("十{rest}"))
}

fn below_myriad(n: u64) -> String {
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            gap = gap || !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('零');
        }
        // Two thousand is 两千; two hundred is said either way.
        let digit = if digit == 2 && unit == 1000 { "两" } else { DIGITS[digit as usize] };
        out.push_str(digit);
        out.push_str(name);
    }
    out
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number as it is said in English: forty-seven, one hundred and six.
fn english(n: u64) -> String {
    match n {
        0..20 => ONES[n as usize].to_owned(),
        20..100 => {
            let ten = TENS[(n / 10) as usize];
            if n.is_multiple_of(10) { ten.to_owned() } else { format!("{ten}-{}", ONES[(n % 10) as usize]) }
        }
        100..1000 => {
            let rest =
                if n.is_multiple_of(100) { String::new() } else { format!(" and {}", english(n % 100)) };
            format!("{} hundred{rest}", english(n / 100))
        }
        1000..1_000_000 => {
            let low = n % 1000;
            let and = if low < 100 { " and" } else { "" };
            let rest = if low == 0 { String::new() } else { format!("{and} {}", english(low)) };
            format!("{} thousand{rest}", english(n / 1000))
        }
        _ => n.to_string(),
    }
}

/// A count of people or units as it is said: two is 两 before its counting word.
pub fn count(n: i64) -> Say {
    let n = n.unsigned_abs();
    let zh = if n == 2 { "两".to_owned() } else { chinese(n) };
    Say { zh, en: english(n) }
}

/// An hour as it is said: 上午十点零五分, five past ten in the morning.
pub fn time(at: NaiveDateTime) -> Say {
    Say { zh: chinese_time(at), en: english_time(at) }
}

fn chinese_time(at: NaiveDateTime) -> String {
    let (hour, minute) = (u64::from(at.hour()), u64::from(at.minute()));
    let part = match hour {
        0..=5 => "凌晨",
        6..=8 => "早上",
        9..=11 => "上午",
        12 => "中午",
        13..=17 => "下午",
        _ => "晚上",
    };
    let hour = if hour > 12 { hour - 12 } else { hour };
    let hour = if hour == 2 { "两".to_owned() } else { chinese(hour) };
    let minute = match minute {
        0 => String::new(),
        30 => "半".to_owned(),
        1..=9 => format!("零{}分", chinese(minute)),
        _ => format!("{}分", chinese(minute)),
    };
    zh_time(part, hour, minute).zh
}

fn english_time(at: NaiveDateTime) -> String {
    let (hour, minute) = (at.hour(), u64::from(at.minute()));
    let of_day = |hour: u32| match hour {
        0..=11 => "in the morning",
        12..=17 => "in the afternoon",
        _ => "in the evening",
    };
    let name = |hour: u32| english(u64::from(if hour.is_multiple_of(12) { 12 } else { hour % 12 }));
    // Before the hour it is named by the hour that comes, and belongs to the part of the day it is in.
    let to = |what: String| match (hour + 1) % 24 {
        0 => format!("{what} to midnight"),
        12 => format!("{what} to noon"),
        next => format!("{what} to {} {}", name(next), of_day(hour)),
    };
    match (hour, minute) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (0, 1..30) if minute != 15 => format!("{} past midnight", english(minute)),
        (_, 0) => format!("{} o'clock {}", name(hour), of_day(hour)),
        (_, 15) => format!("a quarter past {} {}", name(hour), of_day(hour)),
        (_, 30) => format!("half past {} {}", name(hour), of_day(hour)),
        (_, 45) => to("a quarter".to_owned()),
        (_, 1..30) => format!("{} past {} {}", english(minute), name(hour), of_day(hour)),
        _ => to(english(60 - minute)),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as a paper names it: 2月17日, 17 February.
pub fn date(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        Lang::En => format!("{} {}", day.day(), MONTHS[day.month0() as usize]),
    }
}

/// A moment as a paper names it: 2月17日8时, 17 February 08:00.
pub fn moment(at: NaiveDateTime, lang: Lang) -> String {
    let day = date(at.date(), lang);
    match (lang, at.minute()) {
        (Lang::Zh, 0) => format!("{day}{}时", at.hour()),
        (Lang::Zh, minute) => format!("{day}{}时{minute:02}分", at.hour()),
        (Lang::En, minute) => format!("{day} {:02}:{minute:02}", at.hour()),
    }
}

/// The end of a day.
pub fn midnight(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}24时", date(day, lang)),
        Lang::En => format!("{} 24:00", date(day, lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        for (n, zh, en) in [
            (0, "零", "zero"),
            (2, "两", "two"),
            (10, "十", "ten"),
            (12, "十二", "twelve"),
            (20, "二十", "twenty"),
            (47, "四十七", "forty-seven"),
            (106, "一百零六", "one hundred and six"),
            (110, "一百一十", "one hundred and ten"),
            (2000, "两千", "two thousand"),
            (2002, "两千零二", "two thousand and two"),
            (4028, "四千零二十八", "four thousand and twenty-eight"),
            (20_300, "两万零三百", "twenty thousand three hundred"),
            (15_000, "一万五千", "fifteen thousand"),
        ] {
            assert_eq!(count(n), Say { zh: zh.to_owned(), en: en.to_owned() });
        }
    }

    #[test]
    fn hours_are_said_as_people_say_them() {
        let said = |hour, minute| {
            let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
            let said = time(day.and_hms_opt(hour, minute, 0).unwrap());
            (said.zh, said.en)
        };
        for (hour, minute, zh, en) in [
            (10, 5, "上午十点零五分", "five past ten in the morning"),
            (14, 30, "下午两点半", "half past two in the afternoon"),
            (2, 0, "凌晨两点", "two o'clock in the morning"),
            (12, 45, "中午十二点四十五分", "a quarter to one in the afternoon"),
            (0, 0, "凌晨零点", "midnight"),
            (0, 1, "凌晨零点零一分", "one past midnight"),
            (0, 20, "凌晨零点二十分", "twenty past midnight"),
            (12, 0, "中午十二点", "noon"),
            (11, 45, "上午十一点四十五分", "a quarter to noon"),
            (17, 50, "下午五点五十分", "ten to six in the afternoon"),
            (23, 58, "晚上十一点五十八分", "two to midnight"),
        ] {
            assert_eq!(said(hour, minute), (zh.to_owned(), en.to_owned()));
        }
    }
}
