//! Chance that comes out the same each time: a seed gives one rehearsal.

/// Numbers from a seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u32) -> Self {
        Self(seed.into())
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound - 1`; 0 when nothing is below the bound.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.next() % u64::from(bound.max(1))).unwrap_or_default()
    }

    /// A number from `min` to `max`.
    pub fn between(&mut self, min: u32, max: u32) -> u32 {
        min + self.below(max.saturating_sub(min) + 1)
    }

    /// Yes in so many of a hundred cases.
    pub fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    /// A place among weights, each as likely as it is heavy.
    pub fn pick(&mut self, weights: &[u32]) -> usize {
        let mut at = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            if at < *weight {
                return place;
            }
            at -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_repeats_itself_and_keeps_to_its_weights() {
        let throw = |seed| {
            let mut chance = Chance::new(seed);
            (0..10_000).map(|_| chance.pick(&[3, 0, 1])).collect::<Vec<_>>()
        };
        assert_eq!(throw(7), throw(7));
        assert_ne!(throw(7), throw(8));
        let counts = [0, 1, 2].map(|place| throw(7).iter().filter(|thrown| **thrown == place).count());
        assert!(counts[1] == 0 && (7_300..7_700).contains(&counts[0]), "{counts:?}");
    }
}
