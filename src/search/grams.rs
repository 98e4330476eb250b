//! Which texts hold which short runs of characters: what need not be looked at is not.

use super::pack::{Reader, Writer};

/// For every bucket of runs the entries that hold one, in order, as gaps of few bytes.
#[derive(Debug, Default)]
pub(super) struct Grams {
    /// Where each bucket begins in `gaps`; one more at the end.
    starts: Vec<u32>,
    gaps: Vec<u8>,
}

impl Grams {
    /// `each(entry, tell)` tells the buckets of an entry; it is asked twice.
    pub(super) fn build(
        buckets: usize,
        entries: u32,
        mut each: impl FnMut(u32, &mut dyn FnMut(usize)),
    ) -> Self {
        // Bytes a bucket first, so that every gap is written where it belongs at once.
        let mut last = vec![0u32; buckets];
        let mut starts = vec![0u32; buckets + 1];
        for entry in 0..entries {
            each(entry, &mut |bucket| {
                if last[bucket] != entry + 1 {
                    starts[bucket + 1] += width(entry + 1 - last[bucket]);
                    last[bucket] = entry + 1;
                }
            });
        }
        for bucket in 0..buckets {
            starts[bucket + 1] += starts[bucket];
        }
        let mut gaps = vec![0u8; starts[buckets] as usize];
        let mut next = starts.clone();
        last.fill(0);
        for entry in 0..entries {
            each(entry, &mut |bucket| {
                if last[bucket] != entry + 1 {
                    let mut gap = entry + 1 - last[bucket];
                    last[bucket] = entry + 1;
                    while gap >= 0x80 {
                        gaps[next[bucket] as usize] = gap as u8 | 0x80;
                        next[bucket] += 1;
                        gap >>= 7;
                    }
                    gaps[next[bucket] as usize] = gap as u8;
                    next[bucket] += 1;
                }
            });
        }
        Self { starts, gaps }
    }

    /// How much a bucket holds, to choose the smallest.
    pub(super) fn weight(&self, bucket: usize) -> u32 {
        match (self.starts.get(bucket), self.starts.get(bucket + 1)) {
            (Some(from), Some(to)) => to - from,
            _ => 0,
        }
    }

    /// The entries of a bucket, in order.
    pub(super) fn entries(&self, bucket: usize) -> impl Iterator<Item = u32> {
        let (from, to) = match (self.starts.get(bucket), self.starts.get(bucket + 1)) {
            (Some(from), Some(to)) => (*from as usize, *to as usize),
            _ => (0, 0),
        };
        let mut gaps = self.gaps[from..to].iter();
        let mut at = 0u32;
        std::iter::from_fn(move || {
            let (mut gap, mut shift) = (0u32, 0);
            loop {
                let byte = *gaps.next()?;
                gap |= u32::from(byte & 0x7f) << shift;
                if byte & 0x80 == 0 {
                    break;
                }
                shift += 7;
            }
            at += gap;
            Some(at - 1)
        })
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.u32s(&self.starts);
        to.bytes(&self.gaps);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self { starts: from.u32s()?, gaps: from.bytes()? })
    }
}

/// How many bytes a gap takes.
fn width(gap: u32) -> u32 {
    (32 - gap.leading_zeros()).div_ceil(7).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_comes_back_in_order_and_once() {
        let texts: Vec<Vec<usize>> =
            (0..5000).map(|n: usize| vec![n % 7, n % 3, n % 7, usize::from(n % 1000 == 999) + 8]).collect();
        let grams = Grams::build(10, 5000, |entry, tell| texts[entry as usize].iter().for_each(|b| tell(*b)));
        for bucket in 0..10 {
            let wanted: Vec<u32> = (0..5000).filter(|n| texts[*n as usize].contains(&bucket)).collect();
            assert_eq!(grams.entries(bucket).collect::<Vec<_>>(), wanted);
            assert_eq!(grams.weight(bucket) == 0, wanted.is_empty());
        }
        assert_eq!(grams.entries(10).count(), 0);
        assert_eq!([width(1), width(127), width(128), width(16384)], [1, 1, 2, 3]);
    }
}
