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
    /// The point of `1.5h`.
    Point,
    /// After the day of a month.
    DayOfMonth,
    /// Before a time of day.
    At,
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
            Self::Ago => &["以前", "之前", "前", "ago"],
            Self::Half => &["半"],
            Self::Quarter => &["刻钟", "刻"],
            Self::Measure => &["个"],
            Self::Hours => &["小时", "钟头", "hours", "hour", "hrs", "hr", "h"],
            Self::Minutes => &["分钟", "分", "minutes", "minute", "mins", "min", "m"],
            Self::Days => &["天", "days", "day", "d"],
            Self::Point => &["."],
            Self::DayOfMonth => &["日", "号"],
            Self::At => &["at", "@"],
            Self::Colon => &[":"],
            Self::OClock => &["点钟", "点", "时", "o'clock"],
            Self::Morning => &["凌晨", "早晨", "早上", "上午", "清晨", "早", "a.m.", "am", "morning"],
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
