//! The forms of ledgers: which fields are asked, and which acts they come to.

use super::fields::one_offered;
use super::*;
use crate::app::fixture::{Desk, entry_id, me, op, unit_id};
use crate::app::shown::msg::Msg;
use crate::domain::case::{CaseFacts, Category};
use crate::say::Lang;
use crate::store::act::Committed;
use crate::store::query::rows::Offered;
use uuid::Uuid;

fn desk(name: &str) -> Desk {
    let mut desk = Desk::new(Lang::Zh, 100, 40);
    desk.keys("8");
    let place = desk.state.tables.ledgers.rows().iter().position(|row| row.ledger.name == name).unwrap();
    desk.keys(&"j".repeat(place)).keys("\n");
    desk.taken();
    desk
}

fn form(desk: &Desk) -> &Form {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn labels(desk: &Desk) -> Vec<&'static str> {
    form(desk).fields.iter().map(|field| field.label.zh).collect()
}

fn sent(desk: &mut Desk) -> Vec<(u64, LedgerAct)> {
    let acts = desk.taken().into_iter().filter_map(|effect| match effect {
        Effect::Commit { token, act, .. } => match *act {
            Act::Ledger(act) => Some((token, *act)),
            other => panic!("{other:?}"),
        },
        _ => None,
    });
    acts.collect()
}

fn set(desk: &mut Desk, label: &str, text: &str) {
    let known = labels(desk);
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!("no form") };
    form.focus = known.iter().position(|known| *known == label).unwrap_or_else(|| panic!("{known:?}"));
    desk.keys(text);
}

#[test]
fn the_list_below_an_entry_is_of_this_minute_when_it_is_seen_again() {
    let mut desk = desk("supplies");
    desk.keys("\n");
    assert!(desk.state.page_of::<EntryPage>().is_some());
    let list = desk.state.layers.iter_mut().find(|layer| matches!(layer, Layer::Page(_))).unwrap();
    *list = Layer::Page(Box::new(LedgerPage::new(crate::domain::item::Name::new("supplies"))));
    desk.keys("\u{1b}");
    let seen = desk.state.page_of::<LedgerPage>().unwrap();
    assert!(seen.ledger.is_some() && !seen.sheet.rows().is_empty(), "it is asked for again");
}

#[test]
fn what_is_asked_follows_from_what_was_chosen_and_nothing_typed_is_lost() {
    let mut desk = desk("supplies");
    desk.keys("a");
    assert_eq!(labels(&desk), ["物资", "库房", "出入", "数量", "单据", "发生时间"]);
    assert_eq!(form(&desk).value(field_id("place")), "总库", "a default stands there");
    set(&mut desk, "物资", "口罩");
    // 报废 出库 入库 盘点, in the order of their codes: count, in, out, scrap.
    set(&mut desk, "出入", "4");
    assert_eq!(form(&desk).value(field_id("move")), "out");
    assert_eq!(labels(&desk)[4], "领用单位");
    set(&mut desk, "领用单位", "6");
    set(&mut desk, "出入", "3");
    assert_eq!(labels(&desk)[4], "有效期");
    set(&mut desk, "出入", "4");
    assert_eq!(
        form(&desk).value(field_id("unit")),
        unit_id(4).to_string(),
        "it was put aside, not thrown away"
    );
    set(&mut desk, "数量", "一百");
    desk.keys("\n");
    assert!(sent(&mut desk).is_empty());
    let at = form(&desk).focus;
    assert_eq!(form(&desk).fields[at].id, field_id("quantity"), "what is wrong has the cursor");
    desk.keys("\u{8}\u{8}100\n");
    let acts = sent(&mut desk);
    let [(token, LedgerAct::Write { ledger, entries, .. })] = acts.as_slice() else { panic!("{acts:?}") };
    let (values, lines) = &entries[0];
    let said = |name: &str| values.get(name).map_or("", String::as_str);
    assert_eq!(
        (ledger.as_str(), said("item"), said("move"), said("quantity")),
        ("supplies", "mask", "out", "100")
    );
    assert_eq!((said("unit"), values.contains_key("expires")), (unit_id(4).to_string().as_str(), false));
    assert!(lines.is_empty());
    desk.send(Msg::Committed { token: *token, committed: Committed { op: op(413), made: None } });
    assert!(!matches!(desk.state.layers.last(), Some(Layer::Form(_))));
}

#[test]
fn a_draft_keeps_what_is_not_asked_too() {
    let mut desk = desk("supplies");
    desk.keys("a");
    set(&mut desk, "出入", "4");
    set(&mut desk, "领用单位", "6");
    set(&mut desk, "出入", "3");
    desk.keys("\u{1b}a");
    assert!(form(&desk).kept.is_some());
    set(&mut desk, "出入", "4");
    assert_eq!(form(&desk).value(field_id("unit")), unit_id(4).to_string());
}

#[test]
fn a_correction_holds_what_differs_and_a_reason() {
    let mut desk = desk("supplies");
    desk.keys("e");
    set(&mut desk, "数量", "\u{8}\u{8}\u{8}\u{8}1500\n");
    assert!(sent(&mut desk).is_empty(), "no reason");
    set(&mut desk, "原因", "少写了一百\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::Change { entry, values, reason, .. })] = acts.as_slice() else { panic!("{acts:?}") };
    assert_eq!((*entry, reason.as_str()), (entry_id(1), "少写了一百"));
    assert_eq!(values.iter().collect::<Vec<_>>(), [(&"quantity".to_owned(), &"1500".to_owned())]);
}

#[test]
fn a_step_asks_for_its_own_fields_and_several_go_one_by_one() {
    let mut desk = desk("notices");
    // The notice itself has no states: its selected line is meant.
    desk.keys("\nm");
    assert_eq!(labels(&desk), ["步骤", "签收人", "原因", "发生时间"]);
    set(&mut desk, "签收人", "王老师\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::Move { entries, transition, values, .. })] = acts.as_slice() else {
        panic!("{acts:?}")
    };
    assert_eq!((entries.as_slice(), transition.as_str()), ([entry_id(5)].as_slice(), "acknowledge"));
    assert_eq!(values.get("who").map(String::as_str), Some("王老师"));
    desk.keys("\u{1b}");
    desk.keys("*m");
    assert!(!matches!(desk.state.layers.last(), Some(Layer::Form(_))));
    assert!(desk.state.feedback.is_some(), "they stand in different states");
}

#[test]
fn whoever_mended_it_does_not_sign_that_it_is_mended() {
    let mut desk = Desk::new(Lang::Zh, 100, 40);
    desk.keys("8");
    let mut basis = crate::app::fixture::entry_basis(&EntryAsk::Move(vec![entry_id(5)], None));
    basis.ledger = crate::app::fixture::declared("inspections");
    basis.rows[0].row.state = "to-check".to_owned();
    let moved = crate::store::ledgers::Moved {
        transition: "mended".to_owned(),
        to: "to-check".to_owned(),
        at: desk.state.now,
        officer: Some(me()),
        signed_by: None,
        reason: String::new(),
    };
    basis.rows[0].row.moves = vec![moved];
    desk.state.take_entry_form(&mut Vec::new(), &EntryAsk::Move(vec![entry_id(5)], None), basis);
    assert!(form(&desk).field("approved_by").is_none(), "nothing is chosen yet");
    set(&mut desk, "步骤", "2");
    assert_eq!(form(&desk).value("step"), "recheck-good");
    assert!(form(&desk).field("approved_by").is_some());
    set(&mut desk, "步骤", "3");
    assert!(form(&desk).field("approved_by").is_none());
}

#[test]
fn a_signature_asks_for_the_pin_of_whoever_sits_here_where_they_have_one() {
    for has_pin in [false, true] {
        let mut desk = Desk::new(Lang::Zh, 100, 40);
        desk.keys("8");
        let mut basis = crate::app::fixture::entry_basis(&EntryAsk::Move(vec![entry_id(5)], None));
        basis.ledger = crate::app::fixture::declared("inspections");
        basis.rows[0].row.state = "to-check".to_owned();
        basis.rows[0].row.moves = Vec::new();
        desk.state.status.pins = if has_pin { vec![me()] } else { Vec::new() };
        desk.state.take_entry_form(&mut Vec::new(), &EntryAsk::Move(vec![entry_id(5)], None), basis);
        assert!(form(&desk).field("pin").is_none(), "nothing is chosen yet");
        // 不合格 is not signed.
        set(&mut desk, "步骤", "3");
        assert!(form(&desk).field("pin").is_none());
        set(&mut desk, "步骤", "2");
        assert_eq!(form(&desk).field("pin").is_some(), has_pin);
        let told: Vec<&str> = form(&desk).about.iter().map(|(said, _)| said.zh.as_str()).collect();
        assert_eq!(told, if has_pin { vec![] } else { vec![say::NO_PIN.zh] }, "said before it is filled in");
        if has_pin {
            set(&mut desk, "签字口令", "4711");
        }
        desk.keys("\n");
        let acts = sent(&mut desk);
        let [(token, LedgerAct::Move { pin, .. })] = acts.as_slice() else { panic!("{acts:?}") };
        assert_eq!(*pin, crate::domain::pin::Pin::new("4711").filter(|_| has_pin));
        if has_pin {
            let error = Say::same("口令不对");
            desk.send(Msg::CommitFailed { token: *token, error, field: Some("pin") });
            let at = form(&desk).focus;
            assert_eq!((form(&desk).fields[at].id, form(&desk).value("pin").as_str()), ("pin", ""));
        }
    }
}

#[test]
fn what_the_books_do_not_have_is_entered_with_a_reason() {
    let mut desk = desk("supplies");
    desk.keys("a");
    set(&mut desk, "物资", "口罩");
    set(&mut desk, "出入", "4");
    set(&mut desk, "数量", "9000\n");
    let acts = sent(&mut desk);
    let [(token, LedgerAct::Write { reason, .. })] = acts.as_slice() else { panic!("{acts:?}") };
    assert_eq!(reason, "");
    let error = Say::same("账面只有 2600");
    desk.send(Msg::CommitFailed { token: *token, error: error.clone(), field: Some("reason") });
    assert_eq!(form(&desk).error, Some(error));
    let at = form(&desk).focus;
    assert_eq!(form(&desk).fields[at].id, "reason", "the cursor stands where it is asked for");
    desk.keys("账后补\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::Write { reason, .. })] = acts.as_slice() else { panic!("{acts:?}") };
    assert_eq!(reason, "账后补");
}

#[test]
fn numbers_in_an_entry_about_nobody_are_shown_once_that_is_logged_and_hidden_again() {
    let text = "name = \"supplies\"\nversion = 9\nwhat = \"ledger\"\ntitle = { zh = \"门岗\", en = \"Gate\" }\n\
        [[column]]\nfield = \"phone\"\ntitle = { zh = \"电话\", en = \"Phone\" }\ntype = \"phone\"\n";
    let ledger = std::sync::Arc::new(crate::domain::ledger::Ledger::parse(text).unwrap());
    let mut row = crate::app::fixture::entry_basis(&EntryAsk::Change(entry_id(1))).rows.remove(0);
    row.row.values = Values::from([("phone".to_owned(), "13800001234".to_owned())]);
    let mut desk = desk("supplies");
    let shows = |desk: &Desk| value_shown(&ledger.part.columns[0], &row, &desk.state.ctx());
    let found = crate::store::query::rows::LedgerPage {
        ledger: ledger.clone(),
        total: 1,
        offset: 0,
        rows: vec![row.clone()],
        broken: Vec::new(),
    };
    let mut page = LedgerPage::new(crate::domain::item::Name::new("supplies"));
    crate::app::shown::page::Page::take(&mut page, &crate::app::shown::query::Data::Ledger(found.into()));
    desk.state.layers.push(Layer::Page(Box::new(page)));
    assert_eq!(shows(&desk), "138****1234");
    desk.keys("v");
    assert_eq!(shows(&desk), "138****1234", "not before it is logged");
    let acts: Vec<_> = desk
        .taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Commit { token, act, .. } => Some((token, *act)),
            _ => None,
        })
        .collect();
    let [(token, Act::RevealEntry { entry, reason })] = acts.as_slice() else { panic!("{acts:?}") };
    assert_eq!((*entry, reason.as_str()), (entry_id(1), "call"));
    desk.state.revealed = None;
    desk.send(Msg::Committed { token: *token, committed: Committed { op: op(413), made: None } });
    assert_eq!(shows(&desk), "13800001234");
    desk.state.revealed = None;
    assert_eq!(shows(&desk), "138****1234");
}

#[test]
fn a_withdrawal_needs_a_reason_and_a_yes() {
    let mut desk = desk("supplies");
    desk.keys("jx记错了\n");
    assert!(sent(&mut desk).is_empty());
    desk.keys("y");
    let acts = sent(&mut desk);
    assert!(
        matches!(&acts[..], [(_, LedgerAct::Withdraw { entry, .. })] if *entry == entry_id(2)),
        "{acts:?}"
    );
}

#[test]
fn a_person_is_meant_by_number_or_name() {
    let mut desk = Desk::new(Lang::Zh, 100, 40);
    desk.keys("8");
    let text = include_str!("../../../../data/ledgers/absence.toml");
    let ledger = std::sync::Arc::new(crate::domain::ledger::Ledger::parse(text).unwrap());
    let basis = EntryBasis {
        ledger,
        rows: Vec::new(),
        above: None,
        offered: std::collections::BTreeMap::new(),
        given: None,
        due: Vec::new(),
        last: None,
    };
    desk.state.take_entry_form(&mut Vec::new(), &EntryAsk::New("absence".to_owned()), basis);
    let person = form(&desk).fields[0].label.zh;
    set(&mut desk, person, "王伟");
    let hint = &form(&desk).fields[0].hint.zh;
    assert!(hint.contains("20080001"), "{hint}");
    // The strip tells of whom is named, and asks what there is to tell.
    let whom = &form(&desk).whom;
    assert!(whom.len() == 1 && whom[0].name == "王伟" && form(&desk).known.is_some(), "{whom:?}");
    set(&mut desk, person, "王");
    assert!(form(&desk).fields[0].hint.zh.contains("找不到"));
    assert!(form(&desk).whom.is_empty() && form(&desk).known.is_none(), "nobody of that name");
    desk.keys("\u{8}\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::Write { entries, .. })] = acts.as_slice() else {
        panic!("{acts:?} {:?}", form(&desk).error)
    };
    let id = crate::app::fixture::person_id(1).to_string();
    assert!(entries[0].0.values().any(|value| *value == id));
}

#[test]
fn a_name_means_one() {
    let one = |name: &str| Offered { id: Uuid::nil(), name: name.to_owned(), also: Vec::new() };
    let all: Vec<Offered> = ["南门", "南门岗亭", "北门"].map(one).into();
    let is = |text: &str| one_offered(&all, text).map(|one| one.name.clone()).map_err(|say| say.zh);
    assert_eq!(is("南门").as_deref(), Ok("南门"), "all of a name before a part of it");
    assert_eq!(is("岗亭").as_deref(), Ok("南门岗亭"));
    assert!(is("门").unwrap_err().contains("有 3 个"));
    assert!(is("西门").unwrap_err().contains("找不到"));
}

#[test]
fn what_an_entry_proposes_is_taken_up_in_the_form_of_what_is_made_or_declined() {
    let mut desk = desk("disinfection");
    desk.keys("\n").taken();
    assert!(desk.state.proposes());
    desk.keys("t");
    assert_eq!(form(&desk).value(field_id("quantity")), "5");
    desk.keys("\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::TakeUp { entry, raise, made: Taken::Entry(values, ..) })] = acts.as_slice() else {
        panic!("{acts:?}")
    };
    assert_eq!((*entry, raise.as_str()), (entry_id(10), "supplies"));
    assert_eq!((values["item"].as_str(), values["move"].as_str()), ("disinfectant", "out"));

    let mut desk = self::desk("disinfection");
    desk.keys("\nd\n");
    assert!(sent(&mut desk).is_empty(), "a reason is needed");
    desk.keys("自带药剂\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::Decline { raise, reason, .. })] = acts.as_slice() else { panic!("{acts:?}") };
    assert_eq!((raise.as_str(), reason.as_str()), ("supplies", "自带药剂"));

    let mut desk = self::desk("supplies");
    desk.keys("\ntd");
    assert!(desk.state.layers.iter().all(|layer| !matches!(layer, Layer::Form(_))), "it proposes nothing");
}

#[test]
fn a_letter_that_a_declaration_gives_a_step_opens_it_for_what_is_meant() {
    let mut desk = desk("notices");
    desk.keys("\n");
    let letters =
        |desk: &Desk| desk.state.declared_keys().into_iter().map(|(key, _)| key).collect::<String>();
    assert_eq!(letters(&desk), "r");
    desk.keys("r");
    assert_eq!(form(&desk).value("step"), "acknowledge");
    set(&mut desk, "签收人", "王老师");
    desk.keys("\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::Move { entries, transition, .. })] = acts.as_slice() else { panic!("{acts:?}") };
    assert_eq!((entries.as_slice(), transition.as_str()), (&[entry_id(5)][..], "acknowledge"));

    // The second line is acknowledged already.
    let mut desk = self::desk("notices");
    desk.keys("\nj");
    assert_eq!(letters(&desk), "c");
    desk.keys("r");
    assert!(!matches!(desk.state.layers.last(), Some(Layer::Form(_))));
    assert!(desk.state.feedback.as_ref().is_some_and(|line| line.say.zh.contains("不能“签收”")));
    // Elsewhere it is no key of the ledger's.
    let mut desk = Desk::new(Lang::Zh, 100, 40);
    desk.keys("9c");
    assert!(letters(&desk).is_empty() && !matches!(desk.state.layers.last(), Some(Layer::Form(_))));
}

#[test]
fn a_number_that_a_proposal_gives_is_hidden_and_kept() {
    let mut desk = desk("disinfection");
    desk.keys("\n").taken();
    let ask = EntryAsk::Raised(entry_id(10), "supplies".to_owned());
    let mut basis = crate::app::fixture::entry_basis(&ask);
    let given = basis.given.as_mut().unwrap();
    given.values.insert("place".to_owned(), "库房 19900001234".to_owned());
    desk.state.take_entry_form(&mut Vec::new(), &ask, basis);
    let place = form(&desk).field(field_id("place")).unwrap();
    assert!(place.value().is_empty() && place.present == "库房 199****1234", "{place:?}");
    desk.keys("\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::TakeUp { made: Taken::Entry(values, ..), .. })] = acts.as_slice() else {
        panic!("{acts:?}")
    };
    assert_eq!(values["place"], "库房 19900001234");
}

#[test]
fn what_a_proposed_case_says_is_kept_where_it_is_hidden_and_was_not_touched() {
    let mut desk = desk("absence");
    let person = crate::app::fixture::person_id(1);
    let facts = CaseFacts {
        categories: Some(vec![Category::Fever]),
        contact: Some("母亲 19900001234".to_owned()),
        ..CaseFacts::default()
    };
    crate::app::forms::case::open_raised(
        &mut desk.state,
        &mut Vec::new(),
        (entry_id(1), "case".to_owned()),
        (person, "王伟"),
        &facts,
    );
    desk.keys("\n");
    let acts = sent(&mut desk);
    let [(_, LedgerAct::TakeUp { made: Taken::Case(said), .. })] = acts.as_slice() else {
        panic!("{acts:?}")
    };
    assert_eq!(said.contact, facts.contact);
}

#[test]
fn the_letter_that_is_pressed_wins_over_a_draft_of_another_step_which_is_kept() {
    let mut desk = Desk::new(Lang::Zh, 100, 40);
    desk.keys("8");
    let ask = |step: Option<&str>| EntryAsk::Move(vec![entry_id(5)], step.map(str::to_owned));
    let open = |desk: &mut Desk, step: Option<&str>| {
        let mut basis = crate::app::fixture::entry_basis(&ask(None));
        basis.ledger = crate::app::fixture::declared("inspections");
        basis.rows[0].row.state = "to-check".to_owned();
        desk.state.take_entry_form(&mut Vec::new(), &ask(step), basis);
    };
    open(&mut desk, Some("recheck-good"));
    set(&mut desk, "原因", "看过\u{1b}");
    assert!(!matches!(desk.state.layers.last(), Some(Layer::Form(_))));
    open(&mut desk, Some("recheck-bad"));
    assert_eq!(form(&desk).value("step"), "recheck-bad");
    assert_eq!(form(&desk).value("reason"), "", "nothing of the other stands in it");
    let said = desk.state.feedback.as_ref().unwrap().say.zh.clone();
    assert!(said.contains("按 m 接着写"), "{said}");
    set(&mut desk, "原因", "还没好\u{1b}");
    // The other draft is there still, by its own letter and by m.
    for step in [Some("recheck-good"), None] {
        open(&mut desk, step);
        assert_eq!(form(&desk).value("step"), "recheck-good");
        assert_eq!(form(&desk).value("reason"), "看过");
        desk.keys("\u{1b}");
    }
    open(&mut desk, Some("recheck-bad"));
    assert_eq!(form(&desk).value("reason"), "还没好");
}

#[test]
fn a_stock_that_would_fall_below_nothing_is_asked_about_before_it_is_corrected_or_withdrawn() {
    for (keys, field) in [("e", "原因"), ("x", "原因")] {
        let mut desk = desk("supplies");
        desk.keys(keys);
        if keys == "e" {
            set(&mut desk, "数量", "\u{8}\u{8}\u{8}\u{8}9000");
        } else {
            set(&mut desk, "确认作废？", "2");
        }
        set(&mut desk, field, "写错了\n");
        let token = sent(&mut desk)[0].0;
        let error = Say::same("账面不足");
        desk.send(Msg::CommitFailed { token, error, field: Some("anyway") });
        let at = form(&desk).focus;
        assert_eq!(form(&desk).fields[at].id, "anyway", "{keys}");
        desk.keys("月底盘点\n");
        match &sent(&mut desk)[0].1 {
            LedgerAct::Change { anyway, reason, .. } | LedgerAct::Withdraw { anyway, reason, .. } => {
                assert_eq!((reason.as_str(), anyway.as_str()), ("写错了", "月底盘点"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_is_expected_of_a_unit_stands_in_the_form_and_a_code_in_its_word() {
    let desk = Desk::new(Lang::En, 100, 40);
    let mut basis = crate::app::fixture::entry_basis(&EntryAsk::New("supplies".to_owned()));
    let unit = unit_id(4);
    let offered: Vec<Offered> = (0..20)
        .map(|n| Offered {
            id: if n == 3 { unit.0 } else { Uuid::from_u128(n) },
            name: format!("unit {n}"),
            also: Vec::new(),
        })
        .collect();
    basis.offered.insert("unit".to_owned(), offered);
    let column = |name: &str| basis.ledger.part.column(name).unwrap();
    let field = desk.state.entry_field(&basis, column("unit"), &unit.to_string(), None);
    assert_eq!(field.value(), "unit 3");
    let field = desk.state.entry_field(&basis, column("item"), "disinfectant", None);
    assert_eq!(field.value(), "disinfectant", "not 84, which its sheets write");
}

#[test]
fn a_day_that_stands_there_by_itself_is_told_to_be_yesterdays_once_midnight_has_passed() {
    let night = 14 * 60 * crate::domain::time::MINUTE;
    let said = |desk: &Desk| desk.state.feedback.as_ref().map_or(String::new(), |line| line.say.zh.clone());
    let mut open = desk("inspections");
    open.keys("a").later(night);
    assert!(said(&open).contains("日期仍是 02-17"), "{}", said(&open));
    // Who typed the day meant it.
    let mut typed = desk("inspections");
    typed.keys("a");
    set(&mut typed, "日期", &"\u{8}".repeat(12));
    typed.keys("2020-02-16").later(night);
    assert!(!said(&typed).contains("02-17"), "{}", said(&typed));
    let mut before = desk("inspections");
    before.keys("a").later(60 * crate::domain::time::MINUTE);
    assert!(!said(&before).contains("日期"), "{}", said(&before));
}

#[test]
fn a_step_that_another_checks_asks_for_somebody_who_is_there() {
    let asked = |name: &str, on_duty: bool| {
        let mut desk = desk("inspections");
        if !on_duty {
            desk.state.status.shift = None;
            desk.state.status.pins.clear();
        }
        let mut basis = crate::app::fixture::entry_basis(&EntryAsk::Move(vec![entry_id(5)], None));
        basis.ledger = crate::app::fixture::declared("inspections");
        for row in &mut basis.rows {
            row.row.ledger = "inspections".to_owned();
            row.row.state = if name == "mended" { "open" } else { "to-check" }.to_owned();
        }
        desk.state.take_entry_form(
            &mut Vec::new(),
            &EntryAsk::Move(vec![entry_id(5)], Some(name.to_owned())),
            basis,
        );
        form(&desk).fields.iter().any(|field| field.id == "approved_by")
    };
    for name in ["mended", "recheck-good"] {
        assert!(!asked(name, true) && asked(name, false), "{name}");
    }
}
