use super::*;
use crate::domain::ids::UnitId;
use crate::domain::sitrep::Figure;
use crate::domain::time::{Calendar, add_days};
use crate::store::query::rows::{Running, SpokenReports};
use uuid::Uuid;

const CALENDAR: Calendar = Calendar { utc_offset_min: 480, day_start_min: 0, closes_min: 1020 };

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, day).unwrap()
}

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

fn owing(names: &[&str], of: NaiveDate, called: usize) -> Vec<OwingUnit> {
    let unit = |(place, name): (usize, &&str)| OwingUnit {
        unit: UnitId(Uuid::from_u128(place as u128)),
        name: (*name).to_owned(),
        day: of,
        chased: place < called,
    };
    names.iter().enumerate().map(unit).collect()
}

/// An office in which nothing is open, on 17 February at 17:00.
fn calm() -> Spoken {
    Spoken {
        now: at("17T17:00"),
        calendar: CALENDAR,
        since: at("16T17:00"),
        why: Since::Day,
        before: 2,
        current: 2,
        new: 0,
        released: 0,
        confirmed: 0,
        suspected: 0,
        fever_new: 0,
        unwell: 0,
        feverish: 0,
        found: 0,
        reports: SpokenReports {
            in_force: Some(DayReports {
                day: day(17),
                expected: 4,
                received: 4,
                missing: Vec::new(),
                written_off: 0,
            }),
            earlier: Vec::new(),
            running: None,
        },
        missed: 0,
        promises_overdue: 0,
        calls_overdue: 0,
        questions: 0,
        unknown: 0,
        due_release: 0,
        figures: Figures::default(),
        day: day(17),
        boundary: 0,
    }
}

/// One of everything, or several.
fn busy(n: i64) -> Spoken {
    let names = ["A", "B", "C"];
    let missing = owing(&names[..n as usize], day(17), 0);
    let in_force = DayReports { day: day(17), expected: 4, received: 4 - n, missing, written_off: 0 };
    Spoken {
        before: n,
        current: n,
        unwell: n,
        reports: SpokenReports { in_force: Some(in_force), ..SpokenReports::default() },
        missed: n as u32,
        promises_overdue: n as u32,
        calls_overdue: n as u32,
        questions: n as u32,
        unknown: n as u32,
        due_release: n as u32,
        ..calm()
    }
}

#[test]
fn one_is_said_as_one_and_several_as_several() {
    let one = text(&busy(1), Lang::En);
    for part in [
        "one of those under observation not well, one unit late with its report and one person not heard from since a missed check.",
        "We are following one person, no change",
        "Three of four units sent a report today; one is still missing (A), and it has not been called yet.",
        "one has finished observation and waits to be released, one promised answer is overdue and will be asked for, \
         one call is to be made again, one question from the handover is waiting for an answer and \
         one unknown caller is to be identified",
    ] {
        assert!(one.contains(part), "{part}: {one}");
    }
    let three = text(&busy(3), Lang::En);
    for part in [
        "three units late with their reports and three people not heard from since a missed check.",
        "We are following three people",
        "One of four units sent a report today; three are still missing (A, B and others), and none of them has been called yet.",
        "three have finished observation and wait to be released, three promised answers are overdue and will be asked for, \
         three calls are to be made again, three questions from the handover are waiting for an answer and \
         three unknown callers are to be identified",
    ] {
        assert!(three.contains(part), "{part}: {three}");
    }
}

#[test]
fn it_is_quiet_only_when_nothing_is_unresolved() {
    assert!(
        text(&calm(), Lang::Zh).starts_with("现在是下午五点，情况平稳，没有新的异常。"),
        "{}",
        text(&calm(), Lang::Zh)
    );
    let is_calm =
        |spoken: &Spoken| text(spoken, Lang::Zh).contains("平稳") || text(spoken, Lang::En).contains("quiet");
    assert!(is_calm(&calm()));
    let late = |in_force: Option<DayReports>, earlier| SpokenReports { in_force, earlier, running: None };
    let yesterday = DayReports {
        day: day(16),
        expected: 4,
        received: 3,
        missing: owing(&["A"], day(16), 1),
        written_off: 0,
    };
    for (what, spoken) in [
        ("confirmed", Spoken { confirmed: 1, ..calm() }),
        ("suspected", Spoken { suspected: 1, ..calm() }),
        ("new fever", Spoken { fever_new: 1, ..calm() }),
        ("unwell", Spoken { unwell: 1, ..calm() }),
        ("a fever without a case", Spoken { feverish: 1, ..calm() }),
        ("to act on", Spoken { found: 1, ..calm() }),
        ("yesterday's report", Spoken { reports: late(Some(yesterday), Vec::new()), ..calm() }),
        ("an older report", Spoken { reports: late(None, owing(&["A"], day(12), 0)), ..calm() }),
        ("missed", Spoken { missed: 1, ..calm() }),
        ("promise", Spoken { promises_overdue: 1, ..calm() }),
        ("call", Spoken { calls_overdue: 1, ..calm() }),
        ("question", Spoken { questions: 1, ..calm() }),
        ("unknown", Spoken { unknown: 1, ..calm() }),
        ("release", Spoken { due_release: 1, ..calm() }),
    ] {
        assert!(!is_calm(&spoken), "{what}: {}", text(&spoken, Lang::Zh));
        assert!(!is_calm(&spoken), "{what}: {}", text(&spoken, Lang::En));
    }
}

#[test]
fn a_unit_that_owes_two_days_is_one_unit_that_is_late() {
    let mut spoken = busy(1);
    spoken.reports.earlier = owing(&["A", "B"], day(14), 0);
    assert!(
        sentences(&spoken, Lang::Zh)[0].contains("两个单位超过时限未报"),
        "{:?}",
        sentences(&spoken, Lang::Zh)
    );
    assert!(
        sentences(&spoken, Lang::Zh)[2]
            .contains("此外，有两个单位还欠着以前的日报（A、B），最早是2月14日的。")
    );
}

#[test]
fn the_gravest_comes_first() {
    let spoken = Spoken { confirmed: 1, suspected: 2, feverish: 1, found: 1, fever_new: 1, ..busy(1) };
    assert_eq!(
        sentences(&spoken, Lang::Zh)[0],
        "现在是下午五点，有情况要报告：确诊一人，疑似两人，日报里有一人发热，还没列入关注，观察中的人有一人身体不适，\
         新增发热一人，日报里有一人的情况待处置，一个单位超过时限未报，一人漏访，还没联系上。"
    );
    assert!(
        sentences(&spoken, Lang::En)[0]
            .contains(": one confirmed case, two suspected cases, one with a fever")
    );
}

#[test]
fn before_the_deadline_nobody_is_late_and_the_day_before_is_spoken_of() {
    let mut spoken = Spoken { now: at("18T07:50"), day: day(18), ..calm() };
    let missing = owing(&["A", "B", "C"], day(17), 2);
    spoken.reports = SpokenReports {
        in_force: Some(DayReports { day: day(17), expected: 41, received: 38, missing, written_off: 0 }),
        earlier: owing(&["D"], day(14), 0),
        running: Some(Running { expected: 41, received: 5, deadline: at("18T10:00") }),
    };
    assert_eq!(
        sentences(&spoken, Lang::Zh)[2],
        "昨天该报的四十一个单位报了三十八个，还差三个（A、B等），其中两个正在催，一个还没催。\
         此外，有一个单位还欠着以前的日报（D），最早是2月14日的。今天的日报还没到时限（上午十点），已经报了五个。"
    );
    assert_eq!(
        sentences(&spoken, Lang::En)[2],
        "Thirty-eight of forty-one units sent a report yesterday; three are still missing (A, B and others), of which two \
         have been called and one has not. Besides, one unit still owes earlier reports (D), the oldest of 14 February. \
         Today's reports are not due before ten o'clock in the morning; five have come already."
    );
    // One that is late by an hour of its own is late today.
    spoken.reports.earlier.extend(owing(&["E"], day(18), 0));
    let late = sentences(&spoken, Lang::Zh)[2].clone();
    assert!(late.contains("有一个单位还欠着以前的日报（D），最早是2月14日的。"), "{late}");
    assert!(late.contains("此外，有一个单位自己的时限已过，今天的日报还没报（E）。"), "{late}");
    let late = sentences(&spoken, Lang::En)[2].clone();
    assert!(late.contains("Besides, one unit is past the unit's own deadline today (E)."), "{late}");
    let running = spoken.reports.running.as_mut().unwrap();
    running.received = 0;
    spoken.reports.in_force = None;
    spoken.reports.earlier.clear();
    assert_eq!(sentences(&spoken, Lang::Zh)[2], "今天的日报还没到时限（上午十点）。");
    spoken.reports.running = None;
    assert_eq!(sentences(&spoken, Lang::En)[2], "No unit has to report today.");
}

#[test]
fn nobody_is_said_to_be_called_who_was_not() {
    let said = |called, names: &[&str]| {
        let missing = owing(names, day(17), called);
        let received = 4 - names.len() as i64;
        let in_force = Some(DayReports { day: day(17), expected: 4, received, missing, written_off: 0 });
        let spoken = Spoken { reports: SpokenReports { in_force, ..SpokenReports::default() }, ..calm() };
        (sentences(&spoken, Lang::Zh)[2].clone(), sentences(&spoken, Lang::En)[2].clone())
    };
    let (zh, en) = said(0, &["A", "B"]);
    assert_eq!(zh, "今天该报的四个单位报了两个，还差两个（A、B），还没催。");
    assert!(en.ends_with("(A, B), and none of them has been called yet."), "{en}");
    let (zh, en) = said(2, &["A", "B"]);
    assert!(zh.ends_with("（A、B），正在催。") && en.ends_with("(A, B), and we are calling."), "{zh} {en}");
    let (zh, en) = said(0, &["A", "B", "C", "D"]);
    assert_eq!(zh, "今天该报的四个单位均未报送（A、B等），还没催。");
    assert!(en.starts_with("None of the four units sent a report today (A, B and others), "), "{en}");
}

#[test]
fn a_time_of_another_day_carries_its_day() {
    let since = |since: &str, current| {
        let spoken = Spoken { since: at(since), why: Since::Told("x".to_owned()), current, ..calm() };
        (sentences(&spoken, Lang::Zh)[1].clone(), sentences(&spoken, Lang::En)[1].clone())
    };
    let (zh, en) = since("17T10:00", 3);
    assert_eq!(zh, "目前重点关注三人，比上午十点汇报时多了一人。");
    assert!(en.ends_with("one more than when I reported at ten o'clock in the morning."), "{en}");
    let (zh, en) = since("16T17:00", 2);
    assert_eq!(zh, "目前重点关注两人，从昨天下午五点汇报到现在没有变化。");
    assert!(en.ends_with("no change since I reported yesterday at five o'clock in the afternoon."), "{en}");
    assert!(since("15T17:00", 3).0.contains("比前天下午五点汇报时"));
    let (zh, en) = since("13T17:00", 3);
    assert!(zh.contains("比2月13日下午五点汇报时"), "{zh}");
    assert!(en.contains("when I reported on 13 February at five o'clock"), "{en}");
}

#[test]
fn nobody_is_not_zero_people() {
    let none = Spoken { before: 0, current: 0, ..calm() };
    assert_eq!(sentences(&none, Lang::Zh)[1], "目前没有重点关注人员，从昨天这时候到现在没有变化。");
    assert_eq!(
        sentences(&none, Lang::En)[1],
        "We are following nobody, no change since this time yesterday."
    );
    let others = Spoken { before: 0, current: 0, new: 1, released: 1, ..calm() };
    assert_eq!(
        sentences(&others, Lang::Zh)[1],
        "目前没有重点关注人员，从昨天这时候到现在总数没变，新增一人、解除一人。"
    );
    let left = Spoken { current: 0, released: 2, ..calm() };
    assert_eq!(sentences(&left, Lang::Zh)[1], "目前没有重点关注人员，比昨天这时候少了两人，解除两人。");
    assert!(
        sentences(&left, Lang::En)[1]
            .starts_with("We are following nobody any more, two fewer than this time yesterday")
    );
    for (lang, bad) in [(Lang::Zh, "零"), (Lang::En, "zero")] {
        assert!(!text(&none, lang).contains(bad) && !text(&left, lang).contains(bad));
    }
}

/// Every figure of a report, each with another value.
fn figures() -> Figures {
    let keys = Column::ALL.iter().map(|column| Key::all(*column));
    let grave = [Category::Confirmed, Category::Suspected];
    let keys = keys.chain(grave.map(|code| Key::row(Axis::Category, code.code(), Column::Current)));
    // No round number: it is said within others.
    let figure = |n: usize| Figure { value: (61 + n + n / 9) as i64, ids: Vec::new() };
    Figures(keys.enumerate().map(|(n, key)| (key, figure(n))).collect())
}

#[test]
fn what_is_recorded_is_what_was_said_and_nothing_else() {
    let figures = figures();
    let value = |column| figures.value(&Key::all(column));
    let row = |code: Category| figures.value(&Key::row(Axis::Category, code.code(), Column::Current));
    let in_force = DayReports {
        day: day(17),
        expected: value(Column::Expected),
        received: value(Column::Received),
        missing: owing(&["A"; 99][..value(Column::Missing) as usize], day(17), 0),
        written_off: 0,
    };
    let everything = Spoken {
        current: value(Column::Current),
        before: value(Column::Current) - 40,
        new: value(Column::New),
        released: value(Column::Released),
        confirmed: row(Category::Confirmed),
        suspected: row(Category::Suspected),
        fever_new: value(Column::FeverNew),
        unwell: value(Column::Unwell),
        reports: SpokenReports { in_force: Some(in_force), ..SpokenReports::default() },
        figures: figures.clone(),
        ..calm()
    };
    let yesterday = {
        let mut spoken = everything.clone();
        let in_force = spoken.reports.in_force.as_mut().unwrap();
        in_force.day = add_days(in_force.day, -1);
        spoken
    };
    let other = Spoken { unwell: value(Column::Unwell) + 1, ..everything.clone() };
    let few = Spoken { figures: figures.clone(), ..calm() };
    let columns = |spoken: &Spoken| said(spoken).0.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        columns(&everything),
        [
            "all.new",
            "all.released",
            "all.current",
            "all.unwell",
            "all.fever-new",
            "all.expected",
            "all.received",
            "all.missing",
            "category.confirmed.current",
            "category.suspected.current"
        ]
    );
    // Yesterday's reports are not today's figures; what is counted otherwise is another figure.
    assert!(!columns(&yesterday).iter().any(|key| key == "all.received" || key == "all.missing"));
    assert!(!columns(&other).iter().any(|key| key == "all.unwell"));
    assert!(columns(&few).is_empty(), "{:?}", columns(&few));
    for spoken in [&everything, &yesterday, &other] {
        for lang in [Lang::Zh, Lang::En] {
            let text = text(spoken, lang).to_lowercase();
            for (key, figure) in &said(spoken).0 {
                assert!(text.contains(count(figure.value).get(lang)), "{key} {}: {text}", figure.value);
            }
            // And none of the others is in it.
            for (key, figure) in figures.0.iter().filter(|(key, _)| !everything_said(&everything, key)) {
                assert!(!text.contains(count(figure.value).get(lang)), "{key} {}: {text}", figure.value);
            }
        }
    }
}

fn everything_said(spoken: &Spoken, key: &Key) -> bool {
    said(spoken).0.contains_key(key)
}
