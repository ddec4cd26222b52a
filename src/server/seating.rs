//! Maps of seats come in by a plain form and go out as files.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::{HeaderValue, Method, StatusCode, header, request::Parts};
use leptos::prelude::provide_context;

use super::router::{self, Context};
use crate::{
    error::{AppError, Result},
    kernel::VenueId,
    orgs::{Permission, Staff, guard},
    platform::{language::Language, state::AppState},
    venues::{
        self, Fault, ImportFaults, Imported, Problem, SentPlan,
        plan::{FILE_BYTES_MAX, Format},
    },
};

/// What stands around a file in a form that carries it.
const FORM_BYTES: usize = 16 * 1024;
/// The whole form; somewhat more than is taken, so that the page can say so.
pub const UPLOAD_BYTES_MAX: usize = FILE_BYTES_MAX + 1024 * 1024;

pub fn routes() -> Router<Context> {
    Router::new()
        .route("/desk/{org}/venues/{venue}", post(take))
        .layer(DefaultBodyLimit::max(FILE_BYTES_MAX + FORM_BYTES))
        .route("/desk/{org}/venues/{venue}/maps/{file}", get(give))
}

/// Takes a file; what is wrong with it is told by the venue's page itself, which stands at the same address.
async fn take(
    State(context): State<Context>,
    Path((org, venue)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let form = Request::from_parts(parts.clone(), body);
    match store(&context.app, &parts, (&org, &venue), form).await {
        Ok((_, Imported::Version(version))) => {
            Redirect::to(&format!("/desk/{org}/venues/{venue}?version={version}&done=saved")).into_response()
        }
        Ok((file_name, Imported::Faulty(faults))) => {
            let faults = ImportFaults { file_name, faults };
            let mut page = Request::from_parts(parts, axum::body::Body::empty());
            *page.method_mut() = Method::GET;
            router::show(&context, page, move || provide_context(faults.clone())).await
        }
        Err(error) => said(&error, &parts),
    }
}

fn said(error: &AppError, parts: &Parts) -> Response {
    (error.status(), error.words(Language::of(parts).locale())).into_response()
}

async fn staff(app: &AppState, parts: &Parts, (org, venue): (&str, &str)) -> Result<(Staff, VenueId)> {
    let staff = guard::staff_from(app, parts, org, Permission::EditEvents).await?;
    Ok((staff, venue.parse().map_err(|_| AppError::NotFound)?))
}

async fn store(app: &AppState, parts: &Parts, which: (&str, &str), form: Request) -> Result<(String, Imported)> {
    let (staff, venue) = staff(app, parts, which).await?;
    let form = Multipart::from_request(form, app).await.map_err(|_| AppError::BadRequest)?;
    let sent = match read(form).await? {
        Ok(sent) => sent,
        Err(problem) => return Ok((String::new(), Imported::Faulty(vec![Fault::whole(problem)]))),
    };
    let file_name = sent.file_name.clone();
    Ok((file_name, venues::import(app, &staff, venue, sent).await?))
}

/// The form's one file; a file that is too long is the sender's to mend.
async fn read(mut form: Multipart) -> Result<Result<SentPlan, Problem>> {
    let problem = |status| {
        if status == StatusCode::PAYLOAD_TOO_LARGE { Ok(Problem::TooLarge) } else { Err(AppError::BadRequest) }
    };
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Err(AppError::BadRequest),
            Err(error) => return problem(error.status()).map(Err),
        };
        if field.name() != Some("plan") {
            continue;
        }
        let file_name = field.file_name().unwrap_or_default().to_owned();
        return match field.bytes().await {
            Ok(bytes) => Ok(Ok(SentPlan { file_name, bytes: bytes.into() })),
            Err(error) => problem(error.status()).map(Err),
        };
    }
}

/// Gives a version of a map as a file: `3.json`.
async fn give(
    State(context): State<Context>,
    Path((org, venue, file)): Path<(String, String, String)>,
    parts: Parts,
) -> Response {
    match file_of(&context.app, &parts, (&org, &venue, &file)).await {
        Ok(answer) => answer,
        Err(error) => said(&error, &parts),
    }
}

async fn file_of(app: &AppState, parts: &Parts, (org, venue, file): (&str, &str, &str)) -> Result<Response> {
    let (staff, venue) = staff(app, parts, (org, venue)).await?;
    let (version, ending) = file.split_once('.').ok_or(AppError::NotFound)?;
    let format = Format::of_ending(ending).ok_or(AppError::NotFound)?;
    let version = version.parse().map_err(|_| AppError::NotFound)?;
    let (name, text) = venues::export(app, &staff, venue, (version, format)).await?;
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let mut answer = text.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CONTENT_DISPOSITION, disposition.map_err(|error| AppError::fault(&error))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(answer)
}
