//! A sheet that is handed out with its people in it comes back and is taken in without a question.

use super::Office;
use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

/// Every cell of the first sheet of a workbook.
fn cells(office: &Office, file: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(office.path(file)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.start(), Some((0, 0)));
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// Saves it again as a plain program does: cells and nothing else, some of them filled in by number and header.
fn filled(office: &Office, file: &str, said: &[(&str, &str, &str)]) {
    let mut rows = cells(office, file);
    let heads = rows[5].clone();
    let column = |head: &str| {
        heads.iter().position(|known| known == head).unwrap_or_else(|| panic!("{head}: {heads:?}"))
    };
    let no = heads.iter().position(|head| ["工号", "学工号", "No"].contains(&head.as_str())).unwrap();
    for (who, head, text) in said {
        let row = rows.iter_mut().find(|row| row[no] == *who).unwrap_or_else(|| panic!("{who} is not in it"));
        (*text).clone_into(&mut row[column(head)]);
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0..).zip(&rows) {
        for (col, text) in (0..).zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(at, col, text).unwrap();
        }
    }
    book.save(office.path(file)).unwrap();
}

#[test]
fn a_sheet_that_was_handed_out_is_taken_in_without_a_question() {
    for (lang, temp, yes) in [("zh", "上午体温", "是"), ("en", "Morning temperature", "yes")] {
        let office = Office::new();
        let told = office
            .at("09:00", &["--lang", lang, "form", "sheet", "--unit", "U01", "--out", "u01.xlsx"])
            .done();
        assert!(told.contains("u01.xlsx"), "{told}");
        let rows = cells(&office, "u01.xlsx");
        for (row, text) in
            [(0, "海岬理工大学"), (1, "U01"), (1, "2020-02-17"), (4, "zhiban|staff-3|U01|2020-02-17|day|")]
        {
            assert!(rows[row][0].contains(text), "{text}: {:?}", rows[row][0]);
        }
        assert!(rows[3][0].contains(if lang == "zh" { "零报告" } else { "zero report" }));
        let all = rows.concat().join(" ");
        assert!(all.contains("10001") && all.contains("张伟"), "{all}");
        assert!(!all.contains("199000"), "nobody's number unless it was asked for: {all}");
        let in_hubei = if lang == "zh" { "是否在鄂" } else { "In Hubei" };
        filled(
            &office,
            "u01.xlsx",
            &[("10001", temp, "36.5"), ("10002", temp, "38.2"), ("10002", in_hubei, yes)],
        );
        // Neither day nor unit is said.
        let taken = office.at("09:30", &["import", "report", "u01.xlsx", "--yes", "--json"]).json();
        assert_eq!(
            (&taken["rejected"], taken["written"].as_bool()),
            (&serde_json::json!([]), Some(true)),
            "{taken:#}"
        );
        assert_eq!(taken["warnings"], serde_json::json!([]), "{taken:#}");
        let person = office.at("09:31", &["show", "person", "10002", "--json"]).json();
        let reading = &person["readings"][0];
        assert_eq!(
            (&reading["day"], &reading["round"]),
            (&"2020-02-17".into(), &"day".into()),
            "{reading:#}"
        );
        assert_eq!((&reading["temp_am"], &reading["in_hubei"]), (&38.2.into(), &true.into()), "{reading:#}");
        let log = office.at("09:32", &["--lang", "zh", "list", "log"]).done();
        assert!(log.contains("填报表"), "{log}");
    }
}

#[test]
fn what_a_sheet_says_of_itself_and_what_is_said_must_agree() {
    let office = Office::new();
    office.at("09:00", &["form", "sheet", "--unit", "U01", "--out", "u01.xlsx"]).done();
    filled(&office, "u01.xlsx", &[("10001", "上午体温", "36.5")]);
    for args in [&["--date", "2020-02-16"][..], &["--unit", "U02"]] {
        let refused = office.at("09:30", &[&["import", "report", "u01.xlsx"], args].concat()).refused();
        assert!(refused.contains("发出的") || refused.contains("发给"), "{refused}");
    }
    // Somebody has changed the day in the code: it says nothing any longer.
    let mut rows = cells(&office, "u01.xlsx");
    rows[4][0] = rows[4][0].replace("02-17", "02-16");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0..).zip(&rows) {
        for (col, text) in (0..).zip(row) {
            sheet.write_string(at, col, text).unwrap();
        }
    }
    book.save(office.path("odd.xlsx")).unwrap();
    let refused = office.at("09:30", &["import", "report", "odd.xlsx"]).refused();
    assert!(refused.contains("--date"), "{refused}");
}

#[test]
fn there_is_one_for_each_unit_that_reports_and_numbers_only_with_a_reason() {
    let office = Office::new();
    std::fs::create_dir(office.path("out")).unwrap();
    let told = office.at("09:00", &["form", "sheet", "--all", "--out", "out", "--date", "2020-02-18"]).done();
    let mut names: Vec<String> = std::fs::read_dir(office.path("out"))
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["U01-2020-02-18.xlsx", "U02-2020-02-18.xlsx"], "{told}");
    let again =
        office.at("09:00", &["form", "sheet", "--all", "--out", "out", "--date", "2020-02-18"]).refused();
    assert!(again.contains("U01-2020-02-18.xlsx"), "{again}");
    assert!(office.at("09:00", &["form", "sheet", "--all"]).refused().contains("--out"));
    let args = ["form", "sheet", "--unit", "U01", "--out", "full.xlsx", "--reveal", "核对手机号"];
    office.at("09:01", &args).done();
    let all = cells(&office, "full.xlsx").concat();
    assert!(all.iter().any(|cell| cell.starts_with("199000") && cell.len() == 11), "{all:?}");
    let access = office.at("09:03", &["access", "--format", "text"]).done();
    assert!(access.contains("核对手机号"), "{access}");
}

#[test]
fn a_template_of_any_form_sent_back_untouched_reports_nothing() {
    let office = Office::new();
    let reports: Vec<String> = zhiban::domain::form::builtins()
        .iter()
        .filter(|form| form.what == zhiban::domain::form::What::Report)
        .map(zhiban::intake::mapping::label)
        .collect();
    assert!(reports.len() > 6, "{reports:?}");
    for form in &reports {
        let file = format!("{form}.xlsx");
        let args = ["form", "sheet", "--unit", "U01", "--form", form, "--out", &file, "--reveal", "填报"];
        let made = office.at("09:00", &args);
        if form == "rounds-1" {
            // It asks for a round, and has no word for the only one of the day.
            assert!(made.refused().contains("没有轮次"), "{form}");
            continue;
        }
        made.done();
        let answer = office.at("09:30", &["import", "report", &file, "--json"]);
        let seen: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        let counts = (&seen["accepted"], &seen["unanswered"], &seen["rejected"]);
        assert_eq!(counts, (&0.into(), &2.into(), &serde_json::json!([])), "{form}: {seen:#}");
    }
}

#[test]
fn a_template_half_filled_waits_for_the_others_and_refuses_nobody() {
    for (form, head, said) in [("morning", "症状", "无"), ("return", "返程", "武汉")] {
        let office = Office::new();
        office.at("09:00", &["form", "sheet", "--unit", "U01", "--form", form, "--out", "a.xlsx"]).done();
        let heads = cells(&office, "a.xlsx")[5].clone();
        let head = heads.iter().find(|known| known.contains(head)).unwrap_or_else(|| panic!("{heads:?}"));
        filled(&office, "a.xlsx", &[("10001", head, said)]);
        let seen = office.at("09:30", &["import", "report", "a.xlsx", "--json"]).json();
        let counts = (&seen["accepted"], &seen["unanswered"], &seen["rejected"]);
        assert_eq!(counts, (&1.into(), &1.into(), &serde_json::json!([])), "{form}: {seen:#}");
    }
}

#[test]
fn a_sheet_for_one_round_has_it_filled_in_and_waits_for_who_is_not_measured_yet() {
    let office = Office::new();
    office.at("08:30", &["settings", "rounds", "am=09:00,pm=16:00"]).done();
    let args = ["form", "sheet", "--unit", "U01", "--form", "rounds", "--round", "pm", "--out", "a.xlsx"];
    office.at("09:00", &args).done();
    filled(&office, "a.xlsx", &[("10002", "体温", "36.5")]);
    let seen = office.at("16:30", &["import", "report", "a.xlsx", "--json"]).json();
    let counts = (&seen["accepted"], &seen["unanswered"], &seen["rejected"]);
    assert_eq!(counts, (&1.into(), &1.into(), &serde_json::json!([])), "{seen:#}");
}
