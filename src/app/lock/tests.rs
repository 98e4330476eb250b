use crate::app::fixture::{Desk, me};
use crate::app::shown::effect::Effect;
use crate::app::shown::msg::Msg;
use crate::app::shown::rows::DueLine;
use crate::app::shown::state::Layer;
use crate::domain::ids::OfficerId;
use crate::domain::office::Settings;
use crate::domain::pin::Pin;
use crate::domain::time::MINUTE;
use crate::say::{Lang, Say};
use crate::view;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.taken();
    desk
}

fn screen(desk: &Desk) -> String {
    let (width, height) = desk.state.size;
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| view::draw(&desk.state, frame)).unwrap();
    let cells = terminal.backend().buffer().content().iter().map(ratatui::buffer::Cell::symbol);
    cells.collect::<String>().replace(' ', "")
}

fn asked(desk: &mut Desk) -> (u64, OfficerId, Option<Pin>) {
    let asked = desk.taken().into_iter().find_map(|effect| match effect {
        Effect::Unlock { token, officer, pin, .. } => Some((token, officer, pin)),
        _ => None,
    });
    asked.expect("it is asked whether the screen may be unlocked")
}

fn other(desk: &Desk) -> OfficerId {
    desk.state.status.officers.iter().map(|(id, _)| *id).find(|id| *id != me()).unwrap()
}

#[test]
fn behind_the_lock_nothing_is_seen_and_nothing_is_reached_and_a_form_comes_back_as_it_was() {
    let mut desk = desk();
    desk.keys("3f\t\t张晓明的话");
    let before = screen(&desk);
    assert!(before.contains("张晓明的话"));
    desk.send(Msg::Key(KeyEvent::new(KeyCode::Char('l'), KeyModifiers::ALT)));
    let fx = desk.taken();
    assert!(fx.contains(&Effect::Lock) && fx.iter().any(|e| matches!(e, Effect::SaveDraft { .. })), "{fx:?}");
    let locked = screen(&desk);
    for behind in ["张晓明", "李海燕", "未报", "0532", "待办", "海洋"] {
        assert!(!locked.contains(behind), "{behind} is seen: {locked}");
    }
    assert!(locked.contains("海岬理工大学防控办") && locked.contains("已锁定·林静值班"), "{locked}");
    // Keys, pastes and clicks go nowhere; not even Ctrl-C and Ctrl-Z reach the desk.
    desk.keys("xyz↓\u{1b}").send(Msg::Paste("更多".to_owned()));
    desk.ctrl('c').ctrl('z').ctrl('s');
    assert!(desk.taken().is_empty(), "{:?}", desk.taken());
    assert!(desk.state.lock.is_some());
    desk.keys("↑\n");
    let (token, officer, pin) = asked(&mut desk);
    assert_eq!((officer, pin), (me(), None));
    desk.send(Msg::Unlocked { token });
    assert_eq!(screen(&desk), before, "the form is as it was");
}

#[test]
fn the_screen_locks_by_itself_after_the_minutes_that_are_set_and_not_while_keys_come() {
    let mut desk = desk();
    desk.state.settings = Some(Settings { lock_minutes: 5, ..Settings::new("x") });
    desk.later(4 * MINUTE).keys("j").later(4 * MINUTE);
    assert!(desk.state.lock.is_none());
    desk.state.settings = Some(Settings { lock_minutes: 0, ..Settings::new("x") });
    desk.later(600 * MINUTE);
    assert!(desk.state.lock.is_none(), "0 is never");
    desk.keys("j");
    desk.state.settings = Some(Settings { lock_minutes: 5, ..Settings::new("x") });
    desk.later(5 * MINUTE);
    assert!(desk.state.lock.is_some());
}

#[test]
fn a_pin_is_asked_for_where_there_is_one_and_a_wrong_one_leaves_it_locked() {
    let mut desk = desk();
    desk.state.status.pins = vec![me()];
    desk.keys("L\n");
    assert!(desk.state.lock.as_ref().unwrap().error.is_some(), "a PIN is needed");
    desk.keys("4711\n");
    let (token, officer, pin) = asked(&mut desk);
    assert_eq!((officer, pin), (me(), Pin::new("4711")));
    assert!(!format!("{:?}", desk.state.lock.as_ref().unwrap().pin).contains("4711"), "it is gone at once");
    desk.send(Msg::UnlockFailed { token, error: Say::same("口令不对") });
    assert!(desk.state.lock.is_some() && screen(&desk).contains("口令不对"));
    // An answer to another question opens nothing.
    desk.send(Msg::Unlocked { token: token + 1000 });
    assert!(desk.state.lock.is_some());
}

#[test]
fn another_officer_unlocks_as_themselves() {
    let mut desk = desk();
    desk.keys("L↓\n");
    let (token, officer, _) = asked(&mut desk);
    assert_eq!(officer, other(&desk));
    desk.send(Msg::Unlocked { token });
    assert_eq!(desk.state.officer.as_ref().unwrap().0, officer);
    assert!(desk.taken().contains(&Effect::SwitchOfficer(officer)));
}

#[test]
fn what_one_officer_was_writing_is_not_gone_on_with_by_another() {
    let mut desk = desk();
    desk.keys("n半句话");
    desk.send(Msg::Key(KeyEvent::new(KeyCode::Char('l'), KeyModifiers::ALT)));
    desk.keys("↓\n");
    let (token, ..) = asked(&mut desk);
    desk.send(Msg::Unlocked { token });
    assert!(!desk.state.layers.iter().any(|layer| matches!(layer, Layer::Form(_))));
    assert!(screen(&desk).contains("草稿里") && !screen(&desk).contains("半句话"), "{}", screen(&desk));
    // Who locked it themselves finds it as it was.
    let mut desk = self::desk();
    desk.keys("n半句话");
    desk.send(Msg::Key(KeyEvent::new(KeyCode::Char('l'), KeyModifiers::ALT)));
    desk.keys("\n");
    let (token, ..) = asked(&mut desk);
    desk.send(Msg::Unlocked { token });
    assert!(screen(&desk).contains("半句话"), "{}", screen(&desk));
}

#[test]
fn what_an_answer_brings_stays_behind_the_lock_and_a_copied_number_leaves_the_clipboard() {
    let mut desk = desk();
    desk.keys("3y");
    assert!(desk.taken().iter().any(|effect| matches!(effect, Effect::Copy(number) if !number.is_empty())));
    desk.keys("L");
    assert!(desk.taken().contains(&Effect::Copy(String::new())), "the number leaves the clipboard");
    desk.state.help();
    assert!(screen(&desk).contains("已锁定"));
}

#[test]
fn what_falls_due_is_told_without_a_name() {
    let mut desk = desk();
    desk.keys("L");
    let due = desk.state.board.due.rows().iter().filter_map(DueLine::due);
    let next = due.map(|row| row.at).filter(|at| *at > desk.state.now).min().unwrap();
    let ms = next.0 - desk.state.now.0 + 1;
    desk.later(ms);
    let locked = screen(&desk);
    assert!(locked.contains("有事项到点"), "{locked}");
}

#[test]
fn whoever_has_a_pin_sits_down_with_it() {
    let mut desk = desk();
    let other = other(&desk);
    desk.state.status.pins = vec![other];
    desk.keys("w\n");
    assert!(desk.state.lock.is_some(), "a name alone is not enough");
    assert!(desk.taken().iter().all(|effect| !matches!(effect, Effect::SwitchOfficer(_))));
    // Whoever sat here may go on.
    desk.keys("\u{1b}\n");
    let (token, officer, pin) = asked(&mut desk);
    assert_eq!((officer, pin), (me(), None));
    desk.send(Msg::Unlocked { token });
    assert_eq!(desk.state.officer.as_ref().unwrap().0, me());
    // What was read anew knows of no PIN.
    desk.state.status.pins = vec![other];
    desk.keys("w\n4711\n");
    let (token, officer, pin) = asked(&mut desk);
    assert_eq!((officer, pin), (other, Pin::new("4711")));
    desk.send(Msg::Unlocked { token });
    assert_eq!(desk.state.officer.as_ref().unwrap().0, other);
    // Who has none sits down at once.
    desk.state.status.pins = vec![other];
    desk.keys("w\n");
    assert!(desk.state.lock.is_none());
    assert_eq!(desk.state.officer.as_ref().unwrap().0, me());
}

#[test]
fn whose_pin_was_taken_away_is_told_when_they_sit_down() {
    let mut desk = desk();
    let other = other(&desk);
    desk.state.status.pins_taken = vec![(other, desk.state.now, vec!["林静".to_owned()])];
    assert!(!screen(&desk).contains("口令已于"));
    desk.keys("w\n");
    assert!(screen(&desk).contains("口令已于") && screen(&desk).contains("由林静取消"), "{}", screen(&desk));
}

#[test]
fn keys_that_are_older_than_the_lock_do_not_answer_it() {
    let mut desk = desk();
    desk.state.settings = Some(Settings { lock_minutes: 5, ..Settings::new("x") });
    desk.later(5 * MINUTE);
    assert!(desk.state.lock.is_some());
    let enter = || Msg::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
    desk.taken();
    desk.send(enter());
    assert!(desk.taken().is_empty(), "it was typed before the lock was seen");
    desk.state.seen();
    desk.send(enter());
    asked(&mut desk);
}
