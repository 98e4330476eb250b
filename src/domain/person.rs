//! People: staff and students. A person is a UUID; the number is unique within the school.

use super::codes;
use super::identity;
use super::ids::{PersonId, UnitId};
use super::unit::merge_fields;
use serde::{Deserialize, Serialize};

codes! {
    /// What a person is to the school (人员类别).
    PersonKind {
        /// 教职工
        Staff = "staff",
        /// 本科生
        Undergraduate = "undergraduate",
        /// 硕士生
        Master = "master",
        /// 博士生
        Doctoral = "doctoral",
        /// 外聘
        External = "external",
        /// 外籍
        Foreign = "foreign",
        /// 其他
        Other = "other",
    }
}

/// A person as now known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// Staff or student number (工号, 学号), unique.
    pub no: String,
    /// Everything that may change.
    #[serde(flatten)]
    pub facts: PersonFacts,
}

/// What is known of a person besides the number. `None` in a change means "unchanged"; an empty string means
/// "known to be empty".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonFacts {
    /// Name as written in the roster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// 男 or 女 as the sheet says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// What the person is to the school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<PersonKind>,
    /// Campus (校区).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campus: Option<String>,
    /// Own phone; masked until asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// ID number (身份证号); masked until asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    /// Place of origin (籍贯).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Home address or dormitory room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The person answering for them (包保联系人).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Family's number (家属电话); masked until asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_phone: Option<String>,
}

impl PersonFacts {
    /// Takes over every field that `change` names.
    pub fn merge(&mut self, change: &Self) {
        merge_fields!(
            self,
            change,
            name,
            unit,
            sex,
            kind,
            campus,
            phone,
            id_number,
            origin,
            address,
            contact,
            family_phone,
        );
    }

    /// The identity number said here, if it cannot be right.
    pub fn id_slip(&self) -> Option<String> {
        identity::read(self.id_number.as_deref()?).filter(|number| identity::has_slip(number))
    }

    /// What `change` would really change here: fields it names whose value differs.
    #[must_use]
    pub fn differing(&self, change: &Self) -> Self {
        let mut out = change.clone();
        macro_rules! drop_same {
            ($($field:ident),+ $(,)?) => {$(if out.$field == self.$field { out.$field = None; })+};
        }
        drop_same!(name, unit, sex, kind, campus, phone, id_number, origin, address, contact, family_phone,);
        out
    }
}
