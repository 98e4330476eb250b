//! Empty sheets: what is filled in below their headers is taken in, in both languages.

use super::Office;
use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

/// The headers of a workbook's only sheet.
fn heads(office: &Office, file: &str) -> Vec<String> {
    let mut book: Xlsx<_> = open_workbook(office.path(file)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.len(), 1, "{names:?}");
    let range = book.worksheet_range(&names[0]).unwrap();
    assert_eq!(range.height(), 1, "headings only");
    range.rows().next().unwrap().iter().map(ToString::to_string).collect()
}

/// Writes a filled-in copy: each row by the place of its header, everything else left empty.
fn fill(office: &Office, file: &str, heads: &[String], rows: &[&[(&str, &str)]]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (col, head) in (0..).zip(heads) {
        sheet.write_string(0, col, head).unwrap();
    }
    for (line, row) in (1..).zip(rows) {
        for (head, text) in *row {
            let col = heads.iter().position(|known| known == head);
            let col = col.unwrap_or_else(|| panic!("no column {head}: {heads:?}")) as u16;
            sheet.write_string(line, col, *text).unwrap();
        }
    }
    book.save(office.path(file)).unwrap();
}

fn imported(office: &Office, lang: &str, args: &[&str], accepted: i64) {
    let plan = office.at("10:05", &[&["--lang", lang], args, &["--yes", "--json"]].concat()).json();
    assert_eq!(plan["accepted"], accepted, "{plan:#}");
    assert_eq!(plan["rejected"], serde_json::json!([]), "{plan:#}");
    let warnings = plan["warnings"].as_array().unwrap();
    let headers =
        |text: &serde_json::Value| text.to_string().contains("没有") || text.to_string().contains("left out");
    assert!(!warnings.iter().any(headers), "every column is known: {warnings:?}");
}

#[test]
fn a_blank_that_was_filled_in_is_taken_in_in_both_languages() {
    for (lang, units, roster, report) in [
        (
            "zh",
            [
                ("代码", "U07"),
                ("名称", "外国语学院"),
                ("联络人", "刘芳"),
                ("联络人电话", "05320000107"),
                ("是否报送", "是"),
            ],
            [
                ("工号", "0070001"),
                ("姓名", "孙悦"),
                ("单位", "外国语学院"),
                ("手机", "19900007001"),
                ("人员类别", "教职工"),
            ],
            [
                ("工号", "0070001"),
                ("姓名", "孙悦"),
                ("单位", "外国语学院"),
                ("上午体温", "36.5"),
                ("当前状态", "正常"),
            ],
        ),
        (
            "en",
            [
                ("Code", "U08"),
                ("Name", "医学院"),
                ("Liaison", "何平"),
                ("Liaison's phone", "05320000108"),
                ("Sends reports", "yes"),
            ],
            [
                ("No", "0080001"),
                ("Name", "Anna Müller"),
                ("Unit", "医学院"),
                ("Phone", "19900008001"),
                ("Kind", "foreign"),
            ],
            [
                ("No", "0080001"),
                ("Name", "Anna Müller"),
                ("Unit", "医学院"),
                ("Morning temperature", "36.5"),
                ("Status", "well"),
            ],
        ),
    ] {
        let office = Office::new();
        for (what, row) in [("units", units), ("roster", roster), ("report", report)] {
            let file = format!("{what}.xlsx");
            let args = ["--lang", lang, "import", "--blank", what, &file];
            assert!(office.at("10:00", &args).done().contains(&file));
            let heads = heads(&office, &file);
            let zh = heads.iter().any(|head| !head.is_ascii());
            assert_eq!(zh, lang == "zh", "{heads:?}");
            fill(&office, &file, &heads, &[&row]);
            let mut args = vec!["import", what, &file];
            if what == "report" {
                args.extend(["--date", "2020-02-17"]);
            }
            imported(&office, lang, &args, 1);
        }
        let no = if lang == "zh" { "0070001" } else { "0080001" };
        let person = office.at("10:06", &["show", "person", no, "--json"]).json();
        assert_eq!(person["readings"][0]["temp_am"], 36.5, "{person:#}");
    }
}

#[test]
fn a_blank_has_a_name_of_its_own_and_takes_nobodys_place() {
    let office = Office::new();
    for (lang, what, name) in [
        ("zh", "roster", "人员名册-空表.xlsx"),
        ("zh", "units", "单位名册-空表.xlsx"),
        ("en", "report", "report-blank.xlsx"),
    ] {
        let args = ["--lang", lang, "import", "--blank", what];
        assert!(office.at("10:00", &args).done().contains(name));
        let before = std::fs::read(office.path(name)).unwrap();
        let again = office.at("10:00", &args).refused();
        assert!(again.contains(name), "{again}");
        assert_eq!(std::fs::read(office.path(name)).unwrap(), before);
    }
}

#[test]
fn no_names_the_people_of_an_english_sheet_and_the_rows_of_a_chinese_one() {
    let office = Office::new();
    let report = |text: &str| {
        office.file("day.csv", text);
        let args = ["import", "report", "day.csv", "--date", "2020-02-17", "--unit", "U01", "--json"];
        // A sheet in which every row is refused is refused.
        serde_json::from_str::<serde_json::Value>(&office.at("10:05", &args).out).unwrap()
    };
    // In English it is the person's number.
    let english = report("No,Name,Unit,Temp\n10001,张伟,土木工程学院,36.5\n10002,单晓,土木工程学院,36.6\n");
    assert_eq!(
        (english["accepted"].as_i64(), &english["rejected"]),
        (Some(2), &serde_json::json!([])),
        "{english:#}"
    );
    let wrong = report("No,Name,Temp\n99999,张伟,36.5\n");
    assert_eq!(wrong["rejected"].as_array().map(Vec::len), Some(1), "{wrong:#}");
    // A running number is one in any language, and so is it beside 姓名.
    for text in ["No,Name,Temp\n1,张伟,36.5\n2,单晓,36.6\n", "No,姓名,体温\n7,张伟,36.5\n9,单晓,36.6\n"]
    {
        let counted = report(text);
        assert_eq!(
            (counted["accepted"].as_i64(), &counted["rejected"]),
            (Some(2), &serde_json::json!([])),
            "{counted:#}"
        );
    }
    // Where a column for the number stands beside it, it is not asked.
    let both = report("No,Staff number,Name,Temp\n5,10001,张伟,36.5\n6,10002,单晓,36.6\n");
    assert_eq!(both["accepted"], 2, "{both:#}");
    // A roster whose people have no number but that of the row is no roster.
    office.file("counted.csv", "No,Name,Unit\n1,钱一,U01\n2,孙二,U01\n");
    let refused = office.at("10:05", &["import", "roster", "counted.csv"]).refused();
    assert!(refused.contains("表头"), "{refused}");
}
