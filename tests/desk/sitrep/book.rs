//! Sent, corrected, told: what left the office stays as it left, and what has changed since is named.

use super::office::{Office, Row, all, at, of, split};
use chrono::NaiveDate;
use zhiban::domain::case::{Category, Measure};
use zhiban::domain::followup::Channel;
use zhiban::domain::letterhead::Letterhead;
use zhiban::domain::office::Settings;
use zhiban::domain::person::PersonKind;
use zhiban::domain::sitrep::check::{Sum, check};
use zhiban::domain::sitrep::{Axis, Column, Key, Sitrep};
use zhiban::domain::time::{HOUR, MINUTE};
use zhiban::error::Kind;
use zhiban::paper::block::Block;
use zhiban::paper::sitrep::{SitrepPaper, Wording};
use zhiban::paper::spoken::sentences;
use zhiban::paper::template::{Templates, make};
use zhiban::paper::{Source, lines};
use zhiban::say::Lang;
use zhiban::store::act::{Act, Made};
use zhiban::store::query;
use zhiban::store::query::rows::{Since, SitrepAsk, SitrepView, ToldKind};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An office of two campuses at ten in the morning: four cases, one of them of a student.
fn office() -> Office {
    let mut office = Office::new(at("2020-02-14T08:00"), &["东校区", "西校区"]);
    office.add(3, 0, PersonKind::Staff);
    office.add(3, 1, PersonKind::Master);
    office.now = at("2020-02-17T10:00");
    office.open(at("2020-02-15T09:00"), 0, Category::BackFromHubei, Measure::Home);
    office.open(at("2020-02-16T09:00"), 1, Category::Contact, Measure::Central);
    office.open(at("2020-02-17T08:00"), 2, Category::Fever, Measure::Medical);
    office.open(at("2020-02-17T09:00"), 3, Category::Fever, Measure::Medical);
    office
}

fn send(report: &Sitrep) -> Act {
    Act::SendSitrep { report: Box::new(report.clone()), to: "校领导".to_owned(), channel: Channel::Wechat }
}

fn tell(report: &Sitrep, keys: &[Key]) -> Act {
    Act::Tell {
        to: "王副校长".to_owned(),
        channel: Channel::Phone,
        day: report.day,
        boundary: report.boundary,
        figures: report.figures.only(keys),
        words: String::new(),
    }
}

fn text(view: SitrepView, wording: Wording, lang: Lang) -> String {
    let paper = SitrepPaper::of(view, wording, &Letterhead::default()).unwrap();
    let made = make(&paper, lang, &Templates::builtin()).unwrap();
    lines::text(&made)
}

/// The text without the breaks of its lines.
fn flat(text: &str, lang: Lang) -> String {
    let by = match lang {
        Lang::Zh => "",
        Lang::En => " ",
    };
    text.lines().map(str::trim).collect::<Vec<_>>().join(by).replace("  ", " ")
}

#[test]
fn a_day_is_counted_by_when_things_happened() {
    let mut office = office();
    let report = office.sitrep();
    assert_eq!((all(&report, Column::Opening), all(&report, Column::New)), (2, 2));
    assert_eq!(split(&report, Axis::All, "", Column::Current), (4, 3, 1));
    assert_eq!(of(&report, Axis::Measure, "medical", Column::New), 2);
    assert_eq!(of(&report, Axis::Campus, "西校区", Column::FeverNew), 1);
    // Told in the afternoon, happened the evening before: it belongs to the day before.
    office.now = at("2020-02-17T15:00");
    office.open(at("2020-02-16T22:00"), 4, Category::Contact, Measure::Home);
    let report = office.sitrep();
    assert_eq!((all(&report, Column::Opening), all(&report, Column::New)), (3, 2));
    let before = office.view(&SitrepAsk { day: Some(day("2020-02-16")), boundary: None }).report;
    assert_eq!((all(&before, Column::New), all(&before, Column::Current)), (2, 3));
    // By days from eight to eight, the evening and the fever at eight stand on different sides.
    let ask = SitrepAsk { day: Some(day("2020-02-16")), boundary: Some(480) };
    let eight = office.view(&ask).report;
    assert_eq!((all(&eight, Column::New), all(&eight, Column::Current)), (2, 3));
    assert_eq!(eight.to, at("2020-02-17T08:00"));
}

#[test]
fn a_report_that_was_sent_stays_and_the_next_names_who_was_added() {
    let mut office = office();
    let first = office.sitrep();
    let done = office.act(&send(&first));
    let Some(Made::Sitrep(id)) = done.made else { panic!("nothing was sent") };
    let undo = Act::Undo { op: Some(done.op) };
    assert_eq!(office.try_at(None, &undo).unwrap_err().kind(), Some(Kind::Refused));
    office.now = office.now.plus(HOUR);
    // One more, and one that was counted turns out to have been opened by mistake.
    office.open(office.now, 4, Category::Contact, Measure::Home);
    let differences = query::told_differences(&office.reader(), office.now).unwrap();
    let current = differences.iter().find(|one| one.difference.key == Key::all(Column::Current)).unwrap();
    assert_eq!((current.difference.told, current.difference.now), (4, 5));
    assert_eq!(current.added.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["甲4"]);
    assert!(current.removed.is_empty());
    let (row, kept) = query::sent(&office.reader(), id).unwrap().unwrap();
    // What is added as it is sent is how it was headed.
    let first = Sitrep { letterhead: Some(Letterhead::default()), ..first };
    assert_eq!((kept, row.current, row.written_to.as_str()), (first.clone(), 4, "校领导"));
    let paper = flat(&text(office.view(&SitrepAsk::default()), Wording::Tables, Lang::Zh), Lang::Zh);
    assert!(paper.contains("重点关注现有：02-17 10:00 向校领导报 4，现为 5；增加：甲4"), "{paper}");

    // The correction is a report of its own; the first still says what it said.
    let second = office.sitrep();
    let correct = |report: &Sitrep, reason: &str| Act::CorrectSitrep {
        of: id,
        report: Box::new(report.clone()),
        reason: reason.to_owned(),
        to: String::new(),
        channel: Channel::Wechat,
    };
    assert_eq!(office.try_at(None, &correct(&second, " ")).unwrap_err().kind(), Some(Kind::Input));
    let yesterday = office.view(&SitrepAsk { day: Some(day("2020-02-16")), boundary: None }).report;
    assert_eq!(office.try_at(None, &correct(&yesterday, "x")).unwrap_err().kind(), Some(Kind::Refused));
    let Some(Made::Sitrep(again)) = office.act(&correct(&second, "西校区补报一人")).made else {
        panic!("nothing was corrected")
    };
    let sent = query::sitreps(&office.reader(), 9).unwrap();
    assert_eq!(sent.iter().map(|row| row.id).collect::<Vec<_>>(), [again, id]);
    assert_eq!((sent[0].corrects, sent[1].corrected_by), (Some(id), Some(again)));
    let frozen = query::sitrep_of(&office.reader(), again).unwrap().unwrap();
    let paper = flat(&text(frozen, Wording::Tables, Lang::Zh), Lang::Zh);
    assert!(paper.contains("更正") && paper.contains("西校区补报一人"), "{paper}");
    assert!(query::told_differences(&office.reader(), office.now).unwrap().is_empty());
    // Both stay as they left, with what was otherwise than told before: also now that nothing is.
    let sent = query::sitrep_of(&office.reader(), id).unwrap().unwrap();
    assert!(sent.differences.is_empty() && sent.told.is_empty());
    let frozen = query::sitrep_of(&office.reader(), again).unwrap().unwrap();
    for (lang, says) in [
        (Lang::Zh, "重点关注现有：02-17 10:00 向校领导报 4，现为 5；增加：甲4"),
        (Lang::En, "cases, now: 02-17 10:00 said 4 to 校领导, now 5; added: 甲4"),
    ] {
        let paper = flat(&text(frozen.clone(), Wording::Tables, lang), lang);
        assert!(squeezed(&paper).contains(&squeezed(says)), "{paper}");
    }
    let (book, _) = query::told_book(&office.reader(), office.now, 9).unwrap();
    assert_eq!((book[0].kind, book[0].words.as_str()), (ToldKind::Correction(again), "西校区补报一人"));
    assert!(book[0].against.is_empty());
    let against = book[1].against.iter().find(|one| one.difference.key == Key::all(Column::Current)).unwrap();
    assert_eq!((against.difference.told, against.difference.now), (4, 5));
    let check = zhiban::store::check::check(&office.reader(), None).unwrap();
    assert!(check.is_sound(), "{check:?}");
}

#[test]
fn the_same_whole_day_is_sent_once_and_then_corrected() {
    let mut office = office();
    let ask = SitrepAsk { day: Some(day("2020-02-16")), boundary: None };
    let whole = office.view(&ask).report;
    assert!(whole.is_whole());
    office.act(&send(&whole));
    office.now = office.now.plus(MINUTE);
    let again = office.view(&ask).report;
    assert_eq!(office.try_at(None, &send(&again)).unwrap_err().kind(), Some(Kind::Refused));
    // While a day runs, each hour has its own.
    let ten = office.sitrep();
    office.act(&send(&ten));
    office.now = office.now.plus(HOUR);
    let eleven = office.sitrep();
    office.act(&send(&eleven));
}

#[test]
fn a_day_that_has_not_begun_or_lies_before_the_office_has_no_report() {
    let mut office = office();
    for (asked, says) in
        [("2021-01-01", "2021-01-01 还没有到"), ("2020-02-18", "还没有到"), ("2020-02-13", "早于")]
    {
        let ask = SitrepAsk { day: Some(day(asked)), boundary: None };
        let refused = query::sitrep(&office.reader(), office.now, &ask).unwrap_err();
        assert_eq!(refused.kind(), Some(Kind::Refused), "{asked}");
        assert!(refused.text(Lang::Zh).contains(says), "{}", refused.text(Lang::Zh));
    }
    // By days from eight to eight, this day has begun at ten, and had not at seven.
    let ask = SitrepAsk { day: Some(day("2020-02-17")), boundary: Some(480) };
    assert!(query::sitrep(&office.reader(), at("2020-02-17T07:00"), &ask).is_err());
    let mut report = office.view(&ask).report;
    assert!(report.from < report.to);
    (report.from, report.to) = (office.now.plus(HOUR), office.now.plus(HOUR));
    assert_eq!(office.try_at(None, &send(&report)).unwrap_err().kind(), Some(Kind::Refused));
}

#[test]
fn a_broken_report_is_refused_and_its_cells_are_named() {
    let mut office = office();
    let mut report = office.sitrep();
    let key = Key::row(Axis::Measure, "medical", Column::Current);
    report.figures.0.get_mut(&key).unwrap().value = 5;
    let sums: Vec<Sum> = check(&report).iter().map(|bad| bad.sum).collect();
    for sum in [Sum::Behind, Sum::Flow, Sum::Rows, Sum::Groups, Sum::Sites] {
        assert!(sums.contains(&sum), "{sum} was not seen: {sums:?}");
    }
    let refused = office.try_at(None, &send(&report)).unwrap_err();
    assert_eq!(refused.kind(), Some(Kind::Refused));
    let said = refused.text(Lang::Zh);
    assert!(said.contains("[措施 医学隔离，现有]：填 5，原有＋新增－解除－转出＋转入应为 2"), "{said}");
    assert!(refused.text(Lang::En).contains("[measure medical, now]: it says 5"));
    assert!(query::sitreps(&office.reader(), 9).unwrap().is_empty());
    // It does not become a paper either.
    let mut view = office.view(&SitrepAsk::default());
    view.bad = check(&report);
    assert!(SitrepPaper::of(view, Wording::Tables, &Letterhead::default()).is_err());
}

#[test]
fn figures_told_by_mouth_are_compared_also_when_they_were_zero() {
    let mut office = office();
    let keys = [Key::all(Column::Current), Key::row(Axis::Measure, "campus", Column::Current)];
    let told = tell(&office.sitrep(), &keys);
    office.act(&told);
    assert!(query::told_differences(&office.reader(), office.now).unwrap().is_empty());
    office.now = office.now.plus(HOUR);
    office.open(office.now, 5, Category::Contact, Measure::Campus);
    let case = query::case_of(&office.reader(), office.people[0]).unwrap().unwrap();
    office.release(office.now, case);
    let differences = query::told_differences(&office.reader(), office.now).unwrap();
    let of = |key: &Key| differences.iter().find(|one| one.difference.key == *key).unwrap();
    // As many as before, but not the same people.
    let current = of(&keys[0]);
    assert_eq!((current.difference.told, current.difference.now), (4, 4));
    assert_eq!((current.added[0].name.as_str(), current.removed[0].name.as_str()), ("甲5", "甲0"));
    assert_eq!((of(&keys[1]).difference.told, of(&keys[1]).difference.now), (0, 1));
    // A figure of the day is not compared with another day's.
    office.now = at("2020-02-18T09:00");
    let new = tell(&office.sitrep(), &[Key::all(Column::New)]);
    office.now = at("2020-02-19T09:00");
    office.act(&new);
    let differences = query::told_differences(&office.reader(), office.now).unwrap();
    assert!(differences.iter().all(|one| one.difference.key.column != Column::New));
}

#[test]
fn behind_every_figure_stand_its_people_and_units() {
    let mut office = office();
    let (today, now) = (day("2020-02-17"), office.now);
    let hot = Row { person: 5, temp: 381, hubei: true, ..Row::default() };
    office.report(now.plus(-HOUR), 1, today, &[hot, Row { person: 4, temp: 365, ..Row::default() }]);
    let report = office.sitrep();
    let names = |column: Column| {
        let ids = report.figures.ids(&Key::all(column)).to_vec();
        let reader = office.reader();
        let rows = if column.is_of_units() {
            query::units_behind(&reader, &ids)
        } else {
            query::people_behind(&reader, &ids)
        };
        rows.unwrap().into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names(Column::Current), ["甲0", "甲1", "甲2", "甲3"]);
    assert_eq!(names(Column::Feverish), ["甲5"]);
    assert_eq!(names(Column::Hubei), ["甲5"]);
    assert_eq!(names(Column::Received), ["第1学院"]);
    assert_eq!(names(Column::Expected), ["第0学院", "第1学院"]);
    let gone = query::people_behind(&office.reader(), &[uuid::Uuid::from_u128(9)]).unwrap();
    assert!(gone[0].is_gone());
    assert_eq!((report.share(Column::Received), report.share(Column::InTime)), (Some(50.0), Some(50.0)));
}

#[test]
fn the_spoken_report_tells_what_changed_since_it_was_told() {
    let mut office = office();
    let told = tell(&office.sitrep(), &[Key::all(Column::Current)]);
    office.act(&told);
    office.now = at("2020-02-17T14:30");
    let case = query::case_of(&office.reader(), office.people[0]).unwrap().unwrap();
    office.release(at("2020-02-17T11:00"), case);
    office.open(at("2020-02-17T13:00"), 4, Category::Contact, Measure::Home);
    office.open(at("2020-02-17T14:00"), 5, Category::Fever, Measure::Medical);
    let spoken = query::spoken(&office.reader(), office.now, None).unwrap();
    assert_eq!((spoken.before, spoken.current, spoken.new, spoken.released), (4, 5, 2, 1));
    assert_eq!(
        sentences(&spoken, Lang::Zh),
        [
            "现在是下午两点半，有情况要报告：观察中的人有三人身体不适，新增发热一人，两个单位超过时限未报，一人漏访，还没联系上。",
            "目前重点关注五人，比上午十点汇报时多了一人，新增两人、解除一人。",
            // They have owed the days before since the office began: today's report does not hide those.
            "今天该报的两个单位均未报送（第0学院、第1学院），还没催。此外，有两个单位还欠着以前的日报（第0学院、第1学院），最早是2月14日的。",
            "目前没有其他待办事项，有变化马上报告。",
        ]
    );
    // The command was told nothing yet.
    let other = query::spoken(&office.reader(), office.now, Some("指挥部")).unwrap();
    assert!(matches!(other.why, Since::Shift | Since::Day));
    let same = query::spoken(&office.reader(), office.now, Some(" 王副校长 ")).unwrap();
    assert_eq!((same.since, same.before), (spoken.since, 4));
    assert_eq!(
        sentences(&spoken, Lang::En)[1],
        "We are following five people, one more than when I reported at ten o'clock in the morning: two new and one released."
    );
}

#[test]
fn the_numbers_of_a_published_bulletin_come_out_of_an_office_that_has_them() {
    // 2020-02-04: 135 in Hubei (29 + 106), 3 under central observation (2 + 1), 46 at home (16 + 30), 3 released on
    // the day, 12 so far (3 + 9), 33 staying on campus (27, 4, 2, none).
    let campuses = ["东校区", "北校区", "西校区", "白云校区"];
    let mut office = Office::new(at("2020-01-22T08:00"), &campuses);
    let staff = office.add(60, 0, PersonKind::Staff);
    let students = office.add(180, 0, PersonKind::Undergraduate);
    let elsewhere = [office.add(4, 1, PersonKind::Master), office.add(2, 2, PersonKind::Undergraduate)];
    let day_of = at("2020-02-04T12:00");
    office.now = at("2020-02-04T20:00");
    for (from, central, home, past, today) in [(staff, 2, 16, 2, 1), (students, 1, 30, 7, 2)] {
        let mut next = from;
        for (count, measure, released) in [
            (central, Measure::Central, None),
            (home, Measure::Home, None),
            (past, Measure::Home, Some(at("2020-02-02T09:00"))),
            (today, Measure::Home, Some(day_of)),
        ] {
            for _ in 0..count {
                let case = office.open(at("2020-01-25T09:00"), next, Category::BackFromHubei, measure);
                if let Some(at) = released {
                    office.release(at, case);
                }
                next += 1;
            }
        }
    }
    let rows = |from: usize, hubei: usize, staying: usize| {
        let row = |place: usize| Row {
            person: from + place,
            hubei: place < hubei,
            on_campus: place >= hubei && place < hubei + staying,
            temp: 365,
            ..Row::default()
        };
        (0..hubei + staying).map(row).collect::<Vec<_>>()
    };
    let mut east = rows(staff, 29, 0);
    east.extend(rows(students, 106, 27));
    let today = day("2020-02-04");
    office.report(day_of, 0, today, &east);
    office.report(day_of, 1, today, &rows(elsewhere[0], 0, 4));
    office.report(day_of, 2, today, &rows(elsewhere[1], 0, 2));
    office.now = at("2020-02-05T00:00");
    let view = office.view(&SitrepAsk { day: Some(today), boundary: None });
    assert_eq!(view.bad, []);
    let zh = flat(&text(view.clone(), Wording::Numbers, Lang::Zh), Lang::Zh);
    let said = "截至2月4日24时，学校在鄂人员共 135 人（教职工 29 人、学生 106 人）。\
        集中观察 3 人（教职工 2 人、学生 1 人）；居家观察 46 人（教职工 16 人、学生 30 人）；\
        上述观察人员均无异常表现。当日解除观察 3 人；累计解除 12 人（教职工 3 人、学生 9 人）。\
        在校人员 33 人（教职工 0 人、学生 33 人）：东校区 27 人，北校区 4 人，西校区 2 人，白云校区无人在校。";
    assert!(squeezed(&zh).contains(&squeezed(said)), "{zh}");
    let en = flat(&text(view, Wording::Numbers, Lang::En), Lang::En);
    let said = "Up to 4 February 24:00, people in Hubei: 135 (29 staff, 106 students). Under central observation: 3 (2 staff, 1 students); \
        under observation at home: 46 (16 staff, 30 students); nobody under observation is unwell. Released on the day: 3; \
        released so far: 12 (3 staff, 9 students). On campus: 33 (0 staff, 33 students): 东校区 27, 北校区 4, 西校区 2, 白云校区 nobody.";
    assert!(squeezed(&en).contains(&squeezed(said)), "{en}");
}

/// Where a line was broken, a space may have gone or come.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_bulletin_campus_by_campus_comes_out_of_an_office_that_has_its_numbers() {
    // 2022-05-28 08:00: 45 at the observation points (22 with no red, no yellow, 22 green; 18; 5), 7 kept under
    // observation, 3 fewer (10 + 1 − 4); fever 2 new, 610 in all (497, 38, 75, 0); ever kept 432 (319, 38, 75, 0).
    let campuses = ["主校区", "南校区", "北校区", "东校区"];
    let mut office = Office::new(at("2022-02-19T08:00"), &campuses);
    let (before, inside) = (at("2022-05-26T09:00"), at("2022-05-27T15:00"));
    office.now = at("2022-05-28T08:05");
    let mut rows: Vec<Vec<Row>> = vec![Vec::new(); 4];
    // By campus: kept and released before, kept then and released in the window, kept and still there, new in it;
    // fevers that were never kept, of which so many new; people at the observation point.
    let plan =
        [(310, 2, 5, 1, 178, 1, 22), (38, 0, 0, 0, 0, 0, 18), (72, 2, 1, 0, 0, 0, 5), (0, 0, 0, 0, 0, 0, 0)];
    // 310 + 2 + 5 + 1 = 318 is one short of 319: the one more was released before as well.
    for (campus, (past, leaving, staying, new, fevers, fresh, point)) in plan.into_iter().enumerate() {
        let past = past + usize::from(campus == 0);
        let total = past + leaving + staying + new + fevers + point;
        if total == 0 {
            continue;
        }
        let mut next = office.add(total, campus, PersonKind::Undergraduate);
        let mut open = |office: &mut Office, at, measure, released| {
            let case = office.open(at, next, Category::Fever, measure);
            if let Some(at) = released {
                office.release(at, case);
            }
            next += 1;
        };
        for _ in 0..past {
            open(&mut office, before.plus(-48 * HOUR), Measure::Medical, Some(before));
        }
        for _ in 0..leaving {
            open(&mut office, before, Measure::Medical, Some(inside));
        }
        for _ in 0..staying {
            open(&mut office, before, Measure::Medical, None);
        }
        for _ in 0..new {
            open(&mut office, inside, Measure::Medical, None);
        }
        for place in 0..fevers {
            let began = if place < fresh { inside } else { before.plus(-48 * HOUR) };
            open(&mut office, began, Measure::None, Some(inside.plus(HOUR)));
        }
        for _ in 0..point {
            office.open(before, next, Category::CampusObservation, Measure::Campus);
            let code = if campus < 3 { "绿码" } else { "" };
            rows[campus].push(Row { person: next, code, temp: 365, ..Row::default() });
            next += 1;
        }
    }
    let yesterday = day("2022-05-27");
    for (campus, rows) in rows.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
        office.report(at("2022-05-27T09:30"), campus, yesterday, rows);
    }
    let view = office.view(&SitrepAsk { day: Some(yesterday), boundary: Some(480) });
    assert_eq!(view.bad, []);
    let zh = flat(&text(view.clone(), Wording::Campus, Lang::Zh), Lang::Zh);
    for said in [
        "截至5月28日8时，全校观察点共排查 45 人：主校区 22 人（红码 0 人、黄码 0 人、绿码 22 人）；南校区 18 人（红码 0 人、黄码 0 人、绿码 18 人）；\
         北校区 5 人（红码 0 人、黄码 0 人、绿码 5 人）；东校区 0 人。医学留观 7 人，比前一日减少 3 人。",
        "5月27日8时至5月28日8时，全校新增发热 2 人，新增留观 1 人，解除留观 4 人，现有留观 7 人：\
         主校区原有 7 人，新增 1 人，解除 2 人，现有 6 人；南校区原有 0 人，新增 0 人，解除 0 人，现有 0 人；\
         北校区原有 3 人，新增 0 人，解除 2 人，现有 1 人；东校区原有 0 人，新增 0 人，解除 0 人，现有 0 人。",
        "2月19日至5月28日8时，全校累计报告发热 610 人（主校区 497，南校区 38，北校区 75，东校区 0），\
         累计留观 432 人（主校区 319，南校区 38，北校区 75，东校区 0）。",
    ] {
        assert!(squeezed(&zh).contains(&squeezed(said)), "{said}\n{zh}");
    }
    let en = flat(&text(view, Wording::Campus, Lang::En), Lang::En);
    for said in [
        "people at the observation points: 45: 主校区 22 (red code 0, yellow 0, green 22); 南校区 18",
        "Under medical observation: 7, 3 fewer than the day before.",
        "From 27 May 08:00 to 28 May 08:00: 2 new with a fever, 1 newly under medical observation, 4 released from it, 7 now: \
         主校区 7 at the start, 1 new, 2 released, 6 now; 南校区 0 at the start",
        "fever reported of 610 (主校区 497, 南校区 38, 北校区 75, 东校区 0), ever under medical observation 432 (主校区 319, 南校区 38, 北校区 75, 东校区 0).",
    ] {
        assert!(squeezed(&en).contains(&squeezed(said)), "{said}\n{en}");
    }
}

#[test]
fn the_paper_is_whole_in_both_languages_and_as_a_workbook() {
    let office = office();
    let view = office.view(&SitrepAsk::default());
    let head = Letterhead { red_head: "海岬理工大学文件".to_owned(), ..Letterhead::default() };
    for lang in [Lang::Zh, Lang::En] {
        let paper = SitrepPaper::of(view.clone(), Wording::Tables, &head).unwrap();
        let made = make(&paper, lang, &Templates::builtin()).unwrap();
        assert_eq!(made.warning, None);
        assert_eq!(made.look.red_head, "海岬理工大学文件");
        let text = lines::text(&made);
        assert!(text.contains("东校区") && text.contains(&view.report.head), "{text}");
        assert!(text.contains("0÷2＝0.0%") || text.contains("0 ÷ 2 = 0.0%"), "{text}");
        assert_eq!(made.sheets.len(), 6);
        assert!(made.sheets.iter().all(|sheet| sheet.rows.iter().all(|row| row.len() == sheet.head.len())));
        assert_eq!(paper.json(lang)["figures"]["all.current"], 4);
        let names: Vec<String> = paper.charts(lang).into_iter().map(|chart| chart.name).collect();
        assert_eq!(names, ["trend", "received", "units", "heat"]);
    }
}

#[test]
fn two_who_differ_only_in_hidden_digits_are_two_who_were_told() {
    let mut office = office();
    let (first, second) = ("李主任 13905321111", "李主任 13912341111");
    let to = |office: &Office, to: &str| {
        let Act::Tell { channel, day, boundary, figures, words, .. } =
            tell(&office.sitrep(), &[Key::all(Column::Current)])
        else {
            unreachable!()
        };
        Act::Tell { to: to.to_owned(), channel, day, boundary, figures, words }
    };
    let act = to(&office, first);
    office.act(&act);
    let told_first = office.now;
    office.now = office.now.plus(HOUR);
    office.open(office.now, 5, Category::Contact, Measure::Campus);
    office.now = office.now.plus(MINUTE);
    let act = to(&office, second);
    office.act(&act);
    // The second heard the new figure; the first still has the old one.
    let differences = query::told_differences(&office.reader(), office.now).unwrap();
    assert_eq!(differences.len(), 1, "{differences:?}");
    let one = &differences[0];
    assert_eq!((one.difference.at, one.difference.told, one.difference.now), (told_first, 4, 5));
    // What is shown of either has its number hidden.
    assert_eq!(one.to(), "李主任 139****1111");
    let book = query::told(&office.reader(), 9).unwrap();
    assert_eq!(book.iter().map(|row| row.written_to.as_str()).collect::<Vec<_>>(), [second, first]);
    assert!(book.iter().all(|row| row.to() == "李主任 139****1111"), "{book:?}");
    // Spoken to the first it goes on from what the first heard; by what the book shows, from whoever heard last.
    let since = |to: &str| query::spoken(&office.reader(), office.now, Some(to)).unwrap().since;
    assert_eq!(since(first), told_first);
    assert_eq!((since(second), since("李主任 139****1111")), (office.now, office.now));
    let spoken = query::spoken(&office.reader(), office.now, Some(first)).unwrap();
    assert_eq!(spoken.why, Since::Told("李主任 139****1111".to_owned()));
}

#[test]
fn a_report_that_was_sent_keeps_the_head_it_was_sent_with() {
    let mut office = office();
    let set = |office: &mut Office, red_head: &str, sealed: bool| {
        let settings = query::settings(&office.reader()).unwrap();
        let settings = Settings { red_head: red_head.to_owned(), sealed, ..settings };
        office.act(&Act::ChangeSettings(Box::new(settings)));
    };
    set(&mut office, "海岬理工大学文件", true);
    let Some(Made::Sitrep(first)) = office.act(&send(&office.sitrep())).made else { panic!() };
    // One that says itself how it is headed is kept as it says.
    let mut second = office.sitrep();
    let to = "教育局".to_owned();
    let number = "海理工防控〔2020〕12号".to_owned();
    let own = Letterhead { number, signer: "李主任".to_owned(), ..Letterhead::default() };
    second.letterhead = Some(own.clone());
    let second = Act::SendSitrep { report: Box::new(second), to, channel: Channel::Wechat };
    let Some(Made::Sitrep(second)) = office.act(&second).made else { panic!() };
    set(&mut office, "海岬理工大学疫情防控办公室", false);
    let now = query::settings(&office.reader()).unwrap().letterhead();
    let printed = |id| {
        let view = query::sitrep_of(&office.reader(), id).unwrap().unwrap();
        let kept = view.report.letterhead.clone().unwrap();
        // Whatever is asked for today.
        let paper = SitrepPaper::of(view, Wording::Numbers, &now).unwrap();
        (kept, make(&paper, Lang::Zh, &Templates::builtin()).unwrap())
    };
    let (kept, paper) = printed(first);
    assert_eq!((kept.red_head.as_str(), kept.sealed), ("海岬理工大学文件", true));
    assert_eq!(paper.look.red_head, "海岬理工大学文件");
    assert!(paper.blocks.iter().any(|block| matches!(block, Block::Issued(issued) if issued.sealed)));
    let (kept, paper) = printed(second);
    assert_eq!(kept, own);
    let look = (paper.look.red_head.as_str(), paper.look.number.as_str(), paper.look.signer.as_str());
    assert_eq!(look, ("", "海理工防控〔2020〕12号", "李主任"));
}

#[test]
fn the_list_of_what_was_sent_says_under_which_number_it_went_out_and_who_signed_it() {
    let mut office = office();
    let mut report = office.sitrep();
    let letterhead = Letterhead {
        number: "海理工防控〔2020〕17号".to_owned(),
        signer: "钟秉文".to_owned(),
        ..Letterhead::default()
    };
    report.letterhead = Some(letterhead.clone());
    office.act(&send(&report));
    assert_eq!(query::sitreps(&office.reader(), 10).unwrap()[0].letterhead, letterhead);
}
