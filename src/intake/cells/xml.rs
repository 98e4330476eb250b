//! What the readers of XML share: parts of a zip by name, attributes, and text put together again from its pieces.

use super::Refusal;
use super::counted::Stop;
use quick_xml::Reader;
use quick_xml::encoding::DecodingReader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipFile;

/// How much is unpacked at a time.
const STEP: usize = 1 << 15;

/// The parts of a zip, found whatever case and slashes their names are written in.
pub struct Parts<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: HashMap<String, usize>,
}

/// One part while it is unpacked.
pub type Part<'p, 'b> = DecodingReader<BufReader<ZipFile<'p, Cursor<&'b [u8]>>>>;

impl<'b> Parts<'b> {
    /// Looks into a zip, and refuses one that declares more than fits before anything is unpacked.
    pub fn new(bytes: &'b [u8], most: u64) -> Result<Self, Stop> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        let (mut total, mut names) = (0u64, HashMap::new());
        for at in 0..zip.len() {
            let file = zip.by_index_raw(at).map_err(|_| Refusal::Damaged)?;
            total = total.saturating_add(file.size());
            if file.encrypted() {
                return Err(Refusal::OtherLock.into());
            }
            if let Ok(name) = file.name() {
                names.entry(plain(&name)).or_insert(at);
            }
        }
        if total > most {
            return Err(Refusal::Bomb.into());
        }
        Ok(Self { zip, names })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain(name))
    }

    /// The names of all parts, as they are compared.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// A part to be read from its beginning.
    pub fn open<'p>(&'p mut self, name: &str) -> Result<Option<Reader<Part<'p, 'b>>>, Stop> {
        let Some(at) = self.names.get(&plain(name)) else { return Ok(None) };
        let file = self.zip.by_index(*at).map_err(|_| Refusal::Damaged)?;
        Ok(Some(reader(BufReader::with_capacity(STEP, file))))
    }

    /// The whole of a small part.
    pub fn text(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Stop> {
        let Some(at) = self.names.get(&plain(name)) else { return Ok(None) };
        let file = self.zip.by_index(*at).map_err(|_| Refusal::Damaged)?;
        let mut out = Vec::new();
        file.take(most).read_to_end(&mut out).map_err(|_| Refusal::Damaged)?;
        Ok(Some(out))
    }
}

/// XML as the programs write it that send sheets: nothing is checked that does not matter to the cells.
pub fn reader<R: BufRead>(from: R) -> Reader<DecodingReader<R>> {
    let mut reader = Reader::from_reader(DecodingReader::new(from));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    config.trim_markup_names_in_closing_tags = true;
    reader
}

/// The next piece of a part; what is no XML is a damaged file.
pub fn next<'b, R: BufRead>(reader: &mut Reader<R>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, Stop> {
    buffer.clear();
    reader.read_event_into(buffer).map_err(|_| Refusal::Damaged.into())
}

/// A part's name as it is compared: without what stands for the folder itself and the one above.
pub fn plain(name: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for piece in name.split(['/', '\\']) {
        match piece {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            piece => out.push(piece.to_lowercase()),
        }
    }
    out.join("/")
}

/// Where a relation leads that stands in the relations of `of`: from the root, or from that part's folder.
pub fn target(of: &str, to: &str) -> String {
    match of.rsplit_once(['/', '\\']).filter(|_| !to.starts_with(['/', '\\'])) {
        Some((folder, _)) => plain(&format!("{folder}/{to}")),
        None => plain(to),
    }
}

/// An attribute by its name, whatever its prefix.
pub fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut all = element.attributes();
    all.with_checks(false);
    let found = all.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.value;
    Some(if value.contains('&') { Cow::Owned(resolved(&value)) } else { value })
}

/// A number in an attribute.
pub fn number<T: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|said| matches!(&*said, "1" | "true" | "on"))
}

/// Adds what a piece of text holds; anything else adds nothing.
pub fn push(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(entity) => {
            if let Some(c) = named(entity) {
                out.push(c);
            } else {
                out.push('&');
                out.push_str(entity);
                out.push(';');
            }
        }
        _ => {}
    }
}

/// The character an entity stands for.
pub fn named(entity: &str) -> Option<char> {
    if let Some(code) = entity.strip_prefix('#') {
        let code = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => code.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "emsp" | "ensp" => ' ',
        "middot" => '·',
        "times" => '×',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "deg" => '°',
        "yen" => '¥',
        "radic" => '√',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => return None,
    })
}

/// A text with its entities resolved.
pub fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let entity = rest[at + 1..].split_once(';').filter(|(name, _)| name.len() <= 10);
        if let Some((c, after)) = entity.and_then(|(name, after)| Some((named(name)?, after))) {
            out.push(c);
            rest = after;
        } else {
            out.push('&');
            rest = &rest[at + 1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_lead_to_the_same_part_however_they_are_written() {
        for to in [
            "worksheets/sheet1.xml",
            "./worksheets/sheet1.xml",
            "/xl/worksheets/sheet1.xml",
            "../xl/worksheets/Sheet1.xml",
        ] {
            assert_eq!(target("xl/workbook.xml", to), "xl/worksheets/sheet1.xml", "{to}");
        }
        assert_eq!(target("workbook.xml", "worksheets\\sheet1.xml"), "worksheets/sheet1.xml");
        assert_eq!(target("", "xl/book.xml"), "xl/book.xml");
    }

    #[test]
    fn entities_that_are_none_stay_as_they_are() {
        assert_eq!(resolved("a&amp;b&#36213;&#x654f;&nope;&"), "a&b赵敏&nope;&");
    }
}
