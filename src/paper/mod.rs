//! Log slice → a [`Source`] (plain data) → template → [`Paper`] of blocks → screen preview, text, PDF; tables also
//! as a workbook, everything as JSON; printing. Reads snapshots; never touches a live table.
//!
//! Each paper is a plain struct that implements [`Source`]. [`template::make`] puts it into the words of its
//! template and gives the [`Paper`]; from there on no form of it knows which paper it is.

pub mod access;
pub mod block;
pub mod callsheet;
pub mod chart;
pub mod chase;
mod code;
pub mod desk;
pub mod dossier;
pub mod draw;
mod face;
pub mod feedback;
pub mod file;
pub mod flow;
pub mod fonts;
pub mod frozen;
pub mod glyphs;
pub mod grid;
pub mod handover;
pub mod json;
pub mod layout;
pub mod ledger;
pub mod lines;
pub mod markdown;
pub mod measure;
mod pack;
pub mod pdf;
pub mod picture;
#[cfg(test)]
mod press_tests;
pub mod preview;
pub mod print;
pub mod release;
#[cfg(test)]
mod setting_tests;
pub mod shape;
pub mod sheet;
pub mod sitrep;
pub mod spoken;
pub mod summary;
mod system;
mod tags;
pub mod template;
pub mod to_fill;
mod together;
pub mod unit_sheet;
pub mod workbook;

use crate::domain::codes;
use crate::domain::ids::Subject;
use crate::domain::time::{Calendar, Ts};
use crate::say::{Lang, Say};
use block::Block;
use chart::Chart;
use chrono::NaiveDateTime;
use serde_json::Value;
use sheet::Sheet;

codes! {
    /// Which paper.
    PaperKind {
        /// 值班交接单
        Handover = "handover",
        /// 疫情日报
        Sitrep = "sitrep",
        /// 应联系人员名单
        CallSheet = "callsheet",
        /// 一人一档
        Dossier = "dossier",
        /// 解除通知
        Release = "release",
        /// 单位催报单
        UnitSheet = "unit-sheet",
        /// 报送反馈单
        Feedback = "feedback",
        /// 查看记录
        Access = "access",
        /// 台账
        Ledger = "ledger",
    }
}

/// What a paper is made from: plain data, cut from one snapshot of the log.
pub trait Source {
    /// Which paper.
    fn kind(&self) -> PaperKind;
    /// The office's name.
    fn office(&self) -> &str;
    /// Whom it is about, when that is one person or unit: the log says whose paper left the office.
    fn subject(&self) -> Option<Subject> {
        None
    }
    /// When it was cut: an archive asks for it.
    fn cut(&self) -> Option<Moment> {
        None
    }
    /// What the template may speak of: an object of names and values, already in `lang` where they are words,
    /// with times on the office's clock. Documented field by field in `data/templates/README.md`.
    fn context(&self, lang: Lang) -> Value;
    /// The pictures that the template may place by their names.
    fn charts(&self, _lang: Lang) -> Vec<Chart> {
        Vec::new()
    }
    /// Its tables as a workbook; none for a paper that is not a table.
    fn sheets(&self, _lang: Lang) -> Vec<Sheet> {
        Vec::new()
    }
    /// A stable interface for other programs.
    fn json(&self, lang: Lang) -> Value;
}

/// A moment on the office's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// As the clock showed it.
    pub local: NaiveDateTime,
    /// Minutes east of UTC.
    pub offset: i32,
}

impl Moment {
    /// A moment by the office's calendar.
    pub fn of(calendar: Calendar, at: Ts) -> Self {
        Self { local: calendar.local(at), offset: calendar.utc_offset_min }
    }
}

/// A paper in one language, ready to be shown, written or printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Which.
    pub kind: PaperKind,
    /// In which language.
    pub lang: Lang,
    /// Whom it is about, when that is one person or unit.
    pub subject: Option<Subject>,
    /// Its title, as plain text.
    pub title: String,
    /// How it looks.
    pub look: block::Sheet,
    /// What stands on it.
    pub blocks: Vec<Block>,
    /// Its tables.
    pub sheets: Vec<Sheet>,
    /// For other programs.
    pub json: Value,
    /// When it was cut; none for what no office made.
    pub cut: Option<Moment>,
    /// Why the office's own template was not used, with its line; the built-in one was.
    pub warning: Option<Say>,
}
