//! Files made on the way out.

use axum::{
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header, request::Parts};

use crate::{
    analytics::{self, csv_file_name, csv_line, csv_start},
    error::{AppError, Result},
    i18n::td_string,
    inventory,
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
    as_file(&name, Body::from_stream(lines))
}

/// The access codes of an event as CSV.
pub async fn codes(State(app): State<AppState>, Path((org, event)): Path<(String, String)>, parts: Parts) -> Response {
    match codes_file(&app, (&org, &event), &parts).await {
        Ok(file) => file,
        Err(error) => (error.status(), error.words(Language::of(&parts).locale())).into_response(),
    }
}

async fn codes_file(app: &AppState, (org, event): (&str, &str), parts: &Parts) -> Result<Response> {
    let staff = guard::staff_from(app, parts, org, Permission::EditEvents).await?;
    let event = event.parse().map_err(|_| AppError::NotFound)?;
    let (slug, rows) = inventory::code_lines(app, &staff, event).await?;
    let locale = Language::of(parts).locale();
    let head = [
        td_string!(locale, inventory.codes_code).to_string(),
        td_string!(locale, inventory.codes_note).to_string(),
        td_string!(locale, inventory.codes_used).to_string(),
        td_string!(locale, inventory.codes_uses).to_string(),
        td_string!(locale, inventory.codes_off).to_string(),
    ];
    let lines = std::iter::once(head).chain(rows).map(|row| csv_line(row.iter().map(String::as_str)));
    let text = std::iter::once(csv_start().to_owned()).chain(lines).collect::<String>();
    as_file(&csv_file_name(&slug, "codes"), Body::from(text))
}

/// A CSV file to be kept, of what is shown to nobody else.
fn as_file(name: &str, body: Body) -> Result<Response> {
    let disposition =
        HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).map_err(|error| AppError::fault(&error))?;
    let mut answer = body.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(answer)
}
