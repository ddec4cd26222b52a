//! How long holds last, by the database's clock.

use sqlx::PgPool;

use super::{HOLD_CAP_SECS, HOLD_PROMPT_SECS, HOLD_TTL_SECS};
use crate::{
    inventory::HoldRefusal,
    orders::OrderState,
    testing::shop::{NEVER_ANSWERS, Shop},
};

/// Seconds that a shop's one hold has lived and has left.
async fn clock(shop: &Shop) -> (i64, i64) {
    let row = sqlx::query!(
        r#"select extract(epoch from clock_timestamp() - created_at)::bigint as "age!",
                  extract(epoch from expires_at - clock_timestamp())::bigint as "left!"
             from hold"#,
    )
    .fetch_one(&shop.stage.app.db)
    .await
    .expect("a hold");
    (row.age, row.left)
}

/// A hold that was made so many seconds ago and has so many left.
async fn aged(shop: &Shop, age: i64, left: i64) -> String {
    let token = shop.hold(1).await.expect("a hold");
    sqlx::query!(
        "update hold
            set created_at = clock_timestamp() - make_interval(secs => $1),
                expires_at = clock_timestamp() + make_interval(secs => $2)",
        age as f64,
        left as f64,
    )
    .execute(&shop.stage.app.db)
    .await
    .expect("aged");
    token
}

#[sqlx::test]
async fn a_fresh_hold_lasts_ten_minutes_and_a_prompt_takes_none_of_them(pool: PgPool) {
    let shop = Shop::open(pool, 5).await;
    let token = shop.hold(1).await.expect("a hold");
    let (_, left) = clock(&shop).await;
    assert!((HOLD_TTL_SECS - 30..=HOLD_TTL_SECS).contains(&left), "{left}");
    shop.pay(&token, NEVER_ANSWERS).await.expect("a prompt");
    let (_, left) = clock(&shop).await;
    assert!((HOLD_TTL_SECS - 60..=HOLD_TTL_SECS).contains(&left), "{left}");
}

#[sqlx::test]
async fn a_hold_that_is_about_to_end_lasts_as_long_as_the_prompt(pool: PgPool) {
    let shop = Shop::open(pool, 5).await;
    let token = aged(&shop, HOLD_TTL_SECS - 20, 20).await;
    shop.pay(&token, NEVER_ANSWERS).await.expect("a prompt");
    let (_, left) = clock(&shop).await;
    assert!((HOLD_PROMPT_SECS - 30..=HOLD_PROMPT_SECS).contains(&left), "{left}");
}

#[sqlx::test]
async fn no_hold_is_extended_past_its_cap(pool: PgPool) {
    let shop = Shop::open(pool, 5).await;
    let token = aged(&shop, HOLD_CAP_SECS - 60, 20).await;
    shop.pay(&token, NEVER_ANSWERS).await.expect("a prompt");
    let (age, left) = clock(&shop).await;
    assert!((HOLD_CAP_SECS - 5..=HOLD_CAP_SECS + 5).contains(&(age + left)), "{age} {left}");
}

#[sqlx::test]
async fn a_hold_that_has_ended_is_not_brought_back_by_a_prompt(pool: PgPool) {
    let shop = Shop::open(pool, 5).await;
    let token = aged(&shop, HOLD_TTL_SECS, -1).await;
    assert_eq!(shop.pay(&token, NEVER_ANSWERS).await, Err(HoldRefusal::Expired.into()));
    crate::orders::sweep(&shop.stage.app).await.expect("swept");
    assert_eq!(shop.page(&token).await.state, OrderState::Expired);
    shop.audit().await;
}
