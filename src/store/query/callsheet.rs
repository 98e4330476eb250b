//! Who must be called today: what a call sheet is cut from.

use super::dossier::{Calls, calls};
use super::due::due_in;
use super::face::{Face, face_in};
use super::rows::{CallNumber, CallRow, OutstandingRow};
use super::settings_in;
use super::units::outstanding_in;
use crate::domain::codes;
use crate::domain::followup::Caller;
use crate::domain::ids::{FollowUpId, PersonId, Subject};
use crate::domain::item::{DueRow, DueState, Item, ItemKind};
use crate::domain::mask::Private;
use crate::domain::order::natural;
use crate::domain::phone::Whose;
use crate::domain::phone::{digits, runs, same};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::store::Reader;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

/// Everybody who must be called today, as of one snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct CallSheet {
    /// What stands on every paper.
    pub face: Face,
    /// Which day.
    pub day: NaiveDate,
    /// Whom to call, by time, then by unit and name.
    pub lines: Vec<ToCall>,
}

impl CallSheet {
    /// The people on it, each once: those whose numbers are masked.
    pub fn people(&self) -> Vec<PersonId> {
        let mut out: Vec<PersonId> = Vec::new();
        for person in self.lines.iter().filter_map(|line| line.whom.and_then(Subject::person)) {
            if !out.contains(&person) {
                out.push(person);
            }
        }
        out
    }

    /// The calls whose numbers stand on it: masked too, whoever they came from.
    pub fn callers(&self) -> Vec<FollowUpId> {
        let mut out: Vec<FollowUpId> = Vec::new();
        for call in self.lines.iter().flat_map(|line| &line.numbers).filter_map(|number| number.call) {
            if !out.contains(&call) {
                out.push(call);
            }
        }
        out
    }
}

/// One call to make.
#[derive(Debug, Clone, PartialEq)]
pub struct ToCall {
    /// When: the earliest of its reasons.
    pub at: Ts,
    /// Whom; absent for a promise of an unknown caller.
    pub whom: Option<Subject>,
    /// Staff or student number, or a unit's code; empty for the others.
    pub no: String,
    /// Name of the person, unit or contact; empty for nobody known.
    pub name: String,
    /// A person's unit; empty for the others.
    pub unit: String,
    /// Why, in time order. What is due by now is one call; what comes later is a call of its own.
    pub why: Vec<Reason>,
    /// What to dial, the likeliest first.
    pub numbers: Vec<CallNumber>,
    /// The last call with them.
    pub last: Option<CallRow>,
}

/// Why somebody is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What about.
    pub what: CallFor,
    /// When it is due.
    pub at: Ts,
    /// Where it stands.
    pub state: DueState,
    /// How many slots were missed, the oldest then; 0 for everything else.
    pub missed: u32,
    /// What was said when it was promised; the day of an observation as `n/14`; the day of a missing report.
    pub words: String,
}

codes! {
    /// What a call is about.
    CallFor {
        /// The temperature of a slot.
        Temperature = "temperature",
        /// A promise to the office.
        Promise = "promise",
        /// The office meant to call again.
        Again = "again",
        /// A report that did not come.
        Report = "report",
    }
}

/// Everybody who must be called today: slots, promises and contacts that are due or will be before the day ends, and
/// the units whose report has not come.
///
/// # Errors
/// The database cannot be read.
pub fn call_sheet(reader: &Reader, now: Ts) -> Result<CallSheet> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let day = settings.calendar.day(now);
    let mut lines: Vec<ToCall> = Vec::new();
    for row in due_in(&tx, &settings, now)? {
        // What is due in a ledger is done, not asked by telephone.
        if settings.calendar.day(row.at) > day || !row.item.kind.is_due() {
            continue;
        }
        let reason = Reason {
            what: match row.item.kind {
                ItemKind::Slot => CallFor::Temperature,
                ItemKind::Promise => CallFor::Promise,
                _ => CallFor::Again,
            },
            at: row.at,
            state: row.state,
            missed: row.missed,
            words: row.words.clone(),
        };
        add(&tx, &mut lines, &row, reason)?;
    }
    for row in outstanding_in(&tx, now)? {
        let state = if row.minutes_late >= 0 { DueState::Missed } else { DueState::Coming };
        let mut words = row.key.day.to_string();
        if row.missing > 1 {
            // The oldest, and how many are owed.
            words = format!("{words} ×{}", row.missing);
        }
        let reason = Reason { what: CallFor::Report, at: row.deadline, state, missed: 0, words };
        add(&tx, &mut lines, &as_due(&row), reason)?;
    }
    for line in &mut lines {
        line.why.sort_by_key(|reason| (reason.at, reason.what));
        if let Some(whom) = line.whom {
            line.last = calls(&tx, &Calls::Latest(whom, 1))?.pop();
        }
    }
    lines.sort_by_cached_key(|line| (line.at, natural(&line.unit), natural(&line.name)));
    Ok(CallSheet { face: face_in(&tx, now)?, day, lines })
}

/// A unit that has not reported, as something due.
fn as_due(row: &OutstandingRow) -> DueRow {
    DueRow {
        // Only the subject is looked at.
        item: Item::new(ItemKind::Again, uuid::Uuid::nil()),
        subject: Some(Subject::Unit(row.id)),
        name: row.name.clone(),
        called: None,
        unit: String::new(),
        at: row.deadline,
        state: DueState::Open,
        missed: 0,
        words: String::new(),
        caller: None,
    }
}

/// Puts a reason on the line of its subject: what is due by now is asked in one call.
fn add(conn: &Connection, lines: &mut Vec<ToCall>, row: &DueRow, reason: Reason) -> Result<()> {
    let is_coming = |state: DueState| state == DueState::Coming;
    let here = lines.iter_mut().find(|line| {
        let alike = line.why.iter().any(|other| is_coming(other.state) == is_coming(reason.state));
        row.subject.is_some()
            && line.whom == row.subject
            && alike
            && (!is_coming(reason.state) || line.at == reason.at)
    });
    if let Some(line) = here {
        line.at = line.at.min(reason.at);
        line.why.push(reason);
        add_caller(&mut line.numbers, row.caller.as_ref());
        return Ok(());
    }
    let (no, mut numbers) =
        row.subject.map(|subject| numbers(conn, subject)).transpose()?.unwrap_or_default();
    add_caller(&mut numbers, row.caller.as_ref());
    lines.push(ToCall {
        at: reason.at,
        whom: row.subject,
        no,
        name: row.name.clone(),
        unit: row.unit.clone(),
        why: vec![reason],
        numbers,
        last: None,
    });
    Ok(())
}

/// Puts the number of the call that something is owed for beside those on record, unless it is one of them.
fn add_caller(numbers: &mut Vec<CallNumber>, caller: Option<&Caller>) {
    let Some(caller) = caller.filter(|caller| !caller.number.is_empty()) else { return };
    let wanted = digits(caller.number.for_matching());
    let is_known = |number: &CallNumber| same(&digits(number.number.for_matching()), &wanted);
    if !numbers.iter().any(is_known) {
        let (number, call) = (caller.number.clone(), Some(caller.call));
        numbers.push(CallNumber { role: Whose::Caller, who: String::new(), number, call });
    }
}

/// What a subject is called by, and what to dial.
pub(super) fn numbers(conn: &Connection, subject: Subject) -> Result<(String, Vec<CallNumber>)> {
    let (sql, roles) = match subject {
        Subject::Person(_) => (
            "SELECT no, '', coalesce(phone, ''), '', coalesce(family_phone, ''), coalesce(contact, '') \
             FROM cur_person WHERE id = ?1",
            [Whose::Own, Whose::Family],
        ),
        Subject::Unit(_) => (
            "SELECT code, coalesce(liaison, ''), coalesce(liaison_phone, ''), coalesce(head, ''), \
             coalesce(head_phone, ''), '' FROM cur_unit WHERE id = ?1",
            [Whose::Liaison, Whose::Head],
        ),
        Subject::Contact(_) => (
            "SELECT '', name, phone, '', '', '' FROM cur_contact WHERE id = ?1",
            [Whose::Outside, Whose::Outside],
        ),
    };
    let found = conn
        .prepare_cached(sql)?
        .query_row([subject.id()], |row| {
            let no: String = row.get(0)?;
            let one = |role, at: usize| -> rusqlite::Result<CallNumber> {
                let number: String = row.get(at + 1)?;
                Ok(CallNumber { role, who: row.get(at)?, number: Private::new(number), call: None })
            };
            let mut numbers = vec![one(roles[0], 1)?, one(roles[1], 3)?];
            numbers.retain(|number| !number.number.is_empty());
            numbers.extend(contact_of(&row.get::<_, String>(5)?));
            Ok((no, numbers))
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Who answers for a person (包保联系人), as sheets have it: a name, and often the number behind it; sometimes two of
/// them. Nobody's family. No number stands among the names: they are masked as numbers are.
fn contact_of(text: &str) -> Vec<CallNumber> {
    let one = |who: String, number: String| CallNumber {
        role: Whose::Contact,
        who,
        number: Private::new(number),
        call: None,
    };
    let runs = runs(text);
    let mut names: Vec<String> = Vec::with_capacity(runs.len() + 1);
    let mut from = 0;
    for run in &runs {
        names.push(text[from..run.start].to_owned());
        from = run.end;
    }
    names.push(text[from..].to_owned());
    // The name stands before its number; where the text begins with a number, behind it.
    if !runs.is_empty() && name_only(&names[0]).is_empty() {
        names.remove(0);
    } else if !runs.is_empty() {
        let last = names.pop().unwrap_or_default();
        names.last_mut().into_iter().for_each(|name| name.push_str(&last));
    }
    let numbers = runs.iter().map(|run| digits(&text[run.clone()])).chain(std::iter::repeat(String::new()));
    let all = names.iter().zip(numbers).map(|(name, number)| one(name_only(name), number));
    all.filter(|contact| !contact.who.is_empty() || !contact.number.is_empty()).collect()
}

/// What is left of a name once its number is cut out.
fn name_only(text: &str) -> String {
    let text = text.replace("（）", " ").replace("()", " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" （", "（");
    let parts = |c: char| {
        c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；' | '/' | ':' | '：' | '+' | '-')
    };
    let text = text.trim_matches(parts);
    // A bracket that held nothing but the number.
    let open = text.trim_end_matches(['(', '（']);
    let text = if open.len() < text.len() { open } else { text.trim_start_matches([')', '）']) };
    text.trim_matches(parts).to_owned()
}
