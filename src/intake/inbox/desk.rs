//! What is known of the office while the inbox is looked at: files are planned by it, and what goes back is worded by it.

use super::super::cells::Cells;
use super::super::plan::ImportPlan;
use super::super::plan::back::listed;
use super::super::{Known, Options, look_back, mapping, plan};
use super::receipt::{self, Receipt};
use super::recognise::{self, Guess, Hints, Said};
use super::{Item, Office, mark, said_in};
use crate::domain::deadline::in_play;
use crate::domain::form::{Form, What};
use crate::domain::ids::UnitId;
use crate::domain::inbox::{Source, Stand};
use crate::domain::office::Settings;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::inbox as words;
use crate::say::Say;
use crate::store::Reader;
use crate::store::query::{self, FileTaken};
use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

/// From so many rows on it can be said whether anybody of them is known here.
const SOME_ROWS: u32 = 3;

/// What is known of the office while a look goes on.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) known: Arc<Known>,
    pub(super) forms: Vec<Form>,
    hints: Hints,
    /// The same with who sent files of which name before: read once one file is known by nothing else.
    habits: OnceLock<Vec<(String, UnitId)>>,
    pub(super) settings: Settings,
}

impl Desk {
    pub(super) fn read(office: &Office<'_>, settings: &Settings, known: Arc<Known>) -> Result<Self> {
        let status = query::status(office.reader, office.now)?;
        let hints = Hints {
            today: settings.calendar.date(office.now),
            day: status.day,
            round: status.round,
            rounds: settings.rounds.clone(),
            senders: Vec::new(),
        };
        let forms = mapping::load_forms(super::super::form_dir_beside(office.database).as_deref())?;
        Ok(Self { known, forms, hints, habits: OnceLock::new(), settings: settings.clone() })
    }

    /// Plans a file by what is known now, beside the act that took it in already, if one did: where it only was not put
    /// away it is left.
    pub(super) fn plan(
        &self,
        office: &mut Office<'_>,
        item: &mut Item,
        taken: Option<FileTaken>,
        put_away: &HashSet<String>,
    ) -> Result<()> {
        item.left = None;
        if item.cells.is_none() && item.error.is_none() {
            return Ok(());
        }
        let Some(taken) = taken else { return self.plan_as(office, item) };
        // Taken in from here, of that name, and there before it was taken: the desk stopped before it was put away. Where
        // the office rehearses its clock says nothing of the system's. What was put away then, and lies here again, came
        // anew.
        let came = item.came(office.now);
        let is_ahead = item.lying.came > office.now.0;
        let is_left = taken.sheet.inbox
            && taken.sheet.file == item.lying.name
            && (is_ahead || came <= taken.at)
            && !put_away.contains(&mark(&item.digest, &taken));
        if is_left {
            item.said = said_in(&taken, &item.said);
            self.plan_as(office, item)?;
            self.is_left(item, taken);
            return Ok(());
        }
        self.plan_as(office, item)?;
        // What was left out of it, or refused and mended on the roster, may come again.
        if item.plan.as_ref().is_none_or(|plan| plan.looks_old) || brings(office.reader, item)? {
            // Taken in for another day it may be the wrong sheet; that is said, and decided by the officer.
            return Ok(());
        }
        let at = self.settings.calendar.ymd_hm(taken.at);
        item.stand = Stand::Same;
        item.because(words::taken_before(&taken.sheet.file, at, taken.op.seq));
        Ok(())
    }

    /// It is in, and only has to be put away.
    pub(super) fn is_left(&self, item: &mut Item, taken: FileTaken) {
        item.stand = Stand::Same;
        item.because(words::to_put_away(self.settings.calendar.ymd_hm(taken.at), taken.op.seq));
        item.left = Some(Box::new(taken));
    }

    /// What a file is taken for. Who sent files of such a name before is looked up only where nothing else says whose it
    /// is.
    fn guess(&self, reader: &Reader, item: &Item, cells: &Cells, came: Ts) -> Result<Guess> {
        let (file, said) = (&item.lying.name, &item.said);
        let hints = self.hints_at(came);
        let guess = recognise::recognise(file, cells, &self.forms, &self.known, &hints, said)?;
        if guess.units.1 != Source::Habit || guess.what != What::Report {
            return Ok(guess);
        }
        if self.habits.get().is_none() {
            let _ = self.habits.set(query::senders(reader)?);
        }
        let hints = Hints { senders: self.habits.get().cloned().unwrap_or_default(), ..hints };
        recognise::recognise(file, cells, &self.forms, &self.known, &hints, said)
    }

    /// What was being collected when a file came: one of 23:59 without a day is of that day still, whenever it is read.
    fn hints_at(&self, came: Ts) -> Hints {
        let mut hints = self.hints.clone();
        if let Some((day, round, _)) = in_play(&self.settings, came) {
            (hints.day, hints.round) = (day, round);
        }
        hints
    }

    /// Plans a file, and says how it stands by itself.
    pub(super) fn plan_as(&self, office: &mut Office<'_>, item: &mut Item) -> Result<()> {
        (item.plan, item.guess) = (None, None);
        item.units.clear();
        item.default_unit.clear();
        item.notes.clear();
        item.reason = None;
        let Some(cells) = item.cells.clone() else {
            item.stand = if item.locked { Stand::Locked } else { Stand::Unreadable };
            item.notes.extend(item.error.clone());
            item.reason.clone_from(&item.error);
            return Ok(());
        };
        let file = item.lying.name.clone();
        let guess = self.guess(office.reader, item, &cells, item.came(office.now));
        let planned = guess.and_then(|guess| self.planned(office, &cells, &file, &item.said, guess));
        match planned {
            Ok((guess, plan, lacks, unit)) => {
                let code = unit.and_then(|unit| self.known.unit(unit)).map(|unit| unit.code.clone());
                item.default_unit = code.unwrap_or_default();
                item.units = plan.import.reports.iter().map(|(key, _)| self.named(key.unit)).collect();
                let corrected = self.corrected(office.reader, &plan)?;
                let about_nobody;
                (item.stand, item.notes, about_nobody) =
                    self.stand(&guess, &plan, lacks, (&corrected, item.said.part));
                item.reason = about_nobody.or_else(|| item.notes.first().cloned());
                let more = plan.warnings.iter().filter(|warning| !item.notes.contains(warning)).cloned();
                item.notes.extend(more.collect::<Vec<_>>());
                (item.guess, item.plan) = (Some(guess), Some(Box::new(plan)));
            }
            Err(Error::User(user)) => {
                item.stand = Stand::Unreadable;
                item.because(Error::User(user).say());
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn named(&self, unit: UnitId) -> (UnitId, String) {
        (unit, self.known.unit(unit).map_or_else(String::new, |unit| unit.name.clone()))
    }

    /// The plan of a file, with whose it is where its rows do not say so; how many rows lack a unit still.
    fn planned(
        &self,
        office: &mut Office<'_>,
        cells: &Cells,
        file: &str,
        said: &Said,
        mut guess: Guess,
    ) -> Result<(Guess, ImportPlan, u32, Option<UnitId>)> {
        let options = |guess: &Guess, unit: Option<UnitId>| Options {
            day: Some(guess.day.0.min(self.hints.today)).filter(|_| guess.what == What::Report),
            round: guess.round.0.clone(),
            unit: unit.and_then(|unit| self.known.unit(unit)).map(|unit| unit.code.clone()),
            form: Some(guess.form.clone()),
            part: said.part == Some(true),
            calendar: self.settings.calendar,
            ..Options::default()
        };
        let mut make = |guess: &Guess, unit| {
            let (forms, known) = (&self.forms, &self.known);
            plan(cells, file, guess.what, forms, known, &options(guess, unit), office.mint, office.now)
        };
        let mut default = said.unit;
        let mut made = make(&guess, default)?;
        let lacks = |plan: &ImportPlan| {
            plan.rejected.iter().filter(|row| matches!(row.code, "no-unit" | "no-number")).count() as u32
        };
        let mut lacking = lacks(&made);
        let of_rows: Vec<UnitId> = made.import.reports.iter().map(|(key, _)| key.unit).collect();
        if said.unit.is_none() && self.differ(&guess, &of_rows) {
            // Asked before anything is taken for granted of the rows that name none.
            let named = Say::listed(guess.units.0.iter().map(|unit| self.named(*unit).1));
            let of = Say::listed(of_rows.iter().take(3).map(|unit| self.named(*unit).1));
            guess.asks.push(words::units_differ(&named.zh, &of.zh, &named.en, &of.en));
            lacking = 0;
        } else if lacking > 0 && said.unit.is_none() {
            // Rows that name none belong with the others of the file, else with what its name says.
            let unit = match (of_rows.as_slice(), guess.units.0.as_slice()) {
                ([], [unit]) | ([unit], _) => Some(*unit),
                _ => None,
            };
            if let Some(unit) = unit {
                made = make(&guess, Some(unit))?;
                default = Some(unit);
                lacking = 0;
            } else if of_rows.len() > 1 {
                // A row or two among those of several units: they are refused, and no question.
                lacking = 0;
            }
        } else if said.unit.is_none() && !of_rows.is_empty() {
            guess.units = (of_rows, Source::Rows);
        }
        if lacking > 0 && said.unit.is_some() {
            lacking = 0;
        }
        let came = office.now;
        look_back(&mut made, office.reader, &self.known, came)?;
        Ok((guess, made, lacking, default))
    }

    /// Whether a file's name says another unit than its rows do.
    fn differ(&self, guess: &Guess, of_rows: &[UnitId]) -> bool {
        let named = guess.units.0.as_slice();
        let fits = |of: &UnitId| {
            named.iter().any(|unit| {
                self.known.reporting_unit(*unit) == *of
                    || self.known.is_within(*of, *unit)
                    || self.known.is_within(*unit, *of)
            })
        };
        guess.units.1 == Source::Name && !named.is_empty() && !of_rows.is_empty() && !of_rows.iter().any(fits)
    }

    /// The units whose report is there already, and would be corrected.
    fn corrected(&self, reader: &Reader, plan: &ImportPlan) -> Result<Vec<String>> {
        let mut out = Vec::new();
        if plan.import.reason.trim().is_empty() {
            for (key, _) in &plan.import.reports {
                if query::is_received(reader, key)? {
                    out.push(self.named(key.unit).1);
                }
            }
        }
        Ok(out)
    }

    /// How a file stands, what to look at, and why it stands so where the first of these is about somebody.
    fn stand(
        &self,
        guess: &Guess,
        plan: &ImportPlan,
        lacking: u32,
        (corrected, part): (&[String], Option<bool>),
    ) -> (Stand, Vec<Say>, Option<Say>) {
        let rows = plan.accepted + plan.unchanged + plan.rejected.len() as u32;
        let strange = plan.rejected.iter().filter(|row| row.code == "unknown-person").count() as u32;
        let mut notes = guess.asks.clone();
        if lacking > 0 {
            let several = Say::listed(guess.units.0.iter().map(|unit| self.named(*unit).1));
            let ask = if guess.units.0.len() > 1 {
                words::unit_several(several.zh, several.en)
            } else {
                words::unit_unknown(lacking)
            };
            notes.push(ask);
        }
        if plan.import.sheet.what == "report" && rows >= SOME_ROWS && strange * 10 >= rows * 7 {
            notes.insert(0, words::hardly_known(strange, rows));
            return (Stand::Elsewhere, notes, None);
        }
        if !notes.is_empty() {
            return (Stand::Question, notes, None);
        }
        if !plan.writes() {
            let say = match (plan.rejected.is_empty(), plan.unanswered) {
                (false, _) => words::ALL_REFUSED,
                (true, 0) => words::NOTHING_NEW,
                (true, _) => words::NOBODY_ANSWERED,
            };
            return (Stand::Nothing, vec![say.into()], None);
        }
        if plan.looks_old {
            // What the warnings say of it first is why.
            notes.extend(plan.warnings.first().cloned());
            return (Stand::Old, notes, None);
        }
        if plan.import.sheet.what != "report" {
            let say = words::changes_people(plan.new.len(), plan.changed.len(), plan.new_units.len());
            return (Stand::Look, vec![say], None);
        }
        if !corrected.is_empty() && !plan.dropped.is_empty() && part.is_none() {
            let names = listed(plan.dropped.iter().map(|who| who.name.as_str()));
            let ask = words::part_or_whole(plan.dropped.len(), names.zh, names.en);
            return (Stand::Question, vec![ask], Some(words::leaves_out(plan.dropped.len())));
        }
        if !corrected.is_empty() {
            let units = Say::listed(corrected);
            notes.push(words::would_correct(units.zh, units.en));
            notes.extend(plan.contradicts.iter().cloned());
            return (Stand::Correction, notes, None);
        }
        if let Some(first) = plan.differing.first() {
            return (Stand::Look, plan.differing.clone(), Some(first.clone()));
        }
        if !plan.contradicts.is_empty() {
            return (Stand::Look, plan.contradicts.clone(), Some(words::SAYS_OTHERWISE.into()));
        }
        if plan.rejected.is_empty() {
            (Stand::Ready, notes, None)
        } else {
            let first = plan.rejected.first();
            notes.extend(first.map(|row| {
                let at = crate::i18n::intake::place(&row.sheet, row.row, &row.column, &row.value);
                Say { zh: format!("{}{}", at.zh, row.reason.zh), en: format!("{} {}", at.en, row.reason.en) }
            }));
            (Stand::Refused, notes, None)
        }
    }

    /// What became of a file.
    pub(super) fn receipt(&self, item: &Item, taken: Option<&FileTaken>, returned: Option<Say>) -> Receipt {
        let reported: BTreeSet<UnitId> =
            taken.iter().flat_map(|taken| &taken.reports).map(|(key, _)| key.unit).collect();
        let plan = item.plan.as_deref();
        let rows = |unit: UnitId| {
            let readings = plan.iter().flat_map(|plan| &plan.import.readings);
            let carried = plan.iter().flat_map(|plan| &plan.import.carried);
            let carried = carried.filter(|(of, _)| *of == unit).count();
            (readings.filter(|reading| reading.unit == unit).count() - carried) as u32
        };
        let left_out = taken.is_some_and(|taken| taken.sheet.left_out > 0);
        let left = item.units.iter().filter(|(unit, _)| left_out && !reported.contains(unit));
        let rejected = plan.map(|plan| plan.rejected.clone()).unwrap_or_default();
        let of = taken.map(|taken| &taken.sheet);
        let day = of.and_then(|sheet| sheet.day).or_else(|| {
            item.guess.as_ref().filter(|guess| guess.what == What::Report).map(|guess| guess.day.0)
        });
        let round = of.and_then(|sheet| sheet.round.clone());
        Receipt {
            office: self.settings.office.clone(),
            file: item.lying.name.clone(),
            day,
            round: round.map_or_else(String::new, |round| receipt::round_name(&round, &self.hints.rounds)),
            at: taken.map(|taken| taken.at),
            op: taken.map(|taken| taken.op.seq),
            taken: taken
                .iter()
                .flat_map(|taken| &taken.reports)
                .map(|(key, all)| {
                    let own = rows(key.unit);
                    (self.named(key.unit).1, if own == 0 { *all } else { own.min(*all) })
                })
                .collect(),
            accepted: of.map_or(0, |sheet| sheet.accepted),
            unchanged: of.map_or(0, |sheet| sheet.unchanged),
            left: left.map(|(_, name)| name.clone()).collect(),
            refused: if returned.is_some() && taken.is_none() { Vec::new() } else { rejected },
            returned,
        }
    }
}

/// Whether a plan made now brings something that is not there.
fn brings(reader: &Reader, item: &Item) -> Result<bool> {
    let Some(plan) = item.plan.as_deref().filter(|plan| plan.writes()) else { return Ok(false) };
    if query::already_imported(reader, &plan.import.sheet)?.is_some() {
        return Ok(false);
    }
    if !plan.changed.is_empty() || !plan.added.is_empty() || plan.import.sheet.what != "report" {
        return Ok(true);
    }
    for (key, _) in &plan.import.reports {
        if !query::is_received(reader, key)? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::builtins;
    use crate::intake::cells::{Mark, Sheet};

    fn at(text: &str) -> Ts {
        Ts::from_rfc3339(text).unwrap()
    }

    #[test]
    fn a_file_without_a_day_is_of_the_day_on_which_it_came_whenever_it_is_read() {
        let settings = Settings::new("海岬理工大学");
        let today = settings.calendar.date(at("2020-02-18T00:05:00+08:00"));
        let (_, round, _) = in_play(&settings, at("2020-02-18T00:05:00+08:00")).unwrap();
        let hints = Hints { today, day: today, round, rounds: settings.rounds.clone(), senders: Vec::new() };
        let known = Arc::new(Known::new(Vec::new(), Vec::new()));
        let desk = Desk { known, forms: builtins(), hints, habits: OnceLock::from(Vec::new()), settings };
        let mut sheet = Sheet::new("Sheet1", false);
        for (col, text) in ["工号", "姓名", "上午体温"].into_iter().enumerate() {
            sheet.push(0, col as u16, Mark::Text, text);
        }
        sheet.finish(100);
        let cells = Cells { sheets: vec![sheet], digest: "d".to_owned(), ..Cells::default() };
        for (came, day) in [("2020-02-17T23:59:00+08:00", 17), ("2020-02-18T00:01:00+08:00", 18)] {
            let hints = desk.hints_at(at(came));
            let guess =
                recognise::recognise("日报.csv", &cells, &desk.forms, &desk.known, &hints, &Said::default());
            let (said, source) = guess.unwrap().day;
            assert_eq!((said.to_string(), source), (format!("2020-02-{day}"), Source::Collected), "{came}");
        }
    }
}
