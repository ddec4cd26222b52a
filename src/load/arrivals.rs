//! When visitors come.

use std::time::Duration;

use crate::platform::chance::Chance;

/// Moments from the start of a run, as a Poisson process has them: nobody waits for anybody, and some come together.
pub fn poisson(seed: u64, per_second: f64, length: Duration) -> Vec<Duration> {
    let mut chance = Chance::seeded(seed);
    let mut at = 0.0;
    let mut moments = Vec::new();
    loop {
        // `unit` is below 1, so the logarithm is of something above 0.
        at -= (1.0 - chance.unit()).ln() / per_second;
        if at >= length.as_secs_f64() {
            return moments;
        }
        moments.push(Duration::from_secs_f64(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrivals_repeat_themselves_come_in_order_and_keep_their_rate() {
        let moments = poisson(7, 500.0, Duration::from_secs(20));
        assert_eq!(moments, poisson(7, 500.0, Duration::from_secs(20)));
        assert!(moments.is_sorted());
        assert!((9_500..10_500).contains(&moments.len()), "{}", moments.len());
        // Gaps of a Poisson process are longer than their mean in a share of 1/e.
        let long = moments.windows(2).filter(|pair| pair[1] - pair[0] > Duration::from_millis(2)).count();
        assert!((0.34..0.40).contains(&(long as f64 / moments.len() as f64)), "{long} of {}", moments.len());
    }
}
