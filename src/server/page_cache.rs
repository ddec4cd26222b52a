//! Public pages for people who are not signed in, rendered once a second at most however many ask.
//!
//! Two things in a page belong to its answer alone: the nonce of the content policy, and the key that makes a form's
//! effect happen once. Both are random texts of 128 bits, so they are found in the rendered page and replaced by the
//! answer's own: two visitors never share a key.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    response::Response,
};
use http::{HeaderMap, Method, StatusCode, request::Parts};
use moka::sync::Cache;

use super::security::CspNonce;
use crate::{accounts::session::Presented, app::Theme, platform::language::Language, ui::FormKey};

/// How old a page may be that somebody is shown.
const AGE_MAX: Duration = Duration::from_secs(1);
/// Pages kept at once: the busy ones; the rest are rendered.
const PAGES_MAX: u64 = 512;
/// A longer page is not kept.
const BYTES_MAX: usize = 512 * 1024;
/// A longer address is nobody's link.
const ADDRESS_MAX: usize = 300;

/// Pages that were rendered just now.
#[derive(Clone)]
pub struct PageCache(Cache<String, Arc<Page>>);

impl Default for PageCache {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(PAGES_MAX).time_to_live(AGE_MAX).build())
    }
}

/// What differs from one answer to the next.
#[derive(Clone)]
pub struct Marks {
    nonce: Arc<str>,
    key: String,
}

impl Marks {
    /// The marks of the answer at hand.
    pub fn of(parts: &Parts, key: &FormKey) -> Option<Self> {
        let CspNonce(nonce) = parts.extensions.get()?;
        Some(Self { nonce: nonce.clone(), key: key.0.clone() })
    }
}

#[derive(Clone, Copy)]
enum Mark {
    Nonce,
    Key,
}

/// A rendered page, cut where its marks stood.
struct Page {
    headers: HeaderMap,
    pieces: Vec<(Bytes, Option<Mark>)>,
}

/// The name a page is kept by, if it is one of those that are kept.
pub fn name_of(parts: &Parts) -> Option<String> {
    let path = parts.uri.path();
    let is_public = path == "/" || path.starts_with("/e/");
    let is_anonymous = parts.extensions.get::<Presented>().is_none();
    let address = parts.uri.path_and_query()?.as_str();
    // What a plain form was refused stands in the address, and belongs to one visitor.
    let is_plain = !address.contains("__err") && address.len() <= ADDRESS_MAX;
    (parts.method == Method::GET && is_public && is_anonymous && is_plain).then(|| {
        let theme = Theme::of(parts).map(Theme::name).unwrap_or_default();
        format!("{} {theme} {address}", Language::of(parts).code())
    })
}

impl PageCache {
    /// The page under a name, with the marks of this answer.
    pub fn find(&self, name: &str, marks: &Marks) -> Option<Response> {
        let page = self.0.get(name)?;
        let mut body = Vec::with_capacity(page.pieces.iter().map(|(piece, _)| piece.len() + 32).sum());
        for (piece, mark) in &page.pieces {
            body.extend_from_slice(piece);
            match mark {
                Some(Mark::Nonce) => body.extend_from_slice(marks.nonce.as_bytes()),
                Some(Mark::Key) => body.extend_from_slice(marks.key.as_bytes()),
                None => {}
            }
        }
        let mut answer = Response::new(Body::from(body));
        *answer.headers_mut() = page.headers.clone();
        Some(answer)
    }

    /// Keeps a page that was rendered with these marks, and gives it on.
    pub async fn keep(&self, name: String, marks: &Marks, answer: Response) -> Response {
        if answer.status() != StatusCode::OK || answer.headers().contains_key(http::header::SET_COOKIE) {
            return answer;
        }
        let (head, body) = answer.into_parts();
        let Ok(body) = to_bytes(body, BYTES_MAX).await else {
            // Longer than anything we render: a fault, told as one.
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return answer;
        };
        let page = Page { headers: head.headers.clone(), pieces: cut(&body, marks) };
        self.0.insert(name, Arc::new(page));
        Response::from_parts(head, Body::from(body))
    }
}

/// Cuts a page wherever a mark stands.
fn cut(body: &Bytes, marks: &Marks) -> Vec<(Bytes, Option<Mark>)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let found = |needle: &str, from: usize| {
        let needle = needle.as_bytes();
        body[from..].windows(needle.len()).position(|window| window == needle).map(|at| from + at)
    };
    let (mut nonce, mut key) = (found(&marks.nonce, 0), found(&marks.key, 0));
    loop {
        let (at, mark, length) = match (nonce, key) {
            (Some(at), other) if other.is_none_or(|other| at < other) => (at, Mark::Nonce, marks.nonce.len()),
            (_, Some(at)) => (at, Mark::Key, marks.key.len()),
            (_, None) => break,
        };
        pieces.push((body.slice(from..at), Some(mark)));
        from = at + length;
        match mark {
            Mark::Nonce => nonce = found(&marks.nonce, from),
            Mark::Key => key = found(&marks.key, from),
        }
    }
    pieces.push((body.slice(from..), None));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(nonce: &str, key: &str) -> Marks {
        Marks { nonce: nonce.into(), key: key.into() }
    }

    #[tokio::test]
    async fn two_visitors_of_a_kept_page_share_neither_nonce_nor_key() {
        let cache = PageCache::default();
        let first = marks("nonce-one", "key-one");
        let rendered = "<script nonce=\"nonce-one\"></script><input value=\"key-one\"><style nonce=\"nonce-one\">";
        let kept = cache.keep("page".into(), &first, Response::new(Body::from(rendered))).await;
        assert_eq!(to_bytes(kept.into_body(), 1000).await.expect("a body"), rendered);
        let second = cache.find("page", &marks("N2", "K2")).expect("a page");
        let body = to_bytes(second.into_body(), 1000).await.expect("a body");
        assert_eq!(body, "<script nonce=\"N2\"></script><input value=\"K2\"><style nonce=\"N2\">");
        assert!(cache.find("another", &first).is_none());
    }

    #[tokio::test]
    async fn what_went_wrong_or_sets_cookies_is_not_kept() {
        let cache = PageCache::default();
        let mut lost = Response::new(Body::from("lost"));
        *lost.status_mut() = StatusCode::NOT_FOUND;
        cache.keep("lost".into(), &marks("n", "k"), lost).await;
        let mut signed = Response::new(Body::from("hello"));
        signed.headers_mut().insert(http::header::SET_COOKIE, http::HeaderValue::from_static("a=b"));
        cache.keep("signed".into(), &marks("n", "k"), signed).await;
        assert!(cache.find("lost", &marks("n", "k")).is_none());
        assert!(cache.find("signed", &marks("n", "k")).is_none());
    }
}
