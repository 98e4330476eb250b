//! The find box: keys in, effects out.

use super::super::fixture::{
    Desk, entry_id, found_call, found_contact, found_entries, found_other, found_person, found_unit, id,
    matched, me, op, person_id, unit_id,
};
use super::*;
use crate::app::shown::column::Shown;
use crate::app::shown::found::Tried;
use crate::app::shown::found::{Group, ListLine};
use crate::app::shown::msg::Msg;
use crate::app::shown::pages::{DossierPage, EntryPage};
use crate::app::shown::state::Purpose;
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::{FollowUpId, PersonId, Subject};
use crate::domain::phone::Whose;
use crate::say::Lang;
use crate::search::found::Target as Hit;
use crate::search::found::{Field, Match, Part, Way};
use crate::store::act::{Act, Committed};
use crate::store::query::rows::{FoundEntries, FoundRow};

type Matched = (Match, FoundRow);

/// Whose page lies above the screen, and nothing else.
fn person_seen(desk: &Desk) -> Option<PersonId> {
    let page = desk.state.page_of::<DossierPage>().filter(|_| desk.state.layers.len() == 1);
    page.map(|page| page.id)
}

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.taken();
    desk
}

/// A person found by the beginning of the name's pinyin.
fn by_name(n: usize) -> Matched {
    let row = found_person(n);
    (matched(row.target, Way::Pinyin, Part::Head, Field::Name, &[0]), row)
}

/// Somebody found by all of a number.
fn by_number(row: FoundRow, way: Way) -> Matched {
    (matched(row.target, way, Part::Whole, Field::Phone, &[0]), row)
}

/// What was asked for last, with its generation.
fn asked(desk: &mut Desk) -> (String, u64) {
    let asked = desk.taken().into_iter().rev().find_map(|effect| match effect {
        Effect::Search { text, generation } => Some((text, generation)),
        _ => None,
    });
    asked.unwrap()
}

fn answer(desk: &mut Desk, hits: Vec<Matched>) -> &mut Desk {
    let (_, generation) = asked(desk);
    desk.send(Msg::Found { generation, found: Found::new(hits, vec![Tried::Name, Tried::Number]) })
}

fn box_of(desk: &Desk) -> &Find {
    desk.state.find_box().unwrap()
}

fn acts(desk: &mut Desk) -> Vec<(u64, Act)> {
    desk.taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Commit { token, act, officer, .. } => {
                assert_eq!(officer, me());
                Some((token, *act))
            }
            _ => None,
        })
        .collect()
}

fn copied(desk: &mut Desk) -> Vec<String> {
    let copies = desk.taken().into_iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    copies.collect()
}

#[test]
fn find_opens_the_dossier_and_f_on_a_result_logs_at_once() {
    let mut desk = desk();
    desk.keys("/ww");
    let searches: Vec<(String, u64)> = desk
        .taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Search { text, generation } => Some((text, generation)),
            _ => None,
        })
        .collect();
    assert_eq!(searches.last().unwrap().0, "ww");
    let found = |n| Found::new(vec![by_name(n)], Vec::new());
    desk.send(Msg::Found { generation: searches[0].1, found: found(0) });
    assert!(box_of(&desk).found.hits.is_empty(), "the answer to an older text");
    desk.send(Msg::Found { generation: searches[1].1, found: found(1) });
    desk.keys("↓f\n");
    let sent = acts(&mut desk);
    assert_eq!(sent[0].1, Act::FollowUp(FollowUpDraft::not_reached(Some(Subject::Person(person_id(1))))));
    desk.send(Msg::Committed { token: sent[0].0, committed: Committed { op: op(413), made: None } });
    assert!(desk.state.layers.is_empty());
    let mut desk = self::desk();
    desk.keys("/ww");
    answer(&mut desk, vec![by_name(1)]).keys("\n");
    assert_eq!(person_seen(&desk), Some(person_id(1)));
    assert!(desk.taken().contains(&Effect::KeepSearch { text: "ww".to_owned() }));
}

#[test]
fn enter_before_the_answer_waits_for_it_and_never_opens_an_older_hit() {
    let mut desk = desk();
    desk.keys("/w");
    answer(&mut desk, vec![by_name(0)]);
    desk.keys("w\n");
    assert!(desk.state.find_box().is_some(), "the hit that is seen fits `w`, not `ww`");
    answer(&mut desk, vec![by_name(1)]);
    assert_eq!(person_seen(&desk), Some(person_id(1)));
    // Typing on takes the Enter back.
    let mut desk = self::desk();
    desk.keys("/w\nw");
    answer(&mut desk, vec![by_name(1)]);
    assert!(desk.state.find_box().is_some());
}

/// The answer to what was asked for last, of which the entries of ledgers are still to come.
fn answer_first(desk: &mut Desk, hits: Vec<Matched>) -> u64 {
    let (_, generation) = asked(desk);
    let found = Found { more: true, ..Found::new(hits, Vec::new()) };
    desk.send(Msg::Found { generation, found });
    generation
}

#[test]
fn the_entries_of_ledgers_come_behind_the_others_and_enter_opens_one() {
    let mut desk = desk();
    desk.keys("/ww");
    let generation = answer_first(&mut desk, vec![by_name(1), by_name(3)]);
    assert!(box_of(&desk).settled, "who is found by name waits for no entry");
    desk.keys("↓↓");
    desk.send(Msg::FoundEntries { generation: generation + 9, entries: found_entries(0) });
    assert_eq!(box_of(&desk).found.hits.len(), 2, "the answer to another question");
    desk.send(Msg::FoundEntries { generation, entries: found_entries(7) });
    let find = box_of(&desk);
    assert_eq!((find.found.hits.len(), find.at), (5, 1), "the cursor stays");
    let lines = find.found.lines();
    assert!(lines.contains(&ListLine::Label(Group::Entries, 3)) && lines.last() == Some(&ListLine::Left));
    desk.keys("↓\n");
    let page = desk.state.page_of::<EntryPage>().filter(|_| desk.state.layers.len() == 1);
    assert_eq!(page.map(|page| page.id), Some(entry_id(1)));
    assert!(desk.taken().contains(&Effect::KeepSearch { text: "ww".to_owned() }));
}

#[test]
fn where_nobody_fits_enter_waits_for_the_entries() {
    let mut desk = desk();
    desk.keys("/kouzhao\n");
    let generation = answer_first(&mut desk, Vec::new());
    let find = box_of(&desk);
    assert!(!find.settled && !find.is_empty(), "an unknown caller is not logged yet");
    desk.send(Msg::FoundEntries { generation, entries: found_entries(0) });
    assert_eq!(desk.state.page_of::<EntryPage>().map(|page| page.id), Some(entry_id(1)));
    // Nor is one found: then it is.
    let mut desk = self::desk();
    desk.keys("/kouzhao\n");
    let generation = answer_first(&mut desk, Vec::new());
    desk.send(Msg::FoundEntries { generation, entries: FoundEntries::default() });
    assert!(matches!(desk.state.layers.last(), Some(Layer::Form(_))));
}

#[test]
fn entries_stay_while_the_same_is_asked_again() {
    let mut desk = desk();
    desk.keys("/ww");
    let generation = answer_first(&mut desk, vec![by_name(1)]);
    desk.send(Msg::FoundEntries { generation, entries: found_entries(2) });
    desk.keys("↓↓↓");
    let target = box_of(&desk).hit().unwrap().found.target;
    desk.send(Msg::Changed);
    let generation = answer_first(&mut desk, vec![by_name(3), by_name(1)]);
    let find = box_of(&desk);
    assert_eq!((find.found.hits.len(), find.found.left), (5, 2));
    assert_eq!(find.hit().unwrap().found.target, target);
    desk.send(Msg::FoundEntries { generation, entries: FoundEntries::default() });
    assert_eq!(box_of(&desk).found.hits.len(), 2, "what is gone by now goes");
    // Of another text nothing is kept.
    desk.send(Msg::FoundEntries { generation, entries: found_entries(0) });
    desk.keys("↑↑↑w");
    answer_first(&mut desk, vec![by_name(1)]);
    assert_eq!(box_of(&desk).found.hits.len(), 1);
}

#[test]
fn an_entry_is_no_subject_of_a_call_and_its_digits_are_no_part_of_a_number() {
    let mut found = Found::default();
    assert_eq!(found.probe("5678").as_deref(), Some("5678"));
    found.take_entries(found_entries(0), "5678");
    assert_eq!(found.hits[0].subject(), None);
    assert_eq!(found.hits[2].subject(), Some(Subject::Unit(unit_id(1))));
    assert!(found.hits.iter().all(|hit| hit.office_phone().is_none() && !hit.is_partial()));
    let said = found.hits[2].entry_said();
    assert!(said.zh.starts_with("校防〔2020〕7号  ") && said.zh.contains("[待签收]"), "{said:?}");
    let mut desk = desk();
    desk.keys("/19900001234");
    let generation = answer_first(&mut desk, Vec::new());
    desk.send(Msg::FoundEntries { generation, entries: found_entries(0) });
    assert_eq!(box_of(&desk).calling().as_deref(), Some("19900001234"), "nobody has the number all the same");
}

#[test]
fn kinds_stand_together_and_the_best_hits_kind_first() {
    let unit = found_unit(2);
    let by_unit = (matched(unit.target, Way::Name, Part::Head, Field::Name, &[0]), unit);
    let call = found_call();
    let by_words = (matched(call.target, Way::Words, Part::Inside, Field::Words, &[0]), call);
    let found = Found::new(vec![by_unit, by_name(1), by_words, by_name(3)], Vec::new());
    let groups: Vec<&str> = found
        .lines()
        .iter()
        .map(|line| match line {
            ListLine::Label(group, n) => match (group, n) {
                (Group::Units, 1) => "units",
                (Group::People, 2) => "people",
                (Group::Calls, 1) => "calls",
                other => panic!("{other:?}"),
            },
            ListLine::Hit(_) | ListLine::Why(_) | ListLine::Left => "-",
        })
        .collect();
    assert_eq!(groups, ["units", "-", "people", "-", "-", "calls", "-"]);
    let alike = Found::new(vec![by_name(1), by_name(3)], Vec::new());
    assert_eq!(alike.lines(), [ListLine::Hit(0), ListLine::Hit(1)], "one kind needs no label");
    // Right and Left go from group to group.
    let mut desk = desk();
    desk.keys("/x");
    let unit = found_unit(2);
    let by_unit = (matched(unit.target, Way::Name, Part::Head, Field::Name, &[0]), unit);
    answer(&mut desk, vec![by_name(1), by_name(3), by_unit]).keys("↓→");
    assert_eq!(box_of(&desk).at, 2);
    desk.keys("h");
    assert_eq!(box_of(&desk).at, 0);
}

#[test]
fn equal_names_are_known_as_such() {
    let twin = |n: usize| {
        let row = FoundRow { name: "张伟".to_owned(), ..found_person(n) };
        (matched(row.target, Way::Name, Part::Whole, Field::Name, &[0, 1]), row)
    };
    let found = Found::new(vec![twin(4), by_name(1), twin(5)], Vec::new());
    let equal: Vec<bool> = found.hits.iter().map(|hit| hit.equal).collect();
    assert_eq!(equal, [true, false, true]);
    assert_eq!(found.hits[0].year(2020).unwrap().zh, "2008年教职工");
    assert_eq!(found.hits[0].year(2007), None, "a year to come is none");
}

#[test]
fn a_number_that_calls_brings_up_everybody_who_has_it() {
    let mut desk = desk();
    desk.keys("/199 0000-0001");
    assert_eq!(asked(&mut desk).0, "199 0000-0001");
    desk.keys(" ");
    let own = by_number(found_person(1), Way::Phone);
    let family = by_number(found_person(5), Way::FamilyPhone);
    let near =
        (matched(found_person(6).target, Way::Phone, Part::Inside, Field::Phone, &[3]), found_person(6));
    // A blank at the end asks for nothing new.
    desk.keys("\u{8}\u{8}1");
    answer(&mut desk, vec![own, family, near]);
    let find = box_of(&desk);
    assert_eq!(find.calling().as_deref(), Some("19900000001"));
    let owners: Vec<Whose> = find.card().unwrap().owners.iter().map(|owner| owner.role).collect();
    assert_eq!(owners, [Whose::Own, Whose::Family], "who has another number is no owner");
    // The one that is selected comes first.
    desk.keys("↓↓");
    let owners: Vec<Whose> = box_of(&desk).card().unwrap().owners.iter().map(|owner| owner.role).collect();
    assert_eq!(owners, [Whose::Family, Whose::Own]);
    // The end of a mobile number is nobody's number yet.
    let mut desk = self::desk();
    desk.keys("/0000001");
    let row = found_person(1);
    let found = (matched(row.target, Way::Phone, Part::Tail, Field::Phone, &[4]), row);
    answer(&mut desk, vec![found]);
    assert_eq!(box_of(&desk).calling(), None);
    // A staff number is as long as a telephone number.
    let mut desk = self::desk();
    desk.keys("/20080001");
    let row = found_person(1);
    let found = (matched(row.target, Way::No, Part::Whole, Field::No, &[0]), row);
    answer(&mut desk, vec![found]);
    assert_eq!(box_of(&desk).calling(), None);
    assert_eq!(box_of(&desk).card().unwrap().number, "");
}

#[test]
fn a_liaison_and_a_head_are_told_apart_by_the_number() {
    let unit = found_unit(6);
    let (found, row) = by_number(unit, Way::Phone);
    let hit =
        FindHit { found, row, equal: false, typed: Vec::new(), in_characters: false, sought: String::new() };
    assert_eq!(hit.role("053288901107"), Whose::Liaison);
    assert_eq!(hit.role("88901107"), Whose::Liaison, "without the area code");
    assert_eq!(hit.role("053288902000"), Whose::Head);
}

#[test]
fn the_call_form_knows_the_number_and_whose_it_is() {
    let mut desk = desk();
    desk.keys("/19900009999");
    answer(&mut desk, vec![by_number(found_person(1), Way::FamilyPhone)]);
    desk.ctrl('f').keys("\n");
    let sent = acts(&mut desk);
    let Act::FollowUp(draft) = &sent[0].1 else { panic!("{sent:?}") };
    assert_eq!((draft.subject, draft.number.as_str()), (Some(Subject::Person(person_id(1))), "19900009999"));
    assert_eq!((draft.channel, draft.outcome), (Channel::Incoming, Outcome::Informed), "they called");
}

#[test]
fn a_caller_nobody_knows_is_logged_with_what_was_typed() {
    let mut desk = desk();
    desk.keys("/+86 199 0000 4321");
    answer(&mut desk, Vec::new());
    assert_eq!(box_of(&desk).card().unwrap().number, "19900004321", "calls from it are looked for");
    desk.keys("\n\n");
    let sent = acts(&mut desk);
    let Act::FollowUp(draft) = &sent[0].1 else { panic!("{sent:?}") };
    assert_eq!((draft.subject, draft.number.as_str()), (None, "19900004321"));
    // Words that fit nobody are kept as words.
    let mut desk = self::desk();
    desk.keys("/单于燕的妈妈");
    answer(&mut desk, Vec::new()).ctrl('f').keys("\n");
    let sent = acts(&mut desk);
    let Act::FollowUp(draft) = &sent[0].1 else { panic!("{sent:?}") };
    assert_eq!((draft.subject, draft.words.as_str(), draft.number.as_str()), (None, "单于燕的妈妈", ""));
}

/// Somebody whose number differs from the one that was typed in a digit.
fn by_almost(n: usize) -> Matched {
    let row = found_person(n);
    (matched(row.target, Way::Almost, Part::Whole, Field::Phone, &[0]), row)
}

#[test]
fn whose_number_comes_near_is_not_who_calls_until_selected() {
    let typed = |answered: Vec<Matched>| {
        let mut desk = desk();
        desk.keys("/19900004321");
        answer(&mut desk, answered);
        desk
    };
    let mut desk = typed(vec![by_almost(1), by_almost(3)]);
    let find = box_of(&desk);
    assert!(find.is_empty() && find.is_call_of_nobody() && find.hit().is_none());
    assert_eq!(find.card().unwrap().number, "19900004321", "calls from it are looked for");
    assert!(find.card().unwrap().owners.is_empty());
    assert_eq!(copied(desk.ctrl('y')), ["19900004321"]);
    // Enter logs nobody known.
    desk.keys("\n\n");
    let sent = acts(&mut desk);
    let Act::FollowUp(draft) = &sent[0].1 else { panic!("{sent:?}") };
    assert_eq!((draft.subject, draft.number.as_str()), (None, "19900004321"));
    // Selected, it is that one: the card, and what Enter opens; the number is not taken for theirs.
    let mut desk = typed(vec![by_almost(1), by_almost(3)]);
    desk.keys("↓↓");
    let find = box_of(&desk);
    assert!(!find.is_empty() && find.calling().is_none());
    assert_eq!(find.hit().unwrap().subject(), Some(Subject::Person(person_id(3))));
    assert_eq!(find.asked.as_ref().unwrap().0, "");
    desk.keys("↑↑");
    assert!(box_of(&desk).is_call_of_nobody(), "back in the line nobody is selected");
    assert_eq!(box_of(&desk).asked.as_ref().unwrap(), &("19900004321".to_owned(), Vec::new()));
    desk.keys("↓\n");
    assert_eq!(person_seen(&desk), Some(person_id(1)));
    // Beside calls from the number they stand last, however well they fit.
    let call = found_call();
    let by_words = (matched(call.target, Way::Words, Part::Whole, Field::Words, &[0]), call);
    let mut desk = typed(vec![by_almost(1), by_words]);
    assert!(!box_of(&desk).is_empty() && box_of(&desk).calling().is_some());
    assert!(matches!(box_of(&desk).hit().unwrap().found.target, Hit::Call(_)));
    desk.keys("↓↓");
    assert!(box_of(&desk).hit().unwrap().is_near() && box_of(&desk).calling().is_none());
    // A cursor among older hits does not select who only comes near.
    let mut desk = self::desk();
    desk.keys("/1990000432");
    answer(&mut desk, vec![by_name(1)]).keys("1↓\n");
    answer(&mut desk, vec![by_almost(3)]);
    assert!(matches!(desk.state.layers.last(), Some(Layer::Form(_))));
}

#[test]
fn words_of_one_unknown_caller_never_come_back_under_anothers_number() {
    let mut desk = desk();
    desk.keys("/19900001111");
    answer(&mut desk, Vec::new()).keys("\n").keys("孩子发烧\u{1b}\u{1b}");
    desk.keys("/19900002222");
    answer(&mut desk, Vec::new()).keys("\n");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("{:?}", desk.state.layers) };
    assert_eq!((form.value("number").as_str(), form.value("words").as_str()), ("19900002222", ""));
    // The first one's come back with the first one's number.
    desk.keys("\u{1b}\u{1b}/19900001111");
    answer(&mut desk, Vec::new()).keys("\n");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("{:?}", desk.state.layers) };
    assert_eq!((form.value("number").as_str(), form.value("words").as_str()), ("19900001111", "孩子发烧"));
}

#[test]
fn a_call_that_gets_its_subject_offers_nobody_unknown() {
    let mut desk = desk();
    desk.keys("9a");
    desk.keys("xyz");
    answer(&mut desk, Vec::new());
    assert!(!box_of(&desk).offers_unknown());
    desk.keys("\n").ctrl('f');
    assert!(desk.state.find_box().is_some());
    assert!(acts(&mut desk).is_empty());
}

#[test]
fn a_call_still_due_gets_its_subject_from_the_list_of_what_is_due() {
    let mut desk = desk();
    desk.keys("6Ga王");
    answer(&mut desk, vec![by_name(1)]).keys("\n\n");
    let sent = acts(&mut desk);
    let expected = Act::Attach { followup: FollowUpId(id(5, 3)), subject: Subject::Person(person_id(1)) };
    assert_eq!(sent[0].1, expected);
    let mut desk = self::desk();
    desk.keys("6a");
    assert!(desk.state.layers.is_empty(), "a slot is nobody unknown");
}

#[test]
fn a_fever_told_before_it_was_known_whose_asks_for_a_case_or_a_reason() {
    let mut desk = desk();
    desk.keys("6Ga王");
    answer(&mut desk, vec![by_name(1)]).keys("\n");
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!() };
    let mut attach = form.part::<attach::Attach>().cloned().unwrap();
    let dial = attach.dial.as_mut().expect("what is known of the person has come");
    (dial.unwell, dial.has_case) = (Some(crate::app::fixture::now()), false);
    form.is_now(attach);
    desk.keys("\n");
    assert!(acts(&mut desk).is_empty(), "nothing is said of it yet");
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!() };
    for (id, value) in [("case", "no"), ("why_not", "已送医")] {
        form.fields.iter_mut().find(|field| field.id == id).unwrap().set(value);
    }
    desk.keys("\n");
    let sent = acts(&mut desk);
    let Act::Several(both) = &sent[0].1 else { panic!("{sent:?}") };
    assert!(
        matches!(&both[..], [Act::Attach { .. }, Act::Note { text, .. }] if text.contains("已送医")),
        "{both:?}"
    );
}

#[test]
fn a_number_is_copied_whoever_has_it() {
    // Typed: no secret to who typed it.
    let mut desk = desk();
    desk.keys("/199 0000 0001");
    answer(&mut desk, vec![by_number(found_person(1), Way::Phone)]).ctrl('y');
    assert_eq!(copied(&mut desk), ["19900000001"]);
    // A person's own: the log says so first.
    let mut desk = self::desk();
    desk.keys("/ww");
    answer(&mut desk, vec![by_name(1)]).keys("↓y");
    let sent = acts(&mut desk);
    assert_eq!(sent[0].1, Act::Reveal { person: person_id(1), reason: "call".to_owned() });
    assert!(copied(&mut desk).is_empty());
    desk.send(Msg::Committed { token: sent[0].0, committed: Committed { op: op(413), made: None } });
    assert_eq!(copied(&mut desk), ["19900000001"]);
    assert!(desk.state.find_box().is_some(), "the box stays");
    // A liaison's and an outside one's are nobody's secret.
    for row in [found_unit(6), found_contact()] {
        let mut desk = self::desk();
        desk.keys("/x");
        let number = row.phone.for_matching().to_owned();
        let found = (matched(row.target, Way::Name, Part::Head, Field::Name, &[0]), row);
        answer(&mut desk, vec![found]).keys("↓y");
        assert_eq!(copied(&mut desk), [number]);
    }
}

#[test]
fn y_shows_the_number_and_v_hides_it_and_shows_it_again_under_one_entry() {
    let mut desk = desk();
    desk.keys("/ww");
    answer(&mut desk, vec![by_name(1)]).keys("↓y");
    let sent = acts(&mut desk);
    desk.send(Msg::Committed { token: sent[0].0, committed: Committed { op: op(413), made: None } });
    assert!(desk.state.ctx().shows(person_id(1)));
    desk.taken();
    desk.keys("v");
    assert_eq!(desk.state.revealed, None);
    desk.keys("v");
    assert!(desk.state.ctx().shows(person_id(1)));
    assert!(acts(&mut desk).is_empty(), "it was logged when it was copied");
    desk.keys("v").later(30_000);
    desk.keys("v");
    assert_eq!(acts(&mut desk).len(), 1, "its time is over: it is asked for anew");
}

#[test]
fn a_paste_that_is_too_long_is_refused_with_its_length_and_never_cut() {
    let all = "张".repeat(200_000);
    let said = |desk: &Desk| desk.state.feedback.as_ref().map(|line| line.say.zh.clone()).unwrap_or_default();
    let mut desk = desk();
    desk.keys("/");
    desk.send(Msg::Paste(all.clone()));
    assert_eq!(box_of(&desk).typed(), "");
    assert_eq!(said(&desk), "粘贴 200,000 字，此栏最多 200 字：未粘贴");
    desk.send(Msg::Paste("张".repeat(150)));
    desk.send(Msg::Paste("王".repeat(51)));
    assert_eq!(box_of(&desk).typed(), "张".repeat(150), "what stands there counts");
    desk.keys("\u{1b}0");
    desk.send(Msg::Paste(format!("199 0000 0001{all}")));
    assert!(desk.state.find_box().is_none());
    let mut desk = self::desk();
    desk.keys("4jf");
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!() };
    form.to_words();
    desk.send(Msg::Paste(all));
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert_eq!(form.value("words"), "");
    assert!(form.error.as_ref().unwrap().zh.contains("4,000"));
    desk.send(Msg::Paste("张".repeat(4000)));
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert_eq!(form.value("words").chars().count(), 4000);
    // Nor is one more character taken by hand.
    desk.keys("王");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert_eq!(form.value("words").chars().count(), 4000);
    assert!(form.error.as_ref().unwrap().zh.contains("此栏最多 4,000 字"));
}

#[test]
fn what_changed_is_asked_for_again_and_the_cursor_stays() {
    let mut desk = desk();
    desk.keys("/w");
    answer(&mut desk, vec![by_name(1), by_name(3)]).keys("↓↓").taken();
    desk.send(Msg::Changed);
    answer(&mut desk, vec![by_name(2), by_name(1), by_name(3)]);
    assert_eq!(box_of(&desk).at, 2);
    assert!(box_of(&desk).in_list);
    desk.send(Msg::Changed);
    answer(&mut desk, vec![by_name(1), by_name(2)]);
    assert_eq!(box_of(&desk).at, 0, "whom it was on is gone");
}

#[test]
fn esc_in_a_call_comes_back_to_the_results() {
    let mut desk = desk();
    desk.keys("/ww");
    answer(&mut desk, vec![by_name(1), by_name(3)]).keys("↓↓f\u{1b}");
    assert_eq!((box_of(&desk).at, box_of(&desk).in_list), (1, true));
}

#[test]
fn a_callers_number_is_shown_and_copied_once_that_is_logged() {
    let call = FollowUpId(id(5, 42));
    let nobody = found_other(Hit::Call(call), "", "", "19900008888");
    let by_words = (matched(nobody.target, Way::Words, Part::Head, Field::Words, &[0]), nobody);
    let mut desk = desk();
    desk.keys("/x");
    answer(&mut desk, vec![by_words]).ctrl('y');
    assert!(copied(&mut desk).is_empty(), "the log comes first");
    let token = desk.state.next;
    assert_eq!(desk.state.sent.get(&token), Some(&Purpose::Reveal { whose: Shown::Call(call), copy: true }));
    desk.send(Msg::Committed { token, committed: Committed { op: op(9), made: None } });
    assert_eq!(copied(&mut desk), ["19900008888"]);
    assert_eq!(desk.state.revealed.map(|(whose, _)| whose), Some(Shown::Call(call)));
    let card = crate::app::card::card(box_of(&desk), &desk.state.ctx());
    assert_eq!(card.number, "19900008888");
}

#[test]
fn a_search_that_found_somebody_comes_back_even_if_it_was_left() {
    let mut desk = desk();
    desk.keys("/ww");
    answer(&mut desk, vec![by_name(1)]).keys("\u{1b}");
    assert_eq!(desk.state.searches[0], "ww");
    desk.keys("/zzz");
    answer(&mut desk, Vec::new()).keys("\u{1b}");
    assert_eq!(desk.state.searches[0], "ww");
}

#[test]
fn a_number_is_revealed_in_place() {
    let mut desk = desk();
    desk.keys("/ww");
    answer(&mut desk, vec![by_name(1)]).keys("↓v");
    let sent = acts(&mut desk);
    assert_eq!(sent[0].1, Act::Reveal { person: person_id(1), reason: "call".to_owned() });
    desk.send(Msg::Committed { token: sent[0].0, committed: Committed { op: op(413), made: None } });
    assert!(desk.state.ctx().shows(person_id(1)));
    assert!(desk.state.find_box().is_some_and(|find| find.in_list));
}

#[test]
fn the_last_searches_come_back() {
    let mut desk = desk();
    assert_eq!(desk.state.searches, ["ouyang", "0532-8890-1107"]);
    desk.keys("/↑");
    assert_eq!(asked(&mut desk).0, "ouyang");
    desk.keys("↑↑");
    assert_eq!(asked(&mut desk).0, "0532-8890-1107", "the oldest stays");
    // Once touched it is a line like any other.
    desk.keys("9↑");
    assert_eq!(box_of(&desk).typed(), "0532-8890-11079");
    // What was used comes first, once.
    let mut desk = self::desk();
    desk.keys("/0532-8890-1107");
    answer(&mut desk, vec![by_number(found_unit(6), Way::Phone)]).keys("\n");
    assert_eq!(desk.state.searches, ["0532-8890-1107", "ouyang"]);
    // The number of a call that gets its subject is nobody's search.
    let mut desk = self::desk();
    desk.keys("9a");
    answer(&mut desk, vec![by_number(found_person(2), Way::Phone)]).keys("\n");
    assert!(!desk.taken().iter().any(|effect| matches!(effect, Effect::KeepSearch { .. })));
}

#[test]
fn a_number_pasted_anywhere_opens_the_box_with_it() {
    for page in ["1", "4", "4j\n", "0"] {
        let mut desk = desk();
        desk.keys(page).taken();
        desk.send(Msg::Paste("+86 199-0000-0001\n".to_owned()));
        assert_eq!(asked(&mut desk).0, "+86 199-0000-0001", "{page}");
    }
    // Anything else, and anything where text is typed, does not.
    let mut desk = desk();
    desk.send(Msg::Paste("王伟".to_owned()));
    desk.keys("3\\");
    desk.send(Msg::Paste("19900000001".to_owned()));
    desk.keys("\u{1b}f");
    desk.send(Msg::Paste("19900000001".to_owned()));
    assert!(desk.state.layers.iter().all(|layer| !matches!(layer, Layer::Find(_))));
    desk.keys("\u{1b}L");
    desk.send(Msg::Paste("19900000001".to_owned()));
    assert!(desk.state.lock.is_some() && desk.state.layers.is_empty());
}

#[test]
fn a_call_leads_to_whom_it_was_about_and_else_is_read_in_full() {
    let call = found_call();
    let by_words = (matched(call.target, Way::Words, Part::Inside, Field::Words, &[0]), call.clone());
    let mut desk = desk();
    desk.keys("/hesuan");
    answer(&mut desk, vec![by_words]).keys("\n");
    assert_eq!(person_seen(&desk), Some(person_id(3)));
    let nobody = FoundRow { subject: None, ..found_other(Hit::Call(FollowUpId(id(5, 42))), "", "", "") };
    let nobody = FoundRow { words: "问返校时间".to_owned(), ..nobody };
    let by_words = (matched(nobody.target, Way::Words, Part::Head, Field::Words, &[0]), nobody);
    let mut desk = self::desk();
    desk.keys("/x");
    answer(&mut desk, vec![by_words]).keys("\n");
    let Some(Layer::Detail { lines, .. }) = desk.state.layers.last() else {
        panic!("{:?}", desk.state.layers)
    };
    assert!(lines.iter().any(|line| line.zh == "问返校时间"));
}

#[test]
fn the_card_is_asked_for_once_and_follows_the_selection() {
    let mut desk = desk();
    desk.keys("/w");
    answer(&mut desk, vec![by_name(1), by_name(3)]);
    let first = box_of(&desk).asked.clone();
    assert_eq!(first, Some((String::new(), vec![(Hit::Person(person_id(1)), Whose::Own)])));
    desk.keys("↓↓");
    assert_eq!(box_of(&desk).asked, Some((String::new(), vec![(Hit::Person(person_id(3)), Whose::Own)])));
    // While the answer to another letter is on its way, hits and card stay as they are.
    desk.keys("/w");
    assert!(box_of(&desk).card().is_some());
    answer(&mut desk, vec![by_name(2)]);
    let owner = box_of(&desk).card().map(|card| card.owners[0].row.target);
    assert_eq!(owner, Some(Hit::Person(person_id(2))));
}
