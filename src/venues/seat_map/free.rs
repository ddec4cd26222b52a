//! Which seats are free: a bit each.

/// A set of seats of one map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeSeats {
    words: Vec<u64>,
    seats: u32,
}

impl FreeSeats {
    /// All of so many seats.
    pub fn all(seats: u32) -> Self {
        let mut free = Self::none(seats);
        for seat in 0..seats {
            free.give(seat);
        }
        free
    }

    /// None of so many seats.
    pub fn none(seats: u32) -> Self {
        Self { words: vec![0; (seats as usize).div_ceil(64)], seats }
    }

    pub const fn seats(&self) -> u32 {
        self.seats
    }

    pub fn is_free(&self, seat: u32) -> bool {
        self.words.get(seat as usize / 64).is_some_and(|word| word >> (seat % 64) & 1 == 1)
    }

    pub fn give(&mut self, seat: u32) {
        if let Some(word) = self.words.get_mut(seat as usize / 64).filter(|_| seat < self.seats) {
            *word |= 1 << (seat % 64);
        }
    }

    pub fn take(&mut self, seat: u32) {
        if let Some(word) = self.words.get_mut(seat as usize / 64) {
            *word &= !(1 << (seat % 64));
        }
    }

    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// The first seat from `from` on, before `end`, that is free or is not.
    fn next(&self, from: u32, end: u32, is_free: bool) -> u32 {
        let mut seat = from;
        while seat < end {
            let word = self.words.get(seat as usize / 64).copied().unwrap_or(0);
            let wanted = (if is_free { word } else { !word }) >> (seat % 64);
            if wanted != 0 {
                return (seat + wanted.trailing_zeros()).min(end);
            }
            seat += 64 - seat % 64;
        }
        end
    }

    /// The free stretches of a run, each as long as it can be.
    pub fn stretches(&self, run: std::ops::Range<u32>) -> impl Iterator<Item = std::ops::Range<u32>> + '_ {
        let mut at = run.start;
        std::iter::from_fn(move || {
            let start = self.next(at, run.end, true);
            at = self.next(start, run.end, false);
            (start < run.end).then_some(start..at)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn stretches_are_the_free_seats_side_by_side(bits in prop::collection::vec(any::<bool>(), 1..300), from in 0..100_u32) {
            let seats = u32::try_from(bits.len()).unwrap();
            let mut free = FreeSeats::none(seats);
            bits.iter().zip(0..).filter(|(is_free, _)| **is_free).for_each(|(_, seat)| free.give(seat));
            let from = from.min(seats);
            let stretches: Vec<_> = free.stretches(from..seats).collect();
            let found: Vec<u32> = stretches.iter().cloned().flatten().collect();
            let expected: Vec<u32> = (from..seats).filter(|seat| bits[*seat as usize]).collect();
            prop_assert_eq!(found, expected);
            prop_assert!(stretches.windows(2).all(|two| two[0].end < two[1].start));
            prop_assert_eq!(free.count() as usize, bits.iter().filter(|bit| **bit).count());
        }
    }
}
