//! A sheet is taken in: which file, of what, of which day. Nothing is written before its plan was seen.

use super::Acts;
use crate::app::shown::effect::{Effect, ImportRequest, SheetKind};
use crate::app::shown::field::{Choice, Field, no_yes};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::pages::LedgerPage;
use crate::app::shown::state::{Home, Layer, State, Working};
use crate::app::when;
use crate::app::wrong::Wrong;
use crate::domain::ledger::Ledger;
use crate::domain::report::Round;
use crate::i18n::inbox;
use crate::i18n::ledger::titled;
use crate::i18n::ledger_desk as entries;
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::act::Act;
use std::sync::Arc;

/// Plans an import.
#[derive(Debug)]
pub(super) struct Import;

impl Part for Import {}

impl Acts for Import {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    fn typed(&self, desk: &mut State) {
        asked(desk);
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        if let Some(Layer::Form(form)) = desk.layers.pop() {
            plan(desk, fx, form);
        }
        true
    }
}

/// Which of its fields are asked: a ledger's sheet is of no day, a report of no ledger.
fn asked(desk: &mut State) {
    let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
    let of_ledger = SheetKind::from_code(&form.value("what")) == Some(SheetKind::Ledger);
    let of_report = SheetKind::from_code(&form.value("what")) == Some(SheetKind::Report);
    form.ask_only(|id| match id {
        "day" | "round" | "unit" => !of_ledger,
        "part" => of_report,
        "ledger" | "same" => of_ledger,
        _ => true,
    });
}

/// A sheet that corrects a report is the whole of it, or holds but the rows that change.
pub(super) fn whole_or_part() -> Vec<Choice> {
    vec![Choice::new("whole", inbox::WHOLE), Choice::new("part", inbox::ROWS_ALONE)]
}

pub(super) fn open(desk: &mut State, _: &mut Vec<Effect>) {
    let mut kinds = vec![
        Choice::new(SheetKind::Report.code(), say::SHEET_REPORT),
        Choice::new(SheetKind::Roster.code(), say::SHEET_ROSTER),
        Choice::new(SheetKind::Units.code(), say::SHEET_UNITS),
    ];
    let here = ledger_here(desk);
    let taking: Vec<Choice> = desk
        .tables
        .ledgers
        .rows()
        .iter()
        .filter(|row| row.ledger.import)
        .map(|row| Choice::new(&row.ledger.name, titled(&row.ledger.title)))
        .collect();
    let at = here.as_ref().and_then(|here| taking.iter().position(|choice| choice.code == here.name));
    if !taking.is_empty() {
        kinds.push(Choice::new(SheetKind::Ledger.code(), entries::SHEET_LEDGER));
    }
    let kind = at.map_or(0, |_| kinds.len() - 1);
    let mut what = Field::choice("what", say::SHEET_KIND, kinds, kind);
    if let Some(here) = here.filter(|here| !here.import) {
        let title = titled(&here.title);
        what = what.hint(title.within(|title| entries::takes_no_sheets(title)));
    }
    let inbox = desk.settings.as_ref().map_or("", |s| s.inbox.as_str()).to_owned();
    let fields = vec![
        what,
        Field::choice("ledger", entries::LEDGER, taking, at.unwrap_or(0)),
        Field::line("path", say::FILE, &inbox).hint(say::FILE_KINDS),
        Field::line("day", say::REPORT_DAY, &desk.status.day.to_string()),
        Field::choice("round", say::ROUND, desk.rounds(), desk.round_place(&desk.status.round)),
        Field::line("unit", say::UNIT, "").hint(say::UNIT_IF_MISSING),
        Field::choice("part", inbox::PART, whole_or_part(), 0).hint(inbox::PART_HINT),
        Field::choice("same", entries::SAME_ROWS, no_yes(), 0).hint(entries::SAME_ROWS_HINT),
        Field::line("at", say::CAME_WHEN, "").hint(say::AT_HINT),
    ];
    desk.show(Form::of(Import, say::IMPORT.into(), fields).with_aside());
}

/// The ledger that is seen, or selected.
fn ledger_here(desk: &State) -> Option<Arc<Ledger>> {
    if let Some(page) = desk.page_of::<LedgerPage>() {
        return page.ledger.clone();
    }
    let is_list = desk.home == Home::Ledgers && desk.page().is_none();
    desk.tables.ledgers.current().filter(|_| is_list).map(|row| row.ledger.clone())
}

/// Sends the form off to be planned.
pub(super) fn plan(desk: &mut State, fx: &mut Vec<Effect>, mut form: Box<Form>) {
    let what = SheetKind::from_code(&form.value("what")).unwrap_or(SheetKind::Report);
    let report = what == SheetKind::Report;
    let day = when::day(&form.value("day"), desk.status.day);
    let path = form.value("path");
    let happened = desk.happened(&form);
    let problem = match (&day, &happened) {
        (Err(say), _) if report => Some(("day", say.clone())),
        (Ok(Some(day)), _) if report && *day > desk.status.day => Some(("day", say::FUTURE_DAY.into())),
        (_, Err((field, say))) => Some((*field, say.clone())),
        _ if path.is_empty() => Some(("path", say::FILE_NEEDED.into())),
        _ => None,
    };
    if let Some((field, say)) = problem {
        form.error = Some(say);
        form.focus_on(field);
        desk.layers.push(Layer::Form(form));
        return;
    }
    let request = ImportRequest {
        passwords: desk.passwords.clone(),
        what,
        path: path.clone(),
        day: day.ok().flatten().or(Some(desk.status.day)).filter(|_| report),
        round: Round::parse(&form.value("round")).filter(|_| report),
        unit: form.value("unit"),
        part: report && form.value("part") == "part",
        happened_at: happened.ok().flatten(),
        ledger: form.value("ledger"),
        same: form.value("same") == "yes",
        inbox: false,
    };
    let token = desk.token();
    fx.push(Effect::PlanImport { token, request: request.clone() });
    desk.layers.push(Layer::Working(Working {
        token,
        title: say::reading_file(&path),
        words: Say::default(),
        done: 0,
        total: 0,
        form: Some(form),
    }));
    desk.planning = Some(request);
}
