//! The people.

use super::super::crowd::SEED;
use super::super::crowd::rng::{Rng, Weighted};
use super::super::crowd::words;
use std::collections::HashMap;
use zhiban::clock::Ids;
use zhiban::domain::ids::{Mint, PersonId, UnitId};
use zhiban::domain::time::Ts;
use zhiban::search::found::{PersonLine, UnitLine};
use zhiban::search::{Builder, Index};

/// Characters of the extensions A to H that names hold.
const RARE: &str = "㛃㳚㴔㸌䗴䘵䜣䝙䲟䴕䶮䣘㑇㑊㕮𠅤𠙶𠳐𡎚𡐓𣗋𤧛𤩽𦈡𦒍𦙶𦭜𨱇𩽾𪟝𪣻𪤗𪩘𪾢𫄧𫄨𫍣𫍯𫍲𫍽𫐄𫓧𫖮𫖯𫖳𫗧𫘜𫚕𫟅𫟦𫟹𫟼𫠊𫞩𬀩𬀪𬂩𬍛\
    𬍡𬍤𬘓𬘘𬘡𬘩𬘫𬜬𬜯𬞟𬟁𬣙𬣞𬤇𬤊𬩽𬭸𬭼𬮱𬱖𬱟𬳵𬴂𬴊𬶋𬶍𬶏𬷕𬸘𬸚𬸣𬸦𭀖𰀡𰀢𱍐𱍕𱍛";

/// One person.
pub struct Human {
    pub id: PersonId,
    pub name: String,
    /// Where the name is parted, by `·` or a space.
    pub parts: Vec<String>,
    /// The characters and how each is read, `ü` as `v`; of a Latin name its words.
    pub tokens: Vec<(String, String)>,
    /// How many of them are the surname.
    pub surname: usize,
    pub no: String,
    pub phone: String,
    pub id_number: String,
    pub address: String,
    pub unit: usize,
}

/// One unit: its name and what it is called.
pub struct Unit {
    pub id: UnitId,
    pub name: &'static str,
    pub spoken: &'static str,
}

/// What colleges are called, apart from the names that units keep.
const UNITS: [(&str, &str); 12] = [
    ("经济与管理学院", "经管院"),
    ("生命科学学院", "生科院"),
    ("土木与建筑学院", "土建"),
    ("计算机科学与技术学院", "计算机院"),
    ("外国语学院", "外语"),
    ("马克思主义学院", "马院"),
    ("机械工程学院", "机械院"),
    ("数学与统计学院", "数统"),
    ("化学化工学院", "化工院"),
    ("法学院", "法学院"),
    ("后勤管理处", "后勤"),
    ("图书馆", "图书馆"),
];

/// Everybody.
pub struct Roster {
    pub people: Vec<Human>,
    pub units: Vec<Unit>,
}

impl Human {
    /// The name as it is read.
    pub fn pinyin(&self) -> String {
        self.tokens.iter().map(|(_, reading)| reading.as_str()).collect()
    }

    pub fn initials(&self) -> String {
        self.tokens.iter().filter_map(|(_, reading)| reading.chars().next()).collect()
    }

    pub fn is_latin(&self) -> bool {
        self.name.is_ascii()
    }

    /// A surname and one to three characters.
    pub fn is_common(&self) -> bool {
        self.parts.len() == 1
    }

    /// The name without what parts it.
    pub fn written(&self) -> String {
        self.parts.concat()
    }
}

/// How many end in 略: hardly anybody does, and a query made from one is wanted.
const LVE: usize = 40;

impl Roster {
    pub fn make(n: usize) -> Self {
        let mut rng = Rng::of(SEED + 11);
        let mut ids = Ids::seeded("callers");
        let names = Names::new();
        let people = (0..n).map(|i| {
            let (mut parts, mut tokens, surname) = names.make(&mut rng);
            if i + LVE >= n && parts.len() == 1 {
                parts[0].pop();
                parts[0].push('略');
                tokens.pop();
                tokens.push(names.given('略'));
            }
            let latin = parts.iter().all(|part| part.is_ascii());
            let room = i / 4;
            let garden = words::GARDENS[room % 10];
            Human {
                id: ids.id(Ts(0)).into(),
                name: parts.join(if latin { " " } else { "·" }),
                parts,
                tokens,
                surname,
                no: format!("{}{:05}", 2012 + i % 9, (i * 60_013 + 7) % 100_000),
                phone: format!("16{}{:08}", i % 5, (i * 7_919_017 + 1_234_567) % 100_000_000),
                id_number: format!(
                    "990202{:04}{:02}{:02}{:03}{}",
                    1960 + i % 40,
                    1 + i % 12,
                    1 + i % 28,
                    (i * 37) % 1000,
                    ["1", "7", "X", "4"][i % 4]
                ),
                address: format!(
                    "{garden}{}号楼{}{:02}",
                    1 + room / 10 % 9,
                    1 + room / 90 % 6,
                    1 + room % 30
                ),
                unit: i % UNITS.len(),
            }
        });
        let people = people.collect();
        let unit = |(name, spoken)| Unit { id: ids.id(Ts(0)).into(), name, spoken };
        Self { people, units: UNITS.map(unit).into() }
    }

    /// Everybody's index, southern confusions looked for.
    pub fn index(&self) -> Index {
        let mut builder = Builder::new();
        for (at, unit) in self.units.iter().enumerate() {
            builder.unit(UnitLine {
                id: unit.id,
                code: &format!("U{:03}", at + 1),
                name: unit.name,
                short: "",
                contacts: [("", ""); 2],
                officer: None,
                parent: None,
            });
        }
        for human in &self.people {
            builder.person(PersonLine {
                id: human.id,
                no: &human.no,
                name: &human.name,
                unit: Some(self.units[human.unit].id),
                phone: &human.phone,
                family_phone: "",
                id_number: &human.id_number,
                address: &human.address,
                has_case: false,
            });
        }
        let mut index = builder.finish();
        index.set_confusions(true);
        index
    }
}

/// Every character with its reading.
pub fn readings() -> HashMap<char, &'static str> {
    let lines = include_str!("readings.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| {
            let at = line.find(|c: char| !c.is_ascii()).unwrap_or(line.len());
            line[at..].chars().map(move |c| (c, &line[..at]))
        })
        .collect()
}

struct Names {
    readings: HashMap<char, &'static str>,
    surnames: HashMap<char, &'static str>,
    common: Weighted<String>,
    rare: Vec<char>,
    given: Vec<char>,
    strange: Vec<char>,
}

type Made = (Vec<String>, Vec<(String, String)>, usize);

impl Names {
    fn new() -> Self {
        let common = words::SURNAMES.split_whitespace().filter_map(|word| {
            let at = word.find(|c: char| c.is_ascii_digit())?;
            Some((word[..at].to_owned(), word[at..].parse::<usize>().ok()?))
        });
        let split = |word: &'static str| word.chars().next().map(|c| (c, &word[c.len_utf8()..]));
        let known = readings();
        Self {
            surnames: words::SURNAME_READINGS
                .split_whitespace()
                .filter_map(split)
                .chain([('折', "she")])
                .collect(),
            common: Weighted::new(common),
            rare: words::RARE_SURNAMES.chars().filter(|c| known.contains_key(c)).collect(),
            given: words::GIVEN.chars().filter(|c| known.contains_key(c)).collect(),
            strange: RARE.chars().filter(|c| known.contains_key(c)).collect(),
            readings: known,
        }
    }

    /// The parts of a name, its tokens, and how many of them are the surname.
    fn make(&self, rng: &mut Rng) -> Made {
        match rng.below(1000) {
            0..=29 => {
                let parts = vec![
                    (*rng.pick(&words::POINT_GIVEN)).to_owned(),
                    (*rng.pick(&words::POINT_FAMILY)).to_owned(),
                ];
                let tokens = parts.iter().flat_map(|part| part.chars()).map(|c| self.given(c)).collect();
                (parts, tokens, 0)
            }
            30..=49 => {
                let parts = vec![
                    (*rng.pick(&words::LATIN_FIRST)).to_owned(),
                    (*rng.pick(&words::LATIN_LAST)).to_owned(),
                ];
                let tokens = parts.iter().map(|part| (part.clone(), part.to_lowercase())).collect();
                (parts, tokens, 0)
            }
            50..=109 => {
                let both = *rng.pick(&words::COMPOUND);
                let known = words::COMPOUND_READINGS.iter().find(|(name, _)| *name == both);
                let mut tokens: Vec<(String, String)> = both.chars().map(|c| self.given(c)).collect();
                for (token, reading) in
                    tokens.iter_mut().zip(known.map(|(_, readings)| readings).into_iter().flatten())
                {
                    (*reading).clone_into(&mut token.1);
                }
                self.behind(both.to_owned(), tokens, rng)
            }
            110..=279 => {
                let c = *rng.pick(&self.rare);
                self.behind(c.to_string(), vec![self.surname(c)], rng)
            }
            _ => {
                let surname = self.common.pick(rng).clone();
                let tokens = surname.chars().map(|c| self.surname(c)).collect();
                self.behind(surname, tokens, rng)
            }
        }
    }

    /// A given name behind a surname: one or two characters, now and then a strange one.
    fn behind(&self, surname: String, mut tokens: Vec<(String, String)>, rng: &mut Rng) -> Made {
        let many = tokens.len();
        let mut name = surname;
        for _ in 0..if rng.chance(220) { 1 } else { 2 } {
            let c = if rng.chance(25) { *rng.pick(&self.strange) } else { *rng.pick(&self.given) };
            name.push(c);
            tokens.push(self.given(c));
        }
        (vec![name], tokens, many)
    }

    fn given(&self, c: char) -> (String, String) {
        (c.to_string(), self.readings.get(&c).copied().unwrap_or_default().to_owned())
    }

    fn surname(&self, c: char) -> (String, String) {
        let reading = self.surnames.get(&c).or_else(|| self.readings.get(&c));
        (c.to_string(), reading.copied().unwrap_or_default().to_owned())
    }
}
