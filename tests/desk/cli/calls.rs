//! Calls on the command line: whose number, what was promised, how warm somebody is.

use super::{Office, ROSTER, UNITS, zhiban};
use serde_json::{Value, json};

fn log(office: &Office) -> Vec<Value> {
    office.at("12:00", &["list", "log", "--json"]).json().as_array().unwrap().clone()
}

fn of_kind<'a>(log: &'a [Value], kind: &str) -> Vec<&'a Value> {
    log.iter().filter(|op| op["kind"] == kind).collect()
}

#[test]
fn an_unknown_callers_number_is_shown_for_a_reason_and_that_is_logged() {
    let office = Office::new();
    let call = [
        "log",
        "followup",
        "--channel",
        "incoming",
        "--outcome",
        "informed",
        "--number",
        "13900007777",
        "--note",
        "家长问返校",
    ];
    office.at("10:05", &call).done();
    let masked = office.at("10:06", &["find", "13900007777", "--json"]).json();
    assert_eq!((&masked[0]["what"], &masked[0]["phone"]), (&json!("call"), &json!("139****7777")));
    assert_eq!(of_kind(&log(&office), "number.revealed").len(), 0);
    let shown = office.at("10:07", &["find", "返校", "--json", "--reveal", "回电"]).json();
    assert_eq!(shown[0]["phone"], "13900007777");
    let entries = log(&office);
    let [revealed] = of_kind(&entries, "number.revealed")[..] else { panic!("{entries:?}") };
    assert!(revealed["text"].as_str().unwrap().contains("回电"), "{revealed}");
    assert!(!revealed.to_string().contains("13900007777"), "the log's list shows no number: {revealed}");
    // It stays there once the call is somebody's.
    office.at("10:08", &["attach", "4", "--to", "person:10001"]).done();
    let given = office.at("10:09", &["find", "返校", "--json", "--reveal", "回电"]).json();
    assert_eq!(given[0]["phone"], "13900007777");
    assert_eq!(of_kind(&log(&office), "number.revealed").len(), 2);
}

#[test]
fn whose_number_differs_in_a_digit_is_not_who_was_asked_for() {
    let office = Office::new();
    let found = office.at("10:05", &["find", "19900005679"]).done();
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines[0], "没有找到“19900005679”");
    let near = lines.iter().position(|line| *line == "号码只差一位：").expect(&found);
    assert!(lines[near..].iter().any(|line| line.contains("单晓")), "{found}");
    let json = office.at("10:06", &["find", "19900005679", "--json"]).json();
    assert_eq!((&json[0]["name"], &json[0]["near"]), (&json!("单晓"), &json!(true)));
    // Of a number that is somebody's nothing of that is said.
    let found = office.at("10:07", &["find", "19900005678"]).done();
    assert!(found.contains("单晓") && !found.contains("没有找到") && !found.contains("差一位"), "{found}");
    let json = office.at("10:08", &["find", "19900005678", "--json"]).json();
    assert!(json[0].get("near").is_none(), "{json}");
}

#[test]
fn a_promise_stays_open_until_it_is_said_how_it_ended() {
    let office = Office::new();
    let on = ["log", "followup", "--on", "unit:U01"];
    let call = |time: &str, rest: &[&str]| office.at(time, &[&on[..], rest].concat());
    let refused = call("10:05", &["--outcome", "not-reached", "--promise", "11:00"]).refused();
    assert!(refused.contains("没有联系上"), "{refused}");
    call("10:05", &["--outcome", "promised"]).refused();
    call("10:06", &["--outcome", "promised", "--promise", "11:00"]).done();
    let open = |time: &str| office.at(time, &["show", "unit", "U01", "--json"]).json()["promises"].clone();
    // "还没弄完" keeps nothing, and the answer says that it is still open.
    let said = call("10:30", &["--outcome", "informed", "--note", "还没弄完"]).done();
    assert!(said.contains("2020-02-17 11:00"), "{said}");
    assert_eq!(open("10:31").as_array().unwrap().len(), 1);
    let asked = call("10:32", &["--outcome", "informed", "--json"]).json();
    assert_eq!(asked["open_promises"].as_array().unwrap().len(), 1);
    // Kept after its time is late.
    call("11:20", &["--outcome", "informed", "--settle", "kept"]).done();
    assert_eq!(open("11:21"), json!([]));
    let calls = office.at("11:22", &["show", "unit", "U01", "--json"]).json();
    let ends: Vec<&str> =
        calls["calls"].as_array().unwrap().iter().filter_map(|c| c["promise"]["end"].as_str()).collect();
    assert_eq!(ends, ["late"]);
    call("11:23", &["--outcome", "informed", "--settle", "kept"]).refused();
}

#[test]
fn a_report_ends_what_was_promised_of_it() {
    let office = Office::new();
    for (unit, at) in [("U01", "10:40"), ("U02", "10:40")] {
        let on = format!("unit:{unit}");
        office
            .at("10:06", &["log", "followup", "--on", &on, "--outcome", "promised", "--promise", at])
            .done();
    }
    office.at("10:39", &["received", "U01", "--zero"]).done();
    office.at("10:41", &["received", "U02", "--zero"]).done();
    let end = |unit: &str| {
        let sheet = office.at("10:42", &["show", "unit", unit, "--json"]).json();
        (sheet["promises"].as_array().unwrap().len(), sheet["calls"][0]["promise"]["end"].clone())
    };
    assert_eq!((end("U01"), end("U02")), ((0, json!("kept")), (0, json!("late"))));
}

#[test]
fn a_temperature_is_kept_and_a_fever_wants_a_case_or_a_reason() {
    let office = Office::new();
    let on = ["log", "followup", "--on", "person:10001"];
    let call = |time: &str, rest: &[&str]| office.at(time, &[&on[..], rest].concat());
    call("10:05", &["--outcome", "well", "--temp", "38.9"]).refused();
    let nonsense = call("10:05", &["--outcome", "well", "--temp", "73"]);
    assert_eq!(nonsense.code, 2, "{}", nonsense.err);
    call("10:06", &["--outcome", "well", "--temp", "３６．５", "--site", "forehead"]).done();
    // Neither a case nor a reason: nothing is recorded, and what to do is said.
    let hot = call("10:07", &["--outcome", "not-well", "--temp", "389"]).refused();
    assert!(hot.contains("case open 10001") && hot.contains("--no-case"), "{hot}");
    let reasoned = call("10:08", &["--outcome", "not-well", "--temp", "37.9", "--no-case", "复测三次正常"]);
    assert_eq!(reasoned.err, "");
    reasoned.done();
    let person = office.at("10:09", &["show", "person", "10001", "--json"]).json();
    let temps: Vec<Option<f64>> =
        person["calls"].as_array().unwrap().iter().map(|c| c["temp"].as_f64()).collect();
    assert_eq!(temps, [Some(37.9), Some(36.5)]);
    assert_eq!(person["calls"][1]["site"], "forehead");
    assert!(person["notes"][0]["text"].as_str().unwrap().contains("复测三次正常"), "{}", person["notes"]);
    let paper = office.at("10:10", &["dossier", "10001", "--format", "text"]).done();
    assert!(super::joined(&paper).contains("37.9"), "{paper}");
}

#[test]
fn a_message_without_an_answer_reached_nobody() {
    let office = Office::new();
    office.at("10:05", &["case", "open", "10001", "--category", "home-observation", "--note", "x"]).done();
    let sent =
        ["log", "followup", "--on", "person:10001", "--outcome", "message-sent", "--channel", "wechat"];
    office.at("16:05", &sent).done();
    let due = office.at("16:06", &["list", "due", "--json"]).json();
    assert!(
        due.as_array().unwrap().iter().any(|row| row["kind"] == "slot" && row["state"] == "open"),
        "{due}"
    );
}

#[test]
fn a_fever_told_by_nobody_known_wants_a_case_or_a_reason_once_it_is_known_whose() {
    let office = Office::new();
    let told =
        ["log", "followup", "--channel", "incoming", "--outcome", "informed", "--number", "13900007777"];
    let hot = office.at("10:05", &[&told[..], &["--temp", "38.9", "--json"]].concat()).json();
    let op = hot["op"].to_string();
    let attach = |time: &str, rest: &[&str]| {
        office.at(time, &[&["attach", op.as_str(), "--to", "person:10001"], rest].concat())
    };
    let refused = attach("10:06", &[]).refused();
    assert!(refused.contains("case open 10001") && refused.contains("--no-case"), "{refused}");
    attach("10:07", &["--no-case", "已送医"]).done();
    let person = office.at("10:08", &["show", "person", "10001", "--json"]).json();
    assert_eq!(person["calls"].as_array().unwrap().len(), 1);
    assert!(person["notes"][0]["text"].as_str().unwrap().contains("已送医"), "{}", person["notes"]);
}

#[test]
fn a_reason_for_no_case_is_written_only_where_one_is_asked_for() {
    let office = Office::new();
    let on = ["log", "followup", "--on", "person:10001", "--no-case", "复测正常", "--json"];
    let well = office.at("10:05", &[&on[..], &["--outcome", "well"]].concat());
    assert!(well.err.contains("--no-case"), "it is said that it was not written: {}", well.err);
    let person = office.at("10:06", &["show", "person", "10001", "--json"]).json();
    assert_eq!(person["notes"], json!([]));
    let ill = office.at("10:07", &[&on[..], &["--outcome", "not-well"]].concat()).json();
    assert!(ill["followup"].is_string(), "what was made is told: {ill}");
}

#[test]
fn parts_of_numbers_that_are_tried_under_another_time_count_as_well() {
    let office = Office { folder: tempfile::tempdir().unwrap() };
    let real = |args: &[&str]| zhiban(office.folder.path(), &[&["--db", "real.db"], args].concat(), "");
    real(&["init", "--office", "防控办"]).done();
    office.file("units.csv", UNITS);
    office.file("roster.csv", ROSTER);
    real(&["import", "units", "units.csv", "--yes"]).done();
    real(&["import", "roster", "roster.csv", "--yes"]).done();
    for n in 10..26 {
        let part = format!("19900{n}");
        real(&["--now", "2020-02-17T10:05:00+08:00", "find", "张伟", &part]).done();
    }
    let log = real(&["list", "log", "--json"]).json();
    assert_eq!(of_kind(log.as_array().unwrap(), "find.probed").len(), 1, "{log}");
}
