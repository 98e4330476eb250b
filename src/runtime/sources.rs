//! What a paper is made from: the query of each, cut from one snapshot.

use crate::app::paper::PaperAsk;
use crate::domain::ids::PersonId;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::paper::{Source, callsheet, dossier, release, unit_sheet};
use crate::store::{Reader, query};

/// What was asked for, cut.
pub(super) struct Cut {
    /// The papers' sources; several for several units.
    pub all: Vec<Box<dyn Source>>,
    /// The people whose private numbers stand on them.
    pub people: Vec<PersonId>,
    /// The head code of the log they were cut from.
    pub head: String,
}

impl Cut {
    fn one(source: impl Source + 'static, people: Vec<PersonId>, head: String) -> Self {
        Self { all: vec![Box::new(source)], people, head }
    }
}

/// Cuts what a paper is made from. With `revealed`, private numbers stand on it in full: it is in the log already that
/// they were asked for.
pub(super) fn cut(reader: &Reader, now: Ts, ask: &PaperAsk, revealed: bool) -> Result<Cut> {
    match ask {
        PaperAsk::CallSheet => {
            let sheet = query::call_sheet(reader, now)?;
            let (people, head) = (sheet.people(), sheet.face.head.clone());
            Ok(Cut::one(callsheet::Paper { sheet, revealed }, people, head))
        }
        PaperAsk::Dossier(person) => {
            let sheet = query::dossier_sheet(reader, *person, now)?;
            let sheet = sheet.ok_or_else(|| Error::not_found(say::NO_PERSON))?;
            let head = sheet.face.head.clone();
            Ok(Cut::one(dossier::Paper { sheet, revealed }, vec![*person], head))
        }
        PaperAsk::Release(person) => {
            let sheet = query::release_sheet(reader, *person, now)?;
            let sheet = sheet.ok_or_else(|| Error::not_found(say::NO_PERSON))?;
            let head = sheet.face.head.clone();
            Ok(Cut::one(release::Paper::of(sheet, false)?, Vec::new(), head))
        }
        PaperAsk::UnitSheets(units) => {
            let mut all: Vec<Box<dyn Source>> = Vec::with_capacity(units.len());
            let mut head = String::new();
            for unit in units {
                let sheet = unit_sheet::Paper::each(query::debts(reader, Some(*unit), now)?).pop();
                let sheet = sheet.ok_or_else(|| Error::not_found(say::NO_UNIT))?;
                sheet.head().clone_into(&mut head);
                all.push(Box::new(sheet));
            }
            Ok(Cut { all, people: Vec::new(), head })
        }
        _ => Err(Error::refused(crate::i18n::runtime::NO_SHIFT)),
    }
}
