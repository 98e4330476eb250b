//! The keys of dialogs: find, palette, questions, lists, the walk, the plan of an import.

use super::forms;
use super::keymap::{self, Action, Context};
use crate::app::shown::effect::{Effect, SheetKind};
use crate::app::shown::msg::{PlanView, Tone, Unread};
use crate::app::shown::state::{Layer, PickFor, PlanBox, Purpose, State, Walk, Working};
use crate::app::shown::table::moved;
use crate::domain::columns::Choices;
use crate::i18n::{inbox, screen as say};
use crate::say::{Lang, Say};
use crate::store::act::Act;
use crossterm::event::{Event, KeyCode, KeyEvent};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::collections::BTreeSet;
use tui_input::backend::crossterm::EventHandler;

/// Which of the table's commands fit what is typed, the best first.
pub fn fitting(context: Context, typed: &str) -> Vec<usize> {
    let typed: String = typed.trim().chars().map(keymap::narrow).collect();
    let typed = typed.trim_start_matches(':');
    let matcher = SkimMatcherV2::default().ignore_case();
    let mut scored: Vec<(i64, usize)> = keymap::BINDINGS
        .iter()
        .enumerate()
        .filter(|(_, b)| !b.name.is_empty() && b.at.contains(&context))
        .filter_map(|(i, b)| {
            let names = [b.name, b.words.zh, b.words.en];
            let fuzzy = names.iter().filter_map(|name| matcher.fuzzy_match(name, typed)).max();
            let sound = sounds_like(b.words.zh, typed);
            let score = fuzzy.max(sound)?;
            let exact = i64::from(names.contains(&typed)) * EXACT;
            let begun = i64::from(b.name.starts_with(typed)) * BEGUN;
            Some((-(score + exact + begun), i))
        })
        .collect();
    scored.sort_unstable();
    scored.into_iter().map(|(_, i)| i).collect()
}

/// A command's whole name or words.
const EXACT: i64 = 1_000_000;
/// The beginning of its name.
const BEGUN: i64 = 500_000;

/// How well what is typed spells the words in pinyin or by their initials: best all of them, then from the first on, then
/// from another one on; those after a `，` or a blank begin anew. One letter alone is no spelling of anything within.
pub(super) fn sounds_like(words: &str, typed: &str) -> Option<i64> {
    let spelt = crate::search::spells(words, typed)?;
    match (spelt.from, spelt.whole) {
        (0, true) => Some(400_000),
        (0, false) => Some(300_000),
        _ if typed.chars().count() > 1 => Some(200_000 - spelt.from as i64),
        _ => None,
    }
}

pub(super) fn steps(action: Action) -> Option<i64> {
    Some(match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -10,
        Action::PageDown => 10,
        Action::Top => i64::MIN / 2,
        Action::Bottom => i64::MAX / 2,
        _ => return None,
    })
}

impl State {
    /// A key while a dialog is on top.
    pub(super) fn dialog_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent) {
        let context = self.context();
        let action = keymap::resolve(context, key);
        match self.layers.last() {
            Some(Layer::Form(_)) => self.form_key(fx, key, action),
            Some(Layer::Find(_)) => self.find_key(fx, key, action),
            Some(Layer::Palette(_)) => self.palette_key(fx, key, action),
            Some(Layer::Help(_)) => self.help_key(key, action),
            Some(Layer::Detail { .. }) => self.reading_key(action),
            Some(Layer::Undo(_)) => self.undo_key(fx, action),
            Some(Layer::Quit { .. }) => self.quit_key(fx, action),
            Some(Layer::Pick(_)) => self.pick_key(fx, action),
            Some(Layer::Walk(_)) => self.walk_key(fx, key, action),
            Some(Layer::Spoken(_)) => self.spoken_key(fx, action),
            Some(Layer::Which(_)) => self.which_key(fx, action),
            Some(Layer::Paper(_)) => match action {
                Some(action) => self.paper_key(fx, action),
                None => self.unknown_key(key),
            },
            Some(Layer::Working(_)) => self.working_key(fx, action),
            Some(Layer::Plan(_)) => self.plan_key(fx, key, action),
            _ => {}
        }
    }

    fn palette_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent, action: Option<Action>) {
        let Some(Layer::Palette(palette)) = self.layers.last_mut() else { return };
        match action {
            Some(Action::Back) => {
                self.layers.pop();
            }
            Some(Action::Open) => {
                let chosen = palette.fitting.get(palette.at).map(|i| keymap::BINDINGS[*i].action);
                let (context, typed) = (palette.context, palette.input.value().to_owned());
                self.layers.pop();
                match (self.why_not(context, &typed), chosen) {
                    // It was named: something else that is spelt alike is not meant.
                    (Some(why), _) => self.tell(Tone::Warn, why),
                    (None, Some(action)) => self.execute(fx, action),
                    (None, None) => self.tell(Tone::Warn, say::NO_COMMAND),
                }
            }
            Some(action) => {
                palette.at = moved(palette.at, steps(action).unwrap_or(0), palette.fitting.len());
            }
            None => {
                palette.input.handle_event(&Event::Key(key));
                let (context, typed) = (palette.context, palette.input.value().to_owned());
                let fitting = self.commands_here(context, &typed);
                if let Some(Layer::Palette(palette)) = self.layers.last_mut() {
                    palette.fitting = fitting;
                    palette.at = 0;
                }
            }
        }
    }

    fn reading_key(&mut self, action: Option<Action>) {
        let (scroll, len) = match self.layers.last_mut() {
            Some(Layer::Detail { lines, scroll, .. }) => (scroll, lines.len()),
            _ => return,
        };
        match action {
            Some(Action::Back) => {
                self.layers.pop();
            }
            Some(action) => *scroll = moved(*scroll, steps(action).unwrap_or(0), len),
            None => {}
        }
    }

    fn undo_key(&mut self, fx: &mut Vec<Effect>, action: Option<Action>) {
        let Some(Layer::Undo(undo)) = self.layers.last_mut() else { return };
        let ready = undo.preview.as_ref().is_some_and(|p| p.blocked_by.is_empty()) && undo.token.is_none();
        let op = undo.preview.as_ref().map(|p| p.row.op);
        match action {
            Some(Action::Next) if ready => undo.yes = !undo.yes,
            Some(action @ (Action::Yes | Action::Open)) if ready && (undo.yes || action == Action::Yes) => {
                undo.yes = true;
                let token = self.commit(fx, Act::Undo { op }, None, Purpose::Undo);
                if let Some(Layer::Undo(undo)) = self.layers.last_mut() {
                    undo.token = token;
                }
            }
            Some(Action::No | Action::Open) => {
                self.layers.pop();
            }
            _ => {}
        }
    }

    fn quit_key(&mut self, fx: &mut Vec<Effect>, action: Option<Action>) {
        let Some(Layer::Quit { yes }) = self.layers.last_mut() else { return };
        match action {
            Some(Action::Next) => *yes = !*yes,
            Some(Action::Yes) => self.quit(fx),
            Some(Action::Open) if *yes => self.quit(fx),
            Some(Action::No | Action::Open) => self.stay(),
            _ => {}
        }
    }

    /// Leaves, once everything that was sent has its answer; a second yes leaves without waiting.
    fn quit(&mut self, fx: &mut Vec<Effect>) {
        self.keep_draft(fx);
        if self.leaving {
            fx.push(Effect::Quit);
        }
        self.leaving = true;
    }

    /// Does not leave after all.
    pub(super) fn stay(&mut self) {
        self.leaving = false;
        self.layers.pop();
    }

    fn pick_key(&mut self, fx: &mut Vec<Effect>, action: Option<Action>) {
        let Some(Layer::Pick(pick)) = self.layers.last_mut() else { return };
        match action {
            Some(Action::Back) => {
                self.layers.pop();
            }
            Some(Action::Open) => {
                let chosen = pick.officers.get(pick.at).cloned();
                let purpose = pick.purpose;
                self.layers.pop();
                let Some(officer) = chosen else { return };
                match purpose {
                    PickFor::Switch => self.switch_to(fx, officer),
                    PickFor::TakeOver => self.walk(officer),
                }
            }
            Some(action) => pick.at = moved(pick.at, steps(action).unwrap_or(0), pick.officers.len()),
            None => {}
        }
    }

    fn walk_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent, action: Option<Action>) {
        if matches!(action, Some(Action::Back | Action::Open)) {
            self.keep_draft(fx);
        }
        let Some(Layer::Walk(walk)) = self.layers.last_mut() else { return };
        walk.dirty |= matches!(action, Some(Action::Mark | Action::MarkAll));
        let Walk { items, at, questions, .. } = walk;
        match action {
            Some(Action::Back) => {
                self.layers.pop();
            }
            Some(Action::Mark) => {
                if let Some((item, _)) = items.get_mut(*at) {
                    item.ticked = !item.ticked;
                    // What is acknowledged is no longer asked about.
                    questions.retain(|asked| asked.item != item.item());
                }
                *at = moved(*at, 1, items.len());
            }
            Some(Action::MarkAll) => {
                // What is asked about stays asked about.
                let mut rest: Vec<_> = items
                    .iter_mut()
                    .map(|(item, _)| item)
                    .filter(|item| !questions.iter().any(|asked| asked.item == item.item()))
                    .collect();
                let all = rest.iter().all(|item| item.ticked);
                for item in &mut rest {
                    item.ticked = !all;
                }
            }
            Some(Action::Open) => {
                let walk = walk.clone();
                forms::handover::close(self, &walk);
            }
            Some(Action::Ask) => forms::ask::open(self),
            Some(Action::Help) => self.help(),
            Some(action) => *at = moved(*at, steps(action).unwrap_or(0), items.len()),
            None => self.unknown_key(key),
        }
    }

    fn working_key(&mut self, fx: &mut Vec<Effect>, action: Option<Action>) {
        if action != Some(Action::Back) {
            return;
        }
        if let Some(Layer::Working(work)) = self.layers.pop() {
            (self.unlocking, self.looking) = (None, None);
            fx.push(Effect::Cancel { token: work.token });
            self.layers.extend(work.form.map(Layer::Form));
            self.tell(Tone::Info, say::CANCELLED);
        }
    }

    pub(super) fn progress(&mut self, token: u64, done: u64, total: u64, words: Say) {
        if let Some(preview) = self.preview_of(token) {
            preview.words = words;
            return;
        }
        for layer in &mut self.layers {
            if let Layer::Working(work) = layer
                && work.token == token
            {
                work.done = done;
                work.total = total;
                work.words = words;
                return;
            }
        }
    }

    pub(super) fn take_working(&mut self, token: u64) -> Option<Working> {
        let at = self.layers.iter().position(|l| matches!(l, Layer::Working(w) if w.token == token))?;
        match self.layers.remove(at) {
            Layer::Working(work) => Some(work),
            _ => None,
        }
    }

    pub(super) fn planned(&mut self, fx: &mut Vec<Effect>, token: u64, plan: PlanView) {
        let (Some(work), Some(mut request)) = (self.take_working(token), self.planning.take()) else {
            fx.push(Effect::Cancel { token });
            return;
        };
        request.passwords.forget();
        self.keep_what_opened(fx);
        self.put(Layer::Plan(Box::new(PlanBox {
            token,
            request,
            form: work.form,
            plan,
            scroll: 0,
            yes: false,
            reason: tui_input::Input::default(),
            error: None,
            sending: false,
            out: BTreeSet::new(),
            unit: None,
        })));
    }

    pub(super) fn import_failed(&mut self, fx: &mut Vec<Effect>, token: u64, error: Say, why: Unread) {
        if let Some(mut work) = self.take_working(token) {
            if why == Unread::Layout
                && let Some(request) =
                    self.planning.take().filter(|request| request.what != SheetKind::Ledger)
            {
                // Above the form that named the file, which says why.
                if let Some(form) = &mut work.form {
                    form.error = Some(error);
                }
                // It opened the file, whatever is in it.
                self.keep_what_opened(fx);
                return self.look_at_columns(fx, request, (Choices::new(), String::new()), work.form);
            }
            if why == Unread::Locked
                && let Some(looking) = self.looking.take()
            {
                return forms::ask_password_of_columns(self, looking, work.form);
            }
            self.looking = None;
            if why == Unread::Locked
                && let Some(request) = self.planning.take()
            {
                return forms::ask_password(self, request, work.form);
            }
            self.unlocking = None;
            match work.form {
                Some(mut form) => {
                    form.error = Some(error);
                    self.put(Layer::Form(form));
                }
                None => self.tell_here(error),
            }
        } else if !self.plan_failed(token, &error) {
            self.tell(Tone::Bad, error);
        }
    }

    /// Shows why a plan was not taken in; says whether that plan is on the screen.
    pub(super) fn plan_failed(&mut self, token: u64, error: &Say) -> bool {
        for layer in &mut self.layers {
            if let Layer::Plan(plan) = layer
                && plan.token == token
            {
                plan.sending = false;
                plan.error = Some(error.clone());
                return true;
            }
        }
        false
    }

    fn plan_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent, action: Option<Action>) {
        let Some(Layer::Plan(plan)) = self.layers.last_mut() else { return };
        if plan.sending {
            return;
        }
        // While a reason is asked for, letters are its text: only the keys without a letter answer.
        let typing = plan.plan.needs_reason && matches!(key.code, KeyCode::Char(_));
        let shown = &plan.plan;
        let len = shown.problems.len() + shown.changes.len() + shown.warnings.len() + shown.findings.len();
        let len = len + shown.units.len();
        match action {
            _ if plan.unit_key(key) => {}
            _ if typing => {
                plan.input_reason(key);
            }
            Some(Action::Next) => plan.yes = !plan.yes,
            Some(action @ (Action::Yes | Action::Open)) if plan.yes || action == Action::Yes => {
                plan.yes = true;
                let (token, reason) = (plan.token, plan.reason.value().trim().to_owned());
                let (happened_at, except) = (plan.request.happened_at, plan.out.clone());
                if !plan.plan.units.is_empty() && except.len() == plan.plan.units.len() {
                    plan.error = Some(inbox::NO_UNIT_LEFT.into());
                    return;
                }
                if plan.plan.needs_reason && reason.is_empty() {
                    plan.error = Some(say::REASON_NEEDED.into());
                    return;
                }
                let Some(officer) = self.need_officer() else { return };
                if let Some(Layer::Plan(plan)) = self.layers.last_mut() {
                    plan.sending = true;
                    plan.error = None;
                }
                self.sent.insert(token, Purpose::Import);
                fx.push(Effect::RunImport { token, officer, reason, happened_at, except });
            }
            // With a reason to type, Enter is no answer yet: it must never mean no without a word.
            Some(Action::Open) if plan.plan.needs_reason => {
                plan.yes = !plan.reason.value().trim().is_empty();
                let told = if plan.yes { say::ENTER_AGAIN } else { say::REASON_NEEDED };
                plan.error = Some(told.into());
            }
            Some(Action::No | Action::Open) => {
                fx.push(Effect::Cancel { token: plan.token });
                if let Some(Layer::Plan(plan)) = self.layers.pop() {
                    self.layers.extend(plan.form.map(Layer::Form));
                }
                self.tell(Tone::Info, say::CANCELLED);
            }
            Some(action) => plan.scroll = moved(plan.scroll, steps(action).unwrap_or(0), len),
            None => plan.input_reason(key),
        }
    }
}

impl PlanBox {
    /// Left and right step through the units of a sheet of several, the space leaves one out or takes it after all.
    fn unit_key(&mut self, key: KeyEvent) -> bool {
        let last = match self.plan.units.len() {
            0 => return false,
            n => n - 1,
        };
        match (key.code, self.unit) {
            (KeyCode::Right, None) => self.unit = Some(0),
            (KeyCode::Left, None) => self.unit = Some(last),
            (KeyCode::Right, Some(at)) => self.unit = Some(if at == last { 0 } else { at + 1 }),
            (KeyCode::Left, Some(at)) => self.unit = Some(at.checked_sub(1).unwrap_or(last)),
            (KeyCode::Char(' '), Some(at)) => {
                let unit = self.plan.units[at].id;
                if !self.out.remove(&unit) {
                    self.out.insert(unit);
                }
                self.error = None;
            }
            // A reason that is typed is no longer about the unit.
            (KeyCode::Char(_), Some(_)) => {
                self.unit = None;
                return false;
            }
            _ => return false,
        }
        // The units stand first.
        self.scroll = 0;
        true
    }

    fn input_reason(&mut self, key: KeyEvent) {
        if self.plan.needs_reason {
            self.reason.handle_event(&Event::Key(key));
        }
    }
}

/// The words beside a command in the palette.
pub fn command_line(binding: &keymap::Binding, lang: Lang, ascii: bool) -> (String, String, String) {
    let key = binding.keys.first().map_or_else(String::new, |key| key.shown(lang, ascii));
    (format!(":{}", binding.name), binding.words.get(lang).to_owned(), key)
}
