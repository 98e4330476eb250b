//! Workbooks (.xlsx), streamed: never a whole sheet as a rectangle.
//!
//! Read by ourselves on `zip` and `quick-xml`: what a unit's program leaves out or writes in its own way (parts under
//! other names, sheets without a size, a cell of an unknown kind, a formula that was never calculated, hidden rows) has
//! to be read or told cell by cell, never to stop the file.

mod sheet;
mod styles;

use super::counted::{Counted, Stop};
use super::wire::Flag;
use super::xml::{self, Parts, attribute};
use super::{Claim, Refusal};
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::Write;

/// The main part where nothing says which it is.
const USUAL: &str = "xl/workbook.xml";

/// The last word of the kind of a relation, which has two spellings of its beginning.
const MAIN: &str = "officedocument";

/// Reads a zip that claims to be a workbook.
pub fn read<W: Write>(bytes: &[u8], to: &mut Counted<W>) -> Result<(), Stop> {
    let mut parts = Parts::new(bytes, to.limits.unpacked)?;
    if parts.has("content.xml") {
        return super::ods::read_zip(&mut parts, to);
    }
    let main = main_part(&mut parts)?;
    to.kind(Claim::Workbook)?;
    let relations = relations(&mut parts, &main)?;
    let of = |kind: &str| relations.values().find(|(is, _)| is == kind).map(|(_, part)| part.clone());
    let book = workbook(&mut parts, &main)?;
    let styles = styles::read(&mut parts, of("styles").as_deref())?;
    let texts = Texts::read(&mut parts, of("sharedstrings").as_deref(), to.limits.unpacked)?;
    let mut at = 0;
    for entry in &book.sheets {
        let Some((kind, part)) = relations.get(&entry.relation) else { continue };
        if kind != "worksheet" {
            continue;
        }
        // Leaving some out would lose rows without a word.
        if at >= to.limits.sheets {
            return Err(Refusal::Sheets.into());
        }
        at += 1;
        to.sheet(&entry.name, false)?;
        match entry.state.as_str() {
            "hidden" => to.flag(Flag::Hidden)?,
            "veryhidden" => to.flag(Flag::VeryHidden)?,
            _ => {}
        }
        if book.from_1904 {
            to.flag(Flag::From1904)?;
        }
        let Some(mut part) = parts.open(part)? else { return Err(Refusal::Damaged.into()) };
        sheet::Reading::new(&styles, &texts, book.from_1904, to).read(&mut part)?;
    }
    if at == 0 { Err(Refusal::NotWorkbook.into()) } else { Ok(()) }
}

/// The part that everything begins with: the one the package names, else the usual one.
fn main_part(parts: &mut Parts<'_>) -> Result<String, Stop> {
    let named = relations(parts, "")?.into_values().find(|(kind, _)| kind == MAIN).map(|(_, part)| part);
    let main = named.filter(|part| parts.has(part)).unwrap_or_else(|| USUAL.to_owned());
    if main.rsplit('.').next() == Some("bin") || parts.has("xl/workbook.bin") {
        return Err(Refusal::Binary.into());
    }
    if parts.has("word/document.xml") || parts.has("ppt/presentation.xml") {
        return Err(Refusal::Document.into());
    }
    if parts.has(&main) { Ok(main) } else { Err(Refusal::NotWorkbook.into()) }
}

/// What a part refers to, by id: the kind in small letters, and the part.
fn relations(parts: &mut Parts<'_>, of: &str) -> Result<HashMap<String, (String, String)>, Stop> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let Some(mut part) = parts.open(&format!("{folder}/_rels/{name}.rels"))? else {
        return Ok(HashMap::new());
    };
    let (mut out, mut buffer) = (HashMap::new(), Vec::new());
    loop {
        match xml::next(&mut part, &mut buffer)? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let said = |name| attribute(&element, name).unwrap_or_default().into_owned();
                let kind = said("Type");
                let kind = kind.rsplit('/').next().unwrap_or_default().to_lowercase();
                if said("TargetMode") != "External" {
                    out.insert(said("Id"), (kind, xml::target(of, &said("Target"))));
                }
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// What the main part says.
#[derive(Default)]
struct Book {
    sheets: Vec<Entry>,
    from_1904: bool,
}

struct Entry {
    name: String,
    state: String,
    relation: String,
}

fn workbook(parts: &mut Parts<'_>, main: &str) -> Result<Book, Stop> {
    let Some(mut part) = parts.open(main)? else { return Err(Refusal::NotWorkbook.into()) };
    let (mut out, mut buffer) = (Book::default(), Vec::new());
    loop {
        match xml::next(&mut part, &mut buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "workbookPr" => out.from_1904 = xml::is_set(&element, "date1904"),
                "sheet" => {
                    let said = |name| attribute(&element, name).unwrap_or_default().into_owned();
                    // Any prefix may stand for the relations; without one `id` is another number.
                    let relation = element.attributes().with_checks(false).flatten().find(|attribute| {
                        attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == "id"
                    });
                    out.sheets.push(Entry {
                        name: said("name"),
                        state: said("state").to_lowercase(),
                        relation: relation.map(|id| id.value.into_owned()).unwrap_or_default(),
                    });
                }
                _ => {}
            },
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// The texts that cells share, in one string.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    fn read(parts: &mut Parts<'_>, named: Option<&str>, most: u64) -> Result<Self, Stop> {
        let part = named.filter(|part| parts.has(part)).unwrap_or("xl/sharedStrings.xml").to_owned();
        let mut out = Self::default();
        let Some(mut part) = parts.open(&part)? else { return Ok(out) };
        let mut buffer = Vec::new();
        let (mut inside, mut phonetic, mut from) = (false, 0_u32, 0);
        loop {
            match xml::next(&mut part, &mut buffer)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "t" if phonetic == 0 => inside = true,
                    "rPh" => phonetic += 1,
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "t" => inside = false,
                    "rPh" => phonetic = phonetic.saturating_sub(1),
                    "si" => {
                        unescape(&mut out.all, from);
                        from = out.all.len();
                        out.ends.push(from);
                    }
                    "sst" => return Ok(out),
                    _ => {}
                },
                // Cut off: what cells refer to would be missing.
                Event::Eof => return Err(Refusal::Damaged.into()),
                event if inside => xml::push(&mut out.all, &event),
                _ => {}
            }
            if out.all.len() as u64 > most {
                return Err(Refusal::Text.into());
            }
        }
    }

    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let from = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.all.get(from..end)
    }
}

/// `_x000D_` stands for a character that XML cannot hold.
fn unescape(text: &mut String, from: usize) {
    let Some(first) = text[from..].find("_x") else { return };
    let mut out = String::new();
    let mut rest = &text[from + first..];
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let c = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        if let Some(c) = c {
            out.push(c);
            rest = &rest[at + 7..];
        } else {
            out.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    out.push_str(rest);
    text.truncate(from + first);
    text.push_str(&out);
}
