//! The dossier (一人一档): everything known of one person, for whoever must decide about them.

use super::chart::{Chart, ChartKind, Series};
use super::face::{line, with};
use super::sheet::{Cell, Sheet};
use super::{Moment, PaperKind, Source};
use crate::domain::case::Observation;
use crate::domain::ids::Subject;
use crate::domain::mask::{Private, masked_words};
use crate::domain::report::{Site, degrees};
use crate::domain::slot::{self, MissedDays};
use crate::domain::time::{Calendar, Ts, add_days};
use crate::i18n::events::{case_facts, event_line};
use crate::i18n::fields;
use crate::i18n::terms::{temperature, word};
use crate::i18n::{ask, doubts, ledger, paper as say, slots};
use crate::log::event::Event;
use crate::say::Lang;
use crate::store::query::DossierSheet;
use crate::store::query::rows::{CallRow, CaseDetail, LogRow, Mask, ReadingRow, hide};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::borrow::Cow;

/// How many days of readings it shows.
const DAYS: i64 = 14;

/// Fields of a reading that stand at the head of the dossier already.
const STATED: [&str; 12] = [
    "no",
    "name",
    "unit",
    "sex",
    "kind",
    "campus",
    "phone",
    "id_number",
    "origin",
    "address",
    "contact",
    "family_phone",
];

/// The dossier of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// What is known.
    pub sheet: DossierSheet,
    /// Whether their numbers stand on it whole: that was logged.
    pub revealed: bool,
}

impl Paper {
    /// The paper: unless it was logged that the numbers are shown, those typed into its texts are masked with the others.
    pub fn new(mut sheet: DossierSheet, revealed: bool) -> Self {
        if !revealed {
            sheet.person.mask();
            for look in &mut sheet.looks {
                hide(&mut look.reason);
            }
        }
        Self { sheet, revealed }
    }
}

impl Source for Paper {
    fn kind(&self) -> PaperKind {
        PaperKind::Dossier
    }

    fn office(&self) -> &str {
        &self.sheet.face.office
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Person(self.sheet.person.id))
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.sheet.face.calendar, self.sheet.face.at))
    }

    fn context(&self, lang: Lang) -> Value {
        let p = &self.sheet.person;
        let text = |text: &str| line(text);
        let more = json!({
            "no": p.no,
            "name": text(&p.name),
            "unit": p.unit.as_ref().map_or("", |(_, name)| name.as_str()),
            "sex": p.sex,
            "kind": p.kind.map_or("", |kind| word(kind).get(lang)),
            "campus": p.campus,
            "phone": self.number(&p.phone),
            "id_number": self.number(&p.id_number),
            "family_phone": self.number(&p.family_phone),
            "origin": text(&p.origin),
            "address": text(&p.address),
            "contact": text(&p.contact),
            "cases": p.cases.iter().map(|case| self.case(case, lang)).collect::<Vec<_>>(),
            "history": self.history(lang),
            "days": self.days(lang),
            "calls": p.calls.iter().map(|call| self.call(call, lang)).collect::<Vec<_>>(),
            "promises": p.promises.iter().map(|promise| self.at(promise.due)).collect::<Vec<_>>(),
            "legs": self.legs(lang),
            "doubts": self.sheet.doubts.iter().map(|doubt| ask::doubt(doubt).get(lang).to_owned()).collect::<Vec<_>>(),
            "notes": p.notes.iter().map(|note| {
                json!({ "at": self.at(note.at), "officer": note.officer, "text": text(&self.said(&note.text)) })
            }).collect::<Vec<_>>(),
            "looks": self.sheet.looks.iter().map(|look| {
                json!({ "at": self.at(look.at), "officer": look.officer, "reason": self.reason(&look.reason, lang) })
            }).collect::<Vec<_>>(),
            "entries": p.entries.iter().map(|of| {
                let row = &of.entry.row;
                let said = of.ledger.part(row.parent.is_some());
                let said = said.map(|part| ledger::summary(part, &row.values, &of.entry.names, &row.state));
                json!({
                    "at": self.at(row.at),
                    "ledger": ledger::titled(&of.ledger.title).get(lang),
                    "text": text(&self.said(said.unwrap_or_default().get(lang))),
                })
            }).collect::<Vec<_>>(),
        });
        with(&self.sheet.face, self.revealed, lang, more)
    }

    fn charts(&self, lang: Lang) -> Vec<Chart> {
        let days = self.last_days();
        let series = |name: &str, of: fn(&ReadingRow) -> Option<i16>| Series {
            name: name.to_owned(),
            values: days
                .iter()
                .map(|day| {
                    self.readings_of(*day).into_iter().filter_map(of).max().map(|t| f64::from(t) / 10.0)
                })
                .collect(),
        };
        vec![Chart {
            name: "temperature".to_owned(),
            title: say::TEMPERATURES.get(lang).to_owned(),
            kind: ChartKind::Temperatures,
            labels: days.iter().map(|day| day.format("%m-%d").to_string()).collect(),
            series: vec![
                series(say::MORNING.get(lang), |reading| reading.temp_am),
                series(say::AFTERNOON.get(lang), |reading| reading.temp_pm),
            ],
        }]
    }

    fn sheets(&self, lang: Lang) -> Vec<Sheet> {
        let named = |heads: &[crate::say::Word]| heads.iter().map(|head| head.get(lang).to_owned()).collect();
        let tenths = |tenths: Option<i16>| tenths.map_or(Cell::Empty, |t| Cell::Tenths(f64::from(t) / 10.0));
        let readings = self.sheet.person.readings.iter().filter(|reading| !reading.superseded);
        let readings = readings.map(|r| {
            vec![
                Cell::Day(r.day),
                Cell::text(r.round.to_string()),
                tenths(r.temp_am),
                tenths(r.temp_pm),
                Cell::text(r.site.map_or("", |site| word(site).get(lang))),
                Cell::text(line(&r.place)),
                Cell::text(fields::value(&r.fields, "status", &r.status).get(lang)),
            ]
        });
        let calls = self.sheet.person.calls.iter().map(|call| {
            vec![
                Cell::At(self.sheet.face.calendar.local(call.at)),
                Cell::text(&call.officer),
                Cell::text(word(call.channel).get(lang)),
                Cell::text(word(call.outcome).get(lang)),
                Cell::text(line(&self.said(&call.words))),
                tenths(call.temp),
                Cell::text(call.site.map_or("", |site| word(site).get(lang))),
            ]
        });
        vec![
            Sheet {
                name: say::TAB_READINGS.get(lang).to_owned(),
                head: named(&[
                    say::COL_DAY,
                    say::COL_ROUND,
                    say::COL_AM,
                    say::COL_PM,
                    say::COL_SITE,
                    say::COL_PLACE,
                    say::COL_STATE,
                ]),
                rows: readings.collect(),
            },
            Sheet {
                name: say::TAB_FOLLOWUPS.get(lang).to_owned(),
                head: named(&[
                    say::COL_TIME,
                    say::COL_OFFICER,
                    say::COL_CHANNEL,
                    say::COL_RESULT,
                    say::COL_WORDS,
                    say::COL_TEMPERATURE,
                    say::COL_SITE,
                ]),
                rows: calls.collect(),
            },
        ]
    }

    fn json(&self, lang: Lang) -> Value {
        let p = &self.sheet.person;
        let rfc = |at: Ts| self.sheet.face.calendar.rfc3339(at);
        let cases = p.cases.iter().map(|case| {
            json!({
                "facts": case.facts, "state": case.state, "day": case.observation.map(Observation::shown_day),
                "days": case.observation.map(|o| o.total), "last_day": case.observation.map(|o| o.last_day),
                "opened_at": rfc(case.opened_at), "missed": missed_slots(case, self.sheet.face.calendar),
                "released": case.released.as_ref().map(|(at, officer, reason)| {
                    json!({ "at": rfc(*at), "officer": officer, "reason": reason })
                }),
                "despite": case.despite,
            })
        });
        let readings = p.readings.iter().filter(|reading| !reading.superseded).map(|r| {
            json!({
                "day": r.day, "round": r.round, "temp_am": r.temp_am.map(|t| f64::from(t) / 10.0),
                "temp_pm": r.temp_pm.map(|t| f64::from(t) / 10.0), "site": r.site.map(Site::code), "place": r.place,
                "status": r.status,
            })
        });
        let calls = p.calls.iter().map(|call| {
            json!({
                "at": rfc(call.at), "officer": call.officer, "channel": call.channel, "outcome": call.outcome,
                "words": self.said(&call.words), "temp": call.temp.map(|t| f64::from(t) / 10.0), "site": call.site.map(Site::code),
            })
        });
        let history = self.sheet.history.iter().map(|row| {
            json!({
                "at": rfc(row.happened_at), "officer": row.officer, "kind": row.kind,
                "words": row.said(self.sheet.face.calendar).get(lang),
            })
        });
        let looks = self
            .sheet
            .looks
            .iter()
            .map(|look| json!({ "at": rfc(look.at), "officer": look.officer, "reason": look.reason }));
        json!({
            "office": self.sheet.face.office, "rehearsal": self.sheet.face.rehearsal,
            "made_at": rfc(self.sheet.face.at), "head": self.sheet.face.head, "revealed": self.revealed,
            "no": p.no, "name": p.name, "unit": p.unit.as_ref().map_or("", |(_, name)| name.as_str()),
            "phone": self.number(&p.phone), "id_number": self.number(&p.id_number),
            "family_phone": self.number(&p.family_phone),
            "cases": cases.collect::<Vec<_>>(), "history": history.collect::<Vec<_>>(),
            "readings": readings.collect::<Vec<_>>(), "calls": calls.collect::<Vec<_>>(),
            "promises": p.promises.iter().map(|promise| rfc(promise.due)).collect::<Vec<_>>(),
            "doubts": self.sheet.doubts.iter().map(|doubt| ask::doubt(doubt).get(lang).to_owned()).collect::<Vec<_>>(),
            "looks": looks.collect::<Vec<_>>(),
        })
    }
}

/// Each slot of a case that was missed, the oldest first, with the day of the observation that it was.
pub fn missed_slots(case: &CaseDetail, calendar: Calendar) -> Vec<Value> {
    let each = case
        .missed
        .iter()
        .flat_map(|run| run.days().flat_map(|day| run.minutes.iter().map(move |minute| (day, *minute))));
    let one = |(day, minute)| {
        let counted = case.facts.observation(day).map(Observation::shown_day);
        json!({ "at": calendar.rfc3339(slot::opens(minute, day, calendar)), "day": counted })
    };
    each.map(one).collect()
}

impl Paper {
    fn number(&self, number: &Private) -> String {
        if self.revealed { number.reveal().to_owned() } else { number.masked() }
    }

    fn at(&self, at: Ts) -> String {
        self.sheet.face.calendar.brief(at, self.sheet.face.at)
    }

    fn case(&self, case: &CaseDetail, lang: Lang) -> Value {
        let day = case.observation.map(|o| say::day_of(o.shown_day(), o.total).get(lang).to_owned());
        let calendar = self.sheet.face.calendar;
        json!({
            "state": word(case.state).get(lang),
            "is_open": case.released.is_none(),
            "day": day,
            "last_day": case.observation.map(|o| o.last_day.to_string()),
            "facts": line(case_facts(&case.facts).get(lang)),
            "opened_at": calendar.ymd_hm(case.opened_at),
            "released_at": case.released.as_ref().map(|(at, ..)| calendar.ymd_hm(*at)),
            "released_by": case.released.as_ref().map(|(_, officer, _)| officer.as_str()),
            "reason": case.released.as_ref().map(|(.., reason)| {
                line(crate::i18n::cases::reason(&case.despite, reason).get(lang))
            }),
            "missed": case.missed.iter().map(MissedDays::count).sum::<usize>(),
            "missed_days": case.missed.iter().map(|run| slots::run(run, &case.facts).get(lang).to_owned()).collect::<Vec<_>>(),
        })
    }

    fn history(&self, lang: Lang) -> Vec<Value> {
        let calendar = self.sheet.face.calendar;
        let line_of = |row: &LogRow| line(row.said(calendar).get(lang));
        self.sheet
            .history
            .iter()
            .map(
                |row| json!({ "at": self.at(row.happened_at), "officer": row.officer, "what": line_of(row) }),
            )
            .collect()
    }

    /// The last fortnight, from the first day to today.
    fn last_days(&self) -> Vec<NaiveDate> {
        let today = self.sheet.face.calendar.day(self.sheet.face.at);
        (0..DAYS).rev().map(|back| add_days(today, -back)).collect()
    }

    fn readings_of(&self, day: NaiveDate) -> Vec<&ReadingRow> {
        let readings = self.sheet.person.readings.iter();
        readings.filter(|reading| reading.day == day && !reading.superseded).collect()
    }

    /// The reading in force before this one.
    fn before(&self, reading: &ReadingRow) -> Option<&ReadingRow> {
        let older = self.sheet.person.readings.iter().skip_while(|other| !std::ptr::eq(*other, reading));
        older.skip(1).find(|other| !other.superseded)
    }

    /// One line a day, the newest first; a day without a reading stands there as one.
    fn days(&self, lang: Lang) -> Vec<Value> {
        let mut out = Vec::new();
        for day in self.last_days().into_iter().rev() {
            let readings = self.readings_of(day);
            if readings.is_empty() {
                out.push(json!({
                    "day": day.to_string(), "round": "", "am": "", "pm": "", "site": "", "place": "",
                    "state": say::NO_READING.get(lang), "more": "", "missing": true,
                }));
            }
            for r in readings {
                let before = self.before(r);
                let is_news = |field: &&(String, String)| {
                    !STATED.contains(&field.0.as_str())
                        && before.is_none_or(|before| !before.rest.contains(field))
                };
                let temp = |tenths: Option<i16>| tenths.map(degrees).unwrap_or_default();
                let more = r.rest.iter().filter(is_news).map(|(field, value)| {
                    let (label, value) =
                        (fields::label(&r.fields, field), fields::value(&r.fields, field, value));
                    format!("{} {}", label.get(lang), value.get(lang))
                });
                // The sheet says what it says; what was found out stands beside it.
                let corrected = self.sheet.person.corrections_of(r).map(|one| {
                    let what = doubts::correction(&one.field, &one.old, &one.new);
                    format!("{} {}", doubts::CORRECT.get(lang), what.get(lang))
                });
                let more = corrected.chain(more);
                out.push(json!({
                    "day": day.to_string(), "round": r.round.to_string(), "am": temp(r.temp_am), "pm": temp(r.temp_pm),
                    "site": r.site.map_or("", |site| word(site).get(lang)), "place": line(&r.place),
                    "state": fields::value(&r.fields, "status", &r.status).get(lang),
                    "more": line(&more.collect::<Vec<_>>().join(if lang == Lang::Zh { "，" } else { ", " })),
                    "missing": false,
                }));
            }
        }
        out
    }

    /// What was said or noted, with numbers in it as the paper shows numbers.
    fn said<'t>(&self, words: &'t str) -> Cow<'t, str> {
        if self.revealed { Cow::Borrowed(words) } else { masked_words(words) }
    }

    fn call(&self, call: &CallRow, lang: Lang) -> Value {
        let promise = call.promise.as_ref().map(|promise| {
            let end = promise.end.map_or(say::PROMISE_OPEN, word).get(lang);
            format!("{} {end}", self.at(promise.due))
        });
        let mut outcome = word(call.outcome).get(lang).to_owned();
        if let Some(tenths) = call.temp {
            outcome = format!("{outcome} {}", temperature(tenths, call.site).get(lang));
        }
        json!({
            "at": self.at(call.at), "officer": call.officer, "channel": word(call.channel).get(lang),
            "answered_by": line(&call.answered_by), "outcome": outcome,
            "words": line(&self.said(&call.words)), "promise": promise,
        })
    }

    fn legs(&self, lang: Lang) -> Vec<Value> {
        let yes = |answer: &str| match answer {
            "1" => say::YES.get(lang),
            "0" => say::NO.get(lang),
            _ => "",
        };
        let one = |leg: &crate::store::query::rows::LegRow| {
            json!({
                "left": line(&leg.left), "destination": line(&leg.destination), "returned": line(&leg.returned),
                "transport": line(&leg.transport), "number": line(&leg.number), "seat": line(&leg.seat),
                "via_hubei": yes(&leg.via_hubei),
            })
        };
        self.sheet.person.legs.iter().map(one).collect()
    }

    /// Why somebody looked: the desk's own reasons are codes.
    fn reason(&self, reason: &str, lang: Lang) -> String {
        let event = crate::log::event::PersonalRevealed {
            person: self.sheet.person.id,
            reason: reason.to_owned(),
            approved_by: None,
        };
        line(event_line(&Event::PersonalRevealed(event)).get(lang))
    }
}
