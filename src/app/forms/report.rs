//! The report is sent, or one that was sent is corrected; neither where a sum does not hold.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Field, choices};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::grid::Behind;
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::app::wrong::{Wrong, channel, needed, wrong};
use crate::domain::followup::Channel;
use crate::domain::ids::SitrepId;
use crate::domain::letterhead::{self, Letterhead, NoNumber};
use crate::domain::sitrep::{Column as Count, Sitrep};
use crate::i18n::sitrep as say;
use crate::say::Say;
use crate::store::act::Act;

/// How the office's papers are headed, as it was when the form opened: what the screen shows may be on its way anew when the
/// report is sent.
#[derive(Debug, Clone)]
struct Head {
    usual: Letterhead,
    /// 机关代字; empty for none.
    code: String,
}

impl Head {
    fn of(desk: &State) -> Option<Self> {
        let data = desk.report.data.as_ref()?;
        Some(Self { usual: data.usual.clone(), code: data.doc_code.clone() })
    }
}

/// Sends the situation report as it was cut.
#[derive(Debug)]
pub(super) struct SendSitrep(Box<Sitrep>, Head);

impl Part for SendSitrep {}

impl Acts for SendSitrep {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let to = needed(form, "to", say::TO_NEEDED)?;
        let report = headed(desk, form, &self.0, &self.1)?;
        Ok(vec![Act::SendSitrep { report, to, channel: channel(form) }])
    }
}

pub(super) fn open_new(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(report) = sound(desk) else { return };
    let now = report.all(Count::Current);
    let hint = say::what_it_says(now, report.all(Count::New), report.all(Count::Released));
    let Some(head) = Head::of(desk) else { return };
    let [number, signer] = head_fields(desk, &head, &Letterhead::default());
    let fields = vec![
        Field::line("to", say::TO_WHOM, "").hint(hint),
        // As on the command line.
        by_way(Channel::Wechat),
        number,
        signer,
    ];
    let title = say::send_title(report.day);
    desk.show(Form::of(SendSitrep(Box::new(report), head), title, fields));
}

/// Corrects a report that was sent by the one of now.
#[derive(Debug)]
pub(super) struct CorrectSitrep(SitrepId, Box<Sitrep>, Head);

impl Part for CorrectSitrep {}

impl Acts for CorrectSitrep {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let reason = needed(form, "reason", say::REASON_NEEDED)?;
        let (of, report, to) = (self.0, headed(desk, form, &self.1, &self.2)?, form.value("to"));
        Ok(vec![Act::CorrectSitrep { of, report, reason, to, channel: channel(form) }])
    }
}

/// The one that is selected, else that of the day that is seen.
pub(super) fn open_correction(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(report) = sound(desk) else { return };
    let Some(data) = &desk.report.data else { return };
    let sent = match desk.report.grid.current().map(|cell| &cell.behind) {
        Some(Behind::Sent(place)) => data.sent.get(*place),
        _ => data.sent.iter().find(|sent| sent.day == report.day && sent.boundary == report.boundary),
    };
    let Some(sent) = sent else { return desk.tell(Tone::Warn, say::NOTHING_SENT) };
    let hint = say::correct_hint(sent.current, report.all(Count::Current));
    // What it was sent under stands there: it may go out again under that, or under another.
    let Some(head) = Head::of(desk) else { return };
    let [number, signer] = head_fields(desk, &head, &sent.letterhead);
    let fields = vec![
        Field::line("reason", say::WHY, "").hint(hint),
        Field::kept("to", say::TO_WHOM, &sent.written_to, &sent.to()),
        by_way(sent.channel),
        number,
        signer,
    ];
    let title = say::correct_title(sent.day, desk.calendar.brief(sent.at, desk.now));
    let form = Form::of(CorrectSitrep(sent.id, Box::new(report), head), title, fields);
    desk.show(form);
}

/// The report that is seen; where a sum does not hold it is none, and the cells are named.
fn sound(desk: &mut State) -> Option<Sitrep> {
    let view = &desk.report.data.as_ref()?.view;
    if view.bad.is_empty() {
        return Some(view.report.clone());
    }
    let lines = view.bad.iter().map(say::bad_sum).collect();
    let title = say::bad_title(view.bad.len());
    desk.layers.push(Layer::Detail { title, lines, scroll: 0 });
    None
}

/// The paper's number and who signs it: a number of figures alone stands behind the office's code, which is told.
fn head_fields(desk: &State, head: &Head, there: &Letterhead) -> [Field; 2] {
    let code = head.code.trim();
    let hint = if code.is_empty() {
        say::NUMBER_NO_CODE_HINT.into()
    } else {
        // As figures alone would read.
        say::number_hint(letterhead::number(code, desk.calendar.date(desk.now), "12"))
    };
    [
        Field::line("number", say::DOC_NUMBER, &there.number).hint(hint),
        Field::line("signer", say::SIGNER, &there.signer).hint(say::SIGNER_HINT),
    ]
}

/// The report as it goes out: headed as the office's papers are, with the number and the signer that were typed.
fn headed(desk: &State, form: &Form, report: &Sitrep, head: &Head) -> Result<Box<Sitrep>, Wrong> {
    let mut report = Box::new(report.clone());
    let typed = form.value("number");
    let number = match letterhead::numbered(&head.code, desk.calendar.date(report.cut_at), &typed) {
        Ok(number) => number,
        Err(NoNumber::Nought) => return wrong("number", say::number_is_nought(typed.trim())),
        Err(NoNumber::NoCode) => {
            let what = say::number_without_code(typed.trim());
            let hint = say::NUMBER_NO_CODE_HINT;
            let both =
                Say { zh: format!("{}。{}", what.zh, hint.zh), en: format!("{}. {}", what.en, hint.en) };
            return wrong("number", both);
        }
    };
    report.letterhead = Some(Letterhead { number, signer: form.value("signer"), ..head.usual.clone() });
    Ok(report)
}

fn by_way(usual: Channel) -> Field {
    let at = Channel::ALL.iter().position(|way| *way == usual).unwrap_or(0);
    Field::choice("channel", say::BY_WAY, choices(Channel::ALL, Channel::code), at)
}
