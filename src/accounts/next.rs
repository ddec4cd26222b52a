//! Where to go after signing in: always a path of our own.

/// Longest path that is carried along.
const LENGTH_MAX: usize = 500;

/// A path that stays on this site, whatever a browser makes of it; anything else is `None`.
pub fn own_path(next: &str) -> Option<&str> {
    let is_plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let mut bytes = next.bytes();
    let is_rooted = bytes.next() == Some(b'/') && bytes.next() != Some(b'/');
    (is_plain && is_rooted && next.len() <= LENGTH_MAX).then_some(next)
}

/// An address that carries where to go on along; a bad one is dropped.
pub fn with_next(address: &str, next: &str) -> String {
    match own_path(next) {
        None => address.to_owned(),
        Some(path) => path.bytes().fold(format!("{address}?next="), |mut text, byte| {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.') {
                text.push(char::from(byte));
            } else {
                text.push_str(&format!("%{byte:02X}"));
            }
            text
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        for good in ["/", "/desk/sauti/events?x=1&y=2#z", "/join/abc", "/%2F%2Fevil.example"] {
            assert_eq!(own_path(good), Some(good));
        }
        let long = format!("/{}", "a".repeat(500));
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https:evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "evil",
            " //evil.example",
            "/\t/evil.example",
            "/a\r\nSet-Cookie: x=y",
            "/a b",
            "/é",
            "?next=/",
            "@evil.example",
            &long,
        ] {
            assert_eq!(own_path(bad), None, "{bad}");
        }
    }

    #[test]
    fn where_to_go_on_is_carried_as_one_value() {
        assert_eq!(with_next("/sign-in", "/desk?a=1&b=2"), "/sign-in?next=/desk%3Fa%3D1%26b%3D2");
        assert_eq!(with_next("/sign-in", "//evil.example"), "/sign-in");
    }
}
