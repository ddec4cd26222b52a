//! The comparison of what was acknowledged with what is stored.
use sqlx::PgPool;

use super::{
    check::check,
    ledger::{Act, Entry},
};
use crate::testing::shop::Shop;

fn entry(act: Act, key: &str, subject: &str, event: &str) -> Entry {
    Entry { act, key: key.to_owned(), subject: subject.to_owned(), event: event.to_owned(), tickets: 1 }
}

#[sqlx::test]
async fn what_was_acknowledged_is_looked_for_and_missed(pool: PgPool) {
    let shop = Shop::open(pool, 2).await;
    let (event, app) = (shop.event.slug.clone(), &shop.stage.app);
    let paid = shop.buy(1).await;
    let held = shop.hold(1).await.expect("a hold");
    let kept = [
        entry(Act::Held, "key-1", &paid, &event),
        entry(Act::Paid, "key-1", &paid, &event),
        entry(Act::Held, "key-2", &held, &event),
    ];
    assert!(check(app, &kept).await.expect("findings").is_clean());

    let mut broken = kept.to_vec();
    broken.push(entry(Act::Held, "key-3", "nobody-knows-this-one", &event));
    broken.push(entry(Act::Held, "key-1", &held, &event));
    broken.push(entry(Act::Paid, "key-2", &held, &event));
    sqlx::query("update pool set capacity = 3, held = 1; ").execute(&app.db).await.expect("changed");
    sqlx::query("alter table pool drop constraint pool_not_oversold").execute(&app.db).await.expect("dropped");
    sqlx::query("update pool set capacity = 1").execute(&app.db).await.expect("changed");
    let findings = check(app, &broken).await.expect("findings");
    assert_eq!(findings.lost, ["nobody-knows-this-one"]);
    assert_eq!(findings.unpaid, [held]);
    assert_eq!(findings.two_answers, ["key-1"]);
    assert_eq!(findings.oversold, 1);
}
