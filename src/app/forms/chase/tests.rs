use super::*;
use crate::app::fixture::{Desk, op, unit_id};
use crate::app::shown::msg::Msg;
use crate::domain::followup::Outcome;
use crate::domain::ids::Subject;
use crate::say::Lang;
use crate::store::act::Committed;

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.taken();
    desk
}

fn sent(desk: &mut Desk) -> (Vec<(u64, Act)>, Vec<String>) {
    let (mut acts, mut copied) = (Vec::new(), Vec::new());
    for effect in desk.taken() {
        match effect {
            Effect::Commit { token, act, .. } => acts.push((token, *act)),
            Effect::Copy(text) => copied.push(text),
            _ => {}
        }
    }
    (acts, copied)
}

fn seen(desk: &Desk) -> String {
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("no form") };
    form.about.iter().map(|(say, _)| say.zh.as_str()).collect::<Vec<_>>().join("\n")
}

fn units(act: &Act) -> Vec<UnitId> {
    let one = |act: &Act| match act {
        Act::FollowUp(draft) => {
            assert_eq!((draft.outcome, draft.channel), (Outcome::MessageSent, Channel::Wechat));
            assert!(!draft.words.is_empty());
            match draft.subject {
                Some(Subject::Unit(unit)) => unit,
                other => panic!("{other:?}"),
            }
        }
        other => panic!("{other:?}"),
    };
    match act {
        Act::Several(acts) => acts.iter().map(one).collect(),
        act => vec![one(act)],
    }
}

#[test]
fn the_group_message_is_seen_first_and_a_yes_copies_it_and_logs_each_unit_in_one_entry() {
    for key in ["y", "\n"] {
        let mut desk = desk();
        desk.keys("3t");
        let text = seen(&desk);
        assert!(text.contains("海洋") && text.contains("后勤（约定 10:30）"), "{text}");
        assert_eq!(sent(&mut desk), (vec![], vec![]), "nothing happens before it was read");
        desk.keys(key);
        let (acts, copied) = sent(&mut desk);
        let [(token, act)] = acts.as_slice() else { panic!("{acts:?}") };
        assert_eq!(units(act), [unit_id(1), unit_id(4), unit_id(6)]);
        assert!(copied.is_empty(), "it is copied once it is in the log");
        desk.send(Msg::Committed { token: *token, committed: Committed { op: op(413), made: None } });
        assert_eq!(sent(&mut desk).1, [text]);
        let said = desk.state.feedback.clone().unwrap().say.zh;
        assert!(said.contains("3 个单位"), "{said}");
        assert!(desk.state.layers.is_empty());
    }
}

#[test]
fn esc_and_no_log_nothing_and_copy_nothing() {
    for key in ["\u{1b}", "n"] {
        let mut desk = desk();
        desk.keys("3t").keys(key);
        assert_eq!(sent(&mut desk), (vec![], vec![]));
        assert!(desk.state.layers.is_empty());
    }
}

#[test]
fn only_the_marked_units_are_named_and_only_what_the_filter_shows() {
    let mut desk = desk();
    // The second row is marked.
    desk.keys("3j t");
    let marked = desk.state.tables.outstanding.chosen();
    desk.keys("y");
    let (acts, _) = sent(&mut desk);
    assert_eq!(units(&acts[0].1).into_iter().map(RowId::Unit).collect::<Vec<_>>(), marked);
    let mut desk = self::desk();
    desk.keys("3\\海洋\nt");
    assert!(seen(&desk).contains("海洋") && !seen(&desk).contains("后勤"), "{}", seen(&desk));
    desk.keys("y");
    let (acts, _) = sent(&mut desk);
    assert_eq!(units(&acts[0].1), [unit_id(1)]);
}

#[test]
fn the_hour_that_is_asked_for_is_the_officer_s_and_one_that_is_over_is_refused() {
    let mut desk = desk();
    desk.keys("3t↑↑");
    assert!(seen(&desk).contains("请在今天 10:45 前"), "{}", seen(&desk));
    desk.keys("\u{8}\u{8}\u{8}\u{8}\u{8}11:30");
    assert!(seen(&desk).contains("请在今天 11:30 前"), "{}", seen(&desk));
    desk.keys("\u{8}\u{8}\u{8}\u{8}\u{8}\n");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("gone") };
    assert!(form.error.is_some());
    assert_eq!(sent(&mut desk), (vec![], vec![]));
}

#[test]
fn the_message_to_one_unit_is_the_selected_one_s() {
    let mut desk = desk();
    desk.keys("3T");
    let text = seen(&desk);
    assert!(text.contains("李海燕老师") && text.contains("2 行没有收进去"), "{text}");
    desk.keys("y");
    let (acts, _) = sent(&mut desk);
    assert_eq!(units(&acts[0].1), [unit_id(1)]);
    // Several are no unit.
    let mut desk = self::desk();
    desk.keys("3  T");
    assert!(desk.state.layers.is_empty() && desk.state.feedback.is_some());
}

#[test]
fn on_the_board_the_group_is_written_to_from_its_list_of_those_missing() {
    let mut desk = desk();
    desk.keys("1t");
    assert!(seen(&desk).contains("海洋"));
    let mut desk = self::desk();
    desk.keys("1\tt");
    assert!(desk.state.layers.is_empty(), "the list of what is due has no such message");
}
