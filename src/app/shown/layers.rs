//! What lies above the screen: pages, and the dialogs.

use super::effect::ImportRequest;
use super::form::Form;
use super::msg::PlanView;
use super::page::Page;
use super::paper::{Preview, Which};
use crate::app::keymap::Context;
use crate::app::shown::find::Find;
use crate::domain::handover::How;
use crate::domain::ids::{OfficerId, OpRef, UnitId};
use crate::log::event::HandoverItem;
use crate::paper::summary::Summary;
use crate::say::Say;
use crate::store::act::Asked;
use crate::store::query::rows::{Spoken, UndoPreview};
use std::collections::BTreeSet;
use tui_input::Input;

/// What lies above the screen: pages first, dialogs above them. The last one has the keys.
#[derive(Debug, Clone)]
pub enum Layer {
    /// A page.
    Page(Box<dyn Page>),
    /// The report spoken in thirty seconds.
    Spoken(Box<SpokenBox>),
    /// A form.
    Form(Box<Form>),
    /// Find anyone.
    Find(Box<Find>),
    /// Run by name.
    Palette(Palette),
    /// Every key that works below.
    Help(Help),
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
    /// The page, if it is one.
    pub fn page(&self) -> Option<&dyn Page> {
        match self {
            Self::Page(page) => Some(&**page),
            _ => None,
        }
    }

    pub(in crate::app) fn page_mut(&mut self) -> Option<&mut dyn Page> {
        match self {
            Self::Page(page) => Some(&mut **page),
            _ => None,
        }
    }

    /// Whether it is a page: it takes the place of the screen, and dialogs lie above it.
    pub fn is_page(&self) -> bool {
        self.page().is_some()
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
    /// Every item with its words; those of one person stand together.
    pub items: Vec<(HandoverItem, Say)>,
    /// The place of each on the paper.
    pub places: Vec<usize>,
    /// The questions left on some of them.
    pub questions: Vec<Asked>,
    /// The selected one.
    pub at: usize,
    /// The handover as it was when the walk began: what is closed is what was walked.
    pub paper: Box<Summary>,
    /// Ticked since the draft was last kept.
    pub dirty: bool,
}

/// Every key that works on the page below, or those that fit what is typed.
#[derive(Debug, Clone)]
pub struct Help {
    /// Where it was asked for.
    pub context: Context,
    /// The first line shown.
    pub scroll: usize,
    /// What is typed.
    pub filter: Input,
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
    /// The form to come back to when it fails, where it began with one.
    pub form: Option<Box<Form>>,
}

/// A planned import to say yes or no to.
#[derive(Debug, Clone)]
pub struct PlanBox {
    /// Names the plan.
    pub token: u64,
    /// What was asked for.
    pub request: ImportRequest,
    /// The form to come back to when the answer is no, where it began with one.
    pub form: Option<Box<Form>>,
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
    /// Units that are left out.
    pub out: BTreeSet<UnitId>,
    /// The unit with the cursor, once it is among them.
    pub unit: Option<usize>,
}
