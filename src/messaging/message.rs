//! A mail on its way.

use serde::{Deserialize, Serialize};

use crate::{
    kernel::{EmailAddress, OrgId},
    platform::secrets,
};

/// A mail to one person, in text and in HTML; `Letter` makes both from the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub to: EmailAddress,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub attachments: Vec<Attachment>,
}

/// A file that travels with a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub name: String,
    /// Such as `text/calendar; charset=utf-8; method=PUBLISH`.
    pub mime: String,
    #[serde(with = "base64_text")]
    pub bytes: Vec<u8>,
    /// Set for a picture that the HTML shows as `cid:…`; absent for a file to be kept.
    pub content_id: Option<String>,
}

/// Why a mail is written: two mails with the same name and key are one.
#[derive(Clone, Debug)]
pub struct Occasion<'a> {
    /// Such as `order_paid`.
    pub topic: &'a str,
    /// Such as the order's id.
    pub key: &'a str,
    pub org_id: Option<OrgId>,
}

impl Message {
    /// Adds a file or a picture.
    #[must_use]
    pub fn with(mut self, attachment: Attachment) -> Self {
        self.attachments.push(attachment);
        self
    }
}

/// A text for a header of a mail: one line, so that no name can add headers of its own.
pub(super) fn one_line(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c });
    spaced.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

mod base64_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::secrets;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&secrets::base64(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        secrets::from_base64(&text).ok_or_else(|| D::Error::custom("not base64"))
    }
}
