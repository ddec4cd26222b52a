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
async fn only_what_mpesa_serves_is_said_to_be_paid_by_it_and_every_orders_page_opens(pool: PgPool) {
    let stage = Stage::new(pool);
    load(&stage.app, false).await.expect("loaded");
    let paid: Vec<(String, String)> =
        sqlx::query_as("select distinct currency::text, provider from payment order by 1")
            .fetch_all(&stage.app.db)
            .await
            .expect("payments");
    let all = [("KES", "mpesa"), ("NGN", "cash"), ("UGX", "cash"), ("XAF", "cash")];
    assert_eq!(paid, all.map(|(currency, provider)| (currency.to_owned(), provider.to_owned())));
    let said: (i64,) = sqlx::query_as(
        "select count(*) from provider_notice join payment using (org_id, payment_id) where provider <> 'mpesa'",
    )
    .fetch_one(&stage.app.db)
    .await
    .expect("a count");
    assert_eq!(said.0, 0, "nobody said anything about what was paid by hand");
    // One order of each kind: its buyer's page shows.
    let orders: Vec<(uuid::Uuid,)> = sqlx::query_as("select distinct on (currency, state) order_id from orders")
        .fetch_all(&stage.app.db)
        .await
        .expect("orders");
    assert!(orders.len() > 8, "{}", orders.len());
    for (order_id,) in orders {
        let token = crate::orders::order_token(&stage.app.keys, crate::kernel::OrderId(order_id));
        crate::orders::show(&stage.app, &token).await.expect("a page");
    }
}

#[sqlx::test]
async fn what_was_paid_by_hand_goes_back_by_hand(pool: PgPool) {
    let stage = Stage::new(pool);
    load(&stage.app, false).await.expect("loaded");
    let (org_id, order_id): (uuid::Uuid, uuid::Uuid) = sqlx::query_as(
        "select org_id, order_id from orders where state = 'paid' and currency = 'UGX' and total_minor > 0 limit 1",
    )
    .fetch_one(&stage.app.db)
    .await
    .expect("an order");
    let desk = stage.a_member(crate::kernel::OrgId(org_id), "desk", crate::orgs::Role::Owner).await;
    crate::orders::refund(&stage.app, &desk, crate::kernel::OrderId(order_id)).await.expect("refunded");
    let states: Vec<(String,)> =
        sqlx::query_as("select refund.state from refund join payment using (org_id, payment_id) where order_id = $1")
            .bind(order_id)
            .fetch_all(&stage.app.db)
            .await
            .expect("refunds");
    assert_eq!(states, [("succeeded".to_owned(),)]);
    let report = audit(&stage.app.db).await.expect("a report");
    assert!(report.breaches.is_empty(), "{:#?}", report.breaches);
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
