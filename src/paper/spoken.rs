//! The thirty seconds at the leader's door: four sentences, said as one speaks. The first says what time it is and
//! whether anything is wrong; then the people, the reports, and what comes next.

use crate::domain::time::Ts;
use crate::i18n::spoken::{self as say, count, time};
use crate::i18n::{Lang, Say};
use crate::store::query::rows::{Since, Spoken};

/// How many units that are late are named.
const NAMED: usize = 2;

/// The four sentences.
pub fn sentences(spoken: &Spoken, lang: Lang) -> [String; 4] {
    [first(spoken, lang), people(spoken, lang), reports(spoken, lang), next(spoken, lang)]
}

/// The sentences as one text, for the chat.
pub fn text(spoken: &Spoken, lang: Lang) -> String {
    sentences(spoken, lang).join(match lang {
        Lang::Zh => "",
        Lang::En => " ",
    })
}

fn said(n: i64, lang: Lang) -> String {
    count(n).get(lang).to_owned()
}

fn hour(spoken: &Spoken, at: Ts, lang: Lang) -> String {
    time(spoken.calendar.local(at)).get(lang).to_owned()
}

/// A clause with its number in it.
type Clause = fn(&str) -> Say;

/// Clauses that apply, joined as in a sentence.
fn joined(clauses: Vec<(i64, Clause)>, lang: Lang) -> String {
    let applying = clauses.into_iter().filter(|(n, _)| *n > 0);
    let said: Vec<String> = applying.map(|(n, clause)| clause(&said(n, lang)).get(lang).to_owned()).collect();
    match (lang, said.as_slice()) {
        (Lang::Zh, all) => all.join("，"),
        (Lang::En, [before @ .., last]) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        (Lang::En, all) => all.join(", "),
    }
}

fn first(spoken: &Spoken, lang: Lang) -> String {
    let now = hour(spoken, spoken.now, lang);
    let wrong = joined(
        vec![
            (spoken.fever_new, |n| say::fever_new(n)),
            (spoken.unwell, |n| say::unwell(n)),
            (spoken.unnoticed, |n| say::unnoticed(n)),
            (spoken.overdue.len() as i64, |n| say::overdue(n)),
        ],
        lang,
    );
    let say = if wrong.is_empty() { say::calm(now) } else { say::wrong(now, wrong) };
    say.get(lang).to_owned()
}

fn people(spoken: &Spoken, lang: Lang) -> String {
    let (now, by) = (said(spoken.current, lang), spoken.current - spoken.before);
    if by == 0 && spoken.new == 0 && spoken.released == 0 {
        return say::same(now, since(spoken, true, lang)).get(lang).to_owned();
    }
    let since = since(spoken, by == 0, lang);
    let (difference, moved) = (said(by, lang), moved(spoken, lang));
    let say = match by {
        0 => say::exchanged(now, since, moved),
        1.. => say::more(now, since, difference, moved),
        _ => say::fewer(now, since, difference, moved),
    };
    say.get(lang).to_owned()
}

/// Who came and who left; a none is not said.
fn moved(spoken: &Spoken, lang: Lang) -> String {
    let (new, released) = (said(spoken.new, lang), said(spoken.released, lang));
    let say = match (spoken.new, spoken.released) {
        (0, 0) => Say::default(),
        (_, 0) => say::moved_in(new),
        (0, _) => say::moved_out(released),
        _ => say::moved_both(new, released),
    };
    say.get(lang).to_owned()
}

/// Since when it is told as new; `still` where the number is the same.
fn since(spoken: &Spoken, still: bool, lang: Lang) -> String {
    let at = hour(spoken, spoken.since, lang);
    let say = match (&spoken.why, still) {
        (Since::Told(_), false) => say::since_told(at),
        (Since::Told(_), true) => say::still_told(at),
        (Since::Shift, false) => say::since_shift(at),
        (Since::Shift, true) => say::still_shift(at),
        (Since::Day, false) => say::SINCE_DAY.into(),
        (Since::Day, true) => say::STILL_DAY.into(),
    };
    say.get(lang).to_owned()
}

fn reports(spoken: &Spoken, lang: Lang) -> String {
    let missing = spoken.expected - spoken.received;
    if spoken.expected == 0 {
        return say::NONE_DUE.get(lang).to_owned();
    }
    if missing == 0 {
        return say::all_in(said(spoken.expected, lang)).get(lang).to_owned();
    }
    let comma = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let list = spoken.overdue.iter().take(NAMED).cloned().collect::<Vec<_>>().join(comma);
    let names = match spoken.overdue.len() {
        0 => Say::default(),
        n if n > NAMED => say::names_more(list),
        _ => say::names(list),
    };
    let (received, expected) = (said(spoken.received, lang), said(spoken.expected, lang));
    say::some_in(received, expected, said(missing, lang), names.get(lang)).get(lang).to_owned()
}

fn next(spoken: &Spoken, lang: Lang) -> String {
    let waiting = joined(
        vec![
            (i64::from(spoken.due_release), |n| say::due_release(n)),
            (i64::from(spoken.promises_overdue), |n| say::promises(n)),
        ],
        lang,
    );
    if waiting.is_empty() {
        return say::NO_NEXT.get(lang).to_owned();
    }
    say::next(waiting).get(lang).to_owned()
}
