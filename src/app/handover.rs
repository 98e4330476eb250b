//! The handover as lines to read and items to walk through.

use super::forms::pin::typed;
use super::wrong::{Wrong, needed, wrong};
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::draft::{Draft, handover_key};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Closing, Form, FormKind};
use crate::app::shown::lines::TextLine;
use crate::app::shown::msg::Tone;
use crate::app::shown::rows::{day_of, left, when};
use crate::app::shown::state::{Layer, Purpose, State, Walk};
use crate::domain::handover::{Checked, How};
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
use crate::store::act::{Act, Asked, Close};
use crate::store::query::rows::{CaseRow, FindingRow, OutstandingRow};

fn section<T>(out: &mut Vec<TextLine>, title: &Say, lang: Lang, items: &[T], line: impl Fn(&T) -> TextLine) {
    if !out.is_empty() {
        out.push(TextLine::new("", Mood::Plain));
    }
    out.push(TextLine::head(title.get(lang)));
    if items.is_empty() {
        out.push(TextLine::new(format!("  {}", screen::NONE.get(lang)), Mood::Dim));
    }
    out.extend(items.iter().map(line));
}

/// The whole handover, in sections: counts, what is open, changed cases, units called, what happened.
pub fn lines(summary: &Summary, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let c = &summary.counts;
    let mut out = vec![
        TextLine::head(
            screen::handover_of(&summary.officer_name, ctx.cal.ymd_hm(summary.started_at)).get(lang),
        ),
        TextLine::new(screen::head_code(&summary.head, summary.seq.0, summary.seq.1).get(lang), Mood::Dim),
        TextLine::new(screen::sum_calls(c.followups, c.not_reached, c.promises).get(lang), Mood::Plain),
        TextLine::new(
            screen::sum_cases(c.cases, c.cases_opened, c.cases_released, summary.due_release.len()).get(lang),
            Mood::Plain,
        ),
    ];
    let days =
        summary.days.iter().map(|day| screen::sum_reports(day.day, day.received, day.expected, day.missing));
    let running = summary.running.map(|day| screen::sum_running(day.day, day.awaited, day.expected));
    for (place, said) in days.chain(running).enumerate() {
        out.insert(2 + place, TextLine::new(said.get(lang), Mood::Plain));
    }
    section(
        &mut out,
        &screen::sec_outstanding(summary.outstanding.len()),
        lang,
        &summary.outstanding,
        |row| TextLine::new(format!("  {}", outstanding_line(row, summary).get(lang)), Mood::Bad),
    );
    let findings = crate::i18n::findings::section(summary.findings.len());
    section(&mut out, &findings, lang, &summary.findings, |row| {
        TextLine::new(format!("  {}", finding_line(row).get(lang)), Mood::Bad)
    });
    section(&mut out, &screen::sec_due(summary.due.len()), lang, &summary.due, |row| {
        let mood = if row.state == DueState::Coming { Mood::Plain } else { Mood::Warn };
        TextLine::new(
            format!("  {} {} {}", when(row.at, ctx), due_line(row).get(lang), left(row.at, ctx.now, lang)),
            mood,
        )
    });
    let case = |row: &CaseRow| TextLine::new(format!("  {}", case_line(row).get(lang)), Mood::Plain);
    section(&mut out, &screen::sec_release(summary.due_release.len()), lang, &summary.due_release, case);
    section(&mut out, &screen::sec_changed(summary.changed_cases.len()), lang, &summary.changed_cases, case);
    section(&mut out, &screen::sec_called(summary.units_called.len()), lang, &summary.units_called, |unit| {
        let outcome = unit.outcome.map_or("", |outcome| word(outcome).get(lang));
        let text = screen::called(&unit.name, unit.calls, outcome, &unit.words);
        TextLine::new(format!("  {}", text.get(lang)), Mood::Plain)
    });
    section(&mut out, &screen::sec_happened(summary.happened.len()), lang, &summary.happened, |line| {
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
    let who = if row.name.is_empty() { screen::UNKNOWN_CALLER.into() } else { Say::same(&row.name) };
    Say {
        zh: format!("{} {} {}", kind.zh, who.zh, row.words).trim_end().to_owned(),
        en: format!("{} {} {}", kind.en, who.en, row.words).trim_end().to_owned(),
    }
}

/// As it is read back: two lines of one person are told apart by their hour.
fn open_due_line(row: &DueRow, summary: &Summary) -> Say {
    let state = paper::due_state(row);
    let (at, line) = (summary.calendar.brief(row.at, summary.cut_at), due_line(row));
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
    /// The handover came, and who signs with a PIN.
    pub(super) fn take_handover(&mut self, summary: Box<Summary>, pins: Vec<OfficerId>) {
        self.summary = Some(summary);
        self.pins = pins;
        if std::mem::take(&mut self.taking_over) {
            self.take_over_form();
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
        let how = if to.0 == summary.officer { How::Continued } else { How::Handed };
        let paper = summary.clone();
        self.layers.push(Layer::Walk(Walk { to, how, items, questions, at: 0, paper, dirty: false }));
    }

    /// A question on the selected item of the walk.
    pub(super) fn ask_form(&mut self) {
        let Some(Layer::Walk(walk)) = self.layers.last() else { return };
        let Some((item, words)) = walk.items.get(walk.at) else { return };
        let mut field = Field::line("text", say::QUESTION, "").hint(say::QUESTION_HINT);
        if let Some(asked) = walk.question(item) {
            field.set(asked);
        }
        let title = words.clone();
        self.show(Form::new(FormKind::Ask(walk.at), title, vec![field]));
    }

    /// The question is left on its item; an empty one takes it away.
    pub(super) fn submit_question(&mut self) {
        let Some(Layer::Form(form)) = self.layers.pop() else { return };
        let FormKind::Ask(place) = form.kind else { return };
        let text = form.value("text");
        let Some(Layer::Walk(walk)) = self.layers.last_mut() else { return };
        let Some((item, _)) = walk.items.get_mut(place) else { return };
        let which = item.item();
        walk.questions.retain(|asked| asked.item != which);
        if !text.is_empty() {
            item.ticked = false;
            walk.questions.push(Asked { item: which, text });
            walk.at = (place + 1).min(walk.items.len() - 1);
        }
        walk.dirty = true;
    }

    /// The fields with which officers sign who have a PIN.
    fn sign_fields(&self, from: Option<OfficerId>, to: OfficerId) -> Vec<Field> {
        let mut fields = Vec::new();
        if from.is_some_and(|from| self.pins.contains(&from)) {
            fields.push(Field::secret("from_pin", say::PIN_FROM).hint(say::PIN_HINT));
        }
        // Who goes on signs once.
        if from != Some(to) && self.pins.contains(&to) {
            fields.push(Field::secret("to_pin", say::PIN_TO).hint(say::PIN_HINT));
        }
        fields
    }

    /// After the walk: the question, signatures, words for the next shift.
    pub(super) fn close_shift_form(&mut self, walk: &Walk) {
        let items: Vec<HandoverItem> = walk.items.iter().map(|(item, _)| item.clone()).collect();
        let asked = walk.questions.len();
        let is_asked = |item: &HandoverItem| walk.questions.iter().any(|asked| asked.item == item.item());
        let open = items.iter().filter(|item| !item.ticked && !is_asked(item)).count();
        let (from, to) = (&walk.paper.officer_name, &walk.to.1);
        let goes_on = walk.how == How::Continued;
        let yes = if goes_on { say::goes_on_signed(from) } else { screen::signed_by(from, to) };
        let sure = vec![Choice::new("no", screen::NO_WORD), Choice::new("yes", yes)];
        let mut fields = vec![Field::choice("sure", screen::SURE_CLOSE, sure, 0).hint(say::left_open(
            open,
            asked,
            items.len(),
        ))];
        if goes_on {
            fields.push(Field::line("reason", say::WHY_ON, "").hint(say::WHY_ON_HINT));
        }
        fields.extend(self.sign_fields(Some(walk.paper.officer), walk.to.0));
        fields.push(Field::words("words", screen::FOR_NEXT_SHIFT));
        let (shift, how, questions) = (walk.paper.shift, walk.how, walk.questions.clone());
        let closing = Closing { shift, to: walk.to.0, how, items, questions };
        let title = if goes_on { say::going_on(from) } else { screen::closing(from, to) };
        self.show(Form::new(FormKind::CloseShift(Box::new(closing)), title, fields));
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

    /// The officer on duty has left: whoever sits here takes over, and everything open is unread.
    fn take_over_form(&mut self) {
        let (Some(summary), Some((me, name))) = (&self.summary, &self.officer) else { return };
        let items: Vec<HandoverItem> = items(summary).into_iter().map(|(item, _)| item).collect();
        let sure = vec![Choice::new("no", screen::NO_WORD), Choice::new("yes", say::takes_over_signed(name))];
        let mut fields = vec![
            Field::choice("sure", say::SURE_TAKE, sure, 0).hint(say::all_unread(items.len())),
            Field::line("reason", say::WHY_ALONE, "").hint(say::WHY_ALONE_HINT),
        ];
        fields.extend(self.sign_fields(None, *me));
        let title = say::taking_over(name, &summary.officer_name);
        let closing =
            Closing { shift: summary.shift, to: *me, how: How::TakenOver, items, questions: Vec::new() };
        self.show(Form::new(FormKind::TakeOver(Box::new(closing)), title, fields));
    }
}

/// The act of a form that passes a shift on.
pub(super) fn close_act(form: &Form, closing: &Closing, checked: Option<Checked>) -> Result<Act, Wrong> {
    if form.value("sure") != "yes" {
        return wrong("sure", screen::SAY_YES);
    }
    let reason = match closing.how {
        How::Handed => String::new(),
        How::Continued | How::TakenOver => needed(form, "reason", screen::REASON_NEEDED)?,
    };
    Ok(Act::CloseShift(Box::new(Close {
        how: closing.how,
        reason,
        items: closing.items.clone(),
        questions: closing.questions.clone(),
        words: form.value("words"),
        from_pin: typed(form, "from_pin")?,
        to_pin: typed(form, "to_pin")?,
        checked,
        ..Close::new(closing.shift, closing.to)
    })))
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
