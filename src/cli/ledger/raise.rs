//! What entries propose: taken up by `ledger add --from` and `case open --from`, or declined.

use super::{Decline, done, typed};
use crate::cli::Done;
use crate::cli::office::Office;
use crate::cli::out;
use crate::domain::ids::EntryId;
use crate::domain::ledger::raise::Target;
use crate::domain::mask::masked_words;
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::say::Say;
use crate::store::act::LedgerAct;
use crate::store::query::rows::{EntrySheet, Mask, Proposal, Proposed, Settled};
use serde_json::{Value, json};

/// What an entry proposes to make of the one kind that is asked for; by name, where it proposes several such.
pub(in crate::cli) fn proposal(
    office: &Office,
    text: &str,
    target: &Target,
    name: Option<&str>,
) -> Result<(EntryId, Proposal)> {
    let entry = typed::entry(office, text)?;
    let sheet = typed::sheet(office, entry)?;
    let fits = |one: &Proposal| one.raise.target == *target && name.is_none_or(|name| one.raise.id == name);
    let mut all: Vec<Proposal> = sheet.proposed.into_iter().filter(fits).collect();
    if all.len() > 1 {
        return Err(several(&all));
    }
    let found = all.pop().ok_or_else(|| Error::refused(words::NOT_PROPOSED).hint(say::show_hint(entry)))?;
    if !found.unfit.is_empty() {
        out::tell(crate::i18n::ledger_desk::unfit(found.unfit.join(" ")).get(office.lang));
    }
    Ok((entry, found))
}

/// Which of several is meant has to be said.
fn several(all: &[Proposal]) -> Error {
    Error::input(say::several_proposals(Say::listed(all.iter().map(|one| &one.raise.id)).zh))
}

pub(super) fn decline(office: &mut Office, args: Decline) -> Result<Done> {
    super::adopt_own(office)?;
    let entry = typed::entry(office, &args.entry)?;
    let sheet = typed::sheet(office, entry)?;
    let raise = match (args.proposal, sheet.proposed.as_slice()) {
        (Some(raise), _) => raise,
        (None, [one]) => one.raise.id.clone(),
        (None, []) => return Err(Error::refused(words::NOT_PROPOSED)),
        (None, all) => return Err(several(all)),
    };
    done(office, LedgerAct::Decline { entry, raise, reason: args.reason }, None, args.json)
}

/// What would stand in what is proposed, in one line.
fn set(proposal: &Proposal) -> Say {
    match &proposal.to {
        Proposed::Case { facts, .. } => words::proposed_case(&facts.seen(false)),
        Proposed::Entry { ledger, values, names } => words::summary(&ledger.part, values, names, ""),
    }
}

/// What an entry proposes, and what became of what it proposed.
pub(super) fn text(office: &Office, sheet: &EntrySheet) -> Result<()> {
    let lang = office.lang;
    if let Some(origin) = &sheet.origin {
        let ledger = words::titled(&origin.ledger.title);
        let head = crate::i18n::ledger_desk::RAISED_BY.get(lang);
        out::line(&format!("  {head}  {} {}  {}", ledger.get(lang), origin.name.get(lang), origin.entry))?;
    }
    for proposal in &sheet.proposed {
        let title = words::raise_titled(&proposal.raise);
        let (title, set) = (title.get(lang), set(proposal));
        let head = say::PROPOSES.get(lang);
        out::line(&format!("  {head} {title} ({})  {}", proposal.raise.id, set.get(lang)))?;
    }
    for raised in &sheet.raised {
        let what = sheet.ledger.raises().find(|raise| raise.id == raised.raise).map(words::raise_titled);
        let what = what.unwrap_or_else(|| Say::same(&raised.raise));
        let how = match raised.made {
            Some(_) => crate::i18n::ledger_desk::TAKEN,
            None => crate::i18n::ledger_desk::DECLINED,
        };
        let mut line =
            format!("  {}  {} {}  {}", office.brief(raised.at), how.get(lang), what.get(lang), raised.by);
        let more = [raised.made.as_ref().map(|(_, name)| name.as_str()), Some(raised.reason.as_str())];
        for more in more.into_iter().flatten().filter(|more| !more.is_empty()) {
            line.push_str("  ");
            line.push_str(&masked_words(more));
        }
        out::line(&line)?;
    }
    Ok(())
}

/// What an entry proposes.
pub(super) fn proposed_json(office: &Office, proposal: &Proposal) -> Value {
    let Say { zh, en } = words::raise_titled(&proposal.raise);
    let calendar = office.settings.calendar;
    let set = match &proposal.to {
        Proposed::Case { facts, .. } => json!(facts.seen(false)),
        Proposed::Entry { ledger, values, .. } => {
            let columns = ledger.part.columns.iter().filter_map(|column| {
                let value = values.get(&column.field.name)?;
                Some((column.field.name.clone(), column.json(value, calendar)))
            });
            Value::Object(columns.collect())
        }
    };
    json!({
        "raise": proposal.raise.id, "to": proposal.raise.target.code(), "title": { "zh": zh, "en": en },
        "set": set, "unfit": proposal.unfit,
    })
}

/// What became of it.
pub(super) fn settled_json(office: &Office, raised: &Settled) -> Value {
    json!({
        "raise": raised.raise, "at": office.time(raised.at), "by": raised.by, "reason": masked_words(&raised.reason),
        "made": raised.made.as_ref().map(|(made, _)| made),
    })
}
