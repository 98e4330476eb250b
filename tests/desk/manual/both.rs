//! The manuals of both languages hold the same, and everything that the program has: what is in code font and no word of
//! either language stands in both; commands, options, keys, settings, events and values of the reference stand where the
//! manual tells of them.

use super::{page, pages};
use std::collections::BTreeSet;

const BOTH: [&str; 2] = ["docs/manual", "docs/manual.zh-CN"];

/// What stands in code font, paragraph by paragraph, outside blocks.
fn coded(text: &str) -> Vec<String> {
    let text = super::prose(text);
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ").replace("\\|", "|"));
    let inside = |paragraph: String| {
        let odd = paragraph.split('`').skip(1).step_by(2);
        odd.map(str::to_owned).collect::<Vec<_>>()
    };
    paragraphs.flat_map(inside).collect()
}

/// The words of what stands in code font.
fn parts(code: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || "[]|…=()".contains(c);
    code.split(ends).map(|word| word.trim_matches(',')).filter(|word| !word.is_empty())
}

/// Whether it is the program's own: no word of a language, and no place to fill in, which is in capitals.
fn is_own(word: &str) -> bool {
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let small = word.chars().any(|c| c.is_ascii_lowercase());
    word.is_ascii() && (small || capitals < 2)
}

/// Every word in code font on a page, and the whole of each code.
fn own(text: &str) -> BTreeSet<String> {
    let all = coded(text);
    let words = all.iter().flat_map(|code| parts(code)).filter(|word| is_own(word)).map(str::to_owned);
    words.collect()
}

#[test]
fn both_manuals_have_the_same_pages_with_the_same_words_of_the_program() {
    let names = |folder: &str| -> Vec<_> {
        pages(folder).iter().map(|page| page.path.file_name().unwrap().to_owned()).collect()
    };
    assert_eq!(names(BOTH[0]), names(BOTH[1]));
    let (mut found, mut differing) = (0, Vec::new());
    for english in pages(BOTH[0]) {
        let name = english.path.file_name().unwrap().to_str().unwrap();
        let [english, chinese] =
            [english.text, page(&format!("{}/{name}", BOTH[1])).text].map(|text| own(&text));
        found += english.len();
        let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<_> {
            one.difference(other).cloned().collect()
        };
        differing.extend(
            only(&english, &chinese).into_iter().map(|word| format!("{name}: {word} in English alone")),
        );
        differing.extend(
            only(&chinese, &english).into_iter().map(|word| format!("{name}: {word} in Chinese alone")),
        );
    }
    assert!(differing.is_empty(), "{differing:#?}");
    assert!(found > 900, "only {found} words in code font");
}

/// A section of the reference, by its heading.
fn section(title: &str) -> String {
    let reference = page("docs/reference.md").text;
    let rest = reference.split(&format!("\n## {title}\n")).nth(1).unwrap_or_else(|| panic!("no {title}"));
    rest.split("\n## ").next().unwrap().to_owned()
}

/// What stands in code font in the first cell of each row.
fn first_cells(section: &str) -> BTreeSet<String> {
    let rows = section.lines().filter_map(|line| line.strip_prefix("| "));
    rows.flat_map(|row| coded(row.split(" | ").next().unwrap())).collect()
}

/// What stands on none of these pages.
fn missing(wanted: &BTreeSet<String>, from: &[&str]) -> Vec<String> {
    BOTH.iter()
        .flat_map(|folder| {
            let texts = from.iter().map(|name| page(&format!("{folder}/{name}")).text);
            let there: BTreeSet<String> = texts
                .flat_map(|text| own(&text).into_iter().chain(coded(&text)).collect::<Vec<_>>())
                .collect();
            let absent: Vec<_> = wanted.difference(&there).cloned().collect();
            absent.into_iter().map(move |word| format!("{folder}/{}: {word}", from[0]))
        })
        .collect()
}

/// The commands that a page tells of: `add|edit person` is both.
fn commands(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let typed = text.lines().filter(|line| line.starts_with("zhiban ")).map(str::to_owned);
    for code in coded(text).into_iter().chain(typed) {
        let mut words = code.trim_start_matches("zhiban ").split_whitespace();
        let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else { continue };
        for first in first.split('|') {
            out.insert(first.to_owned());
            out.extend(second.split('|').map(|second| format!("{first} {second}")));
        }
    }
    out
}

#[test]
fn every_command_and_option_stands_in_the_manual() {
    let section = section("Commands");
    let headings = section.lines().filter_map(|line| line.strip_prefix("### `zhiban ")?.strip_suffix('`'));
    let headings: BTreeSet<String> = headings.map(str::to_owned).collect();
    assert!(headings.len() > 50, "{headings:?}");
    for folder in BOTH {
        // Of ledgers the page of ledgers tells.
        let both = ["command-line.md", "ledgers.md"].map(|name| page(&format!("{folder}/{name}")).text);
        let there: BTreeSet<String> = both.iter().flat_map(|text| commands(text)).collect();
        let absent: Vec<_> = headings.difference(&there).collect();
        assert!(absent.is_empty(), "{folder}/command-line.md does not tell of {absent:?}");
    }
    let options = first_cells(&section).into_iter().flat_map(|code| {
        parts(&code).filter(|part| part.starts_with("--")).map(str::to_owned).collect::<Vec<_>>()
    });
    let options: BTreeSet<String> = options.collect();
    let absent = missing(&options, &["command-line.md", "ledgers.md"]);
    assert!(absent.is_empty(), "{absent:#?}");
}

#[test]
fn every_key_stands_in_the_manual_and_what_has_none_by_its_name() {
    let section = section("Keys");
    let keys = first_cells(&section);
    assert!(keys.contains("Alt-L") && keys.contains(":import"), "{keys:?}");
    let absent = missing(&keys, &["keys.md"]);
    assert!(absent.is_empty(), "{absent:#?}");
}

#[test]
fn every_setting_event_and_value_stands_in_the_manual() {
    for (title, from, least) in
        [("Settings", "data.md", 15), ("Events", "json.md", 40), ("Values", "json.md", 150)]
    {
        let wanted = first_cells(&section(title));
        assert!(wanted.len() >= least, "{title}: {wanted:?}");
        let absent = missing(&wanted, &[from]);
        assert!(absent.is_empty(), "{title}: {absent:#?}");
    }
}

#[test]
fn every_field_of_json_stands_in_the_manual() {
    // Settings are printed under their own names, and told of where they are.
    let settings = first_cells(&section("Settings"));
    let fields: BTreeSet<String> = first_cells(&section("JSON"))
        .iter()
        .flat_map(|path| path.split(['.', '[', ']', '*']).filter(|name| !name.is_empty()))
        .filter(|name| !settings.contains(*name))
        .map(str::to_owned)
        .collect();
    assert!(fields.len() > 150 && fields.contains("told_at"), "{fields:?}");
    let absent = missing(&fields, &["json.md", "ledgers.md"]);
    assert!(absent.is_empty(), "{absent:#?}");
}

#[test]
fn what_is_missing_is_found() {
    let wanted = BTreeSet::from(["no-such-word".to_owned(), "lang".to_owned()]);
    assert_eq!(missing(&wanted, &["data.md"]), BOTH.map(|folder| format!("{folder}/data.md: no-such-word")));
    assert_eq!(own("`--db FILE` and `--db 文件`, `x|y`"), ["--db", "x", "y"].map(str::to_owned).into());
    let told = commands("`add\\|edit person NO`");
    assert!(told.contains("add person") && told.contains("edit person"), "{told:?}");
}
