//! An order's event for the buyer's calendar.

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::{orders, platform::state::AppState};

pub fn routes<S: Clone + Send + Sync + 'static>(app: AppState) -> Router<S> {
    Router::new().route("/o/{token}/event.ics", get(event)).with_state(app)
}

async fn event(State(app): State<AppState>, Path(token): Path<String>) -> Response {
    match orders::calendar(&app, &token).await {
        Ok(file) => {
            let headers = [
                (CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (CONTENT_DISPOSITION, "attachment; filename=\"event.ics\""),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, file).into_response()
        }
        Err(error) => error.status().into_response(),
    }
}
