//! Registers: one that an officer wrote a minute ago, from its file to its sheet.

use super::{Office, Value, json};
use calamine::{Data, Reader};

/// A ledger of an office's own: keys that are lent.
const KEYS: &str = r#"name = "keys"
version = 1
what = "ledger"
title = { zh = "钥匙借用", en = "Keys lent" }
key = ["number"]
import = true
column = [
  { field = "number", title = { zh = "借条", en = "Slip" }, required = true, unique = true },
  { field = "room", title = { zh = "房间", en = "Room" }, headers = ["房间", "教室"], required = true },
  { field = "person", title = { zh = "借用人", en = "Lent to" }, references = "person" },
  { field = "back_by", title = { zh = "归还期限", en = "Back by" }, type = "date" },
  { field = "copies", title = { zh = "把数", en = "Copies" }, type = "integer", minimum = 1, default = "1" },
  { field = "kind", title = { zh = "种类", en = "Kind" }, type = "code", codes = { card = ["门卡"], key = ["钥匙"] } },
]
states = { initial = "out", final = ["in", "lost"], words = { out = { zh = "借出", en = "out" } } }
transition = [
  { name = "renew", title = { zh = "续借", en = "renewed" }, from = ["out"], to = "out", ask = ["back_by"] },
  { name = "bring", title = { zh = "归还", en = "brought back" }, from = ["out"], to = "in", batch = true },
  { name = "lose", title = { zh = "遗失", en = "lost" }, from = ["out"], to = "lost", reason = true },
]
due = [{ id = "back", title = { zh = "归还", en = "bring back" }, anchor = "back_by", resolved_if = "state != 'out'" }]
"#;

/// A ledger without a key: every entry is a line.
const GATE: &str = r#"name = "gate"
version = 1
what = "ledger"
title = { zh = "门岗", en = "Gates" }
import = true
column = [
  { field = "gate", title = { zh = "门", en = "Gate" }, required = true },
  { field = "people", title = { zh = "人数", en = "People" }, type = "integer", required = true },
  { field = "note", title = { zh = "说明", en = "Note" } },
  { field = "phone", title = { zh = "电话", en = "Phone" }, type = "phone" },
]
"#;

impl Office {
    /// An office with a declaration in its folder.
    fn with(name: &str, text: &str) -> Self {
        let office = Self::new();
        office.declare(name, text);
        office
    }

    fn declare(&self, name: &str, text: &str) {
        std::fs::create_dir_all(self.path("ledgers")).unwrap();
        self.file(&format!("ledgers/{name}"), text);
    }

    /// The values of one field of a ledger's lines, as listed.
    fn column(&self, time: &str, args: &[&str], field: &str) -> Vec<Value> {
        let all = self.at(time, &[&["ledger", "list"], args, &["--json"]].concat()).json();
        all["entries"].as_array().unwrap().iter().map(|entry| entry["values"][field].clone()).collect()
    }
}

#[test]
fn what_is_saved_in_the_folder_is_a_ledger_at_once() {
    let office = Office::with("keys.toml", KEYS);
    let before = office.at("09:00", &["ledger", "list", "--json"]).json();
    let keys = before.as_array().unwrap().iter().find(|ledger| ledger["name"] == "keys").unwrap();
    assert_eq!((&keys["adopted"], &keys["title"]["en"]), (&json!(false), &json!("Keys lent")));
    assert!(office.at("09:00", &["--lang", "zh", "ledger", "list"]).done().contains("登记第一条时启用"));
    assert!(office.at("09:00", &["--lang", "en", "ledger", "list", "keys"]).err.contains("not in use yet"));

    let added = office.at(
        "09:01",
        &["ledger", "add", "keys", "number=A1", "房间=逸夫楼101", "kind=门卡", "person=张伟", "--json"],
    );
    assert!(added.err.contains("已启用台账 keys"), "{}", added.err);
    let id = added.json()["id"].as_str().unwrap().to_owned();
    office.at("09:02", &["ledger", "add", "钥匙借用", "number=B2", "room=实验楼3", "copies=12"]).done();
    office.at("09:03", &["ledger", "add", "keys", "number=C3", "room=图书馆", "copies=3"]).done();

    assert_eq!(office.column("09:05", &["keys"], "number"), ["C3", "B2", "A1"]);
    assert_eq!(office.column("09:05", &["keys", "--sort", "copies:desc"], "copies"), [12, 3, 1]);
    assert_eq!(office.column("09:05", &["keys", "--sort", "把数", "--limit", "1"], "number"), ["A1"]);
    assert_eq!(office.column("09:05", &["keys", "--filter", "逸夫"], "kind"), ["card"]);
    let table = office.at("09:05", &["--lang", "zh", "ledger", "list", "keys"]).done();
    assert!(table.contains("房间") && table.contains("门卡") && table.contains("借出"), "{table}");

    let moved = ["ledger", "move", "keys/A1", "renew", "back_by=2020-02-18"];
    office.at("10:00", &moved).done();
    let shown = office.at("10:01", &["ledger", "show", &id[id.len() - 8..], "--json"]).json();
    assert_eq!(
        (&shown["entry"]["state"], &shown["entry"]["names"]["person"], &shown["entry"]["subject"]),
        (&json!("out"), &json!("张伟"), &json!("person:10001"))
    );
    assert_eq!(shown["entry"]["at"], "2020-02-17T09:01:00+08:00");
    assert_eq!(shown["moves"][0]["transition"], "renew");
    assert_eq!(shown["open_to"], json!(["renew", "bring", "lose"]));

    assert_eq!(office.at("10:02", &["ledger", "due", "--json"]).json(), json!([]));
    let due = office.on("20T10:00", &["ledger", "due", "--json"]).json();
    assert_eq!(
        due,
        json!([{
            "ledger": "keys", "due": "back", "entry": id, "name": "张伟 A1", "subject": "person:10001",
            "at": "2020-02-18T00:00:00+08:00", "state": "missed", "missed": 0, "told": null, "first": false,
        }])
    );
    assert!(office.on("20T10:00", &["--lang", "en", "ledger", "due"]).done().contains("Overdue"));

    office.on("20T10:01", &["ledger", "change", &id, "room=逸夫楼102", "--reason", "写错了"]).done();
    office.on("20T10:02", &["ledger", "move", &id, "归还"]).done();
    assert_eq!(office.on("20T10:03", &["ledger", "due", "--json"]).json(), json!([]));
    office.on("20T10:04", &["undo", "--yes"]).done();
    let shown = office.on("20T10:05", &["--lang", "zh", "ledger", "show", "keys/A1"]).done();
    assert!(shown.contains("逸夫楼102") && shown.contains("续借") && shown.contains("可以办理"), "{shown}");
    office.on("20T10:06", &["ledger", "withdraw", &id, "--reason", "重复"]).done();
    assert_eq!(office.column("10:07", &["keys"], "number"), ["C3", "B2"]);
    assert!(office.on("20T10:08", &["check"]).code == 0);
}

#[test]
fn entries_are_found_in_both_languages_and_by_their_id() {
    let office = Office::with("keys.toml", KEYS);
    let add = ["ledger", "add", "keys", "number=〔2020〕7 号", "room=逸夫楼101", "kind=门卡", "--json"];
    let id = office.at("09:01", &add).json()["id"].as_str().unwrap().to_owned();
    office.at("09:02", &["ledger", "add", "keys", "number=17号", "room=逸夫楼102", "kind=key"]).done();
    let found = |text: &str| office.at("09:05", &["find", text, "--json"]).json();
    for text in ["2020 7号", "逸夫楼101", "门卡", "Keys 逸夫楼101", "钥匙借用 7号"] {
        let all = found(text);
        assert_eq!(all[0]["entry"], json!(id), "{text}: {all}");
        assert_eq!(all.as_array().unwrap().len(), 1, "{text}: {all}");
    }
    let first = &found("门卡")[0];
    assert_eq!(
        (&first["what"], &first["ledger"], &first["state"], &first["name"], &first["at"]),
        (
            &json!("entry"),
            &json!("keys"),
            &json!("out"),
            &json!("〔2020〕7 号"),
            &json!("2020-02-17T09:01:00+08:00")
        )
    );
    assert!(first["words"].as_str().unwrap().contains("逸夫楼101"), "{first}");
    assert_eq!(found("逸夫楼").as_array().unwrap().len(), 2);
    let table = office.at("09:05", &["--lang", "en", "find", "逸夫楼", "--limit", "1"]);
    assert!(table.out.contains("Keys lent") && table.out.contains("17号"), "{}", table.out);
    // Below a head of their own, not that of people.
    assert!(table.out.starts_with("Ledger entries 1\n"), "{}", table.out);
    assert!(table.out.contains("Ledger") && !table.out.contains("Phone"), "{}", table.out);
    assert_eq!(first["ledger_title"], json!({ "zh": "钥匙借用", "en": "Keys lent" }));
    assert!(table.err.contains("1 more entry fits"), "{}", table.err);
    // The id in the table is one that `ledger show` takes.
    let short = table.out.lines().nth(2).unwrap().split_whitespace().next().unwrap().to_owned();
    office.at("09:06", &["ledger", "show", &short]).done();
    office.at("09:07", &["ledger", "withdraw", &id, "--reason", "重复"]).done();
    assert_eq!(found("门卡"), json!([]));
    assert!(office.at("09:08", &["--lang", "zh", "find", "门卡"]).out.contains("台账内容"));
}

#[test]
fn what_ledgers_hold_of_somebody_is_shown_with_them() {
    let office = Office::with("keys.toml", KEYS);
    let show = |what: &str, who: &str| office.at("09:05", &["show", what, who, "--json"]).json();
    assert_eq!(show("person", "10001")["entries"], json!([]));
    let add = ["ledger", "add", "keys", "number=A1", "room=逸夫楼 13800135678", "person=10001", "--json"];
    let id = office.at("09:01", &add).json()["id"].as_str().unwrap().to_owned();
    let unit = show("person", "10001")["unit"].as_str().unwrap().to_owned();
    office.at("09:02", &["ledger", "add", "supplies", "物资=口罩", "出入=入库", "数量=90"]).done();
    office
        .at(
            "09:03",
            &["ledger", "add", "supplies", "物资=口罩", "出入=领用", "数量=20", &format!("unit={unit}")],
        )
        .done();
    let entries = &show("person", "10001")["entries"];
    assert_eq!(entries.as_array().unwrap().len(), 1);
    let first = &entries[0];
    assert_eq!((&first["ledger"], &first["title"]["en"]), (&json!("keys"), &json!("Keys lent")));
    assert_eq!((&first["entry"]["id"], &first["entry"]["state"]), (&json!(id), &json!("out")));
    assert_eq!(first["entry"]["values"]["room"], "逸夫楼 138****5678");
    let of_unit = &show("unit", &unit)["entries"];
    assert_eq!(
        (&of_unit[0]["ledger"], &of_unit[0]["entry"]["values"]["quantity"]),
        (&json!("supplies"), &json!(20))
    );
    let text =
        |lang: &str, what: &str, who: &str| office.at("09:05", &["--lang", lang, "show", what, who]).done();
    let person = text("en", "person", "10001");
    assert!(
        person.contains("\nLedgers\n")
            && person.contains("Keys lent  ")
            && person.contains("Slip: A1  Room: 逸夫楼 138****5678")
            && person.contains("Status: out"),
        "{person}"
    );
    assert!(person.contains("138****5678") && !person.contains("13800135678"), "{person}");
    let unit = text("zh", "unit", &unit);
    assert!(unit.contains("\n台账\n") && unit.contains("防疫物资  物资：口罩  库房：总库"), "{unit}");
    // What is withdrawn is on its own page alone.
    office.at("09:06", &["ledger", "withdraw", &id, "--reason", "重复"]).done();
    assert_eq!(show("person", "10001")["entries"], json!([]));
}

#[test]
fn entries_are_named_in_the_log_and_in_the_language_of_whoever_reads() {
    let office = Office::with("keys.toml", KEYS);
    let add =
        ["ledger", "add", "supplies", "物资=口罩", "出入=入库", "数量=90", "有效期=2020-02-18", "--json"];
    let id = office.at("09:01", &add).json()["id"].as_str().unwrap().to_owned();
    office.at("09:02", &["ledger", "change", &id, "quantity=95", "--reason", "点错"]).done();
    let key = [
        "ledger",
        "add",
        "keys",
        "number=A1",
        "room=逸夫楼101",
        "person=10001",
        "back_by=2020-02-16",
        "--json",
    ];
    let key = office.at("09:03", &key).json()["id"].as_str().unwrap().to_owned();
    office.at("09:04", &["ledger", "move", &key, "lose", "--reason", "找不到"]).done();
    for (lang, called) in [("zh", "口罩 总库"), ("en", "mask 总库")] {
        let log = office.at("09:05", &["--lang", lang, "list", "log", "--json"]).json();
        let names = |kind: &str| -> Vec<String> {
            let all = log.as_array().unwrap().iter().filter(|row| row["kind"] == kind);
            all.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names("entry.changed"), [called], "{log}");
        assert!(names("entry.written").contains(&called.to_owned()), "{log}");
        assert_eq!(names("entry.moved"), ["张伟"], "whom it is about");
        let table = office.at("09:05", &["--lang", lang, "list", "log"]).done();
        assert!(table.contains(called), "{table}");
        let due = office.on("18T09:05", &["--lang", lang, "ledger", "due"]).done();
        assert!(due.contains(called), "{due}");
        let due = office.on("18T09:05", &["--lang", lang, "ledger", "due", "--json"]).json();
        assert!(due.as_array().unwrap().iter().any(|due| due["name"] == called), "{due}");
        let due = office.on("18T09:05", &["--lang", lang, "list", "due"]).done();
        assert!(due.contains(called), "{due}");
    }
    // What was taken back is named as it was written.
    office.at("09:06", &["ledger", "add", "supplies", "物资=体温计", "出入=入库", "数量=9"]).done();
    office.at("09:07", &["undo", "--yes"]).done();
    let log = office.at("09:08", &["--lang", "en", "list", "log", "--json"]).json();
    assert!(log.as_array().unwrap().iter().any(|row| row["name"] == "thermometer 总库"), "{log}");
}

#[test]
fn what_is_typed_wrong_is_told_with_what_would_be_right() {
    let office = Office::with("keys.toml", KEYS);
    let refused = |args: &[&str]| office.at("09:01", &[&["--lang", "en", "ledger"], args].concat()).refused();
    let field = refused(&["add", "keys", "nubmer=A1"]);
    assert!(field.contains("no field \"nubmer\"") && field.contains("number (Slip)"), "{field}");
    assert!(refused(&["add", "keys", "A1"]).contains("FIELD=VALUE"));
    assert!(refused(&["add", "keys", "number=A1", "number=A2"]).contains("given twice"));
    assert!(refused(&["add", "keys", "number=A1"]).contains("Room: must be filled in"));
    let whole = refused(&["add", "keys", "number=A1", "room=x", "copies=two"]);
    assert!(whole.contains("Copies: "), "{whole}");
    assert!(refused(&["add", "keys", "number=A1", "room=x", "copies=0"]).contains("must be 1 at least"));
    assert!(refused(&["add", "keys", "number=A1", "room=x", "person=99999"]).contains("Lent to: "));
    assert!(refused(&["add", "kyes", "number=A1"]).contains("zhiban ledger list"));
    assert!(refused(&["show", "abcdef"]).contains("no ledger entry"));
    assert!(refused(&["move", "renew"]).contains("which transition"));
    office.at("09:02", &["ledger", "add", "keys", "number=A=1", "room=-3"]).done();
    assert_eq!(office.column("09:03", &["keys"], "number"), ["A=1"]);
    let twice = refused(&["add", "keys", "number=a=1", "room=x"]);
    assert!(twice.contains("is there already"), "{twice}");
    let id = office.at("09:04", &["ledger", "list", "keys", "--json"]).json()["entries"][0]["id"].clone();
    let step = refused(&["move", id.as_str().unwrap(), "lend"]);
    assert!(step.contains("no transition called") && step.contains("renewed (renew)"), "{step}");
    assert!(refused(&["move", "keys/B9", "bring"]).contains("not in the ledger Keys lent"));
}

#[test]
fn a_wrong_declaration_is_told_and_the_last_good_one_stays() {
    let office = Office::with("keys.toml", KEYS);
    office.at("09:01", &["ledger", "add", "keys", "number=A1", "room=101"]).done();
    let wrong = KEYS.replace("version = 1", "version = 2").replace("'out'", "'aus' and mvoe");
    office.declare("keys.toml", &wrong);
    for (lang, at) in [("zh", "第 21 行"), ("en", "line 21")] {
        let told = office.at("09:02", &["--lang", lang, "ledger", "list", "keys"]);
        assert!(told.code == 0 && told.err.contains(at) && told.err.contains("mvoe"), "{}", told.err);
        let checked = office.at("09:03", &["--lang", lang, "ledger", "check", "ledgers/keys.toml"]).refused();
        assert!(checked.contains(at) && checked.contains("keys.toml"), "{checked}");
    }
    let found = office.at("09:03", &["ledger", "check", "ledgers/keys.toml", "--json"]);
    let found: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!((&found["ok"], &found["line"]), (&json!(false), &json!(21)));
    let added = office.at("09:04", &["ledger", "add", "keys", "number=B2", "room=102"]);
    assert!(added.code == 0 && added.err.contains("mvoe"), "{}", added.err);
    // The same version with another text is a slip.
    office.declare("keys.toml", &KEYS.replace("把数", "数量"));
    let told = office.at("09:05", &["--lang", "en", "ledger", "list"]);
    assert!(told.err.contains("raise version"), "{}", told.err);
    office.declare("keys.toml", &KEYS.replace("version = 1", "version = 2").replace("把数", "数量"));
    let added = office.at("09:06", &["ledger", "add", "keys", "number=C3", "room=103", "数量=2"]);
    assert!(added.code == 0 && added.err.contains("第 2 版"), "{}", added.err);
    let sound = office.at("09:07", &["--lang", "en", "ledger", "check", "ledgers/keys.toml"]).done();
    assert!(sound.contains("is sound") && sound.contains("back_by") && sound.contains("renew"), "{sound}");
    let sound = office.at("09:07", &["ledger", "check", "ledgers/keys.toml", "--json"]).json();
    assert_eq!((&sound["ok"], &sound["version"]), (&json!(true), &json!(2)));
    assert_eq!(sound["states"], json!(["out", "in", "lost"]));
    assert_eq!(sound["state_titles"]["out"], json!({ "zh": "借出", "en": "out" }));
}

#[test]
fn the_fields_and_codes_of_a_ledger_are_told_by_its_name() {
    let office = Office::with("keys.toml", KEYS);
    for name in ["supplies", "防疫物资", "Supplies"] {
        let zh = office.at("09:00", &["--lang", "zh", "ledger", "check", name]).done();
        for said in
            ["quantity  数量      整数    必填", "move  out           出库    out           领用", "单位"]
        {
            assert!(zh.contains(said), "{said}: {zh}");
        }
        let json = office.at("09:00", &["ledger", "check", name, "--json"]).json();
        let columns = json["columns"].as_array().unwrap();
        let item = columns.iter().find(|column| column["field"] == "move").unwrap();
        assert_eq!(item["words"]["scrap"], json!({ "zh": "报废", "en": "scrap" }));
        assert_eq!((&json["ok"], &columns[0]["extendable"]), (&json!(true), &json!(true)));
    }
    // One that is in the folder of the office and not in use yet; nothing is written.
    assert!(office.at("09:00", &["--lang", "en", "ledger", "check", "keys"]).done().contains("Lent to"));
    let none = office.at("09:01", &["--lang", "en", "ledger", "check", "kyes"]).refused();
    assert!(none.contains("no ledger called \"kyes\""), "{none}");
    let all = office.at("09:01", &["ledger", "list", "--json"]).json();
    // Of a declaration's own words, only those stand there in English that are typed.
    for ledger in all.as_array().unwrap() {
        let name = ledger["name"].as_str().unwrap();
        let whole = office.at("09:02", &["ledger", "check", name, "--json"]).json().to_string();
        let zh = office.at("09:02", &["--lang", "zh", "ledger", "check", name]).done();
        for line in zh.lines().filter(|line| !line.contains("条件")) {
            for word in line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-') {
                let digits = word.starts_with(|c: char| c.is_ascii_digit());
                let typed = word.len() < 2 || digits || whole.contains(word);
                assert!(typed, "{name}: {word} in {line}");
            }
        }
        for word in ["required", "unique", "readonly", "extendable", "datetime", "integer"] {
            assert!(!zh.contains(word), "{name}: {zh}");
        }
    }
    // An empty sheet of it is to be had, and one is tried, before anything is written.
    let empty = office.at("09:02", &["--lang", "zh", "ledger", "export", "keys"]).done();
    assert!(empty.starts_with("借条,房间,") && empty.lines().count() == 1, "{empty}");
    office.file("keys.csv", "借条,房间\nA1,101\n");
    office.at("09:02", &["ledger", "import", "keys", "keys.csv", "--dry-run"]).done();
    let known = office.at("09:02", &["ledger", "list", "--json"]).json();
    assert!(known.as_array().unwrap().iter().any(|one| one["name"] == "keys" && one["adopted"] == false));
    // A new file that was never in use is not said to have been.
    office.declare("new.toml", "name = \"new\"\n");
    let told = office.at("09:03", &["--lang", "en", "ledger", "check", "ledgers/new.toml"]).refused();
    assert!(!told.contains("last good one"), "{told}");
}

#[test]
fn a_hostile_declaration_is_refused() {
    let office = Office::new();
    let column = |n: usize| format!("[[column]]\nfield = \"c{n}\"\ntitle = {{ zh = \"x\", en = \"x\" }}\n");
    let head = "name = \"h\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"h\", en = \"h\" }\n";
    let many: String = (0..10_000).map(column).collect();
    let deep = format!("{}default = \"{}\"\n", column(0), "(".repeat(17));
    let more: String = (0..65).map(column).collect();
    let nested = format!("hint = {}\n", "[".repeat(100));
    for (text, said) in
        [(many, "too large"), (deep, "too long or too deep"), (more, "too large"), (nested, "line")]
    {
        office.declare("h.toml", &format!("{head}{text}"));
        let told = office.at("09:00", &["--lang", "en", "ledger", "check", "ledgers/h.toml"]).refused();
        assert!(told.contains(said), "{told}");
        office.at("09:01", &["ledger", "adopt", "ledgers/h.toml"]).refused();
    }
    office.file("ledgers/h.toml", "\u{0}");
    assert!(office.at("09:02", &["ledger", "list"]).code == 0);
}

#[test]
fn a_sheet_comes_in_by_its_headers_all_or_nothing_and_goes_out_again() {
    let office = Office::with("keys.toml", KEYS);
    let head = "钥匙登记,,,,\n序,借条,教室,借用人,把数\n";
    office.file(
        "keys.csv",
        &format!("{head}1,A1,逸夫楼101,10001,2\n2,B2,实验楼3,,x\n3,,图书馆,,1\n4,A1,馆,,\n合计,,,,3\n"),
    );
    let told = office.at("09:00", &["--lang", "en", "ledger", "import", "keys", "keys.csv"]).refused();
    for (row, why) in [
        ("row 4 把数", ": not a whole number"),
        ("row 5 借条", ": must be filled"),
        ("row 6 借条", "is there already"),
    ] {
        assert!(told.contains(row) && told.contains(why), "{row}: {told}");
    }
    assert!(told.contains("nothing was written"), "{told}");
    assert!(office.column("09:01", &["keys"], "number").is_empty());
    let tried =
        office.at("09:02", &["ledger", "import", "keys", "keys.csv", "--dry-run", "--skip-wrong", "--json"]);
    let tried = tried.json();
    assert_eq!((&tried["accepted"], &tried["written"]), (&json!(1), &json!(false)));
    assert_eq!((&tried["rejected"][0]["row"], &tried["rejected"][0]["column"]), (&json!(4), &json!("把数")));
    let done = office.at("09:03", &["ledger", "import", "keys", "keys.csv", "--skip-wrong", "--json"]).json();
    assert_eq!((&done["accepted"], &done["written"]), (&json!(1), &json!(true)));
    office.file("more.csv", "number,Room,Back by,Kind\nB2,实验楼3,2020-02-20,钥匙\nC3,馆,,\n");
    office.at("09:04", &["ledger", "import", "keys", "more.csv"]).done();
    assert_eq!(office.column("09:05", &["keys", "--sort", "number"], "number"), ["A1", "B2", "C3"]);
    let none = office.at("09:06", &["--lang", "en", "ledger", "import", "keys", "units.csv"]).refused();
    assert!(none.contains("headers"), "{none}");
    let none = office.at("09:06", &["--lang", "en", "ledger", "import", "supplies", "more.csv"]).refused();
    assert!(none.contains("with at least: Item") && none.contains("ledger check supplies"), "{none}");
    let closed = KEYS.replace("\"keys\"", "\"tags\"").replace("import = true", "import = false");
    let closed = closed.replace("钥匙借用", "钥匙牌").replace("Keys lent", "Key tags");
    office.declare("tags.toml", &closed);
    office.at("09:06", &["ledger", "add", "tags", "number=A1", "room=101"]).done();
    let none = office.at("09:06", &["--lang", "en", "ledger", "import", "tags", "more.csv"]).refused();
    assert!(none.contains("says import = false") && none.contains("raise version"), "{none}");

    let csv = office.at("09:07", &["--lang", "zh", "ledger", "export", "keys"]).done();
    assert!(csv.starts_with("借条,房间,借用人,借用人编号,归还期限,把数,种类,状态,"), "{csv}");
    assert!(csv.contains("B2,实验楼3,,,2020-02-20,1,钥匙,借出,"), "{csv}");
    office.at("09:08", &["--lang", "zh", "ledger", "export", "keys", "--xlsx", "keys.xlsx"]).done();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(office.path("keys.xlsx")).unwrap();
    let range = book.worksheet_range("钥匙借用").unwrap();
    let row = (1..4).find(|row| range.get_value((*row, 0)) == Some(&Data::String("B2".to_owned()))).unwrap();
    assert!(matches!(range.get_value((row, 4)), Some(Data::DateTime(_))));
    assert_eq!(range.get_value((row, 5)), Some(&Data::Float(1.0)));
    assert_eq!(book.worksheet_range("全部记录").unwrap().height(), 4);

    let paper = office.at("09:08", &["--lang", "zh", "ledger", "print", "keys", "--filter", "实验楼"]).done();
    assert!(paper.contains("钥匙借用台账") && paper.contains("B2") && !paper.contains("A1"), "{paper}");
    office.at("09:08", &["ledger", "print", "keys", "--out", "keys.pdf"]).done();
    assert!(std::fs::read(office.path("keys.pdf")).unwrap().starts_with(b"%PDF"));
    let paper = office.at("09:08", &["ledger", "print", "keys", "--format", "json"]).json();
    assert_eq!((&paper["total"], &paper["office"]), (&json!(3), &json!("海岬理工大学")));

    // What goes out comes in again, in an office that has none of it.
    let other = Office::with("keys.toml", KEYS);
    std::fs::copy(office.path("keys.xlsx"), other.path("keys.xlsx")).unwrap();
    let back = other.at("09:09", &["ledger", "import", "keys", "keys.xlsx", "--json"]).json();
    assert_eq!(back["accepted"], 3, "{back}");
    let ask = &["keys", "--sort", "number"];
    for field in ["number", "room", "back_by", "copies", "kind"] {
        assert_eq!(other.column("09:10", ask, field), office.column("09:10", ask, field), "{field}");
    }
}

#[test]
fn the_same_sheet_comes_in_once_and_rows_that_stand_there_are_told() {
    let office = Office::with("gate.toml", GATE);
    office.file("gate.csv", "门,人数,说明\n东门,3,晨检\n西门,5,\n");
    office.at("09:00", &["ledger", "import", "gate", "gate.csv"]).done();
    let again = office.at("09:01", &["--lang", "en", "ledger", "import", "gate", "gate.csv"]).refused();
    assert!(again.contains("this very file was imported at 2020-02-17 09:00"), "{again}");
    // However it is called.
    std::fs::copy(office.path("gate.csv"), office.path("other.csv")).unwrap();
    let args = ["--lang", "en", "ledger", "import", "gate", "other.csv", "--take-same"];
    assert!(office.at("09:01", &args).refused().contains("other.csv: this very file was imported at"));
    // A sheet that was carried on: two of its rows stand there.
    office.file("gate.csv", "门,人数,说明\n东门,3,晨检\n西门,5,\n南门,1,\n");
    let told = office.at("09:02", &["--lang", "en", "ledger", "import", "gate", "gate.csv"]).refused();
    assert!(told.contains("stand there: 2, 3") && told.contains("--skip-same"), "{told}");
    assert_eq!(office.column("09:03", &["gate"], "gate").len(), 2, "nothing was written");
    let tried = office
        .at("09:03", &["ledger", "import", "gate", "gate.csv", "--dry-run", "--skip-same", "--json"])
        .json();
    assert_eq!((&tried["same"], &tried["accepted"]), (&json!([2, 3]), &json!(1)));
    office.at("09:04", &["ledger", "import", "gate", "gate.csv", "--skip-same"]).done();
    assert_eq!(office.column("09:05", &["gate"], "gate").len(), 3);
    office.at("09:06", &["undo", "--yes"]).done();
    assert_eq!(office.column("09:06", &["gate"], "gate").len(), 2);
    office.at("09:07", &["ledger", "import", "gate", "gate.csv", "--take-same"]).done();
    assert_eq!(office.column("09:08", &["gate"], "gate").len(), 5);
    assert!(office.at("09:09", &["check"]).code == 0);
}

#[test]
fn numbers_in_an_entry_are_shown_with_a_reason_that_is_logged() {
    let office = Office::with("gate.toml", GATE);
    let add = ["ledger", "add", "gate", "门=东门", "人数=1", "电话=13800001234", "--json"];
    let made = office.at("09:00", &add).json();
    let id = made["id"].as_str().unwrap();
    let shown = office.at("09:01", &["ledger", "show", id]).done();
    assert!(shown.contains("138****1234"), "{shown}");
    assert!(office.at("09:01", &["ledger", "show", id, "--reveal", " "]).code != 0, "a reason is needed");
    let shown = office.at("09:02", &["ledger", "show", id, "--reveal", "核对", "--json"]).json();
    assert_eq!(shown["entry"]["values"]["phone"], "13800001234");
    let looks = office.at("09:03", &["access", "--format", "json"]).json();
    let looks = looks["looks"].as_array().unwrap();
    assert_eq!((looks.len(), &looks[0]["what"], &looks[0]["reason"]), (1, &json!("entry"), &json!("核对")));
}

#[test]
fn rows_that_do_not_fit_the_books_are_named_and_need_a_reason() {
    let shipped = include_str!("../../../data/ledgers/supplies.toml");
    let text = shipped.replacen("version = 1", "version = 2\nimport = true", 1);
    let office = Office::with("supplies.toml", &text);
    office.file("s.csv", "物资,出入,数量\n口罩,盘点,100\n口罩,出库,60\n口罩,出库,50\n口罩,盘点,4\n");
    let args = ["--lang", "en", "ledger", "import", "supplies", "s.csv"];
    let told = office.at("09:00", &args).refused();
    assert!(told.contains("row 4: mask 总库: 40 on the books, 50 taken out"), "{told}");
    assert!(told.contains("-10 on the books, 4 counted") && told.contains("--reason"), "{told}");
    assert!(office.column("09:01", &["supplies"], "item").is_empty());
    office.at("09:02", &[&args[..], &["--reason", "补登"]].concat()).done();
    let list = office.at("09:03", &["ledger", "list", "supplies", "--json"]).json();
    assert_eq!(list["entries"][0]["balance"]["balance"], 4);
}

#[test]
fn a_paper_has_lines_beneath_their_head_and_figures_to_the_right() {
    let office = Office::new();
    let add = ["ledger", "add", "inspections", "unit=土木", "inspectors=校防控办", "--line"];
    let lines = ["finding=门岗无测温,mend_by=2020-02-18", "--line", "finding=无消毒记录"];
    office.at("09:00", &[&add[..], &lines[..]].concat()).done();
    office.at("09:01", &["ledger", "add", "inspections", "unit=土木", "inspectors=督查组"]).done();
    let paper = office.at("09:02", &["--lang", "zh", "ledger", "print", "inspections"]).done();
    let places: Vec<_> = ["检查人：督查组", "（没有问题）", "检查人：校防控办", "门岗无测温", "无消毒记录"]
        .map(|said| paper.find(said).unwrap_or_else(|| panic!("{said}: {paper}")))
        .into();
    assert!(places.is_sorted(), "{paper}");
    let paper = office.at("09:02", &["--lang", "en", "ledger", "print", "inspections"]).done();
    assert!(paper.contains("Findings: 2") && paper.contains("to mend"), "{paper}");
    office.at("09:03", &["ledger", "print", "inspections", "--out", "inspections.xlsx"]).done();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(office.path("inspections.xlsx")).unwrap();
    assert_eq!(book.worksheet_range("问题").unwrap().height(), 3);

    for (time, expires) in [("09:10", "2020-05-01"), ("09:11", "2020-09-01")] {
        let said = ["ledger", "add", "supplies", "物资=口罩", "库房=Main", "出入=入库", "数量=50"];
        office.at(time, &[&said[..], &[&format!("有效期={expires}")]].concat()).done();
    }
    let paper = office.at("09:12", &["--lang", "en", "ledger", "print", "supplies"]).done();
    assert!(paper.contains("2020-05-01") && !paper.contains("2020-09-01"), "{paper}");
    let ends = |said: &str| {
        let line =
            paper.lines().find(|line| line.contains(said)).unwrap_or_else(|| panic!("{said}: {paper}"));
        line.find(said).unwrap_or_default() + said.len()
    };
    assert_eq!(ends("Balance"), ends(" 100"), "{paper}");
    let list = office.at("09:12", &["ledger", "list", "supplies", "--json"]).json();
    assert_eq!(list["entries"][0]["first_out"], json!({ "expires": "2020-05-01" }));
}

#[test]
fn a_stock_below_nothing_is_told_and_entered_with_a_reason() {
    let office = Office::new();
    let out = ["--lang", "en", "ledger", "add", "supplies", "item=mask", "move=out", "quantity=30"];
    let told = office.at("09:00", &out).refused();
    assert!(told.contains("0 on the books, 30 taken out") && told.contains("--reason"), "{told}");
    let made = office.at("09:01", &[&out[..], &["--reason", "账后补", "--json"]].concat()).json();
    let shown = office.at("09:02", &["ledger", "show", made["id"].as_str().unwrap(), "--json"]).json();
    assert_eq!(shown["booked"], json!({ "balance": 0, "reason": "账后补" }));
    let count = ["--lang", "en", "ledger", "add", "supplies", "item=mask", "move=count", "quantity=5"];
    let told = office.at("09:03", &count).refused();
    assert!(told.contains("a difference of +35"), "{told}");
    office.at("09:04", &[&count[..], &["--reason", "入库漏记"]].concat()).done();
    let list = office.at("09:05", &["ledger", "list", "supplies", "--json"]).json();
    assert_eq!(list["entries"][0]["balance"]["balance"], 5);
}

#[test]
fn a_shipped_ledger_has_balances_lines_and_a_second_signature() {
    let office = Office::new();
    let masks = |time: &str, how: &str, n: &str| {
        office.at(time, &["ledger", "add", "防疫物资", "物资=口罩", &format!("出入={how}"), n]).done()
    };
    masks("09:00", "入库", "quantity=5000");
    masks("10:00", "领用", "quantity=4400");
    let all = office.at("10:01", &["ledger", "list", "supplies", "--json"]).json();
    let line = &all["entries"][0];
    assert_eq!(line["balance"], json!({ "balance": 600, "minimum": 3000, "days_left": 1 }));
    assert_eq!((&line["alert"], &line["values"]["item"]), (&json!(true), &json!("mask")));
    let table = office.at("10:02", &["--lang", "en", "ledger", "list", "supplies"]).done();
    assert!(table.contains("Balance") && table.contains("600") && table.contains("Alert"), "{table}");
    assert!(office.at("10:02", &["--lang", "en", "ledger", "list"]).done().contains("short 1"));

    let add = ["ledger", "add", "inspections", "unit=土木", "inspectors=校防控办", "--line"];
    let entry =
        office.at("10:03", &[&add[..], &["finding=门岗无测温，两处,mend_by=2020-02-18", "--json"]].concat());
    let entry = entry.json()["id"].as_str().unwrap().to_owned();
    let shown = office.at("10:04", &["ledger", "show", &entry, "--json"]).json();
    let line = &shown["lines"][0];
    assert_eq!(line["values"]["finding"], "门岗无测温,两处");
    let line = line["id"].as_str().unwrap();
    office.at("10:05", &["ledger", "add-line", &entry, "finding=无消毒记录"]).done();
    office.at("10:06", &["ledger", "move", line, "mended", "evidence=照片.jpg"]).done();
    let same = office.at("10:07", &["--lang", "en", "ledger", "move", line, "recheck-good"]).refused();
    assert!(same.contains("--approved-by"), "{same}");
    office.asked("10:08", &["--officer", "周航", "officer", "pin", "周航", "--stdin"], "4821\n").done();
    let good = ["--officer", "周航", "ledger", "move", line, "recheck-good", "--stdin"];
    office.asked("10:08", &good, "4821\n").done();
    let shown = office.at("10:09", &["--lang", "zh", "ledger", "show", &entry]).done();
    assert!(shown.contains("无消毒记录") && shown.contains("已销号"), "{shown}");
}

#[test]
fn what_an_entry_proposes_is_taken_up_or_declined() {
    let office = Office::new();
    office.at("08:00", &["ledger", "add", "places", "name=南门", "class=key"]).done();
    office.at("08:01", &["ledger", "add", "supplies", "item=消毒液", "move=入库", "quantity=130"]).done();
    let wash = |time: &str| {
        let said =
            ["ledger", "add", "disinfection", "place=南门", "agent=84", "by=王师傅", "litres=5", "--json"];
        office.at(time, &said).json()["id"].as_str().unwrap().to_owned()
    };
    let (one, two) = (wash("09:00"), wash("09:01"));
    let shown = office.at("09:02", &["--lang", "en", "ledger", "show", &one]).done();
    assert!(shown.contains("Proposes: enter it in Supplies (supplies)  disinfectant  out  5"), "{shown}");
    let due = office.at("09:02", &["--lang", "zh", "ledger", "due"]).done();
    assert_eq!(due.matches("登记到“防疫物资”").count(), 2, "{due}");
    assert_eq!(
        office.at("09:02", &["--lang", "zh", "list", "due"]).done().matches("登记到“防疫物资”").count(),
        2
    );
    let taken =
        office.at("09:03", &["ledger", "add", "supplies", "quantity=4", "--from", &one, "--json"]).json();
    let made = taken["id"].as_str().unwrap();
    let entry = office.at("09:04", &["ledger", "show", made, "--json"]).json();
    assert_eq!((&entry["origin"], &entry["entry"]["values"]["quantity"]), (&json!(one), &json!(4)));
    assert_eq!(entry["entry"]["balance"]["balance"], 126);
    let again = office.at("09:05", &["--lang", "en", "ledger", "add", "supplies", "--from", &one]).refused();
    assert!(again.contains("is not proposed any longer"), "{again}");
    office.at("09:06", &["ledger", "decline", &two, "--reason", "自带药剂，问 19900001234"]).done();
    let shown = office.at("09:07", &["--lang", "zh", "ledger", "show", &two]).done();
    assert!(shown.contains("不办 登记到“防疫物资”") && shown.contains("自带药剂，问 199****1234"), "{shown}");
    let shown = office.at("09:07", &["ledger", "show", &two, "--json"]).json();
    assert_eq!(shown["raised"][0]["reason"], "自带药剂，问 199****1234");
    let log = office.at("09:07", &["list", "log", "--json"]).json();
    let line = log.as_array().unwrap().iter().find(|row| row["kind"] == "entry.raised").unwrap();
    assert!(line["name"].as_str().unwrap().contains("南门"), "{line}");
    assert!(!office.at("09:08", &["--lang", "zh", "ledger", "due"]).done().contains("登记到“防疫物资”"));

    office.file(
        "hot.toml",
        "name = \"hot\"\nversion = 1\nwhat = \"ledger\"\n\
        title = { zh = \"发热\", en = \"Hot\" }\nsubject = \"person\"\n\
        column = [{ field = \"temp\", title = { zh = \"体温\", en = \"Temp\" }, type = \"temperature\" }]\n\
        raise = [{ to = \"incident\", when = \"temp >= 37.3\" }]\n",
    );
    let file = office.path("hot.toml");
    let wrong = office.at("09:10", &["--lang", "en", "ledger", "check", file.to_str().unwrap()]).refused();
    assert!(wrong.contains("line 7") && wrong.contains("\"incident\" cannot be proposed yet"), "{wrong}");
    let text = std::fs::read_to_string(&file).unwrap();
    let set = "\"case\", set = { category = \"'fever'\", note = \"'门岗 ' ~ temp\" }";
    std::fs::write(&file, text.replace("\"incident\"", set)).unwrap();
    office.at("09:11", &["ledger", "adopt", file.to_str().unwrap()]).done();
    let person =
        office.at("09:11", &["list", "people", "--json"]).json()[0]["no"].as_str().unwrap().to_owned();
    let add = ["ledger", "add", "hot", &format!("person={person}"), "temp=38.1", "--json"];
    let entry = office.at("09:12", &add).json()["id"].as_str().unwrap().to_owned();
    office.at("09:13", &["case", "open", &person, "--measure", "campus", "--from", &entry]).done();
    let shown = office.at("09:14", &["show", "person", &person, "--json"]).json();
    let facts = &shown["cases"][0];
    assert_eq!((&facts["measure"], &facts["note"]), (&json!("campus"), &json!("门岗 38.1")), "{facts}");

    office.file(
        "kit.toml",
        "name = \"kit\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"急救包\", en = \"Kit\" }\n\
        column = [{ field = \"what\", title = { zh = \"事由\", en = \"What\" } }]\n\
        raise = [\n\
        { id = \"sprayers\", to = \"supplies\", when = \"what\", set = { item = \"'sprayer'\", move = \"'in'\", quantity = \"1\" } },\n\
        { id = \"masks\", to = \"supplies\", when = \"what\", set = { item = \"'mask'\", move = \"'in'\", quantity = \"2\" } }]\n",
    );
    let file = office.path("kit.toml");
    office.at("09:20", &["ledger", "adopt", file.to_str().unwrap()]).done();
    let kit = office.at("09:21", &["ledger", "add", "kit", "what=用过", "--json"]).json();
    let kit = kit["id"].as_str().unwrap();
    let add = ["--lang", "en", "ledger", "add", "supplies", "--from", kit, "--json"];
    let which = office.at("09:22", &add).refused();
    assert!(which.contains("--proposal") && which.contains("sprayers") && which.contains("masks"), "{which}");
    let made = office.at("09:23", &[&add[..], &["--proposal", "masks"]].concat()).json();
    let made = office.at("09:24", &["ledger", "show", made["id"].as_str().unwrap(), "--json"]).json();
    assert_eq!(made["entry"]["values"]["item"], "mask");
}

#[test]
fn what_a_sheet_would_bring_is_told_row_by_row_and_what_is_wrong_cell_by_cell() {
    let office = Office::with("keys.toml", KEYS);
    let sheet =
        "借条,房间,借用人,归还期限,种类\nA1,逸夫楼101,张伟,2020-02-20,门卡\nA2,逸夫楼102,张伟,哪天,钥匙\n";
    office.file("keys.csv", sheet);
    let args = ["ledger", "import", "keys", "keys.csv", "--dry-run"];
    let zh = office.at("09:00", &[&["--lang", "zh"][..], &args].concat());
    assert!(zh.out.contains("第 2 行  A1  房间：逸夫楼101  借用人：张伟"), "{}", zh.out);
    assert!(zh.out.contains("归还期限：2020-02-20  把数：1  种类：门卡"), "as it will stand: {}", zh.out);
    assert!(
        zh.err.contains("第 3 行 归还期限：") && zh.err.contains("（这一格是“哪天”，记录 A2）"),
        "{}",
        zh.err
    );
    let en = office.at("09:00", &[&["--lang", "en"][..], &args].concat());
    assert!(en.out.contains("row 2  A1  Room: 逸夫楼101"), "{}", en.out);
    assert!(en.err.contains("(the cell holds \"哪天\", entry A2)"), "{}", en.err);
    let json = office.at("09:00", &[&args[..], &["--json"]].concat());
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["rejected"][0]["key"], &json["rejected"][0]["value"]), (&json!("A2"), &json!("哪天")));
    assert_eq!((&json["rows"][0]["row"], &json["rows"][0]["key"]), (&json!(2), &json!("A1")));
}

#[test]
fn an_entry_is_found_by_its_key_and_what_was_tried_names_ledgers() {
    let office = Office::with("keys.toml", KEYS);
    for number in ["A1", "A12"] {
        office.at("09:00", &["ledger", "add", "keys", &format!("number={number}"), "room=101"]).done();
    }
    for text in ["A1", "a1", "Ａ１"] {
        let found = office.at("09:01", &["find", text, "--json"]).json();
        let names: Vec<&Value> = found.as_array().unwrap().iter().map(|hit| &hit["name"]).collect();
        assert_eq!(names, [&json!("A1"), &json!("A12")], "{text}");
    }
    let nothing = office.at("09:02", &["--lang", "en", "find", "V1"]).done();
    assert!(nothing.contains("Tried:") && nothing.contains("ledger entries"), "{nothing}");
}

#[test]
fn a_copy_of_what_came_earlier_is_passed_over_and_an_offices_own_next_version_is_not() {
    let office = Office::new();
    let gate = include_str!("../../../data/ledgers/gate.toml");
    let earlier = include_str!("../../../data/ledgers/earlier/gate-1.toml");
    let told = |text: &str| {
        office.declare("gate.toml", text);
        office.at("09:03", &["--lang", "en", "ledger", "list", "gate"]).err
    };
    assert_eq!((told(earlier), told(gate)), (String::new(), String::new()), "neither is news");
    let next = told(&gate.replace("version = 2", "version = 3"));
    assert!(next.contains("gate") && next.contains('3'), "a next one is: {next}");
}

#[test]
fn keys_that_begin_like_a_unit_are_shown_beside_it() {
    let office = Office::with("keys.toml", KEYS);
    for n in 1..=7 {
        let number = format!("number=机械{n}号");
        office.at("09:00", &["ledger", "add", "keys", &number, "room=101"]).done();
    }
    for (limit, entries, left) in [("1", 5, "2"), ("3", 5, "2"), ("20", 7, "")] {
        let found = office.at("09:01", &["--lang", "en", "find", "机械", "--limit", limit, "--json"]);
        let all: Value = serde_json::from_str(&found.out).unwrap();
        let of = |what: &str| all.as_array().unwrap().iter().filter(|hit| hit["what"] == what).count();
        let unit = all.as_array().unwrap().iter().any(|hit| hit["no"] == "U02");
        assert_eq!((unit, of("entry")), (true, entries), "{limit}: {all}");
        assert_eq!(found.err.is_empty(), left.is_empty(), "{limit}: {}", found.err);
        assert!(found.err.contains(left), "{limit}: {}", found.err);
    }
}

#[test]
fn a_telephone_number_in_the_column_of_a_person_is_hidden_in_what_is_refused() {
    let office = Office::with("keys.toml", KEYS);
    office.file("keys.csv", "借条,房间,借用人\nA1,101,13800135678\nA2,102,10009\n");
    let args = ["ledger", "import", "keys", "keys.csv", "--dry-run"];
    for lang in ["zh", "en"] {
        let said = office.at("09:00", &[&["--lang", lang], &args[..]].concat());
        let all = said.out + &said.err;
        assert!(all.contains("138****5678") && !all.contains("13800135678"), "{all}");
        assert!(all.contains("10009"), "{all}");
    }
    let json = office.at("09:00", &[&args[..], &["--json"]].concat());
    assert!(!json.out.contains("13800135678"), "{}", json.out);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["rejected"][0]["value"], "138****5678");
    assert_eq!(json["rejected"][1]["value"], "10009");
}

#[test]
fn what_was_exported_of_a_ledger_with_a_number_of_its_own_is_known_again() {
    let office = Office::with("keys.toml", KEYS);
    office.at("09:00", &["ledger", "add", "keys", "number=B9", "room=101"]).done();
    let sheet = office.path("keys.xlsx");
    office.at("09:01", &["ledger", "export", "keys", "--xlsx", sheet.to_str().unwrap()]).done();
    let again = office.at(
        "09:02",
        &["--lang", "en", "ledger", "import", "keys", sheet.to_str().unwrap(), "--skip-same", "--json"],
    );
    let plan: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!((&plan["rejected"], &plan["same"]), (&json!([]), &json!([2])), "{plan}");
}
