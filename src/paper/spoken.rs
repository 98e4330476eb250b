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

/// An English word or phrase by whether it is about one or several.
fn of(n: i64, one: &'static str, several: &'static str) -> &'static str {
    if n == 1 { one } else { several }
}

/// A clause with its number in it, as said and as it is.
type Clause = fn(&str, i64) -> Say;

/// Clauses that apply, joined as in a sentence.
fn joined(clauses: Vec<(i64, Clause)>, lang: Lang) -> String {
    let applying = clauses.into_iter().filter(|(n, _)| *n > 0);
    let said: Vec<String> =
        applying.map(|(n, clause)| clause(&said(n, lang), n).get(lang).to_owned()).collect();
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
            (spoken.fever_new, |said, _| say::fever_new(said)),
            (spoken.unwell, |said, _| say::unwell(said)),
            (spoken.unnoticed, |said, _| say::unnoticed(said)),
            (spoken.overdue.len() as i64, |said, n| {
                say::overdue(said, of(n, "unit is late with its report", "units are late with their report"))
            }),
        ],
        lang,
    );
    let say = if wrong.is_empty() { say::calm(now) } else { say::wrong(now, wrong) };
    say.get(lang).to_owned()
}

fn people(spoken: &Spoken, lang: Lang) -> String {
    let (now, by) = (said(spoken.current, lang), spoken.current - spoken.before);
    let whom = of(spoken.current, "person", "people");
    let unmoved = by == 0 && spoken.new == 0 && spoken.released == 0;
    let since = since(spoken, by == 0, lang);
    let (difference, moved) = (said(by, lang), moved(spoken, lang));
    // Nobody is not said as a number of people.
    let say = match (spoken.current, by) {
        (0, _) if unmoved => say::none_still(since),
        (0, 0) => say::none_moved(since, moved),
        (0, _) => say::none_now(since, difference, moved),
        _ if unmoved => say::same(now, whom, since),
        (_, 0) => say::exchanged(now, whom, since, moved),
        (_, 1..) => say::more(now, whom, since, difference, moved),
        _ => say::fewer(now, whom, since, difference, moved),
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
        let all = said(spoken.expected, lang);
        let units = match spoken.expected {
            1 => "The one unit that has to report sent its report".to_owned(),
            _ => format!("All {all} units sent their report"),
        };
        return say::all_in(all, units).get(lang).to_owned();
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
    let have = of(spoken.received, "has", "have");
    let units = of(spoken.expected, "unit", "units");
    let are = of(missing, "is", "are");
    if spoken.received == 0 {
        let say = match spoken.expected {
            1 => say::one_missing(names.get(lang)),
            _ => say::none_in(expected, units, names.get(lang)),
        };
        return say.get(lang).to_owned();
    }
    say::some_in(received, expected, units, have, said(missing, lang), are, names.get(lang))
        .get(lang)
        .to_owned()
}

fn next(spoken: &Spoken, lang: Lang) -> String {
    let waiting = joined(
        vec![
            (i64::from(spoken.due_release), |said, n| {
                say::due_release(
                    said,
                    of(n, "has finished observation and waits", "have finished observation and wait"),
                )
            }),
            (i64::from(spoken.promises_overdue), |said, n| {
                say::promises(said, of(n, "promised answer is", "promised answers are"))
            }),
        ],
        lang,
    );
    if waiting.is_empty() {
        return say::NO_NEXT.get(lang).to_owned();
    }
    say::next(waiting).get(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sitrep::Figures;
    use crate::domain::time::Calendar;

    fn spoken(n: i64) -> Spoken {
        let names = ["A", "B", "C"].map(str::to_owned);
        Spoken {
            now: Ts(0),
            calendar: Calendar::default(),
            since: Ts(0),
            why: Since::Day,
            before: n,
            current: n,
            new: 0,
            released: 0,
            fever_new: 0,
            unwell: n,
            unnoticed: 0,
            expected: 4,
            received: 4 - n,
            overdue: names[..n as usize].to_vec(),
            promises_overdue: n as u32,
            due_release: n as u32,
            figures: Figures::default(),
            day: chrono::NaiveDate::default(),
            boundary: 0,
        }
    }

    #[test]
    fn one_is_said_as_one_and_several_as_several() {
        let one = text(&spoken(1), Lang::En);
        for part in [
            "one of those under observation not well and one unit is late with its report",
            "We are following one person, no change",
            "three of four units have sent a report; one is still missing (A)",
            "one has finished observation and waits to be released and one promised answer is overdue",
        ] {
            assert!(one.contains(part), "{part}: {one}");
        }
        let three = text(&spoken(3), Lang::En);
        for part in [
            "three units are late with their report",
            "We are following three people",
            "one of four units has sent a report; three are still missing (A, B and others)",
            "three have finished observation and wait to be released and three promised answers are overdue",
        ] {
            assert!(three.contains(part), "{part}: {three}");
        }
        let mut all = spoken(1);
        (all.expected, all.received) = (1, 1);
        assert!(text(&all, Lang::En).contains("The one unit that has to report sent its report today."));
        (all.expected, all.received) = (1, 0);
        assert!(text(&all, Lang::En).contains("the one unit that has to report has not come (A), and"));
        (all.expected, all.received) = (4, 0);
        assert!(
            text(&all, Lang::En).contains("Today no report has come from any of the four units (A), and")
        );
        assert!(text(&all, Lang::Zh).contains("今天该报的四个单位均未报送（A），正在催。"));
        (all.expected, all.received) = (4, 4);
        assert!(text(&all, Lang::En).contains("All four units sent their report today."));
    }

    #[test]
    fn nobody_is_not_said_as_a_number_of_people() {
        let mut none = spoken(1);
        for (before, new, released, zh, en) in [
            (
                0,
                0,
                0,
                "目前没有重点关注人员，从昨天这时候到现在没有变化。",
                "We are following nobody, no change",
            ),
            (
                0,
                1,
                1,
                "目前没有重点关注人员，从昨天这时候到现在总数没变，新增一人、解除一人。",
                "nobody, as before",
            ),
            (
                2,
                0,
                2,
                "目前没有重点关注人员，比昨天这时候少了两人，解除两人。",
                "We are following nobody any more, two fewer",
            ),
        ] {
            (none.current, none.before, none.new, none.released) = (0, before, new, released);
            let said = [text(&none, Lang::Zh), text(&none, Lang::En)];
            assert!(said[0].contains(zh) && said[1].contains(en), "{said:?}");
            assert!(!said[0].contains('零') && !said[1].contains("zero"), "{said:?}");
        }
    }
}
