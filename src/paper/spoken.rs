//! The thirty seconds at the leader's door: four sentences, said as one speaks. The first says what time it is and
//! whether anything is wrong, the gravest first; then the people, the reports, and what comes next.
//!
//! Whatever number is said goes through one place, which notes whose figure it is: what is recorded as told is what
//! was said, and nothing else.

use crate::domain::case::Category;
use crate::domain::sitrep::{Axis, Column, Figures, Key};
use crate::domain::time::Ts;
use crate::i18n::spoken::{self as say, count, time};
use crate::say::{Lang, Say};
use crate::store::query::rows::{DayReports, OwingUnit, Since, Spoken};
use chrono::NaiveDate;
use std::cell::RefCell;

/// How many units that are late are named.
const NAMED: usize = 2;

/// The four sentences.
pub fn sentences(spoken: &Spoken, lang: Lang) -> [String; 4] {
    Voice::new(spoken, lang).sentences()
}

/// The sentences as one text, for the chat.
pub fn text(spoken: &Spoken, lang: Lang) -> String {
    sentences(spoken, lang).join(match lang {
        Lang::Zh => "",
        Lang::En => " ",
    })
}

/// The figures whose numbers stand in the sentences: those that are recorded when they were said to somebody.
pub fn said(spoken: &Spoken) -> Figures {
    let voice = Voice::new(spoken, Lang::Zh);
    voice.sentences();
    spoken.figures.only(&voice.keys.into_inner())
}

/// An English word or phrase by whether it is about one or several.
fn of(n: i64, one: &'static str, several: &'static str) -> &'static str {
    if n == 1 { one } else { several }
}

/// One who speaks.
struct Voice<'a> {
    spoken: &'a Spoken,
    lang: Lang,
    /// The figures that were said so far.
    keys: RefCell<Vec<Key>>,
}

impl<'a> Voice<'a> {
    fn new(spoken: &'a Spoken, lang: Lang) -> Self {
        Self { spoken, lang, keys: RefCell::default() }
    }

    fn sentences(&self) -> [String; 4] {
        [self.first(), self.people(), self.reports(), self.next()]
    }

    fn get(&self, say: &Say) -> String {
        say.get(self.lang).to_owned()
    }

    /// A number that is nobody's figure.
    fn number(&self, n: i64) -> String {
        self.get(&count(n))
    }

    /// A number that is a figure, where it is that figure: one that is counted otherwise, or of another time, is not
    /// recorded under its name.
    fn figure(&self, n: i64, key: Key) -> String {
        if self.spoken.figures.value(&key) == n && self.spoken.figures.0.contains_key(&key) {
            self.keys.borrow_mut().push(key);
        }
        self.number(n)
    }

    fn all(&self, n: i64, column: Column) -> String {
        self.figure(n, Key::all(column))
    }

    /// Clauses, joined as in a sentence.
    fn joined(&self, clauses: &[String]) -> String {
        match (self.lang, clauses) {
            (Lang::Zh, all) => all.join("，"),
            (Lang::En, [before @ .., last]) if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            (Lang::En, all) => all.join(", "),
        }
    }

    /// A clause about a number that is not nought.
    fn clause(&self, out: &mut Vec<String>, n: i64, say: impl FnOnce(i64) -> Say) {
        if n > 0 {
            out.push(self.get(&say(n)));
        }
    }

    fn first(&self) -> String {
        let s = self.spoken;
        let category = |category: Category| Key::row(Axis::Category, category.code(), Column::Current);
        let mut wrong = Vec::new();
        let cases = |n| of(n, "case", "cases");
        self.clause(&mut wrong, s.confirmed, |n| {
            say::confirmed(self.figure(n, category(Category::Confirmed)), cases(n))
        });
        self.clause(&mut wrong, s.suspected, |n| {
            say::suspected(self.figure(n, category(Category::Suspected)), cases(n))
        });
        self.clause(&mut wrong, s.feverish, |n| say::feverish(self.number(n)));
        self.clause(&mut wrong, s.unwell, |n| say::unwell(self.all(n, Column::Unwell)));
        self.clause(&mut wrong, s.fever_new, |n| say::fever_new(self.all(n, Column::FeverNew)));
        self.clause(&mut wrong, s.found, |n| say::found(self.number(n)));
        self.clause(&mut wrong, s.reports.late() as i64, |n| {
            let units = of(n, "unit late with its report", "units late with their reports");
            say::overdue(self.number(n), units)
        });
        self.clause(&mut wrong, i64::from(s.missed), |n| {
            say::missed(self.number(n), of(n, "person", "people"))
        });
        let now = self.get(&time(s.calendar.local(s.now)));
        let wrong = self.joined(&wrong);
        self.get(&match (wrong.is_empty(), self.waiting().is_empty()) {
            (false, _) => say::wrong(now, wrong),
            (true, false) => say::busy(now),
            (true, true) => say::calm(now),
        })
    }

    fn people(&self) -> String {
        let s = self.spoken;
        let (now, by) = (self.all(s.current, Column::Current), s.current - s.before);
        let whom = of(s.current, "person", "people");
        if by == 0 && s.new == 0 && s.released == 0 {
            let since = self.since(true);
            let say = if s.current == 0 { say::same_nobody(since) } else { say::same(now, whom, since) };
            return self.get(&say);
        }
        let since = self.since(by == 0);
        let (difference, moved) = (self.number(by), self.moved());
        self.get(&match (by, s.current) {
            (0, 0) => say::exchanged_nobody(since, moved),
            (0, _) => say::exchanged(now, whom, since, moved),
            (1.., _) => say::more(now, whom, since, difference, moved),
            (_, 0) => say::fewer_nobody(since, difference, moved),
            _ => say::fewer(now, whom, since, difference, moved),
        })
    }

    /// Who came and who left; a none is not said.
    fn moved(&self) -> String {
        let (new, released) = (self.spoken.new, self.spoken.released);
        let (came, left) = (|| self.all(new, Column::New), || self.all(released, Column::Released));
        self.get(&match (new, released) {
            (0, 0) => Say::default(),
            (_, 0) => say::moved_in(came()),
            (0, _) => say::moved_out(left()),
            _ => say::moved_both(came(), left()),
        })
    }

    /// Since when it is told as new; `still` where the number is the same.
    fn since(&self, still: bool) -> String {
        let at = self.when(self.spoken.since);
        self.get(&match (&self.spoken.why, still) {
            (Since::Told(_), false) => say::since_told(at),
            (Since::Told(_), true) => say::still_told(at),
            (Since::Shift, false) => say::since_shift(at),
            (Since::Shift, true) => say::still_shift(at),
            (Since::Day, false) => say::SINCE_DAY.into(),
            (Since::Day, true) => say::STILL_DAY.into(),
        })
    }

    /// A time of day, with its day unless that is today.
    fn when(&self, at: Ts) -> String {
        let (local, time) = (self.spoken.calendar.local(at), self.get(&time(self.spoken.calendar.local(at))));
        let today = self.spoken.calendar.date(self.spoken.now);
        if local.date() == today {
            return self.get(&say::today_at(time));
        }
        self.get(&say::day_at(self.day(local.date()), time))
    }

    fn day(&self, day: NaiveDate) -> String {
        let today = self.spoken.calendar.date(self.spoken.now);
        self.get(&match (today - day).num_days() {
            0 => say::TODAY.into(),
            1 => say::YESTERDAY.into(),
            2 => say::DAY_BEFORE.into(),
            _ => say::on_day(say::date(day, self.lang)),
        })
    }

    fn reports(&self) -> String {
        let reports = &self.spoken.reports;
        let mut out: Vec<String> = reports.in_force.iter().map(|day| self.of_day(day)).collect();
        let is_before = |unit: &&OwingUnit| unit.day < self.spoken.day;
        let (earlier, own): (Vec<_>, Vec<_>) = reports.earlier.iter().partition(is_before);
        if let Some(oldest) = earlier.iter().map(|unit| unit.day).min() {
            let n = earlier.len() as i64;
            let units = of(n, "unit still owes", "units still owe");
            let names = self.names(&earlier);
            out.push(self.get(&say::earlier(self.number(n), units, names, say::date(oldest, self.lang))));
        }
        if !own.is_empty() {
            let n = own.len() as i64;
            let units = of(n, "unit is", "units are");
            out.push(self.get(&say::own_hour(self.number(n), units, self.names(&own))));
        }
        if let Some(running) = &reports.running {
            let so_far = match running.received {
                0 => Say::default(),
                n if n == running.expected => say::SO_FAR_ALL.into(),
                n => say::so_far(self.all(n, Column::Received), of(n, "has", "have")),
            };
            let until = self.get(&time(self.spoken.calendar.local(running.deadline)));
            out.push(self.get(&say::running(until, so_far.get(self.lang))));
        }
        if out.is_empty() {
            return self.get(&say::NONE_DUE.into());
        }
        out.join(if self.lang == Lang::Zh { "" } else { " " })
    }

    /// How many units sent what was due of a day, who is missing, and whether they were called.
    fn of_day(&self, of_day: &DayReports) -> String {
        let (day, missing) = (self.day(of_day.day), of_day.missing.len() as i64);
        // A figure belongs to its day: those of another are not recorded with today's.
        let today = of_day.day == self.spoken.day;
        let figure = |n, column| if today { self.all(n, column) } else { self.number(n) };
        let say = match (missing, of_day.expected) {
            (0, n) if of_day.written_off > 0 => {
                let (received, left) = (of_day.received, self.number(of_day.written_off));
                let expected = figure(n, Column::Expected);
                let others = of(of_day.written_off, "other was", "others were");
                if received == 0 {
                    say::none_and_written_off(day, expected, of(n, "unit", "units"))
                } else {
                    say::written_off(day, figure(received, Column::Received), expected, left, others)
                }
            }
            (0, _) if of_day.received < of_day.expected => {
                let expected = figure(of_day.expected, Column::Expected);
                say::some_so_far(day, figure(of_day.received, Column::Received), expected)
            }
            (0, 1) => say::one_in(day),
            (0, n) => say::all_in(day, figure(n, Column::Received)),
            (_, n) => {
                let (names, calls) = (self.names(&of_day.missing), self.called(&of_day.missing));
                match of_day.received {
                    0 if n == 1 => say::one_missing(day, names, calls),
                    0 if n == missing => say::none_in(day, figure(n, Column::Missing), names, calls),
                    received => say::some_in(
                        day,
                        figure(received, Column::Received),
                        figure(n, Column::Expected),
                        figure(missing, Column::Missing),
                        of(missing, "is", "are"),
                        names,
                        calls,
                    ),
                }
            }
        };
        let said = upper(&self.get(&say));
        if missing == 0 || of_day.written_off == 0 {
            return said;
        }
        let n = of_day.written_off;
        let also = say::also_written_off(self.number(n), of(n, "unit is", "units are"));
        let gap = if self.lang == Lang::Zh { "" } else { " " };
        format!("{said}{gap}{}", self.get(&also))
    }

    /// Whether those that are late were called.
    fn called(&self, missing: &[OwingUnit]) -> String {
        let called = missing.iter().filter(|unit| unit.chased).count() as i64;
        let left = missing.len() as i64 - called;
        self.get(&match (called, left) {
            (_, 0) => say::CALLING.into(),
            (0, 1) => say::NOT_CALLED_ONE.into(),
            (0, _) => say::NOT_CALLED.into(),
            _ => {
                let (have, others) = (of(called, "has", "have"), of(left, "has", "have"));
                say::some_called(self.number(called), have, self.number(left), others)
            }
        })
    }

    /// The names of the first few.
    fn names<T: std::borrow::Borrow<OwingUnit>>(&self, units: &[T]) -> String {
        let comma = if self.lang == Lang::Zh { "、" } else { ", " };
        let list =
            units.iter().take(NAMED).map(|unit| unit.borrow().name.as_str()).collect::<Vec<_>>().join(comma);
        self.get(&match units.len() {
            0 => Say::default(),
            n if n > NAMED => say::names_more(list),
            _ => say::names(list),
        })
    }

    fn next(&self) -> String {
        let waiting = self.waiting();
        self.get(&if waiting.is_empty() { say::NO_NEXT.into() } else { say::next(waiting) })
    }

    /// What is not urgent and not done.
    fn waiting(&self) -> String {
        let s = self.spoken;
        let mut out = Vec::new();
        self.clause(&mut out, i64::from(s.due_release), |n| {
            let have = of(n, "has finished observation and waits", "have finished observation and wait");
            say::due_release(self.number(n), have)
        });
        self.clause(&mut out, i64::from(s.promises_overdue), |n| {
            say::promises(self.number(n), of(n, "promised answer is", "promised answers are"))
        });
        self.clause(&mut out, i64::from(s.calls_overdue), |n| {
            say::calls(self.number(n), of(n, "call is", "calls are"))
        });
        self.clause(&mut out, i64::from(s.questions), |n| {
            say::questions(
                self.number(n),
                of(n, "question from the handover is", "questions from the handover are"),
            )
        });
        self.clause(&mut out, i64::from(s.unknown), |n| {
            say::unknown(self.number(n), of(n, "unknown caller is", "unknown callers are"))
        });
        self.joined(&out)
    }
}

/// A sentence with its first letter large.
fn upper(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}

#[cfg(test)]
mod tests;
