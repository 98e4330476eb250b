//! Workbooks locked with a password, as programs lock them: written here from the description of the format, so that every
//! way and every odd number in it can be had.

use super::made::{container, container_of, old_stream, record};
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockEncrypt, BlockEncryptMut, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use rc4::{Rc4, StreamCipher};
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};

/// How a workbook is locked.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// As since 2010: hash, bits of the key, how often the password is hashed.
    Agile(&'static str, usize, u32),
    /// As in 2007.
    Standard,
}

/// What spreadsheet programs of today write.
pub const TODAY: Way = Way::Agile("SHA512", 256, 100_000);

const SALT: [u8; 16] = *b"salt of the key.";
const OWN: [u8; 16] = *b"salt of password";

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn hash(name: &str, parts: &[&[u8]]) -> Vec<u8> {
    let all = parts.concat();
    match name {
        "SHA1" => Sha1::digest(all).to_vec(),
        "SHA256" => Sha256::digest(all).to_vec(),
        "SHA384" => Sha384::digest(all).to_vec(),
        _ => Sha512::digest(all).to_vec(),
    }
}

fn fitted(mut bytes: Vec<u8>, len: usize) -> Vec<u8> {
    bytes.resize(len, 0x36);
    bytes
}

fn cbc(key: &[u8], begin: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut plain = plain.to_vec();
    plain.resize(plain.len().next_multiple_of(16), 0);
    let begin = fitted(begin.to_vec(), 16);
    match key.len() {
        16 => cbc::Encryptor::<Aes128>::new_from_slices(key, &begin)
            .unwrap()
            .encrypt_padded_vec_mut::<NoPadding>(&plain),
        24 => cbc::Encryptor::<Aes192>::new_from_slices(key, &begin)
            .unwrap()
            .encrypt_padded_vec_mut::<NoPadding>(&plain),
        _ => cbc::Encryptor::<Aes256>::new_from_slices(key, &begin)
            .unwrap()
            .encrypt_padded_vec_mut::<NoPadding>(&plain),
    }
}

fn ecb(key: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut out = plain.to_vec();
    out.resize(out.len().next_multiple_of(16), 0);
    let cipher = Aes128::new_from_slice(key).unwrap();
    out.chunks_exact_mut(16).for_each(|block| cipher.encrypt_block(block.into()));
    out
}

fn spun(name: &str, salt: &[u8], password: &str, spins: u32) -> Vec<u8> {
    let first = hash(name, &[salt, &utf16(password)]);
    (0..spins).fold(first, |last, at| hash(name, &[&at.to_le_bytes(), &last]))
}

/// A workbook, locked.
pub fn locked(book: &[u8], password: &str, way: Way) -> Vec<u8> {
    let (info, body) = match way {
        Way::Agile(name, bits, spins) => agile(book, password, (name, bits, spins)),
        Way::Standard => standard(book, password),
    };
    let package = [&(book.len() as u64).to_le_bytes()[..], &body].concat();
    container_of(&[("EncryptionInfo", &info), ("EncryptedPackage", &package)])
}

fn agile(book: &[u8], password: &str, (name, bits, spins): (&str, usize, u32)) -> (Vec<u8>, Vec<u8>) {
    // Nobody waits for what is too much anyway.
    let spun = spun(name, &OWN, password, if spins > 1_000_000 { 0 } else { spins });
    let key_for = |what: [u8; 8]| fitted(hash(name, &[&spun, &what]), bits / 8);
    let (input, key) = ([7_u8; 16], vec![9_u8; bits / 8]);
    let letters = |bytes: Vec<u8>| STANDARD.encode(bytes);
    let sealed = |what, plain: &[u8]| letters(cbc(&key_for(what), &OWN, plain));
    let way = format!(
        "saltSize=\"16\" blockSize=\"16\" keyBits=\"{bits}\" hashSize=\"{}\" cipherAlgorithm=\"AES\" \
         cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"{name}\"",
        hash(name, &[]).len()
    );
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n\
         <encryption xmlns=\"http://schemas.microsoft.com/office/2006/encryption\" \
         xmlns:p=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\">\
         <keyData {way} saltValue=\"{}\"/><keyEncryptors><keyEncryptor \
         uri=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><p:encryptedKey \
         spinCount=\"{spins}\" {way} saltValue=\"{}\" encryptedVerifierHashInput=\"{}\" \
         encryptedVerifierHashValue=\"{}\" encryptedKeyValue=\"{}\"/></keyEncryptor></keyEncryptors></encryption>",
        letters(SALT.to_vec()),
        letters(OWN.to_vec()),
        sealed([0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79], &input),
        sealed([0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e], &hash(name, &[&input])),
        sealed([0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6], &key),
    );
    let mut info =
        [&4_u16.to_le_bytes()[..], &4_u16.to_le_bytes(), &0x40_u32.to_le_bytes(), xml.as_bytes()].concat();
    // Long enough for whole sectors.
    info.resize(info.len().max(4096), b' ');
    let pieces = (0_u32..).zip(book.chunks(4096));
    let body =
        pieces.flat_map(|(at, piece)| cbc(&key, &hash(name, &[&SALT, &at.to_le_bytes()]), piece)).collect();
    (info, body)
}

fn standard(book: &[u8], password: &str) -> (Vec<u8>, Vec<u8>) {
    let last = hash("SHA1", &[&spun("SHA1", &OWN, password, 50_000), &0_u32.to_le_bytes()]);
    let mut pad = [0x36_u8; 64];
    pad.iter_mut().zip(&last).for_each(|(own, byte)| *own ^= byte);
    let key = &hash("SHA1", &[&pad])[..16];
    let input = [7_u8; 16];
    let name = utf16("Microsoft Enhanced RSA and AES Cryptographic Provider\0");
    let mut info: Vec<u8> = [3_u16, 2].iter().flat_map(|half| half.to_le_bytes()).collect();
    let header = 32 + name.len() as u32;
    for word in [0x24, header, 0x24, 0, 0x660e, 0x8004, 128, 24, 0, 0_u32] {
        info.extend(word.to_le_bytes());
    }
    info.extend(&name);
    info.extend(16_u32.to_le_bytes());
    info.extend(OWN);
    info.extend(ecb(key, &input));
    info.extend(20_u32.to_le_bytes());
    info.extend(ecb(key, &hash("SHA1", &[&input])));
    (info, ecb(key, book))
}

/// How a workbook of the old kind is locked.
#[derive(Debug, Clone, Copy)]
pub enum OldWay {
    /// As in 1997.
    Forty,
    /// As since 2002, with a key of so many bits.
    System(u32),
    /// As before 1997, and nothing that could be read.
    Mixed,
}

/// A workbook of the old kind with these cells, locked.
pub fn old_locked(cells: &[Vec<u8>], password: &str, way: OldWay) -> Vec<u8> {
    let begin = match way {
        OldWay::Forty => {
            let first = Md5::digest(utf16(password));
            let once = [&first[..5], &OWN].concat();
            Md5::digest(once.repeat(16))[..5].to_vec()
        }
        _ => hash("SHA1", &[&OWN, &utf16(password)]),
    };
    let key = |stretch: u32| match way {
        OldWay::Forty => Md5::digest([&begin[..], &stretch.to_le_bytes()].concat()).to_vec(),
        OldWay::System(40) => {
            let mut key = hash("SHA1", &[&begin, &stretch.to_le_bytes()])[..5].to_vec();
            key.resize(16, 0);
            key
        }
        _ => hash("SHA1", &[&begin, &stretch.to_le_bytes()])[..16].to_vec(),
    };
    let apply = |key: &[u8], bytes: &mut [u8]| {
        <Rc4<rc4::consts::U16> as rc4::KeyInit>::new_from_slice(key).unwrap().apply_keystream(bytes);
    };
    let input = [7_u8; 16];
    let pass = match way {
        OldWay::Mixed => vec![0, 0, 1, 2, 3, 4],
        OldWay::Forty => {
            let mut verifier = [&input[..], &Md5::digest(input)].concat();
            apply(&key(0), &mut verifier);
            [&[1, 0, 1, 0, 1, 0][..], &OWN, &verifier].concat()
        }
        OldWay::System(bits) => {
            let mut verifier = [&input[..], &hash("SHA1", &[&input])].concat();
            apply(&key(0), &mut verifier);
            let name = utf16("Provider\0");
            let mut pass: Vec<u8> = vec![1, 0, 2, 0, 2, 0];
            for word in [4, 32 + name.len() as u32, 4, 0, 0x6801, 0x8004, bits, 1, 0, 0_u32] {
                pass.extend(word.to_le_bytes());
            }
            pass.extend(&name);
            pass.extend(16_u32.to_le_bytes());
            pass.extend(OWN);
            pass.extend(&verifier[..16]);
            pass.extend(20_u32.to_le_bytes());
            pass.extend(&verifier[16..]);
            pass
        }
    };
    let mut stream = old_stream(&record(0x002f, &pass), &[], cells);
    // Whole sectors and stretches, as the container fills them up.
    stream.resize(stream.len().max(4096), 0);
    let mut sealed = stream.clone();
    (0_u32..).zip(sealed.chunks_mut(1024)).for_each(|(at, stretch)| apply(&key(at), stretch));
    let mut at = 0;
    while at + 4 <= stream.len() {
        let kind = u16::from_le_bytes([stream[at], stream[at + 1]]);
        let length = usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
        let open = match kind {
            0x0809 | 0x002f => length,
            0x0085 => 4,
            _ => 0,
        };
        stream[at + 4 + open..at + 4 + length].copy_from_slice(&sealed[at + 4 + open..at + 4 + length]);
        at += 4 + length;
    }
    container("Workbook", &stream)
}
