//! What entries propose, as a declaration says it.

use super::super::expr::ASKED;
use super::super::raise::{CASE_FIELDS, Raise, Set, Target, put_case};
use super::super::{Link, Part};
use super::shape::RaiseFile;
use super::{Read, Wrong, at, expression, is_name, settled};
use crate::domain::case::CaseFacts;
use crate::domain::time::Calendar;
use std::collections::BTreeMap;
use toml::Spanned;

/// Reads the proposals of entries, or of lines.
pub(super) fn all(part: &mut Part, above: Option<&Part>, files: Vec<RaiseFile>) -> Read<()> {
    for file in files {
        let raise = raise(part, above, file)?;
        part.raises.push(raise);
    }
    Ok(())
}

/// A case, or a ledger by its name with or without the word before it.
fn target(to: &Spanned<String>) -> Read<Target> {
    match to.get_ref().as_str() {
        "case" => Ok(Target::Case),
        // What the product speaks of, and this program does not have yet.
        "doubt" | "incident" => Err(at(to, Wrong::Raise)),
        name => {
            let name = name.strip_prefix("ledger:").unwrap_or(name);
            if is_name(name) { Ok(Target::Ledger(name.to_owned())) } else { Err(at(to, Wrong::Raise)) }
        }
    }
}

fn raise(part: &Part, above: Option<&Part>, file: RaiseFile) -> Read<Raise> {
    let to = file.to;
    let target = target(&to)?;
    let own = match &target {
        Target::Case => "case".to_owned(),
        Target::Ledger(name) => name.clone(),
    };
    let id = match &file.id {
        Some(id) if !is_name(id.get_ref()) => return Err(at(id, Wrong::Name)),
        Some(id) => id.get_ref().clone(),
        None => own,
    };
    if part.raise(&id).is_some() {
        return Err(at(file.id.as_ref().unwrap_or(&to), Wrong::Twice));
    }
    let is_about_somebody = |part: &Part| part.links().any(|(_, link)| *link == Link::Person);
    if target == Target::Case && !is_about_somebody(part) && !above.is_some_and(is_about_somebody) {
        return Err((to.span(), Wrong::Nobody));
    }
    let knows = |name: &str| part.column(name).is_some();
    let when = expression(&file.when, &knows)?;
    settled(part, above, &when, &file.when.span(), ASKED)?;
    let mut set = BTreeMap::new();
    for (name, word) in file.set {
        let span = word.span();
        let value = Set { expr: expression(&word, &knows)?, at: span.start };
        if target == Target::Case {
            if !CASE_FIELDS.contains(&name.as_str()) {
                return Err((span, Wrong::CaseField(name)));
            }
            let mut facts = CaseFacts::default();
            let fits = |value| put_case(&mut facts, &name, &value, Calendar::default());
            if !value.constant().is_none_or(fits) {
                return Err((span, Wrong::Value(name, word.into_inner())));
            }
        }
        set.insert(name, value);
    }
    Ok(Raise { id, target, title: file.title, when, set, at: to.span().start })
}
