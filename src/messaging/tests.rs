//! The outbox against a real database.

use sqlx::PgPool;

use super::{Letter, Occasion, deliver_later, list_recent};
use crate::{kernel::EmailAddress, testing::Stage};

fn occasion(key: &str) -> Occasion<'_> {
    Occasion { topic: "test", key, org_id: None }
}

#[sqlx::test]
async fn an_occasion_has_one_mail(pool: PgPool) {
    let stage = Stage::new(pool);
    let to = EmailAddress::parse("amina@example.org").expect("an address");
    for _ in 0..2 {
        let mut tx = stage.app.begin().await.expect("a transaction");
        deliver_later(&mut tx, occasion("one"), Letter::new("en", "Hello").text("World").to(to.clone())).await.expect("posted");
        tx.commit().await.expect("committed");
    }
    stage.drain_jobs().await;
    let mut db = stage.app.db.acquire().await.expect("a connection");
    let mails = list_recent(&mut db).await.expect("mails");
    assert_eq!(mails.len(), 1);
    assert!(mails[0].is_sent);
}
