//! What a ledger says stays true: whose its title is, what stood in an entry before, what cannot be taken into use, and who
//! signs.

use super::{Office, Value, json};

/// A ledger of visitors, by its name, version, titles and fields.
fn visitors(name: &str, version: u16, titles: [&str; 2], fields: &[&str]) -> String {
    let [zh, en] = titles;
    let fields = fields.iter().map(|field| {
        format!("[[column]]\nfield = \"{field}\"\ntitle = {{ zh = \"{field}栏\", en = \"The {field}\" }}\n")
    });
    let fields: String = fields.collect();
    format!(
        "name = \"{name}\"\nversion = {version}\nwhat = \"ledger\"\n\
         title = {{ zh = \"{zh}\", en = \"{en}\" }}\nkey = [\"slip\"]\n{fields}"
    )
}

const TITLES: [&str; 2] = ["来访登记", "Visitors"];
const FIELDS: &[&str] = &["slip", "room", "guest"];

/// An office that keeps visitors.
fn office() -> Office {
    let office = Office::new();
    office.file("visitors.toml", &visitors("visitors", 1, TITLES, FIELDS));
    office.at("09:00", &["ledger", "adopt", "visitors.toml"]).done();
    office
}

fn add(office: &Office, time: &str, said: &[&str]) -> Value {
    office.at(time, &[&["ledger", "add", "visitors"], said, &["--json"]].concat()).json()
}

#[test]
fn a_title_belongs_to_one_ledger_and_a_name_goes_before_it() {
    let office = office();
    office.file("vis3.toml", &visitors("vis3", 1, TITLES, FIELDS));
    for (lang, line, said) in [
        ("zh", "第 4 行第 9 列", "标题“来访登记”已是台账 visitors 的标题"),
        ("en", "line 4, column 9", "the title \"来访登记\" is that of ledger visitors"),
    ] {
        for act in ["adopt", "check"] {
            let told = office.at("09:01", &["--lang", lang, "ledger", act, "vis3.toml"]).refused();
            assert!(told.contains(line) && told.contains(said), "{told}");
        }
    }
    let checked = office.at("09:02", &["ledger", "check", "vis3.toml", "--json"]);
    let checked: Value = serde_json::from_str(&checked.out).unwrap();
    assert_eq!((&checked["ok"], &checked["line"], &checked["column"]), (&json!(false), &json!(4), &json!(9)));
    // In the folder it is told, and what else is written goes on.
    std::fs::create_dir_all(office.path("ledgers")).unwrap();
    office.file("ledgers/vis3.toml", &visitors("vis3", 1, TITLES, FIELDS));
    let told = office.at("09:03", &["--lang", "en", "ledger", "add", "Visitors", "slip=A1"]);
    assert!(told.code == 0 && told.err.contains("is that of ledger visitors"), "{}", told.err);
    // So is one that is written a little otherwise; others of the folder are taken all the same.
    office.file("ledgers/vis3.toml", &visitors("vis3", 1, ["访客", "visitors "], FIELDS));
    office.file("ledgers/aaa.toml", &visitors("aaa", 1, ["甲", "visitor"], FIELDS));
    office.at("09:04", &["ledger", "add", "visitors", "slip=A2"]).done();
    let all = office.at("09:05", &["ledger", "list", "visitors", "--json"]).json();
    assert_eq!((&all["ledger"], &all["total"]), (&json!("visitors"), &json!(2)));
    // A newer version of its own keeps its title.
    office.file("visitors.toml", &visitors("visitors", 2, TITLES, FIELDS));
    office.at("09:06", &["ledger", "adopt", "visitors.toml"]).done();
}

#[test]
fn what_cannot_be_taken_into_use_is_told_before_it_is_tried() {
    let office = office();
    let check = |lang: &str, text: &str| {
        office.file("next.toml", text);
        office.at("09:05", &["--lang", lang, "ledger", "check", "next.toml"])
    };
    let other = visitors("visitors", 1, TITLES, &["slip", "room"]);
    assert!(check("zh", &other).refused().contains("请把 version 加一"));
    assert!(check("en", &other).refused().contains("raise version"));
    let found = office.at("09:06", &["ledger", "check", "next.toml", "--json"]);
    let found: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!((&found["ok"], &found["line"]), (&json!(false), &json!(2)));
    // A name that comes with the program, once it is in use.
    let places = visitors("places", 1, ["校区", "Areas of ours"], &["slip"]);
    check("en", &places).done();
    office.at("09:07", &["ledger", "add", "places", "name=南门", "class=key"]).done();
    assert!(check("en", &places).refused().contains("version 1 of ledger places is in use"));
    // Of no office it is said that it may be.
    let told = super::zhiban(
        office.path("").as_path(),
        &["--db", "none.db", "--lang", "en", "ledger", "check", "next.toml"],
        "",
    );
    assert!(told.code == 0 && told.err.contains("comes with the program"), "{}{}", told.out, told.err);
    // What it says already is nothing new.
    check("en", &visitors("visitors", 1, TITLES, FIELDS)).done();
}

#[test]
fn a_field_that_holds_values_is_missed_when_a_new_version_drops_it() {
    let office = office();
    add(&office, "09:01", &["slip=A1", "room=101"]);
    add(&office, "09:02", &["slip=A2", "room=102"]);
    add(&office, "09:03", &["slip=A3", "guest=王一"]);
    let gone = add(&office, "09:04", &["slip=A4", "room=104"]);
    office.at("09:05", &["ledger", "withdraw", gone["id"].as_str().unwrap(), "--reason", "记错"]).done();
    office.file("next.toml", &visitors("visitors", 2, TITLES, &["slip", "place", "guest"]));
    for (lang, said) in [
        ("zh", "字段 room 还有 2 条的值，新版没有它"),
        ("en", "field room has a value in 2 entries, and the new version"),
    ] {
        let told = office.at("09:06", &["--lang", lang, "ledger", "check", "next.toml"]);
        assert!(told.code == 0 && told.err.contains(said), "{}", told.err);
        assert!(!told.err.contains("guest"), "{}", told.err);
    }
    let found = office.at("09:07", &["ledger", "check", "next.toml", "--json"]).json();
    assert_eq!(found["warnings"][0]["zh"], "字段 room 还有 2 条的值，新版没有它");
    let told = office.at("09:08", &["--lang", "zh", "ledger", "adopt", "next.toml"]);
    assert!(told.code == 0 && told.err.contains("字段 room 还有 2 条的值"), "{}", told.err);
}

#[test]
fn an_entry_says_what_stood_there_who_changed_it_when_and_why() {
    let office = office();
    let made = add(&office, "09:01", &["slip=A1", "room=101"]);
    let id = made["id"].as_str().unwrap();
    office
        .at("09:30", &["ledger", "change", id, "room=102", "guest=13800001234", "--reason", "写错了"])
        .done();
    let shown = office.at("09:31", &["--lang", "zh", "ledger", "show", id]).done();
    for said in ["09:30  更正  林岚  写错了", "room栏：101 → 102", "guest栏：— → 138****1234"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    let history = office.at("09:32", &["ledger", "show", id, "--json"]).json()["history"].clone();
    assert_eq!(history[0]["changes"][0], json!({ "field": "room", "old": "101", "new": "102" }), "{history}");
    assert_eq!(
        (&history[0]["what"], &history[0]["by"], &history[0]["reason"], &history[0]["at"]),
        (&json!("changed"), &json!("林岚"), &json!("写错了"), &json!("2020-02-17T09:30:00+08:00"))
    );
    assert!(!history.to_string().contains("13800001234"), "{history}");
    // What was taken back was not done.
    office.at("09:33", &["undo", "--yes"]).done();
    assert_eq!(office.at("09:34", &["ledger", "show", id, "--json"]).json()["history"], json!([]));
    // A step says what it filled in.
    office.at("10:00", &["ledger", "add", "notices", "number=7", "subject=返校", "--json"]).json();
    let entry = office
        .at(
            "10:01",
            &["ledger", "add", "inspections", "unit=土木", "inspectors=校防控办", "--line"]
                .into_iter()
                .chain(["finding=无测温,mend_by=2020-02-18", "--json"])
                .collect::<Vec<_>>(),
        )
        .json();
    let shown = office.at("10:02", &["ledger", "show", entry["id"].as_str().unwrap(), "--json"]).json();
    let line = shown["lines"][0]["id"].as_str().unwrap().to_owned();
    office.at("10:03", &["ledger", "move", &line, "mended", "evidence=甲.jpg"]).done();
    office
        .at("10:04", &["ledger", "move", &line, "recheck-bad", "mend_by=2020-02-20", "--reason", "未改好"])
        .done();
    let shown = office.at("10:05", &["--lang", "en", "ledger", "show", &line]).done();
    assert!(shown.contains("2020-02-18 → 2020-02-20") && shown.contains("— → 甲.jpg"), "{shown}");
}

#[test]
fn an_entry_that_was_withdrawn_says_so_and_ids_are_taken_behind_a_ledger_too() {
    let office = office();
    let made = add(&office, "09:01", &["slip=A1", "room=101"]);
    let id = made["id"].as_str().unwrap();
    office.at("09:02", &["ledger", "show", &format!("visitors/{id}"), "--json"]).json();
    let other = office.at("09:02", &["ledger", "show", &format!("places/{id}")]);
    assert_eq!(other.code, 1, "{}", other.out);
    office.at("09:03", &["ledger", "withdraw", id, "--reason", "重复"]).done();
    let zh = office.at("09:04", &["--lang", "zh", "ledger", "show", "visitors/A1"]).refused();
    assert!(zh.contains("“A1”已作废（2020-02-17 09:03 林岚：重复）"), "{zh}");
    let en =
        office.at("09:05", &["--lang", "en", "ledger", "change", id, "room=9", "--reason", "错"]).refused();
    assert!(en.contains("\"A1\" was withdrawn (2020-02-17 09:03, 林岚: 重复)"), "{en}");
    let shown = office.at("09:06", &["--lang", "zh", "ledger", "show", &format!("visitors/{id}")]).done();
    assert!(shown.contains("09:03  已作废  林岚  重复"), "{shown}");
}

#[test]
fn what_a_list_can_be_sorted_by_is_told_whole() {
    let office = Office::new();
    let told =
        office.at("09:00", &["--lang", "zh", "ledger", "list", "supplies", "--sort", "没有"]).refused();
    for name in ["quantity", "balance", "minimum", "days_left", "at", "by"] {
        assert!(told.contains(&format!("（{name}）")), "{name}: {told}");
        office.at("09:01", &["ledger", "list", "supplies", "--sort", name]).done();
    }
    let told =
        office.at("09:02", &["--lang", "en", "ledger", "list", "absence", "--sort", "balance"]).refused();
    assert!(told.contains("(state)") && !told.contains("(balance)"), "{told}");
}

#[test]
fn the_stock_that_goes_out_comes_in_as_each_entry_said_it() {
    let office = Office::new();
    let masks = |time: &str, said: &[&str]| {
        office.at(time, &[&["ledger", "add", "supplies", "item=口罩"], said].concat()).done()
    };
    masks("09:00", &["move=入库", "quantity=50", "expires=2020-06-01"]);
    masks("09:10", &["move=入库", "quantity=70", "expires=2021-06-01"]);
    let sheet = office.at("09:20", &["--lang", "zh", "ledger", "export", "supplies", "--csv"]).done();
    let heads: Vec<&str> = sheet.lines().next().unwrap().split(',').collect();
    let row: Vec<&str> = sheet.lines().nth(1).unwrap().split(',').collect();
    let own =
        heads.iter().position(|head| row[heads.iter().position(|h| h == head).unwrap()] == "2021-06-01");
    let first = heads.iter().position(|head| head.ends_with("（先出）")).unwrap();
    assert_eq!(row[first], "2020-06-01", "{sheet}");
    assert_eq!(heads[own.unwrap()], heads[first].trim_end_matches("（先出）"), "{sheet}");
    let other = Office::new();
    other.file("s.csv", &sheet);
    other.at("09:00", &["ledger", "import", "supplies", "s.csv"]).done();
    let all = other.at("09:01", &["ledger", "list", "supplies", "--json"]).json();
    assert_eq!(all["entries"][0]["values"]["expires"], "2021-06-01");
}

#[test]
fn a_number_beside_a_name_is_theirs_however_rosters_head_it() {
    let office = Office::new();
    for (at, head) in
        ["工号,姓名", "姓名,学工号", "姓名,编号", "姓名,Staff No", "学号,姓名"].iter().enumerate()
    {
        let named = head.starts_with("姓名");
        let pair = |no: &str, name: &str| if named { format!("{name},{no}") } else { format!("{no},{name}") };
        let text = format!(
            "时间,进出,{head}\n2020-02-17 08:00,进,{}\n2020-02-17 08:01,出,{}\n",
            pair("10001", "张伟"),
            pair("10001", "单晓")
        );
        let file = format!("g{at}.csv");
        office.file(&file, &text);
        let told = office.at("09:00", &["--lang", "en", "ledger", "import", "gate", &file]).refused();
        assert!(
            told.contains("row 3") && told.contains("number 10001 is not called \"单晓\""),
            "{head}: {told}"
        );
        assert!(!told.contains("row 2"), "{head}: {told}");
    }
    // Before the names it is the number of the row; and it is a ledger that does not have it.
    office.file("rows.csv", "编号,时间,进出,姓名\n1,2020-02-17 08:00,进,张伟\n");
    let told = office.at("09:10", &["--lang", "zh", "ledger", "import", "gate", "rows.csv"]);
    assert!(told.code == 0 && told.err.contains("台账里没有的列未读取：编号"), "{}", told.err);
}

#[test]
fn a_step_is_not_signed_in_the_name_of_somebody_who_is_not_there() {
    let office = Office::new();
    let add = [
        "ledger",
        "add",
        "inspections",
        "unit=土木",
        "inspectors=校防控办",
        "--line",
        "finding=无测温",
        "--json",
    ];
    let entry = office.at("10:00", &add).json()["id"].as_str().unwrap().to_owned();
    let shown = office.at("10:01", &["ledger", "show", &entry, "--json"]).json();
    let line = shown["lines"][0]["id"].as_str().unwrap().to_owned();
    office.at("10:02", &["ledger", "move", &line, "mended", "evidence=照片.jpg"]).done();
    let sign = ["--lang", "en", "--officer", "周航", "ledger", "move", &line, "recheck-good"];
    let told = office.at("10:03", &sign).refused();
    assert!(told.contains("周航 did not approve") && told.contains("zhiban officer pin"), "{told}");
    office.asked("10:04", &["--officer", "周航", "officer", "pin", "周航", "--stdin"], "4821\n");
    let told = office.at("10:05", &sign).refused();
    assert!(told.contains("周航"), "{told}");
    let signed = office.asked("10:06", &[&sign[..], &["--stdin"]].concat(), "4821\n");
    assert_eq!(signed.code, 0, "{}", signed.err);
}
