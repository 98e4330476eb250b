//! The messages of chasing (催报): to the group of the liaisons, and to one of them. Plain text for a chat: who, which report,
//! by when, how, whom to call. In the group only units are named; what concerns people goes to their own unit alone.

use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::domain::mask::masked_words;
use crate::domain::report::Round;
use crate::domain::text::safe_line;
use crate::domain::time::Ts;
use crate::i18n::chase as say;
use crate::i18n::doubts;
use crate::say::{Lang, Say};
use crate::store::query::rows::{Chased, Chasing, DayFigures, DoubtRow, UnitMatters, Wanted};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Of how many days the units are named for each; of those before only how many each owes.
const DAYS: usize = 2;
/// How many questions stand in a message; more than these nobody reads in a chat.
const QUESTIONS: usize = 10;

crate::domain::codes! {
    /// What a message to the group is about.
    About {
        /// What is owed, and what is due next.
        All = "all",
        /// Only what is owed.
        Owed = "owed",
        /// Only what is due next.
        Before = "before",
    }
}

/// Which units a message to the group is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All of them: those that owe anything, and before the deadline those that are usually late.
    All,
    /// The same of these alone.
    Among(Vec<UnitId>),
    /// These, each by name, also before the deadline.
    Named(Vec<UnitId>),
}

impl Which {
    fn covers(&self, unit: &Chased) -> bool {
        match self {
            Self::All => true,
            Self::Among(units) | Self::Named(units) => units.contains(&unit.id),
        }
    }
}

/// How a message to the group is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What it is about.
    pub about: About,
    /// Of which units.
    pub which: Which,
    /// By when what is owed is asked for.
    pub by: Ts,
}

/// A message, and whom it names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Message {
    /// Its text.
    pub text: Say,
    /// The units that it names.
    pub to: Vec<Told>,
}

/// A unit that a message names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub unit: UnitId,
    /// What the log says of it.
    pub words: Say,
}

impl Message {
    /// A contact with each of the units that it names: what is logged once it is sent.
    pub fn drafts(&self, channel: Channel, lang: Lang) -> Vec<FollowUpDraft> {
        let one = |told: &Told| FollowUpDraft {
            channel,
            outcome: Outcome::MessageSent,
            words: told.words.get(lang).to_owned(),
            ..FollowUpDraft::not_reached(Some(Subject::Unit(told.unit)))
        };
        self.to.iter().map(one).collect()
    }
}

/// Units that owe a report, with when it was due of each.
type Owing<'a> = Vec<(&'a Chased, Ts)>;

/// The units that owe a report, of those that are asked for.
fn owing<'a>(chasing: &'a Chasing, ask: &Ask) -> Vec<&'a Chased> {
    let all = chasing.units.iter().filter(|unit| ask.which.covers(unit));
    all.filter(|unit| ask.about != About::Before && !unit.owed.is_empty()).collect()
}

/// The units that are reminded before the deadline: those that are usually late; whoever was asked for by name.
fn reminded<'a>(chasing: &'a Chasing, ask: &Ask) -> Vec<&'a Chased> {
    let by_name = matches!(ask.which, Which::Named(_));
    let all = chasing.units.iter().filter(|unit| ask.which.covers(unit) && (by_name || unit.usually_late));
    all.filter(|unit| ask.about != About::Owed && unit.awaited.is_some()).collect()
}

/// Which reports are awaited of units, the next one due first, each with those of whom it is: what is due at another hour is
/// another one.
fn awaited<'a>(units: &[&'a Chased]) -> Vec<(&'a Wanted, Vec<&'a Chased>)> {
    let mut out: BTreeMap<(Ts, &Wanted), Vec<&Chased>> = BTreeMap::new();
    for unit in units {
        if let Some(next) = &unit.awaited {
            out.entry((next.due, next)).or_default().push(unit);
        }
    }
    out.into_iter().map(|((_, next), units)| (next, units)).collect()
}

/// What a message to the group may be about, of what is asked for: all of it where there are both.
pub fn abouts(chasing: &Chasing, which: &Which) -> Vec<About> {
    let ask = Ask { about: About::All, which: which.clone(), by: chasing.at };
    match (owing(chasing, &ask).is_empty(), reminded(chasing, &ask).is_empty()) {
        (false, false) => vec![About::All, About::Owed, About::Before],
        (false, true) if chasing.running.is_some() => vec![About::Owed, About::Before],
        _ => vec![About::All],
    }
}

/// The message to the group; an empty one where there is nothing to say to those that are asked for: nothing
/// is due next, or others owe reports and these do not. Whoever it is logged of is named in it.
pub fn group(chasing: &Chasing, ask: &Ask) -> Message {
    let (owing, reminded) = (owing(chasing, ask), reminded(chasing, ask));
    let pen = Pen { chasing, lines: Vec::new() };
    let running = chasing.running.as_ref().filter(|now| now.received < now.expected);
    let text = if !owing.is_empty() {
        pen.chase(&owing, &reminded, ask.by)
    } else if running.is_some() || !reminded.is_empty() {
        pen.remind(running, &reminded)
    } else if (ask.about == About::Before && chasing.running.is_none()) || !is_all_well(chasing) {
        return Message::default();
    } else {
        pen.thank()
    };
    let names: BTreeSet<UnitId> = owing.iter().chain(&reminded).map(|unit| unit.id).collect();
    let to = chasing.units.iter().filter(|unit| names.contains(&unit.id));
    let owes = |unit: &Chased| owing.iter().any(|known| known.id == unit.id);
    let to = to.map(|unit| Told { unit: unit.id, words: words(chasing, unit, owes(unit), ask.by) }).collect();
    Message { text, to }
}

/// Whether a report was expected, and is there of all.
fn is_whole(day: &DayFigures) -> bool {
    day.expected > 0 && day.received >= day.expected
}

/// Whether everybody may be thanked: the newest report is there of all, or nobody owes any.
fn is_all_well(chasing: &Chasing) -> bool {
    let newest = chasing.running.as_ref().or(chasing.force.as_ref());
    newest.is_some_and(is_whole) || chasing.units.iter().all(|unit| unit.owed.is_empty())
}

/// What the log says of a unit that was named in the group.
fn words(chasing: &Chasing, unit: &Chased, owes: bool, by: Ts) -> Say {
    let (now, cal) = (chasing.at, chasing.calendar);
    let both = |one: &dyn Fn(&str, &str) -> Say, a: &Say, b: &Say| Say {
        zh: one(&a.zh, &b.zh).zh,
        en: one(&a.en, &b.en).en,
    };
    match (unit.owed.first(), &unit.awaited) {
        (Some(first), _) if owes => {
            let said = say::log_owed(unit.owed.len(), first.day.format("%m-%d"));
            both(&|said, by| say::log_by(said, by), &said, &say::hour(by, now, cal))
        }
        (_, Some(next)) => {
            let report = report(chasing, next.day, &next.round);
            both(&|report, due| say::log_reminded(report, due), &report, &say::hour(next.due, now, cal))
        }
        _ => Say::default(),
    }
}

/// A report as it is called.
fn report(chasing: &Chasing, day: NaiveDate, round: &Round) -> Say {
    let day = say::day(day, chasing.calendar.date(chasing.at));
    match chasing.rounds.iter().find(|(known, _)| known == round) {
        Some((_, name)) => {
            let name = safe_line(name);
            Say { zh: say::report_round(&day.zh, &name).zh, en: say::report_round(&day.en, &name).en }
        }
        None => day.within(|day| say::report(day)),
    }
}

/// Writes a message line by line.
struct Pen<'a> {
    chasing: &'a Chasing,
    lines: Vec<Say>,
}

impl Pen<'_> {
    fn line(&mut self, line: impl Into<Say>) {
        self.lines.push(line.into());
    }

    fn done(self) -> Say {
        let of = |get: fn(&Say) -> &str| self.lines.iter().map(get).collect::<Vec<_>>().join("\n");
        Say { zh: of(|say| &say.zh), en: of(|say| &say.en) }
    }

    /// The first line: a rehearsal says so.
    fn head(&mut self, head: impl Fn(&str) -> Say) {
        let office = safe_line(&self.chasing.office);
        let head = head(&office);
        self.line(if self.chasing.rehearsal {
            let mark = say::REHEARSAL;
            Say { zh: format!("{}{}", mark.zh, head.zh), en: format!("{}{}", mark.en, head.en) }
        } else {
            head
        });
    }

    fn hour(&self, at: Ts) -> Say {
        say::hour(at, self.chasing.at, self.chasing.calendar)
    }

    fn report(&self, day: NaiveDate, round: &Round) -> Say {
        report(self.chasing, day, round)
    }

    /// A unit as it is named; one that has promised a time that is not over, with that.
    fn name(&self, unit: &Chased) -> Say {
        let name = safe_line(&unit.short);
        match unit.promise.filter(|at| *at > self.chasing.at) {
            Some(at) => {
                let same = self.chasing.calendar.date(at) == self.chasing.calendar.date(self.chasing.at);
                let cal = self.chasing.calendar;
                let at = if same { cal.hm(at) } else { cal.brief(at, self.chasing.at) };
                say::promised(name, at)
            }
            None => Say::same(name),
        }
    }

    fn names(&self, units: &[&Chased]) -> Say {
        let names: Vec<Say> = units.iter().map(|unit| self.name(unit)).collect();
        Say {
            zh: Say::listed(names.iter().map(|name| &name.zh)).zh,
            en: Say::listed(names.iter().map(|name| &name.en)).en,
        }
    }

    /// Whom to call; and how it is sent, where anything is to be sent.
    fn foot(&mut self, sends: bool) {
        let (how, phone) = (safe_line(&self.chasing.send_by), safe_line(&self.chasing.phone));
        let officer = safe_line(&self.chasing.officer);
        if sends && !how.is_empty() {
            self.line(say::send_by(how.trim_end_matches(['。', '.'])));
        }
        self.line(match (officer.is_empty(), phone.is_empty()) {
            (false, false) => say::ask_with(officer, phone),
            (false, true) => say::ask_by(officer),
            (true, false) => say::ask_at(phone),
            (true, true) => say::THANKS.into(),
        });
    }

    /// What is missing, by report, the newest first.
    fn chase(mut self, owing: &[&Chased], reminded: &[&Chased], by: Ts) -> Say {
        self.head(|office| say::chased(office));
        let now = self.chasing.at;
        let at = say::day(self.chasing.calendar.date(now), self.chasing.calendar.date(now));
        let hm = self.chasing.calendar.hm(now);
        self.line(Say {
            zh: say::missing(format!("{} {hm}", at.zh)).zh,
            en: say::missing(format!("{hm} on {}", at.en)).en,
        });
        let mut reports: BTreeMap<(Reverse<NaiveDate>, Round), Owing<'_>> = BTreeMap::new();
        for unit in owing {
            for Wanted { day, round, due } in &unit.owed {
                reports.entry((Reverse(*day), round.clone())).or_default().push((unit, *due));
            }
        }
        let days: BTreeSet<Reverse<NaiveDate>> = reports.keys().map(|(day, _)| *day).collect();
        let named: Vec<Reverse<NaiveDate>> = days.iter().copied().take(DAYS).collect();
        let mut older: Vec<(&Chased, usize)> = Vec::new();
        for ((day, round), units) in &reports {
            if !named.contains(day) {
                for (unit, _) in units {
                    match older.iter_mut().find(|(known, _)| known.id == unit.id) {
                        Some((_, n)) => *n += 1,
                        None => older.push((unit, 1)),
                    }
                }
                continue;
            }
            let report = self.report(day.0, round);
            let due: BTreeSet<Ts> = units.iter().map(|(_, due)| *due).collect();
            // Units with hours of their own: no one hour is that of all.
            let report = match due.iter().collect::<Vec<_>>().as_slice() {
                [due] => {
                    let hm = self.chasing.calendar.hm(**due);
                    report.within(|report| say::report_due(report, &hm))
                }
                _ => report,
            };
            let units: Vec<&Chased> = units.iter().map(|(unit, _)| *unit).collect();
            let names = self.names(&units);
            self.line(Say {
                zh: say::of_report(&report.zh, units.len(), &names.zh).zh,
                en: say::of_report(&report.en, units.len(), &names.en).en,
            });
        }
        if !older.is_empty() {
            let each: Vec<Say> = older.iter().map(|(unit, n)| say::owes(safe_line(&unit.short), n)).collect();
            self.line(Say {
                zh: say::older(Say::listed(each.iter().map(|say| &say.zh)).zh).zh,
                en: say::older(Say::listed(each.iter().map(|say| &say.en)).en).en,
            });
        }
        let by = self.hour(by);
        self.line(by.within(|by| say::please(by)));
        self.line(say::SENT_ALREADY);
        for (next, units) in awaited(reminded) {
            let (report, due) = (self.report(next.day, &next.round), self.hour(next.due));
            let names = Say::listed(units.iter().map(|unit| safe_line(&unit.short)));
            self.line(Say {
                zh: say::also_due(&report.zh, &due.zh, &names.zh).zh,
                en: say::also_due(&report.en, &due.en, &names.en).en,
            });
        }
        self.foot(true);
        self.done()
    }

    /// What is due next; units whose hour is another are told theirs, and those of whom another report is awaited, which.
    /// After the office's last deadline there are only those.
    fn remind(mut self, running: Option<&DayFigures>, reminded: &[&Chased]) -> Say {
        self.head(|office| say::reminded(office));
        if let Some(day) = running {
            let (report, due) = (self.report(day.day, &day.round), self.hour(day.deadline));
            let (n, all) = (day.received, day.expected);
            self.line(Say {
                zh: say::due_next(&report.zh, &due.zh, n, all).zh,
                en: say::due_next(&report.en, &due.en, n, all).en,
            });
        } else {
            self.line(say::GOOD_DAY);
        }
        let awaited = awaited(reminded);
        let is_it =
            |next: &Wanted| running.is_some_and(|day| (day.day, &day.round) == (next.day, &next.round));
        match awaited.as_slice() {
            [] => self.line(say::EVERYBODY),
            [(next, units)] if is_it(next) && running.is_some_and(|day| day.deadline == next.due) => {
                let names = self.names(units);
                self.line(Say { zh: say::mind(&names.zh).zh, en: say::mind(&names.en).en });
            }
            all => {
                let one = |next: &Wanted, units: &[&Chased]| {
                    let (due, names) = (self.hour(next.due), self.names(units));
                    if is_it(next) {
                        let zh = say::mind_at(&due.zh, &names.zh).zh;
                        return Say { zh, en: say::mind_at(&due.en, &names.en).en };
                    }
                    let report = self.report(next.day, &next.round);
                    Say {
                        zh: say::mind_of(&report.zh, &due.zh, &names.zh).zh,
                        en: say::mind_of(&report.en, &due.en, &names.en).en,
                    }
                };
                let each: Vec<Say> = all.iter().map(|(next, units)| one(next, units)).collect();
                let of = |get: fn(&Say) -> &str, by: &str| each.iter().map(get).collect::<Vec<_>>().join(by);
                self.line(Say {
                    zh: say::mind(of(|say| &say.zh, "；")).zh,
                    en: say::mind(of(|say| &say.en, "; ")).en,
                });
            }
        }
        if !reminded.is_empty() {
            self.line(say::ZERO_TOO);
        }
        self.foot(true);
        self.done()
    }

    /// Everything is in.
    fn thank(mut self) -> Say {
        self.head(|office| say::thanked(office));
        let newest = self.chasing.running.as_ref().or(self.chasing.force.as_ref());
        let whole = newest.filter(|day| is_whole(day));
        match (whole, newest) {
            (Some(day), _) => {
                let report = self.report(day.day, &day.round);
                self.line(report.within(|report| say::all_in(report, day.expected)));
            }
            // What was written off did not come, and nobody is asked for it.
            (None, Some(_)) => self.line(say::NONE_OWED),
            (None, None) => self.line(say::NOTHING_DUE),
        }
        self.foot(false);
        self.done()
    }
}

/// Who each of these is about, as they are called; of two people with one name, with the end of their numbers at the office.
pub(super) fn called(rows: &[DoubtRow]) -> Vec<Say> {
    let name = |row: &DoubtRow| safe_line(&masked_words(&row.name)).into_owned();
    let names: Vec<String> = rows.iter().map(name).collect();
    let mut people: HashMap<&str, HashSet<Option<PersonId>>> = HashMap::new();
    for (row, name) in rows.iter().zip(&names) {
        people.entry(name).or_default().insert(row.doubt.person());
    }
    let one = |(row, mine): (&DoubtRow, &String)| {
        let of_this_name = people.get(mine.as_str()).map_or(0, HashSet::len);
        if row.doubt.person().is_some() && of_this_name > 1 {
            let from = row.no.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
            say::with_end(mine, safe_line(&row.no[from..]))
        } else {
            Say::same(mine)
        }
    };
    rows.iter().zip(&names).map(one).collect()
}

/// The message to one unit: what it owes, rows that were not taken in, what it is asked. Names of its own people, and no
/// number of theirs.
pub fn unit(matters: &UnitMatters, by: Ts) -> Message {
    let chasing = &matters.chasing;
    let mut pen = Pen { chasing, lines: Vec::new() };
    let liaison = safe_line(&matters.liaison);
    let name = safe_line(&matters.short);
    let dear = if liaison.is_empty() { say::dear_unit(&name) } else { say::dear(&liaison) };
    let (office, officer) = (safe_line(&chasing.office), safe_line(&chasing.officer));
    let who = if officer.is_empty() { say::we_are(office) } else { say::i_am(office, officer) };
    let mark = if chasing.rehearsal { say::REHEARSAL.into() } else { Say::default() };
    pen.line(Say {
        zh: format!("{}{}{}", mark.zh, dear.zh, who.zh),
        en: format!("{}{} {}", mark.en, dear.en, who.en),
    });
    let mut items = Vec::new();
    let of = chasing.units.first();
    if let Some(unit) = of.filter(|unit| !unit.owed.is_empty()) {
        let reports: Vec<Say> =
            unit.owed.iter().rev().map(|owed| pen.report(owed.day, &owed.round)).collect();
        let (zh, en) = (
            Say::listed(reports.iter().map(|say| &say.zh)).zh,
            Say::listed(reports.iter().map(|say| &say.en)).en,
        );
        let by = pen.hour(by);
        items.push(Say { zh: say::not_here(zh, &by.zh).zh, en: say::not_here(en, &by.en).en });
    }
    if let Some(next) = of.and_then(|unit| unit.awaited.as_ref()) {
        let (report, due) = (pen.report(next.day, &next.round), pen.hour(next.due));
        items.push(Say {
            zh: say::will_be_due(&report.zh, &due.zh).zh,
            en: say::will_be_due(&report.en, &due.en).en,
        });
    }
    for refused in &matters.refused {
        let report = pen.report(refused.day, &refused.round);
        items.push(report.within(|report| say::rows_back(report, refused.rows)));
    }
    let all = matters.doubts.len();
    if all > 0 {
        items.push(say::questions(all));
    }
    let wanted = !items.is_empty();
    if items.is_empty() {
        pen.line(say::nothing(&name));
    } else {
        pen.line(say::matters(&name));
    }
    let numbered = items.len() > 1;
    for (n, item) in items.into_iter().enumerate() {
        pen.line(if numbered {
            Say { zh: format!("{}. {}", n + 1, item.zh), en: format!("{}. {}", n + 1, item.en) }
        } else {
            item
        });
    }
    let today = chasing.calendar.day(chasing.at);
    for (row, name) in matters.doubts.iter().zip(called(&matters.doubts)).take(QUESTIONS) {
        let asked =
            doubts::question(&row.doubt, today).within(|text| Say::same(safe_line(&masked_words(text))));
        let asked = match row.doubt.person() {
            Some(_) => Say { zh: say::about(&name.zh, &asked.zh).zh, en: say::about(&name.en, &asked.en).en },
            None => asked,
        };
        pen.line(Say { zh: format!("· {}", asked.zh), en: format!("- {}", asked.en) });
    }
    if all > QUESTIONS {
        pen.line(say::and_more(all - QUESTIONS));
    }
    pen.foot(wanted);
    let rows: u32 = matters.refused.iter().map(|refused| refused.rows).sum();
    let words = say::log_unit(of.map_or(0, |unit| unit.owed.len()), rows, all);
    Message { text: pen.done(), to: vec![Told { unit: matters.id, words }] }
}

#[cfg(test)]
mod tests;
