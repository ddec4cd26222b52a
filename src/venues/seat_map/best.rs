//! Best available: the seats that a wish gets, the same in the browser that suggests and on the server that decides.
//!
//! Seats together come first, then two parts close by, then parts wherever they are. Among equals the seats nearest to
//! what all look at win; what is kept for wheelchairs goes only to those who ask for it.

use std::ops::Range;

use super::{FreeSeats, Kinds, Ranking, RowForm, SeatMap, ranking::Run, split};

/// Whether a single free seat may be left between taken ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orphans {
    #[default]
    Never,
    Allowed,
}

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub seats: u32,
    /// Price zones that will do, by number; all when it is empty.
    pub zones: Vec<u8>,
    /// How many of the seats must be places for wheelchairs.
    pub accessible: u32,
    pub orphans: Orphans,
    /// Into how many parts a group may be split.
    pub parts_max: u32,
}

/// Seats side by side, in one or several parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    pub parts: Vec<Range<u32>>,
}

impl Pick {
    /// The seats, in their order on the map.
    pub fn seats(&self) -> Vec<u32> {
        let mut seats: Vec<u32> = self.parts.iter().cloned().flatten().collect();
        seats.sort_unstable();
        seats
    }
}

/// The best seats for a wish; nothing when it cannot be fulfilled. The ranking is the map's own.
pub fn best_available(map: &SeatMap, ranking: &Ranking, free: &FreeSeats, wish: &Wish) -> Option<Pick> {
    if wish.seats == 0 || wish.accessible > wish.seats || wish.seats > free.count() {
        return None;
    }
    let hall = Hall { map, ranking, free, wish };
    let together = hall.best_window(wish.seats).map(|window| Pick { parts: vec![window.seats()] });
    together.or_else(|| split::near(&hall)).or_else(|| split::anywhere(&hall))
}

/// Some seats side by side, and what they cost: the lower, the better; of equals the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    pub cost: u64,
    pub start: u32,
    pub count: u32,
}

impl Window {
    pub const fn seats(self) -> Range<u32> {
        self.start..self.start + self.count
    }
}

/// A map, what is free on it, and what is wanted of it.
#[derive(Clone, Copy)]
pub struct Hall<'a> {
    pub map: &'a SeatMap,
    pub ranking: &'a Ranking,
    pub free: &'a FreeSeats,
    pub wish: &'a Wish,
}

impl Hall<'_> {
    /// The best window of so many seats in the whole hall. Runs come the best first, so most are never looked at.
    pub fn best_window(&self, count: u32) -> Option<Window> {
        let mut best: Option<Window> = None;
        for (row, run) in &self.ranking.best_runs {
            let run = &self.ranking.rows[*row].runs[*run];
            if best.is_some_and(|best| run.least.saturating_mul(count.into()) > best.cost) {
                break;
            }
            best = best.into_iter().chain(self.best_in_run(run, count)).min();
        }
        best
    }

    /// The best window of so many seats in a run; a booth is given whole.
    fn best_in_run(&self, run: &Run, count: u32) -> Option<Window> {
        if run.form == RowForm::Booth && run.seats.len() as u64 != u64::from(count) {
            return None;
        }
        self.free.stretches(run.seats.clone()).filter_map(|stretch| self.best_in(&stretch, count)).min()
    }

    /// The best window of so many seats in a free stretch.
    pub fn best_in(&self, stretch: &Range<u32>, count: u32) -> Option<Window> {
        if (stretch.len() as u64) < u64::from(count) {
            return None;
        }
        let mut best = None;
        // Sums over the seats that suit, side by side, up to the one at hand.
        let (mut suiting, mut cost, mut accessible) = (0_u32, 0_u64, 0_u32);
        for seat in stretch.clone() {
            if !self.suits(seat) {
                (suiting, cost, accessible) = (0, 0, 0);
                continue;
            }
            (suiting, cost) = (suiting + 1, cost + self.ranking.costs[seat as usize]);
            accessible += u32::from(self.is_accessible(seat));
            if suiting > count {
                let left = seat - count;
                cost -= self.ranking.costs[left as usize];
                accessible -= u32::from(self.is_accessible(left));
            }
            if suiting >= count {
                let window = Window { cost, start: seat + 1 - count, count };
                let fits = accessible >= self.wish.accessible && self.leaves_no_orphan(stretch, window);
                best = best.into_iter().chain(fits.then_some(window)).min();
            }
        }
        best
    }

    /// Whether the wish may get this seat.
    fn suits(&self, seat: u32) -> bool {
        let found = &self.map.seats[seat as usize];
        let is_priced = self.wish.zones.is_empty() || self.wish.zones.contains(&found.zone);
        is_priced && (self.wish.accessible > 0 || !found.kinds.is_kept())
    }

    fn is_accessible(&self, seat: u32) -> bool {
        self.map.seats[seat as usize].kinds.has(Kinds::ACCESSIBLE)
    }

    /// Whether no single seat stays alone beside the window.
    fn leaves_no_orphan(&self, stretch: &Range<u32>, window: Window) -> bool {
        let (left, right) = (window.start - stretch.start, stretch.end - window.seats().end);
        self.wish.orphans == Orphans::Allowed || (left != 1 && right != 1)
    }
}
