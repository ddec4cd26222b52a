//! The streams themselves.

use std::{convert::Infallible, sync::Arc, time::Duration};

use async_stream::stream;
use axum::{
    Extension, Router,
    extract::{FromRef, Path, State},
    response::{IntoResponse, Response, Sse, sse},
    routing::get,
};
use futures::Stream;
use http::{HeaderValue, header, request::Parts};
use tokio::{
    sync::{OwnedSemaphorePermit, watch},
    time::Instant,
};

use super::relay::Relay;
use crate::{
    analytics::{self, EventKey, OrderKey},
    error::{AppError, Result},
    kernel::EventId,
    orgs::{Permission, guard},
    platform::{secrets, state::AppState},
};

/// A comment so often keeps proxies from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// A stream ends after so long and the browser opens the next one, which asks again who is there and what they may see.
const STREAM_MAX: Duration = Duration::from_mins(10);
/// How long a browser waits before it opens the next stream, in milliseconds.
const RETRY: Duration = Duration::from_millis(1_500);

/// The live feeds.
pub fn routes<S>(app: &AppState) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    AppState: FromRef<S>,
{
    Router::new()
        .route("/live/event/{org}/{event}", get(event_stream))
        .route("/live/order/{token}", get(order_stream))
        .layer(Extension(Relay::new(app.clone())))
}

async fn event_stream(
    State(app): State<AppState>,
    Extension(relay): Extension<Arc<Relay>>,
    Path((org, event)): Path<(String, String)>,
    parts: Parts,
) -> Response {
    answer(open_event(&app, &relay, (&org, &event), &parts).await)
}

async fn order_stream(
    State(app): State<AppState>,
    Extension(relay): Extension<Arc<Relay>>,
    Path(token): Path<String>,
) -> Response {
    answer(open_order(&app, &relay, &token).await)
}

fn answer<T>(opened: Result<T>) -> Response
where
    T: Stream<Item = Result<sse::Event, Infallible>> + Send + 'static,
{
    match opened {
        Ok(events) => {
            let mut answer = Sse::new(events).keep_alive(sse::KeepAlive::new().interval(KEEP_ALIVE)).into_response();
            // Proxies that gather an answer before they pass it on would hold every message back.
            answer.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
            answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            answer
        }
        Err(error) => (error.status(), error.to_string()).into_response(),
    }
}

async fn open_event(
    app: &AppState,
    relay: &Arc<Relay>,
    (org, event): (&str, &str),
    parts: &Parts,
) -> Result<impl Stream<Item = Result<sse::Event, Infallible>> + Send + use<>> {
    let staff = guard::staff_from(app, parts, org, Permission::SeeSales).await?;
    let event_id: EventId = event.parse().map_err(|_| AppError::NotFound)?;
    let key = EventKey { org_id: staff.org_id, event_id };
    // Fails for an event of somebody else before a stream is opened for it.
    relay.figures(key, &Arc::from("")).await?;
    let watching = Watching {
        marks: relay.watch_event(key),
        last: Arc::from(""),
        hint: app.live.watch(&format!("event:{event_id}")),
        closed: app.live.closed(),
        relay: Arc::clone(relay),
        ends: Instant::now() + STREAM_MAX,
        _room: relay.admit()?,
    };
    Ok(stream! {
        let mut watching = watching;
        let relay = Arc::clone(&watching.relay);
        yield Ok(sse::Event::default().retry(RETRY));
        while let Some(mark) = watching.next().await {
            let Ok((number, text)) = relay.figures(key, &mark).await else { break };
            yield Ok(sse::Event::default().event("figures").id(number.to_string()).data(&*text));
        }
    })
}

async fn open_order(
    app: &AppState,
    relay: &Arc<Relay>,
    token: &str,
) -> Result<impl Stream<Item = Result<sse::Event, Infallible>> + Send + use<>> {
    let mut connection = app.db.acquire().await?;
    let key: OrderKey =
        analytics::find_order_by_link(&mut connection, &secrets::digest(token)).await?.ok_or(AppError::NotFound)?;
    let watching = Watching {
        marks: relay.watch_order(key),
        last: Arc::from(""),
        hint: app.live.watch(&format!("order:{}", key.order_id)),
        closed: app.live.closed(),
        relay: Arc::clone(relay),
        ends: Instant::now() + STREAM_MAX,
        _room: relay.admit()?,
    };
    Ok(stream! {
        let mut watching = watching;
        yield Ok(sse::Event::default().retry(RETRY));
        let mut number = 0;
        while let Some(state) = watching.next().await {
            number += 1;
            yield Ok(sse::Event::default().event("state").id(number.to_string()).data(&*state));
        }
    })
}

/// What a stream waits for.
struct Watching {
    marks: watch::Receiver<Arc<str>>,
    /// What the stream told last.
    last: Arc<str>,
    hint: watch::Receiver<u64>,
    closed: watch::Receiver<bool>,
    relay: Arc<Relay>,
    ends: Instant,
    _room: OwnedSemaphorePermit,
}

impl Watching {
    /// The next mark, at first the present one; nothing when the stream has to end.
    async fn next(&mut self) -> Option<Arc<str>> {
        loop {
            let mark = Arc::clone(&self.marks.borrow_and_update());
            if mark != self.last {
                self.last = Arc::clone(&mark);
                return Some(mark);
            }
            if *self.closed.borrow() {
                return None;
            }
            tokio::select! {
                moved = self.marks.changed() => moved.ok()?,
                touched = self.hint.changed() => {
                    touched.ok()?;
                    self.relay.nudge();
                }
                _ = self.closed.changed() => return None,
                () = tokio::time::sleep_until(self.ends) => return None,
            }
        }
    }
}
