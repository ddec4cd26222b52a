//! A moment as the clocks on the wall show it.

use serde::{Deserialize, Serialize};

use super::Instant;

/// The name of a time zone of the IANA database, such as `Africa/Nairobi`. The server checks that it exists.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ZoneName(pub String);

/// A moment with the date and time that a zone's clocks show then.
///
/// The server works it out, since the zone database would cost a buyer 150 KB; both sides only format it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalTime {
    pub at: Instant,
    pub zone: ZoneName,
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 1 is Monday, 7 is Sunday (ISO 8601).
    pub weekday: u8,
    /// 0 to 23.
    pub hour: u8,
    pub minute: u8,
    /// Minutes east of UTC.
    pub offset_mins: i16,
}

impl LocalTime {
    /// `19:30`
    pub fn clock(&self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// `2026-11-21T19:30:00+03:00`, as ISO 8601 and `<time datetime>` want it.
    pub fn iso(&self) -> String {
        let sign = if self.offset_mins < 0 { '-' } else { '+' };
        let offset = self.offset_mins.unsigned_abs();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:00{sign}{:02}:{:02}",
            self.year,
            self.month,
            self.day,
            self.hour,
            self.minute,
            offset / 60,
            offset % 60
        )
    }

    /// `2026-11-21T19:30`, as `<input type="datetime-local">` wants it.
    pub fn input_value(&self) -> String {
        format!("{:04}-{:02}-{:02}T{:02}:{:02}", self.year, self.month, self.day, self.hour, self.minute)
    }

    /// Whether both fall on the same day of the same calendar.
    pub fn is_same_day(&self, other: &Self) -> bool {
        (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u8, offset_mins: i16) -> LocalTime {
        LocalTime {
            at: Instant(0),
            zone: ZoneName("Africa/Nairobi".into()),
            year: 2026,
            month: 3,
            day: 7,
            weekday: 6,
            hour,
            minute: 5,
            offset_mins,
        }
    }

    #[test]
    fn a_local_time_names_its_offset_on_both_sides_of_greenwich() {
        assert_eq!(at(19, 180).iso(), "2026-03-07T19:05:00+03:00");
        assert_eq!(at(9, -210).iso(), "2026-03-07T09:05:00-03:30");
        assert_eq!(at(9, 0).input_value(), "2026-03-07T09:05");
    }
}
