//! The child: limits itself, reads its standard input as a file, and tells what it finds.

use super::counted::{Counted, Stop};
use super::wire::Sender;
use super::{Claim, Limits, Refusal, book, text};
use std::io::{self, BufWriter, Read, Write};
use std::process::ExitCode;

/// The whole life of the child. Its exit code says only whether it came to an end by itself; the answer is in
/// the stream.
pub fn main() -> ExitCode {
    crate::platform::guard_memory();
    let limits = Limits::of_word(&std::env::args().nth(3).unwrap_or_default());
    crate::platform::limit_child(limits.memory, limits.cpu);
    crate::platform::confine_child();
    // A panic in a reader is an expected end of this process; its words would only confuse the terminal.
    std::panic::set_hook(Box::new(|_| {}));
    let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let claim = std::env::args().nth(2).unwrap_or_default();
    if claim == crate::intake::TRY_CONFINED {
        return try_confined(out);
    }
    let claim = Claim::of_ending(&claim);
    match read(io::stdin().lock(), claim, limits, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Tries what a reader never does, harmlessly, and says of each whether it was refused.
fn try_confined(mut out: impl Write) -> ExitCode {
    let own = || std::env::current_exe().unwrap_or_default();
    let tries: [(&str, bool); 4] = [
        ("network", std::net::UdpSocket::bind(("127.0.0.1", 0)).is_err()),
        ("program", std::process::Command::new("true").status().is_err()),
        ("file", std::fs::File::open("/").is_err() && std::fs::File::open(own()).is_err()),
        ("thread", std::thread::Builder::new().spawn(|| ()).is_err()),
    ];
    for (what, refused) in tries {
        let said = if refused { "refused" } else { "allowed" };
        // Whoever asked reads it, or nobody does.
        let _ = writeln!(out, "{what} {said}");
    }
    ExitCode::SUCCESS
}

/// Reads a file that claims to be something and writes what it holds.
pub fn read(from: impl Read, claim: Claim, limits: Limits, out: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    from.take(limits.file + 1).read_to_end(&mut bytes)?;
    let sender = Sender::new(out)?;
    let mut counted = Counted::new(sender, limits);
    let digest = *blake3::hash(&bytes).as_bytes();
    match look(&bytes, claim, &mut counted) {
        Ok(()) if counted.cells == 0 => counted.sender.refuse(&(Refusal::Empty, String::new())),
        Ok(()) => counted.sender.end(&digest),
        Err(Stop::Refused(why)) => counted.sender.refuse(&why),
        Err(Stop::Pipe(error)) => Err(error),
    }
}

/// Decides by content what the file is; the name's ending can only make it refuse.
fn look<W: Write>(bytes: &[u8], claim: Claim, to: &mut Counted<W>) -> Result<(), Stop> {
    if bytes.len() as u64 > to.limits.file {
        return Err(Refusal::TooLarge.into());
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        if matches!(claim, Claim::Text | Claim::OldWorkbook) {
            return Err(Stop::Refused((Refusal::Ending, Claim::Workbook.word().to_owned())));
        }
        return book::read(bytes, to);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        // A locked .xlsx is wrapped in the old container; the stream's name gives it away.
        let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_locked = bytes.windows(locked.len()).any(|window| window == locked);
        return Err(if is_locked { Refusal::Password } else { Refusal::OldWorkbook }.into());
    }
    let other: [&[u8]; 9] = [
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x7fELF",
        b"MZ\x90",
        b"Rar!",
        b"7z\xbc\xaf",
        b"\x1f\x8b\x08",
    ];
    if other.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Refusal::NotSheet.into());
    }
    text::read(bytes, claim, to)
}
