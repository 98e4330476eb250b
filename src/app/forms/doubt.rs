//! What was found out about contradictions in what was reported: as sent, otherwise, or promised for later.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::draft::about;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, choices, no_yes, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Home, State};
use crate::app::shown::table::{List, RowId, Target};
use crate::app::when::{coming, day};
use crate::app::wrong::{Wrong, channel, needed, wrong};
use crate::domain::doubt::Resolve;
use crate::domain::field::Type;
use crate::domain::followup::Channel;
use crate::domain::form::builtin;
use crate::domain::form::value::temperature;
use crate::domain::ids::DoubtId;
use crate::domain::report::degrees;
use crate::i18n::doubts as say;
use crate::i18n::fields::{named, value as in_words};
use crate::i18n::screen;
use crate::i18n::store as store_say;
use crate::say::Say;
use crate::store::act::Act;
use crate::store::query::rows::DoubtRow;

/// What was sent is so.
#[derive(Debug)]
pub(super) struct ConfirmDoubt(Vec<DoubtId>);

/// A value of it is otherwise.
#[derive(Debug)]
pub(super) struct CorrectDoubt(DoubtId, &'static [&'static str]);

/// It was asked, and the answer is promised.
#[derive(Debug)]
pub(super) struct DeferDoubt(Vec<DoubtId>);

fn keys(doubts: &[DoubtId]) -> Vec<String> {
    doubts.iter().map(|doubt| format!("doubt/{doubt}")).collect()
}

impl Part for ConfirmDoubt {
    fn draft(&self) -> Option<String> {
        Some(about("confirm", self.targets()))
    }

    fn targets(&self) -> Vec<String> {
        keys(&self.0)
    }
}

impl Part for CorrectDoubt {
    fn draft(&self) -> Option<String> {
        Some(about("correct", keys(&[self.0])))
    }
}

impl Part for DeferDoubt {
    fn draft(&self) -> Option<String> {
        Some(about("defer", self.targets()))
    }

    fn targets(&self) -> Vec<String> {
        keys(&self.0)
    }
}

impl Acts for ConfirmDoubt {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
        let how = Resolve::Confirm { told_by, words: form.value("words") };
        Ok(self.0.iter().map(|doubt| Act::AnswerDoubt { doubt: *doubt, how: how.clone() }).collect())
    }
}

impl Acts for CorrectDoubt {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let mut changed: Vec<(&'static str, String)> = Vec::new();
        for field in self.1 {
            let typed = form.value(field);
            if !typed.is_empty() {
                changed.push((field, canonical(desk, field, &typed)?));
            }
        }
        let (field, value) = match changed.as_slice() {
            [] => return wrong(self.1.first().copied().unwrap_or("told_by"), say::NOTHING_CHANGED),
            [one] => one.clone(),
            [_, (second, _), ..] => return wrong(second, say::ONE_FIELD),
        };
        let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
        let how = Resolve::Correct { field: field.to_owned(), value, told_by, words: form.value("words") };
        Ok(vec![Act::AnswerDoubt { doubt: self.0, how }])
    }
}

impl Acts for DeferDoubt {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
        let due = coming(&form.value("due"), desk.now, desk.calendar).map_err(|error| ("due", error))?;
        let Some(due) = due else { return wrong("due", store_say::PROMISE_WITHOUT_TIME) };
        let how = Resolve::Defer { channel: channel(form), told_by, due, words: form.value("words") };
        Ok(self.0.iter().map(|doubt| Act::AnswerDoubt { doubt: *doubt, how: how.clone() }).collect())
    }
}

/// How the values of a field are read: as the newest shipped form has them; the sheet's own form has the last word.
fn kind(field: &str) -> Type {
    let form = builtin("staff", 3);
    let column = form.as_ref().and_then(|form| form.columns.iter().find(|column| column.field.name == field));
    column.map_or(Type::Text, |column| column.field.kind)
}

/// What was typed, as a form keeps it.
fn canonical(desk: &State, field: &'static str, typed: &str) -> Result<String, Wrong> {
    match kind(field) {
        Type::Bool => Ok(if typed == "yes" { "1" } else { "0" }.to_owned()),
        Type::Temp => {
            let tenths = temperature(typed).ok().and_then(|tenths| i16::try_from(tenths).ok());
            tenths.map(degrees).ok_or_else(|| (field, screen::BAD_TEMP.into()))
        }
        Type::Date => {
            let day = day(typed, desk.status.day).map_err(|error| (field, error))?;
            Ok(day.map(|day| day.to_string()).unwrap_or_default())
        }
        _ => Ok(typed.to_owned()),
    }
}

/// The field of the form for a field of the sheet.
fn field(name: &'static str) -> Option<Field> {
    let label = named(name)?;
    let unchanged = || Choice::new("", say::UNCHANGED);
    Some(match kind(name) {
        Type::Bool => {
            let options = std::iter::once(unchanged()).chain(no_yes());
            Field::choice(name, label, options.collect(), 0)
        }
        Type::Code => {
            let form = builtin("staff", 3)?;
            let column = form.columns.iter().find(|column| column.field.name == name)?;
            let codes = column.field.codes.keys();
            let options = codes.map(|code| Choice::new(code, in_words(&[], name, code)));
            Field::choice(name, label, std::iter::once(unchanged()).chain(options).collect(), 0)
        }
        Type::Temp => Field::line(name, label, "").hint(screen::TEMP_HINT),
        Type::Date => Field::line(name, label, "").hint(crate::i18n::ledger_desk::DATE_HINT),
        _ => Field::line(name, label, "").hint(screen::BLANK_UNCHANGED),
    })
}

/// The chosen rows of the screen.
fn chosen(desk: &State) -> Vec<DoubtRow> {
    if desk.home != Home::Doubts || desk.page().is_some() {
        return Vec::new();
    }
    let ids = desk.tables.doubts.chosen();
    let is = |row: &&DoubtRow| ids.contains(&RowId::Doubt(row.doubt.id));
    desk.tables.doubts.rows().iter().filter(is).cloned().collect()
}

/// Whom these are about, one after the other.
fn whom(rows: &[DoubtRow]) -> Vec<Target> {
    rows.iter().map(|row| Target::new(Some(row.doubt.about), &row.name)).collect()
}

/// What stands above the fields: what is asked of each.
fn questions(desk: &State, rows: &[DoubtRow]) -> Vec<(Say, Mood)> {
    let today = desk.calendar.date(desk.now);
    let line = |row: &DoubtRow| {
        let (line, ask) = (say::line(&row.doubt), say::question(&row.doubt, today));
        let several = rows.len() > 1;
        let said = |line: &str, ask: &str| format!("{} {}", row.name, if several { line } else { ask });
        (Say { zh: said(&line.zh, &ask.zh), en: said(&line.en, &ask.en) }, Mood::Warn)
    };
    rows.iter().map(line).collect()
}

fn told_by(rows: &[DoubtRow]) -> Field {
    // Of one person they themselves are asked most often; of several, the unit's liaison.
    let who = match rows {
        [row] if row.doubt.person().is_some() => row.name.as_str(),
        [row, ..] if rows.iter().all(|other| other.unit == row.unit) => row.liaison.as_str(),
        _ => "",
    };
    Field::line("told_by", say::TOLD_BY, who)
}

fn show(desk: &mut State, fx: &mut Vec<Effect>, rows: &[DoubtRow], mut form: Form) {
    form.about = questions(desk, rows);
    desk.show_about(fx, form, whom(rows));
}

fn ready(desk: &mut State) -> Option<Vec<DoubtRow>> {
    let rows = chosen(desk);
    if rows.is_empty() {
        desk.tell(Tone::Warn, screen::NOTHING_SELECTED);
        return None;
    }
    Some(rows)
}

/// What was sent is so.
pub(super) fn open_confirm(desk: &mut State, fx: &mut Vec<Effect>) {
    let Some(rows) = ready(desk) else { return };
    let title = titled(say::CONFIRM, &State::named(&whom(&rows)));
    let fields = vec![told_by(&rows), Field::words("words", say::WORDS)];
    let ids = rows.iter().map(|row| row.doubt.id).collect();
    show(desk, fx, &rows, Form::of(ConfirmDoubt(ids), title, fields));
}

/// A value is otherwise.
pub(super) fn open_correct(desk: &mut State, fx: &mut Vec<Effect>) {
    let Some(rows) = ready(desk) else { return };
    let [row] = rows.as_slice() else { return desk.tell(Tone::Warn, say::ONE_BY_ONE) };
    let names = row.doubt.fields();
    if names.is_empty() {
        return desk.tell(Tone::Warn, say::NOTHING_TO_CORRECT);
    }
    let title = titled(say::CORRECT, &Say::same(&row.name));
    let mut fields: Vec<Field> = names.iter().filter_map(|name| field(name)).collect();
    fields.extend([told_by(&rows), Field::words("words", say::WORDS)]);
    let form = Form::of(CorrectDoubt(row.doubt.id, names), title, fields);
    show(desk, fx, &rows, form);
}

/// The answer is promised.
pub(super) fn open_defer(desk: &mut State, fx: &mut Vec<Effect>) {
    let Some(rows) = ready(desk) else { return };
    let title = titled(say::DEFER, &State::named(&whom(&rows)));
    let fields = vec![
        Field::line("due", say::DUE, "").hint(screen::TIME_HINT),
        Field::choice("channel", screen::CHANNEL, choices(Channel::ALL, Channel::code), 0),
        told_by(&rows),
        Field::words("words", say::WORDS),
    ];
    let ids = rows.iter().map(|row| row.doubt.id).collect();
    show(desk, fx, &rows, Form::of(DeferDoubt(ids), title, fields));
}

#[cfg(test)]
mod tests;
