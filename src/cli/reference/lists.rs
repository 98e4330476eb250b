//! Settings, kinds of events, and the codes of every closed list.

use super::{Line, Part, code, section, words};
use crate::app::shown::found;
use crate::cli::check;
use crate::domain::case::{Against, CaseState, Category, Measure};
use crate::domain::contact::ContactKind;
use crate::domain::doubt;
use crate::domain::finding;
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::form::value::Flaw;
use crate::domain::handover::{How, Signed};
use crate::domain::inbox::{Source, Stand};
use crate::domain::item::{DueState, ItemKind};
use crate::domain::office::Settings;
use crate::domain::officer::Role;
use crate::domain::person::PersonKind;
use crate::domain::phone::Whose;
use crate::domain::report::{ReportForm, ReportStatus, Site, Standing};
use crate::domain::setting::{ALL, OF_MACHINE, TERMINAL, Terminal};
use crate::domain::sitrep::{Axis, Column, Group};
use crate::i18n::reference as say;
use crate::i18n::terms::{paper, word};
use crate::i18n::{items, paper as numbers, rights, settings as names, sitrep};
use crate::log::event::KINDS;
use crate::paper::PaperKind;
use crate::say::{Lang, Word};
use crate::search::found::{Part as Typed, Way};
use crate::store::check::{Differs, FaultKind, HeadFound};
use crate::store::query::CallFor;

pub(super) fn settings(lang: Lang) -> Vec<Part> {
    let fresh = Settings::new("");
    let coded = |text: String| if text.is_empty() { Line::new() } else { code(text) };
    let rows = ALL.iter().map(|setting| {
        let who = if setting.guards { say::LEAD } else { say::ANY };
        vec![
            code(setting.key),
            words(names::name(setting.key).map_or("", |name| name.get(lang))),
            coded(setting.like.to_owned()),
            coded(setting.text(&fresh)),
            words(who.get(lang)),
        ]
    });
    let of_machine = OF_MACHINE.map(|(key, like)| {
        vec![
            code(key),
            words(if key == TERMINAL { say::TERMINAL } else { say::THEME }.get(lang)),
            code(like),
            code(Terminal::Auto.word()),
            words(say::ANY.get(lang)),
        ]
    });
    let titles = [say::KEY, say::MEANING, say::LIKE, say::DEFAULT, say::WHO];
    let titles = titles.map(|title| title.get(lang)).into();
    section(say::SETTINGS.get(lang), titles, rows.chain(of_machine).collect()).into()
}

pub(super) fn events(lang: Lang) -> Vec<Part> {
    let rows = KINDS.iter().map(|(kind, version)| {
        let meaning = say::event(kind).map_or("", |word| word.get(lang));
        vec![code(*kind), words(version.to_string()), words(meaning)]
    });
    let titles = [say::KIND, say::VERSION, say::MEANING].map(|title| title.get(lang));
    section(say::EVENTS.get(lang), titles.into(), rows.collect()).into()
}

pub(super) fn values(lang: Lang) -> Vec<Part> {
    let titles = || vec![say::CODE.get(lang), say::MEANING.get(lang)];
    let mut out = vec![Part::Heading(1, words(say::VALUES.get(lang)))];
    for (title, values) in all() {
        let rows = values.into_iter().map(|(value, word)| vec![code(value), words(word.get(lang))]);
        out.push(Part::Heading(2, words(title.get(lang))));
        out.push(Part::Table(titles(), rows.collect()));
    }
    out
}

/// A list by its English title.
pub(super) fn titled(title: &str, lang: Lang) -> String {
    let known = all().into_iter().map(|(word, _)| word).chain([say::EVENTS]);
    known.into_iter().find(|word| word.en == title).map_or(title, |word| word.get(lang)).to_owned()
}

/// Codes with what each is.
type Values = Vec<(&'static str, Word)>;

fn all() -> Vec<(Word, Values)> {
    macro_rules! of {
        ($list:ty, $word:expr) => {
            <$list>::ALL.iter().map(|value| (value.code(), $word(*value))).collect()
        };
    }
    let items = ItemKind::KNOWN.iter().map(|(kind, code, _)| (*code, items::word(*kind))).collect();
    let flaws = Flaw::ALL.iter().filter_map(|flaw| Some((flaw.code(), say::flaw(flaw.code())?))).collect();
    vec![
        (say::REPORT_STATUS, of!(ReportStatus, word)),
        (say::REPORT_FORM, of!(ReportForm, word)),
        (say::STANDING, of!(Standing, word)),
        (say::CATEGORY, of!(Category, word)),
        (say::MEASURE, of!(Measure, word)),
        (say::CASE_STATE, of!(CaseState, word)),
        (say::AGAINST, of!(Against, word)),
        (say::FINDING, of!(finding::What, word)),
        (say::DOUBT, of!(doubt::Check, word)),
        (say::URGENCY, of!(doubt::Urgency, word)),
        (say::DOUBT_ANSWER, of!(doubt::Answer, word)),
        (say::CHANNEL, of!(Channel, word)),
        (say::OUTCOME, of!(Outcome, word)),
        (say::PROMISE_END, of!(PromiseEnd, word)),
        (say::DUE_STATE, of!(DueState, due_state)),
        (say::ITEM, items),
        (say::HOW, of!(How, word)),
        (say::SIGNED, of!(Signed, word)),
        (say::WHOSE, of!(Whose, numbers::role)),
        (say::CALL_FOR, of!(CallFor, call_for)),
        (say::AXIS, of!(Axis, axis)),
        (say::COLUMN, of!(Column, sitrep::column)),
        (say::GROUP, of!(Group, sitrep::group)),
        (say::PERSON_KIND, of!(PersonKind, word)),
        (say::CONTACT_KIND, of!(ContactKind, word)),
        (say::SITE, of!(Site, word)),
        (say::ROLE, of!(Role, rights::word)),
        (say::WAY, of!(Way, found::way)),
        (say::PART, of!(Typed, found::part)),
        (say::FLAW, flaws),
        (say::STAND, of!(Stand, word)),
        (say::SOURCE, of!(Source, word)),
        (say::FAULT, of!(FaultKind, check::fault_word)),
        (say::HEAD, of!(HeadFound, check::head_word)),
        (say::DIFFERS, of!(Differs, differs)),
        (say::PAPERS, PaperKind::ALL.iter().map(|kind| (kind.code(), paper(kind.code()))).collect()),
    ]
}

const fn due_state(state: DueState) -> Word {
    match state {
        DueState::Coming => say::COMING,
        DueState::Open => say::OPEN,
        DueState::Missed => say::MISSED,
    }
}

const fn call_for(what: CallFor) -> Word {
    match what {
        CallFor::Temperature => say::FOR_TEMPERATURE,
        CallFor::Promise => say::FOR_PROMISE,
        CallFor::Again => say::FOR_AGAIN,
        CallFor::Report => say::FOR_REPORT,
    }
}

const fn differs(how: Differs) -> Word {
    match how {
        Differs::Missing => say::IS_MISSING,
        Differs::Added => say::IS_ADDED,
        Differs::Changed => say::IS_CHANGED,
        Differs::Content => say::HAS_OTHER_CONTENT,
    }
}

fn axis(axis: Axis) -> Word {
    match axis {
        Axis::All => say::ALL,
        Axis::Unit => say::BY_UNIT,
        other => sitrep::axis(other),
    }
}
