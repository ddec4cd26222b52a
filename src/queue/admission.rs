//! How many are let in, and when: the checkout's own pace, and never more inside than there are places. Pure.
//!
//! One in for each one out would count idle people as busy ones, so the room goes by the rate: as many a minute as have
//! finished or given up lately, and a little more, so that a checkout that can do more is found out. An empty checkout is
//! filled over minutes rather than in one rush.

/// Over how long the pace of the checkout is measured.
pub const PACE_SECS: i64 = 120;
/// An empty checkout is filled in about this time.
const FILL_SECS: i64 = 180;
/// How much faster than the measured pace people are let in, in percent.
const HEADROOM_PERCENT: i64 = 110;
/// Whoever was called and has not shown up by then no longer keeps a place free. Longer than any pause between two looks.
pub const SHOW_UP_SECS: i64 = 90;
/// How long whoever is inside has to start a basket.
pub const CHOOSE_SECS: i64 = 5 * 60;
/// Time that counts at most between two calls: a node that slept owes nobody a rush.
const ELAPSED_MAX_MS: i64 = 5_000;
/// One person, in what is counted.
const PERSON: i64 = 1_000;

/// Where a room stands when it is asked whom to call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    pub places: i64,
    pub inside: i64,
    /// Called, not here yet, and still expected.
    pub due: i64,
    pub waiting: i64,
    /// How many left within the last `PACE_SECS`.
    pub left_lately: i64,
    pub elapsed_ms: i64,
    pub credit_milli: i64,
}

/// Whom to call: the next so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Call {
    pub count: i64,
    pub credit_milli: i64,
    /// The rate of the moment, for the estimate of those who wait.
    pub per_min: i64,
}

impl Flow {
    /// Decides how many are called now.
    pub fn call(&self) -> Call {
        let free = (self.places - self.inside - self.due).max(0);
        let per_min = self.per_min();
        let earned = per_min * PERSON * self.elapsed_ms.clamp(0, ELAPSED_MAX_MS) / 60_000;
        // What was not used in a moment is not saved up for a rush.
        let credit = (self.credit_milli + earned).min(PERSON.max(2 * earned));
        let count = (credit / PERSON).min(free).min(self.waiting).max(0);
        Call { count, credit_milli: credit - count * PERSON, per_min }
    }

    /// People a minute: the checkout's pace with some headroom, or what fills the places that are free.
    fn per_min(&self) -> i64 {
        let measured = self.left_lately * 60 * HEADROOM_PERCENT / (PACE_SECS * 100);
        let empty = (self.places - self.inside).max(0);
        let filling = (empty * 60 + FILL_SECS - 1) / FILL_SECS;
        measured.max(filling)
    }
}

/// How long until somebody's turn, if the rate stays; unknown while nobody is let in.
pub const fn wait_secs(ahead: i64, per_min: i64) -> Option<i64> {
    if per_min <= 0 { None } else { Some(ahead * 60 / per_min) }
}

/// Looks that all who wait may take at a node's cost, each second.
const LOOKS_PER_SEC: i64 = 200;
/// Nobody looks more often.
const LOOK_MIN_SECS: i64 = 5;
/// Nobody looks less often; less than `SHOW_UP_SECS`, so that a call is heard.
const LOOK_MAX_SECS: i64 = 50;

/// In how many seconds somebody looks again: the more wait, the seldomer, and all at different times; sooner when the
/// turn comes near.
pub fn look_secs(lot: i64, waiting: i64, wait: Option<i64>) -> i64 {
    let calm = (waiting / LOOKS_PER_SEC).clamp(LOOK_MIN_SECS, LOOK_MAX_SECS);
    let near = wait.map_or(calm, |secs| (secs / 3).max(LOOK_MIN_SECS));
    let base = calm.min(near);
    base + spread(lot, base / 2)
}

/// In how many seconds somebody looks again before the opening: then, or a little later, each at another moment.
pub fn look_before_secs(lot: i64, waiting: i64, opens_in_secs: i64) -> i64 {
    let calm = (waiting / LOOKS_PER_SEC).clamp(LOOK_MIN_SECS, LOOK_MAX_SECS);
    // A last look shortly before the opening would be one for nothing.
    if opens_in_secs > 2 * LOOK_MAX_SECS {
        return LOOK_MAX_SECS + spread(lot, LOOK_MAX_SECS / 2);
    }
    opens_in_secs.max(0) + 1 + spread(lot, calm)
}

/// A number from 0 to `most` that differs from lot to lot and is the same at every look.
fn spread(lot: i64, most: i64) -> i64 {
    // A multiplier without a pattern of its own (Knuth, 6.4).
    let mixed = lot.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
    i64::try_from(mixed).unwrap_or(0) % (most.max(0) + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn flow(places: i64, inside: i64, waiting: i64) -> Flow {
        Flow { places, inside, waiting, elapsed_ms: 1_000, ..Flow::default() }
    }

    #[test]
    fn the_rate_is_the_checkouts_own_with_a_little_headroom() {
        // 100 in two minutes are 50 a minute, and a tenth more.
        assert_eq!(Flow { left_lately: 100, ..flow(200, 200, 1_000) }.call().per_min, 55);
        // A full house that nobody leaves lets nobody in.
        assert_eq!(flow(200, 200, 1_000).call(), Call::default());
        // An empty one is filled over three minutes.
        assert_eq!(flow(180, 0, 1_000).call(), Call { count: 1, credit_milli: 0, per_min: 60 });
    }

    #[test]
    fn an_empty_house_fills_in_minutes_and_then_follows_who_leaves() {
        let (mut inside, mut credit, mut filled_at) = (0, 0, None);
        for second in 0..600 {
            let call = Flow { credit_milli: credit, ..flow(300, inside, 10_000) }.call();
            assert!(call.count <= 3, "{call:?}: no rush");
            inside += call.count;
            credit = call.credit_milli;
            if inside > 250 && filled_at.is_none() {
                filled_at = Some(second);
            }
        }
        assert!((200..=400).contains(&filled_at.expect("filled")), "{filled_at:?}");
    }

    #[test]
    fn nobody_can_say_how_long_it_takes_while_nobody_is_let_in() {
        assert_eq!([wait_secs(100, 0), wait_secs(100, 50), wait_secs(0, 50)], [None, Some(120), Some(0)]);
    }

    #[test]
    fn ten_thousand_who_wait_look_two_hundred_times_a_second_at_most() {
        let looks: f64 =
            (1..=10_000).map(|lot| 1.0 / f64::from(i32::try_from(look_secs(lot, 10_000, None)).expect("small"))).sum();
        assert!(looks < 205.0, "{looks}");
        assert!((1..=10_000).all(|lot| look_secs(lot, 1_000_000, None) < SHOW_UP_SECS), "a call is heard in time");
        assert!((1..=100).all(|lot| look_secs(lot, 10_000, Some(12)) <= 7), "who is near looks often");
    }

    #[test]
    fn the_first_look_after_the_opening_is_spread_over_a_minute() {
        let looks: Vec<_> = (1..=10_000).map(|lot| look_before_secs(lot, 10_000, 30)).collect();
        let busiest = (0..200).map(|second| looks.iter().filter(|at| **at == second).count()).max();
        assert!(looks.iter().all(|at| *at > 30), "nobody looks before");
        assert!(busiest.expect("a second") < 300, "{busiest:?} in one second");
    }

    proptest! {
        #[test]
        fn never_more_are_called_than_there_are_places_or_people(
            (places, inside, due) in (0..500_i64, 0..500_i64, 0..500_i64),
            (waiting, left_lately) in (0..5_000_i64, 0..5_000_i64),
            (elapsed_ms, credit_milli) in (-10_000..1_000_000_i64, 0..100_000_i64),
        ) {
            let call = Flow { places, inside, due, waiting, left_lately, elapsed_ms, credit_milli }.call();
            prop_assert!(call.count >= 0 && call.credit_milli >= 0);
            prop_assert!(call.count <= waiting);
            prop_assert!(call.count == 0 || inside + due + call.count <= places);
        }

        #[test]
        fn over_time_the_rate_is_kept(left_lately in 20..2_000_i64, steps in prop::collection::vec(100..3_000_i64, 50..200)) {
            let (mut credit, mut called, mut passed, mut per_min) = (0, 0, 0, 0);
            for elapsed_ms in steps {
                // Nobody inside would be filling up; here the places are taken but for one after the other.
                let call = Flow {
                    places: 1_000, inside: 900, waiting: 100_000, left_lately, elapsed_ms, credit_milli: credit, due: 0,
                }.call();
                credit = call.credit_milli;
                called += call.count;
                passed += elapsed_ms;
                per_min = call.per_min;
            }
            prop_assert!(called <= per_min * passed / 60_000 + 1, "{called} in {passed} ms at {per_min}");
        }
    }
}
