//! A sheet is taken in: which file, of what, of which day. Nothing is written before its plan was seen.

use super::Acts;
use crate::app::shown::effect::{Effect, ImportRequest, SheetKind};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::{Layer, State, Working};
use crate::app::when;
use crate::app::wrong::Wrong;
use crate::domain::report::Round;
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::act::Act;

/// Plans an import.
#[derive(Debug)]
pub(super) struct Import;

impl Part for Import {}

impl Acts for Import {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        if let Some(Layer::Form(form)) = desk.layers.pop() {
            plan(desk, fx, form);
        }
        true
    }
}

pub(super) fn open(desk: &mut State, _: &mut Vec<Effect>) {
    let kinds = vec![
        Choice::new(SheetKind::Report.code(), say::SHEET_REPORT),
        Choice::new(SheetKind::Roster.code(), say::SHEET_ROSTER),
        Choice::new(SheetKind::Units.code(), say::SHEET_UNITS),
    ];
    let inbox = desk.settings.as_ref().map_or("", |s| s.inbox.as_str()).to_owned();
    let fields = vec![
        Field::choice("what", say::SHEET_KIND, kinds, 0),
        Field::line("path", say::FILE, &inbox).hint(say::FILE_KINDS),
        Field::line("day", say::REPORT_DAY, &desk.status.day.to_string()),
        Field::choice("round", say::ROUND, desk.rounds(), desk.round_place(&desk.status.round)),
        Field::line("unit", say::UNIT, "").hint(say::UNIT_IF_MISSING),
        Field::line("at", say::CAME_WHEN, "").hint(say::AT_HINT),
    ];
    desk.show(Form::of(Import, say::IMPORT.into(), fields));
}

/// Sends the form off to be planned.
fn plan(desk: &mut State, fx: &mut Vec<Effect>, mut form: Box<Form>) {
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
        what,
        path: path.clone(),
        day: day.ok().flatten().or(Some(desk.status.day)).filter(|_| report),
        round: Round::parse(&form.value("round")).filter(|_| report),
        unit: form.value("unit"),
        happened_at: happened.ok().flatten(),
    };
    let token = desk.token();
    fx.push(Effect::PlanImport { token, request: request.clone() });
    desk.layers.push(Layer::Working(Working {
        token,
        title: say::reading_file(&path),
        words: Say::default(),
        done: 0,
        total: 0,
        form,
    }));
    desk.planning = Some(request);
}
