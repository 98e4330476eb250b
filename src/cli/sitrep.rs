//! `zhiban sitrep`: the situation report, looked at, written, printed, sent and corrected.

use super::office::{Ctx, Office};
use super::paper::Options;
use super::{Done, out, paper, value};
use crate::domain::followup::Channel;
use crate::domain::ids::SitrepId;
use crate::domain::letterhead::{self, Letterhead, NoNumber};
use crate::domain::sitrep::Column;
use crate::domain::text::safe_line;
use crate::domain::time::hhmm;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::terms::word;
use crate::paper::file::{Format, bytes};
use crate::paper::sitrep::{SitrepPaper, Wording};
use crate::store::act::{Act, Made};
use crate::store::query;
use crate::store::query::rows::{SentRow, SitrepAsk, SitrepView};
use chrono::NaiveDate;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub day: Option<NaiveDate>,
    #[arg(long, value_name = "HH:MM", value_parser = value::minute)]
    pub boundary: Option<i32>,
    #[arg(long, value_name = "WORDING", default_value = "tables", value_parser = value::coded!(Wording))]
    pub wording: Wording,
    #[arg(long, conflicts_with = "wording")]
    pub campus: bool,
    #[arg(long, value_name = "TEXT", conflicts_with = "sent")]
    pub red_head: Option<String>,
    #[arg(long, value_name = "N", conflicts_with = "sent")]
    pub number: Option<String>,
    #[arg(long, value_name = "NAME", conflicts_with = "sent")]
    pub signer: Option<String>,
    #[arg(long, value_name = "WHO")]
    pub send: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "wechat", value_parser = value::channel())]
    pub by: Channel,
    #[arg(long, value_name = "ID", requires = "reason", conflicts_with = "day")]
    pub correct: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "correct")]
    pub reason: Option<String>,
    #[arg(long, value_name = "ID", conflicts_with_all = ["day", "boundary", "send", "correct"])]
    pub sent: Option<String>,
    #[arg(long, conflicts_with_all = ["day", "boundary", "send", "correct", "sent"])]
    pub list: bool,
    #[command(flatten)]
    pub paper: Options,
}

/// How many reports are looked through for one by its id.
const MANY: u32 = 1000;

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    if args.list {
        return list(&office);
    }
    args.paper.check(&office)?;
    let view = view(&mut office, args)?;
    let made = made(&office, args, view)?;
    paper::put(&mut office, &made, &args.paper, None)
}

fn made(office: &Office, args: &Args, view: SitrepView) -> Result<paper::Made> {
    let head = view.report.head.clone();
    let wording = if args.campus { Wording::Campus } else { args.wording };
    let letterhead = letterhead(office, args, &view)?;
    paper::make(office, &SitrepPaper::of(view, wording, &letterhead)?, &head)
}

/// How the paper is headed: as the office's are, with what is said of this one. What was sent keeps its own.
///
/// # Errors
/// A number of figures alone has no code of the office to stand behind, or is nought.
fn letterhead(office: &Office, args: &Args, view: &SitrepView) -> Result<Letterhead> {
    let day = office.settings.calendar.date(view.report.cut_at);
    let usual = office.settings.letterhead();
    let typed = args.number.as_deref().unwrap_or_default();
    let number = letterhead::numbered(&office.settings.doc_code, day, typed).map_err(|why| match why {
        NoNumber::Nought => Error::input(say::number_is_nought(typed.trim())),
        NoNumber::NoCode => {
            Error::input(say::number_without_code(typed.trim())).hint(say::NUMBER_WITHOUT_CODE_HINT)
        }
    })?;
    let said = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
    Ok(Letterhead {
        red_head: said(&args.red_head).unwrap_or(usual.red_head),
        number,
        signer: said(&args.signer).unwrap_or_default(),
        sealed: usual.sealed,
    })
}

/// The report asked for. One that is sent or corrected is shown as it was frozen.
fn view(office: &mut Office, args: &Args) -> Result<SitrepView> {
    let sent = match (&args.sent, &args.correct) {
        (Some(id), _) | (_, Some(id)) => Some(found(office, id)?),
        _ => None,
    };
    if let (Some(row), None) = (&sent, &args.correct) {
        return frozen(office, row.id);
    }
    let ask = match &sent {
        Some(row) => SitrepAsk { day: Some(row.day), boundary: Some(row.boundary) },
        None => SitrepAsk { day: args.day, boundary: args.boundary },
    };
    let mut view = query::sitrep(&office.reader, office.now(), &ask)?;
    if sent.is_some() || args.send.is_some() {
        view.report.letterhead = Some(letterhead(office, args, &view)?);
    }
    let report = Box::new(view.report.clone());
    let (to, channel) = (args.send.clone().unwrap_or_default(), args.by);
    let act = match (&sent, &args.send) {
        (Some(row), _) => {
            let reason = args.reason.clone().unwrap_or_default();
            Act::CorrectSitrep { of: row.id, report, reason, to, channel }
        }
        (None, Some(_)) => Act::SendSitrep { report, to, channel },
        (None, None) => return Ok(view),
    };
    // What cannot become paper is not sent: sums, letters and the template are tried with all that will stand on it.
    view.sent = Some(draft(office, args, &view, sent.as_ref())?);
    let trial = made(office, args, view.clone())?;
    bytes(&trial.paper, if args.paper.print { Format::Pdf } else { args.paper.format() })?;
    let done = office.commit(&act, None)?;
    let Some(Made::Sitrep(id)) = done.made else { return Ok(view) };
    let view = frozen(office, id)?;
    let to = view.sent.as_ref().map(|sent| sent.to().into_owned()).unwrap_or_default();
    // Standard output holds the paper alone.
    out::tell(say::sitrep_sent(to, id, done.op.seq).get(office.lang));
    Ok(view)
}

/// As which a report will have been sent.
fn draft(office: &Office, args: &Args, view: &SitrepView, first: Option<&SentRow>) -> Result<SentRow> {
    Ok(SentRow {
        id: SitrepId(uuid::Uuid::nil()),
        at: office.now(),
        officer: office.officer_name()?,
        written_to: args.send.clone().or_else(|| first.map(|row| row.written_to.clone())).unwrap_or_default(),
        channel: args.by,
        day: view.report.day,
        boundary: view.report.boundary,
        current: view.report.all(Column::Current),
        corrects: first.map(|row| row.id),
        reason: args.reason.clone().unwrap_or_default(),
        corrected_by: None,
        letterhead: Letterhead::default(),
    })
}

fn frozen(office: &Office, id: SitrepId) -> Result<SitrepView> {
    query::sitrep_of(&office.reader, id)?.ok_or_else(|| Error::not_found(crate::i18n::store::NO_SITREP))
}

/// The report with this id, or the beginning of it; `last` is the one sent last.
fn found(office: &Office, text: &str) -> Result<SentRow> {
    let text = text.trim().to_lowercase();
    let mut rows = query::sitreps(&office.reader, MANY)?;
    if text != "last" {
        rows.retain(|row| !text.is_empty() && row.id.to_string().starts_with(&text));
        // The beginning of several ids names none of them.
        if rows.len() > 1 {
            rows.clear();
        }
    }
    rows.into_iter()
        .next()
        .ok_or_else(|| Error::not_found(say::no_sitrep(safe_line(&text))).hint(say::NO_SITREP_HINT))
}

fn list(office: &Office) -> Result<Done> {
    let (lang, calendar) = (office.lang, office.settings.calendar);
    let mut table = out::Table::new(
        lang,
        &[
            say::HEAD_DAY,
            say::HEAD_AT,
            say::HEAD_TO,
            say::HEAD_BY,
            say::HEAD_CURRENT,
            say::HEAD_STATE,
            say::HEAD_ID,
        ],
    );
    for row in query::sitreps(&office.reader, MANY)? {
        let state = match (row.corrected_by, row.corrects) {
            (Some(_), _) => say::CORRECTED.get(lang).to_owned(),
            (None, Some(_)) => format!("{} {}", say::CORRECTION.get(lang), row.reason),
            (None, None) => String::new(),
        };
        let day = match row.boundary {
            0 => row.day.to_string(),
            boundary => format!("{} {}", row.day, hhmm(boundary)),
        };
        table.row([
            day,
            calendar.ymd_hm(row.at),
            row.to().into_owned(),
            word(row.channel).get(lang).to_owned(),
            row.current.to_string(),
            state,
            row.id.to_string(),
        ]);
    }
    table.print()?;
    Ok(Done::Yes)
}
