//! A person is erased by the command line: no command, paper, file or backup of the office knows them afterwards.

use super::Office;
use serde_json::json;

/// What is known of the person, each in its own words.
const VALUES: [&str; 8] = [
    "单晓",
    "10002",
    "19900005678",
    "330106199901010013",
    "北区公寓三号楼五一二",
    "19900000077",
    "夜里咳嗽",
    "已陪同就诊",
];

/// Every value that stands in a text or a file.
fn found(bytes: &[u8]) -> Vec<&'static str> {
    let has = |value: &str| bytes.windows(value.len()).any(|part| part == value.as_bytes());
    VALUES.into_iter().filter(|value| has(value)).collect()
}

impl Office {
    /// Everything that the office says: lists, pages, finds, papers, JSON.
    fn all_it_says(&self) -> String {
        let mut all = String::new();
        for args in [
            &["list", "people", "--reveal", "核对", "--json"][..],
            &["list", "people"],
            &["list", "log"],
            &["list", "log", "--json"],
            &["list", "cases", "--json"],
            &["list", "due", "--json"],
            &["list", "findings", "--json"],
            &["list", "outstanding", "--json"],
            &["show", "unit", "U01", "--json"],
            &["find", "5678", "--json"],
            &["find", "shanxiao"],
            &["find", "咳嗽"],
            &["show", "person", "10002", "--reveal", "核对", "--json"],
            &["dossier", "10002", "--format", "json"],
            &["dossier", "10002", "--format", "text"],
            &["release", "10002", "--format", "text"],
            &["unit-sheet", "U01", "--format", "text"],
            &["callsheet", "--format", "text"],
            &["sitrep", "--format", "json"],
            &["handover"],
            &["handover", "--format", "json"],
            &["handover", "--shift", "1"],
            &["handover", "--shift", "1", "--format", "json"],
            &["told", "--json"],
            &["shift", "unread", "--json"],
            &["shift", "questions", "--json"],
            &["undo", "--yes", "3"],
        ] {
            // A refusal repeats what it was asked for: only what is answered counts.
            all.push_str(&self.at("12:00", args).out);
        }
        all
    }

    fn databases(&self) -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut all: Vec<_> = entries
            .filter(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                path.is_file() && (name.contains(".db") || name.contains("db-"))
            })
            .collect();
        all.sort();
        all
    }
}

/// An office that knows much of number 10002, hands over, and has two backups.
fn busy() -> Office {
    let office = Office::new();
    let edit = [
        "edit",
        "person",
        "10002",
        "--told-by",
        "本人",
        "--id-number",
        "330106199901010013",
        "--address",
        "北区公寓三号楼五一二",
        "--family-phone",
        "19900000077",
    ];
    office.at("09:00", &edit).done();
    office.at("09:05", &["case", "open", "10002", "--category", "fever"]).done();
    let call = ["log", "followup", "--on", "person:10002", "--outcome", "informed", "--note", "夜里咳嗽"];
    office.at("09:10", &call).done();
    office.at("09:15", &["log", "note", "已陪同就诊", "--on", "person:10002"]).done();
    office.at("09:20", &["log", "note", "１０００２ 的药已送到"]).done();
    office.at("09:25", &["dossier", "10002", "--format", "text", "--out", "dossier.txt"]).done();
    let close = [
        "handover",
        "--close",
        "--to",
        "周航",
        "--tick",
        "all",
        "--words",
        "单晓下午复测",
        "--out",
        "paper.txt",
    ];
    office.at("10:06", &close).done();
    office.at("10:10", &["backup", "b.db"]).done();
    office
}

/// A lead who approves what a script does has a PIN.
const PIN: [&str; 6] = ["--officer", "林岚", "officer", "pin", "林岚", "--stdin"];

#[test]
fn an_erased_person_is_known_to_nothing_that_the_office_says() {
    let office = busy();
    let erase = ["erase", "person", "10002", "--reason", "本人申请，主任同意"];
    assert_eq!(office.at("11:00", &["erase", "person", "10002", "-y"]).code, 2, "no reason is no call");
    let yes = [&erase[..], &["-y"]].concat();
    assert!(office.at("11:00", &yes).refused().contains("重点关注"), "an open case is ended first");
    let release =
        ["case", "release", "10002", "--reason", "已排除", "--early", "--approved-by", "林岚", "--stdin"];
    office.asked("11:04", &PIN, "4711\n").done();
    office.asked("11:05", &release, "4711\n").done();
    assert!(
        office.at("11:10", &["erase", "person", "99999", "--reason", "x", "-y"]).refused().contains("99999")
    );
    assert!(office.at("11:10", &erase).refused().contains("-y"), "a script is not asked");
    let said = office.all_it_says();
    assert_eq!(found(said.as_bytes()), VALUES, "the canary");
    let files: Vec<u8> = office.databases().iter().flat_map(|path| std::fs::read(path).unwrap()).collect();
    assert_eq!(found(&files), VALUES, "the canary");
    let before = office.at("11:15", &["handover", "--shift", "1"]).done();
    let head = office.at("11:15", &["check", "--json"]).json()["head"].clone();

    let refused = office.at("11:20", &yes).refused();
    assert!(refused.contains("须由带班领导批准：林岚"), "whoever is on duty is no lead: {refused}");
    let approved = [&yes[..], &["--json", "--approved-by", "林岚", "--stdin"]].concat();
    let told = office.asked("11:20", &approved, "4711\n").json();
    assert_eq!(told["erased"]["roster_rows"], 1);
    assert_eq!((&told["wal_left"], &told["room_left"]), (&json!(false), &json!(false)));
    // As many as the log says, and the paper that every handover writes is among those outside.
    let entries = told["erased"]["entries"].as_u64().unwrap();
    let line = office.at("11:20", &["list", "log"]).done();
    assert!(line.contains(&format!("日志 {entries} 条")), "{entries}: {line}");
    let papers: Vec<&str> =
        told["outside"]["papers"].as_array().unwrap().iter().filter_map(|p| p["paper"].as_str()).collect();
    assert!(papers.contains(&"handover"), "{told}");
    let own: Vec<_> =
        told["outside"]["papers"].as_array().unwrap().iter().filter(|p| p["own"] == true).collect();
    assert_eq!(own.len(), 1, "{told}");
    assert!(told["outside"]["backups"].as_array().unwrap().len() >= 2, "{told}");
    let rewritten = office.at("11:25", &["erase", "backups", "--json"]).json();
    let results: Vec<_> = rewritten.as_array().unwrap().iter().map(|one| one["result"].clone()).collect();
    assert_eq!(results, [json!("rewritten"), json!("rewritten")], "{rewritten}");

    for path in office.databases() {
        assert_eq!(found(&std::fs::read(&path).unwrap()), Vec::<&str>::new(), "{}", path.display());
    }
    let said = office.all_it_says();
    assert_eq!(found(said.as_bytes()), Vec::<&str>::new());
    assert!(said.contains("已删除"));
    // What was signed is made again with its figures; what is on it of others stands.
    let after = office.at("11:30", &["handover", "--shift", "1"]).done();
    let figures = |paper: &str| -> Vec<String> {
        paper
            .lines()
            .filter(|line| line.contains("应报") || line.contains("跟踪"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(figures(&before), figures(&after));
    let sound = office.at("11:35", &["check", "--json"]).json();
    assert_eq!(sound["sound"], json!(true), "{sound}");
    if let Some(head) = head.as_str() {
        assert_eq!(office.at("11:35", &["check", "--head", head, "--json"]).json()["sound"], json!(true));
    }
    // The same number again is a new person, of whom nothing else is known.
    office.file("again.csv", &format!("{}10004,麦迪娜,机械工程学院,19900007777,教职工\n", super::ROSTER));
    let taken = office.at("11:40", &["import", "roster", "again.csv", "--yes"]).done();
    assert!(taken.contains("删除过 1 人"), "{taken}");
    let again = office.at("11:45", &["show", "person", "10002", "--json"]).json();
    assert!(!again.to_string().contains("咳嗽"), "{again}");
    // A backup that was rewritten can be put back.
    let back = super::zhiban(office.folder.path(), &["--db", "back.db", "restore", "b.db"], "");
    back.done();
}

#[test]
fn whom_to_erase_is_proposed_by_the_settings() {
    let office = busy();
    let release =
        ["case", "release", "10002", "--reason", "已排除", "--early", "--approved-by", "林岚", "--stdin"];
    office.asked("11:04", &PIN, "4711\n").done();
    office.asked("11:05", &release, "4711\n").done();
    let due = |office: &Office| {
        let later = ["--db", "office.db", "--now", "2020-06-17T10:00:00+08:00", "erase", "due", "--json"];
        super::zhiban(office.folder.path(), &later, "").json()
    };
    assert_eq!(due(&office), json!([]));
    let keep = ["settings", "retention-days", "90", "--approved-by", "林岚", "--stdin"];
    office.asked("11:10", &keep, "4711\n").done();
    let rows = due(&office);
    assert_eq!((&rows[0]["no"], &rows[0]["days"]), (&json!("10002"), &json!(120)), "{rows}");
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(found(rows.to_string().as_bytes()).len(), 2, "a name and a number, and nothing else");
}

#[test]
fn a_reason_that_names_the_person_is_refused_before_anything_is_shown() {
    let office = Office::new();
    let refused = office.at("10:05", &["erase", "person", "10002", "--reason", "单晓本人申请"]);
    assert!(refused.err.contains("删除原因里不能写") && refused.code != 0, "{}", refused.err);
    assert_eq!(refused.out, "", "no plan, no question");
}
