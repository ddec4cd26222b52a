//! An event for the buyer's calendar (RFC 5545).

use super::store::OrderHead;
use crate::kernel::Instant;

/// The event as an iCalendar file with one entry. `uid` makes it the same entry when it is opened twice.
pub fn calendar_file(head: &OrderHead, uid: &str, now: Instant) -> String {
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Lango//Tickets//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escape(uid)),
        format!("DTSTAMP:{}", utc(now)),
        format!("DTSTART:{}", utc(head.starts_at)),
        format!("DTEND:{}", utc(head.ends_at)),
        format!("SUMMARY:{}", escape(&head.event_title)),
        format!("LOCATION:{}", escape(&format!("{}, {}", head.venue, head.place))),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| fold(line)).collect()
}

/// `20261121T163000Z`
fn utc(at: Instant) -> String {
    let time = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC);
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text in which commas, semicolons, backslashes and newlines mean themselves; nothing can start a line of its own.
fn escape(text: &str) -> String {
    text.chars()
        .flat_map(|c| match c {
            '\\' | ';' | ',' => vec!['\\', c],
            '\n' => vec!['\\', 'n'],
            c if c.is_control() => vec![],
            c => vec![c],
        })
        .collect()
}

/// Lines of at most 75 bytes: the rest goes on after a line break and a space.
fn fold(line: &str) -> String {
    let mut folded = String::new();
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 74 {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_break_out_of_its_line() {
        assert_eq!(escape("a,b;c\\d\r\nATTENDEE:x"), "a\\,b\\;c\\\\d\\nATTENDEE:x");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let folded = fold(&"é".repeat(100));
        assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded}");
        assert_eq!(folded.replace("\r\n ", "").trim_end(), "é".repeat(100));
    }

    #[test]
    fn times_are_in_utc() {
        assert_eq!(utc(Instant(1_795_278_600_000)), "20261121T163000Z");
    }
}
