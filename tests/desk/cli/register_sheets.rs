//! Sheets of registers as they really come: what nobody sees in them, what is merged, and days as spreadsheet programs leave
//! them. What reports are guarded against, registers are too.

use super::Office;
use crate::intake::made::{Book, row};

const HEAD: [&str; 5] = ["物资", "库房", "出入", "数量", "有效期"];

/// What stands in a field of each entry, in the order of the items' codes.
fn values(office: &Office, field: &str) -> Vec<(String, String)> {
    let list = office.at("12:00", &["ledger", "list", "supplies", "--json"]).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut out: Vec<_> = list["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (text(&entry["values"]["item"]), text(&entry["values"][field])))
        .collect();
    out.sort();
    out
}

#[test]
fn what_is_merged_or_hidden_in_a_register_is_named() {
    let office = Office::new();
    let rows = [
        row(1, &HEAD),
        row(2, &["口罩", "南库", "入库", "5"]),
        row(3, &["喷雾器", "", "入库", "3"]).replace("<row ", "<row hidden=\"1\" "),
        row(4, &["消毒液", "总库", "入库", "<c><v>7</v></c>"]),
        row(5, &["体温计", "总库", "入库"]),
    ]
    .concat();
    let behind = "<mergeCells><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"D4:D5\"/></mergeCells>";
    let before = "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>";
    std::fs::write(office.path("a.xlsx"), Book { rows: &rows, before, behind, ..Book::PLAIN }.bytes())
        .unwrap();
    let said = office.at("09:00", &["ledger", "import", "supplies", "a.xlsx"]).refused();
    assert!(
        said.contains("第 5 行 数量：") && said.contains("合并单元格") && said.contains("错误 1 处"),
        "{said}"
    );
    let args = ["ledger", "import", "supplies", "a.xlsx", "--skip-wrong", "--json"];
    let made = office.at("09:01", &args).json()["warnings"].to_string();
    for words in ["第 3 行被发表人隐藏了", "「库房」有合并单元格，已填入第 3 行", "隐藏的列也已读取：库房"]
    {
        assert!(made.contains(words), "{words}: {made}");
    }
    let pair = |item: &str, place: &str| (item.to_owned(), place.to_owned());
    assert_eq!(
        values(&office, "place"),
        [pair("disinfectant", "总库"), pair("mask", "南库"), pair("sprayer", "南库")]
    );
}

#[test]
fn days_of_a_register_are_counted_from_the_workbooks_own_first_one() {
    let office = Office::new();
    let rows = [
        row(1, &HEAD),
        row(2, &["口罩", "总库", "入库", "5", "<c><v>42409</v></c>"]),
        row(3, &["喷雾器", "总库", "入库", "5", "<c s=\"1\"><v>42414</v></c>"]),
        row(4, &["消毒液", "总库", "入库", "5", "2020-02-09T16:00:00.000Z"]),
    ]
    .concat();
    let book =
        Book { rows: &rows, whole: "<workbookPr date1904=\"1\"/>", formats: &["yyyy-mm-dd"], ..Book::PLAIN };
    std::fs::write(office.path("a.xlsx"), book.bytes()).unwrap();
    office.at("09:00", &["ledger", "import", "supplies", "a.xlsx"]).done();
    let pair = |item: &str, day: &str| (item.to_owned(), day.to_owned());
    assert_eq!(
        values(&office, "expires"),
        [pair("disinfectant", "2020-02-10"), pair("mask", "2020-02-10"), pair("sprayer", "2020-02-15")]
    );
}

#[test]
fn days_of_a_register_that_a_program_put_back_or_did_not_calculate_are_asked_about() {
    let office = Office::new();
    let put_back = "物资,出入,数量,有效期\n口罩,入库,5,2020-02-09 16:00:00\n喷雾器,入库,5,2020-02-14 15:59:17\n消毒液,入库,5,\n";
    office.file("a.csv", put_back);
    let said = office.at("09:00", &["ledger", "import", "supplies", "a.csv"]).refused();
    assert!(said.contains("第 2 行 有效期：") && said.contains("第 3 行 有效期："), "{said}");
    assert!(said.contains("错误 2 处"), "{said}");
    // Times of the day that somebody typed are none of those.
    office.file("b.csv", &put_back.replace("15:59:17", "09:30"));
    office.at("09:01", &["ledger", "import", "supplies", "b.csv"]).done();
    let office = Office::new();
    let rows = [
        row(1, &HEAD),
        row(2, &["口罩", "总库", "入库", "5", "<c><f>A1</f></c>"]),
        row(3, &["喷雾器", "<c s=\"1\"><v>43892</v></c>", "入库", "5", "2020-02-15"]),
    ]
    .concat();
    let book = Book { rows: &rows, formats: &["yyyy-mm-dd"], ..Book::PLAIN };
    std::fs::write(office.path("c.xlsx"), book.bytes()).unwrap();
    let said = office.at("09:02", &["ledger", "import", "supplies", "c.xlsx"]).refused();
    assert!(said.contains("第 2 行 有效期：") && said.contains("第 3 行 库房："), "{said}");
}

#[test]
fn every_list_of_a_register_is_read_by_its_own_headers() {
    let office = Office::new();
    // A narrow list above, the headers again in another order and other words, and some that are nobody's.
    let text = "物资,出入,数量\n口罩,入库,5\n物资,库房,出入,数量,有效期\n喷雾器,南库,入库,3,2021-02-01\n\
                Quantity,Movement,Item,Store\n7,入库,消毒液,北库\n物资,库房,出入\n体温计,南库,入库\n";
    office.file("a.csv", text);
    let args = ["ledger", "import", "supplies", "a.csv", "--json"];
    let made = office.at("09:00", &args).json()["warnings"].to_string();
    assert!(made.contains("第 7–8 行不在任何一张表的表头之下"), "{made}");
    let pair = |item: &str, said: &str| (item.to_owned(), said.to_owned());
    assert_eq!(
        values(&office, "place"),
        [pair("disinfectant", "北库"), pair("mask", "总库"), pair("sprayer", "南库")]
    );
    let list = office.at("12:00", &["ledger", "list", "supplies", "--json"]).json();
    let counts: Vec<String> = list["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["values"]["quantity"].to_string())
        .collect();
    assert_eq!(counts.iter().filter(|count| count.contains('7')).count(), 1, "{counts:?}");
}
