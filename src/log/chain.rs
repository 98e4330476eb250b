//! The hash chain: BLAKE3 over a length-prefixed, versioned encoding.
//!
//! An event's body goes in through its own digest, which holds a random nonce; a sheet row's digest is keyed
//! with its person's secret. Erasing a body, a row and a secret later leaves every digest, and so the chain,
//! as it was.

use super::{OpHead, RosterRow};
use crate::domain::person::PersonFacts;
use crate::domain::report::Reading;
use crate::domain::time::day_number;

/// A BLAKE3 digest.
pub type Digest = [u8; 32];

/// The chain's beginning: what the first op of a desk has before it.
pub const GENESIS: Digest = [0; 32];

/// Collects fields, each with its length, so that no two different inputs encode alike.
struct Enc(Vec<u8>);

impl Enc {
    fn new() -> Self {
        Self(Vec::with_capacity(512))
    }
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.0.extend_from_slice(bytes);
        self
    }
    fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }
    fn int(&mut self, n: i64) -> &mut Self {
        self.bytes(&n.to_le_bytes())
    }
    fn opt_text(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.int(1).text(text),
            None => self.int(0),
        }
    }
    fn opt_int(&mut self, n: Option<i64>) -> &mut Self {
        match n {
            Some(n) => self.int(1).int(n),
            None => self.int(0),
        }
    }
    fn opt_bytes(&mut self, bytes: Option<&[u8]>) -> &mut Self {
        match bytes {
            Some(bytes) => self.int(1).bytes(bytes),
            None => self.int(0),
        }
    }
}

/// The digest of one event: its kind, version, nonce and body.
pub fn event_digest(kind: &str, version: u16, nonce: &[u8; 16], body: &str) -> Digest {
    let mut enc = Enc::new();
    enc.text("zhiban event v1").text(kind).int(i64::from(version)).bytes(nonce).text(body);
    blake3::hash(&enc.0).into()
}

/// The digest of one roster row, keyed with its person's secret.
pub fn roster_digest(secret: &[u8; 32], row: &RosterRow) -> Digest {
    let mut enc = Enc::new();
    enc.text("zhiban roster row v1").bytes(row.person.bytes()).text(&row.no);
    let PersonFacts {
        name,
        unit,
        sex,
        kind,
        campus,
        phone,
        id_number,
        origin,
        address,
        contact,
        family_phone,
    } = &row.facts;
    enc.opt_text(name.as_deref())
        .opt_bytes(unit.as_ref().map(|unit| unit.bytes().as_slice()))
        .opt_text(sex.as_deref())
        .opt_text(kind.map(crate::domain::person::PersonKind::code))
        .opt_text(campus.as_deref())
        .opt_text(phone.as_deref())
        .opt_text(id_number.as_deref())
        .opt_text(origin.as_deref())
        .opt_text(address.as_deref())
        .opt_text(contact.as_deref())
        .opt_text(family_phone.as_deref());
    blake3::keyed_hash(secret, &enc.0).into()
}

/// The digest of one reading, keyed with its person's secret. `rest` is the packed text kept in the database.
pub fn reading_digest(secret: &[u8; 32], reading: &Reading, rest: &str) -> Digest {
    let mut enc = Enc::new();
    enc.text("zhiban reading v1")
        .bytes(reading.person.bytes())
        .bytes(reading.unit.bytes())
        .int(i64::from(day_number(reading.day)))
        .text(&reading.round.0)
        .text(&reading.form.name)
        .int(i64::from(reading.form.version))
        .opt_int(reading.temp_am.map(i64::from))
        .opt_int(reading.temp_pm.map(i64::from))
        .opt_text(reading.site.map(crate::domain::report::Site::code))
        .opt_text(reading.place.as_deref())
        .opt_int(reading.in_hubei.map(i64::from))
        .opt_int(reading.left_city.map(i64::from))
        .opt_text(reading.status.as_deref())
        .text(rest);
    blake3::keyed_hash(secret, &enc.0).into()
}

/// One digest over the digests of an op's sheet rows, in order.
pub fn rows_digest<'a>(rows: impl IntoIterator<Item = &'a Digest>) -> Digest {
    let mut hasher = blake3::Hasher::new_derive_key("zhiban rows v1");
    for row in rows {
        hasher.update(row);
    }
    hasher.finalize().into()
}

/// The hash of an op: what came before it, its head, and the digests of what it holds.
pub fn op_hash(prev: &Digest, head: &OpHead, events: &[Digest], rows: &Digest) -> Digest {
    let mut enc = Enc::new();
    enc.text("zhiban op v1")
        .bytes(prev)
        .bytes(head.op.desk.bytes())
        .int(head.op.seq)
        .bytes(head.id.as_bytes())
        .int(head.lamport)
        .int(head.recorded_at.0)
        .int(head.happened_at.0)
        .opt_bytes(head.officer.as_ref().map(|id| id.bytes().as_slice()))
        .opt_bytes(head.shift.as_ref().map(|id| id.bytes().as_slice()))
        .opt_bytes(head.undoes.as_ref().map(|op| op.desk.bytes().as_slice()))
        .opt_int(head.undoes.map(|op| op.seq))
        .int(events.len() as i64);
    for event in events {
        enc.bytes(event);
    }
    enc.bytes(rows);
    blake3::hash(&enc.0).into()
}

/// The head code printed on papers: the op's number and 80 bits of its hash, in letters that read well over a
/// telephone (no I, L, O, U): `1234-ABCD-EFGH-JKMN-PQRS`.
pub fn head_code(seq: i64, hash: &Digest) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut code = seq.to_string();
    let bits = hash[..10].iter().fold(0u128, |bits, byte| (bits << 8) | u128::from(*byte));
    for group in 0..4 {
        code.push('-');
        for place in 0..4 {
            let shift = 80 - 5 * (group * 4 + place + 1);
            code.push(LETTERS[((bits >> shift) & 31) as usize] as char);
        }
    }
    code
}

/// A head code as typed back: the op's number and the letters, with spaces and dashes ignored and the letters
/// that are easily misread mended.
pub fn parse_head_code(text: &str) -> Option<(i64, String)> {
    let text = text.trim().to_ascii_uppercase();
    let (seq, letters) = text.split_once(['-', ' '])?;
    let letters: String = letters
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let seq = seq.parse().ok()?;
    (letters.len() == 16).then_some((seq, letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_code_is_read_back_as_it_is_spoken() {
        let hash = *blake3::hash(b"x").as_bytes();
        let code = head_code(1234, &hash);
        assert_eq!(code.len(), 4 + 4 * 5);
        let (seq, letters) = parse_head_code(&code.to_lowercase().replace('0', "o")).unwrap();
        assert_eq!(seq, 1234);
        assert_eq!(letters, code[5..].replace('-', ""));
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let one = event_digest("a", 1, &[0; 16], "bc");
        let other = event_digest("ab", 1, &[0; 16], "c");
        assert_ne!(one, other);
    }
}
