use super::*;
use crate::error::Kind;
use crate::i18n::Lang;
use proptest::prelude::*;

/// Monday 2020-02-17 10:05 in Qingdao.
fn now() -> Ts {
    Ts::from_rfc3339("2020-02-17T10:05:00+08:00").unwrap()
}

fn cal() -> Calendar {
    Calendar::default()
}

fn at(text: &str) -> String {
    let parsed = parse(text, now(), cal()).unwrap_or_else(|error| panic!("{text}: {}", error.text(Lang::En)));
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
        let error = parse(text, now(), cal()).expect_err(text);
        assert_eq!(error.kind(), Some(Kind::Input), "{text}");
        assert!(!error.text(Lang::Zh).contains('\u{1b}'));
        assert_ne!(error.text(Lang::Zh), error.text(Lang::En));
    }
    let long = "9".repeat(10_000);
    assert!(parse(&long, now(), cal()).expect_err("long").text(Lang::En).len() < 200);
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
    assert_eq!(parse_at("昨天", now(), cal()).expect_err("no time of day").kind(), Some(Kind::Input));
}

#[test]
fn the_offices_own_offset_counts() {
    let cal = Calendar { utc_offset_min: 0, day_start_min: 0 };
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
