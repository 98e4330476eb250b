//! The rows of a received report that is opened, and what is to be said of each.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Mood, SortKey, Stands};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::domain::field::Field;
use crate::domain::ids::Subject;
use crate::domain::mask::masked_words;
use crate::domain::report::{Site, Standing, degrees};
use crate::domain::rules::Rules;
use crate::i18n::terms::word;
use crate::i18n::{doubts, fields as words, received as say, screen};
use crate::say::Say;
use crate::store::query::rows::{BroughtRow, Mask, ReceivedRow};

/// A value that is otherwise: its label, what it said, what it says.
pub fn change(fields: &[Field], field: &str, old: &str, new: &str) -> Say {
    let value = |text: &str| match field {
        _ if text.is_empty() => say::BLANK.into(),
        "site" => Site::from_code(text).map_or_else(|| Say::same(text), |site| word(site).into()),
        _ => words::value(fields, field, text),
    };
    let (label, old, new) = (words::label(fields, field), value(old), value(new));
    doubts::changed(label.zh, label.en, old.zh, old.en, new.zh, new.en)
}

/// What is to be said of a row of a report besides its values: what is otherwise than in the version before, what was
/// corrected since, what is doubted, that it is not in it.
pub fn remarks(row: &ReceivedRow) -> Vec<Say> {
    let mut out = Vec::new();
    if row.standing != Standing::Listed {
        out.push(word(row.standing).into());
    }
    let fields = row.reading.as_ref().map_or(&[][..], |reading| &reading.fields);
    out.extend(row.changed.iter().map(|one| change(fields, &one.field, &one.old, &one.new)));
    for one in &row.corrected {
        let what = change(fields, &one.field, &one.old, &one.new);
        let mut said = say::corrected(what.zh, what.en);
        if !one.told_by.is_empty() {
            let by = say::told_by(masked_words(&one.told_by));
            said = Say { zh: said.zh + &by.zh, en: said.en + &by.en };
        }
        out.push(said);
    }
    out.extend(row.doubts.iter().map(|doubt| {
        let what = doubts::line(doubt);
        say::doubted(what.zh, what.en)
    }));
    if !row.unit.is_empty() {
        out.push(say::of_other(&row.unit));
    }
    out
}

/// A temperature as it was sent.
fn temp(row: &ReceivedRow, morning: bool) -> Option<i16> {
    let reading = row.reading.as_ref()?;
    if morning { reading.temp_am } else { reading.temp_pm }
}

fn temp_cell(row: &ReceivedRow, morning: bool) -> Cell {
    let Some((reading, tenths)) = row.reading.as_ref().zip(temp(row, morning)) else {
        return Cell::default();
    };
    let fever = Rules::builtin().is_fever(tenths, reading.site, reading.day);
    Cell::new(degrees(tenths), if fever { Mood::Bad } else { Mood::Plain })
}

/// The state that was filled in, in words.
fn status(row: &ReceivedRow) -> Say {
    let reading = row.reading.as_ref();
    reading.map(|reading| words::value(&reading.fields, "status", &reading.status)).unwrap_or_default()
}

/// What may be shown of it is asked for by [`Mask::seen`].
fn remarks_cell(row: &ReceivedRow, ctx: &Ctx) -> Cell {
    let row = row.seen(ctx.shows(row.person));
    let mood = match row.standing {
        _ if !row.doubts.is_empty() => Mood::Bad,
        Standing::Missing | Standing::Dropped => Mood::Warn,
        _ if row.is_changed() => Mood::Warn,
        _ => Mood::Dim,
    };
    Cell::new(say::joined(&remarks(&row)).get(ctx.lang), mood)
}

impl Columns for ReceivedRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::figure("row", say::PLACE_IN_SHEET, (4, 3), |r, _| {
            if r.place > 0 { r.place.to_string().into() } else { Cell::default() }
        })
        .by(|r| SortKey::Num(i64::from(r.place))),
        Column::<Self>::new("name", screen::PERSON_NAME, (10, 1, 0), |r, _| r.name.as_str().into())
            .of(Stands::Name)
            .by(|r| SortKey::sounds(&r.keys, &r.name)),
        Column::<Self>::figure("temp_am", say::AM, (5, 0), |r, _| temp_cell(r, true))
            .by(|r| SortKey::Num(temp(r, true).map_or(0, |tenths| -i64::from(tenths)))),
        Column::<Self>::figure("temp_pm", say::PM, (5, 0), |r, _| temp_cell(r, false))
            .by(|r| SortKey::Num(temp(r, false).map_or(0, |tenths| -i64::from(tenths)))),
        Column::<Self>::new("status", screen::STATUS, (8, 0, 0), |r, x| {
            let normal =
                r.reading.as_ref().is_none_or(|reading| matches!(reading.status.as_str(), "" | "normal"));
            Cell::new(status(r).get(x.lang), if normal { Mood::Plain } else { Mood::Warn })
        })
        .by(|r| SortKey::text(r.reading.as_ref().map_or("", |reading| reading.status.as_str()))),
        Column::<Self>::new("remarks", say::REMARKS, (20, 4, 0), remarks_cell),
        Column::<Self>::new("no", screen::NO, (10, 0, 2), |r, _| r.no.as_str().into())
            .by(|r| SortKey::text(&r.no)),
        Column::<Self>::new("place", crate::i18n::forms::PLACE, (14, 2, 4), |r, x| {
            let place = r.reading.as_ref().map_or("", |reading| reading.place.as_str());
            if x.shows(r.person) { place.into() } else { masked_words(place).into_owned().into() }
        })
        .by(|r| SortKey::text(r.reading.as_ref().map_or("", |reading| reading.place.as_str()))),
    ];
}

impl TableRow for ReceivedRow {
    fn id(&self) -> RowId {
        RowId::Person(self.person)
    }

    fn haystack(&self) -> String {
        let row = self.masked();
        let mut all = vec![row.no.clone(), row.name.clone(), row.keys.clone()];
        all.extend(row.reading.iter().map(|reading| reading.place.clone()));
        all.extend(remarks(&row).into_iter().chain([status(&row)]).flat_map(|said| [said.zh, said.en]));
        all.join("\n")
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Person(self.person)), &self.name)
    }

    fn mood(&self, _: &Ctx) -> Mood {
        if self.is_in_sheet() { Mood::Plain } else { Mood::Dim }
    }
}

impl Columns for BroughtRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("code", screen::CODE, (8, 0, 1), |r, _| r.code.as_str().into())
            .by(|r| SortKey::text(&r.code)),
        Column::<Self>::new("name", screen::UNIT, (14, 3, 0), |r, _| r.name.as_str().into())
            .of(Stands::Unit)
            .by(|r| SortKey::sounds(&r.keys, &r.name)),
        Column::<Self>::new("form", say::CAME, (12, 0, 0), |r, x| word(r.form).get(x.lang).into()),
        Column::<Self>::figure("rows", say::ROWS, (5, 0), |r, _| r.rows.to_string().into())
            .by(|r| SortKey::Num(-i64::from(r.rows))),
        Column::<Self>::new("reason", say::REASON, (14, 3, 2), |r, _| r.reason.as_str().into()),
    ];
}

impl TableRow for BroughtRow {
    fn id(&self) -> RowId {
        RowId::Unit(self.key.unit)
    }

    fn haystack(&self) -> String {
        [&self.code, &self.name, &self.keys, &self.reason].map(String::as_str).join("\n")
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Unit(self.key.unit)), &self.name)
    }
}
