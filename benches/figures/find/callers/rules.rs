//! How people are asked for.

use super::super::crowd::SEED;
use super::super::crowd::rng::Rng;
use super::super::crowd::words;
use super::people::{Human, Roster, readings};
use std::collections::HashMap;

/// In what way a query is typed. What stands further down is less really typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Written,
    OtherForm,
    Pinyin,
    Spaced,
    Apostrophe,
    Umlaut,
    No,
    PhonePasted,
    PhoneSpelt,
    TwoInitials,
    Initials,
    SurnameAndInitials,
    Mixed,
    Started,
    NoTail,
    PhoneTail,
    IdTail,
    SecondPart,
    SecondPartSpelt,
    LatinWord,
    LatinInitials,
    UnitAndName,
    UnitAndPinyin,
    Room,
    RoomInitials,
    LuForLv,
    LueForLve,
    VForU,
    Title,
    UnitAndTitle,
    Familiar,
    Southern,
    HuangWang,
    SameSound,
    LeftOut,
    LeftOutSpelt,
    Swapped,
    Missing,
    Neighbour,
    KeyTooMany,
    KeyFarOff,
    WrongDigit,
    SwappedDigits,
}

/// Every kind.
pub const KINDS: [Kind; 43] = [
    Kind::Written,
    Kind::OtherForm,
    Kind::Pinyin,
    Kind::Spaced,
    Kind::Apostrophe,
    Kind::Umlaut,
    Kind::No,
    Kind::PhoneSpelt,
    Kind::TwoInitials,
    Kind::Initials,
    Kind::SurnameAndInitials,
    Kind::Mixed,
    Kind::Started,
    Kind::NoTail,
    Kind::PhoneTail,
    Kind::IdTail,
    Kind::SecondPart,
    Kind::SecondPartSpelt,
    Kind::LatinWord,
    Kind::LatinInitials,
    Kind::UnitAndName,
    Kind::UnitAndPinyin,
    Kind::Room,
    Kind::RoomInitials,
    Kind::LuForLv,
    Kind::VForU,
    Kind::Title,
    Kind::UnitAndTitle,
    Kind::Familiar,
    Kind::Southern,
    Kind::HuangWang,
    Kind::SameSound,
    Kind::LeftOut,
    Kind::LeftOutSpelt,
    Kind::Swapped,
    Kind::Missing,
    Kind::Neighbour,
    Kind::KeyTooMany,
    Kind::KeyFarOff,
    Kind::WrongDigit,
    Kind::SwappedDigits,
    Kind::PhonePasted,
    Kind::LueForLve,
];

impl Kind {
    /// Whether all of a name or a number is typed.
    pub fn is_whole(self) -> bool {
        self <= Kind::PhoneSpelt
    }
}

/// One query, and from whom it was made.
#[derive(Debug, Clone)]
pub struct Query {
    pub kind: Kind,
    pub text: String,
    pub person: usize,
}

/// `each` queries of every kind, or as many as there are different ones.
pub fn queries(roster: &Roster, each: usize) -> Vec<Query> {
    let mut rng = Rng::of(SEED + 12);
    let sounds = BySound::new();
    let mut out = Vec::new();
    for kind in KINDS {
        let mut made = 0;
        for _ in 0..each * 60 {
            if made == each {
                break;
            }
            let person = rng.below(roster.people.len());
            let Some(text) = one(kind, &roster.people[person], roster, &sounds, &mut rng) else { continue };
            out.push(Query { kind, text, person });
            made += 1;
        }
    }
    out
}

/// Characters by how they are read.
pub struct BySound(HashMap<&'static str, Vec<char>>);

impl BySound {
    fn new() -> Self {
        let mut by_sound: HashMap<&'static str, Vec<char>> = HashMap::new();
        let mut all: Vec<(char, &'static str)> = readings().into_iter().collect();
        all.sort_unstable();
        for (c, reading) in all.into_iter().filter(|(c, _)| (*c as u32) < 0xa000) {
            by_sound.entry(reading).or_default().push(c);
        }
        Self(by_sound)
    }
}

const FORMS: [(&str, &str); 6] = [
    ("䶮", "\u{e863}"),
    ("郎", "\u{f92c}"),
    ("龙", "\u{2ef0}"),
    ("金", "\u{2fa6}"),
    ("石", "\u{2f6f}"),
    ("高", "髙"),
];

const SOUTH: [(&str, &str); 6] =
    [("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in")];

fn one(kind: Kind, human: &Human, roster: &Roster, sounds: &BySound, rng: &mut Rng) -> Option<String> {
    let common = human.is_common();
    let pinyin = human.pinyin();
    let named = common.then_some(());
    match kind {
        Kind::Written => Some(human.name.clone()),
        Kind::OtherForm => other_form(&human.name, rng),
        Kind::Pinyin => named.map(|()| pinyin),
        Kind::Spaced => named.map(|()| {
            let (surname, given) = human.tokens.split_at(human.surname);
            let flat = |tokens: &[(String, String)]| tokens.iter().map(|t| t.1.as_str()).collect::<String>();
            format!("{} {}", flat(surname), flat(given))
        }),
        Kind::Apostrophe => {
            let at = (1..human.tokens.len())
                .find(|at| human.tokens[*at].1.starts_with(['a', 'o', 'e']))
                .filter(|_| common)?;
            let flat = |tokens: &[(String, String)]| tokens.iter().map(|t| t.1.as_str()).collect::<String>();
            Some(format!("{}'{}", flat(&human.tokens[..at]), flat(&human.tokens[at..])))
        }
        Kind::Umlaut => (common && pinyin.contains('v')).then(|| pinyin.replace('v', "ü")),
        Kind::No => Some(human.no.clone()),
        Kind::PhonePasted => Some(phone_pasted(&human.phone, rng)),
        Kind::PhoneSpelt => Some(phone_spelt(&human.phone, rng)),
        Kind::TwoInitials => (common && human.tokens.len() == 2).then(|| human.initials()),
        Kind::Initials => (common && human.tokens.len() > 2).then(|| human.initials()),
        Kind::SurnameAndInitials => named.map(|()| {
            let spelt = |(at, token): (usize, &(String, String))| {
                if at < human.surname { token.1.clone() } else { token.1[..1].to_owned() }
            };
            human.tokens.iter().enumerate().map(spelt).collect()
        }),
        Kind::Mixed => named.map(|()| {
            let written = rng.below(human.tokens.len());
            let spelt = |(at, token): (usize, &(String, String))| {
                if at == written { token.0.clone() } else { token.1.clone() }
            };
            human.tokens.iter().enumerate().map(spelt).collect()
        }),
        Kind::Started => (common && human.tokens.len() > 2).then(|| {
            human.tokens.iter().map(|token| &token.1[..rng.range(1, token.1.len())]).collect::<String>()
        }),
        Kind::NoTail => Some(human.no[human.no.len() - 5..].to_owned()),
        Kind::PhoneTail => Some(human.phone[human.phone.len() - rng.range(4, 8)..].to_owned()),
        Kind::IdTail => Some(human.id_number[human.id_number.len() - 6..].to_owned()),
        Kind::SecondPart => (!common && !human.is_latin()).then(|| human.parts[1].clone()),
        Kind::SecondPartSpelt => (!common && !human.is_latin()).then(|| {
            let tokens = &human.tokens[human.parts[0].chars().count()..];
            let all = rng.chance(500);
            tokens.iter().map(|token| if all { token.1.as_str() } else { &token.1[..1] }).collect()
        }),
        Kind::LatinWord => human.is_latin().then(|| rng.pick(&human.parts).to_lowercase()),
        Kind::LatinInitials => human.is_latin().then(|| human.initials()),
        Kind::UnitAndName => named.map(|()| format!("{} {}", roster.units[human.unit].spoken, human.name)),
        Kind::UnitAndPinyin => named.map(|()| format!("{} {pinyin}", roster.units[human.unit].spoken)),
        Kind::Room => {
            let at = human.address.find("号楼")?;
            Some(format!("{}-{}", &human.address[..at], &human.address[at + "号楼".len()..]))
        }
        Kind::RoomInitials => {
            let garden = human.address.find(|c: char| c.is_ascii_digit())?;
            let at = human.address.find("号楼")?;
            let letters = garden_initials(&human.address[..garden])?;
            let (house, room) = (&human.address[garden..at], &human.address[at + "号楼".len()..]);
            Some(format!("{letters}{house}-{room}"))
        }
        Kind::LuForLv => (common && has(human, &["lv", "nv"])).then(|| pinyin.replace('v', "u")),
        Kind::LueForLve => (common && has(human, &["lve", "nve"])).then(|| pinyin.replace("ve", "ue")),
        Kind::VForU => {
            let able = |token: &(String, String)| {
                token.1.len() > 1
                    && token.1.starts_with(['j', 'q', 'x', 'y'])
                    && token.1[1..].starts_with('u')
            };
            (common && human.tokens.iter().any(able)).then(|| {
                let spelt = |token: &(String, String)| {
                    if able(token) { token.1.replacen('u', "v", 1) } else { token.1.clone() }
                };
                human.tokens.iter().map(spelt).collect()
            })
        }
        Kind::Title => {
            named.map(|()| format!("{}{}", human.name, rng.pick(&["老师", "同学", "教授", "科长"])))
        }
        Kind::UnitAndTitle => (common && human.surname == 1 && rare(human))
            .then(|| format!("{} {}老师", roster.units[human.unit].spoken, human.tokens[0].0)),
        Kind::Familiar => {
            (common && human.surname == 1 && rare(human)).then(|| format!("小{}", human.tokens[0].0))
        }
        Kind::Southern => {
            let (from, to) = *rng.pick(&SOUTH);
            (common && pinyin.contains(from))
                .then(|| pinyin.replacen(from, to, 1))
                .filter(|text| !text.contains("zz"))
        }
        Kind::HuangWang => {
            let first = &human.tokens[0].1;
            let other = match first.as_str() {
                "huang" => "wang",
                "wang" => "huang",
                _ => return None,
            };
            Some(format!("{other}{}", &pinyin[first.len()..]))
        }
        Kind::SameSound => {
            let at = rng.range(1, human.tokens.len() - 1);
            let (own, reading) = &human.tokens[at];
            let others = sounds.0.get(reading.as_str()).filter(|others| common && others.len() > 1)?;
            let other = rng.pick(others).to_string();
            let written = |(n, token): (usize, &(String, String))| {
                if n == at { other.clone() } else { token.0.clone() }
            };
            (other != *own).then(|| human.tokens.iter().enumerate().map(written).collect())
        }
        Kind::LeftOut | Kind::LeftOutSpelt => {
            let (surname, last) = human.tokens.split_at(human.surname);
            let [_, last] = last else { return None };
            if !common {
                return None;
            }
            let kept = surname.iter().chain([last]);
            Some(
                kept.map(|token| if kind == Kind::LeftOut { token.0.as_str() } else { token.1.as_str() })
                    .collect(),
            )
        }
        Kind::Swapped | Kind::Missing | Kind::Neighbour | Kind::KeyTooMany | Kind::KeyFarOff => {
            (common && pinyin.len() >= 6).then(|| slipped(kind, &pinyin, rng)).flatten()
        }
        Kind::WrongDigit => {
            let at = rng.range(3, human.phone.len() - 1);
            let wrong = (human.phone.as_bytes()[at] - b'0' + rng.range(1, 9) as u8) % 10;
            Some(format!("{}{wrong}{}", &human.phone[..at], &human.phone[at + 1..]))
        }
        Kind::SwappedDigits => {
            let mut digits = human.phone.clone().into_bytes();
            let at = rng.range(3, digits.len() - 2);
            digits.swap(at, at + 1);
            String::from_utf8(digits).ok().filter(|text| *text != human.phone)
        }
    }
}

fn has(human: &Human, begin: &[&str]) -> bool {
    human.tokens.iter().any(|(_, reading)| begin.iter().any(|begin| reading.starts_with(begin)))
}

/// A surname that few have.
fn rare(human: &Human) -> bool {
    words::RARE_SURNAMES.contains(&human.tokens[0].0)
}

fn garden_initials(garden: &str) -> Option<String> {
    let known = [
        ("竹园", "zy"),
        ("桂园", "gy"),
        ("梅园", "my"),
        ("兰园", "ly"),
        ("松园", "sy"),
        ("枫园", "fy"),
        ("樱园", "yy"),
        ("荷园", "hy"),
        ("柳园", "ly"),
        ("杏园", "xy"),
    ];
    known.iter().find(|(name, _)| *name == garden).map(|(_, letters)| (*letters).to_owned())
}

/// The name with one of its characters in another form.
fn other_form(name: &str, rng: &mut Rng) -> Option<String> {
    let pairs: Vec<char> = words::TRADITIONAL.chars().filter(|c| !c.is_whitespace()).collect();
    let mut able: Vec<(String, String)> = pairs
        .chunks_exact(2)
        .filter(|pair| name.contains(pair[0]))
        .map(|pair| (pair[0].to_string(), pair[1].to_string()))
        .collect();
    for (plain, other) in FORMS.iter().filter(|(plain, _)| name.contains(plain)) {
        able.push(((*plain).to_owned(), (*other).to_owned()));
    }
    if able.is_empty() {
        return None;
    }
    let (plain, other) = rng.pick(&able);
    Some(name.replacen(plain.as_str(), other, 1))
}

/// A number as displays, call logs and cells write it.
fn phone_spelt(phone: &str, rng: &mut Rng) -> String {
    let (a, b, c) = (&phone[..3], &phone[3..7], &phone[7..]);
    match rng.below(5) {
        0 => format!("+86 {a} {b} {c}"),
        1 => format!("0086{phone}"),
        2 => format!("0{phone}"),
        3 => format!("{a}-{b}-{c}"),
        _ => format!("{a} {b} {c}"),
    }
}

/// A number with the prefix of a cheaper line before it, or as a call log is pasted: with when, where from and how long.
fn phone_pasted(phone: &str, rng: &mut Rng) -> String {
    let (a, b, c) = (&phone[..3], &phone[3..7], &phone[7..]);
    match rng.below(8) {
        0 => format!("17951{phone}"),
        1 => format!("12593 {a}-{b}-{c}"),
        2 => format!("17911{phone}"),
        3 => format!("17951-0{phone}"),
        4 => format!("{phone}（未接）"),
        5 => format!("来电 {a} {b} {c}"),
        6 => format!("tel:+86-{a}-{b}-{c}"),
        _ => format!("{phone}\t10:32"),
    }
}

fn slipped(kind: Kind, pinyin: &str, rng: &mut Rng) -> Option<String> {
    let mut letters = pinyin.as_bytes().to_vec();
    let at = rng.range(1, letters.len() - 2);
    let any = b'a' + rng.below(26) as u8;
    match kind {
        Kind::Swapped => letters.swap(at, at + 1),
        Kind::Missing => {
            letters.remove(at);
        }
        Kind::Neighbour => {
            let beside: Vec<u8> =
                (b'a'..=b'z').filter(|key| super::super::crowd::slip::near(*key, letters[at])).collect();
            letters[at] = *rng.pick(&beside);
        }
        Kind::KeyTooMany => letters.insert(at, any),
        _ => letters[at] = any,
    }
    String::from_utf8(letters).ok().filter(|text| text != pinyin)
}
