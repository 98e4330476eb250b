//! The handover as lines to read and items to walk through.

use super::forms;
use super::walk::by_person;
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::draft::{Draft, handover_key};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::lines::TextLine;
use crate::app::shown::msg::Tone;
use crate::app::shown::rows::{day_of, how_long, moment, named, said, when};
use crate::app::shown::state::{Layer, Purpose, State, Walk};
use crate::domain::handover::How;
use crate::domain::ids::OfficerId;
use crate::domain::item::{DueRow, DueState};
use crate::domain::time::brief_day;
use crate::i18n::handover as words;
use crate::i18n::paper;
use crate::i18n::passing as say;
use crate::i18n::screen;
use crate::i18n::terms::{categories, word};
use crate::log::event::HandoverItem;
use crate::paper::summary::{OpenRow, Summary};
use crate::say::{Lang, Say};
use crate::store::act::Act;
use crate::store::query::rows::{CaseRow, FindingRow, OutstandingRow};
use std::ops::Range;

/// Lines as they are counted, of which only those in sight are put into words: a shift may leave thousands.
struct Sheet {
    sight: Range<usize>,
    count: usize,
    lines: Vec<TextLine>,
}

impl Sheet {
    fn push(&mut self, line: impl FnOnce() -> TextLine) {
        if self.sight.contains(&self.count) {
            self.lines.push(line());
        }
        self.count += 1;
    }

    fn section<T>(&mut self, title: &Say, lang: Lang, items: &[T], line: impl Fn(&T) -> TextLine) {
        if self.count > 0 {
            self.push(|| TextLine::new("", Mood::Plain));
        }
        self.push(|| TextLine::head(title.get(lang)));
        if items.is_empty() {
            self.push(|| TextLine::new(format!("  {}", screen::NONE.get(lang)), Mood::Dim));
        }
        for item in items {
            self.push(|| line(item));
        }
    }
}

/// How many lines the handover has.
pub fn count(summary: &Summary, ctx: &Ctx) -> usize {
    laid(summary, ctx, 0..0).count
}

/// The lines of the handover that are in sight: counts, what is open, changed cases, units called, what happened.
pub fn lines(summary: &Summary, ctx: &Ctx, sight: Range<usize>) -> Vec<TextLine> {
    laid(summary, ctx, sight).lines
}

fn laid(summary: &Summary, ctx: &Ctx, sight: Range<usize>) -> Sheet {
    let lang = ctx.lang;
    let c = &summary.counts;
    let mut out = Sheet { sight, count: 0, lines: Vec::new() };
    let plain = |say: Say| TextLine::new(say.get(lang), Mood::Plain);
    let of = || screen::handover_of(&summary.officer_name, ctx.cal.ymd_hm(summary.started_at));
    out.push(|| TextLine::head(of().get(lang)));
    let code = || screen::head_code(&summary.head, summary.seq.0, summary.seq.1);
    out.push(|| TextLine::new(code().get(lang), Mood::Dim));
    for day in &summary.days {
        out.push(|| plain(screen::sum_reports(day.day, day.received, day.expected, day.missing)));
    }
    if let Some(day) = &summary.running {
        out.push(|| plain(screen::sum_running(day.day, day.awaited, day.expected)));
    }
    out.push(|| plain(screen::sum_calls(c.followups, c.not_reached, c.promises)));
    let due = summary.due_release.len();
    out.push(|| plain(screen::sum_cases(c.cases, c.cases_opened, c.cases_released, due)));
    out.section(&screen::sec_outstanding(summary.outstanding.len()), lang, &summary.outstanding, |row| {
        TextLine::new(format!("  {}", outstanding_line(row, summary).get(lang)), Mood::Bad)
    });
    let findings = crate::i18n::findings::section(summary.findings.len());
    out.section(&findings, lang, &summary.findings, |row| {
        TextLine::new(format!("  {}", finding_line(row).get(lang)), Mood::Bad)
    });
    out.section(&screen::sec_due(summary.due.len()), lang, &summary.due, |row| {
        let mood = if row.state == DueState::Coming { Mood::Plain } else { Mood::Warn };
        let stands = how_long(row, ctx).text;
        TextLine::new(
            format!("  {} {} {stands}", moment(row.item.kind, row.at, ctx), due_line(row).get(lang)),
            mood,
        )
    });
    let case = |row: &CaseRow| TextLine::new(format!("  {}", case_line(row).get(lang)), Mood::Plain);
    out.section(&screen::sec_release(due), lang, &summary.due_release, case);
    out.section(&screen::sec_changed(summary.changed_cases.len()), lang, &summary.changed_cases, case);
    out.section(&screen::sec_called(summary.units_called.len()), lang, &summary.units_called, |unit| {
        let outcome = unit.outcome.map_or("", |outcome| word(outcome).get(lang));
        let text = screen::called(&unit.name, unit.calls, outcome, &unit.words);
        TextLine::new(format!("  {}", text.get(lang)), Mood::Plain)
    });
    out.section(&screen::sec_happened(summary.happened.len()), lang, &summary.happened, |line| {
        let mark = if line.undone { screen::UNDONE_MARK.get(lang) } else { "" };
        let text = line.said(ctx.cal);
        TextLine::new(
            format!("  {} {} {mark}{}", when(line.at, ctx), line.name, text.get(lang)),
            if line.undone { Mood::Dim } else { Mood::Plain },
        )
    });
    out
}

/// The day of the oldest that is owed is named where it is not the one in force.
fn outstanding_line(row: &OutstandingRow, summary: &Summary) -> Say {
    let mut name = Say::same(&row.name);
    if row.key.day != summary.day {
        let day = format!(" {}", brief_day(row.key.day, summary.day));
        name = Say { zh: name.zh + &day, en: name.en + &day };
    }
    if row.missing > 1 {
        let owes = screen::item_owes(row.missing);
        name = Say { zh: name.zh + &owes.zh, en: name.en + &owes.en };
    }
    let line = |name: &str| screen::item_outstanding(name, &row.liaison, &row.phone, row.chases);
    Say { zh: line(&name.zh).zh, en: line(&name.en).en }
}

fn finding_line(row: &FindingRow) -> Say {
    let what = crate::i18n::findings::all(&row.found);
    let head = format!("{} {}", row.name, row.unit);
    Say { zh: format!("{head} {}", what.zh), en: format!("{head} {}", what.en) }
}

fn due_line(row: &DueRow) -> Say {
    let kind = crate::i18n::items::title(row.item.kind);
    let (who, words) = (named(row), said(row));
    Say {
        zh: format!("{} {} {}", kind.zh, who.zh, words.zh).trim_end().to_owned(),
        en: format!("{} {} {}", kind.en, who.en, words.en).trim_end().to_owned(),
    }
}

/// As it is read back: two lines of one person are told apart by their hour.
fn open_due_line(row: &DueRow, summary: &Summary) -> Say {
    let state = paper::due_state(row);
    let at = row.item.kind.moment(row.at, summary.calendar, summary.cut_at);
    let line = due_line(row);
    let unit = if row.unit.is_empty() { String::new() } else { format!(" {}", row.unit) };
    Say {
        zh: format!("{at} {}{unit}（{}）", line.zh, state.zh),
        en: format!("{at} {}{unit} ({})", line.en, state.en),
    }
}

fn case_line(row: &CaseRow) -> Say {
    let why = categories(&row.categories);
    let state = word(row.state);
    let line = |lang: Lang, why: &str, state: &str| {
        format!("{} {} {} {} {}", row.name, row.unit, why, state, day_of(row.observation, lang))
            .trim_end()
            .to_owned()
    };
    Say { zh: line(Lang::Zh, &why.zh, state.zh), en: line(Lang::En, &why.en, state.en) }
}

/// Every open item in words, to be acknowledged one by one.
pub fn items(summary: &Summary) -> Vec<(HandoverItem, Say)> {
    let with = |head: crate::say::Word, say: Say| Say {
        zh: format!("{} {}", head.zh, say.zh),
        en: format!("{} {}", head.en, say.en),
    };
    let words = |row: OpenRow<'_>| match row {
        OpenRow::Outstanding(row) => with(screen::OUTSTANDING, outstanding_line(row, summary)),
        OpenRow::Finding(row) => with(crate::i18n::findings::FINDING, finding_line(row)),
        OpenRow::Due(row) => open_due_line(row, summary),
        OpenRow::Release(row) => with(screen::CASE, case_line(row)),
        OpenRow::Question(row) => with(say::QUESTION, Say::same(format!("{} {}", row.name, row.text).trim())),
    };
    summary.open_items().into_iter().map(|(item, row)| (item, words(row))).collect()
}

impl State {
    /// The handover came.
    pub(super) fn take_handover(&mut self, summary: Box<Summary>) {
        self.summary = Some(summary);
        if std::mem::take(&mut self.taking_over)
            && let Some(summary) = &self.summary
        {
            let items = items(summary).into_iter().map(|(item, _)| item).collect();
            forms::handover::take_over(self, items);
        }
    }

    /// Begins the walk with the officer who takes over; what was ticked with them, and asked, is so still.
    pub(super) fn walk(&mut self, to: (OfficerId, String)) {
        let Some(summary) = &self.summary else { return };
        let draft = self.drafts.get(&handover_key(summary.shift)).map_or("", String::as_str);
        let draft = Draft::read(draft);
        let mut items = items(summary);
        for (item, _) in &mut items {
            item.ticked |= draft.is_ticked(to.0, item) && draft.asked(&item.item()).is_none();
        }
        let questions = items.iter().filter_map(|(item, _)| draft.asked(&item.item())).collect();
        let (places, items) = by_person(summary, items).into_iter().unzip();
        let how = if to.0 == summary.officer { How::Continued } else { How::Handed };
        let paper = summary.clone();
        self.layers.push(Layer::Walk(Walk { to, how, items, places, questions, at: 0, paper, dirty: false }));
    }

    /// Goes on duty; takes over alone when another officer's shift was left open.
    pub(super) fn start_or_take_over(&mut self, fx: &mut Vec<Effect>) {
        let me = self.officer.as_ref().map(|(id, _)| *id);
        match &self.status.shift {
            None => {
                self.commit(fx, Act::StartShift, None, Purpose::Plain);
            }
            Some(shift) if Some(shift.officer) == me => self.tell(Tone::Info, words::ALREADY_ON_DUTY),
            Some(_) => {
                self.taking_over = true;
                self.load(fx, Query::Handover);
            }
        }
    }
}

impl Walk {
    /// The question left on an item.
    pub fn question(&self, item: &HandoverItem) -> Option<&str> {
        self.questions.iter().find(|asked| asked.item == item.item()).map(|asked| asked.text.as_str())
    }

    /// Its ticks and questions as a draft, beside the words that were written before.
    pub(super) fn to_draft(&self, before: &str) -> String {
        let mut draft = Draft::read(before);
        draft.title(&screen::closing(&self.paper.officer_name, &self.to.1));
        draft.tick(self.to.0, self.items.iter().map(|(item, _)| item));
        draft.ask(&self.questions);
        draft.json()
    }
}

#[cfg(test)]
mod tests;
