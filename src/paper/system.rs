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

/// A font of the system: which file, and which of its fonts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    path: PathBuf,
    index: u32,
}

impl Place {
    /// Which of the fonts in the file.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// All bytes of the file, unless it is too large to be a font.
    pub fn read(&self) -> Option<Vec<u8>> {
        let is_small = std::fs::metadata(&self.path).ok()?.len() <= LARGEST;
        if is_small { std::fs::read(&self.path).ok() } else { None }
    }
}

/// Fonts of which `wanted` takes a family name, the plainest first.
pub fn by_family(wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = Place> {
    let takes = move |font: &&Known| font.families.iter().any(|name| wanted(name));
    known().iter().filter(takes).map(|font| font.place.clone())
}

/// Fonts that have `c`: Chinese ones first, and of those the plainest.
pub fn by_character(c: char) -> impl Iterator<Item = Place> {
    having(known(), c)
}

fn having(known: &[Known], c: char) -> impl Iterator<Item = Place> {
    let has = move |font: &&Known| {
        let table =
            File::open(&font.place.path).ok().and_then(|mut file| table(&mut file, font.at, *b"cmap"));
        table.is_some_and(|data| {
            Cmap::read(FontData::new(&data)).is_ok_and(|cmap| cmap.map_codepoint(c).is_some())
        })
    };
    known.iter().filter(has).map(|font| font.place.clone())
}

/// What is known of a font before it is read.
struct Known {
    place: Place,
    /// Where it begins in its file.
    at: u64,
    families: Vec<String>,
    rank: Rank,
}

/// Every font, those that fit best with the carried ones first; among equals by the names of their files.
fn known() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| look_at(files()))
}

fn look_at(files: &[PathBuf]) -> Vec<Known> {
    let mut known = Vec::with_capacity(files.len());
    for path in files {
        let Ok(mut file) = File::open(path) else { continue };
        for (at, index) in faces(&mut file).unwrap_or_default().into_iter().zip(0..) {
            let families = families(&mut file, at).unwrap_or_default();
            let rank = rank(&families, table(&mut file, at, *b"OS/2").as_deref().unwrap_or_default());
            known.push(Known { place: Place { path: path.clone(), index }, at, families, rank });
        }
    }
    known.sort_by_key(|font| font.rank);
    known
}

/// How well a font stands among the carried ones: whose characters it draws, whether it is upright, how far it is from
/// the usual width and from the regular weight.
type Rank = (Tongue, bool, u16, u16);

/// Whose way of writing a font follows: many characters have another shape in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tongue {
    /// That of the mainland.
    Chinese,
    /// It does not say.
    Unknown,
    /// That of Taiwan or Hong Kong.
    Traditional,
    /// That of Japan or Korea.
    Other,
}

fn rank(families: &[String], os2: &[u8]) -> Rank {
    /// The weight and the width of a regular font, by OS/2.
    const REGULAR: (u16, u16) = (400, 5);
    let short = |at: usize| os2.get(at..at + 2).map(|data| u16::from_be_bytes([data[0], data[1]]));
    let weight = short(4).unwrap_or(REGULAR.0);
    let width = short(6).unwrap_or(REGULAR.1);
    let slanted = short(62).is_some_and(|selection| selection & 1 == 1);
    // The code pages stand there from the table's first version on.
    let pages = short(0).filter(|version| *version > 0).and_then(|_| number(os2, 78)).unwrap_or(0);
    (tongue(families, pages), slanted, width.abs_diff(REGULAR.1), weight.abs_diff(REGULAR.0))
}

/// By what its names say, else by the code pages it says it is for.
fn tongue(families: &[String], pages: u32) -> Tongue {
    let by_name = families.iter().find_map(|name| {
        let lower = name.to_lowercase();
        let marked = |marks: &[&str]| {
            name.split(|c: char| !c.is_alphanumeric()).any(|word| {
                marks.iter().any(|mark| {
                    // As a word of its own, or at the end of one: Noto Sans SC, NotoSansSC.
                    word.strip_suffix(mark)
                        .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_uppercase()))
                })
            })
        };
        let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if marked(&["SC", "CN", "GB", "GB2312", "GB18030", "GBK", "Hans"]) || says(CHINESE) {
            Some(Tongue::Chinese)
        } else if marked(&["TC", "TW", "HK", "HC", "Hant"]) || says(TRADITIONAL) {
            Some(Tongue::Traditional)
        } else if marked(&["JP", "KR", "JA", "KO"]) || says(OTHER) {
            Some(Tongue::Other)
        } else {
            None
        }
    });
    let by_page = || {
        let page = |bit: u32| pages >> bit & 1 == 1;
        match (page(18), page(20), page(17) || page(19) || page(21)) {
            (true, false, false) => Tongue::Chinese,
            (false, true, false) => Tongue::Traditional,
            (false, _, true) => Tongue::Other,
            _ => Tongue::Unknown,
        }
    };
    by_name.unwrap_or_else(by_page)
}

/// Words in the names of mainland fonts that do not say it otherwise, in lower case.
const CHINESE: &[&str] = &[
    "简",
    "宋体",
    "黑体",
    "楷体",
    "仿宋",
    "雅黑",
    "等线",
    "simsun",
    "simhei",
    "yahei",
    "fangsong",
    "wenquanyi",
];
/// Of Taiwan's and Hong Kong's.
const TRADITIONAL: &[&str] = &["繁", "明體", "黑體", "楷體", "mingliu", "jhenghei"];
/// Of Japanese and Korean ones.
const OTHER: &[&str] = &[
    "明朝",
    "ゴシック",
    "mincho",
    "ms gothic",
    "yu gothic",
    "meiryo",
    "ipaex",
    "hanamin",
    "malgun",
    "nanum",
    "batang",
];

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

    fn shorts(all: &[u16]) -> Vec<u8> {
        all.iter().flat_map(|n| n.to_be_bytes()).collect()
    }

    /// A name table with one family.
    fn named(family: &str) -> Vec<u8> {
        let name: Vec<u8> = family.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let length = u16::try_from(name.len()).unwrap();
        [shorts(&[0, 1, 18, 3, 1, 0x804, 1, length, 0]), name].concat()
    }

    /// An OS/2 table of this weight, upright or not, for these code pages.
    fn style(weight: u16, slanted: bool, pages: u32) -> Vec<u8> {
        let mut out = vec![0; 86];
        out[..8].copy_from_slice(&shorts(&[1, 0, weight, 5]));
        out[62..64].copy_from_slice(&shorts(&[u16::from(slanted)]));
        out[78..82].copy_from_slice(&pages.to_be_bytes());
        out
    }

    /// A map of one character to one glyph.
    fn mapping(c: char) -> Vec<u8> {
        let mut out = shorts(&[0, 1, 3, 10]);
        for n in [12, 12 << 16, 28, 0, 1, c as u32, c as u32, 1] {
            out.extend(u32::to_be_bytes(n));
        }
        out
    }

    /// A collection of fonts, each of these tables.
    fn collection(fonts: &[&[(&[u8; 4], Vec<u8>)]]) -> Vec<u8> {
        let long = |n: usize| u32::try_from(n).unwrap().to_be_bytes();
        let mut at = 12 + fonts.len() * 4;
        let mut out = [b"ttcf\0\x01\0\0".to_vec(), long(fonts.len()).to_vec()].concat();
        let mut rest = Vec::new();
        for tables in fonts {
            out.extend(long(at));
            let mut place = at + 12 + tables.len() * 16;
            rest.extend(
                [b"OTTO".to_vec(), shorts(&[u16::try_from(tables.len()).unwrap(), 0, 0, 0])].concat(),
            );
            for (tag, data) in *tables {
                rest.extend([tag.as_slice(), &[0; 4], &long(place), &long(data.len())].concat());
                place += data.len();
            }
            rest.extend(tables.iter().flat_map(|(_, data)| data.clone()));
            at = place;
        }
        out.extend(rest);
        out
    }

    #[test]
    fn a_family_is_read_from_a_collection_without_reading_all_of_it() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&collection(&[&[(b"name", named("华文仿宋"))]])).unwrap();
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

    #[test]
    fn a_character_is_drawn_with_a_regular_chinese_font_wherever_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let font = |family: &str, weight, slanted, c| {
            vec![(b"OS/2", style(weight, slanted, 0)), (b"cmap", mapping(c)), (b"name", named(family))]
        };
        let write = |name: &str, fonts: &[Vec<(&[u8; 4], Vec<u8>)>]| {
            let fonts: Vec<&[_]> = fonts.iter().map(Vec::as_slice).collect();
            let path = folder.path().join(name);
            std::fs::write(&path, collection(&fonts)).unwrap();
            path
        };
        let all = |weight, c| {
            ["JP", "KR", "SC", "TC"]
                .map(|end| font(&format!("Noto Sans CJK {end}"), weight, false, c))
                .to_vec()
        };
        let bold = write("a-bold.ttc", &all(700, '张'));
        let regular = write("b-regular.ttc", &all(400, '张'));
        let rare =
            write("c.ttc", &[font("HanaMinB", 400, false, '𰻞'), font("Noto Sans SC", 400, true, '𰻞')]);
        let known = look_at(&[bold.clone(), regular.clone(), rare.clone()]);
        let found: Vec<_> = having(&known, '张').map(|place| (place.path, place.index)).collect();
        assert_eq!(found.first(), Some(&(regular.clone(), 2)), "the Chinese one of the regular collection");
        assert_eq!(found.last(), Some(&(bold, 1)), "last a bold Korean one");
        assert_eq!(found.len(), 8);
        // What only stranger fonts have is drawn with them.
        let found: Vec<_> = having(&known, '𰻞').map(|place| (place.path, place.index)).collect();
        assert_eq!(found, [(rare.clone(), 1), (rare, 0)]);
    }

    #[test]
    fn whose_a_font_is_stands_in_its_names_or_its_code_pages() {
        let of = |name: &str, pages| tongue(&[name.to_owned()], pages);
        for name in [
            "Noto Serif CJK SC",
            "NotoSansSC",
            "Source Han Sans CN",
            "仿宋_GB2312",
            "SimSun-ExtB",
            "华文楷体",
        ] {
            assert_eq!(of(name, 1 << 17), Tongue::Chinese, "{name}");
        }
        for name in ["Noto Sans CJK JP", "Noto Sans CJK KR", "HanaMinA", "MS Gothic", "花園明朝A"] {
            assert_eq!(of(name, 1 << 18), Tongue::Other, "{name}");
        }
        assert_eq!(of("Noto Sans CJK HK", 0), Tongue::Traditional);
        // JP at the end of a longer word of capitals is no mark.
        assert_eq!(of("ABCJP", 0), Tongue::Unknown);
        assert_eq!(of("某字库", 1 << 18), Tongue::Chinese);
        assert_eq!(of("某字库", 1 << 17), Tongue::Other);
        assert_eq!(of("某字库", 1 << 17 | 1 << 18), Tongue::Unknown);
        assert_eq!(of("某字库", 0), Tongue::Unknown);
    }
}
