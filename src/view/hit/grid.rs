//! The columns of the hits: the same for hits of every kind, as wide as what stands in them.

use super::super::text::{clean, width};
use super::super::theme::Theme;
use super::{around, shown_marks};
use crate::app::State;
use crate::app::shown::column::Ctx;
use crate::app::shown::found::{FindHit, year_of};
use crate::app::shown::rows::{day_of, number, when};
use crate::domain::phone::Whose;
use crate::i18n::paper::role;
use crate::i18n::terms::word;
use crate::i18n::{find as words, screen as say};
use crate::search::found::{Field, Target, Way};

/// Columns that a name gets where all the names have room in them, so that they do not jump with each letter.
const SHORT_NAME: usize = 11;
/// Columns that a name gets at most beside people, and without any.
const LONG_NAMES: [usize; 2] = [24, 40];
/// Columns of a staff or student number.
const NO: usize = 14;
/// Columns of a private telephone number, of an office's, and of an ID number.
const PHONE: usize = 11;
const OFFICE_PHONE: usize = 16;
const ID_NUMBER: usize = 18;
/// Columns that a unit keeps, whatever stands behind it.
const UNIT: usize = 12;

/// Columns that it keeps where there is hardly room for what stands behind it.
pub(super) const SHORT_UNIT: usize = 8;

/// How much is said behind a person's unit, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tail {
    /// Of equal names the year, what they are, and that there is no case, too.
    #[default]
    Whole,
    /// That there is no case is seen from its missing.
    NoWordOfNoCase,
    /// The number tells the year as well.
    NoYear,
}

const TAILS: [Tail; 3] = [Tail::Whole, Tail::NoWordOfNoCase, Tail::NoYear];

/// Where everything stands on the lines of hits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Grid {
    /// Columns of names.
    pub(super) name: usize,
    /// Columns of numbers, codes and times.
    pub(super) no: usize,
    /// Columns of telephone numbers.
    pub(super) phone: usize,
    /// Columns of units, where what stands behind them has room in a column of its own.
    pub(super) who: Option<usize>,
    pub(super) tail: Tail,
}

/// What stands on the line of a person, a unit or somebody outside.
pub(super) struct Cells<'a> {
    pub(super) phone: String,
    pub(super) phone_marks: Vec<usize>,
    pub(super) who: &'a str,
    pub(super) who_marks: &'a [usize],
}

impl<'a> Cells<'a> {
    pub(super) fn new(hit: &'a FindHit, ctx: &Ctx) -> Self {
        let row = &hit.row;
        let Target::Person(id) = hit.found.target else {
            // Units and those outside are never masked; of several numbers the one that was meant is seen.
            let (phone, phone_marks) =
                around(row.phone.for_matching(), hit.marks(Field::Phone), OFFICE_PHONE);
            return Self { phone, phone_marks, who: &row.unit, who_marks: &[] };
        };
        // The number by which somebody was found is the one to be seen.
        let (private, field) = match hit.found.way {
            Way::FamilyPhone => (&row.family_phone, Field::FamilyPhone),
            Way::IdTail => (&row.id_number, Field::IdNumber),
            _ => (&row.phone, Field::Phone),
        };
        let phone = if ctx.shows(id) { number(private, id, ctx) } else { hit.masked(private, field) };
        let phone_marks = shown_marks(&phone, hit.marks(field));
        // Found by the room: the room is what the officer heard, and says more than the unit.
        let by_room = hit.found.way == Way::Room || !hit.marks(Field::Address).is_empty();
        let (who, who_marks) = if by_room && !row.address.is_empty() {
            (row.address.as_str(), hit.marks(Field::Address))
        } else {
            (row.unit.as_str(), hit.marks(Field::Unit))
        };
        Self { phone, phone_marks, who, who_marks }
    }
}

/// What the first two columns of a hit say: a name and a number; of a call or an entry the caller or the ledger, and
/// when it was.
pub(super) fn head(hit: &FindHit, ctx: &Ctx) -> (String, String) {
    let row = &hit.row;
    let at = || row.at.map_or_else(String::new, |at| when(at, ctx));
    match hit.found.target {
        Target::Call(_) if row.name.is_empty() => (say::UNKNOWN_CALLER.get(ctx.lang).to_owned(), at()),
        Target::Call(_) => (row.name.clone(), at()),
        Target::Entry(_) => (hit.ledger_title().get(ctx.lang).to_owned(), at()),
        _ => (row.name.clone(), row.no.clone()),
    }
}

/// Behind a person's unit: for equal names the year and what they are, whose the number is, the case.
pub(super) fn tail(hit: &FindHit, tail: Tail, ctx: &Ctx) -> String {
    let (row, lang) = (&hit.row, ctx.lang);
    let mut parts = Vec::new();
    if hit.found.way == Way::FamilyPhone {
        parts.push(role(Whose::Family).get(lang).to_owned());
    }
    if hit.equal {
        let year = hit.year(year_of(ctx.cal.date(ctx.now))).filter(|_| tail != Tail::NoYear);
        match year {
            Some(year) => parts.push(year.get(lang).to_owned()),
            None => parts.extend(row.kind.map(|kind| word(kind).get(lang).to_owned())),
        }
    }
    match row.case {
        Some((_, Some(observation))) => parts.push(day_of(Some(observation), lang)),
        Some((_, None)) => parts.push(say::HAS_CASE.get(lang).to_owned()),
        None if hit.equal && tail == Tail::Whole => parts.push(words::NO_CASE.get(lang).to_owned()),
        None => {}
    }
    parts.join(" ")
}

/// How wide the widest of each is.
#[derive(Default)]
struct Widest {
    name: usize,
    /// Of the names in which something was meant.
    meant: usize,
    no: usize,
    phone: usize,
    who: usize,
    tails: [usize; 3],
    /// Of unit and what stands behind it, for each of the tails.
    behind: [usize; 3],
    /// The same where the unit is cut.
    least: usize,
}

impl Widest {
    fn new(hits: &[FindHit], theme: Theme, ctx: &Ctx) -> Self {
        let mut out = Self::default();
        let wide = |text: &str| width(&clean(text, theme.widths));
        for hit in hits {
            let (name, no) = head(hit, ctx);
            out.name = out.name.max(wide(&name));
            out.no = out.no.max(wide(&no).min(NO));
            if matches!(hit.found.target, Target::Call(_) | Target::Entry(_)) {
                continue;
            }
            if !hit.marks(Field::Name).is_empty() {
                out.meant = out.meant.max(wide(&name));
            }
            let cells = Cells::new(hit, ctx);
            let (phone, who) = (wide(&cells.phone), wide(cells.who));
            let most = match (hit.found.target, hit.found.way) {
                (Target::Person(_), Way::Phone | Way::FamilyPhone | Way::IdTail) => ID_NUMBER,
                (Target::Person(_), _) => PHONE,
                _ => OFFICE_PHONE,
            };
            out.phone = out.phone.max(phone.min(most));
            out.who = out.who.max(who);
            let person = matches!(hit.found.target, Target::Person(_));
            for (at, one) in TAILS.iter().enumerate() {
                let tail = if person { width(&tail(hit, *one, ctx)) } else { 0 };
                out.tails[at] = out.tails[at].max(tail);
                let with = |who: usize| if tail == 0 { who } else { who + 1 + tail };
                out.behind[at] = out.behind[at].max(with(who));
                out.least = out.least.max(if at == 2 { with(who.min(UNIT)) } else { 0 });
            }
        }
        out
    }
}

impl Grid {
    /// The columns of these hits in so much room: a number to call is never left out or cut. Where there is too little
    /// room, less is said behind the units first; then units are cut, and names in which nothing was meant.
    pub fn new(hits: &[FindHit], columns: usize, state: &State) -> Self {
        let (theme, ctx) = (Theme::of(state), state.ctx());
        let of = Widest::new(hits, theme, &ctx);
        let with = |columns: usize| if columns == 0 { 0 } else { columns + 1 };
        let room = columns.saturating_sub(with(of.no) + with(of.phone));
        let people = hits.iter().any(|hit| matches!(hit.found.target, Target::Person(_)));
        let wanted = of.name.min(LONG_NAMES[usize::from(!people)]);
        let at = of.behind.iter().position(|behind| wanted + 1 + behind <= room);
        let level = at.unwrap_or(TAILS.len() - 1);
        let name = if at.is_some() {
            let left = room - (wanted + 1 + of.behind[level]);
            wanted.max(SHORT_NAME.min(wanted + left))
        } else {
            let floor = SHORT_NAME.max(of.meant).min(wanted);
            room.saturating_sub(of.least + 1).clamp(floor, wanted)
        };
        let aligned = name + 1 + of.who + 1 + of.tails[level] <= room;
        let who = aligned.then_some(of.who);
        Self { name, no: of.no, phone: of.phone, who, tail: TAILS[level] }
    }
}
