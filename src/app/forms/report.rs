//! The report is sent, or one that was sent is corrected; neither where a sum does not hold.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Field, choices};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::grid::Behind;
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::app::wrong::{Wrong, channel, needed};
use crate::domain::followup::Channel;
use crate::domain::ids::SitrepId;
use crate::domain::sitrep::{Column as Count, Sitrep};
use crate::i18n::sitrep as say;
use crate::store::act::Act;

/// Sends the situation report as it was cut.
#[derive(Debug)]
pub(super) struct SendSitrep(Box<Sitrep>);

impl Part for SendSitrep {}

impl Acts for SendSitrep {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let to = needed(form, "to", say::TO_NEEDED)?;
        Ok(vec![Act::SendSitrep { report: self.0.clone(), to, channel: channel(form) }])
    }
}

pub(super) fn open_new(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(report) = sound(desk) else { return };
    let now = report.all(Count::Current);
    let hint = say::what_it_says(now, report.all(Count::New), report.all(Count::Released));
    let fields = vec![
        Field::line("to", say::TO_WHOM, "").hint(hint),
        // As on the command line.
        by_way(Channel::Wechat),
    ];
    let title = say::send_title(report.day);
    desk.show(Form::of(SendSitrep(Box::new(report)), title, fields));
}

/// Corrects a report that was sent by the one of now.
#[derive(Debug)]
pub(super) struct CorrectSitrep(SitrepId, Box<Sitrep>);

impl Part for CorrectSitrep {}

impl Acts for CorrectSitrep {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let reason = needed(form, "reason", say::REASON_NEEDED)?;
        let (of, report, to) = (self.0, self.1.clone(), form.value("to"));
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
    let fields = vec![
        Field::line("reason", say::WHY, "").hint(hint),
        Field::kept("to", say::TO_WHOM, &sent.written_to, &sent.to()),
        by_way(sent.channel),
    ];
    let title = say::correct_title(sent.day, desk.calendar.brief(sent.at, desk.now));
    let form = Form::of(CorrectSitrep(sent.id, Box::new(report)), title, fields);
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

fn by_way(usual: Channel) -> Field {
    let at = Channel::ALL.iter().position(|way| *way == usual).unwrap_or(0);
    Field::choice("channel", say::BY_WAY, choices(Channel::ALL, Channel::code), at)
}
