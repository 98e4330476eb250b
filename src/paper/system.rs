//! The fonts of the system, found without any library of it: the platform's usual folders, walked once; of every file
//! only the tables that are asked for are read.

use skrifa::raw::tables::cmap::Cmap;
use skrifa::raw::tables::name::Name;
use skrifa::raw::{FontData, FontRead};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// How deep font folders are nested, at most.
const DEPTH: usize = 6;
/// Files beyond this are not looked at: the search must end even in an endless folder.
const FILES: usize = 5_000;
/// A larger table or font is not read: no real one is.
const LARGEST: u64 = 64 << 20;

/// Fonts of which `wanted` takes a family name, as their bytes and their place in the file.
pub fn by_family(wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = (Vec<u8>, u32)> {
    fonts_with(move |file, face| {
        families(file, face).is_some_and(|names| names.iter().any(|name| wanted(name)))
    })
}

/// Fonts that have `c`, as their bytes and their place in the file.
pub fn by_character(c: char) -> impl Iterator<Item = (Vec<u8>, u32)> {
    fonts_with(move |file, face| {
        let table = table(file, face, *b"cmap");
        table.is_some_and(|data| {
            Cmap::read(FontData::new(&data)).is_ok_and(|cmap| cmap.map_codepoint(c).is_some())
        })
    })
}

fn fonts_with(wanted: impl Fn(&mut File, u64) -> bool) -> impl Iterator<Item = (Vec<u8>, u32)> {
    files().iter().filter_map(move |path| {
        let mut file = File::open(path).ok()?;
        let faces = faces(&mut file)?;
        let index = faces.iter().position(|face| wanted(&mut file, *face))?;
        if file.metadata().ok()?.len() > LARGEST {
            return None;
        }
        Some((std::fs::read(path).ok()?, u32::try_from(index).ok()?))
    })
}

/// Where each platform keeps fonts.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    let home = std::env::var_os("HOME").map(PathBuf::from);
    if cfg!(windows) {
        folders.extend(std::env::var_os("WINDIR").map(|windows| Path::new(&windows).join("Fonts")));
        let own = std::env::var_os("LOCALAPPDATA");
        folders.extend(own.map(|own| Path::new(&own).join("Microsoft/Windows/Fonts")));
    } else if cfg!(target_os = "macos") {
        folders.extend(["/System/Library/Fonts", "/Library/Fonts"].map(PathBuf::from));
        folders.extend(home.map(|home| home.join("Library/Fonts")));
    } else {
        folders.extend(["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from));
        let own = home.map(|home| [home.join(".local/share/fonts"), home.join(".fonts")]);
        folders.extend(own.into_iter().flatten());
    }
    folders
}

/// Every font file, in the order of their names, so that the same machine finds the same font twice.
fn files() -> &'static [PathBuf] {
    static FILES_FOUND: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FILES_FOUND.get_or_init(|| {
        let mut found = Vec::new();
        for folder in folders() {
            walk(&folder, DEPTH, &mut found);
        }
        found.sort();
        found
    })
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if found.len() >= FILES {
            return;
        }
        let end = path.extension().and_then(|end| end.to_str()).map(str::to_ascii_lowercase);
        match end.as_deref() {
            Some("ttf" | "otf" | "ttc" | "otc") => found.push(path),
            None if depth > 0 && path.is_dir() => walk(&path, depth - 1, found),
            _ => {}
        }
    }
}

/// `length` bytes from `at` on.
fn bytes(file: &mut File, at: u64, length: u64) -> Option<Vec<u8>> {
    if length > LARGEST {
        return None;
    }
    file.seek(SeekFrom::Start(at)).ok()?;
    let mut out = Vec::new();
    file.take(length).read_to_end(&mut out).ok()?;
    (out.len() as u64 == length).then_some(out)
}

fn number(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

/// Where each font of the file begins: one, or several of a collection.
fn faces(file: &mut File) -> Option<Vec<u64>> {
    let head = bytes(file, 0, 12)?;
    if !head.starts_with(b"ttcf") {
        return Some(vec![0]);
    }
    let count = number(&head, 8)?.min(64);
    let places = bytes(file, 12, u64::from(count) * 4)?;
    (0..count as usize).map(|place| number(&places, place * 4).map(u64::from)).collect()
}

/// One table of the font that begins at `face`.
fn table(file: &mut File, face: u64, tag: [u8; 4]) -> Option<Vec<u8>> {
    let head = bytes(file, face, 12)?;
    let count = u16::from_be_bytes([head[4], head[5]]);
    let records = bytes(file, face + 12, u64::from(count) * 16)?;
    let record = records.chunks_exact(16).find(|record| record.starts_with(&tag))?;
    bytes(file, number(record, 8)?.into(), number(record, 12)?.into())
}

/// The family names of a font, in every language it gives them in.
fn families(file: &mut File, face: u64) -> Option<Vec<String>> {
    let data = table(file, face, *b"name")?;
    let names = Name::read(FontData::new(&data)).ok()?;
    // 1 and 16 are the family, by the old and by the typographic count; 4 is the full name.
    let wanted = names.name_record().iter().filter(|name| matches!(name.name_id().to_u16(), 1 | 4 | 16));
    Some(wanted.filter_map(|name| Some(name.string(names.string_data()).ok()?.to_string())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// A collection of one font that holds a name table with one family.
    fn collection(family: &str) -> Vec<u8> {
        let name: Vec<u8> = family.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let length = u16::try_from(name.len()).unwrap();
        let mut table: Vec<u8> =
            [0_u16, 1, 18, 3, 1, 0x804, 1, length, 0].iter().flat_map(|n| n.to_be_bytes()).collect();
        table.extend(name);
        let mut out = b"ttcf\0\x01\0\0".to_vec();
        for n in [1_u32, 16] {
            out.extend(n.to_be_bytes());
        }
        out.extend(b"OTTO\0\x01\0\0\0\0\0\0name");
        for n in [0, 44, u32::try_from(table.len()).unwrap()] {
            out.extend(n.to_be_bytes());
        }
        out.extend(table);
        out
    }

    #[test]
    fn a_family_is_read_from_a_collection_without_reading_all_of_it() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&collection("华文仿宋")).unwrap();
        assert_eq!(faces(&mut file), Some(vec![16]));
        assert_eq!(families(&mut file, 16), Some(vec!["华文仿宋".to_owned()]));
        assert_eq!(table(&mut file, 16, *b"cmap"), None);
    }

    #[test]
    fn what_is_no_font_is_passed_over() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"ttcf\0\x01\0\0\xff\xff\xff\xff").unwrap();
        assert_eq!(faces(&mut file), None);
    }
}
