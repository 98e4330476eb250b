//! The find box as it stands.

use super::found::{FindHit, Found, ListLine, telephone};
use super::table::Target;
use crate::app::keymap::Action;
use crate::domain::ids::FollowUpId;
use crate::domain::limits;
use crate::domain::mask::Private;
use crate::domain::phone::Whose;
use crate::search::found::Target as Hit;
use crate::store::query::rows::CallCard;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input;

/// How many owners of one number are asked about.
const OWNERS: usize = 8;

/// What a card is asked for: the number that calls, and whose it is.
pub type CardKey = (String, Vec<(Hit, Whose)>);

/// Why somebody is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindFor {
    /// To go there.
    Open,
    /// To give a call its subject.
    Attach(FollowUpId),
}

/// The find box.
#[derive(Debug, Clone)]
pub struct Find {
    /// What for.
    pub purpose: FindFor,
    /// The number of the call that is to get its subject: looked for as long as nothing is typed.
    pub number: Private,
    /// As typed.
    pub input: Input,
    /// What was found for it.
    pub found: Found,
    /// The selected hit.
    pub at: usize,
    /// The keys go to the results.
    pub in_list: bool,
    /// The answer has come for what is typed.
    pub settled: bool,
    /// The search for which entries of ledgers are still to come.
    pub(in crate::app) looking: Option<u64>,
    /// What the hits were found for.
    pub(in crate::app) found_for: String,
    /// Whom the cursor stays on when the same question is asked again.
    pub(in crate::app) again: Option<crate::search::found::Target>,
    /// What is to be done once it has.
    pub(in crate::app) then: Option<Action>,
    /// Which of the last searches stands in the line, untouched.
    pub(in crate::app) back: Option<usize>,
    /// Each hit's line says why it stands there.
    pub explain: bool,
    /// What the card was last asked for.
    pub(in crate::app) asked: Option<CardKey>,
    /// The card as it came.
    pub(in crate::app) card: Option<Box<CallCard>>,
}

/// Whether there is more to be asked of a hit than stands in it: of a past call and of an entry there is not.
fn has_card(hit: &FindHit) -> bool {
    !matches!(hit.found.target, Hit::Call(_) | Hit::Entry(_))
}

impl Find {
    /// Whether the line takes no more of what this key types.
    pub(in crate::app) fn is_full(&self, key: KeyEvent) -> bool {
        let typed = matches!(key.code, KeyCode::Char(_))
            && !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        typed && self.input.value().chars().count() >= limits::QUERY
    }

    /// A box with nothing typed.
    pub(in crate::app) fn new(purpose: FindFor, number: Private) -> Self {
        Self {
            purpose,
            number,
            input: Input::default(),
            found: Found::default(),
            at: 0,
            in_list: false,
            settled: true,
            looking: None,
            found_for: String::new(),
            again: None,
            then: None,
            back: None,
            explain: false,
            asked: None,
            card: None,
        }
    }

    /// The selected hit. Whose number only comes near the one that was typed is not taken for who calls: they are
    /// selected once the cursor is among the hits.
    pub fn hit(&self) -> Option<&FindHit> {
        self.found.hits.get(self.at).filter(|hit| self.in_list || !hit.is_near())
    }

    /// What is typed.
    pub fn typed(&self) -> &str {
        self.input.value().trim()
    }

    /// Something is looked for, the answer is here, and it is nothing, or nobody but whose number comes near.
    pub fn is_empty(&self) -> bool {
        self.settled && self.hit().is_none() && !(self.typed().is_empty() && self.number.is_empty())
    }

    /// The telephone number that is typed, when it is taken for one that calls: somebody has it, or nothing else
    /// fits it. A staff number is as long.
    pub fn calling(&self) -> Option<String> {
        telephone(self.typed()).filter(|_| self.is_call())
    }

    /// A number is typed that nobody has.
    pub fn is_call_of_nobody(&self) -> bool {
        self.is_empty() && self.calling().is_some()
    }

    /// A call from nobody known can be logged from here.
    pub fn offers_unknown(&self) -> bool {
        self.is_empty() && self.purpose == FindFor::Open
    }

    /// Whether a key does anything now: the footer shows only what does.
    pub fn does(&self, action: Action, searches: usize) -> bool {
        let some = self.hit().is_some();
        match action {
            Action::Open => some || self.offers_unknown(),
            Action::Next | Action::Explain => !self.found.hits.is_empty(),
            Action::FollowUp => self.purpose == FindFor::Open && (some || self.offers_unknown()),
            Action::Copy => some || self.calling().is_some(),
            Action::Recall => self.back.map_or(self.typed().is_empty(), |_| true) && searches > 0,
            _ => true,
        }
    }

    /// The box was opened for the number of a call, which is not shown.
    pub fn is_hidden_call(&self) -> bool {
        self.typed().is_empty() && !self.number.is_empty() && self.is_call()
    }

    fn is_call(&self) -> bool {
        let hits = &self.found.hits;
        // Whoever selects one whose number comes near means that one, not the number.
        !self.hit().is_some_and(FindHit::is_near)
            && (hits.iter().any(FindHit::has_number)
                || hits.iter().all(|hit| hit.is_near() || !has_card(hit)))
    }

    /// The keys go back to the line that is typed; none whose number only comes near stays selected.
    pub(in crate::app) fn leave_list(&mut self) {
        self.in_list = false;
        if self.found.hits.get(self.at).is_some_and(FindHit::is_near) {
            self.at = 0;
        }
    }

    /// What the card is to be asked for; nothing when nothing is selected, or a past call or an entry, whose words are there.
    pub(in crate::app) fn card_key(&self) -> Option<CardKey> {
        if !self.settled {
            return None;
        }
        let hidden = telephone(self.number.for_matching()).filter(|_| self.typed().is_empty());
        let number = hidden.filter(|_| self.is_call()).or_else(|| self.calling());
        let selected = self.hit().filter(|hit| has_card(hit));
        if let Some(number) = number {
            let owners: Vec<&FindHit> = self.found.hits.iter().filter(|hit| hit.has_number()).collect();
            let first = selected.filter(|hit| hit.has_number());
            if first.is_some() || selected.is_none() || self.at == 0 {
                let rest = owners.into_iter().filter(|hit| !first.is_some_and(|one| std::ptr::eq(one, *hit)));
                let all = first.into_iter().chain(rest).take(OWNERS);
                let owners = all.map(|hit| (hit.found.target, hit.role(&number))).collect();
                return Some((number, owners));
            }
        }
        selected.map(|hit| (String::new(), vec![(hit.found.target, hit.role(""))]))
    }

    /// The card of what is selected; until an answer comes, that of what was selected before, as the hits are.
    pub fn card(&self) -> Option<&CallCard> {
        self.card.as_deref().filter(|_| !self.settled || self.asked == self.card_key())
    }

    /// Whom an act would concern: the selected hit, or nobody known when nothing was found.
    pub(in crate::app) fn targets(&self) -> Vec<Target> {
        match self.hit() {
            Some(hit) => vec![Target::new(hit.subject(), &hit.row.name)],
            None if self.offers_unknown() => vec![Target::new(None, "")],
            None => Vec::new(),
        }
    }

    /// The first hit of the group after the selected one's, or before.
    pub(in crate::app) fn other_group(&self, forward: bool) -> usize {
        let lines = self.found.lines();
        let mut starts = lines.windows(2).filter_map(|pair| match pair {
            [ListLine::Label(..), ListLine::Hit(at)] => Some(*at),
            _ => None,
        });
        if forward {
            starts.find(|at| *at > self.at).unwrap_or(self.at)
        } else {
            starts.rfind(|at| *at < self.at).unwrap_or(0)
        }
    }
}
