//! Best available against a search that tries everything.

use std::collections::BTreeSet;

use super::*;

/// A small hall, what is free in it, and a wish.
#[derive(Clone, Debug)]
struct Case {
    map: SeatMap,
    free: FreeSeats,
    wish: Wish,
}

fn a_case() -> impl Strategy<Value = Case> {
    let sections = prop::collection::vec(prop::collection::vec(prop::collection::vec(1..7_u32, 1..3), 1..4), 1..3);
    let bits = prop::collection::vec((prop::bool::weighted(0.75), 0..2_u8, prop::bool::weighted(0.15)), 84);
    let zones = prop_oneof![Just(vec![]), Just(vec![0]), Just(vec![0, 1])];
    let orphans = prop_oneof![Just(Orphans::Never), Just(Orphans::Allowed)];
    let wish = (1..7_u32, zones, prop_oneof![3 => Just(0_u32), 1 => 1..3_u32], orphans, 1..4_u32);
    (sections, bits, wish).prop_map(|(sections, bits, (seats, zones, accessible, orphans, parts_max))| {
        let mut map = a_map(&sections);
        let mut free = FreeSeats::none(u32::try_from(map.seats.len()).unwrap());
        for ((seat, number), (is_free, zone, is_kept)) in map.seats.iter_mut().zip(0..).zip(bits) {
            seat.zone = zone;
            seat.kinds = if is_kept { Kinds::ACCESSIBLE } else { Kinds::default() };
            if is_free {
                free.give(number);
            }
        }
        Case { map, free, wish: Wish { seats, zones, accessible, orphans, parts_max } }
    })
}

impl Case {
    fn runs(&self) -> Vec<(usize, usize, Range<u32>)> {
        let mut runs = Vec::new();
        for (section, found) in self.map.sections.iter().enumerate() {
            for (row, found) in found.rows.iter().enumerate() {
                runs.extend(found.runs.iter().map(|run| (section, row, run.clone())));
            }
        }
        runs
    }

    fn cost(&self, seats: &Range<u32>) -> u64 {
        seats.clone().map(|seat| self.map.seats[seat as usize].at.distance_squared(self.map.focus)).sum()
    }

    fn suits(&self, seat: u32) -> bool {
        let found = &self.map.seats[seat as usize];
        let is_priced = self.wish.zones.is_empty() || self.wish.zones.contains(&found.zone);
        self.free.is_free(seat) && is_priced && (self.wish.accessible > 0 || !found.kinds.is_kept())
    }

    /// Single free seats with a taken one, an aisle or a wall on either side.
    fn orphans(&self, taken: &BTreeSet<u32>) -> usize {
        let is_free = |seat: u32| self.free.is_free(seat) && !taken.contains(&seat);
        let in_run = |run: &Range<u32>| {
            let alone = |seat: &u32| {
                let before = *seat > run.start && is_free(seat - 1);
                is_free(*seat) && !before && !(seat + 1 < run.end && is_free(seat + 1))
            };
            run.clone().filter(alone).count()
        };
        self.runs().iter().map(|(_, _, run)| in_run(run)).sum()
    }

    fn is_allowed(&self, taken: &BTreeSet<u32>) -> bool {
        // Taking a seat that was alone makes one orphan fewer, so what is new is counted seat by seat.
        let fresh = |run: &Range<u32>| {
            run.clone().any(|seat| {
                let is_free = |seat: u32| self.free.is_free(seat) && !taken.contains(&seat);
                let touches = |seat: u32| taken.contains(&seat);
                let left = seat > run.start;
                let right = seat + 1 < run.end;
                let alone = is_free(seat) && !(left && is_free(seat - 1)) && !(right && is_free(seat + 1));
                alone && ((left && touches(seat - 1)) || (right && touches(seat + 1)))
            })
        };
        self.wish.orphans == Orphans::Allowed || !self.runs().iter().any(|(_, _, run)| fresh(run))
    }

    /// Every window of so many seats, each allowed by itself.
    fn windows(&self, count: u32) -> Vec<(usize, usize, Range<u32>)> {
        let mut windows = Vec::new();
        for (section, row, run) in self.runs() {
            for start in run.start..run.end {
                let seats = start..start + count;
                let fits = seats.end <= run.end && seats.clone().all(|seat| self.suits(seat));
                if fits && self.is_allowed(&seats.clone().collect()) {
                    windows.push((section, row, seats));
                }
            }
        }
        windows
    }

    fn accessible(&self, seats: &Range<u32>) -> u32 {
        let count = seats.clone().filter(|seat| self.map.seats[*seat as usize].kinds.has(Kinds::ACCESSIBLE)).count();
        u32::try_from(count).unwrap()
    }

    fn best_together(&self) -> Option<u64> {
        let windows = self.windows(self.wish.seats).into_iter();
        windows
            .filter(|(_, _, seats)| self.accessible(seats) >= self.wish.accessible)
            .map(|(_, _, seats)| self.cost(&seats))
            .min()
    }

    /// The lowest cost of two parts near each other, the most even sizes first.
    fn best_pair(&self) -> Option<u64> {
        (1..=self.wish.seats / 2).rev().find_map(|small| {
            let (ones, others) = (self.windows(self.wish.seats - small), self.windows(small));
            let mut best = None;
            for (section, row, one) in &ones {
                for (next_section, next_row, other) in &others {
                    let is_near = section == next_section && row.abs_diff(*next_row) <= 1;
                    // Between two parts there is a seat that is taken, or an aisle.
                    let (first, last) = if one.start < other.start { (one, other) } else { (other, one) };
                    let in_one_run =
                        self.runs().iter().any(|(_, _, run)| run.contains(&first.start) && run.contains(&last.start));
                    let is_parted = first.end <= last.start
                        && !(in_one_run && (first.end..last.start).all(|seat| self.free.is_free(seat)));
                    if is_near && is_parted {
                        let cost = self.cost(one) + self.cost(other);
                        best = Some(best.map_or(cost, |best: u64| best.min(cost)));
                    }
                }
            }
            best
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_best_seats_are_the_best(case in a_case()) {
        let pick = best_available(&case.map, &Ranking::of(&case.map), &case.free, &case.wish);
        let cost = |pick: &Pick| pick.parts.iter().map(|part| case.cost(part)).sum::<u64>();
        let together = case.best_together();
        let pair = if case.wish.parts_max >= 2 && case.wish.accessible == 0 { case.best_pair() } else { None };
        match (together, pair, &pick) {
            (Some(best), _, Some(pick)) => {
                prop_assert_eq!(pick.parts.len(), 1);
                prop_assert_eq!(cost(pick), best);
            }
            (None, Some(best), Some(pick)) => {
                prop_assert_eq!(pick.parts.len(), 2);
                prop_assert_eq!(cost(pick), best);
            }
            (None, None, Some(pick)) => prop_assert!(pick.parts.len() >= 2),
            (None, None, None) => (),
            (_, _, None) => prop_assert!(false, "there were seats: {together:?} {pair:?}"),
        }
    }

    #[test]
    fn what_is_picked_is_free_wanted_whole_and_strands_nobody(case in a_case()) {
        if let Some(pick) = best_available(&case.map, &Ranking::of(&case.map), &case.free, &case.wish) {
            let seats: BTreeSet<u32> = pick.seats().into_iter().collect();
            prop_assert_eq!(seats.len(), case.wish.seats as usize);
            prop_assert!(pick.parts.len() <= case.wish.parts_max as usize);
            prop_assert!(seats.iter().all(|seat| case.suits(*seat)));
            prop_assert!(pick.parts.iter().all(|part| case.runs().iter().any(|(_, _, run)| run.start <= part.start && part.end <= run.end)));
            let accessible = pick.parts.iter().map(|part| case.accessible(part)).sum::<u32>();
            prop_assert!(accessible >= case.wish.accessible);
            if case.wish.orphans == Orphans::Never {
                prop_assert!(case.is_allowed(&seats), "{pick:?}");
                prop_assert!(case.orphans(&seats) <= case.orphans(&BTreeSet::new()));
            }
        }
    }
}

#[test]
fn a_booth_is_sold_whole_or_not_at_all() {
    let mut map = a_map(&[vec![vec![4], vec![4]]]);
    map.sections[0].rows[0].form = RowForm::Booth;
    let free = FreeSeats::all(8);
    let wish = |seats| Wish { seats, zones: vec![], accessible: 0, orphans: Orphans::Allowed, parts_max: 2 };
    assert_eq!(best_available(&map, &Ranking::of(&map), &free, &wish(4)).unwrap().parts, [0..4]);
    assert_eq!(best_available(&map, &Ranking::of(&map), &free, &wish(2)).unwrap().parts, [6..8]);
    assert_eq!(best_available(&map, &Ranking::of(&map), &free, &wish(6)).unwrap().parts, [0..4, 6..8]);
}

#[test]
fn six_of_sixty_thousand_are_the_best_in_the_whole_house() {
    let map = a_stadium();
    let ranking = Ranking::of(&map);
    let wish = Wish { seats: 6, zones: vec![], accessible: 0, orphans: Orphans::Never, parts_max: 3 };
    let pick = best_available(&map, &ranking, &FreeSeats::all(60_000), &wish).unwrap();
    let cost = |seats: Range<u32>| -> u64 { seats.map(|seat| ranking.costs[seat as usize]).sum() };
    let runs = ranking.rows.iter().flat_map(|row| &row.runs);
    let starts = runs.flat_map(|run| run.seats.start..=run.seats.end - 6);
    let lonely = |start: u32| matches!(start % 15, 1 | 8);
    let best = starts.filter(|start| !lonely(*start)).map(|start| cost(start..start + 6)).min();
    assert_eq!(Some(cost(pick.parts[0].clone())), best);
    // A house that is nearly full has no six side by side, but three and three behind each other.
    let mut free = FreeSeats::none(60_000);
    [30_000..30_003, 30_030..30_033].into_iter().flatten().for_each(|seat| free.give(seat));
    assert_eq!(best_available(&map, &ranking, &free, &wish).unwrap().parts, [30_000..30_003, 30_030..30_033]);
}
