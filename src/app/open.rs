//! The forms as they open: which fields, with what in them.

use super::contacts;
use super::find::Heard;
use super::keymap::Action;
use crate::app::shown::draft::{DRAFTS_BY, Draft, HANDOVERS};
use crate::app::shown::effect::Effect;
use crate::app::shown::effect::{Query, SheetKind};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, FormKind, Kept, PersonBefore};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{FindFor, Layer, Purpose, State};
use crate::app::shown::table::{List, Target};
use crate::domain::followup::PromiseEnd;
use crate::domain::ids::{OfficerId, Subject, UnitId};
use crate::domain::mask::Private;
use crate::domain::office::Settings;
use crate::domain::person::{PersonFacts, PersonKind};
use crate::domain::report::Round;
use crate::domain::setting::{self, Kind};
use crate::domain::time::hhmm;
use crate::i18n::find;
use crate::i18n::screen as say;
use crate::i18n::settings as settings_say;
use crate::i18n::terms::{Term, word};
use crate::say::{Say, Word};
use crate::store::query::rows::{Dossier, Mask};

pub(super) fn choices<T: Term + Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().map(|value| Choice::new(code(*value), word(*value))).collect()
}

pub(super) fn no_yes() -> Vec<Choice> {
    vec![Choice::new("no", say::NO_WORD), Choice::new("yes", say::YES_WORD)]
}

pub(super) fn titled(what: Word, who: &Say) -> Say {
    if who.zh.is_empty() {
        return what.into();
    }
    Say { zh: format!("{}：{}", what.zh, who.zh), en: format!("{}: {}", what.en, who.en) }
}

pub(super) fn opt(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

impl State {
    /// Opens the form of an action on the page that is seen; says so when it does not fit there.
    pub(super) fn open_form(&mut self, fx: &mut Vec<Effect>, action: Action) {
        if self.need_officer().is_none() || action != Action::Pin && !self.may_record() {
            return;
        }
        match action {
            Action::FollowUp => self.form_follow_up(fx),
            Action::Incoming => self.show_follow_up(fx, &[Target::new(None, "")], &Heard::default()),
            Action::Received => self.form_received(),
            Action::Excuse => self.form_excuse(),
            Action::Case => self.form_case(fx),
            Action::Release => self.form_release(fx),
            Action::Erase => self.form_erase(fx),
            Action::EraseDue => self.load(fx, Query::EraseDue),
            Action::Note => self.form_note(),
            Action::ClosePromise => self.form_promise(),
            Action::Attach => match self.unknown_call() {
                Some((call, number)) => self.find(fx, FindFor::Attach(call), number),
                None => self.tell(Tone::Warn, say::NOT_UNKNOWN),
            },
            Action::Edit => self.form_edit(fx),
            Action::AddPerson => {
                let before = PersonBefore::default();
                self.show(Form::new(
                    FormKind::AddPerson,
                    say::NEW_PERSON.into(),
                    person_fields(&before, [""; 3]),
                ));
            }
            Action::AddUnit => {
                let unit = crate::domain::unit::Unit {
                    id: UnitId(uuid::Uuid::nil()),
                    code: String::new(),
                    name: String::new(),
                    facts: crate::domain::unit::UnitFacts::default(),
                };
                self.show(Form::new(FormKind::AddUnit, say::NEW_UNIT.into(), self.unit_fields(&unit)));
            }
            Action::AddOfficer => {
                let fields = vec![Field::line("name", say::PERSON_NAME, "")];
                self.show(Form::new(FormKind::AddOfficer, say::NEW_OFFICER.into(), fields));
            }
            Action::AddContact => self.show(contacts::add_form()),
            Action::RemoveContact => match self.targets().as_slice() {
                [Target { subject: Some(Subject::Contact(contact)), name }] => {
                    let form = contacts::remove_form(*contact, name);
                    self.show(form);
                }
                _ => self.tell(Tone::Warn, find::ONE_CONTACT),
            },
            Action::Send | Action::Correct => self.form_report(action),
            Action::AddTold => self.form_told(),
            Action::Pin => self.form_pin(),
            Action::Import => self.form_import(),
            Action::Settings => self.form_settings(fx),
            _ => {}
        }
    }

    /// Puts a form on the screen, with its draft in it if one was kept.
    pub(super) fn show(&mut self, mut form: Form) {
        if form.kind.is_recorded() && !self.may_record() {
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
            if draft.wants_case() && matches!(form.kind, FormKind::FollowUp(_)) {
                self.ask_for_case(&mut form);
            }
            if form.restore(&json) {
                self.tell(Tone::Info, say::DRAFT_BACK);
                let (done, all) = (form.done.len(), form.kind.targets().len());
                form.error = (done > 0).then(|| say::done_already(done, all - done));
                form.kept = Some(Box::new(Kept { at: draft.at(), fresh, draft, untouched: true }));
            }
        }
        self.put(Layer::Form(Box::new(form)));
        self.case_typed();
    }

    /// `^N` in a form that goes on from a draft: it is thrown away, and the form begins afresh.
    pub(super) fn start_afresh(&mut self, fx: &mut Vec<Effect>) {
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        let Some(kept) = form.kept.take() else { return };
        let (dial, releases) = (form.dial.take(), form.releases.take());
        **form = kept.fresh;
        let subject = match &form.kind {
            FormKind::FollowUp(subjects) => subjects.first().copied().flatten(),
            _ => None,
        };
        if let Some(key) = form.draft.clone() {
            self.drop_draft(fx, key);
        }
        if let Some(dial) = dial {
            self.take_dial(subject, dial);
        }
        if let Some(rows) = releases {
            self.take_releases(rows);
        }
        self.tell(Tone::Info, say::DRAFT_GONE);
    }

    /// The form that ends the promise of the selected line, or those of the marked ones.
    fn form_promise(&mut self) {
        let promises = self.promises();
        if promises.is_empty() {
            self.tell(Tone::Warn, say::NOT_A_PROMISE);
            return;
        }
        let who = Self::named(&self.targets());
        // What is done after its time is late: the clock says which of the two it is.
        let late = promises.iter().all(|(_, due)| *due < self.now);
        let ends = [PromiseEnd::Kept, PromiseEnd::Broken, PromiseEnd::Dropped];
        let how = ends.map(|end| match end {
            PromiseEnd::Kept if late => Choice::new(end.code(), word(PromiseEnd::Late)),
            end => Choice::new(end.code(), word(end)),
        });
        let fields = vec![
            Field::choice("how", say::HOW_ENDED, how.to_vec(), 0),
            Field::line("at", say::HAPPENED_WHEN, "").hint(say::KEPT_WHEN),
        ];
        let title = self.with_hidden(titled(say::PROMISE, &who), promises.len());
        let promises = promises.into_iter().map(|(promise, _)| promise).collect();
        self.show(Form::new(FormKind::ClosePromise(promises), title, fields));
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

    fn form_note(&mut self) {
        let targets = self.targets();
        // A note is about the page that is seen; on a list it is about the shift, unless a row was marked.
        let on_page =
            self.page().is_some_and(|page| !matches!(page, Layer::Contacts(_))) || self.marked() == 1;
        let about = targets.first().filter(|_| on_page).cloned();
        let subject = about.as_ref().and_then(|t| t.subject);
        let who = about.map_or_else(Say::default, |t| Say::same(&t.name));
        let fields = vec![Field::words("text", say::NOTE_TEXT)];
        self.show(Form::new(FormKind::Note(subject), titled(say::NOTE, &who), fields));
    }

    fn form_edit(&mut self, fx: &mut Vec<Effect>) {
        if !matches!(self.layers.last(), Some(Layer::Find(_))) {
            if let Some(dossier) = self.dossier() {
                let before = before(dossier);
                let seen = dossier.seen(self.ctx().shows(dossier.id));
                let fields = person_fields(&before, [&seen.origin, &seen.address, &seen.contact]);
                let title = titled(say::EDIT, &Say::same(&dossier.name));
                let kind = FormKind::EditPerson(dossier.id, Box::new(before.clone()));
                self.show(Form::new(kind, title, fields));
                return;
            }
            if let Some(Layer::Unit(page)) = self.page()
                && let Some(sheet) = &page.sheet
            {
                let unit = sheet.unit.clone();
                let title = titled(say::EDIT, &Say::same(&unit.name));
                let fields = self.unit_fields(&unit);
                self.show(Form::new(FormKind::EditUnit(Box::new(unit)), title, fields));
                return;
            }
            if let Some(sheet) = self.contact_sheet() {
                let form = contacts::edit_form(&sheet.contact);
                self.show(form);
                return;
            }
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

    fn unit_fields(&self, unit: &crate::domain::unit::Unit) -> Vec<Field> {
        let facts = &unit.facts;
        let above = facts.parent.and_then(|id| self.tables.units.rows().iter().find(|row| row.id == id));
        let reports = usize::from(facts.reports.unwrap_or(true));
        let deadline = facts.deadline.map_or_else(String::new, hhmm);
        vec![
            Field::line("code", say::CODE, &unit.code),
            Field::line("name", say::NAME, &unit.name),
            Field::line("short", say::SHORT, opt(facts.short.as_ref())),
            Field::line("parent", say::ABOVE, above.map_or("", |row| &row.name)).hint(say::UNIT_BY_NAME),
            Field::line("campus", say::CAMPUS, opt(facts.campus.as_ref())),
            Field::line("head", say::HEAD, opt(facts.head.as_ref())),
            Field::line("head_phone", say::HEAD_PHONE, opt(facts.head_phone.as_ref())),
            Field::line("liaison", say::LIAISON, opt(facts.liaison.as_ref())),
            Field::line("liaison_phone", say::LIAISON_PHONE, opt(facts.liaison_phone.as_ref())),
            Field::choice("reports", say::SENDS_REPORTS, no_yes(), reports),
            Field::line("deadline", say::OWN_DEADLINE, &deadline),
            self.unit_officer(facts.officer),
            Field::line("told_by", say::TOLD_BY, "").hint(say::TOLD_BY_NEEDED),
        ]
    }

    /// Who answers for a unit. One who does is replaced by another, never by nobody.
    fn unit_officer(&self, known: Option<OfficerId>) -> Field {
        let nobody = known.is_none().then(|| Choice::new("", say::NO_UNIT_OFFICER));
        let officers = self.status.officers.iter();
        let named = officers.map(|(id, name)| Choice::new(&id.to_string(), Say::same(name)));
        let choices: Vec<Choice> = nobody.into_iter().chain(named).collect();
        let at = known.and_then(|known| self.status.officers.iter().position(|(id, _)| *id == known));
        Field::choice("officer", say::UNIT_OFFICER, choices, at.unwrap_or(0))
    }

    fn form_import(&mut self) {
        let kinds = vec![
            Choice::new(SheetKind::Report.code(), say::SHEET_REPORT),
            Choice::new(SheetKind::Roster.code(), say::SHEET_ROSTER),
            Choice::new(SheetKind::Units.code(), say::SHEET_UNITS),
        ];
        let inbox = self.settings.as_ref().map_or("", |s| s.inbox.as_str()).to_owned();
        let fields = vec![
            Field::choice("what", say::SHEET_KIND, kinds, 0),
            Field::line("path", say::FILE, &inbox).hint(say::FILE_KINDS),
            Field::line("day", say::REPORT_DAY, &self.status.day.to_string()),
            Field::choice("round", say::ROUND, self.rounds(), self.round_place(&self.status.round)),
            Field::line("unit", say::UNIT, "").hint(say::UNIT_IF_MISSING),
            Field::line("at", say::CAME_WHEN, "").hint(say::AT_HINT),
        ];
        self.show(Form::new(FormKind::Import, say::IMPORT.into(), fields));
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

    /// Reads the settings anew first: the form writes all of them back.
    fn form_settings(&mut self, fx: &mut Vec<Effect>) {
        self.settings_form = true;
        self.load(fx, Query::Settings);
    }

    pub(super) fn show_settings(&mut self, settings: Settings) {
        let fields = setting::on_form().into_iter().map(|(id, setting)| {
            let label = settings_say::name(setting.key).unwrap_or(say::SETTINGS);
            let hint = settings_say::hint(setting.key).map_or_else(Say::default, Say::from);
            let now = setting.typed(&settings);
            let field = match setting.kind {
                Kind::Switch => {
                    let off_on = vec![Choice::new("off", say::NO_WORD), Choice::new("on", say::YES_WORD)];
                    Field::choice(id, label, off_on, usize::from(now == "on"))
                }
                Kind::OneOf(all) => {
                    let at = all.iter().position(|one| *one == now).unwrap_or(0);
                    let all = all.iter().map(|one| Choice::new(one, settings_say::choice(one)));
                    Field::choice(id, label, all.collect(), at)
                }
                Kind::Line | Kind::Several(_) => Field::line(id, label, &now),
            };
            field.hint(hint)
        });
        let fields = fields.collect();
        self.show(Form::new(FormKind::Settings(Box::new(settings)), say::SETTINGS.into(), fields));
    }
}

fn before(dossier: &Dossier) -> PersonBefore {
    let text = |value: &str| Some(value.to_owned());
    PersonBefore {
        no: dossier.no.clone(),
        unit: dossier.unit.as_ref().map_or_else(String::new, |(_, name)| name.clone()),
        facts: PersonFacts {
            name: text(&dossier.name),
            unit: dossier.unit.as_ref().map(|(id, _)| *id),
            sex: text(&dossier.sex),
            kind: dossier.kind,
            campus: text(&dossier.campus),
            origin: text(&dossier.origin),
            address: text(&dossier.address),
            contact: text(&dossier.contact),
            ..PersonFacts::default()
        },
        private: [dossier.phone.clone(), dossier.id_number.clone(), dossier.family_phone.clone()],
    }
}

/// The fields of a person, with what is shown of the texts into which a number may have been typed.
fn person_fields(before: &PersonBefore, [origin, address, contact]: [&str; 3]) -> Vec<Field> {
    let facts = &before.facts;
    let mut kinds = vec![Choice::new("", Say::same("-"))];
    kinds.extend(choices(PersonKind::ALL, PersonKind::code));
    let [phone, id_number, family] = &before.private;
    let private = |id, label, number: &Private| {
        let field = Field::line(id, label, "");
        // Of a new person there is nothing yet that could be left as it is.
        let hint = if number.is_empty() { Say::default() } else { say::BLANK_UNCHANGED.into() };
        field.hint(hint).present(number.masked())
    };
    let kind = facts.kind.map_or(0, |k| kinds.iter().position(|c| c.code == k.code()).unwrap_or(0));
    vec![
        Field::line("no", say::NO, &before.no),
        Field::line("name", say::PERSON_NAME, opt(facts.name.as_ref())),
        Field::line("unit", say::UNIT, &before.unit).hint(say::UNIT_BY_NAME),
        Field::line("sex", say::SEX, opt(facts.sex.as_ref())),
        Field::choice("kind", say::PERSON_KIND, kinds, kind),
        Field::line("campus", say::CAMPUS, opt(facts.campus.as_ref())),
        private("phone", say::OWN_PHONE, phone),
        private("id_number", say::ID_NUMBER, id_number),
        Field::kept("origin", say::ORIGIN, opt(facts.origin.as_ref()), origin),
        Field::kept("address", say::ADDRESS, opt(facts.address.as_ref()), address),
        Field::kept("contact", say::CONTACT_PERSON, opt(facts.contact.as_ref()), contact),
        private("family_phone", say::FAMILY_PHONE, family),
        Field::line("told_by", say::TOLD_BY, "").hint(say::TOLD_BY_NEEDED),
    ]
}
