//! The child: limits itself, reads its standard input as a file, and tells what it finds.

use super::counted::{Counted, Stop};
use super::wire::{self, Sender};
use super::{Limits, Refusal, book, old, text};
use crate::domain::password::Passwords;
use std::io::{self, BufWriter, Read, Write};
use std::process::ExitCode;

/// The child's last argument where passwords stand before the file.
pub const WITH_PASSWORDS: &str = "with-passwords";

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
    let mut from = io::stdin().lock();
    let known = if std::env::args().nth(4).is_some_and(|word| word == WITH_PASSWORDS) {
        wire::passwords(&mut from)
    } else {
        Ok(Passwords::default())
    };
    match known.and_then(|known| read(from, limits, known, out)) {
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

/// Reads a file, with these passwords where it is locked, and writes what it holds.
pub fn read(from: impl Read, limits: Limits, known: Passwords, out: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    from.take(limits.file + 1).read_to_end(&mut bytes)?;
    let sender = Sender::new(out)?;
    let mut counted = Counted::new(sender, limits);
    counted.known = known;
    let digest = *blake3::hash(&bytes).as_bytes();
    match look(&bytes, &mut counted).and_then(|()| counted.close()) {
        Ok(()) if counted.cells == 0 => counted.sender.refuse(&(Refusal::Empty, String::new())),
        Ok(()) => counted.sender.end(&digest),
        Err(Stop::Refused(why)) => counted.sender.refuse(&why),
        Err(Stop::Pipe(error)) => Err(error),
    }
}

/// Decides by content what the file is; what its name says is for the parent to compare.
fn look<W: Write>(bytes: &[u8], to: &mut Counted<W>) -> Result<(), Stop> {
    if bytes.len() as u64 > to.limits.file {
        return Err(Refusal::TooLarge.into());
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return book::read(bytes, to);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return old::read(bytes, to);
    }
    let known: [(&[u8], Refusal); 14] = [
        // A workbook before there was a container for it.
        (b"\x09\x00\x04\x00", Refusal::OldWorkbook),
        (b"\x09\x02\x06\x00", Refusal::OldWorkbook),
        (b"\x09\x04\x06\x00", Refusal::OldWorkbook),
        (b"\x09\x08\x08\x00", Refusal::OldWorkbook),
        (b"%PDF", Refusal::Document),
        (b"{\\rtf", Refusal::Document),
        (b"\x89PNG", Refusal::Picture),
        (b"\xff\xd8\xff", Refusal::Picture),
        (b"GIF8", Refusal::Picture),
        (b"\x7fELF", Refusal::NotSheet),
        (b"MZ\x90", Refusal::NotSheet),
        (b"Rar!", Refusal::NotSheet),
        (b"7z\xbc\xaf", Refusal::NotSheet),
        (b"\x1f\x8b\x08", Refusal::NotSheet),
    ];
    match known.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, why)) => Err((*why).into()),
        None => text::read(bytes, to),
    }
}
