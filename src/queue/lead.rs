//! Sending a buyer from the checkout's door to the waiting page.

use http::{
    HeaderValue,
    header::{ACCEPT, LOCATION, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use serde_json::Value;

use super::{
    QueueRefusal,
    actions::arrive,
    pass,
    view::{find_room, note_arrival},
};
use crate::{accounts::guard::Visitor, error::Result, platform::state::AppState};

/// Gives a visitor a place in the room in front of a sale, and the basket in their hands with it. The answer at hand
/// keeps the place in their browser; to a plain form it leads to the waiting page, a page with a script goes there by itself.
pub async fn line_up(app: &AppState, visitor: &Visitor, slug: &str, basket: Option<Value>) -> Result<()> {
    let room = find_room(app, slug).await?.ok_or(QueueRefusal::NoRoom)?;
    let browser = pass::Browser::of(&app.config, pass::cookies_at_hand().reveal());
    note_arrival(app, visitor.address)?;
    let lot = arrive(app, &room, browser.hash(), basket).await?;
    let cookies = pass::keep(app, &room, &browser, (lot, None))?;
    let Some(answer) = use_context::<ResponseOptions>() else {
        return Ok(());
    };
    for line in cookies {
        answer.append_header(SET_COOKIE, line);
    }
    if is_plain_form()
        && let Ok(page) = HeaderValue::from_str(&waiting_page(room.slug()))
    {
        // Takes the place of the way back to the form, which leptos gives a refusal.
        answer.insert_header(LOCATION, page);
    }
    Ok(())
}

fn is_plain_form() -> bool {
    let accept = use_context::<Parts>().and_then(|parts| parts.headers.get(ACCEPT).cloned());
    accept.is_some_and(|accept| accept.to_str().is_ok_and(|text| text.contains("text/html")))
}

/// The address of the room in front of an event.
pub fn waiting_page(slug: &str) -> String {
    format!("/w/{slug}")
}
