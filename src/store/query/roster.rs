//! The roster as `intake` needs it: people by number, units by code and name. Plain data; the store fills it
//! from one snapshot.

use crate::domain::ids::{OfficerId, UnitId};
use crate::domain::person::Person;
use crate::domain::text::fold;
use crate::domain::unit::Unit;
use std::collections::HashMap;

/// Everybody and every unit, with the look-ups an import needs.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// People.
    pub people: Vec<Person>,
    /// Units.
    pub units: Vec<Unit>,
    /// The office's officers, by name.
    pub officers: Vec<(OfficerId, String)>,
    by_no: HashMap<String, usize>,
    by_bare_no: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    unit_by_id: HashMap<UnitId, usize>,
    unit_by_code: HashMap<String, usize>,
    unit_by_name: HashMap<String, Vec<usize>>,
}

impl Roster {
    /// Indexes what the store has read.
    pub fn new(people: Vec<Person>, units: Vec<Unit>) -> Self {
        let mut roster = Self { people, units, ..Self::default() };
        for (at, person) in roster.people.iter().enumerate() {
            roster.by_no.insert(person.no.clone(), at);
            let bare = person.no.trim_start_matches('0');
            if bare.len() < person.no.len() {
                roster.by_bare_no.entry(bare.to_owned()).or_default().push(at);
            }
            let name = name_key(person.facts.name.as_deref().unwrap_or_default());
            roster.by_name.entry(name).or_default().push(at);
        }
        for (at, unit) in roster.units.iter().enumerate() {
            roster.unit_by_id.insert(unit.id, at);
            roster.unit_by_code.insert(fold(&unit.code), at);
            let full = fold(&unit.name);
            if let Some(short) = unit.facts.short.as_deref().map(fold).filter(|s| !s.is_empty() && *s != full)
            {
                roster.unit_by_name.entry(short).or_default().push(at);
            }
            roster.unit_by_name.entry(full).or_default().push(at);
        }
        roster
    }

    /// The officer of this name.
    pub fn officer(&self, name: &str) -> Option<OfficerId> {
        let name = fold(name);
        self.officers.iter().find(|(_, known)| fold(known) == name).map(|(id, _)| *id)
    }

    /// What an officer is called; nothing for one who is not known.
    pub fn officer_name(&self, id: OfficerId) -> String {
        self.officers
            .iter()
            .find(|(known, _)| *known == id)
            .map_or_else(String::new, |(_, name)| name.clone())
    }

    /// The person with this number.
    pub fn person(&self, no: &str) -> Option<&Person> {
        self.by_no.get(no).map(|at| &self.people[*at])
    }

    /// The only person whose number is this one with zeros before it, which a number cell has lost.
    pub fn person_without_zeros(&self, no: &str) -> Option<&Person> {
        match self.by_bare_no.get(no).map(Vec::as_slice) {
            Some([at]) => Some(&self.people[*at]),
            _ => None,
        }
    }

    /// Everyone of this name.
    pub fn people_named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Person> + use<'a> {
        self.by_name.get(&name_key(name)).into_iter().flatten().map(|at| &self.people[*at])
    }

    /// The unit with this id.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.unit_by_id.get(&id).map(|at| &self.units[*at])
    }

    /// The unit with this code.
    pub fn unit_by_code(&self, code: &str) -> Option<&Unit> {
        self.unit_by_code.get(&fold(code)).map(|at| &self.units[*at])
    }

    /// The only unit with this full or short name.
    pub fn unit_by_name(&self, name: &str) -> Option<&Unit> {
        match self.unit_by_name.get(&fold(name)).map(Vec::as_slice) {
            Some([at]) => Some(&self.units[*at]),
            // A short name may be another unit's full name: the full name wins.
            Some(several) => {
                let folded = fold(name);
                several.iter().map(|at| &self.units[*at]).find(|unit| fold(&unit.name) == folded)
            }
            None => None,
        }
    }

    /// The unit a sheet means: by name, short name or code.
    pub fn find_unit(&self, text: &str) -> Option<&Unit> {
        self.unit_by_name(text).or_else(|| self.unit_by_code(text))
    }

    /// The unit whose report this unit's people stand in: itself, or the nearest above it that reports.
    pub fn reporting_unit(&self, id: UnitId) -> UnitId {
        let mut at = id;
        for _ in 0..=self.units.len() {
            match self.unit(at) {
                Some(unit) if unit.facts.reports == Some(false) => match unit.facts.parent {
                    Some(parent) => at = parent,
                    None => return id,
                },
                Some(_) => return at,
                None => return id,
            }
        }
        id
    }

    /// Whether `above` is the unit itself or stands above it.
    pub fn is_within(&self, id: UnitId, above: UnitId) -> bool {
        let mut at = Some(id);
        for _ in 0..=self.units.len() {
            match at {
                Some(unit) if unit == above => return true,
                Some(unit) => at = self.unit(unit).and_then(|unit| unit.facts.parent),
                None => return false,
            }
        }
        false
    }
}

/// A name for comparing, as finding compares it: one form of each character, whatever system wrote it. What is not a
/// letter at all is compared as it stands.
pub fn name_key(name: &str) -> String {
    let key = crate::search::fold::fold(name);
    if key.is_empty() { fold(name) } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_one_whatever_system_wrote_it() {
        for (one, other) in [
            // Private places of GBK and what stands there since.
            ("王\u{e863}", "王䶮"),
            ("王\u{e81e}", "王龴"),
            // A radical and a compatibility form.
            ("⽯磊", "石磊"),
            ("\u{f92c}平", "郎平"),
            ("Jose\u{301} Mun\u{303}oz", "José Muñoz"),
            ("阿不都·热合曼", "阿不都•热合曼"),
            ("ＡＮＮＡ　Schmidt", "Anna Schmidt"),
            ("王 伟\u{200b}", "王伟"),
            ("葛\u{e0100}明", "葛明"),
            ("張偉", "张伟"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one} {other}");
        }
        for (one, other) in [("王伟", "王玮"), ("李娜", "李那"), ("?", "。"), ("王伟", "")] {
            assert_ne!(name_key(one), name_key(other), "{one} {other}");
        }
    }
}
