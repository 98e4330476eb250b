//! Keys to papers: which paper, its preview, the printer.

use super::*;
use crate::app::fixture::{Desk, me, person_id, unit_id};
use crate::app::shown::msg::Msg;
use crate::domain::ids::FollowUpId;
use crate::domain::time::MINUTE;
use crate::paper::block::Block;
use crate::paper::block::Span;
use crate::paper::print::{Printer, PrinterState, Sides};
use crate::say::Lang;
use crate::store::act::{Act, Committed};

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.taken();
    desk
}

/// The preview that was asked for last.
fn asked(desk: &mut Desk) -> Option<(u64, PaperAsk, Logged)> {
    desk.taken().into_iter().rev().find_map(|effect| match effect {
        Effect::Preview { token, ask, revealed, .. } => Some((token, ask, revealed)),
        _ => None,
    })
}

fn caller() -> FollowUpId {
    FollowUpId(crate::app::fixture::id(5, 42))
}

fn numbers() -> Logged {
    Logged { people: vec![person_id(1), person_id(2)], calls: vec![caller()], entries: Vec::new() }
}

fn page(lines: usize) -> Vec<Block> {
    (0..lines).map(|n| Block::Small(vec![Span::plain(format!("第{n}行"))])).collect()
}

fn sheaf(pages: &[usize]) -> Sheaf {
    Sheaf {
        title: "应联系人员名单".to_owned(),
        pages: pages.iter().map(|lines| page(*lines)).collect(),
        tables: true,
        numbers: numbers(),
        revealed: false,
        warning: None,
    }
}

fn shown(desk: &Desk) -> &Preview {
    match desk.state.layers.last() {
        Some(Layer::Paper(preview)) => preview,
        other => panic!("{other:?}"),
    }
}

#[test]
fn p_prints_the_list_of_a_ledger_as_it_is_seen() {
    let mut desk = desk();
    desk.keys("8");
    let at = desk.state.tables.ledgers.rows().iter().position(|row| row.ledger.name == "supplies").unwrap();
    desk.keys(&"j".repeat(at)).keys("p");
    let of = |filter: &str, sort: Option<(String, bool)>| LedgerAsk {
        ledger: "supplies".to_owned(),
        filter: filter.to_owned(),
        sort,
        ..LedgerAsk::default()
    };
    assert_eq!(asked(&mut desk).map(|(_, ask, _)| ask), Some(PaperAsk::Ledger(of("", None))));
    // Its entries, filtered and sorted: all of them, and not the part that is held.
    desk.keys("\u{1b}\n\\口罩\ns").taken();
    desk.keys("p");
    let sort = Some(("item".to_owned(), false));
    assert_eq!(asked(&mut desk).map(|(_, ask, _)| ask), Some(PaperAsk::Ledger(of("口罩", sort))));
}

#[test]
fn p_prints_whatever_is_selected() {
    let ask = |keys: &str| {
        let mut desk = desk();
        desk.keys(keys);
        asked(&mut desk).map(|(_, ask, _)| ask)
    };
    assert_eq!(ask("3jp"), None, "a short list first: what it owes, and how it fared");
    assert_eq!(ask("3jp\n"), Some(PaperAsk::UnitSheets(vec![unit_id(4)])));
    assert_eq!(ask("3  p\n"), Some(PaperAsk::UnitSheets(vec![unit_id(1), unit_id(4)])), "the marked ones");
    assert_eq!(ask("3  pj\n"), Some(PaperAsk::Feedback(vec![unit_id(1), unit_id(4)])));
    assert_eq!(ask("3j\npj\n"), Some(PaperAsk::Feedback(vec![unit_id(4)])), "from its page");
    assert_eq!(ask("0p"), Some(PaperAsk::Handover(None)));
    assert_eq!(ask("4p"), None, "a short list first");
    assert_eq!(ask("4p\n"), Some(PaperAsk::CallSheet));
    assert_eq!(ask("4pj\n"), Some(PaperAsk::Dossier(person_id(0))));
    assert_eq!(ask("4j\np"), Some(PaperAsk::Dossier(person_id(1))));
    assert!(matches!(ask("-p\n"), Some(PaperAsk::Sitrep(_, Wording::Tables))));
    let mut desk = desk();
    desk.keys(":contacts\np");
    assert!(desk.state.feedback.as_ref().unwrap().say.zh.contains("没有可打印的"));
}

#[test]
fn w_writes_the_sheets_of_the_selected_or_marked_units_or_of_all() {
    let wrote = |keys: &str| {
        let mut desk = desk();
        desk.keys(keys);
        desk.taken().into_iter().rev().find_map(|effect| match effect {
            Effect::WriteForms { officer, units, lang } => Some((officer == me(), units, lang)),
            _ => None,
        })
    };
    assert_eq!(wrote("3jW"), Some((true, vec![unit_id(4)], Lang::Zh)));
    assert_eq!(wrote("3  W"), Some((true, vec![unit_id(1), unit_id(4)], Lang::Zh)), "the marked ones");
    assert_eq!(wrote("2:sheets-all\n"), Some((true, Vec::new(), Lang::Zh)));
    assert_eq!(wrote("4W"), None);
}

#[test]
fn pages_turn_and_esc_comes_back_to_the_same_row() {
    let mut desk = desk();
    desk.keys("4jjp\n");
    let (token, ..) = asked(&mut desk).unwrap();
    desk.keys("p");
    assert!(asked(&mut desk).is_none(), "nothing can be printed before it is made");
    desk.send(Msg::Paged { token, sheaf: Box::new(sheaf(&[40, 3])) });
    assert_eq!((shown(&desk).page, shown(&desk).scroll, shown(&desk).pages()), (0, 0, 2));
    let down = |desk: &mut Desk, code| {
        desk.send(Msg::Key(crossterm::event::KeyEvent::new(code, crossterm::event::KeyModifiers::NONE)));
    };
    for _ in 0..3 {
        down(&mut desk, crossterm::event::KeyCode::PageDown);
    }
    assert_eq!((shown(&desk).page, shown(&desk).scroll), (1, 0), "past the end of a page comes the next");
    desk.keys("g");
    assert_eq!(shown(&desk).page, 0);
    desk.keys("G");
    assert_eq!(shown(&desk).page, 1);
    desk.keys("\u{1b}");
    assert_eq!(desk.taken(), [Effect::Cancel { token }]);
    assert!(desk.state.layers.is_empty());
    assert_eq!(desk.state.tables.cases.rows().len(), 4);
    assert_eq!(crate::app::shown::table::List::place(&desk.state.tables.cases), 2);
}

#[test]
fn a_printer_is_chosen_and_the_queue_answers_later() {
    let mut desk = desk();
    desk.keys("0p");
    let (token, ..) = asked(&mut desk).unwrap();
    desk.send(Msg::Paged { token, sheaf: Box::new(sheaf(&[3])) });
    desk.keys("p");
    assert_eq!(desk.taken(), [Effect::Printers { token }]);
    let queue = |name: &str, state| Printer { name: name.to_owned(), state, ..Printer::default() };
    let printers = Printers {
        is_running: true,
        default: Some("Desk-One".to_owned()),
        all: vec![queue("Desk-One", PrinterState::Idle), queue("Old", PrinterState::Stopped)],
    };
    let last = Job { printer: "Old".to_owned(), copies: 2, sides: Sides::Two };
    desk.send(Msg::Printers { token, printers, last });
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert_eq!(
        (form.value("printer"), form.value("copies"), form.value("sides")),
        ("Old".into(), "2".into(), "two".into())
    );
    desk.keys(" \t\u{8}0\n");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert!(form.error.as_ref().unwrap().zh.contains("1 到 99"));
    desk.keys("\u{8}3\n");
    let job = Job { printer: "Desk-One".to_owned(), copies: 3, sides: Sides::Two };
    assert_eq!(desk.taken(), [Effect::PrintPaper { token, officer: me(), job }]);
    let told = Say { zh: "打印机 Desk-One 已停用：缺纸".to_owned(), en: "stopped".to_owned() };
    desk.send(Msg::Notice { tone: Tone::Warn, say: told });
    desk.keys("j");
    assert!(desk.state.feedback.is_some(), "what went wrong is not taken away by the next key");
    desk.later(MINUTE);
    assert!(desk.state.feedback.is_none());
}

#[test]
fn without_a_printer_the_file_is_written() {
    let mut desk = desk();
    desk.keys("0p");
    let (token, ..) = asked(&mut desk).unwrap();
    desk.send(Msg::Paged { token, sheaf: Box::new(sheaf(&[3])) });
    desk.keys("p");
    desk.taken();
    desk.send(Msg::Printers { token, printers: Printers::default(), last: Job::on("") });
    assert_eq!(desk.taken(), [Effect::PrintPaper { token, officer: me(), job: Job::on("") }]);
    desk.keys("wtx");
    let formats = desk.taken().into_iter().map(|effect| match effect {
        Effect::WritePaper { format, .. } => format,
        other => panic!("{other:?}"),
    });
    assert_eq!(formats.collect::<Vec<_>>(), [Format::Pdf, Format::Text, Format::Xlsx]);
}

#[test]
fn numbers_stand_in_full_only_with_a_reason_and_logged_for_each() {
    let mut desk = desk();
    desk.keys("6p\n");
    let (token, ..) = asked(&mut desk).unwrap();
    desk.send(Msg::Paged { token, sheaf: Box::new(sheaf(&[3])) });
    desk.keys("m\n");
    assert!(desk.taken().is_empty(), "no reason, no numbers");
    desk.keys("停电\n");
    let sent: Vec<(u64, Act)> = desk
        .taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Commit { token, act, .. } => Some((token, *act)),
            _ => None,
        })
        .collect();
    let of = |n| Act::Reveal { person: person_id(n), reason: "停电".to_owned() };
    let call = Act::RevealNumber { followup: caller(), reason: "停电".to_owned() };
    let [(sent, act)] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!(act, &Act::Several(vec![of(1), of(2), call]), "one act, for each of them");
    assert!(asked(&mut desk).is_none());
    let committed = Committed { op: crate::app::fixture::op(500), made: None };
    desk.send(Msg::Committed { token: *sent, committed });
    assert_eq!(asked(&mut desk), Some((token, PaperAsk::CallSheet, numbers())));
}

#[test]
fn a_paper_that_cannot_be_made_says_why() {
    let mut desk = desk();
    desk.keys("0p");
    let (token, ..) = asked(&mut desk).unwrap();
    desk.send(Msg::PaperFailed { token, error: Say::same("U+2A6D6") });
    assert_eq!(shown(&desk).error, Some(Say::same("U+2A6D6")));
    desk.keys("\u{1b}");
    assert!(desk.state.layers.is_empty());
}

#[test]
fn what_became_of_printing_leaves_with_its_page() {
    let mut desk = desk();
    desk.keys("0p");
    let (token, ..) = asked(&mut desk).unwrap();
    desk.send(Msg::Paged { token, sheaf: Box::new(sheaf(&[3])) });
    let told = Say { zh: "打印服务未运行；文件在 x.pdf".to_owned(), en: "not running".to_owned() };
    desk.send(Msg::Printed { tone: Tone::Warn, say: told });
    desk.keys("j");
    assert!(desk.state.feedback.is_some(), "it stays as long as its page");
    desk.keys("\u{1b}");
    assert!(desk.state.feedback.is_none(), "{:?}", desk.state.feedback);
}
