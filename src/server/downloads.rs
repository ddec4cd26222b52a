//! Files made on the way out.

use axum::{
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header, request::Parts};

use crate::{
    analytics,
    error::{AppError, Result},
    orgs::{Permission, guard},
    platform::{language::Language, state::AppState},
};

/// The ticket holders of an event as CSV.
pub async fn attendees(
    State(app): State<AppState>,
    Path((org, event)): Path<(String, String)>,
    parts: Parts,
) -> Response {
    match attendees_file(&app, (&org, &event), &parts).await {
        Ok(file) => file,
        Err(error) => (error.status(), error.words(Language::of(&parts).locale())).into_response(),
    }
}

async fn attendees_file(app: &AppState, (org, event): (&str, &str), parts: &Parts) -> Result<Response> {
    let staff = guard::staff_from(app, parts, org, Permission::ExportAttendees).await?;
    let (name, lines) = analytics::attendees_csv(app, &staff, event, Language::of(parts).locale()).await?;
    let disposition =
        HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).map_err(|error| AppError::fault(&error))?;
    let mut answer = Body::from_stream(lines).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(answer)
}
