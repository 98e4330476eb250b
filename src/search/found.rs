//! What a search answers with, and the plain rows it is built from.

use crate::domain::codes;
use crate::domain::ids::{ContactId, EntryId, FollowUpId, OfficerId, PersonId, Subject, UnitId};

/// Who or what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A person.
    Person(PersonId),
    /// A unit.
    Unit(UnitId),
    /// Somebody outside: the command, the CDC, a hospital, a community.
    Contact(ContactId),
    /// A past call, by its words.
    Call(FollowUpId),
    /// An entry of a ledger, by what stands in it: looked for beside the index.
    Entry(EntryId),
}

codes! {
    /// By what something was found.
    Way {
        /// Its name as written.
        Name = "name",
        /// Its name in pinyin, whole syllables (the last one perhaps not finished), perhaps with characters between.
        Pinyin = "pinyin",
        /// Its name, each character by some letters of it.
        Mixed = "mixed",
        /// The initials of its name.
        Initials = "initials",
        /// Staff or student number, or a unit's code.
        No = "number",
        /// Its own telephone number; a unit's is its liaison's or head's.
        Phone = "phone",
        /// The family's telephone number.
        FamilyPhone = "family-phone",
        /// The tail of the ID number.
        IdTail = "id-tail",
        /// Dormitory and room, or the address.
        Room = "room",
        /// The person belongs to a unit that was found.
        Unit = "unit",
        /// A unit's liaison or head.
        Contact = "contact",
        /// The words of a call.
        Words = "words",
        /// What stands in an entry of a ledger.
        Entry = "entry",
        /// Its name in pinyin as southern speakers confuse it.
        Confused = "confused",
        /// Its name in another spelling of the pinyin, or in a reading it had once.
        Far = "spelling",
        /// Its name in pinyin but for one slip of the finger.
        Slip = "slip",
        /// A telephone number but for one digit, or for two that were swapped.
        Almost = "almost-phone",
        /// Its name without one of its characters.
        LeftOut = "left-out",
        /// Its name in other characters of the same sound.
        SameSound = "same-sound",
        /// Its surname or name with a form of address: 王老师, 小张.
        Addressed = "addressed",
        /// Its name's letters in order, with others between.
        Near = "near",
    }
}

codes! {
    /// Which part of what was looked through the typed word is.
    Part {
        /// All of it.
        Whole = "whole",
        /// Its beginning.
        Head = "head",
        /// Its end.
        Tail = "tail",
        /// Some run inside it.
        Inside = "inside",
    }
}

/// What puts one before its equals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lifts {
    /// An open case.
    pub case: bool,
    /// They called, or were called, today.
    pub called: bool,
    /// Of a unit that this officer answers for.
    pub mine: bool,
}

/// A text of what was found in which characters are pointed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name (of a unit: its full name; of somebody outside: the organisation).
    Name,
    /// The number or code.
    No,
    /// The telephone number: places among all its characters, which are shown masked or not.
    Phone,
    /// The family's telephone number.
    FamilyPhone,
    /// The ID number.
    IdNumber,
    /// The address.
    Address,
    /// The unit's name, beside a person.
    Unit,
    /// The words of a call.
    Words,
}

/// One thing found, the better ones first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Who or what.
    pub target: Target,
    /// By what.
    pub way: Way,
    /// Which part of it was typed.
    pub part: Part,
    /// Only usual readings were needed: a surname as a surname is read.
    pub usual: bool,
    /// How well it fits, for comparing answers of one query only: higher is better.
    pub score: u16,
    /// What put it before its equals.
    pub lifts: Lifts,
    /// The characters that were meant, counted from 0 in the text as kept.
    pub marks: Vec<(Field, Vec<usize>)>,
    /// Of several words that fit together by what each does; empty when the whole is one.
    pub words: Vec<Reason>,
}

impl Match {
    /// An entry of a ledger: how well it fits is not weighed, they stand in the order in which they came.
    pub fn entry(entry: EntryId) -> Self {
        Self {
            target: Target::Entry(entry),
            way: Way::Entry,
            part: Part::Inside,
            usual: true,
            score: 0,
            lifts: Lifts::default(),
            marks: Vec::new(),
            words: Vec::new(),
        }
    }
}

/// By what one of several words fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The word, folded.
    pub word: String,
    /// By what.
    pub way: Way,
    /// Which part of it was typed.
    pub part: Part,
    /// Only usual readings were needed.
    pub usual: bool,
}

/// A person as the index is built from.
#[derive(Debug, Clone, Copy)]
pub struct PersonLine<'a> {
    /// Identity.
    pub id: PersonId,
    /// Number.
    pub no: &'a str,
    /// Name.
    pub name: &'a str,
    /// Unit.
    pub unit: Option<UnitId>,
    /// Own telephone number.
    pub phone: &'a str,
    /// Family's telephone number.
    pub family_phone: &'a str,
    /// ID number.
    pub id_number: &'a str,
    /// Address or dormitory room.
    pub address: &'a str,
    /// Has an open case.
    pub has_case: bool,
}

/// A unit as the index is built from.
#[derive(Debug, Clone, Copy)]
pub struct UnitLine<'a> {
    /// Identity.
    pub id: UnitId,
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Short name; may be empty.
    pub short: &'a str,
    /// Liaison and head: name and number, either may be empty.
    pub contacts: [(&'a str, &'a str); 2],
    /// The office's officer for it.
    pub officer: Option<OfficerId>,
    /// The unit above it.
    pub parent: Option<UnitId>,
}

/// An outside contact as the index is built from.
#[derive(Debug, Clone, Copy)]
pub struct ContactLine<'a> {
    /// Identity.
    pub id: ContactId,
    /// The organisation.
    pub org: &'a str,
    /// Who answers there; may be empty.
    pub name: &'a str,
    /// Its numbers, with anything between them.
    pub phone: &'a str,
}

/// A past call as the index is built from.
#[derive(Debug, Clone, Copy)]
pub struct CallLine<'a> {
    /// Identity.
    pub id: FollowUpId,
    /// About whom, if known.
    pub subject: Option<Subject>,
    /// The number, when it was not the subject's own.
    pub number: &'a str,
    /// What was said, and who answered.
    pub words: &'a str,
}
