//! What is said at the door at the hours that lie: nothing is quiet because a new day began.

use super::act::{Act, Author};
use super::query::rows::Since;
use super::tests::Office;
use super::*;
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::Subject;
use crate::domain::office::RoundSetting;
use crate::domain::report::{ReportKey, Round};
use crate::domain::sitrep::{Column, Figure, Figures, Key};
use crate::domain::time::MINUTE;
use crate::i18n::Lang;
use crate::paper::spoken::{said, sentences, text};
use chrono::NaiveDate;

const HOURS: [&str; 8] =
    ["17T10:05", "17T16:05", "17T23:59", "18T00:01", "18T07:50", "18T09:59", "18T10:01", "20T10:01"];

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

fn spoken(office: &Office, now: &str) -> query::rows::Spoken {
    query::spoken(&office.reader(), at(now), None).unwrap()
}

fn open(office: &mut Office, person: usize, category: Category, measure: Measure) {
    let facts =
        CaseFacts { categories: Some(vec![category]), measure: Some(measure), ..CaseFacts::default() };
    let author = Author { happened_at: Some(at("17T08:35")), ..office.author() };
    let open = Act::OpenCase { person: office.people[person], facts };
    office.store.commit(&author, &mut office.ids, &open).unwrap();
}

/// Both units have reported on the 17th: nothing is owed of it.
fn reported(office: &mut Office) {
    for unit in 0..2 {
        office.act(&Act::Receive { key: office.key(unit), zero: true, reason: String::new() });
    }
}

#[test]
fn no_hour_calls_quiet_what_the_hour_before_called_urgent() {
    type Trouble = fn(&mut Office);
    let troubles: [(&str, Trouble); 6] = [
        ("a missing report", |office| {
            office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
        }),
        ("a confirmed case", |office| {
            reported(office);
            open(office, 0, Category::Confirmed, Measure::None);
        }),
        ("somebody unwell", |office| {
            reported(office);
            open(office, 0, Category::Contact, Measure::Home);
            let subject = Some(Subject::Person(office.people[0]));
            let draft = FollowUpDraft::not_reached(subject);
            office.act(&Act::FollowUp(FollowUpDraft { outcome: Outcome::NotWell, ..draft }));
        }),
        ("a fever by the sheet", |office| {
            open(office, 0, Category::Contact, Measure::Home);
            office.act(&Act::Import(Box::new(office.report(0, &[(0, 385), (2, 366)], "r1", ""))));
            office.act(&Act::Receive { key: office.key(1), zero: true, reason: String::new() });
        }),
        ("a missed check", |office| {
            reported(office);
            open(office, 0, Category::Contact, Measure::Home);
        }),
        ("a promise", |office| {
            reported(office);
            office.act(&Act::FollowUp(FollowUpDraft {
                outcome: Outcome::Promised,
                promise_due: Some(office.now.plus(MINUTE)),
                ..FollowUpDraft::not_reached(Some(Subject::Unit(office.units[0])))
            }));
        }),
    ];
    for (what, trouble) in troubles {
        let mut office = Office::new();
        office.now = at("17T09:00");
        trouble(&mut office);
        let mut urgent = None;
        for hour in HOURS {
            let said = text(&spoken(&office, hour), Lang::Zh);
            let quiet = said.contains("平稳");
            assert!(!quiet || urgent.is_none(), "{what}: {hour} after {urgent:?}: {said}");
            if !quiet {
                urgent = Some(hour);
            }
        }
        assert!(urgent.is_some(), "{what} was never told");
    }
}

#[test]
fn before_the_deadline_the_report_speaks_of_the_day_before() {
    let mut office = Office::new();
    office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
    let reports = |office: &Office, now: &str| sentences(&spoken(office, now), Lang::Zh)[2].clone();
    assert_eq!(reports(&office, "17T10:06"), "今天该报的两个单位报了一个，还差一个（机械学院），还没催。");
    let chase = FollowUpDraft::not_reached(Some(Subject::Unit(office.units[1])));
    office.act(&Act::FollowUp(chase));
    assert_eq!(reports(&office, "17T23:59"), "今天该报的两个单位报了一个，还差一个（机械学院），正在催。");
    let over = "昨天该报的两个单位报了一个，还差一个（机械学院），正在催。今天的日报还没到时限（上午十点）。";
    for hour in ["18T00:01", "18T07:50", "18T09:59"] {
        assert_eq!(reports(&office, hour), over, "{hour}");
    }
    // The day before has come, the day itself not: what was called about was the day before.
    let next = reports(&office, "18T10:01");
    assert!(next.starts_with("今天该报的两个单位均未报送（土木工程学院、机械学院），还没催。"), "{next}");
    let first = sentences(&spoken(&office, "18T07:50"), Lang::En)[0].clone();
    assert!(first.ends_with("something to report: one unit late with its report."), "{first}");
}

#[test]
fn two_rounds_do_not_double_the_units() {
    let mut office = Office::new();
    office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
    let mut settings = query::settings(&office.reader()).unwrap();
    let round =
        |code: &str, deadline| RoundSetting { round: Round(code.to_owned()), name: String::new(), deadline };
    settings.rounds = vec![round("am", 600), round("pm", 960)];
    office.act(&Act::ChangeSettings(Box::new(settings)));
    let said = sentences(&spoken(&office, "17T16:05"), Lang::Zh);
    assert!(said[0].contains("两个单位超过时限未报"), "{said:?}");
    assert!(said[2].starts_with("今天该报的两个单位均未报送"), "{said:?}");
    let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
    for code in ["am", "pm"] {
        let key = ReportKey { unit: office.units[0], day, round: Round(code.to_owned()) };
        office.act(&Act::Receive { key, zero: true, reason: String::new() });
    }
    let said = sentences(&spoken(&office, "17T16:05"), Lang::Zh);
    assert!(said[0].contains("一个单位超过时限未报"), "{said:?}");
    assert!(said[2].starts_with("今天该报的两个单位报了一个，还差一个（机械学院）"), "{said:?}");
}

#[test]
fn nothing_is_said_from_a_time_to_come() {
    let mut office = Office::new();
    reported(&mut office);
    office.now = at("17T17:00");
    let figures = Figures([(Key::all(Column::Current), Figure { value: 7, ids: Vec::new() })].into());
    let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
    office.act(&Act::Tell {
        to: "书记".to_owned(),
        channel: Channel::Phone,
        day,
        boundary: 0,
        figures,
        words: String::new(),
    });
    let later = spoken(&office, "17T18:00");
    assert_eq!((later.since, later.before), (at("17T17:00"), 7));
    // The clock was set back: nothing was told yet; and further, the shift has not begun.
    let earlier = spoken(&office, "17T12:00");
    assert_eq!((&earlier.why, earlier.before), (&Since::Shift, 0));
    let earlier = spoken(&office, "17T08:00");
    assert_eq!((&earlier.why, earlier.before), (&Since::Day, 0));
    assert!(sentences(&earlier, Lang::Zh)[1].contains("昨天这时候"));
    let next = spoken(&office, "18T00:01");
    assert!(
        sentences(&next, Lang::Zh)[1].contains("比昨天下午五点汇报时"),
        "{:?}",
        sentences(&next, Lang::Zh)
    );
}

#[test]
fn what_is_recorded_stands_in_the_sentences() {
    let mut office = Office::new();
    open(&mut office, 0, Category::Fever, Measure::Home);
    open(&mut office, 1, Category::Contact, Measure::Central);
    office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
    for hour in HOURS {
        let spoken = spoken(&office, hour);
        let text = text(&spoken, Lang::Zh);
        let told = said(&spoken);
        assert!(told.0.contains_key(&Key::all(Column::Current)));
        for (key, figure) in &told.0 {
            let number = crate::i18n::spoken::count(figure.value).zh;
            assert!(text.contains(&number), "{hour} {key} {}: {text}", figure.value);
            assert!(key.axis != crate::domain::sitrep::Axis::Measure, "no measure was named: {text}");
        }
        assert!(!told.0.contains_key(&Key::all(Column::Cumulative)), "{hour}");
    }
}
