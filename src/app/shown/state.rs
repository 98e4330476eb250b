//! Everything the screen knows: plain data, changed only by [`crate::app::update`].

use super::column::{Ctx, Shown};
use super::effect::{ImportRequest, Query};
use super::lock::Lock;
use super::lock::Typed;
use super::msg::Tone;
use super::probe::Watch;
use super::report::ReportScreen;
use super::rows::DueLine;
use super::table::{List, RowId, Table};
use super::trust::Trust;
use super::widths::Widths;
use crate::app::keymap::{Action, Context};
use crate::domain::ids::{ContactId, OfficerId, PersonId, ShiftId, Subject, UnitId};
use crate::domain::office::Settings;
use crate::domain::time::{Calendar, Ts};
use crate::paper::summary::Summary;
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::{CaseRow, LogRow, OutstandingRow, PeopleQuery, PersonRow, Status, UnitRow};
use std::collections::{BTreeMap, VecDeque};
use tui_input::Input;

pub use super::find::{Find, FindFor};
pub use super::layers::*;

/// The screens behind the keys of the line of screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Home {
    /// 1
    #[default]
    Board,
    /// 2
    Units,
    /// 3
    Outstanding,
    /// 4
    Cases,
    /// 6
    Due,
    /// 7
    People,
    /// 9
    Log,
    /// 0
    Handover,
    /// -
    Sitrep,
}

impl Home {
    /// Every screen in the order of its keys, with its key.
    pub const ALL: &'static [(char, Self)] = &[
        ('1', Self::Board),
        ('2', Self::Units),
        ('3', Self::Outstanding),
        ('4', Self::Cases),
        ('6', Self::Due),
        ('7', Self::People),
        ('9', Self::Log),
        ('0', Self::Handover),
        ('-', Self::Sitrep),
    ];

    /// What its keys go by.
    pub fn context(self) -> Context {
        match self {
            Self::Board => Context::Board,
            Self::Units => Context::Units,
            Self::Outstanding => Context::Outstanding,
            Self::Cases => Context::Cases,
            Self::Due => Context::Due,
            Self::People => Context::People,
            Self::Log => Context::Log,
            Self::Handover => Context::Handover,
            Self::Sitrep => Context::Sitrep,
        }
    }
}

/// The tables of the board, apart from those of the screens so that a filter there hides nothing here.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// Which has the cursor: 0 outstanding, 1 cases, 2 units, 3 due.
    pub focus: usize,
    /// 未报
    pub outstanding: Table<OutstandingRow>,
    /// 重点关注
    pub cases: Table<CaseRow>,
    /// 单位
    pub units: Table<UnitRow>,
    /// 待办
    pub due: Table<DueLine>,
}

/// The tables of the screens.
#[derive(Debug, Clone)]
pub struct Tables {
    /// 2
    pub units: Table<UnitRow>,
    /// 3
    pub outstanding: Table<OutstandingRow>,
    /// 4
    pub cases: Table<CaseRow>,
    /// 6
    pub due: Table<DueLine>,
    /// 7
    pub people: Table<PersonRow>,
    /// 9
    pub log: Table<LogRow>,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            units: Table::new(),
            outstanding: Table::new(),
            cases: Table::new(),
            due: Table::new(),
            people: Table::windowed(),
            log: Table::windowed(),
        }
    }
}

/// Where an answer goes. One place waits for one answer; an older one is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The header.
    Status,
    /// Units, on the board too.
    Units,
    /// Outstanding, on the board too.
    Outstanding,
    /// Cases, on the board too.
    Cases,
    /// Due, on the board too.
    Due,
    /// Screen 7.
    People,
    /// The people of a unit's page.
    UnitPeople(UnitId),
    /// A person's page.
    Dossier(PersonId),
    /// A unit's page.
    UnitSheet(UnitId),
    /// The directory of outside contacts.
    Contacts,
    /// An outside contact's page.
    Contact(ContactId),
    /// Screen 9.
    Log,
    /// The undo box.
    Undo,
    /// Screen 0.
    Handover,
    /// What stands against the releases that are asked for.
    Releases,
    /// What an erasure would take.
    Erase,
    /// The settings.
    Settings,
    /// The drafts.
    Drafts,
    /// The find box.
    Find,
    /// The card in the find box.
    Card,
    /// The last searches.
    Searches,
    /// Screen -.
    Report,
    /// Who is behind a figure.
    Behind,
    /// What was told.
    Told,
    /// The spoken report.
    Spoken,
    /// Earlier shifts.
    Shifts,
    /// Calls from nobody known.
    Callers,
    /// Whom a follow-up is about.
    Dial(Option<Subject>),
}

impl Place {
    /// Where the answer to a query goes.
    pub fn of(query: &Query) -> Self {
        match query {
            Query::Status => Self::Status,
            Query::Units => Self::Units,
            Query::Outstanding => Self::Outstanding,
            Query::Cases => Self::Cases,
            Query::Due => Self::Due,
            Query::People(PeopleQuery { unit: Some(unit), .. }) => Self::UnitPeople(*unit),
            Query::People(_) => Self::People,
            Query::Dossier(id) => Self::Dossier(*id),
            Query::UnitSheet(id) => Self::UnitSheet(*id),
            Query::Contacts => Self::Contacts,
            Query::Contact(id) => Self::Contact(*id),
            Query::Log(_) => Self::Log,
            Query::UndoPreview { .. } => Self::Undo,
            Query::Handover => Self::Handover,
            Query::Releases(_) => Self::Releases,
            Query::ErasePreview(_) | Query::EraseDue => Self::Erase,
            Query::Settings => Self::Settings,
            Query::Drafts => Self::Drafts,
            Query::CallCard { .. } => Self::Card,
            Query::Searches => Self::Searches,
            Query::Report(_) => Self::Report,
            Query::Behind { .. } => Self::Behind,
            Query::Told => Self::Told,
            Query::Spoken => Self::Spoken,
            Query::Shifts => Self::Shifts,
            Query::Callers => Self::Callers,
            Query::Dial { subject, .. } => Self::Dial(*subject),
        }
    }
}

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
    /// An act without a form, and what to say of it.
    Told(Word),
    /// An act without a form.
    Plain,
}

/// An action that waits until a page has its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intent {
    /// Whose page.
    pub subject: Subject,
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
    /// Colours may be used (`NO_COLOR` says no).
    pub color: bool,
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
    /// The officers who sign with a PIN, as last read with the handover.
    pub pins: Vec<OfficerId>,
    /// The first line of the handover shown.
    pub summary_scroll: usize,
    /// The report.
    pub report: ReportScreen,
    /// What lies above the screen.
    pub layers: Vec<Layer>,
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
    pub(in crate::app) next: u64,
    pub(in crate::app) waiting: BTreeMap<Place, u64>,
    pub(in crate::app) sent: BTreeMap<u64, Purpose>,
    pub(in crate::app) leaving: bool,
    pub(in crate::app) intent: Option<Intent>,
    pub(in crate::app) planning: Option<ImportRequest>,
    pub(in crate::app) settings_form: bool,
    /// The handover is read to be taken over alone.
    pub(in crate::app) taking_over: bool,
    /// Why the office can only be read, when nothing can be written to it.
    pub read_only: Option<Say>,
    /// An act has waited for its answer for longer than a moment.
    pub saving: bool,
    /// What was typed while what is seen waits for its answer.
    pub(in crate::app) typed: VecDeque<Typed>,
    /// How much of it was more than is kept.
    pub(in crate::app) typed_lost: usize,
}

impl State {
    /// The screen before anything is loaded; `plain` for a terminal that cannot be asked what it draws. `now` and the calendar come from the clock and the office.
    pub fn new(lang: Lang, plain: bool, color: bool, now: Ts, calendar: Calendar) -> Self {
        Self {
            lang,
            widths: if plain { Widths::PLAIN } else { Widths::default() },
            color,
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
            pins: Vec::new(),
            summary_scroll: 0,
            report: ReportScreen::default(),
            layers: Vec::new(),
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
            next: 1,
            waiting: BTreeMap::new(),
            sent: BTreeMap::new(),
            leaving: false,
            intent: None,
            planning: None,
            settings_form: false,
            taking_over: false,
            read_only: None,
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
    pub fn page(&self) -> Option<&Layer> {
        self.layers.iter().rev().find(|layer| layer.is_page())
    }

    pub(in crate::app) fn page_mut(&mut self) -> Option<&mut Layer> {
        self.layers.iter_mut().rev().find(|layer| layer.is_page())
    }

    /// What the keys go by on the page that is seen, dialogs aside.
    pub fn page_context(&self) -> Context {
        match self.page() {
            Some(Layer::Dossier(_)) => Context::Dossier,
            Some(Layer::Unit(_)) => Context::Unit,
            Some(Layer::Contacts(_)) => Context::Contacts,
            Some(Layer::Contact(_)) => Context::Contact,
            Some(Layer::Behind(_)) => Context::Behind,
            Some(Layer::Told(_)) => Context::Told,
            Some(Layer::Shifts(_)) => Context::Shifts,
            Some(Layer::Callers(_)) => Context::Callers,
            _ => self.home.context(),
        }
    }

    /// What the keys go by now.
    pub fn context(&self) -> Context {
        match self.layers.last() {
            _ if self.lock.is_some() => Context::Locked,
            Some(Layer::Form(_)) => Context::Form,
            Some(Layer::Find(find)) if find.in_list => Context::Results,
            Some(Layer::Find(_)) => Context::Find,
            Some(Layer::Palette(_)) => Context::Palette,
            Some(Layer::Help { .. } | Layer::Detail { .. }) => Context::Reading,
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
            Some(Layer::Unit(page)) if page.tab == 0 => return Some(&page.people),
            Some(Layer::Contacts(page)) => return Some(&page.contacts),
            Some(Layer::Behind(page)) => return Some(&page.rows),
            Some(Layer::Told(page)) => return Some(&page.rows),
            Some(Layer::Shifts(page)) => return Some(&page.rows),
            Some(Layer::Callers(page)) => return Some(&page.rows),
            Some(_) => return None,
            None => {}
        }
        Some(match self.home {
            Home::Board => match self.board.focus {
                0 => &self.board.outstanding,
                1 => &self.board.cases,
                2 => &self.board.units,
                _ => &self.board.due,
            },
            Home::Units => &self.tables.units,
            Home::Outstanding => &self.tables.outstanding,
            Home::Cases => &self.tables.cases,
            Home::Due => &self.tables.due,
            Home::People => &self.tables.people,
            Home::Log => &self.tables.log,
            Home::Handover | Home::Sitrep => return None,
        })
    }

    pub(in crate::app) fn list_mut(&mut self) -> Option<&mut dyn List> {
        if self.page().is_some() {
            return match self.page_mut() {
                Some(Layer::Unit(page)) if page.tab == 0 => Some(&mut page.people),
                Some(Layer::Contacts(page)) => Some(&mut page.contacts),
                Some(Layer::Behind(page)) => Some(&mut page.rows),
                Some(Layer::Told(page)) => Some(&mut page.rows),
                Some(Layer::Shifts(page)) => Some(&mut page.rows),
                Some(Layer::Callers(page)) => Some(&mut page.rows),
                _ => None,
            };
        }
        Some(match self.home {
            Home::Board => match self.board.focus {
                0 => &mut self.board.outstanding,
                1 => &mut self.board.cases,
                2 => &mut self.board.units,
                _ => &mut self.board.due,
            },
            Home::Units => &mut self.tables.units,
            Home::Outstanding => &mut self.tables.outstanding,
            Home::Cases => &mut self.tables.cases,
            Home::Due => &mut self.tables.due,
            Home::People => &mut self.tables.people,
            Home::Log => &mut self.tables.log,
            Home::Handover | Home::Sitrep => return None,
        })
    }

    /// The selected row of the list with the cursor.
    pub fn selected(&self) -> Option<RowId> {
        self.list().and_then(List::selected)
    }
}
