//! `zhiban feedback UNIT`: how a unit's reports fared, on paper; with `--all` one paper for each unit that reports.

use super::office::{Ctx, Office};
use super::paper::{self, Options};
use super::{Done, unit_sheet, value};
use crate::error::{Error, Result};
use crate::i18n::feedback as say;
use crate::paper::feedback::Paper;
use crate::store::query::{self, Span};
use chrono::NaiveDate;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "UNIT", required_unless_present = "all")]
    unit: Option<String>,
    #[arg(long, conflicts_with = "unit")]
    all: bool,
    #[arg(long, value_name = "N", default_value_t = 14, value_parser = value::days())]
    days: i32,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date, conflicts_with = "days", requires = "to")]
    from: Option<NaiveDate>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date, requires = "from")]
    to: Option<NaiveDate>,
    #[command(flatten)]
    paper: Options,
}

impl Args {
    fn span(&self, office: &Office) -> Result<Span> {
        let (Some(from), Some(to)) = (self.from, self.to) else {
            return Ok(Span::Last(i64::from(self.days)));
        };
        if from > to {
            return Err(Error::input(say::BACKWARDS));
        }
        if from > office.settings.calendar.day(office.now()) {
            return Err(Error::input(say::FUTURE));
        }
        Ok(Span::Days(from, to))
    }
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let span = args.span(&office)?;
    let Some(unit) = &args.unit else {
        let format = unit_sheet::check_all(&office, &args.paper)?;
        let sheets = Paper::each(query::feedback(&office.reader, span, office.now())?);
        if sheets.is_empty() {
            super::out::tell(say::NOBODY.get(office.lang));
        }
        let mut made = Vec::with_capacity(sheets.len());
        for sheet in &sheets {
            made.push((sheet.unit().code.clone(), paper::make(&office, sheet, sheet.head())?));
        }
        return unit_sheet::put_all(&mut office, &args.paper, ("feedback", format), &made);
    };
    let unit = office.unit(unit)?;
    args.paper.check(&office)?;
    let sheets = Paper::each(query::feedback(&office.reader, span, office.now())?);
    let sheet = sheets.into_iter().find(|sheet| sheet.unit().id == unit).ok_or_else(|| {
        let name = args.unit.clone().unwrap_or_default();
        Error::not_found(say::reports_not(name))
    })?;
    let made = paper::make(&office, &sheet, sheet.head())?;
    paper::put(&mut office, &made, &args.paper, None)
}
