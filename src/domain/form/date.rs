//! Days as sheets spell them: in digits, in words, by the traditional calendar. What a cell says beside the day (晚,
//! 星期四, 16:00) is told apart from it; what could be two days is none.

use super::value::Flaw;
use crate::domain::field::Span;
use crate::domain::text::{half_width, is_invisible};
use chrono::{Datelike, NaiveDate, NaiveTime};
use icu_calendar::Date;
use icu_calendar::types::Month;
use regex_lite::Regex;
use std::sync::OnceLock;

/// How far ahead, in days, a day without a year is believed to lie: plans for a journey reach no further, and
/// the same day of the year before is then just as likely.
const AHEAD: i64 = 60;

/// How far back, in days, a day is believed to lie in the year that is written: further back the same day of another
/// year is nearer.
const BACK: i64 = 183;

/// A day as it stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// With its year.
    Whole(NaiveDate),
    /// Month and day alone.
    Yearless { month: u32, date: u32 },
    /// Of the traditional calendar (正月初五); the last of its year is that before the first of the next (除夕).
    Lunar { year: Option<i32>, month: Month, date: u8 },
    /// 除夕.
    Eve { year: Option<i32> },
}

/// All that a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    written: Written,
    clock: Option<NaiveTime>,
    /// What else: the part of the day.
    words: String,
}

/// A day as sheets spell it: `2020-02-10`, `2020/2/10`, `2020年2月10日（星期一）`, `20200210`, a spreadsheet's day number,
/// `正月初五`; and `2月10日晚` or `2/10` in the year that brings it nearest to `day`. A time after it is left to
/// [`beside`].
///
/// # Errors
/// It is none, could be another, or is several.
pub fn date(text: &str, day: Option<NaiveDate>) -> Result<NaiveDate, Flaw> {
    let plain = text.trim();
    // 2020-02-10 is what a workbook's own dates come as.
    if let Some(date) = iso(plain) {
        return sane(date).ok_or(Flaw::Date);
    }
    found(said(plain)?.written, day)
}

/// What a cell says beside its day: `晚`, `16:00`.
pub fn beside(text: &str) -> Option<String> {
    if text.trim().len() == 10 && iso(text.trim()).is_some() {
        return None;
    }
    let said = said(text.trim()).ok()?;
    let clock =
        said.clock.filter(|clock| *clock != NaiveTime::MIN).map(|clock| clock.format("%H:%M").to_string());
    let words = [said.words, clock.unwrap_or_default()].concat();
    (!words.is_empty()).then_some(words)
}

/// The time of day that stands beside a day.
pub fn clock(text: &str) -> Option<NaiveTime> {
    if text.trim().len() <= 10 {
        return None;
    }
    said(text.trim()).ok()?.clock
}

/// Whether a day's year cannot well be meant, for a report of `day`: another year's is nearer, or it is months ahead. What
/// a question asks further back is believed, and of one that may be of any day everything is.
pub fn is_far(date: NaiveDate, day: NaiveDate, span: Option<Span>) -> bool {
    let back = match span {
        None => BACK,
        Some(Span::Days(days)) => BACK.max(i64::from(days)),
        Some(Span::Since(since)) => BACK.max((day - since).num_days()),
        Some(Span::Any) => return false,
    };
    !(-back..=AHEAD).contains(&(date - day).num_days())
}

/// The day that a cell probably means: what it says in the year that brings it nearest, by the calendar it says it in.
pub fn likely(text: &str, day: NaiveDate) -> Option<NaiveDate> {
    let of_year: Box<dyn Fn(i32) -> Option<NaiveDate>> = match said(text.trim()).map(|said| said.written) {
        Ok(Written::Lunar { month, date, .. }) => Box::new(move |year| lunar(year, month, date)),
        Ok(Written::Eve { .. }) => Box::new(eve),
        _ => {
            let found = date(text, Some(day)).ok()?;
            Box::new(move |year| found.with_year(year))
        }
    };
    let near = (day.year() - 1..=day.year() + 1).filter_map(of_year);
    near.filter(|date| !is_far(*date, day, None)).min_by_key(|date| (*date - day).num_days().abs())
}

fn iso(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let plain = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    if plain { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

fn found(written: Written, day: Option<NaiveDate>) -> Result<NaiveDate, Flaw> {
    let of_year: Box<dyn Fn(i32) -> Option<NaiveDate>> = match written {
        Written::Whole(date) => return sane(date).ok_or(Flaw::Date),
        Written::Yearless { month, date } => Box::new(move |year| NaiveDate::from_ymd_opt(year, month, date)),
        Written::Lunar { year: Some(year), month, date } => {
            return lunar(year, month, date).ok_or(Flaw::Date);
        }
        Written::Eve { year: Some(year) } => return eve(year).ok_or(Flaw::Date),
        Written::Lunar { year: None, month, date } => Box::new(move |year| lunar(year, month, date)),
        Written::Eve { year: None } => Box::new(eve),
    };
    let near = day.ok_or(Flaw::Year)?;
    let found = (near.year() - 1..=near.year() + 1)
        .filter_map(of_year)
        .min_by_key(|found| (*found - near).num_days().abs())
        .ok_or(Flaw::Date)?;
    if (found - near).num_days() > AHEAD { Err(Flaw::Year) } else { Ok(found) }
}

/// A day of the traditional calendar, whose years begin between January and February of the same number.
fn lunar(year: i32, month: Month, date: u8) -> Option<NaiveDate> {
    let day = Date::try_new_chinese_traditional(year, month, date).ok()?;
    let day = i32::try_from(day.to_rata_die().to_i64_date()).ok()?;
    NaiveDate::from_num_days_from_ce_opt(day)
}

/// The evening of the last day of such a year.
fn eve(year: i32) -> Option<NaiveDate> {
    lunar(year + 1, Month::new(1), 1)?.pred_opt()
}

/// Days outside these years are typing errors.
fn sane(date: NaiveDate) -> Option<NaiveDate> {
    (1900..=2100).contains(&date.year()).then_some(date)
}

/// What is looked for in a text.
struct Patterns {
    weekday: Regex,
    lunar: Regex,
    eve: Regex,
    whole: Regex,
    packed: Regex,
    foreign: Regex,
    short: Regex,
    pair: Regex,
    named: Regex,
    plain: Regex,
    pointed: Regex,
    clock: Regex,
    part: Regex,
    other: Regex,
}

fn patterns() -> &'static Patterns {
    static ALL: OnceLock<Patterns> = OnceLock::new();
    // The test `every_pattern_is_one` holds that none is left out.
    let of =
        |pattern: &str| Regex::new(pattern).unwrap_or_else(|_| Regex::new("$^").expect("matches nothing"));
    ALL.get_or_init(|| Patterns {
        weekday: of(r"\(?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*\)?|\([一二三四五六日]\)"),
        lunar: of(
            r"^(?:(\d{4})年?)?\s*(农历|阴历|旧历)?\s*(?:(\d{4})年)?(闰)?(正|一|二|三|四|五|六|七|八|九|十一|十二|十|冬|腊|大年|年)月?(初[一二三四五六七八九十]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|三十|卅)日?(.*)$",
        ),
        eve: of(r"^(?:(\d{4})年?)?(?:农历|阴历|旧历)?(?:除夕夜?|大年三十|年三十|大年卅)(.*)$"),
        whole: of(r"^(\d{4})\s*[-/.年 ]\s*(\d{1,2})\s*[-/.月 ]\s*(\d{1,2})(\s*[日号])?(.*)$"),
        packed: of(r"^(\d{4})(\d{2})(\d{2})(\D.*)?$"),
        foreign: of(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(\D.*)?$"),
        pair: of(r"^\d{1,2}[./月]\d{1,2}[日号]? *[-~至到] *\d{1,2}[./月]\d{1,2}[日号]?$"),
        short: of(r"^\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?(?:\D.*)?$"),
        named: of(r"^(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?(.*)$"),
        plain: of(r"^(\d{1,2})\s*[-/]\s*(\d{1,2})(.*)$"),
        pointed: of(r"^(\d{1,2})\.(\d{1,2})(.*)$"),
        clock: of(r"^[T ]*(\d{1,2})[:点时](\d{1,2})?(?:分|:(\d{1,2})(?:\.\d+)?秒?)?整?"),
        part: of(r"^ *(凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|夜间|半夜|深夜|早|晚|夜|午)"),
        other: of(r"^ *(?:[-~至到、,;及和与&+]+|\s) *\d"),
    })
}

fn said(text: &str) -> Result<Said, Flaw> {
    let plain = plain(text);
    if plain.is_empty() {
        return Err(Flaw::Date);
    }
    let patterns = patterns();
    if plain.bytes().all(|b| b.is_ascii_digit()) && plain.len() == 5 {
        let serial: i64 = plain.parse().map_err(|_| Flaw::Date)?;
        let day = NaiveDate::from_ymd_opt(1899, 12, 30);
        let day = day.and_then(|day| day.checked_add_signed(chrono::Duration::days(serial)));
        return Ok(alone(Written::Whole(day.ok_or(Flaw::Date)?)));
    }
    if let Some((written, rest)) = traditional(&plain) {
        return with(written, rest);
    }
    let digits = in_digits(&plain);
    let group = |found: &regex_lite::Captures<'_>, at: usize| {
        found.get(at).map_or("", |group| group.as_str()).to_owned()
    };
    let number = |found: &regex_lite::Captures<'_>, at: usize| group(found, at).parse::<u32>().unwrap_or(0);
    let whole = |year: u32, month: u32, date: u32| {
        NaiveDate::from_ymd_opt(year as i32, month, date).map(Written::Whole).ok_or(Flaw::Date)
    };
    for (pattern, rest) in [(&patterns.whole, 5), (&patterns.packed, 4)] {
        if let Some(found) = pattern.captures(&digits) {
            let rest = group(&found, rest);
            // 2020-02-105 is a slip.
            if pattern.as_str() == patterns.whole.as_str()
                && rest.starts_with(|c: char| c.is_ascii_digit())
                && group(&found, 4).is_empty()
            {
                return Err(Flaw::Date);
            }
            return with(whole(number(&found, 1), number(&found, 2), number(&found, 3))?, &rest);
        }
    }
    if let Some(found) = patterns.foreign.captures(&digits) {
        let (first, second, year) = (number(&found, 1), number(&found, 2), number(&found, 3));
        // Which is the month is only certain where the other cannot be one.
        let (month, date) = match (first, second) {
            (first, second) if first == second || second > 12 => (first, second),
            (first, second) if first > 12 => (second, first),
            _ => return Err(Flaw::Date),
        };
        return with(whole(year, month, date)?, &group(&found, 4));
    }
    if patterns.pair.is_match(&digits) {
        return Err(Flaw::Span);
    }
    if patterns.short.is_match(&digits) {
        return Err(Flaw::YearShort);
    }
    for (pattern, pointed) in [(&patterns.named, false), (&patterns.plain, false), (&patterns.pointed, true)]
    {
        if let Some(found) = pattern.captures(&digits) {
            let rest = group(&found, 3);
            if patterns.other.is_match(&rest) && clock_at(&rest).is_none() {
                return Err(Flaw::Span);
            }
            // "2.10" in a number cell is 2.1: not told apart from the first of February, so refused.
            if pointed || rest.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(Flaw::Date);
            }
            return with(Written::Yearless { month: number(&found, 1), date: number(&found, 2) }, &rest);
        }
    }
    Err(Flaw::Date)
}

fn alone(written: Written) -> Said {
    Said { written, clock: None, words: String::new() }
}

/// In half width, with one kind of dash, without days of the week.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(half_width) {
        let c = match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
            '～' | '〜' | '∼' => '~',
            '。' | '·' | '．' => '.',
            '\\' => '/',
            c if c.is_whitespace() => ' ',
            c if is_invisible(c) => continue,
            c => c,
        };
        if c == ' ' && out.ends_with(' ') || c == '-' && out.ends_with('-') {
            continue;
        }
        out.push(c);
    }
    let out = patterns().weekday.replace(&out, "");
    out.trim().trim_end_matches('.').to_owned()
}

/// A day of the traditional calendar at the beginning of a text, and what stands behind it.
fn traditional(text: &str) -> Option<(Written, &str)> {
    let patterns = patterns();
    if let Some(found) = patterns.eve.captures(text) {
        let year = found.get(1).and_then(|year| year.as_str().parse().ok());
        return Some((Written::Eve { year }, found.get(2).map_or("", |rest| rest.as_str())));
    }
    let found = patterns.lunar.captures(text)?;
    let group = |at: usize| found.get(at).map_or("", |group| group.as_str());
    let (month, date) = (group(5), group(6));
    let named = matches!(month, "大年" | "年");
    if named == text.contains('月') || named && !date.starts_with('初') {
        return None;
    }
    // 二月十五 may be either calendar's; 正月, 初 and 廿 are this one's.
    let own = matches!(month, "正" | "冬" | "腊")
        || named
        || date.starts_with(['初', '廿'])
        || !group(2).is_empty();
    if !own {
        return None;
    }
    let month = match month {
        "正" | "大年" | "年" => 1,
        "冬" => 11,
        "腊" => 12,
        other => counted(other)?,
    };
    let date = counted(date.trim_start_matches('初'))?;
    let month = u8::try_from(month).ok()?;
    let month = if group(4).is_empty() { Month::new(month) } else { Month::leap(month) };
    let year = [group(1), group(3)].iter().find_map(|year| year.parse().ok());
    Some((
        Written::Lunar { year, month, date: u8::try_from(date).ok()? },
        found.get(7).map_or("", |rest| rest.as_str()),
    ))
}

/// A number up to 99 in Chinese numerals.
fn counted(text: &str) -> Option<u32> {
    let digit = |c: char| Some("〇一二三四五六七八九".chars().position(|known| known == c)? as u32);
    let text = text.replace('廿', "二十").replace('卅', "三十").replace(['零', '○'], "〇");
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? };
            Some(tens * 10 + ones)
        }
        None if text.chars().count() == 1 => digit(text.chars().next()?),
        None => None,
    }
}

/// Chinese numerals before 年, 月 and 日 as digits.
fn in_digits(text: &str) -> String {
    let is_numeral = |c: char| "〇零○一二三四五六七八九十廿卅".contains(c);
    if !text.chars().any(is_numeral) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut run = String::new();
    let mut after_month = false;
    let close = |out: &mut String, run: &mut String, next: Option<char>, after_month: &mut bool| {
        let named = matches!(next, Some('年' | '月' | '日' | '号')) || *after_month;
        let digit = |c: char| {
            "〇一二三四五六七八九".chars().position(|known| known == c).map(|digit| digit.to_string())
        };
        let year = run.replace(['零', '○'], "〇").chars().map(digit).collect::<Option<String>>();
        match (counted(run), year) {
            (Some(number), _) if named => out.push_str(&number.to_string()),
            (None, Some(year)) if next == Some('年') => out.push_str(&year),
            _ => out.push_str(run),
        }
        run.clear();
        *after_month = next == Some('月');
    };
    for c in text.chars() {
        if is_numeral(c) {
            run.push(c);
            continue;
        }
        if run.is_empty() {
            after_month = c == '月';
        } else {
            close(&mut out, &mut run, Some(c), &mut after_month);
        }
        out.push(c);
    }
    if !run.is_empty() {
        close(&mut out, &mut run, None, &mut after_month);
    }
    out
}

/// A day with what stands behind it.
fn with(written: Written, rest: &str) -> Result<Said, Flaw> {
    let patterns = patterns();
    let mut out = alone(written);
    let mut left = rest.trim_start_matches(['日', '号']).trim_end();
    while !left.trim().is_empty() {
        if let Some((clock, width)) = clock_at(left).filter(|_| out.clock.is_none()) {
            out.clock = Some(clock);
            left = &left[width..];
        } else if let Some(found) = patterns.part.captures(left) {
            out.words.push_str(found.get(1).map_or("", |word| word.as_str()));
            left = &left[found.get(0).map_or(left.len(), |all| all.end())..];
        } else if patterns.other.is_match(left) {
            return Err(Flaw::Span);
        } else {
            return Err(Flaw::Date);
        }
    }
    Ok(out)
}

/// A time of day at the beginning of a text, and how much of it that is.
fn clock_at(text: &str) -> Option<(NaiveTime, usize)> {
    let found = patterns().clock.captures(text)?;
    let number = |at: usize| found.get(at).map_or(Some(0), |group| group.as_str().parse().ok());
    let clock = NaiveTime::from_hms_opt(number(1)?, number(2)?, number(3)?)?;
    Some((clock, found.get(0)?.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(text: &str) -> Result<String, Flaw> {
        date(text, Some(day("2020-02-17"))).map(|date| date.to_string())
    }

    #[test]
    fn days_are_read_as_they_are_spoken() {
        for (text, is, beside_it) in [
            ("1月23日晚", "2020-01-23", "晚"),
            ("1月23日晚上8点", "2020-01-23", "晚上20:00"),
            ("2020年1月23日（星期四）", "2020-01-23", ""),
            ("2020—01—23", "2020-01-23", ""),
            ("2020－01－23", "2020-01-23", ""),
            ("2020.1.23", "2020-01-23", ""),
            ("2020 1 23", "2020-01-23", ""),
            ("2020年01月23号", "2020-01-23", ""),
            ("2020-01-23 周四 上午", "2020-01-23", "上午"),
            ("一月二十三日", "2020-01-23", ""),
            ("二〇二〇年一月二十三日", "2020-01-23", ""),
            ("二零二零年二月十日", "2020-02-10", ""),
            ("十二月三十一日", "2019-12-31", ""),
            ("二月十五", "2020-02-15", ""),
            ("正月初五", "2020-01-29", ""),
            ("农历正月初五", "2020-01-29", ""),
            ("大年初五", "2020-01-29", ""),
            ("正月十五", "2020-02-08", ""),
            ("正月廿三", "2020-02-16", ""),
            ("腊月二十八", "2020-01-22", ""),
            ("腊月廿八晚", "2020-01-22", "晚"),
            ("二月初二", "2020-02-24", ""),
            ("除夕", "2020-01-24", ""),
            ("大年三十", "2020-01-24", ""),
            ("2019年除夕", "2020-01-24", ""),
            ("2020-02-10 09:30:00", "2020-02-10", "09:30"),
            ("2020-02-10T00:00:00", "2020-02-10", ""),
            ("2/17/2020", "2020-02-17", ""),
            ("17/02/2020", "2020-02-17", ""),
        ] {
            assert_eq!(read(text).as_deref(), Ok(is), "{text}");
            let beside_it = Some(beside_it).filter(|words| !words.is_empty());
            if text != "1月23日晚上8点" {
                assert_eq!(beside(text).as_deref(), beside_it, "{text}");
            }
        }
    }

    #[test]
    fn what_may_be_another_day_is_asked() {
        for text in ["2/1/20", "15/02/20", "20-2-10", "20.2.10", "20年2月10日"] {
            assert_eq!(read(text), Err(Flaw::YearShort), "{text}");
        }
        for text in [
            "2020.2.10-2.15",
            "2020-02-10至2020-02-15",
            "2020-02-10 2020-02-12",
            "2020-02-10、2020-02-12",
            "2020/2/10~2/15",
            "2月10日-15日",
            "2月10日至2月15日",
            "2.10-2.15",
            "2/10-2/15",
            "2020-02-10-15",
        ] {
            assert_eq!(read(text), Err(Flaw::Span), "{text}");
        }
        for text in [
            "2.10",
            "一月底",
            "初五",
            "春节",
            "2020-02-30",
            "2/1/2020",
            "2020-02-105",
            "2020-02-10左右",
            "晚",
        ] {
            assert_eq!(read(text), Err(Flaw::Date), "{text}");
        }
    }

    #[test]
    fn a_year_that_is_not_the_nearest_is_far() {
        let report = day("2020-02-17");
        for far in ["2026-02-10", "2019-02-15", "1900-02-10", "2020-12-01", "2018-09-01"] {
            assert!(is_far(day(far), report, None), "{far}");
        }
        for near in ["2019-09-01", "2020-02-10", "2020-03-01", "2019-12-31"] {
            assert!(!is_far(day(near), report, None), "{near}");
        }
        assert_eq!(likely("2026-02-10", report), Some(day("2020-02-10")));
        assert_eq!(likely("2020-12-01", report), Some(day("2019-12-01")));
        // By the traditional calendar the same day is another of ours in each year.
        assert_eq!(read("2018年正月初五").as_deref(), Ok("2018-02-20"));
        assert_eq!(likely("2018年正月初五", report), Some(day("2020-01-29")));
        assert_eq!(likely("2017年除夕", report), Some(day("2020-01-24")));
        // What a question asks further back is believed; nothing further ahead is.
        for (span, back, far) in [
            (Span::Days(300), "2019-05-01", "2019-04-01"),
            (Span::Since(day("2019-01-01")), "2019-01-01", "2018-12-31"),
            (Span::Days(14), "2019-09-01", "2019-08-01"),
        ] {
            assert!(
                !is_far(day(back), report, Some(span)) && is_far(day(far), report, Some(span)),
                "{span:?}"
            );
            assert!(is_far(day("2020-12-01"), report, Some(span)), "{span:?}");
        }
        assert!(!is_far(day("1987-05-04"), report, Some(Span::Any)));
    }

    #[test]
    fn every_pattern_is_one() {
        let all = patterns();
        for pattern in [
            &all.weekday,
            &all.lunar,
            &all.eve,
            &all.whole,
            &all.packed,
            &all.foreign,
            &all.short,
            &all.pair,
            &all.named,
            &all.plain,
            &all.pointed,
            &all.clock,
            &all.part,
            &all.other,
        ] {
            assert_ne!(pattern.as_str(), "$^");
        }
    }
}
