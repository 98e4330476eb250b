//! A day's report of everybody, imported: read by the child process, validated, logged, projected, durable.

use crate::{RUNS, line, median, number, timed};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use zhiban::clock::Ids;
use zhiban::demo::{self, Size};
use zhiban::domain::form::What;
use zhiban::domain::ids::Mint;
use zhiban::domain::time::add_days;
use zhiban::intake::{self, Options};
use zhiban::store::act::{Act, Author};
use zhiban::store::query;

const HEADERS: [&str; 37] = [
    "序号",
    "单位",
    "工号",
    "姓名",
    "性别",
    "人员类别",
    "手机",
    "当前省",
    "市",
    "区县",
    "详细住址",
    "是否在校",
    "是否在鄂",
    "是否离开本市",
    "离开日期",
    "目的地",
    "返回日期",
    "交通工具",
    "车次航班",
    "车厢座位",
    "是否途经湖北",
    "接触湖北来人",
    "接触湖北来人日期",
    "接触病例",
    "接触病例日期",
    "所住小区有病例",
    "小区",
    "上午体温",
    "下午体温",
    "测量部位",
    "症状",
    "是否就医",
    "当前状态",
    "观察起始日",
    "观察方式",
    "同住人情况",
    "包保联系人",
];

/// A sheet of 37 columns for everybody on the roster.
fn rows(folder: &Path) -> Vec<Vec<String>> {
    let (store, _) = crate::store::office(folder, Size::default());
    let people = crate::store::everybody(&store.reader().expect("a reader"));
    people
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let mut row: Vec<String> = vec![String::new(); 37];
            for (at, text) in [
                (0, (i + 1).to_string()),
                (1, p.unit.clone()),
                (2, p.no.clone()),
                (3, p.name.clone()),
                (4, if i % 2 == 0 { "男" } else { "女" }.to_owned()),
                (5, "教职工".to_owned()),
                (6, format!("1990000{i:04}")),
                (7, "山东省".to_owned()),
                (8, "青岛市".to_owned()),
                (9, "市北区".to_owned()),
                (10, format!("海岬路 {} 号 {} 单元", i % 300, i % 7)),
                (11, "否".to_owned()),
                (12, "否".to_owned()),
                (13, "否".to_owned()),
                (20, "否".to_owned()),
                (21, "否".to_owned()),
                (23, "否".to_owned()),
                (25, "否".to_owned()),
                (26, format!("海岬花园 {} 区", i % 40)),
                (27, format!("36.{}", i % 9)),
                (28, format!("36.{}", (i + 3) % 9)),
                (29, "腋下".to_owned()),
                (30, "无".to_owned()),
                (31, "否".to_owned()),
                (32, "正常".to_owned()),
                (35, "均正常".to_owned()),
                (36, "学院联络人".to_owned()),
            ] {
                row[at] = text;
            }
            row
        })
        .collect()
}

pub fn import() {
    let folder = crate::store::memory_folder();
    let rows = rows(folder.path());
    let disk = tempfile::tempdir().expect("a temporary folder");
    let csv = disk.path().join("day.csv");
    write_csv(&csv, &rows);
    let xlsx = disk.path().join("day.xlsx");
    write_xlsx(&xlsx, &rows);

    // One database on a real disk for all runs: each takes the same sheet in for the next day.
    let (mut store, _) = crate::store::office(disk.path(), Size::default());
    let officer = query::officers(&store.reader().expect("a reader")).expect("officers")[0].0;
    let mut ids = Ids::Random;
    let mut day = 1;
    let mut run = |file: &Path| {
        day += 1;
        let now = demo::now().plus(day * 86_400_000);
        let options = Options {
            day: Some(add_days(chrono::NaiveDate::from_ymd_opt(2020, 2, 17).expect("a day"), day)),
            program: Some(env!("CARGO_BIN_EXE_zhiban").into()),
            ..Options::default()
        };
        let (accepted, took) = timed(|| {
            let known = query::roster(&store.reader().expect("a reader")).expect("a roster");
            let plan = intake::prepare(file, What::Report, &known, &options, &mut ids, now).expect("a plan");
            let author = Author { officer, now, happened_at: None, op_id: ids.id(now) };
            let accepted = plan.import.readings.len();
            store.commit(&author, &mut ids, &Act::Import(Box::new(plan.import))).expect("a commit");
            accepted
        });
        assert_eq!(accepted, rows.len());
        took
    };
    let ours = median(|| run(&csv));
    line("import of 4,028 × 37, CSV", ours, Duration::from_millis(600));
    let peer = median(|| sqlite_import(&csv));
    println!("{:<58} {:>9.2} ms", "  peer: sqlite3 .import into an indexed table", peer.as_secs_f64() * 1e3);
    if !peer.is_zero() {
        number("  ratio to the peer", ours.as_secs_f64() / peer.as_secs_f64(), 8.0, "×");
    }
    let xlsx_took = median(|| run(&xlsx));
    line("import of 4,028 × 37, xlsx", xlsx_took, Duration::from_millis(1500));
    println!("  ({RUNS} runs each, on disk, database of 14 days)");
}

/// The peer: the same file into a table with an index on the number, durable as ours is.
fn sqlite_import(csv: &Path) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let columns: Vec<String> = (0..37).map(|i| format!("c{i} TEXT")).collect();
    let script = format!(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t ({}); CREATE INDEX i ON t (c2);\n.mode csv\n\
         .import --skip 1 \"{}\" t\nSELECT count(*) FROM t;\n",
        columns.join(", "),
        csv.display()
    );
    let file = folder.path().join("script.sql");
    std::fs::write(&file, script).expect("a script");
    let (out, took) = timed(|| {
        Command::new("sqlite3")
            .arg(folder.path().join("t.db"))
            .stdin(std::fs::File::open(&file).expect("the script"))
            .output()
    });
    match out {
        Ok(out) if String::from_utf8_lossy(&out.stdout).trim().ends_with("4028") => took,
        _ => Duration::ZERO,
    }
}

fn write_csv(path: &Path, rows: &[Vec<String>]) {
    let mut text = HEADERS.join(",");
    text.push('\n');
    for row in rows {
        let _ = writeln!(text, "{}", row.join(","));
    }
    std::fs::write(path, text).expect("a CSV file");
}

fn write_xlsx(path: &Path, rows: &[Vec<String>]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (col, header) in HEADERS.iter().enumerate() {
        sheet.write(0, col as u16, *header).expect("a cell");
    }
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(r as u32 + 1, c as u16, cell).expect("a cell");
        }
    }
    book.save(path).expect("a workbook");
}
