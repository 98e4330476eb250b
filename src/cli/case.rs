//! `zhiban case open|change|release`.

use super::Done;
use super::args::{Case, CaseFields};
use super::log::told;
use super::office::{Ctx, Office};
use crate::domain::case::{CaseFacts, Measure};
use crate::domain::rules::Rules;
use crate::error::Result;
use crate::store::act::Act;

impl CaseFields {
    fn facts(self) -> CaseFacts {
        CaseFacts {
            categories: Some(self.categories).filter(|all| !all.is_empty()),
            measure: self.measure,
            place: self.place,
            start: self.start,
            last_exposure: self.last_exposure,
            days: self.days,
            contact: self.contact,
            note: self.note,
        }
    }
}

pub(super) fn run(ctx: &Ctx, args: Case) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let (act, at, json) = match args {
        Case::Open(args) => {
            let at = office.at(args.at.as_deref())?;
            let facts = completed(&office, args.fields.facts());
            (Act::OpenCase { person: office.person(&args.no)?, facts }, at, args.json)
        }
        Case::Change(args) => {
            let case = office.case(&args.no)?;
            let act = Act::ChangeCase { case, facts: args.fields.facts(), reason: args.reason };
            (act, office.at(args.at.as_deref())?, args.json)
        }
        Case::Release(args) => {
            let case = office.case(&args.no)?;
            (Act::ReleaseCase { case, reason: args.reason }, office.at(args.at.as_deref())?, args.json)
        }
    };
    let committed = office.commit(&act, at)?;
    told(&office, &committed, json)
}

/// What a new case has when nothing else is said: a measure is counted from today, for as many days as the rules
/// in force say.
fn completed(office: &Office, mut facts: CaseFacts) -> CaseFacts {
    let today = office.settings.calendar.day(office.now());
    if facts.measure.is_some_and(|measure| measure != Measure::None) {
        facts.start = facts.start.or(Some(today));
        facts.days = facts.days.or_else(|| Rules::builtin().observation_days(today));
    }
    facts
}
