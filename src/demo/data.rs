//! The word lists in `data/demo/`, read into tables to choose from.

use super::rng::Weighted;
use crate::error::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything the made-up office is made from.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) office: Office,
    pub(super) names: Names,
    pub(super) places: Places,
    pub(super) words: Words,
    pub(super) outside: Outside,
    pub(super) ledgers: Ledgers,
}

/// The office, its officers and its units.
#[derive(Debug, Deserialize)]
pub(super) struct Office {
    #[serde(rename = "office")]
    pub(super) title: String,
    pub(super) officers: Vec<String>,
    pub(super) campuses: Vec<String>,
    #[serde(rename = "unit")]
    pub(super) units: Vec<UnitSeed>,
}

/// One unit of the list.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct UnitSeed {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) parent: String,
    pub(super) campus: usize,
    pub(super) share: usize,
}

/// What is kept in ledgers.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Ledgers {
    #[serde(rename = "entry")]
    pub(super) entries: Vec<EntrySeed>,
    #[serde(rename = "move")]
    pub(super) moves: Vec<MoveSeed>,
    #[serde(rename = "raised")]
    pub(super) raised: Vec<RaisedSeed>,
}

/// One entry: values as the ledger has them, units and areas by name.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct EntrySeed {
    pub(super) ledger: String,
    /// Days before today, and the minute of that day.
    pub(super) at: (i64, i64),
    pub(super) values: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) lines: Vec<BTreeMap<String, String>>,
    /// Why a count is not what the books say.
    #[serde(default)]
    pub(super) reason: String,
}

/// What became of something that an entry proposed: values of what was made, or why it was declined.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RaisedSeed {
    /// Of which entry of the list.
    pub(super) of: usize,
    pub(super) raise: String,
    pub(super) at: (i64, i64),
    #[serde(default)]
    pub(super) values: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) reason: String,
}

/// One transition of an entry, or of a line of one.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MoveSeed {
    /// Of which entry of the list.
    pub(super) of: usize,
    /// Of which of its lines; of itself where it is absent.
    #[serde(default)]
    pub(super) line: Option<u32>,
    pub(super) transition: String,
    pub(super) at: (i64, i64),
    #[serde(default)]
    pub(super) values: BTreeMap<String, String>,
}

/// Outside contacts, and the calls with them and with families.
#[derive(Debug, Deserialize)]
pub(super) struct Outside {
    #[serde(rename = "contact")]
    pub(super) contacts: Vec<ContactSeed>,
    #[serde(rename = "call")]
    pub(super) calls: Vec<CallSeed>,
    #[serde(rename = "family")]
    pub(super) families: Vec<CallSeed>,
}

/// One outside contact of the list.
#[derive(Debug, Deserialize)]
pub(super) struct ContactSeed {
    pub(super) kind: crate::domain::contact::ContactKind,
    pub(super) org: String,
    pub(super) name: String,
    pub(super) note: String,
}

/// One call of the list.
#[derive(Debug, Deserialize)]
pub(super) struct CallSeed {
    /// Which contact, by place; not for a family's.
    #[serde(default)]
    pub(super) contact: usize,
    /// How many days before today.
    pub(super) before: i64,
    pub(super) minute: i64,
    #[serde(default)]
    pub(super) incoming: bool,
    /// From a number that nobody had written down.
    #[serde(default)]
    pub(super) mobile: bool,
    pub(super) answered_by: String,
    pub(super) words: String,
}

/// Parts of names.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) surnames: Weighted<String>,
    pub(super) male: Weighted<String>,
    pub(super) female: Weighted<String>,
    pub(super) point_given: Vec<String>,
    pub(super) point_family: Vec<String>,
    pub(super) latin: Vec<String>,
    pub(super) rare: Vec<String>,
    pub(super) equal: Vec<String>,
}

/// A province, a city in it and a district of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) province: String,
    pub(super) city: String,
    pub(super) district: String,
}

impl Place {
    /// As readings hold it: the three joined.
    pub(super) fn joined(&self) -> String {
        format!("{}{}{}", self.province, self.city, self.district)
    }
}

/// Places and the ways between them.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) home: Weighted<Place>,
    pub(super) origins: Weighted<Place>,
    pub(super) hubei: Weighted<Place>,
    pub(super) hubei_permille: u32,
    pub(super) streets: Vec<String>,
    pub(super) communities: Vec<String>,
    pub(super) dormitories: Vec<String>,
    pub(super) trains: Vec<String>,
    pub(super) flights: Vec<String>,
    pub(super) coaches: Vec<String>,
}

/// What was said.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    pub(super) slot_well: Vec<String>,
    pub(super) slot_family: Vec<String>,
    pub(super) slot_not_well: Vec<String>,
    pub(super) slot_missed: Vec<String>,
    pub(super) handover: Vec<String>,
    pub(super) case_notes: Vec<String>,
    pub(super) chase_reached: Vec<String>,
    pub(super) chase_unanswered: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) unknown: Vec<String>,
    pub(super) unknown_named: String,
    #[serde(rename = "promise")]
    pub(super) promises: Vec<PromiseSeed>,
}

/// A promise that is open at the present moment.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PromiseSeed {
    /// Minutes from the present moment; negative when it is overdue.
    pub(super) due: i64,
    pub(super) words: String,
}

#[derive(Deserialize)]
struct RawNames {
    surnames: String,
    male: String,
    female: String,
    point_given: Vec<String>,
    point_family: Vec<String>,
    latin: Vec<String>,
    rare: Vec<String>,
    equal: Vec<String>,
}

#[derive(Deserialize)]
struct RawPlaces {
    home_province: String,
    home_city: String,
    districts: Vec<String>,
    streets: Vec<String>,
    communities: Vec<String>,
    dormitories: Vec<String>,
    origins: Vec<String>,
    hubei: Vec<String>,
    hubei_permille: u32,
    trains: Vec<String>,
    flights: Vec<String>,
    coaches: Vec<String>,
}

impl Lists {
    /// Reads the lists that are built in.
    pub(super) fn read() -> Result<Self> {
        let names: RawNames = parse("names", include_str!("../../data/demo/names.toml"))?;
        let places: RawPlaces = parse("places", include_str!("../../data/demo/places.toml"))?;
        let lists = Self {
            office: parse("office", include_str!("../../data/demo/office.toml"))?,
            words: parse("words", include_str!("../../data/demo/words.toml"))?,
            outside: parse("contacts", include_str!("../../data/demo/contacts.toml"))?,
            ledgers: parse("ledgers", include_str!("../../data/demo/ledgers.toml"))?,
            names: Names {
                surnames: weighted(&names.surnames),
                male: weighted(&names.male),
                female: weighted(&names.female),
                point_given: names.point_given,
                point_family: names.point_family,
                latin: names.latin,
                rare: names.rare,
                equal: names.equal,
            },
            places: Places {
                home: Weighted::new(places.districts.iter().filter_map(|line| {
                    let (district, weight) = line.split_once(' ')?;
                    let place = Place {
                        province: places.home_province.clone(),
                        city: places.home_city.clone(),
                        district: district.to_owned(),
                    };
                    Some((place, weight.parse().ok()?))
                })),
                origins: weighted_places(&places.origins),
                hubei: weighted_places(&places.hubei),
                hubei_permille: places.hubei_permille,
                streets: places.streets,
                communities: places.communities,
                dormitories: places.dormitories,
                trains: places.trains,
                flights: places.flights,
                coaches: places.coaches,
            },
        };
        lists.checked()
    }

    /// Refuses lists that leave nothing to choose from.
    fn checked(self) -> Result<Self> {
        let (n, p, w) = (&self.names, &self.places, &self.words);
        let weighted = n.surnames.is_empty() || n.male.is_empty() || n.female.is_empty();
        let places = p.home.is_empty() || p.origins.is_empty() || p.hubei.is_empty();
        let lists =
            [&n.point_given, &n.point_family, &n.latin, &n.rare, &n.equal, &p.streets, &p.communities];
        let more = [
            &p.dormitories,
            &p.trains,
            &p.flights,
            &p.coaches,
            &w.slot_well,
            &w.slot_family,
            &w.slot_not_well,
        ];
        let words = [&w.slot_missed, &w.handover, &w.case_notes, &w.chase_reached, &w.chase_unanswered];
        let rest = [&w.notes, &w.unknown, &self.office.campuses];
        let empty = lists.iter().chain(&more).chain(&words).chain(&rest).any(|list| list.is_empty());
        if weighted || places || empty || self.office.units.is_empty() || self.office.officers.len() < 2 {
            return Err(Error::internal("reading data/demo", "a list is empty"));
        }
        Ok(self)
    }
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| Error::internal(format!("reading data/demo/{name}.toml"), error))
}

/// `王 71 李 70 …`
fn weighted(text: &str) -> Weighted<String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    Weighted::new(parts.chunks_exact(2).map(|pair| (pair[0].to_owned(), pair[1].parse().unwrap_or(0))))
}

/// `湖北省 武汉市 洪山区 10`
fn weighted_places(lines: &[String]) -> Weighted<Place> {
    Weighted::new(lines.iter().filter_map(|line| {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let [province, city, district, weight] = parts[..] else { return None };
        let place =
            Place { province: province.to_owned(), city: city.to_owned(), district: district.to_owned() };
        Some((place, weight.parse().ok()?))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole() {
        let lists = Lists::read().unwrap();
        assert_eq!(lists.office.units.len(), 41);
        let raw: RawPlaces = parse("places", include_str!("../../data/demo/places.toml")).unwrap();
        assert!(raw.origins.iter().chain(&raw.hubei).all(|line| {
            let parts: Vec<&str> = line.split_whitespace().collect();
            parts.len() == 4 && parts[3].parse::<u32>().is_ok()
        }));
        let raw: RawNames = parse("names", include_str!("../../data/demo/names.toml")).unwrap();
        for text in [raw.surnames, raw.male, raw.female] {
            let parts: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(parts.len() % 2, 0);
            assert!(parts.chunks(2).all(|pair| pair[1].parse::<u32>().is_ok()), "{text}");
        }
    }
}
