//! The messages, word for word.

use super::*;
use crate::domain::doubt::{Check, Doubt, Urgency, Value};
use crate::domain::ids::PersonId;
use crate::domain::mask::Private;
use crate::domain::time::{Calendar, add_days};
use crate::store::query::rows::{DayFigures, DoubtRow, Refused};
use uuid::Uuid;

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, n).unwrap()
}

fn id(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(n))
}

fn wanted(n: u32, hour: &str) -> Wanted {
    Wanted { day: day(n), round: Round::default(), due: at(&format!("{n:02}T{hour}")) }
}

fn unit(n: u128, short: &str, owed: Vec<Wanted>, awaited: Option<Wanted>) -> Chased {
    Chased {
        id: id(n),
        code: format!("U{n:02}"),
        name: format!("{short}学院"),
        short: short.to_owned(),
        liaison: "李海燕".to_owned(),
        owed,
        awaited,
        behind: 0,
        usually_late: false,
        promise: None,
    }
}

fn figures(n: u32, received: u32, expected: u32) -> DayFigures {
    DayFigures {
        day: day(n),
        deadline: at(&format!("{n:02}T10:00")),
        expected,
        received,
        ..DayFigures::default()
    }
}

/// At a moment of the 17th; nothing is missing.
fn office(now: &str) -> Chasing {
    Chasing {
        office: "海岬理工大学防控办".to_owned(),
        officer: "陈静".to_owned(),
        phone: "0532-88901000".to_owned(),
        send_by: "发到本群".to_owned(),
        calendar: Calendar::default(),
        at: at(now),
        force: Some(figures(17, 41, 41)),
        ..Chasing::default()
    }
}

fn ask(chasing: &Chasing, about: About) -> Ask {
    Ask { about, which: Which::All, by: crate::domain::chase::answer_by(chasing.at, chasing.calendar) }
}

fn told(message: &Message) -> Vec<u128> {
    message.to.iter().map(|told| told.unit.0.as_u128()).collect()
}

/// After the deadline: one with a promise, one that owes the day before as well.
fn after() -> Chasing {
    let mut chasing = office("17T10:05");
    chasing.force = Some(figures(17, 38, 41));
    chasing.units = vec![
        unit(1, "海洋", vec![wanted(17, "10:00")], None),
        Chased { promise: Some(at("17T10:30")), ..unit(2, "后勤", vec![wanted(17, "10:00")], None) },
        unit(3, "国教", vec![wanted(16, "10:00"), wanted(17, "10:00")], None),
    ];
    chasing
}

#[test]
fn after_the_deadline_it_says_who_is_missing_by_when_how_and_whom_to_call() {
    let chasing = after();
    let message = group(&chasing, &ask(&chasing, About::All));
    assert_eq!(
        message.text.zh,
        "【催报】海岬理工大学防控办\n\
         各位联络人好！截至 2月17日 10:05，下面的日报还没有收到：\n\
         2月17日日报（10:00 截止），3 个单位：海洋、后勤（约定 10:30）、国教\n\
         2月16日日报（10:00 截止），1 个单位：国教\n\
         请在今天 10:45 前报来；没有异常也请回复“零报告”。\n\
         已经发出的，请再发一次或告诉我们一声。\n\
         报送方式：发到本群。\n\
         值班员 陈静，电话 0532-88901000。谢谢！"
    );
    assert_eq!(
        message.text.en,
        "[Reports outstanding] 海岬理工大学防控办\n\
         Good day to all liaisons. At 10:05 on Feb 17 these reports have not reached us yet:\n\
         Feb 17 report (due 10:00) (3): 海洋, 后勤 (promised for 10:30), 国教\n\
         Feb 16 report (due 10:00) (1): 国教\n\
         Please send them by 10:45 today; if there is nothing to report, please say “zero report”.\n\
         If yours has been sent already, please send it again or tell us.\n\
         How to send: 发到本群.\n\
         Officer on duty: 陈静, phone 0532-88901000. Thank you!"
    );
    assert_eq!(told(&message), [1, 2, 3]);
    assert_eq!(message.to[2].words.zh, "群发催报：欠 2 份，最早 02-16；请今天 10:45 前报");
    let drafts = message.drafts(Channel::Qq, Lang::En);
    assert_eq!((drafts.len(), drafts[0].outcome, drafts[0].channel), (3, Outcome::MessageSent, Channel::Qq));
    assert_eq!(
        drafts[0].words,
        "chased in the group: 1 report owed, the oldest of 02-17; asked for by 10:45 today"
    );
}

/// Before the deadline: one is usually late, one is not, one has an hour of its own.
fn before() -> Chasing {
    let mut chasing = office("17T07:50");
    chasing.force = Some(figures(16, 41, 41));
    chasing.running = Some(figures(17, 12, 41));
    chasing.units = vec![
        Chased { usually_late: true, behind: 4, ..unit(1, "海洋", vec![], Some(wanted(17, "10:00"))) },
        unit(2, "后勤", vec![], Some(wanted(17, "10:00"))),
        Chased { usually_late: true, behind: 3, ..unit(3, "国教", vec![], Some(wanted(17, "10:00"))) },
    ];
    chasing
}

#[test]
fn before_the_deadline_those_are_reminded_who_are_usually_late_and_it_does_not_say_that_they_are() {
    let mut chasing = before();
    let message = group(&chasing, &ask(&chasing, About::All));
    assert_eq!(
        message.text.zh,
        "【提醒】海岬理工大学防控办\n\
         各位联络人好！2月17日日报今天 10:00 截止，目前收到 12/41。\n\
         请这几个单位留意一下时间：海洋、国教\n\
         没有异常也请回复“零报告”。\n\
         报送方式：发到本群。\n\
         值班员 陈静，电话 0532-88901000。谢谢！"
    );
    assert_eq!(
        message.text.en,
        "[Reminder] 海岬理工大学防控办\n\
         Good day to all liaisons. The Feb 17 report is due 10:00 today; 12 of 41 are in.\n\
         A kind word about the time to: 海洋, 国教\n\
         If there is nothing to report, please say “zero report”.\n\
         How to send: 发到本群.\n\
         Officer on duty: 陈静, phone 0532-88901000. Thank you!"
    );
    assert_eq!(told(&message), [1, 3]);
    // By name everybody is named, whatever they are used to; an hour of their own is told.
    chasing.units[1].awaited = Some(wanted(17, "09:30"));
    let named = Ask { which: Which::Named(vec![id(1), id(2)]), ..ask(&chasing, About::Before) };
    let message = group(&chasing, &named);
    assert_eq!(
        message.text.zh.lines().nth(2),
        Some("请这几个单位留意一下时间：今天 09:30 前：后勤；今天 10:00 前：海洋")
    );
    assert_eq!(told(&message), [1, 2]);
    // Among those that are seen the rule holds.
    let among = Ask { which: Which::Among(vec![id(1), id(2)]), ..ask(&chasing, About::All) };
    assert_eq!(told(&group(&chasing, &among)), [1]);
    // Nobody is usually late: it is said to all, and nobody is named or logged.
    chasing.units.retain(|unit| !unit.usually_late);
    let message = group(&chasing, &ask(&chasing, About::All));
    assert!(message.text.zh.contains("还没有报的单位请按时报来") && !message.text.zh.contains("后勤"));
    assert!(message.to.is_empty());
}

#[test]
fn what_is_owed_and_what_is_due_next_stand_in_one_message_or_apart() {
    let mut chasing = before();
    chasing.units[1].owed = vec![wanted(16, "10:00")];
    chasing.force = Some(figures(16, 40, 41));
    assert_eq!(abouts(&chasing, &Which::All), [About::All, About::Owed, About::Before]);
    let text = |about| group(&chasing, &ask(&chasing, about));
    let all = text(About::All);
    assert_eq!(
        all.text.zh.lines().collect::<Vec<_>>()[1..6],
        [
            "各位联络人好！截至 2月17日 07:50，下面的日报还没有收到：",
            "2月16日日报（10:00 截止），1 个单位：后勤",
            "请在今天 08:30 前报来；没有异常也请回复“零报告”。",
            "已经发出的，请再发一次或告诉我们一声。",
            "另外，2月17日日报今天 10:00 截止，请海洋、国教留意时间。",
        ]
    );
    assert_eq!(told(&all), [1, 2, 3]);
    assert_eq!(told(&text(About::Owed)), [2]);
    assert!(!text(About::Owed).text.zh.contains("另外"));
    assert_eq!(told(&text(About::Before)), [1, 3]);
}

#[test]
fn who_has_an_hour_of_their_own_is_told_it_beside_what_is_owed_and_after_the_last_of_the_office_s() {
    let mut chasing = before();
    chasing.units[1].owed = vec![wanted(16, "10:00")];
    chasing.units[2].awaited = Some(wanted(17, "12:00"));
    let message = group(&chasing, &ask(&chasing, About::All));
    assert_eq!(
        message.text.zh.lines().filter(|line| line.starts_with("另外")).collect::<Vec<_>>(),
        [
            "另外，2月17日日报今天 10:00 截止，请海洋留意时间。",
            "另外，2月17日日报今天 12:00 截止，请国教留意时间。"
        ]
    );
    // The office waits for nothing any longer, and for these until noon.
    chasing.at = at("17T10:30");
    (chasing.force, chasing.running) = (Some(figures(17, 40, 41)), None);
    chasing.units.remove(0);
    let message = group(&chasing, &ask(&chasing, About::All));
    assert!(
        message.text.zh.contains("另外，2月17日日报今天 12:00 截止，请国教留意时间。"),
        "{}",
        message.text.zh
    );
    assert_eq!(told(&message), [2, 3]);
    for which in [Which::Named(vec![id(3)]), Which::Among(vec![id(3)])] {
        let message = group(&chasing, &Ask { which, ..ask(&chasing, About::All) });
        assert_eq!(
            message.text.zh.lines().collect::<Vec<_>>()[..4],
            [
                "【提醒】海岬理工大学防控办",
                "各位联络人好！",
                "请这几个单位留意一下时间：2月17日日报今天 12:00 前：国教",
                "没有异常也请回复“零报告”。"
            ]
        );
        assert_eq!(
            message.text.en.lines().nth(2),
            Some("A kind word about the time to: Feb 17 report by 12:00 today: 国教")
        );
        assert_eq!(told(&message), [3]);
        assert_eq!(message.to[0].words.zh, "群发提醒：2月17日日报今天 12:00 截止");
    }
}

#[test]
fn whose_report_is_another_than_the_office_s_next_is_told_which() {
    let mut chasing = before();
    chasing.rounds = vec![(Round("am".into()), "早报".to_owned()), (Round("pm".into()), "晚报".to_owned())];
    chasing.at = at("17T10:30");
    let of = |hour, round: &str| Some(Wanted { round: Round(round.into()), ..wanted(17, hour) });
    chasing.running =
        Some(DayFigures { round: Round("pm".into()), deadline: at("17T16:00"), ..figures(17, 3, 41) });
    chasing.units[0].awaited = of("12:00", "am");
    chasing.units[2].awaited = of("16:00", "pm");
    let text = group(&chasing, &ask(&chasing, About::All)).text.zh;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], "各位联络人好！2月17日日报（晚报）今天 16:00 截止，目前收到 3/41。");
    assert_eq!(
        lines[2],
        "请这几个单位留意一下时间：2月17日日报（早报）今天 12:00 前：海洋；今天 16:00 前：国教"
    );
}

/// Whatever is asked, and however the day stands: nobody is logged who is not written of.
#[test]
fn nobody_is_logged_as_written_to_whom_the_text_does_not_name() {
    let owed = [vec![], vec![wanted(16, "10:00")], (10..=16).map(|n| wanted(n, "10:00")).collect()];
    let awaited = [None, Some(wanted(17, "10:00")), Some(wanted(17, "12:00"))];
    let days = [None, Some(figures(17, 0, 0)), Some(figures(17, 40, 41)), Some(figures(17, 41, 41))];
    for running in &days {
        for force in &days {
            for (n, owed) in owed.iter().enumerate() {
                for awaited in &awaited {
                    for usually_late in [false, true] {
                        let mut chasing = office("17T09:00");
                        (chasing.running, chasing.force) = (running.clone(), force.clone());
                        let one = Chased { usually_late, ..unit(1, "海洋", owed.clone(), awaited.clone()) };
                        chasing.units = vec![one, unit(2, "后勤", owed.clone(), Some(wanted(17, "11:00")))];
                        for about in [About::All, About::Owed, About::Before] {
                            for which in [Which::All, Which::Named(vec![id(1)]), Which::Among(vec![id(2)])] {
                                let message = group(&chasing, &Ask { which, ..ask(&chasing, about) });
                                for told in &message.to {
                                    let name = if told.unit == id(1) { "海洋" } else { "后勤" };
                                    assert!(message.text.zh.contains(name), "{about:?} {chasing:?}");
                                    assert!(message.text.en.contains(name), "{about:?} {chasing:?}");
                                    assert!(!told.words.zh.is_empty(), "{about:?} {chasing:?}");
                                }
                                let thanks = message.text.zh.contains("辛苦");
                                let whole = running.as_ref().or(force.as_ref());
                                let whole = whole.is_some_and(|day| day.expected == 41 && day.received == 41);
                                assert!(!thanks || n == 0 || whole, "{about:?} {chasing:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn nobody_is_thanked_because_none_was_expected_while_one_is_owed() {
    let mut chasing = after();
    chasing.running = Some(figures(18, 0, 0));
    chasing.units.push(unit(9, "图书馆", vec![], None));
    let of = Ask { which: Which::Named(vec![id(9)]), ..ask(&chasing, About::All) };
    assert_eq!(group(&chasing, &of), Message::default());
    // Where nobody owes any it is said.
    chasing.units.retain(|unit| unit.owed.is_empty());
    assert!(group(&chasing, &of).text.zh.contains("目前没有欠报的单位"));
}

#[test]
fn when_all_are_in_it_thanks_and_names_nobody() {
    for (now, zh) in [
        ("17T10:05", "各位联络人好！2月17日日报 41 个单位已全部收到，大家辛苦了！"),
        ("17T17:00", "各位联络人好！2月17日日报 41 个单位已全部收到，大家辛苦了！"),
    ] {
        let chasing = office(now);
        let message = group(&chasing, &ask(&chasing, About::All));
        assert_eq!(message.text.zh.lines().nth(1), Some(zh), "{now}");
        assert_eq!(message.text.zh.lines().last(), Some("值班员 陈静，电话 0532-88901000。谢谢！"));
        assert!(message.to.is_empty() && message.drafts(Channel::Wechat, Lang::Zh).is_empty());
    }
    // One that was written off did not come: it is not said that it did.
    let mut chasing = office("17T10:05");
    chasing.force = Some(figures(17, 40, 41));
    assert!(group(&chasing, &ask(&chasing, About::All)).text.zh.contains("目前没有欠报的单位"));
    // Of some that owe nothing while others do, nothing is said: least of all that nobody does.
    let mut others = after();
    others.units.push(unit(9, "图书馆", vec![], None));
    let of = Ask { which: Which::Named(vec![id(9)]), ..ask(&others, About::All) };
    assert_eq!(group(&others, &of), Message::default());
    // What is due next, where nothing is.
    assert_eq!(group(&chasing, &ask(&chasing, About::Before)), Message::default());
}

#[test]
fn just_after_midnight_what_yesterday_owes_is_asked_for_the_morning() {
    let mut chasing = before();
    chasing.at = at("17T00:01");
    chasing.force = Some(figures(16, 40, 41));
    chasing.running = Some(figures(17, 0, 41));
    chasing.units[1].owed = vec![wanted(16, "10:00")];
    let message = group(&chasing, &ask(&chasing, About::Owed));
    assert!(message.text.zh.contains("请在今天 08:00 前报来"), "{}", message.text.zh);
    assert!(message.text.zh.contains("截至 2月17日 00:01"));
}

#[test]
fn a_long_list_names_everybody_and_old_debts_are_counted() {
    let mut chasing = office("17T17:00");
    chasing.rehearsal = true;
    let many = (1..=60).map(|n| unit(n, &format!("学院{n}"), vec![wanted(17, "10:00")], None));
    let old = (10..=17).map(|n| wanted(n, "10:00")).collect();
    chasing.units = many.chain([unit(99, "后勤", old, None)]).collect();
    let message = group(&chasing, &ask(&chasing, About::All));
    let lines: Vec<&str> = message.text.zh.lines().collect();
    assert_eq!(lines[0], "【演练】【催报】海岬理工大学防控办");
    assert!(lines[2].starts_with("2月17日日报（10:00 截止），61 个单位：学院1、学院2、"));
    assert!(lines[2].ends_with("学院60、后勤"));
    assert_eq!(lines[3], "2月16日日报（10:00 截止），1 个单位：后勤");
    assert_eq!(lines[4], "更早的日报：后勤 6 份");
    assert_eq!(message.to.len(), 61);
}

#[test]
fn rounds_are_named_where_there_are_several_and_names_from_outside_stay_in_their_line() {
    let mut chasing = after();
    chasing.rounds = vec![(Round("am".into()), "早报".to_owned()), (Round("pm".into()), "晚报".to_owned())];
    chasing.units.truncate(1);
    chasing.units[0].owed[0].round = Round("am".into());
    chasing.units[0].short = "海\n洋\u{202e}".to_owned();
    let text = group(&chasing, &ask(&chasing, About::All)).text;
    assert!(text.zh.contains("2月17日日报（早报）（10:00 截止），1 个单位："), "{}", text.zh);
    assert!(text.en.contains("Feb 17 report (早报) (due 10:00) (1):"), "{}", text.en);
    assert!(!text.zh.contains('\u{202e}'));
    assert_eq!(text.zh.lines().count(), text.en.lines().count());
    assert_eq!(text.zh.lines().count(), 7);
}

fn matters() -> UnitMatters {
    let mut chasing = after();
    chasing.units.retain(|unit| unit.id == id(3));
    let person = PersonId(Uuid::from_u128(7));
    let doubt = Doubt::new(
        Subject::Person(person),
        id(3),
        Check::Moved,
        (day(17), &Round::default()),
        (
            Value::new("place", add_days(day(17), -1), "山东省青岛市"),
            Value::new("place", day(17), "湖北省武汉市"),
        ),
    );
    let row = DoubtRow {
        doubt,
        urgency: Urgency::Today,
        no: "20080007".to_owned(),
        name: "王伟".to_owned(),
        unit: "国教学院".to_owned(),
        phone: Private::new("13905321111"),
        liaison: String::new(),
        liaison_phone: String::new(),
        came: at("17T09:00"),
        deferred: None,
        keys: String::new(),
    };
    UnitMatters {
        chasing,
        id: id(3),
        code: "U03".to_owned(),
        name: "国际教育学院".to_owned(),
        short: "国教".to_owned(),
        liaison: "安娜".to_owned(),
        refused: vec![Refused { day: day(15), round: Round::default(), rows: 2 }],
        doubts: vec![row],
    }
}

#[test]
fn a_unit_s_own_message_says_all_that_concerns_it_and_no_number_of_anybody() {
    let matters = matters();
    let message = super::unit(&matters, at("17T10:45"));
    let lines: Vec<&str> = message.text.zh.lines().collect();
    assert_eq!(
        lines[..5],
        [
            "安娜老师，您好！我是海岬理工大学防控办值班员陈静。",
            "国教还有下面几件事，麻烦您看一下：",
            "1. 2月17日日报、2月16日日报还没有收到，请在今天 10:45 前报来；没有异常也请回复“零报告”。",
            "2. 2月15日日报的表里有 2 行没有收进去，请改好再发一次。",
            "3. 请帮忙核实下面 1 项，问到后直接回复就行：",
        ]
    );
    assert!(lines[5].starts_with("· 王伟："), "{}", lines[5]);
    assert_eq!(lines[6..], ["报送方式：发到本群。", "值班员 陈静，电话 0532-88901000。谢谢！"]);
    let en: Vec<&str> = message.text.en.lines().collect();
    assert_eq!(en[0], "Dear 安娜, this is 陈静, on duty at 海岬理工大学防控办.");
    assert_eq!(en.len(), lines.len());
    for text in [&message.text.zh, &message.text.en] {
        assert!(!text.contains("13905321111") && !text.contains("20080007"), "{text}");
    }
    assert_eq!(told(&message), [3]);
    assert_eq!(message.to[0].words.zh, "发单位消息：欠报 2 份，退回 2 行，存疑 1 条");
    assert!(!message.to[0].words.zh.contains("王伟"), "a word about a unit keeps no person's name");
}

#[test]
fn of_a_number_that_stands_in_a_place_no_part_goes_out_however_it_is_cut() {
    let number = "13905321111";
    // However far before the cut it begins, and whether the place is that of the day before or of today.
    for before in 0..=14 {
        let said = format!("{}{number}", "x".repeat(before));
        for (was, is) in [("山东省青岛市".to_owned(), said.clone()), (said, "湖北省武汉市".to_owned())]
        {
            let mut matters = matters();
            let about = matters.doubts[0].doubt.about;
            matters.doubts[0].doubt = Doubt::new(
                about,
                id(3),
                Check::Moved,
                (day(17), &Round::default()),
                (Value::new("place", add_days(day(17), -1), was), Value::new("place", day(17), is)),
            );
            let text = super::unit(&matters, at("17T10:45")).text;
            for text in [&text.zh, &text.en] {
                // The first three and the last four are what every mask leaves.
                assert!(!text.contains("1390"), "{text}");
            }
        }
    }
}

#[test]
fn more_questions_than_a_chat_holds_are_counted_and_nothing_wanted_is_said_so() {
    let mut full = matters();
    full.doubts = vec![full.doubts[0].clone(); 13];
    let text = super::unit(&full, at("17T10:45")).text.zh;
    assert_eq!(text.matches("· ").count(), 10);
    assert!(text.contains("另有 3 项，随反馈单发给您。"), "{text}");
    // Of two who are called so, one is not among those that are asked about here: which of them is said all the same.
    let other = PersonId(Uuid::from_u128(8));
    full.doubts[12].doubt.about = Subject::Person(other);
    full.doubts[12].no = "20080008".to_owned();
    let text = super::unit(&full, at("17T10:45")).text.zh;
    assert_eq!(text.matches("· 王伟（尾号 0007）：").count(), 10, "{text}");
    let mut none = matters();
    none.doubts.clear();
    none.refused.clear();
    none.chasing.units.clear();
    none.liaison.clear();
    let text = super::unit(&none, at("17T10:45")).text.zh;
    assert_eq!(
        text,
        "国教联络人，您好！我是海岬理工大学防控办值班员陈静。\n国教目前没有欠报，也没有要核实的。\n值班员 陈静，电话 0532-88901000。谢谢！"
    );
}
