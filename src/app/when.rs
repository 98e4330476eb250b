//! Times and days as typed into forms.

use crate::domain::time::{Calendar, Ts};
use crate::domain::when::{parse, parse_at};
use crate::i18n::screen as say;
use crate::say::{Lang, Say};
use chrono::NaiveDate;

/// A time to come, if one was typed.
pub fn coming(text: &str, now: Ts, cal: Calendar) -> Result<Option<Ts>, Say> {
    if text.is_empty() {
        return Ok(None);
    }
    parse(text, now, cal).map(|parsed| Some(parsed.at)).map_err(|unread| both(&unread.into()))
}

/// A time gone by, if one was typed.
pub fn gone(text: &str, now: Ts, cal: Calendar) -> Result<Option<Ts>, Say> {
    if text.is_empty() {
        return Ok(None);
    }
    parse_at(text, now, cal).map(Some).map_err(|unread| both(&unread.into()))
}

/// How a typed time is understood, to show while it is typed.
pub fn understood(text: &str, now: Ts, cal: Calendar) -> Option<Say> {
    let parsed = parse(text, now, cal).ok()?;
    let at = cal.brief(parsed.at, now);
    Some(if parsed.next_day { say::means_tomorrow(at) } else { Say::same(format!("= {at}")) })
}

/// How many days ahead a day of no year may lie and still be this year's.
const NEAR: i64 = 31;

/// A day on which something was: `2020-02-17`, `02-17` of this year or, where that is still to come, of the last; or
/// `今天` and `昨天`.
pub fn day(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Say> {
    use chrono::Datelike;
    let text = text.trim().replace(['/', '.', '年', '月'], "-");
    let text = text.trim_end_matches('日');
    match text {
        "" => return Ok(None),
        "今天" | "today" => return Ok(Some(today)),
        "昨天" | "yesterday" => return Ok(today.pred_opt()),
        _ => {}
    }
    let whole = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    let of = |year: i32| NaiveDate::parse_from_str(&format!("{year}-{text}"), "%Y-%m-%d");
    let part = || {
        let last = of(today.year() - 1);
        let near = of(today.year()).ok().filter(|date| (*date - today).num_days() <= NEAR || last.is_err());
        near.map_or(last, Ok)
    };
    whole.or_else(|_| part()).map(Some).map_err(|_| say::bad_day(text))
}

/// An error in both languages.
pub fn both(error: &crate::error::Error) -> Say {
    Say { zh: error.text(Lang::Zh), en: error.text(Lang::En) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_its_year_is_the_last_one_that_was() {
        let today = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        let read = |text: &str| day(text, today).unwrap().unwrap().to_string();
        for (text, date) in [
            ("12-31", "2019-12-31"),
            ("12月31日", "2019-12-31"),
            ("02-16", "2020-02-16"),
            ("2/17", "2020-02-17"),
            ("02-29", "2020-02-29"),
            ("昨天", "2020-02-16"),
            ("2019-02-17", "2019-02-17"),
        ] {
            assert_eq!(read(text), date, "{text}");
        }
        assert!(day("02-30", today).is_err() && day("soon", today).is_err());
    }
}
