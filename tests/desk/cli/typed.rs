//! What is typed of a person: an identity number is looked at as a sheet's is.

use super::*;

/// What the office keeps of number 10001, whose numbers are shown for it.
fn kept(office: &Office) -> Value {
    let shown = office.at("11:00", &["show", "person", "10001", "--json", "--reveal", "核对"]).json();
    shown["id_number"].clone()
}

#[test]
fn an_identity_number_that_may_be_a_slip_is_asked_about_and_kept_as_a_sheets_is() {
    let office = Office::new();
    let edit = ["edit", "person", "10001", "--told-by", "本人", "--id-number"];
    let typed = |lang: &str, number: &str| {
        office.at("10:00", &[&["--lang", lang], &edit[..], &[number]].concat()).refused()
    };
    let slip = typed("zh", "370202197001011230");
    assert!(slip.contains("370202197001011230 的校验码或出生日期不对") && slip.contains("--sure"), "{slip}");
    let slip = typed("en", "37020219700230123X");
    assert!(
        slip.contains("check digit or the day of birth does not fit") && slip.contains("--sure"),
        "{slip}"
    );
    let none = typed("zh", "3702021970010112");
    assert!(none.contains("“3702021970010112”不是身份证号：应为 18 位"), "{none}");
    assert_eq!(kept(&office), json!(""), "nothing went in");
    // However it is written it is one number, as in sheets; a permit and a passport have no check digit.
    for (number, is) in [
        ("370202-19700101-1238", "370202197001011238"),
        ("11010519491231002ⅹ", "11010519491231002X"),
        ("H12345678(01)", "H1234567801"),
        ("e12345678", "E12345678"),
    ] {
        office.at("10:05", &[&edit[..], &[number]].concat()).done();
        assert_eq!(kept(&office), json!(is), "{number}");
    }
    // What the document really says goes in when it is said so, and with no mistakable word.
    office.at("10:10", &[&edit[..], &["370202197001011230", "--sure"]].concat()).done();
    assert_eq!(kept(&office), json!("370202197001011230"));
    let none = office.at("10:10", &[&edit[..], &["3702021970010112", "--sure"]].concat()).refused();
    assert!(none.contains("不是身份证号"), "{none}");
    let add = ["add", "person", "10009", "--name", "甲", "--unit", "U01", "--told-by", "本人"];
    let add = office.at("10:15", &[&add[..], &["--id-number", "370202197001011230"]].concat()).refused();
    assert!(add.contains("校验码"), "{add}");
    // Taken away it is empty.
    office.at("10:20", &[&edit[..], &[""]].concat()).done();
    assert_eq!(kept(&office), json!(""));
}

#[test]
fn telephones_are_kept_as_a_sheets_are_and_numbers_are_found_however_x_is_written() {
    let office = Office::new();
    let edit = ["edit", "person", "10001", "--told-by", "本人"];
    for field in ["phone", "family-phone"] {
        let option = format!("--{field}");
        let typed = |number: &str| office.at("10:00", &[&edit[..], &[&option, number]].concat());
        for (number, is) in [
            ("０１３９０５３２７７７７", "013905327777"),
            ("+86 139 0532 8888", "13905328888"),
            ("139.0532.0002", "13905320002"),
            ("'13905320004", "13905320004"),
            ("13905320003.0", "13905320003"),
            ("0532-85071299分机608", "0532-85071299-608"),
            ("13905320001（父亲）", "13905320001（父亲）"),
            ("12345", "12345"),
            ("", ""),
        ] {
            typed(number).done();
            let shown = office.at("11:00", &["show", "person", "10001", "--json", "--reveal", "核对"]).json();
            assert_eq!(shown[field.replace('-', "_")], is, "{number}");
        }
        let refused = typed("问辅导员").refused();
        assert!(refused.contains("“问辅导员”不是电话号码"), "{refused}");
    }
    office.at("10:10", &[&edit[..], &["--id-number", "11010519491231002X"]].concat()).done();
    for end in ["1002X", "1002x", "1002Ⅹ", "1002ⅹ", "1002Ｘ", "１００２×", "11010519491231002Ⅹ"] {
        assert!(office.at("10:20", &["find", end]).done().contains("10001"), "{end}");
    }
}

#[test]
fn help_speaks_of_the_command_it_stands_under() {
    let office = Office::new();
    let help = |lang: &str, args: &[&str]| {
        let all = [&["--lang", lang], args, &["--help"]].concat();
        zhiban(office.folder.path(), &all, "").done()
    };
    let line = |lang: &str, args: &[&str], what: &str| {
        let text = help(lang, args);
        let line = text.lines().find(|line| line.trim_start().starts_with(what)).map(str::to_owned);
        line.unwrap_or_else(|| panic!("no {what}: {text}"))
    };
    // The number of who is erased is no new number, nor is the code of a new unit a name.
    for (lang, no, new, code, name) in [
        ("en", "Staff or student number", "A new number", "The new unit's code", "Name"),
        ("zh", "工号或学号", "新的编号", "新单位的代码", "姓名"),
    ] {
        assert!(line(lang, &["erase", "person"], "<NO>").ends_with(no));
        assert!(line(lang, &["add", "person"], "<NO>").ends_with(no));
        assert!(line(lang, &["edit", "person"], "--no").ends_with(new));
        assert!(line(lang, &["add", "unit"], "<UNIT>").ends_with(code));
        assert!(line(lang, &["add", "person"], "--name").ends_with(&format!(" {name}")));
    }
    assert!(line("zh", &["edit", "unit"], "--name").ends_with(" 名称"));
    assert!(line("zh", &["officer", "pin"], "--remove").contains("带班领导"));
    // Whose PIN it is depends on what is shown.
    assert!(!line("zh", &["list"], "--stdin").contains("批准人"));
}
