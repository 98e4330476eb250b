//! The hash chain: BLAKE3 over a length-prefixed, versioned encoding.
//!
//! An event's body goes in through its own digest, which holds a random nonce; a sheet row's digest is keyed
//! with its person's secret. Erasing a body, a row and a secret later leaves every digest, and so the chain,
//! as it was.

use super::{OpHead, RosterRow};
use crate::domain::ids::DeskId;
use crate::domain::report::Reading;
use crate::domain::time::day_number;

pub use super::frontier::{End, Frontier};

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
    fn clear(&mut self) -> &mut Self {
        self.0.clear();
        self
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

/// A roster row as it stands in the columns of its table: what its digest covers.
#[derive(Debug, Clone, Copy)]
pub struct RawRoster<'a> {
    /// Whose: a person's id.
    pub person: &'a [u8],
    /// The number in the sheet.
    pub no: &'a [u8],
    /// Name, unit, sex, kind, campus, phone, ID number, origin, address, contact, family phone.
    pub facts: [Option<&'a [u8]>; 11],
}

/// A reading as it stands in the columns of its table: what its digest covers.
#[derive(Debug, Clone, Copy)]
pub struct RawReading<'a> {
    /// Whose: a person's id.
    pub person: &'a [u8],
    /// The unit that reported.
    pub unit: &'a [u8],
    /// The day's number.
    pub day: i64,
    /// The round.
    pub round: &'a [u8],
    /// The form's name.
    pub form: &'a [u8],
    /// The form's version.
    pub form_version: i64,
    /// Morning and afternoon, tenths of a degree.
    pub temps: [Option<i64>; 2],
    /// Where it was taken.
    pub site: Option<&'a [u8]>,
    /// The place.
    pub place: Option<&'a [u8]>,
    /// In Hubei; left the city.
    pub flags: [Option<i64>; 2],
    /// The state.
    pub status: Option<&'a [u8]>,
    /// The other columns, packed.
    pub rest: &'a [u8],
}

/// Digests rows one after the other, in one buffer.
pub struct RowDigests(Enc);

impl Default for RowDigests {
    fn default() -> Self {
        Self(Enc::new())
    }
}

impl RowDigests {
    /// The digest of a roster row, keyed with its person's secret.
    pub fn roster(&mut self, secret: &[u8; 32], row: &RawRoster<'_>) -> Digest {
        let enc = self.0.clear();
        enc.text("zhiban roster row v1").bytes(row.person).bytes(row.no);
        for fact in row.facts {
            enc.opt_bytes(fact);
        }
        blake3::keyed_hash(secret, &enc.0).into()
    }

    /// The digest of a reading, keyed with its person's secret.
    pub fn reading(&mut self, secret: &[u8; 32], row: &RawReading<'_>) -> Digest {
        let enc = self.0.clear();
        enc.text("zhiban reading v1")
            .bytes(row.person)
            .bytes(row.unit)
            .int(row.day)
            .bytes(row.round)
            .bytes(row.form)
            .int(row.form_version)
            .opt_int(row.temps[0])
            .opt_int(row.temps[1])
            .opt_bytes(row.site)
            .opt_bytes(row.place)
            .opt_int(row.flags[0])
            .opt_int(row.flags[1])
            .opt_bytes(row.status)
            .bytes(row.rest);
        blake3::keyed_hash(secret, &enc.0).into()
    }
}

/// The digest of one roster row, keyed with its person's secret.
pub fn roster_digest(secret: &[u8; 32], row: &RosterRow) -> Digest {
    let f = &row.facts;
    RowDigests::default().roster(
        secret,
        &RawRoster {
            person: row.person.bytes(),
            no: row.no.as_bytes(),
            facts: [
                f.name.as_deref().map(str::as_bytes),
                f.unit.as_ref().map(|unit| unit.bytes().as_slice()),
                f.sex.as_deref().map(str::as_bytes),
                f.kind.map(|kind| kind.code().as_bytes()),
                f.campus.as_deref().map(str::as_bytes),
                f.phone.as_deref().map(str::as_bytes),
                f.id_number.as_deref().map(str::as_bytes),
                f.origin.as_deref().map(str::as_bytes),
                f.address.as_deref().map(str::as_bytes),
                f.contact.as_deref().map(str::as_bytes),
                f.family_phone.as_deref().map(str::as_bytes),
            ],
        },
    )
}

/// The digest of one reading, keyed with its person's secret. `rest` is the packed text kept in the database.
pub fn reading_digest(secret: &[u8; 32], reading: &Reading, rest: &str) -> Digest {
    RowDigests::default().reading(
        secret,
        &RawReading {
            person: reading.person.bytes(),
            unit: reading.unit.bytes(),
            day: i64::from(day_number(reading.day)),
            round: reading.round.0.as_bytes(),
            form: reading.form.name.as_bytes(),
            form_version: i64::from(reading.form.version),
            temps: [reading.temp_am.map(i64::from), reading.temp_pm.map(i64::from)],
            site: reading.site.map(|site| site.code().as_bytes()),
            place: reading.place.as_deref().map(str::as_bytes),
            flags: [reading.in_hubei.map(i64::from), reading.left_city.map(i64::from)],
            status: reading.status.as_deref().map(str::as_bytes),
            rest: rest.as_bytes(),
        },
    )
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
    let raw = RawHead {
        desk: head.op.desk.bytes(),
        seq: head.op.seq,
        id: head.id.as_bytes(),
        lamport: head.lamport,
        recorded_at: head.recorded_at.0,
        happened_at: head.happened_at.0,
        officer: head.officer.as_ref().map(|id| id.bytes().as_slice()),
        shift: head.shift.as_ref().map(|id| id.bytes().as_slice()),
        undoes_desk: head.undoes.as_ref().map(|op| op.desk.bytes().as_slice()),
        undoes_seq: head.undoes.map(|op| op.seq),
    };
    raw_op_hash(prev, &raw, events, rows)
}

/// An op's head as it stands in the columns of its table: what its hash covers.
#[derive(Debug, Clone, Copy)]
pub struct RawHead<'a> {
    /// The desk's id.
    pub desk: &'a [u8],
    /// Its number on the desk.
    pub seq: i64,
    /// Its identity across retries.
    pub id: &'a [u8],
    /// Logical time.
    pub lamport: i64,
    /// When it was recorded.
    pub recorded_at: i64,
    /// When what it tells of happened.
    pub happened_at: i64,
    /// Who recorded it.
    pub officer: Option<&'a [u8]>,
    /// In which shift.
    pub shift: Option<&'a [u8]>,
    /// The desk of the op it takes back.
    pub undoes_desk: Option<&'a [u8]>,
    /// The number of that op: both stand there, or neither.
    pub undoes_seq: Option<i64>,
}

/// The hash of an op out of the columns of its table.
pub fn raw_op_hash(prev: &Digest, head: &RawHead<'_>, events: &[Digest], rows: &Digest) -> Digest {
    let mut enc = Enc::new();
    enc.text("zhiban op v1")
        .bytes(prev)
        .bytes(head.desk)
        .int(head.seq)
        .bytes(head.id)
        .int(head.lamport)
        .int(head.recorded_at)
        .int(head.happened_at)
        .opt_bytes(head.officer)
        .opt_bytes(head.shift)
        .opt_bytes(head.undoes_desk)
        .opt_int(head.undoes_seq)
        .int(events.len() as i64);
    for event in events {
        enc.bytes(event);
    }
    enc.bytes(rows);
    blake3::hash(&enc.0).into()
}

/// The digest of the ends of several desks.
pub(super) fn frontier_digest<'a>(ends: impl ExactSizeIterator<Item = (&'a DeskId, &'a End)>) -> Digest {
    let mut enc = Enc::new();
    enc.text("zhiban frontier v1").int(ends.len() as i64);
    for (desk, end) in ends {
        enc.bytes(desk.bytes()).int(end.seq).bytes(&end.hash);
    }
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
