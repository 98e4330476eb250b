//! Workbooks locked with a password: .xlsx in the two ways of ECMA-376 (agile, of 2010 and later, and standard, of 2007),
//! .xls with RC4 ([`old`]). The password is made sure of before anything is deciphered.
//!
//! What is written in the file says how often the password is to be hashed: more than any program may write is a
//! damaged file, all tries together hash no more than twice that ([`ALL_SPINS`]), and the processor limit of the child holds
//! for what is below.

pub mod old;

use super::Refusal;
use super::old::container::{Container, u16_at, u32_at};
use crate::domain::password::Passwords;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::generic_array::GenericArray;
use aes::cipher::{BlockDecrypt, BlockDecryptMut, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::{BytesStart, Event};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

/// With this one spreadsheet programs lock what is only protected against changes, and open it without asking.
const NOBODYS: &str = "VelvetSweatshop";

/// The most often a password is hashed: the format allows no more.
const MOST_SPINS: u32 = 10_000_000;
/// All tries of one file together hash no more often: enough for what was typed last and for [`NOBODYS`], whatever it says.
const ALL_SPINS: u32 = 2 * MOST_SPINS;
/// How often in the way of 2007, which does not say it.
const SPINS_2007: u32 = 50_000;
/// An agile package is enciphered in pieces of so many bytes.
const PIECE: usize = 4_096;
/// Bytes of one block of the cipher.
const BLOCK: usize = 16;

/// What a hash of the password is made a key for.
const FOR_INPUT: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const FOR_HASH: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const FOR_KEY: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];

/// What comes of trying the passwords that are known, each for itself, and whether it was one of those that opened it. Each
/// try hashes so often; the last one typed and [`NOBODYS`] come first, the others as long as there is time for them.
fn first_that_fits<T>(
    known: &Passwords,
    spins: u32,
    mut open: impl FnMut(&[u8]) -> Result<Option<T>, Refusal>,
) -> Result<(T, bool), Refusal> {
    let mut typed = known.iter().map(|password| (password.text(), true));
    let last = typed.next();
    let all = last.into_iter().chain([(NOBODYS, false)]).chain(typed);
    for (password, is_typed) in all.take((ALL_SPINS / spins.max(1)) as usize) {
        if let Some(opened) = open(&utf16(password))? {
            return Ok((opened, is_typed));
        }
    }
    Err(if known.is_empty() { Refusal::Password } else { Refusal::WrongPassword })
}

fn utf16(text: &str) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(text.len() * 2));
    text.encode_utf16().for_each(|unit| out.extend_from_slice(&unit.to_le_bytes()));
    out
}

/// The workbook in a container that holds one enciphered, and whether it took a password that was typed.
pub fn package(container: &Container<'_>, known: &Passwords) -> Result<(Vec<u8>, bool), Refusal> {
    // Rights that a server keeps leave no such stream.
    if !container.has("EncryptionInfo") {
        return Err(Refusal::OtherLock);
    }
    let info = container.stream("EncryptionInfo").ok_or(Refusal::Damaged)?;
    let sealed = container.stream("EncryptedPackage").ok_or(Refusal::Damaged)?;
    let size = sealed.get(..8).and_then(|size| size.try_into().ok()).map(u64::from_le_bytes);
    let (size, body) = (size.ok_or(Refusal::Damaged)?, sealed.get(8..).ok_or(Refusal::Damaged)?);
    if size == 0 || size > body.len() as u64 {
        // It breaks off.
        return Err(Refusal::Damaged);
    }
    let (major, minor) = (u16_at(&info, 0), u16_at(&info, 2));
    let (mut out, is_locked) = match (major, minor) {
        (Some(4), Some(4)) => {
            let agile = Agile::read(info.get(8..).ok_or(Refusal::Damaged)?)?;
            let (key, is_locked) = first_that_fits(known, agile.spins, |password| agile.key(password))?;
            (agile.deciphered(&key, body)?, is_locked)
        }
        (Some(2..=4), Some(2)) => {
            let standard = Standard::read(&info)?;
            let (key, is_locked) = first_that_fits(known, SPINS_2007, |password| standard.key(password))?;
            let whole = body.len() / BLOCK * BLOCK;
            (ecb(&key, &body[..whole])?, is_locked)
        }
        _ => return Err(Refusal::OtherLock),
    };
    if (out.len() as u64) < size {
        return Err(Refusal::Damaged);
    }
    out.truncate(size as usize);
    Ok((out, is_locked))
}

/// How something is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of_name(name: &str) -> Result<Self, Refusal> {
        match name.replace('-', "").to_ascii_uppercase().as_str() {
            "SHA1" => Ok(Self::Sha1),
            "SHA256" => Ok(Self::Sha256),
            "SHA384" => Ok(Self::Sha384),
            "SHA512" => Ok(Self::Sha512),
            _ => Err(Refusal::OtherLock),
        }
    }

    fn of(self, parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
        fn of<D: Digest>(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
            let mut hash = D::new();
            for part in parts {
                hash.update(part);
            }
            Zeroizing::new(hash.finalize().to_vec())
        }
        match self {
            Self::Sha1 => of::<Sha1>(parts),
            Self::Sha256 => of::<Sha256>(parts),
            Self::Sha384 => of::<Sha384>(parts),
            Self::Sha512 => of::<Sha512>(parts),
        }
    }

    /// The password, hashed over and over.
    fn spun(self, salt: &[u8], password: &[u8], spins: u32) -> Zeroizing<Vec<u8>> {
        fn spun<D: Digest>(salt: &[u8], password: &[u8], spins: u32) -> Zeroizing<Vec<u8>> {
            let mut last = D::new().chain_update(salt).chain_update(password).finalize();
            for at in 0..spins {
                last = D::new().chain_update(at.to_le_bytes()).chain_update(&last).finalize();
            }
            Zeroizing::new(last.to_vec())
        }
        match self {
            Self::Sha1 => spun::<Sha1>(salt, password, spins),
            Self::Sha256 => spun::<Sha256>(salt, password, spins),
            Self::Sha384 => spun::<Sha384>(salt, password, spins),
            Self::Sha512 => spun::<Sha512>(salt, password, spins),
        }
    }
}

/// As long as is asked: cut, or filled up.
fn fitted(bytes: &[u8], len: usize) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(bytes.to_vec());
    out.resize(len, 0x36);
    out
}

/// How the way of 2010 hashes and enciphers one thing.
#[derive(Debug)]
struct Way {
    salt: Vec<u8>,
    hash: Hash,
    /// Bytes of the key.
    key: usize,
}

impl Way {
    fn read(element: &BytesStart<'_>) -> Result<Self, Refusal> {
        let said = |name| said(element, name).ok_or(Refusal::Damaged);
        if said("cipherAlgorithm")? != "AES" || said("cipherChaining")? != "ChainingModeCBC" {
            return Err(Refusal::OtherLock);
        }
        let key = match said("keyBits")?.as_str() {
            "128" => 16,
            "192" => 24,
            "256" => 32,
            _ => return Err(Refusal::OtherLock),
        };
        if said("blockSize")? != "16" {
            return Err(Refusal::OtherLock);
        }
        Ok(Self { salt: bytes(&said("saltValue")?)?, hash: Hash::of_name(&said("hashAlgorithm")?)?, key })
    }
}

/// What an element says; the prefix of its attribute does not matter.
fn said(element: &BytesStart<'_>, name: &str) -> Option<String> {
    super::xml::attribute(element, name).map(std::borrow::Cow::into_owned)
}

/// Bytes that are written as letters.
fn bytes(text: &str) -> Result<Vec<u8>, Refusal> {
    let text: String = text.split_whitespace().collect();
    let out = STANDARD.decode(text).map_err(|_| Refusal::Damaged)?;
    // No salt and no key of the format is longer.
    if out.is_empty() || out.len() > 1 << 10 { Err(Refusal::Damaged) } else { Ok(out) }
}

/// The way of 2010 and later.
#[derive(Debug)]
struct Agile {
    data: Way,
    own: Way,
    spins: u32,
    input: Vec<u8>,
    hash: Vec<u8>,
    sealed: Vec<u8>,
}

impl Agile {
    fn read(xml: &[u8]) -> Result<Self, Refusal> {
        let mut reader = super::xml::reader(xml);
        let mut buffer = Vec::new();
        let (mut data, mut out) = (None, None);
        loop {
            match super::xml::next(&mut reader, &mut buffer).map_err(|_| Refusal::Damaged)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "keyData" if data.is_none() => data = Some(Way::read(&element)?),
                    // One for the holder of a certificate has no such count.
                    "encryptedKey" if out.is_none() && said(&element, "spinCount").is_some() => {
                        let said = |name| said(&element, name).ok_or(Refusal::Damaged);
                        let spins: u32 = said("spinCount")?.parse().map_err(|_| Refusal::Damaged)?;
                        if spins > MOST_SPINS {
                            return Err(Refusal::Damaged);
                        }
                        out = Some((
                            Way::read(&element)?,
                            spins,
                            bytes(&said("encryptedVerifierHashInput")?)?,
                            bytes(&said("encryptedVerifierHashValue")?)?,
                            bytes(&said("encryptedKeyValue")?)?,
                        ));
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        let data = data.ok_or(Refusal::Damaged)?;
        // Locked for the holder of a certificate, and by no password.
        let (own, spins, input, hash, sealed) = out.ok_or(Refusal::OtherLock)?;
        Ok(Self { data, own, spins, input, hash, sealed })
    }

    /// The key of the package, where the password is the right one.
    fn key(&self, password: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
        let own = &self.own;
        let spun = own.hash.spun(&own.salt, password, self.spins);
        let opened = |what: &[u8; 8], sealed: &[u8]| {
            let key = fitted(&own.hash.of(&[&spun, what]), own.key);
            cbc(&key, &own.salt, sealed)
        };
        let input = opened(&FOR_INPUT, &self.input)?;
        let input = input.get(..own.salt.len()).ok_or(Refusal::Damaged)?;
        let is = own.hash.of(&[input]);
        if opened(&FOR_HASH, &self.hash)?.get(..is.len()) != Some(&is[..]) {
            return Ok(None);
        }
        let mut key = opened(&FOR_KEY, &self.sealed)?;
        if key.len() < self.data.key {
            return Err(Refusal::Damaged);
        }
        key.truncate(self.data.key);
        Ok(Some(key))
    }

    fn deciphered(&self, key: &[u8], body: &[u8]) -> Result<Vec<u8>, Refusal> {
        let mut out = Vec::with_capacity(body.len());
        for (at, piece) in (0_u32..).zip(body.chunks(PIECE)) {
            let whole = piece.len() / BLOCK * BLOCK;
            let begin = self.data.hash.of(&[&self.data.salt, &at.to_le_bytes()]);
            out.extend_from_slice(&cbc(key, &begin, &piece[..whole])?);
        }
        Ok(out)
    }
}

/// Deciphers blocks that hang together.
fn cbc(key: &[u8], begin: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    fn with<C>(key: &[u8], begin: &[u8], sealed: &[u8]) -> Option<Vec<u8>>
    where
        C: aes::cipher::BlockCipher + BlockDecryptMut + KeyInit,
        cbc::Decryptor<C>: KeyIvInit,
    {
        let cipher = cbc::Decryptor::<C>::new_from_slices(key, begin).ok()?;
        cipher.decrypt_padded_vec_mut::<NoPadding>(sealed).ok()
    }
    let begin = fitted(begin, BLOCK);
    let out = match key.len() {
        16 => with::<Aes128>(key, &begin, sealed),
        24 => with::<Aes192>(key, &begin, sealed),
        _ => with::<Aes256>(key, &begin, sealed),
    };
    out.map(Zeroizing::new).ok_or(Refusal::Damaged)
}

/// Deciphers blocks each for itself.
fn ecb(key: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Refusal> {
    fn with<C: BlockDecrypt + KeyInit>(key: &[u8], bytes: &mut [u8]) -> Option<()> {
        let cipher = C::new_from_slice(key).ok()?;
        for block in bytes.chunks_exact_mut(BLOCK) {
            cipher.decrypt_block(GenericArray::from_mut_slice(block));
        }
        Some(())
    }
    let mut out = sealed.to_vec();
    match key.len() {
        16 => with::<Aes128>(key, &mut out),
        24 => with::<Aes192>(key, &mut out),
        _ => with::<Aes256>(key, &mut out),
    }
    .ok_or(Refusal::Damaged)?;
    Ok(out)
}

/// The way of 2007.
#[derive(Debug)]
struct Standard {
    salt: Vec<u8>,
    /// Bytes of the key.
    key: usize,
    input: Vec<u8>,
    hash: Vec<u8>,
}

impl Standard {
    fn read(info: &[u8]) -> Result<Self, Refusal> {
        Self::look(info).ok_or(Refusal::Damaged)?
    }

    fn look(info: &[u8]) -> Option<Result<Self, Refusal>> {
        let header = u32_at(info, 8)? as usize;
        let key = match u32_at(info, 12 + 8)? {
            0x660e => 16,
            0x660f => 24,
            0x6610 => 32,
            // RC4, or a provider of its own.
            _ => return Some(Err(Refusal::OtherLock)),
        };
        let rest = info.get(12_usize.checked_add(header)?..)?;
        if u32_at(rest, 0)? != BLOCK as u32 {
            return None;
        }
        Some(Ok(Self {
            salt: rest.get(4..20)?.to_vec(),
            key,
            input: rest.get(20..36)?.to_vec(),
            hash: rest.get(40..72)?.to_vec(),
        }))
    }

    fn key(&self, password: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
        let spun = Hash::Sha1.spun(&self.salt, password, SPINS_2007);
        let last = Hash::Sha1.of(&[&spun, &0_u32.to_le_bytes()]);
        let half = |fill: u8| {
            let mut pad = Zeroizing::new([fill; 64]);
            pad.iter_mut().zip(last.iter()).for_each(|(own, byte)| *own ^= byte);
            Hash::Sha1.of(&[&pad[..]])
        };
        let mut key = half(0x36);
        key.extend_from_slice(&half(0x5c));
        key.truncate(self.key);
        let is = Hash::Sha1.of(&[&ecb(&key, &self.input)?]);
        Ok((ecb(&key, &self.hash)?.get(..is.len()) == Some(&is[..])).then_some(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::password::Password;

    fn typed(count: usize) -> Passwords {
        let mut all = Passwords::default();
        (0..count).for_each(|at| all.add(Password::new(&at.to_string()).unwrap()));
        all
    }

    /// Which are tried on a file that says so often, of as many as may be known.
    fn tried(spins: u32) -> Vec<String> {
        let mut out = Vec::new();
        let none = first_that_fits(&typed(8), spins, |password| {
            let units: Vec<u16> =
                password.chunks(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            out.push(String::from_utf16(&units).unwrap());
            Ok(None::<()>)
        });
        assert_eq!(none.unwrap_err(), Refusal::WrongPassword);
        out
    }

    // Guarded against: a file that says it must be hashed ten million times costs that for each password that is known.
    #[test]
    fn all_tries_of_a_file_share_one_budget() {
        let all = ["7", NOBODYS, "6", "5", "4", "3", "2", "1", "0"];
        for (spins, count) in [(0, 9), (100_000, 9), (4_000_000, 5), (MOST_SPINS, 2)] {
            assert_eq!(tried(spins), all[..count], "{spins}");
        }
    }

    #[test]
    fn what_nobody_s_password_opens_was_not_locked() {
        let opens =
            |right: &'static str| move |password: &[u8]| Ok((password == &utf16(right)[..]).then_some(()));
        assert_eq!(first_that_fits(&typed(2), 1, opens("0")).unwrap(), ((), true));
        assert_eq!(first_that_fits(&typed(2), 1, opens(NOBODYS)).unwrap(), ((), false));
        assert_eq!(first_that_fits(&typed(0), 1, opens(NOBODYS)).unwrap(), ((), false));
        assert_eq!(first_that_fits(&typed(0), 1, opens("0")).unwrap_err(), Refusal::Password);
    }
}
