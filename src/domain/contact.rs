//! Outside contacts: whom the office calls beyond the school (指挥部, 疾控, 医院, 社区). Their numbers are public to
//! the office and never masked.

use super::codes;
use super::ids::ContactId;
use super::unit::merge_fields;
use serde::{Deserialize, Serialize};

codes! {
    /// What an outside contact is.
    ContactKind {
        /// 指挥部
        Command = "command",
        /// 疾控
        Cdc = "cdc",
        /// 医院
        Hospital = "hospital",
        /// 社区
        Community = "community",
        /// 教育主管部门
        Education = "education",
        /// 其他
        Other = "other",
    }
}

/// An outside contact as it now stands. Every field but the organisation may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Identity.
    pub id: ContactId,
    /// What it is.
    pub kind: ContactKind,
    /// The organisation.
    pub org: String,
    /// Who answers there.
    pub name: String,
    /// Its numbers, with anything between them; never masked.
    pub phone: String,
    /// What else is worth knowing: hours, whom to ask for.
    pub note: String,
}

/// What is said of an outside contact. `None` in a change means "unchanged"; an empty string means "known to be
/// empty".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactFacts {
    /// What it is; taken as other when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ContactKind>,
    /// The organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    /// Who answers there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What else is worth knowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl ContactFacts {
    /// Takes over every field that `change` names.
    pub fn merge(&mut self, change: &Self) {
        merge_fields!(self, change, kind, org, name, phone, note);
    }

    /// The contact of which this is everything that was said.
    pub fn into_contact(self, id: ContactId) -> Contact {
        Contact {
            id,
            kind: self.kind.unwrap_or(ContactKind::Other),
            org: self.org.unwrap_or_default(),
            name: self.name.unwrap_or_default(),
            phone: self.phone.unwrap_or_default(),
            note: self.note.unwrap_or_default(),
        }
    }
}

impl Contact {
    /// Its name on one line: the organisation, and who answers there.
    pub fn title(&self) -> String {
        if self.name.is_empty() { self.org.clone() } else { format!("{} {}", self.org, self.name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_takes_over_what_it_names_and_nothing_else() {
        let said = |org: &str, name: &str| ContactFacts {
            org: Some(org.to_owned()),
            name: Some(name.to_owned()),
            ..ContactFacts::default()
        };
        let mut facts = said("区疾控中心", "值班室");
        facts.merge(&ContactFacts {
            kind: Some(ContactKind::Cdc),
            name: Some(String::new()),
            ..ContactFacts::default()
        });
        let contact = facts.into_contact(ContactId(uuid::Uuid::nil()));
        assert_eq!((contact.kind, contact.title().as_str()), (ContactKind::Cdc, "区疾控中心"));
        let contact = said("区疾控中心", "应急办").into_contact(contact.id);
        assert_eq!((contact.kind, contact.title().as_str()), (ContactKind::Other, "区疾控中心 应急办"));
    }
}
