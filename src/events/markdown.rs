//! An organizer's Markdown becomes HTML that is safe on our pages.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Only what text needs: no pictures, which tell others who reads; no classes, styles or ids, which could cover our own.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "strong",
            "em",
            "del",
            "ul",
            "ol",
            "li",
            "a",
            "h3",
            "h4",
            "blockquote",
            "hr",
            "code",
            "pre",
        ]))
        .generic_attributes(HashSet::new())
        .tag_attributes([("a", HashSet::from(["href"]))].into())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer ugc"))
        .clean_content_tags(HashSet::from(["script", "style", "svg", "math", "iframe", "template", "noscript"]));
    builder
});

/// Writes Markdown as clean HTML. HTML in the source is shown as the text that it is.
pub fn to_safe_html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: below_title(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below_title(level))),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut raw = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut raw, events);
    CLEANER.clean(&raw).to_string()
}

/// The page has its own first and second headings.
const fn below_title(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_its_shape() {
        let html = to_safe_html("# Doors\n**bold** *soft*\nnext\n\n- one\n- two\n\n[site](https://example.org)");
        for part in ["<h3>Doors</h3>", "<strong>bold</strong>", "<em>soft</em>", "<br", "<li>one</li>"] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(html.contains("href=\"https://example.org\""), "{html}");
        assert!(html.contains("rel=\"nofollow noopener noreferrer ugc\""), "{html}");
    }

    #[test]
    fn nothing_that_acts_comes_through() {
        let attacks = [
            "<img src=x onerror=alert(1)>",
            "<script>alert(1)</script>",
            "</script><script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
            "[x](vbscript:msgbox)",
            "<javascript:alert(1)>",
            "![x](https://evil.example/pixel.png)",
            "![x](x\" onerror=\"alert(1))",
            "[x](https://a.example/\" onmouseover=\"alert(1))",
            "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
            "<math><annotation-xml encoding=\"text/html\"><img src=x onerror=alert(1)></annotation-xml></math>",
            "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
            "<style>input[value^=a]{background:url(//evil.example)}</style>",
            "<div style=\"position:fixed;inset:0\">pay here</div>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "<base href=//evil.example>",
            "<form action=//evil.example><input name=pin>",
            "```\" onclick=\"alert(1)\ncode\n```",
            "# x {#id onclick=alert(1)}",
        ];
        for attack in attacks {
            let html = to_safe_html(attack);
            assert_eq!(forbidden(&html), None, "{attack} became {html}");
        }
    }

    /// A tag or attribute that must not be there; text that only looks like one is escaped and does not count.
    fn forbidden(html: &str) -> Option<String> {
        let allowed =
            ["p", "br", "strong", "em", "del", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "hr", "code", "pre"];
        html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).find_map(|tag| {
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            let is_link =
                tag.starts_with("a href=\"http") || tag.starts_with("a href=\"mailto:") || tag.starts_with("a rel=");
            let is_plain = tag.trim_start_matches('/') == name || tag == "br /" || tag == "hr /";
            (!allowed.contains(&name) || !(is_plain || is_link) || tag.contains(" on")).then(|| tag.to_owned())
        })
    }

    #[test]
    fn braces_and_entities_stay_text() {
        assert_eq!(to_safe_html("{{7*7}} & <b>"), "<p>{{7*7}} &amp; &lt;b&gt;</p>\n");
    }
}
