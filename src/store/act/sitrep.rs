//! Situation reports that are sent and corrected, figures that are told.

use super::{Ctx, Made, Op, Resolved, single};
use crate::domain::followup::Channel;
use crate::domain::ids::{SitrepId, ToldId};
use crate::domain::sitrep::check::check;
use crate::domain::sitrep::{Figures, Sitrep};
use crate::domain::text::has_words;
use crate::domain::time::{Ts, day_number};
use crate::error::{Error, Result};
use crate::i18n::{sitrep as words, store as say};
use crate::log::event::{Event, FigureTold, SitrepCorrected, SitrepReason, SitrepSent, ToldWords};
use crate::store::query::settings_in;
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

/// How many cells a refusal names.
const NAMED: usize = 6;

/// A report whose parts do not make its totals must not leave the office.
fn sound(report: &Sitrep) -> Result<()> {
    let bad = check(report);
    if bad.is_empty() {
        return Ok(());
    }
    let cells: Vec<_> = bad.iter().take(NAMED).map(words::bad_sum).collect();
    Err(Error::refused(words::bad_sums(bad.len(), &cells)))
}

/// The report as it goes out: headed as the office's papers are, unless it says how.
fn headed(ctx: &Ctx<'_>, report: &Sitrep) -> Result<Box<Sitrep>> {
    let mut report = Box::new(report.clone());
    if report.letterhead.is_none() {
        report.letterhead = Some(settings_in(ctx.conn)?.letterhead());
    }
    Ok(report)
}

fn addressee(to: &str) -> Result<String> {
    let to = to.trim();
    if to.is_empty() { Err(Error::input(say::TO_NEEDED)) } else { Ok(to.to_owned()) }
}

pub(super) fn send(ctx: &mut Ctx<'_>, report: &Sitrep, to: &str, channel: Channel) -> Resolved {
    let to = addressee(to)?;
    if report.to <= report.from {
        return Err(Error::refused(say::SITREP_NOT_BEGUN));
    }
    sound(report)?;
    // The same day in full, to the same people, is a correction; while the day runs, it is sent as often as asked.
    let already: Option<Ts> = ctx
        .conn
        .prepare_cached(
            "SELECT at FROM cur_sitrep WHERE day = ?1 AND boundary = ?2 AND sent_to = ?3 \
             AND ends = ?4 LIMIT 1",
        )?
        .query_row(params![day_number(report.day), report.boundary, to, report.to], |row| row.get(0))
        .optional()?;
    if already.is_some() {
        return Err(Error::refused(say::SITREP_SENT).hint(say::SITREP_SENT_HINT));
    }
    let sitrep = SitrepId(ctx.id());
    let event = SitrepSent { sitrep, to, channel, report: headed(ctx, report)? };
    Ok(single(Event::SitrepSent(event), Some(Made::Sitrep(sitrep))))
}

pub(super) fn correct(
    ctx: &mut Ctx<'_>,
    of: SitrepId,
    report: &Sitrep,
    reason: &str,
    (to, channel): (&str, Channel),
) -> Resolved {
    let known: Option<(i32, i32, String)> = ctx
        .conn
        .prepare_cached("SELECT day, boundary, sent_to FROM cur_sitrep WHERE id = ?1")?
        .query_row([of], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((day, boundary, first)) = known else { return Err(Error::not_found(say::NO_SITREP)) };
    let reason = reason.trim();
    if !has_words(reason) {
        return Err(Error::input(say::REASON_NEEDED));
    }
    if (day, boundary) != (day_number(report.day), report.boundary) {
        return Err(Error::refused(say::SITREP_OTHER_DAY));
    }
    sound(report)?;
    let to = if to.trim().is_empty() { first } else { addressee(to)? };
    let sitrep = SitrepId(ctx.id());
    let (text, report) = (reason.to_owned(), headed(ctx, report)?);
    let event = SitrepCorrected { sitrep, of, reason: String::new(), to, channel, report };
    let events = vec![Event::SitrepCorrected(event), Event::SitrepReason(SitrepReason { sitrep, text })];
    Ok((Op { events, ..Op::default() }, Some(Made::Sitrep(sitrep))))
}

pub(super) fn tell(
    ctx: &mut Ctx<'_>,
    to: &str,
    channel: Channel,
    (day, boundary): (NaiveDate, i32),
    figures: &Figures,
    words: &str,
) -> Resolved {
    let to = addressee(to)?;
    if figures.0.is_empty() {
        return Err(Error::input(say::FIGURES_NEEDED));
    }
    let told = ToldId(ctx.id());
    let (figures, text) = (figures.clone(), words.trim().to_owned());
    let event = FigureTold { told, to, channel, day, boundary, figures, words: String::new() };
    let mut events = vec![Event::FigureTold(event)];
    if !text.is_empty() {
        events.push(Event::ToldWords(ToldWords { told, text }));
    }
    Ok((Op { events, ..Op::default() }, Some(Made::Told(told))))
}
