//! One act on several: it is one op, so that it is taken back as it was done.

use super::{Act, Ctx, Resolved, events_of};
use crate::domain::ids::Subject;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::Event;
use crate::say::Say;
use crate::store::query::name_of;

/// All of it, or nothing: the first that cannot be done is named. What is told to be made is what the first
/// of them made.
pub(super) fn several(ctx: &mut Ctx<'_>, acts: &[Act]) -> Resolved {
    if acts.is_empty() {
        return Err(Error::input(say::NOTHING_TO_DO));
    }
    let mut op = Op::default();
    let mut first = None;
    for (at, act) in acts.iter().enumerate() {
        if !may_be_one_of_several(act) || acts[..at].contains(act) {
            return Err(Error::internal("an act on several", format!("{act:?} cannot be a part of one")));
        }
        let (one, made) = match events_of(ctx, act) {
            Ok(done) => done,
            Err(error) => return Err(blamed(ctx, act, error)?),
        };
        if at == 0 {
            first = made;
        }
        for event in one.events {
            // Each case would adopt the rules for itself: once is enough.
            let known = matches!(event, Event::RulesAdopted(_)) && op.events.contains(&event);
            if !known {
                op.events.push(event);
            }
        }
    }
    Ok((op, first))
}

/// What looks at nothing that the others of the same op change.
fn may_be_one_of_several(act: &Act) -> bool {
    matches!(
        act,
        Act::FollowUp(_)
            | Act::Attach { .. }
            | Act::ClosePromise { .. }
            | Act::Receive { .. }
            | Act::OpenCase { .. }
            | Act::ChangeCase { .. }
            | Act::ReleaseCase { .. }
            | Act::Dismiss { .. }
            | Act::AnswerDoubt { .. }
            | Act::Note { .. }
            | Act::Reveal { .. }
            | Act::RevealNumber { .. }
            | Act::RevealEntry { .. }
    )
}

/// The error with the name of whom it is about: of several, one must be found.
fn blamed(ctx: &Ctx<'_>, act: &Act, error: Error) -> Result<Error> {
    let Error::User(mut user) = error else { return Ok(error) };
    let subject = match act {
        Act::FollowUp(draft) => draft.subject,
        Act::Receive { key, .. } => Some(Subject::Unit(key.unit)),
        Act::OpenCase { person, .. } | Act::Dismiss { person, .. } | Act::Reveal { person, .. } => {
            Some(Subject::Person(*person))
        }
        Act::ChangeCase { case, .. } | Act::ReleaseCase { case, .. } => super::case::person_of(ctx, *case)?,
        Act::AnswerDoubt { doubt, .. } => {
            crate::store::query::open_doubt(ctx.conn, *doubt)?.map(|doubt| doubt.about)
        }
        Act::Note { subject, .. } => *subject,
        _ => None,
    };
    let name = subject.map(|subject| name_of(ctx.conn, subject)).transpose()?.unwrap_or_default();
    if !name.is_empty() {
        let Say { zh, en } = user.what;
        user.what = Say { zh: format!("{name}：{zh}"), en: format!("{name}: {en}") };
    }
    Ok(Error::User(user))
}
