//! Chance that falls the same way each time: everybody sees the same demo, and a run of the load can be run again.

use uuid::Uuid;

use crate::kernel::Instant;

/// A small generator of numbers (`SplitMix64`); never for secrets.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// Sixty-four bits.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is above zero.
    pub fn below(&mut self, end: i64) -> i64 {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        i64::try_from(self.draw() % end).unwrap_or_default()
    }

    /// Whether something happens that happens so many times in a hundred.
    pub fn is_one_of_hundred(&mut self, times: i64) -> bool {
        self.below(100) < times
    }

    /// A number from 0 on, below 1.
    pub const fn unit(&mut self) -> f64 {
        // 53 bits are what a double holds exactly.
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let last = i64::try_from(from.len()).unwrap_or(1);
        &from[usize::try_from(self.below(last)).unwrap_or_default()]
    }

    /// An id as if it had been made at that moment (UUID v7).
    pub fn id(&mut self, at: Instant) -> Uuid {
        let millis = u64::try_from(at.0).unwrap_or_default();
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.draw().to_be_bytes());
        random[8..].copy_from_slice(&self.draw().to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// So many letters and digits, as in a provider's receipt.
    pub fn letters(&mut self, count: usize) -> String {
        const LETTERS: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        (0..count).map(|_| char::from(*self.pick(LETTERS))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_repeats_itself_and_stays_in_bounds() {
        let draw = |seed| {
            let mut chance = Chance::seeded(seed);
            (chance.draw(), chance.below(10), chance.id(Instant(1_795_262_400_000)), chance.letters(10))
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        let mut chance = Chance::seeded(1);
        assert!((0..1000).all(|_| (0..6).contains(&chance.below(6))));
        assert!((0..1000).all(|_| (0.0..1.0).contains(&chance.unit())));
        assert_eq!(chance.id(Instant(1_795_262_400_000)).get_version_num(), 7);
    }
}
