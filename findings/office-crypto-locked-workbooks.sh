#!/usr/bin/env bash
# office-crypto 0.4.0 (locked Office files, Rust): a workbook locked as spreadsheet programs of today do it (agile
# encryption, SHA-512, AES-256), opened with another password than its own.
#
# With its own password it comes out. With another one nothing is said either: what comes back is Ok, as long as the
# workbook, and noise. The file holds what the password could be made sure of with (encryptedVerifierHashInput,
# encryptedVerifierHashValue); they are read and not looked at. So the mistake of a finger looks like a damaged file.
# What to do: look whether what came out begins as a zip does (PK), and take it for a wrong password where it does not.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q install msoffcrypto-tool==6.1.0 openpyxl==3.1.5
"$room/venv/bin/python" - "$room/locked.xlsx" <<'P'
import io, sys
import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

book, plain = openpyxl.Workbook(), io.BytesIO()
book.active.append(["工号", "姓名"])
book.active.append(["90001", "林晓舟"])
book.save(plain)
plain.seek(0)
with open(sys.argv[1], "wb") as file:
    OOXMLFile(plain).encrypt("Tide-2020", file)
P
mkdir -p "$room/try/src"
cat >"$room/try/Cargo.toml" <<'T'
[package]
name = "try"
version = "0.0.0"
edition = "2021"
[dependencies]
office-crypto = "=0.4.0"
[workspace]
T
cat >"$room/try/src/main.rs" <<'R'
fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().unwrap();
    for password in args {
        match office_crypto::decrypt_from_file(&file, &password) {
            Ok(bytes) => println!("{password} Ok, a zip: {}", bytes.starts_with(b"PK\x03\x04")),
            Err(error) => println!("{password} {error:?}"),
        }
    }
}
R
(cd "$room/try" && cargo -q run -- "$room/locked.xlsx" Tide-2020 tide-2020 x) >"$room/seen"
cat "$room/seen"
diff - "$room/seen" <<'S'
Tide-2020 Ok, a zip: true
tide-2020 Ok, a zip: false
x Ok, a zip: false
S
echo "as described"
