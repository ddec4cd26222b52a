//! One call: token, request, answer. Repeated once, and only when the token was not taken, since Daraja refuses such a
//! request before it looks at it.

use reqwest::StatusCode;
use serde::Serialize;

use super::{
    codes::{Complaint, complaint},
    token::{self, NoToken, Token},
    wire::{Accepted, Envelope},
};
use crate::{payments::FailureReason, platform::state::AppState};

/// An answer longer than this is none of Daraja's.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// What came of a call.
#[derive(Debug)]
pub enum Reply {
    /// The request was never sent.
    NotSent(FailureReason),
    /// The request was sent; no answer was read.
    Lost(String),
    /// Daraja complained.
    Complained(Complaint),
    /// Daraja took the request, or at least says 200.
    Took(Accepted),
}

/// Sends a request to a path below Daraja's host.
pub async fn call(app: &AppState, path: &str, body: &(impl Serialize + Sync)) -> Reply {
    if !is_allowed(app) {
        tracing::error!("M-Pesa's address is neither https nor an allowed simulator");
        return Reply::NotSent(FailureReason::Config);
    }
    let reply = match token::token(app).await {
        Ok(token) => {
            let reply = send(app, path, body, &token).await;
            if !matches!(reply, Reply::Complained(Complaint::Token)) {
                return reply;
            }
            token::forget(app, &token).await;
            token::token(app).await
        }
        Err(none) => Err(none),
    };
    match reply {
        Ok(token) => send(app, path, body, &token).await,
        Err(none) => without_token(none),
    }
}

/// Real money only by https; play money only where playing is allowed.
fn is_allowed(app: &AppState) -> bool {
    let config = &app.config;
    let may_play = config.dev || config.mpesa.allow_simulator;
    config.mpesa.base_url.starts_with("https://") || (may_play && config.is_mpesa_simulated())
}

fn without_token(none: NoToken) -> Reply {
    match none {
        NoToken::Refused => {
            tracing::error!("M-Pesa does not take our consumer key");
            Reply::NotSent(FailureReason::Config)
        }
        NoToken::Down(note) => {
            tracing::warn!(note, "M-Pesa gives no token");
            Reply::NotSent(FailureReason::ProviderDown)
        }
    }
}

async fn send(app: &AppState, path: &str, body: &(impl Serialize + Sync), token: &Token) -> Reply {
    let url = format!("{}{path}", app.config.mpesa.base_url.trim_end_matches('/'));
    let answer = match app.http.post(url).bearer_auth(token.text.reveal()).json(body).send().await {
        Ok(answer) => answer,
        // No connection, so no request.
        Err(error) if error.is_connect() || error.is_builder() => return Reply::NotSent(FailureReason::ProviderDown),
        Err(error) => return Reply::Lost(error.without_url().to_string()),
    };
    let status = answer.status();
    match read_body(answer).await {
        Ok(body) => read(status, &body),
        Err(note) => Reply::Lost(note),
    }
}

fn read(status: StatusCode, body: &[u8]) -> Reply {
    if status.is_success() {
        let note = || Reply::Lost(format!("HTTP {} without JSON", status.as_u16()));
        return serde_json::from_slice(body).map_or_else(|_| note(), Reply::Took);
    }
    let envelope: Envelope = serde_json::from_slice(body).unwrap_or_default();
    Reply::Complained(complaint(status.as_u16(), envelope.error_code.text(), envelope.error_message.text()))
}

/// Reads an answer's body up to a limit.
pub async fn read_body(mut answer: reqwest::Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| error.without_url().to_string())? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            return Err("an answer without end".to_owned());
        }
    }
    Ok(body)
}
