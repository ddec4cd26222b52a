//! Pictures come in by a plain form and go out as files that never change.

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Multipart, Path, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::{HeaderName, StatusCode, header, request::Parts};

use crate::{
    error::{AppError, Result},
    events,
    kernel::{EventId, FieldFault},
    orgs::{Permission, guard},
    platform::{files, state::AppState},
};

/// What stands around a picture in a form that carries it.
const FORM_BYTES: usize = 16 * 1024;

pub fn routes<S: Clone + Send + Sync + 'static>(app: AppState) -> Router<S> {
    Router::new()
        .route("/desk/{org}/events/{event}/picture", post(take))
        .layer(DefaultBodyLimit::max(events::PICTURE_BYTES_MAX + FORM_BYTES))
        .route("/files/{name}", get(give))
        .with_state(app)
}

/// Takes a picture and leads back to the editor, which tells what was wrong with it.
async fn take(
    State(app): State<AppState>,
    Path((org, event)): Path<(String, String)>,
    parts: Parts,
    form: Multipart,
) -> Response {
    let edit = format!("/desk/{org}/events/{event}/edit");
    match store(&app, &parts, (&org, &event), form).await {
        Ok(()) => Redirect::to(&format!("{edit}?done=saved")).into_response(),
        Err(AppError::Invalid(errors)) => {
            let fault = if matches!(errors.of("picture"), Some(FieldFault::TooLarge(_))) { "large" } else { "bad" };
            Redirect::to(&format!("{edit}?picture={fault}")).into_response()
        }
        Err(error) => (error.status(), error.to_string()).into_response(),
    }
}

async fn store(app: &AppState, parts: &Parts, which: (&str, &str), form: Multipart) -> Result<()> {
    let staff = guard::staff_from(app, parts, which.0, Permission::EditEvents).await?;
    let event: EventId = which.1.parse().map_err(|_| AppError::NotFound)?;
    let sent = read(form).await?;
    events::give_picture(app, &staff, event, sent).await
}

/// The bytes of the form's one file.
async fn read(mut form: Multipart) -> Result<Vec<u8>> {
    let fault = |status: StatusCode| {
        let too_large = status == StatusCode::PAYLOAD_TOO_LARGE;
        let fault =
            if too_large { FieldFault::TooLarge(events::PICTURE_BYTES_MAX as u64) } else { FieldFault::NotAPicture };
        AppError::field("picture", fault)
    };
    while let Some(field) = form.next_field().await.map_err(|error| fault(error.status()))? {
        if field.name() == Some("picture") {
            let bytes = field.bytes().await.map_err(|error| fault(error.status()))?;
            return Ok(bytes.into());
        }
    }
    Err(fault(StatusCode::BAD_REQUEST))
}

/// Gives a file; its name tells its contents, so it is good for ever.
async fn give(State(app): State<AppState>, Path(name): Path<String>) -> Response {
    let kind = if std::path::Path::new(&name).extension().is_some_and(|kind| kind == "jpg") {
        "image/jpeg"
    } else {
        "image/webp"
    };
    match files::read(&app.config, &name).await {
        Ok(Some(bytes)) => {
            let headers: [(HeaderName, &str); 4] = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
            ];
            (headers, Body::from(bytes)).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => AppError::fault(&error).status().into_response(),
    }
}
