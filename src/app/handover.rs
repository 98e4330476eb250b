//! The handover as lines to read and items to walk through.

use super::rows::{day_of, left, when};
use super::state::{Layer, State, Walk};
use super::table::{Ctx, Mood};
use crate::app::form::{Choice, Draft, Field, Form, FormKind, handover_key};
use crate::domain::ids::OfficerId;
use crate::i18n::screen as say;
use crate::i18n::terms::{categories, event_line, word};
use crate::i18n::{Lang, Say};
use crate::log::event::HandoverItem;
use crate::paper::summary::{Handed, OpenRow, Summary};
use crate::store::query::rows::{CaseRow, DueRow, DueState, OutstandingRow};

/// One line to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// The text.
    pub text: String,
    /// How it is meant.
    pub mood: Mood,
    /// A heading.
    pub head: bool,
}

impl TextLine {
    /// A heading.
    pub fn head(text: impl Into<String>) -> Self {
        Self { text: text.into(), mood: Mood::Plain, head: true }
    }

    /// A line.
    pub fn new(text: impl Into<String>, mood: Mood) -> Self {
        Self { text: text.into(), mood, head: false }
    }
}

fn section<T>(out: &mut Vec<TextLine>, title: &Say, lang: Lang, items: &[T], line: impl Fn(&T) -> TextLine) {
    if !out.is_empty() {
        out.push(TextLine::new("", Mood::Plain));
    }
    out.push(TextLine::head(title.get(lang)));
    if items.is_empty() {
        out.push(TextLine::new(format!("  {}", say::NONE.get(lang)), Mood::Dim));
    }
    out.extend(items.iter().map(line));
}

/// The whole handover, in sections: counts, what is open, changed cases, units called, what happened.
pub fn lines(summary: &Summary, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let c = &summary.counts;
    let mut out = vec![
        TextLine::head(say::handover_of(&summary.officer_name, ctx.cal.ymd_hm(summary.started_at)).get(lang)),
        TextLine::new(say::head_code(&summary.head, summary.seq.0, summary.seq.1).get(lang), Mood::Dim),
        TextLine::new(
            say::sum_reports(summary.day, c.received, c.expected, summary.outstanding.len()).get(lang),
            Mood::Plain,
        ),
        TextLine::new(say::sum_calls(c.followups, c.not_reached, c.promises).get(lang), Mood::Plain),
        TextLine::new(
            say::sum_cases(c.cases, c.cases_opened, c.cases_released, summary.due_release.len()).get(lang),
            Mood::Plain,
        ),
    ];
    section(&mut out, &say::sec_outstanding(summary.outstanding.len()), lang, &summary.outstanding, |row| {
        TextLine::new(format!("  {}", outstanding_line(row).get(lang)), Mood::Bad)
    });
    section(&mut out, &say::sec_due(summary.due.len()), lang, &summary.due, |row| {
        let mood = if row.state == DueState::Coming { Mood::Plain } else { Mood::Warn };
        TextLine::new(
            format!("  {} {} {}", when(row.at, ctx), due_line(row).get(lang), left(row.at, ctx.now, lang)),
            mood,
        )
    });
    let case = |row: &CaseRow| TextLine::new(format!("  {}", case_line(row).get(lang)), Mood::Plain);
    section(&mut out, &say::sec_release(summary.due_release.len()), lang, &summary.due_release, case);
    section(&mut out, &say::sec_changed(summary.changed_cases.len()), lang, &summary.changed_cases, case);
    section(&mut out, &say::sec_called(summary.units_called.len()), lang, &summary.units_called, |unit| {
        let outcome = unit.outcome.map_or("", |outcome| word(outcome).get(lang));
        let text = say::called(&unit.name, unit.calls, outcome, &unit.words);
        TextLine::new(format!("  {}", text.get(lang)), Mood::Plain)
    });
    section(&mut out, &say::sec_happened(summary.happened.len()), lang, &summary.happened, |line| {
        let mark = if line.undone { say::UNDONE_MARK.get(lang) } else { "" };
        let text = event_line(&line.event);
        TextLine::new(
            format!("  {} {} {mark}{}", when(line.at, ctx), line.name, text.get(lang)),
            if line.undone { Mood::Dim } else { Mood::Plain },
        )
    });
    out
}

fn outstanding_line(row: &OutstandingRow) -> Say {
    say::item_outstanding(&row.name, &row.liaison, &row.phone, row.chases)
}

fn due_line(row: &DueRow) -> Say {
    let kind = super::rows::due_kind(row.kind);
    let who = if row.name.is_empty() { say::UNKNOWN_CALLER.into() } else { Say::same(&row.name) };
    Say {
        zh: format!("{} {} {}", kind.zh, who.zh, row.words).trim_end().to_owned(),
        en: format!("{} {} {}", kind.en, who.en, row.words).trim_end().to_owned(),
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
    let with = |head: crate::i18n::Word, say: Say| Say {
        zh: format!("{} {}", head.zh, say.zh),
        en: format!("{} {}", head.en, say.en),
    };
    let words = |row: OpenRow<'_>| match row {
        OpenRow::Outstanding(row) => with(say::OUTSTANDING, outstanding_line(row)),
        OpenRow::Due(row) => due_line(row),
        OpenRow::Release(row) => with(say::CASE, case_line(row)),
        OpenRow::Question(row) => {
            with(crate::i18n::handover::KIND_QUESTION, Say::same(format!("{} {}", row.name, row.text).trim()))
        }
    };
    summary.open_items().into_iter().map(|(item, row)| (item, words(row))).collect()
}

impl State {
    /// Begins the walk with the officer who takes over; what was ticked before is ticked still.
    pub(super) fn walk(&mut self, to: (OfficerId, String)) {
        let Some(summary) = &self.summary else { return };
        let draft = self.drafts.get(&handover_key(summary.shift)).map_or("", String::as_str);
        let draft = Draft::read(draft);
        let mut items = items(summary);
        for (item, _) in &mut items {
            item.ticked |= draft.is_ticked(item);
        }
        let paper = summary.clone();
        self.layers.push(Layer::Walk(Walk { to, items, at: 0, paper, dirty: false }));
    }

    /// After the walk: words for the next shift, and the question.
    pub(super) fn close_shift_form(&mut self, walk: &Walk) {
        let items: Vec<HandoverItem> = walk.items.iter().map(|(item, _)| item.clone()).collect();
        let open = items.iter().filter(|item| !item.ticked).count();
        let sure = vec![
            Choice::new("no", say::NO_WORD),
            Choice::new("yes", say::signed_by(&walk.paper.officer_name, &walk.to.1)),
        ];
        let fields = vec![
            Field::choice("sure", say::SURE_CLOSE, sure, 0).hint(say::not_ticked(open, items.len())),
            Field::words("words", say::FOR_NEXT_SHIFT),
        ];
        let kind = FormKind::CloseShift(walk.to.0, items.clone(), walk.paper.shift);
        let title = say::closing(&walk.paper.officer_name, &walk.to.1);
        let mut paper = walk.paper.clone();
        paper.handed = Some(Handed::new(&walk.to.1, items, ""));
        self.walked = Some(paper);
        self.show(Form::new(kind, title, fields));
    }
}

impl Walk {
    /// Its ticks as a draft, beside the words that were written before.
    pub(super) fn to_draft(&self, before: &str) -> String {
        let mut draft = Draft::read(before);
        draft.title(&say::closing(&self.paper.officer_name, &self.to.1));
        draft.tick(self.items.iter().map(|(item, _)| item));
        draft.json()
    }
}
