//! Units, people, reports, cases, slots and rules: plain types and pure functions.
//!
//! Knows no SQL, no terminal and no clock: whatever depends on the present moment takes it as `now`.

pub mod ask;
pub mod case;
pub mod chase;
pub mod columns;
pub mod contact;
pub mod deadline;
pub mod doubt;
pub mod erase;
pub mod feedback;
pub mod field;
pub mod finding;
pub mod followup;
pub mod form;
pub mod handover;
pub mod identity;
pub mod ids;
pub mod inbox;
pub mod item;
pub mod jump;
pub mod keep;
pub mod ledger;
pub mod letterhead;
pub mod limits;
pub mod mark;
pub mod mask;
pub mod office;
pub mod officer;
pub mod order;
pub mod password;
pub mod person;
pub mod phone;
pub mod pin;
pub mod place;
pub mod report;
pub mod rules;
pub mod setting;
pub mod sitrep;
pub mod slot;
pub mod text;
pub mod time;
pub mod timetable;
pub mod traces;
pub mod trust;
pub mod unit;
pub mod when;

/// Declares a closed list of values with the code each has on the wire, in the log and in JSON. The code
/// never changes once shipped; the words for it are in `i18n::terms`.
macro_rules! codes {
    ($(#[$m:meta])* $name:ident { $($(#[$vm:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$m])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vm])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code on the wire, in the log and in JSON.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }
    };
}
pub(crate) use codes;
