//! Asking for rows and taking them in.

use crate::app::keymap::Context;
use crate::app::shown::draft::{DRAFTS_BY, Draft, HANDOVERS, draft_title, handover_key};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::form::FormKind;
use crate::app::shown::msg::{Data, Tone};
use crate::app::shown::rows::DueLine;
use crate::app::shown::state::{Feedback, Here, Home, Layer, Place, State};
use crate::app::shown::table::{List, Table, WINDOW};
use crate::domain::ids::{ShiftId, Subject, UnitId};
use crate::domain::item::{DueRow, DueState};
use crate::domain::office::Settings;
use crate::domain::time::Ts;
use crate::i18n::screen as say;
use crate::say::{Lang, Say};
use crate::store::query::rows::{LogQuery, PeopleQuery, PeopleSort, PersonRow, Status};

/// How long a line of feedback stays.
const FEEDBACK_MS: i64 = 10_000;
/// How long a notice that came by itself stays.
const NOTICE_MS: i64 = 20_000;
/// How long what fell due is flashed.
const FLASH_MS: i64 = 20_000;

impl State {
    /// What to do when the desk opens: drafts, settings, and the rows of the board.
    pub fn start(&mut self) -> Vec<Effect> {
        let mut fx = Vec::new();
        self.load(&mut fx, Query::Searches);
        self.refresh(&mut fx);
        // Whose drafts are told of is known once it is known who sits here.
        self.load(&mut fx, Query::Drafts);
        self.fit();
        fx
    }

    pub(super) fn token(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(super) fn tell(&mut self, tone: Tone, say: impl Into<Say>) {
        let until = Some(self.now.plus(FEEDBACK_MS));
        self.feedback = Some(Feedback { tone, say: say.into(), until, stays: tone == Tone::Bad, of: None });
    }

    /// Something wrong with the page that is seen: it leaves with the page.
    pub(super) fn tell_here(&mut self, say: impl Into<Say>) {
        self.tell(Tone::Bad, say);
        let here = self.here();
        if let Some(line) = &mut self.feedback {
            line.of = Some(here);
        }
    }

    fn here(&self) -> Here {
        let officer = self.officer.as_ref().map(|(id, _)| *id);
        // A paper that is seen is a page of its own.
        let paper = self.layers.iter().any(|layer| matches!(layer, Layer::Paper(_)));
        let page = if paper { Context::Paper } else { self.page_context() };
        Here { home: self.home, page, officer }
    }

    /// What was said of a page is not said beside another.
    pub(super) fn forget_what_left(&mut self) {
        let here = self.here();
        self.feedback.take_if(|line| line.of.as_ref().is_some_and(|of| *of != here));
    }

    /// Something to tell that came by itself: what went wrong is not taken away by the next key.
    pub(super) fn notice(&mut self, tone: Tone, say: Say) {
        let until = Some(self.now.plus(NOTICE_MS));
        self.feedback =
            Some(Feedback { tone, say, until, stays: matches!(tone, Tone::Warn | Tone::Bad), of: None });
    }

    /// The same of the page that is seen: it leaves with the page.
    pub(super) fn notice_here(&mut self, tone: Tone, say: Say) {
        self.notice(tone, say);
        let here = self.here();
        if let Some(line) = &mut self.feedback {
            line.of = Some(here);
        }
    }

    pub(super) fn load(&mut self, fx: &mut Vec<Effect>, query: Query) {
        let generation = self.token();
        self.waiting.insert(Place::of(&query), generation);
        fx.push(Effect::Load { query, generation });
    }

    /// Asks anew for everything that is seen.
    pub(super) fn refresh(&mut self, fx: &mut Vec<Effect>) {
        self.load(fx, Query::Settings);
        self.load(fx, Query::Status);
        self.load(fx, Query::Due);
        match self.home {
            Home::Board => {
                self.load(fx, Query::Outstanding);
                self.load(fx, Query::Cases);
                self.load(fx, Query::Units);
            }
            Home::Units => self.load(fx, Query::Units),
            Home::Outstanding => self.load(fx, Query::Outstanding),
            Home::Cases => self.load(fx, Query::Cases),
            Home::Due => {}
            Home::People => self.load_people(fx),
            Home::Log => self.load_log(fx),
            Home::Handover => self.load(fx, Query::Handover),
            Home::Sitrep => self.load_report(fx),
        }
        // What is read aloud must be of this minute; while it is being recorded it stays as it was said.
        if matches!(self.layers.last(), Some(Layer::Spoken(_))) {
            self.load(fx, Query::Spoken);
        }
        self.refresh_release(fx);
        self.refresh_page(fx);
        self.search_again(fx);
    }

    /// Asks anew for the page that is seen above the screen, and for the card in the find box.
    pub(super) fn refresh_page(&mut self, fx: &mut Vec<Effect>) {
        self.refresh_card(fx);
        match self.page() {
            Some(Layer::Dossier(page)) => {
                let id = page.id;
                self.load(fx, Query::Dossier(id));
            }
            Some(Layer::Unit(page)) => {
                let id = page.id;
                let people = people_query(&page.people, Some(id));
                self.load(fx, Query::UnitSheet(id));
                self.load(fx, Query::People(people));
            }
            Some(Layer::Behind(_)) => self.load_behind(fx),
            Some(Layer::Told(_)) => self.load(fx, Query::Told),
            Some(Layer::Shifts(_)) => self.load(fx, Query::Shifts),
            Some(Layer::Callers(_)) => self.load(fx, Query::Callers),
            Some(Layer::Contacts(_)) => self.load(fx, Query::Contacts),
            Some(Layer::Contact(page)) => {
                let id = page.id;
                self.load(fx, Query::Contact(id));
            }
            _ => {}
        }
    }

    pub(super) fn load_people(&mut self, fx: &mut Vec<Effect>) {
        let query = people_query(&self.tables.people, None);
        self.load(fx, Query::People(query));
    }

    pub(super) fn load_log(&mut self, fx: &mut Vec<Effect>) {
        let table = &self.tables.log;
        let query = LogQuery {
            filter: table.filter.clone(),
            subject: None,
            offset: table.window_start(),
            limit: WINDOW,
        };
        self.load(fx, Query::Log(query));
    }

    /// Asks for the part around the cursor of the windowed list with the cursor.
    pub(super) fn load_window(&mut self, fx: &mut Vec<Effect>) {
        match self.page() {
            Some(Layer::Unit(page)) if page.tab == 0 => {
                let query = people_query(&page.people, Some(page.id));
                self.load(fx, Query::People(query));
            }
            None if self.home == Home::People => self.load_people(fx),
            None if self.home == Home::Log => self.load_log(fx),
            _ => {}
        }
    }

    /// Asks for what the cursor has come near, unless it was asked for already.
    pub(super) fn load_wanted(&mut self, fx: &mut Vec<Effect>) {
        let (wanted, place) = match self.page() {
            Some(Layer::Unit(page)) => (page.people.wanted(), Place::UnitPeople(page.id)),
            None if self.home == Home::People => (self.tables.people.wanted(), Place::People),
            None if self.home == Home::Log => (self.tables.log.wanted(), Place::Log),
            _ => return,
        };
        if wanted.is_some() && !self.waiting.contains_key(&place) {
            self.load_window(fx);
        }
    }

    fn place_of(&mut self, generation: u64) -> Option<Place> {
        let place = self.waiting.iter().find(|(_, g)| **g == generation).map(|(place, _)| *place)?;
        self.waiting.remove(&place);
        Some(place)
    }

    pub(super) fn load_failed(&mut self, generation: u64, error: Say) {
        match self.place_of(generation) {
            Some(Place::Undo) => {
                if let Some(Layer::Undo(undo)) = self.layers.last_mut() {
                    undo.error = Some(error);
                }
            }
            Some(Place::Handover) => {
                self.summary = None;
                self.taking_over = false;
                self.tell_here(error);
            }
            Some(Place::Report) => {
                self.report.data = None;
                self.report.error = Some(error);
            }
            Some(Place::Spoken) => {
                if let Some(spoken) = self.spoken_mut() {
                    spoken.error = Some(error);
                }
            }
            Some(Place::Settings) => {
                self.settings_form = false;
                self.tell(Tone::Bad, error);
            }
            // The find box works without the last searches, the form of a follow-up without what stands above it.
            Some(Place::Searches) | None => {}
            Some(Place::Dial(subject)) => self.take_dial(subject, Box::default()),
            Some(_) => self.tell_here(error),
        }
    }

    /// Takes rows in, if they are the newest asked for.
    pub(super) fn loaded(&mut self, fx: &mut Vec<Effect>, generation: u64, data: Data) {
        let Some(place) = self.place_of(generation) else { return };
        match data {
            Data::Status(status) => self.take_status(fx, *status),
            Data::Units(rows) => {
                self.board.units.set_rows(rows.clone());
                self.tables.units.set_rows(rows);
            }
            Data::Outstanding(rows) => {
                self.board.outstanding.set_rows(rows.clone());
                self.tables.outstanding.set_rows(rows);
            }
            Data::Cases(rows) => {
                self.board.cases.set_rows(rows.clone());
                self.tables.cases.set_rows(rows);
            }
            Data::Due(rows) => {
                self.board.due.set_rows(rows.clone());
                self.tables.due.set_rows(rows);
            }
            Data::People(part) => {
                let (total, offset) = (part.total as usize, part.offset as usize);
                if let Place::UnitPeople(unit) = place {
                    self.unit_page(unit, |page| page.people.set_page(total, offset, part.rows));
                } else {
                    self.tables.people.set_page(total, offset, part.rows);
                }
            }
            Data::Dossier(found) => self.take_dossier(fx, place, found),
            Data::UnitSheet(found) => {
                if let Place::UnitSheet(unit) = place {
                    let missing = found.is_none();
                    self.unit_page(unit, |page| {
                        page.missing = missing;
                        page.sheet = found;
                    });
                    self.run_intent(fx, Subject::Unit(unit));
                }
            }
            Data::Contacts(rows) => {
                let pages = self.layers.iter_mut().filter_map(|layer| match layer {
                    Layer::Contacts(page) => Some(page),
                    _ => None,
                });
                for page in pages {
                    page.contacts.set_rows(rows.clone());
                }
            }
            Data::Contact(found) => self.take_contact(fx, place, found),
            Data::Log(part) => {
                self.tables.log.set_page(part.total as usize, part.offset as usize, part.rows);
            }
            Data::UndoPreview(preview) => {
                if let Some(Layer::Undo(undo)) = self.layers.last_mut() {
                    undo.preview = Some(preview);
                }
            }
            Data::Handover(summary, pins) => self.take_handover(summary, pins),
            Data::Shifts(shifts) => self.take_shifts(shifts),
            Data::Callers(callers) => self.take_callers(&callers),
            Data::Dial(dial) => {
                if let Place::Dial(subject) = place {
                    self.take_dial(subject, dial);
                }
            }
            Data::Releases(rows) => self.take_releases(rows),
            Data::EraseDue(rows) => self.take_erase_due(&rows),
            Data::ErasePreview(preview) => self.take_erase(preview),
            Data::Settings(settings) => self.take_settings(*settings),
            Data::Drafts(drafts) => self.take_drafts(drafts),
            Data::CallCard(card) => self.take_card(card),
            Data::Searches(searches) => self.searches = searches,
            Data::Report(data) => self.take_report(data),
            Data::Behind(rows) => self.take_behind(rows),
            Data::Told(rows, view) => self.take_told(rows, view),
            Data::Spoken(data, sentences) => self.take_spoken(data, sentences),
        }
    }

    fn unit_page(&mut self, unit: UnitId, change: impl FnOnce(&mut crate::app::shown::state::UnitPage)) {
        let found = self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Unit(page) if page.id == unit => Some(page),
            _ => None,
        });
        if let Some(page) = found {
            change(page);
        }
    }

    fn take_dossier(
        &mut self,
        fx: &mut Vec<Effect>,
        place: Place,
        found: Option<Box<crate::store::query::rows::Dossier>>,
    ) {
        let Place::Dossier(person) = place else { return };
        for layer in self.layers.iter_mut().rev() {
            if let Layer::Dossier(page) = layer
                && page.id == person
            {
                page.take(found);
                break;
            }
        }
        self.run_intent(fx, Subject::Person(person));
    }

    fn take_contact(
        &mut self,
        fx: &mut Vec<Effect>,
        place: Place,
        found: Option<Box<crate::store::query::rows::ContactSheet>>,
    ) {
        let Place::Contact(contact) = place else { return };
        for layer in self.layers.iter_mut().rev() {
            if let Layer::Contact(page) = layer
                && page.id == contact
            {
                page.missing = found.is_none();
                page.sheet = found;
                break;
            }
        }
        self.run_intent(fx, Subject::Contact(contact));
    }

    fn run_intent(&mut self, fx: &mut Vec<Effect>, subject: Subject) {
        if let Some(intent) = self.intent.take_if(|intent| intent.subject == subject) {
            self.execute(fx, intent.action);
        }
    }

    /// The office's settings are in force as soon as they are read.
    fn take_settings(&mut self, settings: Settings) {
        self.calendar = settings.calendar;
        let before = self.settings.replace(settings.clone());
        // The language this desk was opened with stands until the office chooses another one.
        if let Some(lang) = Lang::from_code(&settings.lang)
            && before.is_some_and(|before| before.lang != settings.lang)
        {
            self.lang = lang;
        }
        if std::mem::take(&mut self.settings_form) {
            self.show_settings(settings);
        }
    }

    /// What was ticked and written for a shift that is closed is of no use any more.
    fn drop_old_handovers(&mut self, fx: &mut Vec<Effect>, open: ShiftId) {
        let walking = |layer: &Layer| match layer {
            Layer::Walk(_) => true,
            Layer::Form(form) => matches!(form.kind, FormKind::CloseShift(..)),
            _ => false,
        };
        if self.layers.iter().any(walking) {
            return;
        }
        let kept = handover_key(open);
        let old: Vec<String> =
            self.drafts.keys().filter(|key| key.starts_with(HANDOVERS) && **key != kept).cloned().collect();
        for key in old {
            self.drop_draft(fx, key);
        }
    }

    fn take_status(&mut self, fx: &mut Vec<Effect>, status: Status) {
        if let Some(shift) = &status.shift {
            self.drop_old_handovers(fx, shift.id);
        }
        if self.officer.is_none() {
            self.officer = status.shift.as_ref().map(|shift| (shift.officer, shift.name.clone()));
        }
        self.status = status;
        self.tell_pin_taken();
    }

    fn take_drafts(&mut self, drafts: Vec<(String, String)>) {
        self.drafts = drafts.into_iter().collect();
        // A colleague's are theirs to go on with.
        let mine = self.officer.as_ref().map(|(id, _)| format!("{DRAFTS_BY}{id}/"));
        let is_mine = |key: &str| {
            !key.starts_with(DRAFTS_BY) || mine.as_ref().is_none_or(|mine| key.starts_with(mine.as_str()))
        };
        let mut own = self.drafts.iter().filter(|(key, _)| is_mine(key)).map(|(_, json)| json);
        if let Some(json) = own.next() {
            let title = draft_title(json);
            let n = own.count() + 1;
            let say = Say { zh: say::drafts_kept(n, &title.zh).zh, en: say::drafts_kept(n, &title.en).en };
            self.tell(Tone::Warn, say);
        }
    }

    /// The moment moves on: countdowns, what fell due, what is masked again, the draft, stale rows.
    pub(super) fn tick(&mut self, fx: &mut Vec<Effect>, now: Ts) {
        let before = self.now;
        self.now = now;
        self.feedback.take_if(|line| line.until.is_some_and(|until| until <= now));
        self.flash.take_if(|(_, until)| *until <= now);
        self.revealed.take_if(|(_, until)| *until <= now);
        self.covered.take_if(|(_, until)| *until <= now);
        if let Some(row) = fell_due(self.board.due.rows(), before, now) {
            let kind = crate::i18n::items::title(row.item.kind);
            let name = if row.name.is_empty() { say::UNKNOWN_CALLER.into() } else { Say::same(&row.name) };
            let say =
                Say { zh: say::fell_due(kind.zh, &name.zh).zh, en: say::fell_due(kind.en, &name.en).en };
            self.flash = Some((say, now.plus(FLASH_MS)));
            if let Some(lock) = &mut self.lock {
                lock.due = true;
            }
            if self.settings.as_ref().is_some_and(|s| s.bell) {
                fx.push(Effect::Bell);
            }
        }
        self.keep_draft(fx);
        self.lock_when_idle(fx, now);
        // What depends on the moment (late, missed, day n) is computed by the queries: once a minute is enough.
        if now.0.div_euclid(60_000) != before.0.div_euclid(60_000) {
            self.refresh(fx);
        }
    }

    /// Keeps the drafts of what is open, if they changed.
    pub(super) fn keep_draft(&mut self, fx: &mut Vec<Effect>) {
        let now = self.now;
        for layer in &mut self.layers {
            let kept = match layer {
                Layer::Form(form) if form.dirty => {
                    form.dirty = false;
                    form.draft.clone().map(|key| {
                        let mut draft = Draft::read(&form.to_json(now));
                        draft.keep_ticks(&Draft::read(self.drafts.get(&key).map_or("", String::as_str)));
                        (key, draft.json())
                    })
                }
                Layer::Walk(walk) if walk.dirty => {
                    walk.dirty = false;
                    let key = handover_key(walk.paper.shift);
                    let json = walk.to_draft(self.drafts.get(&key).map_or("", String::as_str));
                    Some((key, json))
                }
                _ => None,
            };
            if let Some((key, json)) = kept {
                self.drafts.insert(key.clone(), json.clone());
                fx.push(Effect::SaveDraft { key, json });
            }
        }
    }
}

/// The first item whose time came between two ticks.
fn fell_due(rows: &[DueLine], before: Ts, now: Ts) -> Option<&DueRow> {
    rows.iter()
        .filter_map(DueLine::due)
        .find(|row| row.at > before && row.at <= now && row.state != DueState::Missed)
}

/// What the people table asks for.
pub(super) fn people_query(table: &Table<PersonRow>, unit: Option<UnitId>) -> PeopleQuery {
    let (sort, descending) = match table.sorted_by() {
        Some(("name", descending)) => (PeopleSort::Name, descending),
        Some(("unit", descending)) => (PeopleSort::Unit, descending),
        Some((_, descending)) => (PeopleSort::No, descending),
        None => (PeopleSort::No, false),
    };
    PeopleQuery {
        filter: table.filter().to_owned(),
        unit,
        sort,
        descending,
        offset: table.window_start(),
        limit: WINDOW,
    }
}
