//! Accounts and sign-ins against a real database.
mod doors;
mod journeys;
mod sessions;
mod tokens;

use sqlx::PgPool;

use super::{ConfirmEmail, SignUp};
use crate::testing::{Browser, Stage};

/// A password that nobody else would use.
const PASSWORD: &str = "mawimbi ya bahari";

fn stage(pool: PgPool) -> Stage {
    Stage::new(pool)
}

/// The last mail to an address: its subject and text.
async fn last_mail(stage: &Stage, to: &str) -> Option<(String, String)> {
    stage.drain_jobs().await;
    sqlx::query_as(
        "select subject, body_text from message where recipient = $1 order by created_at desc, message_id desc limit 1",
    )
    .bind(to)
    .fetch_optional(&stage.app.db)
    .await
    .expect("mails can be read")
}

/// The path of the link in the last mail to an address.
async fn mailed_path(stage: &Stage, to: &str) -> String {
    let (_, text) = last_mail(stage, to).await.expect("a mail");
    let origin = stage.app.config.origin();
    let link = text.split_whitespace().find_map(|word| word.strip_prefix(origin.as_str())).expect("a link");
    link.to_owned()
}

/// Signs somebody up and confirms the address, as a person without JavaScript does; gives the browser, signed in.
async fn join(stage: &Stage, email: &str) -> Browser {
    let mut browser = Browser::new(stage);
    browser.get("/sign-up").await;
    let form = [("form[name]", "Amina"), ("form[email]", email), ("form[password]", PASSWORD), ("next", "")];
    assert_eq!(browser.submit::<SignUp>(&form).await.location(), "/sign-up/sent");
    let path = mailed_path(stage, email).await;
    let token = path.strip_prefix("/confirm/").expect("a link to confirm").to_owned();
    browser.get(&path).await;
    let done = browser.submit::<ConfirmEmail>(&[("token", &token), ("password", PASSWORD), ("next", "")]).await;
    assert_eq!(done.location(), "/account");
    browser
}
