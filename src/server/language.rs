//! Settles the language of each request, and the two switches that work without script.
//!
//! `?lang=` wins and is remembered, then the cookie, then what the browser accepts. The answer is written into the
//! request's `Accept-Language`, where `leptos_i18n` looks, and its extensions, where everybody else does.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use http::{HeaderMap, HeaderValue, Method, Uri, header};

use crate::{app::Theme, platform::language::Language};

const LANGUAGE_COOKIE: &str = "lang";
const YEAR_SECS: u32 = 365 * 24 * 3600;

/// The first value of a query parameter; the values asked for here need no decoding.
fn parameter<'uri>(uri: &'uri Uri, name: &str) -> Option<&'uri str> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The language the browser likes most, of those we speak.
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let wishes = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Language)> = None;
    for wish in wishes.split(',') {
        let (code, weight) = wish.split_once(";q=").unwrap_or((wish, "1"));
        let weight = weight.trim().parse().unwrap_or(0.0);
        let Some(language) = Language::parse(code.trim()) else {
            continue;
        };
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// Makes the browser remember a choice for a year.
fn remember(answer: &mut Response, name: &str, value: &str) {
    let cookie = format!("{name}={value}; Path=/; Max-Age={YEAR_SECS}; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// The address without a parameter, on this site only.
fn without(uri: &Uri, name: &str) -> String {
    let kept: Vec<_> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name))
        .collect();
    // `//host` would be another site.
    let path = format!("/{}", uri.path().trim_start_matches('/'));
    if kept.is_empty() { path } else { format!("{path}?{}", kept.join("&")) }
}

/// `?theme=light|dark|device` is remembered and taken out of the address.
fn switch_theme(request: &Request) -> Option<Response> {
    if request.method() != Method::GET {
        return None;
    }
    let wish = parameter(request.uri(), Theme::COOKIE)?;
    let value = match Theme::parse(wish) {
        Some(Theme::Light) => "light",
        Some(Theme::Dark) => "dark",
        None => "device",
    };
    let mut answer = Redirect::to(&without(request.uri(), Theme::COOKIE)).into_response();
    remember(&mut answer, Theme::COOKIE, value);
    Some(answer)
}

/// The middleware.
pub async fn settle(mut request: Request, next: Next) -> Response {
    if let Some(switched) = switch_theme(&request) {
        return switched;
    }
    let asked = parameter(request.uri(), LANGUAGE_COOKIE).and_then(Language::parse);
    let jar = CookieJar::from_headers(request.headers());
    let kept = jar.get(LANGUAGE_COOKIE).and_then(|cookie| Language::parse(cookie.value()));
    let language = asked.or(kept).or_else(|| accepted(request.headers())).unwrap_or_default();
    request.headers_mut().insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(language.code()));
    request.extensions_mut().insert(language);
    let mut answer = next.run(request).await;
    answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    if let Some(language) = asked.filter(|asked| kept != Some(*asked)) {
        remember(&mut answer, LANGUAGE_COOKIE, language.code());
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(text))])
    }

    #[test]
    fn the_language_a_browser_likes_most_is_taken() {
        assert_eq!(accepted(&wishes("de, fr;q=0.5, sw;q=0.8")), Some(Language::Sw));
        assert_eq!(accepted(&wishes("fr-CM,fr;q=0.9,en;q=0.8")), Some(Language::Fr));
        assert_eq!(accepted(&wishes("de, *;q=0.1")), None);
        assert_eq!(accepted(&wishes("sw;q=0, en;q=0.1")), Some(Language::En));
    }

    #[test]
    fn a_switch_leads_back_to_the_same_page_of_this_site() {
        let at = |text: &str| text.parse::<Uri>().expect("is an address");
        assert_eq!(without(&at("/e/jazz?theme=dark"), "theme"), "/e/jazz");
        assert_eq!(without(&at("/?q=jazz&theme=dark&after=1"), "theme"), "/?q=jazz&after=1");
        assert_eq!(without(&at("//evil.example/x?theme=dark"), "theme"), "/evil.example/x");
    }
}
