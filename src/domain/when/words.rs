//! A cursor over a typed time that knows its words in both languages.

/// Longest text that can be a time.
const LONGEST: usize = 60;

/// Kinds of words that a time is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// Between a date and a time: `T`, a comma.
    Joiner,
    /// Before a length of time.
    In,
    /// After a length of time, looking ahead.
    Later,
    /// After a length of time, looking back.
    Ago,
    /// After a length of time within which something comes.
    Within,
    /// Half.
    Half,
    /// A quarter of an hour.
    Quarter,
    /// 个
    Measure,
    /// Hours as a length.
    Hours,
    /// Minutes.
    Minutes,
    /// Days as a length.
    Days,
    /// Weeks as a length.
    Weeks,
    /// The point of `1.5h`.
    Point,
    /// After the day of a month.
    DayOfMonth,
    /// Before a time of day.
    At,
    /// Before a time of day by which something comes.
    By,
    /// The noughts of 三点零五分.
    Nought,
    /// After a time of day: no minutes.
    Sharp,
    /// The end of office hours.
    OffDuty,
    /// Early, and no hour of it.
    Early,
    /// After midnight.
    Small,
    /// Before noon, on a clock of twelve hours.
    Am,
    /// Between hours and minutes.
    Colon,
    /// After an hour.
    OClock,
    /// Before noon.
    Morning,
    /// About noon.
    Noon,
    /// After noon.
    Afternoon,
    /// Evening and night.
    Evening,
}

impl Words {
    /// Longer words stand before those they begin with.
    fn list(self) -> &'static [&'static str] {
        match self {
            Self::Joiner => &["t", ",", "，", "的"],
            Self::In => &["in", "再过", "过", "+"],
            Self::Later => &["以后", "之后", "后", "later"],
            Self::Within => &["以内", "之内", "内"],
            Self::Ago => &["以前", "之前", "前", "ago"],
            Self::Half => &["半"],
            Self::Quarter => &["刻钟", "刻"],
            Self::Measure => &["个"],
            Self::Hours => &["小时", "钟头", "hours", "hour", "hrs", "hr", "h"],
            Self::Minutes => &["分钟", "分", "minutes", "minute", "mins", "min", "m"],
            Self::Days => &["天", "days", "day", "d"],
            Self::Weeks => &["星期", "礼拜", "周", "weeks", "week", "wks", "wk", "w"],
            Self::Point => &["."],
            Self::DayOfMonth => &["日", "号"],
            Self::At => &["at", "@"],
            Self::By => &["before", "by"],
            Self::Nought => &["零", "〇"],
            Self::Sharp => &["整", "正", "sharp"],
            Self::OffDuty => &["下班", "close of office", "closing"],
            Self::Early => &["一大早", "大清早", "一早", "大早", "清早"],
            Self::Small => &["凌晨"],
            Self::Am => &["a.m.", "am"],
            Self::Colon => &[":"],
            Self::OClock => &["点钟", "点", "时", "o'clock"],
            Self::Morning => &["早晨", "早上", "上午", "清晨", "早", "晨", "morning"],
            Self::Noon => &["中午", "正午", "noon"],
            Self::Afternoon => &["下午", "午后", "傍晚", "p.m.", "pm", "afternoon"],
            Self::Evening => &["晚上", "夜里", "夜间", "半夜", "今夜", "晚", "evening", "night"],
        }
    }
}

/// What stands between the parts of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Dash,
    Slash,
    Year,
    Month,
}

/// A number and how many digits it was written with (0 for Chinese numerals).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    pub(super) width: usize,
}

/// Reads from the front; spaces are skipped before every word.
pub(super) struct Cursor {
    chars: Vec<char>,
    at: usize,
}

impl Cursor {
    /// Full-width forms become ASCII, letters small. Nothing for a text that is empty or no time by its length.
    pub(super) fn new(text: &str) -> Option<Self> {
        let fold = |c: char| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            _ => c,
        };
        let chars: Vec<char> = text.chars().take(LONGEST + 1).map(|c| fold(c).to_ascii_lowercase()).collect();
        (!chars.is_empty() && chars.len() <= LONGEST).then_some(Self { chars, at: 0 })
    }

    pub(super) fn mark(&self) -> usize {
        self.at
    }

    pub(super) fn back_to(&mut self, mark: usize) {
        self.at = mark;
    }

    fn skip_spaces(&mut self) {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    /// Whether only spaces are left.
    pub(super) fn is_done(&self) -> bool {
        self.chars[self.at..].iter().all(|c| c.is_whitespace())
    }

    /// Steps over one of `words`, if one comes next.
    pub(super) fn eat(&mut self, words: Words) -> bool {
        words.list().iter().any(|word| self.eat_word(word))
    }

    /// Whether one of `words` comes next.
    pub(super) fn peeks(&mut self, words: Words) -> bool {
        let before = self.at;
        let found = self.eat(words);
        self.at = before;
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let before = self.at;
        self.skip_spaces();
        let fits = word.chars().enumerate().all(|(n, c)| self.chars.get(self.at + n) == Some(&c));
        self.at = if fits { self.at + word.chars().count() } else { before };
        fits
    }

    /// 明天, tomorrow …: days from today. Also eats nothing of 明早's 早.
    pub(super) fn relative_day(&mut self) -> Option<i64> {
        const DAYS: &[(&str, i64)] = &[
            ("day after tomorrow", 2),
            ("大后天", 3),
            ("大前天", -3),
            ("tomorrow", 1),
            ("tmrw", 1),
            ("tmr", 1),
            ("yesterday", -1),
            ("today", 0),
            ("今天", 0),
            ("今日", 0),
            ("明天", 1),
            ("明日", 1),
            ("次日", 1),
            ("后天", 2),
            ("后日", 2),
            ("昨天", -1),
            ("昨日", -1),
            ("前天", -2),
        ];
        // 明早, 今晚: the day's character is followed by a half of the day.
        const SHORT: &[(&str, i64)] = &[("今", 0), ("明", 1), ("昨", -1), ("tonight", 0)];
        if let Some((_, days)) = DAYS.iter().find(|(word, _)| self.eat_word(word)) {
            return Some(*days);
        }
        let before = self.at;
        let (word, days) = SHORT.iter().find(|(word, _)| self.eat_word(word))?;
        if *word == "tonight" {
            // The word is the evening too: leave "night" to be read.
            self.at -= "night".len();
            return Some(*days);
        }
        if self.peeks(Words::Morning) || self.peeks(Words::Evening) || self.peeks(Words::Noon) {
            return Some(*days);
        }
        self.at = before;
        None
    }

    /// 周日, 下周一, Friday, next Monday: which week is meant, counted from this one, if it is said; and which of its
    /// days, counted from Monday.
    pub(super) fn weekday(&mut self) -> Option<(Option<i64>, i64)> {
        const WEEKS: &[(&str, Option<i64>)] = &[
            ("下下个", Some(2)),
            ("下下", Some(2)),
            ("下个", Some(1)),
            ("下", Some(1)),
            ("上个", Some(-1)),
            ("上", Some(-1)),
            ("本", Some(0)),
            ("这个", Some(0)),
            ("这", Some(0)),
            ("", None),
        ];
        const CHINESE: &[(&str, i64)] =
            &[("一", 0), ("二", 1), ("三", 2), ("四", 3), ("五", 4), ("六", 5), ("日", 6), ("天", 6)];
        const ENGLISH: &[(&str, i64)] = &[
            ("monday", 0),
            ("tuesday", 1),
            ("wednesday", 2),
            ("thursday", 3),
            ("friday", 4),
            ("saturday", 5),
            ("sunday", 6),
            ("mon", 0),
            ("tue", 1),
            ("wed", 2),
            ("thu", 3),
            ("fri", 4),
            ("sat", 5),
            ("sun", 6),
        ];
        let before = self.at;
        for (word, week) in WEEKS {
            if self.eat_word(word)
                && ["星期", "礼拜", "周"].iter().any(|name| self.eat_word(name))
                && let Some((_, day)) = CHINESE.iter().find(|(name, _)| self.eat_word(name))
            {
                return Some((*week, *day));
            }
            self.at = before;
        }
        let week = [("next", 1), ("last", -1), ("this", 0)].iter().find(|(word, _)| self.eat_word(word));
        if let Some((_, day)) = ENGLISH.iter().find(|(name, _)| self.eat_word(name)) {
            return Some((week.map(|(_, week)| *week), *day));
        }
        self.at = before;
        None
    }

    /// What stands between the parts of a date, if it comes next.
    pub(super) fn date_joint(&mut self) -> Option<Part> {
        [
            ("-", Part::Dash),
            ("–", Part::Dash),
            ("/", Part::Slash),
            (".", Part::Dash),
            ("年", Part::Year),
            ("月", Part::Month),
        ]
        .into_iter()
        .find_map(|(word, part)| self.eat_word(word).then_some(part))
    }

    /// A number in digits (at most four) or Chinese numerals.
    pub(super) fn number(&mut self) -> Option<u32> {
        self.digits_or_number().map(|number| number.value)
    }

    /// A number, with how many digits it has.
    pub(super) fn digits_or_number(&mut self) -> Option<Number> {
        self.skip_spaces();
        let digits: String = self.chars[self.at..].iter().take_while(|c| c.is_ascii_digit()).collect();
        if digits.is_empty() {
            return self.numeral().map(|value| Number { value, width: 0 });
        }
        if digits.len() > 4 {
            return None;
        }
        self.at += digits.len();
        Some(Number { value: digits.parse().ok()?, width: digits.len() })
    }

    /// Exactly two digits.
    pub(super) fn two_digits(&mut self) -> Option<u32> {
        let number = self.digits_or_number()?;
        (number.width == 2).then_some(number.value)
    }

    /// One digit.
    pub(super) fn one_digit(&mut self) -> Option<u32> {
        let digit = self.chars.get(self.at)?.to_digit(10)?;
        self.at += 1;
        Some(digit)
    }

    /// 一 … 九十九, 两.
    fn numeral(&mut self) -> Option<u32> {
        let ones = self.ones();
        if !self.eat_word("十") {
            return ones;
        }
        Some(ones.unwrap_or(1) * 10 + self.ones().unwrap_or(0))
    }

    fn ones(&mut self) -> Option<u32> {
        const ONES: &[(&str, u32)] = &[
            ("零", 0),
            ("〇", 0),
            ("一", 1),
            ("二", 2),
            ("两", 2),
            ("三", 3),
            ("四", 4),
            ("五", 5),
            ("六", 6),
            ("七", 7),
            ("八", 8),
            ("九", 9),
        ];
        ONES.iter().find_map(|(word, value)| self.eat_word(word).then_some(*value))
    }
}
