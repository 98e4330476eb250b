//! The number formats of a workbook's cells, by the number of the style.

use crate::intake::cells::counted::Stop;
use crate::intake::cells::format::Format;
use crate::intake::cells::xml::{self, Parts, attribute, number};
use quick_xml::events::Event;
use std::collections::HashMap;

/// More styles than any program writes; the rest is shown as it is.
const MOST: usize = 70_000;

/// Reads them; a workbook without any has plain numbers.
pub fn read(parts: &mut Parts<'_>, named: Option<&str>) -> Result<Vec<Format>, Stop> {
    let part = named.filter(|part| parts.has(part)).unwrap_or("xl/styles.xml").to_owned();
    let mut out = Vec::new();
    let Some(mut part) = parts.open(&part)? else { return Ok(out) };
    let mut own: HashMap<u32, Format> = HashMap::new();
    let mut buffer = Vec::new();
    let mut inside = false;
    loop {
        match xml::next(&mut part, &mut buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" if own.len() < MOST => {
                    if let (Some(id), Some(code)) =
                        (number(&element, "numFmtId"), attribute(&element, "formatCode"))
                    {
                        own.insert(id, Format::parse(&code));
                    }
                }
                "cellXfs" => inside = true,
                "xf" if inside && out.len() < MOST => {
                    let id = number(&element, "numFmtId").unwrap_or(0);
                    out.push(own.get(&id).cloned().unwrap_or(Format::builtin(id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => inside = false,
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}
