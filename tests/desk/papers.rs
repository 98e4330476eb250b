//! The call sheet, the dossier, the release notice and the unit sheet of a made-up office: what stands on them, in
//! both languages and every form; what is masked, refused and logged.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use crate::common::Once;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::Path;
use zhiban::demo::{self, Size};
use zhiban::domain::case::{Against, CaseState};
use zhiban::domain::ids::{PersonId, Subject};
use zhiban::domain::item::DueState;
use zhiban::domain::mask::Private;
use zhiban::domain::office::Settings;
use zhiban::domain::phone::Whose;
use zhiban::domain::report::{ReportStatus, Site};
use zhiban::paper::file::{Format, bytes};
use zhiban::paper::sheet::Cell;
use zhiban::paper::template::{Templates, make};
use zhiban::paper::{Paper, Source, callsheet, dossier, feedback, release, unit_sheet};
use zhiban::say::Lang;
use zhiban::store::act::{Act, Author};
use zhiban::store::query::rows::PeopleQuery;
use zhiban::store::{Reader, Store, query};

const SIZE: Size = Size { people: 200, units: 8, days: 4 };

/// One office for all tests that only read.
fn file() -> &'static Path {
    static FILE: Once = Once::new();
    FILE.of(SIZE)
}

fn reader() -> Reader {
    Reader::open(file()).unwrap()
}

/// An office of its own, to write in.
fn copy() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    let store = demo::create(&path, SIZE).unwrap();
    (folder, store)
}

fn made(source: &dyn Source, lang: Lang) -> Paper {
    let paper = make(source, lang, &Templates::builtin()).unwrap();
    assert_eq!(paper.warning, None);
    paper
}

fn text(source: &dyn Source, lang: Lang) -> String {
    String::from_utf8(bytes(&made(source, lang), Format::Text).unwrap()).unwrap()
}

/// A text without the breaks of its lines.
fn flat(text: &str) -> String {
    text.split_whitespace().collect()
}

fn call_sheet(revealed: bool) -> callsheet::Paper {
    callsheet::Paper { sheet: query::call_sheet(&reader(), demo::now()).unwrap(), revealed }
}

fn observed() -> query::rows::CaseRow {
    let cases = query::cases(&reader(), demo::now()).unwrap();
    cases.into_iter().find(|case| case.state == CaseState::Observing).unwrap()
}

fn number_of(person: PersonId) -> Private {
    query::dossier(&reader(), person, demo::now()).unwrap().unwrap().phone
}

#[test]
fn everybody_who_is_due_and_every_unit_outstanding_is_on_the_call_sheet_once_a_time() {
    let sheet = call_sheet(false).sheet;
    let now = demo::now();
    let mut due = query::due(&reader(), now).unwrap();
    // What is due in a ledger is done, not asked by telephone.
    due.retain(|row| row.item.kind.ledger().is_none());
    let outstanding = query::outstanding(&reader(), now).unwrap();
    assert!(!due.is_empty() && !outstanding.is_empty(), "a day with nothing to do tests nothing");
    let day = sheet.face.calendar.day(now);
    let wanted: BTreeSet<Option<Subject>> = due
        .iter()
        .filter(|row| sheet.face.calendar.day(row.at) <= day)
        .map(|row| row.subject)
        .chain(outstanding.iter().map(|row| Some(Subject::Unit(row.id))))
        .collect();
    let found: BTreeSet<Option<Subject>> = sheet.lines.iter().map(|line| line.whom).collect();
    assert_eq!(found, wanted);
    // What is due by now is one call for each of them.
    for whom in found.into_iter().flatten() {
        let calls = sheet.lines.iter().filter(|line| line.whom == Some(whom));
        let now = calls.filter(|line| line.why.iter().any(|why| why.state != DueState::Coming));
        assert!(now.count() <= 1, "{whom:?}");
    }
    let reasons: usize = sheet.lines.iter().map(|line| line.why.len()).sum();
    let today = due.iter().filter(|row| sheet.face.calendar.day(row.at) <= day).count();
    assert_eq!(reasons, today + outstanding.len(), "no reason is lost");
    assert!(sheet.lines.is_sorted_by_key(|line| (line.at, line.unit.clone())));
}

#[test]
fn a_call_sheet_hides_the_numbers_of_people_and_of_nobody_else() {
    let sheet = call_sheet(false);
    let person = sheet.sheet.people()[0];
    let number = number_of(person);
    let masked = number.masked();
    assert_ne!(masked, number.reveal());
    for lang in [Lang::Zh, Lang::En] {
        // The blocks, not the text: there a long number is broken over the lines of a narrow column.
        let hidden = format!("{:?}", made(&sheet, lang).blocks);
        assert!(hidden.contains(&masked) && !hidden.contains(number.reveal()), "{hidden}");
        let shown = format!("{:?}", made(&call_sheet(true), lang).blocks);
        assert!(shown.contains(number.reveal()), "{shown}");
        for line in &sheet.sheet.lines {
            for number in line.numbers.iter().filter(|number| number.role == Whose::Liaison) {
                assert!(hidden.contains(number.number.reveal()), "{number:?}");
            }
        }
    }
    assert!(!made(&sheet, Lang::Zh).json.to_string().contains(number.reveal()));
    let cells = |sheet: &callsheet::Paper| format!("{:?}", made(sheet, Lang::Zh).sheets);
    assert!(!cells(&sheet).contains(number.reveal()) && cells(&call_sheet(true)).contains(number.reveal()));
}

#[test]
fn a_call_sheet_is_a_table_with_real_times() {
    let sheet = call_sheet(false);
    let paper = made(&sheet, Lang::En);
    let table = &paper.sheets[0];
    assert_eq!(table.rows.len(), sheet.sheet.lines.len());
    assert!(table.rows.iter().all(|row| row.len() == table.head.len() && matches!(row[0], Cell::At(_))));
    assert!(bytes(&paper, Format::Xlsx).unwrap().starts_with(b"PK"));
}

#[test]
fn a_dossier_shows_a_fortnight_and_every_call_and_who_looked() {
    let (_folder, mut store) = copy();
    let case = observed();
    let mut ids = zhiban::clock::Ids::seeded("papers");
    let officer = query::shift_range(&store.reader().unwrap()).unwrap().unwrap().officer;
    let mut act = |act: &Act| {
        let now = demo::now();
        let author =
            Author { officer, now, happened_at: None, op_id: zhiban::domain::ids::Mint::id(&mut ids, now) };
        store.commit(&author, &mut ids, act).unwrap();
    };
    act(&Act::Reveal { person: case.person, reason: "call".to_owned() });
    act(&Act::Reveal { person: case.person, reason: "送医交接".to_owned() });
    act(&Act::Note {
        subject: Some(Subject::Person(case.person)),
        text: "家中*两位*老人 | 需送药".to_owned(),
    });
    let sheet = query::dossier_sheet(&store.reader().unwrap(), case.person, demo::now()).unwrap().unwrap();
    assert_eq!(sheet.looks.len(), 2);
    assert!(!sheet.history.is_empty(), "its case was opened");
    let calls = sheet.person.calls.len();
    let paper = dossier::Paper { sheet, revealed: false };
    let zh = flat(&text(&paper, Lang::Zh));
    assert!(zh.contains(&case.name) && zh.contains(&case.no));
    assert!(zh.contains("查看号码（拨打电话）") && zh.contains("查看号码（送医交接）"), "{zh}");
    assert!(zh.contains("家中*两位*老人|需送药"), "{zh}");
    assert!(!zh.contains(number_of(case.person).reveal()));
    let context = paper.context(Lang::Zh);
    let days: BTreeSet<&str> =
        context["days"].as_array().unwrap().iter().map(|day| day["day"].as_str().unwrap()).collect();
    assert_eq!(days.len(), 14, "a day without a reading stands there as one");
    let silent = context["days"].as_array().unwrap().iter().filter(|day| day["missing"] == true).count();
    assert!(silent >= 9, "the office is four days old: {silent}");
    assert_eq!(context["calls"].as_array().unwrap().len(), calls);
    let chart = &paper.charts(Lang::Zh)[0];
    assert_eq!(chart.labels.len(), 14);
    assert!(chart.series[0].values.iter().any(Option::is_none), "silence is not a zero");
    assert!(text(&paper, Lang::En).contains("number shown (to call)"));
    assert!(matches!(made(&paper, Lang::Zh).sheets[0].rows[0][0], Cell::Day(_)));
}

#[test]
fn a_release_notice_needs_a_signed_release_and_a_draft_says_so() {
    let (_folder, mut store) = copy();
    let reader = store.reader().unwrap();
    let now = demo::now();
    let due = query::cases(&reader, now).unwrap();
    let case = due.into_iter().find(|case| case.state == CaseState::DueForRelease).unwrap();
    let cut = |reader: &Reader| query::release_sheet(reader, case.person, now).unwrap().unwrap();
    let refused = release::Paper::of(cut(&reader), false).unwrap_err();
    assert!(refused.text(Lang::Zh).contains("尚未解除（期满待解除）"), "{}", refused.text(Lang::Zh));
    assert!(refused.text(Lang::En).contains("due for release"));
    let draft = text(&release::Paper::of(cut(&reader), true).unwrap(), Lang::Zh);
    assert!(draft.contains("（草稿）") && flat(&draft).contains("不作解除凭证"), "{draft}");
    let officer = query::shift_range(&reader).unwrap().unwrap();
    let mut ids = zhiban::clock::Ids::seeded("papers");
    let op_id = zhiban::domain::ids::Mint::id(&mut ids, now);
    let author = Author { officer: officer.officer, now, happened_at: None, op_id };
    let act =
        Act::ReleaseCase { case: case.id, reason: "期满，两次体温正常".to_owned(), early: false };
    store.commit(&author, &mut ids, &act).unwrap();
    let notice = release::Paper::of(cut(&store.reader().unwrap()), false).unwrap();
    let zh = flat(&text(&notice, Lang::Zh));
    let observation = case.observation.unwrap();
    assert!(zh.contains(&format!("＋{}天={}", observation.total, observation.last_day)), "{zh}");
    assert!(zh.contains("2020年2月17日起解除") && zh.contains(&officer.name), "{zh}");
    assert!(zh.contains("期满，两次体温正常") && !zh.contains("草稿") && !zh.contains("观察期未满"), "{zh}");
    let en = text(&notice, Lang::En);
    assert!(en.contains("Notice of release") && en.contains("17 February 2020"), "{en}");
    // A fever that stood against it stands there with what made it one.
    let mut despite = cut(&store.reader().unwrap());
    despite.case.as_mut().unwrap().despite = vec![Against::Fever];
    let day = NaiveDate::from_ymd_opt(2020, 2, 16).unwrap();
    despite.fever = Some(zhiban::domain::case::RecentFever { day, tenths: 368, site: Some(Site::Forehead) });
    let despite = release::Paper::of(despite, false).unwrap();
    let (zh, en) = (flat(&text(&despite, Lang::Zh)), text(&despite, Lang::En));
    assert!(zh.contains("近三日有发热（02-16额温36.8℃）"), "{zh}");
    assert!(
        en.split_whitespace().collect::<Vec<_>>().join(" ").contains("(02-16: forehead 36.8 °C)"),
        "{en}"
    );
    // It is no table, and says so.
    assert!(bytes(&made(&notice, Lang::Zh), Format::Xlsx).is_err());
    // Somebody who never had a case has none to be released from.
    let without = query::people(&reader, &PeopleQuery { limit: 200, ..PeopleQuery::default() }, now).unwrap();
    let without = without
        .rows
        .into_iter()
        .find(|row| query::dossier(&reader, row.id, now).unwrap().unwrap().cases.is_empty());
    let without = query::release_sheet(&reader, without.unwrap().id, now).unwrap().unwrap();
    assert!(release::Paper::of(without, true).unwrap_err().text(Lang::En).contains("never had"));
}

#[test]
fn a_unit_sheet_says_what_is_owed_and_the_sheets_agree_with_the_board() {
    let now = demo::now();
    let reader = reader();
    let debts = query::debts(&reader, None, now).unwrap();
    let outstanding = query::outstanding(&reader, now).unwrap();
    let owing: BTreeSet<_> =
        debts.units.iter().filter(|unit| !unit.missing.is_empty()).map(|unit| unit.unit.id).collect();
    for row in &outstanding {
        let unit = debts.units.iter().find(|unit| unit.unit.id == row.id).unwrap();
        assert_eq!(unit.missing.is_empty(), row.minutes_late < 0, "{}", row.name);
        assert_eq!(unit.streak, row.streak, "{}", row.name);
        let missing = unit.missing.iter().find(|missing| missing.day == row.key.day);
        if let Some(missing) = missing {
            assert_eq!((missing.chases, missing.unanswered), (row.chases, row.unanswered));
            assert_eq!(missing.deadline, Some(row.deadline));
        }
    }
    assert!(!owing.is_empty());
    let cases: usize = debts.units.iter().map(|unit| unit.cases.len()).sum();
    assert_eq!(cases, query::cases(&reader, now).unwrap().len());
    let some_unread =
        debts.units.iter().find(|unit| !unit.unread.is_empty()).expect("somebody is not in a sheet");
    let doubted = debts.units.iter().find(|unit| !unit.doubts.is_empty()).expect("the demo has doubts");
    let (unread, doubt) = (some_unread.unread[0].name.clone(), doubted.doubts[0].0.name.clone());
    let (unread_in, doubt_in) = (some_unread.unit.id, doubted.unit.id);
    let one = query::debts(&reader, Some(unread_in), now).unwrap();
    assert_eq!(one.units.len(), 1);
    assert_eq!(&one.units[0], debts.units.iter().find(|unit| unit.unit.id == unread_in).unwrap());
    for paper in unit_sheet::Paper::each(debts) {
        let (zh, en) = (text(&paper, Lang::Zh), text(&paper, Lang::En));
        assert!(zh.contains(&paper.unit().name) && en.contains(&paper.unit().name));
        if paper.unit().id == unread_in {
            assert!(zh.contains("今日表内缺少的人员") && zh.contains(&unread), "{zh}");
        }
        if paper.unit().id == doubt_in {
            assert!(zh.contains("请核实更正") && zh.contains(&doubt), "{zh}");
        }
        assert_eq!(zh.contains("没有欠报"), !paper.owes(), "{zh}");
        assert_eq!(en.contains("Nothing is owed"), !paper.owes(), "{en}");
        for sheet in made(&paper, Lang::Zh).sheets {
            assert!(sheet.rows.iter().all(|row| row.len() == sheet.head.len()), "{}", sheet.name);
        }
    }
}

#[test]
fn a_feedback_sheet_counts_what_the_reports_say_and_its_places_are_those_among_all() {
    let (reader, now) = (reader(), demo::now());
    let all = query::feedback(&reader, query::Span::Last(14), now).unwrap();
    assert!(all.units.len() > 3);
    let mut late = 0;
    for unit in &all.units {
        let sheet = query::unit_sheet(&reader, unit.unit.id, now).unwrap().unwrap();
        let same: Vec<_> = unit
            .reports
            .iter()
            .map(|report| {
                let found =
                    sheet.reports.iter().find(|row| (row.day, &row.round) == (report.day, &report.round));
                let found = found.unwrap_or_else(|| panic!("{}: {report:?}", unit.unit.name));
                assert_eq!((found.status, found.received_at), (report.status, report.came));
                report.status
            })
            .collect();
        let came = same.iter().filter(|status| status.is_received()).count() as u32;
        let after = same.iter().filter(|status| **status == ReportStatus::Late).count() as u32;
        assert_eq!((unit.complete.0.part, unit.complete.0.whole), (came, same.len() as u32));
        assert_eq!((unit.timely.0.part, unit.timely.0.whole), (came - after, same.len() as u32));
        assert!(unit.accurate.0.part <= unit.accurate.0.whole);
        assert_eq!(unit.doubts, sheet.doubts);
        // Nobody who is better stands behind, and those with one place have one share.
        for other in &all.units {
            let (mine, theirs) = (unit.timely.1.unwrap(), other.timely.1.unwrap());
            let of =
                |unit: &query::UnitFeedback| f64::from(unit.timely.0.part) / f64::from(unit.timely.0.whole);
            assert_eq!(mine.place < theirs.place, of(unit) > of(other) + 1e-9);
            assert_eq!(mine.of, all.units.len() as u32);
        }
        late += after;
    }
    assert!(late > 0 && all.units.iter().any(|unit| !unit.doubts.is_empty()), "the demo has both");
    for paper in feedback::Paper::each(all.clone()) {
        let unit = all.units.iter().find(|unit| unit.unit.id == paper.unit().id).unwrap();
        let (zh, en) = (text(&paper, Lang::Zh), text(&paper, Lang::En));
        let flat = flat(&zh);
        let formula = format!("收到{}÷应报{}", unit.complete.0.part, unit.complete.0.whole);
        assert!(flat.contains(&formula) && flat.contains(&unit.complete.0.percent()), "{zh}");
        assert!(en.contains(&paper.unit().name));
        let json = made(&paper, Lang::Zh).json.to_string();
        for row in &unit.doubts {
            if row.doubt.person().is_some() {
                assert!(flat.contains(&self::flat(&row.name)), "{zh}");
            }
            for told in [&zh, &en, &json] {
                assert!(!told.contains(row.phone.reveal()) || row.phone.is_empty(), "{told}");
                assert!(row.doubt.person().is_none() || !told.contains(&row.no), "{told}");
            }
        }
        for sheet in made(&paper, Lang::Zh).sheets {
            assert!(sheet.rows.iter().all(|row| row.len() == sheet.head.len()), "{}", sheet.name);
        }
        assert!(bytes(&made(&paper, Lang::En), Format::Xlsx).unwrap().starts_with(b"PK"));
    }
    // A span of one day that is over, and one of the future's edge.
    let day = all.to;
    let one = query::feedback(&reader, query::Span::Days(day, day), now).unwrap();
    assert!(one.units.iter().all(|unit| unit.reports.iter().all(|report| report.day == day)));
}

#[test]
fn a_feedback_sheet_for_each_unit_that_reports_and_days_the_wrong_way_round_are_refused() {
    let office = Program::new();
    let reporting = query::feedback(&reader(), query::Span::Last(14), demo::now()).unwrap().units.len();
    std::fs::create_dir(office.folder.path().join("sheets")).unwrap();
    office.done(&["feedback", "--all", "--format", "text", "--out", "sheets"]);
    assert_eq!(std::fs::read_dir(office.folder.path().join("sheets")).unwrap().count(), reporting);
    assert_eq!(office.logged("paper.printed"), 1, "one act, one entry");
    let one = office.done(&["feedback", "101", "--days", "7"]);
    assert!(one.contains("报送反馈单") && one.contains("完整率"), "{one}");
    assert!(office.refused(&["feedback", "U99"]).contains("list units"));
    let wrong = ["feedback", "101", "--from", "2020-02-17", "--to", "2020-02-10"];
    assert!(office.refused(&wrong).contains("晚于"));
    let future = ["feedback", "101", "--from", "2020-02-20", "--to", "2020-02-21"];
    assert!(office.refused(&future).contains("还没有开始"));
}

#[test]
fn a_chase_is_logged_for_each_unit_as_one_entry_and_one_undo_takes_it_back() {
    let office = Program::new();
    let entries = || {
        let log: serde_json::Value =
            serde_json::from_str(&office.done(&["list", "log", "--limit", "5000", "--json"])).unwrap();
        log.as_array().unwrap().len()
    };
    let before = entries();
    let plain = office.done(&["chase"]);
    assert!(plain.contains("【催报】") && plain.contains("请在今天 10:45 前报来"), "{plain}");
    assert_eq!(entries(), before, "looking logs nothing");
    let told: serde_json::Value =
        serde_json::from_str(&office.done(&["chase", "--log", "--by", "11:00", "--json"])).unwrap();
    let units = told["units"].as_array().unwrap();
    assert!(units.len() > 1 && told["text"].as_str().unwrap().contains("请在今天 11:00 前报来"), "{told}");
    assert_eq!(entries(), before + 1, "one entry");
    let calls = |code: &str| {
        let shown: serde_json::Value =
            serde_json::from_str(&office.done(&["show", "unit", code, "--json"])).unwrap();
        shown["calls"].as_array().unwrap().iter().filter(|call| call["outcome"] == "message-sent").count()
    };
    for unit in units {
        assert_eq!(calls(unit["code"].as_str().unwrap()), 1, "{unit}");
    }
    let code = units[0]["code"].as_str().unwrap();
    office.done(&["undo", "-y"]);
    for unit in units {
        assert_eq!(calls(unit["code"].as_str().unwrap()), 0, "{unit}");
    }
    // To one unit; an hour that is over and what is not due are refused.
    let one = office.done(&["chase", code, "--log"]);
    assert!(one.contains("老师，您好") || one.contains("联络人，您好"), "{one}");
    assert_eq!(calls(code), 1);
    assert!(office.refused(&["chase", "--before"]).contains("没有未到截止时间"));
    let named = office.done(&["chase", "--only", code, "--json"]);
    let named: serde_json::Value = serde_json::from_str(&named).unwrap();
    assert_eq!(named["units"].as_array().unwrap().len(), 1);
}

/// The real program on a made-up office of its own; nothing of this machine's printers reaches it.
struct Program {
    folder: tempfile::TempDir,
    _store: Store,
}

impl Program {
    fn new() -> Self {
        let (folder, store) = copy();
        Self { folder, _store: store }
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_zhiban"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "ZHIBAN_OFFICER"] {
            command.env_remove(name);
        }
        let folder = self.folder.path();
        command.env("HOME", folder).env("PATH", folder).env("XDG_STATE_HOME", folder.join("state"));
        command.env("XDG_CONFIG_HOME", folder.join("config")).current_dir(folder);
        let told = ["--db", "office.db", "--now", "2020-02-17T10:05:00+08:00", "--lang", "zh"];
        let output = command.args(told).args(args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    }

    fn done(&self, args: &[&str]) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!(code, 0, "{args:?}: {err}");
        out
    }

    fn refused(&self, args: &[&str]) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!(code, 1, "{args:?}: {out}");
        err
    }

    /// How many ops of this kind the log holds.
    fn logged(&self, kind: &str) -> usize {
        let log: serde_json::Value =
            serde_json::from_str(&self.done(&["list", "log", "--limit", "5000", "--json"])).unwrap();
        log.as_array().unwrap().iter().filter(|op| op["kind"] == kind).count()
    }
}

#[test]
fn numbers_on_a_call_sheet_are_logged_for_each_person_and_the_file_is_logged() {
    let office = Program::new();
    let people = call_sheet(false).sheet.people().len();
    let before = (office.logged("personal.revealed"), office.logged("paper.printed"));
    let plain = office.done(&["callsheet"]);
    assert!(plain.contains("应联系人员名单") && plain.contains("中间几位已隐去"), "{plain}");
    assert_eq!(
        (office.logged("personal.revealed"), office.logged("paper.printed")),
        before,
        "looking is no print"
    );
    office.done(&["callsheet", "--reveal", "--out", "a.txt"]);
    let after = (office.logged("personal.revealed"), office.logged("paper.printed"));
    assert_eq!(after, (before.0 + people, before.1 + 1));
    assert!(std::fs::read_to_string(office.folder.path().join("a.txt")).unwrap().contains("用后交回"));
    // The reason is the sheet's own; another may be given.
    let log = office.done(&["list", "log", "--limit", "5"]);
    assert!(log.contains("查看号码（应联系人员名单）") && log.contains("应联系人员名单：txt"), "{log}");
    office.done(&["callsheet", "--reveal", "停电演练", "--format", "json"]);
    assert!(office.done(&["list", "log", "--limit", "3"]).contains("查看号码（停电演练）"));
}

#[test]
fn looks_at_numbers_are_one_line_on_the_handover_and_each_in_the_log() {
    let office = Program::new();
    let people: serde_json::Value =
        serde_json::from_str(&office.done(&["list", "people", "--limit", "2", "--json"])).unwrap();
    let nos: Vec<&str> =
        people.as_array().unwrap().iter().map(|person| person["no"].as_str().unwrap()).collect();
    for no in [nos[0], nos[1], nos[0]] {
        office.done(&["show", "person", no, "--reveal", "停电演练"]);
    }
    office.done(&["show", "person", nos[0], "--reveal", "复核"]);
    let paper = office.done(&["handover"]);
    let of = |reason: &str| {
        let said = format!("查看号码（{reason}）");
        paper.lines().filter(|line| line.contains(&said)).collect::<Vec<_>>()
    };
    let many = of("停电演练");
    assert_eq!(many.len(), 1, "{many:?}");
    assert!(many[0].contains("共 3 次，至 10:05") && many[0].contains("等 2 人"), "{many:?}");
    let one = of("复核");
    assert!(one.len() == 1 && !one[0].contains('次'), "{one:?}");
    let log = office.done(&["list", "log", "--limit", "10"]);
    assert_eq!(log.matches("查看号码（停电演练）").count(), 3, "{log}");
}

#[test]
fn one_file_for_each_unit_that_owes_anything_and_none_takes_anothers_place() {
    let office = Program::new();
    let owing =
        query::debts(&reader(), None, demo::now()).unwrap().units.iter().filter(|unit| unit.owes()).count();
    assert!(office.refused(&["unit-sheet", "--all", "--out", "none"]).contains("none"));
    assert!(office.refused(&["unit-sheet", "--all", "--format", "xlsx"]).contains("--out"));
    std::fs::create_dir(office.folder.path().join("sheets")).unwrap();
    office.done(&["unit-sheet", "--all", "--format", "text", "--out", "sheets"]);
    let files = || std::fs::read_dir(office.folder.path().join("sheets")).unwrap().count();
    assert_eq!(files(), owing);
    assert_eq!(office.logged("paper.printed"), 1, "one act, one entry");
    office.refused(&["unit-sheet", "--all", "--format", "text", "--out", "sheets"]);
    office.done(&["unit-sheet", "--all", "--format", "xlsx", "--out", "sheets"]);
    assert_eq!(files(), 2 * owing);
    let json: serde_json::Value =
        serde_json::from_str(&office.done(&["unit-sheet", "--all", "--format", "json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), owing);
}

#[test]
fn a_dossier_and_a_notice_say_what_is_wrong_and_without_a_printer_the_file_is_named() {
    let office = Program::new();
    let case = observed();
    assert!(office.refused(&["dossier", "0"]).contains('0'));
    assert!(office.done(&["dossier", &case.no]).contains(&case.name));
    let before = office.logged("personal.revealed");
    let shown = office.done(&["dossier", &case.no, "--reveal", "送医", "--format", "json"]);
    assert!(shown.contains(number_of(case.person).reveal()));
    assert_eq!(office.logged("personal.revealed"), before + 1);
    let refused = office.refused(&["release", &case.no]);
    assert!(refused.contains("尚未解除") && refused.contains("--draft"), "{refused}");
    assert!(office.done(&["release", &case.no, "--draft"]).contains("（草稿）"));
    let printed = office.refused(&["release", &case.no, "--draft", "--print"]);
    assert!(printed.contains("没有打印机") && printed.contains("release-20200217-1005.pdf"), "{printed}");
    assert!(office.folder.path().join("release-20200217-1005.pdf").exists());
    assert_eq!(office.logged("paper.printed"), 0, "no queue took it");
}

#[test]
fn a_release_notice_has_the_red_head_of_the_office() {
    let (_folder, mut store) = copy();
    let now = demo::now();
    let person = query::cases(&store.reader().unwrap(), now).unwrap()[0].person;
    let head = |store: &Store, lang| {
        let sheet = query::release_sheet(&store.reader().unwrap(), person, now).unwrap().unwrap();
        made(&release::Paper::of(sheet, true).unwrap(), lang).look.red_head
    };
    assert_eq!(head(&store, Lang::Zh), "");
    let reader = store.reader().unwrap();
    let red_head = " 海岬理工大学文件 ".to_owned();
    let act = Act::ChangeSettings(Box::new(Settings { red_head, ..query::settings(&reader).unwrap() }));
    let officer = query::shift_range(&reader).unwrap().unwrap().officer;
    let mut ids = zhiban::clock::Ids::seeded("heads");
    let op_id = zhiban::domain::ids::Mint::id(&mut ids, now);
    store.commit(&Author { officer, now, happened_at: None, op_id }, &mut ids, &act).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(head(&store, lang), "海岬理工大学文件");
    }
}
