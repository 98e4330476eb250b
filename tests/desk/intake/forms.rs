//! The forms that come with the program, each filled in and read back; two that read a sheet in two ways; a form guessed
//! from a sheet.

use super::made::{Book, row};
use super::{Office, rejected, usual};
use std::fmt::Write;
use zhiban::domain::columns::Choices;
use zhiban::domain::field::Type;
use zhiban::domain::form::{Form, What, builtin, builtins};
use zhiban::domain::report::{Reading, Round};
use zhiban::intake::cells::parent::{PATIENCE, read};
use zhiban::intake::guess::{Asked, ToCheck, guess};
use zhiban::intake::{ImportPlan, Options};
use zhiban::say::Lang;

/// What a reading says of one of the form's other columns.
fn said<'r>(form: &Form, reading: &'r Reading, field: &str) -> &'r str {
    let at = form.rest_fields().iter().position(|known| *known == field).unwrap();
    &reading.rest[at]
}

/// A sheet as this form has it: its headers, and rows of cells by field.
fn sheet(form: &Form, rows: &[&[(&str, &str)]]) -> String {
    let mut out = String::new();
    let heads: Vec<&str> = form.columns.iter().map(|column| column.headers[0].as_str()).collect();
    writeln!(out, "{}", heads.join(",")).unwrap();
    for row in rows {
        let cells = form.columns.iter().map(|column| {
            let cell = row.iter().find(|(field, _)| *field == column.field.name);
            cell.map_or("", |(_, text)| *text)
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join(",")).unwrap();
    }
    out
}

fn taken(office: &mut Office, form: &Form, rows: &[&[(&str, &str)]], options: &Options) -> ImportPlan {
    let path = office.file("表.csv", sheet(form, rows));
    let plan =
        office.read(&path, What::Report, options).unwrap_or_else(|error| panic!("{}", error.text(Lang::En)));
    assert_eq!(plan.import.form.form, form.id, "the sheet's headers are this form's alone");
    plan
}

/// Every spelling of every code of a form comes back as the code it stands for.
#[test]
fn every_spelling_of_every_shipped_form_comes_back_as_its_code() {
    let mut tried = 0;
    for form in builtins().into_iter().filter(|form| form.what == What::Report) {
        for column in form.columns.iter().filter(|column| column.same_as.is_none()) {
            for (code, spellings) in &column.field.codes {
                for spelling in
                    spellings.iter().chain([code]).filter(|s| column.field.code_for(s) == Some(code))
                {
                    assert_eq!(
                        column.field.read(spelling, None).as_deref(),
                        Ok(code.as_str()),
                        "{:?}",
                        form.id
                    );
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn a_return_form_has_nought_for_yes() {
    let mut office = Office::new();
    let form = builtin("return", 1).unwrap();
    let plan = taken(
        &mut office,
        &form,
        &[
            &[
                ("no", "20180001"),
                ("name", "王芳"),
                ("from_place", "黄石"),
                ("returned_on", "20200216"),
                ("transport", "0"),
                ("trip_no", "G28"),
                ("in_hubei", "1"),
                ("via_hubei", "0"),
                ("met_from_hubei", "1"),
                ("met_case", "1"),
                ("community_case", "否"),
                ("unwell", "1"),
                ("companions", "李强"),
            ],
            &[
                ("no", "20180002"),
                ("name", "李强"),
                ("from_place", "烟台"),
                ("transport", "未定"),
                ("in_hubei", "0"),
                ("via_hubei", "1"),
                ("met_from_hubei", "有"),
                ("met_case", "无"),
                ("community_case", "1"),
                ("unwell", "0"),
            ],
        ],
        &usual(),
    );
    assert_eq!(rejected(&plan), []);
    let [first, second] = plan.import.readings.as_slice() else { panic!("{:?}", plan.import.readings) };
    assert_eq!((first.in_hubei, second.in_hubei), (Some(false), Some(true)));
    let of = |reading, fields: &[&str]| {
        fields.iter().map(|field| said(&form, reading, field).to_owned()).collect::<Vec<_>>()
    };
    let fields =
        ["returned_on", "transport", "via_hubei", "met_from_hubei", "met_case", "community_case", "unwell"];
    assert_eq!(of(first, &fields), ["2020-02-16", "火车", "1", "0", "0", "0", "0"]);
    assert_eq!(of(second, &fields), ["", "", "0", "1", "0", "0", "1"]);
}

#[test]
fn a_check_in_means_by_its_version_what_the_one_before_did_not() {
    let mut office = Office::new();
    let (one, two) = (builtin("checkin", 1).unwrap(), builtin("checkin", 2).unwrap());
    let who = [
        ("no", "20180001"),
        ("name", "王芳"),
        ("unwell", "1"),
        ("on_campus", "1"),
        ("place", "山东省 青岛市 崂山区"),
    ];
    let first = [
        &who[..],
        &[
            ("day", "20200217"),
            ("fever", "3"),
            ("left_why", "2"),
            ("exam_result", "1疑似"),
            ("saw_doctor", "x"),
        ],
    ]
    .concat();
    let plan = taken(&mut office, &one, &[&first], &usual());
    assert_eq!(rejected(&plan), []);
    let reading = &plan.import.readings[0];
    for (field, value) in [
        ("fever", "1"),
        ("unwell", "1"),
        ("on_campus", "1"),
        ("left_why", "family"),
        ("exam_result", "suspected"),
        ("saw_doctor", ""),
    ] {
        assert_eq!(said(&one, reading, field), value, "{field}");
    }
    let second = [
        &who[..],
        &[("day", "2020-02-17"), ("fever", "1"), ("health_code", "2"), ("health_code_words", "黄码")],
    ]
    .concat();
    let plan = taken(&mut office, &two, &[&second], &usual());
    assert_eq!(rejected(&plan), []);
    let reading = &plan.import.readings[0];
    for (field, value) in [("fever", "0"), ("unwell", "0"), ("on_campus", "0"), ("health_code", "yellow")] {
        assert_eq!(said(&two, reading, field), value, "{field}");
    }
    // The code and the words beside it contradict: nobody guesses which is right.
    let odd =
        [&who[..], &[("day", "2020-02-17"), ("health_code", "1"), ("health_code_words", "红码")]].concat();
    let other = [("no", "20180002"), ("name", "李强"), ("day", "2020-02-16")];
    let plan = taken(&mut office, &two, &[&odd, &other], &usual());
    assert_eq!(rejected(&plan), [(2, "健康码", "code-and-word-differ"), (3, "打卡日期", "other-day")]);
}

#[test]
fn a_sheet_that_two_forms_read_in_two_ways_is_asked_about() {
    let mut office = Office::new();
    // The columns both versions have: 1 is well in one and unwell in the other.
    let text = "打卡日期,学工号,姓名,今日是否不适,今日是否在校\n2020-02-17,20180001,王芳,1,是\n";
    let error = office.refused("打卡.csv", text, What::Report);
    assert!(
        error.contains("checkin-1") && error.contains("checkin-2") && error.contains("今日是否不适"),
        "{error}"
    );
    // In words there is nothing to ask.
    let plan = office.plan("打卡.csv", text.replace(",1,", ",否,"), What::Report);
    assert_eq!((rejected(&plan), plan.accepted), (vec![], 1));
    let path = office.file("打卡.csv", text);
    for (named, unwell) in [("checkin-1", "1"), ("checkin-2", "0")] {
        let options = Options { form: Some(named.to_owned()), ..usual() };
        let plan = office.read(&path, What::Report, &options).unwrap();
        let form = Form::parse(&plan.import.form.content).unwrap();
        assert_eq!(said(&form, &plan.import.readings[0], "unwell"), unwell, "{named}");
    }
}

#[test]
fn rows_of_another_round_wait_for_its_import() {
    let mut office = Office::new();
    let form = builtin("rounds", 1).unwrap();
    let row = |no, name, round, words, temp| {
        vec![
            ("day", "2020-02-17"),
            ("no", no),
            ("name", name),
            ("round", round),
            ("round_words", words),
            ("temp_am", temp),
            ("site", "额温"),
        ]
    };
    let rows = [
        row("20180001", "王芳", "1", "早上", "36.5"),
        row("20180001", "王芳", "3", "晚上", "37.9"),
        row("20180002", "李强", "1", "中午", "36.6"),
    ];
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    for (round, temps, refused) in [("am", vec![Some(365)], 1), ("pm", vec![Some(379)], 0)] {
        let options = Options { round: Round(round.to_owned()), ..usual() };
        let plan = taken(&mut office, &form, &rows, &options);
        assert_eq!(plan.import.readings.iter().map(|r| r.temp_am).collect::<Vec<_>>(), temps, "{round}");
        assert_eq!(plan.rejected.len(), refused, "{round}: {:?}", plan.rejected);
        let other = if round == "am" { "pm" } else { "am" };
        assert!(
            plan.warnings.iter().any(|said| said.en.contains(&format!("--round {other}"))),
            "{:?}",
            plan.warnings
        );
    }
}

#[test]
fn several_symptoms_stand_in_one_cell() {
    let mut office = Office::new();
    let form = builtin("morning", 1).unwrap();
    let plan = taken(
        &mut office,
        &form,
        &[
            &[
                ("no", "20180001"),
                ("name", "王芳"),
                ("age", "19"),
                ("room", "3-201"),
                ("present", "否"),
                ("symptoms", "发烧、咳嗽"),
                ("saw_doctor", "1"),
                ("temp_am", "38.2"),
            ],
            &[("no", "20180002"), ("name", "李强"), ("present", "√"), ("symptoms", "0")],
            &[("no", "001203"), ("name", "赵敏"), ("symptoms", "头晕")],
        ],
        &usual(),
    );
    assert_eq!(rejected(&plan), [(4, "临床症状", "not-in-list")]);
    let [first, second] = plan.import.readings.as_slice() else { panic!("{:?}", plan.import.readings) };
    assert_eq!(
        (said(&form, first, "symptoms"), said(&form, first, "age"), first.temp_am),
        ("发热,咳嗽", "19", Some(382))
    );
    assert_eq!((said(&form, second, "symptoms"), said(&form, second, "present")), ("无", "1"));
}

fn guessed(office: &Office, text: &str, name: &str) -> (zhiban::intake::guess::Guess, Form) {
    guessed_of(office, ("来表.csv", text.as_bytes()), name)
}

fn guessed_of(
    office: &Office,
    (file, bytes): (&str, &[u8]),
    name: &str,
) -> (zhiban::intake::guess::Guess, Form) {
    let path = office.file(file, bytes);
    let cells = read(
        &path,
        &zhiban::domain::password::Passwords::default(),
        usual().program.as_deref(),
        None,
        PATIENCE,
        usual().limits,
    )
    .unwrap();
    let asked = Asked {
        name: name.to_owned(),
        what: What::Report,
        title: String::new(),
        people: Some(&office.known),
        spell: zhiban::search::keys,
        said: &Choices::new(),
        any_header: false,
    };
    let guess = guess(&cells, &builtins(), &asked).unwrap_or_else(|error| panic!("{}", error.text(Lang::Zh)));
    let text = guess.toml(Lang::Zh);
    assert_eq!(guess.toml(Lang::En).lines().count(), text.lines().count());
    let form = Form::check(&text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    (guess, form)
}

#[test]
fn a_guessed_form_reads_the_sheet_it_was_guessed_from() {
    let mut office = Office::new();
    let text = "某学院上报表,,,,,,,,,\n\
                人员编码,人员,联系方式,体温,,健康状况码,健康状况,tw档,备注说明,填报时刻\n\
                ,,,上午,下午,,,,,\n\
                20180001,王芳,13812345678,36.5,38.9,001,正常,2,家在胶州,20200217\n\
                20180002,李强,13987654321,36.6,36.7,001,正常,3,无,20200217\n\
                20190001,钱进,13700001111,36.4,36.8,002,异常,2,\"发\"\"热\",20200217\n\
                20180002,李强,13987654321,36.6,36.7,002,异常,3,无,20200217\n\
                合计,4,,,,,,,,\n";
    let (guess, form) = guessed(&office, text, "arts");
    assert_eq!((guess.header_rows.as_slice(), guess.rows), (&[2, 3][..], 4));
    let found: Vec<(&str, Type, bool)> =
        guess.columns.iter().map(|column| (column.field.as_str(), column.kind, column.by_header)).collect();
    assert_eq!(
        found[..5],
        [
            ("no", Type::No, false),
            ("name", Type::Name, false),
            ("phone", Type::Phone, true),
            ("temp_am", Type::Temp, true),
            ("temp_pm", Type::Temp, true),
        ]
    );
    let coded = &guess.columns[5];
    assert_eq!(coded.field, "status", "the words beside the numbers say which field it is");
    assert!(coded.codes["normal"].contains(&"001".to_owned()), "{:?}", coded.codes);
    assert!(coded.codes["other"].contains(&"002".to_owned()), "{:?}", coded.codes);
    assert_eq!(guess.columns[6].same_as.as_deref(), Some(coded.field.as_str()));
    assert_eq!((guess.columns[7].kind, guess.columns[7].doubt), (Type::Code, Some(ToCheck::Numbers)));
    assert_eq!((guess.columns[9].kind, guess.columns[9].doubt), (Type::Date, Some(ToCheck::Day)));
    // What is personal is in no sample: the file goes into the log once it is used.
    for private in ["王芳", "李强", "钱进", "13812345678", "20180001", "胶州"] {
        assert!(!guess.toml(Lang::Zh).contains(private), "{private}");
    }
    // With the sheet's own form in the folder its rows are read.
    let folder = office.folder.path().join("forms");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("arts.toml"), guess.toml(Lang::Zh)).unwrap();
    let options = Options { form: Some("arts".to_owned()), form_dir: Some(folder), ..usual() };
    // One header row, as a sender writes it whose program joins none.
    let flat = text.replacen("体温,,", "上午体温,下午体温,", 1).replacen(",,,上午,下午,,,,,\n", "", 1);
    let path = office.file("来表.csv", flat);
    let plan = office.read(&path, What::Report, &options).unwrap();
    assert_eq!(plan.import.form.form, form.id);
    let temps: Vec<_> =
        plan.import.readings.iter().map(|reading| (reading.temp_am, reading.temp_pm)).collect();
    assert_eq!(temps, [(Some(365), Some(389)), (Some(366), Some(367)), (Some(364), Some(368))]);
}

#[test]
fn a_known_header_over_something_else_is_doubted() {
    let office = Office::new();
    let text = "姓名,体温,是否在校\n王芳,2,1\n李强,3,0\n赵敏,2,1\n钱进,2,1\n";
    let (guess, _) = guessed(&office, text, "own");
    let temp = &guess.columns[1];
    assert_eq!((temp.kind, temp.doubt), (Type::Code, Some(ToCheck::NotAsHeaded)));
    assert_ne!(temp.field, "temp_am");
    assert_eq!(guess.columns[2].doubt, Some(ToCheck::ZeroOne));
}

#[test]
fn names_of_people_are_no_list_of_codes() {
    let mut office = Office::new();
    // A few people stand beside many: no roster knows them.
    let mut text = "工号,姓名,上午体温,辅导教师,包保,Tutor,健康颜色,紧急联络\n".to_owned();
    for n in 0..12 {
        let of = |all: [&'static str; 3]| all[n % 3];
        writeln!(
            text,
            "2018{n:04},王芳,36.5,{},{},{},{},{}",
            of(["司马青云", "上官流", "端木雨"]),
            of(["郑小禾", "谢一舟", "高远山"]),
            of(["Ann Lee", "Bob Tan", "Cy Wu"]),
            of(["绿码", "红码", "黄码"]),
            of(["85071234", "85071235", "85071236"]),
        )
        .unwrap();
    }
    let (guess, form) = guessed(&office, &text, "own");
    let kinds: Vec<Type> = guess.columns.iter().map(|column| column.kind).collect();
    assert_eq!(kinds[3..7], [Type::Name, Type::Name, Type::Name, Type::Code], "{kinds:?}");
    assert_eq!(guess.columns[6].codes.len(), 3);
    let written = guess.toml(Lang::Zh);
    for private in ["司马青云", "端木雨", "郑小禾", "高远山", "Ann Lee", "Bob Tan", "85071234", "85071236"]
    {
        assert!(!written.contains(private), "{private}: {written}");
    }
    // What is guessed reads the sheet.
    let folder = office.folder.path().join("forms");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("own.toml"), &written).unwrap();
    let options = Options { form: Some("own".to_owned()), form_dir: Some(folder), ..usual() };
    let path = office.file("a.csv", text.replacen("20180000", "20180001", 1));
    let plan = office.read(&path, What::Report, &options).unwrap();
    let first = &plan.import.readings[0];
    assert!(
        first.rest.contains(&"司马青云".to_owned()) && first.rest.contains(&"85071234".to_owned()),
        "{:?}",
        first.rest
    );
    assert_eq!(form.id.name, "own");
}

#[test]
fn a_day_of_birth_is_taken_and_not_shown_among_the_samples() {
    let mut office = Office::new();
    let text = "工号,姓名,上午体温,出生日期,来校日期\n20180001,王芳,36.5,1998-05-04,2019-09-01\n20180002,李强,36.6,1957/12/30,2020-02-10\n";
    let (guess, _) = guessed(&office, text, "own");
    let written = guess.toml(Lang::Zh);
    assert!(!written.contains("1998") && !written.contains("1957"), "{written}");
    assert_eq!(written.matches("any_day = true").count(), 1, "{written}");
    let folder = office.folder.path().join("forms");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("own.toml"), &written).unwrap();
    let options = Options { form: Some("own".to_owned()), form_dir: Some(folder), ..usual() };
    let path = office.file("a.csv", text);
    let plan = office.read(&path, What::Report, &options).unwrap();
    assert_eq!(rejected(&plan), []);
    assert!(plan.import.readings[1].rest.contains(&"1957-12-30".to_owned()), "{:?}", plan.import.readings[1]);
    // A day that is not one of birth is asked about still.
    let path = office.file("b.csv", text.replace("2020-02-10", "2018-02-10"));
    let plan = office.read(&path, What::Report, &options).unwrap();
    assert_eq!(rejected(&plan), [(3, "来校日期", "year-far-off")]);
}

#[test]
fn a_day_that_is_planned_may_be_far_ahead_and_a_lunar_one_is_told_by_its_own_calendar() {
    let mut office = Office::new();
    let form = builtin("return", 1).unwrap();
    let row = |no: &'static str, name: &'static str, day: &'static str| {
        [("no", no), ("name", name), ("from_place", "黄石"), ("returned_on", day), ("in_hubei", "1")]
    };
    let (one, two) = (row("20180001", "王芳", "2020-09-01"), row("20180002", "李强", "2021-03-01"));
    let plan = taken(&mut office, &form, &[&one, &two], &usual());
    assert!(plan.rejected.iter().all(|row| row.code != "year-far-off"), "{:?}", rejected(&plan));
    let text = "工号,姓名,上午体温,离开日期\n20180001,王芳,36.5,2018年正月初五\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!(rejected(&plan), [(2, "离开日期", "year-far-off")]);
    // Not 20 February, on which that day fell in 2018.
    assert!(plan.rejected[0].reason.zh.contains("看来是 2020-01-29"), "{}", plan.rejected[0].reason.zh);
}

#[test]
fn headers_merged_over_both_rows_hide_no_second_one_from_a_guess() {
    let office = Office::new();
    let rows = [
        row(1, &["工号", "姓名", "体温", "", "当前状态", "备注", "宿舍"]),
        row(2, &["", "", "上午", "下午"]),
        row(3, &["001203", "赵敏", "36.5", "38.9", "正常"]),
        row(4, &["20180001", "王芳", "36.6", "36.7", "正常"]),
    ]
    .concat();
    let behind = "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/><mergeCell ref=\"C1:D1\"/>\
                  <mergeCell ref=\"E1:E2\"/><mergeCell ref=\"F1:F2\"/><mergeCell ref=\"G1:G2\"/></mergeCells>";
    let bytes = Book { rows: &rows, behind, ..Book::PLAIN }.bytes();
    let (guess, _) = guessed_of(&office, ("来表.xlsx", &bytes), "own");
    assert_eq!((guess.header_rows.as_slice(), guess.rows), (&[1, 2][..], 2));
    let fields: Vec<&str> = guess.columns.iter().map(|column| column.field.as_str()).collect();
    assert_eq!(fields[..5], ["no", "name", "temp_am", "temp_pm", "status"]);
}
