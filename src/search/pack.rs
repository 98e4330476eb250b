//! Plain rows of numbers as bytes, to be kept and read again: a cache of what was built.

/// Writes rows one after the other.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// What was written, with the sum over it at the end.
    pub(super) fn sealed(mut self) -> Vec<u8> {
        let sum = sum(&self.out);
        self.out.extend_from_slice(&sum.to_le_bytes());
        self.out
    }

    fn length(&mut self, length: usize) {
        self.out.extend_from_slice(&(length as u64).to_le_bytes());
    }

    pub(super) fn bytes(&mut self, all: &[u8]) {
        self.length(all.len());
        self.out.extend_from_slice(all);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(super) fn u16s(&mut self, all: &[u16]) {
        self.length(all.len());
        self.out.extend(all.iter().flat_map(|n| n.to_le_bytes()));
    }

    pub(super) fn u32s(&mut self, all: &[u32]) {
        self.length(all.len());
        self.out.extend(all.iter().flat_map(|n| n.to_le_bytes()));
    }
}

/// Reads what a [`Writer`] wrote; nothing when it is cut short.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Nothing when the sum at the end is not that of what stands before it.
    pub(super) fn sealed(all: &'a [u8]) -> Option<Self> {
        let (rest, kept) = all.split_last_chunk::<8>()?;
        (u64::from_le_bytes(*kept) == sum(rest)).then_some(Self { rest })
    }

    fn take(&mut self, width: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.rest.split_at_checked(8)?;
        let length = u64::from_le_bytes(head.try_into().ok()?);
        let bytes = usize::try_from(length).ok()?.checked_mul(width)?;
        let (taken, rest) = rest.split_at_checked(bytes)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn bytes(&mut self) -> Option<Vec<u8>> {
        self.take(1).map(<[u8]>::to_vec)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.take(1)?).ok()
    }

    pub(super) fn u16s(&mut self) -> Option<Vec<u16>> {
        let all = self.take(2)?;
        Some(all.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect())
    }

    pub(super) fn u32s(&mut self) -> Option<Vec<u32>> {
        let all = self.take(4)?;
        Some(all.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect())
    }
}

/// A sum that a flipped or lost byte changes. It guards against accidents, not against anybody.
fn sum(all: &[u8]) -> u64 {
    const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = all.as_chunks::<8>();
    let step = |sum: u64, word: u64| (sum.rotate_left(5) ^ word).wrapping_mul(PRIME);
    let sum = words.iter().fold(all.len() as u64, |sum, word| step(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(sum, |sum, byte| step(sum, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_cut_is_not() {
        let mut writer = Writer::default();
        writer.u32s(&[1, u32::MAX]);
        writer.u16s(&[7]);
        writer.text("曾");
        writer.bytes(&[]);
        let all = writer.sealed();
        let mut reader = Reader::sealed(&all).unwrap();
        assert_eq!(reader.u32s().unwrap(), [1, u32::MAX]);
        assert_eq!(reader.u16s().unwrap(), [7]);
        assert_eq!(reader.text().unwrap(), "曾");
        assert_eq!(reader.bytes().unwrap(), Vec::<u8>::new());
        assert!(reader.bytes().is_none());
        for cut in 0..all.len() {
            assert!(Reader::sealed(&all[..cut]).is_none());
            let mut changed = all.clone();
            changed[cut] ^= 0x10;
            assert!(Reader::sealed(&changed).is_none());
        }
    }
}
