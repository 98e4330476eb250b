//! Invented people, as many as wanted, with units, calls and contacts: owned rows that an index is built from.

use super::SEED;
use super::rng::{Rng, Weighted};
use super::sound::Sounds;
use super::words;
use zhiban::clock::Ids;
use zhiban::domain::ids::{ContactId, FollowUpId, Mint, PersonId, Subject, UnitId};
use zhiban::domain::time::Ts;
use zhiban::search::found::{CallLine, ContactLine, PersonLine, UnitLine};

/// One person.
#[derive(Debug, Clone)]
pub struct Human {
    pub id: PersonId,
    pub no: String,
    pub name: String,
    /// The place among the units.
    pub unit: usize,
    pub phone: String,
    pub family_phone: String,
    pub id_number: String,
    pub address: String,
    pub student: bool,
    pub has_case: bool,
}

/// One unit.
#[derive(Debug, Clone)]
pub struct Unit {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub short: String,
    pub parent: Option<usize>,
    /// Liaison and head, each with a number; both work there.
    pub contacts: [(String, String); 2],
}

/// One past call.
#[derive(Debug, Clone)]
pub struct Said {
    pub id: FollowUpId,
    pub about: usize,
    pub words: &'static str,
}

/// One outside contact.
#[derive(Debug, Clone)]
pub struct Outside {
    pub id: ContactId,
    pub org: String,
    pub name: String,
    pub phone: String,
}

/// Everybody and everything that can be found.
pub struct Crowd {
    pub people: Vec<Human>,
    pub units: Vec<Unit>,
    pub calls: Vec<Said>,
    pub outside: Vec<Outside>,
}

/// The most units there are: a large bureau's.
const UNITS: usize = 4100;
/// The most calls that are looked through.
const CALLS: usize = 20_000;
/// Family numbers begin where own numbers never come.
const FAMILY: usize = 50_000_000;

impl Crowd {
    /// Makes `n` people.
    pub fn make(n: usize) -> Self {
        let sounds = Sounds::default();
        let mut rng = Rng::of(SEED);
        let mut ids = Ids::seeded("crowd");
        let mut units = make_units((n / 100).clamp(1, UNITS), &mut ids);
        let names = Names::new();
        let people: Vec<Human> = (0..n)
            .map(|i| {
                let unit = i * units.len() / n;
                human(i, unit, names.make(&sounds, &mut rng), ids.id(Ts(0)).into(), &mut rng)
            })
            .collect();
        let many = units.len();
        for (place, unit) in units.iter_mut().enumerate() {
            let first = (place * n).div_ceil(many);
            unit.contacts = [0, 1].map(|i| {
                let one = &people[(first + i).min(n - 1)];
                (one.name.clone(), one.phone.clone())
            });
        }
        let calls = (0..(n / 4).min(CALLS)).map(|_| Said {
            id: ids.id(Ts(0)).into(),
            about: rng.below(n),
            words: words::SAID[rng.below(words::SAID.len())],
        });
        let calls = calls.collect();
        let outside = (0..60).map(|i| Outside {
            id: ids.id(Ts(0)).into(),
            org: format!("{}{}", words::PLACES[i % 20], ["社区居委会", "疾控中心", "人民医院"][i / 20]),
            name: names.common(&mut rng),
            phone: format!("0999-7{:06}", i * 15_013 % 1_000_000),
        });
        let outside = outside.collect();
        Self { people, units, calls, outside }
    }

    /// Persons as the index takes them.
    pub fn person(&self, place: usize) -> PersonLine<'_> {
        let human = &self.people[place];
        PersonLine {
            id: human.id,
            no: &human.no,
            name: &human.name,
            unit: Some(self.units[human.unit].id),
            phone: &human.phone,
            family_phone: &human.family_phone,
            id_number: &human.id_number,
            address: &human.address,
            has_case: human.has_case,
        }
    }

    /// Units as the index takes them.
    pub fn unit_lines(&self) -> impl Iterator<Item = UnitLine<'_>> {
        self.units.iter().map(|unit| UnitLine {
            id: unit.id,
            code: &unit.code,
            name: &unit.name,
            short: &unit.short,
            contacts: [0, 1].map(|i| (unit.contacts[i].0.as_str(), unit.contacts[i].1.as_str())),
            officer: None,
            parent: None,
        })
    }

    /// Outside contacts as the index takes them.
    pub fn contact_lines(&self) -> impl Iterator<Item = ContactLine<'_>> {
        self.outside.iter().map(|one| ContactLine {
            id: one.id,
            org: &one.org,
            name: &one.name,
            phone: &one.phone,
        })
    }

    /// Past calls as the index takes them.
    pub fn call_lines(&self) -> impl Iterator<Item = CallLine<'_>> {
        self.calls.iter().map(|call| CallLine {
            id: call.id,
            subject: Some(Subject::Person(self.people[call.about].id)),
            number: "",
            words: call.words,
        })
    }
}

/// Schools with their units below them; one school when they fit into one.
fn make_units(n: usize, ids: &mut Ids) -> Vec<Unit> {
    let per_school = words::UNITS.len();
    (0..n)
        .map(|i| {
            let (school, at) = (i / per_school, i % per_school);
            let (name, short) = words::UNITS[at];
            let (name, short) = if n <= per_school {
                (name.to_owned(), short.to_owned())
            } else {
                let (kind, kind_short) = words::KINDS[school % words::KINDS.len()];
                let place = words::PLACES[school / words::KINDS.len() % words::PLACES.len()];
                (format!("{place}{kind}{name}"), format!("{place}{kind_short}{short}"))
            };
            // The first unit of a school stands for it, so that there is a tree.
            let parent = (at > 0).then_some(school * per_school);
            let contacts = Default::default();
            Unit { id: ids.id(Ts(0)).into(), code: format!("D{:05}", i + 101), name, short, parent, contacts }
        })
        .collect()
}

fn human(i: usize, unit: usize, name: String, id: PersonId, rng: &mut Rng) -> Human {
    let student = !rng.chance(300);
    let year = if student { 2016 + rng.below(4) } else { 1990 + rng.below(30) };
    // 600,011 is prime to a million: every person another serial, and neighbours far apart.
    let serial = (i * 600_011 + 77_003) % 1_000_000;
    let born = if student { 1994 + rng.below(8) } else { 1958 + rng.below(38) };
    let order = rng.below(999);
    let check = b"10X98765432"[rng.below(11)] as char;
    let (month, day) = (1 + rng.below(12), 1 + rng.below(28));
    Human {
        id,
        no: format!("{year}{serial:06}"),
        name,
        unit,
        phone: mobile(i, OWN),
        family_phone: if rng.chance(700) { mobile(i + FAMILY, FAMILYS) } else { String::new() },
        id_number: format!("990202{born:04}{month:02}{day:02}{order:03}{check}"),
        address: address(i, student, rng),
        student,
        has_case: rng.chance(15),
    }
}

/// Beginnings of mobile numbers that no network had given out in 2020: own numbers, and families'.
const OWN: [&str; 5] = ["154", "160", "161", "163", "164"];
const FAMILYS: [&str; 5] = ["142", "143", "168", "169", "179"];

/// A mobile number that is nobody's. Each `index` another.
fn mobile(index: usize, prefixes: [&str; 5]) -> String {
    format!("{}{:08}", prefixes[index % 5], scattered(index))
}

/// Eight digits that look thrown, each `index` below 10⁸ others: steps that can be taken back, on 27 bits, taken
/// again while they lead out of the eight digits.
fn scattered(index: usize) -> usize {
    const BITS: usize = (1 << 27) - 1;
    let mut x = index;
    loop {
        for odd in [0x5d7_b3a5, 0x31e_9f1d, 0x6c8_e2b7] {
            x = (x * odd + 0x1234_567) & BITS;
            x ^= x >> 13;
        }
        if x < 100_000_000 {
            return x;
        }
    }
}

/// Four live in a room; a garden has houses of 240 rooms. Staff live in streets.
fn address(i: usize, student: bool, rng: &mut Rng) -> String {
    if student {
        let room = i / 4;
        let (house, room) = (room / 240, room % 240);
        let garden = words::GARDENS[house % words::GARDENS.len()];
        let number = 1 + house / words::GARDENS.len();
        return format!("{garden}{number}号楼{}{:02}", 1 + room / 40, 1 + room % 40);
    }
    let (street, door) = (*rng.pick(&words::STREETS), rng.range(1, 320));
    format!("{street} {door} 号 {} 单元 {}0{}", rng.range(1, 6), rng.range(1, 9), rng.range(1, 4))
}

/// Names by how often their parts come.
struct Names {
    surnames: Weighted<String>,
    given: Weighted<char>,
    pairs: Vec<&'static str>,
    changeable: Vec<&'static str>,
}

impl Names {
    fn new() -> Self {
        let common = words::SURNAMES.split_whitespace().filter_map(|word| {
            let at = word.find(|c: char| c.is_ascii_digit())?;
            Some((word[..at].to_owned(), word[at..].parse::<usize>().ok()? * 10))
        });
        let rare = words::RARE_SURNAMES.chars().filter(|c| !c.is_whitespace()).map(|c| (c.to_string(), 30));
        let compound = words::COMPOUND.iter().map(|both| ((*both).to_owned(), 10));
        // The commonest character comes some twenty times as often as one in the middle of the list.
        let given = words::GIVEN.chars().filter(|c| !c.is_whitespace()).enumerate();
        Self {
            surnames: Weighted::new(common.chain(rare).chain(compound)),
            given: Weighted::new(given.map(|(rank, c)| (c, 100_000 / (rank + 20)))),
            pairs: words::PAIRS.split_whitespace().collect(),
            changeable: vec![
                "王", "张", "刘", "陈", "杨", "赵", "黄", "吴", "孙", "马", "郑", "谢", "许", "吕",
            ],
        }
    }

    /// Of a thousand names fifteen are unusual.
    fn make(&self, sounds: &Sounds, rng: &mut Rng) -> String {
        match rng.below(1000) {
            0..=4 => format!("{}·{}", rng.pick(&words::POINT_GIVEN), rng.pick(&words::POINT_FAMILY)),
            5..=7 => format!("{} {}", rng.pick(&words::LATIN_FIRST), rng.pick(&words::LATIN_LAST)),
            8..=11 => {
                let given = format!("{}{}", self.given.pick(rng), self.given.pick(rng));
                sounds.traditional(&format!("{}{given}", rng.pick(&self.changeable)))
            }
            12..=13 => {
                let rare: Vec<char> = words::RARE.chars().collect();
                format!("{}{}{}", self.surnames.pick(rng), self.given.pick(rng), rng.pick(&rare))
            }
            // An invisible character that came with a sheet.
            14 => {
                format!("{}\u{200b}{}{}", self.surnames.pick(rng), self.given.pick(rng), self.given.pick(rng))
            }
            _ => self.common(rng),
        }
    }

    /// A surname with one character, a pair in use, or two characters.
    fn common(&self, rng: &mut Rng) -> String {
        let surname = self.surnames.pick(rng);
        match rng.below(100) {
            0..=13 => format!("{surname}{}", self.given.pick(rng)),
            14..=33 => format!("{surname}{}", rng.pick(&self.pairs)),
            _ => format!("{surname}{}{}", self.given.pick(rng), self.given.pick(rng)),
        }
    }
}
