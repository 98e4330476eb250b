//! The find box: keys, what is asked for, the card of the selected hit, the last searches, an unknown caller.

use super::dialog::steps;
use super::forms::attach;
use super::keymap::Action;
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::found::{FindHit, Found, digit_runs, telephone};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::EntryPage;
use crate::app::shown::state::{Find, FindFor, Layer, State};
use crate::app::shown::table::moved;
use crate::domain::followup::Caller;
use crate::domain::limits;
use crate::domain::mask::Private;
use crate::i18n::find as words;
use crate::i18n::screen as say;
use crate::say::Say;
use crate::search::found::{Field as Part, Target};
use crate::store::query::rows::{CallCard, FoundEntries};
use crossterm::event::{Event, KeyEvent};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

#[cfg(test)]
mod tests;

/// How many of the last searches are kept at hand.
const SEARCHES: usize = 50;

/// What is known of a call before anything is asked: it stands in the form when that opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heard {
    /// The number that was typed.
    pub(super) number: String,
    /// Other words that were typed, when nobody fits them.
    pub(super) words: String,
    /// The call from nobody known that is called back.
    pub(super) caller: Option<Caller>,
}

impl State {
    /// Opens the find box; with the number of a call it begins with whoever has that number.
    pub(super) fn find(&mut self, fx: &mut Vec<Effect>, purpose: FindFor, number: Private) {
        self.layers.push(Layer::Find(Box::new(Find::new(purpose, number))));
        self.search(fx);
    }

    /// Takes the find box away, if it lies just below: what was begun from its results is done.
    pub(super) fn leave_find_below(&mut self, at: usize) {
        let below = at.checked_sub(1).filter(|at| matches!(self.layers.get(*at), Some(Layer::Find(_))));
        if let Some(at) = below {
            self.layers.remove(at);
        }
    }

    /// Takes the find box away, if it is open.
    pub(super) fn leave_find(&mut self) {
        self.layers.retain(|layer| !matches!(layer, Layer::Find(_)));
    }

    /// The find box, if it has the keys.
    pub(super) fn find_box(&self) -> Option<&Find> {
        match self.layers.last() {
            Some(Layer::Find(find)) => Some(find),
            _ => None,
        }
    }

    fn find_mut(&mut self) -> Option<&mut Find> {
        self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Find(find) => Some(&mut **find),
            _ => None,
        })
    }

    /// A key while the find box has them.
    pub(super) fn find_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent, action: Option<Action>) {
        let Some(Layer::Find(find)) = self.layers.last_mut() else { return };
        find.then = None;
        match action {
            Some(Action::Back) => {
                if find.settled && !find.found.hits.is_empty() {
                    self.keep_search(fx);
                }
                self.layers.pop();
            }
            Some(Action::Explain) => find.explain = !find.explain,
            Some(Action::Recall) => self.recall(fx),
            Some(Action::Next) if !find.in_list => {
                find.in_list = !find.found.hits.is_empty();
                self.card_of_selected(fx);
            }
            Some(action @ (Action::Prev | Action::Up)) if action == Action::Prev || find.at == 0 => {
                find.leave_list();
                self.card_of_selected(fx);
            }
            Some(action @ (Action::Open | Action::FollowUp | Action::Copy)) => self.use_found(fx, action),
            Some(action @ (Action::Left | Action::Right)) if find.in_list => {
                find.at = find.other_group(action == Action::Right);
                self.load_card(fx);
            }
            Some(action) if find.in_list => {
                if let Some(by) = steps(action) {
                    self.step_hit(fx, by);
                } else if find.purpose == FindFor::Open {
                    if action != Action::Help {
                        self.keep_search(fx);
                    }
                    self.execute(fx, action);
                }
            }
            None if !find.in_list && find.is_full(key) => {
                self.tell(Tone::Warn, say::field_full(limits::QUERY));
            }
            None if !find.in_list
                && find.input.handle_event(&Event::Key(key)).is_some_and(|change| change.value) =>
            {
                find.back = None;
                self.search(fx);
            }
            _ => {}
        }
    }

    /// Moves the cursor among the hits; the card follows.
    pub(super) fn step_hit(&mut self, fx: &mut Vec<Effect>, by: i64) {
        let Some(Layer::Find(find)) = self.layers.last_mut() else { return };
        find.at = moved(find.at, by, find.found.hits.len());
        // The wheel may come upon them without the keys.
        find.in_list |= find.found.hits.get(find.at).is_some_and(FindHit::is_near);
        self.load_card(fx);
    }

    /// Opens the selected hit, logs a call with it or copies its number. What was typed too fast for the answer
    /// waits for it: the hits that are seen belong to fewer letters.
    fn use_found(&mut self, fx: &mut Vec<Effect>, action: Action) {
        let Some(Layer::Find(find)) = self.layers.last_mut() else { return };
        if !find.settled {
            find.then = Some(action);
            if self.searching.is_none() && find.looking.is_none() {
                self.search(fx);
            }
            return;
        }
        let open = find.purpose == FindFor::Open;
        let nothing = find.is_empty();
        match action {
            Action::Open if nothing && open => self.execute(fx, Action::FollowUp),
            Action::Open => self.open_hit(fx),
            Action::FollowUp if !open => {}
            action => self.execute(fx, action),
        }
    }

    fn open_hit(&mut self, fx: &mut Vec<Effect>) {
        let Some(find) = self.find_box() else { return };
        let (purpose, Some(hit)) = (find.purpose, find.hit().cloned()) else { return };
        if let (FindFor::Open, Target::Entry(entry)) = (purpose, hit.found.target) {
            self.keep_search(fx);
            self.leave_find();
            return self.open_over(fx, Box::new(EntryPage::new(entry)));
        }
        let Some(subject) = hit.subject() else {
            if purpose == FindFor::Open {
                self.keep_search(fx);
                self.open_call(&hit);
            } else {
                self.tell(Tone::Info, say::NO_SUBJECT);
            }
            return;
        };
        self.keep_search(fx);
        self.leave_find();
        match purpose {
            FindFor::Open => self.open_page(fx, subject),
            FindFor::Attach(call) => attach::open(self, fx, call, (subject, &hit.row.name)),
        }
    }

    /// A call of nobody known has no page: it is read in full.
    fn open_call(&mut self, hit: &FindHit) {
        let at = hit.row.at.map_or_else(String::new, |at| self.calendar.ymd_hm(at));
        let title = Say {
            zh: words::call_of(say::UNKNOWN_CALLER.zh, &at).zh,
            en: words::call_of(say::UNKNOWN_CALLER.en, &at).en,
        };
        let mut lines = vec![Say::same(&hit.row.words)];
        if !hit.row.phone.is_empty() {
            lines.insert(0, Say::same(hit.masked(&hit.row.phone, Part::Phone)));
        }
        self.layers.push(Layer::Detail { title, lines, scroll: 0 });
    }

    /// Asks for what is typed in the find box.
    pub(super) fn search(&mut self, fx: &mut Vec<Effect>) {
        if let Some(find) = self.find_mut() {
            find.again = None;
            self.ask_for_hits(fx);
        }
    }

    /// Asks anew for what is typed in the find box, wherever it lies: something changed. The cursor stays on whom
    /// it was on.
    pub(super) fn search_again(&mut self, fx: &mut Vec<Effect>) {
        let Some(find) = self.find_mut() else { return };
        if find.settled {
            find.again = find.hit().map(|hit| hit.found.target);
        }
        self.ask_for_hits(fx);
    }

    fn ask_for_hits(&mut self, fx: &mut Vec<Effect>) {
        let generation = self.token();
        let Some(find) = self.find_mut() else { return };
        let mut text = find.typed().to_owned();
        if text.is_empty() {
            // The number itself is compared, never shown.
            find.number.for_matching().clone_into(&mut text);
        }
        if text.is_empty() {
            find.at = 0;
            find.found = Found::default();
            find.settled = true;
            find.looking = None;
            self.searching = None;
            return;
        }
        find.settled = false;
        find.looking = None;
        self.searching = Some(generation);
        fx.push(Effect::Search { text, generation });
    }

    /// Takes an answer in, if it is the newest asked for. The entries of ledgers come after it: only where nothing else was
    /// found are they waited for.
    pub(super) fn found(&mut self, fx: &mut Vec<Effect>, generation: u64, mut found: Found) {
        if self.searching.take_if(|newest| *newest == generation).is_none() {
            return;
        }
        let Some(find) = self.find_mut() else { return };
        // A call is given to a person, a unit or somebody outside.
        found.more &= find.purpose == FindFor::Open;
        find.looking = found.more.then_some(generation);
        let part = found.probe(find.typed());
        if found.more && find.found_for == find.typed() {
            found.keep_entries(&mut find.found);
        }
        find.typed().to_owned().clone_into(&mut find.found_for);
        let same = find.again.take();
        let at = same.and_then(|target| found.hits.iter().position(|hit| hit.found.target == target));
        find.at = at.unwrap_or(0);
        find.settled = !found.more || !found.hits.is_empty();
        // Only who was selected before stays so when all that is left comes near.
        find.in_list &= !found.hits.is_empty() && (at.is_some() || !found.is_only_near());
        find.found = found;
        if !find.in_list {
            find.leave_list();
        }
        self.note_probe(fx, part);
        self.go_on(fx);
    }

    /// Takes in the entries of ledgers that were found, if they are those that are looked for.
    pub(super) fn found_entries(&mut self, fx: &mut Vec<Effect>, generation: u64, entries: FoundEntries) {
        let Some(find) = self.find_mut() else { return };
        if find.looking.take_if(|newest| *newest == generation).is_none() {
            return;
        }
        let selected = find.found.hits.get(find.at).map(|hit| hit.found.target);
        let text = find.found_for.clone();
        find.found.take_entries(entries, &text);
        // Those that were kept until now may stand elsewhere or be gone.
        let at = selected
            .and_then(|target| find.found.hits.iter().position(|hit| hit.found.target == target))
            .unwrap_or_else(|| find.at.min(find.found.hits.len().saturating_sub(1)));
        find.at = at;
        find.in_list &= !find.found.hits.is_empty();
        find.settled = true;
        self.go_on(fx);
    }

    /// Does what waited for the answer, or shows the card of what is selected now.
    fn go_on(&mut self, fx: &mut Vec<Effect>) {
        let Some(find) = self.find_mut().filter(|find| find.settled) else { return };
        let then = find.then.take();
        match then.filter(|_| self.find_box().is_some()) {
            Some(action) => self.use_found(fx, action),
            None => self.load_card(fx),
        }
    }

    /// Notes by what digits somebody was looked for.
    fn note_probe(&mut self, fx: &mut Vec<Effect>, part: Option<String>) {
        let typed = self.find_mut().map(|find| find.typed().to_owned()).unwrap_or_default();
        let counted = self.probe.take(&typed, digit_runs(&typed).join(" "), part, self.now);
        self.count_probe(fx, counted);
    }

    /// A part of a number that stood there when the box was left is counted.
    pub(super) fn settle_probe(&mut self, fx: &mut Vec<Effect>) {
        if self.find_mut().is_none() {
            let counted = self.probe.leave(self.now);
            self.count_probe(fx, counted);
        }
    }

    fn count_probe(&self, fx: &mut Vec<Effect>, counted: Option<String>) {
        if let (Some(typed), Some((officer, _))) = (counted, &self.officer) {
            fx.push(Effect::Probe { officer: *officer, typed });
        }
    }

    /// Asks for the card of what is selected, unless it is there or on its way.
    pub(super) fn load_card(&mut self, fx: &mut Vec<Effect>) {
        let Some(find) = self.find_mut() else { return };
        let wanted = find.card_key();
        if find.asked == wanted {
            return;
        }
        find.asked.clone_from(&wanted);
        find.card = None;
        match wanted {
            Some((number, owners)) => self.load(fx, Query::CallCard { number, owners }),
            None => self.forget(|query| matches!(query, Query::CallCard { .. })),
        }
    }

    /// The keys went to the hits or back: the card is another one where that selects somebody.
    fn card_of_selected(&mut self, fx: &mut Vec<Effect>) {
        if self.find_box().is_some_and(|find| find.settled) {
            self.load_card(fx);
        }
    }

    /// Asks for the card anew: something changed.
    pub(super) fn refresh_card(&mut self, fx: &mut Vec<Effect>) {
        let asked = self.find_mut().and_then(|find| find.asked.clone());
        if let Some((number, owners)) = asked {
            self.load(fx, Query::CallCard { number, owners });
        }
    }

    pub(super) fn take_card(&mut self, card: Box<CallCard>) {
        if let Some(find) = self.find_mut() {
            find.card = Some(card);
        }
    }

    /// Puts the search before into the line, as long as nothing else is typed there.
    fn recall(&mut self, fx: &mut Vec<Effect>) {
        let Some(Layer::Find(find)) = self.layers.last_mut() else { return };
        let next = match find.back {
            Some(at) => at + 1,
            None if find.typed().is_empty() => 0,
            None => return,
        };
        let Some(text) = self.searches.get(next) else { return };
        find.input = Input::new(text.clone());
        find.back = Some(next);
        self.search(fx);
    }

    /// Keeps what was typed, once it led somewhere.
    pub(super) fn keep_search(&mut self, fx: &mut Vec<Effect>) {
        let Some(find) = self.find_box() else { return };
        let text = find.typed().to_owned();
        if text.is_empty() {
            return;
        }
        self.searches.retain(|kept| *kept != text);
        self.searches.insert(0, text.clone());
        self.searches.truncate(SEARCHES);
        fx.push(Effect::KeepSearch { text });
    }

    /// What is known of the call that is to be logged from the find box.
    pub(super) fn heard(&self) -> Heard {
        let Some(find) = self.find_box() else { return Heard::default() };
        let number = find.calling().unwrap_or_default();
        let words = if find.is_empty() && number.is_empty() { find.typed() } else { "" };
        Heard { number, words: words.to_owned(), caller: None }
    }

    /// A number pasted where nothing is typed: whoever calls is looked for at once.
    pub(super) fn paste_number(&mut self, fx: &mut Vec<Effect>, line: &str) {
        if telephone(line).is_none() {
            return;
        }
        let mut find = Find::new(FindFor::Open, Private::default());
        find.input = Input::new(line.trim().to_owned());
        self.layers.push(Layer::Find(Box::new(find)));
        self.search(fx);
    }
}
