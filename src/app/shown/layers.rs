//! What lies above the screen: the pages of people, units and outside contacts, and the dialogs.

use super::behind::BehindLine;
use super::column::Ctx;
use super::effect::ImportRequest;
use super::form::Form;
use super::grid::Behind;
use super::msg::PlanView;
use super::paper::{Preview, Which};
use super::table::Table;
use super::told::ToldLine;
use crate::app::keymap::Context;
use crate::app::shown::find::Find;
use crate::domain::handover::How;
use crate::domain::ids::{ContactId, OfficerId, OpRef, PersonId, UnitId};
use crate::log::event::HandoverItem;
use crate::paper::summary::Summary;
use crate::say::Say;
use crate::store::act::Asked;
use crate::store::query::rows::ShiftRange;
use crate::store::query::rows::{
    CallerRow, ContactRow, ContactSheet, Dossier, Mask, PersonRow, SitrepView, Spoken, UndoPreview, UnitSheet,
};
use tui_input::Input;

/// What lies above the screen: pages first, dialogs above them. The last one has the keys.
#[derive(Debug, Clone)]
pub enum Layer {
    /// One person.
    Dossier(DossierPage),
    /// One unit.
    Unit(Box<UnitPage>),
    /// The directory of outside contacts.
    Contacts(Box<ContactsPage>),
    /// One outside contact.
    Contact(ContactPage),
    /// Who or what is behind a figure.
    Behind(Box<BehindPage>),
    /// What was told to whom.
    Told(Box<ToldPage>),
    /// Earlier shifts.
    Shifts(Box<ShiftsPage>),
    /// Calls from nobody known.
    Callers(Box<CallersPage>),
    /// The report spoken in thirty seconds.
    Spoken(Box<SpokenBox>),
    /// A form.
    Form(Box<Form>),
    /// Find anyone.
    Find(Box<Find>),
    /// Run by name.
    Palette(Palette),
    /// Every key that works below.
    Help {
        /// Where it was asked for.
        context: Context,
        /// The first line shown.
        scroll: usize,
    },
    /// What an undo would take back.
    Undo(UndoBox),
    /// Leave the desk?
    Quit {
        /// The answer the cursor stands on.
        yes: bool,
    },
    /// Pick an officer.
    Pick(Pick),
    /// The walk through the open items.
    Walk(Walk),
    /// Work beside the screen.
    Working(Working),
    /// A planned import.
    Plan(Box<PlanBox>),
    /// Some papers to choose one from.
    Which(Which),
    /// A paper as it will be printed.
    Paper(Box<Preview>),
    /// One line in full.
    Detail {
        /// Its title.
        title: Say,
        /// All of it.
        lines: Vec<Say>,
        /// The first line shown.
        scroll: usize,
    },
}

/// The page of one person.
#[derive(Debug, Clone)]
pub struct DossierPage {
    /// Whose.
    pub id: PersonId,
    /// What is known; absent until it is loaded. To be shown it is asked for by [`Self::seen`].
    pub data: Option<Box<Dossier>>,
    /// The same with the numbers in its texts hidden.
    pub(in crate::app) masked: Option<Box<Dossier>>,
    /// There is no such person.
    pub missing: bool,
    /// Which part is shown below the facts.
    pub tab: usize,
    /// The first line of that part.
    pub scroll: usize,
}

impl DossierPage {
    /// The page before anything is known.
    pub(in crate::app) fn new(id: PersonId) -> Self {
        Self { id, data: None, masked: None, missing: false, tab: 0, scroll: 0 }
    }

    /// Takes in what is known; nothing when there is no such person.
    pub(in crate::app) fn take(&mut self, found: Option<Box<Dossier>>) {
        self.missing = found.is_none();
        self.masked = found.as_ref().map(|data| Box::new(data.masked()));
        self.data = found;
    }

    /// What is shown of it: the numbers in its texts too only while the person's numbers are shown.
    pub fn seen(&self, ctx: &Ctx) -> Option<&Dossier> {
        if ctx.shows(self.id) { self.data.as_deref() } else { self.masked.as_deref() }
    }
}

/// How many parts a dossier has: calls, readings, cases, legs, notes.
pub const DOSSIER_TABS: usize = 5;
/// Which of them is the readings.
pub const READINGS_TAB: usize = 1;
/// How many parts a unit's page has: people, calls, reports, notes.
pub const UNIT_TABS: usize = 4;

/// The page of one unit.
#[derive(Debug, Clone)]
pub struct UnitPage {
    /// Which.
    pub id: UnitId,
    /// What is known; absent until it is loaded.
    pub sheet: Option<Box<UnitSheet>>,
    /// There is no such unit.
    pub missing: bool,
    /// Which part is shown.
    pub tab: usize,
    /// The first line of a part that is not the people.
    pub scroll: usize,
    /// Its people.
    pub people: Table<PersonRow>,
}

/// The directory of outside contacts.
#[derive(Debug, Clone)]
pub struct ContactsPage {
    /// All of them.
    pub contacts: Table<ContactRow>,
}

/// The page of one outside contact.
#[derive(Debug, Clone)]
pub struct ContactPage {
    /// Which.
    pub id: ContactId,
    /// What is known; absent until it is loaded.
    pub sheet: Option<Box<ContactSheet>>,
    /// There is no such contact.
    pub missing: bool,
    /// Which part is shown.
    pub tab: usize,
    /// The first line of that part.
    pub scroll: usize,
}

/// Who or what is behind a figure.
#[derive(Debug, Clone)]
pub struct BehindPage {
    /// What the figure is called, and the figure.
    pub title: Say,
    /// Who or what.
    pub behind: Behind,
    /// In rows, once loaded.
    pub rows: Table<BehindLine>,
}

/// What was told to whom (口径簿).
#[derive(Debug, Clone)]
pub struct ToldPage {
    /// The entries, once loaded.
    pub rows: Table<ToldLine>,
    /// The figures of today, for what is recorded by hand.
    pub view: Option<Box<SitrepView>>,
}

/// Earlier shifts.
#[derive(Debug, Clone)]
pub struct ShiftsPage {
    /// The shifts, once loaded.
    pub rows: Table<ShiftRange>,
}

/// Calls from nobody known (待核实来电).
#[derive(Debug, Clone)]
pub struct CallersPage {
    /// The calls, once loaded.
    pub rows: Table<CallerRow>,
}

/// The report spoken in thirty seconds.
#[derive(Debug, Clone, Default)]
pub struct SpokenBox {
    /// What it is made from, once loaded.
    pub data: Option<Box<Spoken>>,
    /// Its sentences in both languages.
    pub sentences: Vec<Say>,
    /// Why it could not be made.
    pub error: Option<Say>,
}

impl Layer {
    /// Whether it is a page: it takes the place of the screen, and dialogs lie above it.
    pub fn is_page(&self) -> bool {
        matches!(
            self,
            Self::Dossier(_)
                | Self::Unit(_)
                | Self::Contacts(_)
                | Self::Contact(_)
                | Self::Behind(_)
                | Self::Told(_)
                | Self::Shifts(_)
                | Self::Callers(_)
        )
    }
}

/// The palette of commands.
#[derive(Debug, Clone)]
pub struct Palette {
    /// Where it was asked for.
    pub context: Context,
    /// As typed.
    pub input: Input,
    /// Which of the table's bindings fit, the best first.
    pub fitting: Vec<usize>,
    /// The selected one.
    pub at: usize,
}

/// What an undo would take back.
#[derive(Debug, Clone)]
pub struct UndoBox {
    /// Which op was asked for.
    pub op: Option<OpRef>,
    /// What it is; absent until loaded.
    pub preview: Option<Box<UndoPreview>>,
    /// Why it cannot be shown or was not done.
    pub error: Option<Say>,
    /// The answer the cursor stands on.
    pub yes: bool,
    /// It was sent.
    pub token: Option<u64>,
}

/// Why an officer is picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickFor {
    /// To sit at this terminal.
    Switch,
    /// To hand over to.
    TakeOver,
}

/// A list of officers.
#[derive(Debug, Clone)]
pub struct Pick {
    /// What for.
    pub purpose: PickFor,
    /// Who.
    pub officers: Vec<(OfficerId, String)>,
    /// The selected one.
    pub at: usize,
}

/// The walk through the open items of a handover.
#[derive(Debug, Clone)]
pub struct Walk {
    /// Who takes over.
    pub to: (OfficerId, String),
    /// How the shift is passed on.
    pub how: How,
    /// Every item with its words.
    pub items: Vec<(HandoverItem, Say)>,
    /// The questions left on some of them.
    pub questions: Vec<Asked>,
    /// The selected one.
    pub at: usize,
    /// The handover as it was when the walk began: what is closed is what was walked.
    pub paper: Box<Summary>,
    /// Ticked since the draft was last kept.
    pub dirty: bool,
}

/// Work beside the screen.
#[derive(Debug, Clone)]
pub struct Working {
    /// Which.
    pub token: u64,
    /// What.
    pub title: Say,
    /// What is being done now.
    pub words: Say,
    /// How much is done.
    pub done: u64,
    /// Of how much; 0 when not known.
    pub total: u64,
    /// The form to come back to when it fails.
    pub form: Box<Form>,
}

/// A planned import to say yes or no to.
#[derive(Debug, Clone)]
pub struct PlanBox {
    /// Names the plan.
    pub token: u64,
    /// What was asked for.
    pub request: ImportRequest,
    /// The form to come back to when the answer is no.
    pub form: Box<Form>,
    /// What would happen.
    pub plan: PlanView,
    /// The first line shown.
    pub scroll: usize,
    /// The answer the cursor stands on.
    pub yes: bool,
    /// Why reports are sent again.
    pub reason: Input,
    /// Why it was not taken in.
    pub error: Option<Say>,
    /// It was sent.
    pub sending: bool,
}
