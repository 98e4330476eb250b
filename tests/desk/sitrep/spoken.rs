//! What is said at the door at the hours that lie: nothing is quiet because a new day began.

use super::office::{self, Office, Row};
use chrono::NaiveDate;
use zhiban::domain::case::{Category, Measure};
use zhiban::domain::followup::{Channel, FollowUpDraft, Outcome};
use zhiban::domain::ids::Subject;
use zhiban::domain::office::RoundSetting;
use zhiban::domain::person::PersonKind;
use zhiban::domain::report::{ReportKey, Round};
use zhiban::domain::sitrep::{Axis, Column, Figure, Figures, Key};
use zhiban::domain::time::{MINUTE, Ts};
use zhiban::paper::spoken::{said, sentences, text};
use zhiban::say::Lang;
use zhiban::store::act::Act;
use zhiban::store::query;
use zhiban::store::query::rows::{Since, Spoken};

const HOURS: [&str; 8] =
    ["17T10:05", "17T16:05", "17T23:59", "18T00:01", "18T07:50", "18T09:59", "18T10:01", "20T10:01"];

fn at(text: &str) -> Ts {
    office::at(&format!("2020-02-{text}"))
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 17).unwrap()
}

/// Two units and three people, begun on the 17th at 08:05; it is 09:00.
fn new() -> Office {
    let mut office = Office::new(at("17T08:05"), &["东校区", "西校区"]);
    office.add(2, 0, PersonKind::Staff);
    office.add(1, 1, PersonKind::Undergraduate);
    office.now = at("17T09:00");
    office
}

fn spoken(office: &Office, now: &str) -> Spoken {
    query::spoken(&office.reader(), at(now), None).unwrap()
}

fn open(office: &mut Office, person: usize, category: Category, measure: Measure) {
    office.open(at("17T08:35"), person, category, measure);
}

fn receive(office: &mut Office, unit: usize, round: &str) {
    let key = ReportKey { unit: office.units[unit], day: day(), round: Round(round.to_owned()) };
    office.act(&Act::Receive { key, zero: true, reason: String::new() });
}

/// Both units have reported on the 17th: nothing is owed of it.
fn reported(office: &mut Office) {
    receive(office, 0, "day");
    receive(office, 1, "day");
}

#[test]
fn no_hour_calls_quiet_what_the_hour_before_called_urgent() {
    type Trouble = fn(&mut Office);
    let troubles: [(&str, Trouble); 7] = [
        ("a missing report", |office| {
            receive(office, 0, "day");
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
            office.report(at("17T09:00"), 0, day(), &[Row { person: 0, temp: 385, ..Row::default() }]);
            receive(office, 1, "day");
        }),
        ("a fever without a case", |office| {
            office.report(at("17T09:00"), 0, day(), &[Row { person: 0, temp: 385, ..Row::default() }]);
            receive(office, 1, "day");
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
        let mut office = new();
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
    let mut office = new();
    receive(&mut office, 0, "day");
    let reports = |office: &Office, now: &str| sentences(&spoken(office, now), Lang::Zh)[2].clone();
    assert_eq!(reports(&office, "17T10:06"), "今天该报的两个单位报了一个，还差一个（第1学院），还没催。");
    office.now = at("17T10:10");
    let chase = FollowUpDraft::not_reached(Some(Subject::Unit(office.units[1])));
    office.act(&Act::FollowUp(chase));
    assert_eq!(reports(&office, "17T23:59"), "今天该报的两个单位报了一个，还差一个（第1学院），正在催。");
    let over = "昨天该报的两个单位报了一个，还差一个（第1学院），正在催。今天的日报还没到时限（上午十点）。";
    for hour in ["18T00:01", "18T07:50", "18T09:59"] {
        assert_eq!(reports(&office, hour), over, "{hour}");
    }
    // The day before has come, the day itself not: what was called about was the day before.
    let next = reports(&office, "18T10:01");
    assert!(next.starts_with("今天该报的两个单位均未报送（第0学院、第1学院），还没催。"), "{next}");
    let first = sentences(&spoken(&office, "18T07:50"), Lang::En)[0].clone();
    assert!(first.ends_with("something to report: one unit late with its report."), "{first}");
}

#[test]
fn two_rounds_do_not_double_the_units() {
    let mut office = new();
    receive(&mut office, 0, "day");
    let mut settings = query::settings(&office.reader()).unwrap();
    let round =
        |code: &str, deadline| RoundSetting { round: Round(code.to_owned()), name: String::new(), deadline };
    settings.rounds = vec![round("am", 600), round("pm", 960)];
    office.act(&Act::ChangeSettings(Box::new(settings)));
    let said = sentences(&spoken(&office, "17T16:05"), Lang::Zh);
    assert!(said[0].contains("两个单位超过时限未报"), "{said:?}");
    assert!(said[2].starts_with("今天该报的两个单位均未报送"), "{said:?}");
    for round in ["am", "pm"] {
        receive(&mut office, 0, round);
    }
    let said = sentences(&spoken(&office, "17T16:05"), Lang::Zh);
    assert!(said[0].contains("一个单位超过时限未报"), "{said:?}");
    assert!(said[2].starts_with("今天该报的两个单位报了一个，还差一个（第1学院）"), "{said:?}");
}

#[test]
fn nothing_is_said_from_a_time_to_come() {
    let mut office = new();
    reported(&mut office);
    office.now = at("17T17:00");
    let figures = Figures([(Key::all(Column::Current), Figure { value: 7, ids: Vec::new() })].into());
    office.act(&Act::Tell {
        to: "书记".to_owned(),
        channel: Channel::Phone,
        day: day(),
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
    let mut office = new();
    open(&mut office, 0, Category::Fever, Measure::Home);
    open(&mut office, 1, Category::Contact, Measure::Central);
    receive(&mut office, 0, "day");
    for hour in HOURS {
        let spoken = spoken(&office, hour);
        let text = text(&spoken, Lang::Zh);
        let told = said(&spoken);
        assert!(told.0.contains_key(&Key::all(Column::Current)));
        for (key, figure) in &told.0 {
            let number = zhiban::i18n::spoken::count(figure.value).zh;
            assert!(text.contains(&number), "{hour} {key} {}: {text}", figure.value);
            assert!(key.axis != Axis::Measure, "no measure was named: {text}");
        }
        assert!(!told.0.contains_key(&Key::all(Column::Cumulative)), "{hour}");
    }
}
