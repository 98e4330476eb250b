//! The made-up office, as acts: deterministic, from a fixed seed, nobody's data.
//!
//! [`Demo`] knows the whole history of a school's desk from its opening to Monday, 17 February 2020, 10:05, and
//! gives it out act by act in time order. Acts that speak of what an earlier one made (a case, a promise) need
//! its id, which the store mints: so [`Demo::next`] is told what the last commit did. Sheets are made when their
//! turn comes, so that a large office is never in memory whole.
//!
//! [`create`] makes the office in a file; [`create_signed`] also keeps the papers of its handovers, as a real office does.
//!
//! Phones hold `0000` where no number given out has it, ID numbers a division that does not exist and a wrong
//! check digit. Word lists: `data/demo/`.

mod calls;
mod cases;
mod data;
mod days;
mod desk;
mod ledgers;
mod names;
mod outside;
mod plan;
mod reports;
mod rng;
mod sheets;
mod story;
#[cfg(test)]
mod tests;
mod world;

use crate::clock::Ids;
use crate::domain::followup::{FollowUpDraft, PromiseEnd};
use crate::domain::ids::{
    CaseId, ContactId, EntryId, FollowUpId, Mint, OfficerId, PromiseId, ShiftId, Subject,
};
use crate::domain::item::ItemKind;
use crate::domain::office::Settings;
use crate::domain::report::FormRef;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::log::event::{Adopted, HandoverItem};
use crate::store::act::{Act, Author, Close, Committed, Made};
use crate::store::{Cut, NewOffice, Reader, Store};
use cases::Case;
use days::Days;
use plan::{Plan, Planned, Step, Tag};
use sheets::Sheets;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use world::World;

/// The seed of ids and nonces: every demonstration office is the same one.
pub const SEED_TEXT: &str = "zhiban demo 2020-02-17";

/// The seed of everything else.
const SEED: u64 = 2020_0217;

/// How large the office is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// People on the roster; 60 at least.
    pub people: usize,
    /// Units; 3 at least.
    pub units: usize,
    /// Days of history before today; 2 at least.
    pub days: u32,
}

impl Default for Size {
    fn default() -> Self {
        Self { people: 4028, units: 41, days: 14 }
    }
}

/// The present moment of the office: 2020-02-17 10:05 in Qingdao.
pub fn now() -> Ts {
    Days::of(Size::default()).now()
}

/// When an office of this size was opened, and its first shift began.
pub fn opened_at(size: Size) -> Ts {
    Days::of(size).opened()
}

/// The office's settings: one round due at 10:00, temperatures at 09:00 and 16:00; it rehearses.
pub fn settings() -> Result<Settings> {
    let office = data::Lists::read()?.office.title;
    Ok(Settings { rehearsal: true, ..Settings::new(&office) })
}

/// Makes the office in a new file. Its handovers hold no paper: a former program signed them.
///
/// # Errors
/// Refused when the file exists; not saved when it cannot be written.
pub fn create(path: &Path, size: Size) -> Result<Store> {
    make(path, size, None)
}

/// Makes the office in a new file, each handover with its paper as `cut` cuts it.
///
/// # Errors
/// As [`create`], and what `cut` fails with.
pub fn create_signed(path: &Path, size: Size, cut: &mut Cut<'_>) -> Result<Store> {
    let mut ticking = |reader: &Reader, now: Ts, close: &mut Close| {
        cut(reader, now, close)?;
        // Nearly all is acknowledged.
        for (place, item) in close.items.iter_mut().enumerate() {
            item.ticked = is_ticked(place);
        }
        Ok(())
    };
    make(path, size, Some(&mut ticking))
}

/// Whether the relief acknowledged the item at this place of a handover.
fn is_ticked(place: usize) -> bool {
    place % 7 != 6
}

fn make(path: &Path, size: Size, cut: Option<&mut Cut<'_>>) -> Result<Store> {
    let lists = data::Lists::read()?;
    let rules = FormRef { name: "rules".to_owned(), version: 1 };
    let new = NewOffice {
        settings: settings()?,
        // The lists were read: there are two officers at least. The second joins in the first hour.
        officer: lists.office.officers[0].clone(),
        others: Vec::new(),
        rules: Adopted { form: rules, content: crate::domain::rules::BUILTIN.to_owned() },
    };
    let mut demo: Option<Demo> = None;
    let mut source = |mint: &mut dyn Mint, last: &Committed| {
        if let Some(demo) = &mut demo {
            return demo.next(Some(last), mint);
        }
        let Some(Made::Office(officer, shift)) = last.made else { return Err(lost("no office was made")) };
        demo.insert(Demo::new(size, officer, shift, mint)?).next(None, mint)
    };
    Store::create_with(path, &new, &mut Ids::seeded(SEED_TEXT), opened_at(size), &mut source, cut)
}

/// The history of the made-up office, given out act by act.
pub struct Demo {
    world: World,
    days: Days,
    cases: Vec<Case>,
    sheets: Sheets,
    steps: std::vec::IntoIter<Planned>,
    /// What is to be noted when the act given out last is committed.
    pending: Option<Pending>,
    kept: HashMap<Tag, Committed>,
    officers: Vec<OfficerId>,
    on_duty: usize,
    shift: ShiftId,
    /// Open promises with their subjects, in the order made.
    promises: Vec<(PromiseId, Option<Subject>)>,
}

/// What an act was, to know what its result means.
enum Pending {
    Keep(Tag),
    Call {
        tag: Option<Tag>,
        subject: Option<Subject>,
        reached: bool,
    },
    /// Reports of these units came: what was promised about them is over.
    Came(Vec<Subject>),
    Officer,
    Handover,
    TakenBack(Tag),
    Nothing,
}

impl Demo {
    /// The history of an office of this size, whose first officer and shift the store has made.
    pub fn new(size: Size, officer: OfficerId, shift: ShiftId, mint: &mut dyn Mint) -> Result<Self> {
        let size = Size { people: size.people.max(60), units: size.units.max(3), days: size.days };
        let days = Days::of(size);
        let mut world = World::make(size, days.opened(), mint)?;
        let cases = cases::make(&world, days);
        let busy: std::collections::HashSet<usize> = cases.iter().map(|case| case.person).collect();
        let quirks = reports::quirks(&world, days, &|index| busy.contains(&index));
        let told: std::collections::HashSet<usize> = quirks.keys().copied().collect();
        let there: std::collections::HashSet<usize> = busy.union(&told).copied().collect();
        world.alike = story::alike(&world, days, &|index| there.contains(&index));
        let sheets = Sheets::read(&cases, quirks)?;
        let mut plan = Plan::default();
        desk::beginning(&mut plan, &world, days);
        desk::handovers(&mut plan, days);
        calls::cases(&mut plan, &world, &cases);
        reports::plan(&mut plan, &world, days);
        reports::asked(&mut plan, &world, days, &|index| busy.contains(&index) || told.contains(&index));
        reports::households(&mut plan, &world, days, &there);
        calls::slots(&mut plan, &world, days, &cases);
        calls::following(&mut plan, &world, days, &cases);
        calls::promises(&mut plan, &world, days, &cases);
        calls::unknown(&mut plan, &world, days, &cases);
        desk::notes(&mut plan, &world, days);
        desk::corrections(&mut plan, &world, days);
        outside::directory(&mut plan, &world, days);
        outside::calls(&mut plan, &world, days, &|index| busy.contains(&index));
        desk::told(&mut plan, &world, days, &cases);
        ledgers::plan(&mut plan, &world, days);
        let steps = plan.until(days.now()).into_iter();
        Ok(Self {
            world,
            days,
            cases,
            sheets,
            steps,
            pending: None,
            kept: HashMap::new(),
            officers: vec![officer],
            on_duty: 0,
            shift,
            promises: Vec::new(),
        })
    }

    /// How many acts are still to come.
    pub fn remaining(&self) -> usize {
        self.steps.len()
    }

    /// The next act and who does it, or the end. `last` is what the commit of the act before did.
    pub fn next(&mut self, last: Option<&Committed>, mint: &mut dyn Mint) -> Result<Option<(Author, Act)>> {
        self.note(last)?;
        let Some(planned) = self.steps.next() else { return Ok(None) };
        let author = Author {
            officer: self.officers[self.on_duty],
            now: planned.at,
            happened_at: planned.happened,
            op_id: mint.id(planned.at),
        };
        let (pending, act) = self.act(planned)?;
        self.pending = Some(pending);
        Ok(Some((author, act)))
    }

    /// Notes what the act before made.
    fn note(&mut self, last: Option<&Committed>) -> Result<()> {
        let Some(pending) = self.pending.take() else { return Ok(()) };
        let last = last.ok_or_else(|| lost("the last commit is not told"))?;
        match pending {
            Pending::Nothing => {}
            Pending::Keep(tag) => {
                self.kept.insert(tag, last.clone());
            }
            Pending::Call { tag, subject, reached } => {
                let promised = matches!(last.made, Some(Made::FollowUp(_, Some(_))));
                // Whoever was reached was asked; a unit's new time stands for the old one.
                let asked = match subject {
                    Some(Subject::Unit(_)) => promised,
                    Some(_) => reached,
                    None => false,
                };
                if asked {
                    self.promises.retain(|(_, whose)| *whose != subject);
                }
                if let Some(Made::FollowUp(_, Some(promise))) = last.made {
                    self.promises.push((promise, subject));
                }
                self.kept.extend(tag.map(|tag| (tag, last.clone())));
            }
            Pending::Came(units) => {
                self.promises.retain(|(_, whose)| !whose.is_some_and(|whose| units.contains(&whose)));
            }
            Pending::Officer => match last.made {
                Some(Made::Officer(officer)) => self.officers.push(officer),
                _ => return Err(lost("no officer was made")),
            },
            Pending::Handover => match last.made {
                Some(Made::Shift(shift)) => {
                    self.shift = shift;
                    self.on_duty = (self.on_duty + 1) % self.officers.len();
                }
                _ => return Err(lost("no shift was made")),
            },
            Pending::TakenBack(tag) => {
                self.kept.remove(&tag);
            }
        }
        Ok(())
    }

    fn act(&mut self, planned: Planned) -> Result<(Pending, Act)> {
        let pending = planned.keep.map_or(Pending::Nothing, Pending::Keep);
        Ok(match planned.step {
            Step::Do(act) => match *act {
                Act::FollowUp(draft) => {
                    let (subject, reached) = (draft.subject, draft.outcome.reached());
                    (Pending::Call { tag: planned.keep, subject, reached }, Act::FollowUp(self.asked(draft)))
                }
                Act::Receive { key, zero, reason } => {
                    (Pending::Came(vec![Subject::Unit(key.unit)]), Act::Receive { key, zero, reason })
                }
                act => (pending, act),
            },
            Step::Officer(name) => (Pending::Officer, Act::AddOfficer { name }),
            Step::Roster(people) => {
                (pending, Act::Import(Box::new(self.sheets.roster(&self.world, people, &self.officers))))
            }
            Step::Report(batch) => {
                let import = self.sheets.report(&self.world, &self.cases, self.days, &batch)?;
                let came = import.reports.iter().map(|(key, _)| Subject::Unit(key.unit)).collect();
                (Pending::Came(came), Act::Import(Box::new(import)))
            }
            Step::Change(case, facts, reason) => {
                (pending, Act::ChangeCase { case: self.case(case)?, facts: *facts, reason })
            }
            Step::Release(case, reason) => {
                (pending, Act::ReleaseCase { case: self.case(case)?, reason, early: false })
            }
            Step::Attach(call, subject) => (pending, Act::Attach { followup: self.call(call)?.0, subject }),
            Step::Outside(contact, draft) => {
                let subject = Some(Subject::Contact(self.contact(contact)?));
                let pending = Pending::Call { tag: None, subject, reached: draft.outcome.reached() };
                (pending, Act::FollowUp(self.asked(FollowUpDraft { subject, ..*draft })))
            }
            Step::TakeBack(call) => {
                let tag = Tag::Call(call);
                (Pending::TakenBack(tag), Act::Undo { op: Some(self.committed(tag)?.op) })
            }
            Step::Entry(at) => {
                (pending, ledgers::entry(&self.world, at, &self.officers, &|at| self.entry(at))?)
            }
            Step::Moved(at) => (pending, ledgers::moved(&self.world, at, &|at| self.entry(at))?),
            Step::Raised(at) => (pending, ledgers::raised(&self.world, at, &|at| self.entry(at))?),
            Step::Handover(day) => (Pending::Handover, self.hand_over(day)),
        })
    }

    /// The officer asks whoever was reached what became of their promises: they were kept. A unit's end with its
    /// report.
    fn asked(&self, mut draft: FollowUpDraft) -> FollowUpDraft {
        if draft.outcome.reached() && matches!(draft.subject, Some(Subject::Person(_) | Subject::Contact(_)))
        {
            let open = self.promises.iter().filter(|(_, whose)| *whose == draft.subject);
            draft.ends = open.map(|(promise, _)| (*promise, PromiseEnd::Kept)).collect();
        }
        draft
    }

    fn committed(&self, tag: Tag) -> Result<&Committed> {
        self.kept.get(&tag).ok_or_else(|| lost("an earlier act is not known"))
    }

    fn case(&self, case: usize) -> Result<CaseId> {
        match self.committed(Tag::Case(case))?.made {
            Some(Made::Case(id)) => Ok(id),
            _ => Err(lost("no case was made")),
        }
    }

    fn contact(&self, contact: usize) -> Result<ContactId> {
        match self.committed(Tag::Contact(contact))?.made {
            Some(Made::Contact(id)) => Ok(id),
            _ => Err(lost("no contact was made")),
        }
    }

    fn entry(&self, at: usize) -> Result<EntryId> {
        match self.committed(Tag::Entry(at))?.made {
            Some(Made::Entry(id)) => Ok(id),
            _ => Err(lost("no entry was made")),
        }
    }

    fn call(&self, call: usize) -> Result<(FollowUpId, Option<PromiseId>)> {
        match self.committed(Tag::Call(call))?.made {
            Some(Made::FollowUp(id, promise)) => Ok((id, promise)),
            _ => Err(lost("no call was made")),
        }
    }

    /// The morning's handover: open promises and cases whose days are over, nearly all acknowledged.
    fn hand_over(&self, day: chrono::NaiveDate) -> Act {
        let at = self.days.at(day, days::SHIFT_MINUTE);
        let promises = self.promises.iter().map(|(id, _)| (ItemKind::Promise, id.0));
        let over = self.cases.iter().filter(|case| {
            let open = case.opened < at && case.released.as_ref().is_none_or(|(end, _)| *end > at);
            let zero = case.day_zero();
            let total = i64::from(case.facts.days.unwrap_or(0));
            open && case.observed() && zero.is_some_and(|zero| (day - zero).num_days() > total)
        });
        let over = over.map(|case| (ItemKind::Case, self.world.people[case.person].id.0));
        let items: BTreeMap<_, _> = promises.chain(over).map(|(kind, id)| (id, kind)).collect();
        let items = items.into_iter().enumerate().map(|(place, (id, kind))| HandoverItem {
            ticked: is_ticked(place),
            ..HandoverItem::new(kind, id)
        });
        let words = &self.world.lists.words.handover;
        let to = self.officers[(self.on_duty + 1) % self.officers.len()];
        Act::CloseShift(Box::new(Close {
            items: items.collect(),
            words: words[self.days.index(day) as usize % words.len()].clone(),
            ..Close::new(self.shift, to)
        }))
    }
}

fn lost(what: &'static str) -> Error {
    Error::internal("making the demonstration office", what)
}

/// What the demonstration office is known to hold, for tests and for whoever checks one that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Units.
    pub units: usize,
    /// People.
    pub people: usize,
    /// Units that have not reported today.
    pub outstanding: usize,
    /// Open cases.
    pub cases: usize,
}

/// What an office of this size holds at the present moment.
pub fn expected(size: Size) -> Expected {
    let (people, units) = (size.people.max(60), size.units.max(3));
    Expected { units, people, outstanding: reports::outstanding(units).len(), cases: cases::how_many(people) }
}
