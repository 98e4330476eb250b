//! What was typed for a locked sheet is kept once it has opened it, and is nowhere once the desk is locked.

use crate::app::fixture::Desk;
use crate::app::shown::effect::{Effect, ImportRequest, InboxTask};
use crate::app::shown::form::Form;
use crate::app::shown::msg::Unread;
use crate::app::shown::msg::{Msg, PlanView};
use crate::app::shown::state::Layer;
use crate::domain::password::{Password, Passwords};
use crate::i18n::locked as words;
use crate::say::{Lang, Say};

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.taken();
    desk
}

fn password(text: &str) -> Password {
    Password::new(text).unwrap()
}

/// What was sent off to be planned.
fn planned(desk: &mut Desk) -> (u64, ImportRequest) {
    let sent = desk.taken().into_iter().find_map(|effect| match effect {
        Effect::PlanImport { token, request } => Some((token, request)),
        _ => None,
    });
    sent.expect("a file is to be planned")
}

/// A file is named in the form of an import, and is locked.
fn asks(desk: &mut Desk) {
    desk.keys(":import\n\tbao.xlsx\n");
    let (token, _) = planned(desk);
    fails(desk, token);
}

fn fails(desk: &mut Desk, token: u64) {
    desk.send(Msg::ImportFailed { token, error: Say::same("locked"), why: Unread::Locked });
}

fn form(desk: &Desk) -> &Form {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => form,
        other => panic!("{other:?}"),
    }
}

fn lock(desk: &mut Desk) {
    desk.keys("L");
    assert!(desk.state.lock.is_some());
}

fn tasks(desk: &mut Desk) -> Vec<InboxTask> {
    let of = |effect| if let Effect::Inbox(task) = effect { Some(task) } else { None };
    desk.taken().into_iter().filter_map(of).collect()
}

#[test]
fn a_password_is_known_once_it_has_opened_a_file_and_then_to_the_inbox_too() {
    let mut desk = desk();
    asks(&mut desk);
    desk.keys("潮\n");
    let (token, request) = planned(&mut desk);
    assert_eq!(request.passwords, password("潮").into());
    assert!(desk.state.passwords.is_empty(), "it has opened nothing yet");
    fails(&mut desk, token);
    assert_eq!(form(&desk).error, Some(words::WRONG.into()));
    assert!(desk.state.passwords.is_empty());
    desk.keys("汐\n");
    let (token, request) = planned(&mut desk);
    assert_eq!(request.passwords, password("汐").into(), "and not the wrong one beside it");
    desk.send(Msg::ImportPlanned { token, plan: Box::new(PlanView::default()) });
    assert_eq!(desk.state.passwords, password("汐").into());
    assert_eq!(tasks(&mut desk), [InboxTask::Remember { password: password("汐") }]);
    let Some(Layer::Plan(plan)) = desk.state.layers.last() else { panic!("{:?}", desk.state.layers) };
    assert!(plan.request.passwords.is_empty(), "a plan that is looked at needs none");
    // The next file is tried with it; that it can be read makes nothing known that was not typed.
    desk.keys("\n\u{1b}:import\n\tnext.xlsx\n");
    let (token, request) = planned(&mut desk);
    assert_eq!(request.passwords, password("汐").into());
    desk.send(Msg::ImportPlanned { token, plan: Box::new(PlanView::default()) });
    assert_eq!(tasks(&mut desk), []);
}

#[test]
fn what_was_given_up_is_not_taken_for_the_next_file_s() {
    let mut desk = desk();
    asks(&mut desk);
    desk.keys("潮\n\u{1b}");
    assert_eq!(desk.state.unlocking, None);
    desk.taken();
    // The form is there again; its file, tried once more, is asked about as if for the first time.
    desk.keys("\n");
    let (token, request) = planned(&mut desk);
    assert!(request.passwords.is_empty());
    fails(&mut desk, token);
    assert_eq!(form(&desk).error, None);
    // One that could not be read for another reason was not opened by it, as far as is known.
    desk.keys("汐\n");
    let (token, _) = planned(&mut desk);
    desk.send(Msg::ImportFailed { token, error: Say::same("damaged"), why: Unread::Otherwise });
    assert_eq!(desk.state.unlocking, None);
    assert!(desk.state.passwords.is_empty());
}

#[test]
fn an_answer_that_nobody_waits_for_does_not_take_what_is_typed_by_now() {
    let mut desk = desk();
    super::of_file(&mut desk.state, 3, "a.xlsx");
    desk.keys("潮\n");
    let InboxTask::Unlock { token: first, .. } = tasks(&mut desk).remove(0) else { panic!() };
    desk.keys("\u{1b}").keys("\n");
    let InboxTask::Unlock { token, .. } = tasks(&mut desk).remove(0) else { panic!() };
    assert_ne!(token, first);
    desk.send(Msg::FileOpened { token: first, error: Some(Say::same("stopped")) });
    assert_eq!(desk.state.unlocking, Some(password("潮")));
}

#[test]
fn the_lock_lets_go_of_every_password_wherever_it_is() {
    // Nothing is known here: the inbox is told all the same, as one may be under way to it.
    let mut desk = desk();
    super::of_file(&mut desk.state, 3, "a.xlsx");
    desk.keys("潮\n");
    desk.taken();
    lock(&mut desk);
    assert_eq!(tasks(&mut desk), [InboxTask::ForgetPasswords]);
    assert_eq!((&desk.state.unlocking, &desk.state.passwords), (&None, &Passwords::default()));
    // One that is being planned with: nothing of it is kept, whenever the plan comes.
    let mut desk = self::desk();
    asks(&mut desk);
    desk.keys("潮\n");
    let (token, _) = planned(&mut desk);
    assert!(!desk.state.planning.as_ref().unwrap().passwords.is_empty());
    lock(&mut desk);
    assert!(desk.state.planning.as_ref().unwrap().passwords.is_empty());
    assert_eq!(tasks(&mut desk), [InboxTask::ForgetPasswords]);
    desk.send(Msg::ImportPlanned { token, plan: Box::new(PlanView::default()) });
    assert!(desk.state.passwords.is_empty());
    assert_eq!(tasks(&mut desk), []);
}
