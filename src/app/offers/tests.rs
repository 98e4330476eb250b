//! What is offered does something, and what does nothing says why.

use crate::app::fixture::{Desk, declared, due, entry_id, now, person_id, unit_id};
use crate::app::forms::entry_about;
use crate::app::keymap::Action;
use crate::app::shown::pages::EntryPage;
use crate::app::shown::rows::DueLine;
use crate::app::shown::state::Layer;
use crate::app::shown::table::RowId;
use crate::domain::ids::{EntryId, Subject};
use crate::domain::item::{DueRow, DueState, Item, ItemKind};
use crate::domain::ledger::raise::due_code;
use crate::domain::time::MINUTE;
use crate::i18n::{keys, ledger_desk as say, screen};
use crate::say::Lang;
use crate::store::query::rows::FindingRow;

fn row(ledger: &str, due: &str, entry: EntryId, subject: Option<Subject>) -> DueLine {
    DueLine::Due(DueRow {
        item: Item::new(ItemKind::of_ledger(ledger, due), entry),
        subject,
        name: "图书馆大厅".to_owned(),
        called: None,
        unit: String::new(),
        at: now().plus(-30 * MINUTE),
        state: DueState::Missed,
        missed: 0,
        words: String::new(),
        caller: None,
    })
}

/// 待办 with a receipt of a unit, an area to be disinfected, a proposal, and a call to somebody who is ill.
fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("6");
    let proposal = due_code(&declared("disinfection").part.raises[0].id);
    desk.state.tables.due.set_rows(vec![
        row("notices", "receipt", entry_id(5), Some(Subject::Unit(unit_id(1)))),
        row("disinfection", "key-area", entry_id(77), None),
        row("disinfection", &proposal, entry_id(10), None),
        row("absence", "call", entry_id(6), Some(Subject::Person(person_id(1)))),
    ]);
    desk.taken();
    desk
}

fn at(place: usize) -> Desk {
    let mut desk = desk();
    desk.keys(&"j".repeat(place));
    desk
}

fn said(desk: &Desk) -> &str {
    desk.state.feedback.as_ref().map_or("", |line| line.say.zh.as_str())
}

fn has_form(desk: &Desk) -> bool {
    matches!(desk.state.layers.last(), Some(Layer::Form(_)))
}

#[test]
fn every_key_does_what_a_line_of_a_ledger_asks_for_or_says_why_not() {
    let not_taken = [(Action::Attach, "a", screen::NOT_UNKNOWN)];
    let receipt = [
        (Action::Case, "o", say::NO_PERSON),
        (Action::TakeUp, "t", say::NOTHING_PROPOSED),
        (Action::Decline, "d", say::NOTHING_PROPOSED),
        (Action::Reveal, "v", say::NO_PERSON),
        (Action::Copy, "y", screen::NO_NUMBER),
    ];
    let area = [
        (Action::FollowUp, "f", say::NOBODY),
        (Action::Edit, "e", say::NOT_ENTERED),
        (Action::MoveEntry, "m", say::NOT_ENTERED),
    ];
    let proposal = [
        (Action::ClosePromise, "c", say::DECIDE),
        (Action::MoveEntry, "m", say::DECIDE),
        (Action::FollowUp, "f", say::NOBODY),
    ];
    for (place, idle) in [(0, &receipt[..]), (1, &area[..]), (2, &proposal[..])] {
        for (action, key, why) in idle.iter().chain(&not_taken) {
            let mut desk = at(place);
            assert!(!desk.state.does(*action), "{key} is offered on line {place}");
            desk.keys(key);
            assert_eq!(said(&desk), why.zh, "{key} on line {place}");
            assert!(desk.state.layers.is_empty(), "{key} on line {place}");
        }
    }
}

#[test]
fn c_does_what_a_line_of_a_ledger_wants() {
    let mut receipt = at(0);
    assert_eq!(receipt.state.called_here(Action::ClosePromise), Some(keys::MOVE_ENTRY));
    receipt.keys("c");
    assert_eq!(entry_about(&receipt.state), ("notices".to_owned(), vec![entry_id(5)]), "it goes on");
    let mut same = at(0);
    same.keys("m");
    assert_eq!(entry_about(&same.state).1, [entry_id(5)]);
    let mut change = at(0);
    change.keys("e");
    assert_eq!(entry_about(&change.state).1, [entry_id(5)], "the entry is corrected, not the unit");
    let mut area = at(1);
    assert_eq!(area.state.called_here(Action::ClosePromise), Some(keys::ADD_ENTRY));
    area.keys("c");
    assert_eq!(entry_about(&area.state), ("disinfection".to_owned(), Vec::new()), "it is entered");
    let mut call = at(3);
    assert_eq!(call.state.called_here(Action::ClosePromise), Some(keys::FOLLOW_UP));
    call.keys("c");
    assert!(has_form(&call) && entry_about(&call.state).0.is_empty(), "the call is logged");
}

#[test]
fn a_proposal_is_taken_up_and_declined_from_the_line() {
    for key in ["t", "d"] {
        let mut desk = at(2);
        desk.keys(key);
        assert!(has_form(&desk), "{key}");
        assert_eq!(desk.state.page_of::<EntryPage>().map(|page| page.id), Some(entry_id(10)));
    }
}

#[test]
fn marked_lines_of_one_ledger_go_on_together_and_of_two_do_not() {
    let mut desk = desk();
    let unit = |n| Some(Subject::Unit(unit_id(n)));
    let rows = vec![
        row("notices", "receipt", entry_id(5), unit(1)),
        row("notices", "receipt", entry_id(6), unit(4)),
        row("absence", "call", entry_id(7), Some(Subject::Person(person_id(1)))),
    ];
    desk.state.tables.due.set_rows(rows);
    desk.keys("*m");
    assert_eq!(said(&desk), say::SEVERAL_LEDGERS.zh);
    assert!(desk.state.layers.is_empty());
    desk.keys("G m");
    assert!(!has_form(&desk), "they stand in different states");
    assert!(said(&desk).starts_with("没有共同的步骤："), "{}", said(&desk));
}

#[test]
fn the_palette_and_the_help_offer_what_does_something() {
    let mut desk = at(1);
    desk.keys(":next-step");
    let Some(Layer::Palette(palette)) = desk.state.layers.last() else { panic!("no palette") };
    assert!(palette.fitting.iter().all(|at| crate::app::keymap::BINDINGS[*at].action != Action::MoveEntry));
    desk.keys("\n");
    assert_eq!(said(&desk), say::NOT_ENTERED.zh, "what is named and does nothing says why");
    let helped = |desk: &Desk| {
        let all = desk.state.help_here(crate::app::keymap::Context::Due);
        all.into_iter().any(|binding| binding.action == Action::TakeUp)
    };
    assert!(!helped(&desk));
    assert!(helped(&at(2)));
}

#[test]
fn letters_that_are_not_open_to_all_marked_rows_are_not_offered() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("8");
    let place = desk.state.tables.ledgers.rows().iter().position(|row| row.ledger.name == "notices").unwrap();
    desk.keys(&"j".repeat(place)).keys("\n\n");
    assert!(desk.state.does(Action::MoveEntry));
    desk.keys("*");
    assert!(!desk.state.does(Action::MoveEntry) && desk.state.declared_keys().is_empty());
    desk.keys("m");
    assert!(said(&desk).starts_with("没有共同的步骤："), "{}", said(&desk));
}

#[test]
fn a_ledger_without_steps_has_none_on_its_pages() {
    use crate::app::shown::page::Page;
    let mut desk = Desk::new(Lang::En, 80, 24);
    desk.keys("8");
    let place =
        desk.state.tables.ledgers.rows().iter().position(|row| row.ledger.name == "supplies").unwrap();
    desk.keys(&"j".repeat(place)).keys("\n");
    assert!(!desk.state.does(Action::MoveEntry) && !desk.state.does(Action::FollowUp));
    desk.keys("\n");
    let tabs = desk.state.page().map(|page: &dyn Page| page.tabs()).unwrap_or_default();
    assert_eq!(tabs.iter().map(|(word, _)| word.en).collect::<Vec<_>>(), ["History"]);
}

#[test]
fn what_is_due_on_a_day_rings_no_bell_at_midnight() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    let cal = desk.state.calendar;
    let midnight = cal.at_minute(crate::domain::time::add_days(cal.date(now()), 1), 0);
    let DueLine::Due(row) = row("disinfection", "key-area", entry_id(77), None) else { panic!() };
    let rows = [(midnight, false), (midnight.plus(MINUTE), true)];
    for (at, rings) in rows {
        desk.state.now = at.plus(-MINUTE);
        let row = DueRow { at, state: DueState::Open, ..row.clone() };
        desk.state.board.due.set_rows(vec![DueLine::Due(row)]);
        (desk.state.alarm, desk.state.flash) = (None, None);
        crate::app::update(&mut desk.state, crate::app::Msg::Tick(at.plus(1)));
        assert_eq!(desk.state.alarm.is_some() || desk.state.flash.is_some(), rings, "{at:?}");
    }
}

#[test]
fn what_is_proposed_rings_no_bell_and_what_is_due_rings_by_its_name_in_either_language() {
    let proposal = due_code(&declared("disinfection").part.raises[0].id);
    for (lang, due, rings) in
        [(Lang::En, proposal.as_str(), false), (Lang::En, "key-area", true), (Lang::Zh, "key-area", true)]
    {
        let mut desk = Desk::new(lang, 120, 40);
        let DueLine::Due(row) = row("disinfection", due, entry_id(77), None) else { panic!() };
        let called =
            Some(crate::domain::field::Title { zh: "东门".to_owned(), en: "east gate".to_owned() });
        let row = DueRow { at: now().plus(MINUTE), state: DueState::Open, called, ..row };
        desk.state.board.due.set_rows(vec![DueLine::Due(row)]);
        crate::app::update(&mut desk.state, crate::app::Msg::Tick(now().plus(2 * MINUTE)));
        let rang = desk.state.alarm.clone().or(desk.state.flash.clone().map(|(say, _)| say));
        assert_eq!(rang.is_some(), rings, "{due}: {rang:?}");
        if let Some(rang) = rang {
            assert!(rang.en.contains("east gate") && rang.zh.contains("东门"), "{rang:?}");
        }
    }
}

#[test]
fn entries_on_the_page_of_whom_they_are_about_open_and_carry_no_marks() {
    for (open, to) in [("7j\n", "l".repeat(5)), ("2j\n", "l".repeat(4))] {
        let mut desk = Desk::new(Lang::Zh, 120, 40);
        desk.keys(open).keys(&to);
        let Some(RowId::Entry(entry)) = desk.state.selected() else {
            panic!("{open}: {:?}", desk.state.selected())
        };
        assert!(desk.state.does(Action::Open), "{open}");
        desk.keys(" *");
        assert_eq!(desk.state.marked(), 0);
        desk.keys("\n");
        assert_eq!(desk.state.page_of::<EntryPage>().map(|page| page.id), Some(entry));
    }
}

#[test]
fn c_is_about_the_lines_that_are_marked_wherever_the_cursor_stands() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("6");
    let promise = due().into_iter().find(|row| row.item.promise().is_some()).map(DueLine::Due).unwrap();
    let finding = DueLine::Finding(FindingRow {
        person: person_id(2),
        no: String::new(),
        name: "王伟东".to_owned(),
        unit: String::new(),
        since: now(),
        found: Vec::new(),
        keys: String::new(),
    });
    let receipt = |n| row("notices", "receipt", entry_id(n), Some(Subject::Unit(unit_id(n - 4))));
    desk.state.tables.due.set_rows(vec![promise, receipt(5), receipt(6), finding]);
    desk.taken();
    // A promise is marked, the cursor on a receipt.
    desk.keys("g c");
    assert!(has_form(&desk), "{}", said(&desk));
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("no form") };
    assert!(form.title.zh.contains("承诺"), "{}", form.title.zh);
    desk.keys("\u{1b}");
    // A finding more: of two kinds.
    desk.keys("G ").keys("gj");
    assert_eq!(desk.state.called_here(Action::ClosePromise), None);
    desk.keys("c");
    assert!(!has_form(&desk));
    assert_eq!(said(&desk), say::SETTLE_ONE_KIND.zh);
    // Receipts alone: their next step, wherever the cursor is.
    desk.keys("\u{1b}");
    assert_eq!(said(&desk), screen::unmarked(2).zh);
    desk.keys("gj  ");
    assert_eq!(desk.state.called_here(Action::ClosePromise), Some(keys::MOVE_ENTRY));
}

#[test]
fn marks_are_the_last_that_esc_takes_away() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("2 ").keys("\\海\n");
    assert!(!desk.state.list().unwrap().filter().is_empty());
    desk.keys("\u{1b}");
    assert_eq!((desk.state.list().unwrap().filter(), desk.state.marked()), ("", 1));
    desk.keys("\u{1b}");
    assert_eq!(desk.state.marked(), 0);
}

#[test]
fn a_hidden_number_is_not_felt_for_by_filtering() {
    let shown = |filter: &str| {
        let mut desk = Desk::new(Lang::Zh, 120, 40);
        desk.keys("7j\n").keys(&"l".repeat(5)).keys("=").keys(filter).keys("\n");
        desk.state.list().unwrap().len()
    };
    assert_eq!((shown("发热门诊"), shown("0001")), (1, 1), "what is seen is found");
    assert_eq!((shown("1990000"), shown("19900000001")), (0, 0), "what is hidden is not");
}

#[test]
fn what_nothing_later_can_settle_is_filled_in_where_it_stands() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("6");
    desk.state.tables.due.set_rows(vec![row("gate", "hot-visitor", entry_id(10), None)]);
    desk.taken();
    assert_eq!(desk.state.called_here(Action::ClosePromise), Some(keys::EDIT));
    desk.keys("c");
    assert!(has_form(&desk));
    assert_eq!(entry_about(&desk.state).1, [entry_id(10)], "the entry itself");
}

#[test]
fn a_key_for_another_pane_of_the_board_says_so() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("\t\t");
    assert_eq!(desk.state.board.here(), crate::app::shown::state::Home::Cases);
    for key in ["r", "m", "c"] {
        desk.keys(key);
        assert!(desk.state.layers.is_empty());
        assert_eq!(said(&desk), screen::OTHER_PANE.zh, "{key}");
    }
}
