//! Doubts and questions, each on one line of 76 columns: what the officer reads while the caller is still speaking.

use crate::domain::ask::{Doubt, Question};
use crate::domain::mask::masked_words;
use crate::domain::report::degrees;
use crate::domain::time::{Calendar, Ts, brief_day};
use crate::say::Say;
use chrono::{Datelike, NaiveDate};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

crate::words! {
    /// Nobody has this number.
    WHO_IS_CALLING: "您是哪位？哪个单位的？要反映谁的情况？", "Who is calling, from which unit, and about whom?";
    /// The days are over.
    RELEASE: "观察期已满：今天身体怎么样？有没有不舒服？", "The days are over: how are you today? Anything wrong?";
    /// Nothing is owed.
    HOW_ARE_YOU: "身体怎么样？今天体温多少？人在哪里？", "How are you? Today's temperature? Where are you?";
    /// A temperature in a slot, without a count of days.
    TEMPERATURE: "这次体温多少？有没有不舒服？", "What is the temperature now? Anything wrong?";
}

/// A contradiction, as what is to be cleared up.
pub fn doubt(doubt: &Doubt) -> Say {
    match doubt {
        Doubt::FeverWithoutCase { day, tenths } => {
            lines::fever_without_case(day.format("%m-%d"), degrees(*tenths))
        }
        Doubt::Reported(doubt) => super::doubts::line(doubt),
        Doubt::SheetWithoutCase { said, .. } => match word(said) {
            Some(word) => lines::sheet_without_case(word.zh, word.en),
            None => lines::sheet_says(clip(&masked_words(said), 36)),
        },
        Doubt::NotInSheet { day } => lines::not_in_sheet(day.format("%m-%d")),
    }
}

/// The next thing to ask, as it is said on the telephone.
pub fn question(question: &Question, calendar: Calendar, now: Ts) -> Say {
    match question {
        Question::WhoIsCalling => WHO_IS_CALLING.into(),
        Question::Promised { due, words, .. } => {
            let at = if calendar.date(*due) == calendar.date(now) {
                calendar.hm(*due)
            } else {
                calendar.brief(*due, now)
            };
            // A year takes its room from the words.
            let hidden = masked_words(words);
            let words =
                clip(&hidden, if calendar.date(*due).year() == calendar.date(now).year() { 34 } else { 29 });
            match (words.is_empty(), *due <= now) {
                (true, true) => lines::promised_past(at),
                (true, false) => lines::promised(at),
                (false, true) => lines::promised_words_past(at, words),
                (false, false) => lines::promised_words(at, words),
            }
        }
        Question::Doubt(doubt) => ask_about(doubt, calendar.date(now)),
        Question::Temperature { day: Some(day), of: Some(of) } => lines::temperature_of_day(day, of),
        Question::Temperature { .. } => TEMPERATURE.into(),
        Question::Release => RELEASE.into(),
        Question::Report { day, minutes_late } if *minutes_late > 0 => lines::report_late(
            brief_day(*day, calendar.date(now)),
            lateness(*minutes_late, true),
            lateness(*minutes_late, false),
        ),
        Question::Report { day, .. } => lines::report_coming(brief_day(*day, calendar.date(now))),
        Question::HowAreYou => HOW_ARE_YOU.into(),
    }
}

/// How a contradiction is asked about.
fn ask_about(doubt: &Doubt, today: NaiveDate) -> Say {
    match doubt {
        Doubt::FeverWithoutCase { day, tenths } => lines::ask_fever(brief_day(*day, today), degrees(*tenths)),
        Doubt::Reported(doubt) => super::doubts::question(doubt, today),
        Doubt::SheetWithoutCase { said, .. } => match said.as_str() {
            "met_case" => lines::ASK_MET_CASE.into(),
            "met_from_hubei" => lines::ASK_MET_FROM_HUBEI.into(),
            "community_case" => lines::ASK_COMMUNITY.into(),
            "in_hubei" => lines::ASK_IN_HUBEI.into(),
            "via_hubei" => lines::ASK_THROUGH_HUBEI.into(),
            "unwell" => lines::ASK_UNWELL.into(),
            said => match word(said) {
                Some(word) => lines::ask_observed(word.zh, word.en),
                None => lines::ask_says(clip(said, 30)),
            },
        },
        Doubt::NotInSheet { .. } => lines::ASK_NOT_IN_SHEET.into(),
    }
}

/// How wide a place may be where two stand on the line.
pub(super) const PLACE: usize = 14;

/// The word for a state or an answer of the form; none for the sheet's own words.
fn word(said: &str) -> Option<crate::say::Word> {
    let (zh, en) = match said {
        "observing" => ("观察", "observed"),
        "isolated" => ("隔离", "isolated"),
        "hospital" => ("住院", "in hospital"),
        "met_case" => ("接触病例", "met a case"),
        "met_from_hubei" => ("接触湖北来人", "met somebody from Hubei"),
        "community_case" => ("小区有病例", "a case in the residence"),
        "in_hubei" => ("在湖北", "in Hubei"),
        "via_hubei" => ("途经湖北", "through Hubei"),
        "unwell" => ("不适", "unwell"),
        _ => return None,
    };
    Some(crate::say::Word { zh, en })
}

/// A date with its year where that is another than today's, where it is one.
pub(super) fn day_of(text: &str, today: NaiveDate) -> String {
    text.parse().map_or_else(|_| clip(text, 10), |day| brief_day(day, today))
}

/// A date without its year, where it is one.
pub(super) fn short_day(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| clip(text, 10), |day| day.format("%m-%d").to_string())
}

/// Minutes as somebody says them.
fn lateness(minutes: i64, zh: bool) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest, zh) {
        (0, rest, true) => format!("{rest}分钟"),
        (0, rest, false) => format!("{rest} min"),
        (hours, 0, true) => format!("{hours}小时"),
        (hours, 0, false) => format!("{hours} h"),
        (hours, rest, true) => format!("{hours}小时{rest}分钟"),
        (hours, rest, false) => format!("{hours} h {rest} min"),
    }
}

/// The first line of a text, cut to so many columns.
pub(super) fn clip(text: &str, columns: usize) -> String {
    let text = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// The sentences of [`doubt`] and [`question`].
pub(super) mod lines {
    crate::words! {
        /// A fever, no case.
        fever_without_case(day, t): "{day} 体温 {t}℃，未列入重点关注", "{day}: {t} °C and no case";
        /// A fever beside "well".
        fever_said_well(day, t): "{day} 体温 {t}℃，表上却填“正常”", "{day}: {t} °C, yet the sheet says well";
        /// Another place.
        moved(from, to): "昨在{from}，今在{to}，未填行程", "was in {from}, now in {to}, without a journey";
        /// A transit through Hubei.
        VIA_HUBEI: "填不在鄂，行程却途经湖北", "not in Hubei by the answer, yet travelled through it";
        /// A place in Hubei.
        hubei(by): "填不在鄂，却写着{by}", "not in Hubei by the answer, yet: {by}";
        /// A state or an answer that needs a case.
        sheet_without_case(zh, en): "表上填“{zh}”，未列入重点关注", "the sheet says {en}, and there is no case";
        /// The sheet's own words.
        sheet_says(words): "表上填“{words}”，未列入重点关注", "the sheet says {words}, and there is no case";
        /// Dates the wrong way round.
        return_before_leaving(left, returned): "返回 {returned} 早于离开 {left}", "came back {returned}, before leaving {left}";
        /// Missing from the sheet.
        not_in_sheet(day): "单位 {day} 日报已到，表里没有此人", "not in the unit's sheet of {day}";
        /// A fever, no case.
        ask_fever(day, t): "{day} 报体温 {t}℃：现在多少度？还有什么症状？去过医院吗？", "{t} °C on {day}: what is it now? Other symptoms? Seen a doctor?";
        /// A fever beside "well".
        ask_well(day, t): "{day} 报体温 {t}℃又填正常：请现在重测一次，是多少？", "{t} °C on {day}, said to be well: please measure again now";
        /// Another place.
        ask_moved(from, to): "表上昨天在{from}，今天在{to}：哪天走的？坐什么车？", "{from}, then {to}: when did you travel, and how?";
        /// A transit.
        ASK_VIA_HUBEI: "行程途经湖北：哪天？在哪站停留过？下过车吗？", "You came through Hubei: which day, which stop, did you get off?";
        /// A place in Hubei.
        ask_hubei(by): "表上写着{by}：现在人在湖北吗？哪天到（离开）的？", "It says {by}: are you in Hubei? Since (until) when?";
        /// Contact with a case.
        ASK_MET_CASE: "表上填接触过病例：哪天？在哪里？戴口罩了吗？现在住哪里？", "Contact with a case: which day, where, masked? Where are you now?";
        /// Contact with somebody from Hubei.
        ASK_MET_FROM_HUBEI: "表上填接触过湖北来人：是谁？哪天？对方身体怎么样？", "Contact with somebody from Hubei: who, when, are they well?";
        /// A case in the residence.
        ASK_COMMUNITY: "表上填小区有病例：哪个小区？同一栋楼吗？是否封闭？", "A case where you live: which estate? Same building? Closed off?";
        /// In Hubei by the sheet.
        ASK_IN_HUBEI: "表上填人在湖北：哪天到的？住哪里？何时离开？", "The sheet says you are in Hubei: since when, where, until when?";
        /// Through Hubei by the sheet.
        ASK_THROUGH_HUBEI: "表上填途经湖北：哪天？停留过吗？现在人在哪里？", "The sheet says through Hubei: which day, a stop? Where are you now?";
        /// Unwell by the sheet.
        ASK_UNWELL: "表上填身体不适：哪里不舒服？现在体温多少？就医了吗？", "The sheet says unwell: what is it? Your temperature? A doctor?";
        /// Under observation by the sheet.
        ask_observed(zh, en): "表上填“{zh}”：从哪天起？什么原因？谁通知的？", "The sheet says {en}: since when, why, by whose order?";
        /// The sheet's own words.
        ask_says(words): "表上填“{words}”：现在怎么样？从哪天起？", "The sheet says {words}: since when, and how is it now?";
        /// Household.
        ask_household(words): "同住人“{words}”：现在还同住吗？身体怎么样？", "Household: {words}. Still together? Are they well?";
        /// Dates the wrong way round.
        ask_return(left, returned): "表上 {left} 离开、{returned} 返回，日期反了：实际是哪天？", "Left {left}, back {returned}: what are the right dates?";
        /// Missing from the sheet.
        ASK_NOT_IN_SHEET: "今天的表里没有您：今天体温多少？人在哪里？报给谁了？", "You are not in today's sheet: temperature? Where are you? Told whom?";
        /// A promise past its time.
        promised_past(at): "答应 {at} 回复的，情况怎么样了？", "You promised to call at {at}: what came of it?";
        /// A promise to come.
        promised(at): "答应 {at} 回复：现在有结果了吗？", "You promised to call at {at}: can you tell now?";
        /// A promise past its time, with its words.
        promised_words_past(at, words): "答应 {at} 的“{words}”，办好了吗？", "Promised for {at}: {words}. Is it done?";
        /// A promise to come, with its words.
        promised_words(at, words): "答应 {at} 的“{words}”，现在怎么样？", "Promised for {at}: {words}. How is it going?";
        /// A temperature of an observed person.
        temperature_of_day(day, of): "观察第 {day}/{of} 天：这次体温多少？有没有不舒服？", "Day {day} of {of}: what is the temperature now? Anything wrong?";
        /// A late report.
        report_late(day, zh, en): "{day} 日报已超时{zh}：什么时候能报？谁来报？", "The report of {day} is {en} late: when will it come, from whom?";
        /// A report not yet due.
        report_coming(day): "{day} 日报还没到：准备好了吗？几点报？", "The report of {day} is not here yet: is it ready? When?";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doubt::{Check, Doubt as Reported, Value};
    use crate::domain::ids::{PersonId, PromiseId, Subject, UnitId};
    use crate::domain::report::Round;

    /// One of each, with texts longer than the line has room for.
    fn all() -> Vec<Doubt> {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        let long = "新疆维吾尔自治区伊犁哈萨克自治州伊宁市巴彦岱镇".to_owned();
        let sheet = |said: &str| Doubt::SheetWithoutCase { day, said: said.to_owned() };
        vec![
            Doubt::FeverWithoutCase { day, tenths: 381 },
            sheet("observing"),
            sheet("isolated"),
            sheet("hospital"),
            sheet("met_case"),
            sheet("met_from_hubei"),
            sheet("community_case"),
            sheet(&long.repeat(3)),
            Doubt::NotInSheet { day },
        ]
        .into_iter()
        .chain(reported().into_iter().map(Doubt::Reported))
        .collect()
    }

    /// A contradiction of each kind, with texts longer than the line has room for.
    fn reported() -> Vec<Reported> {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        let long = "新疆维吾尔自治区伊犁哈萨克自治州伊宁市巴彦岱镇";
        let (unit, person) = (UnitId(uuid::Uuid::nil()), Subject::Person(PersonId(uuid::Uuid::nil())));
        let of = |about, check, one: (&str, &str), other: (&str, &str)| {
            let values = (Value::new(one.0, day, one.1), Value::new(other.0, day, other.1));
            Reported::new(about, unit, check, (day, &Round::default()), values)
        };
        let unit_is = Subject::Unit(unit);
        vec![
            of(person, Check::FeverSaidWell, ("temp_am", "38.1"), ("status", "normal")),
            of(person, Check::HubeiDenied, ("place", long), ("in_hubei", "0")),
            of(person, Check::HubeiDenied, ("phone", "0712"), ("in_hubei", "0")),
            of(person, Check::HubeiDenied, ("destination", long), ("via_hubei", "0")),
            of(person, Check::CaseUnsaid, ("case", "campus"), ("status", "normal")),
            of(unit_is, Check::ZeroContradicted, ("cases", "120"), ("zero", "")),
            of(unit_is, Check::ZeroContradicted, ("calls", "120"), ("zero", "")),
            of(unit_is, Check::ZeroContradicted, ("findings", "120"), ("zero", "")),
            of(person, Check::Moved, ("place", long), ("place", "内蒙古自治区赤峰市松山区松山街道")),
            of(person, Check::Household, ("known", ""), ("household", &long.repeat(3))),
            of(person, Check::ReturnBeforeLeaving, ("left_on", "2020-01-20"), ("returned_on", "2020-01-18")),
            of(person, Check::Unchanged, ("row", ""), ("row", "")),
            of(unit_is, Check::Unchanged, ("rows", "1024"), ("rows", "1024")),
            of(person, Check::ListedTwice, ("sheet", "1"), ("sheet", "2")),
            of(person, Check::MissingFromSheet, ("sheet", "1"), ("sheet", "0")),
            of(unit_is, Check::FlatTemperatures, ("flat", "36.5-36.6"), ("readings", "1880/2048")),
            of(unit_is, Check::SameMinute, ("minute", "08:47"), ("reports", "14")),
            of(unit_is, Check::SameRows, ("places", "1001-1128"), ("temps", "36.5 36.6")),
        ]
    }

    #[test]
    fn every_doubt_and_question_fits_its_line_in_both_languages() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        let (promise, due) = (PromiseId(uuid::Uuid::nil()), Ts(1_581_904_800_000));
        let mut questions: Vec<Question> = all().into_iter().map(Question::Doubt).collect();
        for words in [String::new(), "下午五点以前把全学院的返校申请汇总好报过来，缺的两个班另报".repeat(2)]
        {
            questions.push(Question::Promised { promise, due, words });
        }
        questions.extend([
            Question::WhoIsCalling,
            Question::Temperature { day: Some(13), of: Some(14) },
            Question::Temperature { day: None, of: None },
            Question::Release,
            Question::Report { day, minutes_late: 1439 },
            Question::Report { day, minutes_late: -30 },
            Question::HowAreYou,
        ]);
        let mut said: Vec<Say> = all().iter().map(doubt).collect();
        for now in [due.plus(-1), due.plus(3 * 86_400_000), due.plus(400 * 86_400_000)] {
            said.extend(questions.iter().map(|question| super::question(question, Calendar::default(), now)));
        }
        for say in said {
            for text in [&say.zh, &say.en] {
                assert!(text.width() <= 76 && !text.contains('\n'), "{} columns: {text}", text.width());
            }
        }
    }

    #[test]
    fn a_question_of_another_year_says_so() {
        let (promise, due) = (PromiseId(uuid::Uuid::nil()), Ts(1_581_904_800_000));
        let asked = Question::Promised { promise, due, words: String::new() };
        let said = |days: i64| question(&asked, Calendar::default(), due.plus(days * 86_400_000)).zh;
        assert!(said(3).contains("02-17 10:00") && !said(3).contains("2020"), "{}", said(3));
        assert!(said(400).contains("2020-02-17 10:00"), "{}", said(400));
    }

    #[test]
    fn places_are_told_by_where_they_part() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        let moved = |from: &str, to: &str| {
            let values = (Value::new("place", day, from), Value::new("place", day, to));
            let who = Subject::Person(PersonId(uuid::Uuid::nil()));
            let unit = UnitId(uuid::Uuid::nil());
            let moved = Reported::new(who, unit, Check::Moved, (day, &Round::default()), values);
            doubt(&Doubt::Reported(moved)).zh
        };
        assert_eq!(moved("山东省青岛市崂山区", "山东省青岛市李沧区"), "昨在崂山区，今在李沧区，未填行程");
        assert_eq!(moved("山东省青岛市", "山东省烟台市"), "昨在青岛市，今在烟台市，未填行程");
        assert_eq!(moved("山东省", "河南省"), "昨在山东省，今在河南省，未填行程");
    }

    #[test]
    fn lateness_is_said_as_people_say_it() {
        assert_eq!([5, 60, 65].map(|minutes| lateness(minutes, true)), ["5分钟", "1小时", "1小时5分钟"]);
        assert_eq!([5, 60, 65].map(|minutes| lateness(minutes, false)), ["5 min", "1 h", "1 h 5 min"]);
    }
}
