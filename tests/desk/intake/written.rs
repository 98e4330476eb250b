//! Every value that a program writes comes back as it was; and files that were changed on the way are read, or refused,
//! but never read by halves.

use super::made::{Book, old_book, old_number, old_text, row, zipped};
use super::*;
use zhiban::domain::password::Passwords;
use zhiban::intake::cells::{Cells, Limits, Mark, child, wire};

/// What the reader finds, in this process: for files that were made here.
fn cells(bytes: &[u8]) -> Option<Cells> {
    let mut out = Vec::new();
    child::read(bytes, Limits::MOST, Passwords::default(), &mut out).unwrap();
    wire::receive(&out[..], Limits::MOST).unwrap().ok()
}

#[test]
fn every_value_that_is_written_comes_back() {
    let mut state = 20_200_217_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let padded = Format::new().set_num_format("000000");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut wanted: Vec<Vec<(Mark, String)>> = Vec::new();
    for at in 0..300 {
        let whole = next(10_u64.pow(at % 15 + 1));
        let tenths = next(100_000) as f64 / 100.0;
        let days = next(60_000) as u32 + 61;
        let letters: String = (0..=next(12))
            .map(|_| ['王', 'é', '&', '<', '"', ' ', '𠮷', '_', 'x'][next(9) as usize])
            .collect();
        let text = format!("字{letters}_x0041_{whole}");
        let short = whole % 1_000_000;
        sheet.write(at, 0, whole as f64).unwrap();
        sheet.write(at, 1, tenths).unwrap();
        sheet.write_number_with_format(at, 2, short as f64, &padded).unwrap();
        sheet.write_number_with_format(at, 3, f64::from(days), &day).unwrap();
        sheet.write(at, 4, text.as_str()).unwrap();
        sheet.write_boolean(at, 5, whole % 2 == 0).unwrap();
        let first = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
        wanted.push(vec![
            (Mark::Number, whole.to_string()),
            (Mark::Number, format!("{tenths}")),
            (Mark::Number, format!("{short:06}")),
            (Mark::Moment, (first + chrono::Duration::days(i64::from(days))).to_string()),
            (Mark::Text, text),
            (Mark::Bool, if whole % 2 == 0 { "TRUE" } else { "FALSE" }.to_owned()),
        ]);
    }
    let cells = cells(&book.save_to_buffer().unwrap()).unwrap();
    let sheet = &cells.sheets[0];
    assert_eq!(sheet.len(), wanted.len());
    for (at, wanted) in wanted.iter().enumerate() {
        let found: Vec<_> =
            sheet.row(at).iter().map(|cell| (cell.mark, sheet.text(cell).to_owned())).collect();
        assert_eq!(&found, wanted, "row {at}");
    }
}

#[test]
fn a_file_that_was_changed_on_the_way_is_never_read_by_halves() {
    let rows: String = (1..30)
        .map(|at| row(at, &["工号", "赵敏", "<c><v>36.5</v></c>", "<c s=\"1\"><v>43871</v></c>"]))
        .collect();
    let old: Vec<Vec<u8>> = (0..30)
        .flat_map(|at| [old_text(at, 0, "工号"), old_text(at, 1, "赵敏"), old_number(at, 2, 1, 36.5)])
        .collect();
    let page: Vec<String> = (0..30).map(|at| format!("<tr><td>{at}</td><td>赵敏</td></tr>")).collect();
    let page = page.concat();
    let ods = format!(
        "<a><office:spreadsheet><table:table>{}</table:table></office:spreadsheet></a>",
        "<table:table-row><table:table-cell><text:p>赵敏</text:p></table:table-cell></table:table-row>"
            .repeat(29)
    );
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let book = Book { rows: &rows, formats: &["yyyy-mm-dd"], ..Book::PLAIN };
    let whole = cells(&book.bytes()).unwrap().sheets[0].len();
    assert_eq!(whole, 29);
    // Cut anywhere, text is refused: what is behind would be missing without a word.
    for cut in (200..sheet.len() - 15).step_by(97).filter(|cut| sheet.is_char_boundary(*cut)) {
        let bytes = zipped(&[
            ("_rels/.rels", &made::relations(&[("officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>",
            ),
            ("xl/_rels/workbook.xml.rels", &made::relations(&[("worksheet", "s.xml")])),
            ("xl/s.xml", &sheet[..cut]),
        ]);
        assert!(cells(&bytes).is_none(), "{cut}");
    }
    for cut in (100..ods.len() - 30).step_by(61).filter(|cut| ods.is_char_boundary(*cut)) {
        assert!(cells(&zipped(&[("content.xml", &ods[..cut])])).is_none(), "{cut}");
    }
    let mut state = 19_491_001_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut read, mut refused) = (0, 0);
    let kinds = [
        book.bytes(),
        old_book(&[(164, "0.0")], &old),
        zipped(&[("content.xml", &ods)]),
        format!("<html><table>{page}</table></html>").into_bytes(),
        format!("工号,姓名\n{}", "001203,赵敏\n".repeat(28)).into_bytes(),
    ];
    for round in 0..400 {
        let mut bytes = kinds[round % kinds.len()].clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            bytes[at] = next(256) as u8;
        }
        match cells(&bytes) {
            Some(_) => read += 1,
            None => refused += 1,
        }
    }
    assert!(read > 50 && refused > 50, "the changes must bite, and not always: {read} {refused}");
}
