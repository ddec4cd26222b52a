//! The password of a request: shortcode, passkey and time, in base64. It hides nothing; it only shows that we know the
//! passkey.

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::{Timestamp, tz};

use crate::{kernel::Instant, platform::config::MpesaConfig};

/// East Africa Time, all year.
const EAT: tz::Offset = tz::offset(3);

/// A password and the time that it was made with, which the same request must carry.
pub struct Password {
    pub text: String,
    pub timestamp: String,
}

impl Password {
    pub fn new(config: &MpesaConfig, now: Instant) -> Self {
        let timestamp = timestamp(now);
        let text = password(&config.shortcode, config.passkey.reveal(), &timestamp);
        Self { text, timestamp }
    }
}

fn password(shortcode: &str, passkey: &str, timestamp: &str) -> String {
    BASE64_STANDARD.encode(format!("{shortcode}{passkey}{timestamp}"))
}

/// `YYYYMMDDHHmmss` in Nairobi; a moment beyond the calendar becomes its beginning.
fn timestamp(at: Instant) -> String {
    let civil = EAT.to_datetime(Timestamp::from_millisecond(at.0).unwrap_or_default());
    civil.strftime("%Y%m%d%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSKEY: &str = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";

    #[test]
    fn passwords_equal_the_published_ones() {
        let vectors = [
            (
                "20160216165627",
                "MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGExZWQyYzkxOTIwMTYwMjE2MTY1NjI3",
            ),
            (
                "20260101120000",
                "MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGExZWQyYzkxOTIwMjYwMTAxMTIwMDAw",
            ),
        ];
        for (timestamp, expected) in vectors {
            assert_eq!(password("174379", PASSKEY, timestamp), expected);
        }
    }

    #[test]
    fn the_timestamp_is_nairobis() {
        assert_eq!(timestamp(Instant(1_767_258_000_000)), "20260101120000");
        assert_eq!(timestamp(Instant(1_798_750_799_000)), "20261231235959");
    }
}
