//! Sheets of registers: what is wrong with one is told whole, and what goes out comes in again.

use super::{Office, Value, json};

/// What is written into each ledger that comes with the program: every type of field, links, lines, people of one name.
const ENTRIES: &[(&str, &[&str], &[&str])] = &[
    ("places", &["name=南门", "class=重点", "unit=土木", "who=老李"], &[]),
    ("places", &["name=西楼 101", "class=room"], &[]),
    ("disinfection", &["place=南门", "agent=过氧乙酸", "by=王师傅", "photo=南门.jpg", "litres=5"], &[]),
    ("ventilation", &["place=西楼 101", "from=08:00", "to=08:45"], &[]),
    ("supplies", &["item=口罩", "move=盘点", "quantity=500"], &[]),
    ("supplies", &["item=口罩", "move=出库", "quantity=200", "unit=土木"], &[]),
    ("supplies", &["item=口罩", "move=入库", "quantity=50", "expires=2021-02-01", "slip==甲-1"], &[]),
    ("supplies", &["item=护目镜", "place=二库", "move=入库", "quantity=7"], &[]),
    (
        "inspections",
        &["unit=土木", "inspectors=校防控办"],
        &["finding=无测温,mend_by=2020-02-19", "finding=无登记，也无消毒"],
    ),
    ("inspections", &["unit=土木", "inspectors=督查组"], &["finding=门未关"]),
    ("notices", &["number=〔2020〕7 号", "subject=返校", "paper=7.pdf", "reply_by=2020-02-18 12:00"], &[]),
    ("absence", &["person=20001", "since=2020-02-16", "symptoms=发热、咳嗽", "certificate=a.pdf"], &[]),
    ("absence", &["person=20002", "since=2020-02-16", "symptoms=腹泻"], &[]),
    ("meetings", &["subject=例会", "at=2020-02-16 15:00"], &["decision=补测温枪,unit=土木,by=2020-02-20"]),
    ("returns", &["batch=1", "day=2020-03-01"], &["person=20002", "person=20001", "person=10003"]),
    ("gate", &["at=2020-02-17 07:40", "way=进", "person=20002", "temperature=37.6"], &[]),
    ("gate", &["at=2020-02-17 07:41", "way=out", "visitor=-送货"], &[]),
    ("duty-roster", &["day=2020-02-18", "post=值班员", "who=周航"], &[]),
    ("duty-roster", &["day=2020-02-18", "post=带班领导", "who=林岚"], &[]),
];

/// The ledgers in an order in which what is pointed at comes first.
const LEDGERS: &[&str] = &[
    "places",
    "disinfection",
    "ventilation",
    "supplies",
    "inspections",
    "notices",
    "absence",
    "meetings",
    "returns",
    "gate",
    "duty-roster",
];

/// What the entries of a ledger say, with their lines, names for what they point at.
fn said(office: &Office, ledger: &str) -> Vec<Value> {
    let plain = |entry: &Value| {
        let mut values = entry["values"].clone();
        for (name, called) in entry["names"].as_object().unwrap() {
            values[name] = json!([called, if name == "person" { &entry["subject"] } else { &Value::Null }]);
        }
        values
    };
    let list = office.at("12:00", &["ledger", "list", ledger, "--json"]).json();
    let mut all = Vec::new();
    for entry in list["entries"].as_array().unwrap() {
        let shown = office.at("12:00", &["ledger", "show", entry["id"].as_str().unwrap(), "--json"]).json();
        let mut others: Vec<Value> = shown["others"].as_array().unwrap().iter().map(plain).collect();
        others.push(plain(&shown["entry"]));
        others.sort_by_key(Value::to_string);
        let lines: Vec<Value> = shown["lines"].as_array().unwrap().iter().map(plain).collect();
        all.push(json!([others, lines, entry["balance"]]));
    }
    all.sort_by_key(Value::to_string);
    all
}

#[test]
fn what_goes_out_of_a_ledger_comes_in_again_in_another_office() {
    for lang in ["zh", "en"] {
        let office = Office::new();
        office.file(
            "more.csv",
            "工号,姓名,单位,手机,人员类别\n10001,张伟,土木工程学院,19900001234,教职工\n\
             10002,单晓,土木工程学院,19900005678,教职工\n10003,欧阳娜,机械工程学院,19900009999,博士生\n20001,张伟,土木工程学院,19900001111,本科生\n20002,张伟,机械工程学院,19900002222,本科生\n",
        );
        office.at("08:30", &["import", "roster", "more.csv", "--yes"]).done();
        let other = Office { folder: tempfile::tempdir().unwrap() };
        std::fs::copy(office.path("office.db"), other.path("office.db")).unwrap();
        other.at("08:40", &["desk", "new"]).done();
        for (n, (ledger, values, lines)) in ENTRIES.iter().enumerate() {
            let lines: Vec<&str> = lines.iter().flat_map(|line| ["--line", line]).collect();
            let add = [&["ledger", "add", ledger], *values, &lines].concat();
            office.at(&format!("09:{n:02}"), &add).done();
        }
        let shipped: Vec<&str> = LEDGERS.to_vec();
        let all = office.at("10:00", &["ledger", "list", "--json"]).json();
        assert_eq!(all.as_array().unwrap().len(), shipped.len(), "a ledger is missing here");
        for (n, ledger) in shipped.iter().enumerate() {
            let file = format!("{ledger}.xlsx");
            office.at("10:01", &["--lang", lang, "ledger", "export", ledger, "--xlsx", &file]).done();
            std::fs::copy(office.path(&file), other.path(&file)).unwrap();
            let time = format!("11:{n:02}");
            let back = other.at(&time, &["--lang", lang, "ledger", "import", ledger, &file, "--json"]);
            let told = format!("{}{}", back.out, back.err);
            assert_eq!(back.code, 0, "{ledger}: {told}");
            assert_eq!(said(&other, ledger), said(&office, ledger), "{ledger}: {told}");
        }
        assert_eq!(other.at("12:00", &["check"]).code, 0);
    }
}

#[test]
fn everything_that_is_wrong_with_a_row_is_told_once_and_with_a_way_out() {
    let office = Office::new();
    let told = |lang: &str, ledger: &str, text: &str| {
        office.file("s.csv", text);
        office.at("09:00", &["--lang", lang, "ledger", "import", ledger, "s.csv"]).refused()
    };
    let wrong = "物资,出入,数量,有效期\n口罩,进货,x,2020-13-01\n口罩,出库,-3,2020-05-01\n";
    let zh = told("zh", "supplies", wrong);
    for said in ["第 2 行 出入：", "第 2 行 数量：", "第 2 行 有效期：", "第 3 行 数量：", "第 3 行 有效期："]
    {
        assert_eq!(zh.matches(said).count(), 1, "{said}: {zh}");
    }
    assert!(!zh.contains("数量：数量") && !zh.contains("出入：出入"), "{zh}");
    assert!(zh.contains("错误 5 处"), "{zh}");
    let en = told("en", "supplies", "Item,Movement,Quantity\nmask,in,-3\n");
    assert!(en.contains("row 2 Quantity: must be 0 at least"), "{en}");
    // Without headers, or with those of something else: what there is to do about it can be done.
    for text in ["口罩,入库,3\n", "a,b\n1,2\n"] {
        let (zh, en) = (told("zh", "supplies", text), told("en", "supplies", text));
        assert!(zh.contains("物资、出入、数量") && zh.contains("zhiban ledger check supplies"), "{zh}");
        assert!(en.contains("Item, Movement, Quantity") && en.contains("ledger check supplies"), "{en}");
        assert!(!zh.contains("--form") && !en.contains("--blank"), "{zh}{en}");
    }
    let none = told("zh", "supplies", "物资,出入,数量\n");
    assert!(none.contains("没有数据行") && !none.contains("--zero"), "{none}");
    assert!(office.at("09:01", &["ledger", "list", "supplies", "--json"]).json()["entries"] == json!([]));
}

#[test]
fn the_number_of_a_person_says_who_is_meant_and_has_to_fit_the_name() {
    let office = Office::new();
    office.file(
        "g.csv",
        "时间,进出,姓名,学号\n2020-02-17 08:00,进,张伟,10001\n2020-02-17 08:01,进,单晓,10001\n",
    );
    let told = office.at("09:00", &["--lang", "en", "ledger", "import", "gate", "g.csv"]).refused();
    assert!(told.contains("row 3 学号: the person with number 10001 is not called \"单晓\""), "{told}");
    assert!(!told.contains("row 2"), "{told}");
    office.at("09:01", &["ledger", "import", "gate", "g.csv", "--skip-wrong"]).done();
    let all = office.at("09:02", &["ledger", "list", "gate", "--json"]).json();
    assert_eq!(all["entries"][0]["subject"], "person:10001");
}

#[test]
fn lines_belong_to_the_entry_they_name_and_an_entry_is_taken_with_all_of_them_or_not() {
    let office = Office::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut sheet = |name: &str, rows: &[&[&str]]| {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (col, text) in cells.iter().enumerate() {
                sheet.write_string(row as u32, col as u16, *text).unwrap();
            }
        }
    };
    sheet("会议", &[&["议题", "时间"], &["甲", "2020-02-16 15:00"], &["乙", "2020-02-16 16:00"]]);
    sheet(
        "事项",
        &[
            &["议题", "事项", "责任单位", "期限"],
            &["甲", "补测温枪", "土木", "2020-02-20"],
            &["", "补口罩", "机械", "2020-02-20"],
            &["乙", "补酒精", "土木", "2020-02-01"],
            &["丙", "补手套", "土木", "2020-02-20"],
        ],
    );
    book.save(office.path("m.xlsx")).unwrap();
    let args = ["--lang", "zh", "ledger", "import", "meetings", "m.xlsx"];
    let told = office.at("09:00", &args).refused();
    assert!(told.contains("事项 第 4 行 期限：不早于开会那天"), "{told}");
    assert!(told.contains("事项 第 5 行") && told.contains("在这份文件里找不到它所属的记录"), "{told}");
    assert!(told.contains("会议 第 3 行") && told.contains("它的明细行有错"), "{told}");
    office.at("09:01", &[&args[..], &["--skip-wrong"]].concat()).done();
    let all = office.at("09:02", &["ledger", "list", "meetings", "--json"]).json();
    assert_eq!(all["entries"].as_array().unwrap().len(), 1, "{all}");
    let id = all["entries"][0]["id"].as_str().unwrap();
    let shown = office.at("09:03", &["ledger", "show", id, "--json"]).json();
    assert_eq!(shown["lines"].as_array().unwrap().len(), 2, "{shown}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_sheet_is_read_when_the_program_was_replaced_meanwhile() {
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new();
    office.file("p.csv", "区域,类别\n南门,重点\n");
    let copy = office.path("old-zhiban");
    std::fs::copy(env!("CARGO_BIN_EXE_zhiban"), &copy).unwrap();
    std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o755)).unwrap();
    let open = std::fs::File::open(&copy).unwrap();
    std::fs::remove_file(&copy).unwrap();
    // What runs is a file that is not there any longer.
    let program = format!("/proc/{}/fd/{}", std::process::id(), open.as_raw_fd());
    let args =
        ["--db", "office.db", "--now", "2020-02-17T09:00:00+08:00", "ledger", "import", "places", "p.csv"];
    let mut command = std::process::Command::new(program);
    command.current_dir(office.folder.path()).args(args).env("ZHIBAN_STATE_DIR", office.path("heads"));
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
