//! Links between the pages lead to pages and headings that are there.

use super::{Page, page, pages, prose, root};
use std::collections::BTreeSet;
use std::path::Path;

/// Every page that somebody reads.
fn all() -> Vec<Page> {
    let folders = [".", "docs", "docs/manual", "docs/manual.zh-CN", "benches"].into_iter().flat_map(pages);
    folders
        .chain(["data/templates/README.md", "data/fonts/README.md", "data/schemas/README.md"].map(page))
        .collect()
}

/// The targets of the links of a page.
fn links(text: &str) -> Vec<String> {
    let text = prose(text);
    let parts = text.split("](").skip(1);
    parts.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())).collect()
}

/// The anchors that a reader's program makes of a page's headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let text = prose(text);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

fn astray(page: &Page) -> Vec<String> {
    let here = page.path.parent().unwrap_or_else(|| Path::new(""));
    let leads = |link: &str| {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = if file.is_empty() { page.path.clone() } else { here.join(file) };
        let whole = root().join(target);
        let anchored = || anchors(&std::fs::read_to_string(&whole).unwrap()).contains(anchor);
        whole.exists() && (anchor.is_empty() || anchored())
    };
    let inside = links(&page.text).into_iter().filter(|link| !link.contains("://"));
    let wrong = inside.filter(|link| !leads(link));
    wrong.map(|link| format!("{}: {link}", page.path.display())).collect()
}

#[test]
fn every_link_between_the_pages_leads_somewhere() {
    let all = all();
    let count: usize = all.iter().map(|page| links(&page.text).len()).sum();
    assert!(count > 80, "only {count} links found");
    let wrong: Vec<String> = all.iter().flat_map(astray).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let page_of = |text: &str| Page { path: "docs/manual/keys.md".into(), text: text.to_owned() };
    assert_eq!(astray(&page_of("see [A](finding.md), [B](#keys), [C](https://nowhere.example)")), [""; 0]);
    assert_eq!(astray(&page_of("[A](no-page.md)")), ["docs/manual/keys.md: no-page.md"]);
    assert_eq!(
        astray(&page_of("[A](privacy.md#no-heading)")),
        ["docs/manual/keys.md: privacy.md#no-heading"]
    );
}

#[test]
fn every_page_of_the_manual_is_named_in_its_list_and_in_the_readme_of_its_language() {
    for (folder, readme) in [("docs/manual", "README.md"), ("docs/manual.zh-CN", "README.zh-CN.md")] {
        let list = std::fs::read_to_string(root().join(folder).join("README.md")).unwrap();
        let front = std::fs::read_to_string(root().join(readme)).unwrap();
        assert!(front.lines().count() <= 250, "{readme} is to be read in one sitting");
        for page in pages(folder) {
            let name = page.path.file_name().unwrap().to_str().unwrap();
            if name != "README.md" {
                assert!(links(&list).contains(&name.to_owned()), "{folder}/README.md does not name {name}");
                let link = format!("{folder}/{name}");
                assert!(links(&front).contains(&link), "{readme} does not name {link}");
            }
        }
    }
}
