//! The forms as they open: which fields, with what in them.

use super::forms;
use super::keymap::{Action, Context};
use crate::app::shown::draft::{DRAFTS_BY, Draft, HANDOVERS};
use crate::app::shown::effect::Effect;
use crate::app::shown::effect::Query;
use crate::app::shown::field::Choice;
use crate::app::shown::form::{Form, Kept};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::UnitPage;
use crate::app::shown::state::{FindFor, Layer, Purpose, State};
use crate::app::shown::table::{List, Target};
use crate::domain::ids::Subject;
use crate::domain::report::Round;
use crate::i18n::screen as say;
use crate::say::Say;

impl State {
    /// Opens the form of an action on the page that is seen; says so when it does not fit there.
    pub(super) fn open_form(&mut self, fx: &mut Vec<Effect>, action: Action) {
        if self.need_officer().is_none() || action != Action::Pin && !self.may_record() {
            return;
        }
        match action {
            Action::EraseDue => self.load(fx, Query::EraseDue),
            Action::Attach => match self.unknown_call() {
                Some((call, number)) => self.find(fx, FindFor::Attach(call), number),
                None => self.tell(Tone::Warn, say::NOT_UNKNOWN),
            },
            Action::Edit => self.form_edit(fx),
            action => {
                if let Some(open) = forms::opening(action) {
                    open(self, fx);
                }
            }
        }
    }

    /// Puts a form on the screen, with its draft in it if one was kept.
    pub(super) fn show(&mut self, mut form: Form) {
        if form.part.is_recorded() && !self.may_record() {
            return;
        }
        let shared = form.draft.clone();
        // A draft is its officer's; a handover's is the shift's.
        let own = shared.clone().map(|key| match self.officer {
            Some((officer, _)) if !key.starts_with(HANDOVERS) => format!("{DRAFTS_BY}{officer}/{key}"),
            _ => key,
        });
        // An earlier program kept one for everybody.
        let from = [own.clone(), shared].into_iter().flatten().find(|key| self.drafts.contains_key(key));
        form.draft = from.clone().or(own);
        let is_sent =
            |purpose: &Purpose| matches!(purpose, Purpose::Form { draft, .. } if *draft == form.draft);
        if form.draft.is_some() && self.sent.values().any(is_sent) {
            // It was left while it was on its way: opened again now it could be sent twice.
            self.tell(Tone::Warn, say::SENDING);
            return;
        }
        if let Some(json) = from.and_then(|key| self.drafts.get(&key).cloned()) {
            let fresh = form.clone();
            let draft = Draft::read(&json);
            forms::kept(self, &mut form, &draft);
            if form.restore(&json) {
                self.tell(Tone::Info, say::DRAFT_BACK);
                let (done, all) = (form.done.len(), form.part.targets().len());
                form.error = (done > 0).then(|| say::done_already(done, all - done));
                form.kept = Some(Box::new(Kept { at: draft.at(), fresh, draft, untouched: true }));
            }
        }
        self.put(Layer::Form(Box::new(form)));
        forms::typed(self);
    }

    /// `^N` in a form that goes on from a draft: it is thrown away, and the form begins afresh.
    pub(super) fn start_afresh(&mut self, fx: &mut Vec<Effect>) {
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        let Some(kept) = form.kept.take() else { return };
        let (part, known) = (form.part.clone(), form.known.take());
        **form = kept.fresh;
        form.known = known;
        if let Some(key) = form.draft.clone() {
            self.drop_draft(fx, key);
        }
        forms::afresh(self, &*part);
        self.tell(Tone::Info, say::DRAFT_GONE);
    }

    /// A title with how many of its targets the filter hides.
    pub(super) fn with_hidden(&self, title: Say, targets: usize) -> Say {
        match self.list().map_or(0, List::hidden_marks) {
            hidden if hidden > 0 && targets > 1 && self.find_box().is_none() => {
                let more = say::of_them_hidden(hidden);
                Say { zh: format!("{}{}", title.zh, more.zh), en: format!("{}{}", title.en, more.en) }
            }
            _ => title,
        }
    }

    fn form_edit(&mut self, fx: &mut Vec<Effect>) {
        if !matches!(self.layers.last(), Some(Layer::Find(_))) {
            if self.wanted().is_some() || matches!(self.page_context(), Context::Ledger | Context::Entry) {
                return forms::entry::open_change(self, fx);
            }
            if let Some(dossier) = self.dossier() {
                let form = forms::person::edit(dossier, self.ctx().shows(dossier.id));
                let whom = vec![Target::new(Some(Subject::Person(dossier.id)), &dossier.name)];
                self.show_about(fx, form, whom);
                return;
            }
            if let Some(page) = self.page_of::<UnitPage>()
                && let Some(sheet) = &page.sheet
            {
                let form = forms::unit::edit(self, &sheet.unit);
                let whom = vec![Target::new(Some(Subject::Unit(sheet.unit.id)), &sheet.unit.name)];
                self.show_about(fx, form, whom);
                return;
            }
            if let Some(sheet) = self.contact_sheet() {
                let contact = &sheet.contact;
                let form = forms::contact::edit(contact);
                let whom = vec![Target::new(Some(Subject::Contact(contact.id)), &contact.org)];
                self.show_about(fx, form, whom);
                return;
            }
        }
        if let Some(entry) = self.found_entry() {
            self.leave_find();
            return self.open_entry_then(fx, entry, Action::Edit);
        }
        match self.targets().as_slice() {
            [Target { subject: Some(subject), .. }] => {
                let subject = *subject;
                self.leave_find();
                self.open_then(fx, subject, Action::Edit);
            }
            _ => self.tell(Tone::Warn, say::ONE_ROW),
        }
    }

    pub(super) fn rounds(&self) -> Vec<Choice> {
        let Some(settings) = &self.settings else {
            return vec![Choice::new(&self.status.round.0, Say::same(&self.status.round))];
        };
        let name = |r: &crate::domain::office::RoundSetting| match r.name.as_str() {
            "" if r.round == Round::default() => say::ONCE_A_DAY.into(),
            "" => Say::same(&r.round),
            name => Say::same(name),
        };
        settings.rounds.iter().map(|r| Choice::new(&r.round.0, name(r))).collect()
    }

    pub(super) fn round_name(&self, round: &Round) -> String {
        let setting = self.settings.as_ref().and_then(|settings| settings.round(round));
        match setting.map_or("", |setting| setting.name.as_str()) {
            // Where there is one round a day its code says nothing.
            "" if *round == Round::default() => String::new(),
            "" => round.to_string(),
            name => name.to_owned(),
        }
    }

    pub(super) fn round_place(&self, round: &Round) -> usize {
        self.rounds().iter().position(|r| r.code == round.0).unwrap_or(0)
    }
}
