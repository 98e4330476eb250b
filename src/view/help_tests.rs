//! What the desk says of its keys, and when its messages leave.

use super::tests::text;
use crate::app::fixture::{Desk, me};
use crate::app::keymap::{self, Action, Context};
use crate::app::shown::home::{SCREENS, Screen};
use crate::app::shown::pages::DossierPage;
use crate::app::shown::paper::{Logged, PaperAsk, Sheaf};
use crate::app::shown::state::{Help, Home, Layer};
use crate::app::{Effect, Msg, Tone};
use crate::i18n::screen as say;
use crate::say::{Lang, Say};
use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.taken();
    desk
}

fn said(desk: &Desk) -> String {
    desk.state.feedback.as_ref().map(|line| line.say.zh.clone()).unwrap_or_default()
}

fn is_asked_to_quit(desk: &Desk) -> bool {
    matches!(desk.state.layers.last(), Some(Layer::Quit { yes: false }))
}

#[test]
fn q_asks_to_quit_at_every_main_screen_and_goes_back_from_a_page() {
    let mut desk = desk();
    for Screen { key, home, .. } in &SCREENS {
        desk.keys(&key.to_string());
        assert_eq!(desk.state.home, *home);
        desk.keys("q");
        assert!(is_asked_to_quit(&desk), "{home:?}");
        desk.keys("n");
        assert!(desk.state.layers.is_empty(), "{home:?}");
    }
    // From a person's page it goes back to the row.
    desk.keys("7\n");
    assert!(desk.state.page_of::<DossierPage>().is_some());
    desk.keys("q");
    assert!(desk.state.layers.is_empty());
    // In a form and in the find box it is a letter.
    desk.keys("nq");
    assert!(matches!(desk.state.layers.last(), Some(Layer::Form(_))));
    desk.keys("\u{1b}/q");
    assert!(matches!(desk.state.layers.last(), Some(Layer::Find(_))));
}

#[test]
fn an_unknown_key_says_where_help_is_and_makes_no_sound() {
    let mut desk = desk();
    for _ in 0..3 {
        desk.keys("z");
        assert_eq!(said(&desk), say::UNKNOWN_KEY.zh);
        assert!(!desk.taken().contains(&Effect::Bell));
    }
    assert_eq!(desk.state.feedback.as_ref().unwrap().tone, Tone::Info);
    // The next key that means something takes it away; where text is typed nothing is unknown.
    desk.keys("3");
    assert_eq!(said(&desk), "");
    for typed in ["nz", "\u{1b}/z", "\u{1b}\\z", "\n:z"] {
        desk.keys(typed);
        assert_ne!(said(&desk), say::UNKNOWN_KEY.zh, "{typed:?}");
    }
}

#[test]
fn where_an_unknown_key_points_to_help_there_is_help() {
    for context in [Context::Board, Context::Log, Context::Dossier, Context::Walk, Context::Paper] {
        assert!(keymap::has_help(context), "{context:?}");
        assert!(keymap::help(context).iter().any(|b| b.action == Action::Help), "{context:?}");
    }
    for context in [Context::Form, Context::Find, Context::Filter, Context::Question, Context::Locked] {
        assert!(!keymap::has_help(context), "{context:?}");
    }
}

#[test]
fn a_window_too_small_can_be_left_and_does_nothing_else() {
    for (lang, q) in [(Lang::Zh, "Q"), (Lang::En, "q")] {
        let mut desk = Desk::new(lang, 40, 10);
        desk.taken();
        let small = text(&desk);
        assert!(small.contains('Q'), "{small}");
        desk.keys("3f\n");
        assert!(desk.state.layers.is_empty() && desk.state.home == Home::Board);
        desk.keys(q);
        let asked = text(&desk);
        assert!(asked.contains('y') && asked.contains('n') && asked != small, "{asked}");
        desk.keys("n");
        assert!(desk.state.layers.is_empty());
        desk.keys(q).keys("y");
        assert!(desk.taken().contains(&Effect::Quit));
    }
}

#[test]
fn the_walk_of_a_handover_has_help_and_its_footer_shows_how_to_tick_all() {
    let mut desk = desk();
    desk.keys("0c\n");
    assert!(matches!(desk.state.layers.last(), Some(Layer::Walk(_))));
    let screen = text(&desk);
    assert!(screen.contains("* 全部确认") && screen.contains("? 全部按键"), "{screen}");
    assert!(screen.contains(">[ ]"), "the cursor is seen without colour: {screen}");
    desk.keys("?");
    assert!(matches!(desk.state.layers.last(), Some(Layer::Help(Help { context: Context::Walk, .. }))));
    assert!(text(&desk).contains("全部确认"), "{}", text(&desk));
    desk.keys("\u{1b}*");
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!() };
    assert!(walk.items.iter().all(|(item, _)| item.ticked));
}

#[test]
fn a_message_leaves_with_the_page_it_speaks_of() {
    let mut desk = desk();
    desk.keys("3").state.officer = None;
    desk.keys("u");
    let no_officer = say::NO_OFFICER.zh;
    assert_eq!(said(&desk), no_officer);
    // A key that stays on the page leaves a failure to be read; another page has nothing to do with it.
    desk.keys("j");
    assert_eq!(said(&desk), no_officer);
    desk.keys("4");
    assert_eq!(said(&desk), "");
    desk.state.officer = None;
    desk.keys("u");
    assert_eq!(said(&desk), no_officer);
    // Once somebody sits at the desk it is no longer so.
    desk.state.officer = Some((me(), "林静".to_owned()));
    desk.send(Msg::Changed);
    assert_eq!(said(&desk), "");
    // What went wrong by itself speaks of no page.
    let say = Say::same("disk");
    desk.send(Msg::Notice { tone: Tone::Bad, say });
    desk.keys("3");
    assert_eq!(said(&desk), "disk");
}

#[test]
fn a_click_takes_away_what_was_said_as_a_key_does() {
    let mut desk = desk();
    desk.keys("3z");
    assert_eq!(said(&desk), say::UNKNOWN_KEY.zh);
    let wheel =
        MouseEvent { kind: MouseEventKind::ScrollDown, column: 10, row: 10, modifiers: KeyModifiers::NONE };
    desk.send(Msg::Mouse(wheel));
    assert_eq!(said(&desk), "");
}

#[test]
fn the_preview_after_a_handover_says_where_the_paper_lies() {
    let mut desk = desk();
    desk.keys("0p");
    let Some(Layer::Paper(preview)) = desk.state.layers.last_mut() else { panic!() };
    let shift = crate::domain::ids::ShiftId(uuid::Uuid::from_u128(9));
    preview.ask = PaperAsk::Handover(Some(shift));
    let token = preview.token;
    let sheaf = Sheaf {
        title: "值班交接单".to_owned(),
        pages: vec![Vec::new()],
        tables: false,
        numbers: Logged::default(),
        revealed: false,
        warning: None,
    };
    desk.send(Msg::Paged { token, sheaf: Box::new(sheaf) });
    let file = "/var/lib/zhiban/office-handover-20200218-075000.pdf".to_owned();
    desk.send(Msg::HandoverWritten { shift, file: file.clone() });
    let screen = text(&desk);
    assert!(screen.contains("已存为") && screen.contains("office-handover-20200218-075000.pdf"), "{screen}");
    // Another shift's paper is not this one.
    let mut other = self::desk();
    other.keys("0p");
    other.send(Msg::HandoverWritten { shift, file });
    assert!(!text(&other).contains("已存为"));
}
