//! The simulator's own clock, and the date formats of M-Pesa.

use jiff::{Timestamp, civil::DateTime, tz};

/// Milliseconds since 1970.
pub fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// What the clocks in Nairobi show.
fn nairobi(at_ms: i64) -> DateTime {
    tz::offset(3).to_datetime(Timestamp::from_millisecond(at_ms).unwrap_or_default())
}

/// `20261121133059`
pub fn compact(at_ms: i64) -> String {
    nairobi(at_ms).strftime("%Y%m%d%H%M%S").to_string()
}

/// `21.11.2026 13:30:59`
pub fn dotted(at_ms: i64) -> String {
    nairobi(at_ms).strftime("%d.%m.%Y %H:%M:%S").to_string()
}

/// `21/11/26 at 1:30 PM`
pub fn spoken(at_ms: i64) -> String {
    nairobi(at_ms).strftime("%-d/%-m/%y at %-I:%M %p").to_string()
}

/// Whether a text is a time such as `20261121133059`.
pub fn is_compact(text: &str) -> bool {
    text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) && DateTime::strptime("%Y%m%d%H%M%S", text).is_ok()
}
