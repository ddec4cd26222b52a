//! What goes along with the answer of a server function: the cookies, and where to go on.

use http::{HeaderValue, header::SET_COOKIE};
use leptos::prelude::use_context;
use leptos_axum::{ResponseOptions, redirect};

use super::{cookies, next::own_path, session::Tokens};
use crate::platform::state::AppState;

/// Where somebody goes who did not come from anywhere.
const HOME: &str = "/account";

/// Keeps the sign-in in the browser and goes on.
pub fn welcome(app: &AppState, tokens: &Tokens, next: &str) {
    set(cookies::keep(app, tokens));
    redirect(own_path(next).unwrap_or(HOME));
}

/// Takes the sign-in out of the browser and goes on.
pub fn farewell(app: &AppState) {
    set(cookies::clear(app));
    redirect("/");
}

fn set(lines: [HeaderValue; 2]) {
    if let Some(answer) = use_context::<ResponseOptions>() {
        for line in lines {
            answer.append_header(SET_COOKIE, line);
        }
    }
}
