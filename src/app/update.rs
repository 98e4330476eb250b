//! One message in, effects out.

use super::effect::Effect;
use super::form::{Entry, Form, FormKind};
use super::keymap::{self, Action, Context};
use super::layout;
use super::msg::{Msg, Tone};
use super::state::{Home, Layer, Purpose, State};
use crate::i18n::Say;
use crate::i18n::screen as say;
use crate::store::act::Committed;
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use tui_input::InputRequest;
use tui_input::backend::crossterm::EventHandler;

/// Takes one message in and says what is to be done.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut fx = Vec::new();
    match msg {
        Msg::Key(key) if key.kind != KeyEventKind::Release => state.key(&mut fx, key),
        Msg::Key(_) => {}
        Msg::Paste(text) => state.paste(&mut fx, &text),
        Msg::Mouse(mouse) => state.mouse(&mut fx, mouse),
        Msg::Resize(width, height) => state.size = (width, height),
        Msg::Tick(now) => state.tick(&mut fx, now),
        Msg::AmbiguousWide(wide) => state.ambiguous_wide = wide,
        Msg::Loaded { generation, data } => state.loaded(&mut fx, generation, data),
        Msg::LoadFailed { generation, error } => state.load_failed(generation, error),
        Msg::Found { generation, hits } => state.found(generation, hits),
        Msg::Committed { token, committed } => state.committed(&mut fx, token, &committed),
        Msg::CommitFailed { token, error } => state.commit_failed(token, &error),
        Msg::Changed => state.refresh(&mut fx),
        Msg::Progress { token, done, total, words } => state.progress(token, done, total, words),
        Msg::ImportPlanned { token, plan } => state.planned(&mut fx, token, *plan),
        Msg::ImportFailed { token, error } => state.import_failed(token, error),
        Msg::Notice { tone, say } => state.tell(tone, say),
        Msg::Terminate => {
            state.keep_draft(&mut fx);
            fx.push(Effect::Quit);
        }
    }
    state.fit();
    fx
}

impl State {
    fn key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent) {
        let ctrl = |c: char| key.code == KeyCode::Char(c) && key.modifiers.contains(KeyModifiers::CONTROL);
        let locked = matches!(self.layers.last(), Some(Layer::Locked));
        if ctrl('c') && !locked {
            if matches!(self.layers.last(), Some(Layer::Quit { .. })) {
                self.layers.pop();
            } else {
                self.layers.push(Layer::Quit { yes: false });
            }
            return;
        }
        if ctrl('z') {
            fx.push(Effect::Suspend);
            return;
        }
        if layout::too_small(self.size) && !locked {
            return;
        }
        match self.context() {
            Context::Filter => self.filter_key(fx, key),
            context if self.dialog_open() => {
                let _ = context;
                self.dialog_key(fx, key);
            }
            context => {
                if let Some(action) = keymap::resolve(context, key) {
                    self.execute(fx, action);
                }
            }
        }
    }

    fn dialog_open(&self) -> bool {
        !matches!(self.layers.last(), None | Some(Layer::Dossier(_) | Layer::Unit(_)))
    }

    fn filter_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent) {
        match keymap::resolve(Context::Filter, key) {
            Some(Action::Open) => self.filtering = None,
            Some(_) => {
                self.filtering = None;
                self.apply_filter(fx, String::new());
            }
            None => {
                let Some(input) = &mut self.filtering else { return };
                if input.handle_event(&Event::Key(key)).is_some_and(|change| change.value) {
                    let text = input.value().to_owned();
                    self.apply_filter(fx, text);
                }
            }
        }
    }

    fn apply_filter(&mut self, fx: &mut Vec<Effect>, text: String) {
        let Some(list) = self.list_mut() else { return };
        list.set_filter(text);
        if list.is_windowed() {
            self.load_window(fx);
        }
    }

    pub(super) fn form_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent, action: Option<Action>) {
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        if form.is_sending() {
            // Only leaving: what was sent is on its way, and its answer will be told.
            if action == Some(Action::Back) {
                self.layers.pop();
            }
            return;
        }
        match action {
            Some(Action::Back) => {
                self.keep_draft(fx);
                self.layers.pop();
            }
            Some(Action::Save) => self.submit(fx),
            Some(Action::Next) if !down_in_words(form, key) => {
                form.focus = (form.focus + 1) % form.fields.len();
            }
            Some(Action::Prev) if !up_in_words(form, key) => {
                form.focus = (form.focus + form.fields.len() - 1) % form.fields.len();
            }
            _ => {
                if type_into(form, key, action) {
                    form.dirty = true;
                    form.error = None;
                }
            }
        }
    }

    /// Sends what a form says; the form stays until the answer.
    fn submit(&mut self, fx: &mut Vec<Effect>) {
        let Some(Layer::Form(form)) = self.layers.last() else { return };
        if form.kind == FormKind::Import {
            if let Some(Layer::Form(form)) = self.layers.pop() {
                self.plan_import(fx, *form);
            }
            return;
        }
        let acts = self.acts(form);
        let done = form.done.clone();
        let purpose = match form.kind {
            FormKind::CloseShift(..) => Purpose::Handover,
            _ => Purpose::Form { draft: form.draft.clone() },
        };
        // The draft is on disk before the act is sent: a crash in between loses nothing.
        self.keep_draft(fx);
        let mut sending = Vec::new();
        let error = match acts {
            Ok(acts) => {
                for (at, act) in acts.into_iter().enumerate().filter(|(at, _)| !done.contains(at)) {
                    if let Some(token) = self.commit(fx, act, purpose.clone()) {
                        sending.push((token, at));
                    }
                }
                None
            }
            Err(wrong) => Some(wrong),
        };
        if let Some(Layer::Form(form)) = self.layers.last_mut() {
            form.sending = sending;
            form.error = error.map(|(field, say)| {
                form.focus_on(field);
                say
            });
        }
    }

    fn form_waiting_for(&mut self, token: u64) -> Option<(usize, &mut Form)> {
        self.layers.iter_mut().enumerate().find_map(|(at, layer)| match layer {
            Layer::Form(form) if form.sending.iter().any(|(t, _)| *t == token) => Some((at, &mut **form)),
            _ => None,
        })
    }

    /// An act is in the log.
    fn committed(&mut self, fx: &mut Vec<Effect>, token: u64, committed: &Committed) {
        let purpose = self.sent.remove(&token);
        let seq = committed.op.seq;
        match purpose {
            Some(Purpose::Form { draft }) => self.form_committed(fx, token, draft, seq),
            Some(Purpose::Handover) => {
                self.layers.retain(|layer| !matches!(layer, Layer::Form(_) | Layer::Walk(_)));
                self.tell(Tone::Good, say::HANDED_OVER);
                if let Some((officer, _)) = self.officer {
                    fx.push(Effect::Backup { officer });
                }
                // The officer who takes over sits here now.
                self.officer = None;
            }
            Some(Purpose::Reveal { person, copy }) => self.revealed_now(fx, person, copy),
            Some(Purpose::Undo) => {
                self.layers.retain(|layer| !matches!(layer, Layer::Undo(u) if u.token == Some(token)));
                self.tell(Tone::Good, say::UNDONE);
            }
            Some(Purpose::Import) => {
                self.layers.retain(|layer| !matches!(layer, Layer::Plan(p) if p.token == token));
                self.tell(Tone::Good, say::imported(seq));
            }
            Some(Purpose::Plain) | None => self.tell(Tone::Good, say::saved(seq)),
        }
        self.refresh(fx);
    }

    fn form_committed(&mut self, fx: &mut Vec<Effect>, token: u64, draft: Option<String>, seq: i64) {
        let finished = match self.form_waiting_for(token) {
            Some((at, form)) => {
                let target = form.sending.iter().find(|(t, _)| *t == token).map(|(_, target)| *target);
                form.sending.retain(|(t, _)| *t != token);
                form.done.extend(target);
                let over = form.sending.is_empty() && form.error.is_none();
                let many = form.done.len();
                over.then_some((Some(at), many))
            }
            // Left while it was on its way.
            None => Some((None, 1)),
        };
        let Some((at, many)) = finished else { return };
        if let Some(at) = at {
            self.layers.remove(at);
        }
        if let Some(key) = draft
            && self.drafts.remove(&key).is_some()
        {
            fx.push(Effect::DropDraft { key });
        }
        if let Some(list) = self.list_mut() {
            list.clear_marks();
        }
        self.tell(Tone::Good, if many > 1 { say::saved_many(many) } else { say::saved(seq) });
    }

    /// An act is not in the log: what was typed stays, with the reason.
    fn commit_failed(&mut self, token: u64, error: &Say) {
        self.sent.remove(&token);
        if let Some((_, form)) = self.form_waiting_for(token) {
            form.sending.retain(|(t, _)| *t != token);
            form.error = Some(error.clone());
        }
        for layer in &mut self.layers {
            if let Layer::Undo(undo) = layer
                && undo.token == Some(token)
            {
                undo.token = None;
                undo.error = Some(error.clone());
            }
        }
        self.plan_failed(token, error);
        let say = Say { zh: say::not_saved(&error.zh).zh, en: say::not_saved(&error.en).en };
        self.tell(Tone::Bad, say);
    }

    fn paste(&mut self, fx: &mut Vec<Effect>, text: &str) {
        let block = crate::domain::text::safe_block(text).replace('\t', " ");
        let line = block.replace(['\n', '\r'], " ");
        match self.layers.last_mut() {
            Some(Layer::Form(form)) if !form.is_sending() => {
                let at = form.focus;
                match form.fields.get_mut(at).map(|field| &mut field.entry) {
                    Some(Entry::Words(area)) => {
                        area.insert_str(&block);
                    }
                    Some(Entry::Line(input)) => insert(input, &line),
                    _ => return,
                }
                form.dirty = true;
            }
            Some(Layer::Find(find)) => {
                insert(&mut find.input, line.trim());
                find.in_list = false;
                self.search(fx);
            }
            Some(Layer::Plan(plan)) if plan.plan.needs_reason => insert(&mut plan.reason, &line),
            _ => {
                if let Some(input) = &mut self.filtering {
                    insert(input, line.trim());
                    let text = input.value().to_owned();
                    self.apply_filter(fx, text);
                }
            }
        }
    }

    fn mouse(&mut self, fx: &mut Vec<Effect>, mouse: MouseEvent) {
        if self.dialog_open() {
            let code = match mouse.kind {
                MouseEventKind::ScrollUp => KeyCode::Up,
                MouseEventKind::ScrollDown => KeyCode::Down,
                _ => return,
            };
            self.dialog_key(fx, KeyEvent::new(code, KeyModifiers::NONE));
            return;
        }
        match mouse.kind {
            MouseEventKind::ScrollUp => self.step(fx, -3),
            MouseEventKind::ScrollDown => self.step(fx, 3),
            MouseEventKind::Down(MouseButton::Left) => self.click(fx, mouse.column, mouse.row),
            _ => {}
        }
    }

    /// A click selects a row, or a box of the board; a second one on the same row goes in.
    fn click(&mut self, fx: &mut Vec<Effect>, x: u16, y: u16) {
        let at = ratatui::layout::Position { x, y };
        let body = layout::frame(self.size).body;
        if self.page().is_none() && self.home == Home::Board {
            let boxes = layout::board(body, self.board.focus);
            if let Some(hit) = boxes.iter().position(|area| area.contains(at))
                && hit != self.board.focus
            {
                self.board.focus = hit;
                return;
            }
        }
        let area = self.list_area();
        if !area.contains(at) {
            return;
        }
        let Some(list) = self.list_mut() else { return };
        let place = list.top() + usize::from(y - area.y);
        if place >= list.len() {
            return;
        }
        if list.place() == place {
            self.execute(fx, Action::Open);
        } else {
            list.select(place);
        }
    }
}

fn insert(input: &mut tui_input::Input, text: &str) {
    for c in text.chars().filter(|c| !c.is_control()) {
        input.handle(InputRequest::InsertChar(c));
    }
}

/// Whether the arrow moves within several lines of text rather than to the next field.
fn down_in_words(form: &Form, key: KeyEvent) -> bool {
    match form.fields.get(form.focus).map(|field| &field.entry) {
        Some(Entry::Words(area)) => key.code == KeyCode::Down && area.cursor().0 + 1 < area.lines().len(),
        _ => false,
    }
}

fn up_in_words(form: &Form, key: KeyEvent) -> bool {
    match form.fields.get(form.focus).map(|field| &field.entry) {
        Some(Entry::Words(area)) => key.code == KeyCode::Up && area.cursor().0 > 0,
        _ => false,
    }
}

/// Types a key into the field with the cursor; says whether anything changed.
fn type_into(form: &mut Form, key: KeyEvent, action: Option<Action>) -> bool {
    let Some(field) = form.fields.get_mut(form.focus) else { return false };
    match &mut field.entry {
        Entry::Line(input) => {
            if matches!(key.code, KeyCode::Char(c) if c.is_control()) {
                return false;
            }
            input.handle_event(&Event::Key(key)).is_some_and(|change| change.value)
        }
        Entry::Words(area) => match action {
            Some(Action::NewLine) => {
                area.insert_newline();
                true
            }
            _ => area.input(key),
        },
        Entry::Choice(options, at) => {
            let last = options.len().saturating_sub(1);
            let before = *at;
            match (action, key.code) {
                (Some(Action::Left), _) => *at = at.checked_sub(1).unwrap_or(last),
                (Some(Action::Right), _) | (None, KeyCode::Char(' ')) => {
                    *at = if *at >= last { 0 } else { *at + 1 };
                }
                (None, KeyCode::Char(c @ '1'..='9')) => {
                    let digit = c as usize - '1' as usize;
                    if digit <= last {
                        *at = digit;
                    }
                }
                (None, KeyCode::Char(c @ ('y' | 'n'))) => {
                    let code = if c == 'y' { "yes" } else { "no" };
                    if let Some(found) = options.iter().position(|o| o.code == code) {
                        *at = found;
                    }
                }
                _ => {}
            }
            *at != before
        }
        Entry::Many(options, at) => {
            let last = options.len().saturating_sub(1);
            match (action, key.code) {
                (Some(Action::Left), _) => *at = at.checked_sub(1).unwrap_or(last),
                (Some(Action::Right), _) => *at = if *at >= last { 0 } else { *at + 1 },
                (None, KeyCode::Char(' ')) => {
                    options[*at].1 = !options[*at].1;
                    return true;
                }
                (None, KeyCode::Char(c @ '1'..='9')) => {
                    let digit = c as usize - '1' as usize;
                    if digit <= last {
                        *at = digit;
                        options[digit].1 = !options[digit].1;
                        return true;
                    }
                }
                _ => {}
            }
            false
        }
    }
}
