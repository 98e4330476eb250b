//! Sealed backups: the age format, under a passphrase or for whom holds a key.

use crate::error::{Error, Kind, Result};
use crate::i18n::{file as words, store as say};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// What a sealed file begins with.
const BEGINS: &[u8] = b"age-encryption.org/v1";

/// The most work that opening a passphrase may ask for, as a power of two: minutes on a slow machine.
const MOST_WORK: u8 = 22;

/// The shortest passphrase, in characters: whoever has the file may try as long as they like.
const SHORTEST: usize = 8;

/// How a backup is sealed.
pub enum Seal {
    /// Under a passphrase.
    Passphrase(String),
    /// For the holders of these keys: `age1…`.
    Recipients(Vec<String>),
}

/// What opens a sealed backup.
pub enum Key {
    /// Its passphrase.
    Passphrase(String),
    /// The text of a file of keys: `AGE-SECRET-KEY-1…`.
    Identities(String),
}

/// Whether a file is sealed.
pub fn is_sealed(path: &Path) -> bool {
    let mut begins = [0; BEGINS.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut begins)).is_ok() && begins == BEGINS
}

impl Seal {
    /// Refuses what nothing can be sealed with, before anything is done.
    pub fn check(&self) -> Result<()> {
        self.encryptor().map(drop)
    }

    fn encryptor(&self) -> Result<Encryptor> {
        match self {
            Self::Passphrase(text) if text.trim().is_empty() => Err(Error::input(words::PASSPHRASE_EMPTY)),
            Self::Passphrase(text) if text.trim().chars().count() < SHORTEST => {
                Err(Error::input(words::passphrase_short(SHORTEST)).hint(words::PASSPHRASE_SHORT_HINT))
            }
            Self::Passphrase(text) => Ok(Encryptor::with_user_passphrase(SecretString::from(text.clone()))),
            Self::Recipients(all) => {
                let read = |text: &String| {
                    text.trim().parse::<age::x25519::Recipient>().map_err(|_| {
                        Error::input(words::bad_recipient(crate::domain::text::safe_line(text)))
                            .hint(words::BAD_RECIPIENT_HINT)
                    })
                };
                let all: Vec<_> = all.iter().map(read).collect::<Result<_>>()?;
                Encryptor::with_recipients(all.iter().map(|one| one as &dyn Recipient))
                    .map_err(|error| Error::internal("sealing", error))
            }
        }
    }

    /// Seals a file into another; gives the digest of what was written, hexadecimal.
    pub(super) fn seal(&self, from: &Path, to: &Path) -> Result<String> {
        let encryptor = self.encryptor()?;
        let refused = |error: io::Error| {
            Error::machine(Kind::NotSaved, &error, |why| words::cannot_seal(to.display(), why))
        };
        let written = || -> io::Result<String> {
            let mut source = File::open(from)?;
            let out = Digested { out: BufWriter::new(File::create(to)?), hasher: blake3::Hasher::new() };
            let mut stream = encryptor.wrap_output(out)?;
            io::copy(&mut source, &mut stream)?;
            let mut out = stream.finish()?;
            out.flush()?;
            Ok(out.hasher.finalize().to_hex().to_string())
        };
        written().map_err(refused)
    }
}

/// Writes on and digests what passes.
struct Digested<W> {
    out: W,
    hasher: blake3::Hasher,
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The digest of a whole file, as a sealed backup's is kept in the log.
pub(super) fn print_of(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

impl Key {
    /// Refuses what holds no key, before anything is opened with it.
    ///
    /// # Errors
    /// A line of it is no key, or there is none.
    pub fn check(&self) -> Result<()> {
        self.identities().map(drop)
    }

    fn identities(&self) -> Result<Vec<Box<dyn Identity>>> {
        match self {
            Self::Passphrase(text) => {
                let mut one = age::scrypt::Identity::new(SecretString::from(text.clone()));
                one.set_max_work_factor(MOST_WORK);
                Ok(vec![Box::new(one)])
            }
            Self::Identities(text) => {
                let lines = text.lines().map(str::trim);
                let keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
                let read = |line: &str| line.parse::<age::x25519::Identity>().ok();
                let all: Option<Vec<_>> =
                    keys.map(|line| read(line).map(|one| Box::new(one) as Box<dyn Identity>)).collect();
                all.filter(|all| !all.is_empty())
                    .ok_or_else(|| Error::input(words::BAD_IDENTITY).hint(words::BAD_IDENTITY_HINT))
            }
        }
    }

    /// Opens a sealed file into another.
    pub(super) fn open(&self, from: &Path, to: &Path) -> Result<()> {
        let identities = self.identities()?;
        let read_refused = |error: io::Error| {
            Error::machine(Kind::File, &error, |why| words::cannot_unseal(from.display(), why))
        };
        let source = BufReader::new(File::open(from).map_err(read_refused)?);
        let decryptor = Decryptor::new_buffered(source).map_err(|error| self.told(&error, from))?;
        let all = identities.iter().map(AsRef::as_ref);
        let mut stream = decryptor.decrypt(all).map_err(|error| self.told(&error, from))?;
        let mut out = BufWriter::new(
            std::fs::OpenOptions::new()
                .write(true)
                .truncate(true)
                .open(to)
                .map_err(|e| write_refused(&e, to))?,
        );
        let mut buffer = vec![0; 1 << 16];
        loop {
            // What fails to be read is the backup's fault, what fails to be written the disk's.
            let read = stream.read(&mut buffer).map_err(|_| damaged(from))?;
            if read == 0 {
                break;
            }
            out.write_all(&buffer[..read]).map_err(|e| write_refused(&e, to))?;
        }
        out.flush().map_err(|e| write_refused(&e, to))
    }

    fn told(&self, error: &DecryptError, from: &Path) -> Error {
        match (error, self) {
            (
                DecryptError::NoMatchingKeys
                | DecryptError::DecryptionFailed
                | DecryptError::KeyDecryptionFailed,
                Self::Passphrase(_),
            ) => Error::refused(words::wrong_passphrase(from.display())).hint(words::WRONG_PASSPHRASE_HINT),
            (DecryptError::NoMatchingKeys, Self::Identities(_)) => {
                Error::refused(words::wrong_identity(from.display())).hint(words::WRONG_IDENTITY_HINT)
            }
            _ => damaged(from),
        }
    }
}

fn write_refused(error: &io::Error, to: &Path) -> Error {
    Error::machine(Kind::NotSaved, error, |why| crate::i18n::paper::cannot_write(to.display(), why))
}

fn damaged(from: &Path) -> Error {
    Error::user(Kind::Database, say::backup_damaged(from.display())).hint(say::OTHER_BACKUP)
}
