//! What this machine keeps of PINs: hashes (argon2id) in a local table, never in the chain, which holds a digest of
//! each, and never in backups: four digits can be tried out in minutes by whoever holds the hash.

use crate::domain::ids::OfficerId;
use crate::domain::pin::Pin;
use crate::error::{Error, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::{Connection, OptionalExtension, params};

/// A PIN's hash and what it was made with.
#[derive(Clone)]
pub(super) struct Hash {
    salt: [u8; 16],
    derived: [u8; 32],
    memory: u32,
    passes: u32,
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hash(…)")
    }
}

impl Hash {
    /// Of a PIN that is set now.
    pub fn of(pin: &Pin, salt: [u8; 16]) -> Result<Self> {
        let (memory, passes) = (Params::DEFAULT_M_COST, Params::DEFAULT_T_COST);
        Ok(Self { salt, derived: derive(pin, &salt, memory, passes)?, memory, passes })
    }

    /// What the log commits to. Over the salt too: whoever has only the log has nothing to try a PIN against.
    pub fn digest(&self, officer: OfficerId) -> String {
        let mut hasher = blake3::Hasher::new_derive_key("zhiban pin digest v1");
        hasher.update(officer.bytes());
        hasher.update(&self.salt);
        hasher.update(&self.derived);
        hasher.update(&self.memory.to_le_bytes());
        hasher.update(&self.passes.to_le_bytes());
        hasher.finalize().to_hex().to_string()
    }

    /// Whether this is the PIN.
    pub fn fits(&self, pin: &Pin) -> Result<bool> {
        let typed = derive(pin, &self.salt, self.memory, self.passes)?;
        // BLAKE3's comparison takes the same time wherever the two differ.
        Ok(blake3::Hash::from_bytes(typed) == blake3::Hash::from_bytes(self.derived))
    }
}

fn derive(pin: &Pin, salt: &[u8; 16], memory: u32, passes: u32) -> Result<[u8; 32]> {
    let failed = |error: argon2::Error| Error::internal("hashing a PIN", error.to_string());
    let params = Params::new(memory, passes, 1, Some(32)).map_err(failed)?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.bytes(), salt, &mut out)
        .map_err(failed)?;
    Ok(out)
}

/// The hash that is kept of an officer's PIN.
pub(super) fn kept(conn: &Connection, officer: OfficerId) -> Result<Option<Hash>> {
    let found = conn
        .prepare_cached("SELECT salt, hash, memory, passes FROM local_pin WHERE officer = ?1")?
        .query_row([officer], |row| {
            Ok(Hash { salt: row.get(0)?, derived: row.get(1)?, memory: row.get(2)?, passes: row.get(3)? })
        })
        .optional()?;
    Ok(found)
}

/// The officers that have a PIN.
pub(super) fn of_officers(conn: &Connection) -> Result<Vec<OfficerId>> {
    let mut query = conn.prepare_cached("SELECT officer FROM local_pin")?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Keeps a PIN's hash, or takes it away.
pub(super) fn write(conn: &Connection, officer: OfficerId, hash: Option<&Hash>) -> Result<()> {
    conn.execute("DELETE FROM local_pin WHERE officer = ?1", [officer])?;
    if let Some(hash) = hash {
        conn.execute(
            "INSERT INTO local_pin (officer, salt, hash, memory, passes, fails, failed_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, 0, 0)",
            params![officer, hash.salt, hash.derived, hash.memory, hash.passes],
        )?;
    }
    Ok(())
}
