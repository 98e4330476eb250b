//! Several lists in one sheet: each is read by its own headers, and what no list has is named.

use super::made::{Book, row};
use super::*;

type Temps = Vec<(Option<i16>, Option<i16>)>;

fn temps(plan: &ImportPlan) -> Temps {
    plan.import.readings.iter().map(|reading| (reading.temp_am, reading.temp_pm)).collect()
}

fn said(plan: &ImportPlan, words: &str) -> bool {
    plan.warnings.iter().any(|warning| warning.zh.contains(words))
}

fn told(plan: &ImportPlan) -> Vec<&str> {
    plan.warnings.iter().map(|warning| warning.zh.as_str()).collect()
}

#[test]
fn a_narrow_list_above_a_wider_one_is_read_too() {
    let mut office = Office::new();
    let text = "工号,姓名,上午体温\n001203,赵敏,38.9\n\n工号,姓名,上午体温,下午体温,当前状态\n20180001,王芳,36.5,36.6,正常\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!(
        (temps(&plan), rejected(&plan)),
        (vec![(Some(389), None), (Some(365), Some(366))], vec![]),
        "{:?}",
        told(&plan)
    );
}

#[test]
fn headers_again_in_other_words_and_another_order_are_headers() {
    let mut office = Office::new();
    let first = "工号,姓名,上午体温,下午体温\n001203,赵敏,36.5,36.6\n";
    for again in [
        "姓名,职工号,傍晚体温,晨间体温",
        "名字,编号,下午体温,上午体温",
        "Name,Staff number,Afternoon temperature,Morning temperature",
    ] {
        let text = format!("{first}{again}\n王芳,20180001,38.9,36.7\n");
        let Ok(plan) = ({
            let path = office.file("a.csv", &text);
            office.read(&path, What::Report, &usual())
        }) else {
            panic!("{again}")
        };
        let second = temps(&plan).get(1).copied();
        // Read by the new order, or named as not read: never a fever of the evening as one of the morning.
        assert!(
            second == Some((Some(367), Some(389)))
                || second.is_none() && plan.warnings.iter().any(|w| w.zh.contains("未读取"))
                || second.is_none() && rejected(&plan).iter().any(|(row, ..)| *row == 4),
            "{again}: {second:?} {:?} {:?}",
            told(&plan),
            rejected(&plan)
        );
    }
    let text = format!(
        "{first}Name,Staff number,Afternoon temperature,Morning temperature\n王芳,20180001,38.9,36.7\n"
    );
    assert_eq!(temps(&office.plan("b.csv", &text, What::Report))[1], (Some(367), Some(389)));
}

#[test]
fn below_headers_that_are_not_the_forms_nothing_is_read() {
    let mut office = Office::new();
    let text = "工号,姓名,上午体温\n001203,赵敏,36.5\n姓名,手机\n王芳,13800000001\n李强,13800000002\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!((plan.accepted, rejected(&plan)), (1, vec![]));
    assert!(said(&plan, "第 3–5 行不在任何一张表的表头之下"), "{:?}", told(&plan));
}

#[test]
fn headers_again_are_seen_however_much_of_the_units_own_stands_beside_them() {
    let mut office = Office::new();
    let text = "工号,姓名,上午体温,下午体温,测量部位,症状\n001203,赵敏,36.5,36.6,腋温,无\n\
                工号,姓名,下午体温,上午体温,床号,楼栋,楼层,宿舍长,辅导员,值班,备用\n\
                20180001,王芳,39.1,36.2,3,竹园,2,无,无,无,无\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!(temps(&plan), [(Some(365), Some(366)), (Some(362), Some(391))], "{:?}", told(&plan));
    assert_eq!(rejected(&plan), vec![]);
    // A date among the heads hides none of the others.
    let rows = [
        row(1, &["工号", "姓名", "上午体温", "下午体温"]),
        row(2, &["001203", "赵敏", "36.5", "36.6"]),
        "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>工号</t></is></c><c r=\"B3\" t=\"inlineStr\"><is><t>姓名</t></is></c>\
         <c r=\"C3\" t=\"inlineStr\"><is><t>下午体温</t></is></c><c r=\"D3\" t=\"inlineStr\"><is><t>上午体温</t></is></c>\
         <c r=\"E3\" s=\"1\"><v>43878</v></c></row>"
            .to_owned(),
        row(4, &["20180001", "王芳", "39.1", "36.2"]),
    ]
    .concat();
    let plan = office.plan("a.xlsx", Book { rows: &rows, ..Book::PLAIN }.bytes(), What::Report);
    assert_eq!(temps(&plan), [(Some(365), Some(366)), (Some(362), Some(391))], "{:?}", told(&plan));
}

#[test]
fn the_rows_of_another_day_further_down_are_not_the_reports() {
    let mut office = Office::new();
    let text = "工号,姓名,2月17日上午体温\n001203,赵敏,36.5\n\
                工号,姓名,2月18日上午体温,2月18日下午体温,2月18日测量部位,2月18日症状,2月18日备注\n\
                20180001,王芳,39.1,39.2,腋温,发热,无\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!(temps(&plan), [(Some(365), None)], "{:?}", told(&plan));
    assert!(said(&plan, "第 3–4 行"), "{:?}", told(&plan));
}

#[test]
fn headers_of_two_rows_stand_again_below() {
    let mut office = Office::new();
    let rows = [
        row(1, &["工号", "姓名", "体温", "", "当前状态"]),
        row(2, &["", "", "上午", "下午"]),
        row(3, &["001203", "赵敏", "36.5", "36.6", "正常"]),
        row(4, &["姓名", "体温", "", "工号"]),
        row(5, &["", "下午", "上午"]),
        row(6, &["王芳", "38.9", "36.7", "20180001"]),
    ]
    .concat();
    let merged = "<mergeCells><mergeCell ref=\"C1:D1\"/><mergeCell ref=\"B4:C4\"/></mergeCells>";
    let plan =
        office.plan("a.xlsx", Book { rows: &rows, behind: merged, ..Book::PLAIN }.bytes(), What::Report);
    assert_eq!(
        (temps(&plan), rejected(&plan)),
        (vec![(Some(365), Some(366)), (Some(367), Some(389))], vec![]),
        "{:?}",
        told(&plan)
    );
}

#[test]
fn a_running_number_goes_on_below_headers_repeated() {
    let mut office = Office::new();
    let head = "No,Name,Unit,Sex\n";
    for second in [["3", "4"], ["1", "2"]] {
        let text = format!(
            "{head}1,Ann Lee,文学院,F\n2,Bob Tan,文学院,M\n{head}{},Cy Wu,文学院,M\n{},Di Xu,文学院,F\n",
            second[0], second[1]
        );
        let path = office.file("a.csv", &text);
        assert!(office.read(&path, What::Roster, &usual()).is_err(), "nobody is number 1: {second:?}");
    }
    let text = format!(
        "{head}101,Ann Lee,文学院,F\n102,Bob Tan,文学院,M\n{head}1,Cy Wu,文学院,M\n2,Di Xu,文学院,F\n"
    );
    let plan = office.plan("b.csv", &text, What::Roster);
    let numbers: Vec<&str> = plan.import.roster.iter().map(|person| person.no.as_str()).collect();
    assert_eq!(numbers, ["101", "102", "1", "2"], "one or the other in the whole sheet");
}

#[test]
fn two_numbers_around_a_name_are_of_one_person() {
    let mut office = Office::new();
    let plan = office.plan("a.csv", "学号,姓名,工号,上午体温\n20180001,王芳,9,36.5\n", What::Report);
    assert_eq!((temps(&plan), rejected(&plan)), (vec![(Some(365), None)], vec![]));
    assert!(said(&plan, "「工号」与前面的列重复"), "{:?}", told(&plan));
    // Lists side by side are lists still.
    let text = "学号,姓名,上午体温,学号,姓名,上午体温\n20180001,王芳,36.5,20180002,李强,36.6\n";
    assert_eq!(temps(&office.plan("b.csv", text, What::Report)).len(), 2);
}

#[test]
fn who_has_not_answered_yet_is_not_refused() {
    let mut office = Office::new();
    let options = Options { round: Round("am".into()), ..usual() };
    let text = "测温日期,时段代码,学号,姓名,体温,测量部位\n2020-02-17,早上,20180001,王芳,36.5,腋温\n2020-02-17,,20180002,李强,,\n2020-02-17,,001203,赵敏,37.0,\n";
    let path = office.file("a.csv", text);
    let plan = office.read(&path, What::Report, &options).unwrap();
    assert_eq!((plan.accepted, plan.unanswered), (1, 1), "{:?}", told(&plan));
    // Who has answered, and not said of which round, is asked still.
    assert_eq!(rejected(&plan), [(4, "时段代码", "missing")]);
}

#[test]
fn merged_cells_end_with_the_sheet_and_those_left_out_are_named() {
    let mut office = Office::new();
    let rows = [
        row(1, &["单位", "工号", "姓名", "性别"]),
        row(2, &["计算机学院", "20200001", "周一", "男"]),
        row(3, &["", "20200002", "周二", "女"]),
        row(4, &["", "20200003", "周三", ""]),
    ]
    .concat();
    let merged = "<mergeCells><mergeCell ref=\"A2:A1048576\"/><mergeCell ref=\"D3:D4\"/></mergeCells>";
    let bytes = Book { rows: &rows, behind: merged, ..Book::PLAIN }.bytes();
    let path = office.file("a.xlsx", &bytes);
    let mut within = |filled: u64| {
        let limits = zhiban::intake::cells::Limits { filled, ..zhiban::intake::cells::Limits::MOST };
        office.read(&path, What::Roster, &Options { limits, ..usual() }).unwrap()
    };
    let plan = within(100);
    assert!(said(&plan, "「单位」有合并单元格，已填入第 3–4 行"), "{:?}", told(&plan));
    // The large one does not fit, the small one behind it does.
    let plan = within(1);
    assert!(said(&plan, "合并单元格太多") || said(&plan, "合并的单元格太多"), "{:?}", told(&plan));
    let plan = within(2);
    assert!(said(&plan, "「性别」合并的单元格太多，第 4 行没有填入"), "{:?}", told(&plan));
}
