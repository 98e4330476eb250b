//! The fields of a form of a ledger, by the declaration of their columns, and what was typed in them.

use crate::app::shown::field::{Choice, Field, no_yes};
use crate::app::shown::form::Form;
use crate::app::shown::sheet::value_shown;
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, wrong};
use crate::domain::field::Type;
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Column, Link, Part as Columns, Transition, field_id};
use crate::domain::mask::masked_words;
use crate::i18n::forms;
use crate::i18n::ledger as words;
use crate::i18n::ledger_desk as say;
use crate::say::{Lang, Say};
use crate::store::query::rows::{EntryBasis, EntryRow, Offered, PersonRow};
use uuid::Uuid;

/// How many things are chosen from with a key; more are typed.
const CHOSEN: usize = 9;
/// How many are named in a hint.
const HINTED: usize = 6;

impl State {
    /// The field of a column.
    pub(super) fn entry_field(
        &self,
        basis: &EntryBasis,
        column: &Column,
        value: &str,
        row: Option<&EntryRow>,
    ) -> Field {
        let (field, hint) = if column.link.is_some() {
            link_field(basis, column, value, row, self.lang)
        } else if matches!(column.field.kind, Type::Code | Type::Codes | Type::Bool) {
            code_field(column, value, self.lang)
        } else {
            let (id, label) = (field_id(&column.field.name), say::word(&column.field.title));
            let typed = spelled(column, value, self.lang);
            // A number typed into words is hidden like one on record.
            let given = basis.given.as_ref().and_then(|given| given.values.get(&column.field.name));
            let masked = || masked_words(words::shown(column, value).get(self.lang)).into_owned();
            let shown = match row {
                Some(row) => Some(value_shown(column, row, &self.ctx())),
                None => given.filter(|given| *given == value).map(|_| masked()),
            };
            let shown = shown.filter(|shown| *shown != typed);
            if let Some(masked) = shown {
                return Field::kept(id, label, &typed, &masked);
            }
            let hint = how(column.field.kind).map_or_else(Say::default, Say::from);
            (Field::line(id, label, &typed), hint)
        };
        let own = words::titled(&column.hint);
        field.hint(if own.zh.is_empty() { hint } else { own })
    }
}

/// One of these, or nothing: what must be filled in is still to be chosen.
fn one_of(column: &Column, mut options: Vec<Choice>, value: &str) -> Field {
    let none = if column.field.required { forms::TO_CHOOSE.into() } else { Say::same("-") };
    options.insert(0, Choice::new("", none));
    let at = options.iter().position(|choice| choice.code == value).unwrap_or(0);
    Field::choice(field_id(&column.field.name), say::word(&column.field.title), options, at)
}

/// The field of a column that points at something: chosen where there are few, else typed; with its hint.
fn link_field(
    basis: &EntryBasis,
    column: &Column,
    value: &str,
    row: Option<&EntryRow>,
    lang: Lang,
) -> (Field, Say) {
    let given = basis.given.as_ref().and_then(|given| given.names.get(&column.field.name));
    let all = basis.offered.get(&column.field.name).map_or(&[][..], Vec::as_slice);
    let named = row.and_then(|row| row.names.get(&column.field.name)).or(given).map(|name| name.get(lang));
    // What is given without a name is called as what can be chosen is.
    let offered = || all.iter().find(|one| !value.is_empty() && one.id.to_string() == value);
    let name = named.or_else(|| offered().map(|one| one.name.as_str())).unwrap_or_default();
    let line = || Field::line(field_id(&column.field.name), say::word(&column.field.title), name);
    match &column.link {
        Some(Link::Person) => (line(), say::PERSON_HINT.into()),
        Some(Link::Unit) if all.len() > CHOSEN => (line(), forms::UNIT_BY_NAME.into()),
        _ if all.len() > CHOSEN => {
            let names = all.iter().take(HINTED).map(|one| one.name.as_str());
            let more = if all.len() > HINTED { Some("…") } else { None };
            (line(), Say::listed(names.chain(more)))
        }
        _ => {
            let options = all.iter().map(|one| Choice::new(&one.id.to_string(), Say::same(&one.name)));
            (one_of(column, options.collect(), value), Say::default())
        }
    }
}

/// The field of a column with codes: one, one or another word, several, or yes and no; with its hint.
fn code_field(column: &Column, value: &str, lang: Lang) -> (Field, Say) {
    let (id, label) = (field_id(&column.field.name), say::word(&column.field.title));
    let codes = || column.field.codes.keys().map(|code| Choice::new(code, words::shown(column, code)));
    let field = match column.field.kind {
        Type::Code if column.extendable => {
            let known: Vec<Say> = codes().map(|choice| choice.say).collect();
            let hint = Say {
                zh: Say::listed(known.iter().map(|say| &say.zh)).zh,
                en: Say::listed(known.iter().map(|say| &say.en)).en,
            };
            let line = Field::line(id, label, &spelled(column, value, lang));
            return (line, hint.within(|known| say::or_another(known)));
        }
        Type::Code => one_of(column, codes().collect(), value),
        Type::Codes => {
            let on = |choice: &Choice| value.split(',').any(|code| code == choice.code);
            let options = codes().map(|choice| {
                let on = on(&choice);
                (choice, on)
            });
            Field::many(id, label, options.collect())
        }
        _ => {
            let code = match value {
                "0" => "no",
                "1" => "yes",
                _ => "",
            };
            one_of(column, no_yes(), code)
        }
    };
    (field, Say::default())
}

/// The columns that are typed: what is computed is not.
pub(super) fn typed(part: &Columns) -> impl Iterator<Item = &Column> {
    part.columns.iter().filter(|column| column.calculation.is_none() && !column.readonly)
}

/// A value as it can be typed again: a code by its word, where that is read as it.
fn spelled(column: &Column, value: &str, lang: Lang) -> String {
    let word = column.field.word(value).map(|word| if lang == Lang::Zh { &word.zh } else { &word.en });
    let is_read = |word: &&String| column.field.code_for(word) == Some(value);
    if let Some(word) = word.filter(is_read) {
        return word.clone();
    }
    match column.field.spelled(value) {
        Some((zh, _)) if lang == Lang::Zh => zh.to_owned(),
        Some((_, en)) => en.to_owned(),
        None if column.field.kind == Type::Temp => words::shown(column, value).get(lang).to_owned(),
        None => value.to_owned(),
    }
}

/// How values of a type are written.
fn how(kind: Type) -> Option<crate::say::Word> {
    Some(match kind {
        Type::Date => say::DATE_HINT,
        Type::DateTime => say::MOMENT_HINT,
        Type::Time => say::TIME_HINT,
        Type::Temp => say::TEMP_HINT,
        Type::Integer => say::WHOLE_HINT,
        Type::File => say::FILE_HINT,
        _ => return None,
    })
}

/// What the form says, of the columns that are asked.
pub(super) fn said(
    desk: &State,
    form: &Form,
    basis: &EntryBasis,
    step: Option<&Transition>,
) -> Result<Values, Wrong> {
    let mut values = Values::new();
    let Some(part) = basis.part() else { return Ok(values) };
    let asked = |name: &String| step.is_none_or(|step| step.ask.contains(name));
    for column in typed(part).filter(|column| asked(&column.field.name)) {
        let id = field_id(&column.field.name);
        if form.field(id).is_none() {
            continue;
        }
        // What stands there and is not shown stays; of what a proposal gives, as it gives it.
        let Some(raw) = form.text(id) else {
            let given = basis.given.as_ref().and_then(|given| given.values.get_key_value(&column.field.name));
            values.extend(given.map(|(name, value)| (name.clone(), value.clone())));
            continue;
        };
        let value = match &column.link {
            _ if raw.is_empty() => String::new(),
            Some(link) => pointed_at(form, basis, column, link, &raw)?,
            None => match column.field.kind {
                Type::Code if !column.extendable => raw,
                Type::Codes => raw,
                Type::Bool => (if raw == "yes" { "1" } else { "0" }).to_owned(),
                _ => column
                    .read(&raw, desk.now, desk.calendar)
                    .map_err(|flaw| (id, words::misread(column, flaw)))?,
            },
        };
        values.insert(column.field.name.clone(), value);
    }
    Ok(values)
}

/// What is meant by what was typed or chosen.
fn pointed_at(
    form: &Form,
    basis: &EntryBasis,
    column: &Column,
    link: &Link,
    raw: &str,
) -> Result<String, Wrong> {
    let name = &column.field.name;
    let id = field_id(name);
    // What was not touched is what it was.
    if let Some(row) = basis.rows.first()
        && row.names.get(name).is_some_and(|known| known.zh == raw || known.en == raw)
        && let Some(known) = row.row.values.get(name)
    {
        return Ok(known.clone());
    }
    if let Some(given) = &basis.given
        && given.names.get(name).is_some_and(|known| known.zh == raw || known.en == raw)
        && let Some(known) = given.values.get(name)
    {
        return Ok(known.clone());
    }
    if *link == Link::Person {
        let found = form.aside.as_ref().and_then(|aside| aside.named.as_ref());
        let Some((_, people)) = found.filter(|(text, _)| text == raw) else {
            return wrong(id, say::LOOKING);
        };
        return one_person(people, raw).map(|person| person.id.to_string()).map_err(|what| (id, what));
    }
    let all = basis.offered.get(name).map_or(&[][..], Vec::as_slice);
    if Uuid::parse_str(raw).is_ok() {
        return Ok(raw.to_owned());
    }
    one_offered(all, raw).map(|one| one.id.to_string()).map_err(|what| (id, what))
}

/// The one that a name means: by all of it, else by a part that only one has.
pub(super) fn one_offered<'a>(all: &'a [Offered], text: &str) -> Result<&'a Offered, Say> {
    let wanted = text.to_lowercase();
    let is = |name: &String| name.to_lowercase() == wanted;
    let has = |name: &String| name.to_lowercase().contains(&wanted);
    let exact: Vec<&Offered> = all.iter().filter(|one| is(&one.name) || one.also.iter().any(is)).collect();
    let near = || all.iter().filter(|one| has(&one.name) || one.also.iter().any(has)).collect();
    let found = if exact.is_empty() { near() } else { exact };
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(say::no_such_name(text)),
        several => {
            let names = several.iter().take(HINTED).map(|one| one.name.as_str());
            Err(Say::listed(names).within(|names| say::several(several.len(), names)))
        }
    }
}

/// The person that a number or a name means.
pub(super) fn one_person<'a>(people: &'a [PersonRow], text: &str) -> Result<&'a PersonRow, Say> {
    if let Some(person) = people.iter().find(|person| person.no.eq_ignore_ascii_case(text)) {
        return Ok(person);
    }
    let exact: Vec<&PersonRow> = people.iter().filter(|person| person.name == text).collect();
    match (exact.as_slice(), people) {
        ([one], _) => Ok(one),
        ([], [one]) => Ok(one),
        ([], []) => Err(say::no_such_name(text)),
        _ => {
            let names = people.iter().take(HINTED).map(|person| format!("{} {}", person.no, person.name));
            Err(Say::listed(names).within(|names| say::several(people.len(), names)))
        }
    }
}
