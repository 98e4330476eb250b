//! Everything the screen knows: plain data, changed only by [`crate::app::update`].

use super::beside::Known;
use super::column::{Ctx, Shown};
use super::effect::ImportRequest;
use super::form::Form;
use super::lock::Lock;
use super::lock::Typed;
use super::msg::Tone;
use super::page::Page;
use super::pages::inbox::InboxView;
use super::probe::Watch;
use super::query::Query;
use super::report::ReportScreen;
use super::shades::Shades;
use super::table::{List, RowId};
use super::trust::Trust;
use super::widths::Widths;
use crate::app::keymap::{Action, Context};
use crate::domain::columns::Choices;
use crate::domain::ids::{EntryId, OfficerId, ShiftId, Subject};
use crate::domain::office::Settings;
use crate::domain::password::{Password, Passwords};
use crate::domain::time::{Calendar, Ts};
use crate::paper::summary::Summary;
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::Status;
use std::collections::{BTreeMap, VecDeque};
use tui_input::Input;

pub use super::find::{Find, FindFor};
pub use super::home::{Board, Home, Tables};
pub use super::layers::*;

/// What a commit was for, besides those that a form waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// A form; its draft is dropped once it is in.
    Form {
        /// The draft's key.
        draft: Option<String>,
        /// On how many it acts.
        many: usize,
        /// A case is opened in the same act.
        with_case: bool,
    },
    /// Numbers are to be shown, and one copied.
    Reveal {
        /// Whose.
        whose: Shown,
        /// Copy the own number too.
        copy: bool,
    },
    /// An undo.
    Undo,
    /// A handover: a backup follows.
    Handover {
        /// The draft's key.
        draft: Option<String>,
        /// The shift that is closed.
        shift: ShiftId,
    },
    /// An import.
    Import,
    /// Files of the inbox.
    Files,
    /// An act without a form, and what to say of it.
    Told(Word),
    /// An act without a form.
    Plain,
}

/// Whose a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A person's, a unit's, a contact's.
    Subject(Subject),
    /// An entry's of a ledger.
    Entry(EntryId),
}

/// An action that waits until a page has its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intent {
    /// Whose page.
    pub whose: Whose,
    /// What to do then.
    pub action: Action,
}

/// A line of feedback.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feedback {
    /// How it is meant.
    pub tone: Tone,
    /// The words.
    pub say: Say,
    /// Gone after this; stays when absent.
    pub until: Option<Ts>,
    /// The next key does not take it away: it came by itself, while somebody was typing.
    pub stays: bool,
    /// It speaks of this page, with this officer at the desk, and leaves with it.
    pub of: Option<Here>,
}

/// Where a message was said: the screen, the page over it, and who sat at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    /// The screen.
    pub home: Home,
    /// The page that is seen.
    pub page: Context,
    /// Who sat there.
    pub officer: Option<OfficerId>,
}

/// Everything the screen knows.
#[derive(Debug, Clone)]
pub struct State {
    /// The reader's language.
    pub lang: Lang,
    /// What the terminal makes of characters whose width is a matter of opinion.
    pub widths: Widths,
    /// What it shows of colours.
    pub shades: Shades,
    /// The present moment.
    pub now: Ts,
    /// The office's calendar.
    pub calendar: Calendar,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What is always visible.
    pub status: Status,
    /// The office's settings, once loaded.
    pub settings: Option<Settings>,
    /// Who sits at this terminal.
    pub officer: Option<(OfficerId, String)>,
    /// The screen at the bottom.
    pub home: Home,
    /// The board's tables.
    pub board: Board,
    /// The screens' tables.
    pub tables: Tables,
    /// The handover as last read.
    pub summary: Option<Box<Summary>>,
    /// The first line of the handover shown.
    pub summary_scroll: usize,
    /// The report.
    pub report: ReportScreen,
    /// The units that have a short name, by name.
    pub shorts: BTreeMap<String, String>,
    /// What is known of the selected row, where it is shown beside its list.
    pub beside: Known,
    /// What lies above the screen.
    pub layers: Vec<Layer>,
    /// What lies in the watched folder.
    pub inbox: InboxView,
    /// What is known of the file.
    pub trust: Trust,
    /// The screen is locked.
    pub lock: Option<Lock>,
    /// When a key was last pressed, or something pasted or clicked.
    pub(in crate::app) touched: Ts,
    /// Something was put on the clipboard since the screen was last locked.
    pub(in crate::app) copied: bool,
    /// The filter being typed.
    pub filtering: Option<Input>,
    /// The line of feedback.
    pub feedback: Option<Feedback>,
    /// Whose numbers are shown, and until when.
    pub revealed: Option<(Shown, Ts)>,
    /// Whose numbers were hidden again before their time was over: until then they are shown without another entry
    /// in the log.
    pub(in crate::app) covered: Option<(Shown, Ts)>,
    /// Drafts kept on this machine.
    pub drafts: BTreeMap<String, String>,
    /// The last searches, the newest first.
    pub searches: Vec<String>,
    /// Who was told that others took their PIN away.
    pub(in crate::app) pin_told: Option<OfficerId>,
    /// What is typed into the find box, watched for parts of numbers.
    pub(in crate::app) probe: Watch,
    /// What just fell due; shown until the moment beside it.
    pub flash: Option<(Say, Ts)>,
    /// What fell due and is not flashed yet: something else is being read.
    pub(in crate::app) alarm: Option<Say>,
    pub(in crate::app) next: u64,
    /// What was asked and has no answer yet, by its generation; of each place only the newest.
    pub(in crate::app) waiting: BTreeMap<u64, Query>,
    /// The newest search without an answer.
    pub(in crate::app) searching: Option<u64>,
    pub(in crate::app) sent: BTreeMap<u64, Purpose>,
    pub(in crate::app) leaving: bool,
    pub(in crate::app) intent: Option<Intent>,
    pub(in crate::app) planning: Option<ImportRequest>,
    /// What was typed for locked files since the desk was opened or unlocked.
    pub(in crate::app) passwords: Passwords,
    /// The one of them that is being tried.
    pub(in crate::app) unlocking: Option<Password>,
    /// The form that named the file whose columns are seen: it comes back once they are not.
    pub(in crate::app) named_file: Option<Box<Form>>,
    /// What was said of the columns of a sheet of these bytes, before its page was left.
    pub(in crate::app) said_of: Option<(String, Choices)>,
    /// The sheet whose columns are being read, what was said of them, and of which bytes.
    pub(in crate::app) looking: Option<(ImportRequest, Choices, String)>,
    pub(in crate::app) settings_form: bool,
    /// The handover is read to be taken over alone.
    pub(in crate::app) taking_over: bool,
    /// Why the office can only be read, when nothing can be written to it.
    pub read_only: Option<Say>,
    /// Something that asks has appeared by itself and was not drawn yet.
    pub(in crate::app) unseen: bool,
    /// An act has waited for its answer for longer than a moment.
    pub saving: bool,
    /// What was typed while what is seen waits for its answer.
    pub(in crate::app) typed: VecDeque<Typed>,
    /// How much of it was more than is kept.
    pub(in crate::app) typed_lost: usize,
}

impl State {
    /// The screen before anything is loaded; `plain` for a terminal that cannot be asked what it draws. `now` and the calendar come from the clock and the office.
    pub fn new(lang: Lang, plain: bool, shades: Shades, now: Ts, calendar: Calendar) -> Self {
        Self {
            lang,
            widths: if plain { Widths::PLAIN } else { Widths::default() },
            shades,
            now,
            calendar,
            size: (80, 24),
            status: Status::default(),
            settings: None,
            officer: None,
            home: Home::Board,
            board: Board::default(),
            tables: Tables::default(),
            summary: None,
            summary_scroll: 0,
            report: ReportScreen::default(),
            shorts: BTreeMap::new(),
            beside: Known::default(),
            layers: Vec::new(),
            inbox: InboxView::default(),
            trust: Trust::default(),
            lock: None,
            touched: now,
            copied: false,
            filtering: None,
            feedback: None,
            revealed: None,
            covered: None,
            drafts: BTreeMap::new(),
            searches: Vec::new(),
            pin_told: None,
            probe: Watch::default(),
            flash: None,
            alarm: None,
            next: 1,
            waiting: BTreeMap::new(),
            searching: None,
            sent: BTreeMap::new(),
            leaving: false,
            intent: None,
            planning: None,
            passwords: Passwords::default(),
            unlocking: None,
            named_file: None,
            said_of: None,
            looking: None,
            settings_form: false,
            taking_over: false,
            read_only: None,
            unseen: false,
            saving: false,
            typed: VecDeque::new(),
            typed_lost: 0,
        }
    }

    /// How many acts were sent and have no answer yet.
    pub fn unanswered(&self) -> usize {
        self.sent.len()
    }

    /// The desk is to be left as soon as everything that was sent has its answer.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// What cells depend on.
    pub fn ctx(&self) -> Ctx {
        Ctx {
            lang: self.lang,
            now: self.now,
            cal: self.calendar,
            revealed: self.revealed.map(|(whose, _)| whose),
        }
    }

    /// The page that is seen: the topmost page, if any lies above the screen.
    pub fn page(&self) -> Option<&dyn Page> {
        self.layers.iter().rev().find_map(Layer::page)
    }

    pub(in crate::app) fn page_mut(&mut self) -> Option<&mut dyn Page> {
        self.layers.iter_mut().rev().find_map(Layer::page_mut)
    }

    /// The page that is seen, if it is one of this kind.
    pub fn page_of<P: Page>(&self) -> Option<&P> {
        self.page().and_then(|page| page.of())
    }

    /// What the keys go by on the page that is seen, dialogs aside.
    pub fn page_context(&self) -> Context {
        self.page().map_or_else(|| self.home.screen().context, Page::context)
    }

    /// What the keys go by now.
    pub fn context(&self) -> Context {
        match self.layers.last() {
            _ if self.lock.is_some() => Context::Locked,
            Some(Layer::Form(_)) => Context::Form,
            Some(Layer::Find(find)) if find.in_list => Context::Results,
            Some(Layer::Find(_)) => Context::Find,
            Some(Layer::Palette(_)) => Context::Palette,
            Some(Layer::Help(_)) => Context::Help,
            Some(Layer::Detail { .. }) => Context::Reading,
            Some(Layer::Undo(_) | Layer::Quit { .. } | Layer::Plan(_)) => Context::Question,
            Some(Layer::Pick(_) | Layer::Which(_)) => Context::Pick,
            Some(Layer::Paper(_)) => Context::Paper,
            Some(Layer::Spoken(_)) => Context::Spoken,
            Some(Layer::Walk(_)) => Context::Walk,
            Some(Layer::Working(_)) => Context::Working,
            _ if self.filtering.is_some() => Context::Filter,
            _ => self.page_context(),
        }
    }

    /// The list with the cursor on the page that is seen.
    pub fn list(&self) -> Option<&dyn List> {
        match self.page() {
            Some(page) => page.list(),
            None if self.home == Home::Board => Some(self.board.lists()[self.board.place()]),
            None => self.home.screen().list(&self.tables),
        }
    }

    pub(in crate::app) fn list_mut(&mut self) -> Option<&mut dyn List> {
        if self.page().is_some() {
            return self.page_mut().and_then(Page::list_mut);
        }
        if self.home == Home::Board {
            let focus = self.board.place();
            return self.board.lists_mut().into_iter().nth(focus);
        }
        self.home.screen().list_mut(&mut self.tables)
    }

    /// What is asked for when what is seen is refreshed: by the page, else by the screen.
    pub(in crate::app) fn asks(&self) -> Vec<Query> {
        match self.page() {
            Some(page) => page.asks(),
            None => self.home.screen().asks(&self.tables, self.report.ask),
        }
    }

    /// The selected row of the list with the cursor.
    pub fn selected(&self) -> Option<RowId> {
        self.list().and_then(List::selected)
    }
}
