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
}
