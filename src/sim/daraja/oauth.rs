//! Tokens for a key and its secret.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{clock, script::Oauth, simulator::Sim};
use super::envelope::{Complaint, html, json_answer};

#[derive(Deserialize)]
pub struct Wish {
    #[serde(default)]
    grant_type: String,
}

/// Gives a token.
pub async fn generate(State(sim): State<Sim>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let answer = answer(&sim, &wish, &headers);
    sim.note("/oauth/v1/generate", Value::Null, answer.status().as_u16());
    answer
}

fn answer(sim: &Sim, wish: &Wish, headers: &HeaderMap) -> Response {
    let plan = sim.world().mode.oauth;
    match plan {
        Oauth::Down => return html(StatusCode::SERVICE_UNAVAILABLE),
        Oauth::Empty400 => return StatusCode::BAD_REQUEST.into_response(),
        Oauth::Normal | Oauth::NumberLife => {}
    }
    let given = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let pair = format!("{}:{}", sim.options.consumer_key, sim.options.consumer_secret);
    if given != format!("Basic {}", BASE64_STANDARD.encode(pair)) {
        return Complaint::new(StatusCode::BAD_REQUEST, "400.008.01", "Invalid Authentication passed").into_response();
    }
    if wish.grant_type != "client_credentials" {
        return Complaint::new(StatusCode::BAD_REQUEST, "400.008.02", "Invalid grant type passed").into_response();
    }
    let life_secs = sim.options.token_secs;
    let mut world = sim.world();
    let token = world.dice.letters(28);
    world.tokens.insert(token.clone(), clock::now_ms().saturating_add_unsigned(life_secs * 1000));
    let told = if plan == Oauth::NumberLife { json!(life_secs) } else { json!(life_secs.to_string()) };
    json_answer(StatusCode::OK, &json!({"access_token": token, "expires_in": told}))
}
