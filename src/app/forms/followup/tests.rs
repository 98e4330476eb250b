//! Keys in, acts out: calls, callers, drafts, several at once.

use super::*;
use crate::app::fixture::{Desk, id, me, now, op, person_id, unit_id};
use crate::app::shown::msg::{Data, Msg};
use crate::app::shown::pages::CallersPage;
use crate::app::shown::state::{Home, Purpose};
use crate::domain::case::Category;
use crate::domain::ids::{FollowUpId, OfficerId};
use crate::domain::time::MINUTE;
use crate::store::act::Committed;

fn desk() -> Desk {
    let mut desk = Desk::new(crate::say::Lang::Zh, 120, 40);
    desk.taken();
    desk
}

/// The act that was sent last.
fn sent(desk: &mut Desk) -> Option<(u64, Act)> {
    desk.taken().into_iter().rev().find_map(|effect| match effect {
        Effect::Commit { token, act, .. } => Some((token, *act)),
        _ => None,
    })
}

fn commit(desk: &mut Desk, token: u64) {
    desk.send(Msg::Committed { token, committed: Committed { op: op(413), made: None } });
}

fn form(desk: &Desk) -> &Form {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn dial(desk: &Desk) -> Option<&Dial> {
    form(desk).part::<FollowUp>()?.dial.as_deref()
}

fn error(desk: &Desk) -> String {
    form(desk).error.as_ref().map(|say| say.zh.clone()).unwrap_or_default()
}

fn above(desk: &Desk) -> String {
    let strip = crate::app::strip::strip(form(desk), &desk.state.ctx()).unwrap_or_default();
    let parts = [strip.who, strip.owes, strip.last].concat();
    parts.into_iter().map(|part| part.text).collect::<Vec<_>>().join("\n")
}

fn one(act: &Act) -> &FollowUpDraft {
    match act {
        Act::FollowUp(draft) => draft,
        other => panic!("not a follow-up: {other:?}"),
    }
}

#[test]
fn the_form_shows_whom_to_dial_and_whose_each_number_is() {
    let mut desk = desk();
    desk.keys("4jf");
    let shown = above(&desk);
    assert!(shown.contains("本人 199****0001") && shown.contains("家属 199****9999"), "{shown}");
    assert!(shown.contains("包保联系人 赵铁柱") && !shown.contains("家属 赵铁柱"), "{shown}");
    assert!(shown.contains("后勤处") && shown.contains("承诺 ") && shown.contains("重点关注"), "{shown}");
    desk.keys("\u{1b}3f");
    let shown = above(&desk);
    assert!(shown.contains("联络人 ") && shown.contains("第一责任人 周院长 0532-8890-2000"), "{shown}");
}

#[test]
fn who_answers_at_a_unit_is_its_liaison_once_it_is_reached() {
    let mut desk = desk();
    desk.keys("3f\n");
    let (token, act) = sent(&mut desk).unwrap();
    assert_eq!(one(&act).answered_by, "", "nobody answered");
    commit(&mut desk, token);
    desk.keys("f5\n");
    let (_, act) = sent(&mut desk).unwrap();
    let Some(Subject::Unit(unit)) = one(&act).subject else { panic!("{act:?}") };
    assert_eq!(unit, unit_id(1));
    assert!(!one(&act).answered_by.is_empty(), "the liaison, unless another is named");
}

#[test]
fn a_message_without_an_answer_is_not_reached() {
    let mut desk = desk();
    desk.keys("3f8\n");
    let (_, act) = sent(&mut desk).unwrap();
    assert_eq!((one(&act).outcome, one(&act).answered_by.as_str()), (Outcome::MessageSent, ""));
    assert_eq!(word(Outcome::MessageSent).zh, "已发消息未回");
}

#[test]
fn a_temperature_is_typed_in_many_ways_and_nonsense_is_not_taken() {
    for (typed, tenths) in [("36.5", 365), ("365", 365), ("３６．５", 365), ("36.5℃", 365)] {
        let mut desk = desk();
        desk.keys("4jf2\t").keys(typed).keys("\n");
        let (_, act) = sent(&mut desk).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!((one(&act).temp, one(&act).site), (Some(tenths), None), "{typed}");
    }
    for typed in ["热", "3", "50", "29.9"] {
        let mut desk = desk();
        desk.keys("4jf2\t").keys(typed).keys("\n");
        assert!(sent(&mut desk).is_none() && error(&desk).contains("34.0"), "{typed}");
        assert_eq!(form(&desk).fields[form(&desk).focus].id, "temp");
    }
    // Where it was taken decides what is a fever.
    let mut desk = desk();
    desk.keys("4jf2\t36.8\t22\n");
    assert!(sent(&mut desk).is_some() || error(&desk).contains("36.8℃ 是发热"), "{}", error(&desk));
}

#[test]
fn well_with_a_fever_is_refused() {
    let mut desk = desk();
    desk.keys("4jf2\t38.9\n");
    assert!(sent(&mut desk).is_none());
    assert!(error(&desk).contains("38.9℃ 是发热"));
    // Nobody who was not reached told a temperature.
    desk.keys("\u{1b}").ctrl('n');
    let mut desk = self::desk();
    desk.keys("4jf\t36.5\n");
    assert!(error(&desk).contains("没有联系上"));
}

#[test]
fn a_fever_without_a_case_asks_at_once_for_one_or_a_reason() {
    // Somebody of the list of people who has no case.
    let mut desk = desk();
    desk.keys("7jjjjjf3\t38.9\n");
    assert!(sent(&mut desk).is_none(), "not skipped silently");
    assert!(error(&desk).contains("请选择列入") && form(&desk).fields[form(&desk).focus].id == "case");
    desk.keys("\n");
    assert!(sent(&mut desk).is_none(), "nor by pressing Enter again");
    desk.keys("2\n");
    let (token, act) = sent(&mut desk).unwrap();
    let Act::Several(both) = &act else { panic!("{act:?}") };
    let [Act::FollowUp(call), Act::OpenCase { person, facts }] = both.as_slice() else { panic!("{both:?}") };
    assert_eq!((call.temp, call.subject), (Some(389), Some(Subject::Person(*person))));
    assert_eq!(facts.categories, Some(vec![Category::Fever]));
    assert!(facts.measure.is_some() && facts.start.is_some() && facts.days.is_some(), "{facts:?}");
    commit(&mut desk, token);
    let said = desk.state.feedback.as_ref().map(|line| line.say.zh.clone()).unwrap();
    assert!(said.contains("并列入重点关注"), "{said}");
    // Or a reason, which is kept.
    let mut desk = self::desk();
    desk.keys("7jjjjjf3\n3\n");
    assert!(sent(&mut desk).is_none() && error(&desk).contains("原因"), "{}", error(&desk));
    desk.keys("复测正常\n");
    let (_, act) = sent(&mut desk).unwrap();
    let Act::Several(both) = &act else { panic!("{act:?}") };
    assert!(matches!(&both[1], Act::Note { text, .. } if text.contains("复测正常")), "{both:?}");
}

#[test]
fn who_has_a_case_already_is_not_asked_for_one() {
    let mut desk = desk();
    desk.keys("4jf3\t38.9\n");
    let (_, act) = sent(&mut desk).unwrap();
    assert_eq!(one(&act).temp, Some(389));
}

#[test]
fn what_became_of_a_promise_is_asked_and_stays_open_by_itself() {
    let mut desk = desk();
    desk.keys("4jf2\n");
    let (token, act) = sent(&mut desk).unwrap();
    assert!(one(&act).ends.is_empty(), "nothing is presumed");
    commit(&mut desk, token);
    desk.keys("f2");
    let at = form(&desk).fields.iter().position(|field| field.id == "ends").unwrap();
    desk.keys(&"\t".repeat(at)).keys("2\n");
    let (_, act) = sent(&mut desk).unwrap();
    let [(promise, end)] = one(&act).ends.as_slice() else { panic!("{act:?}") };
    assert_eq!((promise.0, *end), (id(6, 9), PromiseEnd::Kept));
    // Who was not reached kept nothing.
    let mut desk = self::desk();
    desk.keys("4jf").keys(&"\t".repeat(at)).keys("2\n");
    assert!(sent(&mut desk).is_none() && error(&desk).contains("没有联系上"));
}

#[test]
fn nobody_who_was_not_reached_promises_and_who_promised_said_when() {
    let mut desk = desk();
    desk.keys("3f\t\t\t\t30m\n");
    assert!(sent(&mut desk).is_none() && error(&desk).contains("不会有承诺"));
    let mut desk = self::desk();
    desk.keys("3f4\n");
    assert!(sent(&mut desk).is_none() && error(&desk).contains("答应何时"));
    assert_eq!(form(&desk).fields[form(&desk).focus].id, "promise");
}

#[test]
fn the_list_of_unknown_callers_shows_copies_calls_back_and_attaches() {
    let mut desk = desk();
    desk.keys("I");
    let Some(page) = desk.state.page_of::<CallersPage>() else { panic!("{:?}", desk.state.layers) };
    let call = page.rows.current().unwrap().call.id;
    // The number is shown and copied once that is logged.
    desk.keys("v");
    let (token, act) = sent(&mut desk).unwrap();
    assert_eq!(act, Act::RevealNumber { followup: call, reason: "call".to_owned() });
    commit(&mut desk, token);
    assert!(desk.state.ctx().shows_call(call, None));
    desk.keys("y");
    assert!(desk.taken().contains(&Effect::Copy("19900008888".to_owned())), "it is in the log already");
    // The call back keeps the number without its being typed.
    desk.keys("f");
    assert!(above(&desk).contains("来电号码 19900008888"), "{}", above(&desk));
    assert!(form(&desk).title.zh.contains("199****8888"), "{}", form(&desk).title.zh);
    desk.keys("\n");
    let (token, act) = sent(&mut desk).unwrap();
    let draft = one(&act);
    assert_eq!(
        (draft.number.as_str(), draft.channel, draft.outcome),
        ("19900008888", Channel::Phone, Outcome::NotReached)
    );
    commit(&mut desk, token);
    desk.keys("a");
    assert!(
        matches!(desk.state.layers.last(), Some(Layer::Find(find)) if find.number.for_matching() == "19900008888")
    );
    // The filter finds it by the number, as it is said and as it is shown.
    desk.keys("\u{1b}\\19900008888\n");
    assert_eq!(desk.state.list().map(crate::app::shown::table::List::len), Some(1));
    desk.keys("\\").keys(&"\u{8}".repeat(11)).keys("没有这样的\n");
    assert_eq!(desk.state.list().map(crate::app::shown::table::List::len), Some(0));
}

#[test]
fn a_line_of_the_log_reveals_its_callers_number() {
    let mut desk = desk();
    desk.keys("9v");
    let (token, act) = sent(&mut desk).unwrap();
    let Act::RevealNumber { followup, .. } = act else { panic!("{act:?}") };
    assert_eq!(followup, FollowUpId(id(5, 40)));
    commit(&mut desk, token);
    let row = desk.state.tables.log.current().unwrap();
    let cell = crate::app::shown::column::Columns::cell(row, "text", &desk.state.ctx());
    assert!(cell.text.contains("19900008888"), "{}", cell.text);
}

#[test]
fn a_draft_says_so_starts_where_it_was_left_and_is_not_recorded_unread() {
    let mut desk = desk();
    desk.keys("4jf3\t38.9\u{1b}");
    desk.later(10 * MINUTE);
    desk.keys("f");
    let kept = form(&desk).kept.as_ref().unwrap();
    assert_eq!(kept.at, Some(now()), "when it was left");
    assert_eq!(form(&desk).fields[form(&desk).focus].id, "temp", "where it was left");
    // The old "not well" is not saved by `f` and Enter.
    desk.keys("\n");
    assert!(sent(&mut desk).is_none() && error(&desk).contains("再按 Enter"), "{}", error(&desk));
    desk.ctrl('n');
    assert!(form(&desk).kept.is_none() && form(&desk).value("temp").is_empty());
    assert_eq!(form(&desk).value("outcome"), "not-reached", "afresh");
    assert!(dial(&desk).is_some(), "and still with whom to dial");
    desk.keys("\n");
    let (_, act) = sent(&mut desk).unwrap();
    assert_eq!((one(&act).outcome, one(&act).temp), (Outcome::NotReached, None));
}

#[test]
fn a_draft_brings_back_what_was_asked_only_later() {
    // What became of a promise is asked once the promise is known.
    let mut desk = desk();
    desk.keys("4jf");
    let at = form(&desk).fields.iter().position(|field| field.id == "ends").unwrap();
    desk.keys(&"\t".repeat(at)).keys("3\u{1b}f");
    assert_eq!(form(&desk).value("ends"), "broken");
    assert!(form(&desk).kept.is_some(), "and it says that it was kept");
    // Typed in again before it is known, it is still there the next time.
    desk.keys("\u{1b}f\u{1b}f");
    assert_eq!(form(&desk).value("ends"), "broken");
    desk.ctrl('n');
    assert_eq!(form(&desk).value("ends"), "", "afresh");
    // A case or a reason is asked once it is known that one is needed.
    let mut desk = self::desk();
    desk.keys("7jjjjjf3\n3\n");
    desk.keys("复测正常\u{1b}f");
    let found = form(&desk);
    assert_eq!((found.value("case").as_str(), found.value("why_not").as_str()), ("no", "复测正常"));
    desk.ctrl('n');
    assert!(form(&desk).field("case").is_none(), "afresh nothing is asked");
}

#[test]
fn what_is_said_to_stay_open_is_not_ended_by_a_new_promise() {
    let mut desk = desk();
    desk.keys("4jf");
    let at = form(&desk).fields.iter().position(|field| field.id == "ends").unwrap();
    desk.keys("\t".repeat(at).as_str()).keys("5\n");
    let (_, act) = sent(&mut desk).unwrap();
    assert_eq!((one(&act).left.len(), one(&act).ends.len()), (1, 0), "{act:?}");
}

#[test]
fn what_a_form_says_is_wrong_does_not_outlive_it() {
    let mut desk = desk();
    desk.keys(":pin\n4711\t4712\t4712\n");
    let (token, _) = sent(&mut desk).unwrap();
    desk.send(Msg::CommitFailed { token, error: Say::same("口令不对"), field: Some("pin") });
    let said =
        |desk: &Desk| desk.state.feedback.as_ref().is_some_and(|line| line.say.zh.contains("口令不对"));
    assert!(said(&desk) && error(&desk).contains("口令不对"));
    desk.keys("\u{1b}");
    assert!(!said(&desk), "the form is gone, and so is what was said of it");
}

#[test]
fn a_fresh_form_does_not_look_like_a_draft() {
    let mut desk = desk();
    desk.keys("4jf\t\t\u{1b}f");
    assert!(form(&desk).kept.is_none(), "nothing was typed");
    desk.keys("\n");
    assert!(sent(&mut desk).is_some());
}

#[test]
fn a_draft_is_its_officers() {
    let mut desk = desk();
    desk.keys("3f\t\t\t十点半前报\u{1b}");
    desk.state.officer = Some((OfficerId(id(1, 2)), "周航".to_owned()));
    desk.keys("f");
    assert_eq!(form(&desk).value("words"), "");
    desk.keys("\u{1b}");
    desk.state.officer = Some((me(), "林静".to_owned()));
    desk.keys("f");
    assert_eq!(form(&desk).value("words"), "十点半前报");
}

#[test]
fn a_wrong_pin_is_typed_anew_in_its_own_field() {
    let mut desk = desk();
    desk.keys(":pin\n4711\t4712\t4712\n");
    let (token, _) = sent(&mut desk).unwrap();
    let error = Say::same("口令不对");
    desk.send(Msg::CommitFailed { token, error, field: Some("pin") });
    let form = form(&desk);
    assert_eq!((form.fields[form.focus].id, form.value("pin").as_str()), ("pin", ""));
    assert_eq!(form.value("new_pin"), "4712", "what was not wrong stays");
}

#[test]
fn marks_that_a_filter_hides_are_counted_and_acted_on() {
    let mut desk = desk();
    desk.keys("3  ");
    let names: Vec<String> = desk.state.targets().iter().map(|target| target.name.clone()).collect();
    assert_eq!(names.len(), 2);
    desk.keys("\\").keys(&names[0]).keys("\n");
    assert_eq!(desk.state.list().map(crate::app::shown::table::List::hidden_marks), Some(1));
    desk.keys("f");
    assert!(form(&desk).title.zh.contains("其中 1 条被筛选隐藏"), "{}", form(&desk).title.zh);
    desk.keys("\n");
    let (_, act) = sent(&mut desk).unwrap();
    assert!(matches!(act, Act::Several(both) if both.len() == 2));
}

#[test]
fn several_lines_of_what_is_due_are_marked_and_done_at_once() {
    let mut desk = desk();
    desk.keys("6");
    assert_eq!(desk.state.home, Home::Due);
    desk.keys("*c");
    assert!(desk.state.layers.is_empty(), "among them are a slot and a caller, which are no promises");
    let said = desk.state.feedback.as_ref().map(|line| line.say.zh.as_str());
    assert_eq!(said, Some(crate::i18n::ledger_desk::SETTLE_ONE_KIND.zh));
    desk.keys("*gj  c\n");
    let (_, act) = sent(&mut desk).unwrap();
    let Act::Several(all) = &act else { panic!("{act:?}") };
    assert!(all.len() > 1 && all.iter().all(|one| matches!(one, Act::ClosePromise { .. })), "{all:?}");
}

#[test]
fn y_means_yes_and_does_it() {
    // An undo.
    let mut desk = desk();
    desk.keys("uy");
    assert!(matches!(sent(&mut desk), Some((_, Act::Undo { .. }))));
    // Leaving.
    let mut desk = self::desk();
    desk.keys("Qy");
    assert!(desk.taken().contains(&Effect::Quit));
    // A plan.
    let mut desk = self::desk();
    desk.keys(":import\n\t/tmp/日报.xlsx\n");
    let token = desk
        .taken()
        .into_iter()
        .find_map(|effect| match effect {
            Effect::PlanImport { token, .. } => Some(token),
            _ => None,
        })
        .unwrap();
    desk.send(Msg::ImportPlanned { token, plan: Box::default() });
    desk.keys("y");
    assert!(desk.taken().iter().any(|effect| matches!(effect, Effect::RunImport { .. })));
    assert!(matches!(desk.state.sent.get(&token), Some(Purpose::Import)));
}

#[test]
fn n_means_no_in_every_question() {
    let mut desk = desk();
    desk.keys("un");
    assert!(sent(&mut desk).is_none() && desk.state.layers.is_empty());
    desk.keys("Qn");
    assert!(!desk.taken().contains(&Effect::Quit) && desk.state.layers.is_empty());
}

#[test]
fn what_cannot_be_read_of_somebody_does_not_block_the_form() {
    let mut desk = desk();
    desk.keys("3f");
    let generation = desk.state.token();
    let subject = Some(Subject::Unit(unit_id(1)));
    if let Some(Layer::Form(form)) = desk.state.layers.last_mut() {
        let call = form.part::<FollowUp>().cloned().unwrap();
        form.is_now(FollowUp { dial: None, ..call });
    }
    desk.state.waiting.insert(generation, Query::Dial { subject, call: None });
    desk.send(Msg::LoadFailed { generation, error: Say::same("busy") });
    desk.keys("\n");
    assert!(sent(&mut desk).is_some());
    // An answer for another form is dropped.
    let data = Data::Dial(Box::default());
    let generation = desk.state.token();
    let subject = Some(Subject::Person(person_id(1)));
    desk.state.waiting.insert(generation, Query::Dial { subject, call: None });
    desk.send(Msg::Loaded { generation, data });
    assert!(dial(&desk).is_some_and(|dial| dial.numbers.is_empty()));
}
