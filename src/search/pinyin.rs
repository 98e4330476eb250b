//! Readings of characters, and the surname readings that come first.

use super::fold::fold;
use pinyin::ToPinyinMulti;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::OnceLock;

/// How many spellings of one name [`keys`] gives at most.
const SPELLINGS: usize = 6;

/// How one character of a name may be typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Sound {
    /// The character itself, folded.
    pub(super) written: char,
    /// Its readings without tones, `ü` as `v`; the likely ones first.
    pub(super) readings: Vec<String>,
    /// How many of them are likely.
    pub(super) likely: usize,
}

impl Sound {
    fn new(written: char, likely: Vec<String>, rest: Vec<String>) -> Self {
        let mut readings = likely;
        let likely = readings.len();
        for reading in rest {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        // ü is also spelt yu, as in passports.
        for at in 0..readings.len() {
            if let Some(tail) = readings[at].strip_prefix("lv").or_else(|| readings[at].strip_prefix("nv")) {
                let passport = format!("{}yu{tail}", &readings[at][..1]);
                readings.push(passport);
            }
        }
        Self { written, readings, likely }
    }
}

/// `data/surnames.toml`.
#[derive(Deserialize)]
struct Surnames {
    single: HashMap<char, Vec<String>>,
    compound: HashMap<String, Vec<String>>,
}

fn surnames() -> &'static Surnames {
    static TABLE: OnceLock<Surnames> = OnceLock::new();
    TABLE.get_or_init(|| {
        // The test `the_surname_table_is_well_formed` holds that it parses.
        toml::from_str(include_str!("../../data/surnames.toml"))
            .unwrap_or(Surnames { single: HashMap::new(), compound: HashMap::new() })
    })
}

/// Every reading of a character, the usual one first; none for what is not Chinese.
fn readings(c: char) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if c.is_ascii() {
        return out;
    }
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = fold(reading.plain());
        if !plain.is_empty() && plain.is_ascii() && !out.contains(&plain) {
            out.push(plain);
        }
    }
    out
}

/// A character inside a name or of a unit.
pub(super) fn given(c: char) -> Sound {
    let mut all = readings(c);
    let rest = if all.is_empty() { Vec::new() } else { all.split_off(1) };
    Sound::new(c, all, rest)
}

/// A character as a surname of its own.
pub(super) fn surname(c: char) -> Sound {
    match surnames().single.get(&c) {
        Some(likely) => Sound::new(c, likely.clone(), readings(c)),
        None => given(c),
    }
}

/// The two characters of a compound surname, if the name begins with one and goes on.
pub(super) fn compound(name: &[char]) -> Option<[Sound; 2]> {
    let [first, second, _, ..] = name else { return None };
    let spelt = surnames().compound.get(&String::from_iter([first, second]))?;
    let mut likely = [Vec::new(), Vec::new()];
    for (syllable, at) in spelt.iter().flat_map(|both| both.split(' ').zip(0..)) {
        let at: &mut Vec<String> = &mut likely[at % 2];
        if !at.iter().any(|known| known == syllable) {
            at.push(syllable.to_owned());
        }
    }
    let [one, two] = likely;
    Some([Sound::new(*first, one, readings(*first)), Sound::new(*second, two, readings(*second))])
}

/// The sounds of a person's folded name.
fn sounds(name: &[char]) -> Vec<Sound> {
    let mut out: Vec<Sound> = match (compound(name), name) {
        (Some(two), _) => two.into(),
        (None, [first, _, ..]) => vec![surname(*first)],
        (None, _) => Vec::new(),
    };
    out.extend(name[out.len()..].iter().map(|c| given(*c)));
    out
}

/// The pinyin of a name for tables that filter as the officer types: full spellings, the likely one first, then
/// initials, with spaces between: `zhangwei zw`, `zengyan cengyan zy cy`.
pub fn keys(name: &str) -> String {
    let name: Vec<char> = fold(name).chars().collect();
    let mut full = vec![String::new()];
    let mut initials = vec![String::new()];
    for sound in sounds(&name) {
        let written = sound.written.to_string();
        let ways: Vec<&str> = if sound.readings.is_empty() {
            vec![written.as_str()]
        } else {
            sound.readings.iter().map(String::as_str).collect()
        };
        let first: Vec<&str> =
            ways.iter().map(|way| &way[..way.chars().next().map_or(0, char::len_utf8)]).collect();
        full = spell(&full, &ways);
        initials = spell(&initials, &first);
    }
    let mut out: Vec<String> = Vec::new();
    for key in full.into_iter().chain(initials) {
        if !key.is_empty() && !out.contains(&key) {
            out.push(key);
        }
    }
    out.join(" ")
}

/// Every beginning with every way to go on, the likely ones first, up to a limit.
fn spell(beginnings: &[String], ways: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for way in ways {
        for beginning in beginnings {
            let spelling = format!("{beginning}{way}");
            if out.len() < SPELLINGS && !out.contains(&spelling) {
                out.push(spelling);
            }
        }
    }
    out
}

/// Other spellings.
pub(super) fn confused(_r: &str) -> Vec<String> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surname_table_is_well_formed() {
        let table: Surnames = toml::from_str(include_str!("../../data/surnames.toml")).unwrap();
        assert!(table.single.len() > 30 && table.compound.len() > 50);
        for (name, spelt) in &table.compound {
            assert_eq!(name.chars().count(), 2, "{name}");
            assert!(spelt.iter().all(|both| both.split(' ').count() == 2), "{name}");
        }
        let all = table.single.values().chain(table.compound.values()).flatten();
        assert!(all.flat_map(|s| s.bytes()).all(|b| b.is_ascii_lowercase() || b == b' '));
    }

    #[test]
    fn keys_of_names() {
        assert_eq!(keys("张伟"), "zhangwei zw");
        assert!(keys("曾国藩").starts_with("zengguofan cengguofan"));
        assert!(keys("单雄信").starts_with("shanxiongxin"));
        assert!(keys("欧阳修").starts_with("ouyangxiu"));
        assert!(keys("尉迟恭").starts_with("yuchigong"));
        assert!(keys("吕蒙").starts_with("lvmeng"));
        assert!(keys("吕蒙").contains("lyumeng"));
        assert_eq!(keys("John Li"), "johnli");
        assert_eq!(keys(""), "");
    }

    #[test]
    fn a_name_of_many_readings_stays_short() {
        assert!(keys("乐乐乐乐重行长").split(' ').count() <= 2 * SPELLINGS);
    }
}
