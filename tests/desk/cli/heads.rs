//! How a report is numbered from the command line.

use super::Office;

#[test]
fn a_number_of_figures_alone_needs_the_code_of_the_office_and_begins_with_one() {
    let office = Office::new();
    for (lang, said, hint) in [
        ("zh", "还没有设置发文机关代字", "settings doc-code"),
        ("en", "the office has no code", "settings doc-code"),
    ] {
        let told =
            office.at("10:07", &["--lang", lang, "sitrep", "--number", "17", "--out", "a.pdf"]).refused();
        assert!(told.contains(said) && told.contains(hint), "{told}");
        assert!(!office.path("a.pdf").exists(), "nothing is written");
    }
    let whole = ["sitrep", "--number", "海办函〔2020〕3号", "--format", "text"];
    assert!(office.at("10:08", &whole).out.contains("海办函〔2020〕3号"));
    office.at("10:09", &["settings", "doc-code", "海理工防控"]).done();
    assert!(
        office
            .at("10:10", &["sitrep", "--number", "17", "--format", "text"])
            .out
            .contains("海理工防控〔2020〕17号")
    );
    let told =
        office.at("10:11", &["--lang", "zh", "sitrep", "--number", "00", "--format", "text"]).refused();
    assert!(told.contains("从 1 起"), "{told}");
}
