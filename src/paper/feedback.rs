//! The feedback sheet to a unit (报送反馈单): completeness, timeliness, accuracy with how each is counted and the place among
//! the units, the streak, every report, what was sent back, and the open questions. People by name, and no number of theirs.

use super::chase::called;
use super::face::{line, with};
use super::sheet::{Cell, Sheet};
use super::{Moment, PaperKind, Source};
use crate::domain::feedback::{Place, Share};
use crate::domain::ids::Subject;
use crate::domain::mask::masked_words;
use crate::domain::report::Round;
use crate::domain::time::brief_day;
use crate::domain::unit::Unit;
use crate::i18n::doubts;
use crate::i18n::feedback as say;
use crate::i18n::paper as papers;
use crate::say::{Lang, Word};
use crate::store::query::rows::DoubtRow;
use crate::store::query::{Face, Feedback, STREAK, UnitFeedback};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// How one unit's reports fared.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    face: Face,
    days: (NaiveDate, NaiveDate),
    today: NaiveDate,
    phone: String,
    rounds: Vec<(Round, String)>,
    unit: UnitFeedback,
}

impl Paper {
    /// One paper for each unit.
    pub fn each(feedback: Feedback) -> Vec<Self> {
        let Feedback { face, from, to, today, phone, rounds, units } = feedback;
        let one = |unit| Self {
            face: face.clone(),
            days: (from, to),
            today,
            phone: phone.clone(),
            rounds: rounds.clone(),
            unit,
        };
        units.into_iter().map(one).collect()
    }

    /// Which unit.
    pub fn unit(&self) -> &Unit {
        &self.unit.unit
    }

    /// The head code of the log it was cut from.
    pub fn head(&self) -> &str {
        &self.face.head
    }

    /// The three shares: what each is called, its value, its place, how it is counted.
    fn shares(&self) -> [(Word, Share, Option<Place>, crate::say::Say); 3] {
        let u = &self.unit;
        let of = |word, (share, place): (Share, Option<Place>), formula: fn(u32, u32) -> crate::say::Say| {
            (word, share, place, formula(share.part, share.whole))
        };
        [
            of(say::COMPLETE, u.complete, say::complete),
            of(say::TIMELY, u.timely, say::timely),
            of(say::ACCURATE, u.accurate, say::accurate),
        ]
    }

    /// A round by its name; nothing where there is but one.
    fn round_name(&self, round: &Round) -> &str {
        self.rounds.iter().find(|(known, _)| known == round).map_or("", |(_, name)| name.as_str())
    }

    /// Who is asked about, and what.
    fn questions(&self, lang: Lang) -> Vec<(String, &DoubtRow, String)> {
        let question =
            |row: &DoubtRow| line(&masked_words(doubts::question(&row.doubt, self.today).get(lang)));
        let names = called(&self.unit.doubts).into_iter();
        names.zip(&self.unit.doubts).map(|(name, row)| (line(name.get(lang)), row, question(row))).collect()
    }
}

impl Source for Paper {
    fn kind(&self) -> PaperKind {
        PaperKind::Feedback
    }

    fn office(&self) -> &str {
        &self.face.office
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Unit(self.unit.unit.id))
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.face.calendar, self.face.at))
    }

    fn context(&self, lang: Lang) -> Value {
        let u = &self.unit;
        let shares = self.shares().map(|(word, share, place, formula)| {
            json!({
                "name": word.get(lang), "share": say::share(share).get(lang), "formula": formula.get(lang),
                "place": say::place_of(place).get(lang),
            })
        });
        let days = u.reports.iter().map(|report| {
            json!({
                "day": report.day.to_string(), "round": self.round_name(&report.round),
                "due": self.face.calendar.hm(report.due),
                "came": report.came.map(|at| self.face.calendar.brief(at, self.face.at)).unwrap_or_default(),
                "status": say::status(report.status).get(lang),
            })
        });
        let refused = u.refused.iter().map(|refused| {
            json!({
                "day": refused.day.to_string(), "round": self.round_name(&refused.round), "rows": refused.rows,
            })
        });
        let questions = self.questions(lang);
        let questions = questions.iter().map(|(name, row, question)| {
            json!({ "name": name, "day": brief_day(row.doubt.day, self.today), "question": question })
        });
        let more = json!({
            "code": u.unit.code,
            "name": line(&u.unit.name),
            "liaison": line(u.unit.facts.liaison.as_deref().unwrap_or_default()),
            "phone": line(&self.phone),
            "from": self.days.0.to_string(),
            "to": self.days.1.to_string(),
            "shares": shares,
            "streak": u.streak,
            "streak_limit": i64::from(u.streak) >= STREAK,
            "days": days.collect::<Vec<_>>(),
            "refused": refused.collect::<Vec<_>>(),
            "questions": questions.collect::<Vec<_>>(),
        });
        with(&self.face, false, lang, more)
    }

    fn sheets(&self, lang: Lang) -> Vec<Sheet> {
        let u = &self.unit;
        let sheet = |tab: Word, heads: &[Word], rows: Vec<Vec<Cell>>| Sheet {
            name: tab.get(lang).to_owned(),
            head: heads.iter().map(|head| head.get(lang).to_owned()).collect(),
            rows,
        };
        let shares = self.shares().map(|(word, share, place, formula)| {
            let tenths = share.permille().map_or(Cell::Empty, |n| Cell::Tenths(f64::from(n) / 10.0));
            vec![
                Cell::text(word.get(lang)),
                tenths,
                Cell::text(formula.get(lang)),
                place.map_or(Cell::Empty, |place| Cell::Int(i64::from(place.place))),
            ]
        });
        let days = u.reports.iter().map(|report| {
            vec![
                Cell::Day(report.day),
                Cell::text(report.round.to_string()),
                Cell::At(self.face.calendar.local(report.due)),
                report.came.map_or(Cell::Empty, |at| Cell::At(self.face.calendar.local(at))),
                Cell::text(say::status(report.status).get(lang)),
            ]
        });
        let refused = u.refused.iter().map(|refused| {
            vec![
                Cell::Day(refused.day),
                Cell::text(refused.round.to_string()),
                Cell::Int(i64::from(refused.rows)),
            ]
        });
        let questions = self.questions(lang).into_iter().map(|(name, row, question)| {
            vec![Cell::text(name), Cell::Day(row.doubt.day), Cell::text(question)]
        });
        vec![
            sheet(
                say::TAB_SHARES,
                &[say::COL_FIGURE, say::COL_SHARE, say::COL_FORMULA, say::COL_PLACE],
                shares.into(),
            ),
            sheet(
                say::TAB_DAYS,
                &[papers::COL_DAY, papers::COL_ROUND, papers::COL_DEADLINE, say::COL_CAME, say::COL_STATUS],
                days.collect(),
            ),
            sheet(say::TAB_ROWS, &[papers::COL_DAY, papers::COL_ROUND, say::COL_ROWS], refused.collect()),
            sheet(
                say::TAB_QUESTIONS,
                &[papers::COL_NAME, papers::COL_DAY, say::COL_QUESTION],
                questions.collect(),
            ),
        ]
    }

    fn json(&self, lang: Lang) -> Value {
        let u = &self.unit;
        let rfc = |at| self.face.calendar.rfc3339(at);
        let share = |(share, place): (Share, Option<Place>)| {
            json!({
                "part": share.part, "whole": share.whole, "permille": share.permille(),
                "place": place.map(|place| place.place), "shared": place.map(|place| place.shared),
                "of": place.map(|place| place.of),
            })
        };
        let reports = u.reports.iter().map(|report| {
            json!({
                "day": report.day, "round": report.round, "due": rfc(report.due),
                "received_at": report.came.map(rfc), "status": report.status,
            })
        });
        let refused = u
            .refused
            .iter()
            .map(|refused| json!({ "day": refused.day, "round": refused.round, "rows": refused.rows }));
        let questions = self.questions(lang);
        let questions = questions
            .iter()
            .map(|(name, row, question)| json!({ "name": name, "day": row.doubt.day, "question": question }));
        json!({
            "office": self.face.office, "rehearsal": self.face.rehearsal, "made_at": rfc(self.face.at),
            "head": self.face.head, "code": u.unit.code, "name": u.unit.name, "from": self.days.0, "to": self.days.1,
            "completeness": share(u.complete), "timeliness": share(u.timely), "accuracy": share(u.accurate),
            "streak": u.streak, "reports": reports.collect::<Vec<_>>(), "refused": refused.collect::<Vec<_>>(),
            "questions": questions.collect::<Vec<_>>(),
        })
    }
}
