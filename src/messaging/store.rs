//! The outbox.

use sqlx::{PgConnection, types::Json};

use super::message::{Attachment, Message, Occasion, one_line};
use crate::{
    error::{AppError, Result},
    kernel::{EmailAddress, Instant, MessageId},
    platform::db::Tx,
};

/// Lines of the mailbox page.
const RECENT_MAX: i64 = 100;

/// A mail in the outbox.
pub struct Posted {
    pub message_id: MessageId,
    pub message: Message,
    pub created_at: Instant,
    pub sent_at: Option<Instant>,
}

/// A mail as the mailbox page lists it.
pub struct PostedLine {
    pub message_id: MessageId,
    pub recipient: String,
    pub subject: String,
    pub created_at: Instant,
    pub is_sent: bool,
}

/// Puts a mail into the outbox; `false` when the occasion has its mail already.
pub async fn insert_message(
    tx: &mut Tx,
    message_id: MessageId,
    occasion: &Occasion<'_>,
    message: &Message,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into message
            (message_id, org_id, topic, subject_key, recipient, subject, body_text, body_html, attachments)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint message_once do nothing",
        message_id.0,
        occasion.org_id.map(|id| id.0),
        occasion.topic,
        occasion.key,
        message.to.as_str(),
        one_line(&message.subject),
        message.text,
        message.html,
        Json(&message.attachments) as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a mail of the outbox.
pub async fn get_message(db: &mut PgConnection, message_id: MessageId) -> Result<Posted> {
    let row = sqlx::query!(
        r#"select recipient, subject, body_text, body_html, created_at, sent_at,
                  attachments as "attachments: Json<Vec<Attachment>>"
             from message
            where message_id = $1"#,
        message_id.0,
    )
    .fetch_optional(db)
    .await?
    .ok_or(AppError::NotFound)?;
    let to =
        EmailAddress::parse(&row.recipient).map_err(|_| AppError::fault_text("a mail's recipient cannot be read"))?;
    let message =
        Message { to, subject: row.subject, text: row.body_text, html: row.body_html, attachments: row.attachments.0 };
    Ok(Posted { message_id, message, created_at: row.created_at, sent_at: row.sent_at })
}

/// Lists the newest mails.
pub async fn list_recent(db: &mut PgConnection) -> Result<Vec<PostedLine>> {
    let rows = sqlx::query_as!(
        PostedLine,
        r#"select message_id as "message_id: MessageId",
                  recipient,
                  subject,
                  created_at,
                  sent_at is not null as "is_sent!"
             from message
            order by created_at desc, message_id desc
            limit $1"#,
        RECENT_MAX,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

pub async fn mark_sent(db: &mut PgConnection, message_id: MessageId, now: Instant) -> Result<()> {
    sqlx::query!(
        "update message
            set sent_at = $2
          where message_id = $1
            and sent_at is null",
        message_id.0,
        now as Instant,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn mark_failed(db: &mut PgConnection, message_id: MessageId, now: Instant) -> Result<()> {
    sqlx::query!(
        "update message
            set failed_at = $2
          where message_id = $1
            and sent_at is null",
        message_id.0,
        now as Instant,
    )
    .execute(db)
    .await?;
    Ok(())
}
