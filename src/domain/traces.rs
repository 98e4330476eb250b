//! What tells in a text that it speaks of one person: their numbers, their name, their address. Numbers are known however
//! they are written: wide digits, blanks and hyphens between them.

use super::phone::SHORTEST;

/// The shortest staff or student number that is looked for by itself, one less when it has a letter: a shorter one
/// stands in half of all texts.
const SHORTEST_NO: usize = 5;
/// The shortest address or words of a contact that are looked for.
const SHORTEST_TEXT: usize = 6;
/// The shortest name.
const SHORTEST_NAME: usize = 2;
/// So many digits at an end of a number.
const TAIL: usize = 4;
/// The fewest digits between two signs that group a number: fewer are a day, an hour, a temperature.
const GROUP: usize = 3;
/// From so many digits on a staff or student number is written in groups at times.
const GROUPED_NO: usize = 8;
/// From so many digits on a number is known in groups of any length: nothing else has so many.
const LONG: usize = 11;

/// From here on a sign is a word or a syllable: nothing tells where a name in them ends.
const CJK: char = '\u{2E80}';

/// One person's traces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
    nos: Vec<String>,
    numbers: Vec<String>,
    texts: Vec<String>,
    names: Vec<String>,
    /// Names that somebody else bears too.
    shared: Vec<String>,
    /// Known names that one of theirs is a part of: there it is no name.
    longer: Vec<String>,
    /// Which of the numbers and texts stand in the record of somebody else too.
    common: Vec<String>,
}

/// How sure it is that a text speaks of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// By a number that is as well a day, where days are written.
    Day,
    /// By a name that others bear too.
    SharedName,
    /// By a name that nobody else in the office bears.
    Name,
    /// By a number, or by their whole address.
    Number,
}

impl Traces {
    /// Adds a staff or student number.
    pub fn no(&mut self, no: &str) {
        let no = folded(no).replace(' ', "");
        let lettered = usize::from(no.chars().any(char::is_alphabetic));
        if no.chars().count() + lettered >= SHORTEST_NO {
            add(&mut self.nos, no);
        }
    }

    /// Adds the numbers in a text: telephone numbers, an ID number.
    pub fn number(&mut self, text: &str) {
        for part in text.split([',', '，', '、', ';', '；', '/']) {
            let squeezed = Squeezed::of(&folded(part));
            let mut run = String::new();
            for c in squeezed.text.chars().chain([' ']) {
                if c.is_ascii_digit() || (c == 'X' && run.len() == 17) {
                    run.push(c);
                    continue;
                }
                if run.len() >= SHORTEST {
                    add(&mut self.numbers, run.clone());
                }
                run.clear();
            }
        }
    }

    /// Adds an address, or whom to ask about them.
    pub fn text(&mut self, text: &str) {
        let text = folded(text);
        if text.chars().count() >= SHORTEST_TEXT {
            add(&mut self.texts, text);
        }
    }

    /// Adds a name; `shared` when somebody else bears it too.
    pub fn name(&mut self, name: &str, shared: bool) {
        let name = folded(name);
        if name.chars().count() >= SHORTEST_NAME {
            add(if shared { &mut self.shared } else { &mut self.names }, name);
        }
    }

    /// Notes a name, or a title, that the office knows besides: where one of theirs is only a part of it, they are not meant.
    pub fn other_name(&mut self, name: &str) {
        let name = folded(name);
        let part = |own: &String| name.len() > own.len() && name.contains(own.as_str());
        if self.names.iter().chain(&self.shared).any(part) {
            add(&mut self.longer, name);
            // The longest is looked for first: a shorter one may stand in it.
            self.longer.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
    }

    /// Notes what stands in the record of somebody else: a number or an address may be theirs too.
    pub fn others_field(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let plain = folded(text);
        let squeezed = Squeezed::of(&plain);
        let numbers = self.numbers.iter().filter(|number| squeezed.holds(number));
        let texts = self.texts.iter().filter(|known| plain.contains(known.as_str()));
        let both: Vec<String> = numbers.chain(texts).cloned().collect();
        for one in both {
            add(&mut self.common, one);
        }
    }

    /// Whether any text within `raw` may speak of them: a quick look before it is read.
    pub fn may_be_in(&self, raw: &str) -> bool {
        // However it is grouped, its first or its last digits stand together; the letter of an ID number may be small.
        let ends = |number: &String| {
            let digits = number.trim_end_matches('X');
            let (head, tail) = (digits.get(..TAIL), digits.get(digits.len().saturating_sub(TAIL)..));
            [head, tail].into_iter().flatten().any(|end| raw.contains(end))
        };
        let head = |text: &String| {
            let head: String = text.chars().take(SHORTEST_NAME).collect();
            // A small letter there is a capital here.
            head.bytes().any(|b| b.is_ascii_alphabetic()) || raw.contains(&head)
        };
        self.numbers.iter().any(ends)
            || self.nos.iter().any(|no| no.bytes().any(|b| !b.is_ascii_digit()) || ends(no))
            || self.names.iter().chain(&self.shared).chain(&self.texts).any(head)
            || raw.chars().any(|c| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
    }

    /// Whether a text speaks of them.
    pub fn in_text(&self, text: &str) -> Option<Trace> {
        self.found(text, &[])
    }

    /// Whether a text in what is kept of somebody else speaks of them: what both have, a parent's number, is no sign there.
    pub fn in_text_of_other(&self, text: &str) -> Option<Trace> {
        self.found(text, &self.common)
    }

    /// Whether the words in somebody else's row of a sheet speak of them: an address there is where that one lives, and
    /// figures alone that are a day are that day.
    pub fn in_row_of_other(&self, text: &str) -> Option<Trace> {
        if !self.may_be_in(text) {
            return None;
        }
        let places: Vec<String> = self.common.iter().chain(&self.texts).cloned().collect();
        let found = self.found(text, &places)?;
        if found == Trace::Number && !text.chars().any(char::is_alphabetic) {
            let but: Vec<String> = places.into_iter().chain(self.days()).collect();
            return Some(self.found(text, &but).unwrap_or(Trace::Day));
        }
        Some(found)
    }

    /// Whether the name of a file speaks of them: figures there that are a day are that day, and hyphens group nothing.
    pub fn in_file_name(&self, text: &str) -> Option<Trace> {
        let days: Vec<String> = self.days().collect();
        self.found_in(&folded(text), None, &days)
    }

    /// Which of the numbers are as well a day: `20200120`.
    fn days(&self) -> impl Iterator<Item = String> {
        self.nos.iter().chain(&self.numbers).filter(|no| is_day(no)).cloned()
    }

    fn found(&self, text: &str, but: &[String]) -> Option<Trace> {
        let plain = folded(text);
        let squeezed = Squeezed::of(&plain);
        self.found_in(&plain, Some(&squeezed), but)
    }

    /// Looks in a text as it stands, and in the same without what groups its digits.
    fn found_in(&self, plain: &str, squeezed: Option<&Squeezed>, but: &[String]) -> Option<Trace> {
        let counts = |one: &&String| !but.contains(*one);
        let whole =
            |no: &String| stands_alone(plain, no) || squeezed.is_some_and(|digits| digits.holds_alone(no));
        let held = |number: &String| {
            squeezed.map_or_else(|| plain.contains(number.as_str()), |digits| digits.holds(number))
        };
        if self.nos.iter().filter(counts).any(whole)
            || self.numbers.iter().filter(counts).any(held)
            || self.texts.iter().filter(counts).any(|known| plain.contains(known.as_str()))
        {
            return Some(Trace::Number);
        }
        let mut names = plain.to_owned();
        for longer in &self.longer {
            names = names.replace(longer.as_str(), "\0");
        }
        let named = |all: &[String]| all.iter().any(|name| is_named(&names, name));
        if named(&self.names) {
            return Some(Trace::Name);
        }
        named(&self.shared).then_some(Trace::SharedName)
    }
}

/// Whether figures are a day of the years that are written in sheets.
fn is_day(no: &str) -> bool {
    let year = no.get(..4).and_then(|year| year.parse::<u16>().ok());
    no.len() == 8
        && year.is_some_and(|year| (1900..2100).contains(&year))
        && chrono::NaiveDate::parse_from_str(no, "%Y%m%d").is_ok()
}

/// Whether a name stands in the text, as no part of a word in letters.
fn is_named(text: &str, name: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < CJK);
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        !(letter(name.chars().next()) && letter(before) || letter(name.chars().next_back()) && letter(after))
    })
}

fn add(all: &mut Vec<String>, one: String) {
    if !all.contains(&one) {
        all.push(one);
    }
}

/// Wide signs narrow, letters capital, blanks one kind.
fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    };
    text.trim().chars().map(|c| narrow(c).to_ascii_uppercase()).collect()
}

/// A text without what groups the digits of a number.
struct Squeezed {
    text: String,
    /// Before which bytes of it something was taken out.
    breaks: Vec<usize>,
}

impl Squeezed {
    fn of(folded: &str) -> Self {
        let mut text = String::with_capacity(folded.len());
        let mut breaks = Vec::new();
        let mut held = String::new();
        for c in folded.chars() {
            let groups = matches!(c, ' ' | '-' | '—' | '–' | '.' | '(' | ')');
            if groups && (!held.is_empty() || text.ends_with(|c: char| c.is_ascii_digit())) {
                held.push(c);
                continue;
            }
            // Between two digits it was grouping; anywhere else it stands.
            let goes_on = c.is_ascii_digit() || (c == 'X' && text.ends_with(|c: char| c.is_ascii_digit()));
            if !goes_on {
                text.push_str(&held);
            } else if !held.is_empty() {
                breaks.push(text.len());
            }
            held.clear();
            text.push(c);
        }
        Self { text, breaks }
    }

    /// Whether a telephone or ID number stands in it.
    fn holds(&self, number: &str) -> bool {
        self.text
            .match_indices(number)
            .any(|(at, _)| number.len() >= LONG || self.is_in_groups(at, at + number.len()))
    }

    /// Whether a staff or student number stands in it by itself, in groups.
    fn holds_alone(&self, no: &str) -> bool {
        no.len() >= GROUPED_NO && alone(&self.text, no).any(|at| self.is_in_groups(at, at + no.len()))
    }

    /// Whether what was taken out between these bytes may have grouped one number: in `2020-01-20` it did not.
    fn is_in_groups(&self, from: usize, to: usize) -> bool {
        let mut begins = from;
        self.breaks.iter().copied().filter(|at| (from + 1..to).contains(at)).chain([to]).all(|ends| {
            let long = ends - begins >= GROUP;
            begins = ends;
            long
        })
    }
}

/// Where `no` stands in the text with neither digit nor Latin letter beside it.
fn alone<'a>(text: &'a str, no: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(no).map(|(at, _)| at).filter(move |at| {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let end = at + no.len();
        !joins(text[..*at].chars().next_back()) && !joins(text[end..].chars().next())
    })
}

/// Whether it does.
fn stands_alone(text: &str, no: &str) -> bool {
    alone(text, no).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traces() -> Traces {
        let mut traces = Traces::default();
        traces.no("20170031");
        traces.no("17");
        traces.number("199-0000-1234 / 0571 8765 4321");
        traces.number("33010619990101001X");
        traces.text("北区公寓 3 号楼 512");
        traces.name("单晓", false);
        traces.name("张伟", true);
        traces
    }

    #[test]
    fn a_number_is_known_however_it_is_written() {
        let traces = traces();
        for text in [
            "来电 19900001234",
            "199 0000 1234 请回电",
            "１９９－００００－１２３４",
            "+86 199-0000-1234",
            "学号20170031，今晚到校",
            "2017 0031",
            "33010619990101001x",
            "3301 0619 9901 0100 1X",
            "057187654321",
            "住北区公寓 3 号楼 512",
        ] {
            assert!(traces.may_be_in(text), "{text}");
            assert_eq!(traces.in_text(text), Some(Trace::Number), "{text}");
        }
    }

    #[test]
    fn a_name_is_weaker_and_what_is_like_a_number_is_none() {
        let traces = traces();
        assert_eq!(traces.in_text("单晓的家长晚上会来"), Some(Trace::Name));
        assert_eq!(traces.in_text("张伟来取体温计"), Some(Trace::SharedName));
        for text in ["12017003155", "今天 17 人", "共 1234 只口罩", "北区公寓 3 号楼"] {
            assert_eq!(traces.in_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_within_a_longer_one_is_not_theirs() {
        let mut traces = Traces::default();
        traces.name("李明", false);
        traces.name("Li Ming", false);
        traces.number("13700000001");
        for other in ["李明华", "小李明", "李明", "Ann Li Ming", "单晓"] {
            traces.other_name(other);
        }
        for text in ["李明华", "李明华来电", "Li Minghua called", "ALI MING", "ann li ming"] {
            assert_eq!(traces.in_text(text), None, "{text}");
        }
        for text in ["李明来电", "李明华说李明在家", "Li Ming: called", "电话是li ming接的"]
        {
            assert_eq!(traces.in_text(text), Some(Trace::Name), "{text}");
        }
        assert_eq!(traces.in_text_of_other("137-0000-0001"), Some(Trace::Number));
        traces.others_field("13700000001");
        assert_eq!(traces.in_text_of_other("137-0000-0001"), None);
        assert_eq!(traces.in_text("137-0000-0001"), Some(Trace::Number));
    }

    #[test]
    fn a_day_is_no_number() {
        let mut traces = Traces::default();
        traces.no("20200120");
        traces.no("372368");
        traces.no("02171");
        traces.number("2020217");
        for text in
            ["2020-01-20", "2020.01.20", "2020 01 20", "2020-2-17", "37.2 36.8", "0217-1", "3-7-2-3-6-8"]
        {
            assert_eq!(traces.in_text(text), None, "{text}");
        }
        for text in ["20200120", "2020 0120", "2020-0120 来过", "372368", "202 0217"] {
            assert_eq!(traces.in_text(text), Some(Trace::Number), "{text}");
        }
        for (text, trace) in [
            ("20200120", Some(Trace::Day)),
            ("20200120-20200203", Some(Trace::Day)),
            ("与20200120同寝", Some(Trace::Number)),
            ("372368", Some(Trace::Number)),
            ("2020-01-20", None),
        ] {
            assert_eq!(traces.in_row_of_other(text), trace, "{text}");
        }
        for text in ["日报20200120.xlsx", "office-20200120.db", "日报0217-1.xlsx"] {
            assert_eq!(traces.in_file_name(text), None, "{text}");
        }
        assert_eq!(traces.in_file_name("372368的行程.csv"), Some(Trace::Number));
    }
}
