//! The handover's paper: what its template may speak of, in one language.

mod grouped;
mod sentences;
mod sheets;

pub use sentences::sentences;

use super::summary::{Addition, Happened, OpenRow, Summary};
use super::{Moment, PaperKind, Source, json};
use crate::domain::followup::Outcome;
use crate::domain::handover::{Counts, DayCounts};
use crate::domain::item::DueRow;
use crate::domain::report::Round;
use crate::domain::sitrep::{Axis, Column, Figure, Figures, Key};
use crate::domain::time::{Ts, brief_day};
use crate::i18n::file;
use crate::i18n::findings;
use crate::i18n::items;
use crate::i18n::screen::lateness;
use crate::i18n::sitrep;
use crate::i18n::terms::{categories, word};
use crate::i18n::{handover as words, paper as say};
use crate::log::event::{Event, HandoverItem};
use crate::log::wire;
use crate::say::Lang;
use crate::store::query::rows::{CaseRow, FindingRow, OutstandingRow, QuestionRow};
use crate::store::query::{ERASED, NEVER};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Source for Summary {
    fn kind(&self) -> PaperKind {
        PaperKind::Handover
    }

    fn office(&self) -> &str {
        &self.office
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.calendar, self.cut_at))
    }

    fn context(&self, lang: Lang) -> Value {
        let page = Page { s: self, lang };
        let cal = self.calendar;
        let told: Vec<Value> =
            self.happened.iter().filter(|line| is_told(line)).map(|line| page.told(line)).collect();
        json!({
            "office": self.office,
            "rehearsal": self.rehearsal,
            "draft": self.handed.is_none(),
            "officer": self.officer_name,
            "from": cal.ymd_hm(self.started_at),
            "until": cal.ymd_hm(self.cut_at),
            "day": self.day.to_string(),
            "round": page.round(),
            "first": self.seq.0,
            "last": self.seq.1,
            "head": self.head,
            "checked": self.checked.map(|checked| file::checked(&checked, cal).get(lang).to_owned()),
            "sentences": sentences(self).map(|say| say.get(lang).to_owned()),
            "counts": counts(self.counts),
            "days": self.days.iter().map(day_counts).collect::<Vec<_>>(),
            "running": self.running.as_ref().map(day_counts),
            "before": self.before.map(|(at, before)| json!({
                "at": cal.brief(at, self.cut_at),
                "day": self.before_day.map(|day| brief_day(day, self.day)),
                "counts": counts(before),
            })),
            "open": page.open(),
            "handed": page.handed(),
            "changed": self.changed_cases.iter().map(|row| page.case(row)).collect::<Vec<_>>(),
            "called": page.called(),
            "happened": page.happened_lines(self.happened.iter().collect()),
            "record": page.happened_lines(self.by_minute()),
            "told": told,
            "clock": page.clock(),
            "additions": self.additions.iter().map(|line| page.addition(line)).collect::<Vec<_>>(),
        })
    }

    fn sheets(&self, lang: Lang) -> Vec<super::sheet::Sheet> {
        sheets::sheets(self, lang)
    }

    fn json(&self, lang: Lang) -> Value {
        json::json(self, lang)
    }
}

impl Summary {
    /// What happened by the time as the paper has it, to the minute, then by number.
    fn by_minute(&self) -> Vec<&Happened> {
        let mut out: Vec<&Happened> = self.happened.iter().collect();
        out.sort_by_key(|line| (self.calendar.local(line.at).and_utc().timestamp().div_euclid(60), line.seq));
        out
    }
}

/// Whether figures were told to somebody: by mouth, or in a report that was sent.
pub(super) fn is_told(line: &Happened) -> bool {
    matches!(wire::name(&line.event).0, "figure.told" | "sitrep.sent" | "sitrep.corrected")
}

fn day_counts(c: &DayCounts) -> Value {
    json!({
        "day": c.day.to_string(),
        "expected": c.expected,
        "received": c.received,
        "missing": c.missing,
        "awaited": c.awaited,
    })
}

fn counts(c: Counts) -> Value {
    let percent = |part: u32| (c.expected > 0).then(|| f64::from(part) * 100.0 / f64::from(c.expected));
    json!({
        "expected": c.expected,
        "received": c.received,
        "completeness": percent(c.received),
        "reports": c.reports,
        "followups": c.followups,
        "not_reached": c.not_reached,
        "cases": c.cases,
        "cases_opened": c.cases_opened,
        "cases_released": c.cases_released,
        "due_release": c.due_release,
        "promises": c.promises,
        "notes": c.notes,
        "ops": c.ops,
    })
}

/// The paper in one language.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    s: &'a Summary,
    lang: Lang,
}

/// A look at numbers.
fn is_look(line: &Happened) -> bool {
    matches!(line.event, Event::PersonalRevealed(_) | Event::NumberRevealed(_) | Event::EntryRevealed(_))
}

impl<'a> Page<'a> {
    /// A text as it is shown: what was erased says so.
    fn text(self, text: &str) -> String {
        if text == ERASED { words::ERASED.get(self.lang).to_owned() } else { text.replace('\n', " ") }
    }

    /// The round, where there is more than one a day.
    fn round(self) -> String {
        let round = &self.s.round;
        if *round == Round::default() { String::new() } else { round.to_string() }
    }

    /// Every open item, in the order in which it is read out, by its kind.
    fn open(self) -> Value {
        let (mut outstanding, mut findings, mut due) = (vec![], vec![], vec![]);
        let (mut release, mut questions, mut dues) = (vec![], vec![], vec![]);
        for (place, (item, row)) in self.s.open_items().iter().enumerate() {
            let (list, mut shown) = match row {
                OpenRow::Outstanding(row) => (&mut outstanding, self.outstanding(row)),
                OpenRow::Finding(row) => (&mut findings, self.finding(row)),
                OpenRow::Due(row) => (&mut due, self.due(row)),
                OpenRow::Release(row) => (&mut release, self.case(row)),
                OpenRow::Question(row) => (&mut questions, self.question(row)),
            };
            self.mark(item, place, &mut shown);
            if let OpenRow::Due(row) = row {
                dues.push((*row, shown.clone()));
            }
            list.push(shown);
        }
        let all = outstanding.len() + findings.len() + due.len() + release.len() + questions.len();
        let (people, slots) = grouped::grouped(&dues);
        let lists = [&outstanding, &findings, &due, &release, &questions];
        let marked = |mark: fn(&Value) -> bool| lists.into_iter().flatten().filter(move |item| mark(item));
        let asked: Vec<&Value> = marked(|item| !item["asked"].is_null()).collect();
        let unread: Vec<&Value> = marked(|item| item["unread"] == true).map(|item| &item["no"]).collect();
        json!({
            "all": all, "outstanding": outstanding, "findings": findings, "due": due, "release": release,
            "questions": questions, "people": people, "slots": slots, "asked": asked, "unread": unread,
        })
    }

    /// How an item was taken over: `ticked`, `asked` with the question, `unread`; none of them before the handover.
    fn mark(self, item: &HandoverItem, place: usize, shown: &mut Value) {
        let handed = self.s.handed_item(item, place);
        let asked = self.s.question_on(item, place).map(|text| self.text(text));
        shown["no"] = json!(place + 1);
        shown["ticked"] = json!(handed.is_some_and(|item| item.ticked));
        shown["unread"] =
            json!(self.s.handed.is_some() && !handed.is_some_and(|item| item.ticked) && asked.is_none());
        shown["asked"] = json!(asked);
        // What nobody ticked stands out on the paper, with or without a question.
        shown["bold"] = json!(self.s.handed.is_some() && !handed.is_some_and(|item| item.ticked));
    }

    fn outstanding(self, row: &OutstandingRow) -> Value {
        let cal = self.s.calendar;
        json!({
            "name": self.text(&row.name),
            "code": row.code,
            "liaison": row.liaison,
            "phone": row.phone,
            "day": row.key.day.to_string(),
            "deadline": cal.hm(row.deadline),
            "due": cal.brief(row.deadline, self.s.cut_at),
            "minutes_late": row.minutes_late,
            "late": lateness(row.minutes_late).get(self.lang),
            "over": say::lasting(row.minutes_late).get(self.lang),
            "missing": row.missing,
            "chases": row.chases,
            "unanswered": row.unanswered,
            "promise": row.promise.map(|due| cal.brief(due, self.s.cut_at)),
        })
    }

    /// A time, where the log still tells it.
    fn at(self, at: Ts) -> String {
        if at == NEVER { String::new() } else { self.s.calendar.brief(at, self.s.cut_at) }
    }

    pub(super) fn finding(self, row: &FindingRow) -> Value {
        json!({
            "no_of": row.no,
            "name": self.text(&row.name),
            "unit": row.unit,
            "what": findings::all(&row.found).get(self.lang),
            "since": self.at(row.since),
        })
    }

    fn due(self, row: &DueRow) -> Value {
        let kind = items::word(row.item.kind);
        let state = say::due_state(row);
        let name = if row.name.is_empty() {
            words::UNKNOWN_CALLER.get(self.lang).to_owned()
        } else {
            self.text(&row.name)
        };
        let words = match row.item.kind.ledger() {
            Some(_) if !row.words.is_empty() => {
                crate::i18n::ledger::told(&row.words).get(self.lang).to_owned()
            }
            _ => self.text(&row.words),
        };
        json!({
            "at": if row.at == NEVER { String::new() } else { row.item.kind.moment(row.at, self.s.calendar, self.s.cut_at) },
            "kind": kind.get(self.lang),
            "state": state.get(self.lang),
            "missed": row.missed,
            "name": name,
            "unit": row.unit,
            "words": words,
        })
    }

    fn case(self, row: &CaseRow) -> Value {
        if row.name == ERASED {
            return json!({ "erased": true, "name": self.text(ERASED), "no": "", "no_of": "", "unit": "", "categories": "", "measure": "",
                "day": null, "days": null, "state": "" });
        }
        json!({
            "erased": false,
            "no": row.no,
            // Among open items `no` is the place in the list.
            "no_of": row.no,
            "name": row.name,
            "unit": row.unit,
            "categories": categories(&row.categories).get(self.lang),
            "measure": word(row.measure).get(self.lang),
            "day": row.observation.map(crate::domain::case::Observation::shown_day),
            "days": row.observation.map(|o| o.total),
            "state": word(row.state).get(self.lang),
        })
    }

    fn question(self, row: &QuestionRow) -> Value {
        json!({
            "name": self.text(&row.name),
            "text": self.text(&row.text),
            "by": row.asked_by,
            "at": if row.text == ERASED { String::new() } else { self.s.calendar.brief(row.asked_at, self.s.cut_at) },
        })
    }

    fn handed(self) -> Value {
        let Some(handed) = &self.s.handed else { return Value::Null };
        let ticked = handed.items.iter().filter(|item| item.ticked).count();
        let asked = handed.asked.len();
        json!({
            "to": handed.to,
            "how": handed.how.code(),
            "reason": self.text(&handed.reason),
            "words": self.text(&handed.words),
            "at": handed.at.map(|at| self.s.calendar.ymd_hm(at)),
            "items": handed.items.len(),
            "ticked": ticked,
            "asked": asked,
            "unread": handed.items.len() - ticked - asked.min(handed.items.len() - ticked),
            "signed_from": handed.signed.map(|(from, _)| word(from).get(self.lang)),
            "signed_to": handed.signed.map(|(_, to)| word(to).get(self.lang)),
        })
    }

    fn called(self) -> Vec<Value> {
        let called = self.s.units_called.iter().map(|unit| {
            json!({
                "name": self.text(&unit.name),
                "calls": unit.calls,
                "outcome": unit.outcome.map_or("", |outcome: Outcome| word(outcome).get(self.lang)),
                "words": self.text(&unit.words),
            })
        });
        called.collect()
    }

    fn line(self, line: &Happened) -> Value {
        json!({
            "seq": line.seq,
            "at": self.s.calendar.brief(line.at, self.s.cut_at),
            "time": self.s.calendar.hm(line.at),
            "name": line.name,
            "text": self.happened(line),
            "undone": line.undone,
        })
    }

    /// A line of figures that were told, with what was said of each.
    fn told(self, line: &Happened) -> Value {
        let mut out = self.line(line);
        let said = |figures: &Figures, most: usize| {
            let named = figures.0.iter().filter(|(key, _)| key.axis != Axis::Unit).take(most);
            let one = |(key, figure): (&Key, &Figure)| {
                let name = sitrep::figure(key, &sitrep::row(key.axis, &key.row));
                format!("{} {}", name.get(self.lang), figure.value)
            };
            named.map(one).collect::<Vec<_>>()
        };
        // Of a report the figures that are asked for first; the report itself holds the rest.
        let in_short = [Column::Current, Column::New, Column::Released].map(Key::all);
        let said = match &line.event {
            Event::FigureTold(e) => said(&e.figures, usize::MAX),
            Event::SitrepSent(e) => said(&e.report.figures.only(&in_short), in_short.len()),
            Event::SitrepCorrected(e) => said(&e.report.figures.only(&in_short), in_short.len()),
            _ => Vec::new(),
        };
        if !said.is_empty() {
            let text = self.happened(line);
            out["text"] = json!(match self.lang {
                Lang::Zh => format!("{text}（{}）", said.join("、")),
                Lang::En => format!("{text} ({})", said.join("; ")),
            });
        }
        out
    }

    /// These lines of what happened; the first of each day with its date. Looks at numbers of one kind are one line a
    /// day: the record of looks has each.
    fn happened_lines(self, happened: Vec<&'a Happened>) -> Vec<Value> {
        let mut day = None;
        let looks = self.looks();
        let lines = happened.into_iter().filter_map(|line| {
            let date = self.s.calendar.date(line.at);
            let mut out = self.line(line);
            if let Some(alike) =
                looks.get(&self.look_key(line)).filter(|alike| is_look(line) && alike.len() > 1)
            {
                if alike[0].seq != line.seq {
                    return None;
                }
                let until = alike.last().map_or_else(String::new, |last| self.s.calendar.hm(last.at));
                let mut names: Vec<&str> = alike.iter().map(|line| line.name.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                names.retain(|name| !name.is_empty());
                out["text"] = json!(words::looks(self.happened(line), alike.len(), until).get(self.lang));
                if names.len() > 1 {
                    out["name"] = json!(words::and_others(&line.name, names.len()).get(self.lang));
                }
            }
            let is_new = day.replace(date) != Some(date);
            out["date"] = json!(is_new.then(|| brief_day(date, self.s.calendar.date(self.s.cut_at))));
            Some(out)
        });
        lines.collect()
    }

    /// Looks at numbers that are told in one line: of one day, in the same words.
    fn looks(self) -> BTreeMap<(NaiveDate, String), Vec<&'a Happened>> {
        let mut out: BTreeMap<_, Vec<&'a Happened>> = BTreeMap::new();
        for line in self.s.happened.iter().filter(|line| is_look(line)) {
            out.entry(self.look_key(line)).or_default().push(line);
        }
        out
    }

    fn look_key(self, line: &Happened) -> (NaiveDate, String) {
        (self.s.calendar.date(line.at), self.happened(line))
    }

    /// What happened, in words.
    fn happened(self, line: &Happened) -> String {
        if line.is_erased() {
            return words::ERASED.get(self.lang).to_owned();
        }
        let text = self.text(line.said(self.s.calendar).get(self.lang));
        file::line(line.jump, &text, self.lang)
    }

    /// Where the clock moved: the entry's number, and how.
    fn clock(self) -> Vec<Value> {
        let moved = self.s.happened.iter().filter_map(|line| Some((line.seq, line.jump?)));
        moved.map(|(seq, jump)| json!({ "op": seq, "what": file::said(jump).get(self.lang) })).collect()
    }

    fn addition(self, addition: &Addition) -> Value {
        let mut out = self.line(&addition.line);
        out["recorded"] = json!(self.s.calendar.brief(addition.recorded_at, self.s.cut_at));
        out["officer"] = json!(addition.officer);
        out
    }
}
