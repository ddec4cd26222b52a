//! The server's twin of `browser`: the same names, and nothing happens.
#![expect(clippy::unused_async, reason = "the browser's half waits, and both are called alike")]

use crate::kernel::Instant;

/// The server's time comes by `AppState`; here it is the beginning of time.
pub fn now() -> Instant {
    Instant(0)
}

/// Never can.
pub async fn copy(_text: &str) -> bool {
    false
}

pub fn vibrate(_pattern: &[u32]) {}

/// One note of a signal: pitch and length.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    pub hertz: f32,
    pub millis: u32,
}

pub fn play(_notes: &[Note]) {}

pub fn keep_awake() {}

/// The server is.
pub fn is_online() -> bool {
    true
}

pub fn on_network_change(_tell: impl Fn(bool) + 'static) {}

pub fn store(_key: &str, _text: &str) {}

pub fn recall(_key: &str) -> Option<String> {
    None
}

pub fn forget_hash() {}

pub fn go(_path: &str) {}

pub fn reload() {}

/// The server's keys come by the context.
pub fn random_key() -> String {
    String::new()
}

/// Never opened.
pub struct Line;

impl Drop for Line {
    fn drop(&mut self) {}
}

/// Nobody speaks to the server here.
pub fn listen(_url: &str, _name: &str, _hear: impl FnMut(String) + 'static) -> Option<Line> {
    None
}
