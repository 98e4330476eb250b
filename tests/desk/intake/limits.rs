//! What is refused whole: files that are no sheets, lie, or would cost too much; readers that die or dawdle.
//!
//! Nothing here could harm whoever opens it: a guard is tried by lowering its limit and sending a small file that goes
//! merely over it.

use super::made::{container, zipped};
use super::*;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use zhiban::intake::cells::{Limits, wire};

#[test]
fn what_is_not_a_sheet_is_refused_whole_and_says_why() {
    let mut office = Office::new();
    let ole = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let locked = container("EncryptedPackage", &[0; 5000]);
    let swallowed = format!("{REPORT}计算机学院,20180001,\"王芳,36.5,,,,\n甲,2,乙,36,,,,\n");
    let mended_by_chance = format!("{REPORT}计算机学院,20180001,\"王芳,36.5,,,,\n甲,2,\"乙,36,,,,\n");
    for (file, bytes, says) in [
        ("broken.xls", ole.clone(), "damaged"),
        ("ancient.xls", [&b"\x09\x04\x06\x00"[..], &[0; 60]].concat(), "before 1995"),
        ("locked.xlsx", locked, "password"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n0000".to_vec(), "a picture"),
        ("paper.xlsx", b"%PDF-1.4".to_vec(), "a document"),
        ("page.xls", b"<html><body><p>x</p></body></html>".to_vec(), "web page"),
        ("cut.xls", b"<html><table><tr><td>x</td>".to_vec(), "damaged"),
        ("binary.xlsb", zipped(&[("xl/workbook.bin", "x")]), ".xlsb"),
        ("letter.docx", zipped(&[("word/document.xml", "<x/>")]), "a document"),
        ("cut.xlsx", b"PK\x03\x04 and then nothing".to_vec(), "damaged"),
        ("empty.csv", Vec::new(), "empty"),
        ("blank.csv", b" , ,\n,,\n".to_vec(), "empty"),
        ("binary.csv", b"a,b\n\0\0\0\n".to_vec(), "not a sheet"),
        ("other.csv", "品名,数量\n口罩,3000\n".into(), "No header row"),
        ("quote.csv", swallowed.into(), "line 2"),
        ("quotes.csv", mended_by_chance.into(), "line 2"),
        ("header.csv", REPORT.into(), "no rows"),
    ] {
        let error = office.refused(file, bytes, What::Report);
        assert!(error.contains(says), "{file}: {error}");
    }
    let gone = office.folder.path().join("没有.xlsx");
    let options = usual();
    assert_eq!(office.read(&gone, What::Report, &options).unwrap_err().kind(), Some(Kind::File));
    let folder = office.folder.path().to_owned();
    assert_eq!(office.read(&folder, What::Report, &options).unwrap_err().kind(), Some(Kind::File));
}

/// A plain report of one person as a workbook.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["工号", "姓名", "上午体温"]).unwrap();
    sheet.write_row(1, 0, ["20180001", "王芳", "36.5"]).unwrap();
    book.save_to_buffer().unwrap()
}

/// Reads a file under lowered limits and says why it is refused. The same file must be read under the usual ones, so
/// that it is the limit which refuses it.
fn over(name: &str, bytes: &[u8], what: What, limits: Limits) -> String {
    let mut office = Office::new();
    let path = office.file(name, bytes);
    let options = Options { unit: Some("计算机".into()), ..usual() };
    if let Err(error) = office.read(&path, what, &options) {
        panic!("{name} is read under the usual limits: {}", error.text(Lang::En));
    }
    let error = office.read(&path, what, &Options { limits, ..options }).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), Some(Kind::File), "{error:?}");
    error.text(Lang::En)
}

/// Reads a file that goes just up to lowered limits.
fn within(name: &str, bytes: &[u8], what: What, limits: Limits) -> ImportPlan {
    let mut office = Office::new();
    let path = office.file(name, bytes);
    let options = Options { unit: Some("计算机".into()), limits, ..usual() };
    office.read(&path, what, &options).unwrap_or_else(|error| panic!("{name}: {}", error.text(Lang::En)))
}

// Guarded against: programs that make room for the whole rectangle up to the farthest cell. Ours streams, refuses a
// value beyond the last column, and passes over formatted cells without one wherever they stand.
#[test]
fn a_far_cell_is_refused_if_it_says_something_and_costs_nothing_if_not() {
    let far = |value: Option<&str>| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["工号", "姓名", "上午体温"]).unwrap();
        sheet.write_row(1, 0, ["20180001", "王芳", "36.5"]).unwrap();
        match value {
            Some(text) => sheet.write(5, 7, text).unwrap(),
            None => sheet.write_blank(5, 7, &Format::new().set_bold()).unwrap(),
        };
        book.save_to_buffer().unwrap()
    };
    let limits = Limits { columns: 7, cells: 6, rows: 2, ..Limits::MOST };
    assert_eq!(within("far.xlsx", &far(None), What::Report, limits).accepted, 1);
    let error = over("far.xlsx", &far(Some("x")), What::Report, Limits { columns: 7, ..Limits::MOST });
    assert!(error.contains("H6"), "{error}");
}

// Guarded against: a small zip that unpacks to more than memory holds. What it declares is added up before anything
// is unpacked.
#[test]
fn a_zip_that_would_unpack_to_too_much_is_refused_unopened() {
    let book = workbook();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
    let declared: u64 = (0..zip.len()).map(|at| zip.by_index(at).unwrap().size()).sum();
    let limits = Limits { unpacked: declared, ..Limits::MOST };
    assert_eq!(within("book.xlsx", &book, What::Report, limits).accepted, 1);
    let limits = Limits { unpacked: declared - 1, ..Limits::MOST };
    let error = over("book.xlsx", &book, What::Report, limits);
    assert!(error.contains("unpack"), "{error}");
}

#[test]
fn sheets_beyond_the_limit_are_not_left_out_silently() {
    let with = |sheets: usize| {
        let mut book = Workbook::new();
        for at in 0..sheets {
            let sheet = book.add_worksheet();
            sheet.write_row(0, 0, ["工号", "姓名"]).unwrap();
            sheet.write_row(1, 0, [format!("{}", 1000 + at), format!("人{at}")]).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let limits = Limits { sheets: 3, ..Limits::MOST };
    assert_eq!(within("many.xlsx", &with(3), What::Roster, limits).new.len(), 3);
    let error = over("more.xlsx", &with(4), What::Roster, limits);
    assert!(error.contains("more than 64 sheets"), "{error}");
}

// Guarded against: sheets of more than the desk can hold at once. The child counts rows, cells, bytes of one cell and
// of all.
#[test]
fn too_much_in_a_sheet_is_refused_by_the_child() {
    let text = format!("{REPORT}计算机学院,20180001,王芳,36.5,,,,\n计算机学院,20180002,李强,36.6,,,,\n");
    let filled = text.split([',', '\n']).filter(|cell| !cell.is_empty());
    let (cells, bytes) = (filled.clone().count() as u64, filled.clone().map(str::len).sum::<usize>() as u64);
    let longest = filled.map(str::len).max().unwrap() as u64;
    let most = Limits::MOST;
    let limits = Limits { rows: 3, cells, cell: longest, text: bytes, file: text.len() as u64, ..most };
    assert_eq!(within("day.csv", text.as_bytes(), What::Report, limits).accepted, 2);
    for (limits, says) in [
        (Limits { rows: 2, ..most }, "more than 200000 rows"),
        (Limits { cells: cells - 1, ..most }, "more than 4000000 cells"),
        (Limits { cell: longest - 1, ..most }, "too long a text"),
        (Limits { text: bytes - 1, ..most }, "too much text"),
        (Limits { file: text.len() as u64 - 1, ..most }, "larger than 64 MB"),
    ] {
        let error = over("day.csv", text.as_bytes(), What::Report, limits);
        assert!(error.contains(says), "{limits:?}: {error}");
    }
}

// Guarded against: merged regions over a whole column, each of whose rows would be filled. Beyond the limit they are
// left as they stand: the rows below lack the value and say so.
#[test]
fn merged_cells_are_filled_down_only_so_far() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["单位", "工号", "姓名"]).unwrap();
    sheet.merge_range(1, 0, 2, 0, "计算机学院", &Format::new()).unwrap();
    sheet.write_row(1, 1, ["20200001", "周一"]).unwrap();
    sheet.write_row(2, 1, ["20200002", "周二"]).unwrap();
    let book = book.save_to_buffer().unwrap();
    let mut office = Office::new();
    let path = office.file("merged.xlsx", &book);
    let unit = Some(office.known.units[0].id);
    let mut in_unit = |filled: u64| {
        let limits = Limits { filled, ..Limits::MOST };
        let plan = office.read(&path, What::Roster, &Options { limits, ..usual() }).unwrap();
        plan.import.roster.iter().filter(|row| row.facts.unit == unit).count()
    };
    assert_eq!(in_unit(1), 2);
    assert_eq!(in_unit(0), 1, "nothing is filled, so one row names no unit");
}

// Guarded against: a reader that was taken over and writes without an end. The parent counts by itself, and stops at
// the first cell too many, not at the end of the stream.
#[test]
fn the_parent_counts_again() {
    // Magic, one sheet; then the same cell over and over, and no end.
    let start = [&b"zhc1"[..], &[1, 0], &0u32.to_le_bytes()].concat();
    let cell = [&[2][..], &0u32.to_le_bytes(), &[0, 0, 0], &1u32.to_le_bytes(), b"1"].concat();
    let stream = |cells: usize| [&start[..], &cell.repeat(cells)].concat();
    let limits = Limits { cells: 10, ..Limits::MOST };
    let refused = |cells: usize, limits| wire::receive(&stream(cells)[..], limits).unwrap_err().kind();
    assert_eq!(refused(10, limits), std::io::ErrorKind::UnexpectedEof, "so many may come");
    assert_eq!(refused(11, limits), std::io::ErrorKind::InvalidData);
    assert_eq!(refused(11, Limits { text: 10, ..Limits::MOST }), std::io::ErrorKind::InvalidData);
    assert_eq!(refused(1, Limits { columns: 0, ..Limits::MOST }), std::io::ErrorKind::InvalidData);
    assert_eq!(refused(1, Limits { sheets: 0, ..Limits::MOST }), std::io::ErrorKind::InvalidData);
}

// Guarded against: files that declare such numbers of things to come that room for them exhausts the machine. The
// child has little memory, and only the child ends.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_needs_more_memory_than_there_is_ends_the_child_only() {
    let limits = Limits { memory: 1 << 20, ..Limits::MOST };
    let error = over("book.xlsx", &workbook(), What::Report, limits);
    assert!(error.contains("could not be read safely"), "{error}");
}

#[test]
fn mutated_files_never_bring_the_parent_down() {
    let mut office = Office::new();
    let good = workbook();
    let options = usual();
    let mut state = 20_200_217_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut refused = 0;
    for round in 0..60 {
        let mut bytes = good.clone();
        for _ in 0..=next(8) {
            let at = next(bytes.len());
            bytes[at] = next(256) as u8;
        }
        if round % 5 == 0 {
            bytes.truncate(next(good.len()));
        }
        let path = office.file("mutated.xlsx", &bytes);
        if let Err(error) = office.read(&path, What::Report, &options) {
            assert!(matches!(error.kind(), Some(Kind::File | Kind::Layout)), "{error:?}");
            refused += 1;
        }
    }
    assert!(refused > 10, "the mutations must bite: {refused}");
}

#[test]
#[cfg(unix)]
fn a_reader_that_dies_or_lies_is_a_clear_error() {
    let mut office = Office::new();
    let path = office.file("a.csv", REPORT);
    for program in ["/bin/false", "/bin/cat", "/bin/true"] {
        let options = Options { program: Some(program.into()), ..usual() };
        let error = office.read(&path, What::Report, &options).map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), Some(Kind::File));
        assert!(error.text(Lang::Zh).contains("无法安全读取"), "{program}");
    }
}

/// A reader that never answers.
#[cfg(unix)]
fn dawdler(office: &Office) -> PathBuf {
    let slow = office.folder.path().join("slow");
    fs::write(&slow, "#!/bin/sh\nexec /bin/sleep 30\n").unwrap();
    fs::set_permissions(&slow, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    slow
}

#[test]
#[cfg(unix)]
fn the_officer_can_stop_it() {
    let mut office = Office::new();
    let path = office.file("a.csv", REPORT);
    let stop = Some(Arc::new(AtomicBool::new(true)));
    let options = Options { program: Some(dawdler(&office)), stop, ..usual() };
    let error = office.read(&path, What::Report, &options).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), Some(Kind::Refused), "{error:?}");
}

#[test]
#[cfg(unix)]
fn a_reader_that_outlives_the_clock_is_ended() {
    let mut office = Office::new();
    let path = office.file("a.csv", REPORT);
    let patience = Some(Duration::from_millis(50));
    let options = Options { program: Some(dawdler(&office)), patience, ..usual() };
    let error = office.read(&path, What::Report, &options).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), Some(Kind::File), "{error:?}");
    assert!(error.text(Lang::En).contains("took too long"), "{error:?}");
}
