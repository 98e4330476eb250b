//! Telephone numbers as they are compared: digits only. What a display, a call log, a cell or a card puts around them
//! (country, network prefix, extension, whose it is) is told apart from the number itself.

use super::codes;
use super::place::begins_with_province;
use crate::domain::text::{half_width, is_invisible};
use std::ops::Range;

/// Digits of a mobile number: behind as many a blank parts two numbers.
const WHOLE: usize = 11;

/// The fewest digits that are a number of their own.
pub const SHORTEST: usize = 7;

/// The most digits of an extension.
const EXTENSION: usize = 6;

/// What is dialled before a number to go over another network, beside 17900 to 17999.
const NETWORKS: [&str; 4] = ["12593", "11808", "10193", "12520"];

/// What begins an extension, the longer words first.
const EXTENSIONS: [&str; 10] = ["分机", "分機", "转接", "内线", "內線", "转", "轉", "分", "#", "*"];

/// What a call log writes behind a number besides the place it comes from.
const LOGGED: [&str; 10] =
    ["未接", "已接", "来电", "呼入", "未知", "陌生", "本地", "中国移动", "中国联通", "中国电信"];

/// One number as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Its digits, without China's country code, a network's prefix and the extension. A number abroad begins with 00.
    pub number: String,
    /// What is dialled behind it; empty when there is nothing.
    pub extension: String,
}

/// Where telephone numbers stand in a text among names: every run of seven digits or more, however it is grouped.
pub fn runs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    // Where a run began, where its last digit ended, and how many digits it has.
    let mut run: Option<(usize, usize, usize)> = None;
    let mut close = |run: &mut Option<(usize, usize, usize)>| {
        out.extend(run.take().filter(|(.., digits)| *digits >= SHORTEST).map(|(from, to, _)| from..to));
    };
    for (at, c) in text.char_indices() {
        let joins = match (c, run) {
            (' ', Some((.., digits))) => digits < WHOLE,
            ('(' | ')' | '（' | '）', Some((.., digits))) => digits < SHORTEST,
            (c, Some(_)) => is_dash(half_width(c)),
            _ => false,
        };
        if matches!(c, '0'..='9' | '０'..='９') {
            let (from, _, digits) = run.unwrap_or((at, at, 0));
            run = Some((from, at + c.len_utf8(), digits + 1));
        } else if !joins {
            close(&mut run);
        }
    }
    close(&mut run);
    out
}

/// Whether a character in half width is one of the dashes that stand in numbers.
pub const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}')
}

/// The digits of the first number in `text`, without country code and extension: what two ways of writing one
/// number have in common. An area code stays; whoever compares lets either side leave it out ([`same`]).
pub fn digits(text: &str) -> String {
    written(text).number
}

/// The first number in `text`: the first that is long enough to be one, or whatever there is.
pub fn written(text: &str) -> Written {
    let mut reader = Reader::new(text);
    let first = reader.next().unwrap_or_default();
    if first.number.len() >= SHORTEST || is_short(&first.number) {
        return first;
    }
    reader.find(|later| later.number.len() >= SHORTEST).unwrap_or(first)
}

/// Every number in a text: the only one there is, or all that are long enough.
pub fn all(text: &str) -> Vec<Written> {
    let mut all: Vec<Written> = Reader::new(text).collect();
    if all.iter().any(|one| one.number.len() >= SHORTEST) {
        all.retain(|one| one.number.len() >= SHORTEST || is_short(&one.number));
    } else {
        all.truncate(1);
    }
    all
}

/// Whether these words are all that stands in parentheses at the end of a text.
fn is_note(text: &str, words: &str) -> bool {
    let Some(inside) = text.trim_end().strip_suffix([')', '）']) else { return false };
    let Some((_, note)) = inside.rsplit_once(['(', '（']) else { return false };
    let note = note.chars().filter(|c| !is_invisible(*c));
    note.clone().all(char::is_alphabetic) && note.count() == words.chars().count()
}

/// The number a text begins with, when behind it stands only what a call log writes there: the place it comes from,
/// how often it called (`13905321111 山东青岛`, `139 0532 1111(2)`); or what a cell does, whose it is
/// (`13905321111（父亲）`).
pub fn logged(text: &str) -> Option<Written> {
    let mut reader = Reader::new(text);
    let leads = !matches!(reader.tokens.first(), Some(Token::Word(_) | Token::Slash | Token::Extension));
    let number = reader.next().filter(|number| leads && is_whole(&number.number))?;
    let mut rest = String::new();
    for token in &reader.tokens[reader.at..] {
        match token {
            Token::Digits(digits) if digits.len() > 2 => return None,
            Token::Word(c) => rest.push(*c),
            Token::Plus | Token::Slash | Token::Extension => return None,
            _ => {}
        }
    }
    let known = rest.is_empty()
        || begins_with_province(&rest)
        || LOGGED.iter().any(|word| rest.starts_with(word))
        || is_note(text, &rest);
    known.then_some(number)
}

/// Whether digits are a whole number that is shorter than others: an emergency, a service, a hotline.
pub fn is_short(digits: &str) -> bool {
    let begins = |with: &[&str]| with.iter().any(|with| digits.starts_with(with));
    match digits.len() {
        3 => begins(&["110", "119", "120", "122"]),
        5 => begins(&["100", "123", "118", "125", "95", "96"]),
        6 => begins(&["95", "96"]),
        _ => false,
    }
}

/// Whether digits, as [`digits`] gives them, are all of a number.
fn is_whole(digits: &str) -> bool {
    match digits.as_bytes() {
        [b'0', b'0', ..] => (9..=17).contains(&digits.len()),
        [b'0', ..] => (10..=12).contains(&digits.len()),
        [b'1', ..] => is_mobile(digits) || is_short(digits),
        [b'4' | b'8', b'0', b'0', ..] => digits.len() == 10 || matches!(digits.len(), 7 | 8),
        _ => matches!(digits.len(), 7 | 8) || is_short(digits),
    }
}

/// Whether digits are a mobile number: eleven of them, from 13 to 19.
pub fn is_mobile(digits: &str) -> bool {
    digits.len() == WHOLE && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

fn is_network(digits: &str) -> bool {
    digits.len() == 5 && (digits.starts_with("179") || NETWORKS.contains(&digits))
}

/// Whether two numbers, as [`digits`] gives them, are one: the same, or the same but for the area code.
pub fn same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long && !short.is_empty()
        || short.len() >= SHORTEST
            && long.starts_with('0')
            && long.len() - short.len() <= 4
            && long.ends_with(short)
}

/// What a text with numbers is made of.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    Digits(String),
    Plus,
    /// A blank or a dot.
    Gap,
    Dash,
    Open,
    Close,
    /// What parts two numbers: `/`, `、`, a comma.
    Slash,
    /// A character of a word that belongs to no number.
    Word(char),
    /// Behind it stands an extension.
    Extension,
}

fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().map(half_width).map(|c| c.to_ascii_lowercase()).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let rest = &chars[at..];
        let word =
            EXTENSIONS.iter().find(|word| word.chars().enumerate().all(|(n, c)| rest.get(n) == Some(&c)));
        let mut used = 1;
        match c {
            '0'..='9' => match out.last_mut() {
                Some(Token::Digits(digits)) => digits.push(c),
                _ => out.push(Token::Digits(c.to_string())),
            },
            'a'..='z' => {
                let letters: String = rest.iter().take_while(|c| c.is_ascii_lowercase()).collect();
                used = letters.len();
                let dialled = matches!(letters.as_str(), "x" | "e" | "ex" | "ext" | "extn" | "extension");
                out.push(if dialled { Token::Extension } else { Token::Word(c) });
            }
            '+' => out.push(Token::Plus),
            '(' | '[' | '{' | '【' | '〔' => out.push(Token::Open),
            ')' | ']' | '}' | '】' | '〕' => out.push(Token::Close),
            '/' | '\\' | '、' | ',' | ';' | '|' | '\n' | '或' => out.push(Token::Slash),
            '.' | '·' | '。' => out.push(Token::Gap),
            c if is_dash(c) => out.push(Token::Dash),
            c if c.is_whitespace() => out.push(Token::Gap),
            c if is_invisible(c) => {}
            _ => match word {
                Some(word) => {
                    used = word.chars().count();
                    out.push(Token::Extension);
                }
                None => out.push(Token::Word(c)),
            },
        }
        at += used;
    }
    out
}

/// What stands between two groups of digits: what parts them most counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Between {
    Nothing,
    Gap,
    Dash,
    Open,
    Slash,
    Word,
    Extension,
}

/// Reads one number after another.
struct Reader {
    tokens: Vec<Token>,
    at: usize,
    /// The number before, when what parts it from the next is a `/`: its last digits may be all that is written.
    before: Option<String>,
}

impl Reader {
    fn new(text: &str) -> Self {
        Self { tokens: tokens(text), at: 0, before: None }
    }

    /// `85071234/5`: a second line that differs in its last digits.
    fn second_line(&mut self) -> Option<Written> {
        let first = self.before.take()?;
        let Some(Token::Digits(last)) = self.tokens.get(self.at) else { return None };
        if last.len() > 2 {
            return None;
        }
        let number = format!("{}{last}", &first[..first.len() - last.len()]);
        self.at += 1;
        self.note_slash(&number);
        Some(Written { number, extension: String::new() })
    }

    /// Remembers a landline before a `/`, and steps over that.
    fn note_slash(&mut self, number: &str) {
        let slash = self.tokens.get(self.at) == Some(&Token::Slash);
        if slash && number.len() >= SHORTEST && !is_mobile(number) {
            self.at += 1;
            self.before = Some(number.to_owned());
        }
    }
}

impl Iterator for Reader {
    type Item = Written;

    fn next(&mut self) -> Option<Written> {
        if let Some(second) = self.second_line() {
            return Some(second);
        }
        let mut dialled = Dialled::default();
        let mut between = Between::Nothing;
        let mut extension = String::new();
        // Where the number ends: what stands behind it is the next one's.
        let mut end = self.at;
        while let Some(token) = self.tokens.get(self.at) {
            let kind = match token {
                Token::Digits(group) => {
                    if between == Between::Extension && dialled.own().len() >= 3 && group.len() <= EXTENSION
                        || between == Between::Dash
                            && dialled.is_full(group.len())
                            && group.len() <= EXTENSION
                    {
                        extension.clone_from(group);
                        end = self.at + 1;
                        break;
                    }
                    if !dialled.goes_on(between, group) {
                        break;
                    }
                    dialled.push(group);
                    end = self.at + 1;
                    between = Between::Nothing;
                    self.at += 1;
                    continue;
                }
                Token::Plus if dialled.all.is_empty() => {
                    dialled.plus = true;
                    Between::Nothing
                }
                Token::Gap | Token::Close => Between::Gap,
                Token::Dash => Between::Dash,
                Token::Open => Between::Open,
                Token::Plus | Token::Slash => Between::Slash,
                Token::Word(_) => Between::Word,
                Token::Extension => Between::Extension,
            };
            between = between.max(kind);
            self.at += 1;
        }
        self.at = end;
        if dialled.all.is_empty() {
            return None;
        }
        let number = dialled.number();
        if extension.is_empty() {
            self.note_slash(&number);
        }
        Some(Written { number, extension })
    }
}

/// Digits of one number, as they come.
#[derive(Debug, Default)]
struct Dialled {
    all: String,
    /// A `+` stood before them.
    plus: bool,
    /// How long the first group is.
    first: usize,
    groups: usize,
}

impl Dialled {
    fn push(&mut self, group: &str) {
        if self.groups == 0 {
            self.first = group.len();
        }
        self.groups += 1;
        self.all.push_str(group);
    }

    fn is_abroad(&self) -> bool {
        self.plus && !self.all.starts_with("86")
            || self.all.starts_with("00") && !self.all.starts_with("0086") && self.all.len() > 4
    }

    /// Whether all so far may be a country's or a network's, and not yet the number.
    fn may_be_prefix(&self) -> bool {
        self.groups == 1 && (self.all == "86" || is_network(&self.all))
    }

    /// Without country code and network prefix; a landline with the 0 that a country code takes away.
    fn own(&self) -> String {
        let rest = match () {
            () if self.plus => self.all.strip_prefix("86"),
            () if self.all.starts_with("0086") => self.all.strip_prefix("0086"),
            () if self.first == 2 && self.groups > 1 => self.all.strip_prefix("86"),
            () => None,
        };
        match rest {
            Some(rest) if needs_zero(rest) => format!("0{rest}"),
            Some(rest) => rest.to_owned(),
            None if self.groups > 1 && is_network(&self.all[..self.first]) => {
                self.all[self.first..].to_owned()
            }
            None => self.all.clone(),
        }
    }

    /// Whether all of a number is there, so that a word or a comma ends it.
    fn is_complete(&self) -> bool {
        let own = self.own();
        let least = match own.as_bytes() {
            _ if self.is_abroad() => 9,
            [b'0', ..] | [b'4' | b'8', b'0', b'0', ..] => 10,
            [b'1', b'3'..=b'9', ..] => WHOLE,
            [b'1' | b'9', ..] => 5,
            _ => SHORTEST,
        };
        own.len() >= least
    }

    /// Whether no more digits fit into it: `next` come after a blank or a dash.
    fn is_full(&self, next: usize) -> bool {
        let own = self.own();
        let local = |len: usize| len >= 8 || len == 7 && next >= 3;
        match own.as_bytes() {
            _ if self.is_abroad() || self.may_be_prefix() => false,
            [b'0', b'1' | b'2', ..] => own.len() >= 11,
            [b'0', ..] => own.len() >= 4 && local(own.len() - 4),
            [b'1' | b'9', ..] if self.groups == 1 && is_short(&own) => true,
            [b'1', ..] => own.len() >= WHOLE,
            [b'4' | b'8', b'0', b'0', ..] => own.len() >= 10,
            _ => local(own.len()),
        }
    }

    /// Whether a group of digits behind something is still of this number.
    fn goes_on(&self, between: Between, group: &str) -> bool {
        let own = self.own();
        if own.is_empty() || self.may_be_prefix() {
            return true;
        }
        // A figure before a whole number is none of it: 1. 13905321111; 3号楼 85071234.
        let another = is_mobile(group) || group.len() >= SHORTEST && between >= Between::Slash;
        if another && !own.starts_with('0') && !self.is_abroad() {
            return false;
        }
        match between {
            Between::Nothing => true,
            Between::Gap | Between::Dash => !self.is_full(group.len()),
            Between::Open | Between::Slash | Between::Word => !self.is_complete(),
            Between::Extension => own.len() < 3,
        }
    }

    fn number(&self) -> String {
        if self.is_abroad() {
            return if self.plus { format!("00{}", self.all) } else { self.all.clone() };
        }
        let mut own = self.own();
        // 86 or 17951 that is the beginning of the number itself.
        if own.len() < SHORTEST && !self.plus && !self.all.starts_with("0086") {
            own.clone_from(&self.all);
        }
        if own.len() > WHOLE && own.get(..5).is_some_and(is_network) {
            own.drain(..5);
        }
        // What is left must be a mobile number, or a landline with its area code (whose 0 may have been dropped).
        if let Some(rest) = own.strip_prefix("86").filter(|_| own.len() >= 12) {
            own = if needs_zero(rest) { format!("0{rest}") } else { rest.to_owned() };
        }
        // Long distance puts a 0 before a mobile number: 0138…; an area code is never 013 to 019.
        match own.strip_prefix('0') {
            Some(rest) if is_mobile(rest) => rest.to_owned(),
            _ => own,
        }
    }
}

/// Whether a number behind a country code is a landline that lost its 0.
fn needs_zero(rest: &str) -> bool {
    !matches!(rest.as_bytes(), [] | [b'0', ..] | [b'1', b'3'..=b'9', ..] | [b'4' | b'8', b'0', b'0', ..])
        && !is_short(rest)
}

codes! {
    /// In what way somebody has a number.
    Whose {
        /// Their own.
        Own = "own",
        /// A unit's liaison.
        Liaison = "liaison",
        /// A unit's head.
        Head = "head",
        /// Their family's.
        Family = "family",
        /// Of who answers for them (包保联系人).
        Contact = "contact",
        /// The one that a call came from.
        Caller = "caller",
        /// Outside the school.
        Outside = "outside",
    }
}

impl Whose {
    /// Whether the number is the office's to show: nobody's private one.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Liaison | Self::Head | Self::Outside)
    }
}

#[cfg(test)]
mod tests;
