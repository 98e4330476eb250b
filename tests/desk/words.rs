//! One word for a thing: words that were settled are not told otherwise anywhere the user reads.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

use std::path::{Path, PathBuf};

/// A word that is not used, and the one that is.
const SETTLED: &[(&str, &str)] = &[
    ("末日", "期满日"),
    ("无主", "待核实来电"),
    ("未知来电", "待核实来电"),
    ("已错过", "漏访"),
    ("错过时段", "漏访"),
    ("已过时", "已逾期"),
    ("花名册", "名册"),
    ("对谁说", "报送对象"),
    ("说的数", "所报数据"),
    ("报出后冻结", "报出即定稿"),
    ("这一版还没有", "尚未提供"),
    ("下一步才有", "尚未提供"),
    ("没写完", "未写完"),
    ("理由", "原因"),
    ("留空", "不填"),
    ("渠道", "方式"),
    ("重点关注零人", "没有重点关注人员"),
    ("分钟截止", "截止"),
    ("contact with a case", "met a case"),
    ("unidentified caller", "unknown caller"),
    (" op {", "entry"),
    ("(op {", "entry"),
    ("Op {", "entry"),
    ("last exposure", "last contact"),
    ("……", "…"),
];

fn files(folder: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { out.push(path) }
        }
    }
    out
}

/// What the user reads in a file: its text without comments and tests.
fn read(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The texts in quotes.
fn quoted(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let (mut inside, mut escaped, mut now) = (false, false, String::new());
    for c in text.chars() {
        match (inside, escaped, c) {
            (true, false, '\\') => escaped = true,
            (true, false, '"') => {
                inside = false;
                out.push(std::mem::take(&mut now));
            }
            (true, ..) => {
                escaped = false;
                now.push(c);
            }
            (false, _, '"') => inside = true,
            _ => {}
        }
    }
    out
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn faults(name: &str, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (not, but) in SETTLED {
        if text.contains(not) {
            out.push(format!("{name}: “{not}” should be “{but}”"));
        }
    }
    out
}

#[test]
fn a_thing_has_one_word() {
    let mut found = Vec::new();
    for path in files("src/i18n").into_iter().chain(files("src/error")) {
        found.extend(faults(&path.display().to_string(), &read(&path)));
    }
    for path in files("data/templates") {
        // How room for writing is left on a paper is not a word of the office.
        let text = std::fs::read_to_string(&path).unwrap();
        found.extend(faults(&path.display().to_string(), &text));
    }
    let found: Vec<String> = found.into_iter().filter(|fault| !fault.contains("paper.rs: “留空”")).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_check_sees_a_word_that_was_settled_otherwise() {
    assert_eq!(faults("x", "（末日 {last}）").len(), 1);
    assert!(faults("x", "（期满日 {last}）").is_empty());
}

#[test]
fn english_has_english_marks_and_chinese_has_chinese_ones() {
    let mut found = Vec::new();
    for path in files("src/i18n").into_iter().chain(files("src/error")) {
        for text in quoted(&read(&path)) {
            let chinese = is_chinese(&text);
            let english = !chinese && text.split_whitespace().count() > 2;
            if english && text.contains(['、', '，', '。', '：', '；', '（', '）']) {
                found.push(format!("{}: {text}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn english_counts_with_a_word_for_one_and_one_for_several() {
    // A number that may be one, with a word behind it that is several whatever it is.
    const SEVERAL: &[&str] = &[
        "calls",
        "items",
        "slots",
        "promises",
        "units",
        "reports",
        "rows",
        "cases",
        "entries",
        "questions",
        "papers",
        "files",
        "people",
        "days",
        "notes",
        "follow-ups",
        "drafts",
        "jobs",
        "faults",
        "temperatures",
        "sums",
    ];
    let mut found = Vec::new();
    for path in files("src/i18n").into_iter().chain(files("src/error")) {
        for text in quoted(&read(&path)) {
            for word in SEVERAL {
                for number in
                    ["{n}", "{all}", "{count}", "{rows}", "{people}", "{ops}", "{total}", "{missed}"]
                {
                    let said = format!("{number} {word}");
                    let bounded = |at: usize| {
                        let after = text[at + said.len()..].chars().next();
                        after.is_none_or(|c| !c.is_alphanumeric() && c != '\'')
                    };
                    // Of one unit the spoken report has a sentence of its own.
                    let is_spoken = text.starts_with("All {n} units sent");
                    if !is_spoken && text.match_indices(&said).any(|(at, _)| bounded(at)) {
                        found.push(format!("{}: {text}", path.display()));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "one is not several:\n{}", found.join("\n"));
}

/// The pairs that a file declares: `NAME: "中文", "English";`.
fn pairs(text: &str) -> Vec<(String, String)> {
    let literal = |text: &str| -> Option<(String, usize)> {
        let rest = text.strip_prefix('"')?;
        let mut escaped = false;
        let end = rest.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        Some((rest[..end].to_owned(), end + 2))
    };
    let pair = |at: usize| {
        let (zh, end) = literal(&text[at..])?;
        let rest = text[at + end..].trim_start().strip_prefix(',')?.trim_start();
        let (en, end) = literal(rest)?;
        rest[end..].trim_start().starts_with(';').then_some((zh, en))
    };
    text.match_indices(": \"").filter_map(|(at, _)| pair(at + 2)).collect()
}

#[test]
fn a_pair_is_declared_once() {
    let mut seen: std::collections::BTreeMap<(String, String), String> = std::collections::BTreeMap::new();
    let mut found = Vec::new();
    for path in files("src/i18n") {
        let name = path.display().to_string();
        for pair in pairs(&read(&path)) {
            if let Some(other) = seen.insert(pair.clone(), name.clone()) {
                found.push(format!("{pair:?} in {name} and in {other}"));
            }
        }
    }
    assert!(seen.len() > 1500, "{}", seen.len());
    assert!(found.is_empty(), "take it from common.rs:\n{}", found.join("\n"));
}

#[test]
fn the_check_sees_a_pair() {
    let text = "A: \"单位\", \"Unit\"; of(n; u = n \"unit\" \"units\"): \"{n}\",\n  \"a \\\"{n}\\\"\";";
    assert_eq!(pairs(text).len(), 2);
    assert_eq!(pairs(text)[0], ("单位".to_owned(), "Unit".to_owned()));
}
