//! Sheets made by hand, as no well-behaved program writes them.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip of these parts.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook whose only sheet has these rows, as XML, with more behind them and these number formats.
pub struct Book<'t> {
    pub rows: &'t str,
    pub before: &'t str,
    pub behind: &'t str,
    pub formats: &'t [&'t str],
    /// What stands in the workbook's own part before its sheets.
    pub whole: &'t str,
}

impl Book<'_> {
    pub const PLAIN: Book<'static> = Book { rows: "", before: "", behind: "", formats: &[], whole: "" };

    pub fn bytes(&self) -> Vec<u8> {
        let sheet = format!(
            "<worksheet>{}<sheetData>{}</sheetData>{}</worksheet>",
            self.before, self.rows, self.behind
        );
        let book = format!(
            "<workbook xmlns:r=\"r\">{}<sheets><sheet name=\"日报\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            self.whole
        );
        let numbered = self.formats.iter().zip(164..);
        let formats: Vec<String> = numbered
            .clone()
            .map(|(code, id)| format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>"))
            .collect();
        let styles: Vec<String> = numbered.map(|(_, id)| format!("<xf numFmtId=\"{id}\"/>")).collect();
        let (formats, styles) = (formats.concat(), styles.concat());
        let styles = format!(
            "<styleSheet><numFmts>{formats}</numFmts><cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>"
        );
        zipped(&[
            ("_rels/.rels", &relations(&[("officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", &book),
            (
                "xl/_rels/workbook.xml.rels",
                &relations(&[
                    ("worksheet", "./worksheets/../worksheets/sheet1.xml"),
                    ("styles", "styles.xml"),
                ]),
            ),
            ("xl/styles.xml", &styles),
            ("xl/worksheets/sheet1.xml", &sheet),
        ])
    }
}

/// The relations of a part, with ids from one.
pub fn relations(all: &[(&str, &str)]) -> String {
    let all: Vec<String> = (all.iter().zip(1..))
        .map(|((kind, to), id)| {
            format!("<Relationship Id=\"rId{id}\" Type=\"http://schemas.example/relationships/{kind}\" Target=\"{to}\"/>")
        })
        .collect();
    format!("<Relationships>{}</Relationships>", all.concat())
}

/// A row of texts, from the first column; what is empty is left out.
pub fn row(number: u32, texts: &[&str]) -> String {
    let cells: String = (texts.iter().zip('A'..))
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, col)| {
            if text.starts_with('<') {
                // A cell that is written out.
                text.replacen("<c", &format!("<c r=\"{col}{number}\""), 1)
            } else {
                format!("<c r=\"{col}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
            }
        })
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// A container of old office files with one stream.
pub fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    container_of(&[(name, stream)])
}

/// A container with these streams, which are long enough to stand in whole sectors.
pub fn container_of(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const SECTOR: usize = 512;
    let end = 0xffff_fffe_u32;
    let mut out = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    out.resize(24, 0);
    for half in [0x3e_u16, 3, 0xfffe, 9, 6] {
        out.extend(half.to_le_bytes());
    }
    out.resize(44, 0);
    // One sector of the table, which is the first; the folder is the second.
    for word in [1_u32, 1, 0, 4096, end, 0, end, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    out.resize(SECTOR, 0xff);
    let (mut table, mut body, mut folder) = (vec![0xffff_fffd, end], Vec::new(), Vec::new());
    let mut entry = |name: &str, kind: u8, first: u32, size: u32| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut entry = units.clone();
        entry.resize(64, 0);
        entry.extend((units.len() as u16 + 2).to_le_bytes());
        entry.extend([kind, 1]);
        entry.resize(116, 0xff);
        entry.extend(first.to_le_bytes());
        entry.extend(size.to_le_bytes());
        entry.resize(128, 0);
        folder.extend(entry);
    };
    entry("Root Entry", 5, end, 0);
    for (name, stream) in streams {
        let size = stream.len().max(4096);
        entry(name, 2, table.len() as u32, size as u32);
        let mut stream = stream.to_vec();
        stream.resize(size.next_multiple_of(SECTOR), 0);
        let (first, count) = (table.len(), stream.len() / SECTOR);
        table.extend((1..=count).map(|at| if at == count { end } else { (first + at) as u32 }));
        body.extend(stream);
    }
    table.resize(SECTOR / 4, u32::MAX);
    out.extend(table.iter().flat_map(|next: &u32| next.to_le_bytes()));
    folder.resize(SECTOR, 0);
    out.extend(folder);
    out.extend(body);
    out
}

/// A workbook of the old kind: the records of its one sheet behind those of the book.
pub fn old_book(formats: &[(u16, &str)], cells: &[Vec<u8>]) -> Vec<u8> {
    container("Workbook", &old_stream(&[], formats, cells))
}

/// What stands in the stream of one, with these records before all others.
pub fn old_stream(first: &[u8], formats: &[(u16, &str)], cells: &[Vec<u8>]) -> Vec<u8> {
    let bof =
        |kind: u16| record(0x0809, &[0x0600_u16.to_le_bytes(), kind.to_le_bytes(), [0; 2], [0; 2]].concat());
    let mut globals = bof(5);
    globals.extend(first);
    // A page of codes that is not so: texts say themselves how they are written.
    globals.extend(record(0x0042, &1252_u16.to_le_bytes()));
    for (id, code) in formats {
        let text: Vec<u8> = code.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let head =
            [&id.to_le_bytes()[..], &(code.encode_utf16().count() as u16).to_le_bytes(), &[1]].concat();
        globals.extend(record(0x041e, &[&head[..], &text].concat()));
    }
    for id in std::iter::once(0).chain(formats.iter().map(|(id, _)| *id)) {
        globals.extend(record(0x00e0, &[&[0; 2][..], &id.to_le_bytes(), &[0; 16]].concat()));
    }
    let name: Vec<u8> = "表".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let begins = globals.len() as u32 + 4 + 8 + name.len() as u32 + 4;
    let sheet = [&begins.to_le_bytes()[..], &[0, 0, 1, 1], &name].concat();
    globals.extend(record(0x0085, &sheet));
    globals.extend(record(0x000a, &[]));
    globals.extend(bof(0x10));
    globals.extend(cells.iter().flatten());
    globals.extend(record(0x000a, &[]));
    globals
}

/// A record of an old workbook.
pub fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// The record of a text.
pub fn old_text(row: u16, col: u16, text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let count = text.encode_utf16().count() as u16;
    let head = [row, col, 0, count].map(u16::to_le_bytes).concat();
    record(0x0204, &[&head[..], &[1], &units].concat())
}

/// The record of a number in a style.
pub fn old_number(row: u16, col: u16, style: u16, amount: f64) -> Vec<u8> {
    record(0x0203, &[&[row, col, style].map(u16::to_le_bytes).concat()[..], &amount.to_le_bytes()].concat())
}
