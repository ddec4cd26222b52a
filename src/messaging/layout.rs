//! The frame around every mail: the same words as text and as HTML.
//!
//! Mail programs know little CSS, so styles stand in the elements, widths are tables', and nothing is loaded from
//! anywhere: a picture travels with the mail.

use super::message::{Attachment, Message, one_line};
use crate::kernel::EmailAddress;

/// The kanga strip on top, as cells of colour: the colours of the light theme in a woven order.
const STRIP: [&str; 12] = [
    "#b3261e", "#1f1a17", "#e8a317", "#1f1a17", "#b3261e", "#0f6e5c", "#e8a317", "#0f6e5c", "#b3261e", "#1f1a17",
    "#e8a317", "#1f1a17",
];

/// A mail while it is being written. Everything given to it is plain text; it does the escaping.
#[derive(Clone, Debug)]
pub struct Letter {
    locale: &'static str,
    title: String,
    text: String,
    html: String,
    attachments: Vec<Attachment>,
}

impl Letter {
    /// Begins a letter in a language (`en`, `fr`, `sw`) with its heading, which is also the subject.
    pub fn new(locale: &'static str, title: impl Into<String>) -> Self {
        let title = one_line(&title.into());
        Self { locale, text: format!("{title}\n"), html: String::new(), title, attachments: Vec::new() }
    }

    /// A paragraph.
    #[must_use]
    pub fn text(mut self, words: impl AsRef<str>) -> Self {
        let words = words.as_ref();
        self.text.push_str(&format!("\n{words}\n"));
        let lines = escape(words).replace('\n', "<br>");
        self.html.push_str(&format!(r#"<p style="margin:0 0 16px;font-size:16px;line-height:1.5">{lines}</p>"#));
        self
    }

    /// The one thing to do next.
    #[must_use]
    pub fn button(mut self, label: impl AsRef<str>, url: &str) -> Self {
        let label = label.as_ref();
        self.text.push_str(&format!("\n{label}:\n{url}\n"));
        self.html.push_str(&format!(
            r#"<p style="margin:24px 0"><a href="{}" style="display:inline-block;padding:14px 24px;border-radius:8px;background:#b3261e;color:#ffffff;font-size:16px;font-weight:700;text-decoration:none">{}</a></p>"#,
            escape(url),
            escape(label),
        ));
        self
    }

    /// Names and values, one pair a line.
    #[must_use]
    pub fn facts<N: AsRef<str>, V: AsRef<str>>(mut self, facts: &[(N, V)]) -> Self {
        self.text.push('\n');
        self.html.push_str(
            r#"<table role="presentation" style="width:100%;margin:0 0 16px;border-collapse:collapse;font-size:16px">"#,
        );
        for (name, value) in facts {
            let (name, value) = (name.as_ref(), value.as_ref());
            self.text.push_str(&format!("{name}: {value}\n"));
            self.html.push_str(&format!(
                r#"<tr><td style="padding:8px 12px 8px 0;border-bottom:1px solid #8884;opacity:.75">{}</td><td style="padding:8px 0;border-bottom:1px solid #8884;text-align:right;font-weight:600">{}</td></tr>"#,
                escape(name),
                escape(value),
            ));
        }
        self.html.push_str("</table>");
        self
    }

    /// A picture that travels with the mail, on white so that a code can be read in the dark theme too. `alt` is what the
    /// text says instead.
    #[must_use]
    pub fn picture(mut self, picture: Attachment, alt: &str, width_px: u16) -> Self {
        self.text.push_str(&format!("\n[{alt}]\n"));
        if let Some(id) = &picture.content_id {
            self.html.push_str(&format!(
                r#"<p style="margin:16px 0"><img src="cid:{}" alt="{}" width="{width_px}" style="display:block;background:#ffffff;padding:12px;border-radius:8px;max-width:100%;height:auto"></p>"#,
                escape(id),
                escape(alt),
            ));
        }
        self.attachments.push(picture);
        self
    }

    /// A file to be kept.
    #[must_use]
    pub fn file(mut self, file: Attachment) -> Self {
        self.attachments.push(file);
        self
    }

    /// A remark in small type.
    #[must_use]
    pub fn small(mut self, words: impl AsRef<str>) -> Self {
        let words = words.as_ref();
        self.text.push_str(&format!("\n{words}\n"));
        self.html.push_str(&format!(
            r#"<p style="margin:0 0 12px;font-size:14px;line-height:1.45;opacity:.75">{}</p>"#,
            escape(words)
        ));
        self
    }

    /// Ends the letter.
    pub fn to(self, to: EmailAddress) -> Message {
        let html = frame(self.locale, &self.title, &self.html);
        Message {
            to,
            subject: self.title,
            text: format!("{}\n-- \nLango\n", self.text),
            html,
            attachments: self.attachments,
        }
    }
}

fn frame(locale: &str, title: &str, body: &str) -> String {
    let strip: String = STRIP
        .iter()
        .map(|colour| format!(r#"<td height="10" style="height:10px;background:{colour}"></td>"#))
        .collect();
    let title = escape(title);
    format!(
        r#"<!doctype html>
<html lang="{locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>{title}</title></head>
<body style="margin:0;padding:0;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<table role="presentation" width="100%" style="border-collapse:collapse"><tr><td align="center" style="padding:16px">
<table role="presentation" width="100%" style="max-width:560px;border-collapse:collapse;text-align:left">
<tr><td><table role="presentation" width="100%" style="border-collapse:collapse"><tr>{strip}</tr></table></td></tr>
<tr><td style="padding:24px 4px 8px"><h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">{title}</h1>{body}</td></tr>
<tr><td style="padding:16px 4px;font-size:13px;opacity:.7">Lango</td></tr>
</table></td></tr></table></body></html>"#
    )
}

/// Text as HTML shows it, also within an attribute.
fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut html, c| {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
        html
    })
}
