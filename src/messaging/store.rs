//! The outbox.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::message::{Attachment, Message, Occasion, one_line};
use crate::{
    error::{AppError, Result},
    kernel::{EmailAddress, Instant, MessageId, OrgId},
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

/// Puts mails into the outbox, all but those whose occasion has its mail already; says which are new.
pub async fn insert_messages(
    tx: &mut PgConnection,
    mails: &[(Occasion<'_>, Message)],
) -> Result<Vec<(MessageId, Option<OrgId>)>> {
    let org_ids: Vec<_> = mails.iter().map(|(occasion, _)| occasion.org_id.map(|id| id.0)).collect();
    let topics: Vec<_> = mails.iter().map(|(occasion, _)| occasion.topic.to_owned()).collect();
    let keys: Vec<_> = mails.iter().map(|(occasion, _)| occasion.key.to_owned()).collect();
    let recipients: Vec<_> = mails.iter().map(|(_, mail)| mail.to.as_str().to_owned()).collect();
    let subjects: Vec<_> = mails.iter().map(|(_, mail)| one_line(&mail.subject)).collect();
    let texts: Vec<_> = mails.iter().map(|(_, mail)| mail.text.clone()).collect();
    let pages: Vec<_> = mails.iter().map(|(_, mail)| mail.html.clone()).collect();
    let files: Vec<_> = mails.iter().map(|(_, mail)| Json(&mail.attachments)).collect();
    let rows = sqlx::query!(
        r#"insert into message
                  (message_id, org_id, topic, subject_key, recipient, subject, body_text, body_html, attachments)
           select mail.message_id, mail.org_id, mail.topic, mail.subject_key, mail.recipient, mail.subject, mail.body_text,
                  mail.body_html, mail.attachments
             from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                         $9::jsonb[])
                  as mail (message_id, org_id, topic, subject_key, recipient, subject, body_text, body_html, attachments)
            order by mail.topic, mail.subject_key
               on conflict on constraint message_once do nothing
        returning message_id as "message_id: MessageId", org_id as "org_id: OrgId""#,
        &mails.iter().map(|_| MessageId::fresh().0).collect::<Vec<_>>(),
        &org_ids as &[Option<Uuid>],
        &topics,
        &keys,
        &recipients,
        &subjects,
        &texts,
        &pages,
        &files as _,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.message_id, row.org_id)).collect())
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
