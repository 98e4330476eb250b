//! Keys in, effects out.

use super::Query;
use super::fixture::{Desk, case_id, found_person, matched, me, now, op, person_id, today, unit_id};
use crate::app::shown::effect::{Effect, ImportRequest, SheetKind};
use crate::app::shown::field::Entry;
use crate::app::shown::found::Found;
use crate::app::shown::msg::{Data, Msg, PlanView, Tone};
use crate::app::shown::pages::{DossierPage, UnitPage};
use crate::app::shown::paper::PaperAsk;
use crate::app::shown::state::{Home, Layer};
use crate::app::shown::table::{List, RowId};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::{OfficerId, ShiftId, Subject};
use crate::domain::office::Settings;
use crate::domain::password::Passwords;
use crate::domain::report::{Excuse, ReportKey, Round};
use crate::domain::time::{MINUTE, Ts};
use crate::i18n::screen as say;
use crate::say::{Lang, Say};
use crate::search::found::{Field, Part, Way};
use crate::store::act::{Act, Committed};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.taken();
    desk
}

/// The acts that were sent, with their tokens.
fn sent(desk: &mut Desk) -> Vec<(u64, Act)> {
    desk.taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Commit { token, act, officer, .. } => {
                assert_eq!(officer, me());
                Some((token, *act))
            }
            _ => None,
        })
        .collect()
}

fn commit(desk: &mut Desk, token: u64) {
    desk.send(Msg::Committed { token, committed: Committed { op: op(413), made: None } });
}

fn said(desk: &Desk) -> String {
    desk.state.feedback.as_ref().map(|line| line.say.zh.clone()).unwrap_or_default()
}

fn form_error(desk: &Desk) -> String {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => form.error.as_ref().map(|say| say.zh.clone()).unwrap_or_default(),
        other => panic!("no form: {other:?}"),
    }
}

#[test]
fn called_not_reached_takes_f_and_enter() {
    let mut desk = desk();
    desk.keys("3f\n");
    let acts = sent(&mut desk);
    let expected = FollowUpDraft::not_reached(Some(Subject::Unit(unit_id(1))));
    assert_eq!(acts.iter().map(|(_, act)| act).collect::<Vec<_>>(), [&Act::FollowUp(expected)]);
    assert!(!said(&desk).contains("已记录"), "nothing is called saved before it is");
    commit(&mut desk, acts[0].0);
    assert!(desk.state.layers.is_empty());
    assert_eq!(said(&desk), "已记录（第 413 号）");
    assert_eq!(desk.state.selected(), Some(RowId::Unit(unit_id(1))));
}

#[test]
fn a_promise_is_typed_as_it_is_spoken() {
    let mut desk = desk();
    // 4 is the fourth outcome: promised. Then channel, who, words, promise.
    desk.keys("3f4\t\t张老师\t十点半前报\n".replace('\n', "\t").as_str()).keys("30m\n");
    let acts = sent(&mut desk);
    let Act::FollowUp(draft) = &acts[0].1 else { panic!("{acts:?}") };
    assert_eq!((draft.outcome, draft.channel), (Outcome::Promised, Channel::Phone));
    assert_eq!((draft.answered_by.as_str(), draft.words.as_str()), ("张老师", "十点半前报"));
    assert_eq!(draft.promise_due, Some(now().plus(30 * MINUTE)));
}

#[test]
fn a_time_that_cannot_be_understood_keeps_the_form_open() {
    let mut desk = desk();
    desk.keys("3f\t\t\t\t改天\n");
    assert!(sent(&mut desk).is_empty());
    assert!(!form_error(&desk).is_empty());
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert_eq!(form.fields[form.focus].id, "promise");
}

#[test]
fn a_failed_commit_keeps_what_was_typed() {
    let mut desk = desk();
    desk.keys("3f\t\t\t信号不好\n");
    let acts = sent(&mut desk);
    let error = Say { zh: "磁盘已满".to_owned(), en: "the disk is full".to_owned() };
    desk.send(Msg::CommitFailed { token: acts[0].0, error, field: None });
    assert_eq!(form_error(&desk), "磁盘已满");
    assert!(said(&desk).contains("没有保存"));
    desk.keys("\n");
    let again = sent(&mut desk);
    assert_ne!(again[0].0, acts[0].0);
    let Act::FollowUp(draft) = &again[0].1 else { panic!() };
    assert_eq!(draft.words, "信号不好");
}

#[test]
fn a_draft_is_kept_within_a_second_and_survives_esc_and_a_crash() {
    let mut desk = desk();
    desk.keys("3f\t\t\t说到一半");
    desk.later(1000);
    let saved = desk.taken().into_iter().find_map(|effect| match effect {
        Effect::SaveDraft { key, json } => Some((key, json)),
        _ => None,
    });
    let (key, json) = saved.unwrap();
    desk.later(1000);
    assert!(!desk.taken().iter().any(|e| matches!(e, Effect::SaveDraft { .. })), "nothing changed since");
    desk.keys("\u{1b}f");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert_eq!(form.value("words"), "说到一半");
    // A new desk after a crash reads it back.
    let mut after = Desk::new(Lang::Zh, 80, 24);
    let fx = {
        let generation = after.state.token();
        after.state.waiting.insert(generation, Query::Drafts);
        super::update(
            &mut after.state,
            Msg::Loaded { generation, data: Data::Drafts(vec![(key.clone(), json)]) },
        )
    };
    assert!(fx.is_empty());
    assert!(said(&after).contains("海洋与大气学院"));
    after.keys("3f");
    let Some(Layer::Form(form)) = after.state.layers.last() else { panic!() };
    assert_eq!(form.value("words"), "说到一半");
    // What was kept is not recorded unread; once committed it is gone.
    after.keys("\n");
    assert!(sent(&mut after).is_empty() && form_error(&after).contains("再按 Enter"));
    after.keys("\n");
    let acts = sent(&mut after);
    commit(&mut after, acts[0].0);
    assert!(after.taken().contains(&Effect::DropDraft { key }));
}

#[test]
fn marks_act_in_bulk_as_one_act() {
    let mut desk = desk();
    desk.keys("3  f\n");
    let acts = sent(&mut desk);
    let [(token, Act::Several(several))] = acts.as_slice() else { panic!("{acts:?}") };
    let of = |n| Act::FollowUp(FollowUpDraft::not_reached(Some(Subject::Unit(unit_id(n)))));
    assert_eq!(several.len(), 2);
    assert!(several.contains(&of(1)), "{several:?}");
    // All of it or nothing: what failed is sent again whole.
    desk.send(Msg::CommitFailed { token: *token, error: Say::same("busy"), field: None });
    assert_eq!(form_error(&desk), "busy");
    desk.keys("\n");
    let again = sent(&mut desk);
    assert_eq!(again[0].1, acts[0].1);
    commit(&mut desk, again[0].0);
    assert!(desk.state.layers.is_empty());
    assert_eq!(desk.state.marked(), 0);
    assert!(said(&desk).contains("2 条") && said(&desk).contains("一并撤销"), "{}", said(&desk));
}

#[test]
fn a_second_report_needs_a_reason() {
    let mut desk = desk();
    desk.keys("2r1\n");
    assert_eq!(form_error(&desk), "请填原因");
    desk.keys("漏了两人\n");
    let acts = sent(&mut desk);
    let key = ReportKey { unit: unit_id(0), day: today(), round: Round::default() };
    assert_eq!(acts[0].1, Act::Receive { key, zero: true, reason: "漏了两人".to_owned() });
}

#[test]
fn a_missing_report_is_marked_once_it_is_said_what_came() {
    let mut desk = desk();
    desk.keys("3r\n");
    assert!(sent(&mut desk).is_empty(), "silence is never a zero");
    desk.keys("1\n");
    let key = ReportKey { unit: unit_id(1), day: today(), round: Round::default() };
    assert_eq!(sent(&mut desk)[0].1, Act::Receive { key, zero: true, reason: String::new() });
}

#[test]
fn o_on_a_person_with_a_case_changes_it_and_asks_why() {
    let mut desk = desk();
    desk.keys("4jo");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("{:?}", desk.state.layers) };
    assert!(form.title.zh.contains("修改"));
    desk.keys("\n");
    assert_eq!(form_error(&desk), "没有改动");
    desk.keys("12\n");
    assert_eq!(form_error(&desk), "请填原因");
    desk.keys("复核\n");
    let acts = sent(&mut desk);
    let Act::ChangeCase { case, facts, reason } = &acts[0].1 else { panic!("{acts:?}") };
    assert_eq!((*case, reason.as_str()), (case_id(1), "复核"));
    assert!(facts.categories.is_some() && facts.measure.is_none() && facts.days.is_none());
}

#[test]
fn release_defaults_to_no() {
    let mut desk = desk();
    desk.keys("4jjx期满，体温正常\n");
    assert!(sent(&mut desk).is_empty());
    assert_eq!(form_error(&desk), "确认请选“是”");
    desk.keys("y\n");
    let expected =
        Act::ReleaseCase { case: case_id(2), reason: "期满，体温正常".to_owned(), early: false };
    assert_eq!(sent(&mut desk)[0].1, expected);
}

#[test]
fn undo_shows_what_and_defaults_to_no() {
    let mut desk = desk();
    desk.keys("u\n");
    assert!(sent(&mut desk).is_empty());
    assert!(desk.state.layers.is_empty());
    desk.keys("uy\n");
    let acts = sent(&mut desk);
    assert_eq!(acts[0].1, Act::Undo { op: Some(op(411)) });
    commit(&mut desk, acts[0].0);
    assert_eq!(said(&desk), "已撤销");
}

#[test]
fn esc_comes_back_to_the_same_row_even_when_the_rows_moved() {
    let mut desk = desk();
    desk.keys("2jjj\n");
    assert!(desk.state.page_of::<UnitPage>().is_some() && desk.state.layers.len() == 1);
    desk.keys("S");
    desk.send(Msg::Changed);
    desk.keys("\u{1b}");
    assert_eq!(desk.state.selected(), Some(RowId::Unit(unit_id(3))));
    let mut rows = desk.state.tables.units.rows().to_vec();
    rows.reverse();
    desk.state.tables.units.set_rows(rows);
    assert_eq!(desk.state.selected(), Some(RowId::Unit(unit_id(3))));
    assert_eq!(desk.state.tables.units.place(), 4);
}

#[test]
fn an_older_answer_is_dropped() {
    let mut desk = desk();
    let mut fx = Vec::new();
    desk.state.load(&mut fx, Query::Units);
    desk.state.load(&mut fx, Query::Units);
    let generations: Vec<u64> = fx
        .iter()
        .map(|effect| match effect {
            Effect::Load { generation, .. } => *generation,
            other => panic!("{other:?}"),
        })
        .collect();
    let units = |rows| Data::Units(rows);
    let all = super::fixture::units();
    desk.send(Msg::Loaded { generation: generations[1], data: units(all[..2].to_vec()) });
    desk.send(Msg::Loaded { generation: generations[0], data: units(all) });
    assert_eq!(desk.state.tables.units.len(), 2);
}

#[test]
fn only_the_part_of_the_people_that_is_seen_is_loaded() {
    let mut desk = desk();
    desk.keys("7");
    assert_eq!(desk.state.tables.people.len(), 4028);
    assert!(desk.state.tables.people.rows().len() <= crate::app::shown::table::WINDOW as usize);
    desk.keys("G");
    assert_eq!(desk.state.selected(), Some(RowId::Person(person_id(4027))));
    desk.keys("g");
    assert_eq!(desk.state.selected(), Some(RowId::Person(person_id(0))));
    desk.keys("\\王\n");
    assert_eq!(desk.state.tables.people.filter(), "王");
    desk.keys("\u{1b}");
    assert_eq!(desk.state.tables.people.filter(), "");
}

#[test]
fn filter_as_you_type_and_the_board_hides_nothing() {
    let mut desk = desk();
    desk.keys("3\\后勤\n");
    assert_eq!(desk.state.tables.outstanding.len(), 1);
    desk.keys("1");
    assert_eq!(desk.state.board.outstanding.len(), 3);
    desk.keys("3\u{1b}");
    assert_eq!(desk.state.tables.outstanding.len(), 3);
}

#[test]
fn a_number_is_shown_only_once_it_is_in_the_log_that_it_was() {
    let mut desk = desk();
    desk.keys("7jv");
    let acts = sent(&mut desk);
    assert_eq!(acts[0].1, Act::Reveal { person: person_id(1), reason: "call".to_owned() });
    assert_eq!(desk.state.revealed, None);
    commit(&mut desk, acts[0].0);
    assert!(desk.state.ctx().shows(person_id(1)));
    desk.later(30_000);
    assert_eq!(desk.state.revealed, None);
}

#[test]
fn copying_a_private_number_is_logged_and_a_liaisons_is_not() {
    let mut desk = desk();
    desk.keys("3y");
    assert_eq!(desk.taken(), [Effect::Copy("0532-8890-1102".to_owned())]);
    desk.keys("7jy");
    let acts = sent(&mut desk);
    assert!(matches!(acts[0].1, Act::Reveal { .. }));
    commit(&mut desk, acts[0].0);
    assert!(desk.taken().contains(&Effect::Copy("19900000001".to_owned())));
}

#[test]
fn what_falls_due_rings_once() {
    let mut desk = desk();
    desk.later(25 * MINUTE - 1000);
    assert!(!desk.taken().contains(&Effect::Bell));
    desk.later(2000);
    assert!(desk.taken().contains(&Effect::Bell));
    assert!(desk.state.flash.as_ref().unwrap().0.zh.contains("后勤处"));
    desk.later(1000);
    assert!(!desk.taken().contains(&Effect::Bell));
}

#[test]
fn what_was_just_said_is_read_before_what_falls_due_rings() {
    let mut desk = desk();
    desk.later(25 * MINUTE - 1000);
    desk.state.tell(Tone::Good, Say::same("已记录"));
    desk.later(2000);
    assert!(desk.state.flash.is_none() && !desk.taken().contains(&Effect::Bell), "it waits");
    assert_eq!(desk.state.feedback.as_ref().unwrap().say.zh, "已记录");
    desk.keys("j").later(1000);
    assert!(desk.state.flash.as_ref().unwrap().0.zh.contains("后勤处"));
    assert!(desk.taken().contains(&Effect::Bell));
}

#[test]
fn a_shift_is_handed_over_item_by_item() {
    let mut desk = desk();
    desk.keys("0c\n");
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!("{:?}", desk.state.layers) };
    assert_eq!(walk.items.len(), 3 + 4 + 1);
    desk.keys("   \n\n");
    assert!(sent(&mut desk).is_empty(), "the question defaults to no");
    desk.keys("y\t请留意\n");
    let acts = sent(&mut desk);
    let Act::CloseShift(close) = &acts[0].1 else { panic!("{acts:?}") };
    let items = &close.items;
    assert_eq!(items.iter().filter(|item| item.ticked).count(), 3);
    commit(&mut desk, acts[0].0);
    let after = desk.taken();
    assert!(after.contains(&Effect::Backup { officer: me() }));
    assert!(after.contains(&Effect::WriteHandover { officer: me(), shift: close.shift }));
    assert_eq!((close.to, close.words.as_str()), (OfficerId(super::fixture::id(1, 2)), "请留意"));
    // What was signed is shown, and printed from there.
    let signed = PaperAsk::Handover(Some(close.shift));
    assert!(matches!(desk.state.layers.as_slice(), [Layer::Paper(preview)] if preview.ask == signed));
}

#[test]
fn a_sheet_of_a_ledger_is_taken_in_on_its_screen() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("8").taken();
    let mut rows = desk.state.tables.ledgers.rows().to_vec();
    let at = rows.iter().position(|row| row.ledger.name == "supplies").unwrap();
    desk.keys(&"j".repeat(at));
    // What takes in no sheets is told.
    for row in &mut rows {
        std::sync::Arc::make_mut(&mut row.ledger).import = false;
    }
    desk.state.tables.ledgers.set_rows(rows.clone());
    desk.keys(":import\n");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("no form") };
    assert!(form.fields[0].hint.zh.contains("import = false") && form.field("ledger").is_none());
    desk.keys("\u{1b}");
    std::sync::Arc::make_mut(&mut rows[at].ledger).import = true;
    desk.state.tables.ledgers.set_rows(rows);
    desk.keys(":import\n");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("no form") };
    let asked: Vec<&str> = form.fields.iter().map(|field| field.id).collect();
    assert_eq!(asked, ["what", "ledger", "path", "same", "at"]);
    desk.keys("\t\twu.csv\n");
    let planned = desk.taken();
    let Some(Effect::PlanImport { token, request }) = planned.last() else { panic!("{planned:?}") };
    let expected = ImportRequest {
        passwords: Passwords::default(),
        what: SheetKind::Ledger,
        path: "wu.csv".to_owned(),
        day: None,
        round: None,
        unit: String::new(),
        happened_at: None,
        ledger: "supplies".to_owned(),
        part: false,
        same: false,
        inbox: false,
    };
    assert_eq!(*request, expected);
    let plan = PlanView { needs_reason: true, ..PlanView::default() };
    desk.send(Msg::ImportPlanned { token: *token, plan: Box::new(plan) });
    desk.keys("补登\n\n");
    let sent = desk.taken();
    assert!(matches!(sent.last(), Some(Effect::RunImport { reason, .. }) if reason == "补登"), "{sent:?}");
}

#[test]
fn an_import_is_planned_looked_at_and_only_then_taken_in() {
    let mut desk = desk();
    desk.keys(":import\n\tbao.csv\n");
    let planned = desk.taken();
    let Effect::PlanImport { token, request } = &planned[0] else { panic!("{planned:?}") };
    let expected = ImportRequest {
        passwords: Passwords::default(),
        what: SheetKind::Report,
        path: "bao.csv".to_owned(),
        day: Some(today()),
        round: Some(Round::default()),
        unit: String::new(),
        happened_at: None,
        ledger: String::new(),
        part: false,
        same: false,
        inbox: false,
    };
    assert_eq!(*request, expected);
    desk.send(Msg::ImportPlanned { token: *token, plan: Box::new(PlanView::default()) });
    desk.keys("\n");
    assert_eq!(desk.taken(), [Effect::Cancel { token: *token }], "the question defaults to no");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("{:?}", desk.state.layers) };
    assert_eq!(form.value("path"), "bao.csv");
    desk.keys("\u{1b}:import\n\tbao.csv\n");
    let planned = desk.taken();
    let Effect::PlanImport { token, .. } = &planned[0] else { panic!() };
    desk.send(Msg::ImportPlanned { token: *token, plan: Box::new(PlanView::default()) });
    desk.keys("y\n");
    let run = Effect::RunImport {
        token: *token,
        officer: me(),
        reason: String::new(),
        happened_at: None,
        except: std::collections::BTreeSet::new(),
    };
    assert_eq!(desk.taken(), [run]);
}

#[test]
fn a_call_from_nobody_known_is_logged_and_given_its_person_later() {
    let mut desk = desk();
    desk.keys("i\n");
    assert!(form_error(&desk).contains("来电号码"));
    desk.keys("19900001234\n");
    let acts = sent(&mut desk);
    let Act::FollowUp(draft) = &acts[0].1 else { panic!() };
    assert_eq!(
        (draft.subject, draft.channel, draft.number.as_str()),
        (None, Channel::Incoming, "19900001234")
    );
    commit(&mut desk, acts[0].0);
    desk.keys("9a");
    assert!(matches!(desk.state.layers.last(), Some(Layer::Find(_))));
}

#[test]
fn five_is_the_doubts_and_eight_is_the_ledgers() {
    let mut desk = desk();
    desk.keys("5");
    assert_eq!((desk.state.home, desk.state.tables.doubts.rows().len()), (Home::Doubts, 3));
    desk.keys("8");
    assert_eq!(desk.state.home, Home::Ledgers);
}

#[test]
fn leaving_is_asked_and_ending_from_outside_is_not() {
    let mut desk = desk();
    desk.ctrl('c').keys("\n");
    assert!(desk.taken().is_empty());
    desk.ctrl('c').keys("y");
    assert_eq!(desk.taken(), [Effect::Quit]);
    let mut desk = self::desk();
    desk.keys("3f\t\t\tx");
    desk.send(Msg::Terminate);
    let fx = desk.taken();
    assert!(matches!(fx[0], Effect::SaveDraft { .. }));
    assert_eq!(fx[1], Effect::Quit);
}

#[test]
fn pasted_text_is_made_safe() {
    let mut desk = desk();
    desk.keys("3f\t\t\t");
    desk.send(Msg::Paste("a\u{1b}[31m\nb\u{202e}".to_owned()));
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let words = form.value("words");
    assert!(words.contains('\n') && !words.contains('\u{1b}') && !words.contains('\u{202e}'), "{words:?}");
}

#[test]
fn enter_saves_and_alt_enter_breaks_the_line() {
    let mut desk = desk();
    desk.keys("3f\t\t\t一");
    desk.send(Msg::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::ALT)));
    desk.keys("二\n");
    let acts = sent(&mut desk);
    let Act::FollowUp(draft) = &acts[0].1 else { panic!() };
    assert_eq!(draft.words, "一\n二");
}

#[test]
fn the_palette_finds_commands_in_both_languages() {
    for typed in ["backup", "备份", "back up", "beifen", "bf", "beif", "ｂｆ", "：备份"] {
        let mut desk = desk();
        desk.keys(":").keys(typed).keys("\n");
        assert_eq!(desk.taken(), [Effect::Backup { officer: me() }], "{typed}");
    }
}

#[test]
fn the_palette_takes_every_command_by_its_pinyin_and_initials() {
    use super::dialog::fitting;
    use super::keymap::{BINDINGS, Context};
    for (i, binding) in BINDINGS.iter().enumerate().filter(|(_, b)| !b.name.is_empty()) {
        if !binding.at.contains(&Context::Board) {
            continue;
        }
        let keys = crate::search::keys(binding.words.zh);
        let full = keys.split(' ').next().unwrap();
        let place = fitting(Context::Board, full).iter().position(|at| *at == i);
        assert!(place.is_some_and(|place| place < 3), "{}: {full} at {place:?}", binding.words.zh);
    }
    // What is a command's name stays that command's.
    for name in ["case", "note", "copy", "edit"] {
        let first = fitting(Context::Board, name)[0];
        assert_eq!(BINDINGS[first].name, name);
    }
}

#[test]
fn a_chinese_character_where_keys_are_commands_says_that_the_input_method_is_on() {
    for keys in ["", "3", "4\n", "w", "!"] {
        let mut desk = desk();
        desk.keys(keys).taken();
        desk.keys("王");
        let told = desk.state.feedback.as_ref().map(|line| line.say.zh.as_str());
        assert!(told.is_some_and(|told| told.contains("输入法")), "{keys:?}: {told:?}");
        assert!(!desk.taken().iter().any(|effect| matches!(effect, Effect::Bell)), "{keys:?}");
    }
    // Where it is text it is taken.
    for keys in ["/", ":", "?", "4=", "3f\t\t\t"] {
        let mut desk = desk();
        desk.keys(keys).keys("王");
        let told = desk.state.feedback.as_ref().map_or("", |line| line.say.zh.as_str());
        assert!(!told.contains("输入法"), "{keys:?}: {told}");
    }
}

#[test]
fn a_late_answer_about_widths_has_everything_drawn_anew_and_one_that_changes_nothing_does_not() {
    let mut desk = desk();
    let redraws = |desk: &mut Desk, probe, columns| {
        desk.send(Msg::Measured { probe, columns });
        desk.taken().iter().any(|effect| matches!(effect, Effect::Redraw))
    };
    // As it was taken to be.
    assert!(!redraws(&mut desk, 0, 1) && !redraws(&mut desk, 1, 1) && !redraws(&mut desk, 7, 2));
    // Signs in two columns, letters too, a character that is dropped.
    for (probe, columns) in [(0, 2), (1, 2), (7, 0)] {
        assert!(redraws(&mut desk, probe, columns) && !redraws(&mut desk, probe, columns), "{probe}");
    }
}

#[test]
fn full_width_keys_work_where_nothing_is_typed_and_stay_text_where_something_is() {
    let mut desk = desk();
    desk.keys("４");
    assert_eq!(desk.state.home, Home::Cases);
    desk.keys("！");
    assert!(matches!(desk.state.layers.last(), Some(Layer::Spoken(_))));
    let mut desk = self::desk();
    desk.keys("3ｆ");
    assert!(matches!(desk.state.layers.last(), Some(Layer::Form(_))));
    desk.keys("\u{1b}/ｗ");
    let Some(Layer::Find(find)) = desk.state.layers.last() else { panic!() };
    assert_eq!(find.typed(), "ｗ");
}

#[test]
fn settings_are_read_back_as_they_are_written() {
    let mut desk = desk();
    desk.keys(":settings\n\n");
    assert_eq!(form_error(&desk), "没有改动");
    desk.keys("二组").keys("\t\t, pm 17:00\n");
    let acts = sent(&mut desk);
    let Act::ChangeSettings(settings) = &acts[0].1 else { panic!("{acts:?}") };
    assert_eq!(settings.office, "海岬理工大学防控办二组");
    let rounds: Vec<(String, i32)> =
        settings.rounds.iter().map(|r| (r.round.0.clone(), r.deadline)).collect();
    assert_eq!(rounds, [("day".to_owned(), 600), ("pm".to_owned(), 1020)]);
    assert_eq!(settings.slots, [540, 960]);
}

#[test]
fn a_person_is_corrected_only_with_who_said_so() {
    let mut desk = desk();
    desk.keys("4j\ne").keys("\tx\n");
    assert!(form_error(&desk).contains("谁告知"));
    desk.keys("本人\n");
    let acts = sent(&mut desk);
    let Act::EditPerson { person, no, facts, told_by } = &acts[0].1 else { panic!("{acts:?}") };
    assert_eq!((*person, no, told_by.as_str()), (person_id(1), &None, "本人"));
    assert_eq!(facts.name.as_deref(), Some("王伟x"));
    assert!(facts.phone.is_none() && facts.unit.is_none() && facts.sex.is_none());
}

/// When each of the acts that were sent happened.
fn happened(desk: &mut Desk) -> Vec<Option<Ts>> {
    desk.taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Commit { happened_at, .. } | Effect::RunImport { happened_at, .. } => Some(happened_at),
            _ => None,
        })
        .collect()
}

#[test]
fn what_came_in_time_is_recorded_in_time() {
    let ten_to = Some(now().plus(-15 * MINUTE));
    let mut desk = desk();
    desk.keys("3r1\t09:50\n");
    assert_eq!(happened(&mut desk), [ten_to]);
    let mut desk = self::desk();
    desk.keys(":import\n\tbao.csv\t\t\t\t\t15m\n");
    let planned = desk.taken();
    let Effect::PlanImport { token, .. } = &planned[0] else { panic!("{planned:?}") };
    desk.send(Msg::ImportPlanned { token: *token, plan: Box::new(PlanView::default()) });
    desk.keys("y\n");
    assert_eq!(happened(&mut desk), [ten_to]);
    let mut desk = self::desk();
    // "In half an hour" counts from the call.
    desk.keys("3f4\t\t\t\t30m\t\t09:50\n");
    let acts: Vec<Effect> = desk.taken();
    let call = acts.iter().find_map(|effect| match effect {
        Effect::Commit { act, happened_at, .. } => Some((act, *happened_at)),
        _ => None,
    });
    let Some((act, at)) = call else { panic!("{acts:?}") };
    let Act::FollowUp(draft) = &**act else { panic!("{act:?}") };
    assert_eq!((at, draft.promise_due), (ten_to, Some(now().plus(15 * MINUTE))));
}

#[test]
fn a_time_still_to_come_is_not_when_something_happened() {
    let mut desk = desk();
    desk.keys("3r1\t明天9点\n");
    assert!(sent(&mut desk).is_empty());
    assert!(!form_error(&desk).is_empty());
    let mut desk = self::desk();
    desk.keys("3r1\t\t").keys(&"\u{8}".repeat(10)).keys("2020-02-18\n");
    assert_eq!(form_error(&desk), "这一天还没有到");
}

#[test]
fn a_report_that_comes_is_today_s_and_yesterday_s_only_when_it_is_chosen() {
    let yesterday = today().pred_opt().unwrap();
    let of = |day| Act::Receive {
        key: ReportKey { unit: unit_id(6), day, round: Round::default() },
        zero: true,
        reason: String::new(),
    };
    // On the list of debts and on that of the units alike, the one that is being collected stands first.
    for way in ["3jjr1\n", "2jjjjjjr1\n"] {
        let mut desk = desk();
        desk.keys(way);
        assert_eq!(sent(&mut desk)[0].1, of(today()), "{way}");
    }
    let mut desk = desk();
    desk.keys("3jjr1\t\t→\n");
    assert_eq!(sent(&mut desk)[0].1, of(yesterday));
    // A unit that owes nothing older is not asked which.
    let mut desk = self::desk();
    desk.keys("3r");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert!(form.field("which").is_none());
    // Two answers to one question are none.
    let mut desk = self::desk();
    desk.keys("3jjr1\t\t→\t2020-02-15\n");
    assert!(sent(&mut desk).is_empty());
    assert_eq!(form_error(&desk), say::DAY_OR_WHICH.zh);
}

#[test]
fn what_units_owe_is_ended_by_one_act_with_a_reason() {
    let yesterday = today().pred_opt().unwrap();
    let key = |n: usize, day| ReportKey { unit: unit_id(n), day, round: Round::default() };
    let mut desk = desk();
    desk.keys("3jjm\n");
    assert!(form_error(&desk).contains("按 1 免报"));
    desk.keys("1\n");
    assert!(form_error(&desk).contains("原因"));
    assert!(sent(&mut desk).is_empty());
    desk.keys("放假\n");
    let (how, reason) = (Excuse::Excused, "放假".to_owned());
    let act = Act::Excuse { keys: vec![key(6, yesterday)], all_of: vec![], how, reason };
    assert_eq!(sent(&mut desk)[0].1, act);
    // Several at once, with everything that they owe: one act.
    let mut desk = self::desk();
    desk.keys("3*m2\t");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let Some(Entry::Choice(options, _)) = form.field("which").map(|field| &field.entry) else { panic!() };
    let shown: Vec<_> = options.iter().map(|option| option.say.zh.as_str()).collect();
    assert_eq!(shown, ["02-16（1 个单位欠报）", "02-17（当前）", "全部欠报 4 份"]);
    desk.keys("→→\t补录\n");
    let acts = sent(&mut desk);
    // Those that were owed when they were shown.
    let all_of = [1, 4, 6].map(|n| (unit_id(n), now())).to_vec();
    let (how, reason) = (Excuse::WrittenOff, "补录".to_owned());
    assert_eq!(acts.len(), 1);
    assert_eq!(acts[0].1, Act::Excuse { keys: vec![], all_of, how, reason });
    // A day that not every one of them owes is refused by name.
    let mut desk = self::desk();
    desk.keys("3*m2\t\t补录\n");
    assert!(form_error(&desk).contains("海洋与大气学院不欠 02-16"), "{}", form_error(&desk));
}

fn settings_are(desk: &mut Desk, change: impl FnOnce(&mut Settings)) {
    let mut settings = desk.state.settings.clone().unwrap();
    change(&mut settings);
    let mut fx = Vec::new();
    desk.state.load(&mut fx, Query::Settings);
    let Effect::Load { generation, .. } = fx[0] else { panic!() };
    desk.send(Msg::Loaded { generation, data: Data::Settings(Box::new(settings)) });
}

#[test]
fn settings_changed_elsewhere_are_in_force_at_once_and_never_changed_back() {
    let mut desk = desk();
    desk.keys(":settings\n").keys("二组");
    settings_are(&mut desk, |settings| {
        settings.lang = "en".to_owned();
        settings.calendar.utc_offset_min = 0;
        settings.bell = false;
    });
    assert_eq!((desk.state.lang, desk.state.calendar.utc_offset_min), (Lang::En, 0));
    desk.keys("\n");
    assert!(sent(&mut desk).is_empty());
    assert!(form_error(&desk).contains("重新打开"));
    desk.later(25 * MINUTE + 1000);
    assert!(!desk.taken().contains(&Effect::Bell));
}

#[test]
fn a_bulk_act_that_failed_stays_in_the_draft_even_when_the_form_was_left() {
    let mut desk = desk();
    desk.keys("3  f\t\t\t占线\n");
    let acts = sent(&mut desk);
    assert_eq!(acts.len(), 1);
    desk.keys("\u{1b}");
    // Opened again while it is on its way it would be sent twice.
    desk.keys("f");
    assert!(desk.state.layers.is_empty());
    desk.send(Msg::CommitFailed { token: acts[0].0, error: Say::same("busy"), field: None });
    assert!(!desk.taken().iter().any(|effect| matches!(effect, Effect::DropDraft { .. })));
    desk.keys("f\n\n");
    let again = sent(&mut desk);
    assert_eq!(again.iter().map(|(_, act)| act).collect::<Vec<_>>(), [&acts[0].1]);
    commit(&mut desk, again[0].0);
    assert!(desk.taken().iter().any(|effect| matches!(effect, Effect::DropDraft { .. })));
    assert!(desk.state.layers.is_empty());
}

#[test]
fn what_an_earlier_program_had_sent_of_a_bulk_act_is_not_sent_again() {
    let mut desk = desk();
    desk.keys("3  f");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let (targets, key) = (form.part.targets(), form.draft.clone().unwrap());
    // It kept one draft for everybody.
    let key = key.split_once("followup/").map(|(_, rest)| format!("followup/{rest}")).unwrap();
    desk.keys("\u{1b}");
    desk.state.drafts.insert(key.clone(), format!("{{\"words\":\"占线\",\"_done\":\"{}\"}}", targets[0]));
    desk.keys("f");
    assert!(form_error(&desk).contains("1 个已记录"));
    desk.keys("\n\n");
    let acts = sent(&mut desk);
    let [(token, Act::FollowUp(draft))] = acts.as_slice() else { panic!("{acts:?}") };
    assert_eq!(targets[1], format!("unit/{}", draft.subject.unwrap().unit().unwrap()));
    commit(&mut desk, *token);
    assert!(desk.taken().contains(&Effect::DropDraft { key }));
}

#[test]
fn what_was_typed_about_some_does_not_come_back_on_others() {
    let mut desk = desk();
    desk.keys("3  f\t\t\t占线\u{1b}");
    desk.keys("\u{1b}gj  f");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("{:?}", desk.state.layers) };
    assert_eq!(form.value("words"), "");
}

#[test]
fn the_walk_keeps_its_ticks_its_words_and_its_shift() {
    let mut desk = desk();
    desk.keys("0c\n   \n\t留意发热\u{1b}\u{1b}");
    let kept = desk.taken().into_iter().rev().find_map(|effect| match effect {
        Effect::SaveDraft { key, json } => Some((key, json)),
        _ => None,
    });
    let (key, json) = kept.unwrap();
    assert!(json.contains("留意发热") && json.contains("_ticks"), "{json}");
    // A desk opened after a crash goes on from there.
    let mut after = self::desk();
    after.state.drafts.insert(key.clone(), json);
    after.keys("0c\n");
    let Some(Layer::Walk(walk)) = after.state.layers.last() else { panic!("{:?}", after.state.layers) };
    assert_eq!(walk.items.iter().filter(|(item, _)| item.ticked).count(), 3);
    // Another terminal closes the shift meanwhile: what is closed is still what was walked.
    let walked = walk.paper.shift;
    after.state.summary.as_mut().unwrap().shift = ShiftId(super::fixture::id(8, 2));
    after.keys("\n");
    let Some(Layer::Form(form)) = after.state.layers.last() else { panic!() };
    assert_eq!(form.value("words"), "留意发热");
    assert_eq!(form.fields[form.focus].id, "words", "where it was left");
    after.keys("\ty\n");
    let acts = sent(&mut after);
    let Act::CloseShift(close) = &acts[0].1 else { panic!("{acts:?}") };
    let items = &close.items;
    assert_eq!((close.shift, items.iter().filter(|item| item.ticked).count()), (walked, 3));
    commit(&mut after, acts[0].0);
    assert!(after.taken().contains(&Effect::DropDraft { key }));
}

#[test]
fn a_yes_is_never_restored_from_a_draft() {
    let mut desk = desk();
    desk.keys("4jjx期满\t2\u{1b}x");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("{:?}", desk.state.layers) };
    assert_eq!((form.value("reason"), form.value("sure")), ("期满".to_owned(), "no".to_owned()));
}

#[test]
fn leaving_waits_for_what_was_sent_and_a_failure_is_told_first() {
    let mut desk = desk();
    desk.keys("3f\n");
    let acts = sent(&mut desk);
    desk.ctrl('c').keys("y");
    assert!(desk.taken().is_empty());
    desk.send(Msg::CommitFailed { token: acts[0].0, error: Say::same("busy"), field: None });
    assert!(desk.taken().is_empty());
    assert!(matches!(desk.state.layers.last(), Some(Layer::Form(_))));
    assert!(said(&desk).contains("busy"));
    desk.keys("\n");
    let acts = sent(&mut desk);
    desk.ctrl('c').keys("y");
    assert!(desk.taken().is_empty());
    commit(&mut desk, acts[0].0);
    assert_eq!(desk.taken(), [Effect::Quit]);
    // A second yes does not wait.
    let mut desk = self::desk();
    desk.keys("3f\n");
    desk.taken();
    desk.ctrl('c').keys("yy");
    assert_eq!(desk.taken(), [Effect::Quit]);
}

#[test]
fn what_was_said_of_the_last_act_is_not_said_of_the_next() {
    let mut desk = desk();
    desk.keys("3f\n");
    let acts = sent(&mut desk);
    commit(&mut desk, acts[0].0);
    assert!(said(&desk).contains("已记录"));
    desk.keys("f");
    assert_eq!(said(&desk), "");
    desk.keys("\t\t\t半句\u{1b}");
    assert!(said(&desk).starts_with("未保存"));
}

#[test]
fn a_correction_asks_why_and_enter_never_means_no_without_a_word() {
    let mut desk = desk();
    desk.keys(":import\n\tbao.csv\n");
    let planned = desk.taken();
    let Effect::PlanImport { token, .. } = &planned[0] else { panic!("{planned:?}") };
    let plan = PlanView { needs_reason: true, ..PlanView::default() };
    desk.send(Msg::ImportPlanned { token: *token, plan: Box::new(plan) });
    let error = |desk: &Desk| match desk.state.layers.last() {
        Some(Layer::Plan(plan)) => plan.error.as_ref().map(|say| say.zh.clone()).unwrap_or_default(),
        other => panic!("{other:?}"),
    };
    desk.keys("\n");
    assert_eq!(error(&desk), "请填原因");
    desk.keys("yn漏报\n");
    assert!(error(&desk).contains("再按 Enter"));
    assert!(desk.taken().is_empty());
    desk.keys("\n");
    let run = Effect::RunImport {
        token: *token,
        officer: me(),
        reason: "yn漏报".to_owned(),
        happened_at: None,
        except: std::collections::BTreeSet::new(),
    };
    assert_eq!(desk.taken(), [run]);
}

#[test]
fn a_caller_nobody_knew_is_told_by_the_number_and_looked_for_by_it() {
    let mut desk = desk();
    desk.keys("6");
    let ctx = desk.state.ctx();
    let due = desk.state.tables.due.rows();
    let words: Vec<String> =
        due.iter().map(|line| crate::app::shown::column::Columns::cell(line, "words", &ctx).text).collect();
    assert!(words.contains(&"199****8888 家长来电，未留姓名".to_owned()), "{words:?}");
    desk.keys("9a");
    let asked = desk.taken().into_iter().find_map(|effect| match effect {
        Effect::Search { text, generation } => Some((text, generation)),
        _ => None,
    });
    let (text, generation) = asked.unwrap();
    assert_eq!(text, "19900008888", "the box begins with whoever has that number");
    let Some(Layer::Find(find)) = desk.state.layers.last() else { panic!() };
    assert_eq!(find.input.value(), "", "and does not show it");
    let row = found_person(2);
    let hit = matched(row.target, Way::Phone, Part::Whole, Field::Phone, &[0]);
    desk.send(Msg::Found { generation, found: Found::new(vec![(hit, row)], Vec::new()) });
    desk.keys("\n\n");
    let acts = sent(&mut desk);
    assert!(
        matches!(&acts[0].1, Act::Attach { subject: Subject::Person(id), .. } if *id == person_id(2)),
        "{acts:?}"
    );
}

#[test]
fn enter_on_a_reading_lists_all_that_was_filled_in() {
    let mut desk = desk();
    desk.keys("4j\n\n");
    assert!(said(&desk).contains("逐日"), "{}", said(&desk));
    desk.keys("\tj\n");
    let Some(Layer::Detail { title, lines, .. }) = desk.state.layers.last() else { panic!() };
    assert!(title.zh.starts_with("2020-02-16 填报"), "the marked line, not the newest: {}", title.zh);
    let lines: Vec<&str> = lines.iter().map(|say| say.zh.as_str()).collect();
    assert!(
        lines.contains(&"接触病例：是") && lines.contains(&"同住人情况：妻子，女儿；均无症状"),
        "{lines:?}"
    );
    desk.keys("\u{1b}");
    assert!(desk.state.page_of::<DossierPage>().is_some());
}

#[test]
fn words_typed_on_a_choice_are_not_lost() {
    let mut desk = desk();
    desk.keys("3f信号不好2\n");
    let acts = sent(&mut desk);
    let Act::FollowUp(draft) = &acts[0].1 else { panic!("{acts:?}") };
    assert_eq!((draft.words.as_str(), draft.outcome), ("信号不好2", Outcome::NotReached));
    // Digits still choose, and what is pasted goes where it was meant.
    desk.keys("\u{1b}");
    desk.keys("jf4");
    desk.send(Msg::Paste("十点半前报".to_owned()));
    desk.keys("\t10:30\n");
    let acts = sent(&mut desk);
    let Act::FollowUp(draft) = &acts[0].1 else { panic!("{acts:?}") };
    assert_eq!((draft.words.as_str(), draft.outcome), ("十点半前报", Outcome::Promised));
    // A form without free words says what to do instead.
    desk.keys("\u{1b}");
    desk.keys("jr迟");
    assert!(form_error(&desk).contains("左右键"), "{}", form_error(&desk));
}

#[test]
fn a_private_number_left_blank_stays_as_it_is() {
    let mut desk = desk();
    desk.keys("4j\ne");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let shown = |id: &str| form.field(id).map(|field| (field.present.clone(), field.value())).unwrap();
    assert_eq!(shown("phone"), ("199****0001".to_owned(), String::new()));
    assert_eq!(shown("id_number"), ("990*************01".to_owned(), String::new()));
    desk.keys("\t王伟伟").keys(&"\t".repeat(11)).keys("本人\n");
    let acts = sent(&mut desk);
    let Act::EditPerson { facts, .. } = &acts[0].1 else { panic!("{acts:?}") };
    assert!(facts.phone.is_none() && facts.id_number.is_none() && facts.family_phone.is_none());
}

#[test]
fn enter_opens_nothing_while_the_rows_of_the_filter_are_still_to_come() {
    let mut desk = desk();
    desk.keys("9");
    assert!(!desk.state.list().unwrap().is_behind());
    // As typed, before its answer came.
    desk.state.tables.log.filter = "谁".to_owned();
    assert!(desk.state.list().unwrap().is_behind());
    let layers = desk.state.layers.len();
    desk.keys("\n");
    assert_eq!(desk.state.layers.len(), layers);
    assert_eq!(desk.state.feedback.as_ref().unwrap().say.zh, say::LOADING.zh);
}
