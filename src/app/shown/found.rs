//! What the find box is given and shows: hits with what tells them apart, and what was tried.

use super::sheet::called;
use crate::domain::ids::Subject;
use crate::domain::mask::{Private, is_whole, masked_words};
use crate::domain::person::PersonKind;
use crate::domain::phone;
use crate::domain::phone::Whose;
use crate::i18n::find as say;
use crate::i18n::ledger::{summary, titled};
use crate::i18n::terms::word;
use crate::say::{Say, Word};
use crate::search::fold::fold;
use crate::search::found::{Field, Match, Part, Target, Way};
use crate::store::query::rows::{FoundEntries, FoundRow};
use chrono::Datelike;
use std::collections::HashMap;

/// One result of a search, ready to show.
#[derive(Debug, Clone, PartialEq)]
pub struct FindHit {
    /// Whom it leads to, and by what it was found.
    pub found: Match,
    /// What stands on its line.
    pub row: FoundRow,
    /// Another hit has the same name: unit, year and case must tell them apart.
    pub equal: bool,
    /// The parts of numbers that were typed.
    pub typed: Vec<String>,
    /// Characters were typed, and not only letters and digits.
    pub in_characters: bool,
    /// What was typed, where the places that were meant are looked for only when it is drawn.
    pub sought: String,
}

/// What a search was answered with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The hits, group by group, the better ones first.
    pub hits: Vec<FindHit>,
    /// What was looked through, to be said when nothing was found.
    pub tried: Vec<Tried>,
    /// The entries of ledgers are still looked through: they come behind the others.
    pub more: bool,
    /// How many entries fit besides those that are here.
    pub left: u32,
    /// There are so many entries that the older ones were not looked through.
    pub unread: bool,
}

/// Something that was looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// Names as written.
    Name,
    /// Pinyin and initials.
    Pinyin,
    /// Staff, student, telephone and ID numbers.
    Number,
    /// Units.
    Unit,
    /// Rooms and addresses.
    Room,
    /// Outside contacts.
    Outside,
    /// The words of past calls.
    Words,
    /// The entries of ledgers.
    Entries,
    /// One slip of the finger.
    Slip,
    /// Southern confusions, when they are on.
    Confused,
}

impl Tried {
    /// What it is called.
    pub const fn word(self) -> Word {
        match self {
            Self::Name => say::TRIED_NAME,
            Self::Pinyin => say::TRIED_PINYIN,
            Self::Number => say::TRIED_NUMBER,
            Self::Unit => say::TRIED_UNIT,
            Self::Room => say::TRIED_ROOM,
            Self::Outside => say::TRIED_OUTSIDE,
            Self::Words => say::TRIED_WORDS,
            Self::Entries => say::TRIED_ENTRIES,
            Self::Slip => say::TRIED_SLIP,
            Self::Confused => say::TRIED_CONFUSED,
        }
    }
}

/// What kind of thing a hit is; hits of one kind stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// People.
    People,
    /// Units.
    Units,
    /// Outside contacts.
    Outside,
    /// Words of past calls.
    Calls,
    /// Whose number differs from the one that was typed in a digit: hardly who calls, whatever they are.
    Near,
    /// Entries of ledgers: they come last, as they are looked for beside the others.
    Entries,
}

impl Group {
    /// Its label where there is little room.
    pub const fn short(self) -> Word {
        match self {
            Self::People => say::S_PEOPLE,
            Self::Units => say::S_UNITS,
            Self::Outside => say::S_OUTSIDE,
            Self::Calls => say::S_CALLS,
            Self::Near => say::S_NEAR,
            Self::Entries => say::S_ENTRIES,
        }
    }

    /// Its label, with how many there are.
    pub fn label(self, n: usize) -> Say {
        match self {
            Self::People => say::g_people(n),
            Self::Units => say::g_units(n),
            Self::Outside => say::g_outside(n),
            Self::Calls => say::g_calls(n),
            Self::Near => say::g_near(n),
            Self::Entries => say::g_entries(n),
        }
    }
}

/// One line of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListLine {
    /// The label of a group, with how many are in it.
    Label(Group, usize),
    /// A hit, by its place.
    Hit(usize),
    /// Why that hit stands there, when that is asked for.
    Why(usize),
    /// What was left out of the entries.
    Left,
}

impl Found {
    /// An answer from what was matched, the better ones first, with the row of each. Kinds are put together, the
    /// kind of the best hit first and whose number only comes near last; within each the order stays.
    pub fn new(matched: Vec<(Match, FoundRow)>, tried: Vec<Tried>) -> Self {
        let mut names: HashMap<(Group, String), usize> = HashMap::new();
        let mut order: Vec<Group> = Vec::new();
        for (found, row) in &matched {
            let group = group_of(found);
            *names.entry((group, row.name.clone())).or_default() += 1;
            if !order.contains(&group) {
                order.push(group);
            }
        }
        let mut hits: Vec<FindHit> = matched
            .into_iter()
            .map(|(found, row)| {
                let group = group_of(&found);
                // Calls of one caller are one person's: their words tell them apart.
                let equal = group != Group::Calls && names[&(group, row.name.clone())] > 1;
                FindHit { found, row, equal, typed: Vec::new(), in_characters: false, sought: String::new() }
            })
            .collect();
        hits.sort_by_key(|hit| (hit.is_near(), order.iter().position(|group| *group == hit.group())));
        Self { hits, tried, ..Self::default() }
    }

    /// Puts the entries of ledgers that were found for a text behind the others, in the place of those before.
    pub fn take_entries(&mut self, entries: FoundEntries, text: &str) {
        self.more = false;
        self.hits.retain(|hit| !hit.is_entry());
        let hit = |row: FoundRow| {
            let Target::Entry(id) = row.target else { return None };
            let (typed, in_characters, sought) = (parts(text), !text.is_ascii(), text.to_owned());
            Some(FindHit { found: Match::entry(id), row, equal: false, typed, in_characters, sought })
        };
        self.hits.extend(entries.rows.into_iter().filter_map(hit));
        (self.left, self.unread) = (entries.left, entries.unread);
    }

    /// Keeps the entries of an answer to the same text until they come anew.
    pub(in crate::app) fn keep_entries(&mut self, before: &mut Self) {
        self.hits.extend(before.hits.extract_if(.., |hit| hit.is_entry()));
        (self.left, self.unread) = (before.left, before.unread);
    }

    /// The same as an answer to what was typed: of a call found by a part of a number no more is open.
    #[must_use]
    pub fn by(mut self, text: &str) -> Self {
        let (typed, in_characters) = (parts(text), !text.is_ascii());
        for hit in &mut self.hits {
            hit.typed.clone_from(&typed);
            hit.in_characters = in_characters;
        }
        self
    }

    /// The parts of numbers that were typed, alone or among other words, whether or not they found somebody: a try that
    /// finds nobody tells something too. None for whole numbers of whatever kind.
    ///
    /// Nor where the digits are a room's, a staff number's or an office's: somebody was found, and nobody by a number
    /// of their own.
    pub fn probe(&self, typed: &str) -> Option<String> {
        // A whole number that is nobody's and finds whose is nearly the same tells of these as a part would.
        let almost = self.hits.iter().any(|hit| hit.found.way == Way::Almost);
        let parts = if almost { digit_runs(typed) } else { parts(typed) };
        if parts.is_empty() || self.hits.is_empty() && is_room(typed) {
            return None;
        }
        let by_number =
            |hit: &FindHit| matches!(hit.found.way, Way::No | Way::Phone | Way::FamilyPhone | Way::IdTail);
        if self.hits.iter().any(|hit| by_number(hit) && hit.found.part == Part::Whole) {
            return None;
        }
        let told = self.hits.is_empty() || self.hits.iter().any(FindHit::is_partial);
        told.then(|| parts.join(" "))
    }

    /// Nobody has the number that was typed, and who is shown has one that differs in a digit.
    pub fn is_only_near(&self) -> bool {
        // They stand last.
        self.hits.first().is_some_and(FindHit::is_near)
    }

    /// Whether there is more than one kind.
    pub fn is_mixed(&self) -> bool {
        self.hits.windows(2).any(|pair| pair[0].group() != pair[1].group())
    }

    /// The lines of the results: labels only where more than one kind is there, or nobody who was meant.
    pub fn lines(&self) -> Vec<ListLine> {
        let mut out = Vec::with_capacity(self.hits.len() + 4);
        let labelled = self.is_mixed() || self.is_only_near();
        let mut last = None;
        for (at, hit) in self.hits.iter().enumerate() {
            let group = hit.group();
            if labelled && last != Some(group) {
                let n = self.hits.iter().filter(|hit| hit.group() == group).count();
                out.push(ListLine::Label(group, n));
            }
            last = Some(group);
            out.push(ListLine::Hit(at));
        }
        if self.left_out().is_some() {
            out.push(ListLine::Left);
        }
        out
    }

    /// What was left out of the entries, in words.
    pub fn left_out(&self) -> Option<Say> {
        match (self.left, self.unread) {
            (0, false) => None,
            (0, true) => Some(say::OLDER_UNREAD.into()),
            (left, _) => Some(say::entries_left(left)),
        }
    }
}

fn group_of(found: &Match) -> Group {
    // Beside other words that fit, a digit that does not is one slip among them.
    if found.way == Way::Almost && found.words.is_empty() {
        return Group::Near;
    }
    match found.target {
        Target::Person(_) => Group::People,
        Target::Unit(_) => Group::Units,
        Target::Contact(_) => Group::Outside,
        Target::Call(_) => Group::Calls,
        Target::Entry(_) => Group::Entries,
    }
}

impl FindHit {
    /// What kind of thing it is.
    pub fn group(&self) -> Group {
        group_of(&self.found)
    }

    /// Whether its number only comes near the one that was typed.
    pub fn is_near(&self) -> bool {
        self.group() == Group::Near
    }

    /// Whom a call with it would be about; of a past call, whom that was about.
    pub fn subject(&self) -> Option<Subject> {
        match self.found.target {
            Target::Person(id) => Some(Subject::Person(id)),
            Target::Unit(id) => Some(Subject::Unit(id)),
            Target::Contact(id) => Some(Subject::Contact(id)),
            Target::Call(_) | Target::Entry(_) => self.row.subject,
        }
    }

    /// Whether it is an entry of a ledger.
    pub fn is_entry(&self) -> bool {
        matches!(self.found.target, Target::Entry(_))
    }

    /// Whether it is an entry in a last state.
    pub fn is_closed(&self) -> bool {
        self.row.entry.as_deref().is_some_and(|entry| {
            let row = &entry.entry.row;
            entry.ledger.part(row.parent.is_some()).is_some_and(|part| part.is_last(&row.state))
        })
    }

    /// What an entry says, in one line; a line of one begins with what its entry is called.
    pub fn entry_said(&self) -> Say {
        let Some(entry) = self.row.entry.as_deref() else { return Say::default() };
        let (ledger, row) = (&entry.ledger, &entry.entry);
        let said = ledger
            .part(row.row.parent.is_some())
            .map(|part| summary(part, &row.row.values, &row.names, &row.row.state));
        let said = said.unwrap_or_default();
        let said = match &entry.above {
            Some(above) => {
                let above = called(ledger, above);
                Say { zh: format!("{}  {}", above.zh, said.zh), en: format!("{}  {}", above.en, said.en) }
            }
            None => said,
        };
        Say { zh: masked_words(&said.zh).into_owned(), en: masked_words(&said.en).into_owned() }
    }

    /// What the ledger of an entry is called.
    pub fn ledger_title(&self) -> Say {
        self.row.entry.as_deref().map(|entry| titled(&entry.ledger.title)).unwrap_or_default()
    }

    /// The number to call, when it is nobody's private one: a unit's, somebody's outside.
    pub fn office_phone(&self) -> Option<String> {
        let public = matches!(self.found.target, Target::Unit(_) | Target::Contact(_));
        let number = self.row.phone.for_matching();
        (public && !number.is_empty()).then(|| first_number(number))
    }

    /// The places of a text that were meant.
    pub fn marks(&self, field: Field) -> &[usize] {
        self.found.marks.iter().find(|(marked, _)| *marked == field).map_or(&[], |(_, places)| places)
    }

    /// Whether the number that was typed is its own, or all of it but the area code. The last digits of a mobile
    /// number are not.
    pub fn has_number(&self) -> bool {
        let own = match self.found.way {
            Way::Phone => &self.row.phone,
            Way::FamilyPhone => &self.row.family_phone,
            _ => return false,
        };
        let mobile = phone::digits(own.for_matching()).starts_with('1');
        match self.found.part {
            Part::Whole => true,
            Part::Tail => !(mobile && matches!(self.found.target, Target::Person(_))),
            Part::Head | Part::Inside => false,
        }
    }

    fn by_private(&self) -> bool {
        matches!(self.found.way, Way::Phone | Way::FamilyPhone | Way::IdTail)
    }

    /// Whether it is somebody who was found by a part of a private number, alone or beside a name: then no more of it
    /// is shown than was typed.
    pub fn is_partial(&self) -> bool {
        let call = matches!(self.found.target, Target::Call(_));
        call && !self.typed.is_empty()
            || matches!(self.found.target, Target::Person(_)) && self.is_partial_person()
    }

    fn is_partial_person(&self) -> bool {
        self.found
            .marks
            .iter()
            .any(|(field, _)| matches!(field, Field::Phone | Field::FamilyPhone | Field::IdNumber))
            && !(self.by_private() && self.found.part == Part::Whole)
    }

    /// One of its private numbers with its middle hidden; of somebody found by a part of a number, all that was not
    /// typed.
    pub fn masked(&self, number: &Private, field: Field) -> String {
        match self.found.target {
            _ if !self.is_partial() => number.masked(),
            // Whatever it was found by, its number may be what was meant.
            Target::Call(_) => number.but(&self.typed),
            _ => number.only(self.marks(field)),
        }
    }

    /// In what way it has the number that was typed.
    pub fn role(&self, number: &str) -> Whose {
        match (self.found.target, self.found.way) {
            (Target::Person(_), Way::FamilyPhone) => Whose::Family,
            (Target::Unit(_), _) => {
                let liaison = phone::digits(self.row.phone.for_matching());
                let is_liaison = number.is_empty() || phone::same(&liaison, number);
                if is_liaison { Whose::Liaison } else { Whose::Head }
            }
            (Target::Contact(_), _) => Whose::Outside,
            _ => Whose::Own,
        }
    }

    /// The year in a person's number, when it can be one, with what they are: `2019级本科生`.
    pub fn year(&self, this_year: i32) -> Option<Say> {
        let digits = self.row.no.get(..4).filter(|start| start.bytes().all(|b| b.is_ascii_digit()))?;
        let year: i32 = digits.parse().ok()?;
        let kind = self.row.kind?;
        if !(1950..=this_year).contains(&year) || self.row.no.len() < 6 {
            return None;
        }
        let said = word(kind);
        let studies = matches!(kind, PersonKind::Undergraduate | PersonKind::Master | PersonKind::Doctoral);
        let with = |kind: &str| if studies { say::student_of(year, kind) } else { say::staff_of(year, kind) };
        Some(Say { zh: with(said.zh).zh, en: with(said.en).en })
    }

    /// Why it stands where it does: by what, which part, a rare reading, and what lifted it; of several words each for
    /// itself.
    pub fn why(&self) -> Say {
        let found = &self.found;
        let by_words: Vec<Say> = found
            .words
            .iter()
            .map(|one| {
                let by = joined(&reason(!one.word.is_ascii(), one.way, one.part, one.usual));
                Say { zh: say::reason(&one.word, &by.zh).zh, en: say::reason(&one.word, &by.en).en }
            })
            .collect();
        let by = if by_words.is_empty() {
            joined(&reason(self.in_characters, found.way, found.part, found.usual))
        } else {
            let join = |of: fn(&Say) -> &str, by: &str| by_words.iter().map(of).collect::<Vec<_>>().join(by);
            Say { zh: join(|one| &one.zh, "；"), en: join(|one| &one.en, "; ") }
        };
        let lifts = [
            (found.lifts.case, say::LIFT_CASE),
            (found.lifts.called, say::LIFT_CALLED),
            (found.lifts.mine, say::LIFT_MINE),
        ];
        let lifted: Vec<Word> = lifts.iter().filter(|(on, _)| *on).map(|(_, word)| *word).collect();
        if lifted.is_empty() {
            return by;
        }
        let lifted = joined(&lifted);
        let (zh, en) = if by_words.is_empty() { ("，", ", ") } else { ("；", "; ") };
        Say { zh: format!("{}{zh}{}", by.zh, lifted.zh), en: format!("{}{en}{}", by.en, lifted.en) }
    }
}

/// By what, which part, and whether it was by something unusual: characters that were typed have another form in the
/// name, letters stand for a rare reading.
fn reason(in_characters: bool, by: Way, of: Part, usual: bool) -> Vec<Word> {
    let mut parts = vec![way(by), part(of)];
    if !usual {
        let other_form = by == Way::Name || in_characters && by != Way::SameSound;
        parts.push(if other_form { say::OTHER_FORM } else { say::UNUSUAL });
    }
    parts
}

fn joined(words: &[Word]) -> Say {
    let join = |of: fn(&Word) -> &'static str, by: &str| words.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: join(|word| word.zh, "，"), en: join(|word| word.en, ", ") }
}

/// Digits from which on a part of a number is looked for.
const PROBE: usize = 3;

/// The digits of what was typed, when it is nothing but a number, an ID number's `X` included; else nothing.
pub(in crate::app) fn phone_digits(typed: &str) -> String {
    let folded = fold(typed.trim());
    let number = folded
        .bytes()
        .enumerate()
        .all(|(at, b)| b.is_ascii_digit() || (matches!(b, b'x' | b'X') && at > 0 && at + 1 == folded.len()));
    if number { folded } else { String::new() }
}

/// Every run of so many digits that was typed that they may be a part of a number.
pub(in crate::app) fn digit_runs(typed: &str) -> Vec<String> {
    let whole = phone_digits(typed);
    let words: Vec<String> = if whole.is_empty() {
        let words = typed.split_whitespace().map(fold);
        words
            .flat_map(|word| word.split(|c: char| !c.is_ascii_digit()).map(str::to_owned).collect::<Vec<_>>())
            .collect()
    } else {
        vec![whole]
    };
    words.into_iter().filter(|run| run.len() >= PROBE).collect()
}

/// The parts of numbers in what was typed, as against whole ones.
pub fn parts(typed: &str) -> Vec<String> {
    digit_runs(typed).into_iter().filter(|run| !is_whole(run)).collect()
}

/// Whether a text names a room, and nobody beside it: a few digits in one word with that for a building or a room.
/// Digits that stand alone may be a part of a number, and a name beside them tells whose.
fn is_room(typed: &str) -> bool {
    const WORDS: [char; 14] =
        ['园', '苑', '村', '区', '楼', '栋', '幢', '座', '层', '舍', '寓', '室', '房', '号'];
    let few = digit_runs(typed).iter().all(|run| run.len() <= 4);
    few && typed.split_whitespace().all(|word| word.contains(WORDS))
}

/// The year of a day.
pub fn year_of(day: chrono::NaiveDate) -> i32 {
    day.year()
}

/// By what somebody was found, in words.
pub const fn way(way: Way) -> Word {
    match way {
        Way::Name => say::BY_NAME,
        Way::Pinyin => say::BY_PINYIN,
        Way::Mixed => say::BY_MIXED,
        Way::Initials => say::BY_INITIALS,
        Way::No => say::BY_NO,
        Way::Phone => say::BY_PHONE,
        Way::FamilyPhone => say::BY_FAMILY,
        Way::IdTail => say::BY_ID,
        Way::Room => say::BY_ROOM,
        Way::Unit => say::BY_UNIT,
        Way::Contact => say::BY_CONTACT,
        Way::Words => say::BY_WORDS,
        Way::Entry => say::BY_ENTRY,
        Way::Confused => say::BY_CONFUSED,
        Way::Far => say::BY_FAR,
        Way::Slip => say::BY_SLIP,
        Way::Almost => say::BY_ALMOST,
        Way::LeftOut => say::BY_LEFT_OUT,
        Way::SameSound => say::BY_SAME_SOUND,
        Way::Addressed => say::BY_ADDRESSED,
        Way::Near => say::BY_NEAR,
    }
}

/// Which part of it was typed, in words.
pub const fn part(part: Part) -> Word {
    match part {
        Part::Whole => say::PART_WHOLE,
        Part::Head => say::PART_HEAD,
        Part::Tail => say::PART_TAIL,
        Part::Inside => say::PART_INSIDE,
    }
}

/// The first of the numbers of somebody outside, as it is written when it is the only one.
pub fn first_number(written: &str) -> String {
    let first = phone::digits(written);
    let all = written.chars().filter(char::is_ascii_digit).count();
    if all == first.len() { written.to_owned() } else { first }
}

/// What is typed or pasted, as a telephone number: digits only, when there are enough and nothing else but what
/// stands between the digits of one.
pub fn telephone(text: &str) -> Option<String> {
    // A line of a call log, an extension in any spelling, a hotline.
    if let Some(one) = phone::logged(text) {
        return Some(one.number);
    }
    // A date with its time is as long as a number, and is none.
    if text.contains([':', '：', '/', ',']) {
        return None;
    }
    let folded = fold(text.trim()).replace("分机", "").replace('转', "");
    if folded.is_empty() || !folded.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = phone::digits(text);
    ((phone::SHORTEST..=20).contains(&digits.len())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_try_that_finds_nobody_is_free_only_where_it_is_a_rooms() {
        let nobody = Found::default();
        for room in ["342室", "北区 3号楼 501室", "浅湾公寓D342", "浅湾公寓 3426号"] {
            assert_eq!(nobody.probe(room), None, "{room}");
        }
        for (typed, part) in [
            ("孙建军 D342 浅湾公寓", "342"),
            ("孙建军 342号", "342"),
            ("342 浅湾公寓", "342"),
            ("浅湾公寓 3426", "3426"),
            ("34268号", "34268"),
        ] {
            assert_eq!(nobody.probe(typed).as_deref(), Some(part), "{typed}");
        }
    }

    #[test]
    fn a_number_is_known_however_it_was_pasted() {
        for text in [
            "13800135678",
            "+86 138-0013-5678",
            "(86)138 0013 5678",
            "１３８００１３５６７８",
            "0086138 00135678",
        ] {
            assert_eq!(telephone(text).as_deref(), Some("13800135678"), "{text}");
        }
        assert_eq!(telephone("0532-8890 1101").as_deref(), Some("053288901101"));
        assert_eq!(telephone("0532-88901101转802").as_deref(), Some("053288901101"));
        for text in ["13905321111 山东青岛", "139 0532 1111(2)", "17951 013905321111", "0086-139-0532-1111"]
        {
            assert_eq!(telephone(text).as_deref(), Some("13905321111"), "{text}");
        }
        for short in ["12345", "95588", "120"] {
            assert_eq!(telephone(short).as_deref(), Some(short));
        }
        assert_eq!(telephone("400-100-1234").as_deref(), Some("4001001234"));
        assert_eq!(telephone("0532-88901101*802").as_deref(), Some("053288901101"));
        assert_eq!(first_number("0532-8690-5001、8690-5002"), "053286905001");
        assert_eq!(first_number("0532-8690-5001"), "0532-8690-5001");
        for text in ["", "138001", "ww", "王伟13800135678", "2020-02-17 10:05", "3号楼2单元501"] {
            assert_eq!(telephone(text), None, "{text}");
        }
    }
}
