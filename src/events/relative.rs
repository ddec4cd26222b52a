//! How far away an event is, as people say it.

use serde::{Deserialize, Serialize};

use crate::kernel::LocalTime;

/// From now to the start, by the calendar of the event's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relative {
    Over,
    /// Has begun and not ended.
    Now,
    Minutes(u32),
    /// Later on the same day.
    Hours(u32),
    Tomorrow,
    Days(u32),
    Weeks(u32),
}

/// From so many days on, weeks are counted.
const WEEKS_FROM_DAYS: i64 = 21;
/// From so many minutes on, hours are counted.
const HOURS_FROM_MINS: i64 = 60;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Relative {
    /// Where `now` stands towards an event; all three by the clocks of one zone.
    pub fn of(now: &LocalTime, starts: &LocalTime, ends: &LocalTime) -> Self {
        if now.at >= ends.at {
            return Self::Over;
        }
        if now.at >= starts.at {
            return Self::Now;
        }
        let mins = starts.at.secs_since(now.at) / 60;
        match day_number(starts) - day_number(now) {
            ..=0 if mins < HOURS_FROM_MINS => Self::Minutes(count(mins.max(1))),
            ..=0 => Self::Hours(count(mins / 60)),
            1 => Self::Tomorrow,
            days if days < WEEKS_FROM_DAYS => Self::Days(count(days)),
            days => Self::Weeks(count(days / 7)),
        }
    }

    /// Whether it is later today, or going on.
    pub const fn is_today(self) -> bool {
        matches!(self, Self::Now | Self::Minutes(_) | Self::Hours(_))
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Days since 1970-01-01 on the calendar of the place.
const fn day_number(at: &LocalTime) -> i64 {
    (at.at.0 + at.offset_mins as i64 * 60_000).div_euclid(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Instant, ZoneName};

    /// A moment in Nairobi, by day of the year 1970 and hour there.
    fn nairobi(day: i64, hour: i64, minute: i64) -> LocalTime {
        LocalTime {
            at: Instant(((day * 24 + hour - 3) * 60 + minute) * 60_000),
            zone: ZoneName("Africa/Nairobi".into()),
            year: 1970,
            month: 1,
            day: 1,
            weekday: 1,
            hour: 0,
            minute: 0,
            offset_mins: 180,
        }
    }

    #[test]
    fn the_way_to_an_event_is_told_by_the_calendar_of_its_place() {
        let starts = nairobi(100, 19, 30);
        let ends = nairobi(100, 23, 0);
        let cases = [
            (nairobi(100, 23, 0), Relative::Over),
            (nairobi(100, 19, 30), Relative::Now),
            (nairobi(100, 19, 29), Relative::Minutes(1)),
            (nairobi(100, 18, 31), Relative::Minutes(59)),
            (nairobi(100, 18, 0), Relative::Hours(1)),
            (nairobi(100, 0, 0), Relative::Hours(19)),
            (nairobi(99, 23, 59), Relative::Tomorrow),
            (nairobi(99, 0, 0), Relative::Tomorrow),
            (nairobi(98, 23, 59), Relative::Days(2)),
            (nairobi(80, 12, 0), Relative::Days(20)),
            (nairobi(79, 12, 0), Relative::Weeks(3)),
        ];
        for (now, expected) in cases {
            assert_eq!(Relative::of(&now, &starts, &ends), expected);
        }
    }
}
