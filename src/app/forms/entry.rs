//! Entries of ledgers: a new one, a line more, one corrected, moved from state to state, withdrawn. Which fields there
//! are follows from the declaration; which of them are asked, from what stands in the others.

use super::{Acts, pin};
use crate::app::keymap::Context;
use crate::app::shown::column::Mood;
use crate::app::shown::draft::{DRAFTS_BY, Draft, about};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field, approval, no_yes, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::{EntryPage, LedgerPage};
use crate::app::shown::rows::when;
use crate::app::shown::sheet::{called, value_shown};
use crate::app::shown::state::{Home, Layer, State};
use crate::app::shown::table::Target;
use crate::app::shown::wants::open_steps;
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::field::Type;
use crate::domain::ids::{EntryId, OfficerId, Subject};
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::value::{self, Values};
use crate::domain::ledger::{Column, Link, Part as Columns, Transition, field_id};
use crate::domain::time::Ts;
use crate::i18n::ledger as words;
use crate::i18n::ledger_desk as say;
use crate::i18n::{forms, passing, screen};
use crate::say::Say;
use crate::store::act::{Act, LedgerAct, Taken};
use crate::store::query::rows::{EntryAsk, EntryBasis, EntryRow, PersonRow};
use fields::{one_person, said, typed};
use whom::whom;

mod fields;
mod whom;

/// What is done with entries or lines.
#[derive(Debug)]
enum Doing {
    /// A new one, or a line more of one.
    Add(EntryAsk),
    /// One is corrected.
    Change,
    /// From state to state.
    Move,
}

/// The form of entries or lines: which fields are asked follows from what stands in the others.
#[derive(Debug)]
pub(super) struct EntryForm {
    doing: Doing,
    basis: EntryBasis,
    /// The transition under which its draft is kept, where another one's is kept under the entries alone.
    apart: Option<String>,
}

impl Part for EntryForm {
    fn draft(&self) -> Option<String> {
        let ids = || self.basis.rows.iter().map(|row| row.row.id);
        match &self.doing {
            Doing::Add(EntryAsk::Line(id)) => Some(format!("entry/line/{id}")),
            Doing::Add(EntryAsk::Raised(entry, raise)) => Some(format!("entry/raised/{entry}/{raise}")),
            Doing::Add(EntryAsk::Due(due, of)) => Some(format!("entry/due/{due}/{of}")),
            Doing::Add(_) => Some(format!("entry/new/{}", self.basis.ledger.name)),
            Doing::Change => ids().next().map(|id| format!("entry/change/{id}")),
            Doing::Move => {
                let key = about("entry/move", ids().map(|id| id.to_string()).collect());
                Some(self.apart.as_ref().map_or_else(|| key.clone(), |step| format!("{key}/{step}")))
            }
        }
    }
}

impl EntryForm {
    /// The transition that is chosen.
    fn chosen(&self, form: &Form) -> Option<&Transition> {
        let name = form.value("step");
        self.basis.part()?.transition(&name)
    }

    /// Whoever sits here did what this transition checks: somebody else signs it.
    fn is_own(&self, me: Option<OfficerId>, step: &Transition) -> bool {
        let Some(checked) = step.not_by.as_deref().filter(|_| step.sign) else { return false };
        let is_column = self.basis.part().is_some_and(|part| part.transition(checked).is_none());
        self.basis.rows.iter().any(|row| {
            // Whom the form names instead is judged when it is signed.
            if is_column {
                return me.is_some_and(|me| row.row.values.get(checked) == Some(&me.to_string()));
            }
            let last = row.row.moves.iter().rev().find(|moved| moved.transition == checked);
            last.is_some_and(|moved| me.is_some() && [moved.officer, moved.signed_by].contains(&me))
        })
    }

    fn add(&self, desk: &State, form: &Form, ask: &EntryAsk) -> Result<LedgerAct, Wrong> {
        let values = said(desk, form, &self.basis, None)?;
        Ok(match ask {
            EntryAsk::Line(id) => LedgerAct::AddLine { entry: *id, values },
            EntryAsk::Raised(entry, raise) => LedgerAct::TakeUp {
                entry: *entry,
                raise: raise.clone(),
                made: Taken::Entry(values, Vec::new(), form.value("reason")),
            },
            _ => LedgerAct::Write {
                ledger: self.basis.ledger.name.clone(),
                entries: vec![(values, Vec::new())],
                reason: form.value("reason"),
            },
        })
    }

    /// Only what differs from what stands there.
    fn change(&self, desk: &State, form: &Form) -> Result<Option<LedgerAct>, Wrong> {
        let Some(row) = self.basis.rows.first() else { return Ok(None) };
        let mut values = said(desk, form, &self.basis, None)?;
        let before = |name: &str| row.row.values.get(name).map_or("", String::as_str);
        values.retain(|name, value| value != before(name));
        let reason = needed(form, "reason", screen::REASON_NEEDED)?;
        if values.is_empty() {
            return wrong("reason", screen::NOTHING_CHANGED);
        }
        let anyway = form.value("anyway");
        Ok(Some(LedgerAct::Change { entry: row.row.id, values, reason, anyway }))
    }

    fn step(&self, desk: &State, form: &Form) -> Result<LedgerAct, Wrong> {
        let Some(step) = self.chosen(form) else { return wrong("step", say::CHOOSE_STEP) };
        let mut values = said(desk, form, &self.basis, Some(step))?;
        values.retain(|_, value| !value.is_empty());
        let reason =
            if step.reason { needed(form, "reason", screen::REASON_NEEDED)? } else { form.value("reason") };
        Ok(LedgerAct::Move {
            entries: self.basis.rows.iter().map(|row| row.row.id).collect(),
            transition: step.name.clone(),
            values,
            reason,
            pin: pin::typed(form, "pin")?,
        })
    }
}

impl Acts for EntryForm {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let act = match &self.doing {
            Doing::Add(ask) => Some(self.add(desk, form, ask)?),
            Doing::Change => self.change(desk, form)?,
            Doing::Move => Some(self.step(desk, form)?),
        };
        Ok(act.into_iter().map(|act| Act::Ledger(Box::new(act))).collect())
    }

    fn typed(&self, desk: &mut State) {
        desk.entry_typed();
    }

    fn ready(&self, desk: &mut State) {
        desk.entry_typed();
    }

    /// Why it is entered all the same is asked once it was said what does not fit.
    fn refused(&self, _: &State, form: &mut Form, field: &str) {
        match field {
            "reason" => form.ask_besides("reason"),
            "anyway" => ask_anyway(form),
            _ => {}
        }
    }
}

/// Asks why it is done although a stock falls below nothing by it: that was said.
fn ask_anyway(form: &mut Form) {
    if form.field("anyway").is_none() {
        form.fields.push(Field::line("anyway", say::ANYWAY, "").hint(say::ANYWAY_HINT));
    }
}

/// Withdraws an entry that was a mistake.
#[derive(Debug)]
pub(super) struct WithdrawEntry(EntryBasis);

impl Part for WithdrawEntry {}

impl Acts for WithdrawEntry {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let Some(row) = self.0.rows.first() else { return Ok(Vec::new()) };
        let reason = needed(form, "reason", screen::REASON_NEEDED)?;
        if form.value("sure") != "yes" {
            return wrong("sure", screen::SAY_YES);
        }
        Ok(vec![Act::Ledger(Box::new(LedgerAct::Withdraw {
            entry: row.row.id,
            reason,
            anyway: form.value("anyway"),
        }))])
    }

    fn refused(&self, _: &State, form: &mut Form, field: &str) {
        if field == "anyway" {
            ask_anyway(form);
        }
    }
}

impl EntryBasis {
    /// The columns that the form is about.
    fn part(&self) -> Option<&Columns> {
        self.ledger.part(self.above.is_some())
    }

    /// Where and when its values are looked at.
    fn place(&self, desk: &State) -> Place {
        let mut place = Place::at(desk.now, desk.calendar);
        let Some(part) = self.part() else { return place };
        place.parent =
            self.above.as_ref().map(|above| value::seen(&self.ledger.part, &above.row.values, desk.calendar));
        match self.rows.first() {
            Some(row) => {
                place.state.clone_from(&row.row.state);
                place.entered = row.row.entered(part);
            }
            None => place.state = part.states.as_ref().map(|s| s.initial.clone()).unwrap_or_default(),
        }
        place
    }
}

/// A new entry of the ledger that is seen, or selected; what a line of 待办 wants entered; a line more of the entry that is
/// seen.
pub(super) fn open_new(desk: &mut State, fx: &mut Vec<Effect>) {
    let selected = desk.tables.ledgers.current().map(|row| row.ledger.name.clone());
    let wanted = desk.wanted().map(|(row, _)| (row.item.kind, row.item.id));
    let ask = if let Some((due, of)) = wanted {
        EntryAsk::Due(due, of)
    } else if let Some(page) = desk.page_of::<EntryPage>() {
        let sheet = page.sheet.as_deref();
        let Some(sheet) = sheet else { return };
        if sheet.ledger.lines.is_none() || sheet.entry.row.parent.is_some() {
            return desk.tell(Tone::Info, words::NO_LINES);
        }
        EntryAsk::Line(page.id)
    } else if let Some(page) = desk.page_of::<LedgerPage>() {
        EntryAsk::New(page.name.get().to_owned())
    } else if let (Home::Ledgers, Some(name)) = (desk.home, selected) {
        EntryAsk::New(name)
    } else {
        return desk.tell(Tone::Warn, screen::NOTHING_SELECTED);
    };
    desk.load(fx, Query::EntryForm(ask));
}

/// Corrects the entry that is seen, or selected.
pub(in crate::app) fn open_change(desk: &mut State, fx: &mut Vec<Effect>) {
    open_one(desk, fx, EntryAsk::Change);
}

/// Withdraws it.
pub(super) fn open_withdrawal(desk: &mut State, fx: &mut Vec<Effect>) {
    open_one(desk, fx, EntryAsk::Withdraw);
}

fn open_one(desk: &mut State, fx: &mut Vec<Effect>, ask: fn(EntryId) -> EntryAsk) {
    let meant = match desk.wanted() {
        Some((row, _)) => vec![EntryId(row.item.id)],
        None => meant(desk, false),
    };
    match meant.as_slice() {
        [one] => desk.load(fx, Query::EntryForm(ask(*one))),
        [] => desk.tell(Tone::Warn, screen::NOTHING_SELECTED),
        _ => desk.tell(Tone::Warn, screen::ONE_ROW),
    }
}

/// Moves what is seen, marked or selected.
pub(super) fn open_move(desk: &mut State, fx: &mut Vec<Effect>) {
    let entries = match desk.page_context() {
        Context::Due | Context::Board => match desk.due_steps() {
            Ok(entries) => entries,
            Err(why) => return desk.tell(Tone::Warn, why),
        },
        _ => meant(desk, true),
    };
    if entries.is_empty() {
        return desk.tell(Tone::Warn, screen::NOTHING_SELECTED);
    }
    desk.load(fx, Query::EntryForm(EntryAsk::Move(entries, None)));
}

/// Moves these by a transition that was chosen with its key.
pub(in crate::app) fn open_step(desk: &mut State, fx: &mut Vec<Effect>, entries: Vec<EntryId>, step: String) {
    desk.load(fx, Query::EntryForm(EntryAsk::Move(entries, Some(step))));
}

/// The entries that an act would concern: on an entry's page its marked lines, else itself; what has no states of its own
/// is moved by its lines.
pub(in crate::app) fn meant(desk: &State, moving: bool) -> Vec<EntryId> {
    if let Some(page) = desk.page_of::<LedgerPage>() {
        return page.sheet.entries();
    }
    let Some(page) = desk.page_of::<EntryPage>() else { return Vec::new() };
    let Some(sheet) = page.sheet.as_deref() else { return Vec::new() };
    let has_states = sheet.ledger.part(sheet.entry.row.parent.is_some()).is_some_and(|p| p.states.is_some());
    let by_lines = page.is_on_lines()
        && (crate::app::shown::table::List::has_marks(&page.lines) || moving && !has_states);
    if by_lines { page.lines.entries() } else { vec![page.id] }
}

impl State {
    /// What a form of a ledger is made from is there: it opens, unless the officer went elsewhere meanwhile.
    pub(in crate::app) fn take_entry_form(
        &mut self,
        fx: &mut Vec<Effect>,
        ask: &EntryAsk,
        basis: EntryBasis,
    ) {
        let here = matches!(
            self.context(),
            Context::Ledgers | Context::Ledger | Context::Entry | Context::Due | Context::Board
        );
        if !here {
            return;
        }
        match ask {
            EntryAsk::New(_) | EntryAsk::Line(_) | EntryAsk::Raised(..) | EntryAsk::Due(..) => {
                self.show_new(fx, ask, basis);
            }
            EntryAsk::Change(_) => self.show_change(fx, basis),
            EntryAsk::Move(_, step) => self.show_move(fx, basis, step.as_deref()),
            EntryAsk::Withdraw(_) => self.show_withdrawal(fx, basis),
        }
    }

    fn show_new(&mut self, fx: &mut Vec<Effect>, ask: &EntryAsk, basis: EntryBasis) {
        let Some(part) = basis.part() else { return };
        let place = basis.place(self);
        let mut values = Values::new();
        let mut fields = Vec::new();
        for column in typed(part) {
            let given = basis.given.as_ref().and_then(|given| given.values.get(&column.field.name).cloned());
            let preset = given.unwrap_or_else(|| part.preset(column, &place, &values));
            fields.push(self.entry_field(&basis, column, &preset, None));
            if !preset.is_empty() {
                values.insert(column.field.name.clone(), preset);
            }
        }
        if basis.ledger.stock.is_some() && basis.above.is_none() {
            fields.push(Field::line("reason", say::WHY, ""));
        }
        fields.push(Field::line("at", forms::HAPPENED_WHEN, "").hint(forms::AT_HINT));
        let of = match (&basis.above, &basis.ledger.lines) {
            (Some(above), Some(lines)) => {
                let (above, lines) = (called(&basis.ledger, above), words::titled(&lines.title));
                Say {
                    zh: format!("{} · {}", above.zh, lines.zh), en: format!("{} · {}", above.en, lines.en)
                }
            }
            _ => words::titled(&basis.ledger.title),
        };
        if let Some(given) = basis.given.as_ref().filter(|given| !given.unfit.is_empty()) {
            self.tell(Tone::Warn, say::unfit(given.unfit.join(" ")));
        }
        let whom = whom(&basis, Some(ask));
        let form = EntryForm { doing: Doing::Add(ask.clone()), basis, apart: None };
        self.show_about(fx, Form::of(form, titled(say::ADD, &of), fields).with_aside(), whom);
    }

    fn show_change(&mut self, fx: &mut Vec<Effect>, basis: EntryBasis) {
        let (Some(part), Some(row)) = (basis.part(), basis.rows.first()) else { return };
        if !self.may_change(row) {
            return;
        }
        let value = |column: &Column| row.row.values.get(&column.field.name).cloned().unwrap_or_default();
        let mut fields: Vec<Field> =
            typed(part).map(|column| self.entry_field(&basis, column, &value(column), Some(row))).collect();
        fields.push(Field::line("reason", say::WHY, "").hint(screen::REASON_NEEDED));
        let title = titled(screen::EDIT, &entries_called(&basis));
        let whom = whom(&basis, None);
        let form = EntryForm { doing: Doing::Change, basis, apart: None };
        self.show_about(fx, Form::of(form, title, fields).with_aside(), whom);
    }

    /// `by` is the transition that was chosen with its key.
    fn show_move(&mut self, fx: &mut Vec<Effect>, basis: EntryBasis, by: Option<&str>) {
        let Some(part) = basis.part() else { return };
        let Some(first) = basis.rows.first() else { return };
        if !self.may_change(first) {
            return;
        }
        let several = basis.rows.len() > 1;
        let rows: Vec<&EntryRow> = basis.rows.iter().collect();
        let open = match open_steps(part, &rows) {
            Ok(open) => open,
            Err(why) => return self.tell(Tone::Warn, why),
        };
        let mut steps: Vec<Choice> =
            open.iter().map(|step| Choice::new(&step.name, words::titled(&step.title))).collect();
        if steps.len() > 1 {
            steps.insert(0, Choice::new("", forms::TO_CHOOSE));
        }
        let chosen = steps.iter().position(|step| Some(step.code.as_str()) == by);
        if let (Some(by), None) = (by, chosen) {
            let title = part.transition(by).map(|step| step.title.clone()).unwrap_or_default();
            return self.tell(Tone::Warn, words::not_from(&title, part, &first.row.state));
        }
        let state = words::titled(&part.state_title(&first.row.state));
        let mut fields = vec![
            Field::choice("step", say::STEP, steps, chosen.unwrap_or(0)).hint(say::stands_at_said(&state)),
        ];
        let place = basis.place(self);
        for column in
            typed(part).filter(|column| open.iter().any(|step| step.ask.contains(&column.field.name)))
        {
            let now = Some(first).filter(|_| !several);
            let there = now.and_then(|row| row.row.values.get(&column.field.name)).cloned();
            let preset = part.preset(column, &place, &first.row.values);
            let mut field = self.entry_field(&basis, column, &preset, None);
            if let (Some(_), Some(row)) = (there, now) {
                // What stands there stays unless something else is typed.
                field = self.entry_field(&basis, column, "", None);
                field = field.present(value_shown(column, row, &self.ctx())).hint(forms::BLANK_UNCHANGED);
            }
            fields.push(field);
        }
        fields.push(Field::line("reason", say::WHY, ""));
        fields.push(Field::line("at", forms::HAPPENED_WHEN, "").hint(forms::AT_HINT));
        fields.push(Field::secret("pin", say::PIN).hint(passing::PIN_HINT));
        fields.extend(approval(if self.is_there() { self.other_officers() } else { self.all_officers() }));
        let title = titled(say::MOVE, &entries_called(&basis));
        let title = self.with_hidden(title, basis.rows.len());
        let whom = whom(&basis, None);
        let form = EntryForm { doing: Doing::Move, basis, apart: None };
        let (form, other) = self.beside_draft(form, by);
        self.show_about(fx, Form::of(form, title, fields).with_aside(), whom);
        if let Some(other) = other {
            self.tell(Tone::Warn, other);
        }
    }

    /// The letter that was pressed wins over a draft of another step: that one is kept, and it is said how to go on with
    /// it.
    fn beside_draft(&self, form: EntryForm, by: Option<&str>) -> (EntryForm, Option<Say>) {
        let Some(by) = by else { return (form, None) };
        let key = form.draft().unwrap_or_default();
        let own = self.officer.as_ref().map(|(officer, _)| format!("{DRAFTS_BY}{officer}/{key}"));
        let kept = [own, Some(key)].into_iter().flatten().find_map(|key| self.drafts.get(&key));
        let other = kept.map(|json| Draft::read(json).value("step")).filter(|step| step != by);
        let Some(other) = other.filter(|step| !step.is_empty()) else { return (form, None) };
        let title = form.basis.part().and_then(|part| part.transition(&other));
        let title = title.map_or_else(|| Say::same(&other), |step| words::titled(&step.title));
        let said = title.within(|title| say::other_draft(title));
        (EntryForm { apart: Some(by.to_owned()), ..form }, Some(said))
    }

    fn show_withdrawal(&mut self, fx: &mut Vec<Effect>, basis: EntryBasis) {
        let Some(row) = basis.rows.first() else { return };
        if !self.may_change(row) {
            return;
        }
        let fields = vec![
            Field::line("reason", say::WHY, "").hint(screen::REASON_NEEDED),
            Field::choice("sure", say::SURE_WITHDRAW, no_yes(), 0).hint(say::WITHDRAW_HINT),
        ];
        // A line of the list may stand for many: it is one entry that is withdrawn, and this is what it says.
        let ctx = self.ctx();
        let of_key = |column: &&Column| !basis.ledger.key.contains(&column.field.name);
        let part = basis.ledger.part(row.row.parent.is_some());
        let columns = part.into_iter().flat_map(|part| &part.columns).filter(of_key);
        let values = columns.map(|column| value_shown(column, row, &ctx)).filter(|text| !text.is_empty());
        let said: Vec<String> = std::iter::once(when(row.row.at, &ctx)).chain(values.take(SAID)).collect();
        let said = format!(" ({})", said.join(" "));
        let name = entries_called(&basis);
        let called = Say { zh: name.zh + &said, en: name.en + &said };
        let title = titled(say::WITHDRAW, &called);
        let whom = whom(&basis, None);
        self.show_about(fx, Form::of(WithdrawEntry(basis), title, fields), whom);
    }

    fn may_change(&mut self, row: &EntryRow) -> bool {
        if row.row.withdrawn.is_some() {
            self.tell(Tone::Warn, words::WITHDRAWN);
            return false;
        }
        true
    }
}

/// How many values of an entry are said where it is about to be withdrawn.
const SAID: usize = 3;

/// What the entries of a form are called.
fn entries_called(basis: &EntryBasis) -> Say {
    let Some(first) = basis.rows.first() else { return Say::default() };
    let own = called(&basis.ledger, first);
    match basis.rows.len() {
        1 => own,
        n => own.within(|own| screen::and_others(own, n)),
    }
}

impl State {
    /// Something was typed in a form of a ledger: the fields that are asked as it now stands.
    pub(in crate::app) fn entry_typed(&mut self) {
        let Some(Layer::Form(form)) = self.layers.last() else { return };
        let Some(hidden) = self.not_asked(form) else { return };
        let about = self.unsigned(form);
        if let Some(Layer::Form(form)) = self.layers.last_mut() {
            form.about = about;
            form.ask_only(|id| !hidden.contains(&id));
        }
    }

    /// Whoever has no PIN signs with the name alone: it is said before anything is filled in, with what to do.
    fn unsigned(&self, form: &Form) -> Vec<(Say, Mood)> {
        let me = self.officer.as_ref().map(|(id, _)| *id);
        let signs = form.part::<EntryForm>().is_some_and(|entry| {
            let step = entry.chosen(form).filter(|step| matches!(entry.doing, Doing::Move) && step.sign);
            step.is_some_and(|step| !entry.is_own(me, step))
        });
        let has_pin = me.is_some_and(|me| self.status.pins.contains(&me));
        if signs && !has_pin { vec![(say::NO_PIN.into(), Mood::Warn)] } else { Vec::new() }
    }

    /// The fields of a form that are not asked as the others stand; none of a form that is no ledger's.
    fn not_asked(&self, form: &Form) -> Option<Vec<&'static str>> {
        let entry = form.part::<EntryForm>()?;
        let basis = &entry.basis;
        let part = basis.part()?;
        if matches!(entry.doing, Doing::Move) {
            let step = entry.chosen(form);
            let asked = |name: &String| step.is_some_and(|step| step.ask.contains(name));
            let names = typed(part).map(|column| &column.field.name);
            let mut hidden: Vec<&str> =
                names.filter(|name| !asked(name)).map(|name| field_id(name)).collect();
            let me = self.officer.as_ref().map(|(id, _)| *id);
            // What one does and another checks is done by somebody of whom it is certain who sits here.
            let is_seen = |step: &Transition| step.not_by.is_some() || part.is_checked(&step.name);
            let by_other =
                step.is_some_and(|step| entry.is_own(me, step) || is_seen(step) && !self.is_there());
            if !by_other {
                hidden.extend(["approved_by", "approver_pin"]);
            }
            // Whoever sits here signs, with the own PIN where there is one.
            let signs = !by_other && step.is_some_and(|step| step.sign);
            if !signs || !me.is_some_and(|me| self.status.pins.contains(&me)) {
                hidden.push("pin");
            }
            return Some(hidden);
        }
        let place = basis.place(self);
        let mut hidden: Vec<&'static str> = Vec::new();
        // What is not asked says nothing of the others: until nothing changes any more.
        for _ in 0..=part.columns.len() {
            let mut values = Values::new();
            for column in typed(part).filter(|column| !hidden.contains(&field_id(&column.field.name))) {
                values.insert(column.field.name.clone(), self.as_typed(form, column));
            }
            let open = |column: &Column| {
                let points = || {
                    let relevant = column.relevant.as_ref();
                    relevant.is_some_and(|relevant| part.links().any(|(name, _)| relevant.uses(name)))
                };
                // What the desk does not know of what is pointed at, the store does.
                part.asks(column, &place, &values).unwrap_or_else(points)
            };
            let now: Vec<&'static str> = typed(part)
                .filter(|column| !open(column))
                .map(|column| field_id(&column.field.name))
                .collect();
            if now == hidden {
                break;
            }
            hidden = now;
        }
        if matches!(entry.doing, Doing::Add(_)) && !form.is_asked_besides("reason") {
            hidden.push("reason");
        }
        Some(hidden)
    }

    /// What stands in the field of a column, as far as it can be read.
    fn as_typed(&self, form: &Form, column: &Column) -> String {
        let raw = form.anywhere(field_id(&column.field.name)).map(Field::value).unwrap_or_default();
        match column.field.kind {
            _ if column.link.is_some() => raw,
            Type::Bool => match raw.as_str() {
                "yes" => "1".to_owned(),
                "no" => "0".to_owned(),
                _ => raw,
            },
            Type::Codes => raw,
            _ => column.read(&raw, self.now, self.calendar).unwrap_or_default(),
        }
    }

    /// Midnight, or where the office cuts its days, passed over a new entry: the days that stand there by themselves are yesterday's. Which is meant nobody knows
    /// but who fills it in.
    pub(in crate::app) fn say_of_yesterday(&mut self, before: Ts) {
        let Some(Layer::Form(form)) = self.layers.last() else { return };
        let Some(entry) = form.part::<EntryForm>().filter(|entry| matches!(entry.doing, Doing::Add(_)))
        else {
            return;
        };
        let Some(part) = entry.basis.part() else { return };
        let (place, values) = (entry.basis.place(self), Values::new());
        let then = Place { now: before, ..place.clone() };
        let stays = |column: &&Column| {
            let preset = part.preset(column, &then, &values);
            column.field.kind == Type::Date
                && preset != part.preset(column, &place, &values)
                && preset == self.as_typed(form, column)
        };
        let titles: Vec<Say> =
            typed(part).filter(stays).map(|column| words::titled(&column.field.title)).collect();
        if !titles.is_empty() {
            let day = self.calendar.date(before).format("%m-%d").to_string();
            self.notice(Tone::Warn, say::of_yesterday(&titles, &day));
        }
    }

    /// Looks for the person whose name or number stands in a form of a ledger, unless that was done.
    pub(in crate::app) fn name_person(&mut self, fx: &mut Vec<Effect>) {
        let Some(Layer::Form(form)) = self.layers.last() else { return };
        let Some(part) = basis(form).and_then(EntryBasis::part) else { return };
        let person = part.columns.iter().find(|column| column.link == Some(Link::Person));
        let Some(text) = person.and_then(|column| form.field(field_id(&column.field.name))).map(Field::value)
        else {
            return;
        };
        let known = form.aside.as_ref().and_then(|aside| aside.named.as_ref());
        if !text.is_empty() && known.is_none_or(|(known, _)| *known != text) {
            self.load(fx, Query::Named(text));
        }
    }

    /// Who was found: the field says who is meant.
    pub(in crate::app) fn take_named(&mut self, fx: &mut Vec<Effect>, text: String, people: Vec<PersonRow>) {
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        let Some(part) = basis(form).and_then(EntryBasis::part) else { return };
        let person = part.columns.iter().find(|column| column.link == Some(Link::Person));
        let Some(id) = person.map(|column| field_id(&column.field.name)) else { return };
        let (hint, whom) = match one_person(&people, &text) {
            Ok(one) => {
                let whom = Target::new(Some(Subject::Person(one.id)), &one.name);
                (Say::same(format_args!("{} {} {}", one.no, one.name, one.unit)), vec![whom])
            }
            Err(what) => (what, Vec::new()),
        };
        if let Some(aside) = &mut form.aside {
            aside.named = Some((text, people));
        }
        if let Some(field) = form.fields.iter_mut().find(|field| field.id == id) {
            field.hint = hint;
        }
        // The strip tells of whoever is named now.
        if form.whom != whom {
            form.whom = whom;
            form.known = None;
            let subject = form.whom.first().and_then(|whom| whom.subject);
            if subject.is_some() {
                self.load(fx, Query::Dial { subject, call: None });
            }
        }
    }
}

/// What a form of a ledger is made from.
pub(in crate::app) fn basis(form: &Form) -> Option<&EntryBasis> {
    let withdrawn = || form.part::<WithdrawEntry>().map(|entry| &entry.0);
    form.part::<EntryForm>().map(|entry| &entry.basis).or_else(withdrawn)
}

/// Which ledger and which entries a form is about; none where it is of no ledger.
#[cfg(test)]
pub(super) fn about_of(form: &Form) -> (String, Vec<EntryId>) {
    let of = |basis: &EntryBasis| {
        (basis.ledger.name.clone(), basis.rows.iter().map(|row| row.row.id).collect::<Vec<_>>())
    };
    basis(form).map(of).unwrap_or_default()
}

#[cfg(test)]
mod tests;
