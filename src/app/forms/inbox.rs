//! The forms of the inbox: taking in all that is ready, saying what a file is, sending one back. What they come to is done
//! beside the screen, file after file.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::effect::{Effect, InboxSaid, InboxTask, SheetKind};
use crate::app::shown::field::{Choice, Field, no_yes};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::InboxPage;
use crate::app::shown::pages::inbox::InboxRow;
use crate::app::shown::state::{Layer, Purpose, State, Working};
use crate::app::shown::table::List;
use crate::app::when;
use crate::app::wrong::Wrong;
use crate::domain::form::What;
use crate::domain::inbox::{Seen, Stand};
use crate::domain::report::Round;
use crate::i18n::inbox as say;
use crate::i18n::locked as words;
use crate::i18n::screen;
use crate::say::Say;
use crate::store::act::Act;

/// Takes files in.
#[derive(Debug)]
pub(super) struct TakeFiles {
    ready: Vec<Seen>,
    corrections: Vec<Seen>,
}

impl Part for TakeFiles {}

impl Acts for TakeFiles {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return true };
        let (reason, yes) = (form.value("reason").trim().to_owned(), form.value("sure") == "yes");
        if !yes {
            desk.layers.pop();
            return true;
        }
        let mut files = self.ready.clone();
        if !reason.is_empty() {
            files.extend(self.corrections.iter().cloned());
        }
        if files.is_empty() {
            form.error = Some(screen::REASON_NEEDED.into());
            form.focus_on("reason");
            return true;
        }
        desk.layers.pop();
        desk.run_files(fx, files, reason, false);
        true
    }
}

/// Opens it: for the marked files, else for all that are ready; those that correct a report are asked about once for all.
pub(super) fn open_take(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(page) = desk.page_of::<InboxPage>() else { return };
    let marked = page.rows.has_marks();
    let all: Vec<&InboxRow> = if marked { page.chosen() } else { page.rows.rows().iter().collect() };
    let of = |fits: &dyn Fn(Stand) -> bool| -> Vec<&InboxRow> {
        all.iter().copied().filter(|row| fits(row.stands())).collect()
    };
    // What was marked was looked at; of all the others only what raises no question is taken.
    let ready = of(&|stand| {
        if marked { stand.can_be_taken() && stand != Stand::Correction } else { stand.is_ready() }
    });
    let corrections = of(&|stand| stand == Stand::Correction);
    let locked = of(&|stand| stand == Stand::Locked).len();
    if ready.is_empty() && corrections.is_empty() {
        let asked = page.rows.current().filter(|row| row.stands() == Stand::Locked).cloned();
        return match asked {
            Some(row) => super::ask_password_of_file(desk, row.id, &row.file),
            None => desk.tell(Tone::Warn, say::NONE_READY),
        };
    }
    let rows: u32 = ready.iter().map(|row| row.accepted).sum();
    let refused: u32 = ready.iter().map(|row| row.rejected).sum();
    let mut about = vec![(say::will_take(ready.len(), rows, refused), Mood::Plain)];
    if !corrections.is_empty() {
        let listed = Say::listed(corrections.iter().map(|row| row.file.as_str()));
        about.push((say::correct(corrections.len(), listed.zh, listed.en), Mood::Warn));
    }
    let left = all.len() - ready.len() - corrections.len();
    if left > 0 {
        about.push((say::stay(left), Mood::Dim));
    }
    if locked > 0 {
        about.push((words::but_locked(locked), Mood::Dim));
    }
    let part = TakeFiles {
        ready: ready.iter().map(|row| row.seen()).collect(),
        corrections: corrections.iter().map(|row| row.seen()).collect(),
    };
    let mut fields = Vec::new();
    if !part.corrections.is_empty() {
        fields.push(Field::line("reason", screen::WHY_AGAIN, "").hint(say::WHY_HINT));
    }
    fields.push(Field::choice("sure", say::TAKE_SURE, no_yes(), 0));
    let mut form = Form::of(part, say::TAKE_TITLE.into(), fields);
    form.about = about;
    // With one key all that are ready are in; what needs a reason stays until it has one.
    form.focus_on("sure");
    desk.show(form);
}

/// Sends files back whole.
#[derive(Debug)]
pub(super) struct ReturnFiles(Vec<Seen>);

impl Part for ReturnFiles {}

impl Acts for ReturnFiles {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        if let Some(Layer::Form(form)) = desk.layers.pop() {
            desk.run_files(fx, self.0.clone(), form.value("reason").trim().to_owned(), true);
        }
        true
    }
}

/// Opens it for the marked files, else the selected one.
pub(super) fn open_return(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(page) = desk.page_of::<InboxPage>() else { return };
    let files: Vec<(Seen, String)> = page
        .chosen()
        .iter()
        .filter(|row| row.stands().is_read())
        .map(|row| (row.seen(), row.file.clone()))
        .collect();
    let Some((_, first)) = files.first() else { return desk.tell(Tone::Warn, say::NOT_WHOLE) };
    let title = say::return_title(first, files.len());
    let fields = vec![Field::line("reason", say::RETURN_WHY, "").hint(say::RETURN_HINT)];
    let part = ReturnFiles(files.iter().map(|(seen, _)| seen.clone()).collect());
    desk.show(Form::of(part, title, fields));
}

/// Says what a file is.
#[derive(Debug)]
pub(super) struct SayFile(u64);

impl Part for SayFile {}

impl Acts for SayFile {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    fn typed(&self, desk: &mut State) {
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
        let of_day = form.value("what") == What::Report.code();
        form.ask_only(|id| of_day || !matches!(id, "day" | "round" | "part"));
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        let today = desk.status.day;
        let unknown = |desk: &State, typed: &str| {
            let rows = desk.tables.units.rows();
            !rows.is_empty()
                && !typed.is_empty()
                && !rows.iter().any(|row| row.code == typed || row.name == typed)
        };
        let Some(Layer::Form(form)) = desk.layers.last() else { return true };
        let unit = form.value("unit").trim().to_owned();
        let day = when::day(&form.value("day"), today);
        let wrong = match &day {
            Err(say) => Some(("day", say.clone())),
            Ok(Some(day)) if *day > desk.calendar.date(desk.now) => Some(("day", screen::FUTURE_DAY.into())),
            _ if unknown(desk, &unit) => Some(("unit", say::no_unit(&unit))),
            _ => None,
        };
        let said = InboxSaid {
            what: What::from_code(&form.value("what")),
            unit,
            day: day.ok().flatten(),
            round: Round::parse(&form.value("round")),
            part: match form.value("part").as_str() {
                "part" => Some(true),
                "whole" => Some(false),
                _ => None,
            },
        };
        if let Some((field, say)) = wrong {
            if let Some(Layer::Form(form)) = desk.layers.last_mut() {
                form.error = Some(say);
                form.focus_on(field);
            }
            return true;
        }
        desk.layers.pop();
        fx.push(Effect::Inbox(InboxTask::Say { file: self.0, said }));
        true
    }
}

/// Opens it for the selected file.
pub(super) fn open_say(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(row) = desk.page_of::<InboxPage>().and_then(|page| page.rows.current().cloned()) else {
        return;
    };
    if row.what.is_none() {
        // What cannot be read is none of these, whatever is said.
        return desk.tell(Tone::Warn, say::NOT_READ);
    }
    let kinds = vec![
        Choice::new(SheetKind::Report.code(), screen::SHEET_REPORT),
        Choice::new(SheetKind::Roster.code(), screen::SHEET_ROSTER),
        Choice::new(SheetKind::Units.code(), screen::SHEET_UNITS),
    ];
    let kind = row.what.map_or("", What::code);
    let at = kinds.iter().position(|choice| choice.code == kind).unwrap_or(0);
    let day = row.day.map_or(desk.status.day, |(day, _)| day).to_string();
    let round = row.round.as_ref().map_or(&desk.status.round, |(round, _)| round);
    let unit = match row.units.as_slice() {
        [(_, name)] => name.as_str(),
        _ => "",
    };
    let mut parts = vec![Choice::new("", say::NOT_SAID)];
    parts.extend(super::import::whole_or_part());
    let part = match row.part {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    };
    let fields = vec![
        Field::line("unit", screen::UNIT, unit).hint(say::UNIT_HINT),
        Field::line("day", screen::REPORT_DAY, &day),
        Field::choice("round", screen::ROUND, desk.rounds(), desk.round_place(round)),
        Field::choice("part", say::PART, parts, part).hint(say::PART_HINT),
        Field::choice("what", screen::SHEET_KIND, kinds, at),
    ];
    let mut form = Form::of(SayFile(row.id), say::say_title(&row.file), fields);
    form.about = row.notes.iter().take(3).map(|note| (note.clone(), Mood::Warn)).collect();
    desk.show(form);
}

impl State {
    /// Takes files in, or sends them back, one after another beside the screen.
    fn run_files(&mut self, fx: &mut Vec<Effect>, files: Vec<Seen>, reason: String, back: bool) {
        let Some(officer) = self.need_officer() else { return };
        let (token, lang, total) = (self.token(), self.lang, files.len() as u64);
        self.sent.insert(token, Purpose::Files);
        if let Some(list) = self.list_mut() {
            list.clear_marks();
        }
        let task = if back {
            InboxTask::Return { token, officer, files, reason, lang }
        } else {
            InboxTask::Take { token, officer, files, reason, lang }
        };
        fx.push(Effect::Inbox(task));
        let title = if back { say::RETURNING } else { say::TAKING };
        let working =
            Working { token, title: title.into(), words: Say::default(), done: 0, total, form: None };
        self.layers.push(Layer::Working(working));
    }
}
