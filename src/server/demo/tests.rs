//! The demo against a real database.

use sqlx::PgPool;

use super::{DemoSummary, Loaded, load};
use crate::{platform::secrets::digest, server::audit, testing::Stage};

#[sqlx::test]
async fn the_demo_fills_every_page_and_breaks_no_promise(pool: PgPool) {
    let stage = Stage::new(pool);
    let Ok(Loaded::Filled(summary)) = load(&stage.app, false).await else { panic!("the demo did not load") };
    assert_eq!((summary.orgs, summary.events), (3, 15));
    assert!((2_500..3_500).contains(&summary.tickets), "{} tickets", summary.tickets);
    let report = audit(&stage.app.db).await.expect("a report");
    let broken: Vec<_> = report.breaches.iter().map(|breach| breach.check.clone()).collect();
    assert!(broken.is_empty(), "{broken:?}");
    let admitted =
        sqlx::query_scalar::<_, i64>("select count(*) from admission").fetch_one(&stage.app.db).await.expect("a count");
    assert!(admitted > 400, "{admitted} admitted");
    let sold_out = sqlx::query_scalar::<_, i64>(
        "select count(*) from (select event_id from pool group by event_id having sum(sold) = sum(capacity)) as full_house",
    );
    assert!(sold_out.fetch_one(&stage.app.db).await.expect("a count") >= 2);
}

#[sqlx::test]
async fn an_order_of_the_demo_opens_by_its_link(pool: PgPool) {
    let stage = Stage::new(pool);
    load(&stage.app, false).await.expect("loaded");
    let order_id = sqlx::query_scalar::<_, uuid::Uuid>("select order_id from orders where state = 'paid' limit 1");
    let order_id = order_id.fetch_one(&stage.app.db).await.expect("an order");
    let token = crate::orders::order_token(&stage.app.keys, crate::kernel::OrderId(order_id));
    let found = sqlx::query_scalar::<_, uuid::Uuid>("select order_id from order_link where link_hash = $1")
        .bind(digest(&token));
    assert_eq!(found.fetch_one(&stage.app.db).await.expect("a link"), order_id);
}

#[sqlx::test]
async fn the_demo_s_people_can_sign_in(pool: PgPool) {
    let stage = Stage::new(pool);
    load(&stage.app, false).await.expect("loaded");
    for hint in DemoSummary::SIGN_INS {
        let stored = sqlx::query_scalar::<_, String>(
            "select password_hash from account where email = $1 and confirmed_at is not null",
        );
        let stored = stored.bind(hint.email).fetch_one(&stage.app.db).await.expect("an account");
        assert!(stored.starts_with("$argon2id$"), "{}", hint.email);
    }
}

#[sqlx::test]
async fn the_demo_leaves_other_data_alone(pool: PgPool) {
    let stage = Stage::new(pool);
    stage.an_account("somebody").await;
    assert_eq!(load(&stage.app, false).await, Ok(Loaded::OtherData));
    assert!(matches!(load(&stage.app, true).await, Ok(Loaded::Filled(_))));
    assert_eq!(load(&stage.app, true).await, Ok(Loaded::AlreadyThere));
}
