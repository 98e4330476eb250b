//! The form of a release: who, why, and where the days stand, for each; whatever something stands against takes a
//! second yes, and is never released by the plain one.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::draft::about as key_of;
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field, no_yes, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::app::shown::table::Target;
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::case::Measure;
use crate::domain::ids::CaseId;
use crate::i18n::cases;
use crate::i18n::screen as say;
use crate::i18n::terms::{categories, joined, word};
use crate::say::Say;
use crate::store::act::Act;
use crate::store::query::rows::ReleaseRow;
use chrono::NaiveDate;

/// Releases cases.
#[derive(Debug)]
pub(super) struct Release {
    cases: Vec<CaseId>,
    /// What stands against each, once that is known.
    seen: Option<Vec<ReleaseRow>>,
}

impl Part for Release {
    fn draft(&self) -> Option<String> {
        Some(key_of("release", self.targets()))
    }

    fn targets(&self) -> Vec<String> {
        self.cases.iter().map(|case| format!("case/{case}")).collect()
    }
}

impl Acts for Release {
    /// None before it is known what stands against it, and what something stands against never by the plain yes.
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let reason = needed(form, "reason", say::REASON_NEEDED)?;
        let Some(rows) = &self.seen else { return wrong("sure", cases::CHECKING) };
        if form.value("sure") != "yes" {
            return wrong("sure", say::SAY_YES);
        }
        let early = form.value("early") == "yes";
        let of = |case: &CaseId| rows.iter().find(|row| row.case == *case);
        let against: Vec<&str> = self
            .cases
            .iter()
            .filter_map(of)
            .filter(|row| !row.is_plain())
            .map(|row| row.name.as_str())
            .collect();
        if !early && !against.is_empty() {
            return wrong("early", cases::second_yes(against.join("、"), against.join(", ")));
        }
        let act = |case: &CaseId| Act::ReleaseCase {
            case: *case,
            reason: reason.clone(),
            early: early && of(case).is_some_and(|row| !row.is_plain()),
        };
        Ok(self.cases.iter().map(act).collect())
    }

    /// With a plain yes only those are released that nothing stands against; the others stay, and it will be said.
    fn ready(&self, desk: &mut State) {
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
        let (cases, Some(rows)) = (&self.cases, &self.seen) else { return };
        if form.value("sure") != "yes" || form.value("early") != "no" || form.value("reason").is_empty() {
            return;
        }
        let plain = |case: &CaseId| rows.iter().any(|row| row.case == *case && row.is_plain());
        let kept: Vec<CaseId> = cases.iter().copied().filter(plain).collect();
        if kept.is_empty() || kept.len() == cases.len() {
            return;
        }
        let left: Vec<&str> =
            rows.iter().filter(|row| !row.is_plain()).map(|row| row.name.as_str()).collect();
        form.after = Some(cases::left_open(kept.len(), left.len(), left.join("、"), left.join(", ")));
        form.is_now(Self { cases: kept, seen: self.seen.clone() });
    }

    fn afresh(&self, desk: &mut State) {
        if let Some(rows) = &self.seen {
            desk.take_releases(rows.clone());
        }
    }
}

/// Opens the form; what must be looked at comes from the database, and until it is there nothing is released.
pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    let cases = desk.cases();
    if cases.is_empty() {
        desk.tell(Tone::Warn, say::NO_OPEN_CASE);
        return;
    }
    let targets: Vec<Target> = cases.iter().map(|(_, name)| Target::new(None, name)).collect();
    let who = match targets.as_slice() {
        [one] => Say::same(&one.name),
        _ => State::named(&targets),
    };
    let fields = vec![
        Field::line("reason", say::RELEASE_REASON, "").hint(say::REASON_NEEDED),
        Field::choice("sure", say::SURE_RELEASE, no_yes(), 0),
    ];
    // The people of the rows, where each row is a case.
    let whom = Some(desk.targets()).filter(|whom| whom.len() == targets.len()).unwrap_or(targets);
    let ids: Vec<CaseId> = cases.into_iter().map(|(id, _)| id).collect();
    let title = desk.with_hidden(titled(say::RELEASE, &who), ids.len());
    let mut form = Form::of(Release { cases: ids.clone(), seen: None }, title, fields);
    form.about = vec![(cases::CHECKING.into(), Mood::Dim)];
    desk.show_about(fx, form, whom);
    desk.load(fx, Query::Releases(ids));
}

impl State {
    /// What the form on top is to release is looked at anew.
    pub(in crate::app) fn refresh_release(&mut self, fx: &mut Vec<Effect>) {
        let releasing = self.layers.iter().find_map(|layer| match layer {
            Layer::Form(form) => form.part::<Release>().map(|part| part.cases.clone()),
            _ => None,
        });
        if let Some(cases) = releasing {
            self.load(fx, Query::Releases(cases));
        }
    }

    /// What stands against the releases has come: it is shown, and asked about.
    pub(in crate::app) fn take_releases(&mut self, mut rows: Vec<ReleaseRow>) {
        let today = self.status.day;
        let approvers = self.lead_approvers();
        let found = self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Form(form) => Some((form.part::<Release>()?.cases.clone(), form)),
            _ => None,
        });
        let Some((cases, form)) = found else { return };
        // What needs a second yes is seen first.
        rows.sort_by_key(ReleaseRow::is_plain);
        form.about = rows.iter().flat_map(|row| about(row, today)).collect();
        let against = rows.iter().filter(|row| !row.is_plain()).count();
        let plain = rows.len() - against;
        if against > 0 {
            let early = Field::choice("early", cases::EARLY, early_choices(plain, against), 0);
            form.ask(early.hint(cases::EARLY_WHY));
        } else {
            form.drop_field("early");
        }
        form.ask_approval(approvers.filter(|_| against > 0));
        form.is_now(Release { cases, seen: Some(rows) });
    }
}

/// The choices of the second yes: beside those that can be released plainly, or alone.
fn early_choices(plain: usize, against: usize) -> Vec<Choice> {
    let no = if plain > 0 { cases::only_the_others(plain) } else { say::NO_WORD.into() };
    let yes = if plain > 0 { cases::these_too(against) } else { cases::STILL.into() };
    vec![Choice::new("no", no), Choice::new("yes", yes)]
}

/// What is seen of a case before it is released.
fn about(row: &ReleaseRow, today: NaiveDate) -> Vec<(Say, Mood)> {
    let mood = if row.is_due() { Mood::Good } else { Mood::Plain };
    let head = format!("{} {} {}", row.name, row.no, row.unit);
    let state = word(row.state);
    let day = row.observation.map_or_else(Say::default, |on| {
        if on.is_over() {
            say::day_over(on.total, on.day - on.total)
        } else {
            say::day_of(on.shown_day(), on.total)
        }
    });
    let who = Say {
        zh: format!("{head}  {}  {}", state.zh, day.zh).trim_end().to_owned(),
        en: format!("{head}  {}  {}", state.en, day.en).trim_end().to_owned(),
    };
    let why = joined(&[
        categories(row.facts.categories.as_deref().unwrap_or_default()),
        word(row.facts.measure.unwrap_or(Measure::None)).into(),
        cases::count(&row.facts, today),
    ]);
    let indented = |say: Say| Say { zh: format!("  {}", say.zh), en: format!("  {}", say.en) };
    let mut out = vec![(who, mood), (indented(why), Mood::Dim)];
    if !row.is_plain() {
        let despite = cases::despite(&row.against, row.fever, &row.doubts, &row.facts, today);
        out.push((Say { zh: format!("  ! {}", despite.zh), en: format!("  ! {}", despite.en) }, Mood::Bad));
    }
    out
}

#[cfg(test)]
mod tests;
