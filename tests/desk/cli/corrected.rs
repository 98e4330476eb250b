//! Corrections of a report: what a row that cannot be read takes back, and what a file says of another day.

use super::{Office, Value};

const HEADS: &str = "工号,姓名,上午体温,下午体温,当前状态\n";

/// Takes in a sheet of the day; what was said about it.
fn taken(office: &Office, time: &str, file: &str, rows: &str, more: &[&str]) -> Value {
    office.file(file, &format!("{HEADS}{rows}"));
    let args = [&["import", "report", file, "--date", "2020-02-17", "--yes", "--json"][..], more].concat();
    let answer = office.at(time, &args);
    serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}", answer.err))
}

#[test]
fn a_row_of_a_correction_that_is_refused_takes_nothing_back() {
    let office = Office::new();
    taken(&office, "09:00", "a.csv", "10001,张伟,38.6,38.5,正常\n10002,单晓,36.5,36.6,正常\n", &[]);
    let said = taken(
        &office,
        "11:30",
        "b.csv",
        "10001,张伟,38.6,38.5,烫手\n10002,单晓,36.7,36.6,正常\n",
        &["--reason", "体温写错"],
    );
    assert_eq!(said["rejected"].as_array().unwrap().len(), 1, "{said}");
    assert_eq!(
        said["dropped"],
        Value::Array(Vec::new()),
        "who stands in the sheet is not gone from it: {said}"
    );
    assert!(said["warnings"].to_string().contains("原报保留：张伟"), "{said}");
    let person = office.at("11:31", &["show", "person", "10001", "--json"]).json();
    assert_eq!(person["readings"][0]["temp_am"], 38.6, "{person}");
    assert_eq!(person["readings"][0]["superseded"], false, "{person}");
    let findings = office.at("11:31", &["list", "findings", "--json"]).json();
    assert_eq!(findings[0]["name"], "张伟", "{findings}");
    // A row that answers nothing neither.
    let said = taken(
        &office,
        "11:40",
        "c.csv",
        "10001,张伟,,,\n10002,单晓,36.8,36.6,正常\n",
        &["--reason", "再更正"],
    );
    assert!(said["warnings"].to_string().contains("原报保留：张伟"), "{said}");
    assert_eq!(office.at("11:41", &["list", "findings", "--json"]).json()[0]["name"], "张伟");
}

#[test]
fn whoever_a_refused_row_may_be_about_stays_in_the_report() {
    let office = Office::new();
    office.file("more.csv", "工号,姓名,单位\n10005,张伟,土木工程学院\n");
    office.at("08:30", &["import", "roster", "more.csv", "--yes"]).done();
    let first = "10001,张伟,38.6,38.5,正常\n10002,单晓,36.5,36.6,正常\n10005,张伟,36.4,36.4,正常\n";
    taken(&office, "09:00", "a.csv", first, &[]);
    for (at, row, code) in [
        ("11:00", "10001,张玮,38.6,38.5,正常", "name-differs"),
        ("11:10", ",张伟,38.6,38.5,正常", "no-number"),
        ("11:20", "10001,张伟,38.6,很高,正常", "not-a-temperature"),
    ] {
        let rows = format!("{row}\n10002,单晓,36.{},36.6,正常\n", &at[3..4]);
        let said = taken(&office, at, &format!("{code}.csv"), &rows, &["--reason", "更正"]);
        assert_eq!(said["rejected"].as_array().unwrap().len(), 1, "{code}: {said}");
        assert!(said["rejected"][0]["code"].is_string(), "{code}");
        assert!(said["warnings"].to_string().contains("原报保留：张伟"), "{code}: {said}");
        assert!(!said["changed"].to_string().contains("10001"), "{code}: {said}");
        assert_eq!(said["findings"], Value::Array(Vec::new()), "{code}: it was brought before: {said}");
        let findings = office.at(at, &["list", "findings", "--json"]).json();
        assert_eq!(findings[0]["no"], "10001", "{code}: {findings}");
    }
}

#[test]
fn what_stays_of_a_report_is_no_row_of_the_sheet() {
    let office = Office::new();
    taken(&office, "09:00", "a.csv", "10001,张伟,36.5,36.6,正常\n10002,单晓,36.5,36.6,正常\n", &[]);
    std::fs::create_dir(office.path("in")).unwrap();
    office.at("09:01", &["settings", "inbox", office.path("in").to_str().unwrap()]).done();
    let rows = "10001,张伟,36.7,36.6,正常\n10002,单晓,36.5,36.6,烫手\n10003,欧阳娜,36.5,36.6,正常\n";
    let sheet = |name: &str| {
        office.file(&format!("in/{name}"), &format!("{HEADS}{rows}"));
        let old = std::fs::File::options().write(true).open(office.path("in").join(name)).unwrap();
        old.set_modified(std::time::UNIX_EPOCH).unwrap();
    };
    sheet("合报2.17.csv");
    let by = ["inbox", "take", "合报2.17.csv", "--except", "土木", "--reason", "更正", "--yes", "--json"];
    let done = office.at("11:00", &by).json();
    assert_eq!(done[0]["accepted"], 1, "{done}");
    sheet("合报2.17再.csv");
    let by = ["inbox", "take", "合报2.17再.csv", "--only", "土木", "--reason", "更正", "--yes", "--json"];
    let done = office.at("11:10", &by).json();
    assert_eq!(done[0]["accepted"], 1, "{done}");
    let message = office.at("11:11", &["inbox", "message", "合报2.17再.csv"]).done();
    assert!(message.contains("土木工程学院 1 行"), "{message}");
}

#[test]
fn sheets_of_several_days_are_each_read_for_its_own() {
    let office = Office::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, temp) in [("2.16", "38.9"), ("2.17", "36.5")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in [["工号", "姓名", "上午体温"], ["10001", "张伟", temp]].iter().enumerate()
        {
            for (col, cell) in cells.iter().enumerate() {
                sheet.write(row as u32, col as u16, *cell).unwrap();
            }
        }
    }
    book.save(office.path("两天.xlsx")).unwrap();
    let args = ["import", "report", "两天.xlsx", "--date", "2020-02-17", "--yes", "--json"];
    let said = office.at("09:00", &args).json();
    assert_eq!(
        (&said["accepted"], said["rejected"].as_array().unwrap().len()),
        (&Value::from(1), 0),
        "{said}"
    );
    assert!(said["warnings"].to_string().contains("工作表「2.16」是另一天的，未读取"), "{said}");
    let person = office.at("09:01", &["show", "person", "10001", "--json"]).json();
    assert_eq!(person["readings"][0]["temp_am"], 36.5, "{person}");
}

#[test]
fn somebodys_second_row_stands_where_the_first_was_refused() {
    let office = Office::new();
    let rows = "10001,张伟,36.5,36.6,烫手\n10001,张伟,38.1,38.0,正常\n10001,张伟,36.1,36.0,正常\n";
    let said = taken(&office, "09:00", "a.csv", rows, &[]);
    let codes: Vec<&str> =
        said["rejected"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    assert_eq!((codes.len(), codes.last()), (2, Some(&"duplicate-person")), "{said}");
    let person = office.at("09:01", &["show", "person", "10001", "--json"]).json();
    assert_eq!(person["readings"][0]["temp_am"], 38.1, "{person}");
}

#[test]
fn what_a_file_says_of_another_day_is_told() {
    let office = Office::new();
    let said = taken(&office, "09:00", "土木2.16.csv", "10001,张伟,36.5,36.6,正常\n", &[]);
    let told = said["warnings"].to_string();
    assert!(told.contains("文件名写的是 2020-02-16，这里按 2020-02-17 导入"), "{told}");
    let said =
        taken(&office, "09:10", "土木2月17日.csv", "10001,张伟,36.7,36.6,正常\n", &["--reason", "更正"]);
    assert!(!said["warnings"].to_string().contains("文件名"), "{said}");
    // By when it must be back is no day of its own, and what lies between two days is meant.
    office.file("b.csv", &format!("请于2月18日10:00前报送\n{HEADS}10001,张伟,36.8,36.6,正常\n"));
    let by = ["--date", "2020-02-17", "--reason", "再更正", "--yes", "--json"];
    let said = office.at("09:20", &[&["import", "report", "b.csv"][..], &by].concat()).json();
    assert!(!said["warnings"].to_string().contains("写的是"), "{said}");
    let said = taken(&office, "09:30", "2.16-2.18.csv", "10001,张伟,36.9,36.6,正常\n", &["--reason", "三"]);
    assert!(!said["warnings"].to_string().contains("写的是"), "{said}");
}

/// How many rows stand in the report of the first unit.
fn rows(office: &Office, at: &str) -> usize {
    let report = office.at(at, &["show", "report", "U01", "--json"]).json();
    let rows = report["rows"].as_array().unwrap();
    rows.iter().filter(|row| !row["row"].is_null()).count()
}

#[test]
fn a_shorter_sheet_is_the_whole_report_or_some_rows_of_it() {
    let office = Office::new();
    let both = "10001,张伟,36.5,36.6,正常\n10002,单晓,36.5,36.6,正常\n";
    taken(&office, "09:00", "a.csv", both, &[]);
    let one = "10002,单晓,36.8,36.6,正常\n";
    let said = taken(&office, "11:00", "b.csv", one, &["--reason", "体温写错", "--part"]);
    assert_eq!(said["dropped"], Value::Array(Vec::new()), "{said}");
    assert_eq!(said["accepted"], 1, "{said}");
    assert_eq!(rows(&office, "11:01"), 2, "whoever is not in it stays as reported");
    let logged = office.at("11:02", &["list", "log", "--json"]).json();
    assert!(logged[0]["text"].as_str().unwrap().starts_with("更正：体温写错"), "{logged}");
    // Meant whole, it says before all who goes.
    let said = taken(&office, "11:10", "c.csv", "10002,单晓,36.9,36.6,正常\n", &["--reason", "再更正"]);
    assert_eq!(said["dropped"][0]["name"], "张伟", "{said}");
    assert!(said["warnings"][0].as_str().unwrap().contains("1 人不在这份表里"), "{said}");
    assert_eq!(rows(&office, "11:11"), 1);
    // That not all of them are in it is seen where the unit is.
    let units = office.at("11:12", &["list", "units", "--json"]).json();
    assert_eq!((&units[0]["people"], &units[0]["rows"]), (&2.into(), &1.into()), "{units}");
    assert!(office.at("11:12", &["list", "units"]).done().contains("1/2"));
    let asked = office.at("11:12", &["import", "units", "units.csv", "--part"]);
    assert!(asked.code != 0 && asked.err.contains("--part"), "{}", asked.err);
}

#[test]
fn a_shorter_sheet_in_the_inbox_is_asked_about() {
    let office = Office::new();
    taken(&office, "09:00", "a.csv", "10001,张伟,36.5,36.6,正常\n10002,单晓,36.5,36.6,正常\n", &[]);
    std::fs::create_dir(office.path("in")).unwrap();
    office.at("09:01", &["settings", "inbox", office.path("in").to_str().unwrap()]).done();
    let put = |name: &str, rows: &str| {
        office.file(&format!("in/{name}"), &format!("{HEADS}{rows}"));
        let old = std::fs::File::options().write(true).open(office.path("in").join(name)).unwrap();
        old.set_modified(std::time::UNIX_EPOCH).unwrap();
    };
    put("土木2.17.csv", "10002,单晓,36.8,36.6,正常\n");
    let listed = office.at("11:00", &["inbox", "list", "--json"]).json();
    assert_eq!(listed[0]["stand"], "question", "{listed}");
    assert!(listed[0]["notes"].to_string().contains("整份重报"), "{listed}");
    let take = ["inbox", "take", "土木2.17.csv", "--reason", "更正", "--yes", "--json"];
    let done = office.at("11:01", &take);
    assert!(done.code != 0 && done.err.contains("整份重报"), "{}", done.err);
    let done = office.at("11:02", &[&take[..], &["--part"]].concat()).json();
    assert_eq!(done[0]["accepted"], 1, "{done}");
    assert_eq!(rows(&office, "11:03"), 2);
    put("土木2.17二.csv", "10002,单晓,36.9,36.6,正常\n");
    let whole = ["inbox", "take", "土木2.17二.csv", "--reason", "更正", "--whole", "--yes", "--json"];
    assert_eq!(office.at("11:10", &whole).json()[0]["accepted"], 1);
    assert_eq!(rows(&office, "11:11"), 1);
}

#[test]
fn what_was_answered_is_not_overruled_without_a_word() {
    let office = Office::new();
    taken(&office, "09:00", "a.csv", "10001,张伟,38.6,36.5,正常\n10002,单晓,36.5,36.6,正常\n", &[]);
    let doubts = office.at("09:10", &["list", "doubts", "--json"]).json();
    let id = doubts[0]["id"].as_str().unwrap();
    office.at("09:20", &["doubt", "confirm", id, "--told-by", "王芳", "--words", "量了两次"]).done();
    let rows = "10001,张伟,36.6,36.5,正常\n10002,单晓,36.5,36.6,正常\n";
    let said = taken(&office, "11:00", "b.csv", rows, &["--reason", "更正"]);
    let warning = said["warnings"].to_string();
    assert!(warning.contains("由王芳答复") && warning.contains("38.6") && warning.contains("36.6"), "{said}");
    // What was answered goes with the same again, and says nothing.
    let rows = "10001,张伟,38.6,36.5,正常\n10002,单晓,36.7,36.6,正常\n";
    let said = taken(&office, "11:10", "c.csv", rows, &["--reason", "更正"]);
    assert!(!said["warnings"].to_string().contains("由王芳答复"), "{said}");
}

#[test]
fn somebody_in_the_sheets_of_two_units_with_two_temperatures_is_told() {
    let office = Office::new();
    taken(&office, "09:00", "a.csv", "10001,张伟,36.5,36.6,正常\n10002,单晓,36.5,36.6,正常\n", &[]);
    std::fs::create_dir(office.path("in")).unwrap();
    office.at("09:01", &["settings", "inbox", office.path("in").to_str().unwrap()]).done();
    let heads = HEADS.replace("工号", "单位,工号");
    let rows = "机械工程学院,10001,张伟,38.1,36.6,观察\n机械工程学院,10003,欧阳娜,36.5,36.6,正常\n";
    office.file("in/机械2.17.csv", &format!("{heads}{rows}"));
    let old = std::fs::File::options().write(true).open(office.path("in/机械2.17.csv")).unwrap();
    old.set_modified(std::time::UNIX_EPOCH).unwrap();
    let listed = office.at("09:30", &["inbox", "list", "--json"]).json();
    assert_eq!(listed[0]["stand"], "look", "{listed}");
    let notes = listed[0]["notes"].to_string();
    assert!(
        notes.contains("土木工程学院") && notes.contains("36.5/36.6") && notes.contains("38.1"),
        "{listed}"
    );
    // What goes back to a sender, and what the log keeps of it, is about nobody.
    office.at("09:31", &["inbox", "return", "机械2.17.csv"]).done();
    let returned = std::fs::read_dir(office.path("in/returned/2020-02-17")).unwrap();
    let message = returned.flatten().find(|one| one.path().extension().is_some_and(|e| e == "txt")).unwrap();
    let message = std::fs::read_to_string(message.path()).unwrap();
    let logged = office.at("09:32", &["list", "log", "--json"]).json().to_string();
    assert!(message.contains("别的单位同日报的不一样"), "{message}");
    for said in ["张伟", "36.5"] {
        assert!(!message.contains(said), "{message}");
        assert!(!logged.contains(said), "{logged}");
    }
}

#[test]
fn what_a_spreadsheet_did_to_numbers_is_mended_or_told_in_text_files_too() {
    let office = Office::new();
    office.file("zeros.csv", "工号,姓名,单位\n000451,王一,土木工程学院\n");
    office.at("08:30", &["import", "roster", "zeros.csv", "--yes"]).done();
    let rows = "451,王一,36.5,36.6,正常\n10001,张伟,37.25,36.599999999999994,正常\n";
    let said = taken(&office, "09:00", "a.csv", rows, &[]);
    assert_eq!((&said["accepted"], &said["rejected"]), (&2.into(), &Value::Array(Vec::new())), "{said}");
    let told = said["warnings"].to_string();
    assert!(told.contains("000451"), "{said}");
    assert!(
        told.contains("1 处体温写了不止一位小数") && told.contains("37.25") && told.contains("37.3"),
        "{said}"
    );
    // Two columns of one name that say two things.
    office.file("b.csv", "工号,姓名,上午体温,上午体温,下午体温\n10002,单晓,36.5,38.5,36.6\n");
    let by = ["import", "report", "b.csv", "--date", "2020-02-17", "--reason", "再报", "--part", "--json"];
    let said = office.at("09:10", &by).json();
    assert!(said["warnings"].to_string().contains("有两列「上午体温」，1 行两列写的不一样"), "{said}");
    // What kind somebody is stands in words in the preview.
    office.file("kind.csv", "工号,姓名,单位,人员类别\n10001,张伟,土木工程学院,本科生\n");
    let shown = office.at("09:20", &["import", "roster", "kind.csv"]).out;
    assert!(shown.contains("教职工 → 本科生"), "{shown}");
    let out = office.at("09:30", &["form", "sheet", "--all", "--out", "new"]);
    assert!(out.done().contains("new") && office.path("new").is_dir());
    assert!(office.at("09:31", &["form", "sheet", "--all", "--out", "no/such"]).err.contains("no/such"));
}

#[test]
fn some_rows_that_complete_nothing_are_the_whole_report_and_who_is_missing_is_told() {
    let office = Office::new();
    let said = taken(&office, "09:00", "a.csv", "10001,张伟,36.5,36.6,正常\n", &["--part"]);
    assert!(said["warnings"].to_string().contains("还没有日报可以补改"), "{said}");
    assert!(said["warnings"].to_string().contains("单晓"), "{said}");
    assert_eq!(said["units"][0]["missing"], 1, "{said}");
    let said =
        taken(&office, "09:10", "b.csv", "10001,张伟,36.7,36.6,正常\n", &["--part", "--reason", "写错"]);
    assert!(!said["warnings"].to_string().contains("还没有日报可以补改"), "{said}");
}

#[test]
fn what_was_corrected_and_is_sent_again_is_told_and_the_correction_stands() {
    let office = Office::new();
    taken(&office, "09:00", "a.csv", "10001,张伟,38.6,36.5,正常\n10002,单晓,36.5,36.6,正常\n", &[]);
    let doubts = office.at("09:10", &["list", "doubts", "--json"]).json();
    let id = doubts[0]["id"].as_str().unwrap();
    let to = ["--field", "temp_am", "--to", "36.6", "--told-by", "王芳"];
    office.at("09:20", &[&["doubt", "correct", id][..], &to].concat()).done();
    let rows = "10001,张伟,38.6,36.5,正常\n10002,单晓,36.8,36.6,正常\n";
    let said = taken(&office, "11:00", "b.csv", rows, &["--reason", "更正"]);
    let told = said["warnings"].to_string();
    assert!(told.contains("由王芳更正的") && told.contains("38.6") && told.contains("36.6"), "{said}");
}

#[test]
fn two_columns_of_one_name_that_differ_are_looked_at_before_they_are_taken() {
    let office = Office::new();
    std::fs::create_dir(office.path("in")).unwrap();
    office.at("09:01", &["settings", "inbox", office.path("in").to_str().unwrap()]).done();
    for (name, second) in [("同2.17.csv", "36.5"), ("异2.17.csv", "38.5")] {
        let rows = format!("工号,姓名,上午体温,上午体温\n10002,单晓,36.5,{second}\n");
        office.file(&format!("in/{name}"), &rows);
        let old = std::fs::File::options().write(true).open(office.path("in").join(name)).unwrap();
        old.set_modified(std::time::UNIX_EPOCH).unwrap();
    }
    let listed = office.at("09:30", &["inbox", "list", "--json"]).json();
    let of = |name: &str| {
        let all = listed.as_array().unwrap();
        all.iter().find(|file| file["file"] == name).unwrap()["stand"].clone()
    };
    assert_eq!((of("同2.17.csv"), of("异2.17.csv")), ("ready".into(), "look".into()), "{listed}");
}
