//! What a refusal says: what is wrong, and the next step, in the reader's language and in nobody else's.

use super::{Office, zhiban};

/// Words of Rust, of its libraries, of SQLite and of the operating system. None of them is the officer's.
const FOREIGN: &[&str] = &[
    "os error",
    "No such file",
    "Permission denied",
    "File exists",
    "Is a directory",
    "Not a directory",
    "invalid digit",
    "invalid value",
    "invalid type",
    "invalid character",
    "invalid length",
    "invalid utf-8",
    "UTF-8 text",
    "valid UTF-8",
    "number too",
    "not in range",
    "is not in",
    "parse error",
    "missing field",
    "unknown field",
    "expected ",
    "undefined value",
    "syntax error",
    "unexpected ",
    "sqlite",
    "SQLite",
    "constraint",
    "malformed",
    "panicked",
    "RUST_BACKTRACE",
    "Error(",
    "Err(",
    "Some(",
    "Os {",
    "{:?}",
    "internal error",
];

/// English that must not stand in a Chinese message.
const ENGLISH: &[&str] = &["cannot", " is ", " not ", "There ", "Try ", "the ", "error", "Error"];

/// A wrong call, its exit code, and what its refusal has to say in Chinese and in English.
type Wrong<'a> = (&'a [&'a str], i32, &'a [&'a str], &'a [&'a str]);

const WRONG: &[Wrong] = &[
    // A name where a number is wanted.
    (&["show", "person", "张伟"], 1, &["没有编号为“张伟”的人", "zhiban find 张伟"], &["zhiban find 张伟"]),
    (&["dossier", "张 伟"], 1, &["zhiban find \"张 伟\""], &["zhiban find \"张 伟\""]),
    (&["case", "open", "张伟", "--category", "fever"], 1, &["zhiban find 张伟"], &["zhiban find 张伟"]),
    (&["log", "note", "记", "--on", "person:张伟"], 1, &["zhiban find 张伟"], &["zhiban find 张伟"]),
    (&["edit", "person", "张伟", "--told-by", "本人"], 1, &["zhiban find"], &["zhiban find"]),
    (&["release", "10001"], 1, &["没有重点关注"], &["never had"]),
    (&["case", "release", "10001", "--reason", "期满"], 1, &["zhiban list cases"], &["zhiban list cases"]),
    // Units.
    (&["show", "unit", "U99"], 1, &["没有单位“U99”", "zhiban list units"], &["zhiban list units"]),
    (&["show", "unit", "土木学院"], 1, &["U01 土木工程学院", "list units"], &["U01 土木工程学院"]),
    (&["received", "地质学院"], 1, &["list units"], &["list units"]),
    (&["unit-sheet"], 2, &["--all", "list units"], &["--all", "list units"]),
    (&["unit-sheet", "U99"], 1, &["list units"], &["list units"]),
    (&["feedback"], 2, &["--all", "list units"], &["--all", "list units"]),
    (&["feedback", "U99"], 1, &["list units"], &["list units"]),
    (&["chase", "U99"], 1, &["list units"], &["list units"]),
    (&["list", "people", "--unit", "U99"], 1, &["list units"], &["list units"]),
    (
        &["import", "report", "report.csv", "--date", "2020-02-17", "--unit", "外星学院"],
        1,
        &["list units"],
        &["list units"],
    ),
    // Shifts.
    (&["shift", "start"], 1, &["林岚正在值班", "take-over"], &["林岚", "take-over"]),
    (&["handover", "--shift", "99"], 1, &["shift list"], &["shift list"]),
    (&["shift", "answer", "eins"], 2, &["整数"], &["whole number"]),
    (&["officer", "pin", "林岚"], 1, &["--stdin"], &["--stdin"]),
    (&["--officer", "无名", "log", "note", "记"], 1, &["officer list"], &["officer list"]),
    // Values of the wrong form.
    (&["list", "log", "--limit", "abc"], 2, &["--limit", "1 到"], &["--limit", "from 1 to"]),
    (&["list", "log", "--limit", "-1"], 2, &[], &[]),
    (&["list", "log", "--limit", "99999999999999999999"], 2, &["1 到"], &["from 1 to"]),
    (&["find", "张", "--limit", "0"], 2, &["1 到"], &["from 1 to"]),
    (&["case", "open", "10001", "--days", "400"], 2, &["0 到 365"], &["from 0 to 365"]),
    (&["case", "open", "10001", "--days", "zwei"], 2, &["0 到 365"], &["from 0 to 365"]),
    (&["promise", "close", "--id", "zz"], 2, &["--id"], &["--id"]),
    (&["undo", "zwei"], 2, &["12"], &["12"]),
    (&["handover", "--print", "--copies", "100"], 2, &["1 到 99"], &["from 1 to 99"]),
    (&["received", "U01", "--date", "17.2."], 2, &["2020-02-17"], &["2020-02-17"]),
    (&["edit", "unit", "U01", "--told-by", "王芳", "--deadline", "25:00"], 2, &["10:00"], &["10:00"]),
    // A number that is to be dialled is one, of a unit's as of a contact's and a person's.
    (
        &["edit", "unit", "U01", "--told-by", "王芳", "--liaison-phone", "abc"],
        1,
        &["“abc”不是电话号码"],
        &["“abc” is not a telephone number"],
    ),
    (
        &["edit", "unit", "U01", "--told-by", "王芳", "--head-phone", "8a"],
        1,
        &["“8a”不是电话号码"],
        &["“8a” is not a telephone number"],
    ),
    (
        &["add", "unit", "U77", "--name", "新学院", "--head-phone", "无", "--told-by", "x"],
        1,
        &["“无”不是电话号码"],
        &["“无” is not a telephone number"],
    ),
    (
        &["contact", "add", "区疾控", "--phone", "abc"],
        1,
        &["“abc”不是电话号码"],
        &["“abc” is not a telephone number"],
    ),
    (&["log", "followup", "--outcome", "promised", "--promise", "gestern"], 1, &["15:00"], &["15:00"]),
    (&["settings", "deadline", "morgens"], 2, &[], &[]),
    (&["completions", "cmd"], 2, &["bash"], &["bash"]),
    (&["nichts"], 2, &["没有命令"], &["no command"]),
    (&["import", "roster"], 2, &["FILE"], &["FILE"]),
    (&["told", "--add", "nichts", "--to", "指挥部"], 1, &["all.current"], &["all.current"]),
    (&["sitrep", "--sent", "zz"], 1, &["sitrep --list"], &["sitrep --list"]),
    (&["attach", "999", "--to", "person:10001"], 1, &["list log"], &["list log"]),
    (&["attach", "1", "--to", "person:10001"], 1, &["list log"], &["list log"]),
    (&["show", "contact", "疾控"], 1, &["contact list"], &["contact list"]),
    (&["promise", "close", "--on", "unit:U01"], 1, &["list due"], &["list due"]),
    // Files.
    (&["handover", "--out", "roster.csv"], 1, &["已存在", "换一个文件名"], &["another name"]),
    (&["handover", "--out", "weg/x.pdf"], 1, &["没有文件夹", "建立"], &["Make the folder"]),
    (&["backup", "roster.csv"], 1, &["已存在", "换一个文件名"], &["another name"]),
    (&["backup", "weg/x.db"], 1, &["weg/x.db", "路径"], &["weg/x.db", "path"]),
    (&["backup", "roster.csv/x.db"], 1, &["roster.csv/x.db"], &["roster.csv/x.db"]),
    (&["import", "roster", "weg.csv"], 1, &["找不到文件"], &["no file"]),
    (&["import", "roster", "forms"], 1, &["不是文件"], &["not a file"]),
    (&["import", "report", "roster.csv"], 1, &["--date"], &["--date"]),
    (&["import", "--blank", "roster", "roster.csv"], 1, &[".xlsx"], &[".xlsx"]),
    (&["import", "--blank", "units", "there.xlsx"], 1, &["同名文件", "换一个"], &["another name"]),
    (&["import", "--blank", "report", "weg/x.xlsx"], 1, &["不存在", "路径"], &["Check the path"]),
    (&["import", "--blank", "report", "x.xlsx", "--form", "nichts"], 1, &["staff-3"], &["staff-3"]),
];

/// Databases and backups that are none.
const DATABASES: &[Wrong] = &[
    (
        &["--db", "roster.csv", "list", "units"],
        1,
        &["roster.csv", "不是数据库"],
        &["roster.csv", "not a database"],
    ),
    (&["--db", "weg.db", "list", "units"], 1, &["weg.db", "zhiban init"], &["zhiban init"]),
    (&["--db", "forms", "list", "units"], 1, &[], &[]),
    (&["--db", "weg/neu.db", "init", "--office", "某校"], 1, &["路径"], &["path"]),
    (&["--db", "office.db", "init", "--office", "某校"], 1, &["已存在"], &["exists"]),
    (&["--db", "new.db", "restore", "roster.csv"], 1, &["备份文件", "更早的备份"], &["earlier backup"]),
    (&["--db", "new.db", "restore", "torn.db"], 1, &["备份", "更早的备份"], &["earlier backup"]),
    (&["--db", "new.db", "restore", "weg.db"], 1, &["没有备份文件"], &["no backup"]),
    (&["--db", "office.db", "--now", "gestern", "list", "units"], 2, &["2020-02-17T"], &["2020-02-17T"]),
];

fn speaks(call: &Wrong, zh: &super::Answer, en: &super::Answer) {
    let (args, code, in_zh, in_en) = call;
    for (said, parts) in [(zh, in_zh), (en, in_en)] {
        let text = format!("{}{}", said.out, said.err);
        assert_eq!(said.code, *code, "{args:?}: {text}");
        for foreign in FOREIGN {
            assert!(!text.contains(foreign), "{args:?} says {foreign:?}: {text}");
        }
        for part in *parts {
            assert!(text.contains(part), "{args:?} does not say {part:?}: {text}");
        }
    }
    // The usage line names arguments; the sentences before it are Chinese.
    let sentence = zh.err.lines().next().unwrap_or_default();
    assert!(!sentence.is_empty(), "{args:?} says nothing: {}", zh.out);
    for english in ENGLISH {
        assert!(!sentence.contains(english), "{args:?} says {english:?} in Chinese: {sentence}");
    }
    assert!(en.err.starts_with("Error: "), "{args:?}: {}", en.err);
}

#[test]
fn every_refusal_names_the_next_step_and_speaks_the_readers_language_only() {
    let office = Office::new();
    std::fs::create_dir(office.path("forms")).unwrap();
    office.file("there.xlsx", "");
    office.file("report.csv", "姓名,体温\n张伟,36.5\n");
    for call in WRONG {
        let run = |lang: &str| office.at("10:05", &[&["--lang", lang], call.0].concat());
        speaks(call, &run("zh"), &run("en"));
    }
    // Nothing was written by any of them.
    assert_eq!(office.at("10:06", &["list", "log", "--json"]).json().as_array().map(Vec::len), Some(3));
}

#[test]
fn a_damaged_file_is_named_and_never_sends_in_a_circle() {
    let office = Office::new();
    std::fs::create_dir(office.path("forms")).unwrap();
    office.at("10:00", &["backup", "sound.db"]).done();
    let mut torn = std::fs::read(office.path("sound.db")).unwrap();
    for byte in &mut torn[4096..] {
        *byte ^= 0x5a;
    }
    std::fs::write(office.path("torn.db"), torn).unwrap();
    for call in DATABASES {
        let run = |lang: &str| zhiban(office.folder.path(), &[&["--lang", lang], call.0].concat(), "");
        let (zh, en) = (run("zh"), run("en"));
        speaks(call, &zh, &en);
        for said in [&zh.err, &en.err] {
            // Nobody who holds a damaged backup is told to restore it; where nothing was to be saved, nothing is
            // said to be unsaved.
            assert!(!said.contains("zhiban restore") || !call.0.contains(&"restore"), "{said}");
            assert!(!said.contains("未保存") && !said.contains("nothing was saved"), "{said}");
        }
        assert!(!office.path("new.db").exists(), "{:?}", call.0);
    }
    // The sound one is restored all the same.
    let restored =
        zhiban(office.folder.path(), &["--db", "new.db", "--lang", "zh", "restore", "sound.db"], "");
    assert!(restored.done().contains("已恢复到"));
}

#[test]
fn a_wrong_file_of_the_office_is_told_by_its_line() {
    let office = Office::new();
    for folder in ["forms", "templates", "words"] {
        std::fs::create_dir(office.path(folder)).unwrap();
    }
    let told = |zh: super::Answer, en: super::Answer, place: &str| {
        for said in [zh, en] {
            // What a paper itself says is the office's own.
            let text = said.err;
            assert!(text.contains(place), "{place}: {text}");
            for foreign in FOREIGN {
                assert!(!text.contains(foreign), "{foreign:?}: {text}");
            }
        }
    };
    let run = |lang: &str, args: &[&str]| office.at("10:05", &[&["--lang", lang], args].concat());
    let form = "name = \"own\"\nversion = 1\nwhat = \"roster\"\ncolour = \"red\"\n";
    office.file("forms/own.toml", form);
    let import = ["import", "roster", "roster.csv"];
    told(run("zh", &import), run("en", &import), "colour");
    told(run("zh", &import), run("en", &import), "own.toml");
    assert!(run("en", &import).err.contains("line 4"), "its line");
    std::fs::remove_dir_all(office.path("forms")).unwrap();
    for lang in ["zh", "en"] {
        office.file(&format!("templates/handover.{lang}.md"), "# x\n\n{{ nobody_knows_this }}\n");
    }
    told(run("zh", &["handover"]), run("en", &["handover"]), "nobody_knows_this");
    for lang in ["zh", "en"] {
        office.file(&format!("templates/handover.{lang}.md"), "# x\n\n{% if office %}\n");
    }
    told(run("zh", &["handover"]), run("en", &["handover"]), "handover.");
    std::fs::write(office.path("templates/handover.zh.md"), [0xff, 0xfe, 0x00]).unwrap();
    told(run("zh", &["handover"]), run("zh", &["handover"]), "UTF-8");
    office.file("words/surnames.toml", "[single]\n\"曾\" = 3\n");
    told(run("zh", &["find", "曾"]), run("en", &["find", "曾"]), "surnames.toml");
}
