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
    rows_of(&crate::store::everybody(&store.reader().expect("a reader")))
}

fn rows_of(people: &[query::rows::PersonRow]) -> Vec<Vec<String>> {
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
    let (store, _) = crate::store::office(disk.path(), Size::default());
    let mut taking = Taking { store, day: 1, rows: rows.len() };
    let mut run = |file: &Path| taking.next(file);
    let ours = median(|| run(&csv));
    line("import of 4,028 × 37, CSV", ours, Duration::from_millis(600));
    let peer = median(|| sqlite_import(&csv, rows.len()));
    println!("{:<58} {:>9.2} ms", "  peer: sqlite3 .import into an indexed table", peer.as_secs_f64() * 1e3);
    if !peer.is_zero() {
        number("  ratio to the peer", ours.as_secs_f64() / peer.as_secs_f64(), 8.0, "×");
    }
    let xlsx_took = median(|| run(&xlsx));
    line("import of 4,028 × 37, xlsx", xlsx_took, Duration::from_millis(1500));
    println!("  ({RUNS} runs each, on disk, database of 14 days)");
}

/// Takes the same sheet in again and again, each time of the next day.
struct Taking {
    store: zhiban::store::Store,
    day: i64,
    rows: usize,
}

impl Taking {
    fn next(&mut self, file: &Path) -> Duration {
        self.day += 1;
        let (mut ids, now) = (Ids::Random, demo::now().plus(self.day * 86_400_000));
        let options = Options {
            day: Some(add_days(chrono::NaiveDate::from_ymd_opt(2020, 2, 17).expect("a day"), self.day)),
            program: Some(env!("CARGO_BIN_EXE_zhiban").into()),
            ..Options::default()
        };
        let reader = self.store.reader().expect("a reader");
        let officer = query::officers(&reader).expect("officers")[0].0;
        let (accepted, took) = timed(|| {
            let known = query::roster(&reader).expect("a roster");
            let plan = intake::prepare(file, What::Report, &known, &options, &mut ids, now).expect("a plan");
            let author = Author { officer, now, happened_at: None, op_id: ids.id(now) };
            let accepted = plan.import.readings.len();
            self.store.commit(&author, &mut ids, &Act::Import(Box::new(plan.import))).expect("a commit");
            accepted
        });
        assert_eq!(accepted, self.rows);
        took
    }
}

/// How many days lie before the import that is held against the first.
const HISTORY: i64 = 200;

/// An import on top of a long history, against the first days'.
pub fn history() {
    let folder = crate::store::memory_folder();
    let rows = rows(folder.path());
    let csv = folder.path().join("day.csv");
    write_csv(&csv, &rows);
    let (store, _) = crate::store::office(folder.path(), Size::default());
    let mut taking = Taking { store, day: 1, rows: rows.len() };
    let first = median(|| taking.next(&csv));
    while taking.day < HISTORY {
        taking.next(&csv);
    }
    let late = median(|| taking.next(&csv));
    line("import of 4,028 × 37, CSV, memory file system: the first days", first, Duration::from_millis(600));
    println!("{:<58} {:>9.2} ms", format!("  on top of {HISTORY} days"), late.as_secs_f64() * 1e3);
    number("  ratio", late.as_secs_f64() / first.as_secs_f64(), 1.2, "×");
}

/// How many sheets a morning brings, and how many rows each.
const SHEETS: usize = 41;
const SHEET_ROWS: usize = 100;

/// A morning: sheets for every unit written, as many sheets lying in the inbox taken in. Both by the command.
pub fn collect() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (store, path) = crate::store::office(folder.path(), Size::default());
    let people = crate::store::everybody(&store.reader().expect("a reader"));
    drop(store);
    let zhiban = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhiban"));
        command.env("ZHIBAN_STATE_DIR", folder.path().join("state")).arg("--db").arg(&path);
        command.args(["--now", "2020-02-18T08:30:00+08:00", "--officer", "宋知微"]).args(args);
        let (out, took) = timed(|| command.output().expect("the command"));
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        (String::from_utf8_lossy(&out.stdout).into_owned(), took)
    };
    let out = folder.path().join("out");
    std::fs::create_dir(&out).expect("a folder");
    let to = out.to_str().expect("a path");
    let (_, templates) = zhiban(&["form", "sheet", "--all", "--out", to]);
    let made = std::fs::read_dir(&out).expect("the sheets").count();
    line(&format!("sheets to fill in, {made} units, the command"), templates, Duration::from_millis(1500));

    let inbox = folder.path().join("in");
    std::fs::create_dir(&inbox).expect("a folder");
    let mut units: Vec<&str> = people.iter().map(|one| one.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let rows = rows_of(&people);
    let (mut sheets, mut sent) = (0, 0);
    for unit in units.into_iter().take(SHEETS) {
        let of: Vec<Vec<String>> =
            rows.iter().filter(|row| row[1] == unit).take(SHEET_ROWS).cloned().collect();
        write_xlsx(&inbox.join(format!("{unit}2.18日报.xlsx")), &of);
        (sheets, sent) = (sheets + 1, sent + of.len());
    }
    zhiban(&["settings", "inbox", inbox.to_str().expect("a path")]);
    // What was written a moment ago may go on, and is waited for: these have lain there.
    std::thread::sleep(Duration::from_secs(2));
    let (said, took) = zhiban(&["inbox", "take", "--all", "--yes", "--json"]);
    let left = std::fs::read_dir(&inbox)
        .expect("the inbox")
        .flatten()
        .filter(|one| one.path().extension().is_some_and(|ending| ending == "xlsx"))
        .count();
    assert_eq!(left, 0, "{said}");
    line(
        &format!("{sheets} sheets, {sent} rows, from the inbox to durable"),
        took,
        Duration::from_millis(1500),
    );
}

/// How many rows the large sheet has.
const LARGE_ROWS: usize = 150_000;

/// A sheet of a bureau of a million people. Its office takes long to make: `ZHIBAN_BENCH_DB=FOLDER` keeps it from run to run.
pub fn large() {
    const SIZE: Size = Size { people: 1_000_000, units: 410, days: 2 };
    let kept = std::env::var_os("ZHIBAN_BENCH_DB").map(std::path::PathBuf::from);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = kept.as_deref().unwrap_or(folder.path());
    let (store, path) = crate::store::office(folder, SIZE);
    let some = query::rows::PeopleQuery { limit: LARGE_ROWS as u32, ..Default::default() };
    let people = query::people(&store.reader().expect("a reader"), &some, demo::now()).expect("people").rows;
    drop(store);
    let csv = folder.join("large.csv");
    write_csv(&csv, &rows_of(&people));
    drop(people);
    let copy = folder.join("copy.db");
    std::fs::copy(&path, &copy).expect("a copy");
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%M", env!("CARGO_BIN_EXE_zhiban"), "--db"]).arg(&copy);
    command.env("ZHIBAN_STATE_DIR", folder.join("state"));
    command.args(["--now", "2020-02-18T08:30:00+08:00", "--officer", "宋知微", "import", "report"]);
    let (out, took) = timed(|| {
        command
            .arg(&csv)
            .args(["--date", "2020-02-18", "--reason", "重报", "--yes"])
            .output()
            .expect("the command")
    });
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{said}");
    let peak = said.trim().lines().last().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0;
    println!("{:<58} {:>9.2} ms", "150,000 rows into an office of a million", took.as_secs_f64() * 1e3);
    let peer = sqlite_import(&csv, LARGE_ROWS);
    println!("{:<58} {:>9.2} ms", "  peer: sqlite3 .import into an indexed table", peer.as_secs_f64() * 1e3);
    number("  ratio to the peer", took.as_secs_f64() / peer.as_secs_f64(), 4.0, "×");
    number("  memory at its peak", peak, 300.0, "MB");
    for file in [csv, copy] {
        let _ = std::fs::remove_file(file);
    }
}

/// The peer: the same file into a table with an index on the number, durable as ours is.
fn sqlite_import(csv: &Path, rows: usize) -> Duration {
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
        Ok(out) if String::from_utf8_lossy(&out.stdout).trim().ends_with(&rows.to_string()) => took,
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
