//! Numbers that repeat: the same made-up office on every machine. splitmix64; nothing here is secret.

/// A stream of numbers that repeats for the same seed.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    /// A stream for `parts`: the same parts give the same stream, other parts an unrelated one.
    pub(super) fn of(parts: &[u64]) -> Self {
        let mut state = Self(0x7a68_6962_616e);
        for part in parts {
            state.0 ^= part.wrapping_mul(0x2545_f491_4f6c_dd1d);
            state.0 = state.next();
        }
        state
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `n`; 0 when `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn range(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(0) as usize) as i64
    }

    /// True `permille` times in a thousand.
    pub(super) fn chance(&mut self, permille: u32) -> bool {
        self.next() % 1000 < u64::from(permille)
    }

    /// One of `items`, which are never empty here.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// A bell around 0: the sum of three throws, from -3 to 3 times `unit`.
    pub(super) fn bell(&mut self, unit: i64) -> i64 {
        (0..3).map(|_| self.range(-unit, unit)).sum()
    }
}

/// Values with how often each comes.
#[derive(Debug, Clone)]
pub(super) struct Weighted<T> {
    items: Vec<(u32, T)>,
    total: u32,
}

impl<T> Weighted<T> {
    /// Collects values with their weights.
    pub(super) fn new(values: impl IntoIterator<Item = (T, u32)>) -> Self {
        let mut total = 0;
        let items = values
            .into_iter()
            .map(|(value, weight)| {
                total += weight;
                (total, value)
            })
            .collect();
        Self { items, total }
    }

    /// Whether there is nothing to choose from.
    pub(super) fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// One of the values, by weight.
    pub(super) fn pick(&self, rng: &mut Rng) -> &T {
        let at = rng.below(self.total as usize) as u32;
        let place = self.items.partition_point(|(upto, _)| *upto <= at);
        &self.items[place].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_kept_and_streams_repeat() {
        let values = Weighted::new([("often", 9), ("never", 0), ("seldom", 1)]);
        let mut rng = Rng::of(&[1, 2]);
        let drawn: Vec<_> = (0..1000).map(|_| *values.pick(&mut rng)).collect();
        let seldom = drawn.iter().filter(|value| **value == "seldom").count();
        assert!((60..140).contains(&seldom), "{seldom}");
        assert!(!drawn.contains(&"never"));
        let mut again = Rng::of(&[1, 2]);
        assert!(drawn.iter().all(|value| value == values.pick(&mut again)));
        assert_ne!(Rng::of(&[1, 2]).next(), Rng::of(&[2, 1]).next());
    }
}
