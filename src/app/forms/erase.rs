//! The form of an erasure: what goes and what stays is seen first, and nothing goes before the person's number, or the word,
//! is written under it. It stands in the palette alone: no key does this by a slip.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Field, approval, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::app::shown::table::Target;
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::erase::{EraseDueRow, ErasePreview};
use crate::domain::ids::{PersonId, Subject};
use crate::i18n::erase as say;
use crate::i18n::screen;
use crate::say::Say;
use crate::store::act::Act;

/// How many of the papers that lie outside are named.
const PAPERS: usize = 5;
/// How many of those who might be erased are named.
const NAMED: usize = 5;

/// Erases a person, once what goes was seen.
#[derive(Debug)]
pub(super) struct Erase {
    person: PersonId,
    preview: Option<Box<ErasePreview>>,
}

impl Part for Erase {}

impl Acts for Erase {
    /// Not before what goes was seen, and not without the number or the word.
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let reason = needed(form, "reason", screen::REASON_NEEDED)?;
        let Some(preview) = &self.preview else { return wrong("sure", say::LOOKING) };
        if !preview.open.is_empty() {
            return wrong("reason", say::still_open(&preview.open));
        }
        if !say::confirms(&form.value("sure"), &preview.no) {
            return wrong("sure", say::SURE_HINT);
        }
        Ok(vec![Act::Erase { person: self.person, reason }])
    }

    /// Searches for them went from the file; here they would come back from.
    fn done(&self, desk: &mut State, _: &mut Vec<Effect>) -> bool {
        desk.searches.clear();
        false
    }
}

/// Opens the form for the one person that is selected.
pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    let targets = desk.targets();
    let [Target { subject: Some(Subject::Person(person)), name }] = targets.as_slice() else {
        desk.tell(Tone::Warn, say::ONE_PERSON);
        return;
    };
    let mut fields = vec![
        Field::line("reason", say::WHY, "").hint(say::WHY_HINT),
        Field::line("sure", say::SURE, "").hint(say::SURE_HINT),
    ];
    fields.extend(desk.lead_approvers().into_iter().flat_map(approval));
    let mut form =
        Form::of(Erase { person: *person, preview: None }, titled(say::ERASE, &Say::same(name)), fields);
    form.about = vec![(say::LOOKING.into(), Mood::Dim)];
    let person = *person;
    desk.show_about(fx, form, targets);
    desk.load(fx, Query::ErasePreview(person));
}

impl State {
    /// What would go has come: it is shown.
    pub(in crate::app) fn take_erase(&mut self, preview: Box<ErasePreview>) {
        let (calendar, now) = (self.calendar, self.now);
        let found = self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Form(form) if form.part::<Erase>().is_some_and(|part| part.person == preview.person) => {
                Some(form)
            }
            _ => None,
        });
        let Some(form) = found else { return };
        let when = |at| calendar.brief(at, now);
        let mut about = Vec::new();
        if !preview.open.is_empty() {
            about.push((say::still_open(&preview.open), Mood::Bad));
            about.push((say::STILL_OPEN_HINT.into(), Mood::Dim));
        }
        about.extend(say::preview(&preview, &when).into_iter().map(|line| (line, Mood::Plain)));
        about.extend(say::outside(&preview, PAPERS, &when).into_iter().map(|line| (line, Mood::Dim)));
        form.about = about;
        form.is_now(Erase { person: preview.person, preview: Some(preview) });
    }

    /// Whom the office might erase has come: it is said.
    pub(in crate::app) fn take_erase_due(&mut self, rows: &[EraseDueRow]) {
        if self.settings.as_ref().is_some_and(|settings| settings.retention_days == 0) {
            self.tell(Tone::Warn, say::NO_RETENTION);
            return;
        }
        if rows.is_empty() {
            self.tell(Tone::Good, say::NOBODY_DUE);
            return;
        }
        let mut names: Vec<String> =
            rows.iter().take(NAMED).map(|row| format!("{} {}", row.no, row.name)).collect();
        names.extend((rows.len() > NAMED).then(|| "…".to_owned()));
        self.tell(Tone::Warn, say::due_now(rows.len(), names.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::{Desk, op};
    use crate::app::shown::effect::Effect;
    use crate::app::shown::msg::Msg;
    use crate::domain::erase::StillOpen;
    use crate::domain::ids::PersonId;
    use crate::say::Lang;
    use crate::store::act::Committed;

    fn preview() -> ErasePreview {
        ErasePreview {
            person: PersonId(uuid::Uuid::nil()),
            no: "20171001".to_owned(),
            name: "单晓".to_owned(),
            unit: String::new(),
            open: Vec::new(),
            entries: 1,
            words: Vec::new(),
            roster: 1,
            readings: 0,
            row_words: 0,
            row_words_in: Vec::new(),
            shared: Vec::new(),
            shared_rows: Vec::new(),
            kept: Vec::new(),
            directory: Vec::new(),
            others: 0,
            papers: Vec::new(),
            backups: Vec::new(),
        }
    }

    #[test]
    fn nothing_goes_before_it_was_seen_and_confirmed_by_hand() {
        let fields = |reason: &str, sure: &str| {
            vec![Field::line("reason", say::WHY, reason), Field::line("sure", say::SURE, sure)]
        };
        let person = PersonId(uuid::Uuid::nil());
        let desk = Desk::new(Lang::En, 120, 40);
        let form = |reason: &str, sure: &str| {
            Form::of(Erase { person, preview: None }, Say::default(), fields(reason, sure))
        };
        let seen = preview();
        let done = |form: &Form, seen: Option<&ErasePreview>| {
            let erase = Erase { person, preview: seen.cloned().map(Box::new) };
            erase.acts(&desk.state, form).is_ok()
        };
        assert!(!done(&form("本人申请", "20171001"), None), "not seen yet");
        for (reason, sure) in
            [("", "20171001"), ("本人申请", ""), ("本人申请", "2017100"), ("本人申请", "yes")]
        {
            assert!(!done(&form(reason, sure), Some(&seen)), "{reason} {sure}");
        }
        for sure in ["20171001", "删除", "ERASE"] {
            assert!(done(&form("本人申请", sure), Some(&seen)), "{sure}");
        }
        let open = ErasePreview { open: vec![StillOpen::Case], ..seen };
        assert!(!done(&form("本人申请", "删除"), Some(&open)));
    }

    #[test]
    fn what_was_searched_does_not_come_back_after_an_erasure() {
        let mut desk = Desk::new(Lang::En, 120, 40);
        desk.state.searches = vec!["20171001".to_owned()];
        desk.keys("7\n:erase\non request\t20171001");
        desk.taken();
        desk.ctrl('s');
        let tokens: Vec<u64> = desk
            .taken()
            .iter()
            .filter_map(|effect| match effect {
                Effect::Commit { token, act, .. } if matches!(act.itself(), Act::Erase { .. }) => {
                    Some(*token)
                }
                _ => None,
            })
            .collect();
        assert_eq!(tokens.len(), 1, "{}", desk.state.layers.len());
        desk.send(Msg::Committed { token: tokens[0], committed: Committed { op: op(413), made: None } });
        assert!(desk.state.searches.is_empty());
    }
}
