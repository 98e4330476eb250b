//! Sheets as units really send them: a cell is read right, or named as not read.

use super::made::{Book, old_book, old_number, old_text, record, relations, row, zipped};
use super::*;

const HEAD: [&str; 5] = ["工号", "姓名", "上午体温", "离开日期", "返回日期"];

/// A report of one sheet.
fn book(rows: &[&[&str]]) -> Vec<u8> {
    let rows: String = (rows.iter().zip(2..)).map(|(cells, number)| row(number, cells)).collect();
    let rows = format!("{}{rows}", row(1, &HEAD));
    Book { rows: &rows, formats: &["yyyy-mm-dd", "000000", "&quot;2018&quot;0000"], ..Book::PLAIN }.bytes()
}

fn said(plan: &ImportPlan, words: &str) -> bool {
    plan.warnings.iter().any(|warning| warning.zh.contains(words))
}

fn temps(plan: &ImportPlan) -> Vec<(Option<i16>, Option<i16>)> {
    plan.import.readings.iter().map(|reading| (reading.temp_am, reading.temp_pm)).collect()
}

#[test]
fn strange_cells_of_a_workbook_cost_a_cell_and_no_more() {
    let mut office = Office::new();
    let bytes = book(&[
        &["001203", "<c t=\"str\"><v><![CDATA[赵敏]]></v></c>", "<c t=\"N\"><v><![CDATA[36.5]]></v></c>"],
        &["20180001", "王芳", "<c t=\"e\"><v>#STRANGE!</v></c>"],
        &["20180002", "李强", "<c t=\"n\"><v>36.6℃</v></c>", "<c t=\"d\"><v>2020-02-10T00:00:00Z</v></c>"],
        &["20190001", "钱进", "<c><f>ROUND(38.94,1)</f></c>", "<c s=\"1\"><f>DATE(2020,2,10)</f><v></v></c>"],
    ]);
    let plan = office.plan("日报.xlsx", &bytes, What::Report);
    assert_eq!(
        rejected(&plan),
        [(3, "上午体温", "formula-error"), (5, "离开日期", "formula-not-calculated")]
    );
    assert_eq!(temps(&plan), [(Some(365), None), (Some(366), None)]);
    assert!(plan.import.readings[1].rest.contains(&"2020-02-10".to_owned()));
}

#[test]
fn a_workbook_is_found_whatever_its_parts_are_called() {
    let rows = [
        row(1, &HEAD),
        row(2, &["<c t=\"s\"><v>0</v></c>", "<c t=\"s\"><v>1</v></c>", "<c><v>36.5</v></c>"]),
    ]
    .concat();
    let main = "<workbook xmlns:x=\"r\"><sheets><sheet name=\"a\" x:id=\"rId1\"/></sheets></workbook>";
    let texts =
        "<sst><si><t>001203</t></si><si><r><t>赵</t></r><r><t>敏</t></r><rPh><t>zhao</t></rPh></si></sst>";
    for dimension in ["<dimension ref=\"A0:E4\"/>", "<dimension/>", "<dimension ref=\"\"/>", ""] {
        let sheet = format!("<worksheet>{dimension}<sheetData>{rows}</sheetData></worksheet>");
        for (book, folder) in [("book.xml", ""), ("xl/workbook.xml", "xl/"), ("Main/Book.xml", "Main/")] {
            let name = book.rsplit('/').next().unwrap();
            let bytes = zipped(&[
                ("_rels/.rels", &relations(&[("officeDocument", &format!("./{book}"))])),
                (book, main),
                (
                    &format!("{folder}_rels/{name}.rels"),
                    &relations(&[("worksheet", "../x/one.xml"), ("sharedStrings", "words.xml")]),
                ),
                (&format!("{folder}words.xml"), texts),
                ("x/one.xml", &sheet),
            ]);
            let mut office = Office::new();
            let plan = office.plan("日报.xlsx", &bytes, What::Report);
            assert_eq!(
                (temps(&plan), rejected(&plan)),
                (vec![(Some(365), None)], vec![]),
                "{book} {dimension}"
            );
        }
    }
}

#[test]
fn what_a_number_is_shown_as_is_read() {
    let mut office = Office::new();
    let bytes = book(&[
        &["<c s=\"2\"><v>1203</v></c>", "赵敏", "36.5"],
        &["<c s=\"3\"><v>1</v></c>", "王芳", "36.6"],
        &["<c s=\"1\"><v>20180002</v></c>", "李强", "36.7"],
        &["<c s=\"1\"><v>43871</v></c>", "钱进", "36.7"],
    ]);
    let plan = office.plan("日报.xlsx", &bytes, What::Report);
    assert_eq!(temps(&plan), [(Some(365), None), (Some(366), None)]);
    assert_eq!(rejected(&plan), [(4, "工号", "shown-differently"), (5, "工号", "date-in-another-column")]);
}

#[test]
fn days_that_cannot_be_meant_are_asked_about() {
    let mut office = Office::new();
    let day = |serial: &str| format!("<c s=\"1\"><v>{serial}</v></c>");
    let (back, right, far, past) = (day("43870.66666666667"), day("43871"), day("46063"), day("43511"));
    let bytes = book(&[
        &["001203", "赵敏", "36.5", &back],
        &["20180001", "王芳", "36.5", &right],
        &["20180002", "李强", "36.5", &right, &far],
        &["20190001", "钱进", "36.5", &right, &past],
    ]);
    let plan = office.plan("日报.xlsx", &bytes, What::Report);
    let expected =
        [(2, "离开日期", "day-before"), (4, "返回日期", "year-far-off"), (5, "返回日期", "year-far-off")];
    assert_eq!(rejected(&plan), expected);
    assert!(plan.rejected[0].reason.en.contains("probably 2020-02-10"), "{}", plan.rejected[0].reason.en);
    assert!(plan.rejected[1].reason.zh.contains("看来是 2020-02-10"), "{}", plan.rejected[1].reason.zh);
    // A column in which real times stand as well is taken as it is.
    let bytes = book(&[&["001203", "赵敏", "36.5", &back], &["20180001", "王芳", "36.5", &day("43871.4")]]);
    let plan = office.plan("日报.xlsx", &bytes, What::Report);
    assert!(plan.rejected.is_empty() && said(&plan, "只收了日期"), "{:?} {:?}", plan.rejected, plan.warnings);
    let text = "工号,姓名,上午体温,离开日期,返回日期\n\
                001203,赵敏,36.5,2020-02-09T16:00:00.000Z,1月23日晚\n\
                20180001,王芳,36.5,正月初五,2/1/20\n\
                20180002,李强,36.5,2020.2.10-2.15,\n";
    let plan = office.plan("日报.csv", text, What::Report);
    let expected = [(3, "返回日期", "year-of-two-digits"), (4, "离开日期", "several-days")];
    assert_eq!(rejected(&plan), expected);
    let rest = &plan.import.readings[0].rest;
    assert!(rest.contains(&"2020-02-10".to_owned()) && rest.contains(&"2020-01-23".to_owned()), "{rest:?}");
    assert!(said(&plan, "「返回日期」有 1 格") && said(&plan, "「晚」"), "{:?}", plan.warnings);
}

#[test]
fn days_are_counted_from_the_workbooks_own_first_one() {
    let mut office = Office::new();
    let rows = [
        row(1, &HEAD),
        row(2, &["001203", "赵敏", "36.5", "<c><v>42409</v></c>", "<c s=\"1\"><v>42414</v></c>"]),
    ]
    .concat();
    let book =
        Book { rows: &rows, whole: "<workbookPr date1904=\"1\"/>", formats: &["yyyy-mm-dd"], ..Book::PLAIN };
    let plan = office.plan("日报.xlsx", book.bytes(), What::Report);
    let rest = &plan.import.readings[0].rest;
    assert!(rest.contains(&"2020-02-10".to_owned()) && rest.contains(&"2020-02-15".to_owned()), "{rest:?}");
}

#[test]
fn headers_of_two_rows_are_one() {
    let mut office = Office::new();
    let rows = [
        row(1, &["工号", "姓名", "体温", "", "当前状态"]),
        row(2, &["", "", "上午", "下午"]),
        row(3, &["001203", "赵敏", "36.5", "38.9", "正常"]),
    ]
    .concat();
    let merged = "<mergeCells><mergeCell ref=\"C1:D1\"/><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/><mergeCell ref=\"E1:E2\"/></mergeCells>";
    let plan =
        office.plan("a.xlsx", Book { rows: &rows, behind: merged, ..Book::PLAIN }.bytes(), What::Report);
    assert_eq!((temps(&plan), rejected(&plan)), (vec![(Some(365), Some(389))], vec![]));
    // The same saved as text, with a title above it.
    let text = "健康日报,,,,\n工号,姓名,体温,,当前状态\n,,上午,下午,\n001203,赵敏,36.5,38.9,正常\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!((temps(&plan), rejected(&plan)), (vec![(Some(365), Some(389))], vec![]));
    // Words below that mean nothing to the form: both columns are named, and neither is guessed.
    let text = text.replace("上午,下午", "甲,乙");
    let plan = office.plan("b.csv", &text, What::Report);
    assert_eq!(temps(&plan), [(None, None)]);
    assert!(said(&plan, "体温 甲") && said(&plan, "体温 乙"), "{:?}", plan.warnings);
}

#[test]
fn every_block_is_read_by_its_own_headers() {
    let mut office = Office::new();
    let text = "工号,姓名,上午体温,下午体温\n001203,赵敏,36.5,37.6\n\n工号,姓名,下午体温,上午体温\n20180001,王芳,38,36.5\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!(temps(&plan), [(Some(365), Some(376)), (Some(365), Some(380))]);
    let text = "工号,姓名,上午体温,工号,姓名,上午体温\n001203,赵敏,36.5,20180001,王芳,36.6\n20180002,李强,36.7,001203,赵敏,36.8\n";
    let plan = office.plan("b.csv", text, What::Report);
    assert_eq!(temps(&plan), [(Some(365), None), (Some(366), None), (Some(367), None)]);
    assert_eq!(rejected(&plan), [(3, "工号", "duplicate-person")]);
}

#[test]
fn another_day_is_not_read_as_this_one() {
    let mut office = Office::new();
    let text = "工号,姓名,2月16日,,2月17日,\n,,上午体温,下午体温,上午体温,下午体温\n001203,赵敏,38.1,38.2,36.5,36.6\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!(temps(&plan), [(Some(365), Some(366))]);
    assert!(said(&plan, "不是 2020-02-17 的列未读取"), "{:?}", plan.warnings);
    let text = "日期,工号,姓名,上午体温\n2020-02-16,001203,赵敏,38.1\n2020-02-17,20180001,王芳,36.5\n";
    let plan = office.plan("b.csv", text, What::Report);
    assert_eq!((temps(&plan), rejected(&plan)), (vec![(Some(365), None)], vec![(2, "", "other-day")]));
}

#[test]
fn what_the_sender_does_not_see_is_read_and_named() {
    let mut office = Office::new();
    let rows = [
        row(1, &HEAD),
        row(2, &["001203", "赵敏", "36.5"]),
        row(3, &["20180001", "王芳", "36.6"]).replace("<row ", "<row hidden=\"1\" "),
        row(4, &["20180002", "李强", "36.7", "", "", "不详"]),
    ]
    .concat();
    let hidden = "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols>";
    let plan =
        office.plan("a.xlsx", Book { rows: &rows, before: hidden, ..Book::PLAIN }.bytes(), What::Report);
    assert_eq!(plan.accepted, 3);
    assert!(said(&plan, "第 3 行被发表人隐藏了"), "{:?}", plan.warnings);
    assert!(
        said(&plan, "隐藏的列也已读取：上午体温") && said(&plan, "没有表头的列未读取：F"),
        "{:?}",
        plan.warnings
    );
    let filter = "<autoFilter ref=\"A1:E4\"><filterColumn colId=\"0\"/></autoFilter>";
    let plan =
        office.plan("b.xlsx", Book { rows: &rows, behind: filter, ..Book::PLAIN }.bytes(), What::Report);
    assert!(said(&plan, "第 3 行被发表人的筛选条件挡住了"), "{:?}", plan.warnings);
}

#[test]
fn a_template_sent_back_empty_reports_nothing() {
    let mut office = Office::new();
    let text =
        "工号,姓名,手机,上午体温,当前状态\n001203,赵敏,13800000003,,\n20180001,王芳,,,\n20180002,李强,,,\n";
    let plan = office.plan("a.csv", text, What::Report);
    assert_eq!((plan.unanswered, plan.accepted, plan.import.reports.len()), (3, 0, 0));
    assert!(
        said(&plan, "3 行一项也没有填，不算已报：赵敏、王芳、李强") && !plan.writes(),
        "{:?}",
        plan.warnings
    );
    assert_eq!(plan.json(Lang::En)["unanswered"], 3);
    let plan = office.plan("b.csv", text.replace("李强,,,", "李强,,36.5,"), What::Report);
    assert_eq!((plan.unanswered, plan.accepted), (2, 1));
}

#[test]
fn totals_and_signatures_are_nobody_whatever_stands_beside_them() {
    let mut office = Office::new();
    let text = "序号,工号,姓名,单位\n1,20200001,周一,计算机学院\n,2,合计,\n小计,2,人,\n,审核人：,张三丰,\n填表人,13,李四,计算机学院\n\
                2,20200002,周二,审核处\n平均,1,36.5,\n";
    let plan = office.plan("a.csv", text, What::Roster);
    assert_eq!(plan.new.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["周一", "周二"]);
    assert!(plan.rejected.is_empty(), "{:?}", plan.rejected);
    assert!(said(&plan, "第 3–6、8 行"), "{:?}", plan.warnings);
}

#[test]
fn names_and_numbers_that_were_lost_are_refused_by_name() {
    let mut office = Office::new();
    let text = "工号,姓名,单位,身份证号,手机\n\
                1001,王?,计算机学院,,\n1002,李□,计算机学院,,\n1003,TRUE,计算机学院,,\n1004,Err:502,计算机学院,,\n\
                1005,周一,计算机学院,440106199001011000,\n1006,周二,计算机学院,440106199001011234,\n\
                '1007,'周三,计算机学院,,13905321111.0\n=\"1008\",周四,计算机学院,,1390532111\n1009,周五,计算机学院,,139053211112\n";
    let plan = office.plan("a.csv", text, What::Roster);
    let expected = [
        (2, "姓名", "garbled"),
        (3, "姓名", "garbled"),
        (4, "姓名", "not-a-name"),
        (5, "姓名", "formula-error"),
        (6, "身份证号", "digits-lost"),
        (7, "身份证号", "check-digit"),
    ];
    assert_eq!(rejected(&plan), expected);
    let taken: Vec<_> =
        plan.import.roster.iter().map(|row| (row.no.as_str(), row.facts.phone.as_deref())).collect();
    assert_eq!(taken, [("1007", Some("13905321111")), ("1008", None), ("1009", None)]);
    assert_eq!(plan.import.roster[0].facts.name.as_deref(), Some("周三"));
    assert_eq!(plan.warnings.iter().filter(|w| w.en.contains("not a telephone number")).count(), 2);
}

#[test]
fn what_a_file_is_is_decided_by_its_content_and_said() {
    let mut office = Office::new();
    let text = format!("{REPORT}计算机学院,001203,赵敏,36.5,,,,\n");
    for (name, bytes, is) in
        [("a.xls", text.clone().into_bytes(), "csv"), ("a.csv", book(&[&["001203", "赵敏", "36.5"]]), "xlsx")]
    {
        let plan = office.plan(name, bytes, What::Report);
        assert_eq!(temps(&plan), [(Some(365), None)], "{name}");
        assert!(said(&plan, &format!("其实是 .{is}")), "{name}: {:?}", plan.warnings);
    }
    let page = "<html><head><style>td{}</style></head><body><table border=1><tr><td>工号<td>姓名</td><td>体温</td></tr>\
                <tr><td>001203</td><td>赵&#25935;</td><td rowspan=\"2\">36.5</td></tr>\
                <tr style=\"display: none\"><td>20180001</td><td>王芳</td></tr></table></body></html>";
    let plan = office.plan("a.xls", page, What::Report);
    assert_eq!(temps(&plan), [(Some(365), None), (Some(365), None)]);
    assert!(said(&plan, "隐藏") && said(&plan, "合并单元格"), "{:?}", plan.warnings);
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
               xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles><Style ss:ID=\"z\"><NumberFormat ss:Format=\"000000\"/></Style></Styles>\
               <Worksheet ss:Name=\"a\"><Table><Row><Cell><Data ss:Type=\"String\">工号</Data></Cell><Cell><Data ss:Type=\"String\">姓名</Data></Cell>\
               <Cell ss:Index=\"4\"><Data ss:Type=\"String\">体温</Data></Cell></Row><Row><Cell ss:StyleID=\"z\"><Data ss:Type=\"Number\">1203</Data></Cell>\
               <Cell><Data ss:Type=\"String\">赵敏</Data></Cell><Cell ss:Index=\"4\"><Data ss:Type=\"Number\">36.5</Data></Cell></Row></Table></Worksheet></Workbook>";
    let plan = office.plan("b.xls", xml, What::Report);
    assert_eq!((temps(&plan), rejected(&plan)), (vec![(Some(365), None)], vec![]));
}

#[test]
fn an_old_workbook_is_read_cell_by_cell() {
    let mut office = Office::new();
    let mut cells: Vec<Vec<u8>> = HEAD.iter().zip(0..).map(|(text, col)| old_text(0, col, text)).collect();
    cells.extend([old_number(1, 0, 1, 1203.0), old_text(1, 1, "赵敏"), old_number(1, 2, 2, 36.5)]);
    cells.extend([old_number(1, 3, 3, 43_871.0)]);
    // A row that is hidden, and a cell with the error of a circle.
    let hidden = [&2_u16.to_le_bytes()[..], &[0; 10], &0x20_u16.to_le_bytes(), &[0; 2]].concat();
    cells.push(record(0x0208, &hidden));
    cells.extend([old_text(2, 0, "20180001"), old_text(2, 1, "王芳")]);
    cells.push(record(0x0205, &[&[2_u16, 2, 0].map(u16::to_le_bytes).concat()[..], &[196, 1]].concat()));
    cells.extend([old_text(3, 0, "20180002"), old_text(3, 1, "李强"), old_number(3, 2, 0, 36.0)]);
    // A format of the file's own under a number that other programs keep for days.
    let bytes = old_book(&[(164, "000000"), (51, "0.0"), (165, "yyyy-mm-dd")], &cells);
    let plan = office.plan("日报.xls", &bytes, What::Report);
    assert_eq!(temps(&plan), [(Some(365), None), (Some(360), None)]);
    assert_eq!(rejected(&plan), [(3, "上午体温", "formula-error")]);
    assert!(plan.import.readings[0].rest.contains(&"2020-02-10".to_owned()));
    assert!(said(&plan, "第 3 行被发表人隐藏了"), "{:?}", plan.warnings);
    let locked = old_book(&[], &[]);
    let at = locked.windows(4).position(|four| four == [0x42, 0, 2, 0]).unwrap();
    let mut locked = locked;
    locked[at] = 0x2f;
    assert!(office.refused("锁.xls", locked, What::Report).contains("password"));
    // Cut off within the sheet: no half import.
    let cut = old_book(&[], &[old_text(0, 0, "工号"), vec![0xff; 3]]);
    assert!(office.refused("断.xls", cut, What::Report).contains("damaged"));
}

#[test]
fn an_opendocument_sheet_is_read_as_it_is_seen() {
    let mut office = Office::new();
    let text = |text: &str| {
        format!(
            "\n <table:table-cell office:value-type=\"string\">\n  <text:p>{text}</text:p>\n </table:table-cell>"
        )
    };
    let head: String = HEAD.iter().map(|head| text(head)).collect();
    let content = format!(
        "<?xml version=\"1.0\"?>\n<office:document-content>\n<office:body><office:spreadsheet>\n<table:table table:name=\"a\">\n\
         <table:table-row>{head}</table:table-row>\n\
         <table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1203\"><text:p>001203</text:p></table:table-cell>{}\
         <table:table-cell office:value-type=\"float\" office:value=\"36.53\"><text:p>36.5</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2020-02-10\"><text:p>2月10日</text:p></table:table-cell></table:table-row>\n\
         <table:table-row table:visibility=\"filter\">{}{}<table:table-cell table:formula=\"of:=A1\"/></table:table-row>\n\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\n\
         </table:table></office:spreadsheet></office:body></office:document-content>",
        text("赵<text:s/>敏"),
        text("20180001"),
        text("王芳"),
    );
    let bytes =
        zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]);
    let plan = office.plan("日报.ods", &bytes, What::Report);
    assert_eq!(temps(&plan), [(Some(365), None)]);
    assert_eq!(rejected(&plan), [(3, "上午体温", "formula-not-calculated")]);
    assert!(plan.import.readings[0].rest.contains(&"2020-02-10".to_owned()));
    assert!(said(&plan, "第 3 行被发表人的筛选条件挡住了"), "{:?}", plan.warnings);
}

#[test]
fn texts_of_every_encoding_are_read() {
    let mut office = Office::new();
    let text = "姓名,工号,单位\n周一,1001,计算机学院\n";
    let (mut gb, _, _) = encoding_rs::GB18030.encode(text);
    // One character of an older system's own place.
    gb.to_mut().extend(b"\xc1\xfa\xfe\x9f,1002,\xbc\xc6\xcb\xe3\xbb\xfa\xd1\xa7\xd4\xba\n");
    let plan = office.plan("a.csv", gb, What::Roster);
    assert_eq!((plan.new.len(), plan.rejected.len()), (2, 0));
    let (big5, _, _) =
        encoding_rs::BIG5.encode("Number,Name,Unit\n1001,陳國華,計算機學院\n1002,張偉,計算機學院\n");
    let plan = office.plan("b.csv", big5, What::Roster);
    assert_eq!(plan.new[1].name, "張偉");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(office.plan("c.csv", wide, What::Roster).new.len(), 1);
}

#[test]
fn what_a_web_page_does_not_show_is_read_and_named() {
    let mut office = Office::new();
    let page = |table: &str, head: &str, body: &str| {
        format!(
            "<html><body><table{table}>{head}<tr><td>工号<td>姓名<td>上午体温</tr>\
             <tr><td>001203<td>赵敏<td>36.5</tr>{body}</table></body></html>"
        )
    };
    let last = "<tr><td>20180001<td>王芳<td>36.6</tr>";
    let unseen = " style='color:red; DISPLAY : none'";
    let read = |office: &mut Office, text: String| {
        let plan = office.plan("a.xls", text, What::Report);
        assert_eq!(temps(&plan), [(Some(365), None), (Some(366), None)]);
        plan
    };
    let plan = read(&mut office, page("", "", last));
    assert!(!said(&plan, "隐藏"), "{:?}", plan.warnings);
    for (head, body) in [
        ("<col><col span=1><col style=\"display:none\">", last.to_owned()),
        ("<colgroup span=2></colgroup><colgroup style='display:none'><col></colgroup>", last.to_owned()),
        ("", last.replace("<td>36.6", &format!("<td{unseen}>36.6"))),
    ] {
        let plan = read(&mut office, page("", head, &body));
        assert!(said(&plan, "隐藏的列也已读取：上午体温"), "{head}{body}: {:?}", plan.warnings);
    }
    let plan = read(&mut office, page("", "", &format!("<tbody{unseen}>{last}</tbody>")));
    assert!(said(&plan, "第 3 行被发表人隐藏了"), "{:?}", plan.warnings);
    // A table that is not shown is a hidden sheet.
    let plan = read(&mut office, page(unseen, "", last));
    assert!(said(&plan, "隐藏"), "{:?}", plan.warnings);
}

#[test]
fn rows_that_stand_for_several_keep_the_numbers_of_those_behind() {
    let mut office = Office::new();
    let cell = |text: &str| format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>");
    let row = |said: &str, texts: &[&str]| {
        format!("<Row{said}>{}</Row>", texts.iter().map(|text| cell(text)).collect::<String>())
    };
    let xml = format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"a\"><Table>{}{}{}{}{}</Table></Worksheet></Workbook>",
        row("", &["工号", "姓名", "上午体温"]),
        row("", &["001203", "赵敏", "36.5"]),
        "<Row ss:Span=\"3\" ss:Hidden=\"1\"/>",
        row(" ss:Hidden=\"1\"", &["20180001", "王芳", "36.6"]),
        row("", &["20180002", "李强", "发烧"]),
    );
    let plan = office.plan("a.xls", xml, What::Report);
    assert_eq!(temps(&plan), [(Some(365), None), (Some(366), None)]);
    assert_eq!(rejected(&plan), [(8, "上午体温", "not-a-temperature")]);
    assert!(said(&plan, "第 7 行被发表人隐藏了"), "{:?}", plan.warnings);
}
