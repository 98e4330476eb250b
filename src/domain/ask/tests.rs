//! What is asked about somebody, and in which order.

use super::*;
use crate::domain::doubt::{Doubt as Reported, Value};
use crate::domain::finding::Found;
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::domain::report::Round;
use crate::domain::time::MINUTE;
use uuid::Uuid;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, number).unwrap()
}

fn brought(number: u32, what: What) -> Finding {
    let tenths = (what == What::Fever).then_some(380);
    let found = Found { what, tenths, site: None, about: None, said: String::new() };
    Finding { day: day(number), round: Round::default(), found }
}

fn reported(number: u32, check: Check) -> Reported {
    let (who, unit) = (Subject::Person(PersonId(Uuid::from_u128(1))), UnitId(Uuid::from_u128(2)));
    let values = (Value::new("place", day(number), "a"), Value::new("place", day(number), "b"));
    Reported::new(who, unit, check, (day(number), &Round::default()), values)
}

fn known<'a>(findings: &'a [Finding], reported: &'a [Reported]) -> Known<'a> {
    Known { today: day(17), has_case: false, findings, reported, not_in_sheet: false }
}

#[test]
fn what_nobody_acted_on_is_asked_about_however_long_ago() {
    let fever = [brought(2, What::Fever), brought(15, What::Fever), brought(15, What::Unwell)];
    let newest = Doubt::FeverWithoutCase { day: day(15), tenths: 380 };
    assert_eq!(doubts(&known(&fever, &[])), [newest], "one call, and not of feeling unwell beside it");
    let met = [brought(3, What::MetCase)];
    let said = Doubt::SheetWithoutCase { day: day(3), said: "met_case".to_owned() };
    assert_eq!(doubts(&known(&met, &[])), [said]);
    assert_eq!(doubts(&Known { has_case: true, ..known(&met, &[]) }), []);
    assert_eq!(doubts(&known(&[], &[])), []);
}

#[test]
fn the_same_fact_is_not_told_twice() {
    let fever = [brought(17, What::Fever)];
    let well = [reported(17, Check::FeverSaidWell)];
    assert_eq!(doubts(&known(&fever, &well)), [Doubt::Reported(well[0].clone())]);
    // That of another day is another fever.
    let before = [reported(15, Check::FeverSaidWell)];
    assert_eq!(doubts(&known(&fever, &before)).len(), 2);
    let there = [brought(17, What::InHubei)];
    assert_eq!(doubts(&known(&there, &[])).len(), 1);
    let denied = [reported(17, Check::HubeiDenied)];
    assert_eq!(doubts(&known(&there, &denied)), [Doubt::Reported(denied[0].clone())]);
    let missing = Known { not_in_sheet: true, ..known(&[], &[]) };
    assert_eq!(doubts(&missing), [Doubt::NotInSheet { day: day(17) }]);
    let told = [reported(17, Check::MissingFromSheet)];
    let both = Known { reported: &told, ..missing };
    assert_eq!(doubts(&both), [Doubt::Reported(told[0].clone())]);
}

#[test]
fn a_fever_is_asked_about_first_and_then_what_the_sheet_says() {
    let findings = [brought(16, What::Observing), brought(17, What::Fever)];
    let moved = [reported(17, Check::Moved)];
    let asked = doubts(&known(&findings, &moved));
    assert!(matches!(
        asked[..],
        [Doubt::FeverWithoutCase { .. }, Doubt::SheetWithoutCase { .. }, Doubt::Reported(_)]
    ));
}

#[test]
fn the_next_question_is_what_cannot_wait() {
    let now = Ts(1_581_904_800_000);
    let promise = PromiseId(Uuid::nil());
    let doubts = [Doubt::NotInSheet { day: day(17) }];
    let all = Owed {
        now,
        nobody: true,
        promise: Some((promise, now.plus(-MINUTE), "十点半前补报")),
        doubts: &doubts,
        slot: Some((Some(5), Some(14))),
        release: true,
        report: Some((day(17), 5)),
        person: true,
    };
    assert_eq!(next_question(&all), Some(Question::WhoIsCalling));
    let all = Owed { nobody: false, ..all };
    assert!(matches!(next_question(&all), Some(Question::Promised { .. })));
    let later = Owed { promise: Some((promise, now.plus(3 * HOUR), "")), ..all };
    assert_eq!(next_question(&later), Some(Question::Doubt(doubts[0].clone())));
    let later = Owed { doubts: &[], ..later };
    assert_eq!(next_question(&later), Some(Question::Temperature { day: Some(5), of: Some(14) }));
    let later = Owed { slot: None, ..later };
    assert_eq!(next_question(&later), Some(Question::Release));
    let later = Owed { release: false, ..later };
    assert_eq!(next_question(&later), Some(Question::Report { day: day(17), minutes_late: 5 }));
    let later = Owed { report: None, ..later };
    assert!(matches!(next_question(&later), Some(Question::Promised { .. })));
    assert_eq!(next_question(&Owed { promise: None, ..later }), Some(Question::HowAreYou));
    assert_eq!(
        next_question(&Owed { promise: None, person: false, ..later }),
        None,
        "a unit that owes nothing"
    );
}
