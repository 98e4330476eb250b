//! Attention cases.

use super::{Ctx, Made, Resolved, single};
use crate::domain::case::CaseFacts;
use crate::domain::ids::{CaseId, PersonId, Subject};
use crate::domain::report::FormRef;
use crate::domain::text::has_words;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::{Adopted, CaseChanged, CaseOpened, CaseReleased, Event, RulesAdopted};
use crate::store::json;
use crate::store::query::{adopted_rules_in, against_in, settings_in};
use rusqlite::OptionalExtension;

pub(super) fn open(ctx: &mut Ctx<'_>, person: PersonId, facts: &CaseFacts) -> Resolved {
    super::contact::subject_exists(ctx, Subject::Person(person))?;
    if facts.categories.as_ref().is_none_or(Vec::is_empty) {
        return Err(Error::input(say::CASE_NEEDS_CATEGORY));
    }
    have_come(ctx, &CaseFacts::default(), facts)?;
    let open = ctx
        .conn
        .prepare_cached("SELECT 1 FROM cur_case WHERE person = ?1 AND released_at IS NULL")?
        .exists([person])?;
    if open {
        return Err(Error::refused(say::CASE_OPEN).hint(say::CASE_OPEN_HINT));
    }
    let case = CaseId(ctx.id());
    let mut events = adopted_rules(ctx)?;
    events.push(Event::CaseOpened(CaseOpened { case, person, facts: facts.clone() }));
    Ok((Op { events, ..Op::default() }, Some(Made::Case(case))))
}

/// A case counts its days by the rules of the program; when they are not those last adopted into the log, they are
/// adopted with it.
fn adopted_rules(ctx: &Ctx<'_>) -> Result<Vec<Event>> {
    let form = FormRef { name: "rules".to_owned(), version: 1 };
    let content = crate::domain::rules::BUILTIN;
    if adopted_rules_in(ctx.conn)?.as_deref() == Some(content) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::RulesAdopted(RulesAdopted(Adopted { form, content: content.to_owned() }))])
}

pub(super) fn change(ctx: &mut Ctx<'_>, case: CaseId, facts: &CaseFacts, reason: &str) -> Resolved {
    let (person, known) = open_case(ctx, case)?;
    if !has_words(reason) {
        return Err(Error::input(say::REASON_NEEDED));
    }
    have_come(ctx, &known, facts)?;
    if facts.categories.as_ref().is_some_and(Vec::is_empty) {
        return Err(Error::input(say::CASE_NEEDS_CATEGORY));
    }
    if *facts == CaseFacts::default() {
        return Err(Error::refused(say::NOTHING_CHANGES));
    }
    let reason = reason.trim().to_owned();
    Ok(single(Event::CaseChanged(CaseChanged { case, person, facts: facts.clone(), reason }), None))
}

/// Releases a case. What stands against it is judged here, where nothing can come between, for the moment at which it
/// was released; with a second yes it is released all the same, and what stood against it is kept.
pub(super) fn release(ctx: &mut Ctx<'_>, case: CaseId, reason: &str, early: bool) -> Resolved {
    let (person, facts) = open_case(ctx, case)?;
    if !has_words(reason) {
        return Err(Error::input(say::REASON_NEEDED));
    }
    let settings = settings_in(ctx.conn)?;
    let stands = against_in(ctx.conn, &settings, person, &facts, ctx.happened())?;
    let despite = stands.codes;
    if !despite.is_empty() && !early {
        let today = settings.calendar.day(ctx.happened());
        let why = crate::i18n::cases::against(&despite, stands.fever, &facts, today);
        return Err(Error::refused(crate::i18n::cases::stands_against(&why.zh, &why.en))
            .hint(crate::i18n::cases::EARLY_HINT));
    }
    let approved_by = if despite.is_empty() { None } else { ctx.may(super::rights::Right::EarlyRelease)? };
    let reason = reason.trim().to_owned();
    Ok(single(Event::CaseReleased(CaseReleased { case, person, reason, despite, approved_by }), None))
}

/// Whose case it is, open or not.
pub(super) fn person_of(ctx: &Ctx<'_>, case: CaseId) -> Result<Option<Subject>> {
    Ok(ctx
        .conn
        .prepare_cached("SELECT person FROM cur_case WHERE id = ?1")?
        .query_row([case], |row| row.get(0).map(Subject::Person))
        .optional()?)
}

/// Refuses days that have not come.
fn have_come(ctx: &Ctx<'_>, known: &CaseFacts, said: &CaseFacts) -> Result<()> {
    let today = settings_in(ctx.conn)?.calendar.day(ctx.author.now);
    let slips = known.slips(said, today);
    match slips.iter().find(|slip| !slip.may_be_meant()) {
        Some(slip) => Err(Error::input(crate::i18n::cases::slip(*slip)).hint(crate::i18n::cases::DATES_HINT)),
        None => Ok(()),
    }
}

/// Whose open case it is, and what is said of it.
fn open_case(ctx: &Ctx<'_>, case: CaseId) -> Result<(PersonId, CaseFacts)> {
    let found: Option<(PersonId, String)> = ctx
        .conn
        .prepare_cached("SELECT person, facts FROM cur_case WHERE id = ?1 AND released_at IS NULL")?
        .query_row([case], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (person, facts) = found.ok_or_else(|| Error::not_found(say::NO_CASE))?;
    Ok((person, serde_json::from_str(&facts).map_err(json)?))
}
