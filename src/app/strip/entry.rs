//! The strip above a form of a ledger: which ledger and entry, where it stands, whom it is about, what is due of it, what
//! was done with it last.

use super::{Strip, last, of_several, owes, who};
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::form::Form;
use crate::app::shown::lines::TextLine;
use crate::app::shown::pages::entry::{did_lines, due_said};
use crate::app::shown::sheet::{called, state_mood};
use crate::app::shown::table::Target;
use crate::domain::ledger::Link;
use crate::domain::text::after_name;
use crate::i18n::ledger::titled;
use crate::i18n::strip as say;
use crate::store::query::rows::{EntryBasis, EntryRow};

/// Whether it may come to be about a person: that is told once they are named.
fn names_a_person(basis: &EntryBasis) -> bool {
    basis.rows.is_empty()
        && basis
            .ledger
            .part(basis.above.is_some())
            .is_some_and(|part| part.links().any(|(_, link)| *link == Link::Person))
}

/// The strip of a form of a ledger: whom it is about and the number to call first. None of a new entry of which nothing is
/// known that its title does not say.
pub(super) fn strip(basis: &EntryBasis, form: &Form, ctx: &Ctx) -> Option<Strip> {
    let lang = ctx.lang;
    if basis.rows.len() > 1 {
        let name = |row: &EntryRow| Target::new(None, called(&basis.ledger, row).get(lang));
        let mut out = of_several(&basis.rows.iter().map(name).collect::<Vec<_>>(), lang);
        out.who.insert(0, TextLine::head(titled(&basis.ledger.title).get(lang)));
        return Some(out);
    }
    let row = basis.rows.first();
    let mut out = Strip::default();
    out.owes.extend(basis.due.iter().map(|due| due_said(&basis.ledger, due, ctx)));
    if let Some(did) = &basis.last {
        let of = row.or(basis.above.as_ref());
        let part = of.and_then(|row| basis.ledger.part(row.row.parent.is_some()));
        let said = did_lines(part, did, ctx).into_iter().next();
        let head = say::LAST_STEP.get(lang);
        out.last.extend(said.map(|said| TextLine::new(format!("{head} {}", said.text), said.mood)));
    }
    let [of] = form.whom.as_slice() else {
        let is_known = row.is_some() || basis.above.is_some();
        out.brief = out.owes.is_empty() && out.last.is_empty() && !names_a_person(basis);
        out.who = entry(basis, "", ctx);
        return (is_known || !out.brief).then_some(out);
    };
    let mut told = Strip::default();
    if let Some(dial) = form.known.as_deref() {
        who(of, dial, ctx, &mut told);
        owes(dial, ctx, &mut out.owes);
        if out.last.is_empty() || dial.last.is_some() {
            last(dial, ctx, &mut out.last);
        }
    }
    // What else is known of them is cut off before the entry.
    let mut rest = told.who.into_iter();
    out.number = told.number;
    out.who.extend(Some(TextLine::head(of.name.as_str())).filter(|_| !of.name.is_empty()));
    out.who.extend(rest.next());
    out.who.extend(entry(basis, &of.name, ctx));
    out.who.extend(rest);
    Some(out)
}

/// Which ledger, which entry, and where it stands; what is called as somebody told already is not named again.
pub(super) fn entry(basis: &EntryBasis, told: &str, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let mut out = vec![TextLine::head(titled(&basis.ledger.title).get(lang))];
    let row = basis.rows.first();
    let names = basis.above.iter().chain(row).map(|row| called(&basis.ledger, row).get(lang).to_owned());
    let rest = |name: String| after_name(&name, told).map(str::to_owned).unwrap_or(name);
    let names: Vec<String> = names.map(rest).filter(|name| !name.is_empty()).collect();
    if !names.is_empty() {
        out.push(TextLine::new(names.join(" · "), Mood::Plain));
    }
    if let Some(row) = row.filter(|row| !row.row.state.is_empty())
        && let Some(part) = basis.ledger.part(row.row.parent.is_some())
    {
        let state = titled(&part.state_title(&row.row.state));
        out.push(TextLine::new(state.get(lang), state_mood(part, &row.row.state)));
    }
    out
}
