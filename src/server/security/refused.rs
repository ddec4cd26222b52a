//! Answers to requests that never reach a page or a server function.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};

use crate::{error::AppError, i18n::Locale, platform::language::Language};

/// How an answer must look for the one who asked.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    is_page: bool,
    locale: Locale,
}

impl Manner {
    /// A page in English, when nothing is known about the request.
    pub const PAGE: Self = Self { is_page: true, locale: Locale::en };

    /// What a request's headers say.
    pub fn of(headers: &HeaderMap) -> Self {
        let text =
            |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok()).unwrap_or_default();
        // `server::language` has written the one that counts there.
        let locale = Language::parse(text(header::ACCEPT_LANGUAGE)).unwrap_or_default().locale();
        Self { is_page: text(header::ACCEPT).contains("text/html"), locale }
    }

    /// Answers with an error's own status.
    pub fn answer(self, error: &AppError) -> Response<Body> {
        self.answer_as(error.status(), error)
    }

    /// Answers an error with another status.
    pub fn answer_as(self, status: StatusCode, error: &AppError) -> Response<Body> {
        if self.is_page {
            let page = page(self.locale, &error.words(self.locale));
            return (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
        }
        // The form in which the browser's side of a server function reads errors.
        let json = serde_json::to_vec(error).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/json")], json).into_response()
    }
}

/// A page without script or style: it must come up whatever else is broken.
fn page(locale: Locale, words: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{locale}\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Lango</title><h1>Lango</h1><p>{words}</p><p><a href=\"/\">←</a></p></html>"
    )
}
