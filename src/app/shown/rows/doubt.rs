//! Contradictions in what was reported.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Listed, Mood, SortKey, Stands};
use crate::app::shown::lines::TextLine;
use crate::app::shown::rows::{left, number, time, when};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::domain::doubt::{Urgency, Value};
use crate::domain::rules::Rules;
use crate::i18n::doubts as say;
use crate::i18n::screen;
use crate::i18n::terms::word;
use crate::store::query::rows::DoubtRow;
use serde_json::{Value as Json, json};

impl Columns for DoubtRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("urgency", say::URGENCY, (7, 0, 0), |r, x| {
            Cell::new(word(r.urgency).get(x.lang), mood(r.urgency))
        })
        .by(|r| SortKey::Num(r.urgency as i64))
        .json(|r, _| json!(r.urgency.code())),
        Column::<Self>::new("name", screen::PERSON_NAME, (10, 1, 0), |r, _| r.name.as_str().into())
            .of(Stands::Name)
            .by(|r| SortKey::sounds(&r.keys, &r.name))
            .json(|r, _| json!(r.name)),
        Column::<Self>::new("unit", screen::UNIT, (12, 2, 3), |r, _| r.unit.as_str().into())
            .of(Stands::Unit)
            .by(|r| SortKey::text(&r.unit))
            .json(|r, _| json!(r.unit)),
        Column::<Self>::new("text", say::CHECK, (26, 4, 0), |r, x| say::line(&r.doubt).get(x.lang).into())
            .by(|r| SortKey::Num(r.doubt.check as i64))
            .json(|r, x| json!(say::line(&r.doubt).get(x.lang))),
        Column::<Self>::new("state", say::STATE, (12, 0, 2), state)
            .by(|r| SortKey::Num(r.deferred.map_or(0, |(_, due)| due.0)))
            .list(state_text)
            .json(|r, x| json!(r.deferred.map(|(_, due)| time(due, x)))),
        Column::<Self>::new("came", say::CAME, (11, 0, 4), |r, x| when(r.came, x).into())
            .by(|r| SortKey::Num(r.came.0))
            .list(|r, x| x.cal.brief(r.came, x.now))
            .json(|r, x| json!(time(r.came, x))),
        Column::<Self>::new("liaison", say::LIAISON, (10, 0, 6), |r, _| r.liaison.as_str().into())
            .of(Stands::Name)
            .by(|r| SortKey::text(&r.liaison))
            .json(|r, _| json!(r.liaison)),
        Column::<Self>::new("liaison_phone", say::PHONE, (14, 0, 5), |r, _| r.liaison_phone.as_str().into())
            .of(Stands::Phone)
            .json(|r, _| json!(r.liaison_phone)),
        Column::<Self>::new("no", screen::NO, (9, 0, 7), |r, _| r.no.as_str().into())
            .by(|r| SortKey::text(&r.no))
            .json(|r, _| json!(r.no)),
        Column::<Self>::printed("id", say::ID, |r, _| short_id(r)).json(|r, _| json!(r.doubt.id)),
        Column::<Self>::field("about", |r, _| {
            json!(if r.doubt.person().is_some() { "person" } else { "unit" })
        }),
        Column::<Self>::field("check", |r, _| json!(r.doubt.check.code())),
        Column::<Self>::field("day", |r, _| json!(r.doubt.day)),
        Column::<Self>::field("round", |r, _| json!(r.doubt.round)),
        Column::<Self>::field("one", |r, x| value(&r.doubt.one, x)),
        Column::<Self>::field("other", |r, x| value(&r.doubt.other, x)),
        Column::<Self>::printed("question", say::ASK, |r, x| {
            say::question(&r.doubt, x.cal.date(x.now)).get(x.lang).to_owned()
        })
        .json(|r, x| json!(say::question(&r.doubt, x.cal.date(x.now)).get(x.lang))),
        Column::<Self>::field("fields", |r, _| json!(r.doubt.fields())),
        Column::<Self>::field("rule", |r, _| {
            json!(Rules::builtin().doubting(r.doubt.check, r.doubt.day).map(|(_, rule)| &rule.id))
        }),
    ];
}

impl Listed for DoubtRow {
    const LIST: &'static [&'static str] =
        &["id", "urgency", "no", "name", "unit", "text", "state", "came", "liaison", "liaison_phone"];
    const JSON: &'static [&'static str] = &[
        "id",
        "about",
        "check",
        "urgency",
        "no",
        "name",
        "unit",
        "day",
        "round",
        "one",
        "other",
        "text",
        "question",
        "came",
        "state",
        "liaison",
        "liaison_phone",
        "fields",
        "rule",
    ];
}

/// Of an id what tells it apart in one office's open doubts.
fn short_id(row: &DoubtRow) -> String {
    row.doubt.id.to_string().chars().take(8).collect()
}

/// A value as it was sent, and in words.
fn value(value: &Value, ctx: &Ctx) -> Json {
    // Numbers in free words are hidden, in JSON as everywhere.
    let said = crate::domain::mask::masked_words(&value.said);
    json!({ "field": value.field, "day": value.day, "value": said, "text": say::value(value).get(ctx.lang) })
}

/// How an urgency is meant.
fn mood(urgency: Urgency) -> Mood {
    match urgency {
        Urgency::Now => Mood::Bad,
        Urgency::Today => Mood::Warn,
        Urgency::Routine => Mood::Plain,
    }
}

fn state(row: &DoubtRow, ctx: &Ctx) -> Cell {
    match row.deferred {
        Some((_, due)) if due < ctx.now => Cell::new(left(due, ctx.now, ctx.lang), Mood::Bad),
        Some((_, due)) => Cell::new(say::until(when(due, ctx)).get(ctx.lang), Mood::Good),
        None => Cell::new(say::OPEN.get(ctx.lang), Mood::Plain),
    }
}

fn state_text(row: &DoubtRow, ctx: &Ctx) -> String {
    row.deferred.map_or_else(
        || say::OPEN.get(ctx.lang).to_owned(),
        |(_, due)| say::until(ctx.cal.brief(due, ctx.now)).get(ctx.lang).to_owned(),
    )
}

impl TableRow for DoubtRow {
    fn id(&self) -> RowId {
        RowId::Doubt(self.doubt.id)
    }

    fn about(&self) -> Target {
        Target::new(Some(self.doubt.about), &self.name)
    }

    fn office_phone(&self) -> Option<&str> {
        Some(&self.liaison_phone)
    }

    fn haystack(&self) -> String {
        let (line, check) = (say::line(&self.doubt), word(self.doubt.check));
        [&self.no, &self.name, &self.unit, &self.keys, &self.liaison, &line.zh, &line.en]
            .map(String::as_str)
            .join("\n")
            + &["", check.zh, check.en, word(self.urgency).zh].join("\n")
    }
}

/// All there is to say of a doubt while the telephone is in hand: the question first, both values, whom to phone, the rule.
pub fn told(row: &DoubtRow, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let question = say::question(&row.doubt, ctx.cal.date(ctx.now));
    let mut out = vec![TextLine::new(format!("{}  {}", say::ASK.get(lang), question.get(lang)), Mood::Warn)];
    out.push(TextLine::new(say::values(&row.doubt).get(lang), Mood::Plain));
    let own = row.doubt.person().map(|person| {
        let number = number(&row.phone, person, ctx);
        format!("{} {number}", row.name)
    });
    let liaison = format!("{} {} {}", say::LIAISON.get(lang), row.liaison, row.liaison_phone);
    let phones: Vec<String> = own.into_iter().chain([liaison]).collect();
    out.push(TextLine::new(phones.join("   "), Mood::Plain));
    let rule =
        Rules::builtin().doubting(row.doubt.check, row.doubt.day).map(|(_, rule)| rule.source.as_str());
    let came = format!("{} {}", say::CAME.get(lang), ctx.cal.brief(row.came, ctx.now));
    out.push(TextLine::new(format!("{came}   {}", rule.unwrap_or_default()), Mood::Dim));
    out
}
