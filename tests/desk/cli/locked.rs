//! Sheets locked with a password, as a script takes them in: the password over standard input, a code where it is missing.

use super::{Office, json};
use crate::intake::lock::{TODAY, Way, locked};
use rust_xlsxwriter::Workbook;

const PASSWORD: &str = "Tide-潮 20";

fn report(temp: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["工号", "姓名", "上午体温"]).unwrap();
    sheet.write_row(1, 0, ["10001", "张伟", temp]).unwrap();
    sheet.write_row(2, 0, ["10002", "单晓", temp]).unwrap();
    book.save_to_buffer().unwrap()
}

/// The same, with a row of somebody whom nobody knows.
fn with_a_stranger(temp: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["工号", "姓名", "上午体温"]).unwrap();
    sheet.write_row(1, 0, ["10001", "张伟", temp]).unwrap();
    sheet.write_row(2, 0, ["10002", "单晓", temp]).unwrap();
    sheet.write_row(3, 0, ["99999", "无名氏", temp]).unwrap();
    book.save_to_buffer().unwrap()
}

impl Office {
    fn lay(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
    }
}

#[test]
fn a_locked_file_is_imported_with_its_password_on_standard_input_and_says_a_code_without() {
    let office = Office::new();
    let fast = Way::Agile("SHA1", 128, 1_000);
    office.lay("土木.xlsx", &locked(&report("36.5"), PASSWORD, TODAY));
    office.lay("土木二.xlsx", &locked(&report("36.6"), PASSWORD, fast));
    let import = ["import", "report", "土木.xlsx", "--date", "2020-02-17", "--json"];
    let without = office.at("10:05", &import);
    assert_eq!(without.code, 1);
    let said: serde_json::Value = serde_json::from_str(&without.out).unwrap();
    assert_eq!((&said["code"], &said["written"]), (&json!("locked"), &json!(false)), "{said}");
    assert!(without.err.contains("有密码") && without.err.contains("--stdin"), "{}", without.err);
    let given = [&import[..], &["--stdin"]].concat();
    for wrong in ["tide-潮 20\n", "\n", ""] {
        let answer = office.asked("10:06", &given, wrong);
        assert_eq!(answer.code, 1);
        let said: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        let code = if wrong.len() > 1 { "wrong-password" } else { "locked" };
        assert_eq!(said["code"], code, "{wrong:?}: {said}");
        assert!(!answer.out.contains("tide") && !answer.err.contains("tide"), "{}{}", answer.out, answer.err);
    }
    let seen = office.asked("10:07", &given, "Tide-潮 20\n").json();
    assert_eq!((&seen["accepted"], &seen["code"]), (&json!(2), &serde_json::Value::Null), "{seen}");
    // One line for all of them.
    let both = ["--lang", "en", "import", "report", "土木.xlsx", "土木二.xlsx", "--date", "2020-02-17"];
    let both = [&both[..], &["--reason", "again", "--yes", "--stdin"]].concat();
    let told = office.asked("10:08", &both, "Tide-潮 20\n").done();
    assert_eq!(told.matches("2 rows written").count(), 2, "{told}");
    // What was sent before is known again, and nothing of the password is in the log or in any file.
    let again = office.asked("10:09", &[&given[..], &["--yes"]].concat(), "Tide-潮 20\n");
    assert!(again.err.contains("导入过"), "{}", again.err);
    for entry in std::fs::read_dir(office.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let is_there = bytes.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes());
            assert!(!is_there, "{}", path.display());
        }
    }
}

#[test]
fn a_locked_file_of_the_inbox_stands_as_such_and_is_taken_in_with_its_password() {
    let office = Office::new();
    std::fs::create_dir(office.path("in")).unwrap();
    office.lay("in/土木学院2.17.xlsx", &locked(&report("36.5"), PASSWORD, TODAY));
    let folder = office.path("in");
    office.at("10:00", &["settings", "inbox", folder.to_str().unwrap()]).done();
    let list = office.at("10:05", &["inbox", "list", "--json"]).json();
    assert_eq!((&list[0]["stand"], &list[0]["kind"]), (&json!("locked"), &serde_json::Value::Null), "{list}");
    assert!(office.at("10:05", &["inbox"]).done().contains("有密码"));
    let take = ["inbox", "take", "土木学院2.17.xlsx", "--yes", "--json"];
    let without = office.at("10:06", &take);
    let said: serde_json::Value = serde_json::from_str(&without.out).unwrap();
    assert_eq!((without.code, &said[0]["code"], &said[0]["taken"]), (1, &json!("locked"), &json!(false)));
    let given = [&take[..], &["--stdin"]].concat();
    let wrong = office.asked("10:07", &given, "潮\n");
    let said: serde_json::Value = serde_json::from_str(&wrong.out).unwrap();
    assert_eq!((wrong.code, &said[0]["code"]), (1, &json!("wrong-password")));
    assert!(office.path("in/土木学院2.17.xlsx").exists());
    // Of all that are ready it is none, until its password comes with the command.
    assert_eq!(office.at("10:08", &["inbox", "take", "--all", "--yes"]).code, 1);
    let all = ["inbox", "take", "--all", "--yes", "--json", "--stdin"];
    let done = office.asked("10:09", &all, "Tide-潮 20\n").json();
    assert_eq!((&done[0]["accepted"], &done[0]["taken"]), (&json!(2), &json!(true)), "{done}");
    assert!(!office.path("in/土木学院2.17.xlsx").exists());
    // What the log says of it needs no password.
    let message = office.at("10:10", &["inbox", "message", "土木学院2.17.xlsx", "--json"]).json();
    assert!(message["text"].as_str().unwrap().contains("已收"), "{message}");
    assert_eq!(done[0]["remark"], serde_json::Value::Null, "nothing went back");
}

#[test]
fn that_refused_rows_of_a_locked_file_go_back_open_is_said_beside_them() {
    let office = Office::new();
    std::fs::create_dir(office.path("in")).unwrap();
    let folder = office.path("in");
    office.at("10:00", &["settings", "inbox", folder.to_str().unwrap()]).done();
    let take = ["inbox", "take", "土木学院2.17.xlsx", "--yes", "--stdin"];
    let bytes = locked(&with_a_stranger("36.5"), PASSWORD, Way::Agile("SHA1", 128, 1_000));
    office.lay("in/土木学院2.17.xlsx", &bytes);
    let plain = office.asked("10:05", &take, "Tide-潮 20\n");
    assert!(
        plain.err.contains("「土木学院2.17.xlsx」有密码，退回的表没有加密码"),
        "{}{}",
        plain.out,
        plain.err
    );
    office.at("10:06", &["undo", "--yes"]).done();
    // Of the same rows in a file that is open nothing of the kind is said.
    office.lay("in/土木学院2.17.xlsx", &with_a_stranger("36.5"));
    let open = office.at("10:07", &["inbox", "take", "土木学院2.17.xlsx", "--yes", "--json"]).json();
    assert_eq!((&open[0]["rejected"], &open[0]["remark"]), (&json!(1), &serde_json::Value::Null), "{open}");
    office.at("10:08", &["undo", "--yes"]).done();
    let bytes = locked(&with_a_stranger("36.6"), PASSWORD, Way::Agile("SHA1", 128, 1_000));
    office.lay("in/土木学院2.17.xlsx", &bytes);
    let done =
        office.asked("10:09", &[&["--lang", "en"], &take[..], &["--json"]].concat(), "Tide-潮 20\n").json();
    let remark = done[0]["remark"].as_str().unwrap_or_default();
    assert!(remark.contains("is locked, the sheet of its refused rows is not"), "{done}");
}

#[test]
fn a_form_is_guessed_from_a_locked_file() {
    let office = Office::new();
    office.lay("a.xlsx", &locked(&report("36.5"), PASSWORD, Way::Standard));
    assert!(office.at("10:05", &["form", "guess", "a.xlsx"]).refused().contains("--stdin"));
    let text = office.asked("10:05", &["form", "guess", "a.xlsx", "--stdin"], "Tide-潮 20\n").done();
    assert!(text.contains("上午体温"), "{text}");
}
