//! The call sheet (应联系人员名单): who must be called today, with boxes to tick and room to write. It is what the
//! office works from when the power is out.

use super::face::{line, with};
use super::sheet::{Cell, Sheet};
use super::{Moment, PaperKind, Source};
use crate::domain::item::DueState;
use crate::domain::time::Ts;
use crate::i18n::paper as say;
use crate::i18n::slots;
use crate::i18n::terms::{joined, word};
use crate::say::{Lang, Say};
use crate::store::query::rows::CallNumber;
use crate::store::query::{CallFor, CallSheet, Reason, ToCall};
use serde_json::{Value, json};

/// The call sheet of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Whom to call.
    pub sheet: CallSheet,
    /// Whether numbers of people stand on it whole: that was logged, for each of them.
    pub revealed: bool,
}

impl Source for Paper {
    fn kind(&self) -> PaperKind {
        PaperKind::CallSheet
    }

    fn office(&self) -> &str {
        &self.sheet.face.office
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.sheet.face.calendar, self.sheet.face.at))
    }

    fn context(&self, lang: Lang) -> Value {
        let (now, later): (Vec<&ToCall>, Vec<&ToCall>) =
            self.sheet.lines.iter().partition(|line| is_due(line));
        let rows = |lines: &[&ToCall]| lines.iter().map(|line| self.row(line, lang)).collect::<Vec<_>>();
        let more = json!({
            "day": self.sheet.day.to_string(),
            "count": self.sheet.lines.len(),
            "people": self.sheet.people().len(),
            "due": rows(&now),
            "coming": rows(&later),
        });
        with(&self.sheet.face, self.revealed, lang, more)
    }

    fn sheets(&self, lang: Lang) -> Vec<Sheet> {
        let heads = [
            say::COL_TIME,
            say::COL_NAME,
            say::COL_NO,
            say::COL_UNIT,
            say::COL_PHONE,
            say::COL_WHY,
            say::COL_LAST,
            say::COL_TEMPERATURE,
            say::COL_RESULT,
        ];
        let rows = self.sheet.lines.iter().map(|call| {
            vec![
                Cell::At(self.sheet.face.calendar.local(call.at)),
                Cell::text(name(call, lang)),
                Cell::text(&call.no),
                Cell::text(&call.unit),
                Cell::text(self.phones(call, lang).join(" / ")),
                Cell::text(self.why(call).get(lang)),
                Cell::text(self.last(call, lang)),
                Cell::Empty,
                Cell::Empty,
            ]
        });
        vec![Sheet {
            name: say::TAB_CALLS.get(lang).to_owned(),
            head: heads.iter().map(|head| head.get(lang).to_owned()).collect(),
            rows: rows.collect(),
        }]
    }

    fn json(&self, lang: Lang) -> Value {
        let calendar = self.sheet.face.calendar;
        let lines = self.sheet.lines.iter().map(|call| {
            let why = call.why.iter().map(|reason| {
                json!({
                    "what": reason.what.code(), "at": calendar.rfc3339(reason.at),
                    "state": reason.state.code(), "missed": reason.missed, "words": reason.words,
                })
            });
            let numbers = call.numbers.iter().map(|number| {
                json!({
                    "who": number.role.code(), "name": number.who, "number": number.shown(self.revealed),
                })
            });
            json!({
                "at": calendar.rfc3339(call.at), "no": call.no, "name": call.name, "unit": call.unit,
                "why": why.collect::<Vec<_>>(), "numbers": numbers.collect::<Vec<_>>(),
                "last": self.last(call, lang),
            })
        });
        json!({
            "office": self.sheet.face.office, "rehearsal": self.sheet.face.rehearsal,
            "day": self.sheet.day, "made_at": calendar.rfc3339(self.sheet.face.at), "head": self.sheet.face.head,
            "revealed": self.revealed, "calls": lines.collect::<Vec<_>>(),
        })
    }
}

impl Paper {
    fn row(&self, call: &ToCall, lang: Lang) -> Value {
        json!({
            "at": self.when(call.at),
            "name": name(call, lang),
            "no": call.no,
            "unit": call.unit,
            "phones": self.phones(call, lang),
            "why": self.why(call).get(lang),
            "last": self.last(call, lang),
        })
    }

    /// What to dial, each with whose it is.
    fn phones(&self, call: &ToCall, lang: Lang) -> Vec<String> {
        let one = |number: &CallNumber| {
            let shown = number.shown(self.revealed);
            let parts = [say::role(number.role).get(lang), &number.who, &shown];
            line(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
        };
        call.numbers.iter().map(one).collect()
    }

    fn why(&self, call: &ToCall) -> Say {
        let all: Vec<Say> = call.why.iter().map(|reason| self.reason(reason)).collect();
        let join = |of: fn(&Say) -> &str, by: &str| all.iter().map(of).collect::<Vec<_>>().join(by);
        Say { zh: join(|say| &say.zh, "；"), en: join(|say| &say.en, "; ") }
    }

    /// The time of day; with its date when that is not the sheet's.
    fn when(&self, at: Ts) -> String {
        let calendar = self.sheet.face.calendar;
        if calendar.date(at) == self.sheet.day {
            calendar.hm(at)
        } else {
            calendar.brief(at, self.sheet.face.at)
        }
    }

    fn reason(&self, reason: &Reason) -> Say {
        let at = self.when(reason.at);
        let words = line(&reason.words);
        let what = match (reason.what, words.is_empty()) {
            (CallFor::Temperature, _) if reason.state == DueState::Missed => {
                return slots::missed(reason.missed, &at, &words);
            }
            (CallFor::Temperature, true) => say::temperature(at),
            (CallFor::Temperature, false) => say::temperature_day(at, words),
            (CallFor::Promise, true) => say::promised(at),
            (CallFor::Promise, false) => say::promised_words(at, words),
            (CallFor::Again, true) => say::again(at),
            (CallFor::Again, false) => say::again_words(at, words),
            (CallFor::Report, _) if reason.state == DueState::Missed => {
                return say::report_missing(words, at);
            }
            (CallFor::Report, _) => return say::report_awaited(words, at),
        };
        if reason.state == DueState::Missed { joined(&[what, say::OVERDUE.into()]) } else { what }
    }

    fn last(&self, call: &ToCall, lang: Lang) -> String {
        let Some(last) = &call.last else { return String::new() };
        let at = self.sheet.face.calendar.brief(last.at, self.sheet.face.at);
        say::last_call(at, word(last.outcome).get(lang)).get(lang).to_owned()
    }
}

/// Whether it is to be made now.
fn is_due(call: &ToCall) -> bool {
    call.why.iter().any(|reason| reason.state != DueState::Coming)
}

fn name(call: &ToCall, lang: Lang) -> String {
    let name = if call.name.is_empty() { say::UNKNOWN_CALLER.get(lang) } else { &call.name };
    line(name)
}
