//! Figures with who stands behind each, and the compact form in which they go into the log: every id once, then
//! places in that list.

use super::{Group, Key};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// How many.
    pub value: i64,
    /// The people (for reports: the units) behind it, in order; as many as the value. Somebody counted twice, as
    /// one whose case was opened twice in a day, stands here twice.
    pub ids: Vec<Uuid>,
}

/// Figures by their keys. A figure that is not there is zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures(pub BTreeMap<Key, Figure>);

impl Figures {
    /// A figure's value.
    pub fn value(&self, key: &Key) -> i64 {
        self.0.get(key).map_or(0, |figure| figure.value)
    }

    /// Who stands behind a figure.
    pub fn ids(&self, key: &Key) -> &[Uuid] {
        self.0.get(key).map_or(&[], |figure| figure.ids.as_slice())
    }

    /// Counts one more behind a figure.
    pub fn add(&mut self, key: Key, id: Uuid) {
        let figure = self.0.entry(key).or_default();
        figure.value += 1;
        figure.ids.push(id);
    }

    /// Counts one more person, in the whole and in their group.
    pub fn add_person(&mut self, key: &Key, group: Group, id: Uuid) {
        self.add(key.clone(), id);
        self.add(key.clone().of(group), id);
    }

    /// Puts the ids behind every figure in order, so that equal reports are equal.
    pub fn settle(&mut self) {
        for figure in self.0.values_mut() {
            figure.ids.sort_unstable();
        }
    }

    /// Only some of them. Those asked for that are zero are there as zero: a zero can be told, too.
    #[must_use]
    pub fn only(&self, keys: &[Key]) -> Self {
        Self(keys.iter().map(|key| (key.clone(), self.0.get(key).cloned().unwrap_or_default())).collect())
    }
}

#[derive(Serialize, Deserialize)]
struct Compact {
    ids: Vec<Uuid>,
    figures: BTreeMap<String, (i64, Vec<u32>)>,
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ids = Vec::new();
        let mut places: HashMap<Uuid, u32> = HashMap::new();
        let mut figures = BTreeMap::new();
        for (key, figure) in &self.0 {
            let behind = figure.ids.iter().map(|id| {
                *places.entry(*id).or_insert_with(|| {
                    ids.push(*id);
                    ids.len() as u32 - 1
                })
            });
            figures.insert(key.to_string(), (figure.value, behind.collect()));
        }
        Compact { ids, figures }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Figures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let compact = Compact::deserialize(deserializer)?;
        let mut out = BTreeMap::new();
        for (text, (value, places)) in compact.figures {
            // A figure of a later program is left out here; the log keeps it.
            let Some(key) = Key::parse(&text) else { continue };
            let ids = places.iter().map(|place| {
                let id = compact.ids.get(*place as usize).copied();
                id.ok_or_else(|| D::Error::custom("a figure names an id that is not there"))
            });
            out.insert(key, Figure { value, ids: ids.collect::<Result<_, _>>()? });
        }
        Ok(Self(out))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;

    #[test]
    fn figures_are_kept_with_each_id_once() {
        let mut figures = Figures::default();
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for id in [two, one] {
            figures.add_person(&Key::all(Column::Current), Group::Staff, id);
        }
        figures.add(Key::all(Column::New), two);
        figures.settle();
        let text = serde_json::to_string(&figures).unwrap();
        assert_eq!(text.matches("00000000-0000-0000-0000-000000000001").count(), 1);
        assert_eq!(serde_json::from_str::<Figures>(&text).unwrap(), figures);
        assert_eq!(figures.ids(&Key::all(Column::Current)), [one, two]);
        assert!(serde_json::from_str::<Figures>(r#"{"ids":[],"figures":{"all.new":[1,[0]]}}"#).is_err());
        let newer: Figures = serde_json::from_str(r#"{"ids":[],"figures":{"all.later":[1,[]]}}"#).unwrap();
        assert_eq!(newer, Figures::default());
    }
}
