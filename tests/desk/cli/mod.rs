//! The real binary as a script sees it: exit codes, both languages, JSON field by field.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

mod blank;
mod calls;
mod corrected;
mod erase;
mod form_sheet;
mod heads;
mod languages;
mod ledger;
mod ledger_kept;
mod locked;
mod refusals;
mod register_sheets;
mod rights;
mod safe;
mod sheets;
mod trust;
mod typed;

/// A small rehearsal office: two units, three people, two officers.
struct Office {
    folder: TempDir,
}

/// What a command answered.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Answer {
    /// Standard output of a command that was done.
    fn done(self) -> String {
        assert_eq!(self.code, 0, "{}", self.err);
        self.out
    }

    /// Standard output of a command that was done, as JSON.
    fn json(self) -> Value {
        let text = self.done();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Standard error of a command that was refused.
    fn refused(self) -> String {
        assert_eq!(self.code, 1, "{}{}", self.out, self.err);
        self.err
    }
}

/// A paper's text without its lines.
fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Runs the program in a folder; nothing of this machine's locale or officer reaches it.
fn zhiban(folder: &Path, args: &[&str], input: &str) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhiban"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "ZHIBAN_OFFICER"] {
        command.env_remove(name);
    }
    command.env("HOME", folder).env("XDG_DATA_HOME", folder.join("data"));
    // Nor any printer: programs are looked for in the folder alone.
    command.env("XDG_STATE_HOME", folder.join("state")).env("PATH", folder);
    let output = command.current_dir(folder).args(args).write_stdin(input).output().unwrap();
    Answer {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

const UNITS: &str = "代码,名称,简称,联络人,联络人电话,第一责任人,第一责任人电话\n\
    U01,土木工程学院,土木,王芳,05320000101,赵刚,05320000111\n\
    U02,机械工程学院,机械,李强,05320000102,钱敏,05320000112\n";
const ROSTER: &str = "工号,姓名,单位,手机,人员类别\n\
    10001,张伟,土木工程学院,19900001234,教职工\n\
    10002,单晓,土木工程学院,19900005678,教职工\n\
    10003,欧阳娜,机械工程学院,19900009999,博士生\n";

impl Office {
    fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap() };
        let made =
            office.at("08:00", &["init", "--office", "海岬理工大学", "--officer", "林岚", "--with", "周航"]);
        assert!(made.done().contains("演练"));
        office.file("units.csv", UNITS);
        office.file("roster.csv", ROSTER);
        office.at("08:10", &["import", "units", "units.csv", "--yes"]).done();
        office.at("08:20", &["import", "roster", "roster.csv", "--yes"]).done();
        office
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// A command at a time of 17 February 2020.
    fn at(&self, time: &str, args: &[&str]) -> Answer {
        self.asked(time, args, "")
    }

    /// A command at a day and time of February 2020: `18T00:01`.
    fn on(&self, time: &str, args: &[&str]) -> Answer {
        let now = format!("2020-02-{time}:00+08:00");
        zhiban(self.folder.path(), &[&["--db", "office.db", "--now", &now], args].concat(), "")
    }

    /// The same, with answers typed in.
    fn asked(&self, time: &str, args: &[&str], input: &str) -> Answer {
        let now = format!("2020-02-17T{time}:00+08:00");
        let all = [&["--db", "office.db", "--now", &now], args].concat();
        zhiban(self.folder.path(), &all, input)
    }
}

#[test]
fn units_outstanding_and_people_as_json() {
    let office = Office::new();
    office.at("09:55", &["received", "U02", "--zero", "--at", "09:50"]).done();
    assert_eq!(
        office.at("10:05", &["list", "units", "--json"]).json(),
        json!([
            {
                "code": "U01", "name": "土木工程学院", "parent": "", "liaison": "王芳", "phone": "05320000101",
                "people": 2, "status": "outstanding", "received_at": null, "cases": 0, "current": "outstanding", "rows": null
            },
            {
                "code": "U02", "name": "机械工程学院", "parent": "", "liaison": "李强", "phone": "05320000102",
                "people": 1, "status": "zero", "received_at": "2020-02-17T09:50:00+08:00", "cases": 0,
                "current": "zero", "rows": null
            },
        ])
    );
    let logged = office.at(
        "10:06",
        &["log", "followup", "--on", "unit:U01", "--outcome", "promised", "--promise", "30m", "--json"],
    );
    let logged = logged.json();
    assert_eq!(logged["op"], 5);
    assert_eq!(logged["subject"], "unit:U01");
    let told = office
        .at("10:07", &["log", "followup", "--on", "unit:U02", "--outcome", "promised", "--promise", "09:00"]);
    assert!(told.done().contains("承诺到点：2020-02-18 09:00"));
    assert_eq!(logged["promise"]["due"].as_str().map(|due| &due[..16]), Some("2020-02-17T10:36"));
    let mut rows = office.at("10:12", &["list", "outstanding", "--json"]).json();
    // The second within the minute is the machine's.
    assert!(rows[0]["promise"].take().as_str().unwrap().starts_with("2020-02-17T10:36:"));
    assert_eq!(
        rows,
        json!([{
            "code": "U01", "name": "土木工程学院", "liaison": "王芳", "phone": "05320000101",
            "deadline": "2020-02-17T10:00:00+08:00", "minutes_late": 12, "chases": 1, "promise": null,
            "unanswered": 0, "head": "赵刚", "head_phone": "05320000111", "streak": 0,
            "day": "2020-02-17", "round": "day", "missing": 1,
            "owed": [{ "day": "2020-02-17", "round": "day" }]
        }])
    );
    assert_eq!(
        office.at("10:12", &["list", "people", "--unit", "机械", "--json"]).json(),
        json!([{
            "no": "10003", "name": "欧阳娜", "unit": "机械工程学院", "phone": "199****9999", "kind": "doctoral",
            "case": false
        }])
    );
    assert_eq!(
        office.at("10:12", &["find", "shan", "--json"]).json(),
        json!([{
            "no": "10002", "name": "单晓", "unit": "土木工程学院", "phone": "199****5678", "kind": "staff",
            "case": false, "what": "person"
        }])
    );
}

#[test]
fn what_comes_without_a_day_is_what_is_collected_now() {
    let office = Office::new();
    // Monday's report of one unit came, the other's did not; on Tuesday morning it is still owed, and never meant by
    // itself.
    office.at("09:55", &["received", "U02"]).done();
    let tuesday = |args: &[&str]| {
        let all = [&["--db", "office.db", "--now", "2020-02-18T08:00:00+08:00"], args].concat();
        zhiban(office.folder.path(), &all, "")
    };
    let monday = json!([{ "day": "2020-02-17", "round": "day" }]);
    assert_eq!(
        tuesday(&["received", "U01", "--json"]).json(),
        json!({ "op": 5, "id": null, "day": "2020-02-18", "round": "day", "owed": monday })
    );
    let again = tuesday(&["received", "U01"]).refused();
    assert!(again.contains("2020-02-18 的日报已收") && again.contains("还欠 2020-02-17"), "{again}");
    let late = tuesday(&["received", "U01", "--day", "2020-02-17", "--json"]).json();
    assert_eq!((&late["day"], &late["owed"]), (&json!("2020-02-17"), &json!([])));
    assert!(tuesday(&["received", "U02"]).done().contains("2020-02-18 day"));
    // A correction says which argument it wants, a wrong round which ones there are.
    assert!(tuesday(&["received", "U02"]).refused().contains("--reason"));
    for args in [
        &["received", "U02", "--round", "nope"][..],
        &["import", "report", "units.csv", "--date", "2020-02-17", "--round", "nope", "--json"],
    ] {
        let wrong = tuesday(args);
        assert_eq!(wrong.out, "", "{args:?}");
        let err = wrong.refused();
        assert!(err.contains("没有轮次“nope”") && err.contains("已有轮次：day"), "{args:?}: {err}");
    }
}

#[test]
fn what_is_owed_is_excused_or_written_off_with_a_reason() {
    let office = Office::new();
    office.at("09:55", &["received", "U02"]).done();
    let thursday = |args: &[&str]| {
        let all = [&["--db", "office.db", "--now", "2020-02-20T10:05:00+08:00"], args].concat();
        zhiban(office.folder.path(), &all, "")
    };
    let owed = |of: usize| thursday(&["list", "outstanding", "--json"]).json()[of].clone();
    assert_eq!(
        (&owed(0)["code"], &owed(0)["missing"], &owed(0)["day"]),
        (&json!("U01"), &json!(4), &json!("2020-02-17"))
    );
    assert!(thursday(&["excuse", "U01"]).err.contains("--reason"));
    let several = thursday(&["excuse", "U01", "--reason", "x"]).refused();
    assert!(
        several.contains("U01欠 4 份日报：2020-02-17、2020-02-18") && several.contains("--all"),
        "{several}"
    );
    let one = ["excuse", "U01", "--date", "2020-02-18", "--reason", "全员放假", "--json"];
    assert_eq!(
        thursday(&one).json(),
        json!({ "op": 5, "id": null, "how": "excused",
            "reports": [{ "unit": "U01", "day": "2020-02-18", "round": "day" }] })
    );
    assert!(thursday(&one).refused().contains("已免报"));
    assert!(
        thursday(&["excuse", "U01", "--date", "2020-02-21", "--reason", "x"]).refused().contains("还没有到")
    );
    assert!(thursday(&["excuse", "U02", "--date", "2020-02-17", "--reason", "x"]).refused().contains("已收"));
    let said = thursday(&["excuse", "U01", "U02", "--all", "--write-off", "--reason", "无法补报"]).done();
    assert!(said.contains("已核销U01、U02"), "{said}");
    assert_eq!(thursday(&["list", "outstanding", "--json"]).json(), json!([]));
    assert!(thursday(&["excuse", "U01", "--reason", "x"]).refused().contains("没有欠报"));
    // One act, one undo.
    thursday(&["undo", "--yes"]).done();
    assert_eq!((&owed(0)["missing"], &owed(1)["missing"]), (&json!(3), &json!(3)));
}

#[test]
fn a_script_gets_every_row_and_a_reader_is_told_of_more() {
    let office = Office::new();
    for n in 0..50 {
        office.at("10:05", &["log", "note", &format!("第{n}条")]).done();
    }
    assert_eq!(office.at("10:06", &["list", "log", "--json"]).json().as_array().map(Vec::len), Some(53));
    assert!(office.at("10:06", &["list", "log"]).done().contains("显示 50 条，共 53 条"));
    assert_eq!(
        office.at("10:06", &["list", "log", "--limit", "2", "--json"]).json().as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn an_office_has_forms_of_its_own_beside_its_database() {
    let office = Office::new();
    std::fs::create_dir(office.path("forms")).unwrap();
    office.file("forms/broken.toml", "name = 5");
    let import = ["import", "roster", "roster.csv", "--json"];
    assert!(office.at("10:05", &import).refused().contains("broken"));
    std::fs::remove_dir_all(office.path("forms")).unwrap();
    assert!(office.at("10:05", &import).out.contains("imported_before"));
}

#[test]
fn a_case_and_what_is_due_as_json() {
    let office = Office::new();
    let open = [
        "case",
        "open",
        "10002",
        "--category",
        "fever",
        "--category",
        "contact",
        "--measure",
        "home",
        "--last-exposure",
        "2020-02-10",
        "--at",
        "09:00",
    ];
    office.at("10:05", &open).done();
    assert_eq!(
        office.at("10:05", &["list", "cases", "--json"]).json(),
        json!([{
            "no": "10002", "name": "单晓", "unit": "土木工程学院", "categories": ["fever", "contact"],
            "measure": "home", "day": 7, "days": 14, "due_release": false, "state": "observing",
            "last_day": "2020-02-24", "opened_at": "2020-02-17T09:00:00+08:00", "last_contact": null
        }])
    );
    let mut due = office.at("10:05", &["list", "due", "--json"]).json();
    for row in due.as_array_mut().unwrap() {
        assert!(row["id"].take().is_string());
    }
    let slot = |at: &str, state: &str| {
        json!({
            "kind": "slot", "subject": "person:10002", "name": "单晓", "unit": "土木工程学院",
            "at": format!("2020-02-17T{at}:00+08:00"), "state": state, "missed": 0, "words": "7/14", "id": null
        })
    };
    assert_eq!(due, json!([slot("09:00", "open"), slot("16:00", "coming")]));
    // The calendar says when the days are over; a person releases.
    let later = ["--now", "2020-02-25T09:00:00+08:00", "list", "cases", "--json"];
    let later = zhiban(office.folder.path(), &[&["--db", "office.db"], &later[..]].concat(), "").json();
    assert_eq!((&later[0]["due_release"], &later[0]["state"]), (&json!(true), &json!("due-for-release")));
    assert_eq!(later[0]["day"], 14);
    office.at("10:20", &["case", "release", "10002", "--reason", "误报", "--early"]).done();
    assert_eq!(office.at("10:21", &["list", "cases", "--json"]).json(), json!([]));
}

#[test]
fn a_night_settles_nothing_that_the_day_left_open() {
    let office = Office::new();
    let open = [
        "case",
        "open",
        "10002",
        "--category",
        "contact",
        "--measure",
        "home",
        "--last-exposure",
        "2020-02-10",
    ];
    office.at("08:30", &open).done();
    for unit in ["U01", "U02"] {
        office.at("09:30", &["received", unit, "--zero"]).done();
    }
    // Of each hour: the missed and the open slot, and whether all is quiet.
    let look = |time: &str| {
        let due = office.on(time, &["list", "due", "--json"]).json();
        let rows = due.as_array().unwrap().iter().filter(|row| row["state"] != "coming");
        let rows: Vec<String> = rows
            .map(|row| {
                let at = row["at"].as_str().unwrap();
                format!(
                    "{} {} {} {}",
                    &at[8..16],
                    row["state"].as_str().unwrap(),
                    row["missed"],
                    row["words"].as_str().unwrap()
                )
            })
            .collect();
        (rows, office.on(time, &["--lang", "zh", "spoken"]).done().contains("平稳"))
    };
    let seen =
        |rows: &[&str], quiet: bool| (rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>(), quiet);
    let first = "17T09:00 missed";
    assert_eq!(look("17T10:05"), seen(&["17T09:00 open 0 7/14"], true));
    assert_eq!(look("17T16:05"), seen(&[&format!("{first} 1 7/14"), "17T16:00 open 0 7/14"], false));
    assert_eq!(look("17T23:59"), seen(&[&format!("{first} 1 7/14"), "17T16:00 open 0 7/14"], false));
    for time in ["18T00:01", "18T07:50"] {
        assert_eq!(look(time), seen(&[&format!("{first} 2 7/14")], false), "{time}");
    }
    assert_eq!(look("18T10:01"), seen(&[&format!("{first} 2 7/14"), "18T09:00 open 0 8/14"], false));
    assert_eq!(look("20T10:01"), seen(&[&format!("{first} 6 7/14"), "20T09:00 open 0 10/14"], false));
    for (time, line) in [("18T07:50", "漏访 2 次，最早"), ("20T10:01", "漏访 6 次，最早")] {
        let sheet = office.on(time, &["--lang", "zh", "callsheet", "--format", "text"]).done();
        assert!(sheet.contains(line), "{time}: {sheet}");
    }
    // Heard: the line leaves the list, not the record.
    office.on("20T10:10", &["log", "followup", "--on", "person:10002", "--outcome", "well"]).done();
    assert_eq!(look("20T10:11").0, Vec::<String>::new());
    let cases = office.on("20T10:11", &["show", "person", "10002", "--json"]).json();
    let missed = cases["cases"][0]["missed"].as_array().unwrap();
    assert_eq!(missed.len(), 6);
    assert_eq!(missed[0], json!({ "at": "2020-02-17T09:00:00+08:00", "day": 7 }));
    assert_eq!(missed[5], json!({ "at": "2020-02-19T16:00:00+08:00", "day": 9 }));
    let told = office.on("20T10:12", &["--lang", "zh", "show", "person", "10002"]).done();
    assert!(told.contains("漏访记录（共 6 次）"), "{told}");
    assert!(told.contains("02-17 至 02-19（第 7–9/14 天）每日 09:00、16:00"), "{told}");
    let paper = office.on("20T10:12", &["--lang", "en", "dossier", "10002", "--format", "text"]).done();
    let flat: String = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("Missed slots (6): 02-17 to 02-19 (days 7–9/14), each day 09:00, 16:00"),
        "{paper}"
    );
}

#[test]
fn what_was_said_is_what_the_told_book_keeps() {
    let office = Office::new();
    let open = ["case", "open", "10002", "--category", "contact", "--measure", "home"];
    office.at("10:05", &open).done();
    office.at("10:06", &["spoken", "--told", "书记"]).done();
    let book = office.at("10:07", &["told", "--json"]).json();
    let figures = book["told"][0]["figures"].as_object().unwrap();
    let said = office.at("10:06", &["--lang", "zh", "spoken", "--json"]).json();
    assert_eq!(figures["all.current"], 1);
    for key in ["all.cumulative", "measure.home.current", "all.hubei", "all.discharged"] {
        assert!(!figures.contains_key(key), "{key} was not said: {}", said["text"]);
    }
}

#[test]
fn an_import_says_what_it_would_do_and_writes_only_when_told() {
    let office = Office::new();
    office.file("day.csv", "工号,姓名,上午体温\n10001,张伟,36.5\n10002,单晓,烫手\n10009,无名,36.4\n");
    let import = ["import", "report", "day.csv", "--date", "2020-02-17", "--at", "09:40", "--json"];
    let plan = office.at("10:05", &import).json();
    assert_eq!(
        (&plan["accepted"], &plan["unchanged"], &plan["written"]),
        (&json!(1), &json!(0), &json!(false))
    );
    let rejected = plan["rejected"].as_array().unwrap();
    let temp = &rejected[0];
    assert_eq!(
        (&temp["sheet"], &temp["row"], &temp["column"], &temp["value"]),
        (&json!(""), &json!(3), &json!("上午体温"), &json!("烫手"))
    );
    assert!(temp["reason"].as_str().unwrap().contains("体温"));
    assert_eq!(rejected[1]["row"], 4);
    assert_eq!(office.at("10:05", &["list", "units", "--json"]).json()[0]["status"], "outstanding");

    // Asked, the answer is No unless somebody says yes.
    let plain = &import[..import.len() - 1];
    assert!(office.asked("10:05", plain, "\n").refused().contains("--yes"));
    assert!(office.asked("10:06", plain, "y\n").done().contains("已收 1 行"));
    assert_eq!(office.at("10:07", &["list", "units", "--json"]).json()[0]["status"], "received");
    // The same file is recognised by its content; a missing one stops no other.
    let again = office
        .at("10:08", &["import", "report", "day.csv", "gone.csv", "--date", "2020-02-17", "--yes", "--json"]);
    assert!(again.err.contains("导入过") && again.err.contains("gone.csv"), "{}", again.err);
    let results: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!((again.code, results.as_array().map(Vec::len)), (1, Some(2)));
    assert_eq!(results[0]["imported_before"], 4);
    assert!(results[1]["error"].is_string());
    // The rejected value is shown here and nowhere kept.
    let log = office.at("10:09", &["list", "log", "--json"]).done();
    assert!(!log.contains("烫手"), "{log}");
}

#[test]
fn personal_numbers_are_masked_until_a_reason_is_given() {
    let office = Office::new();
    let masked = office.at("10:05", &["show", "person", "10001", "--json"]).json();
    assert_eq!(masked["phone"], "199****1234");
    let shown = office.at("10:06", &["show", "person", "10001", "--json", "--reveal", "联系本人"]).json();
    assert_eq!(shown["phone"], "19900001234");
    let log = office.at("10:07", &["list", "log", "--limit", "1", "--json"]).json();
    assert_eq!((&log[0]["kind"], &log[0]["subject"]), (&json!("personal.revealed"), &json!("person:10001")));
    assert_eq!(log[0]["text"], "查看号码（联系本人）");
    // Lists show them under the same rule: an entry for every person shown.
    let people =
        office.at("10:08", &["list", "people", "--unit", "U01", "--json", "--reveal", "核对"]).json();
    assert_eq!((&people[0]["phone"], &people[1]["phone"]), (&json!("19900001234"), &json!("19900005678")));
    let found = office.at("10:09", &["find", "欧阳娜", "--json", "--reveal", "来电"]).json();
    assert_eq!(found[0]["phone"], "19900009999");
    let log = office.at("10:10", &["list", "log", "--json"]).json();
    let revealed = log.as_array().unwrap().iter().filter(|op| op["kind"] == "personal.revealed").count();
    assert_eq!(revealed, 4);
    assert!(office.at("10:11", &["list", "units", "--reveal", "x"]).refused().contains("--reveal"));
    let without = office.at("10:11", &["find", "欧阳娜", "--json", "--reveal", " "]);
    assert_eq!(without.out, "");
    without.refused();
}

#[test]
fn what_was_logged_is_undone_and_a_call_from_nobody_gets_its_person() {
    let office = Office::new();
    let call =
        ["log", "followup", "--channel", "incoming", "--outcome", "informed", "--number", "19900007777"];
    assert!(office.at("10:05", &call).done().contains("第 4 号"));
    office.at("10:06", &["attach", "4", "--to", "person:10001"]).done();
    let dossier = office.at("10:07", &["show", "person", "10001", "--json"]).json();
    assert_eq!(
        (&dossier["calls"][0]["op"], &dossier["calls"][0]["channel"]),
        (&json!(4), &json!("incoming"))
    );
    // Without a terminal nobody can say yes.
    assert!(office.asked("10:08", &["undo"], "y\n").refused().contains("--yes"));
    assert!(office.at("10:08", &["undo", "--json"]).refused().contains("--yes"));
    // The call cannot go while its attaching stands.
    assert!(office.at("10:08", &["undo", "4"]).refused().contains("  5 "));
    let undone = office.at("10:08", &["undo", "--yes"]).done();
    assert!(undone.contains("将撤销第 5 号") && undone.contains("已撤销第 5 号（第 6 号）"), "{undone}");
    office.at("10:09", &["undo", "4", "--yes", "--json"]).json();
    assert_eq!(office.at("10:10", &["show", "person", "10001", "--json"]).json()["calls"], json!([]));
    assert!(office.at("10:10", &["undo", "1"]).refused().contains("不能撤销"));
}

#[test]
fn a_shift_is_handed_over_with_a_backup_that_can_be_restored() {
    let office = Office::new();
    // Nobody is asked without a terminal, and what is refused is refused before anything is shown or written.
    let walk = office.asked("10:04", &["handover", "--close", "--to", "周航"], "y\ny\ny\n");
    assert_eq!(walk.out, "");
    assert!(walk.refused().contains("--tick all"));
    for (to, why) in [("无此人", "没有值班员"), ("林岚", "不能交班给自己")] {
        let wrong =
            office.at("10:04", &["handover", "--close", "--to", to, "--tick", "all", "--out", "no.txt"]);
        assert_eq!(wrong.out, "");
        assert!(wrong.refused().contains(why));
        assert!(!office.path("no.txt").exists());
    }
    let missing = office.at("10:04", &["handover", "--out", "none/paper.txt"]);
    assert!(missing.refused().contains("没有文件夹"));
    assert!(!office.path("none").exists());
    assert!(office.at("10:04", &["handover", "--out", "units.csv"]).refused().contains("已存在"));
    assert_eq!(std::fs::read_to_string(office.path("units.csv")).unwrap(), UNITS);

    let paper = office.at("10:05", &["handover"]).done();
    assert!(
        paper.contains("未报单位（2 个）") && paper.contains("林岚") && paper.contains("草稿"),
        "{paper}"
    );
    let summary = office.at("10:05", &["handover", "--format", "json"]).json();
    assert_eq!(summary["counts"]["expected"], 2);
    let head = summary["head"].as_str().unwrap().to_owned();
    assert!(paper.contains(&head));

    let close =
        ["handover", "--close", "--to", "周航", "--tick", "all", "--words", "辛苦", "--out", "paper.txt"];
    let closed = office.at("10:06", &close);
    assert!(closed.err.contains("林岚已交班给周航") && closed.err.contains("2/2"), "{}", closed.err);
    closed.done();
    // The paper is how the shift was handed over, and is kept beside the office as well.
    let paper = std::fs::read_to_string(office.path("paper.txt")).unwrap();
    assert!(paper.contains(&head) && paper.contains("周航") && paper.contains("辛苦"), "{paper}");
    assert!(paper.contains("[x]") && !paper.contains("[ ]") && !paper.contains("草稿"), "{paper}");
    let pdf = std::fs::read(office.path("handover-20200217-1006.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    // It is made again from the log, the same.
    for which in ["last", "1"] {
        assert_eq!(office.at("10:07", &["handover", "--shift", which]).done(), paper);
    }
    let shift = office.at("10:07", &["shift", "list", "--json"]).json()[1]["id"].clone();
    let again =
        office.at("10:07", &["handover", "--shift", shift.as_str().unwrap(), "--format", "json"]).json();
    assert_eq!((&again["head"], &again["handed"]["signed"]), (&json!(head), &json!(["name", "name"])));
    for which in ["2", "9", "0", "x"] {
        assert!(
            office.at("10:07", &["handover", "--shift", which]).refused().contains("shift list"),
            "{which}"
        );
    }
    let shifts = office.at("10:07", &["shift", "list", "--json"]).json();
    assert_eq!((&shifts[0]["officer"], &shifts[0]["closed_at"]), (&json!("周航"), &Value::Null));
    assert!(office.at("10:08", &["undo", "2"]).refused().contains("已交班"));
    // Acts are now the relief's.
    office.at("10:08", &["log", "note", "接班"]).done();
    let log = office.at("10:09", &["list", "log", "--limit", "1", "--json"]).json();
    assert_eq!((&log[0]["officer"], &log[0]["kind"]), (&json!("周航"), &json!("note.written")));

    assert!(office.at("10:10", &["check", "--head", &head]).done().contains("相符"));
    let folder = std::fs::read_dir(office.folder.path()).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let backup =
        names.into_iter().find(|name| name.contains("backup")).expect("a backup beside the database");
    let restored =
        |args: &[&str]| zhiban(office.folder.path(), &[&["--db", "restored.db"], args].concat(), "");
    restored(&["restore", &backup]).done();
    assert!(restored(&["check"]).done().starts_with("完好"));
    assert_eq!(restored(&["list", "units", "--json"]).json().as_array().map(Vec::len), Some(2));
    // An older copy put in place of the office shows against the newer head.
    let newer = office.at("10:11", &["check", "--json"]).json()["head_now"].as_str().unwrap().to_owned();
    assert!(restored(&["check", "--head", &newer]).refused().contains("校验码"));
    assert!(restored(&["restore", &backup]).refused().contains("已存在"));
}

#[test]
fn unread_items_and_questions_are_worked_off_by_the_relief() {
    let office = Office::new();
    let close = ["handover", "--close", "--to", "周航", "--tick", "1", "--ask", "1=书记催过吗"];
    let closed = office.at("10:06", &close).done();
    let said = joined(&closed);
    assert!(said.contains("接班提问：书记催过吗") && said.contains("未读接班"), "{closed}");
    let unread = office.at("10:07", &["shift", "unread", "--json"]).json();
    assert_eq!((unread.as_array().unwrap().len(), &unread[0]["kind"]), (1, &json!("outstanding")));
    assert!(office.at("10:07", &["shift", "unread", "--tick", "2"]).refused().contains("没有第"));
    assert!(office.at("10:08", &["shift", "unread", "--tick", "all"]).done().contains("1 项"));
    assert_eq!(office.at("10:08", &["shift", "unread", "--json"]).json(), json!([]));
    let asked = office.at("10:09", &["shift", "questions"]).done();
    assert!(asked.contains("书记催过吗") && asked.contains("周航"), "{asked}");
    assert!(office.at("10:09", &["shift", "answer", "2", "--words", "x"]).refused().contains("没有这个"));
    office.at("10:09", &["shift", "answer", "1", "--words", "催过"]).done();
    assert_eq!(office.at("10:10", &["shift", "questions", "--json"]).json(), json!([]));
    // The answer stands below the signed paper.
    let again = office.at("10:11", &["handover", "--shift", "last"]).done();
    assert!(
        again.starts_with(closed.split("日志校验码").next().unwrap()) && again.contains("补记"),
        "{again}"
    );
}

#[test]
fn a_double_shift_and_taking_over_alone_need_a_reason() {
    let office = Office::new();
    let on = ["handover", "--close", "--continue", "--tick", "all"];
    assert_eq!(office.at("10:05", &on).code, 2);
    let text = office.at("10:06", &[&on[..], &["--reason", "大雪封路"]].concat()).done();
    assert!(text.contains("连班") && text.contains("大雪封路"), "{text}");
    assert_eq!(office.at("10:07", &["shift", "take-over"]).code, 2);
    let own = office.at("10:07", &["shift", "take-over", "--reason", "x"]);
    assert!(own.refused().contains("正在值班"));
    let alone = ["--officer", "周航", "shift", "take-over", "--reason", "发热送医"];
    let text = joined(&office.at("10:08", &alone).done());
    assert!(text.contains("自行接班") && text.contains("发热送医") && text.contains("未读接班"), "{text}");
    let shifts = office.at("10:09", &["shift", "list", "--json"]).json();
    assert_eq!((&shifts[0]["officer"], &shifts[0]["no"]), (&json!("周航"), &json!(3)));
}

#[test]
fn pins_are_read_from_standard_input_and_asked_for_at_the_handover() {
    let office = Office::new();
    let set = |name: &str, typed: &str| {
        office.asked("10:05", &["--officer", name, "officer", "pin", name, "--stdin"], typed)
    };
    // A lost PIN is a lead's to take away.
    office.at("10:04", &["officer", "role", "周航", "lead"]).done();
    assert!(set("林岚", "12\n").refused().contains("4 到 64"));
    set("林岚", "1357\n").done();
    set("周航", "2468\n").done();
    assert!(office.at("10:06", &["officer", "pin", "林岚", "--remove"]).refused().contains("--stdin"));
    let close = ["handover", "--close", "--to", "周航", "--tick", "all"];
    assert!(office.at("10:07", &close).refused().contains("口令"));
    let typed = [&close[..], &["--stdin"]].concat();
    // Whose PIN is asked for, missing, or wrong is said.
    let refused = |lang: &str, input: &str| {
        office.asked("10:07", &[&["--lang", lang], &typed[..]].concat(), input).refused()
    };
    let said = office.at("10:07", &close).refused();
    assert!(said.contains("交班人林岚设有口令"), "{said}");
    let said = refused("zh", "1357\n0000\n");
    assert!(said.contains("接班人周航：口令不对"), "{said}");
    let said = refused("en", "0000\n2468\n");
    assert!(said.contains("林岚 (handing over): The PIN is wrong"), "{said}");
    let said = refused("zh", "1357\n");
    assert!(said.contains("标准输入里没有接班人周航的签字口令") && said.contains("每行一个口令"), "{said}");
    let said = refused("en", "1357\n1\n");
    assert!(said.contains("周航 (taking over): A PIN has 4 to 64 characters"), "{said}");
    let text = office.asked("10:08", &typed, "1357\n2468\n").done();
    assert!(text.contains("林岚（署名并验口令）") && text.contains("周航（署名并验口令）"), "{text}");
    // The relief is on duty now and takes a lost one away, with another.
    office.at("10:08", &["officer", "add", "何敏"]).done();
    set("何敏", "5555\n").done();
    let take = ["officer", "pin", "林岚", "--remove", "--with", "何敏", "--stdin"];
    assert!(
        office.asked("10:09", &take, "1357\n5555\n").refused().contains("口令不对"),
        "their own, not the lost one"
    );
    office.asked("10:09", &take, "2468\n5555\n").done();
    let officers = office.at("10:10", &["officer", "list", "--json"]).json();
    let pins: Vec<&Value> = officers.as_array().unwrap().iter().filter(|row| row["pin"] == true).collect();
    assert!(pins.len() == 2 && pins.iter().all(|row| row["name"] != "林岚"), "{pins:?}");
    // Who signs without one is told that it was taken away.
    let next =
        office.asked("10:10", &["handover", "--close", "--to", "林岚", "--tick", "all", "--stdin"], "2468\n");
    assert!(next.err.contains("您的签字口令") && next.err.contains("由周航取消"), "{}", next.err);
}

#[test]
#[cfg(unix)]
fn only_what_a_printer_took_is_logged_as_printed() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new();
    let printed = || {
        let log = office.at("10:10", &["list", "log", "--json"]).json();
        log.as_array().unwrap().iter().filter(|op| op["kind"] == "paper.printed").count()
    };
    let kept = "handover-20200217-1005.pdf";
    let none = office.at("10:05", &["handover", "--print"]);
    assert!(none.err.contains("没有打印机") && none.err.contains(kept), "{}", none.err);
    assert_eq!((none.code, printed()), (1, 0));
    office.file("lp", "#!/bin/sh\necho 'request id is Desk-12 (1 file(s))'\n");
    std::fs::set_permissions(office.path("lp"), std::fs::Permissions::from_mode(0o755)).unwrap();
    // The copy of the same minute gets a name of its own.
    let sent = office.at("10:05", &["handover", "--print"]);
    assert!(sent.err.contains("Desk-12"), "{}", sent.err);
    assert_eq!((sent.code, printed()), (0, 1));
    assert!(office.path(kept).exists() && office.path("handover-20200217-1005-2.pdf").exists());
}

#[test]
fn messages_are_in_the_language_asked_for() {
    let office = Office::new();
    assert!(office.at("10:05", &["--lang", "en", "received", "U09"]).refused().contains("There is no unit"));
    assert!(office.at("10:05", &["received", "U09"]).refused().contains("没有单位"));
    // The office's own setting comes before the locale, and an argument before both.
    office.at("10:05", &["settings", "lang", "en"]).done();
    assert!(office.at("10:06", &["list", "units"]).done().starts_with("Code"));
    assert!(office.at("10:06", &["--lang", "zh", "list", "units"]).done().starts_with("代码"));
    assert!(office.at("10:06", &["list", "--help"]).done().contains("Usage: zhiban list"));
    assert!(office.at("10:06", &["--lang=zh", "list", "--help"]).done().contains("用法：zhiban list [选项]"));
    assert!(
        office.at("10:06", &["show", "person", "--help"]).done().contains("<NO>  Staff or student number")
    );
    assert_eq!(office.at("10:06", &["settings", "lang"]).done(), "en\n");
    assert_eq!(office.at("10:06", &["settings", "bell", "--json"]).json(), json!({ "bell": "off" }));
    assert!(office.at("10:06", &["settings", "bell", "maybe"]).refused().contains("on|off"));
    // What the terminal is is this machine's affair: no act, no entry.
    let entries = || office.at("10:06", &["list", "log", "--json"]).json().as_array().map(Vec::len);
    let before = entries();
    assert_eq!(office.at("10:06", &["settings", "terminal"]).done(), "auto\n");
    office.at("10:06", &["settings", "terminal", "plain"]).done();
    assert_eq!(
        office.at("10:06", &["settings", "terminal", "--json"]).json(),
        json!({ "terminal": "plain" })
    );
    assert_eq!(office.at("10:06", &["settings", "--json"]).json()["terminal"], "plain");
    assert!(office.at("10:06", &["settings", "terminal", "ascii"]).refused().contains("auto|plain"));
    assert_eq!(office.at("10:06", &["settings", "theme"]).done(), "auto\n");
    assert!(office.at("10:06", &["settings", "theme", "light"]).done().starts_with("theme is now light"));
    assert_eq!(office.at("10:06", &["settings", "theme", "--json"]).json(), json!({ "theme": "light" }));
    let all = office.at("10:06", &["settings", "--json"]).json();
    assert_eq!((&all["terminal"], &all["theme"]), (&json!("plain"), &json!("light")));
    assert!(
        office.at("10:06", &["settings", "theme", "grey"]).refused().contains("auto|light|dark|terminal")
    );
    assert!(before.is_some() && entries() == before);
    // What this machine chose at the desk comes before the office's setting.
    zhiban::store::Store::open(&office.path("office.db")).unwrap().keep_choice("lang", "zh").unwrap();
    assert!(office.at("10:07", &["list", "units"]).done().starts_with("代码"));
    assert!(office.at("10:07", &["--lang", "en", "list", "units"]).done().starts_with("Code"));
}

#[test]
fn wrong_arguments_are_usage_errors() {
    let folder = tempfile::tempdir().unwrap();
    for args in [
        &["list"][..],
        &["list", "everything"],
        &["log", "followup", "--outcome", "fine"],
        &["--now", "yesterday", "list", "units"],
        &["handover", "--close"],
        &["nothing"],
        &["show"],
    ] {
        let answer = zhiban(folder.path(), args, "");
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{args:?}: {}", answer.err);
        assert!(answer.err.contains("--help"), "{args:?}: {}", answer.err);
    }
}

#[test]
fn a_real_office_refuses_to_write_under_now() {
    let folder = tempfile::tempdir().unwrap();
    let real = |args: &[&str]| zhiban(folder.path(), args, "");
    // Without --db it lies in the platform's folder for data.
    assert!(real(&["list", "units"]).refused().contains("没有数据库"));
    assert!(real(&[]).refused().contains("zhiban init"));
    assert!(!folder.path().join("data").exists(), "looking must not make anything");
    real(&["init", "--office", "防控办"]).done();
    assert!(folder.path().join("data/zhiban/office.db").exists());
    assert!(real(&["init", "--office", "防控办"]).refused().contains("已存在"));
    let then = ["--now", "2020-02-17T10:05:00+08:00", "log", "note", "x"];
    assert!(real(&then).refused().contains("演练"));
    real(&then[2..]).done();
    assert_eq!(real(&["list", "log", "--json"]).json().as_array().map(Vec::len), Some(2));
    // Who acts has to be known.
    assert!(real(&["--officer", "无此人", "log", "note", "x"]).refused().contains("没有值班员"));
}

#[test]
fn strange_text_never_reaches_the_terminal_raw() {
    let office = Office::new();
    office.at("10:05", &["log", "note", "红\u{1b}[31m色\u{202e}反", "--on", "person:10001"]).done();
    for args in [&["list", "log"][..], &["show", "person", "10001"], &["handover"]] {
        let out = office.at("10:06", args).done();
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{args:?}: {out:?}");
        assert!(out.contains("^[[31m"), "{args:?}: {out}");
    }
    // JSON has the same text, with what a terminal would obey or hide written as escapes.
    for args in [
        &["list", "log", "--json"][..],
        &["show", "person", "10001", "--json"],
        &["handover", "--format", "json"],
    ] {
        let out = office.at("10:06", args).done();
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{args:?}: {out:?}");
        assert!(out.contains(r"\u202e"), "{args:?}: {out}");
        let value: Value = serde_json::from_str(&out).unwrap();
        assert!(value.to_string().contains("色\u{202e}反"), "{args:?}: {value}");
    }
    let wrong = office.at("10:06", &["received", "\u{1b}]0;x\u{7}"]).refused();
    assert!(!wrong.contains('\u{1b}'), "{wrong:?}");
}

#[test]
fn outside_contacts_are_added_called_corrected_and_removed() {
    let office = Office::new();
    let add =
        ["contact", "add", "海岬区疾控中心", "--kind", "cdc", "--name", "应急办", "--phone", "0532-66780000"];
    let made = office.at("09:00", &[&add[..], &["--json"]].concat()).json();
    let id = made["id"].as_str().unwrap().to_owned();
    assert!(office.at("09:01", &add).refused().contains("应急办"));
    office
        .at("09:02", &["contact", "add", "海岬区疾控中心", "--name", "检验科", "--phone", "0532-66780009"])
        .done();

    let several = ["log", "followup", "--contact", "海岬区疾控中心", "--outcome", "informed"];
    assert!(office.at("09:03", &several).refused().contains("检验科 0532-66780009"));
    let call = [
        "log",
        "followup",
        "--contact",
        "海岬区疾控中心 应急办",
        "--outcome",
        "promised",
        "--note",
        "下午给名单",
        "--promise",
        "15:00",
        "--json",
    ];
    assert_eq!(office.at("09:05", &call).json()["subject"], json!(format!("contact:{id}")));
    let on = format!("contact:{id}");
    office.at("09:06", &["log", "note", "夜间改打手机", "--on", &on]).done();
    assert_eq!(office.at("09:07", &["list", "due", "--json"]).json()[0]["subject"], json!(on));

    let edit =
        ["contact", "edit", &id, "--told-by", "指挥部", "--phone", "0532-66780001", "--note", "24 小时"];
    office.at("09:08", &edit).done();
    assert_eq!(
        office.at("09:09", &["contact", "list", "--filter", "yingji", "--json"]).json(),
        json!([{
            "id": id, "kind": "cdc", "org": "海岬区疾控中心", "name": "应急办", "phone": "0532-66780001",
            "note": "24 小时", "last_call": "2020-02-17T09:05:00+08:00"
        }])
    );
    let shown = office.at("09:10", &["show", "contact", "应急办", "--json"]).json();
    assert_eq!(shown["calls"][0]["words"], "下午给名单");
    assert_eq!(
        (shown["promises"].as_array().unwrap().len(), shown["notes"][0]["text"].as_str()),
        (1, Some("夜间改打手机"))
    );
    let text = office.at("09:11", &["--lang", "en", "show", "contact", "应急办"]).done();
    assert!(text.contains("0532-66780001") && text.contains("promised"), "{text}");

    assert_eq!(office.at("09:12", &["contact", "remove", "应急办"]).code, 2, "a reason is needed");
    office.at("09:12", &["contact", "remove", "应急办", "--reason", "机构合并"]).done();
    let log = office.at("09:13", &["list", "log", "--filter", "应急办", "--json"]).json();
    assert_eq!(
        (log[0]["kind"].as_str(), log[0]["name"].as_str()),
        (Some("contact.removed"), Some("海岬区疾控中心 应急办"))
    );
    assert!(office.at("09:14", &["show", "contact", "应急办"]).refused().contains("没有外部联系人"));
    office.at("09:15", &["undo", "--yes"]).done();
    assert!(office.at("09:16", &["contact", "list"]).done().contains("应急办"));
}

#[test]
fn confusions_are_a_setting() {
    let office = Office::new();
    assert_eq!(office.at("09:00", &["settings", "confusions"]).done(), "off\n");
    office.at("09:01", &["settings", "confusions", "on"]).done();
    assert_eq!(office.at("09:02", &["settings", "--json"]).json()["confusions"], "on");
    assert!(office.at("09:03", &["settings", "confusions", "maybe"]).refused().contains("on|off"));
}

#[test]
fn a_case_opened_with_a_reason_alone_is_what_the_form_makes_it() {
    let office = Office::new();
    let said = office.at("10:05", &["case", "open", "10002", "--category", "fever", "--lang", "en"]).done();
    assert!(said.contains("home: last day 2020-03-02 (start 2020-02-17 + 14)"), "{said}");
    let row = &office.at("10:06", &["list", "cases", "--json"]).json()[0];
    assert_eq!(
        (&row["measure"], &row["days"], &row["last_day"]),
        (&json!("home"), &json!(14), &json!("2020-03-02"))
    );
    // What is said stands, also that nothing is ordered.
    let open = ["case", "open", "10001", "--category", "fever", "--measure", "none", "--json"];
    let made = office.at("10:07", &open).json();
    assert_eq!(
        (&made["measure"], &made["days"], &made["last_day"]),
        (&json!("none"), &json!(0), &Value::Null)
    );
}

#[test]
fn the_days_of_a_case_are_looked_at() {
    let office = Office::new();
    let open = |more: &[&str]| {
        let all = [&["case", "open", "10002", "--category", "contact"], more].concat();
        office.at("10:05", &all)
    };
    let future = open(&["--last-exposure", "2020-02-18", "--sure"]).refused();
    assert!(future.contains("2020-02-18") && future.contains("末次接触"), "{future}");
    let far = open(&["--last-exposure", "2019-02-14", "--lang", "en"]).refused();
    assert!(far.contains("368 days ago") && far.contains("--sure"), "{far}");
    let over = open(&["--last-exposure", "2020-02-02"]).refused();
    assert!(over.contains("2020-02-16") && over.contains("--sure"), "{over}");
    assert_eq!(office.at("10:06", &["list", "cases", "--json"]).json(), json!([]));
    open(&["--last-exposure", "2020-02-02", "--sure"]).done();
    let change = |more: &[&str]| {
        let all = [&["case", "change", "10002", "--reason", "核实"], more].concat();
        office.at("10:10", &all)
    };
    assert!(change(&["--start", "2020-02-18"]).refused().contains("2020-02-18"));
    assert!(change(&["--start", "2019-02-17"]).refused().contains("--sure"));
    change(&["--start", "2019-02-17", "--sure"]).done();
    change(&["--place", "东区"]).done();
}

#[test]
fn an_early_release_says_so_everywhere() {
    let office = Office::new();
    office.at("10:05", &["case", "open", "10002", "--category", "suspected"]).done();
    let plain = office.at("10:06", &["case", "release", "10002", "--reason", "排除"]).refused();
    assert!(plain.contains("疑似") && plain.contains("第 0/14 天") && plain.contains("--early"), "{plain}");
    office.at("10:07", &["case", "release", "10002", "--reason", "两次核酸阴性", "--early"]).done();
    let notice = office.at("10:08", &["release", "10002"]).done();
    assert!(notice.contains("提前解除") && notice.contains("未期满") && notice.contains("疑似"), "{notice}");
    let notice = office.at("10:08", &["release", "10002", "--format", "json"]).json();
    assert_eq!(notice["despite"], json!(["not-over", "suspected"]));
    let log = office.at("10:08", &["list", "log", "--limit", "1", "--json"]).json();
    assert!(log[0]["text"].as_str().unwrap().contains("提前"), "{log}");
    let person = office.at("10:08", &["show", "person", "10002", "--json"]).json();
    assert_eq!(person["cases"][0]["despite"], json!(["not-over", "suspected"]), "{person}");
}

#[test]
fn what_a_sheet_brings_is_said_listed_and_dismissed() {
    let office = Office::new();
    office
        .file("day.csv", "工号,姓名,上午体温,接触病例,症状\n10001,张伟,38.2,否,无\n10002,单晓,36.5,是,无\n");
    let import = ["import", "report", "day.csv", "--date", "2020-02-17"];
    let plan = office.at("09:40", &[&import[..], &["--json"]].concat()).json();
    let what = |at: usize| plan["findings"][at]["found"][0]["what"].clone();
    assert_eq!((what(0), what(1)), (json!("fever"), json!("met-case")));
    let said = office.at("09:40", &[&import[..], &["--yes"]].concat()).done();
    assert!(said.contains("带来 2 人待处置") && said.contains("张伟") && said.contains("38.2"), "{said}");
    let listed = office.at("09:41", &["list", "findings", "--json"]).json();
    assert_eq!(
        listed[0],
        json!({
            "no": "10001", "name": "张伟", "unit": "土木工程学院", "since": "2020-02-17T09:40:00+08:00",
            "found": [{ "day": "2020-02-17", "round": "day", "what": "fever", "tenths": 382 }],
            "text": "02-17 体温 38.2℃"
        })
    );
    assert!(office.at("09:41", &["list", "findings", "--filter", "接触"]).done().contains("单晓"));
    office.at("09:42", &["case", "open", "10001", "--category", "fever"]).done();
    assert!(office.at("09:43", &["dismiss", "10002", "--reason", " "]).refused().contains("原因"));
    let done = office.at("09:44", &["dismiss", "10002", "--reason", "看错栏，已改", "--json"]).json();
    assert_eq!(done["found"][0]["what"], "met-case");
    assert_eq!(office.at("09:45", &["list", "findings", "--json"]).json(), json!([]));
    let nothing = office.at("09:45", &["dismiss", "10002", "--reason", "x", "--lang", "en"]).refused();
    assert!(nothing.contains("list findings"), "{nothing}");
    let log = office.at("09:45", &["list", "log", "--limit", "1", "--json"]).json();
    assert!(log[0]["text"].as_str().unwrap().contains("接触病例，看错栏，已改"), "{log}");
    office.at("09:46", &["undo", "--yes"]).done();
    assert_eq!(office.at("09:47", &["list", "findings", "--json"]).json().as_array().unwrap().len(), 1);
}

#[test]
fn a_correction_shows_what_changes_and_another_days_sheet_is_told() {
    let office = Office::new();
    let head = "工号,姓名,上午体温,当前状态\n";
    office.file("17.csv", &format!("{head}10001,张伟,36.5,正常\n10002,单晓,36.6,正常\n"));
    let import = |file: &str, day: &str, more: &[&str]| {
        let all = [&["import", "report", file, "--date", day], more].concat();
        let now = format!("{day}T09:40:00+08:00");
        zhiban(office.folder.path(), &[&["--db", "office.db", "--now", &now], &all[..]].concat(), "")
    };
    import("17.csv", "2020-02-17", &["--yes"]).done();
    // The very file, for the next day; and the same rows in another file.
    let plan = import("17.csv", "2020-02-18", &["--json"]).json();
    let warnings = plan["warnings"].to_string();
    assert!(warnings.contains("2020-02-17") && warnings.contains("同一份"), "{warnings}");
    office.file("again.csv", &format!("{head}10001,张伟,36.5,正常\n10002,单晓,36.60,正常\n"));
    let warnings = import("again.csv", "2020-02-18", &["--json"]).json()["warnings"].to_string();
    assert!(warnings.contains("逐项相同") && warnings.contains("土木工程学院"), "{warnings}");
    assert!(
        import("17.csv", "2020-02-18", &["--yes"]).done().contains("收"),
        "it is told, and never blocked"
    );
    // A correction: one changes, one drops out.
    office.file("fix.csv", &format!("{head}10001,张伟,38.4,隔离\n"));
    let plan = import("fix.csv", "2020-02-17", &["--reason", "写错", "--json"]).json();
    let changed = |field: &str, old: &str, new: &str| json!({ "no": "10001", "name": "张伟", "field": field, "old": old, "new": new });
    assert_eq!(
        plan["changed"],
        json!([changed("temp_am", "36.5", "38.4"), changed("status", "normal", "isolated")])
    );
    assert_eq!(plan["dropped"], json!([{ "no": "10002", "name": "单晓", "unit": "土木工程学院" }]));
    let shown = import("fix.csv", "2020-02-17", &["--reason", "写错"]).out;
    assert!(shown.contains("上午体温: 36.5 → 38.4") && shown.contains("当前状态: 正常 → 隔离"), "{shown}");
    assert!(shown.contains("原报表有、本表没有的人 (1)") && shown.contains("单晓"), "{shown}");
}
