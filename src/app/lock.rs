//! The lock: while it is on nothing of the office is seen, and no key, paste or click reaches what lies behind. What
//! lies behind stays as it is: forms half filled, the find box, the page that was seen. When another officer unlocks it,
//! the forms are put away: each officer's drafts are their own.

use super::keymap::{self, Action, Context};
use crate::app::shown::effect::{Effect, InboxTask};
use crate::app::shown::lock::Lock;
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::domain::ids::OfficerId;
use crate::domain::pin::Pin;
use crate::domain::time::{MINUTE, Ts};
use crate::i18n::handover;
use crate::i18n::rights as say;
use crate::i18n::screen;
use crate::say::Say;
use crossterm::event::{Event, KeyEvent};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

impl State {
    /// Hides everything until an officer unlocks it.
    pub(super) fn lock_screen(&mut self, fx: &mut Vec<Effect>) {
        if self.lock.is_some() {
            return;
        }
        self.keep_draft(fx);
        for layer in &mut self.layers {
            if let Layer::Form(form) = layer {
                let focus = form.focus;
                form.forget_secret(None);
                form.focus = focus;
            }
        }
        self.forget_passwords();
        // Whatever this desk knows by now: the inbox may have one that was given up here while it was tried there.
        fx.push(Effect::Inbox(InboxTask::ForgetPasswords));
        self.intent = None;
        self.settings_form = false;
        self.revealed = None;
        self.covered = None;
        // What went wrong is still to be read; everything else was said in its time.
        self.feedback.take_if(|line| !line.stays);
        let on_duty = self.status.shift.as_ref().map(|shift| (shift.officer, shift.name.clone()));
        let who = self.officer.clone().or(on_duty).or_else(|| self.status.officers.first().cloned());
        self.lock = Some(Lock { who, ..Lock::default() });
        if std::mem::take(&mut self.copied) {
            fx.push(Effect::Copy(String::new()));
        }
        fx.push(Effect::Lock);
    }

    /// Lets go what was typed for locked sheets, wherever it stands.
    fn forget_passwords(&mut self) {
        self.unlocking = None;
        self.passwords.forget();
        if let Some(request) = &mut self.planning {
            request.passwords.forget();
        }
        if let Some((request, ..)) = &mut self.looking {
            request.passwords.forget();
        }
        for layer in &mut self.layers {
            if let Layer::Plan(plan) = layer {
                plan.request.passwords.forget();
            }
        }
    }

    /// Another officer is to sit here: who has a PIN unlocks with it, behind the locked screen; who has none sits down.
    pub(super) fn switch_to(&mut self, fx: &mut Vec<Effect>, officer: (OfficerId, String)) {
        let sits = self.officer.as_ref().is_some_and(|(id, _)| *id == officer.0);
        if !sits && self.status.pins.contains(&officer.0) {
            self.lock_screen(fx);
            if let Some(lock) = &mut self.lock {
                lock.who = Some(officer);
                lock.switching = true;
            }
            return;
        }
        if !sits {
            self.revealed = None;
            self.covered = None;
            self.leave_papers(fx);
        }
        fx.push(Effect::SwitchOfficer(officer.0));
        self.tell(Tone::Good, screen::now_sits(&officer.1));
        self.officer = Some(officer);
        self.tell_pin_taken();
    }

    /// Says to whoever sits here, once, that others took their PIN away.
    pub(super) fn tell_pin_taken(&mut self) {
        let Some((me, name)) = self.officer.clone().filter(|(me, _)| self.pin_told != Some(*me)) else {
            return;
        };
        let Some((_, at, by)) = self.status.pins_taken.iter().find(|(whose, ..)| *whose == me) else {
            return;
        };
        let (at, by) = (self.calendar.ymd_hm(*at), Say::listed(by));
        self.pin_told = Some(me);
        let zh = handover::pin_was_taken_here(&name, &at, &by.zh).zh;
        self.notice(Tone::Warn, Say { zh, en: handover::pin_was_taken_here(&name, &at, &by.en).en });
    }

    /// Locks when nobody has touched anything for as long as the settings say.
    pub(super) fn lock_when_idle(&mut self, fx: &mut Vec<Effect>, now: Ts) {
        // A clock that was set back begins anew.
        self.touched = self.touched.min(now);
        let minutes = self.settings.as_ref().map_or(0, |settings| i64::from(settings.lock_minutes));
        if minutes > 0 && now.0 - self.touched.0 >= minutes * MINUTE {
            self.lock_screen(fx);
        }
    }

    /// What reaches the world outside while the screen is locked: nothing that was meant for the officer's eyes.
    pub(super) fn hold_back(&mut self, fx: &mut Vec<Effect>) {
        if self.lock.is_some() {
            fx.retain(|effect| !matches!(effect, Effect::Copy(text) if !text.is_empty()));
        } else {
            self.copied |= fx.iter().any(|effect| matches!(effect, Effect::Copy(text) if !text.is_empty()));
        }
    }

    /// Whether the one who is about to unlock has a PIN to type.
    pub fn lock_asks_pin(&self) -> bool {
        let who = self.lock.as_ref().and_then(|lock| lock.who.as_ref());
        who.is_some_and(|(id, _)| self.status.pins.contains(id))
    }

    /// A key while the screen is locked.
    pub(super) fn lock_key(&mut self, fx: &mut Vec<Effect>, key: KeyEvent) {
        let asks = self.lock_asks_pin();
        let Some(lock) = &mut self.lock else { return };
        if lock.checking.is_some() {
            return;
        }
        match keymap::resolve(Context::Locked, key) {
            Some(Action::Open) => self.unlock(fx),
            Some(Action::Redraw) => fx.push(Effect::Redraw),
            Some(Action::Next) => self.lock_step(1),
            Some(Action::Prev) => self.lock_step(-1),
            Some(Action::Back) => {
                // Whoever sat here goes on, with their own PIN where they have one.
                if std::mem::take(&mut lock.switching) {
                    lock.who = self.officer.clone();
                }
                lock.pin = Input::default();
                lock.error = None;
            }
            None if asks && lock.pin.value().chars().count() < crate::domain::pin::LONGEST => {
                lock.error = None;
                lock.pin.handle_event(&Event::Key(key));
            }
            Some(_) | None => {}
        }
    }

    /// Another officer is to unlock.
    fn lock_step(&mut self, by: i64) {
        let officers = &self.status.officers;
        let Some(lock) = self.lock.as_mut().filter(|_| !officers.is_empty()) else { return };
        let at = officers.iter().position(|(id, _)| lock.who.as_ref().is_some_and(|(who, _)| who == id));
        let next = at.map_or(0, |at| (at as i64 + by).rem_euclid(officers.len() as i64) as usize);
        lock.who = officers.get(next).cloned();
        lock.pin = Input::default();
        lock.error = None;
    }

    fn unlock(&mut self, fx: &mut Vec<Effect>) {
        let (asks, token) = (self.lock_asks_pin(), self.token());
        let of = self.officer.as_ref().map(|(id, _)| *id);
        let Some(lock) = &mut self.lock else { return };
        let typed = std::mem::take(&mut lock.pin);
        let Some((officer, _)) = lock.who else {
            // An office without officers has nobody to keep out.
            self.lock = None;
            self.refresh(fx);
            return;
        };
        let pin = Pin::new(typed.value());
        if asks && pin.is_none() {
            lock.error = Some(handover::PIN_LENGTH.into());
            return;
        }
        lock.error = None;
        lock.checking = Some(token);
        // Where nothing can be written no try can be counted, and where nobody here has a PIN there is none to check.
        if self.read_only.is_some() && !asks && of.is_none_or(|of| !self.status.pins.contains(&of)) {
            self.unlocked(fx, token);
            return;
        }
        fx.push(Effect::Unlock { token, of, officer, pin: pin.filter(|_| asks) });
    }

    /// The one who asked may unlock.
    pub(super) fn unlocked(&mut self, fx: &mut Vec<Effect>, token: u64) {
        let Some(lock) = self.lock.take_if(|lock| lock.checking == Some(token)) else { return };
        self.touched = self.now;
        self.revealed = None;
        if let Some(who) = lock.who
            && self.officer.as_ref().is_some_and(|(id, _)| *id != who.0)
        {
            // A paper with numbers that one officer asked for is not another's to look at.
            self.leave_papers(fx);
            let put_away = self.put_forms_away();
            fx.push(Effect::SwitchOfficer(who.0));
            match self.officer.as_ref().filter(|_| put_away) {
                Some((_, before)) => self.tell(Tone::Warn, say::sits_instead(&who.1, before)),
                None => self.tell(Tone::Good, screen::now_sits(&who.1)),
            }
            self.officer = Some(who);
            self.tell_pin_taken();
        }
        if lock.due && self.flash.is_none() {
            self.tell(Tone::Warn, say::FELL_DUE);
        }
        self.refresh(fx);
    }

    /// The one who asked may not.
    pub(super) fn unlock_failed(&mut self, token: u64, error: Say) {
        if let Some(lock) = self.lock.as_mut().filter(|lock| lock.checking == Some(token)) {
            lock.checking = None;
            lock.error = Some(error);
        }
    }

    /// What one officer was about to record is not another's to go on with: it is in the drafts of whoever wrote it.
    fn put_forms_away(&mut self) -> bool {
        let before = self.layers.len();
        self.layers.retain(|layer| {
            !matches!(
                layer,
                Layer::Form(_) | Layer::Walk(_) | Layer::Undo(_) | Layer::Pick(_) | Layer::Quit { .. }
            )
        });
        let kept = self.layers.len();
        // Those too that come back once something is done.
        let mut waiting = self.named_file.take().is_some();
        for layer in &mut self.layers {
            if let Layer::Working(work) = layer {
                waiting |= work.form.take().is_some();
            }
        }
        waiting || kept < before
    }

    fn leave_papers(&mut self, fx: &mut Vec<Effect>) {
        self.layers.retain(|layer| match layer {
            Layer::Paper(preview) => {
                fx.push(Effect::Cancel { token: preview.token });
                false
            }
            _ => true,
        });
    }
}

#[cfg(test)]
mod tests;
