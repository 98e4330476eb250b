//! The values of arguments: how each is read, and what stands where it cannot be. The texts of these errors are how a
//! value is written: `help` says the rest.

use crate::domain::case::{Category, Measure};
use crate::domain::contact::ContactKind;
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::person::PersonKind;
use crate::domain::report::{Round, Site};
use crate::domain::time::{Ts, parse_hhmm};
use crate::paper::print::MOST_COPIES;
use crate::say::Lang;
use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::ops::RangeInclusive;

// A closed list of codes: clap knows them for completions and errors.
macro_rules! coded {
    ($all:ty) => {
        clap::builder::TypedValueParser::try_map(
            clap::builder::PossibleValuesParser::new(<$all>::ALL.iter().map(|value| value.code())),
            |text| <$all>::from_code(&text).ok_or("?"),
        )
    };
}
pub(super) use coded;

pub(super) fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(["zh", "en"]).try_map(|text| Lang::from_code(&text).ok_or("?"))
}

pub(super) fn setting() -> PossibleValuesParser {
    use crate::domain::setting::{ALL, OF_MACHINE};
    PossibleValuesParser::new(ALL.iter().map(|setting| setting.key).chain(OF_MACHINE.map(|(key, _)| key)))
}

pub(super) fn sheet_kind() -> impl TypedValueParser<Value = crate::domain::form::What> {
    use crate::domain::form::What;
    PossibleValuesParser::new(["roster", "units", "report"]).try_map(|text| {
        [What::Roster, What::Units, What::Report].into_iter().find(|what| what.code() == text).ok_or("?")
    })
}

pub(super) fn channel() -> impl TypedValueParser<Value = Channel> {
    coded!(Channel)
}

pub(super) fn outcome() -> impl TypedValueParser<Value = Outcome> {
    coded!(Outcome)
}

pub(super) fn category() -> impl TypedValueParser<Value = Category> {
    coded!(Category)
}

pub(super) fn measure() -> impl TypedValueParser<Value = Measure> {
    coded!(Measure)
}

pub(super) fn site() -> impl TypedValueParser<Value = Site> {
    coded!(Site)
}

pub(super) fn temperature(text: &str) -> Result<i16, &'static str> {
    let tenths = crate::domain::form::value::temperature(text).map_err(|_| "37.3")?;
    i16::try_from(tenths).map_err(|_| "37.3")
}

pub(super) fn promise_end() -> impl TypedValueParser<Value = PromiseEnd> {
    coded!(PromiseEnd)
}

pub(super) fn person_kind() -> impl TypedValueParser<Value = PersonKind> {
    coded!(PersonKind)
}

pub(super) fn contact_kind() -> impl TypedValueParser<Value = ContactKind> {
    coded!(ContactKind)
}

pub(super) fn yes_no() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["yes", "no"]).map(|text| text == "yes")
}

pub(super) fn reference_format() -> PossibleValuesParser {
    PossibleValuesParser::new(["md", "man"])
}

pub(super) fn shell() -> impl TypedValueParser<Value = clap_complete::Shell> {
    clap::builder::EnumValueParser::<clap_complete::Shell>::new()
}

pub(super) fn days() -> impl TypedValueParser<Value = i32> {
    Whole::from(0..=365).map(|days| days as i32)
}

pub(super) fn copies() -> impl TypedValueParser<Value = u16> {
    Whole::from(1..=u32::from(MOST_COPIES)).map(|copies| copies as u16)
}

/// The most rows that one list shows: more than any office has.
pub(super) const MOST_ROWS: u32 = 10_000_000;

/// A whole number within bounds. clap's own parsers say what is wrong in words of their own.
#[derive(Clone, Debug)]
pub(super) struct Whole(RangeInclusive<u32>);

impl From<RangeInclusive<u32>> for Whole {
    fn from(range: RangeInclusive<u32>) -> Self {
        Self(range)
    }
}

/// A number that is none, or lies outside what may be given.
#[derive(Clone, Debug)]
pub(super) struct NotWithin(pub RangeInclusive<u32>);

impl std::fmt::Display for NotWithin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}–{}", self.0.start(), self.0.end())
    }
}

impl std::error::Error for NotWithin {}

impl TypedValueParser for Whole {
    type Value = u32;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<u32, clap::Error> {
        let range = self.0.clone();
        let read = move |text: &str| {
            let read = text.trim().parse().ok().filter(|n| range.contains(n));
            read.ok_or_else(|| NotWithin(range.clone()))
        };
        TypedValueParser::parse_ref(&read, cmd, arg, value)
    }
}

pub(super) fn id(text: &str) -> Result<uuid::Uuid, &'static str> {
    text.trim().parse().map_err(|_| "01900000-0000-7000-8000-000000000001")
}

pub(super) fn instant(text: &str) -> Result<Ts, &'static str> {
    Ts::from_rfc3339(text.trim()).ok_or("2020-02-17T10:05:00+08:00")
}

pub(super) fn date(text: &str) -> Result<NaiveDate, &'static str> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| "2020-02-17")
}

pub(super) fn round(text: &str) -> Result<Round, &'static str> {
    Round::parse(text).ok_or("am")
}

pub(super) fn minute(text: &str) -> Result<i32, &'static str> {
    parse_hhmm(text).ok_or("10:00")
}

// `+08:00`, `8`, `-3:30` as minutes east of UTC.
pub(super) fn offset(text: &str) -> Result<i32, &'static str> {
    crate::domain::setting::offset(text).ok_or("+08:00")
}

pub(super) fn round_due(text: &str) -> Result<(Round, i32), &'static str> {
    const HOW: &str = "am=09:00";
    let (code, due) = text.split_once('=').ok_or(HOW)?;
    Ok((Round::parse(code).ok_or(HOW)?, parse_hhmm(due).ok_or(HOW)?))
}

// `12` or `#12`.
pub(super) fn op_number(text: &str) -> Result<i64, &'static str> {
    text.trim().trim_start_matches('#').parse().ok().filter(|seq| *seq > 0).ok_or("12")
}

/// A text of so many characters at most.
#[derive(Clone, Debug)]
pub(super) struct NoLonger(pub usize);

/// How many characters it had, and how many it may have.
#[derive(Clone, Debug)]
pub(super) struct TooLong(pub usize, pub usize);

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} > {}", self.0, self.1)
    }
}

impl std::error::Error for TooLong {}

impl TypedValueParser for NoLonger {
    type Value = String;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        let most = self.0;
        let read = move |text: &str| match text.chars().count() {
            n if n > most => Err(TooLong(n, most)),
            _ => Ok(text.to_owned()),
        };
        TypedValueParser::parse_ref(&read, cmd, arg, value)
    }
}
