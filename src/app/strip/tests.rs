//! What is told above forms, of one, of several and of nobody.

use super::*;
use crate::app::fixture::{Desk, entry_basis, entry_id, entry_sheet, now, person_id, unit_id};
use crate::app::shown::msg::{Data, Msg};
use crate::domain::ids::FollowUpId;
use crate::domain::mask::Private;
use crate::domain::phone::Whose;
use crate::store::query::rows::EntryAsk;

fn desk(lang: Lang) -> Desk {
    let mut desk = Desk::new(lang, 120, 40);
    desk.taken();
    desk
}

fn told(desk: &Desk) -> Option<Strip> {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => strip(form, &desk.state.ctx()),
        _ => panic!("no form"),
    }
}

fn line(parts: &[TextLine]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("  ")
}

/// Every form that is about one person, unit or contact tells of them, by the key that opens it.
#[test]
fn every_form_about_somebody_tells_of_them() {
    for keys in ["3f", "3r", "3m", "3j\ne", "3\nn", "4jf", "4jo", "4jx", "4j\ne", "4j\nn", "7\n:erase\n"] {
        let mut desk = desk(Lang::Zh);
        desk.keys(keys);
        let strip = told(&desk).unwrap_or_else(|| panic!("{keys}: no strip"));
        assert!(strip.who.len() > 1 && !strip.number.is_empty(), "{keys}: {strip:?}");
        assert!(!strip.owes.is_empty() && !strip.last.is_empty(), "{keys}: {strip:?}");
    }
    for keys in ["n", "i", ":settings\n", ":add-person\n", ":add-unit\n", "-s"] {
        let mut desk = desk(Lang::Zh);
        desk.keys(keys);
        assert_eq!(told(&desk), None, "{keys}");
    }
}

#[test]
fn a_unit_is_told_with_its_liaison_its_debts_and_how_late_they_are() {
    for (lang, owed, none) in [
        (Lang::Zh, "!欠报 02-17 超时1时5分", "没有通话记录"),
        (Lang::En, "!owes the report of 02-17", "no calls before"),
    ] {
        let mut desk = desk(lang);
        desk.keys("3r");
        let strip = told(&desk).unwrap();
        assert!(line(&strip.owes).starts_with(owed), "{strip:?}");
        assert_eq!(line(&strip.last), none);
        assert!(strip.who[1].head && strip.who[1].text == strip.number, "{strip:?}");
    }
}

#[test]
fn a_private_number_is_masked_until_it_is_shown_and_so_are_those_in_what_was_said() {
    let mut desk = desk(Lang::Zh);
    desk.keys("4jf");
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!() };
    if let Some(call) = form.known.as_mut().and_then(|dial| dial.last.as_mut()) {
        call.words = "改打 19900001234".to_owned();
        call.subject = Some(Subject::Person(person_id(1)));
    }
    let strip = told(&desk).unwrap();
    assert!(strip.number.contains("199****0001"), "{strip:?}");
    assert!(line(&strip.last).contains("改打 199****1234"), "{strip:?}");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let Some(Subject::Person(person)) = form.whom[0].subject else { panic!() };
    desk.state.revealed = None;
    let ctx = Ctx { revealed: Some(Shown::Person(person)), ..desk.state.ctx() };
    let open = strip_of(form, &ctx);
    assert!(open.number.contains("19900000001") || !open.number.contains('*'), "{open:?}");
}

fn strip_of(form: &Form, ctx: &Ctx) -> Strip {
    strip(form, ctx).unwrap()
}

#[test]
fn several_are_counted_and_named() {
    let mut desk = desk(Lang::Zh);
    desk.keys("3  f");
    let strip = told(&desk).unwrap();
    assert!(strip.brief && line(&strip.who).starts_with("共 2 个："), "{strip:?}");
    assert_eq!(line(&strip.who).matches('、').count(), 1);
    desk.keys("\u{1b}3").state.lang = Lang::En;
    desk.keys("f");
    assert!(line(&told(&desk).unwrap().who).starts_with("2 in all: "));
}

/// The page of a ledger's list, its first entry selected.
fn in_ledger(lang: Lang, name: &str) -> Desk {
    let mut desk = desk(lang);
    desk.keys("8");
    let place = desk.state.tables.ledgers.rows().iter().position(|row| row.ledger.name == name).unwrap();
    desk.keys(&"j".repeat(place)).keys("\n");
    desk.taken();
    desk
}

#[test]
fn a_form_of_a_ledger_tells_of_the_entry_whom_it_is_about_what_is_due_and_what_was_done_last() {
    // The line of a unit that acknowledged: moved, corrected, withdrawn.
    for keys in ["\nj\nm", "\nj\ne", "\nj\n:withdraw-entry\n"] {
        let mut desk = in_ledger(Lang::Zh, "notices");
        desk.keys(keys);
        let strip = told(&desk).unwrap();
        let who = line(&strip.who);
        assert!(
            who.starts_with("后勤处  联络人 赵铁柱 0532-8890-1105  通知与回执  校防〔2020〕7号  已签收"),
            "{who}"
        );
        assert!(strip.number.contains("0532-8890-1105"), "{keys}: {who}");
        assert_eq!(who.matches("后勤处").count(), 1, "{who}");
        assert!(line(&strip.last).starts_with("上次办理 09:56  签收"), "{keys}: {strip:?}");
        assert!(line(&strip.owes).contains("欠报 02-17"), "{keys}: {strip:?}");
    }
    // One that did not: its receipt is overdue.
    for (lang, due) in [(Lang::Zh, "09:30"), (Lang::En, "09:30")] {
        let mut desk = in_ledger(lang, "notices");
        desk.keys("\n\nm");
        let strip = told(&desk).unwrap();
        assert!(strip.owes[0].text.contains(due) && strip.owes[0].mood == Mood::Bad, "{strip:?}");
        assert!(line(&strip.who).contains("李海燕"), "{strip:?}");
    }
    // A line more is told of the entry that gets it; an entry about nobody in one line. Of a new one its title says all.
    let mut desk = in_ledger(Lang::Zh, "notices");
    desk.keys("\na");
    assert!(line(&told(&desk).unwrap().who).starts_with("通知与回执  校防〔2020〕7号"));
    let mut desk = in_ledger(Lang::Zh, "supplies");
    desk.keys("a");
    assert_eq!(told(&desk), None);
    desk.keys("\u{1b}e");
    let strip = told(&desk).unwrap();
    assert!(strip.brief && line(&strip.who) == "防疫物资  口罩 总库", "{strip:?}");
    // What begins with whom it is about is not named twice.
    let ask = EntryAsk::Change(entry_id(6));
    let mut basis = entry_basis(&ask);
    basis.above = None;
    let told_of = |name: &str| line(&entry::entry(&basis, name, &desk.state.ctx()));
    assert_eq!(told_of("后勤处"), "通知与回执  已签收");
    assert_eq!(told_of("后勤"), "通知与回执  后勤处  已签收");
    basis.above.replace(entry_sheet(entry_id(4)).unwrap().entry);
    let number = basis.above.as_mut().and_then(|above| above.row.values.get_mut("number")).unwrap();
    "后勤处 2020-02-17".clone_into(number);
    let said = line(&entry::entry(&basis, "后勤处", &desk.state.ctx()));
    assert_eq!(said, "通知与回执  2020-02-17  已签收");
    // Several are counted and named.
    let mut desk = in_ledger(Lang::Zh, "notices");
    let ask = EntryAsk::Move(vec![entry_id(6)], None);
    let mut basis = entry_basis(&ask);
    basis.rows.extend(basis.rows.first().cloned());
    desk.state.take_entry_form(&mut Vec::new(), &ask, basis);
    let strip = told(&desk).unwrap();
    assert!(strip.brief && line(&strip.who) == "通知与回执  共 2 个：后勤处、后勤处", "{strip:?}");
}

/// Nothing is told of them that was not read, and nothing of somebody else.
#[test]
fn until_it_is_known_only_the_name_is_told() {
    let mut desk = desk(Lang::Zh);
    desk.keys("3r");
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!() };
    form.known = None;
    let name = form.whom[0].name.clone();
    let generation = desk.state.token();
    let other = Some(Subject::Unit(unit_id(3)));
    desk.state.waiting.insert(generation, Query::Dial { subject: other, call: None });
    desk.send(Msg::Loaded { generation, data: Data::Dial(Box::default()) });
    let strip = told(&desk).unwrap();
    assert_eq!((line(&strip.who), strip.owes.len(), strip.last.len()), (name, 0, 0));
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let subject = form.whom[0].subject;
    let generation = desk.state.token();
    desk.state.waiting.insert(generation, Query::Dial { subject, call: None });
    desk.send(Msg::LoadFailed { generation, error: crate::say::Say::same("busy") });
    assert_eq!(told(&desk), Some(strip));
}

#[test]
fn what_somebody_answers_for_and_what_is_owed_there_are_told() {
    let mut desk = desk(Lang::Zh);
    desk.keys("4jf");
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!() };
    let debt = |days: i64| Debt {
        day: crate::domain::time::add_days(desk.state.status.day, -days),
        round: crate::domain::report::Round::default(),
        due: now().plus(-days * 86_400_000),
    };
    form.known = Some(Box::new(Dial {
        numbers: vec![CallNumber {
            role: Whose::Caller,
            who: String::new(),
            number: Private::new("19900008888"),
            call: Some(FollowUpId(uuid::Uuid::nil())),
        }],
        answers_for: vec![("机械学院".to_owned(), Whose::Liaison)],
        owed: vec![debt(3), debt(2), debt(1)],
        ..Dial::default()
    }));
    let strip = told(&desk).unwrap();
    assert!(line(&strip.who).contains("机械学院联络人"), "{strip:?}");
    assert_eq!(line(&strip.owes), "!欠报 02-14 超时3天、02-15 超时2天、另 1 项");
    assert!(strip.number.ends_with("199****8888"), "a caller's number is private: {strip:?}");
}

#[test]
fn of_somebody_under_attention_the_day_the_measure_and_the_open_slot_are_told() {
    for (lang, case, slot) in [
        (Lang::Zh, "重点关注 第3/14天", "时段 09:00 超时1时5分"),
        (Lang::En, "case 3/14", "Slot 09:00 1h05 over"),
    ] {
        let mut desk = desk(lang);
        desk.keys("4jf");
        let owes = line(&told(&desk).unwrap().owes);
        assert!(owes.contains(slot), "{owes}");
        assert!(owes.contains(&format!("{case} {}", word(Measure::Central).get(lang))), "{owes}");
    }
}
