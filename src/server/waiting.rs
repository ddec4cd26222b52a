//! Where waiting rooms and the checkout meet: the waiting page, and counting out who has finished.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, SET_COOKIE},
    request::Parts,
};

use crate::{
    accounts::guard,
    app::{SiteFiles, Theme},
    error::{AppError, Result},
    orders::{self, HoldForm},
    platform::{http::client_address, language::Language, state::AppState},
    queue::{self, Browser, Entry, Frame, Pass, RoomView, Sheet},
};

/// In how many seconds somebody at the door tries again.
const DOOR_SECS: i64 = 4;

/// What the waiting page needs.
#[derive(Clone)]
struct Waiting {
    app: AppState,
    files: SiteFiles,
}

pub fn routes<S: Clone + Send + Sync + 'static>(app: AppState, files: SiteFiles) -> Router<S> {
    Router::new()
        .route("/w/{slug}", get(look).post(join))
        .route("/w/{slug}/draw", get(draw))
        .with_state(Waiting { app, files })
}

/// Lets people in and out of every room in which something may have to happen. Safe to run on every node at once.
pub async fn tick_rooms(app: &AppState) -> Result<()> {
    for of in queue::list_due(app).await? {
        let mut tx = app.begin_in_lane().await?;
        if let Some(due) = queue::lock_due(&mut tx, of).await? {
            let progress = orders::list_progress(&mut tx, due.org_id(), &due.keys()).await?;
            queue::tick(&mut tx, due, |key| progress.get(key).copied()).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn look(State(waiting): State<Waiting>, Path(slug): Path<String>, parts: Parts) -> Response {
    answer(&parts, waiting.look(&slug, &parts).await)
}

async fn join(State(waiting): State<Waiting>, Path(slug): Path<String>, parts: Parts) -> Response {
    answer(&parts, waiting.join(&slug, &parts).await)
}

async fn draw(State(waiting): State<Waiting>, Path(slug): Path<String>, parts: Parts) -> Response {
    answer(&parts, waiting.draw(&slug, &parts).await)
}

fn answer(parts: &Parts, answer: Result<Response>) -> Response {
    let told = |error: AppError| (error.status(), error.words(Language::of(parts).locale())).into_response();
    answer.unwrap_or_else(told)
}

/// Without a room in front of it, an event is bought on its own page.
fn to_event(slug: &str) -> Response {
    Redirect::to(&format!("/e/{slug}")).into_response()
}

impl Waiting {
    /// The page at which somebody waits. Whoever waits costs no more than this: a signature, a few hundred bytes.
    async fn look(&self, slug: &str, parts: &Parts) -> Result<Response> {
        let Some(room) = queue::find_room(&self.app, slug).await? else {
            return Ok(to_event(slug));
        };
        let (locale, now) = (Language::of(parts).locale(), self.app.now());
        let Some(pass) = queue::read_pass(&self.app, queue::cookies_of(parts).reveal(), &room) else {
            return Ok(self.page(&room, parts, &Sheet::join(&room, locale, now)));
        };
        if pass.until.is_none() && !room.is_called(pass.lot) {
            return Ok(self.page(&room, parts, &Sheet::line(&room, locale, (pass.lot, now))));
        }
        self.go_in(&room, parts, &pass).await
    }

    /// Somebody who was called: in, if there is a place, and on with the basket that was chosen before.
    async fn go_in(&self, room: &RoomView, parts: &Parts, pass: &Pass) -> Result<Response> {
        let locale = Language::of(parts).locale();
        let (until, basket) = match queue::enter(&self.app, room, pass).await {
            Ok(Entry::Inside { until, basket }) => (until, basket),
            Ok(Entry::Door) | Err(AppError::Busy) => {
                return Ok(self.page(room, parts, &Sheet::door(room, locale, DOOR_SECS)));
            }
            Ok(Entry::Over) => return Ok(self.page(room, parts, &Sheet::over(room, locale))),
            Ok(Entry::Unknown) => return Ok(self.page(room, parts, &Sheet::join(room, locale, self.app.now()))),
            Err(error) => return Err(error),
        };
        let browser = Browser::of(&self.app.config, queue::cookies_of(parts).reveal());
        let kept = queue::keep_pass(&self.app, room, &browser, (pass.lot, Some(until)))?;
        let basket = basket.and_then(|basket| serde_json::from_value::<HoldForm>(basket).ok());
        let mut answer = match basket {
            None => self.page(room, parts, &Sheet::inside(room, locale)),
            Some(basket) => {
                let visitor = guard::visitor_from(&self.app, parts).await?;
                let (shown, wish) = (queue::as_sent(&kept), (visitor.language, &basket));
                self.start(room, parts, orders::start_showing(&self.app, &visitor, &shown, wish).await)?
            }
        };
        for line in kept {
            answer.headers_mut().append(SET_COOKIE, line);
        }
        Ok(answer)
    }

    /// The order that came of a basket, or why there is none.
    fn start(&self, room: &RoomView, parts: &Parts, started: Result<String>) -> Result<Response> {
        let locale = Language::of(parts).locale();
        match started {
            Ok(token) => Ok(Redirect::to(&format!("/o/{token}")).into_response()),
            Err(AppError::Busy | AppError::SlowDown) => {
                Ok(self.page(room, parts, &Sheet::door(room, locale, DOOR_SECS)))
            }
            Err(error) if error.status().is_client_error() => {
                let mut answer = self.page(room, parts, &Sheet::refused(room, locale, &error));
                *answer.status_mut() = error.status();
                Ok(answer)
            }
            Err(error) => Err(error),
        }
    }

    /// Gives a place without a basket.
    async fn join(&self, slug: &str, parts: &Parts) -> Result<Response> {
        let Some(room) = queue::find_room(&self.app, slug).await? else {
            return Ok(to_event(slug));
        };
        let browser = Browser::of(&self.app.config, queue::cookies_of(parts).reveal());
        queue::note_arrival(&self.app, client_address(parts))?;
        let lot = queue::arrive(&self.app, &room, browser.hash(), None).await?;
        let mut answer = Redirect::to(&queue::waiting_page(room.slug())).into_response();
        for line in queue::keep_pass(&self.app, &room, &browser, (lot, None))? {
            answer.headers_mut().append(SET_COOKIE, line);
        }
        Ok(answer)
    }

    async fn draw(&self, slug: &str, parts: &Parts) -> Result<Response> {
        let Some(room) = queue::find_room(&self.app, slug).await? else {
            return Ok(to_event(slug));
        };
        Ok(self.page(&room, parts, &Sheet::draw(&room, Language::of(parts).locale())))
    }

    /// A page, or only that it has not changed since the browser has it.
    fn page(&self, room: &RoomView, parts: &Parts, sheet: &Sheet) -> Response {
        let frame = Frame {
            locale: Language::of(parts).locale(),
            theme: Theme::of(parts).map(Theme::name),
            style: self.files.0.style.clone(),
        };
        let html = sheet.html(&frame, room);
        let mut hasher = DefaultHasher::new();
        html.hash(&mut hasher);
        let tag = format!("W/\"{:x}\"", hasher.finish());
        let is_known = parts.headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
        let mut answer = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response()
        };
        let headers = answer.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(ETAG, tag);
        }
        answer
    }
}
