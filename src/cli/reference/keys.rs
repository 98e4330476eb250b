//! Keys, from the table of keys.

use super::{Line, Part, codes, section, words};
use crate::app::keymap::{BINDINGS, Binding, Context, Key, PAGES};
use crate::i18n::reference as say;
use crate::say::{Lang, Word};
use crossterm::event::{KeyCode, KeyModifiers};

pub(super) fn parts(lang: Lang) -> Vec<Part> {
    let keyed = BINDINGS.iter().filter(|binding| !binding.keys.is_empty());
    let by_name = BINDINGS.iter().filter(|binding| binding.keys.is_empty() && !binding.name.is_empty());
    let keyed = keyed.map(|binding| {
        let keys: Vec<String> = binding.keys.iter().map(|key| spelled(*key)).collect();
        vec![
            codes(keys.iter().map(String::as_str)),
            words(binding.words.get(lang)),
            name(binding),
            words(places(binding.at, lang)),
        ]
    });
    let by_name = by_name
        .map(|binding| vec![name(binding), words(binding.words.get(lang)), words(places(binding.at, lang))]);
    let does = say::DOES.get(lang);
    let place = say::WHERE.get(lang);
    let [title, table] = section(
        say::KEYS.get(lang),
        vec![say::KEY.get(lang), does, say::BY_NAME.get(lang), place],
        keyed.collect(),
    );
    let named = Part::Table(vec![say::BY_NAME.get(lang), does, place], by_name.collect());
    vec![title, table, Part::Heading(2, words(say::PALETTE.get(lang))), named]
}

fn name(binding: &Binding) -> Line {
    if binding.name.is_empty() { Line::new() } else { codes([format!(":{}", binding.name).as_str()]) }
}

/// A key as the manual spells it.
fn spelled(key: Key) -> String {
    let plain = Key { mods: KeyModifiers::NONE, ..key };
    let name = match plain.code {
        KeyCode::BackTab => "Shift-Tab".to_owned(),
        KeyCode::Up => "↑".to_owned(),
        KeyCode::Down => "↓".to_owned(),
        KeyCode::Left => "←".to_owned(),
        KeyCode::Right => "→".to_owned(),
        KeyCode::Char(c) if !key.mods.is_empty() => c.to_uppercase().to_string(),
        _ => plain.name(),
    };
    match () {
        () if key.mods.contains(KeyModifiers::CONTROL) => format!("Ctrl-{name}"),
        () if key.mods.contains(KeyModifiers::ALT) => format!("Alt-{name}"),
        () => name,
    }
}

/// So many pages at most are named as the ones where a key does not work.
const FEW: usize = 5;

/// Where a key works.
fn places(at: &[Context], lang: Lang) -> String {
    let between = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let listed = |all: Vec<Context>| {
        let all: Vec<&str> = all.into_iter().map(|one| place(one).get(lang)).collect();
        all.join(between)
    };
    let without: Vec<Context> = PAGES.iter().filter(|page| !at.contains(page)).copied().collect();
    let besides: Vec<Context> = at.iter().filter(|one| !PAGES.contains(one)).copied().collect();
    if without.len() > FEW {
        return listed(at.to_vec());
    }
    let mut out = if without.is_empty() {
        say::EVERYWHERE.get(lang).to_owned()
    } else {
        format!("{}{}", say::BUT.get(lang), listed(without))
    };
    if !besides.is_empty() {
        out = format!("{out}{}{}", say::AND.get(lang), listed(besides));
    }
    out
}

const fn place(context: Context) -> Word {
    match context {
        Context::Board => say::BOARD,
        Context::Units => say::UNITS,
        Context::Outstanding => say::OUTSTANDING,
        Context::Cases => say::CASES,
        Context::Doubts => say::DOUBTS,
        Context::Due => say::DUE,
        Context::People => say::PEOPLE,
        Context::Ledgers => say::LEDGERS,
        Context::Ledger => say::LEDGER,
        Context::Entry => say::ENTRY,
        Context::Log => say::LOG,
        Context::Handover => say::HANDOVER,
        Context::Sitrep => say::SITREP,
        Context::Told => say::TOLD,
        Context::Shifts => say::SHIFTS,
        Context::Callers => say::CALLERS,
        Context::Inbox => say::INBOX,
        Context::Received => say::RECEIVED_REPORT,
        Context::Columns => say::COLUMNS_PAGE,
        Context::Spoken => say::SPOKEN,
        Context::Behind => say::BEHIND,
        Context::Dossier => say::DOSSIER,
        Context::Unit => say::UNIT,
        Context::Contacts => say::CONTACTS,
        Context::Contact => say::CONTACT,
        Context::Filter => say::FILTER,
        Context::Form => say::FORM,
        Context::Find => say::FIND,
        Context::Results => say::RESULTS,
        Context::Palette => say::PALETTE_OPEN,
        Context::Question => say::QUESTION,
        Context::Pick => say::PICK,
        Context::Walk => say::WALK,
        Context::Working => say::WORKING,
        Context::Reading => say::READING,
        Context::Help => say::HELP_OPEN,
        Context::Paper => say::PAPER,
        Context::Locked => say::LOCKED,
    }
}
