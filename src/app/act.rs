//! What the actions of the keymap do on the page that is seen.

use super::forms::reveal;
use super::keymap::{Action, Context};
use super::layout;
use super::reading;
use crate::app::shown::column::Shown;
use crate::app::shown::effect::Effect;
use crate::app::shown::found::FindHit;
use crate::app::shown::home::Board;
use crate::app::shown::msg::Tone;
use crate::app::shown::page::{Page, Part};
use crate::app::shown::pages::{self, CallersPage, DossierPage, EntryPage, LedgerPage, UnitPage};
use crate::app::shown::paper::PaperAsk;
use crate::app::shown::rows::DueLine;
use crate::app::shown::state::{
    FindFor, Help, Home, Intent, Layer, Palette, Pick, PickFor, Purpose, State, UndoBox, Whose,
};
use crate::app::shown::table::{FoldedBy, List, RowId, Target, moved};
use crate::domain::case::CaseState;
use crate::domain::followup::Caller;
use crate::domain::ids::{EntryId, OfficerId, PersonId, Subject, UnitId};
use crate::domain::mask::Private;
use crate::domain::officer::Role;
use crate::domain::time::Ts;
use crate::i18n::find;
use crate::i18n::screen as say;

use crate::log::event::Event;
use crate::say::{Lang, Say};
use crate::store::act::Act;
use crate::store::query::rows::LogRow;
use tui_input::Input;

/// How long a private number is shown.
pub const REVEAL_MS: i64 = 30_000;

impl State {
    /// Executes an action on the page that is seen.
    pub(super) fn execute(&mut self, fx: &mut Vec<Effect>, action: Action) {
        if self.opens_fold(action) {
            return;
        }
        if let Some(why) = self.idle(action) {
            return self.tell(Tone::Warn, why);
        }
        match action {
            Action::Screen(key) => self.go(fx, key),
            Action::Up => self.step(fx, -1),
            Action::Down => self.step(fx, 1),
            Action::PageUp => self.step(fx, -self.page_lines()),
            Action::PageDown => self.step(fx, self.page_lines()),
            Action::Top => self.step(fx, i64::MIN / 2),
            Action::Bottom => self.step(fx, i64::MAX / 2),
            Action::Next | Action::Prev | Action::Left | Action::Right if self.on_report() => {
                self.report_move(action);
            }
            Action::Next => self.turn(1),
            Action::Prev => self.turn(-1),
            Action::Spoken => self.open_spoken(fx),
            Action::Boundary => self.turn_boundary(fx),
            Action::ClosePromise => self.settle(fx),
            Action::ReadAll => self.read_all(),
            Action::Open if self.page_context() == Context::Inbox => self.open_file(fx),
            Action::Open if self.page_context() == Context::Columns => self.open_form(fx, Action::ReadAs),
            Action::Open => self.enter(fx),
            Action::Back => self.back(fx),
            Action::Mark => self.with_list(|list| list.toggle_mark()),
            Action::MarkAll => self.with_list(|list| list.mark_all()),
            Action::Sort | Action::Reverse => self.sort(fx, action == Action::Sort),
            Action::Filter => {
                let text = self.list().map(|list| list.filter().to_owned());
                self.filtering = text.map(Input::new);
            }
            Action::Find => self.find(fx, FindFor::Open, Private::default()),
            Action::Palette => self.palette(),
            Action::Help => self.help(),
            Action::Reveal => self.reveal(fx, false),
            Action::Copy => self.copy(fx),
            Action::Undo => self.undo(fx),
            Action::Officer => self.pick(PickFor::Switch),
            Action::CloseShift => self.pick(PickFor::TakeOver),
            Action::Lock => self.lock_screen(fx),
            Action::Quit => self.layers.push(Layer::Quit { yes: false }),
            Action::Suspend => fx.push(Effect::Suspend),
            Action::Redraw => fx.push(Effect::Redraw),
            Action::Lang => {
                self.lang = if self.lang == Lang::Zh { Lang::En } else { Lang::Zh };
                fx.push(Effect::KeepLang(self.lang));
                if self.home == Home::Ledgers {
                    self.load(fx, crate::app::shown::effect::Query::Ledgers);
                }
            }
            Action::Access => {
                let person = self.dossier().map(|dossier| dossier.id);
                self.preview(fx, PaperAsk::Access(person));
            }
            Action::Confusions => self.confusions(fx),
            Action::Print => self.print(fx),
            Action::UnitForms => self.unit_forms(fx, false),
            Action::AllForms => self.unit_forms(fx, true),
            Action::Inbox => self.open_inbox(fx),
            Action::CopyMessage => self.copy_message(fx),
            Action::Columns => self.open_columns(fx),
            Action::OpenReport => self.open_report(fx),
            Action::Older => self.turn_version(fx, -1),
            Action::Newer => self.turn_version(fx, 1),
            Action::Backup | Action::StartShift => self.office_act(fx, action),
            _ => match pages::opened_by(action) {
                Some(page) => self.open_above(fx, page),
                None => self.open_form(fx, action),
            },
        }
    }

    /// Of a line that stands for several people nothing is done to the one that is named: it is opened first.
    fn opens_fold(&mut self, action: Action) -> bool {
        let acts = match action {
            Action::FollowUp
            | Action::Case
            | Action::Release
            | Action::Note
            | Action::Reveal
            | Action::Copy
            | Action::Attach
            | Action::ClosePromise
            | Action::MoveEntry
            | Action::WithdrawEntry
            | Action::TakeUp
            | Action::Decline
            | Action::Ask
            | Action::Edit => true,
            // All of the same person: whose page it is is clear, what else there is is not.
            Action::Open => self.list().and_then(List::folded).is_some(),
            _ => false,
        };
        let Some(list) = self.list_mut().filter(|_| acts) else { return false };
        let Some(fold) = list.folded() else { return false };
        let by_hand = action == Action::Open;
        let acts = by_hand || fold.by == FoldedBy::Time && !list.has_marks();
        if acts {
            // It is opened and closed with the same key; whatever else would be done asks for one of its rows.
            if by_hand || !fold.open {
                list.unfold();
            }
            if !(by_hand && fold.open) {
                self.tell(Tone::Info, say::UNFOLDED);
            }
        }
        acts
    }

    /// Every key that works on what is seen.
    pub(super) fn help(&mut self) {
        self.layers.push(Layer::Help(Help { context: self.context(), scroll: 0, filter: Input::default() }));
    }

    fn office_act(&mut self, fx: &mut Vec<Effect>, action: Action) {
        let Some(officer) = self.need_officer() else { return };
        match action {
            _ if !self.may_record() => {}
            Action::Backup => {
                self.tell(Tone::Info, say::BACKING_UP);
                fx.push(Effect::Backup { officer });
            }
            _ => self.start_or_take_over(fx),
        }
    }

    /// Turns the confusions of southern speakers on or off, for the whole office.
    fn confusions(&mut self, fx: &mut Vec<Effect>) {
        let Some(mut settings) = self.settings.clone() else {
            self.tell(Tone::Warn, find::NOT_YET);
            return;
        };
        settings.confusions = !settings.confusions;
        let told = if settings.confusions { find::CONFUSIONS_ON } else { find::CONFUSIONS_OFF };
        self.commit(fx, Act::ChangeSettings(Box::new(settings)), None, Purpose::Told(told));
    }

    /// Puts up what an answer brought: above everything.
    pub(super) fn put(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    /// The officer at this terminal; says so when there is none.
    pub(super) fn need_officer(&mut self) -> Option<OfficerId> {
        if self.officer.is_none() {
            self.tell_here(say::NO_OFFICER);
        }
        self.officer.as_ref().map(|(id, _)| *id)
    }

    /// Sends an act, and when it happened if not now; the answer comes back under the token.
    pub(super) fn commit(
        &mut self,
        fx: &mut Vec<Effect>,
        act: Act,
        happened_at: Option<Ts>,
        purpose: Purpose,
    ) -> Option<u64> {
        let officer = self.need_officer()?;
        let token = self.token();
        self.sent.insert(token, purpose);
        fx.push(Effect::Commit { token, officer, act: Box::new(act), happened_at });
        Some(token)
    }

    fn go(&mut self, fx: &mut Vec<Effect>, key: char) {
        let Some(home) = Home::by_key(key) else { return };
        self.layers.retain(|layer| !layer.is_page());
        self.filtering = None;
        self.home = home;
        self.refresh(fx);
    }

    fn page_lines(&self) -> i64 {
        let area = self.list_area();
        i64::from(area.height.max(2)) - 1
    }

    fn with_list(&mut self, change: impl FnOnce(&mut dyn List)) {
        if let Some(list) = self.list_mut() {
            change(list);
        }
    }

    /// The report screen is what is seen.
    fn on_report(&self) -> bool {
        self.home == Home::Sitrep && self.page().is_none()
    }

    /// Moves the cursor, or scrolls where there is none.
    pub(super) fn step(&mut self, fx: &mut Vec<Effect>, by: i64) {
        if self.on_report() {
            self.report.grid.step(by);
            return;
        }
        if let Some(list) = self.list_mut() {
            list.step(by);
            self.load_wanted(fx);
            return;
        }
        let last = self.scroll_end();
        let scroll = match self.page_mut() {
            Some(page) => page.part_mut().map(|part| &mut part.scroll),
            None => Some(&mut self.summary_scroll),
        };
        if let Some(scroll) = scroll {
            *scroll = moved(*scroll, by, last + 1);
        }
    }

    /// The last line that may stand at the top of what is scrolled.
    fn scroll_end(&self) -> usize {
        let lines = match self.page() {
            Some(page) => {
                let part = self.page_areas(layout::frame(self.size).body).1;
                page.lines(&self.ctx(), usize::from(part.height.saturating_sub(2))).len()
            }
            None => self.summary.as_ref().map_or(0, |s| super::handover::count(s, &self.ctx())),
        };
        lines.saturating_sub(1)
    }

    fn turn(&mut self, by: i64) {
        let next = |at: usize, n: usize| (at as i64 + by).rem_euclid(n as i64) as usize;
        let Some(page) = self.page_mut() else {
            self.board.focus = next(self.board.focus, Board::BOXES.len());
            return;
        };
        let parts = page.tabs().len();
        if let Some(part) = page.part_mut() {
            *part = Part { tab: next(part.tab, parts), scroll: 0 };
        }
    }

    fn sort(&mut self, fx: &mut Vec<Effect>, next: bool) {
        let Some(list) = self.list_mut() else { return };
        if next {
            list.sort_next();
        } else {
            list.reverse();
        }
        if list.is_windowed() {
            self.load_window(fx);
        }
    }

    fn enter(&mut self, fx: &mut Vec<Effect>) {
        match self.page_context() {
            Context::Dossier if self.list().is_none() => return self.open_reading(),
            Context::Told => return self.open_told_line(fx),
            Context::Sitrep => return self.open_figure(fx),
            Context::Received if self.enter_received(fx) => return,
            Context::Unit if self.list().is_none() => return self.open_report(fx),
            _ => {}
        }
        if self.list().is_some_and(List::is_behind) {
            // What is selected does not answer what was typed.
            self.tell(Tone::Info, say::LOADING);
            return;
        }
        if let Some(RowId::Ledger(name)) = self.selected() {
            return self.open_over(fx, Box::new(LedgerPage::new(name)));
        }
        // What is due in a ledger is done there; what is expected of a unit itself, on its page.
        if let Some(entry) = self.selected().and_then(|row| self.entry_behind(row)) {
            return self.open_over(fx, Box::new(EntryPage::new(entry)));
        }
        let Some(target) = self.list().and_then(List::about_selected) else { return };
        match target.subject {
            Some(subject) => self.open_page(fx, subject),
            None => {
                if let Some(row) = self.log_row() {
                    let lines = row.said(self.calendar);
                    let at = self.calendar.ymd_hm(row.happened_at);
                    let seq = row.op.seq;
                    let title = say::op_title(seq, &at);
                    let by = say::by_officer(&row.officer);
                    self.layers.push(Layer::Detail { title, lines: vec![lines, by], scroll: 0 });
                } else {
                    self.tell(Tone::Info, say::NO_SUBJECT);
                }
            }
        }
    }

    /// The reading that Enter lists in full: the marked line of the readings, when they are what is shown.
    pub fn reading(&self) -> Option<&crate::store::query::rows::ReadingRow> {
        self.page_of::<DossierPage>()?.reading(&self.ctx())
    }

    fn open_reading(&mut self) {
        let Some(reading) = self.reading() else {
            self.tell(Tone::Info, say::TO_READINGS);
            return;
        };
        let title = reading::title(reading, &self.round_name(&reading.round));
        let corrections = self.dossier().into_iter().flat_map(|dossier| dossier.corrections_of(reading));
        let lines = reading::lines(reading, corrections);
        self.layers.push(Layer::Detail { title, lines, scroll: 0 });
    }

    fn log_row(&self) -> Option<&LogRow> {
        (self.page().is_none() && self.home == Home::Log).then(|| self.tables.log.current()).flatten()
    }

    /// Goes to a person's or a unit's page.
    pub(super) fn open_page(&mut self, fx: &mut Vec<Effect>, subject: Subject) {
        self.open_above(fx, pages::of(subject));
    }

    /// Goes to a page and does something there once its rows are in.
    pub(super) fn open_then(&mut self, fx: &mut Vec<Effect>, subject: Subject, action: Action) {
        self.intent = Some(Intent { whose: Whose::Subject(subject), action });
        self.open_page(fx, subject);
    }

    /// The same on the page of an entry of a ledger.
    pub(super) fn open_entry_then(&mut self, fx: &mut Vec<Effect>, entry: EntryId, action: Action) {
        self.intent = Some(Intent { whose: Whose::Entry(entry), action });
        self.open_over(fx, Box::new(EntryPage::new(entry)));
    }

    fn back(&mut self, fx: &mut Vec<Effect>) {
        self.intent = None;
        self.settings_form = false;
        // What was marked is the last to go: it may be of several filters, and of lines that were opened to mark them.
        if self.list_mut().is_some_and(List::fold_all) {
            return;
        }
        if self.list().is_some_and(|list| !list.filter().is_empty()) {
            self.with_list(|list| list.set_filter(String::new()));
            self.load_window(fx);
            return;
        }
        let marked = self.list().map_or(0, List::marks);
        if self.list_mut().is_some_and(List::clear_marks) {
            return self.tell(Tone::Info, say::unmarked(marked));
        }
        if self.page().is_some() {
            let named = self.leave_columns();
            self.layers.pop();
            self.layers.extend(named.map(Layer::Form));
            // What changed meanwhile was asked for the page above alone.
            self.refresh_page(fx);
            return;
        }
        self.report_back(fx);
    }

    /// Whom an act would concern: the results of a find, the page, the marks, or the selected row.
    pub(super) fn targets(&self) -> Vec<Target> {
        if let Some(find) = self.find_box() {
            return find.targets();
        }
        let whole = self.page().and_then(Page::concerns);
        match whole {
            Some(target) => vec![target],
            None => self.list().map(List::targets).unwrap_or_default(),
        }
    }

    /// The one person an act would concern. On a unit's page that is the selected one of its people.
    pub(super) fn person(&self) -> Option<PersonId> {
        if let Some(page) = self.page_of::<UnitPage>()
            && !matches!(self.layers.last(), Some(Layer::Find(_)))
        {
            return page.person();
        }
        match self.targets().as_slice() {
            [Target { subject: Some(Subject::Person(id)), .. }] => Some(*id),
            _ => None,
        }
    }

    /// The unit an act would concern, if it is one.
    pub(super) fn units(&self) -> Vec<(UnitId, String)> {
        let mut out: Vec<(UnitId, String)> = Vec::new();
        for (id, name) in self.targets().into_iter().filter_map(|t| t.subject?.unit().map(|id| (id, t.name)))
        {
            // Two lines may be about one unit.
            if out.iter().all(|(known, _)| *known != id) {
                out.push((id, name));
            }
        }
        out
    }

    /// A person's open case on the dossier that is seen.
    pub(super) fn dossier(&self) -> Option<&crate::store::query::rows::Dossier> {
        self.page_of::<DossierPage>().and_then(|page| page.data.as_deref())
    }

    /// The cases a release would concern, with their people's names.
    pub(super) fn cases(&self) -> Vec<(crate::domain::ids::CaseId, String)> {
        if let Some(dossier) = self.dossier() {
            let open = dossier.cases.iter().filter(|c| c.state != CaseState::Released);
            return open.map(|c| (c.id, dossier.name.clone())).collect();
        }
        let Some(list) = self.list() else { return Vec::new() };
        let named = list.chosen().into_iter().zip(list.targets());
        named
            .filter_map(|(id, target)| match id {
                RowId::Case(case) => Some((case, target.name)),
                _ => None,
            })
            .collect()
    }

    /// The promises of the marked lines of what is due, else of the selected one, with when each falls due.
    pub(super) fn promises(&self) -> Vec<(crate::domain::ids::PromiseId, Ts)> {
        let (Some(list), None) = (self.list(), self.page()) else { return Vec::new() };
        let rows = match self.home {
            Home::Due => &self.tables.due,
            Home::Board if self.board.here() == Home::Due => &self.board.due,
            _ => return Vec::new(),
        };
        let chosen = list.chosen();
        let due =
            rows.rows().iter().filter_map(DueLine::due).filter(|row| chosen.contains(&RowId::Due(row.item)));
        due.filter_map(|row| Some((row.item.promise()?, row.at))).collect()
    }

    /// The selected call and its number, when it still has no subject.
    pub fn unknown_call(&self) -> Option<(crate::domain::ids::FollowUpId, Private)> {
        if let Some(page) = self.page_of::<CallersPage>() {
            return page.rows.current().map(|row| (row.call(), row.call.number.clone()));
        }
        if let Some(line) = self.due_here() {
            let row = line.due().filter(|row| row.subject.is_none())?;
            return row.caller.clone().map(|caller| (caller.call, caller.number));
        }
        match &self.log_row()?.event {
            Event::FollowUpLogged(call) if call.subject.is_none() && self.log_row()?.subject.is_none() => {
                Some((call.followup, Private::new(call.number.as_str())))
            }
            _ => None,
        }
    }

    /// The selected call, with the number that was written down with it.
    pub fn caller(&self) -> Option<Caller> {
        let caller = if let Some(find) = self.find_box() {
            let hit = find.hit()?;
            match hit.found.target {
                crate::search::found::Target::Call(call) => {
                    Some(Caller { call, number: hit.row.phone.clone() })
                }
                _ => None,
            }
        } else {
            match (self.page(), self.due_here()) {
                (Some(page), _) => page.caller(),
                (None, Some(line)) => line.due().and_then(|row| row.caller.clone()),
                (None, None) => self.log_row().and_then(LogRow::caller),
            }
        };
        caller.filter(|caller| !caller.number.is_empty())
    }

    /// Whose number is meant: that of the selected call, else the person's. A person's page shows all of theirs.
    pub(super) fn whose_number(&self) -> Option<Shown> {
        if self.find_box().is_none()
            && let Some((whose, _)) = self.page().and_then(Page::entry_numbers)
        {
            return Some(whose);
        }
        let of_person =
            matches!(self.targets().as_slice(), [Target { subject: Some(Subject::Person(_)), .. }]);
        let is_hit = self.find_box().is_some();
        match self.caller().filter(|_| is_hit || !of_person) {
            Some(caller) => Some(Shown::Call(caller.call)),
            None => self.person().map(Shown::Person),
        }
    }

    fn find_or_rows_show(&self, person: PersonId) -> bool {
        self.private_phone(person).is_some()
    }

    /// A person's own number, where it is on the screen.
    pub(super) fn private_phone(&self, person: PersonId) -> Option<Private> {
        if let Some(find) = self.find_box() {
            let hit =
                find.hit().filter(|hit| hit.found.target == crate::search::found::Target::Person(person));
            return hit.map(|hit| hit.row.phone.clone());
        }
        match self.page() {
            Some(page) => page.private_phone(person),
            None if self.home == Home::Doubts => {
                let rows = self.tables.doubts.rows().iter();
                rows.filter(|row| row.doubt.person() == Some(person)).map(|row| row.phone.clone()).next()
            }
            None if self.home == Home::People => {
                self.tables.people.rows().iter().find(|row| row.id == person).map(|row| row.phone.clone())
            }
            None => None,
        }
    }

    fn reveal(&mut self, fx: &mut Vec<Effect>, copy: bool) {
        let Some(whose) = self.whose_number() else {
            self.tell(Tone::Warn, say::ONE_PERSON);
            return;
        };
        if self.revealed.is_some_and(|(shown, _)| shown == whose) {
            if copy {
                self.copy_private(fx, whose);
            } else {
                self.covered = self.revealed.take();
            }
            return;
        }
        if let Some(until) = self.covered.take_if(|(hidden, _)| *hidden == whose) {
            // It was asked for and logged a moment ago: that reveal is still on.
            self.revealed = Some(until);
            if copy {
                self.copy_private(fx, whose);
            } else {
                self.tell(Tone::Info, say::SHOWN_AGAIN);
            }
            return;
        }
        if let Shown::Person(person) = whose
            && !self.find_or_rows_show(person)
        {
            let action = if copy { Action::Copy } else { Action::Reveal };
            self.leave_find();
            self.open_then(fx, Subject::Person(person), action);
            return;
        }
        self.commit(fx, reveal::act(whose), None, Purpose::Reveal { whose, copy });
    }

    /// The number may be seen now: it is in the log that it was asked for.
    pub(super) fn revealed_now(&mut self, fx: &mut Vec<Effect>, whose: Shown, copy: bool) {
        self.revealed = Some((whose, self.now.plus(REVEAL_MS)));
        self.covered = None;
        if copy {
            self.copy_private(fx, whose);
        } else {
            self.tell(Tone::Info, say::REVEALED);
        }
    }

    fn copy_private(&mut self, fx: &mut Vec<Effect>, whose: Shown) {
        let number = match whose {
            Shown::Person(person) => self.private_phone(person),
            Shown::Entry(_) => {
                let found = self.page().and_then(Page::entry_numbers);
                found.filter(|(shown, _)| *shown == whose).map(|(_, number)| number)
            }
            Shown::Call(call) => {
                self.caller().filter(|caller| caller.call == call).map(|caller| caller.number)
            }
        };
        match number.filter(|number| !number.is_empty()) {
            Some(number) => {
                fx.push(Effect::Copy(number.reveal().to_owned()));
                self.tell(Tone::Good, say::COPIED_SHOWN);
            }
            None => self.tell(Tone::Warn, say::NO_NUMBER),
        }
    }

    fn copy(&mut self, fx: &mut Vec<Effect>) {
        if let Some(number) = self.find_box().and_then(crate::app::shown::state::Find::calling) {
            // Typed by whoever copies it: no secret to them.
            self.keep_search(fx);
            fx.push(Effect::Copy(number));
            self.tell(Tone::Good, say::COPIED);
            return;
        }
        let private = self.whose_number();
        self.keep_search(fx);
        let unit_phone = match (self.find_box(), self.page()) {
            (Some(find), _) => find.hit().and_then(FindHit::office_phone),
            (None, Some(page)) => page.office_phone(),
            (None, None) => self.list().and_then(List::office_phone),
        };
        match (private, unit_phone.filter(|number| !number.is_empty())) {
            (Some(Shown::Person(_) | Shown::Entry(_)), _) | (Some(Shown::Call(_)), None) => {
                self.reveal(fx, true);
            }
            (_, Some(number)) => {
                fx.push(Effect::Copy(number));
                self.tell(Tone::Good, say::COPIED);
            }
            (None, None) => self.tell(Tone::Warn, say::NO_NUMBER),
        }
    }

    pub(super) fn undo(&mut self, fx: &mut Vec<Effect>) {
        let Some(officer) = self.need_officer().filter(|_| self.may_record()) else { return };
        let op = self.log_row().map(|row| row.op);
        self.layers.push(Layer::Undo(UndoBox { op, preview: None, error: None, yes: false, token: None }));
        self.load(fx, crate::app::shown::effect::Query::UndoPreview { op, officer });
    }

    fn pick(&mut self, purpose: PickFor) {
        if purpose == PickFor::TakeOver && !self.may_record() {
            return;
        }
        if purpose == PickFor::TakeOver && (self.summary.is_none() || self.status.shift.is_none()) {
            self.tell(Tone::Warn, say::NO_SHIFT);
            return;
        }
        let takes = |id: &OfficerId| purpose == PickFor::Switch || self.role_of(*id) != Role::ReadOnly;
        let officers: Vec<_> = self.status.officers.iter().filter(|(id, _)| takes(id)).cloned().collect();
        if officers.is_empty() {
            self.tell(Tone::Warn, say::NO_OTHER_OFFICER);
            return;
        }
        let me = self.officer.as_ref().map(|(id, _)| *id);
        let at = officers.iter().position(|(id, _)| Some(*id) != me).unwrap_or(0);
        self.layers.push(Layer::Pick(Pick { purpose, officers, at }));
    }

    fn palette(&mut self) {
        let context = self.page_context();
        let fitting = self.commands_here(context, "");
        self.layers.push(Layer::Palette(Palette { context, input: Input::default(), fitting, at: 0 }));
    }

    /// The number of rows that are marked where the cursor is.
    pub fn marked(&self) -> usize {
        self.list().map_or(0, |list| if list.has_marks() { list.chosen().len() } else { 0 })
    }

    /// What a title says of several targets.
    pub(super) fn named(targets: &[Target]) -> Say {
        match targets {
            [] => Say::default(),
            [one] if one.subject.is_none() && one.name.is_empty() => say::UNKNOWN_CALLER.into(),
            [one] => Say::same(&one.name),
            [one, ..] => say::and_others(&one.name, targets.len()),
        }
    }
}
