//! The handover as it is signed, and made again: what is kept of it in the log, and the way back.

mod unkept;

use super::summary::{Addition, Handed, Summary, UnitCalled, happened, in_time_order, summary};
use super::template::{self, Templates};
use super::{Paper, PaperKind, Source};
use crate::domain::finding::{Finding, Found};
use crate::domain::ids::{Mint, ShiftId};
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::handover::{MOVED, template_gone};
use crate::i18n::store as say;
use crate::log::event::HandoverItem;
use crate::log::frozen::{Frozen, FrozenCalls, FrozenDue, FrozenFindings, FrozenReport, template_digest};
use crate::say::{Lang, Say};
use crate::store::act::{Act, Author, Close, Committed};
use crate::store::query::{self, SignedShift};
use crate::store::{Reader, Store};

/// How often a handover is cut anew when something is recorded in between.
const TRIES: usize = 5;

/// A handover that was signed, with the templates it was signed with.
#[derive(Debug, Clone)]
pub struct SignedPaper {
    /// What stands on it, and what was recorded later.
    pub summary: Summary,
    /// The templates, by name; none where the paper was not kept.
    pub templates: Vec<(String, String)>,
}

impl SignedPaper {
    /// The paper in `lang`, in the words of the template it was signed with. Where that is not known, or can no longer
    /// be used, the office's present one takes its place.
    ///
    /// # Errors
    /// The built-in template does not fit.
    pub fn paper(&self, lang: Lang, templates: &Templates) -> Result<Paper> {
        let name = template_name(lang);
        let kept = self.templates.iter().find(|(known, _)| *known == name);
        match kept.map(|(_, content)| template::with(&self.summary, lang, content)) {
            Some(Ok(paper)) => Ok(paper),
            // What is not in the words that were signed says so.
            Some(Err(error)) => {
                let mut paper = template::make(&self.summary, lang, templates)?;
                let what = error.say();
                paper.warning = Some(Say { zh: template_gone(what.zh).zh, en: template_gone(what.en).en });
                Ok(paper)
            }
            None => template::make(&self.summary, lang, templates),
        }
    }
}

/// Under which name the log keeps the handover's template.
fn template_name(lang: Lang) -> String {
    format!("{}.{}", PaperKind::Handover.code(), lang.code())
}

/// The templates that a handover cut now is made with, in both languages: it may be printed in either.
pub fn templates_of(source: &dyn Source, templates: &Templates) -> Vec<(String, String)> {
    let used = |lang: Lang| {
        let own = templates.own(PaperKind::Handover, lang).ok().flatten().map(|(_, text)| text);
        own.filter(|text| template::with(source, lang, text).is_ok())
            .unwrap_or_else(|| template::builtin(PaperKind::Handover, lang).to_owned())
    };
    [Lang::Zh, Lang::En].into_iter().map(|lang| (template_name(lang), used(lang))).collect()
}

/// What is kept of a paper: references and figures.
pub fn freeze(s: &Summary, templates: &[(String, String)]) -> Frozen {
    Frozen {
        cut_at: s.cut_at,
        seq: s.seq,
        frontier: s.frontier.clone(),
        checked: s.checked,
        day: s.day,
        round: s.round.clone(),
        counts: s.counts,
        days: s.days.clone(),
        running: s.running,
        before: s.before,
        before_day: s.before_day,
        drill_due: s.drill_due,
        outstanding: s
            .outstanding
            .iter()
            .map(|row| FrozenReport {
                key: row.key.clone(),
                deadline: row.deadline,
                minutes_late: row.minutes_late,
                chases: row.chases,
                unanswered: row.unanswered,
                missing: row.missing,
                promise: row.promise,
            })
            .collect(),
        findings: s
            .findings
            .iter()
            .map(|row| FrozenFindings {
                person: row.person,
                since: row.since,
                found: row.found.iter().map(without_words).collect(),
            })
            .collect(),
        due: s
            .due
            .iter()
            .map(|row| FrozenDue {
                what: row.item.kind,
                id: row.item.id,
                subject: row.subject,
                at: row.at,
                state: row.state.code().to_owned(),
                missed: row.missed,
                told: if row.item.kind.ledger().is_some() { row.words.clone() } else { String::new() },
                several: row.item.kind.ledger().is_some() && row.item.at.is_some(),
            })
            .collect(),
        release: s.due_release.iter().map(|row| row.id).collect(),
        changed: s.changed_cases.iter().map(|row| row.id).collect(),
        called: s
            .units_called
            .iter()
            .map(|row| FrozenCalls { unit: row.unit, calls: row.calls, last: row.last })
            .collect(),
        questions: s.questions.iter().map(|row| row.id).collect(),
        approvers: s.happened.iter().any(|line| !line.approver.is_empty()),
        keys: true,
        templates: templates.iter().map(|(name, text)| (name.clone(), template_digest(text))).collect(),
    }
}

/// A finding as a reference: the sheet's own words stay in the sheet's row.
fn without_words(finding: &Finding) -> Finding {
    let found = Found { said: String::new(), ..finding.found.clone() };
    Finding { found, ..finding.clone() }
}

/// Cuts the paper that a handover signs, and lays it into the act: with what was acknowledged and asked in the walk,
/// and unread whatever came up after it.
///
/// # Errors
/// No shift is running; the database cannot be read.
pub fn prepare(reader: &Reader, now: Ts, close: &mut Close, templates: &Templates) -> Result<Summary> {
    let mut cut =
        summary(reader, now)?.ok_or_else(|| Error::refused(say::NO_SHIFT).hint(say::NO_SHIFT_HINT))?;
    cut.checked = close.checked;
    let mut walked = std::mem::take(&mut close.items);
    close.items = cut
        .open_items()
        .into_iter()
        .map(|(item, _)| HandoverItem { ticked: was_ticked(&mut walked, &item), ..item })
        .collect();
    // What was settled meanwhile needs no answer any more.
    close.questions.retain(|asked| close.items.iter().any(|item| item.item() == asked.item));
    close.templates = templates_of(&cut, templates);
    close.frozen = Some(Box::new(freeze(&cut, &close.templates)));
    Ok(cut)
}

/// Whether an item was ticked in the walk: each is answered once.
fn was_ticked(walked: &mut Vec<HandoverItem>, item: &HandoverItem) -> bool {
    let place = walked.iter().position(|known| known.item() == item.item());
    place.is_some_and(|place| walked.remove(place).ticked)
}

/// Passes the shift on: the paper is cut, frozen and signed in one op. When something is recorded between the two, it
/// is cut anew.
///
/// # Errors
/// Refused with a reason, or not saved; in either case nothing was handed over.
pub fn hand_over(
    store: &mut Store,
    author: &Author,
    mint: &mut dyn Mint,
    close: &Close,
    templates: &Templates,
) -> Result<Committed> {
    let reader = store.reader()?;
    let mut tried = 0;
    loop {
        let mut close = close.clone();
        // Whose shift is gone is told by the act itself, with who took it over.
        if query::shift_range(&reader)?.is_some_and(|open| open.id == close.shift) {
            prepare(&reader, author.now, &mut close, templates)?;
        }
        tried += 1;
        match store.commit(author, mint, &Act::CloseShift(Box::new(close))) {
            Err(Error::User(user)) if tried < TRIES && user.what == MOVED.into() => {}
            done => return done,
        }
    }
}

/// A handover as it was signed, with what was recorded about its shift later; none while the shift runs.
///
/// # Errors
/// The database cannot be read.
pub fn signed(reader: &Reader, shift: ShiftId) -> Result<Option<SignedPaper>> {
    let Some(kept) = query::signed_shift(reader, shift)? else { return Ok(None) };
    let cut = match &kept.closed.frozen {
        Some(frozen) => Some(thaw(&kept, frozen)?),
        // Signed before papers were kept: cut again from the log as it stood.
        None => unkept::cut(&kept)?,
    };
    let Some(mut cut) = cut else { return Ok(None) };
    let names_approvers = kept.closed.frozen.as_ref().is_some_and(|frozen| frozen.approvers);
    cut.handed = Some(Handed {
        to: kept.to,
        items: kept.closed.items,
        asked: kept.asked,
        words: kept.words,
        how: kept.closed.how,
        reason: kept.reason,
        signed: kept.closed.signed,
        at: Some(kept.closed_at),
    });
    cut.additions = kept
        .later
        .iter()
        .flat_map(|row| {
            let added = |line| Addition { line, recorded_at: row.recorded_at, officer: row.officer.clone() };
            happened(row).into_iter().map(added)
        })
        .collect();
    let names_keys = kept.closed.frozen.as_ref().is_some_and(|frozen| frozen.keys);
    for line in cut.happened.iter_mut().chain(cut.additions.iter_mut().map(|addition| &mut addition.line)) {
        if !names_approvers {
            line.approver.clear();
        }
        if !names_keys {
            line.of = None;
        }
    }
    Ok(Some(SignedPaper { summary: cut, templates: kept.templates }))
}

/// The paper out of its references and figures, with names and words as they stood.
fn thaw(kept: &SignedShift, frozen: &Frozen) -> Result<Summary> {
    let settings = query::settings(&kept.past)?;
    let rows = query::frozen_rows(&kept.past, &kept.shift, frozen)?;
    Ok(Summary {
        office: settings.office,
        rehearsal: settings.rehearsal,
        calendar: settings.calendar,
        shift: kept.shift.id,
        officer: kept.shift.officer,
        officer_name: kept.shift.name.clone(),
        started_at: kept.shift.started_at,
        cut_at: frozen.cut_at,
        seq: frozen.seq,
        head: kept.closed.head.clone(),
        frontier: frozen.frontier.clone(),
        checked: frozen.checked,
        day: frozen.day,
        round: frozen.round.clone(),
        counts: frozen.counts,
        days: frozen.days.clone(),
        running: frozen.running,
        before: frozen.before,
        before_day: frozen.before_day,
        drill_due: frozen.drill_due,
        outstanding: rows.outstanding,
        findings: rows.findings,
        due: rows.due,
        changed_cases: rows.changed,
        due_release: rows.release,
        questions: rows.questions,
        units_called: rows
            .called
            .into_iter()
            .map(|called| UnitCalled {
                unit: called.unit,
                name: called.name,
                calls: called.calls,
                last: called.last,
                outcome: called.outcome,
                words: called.words,
            })
            .collect(),
        happened: in_time_order(&rows.ops),
        handed: None,
        additions: Vec::new(),
    })
}
