//! Several processes on one office at once: one chain, nothing lost, whoever reads sees one moment.

use super::ground::{Ground, look};
use std::process::{Child, Output, Stdio};

/// Lets `writers` processes at a time write `each` notes, and says which were called logged.
fn writers(ground: &Ground, writers: usize, each: usize) -> Vec<String> {
    let mut logged = Vec::new();
    for round in 0..each {
        let children: Vec<(String, Child)> = (0..writers)
            .map(|writer| {
                let text = format!("writer {writer} note {round} end");
                let mut command = ground.zhiban(&["log", "note", &text]);
                (text, command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
            })
            .collect();
        for (text, child) in children {
            let output = child.wait_with_output().unwrap();
            // On a busy machine a writer may give up waiting for the others; it must say so then.
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() || !said.trim().is_empty(), "it failed without a word");
            if output.status.success() {
                logged.push(text);
            }
        }
    }
    logged
}

fn all_there(ground: &Ground, logged: &[String]) -> Result<(), String> {
    let found = look(&ground.db())?;
    let lost: Vec<_> = logged.iter().filter(|text| found.telling(text) != 1).collect();
    if lost.is_empty() { Ok(()) } else { Err(format!("lost or doubled: {lost:?}")) }
}

fn race(count: usize, each: usize) {
    let ground = Ground::office();
    let logged = writers(&ground, count, each);
    println!("races: {} notes of {count} writers, {} called logged", count * each, logged.len());
    assert!(logged.len() * 2 > count * each, "most of them must come through: {}", logged.len());
    all_there(&ground, &logged).unwrap();
}

#[test]
fn eight_writers_keep_one_chain() {
    race(8, 3);
}

#[test]
#[ignore = "whole run: a minute"]
fn whole_races() {
    race(8, 60);
}

#[test]
fn a_lost_note_of_a_race_is_caught() {
    let ground = Ground::office();
    let mut logged = writers(&ground, 2, 1);
    logged.push("called logged, never written".to_owned());
    assert!(all_there(&ground, &logged).is_err());
}

#[test]
fn whoever_reads_during_an_import_sees_one_moment() {
    let ground = Ground::office();
    let mut roster = String::from("工号,姓名,单位,手机,人员类别\n");
    for n in 0..3_000 {
        roster += &format!("2{n:05},学生{n},土木工程学院,1990001{:04},本科生\n", n % 10_000);
    }
    std::fs::write(ground.path("many.csv"), roster).unwrap();
    let people = |output: &Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        rows.as_array().unwrap().len()
    };
    let list = ["list", "people", "--json", "--limit", "5000"];
    let mut import = ground.zhiban(&["import", "roster", "many.csv", "--yes"]);
    let mut import = import.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut seen = vec![3];
    while import.try_wait().unwrap().is_none() {
        seen.push(people(&ground.run(&list)));
    }
    assert!(import.wait().unwrap().success());
    seen.push(people(&ground.run(&list)));
    seen.dedup();
    assert_eq!(seen, [3, 3_003], "all of a sheet at once or nothing of it");
    look(&ground.db()).unwrap();
}

#[test]
fn a_backup_during_writes_is_sound() {
    let ground = Ground::office();
    let mut logged = Vec::new();
    for n in 0..4 {
        let name = format!("backup {n}.db");
        let mut backup = ground.zhiban(&["backup", &name]);
        let mut backup = backup.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        logged.extend(writers(&ground, 3, 1).into_iter().map(|text| (n, text)));
        assert!(backup.wait().unwrap().success());
        look(&ground.path(&name)).unwrap();
    }
    let found = look(&ground.db()).unwrap();
    assert!(found.of_kind("backup.made") == 4, "every backup is logged");
    assert!(!logged.is_empty());
}
