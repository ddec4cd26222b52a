//! The road out: SMTP when it is configured, else the mailbox page, which shows the outbox itself.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
    time::{Duration, UNIX_EPOCH},
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::{
        Attachment as File, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::PoolConfig,
};

use super::{
    message::{Attachment, one_line},
    store::Posted,
};
use crate::platform::{config::Config, state::AppState};

/// Connections to the mail server at once.
const CONNECTIONS_MAX: u32 = 2;
/// Longest wait for one of the mail server's answers.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

type Smtp = AsyncSmtpTransport<Tokio1Executor>;

static SERVERS: LazyLock<Mutex<HashMap<String, Smtp>>> = LazyLock::new(Mutex::default);

/// Why a mail did not leave.
#[derive(Debug)]
pub enum NotSent {
    Later(String),
    Never(String),
}

/// Sends a mail on the configured road.
pub async fn send(app: &AppState, posted: &Posted) -> Result<(), NotSent> {
    let Some(url) = &app.config.smtp_url else {
        return Ok(());
    };
    let mail = compose(&app.config, posted)?;
    let smtp = server(url.reveal())?;
    match smtp.send(mail).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_permanent() => Err(NotSent::Never(error.to_string())),
        Err(error) => Err(NotSent::Later(error.to_string())),
    }
}

fn server(url: &str) -> Result<Smtp, NotSent> {
    let mut servers = SERVERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = servers.get(url) {
        return Ok(found.clone());
    }
    let builder = Smtp::from_url(url).map_err(|error| NotSent::Later(format!("SMTP_URL: {error}")))?;
    let smtp = builder.timeout(Some(ANSWER_TIMEOUT)).pool_config(PoolConfig::new().max_size(CONNECTIONS_MAX)).build();
    servers.insert(url.to_owned(), smtp.clone());
    Ok(smtp)
}

/// Writes a mail as it goes over the wire.
pub fn compose(config: &Config, posted: &Posted) -> Result<lettre::Message, NotSent> {
    let never = |what: &str| NotSent::Never(format!("the mail's {what} cannot be written"));
    let from: Mailbox =
        config.mail_from.parse().map_err(|_| NotSent::Later("LANGO_MAIL_FROM is no address".to_owned()))?;
    let to: Mailbox = posted.message.to.as_str().parse().map_err(|_| never("recipient"))?;
    let sent_at = UNIX_EPOCH + Duration::from_millis(u64::try_from(posted.created_at.0).unwrap_or_default());
    let host = from.email.domain().to_owned();
    let body = bodies(&posted.message.text, &posted.message.html, &posted.message.attachments)
        .ok_or_else(|| never("attachment"))?;
    lettre::Message::builder()
        .message_id(Some(format!("<{}@{host}>", posted.message_id)))
        .date(sent_at)
        .from(from)
        .to(to)
        .subject(one_line(&posted.message.subject))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .multipart(body)
        .map_err(|_| never("contents"))
}

fn bodies(text: &str, html: &str, attachments: &[Attachment]) -> Option<MultiPart> {
    let mut related = MultiPart::related().singlepart(SinglePart::html(html.to_owned()));
    for picture in attachments.iter().filter(|file| file.content_id.is_some()) {
        let id = one_line(picture.content_id.as_deref()?);
        let kind = ContentType::parse(&picture.mime).ok()?;
        related = related
            .singlepart(File::new_inline_with_name(id, one_line(&picture.name)).body(picture.bytes.clone(), kind));
    }
    let words = MultiPart::alternative().singlepart(SinglePart::plain(text.to_owned())).multipart(related);
    let mut mixed = MultiPart::mixed().multipart(words);
    for file in attachments.iter().filter(|file| file.content_id.is_none()) {
        let kind = ContentType::parse(&file.mime).ok()?;
        mixed = mixed.singlepart(File::new(one_line(&file.name)).body(file.bytes.clone(), kind));
    }
    Some(mixed)
}
