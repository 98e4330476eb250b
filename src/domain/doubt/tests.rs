//! Each contradiction with what raises it, what goes on, and which later sheet ends it.

use super::watch::{Row, Step, Watch};
use super::*;
use crate::domain::report::Site;
use std::collections::HashMap;
use std::sync::OnceLock;
use uuid::Uuid;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, number).unwrap()
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn unit() -> UnitId {
    UnitId(Uuid::from_u128(99))
}

/// What one person's row says beside an ordinary one.
#[derive(Clone, Default)]
struct Said {
    who: u128,
    temp: Option<i16>,
    place: Option<&'static str>,
    in_hubei: Option<bool>,
    left: bool,
    status: Option<&'static str>,
    rest: Vec<(&'static str, &'static str)>,
    all: Option<u64>,
}

fn said(rest: &[(&'static str, &'static str)]) -> Said {
    Said { who: 1, rest: rest.to_vec(), ..Said::default() }
}

const HOME: &str = "山东省青岛市崂山区";

/// Days with rows, one after the other: what each sheet raises and closes.
struct Sheets<'r> {
    watch: Watch<'r>,
    open: HashMap<DoubtId, Doubt>,
}

impl Sheets<'static> {
    fn new() -> Self {
        Self { watch: Watch::new(unit(), Rules::builtin(), []), open: HashMap::new() }
    }

    fn send(&mut self, number: u32, rows: &[Said]) -> Vec<Step> {
        let out = send(&mut self.watch, number, rows, false);
        for step in &out {
            match step {
                Step::Raised(doubt) => drop(self.open.insert(doubt.id, doubt.clone())),
                Step::Closed { id, .. } => {
                    assert!(self.open.remove(id).is_some(), "only what is open is closed");
                }
            }
        }
        out
    }

    /// Which contradictions are open after it.
    fn checks(&mut self, number: u32, row: Said) -> Vec<Check> {
        self.send(number, &[row]);
        let mut all: Vec<Check> = self.open.values().map(|doubt| doubt.check).collect();
        all.sort();
        all
    }
}

fn send(watch: &mut Watch<'_>, number: u32, rows: &[Said], known: bool) -> Vec<Step> {
    send_at(watch, number, None, rows, known)
}

fn send_at(watch: &mut Watch<'_>, number: u32, minute: Option<i32>, rows: &[Said], known: bool) -> Vec<Step> {
    let mut out = Vec::new();
    watch.begin(day(number), &Round::default(), known, minute);
    for row in rows {
        // Not everybody is equally warm.
        let temp = row.temp.unwrap_or(361 + i16::try_from(row.who % 6).unwrap());
        let rest =
            |field: &str| row.rest.iter().find(|(known, _)| *known == field).map_or("", |(_, said)| said);
        let row = Row {
            person: person(row.who),
            temp_am: Some(temp),
            temp_pm: Some(366),
            site: Some(Site::Axillary),
            place: row.place.unwrap_or(HOME),
            in_hubei: row.in_hubei.or(Some(false)),
            left_city: Some(row.left),
            status: row.status.unwrap_or("normal"),
            // Another one each day, unless the row is meant to be the same.
            all: row.all.unwrap_or(u64::from(number)),
            answers: row.all.unwrap_or_default(),
            get: &rest,
        };
        watch.row(&row, &row, &mut out);
    }
    watch.end(&mut out);
    out
}

fn of(row: Said) -> Vec<Doubt> {
    let raised = |step| match step {
        Step::Raised(doubt) => Some(doubt),
        Step::Closed { .. } => None,
    };
    Sheets::new().send(17, &[row]).into_iter().filter_map(raised).collect()
}

fn one(row: Said) -> (Check, String, String) {
    let all = of(row);
    let [doubt] = all.as_slice() else { panic!("{all:?}") };
    (doubt.check, doubt.one.said.clone(), doubt.other.said.clone())
}

#[test]
fn an_ordinary_row_is_not_doubted() {
    assert_eq!(of(said(&[("symptoms", "无"), ("household", "无异常"), ("via_hubei", "0")])), []);
}

#[test]
fn a_fever_beside_well_is_asked_about_each_day_anew() {
    let hot = Said { temp: Some(378), ..said(&[("symptoms", "无")]) };
    assert_eq!(one(hot.clone()), (Check::FeverSaidWell, "37.8".to_owned(), "normal".to_owned()));
    // The answer is the symptoms where the form has no state; unanswered is none.
    let by_symptoms = Said { status: Some(""), ..hot.clone() };
    assert_eq!(one(by_symptoms).2, "无");
    assert_eq!(of(Said { status: Some(""), rest: Vec::new(), ..hot.clone() }), []);
    assert_eq!(of(Said { rest: vec![("symptoms", "发热")], ..hot.clone() }), []);
    assert_eq!(of(Said { temp: Some(372), ..hot.clone() }), []);
    let mut sheets = Sheets::new();
    sheets.send(16, std::slice::from_ref(&hot));
    let steps = sheets.send(17, &[hot]);
    assert!(
        matches!(steps[..], [Step::Closed { .. }, Step::Raised(_)]),
        "yesterday's gives way to today's: {steps:?}"
    );
    // Well again answers nothing; that they were unwell does.
    assert_eq!(sheets.checks(18, said(&[])), [Check::FeverSaidWell]);
    assert_eq!(sheets.checks(19, said(&[("symptoms", "咳嗽")])), []);
}

#[test]
fn hubei_denied() {
    let there = Said { place: Some("湖北省孝感市孝南区"), ..said(&[]) };
    assert_eq!(one(there.clone()), (Check::HubeiDenied, "湖北省孝感市孝南区".to_owned(), "0".to_owned()));
    assert_eq!(of(Said { in_hubei: Some(true), ..there.clone() }), []);
    let leg = [("destination", "湖北省武汉市"), ("left_on", "2020-02-10")];
    assert_eq!(one(Said { left: true, ..said(&leg) }).0, Check::HubeiDenied);
    // Back from there is no contradiction; "not through there" is.
    let back = [("destination", "湖北省武汉市"), ("left_on", "2020-01-10"), ("returned_on", "2020-01-20")];
    assert_eq!(of(said(&back)), []);
    let denied: Vec<_> = back.into_iter().chain([("via_hubei", "0")]).collect();
    assert_eq!(of(said(&denied))[0].other.field, "via_hubei");
    // Where the number is from, and not the number.
    let phone = one(said(&[("phone", "0712-0000-0000")]));
    assert_eq!((phone.0, phone.1.as_str()), (Check::HubeiDenied, "0712"));
    assert_eq!(of(said(&[("phone", "053200000000")])), []);
    let mut sheets = Sheets::new();
    assert_eq!(sheets.checks(15, there.clone()), [Check::HubeiDenied]);
    assert_eq!(sheets.checks(16, there.clone()), [Check::HubeiDenied], "it goes on");
    assert_eq!(sheets.open.values().next().unwrap().day, day(15));
    assert_eq!(sheets.checks(17, Said { in_hubei: Some(true), ..there }), []);
}

#[test]
fn another_place_without_a_journey() {
    let elsewhere = Said { place: Some("山东省烟台市福山区"), ..said(&[]) };
    let mut sheets = Sheets::new();
    sheets.send(14, &[said(&[])]);
    assert_eq!(sheets.checks(15, elsewhere.clone()), [Check::Moved]);
    let doubt = sheets.open.values().next().unwrap().clone();
    assert_eq!((doubt.one, doubt.other.day), (Value::new("place", day(14), HOME), day(15)));
    // The same place again is no answer; a journey is.
    assert_eq!(sheets.checks(16, elsewhere.clone()), [Check::Moved]);
    assert_eq!(sheets.checks(17, Said { left: true, ..elsewhere.clone() }), []);
    let mut sheets = Sheets::new();
    sheets.send(14, &[said(&[])]);
    sheets.send(15, std::slice::from_ref(&elsewhere));
    assert_eq!(sheets.checks(16, said(&[])), [], "back where they were: it was a slip, and no new question");
    assert_eq!(sheets.checks(17, elsewhere.clone()), [Check::Moved]);
    // As far as both say it.
    let mut sheets = Sheets::new();
    sheets.send(14, &[Said { place: Some("山东省青岛市"), ..said(&[]) }]);
    assert_eq!(sheets.checks(15, said(&[])), []);
    // What was said longer ago than is remembered is not held against it.
    let mut sheets = Sheets::new();
    sheets.send(1, &[said(&[])]);
    assert_eq!(sheets.checks(16, elsewhere), []);
}

#[test]
fn those_they_live_with_and_a_return_before_leaving() {
    let family = "配偶为定点医院医护";
    let mut sheets = Sheets::new();
    assert_eq!(sheets.checks(15, said(&[("household", family)])), [Check::Household]);
    assert_eq!(sheets.checks(16, said(&[])), [Check::Household], "not asked is no answer");
    let other = sheets.send(17, &[said(&[("household", "岳父母来青")])]);
    assert_eq!(other.len(), 2, "other words are another question: {other:?}");
    assert_eq!(sheets.checks(18, said(&[("household", "无异常")])), []);
    let wrong = [("left_on", "2020-02-12"), ("returned_on", "2020-02-08")];
    let right = [("left_on", "2020-02-02"), ("returned_on", "2020-02-08")];
    let mut sheets = Sheets::new();
    assert_eq!(sheets.checks(15, said(&wrong)), [Check::ReturnBeforeLeaving]);
    assert_eq!(sheets.checks(16, said(&[])), [Check::ReturnBeforeLeaving]);
    assert_eq!(sheets.checks(17, said(&right)), []);
}

#[test]
fn the_same_row_for_days_is_asked_about_one_by_one_or_for_the_unit() {
    let same = |who| Said { who, all: Some(7), ..Said::default() };
    let mut sheets = Sheets::new();
    for number in 10..14 {
        assert_eq!(sheets.send(number, &[same(1)]), [], "{number}");
    }
    assert_eq!(sheets.checks(14, same(1)), [Check::Unchanged]);
    let doubt = sheets.open.values().next().unwrap();
    assert_eq!((doubt.one.day, doubt.day), (day(10), day(14)));
    assert_eq!(sheets.send(15, &[same(1)]), []);
    assert_eq!(sheets.checks(16, said(&[])), [], "it changed");
    let all: Vec<Said> = (1..=6).map(same).collect();
    let mut sheets = Sheets::new();
    for number in 10..15 {
        sheets.send(number, &all);
    }
    let open: Vec<&Doubt> = sheets.open.values().collect();
    assert_eq!(open.len(), 1, "sixty people are one call");
    assert_eq!((open[0].about, open[0].one.said.as_str()), (Subject::Unit(unit()), "6"));
    assert_eq!(sheets.send(15, &all), []);
    let changed: Vec<Said> = (1..=6).map(|who| Said { who, ..Said::default() }).collect();
    assert!(matches!(sheets.send(16, &changed)[..], [Step::Closed { .. }]));
}

#[test]
fn twice_in_a_sheet_or_not_in_it() {
    let both = [said(&[]), said(&[])];
    let mut sheets = Sheets::new();
    assert!(
        matches!(&sheets.send(15, &both)[..], [Step::Raised(doubt)] if doubt.check == Check::ListedTwice)
    );
    assert_eq!(sheets.checks(16, said(&[])), []);
    let other = Said { who: 2, ..Said::default() };
    let mut sheets = Sheets::new();
    sheets.send(14, &[said(&[]), other.clone()]);
    let steps = sheets.send(15, std::slice::from_ref(&other));
    assert!(matches!(&steps[..], [Step::Raised(doubt)] if doubt.check == Check::MissingFromSheet));
    assert_eq!(sheets.send(16, std::slice::from_ref(&other)), [], "one question, however many days");
    assert_eq!(sheets.send(17, &[]), [], "a report without rows has nobody to miss");
    sheets.send(18, &[said(&[]), other]);
    assert!(sheets.open.is_empty());
}

#[test]
fn a_rule_that_is_switched_off_raises_nothing() {
    let off = crate::domain::rules::BUILTIN
        .replace("check = \"household\"", "enabled = false\ncheck = \"household\"");
    let rules = Rules::parse(&off).unwrap();
    let mut watch = Watch::new(unit(), &rules, []);
    assert_eq!(send(&mut watch, 17, &[said(&[("household", "配偶发热")])], false), []);
    assert!(Check::ALL.iter().all(|check| Rules::builtin().doubting(*check, day(17)).is_some()));
}

/// Looked through from any day on, with what was open then, the same comes of it as from the first.
#[test]
fn beginning_in_the_middle_comes_to_the_same() {
    let places = [HOME, "山东省烟台市福山区", "湖北省孝感市"];
    let row = |who: u128, number: u32| {
        let roll = (who * 7 + u128::from(number) * 13 + (u128::from(number) * who) % 5) % 11;
        Said {
            who,
            temp: Some(if roll == 3 { 380 } else { 365 }),
            place: Some(places[usize::from(roll > 7) + usize::from(roll == 10)]),
            left: roll == 6,
            rest: if roll % 4 == 1 {
                vec![("household", "家人隔离")]
            } else {
                vec![("household", "无")]
            },
            all: Some(if who > 3 { 5 } else { u64::from(number) }),
            ..Said::default()
        }
    };
    let rows = |number: u32| -> Vec<Said> {
        (1..=9).filter(|who| (who + u128::from(number)) % 6 != 0).map(|who| row(who, number)).collect()
    };
    // For days at the same minute, and now and then nobody knows when.
    let minute = |number: u32| (!number.is_multiple_of(5)).then_some(i32::try_from(number / 9).unwrap());
    let mut whole = Watch::new(unit(), Rules::builtin(), []);
    let mut open: HashMap<DoubtId, Doubt> = HashMap::new();
    let mut days = Vec::new();
    for number in 1..=28 {
        let before: Vec<Doubt> = open.values().cloned().collect();
        let steps = send_at(&mut whole, number, minute(number), &rows(number), false);
        for step in &steps {
            match step {
                Step::Raised(doubt) => drop(open.insert(doubt.id, doubt.clone())),
                Step::Closed { id, .. } => drop(open.remove(id)),
            }
        }
        days.push((number, before, steps));
    }
    let raised = |check| {
        let is = |step: &Step| matches!(step, Step::Raised(doubt) if doubt.check == check);
        days.iter().any(|(.., steps)| steps.iter().any(is))
    };
    assert!(raised(Check::SameMinute) && raised(Check::FlatTemperatures) && raised(Check::Moved));
    assert!(days.iter().map(|(.., steps)| steps.len()).sum::<usize>() > 40, "there is something to compare");
    for (number, before, steps) in &days {
        let mut watch = Watch::new(unit(), Rules::builtin(), before.clone());
        let first = number.saturating_sub(u32::try_from(REMEMBERED).unwrap()).max(1);
        for known in first..*number {
            assert_eq!(send_at(&mut watch, known, minute(known), &rows(known), true), []);
        }
        assert_eq!(
            &send_at(&mut watch, *number, minute(*number), &rows(*number), false),
            steps,
            "from {number} on"
        );
    }
}

#[test]
fn the_id_is_that_of_the_values_and_comes_back_from_what_is_written() {
    let first = of(said(&[("household", "配偶发热")])).remove(0);
    let again = of(said(&[("household", "配偶发热")])).remove(0);
    let other = of(said(&[("household", "配偶发热！")])).remove(0);
    assert_eq!(first, again);
    assert_ne!(first.id, other.id);
    let written = serde_json::to_string(&first).unwrap();
    assert!(!written.contains("\"id\":\"") || !written.contains(&first.id.to_string()), "{written}");
    assert_eq!(serde_json::from_str::<Doubt>(&written).unwrap(), first);
}

#[test]
fn accuracy_is_never_called_all_when_it_is_not() {
    let accuracy = Accuracy { readings: 4028, doubted: 1, ..Accuracy::default() };
    assert_eq!(accuracy.permille(), Some(999));
    assert_eq!(Accuracy { readings: 7, ..Accuracy::default() }.permille(), Some(1000));
    assert_eq!(Accuracy::default().permille(), None);
    assert_eq!(median(vec![9, 1, 5]), Some(5));
    assert_eq!(median(vec![4, 1]), Some(4));
    assert_eq!(median(Vec::new()), None);
}

/// A row of which only this is looked at: both temperatures and what else is answered.
type Told = (Option<i16>, Option<i16>, u64);

/// The rules, without asking who is missing.
fn signs_only() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    let missing = "check = \"missing-from-sheet\"";
    let text = crate::domain::rules::BUILTIN.replace(missing, &format!("{missing}\nenabled = false"));
    RULES.get_or_init(|| Rules::parse(&text).unwrap())
}

/// A report of these rows, of a round, sent at a minute of the day.
fn report(
    watch: &mut Watch<'_>,
    number: u32,
    round: &str,
    minute: Option<i32>,
    rows: impl IntoIterator<Item = Told>,
) -> Vec<Step> {
    let mut out = Vec::new();
    watch.begin(day(number), &Round(round.to_owned()), false, minute);
    for (who, (temp_am, temp_pm, answers)) in rows.into_iter().enumerate() {
        let row = Row {
            person: person(who as u128),
            temp_am,
            temp_pm,
            site: None,
            place: HOME,
            in_hubei: Some(false),
            left_city: Some(false),
            status: "normal",
            all: u64::from(number) << 32 | who as u64,
            answers,
            get: &|_| "",
        };
        watch.row(&row, &row, &mut out);
    }
    watch.end(&mut out);
    out
}

/// What steps did, in short.
fn told(steps: &[Step]) -> Vec<String> {
    let one = |step: &Step| match step {
        Step::Raised(doubt) => {
            assert_eq!(doubt.about, Subject::Unit(unit()));
            assert!(doubt.fields().is_empty() && doubt.check.is_only_spoken_of());
            let (one, other) = (&doubt.one, &doubt.other);
            format!("{} {} {} {}", doubt.check.code(), one.day.format("%d"), one.said, other.said)
        }
        Step::Closed { day, .. } => format!("closed {}", day.format("%d")),
    };
    steps.iter().map(one).collect()
}

/// So many people of one temperature, and others further apart.
fn of_one(n: usize, others: usize) -> impl Iterator<Item = Told> {
    let alike = (0..n).map(|who| (Some(365), None, who as u64));
    alike.chain((0..others).map(|who| (Some(355 + 3 * who as i16), None, who as u64)))
}

#[test]
fn temperatures_without_spread_are_asked_about_once_they_come_again_and_again() {
    let mut watch = Watch::new(unit(), signs_only(), []);
    let mut send = |number, n, others| told(&report(&mut watch, number, "day", None, of_one(n, others)));
    assert_eq!(send(1, 10, 0), [""; 0]);
    assert_eq!(send(2, 18, 2), [""; 0], "nine of ten are enough");
    assert_eq!(send(3, 9, 0), [""; 0], "of nine people nothing is said");
    assert_eq!(send(4, 10, 1), ["flat-temperatures 01 36.5 10/11"]);
    assert_eq!(send(5, 30, 0), [""; 0], "it goes on");
    assert_eq!(send(6, 17, 3), ["closed 04"], "seventeen of twenty are not");
    assert_eq!([send(7, 10, 0), send(8, 10, 0)], [vec![], Vec::<String>::new()], "counted anew");
    // Over a gap of more than is remembered it is not in a row any more.
    assert_eq!(send(27, 10, 0), [""; 0]);
}

#[test]
fn a_morning_and_an_afternoon_one_tenth_apart_are_no_spread_either() {
    let mut watch = Watch::new(unit(), signs_only(), []);
    let mut steps = Vec::new();
    for number in 1..=3 {
        let rows = (0..6).map(|who| (Some(365), Some(366), who));
        steps.extend(report(&mut watch, number, "day", None, rows));
    }
    assert_eq!(told(&steps), ["flat-temperatures 01 36.5-36.6 12/12"]);
    let mut watch = Watch::new(unit(), signs_only(), []);
    for number in 1..=5 {
        let rows = (0..6).map(|who| (Some(365), Some(367), who));
        assert_eq!(report(&mut watch, number, "day", None, rows), [], "two tenths are");
    }
}

/// Temperatures as people have them: nearly all within a few tenths of what is usual.
fn ordinary(number: u32, people: u64) -> impl Iterator<Item = Told> {
    (0..people).map(move |who| {
        let roll = |n: u64| {
            let text = format!("{number} {who} {n}");
            let bytes = *blake3::hash(text.as_bytes()).as_bytes();
            bytes[..6].iter().map(|byte| i16::from(byte % 3)).sum::<i16>() - 6
        };
        (Some(365 + roll(1)), Some(366 + roll(2)), 0)
    })
}

#[test]
fn an_ordinary_unit_is_not_asked_whether_it_measures() {
    for people in [5, 12, 100, 400] {
        let mut watch = Watch::new(unit(), signs_only(), []);
        for number in 1..=28 {
            let minute = Some(520 + i32::try_from(number * 7 % 23).unwrap());
            let steps = report(&mut watch, number, "day", minute, ordinary(number, people));
            assert_eq!(steps, [], "{people} people on day {number}");
        }
    }
}

#[test]
fn the_same_minute_day_after_day() {
    let mut watch = Watch::new(unit(), signs_only(), []);
    let mut send = |number, minute| told(&report(&mut watch, number, "day", minute, of_one(2, 0)));
    for number in 1..=4 {
        assert_eq!(send(number, Some(47)), [""; 0]);
    }
    assert_eq!(send(5, None), [""; 0], "nobody knows when that one was sent");
    assert_eq!(send(6, Some(47)), ["same-minute 01 47 5"]);
    assert_eq!(send(7, None), [""; 0], "which is no answer");
    assert_eq!(send(8, Some(47)), [""; 0]);
    assert_eq!(send(9, Some(48)), ["closed 06"]);
    // Around midnight, UTC, a minute later is another one.
    for (number, minute) in [(10, 1439), (11, 0), (12, 1439), (13, 0), (14, 1439), (15, 0)] {
        assert_eq!(send(number, Some(minute)), [""; 0]);
    }
}

#[test]
fn going_on_from_what_is_remembered_comes_to_the_same_over_any_gap() {
    let rules = signs_only();
    let mut whole = Watch::new(unit(), rules, []);
    let (mut open, mut last) = (Vec::<Doubt>::new(), None);
    let mut all = Vec::new();
    for number in 1..=29 {
        // Then for longer than is remembered nobody knows when, and it is flat and then is not.
        let minute = (number <= 5 || number >= 23).then_some(47);
        let rows = || of_one(10, if (7..20).contains(&number) { 5 } else { 0 });
        let steps = report(&mut whole, number, "day", minute, rows());
        let mut resumed = last.into_iter().fold(Watch::new(unit(), rules, open.clone()), Watch::resumed);
        assert_eq!(report(&mut resumed, number, "day", minute, rows()), steps, "on day {number}");
        assert_eq!(resumed.remembered(), whole.remembered());
        last = resumed.remembered();
        for step in &steps {
            match step {
                Step::Raised(doubt) => open.push(doubt.clone()),
                Step::Closed { id, .. } => open.retain(|doubt| doubt.id != *id),
            }
        }
        all.extend(told(&steps));
    }
    let expected = [
        "flat-temperatures 01 36.5 10/10",
        "same-minute 01 47 5",
        "closed 03",
        "flat-temperatures 20 36.5 10/10",
        "closed 05",
        "same-minute 23 47 5",
    ];
    assert_eq!(all, expected);
}

#[test]
fn rounds_are_counted_apart_and_neither_answers_for_the_other() {
    let mut watch = Watch::new(unit(), signs_only(), []);
    let mut all = Vec::new();
    for number in 1..=6 {
        all.extend(report(&mut watch, number, "am", Some(30), of_one(2, 0)));
        all.extend(report(
            &mut watch,
            number,
            "pm",
            Some(500 + i32::try_from(number).unwrap()),
            of_one(2, 0),
        ));
    }
    assert_eq!(told(&all), ["same-minute 01 30 5"]);
    let doubt = match all.remove(0) {
        Step::Raised(doubt) => doubt,
        step @ Step::Closed { .. } => panic!("{step:?}"),
    };
    assert_eq!((doubt.round, doubt.day), (Round("am".to_owned()), day(5)));
}

#[test]
fn rows_that_are_alike_one_after_the_other() {
    let alike = |n: usize, pm: Option<i16>| (0..n).map(move |_| (Some(365), pm, 7));
    let around = |rows: Vec<Told>| ordinary(1, 40).chain(rows).chain(ordinary(2, 40)).collect::<Vec<_>>();
    let on = |rows: Vec<Told>| {
        let mut watch = Watch::new(unit(), signs_only(), []);
        told(&report(&mut watch, 1, "day", None, rows))
    };
    assert_eq!(on(around(alike(10, Some(368)).collect())), ["same-rows 01 41-50 36.5 36.8"]);
    assert_eq!(on(around(alike(9, Some(368)).collect())), [""; 0]);
    // One temperature is the same sooner than two are.
    assert_eq!(on(around(alike(20, None).collect())), ["same-rows 01 41-60 36.5"]);
    assert_eq!(on(around(alike(19, None).collect())), [""; 0]);
    // What is answered counts, and where nothing was measured nothing would differ.
    let other = |n: usize| (Some(365), Some(368), if n == 5 { 8 } else { 7 });
    assert_eq!(on(around((0..12).map(other).collect())), [""; 0]);
    assert_eq!(on(around((0..60).map(|_| (None, None, 7)).collect())), [""; 0]);
    let mut watch = Watch::new(unit(), signs_only(), []);
    let mut send = |number, rows: Vec<Told>| told(&report(&mut watch, number, "day", None, rows));
    let block = around(alike(12, Some(368)).collect());
    assert_eq!(send(1, block.clone()), ["same-rows 01 41-52 36.5 36.8"]);
    assert_eq!(send(2, block), [""; 0], "it goes on");
    assert_eq!(send(3, alike(8, Some(368)).collect()), [""; 0], "so few people say nothing of it");
    assert_eq!(send(4, ordinary(4, 80).collect()), ["closed 01"]);
}

#[test]
fn where_all_temperatures_are_alike_that_is_the_one_question() {
    let mut watch = Watch::new(unit(), signs_only(), []);
    let mut send = |number| {
        let rows = (0..30).map(|_| (Some(365), Some(365), 7));
        told(&report(&mut watch, number, "day", None, rows))
    };
    assert_eq!(send(1), ["same-rows 01 1-30 36.5 36.5"]);
    assert_eq!(send(2), [""; 0]);
    assert_eq!(send(3), ["flat-temperatures 01 36.5 60/60", "closed 01"]);
    assert_eq!(send(4), [""; 0]);
}

#[test]
fn each_sign_has_a_switch_and_its_numbers_have_bounds() {
    for check in [Check::FlatTemperatures, Check::SameMinute, Check::SameRows] {
        let line = format!("check = \"{}\"", check.code());
        let off = crate::domain::rules::BUILTIN.replace(&line, &format!("{line}\nenabled = false"));
        let rules = Rules::parse(&off).unwrap();
        let mut watch = Watch::new(unit(), &rules, []);
        for number in 1..=8 {
            let rows = (0..30).map(|_| (Some(365), Some(365), 7));
            let steps = report(&mut watch, number, "day", Some(47), rows);
            assert!(!told(&steps).iter().any(|said| said.starts_with(check.code())), "{steps:?}");
        }
    }
    for (from, to, field) in [
        ("spread = 0.1", "spread = 1.1", "spread"),
        ("share = 90", "share = 50", "share"),
        ("share = 90", "share = 101", "share"),
        ("readings = 10", "readings = 4", "readings"),
        ("readings = 10", "", "readings"),
        ("people = 10", "people = 2", "people"),
        ("people = 10", "people = 10\ndays = 3", "days"),
        ("check = \"same-minute\"", "check = \"same-minute\"\npeople = 3", "people"),
    ] {
        let text = crate::domain::rules::BUILTIN.replace(from, to);
        let fault = Rules::parse(&text).unwrap_err();
        assert!(
            matches!(&fault, crate::domain::rules::Fault::Field { field: wrong, .. } if *wrong == field),
            "{to}: {fault:?}"
        );
    }
}
