//! The server's twin of `keep`: the same names, and nothing is kept.
#![expect(clippy::unused_async, reason = "the browser's half waits, and both are called alike")]

/// Never is.
pub async fn put(_name: &str, _text: &str) -> bool {
    false
}

pub async fn get(_name: &str) -> Option<String> {
    None
}

pub async fn clear() {}
