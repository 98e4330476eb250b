//! Workbooks locked with a password: read with the right one, named without it, and the password goes nowhere else.

use super::lock::{OldWay, TODAY, Way, locked, old_locked};
use super::made::{old_number, old_text, zipped};
use super::*;
use zhiban::domain::password::{Password, Passwords};
use zhiban::intake::cells::Limits;

/// Written by a program of others, with the password [`THEIRS`].
const OTHERS: &[u8] = include_bytes!("../../data/locked.xlsx");
const THEIRS: &str = "潮汐 ２０二〇";
const OWN: &str = "Tide-潮 20";

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["工号", "姓名", "上午体温"]).unwrap();
    sheet.write_row(1, 0, ["20180001", "王芳", "36.5"]).unwrap();
    sheet.write_row(2, 0, ["20180002", "李强", "36.6"]).unwrap();
    book.save_to_buffer().unwrap()
}

fn old(password: &str, way: OldWay) -> Vec<u8> {
    let mut cells = vec![old_text(0, 0, "工号"), old_text(0, 1, "姓名"), old_text(0, 2, "上午体温")];
    for (row, (no, name)) in (1..).zip([("20180001", "王芳"), ("20180002", "李强")]) {
        cells.extend([old_text(row, 0, no), old_text(row, 1, name), old_number(row, 2, 0, 36.5)]);
    }
    // More than one stretch: the key changes within the sheet.
    cells.extend((10..60).map(|row| old_text(row, 5, "后面的备注")));
    old_locked(&cells, password, way)
}

fn with(passwords: &[&str]) -> Options {
    let mut all = Passwords::default();
    passwords.iter().rev().for_each(|one| all.add(Password::new(one).unwrap()));
    Options { unit: Some("计算机".into()), passwords: all, ..usual() }
}

fn tried(office: &mut Office, name: &str, bytes: &[u8], passwords: &[&str]) -> Result<ImportPlan, Error> {
    let path = office.file(name, bytes);
    office.read(&path, What::Report, &with(passwords))
}

#[test]
fn every_way_is_read_with_its_password_alone_and_is_the_file_that_was_sent() {
    let mut office = Office::new();
    let book = workbook();
    let agile = |hash, bits| locked(&book, OWN, Way::Agile(hash, bits, 1_000));
    for (name, bytes, password) in [
        ("others.xlsx", OTHERS.to_vec(), THEIRS),
        ("today.xlsx", locked(&book, OWN, TODAY), OWN),
        ("2010.xlsx", agile("SHA1", 128), OWN),
        ("2010b.xlsx", agile("SHA256", 192), OWN),
        ("2013.xlsx", agile("SHA384", 256), OWN),
        ("2007.xlsx", locked(&book, OWN, Way::Standard), OWN),
        ("1997.xls", old(OWN, OldWay::Forty), OWN),
        ("2002.xls", old(OWN, OldWay::System(128)), OWN),
        ("2002b.xls", old(OWN, OldWay::System(40)), OWN),
    ] {
        let read = tried(&mut office, name, &bytes, &[password]);
        let plan = read.unwrap_or_else(|error| panic!("{name}: {}", error.text(Lang::En)));
        assert_eq!((plan.accepted, plan.rejected.len()), (2, 0), "{name}");
        let sent = blake3::hash(&bytes).to_hex().to_string();
        assert_eq!(plan.import.sheet.digest, sent, "{name}: known again by what was sent");
        let kind = |error: Error| error.kind().unwrap();
        let without = tried(&mut office, name, &bytes, &[]).map(|_| ()).map_err(kind);
        assert_eq!(without, Err(Kind::Locked), "{name}");
        let wrong =
            tried(&mut office, name, &bytes, &["tide-潮 20", "潮汐 20二〇"]).map(|_| ()).map_err(kind);
        assert_eq!(wrong, Err(Kind::WrongPassword), "{name}");
        let second = tried(&mut office, name, &bytes, &["别的", password, "x"]);
        assert_eq!(second.unwrap().accepted, 2, "{name}: among several");
    }
}

#[test]
fn what_is_only_protected_against_changes_is_read_without_asking() {
    let mut office = Office::new();
    let nobodys = "VelvetSweatshop";
    for (name, bytes) in [
        ("protected.xlsx", locked(&workbook(), nobodys, Way::Agile("SHA512", 256, 1_000))),
        ("protected.xls", old(nobodys, OldWay::System(128))),
    ] {
        assert_eq!(tried(&mut office, name, &bytes, &[]).unwrap().accepted, 2, "{name}");
        assert_eq!(tried(&mut office, name, &bytes, &["x"]).unwrap().accepted, 2, "{name}");
    }
}

#[test]
fn what_no_password_opens_is_named_so_in_both_languages() {
    let mut office = Office::new();
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    for (name, bytes) in [
        ("mixed.xls", old(OWN, OldWay::Mixed)),
        ("locked.ods", zipped(&[("META-INF/manifest.xml", manifest), ("content.xml", "?")])),
    ] {
        let error = tried(&mut office, name, &bytes, &[OWN]).map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), Some(Kind::File), "{name}");
        let (zh, en) = (error.text(Lang::Zh), error.text(Lang::En));
        assert!(zh.contains("加密的方式读不了") && zh.contains("取消密码"), "{zh}");
        assert!(en.contains("cannot be opened here") && en.contains("remove the password"), "{en}");
    }
}

#[test]
fn what_is_cut_off_is_damaged_wherever_the_cut_is_and_never_half_read() {
    let mut office = Office::new();
    let whole = locked(&workbook(), OWN, Way::Agile("SHA512", 256, 1_000));
    for cut in [600, 1_100, 3_000, 5_700, 6_200, whole.len() - 2_000] {
        let read = tried(&mut office, "cut.xlsx", &whole[..cut], &[OWN]);
        let error = read.map(|plan| plan.accepted).unwrap_err();
        assert!(error.text(Lang::En).contains("damaged"), "{cut}: {}", error.text(Lang::En));
    }
    // The last bytes of the book are others': what was packed does not come out as it was.
    let mut spoilt = locked(&workbook(), OWN, Way::Agile("SHA512", 256, 1_000));
    let at = spoilt.len() - 1_500;
    spoilt[at..at + 64].fill(0);
    let error = tried(&mut office, "spoilt.xlsx", &spoilt, &[OWN]).map(|plan| plan.accepted).unwrap_err();
    assert_eq!(error.kind(), Some(Kind::File), "{error:?}");
}

// Guarded against: a file that has the password hashed without an end. More than the format allows is refused unread;
// below that the child's processor limit holds.
#[test]
fn a_file_cannot_have_its_password_hashed_for_ever() {
    let mut office = Office::new();
    let with_spins = |spins| locked(&workbook(), OWN, Way::Agile("SHA512", 256, spins));
    let error = tried(&mut office, "many.xlsx", &with_spins(10_000_001), &[OWN]).map(|_| ()).unwrap_err();
    assert!(error.text(Lang::En).contains("damaged"), "{error:?}");
    assert_eq!(tried(&mut office, "few.xlsx", &with_spins(1_000), &[OWN]).unwrap().accepted, 2);
    let path = office.file("long.xlsx", with_spins(10_000_000));
    let limits = Limits { cpu: 1, ..Limits::MOST };
    let options = Options { limits, ..with(&[OWN, "a", "b", "c", "d", "e", "f"]) };
    let error = office.read(&path, What::Report, &options).map(|_| ()).unwrap_err();
    assert!(error.text(Lang::En).contains("could not be read safely"), "{error:?}");
}

// Guarded against: what stands on a command line or among the variables of a program, others of the machine can read.
#[test]
#[cfg(unix)]
fn the_password_goes_to_the_reader_over_its_standard_input_alone() {
    let mut office = Office::new();
    let (told, heard) = (office.folder.path().join("told"), office.folder.path().join("heard"));
    let script = office.folder.path().join("reader");
    let text = format!(
        "#!/bin/sh\necho \"$*\" >'{told}'\nenv >>'{told}'\ncat >'{heard}'\n",
        told = told.display(),
        heard = heard.display()
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let bytes = locked(&workbook(), OWN, Way::Standard);
    let path = office.file("a.xlsx", &bytes);
    let options = Options { program: Some(script), ..with(&[OWN]) };
    let error = office.read(&path, What::Report, &options).map(|_| ()).unwrap_err();
    let told = fs::read_to_string(told).unwrap();
    assert!(told.starts_with("read-cells xlsx ") && !told.contains(OWN), "{told}");
    let heard = fs::read(heard).unwrap();
    let before = [&[1, OWN.len() as u8, 0][..], OWN.as_bytes()].concat();
    assert_eq!(heard, [&before[..], &bytes].concat());
    let said = format!("{error:?} {options:?}");
    assert!(!said.contains(OWN), "{said}");
}
