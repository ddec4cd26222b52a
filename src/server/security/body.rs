//! Bodies have an end.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, StatusCode, header};

use super::refused::Manner;
use crate::{error::AppError, server::seating::UPLOAD_BYTES_MAX};

/// A form is never longer: the longest description takes up to twelve bytes for each of its characters on the way here.
const FORM_BYTES_MAX: usize = 320 * 1024;
/// A picture to be uploaded, and the form around it; somewhat more than is taken, so that the editor can say so.
const PICTURE_BYTES_MAX: usize = 11 * 1024 * 1024;

fn limit(path: &str) -> usize {
    let Some(desk) = path.strip_prefix("/desk/") else { return FORM_BYTES_MAX };
    match desk.split('/').collect::<Vec<_>>()[..] {
        [_, "events", _, "picture"] => PICTURE_BYTES_MAX,
        [_, "venues", _] => UPLOAD_BYTES_MAX,
        _ => FORM_BYTES_MAX,
    }
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads the body up to the limit of its path. What is inside then has it whole and at once.
pub async fn layer(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let manner = Manner::of(request.headers());
    let most = limit(request.uri().path());
    let too_large = || manner.answer_as(StatusCode::PAYLOAD_TOO_LARGE, &AppError::BadRequest);
    if announced(request.headers()).is_some_and(|bytes| bytes > most) {
        return too_large();
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, most).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) if is_limit(&error) => too_large(),
        Err(_) => manner.answer(&AppError::BadRequest),
    }
}

fn is_limit(error: &axum::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.to_string().contains("length limit exceeded") {
            return true;
        }
        source = cause.source();
    }
    false
}
