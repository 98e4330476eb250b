//! Roles, approval, who looked at what, the length of texts, files of units, a clock that moved; as a script sees them.

use super::*;

#[test]
fn roles_bind_the_command_line_and_a_lead_approves_there() {
    let office = Office::new();
    let officers = office.at("10:00", &["officer", "list", "--json"]).json();
    let role = |name: &str| {
        let all = officers.as_array().unwrap();
        all.iter().find(|officer| officer["name"] == name).unwrap()["role"].clone()
    };
    assert_eq!((role("林岚"), role("周航")), (json!("lead"), json!("duty")));
    office.at("10:01", &["case", "open", "10001", "--category", "suspected"]).done();
    let release = ["--officer", "周航", "case", "release", "10001", "--reason", "误列", "--early"];
    let refused = office.at("10:02", &release).refused();
    assert!(refused.contains("解除须由带班领导批准：林岚") && refused.contains("--approved-by"), "{refused}");
    let approved = [&release[..], &["--approved-by", "林岚", "--stdin"]].concat();
    // A yes that a script gives is nobody's: it takes a PIN.
    let scripted = office.asked("10:02", &approved, "yes\n").refused();
    assert!(scripted.contains("没有同意") && scripted.contains("officer pin"), "{scripted}");
    office.asked("10:03", &["officer", "pin", "林岚", "--stdin"], "4711\n").done();
    assert!(office.asked("10:04", &approved, "0000\n").refused().contains("口令不对"));
    office.asked("10:05", &approved, "4711\n").done();
    let log = office.at("10:06", &["list", "log", "--limit", "1", "--json"]).json();
    assert!(log[0]["text"].as_str().unwrap().contains("经林岚批准"), "{log}");
    // A duty officer gives no roles; a lead does, and one who may only read reads.
    let role = |who: &str, to: &str| {
        office.asked("10:07", &["--officer", who, "officer", "role", "周航", to, "--stdin"], "4711\n")
    };
    assert!(role("周航", "lead").refused().contains("林岚"));
    role("林岚", "read-only").done();
    let note = office.at("10:08", &["--lang", "en", "--officer", "周航", "log", "note", "x"]).refused();
    assert!(note.contains("may only read") && note.contains("officer role"), "{note}");
    assert!(office.at("10:09", &["--officer", "周航", "list", "people"]).done().contains("199****1234"));
    // Nor is a shift handed to them: said at once, before an item is read out.
    let handed = office.at("10:09", &["handover", "--close", "--to", "周航"]).refused();
    assert!(handed.contains("周航为只读，不能接班"), "{handed}");
    // Nor is a word read out of what cannot be recorded as told.
    let told = office.at("10:09", &["--officer", "周航", "spoken", "--told", "教育局"]);
    assert_eq!(told.out, "");
    assert!(told.refused().contains("只读"));
    // Nor does one who may only read copy the office, or settle what its file is.
    for args in [
        &["backup", "copy.db"][..],
        &["desk", "new"],
        &["desk", "moved"],
        &["check", "--accept-older"],
        &["template", "handover", "--copy"],
    ] {
        let refused = office.at("10:09", &[&["--officer", "周航"], args].concat()).refused();
        assert!(refused.contains("只读"), "{refused}");
    }
    assert!(!office.path("copy.db").exists() && !office.path("templates").exists());
    let last = office.asked("10:10", &["officer", "role", "林岚", "duty", "--stdin"], "4711\n").refused();
    assert!(last.contains("唯一的带班领导"), "{last}");
}

#[test]
fn what_guards_the_office_is_set_by_a_lead_or_with_their_approval() {
    let office = Office::new();
    office.asked("10:00", &["officer", "pin", "林岚", "--stdin"], "4711\n").done();
    for (key, value) in
        [("lock-minutes", "20"), ("backups", "1,0,0"), ("retention-days", "1"), ("day-start", "08:00")]
    {
        let set = ["--officer", "周航", "settings", key, value];
        assert!(office.at("10:01", &set).refused().contains("须由带班领导批准：林岚"), "{key}");
        let approved = [&set[..], &["--approved-by", "林岚", "--stdin"]].concat();
        office.asked("10:02", &approved, "4711\n").done();
    }
    office.at("10:03", &["--officer", "周航", "settings", "bell", "on"]).done();
    // Taken back is set again.
    office.asked("10:04", &["settings", "lock-minutes", "3", "--stdin"], "4711\n").done();
    let undo = ["--officer", "周航", "undo", "-y"];
    let last = office.at("10:05", &["list", "log", "--limit", "1", "--json"]).json()[0]["op"].to_string();
    let undo = [&undo[..], &[last.as_str()]].concat();
    assert!(office.at("10:05", &undo).refused().contains("须由带班领导批准：林岚"));
    assert_eq!(office.at("10:05", &["settings", "lock-minutes"]).done().trim(), "3");
    office.asked("10:06", &[&undo[..], &["--approved-by", "林岚", "--stdin"]].concat(), "4711\n").done();
    assert_eq!(office.at("10:07", &["settings", "lock-minutes"]).done().trim(), "20");
}

#[test]
fn numbers_typed_into_texts_are_masked_with_the_others_until_they_are_asked_for() {
    let office = Office::new();
    let facts = ["--place", "梅园 13711112222", "--contact", "张三 138.1111.2222", "--note", "139 1111 2222"];
    office.at("10:01", &[&["case", "open", "10001", "--category", "suspected"], &facts[..]].concat()).done();
    office
        .at(
            "10:02",
            &[
                "log",
                "followup",
                "--on",
                "person:10001",
                "--outcome",
                "well",
                "--answered-by",
                "妈 13987654321",
            ],
        )
        .done();
    for paper in [
        &["show", "person", "10001"][..],
        &["show", "person", "10001", "--json"],
        &["dossier", "10001"],
        &["dossier", "10001", "--format", "json"],
        &["release", "10001", "--draft"],
        &["release", "10001", "--draft", "--format", "json"],
    ] {
        let said = joined(&office.at("10:05", paper).done());
        for bare in ["13711112222", "138.1111.2222", "13911112222", "13987654321"] {
            assert!(!said.contains(bare), "{paper:?}: {said}");
        }
    }
    let shown = office.at("10:06", &["show", "person", "10001", "--reveal", "联系本人"]).done();
    assert!(shown.contains("13711112222"), "{shown}");
}

#[test]
fn nobody_uses_a_pin_that_is_set_by_leaving_out_whose_it_is() {
    let office = Office::new();
    office.at("10:00", &["show", "person", "10001", "--reveal", "call"]).done();
    office.asked("10:00", &["officer", "pin", "林岚", "--stdin"], "4711\n").done();
    office.at("10:00", &["case", "open", "10002", "--category", "suspected"]).done();
    let guarded: &[&[&str]] = &[
        &["show", "person", "10001", "--reveal", "call"],
        &["list", "people", "--unit", "U01", "--reveal", "核对"],
        &["dossier", "10001", "--reveal", "核对", "--format", "text"],
        &["settings", "lock-minutes", "20"],
        &["officer", "role", "周航", "read-only"],
        &["case", "release", "10002", "--reason", "误列", "--early"],
        &["erase", "person", "10003", "--reason", "本人要求", "-y"],
        // Nor by naming somebody beside them, who is no lead.
        &["settings", "lock-minutes", "20", "--approved-by", "周航"],
        &["officer", "role", "周航", "lead", "--approved-by", "周航"],
        &["case", "release", "10002", "--reason", "误列", "--early", "--approved-by", "周航"],
        &["erase", "person", "10003", "--reason", "本人要求", "-y", "--approved-by", "周航"],
        &["list", "people", "--reveal", "核对", "--approved-by", "周航"],
    ];
    for args in guarded {
        for named in [&[][..], &["--officer", "林岚"]] {
            let all = [named, args].concat();
            let refused = office.at("10:01", &all).refused();
            assert!(refused.contains("林岚设有口令") && refused.contains("--stdin"), "{args:?}: {refused}");
            let wrong = office.asked("10:01", &[&all[..], &["--stdin"]].concat(), "0000\n").refused();
            assert!(wrong.contains("口令不对"), "{args:?}: {wrong}");
            // Not three in a row: that is a wait.
            office
                .asked("10:01", &["show", "person", "10001", "--reveal", "call", "--stdin"], "4711\n")
                .done();
        }
    }
    let log = office.at("10:02", &["list", "log", "--limit", "60", "--json"]).json();
    let kinds: Vec<&str> = log.as_array().unwrap().iter().filter_map(|op| op["kind"].as_str()).collect();
    for kind in ["settings.changed", "officer.role", "case.released", "person.erased"] {
        assert!(!kinds.contains(&kind), "{kinds:?}");
    }
    for args in guarded.iter().filter(|args| !args.contains(&"--approved-by")) {
        office.asked("10:03", &[args, &["--stdin"][..]].concat(), "4711\n").done();
    }
    // What is everybody's daily work asks for none, nor does one who set none.
    office.at("10:04", &["log", "note", "一切正常"]).done();
    office.at("10:04", &["settings", "bell", "on"]).done();
    office.at("10:04", &["show", "person", "10001"]).done();
}

#[test]
fn who_is_no_lead_stands_in_for_nobody_with_their_own_pin() {
    let office = Office::new();
    office.at("10:00", &["case", "open", "10002", "--category", "suspected"]).done();
    office.asked("10:00", &["officer", "pin", "林岚", "--stdin"], "4711\n").done();
    office.asked("10:00", &["--officer", "周航", "officer", "pin", "周航", "--stdin"], "0813\n").done();
    let known = office.at("10:00", &["list", "log", "--limit", "60", "--json"]).json();
    let asked: [&[&str]; 4] = [
        &["settings", "lock-minutes", "0"],
        &["officer", "role", "周航", "lead"],
        &["case", "release", "10002", "--reason", "误列", "--early"],
        &["erase", "person", "10003", "--reason", "本人要求", "-y"],
    ];
    for args in asked {
        let all = [args, &["--approved-by", "周航", "--stdin"]].concat();
        let own = office.asked("10:01", &all, "0813\n").refused();
        assert!(own.contains("林岚") && own.contains("口令不对"), "{args:?}: {own}");
        // With the PINs of both it is said that this approval is none.
        let both = office.asked("10:01", &all, "4711\n0813\n").refused();
        assert!(both.contains("周航不是带班领导；可批准的：林岚"), "{args:?}: {both}");
    }
    let log = office.at("10:02", &["list", "log", "--limit", "60", "--json"]).json();
    assert_eq!(log, known, "nothing was done");
}

#[test]
fn everybodys_numbers_need_a_second_officer() {
    let office = Office::new();
    let all = ["list", "people", "--reveal", "核对", "--json"];
    let refused = office.at("10:00", &all).refused();
    assert!(refused.contains("第二人"), "{refused}");
    let approved = [&all[..], &["--approved-by", "周航", "--stdin"]].concat();
    office.asked("10:01", &["--officer", "周航", "officer", "pin", "周航", "--stdin"], "0813\n").done();
    let people = office.asked("10:01", &approved, "0813\n").json();
    assert_eq!(people[0]["phone"], "19900001234");
    // A few are one officer's.
    office.at("10:02", &["list", "people", "--unit", "U01", "--reveal", "核对"]).done();
    // Whoever acts signs too, and first.
    office.asked("10:03", &["officer", "pin", "林岚", "--stdin"], "4711\n").done();
    let known = office.at("10:04", &["list", "log", "--json"]).json();
    let own = office.asked("10:04", &approved, "0813\n");
    assert!(!own.out.contains("19900001234"), "{}", own.out);
    assert!(own.refused().contains("口令不对"));
    let missing = office.asked("10:04", &approved, "4711\n").refused();
    assert!(missing.contains("批准人周航") && missing.contains("先操作人，后批准人"), "{missing}");
    assert_eq!(office.at("10:04", &["list", "log", "--json"]).json(), known, "nothing was shown");
    let people = office.asked("10:05", &approved, "4711\n0813\n").json();
    assert_eq!(people[0]["phone"], "19900001234");
}

#[test]
fn who_looked_at_what_is_a_paper_by_person_and_by_officer() {
    let office = Office::new();
    office.at("10:00", &["show", "person", "10001", "--reveal", "联系本人"]).done();
    office.at("10:01", &["--officer", "周航", "show", "person", "10002", "--reveal", "call"]).done();
    office.at("10:02", &["dossier", "10001", "--out", "a.txt"]).done();
    let of = |more: &[&str]| {
        let all = office.at("10:10", &[&["access", "--format", "json"], more].concat()).json();
        let looks = all["looks"].as_array().unwrap().clone();
        looks
            .into_iter()
            .map(|look| (look["officer"].clone(), look["no"].clone(), look["what"].clone()))
            .collect::<Vec<_>>()
    };
    let (lin, zhou) = (json!("林岚"), json!("周航"));
    let numbers = |who: &Value, no: &str| (who.clone(), json!(no), json!("numbers"));
    let printed = (lin.clone(), json!("10001"), json!("paper"));
    assert_eq!(of(&[]), [numbers(&lin, "10001"), numbers(&zhou, "10002"), printed.clone()]);
    assert_eq!(of(&["--person", "10001"]), [numbers(&lin, "10001"), printed]);
    assert_eq!(of(&["--by", "周航"]), [numbers(&zhou, "10002")]);
    assert_eq!(of(&["--since", "10:02"]).len(), 1);
    let text = office.at("10:11", &["access", "--person", "10001"]).done();
    let text = joined(&text);
    assert!(
        text.contains("查看记录") && text.contains("对象：张伟（10001）") && text.contains("联系本人"),
        "{text}"
    );
    assert!(joined(&office.at("10:12", &["--lang", "en", "access"]).done()).contains("Accesslog"));
    for file in ["looks.pdf", "looks.xlsx"] {
        office.at("10:13", &["access", "--out", file]).done();
        assert!(std::fs::metadata(office.path(file)).unwrap().len() > 1000);
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_with_its_length() {
    let office = Office::new();
    let before = office.at("10:00", &["list", "log", "--json"]).json().as_array().unwrap().len();
    let refused = office.at("10:00", &["log", "note", &"长".repeat(5213)]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("5,213") && refused.err.contains("4,000"), "{}", refused.err);
    let reason = "长".repeat(501);
    let refused = office.at("10:00", &["--lang", "en", "officer", "add", &reason]);
    assert!(refused.err.contains("501") && refused.err.contains("500"), "{}", refused.err);
    let after = office.at("10:01", &["list", "log", "--json"]).json().as_array().unwrap().len();
    assert_eq!(before, after, "nothing was cut and kept");
    office.at("10:02", &["log", "note", &"长".repeat(4000)]).done();
}

#[test]
fn units_whose_codes_make_one_file_name_each_have_their_file() {
    let office = Office::new();
    office.file("more.csv", "代码,名称\n12/3,甲学院\n12_3,乙学院\n12_3-2,丙学院\n../x,丁学院\n");
    office.at("08:30", &["import", "units", "more.csv", "--yes"]).done();
    std::fs::create_dir(office.path("out")).unwrap();
    let sheets = ["unit-sheet", "--all", "--format", "text", "--out", "out"];
    let done = office.on("18T11:00", &sheets);
    assert_eq!(done.code, 0, "{}", done.err);
    let mut names: Vec<String> = std::fs::read_dir(office.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 6, "{names:?}");
    for unit in ["甲学院", "乙学院", "丙学院", "丁学院"] {
        let of = names
            .iter()
            .filter(|name| std::fs::read_to_string(office.path("out").join(name)).unwrap().contains(unit));
        assert_eq!(of.count(), 1, "{unit}");
    }
    assert!(done.err.contains("12/3 → unit-12_3"), "{}", done.err);
    // What is there already is never written over.
    assert_eq!(office.on("18T11:01", &sheets).code, 1);
}

#[test]
fn a_clock_that_moved_is_told_in_the_log_and_on_the_paper_and_another_year_is_named() {
    let office = Office::new();
    office.at("10:05", &["log", "note", "甲"]).done();
    office.at("09:00", &["log", "note", "乙"]).done();
    let log = office.at("10:06", &["list", "log", "--json"]).json();
    assert_eq!((&log[0]["clock"], &log[0]["clock_minutes"]), (&json!("back"), &json!(65)));
    assert_eq!(log[1]["clock"], Value::Null);
    let text = office.at("10:06", &["list", "log"]).done();
    assert!(text.contains("（时钟倒退 65 分钟）"), "{text}");
    assert!(!text.contains("2020-02-17"), "this year is not named: {text}");
    let paper = joined(&office.at("10:07", &["handover"]).done());
    assert!(paper.contains("时钟异常：日志第") && paper.contains("时钟倒退65分钟"), "{paper}");
    let later = |args: &[&str]| {
        let all =
            [&["--db", "office.db", "--now", "2021-01-02T10:00:00+08:00", "--lang", "en"], args].concat();
        zhiban(office.folder.path(), &all, "").done()
    };
    later(&["log", "note", "丙"]);
    let text = later(&["list", "log"]);
    assert!(text.contains("2020-02-17 09:00"), "{text}");
    assert!(text.contains("after the entry before"), "{text}");
    assert!(later(&["handover"]).contains("The clock moved"));
}
