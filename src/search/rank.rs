//! How much each way of being found counts: exact before beginnings, before initials, before what stands inside,
//! before what only sounds alike or comes near.

use super::found::{Part, Way};
use super::word::{Ended, Typed};

/// What a reading costs that the character, or the surname, seldom has.
const UNUSUAL: u16 = 5;

/// What a name scores at most by initials or mixtures; the stages of a search stop here when they have enough.
pub(super) const REST_AT_MOST: u16 = 780;
/// What a name scores at most when the word stands inside it.
pub(super) const INSIDE_AT_MOST: u16 = 600;
/// What the people of a unit score at most.
pub(super) const MEMBER_AT_MOST: u16 = 300;
/// What a name scores at least that was typed to its end in characters or whole syllables.
pub(super) const WHOLE_AT_LEAST: u16 = 945;
/// What a name scores at most as southern speakers confuse it.
pub(super) const CONFUSED_AT_MOST: u16 = 199;
/// What a name scores at most with a slip of the finger.
pub(super) const SLIP_AT_MOST: u16 = 120;

/// Which part of a name was typed: from its first character on or not, up to its last or not.
pub(super) fn part(head: bool, last: bool, ended: Ended) -> Part {
    match (head, last && ended.finished) {
        (true, true) => Part::Whole,
        (true, false) => Part::Head,
        (false, true) => Part::Tail,
        (false, false) => Part::Inside,
    }
}

/// A name, by characters as they are written or by letters.
pub(super) fn name(ended: Ended, part: Part, written: bool) -> u16 {
    let score = match (ended.typed, part, written) {
        (Typed::Full, Part::Whole, true) => 1000,
        (Typed::Full, Part::Whole, false) => 950,
        (Typed::Full, Part::Head, true) => 900,
        (Typed::Full, Part::Head, false) => 840,
        (Typed::Initials, Part::Whole, _) => REST_AT_MOST,
        (Typed::Mixed, Part::Whole, _) => 740,
        (Typed::Initials, Part::Head, _) => 700,
        (Typed::Mixed, Part::Head, _) => 650,
        (Typed::Full, _, true) => INSIDE_AT_MOST,
        (Typed::Full, _, false) => 500,
        (Typed::Initials, ..) => 450,
        (Typed::Mixed, ..) => 400,
    };
    match (ended.usual, ended.typed, part, written) {
        (true, ..) => score,
        // Letters that begin a reading somebody's name seldom has are somebody's initials first.
        (false, Typed::Full, Part::Head, false) => REST_AT_MOST - UNUSUAL,
        (false, ..) => score - UNUSUAL,
    }
}

/// By what a name was found.
pub(super) fn name_way(ended: Ended, written: bool) -> Way {
    match ended.typed {
        Typed::Full if written => Way::Name,
        Typed::Full => Way::Pinyin,
        Typed::Initials => Way::Initials,
        Typed::Mixed => Way::Mixed,
    }
}

/// A number: callers say its end, a display shows the whole, a list gives its beginning.
pub(super) fn number(way: Way, part: Part) -> u16 {
    match (way, part) {
        (Way::No, Part::Whole) => 990,
        (Way::Phone, Part::Whole) => 985,
        (Way::FamilyPhone, Part::Whole) => 980,
        (_, Part::Whole) => 970,
        (Way::No, Part::Head) => 870,
        (Way::Phone, Part::Tail) => 830,
        (Way::FamilyPhone, Part::Tail) => 820,
        // A staff number's end is said more often than an ID number's.
        (Way::No, Part::Tail) => 810,
        (Way::IdTail, _) => 800,
        (Way::Phone, Part::Head) => 550,
        (Way::FamilyPhone, Part::Head) => 545,
        (Way::Phone, _) => 540,
        (Way::FamilyPhone, _) => 530,
        _ => 520,
    }
}

/// The beginning of a number; of one that is letters so far, which are a name's far more often.
pub(super) fn number_head(way: Way, letters: bool) -> u16 {
    if way == Way::No && letters { 640 } else { number(way, Part::Head) }
}

/// The number of a unit's liaison or head, of somebody outside: a little less than a person's own.
pub(super) fn contact_number(part: Part) -> u16 {
    number(Way::Phone, part) - 4
}

/// A room or an address in which the word stands: all of a room's number is meant more often than a run of some
/// telephone's.
pub(super) fn room(part: Part) -> u16 {
    match part {
        Part::Whole => 590,
        Part::Tail => 560,
        Part::Head | Part::Inside => 380,
    }
}

/// A room in which every one of several words stands: together they can hardly mean anything else.
pub(super) const JOINT_ROOM: u16 = 860;

/// A person because of the unit, which was found with `unit`.
pub(super) fn member(unit: u16) -> u16 {
    (200 + unit / 10).min(MEMBER_AT_MOST)
}

/// A unit because of its liaison or head, an outside contact because of who answers there.
pub(super) fn contact(name: u16) -> u16 {
    name.saturating_sub(60)
}

/// The words of a call, or a call from that number.
pub(super) fn words(part: Part) -> u16 {
    if part == Part::Whole { 360 } else { 350 }
}

/// A name as southern speakers confuse it, which would score `exact` were it typed right.
pub(super) fn confused(exact: u16) -> u16 {
    (exact / 10 + 99).min(CONFUSED_AT_MOST)
}

/// A name by another spelling of its sounds or by an old reading, which would score `exact` were it the usual one.
pub(super) fn far(exact: u16) -> u16 {
    150 + exact / 25
}

/// A telephone number of which one digit is wrong, or two are swapped.
pub(super) const ALMOST_NUMBER: u16 = 149;

/// A name but for one key too many or far off.
pub(super) fn wide_slip(part: Part) -> u16 {
    if part == Part::Whole { 112 } else { 102 }
}

/// A name but for one slip.
pub(super) fn slip(full: bool, part: Part) -> u16 {
    match (full, part) {
        (true, Part::Whole) => SLIP_AT_MOST,
        (true, _) => 115,
        (false, Part::Whole) => 110,
        (false, _) => 105,
    }
}

/// A name with one slip inside it.
pub(super) const SLIP_INSIDE: u16 = 101;

/// Comes near only.
pub(super) fn near(score: i64) -> u16 {
    score.clamp(1, 99) as u16
}

/// Several words that each fit: as good as the best, a little less than one word that says it all.
pub(super) fn together(best: u16, weakest: u16) -> u16 {
    best - best / 10 + weakest / 20
}
