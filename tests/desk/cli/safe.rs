//! Whatever stands in a name, a note or a file's name: nothing that moves a terminal gets out, by no way.

use super::{Answer, Office};
use std::io::{Cursor, Read};
use zhiban::domain::text::is_hidden;

/// A title set, the screen cleared, a colour, the line turned round, a character of no width.
const ODD: &str = "\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{200b}";

fn odd(name: &str) -> String {
    format!("{name}{ODD}")
}

fn is_harmless(what: &str, text: &str) {
    let bad = text.chars().find(|c| *c != '\n' && (c.is_control() || is_hidden(*c)));
    assert!(bad.is_none(), "{what}: {bad:?} in {text:?}");
}

fn harmless(what: &str, answer: &Answer) {
    is_harmless(what, &answer.out);
    is_harmless(what, &answer.err);
}

/// An office in which every name, word and reason is odd.
fn office() -> Office {
    let office = Office { folder: tempfile::tempdir().unwrap() };
    let two_lines = format!("{}\r\n第二行", odd("记"));
    let [unit, person, org, who, place] = ["学院", "张伟", "疾控中心", "王芳", "三号楼"].map(odd);
    let (duty, other, school) = (odd("林岚"), odd("周航"), odd("海岬理工大学"));
    let said = two_lines.as_str();
    let acts: [(&str, &[&str]); 14] = [
        ("08:00", &["init", "--office", &school, "--officer", &duty, "--with", &other]),
        (
            "08:10",
            &[
                "add",
                "unit",
                "U01",
                "--name",
                &unit,
                "--liaison",
                &who,
                "--liaison-phone",
                "05320000101",
                "--told-by",
                &who,
            ],
        ),
        (
            "08:11",
            &[
                "add",
                "person",
                "10001",
                "--name",
                &person,
                "--unit",
                "U01",
                "--phone",
                "19900001234",
                "--address",
                &place,
                "--contact",
                &who,
                "--told-by",
                &who,
            ],
        ),
        ("08:12", &["contact", "add", &org, "--name", &who, "--phone", "05320000102", "--note", said]),
        ("08:13", &["log", "note", said, "--on", "person:10001"]),
        ("08:14", &["log", "note", said, "--on", "unit:U01"]),
        (
            "08:15",
            &[
                "log",
                "followup",
                "--on",
                "person:10001",
                "--outcome",
                "promised",
                "--promise",
                "30m",
                "--note",
                said,
                "--answered-by",
                &who,
            ],
        ),
        ("08:16", &["log", "followup", "--channel", "incoming", "--outcome", "informed", "--note", said]),
        ("08:17", &["case", "open", "10001", "--category", "fever", "--place", &place, "--note", said]),
        ("08:18", &["edit", "person", "10001", "--origin", &place, "--told-by", &who]),
        ("10:05", &["spoken", "--told", &who]),
        ("10:06", &["told", "--add", "all.current", "--to", &who, "--words", &place]),
        ("10:07", &["sitrep", "--send", &who]),
        ("10:08", &["officer", "add", &odd("吴磊")]),
    ];
    for (time, act) in acts {
        let answer = office.at(time, act);
        assert_eq!(answer.code, 0, "{act:?}: {}{}", answer.out, answer.err);
        harmless(&act.join(" "), &answer);
    }
    office
}

#[test]
fn nothing_that_moves_a_terminal_comes_out_of_any_command() {
    let office = office();
    let (name, org, duty) = (odd("张伟"), odd("疾控中心"), odd("林岚"));
    let asked: [&[&str]; 40] = [
        &["list", "units"],
        &["list", "outstanding"],
        &["list", "cases"],
        &["list", "findings"],
        &["list", "due"],
        &["list", "people"],
        &["list", "log"],
        &["list", "people", "--unit", &name],
        &["list", "log", "--filter", &name],
        &["find", "张伟"],
        &["find", "记"],
        &["find", "疾控"],
        &["find", "学院"],
        &["find", &name],
        &["show", "person", "10001"],
        &["show", "person", &name],
        &["show", "unit", "U01"],
        &["show", "unit", &name],
        &["show", "contact", &org],
        &["show", "contact", &name],
        &["contact", "list"],
        &["officer", "list"],
        &["officer", "pin", &name, "--stdin"],
        &["list", "cases", "--officer", &name],
        &["shift", "list"],
        &["shift", "unread"],
        &["shift", "questions"],
        &["settings"],
        &["settings", "office", &name, &name],
        &["callsheet", "--format", "text"],
        &["dossier", "10001", "--format", "text"],
        &["unit-sheet", "U01", "--format", "text"],
        &["feedback", "U01", "--format", "text"],
        &["chase"],
        &["chase", "U01"],
        &["sitrep", "--format", "text"],
        &["sitrep", "--list"],
        &["told"],
        &["handover", "--format", "text"],
        &["check"],
    ];
    for lang in ["zh", "en"] {
        for args in asked {
            for json in [false, true] {
                let mut all = vec!["--lang", lang, "--officer", &duty];
                if args.contains(&"--officer") {
                    all.truncate(2);
                }
                all.extend(args);
                match (json, args.iter().position(|arg| *arg == "text")) {
                    (true, Some(at)) => {
                        let place = all.len() - args.len() + at;
                        all[place] = "json";
                    }
                    (true, None) => all.push("--json"),
                    (false, _) => {}
                }
                let answer = office.at("10:10", &all);
                harmless(&all.join(" "), &answer);
                if json && answer.code == 0 {
                    answer.json();
                }
            }
        }
    }
}

#[test]
fn papers_in_files_hold_nothing_of_it_and_text_in_a_workbook_stays_text() {
    let office = office();
    for (paper, file) in [
        (&["dossier", "10001"][..], "dossier.txt"),
        (&["dossier", "10001"], "dossier.json"),
        (&["unit-sheet", "U01"], "unit.txt"),
        (&["feedback", "U01"], "feedback.txt"),
        (&["callsheet"], "calls.txt"),
        (&["callsheet"], "calls.json"),
        (&["sitrep"], "sitrep.txt"),
        (&["handover"], "handover.txt"),
        (&["handover"], "handover.json"),
    ] {
        office.at("10:11", &[paper, &["--out", file]].concat()).done();
        is_harmless(file, &std::fs::read_to_string(office.path(file)).unwrap());
    }
    office.at("10:12", &["callsheet", "--out", "calls.xlsx"]).done();
    let bytes = std::fs::read(office.path("calls.xlsx")).unwrap();
    let part = |name: &str| {
        let mut book = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let strings = part("xl/sharedStrings.xml");
    is_harmless("calls.xlsx", &strings);
    assert!(!strings.contains("_x001B_"), "{strings}");
    assert!(strings.contains("05320000101"), "{strings}");
    assert!(part("xl/styles.xml").contains("quotePrefix=\"1\""));
}
