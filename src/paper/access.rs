//! The access log (查看记录): who looked at whose numbers, and which papers left the office.

use super::face::with;
use super::sheet::{Cell, Sheet};
use super::{Moment, PaperKind, Source};
use crate::domain::ids::Subject;
use crate::i18n::paper;
use crate::i18n::rights as say;
use crate::i18n::terms::{CALL_SHEET_REASON, paper};
use crate::say::{Lang, Say};
use crate::store::query::{AccessRow, AccessSheet, Looked};
use serde_json::{Value, json};

/// The access log of a time, of a person or an officer.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The looks.
    pub sheet: AccessSheet,
}

impl Source for Paper {
    fn kind(&self) -> PaperKind {
        PaperKind::Access
    }

    fn office(&self) -> &str {
        &self.sheet.face.office
    }

    fn subject(&self) -> Option<Subject> {
        self.sheet.person.as_ref().map(|(id, ..)| Subject::Person(*id))
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.sheet.face.calendar, self.sheet.face.at))
    }

    fn context(&self, lang: Lang) -> Value {
        let calendar = self.sheet.face.calendar;
        let rows = self.sheet.rows.iter().map(|row| {
            json!({
                "at": calendar.ymd_hm(row.at), "officer": row.officer, "no": row.no, "name": row.name,
                "what": what(row).get(lang), "why": why(row).get(lang), "op": row.seq,
            })
        });
        let (no, name) = match &self.sheet.person {
            Some((_, no, name)) => (no.as_str(), name.as_str()),
            None => ("", ""),
        };
        let more = json!({
            "no": no, "name": name, "by": self.sheet.officer,
            "since": self.sheet.since.map(|since| calendar.ymd_hm(since)),
            "count": self.sheet.rows.len(), "rows": rows.collect::<Vec<_>>(),
        });
        with(&self.sheet.face, false, lang, more)
    }

    fn sheets(&self, lang: Lang) -> Vec<Sheet> {
        let heads =
            [paper::COL_TIME, say::OFFICER, paper::COL_NO, paper::COL_NAME, say::WHAT, say::WHY, say::OP];
        let rows = self.sheet.rows.iter().map(|row| {
            vec![
                Cell::At(self.sheet.face.calendar.local(row.at)),
                Cell::text(&row.officer),
                Cell::text(&row.no),
                Cell::text(&row.name),
                Cell::text(what(row).get(lang)),
                Cell::text(why(row).get(lang)),
                Cell::Int(row.seq),
            ]
        });
        vec![Sheet {
            name: say::TAB.get(lang).to_owned(),
            head: heads.iter().map(|head| head.get(lang).to_owned()).collect(),
            rows: rows.collect(),
        }]
    }

    fn json(&self, lang: Lang) -> Value {
        let calendar = self.sheet.face.calendar;
        let rows = self.sheet.rows.iter().map(|row| {
            let (code, paper, to) = match &row.what {
                Looked::Numbers => ("numbers", None, None),
                Looked::Caller => ("caller", None, None),
                Looked::Entry => ("entry", None, None),
                Looked::Paper(paper, to) => ("paper", Some(paper), Some(to)),
                Looked::Probed(_) => ("probed", None, None),
                Looked::Erased => ("erased", None, None),
            };
            json!({
                "op": row.seq, "at": calendar.rfc3339(row.at), "officer": row.officer, "what": code,
                "paper": paper, "to": to, "no": row.no, "name": row.name, "reason": row.reason,
                "approved_by": row.approved_by, "words": what(row).get(lang),
            })
        });
        json!({
            "office": self.sheet.face.office, "rehearsal": self.sheet.face.rehearsal,
            "made_at": calendar.rfc3339(self.sheet.face.at), "head": self.sheet.face.head,
            "person": self.sheet.person.as_ref().map(|(_, no, _)| no), "officer": self.sheet.officer,
            "since": self.sheet.since.map(|since| calendar.rfc3339(since)),
            "looks": rows.collect::<Vec<_>>(),
        })
    }
}

/// What was looked at, in words.
fn what(row: &AccessRow) -> Say {
    match &row.what {
        Looked::Numbers => say::NUMBERS.into(),
        Looked::Caller => say::CALLER.into(),
        Looked::Entry => say::ENTRY.into(),
        Looked::Paper(code, to) => {
            let name = paper(code);
            Say { zh: say::printed(name.zh, to).zh, en: say::printed(name.en, to).en }
        }
        Looked::Probed(n) => say::probed(*n),
        Looked::Erased => crate::i18n::handover::ERASED.into(),
    }
}

/// Why, and who approved it.
fn why(row: &AccessRow) -> Say {
    let reason: Say = match row.reason.as_str() {
        "call" => say::TO_CALL.into(),
        CALL_SHEET_REASON => say::FOR_CALL_SHEET.into(),
        reason => Say::same(reason),
    };
    if row.approved_by.is_empty() {
        return reason;
    }
    Say {
        zh: say::approved(&reason.zh, &row.approved_by).zh,
        en: say::approved(&reason.en, &row.approved_by).en,
    }
}
