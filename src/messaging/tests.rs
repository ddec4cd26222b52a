//! The outbox against a real database and a mail server on loopback.
mod sink;

use sqlx::PgPool;

use self::sink::{Mood, Sink};
use super::{Attachment, Letter, Message, Occasion, deliver_later, mailbox, store};
use crate::{
    error::AppError,
    kernel::{EmailAddress, SecretText},
    testing::{Browser, Stage},
};

fn amina() -> EmailAddress {
    EmailAddress::parse("amina@example.org").expect("an address")
}

async fn post(stage: &Stage, key: &str, message: Message) {
    let mut tx = stage.app.begin().await.expect("a transaction");
    deliver_later(&mut tx, Occasion { topic: "test", key, org_id: None }, message).await.expect("posted");
    tx.commit().await.expect("committed");
}

fn with_files() -> Message {
    Letter::new("en", "Your tickets")
        .text("Karibu <b>Amina</b>")
        .picture(
            Attachment {
                name: "qr.png".into(),
                mime: "image/png".into(),
                bytes: vec![1, 2, 3],
                content_id: Some("qr-1@lango".into()),
            },
            "Ticket 1",
            240,
        )
        .file(Attachment {
            name: "event.ics".into(),
            mime: "text/calendar; charset=utf-8".into(),
            bytes: b"BEGIN:VCALENDAR".to_vec(),
            content_id: None,
        })
        .button("Open", "http://127.0.0.1:3000/o/abc")
        .to(amina())
}

fn stage_with(pool: PgPool, sink: &Sink) -> Stage {
    let url = sink.url.clone();
    Stage::with_config(pool, move |config| config.smtp_url = Some(SecretText::new(url)))
}

#[sqlx::test]
async fn an_occasion_has_one_mail(pool: PgPool) {
    let stage = Stage::new(pool);
    post(&stage, "one", Letter::new("en", "Hello").text("World").to(amina())).await;
    post(&stage, "one", Letter::new("en", "Hello again").text("World").to(amina())).await;
    stage.drain_jobs().await;
    let mails = store::list_recent(&mut stage.app.db.acquire().await.expect("a connection")).await.expect("mails");
    assert_eq!(mails.len(), 1);
    assert!(mails[0].is_sent);
}

#[sqlx::test]
async fn what_is_rolled_back_is_never_mailed(pool: PgPool) {
    let sink = Sink::open(Mood::Takes).await;
    let stage = stage_with(pool, &sink);
    let mut tx = stage.app.begin().await.expect("a transaction");
    deliver_later(&mut tx, Occasion { topic: "test", key: "x", org_id: None }, with_files()).await.expect("posted");
    tx.rollback().await.expect("rolled back");
    stage.drain_jobs().await;
    assert!(sink.mails().is_empty());
}

#[sqlx::test]
async fn a_mail_goes_by_smtp_with_its_picture_and_file(pool: PgPool) {
    let sink = Sink::open(Mood::Takes).await;
    let stage = stage_with(pool, &sink);
    post(&stage, "one", with_files()).await;
    stage.drain_jobs().await;
    stage.drain_jobs().await;
    let mails = sink.mails();
    assert_eq!(mails.len(), 1, "once");
    for part in [
        "To: amina@example.org",
        "Subject: Your tickets",
        "Message-ID: <",
        "Auto-Submitted: auto-generated",
        "multipart/alternative",
        "multipart/related",
        "Content-ID: <qr-1@lango>",
        "text/calendar",
        "filename=\"event.ics\"",
    ] {
        assert!(mails[0].contains(part), "{part} is missing in {}", mails[0]);
    }
    let (sent,): (bool,) =
        sqlx::query_as("select sent_at is not null from message").fetch_one(&stage.app.db).await.expect("a row");
    assert!(sent);
}

#[sqlx::test]
async fn a_mail_that_cannot_leave_now_waits_and_one_that_never_can_is_given_up(pool: PgPool) {
    for (mood, is_waiting) in [(Mood::Puts, true), (Mood::Refuses, false)] {
        let sink = Sink::open(mood).await;
        let stage = stage_with(pool.clone(), &sink);
        post(&stage, &sink.url, with_files()).await;
        stage.drain_jobs().await;
        let (waiting,): (bool,) = sqlx::query_as(
            "select failed_at is null from job where name = 'deliver_mail' order by created_at desc limit 1",
        )
        .fetch_one(&stage.app.db)
        .await
        .expect("a job");
        assert_eq!(waiting, is_waiting);
    }
}

#[sqlx::test]
async fn no_name_adds_a_header_or_ends_a_mail(pool: PgPool) {
    let sink = Sink::open(Mood::Takes).await;
    let stage = stage_with(pool, &sink);
    let evil = "Jazz\r\nBcc: everybody@example.org\r\n\r\n.\r\nQUIT";
    let file = Attachment {
        name: "a\"\r\nX-Evil: 1\r\n.ics".into(),
        mime: "text/plain".into(),
        bytes: vec![b'x'],
        content_id: None,
    };
    let letter =
        Letter::new("en", evil).text(evil).text("\r\n.\r\nMAIL FROM:<x@y.z>").text("x".repeat(3000)).file(file);
    post(&stage, "one", letter.to(amina())).await;
    stage.drain_jobs().await;
    let mails = sink.mails();
    assert_eq!(mails.len(), 1);
    let head = mails[0].split("\r\n\r\n").next().expect("a head");
    assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc:")), "{head}");
    assert!(!mails[0].lines().any(|line| line.starts_with("X-Evil")), "{}", mails[0]);
    assert!(mails[0].lines().all(|line| line.len() <= 998), "no line is too long");
}

#[test]
fn what_people_write_is_text_in_the_html() {
    let message = Letter::new("en", "<script>alert(1)</script>")
        .text("<img src=x onerror=alert(1)>")
        .facts(&[("\"><b>", "'&")])
        .button("<i>", "https://lango.example/?a=\"onclick")
        .to(amina());
    for part in ["<script", "<img", "<b>", "<i>", "\"onclick"] {
        assert!(!message.html.contains(part), "{part} in {}", message.html);
    }
    assert!(!message.html.contains("http://") && !message.html.contains("src=\""), "nothing is loaded from anywhere");
}

#[sqlx::test]
async fn the_mailbox_shows_a_mail_in_a_frame_where_nothing_runs(pool: PgPool) {
    let stage = Stage::new(pool);
    post(&stage, "one", with_files()).await;
    let lines = mailbox::list(&stage.app).await.expect("a list");
    let id = lines[0].message_id;
    let mut browser = Browser::new(&stage);
    assert!(browser.get("/dev/mail").await.body.contains("Your tickets"));
    let page = browser.get(&format!("/dev/mail/{id}")).await;
    assert!(page.body.contains("href=\"/o/abc\"") && page.body.contains("event.ics"), "{}", page.body);
    let frame = browser.get(&format!("/dev/mail-html/{id}")).await;
    let policy = frame.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("script-src"),
        "{policy}"
    );
    assert!(frame.body.contains("data:image/png;base64,AQID"), "{}", frame.body);
    let file = browser.get(&format!("/dev/mail-file/{id}/1")).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(file.body, "BEGIN:VCALENDAR");
    assert_eq!(browser.get(&format!("/dev/mail-file/{id}/2")).await.status.as_u16(), 404);
}

#[sqlx::test]
async fn a_real_site_has_no_mailbox(pool: PgPool) {
    let stage = Stage::with_config(pool, |config| config.dev = false);
    post(&stage, "one", with_files()).await;
    assert_eq!(mailbox::list(&stage.app).await, Err(AppError::NotFound));
    let mut browser = Browser::new(&stage);
    assert_eq!(browser.get("/dev/mail").await.status.as_u16(), 404);
    let (id,): (uuid::Uuid,) =
        sqlx::query_as("select message_id from message").fetch_one(&stage.app.db).await.expect("a row");
    assert_eq!(browser.get(&format!("/dev/mail-html/{id}")).await.status.as_u16(), 404);
}
