//! What is refused whole: files that are no sheets, lie, or would cost too much; readers that die or dawdle.

use super::*;
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use zhiban::intake::cells::{MAX_CELLS, MAX_SHEETS, wire};

#[test]
fn what_is_not_a_sheet_is_refused_whole_and_says_why() {
    let mut office = Office::new();
    let ole = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [&ole[..], &name].concat();
    let swallowed = format!("{REPORT}计算机学院,20180001,\"王芳,36.5,,,,\n甲,2,乙,36,,,,\n");
    let mended_by_chance = format!("{REPORT}计算机学院,20180001,\"王芳,36.5,,,,\n甲,2,\"乙,36,,,,\n");
    for (file, bytes, says) in [
        ("old.xls", ole.clone(), ".xls"),
        ("locked.xlsx", locked, "password"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n0000".to_vec(), "not a sheet"),
        ("page.xls", b"<html><table><tr><td>x</td></tr></table></html>".to_vec(), "web page"),
        ("report.xlsx", REPORT.into(), "really a .csv"),
        ("report.xls", REPORT.into(), "really a .csv"),
        ("far.csv", far_cell(None), "really a .xlsx"),
        ("FAR.CSV", far_cell(None), "really a .xlsx"),
        ("far.xls", far_cell(None), "really a .xlsx"),
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

fn far_cell(value: Option<&str>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["工号", "姓名", "上午体温"]).unwrap();
    sheet.write_row(1, 0, ["20180001", "王芳", "36.5"]).unwrap();
    match value {
        Some(text) => sheet.write(1_048_575, 16_383, text).unwrap(),
        None => sheet.write_blank(1_048_575, 16_383, &Format::new().set_bold()).unwrap(),
    };
    book.save_to_buffer().unwrap()
}

#[test]
fn a_cell_in_the_farthest_corner_neither_aborts_nor_hides_the_rows() {
    let mut office = Office::new();
    let plan = office.plan("far.xlsx", far_cell(None), What::Report);
    assert_eq!(plan.accepted, 1);
    let error = office.refused("far.xlsx", far_cell(Some("x")), What::Report);
    assert!(error.contains("XFD1048576"), "{error}");
}

#[test]
fn a_zip_that_would_unpack_to_too_much_is_refused_unopened() {
    let mut office = Office::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("xl/workbook.xml", packed).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..520 {
        zip.write_all(&blanks).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 2 << 20);
    let error = office.refused("bomb.xlsx", bytes, What::Report);
    assert!(error.contains("unpack"), "{error}");
}

#[test]
fn sheets_beyond_the_limit_are_not_left_out_silently() {
    let mut office = Office::new();
    let with = |sheets: usize| {
        let mut book = Workbook::new();
        for at in 0..sheets {
            let sheet = book.add_worksheet();
            sheet.write_row(0, 0, ["工号", "姓名"]).unwrap();
            sheet.write_row(1, 0, [format!("{}", 1000 + at), format!("人{at}")]).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let path = office.file("many.xlsx", with(MAX_SHEETS));
    let options = Options { unit: Some("计算机".into()), ..usual() };
    assert_eq!(office.read(&path, What::Roster, &options).unwrap().new.len(), MAX_SHEETS);
    let error = office.refused("more.xlsx", with(MAX_SHEETS + 1), What::Roster);
    assert!(error.contains("more than 64 sheets"), "{error}");
}

#[test]
fn too_many_cells_are_refused_by_the_child() {
    let mut office = Office::new();
    let line = format!("{}\n", ["1"; 500].join(","));
    let bytes = line.repeat(MAX_CELLS / 500 + 1);
    let error = office.refused("ones.csv", bytes, What::Report);
    assert!(error.contains("more than 4000000 cells"), "{error}");
}

/// A stream of cells without an end.
struct Endless {
    start: Vec<u8>,
    cell: Vec<u8>,
    at: usize,
    sent: usize,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let from = if self.sent == 0 { &self.start } else { &self.cell };
        let len = into.len().min(from.len() - self.at);
        into[..len].copy_from_slice(&from[self.at..self.at + len]);
        self.at += len;
        if self.at == from.len() {
            self.at = 0;
            self.sent += 1;
        }
        Ok(len)
    }
}

#[test]
fn the_parent_counts_again() {
    // Magic, one sheet; then the same cell for ever.
    let start = [&b"zhc1"[..], &[1, 0], &0u32.to_le_bytes()].concat();
    let cell = [&[2][..], &0u32.to_le_bytes(), &[0, 0, 0], &1u32.to_le_bytes(), b"1"].concat();
    let mut endless = Endless { start, cell, at: 0, sent: 0 };
    let error = wire::receive(&mut endless).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(endless.sent, MAX_CELLS + 2, "the start, and one cell too many");
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_asks_for_too_much_memory_ends_the_child_only() {
    let mut office = Office::new();
    // Room for so many shared strings is asked for before the first is read: 2.4 GB, more than the child may
    // have and less than a machine refuses to promise.
    let hungry = far_cell(None);
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(&hungry)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut asked = false;
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let name = file.name().unwrap().into_owned();
        if name == "xl/sharedStrings.xml" {
            let at = text.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
            text.insert_str(at, "10000000");
            asked = true;
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    assert!(asked);
    let error = office.refused("hungry.xlsx", to.finish().unwrap().into_inner(), What::Report);
    assert!(error.contains("could not be read safely"), "{error}");
}

#[test]
fn mutated_files_never_bring_the_parent_down() {
    let mut office = Office::new();
    let good = far_cell(None);
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
            assert_eq!(error.kind(), Some(Kind::File), "{error:?}");
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
