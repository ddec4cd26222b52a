//! The mailbox of a server that is being tried out: everybody's mail, for whoever sits before it.
//!
//! A mail's HTML is shown as a mail program would: in a frame of its own, under a policy that lets nothing run and loads
//! nothing, with its pictures put in.

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use http::{StatusCode, header};

use super::{
    message::Message,
    model::{Mail, MailLine},
    store::{self, Posted},
};
use crate::{
    error::{AppError, Result},
    kernel::{LocalTime, MessageId, ZoneName},
    platform::{state::AppState, zone},
};

const ZONE: &str = "Africa/Nairobi";
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation";

fn when(at: crate::kernel::Instant) -> LocalTime {
    zone::local_time(at, &ZoneName(ZONE.to_owned()))
}

fn only_when_tried_out(app: &AppState) -> Result<()> {
    if app.config.dev { Ok(()) } else { Err(AppError::NotFound) }
}

/// Lists the newest mails.
pub async fn list(app: &AppState) -> Result<Vec<MailLine>> {
    only_when_tried_out(app)?;
    let posted = store::list_recent(&mut *app.db.acquire().await?).await?;
    let line = |line: store::PostedLine| MailLine {
        message_id: line.message_id,
        recipient: line.recipient,
        subject: line.subject,
        at: when(line.created_at),
        is_sent: line.is_sent,
    };
    Ok(posted.into_iter().map(line).collect())
}

/// Opens a mail.
pub async fn open(app: &AppState, id: MessageId) -> Result<Mail> {
    let Posted { message_id, message, created_at, .. } = posted(app, id).await?;
    let links = own_links(&message.text, &app.config.origin());
    let files = message.attachments.iter().map(|file| file.name.clone()).collect();
    Ok(Mail {
        message_id,
        recipient: message.to.to_string(),
        subject: message.subject,
        at: when(created_at),
        text: message.text,
        links,
        files,
    })
}

async fn posted(app: &AppState, id: MessageId) -> Result<Posted> {
    only_when_tried_out(app)?;
    store::get_message(&mut *app.db.acquire().await?, id).await
}

/// The addresses of this site that a text names, as paths.
fn own_links(text: &str, origin: &str) -> Vec<String> {
    let paths = text.split_whitespace().filter_map(|word| word.strip_prefix(origin));
    paths.filter(|path| path.starts_with('/')).map(str::to_owned).collect()
}

/// The frame with a mail's HTML, and its files.
pub fn routes<S: Clone + Send + Sync + 'static>(app: AppState) -> Router<S> {
    Router::new()
        .route("/dev/mail-html/{id}", get(html))
        .route("/dev/mail-file/{id}/{place}", get(file))
        .with_state(app)
}

async fn html(State(app): State<AppState>, Path(id): Path<MessageId>) -> Response {
    match posted(&app, id).await {
        Ok(posted) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
            ];
            (headers, with_pictures(&posted.message)).into_response()
        }
        Err(error) => error.status().into_response(),
    }
}

/// The HTML with its pictures in place of their `cid:` addresses, and links that open beside the mailbox.
fn with_pictures(message: &Message) -> String {
    let pictures = message.attachments.iter().filter_map(|file| Some((file.content_id.as_ref()?, file)));
    let html = pictures.fold(message.html.clone(), |html, (id, file)| {
        html.replace(
            &format!("cid:{id}"),
            &format!("data:{};base64,{}", file.mime, BASE64_STANDARD.encode(&file.bytes)),
        )
    });
    html.replace("<head>", "<head><base target=\"_top\">")
}

async fn file(State(app): State<AppState>, Path((id, place)): Path<(MessageId, usize)>) -> Response {
    let found = posted(&app, id)
        .await
        .and_then(|posted| posted.message.attachments.into_iter().nth(place).ok_or(AppError::NotFound));
    match found {
        Ok(file) => {
            let answer = Response::builder()
                .header(header::CONTENT_TYPE, file.mime)
                .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
                .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", plain(&file.name)))
                .body(Body::from(file.bytes));
            answer.unwrap_or_else(|_| StatusCode::UNPROCESSABLE_ENTITY.into_response())
        }
        Err(error) => error.status().into_response(),
    }
}

fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect()
}
