//! Each doubt with what makes it and what ends it; the order of the questions.

use super::*;
use crate::domain::finding::{self, Answers, Brought, Handled};
use crate::domain::report::Round;
use crate::domain::time::{Calendar, MINUTE};

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, number).unwrap()
}

/// An ordinary reading of the 17th.
fn usual() -> Said {
    Said {
        day: day(17),
        temp: Some(365),
        site: Some(Site::Axillary),
        place: "山东省青岛市崂山区".to_owned(),
        in_hubei: Some(false),
        left_city: Some(false),
        status: "normal".to_owned(),
        rest: rest(&[("symptoms", "无"), ("met_case", "0"), ("via_hubei", "0"), ("household", "无异常")]),
    }
}

fn rest(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

fn known(readings: &[Said]) -> Known<'_> {
    handled(readings, &[])
}

/// What is known of somebody whose cases were released so; none for the one that is open.
fn handled<'a>(readings: &'a [Said], cases: &[Option<u32>]) -> Known<'a> {
    let at = |number: u32| Calendar::default().at_minute(day(number), 12 * 60);
    let mut brought = Vec::new();
    for said in readings.iter().rev() {
        let answers = Answers {
            day: said.day,
            temp: said.temp,
            site: said.site,
            place: &said.place,
            in_hubei: said.in_hubei,
            status: &said.status,
            get: &|field| said.get(field),
        };
        brought.extend(finding::found(&answers, Rules::builtin()).into_iter().map(|found| Brought {
            finding: Finding { day: said.day, round: Round::default(), found },
            came: Calendar::default().at_minute(said.day, 9 * 60),
        }));
    }
    let cases: Vec<Option<Ts>> = cases.iter().map(|released| released.map(at)).collect();
    let done = Handled { cases: cases.clone(), dismissed: Vec::new() };
    let open = finding::open(&brought, &done, Calendar::default());
    let findings: Vec<Finding> = open.into_iter().map(|at| brought[at].finding.clone()).collect();
    Known {
        today: day(17),
        readings,
        rules: Rules::builtin(),
        has_case: cases.iter().any(Option::is_none),
        released: cases.iter().flatten().max().map(|at| Calendar::default().day(*at)),
        findings: findings.leak(),
        unit_reported: true,
    }
}

fn of(said: Said) -> Vec<Doubt> {
    doubts(&known(&[said]))
}

#[test]
fn an_ordinary_day_is_not_doubted() {
    let yesterday = Said { day: day(16), ..usual() };
    assert_eq!(doubts(&known(&[usual(), yesterday])), []);
}

#[test]
fn a_temperature_is_judged_by_its_site_and_against_the_answer() {
    let said = |temp, site, status: &str, symptoms: &str| {
        of(Said {
            temp: Some(temp),
            site: Some(site),
            status: status.to_owned(),
            rest: rest(&[("symptoms", symptoms)]),
            ..usual()
        })
    };
    let well = |tenths| vec![Doubt::FeverSaidWell { day: day(17), tenths }];
    assert_eq!(said(373, Site::Axillary, "normal", "无"), well(373));
    assert_eq!(said(372, Site::Axillary, "normal", "无"), []);
    assert_eq!(said(368, Site::Forehead, "normal", ""), well(368));
    // A form without the state: the symptoms are the answer; unanswered is no answer.
    assert_eq!(said(380, Site::Axillary, "", "无"), well(380));
    let without = vec![Doubt::FeverWithoutCase { day: day(17), tenths: 380 }];
    assert_eq!(said(380, Site::Axillary, "", ""), without);
    assert_eq!(said(380, Site::Axillary, "normal", "发热、咳嗽"), without);
}

#[test]
fn a_fever_ends_as_a_doubt_with_its_case_and_never_with_the_days() {
    let hot = Said { temp: Some(381), status: String::new(), day: day(15), rest: Vec::new(), ..usual() };
    let readings = [usual(), hot.clone()];
    assert_eq!(doubts(&known(&readings)), [Doubt::FeverWithoutCase { day: day(15), tenths: 381 }]);
    assert_eq!(doubts(&handled(&readings, &[None])), []);
    assert_eq!(doubts(&handled(&readings, &[Some(16)])), []);
    assert_eq!(doubts(&handled(&readings, &[Some(14)])).len(), 1);
    let long_ago = [usual(), Said { day: day(2), ..hot }];
    assert_eq!(doubts(&known(&long_ago)), [Doubt::FeverWithoutCase { day: day(2), tenths: 381 }]);
    // Somebody looked into it: it is no longer asked about, beside which answer it stands.
    assert_eq!(doubts(&Known { findings: &[], ..known(&readings) }), []);
    let said_well = [Said { temp: Some(381), ..usual() }];
    assert_eq!(doubts(&known(&said_well)).len(), 1);
    assert_eq!(doubts(&Known { findings: &[], ..known(&said_well) }), []);
}

#[test]
fn what_the_sheet_says_needs_a_case() {
    let without = |said: &str| vec![Doubt::SheetWithoutCase { day: day(17), said: said.to_owned() }];
    assert_eq!(of(Said { status: "isolated".to_owned(), ..usual() }), without("isolated"));
    let met = Said { rest: rest(&[("met_case", "1"), ("met_case_on", "2020-02-12")]), ..usual() };
    assert_eq!(of(met.clone()), without("met_case"));
    let readings = [met.clone(), Said { day: day(15), ..met.clone() }];
    assert_eq!(doubts(&handled(&readings, &[None])), []);
    assert_eq!(doubts(&handled(&readings, &[Some(15)])), []);
    // First told two days after the release: nobody knew then.
    assert_eq!(doubts(&handled(&[met], &[Some(15)])), without("met_case"));
    assert_eq!(doubts(&handled(&readings, &[Some(11)])), without("met_case"));
    let family = "配偶为定点医院医护";
    assert_eq!(of(Said { rest: rest(&[("household", family)]), ..usual() }), without(family));
}

#[test]
fn hubei_denied() {
    let by = |text: &str| vec![Doubt::HubeiContradicted { day: day(17), by: text.to_owned() }];
    let there = Said { place: "湖北省孝感市孝南区".to_owned(), ..usual() };
    assert_eq!(of(there.clone()), by("湖北省孝感市孝南区"));
    let said = vec![Doubt::SheetWithoutCase { day: day(17), said: "in_hubei".to_owned() }];
    assert_eq!(of(Said { in_hubei: Some(true), ..there }), said);
    let through = Said { rest: rest(&[("via_hubei", "1")]), ..usual() };
    assert_eq!(of(through.clone()), by("via_hubei"));
    let leg = Said { rest: rest(&[("destination", "湖北省武汉市")]), ..usual() };
    assert_eq!(of(leg), by("湖北省武汉市"));
    assert_eq!(doubts(&handled(&[through], &[None])), []);
}

#[test]
fn a_change_of_place_needs_a_journey() {
    let before = Said { day: day(16), place: "山东省烟台市福山区".to_owned(), ..usual() };
    let moved = Doubt::PlaceWithoutJourney { day: day(17), from: before.place.clone(), to: usual().place };
    assert_eq!(doubts(&known(&[usual(), before.clone()])), [moved]);
    let told = Said { rest: rest(&[("returned_on", "2020-02-16")]), ..usual() };
    assert_eq!(doubts(&known(&[told, before.clone()])), []);
    assert_eq!(doubts(&known(&[Said { left_city: Some(true), ..usual() }, before])), []);
    // Last week's form asked for the city only.
    let shallow = Said { day: day(16), place: "山东省青岛市".to_owned(), ..usual() };
    assert_eq!(doubts(&known(&[usual(), shallow])), []);
}

#[test]
fn back_before_leaving_and_missing_from_the_sheet() {
    let said = |left: &str, back: &str| {
        of(Said { rest: rest(&[("left_on", left), ("returned_on", back)]), ..usual() })
    };
    assert!(matches!(said("2020-01-20", "2020-01-18")[..], [Doubt::ReturnBeforeLeaving { .. }]));
    assert_eq!(said("2020-01-20", "2020-01-20"), []);
    let yesterday = [Said { day: day(16), ..usual() }];
    assert_eq!(doubts(&known(&yesterday)), [Doubt::NotInSheet { day: day(17) }]);
    assert_eq!(doubts(&Known { unit_reported: false, ..known(&yesterday) }), []);
}

#[test]
fn the_next_question_is_what_cannot_wait() {
    let now = Ts(1_581_904_800_000);
    let promise = PromiseId(uuid::Uuid::nil());
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

#[test]
fn what_lies_before_enough_changes_nothing() {
    let places = ["", "山东省青岛市崂山区", "湖北省武汉市"];
    // Every way in which six readings of some days may tell of places and journeys.
    let mut found = 0;
    for way in 0..3_usize.pow(6) * 4 {
        let (gap, mut left) = (way % 4, way / 4);
        let mut all = Vec::new();
        for (back, temp) in [365, 380, 366, 376, 365, 381].into_iter().enumerate() {
            let number = 17_u32.saturating_sub((back + back * gap / 2) as u32);
            let place = places[left % 3].to_owned();
            left /= 3;
            all.push(Said {
                day: day(number),
                temp: Some(temp),
                place,
                left_city: Some(back == gap),
                ..usual()
            });
        }
        let end = all.iter().position(|said| is_enough(day(17), said.day, &said.place));
        let cut = &all[..end.map_or(all.len(), |end| end + 1)];
        // What nobody acted on comes from its own table, however long ago it was.
        let whole = known(&all);
        let (whole, part) = (doubts(&whole), doubts(&Known { readings: cut, ..whole }));
        assert_eq!(whole, part);
        found += usize::from(cut.len() < all.len() && !part.is_empty());
    }
    assert!(found > 100, "{found}");
}
