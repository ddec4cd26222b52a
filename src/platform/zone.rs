//! Time zones: the server alone has their database.

use jiff::{Timestamp, civil, tz::TimeZone};

use crate::kernel::{FieldFault, Instant, LocalTime, ZoneClock, ZoneName, ZoneShift};

/// Checks that a zone exists, by its IANA name.
pub fn parse_zone(text: &str) -> Result<ZoneName, FieldFault> {
    let text = text.trim();
    match TimeZone::get(text) {
        Ok(_) if text.contains('/') || text == "UTC" => Ok(ZoneName(text.to_owned())),
        _ => Err(FieldFault::NotAChoice),
    }
}

/// What the clocks of a zone show at a moment; an unknown zone counts as UTC.
pub fn local_time(at: Instant, zone: &ZoneName) -> LocalTime {
    let tz = TimeZone::get(&zone.0).unwrap_or(TimeZone::UTC);
    let zoned = Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(tz);
    LocalTime {
        at,
        zone: zone.clone(),
        year: zoned.year(),
        month: zoned.month().unsigned_abs(),
        day: zoned.day().unsigned_abs(),
        weekday: zoned.weekday().to_monday_one_offset().unsigned_abs(),
        hour: zoned.hour().unsigned_abs(),
        minute: zoned.minute().unsigned_abs(),
        offset_mins: i16::try_from(zoned.offset().seconds() / 60).unwrap_or_default(),
    }
}

/// The moment at which a zone's clocks show `2026-11-21T19:30`, as `<input type="datetime-local">` sends it. A time that
/// a change of clocks skips is read as the moment after the gap.
pub fn parse_local(text: &str, zone: &ZoneName) -> Result<Instant, FieldFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldFault::Required);
    }
    let civil: civil::DateTime = text.parse().map_err(|_| FieldFault::NotADate)?;
    if !(2000..=2100).contains(&civil.year()) {
        return Err(FieldFault::NotADate);
    }
    let tz = TimeZone::get(&zone.0).map_err(|_| FieldFault::NotAChoice)?;
    let zoned = civil.to_zoned(tz).map_err(|_| FieldFault::NotADate)?;
    Ok(Instant(zoned.timestamp().as_millisecond()))
}

/// The first moment of the day that a zone's clocks show at `at`, plus so many days.
pub fn day_start(at: Instant, zone: &ZoneName, plus_days: i64) -> Instant {
    let tz = TimeZone::get(&zone.0).unwrap_or(TimeZone::UTC);
    let zoned = Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(tz);
    let day = zoned.date().saturating_add(jiff::Span::new().days(plus_days));
    let start = day.to_zoned(zoned.time_zone().clone()).unwrap_or(zoned);
    Instant(start.timestamp().as_millisecond())
}

/// What a zone's clocks show from one moment to another, for whoever has no zone database.
pub fn zone_clock(zone: &ZoneName, from: Instant, until: Instant) -> ZoneClock {
    let tz = TimeZone::get(&zone.0).unwrap_or(TimeZone::UTC);
    let stamp = |at: Instant| Timestamp::from_millisecond(at.0).unwrap_or_default();
    let mins = |seconds: i32| i16::try_from(seconds / 60).unwrap_or_default();
    let first = ZoneShift { from, offset_mins: mins(tz.to_offset(stamp(from)).seconds()) };
    let later = tz.following(stamp(from)).take_while(|change| change.timestamp() < stamp(until));
    let later = later.map(|change| ZoneShift {
        from: Instant(change.timestamp().as_millisecond()),
        offset_mins: mins(change.offset().seconds()),
    });
    ZoneClock { zone: zone.clone(), shifts: std::iter::once(first).chain(later).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zones_clock_shows_what_the_zone_database_says() {
        let from = Instant(1_767_225_600_000);
        for name in ["Africa/Nairobi", "Africa/Cairo", "Africa/Casablanca", "Europe/Paris", "America/New_York", "UTC"] {
            let zone = ZoneName(name.into());
            let clock = zone_clock(&zone, from, from.plus_mins(2 * 366 * 24 * 60));
            for step in 0..2 * 365 * 24 * 2 {
                let at = from.plus_mins(step * 30 + step % 29);
                assert_eq!(clock.local(at), local_time(at, &zone), "{name} {at:?}");
            }
        }
    }

    #[test]
    fn local_times_go_there_and_back() {
        let nairobi = ZoneName("Africa/Nairobi".into());
        let at = parse_local("2026-11-21T19:30", &nairobi).expect("a time");
        assert_eq!(local_time(at, &nairobi).iso(), "2026-11-21T19:30:00+03:00");
        assert_eq!(local_time(at, &nairobi).weekday, 6);
        assert_eq!(local_time(at, &ZoneName("Africa/Lagos".into())).clock(), "17:30");
    }

    #[test]
    fn odd_dates_are_refused() {
        let zone = ZoneName("Africa/Nairobi".into());
        for text in ["2026-02-30T10:00", "tomorrow", "0001-01-01T00:00", "2026-11-21T25:00"] {
            assert_eq!(parse_local(text, &zone), Err(FieldFault::NotADate), "{text}");
        }
        assert_eq!(parse_local(" ", &zone), Err(FieldFault::Required));
        assert!(parse_zone("Mars/Olympus").is_err());
    }

    #[test]
    fn a_skipped_hour_is_read_as_the_moment_after_the_gap() {
        let cairo = ZoneName("Africa/Cairo".into());
        let at = parse_local("2026-04-24T00:30", &cairo).expect("a time");
        assert_eq!(local_time(at, &cairo).clock(), "01:30");
    }
}
