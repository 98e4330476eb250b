//! Sheets as they really come: through the real child process, to a plan.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod forms;
mod limits;
mod lists;
pub mod lock;
mod locked;
pub mod made;
mod sheets;
mod written;

use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::fs;
use std::path::{Path, PathBuf};
use zhiban::clock::Ids;
use zhiban::domain::form::What;
use zhiban::domain::ids::{Mint, OfficerId, PersonId, UnitId};
use zhiban::domain::person::{Person, PersonFacts, PersonKind};
use zhiban::domain::report::{Round, Site};
use zhiban::domain::time::Ts;
use zhiban::domain::unit::{Unit, UnitFacts};
use zhiban::error::{Error, Kind};
use zhiban::intake::{ImportPlan, Known, Options, prepare};
use zhiban::say::Lang;

const NOW: Ts = Ts(1_581_905_100_000);

struct Office {
    folder: tempfile::TempDir,
    known: Known,
    ids: Ids,
}

impl Office {
    /// Two units, four people; one number begins with zeros.
    fn new() -> Self {
        let mut ids = Ids::seeded("intake");
        let mut unit = |code: &str, name: &str, short: &str| Unit {
            id: UnitId(ids.id(NOW)),
            code: code.into(),
            name: name.into(),
            facts: UnitFacts { short: Some(short.into()), ..UnitFacts::default() },
        };
        let units = vec![unit("U001", "计算机学院", "计算机"), unit("U002", "文学院", "文")];
        let mut person = |no: &str, name: &str, unit: usize, phone: &str| Person {
            id: PersonId(ids.id(NOW)),
            no: no.into(),
            facts: PersonFacts {
                name: Some(name.into()),
                unit: Some(units[unit].id),
                phone: Some(phone.into()),
                ..PersonFacts::default()
            },
        };
        let people = vec![
            person("20180001", "王芳", 0, "13800000001"),
            person("20180002", "李强", 0, "13800000002"),
            person("001203", "赵敏", 0, "13800000003"),
            person("20190001", "钱进", 1, "13800000004"),
        ];
        let folder = tempfile::tempdir().unwrap();
        Self { folder, known: Known::new(people, units), ids }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn read(&mut self, path: &Path, what: What, options: &Options) -> Result<ImportPlan, Error> {
        prepare(path, what, &self.known, options, &mut self.ids, NOW)
    }

    fn plan(&mut self, name: &str, bytes: impl AsRef<[u8]>, what: What) -> ImportPlan {
        let path = self.file(name, bytes);
        let options = usual();
        self.read(&path, what, &options).unwrap_or_else(|error| panic!("{name}: {}", error.text(Lang::En)))
    }

    fn refused(&mut self, name: &str, bytes: impl AsRef<[u8]>, what: What) -> String {
        let path = self.file(name, bytes);
        let options = usual();
        let error = self.read(&path, what, &options).map(|plan| plan.lines(Lang::En)).unwrap_err();
        assert!(matches!(error.kind(), Some(Kind::File | Kind::Layout)), "{error:?}");
        error.text(Lang::En)
    }
}

/// A report of the day, read by the real program.
fn usual() -> Options {
    Options {
        day: NaiveDate::from_ymd_opt(2020, 2, 17),
        round: Round::default(),
        program: Some(PathBuf::from(env!("CARGO_BIN_EXE_zhiban"))),
        ..Options::default()
    }
}

/// Row, column and kind of every refused row.
fn rejected(plan: &ImportPlan) -> Vec<(u32, &str, &str)> {
    plan.rejected.iter().map(|r| (r.row, r.column.as_str(), r.code)).collect()
}

const REPORT: &str = "单位,工号,姓名,上午体温,下午体温,测量部位,是否在鄂,当前状态\n";

#[test]
fn a_report_finds_its_people_and_one_bad_row_spoils_no_other() {
    let mut office = Office::new();
    let text = format!(
        "{REPORT}计算机学院,20180001,王芳,36.5℃,３６．７,腋温,否,正常\n\
         计算机学院,20180002,李强,发烧,36.6,腋温,否,正常\n\
         计算机学院,20180001,王芳,36.5,,,,\n\
         计算机学院,20189999,周游,36.5,,,,\n\
         计算机学院,20190001,王芳,36.5,,,,\n\
         计算机,,赵敏,365,,额温,是,居家隔离\n\
         合计,,,6,,,,\n"
    );
    let plan = office.plan("日报.csv", &text, What::Report);
    assert_eq!(
        rejected(&plan),
        [
            (3, "上午体温", "not-a-temperature"),
            (4, "工号", "duplicate-person"),
            (5, "工号", "unknown-person"),
            (6, "姓名", "name-differs"),
        ]
    );
    assert_eq!(plan.rejected[0].value, "发烧");
    assert!(plan.rejected[1].reason.zh.contains("第 2 行"));
    assert_eq!((plan.accepted, plan.unchanged), (2, 0));
    let first = &plan.import.readings[0];
    assert_eq!((first.temp_am, first.temp_pm, first.site), (Some(365), Some(367), Some(Site::Axillary)));
    assert_eq!((first.in_hubei, first.status.as_deref()), (Some(false), Some("normal")));
    let second = &plan.import.readings[1];
    assert_eq!(second.person, office.known.people[2].id);
    assert_eq!((second.in_hubei, second.status.as_deref()), (Some(true), Some("observing")));
    assert_eq!(plan.import.reports.len(), 1);
    assert_eq!(plan.import.reports[0].1, 2);
    let sheet = &plan.import.sheet;
    assert_eq!((sheet.accepted, sheet.rejected, sheet.what.as_str()), (2, 4, "report"));
    // Values of refused cells are in nothing that is written.
    assert!(!format!("{:?}", plan.import).contains("发烧"));
    let json = plan.json(Lang::En);
    assert_eq!(json["rejected"][0]["row"], 3);
    assert_eq!(json["rejected"][0]["column"], "上午体温");
    assert!(json["rejected"][0]["reason"].as_str().unwrap().contains("36.5"));
}

#[test]
fn a_person_on_two_sheets_of_a_workbook_is_taken_once() {
    let mut office = Office::new();
    let mut book = Workbook::new();
    for name in ["一部", "二部"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_row(0, 0, ["单位", "工号", "姓名", "上午体温"]).unwrap();
        sheet.write_row(1, 0, ["计算机学院", "20180001", "王芳", "36.5"]).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let plan = office.plan("两张表.xlsx", &bytes, What::Report);
    assert_eq!((plan.import.readings.len(), plan.accepted), (1, 1));
    assert_eq!(rejected(&plan), [(2, "工号", "duplicate-person")]);
    assert_eq!(plan.rejected[0].sheet, "二部");
    assert!(plan.rejected[0].reason.zh.contains("工作表「一部」第 2 行"), "{:?}", plan.rejected[0].reason);
    let mut book = Workbook::new();
    for name in ["一部", "二部"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_row(0, 0, ["单位", "工号", "姓名"]).unwrap();
        sheet.write_row(1, 0, ["计算机学院", "20200009", "孙丽"]).unwrap();
    }
    let plan = office.plan("名册.xlsx", book.save_to_buffer().unwrap(), What::Roster);
    assert_eq!(plan.new.len(), 1);
    assert_eq!(rejected(&plan), [(2, "工号", "duplicate-number")]);
    assert!(plan.rejected[0].reason.en.contains("row 2 of sheet \"一部\""), "{:?}", plan.rejected[0].reason);
}

#[test]
fn a_report_for_a_day_to_come_is_refused() {
    let mut office = Office::new();
    let path = office.file("a.csv", format!("{REPORT}计算机学院,20180001,王芳,36.5,,,,\n"));
    let on = |day| Options { day: NaiveDate::from_ymd_opt(2020, 2, day), ..usual() };
    assert!(office.read(&path, What::Report, &on(17)).is_ok());
    assert_eq!(office.read(&path, What::Report, &on(18)).unwrap_err().kind(), Some(Kind::Input));
    // A roster is for no day.
    let path = office.file("名册.csv", "工号,姓名,单位\n20180001,王芳,计算机学院\n");
    assert!(office.read(&path, What::Roster, &on(18)).is_ok());
}

#[test]
fn temperatures_without_a_point_are_taken_with_a_word() {
    let mut office = Office::new();
    let text = format!(
        "{REPORT}计算机学院,20180001,王芳,36.5,36.6,,,\n计算机学院,20180002,李强,365,367,,,\n\
         计算机学院,001203,赵敏,999,,,,\n"
    );
    let plan = office.plan("a.csv", &text, What::Report);
    assert_eq!(plan.import.readings[1].temp_pm, Some(367));
    let said: Vec<&str> =
        plan.warnings.iter().map(|w| w.zh.as_str()).filter(|w| w.contains("小数点")).collect();
    assert_eq!(said.len(), 1, "{:?}", plan.warnings);
    assert!(said[0].starts_with("2 处") && said[0].contains("第 3 行的 365"), "{said:?}");
    let plan = office.plan("b.csv", text.replace("365,367", "36.5,37"), What::Report);
    assert!(!plan.warnings.iter().any(|w| w.zh.contains("小数点")), "{:?}", plan.warnings);
}

#[test]
fn strange_characters_are_kept_as_they_were_sent() {
    let mut office = Office::new();
    let text = "工号,姓名,单位,宿舍\n20200001,\u{1b}[31m红\u{202e},计算机学院,\u{200b}3-201 \n\
                20180001,\u{200b}王芳,计算机学院,\n";
    let plan = office.plan("名册.csv", text, What::Roster);
    let facts = &plan.import.roster[0].facts;
    assert_eq!(facts.name.as_deref(), Some("\u{1b}[31m红\u{202e}"));
    assert_eq!(facts.address.as_deref(), Some("\u{200b}3-201"));
    // They make nobody another person, and no change of a name.
    assert_eq!((plan.unchanged, plan.changed.len(), plan.rejected.len()), (1, 0, 0));
}

#[test]
fn people_missing_from_a_sheet_are_named_but_a_refused_row_is_not_missing() {
    let mut office = Office::new();
    let text = format!("{REPORT}计算机学院,20180001,王芳,36.5,,,,\n计算机学院,20180002,李强,99,,,,\n");
    let plan = office.plan("a.csv", &text, What::Report);
    assert_eq!(plan.units[0].missing, 1);
    assert!(plan.warnings.iter().any(|w| w.zh.contains("1 人不在表中：赵敏")), "{:?}", plan.warnings);
}

#[test]
fn every_encoding_gives_the_same_plan() {
    let mut office = Office::new();
    let text =
        format!("{REPORT}计算机学院,20180001,王芳,36.5,36.6,腋温,否,正常\n\n计算机学院,20180002,,36.5,,,,\n");
    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let plain = office.plan("utf8.csv", &text, What::Report);
    for (name, bytes) in [
        ("bom.csv", format!("\u{feff}{text}").into_bytes()),
        ("gb.csv", gb.into_owned()),
        ("utf16.csv", utf16),
        ("tabs.csv", text.replace(',', "\t").into_bytes()),
        ("crlf.csv", text.replace('\n', "\r\n").into_bytes()),
        ("no ending", text.clone().into_bytes()),
    ] {
        let plan = office.plan(name, bytes, What::Report);
        assert_eq!(plan.import.readings, plain.import.readings, "{name}");
        assert_eq!(rejected(&plan), [(4, "姓名", "missing")], "{name}: a blank line is a row too");
    }
    // What is no text in any of them is refused whole.
    office.refused("other.csv", b"\xff\xfd\x81,\x80\xff\n\xfe\xff\x81\x80", What::Report);
}

#[test]
fn the_same_bytes_have_the_same_digest() {
    let mut office = Office::new();
    let text = format!("{REPORT}计算机学院,20180001,王芳,36.5,,,,\n");
    let one = office.plan("一.csv", &text, What::Report).import.sheet.digest;
    let other = office.plan("二.csv", &text, What::Report).import.sheet.digest;
    let third = office.plan("三.csv", format!("{text}\n"), What::Report).import.sheet.digest;
    assert_eq!(one, other);
    assert_ne!(one, third);
    assert_eq!(one, blake3::hash(text.as_bytes()).to_hex().to_string());
}

#[test]
fn a_workbook_is_read_as_its_sender_sees_it() {
    let mut office = Office::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("二月十七日").unwrap();
    let padded = Format::new().set_num_format("000000");
    let date = Format::new().set_num_format("yyyy/m/d");
    let headers = ["单位", "工号*", "姓名（必填）", "上午体温(℃)", "离开日期", "是否离开本市", "手机"];
    sheet.merge_range(0, 0, 0, 6, "计算机学院教职工健康日报", &Format::new()).unwrap();
    sheet.write_row(1, 0, headers).unwrap();
    sheet.merge_range(2, 0, 4, 0, "计算机学院", &Format::new()).unwrap();
    sheet.write_number_with_format(2, 1, 1203, &padded).unwrap();
    sheet.write(2, 2, "赵 敏").unwrap();
    sheet.write(2, 3, 36.6).unwrap();
    let left = ExcelDateTime::from_ymd(2020, 2, 10).unwrap();
    sheet.write_datetime_with_format(2, 4, left, &date).unwrap();
    sheet.write_boolean(2, 5, true).unwrap();
    sheet.write(3, 1, 20_180_001).unwrap();
    sheet.write(3, 2, "王芳").unwrap();
    sheet.write_formula(3, 3, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write(4, 1, "20180002").unwrap();
    sheet.write(4, 2, "李强").unwrap();
    sheet.write(4, 3, 36.9).unwrap();
    sheet.write(4, 6, 440_202_197_001_011_234.0).unwrap();
    sheet.write(5, 0, "合计").unwrap();
    sheet.write(5, 3, 3).unwrap();
    let hidden = book.add_worksheet().set_name("草稿").unwrap().set_hidden(true);
    hidden.write(0, 0, "姓名").unwrap();
    let plan = office.plan("日报.xlsx", book.save_to_buffer().unwrap(), What::Report);
    let expected = [(4, "上午体温(℃)", "formula-error"), (5, "手机", "digits-lost")];
    assert_eq!(rejected(&plan), expected, "{:?}", plan.rejected);
    assert_eq!(plan.rejected[0].sheet, "二月十七日");
    assert_eq!(plan.import.readings.len(), 1);
    let reading = &plan.import.readings[0];
    assert_eq!(reading.person, office.known.people[2].id);
    assert_eq!((reading.temp_am, reading.left_city), (Some(366), Some(true)));
    assert!(reading.rest.contains(&"2020-02-10".to_owned()), "{:?}", reading.rest);
    assert!(plan.warnings.iter().any(|w| w.zh.contains("草稿")));
}

#[test]
fn a_merged_unit_cell_counts_for_every_row_beside_it() {
    let mut office = Office::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["单位", "工号", "姓名"]).unwrap();
    sheet.merge_range(1, 0, 2, 0, "海洋学院", &Format::new()).unwrap();
    sheet.write_row(1, 1, ["1001", "孙丽"]).unwrap();
    sheet.write_row(2, 1, ["1002", "吴刚"]).unwrap();
    let plan = office.plan("合并.xlsx", book.save_to_buffer().unwrap(), What::Roster);
    assert_eq!(plan.new_units.len(), 1);
    assert_eq!(plan.new.iter().map(|p| p.unit.as_str()).collect::<Vec<_>>(), ["海洋学院", "海洋学院"]);
}

#[test]
fn lost_zeros_are_mended_only_in_a_number_cell() {
    let mut office = Office::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["工号", "姓名", "上午体温"]).unwrap();
    sheet.write(1, 0, 1203).unwrap();
    sheet.write_row(1, 1, ["赵敏", "36.6"]).unwrap();
    // As text, the zeros were never there.
    sheet.write_row(2, 0, ["1203", "赵敏", "36.6"]).unwrap();
    let plan = office.plan("zeros.xlsx", book.save_to_buffer().unwrap(), What::Report);
    assert_eq!(plan.import.readings.len(), 1);
    assert_eq!(rejected(&plan), [(3, "工号", "unknown-person")]);
    assert!(plan.warnings.iter().any(|w| w.zh.contains("001203")));
}

#[test]
fn a_roster_brings_its_units() {
    let mut office = Office::new();
    let text = "人员名册,,,,,,\n序号,工号,姓名,性别,人员类别,单位,手机\n\
                1,20180001,王芳,女,教职工,计算机学院,138-0000-0001\n\
                2,20200001,孙丽,女,本科生,海洋学院,13900000001\n\
                3,20200002,吴刚,男,硕士研究生,海洋学院,13900000002\n\
                4,20200001,孙丽丽,女,本科生,海洋学院,\n\
                5,20180002,张三,男,教职工,计算机学院,\n\
                6,,无名,男,教职工,计算机学院,\n\
                7,,,,,计算机学院,\n\
                8,20200003,何方,男,神仙,计算机学院,\n";
    let plan = office.plan("名册.csv", text, What::Roster);
    assert_eq!(
        rejected(&plan),
        [
            (6, "工号", "duplicate-number"),
            (7, "姓名", "name-differs"),
            (8, "工号", "missing"),
            (10, "人员类别", "not-in-list"),
        ]
    );
    assert_eq!(plan.new_units, [("U003".to_owned(), "海洋学院".to_owned())]);
    assert_eq!(plan.new.len(), 2);
    assert_eq!(plan.new[0].unit, "海洋学院");
    assert_eq!((plan.accepted, plan.unchanged), (3, 0));
    let fields: Vec<&str> = plan.changed.iter().map(|c| c.field.as_str()).collect();
    assert_eq!(fields, ["sex", "kind"], "the phone is the same once cleaned");
    let rows = &plan.import.roster;
    assert_eq!(rows[0].person, office.known.people[0].id);
    assert_eq!(rows[1].facts.kind, Some(PersonKind::Undergraduate));
    assert_eq!(rows[1].facts.unit, Some(plan.import.new_units[0].0));
}

#[test]
fn a_running_number_is_nobodys_number_whatever_stands_below_it() {
    let mut office = Office::new();
    for numbers in [["1", "2"], ["01", "02"], ["1.0", "2.0"]] {
        let [one, two] = numbers;
        for foot in ["", "Total,,\n", "2,,\nChecked by,,\n"] {
            let text = format!("No,Name,Unit\n{one},Wang Fang,计算机学院\n{two},Li Qiang,计算机学院\n{foot}");
            office.refused("roster.csv", text, What::Roster);
        }
    }
    let text = "No,Name,Unit\n20180001,王芳,计算机学院\n20180002,李强,计算机学院\nTotal,,\n";
    let plan = office.plan("roster.csv", text, What::Roster);
    assert_eq!((plan.accepted + plan.unchanged, plan.new.len()), (2, 0));
}

#[test]
fn one_strange_number_never_loses_the_row() {
    let mut office = Office::new();
    let text = "工号,姓名,单位,手机,身份证号,家属电话\n\
                20180001,王芳,计算机学院,问本人,370202197001011238,13905321111（父亲）\n\
                20180002,李强,计算机学院,0532-85071234分机608,12,85071234/5\n\
                20180003,赵敏,计算机学院,13905321111.0,11010519491231002Ⅹ,139 0532 1111(2)\n\
                20180004,周一,计算机学院,,370202197001011234,\n";
    let plan = office.plan("名册.csv", text, What::Roster);
    // One that has the form of a number and cannot be right is somebody else's, or has lost its end.
    assert_eq!(rejected(&plan), [(5, "身份证号", "check-digit")]);
    assert!(!plan.rejected[0].value.contains("19700101"), "{:?}", plan.rejected);
    assert_eq!(plan.accepted + plan.unchanged, 3);
    let facts: Vec<_> = plan.import.roster.iter().map(|row| &row.facts).collect();
    assert_eq!(
        (facts[0].phone.as_deref(), facts[0].family_phone.as_deref()),
        (None, Some("13905321111（父亲）"))
    );
    assert_eq!(facts[1].phone.as_deref(), Some("0532-85071234-608"));
    assert_eq!(facts[1].family_phone.as_deref(), Some("85071234/85071235"));
    assert_eq!(facts[2].phone.as_deref(), Some("13905321111"));
    assert_eq!(facts[2].id_number.as_deref(), Some("11010519491231002X"));
    assert_eq!(facts[2].family_phone.as_deref(), Some("139 0532 1111(2)"));
    // What was left out is told; whose number it is is not shown whole.
    let told: Vec<&str> = plan.warnings.iter().map(|said| said.zh.as_str()).collect();
    for (row, column, of) in [("第 2 行", "手机", "未收"), ("第 3 行", "身份证号", "未收")] {
        let one = |said: &&&str| said.starts_with(row) && said.contains(column) && said.contains(of);
        assert_eq!(told.iter().filter(one).count(), 1, "{row} {column} {of}: {told:?}");
    }
    assert!(told.iter().all(|said| !said.contains("19700101")), "{told:?}");
}

#[test]
fn private_numbers_are_masked_in_the_preview() {
    let mut office = Office::new();
    let text = "工号,姓名,单位,手机,身份证号\n20180001,王芳,计算机学院,13911112222,370202700101123\n\
                20180002,李强,计算机学院,,37020219700101123\n";
    let plan = office.plan("名册.csv", text, What::Roster);
    assert!(plan.rejected.is_empty(), "{:?}", plan.rejected);
    let shown = format!("{}{}", plan.lines(Lang::Zh).join("\n"), plan.json(Lang::Zh));
    for secret in ["13911112222", "13800000001", "37020219700101", "370202700101"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("139****2222"), "{shown}");
}

#[test]
fn the_same_roster_again_says_nothing_new() {
    let mut office = Office::new();
    let text = "工号,姓名,单位,手机\n20180001,王芳,计算机,13800000001\n20180002,李强,计算机学院,\n";
    let plan = office.plan("名册.csv", text, What::Roster);
    assert_eq!((plan.accepted, plan.unchanged, plan.rejected.len()), (0, 2, 0));
    assert!(plan.import.roster.is_empty() && !plan.writes());
}

#[test]
fn a_number_punctuated_otherwise_is_no_change() {
    let mut office = Office::new();
    office.known.people[0].facts.phone = Some("0532-00001234".into());
    office.known.people[1].facts.phone = Some("053200001235".into());
    office.known.units[0].facts.liaison_phone = Some("0532-00001234".into());
    let known = Known::new(office.known.people.clone(), office.known.units.clone());
    office.known = known;
    let text = "工号,姓名,单位,手机\n20180001,王芳,计算机学院,0532 00001234\n\
                20180002,李强,计算机学院,（0532）00001235\n";
    let plan = office.plan("名册.csv", text, What::Roster);
    assert_eq!((plan.unchanged, plan.changed.len()), (2, 0), "{:?}", plan.changed);
    let units = "代码,名称,联络人电话\nU001,计算机学院,053200001234\n";
    assert_eq!(office.plan("单位.csv", units, What::Units).unchanged, 1);
    // Another number is a change, and what is written is what the sheet has, dash and all; one that comes
    // with another change stays as it was known.
    let text = "工号,姓名,性别,单位,手机\n20180001,王芳,,计算机学院,0532-00009999\n\
                20180002,李强,男,计算机学院,0532-00001235\n";
    let plan = office.plan("名册.csv", text, What::Roster);
    let fields: Vec<&str> = plan.changed.iter().map(|c| c.field.as_str()).collect();
    assert_eq!(fields, ["phone", "sex"]);
    assert_eq!(plan.import.roster[0].facts.phone.as_deref(), Some("0532-00009999"));
    assert_eq!(plan.import.roster[1].facts.phone.as_deref(), Some("053200001235"));
}

#[test]
fn a_sheet_without_a_unit_column_takes_the_officers_word() {
    let mut office = Office::new();
    let path = office.file("班级.csv", "学号,姓名,宿舍\n2019001,郑和,3-201\n");
    let none = usual();
    let plan = office.read(&path, What::Roster, &none).unwrap();
    assert_eq!(rejected(&plan), [(2, "单位", "no-unit")]);
    let unit = Options { unit: Some("海洋学院".into()), ..usual() };
    let plan = office.read(&path, What::Roster, &unit).unwrap();
    assert_eq!(plan.new_units[0].1, "海洋学院");
    assert_eq!(plan.import.roster[0].facts.address.as_deref(), Some("3-201"));
    // For a report the unit must be known.
    let path = office.file("体温.csv", "姓名,体温\n王芳,36.5\n钱进,36.5\n");
    let unit = Options { unit: Some("计算机".into()), ..usual() };
    let plan = office.read(&path, What::Report, &unit).unwrap();
    assert_eq!(plan.import.readings.len(), 1);
    assert_eq!(rejected(&plan), [(3, "姓名", "unknown-person")]);
    let unit = Options { unit: Some("天文学院".into()), ..usual() };
    assert_eq!(office.read(&path, What::Report, &unit).unwrap_err().kind(), Some(Kind::NotFound));
}

#[test]
fn units_find_their_parents_wherever_they_stand() {
    let mut office = Office::new();
    let text = "代码,名称,简称,上级,联络人,联络人电话,是否报送,截止时间\n\
                C01,软件一班,,海洋学院,周一,13900000001,是,9点\n\
                U001,计算机学院,计算机,,孙二,0532-6678 1234,是,10:00\n\
                ,海洋学院,海洋,,,,,\n\
                C02,甲班,,乙班,,,,\n\
                C03,乙班,,甲班,,,,\n\
                C04,丙班,,没有的学院,,,,\n\
                U002,外语学院,,,,,,\n";
    let plan = office.plan("单位.csv", text, What::Units);
    // In the order of the rows, whenever each was refused.
    assert_eq!(
        rejected(&plan),
        [
            (5, "上级", "parent-circle"),
            (6, "上级", "unknown-parent"),
            (7, "上级", "unknown-parent"),
            (8, "名称", "name-differs"),
        ]
    );
    let names: Vec<&str> = plan.import.new_units.iter().map(|unit| unit.2.as_str()).collect();
    assert_eq!(names, ["海洋学院", "软件一班"], "the unit above comes first");
    let class = &plan.import.new_units[1];
    assert_eq!((class.3.parent, class.3.deadline), (Some(plan.import.new_units[0].0), Some(540)));
    assert_eq!(plan.import.new_units[0].1, "U003");
    let changed = &plan.import.changed_units[0].1;
    assert_eq!(changed.liaison_phone.as_deref(), Some("0532-66781234"));
    assert_eq!(changed.short, None, "what is the same is not a change");
}

#[test]
fn a_sheet_of_units_says_which_officer_answers_for_each() {
    let mut office = Office::new();
    let officer = OfficerId(office.ids.id(NOW));
    office.known.officers = vec![(officer, "周航".to_owned())];
    let text =
        "代码,名称,负责的值班员\nU001,计算机学院,周航\nA1,海洋学院,周　航\nA2,天文学院,吴名\nA3,药学院,\n";
    let plan = office.plan("单位.csv", text, What::Units);
    assert_eq!(rejected(&plan), [(4, "负责的值班员", "unknown-officer")]);
    assert_eq!(plan.import.changed_units[0].1.officer, Some(officer));
    let new: Vec<_> = plan.import.new_units.iter().map(|unit| (unit.2.as_str(), unit.3.officer)).collect();
    assert_eq!(new, [("海洋学院", Some(officer)), ("药学院", None)]);
    assert_eq!(plan.import.form.form.version, 2);
    // A sheet without it is the one of before.
    let plan = office.plan("单位二.csv", "代码,名称\nA4,法学院\n", What::Units);
    assert_eq!(plan.import.form.form.version, 1);
}

#[test]
fn codes_that_differ_in_case_only_are_one_code_and_it_is_said_whose() {
    let mut office = Office::new();
    let text = "代码,名称\nA/1,海洋学院\na/1,天文学院\nu001,药学院\nB2,海洋学院\n";
    let plan = office.plan("单位.csv", text, What::Units);
    let found: Vec<(u32, &str, &str)> =
        plan.rejected.iter().map(|row| (row.row, row.code, row.reason.zh.as_str())).collect();
    let told = [
        (
            3,
            "duplicate-unit",
            "代码 a/1 与上面「海洋学院」的代码 A/1 相同（不分大小写），只取前一行；两个单位请用不同的代码",
        ),
        (
            4,
            "name-differs",
            "代码 u001 与已有单位「计算机学院」的代码 U001 只有大小写不同，算同一个代码；两个单位请用不同的代码",
        ),
        (5, "duplicate-unit", "「海洋学院」与上面的「海洋学院」同名（不分大小写），只取前一行"),
    ];
    assert_eq!(found, told);
    assert_eq!(plan.new_units, [("A/1".to_owned(), "海洋学院".to_owned())]);
}

#[test]
fn the_form_is_found_by_its_headers() {
    let mut office = Office::new();
    for version in 1..=3u16 {
        let form = zhiban::domain::form::builtin("staff", version).unwrap();
        let header: Vec<&str> = form.columns.iter().map(zhiban::domain::form::Column::header).collect();
        let mut row = vec![""; header.len()];
        row[form.index_of("no").unwrap()] = "20180001";
        row[form.index_of("name").unwrap()] = "王芳";
        row[form.index_of("temp_am").unwrap()] = "36.5";
        let text = format!("{}\n{}\n", header.join(","), row.join(","));
        let plan = office.plan("form.csv", &text, What::Report);
        assert_eq!(plan.import.sheet.form.version, version);
        assert_eq!(plan.import.form.content, form.text);
        assert_eq!(plan.import.readings[0].rest.len(), form.rest_fields().len());
        let error = office.refused("form.csv", &text, What::Roster);
        assert!(error.contains("looks like a daily report"), "{error}");
    }
}

#[test]
fn an_offices_own_form_is_used_beside_ours() {
    let mut office = Office::new();
    let forms = office.folder.path().join("forms");
    fs::create_dir(&forms).unwrap();
    let own = "name='class'\nversion=1\nwhat='report'\n\
        [[column]]\nfield='name'\nheaders=['同学']\nrequired=true\n\
        [[column]]\nfield='temp_am'\nheaders=['温度']\ntype='temp'\n";
    fs::write(forms.join("class-1.toml"), own).unwrap();
    let path = office.file("班级.csv", "同学,温度\n王芳,36.5\n");
    let options = Options { form_dir: Some(forms.clone()), unit: Some("计算机".into()), ..usual() };
    let plan = office.read(&path, What::Report, &options).unwrap();
    assert_eq!(plan.import.sheet.form.name, "class");
    assert_eq!(plan.import.readings[0].temp_am, Some(365));
    let wrong = Options { form: Some("staff-9".into()), ..options.clone() };
    assert_eq!(office.read(&path, What::Report, &wrong).unwrap_err().kind(), Some(Kind::Input));
    fs::write(forms.join("broken.toml"), "name=").unwrap();
    assert_eq!(office.read(&path, What::Report, &options).unwrap_err().kind(), Some(Kind::File));
}
