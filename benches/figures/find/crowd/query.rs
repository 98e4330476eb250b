//! Queries made from people by the rules of how officers type.

use super::SEED;
use super::people::{Crowd, Human};
use super::rng::Rng;
use super::slip::slip;
use super::sound::{Sounds, Token, fold_only, toned};
pub use super::walk::Shape;

/// By what rule a query is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    Written,
    Pinyin,
    PinyinSpaced,
    PinyinCamel,
    PinyinToned,
    PinyinUmlaut,
    OtherReading,
    Initials,
    Mixed,
    SurnameThenInitials,
    Started,
    NoWhole,
    NoTail,
    MobileTail,
    MobileRun,
    MobileWhole,
    IdTail,
    UnitAndName,
    Room,
    ToTraditional,
    ToSimplified,
    Unusual,
}

/// Every rule with how many of a thousand queries are made by it.
pub const RULES: [(Rule, usize); 22] = [
    (Rule::Written, 90),
    (Rule::Pinyin, 130),
    (Rule::PinyinSpaced, 40),
    (Rule::PinyinCamel, 30),
    (Rule::PinyinToned, 30),
    (Rule::PinyinUmlaut, 20),
    (Rule::OtherReading, 20),
    (Rule::Initials, 60),
    (Rule::Mixed, 80),
    (Rule::SurnameThenInitials, 50),
    (Rule::Started, 60),
    (Rule::NoWhole, 30),
    (Rule::NoTail, 40),
    (Rule::MobileTail, 90),
    (Rule::MobileRun, 30),
    (Rule::MobileWhole, 40),
    (Rule::IdTail, 30),
    (Rule::UnitAndName, 60),
    (Rule::Room, 20),
    (Rule::ToTraditional, 20),
    (Rule::ToSimplified, 10),
    (Rule::Unusual, 20),
];

/// Which part of a number was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Whole,
    Tail,
    Inside,
}

/// What was typed, folded, as the judge needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// The whole name.
    Written(String),
    /// Some characters of the name.
    Part(String),
    Letters(String, Shape),
    /// The whole name in letters, any readings.
    AnyReading(String),
    /// Some characters written, some in letters.
    Mixed(String),
    Digits(String, Place),
    /// Parts of an address.
    Room(Vec<String>),
    UnitAnd(String, Box<Self>),
    /// The surname in letters, beside a unit.
    Surname(String),
}

/// One query, and whom it was made from.
#[derive(Debug, Clone)]
pub struct Query {
    pub text: String,
    /// The place among the people.
    pub person: usize,
    pub rule: Rule,
    pub typed: Typed,
    pub slip: bool,
}

/// Makes `n` queries; one in ten with a slip of the finger.
pub fn make(crowd: &Crowd, sounds: &Sounds, n: usize) -> Vec<Query> {
    let mut rng = Rng::of(SEED + 1);
    let schedule: Vec<Rule> =
        RULES.iter().flat_map(|(rule, share)| std::iter::repeat_n(*rule, *share)).collect();
    let mut queries: Vec<Query> =
        (0..n).filter_map(|i| one(crowd, sounds, schedule[i * schedule.len() / n], &mut rng)).collect();
    let mut able: Vec<usize> = (0..queries.len())
        .filter(|i| matches!(&queries[*i].typed, Typed::Letters(typed, _) if typed.len() >= 5))
        .collect();
    for _ in 0..n / 10 {
        if able.is_empty() {
            break;
        }
        let query = &mut queries[able.swap_remove(rng.below(able.len()))];
        if let Typed::Letters(typed, _) = &mut query.typed {
            *typed = slip(typed, &mut rng);
            query.text.clone_from(typed);
            query.slip = true;
        }
    }
    queries
}

/// A query by this rule from the first of some thrown people whom it suits.
fn one(crowd: &Crowd, sounds: &Sounds, rule: Rule, rng: &mut Rng) -> Option<Query> {
    (0..20_000).find_map(|_| {
        let person = rng.below(crowd.people.len());
        let human = &crowd.people[person];
        let made = match rule {
            Rule::Room => room(human, sounds, rng),
            Rule::UnitAndName => unit_and_name(crowd, human, sounds, rng),
            Rule::Unusual => unusual(human, sounds, rng),
            Rule::Written | Rule::ToTraditional | Rule::ToSimplified => written(human, sounds, rule),
            _ => numbers(human, rule, rng).or_else(|| letters(human, sounds, rule, rng)),
        };
        let (text, typed) = made?;
        Some(Query { text, person, rule, typed, slip: false })
    })
}

type Made = Option<(String, Typed)>;

/// Most names: a surname and one or two characters, all of which are read.
fn common(human: &Human, sounds: &Sounds) -> Option<(usize, Vec<Token>)> {
    let (surname, tokens) = sounds.tokens(&human.name);
    let read = tokens.iter().all(|token| !token.reading.is_empty());
    (surname > 0 && read && tokens.len() <= 4).then_some((surname, tokens))
}

fn joined(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.reading.as_str()).collect()
}

fn initials(tokens: &[Token]) -> String {
    tokens.iter().filter_map(|token| token.reading.chars().next()).collect()
}

fn written(human: &Human, sounds: &Sounds, rule: Rule) -> Made {
    let simple = sounds.fold(&human.name);
    let traditional = sounds.traditional(&human.name);
    // The name without what is only seen in the sheet.
    let plain: String = human.name.chars().filter(|c| *c != '\u{200b}').collect();
    let text = match rule {
        Rule::ToTraditional => (traditional != human.name).then_some(traditional)?,
        Rule::ToSimplified => (!plain.is_ascii() && simple != fold_only(&plain)).then(|| simple.clone())?,
        _ => plain,
    };
    Some((text, Typed::Written(simple)))
}

fn letters(human: &Human, sounds: &Sounds, rule: Rule, rng: &mut Rng) -> Made {
    let (surname, tokens) = common(human, sounds)?;
    let flat = joined(&tokens);
    let full = |text: String| Some((text, Typed::Letters(flat.clone(), Shape::Full)));
    match rule {
        Rule::Pinyin => full(flat.clone()),
        Rule::PinyinSpaced if rng.chance(500) => {
            full(tokens.iter().map(|token| token.reading.as_str()).collect::<Vec<_>>().join(" "))
        }
        Rule::PinyinSpaced => full(format!("{} {}", joined(&tokens[..surname]), joined(&tokens[surname..]))),
        Rule::PinyinCamel => full(tokens.iter().map(|token| capital(&token.reading)).collect()),
        Rule::PinyinToned => full(tokens.iter().map(|token| toned(&token.reading, rng.below(4))).collect()),
        Rule::PinyinUmlaut => {
            let umlaut = if rng.chance(500) { flat.replace('v', "ü") } else { flat.clone() };
            flat.contains('v').then(|| full(umlaut)).flatten()
        }
        Rule::OtherReading => other_reading(&tokens, rng),
        Rule::Initials => Some(shaped(initials(&tokens), Shape::Initials)),
        Rule::Mixed => mixed(&tokens, rng),
        Rule::SurnameThenInitials => Some(shaped(
            format!("{}{}", joined(&tokens[..surname]), initials(&tokens[surname..])),
            Shape::SurnameThenInitials,
        )),
        Rule::Started => {
            let mut text = String::new();
            for token in &tokens {
                text.push_str(&token.reading[..rng.range(1, token.reading.len())]);
            }
            Some(shaped(text, Shape::Started))
        }
        _ => None,
    }
}

fn shaped(text: String, shape: Shape) -> (String, Typed) {
    (text.clone(), Typed::Letters(text, shape))
}

fn capital(reading: &str) -> String {
    let mut chars = reading.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// One character is read in a way that is not its usual one.
fn other_reading(tokens: &[Token], rng: &mut Rng) -> Made {
    let able: Vec<usize> = (0..tokens.len()).filter(|at| !tokens[*at].others.is_empty()).collect();
    if able.is_empty() {
        return None;
    }
    let at = *rng.pick(&able);
    let mut tokens = tokens.to_vec();
    let other = rng.pick(&tokens[at].others).clone();
    tokens[at].reading = other;
    let text = joined(&tokens);
    Some((text.clone(), Typed::AnyReading(text)))
}

/// At least one character written and one in letters: all its letters, the first, or as far as `zh` goes.
fn mixed(tokens: &[Token], rng: &mut Rng) -> Made {
    let as_written = rng.below(tokens.len());
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let also = at != (as_written + 1) % tokens.len() && rng.chance(200);
        if at == as_written || also {
            text.push(token.written?);
        } else {
            let used = [token.reading.len(), 1, 2][rng.below(3)].min(token.reading.len());
            text.push_str(&token.reading[..used]);
        }
    }
    Some((text.clone(), Typed::Mixed(text)))
}

fn numbers(human: &Human, rule: Rule, rng: &mut Rng) -> Made {
    let tail = |number: &str, digits: usize| {
        let text = number[number.len() - digits..].to_owned();
        Some((text.clone(), Typed::Digits(text.to_lowercase(), Place::Tail)))
    };
    let phone = &human.phone;
    match rule {
        Rule::NoWhole => Some((human.no.clone(), Typed::Digits(human.no.clone(), Place::Whole))),
        Rule::NoTail => tail(&human.no, rng.range(4, 6)),
        Rule::MobileTail => tail(phone, rng.range(4, 8)),
        Rule::IdTail => tail(&human.id_number, 6),
        Rule::MobileRun => {
            let digits = rng.range(4, 7);
            let at = rng.range(2, phone.len() - digits - 1);
            let text = phone[at..at + digits].to_owned();
            Some((text.clone(), Typed::Digits(text, Place::Inside)))
        }
        Rule::MobileWhole => {
            let (a, b, c) = (&phone[..3], &phone[3..7], &phone[7..]);
            let text = match rng.below(6) {
                0 => phone.clone(),
                1 => format!("{a} {b} {c}"),
                2 => format!("{a}-{b}-{c}"),
                3 => format!("+86{phone}"),
                4 => format!("+86 {a} {b} {c}"),
                _ => format!("+86-{a}-{b}-{c}"),
            };
            Some((text, Typed::Digits(phone.clone(), Place::Whole)))
        }
        _ => None,
    }
}

fn unit_and_name(crowd: &Crowd, human: &Human, sounds: &Sounds, rng: &mut Rng) -> Made {
    let (surname, tokens) = common(human, sounds)?;
    let short = &crowd.units[human.unit].short;
    let (short_flat, short_initials) = sounds.unit_letters(short);
    let unit = match rng.below(10) {
        0..=4 => short.clone(),
        5..=7 => short_initials,
        _ => short_flat,
    };
    let (name, typed) = match rng.below(20) {
        0..=5 => (human.name.clone(), Typed::Written(sounds.fold(&human.name))),
        6..=10 => shaped(joined(&tokens), Shape::Full),
        11..=16 => shaped(initials(&tokens), Shape::Initials),
        _ => {
            let surname = joined(&tokens[..surname]);
            (surname.clone(), Typed::Surname(surname))
        }
    };
    let typed = Typed::UnitAnd(sounds.fold(&unit), Box::new(typed));
    Some((if rng.chance(200) { format!("{name} {unit}") } else { format!("{unit} {name}") }, typed))
}

/// Garden, house and room as written, with spaces, or without the house.
fn room(human: &Human, sounds: &Sounds, rng: &mut Rng) -> Made {
    let (garden, rest) = human.address.split_at(human.address.find(|c: char| c.is_ascii_digit())?);
    let (house, room) = rest.split_once("号楼").filter(|_| human.student)?;
    let house = format!("{house}号楼");
    let parts = match rng.below(3) {
        0 => vec![human.address.as_str()],
        1 => vec![garden, &house, room],
        _ => vec![garden, room],
    };
    Some((parts.join(" "), Typed::Room(parts.iter().map(|part| sounds.fold(part)).collect())))
}

/// A part of a name with a point or in Latin letters; a name with a rare character as written.
fn unusual(human: &Human, sounds: &Sounds, rng: &mut Rng) -> Made {
    let name = human.name.as_str();
    let parts: Vec<&str> = name.split(['·', ' ']).collect();
    if parts.len() == 2 {
        let part = *rng.pick(&parts);
        let text = if name.is_ascii() && rng.chance(500) { part.to_lowercase() } else { part.to_owned() };
        return Some((text, Typed::Part(sounds.fold(part))));
    }
    let rare = super::words::RARE.chars().any(|c| name.contains(c));
    rare.then(|| (name.to_owned(), Typed::Written(sounds.fold(name))))
}
