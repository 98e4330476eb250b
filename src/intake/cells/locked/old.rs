//! Workbooks of the old kind, locked with RC4: of 40 bits as in 1997, or as the system of 2002 and later has it. The oldest
//! way, which only mixes the password into the bytes, is not read.

use super::{Hash, first_that_fits};
use crate::domain::password::Passwords;
use crate::intake::cells::Refusal;
use crate::intake::cells::old::container::{u16_at, u32_at};
use md5::Md5;
use rc4::consts::{U5, U6, U7, U8, U9, U10, U11, U12, U13, U14, U15, U16};
use rc4::{Rc4, StreamCipher};
use sha1::Digest;
use zeroize::Zeroizing;

/// The record that says how the others are enciphered.
pub const FILEPASS: u16 = 0x002f;
/// A key holds for so many bytes of the stream.
const STRETCH: usize = 1_024;

/// How it is locked.
#[derive(Debug)]
enum Lock {
    /// As in 1997.
    Forty,
    /// As the system does it, with a key of so many bits.
    System(u32),
}

/// What the record says.
#[derive(Debug)]
struct Pass {
    lock: Lock,
    salt: Vec<u8>,
    /// What deciphers to something and its hash.
    verifier: Vec<u8>,
}

impl Pass {
    fn read(body: &[u8]) -> Result<Self, Refusal> {
        match (u16_at(body, 0), u16_at(body, 2), u16_at(body, 4)) {
            (Some(1), Some(1), Some(1)) => Self::forty(body),
            (Some(1), Some(2..=4), Some(2)) => Self::system(body),
            // That of before 1997 among them.
            _ => return Err(Refusal::OtherLock),
        }
        .ok_or(Refusal::Damaged)
    }

    fn forty(body: &[u8]) -> Option<Self> {
        let (salt, verifier) = (body.get(6..22)?.to_vec(), body.get(22..54)?.to_vec());
        Some(Self { lock: Lock::Forty, salt, verifier })
    }

    fn system(body: &[u8]) -> Option<Self> {
        let header = u32_at(body, 10)? as usize;
        let bits = match u32_at(body, 14 + 16)? {
            0 => 40,
            bits @ 40..=128 if bits % 8 == 0 => bits,
            _ => return None,
        };
        let rest = body.get(14_usize.checked_add(header)?..)?;
        if u32_at(rest, 0)? != 16 {
            return None;
        }
        let mut verifier = rest.get(20..36)?.to_vec();
        verifier.extend_from_slice(rest.get(40..60)?);
        Some(Self { lock: Lock::System(bits), salt: rest.get(4..20)?.to_vec(), verifier })
    }

    /// What the keys of all stretches begin with, where the password is the right one.
    fn begin(&self, password: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let begin = match self.lock {
            Lock::Forty => {
                let first = Zeroizing::new(Md5::digest(password).to_vec());
                let mut hash = Md5::new();
                for _ in 0..16 {
                    hash.update(&first[..5]);
                    hash.update(&self.salt);
                }
                Zeroizing::new(hash.finalize()[..5].to_vec())
            }
            Lock::System(_) => Hash::Sha1.of(&[&self.salt, password]),
        };
        let mut open = self.verifier.clone();
        apply(&self.key(&begin, 0), &mut open);
        let (input, hash) = open.split_at(16);
        let is = match self.lock {
            Lock::Forty => Md5::digest(input).to_vec(),
            Lock::System(_) => Hash::Sha1.of(&[input]).to_vec(),
        };
        (is == hash).then_some(begin)
    }

    fn key(&self, begin: &[u8], stretch: u32) -> Zeroizing<Vec<u8>> {
        match self.lock {
            Lock::Forty => {
                let hash = Md5::new().chain_update(begin).chain_update(stretch.to_le_bytes());
                Zeroizing::new(hash.finalize().to_vec())
            }
            Lock::System(bits) => {
                let mut key = Hash::Sha1.of(&[begin, &stretch.to_le_bytes()]);
                key.truncate(bits as usize / 8);
                if bits == 40 {
                    key.resize(16, 0);
                }
                key
            }
        }
    }
}

/// The cipher has the length of its key in its type.
fn apply(key: &[u8], to: &mut [u8]) {
    macro_rules! of_length {
        ($($length:ident),+) => {
            match key.len() {
                $(length if length == <$length as rc4::cipher::typenum::Unsigned>::USIZE => {
                    <Rc4<$length> as rc4::KeyInit>::new(key.into()).apply_keystream(to);
                })+
                // No other length comes this far.
                _ => {}
            }
        };
    }
    of_length!(U5, U6, U7, U8, U9, U10, U11, U12, U13, U14, U15, U16);
}

/// Deciphers a stream in its place; the record that says it is locked is gone then. Whether it took a password that was
/// typed.
pub fn unlock(stream: &mut [u8], known: &Passwords) -> Result<bool, Refusal> {
    let Some((at, length)) = filepass(stream) else { return Ok(false) };
    let pass = Pass::read(&stream[at + 4..at + 4 + length])?;
    // It hashes a handful of times.
    let (begin, is_locked) = first_that_fits(known, 1, |password| Ok(pass.begin(password)))?;
    let open = open(stream);
    let mut plain = stream.to_vec();
    for (number, stretch) in (0_u32..).zip(plain.chunks_mut(STRETCH)) {
        apply(&pass.key(&begin, number), stretch);
    }
    for (from, to) in open {
        stream[from..to].copy_from_slice(&plain[from..to]);
    }
    stream[at..at + 2].copy_from_slice(&0_u16.to_le_bytes());
    Ok(is_locked)
}

/// Where the record stands that says so, and how long it is.
fn filepass(stream: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        match kind {
            FILEPASS => return stream.get(at + 4..at + 4 + length).map(|_| (at, length)),
            // The end of what holds for all sheets.
            0x000a => return None,
            _ => at += 4 + length,
        }
    }
}

/// Which bytes are enciphered: what records hold, but not their heads; some stay as they are.
fn open(stream: &[u8]) -> Vec<(usize, usize)> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let from = at + 4;
        let to = (from + usize::from(length)).min(stream.len());
        match kind {
            // BOF, FILEPASS, INTERFACEHDR, FILELOCK, USREXCL, and those of shared workbooks
            0x0809 | FILEPASS | 0x00e1 | 0x0195 | 0x0194 | 0x0138 | 0x0196 => {}
            // BOUNDSHEET: where the sheet begins is told openly.
            0x0085 => out.push((to.min(from + 4), to)),
            _ => out.push((from.min(to), to)),
        }
        at = to;
    }
    out
}
