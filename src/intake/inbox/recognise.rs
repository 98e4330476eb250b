//! What a file of the inbox is: of what kind and form, whose, of which day and round. Pure: from its name, its cells and
//! what is known; what is guessed says so, and what can mean several things is asked.

use crate::domain::form::{Form, What};
use crate::domain::ids::UnitId;
use crate::domain::inbox::{Source, days_in, habit, has_code, round_in};
use crate::domain::mark::Mark;
use crate::domain::office::RoundSetting;
use crate::domain::report::Round;
use crate::domain::text::fold;
use crate::error::Result;
use crate::i18n::inbox as words;
use crate::i18n::terms::Term as _;
use crate::intake::Known;
use crate::intake::cells::Cells;
use crate::intake::mapping::{self, Chosen};
use crate::intake::returned;
use crate::say::Say;
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// A sheet of more days ago is asked about.
const LONG_AGO: u64 = 7;

/// What is known besides the file.
#[derive(Debug, Clone)]
pub struct Hints {
    /// Today.
    pub today: NaiveDate,
    /// The day that is being collected.
    pub day: NaiveDate,
    /// The round that is being collected.
    pub round: Round,
    /// The rounds of a day.
    pub rounds: Vec<RoundSetting>,
    /// Names of files that came before, with whose they were; the newest first.
    pub senders: Vec<(String, UnitId)>,
}

/// What the officer said of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Of what kind it is.
    pub what: Option<What>,
    /// Whose rows are that name no unit.
    pub unit: Option<UnitId>,
    /// Of which day.
    pub day: Option<NaiveDate>,
    /// Of which round.
    pub round: Option<Round>,
    /// Whether a correction holds but the rows that change, or the whole report.
    pub part: Option<bool>,
}

/// What a file is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Of what kind.
    pub what: What,
    /// The form, as `name-version`.
    pub form: String,
    /// The day, and by what it is known.
    pub day: (NaiveDate, Source),
    /// The round, and by what it is known.
    pub round: (Round, Source),
    /// Whose it is by everything but its rows: those it may be, and by what that is known.
    pub units: (Vec<UnitId>, Source),
    /// What must be said before it can be taken in.
    pub asks: Vec<Say>,
}

/// Recognises a file.
///
/// # Errors
/// It has no header that is known.
pub fn recognise(
    file: &str,
    cells: &Cells,
    forms: &[Form],
    known: &Known,
    hints: &Hints,
    said: &Said,
) -> Result<Guess> {
    let mark = if said.what.is_none_or(|what| what == What::Report) { returned::mark(cells)? } else { None };
    if let Some(mark) = mark {
        return handed_out(cells, forms, known, hints, &mark, said);
    }
    let (what, chosen) = kind(file, cells, forms, said.what)?;
    let texts = Texts::of(file, cells, &chosen);
    let mut asks = Vec::new();
    let day = texts.day(hints, said, &mut asks);
    let round = texts.round(hints, said, day.0);
    let units = match said.unit {
        Some(unit) => (vec![unit], Source::Said),
        None => texts.units(known, hints),
    };
    // Rosters and units are of no day.
    asks.truncate(if what == What::Report { asks.len() } else { 0 });
    Ok(Guess { what, form: mapping::label(chosen.form), day, round, units, asks })
}

/// Sheets labelled with another day than the report's, beside one that is labelled with it: which they are.
pub fn sheets_of_other_days(
    cells: &Cells,
    chosen: &Chosen<'_>,
    day: NaiveDate,
    today: NaiveDate,
) -> Vec<usize> {
    let label = |at: usize| {
        let name = &cells.sheets[at].name;
        // 0216 is a room as well; and what holds no list says nothing of those that do.
        let is_day = name.chars().any(|c| !c.is_ascii_digit()) || name.len() >= 8;
        let days = if is_day && !chosen.sheets[at].is_empty() { days_in(name, today) } else { Vec::new() };
        days.first().copied().filter(|_| days.len() == 1)
    };
    let all: Vec<Option<NaiveDate>> = (0..cells.sheets.len()).map(label).collect();
    if !all.contains(&Some(day)) {
        return Vec::new();
    }
    (0..all.len()).filter(|at| all[*at].is_some_and(|other| other != day)).collect()
}

/// What a file says of another day than the one it is read for: its name, what stands above its headers, its sheets.
pub fn says_other_day(
    file: &str,
    cells: &Cells,
    chosen: &Chosen<'_>,
    day: NaiveDate,
    today: NaiveDate,
) -> Vec<Say> {
    let texts = Texts::of(file, cells, chosen);
    let other = |texts: &[&str]| -> Option<NaiveDate> {
        // By when it must be back is no day of its own.
        let own =
            texts.iter().filter(|text| !["前", "截止", "before", " by "].iter().any(|by| text.contains(by)));
        let days: BTreeSet<NaiveDate> = own.flat_map(|text| days_in(text, today)).collect();
        let (first, last) = (days.first().copied()?, days.last().copied()?);
        // Two are the ends of all that lies between.
        (!(first..=last).contains(&day)).then_some(first)
    };
    let said = [
        (other(&[texts.stem]), Source::Name),
        (other(&texts.titles), Source::Title),
        (other(&texts.sheets), Source::Sheet),
    ];
    let told = said.into_iter().filter_map(|(other, place)| Some((other?, place)));
    told.map(|(other, place)| words::says_other_day(place.word().zh, place.word().en, other, day)).collect()
}

/// A sheet that was handed out says all of it itself: what stands above its headers is for whoever fills it in, and its
/// deadline no day of its own.
fn handed_out(
    cells: &Cells,
    forms: &[Form],
    known: &Known,
    hints: &Hints,
    mark: &Mark,
    said: &Said,
) -> Result<Guess> {
    let form = forms.iter().find(|form| form.id == mark.form).map(mapping::label);
    let chosen = mapping::choose(forms, What::Report, cells, form.as_deref(), Some(mark.day))?;
    let day = said.day.unwrap_or(mark.day);
    let unit = said.unit.or_else(|| known.unit_by_code(&mark.unit).map(|unit| unit.id));
    Ok(Guess {
        what: What::Report,
        form: mapping::label(chosen.form),
        day: (day, Source::Said),
        round: (said.round.clone().unwrap_or_else(|| mark.round.clone()), Source::Said),
        units: (unit.into_iter().collect(), Source::Said),
        // Filled in ahead of its day it waits for it.
        asks: if day > hints.today { vec![words::day_to_come(day)] } else { Vec::new() },
    })
}

/// Of which kind a file is, by its headers; where they fit two, by its name.
fn kind<'f>(file: &str, cells: &Cells, forms: &'f [Form], said: Option<What>) -> Result<(What, Chosen<'f>)> {
    if let Some(what) = said {
        return Ok((what, mapping::choose(forms, what, cells, None, None)?));
    }
    let name = fold(file);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let order = if has(&["单位名册", "单位表", "units"]) {
        [What::Units, What::Report, What::Roster]
    } else if has(&["名册", "花名", "名单", "roster"]) {
        [What::Roster, What::Report, What::Units]
    } else {
        [What::Report, What::Roster, What::Units]
    };
    for what in order {
        if let Ok(chosen) = mapping::choose(forms, what, cells, None, None) {
            return Ok((what, chosen));
        }
    }
    Ok((What::Report, mapping::choose(forms, What::Report, cells, None, None)?))
}

/// The texts that may say whose a file is and of when.
struct Texts<'a> {
    file: &'a str,
    stem: &'a str,
    titles: Vec<&'a str>,
    sheets: Vec<&'a str>,
}

impl<'a> Texts<'a> {
    fn of(file: &'a str, cells: &'a Cells, chosen: &Chosen<'_>) -> Self {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let (mut titles, mut sheets) = (Vec::new(), Vec::new());
        for (sheet, mapping) in cells.sheets.iter().zip(&chosen.sheets) {
            let Some(mapping) = mapping.first().filter(|_| !sheet.very_hidden) else { continue };
            let above = (0..mapping.header.min(sheet.len())).flat_map(|at| sheet.row(at));
            titles.extend(above.map(|cell| sheet.text(cell)));
            sheets.push(sheet.name.as_str());
        }
        Self { file, stem, titles, sheets }
    }

    fn day(&self, hints: &Hints, said: &Said, asks: &mut Vec<Say>) -> (NaiveDate, Source) {
        if let Some(day) = said.day {
            return (day, Source::Said);
        }
        let all = |texts: &[&str]| -> Vec<NaiveDate> {
            let days = texts.iter().flat_map(|text| days_in(text, hints.today));
            days.collect::<BTreeSet<_>>().into_iter().collect()
        };
        let (name, titles) = (all(&[self.stem]), all(&self.titles));
        let found = match (name.as_slice(), titles.as_slice()) {
            ([name], [title]) if name != title => {
                asks.push(words::days_differ(name, title));
                return (*name, Source::Name);
            }
            ([name], _) => Some((*name, Source::Name)),
            (several, [title]) if several.is_empty() || several.contains(title) => {
                Some((*title, Source::Title))
            }
            ([], []) => match all(&self.sheets).as_slice() {
                [day] => Some((*day, Source::Sheet)),
                _ => None,
            },
            (name, titles) => {
                let all: BTreeSet<_> = name.iter().chain(titles).map(ToString::to_string).collect();
                let listed = Say::listed(all.iter().map(String::as_str));
                asks.push(words::days_several(listed.zh, listed.en));
                None
            }
        };
        let (day, source) = found.unwrap_or((hints.day, Source::Collected));
        if day > hints.today {
            asks.push(words::day_to_come(day));
        } else if source != Source::Collected && day < hints.today - Days::new(LONG_AGO) {
            asks.push(words::day_long_ago(day));
        }
        (day, source)
    }

    fn round(&self, hints: &Hints, said: &Said, day: NaiveDate) -> (Round, Source) {
        if let Some(round) = &said.round {
            return (round.clone(), Source::Said);
        }
        let within = |texts: &[&str]| {
            let found: BTreeSet<_> = texts.iter().filter_map(|text| round_in(text, &hints.rounds)).collect();
            let mut found = found.into_iter();
            found.next().filter(|_| found.next().is_none())
        };
        if let Some(round) = within(&[self.stem]) {
            return (round, Source::Name);
        }
        if let Some(round) = within(&self.titles) {
            return (round, Source::Title);
        }
        if let Some(round) = within(&self.sheets) {
            return (round, Source::Sheet);
        }
        // Of a day that is over the last round is meant as well as any.
        let last = || hints.rounds.last().map(|round| round.round.clone());
        let round = if day == hints.day { None } else { last() };
        (round.unwrap_or_else(|| hints.round.clone()), Source::Collected)
    }

    fn units(&self, known: &Known, hints: &Hints) -> (Vec<UnitId>, Source) {
        let all = |texts: &[&str]| -> Vec<UnitId> {
            let found = texts.iter().flat_map(|text| units_in(text, known));
            found.collect::<BTreeSet<_>>().into_iter().collect()
        };
        for (texts, source) in
            [(&[self.stem][..], Source::Name), (&self.titles, Source::Title), (&self.sheets, Source::Sheet)]
        {
            let found = all(texts);
            if !found.is_empty() {
                return (found, source);
            }
        }
        let own = habit(self.file);
        let mut units: Vec<UnitId> = hints
            .senders
            .iter()
            .filter(|(file, _)| !own.is_empty() && habit(file) == own)
            .map(|(_, unit)| *unit)
            .collect();
        units.sort_unstable();
        units.dedup();
        // Under one name from two units: a name that everybody uses.
        units.truncate(usize::from(units.len() == 1));
        (units, Source::Habit)
    }
}

/// The units that a text names, by name, short name or code: the longest names of a place, and of units that lie one
/// within the other the lowest.
pub fn units_in(text: &str, known: &Known) -> Vec<UnitId> {
    let folded = fold(text);
    let mut hits: Vec<(UnitId, std::ops::Range<usize>)> = Vec::new();
    for unit in &known.units {
        let names = [Some(unit.name.as_str()), unit.facts.short.as_deref()];
        for name in names.into_iter().flatten().map(fold).filter(|name| name.chars().count() > 1) {
            hits.extend(folded.match_indices(&name).map(|(at, found)| (unit.id, at..at + found.len())));
        }
    }
    let within = |inner: &std::ops::Range<usize>, outer: &std::ops::Range<usize>| {
        outer.len() > inner.len() && outer.start <= inner.start && inner.end <= outer.end
    };
    let longest = hits.iter().filter(|(_, at)| !hits.iter().any(|(_, other)| within(at, other)));
    let mut found: Vec<UnitId> = longest.map(|(unit, _)| *unit).collect();
    if found.is_empty() {
        found = known.units.iter().filter(|unit| has_code(text, &unit.code)).map(|unit| unit.id).collect();
    }
    found.sort_unstable();
    found.dedup();
    let lowest = |unit: &UnitId| !found.iter().any(|other| other != unit && known.is_within(*other, *unit));
    let mut out: Vec<UnitId> = found.iter().copied().filter(lowest).collect();
    if out.len() > 1 {
        out = out.into_iter().map(|unit| known.reporting_unit(unit)).collect();
        out.sort_unstable();
        out.dedup();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::builtins;
    use crate::domain::unit::{Unit, UnitFacts};
    use crate::intake::cells::{Mark, Sheet};
    use uuid::Uuid;

    fn id(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn known() -> Known {
        let unit = |n: u128, code: &str, name: &str, short: &str, parent: Option<u128>| Unit {
            id: id(n),
            code: code.to_owned(),
            name: name.to_owned(),
            facts: UnitFacts {
                short: (!short.is_empty()).then(|| short.to_owned()),
                parent: parent.map(id),
                reports: parent.map(|_| false),
                ..UnitFacts::default()
            },
        };
        Known::new(
            Vec::new(),
            vec![
                unit(1, "C01", "土木工程学院", "土木", None),
                unit(2, "C02", "土木工程学院测绘系", "测绘", Some(1)),
                unit(3, "C03", "海洋学院", "海洋", None),
                unit(4, "C04", "国际海洋学院", "", None),
            ],
        )
    }

    fn hints() -> Hints {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        Hints {
            today: day,
            day,
            round: Round::default(),
            rounds: vec![RoundSetting { round: Round::default(), name: String::new(), deadline: 600 }],
            senders: vec![("王老师发2.16.xlsx".to_owned(), id(3))],
        }
    }

    fn cells(rows: &[&[&str]]) -> Cells {
        let mut sheet = Sheet::new("Sheet1", false);
        for (row, texts) in rows.iter().enumerate() {
            for (col, text) in texts.iter().enumerate() {
                sheet.push(row as u32, col as u16, Mark::Text, text);
            }
        }
        sheet.finish(100);
        Cells { sheets: vec![sheet], digest: "d".to_owned(), ..Cells::default() }
    }

    fn see(file: &str, rows: &[&[&str]]) -> Guess {
        recognise(file, &cells(rows), &builtins(), &known(), &hints(), &Said::default()).unwrap()
    }

    const REPORT: &[&str] = &["单位", "工号", "姓名", "上午体温", "测量部位", "是否在湖北"];

    #[test]
    fn a_file_is_known_by_its_headers_and_its_name() {
        let guess = see("土木2.16.xlsx", &[REPORT, &["土木", "1", "王伟", "36.5"]]);
        assert_eq!((guess.what, &guess.units), (What::Report, &(vec![id(1)], Source::Name)));
        assert_eq!(guess.day, (NaiveDate::from_ymd_opt(2020, 2, 16).unwrap(), Source::Name));
        assert!(guess.asks.is_empty() && guess.form.starts_with("staff"), "{guess:?}");
        let roster = see("名册.xlsx", &[&["工号", "姓名", "单位", "性别"], &["1", "王伟", "土木", "男"]]);
        assert_eq!(roster.what, What::Roster);
        let units = see("单位.xlsx", &[&["单位编码", "单位名称", "联络人"], &["C01", "土木", "李娜"]]);
        assert_eq!(units.what, What::Units);
        let text = cells(&[&["今天", "天气"], &["晴", "5"]]);
        assert!(recognise("a.xlsx", &text, &builtins(), &known(), &hints(), &Said::default()).is_err());
    }

    #[test]
    fn whose_it_is_comes_from_the_name_the_title_or_who_sent_such_a_file_before() {
        for (file, units, source) in [
            ("国际海洋学院日报.xlsx", vec![id(4)], Source::Name),
            ("测绘0217.xlsx", vec![id(2)], Source::Name),
            ("C03_0217.xlsx", vec![id(3)], Source::Name),
            ("土木和海洋.xlsx", vec![id(1), id(3)], Source::Name),
            ("王老师发2.17(1).xlsx", vec![id(3)], Source::Habit),
            ("日报.xlsx", vec![], Source::Habit),
        ] {
            let guess = see(file, &[REPORT, &["", "1", "王伟", "36.5"]]);
            assert_eq!(guess.units, (units, source), "{file}");
        }
        let guess = see("日报.xlsx", &[&["海洋学院2月16日健康日报"], REPORT, &["", "1", "王伟", "36.5"]]);
        assert_eq!(guess.units, (vec![id(3)], Source::Title));
        assert_eq!(guess.day, (NaiveDate::from_ymd_opt(2020, 2, 16).unwrap(), Source::Title));
    }

    #[test]
    fn a_day_that_can_be_two_or_none_is_asked() {
        let row: &[&str] = &["土木", "1", "王伟", "36.5"];
        for (file, title) in [
            ("土木2.16.xlsx", "2月17日健康日报"),
            ("土木2.16-2.17.xlsx", "健康日报"),
            ("土木2.18.xlsx", "健康日报"),
            ("土木1.20.xlsx", "健康日报"),
        ] {
            let guess = see(file, &[&[title], REPORT, row]);
            assert_eq!(guess.asks.len(), 1, "{file}: {guess:?}");
        }
        let said = Said { day: Some(hints().day), ..Said::default() };
        let rows = cells(&[REPORT, row]);
        let told = recognise("土木2.18.xlsx", &rows, &builtins(), &known(), &hints(), &said).unwrap();
        assert!(told.asks.is_empty() && told.day.1 == Source::Said);
        // What the name leaves open the title settles; without either it is what is being collected.
        assert!(see("土木2.16-2.17.xlsx", &[&["2月17日"], REPORT, row]).asks.is_empty());
        assert_eq!(see("土木.xlsx", &[REPORT, row]).day, (hints().day, Source::Collected));
    }

    #[test]
    fn a_sheet_that_was_handed_out_says_itself_what_it_is() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 16).unwrap();
        let form = crate::domain::report::FormRef { name: "staff".to_owned(), version: 2 };
        let mark =
            crate::domain::mark::Mark { form, unit: "C03".to_owned(), day, round: Round("pm".to_owned()) };
        let (code, row) = (format!("回收码：{}", mark.line()), &["", "1", "王伟", "36.5"][..]);
        let above: &[&str] = &["土木工程学院  2020-02-16  请在 2020-02-17 10:00 前发回"];
        let guess = see("土木2.14.xlsx", &[above, &[&code], REPORT, row]);
        assert_eq!((guess.day, guess.round), ((day, Source::Said), (Round("pm".to_owned()), Source::Said)));
        assert_eq!((guess.units, guess.form.as_str()), ((vec![id(3)], Source::Said), "staff-2"));
        assert!(guess.asks.is_empty(), "{:?}", guess.asks);
        // Without the code the name's day is taken, or the two above the headers are asked about.
        assert_eq!(see("土木2.14.xlsx", &[above, REPORT, row]).day.1, Source::Name);
        assert_eq!(see("土木.xlsx", &[above, REPORT, row]).asks.len(), 1);
        assert!(see("土木.xlsx", &[above, &[&code], REPORT, row]).asks.is_empty());
    }
}
