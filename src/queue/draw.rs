//! The draw: who came before the opening is shuffled, so that being first at the door is worth nothing. Pure.
//!
//! The seed's hash is public before the opening and the seed after it, so that anybody can do the shuffle again: Fisher
//! and Yates from the last place down, with random numbers of 64 bits from SHA-256 of the seed and a counter.

use sha2::{Digest, Sha256};

/// What decides a draw.
pub type Seed = [u8; 32];

/// Random numbers that anybody who has the seed gets too: the blocks `SHA-256(seed ‖ counter)`, each cut into four
/// numbers, all big-endian.
struct Stream {
    seed: Seed,
    counter: u64,
    block: [u8; 32],
    used: usize,
}

impl Stream {
    const fn new(seed: Seed) -> Self {
        Self { seed, counter: 0, block: [0; 32], used: 32 }
    }

    fn next(&mut self) -> u64 {
        if self.used == self.block.len() {
            let digest = Sha256::new().chain_update(self.seed).chain_update(self.counter.to_be_bytes()).finalize();
            self.block.copy_from_slice(&digest);
            self.counter += 1;
            self.used = 0;
        }
        let mut number = [0; 8];
        number.copy_from_slice(&self.block[self.used..self.used + 8]);
        self.used += 8;
        u64::from_be_bytes(number)
    }

    /// A number from 0 to `bound - 1`, each as likely as the others: what is left over at the top is thrown again.
    fn below(&mut self, bound: u64) -> u64 {
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let number = self.next();
            if number < fair {
                return number % bound;
            }
        }
    }
}

/// The order of those who came before the opening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draw {
    /// The place of each lot, counted from nought.
    places: Vec<u32>,
}

impl Draw {
    /// Shuffles so many lots.
    pub fn new(seed: &Seed, lots: u32) -> Self {
        let mut places: Vec<u32> = (0..lots).collect();
        let mut stream = Stream::new(*seed);
        for last in (1..places.len()).rev() {
            let bound = u64::try_from(last).unwrap_or(u64::MAX) + 1;
            // Below `bound`, so it is a place.
            let other = usize::try_from(stream.below(bound)).unwrap_or(last);
            places.swap(last, other);
        }
        Self { places }
    }

    /// The number of a lot, both counted from one; a lot that came after the draw is its own number.
    pub fn number_of(&self, lot: i64) -> i64 {
        let place = usize::try_from(lot - 1).ok().and_then(|at| self.places.get(at));
        place.map_or(lot, |place| i64::from(*place) + 1)
    }
}

/// The hash that is shown before the opening.
pub fn seed_hash(seed: &Seed) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(&Sha256::digest(seed));
    hash
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers(draw: &Draw, lots: u32) -> Vec<i64> {
        (1..=i64::from(lots)).map(|lot| draw.number_of(lot)).collect()
    }

    /// Written down from a second program (Python's hashlib, the same words), so that the recipe on the page is the code.
    #[test]
    fn the_shuffle_is_the_one_that_the_page_describes() {
        let draw = Draw::new(&[7; 32], 10);
        assert_eq!(numbers(&draw, 10), [7, 9, 10, 1, 8, 5, 2, 4, 6, 3]);
    }

    #[test]
    fn every_lot_has_a_fair_chance_of_the_first_place() {
        let mut firsts = [0_u32; 5];
        for round in 0..5_000_u32 {
            let mut seed = [0; 32];
            seed[..4].copy_from_slice(&round.to_be_bytes());
            let draw = Draw::new(&seed, 5);
            let first = (1..=5).find(|lot| draw.number_of(*lot) == 1).expect("somebody is first");
            firsts[usize::try_from(first).expect("a lot") - 1] += 1;
        }
        // A thousand each, give or take five standard deviations of 28.
        assert!(firsts.iter().all(|count| (860..=1_140).contains(count)), "{firsts:?}");
    }

    proptest! {
        #[test]
        fn a_draw_gives_every_number_once(seed: [u8; 32], lots in 0..600_u32, late in 1..50_i64) {
            let draw = Draw::new(&seed, lots);
            let mut all = numbers(&draw, lots);
            all.sort_unstable();
            prop_assert_eq!(all, (1..=i64::from(lots)).collect::<Vec<_>>());
            // Who came later comes after all of them, in the order of arrival.
            let lot = i64::from(lots) + late;
            prop_assert_eq!(draw.number_of(lot), lot);
        }

        #[test]
        fn a_seed_gives_one_order_and_another_seed_another(one: [u8; 32], other: [u8; 32]) {
            prop_assert_eq!(Draw::new(&one, 200), Draw::new(&one, 200));
            prop_assume!(one != other);
            prop_assert_ne!(Draw::new(&one, 200), Draw::new(&other, 200));
        }
    }
}
