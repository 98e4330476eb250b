//! `zhiban import roster|units|report FILE…`: the plan is shown and asked about, or printed as JSON.

use super::locked::{self, Keys};
use super::office::{Ctx, Office};
use super::{Done, help, out, value};
use crate::clock::Ids;
use crate::domain::form::What;
use crate::domain::ids::UnitId;
use crate::domain::password::Passwords;
use crate::domain::report::Round;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::{doubts, findings, inbox};
use crate::intake::{self, ImportPlan, Options};
use crate::say::{Lang, Say};
use crate::store::act::Act;
use crate::store::query;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Import {
    #[arg(value_name = "WHAT", display_order = 0, value_parser = value::sheet_kind())]
    pub what: What,
    #[arg(value_name = "FILE", display_order = 1, required_unless_present = "blank")]
    pub files: Vec<PathBuf>,
    #[arg(long, conflicts_with_all = ["date", "round", "at", "unit", "reason", "yes", "json"])]
    pub blank: bool,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = value::round)]
    pub round: Option<Round>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub form: Option<String>,
    #[arg(long, value_name = "UNIT", num_args = 1.., conflicts_with_all = ["except", "blank"])]
    pub only: Vec<String>,
    #[arg(long, value_name = "UNIT", num_args = 1.., conflicts_with = "blank")]
    pub except: Vec<String>,
    #[arg(long, conflicts_with = "blank")]
    pub part: bool,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    #[arg(long, conflicts_with = "blank")]
    pub stdin: bool,
    #[arg(long, short = 'y')]
    pub yes: bool,
    #[arg(long)]
    pub json: bool,
}

impl Import {
    /// One file, with nothing said about it.
    pub(super) fn plain(what: What, file: PathBuf) -> Self {
        Self {
            what,
            files: vec![file],
            blank: false,
            date: None,
            round: None,
            at: None,
            unit: None,
            form: None,
            only: Vec::new(),
            except: Vec::new(),
            part: false,
            reason: String::new(),
            stdin: false,
            yes: false,
            json: false,
        }
    }
}

pub(super) fn run(ctx: &Ctx, args: &Import) -> Result<Done> {
    if args.blank {
        return super::blank::run(ctx, args);
    }
    let mut office = Office::open(ctx)?;
    if let Some(round) = &args.round {
        office.has_round(round)?;
    }
    let mut results: Vec<Value> = Vec::new();
    let mut done = Done::Yes;
    let mut keys = Keys::new(ctx.lang, args.stdin);
    for file in &args.files {
        match one(&mut office, args, file, &mut keys) {
            Ok((outcome, result)) => {
                if outcome == Done::No {
                    done = Done::No;
                }
                results.push(result);
            }
            // One failing file does not stop the others.
            Err(error) => {
                done = Done::No;
                let name = name_of(file);
                let why = say::file_refused(&name, error.text(ctx.lang));
                out::tell(&format!("{}{}", say::ERROR.get(ctx.lang), why.get(ctx.lang)));
                let mut result = json!({
                    "file": name, "accepted": 0, "unchanged": 0, "rejected": [], "written": false, "op": null,
                    "error": error.text(ctx.lang),
                });
                if let Some(code) = locked::code(&error) {
                    result["code"] = json!(code);
                }
                results.push(result);
            }
        }
    }
    if args.json {
        match results.as_slice() {
            [one] => out::json(one)?,
            several => out::json(&several)?,
        }
    }
    Ok(done)
}

/// Plans one file, and writes it if that was asked for.
fn one(office: &mut Office, args: &Import, file: &Path, keys: &mut Keys) -> Result<(Done, Value)> {
    let lang = office.lang;
    let plan = keys.open(&name_of(file), |known| plan(office, args, file, known))?;
    let again = sent_again(office, args, &plan)?;
    if let Some((op, at)) = query::already_imported(&office.reader, &plan.import.sheet)? {
        let when = office.settings.calendar.ymd_hm(at);
        out::tell(say::imported_before(name_of(file), when).get(lang));
        let mut result = result(&plan, lang, None);
        result["imported_before"] = json!(op.seq);
        return Ok((Done::No, result));
    }
    if !args.json {
        for line in plan.lines(lang) {
            out::line(&line)?;
        }
        if let Some(again) = again {
            return Err(Error::refused(again).hint(say::REASON_HINT));
        }
    }
    if !plan.writes() {
        if !args.json {
            out::line(say::nothing_new(name_of(file)).get(lang))?;
        }
        // A file in which every row is refused is refused; one that says nothing new is done.
        let done = if plan.rejected.is_empty() && plan.unanswered == 0 { Done::Yes } else { Done::No };
        return Ok((done, result(&plan, lang, None)));
    }
    if !args.yes {
        if args.json {
            let mut result = result(&plan, lang, None);
            if let (Some(again), Some(warnings)) = (again, result["warnings"].as_array_mut()) {
                warnings.push(json!(again.get(lang)));
            }
            return Ok((Done::Yes, result));
        }
        if !out::confirm(say::IMPORT_ASK, lang) {
            help::fail(&Error::refused(say::NOT_DONE).hint(say::YES_HINT), lang);
            return Ok((Done::No, Value::Null));
        }
    }
    let at = office.at(args.at.as_deref())?;
    let before = query::open_doubts(&office.reader)?;
    let committed = office.commit(&Act::Import(Box::new(plan.import.clone())), at)?;
    let after = query::open_doubts(&office.reader)?;
    let (raised, closed) = (after.difference(&before).count(), before.difference(&after).count());
    if !args.json {
        out::line(say::imported(name_of(file), plan.accepted, committed.op.seq).get(lang))?;
        if !plan.findings.is_empty() {
            let named = findings::named(plan.findings.iter().map(|row| (row.name.as_str(), &row.found[..])));
            let n = plan.findings.len();
            out::line(findings::brings(n, named.zh, named.en).get(lang))?;
            out::line(&format!("  {}", findings::WHAT_TO_DO.get(lang)))?;
        }
        if raised + closed > 0 {
            out::line(doubts::brought(raised, closed).get(lang))?;
        }
    }
    let mut result = result(&plan, lang, Some(committed.op.seq));
    result["doubts"] = json!({ "raised": raised, "closed": closed });
    Ok((Done::Yes, result))
}

/// What a plan that lacks its reason corrects.
fn sent_again(office: &Office, args: &Import, plan: &ImportPlan) -> Result<Option<Say>> {
    let mut again = Vec::new();
    if args.reason.trim().is_empty() && plan.import.reason.trim().is_empty() {
        let names = query::roster(&office.reader)?.units;
        for (key, _) in &plan.import.reports {
            if query::is_received(&office.reader, key)? {
                again.extend(names.iter().filter(|unit| unit.id == key.unit).map(|unit| unit.name.clone()));
            }
        }
    }
    Ok((!again.is_empty()).then(|| say::sent_again(again.join(", "))))
}

fn plan(office: &Office, args: &Import, file: &Path, passwords: &Passwords) -> Result<ImportPlan> {
    let now = office.now();
    let known = query::roster(&office.reader)?;
    let status = query::status(&office.reader, now)?;
    if args.part && args.what != What::Report {
        return Err(Error::input(inbox::ONLY_REPORTS));
    }
    let options = Options {
        day: args.date,
        round: args.round.clone().unwrap_or(status.round),
        round_said: args.round.is_some(),
        unit: args.unit.clone(),
        form: args.form.clone(),
        part: args.part,
        reason: args.reason.clone(),
        passwords: passwords.clone(),
        form_dir: intake::form_dir_beside(office.path()),
        calendar: office.settings.calendar,
        ..Options::default()
    };
    let mut plan = intake::prepare(file, args.what, &known, &options, &mut Ids::Random, now)?;
    let came = office.at(args.at.as_deref())?.unwrap_or(now);
    if !args.only.is_empty() || !args.except.is_empty() {
        leave_out(&mut plan, &known, &args.only, &args.except)?;
    }
    intake::look_back(&mut plan, &office.reader, &known, came)?;
    Ok(plan)
}

/// Takes of a report only these units, or all but those; what is named must be in the file.
pub(super) fn leave_out(
    plan: &mut ImportPlan,
    known: &intake::Known,
    only: &[String],
    except: &[String],
) -> Result<()> {
    if plan.import.sheet.what != What::Report.code() {
        return Err(Error::input(inbox::ONLY_REPORTS));
    }
    let there: Vec<UnitId> = plan.import.reports.iter().map(|(key, _)| key.unit).collect();
    let mut named = BTreeSet::new();
    for text in only.iter().chain(except) {
        let unit = known.find_unit(text).map(|unit| known.reporting_unit(unit.id));
        let Some(unit) = unit.filter(|unit| there.contains(unit)) else {
            let names = there.iter().filter_map(|id| known.unit(*id)).map(|unit| unit.name.as_str());
            let names = Say::listed(names);
            return Err(Error::input(inbox::unit_not_in_file(text, names.zh, names.en)));
        };
        named.insert(unit);
    }
    let out = if only.is_empty() {
        named
    } else {
        there.into_iter().filter(|unit| !named.contains(unit)).collect()
    };
    let names = plan.leave_out(&out, known);
    if !names.is_empty() {
        let names = Say::listed(&names);
        plan.warnings.insert(0, inbox::units_left_out(names.zh, names.en));
    }
    Ok(())
}

fn result(plan: &ImportPlan, lang: Lang, op: Option<i64>) -> Value {
    let mut value = plan.json(lang);
    value["written"] = json!(op.is_some());
    value["op"] = json!(op);
    value
}

fn name_of(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}
