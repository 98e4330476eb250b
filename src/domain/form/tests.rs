use super::field::Type;
use super::value::Flaw;
use super::*;
use chrono::NaiveDate;

fn column(field: &str, version: u16) -> Column {
    let form = builtin("staff", version).unwrap();
    form.columns[form.index_of(field).unwrap()].clone()
}

fn read(field: &str, raw: &str) -> Result<String, Flaw> {
    column(field, 3).field.read(raw, NaiveDate::from_ymd_opt(2020, 2, 17))
}

#[test]
fn every_form_that_ships_can_be_read() {
    for text in BUILTIN {
        let form = Form::parse(text).unwrap_or_else(|error| panic!("{error:?}"));
        for column in &form.columns {
            assert_eq!(
                form.column_for(column.header()),
                form.index_of(&column.field.name),
                "{}",
                column.field.name
            );
        }
    }
    assert_eq!(builtins().len(), BUILTIN.len());
}

#[test]
fn the_staff_form_grew_to_37_columns() {
    let sizes: Vec<usize> = (1..=3).map(|v| builtin("staff", v).unwrap().columns.len()).collect();
    assert_eq!(sizes, [14, 26, 37]);
    let form = builtin("staff", 3).unwrap();
    assert_eq!(form.rest_fields().len(), 24);
    assert_eq!(form.rest_fields()[..4], ["sex", "kind", "phone", "address"]);
    assert_eq!(*form.rest_fields().last().unwrap(), "contact");
    // A later version keeps the meaning of every column of the earlier ones.
    for version in 1..=2 {
        for column in builtin("staff", version).unwrap().columns {
            let later = &form.columns[form.index_of(&column.field.name).unwrap()];
            assert_eq!(later.field.kind, column.field.kind);
            assert_eq!(later.field.codes, column.field.codes);
        }
    }
}

#[test]
fn headers_are_recognised_as_people_write_them() {
    let form = builtin("staff", 3).unwrap();
    let field = |header: &str| form.column_for(header).map(|at| form.columns[at].field.name.clone());
    for (header, expected) in [
        ("姓 名", "name"),
        ("*姓名", "name"),
        ("姓名（必填）", "name"),
        ("工号＊", "no"),
        ("3、手机号码", "phone"),
        ("上午体温(℃)", "temp_am"),
        ("上午体温℃", "temp_am"),
        ("体温（下午）", "temp_pm"),
        ("体温（上午）(必填)", "temp_am"),
        ("\u{feff}序号", "seq"),
        ("ｎｏ", "seq"),
        ("接触病例\n日期", "met_case_on"),
    ] {
        assert_eq!(field(header).as_deref(), Some(expected), "{header}");
    }
    assert_eq!(field(""), None);
    assert_eq!(field("（必填）"), None);
    assert_eq!(field("血型"), None);
}

#[test]
fn temperatures_are_read_in_tenths() {
    for (raw, tenths) in [
        ("36.5", "365"),
        ("36.5℃", "365"),
        ("36．5", "365"),
        ("３６。５", "365"),
        ("36,8℃", "368"),
        ("36，8", "368"),
        ("36.5 °C", "365"),
        ("365", "365"),
        ("37", "370"),
        ("36.50", "365"),
        ("37.25", "373"),
        ("34", "340"),
        ("43.0", "430"),
    ] {
        assert_eq!(read("temp_am", raw).as_deref(), Ok(tenths), "{raw}");
    }
    for raw in ["正常", "36.5.1", "36,5,1", "3 6 . . 5", "36-37", "0x24", "-36.5"] {
        assert_eq!(read("temp_am", raw), Err(Flaw::Temp), "{raw}");
    }
    for raw in ["33.9", "43.1", "1,365", "3.65", "99", "336"] {
        assert_eq!(read("temp_am", raw), Err(Flaw::TempRange), "{raw}");
    }
    for raw in ["", " ", "—", "无", "/"] {
        assert_eq!(read("temp_am", raw).as_deref(), Ok(""), "{raw}");
    }
}

#[test]
fn days_are_read_as_sheets_spell_them() {
    for (raw, day) in [
        ("2020-02-10", "2020-02-10"),
        ("2020/2/10", "2020-02-10"),
        ("2020.2.10", "2020-02-10"),
        ("2020年2月10日", "2020-02-10"),
        ("20200210", "2020-02-10"),
        ("2020-02-10 00:00:00", "2020-02-10"),
        ("2020-02-10T08:30:00", "2020-02-10"),
        ("2月10日", "2020-02-10"),
        ("12月31日", "2019-12-31"),
        ("2/10", "2020-02-10"),
        ("4月17日", "2020-04-17"),
        ("9月1日", "2019-09-01"),
        ("43871", "2020-02-10"),
        ("２０２０－０２－１０", "2020-02-10"),
    ] {
        assert_eq!(read("left_on", raw).as_deref(), Ok(day), "{raw}");
    }
    for raw in ["2020-02-30", "2.10", "一月底", "2020", "3020-01-01", "2020-02-10左右"] {
        assert_eq!(read("left_on", raw), Err(Flaw::Date), "{raw}");
    }
    // Which year, when the nearest such day is months ahead, only the sender knows.
    for raw in ["4月18日", "8/1"] {
        assert_eq!(read("left_on", raw), Err(Flaw::Year), "{raw}");
    }
    assert_eq!(column("left_on", 3).field.read("2月10日", None), Err(Flaw::Year));
}

#[test]
fn yes_and_no_and_lists() {
    for raw in ["是", "1", "有", "√", "Yes", "TRUE", " 是 "] {
        assert_eq!(read("in_hubei", raw).as_deref(), Ok("1"), "{raw}");
    }
    for raw in ["否", "0", "无", "×", "没有", "FALSE"] {
        assert_eq!(read("in_hubei", raw).as_deref(), Ok("0"), "{raw}");
    }
    assert_eq!(read("in_hubei", "也许"), Err(Flaw::Bool));
    assert_eq!(read("status", "居家隔离").as_deref(), Ok("observing"));
    assert_eq!(read("status", "3").as_deref(), Ok("hospital"));
    assert_eq!(read("status", "normal").as_deref(), Ok("normal"));
    assert_eq!(read("status", "很好"), Err(Flaw::Code));
    assert_eq!(read("symptoms", "无").as_deref(), Ok("无"));
}

#[test]
fn a_form_may_turn_yes_and_no_round() {
    let form = Form::parse(
        "name='x'\nversion=1\nwhat='report'\n[[column]]\nfield='name'\nheaders=['姓名']\n\
         [[column]]\nfield='fever'\nheaders=['发热']\ntype='bool'\n[column.codes]\n1=['是','0']\n0=['否','1']\n",
    )
    .unwrap();
    assert_eq!(form.columns[1].field.read("0", None).as_deref(), Ok("1"));
    assert_eq!(form.columns[1].field.read("1", None).as_deref(), Ok("0"));
    assert_eq!(form.columns[1].field.read("√", None), Err(Flaw::Bool));
}

#[test]
fn telephone_cells_keep_every_number_that_can_be_dialled() {
    for (cell, kept) in [
        ("0532-85071234分机608", "0532-85071234-608"),
        ("0532-85071234转608", "0532-85071234-608"),
        ("0532-85071234轉608", "0532-85071234-608"),
        ("0532-85071234 ext.608", "0532-85071234-608"),
        ("0532-85071234x608", "0532-85071234-608"),
        ("0532-85071234*608", "0532-85071234-608"),
        ("0532-85071234#608", "0532-85071234-608"),
        ("0532-85071234内线608", "0532-85071234-608"),
        ("0532‐85071234−608", "0532-85071234-608"),
        ("内线608", "608"),
        ("85071234/5", "85071234/85071235"),
        ("0532-85071234/35", "0532-85071234/0532-85071235"),
        ("13905321111.0", "13905321111"),
        ("85071234.00", "85071234"),
        ("13905321111（父亲）", "13905321111（父亲）"),
        ("父：13905321111 母：13905322222", "父：13905321111 母：13905322222"),
        ("139 0532 1111(2)", "139 0532 1111(2)"),
        ("12345", "12345"),
        ("95588", "95588"),
        ("400-100-1234", "400-100-1234"),
        ("+852 6123 4567", "+85261234567"),
    ] {
        assert_eq!(read("phone", cell).as_deref(), Ok(kept), "{cell}");
    }
    for cell in ["电话", "-12-", "问本人", "3号楼201室", "123456789012345678901"] {
        assert_eq!(read("phone", cell), Err(Flaw::Phone), "{cell}");
    }
    assert_eq!(read("phone", "1.39053E+10"), Err(Flaw::Digits));
    assert_eq!(read("no", "20180012.00").as_deref(), Ok("20180012"));
    assert_eq!(read("no", "A12.5").as_deref(), Ok("A12.5"));
}

#[test]
fn numbers_phones_and_names_are_cleaned() {
    assert_eq!(read("no", "００１２３４").as_deref(), Ok("001234"));
    assert_eq!(read("no", "20180012.0").as_deref(), Ok("20180012"));
    assert_eq!(read("no", "4.4E+17"), Err(Flaw::Digits));
    assert_eq!(read("no", "张三"), Err(Flaw::No));
    assert_eq!(read("phone", "138-0013 5678").as_deref(), Ok("13800135678"));
    assert_eq!(read("phone", "+86 13800135678").as_deref(), Ok("13800135678"));
    assert_eq!(
        read("phone", "0532-66781234转801/13800135678").as_deref(),
        Ok("0532-66781234-801/13800135678")
    );
    assert_eq!(read("phone", "138-0013-5678").as_deref(), Ok("13800135678"));
    assert_eq!(read("phone", "（0532）6678－1234").as_deref(), Ok("0532-6678-1234"));
    assert_eq!(read("phone", "+86-532-66781234").as_deref(), Ok("532-66781234"));
    assert_eq!(read("phone", "-12-"), Err(Flaw::Phone));
    assert_eq!(read("phone", "电话"), Err(Flaw::Phone));
    assert_eq!(read("phone", "138****8001"), Err(Flaw::Phone), "the middle is hidden");
    assert_eq!(read("phone", "张强 138＊＊＊＊8001"), Err(Flaw::Phone));
    assert_eq!(read("phone", "*13800135678").as_deref(), Ok("13800135678"), "a star before it hides nothing");
    assert_eq!(read("name", "王　芳").as_deref(), Ok("王芳"));
    assert_eq!(read("name", "Anna  Schmidt").as_deref(), Ok("Anna Schmidt"));
    assert_eq!(read("name", "#N/A"), Err(Flaw::Formula));
    assert_eq!(read("address", "\u{fffd}\u{fffd}路"), Err(Flaw::Garbled));
    let roster = builtin("roster", 1).unwrap();
    let id = &roster.columns[roster.index_of("id_number").unwrap()];
    assert_eq!(id.field.read("37020219700101123x", None).as_deref(), Ok("37020219700101123X"));
    assert_eq!(id.field.read("3702021970010112", None), Err(Flaw::Id));
    assert_eq!(id.field.read("3.70202E+17", None), Err(Flaw::Digits));
    let units = builtin("units", 1).unwrap();
    let deadline = &units.columns[units.index_of("deadline").unwrap()];
    for raw in ["10:00", "10：00", "10:00:00", "1000", "10点", "10时"] {
        assert_eq!(deadline.field.read(raw, None).as_deref(), Ok("10:00"), "{raw}");
    }
    assert_eq!(deadline.field.read("上午", None), Err(Flaw::Time));
}

#[test]
fn a_bad_form_file_says_what_is_wrong() {
    let head = "name='x'\nversion=1\nwhat='roster'\n";
    let no = "[[column]]\nfield='no'\nheaders=['工号']\ntype='no'\n";
    let name = "[[column]]\nfield='name'\nheaders=['姓名']\n";
    let parse = |more: &str| {
        Form::parse(&format!("{head}{no}{name}{more}")).map(|_| ()).map_err(|fault| (fault.line, fault.wrong))
    };
    assert_eq!(parse(""), Ok(()));
    let twice = "[[column]]\nfield='phone'\nheaders=['姓 名']\ntype='phone'\n";
    assert_eq!(parse(twice), Err((13, FormError::HeaderTwice("姓 名".into()))));
    assert_eq!(parse(&no.replace("工号", "编号")), Err((12, FormError::FieldTwice("no".into()))));
    let unknown = "[[column]]\nfield='blood'\nheaders=['血型']\n";
    assert_eq!(parse(unknown), Err((12, FormError::UnknownField("blood".into()))));
    let kind = "[[column]]\nfield='kind'\nheaders=['类别']\ntype='code'\n[column.codes]\nwizard=['法师']\n";
    assert_eq!(parse(kind), Err((15, FormError::Codes("kind: wizard".into()))));
    let plain = "[[column]]\nfield='phone'\nheaders=['手机']\n";
    assert_eq!(parse(plain), Err((12, FormError::Type(Type::Phone))));
    let missing = Form::parse(&format!("{head}{name}")).map(|_| ()).unwrap_err();
    assert_eq!((missing.line, missing.wrong), (1, FormError::FieldMissing("no")));
    let syntax =
        |text: &str| matches!(Form::parse(text).map_err(|fault| fault.wrong), Err(FormError::Syntax(..)));
    assert!(syntax("name = 3") && syntax(&format!("{head}{no}colour='red'\n")));
}

#[test]
fn everything_that_is_wrong_is_told_with_its_line_and_field() {
    let text = "name = 'Own'\nversion = 1\nwhat = 'report'\nignore = ['姓名']\n\
                [[column]]\nfield = 'name'\nheaders = ['姓名']\n\
                [[column]]\nfield = 'fever'\nheaders = ['发热']\ntype = 'bool'\nlist = 'answers'\n\
                [[column]]\nfield = 'cough'\nheaders = ['咳嗽']\ntype = 'code'\n[column.codes]\na = ['1']\nb = ['1']\n\
                [[column]]\nfield = 'via_hubei'\nheaders = ['途经']\ntype = 'bool'\ndays = 0\n\
                [[column]]\nfield = 'colour'\nheaders = ['颜色']\nsame_as = 'colours'\n";
    let faults = Form::check(text).map(|_| ()).unwrap_err();
    let told: Vec<(usize, &str, FormError)> =
        faults.iter().map(|fault| (fault.line, fault.field.as_str(), fault.wrong.clone())).collect();
    assert_eq!(
        told,
        [
            (1, "", FormError::Name("Own-1".into())),
            (4, "", FormError::HeaderTwice("姓名".into())),
            (12, "fever", FormError::List("answers".into())),
            (17, "cough", FormError::SpellingTwice("cough: 1".into())),
            (24, "via_hubei", FormError::Span("0".into())),
            (28, "colour", FormError::SameAs("colours".into())),
        ]
    );
}

fn of(name: &str, version: u16, field: &str) -> Field {
    let form = builtin(name, version).unwrap();
    form.columns[form.index_of(field).unwrap()].field.clone()
}

#[test]
fn the_same_mark_means_what_its_form_says() {
    let day = NaiveDate::from_ymd_opt(2020, 2, 17);
    let read = |name: &str, version, field: &str, raw: &str| of(name, version, field).read(raw, day);
    // The number of an option in one, yes and no in the next.
    for (raw, one, two) in [("1", "0", "0"), ("2", "0", ""), ("3", "1", ""), ("5", "1", ""), ("0", "", "1")] {
        assert_eq!(read("checkin", 1, "fever", raw).unwrap_or_default(), one, "{raw}");
        assert_eq!(read("checkin", 2, "fever", raw).unwrap_or_default(), two, "{raw}");
    }
    for (form, version, zero) in [("return", 1, "1"), ("checkin", 1, "0"), ("checkin", 2, "1")] {
        assert_eq!(read(form, version, "met_case", "0").as_deref(), Ok(zero), "{form}-{version}");
        assert_eq!(read(form, version, "met_case", "是").as_deref(), Ok("1"), "{form}-{version}");
        // A number and a word that say different things are no answer.
        let both = if zero == "1" { "1是" } else { "0是" };
        assert_eq!(read(form, version, "met_case", both), Err(Flaw::Bool), "{form}-{version}");
    }
    assert_eq!(read("checkin", 1, "exam_result", "0.正常").as_deref(), Ok("normal"));
    assert_eq!(read("checkin", 1, "exam_result", "1.正常"), Err(Flaw::Code));
    assert_eq!(read("checkin", 1, "saw_doctor", "x").as_deref(), Ok(""), "no answer, by this form");
    assert_eq!(read("staff", 3, "saw_doctor", "x").as_deref(), Ok("0"));
    for raw in ["20200217", "2020-02-17", "2020/2/17"] {
        assert_eq!(read("checkin", 1, "day", raw).as_deref(), Ok("2020-02-17"), "{raw}");
    }
    assert_eq!(read("morning", 1, "symptoms", "咳嗽、1").as_deref(), Ok("发热,咳嗽"));
    assert_eq!(read("morning", 1, "symptoms", "无").as_deref(), Ok("无"));
    assert_eq!(read("morning", 1, "symptoms", "咳嗽、头晕"), Err(Flaw::Code));
    assert_eq!(of("return", 1, "via_hubei").span, Some(field::Span::Days(30)));
    assert_eq!(
        of("return", 1, "met_from_hubei").span,
        NaiveDate::from_ymd_opt(2020, 1, 1).map(field::Span::Since)
    );
}

#[test]
fn columns_that_say_the_same_are_set_against_each_other() {
    let form = builtin("rounds", 1).unwrap();
    let (code, words) = (form.index_of("round").unwrap(), form.index_of("round_words").unwrap());
    let row = |said: [&str; 2]| {
        let mut values = vec![String::new(); form.columns.len()];
        for (at, text) in [(code, said[0]), (words, said[1])] {
            values[at] = form.columns[at].field.read(text, None).unwrap();
        }
        let differ = form.agree(&mut values);
        (values[code].clone(), differ)
    };
    assert_eq!(row(["1", "早上"]), ("am".into(), vec![]));
    assert_eq!(row(["", "晚上"]), ("pm".into(), vec![]));
    assert_eq!(row(["2", ""]), ("noon".into(), vec![]));
    assert_eq!(row(["1", "中午"]), ("am".into(), vec![words]), "the two contradict");
    assert!(!form.rest_fields().contains(&"round_words"));
}

#[test]
fn private_columns_of_a_reading_are_known() {
    for version in 1..=3 {
        let form = builtin("staff", version).unwrap();
        let private: Vec<(&str, bool)> = form.rest_fields().into_iter().zip(form.rest_private()).collect();
        assert_eq!(form.rest_fields().len(), form.rest_private().len());
        let fields: Vec<&str> =
            private.iter().filter(|(_, private)| *private).map(|(field, _)| *field).collect();
        assert_eq!(fields, ["phone"], "staff-{version}");
    }
    let own = "name='x'\nversion=1\nwhat='report'\n[[column]]\nfield='name'\nheaders=['姓名']\n\
               [[column]]\nfield='room'\nheaders=['房间']\n\
               [[column]]\nfield='pass'\nheaders=['证件']\ntype='id'\n";
    assert_eq!(Form::parse(own).unwrap().rest_private(), [false, true]);
    // A private number cannot be declared as plain words.
    let plain = format!("{own}[[column]]\nfield='phone'\nheaders=['手机']\n");
    assert_eq!(
        Form::parse(&plain).map(|_| ()).map_err(|fault| fault.wrong),
        Err(FormError::Type(Type::Phone))
    );
}
