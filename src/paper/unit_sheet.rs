//! The unit sheet (单位催报单): what one unit owes the office, to be sent to its liaison or read out on the telephone.

use super::face::{line, with};
use super::sheet::{Cell, Sheet};
use super::{Moment, PaperKind, Source};
use crate::domain::ids::Subject;
use crate::domain::report::{ReportStatus, Round};
use crate::domain::unit::Unit;
use crate::i18n::ask;
use crate::i18n::paper as say;
use crate::i18n::terms::{categories, word};
use crate::say::{Lang, Word};
use crate::store::query::rows::CaseRow;
use crate::store::query::{Debts, Face, Missing, UnitDebts};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// What one unit owes.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    face: Face,
    day: NaiveDate,
    round: Round,
    rounds: Vec<(Round, String)>,
    debts: UnitDebts,
}

impl Paper {
    /// One paper for each unit.
    pub fn each(debts: Debts) -> Vec<Self> {
        let Debts { face, day, round, rounds, units } = debts;
        let one =
            |debts| Self { face: face.clone(), day, round: round.clone(), rounds: rounds.clone(), debts };
        units.into_iter().map(one).collect()
    }

    /// Which unit.
    pub fn unit(&self) -> &Unit {
        &self.debts.unit
    }

    /// The head code of the log it was cut from.
    pub fn head(&self) -> &str {
        &self.face.head
    }

    /// Whether anything is wanted of the unit.
    pub fn owes(&self) -> bool {
        self.debts.owes()
    }
}

impl Source for Paper {
    fn kind(&self) -> PaperKind {
        PaperKind::UnitSheet
    }

    fn office(&self) -> &str {
        &self.face.office
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Unit(self.debts.unit.id))
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.face.calendar, self.face.at))
    }

    fn context(&self, lang: Lang) -> Value {
        let d = &self.debts;
        let facts = &d.unit.facts;
        let text = |text: &Option<String>| line(text.as_deref().unwrap_or_default());
        let late = d.late.iter().map(|row| {
            let at = row.received_at.map(|at| self.face.calendar.brief(at, self.face.at)).unwrap_or_default();
            json!({ "day": row.day.to_string(), "round": self.round_name(&row.round), "at": at })
        });
        let doubts = d.doubts.iter().flat_map(|(who, doubts)| {
            doubts.iter().map(
                |doubt| json!({ "no": who.no, "name": line(&who.name), "what": ask::doubt(doubt).get(lang) }),
            )
        });
        let due = d.due.iter().map(|row| {
            let what = say::due(row, self.face.calendar);
            json!({ "name": line(&row.name), "what": line(what.get(lang)) })
        });
        let more = json!({
            "code": d.unit.code,
            "name": line(&d.unit.name),
            "day": self.day.to_string(),
            "round": self.round_name(&self.round),
            "status": word(d.status).get(lang),
            "is_outstanding": d.status == ReportStatus::Outstanding,
            "liaison": text(&facts.liaison),
            "liaison_phone": text(&facts.liaison_phone),
            "head_name": text(&facts.head),
            "head_phone": text(&facts.head_phone),
            "people": d.people,
            "streak": d.streak,
            "missing": d.missing.iter().map(|missing| self.missing(missing, lang)).collect::<Vec<_>>(),
            "late": late.collect::<Vec<_>>(),
            "unread": d.unread.iter().map(|one| json!({ "no": one.no, "name": line(&one.name) })).collect::<Vec<_>>(),
            "cases": d.cases.iter().map(|case| case_value(case, lang)).collect::<Vec<_>>(),
            "due": due.collect::<Vec<_>>(),
            "doubts": doubts.collect::<Vec<_>>(),
            "owes": self.owes(),
        });
        with(&self.face, false, lang, more)
    }

    fn sheets(&self, lang: Lang) -> Vec<Sheet> {
        let d = &self.debts;
        let sheet = |tab: Word, heads: &[Word], rows: Vec<Vec<Cell>>| Sheet {
            name: tab.get(lang).to_owned(),
            head: heads.iter().map(|head| head.get(lang).to_owned()).collect(),
            rows,
        };
        let missing = d.missing.iter().map(|missing| {
            let due = missing.deadline.map_or(Cell::Empty, |at| Cell::At(self.face.calendar.local(at)));
            let (round, chases) = (missing.round.to_string(), i64::from(missing.chases));
            vec![Cell::Day(missing.day), Cell::text(round), due, Cell::Int(chases)]
        });
        let unread = d.unread.iter().map(|one| vec![Cell::text(&one.no), Cell::text(line(&one.name))]);
        let cases = d.cases.iter().map(|case| {
            let count = case.observation;
            vec![
                Cell::text(&case.no),
                Cell::text(line(&case.name)),
                Cell::text(categories(&case.categories).get(lang)),
                Cell::text(word(case.measure).get(lang)),
                count.map_or(Cell::Empty, |o| Cell::Int(i64::from(o.shown_day()))),
                count.map_or(Cell::Empty, |o| Cell::Int(i64::from(o.total))),
                Cell::text(word(case.state).get(lang)),
            ]
        });
        let due = d.due.iter().map(|row| {
            let what = say::due(row, self.face.calendar);
            let at = Cell::At(self.face.calendar.local(row.at));
            vec![at, Cell::text(line(&row.name)), Cell::text(line(what.get(lang)))]
        });
        let doubts = d.doubts.iter().flat_map(|(who, doubts)| {
            doubts.iter().map(|doubt| {
                vec![
                    Cell::text(&who.no),
                    Cell::text(line(&who.name)),
                    Cell::text(ask::doubt(doubt).get(lang)),
                ]
            })
        });
        vec![
            sheet(
                say::TAB_MISSING,
                &[say::COL_DAY, say::COL_ROUND, say::COL_DEADLINE, say::COL_CHASES],
                missing.collect(),
            ),
            sheet(say::TAB_UNREAD, &[say::COL_NO, say::COL_NAME], unread.collect()),
            sheet(
                say::TAB_CASES,
                &[
                    say::COL_NO,
                    say::COL_NAME,
                    say::COL_WHY,
                    say::COL_MEASURE,
                    say::COL_COUNT,
                    say::COL_OF,
                    say::COL_STATE,
                ],
                cases.collect(),
            ),
            sheet(say::TAB_DUE, &[say::COL_TIME, say::COL_NAME, say::COL_WHAT], due.collect()),
            sheet(say::TAB_DOUBTS, &[say::COL_NO, say::COL_NAME, say::COL_WHAT], doubts.collect()),
        ]
    }

    fn json(&self, lang: Lang) -> Value {
        let d = &self.debts;
        let rfc = |at| self.face.calendar.rfc3339(at);
        let missing = d.missing.iter().map(|missing| {
            json!({
                "day": missing.day, "round": missing.round, "deadline": missing.deadline.map(rfc),
                "chases": missing.chases, "unanswered": missing.unanswered,
            })
        });
        let late = d.late.iter().map(
            |row| json!({ "day": row.day, "round": row.round, "received_at": row.received_at.map(rfc) }),
        );
        let cases = d.cases.iter().map(|case| {
            json!({
                "no": case.no, "name": case.name, "categories": case.categories, "measure": case.measure,
                "day": case.observation.map(crate::domain::case::Observation::shown_day),
                "days": case.observation.map(|o| o.total), "state": case.state,
            })
        });
        let due = d.due.iter().map(|row| {
            json!({
                "at": rfc(row.at), "name": row.name, "what": say::due(row, self.face.calendar).get(lang),
            })
        });
        let doubts = d.doubts.iter().flat_map(|(who, doubts)| {
            doubts
                .iter()
                .map(|doubt| json!({ "no": who.no, "name": who.name, "what": ask::doubt(doubt).get(lang) }))
        });
        json!({
            "office": self.face.office, "rehearsal": self.face.rehearsal, "made_at": rfc(self.face.at),
            "head": self.face.head, "code": d.unit.code, "name": d.unit.name, "day": self.day,
            "round": self.round, "status": d.status, "people": d.people, "streak": d.streak, "owes": self.owes(),
            "missing": missing.collect::<Vec<_>>(), "late": late.collect::<Vec<_>>(),
            "unread": d.unread.iter().map(|one| json!({ "no": one.no, "name": one.name })).collect::<Vec<_>>(),
            "cases": cases.collect::<Vec<_>>(), "due": due.collect::<Vec<_>>(),
            "doubts": doubts.collect::<Vec<_>>(),
        })
    }
}

impl Paper {
    /// A round by its name; nothing where there is but one.
    fn round_name(&self, round: &Round) -> &str {
        self.rounds.iter().find(|(known, _)| known == round).map_or("", |(_, name)| name.as_str())
    }

    fn missing(&self, missing: &Missing, lang: Lang) -> Value {
        let late = missing.deadline.map(|due| self.face.at.minutes_since(due));
        json!({
            "day": missing.day.to_string(),
            "round": self.round_name(&missing.round),
            "due": missing.deadline.map(|at| self.face.calendar.brief(at, self.face.at)).unwrap_or_default(),
            "hours_late": late.map_or(0, |minutes| minutes.div_euclid(60)),
            "over": late.map(|minutes| say::lasting(minutes.max(0)).get(lang).to_owned()).unwrap_or_default(),
            "minutes_late": late.map_or(0, |minutes| minutes.rem_euclid(60)),
            "chases": missing.chases,
            "unanswered": missing.unanswered,
        })
    }
}

fn case_value(case: &CaseRow, lang: Lang) -> Value {
    json!({
        "no": case.no,
        "name": line(&case.name),
        "why": categories(&case.categories).get(lang),
        "measure": word(case.measure).get(lang),
        "day": case.observation.map(|o| say::day_of(o.shown_day(), o.total).get(lang).to_owned()),
        "last_day": case.observation.map(|o| o.last_day.to_string()),
        "state": word(case.state).get(lang),
    })
}
