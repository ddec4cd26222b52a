//! What a zone's clocks show over some months: enough to work out days and times of day without the zone database.

use serde::{Deserialize, Serialize};

use super::{Instant, LocalTime, ZoneName};

const MINUTE_MS: i64 = 60_000;
const DAY_MINS: i64 = 24 * 60;

/// From this moment on a zone's clocks are so far ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneShift {
    pub from: Instant,
    /// Minutes east of UTC.
    pub offset_mins: i16,
}

/// The clocks of a zone, with every change between two moments. The server makes it; both sides read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneClock {
    pub zone: ZoneName,
    /// In order of time; the first one also holds for all that was before.
    pub shifts: Vec<ZoneShift>,
}

impl ZoneClock {
    /// Minutes east of UTC at a moment.
    pub fn offset_mins(&self, at: Instant) -> i16 {
        let last = self.shifts.iter().rev().find(|shift| shift.from <= at);
        last.or(self.shifts.first()).map_or(0, |shift| shift.offset_mins)
    }

    /// What the clocks show at a moment.
    pub fn local(&self, at: Instant) -> LocalTime {
        let offset_mins = self.offset_mins(at);
        let mins = local_mins(at, offset_mins);
        let (days, of_day) = (mins.div_euclid(DAY_MINS), mins.rem_euclid(DAY_MINS));
        let (year, month, day) = civil(days);
        LocalTime {
            at,
            zone: self.zone.clone(),
            year: i16::try_from(year).unwrap_or_default(),
            month: small(month),
            day: small(day),
            // 1970-01-01 was a Thursday.
            weekday: small((days + 3).rem_euclid(7) + 1),
            hour: small(of_day / 60),
            minute: small(of_day % 60),
            offset_mins,
        }
    }

    /// The number of the day at a moment, where days turn so many minutes after midnight.
    pub fn day(&self, at: Instant, turns_mins: u16) -> i64 {
        (local_mins(at, self.offset_mins(at)) - i64::from(turns_mins)).div_euclid(DAY_MINS)
    }

    /// The first moment of a day by its number.
    pub fn day_start(&self, day: i64, turns_mins: u16) -> Instant {
        let mins = day * DAY_MINS + i64::from(turns_mins);
        let by = |offset_mins: i16| Instant((mins - i64::from(offset_mins)) * MINUTE_MS);
        let guess = by(self.offset_mins(by(0)));
        // On the day of a change the first guess may have taken the other side's offset.
        by(self.offset_mins(guess))
    }
}

const fn local_mins(at: Instant, offset_mins: i16) -> i64 {
    at.0.div_euclid(MINUTE_MS) + offset_mins as i64
}

/// Year, month and day of a day counted from 1970-01-01, by the Gregorian calendar.
const fn civil(days: i64) -> (i64, i64, i64) {
    // Years are counted from March, so that the day that comes and goes is the last one of its year.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paris in autumn 2026: an hour back on October 25 at one o'clock UTC.
    fn paris() -> ZoneClock {
        let shift = |secs, offset_mins| ZoneShift { from: Instant(0).plus_secs(secs), offset_mins };
        ZoneClock {
            zone: ZoneName("Europe/Paris".into()),
            shifts: vec![shift(1_774_746_000, 120), shift(1_792_890_000, 60)],
        }
    }

    #[test]
    fn the_hour_of_a_change_comes_twice() {
        let at = |secs| paris().local(Instant(0).plus_secs(secs)).iso();
        assert_eq!(at(1_792_890_000 - 1_800), "2026-10-25T02:30:00+02:00");
        assert_eq!(at(1_792_890_000 + 1_800), "2026-10-25T02:30:00+01:00");
        assert_eq!(paris().local(Instant(0).plus_secs(1_792_890_000)).weekday, 7);
    }

    #[test]
    fn a_day_starts_by_the_offset_that_holds_then() {
        let clock = paris();
        for turns_mins in [0, 60, 5 * 60, 23 * 60] {
            for hour in 0..24 * 6 {
                let at = Instant(0).plus_secs(1_792_800_000 + hour * 3_600);
                let day = clock.day(at, turns_mins);
                let (start, next) = (clock.day_start(day, turns_mins), clock.day_start(day + 1, turns_mins));
                assert!(start <= at && at < next, "{hour} {turns_mins}");
                assert_eq!(clock.local(start).hour, u8::try_from(turns_mins / 60).expect("small"));
            }
        }
    }

    #[test]
    fn dates_are_right_around_leap_days_and_centuries() {
        let clock = ZoneClock { zone: ZoneName("UTC".into()), shifts: Vec::new() };
        let date = |secs| clock.local(Instant(0).plus_secs(secs)).input_value();
        assert_eq!(date(0), "1970-01-01T00:00");
        assert_eq!(date(-60), "1969-12-31T23:59");
        assert_eq!(date(951_782_400), "2000-02-29T00:00");
        assert_eq!(date(1_709_164_800), "2024-02-29T00:00");
        assert_eq!(date(4_107_542_400), "2100-03-01T00:00");
    }
}
