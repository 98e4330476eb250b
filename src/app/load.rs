//! Asking for rows and taking them in.

use crate::app::keymap::Context;
use crate::app::shown::draft::{DRAFTS_BY, Draft, HANDOVERS, draft_title, handover_key};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::home;
use crate::app::shown::msg::{Data, Tone};
use crate::app::shown::page::Page;
use crate::app::shown::rows::{DueLine, named, put_in_order};
use crate::app::shown::state::{Feedback, Here, Layer, State, Whose};
use crate::app::shown::table::List;
use crate::domain::ids::ShiftId;
use crate::domain::item::{DueRow, DueState};
use crate::domain::ledger::raise::of_due;
use crate::domain::office::Settings;
use crate::domain::time::{Calendar, Ts};
use crate::i18n::screen as say;
use crate::say::{Lang, Say};
use crate::store::query::rows::Status;

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
        self.load_beside(&mut fx);
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
        self.forget(|waiting| waiting.is_same_place(&query));
        self.waiting.insert(generation, query.clone());
        fx.push(Effect::Load { query, generation });
    }

    /// The answers to these are not wanted any more.
    pub(super) fn forget(&mut self, unwanted: impl Fn(&Query) -> bool) {
        self.waiting.retain(|_, query| !unwanted(query));
    }

    /// Asks anew for everything that is seen.
    pub(super) fn refresh(&mut self, fx: &mut Vec<Effect>) {
        self.load(fx, Query::Settings);
        self.load(fx, Query::Status);
        self.load(fx, Query::Due);
        for query in self.home.screen().asks(&self.tables, self.report.ask) {
            self.load(fx, query);
        }
        // What is read aloud must be of this minute; while it is being recorded it stays as it was said.
        if matches!(self.layers.last(), Some(Layer::Spoken(_))) {
            self.load(fx, Query::Spoken);
        }
        self.beside.stale = true;
        self.refresh_release(fx);
        self.refresh_page(fx);
        self.search_again(fx);
    }

    /// Asks anew for the page that is seen above the screen, and for the card in the find box.
    pub(super) fn refresh_page(&mut self, fx: &mut Vec<Effect>) {
        self.refresh_card(fx);
        for query in self.page().map(Page::asks).unwrap_or_default() {
            self.load(fx, query);
        }
    }

    /// Puts a page above what is seen, unless one of its kind is seen already, and asks for what it shows.
    pub(super) fn open_above(&mut self, fx: &mut Vec<Effect>, page: Box<dyn Page>) {
        if self.page_context() != page.context() || self.page().map(Page::subject) != Some(page.subject()) {
            self.layers.push(Layer::Page(page));
        }
        self.refresh_page(fx);
    }

    /// Puts a page above what is seen, another of its kind too, and asks for what it shows.
    pub(super) fn open_over(&mut self, fx: &mut Vec<Effect>, page: Box<dyn Page>) {
        self.layers.push(Layer::Page(page));
        self.refresh_page(fx);
    }

    /// What the windowed list with the cursor asks for.
    fn window(&self) -> Option<Query> {
        self.list().filter(|list| list.is_windowed())?;
        self.asks().into_iter().find(Query::is_of_window)
    }

    /// Asks for the part around the cursor of the windowed list with the cursor.
    pub(super) fn load_window(&mut self, fx: &mut Vec<Effect>) {
        if let Some(query) = self.window() {
            self.load(fx, query);
        }
    }

    /// Asks for what the cursor has come near, unless it was asked for already.
    pub(super) fn load_wanted(&mut self, fx: &mut Vec<Effect>) {
        if !self.list().is_some_and(List::wants_more) {
            return;
        }
        if let Some(query) = self.window()
            && !self.waiting.values().any(|waiting| waiting.is_same_place(&query))
        {
            self.load(fx, query);
        }
    }

    pub(super) fn load_failed(&mut self, generation: u64, error: Say) {
        if self.searching.take_if(|newest| *newest == generation).is_some() {
            self.tell_here(error);
            return;
        }
        match self.waiting.remove(&generation) {
            Some(Query::UndoPreview { .. }) => {
                if let Some(Layer::Undo(undo)) = self.layers.last_mut() {
                    undo.error = Some(error);
                }
            }
            Some(Query::Handover) => {
                self.summary = None;
                self.taking_over = false;
                self.tell_here(error);
            }
            Some(Query::Report(_)) => {
                self.report.data = None;
                self.report.error = Some(error);
            }
            Some(Query::Spoken) => {
                if let Some(spoken) = self.spoken_mut() {
                    spoken.error = Some(error);
                }
            }
            Some(Query::Settings) => {
                self.settings_form = false;
                self.tell(Tone::Bad, error);
            }
            // The find box works without the last searches, the form of a follow-up without what stands above it.
            // Nor does a list need what stands beside it: what there is of the row itself is shown.
            Some(Query::Searches | Query::Beside(_)) | None => {}
            Some(Query::Dial { subject, .. }) => {
                self.take_dial(subject, Box::default());
                self.unknown_whom(subject);
            }
            Some(_) => self.tell_here(error),
        }
    }

    /// Takes rows in, if they are the newest asked for.
    pub(super) fn loaded(&mut self, fx: &mut Vec<Effect>, generation: u64, mut data: Data) {
        let Some(query) = self.waiting.remove(&generation) else { return };
        if let Data::Units(rows) = &data {
            let shorter = rows.iter().filter(|row| row.short != row.name);
            self.shorts = shorter.map(|row| (row.name.clone(), row.short.clone())).collect();
        }
        if let Data::Ledgers(rows) = &mut data {
            put_in_order(rows, self.lang);
        }
        for page in self.layers.iter_mut().filter_map(Layer::page_mut) {
            if page.asks().iter().any(|asked| asked.is_same_place(&query)) {
                page.take(&data);
            }
        }
        let opened = match &query {
            Query::Entry(entry) => Some(Whose::Entry(*entry)),
            query => query.opens().map(Whose::Subject),
        };
        if let Some(whose) = opened {
            self.run_intent(fx, whose);
        }
        let Some(data) = home::take(&mut self.board, &mut self.tables, &query, data) else { return };
        match data {
            Data::Status(status) => self.take_status(fx, *status),
            Data::UndoPreview(preview) => {
                if let Some(Layer::Undo(undo)) = self.layers.last_mut() {
                    undo.preview = Some(preview);
                }
            }
            Data::Handover(summary) => self.take_handover(summary),
            Data::Dial(dial) => {
                if let Query::Dial { subject, .. } = query {
                    self.take_dial(subject, dial);
                }
            }
            Data::Releases(rows) => self.take_releases(rows),
            Data::Chase(chasing) => self.take_chase(chasing),
            Data::ChaseUnit(matters) => self.take_chase_unit(matters),
            Data::EraseDue(rows) => self.take_erase_due(&rows),
            Data::ErasePreview(preview) => self.take_erase(preview),
            Data::Settings(settings) => self.take_settings(*settings),
            Data::Drafts(drafts) => self.take_drafts(drafts),
            Data::CallCard(card) => self.take_card(card),
            Data::EntryForm(basis) => {
                if let Query::EntryForm(ask) = query {
                    self.take_entry_form(fx, &ask, *basis);
                }
            }
            Data::Named(people) => {
                if let Query::Named(text) = query {
                    self.take_named(fx, text, people);
                }
            }
            Data::Beside(found) => self.beside.take(found),
            Data::Searches(searches) => self.searches = searches,
            Data::Report(data) => self.take_report(data),
            Data::Spoken(data, sentences) => self.take_spoken(data, sentences),
            // What is for the pages and the screens they have had.
            _ => {}
        }
    }

    fn run_intent(&mut self, fx: &mut Vec<Effect>, whose: Whose) {
        if let Some(intent) = self.intent.take_if(|intent| intent.whose == whose) {
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
            self.show(super::forms::settings::form(settings));
        }
    }

    /// What was ticked and written for a shift that is closed is of no use any more.
    fn drop_old_handovers(&mut self, fx: &mut Vec<Effect>, open: ShiftId) {
        let walking = |layer: &Layer| match layer {
            Layer::Walk(_) => true,
            Layer::Form(form) => form.part::<super::forms::handover::CloseShift>().is_some(),
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
        if let Some(row) = fell_due(self.board.due.rows(), before, now, self.calendar) {
            let kind = crate::i18n::items::title(row.item.kind);
            let name = named(row);
            let say =
                Say { zh: say::fell_due(kind.zh, &name.zh).zh, en: say::fell_due(kind.en, &name.en).en };
            self.alarm = Some(say);
            if let Some(lock) = &mut self.lock {
                lock.due = true;
            }
        }
        let cal = self.calendar;
        if cal.date(before) != cal.date(now) || cal.day(before) != cal.day(now) {
            self.say_of_yesterday(before);
        }
        self.ring(fx);
        self.keep_draft(fx);
        self.lock_when_idle(fx, now);
        // What depends on the moment (late, missed, day n) is computed by the queries: once a minute is enough.
        if now.0.div_euclid(60_000) != before.0.div_euclid(60_000) {
            self.refresh(fx);
        }
    }

    /// Flashes what fell due. What was said a moment ago of the last act is read first; a failure, which stays, is there
    /// again afterwards.
    fn ring(&mut self, fx: &mut Vec<Effect>) {
        if self.lock.is_none() && self.feedback.as_ref().is_some_and(|line| !line.stays) {
            return;
        }
        let Some(say) = self.alarm.take() else { return };
        self.flash = Some((say, self.now.plus(FLASH_MS)));
        if self.settings.as_ref().is_some_and(|s| s.bell) {
            fx.push(Effect::Bell);
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
fn fell_due(rows: &[DueLine], before: Ts, now: Ts, cal: Calendar) -> Option<&DueRow> {
    rows.iter()
        .filter_map(DueLine::due)
        // What an entry proposes has no hour, nor has what is due on a day.
        .filter(|row| row.item.kind.ledger().is_none_or(|(_, due)| of_due(due).is_none()))
        .filter(|row| !row.item.kind.is_of_day(row.at, cal))
        .find(|row| row.at > before && row.at <= now && row.state != DueState::Missed)
}
