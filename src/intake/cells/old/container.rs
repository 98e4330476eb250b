//! The container of old office files: a small file system whose streams are chains of sectors.

use crate::intake::cells::Refusal;

/// A sector number that ends a chain, or stands for none.
const LAST: u32 = 0xffff_fffa;

/// The container, looked into.
pub struct Container<'b> {
    bytes: &'b [u8],
    /// Sectors are two to the power of this.
    shift: u32,
    mini_shift: u32,
    /// What is shorter stands in the small sectors.
    cutoff: u32,
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Vec<u8>,
    /// Name, first sector and length of every stream.
    streams: Vec<(String, u32, u32)>,
}

/// Two bytes as a number; nothing beyond the end.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes as a number.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Eight bytes as a number with a point.
pub fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

impl<'b> Container<'b> {
    /// Looks into one.
    pub fn new(bytes: &'b [u8]) -> Result<Self, Refusal> {
        Self::open(bytes).ok_or(Refusal::Damaged)
    }

    fn open(bytes: &'b [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        let mini_shift = u32::from(u16_at(bytes, 32)?);
        if !(7..=16).contains(&shift) || mini_shift >= shift {
            return None;
        }
        let mut out = Self {
            bytes,
            shift,
            mini_shift,
            cutoff: u32_at(bytes, 56)?,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            streams: Vec::new(),
        };
        out.next = out.table()?;
        out.next_small = numbers(&out.chain(u32_at(bytes, 60)?, None)?);
        let folder = out.chain(u32_at(bytes, 48)?, None)?;
        for (at, entry) in folder.chunks_exact(128).enumerate() {
            let length = usize::from(u16_at(entry, 64)?).min(64).saturating_sub(2);
            let units: Vec<u16> =
                entry[..length].chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
            let (first, size) = (u32_at(entry, 116)?, u32_at(entry, 120)?);
            if at == 0 && size > 0 && out.next_small.iter().any(|next| *next != u32::MAX) {
                out.small = out.chain(first, Some(size))?;
            }
            if entry[66] == 2 {
                out.streams.push((String::from_utf16_lossy(&units), first, size));
            }
        }
        Some(out)
    }

    fn sector(&self, at: u32) -> Option<&'b [u8]> {
        let size = 1_usize << self.shift;
        // The header takes the place of one.
        let from = (at as usize).checked_add(1)?.checked_mul(size)?;
        let rest = self.bytes.get(from..)?;
        // Some programs leave the last one short.
        (!rest.is_empty()).then(|| &rest[..size.min(rest.len())])
    }

    /// Which sector follows which.
    fn table(&self) -> Option<Vec<u32>> {
        let size = 1_usize << self.shift;
        let most = self.bytes.len() / size + 2;
        let mut where_: Vec<u32> = (0..109).filter_map(|at| u32_at(self.bytes, 76 + at * 4)).collect();
        let mut more = u32_at(self.bytes, 68)?;
        while more < LAST && where_.len() <= most {
            let sector = numbers(self.sector(more)?);
            let (next, entries) = sector.split_last()?;
            where_.extend(entries);
            more = *next;
        }
        let mut out = Vec::new();
        for at in where_.into_iter().filter(|at| *at < LAST).take(most) {
            out.extend(numbers(self.sector(at)?));
        }
        Some(out)
    }

    /// The bytes of a chain of sectors, at most so many.
    fn chain(&self, first: u32, most: Option<u32>) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let (mut at, mut left) = (first, self.next.len() + 1);
        while at < LAST && most.is_none_or(|most| out.len() < most as usize) {
            // A chain that comes back to itself has no end.
            left = left.checked_sub(1)?;
            out.extend_from_slice(self.sector(at)?);
            at = *self.next.get(at as usize)?;
        }
        if let Some(most) = most {
            out.truncate(most as usize);
        }
        Some(out)
    }

    /// Whether there is a stream of that name.
    pub fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|(own, ..)| own.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (_, first, size) = self.streams.iter().find(|(own, ..)| own.eq_ignore_ascii_case(name))?;
        if *size >= self.cutoff {
            return self.chain(*first, Some(*size));
        }
        let width = 1_usize << self.mini_shift;
        let mut out = Vec::new();
        let (mut at, mut left) = (*first, self.next_small.len() + 1);
        while at < LAST && out.len() < *size as usize {
            left = left.checked_sub(1)?;
            let from = (at as usize).checked_mul(width)?;
            let rest = self.small.get(from..)?;
            out.extend_from_slice(&rest[..width.min(rest.len())]);
            at = *self.next_small.get(at as usize)?;
        }
        out.truncate(*size as usize);
        Some(out)
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}
