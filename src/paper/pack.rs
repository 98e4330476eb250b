//! A PDF made smaller without changing what is in it: what is no stream (above all the many parts of a table that its
//! structure names) is put into packed streams of objects, and the table of places becomes one (PDF 1.5 and later).

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// How many objects stand in one stream: a reader unpacks all of them for one.
const TOGETHER: usize = 256;

/// Where an object stands.
#[derive(Clone, Copy)]
enum At {
    /// Nowhere.
    Free,
    /// From this byte on.
    Byte(usize),
    /// In a stream of objects, at this place.
    In(usize, usize),
}

/// The same document, packed; as it is where it is not built as expected.
pub fn packed(pdf: Vec<u8>) -> Vec<u8> {
    pack(&pdf).unwrap_or(pdf)
}

fn pack(pdf: &[u8]) -> Option<Vec<u8>> {
    let (known, trailer) = table(pdf)?;
    let mut begins: Vec<(usize, usize)> =
        known.iter().enumerate().filter_map(|(number, at)| Some(((*at)?, number))).collect();
    begins.sort_unstable();
    let first = begins.first()?.0;
    let ends = begins.iter().skip(1).map(|(at, _)| *at).chain([find(pdf, b"\nxref\n")? + 1]);
    let mut out = pdf.get(..first)?.to_vec();
    let mut places = vec![At::Free; known.len()];
    let mut plain: Vec<(usize, &[u8])> = Vec::new();
    for ((from, number), to) in begins.iter().copied().zip(ends) {
        let whole = pdf.get(from..to)?;
        let body = body(whole, number)?;
        if body.ends_with(b"endstream") {
            places[number] = At::Byte(out.len());
            out.extend_from_slice(whole);
        } else {
            plain.push((number, body));
        }
    }
    for some in plain.chunks(TOGETHER) {
        let number = places.len();
        let (mut head, mut data) = (String::new(), Vec::new());
        for (place, (of, body)) in some.iter().enumerate() {
            for number in [*of, data.len()] {
                head.push_str(&number.to_string());
                head.push(' ');
            }
            data.extend_from_slice(body);
            data.push(b'\n');
            places[*of] = At::In(number, place);
        }
        let all = [head.as_bytes(), &data].concat();
        let dict = format!("/Type/ObjStm/N {}/First {}", some.len(), head.len());
        places.push(At::Byte(out.len()));
        stream(&mut out, number, &dict, &all)?;
    }
    let (number, begin) = (places.len(), out.len());
    places.push(At::Byte(begin));
    let mut rows = Vec::with_capacity(places.len() * 7);
    for place in &places {
        let (kind, one, two) = match *place {
            At::Free => (0, 0, 0xffff),
            At::Byte(at) => (1, at, 0),
            At::In(stream, place) => (2, stream, place),
        };
        rows.push(kind);
        rows.extend(u32::try_from(one).ok()?.to_be_bytes());
        rows.extend(u16::try_from(two).ok()?.to_be_bytes());
    }
    let dict = format!("/Type/XRef/Size {}/W[1 4 2]{trailer}", places.len());
    stream(&mut out, number, &dict, &rows)?;
    out.extend_from_slice(format!("startxref\n{begin}\n%%EOF").as_bytes());
    Some(out)
}

/// Where each object begins, by its number; and what the trailer says beside how many there are.
fn table(pdf: &[u8]) -> Option<(Vec<Option<usize>>, String)> {
    let begin = find(pdf, b"\nxref\n")? + 1;
    let rest = pdf.get(begin + b"xref\n".len()..)?;
    let text = std::str::from_utf8(rest.split(|byte| *byte >= 0x80).next()?).ok()?;
    let (head, rest) = text.split_once('\n')?;
    let count: usize = head.strip_prefix("0 ")?.trim().parse().ok()?;
    let mut out = Vec::with_capacity(count);
    for place in 0..count {
        let row = rest.get(place * 20..place * 20 + 20)?;
        let at: usize = row.get(..10)?.parse().ok()?;
        out.push((row.as_bytes().get(17) == Some(&b'n')).then_some(at));
    }
    // The trailer may hold bytes that are no text: it is taken as it stands.
    let after = begin + b"xref\n".len() + head.len() + 1 + count * 20;
    let tail = pdf.get(after..)?;
    let from = find(tail, b"<<")? + 2;
    let to = find(tail, b"startxref")?;
    let inner = std::str::from_utf8(tail.get(from..to)?).ok()?.trim().strip_suffix(">>")?;
    let (before, size) = inner.split_once("/Size")?;
    let size = size.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    Some((out, format!("{before}{size}")))
}

/// What stands between `N 0 obj` and `endobj`.
fn body(whole: &[u8], number: usize) -> Option<&[u8]> {
    let head = format!("{number} 0 obj");
    let rest = whole.strip_prefix(head.as_bytes())?.trim_ascii();
    Some(rest.strip_suffix(b"endobj")?.trim_ascii())
}

fn stream(out: &mut Vec<u8>, number: usize, dict: &str, data: &[u8]) -> Option<()> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(data).ok()?;
    let data = packer.finish().ok()?;
    let head = format!("{number} 0 obj\n<<{dict}/Filter/FlateDecode/Length {}>>\nstream\n", data.len());
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(&data);
    out.extend_from_slice(b"\nendstream\nendobj\n\n");
    Some(())
}

/// The last place where this stands.
fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let whole = bytes.len().checked_sub(what.len())?;
    (0..=whole).rev().find(|at| bytes[*at..].starts_with(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_built_as_expected_stays_as_it_is() {
        for pdf in
            ["", "%PDF-1.7\n", "%PDF-1.7\nxref\n0 1\n", "%PDF-1.7\n\nxref\n0 9\nx\ntrailer\n<<>>\nstartxref"]
        {
            assert_eq!(packed(pdf.as_bytes().to_vec()), pdf.as_bytes(), "{pdf}");
        }
    }
}
