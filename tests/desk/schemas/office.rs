//! A rich office: the demonstration, and every act that prints JSON on top of it.

use crate::common::SMALL;
use crate::intake::lock::{Way, locked as sealed};
use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;
use zhiban::demo;

/// What was printed: by the name of its schema, with the command.
pub type Printed = Vec<(&'static str, String, Value)>;

/// An office on which commands are run, and what they printed.
struct Office<'a> {
    folder: &'a Path,
    db: &'a str,
    now: Option<&'a str>,
    /// Typed on standard input.
    typed: &'a str,
    printed: &'a mut Printed,
}

impl Office<'_> {
    /// Runs a command; what it printed, whether it was done or refused.
    fn run(&self, args: &[&str]) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhiban"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "ZHIBAN_OFFICER"] {
            command.env_remove(name);
        }
        command.env("HOME", self.folder).env("XDG_DATA_HOME", self.folder.join("data"));
        command.env("XDG_STATE_HOME", self.folder.join("state")).env("PATH", self.folder);
        command.env("ZHIBAN_STATE_DIR", self.folder.join("heads"));
        command.args(["--db", self.db, "--lang", "en"]);
        if let Some(now) = self.now {
            command.args(["--now", now]);
        }
        let output = command.current_dir(self.folder).args(args).write_stdin(self.typed).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    }

    /// Runs a command that prints JSON of this schema.
    fn json(&mut self, schema: &'static str, args: &[&str]) -> Value {
        let (out, err) = self.run(args);
        let value: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{args:?}: {out}{err}"));
        self.printed.push((schema, args.join(" "), value.clone()));
        value
    }

    /// The same of one that prints an array of them.
    fn each(&mut self, schema: &'static str, args: &[&str]) -> Value {
        let all = self.json(schema, args);
        let (_, command, _) = self.printed.pop().unwrap();
        self.printed.extend(all.as_array().unwrap().iter().map(|one| (schema, command.clone(), one.clone())));
        all
    }

    /// Runs a command of which only what it does counts.
    fn does(&self, args: &[&str]) {
        let (out, err) = self.run(args);
        assert!(!err.contains("Error"), "{args:?}: {out}{err}");
    }

    fn lists(&mut self) {
        for (schema, what) in [
            ("list-units", "units"),
            ("list-outstanding", "outstanding"),
            ("list-cases", "cases"),
            ("list-findings", "findings"),
            ("list-doubts", "doubts"),
            ("list-due", "due"),
            ("list-people", "people"),
            ("list-log", "log"),
        ] {
            self.json(schema, &["list", what, "--json"]);
        }
    }

    fn papers(&mut self) {
        let json = ["--format", "json"];
        self.json("handover", &[&["handover"], &json[..]].concat());
        self.json("sitrep", &[&["sitrep"], &json[..]].concat());
        self.json("callsheet", &[&["callsheet"], &json[..]].concat());
        self.each("unit-sheet", &[&["unit-sheet", "--all"], &json[..]].concat());
        self.each("feedback", &[&["feedback", "--all"], &json[..]].concat());
        self.json("access", &[&["access"], &json[..]].concat());
        self.json("chase", &["chase", "--json"]);
        self.json("chase", &["chase", "101", "--json"]);
    }
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap()
}

/// Everything that the program prints as JSON.
pub fn everything() -> Printed {
    let mut printed = Printed::new();
    let folder = tempfile::tempdir().unwrap();
    demo::create(&folder.path().join("office.db"), SMALL).unwrap();
    let mut office =
        Office { folder: folder.path(), db: "office.db", now: None, typed: "", printed: &mut printed };
    reads(&mut office);
    acts(&mut office);
    sheets(&mut office);
    ledgers(&mut office);
    passes(&mut office);
    harms(&mut office);
    erases(&mut printed);
    falls_behind(&mut printed);
    printed
}

/// What the demonstration office shows as it is.
fn reads(office: &mut Office) {
    office.lists();
    office.papers();
    let cases = office.json("list-cases", &["list", "cases", "--json"]);
    for case in cases.as_array().unwrap().iter().take(12) {
        let no = text(case, "no");
        office.json("show-person", &["show", "person", no, "--json"]);
        office.json("dossier", &["dossier", no, "--format", "json"]);
        office.json("release", &["release", no, "--draft", "--format", "json"]);
    }
    let units = office.json("list-units", &["list", "units", "--json"]);
    for unit in units.as_array().unwrap().clone() {
        let shown = office.json("show-unit", &["show", "unit", text(&unit, "code"), "--json"]);
        let came = |day: &&Value| !day["received_at"].is_null();
        if let Some(day) = shown["days"].as_array().unwrap().iter().find(came) {
            let of = ["--date", text(day, "day"), "--round", text(day, "round"), "--json"];
            office.json("show-report", &[&["show", "report", text(&unit, "code")][..], &of].concat());
        }
    }
    let contacts = office.json("contact-list", &["contact", "list", "--json"]);
    for contact in contacts.as_array().unwrap().clone() {
        office.json("show-contact", &["show", "contact", text(&contact, "id"), "--json"]);
    }
    office.json("chase", &["chase", "--log", "--json"]);
    let sheets = office.each("unit-sheet", &["unit-sheet", "--all", "--format", "json"]);
    let doubt = sheets.as_array().unwrap().iter().find_map(|sheet| sheet["doubts"].get(0)).unwrap();
    office.json("dossier", &["dossier", text(doubt, "no"), "--format", "json"]);
    office.json("told", &["told", "--json"]);
    office.json("spoken", &["spoken", "--json"]);
    office.json("check", &["check", "--head", "1-AAAA-AAAA-AAAA-AAAA", "--json"]);
    office.json("officer-list", &["officer", "list", "--json"]);
    office.json("shift-list", &["shift", "list", "--json"]);
    office.json("shift-unread", &["shift", "unread", "--json"]);
    office.json("settings", &["settings", "--json"]);
    office.json("settings", &["settings", "slots", "--json"]);
    office.json("form-list", &["form", "list", "--json"]);
    for form in ["return", "checkin", "staff-3"] {
        office.json("form-show", &["form", "show", form, "--json"]);
    }
    let own = "name='checkin'\nversion=1\nwhat='report'\ntitle='打卡'\n[[column]]\nfield='name'\nheaders=['姓名']\n\
               [[column]]\nfield='unwell'\nheaders=['14日内是否身体不适']\ntype='bool'\n";
    std::fs::write(office.folder.join("own.toml"), own).unwrap();
    office.json("form-check", &["form", "check", "own.toml", "--json"]);
    std::fs::write(office.folder.join("own.toml"), own.replace("'bool'", "'code'")).unwrap();
    office.json("form-check", &["form", "check", "own.toml", "--json"]);
    let sheet = "工号,姓名,手机,体温,码,码义,空\n1001,王芳,13812345678,2,1,绿色,\n1002,李强,13812345679,3,2,黄色,\n\
                 1003,赵敏,无,2,1,绿色,\n1004,孙悦,?,2,2,黄色,\n";
    std::fs::write(office.folder.join("sheet.csv"), sheet).unwrap();
    office.json("form-guess", &["form", "guess", "sheet.csv", "--json"]);
    office.json("find", &["find", "车次", "--json"]);
    office.json("find", &["find", "留样柜", "--json"]);
}

/// Acts of every kind.
fn acts(office: &mut Office) {
    let people = office.json("list-people", &["list", "people", "--json"]);
    let cases = office.json("list-cases", &["list", "cases", "--json"]);
    let findings = office.json("list-findings", &["list", "findings", "--json"]);
    let outstanding = office.json("list-outstanding", &["list", "outstanding", "--json"]);
    let with_case = text(&cases[0], "no").to_owned();
    let without = people.as_array().unwrap().iter().find(|one| one["case"] == false).unwrap().clone();
    let without = text(&without, "no").to_owned();
    let unit = text(&outstanding[0], "code").to_owned();
    let on = format!("person:{with_case}");

    office.json("act", &["log", "note", "校医院来电", "--on", &on, "--json"]);
    let promised = ["log", "followup", "--outcome", "promised", "--on", &on, "--promise", "30m", "--json"];
    office.json("followup", &promised);
    let later = [
        "log",
        "followup",
        "--outcome",
        "well",
        "--on",
        &on,
        "--temp",
        "36.7",
        "--site",
        "ear",
        "--answered-by",
        "本人",
        "--next",
        "2h",
        "--json",
    ];
    office.json("followup", &later);
    office.json("act", &["promise", "close", "--on", &on, "--how", "kept", "--json"]);
    let unknown =
        ["log", "followup", "--outcome", "informed", "--number", "19900002468", "--note", "问车次", "--json"];
    let call = office.json("followup", &unknown)["op"].to_string();
    office.json("act", &["attach", &call, "--to", &on, "--json"]);
    office.json(
        "act",
        &[
            "add",
            "person",
            "77001",
            "--told-by",
            "本人",
            "--name",
            "欧阳试",
            "--unit",
            &unit,
            "--phone",
            "19900001357",
            "--json",
        ],
    );
    office.json(
        "act",
        &["edit", "person", "77001", "--told-by", "本人", "--address", "梅园3号楼412室", "--json"],
    );
    office.json(
        "act",
        &[
            "add",
            "unit",
            "Z9",
            "--told-by",
            "校办",
            "--name",
            "临时工作组",
            "--deadline",
            "09:30",
            "--valid-from",
            "2020-02-16",
            "--campus",
            "东校区",
            "--short",
            "工作组",
            "--head",
            "钱敏",
            "--liaison",
            "赵刚",
            "--json",
        ],
    );
    office.json("act", &["edit", "unit", "Z9", "--told-by", "校办", "--duty-officer", "宋知微", "--json"]);
    office.json("show-unit", &["show", "unit", "Z9", "--json"]);
    office.json("find", &["find", "欧阳 19900001357", "--explain", "--json"]);
    office.json("find", &["find", "19900001358", "--json"]);
    office.json(
        "case-open",
        &[
            "case",
            "open",
            &without,
            "--category",
            "contact",
            "--measure",
            "home",
            "--last-exposure",
            "2020-02-10",
            "--contact",
            "赵刚",
            "--note",
            "自述",
            "--place",
            "梅园",
            "--json",
        ],
    );
    office.json("act", &["case", "change", &without, "--reason", "换地点", "--place", "竹园", "--json"]);
    office.json("act", &["case", "release", &without, "--reason", "已排除", "--early", "--json"]);
    office.json("show-person", &["show", "person", &without, "--json"]);
    office.json("dossier", &["dossier", &without, "--format", "json"]);
    office.json("release", &["release", &without, "--format", "json"]);
    office.json("dismiss", &["dismiss", text(&findings[0], "no"), "--reason", "已核实", "--json"]);
    doubts(office);
    office.json("received", &["received", &unit, "--zero", "--json"]);
    // Nothing, says a unit that has a case here.
    let cases = office.json("list-cases", &["list", "cases", "--json"]);
    let units = office.json("list-units", &["list", "units", "--json"]);
    let has_case = |unit: &&Value| {
        let cases = cases.as_array().unwrap().iter();
        unit["status"] != "not-expected" && cases.filter(|case| case["unit"] == unit["name"]).count() > 0
    };
    let doubted = text(units.as_array().unwrap().iter().find(has_case).unwrap(), "code");
    office.json("received", &["received", doubted, "--zero", "--reason", "改报", "--json"]);
    office.json("show-report", &["show", "report", doubted, "--json"]);
    if let Some(other) = outstanding.get(1) {
        let code = text(other, "code");
        office.json("excuse", &["excuse", code, "--reason", "放假", "--all", "--json"]);
        // What was excused came after all.
        office.json("received", &["received", code, "--json"]);
        office.json("show-report", &["show", "report", code, "--json"]);
    }
    office.json(
        "act",
        &["contact", "add", "试点医院", "--kind", "hospital", "--phone", "053200001234", "--json"],
    );
    office.json("act", &["contact", "edit", "试点医院", "--told-by", "总机", "--name", "于主任", "--json"]);
    let note = ["log", "note", "床位紧张", "--contact", "试点医院", "--json"];
    office.json("act", &note);
    let promise =
        ["log", "followup", "--outcome", "promised", "--contact", "试点医院", "--promise", "2h", "--json"];
    office.json("followup", &promise);
    office.json("show-contact", &["show", "contact", "试点医院", "--json"]);
    office.does(&["promise", "close", "--on", "contact:试点医院", "--how", "dropped"]);
    office.json("act", &["contact", "remove", "试点医院", "--reason", "合并", "--json"]);
    office.json("act", &["officer", "add", "何敏", "--json"]);
    office.json("act", &["officer", "role", "何敏", "lead", "--json"]);
    office.json("act", &["settings", "slots", "09:00,16:00,20:00", "--json"]);
    office.json("undo", &["undo", "-y", "--json"]);
    office.json("act", &["told", "--add", "current", "--to", "教育局", "--json"]);
    office.does(&["dossier", &with_case, "--format", "text", "--out", "dossier.txt"]);
    office.json("show-person", &["show", "person", &with_case, "--reveal", "联系本人", "--json"]);
    office.json("dossier", &["dossier", &with_case, "--format", "json"]);
    office.json(
        "access",
        &["access", "--person", &with_case, "--since", "2020-02-16T00:00:00+08:00", "--format", "json"],
    );
    office.json("access", &["access", "--format", "json"]);
    office.lists();
}

/// Sheets, good and bad.
fn sheets(office: &mut Office) {
    let file = |name: &str, text: &str| std::fs::write(office.folder.join(name), text).unwrap();
    file("units.csv", "代码,名称,联络人\nY1,新设学院,王芳\n");
    file(
        "roster.csv",
        "工号,姓名,单位,手机\n77010,试一,新设学院,19900002222\n77011,试二,新设学院,19900003333\n",
    );
    file("other.csv", "工号,姓名,单位,手机\n77010,试一,新设学院,19900004444\n77012,试三,再设学院,1990000\n");
    file("day.csv", "工号,姓名,上午体温\n77010,试一,38.6\n77011,试二,烫手\n77009,无名,36.4\n");
    file("again.csv", "工号,姓名,上午体温\n77011,试二,36.8\n");
    // Who was in the sheet before, is missing in the next, and is there again.
    file("first.csv", "工号,姓名,上午体温\n77010,试一,36.5\n77011,试二,36.6\n");
    file("second.csv", "工号,姓名,上午体温\n77011,试二,36.7\n");
    file("bad.csv", "");
    office.json("import", &["import", "units", "units.csv", "--yes", "--json"]);
    office.json("import", &["import", "roster", "roster.csv", "--yes", "--json"]);
    office.json("import", &["import", "roster", "other.csv", "--json"]);
    office.json("import", &["import", "report", "first.csv", "--date", "2020-02-15", "--yes", "--json"]);
    office.json("import", &["import", "report", "second.csv", "--date", "2020-02-16", "--yes", "--json"]);
    let day = ["import", "report", "day.csv", "--date", "2020-02-17", "--yes", "--json"];
    office.json("import", &day);
    office.json("import", &day);
    office.json("import", &["import", "report", "again.csv", "--date", "2020-02-17", "--json"]);
    office.each("import", &["import", "report", "bad.csv", "gone.csv", "--date", "2020-02-17", "--json"]);
    office.json("list-findings", &["list", "findings", "--json"]);
    office.json("show-person", &["show", "person", "77010", "--json"]);
    let inbox = office.folder.join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    let put = |name: &str, text: &str| {
        std::fs::write(inbox.join(name), text).unwrap();
        let file = std::fs::File::options().write(true).open(inbox.join(name)).unwrap();
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
    };
    put("新设学院2.14.csv", "工号,姓名,上午体温\n77010,试一,36.6\n77011,试二,烫手\n");
    put("坏.csv", "天气\n晴\n");
    office.does(&["settings", "inbox", inbox.to_str().unwrap()]);
    office.json("inbox-list", &["inbox", "list", "--json"]);
    office.json("inbox-done", &["inbox", "take", "新设学院2.14.csv", "--yes", "--json"]);
    office.json("inbox-message", &["inbox", "message", "新设学院2.14.csv", "--json"]);
    office.json("inbox-done", &["inbox", "take", "坏.csv", "--yes", "--json"]);
    office.json("inbox-done", &["inbox", "return", "坏.csv", "--reason", "不是日报", "--json"]);
    let locked = sealed(b"PK, as far as anybody can see", "x", Way::Agile("SHA1", 128, 1));
    std::fs::write(office.folder.join("locked.xlsx"), &locked).unwrap();
    office.json("import", &["import", "report", "locked.xlsx", "--date", "2020-02-17", "--json"]);
    std::fs::write(inbox.join("有密码2.14.xlsx"), locked).unwrap();
    std::fs::File::options()
        .write(true)
        .open(inbox.join("有密码2.14.xlsx"))
        .unwrap()
        .set_modified(std::time::UNIX_EPOCH)
        .unwrap();
    office.json("inbox-list", &["inbox", "list", "--json"]);
    office.json("inbox-done", &["inbox", "take", "有密码2.14.xlsx", "--yes", "--json"]);
    std::fs::remove_file(inbox.join("有密码2.14.xlsx")).unwrap();
    // One whose refused row goes back, without the password that the file has.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(["工号 姓名 上午体温", "77010 试一 36.4", "77011 试二 烫手"]) {
        sheet.write_row(row, 0, line.split(' ')).unwrap();
    }
    let bytes = sealed(&book.save_to_buffer().unwrap(), "x", Way::Agile("SHA1", 128, 1));
    std::fs::write(inbox.join("新设学院2.13.xlsx"), bytes).unwrap();
    std::fs::File::options()
        .write(true)
        .open(inbox.join("新设学院2.13.xlsx"))
        .unwrap()
        .set_modified(std::time::UNIX_EPOCH)
        .unwrap();
    let typed = std::mem::replace(&mut office.typed, "x\n");
    office.json("inbox-done", &["inbox", "take", "新设学院2.13.xlsx", "--yes", "--stdin", "--json"]);
    office.typed = typed;
    let other = office.json("list-people", &["list", "people", "--limit", "1", "--json"])[0].clone();
    let (no, name) = (other["no"].as_str().unwrap(), other["name"].as_str().unwrap());
    put("合报2.15.csv", &format!("工号,姓名,上午体温\n77010,试一,36.6\n{no},{name},36.5\n"));
    let part = [
        "inbox",
        "take",
        "合报2.15.csv",
        "--except",
        "新设学院",
        "--whole",
        "--reason",
        "补报",
        "--yes",
        "--json",
    ];
    office.json("inbox-done", &part);
    office.json(
        "import",
        &["import", "report", "again.csv", "--date", "2020-02-17", "--reason", "重报", "--yes", "--json"],
    );
    // Once more with another value.
    file("third.csv", "工号,姓名,上午体温\n77011,试二,36.9\n");
    let third =
        ["import", "report", "third.csv", "--date", "2020-02-17", "--reason", "重量", "--yes", "--json"];
    office.json("import", &third);
    // The correction, and what was sent first.
    let of = ["show", "report", "Y1", "--date", "2020-02-17", "--json"];
    office.json("show-report", &of);
    office.json("show-report", &[&of[..], &["--version", "1"]].concat());
}

/// Each way in which a doubt is answered, and whose it was.
fn doubts(office: &mut Office) {
    let open = office.json("list-doubts", &["list", "doubts", "--json"]);
    let open = open.as_array().unwrap().clone();
    let well = open.iter().find(|one| one["check"] == "fever-said-well").expect("a fever, said well");
    let mut others = open.iter().filter(|one| one["about"] == "person" && one["id"] != well["id"]);
    let (moved, missing) = (others.next().unwrap(), others.next().unwrap());
    let by = ["--told-by", "本人", "--json"];
    let deferred = ["doubt", "defer", text(moved, "id"), "--until", "30m"];
    office.json("doubt-answer", &[&deferred[..], &by].concat());
    office.json("list-doubts", &["list", "doubts", "--json"]);
    let corrected = ["doubt", "correct", text(well, "id"), "--field", "temp_am", "--to", "36.4"];
    office.json("doubt-answer", &[&corrected[..], &by].concat());
    office.json("doubt-answer", &[&["doubt", "confirm", text(missing, "id")][..], &by].concat());
    office.json("doubt-accuracy", &["doubt", "accuracy", "--json"]);
    office.json("show-person", &["show", "person", text(well, "no"), "--json"]);
    office.json("show-person", &["show", "person", text(moved, "no"), "--json"]);
    let units = office.json("list-units", &["list", "units", "--json"]);
    for one in [well, moved] {
        let unit = units.as_array().unwrap().iter().find(|unit| unit["name"] == one["unit"]).unwrap();
        office.json("show-unit", &["show", "unit", text(unit, "code"), "--json"]);
        let of = ["--date", text(one, "day"), "--round", text(one, "round"), "--json"];
        office.json("show-report", &[&["show", "report", text(unit, "code")][..], &of].concat());
    }
}

/// Ledgers as they are, one declared by the office, and what is written in it.
fn ledgers(office: &mut Office) {
    let own = office.folder.join("ledgers");
    std::fs::create_dir_all(&own).unwrap();
    let keys = |version: u8| {
        format!(
            "name = \"keys\"\nversion = {version}\nwhat = \"ledger\"\ntitle = {{ zh = \"钥匙\", en = \"Keys\" }}\n\
             key = [\"number\"]\nimport = true\ncolumn = [\n\
             {{ field = \"number\", title = {{ zh = \"编号\", en = \"Number\" }}, required = true }},\n\
             {{ field = \"room\", title = {{ zh = \"房间\", en = \"Room\" }}, required = true }},\n\
             {{ field = \"who\", title = {{ zh = \"借用人\", en = \"Lent to\" }}, references = \"person\" }},\n]\n\
             states = {{ initial = \"in\", final = [\"out\"], words = {{ in = {{ zh = \"在柜\", en = \"in\" }} }} }}\n\
             transition = [{{ name = \"lend\", title = {{ zh = \"借出\", en = \"lent\" }}, from = [\"in\"], to = \"out\", ask = [\"room\"] }}]\n"
        )
    };
    std::fs::write(own.join("keys.toml"), keys(1)).unwrap();
    office.json("ledger-list", &["ledger", "list", "--json"]);
    office.json("ledger-lines", &["ledger", "list", "keys", "--json"]);
    office.json("act", &["ledger", "add", "keys", "number=A1", "room=101", "--json"]);
    let people = office.json("list-people", &["list", "people", "--json"]);
    let no = text(&people[0], "no");
    office.json("act", &["ledger", "add", "keys", "number=A2", "room=109", &format!("who={no}"), "--json"]);
    office.json("show-person", &["show", "person", no, "--json"]);
    office.json("ledger-lines", &["ledger", "print", "keys", "--format", "json"]);
    office.json("act", &["ledger", "add", "keys", "number=A1", "room=104", "--json"]);
    office.json("act", &["ledger", "change", "keys/A1", "room=102", "--reason", "写错", "--json"]);
    office.json("act", &["ledger", "move", "keys/A1", "lend", "room=103", "--json"]);
    let shown = office.json("ledger-show", &["ledger", "show", "keys/A1", "--json"]);
    office.json("act", &["ledger", "withdraw", "keys/A1", "--reason", "重复", "--json"]);
    office.json("ledger-show", &["ledger", "show", text(&shown["entry"], "id"), "--json"]);
    std::fs::write(office.folder.join("newer.toml"), keys(2)).unwrap();
    office.json("act", &["ledger", "adopt", "newer.toml", "--json"]);
    std::fs::write(office.folder.join("keys.csv"), "编号,房间,别的\nB1,201,无\nB2,,无\n").unwrap();
    office.json("ledger-import", &["ledger", "import", "keys", "keys.csv", "--json"]);
    office.json("ledger-import", &["ledger", "import", "keys", "keys.csv", "--dry-run", "--json"]);
    office.json("ledger-import", &["ledger", "import", "keys", "keys.csv", "--skip-wrong", "--json"]);
    office.json("ledger-import", &["ledger", "import", "keys", "keys.csv", "--skip-wrong", "--json"]);
    std::fs::write(office.folder.join("wrong.toml"), "name = 1\n").unwrap();
    office.json("ledger-check", &["ledger", "check", "wrong.toml", "--json"]);
    office.json("ledger-check", &["ledger", "check", "newer.toml", "--json"]);
    std::fs::write(office.folder.join("renamed.toml"), keys(3).replace("room", "spot")).unwrap();
    office.json("ledger-check", &["ledger", "check", "renamed.toml", "--json"]);
    let more = [
        "ledger",
        "add",
        "supplies",
        "item=mask",
        "move=out",
        "quantity=99999",
        "--reason",
        "账后补",
        "--json",
    ];
    let short = office.json("act", &more);
    office.json("ledger-show", &["ledger", "show", text(&short, "id"), "--json"]);
    proposals(office);
    let note = ["ledger", "add", "places", "name=门卫室", "class=room", "who=王师傅 13800001234", "--json"];
    let noted = office.json("act", &note);
    office.json("ledger-show", &["ledger", "show", text(&noted, "id"), "--reveal", "核对", "--json"]);
    let due = office.json("ledger-due", &["ledger", "due", "--json"]);
    for entry in due.as_array().unwrap().iter().filter_map(|due| due["entry"].as_str()) {
        office.json("ledger-show", &["ledger", "show", entry, "--json"]);
    }
    for name in [
        "supplies",
        "places",
        "disinfection",
        "ventilation",
        "inspections",
        "notices",
        "absence",
        "meetings",
        "returns",
        "gate",
        "duty-roster",
    ] {
        let file = name.strip_prefix("duty-").unwrap_or(name);
        let file = format!("{}/data/ledgers/{file}.toml", env!("CARGO_MANIFEST_DIR"));
        office.json("ledger-check", &["ledger", "check", &file, "--json"]);
        let lines = office.json("ledger-lines", &["ledger", "list", name, "--json"]);
        for entry in lines["entries"].as_array().unwrap().iter().take(8) {
            let shown = office.json("ledger-show", &["ledger", "show", text(entry, "id"), "--json"]);
            if let Some(line) = shown["lines"].get(0) {
                office.json("ledger-show", &["ledger", "show", text(line, "id"), "--json"]);
            }
        }
    }
}

/// What entries propose: of what was used up, one leaves the store, one is declined, one is still to be said.
fn proposals(office: &mut Office) {
    let declared = "name = \"round\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"巡查\", en = \"Round\" }\n\
        column = [{ field = \"who\", title = { zh = \"人\", en = \"Who\" }, references = \"person\" },\n\
          { field = \"found\", title = { zh = \"所见\", en = \"Found\" } }]\n\
        states = { initial = \"in\", final = [\"out\"] }\n\
        transition = [{ name = \"go\", title = { zh = \"走\", en = \"go\" }, from = [\"in\"], to = \"out\", key = \"r\" }]\n\
        raise = [{ to = \"case\", when = \"state == 'out'\", set = { note = \"'巡查'\" } },\n\
          { to = \"supplies\", when = \"found\", set = { quantity = \"found\" } }]\n\
        [lines]\ntitle = { zh = \"处\", en = \"Spots\" }\n\
        column = [{ field = \"litres\", title = { zh = \"用量\", en = \"Litres\" }, type = \"integer\" }]\n\
        raise = [{ to = \"supplies\", when = \"litres\", set = { quantity = \"litres\" } }]\n";
    std::fs::write(office.folder.join("round.toml"), declared).unwrap();
    office.json("ledger-check", &["ledger", "check", "round.toml", "--json"]);
    office.does(&["ledger", "adopt", "round.toml"]);
    // What was written there is no number.
    let odd = office.json("act", &["ledger", "add", "round", "found=少了几瓶", "--json"]);
    office.json("ledger-show", &["ledger", "show", text(&odd, "id"), "--json"]);
    office.does(&["ledger", "add", "places", "name=样板间", "class=room"]);
    let add = [
        "ledger",
        "add",
        "disinfection",
        "place=样板间",
        "agent=chlorine",
        "by=王师傅",
        "litres=5",
        "--json",
    ];
    let entries: Vec<String> = (0..3).map(|_| text(&office.json("act", &add), "id").to_owned()).collect();
    // Nothing of it was counted yet.
    let taken = ["ledger", "add", "supplies", "--from", &entries[0], "--reason", "尚未盘点", "--json"];
    let made = office.json("act", &taken);
    office.json("act", &["ledger", "decline", &entries[1], "--reason", "自带", "--json"]);
    for entry in entries.iter().map(String::as_str).chain([text(&made, "id")]) {
        office.json("ledger-show", &["ledger", "show", entry, "--json"]);
    }
}

/// Reports that are sent, shifts that are handed over.
fn passes(office: &mut Office) {
    office.does(&["sitrep", "--send", "校领导", "--out", "first.txt"]);
    office.does(&["spoken", "--told", "书记"]);
    let current = office.json("list-cases", &["list", "cases", "--json"]);
    office
        .json("act", &["case", "release", text(&current[0], "no"), "--reason", "转出", "--early", "--json"]);
    office.json("told", &["told", "--json"]);
    office.does(&["sitrep", "--correct", "last", "--reason", "口径更正", "--out", "second.txt"]);
    office.json("sitrep", &["sitrep", "--sent", "last", "--format", "json"]);
    let book = office.json("told", &["told", "--json"]);
    for row in book["told"].as_array().unwrap().iter().filter(|row| row["kind"] != "figures") {
        office.json("sitrep", &["sitrep", "--sent", text(row, "id"), "--format", "json"]);
    }
    office.json("sitrep", &["sitrep", "--format", "json"]);
    let open = office.json("handover", &["handover", "--format", "json"])["open"].clone();
    let slot = open.as_array().unwrap().iter().position(|item| item["kind"] == "slot").unwrap() + 1;
    let ask = format!("{slot}=联系上了吗");
    let close = [
        "handover",
        "--close",
        "--to",
        "梁广源",
        "--tick",
        "1",
        "--ask",
        &ask,
        "--words",
        "注意发热门诊",
        "--format",
        "json",
    ];
    office.json("handover", &close);
    office.json("shift-questions", &["shift", "questions", "--json"]);
    office.json("shift-unread", &["shift", "unread", "--json"]);
    let late = ["log", "note", "补记", "--at", "2020-02-17T09:30:00+08:00"];
    office.does(&late);
    office.does(&[
        "ledger",
        "add",
        "places",
        "name=旧库房",
        "class=room",
        "--at",
        "2020-02-17T09:30:00+08:00",
    ]);
    office.json("handover", &["handover", "--shift", "last", "--format", "json"]);
    office.now = Some("2020-02-18T07:00:00+08:00");
    office.lists();
    office.papers();
    // Of a day of which nobody has sent anything yet.
    office.json("doubt-accuracy", &["doubt", "accuracy", "--json"]);
    office.json("sitrep", &["sitrep", "--day", "2020-02-18", "--format", "json"]);
    office.json("drill", &["drill", "--json"]);
    let owing = office.json("list-outstanding", &["list", "outstanding", "--json"]);
    office.json("received", &["received", text(&owing[0], "code"), "--json"]);
    office.json(
        "handover",
        &["shift", "take-over", "--officer", "宋知微", "--reason", "急病", "--format", "json"],
    );
    office.now = Some("2020-02-18T06:00:00+08:00");
    office.does(&["log", "note", "拨回了时钟"]);
    office.json("list-log", &["list", "log", "--json"]);
    office.now = Some("2020-02-18T07:30:00+08:00");
    office.does(&["settings", "retention-days", "1"]);
    office.json("erase-due", &["erase", "due", "--json"]);
}

/// A copy of the office that somebody changed behind the program's back.
fn harmed(office: &Office, name: &str, change: &str) {
    office.does(&["backup", name]);
    let conn = rusqlite::Connection::open(office.folder.join(name)).unwrap();
    let triggers: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    conn.execute_batch(change).unwrap();
}

/// What a check and a drill say of a file that is not sound.
fn harms(office: &mut Office) {
    harmed(office, "body.db", "UPDATE log_op SET recorded_at = recorded_at + 1 WHERE seq = 3");
    harmed(office, "row.db", "UPDATE cur_person SET name = '某人'");
    let kept = office.db;
    for name in ["body.db", "row.db"] {
        office.db = name;
        office.json("check", &["check", "--json"]);
    }
    office.db = kept;
    office.json("drill", &["drill", "row.db", "--json"]);
}

/// An office with a person of whom much is kept, who is erased.
fn erases(printed: &mut Printed) {
    let folder = tempfile::tempdir().unwrap();
    let now = Some("2020-02-17T10:00:00+08:00");
    let mut office = Office { folder: folder.path(), db: "office.db", now, typed: "", printed };
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    office.does(&["init", "--office", "海岬理工大学", "--officer", "林岚", "--with", "周航"]);
    let units = "代码,名称,联络人,联络人电话\nU1,土木学院,单晓,053200000101\n";
    let roster = "工号,姓名,单位,手机,家属电话\n10002,单晓,土木学院,19900005678,\n10003,单晓,土木学院,19900001111,\n\
        10004,欧阳娜,土木学院,19900009999,19900005678\n10005,史晨,土木学院,19900002222,\n";
    file("units.csv", units);
    file("roster.csv", roster);
    file(
        "day.csv",
        "工号,姓名,手机,上午体温,症状,同住人情况\n10002,单晓,19900005678,36.5,无,无\n\
         10004,欧阳娜,,36.4,与10002同住,无\n10003,单晓,19900005678,36.6,无,无\n\
         10005,史晨,,36.6,无,单晓\n",
    );
    for args in [&["import", "units", "units.csv", "--yes"][..], &["import", "roster", "roster.csv", "--yes"]]
    {
        office.does(args);
    }
    office.does(&["import", "report", "day.csv", "--date", "2020-02-17", "--yes"]);
    office.does(&["edit", "person", "10004", "--told-by", "本人", "--family-phone", "19900000999"]);
    office.does(&["log", "note", "10002 的药已送到"]);
    office.does(&["log", "note", "单晓来过"]);
    office.does(&["dossier", "10002", "--format", "text", "--out", "dossier.txt"]);
    office.does(&["backup", "before.db"]);
    let erased =
        office.json("erase-person", &["erase", "person", "10002", "--reason", "本人申请", "-y", "--json"]);
    assert_eq!(erased["wal_left"], false);
    office.json("erase-backups", &["erase", "backups", "before.db", "--json"]);
}

/// An office that is no rehearsal, and whose file is put back as it was before.
fn falls_behind(printed: &mut Printed) {
    let folder = tempfile::tempdir().unwrap();
    let office = &mut Office { folder: folder.path(), db: "office.db", now: None, typed: "", printed };
    office.does(&["init", "--office", "海岬理工大学", "--officer", "林岚"]);
    office.does(&["log", "note", "一"]);
    let (db, old) = (folder.path().join("office.db"), folder.path().join("old"));
    std::fs::copy(&db, &old).unwrap();
    office.does(&["log", "note", "二"]);
    std::fs::copy(&old, &db).unwrap();
    let found = office.json("check", &["check", "--json"]);
    assert_eq!((&found["sound"], &found["behind"]["missing"]), (&Value::Bool(false), &Value::from(1)));
    let started = office.json("officer-list", &["officer", "list", "--json"]);
    assert_eq!(started.as_array().map(Vec::len), Some(1));
}
