//! Numbers that repeat: splitmix64 from a fixed seed.

/// A stream of numbers that repeats for the same seed.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// The stream of a seed.
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x7a68_6962_616e)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn range(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True `permille` times in a thousand.
    pub fn chance(&mut self, permille: usize) -> bool {
        self.below(1000) < permille
    }

    /// One of `items`, which are not empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// Values with how often each comes.
#[derive(Debug, Clone)]
pub struct Weighted<T>(Vec<(usize, T)>);

impl<T> Weighted<T> {
    /// Collects values with their weights.
    pub fn new(values: impl IntoIterator<Item = (T, usize)>) -> Self {
        let mut total = 0;
        let summed = values.into_iter().map(|(value, weight)| {
            total += weight;
            (total, value)
        });
        Self(summed.collect())
    }

    /// One of the values, by weight.
    pub fn pick(&self, rng: &mut Rng) -> &T {
        let total = self.0.last().map_or(1, |(total, _)| *total);
        let at = rng.below(total);
        &self.0[self.0.partition_point(|(upto, _)| *upto <= at)].1
    }
}
