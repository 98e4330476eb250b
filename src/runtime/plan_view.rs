//! An import's plan, ready to show.

use crate::app::shown::msg::PlanUnit;
use crate::app::{PlanChange, PlanProblem, PlanView};
use crate::domain::field::Field;
use crate::domain::ids::UnitId;
use crate::domain::report::Round;
use crate::domain::time::Calendar;
use crate::error::Result;
use crate::i18n::ledger_sheet as sheets;
use crate::i18n::terms::joined;
use crate::i18n::{findings as say_findings, intake as intake_say, ledger as ledger_say, runtime as say};
use crate::intake::entries::plan::{EntryPlan, Wrong};
use crate::intake::plan::{Changed, ImportPlan, Rejected};
use crate::say::Say;
use crate::store::act::Import;
use crate::store::query::roster::Roster;
use crate::store::{Reader, query};

/// How many warnings of one kind are listed.
const LISTED: usize = 30;

/// What the database says about a plan.
pub(super) struct Around {
    /// When the very same file was imported.
    imported_at: Option<String>,
    /// Units whose report is there already.
    sent_again: Vec<UnitId>,
}

impl Around {
    pub(super) fn read(reader: &Reader, import: &Import) -> Result<Self> {
        let calendar = query::settings(reader)?.calendar;
        let imported = query::already_imported(reader, &import.sheet)?;
        let mut sent_again = Vec::new();
        for (key, _) in &import.reports {
            if query::is_received(reader, key)? {
                sent_again.push(key.unit);
            }
        }
        Ok(Self { imported_at: imported.map(|(_, at)| calendar.ymd_hm(at)), sent_again })
    }
}

/// The plan as the preview shows it.
pub(super) fn view(plan: &ImportPlan, around: &Around, known: &Roster) -> PlanView {
    PlanView {
        title: title(&plan.import),
        counts: counts(plan),
        problems: plan.rejected.iter().map(problem).collect(),
        changes: changes(plan),
        findings: findings(plan),
        warnings: warnings(plan, around, known),
        needs_reason: !around.sent_again.is_empty() && plan.import.reason.trim().is_empty(),
        units: units(plan, known),
    }
}

/// What a sheet would bring into a register. Rows that say what entries say that stand there are taken too where that was
/// asked for.
pub(super) fn entries(plan: &EntryPlan, same: bool, unfit: &[(u32, Say)], calendar: Calendar) -> PlanView {
    let mut warnings: Vec<Say> =
        plan.before.iter().map(|(_, at)| say::same_file(calendar.ymd_hm(*at))).collect();
    warnings.extend(plan.warnings.iter().cloned());
    let standing: Vec<u32> = plan.standing().collect();
    if !standing.is_empty() {
        let rows = ledger_say::stand_there(&ledger_say::rows(standing.iter().copied()));
        let then = if same { say::SAME_TAKEN } else { say::SAME_LEFT };
        warnings.push(joined(&[rows, then.into()]));
    }
    let place = |row: u32, what: &Say| what.within(|what| ledger_say::in_row(row, what));
    listed(&mut warnings, unfit.iter().map(|(row, what)| place(*row, what)));
    let counts = [
        (say::ACCEPTED.into(), plan.taken(same).count() as u32),
        (say::UNCHANGED.into(), if same { 0 } else { standing.len() as u32 }),
        (intake_say::PLAN_REJECTED.into(), plan.rejected()),
    ];
    let problem = |wrong: &Wrong| {
        let row = sheets::row_of(wrong.row, &wrong.key);
        let place = |row: &str| {
            let parts = [wrong.sheet.as_str(), row, wrong.column.as_str()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        };
        let place = Say { zh: place(&row.zh), en: place(&row.en) };
        PlanProblem { place, value: wrong.value.clone(), reason: wrong.why.clone() }
    };
    let new = plan.taken(same).map(|good| PlanChange {
        who: String::new(),
        field: sheets::row_of(good.row, &good.key),
        old: Say::default(),
        new: good.text.clone(),
    });
    let file = plan.file();
    PlanView {
        title: ledger_say::titled(&plan.ledger.title).within(|title| say::plan_entries(file, title)),
        counts: counts.into(),
        problems: plan.wrong.iter().map(problem).collect(),
        changes: new.collect(),
        warnings,
        findings: Vec::new(),
        needs_reason: !unfit.is_empty(),
        units: Vec::new(),
    }
}

/// The units of a report of several.
fn units(plan: &ImportPlan, known: &Roster) -> Vec<PlanUnit> {
    let reports = &plan.import.reports;
    let unit = |(key, rows): &(crate::domain::report::ReportKey, u32)| PlanUnit {
        id: key.unit,
        name: known.unit(key.unit).map_or_else(String::new, |unit| unit.name.clone()),
        rows: *rows,
    };
    if reports.len() > 1 { reports.iter().map(unit).collect() } else { Vec::new() }
}

fn title(import: &Import) -> Say {
    let sheet = &import.sheet;
    match (sheet.what.as_str(), sheet.day, &sheet.round) {
        ("report", Some(day), Some(round)) if *round == Round::default() => {
            say::plan_report_day(&sheet.file, day)
        }
        ("report", Some(day), Some(round)) => say::plan_report(&sheet.file, day, round),
        ("units", ..) => say::plan_units(&sheet.file),
        _ => say::plan_roster(&sheet.file),
    }
}

fn counts(plan: &ImportPlan) -> Vec<(Say, u32)> {
    let all = [
        (say::ACCEPTED, plan.accepted),
        (intake_say::PLAN_NEW, plan.new.len() as u32),
        (intake_say::PLAN_NEW_UNITS, plan.new_units.len() as u32),
        (intake_say::PLAN_CHANGED, plan.changed.len() as u32),
        (say::REPORTS, plan.import.reports.len() as u32),
        (say::UNCHANGED, plan.unchanged),
        (intake_say::PLAN_REJECTED, plan.rejected.len() as u32),
    ];
    // What is taken and what is refused is said even when it is none.
    let told = |at: usize, count: u32| count > 0 || at == 0 || at == all.len() - 1;
    all.into_iter()
        .enumerate()
        .filter(|(at, (_, n))| told(*at, *n))
        .map(|(_, (w, n))| (w.into(), n))
        .collect()
}

fn problem(rejected: &Rejected) -> PlanProblem {
    // Sheet and column are the sender's own words; the row's number stands between them in any language.
    let parts = [rejected.sheet.clone(), rejected.row.to_string(), rejected.column.clone()];
    let place = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    PlanProblem { place: Say::same(place), value: rejected.value.clone(), reason: rejected.reason.clone() }
}

fn changes(plan: &ImportPlan) -> Vec<PlanChange> {
    let new_units = plan.new_units.iter().map(|(code, name)| PlanChange {
        who: format!("{code} {name}"),
        field: say::NEW.into(),
        old: Say::default(),
        new: Say::same(name),
    });
    let new = plan.new.iter().map(|person| PlanChange {
        who: format!("{} {}", person.no, person.name),
        field: say::NEW.into(),
        old: Say::default(),
        new: Say::same(&person.unit),
    });
    let passing = [(&plan.dropped, intake_say::PLAN_DROPPED), (&plan.added, intake_say::PLAN_ADDED)];
    let passing = passing.into_iter().flat_map(|(people, field)| {
        people.iter().map(move |person| PlanChange {
            who: format!("{} {} {}", person.no, person.name, person.unit),
            field: field.into(),
            old: Say::default(),
            new: Say::default(),
        })
    });
    let fields = plan.fields();
    let changed = plan.changed.iter().map(|changed| change(changed, &plan.import.sheet.what, &fields));
    passing.chain(changed).chain(new_units).chain(new).collect()
}

fn change(changed: &Changed, what: &str, fields: &[Field]) -> PlanChange {
    let (field, old, new) = changed.shown(what, fields);
    PlanChange { who: format!("{} {}", changed.no, changed.name), field, old, new }
}

/// Who is to be acted on, with what was found.
fn findings(plan: &ImportPlan) -> Vec<(String, Say)> {
    let found = plan.findings.iter();
    found.map(|row| (row.name.clone(), say_findings::all(&row.found))).collect()
}

fn warnings(plan: &ImportPlan, around: &Around, known: &Roster) -> Vec<Say> {
    let mut out: Vec<Say> = around.imported_at.iter().map(say::same_file).collect();
    let name =
        |id: &UnitId| known.units.iter().find(|unit| unit.id == *id).map_or("", |unit| unit.name.as_str());
    listed(&mut out, around.sent_again.iter().map(|id| say::sent_again(name(id))));
    listed(&mut out, plan.warnings.iter().cloned());
    let missing = plan.units.iter().filter(|unit| unit.missing > 0);
    listed(&mut out, missing.map(|unit| say::missing(&unit.unit, unit.missing)));
    out
}

fn listed(out: &mut Vec<Say>, mut all: impl Iterator<Item = Say>) {
    out.extend(all.by_ref().take(LISTED));
    let rest = all.count();
    if rest > 0 {
        out.push(say::more(rest));
    }
}
