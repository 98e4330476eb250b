//! What the screens look like. The text of a frame skips the cells that lie behind wide characters, as a
//! terminal does.

use crate::app::fixture::{Desk, now, person_id};
use crate::app::shown::column::{Columns, Shown};
use crate::app::shown::msg::{Msg, PlanChange, PlanProblem, PlanView};
use crate::app::shown::paper::{Logged, Sheaf};
use crate::app::{Effect, State, Tone};
use crate::paper::block::{Align, Block, Mark, Span, Table};
use crate::paper::print::{Job, Printer, PrinterState, Printers};
use crate::say::{Lang, Say};
use crate::store::query::rows::UnitRow;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;
use unicode_width::UnicodeWidthStr;

pub(super) fn drawn(state: &State) -> (String, Option<Position>) {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    let mut cursor = None;
    terminal.draw(|frame| super::draw(state, frame)).unwrap();
    if terminal.backend().cursor_visible() {
        cursor = Some(terminal.backend().cursor_position());
    }
    let buffer = terminal.backend().buffer();
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += symbol.width().max(1) as u16;
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    (text, cursor)
}

pub(super) fn text(desk: &Desk) -> String {
    drawn(&desk.state).0
}

pub(super) const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

fn in_all_forms(name: &str, prepare: impl Fn(&mut Desk)) {
    for lang in [Lang::Zh, Lang::En] {
        for (width, height) in SIZES {
            let mut desk = Desk::new(lang, width, height);
            prepare(&mut desk);
            insta::assert_snapshot!(format!("{name}_{}_{width}", lang.code()), text(&desk));
        }
    }
}

fn small_and_large(name: &str, prepare: impl Fn(&mut Desk)) {
    for (lang, (width, height)) in [(Lang::Zh, SIZES[0]), (Lang::En, SIZES[1])] {
        let mut desk = Desk::new(lang, width, height);
        prepare(&mut desk);
        insta::assert_snapshot!(format!("{name}_{}_{width}", lang.code()), text(&desk));
    }
}

#[test]
fn the_board() {
    in_all_forms("board", |_| {});
}

#[test]
fn the_tables() {
    for (digit, name) in [
        ("2", "units"),
        ("3", "outstanding"),
        ("4", "cases"),
        ("5", "doubts"),
        ("6", "due"),
        ("7", "people"),
        ("8", "ledgers"),
        ("9", "log"),
    ] {
        small_and_large(name, |desk| {
            desk.keys(digit);
        });
    }
}

#[test]
fn what_is_asked_about_a_doubt() {
    small_and_large("doubt_confirm", |desk| {
        desk.keys("5c");
    });
    small_and_large("doubt_correct", |desk| {
        desk.keys("5m");
    });
    small_and_large("doubt_defer", |desk| {
        desk.keys("5jd");
    });
}

#[test]
fn a_received_report() {
    in_all_forms("received", |desk| {
        desk.keys("2jjjjb");
    });
    small_and_large("received_first", |desk| {
        desk.keys("2jjjjb[");
    });
    small_and_large("received_changed", |desk| {
        desk.keys("2jjjjb\tj");
    });
    small_and_large("received_missing", |desk| {
        desk.keys("2jjjjb\t\t\tj");
    });
    small_and_large("received_versions", |desk| {
        desk.keys("2jjjjb\t\t\t\tj");
    });
}

#[test]
fn the_pages() {
    small_and_large("dossier", |desk| {
        desk.keys("4j\n");
    });
    in_all_forms("reading", |desk| {
        desk.keys("4j\n\tj\n");
    });
    small_and_large("readings", |desk| {
        desk.keys("4j\n\tj");
    });
    small_and_large("journeys", |desk| {
        desk.keys("4j\n\t\t\t");
    });
    small_and_large("dossier_entries", |desk| {
        desk.keys("4j\n\t\t\t\t\t");
    });
    small_and_large("unit", |desk| {
        desk.keys("3j\n");
    });
    small_and_large("unit_entries", |desk| {
        desk.keys("2j\n\t\t\t\t");
    });
    in_all_forms("contacts", |desk| {
        desk.keys(":contacts\nj");
    });
    in_all_forms("contact", |desk| {
        desk.keys(":contacts\nj\n");
    });
    in_all_forms("handover", |desk| {
        desk.keys("0");
    });
}

/// To a ledger's page, by its name.
fn to_ledger(desk: &mut Desk, name: &str) {
    desk.keys("8");
    let place = desk.state.tables.ledgers.rows().iter().position(|row| row.ledger.name == name).unwrap();
    desk.keys(&"j".repeat(place)).keys("\n");
}

#[test]
fn the_forms_of_ledgers() {
    in_all_forms("add_entry", |desk| {
        to_ledger(desk, "supplies");
        desk.keys("a口罩\t\t→→→");
    });
    small_and_large("move_entry", |desk| {
        to_ledger(desk, "notices");
        desk.keys("\nj\nm");
    });
    small_and_large("change_entry", |desk| {
        to_ledger(desk, "supplies");
        desk.keys("e");
    });
}

#[test]
fn the_ledgers() {
    in_all_forms("ledger", |desk| to_ledger(desk, "supplies"));
    small_and_large("ledger_broken", |desk| to_ledger(desk, "notices"));
    in_all_forms("entry", |desk| {
        to_ledger(desk, "notices");
        desk.keys("\n");
    });
    in_all_forms("entry_proposes", |desk| {
        to_ledger(desk, "disinfection");
        desk.keys("\n");
    });
    small_and_large("entry_keys", |desk| {
        to_ledger(desk, "notices");
        desk.keys("\n?");
    });
    small_and_large("entry_line", |desk| {
        to_ledger(desk, "notices");
        desk.keys("\nj\n");
    });
}

#[test]
fn the_forms() {
    in_all_forms("followup", |desk| {
        desk.keys("3f\t\t\t咳嗽两天，\t明天9点");
    });
    small_and_large("case", |desk| {
        desk.keys("4jo");
    });
    // The count of days stands under the days, and days that may be a slip are asked about.
    in_all_forms("case_days", |desk| {
        desk.keys("4jo\t\t\t").keys(&"\u{8}".repeat(10)).keys("2020-02-01");
    });
    in_all_forms("release", |desk| {
        desk.keys("4jjx");
    });
    in_all_forms("release_early", |desk| {
        desk.keys("4*x期满，体温正常\ty\t");
    });
    in_all_forms("edit", |desk| {
        desk.keys("4j\ne");
    });
    small_and_large("edit_contact", |desk| {
        desk.keys(":contacts\nje");
    });
    small_and_large("settings", |desk| {
        desk.keys(":settings\n");
    });
}

#[test]
fn the_dialogs() {
    in_all_forms("attach", |desk| {
        desk.keys("9a");
    });
    small_and_large("palette", |desk| {
        desk.keys(":imp");
    });
    in_all_forms("help", |desk| {
        desk.keys("?");
    });
    small_and_large("help_typed", |desk| {
        let typed = if desk.state.lang == Lang::Zh { "cz" } else { "report" };
        desk.keys("3?").keys(typed);
    });
    small_and_large("undo", |desk| {
        desk.keys("u");
    });
    in_all_forms("walk", |desk| {
        desk.keys("0c\n ");
    });
    small_and_large("plan", |desk| {
        desk.keys(":import\n\t/srv/日报 2月17日.xlsx\n");
        let token = desk
            .taken()
            .into_iter()
            .find_map(|effect| match effect {
                Effect::PlanImport { token, .. } => Some(token),
                _ => None,
            })
            .unwrap();
        let plan = PlanView {
            findings: vec![(
                "单晓".to_owned(),
                Say { zh: "02-17 腋温 38.2℃".to_owned(), en: "02-17 axillary 38.2 °C".to_owned() },
            )],
            title: Say::same("日报 2月17日.xlsx"),
            counts: vec![(Say::same("accepted"), 107), (Say::same("rejected"), 1)],
            problems: vec![PlanProblem {
                place: Say::same("Sheet1!12:体温"),
                value: "63.5\u{1b}[31m".to_owned(),
                reason: Say {
                    zh: "体温不在 34–43 ℃ 之间".to_owned(), en: "not 34–43 °C".to_owned()
                },
            }],
            changes: vec![PlanChange {
                who: "20080001 王伟".to_owned(),
                field: Say { zh: "手机".to_owned(), en: "phone".to_owned() },
                old: Say::same("199****0001"),
                new: Say::same("199****0002"),
            }],
            warnings: Vec::new(),
            needs_reason: true,
            units: Vec::new(),
        };
        desk.send(Msg::ImportPlanned { token, plan: Box::new(plan) });
    });
}

#[test]
fn the_report() {
    in_all_forms("report", |desk| {
        desk.keys("-");
    });
    small_and_large("report_trend", |desk| {
        desk.keys("-\t\t\t\t");
    });
    small_and_large("report_units", |desk| {
        desk.keys("-G");
    });
    small_and_large("behind", |desk| {
        desk.keys("-→→→\n");
    });
    in_all_forms("told", |desk| {
        desk.keys("-t");
    });
    in_all_forms("spoken", |desk| {
        desk.keys("4!");
    });
    small_and_large("send_report", |desk| {
        desk.keys("-s");
    });
}

/// A made-up paper of two pages on the screen.
fn preview(desk: &mut Desk) -> u64 {
    desk.keys("0p");
    let token = desk.taken().into_iter().find_map(|effect| match effect {
        Effect::Preview { token, .. } => Some(token),
        _ => None,
    });
    let token = token.unwrap();
    let cell = |text: &str| vec![Span::plain(text)];
    let table = Table {
        head: vec![cell("单位"), cell("人数")],
        align: vec![Align::Left, Align::Right],
        rows: vec![vec![cell("土木工程学院"), cell("12")], vec![vec![Span::bold("图书馆")], cell("3")]],
        shares: Vec::new(),
        lines: 1,
        join: 0,
    };
    let first = vec![
        Block::Title(cell("值班交接单")),
        Block::Para(Align::Left, vec![Span::plain("未报三家，"), Span::bold("后勤处未确认。")]),
        Block::Table(table),
        Block::Item(Mark::Box(false), cell("王伟 待解除")),
        Block::Small(cell("日志校验码 412-ABCD")),
    ];
    let sheaf = Sheaf {
        title: "值班交接单".to_owned(),
        pages: vec![first, vec![Block::Sign(vec![("交班人".to_owned(), "林静".to_owned())])]],
        tables: true,
        numbers: Logged { people: vec![person_id(1)], calls: Vec::new(), entries: Vec::new() },
        revealed: false,
        warning: None,
    };
    desk.send(Msg::Paged { token, sheaf: Box::new(sheaf) });
    token
}

#[test]
fn papers_on_the_screen() {
    in_all_forms("preview", |desk| {
        preview(desk);
    });
    small_and_large("preview_next", |desk| {
        preview(desk);
        desk.keys("→");
    });
    small_and_large("which_paper", |desk| {
        desk.keys("4p");
    });
    small_and_large("printer", |desk| {
        let token = preview(desk);
        desk.keys("p");
        let queue = |name: &str, state| Printer { name: name.to_owned(), state, ..Printer::default() };
        let printers = Printers {
            is_running: true,
            default: Some("Desk-One".to_owned()),
            all: vec![queue("Desk-One", PrinterState::Idle), queue("Old", PrinterState::Stopped)],
        };
        desk.send(Msg::Printers { token, printers, last: Job::on("") });
    });
    small_and_large("printer_stopped", |desk| {
        preview(desk);
        let file = "/srv/office/handover-20200217-100500.pdf";
        let say = crate::i18n::paper::stopped("Desk-One", "缺纸", file);
        desk.send(Msg::Notice { tone: Tone::Warn, say });
    });
}

#[test]
fn a_shift_is_passed_on() {
    small_and_large("walk_asked", |desk| {
        desk.keys("0c\n a谁联系过家长？\n");
    });
    small_and_large("sign", |desk| {
        desk.keys("0");
        desk.state.status.pins = vec![desk.state.officer.as_ref().unwrap().0];
        desk.keys("c\n\ny\t47");
    });
    small_and_large("take_over", |desk| {
        desk.state.officer =
            Some((crate::domain::ids::OfficerId(crate::app::fixture::id(1, 2)), "周航".to_owned()));
        desk.keys(":start-shift\n");
    });
}

#[test]
fn the_lock_hides_everything() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("L");
    let shown = text(&desk);
    assert!(shown.contains("已锁定") && shown.contains("海岬理工大学防控办"), "{shown}");
    assert!(!shown.contains("王伟") && !shown.contains("未报"), "{shown}");
    desk.keys("4u/");
    assert!(text(&desk).contains("已锁定"));
    desk.keys("\n");
    let asked = desk.taken().into_iter().find_map(|effect| match effect {
        Effect::Unlock { token, .. } => Some(token),
        _ => None,
    });
    desk.send(Msg::Unlocked { token: asked.unwrap() });
    assert!(text(&desk).contains("王伟"));
}

#[test]
fn a_small_terminal_says_so_and_sixty_columns_still_work() {
    let mut desk = Desk::new(Lang::Zh, 59, 18);
    assert!(text(&desk).contains("60×18"));
    desk.send(Msg::Resize(60, 18));
    for keys in
        ["1", "2", "3", "4", "6", "7", "9", "0", "-", "t", "\u{1b}!", "\u{1b}4j\n", "f", "\u{1b}\u{1b}", "?"]
    {
        desk.keys(keys);
        let shown = text(&desk);
        assert!(shown.lines().all(|line| line.width() <= 60), "{shown}");
        assert!(!shown.contains("60×18"));
    }
}

#[test]
fn an_ambiguous_wide_terminal_gets_no_character_of_two_minds() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.send(Msg::Measured { probe: 0, columns: 2 });
    for keys in ["1", "4", "0", "-", "\t\t\t\t\t", "G", "t", "\u{1b}!", "\u{1b}4j\n", "f", "\u{1b}", "?"] {
        desk.keys(keys);
        let shown = text(&desk);
        let twofold: String = shown
            .chars()
            .filter(|c| UnicodeWidthStr::width_cjk(c.to_string().as_str()) != c.to_string().width())
            .collect();
        assert_eq!(twofold, "", "{shown}");
    }
}

#[test]
fn the_cursor_stands_where_the_next_character_goes() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    assert_eq!(drawn(&desk.state).1, None);
    desk.keys("3f\t\t\t");
    let before = drawn(&desk.state).1.unwrap();
    desk.keys("咳嗽");
    let after = drawn(&desk.state).1.unwrap();
    assert_eq!((after.x, after.y), (before.x + 4, before.y));
    // And in the find box.
    desk.keys("\u{1b}/");
    let before = drawn(&desk.state).1.unwrap();
    desk.keys("王w");
    assert_eq!(drawn(&desk.state).1.unwrap().x, before.x + 3);
}

#[test]
fn a_hidden_cursor_rests_at_what_is_selected() {
    let rest = |desk: &Desk| {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut rest = Position::ORIGIN;
        terminal.draw(|frame| rest = super::draw_to_rest(&desk.state, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        (rest, buffer[rest].modifier.contains(ratatui::style::Modifier::REVERSED))
    };
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("4");
    let (first, selected) = rest(&desk);
    assert!(selected && first.y > 2, "{first:?}");
    let (second, selected) = rest(desk.keys("j"));
    assert!(selected);
    assert_eq!((second.x, second.y), (first.x, first.y + 1));
    // In a dialog it is that of the dialog, although the row below is still to be seen beside it.
    let (officer, selected) = rest(desk.keys("w"));
    assert!(selected && officer.x > second.x, "{officer:?}");
    // In one without any it is inside.
    let (help, _) = rest(desk.keys("\u{1b}?"));
    assert!(help.y > 0 && help.x > 0, "{help:?}");
    // Nothing of it is left in what is drawn.
    let buffer_is_plain = |desk: &Desk| {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut plain = true;
        terminal
            .draw(|frame| {
                super::draw(&desk.state, frame);
                let none = ratatui::buffer::CellDiffOption::None;
                plain = frame.buffer_mut().content.iter().all(|cell| cell.diff_option == none);
            })
            .unwrap();
        plain
    };
    assert!(buffer_is_plain(&desk));
}

#[test]
fn countdowns_tick_and_numbers_are_masked_again() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("3");
    assert!(text(&desk).contains("还剩25分"));
    desk.later(2 * 60_000);
    assert!(text(&desk).contains("还剩23分"));
    desk.keys("4j\n");
    assert!(text(&desk).contains("199****0001"));
    desk.state.revealed = Some((Shown::Person(person_id(1)), now().plus(400_000)));
    assert!(text(&desk).contains("19900000001"));
    desk.later(600_000);
    assert!(!text(&desk).contains("19900000001"));
}

#[test]
fn a_popup_keeps_its_border_over_wide_characters() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("2");
    let plain = text(&desk);
    assert!(plain.contains("计算机"));
    for width in 72..80 {
        desk.send(Msg::Resize(width, 24));
        desk.keys("Q");
        let shown = text(&desk);
        desk.keys("n");
        let edge = usize::from((width - 56) / 2);
        for line in shown.lines().skip(9).take(5) {
            let before: String = line
                .chars()
                .scan(0, |used, c| {
                    let at = *used;
                    *used += UnicodeWidthStr::width(c.to_string().as_str());
                    Some((at, c))
                })
                .filter(|(at, _)| *at == edge)
                .map(|(_, c)| c)
                .collect();
            assert!(["│", "┌", "└"].contains(&before.as_str()), "{width}: {line}");
        }
    }
}

#[test]
fn at_eighty_columns_no_counter_is_cut_and_nothing_wrong_is_left_out() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::new(lang, 80, 24);
        let s = &mut desk.state.status;
        (s.cases, s.due_release, s.promises, s.promises_overdue) = (21, 3, 12, 2);
        (s.slots_open, s.slots_missed, s.findings, s.unattached, s.unknown_events) = (4, 3, 14, 2, 0);
        let shown = text(&desk);
        let line = shown.lines().nth(1).unwrap();
        assert!(line.width() < 80 && !line.contains('…'), "{line}");
        let wrong = match lang {
            Lang::Zh => ["!未报 ", "!待处置 14", "!逾期 2", "!漏访 3"],
            Lang::En => ["!missing ", "!to act on 14", "!overdue 2", "!missed 3"],
        };
        assert!(wrong.iter().all(|counter| line.contains(counter)), "{line}");
        // Of the rest whole counters stand there, or none.
        let last = line.split_whitespace().last().unwrap();
        assert!(last.chars().all(|c| c.is_ascii_digit() || c == '/' || c == ')'), "{line}");
    }
}

#[test]
fn how_a_table_is_sorted_is_said_behind_its_heading() {
    let mut desk = Desk::new(Lang::En, 120, 40);
    desk.keys("2");
    let place = UnitRow::on_screen().find(|(_, column)| column.name == "people").map(|(place, _)| place);
    for descending in [false, true] {
        desk.state.tables.units.sort = place.map(|place| (place, descending));
        let shown = text(&desk);
        assert!(shown.contains(if descending { "People-" } else { "People+" }), "{shown}");
    }
}

#[test]
fn what_is_read_says_how_much_of_it_is_below() {
    for keys in ["0", "-"] {
        let mut desk = Desk::new(Lang::Zh, 80, 24);
        desk.keys(keys);
        let edge = |desk: &Desk| text(desk).lines().nth(21).unwrap_or_default().to_owned();
        assert!(edge(&desk).contains(" 下有 "), "{}", text(&desk));
        desk.keys("G");
        assert!(edge(&desk).contains('└') && !edge(&desk).contains(" 下有 "), "{}", text(&desk));
    }
}

#[test]
fn on_a_wide_board_no_word_is_cut_beside_empty_columns() {
    for (columns, rows) in [(120, 40), (200, 50)] {
        let shown = text(&Desk::new(Lang::Zh, columns, rows));
        // A unit is called by its short name where the whole one has no room.
        let unit = if columns == 120 { "│海洋  " } else { "│海洋与大气学院" };
        for whole in ["期满待解除 居家观察", unit, "!发热 集中隔离", "Anna Müller", "麦麦提·艾力"]
        {
            assert!(shown.contains(whole), "{whole}: {shown}");
        }
        assert!(!shown.contains("!发热 …"), "{shown}");
        let shown = text(&Desk::new(Lang::En, columns, rows));
        assert!(shown.contains("The school in 14 days from 02-04"), "{shown}");
    }
}
