//! One message in, effects out.

use super::forms;
use super::keymap::{self, Action, Context};
use super::layout;
use crate::app::shown::effect::{Effect, InboxTask};
use crate::app::shown::field::Entry;
use crate::app::shown::form::Form;
use crate::app::shown::lock::Typed;
use crate::app::shown::msg::{Msg, PlanView, Tone};
use crate::app::shown::paper::PaperAsk;
use crate::app::shown::shades::Ground;
use crate::app::shown::state::{Home, Layer, Purpose, State};
use crate::app::shown::table::RowId;
use crate::domain::limits;
use crate::i18n::findings;
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::act::{Committed, Made};
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use tui_input::InputRequest;
use tui_input::backend::crossterm::EventHandler;

/// Takes one message in and says what is to be done.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut fx = Vec::new();
    let by_hand = matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Mouse(_));
    let asked = state.asks_something();
    match msg {
        Msg::Key(key) if key.kind != KeyEventKind::Release => state.key(&mut fx, key),
        Msg::Key(_) => {}
        Msg::Paste(text) => state.paste(&mut fx, &text),
        Msg::Mouse(mouse) => state.mouse(&mut fx, mouse),
        Msg::Resize(width, height) => state.size = (width, height),
        Msg::Tick(now) => state.tick(&mut fx, now),
        Msg::Measured { probe, columns } => state.measured(&mut fx, probe, columns),
        Msg::Ground(red, green, blue) => state.shades.ground = Some(Ground::of(red, green, blue)),
        Msg::Loaded { generation, data } => state.loaded(&mut fx, generation, data),
        Msg::LoadFailed { generation, error } => state.load_failed(generation, error),
        Msg::Found { generation, found } => state.found(&mut fx, generation, found),
        Msg::FoundEntries { generation, entries } => state.found_entries(&mut fx, generation, entries),
        Msg::Committed { token, committed } => {
            state.committed(&mut fx, token, &committed);
            state.take_typed(&mut fx);
        }
        Msg::CommitFailed { token, error, field } => {
            state.commit_failed(token, &error, field);
            state.drop_typed();
        }
        Msg::Saving => state.saving = true,
        Msg::Changed => state.refresh(&mut fx),
        Msg::Progress { token, done, total, words } => state.progress(token, done, total, words),
        Msg::ImportPlanned { token, plan } => state.planned(&mut fx, token, *plan),
        Msg::ImportFailed { token, error, why } => state.import_failed(&mut fx, token, error, why),
        Msg::Columns { token, sheet } => state.columns_are(&mut fx, token, sheet),
        Msg::ColumnsKept { token, form } => state.columns_kept(&mut fx, token, &form),
        Msg::FileOpened { token, error } => state.file_opened(&mut fx, token, error),
        Msg::Inbox(view) => state.inbox_is(*view),
        Msg::FilesDone { token, done } => state.files_done(&mut fx, token, &done),
        Msg::FileMessage(text) => state.message_is(&mut fx, text),
        Msg::Paged { token, sheaf } => state.paged(token, *sheaf),
        Msg::PaperFailed { token, error } => state.paper_failed(token, error),
        Msg::Printers { token, printers, last } => state.printers(&mut fx, token, &printers, &last),
        Msg::Notice { tone, say } => state.notice(tone, say),
        Msg::Printed { tone, say } => state.notice_here(tone, say),
        Msg::Checked(checked) => state.checked(checked),
        Msg::Unlocked { token } => state.unlocked(&mut fx, token),
        Msg::UnlockFailed { token, error } => state.unlock_failed(token, error),
        Msg::HandoverWritten { shift, file } => state.handover_written(shift, file),
        Msg::Terminate => {
            state.keep_draft(&mut fx);
            fx.push(Effect::Quit);
        }
    }
    state.saving &= !state.sent.is_empty();
    state.settle_probe(&mut fx);
    if state.leaving && state.sent.is_empty() {
        state.leaving = false;
        fx.push(Effect::Quit);
    }
    state.hold_back(&mut fx);
    state.forget_what_left();
    state.fit();
    state.load_beside(&mut fx);
    state.unseen |= !by_hand && !asked && state.asks_something();
    fx
}

impl State {
    pub(super) fn key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent) {
        let ctrl = |c: char| key.code == KeyCode::Char(c) && key.modifiers.contains(KeyModifiers::CONTROL);
        self.touched = self.now;
        // It was typed before what appeared by itself was on the screen: it is no answer to that.
        if self.unseen {
            return;
        }
        if self.lock.is_some() {
            self.lock_key(fx, key);
            return;
        }
        // What was said of the last act must not stand beside the next; a failure stays its time.
        self.feedback.take_if(|line| !line.stays);
        if ctrl('c') {
            if matches!(self.layers.last(), Some(Layer::Quit { .. })) {
                self.stay();
            } else {
                self.layers.push(Layer::Quit { yes: false });
            }
            return;
        }
        if ctrl('z') {
            fx.push(Effect::Suspend);
            return;
        }
        if keymap::resolve(self.context(), key) == Some(Action::Lock) {
            self.lock_screen(fx);
            return;
        }
        // Only leaving: what was sent is on its way, and its answer will be told.
        let leaves = key.code == KeyCode::Esc && self.is_untouched();
        if !leaves && self.keep_typed(|| Typed::Key(key)) {
            return;
        }
        if layout::too_small(self.size) {
            // Nothing is seen there but that it is too small: it can be left, and nothing else.
            if matches!(self.layers.last(), Some(Layer::Quit { .. })) {
                self.dialog_key(fx, key);
            } else if keymap::resolve(Context::Board, key) == Some(Action::Quit) {
                self.layers.push(Layer::Quit { yes: false });
            }
            return;
        }
        if keymap::is_composed(key) && !self.takes_text() && keymap::resolve(self.context(), key).is_none() {
            self.tell(Tone::Info, say::INPUT_METHOD_ON);
            return;
        }
        match self.context() {
            Context::Filter => self.filter_key(fx, key),
            context if self.dialog_open() => {
                let _ = context;
                self.dialog_key(fx, key);
            }
            context => match keymap::resolve(context, key) {
                Some(action) => self.execute(fx, action),
                None if self.declared_key(fx, key) => {}
                None => self.unknown_key(key),
            },
        }
    }

    /// Whether something that asks has the keys and may have appeared by itself: the lock, the plan of an import.
    fn asks_something(&self) -> bool {
        self.lock.is_some() || matches!(self.layers.last(), Some(Layer::Plan(_)))
    }

    /// What has appeared is on the screen: keys answer it from now on.
    pub fn seen(&mut self) {
        self.unseen = false;
    }

    /// The terminal has answered how wide it draws something. What was drawn by then stands wrong: all of it is drawn
    /// anew.
    fn measured(&mut self, fx: &mut Vec<Effect>, probe: usize, columns: u16) {
        let before = self.widths;
        self.widths.take(probe, columns);
        self.shades.settle();
        if self.widths != before {
            fx.push(Effect::Redraw);
        }
    }

    /// A key that means nothing here: where help is, is said without a sound.
    pub(super) fn unknown_key(&mut self, key: KeyEvent) {
        let typed = matches!(key.code, KeyCode::Char(_) | KeyCode::F(_) | KeyCode::Insert | KeyCode::Delete);
        if typed && keymap::has_help(self.context()) {
            self.tell(Tone::Info, say::UNKNOWN_KEY);
        }
    }

    /// Whether a character that is typed now becomes text.
    fn takes_text(&self) -> bool {
        match self.layers.last() {
            _ if self.filtering.is_some() => true,
            // A field with choices sends words on to the one that takes them, or says what to do.
            Some(Layer::Form(_) | Layer::Palette(_) | Layer::Help(_)) => true,
            Some(Layer::Find(find)) => !find.in_list,
            Some(Layer::Plan(plan)) => plan.plan.needs_reason,
            _ => false,
        }
    }

    fn dialog_open(&self) -> bool {
        self.layers.last().is_some_and(|layer| !layer.is_page())
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
                if matches!(key.code, KeyCode::Char(_)) && input.value().chars().count() >= limits::QUERY {
                    self.tell(Tone::Warn, say::field_full(limits::QUERY));
                    return;
                }
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
        let key = if form.is_text_focused() { key } else { keymap::typed_plain(key) };
        if form.is_sending() {
            if action == Some(Action::Back) {
                self.layers.pop();
            }
            return;
        }
        match action {
            Some(Action::Back) => {
                self.leave_form(fx);
            }
            Some(Action::Save) => self.save(fx),
            Some(Action::Fresh) => self.start_afresh(fx),
            Some(action @ (Action::PageUp | Action::PageDown)) if !form.about.is_empty() => {
                let by = if action == Action::PageUp { -5 } else { 5 };
                form.scroll = super::shown::table::moved(form.scroll, by, form.about.len() * 4);
            }
            Some(Action::Next) if !down_in_words(form, key) => {
                form.focus = (form.focus + 1) % form.fields.len();
            }
            Some(Action::Prev) if !up_in_words(form, key) => {
                form.focus = (form.focus + form.fields.len() - 1) % form.fields.len();
            }
            _ if let Some(yes) = answer(form, key) => {
                // `y` means yes, and does it: a question that stands last is answered with one key.
                if let Some(field) = form.fields.get_mut(form.focus) {
                    field.set(if yes { "yes" } else { "no" });
                }
                if yes { self.submit(fx) } else { self.leave_form(fx) }
            }
            _ if is_text(form, key) && !form.to_words() => form.error = Some(say::CHOOSE_HERE.into()),
            _ if let Some(most) = is_full(form, key) => {
                form.error = Some(say::field_full(limits::grouped(most)));
            }
            _ => {
                if type_into(form, key, action) {
                    form.dirty = true;
                    form.error = None;
                    if let Some(kept) = &mut form.kept {
                        kept.untouched = false;
                    }
                    forms::typed(self);
                    self.name_person(fx);
                }
            }
        }
    }

    /// Enter: what was kept from before, and not looked at since, is not recorded without a second one.
    fn save(&mut self, fx: &mut Vec<Effect>) {
        if let Some(Layer::Form(form)) = self.layers.last_mut()
            && let Some(kept) = form.kept.as_mut().filter(|kept| kept.untouched)
        {
            kept.untouched = false;
            form.error = Some(say::KEPT_SURE.into());
            return;
        }
        self.submit(fx);
    }

    /// Esc: what was typed is kept, and it is said that nothing was recorded.
    fn leave_form(&mut self, fx: &mut Vec<Effect>) {
        self.keep_draft(fx);
        if let Some(Layer::Form(form)) = self.layers.pop()
            && form.draft.is_some_and(|key| self.drafts.contains_key(&key))
        {
            self.tell(Tone::Info, say::DRAFT_KEPT);
        }
    }

    /// Sends what a form says; the form stays until the answer.
    fn submit(&mut self, fx: &mut Vec<Effect>) {
        if forms::instead(self, fx) {
            return;
        }
        forms::ready(self);
        self.name_person(fx);
        let Some(Layer::Form(form)) = self.layers.last() else { return };
        let ready = forms::act(self, form).and_then(|act| Ok((act, self.happened(form)?)));
        let handover = forms::passes_on(form);
        let draft = form.draft.clone();
        let many = form.part.targets().len().max(1) - form.done.len();
        let with_case = form.value("case") == "open";
        // The draft is on disk before the act is sent: a crash in between loses nothing.
        self.keep_draft(fx);
        let (act, at) = match ready {
            Ok(ready) => ready,
            Err((field, say)) => {
                self.ask_for(self.layers.len().saturating_sub(1), field);
                if let Some(Layer::Form(form)) = self.layers.last_mut() {
                    form.error = Some(say);
                }
                return;
            }
        };
        let purpose = match handover {
            Some(shift) => Purpose::Handover { draft, shift },
            None => Purpose::Form { draft, many, with_case },
        };
        let token = self.commit(fx, act, at, purpose);
        if let Some(Layer::Form(form)) = self.layers.last_mut() {
            form.sending = token;
            form.error = None;
        }
    }

    fn form_waiting_for(&mut self, token: u64) -> Option<(usize, &mut Form)> {
        self.layers.iter_mut().enumerate().find_map(|(at, layer)| match layer {
            Layer::Form(form) if form.sending == Some(token) => Some((at, &mut **form)),
            _ => None,
        })
    }

    /// An act is in the log.
    fn committed(&mut self, fx: &mut Vec<Effect>, token: u64, committed: &Committed) {
        let purpose = self.sent.remove(&token);
        let seq = committed.op.seq;
        match purpose {
            Some(Purpose::Form { draft, many, with_case }) => {
                self.form_committed(fx, token, (seq, many), draft);
                if with_case {
                    self.tell(Tone::Good, say::saved_with_case(seq));
                }
            }
            Some(Purpose::Handover { draft, shift }) => {
                if let Some(key) = draft {
                    self.drop_draft(fx, key);
                }
                self.layers.retain(|layer| !matches!(layer, Layer::Form(_) | Layer::Walk(_)));
                self.tell(Tone::Good, say::HANDED_OVER);
                if let Some((officer, _)) = self.officer {
                    fx.push(Effect::WriteHandover { officer, shift });
                    fx.push(Effect::Backup { officer });
                }
                // What was signed is looked at, and printed from there.
                self.preview(fx, PaperAsk::Handover(Some(shift)));
                // The officer who takes over sits here now.
                self.officer = None;
            }
            Some(Purpose::Reveal { whose, copy }) => self.revealed_now(fx, whose, copy),
            Some(Purpose::Undo) => {
                self.layers.retain(|layer| !matches!(layer, Layer::Undo(u) if u.token == Some(token)));
                self.tell(Tone::Good, say::UNDONE);
            }
            Some(Purpose::Import) => {
                let brought = self.layers.iter().find_map(|layer| match layer {
                    Layer::Plan(plan) if plan.token == token => Some(findings_brought(seq, &plan.plan)),
                    _ => None,
                });
                self.layers.retain(|layer| !matches!(layer, Layer::Plan(p) if p.token == token));
                match brought.flatten() {
                    Some(say) => self.notice(Tone::Warn, say),
                    None => self.tell(Tone::Good, say::imported(seq)),
                }
                // A file of the inbox is put away now.
                if !self.inbox.folder.is_empty() {
                    fx.push(Effect::Inbox(InboxTask::Look { lang: self.lang }));
                }
            }
            Some(Purpose::Told(word)) => self.tell(Tone::Good, word),
            Some(Purpose::Files | Purpose::Plain) | None => self.tell(Tone::Good, say::saved(seq)),
        }
        // What was made is what is looked at next.
        if let (Some(Made::Entry(entry)), Some(list)) = (committed.made, self.list_mut()) {
            list.seek(RowId::Entry(entry));
        }
        self.refresh(fx);
    }

    /// What a form said is in the log: the form is over.
    fn form_committed(
        &mut self,
        fx: &mut Vec<Effect>,
        token: u64,
        (seq, many): (i64, usize),
        draft: Option<String>,
    ) {
        let at = self.form_waiting_for(token).map(|(at, _)| at);
        let mut after = None;
        if let Some(at) = at
            && let Layer::Form(form) = self.layers.remove(at)
        {
            if forms::done(self, fx, &form) {
                return;
            }
            self.leave_find_below(at);
            after = form.after;
        }
        if let Some(key) = draft {
            self.drop_draft(fx, key);
        }
        if let Some(list) = self.list_mut() {
            list.clear_marks();
        }
        match after {
            Some(say) => self.tell(Tone::Warn, say),
            None if many > 1 => self.tell(Tone::Good, say::saved_many(many, seq)),
            None => self.tell(Tone::Good, say::saved(seq)),
        }
    }

    pub(super) fn drop_draft(&mut self, fx: &mut Vec<Effect>, key: String) {
        if self.drafts.remove(&key).is_some() {
            fx.push(Effect::DropDraft { key });
        }
    }

    /// An act is not in the log: what was typed stays, with the reason. What was wrong in one field is typed anew
    /// there.
    fn commit_failed(&mut self, token: u64, error: &Say, field: Option<&'static str>) {
        let purpose = self.sent.remove(&token);
        if self.leaving {
            // Whoever was about to leave is told, and stays.
            self.layers.retain(|layer| !matches!(layer, Layer::Quit { .. }));
            self.leaving = false;
        }
        let mut said = false;
        let waiting = self.form_waiting_for(token).map(|(at, _)| at);
        let approvers = match waiting.and_then(|at| self.layers.get(at)) {
            Some(Layer::Form(form)) if field == Some("approved_by") => self.approvers_of(form),
            _ => None,
        };
        if let Some((_, form)) = self.form_waiting_for(token) {
            said = true;
            if approvers.is_some() {
                form.ask_approval(approvers);
            }
            form.sending = None;
            form.error = Some(error.clone());
        }
        if let (Some(at), Some(field)) = (waiting, field) {
            self.ask_for(at, field);
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
        if let (Some(Purpose::Reveal { whose, copy }), Some("approved_by")) = (purpose, field) {
            return forms::reveal::ask(self, whose, copy, error);
        }
        let say = Say { zh: say::not_saved(&error.zh).zh, en: say::not_saved(&error.en).en };
        self.tell(Tone::Bad, say);
        // The form says it as long as it is there: the line may go with the next key.
        if let (true, Some(line)) = (said, &mut self.feedback) {
            line.stays = false;
        }
    }

    /// A form was refused for what this field says: it is asked for, and typed anew where nobody is to read it.
    fn ask_for(&mut self, at: usize, field: &'static str) {
        let Some(Layer::Form(form)) = self.layers.get(at) else { return };
        let mut asked = form.clone();
        forms::refused(self, &mut asked, field);
        asked.focus_on(field);
        asked.forget_secret(Some(field));
        if let Some(layer) = self.layers.get_mut(at) {
            *layer = Layer::Form(asked);
        }
    }

    pub(super) fn paste(&mut self, fx: &mut Vec<Effect>, text: &str) {
        self.touched = self.now;
        if self.unseen || self.lock.is_some() || self.keep_typed(|| Typed::Paste(text.to_owned())) {
            return;
        }
        // Counted before anything else looks at it: a whole file may hang on the clipboard.
        let text = text.trim_start();
        if let Some(room) = self.paste_room() {
            let n = text.trim_end().chars().count();
            if n > room.left {
                self.refuse_paste(n, &room);
                return;
            }
        }
        let block = crate::domain::text::safe_block(text).replace('\t', " ");
        let line = block.replace(['\n', '\r'], " ");
        match self.layers.last_mut() {
            Some(Layer::Form(form)) if !form.is_sending() => {
                if matches!(
                    form.fields.get(form.focus).map(|field| &field.entry),
                    Some(Entry::Choice(..) | Entry::Many(..))
                ) {
                    form.to_words();
                }
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
                find.then = None;
                find.back = None;
                self.search(fx);
            }
            Some(Layer::Plan(plan)) if plan.plan.needs_reason => {
                insert(&mut plan.reason, &line);
            }
            _ => {
                if let Some(input) = &mut self.filtering {
                    insert(input, line.trim());
                    let text = input.value().to_owned();
                    self.apply_filter(fx, text);
                } else if !self.dialog_open() && !layout::too_small(self.size) {
                    self.paste_number(fx, line.trim());
                }
            }
        }
    }

    /// How much more fits where a paste would go; nowhere where none is taken.
    fn paste_room(&self) -> Option<Room> {
        let room = |most: usize, there: usize| Some(Room { most, left: most.saturating_sub(there) });
        let typed = |input: &tui_input::Input| input.value().chars().count();
        match self.layers.last() {
            Some(Layer::Form(form)) if !form.is_sending() => {
                let field = form.fields.get(form.focus)?;
                match &field.entry {
                    Entry::Words(area) => room(limits::WORDS, typed_in(area)),
                    Entry::Line(input) => room(limits::of_field(field.id), typed(input)),
                    // It goes to the words of the form, where it has any.
                    Entry::Choice(..) | Entry::Many(..) => {
                        let words = form.fields.iter().find_map(|field| match &field.entry {
                            Entry::Words(area) => Some(typed_in(area)),
                            _ => None,
                        });
                        room(limits::WORDS, words.unwrap_or(0))
                    }
                    Entry::Secret(_) => None,
                }
            }
            Some(Layer::Find(find)) => room(limits::QUERY, typed(&find.input)),
            Some(Layer::Plan(plan)) if plan.plan.needs_reason => room(limits::FIELD, typed(&plan.reason)),
            _ => room(limits::QUERY, self.filtering.as_ref().map_or(0, typed)),
        }
    }

    /// Says that a paste is too long: where it would have gone nothing changes.
    fn refuse_paste(&mut self, n: usize, room: &Room) {
        let refused = say::paste_refused(limits::grouped(n), limits::grouped(room.most));
        if let Some(Layer::Form(form)) = self.layers.last_mut() {
            form.error = Some(refused.clone());
        }
        self.tell(Tone::Warn, refused);
    }

    fn mouse(&mut self, fx: &mut Vec<Effect>, mouse: MouseEvent) {
        self.touched = self.now;
        if self.lock.is_some() {
            return;
        }
        if !matches!(mouse.kind, MouseEventKind::Moved) {
            self.feedback.take_if(|line| !line.stays);
        }
        if self.find_box().is_some() {
            match mouse.kind {
                MouseEventKind::ScrollUp => self.step_hit(fx, -1),
                MouseEventKind::ScrollDown => self.step_hit(fx, 1),
                _ => {}
            }
            return;
        }
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
        if self.page().is_none() && self.home == Home::Board {
            let boxes = self.board_areas();
            if let Some(hit) = boxes.lists.iter().position(|area| area.contains(at))
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

/// What a sheet that was taken in brought to act on, with names.
fn findings_brought(seq: i64, plan: &PlanView) -> Option<Say> {
    let n = plan.findings.len();
    let named = |of: fn(&Say) -> &str, by: &str| {
        let all = plan.findings.iter().take(3).map(|(who, what)| format!("{who} {}", of(what)));
        let more = if n > 3 { " …" } else { "" };
        all.collect::<Vec<_>>().join(by) + more
    };
    (n > 0).then(|| findings::brought(seq, n, named(|say| &say.zh, "；"), named(|say| &say.en, "; ")))
}

/// Room for what is pasted.
struct Room {
    /// The limit.
    most: usize,
    /// What is left of it.
    left: usize,
}

/// Characters in a field of several lines.
fn typed_in(area: &ratatui_textarea::TextArea<'_>) -> usize {
    area.lines().iter().map(|line| line.chars().count()).sum()
}

/// The limit that one more character would go over, if it would.
fn is_full(form: &Form, key: KeyEvent) -> Option<usize> {
    if !matches!(key.code, KeyCode::Char(_))
        || key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
    {
        return None;
    }
    let field = form.fields.get(form.focus)?;
    let (there, most) = match &field.entry {
        Entry::Line(input) => (input.value().chars().count(), limits::of_field(field.id)),
        Entry::Words(area) => (typed_in(area), limits::WORDS),
        _ => return None,
    };
    (there >= most).then_some(most)
}

/// Puts a pasted text where the cursor stands.
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

/// The answer that a key gives to the question with the cursor.
fn answer(form: &Form, key: KeyEvent) -> Option<bool> {
    let is_last = form.focus + 1 == form.fields.len();
    let at_once = is_last && form.part.is_answered_at_once();
    let field = form.fields.get(form.focus).filter(|field| field.id == "sure" && at_once)?;
    match (&field.entry, key.code) {
        (Entry::Choice(..), KeyCode::Char('y' | 'Y')) => Some(true),
        (Entry::Choice(..), KeyCode::Char('n' | 'N')) => Some(false),
        _ => None,
    }
    .filter(|_| !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT))
}

/// Whether an option of a field means yes or no.
fn means(code: &str) -> Option<bool> {
    match code {
        "yes" | "on" => Some(true),
        "no" | "off" => Some(false),
        _ => None,
    }
}

/// Whether the key is text and the field with the cursor takes none: only its options.
fn is_text(form: &Form, key: KeyEvent) -> bool {
    let held = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    let KeyCode::Char(c) = key.code else { return false };
    let yes_no = match form.fields.get(form.focus).map(|field| &field.entry) {
        Some(Entry::Choice(options, _)) => options.iter().any(|option| means(&option.code) == Some(true)),
        Some(Entry::Many(..)) => false,
        _ => return false,
    };
    let chooses = c == ' ' || c.is_ascii_digit() || (yes_no && matches!(c, 'y' | 'n'));
    !held && !c.is_control() && !chooses
}

/// Types a key into the field with the cursor; says whether anything changed.
fn type_into(form: &mut Form, key: KeyEvent, action: Option<Action>) -> bool {
    let Some(field) = form.fields.get_mut(form.focus) else { return false };
    match &mut field.entry {
        Entry::Line(input) | Entry::Secret(input) => {
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
                    if let Some(found) = options.iter().position(|o| means(&o.code) == Some(c == 'y')) {
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
