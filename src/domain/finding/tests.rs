//! What is found in a row, and what ends it.

use super::*;
use crate::domain::time::HOUR;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, number).unwrap()
}

/// What a row with these answers brings, on the 17th.
fn of(temp: i16, site: Site, status: &str, rest: &[(&str, &str)]) -> Vec<What> {
    let get = |field: &str| rest.iter().find(|(known, _)| *known == field).map_or("", |(_, value)| *value);
    let answers = Answers {
        day: day(17),
        temp: Some(temp),
        site: Some(site),
        place: get("place"),
        in_hubei: Some(get("in_hubei") == "1"),
        status,
        get: &get,
    };
    found(&answers, Rules::builtin()).into_iter().map(|found| found.what).collect()
}

#[test]
fn what_a_row_brings() {
    let well = [("symptoms", "无"), ("met_case", "0"), ("via_hubei", "0")];
    assert_eq!(of(365, Site::Axillary, "normal", &well), []);
    assert_eq!(of(373, Site::Axillary, "normal", &well), [What::Fever]);
    assert_eq!(of(372, Site::Axillary, "normal", &well), []);
    assert_eq!(of(368, Site::Forehead, "normal", &well), [What::Fever]);
    assert_eq!(of(365, Site::Axillary, "normal", &[("in_hubei", "1")]), [What::InHubei]);
    assert_eq!(of(365, Site::Axillary, "normal", &[("place", "湖北省孝感市")]), [What::InHubei]);
    assert_eq!(of(365, Site::Axillary, "normal", &[("via_hubei", "1")]), [What::ViaHubei]);
    assert_eq!(of(365, Site::Axillary, "normal", &[("destination", "武汉")]), [What::ViaHubei]);
    assert_eq!(of(365, Site::Axillary, "normal", &[("met_case", "1")]), [What::MetCase]);
    assert_eq!(of(365, Site::Axillary, "normal", &[("met_from_hubei", "1")]), [What::MetFromHubei]);
    assert_eq!(of(365, Site::Axillary, "normal", &[("community_case", "1")]), [What::CommunityCase]);
    assert_eq!(of(365, Site::Axillary, "isolated", &[]), [What::Isolated]);
    assert_eq!(of(365, Site::Axillary, "hospital", &[]), [What::Hospital]);
    assert_eq!(of(365, Site::Axillary, "other", &[]), [What::Unwell]);
    assert_eq!(of(365, Site::Axillary, "normal", &[("symptoms", "咳嗽")]), [What::Unwell]);
    for nothing in [
        " None ",
        "none.",
        "无发热、咳嗽等症状",
        "无发热，咳嗽，乏力等症状",
        "没有",
        "无 不适",
        "未见异常",
        "无不适",
        "无不适，体温正常。",
        "无发热，无咳嗽",
        "无（体温正常）",
    ] {
        assert_eq!(of(365, Site::Axillary, "", &[("symptoms", nothing)]), [], "{nothing}");
    }
    for unwell in [
        "无发热，但咳嗽",
        "无力",
        "没有发热，有咽痛",
        "没有发热，咳嗽两天",
        "没有发热，咳嗽",
        "没有发热 咳嗽",
        "无发热、咳嗽两天",
        "无发热，轻微咳嗽等症状",
        "没有胃口",
        "无明显好转",
        "无明显好转，仍发烧",
        "无汗，头痛",
        "无发热（略咳）",
        "正常，咽痛",
    ] {
        assert_eq!(of(365, Site::Axillary, "normal", &[("symptoms", unwell)]), [What::Unwell], "{unwell}");
    }
    let both = of(381, Site::Axillary, "observing", &[("symptoms", "乏力")]);
    assert_eq!(both, [What::Fever, What::Observing, What::Unwell]);
}

fn brought(number: u32, what: What, about: Option<NaiveDate>) -> Brought {
    let tenths = (what == What::Fever).then_some(381);
    let found = Found { what, tenths, site: None, about, said: String::new() };
    let finding = Finding { day: day(number), round: Round::default(), found };
    Brought { finding, came: at(number, 9) }
}

/// So many hours into a day.
fn at(number: u32, hour: i64) -> Ts {
    Calendar::default().at_minute(day(number), 0).plus(hour * HOUR)
}

fn open_days(all: &[Brought], handled: &Handled) -> Vec<NaiveDate> {
    open(all, handled, Calendar::default()).into_iter().map(|at| all[at].finding.day).collect()
}

#[test]
fn only_a_case_or_a_reason_ends_it() {
    let fevers = [brought(1, What::Fever, None), brought(2, What::Fever, None)];
    let nothing = Handled::default();
    assert_eq!(open_days(&fevers, &nothing), [day(1), day(2)], "however long ago");
    let case = Handled { cases: vec![None], ..Handled::default() };
    assert_eq!(open_days(&fevers, &case), []);
    // Released on the first, in the afternoon: the fever of the second came after.
    let released = Handled { cases: vec![Some(at(1, 15))], ..Handled::default() };
    assert_eq!(open_days(&fevers, &released), [day(2)]);
    let before = Handled { cases: vec![Some(at(2, 8))], ..Handled::default() };
    assert_eq!(open_days(&fevers, &before), [day(2)], "the sheet came after the release");
    let dismissed = Handled { dismissed: vec![fevers[0].finding.clone()], ..Handled::default() };
    assert_eq!(open_days(&fevers, &dismissed), [day(2)], "each fever is its own");
}

#[test]
fn an_answer_that_goes_on_is_dismissed_once() {
    let home = [16, 17, 18].map(|number| brought(number, What::InHubei, None));
    let dismissed = Handled { dismissed: vec![home[0].finding.clone()], ..Handled::default() };
    assert_eq!(open_days(&home, &dismissed), []);
    // Gone for longer than a weekend, and there again: that is news.
    let again = [brought(10, What::InHubei, None), brought(14, What::InHubei, None)];
    let dismissed = Handled { dismissed: vec![again[0].finding.clone()], ..Handled::default() };
    assert_eq!(open_days(&again, &dismissed), [day(14)]);
    // Another contact is another finding, the same one is not.
    let met = [
        brought(10, What::MetCase, Some(day(8))),
        brought(16, What::MetCase, Some(day(8))),
        brought(16, What::MetCase, Some(day(15))),
    ];
    let dismissed = Handled { dismissed: vec![met[0].finding.clone()], ..Handled::default() };
    assert_eq!(open(&met, &dismissed, Calendar::default()), [2]);
    // A later form asks on which day it was: before the answer, so it is the same contact.
    let asked = [
        brought(10, What::MetCase, None),
        brought(11, What::MetCase, Some(day(8))),
        brought(12, What::MetCase, Some(day(12))),
    ];
    let dismissed = Handled { dismissed: vec![asked[0].finding.clone()], ..Handled::default() };
    assert_eq!(open(&asked, &dismissed, Calendar::default()), [2]);
}

#[test]
fn the_same_answer_is_one_line() {
    let all = [
        brought(10, What::MetCase, None),
        brought(10, What::Fever, None),
        brought(11, What::MetCase, Some(day(8))),
        brought(11, What::Fever, None),
        brought(12, What::MetCase, Some(day(8))),
        brought(12, What::MetCase, Some(day(12))),
    ];
    let all: Vec<Finding> = all.into_iter().map(|brought| brought.finding).collect();
    assert_eq!(runs(&all).iter().map(Vec::len).collect::<Vec<_>>(), [3, 1, 1, 1]);
    assert_eq!(firsts(&all).len(), 4);
}

#[test]
fn an_answer_about_the_past_stays_covered_by_its_case() {
    let met = [15, 16, 17].map(|number| brought(number, What::MetCase, None));
    let released = Handled { cases: vec![Some(at(16, 15))], ..Handled::default() };
    assert_eq!(open_days(&met, &released), []);
    let observed = [15, 16, 17].map(|number| brought(number, What::Observing, None));
    assert_eq!(open_days(&observed, &released), [day(17)], "the sheet and the office disagree");
    let dated = [
        brought(16, What::MetCase, Some(day(10))),
        brought(17, What::MetCase, Some(day(10))),
        brought(17, What::MetCase, Some(day(17))),
    ];
    assert_eq!(open(&dated, &released, Calendar::default()), [2]);
    // A contact that was first told after the release is news, whatever day it was on.
    let first_told = [brought(20, What::MetCase, Some(day(14))), brought(21, What::MetCase, Some(day(14)))];
    assert_eq!(open_days(&first_told, &released), [day(20), day(21)]);
}

#[test]
fn the_case_for_it_is_filled_in() {
    let all = [brought(17, What::Fever, None), brought(17, What::MetCase, Some(day(12)))];
    let facts = case_for(all.iter().map(|brought| &brought.finding));
    assert_eq!(facts.categories, Some(vec![Category::Fever, Category::Contact]));
    assert_eq!(facts.last_exposure, Some(day(12)));
}
