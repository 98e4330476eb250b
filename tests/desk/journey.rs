//! An officer's day on the desk: keys in, screen text and log out.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use crate::common;

use common::Desk;
use zhiban::app::Msg;
use zhiban::say::Lang;
use zhiban::store::{local, query};

#[test]
fn ten_o_clock_a_unit_that_has_not_reported_is_called() {
    let mut desk = Desk::open(Lang::En, (120, 40));
    desk.keys("3").shows(&["Outstanding"]);
    let before = query_outstanding(&desk);
    assert!(before.len() > 1);
    // The bell is wanted: what is set is in force at once.
    desk.keys(":settings<Enter>");
    for _ in 0..7 {
        desk.keys("<Tab>");
    }
    desk.keys("y<Enter>");
    assert_eq!(desk.log(1), ["settings.changed"], "{}", desk.screen());
    // The commonest case: called, not reached. Three keystrokes at most, and Enter.
    desk.keys("f<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"]);
    let after = query_outstanding(&desk);
    assert_eq!(after[0].chases, before[0].chases + 1);
    // A promise counts down, and rings when it falls due: visibly, and audibly where the office wants it.
    desk.keys("f<Right><Right><Right>");
    // What became of the promise of before is asked between the words and the new one.
    for _ in 0..5 {
        desk.keys("<Tab>");
    }
    desk.keys("30m<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"], "{}", desk.screen());
    let promised = query_outstanding(&desk)[0].promise.expect("a promise");
    assert_eq!(promised.minutes_since(desk.clock.now()), 30);
    let bells = desk.bells;
    desk.wait_minutes(29);
    desk.wait_minutes(2);
    assert!(desk.bells > bells, "no bell when the promise fell due");
    desk.shows(&["Due:"]);
}

#[test]
fn the_phone_rings_and_the_caller_is_found_by_pinyin() {
    let mut desk = Desk::open(Lang::Zh, (80, 24));
    let wanted = query::rows::PeopleQuery { offset: 20, limit: 1, ..Default::default() };
    let person = query::people(&desk.reader, &wanted, zhiban::demo::now()).unwrap().rows.remove(0);
    desk.keys("/");
    desk.send(Msg::Paste(person.no.clone()));
    desk.shows(&[&person.name, &person.no]);
    desk.keys("<Enter>").shows(&[&person.name, &person.unit]);
    // Numbers stay masked until asked for, and the asking is logged.
    let number = person.phone.reveal().to_owned();
    desk.hides(&[&number]);
    desk.keys("v");
    assert_eq!(desk.log(1), ["personal.revealed"]);
    desk.shows(&[&number]);
    desk.wait_minutes(1).hides(&[&number]);
}

#[test]
fn a_draft_survives_escape_and_is_gone_when_saved() {
    let mut desk = Desk::open(Lang::En, (120, 40));
    desk.keys("3f<Tab><Tab>Director Wu<Tab>will send at noon");
    desk.wait_minutes(1);
    let drafts = local::drafts(&desk.reader).unwrap();
    assert_eq!(drafts.len(), 1, "the draft was not kept");
    desk.keys("<Esc>");
    desk.hides(&["Director Wu"]);
    desk.keys("f").shows(&["Director Wu", "will send at noon", "draft"]);
    // A draft that was only opened is not recorded unread; the second Enter does it.
    desk.keys("<Enter>");
    assert_eq!(local::drafts(&desk.reader).unwrap().len(), 1);
    desk.keys("<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"]);
    assert!(local::drafts(&desk.reader).unwrap().is_empty(), "the draft was not dropped");
}

#[test]
fn undo_shows_what_it_takes_back_and_no_is_the_default() {
    let mut desk = Desk::open(Lang::En, (120, 40));
    desk.keys("3f<Enter>");
    let ops = desk.log(100).len();
    desk.keys("u").shows(&["Undo", "not reached"]);
    desk.keys("<Enter>");
    assert_eq!(desk.log(100).len(), ops, "Enter took the default, which must be No");
    desk.keys("uy<Enter>");
    assert_eq!(desk.log(1), ["op.undone"], "{}", desk.screen());
}

#[test]
fn every_screen_opens_in_both_languages_at_both_sizes_and_comes_back() {
    for lang in [Lang::Zh, Lang::En] {
        for size in [(80, 24), (120, 40), (200, 50)] {
            let mut desk = Desk::open(lang, size);
            for key in ["1", "2", "3", "4", "6", "7", "9", "0", "-"] {
                desk.keys(key);
                desk.keys("<Down><Down><Enter><Esc>?<Esc>!<Esc>:told<Enter><Esc>");
                let screen = desk.screen();
                assert!(screen.lines().count() == usize::from(size.1), "{screen}");
            }
            assert!(!desk.quit);
        }
    }
}

#[test]
fn another_terminals_act_is_seen() {
    let mut desk = Desk::open(Lang::En, (120, 40));
    desk.keys("3");
    assert!(!desk.reader.changed().unwrap());
    let before = query_outstanding(&desk);
    let name = before[0].name.clone();
    desk.shows(&[&name]);
    // Another process marks the report received.
    let mut other = zhiban::store::Store::open(desk.store.path()).unwrap();
    let officer = desk.state.officer.clone().unwrap().0;
    let now = desk.clock.now();
    let key = zhiban::domain::report::ReportKey {
        unit: before[0].id,
        day: desk.state.status.day,
        round: desk.state.status.round.clone(),
    };
    let author =
        zhiban::store::act::Author { officer, now, happened_at: None, op_id: uuid::Uuid::from_u128(7) };
    let act = zhiban::store::act::Act::Receive { key, zero: true, reason: String::new() };
    other.commit(&author, &mut zhiban::clock::Ids::Random, &act).unwrap();
    assert!(desk.reader.changed().unwrap());
    desk.send(Msg::Changed);
    desk.hides(&[&name]);
}

fn query_outstanding(desk: &Desk) -> Vec<query::rows::OutstandingRow> {
    query::outstanding(&desk.reader, desk.clock.now()).unwrap()
}

#[test]
fn a_caller_nobody_knows_is_logged_and_the_number_is_known_the_next_time() {
    let mut desk = Desk::open(Lang::Zh, (80, 24));
    // On the board, nothing being typed, a pasted number opens the box with it.
    desk.send(Msg::Paste("+86 199-0000-4321".to_owned()));
    desk.shows(&["没有找到", "试过：", "您是哪位", "没有通话记录", "|_|"]);
    desk.keys("<C-y>");
    assert_eq!(desk.copied, ["19900004321"]);
    desk.keys("<Enter>").shows(&["待核实来电", "19900004321"]);
    desk.keys("问孩子能否返校<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"]);
    // The same number again: what was said is there.
    desk.keys("/<Up>").shows(&["199-0000-4321", "问孩子能否返校"]);
    desk.hides(&["没有通话记录"]);
    assert_eq!(local::searches(&desk.reader, 5).unwrap(), ["+86 199-0000-4321"]);
}

#[test]
fn whose_number_is_one_digit_off_stands_below_and_is_meant_only_when_selected() {
    for (lang, nobody, label) in [
        (Lang::Zh, "没有找到“199 0000 4321”", "号码只差一位 1"),
        (Lang::En, "Nothing fits", "One digit off 1"),
    ] {
        for size in [(80, 24), (120, 40)] {
            let mut desk = Desk::open(lang, size);
            let all = query::rows::PeopleQuery { limit: 10_000, ..Default::default() };
            let mut near = query::people(&desk.reader, &all, zhiban::demo::now()).unwrap().rows;
            near.retain(|person| differs_in_one(person.phone.for_matching(), "19900004321"));
            let [near] = &near[..] else { panic!("{near:?}") };
            desk.send(Msg::Paste("199 0000 4321".to_owned()));
            desk.shows(&[nobody, label, &near.name, "|_|"]);
            let asks = if lang == Lang::Zh { "您是哪位" } else { "Who is calling" };
            desk.shows(&[asks]);
            // Selected, it is that one's card, and Enter opens that one.
            desk.keys("<Tab>").shows(&[nobody, label, &near.unit, "1/1"]).hides(&["|_|", asks]);
            // Back in the line it is the number again.
            desk.keys("<BackTab>").shows(&["|_|", asks]);
            desk.keys("<C-y>");
            assert_eq!(desk.copied, ["19900004321"]);
            desk.keys("<Tab><Enter>").shows(&[&near.name, &near.no]);
            assert!(desk.log(1) != ["followup.logged"]);
        }
    }
}

fn differs_in_one(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count() == 1
}

#[test]
fn the_card_of_somebody_with_a_case_says_what_to_ask_and_f_logs_the_call() {
    let mut desk = Desk::open(Lang::Zh, (120, 40));
    let case = query::cases(&desk.reader, desk.clock.now()).unwrap().remove(0);
    desk.keys("/");
    desk.send(Msg::Paste(case.name.clone()));
    desk.shows(&[&case.name, &case.no, "请问", "重点关注"]);
    let dossier = query::dossier(&desk.reader, case.person, desk.clock.now()).unwrap().unwrap();
    let number = dossier.phone.reveal().to_owned();
    desk.hides(&[&number]);
    // Asked for, it is shown, and the log says so.
    desk.keys("<Down>v");
    assert_eq!(desk.log(1), ["personal.revealed"]);
    desk.shows(&[&number]);
    desk.keys("<C-f>").shows(&["跟踪：", &case.name]);
    desk.keys("<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"]);
}

#[test]
fn somebody_outside_is_added_called_and_corrected() {
    let mut desk = Desk::open(Lang::Zh, (120, 40));
    desk.keys(":contact<Enter>").keys("辛安街道学苑社区<Tab>4<Tab>网格员 小孟<Tab>0532-8690-7070<Enter>");
    assert_eq!(desk.log(1), ["contact.added"], "{}", desk.screen());
    desk.keys(":contacts<Enter>").shows(&["学苑社区", "社区", "0532-8690-7070"]);
    desk.keys("\\学苑<Enter><Enter>").shows(&["学苑社区", "网格员 小孟", "|_|"]);
    desk.keys("f2已转告网格员<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"]);
    desk.shows(&["已转告网格员"]);
    desk.keys("e<Tab><Tab><Tab>1<Tab><Tab>小孟<Enter>");
    assert_eq!(desk.log(1), ["contact.changed"], "{}", desk.screen());
    desk.keys("9").shows(&["学苑社区"]);
}

#[test]
fn five_o_clock_the_figures_open_into_names_are_sent_and_what_was_told_is_kept() {
    let mut desk = Desk::open(Lang::Zh, (120, 40));
    desk.keys("-").shows(&["疫情日报", "按措施", "全校"]);
    // Every figure opens into the names behind it, each name into its dossier, and Esc comes back.
    let cases = query::cases(&desk.reader, desk.clock.now()).unwrap();
    desk.keys("<Right><Right><Right><Enter>").shows(&["全校 / 全校 / 现有", &cases[0].name]);
    desk.keys("<Enter>").shows(&["跟踪", "逐日"]);
    desk.keys("<Esc><Esc>").shows(&["按措施"]);
    desk.keys("s教育局<Enter>");
    assert_eq!(desk.log(1), ["sitrep.sent"], "{}", desk.screen());
    // Spoken at the door: what was said is kept, too.
    desk.keys("!").shows(&["三十秒口头汇报"]);
    desk.keys("y");
    assert!(desk.copied[0].contains('。'));
    desk.keys("<Enter>书记<Enter>");
    assert_eq!(desk.log(1), ["figure.told"], "{}", desk.screen());
    desk.keys("<Esc>t").shows(&["口径簿", "教育局", "书记"]);
    // One more case: the book says what is otherwise now, by name.
    desk.keys("<Esc>7");
    let person = desk.state.tables.people.rows().iter().find(|row| !row.has_case).unwrap().clone();
    desk.keys("/");
    desk.send(Msg::Paste(person.no.clone()));
    desk.keys("<Enter>o <Enter>");
    assert_eq!(desk.log(1), ["case.opened"], "{}", desk.screen());
    desk.keys("<Esc>-t").shows(&[&person.name]);
    // The report as it was sent says what it said then.
    desk.keys("<Down><Enter>");
    desk.hides(&[&format!("{} 新增", person.name)]);
}

#[test]
fn ten_to_eight_the_shift_is_passed_on_item_by_item_and_its_paper_is_kept() {
    let mut desk = Desk::open(Lang::Zh, (80, 24));
    desk.keys("0p").shows(&["第 1/"]);
    desk.keys("<Esc>c<Enter> a家长来过吗<Enter><Enter>y<Enter>");
    assert_eq!(desk.log(1), ["shift.closed"], "{}", desk.screen());
    // What nobody acknowledged, and what was asked, stands first in the list of the officer who took over.
    // The signed paper is on the screen, to be printed; behind it the list of what was left.
    desk.shows(&["值班交接单"]);
    desk.keys("<Esc>6g").shows(&["未读接班"]);
    let before = query::unread(&desk.reader, desk.clock.now()).unwrap().len();
    desk.keys("c");
    assert_eq!(desk.log(1), ["handover.acknowledged"], "{}", desk.screen());
    assert_eq!(query::unread(&desk.reader, desk.clock.now()).unwrap().len(), before - 1);
    desk.keys("\\提问<Enter>").shows(&["家长来过吗"]);
    desk.keys("c没有来过<Enter>");
    assert_eq!(desk.log(1), ["handover.answered"], "{}", desk.screen());
    // The paper that was signed is there to be looked at and printed again.
    desk.keys("<Esc>0<Enter><Down><Enter>").shows(&["第 1/"]);
    desk.keys("<Esc><Esc>").shows(&["交接"]);
}

/// Lets the clock run to an hour of a day of February 2020.
fn until(desk: &mut Desk, hour: &str) {
    let at = zhiban::domain::time::Ts::from_rfc3339(&format!("2020-02-{hour}:00+08:00")).unwrap();
    desk.wait_minutes(at.minutes_since(desk.clock.now()));
}

#[test]
fn over_midnight_and_the_next_deadline_nothing_that_is_owed_goes_out_of_sight() {
    let mut desk = Desk::open(Lang::Zh, (120, 40));
    desk.keys("1").shows(&["!未报 3/8"]);
    until(&mut desk, "17T23:59");
    desk.shows(&["!未报 3/8"]);
    for hour in ["18T00:01", "18T07:50", "18T09:59"] {
        until(&mut desk, hour);
        desk.keys("1").shows(&["!未报 3/8 (02-17)", "02-18 尚未到时限 8", "全校十四日"]);
        desk.hides(&["未报 8"]);
        desk.keys("2").shows(&["单位 (02-17)", "下一次"]);
        desk.keys("3").shows(&["未报 3/8 (02-17) · 02-18 尚未到时限 8"]);
        desk.keys("0")
            .shows(&["2020-02-17 日报：应报 8，已报 5，未报 3", "2020-02-18 日报：应报 8，尚未到时限 8"]);
    }
    until(&mut desk, "18T10:01");
    // Today's eight do not hide yesterday's three.
    desk.keys("1").shows(&["!未报 8/8 前欠 3 (02-17 起)"]);
    until(&mut desk, "20T10:01");
    desk.keys("3").shows(&["!未报 8/8 前欠 8 (02-17 起)", "02-17 *4", "02-18 *3"]);
    // All of it is settled by one act with a reason, and comes back with one undo.
    desk.keys("*m2<Tab><Right><Right><Right><Right><Tab>年初停报，主任同意<Enter>");
    assert_eq!(desk.log(1), ["report.excused"], "{}", desk.screen());
    desk.shows(&["未报 0/8"]);
    desk.keys("uy<Enter>").shows(&["!未报 8/8 前欠 8 (02-17 起)"]);
}

#[test]
fn what_a_sheet_brought_is_acted_on_over_midnight_and_the_morning() {
    let mut desk = Desk::open(Lang::Zh, (100, 30));
    let before = query::findings(&desk.reader).unwrap();
    assert!(before.len() >= 2, "the demonstration has some: {before:?}");
    let first = before[0].clone();
    desk.shows(&[&format!("待处置 {}", before.len())]);
    // 23:59, 00:01, 07:50 and 10:01: nothing falls out of sight because time passes.
    for minutes in [834, 2, 469, 131] {
        desk.wait_minutes(minutes).keys("6");
        desk.shows(&[&format!("待处置 {}", before.len()), &first.name]);
        desk.keys("1");
    }
    // One is dismissed with a reason, which is taken back again.
    desk.keys("6=").keys("待处置").keys("<Enter>");
    desk.keys("c").shows(&["不列入关注", &first.name]);
    desk.keys("<Enter>").shows(&["请填原因"]);
    desk.keys("电话核实，已复测正常<Enter>");
    assert_eq!(desk.log(1), ["finding.dismissed"], "{}", desk.screen());
    desk.shows(&[&format!("待处置 {}", before.len() - 1)]);
    // For the next one a case is opened: what the sheet says stands in the form already.
    let next = query::findings(&desk.reader).unwrap()[0].clone();
    desk.keys("o").shows(&["列入重点关注", &next.name, "[x]"]);
    desk.keys("<Enter>");
    assert_eq!(desk.log(1), ["case.opened"], "{}", desk.screen());
    assert_eq!(query::findings(&desk.reader).unwrap().len(), before.len() - 2);
}

#[test]
fn all_that_sheets_brought_is_dismissed_as_one_entry_with_one_reason() {
    let mut desk = Desk::open(Lang::Zh, (100, 30));
    let before = query::findings(&desk.reader).unwrap();
    assert!(before.len() >= 2, "the demonstration has some: {before:?}");
    desk.keys("6=").keys("待处置").keys("<Enter>");
    desk.keys("*c").shows(&["不列入关注", &before[0].name, &before[1].name]);
    desk.keys("升级前的旧账，已逐一核对<Enter>");
    assert_eq!(query::findings(&desk.reader).unwrap(), [], "{}", desk.screen());
    let entries = desk.log(3).iter().filter(|kind| *kind == "finding.dismissed").count();
    assert_eq!(entries, 1, "{:?}", desk.log(3));
    desk.keys("uy<Enter>");
    assert_eq!(query::findings(&desk.reader).unwrap().len(), before.len(), "{}", desk.screen());
}

#[test]
fn a_case_is_not_ended_by_a_tired_x() {
    let mut desk = Desk::open(Lang::Zh, (100, 30));
    let open = |desk: &Desk| query::cases(&desk.reader, desk.clock.now()).unwrap();
    let before = open(&desk);
    // 确诊 stands first; x, a reason and the usual yes do not end it.
    desk.keys("4x").shows(&[&before[0].name, "确诊"]);
    desk.keys("核实<Tab>y<Enter>").shows(&["须另行确认"]);
    assert_eq!(open(&desk).len(), before.len());
    desk.keys("<Esc>");
    assert_eq!(open(&desk).len(), before.len());
    // All that are listed at once: only those that nothing stands against.
    desk.keys("*x期满，单位同意<Tab>y<Enter>");
    let left = open(&desk);
    assert!(!left.is_empty() && left.len() < before.len(), "{} of {}", left.len(), before.len());
    let kept: Vec<_> = left.iter().map(|case| case.id).collect();
    let rows = query::releases(&desk.reader, &kept, desk.clock.now()).unwrap();
    assert!(rows.iter().all(|row| !row.is_plain()), "whoever could be released plainly was");
}
