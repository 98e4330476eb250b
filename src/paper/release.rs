//! The release notice (解除通知): an official paper that says of one person that a measure has ended, how the days
//! were counted, and who signed. There is none before somebody signed the release; a draft says that it is one.

use super::face::{line, long, with};
use super::{Moment, PaperKind, Source};
use crate::domain::case::RecentFever;
use crate::domain::case::{Against, CaseFacts, Measure};
use crate::domain::ids::Subject;
use crate::error::{Error, Result};
use crate::i18n::paper as say;
use crate::i18n::terms::{categories, word};
use crate::say::{Lang, Say};
use crate::store::query::ReleaseSheet;
use crate::store::query::rows::{CaseDetail, Mask};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The release notice of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    sheet: ReleaseSheet,
    case: CaseDetail,
    draft: bool,
}

impl Paper {
    /// The notice of the newest case; a draft when asked for.
    ///
    /// # Errors
    /// The person never had a case; nobody has signed the release, and a draft was not asked for.
    pub fn of(sheet: ReleaseSheet, draft: bool) -> Result<Self> {
        let Some(mut case) = sheet.case.clone() else {
            return Err(Error::not_found(say::never_had_a_case(line(&sheet.name))));
        };
        if case.released.is_none() && !draft {
            let (name, state) = (line(&sheet.name), word(case.state));
            let told =
                Say { zh: say::not_released(&name, state.zh).zh, en: say::not_released(&name, state.en).en };
            return Err(Error::refused(told).hint(say::not_released_hint(line(&sheet.no))));
        }
        case.mask();
        Ok(Self { sheet, case, draft })
    }

    fn measure(&self) -> Measure {
        self.case.facts.measure.unwrap_or(Measure::None)
    }

    /// The first day of the measure: as said, else the day the case was opened.
    fn from(&self) -> NaiveDate {
        let opened = self.sheet.face.calendar.day(self.case.opened_at);
        self.case.facts.start.unwrap_or(opened)
    }

    /// The day to which the measure lasted: that of the release; for a draft, today.
    fn to(&self) -> NaiveDate {
        let calendar = self.sheet.face.calendar;
        calendar.day(self.case.released.as_ref().map_or(self.sheet.face.at, |(at, ..)| *at))
    }

    /// The days as they are counted, when days are counted.
    fn count(&self, lang: Lang) -> Value {
        let facts: &CaseFacts = &self.case.facts;
        let (Some(zero), Some(on)) = (facts.day_zero(), facts.observation(self.to())) else {
            return Value::Null;
        };
        let formula = say::day_count(zero, on.total, on.last_day);
        json!({
            "zero": long(zero, lang),
            "total": on.total,
            "last_day": long(on.last_day, lang),
            "formula": formula.get(lang),
            "from_contact": facts.last_exposure.is_some(),
            "day": on.shown_day(),
            "is_over": on.is_over(),
        })
    }
}

/// What stood against the release, in words; nothing where nothing did.
fn despite(all: &[Against], fever: Option<RecentFever>, lang: Lang) -> Option<String> {
    (!all.is_empty()).then(|| crate::i18n::cases::listed(all, fever).get(lang).to_owned())
}

impl Source for Paper {
    fn kind(&self) -> PaperKind {
        PaperKind::Release
    }

    fn office(&self) -> &str {
        &self.sheet.face.office
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Person(self.sheet.person))
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.sheet.face.calendar, self.sheet.face.at))
    }

    fn context(&self, lang: Lang) -> Value {
        let facts = &self.case.facts;
        let calendar = self.sheet.face.calendar;
        let text = |text: &Option<String>| line(text.as_deref().unwrap_or_default());
        let released = self.case.released.as_ref().map(|(at, officer, reason)| {
            json!({
                "at": calendar.ymd_hm(*at), "day": long(calendar.date(*at), lang),
                "by": officer, "reason": line(reason),
            })
        });
        let more = json!({
            "draft": self.draft,
            "no": self.sheet.no,
            "name": line(&self.sheet.name),
            "unit": line(&self.sheet.unit),
            "why": categories(facts.categories.as_deref().unwrap_or_default()).get(lang),
            "has_measure": self.measure() != Measure::None,
            "measure": word(self.measure()).get(lang),
            "place": text(&facts.place),
            "contact": text(&facts.contact),
            "state": word(self.case.state).get(lang),
            "from": long(self.from(), lang),
            "to": long(self.to(), lang),
            "count": self.count(lang),
            "released": released,
            "despite": despite(&self.case.despite, self.sheet.fever, lang),
        });
        with(&self.sheet.face, false, lang, more)
    }

    fn json(&self, _lang: Lang) -> Value {
        let calendar = self.sheet.face.calendar;
        let on = self.case.facts.observation(self.to());
        json!({
            "office": self.sheet.face.office, "rehearsal": self.sheet.face.rehearsal,
            "made_at": calendar.rfc3339(self.sheet.face.at), "head": self.sheet.face.head,
            "draft": self.draft, "no": self.sheet.no, "name": self.sheet.name, "unit": self.sheet.unit,
            "categories": self.case.facts.categories, "measure": self.measure(), "place": self.case.facts.place,
            "from": self.from(), "to": self.to(), "day_zero": self.case.facts.day_zero(),
            "days": on.map(|o| o.total), "last_day": on.map(|o| o.last_day), "state": self.case.state,
            "released": self.case.released.as_ref().map(|(at, officer, reason)| {
                json!({ "at": calendar.rfc3339(*at), "officer": officer, "reason": reason })
            }),
            "despite": self.case.despite,
        })
    }
}
