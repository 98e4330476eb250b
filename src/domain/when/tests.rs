use super::*;
use crate::error::{Error, Kind};
use crate::say::Lang;
use proptest::prelude::*;

/// Monday 2020-02-17 10:05 in Qingdao.
fn now() -> Ts {
    Ts::from_rfc3339("2020-02-17T10:05:00+08:00").unwrap()
}

fn cal() -> Calendar {
    Calendar::default()
}

fn at(text: &str) -> String {
    let parsed = parse(text, now(), cal())
        .unwrap_or_else(|error| panic!("{text}: {}", Error::from(error).text(Lang::En)));
    let mark = if parsed.next_day { " next day" } else { "" };
    format!("{}{mark}", cal().md_hm(parsed.at))
}

fn was(text: &str) -> String {
    cal().ymd_hm(parse_at(text, now(), cal()).unwrap_or_else(|_| panic!("{text}")))
}

#[test]
fn times_of_day() {
    for text in [
        "15:00",
        "1500",
        "15：00",
        "１５：００",
        " 15:00 ",
        "15点",
        "15时",
        "下午3点",
        "下午三点",
        "3pm",
        "3 PM",
        "at 15:00",
        "15:00:00",
        "3:00pm",
        "三点",
        "3",
        "3点钟",
    ] {
        assert_eq!(at(text), "02-17 15:00", "{text}");
    }
    assert_eq!(at("下午3点半"), "02-17 15:30");
    assert_eq!(at("十五点二十分"), "02-17 15:20");
    assert_eq!(at("11点一刻"), "02-17 11:15");
    assert_eq!(at("11点三刻"), "02-17 11:45");
    assert_eq!(at("10:05"), "02-17 10:05");
    assert_eq!(at("24:00"), "02-18 00:00");
    assert_eq!(at("noon"), "02-17 12:00");
    assert_eq!(at("中午"), "02-17 12:00");
    assert_eq!(at("中午1点"), "02-17 13:00");
    assert_eq!(at("晚上8点"), "02-17 20:00");
    assert_eq!(at("今晚12点"), "02-18 00:00");
    assert_eq!(at("今晚2点"), "02-18 02:00");
    assert_eq!(at("tonight 8"), "02-17 20:00");
}

#[test]
fn a_bare_time_that_is_past_means_tomorrow_and_says_so() {
    assert_eq!(at("9"), "02-18 09:00 next day");
    assert_eq!(at("9点"), "02-18 09:00 next day");
    assert_eq!(at("9点半"), "02-18 09:30 next day");
    assert_eq!(at("09:00"), "02-18 09:00 next day");
    assert_eq!(at("0930"), "02-18 09:30 next day");
    assert_eq!(at("10:04"), "02-18 10:04 next day");
    // Written with minutes it is not vague: three at night it is.
    assert_eq!(at("03:00"), "02-18 03:00 next day");
    assert_eq!(at("凌晨3点"), "02-18 03:00 next day");
}

#[test]
fn lengths_of_time() {
    for text in [
        "30m",
        "30 min",
        "30分钟",
        "30分",
        "三十分钟",
        "半小时",
        "半个小时",
        "in 30m",
        "+30m",
        "30分钟后",
        "过半小时",
    ] {
        assert_eq!(at(text), "02-17 10:35", "{text}");
    }
    for text in ["2h", "2 hours", "两小时", "2个小时", "二小时后", "120m"] {
        assert_eq!(at(text), "02-17 12:05", "{text}");
    }
    for text in ["1h30", "1h30m", "1小时30分", "一个半小时", "1.5h", "90m", "1 h 30 min"] {
        assert_eq!(at(text), "02-17 11:35", "{text}");
    }
    assert_eq!(at("3天后"), "02-20 10:05");
    assert_eq!(at("1d"), "02-18 10:05");
}

#[test]
fn days() {
    for text in [
        "tomorrow 9",
        "tomorrow 9:00",
        "tomorrow at 9",
        "明天9点",
        "明天九点",
        "明早9点",
        "明日 09:00",
        "tmr 0900",
        "2月18日9点",
        "02-18 09:00",
        "2/18 9",
        "2020-02-18 09:00",
        "2020/2/18 9:00",
        "2020年2月18日9点",
        "18号9点",
        "明天",
        "tomorrow",
        "明早",
        "2020-02-18T09:00",
        "2020-02-18T09:00:00+08:00",
        "2020-02-18T01:00:00Z",
    ] {
        assert_eq!(at(text), "02-18 09:00", "{text}");
    }
    assert_eq!(at("明早8点"), "02-18 08:00");
    assert_eq!(at("明晚8点"), "02-18 20:00");
    assert_eq!(at("后天下午2点半"), "02-19 14:30");
    assert_eq!(at("大后天"), "02-20 09:00");
    assert_eq!(at("今天15:00"), "02-17 15:00");
    assert_eq!(at("5号8点"), "03-05 08:00");
    assert_eq!(at("31号"), "03-31 09:00");
}

#[test]
fn times_as_officers_say_them() {
    // Monday 2020-02-17 10:05.
    for (said, meant) in [
        ("周日", "02-23 09:00"),
        ("星期天下午3点", "02-23 15:00"),
        ("周三", "02-19 09:00"),
        ("星期三15:00", "02-19 15:00"),
        ("礼拜三15:00", "02-19 15:00"),
        ("周三下午三点前", "02-19 15:00"),
        ("下周一9点", "02-24 09:00"),
        ("下星期一 9:00", "02-24 09:00"),
        ("下个礼拜一9点", "02-24 09:00"),
        ("下周日", "03-01 09:00"),
        ("下下周一", "03-02 09:00"),
        ("本周五16:00", "02-21 16:00"),
        ("这周五16:00", "02-21 16:00"),
        ("Wed 15:00", "02-19 15:00"),
        ("next Monday 9", "02-24 09:00"),
        ("Sunday", "02-23 09:00"),
        ("三点前", "02-17 15:00"),
        ("3点之前", "02-17 15:00"),
        ("12点前", "02-17 12:00"),
        ("下午三点半前", "02-17 15:30"),
        ("15:00前", "02-17 15:00"),
        ("by 3pm", "02-17 15:00"),
        ("before 12:00", "02-17 12:00"),
        ("今晚", "02-17 20:00"),
        ("明晚", "02-18 20:00"),
        ("tonight", "02-17 20:00"),
        ("周三晚上", "02-19 20:00"),
        ("周三晚8点", "02-19 20:00"),
        ("一刻钟后", "02-17 10:20"),
        ("一刻钟", "02-17 10:20"),
        ("半小时", "02-17 10:35"),
        ("10分钟内", "02-17 10:15"),
        ("10分钟之内", "02-17 10:15"),
        ("两周后", "03-02 10:05"),
        ("2个星期后", "03-02 10:05"),
        ("2 weeks", "03-02 10:05"),
        ("15点整", "02-17 15:00"),
        ("下午三点整", "02-17 15:00"),
        ("下午三点零五分", "02-17 15:05"),
        ("下午三点〇五", "02-17 15:05"),
        ("下午三点零分", "02-17 15:00"),
        ("明晨8点", "02-18 08:00"),
        ("明天清晨6点", "02-18 06:00"),
        ("明天一早8点", "02-18 08:00"),
        ("下班前", "02-17 17:00"),
        ("明天下班前", "02-18 17:00"),
        ("周五下班前", "02-21 17:00"),
        ("明天凌晨12点", "02-18 00:00"),
        ("12pm", "02-17 12:00"),
    ] {
        assert_eq!(at(said), meant, "{said}");
    }
    assert_eq!(at("9点整"), "02-18 09:00 next day");
    assert_eq!(at("12am"), "02-18 00:00 next day");
    let cal = Calendar { closes_min: 17 * 60 + 30, ..cal() };
    assert_eq!(cal.hm(parse("下班前", now(), cal).unwrap().at), "17:30");
}

#[test]
fn what_names_no_hour_is_asked_for() {
    for said in [
        "一早",
        "明天一早",
        "一大早",
        "明天大清早",
        "清早",
        "凌晨",
        "明天凌晨",
        "上午12点",
        "明天上午12点",
        "早上十二点",
        "下午",
        "周三下午",
    ] {
        assert_eq!(
            Error::from(parse(said, now(), cal()).expect_err(said)).kind(),
            Some(Kind::Input),
            "{said}"
        );
        assert_eq!(
            Error::from(parse_at(said, now(), cal()).expect_err(said)).kind(),
            Some(Kind::Input),
            "{said}"
        );
    }
    let twelve = Error::from(parse("上午12点", now(), cal()).expect_err("noon or midnight")).text(Lang::Zh);
    assert!(twelve.contains("12:00") && twelve.contains("00:00"), "{twelve}");
    // Of what was, a part of the day is no time; nor is the end of one that is left.
    for said in ["昨晚", "昨天早上", "三点前", "昨天下午三点前"] {
        assert!(parse_at(said, now(), cal()).is_err(), "{said}");
    }
    // An evening that has begun.
    let late = Ts::from_rfc3339("2020-02-17T21:00:00+08:00").unwrap();
    assert!(parse("今晚", late, cal()).is_err() && parse("晚上", late, cal()).is_err());
    assert_eq!(cal().md_hm(parse("明晚", late, cal()).unwrap().at), "02-18 20:00");
    assert!(parse("周一9点", now(), cal()).is_err(), "this morning at nine is over");
}

#[test]
fn a_day_without_its_year_is_the_last_of_what_was_and_the_next_of_what_will_be() {
    let comes = |text: &str| cal().ymd_hm(parse(text, now(), cal()).unwrap().at);
    assert_eq!(comes("12-31 9:00"), "2020-12-31 09:00");
    assert_eq!(was("12-31 9:00"), "2019-12-31 09:00");
    assert_eq!(comes("10-01 9:00"), "2020-10-01 09:00");
    assert_eq!(was("10-01 9:00"), "2019-10-01 09:00");
    assert_eq!(was("08-01 9:00"), "2019-08-01 09:00");
    assert_eq!(comes("02-29 9:00"), "2020-02-29 09:00");
    assert_eq!(was("周日 9:00"), "2020-02-16 09:00");
    assert_eq!(was("周一 9:00"), "2020-02-17 09:00");
    assert_eq!(was("上周五16:00"), "2020-02-14 16:00");
    assert_eq!(was("last Friday 16:00"), "2020-02-14 16:00");
    // Yesterday's is no promise for a year from now.
    assert!(parse("02-16 9:00", now(), cal()).is_err());
}

#[test]
fn the_turn_of_the_year() {
    let now = Ts::from_rfc3339("2020-12-31T22:00:00+08:00").unwrap();
    let parsed = parse("01-03 09:00", now, cal()).unwrap();
    assert_eq!(cal().ymd_hm(parsed.at), "2021-01-03 09:00");
    let new_year = Ts::from_rfc3339("2021-01-01T01:00:00+08:00").unwrap();
    assert_eq!(cal().ymd_hm(parse_at("12-31 23:50", new_year, cal()).unwrap()), "2020-12-31 23:50");
}

#[test]
fn what_is_no_time_is_refused_in_both_languages() {
    for text in [
        "",
        " ",
        "soon",
        "25:00",
        "10:60",
        "02-30 09:00",
        "明天25点",
        "今天",
        "下午",
        "15:0",
        "12345",
        "m",
        "h30",
        "昨天9点",
        "2020-02-16 09:00",
        "02-16 09:00",
        "30m ago",
        "0m",
        "9点x",
        "王伟",
        "\u{1b}[31m",
    ] {
        let error = Error::from(parse(text, now(), cal()).expect_err(text));
        assert_eq!(error.kind(), Some(Kind::Input), "{text}");
        assert!(!error.text(Lang::Zh).contains('\u{1b}'));
        assert_ne!(error.text(Lang::Zh), error.text(Lang::En));
    }
    let long = "9".repeat(10_000);
    assert!(Error::from(parse(&long, now(), cal()).expect_err("long")).text(Lang::En).len() < 200);
}

#[test]
fn when_it_happened() {
    assert_eq!(was("09:50"), "2020-02-17 09:50");
    assert_eq!(was("0950"), "2020-02-17 09:50");
    assert_eq!(was("9点50分"), "2020-02-17 09:50");
    assert_eq!(was("2020-02-17 09:50"), "2020-02-17 09:50");
    assert_eq!(was("2020-02-16T23:50:00+08:00"), "2020-02-16 23:50");
    assert_eq!(was("昨天16:00"), "2020-02-16 16:00");
    assert_eq!(was("yesterday 16:00"), "2020-02-16 16:00");
    assert_eq!(was("15m"), "2020-02-17 09:50");
    assert_eq!(was("15分钟前"), "2020-02-17 09:50");
    assert_eq!(was("2h ago"), "2020-02-17 08:05");
    assert_eq!(was("18号9点"), "2020-01-18 09:00");
    assert_eq!(
        Error::from(parse_at("昨天", now(), cal()).expect_err("no time of day")).kind(),
        Some(Kind::Input)
    );
}

#[test]
fn the_offices_own_offset_counts() {
    let cal = Calendar { utc_offset_min: 0, ..Calendar::default() };
    let parsed = parse("15:00", now(), cal).unwrap();
    assert_eq!(cal.ymd_hm(parsed.at), "2020-02-17 15:00");
}

proptest! {
    #[test]
    fn every_minute_of_a_day_comes_back(minute in 0..1440i32) {
        let text = crate::domain::time::hhmm(minute);
        let parsed = parse(&text, now(), cal()).unwrap();
        prop_assert_eq!(cal().hm(parsed.at), text);
        prop_assert!(parsed.at.plus(MINUTE) > now());
        prop_assert!(parsed.at < now().plus(DAY));
    }

    #[test]
    fn nothing_typed_panics(text in "[0-9:点半明天月日号hmdp年 .+-]{0,14}") {
        let _ = parse(&text, now(), cal()).map(|parsed| parsed.at);
        let _ = parse_at(&text, now(), cal());
    }
}
