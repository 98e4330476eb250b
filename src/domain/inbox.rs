//! The inbox (收件): how a file that lies there stands, how what is taken for granted of it is known, and what its name
//! and the lines above its header say of a day and a round.

use super::codes;
use super::office::RoundSetting;
use super::report::Round;
use super::text::fold;
use chrono::{Datelike, NaiveDate};

codes! {
    /// How a file of the inbox stands, what wants the officer last.
    Stand {
        /// 可收: taken in without a question.
        Ready = "ready",
        /// 可收，有退行: taken in, and some of its rows go back.
        Refused = "refused",
        /// 更正: its reports are there already; a reason is asked for.
        Correction = "correction",
        /// 待确认: whose, of which day or of what it is must be said.
        Question = "question",
        /// 待过目: it changes people or units, and is looked at first.
        Look = "look",
        /// 旧表: its rows are those of the last report, or the file was taken in for another day.
        Old = "old",
        /// 他校: hardly anybody in it is known here.
        Elsewhere = "elsewhere",
        /// 重复: the very file was taken in, or lies here twice.
        Same = "same",
        /// 无可收: no row of it can be taken.
        Nothing = "nothing",
        /// 有密码: it is read once its password was typed.
        Locked = "locked",
        /// 读不了
        Unreadable = "unreadable",
        /// 正在写入: it is not whole yet.
        Writing = "writing",
        /// 排队: so many came before it that it is not read yet.
        Later = "later",
    }
}

/// A file as the officer saw it: what was said yes to is taken in, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it goes by.
    pub id: u64,
    /// BLAKE3 of its bytes.
    pub digest: String,
    /// How it stood.
    pub stand: Stand,
    /// The day and the round that its reports would be taken in for.
    pub of: Option<(NaiveDate, Round)>,
}

impl Stand {
    /// Whether it is taken in with all that are ready.
    pub const fn is_ready(self) -> bool {
        matches!(self, Self::Ready | Self::Refused)
    }

    /// Whether the officer can take it in at all, looked at or not.
    pub const fn can_be_taken(self) -> bool {
        matches!(
            self,
            Self::Ready | Self::Refused | Self::Correction | Self::Look | Self::Old | Self::Elsewhere
        )
    }

    /// Whether it waits for the officer, and not for the rest of itself.
    pub const fn waits(self) -> bool {
        !matches!(self, Self::Writing)
    }

    /// Whether it was read, as far as it can be: what was not is neither taken in nor sent back.
    pub const fn is_read(self) -> bool {
        !matches!(self, Self::Writing | Self::Later)
    }
}

codes! {
    /// By what a thing about a file is known, the surest first.
    Source {
        /// The officer said so.
        Said = "said",
        /// Its rows say so.
        Rows = "rows",
        /// The lines above its header say so.
        Title = "title",
        /// A sheet's name says so.
        Sheet = "sheet",
        /// The file's name says so.
        Name = "name",
        /// Files of such a name came from there before.
        Habit = "habit",
        /// It is what is being collected.
        Collected = "collected",
    }
}

impl Source {
    /// Whether it is a guess.
    pub const fn is_guess(self) -> bool {
        matches!(self, Self::Habit | Self::Collected)
    }
}

/// How many days before today a day without a year may lie.
const BACK: i64 = 60;

/// The days that a text names, each once, in order: `2020-02-17`, `20200217`, `2020年2月17日`, `2月17日`, `2.17`, `0217`.
/// One without a year is the last that was, within two months; what cannot be meant is none: rooms and classes have
/// numbers too.
pub fn days_in(text: &str, today: NaiveDate) -> Vec<NaiveDate> {
    let chars: Vec<char> = text.chars().map(super::text::half_width).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let begin = at;
        while at < chars.len() && chars[at].is_ascii_digit() {
            at += 1;
        }
        let (found, end) = day_at(&chars, begin, at, today);
        at = end.max(at);
        if let Some(day) = found
            && !out.contains(&day)
        {
            out.push(day);
        }
    }
    out
}

/// The number that begins at a place, and where it ends.
fn number(chars: &[char], at: usize) -> Option<(u32, usize, usize)> {
    let len = chars.get(at..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    let text: String = chars[at..at + len].iter().collect();
    (len > 0 && len <= 8).then(|| text.parse().ok().map(|n| (n, len, at + len))).flatten()
}

/// The day that a run of digits is, or begins.
fn day_at(chars: &[char], begin: usize, end: usize, today: NaiveDate) -> (Option<NaiveDate>, usize) {
    let Some((first, digits, _)) = number(chars, begin) else { return (None, end) };
    let sign = |at: usize| chars.get(at).copied().unwrap_or(' ');
    let is_between = |c: char| matches!(c, '-' | '.' | '/' | '_' | '年' | '月');
    let year_fits = |year: i32| (today.year() - 1..=today.year()).contains(&year);
    match digits {
        8 => (whole(first as i32 / 10_000, first / 100 % 100, first % 100, year_fits), end),
        6 => (whole(2000 + first as i32 / 10_000, first / 100 % 100, first % 100, year_fits), end),
        4 if is_between(sign(end)) && year_fits(first as i32) => {
            let Some((month, _, after)) = number(chars, end + 1) else { return (None, end) };
            if !is_between(sign(after)) {
                return (None, after);
            }
            let Some((day, _, after)) = number(chars, after + 1) else { return (None, after) };
            (whole(first as i32, month, day, year_fits), after)
        }
        4 => (near(first / 100, first % 100, today), end),
        1 | 2 if matches!(sign(end), '月' | '.' | '-' | '_') => {
            let Some((day, length, after)) = number(chars, end + 1) else { return (None, end) };
            // 3-2班, 2.17室: a class and a room; 1.2.3: a version.
            let goes_on = chars.get(after + 1).is_some_and(char::is_ascii_digit) && sign(after) == sign(end);
            let is_room = matches!(sign(after), '班' | '室' | '级' | '栋' | '楼' | '%');
            let is_other = sign(end) != '月' && (goes_on || is_room);
            if length > 2 || is_other {
                return (None, after);
            }
            (near(first, day, today), after)
        }
        _ => (None, end),
    }
}

fn whole(year: i32, month: u32, day: u32, year_fits: impl Fn(i32) -> bool) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| year_fits(year))
}

/// The last such day that was, or tomorrow: a sheet may be sent in the evening for the day that begins.
fn near(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let years = [today.year(), today.year() - 1];
    let mut days = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.find(|day| (-BACK..=1).contains(&(*day - today).num_days()))
}

/// The round that a text names: by its name or code, or by the half of the day; where a day has one round, that.
pub fn round_in(text: &str, rounds: &[RoundSetting]) -> Option<Round> {
    let text = plain(text);
    let folded = fold(&text);
    let named = |round: &&RoundSetting| {
        let name = fold(&round.name);
        !name.is_empty() && folded.contains(&name) || has_word(&text, &round.round.0, char::is_alphabetic)
    };
    if rounds.len() > 1
        && let Some(round) = rounds.iter().find(named)
    {
        return Some(round.round.clone());
    }
    let morning = ["早", "晨", "上午"].iter().any(|word| text.contains(word))
        || has_word(&text, "am", char::is_alphabetic);
    let evening = ["晚", "下午", "午后"].iter().any(|word| text.contains(word))
        || has_word(&text, "pm", char::is_alphabetic);
    let half = match (morning, evening) {
        (true, false) => rounds.first(),
        (false, true) => rounds.last(),
        _ => None,
    };
    half.map(|round| round.round.clone())
}

/// Half width and lower case; blanks stay.
fn plain(text: &str) -> String {
    text.chars().map(super::text::half_width).flat_map(char::to_lowercase).collect()
}

/// Whether a word stands by itself in a text: beside it is nothing of ASCII that would be a part of it.
fn has_word(text: &str, word: &str, is_part: impl Fn(char) -> bool) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii() && is_part(c));
    !word.is_empty()
        && text.match_indices(word).any(|(at, found)| {
            !is_part(text[..at].chars().next_back()) && !is_part(text[at + found.len()..].chars().next())
        })
}

/// Whether a text names a unit by its code: by itself, and not as a part of a day.
pub fn has_code(text: &str, code: &str) -> bool {
    let (text, code) = (plain(text), plain(code.trim()));
    code.chars().count() > 1 && has_word(&text, &code, char::is_alphanumeric)
}

/// What of a file's name stays the same from day to day: without its ending, figures, signs, words of days and of
/// corrections. Empty when nothing is left that could tell one sender from another.
pub fn habit(file: &str) -> String {
    const PASSING: &[&str] = &[
        "更正", "最新", "副本", "最终", "修改", "定稿", "上午", "下午", "中午", "早上", "晚上", "年", "月",
        "日报", "日", "号", "早", "晚", "新", "改", "am", "pm", "copy",
    ];
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut text = fold(stem);
    for word in PASSING {
        text = text.replace(word, " ");
    }
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// Whether a file's name is that of one that is still being written or fetched.
pub fn is_passing_name(file: &str) -> bool {
    let name = file.to_lowercase();
    [".crdownload", ".part", ".partial", ".tmp", ".temp", ".download", ".filepart", ".opdownload"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Whether a file is none that anybody sent: what programs and systems keep beside.
pub fn is_nobodys(file: &str) -> bool {
    file.starts_with('.')
        || file.starts_with("~$")
        || ["thumbs.db", "desktop.ini"].contains(&file.to_lowercase().as_str())
}

/// Whether a file is one that the program keeps or wrote itself, by its name: a database with what lies beside it, a backup,
/// a form, a receipt. What a database is its content says as well.
pub fn is_programs(file: &str) -> bool {
    let name = file.to_lowercase();
    let ends = [".db", ".db.age", "-wal", "-shm", "-journal", ".toml", "-回执.txt", "-receipt.txt"];
    ends.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Vec<String> {
        let today = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        days_in(text, today).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_name_says_its_day_in_every_way_people_write_it() {
        for name in [
            "土木日报2.17.xlsx",
            "土木日报0217.xlsx",
            "20200217土木.xlsx",
            "200217土木.xlsx",
            "土木2月17日.xlsx",
            "土木２月１７日晚.xlsx",
            "土木2020-02-17.csv",
            "土木2020年2月17日(1).csv",
            "土木2020.2.17.xls",
            "2-17土木.xlsx",
            "2_17 土木.xlsx",
            "土木 2月17号.xlsx",
            "2.17日土木 2020-02-17.xlsx",
        ] {
            assert_eq!(days(name), ["2020-02-17"], "{name}");
        }
        assert_eq!(days("土木12.31.xlsx"), ["2019-12-31"]);
        assert_eq!(days("土木2.16-2.17.xlsx"), ["2020-02-16", "2020-02-17"]);
        assert_eq!(days("2020-02-16补报（2.17交）.xlsx"), ["2020-02-16", "2020-02-17"]);
    }

    #[test]
    fn numbers_of_rooms_classes_and_people_are_no_days() {
        for name in [
            "软件3-2班.xlsx",
            "5号楼3.2室.xlsx",
            "2018级日报.xlsx",
            "教职工2018-2019.xlsx",
            "13800000217.xlsx",
            "C07学院.xlsx",
            "1301室.xlsx",
            "v1.2.3.xlsx",
            "9.30 国庆.xlsx",
            "2.30.xlsx",
            "20190217.xlsx1",
            "完成率2.5%.xlsx",
        ] {
            let found = days(name);
            assert!(found.is_empty() || name.starts_with("2019"), "{name}: {found:?}");
        }
        assert_eq!(days("20190217.xlsx"), ["2019-02-17"], "said in full it is meant, and asked about");
    }

    #[test]
    fn the_round_is_that_of_the_half_of_the_day_or_of_its_name() {
        let round = |code: &str, name: &str, deadline| RoundSetting {
            round: Round(code.to_owned()),
            name: name.to_owned(),
            deadline,
        };
        let two = [round("am", "早检", 600), round("pm", "晚检", 1080)];
        let of = |text: &str| round_in(text, &two).map(|round| round.0);
        for (text, code) in [
            ("土木2.17早.xlsx", Some("am")),
            ("土木2.17上午.xlsx", Some("am")),
            ("土木晚检.xlsx", Some("pm")),
            ("civil 2.17 PM.xlsx", Some("pm")),
            ("campus.xlsx", None),
            ("土木2.17.xlsx", None),
            ("土木早晚.xlsx", None),
        ] {
            assert_eq!(of(text).as_deref(), code, "{text}");
        }
        let one = [round("day", "", 600)];
        assert_eq!(round_in("土木晚.xlsx", &one).map(|round| round.0).as_deref(), Some("day"));
        assert_eq!(round_in("day 土木.xlsx", &one), None);
    }

    #[test]
    fn what_stays_of_a_name_from_day_to_day_tells_its_sender() {
        assert_eq!(habit("土木王老师2.17(1).xlsx"), habit("土木王老师02月18日晚 更正.xlsx"));
        assert_eq!(habit("土木王老师2.17.xlsx"), "土木王老师");
        assert_eq!(habit("2.17日报(2).xlsx"), "");
        assert_ne!(habit("土木.xlsx"), habit("海洋.xlsx"));
    }

    #[test]
    fn a_code_stands_by_itself() {
        assert!(has_code("C07日报.xlsx", "c07") && has_code("日报_C07_0217", "C07"));
        assert!(!has_code("C071日报.xlsx", "C07") && !has_code("AC07", "C07") && !has_code("7", "7"));
    }

    #[test]
    fn what_is_not_whole_by_its_name_waits_and_what_nobody_sent_is_left_alone() {
        assert!(
            is_passing_name("a.xlsx.crdownload")
                && is_passing_name("a.PART")
                && !is_passing_name("party.xlsx")
        );
        assert!(is_nobodys("~$土木.xlsx") && is_nobodys(".DS_Store") && is_nobodys("Thumbs.db"));
        assert!(!is_nobodys("土木.xlsx"));
    }

    #[test]
    fn what_is_ready_can_be_taken() {
        assert!(Stand::ALL.iter().all(|stand| !stand.is_ready() || stand.can_be_taken()));
        assert!(Source::Habit.is_guess() && !Source::Rows.is_guess());
    }
}
