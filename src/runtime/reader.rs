//! The reader: answers loads, and notices what other processes write.

use super::{Event, guarded, sentence, spawn};
use crate::app::state::Place;
use crate::app::{Data, Msg, Query};
use crate::clock::{Clock, monotonic};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::paper::summary::summary;
use crate::store::{Reader, local, query};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How often another process's commits are looked for.
const LOOK: Duration = Duration::from_millis(250);

/// Something for the reader to do.
pub(super) enum Read {
    /// Read and answer.
    Load { query: Query, generation: u64 },
    /// This process has written: that is no news.
    Own,
}

pub(super) fn start(reader: Reader, clock: Clock, events: Sender<Event>) -> Result<Sender<Read>> {
    let (sender, inbox) = unbounded();
    // What is there now is where news begins.
    reader.changed()?;
    spawn("reader", move || work(&reader, &clock, &inbox, &events))?;
    Ok(sender)
}

fn work(reader: &Reader, clock: &Clock, inbox: &Receiver<Read>, events: &Sender<Event>) {
    let mut waiting = VecDeque::new();
    let mut looked = monotonic();
    loop {
        match inbox.recv_timeout(LOOK.saturating_sub(looked.elapsed())) {
            Ok(task) => waiting.push_back(task),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        waiting.extend(inbox.try_iter());
        while let Some(task) = waiting.pop_front() {
            match task {
                Read::Own => {
                    // A failure here shows at the next load.
                    let _ = guarded(|| reader.changed());
                }
                Read::Load { query, generation } => {
                    if !is_superseded(&query, &waiting) {
                        let _ = events.send(Event::Msg(answer(reader, clock, &query, generation)));
                    }
                }
            }
            waiting.extend(inbox.try_iter());
        }
        look(reader, &mut looked, events);
    }
}

fn look(reader: &Reader, looked: &mut Instant, events: &Sender<Event>) {
    if looked.elapsed() < LOOK {
        return;
    }
    *looked = monotonic();
    if guarded(|| reader.changed()).unwrap_or(false) {
        let _ = events.send(Event::Msg(Msg::Changed));
    }
}

/// Whether the same place has asked again meanwhile: only the newest answer is wanted.
fn is_superseded(query: &Query, waiting: &VecDeque<Read>) -> bool {
    let place = Place::of(query);
    waiting.iter().any(|task| matches!(task, Read::Load { query, .. } if Place::of(query) == place))
}

fn answer(reader: &Reader, clock: &Clock, query: &Query, generation: u64) -> Msg {
    match guarded(|| load(reader, clock.now(), query)) {
        Ok(data) => Msg::Loaded { generation, data },
        Err(error) => Msg::LoadFailed { generation, error: sentence(&error) },
    }
}

/// Answers one read, as of `now`.
///
/// # Errors
/// The database cannot be read, or there is nothing to answer with (no shift to hand over).
pub fn load(reader: &Reader, now: Ts, wanted: &Query) -> Result<Data> {
    Ok(match wanted {
        Query::Status => Data::Status(Box::new(query::status(reader, now)?)),
        Query::Units => Data::Units(query::units(reader, now)?),
        Query::Outstanding => Data::Outstanding(query::outstanding(reader, now)?),
        Query::Cases => Data::Cases(query::cases(reader, now)?),
        Query::Due => Data::Due(query::due(reader, now)?),
        Query::People(people) => Data::People(query::people(reader, people, now)?),
        Query::Dossier(id) => Data::Dossier(query::dossier(reader, *id, now)?.map(Box::new)),
        Query::UnitSheet(id) => Data::UnitSheet(query::unit_sheet(reader, *id, now)?.map(Box::new)),
        Query::Log(log) => Data::Log(query::log(reader, log)?),
        Query::UndoPreview { op, officer } => {
            Data::UndoPreview(Box::new(query::undo_preview(reader, *op, *officer)?))
        }
        Query::Handover => {
            let cut = summary(reader, now)?;
            Data::Handover(Box::new(
                cut.ok_or_else(|| crate::error::Error::refused(crate::i18n::runtime::NO_SHIFT))?,
            ))
        }
        Query::Settings => Data::Settings(Box::new(query::settings(reader)?)),
        Query::Drafts => {
            Data::Drafts(local::drafts(reader)?.into_iter().map(|draft| (draft.key, draft.body)).collect())
        }
    })
}
