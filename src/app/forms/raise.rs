//! What an entry proposes: taken up in the form of what is to be made, or declined with a reason.

use super::Acts;
use super::case;
use crate::app::keymap::Action;
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::EntryPage;
use crate::app::shown::state::{Layer, State};
use crate::app::shown::wants::Wants;
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::ids::EntryId;
use crate::i18n::ledger::raise_titled;
use crate::i18n::ledger_desk as say;
use crate::i18n::{forms, screen};
use crate::say::{Say, Word};
use crate::store::act::{Act, LedgerAct};
use crate::store::query::rows::{EntryAsk, Proposal, Proposed};

/// Which of several proposals is meant.
#[derive(Debug)]
pub(super) struct ChooseRaise(EntryId);

impl Part for ChooseRaise {
    fn enter(&self) -> Option<Word> {
        Some(crate::i18n::keys::GO_ON)
    }
}

impl Acts for ChooseRaise {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        let Some(Layer::Form(form)) = desk.layers.last() else { return true };
        let chosen = form.value("raise");
        desk.layers.pop();
        take(desk, fx, self.0, &chosen);
        true
    }
}

/// Nothing is made of what an entry proposes.
#[derive(Debug)]
pub(super) struct DeclineRaise(EntryId);

impl Part for DeclineRaise {
    fn draft(&self) -> Option<String> {
        Some(format!("entry/decline/{}", self.0))
    }
}

impl Acts for DeclineRaise {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let raise = form.value("raise");
        if raise.is_empty() {
            return wrong("raise", say::CHOOSE_PROPOSAL);
        }
        let reason = needed(form, "reason", screen::REASON_NEEDED)?;
        Ok(vec![Act::Ledger(Box::new(LedgerAct::Decline { entry: self.0, raise, reason }))])
    }
}

/// What the entry that is seen proposes.
fn proposed(desk: &State) -> Option<(EntryId, &[Proposal])> {
    let page = desk.page_of::<EntryPage>()?;
    Some((page.id, page.sheet.as_deref().map_or(&[][..], |sheet| &sheet.proposed)))
}

/// One of these; where there are several, still to be chosen.
fn which(all: &[Proposal]) -> Field {
    let mut choices: Vec<Choice> =
        all.iter().map(|one| Choice::new(&one.raise.id, raise_titled(&one.raise))).collect();
    if choices.len() > 1 {
        choices.insert(0, Choice::new("", forms::TO_CHOOSE));
    }
    Field::choice("raise", say::PROPOSAL, choices, 0)
}

fn called(desk: &State) -> Say {
    use crate::app::shown::page::Page;
    let title = |lang| desk.page_of::<EntryPage>().map_or("", |page| page.title(lang)).to_owned();
    Say { zh: title(crate::say::Lang::Zh), en: title(crate::say::Lang::En) }
}

/// Opens the form of what the entry that is seen proposes.
pub(super) fn open_take_up(desk: &mut State, fx: &mut Vec<Effect>) {
    if let Some((_, Wants::Decision(entry))) = desk.wanted() {
        return desk.open_entry_then(fx, entry, Action::TakeUp);
    }
    match proposed(desk) {
        None | Some((_, [])) => desk.tell(Tone::Info, say::NOTHING_PROPOSED),
        Some((entry, [one])) => {
            let raise = one.raise.id.clone();
            take(desk, fx, entry, &raise);
        }
        Some((entry, all)) => {
            let form = Form::of(ChooseRaise(entry), titled(say::TAKE_UP, &called(desk)), vec![which(all)]);
            desk.show(form);
        }
    }
}

fn take(desk: &mut State, fx: &mut Vec<Effect>, entry: EntryId, raise: &str) {
    let found = proposed(desk).into_iter().flat_map(|(_, all)| all).find(|one| one.raise.id == raise);
    let Some(proposal) = found.cloned() else { return desk.tell(Tone::Warn, say::CHOOSE_PROPOSAL) };
    match proposal.to {
        Proposed::Case { person, name, facts } => {
            if !proposal.unfit.is_empty() {
                desk.tell(Tone::Warn, say::unfit(proposal.unfit.join(" ")));
            }
            case::open_raised(desk, fx, (entry, proposal.raise.id), (person, &name), &facts);
        }
        Proposed::Entry { .. } => {
            desk.load(fx, Query::EntryForm(EntryAsk::Raised(entry, proposal.raise.id)));
        }
    }
}

/// Declines what the entry that is seen proposes.
pub(super) fn open_decline(desk: &mut State, fx: &mut Vec<Effect>) {
    if let Some((_, Wants::Decision(entry))) = desk.wanted() {
        return desk.open_entry_then(fx, entry, Action::Decline);
    }
    let Some((entry, all)) = proposed(desk).filter(|(_, all)| !all.is_empty()) else {
        return desk.tell(Tone::Info, say::NOTHING_PROPOSED);
    };
    let fields = vec![which(all), Field::line("reason", say::WHY, "").hint(screen::REASON_NEEDED)];
    let mut form = Form::of(DeclineRaise(entry), titled(say::DECLINE, &called(desk)), fields);
    form.focus = usize::from(all.len() == 1);
    desk.show(form);
}
